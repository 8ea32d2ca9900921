/**
 * Flags that several commands have, and their values.
 *
 * @module
 */
import { type Command, InvalidArgumentError, Option } from 'commander'
import { helpTexts } from './help-texts.js'
import { contracts, type Request, sides } from './request.js'

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

/** Whose side maps. */
export const sideOption = (): Option =>
  new Option('--side <side>', 'whose side of the contract maps').choices(sides).default('server')

/** Which contract maps. */
export const contractOption = (): Option =>
  new Option('--contract <contract>', helpTexts.contract).choices(contracts).default('v2')

/** Settings are asked for here and not by commander, which would rather miss them than name a misspelled flag. */
export const given = <A>(command: Command, settings: A | undefined): A =>
  settings ?? command.error("error: say with '--settings <file>' which settings to map by")
