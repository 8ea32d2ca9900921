/**
 * Values of flags that several commands have.
 *
 * @module
 */
import { InvalidArgumentError } from 'commander'
import type { Request } from './request.js'

/** What takes the request that the words make. */
export type Keep = (request: Request) => void

/** A value that may be given once. */
export const once = (value: string, before: string | undefined): string => {
  if (before === undefined) return value
  throw new InvalidArgumentError('It can be given once here.')
}

/** A count. */
export const wholeNumber = (value: string): number => {
  if (/^\d{1,9}$/.test(value)) return Number(value)
  throw new InvalidArgumentError('A whole number is wanted.')
}

const munchkinIdShape = /^\d{3}-[A-Za-z]{3}-\d{3}$/

/** Where to: the simulator, or an instance. */
export const goal = (value: string): string => {
  if (value === 'simulator' || munchkinIdShape.test(value)) return value
  throw new InvalidArgumentError('Say simulator, or a munchkin id such as 561-HYG-937.')
}
