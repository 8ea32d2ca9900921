/**
 * Named transforms: what a mapping row does to a value before it becomes the field's type.
 *
 *     'trim'                          no white space around the text
 *     'lower' · 'upper'               the text in one case
 *     { table: { gold: 'A' } }        the value that stands beside it; others are dropped, or become `otherwise`
 *     { join: '; ' }                  a list of texts, numbers and booleans as one text
 *     { cut: 255 }                    the first so many characters
 *     { date: 'DD.MM.YYYY' }          a day written so, as `YYYY-MM-DD`
 *
 * They run in the order given. A value that a transform is not for passes through untouched, but for `table`, `join` of nested
 * lists and `date`, which drop what they cannot read.
 *
 * @module
 */
import { writtenDay } from '../ground/calendar.js'
import { kindOf } from '../ground/json.js'
import type { Unfit } from '../marketo/value-types.js'

/** A scalar that a table can give. */
type Scalar = string | number | boolean

/**
 * One step on a value's way; see the module.
 *
 * @category settings
 * @since 0.1.0
 */
export type Transform =
  | 'trim'
  | 'lower'
  | 'upper'
  | { readonly table: Readonly<Record<string, Scalar>>; readonly otherwise?: Scalar }
  | { readonly join: string }
  | { readonly cut: number }
  | { readonly date: string }

/** What a step passes on. */
type Passing = string | number | boolean | ReadonlyArray<unknown>

/** A transform made ready: the value, changed or not, or why it cannot be. */
type Step = (value: Passing) => Passing | Unfit

/** A row's transforms made ready. */
export type Steps = (value: unknown) => Passing | Unfit

const unfit = (value: unknown, mend: string): Unfit => ({ found: kindOf(value), mend })

/** Whether a step refused its value: an object of the event's never gets this far, so any object that is no list is ours. */
export const isUnfit = (u: Passing | Unfit): u is Unfit => typeof u === 'object' && !Array.isArray(u)

const onText =
  (change: (text: string) => string): Step =>
  (value) =>
    typeof value === 'string' ? change(value) : value

const isList = (u: unknown): u is ReadonlyArray<unknown> => Array.isArray(u)

const isScalar = (u: unknown): u is Scalar => typeof u === 'string' || typeof u === 'boolean' || Number.isFinite(u)

const lookUp = (table: Readonly<Record<string, Scalar>>, otherwise: Scalar | undefined): Step => {
  const rows = new Map(Object.entries(table))
  return (value) => {
    const found = isScalar(value) ? rows.get(String(value)) : undefined
    return found ?? otherwise ?? unfit(value, 'add the value to the table of this mapping, or give it `otherwise`')
  }
}

const join =
  (separator: string): Step =>
  (value) => {
    if (!isList(value)) return value
    const texts: Array<string> = []
    for (const item of value) {
      if (!isScalar(item)) return unfit(item, 'only texts, numbers and booleans can be joined: flatten the list first')
      texts.push(String(item))
    }
    return texts.join(separator)
  }

/** The first `most` characters; a pair of surrogates is one and is never parted. */
const cut = (text: string, most: number): string => {
  if (text.length <= most) return text
  let end = 0
  for (let n = 0; n < most; n += 1) end += (text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1
  return text.slice(0, end)
}

const tokens = ['YYYY', 'MM', 'DD'] as const

/** Whether a date format names year, month and day once each, as `YYYY`, `MM` and `DD`. */
export const isDateFormat = (format: string): boolean =>
  tokens.every((token) => format.indexOf(token) >= 0 && format.indexOf(token) === format.lastIndexOf(token))

const readDate = (format: string): Step => {
  const spans = tokens.map((token) => [format.indexOf(token), format.indexOf(token) + token.length] as const)
  const frame = tokens.reduce((text, token) => text.replace(token, '\0'.repeat(token.length)), format)
  const fits = (text: string): boolean => {
    if (text.length !== frame.length) return false
    for (let i = 0; i < frame.length; i += 1) if (frame[i] !== '\0' && frame[i] !== text[i]) return false
    return true
  }
  return (value) => {
    const text = typeof value === 'string' && fits(value) ? value : undefined
    const day = text === undefined ? undefined : writtenDay(spans.map(([from, to]) => text.slice(from, to)).join('-'))
    return day ?? unfit(value, 'the value is not a day written in the `date` format of this mapping')
  }
}

const stepOf = (transform: Transform): Step => {
  if (transform === 'trim') return onText((text) => text.trim())
  if (transform === 'lower') return onText((text) => text.toLowerCase())
  if (transform === 'upper') return onText((text) => text.toUpperCase())
  if ('table' in transform) return lookUp(transform.table, transform.otherwise)
  if ('join' in transform) return join(transform.join)
  if ('cut' in transform) return onText((text) => cut(text, transform.cut))
  return readDate(transform.date)
}

/** Transforms made ready, once per settings: undefined where there are none, so that the road of every event asks no more. */
export const compileTransforms = (transforms: ReadonlyArray<Transform>): Steps | undefined => {
  if (transforms.length === 0) return undefined
  const steps = transforms.map(stepOf)
  return (value) => {
    if (!isScalar(value) && !isList(value)) return unfit(value, 'send text, a number, a boolean or a list of them')
    let now: Passing = value
    for (const step of steps) {
      const next = step(now)
      if (isUnfit(next)) return next
      now = next
    }
    return now
  }
}
