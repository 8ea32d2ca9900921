/**
 * What the query of a read asks for: values by name, the size of a page, a place to go on.
 *
 * @module
 */
import type { Pairs } from '../intent/descriptor.js'
import { type Failed, failed } from './told.js'

/** The value under a name, empty where there is none. @internal */
export const valueUnder = (pairs: Pairs, name: string): string => pairs.find(([own]) => own === name)?.[1] ?? ''

/** The parts of a list under a name, wherever it was cut: by commas, or into several pairs. @internal */
export const partsUnder = (pairs: Pairs, name: string): ReadonlyArray<string> =>
  pairs.flatMap(([own, value]) => (own === name ? value.split(',').filter((part) => part !== '') : []))

/** A value that will not do. @internal */
export const invalid = (name: string, code = '1001'): Failed => failed(code, `Invalid value for '${name}'`)

const digits = /^\d{1,15}$/

/** A whole number from `least` on, or undefined; `usual` where nobody says. @internal */
export const wholeUnder = (pairs: Pairs, name: string, usual: number, least: number): number | undefined => {
  const text = valueUnder(pairs, name)
  if (text === '') return usual
  return digits.test(text) && Number(text) >= least ? Number(text) : undefined
}
