/**
 * What values of a trait or a property look like, seen together: which of Marketo's types every one of them fits.
 *
 *     true, 'false'                  boolean        'ana@example.com'         email
 *     17, '18'                       integer        'https://example.com/a'   url
 *     17, '1.5'                      float          '+1 555 010 0199'         phone
 *     '2024-05-01'                   date           'blue'                    string
 *     '2024-05-01T10:00:00Z'         datetime       more than 255 characters  text
 *
 * A set of types is a number with one bit for each, and what two sets have in common is the bits of both. So sets can be joined in
 * any order, and nothing of a value is kept.
 *
 * Marketo's own rules (value-types.ts) judge all but three: they take any number for a day or a time, and any line for a phone
 * number. Here a day is text that is nothing but a day, a time is ISO 8601 text, and a phone number has a plus and seven
 * digits or more, or ten digits or more with something between them.
 *
 * Source: Adobe "Field Types", "Custom Activities" (data types).
 *
 * @module
 */
import { parseInstant, writtenDay } from '../ground/calendar.js'
import { coerce, isUnfit, type ValueType } from '../marketo/value-types.js'

/** A type that is proposed, in the order in which the first that fits is taken. */
export const looks = [
  'boolean',
  'integer',
  'float',
  'date',
  'datetime',
  'email',
  'url',
  'phone',
  'string',
  'text'
] as const

/** A type that is proposed. */
export type Look = (typeof looks)[number]

/** A set of types. */
export type Looks = number

type Scalar = string | number | boolean

const fits = (type: ValueType): ((value: Scalar) => boolean) => {
  const made = coerce(type, null)
  return (value) => !isUnfit(made(value))
}

const isDay = (value: Scalar): boolean => typeof value === 'string' && writtenDay(value) === value
const isTime = (value: Scalar): boolean => typeof value === 'string' && parseInstant(value) !== undefined

const phoneText = /^\+?[\d\s().-]{7,30}$/
/** A day of the calendar, or an address of the internet: digits and what parts them, and no phone number. */
const notPhone = /^\d{4}-\d\d-\d\d|^\d+\.\d+\.\d+\.\d+$/

const isPhone = (value: Scalar): boolean => {
  if (typeof value !== 'string' || !phoneText.test(value) || notPhone.test(value)) return false
  const digits = value.replace(/\D+/g, '').length
  const least = value.startsWith('+') ? 7 : 10
  return digits >= least && digits <= 15 && digits < value.length
}

/** One test for each bit; the last two are Marketo's own looser readings of a day and a time. */
const tests: ReadonlyArray<(value: Scalar) => boolean> = [
  fits('boolean'),
  fits('integer'),
  fits('float'),
  isDay,
  isTime,
  fits('email'),
  fits('url'),
  isPhone,
  fits('string'),
  fits('text'),
  fits('date'),
  fits('datetime')
]

/** Every type: what no value has ruled out yet. */
export const allLooks: Looks = 2 ** tests.length - 1

/** The types that one value fits. */
export const looksOf = (value: Scalar): Looks => {
  let set = 0
  for (let bit = 0; bit < tests.length; bit += 1) if (tests[bit]?.(value) === true) set |= 1 << bit
  return set
}

/** The type to propose: the first of {@link looks} that every value fits, else long text. */
export const lookOf = (set: Looks): Look => looks.find((_, bit) => (set & (1 << bit)) !== 0) ?? 'text'

const bitOf = (type: ValueType): number => {
  switch (type) {
    case 'date':
      return 10
    case 'datetime':
      return 11
    case 'score':
    case 'percent':
      return 1
    case 'currency':
      return 2
    case 'phone':
      return 8
    case 'reference':
    case 'formula':
      return -1
    default:
      return looks.indexOf(type)
  }
}

/** Whether every value can be written into a field of that type. */
export const fitsType = (set: Looks, type: ValueType): boolean => {
  const bit = bitOf(type)
  return bit >= 0 && (set & (1 << bit)) !== 0
}
