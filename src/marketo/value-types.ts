/**
 * Marketo's value types, and what may be written into a field of each.
 *
 *     string 255 characters · text 30,000 bytes · email · phone · url
 *     integer · score · percent   whole numbers           float · currency   any finite number
 *     boolean                     date YYYY-MM-DD         datetime YYYY-MM-DDThh:mm:ssZ
 *     reference · formula         never written
 *
 * One bad value costs the whole record (1003), so each is made to fit before it is sent, or refused; nothing is guessed, cut, rounded
 * or rolled over, and no list or object becomes text.
 *
 * Sources: Adobe "Field Types", "Leads" (email is ASCII), "Custom Activities" (`link`), "Lead Fields" (types by name).
 *
 * @module
 */
import { instantOf, plainSeconds, printDay, printInstant, writtenDay } from '../ground/calendar.js'
import { kindOf } from '../ground/json.js'
import { isWellFormed, utf8Length } from '../ground/utf8.js'
import { isEmail } from './email.js'
import { valueLimits } from './limits.js'

/**
 * The types, in Marketo's words; `formula` stands for `lead_function`, `url` for `link`, `text` for `textarea`.
 *
 * @category value types
 * @since 0.1.0
 */
export const valueTypes = [
  'string',
  'text',
  'email',
  'url',
  'phone',
  'integer',
  'score',
  'float',
  'currency',
  'percent',
  'boolean',
  'date',
  'datetime',
  'reference',
  'formula'
] as const

/**
 * The type of a lead field or an activity attribute.
 *
 * @category value types
 * @since 0.1.0
 */
export type ValueType = (typeof valueTypes)[number]

/** What Marketo's pages and screens, its API and Segment's settings write, beside the names of our own. @internal */
export const otherTypeNames: ReadonlyArray<readonly [string, ValueType]> = [
  ['textarea', 'text'],
  ['emailaddress', 'email'],
  ['link', 'url'],
  ['phonenumber', 'phone'],
  ['int', 'integer'],
  ['bool', 'boolean'],
  ['leadfunction', 'formula']
]

const between = /[\s_-]/g

/**
 * The type that a name means, without regard to case, white space, `_` and `-`, or undefined. `number` means none on purpose: whole
 * or not is for the settings to say.
 *
 * @example
 * valueTypeOf('Date Time') // => 'datetime'
 * valueTypeOf('lead_function') // => 'formula'
 * valueTypeOf('number') // => undefined
 * @category value types
 * @since 0.1.0
 */
export const valueTypeOf = (name: string): ValueType | undefined => {
  const plain = name.replace(between, '').toLowerCase()
  return valueTypes.find((type) => type === plain) ?? otherTypeNames.find(([other]) => other === plain)?.[1]
}

/**
 * A value that cannot be written: `found` is its kind (see `kindOf`), never the value; `mend` says what to send instead.
 *
 * @category value types
 * @since 0.1.0
 */
export interface Unfit {
  readonly found: string
  readonly mend: string
}

/**
 * A value that can be written.
 *
 * @category value types
 * @since 0.1.0
 */
export type Fit = string | number | boolean

/**
 * What a field of some type and length makes of any value. The caller deals with null, undefined and empty text first: they are
 * no values, and unfit here.
 *
 * @category value types
 * @since 0.1.0
 */
export type Coercion = (value: unknown) => Fit | Unfit

/**
 * Whether a coercion refused its value.
 *
 * @example
 * isUnfit(coerce('boolean', null)('yes')) // => true
 * @category value types
 * @since 0.1.0
 */
export const isUnfit = (result: Fit | Unfit): result is Unfit => typeof result === 'object'

const unfit = (value: unknown, mend: string): Unfit => ({ found: kindOf(value), mend })

const mendText = 'send one text, number or boolean; a list or an object never becomes text'
const mendSurrogate = 'the text holds half a character (a lone surrogate): cut it between characters'

/** Text, or what may become text; undefined for everything else, empty text too. */
const textOf = (value: unknown): string | undefined => {
  if (typeof value === 'string') return value === '' ? undefined : value
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined
  return typeof value === 'boolean' ? String(value) : undefined
}

/** Whether a well-formed text has at most so many characters, a surrogate pair being one. */
const isWithin = (text: string, most: number): boolean => {
  if (text.length <= most) return true
  if (text.length > most * 2) return false
  let characters = text.length
  for (let i = 0; i < text.length; i += 1) if ((text.charCodeAt(i) & 0xfc00) === 0xdc00) characters -= 1
  return characters <= most
}

const tooLong = (most: number): string => `shorten it to ${most} characters`

const line = (most: number): Coercion => {
  const mendLength = tooLong(most)
  return (value) => {
    const text = textOf(value)
    if (text === undefined) return unfit(value, mendText)
    if (!isWellFormed(text)) return unfit(value, mendSurrogate)
    return isWithin(text, most) ? text : unfit(value, mendLength)
  }
}

const mendBytes = `shorten it to ${valueLimits.textBytes} bytes of UTF-8`

const area = (most: number): Coercion => {
  const asLine = line(most)
  return (value) => {
    const text = asLine(value)
    if (typeof text !== 'string') return text
    // No character takes more than three bytes a unit.
    return text.length * 3 <= valueLimits.textBytes || utf8Length(text) <= valueLimits.textBytes
      ? text
      : unfit(value, mendBytes)
  }
}

const mendEmail = 'send one address in plain ASCII, such as ana@example.com'
const mendBlanks = 'take away the blanks around the address'

const email = (most: number): Coercion => {
  const mendLength = tooLong(most)
  return (value) => {
    if (typeof value !== 'string') return unfit(value, mendEmail)
    if (isEmail(value)) return value.length <= most ? value : unfit(value, mendLength)
    return unfit(value, isEmail(value.trim()) ? mendBlanks : mendEmail)
  }
}

/** A scheme that Marketo knows, perhaps a user, a host, and the rest; each part ends where the next begins, so one walk decides. */
const webAddress = /^https?:\/\/(?:[^/?#@]*@)?[^/?#@:][^/?#@]*(?:[/?#]|$)/i
const blank = /[\s\p{Cc}]/u
const mendUrl = 'send a whole web address that begins with http:// or https://, without blanks'

const url = (most: number): Coercion => {
  const asLine = line(most)
  return (value) => {
    if (typeof value !== 'string') return unfit(value, mendUrl)
    const text = asLine(value)
    return typeof text === 'string' && (blank.test(text) || !webAddress.test(text)) ? unfit(value, mendUrl) : text
  }
}

const wholeText = /^-?(?:0|[1-9]\d{0,15})$/
const mendWhole = 'send a whole number, as a number or in plain digits'

/** Numbers have one zero: adding 0 turns the negative one into it. */
const whole: Coercion = (value) => {
  const number = typeof value === 'string' && wholeText.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isSafeInteger(number) ? number + 0 : unfit(value, mendWhole)
}

const decimalText = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/
const mendDecimal = 'send a number, or its plain digits with a decimal point; no currency sign, no thousands separator'

const decimal: Coercion = (value) => {
  const number = typeof value === 'string' && decimalText.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number + 0 : unfit(value, mendDecimal)
}

const mendFlag = 'send true or false'

const flag: Coercion = (value) => {
  if (typeof value === 'boolean') return value
  if (typeof value !== 'string' || value.length > 5) return unfit(value, mendFlag)
  const word = value.toLowerCase()
  return word === 'true' ? true : word === 'false' ? false : unfit(value, mendFlag)
}

const mendDay = 'send a day of the calendar as YYYY-MM-DD, or an ISO 8601 time'

const day: Coercion = (value) => {
  const written = typeof value === 'string' ? writtenDay(value) : undefined
  if (written !== undefined) return written
  const instant = instantOf(value)
  return (instant === undefined ? undefined : printDay(instant)) ?? unfit(value, mendDay)
}

const mendTime = 'send an ISO 8601 time such as 2024-05-01T10:00:00Z, or an epoch number'

const time: Coercion = (value) => {
  const plain = typeof value === 'string' ? plainSeconds(value) : undefined
  if (plain !== undefined) return plain
  const instant = instantOf(value)
  return (instant === undefined ? undefined : printInstant(instant)) ?? unfit(value, mendTime)
}

const mendNever = 'Marketo fills fields of this type by itself: map another field'
const never: Coercion = (value) => unfit(value, mendNever)

/**
 * What a field of this type and length makes of a value; made once per field. A length of null is the type's own: 255 characters for
 * lines of text, 30,000 bytes for text areas.
 *
 * @example
 * coerce('integer', null)('42') // => 42
 * coerce('date', null)('1988-02-20T00:00:00.000Z') // => '1988-02-20'
 * coerce('string', 2)(['a']) // => { found: 'a list', mend: 'send one text, number or boolean; a list or an object never becomes text' }
 * @category value types
 * @since 0.1.0
 */
export const coerce = (type: ValueType, length: number | null): Coercion => {
  switch (type) {
    case 'string':
    case 'phone':
      return line(length ?? valueLimits.characters)
    case 'text':
      return area(length ?? valueLimits.textBytes)
    case 'email':
      return email(length ?? valueLimits.characters)
    case 'url':
      return url(length ?? valueLimits.characters)
    case 'integer':
    case 'score':
    case 'percent':
      return whole
    case 'float':
    case 'currency':
      return decimal
    case 'boolean':
      return flag
    case 'date':
      return day
    case 'datetime':
      return time
    case 'reference':
    case 'formula':
      return never
  }
}
