/**
 * Values as they are compared: two texts of one fact are one value.
 *
 *     boolean    True  "true"  1            true        nothing is false, as Marketo stores it
 *     numbers    "12.50"  "$12.5"           12.5
 *     date       2024-05-01T10:00:00Z       2024-05-01
 *     datetime   …T12:00:00.123+02:00       …T10:00:00Z
 *     email      " Ana@Example.com "        ana@example.com, but written as it was spelled
 *     text       "Pro "                     Pro
 *     any        ""  "  "                   nothing
 *
 * What Marketo holds is taken as it is where it does not read as its type; what Segment sends must fit, for it may have to be written.
 *
 * Sources: Adobe "Field Types", "Leads" (null clears); public traffic (log texts).
 *
 * @module
 */
import { sha1Hex } from '../../ground/digest.js'
import type { FieldValue } from '../../intent/intent.js'
import { coerce, isUnfit } from '../../marketo/value-types.js'
import type { FieldPolicy, Side } from './policy.js'

/** A value read: as it is written, as it is compared, and whether it is nothing. @internal */
export interface Read {
  readonly value: FieldValue
  readonly same: FieldValue
  readonly empty: boolean
}

/** What a value is compared as. */
type Shape = Pick<FieldPolicy, 'type' | 'length'>

const flags: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false]
])

const grouped = /^-?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/
const plainNumber = /^-?\d+(?:\.\d+)?$/
const mostDigits = 40
const signs = /[\p{Sc}%\s]/gu

/** A number out of the text that a log or a screen has for it. */
const numberIn = (text: string): number | undefined => {
  if (text.length > mostDigits) return undefined
  const bare = text.replace(signs, '')
  if (grouped.test(bare)) return Number(bare.split(',').join(''))
  return plainNumber.test(bare) ? Number(bare) : undefined
}

/** A text in the form that its type is written in; undefined where it does not read as such. */
const typed = (text: string, { type, length }: Shape): FieldValue | undefined => {
  switch (type) {
    case 'boolean':
      return flags.get(text.toLowerCase())
    case 'integer':
    case 'score':
    case 'percent':
    case 'float':
    case 'currency':
      return fitting(numberIn(text), { type, length })
    default:
      return fitting(text, { type, length })
  }
}

const fitting = (value: unknown, { type, length }: Shape): FieldValue | undefined => {
  const fit = coerce(type, length)(value)
  return isUnfit(fit) ? undefined : fit
}

/** An email is one in whatever case; all else was brought into the form of its type. */
const comparable = (value: FieldValue, { type }: Shape): FieldValue =>
  type === 'email' && typeof value === 'string' ? value.toLowerCase() : value

const nothing = ({ type }: Shape): Read => ({ value: null, same: type === 'boolean' ? false : null, empty: true })

const textOf = (value: unknown): string | undefined => {
  if (typeof value === 'string') return value.trim()
  return typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value)) ? String(value) : undefined
}

/** A value of a side, read; undefined where it is none that this field can hold. @internal */
export const readValue = (shape: Shape, side: Side, raw: unknown): Read | undefined => {
  if (raw === null) return nothing(shape)
  const text = textOf(raw)
  if (text === undefined) return undefined
  if (text === '') return nothing(shape)
  const isEpoch = typeof raw === 'number' && (shape.type === 'date' || shape.type === 'datetime')
  const value = (isEpoch ? fitting(raw, shape) : typed(text, shape)) ?? (side === 'marketo' ? text : undefined)
  return value === undefined ? undefined : { value, same: comparable(value, shape), empty: false }
}

/** What Marketo tells a field to hold: letters that mean something in its type, or are taken as they are. @internal */
export const readTold = (shape: Shape, text: string | null): Read => readValue(shape, 'marketo', text) ?? nothing(shape)

/** What is kept of a value: enough to know it again, not to read it. @internal */
export const digestOf = (field: string, same: FieldValue): string => sha1Hex(JSON.stringify([field, same]))
