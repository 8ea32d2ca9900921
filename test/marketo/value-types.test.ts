import { UTCDate, utc } from '@date-fns/utc'
import { formatISO, isValid, parseISO } from 'date-fns'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { kindOf } from '../../src/ground/json.js'
import { coerce, type Fit, isUnfit, type ValueType, valueTypeOf, valueTypes } from '../../src/marketo/value-types.js'
import { valueCases } from '../cases/marketo-values.js'

const type = fc.constantFrom(...valueTypes)
const length = fc.option(fc.integer({ min: 1, max: 300 }), { nil: null })
const instant = fc.integer({ min: -62_167_219_200_000, max: 253_402_300_799_999 })
const isoText = instant.map((millis) => new Date(millis).toISOString())

const scalar = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'binary-ascii' }),
  fc.string({ minLength: 200, maxLength: 600, unit: 'grapheme' }),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double(),
  fc.boolean(),
  fc.emailAddress(),
  fc.webUrl(),
  isoText,
  isoText.map((text) => text.slice(0, 10)),
  fc.integer().map(String),
  fc.double({ noDefaultInfinity: true, noNaN: true }).map(String),
  fc.constantFrom(-0, '-0', '', ' ', 'TRUE', 'false', 'yes', 'NaN', '1e5', '007', '\ud800', null, undefined)
)

const anything = fc.anything({
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withObjectString: true,
  withSet: true,
  withSparseArray: true,
  withTypedArray: true
})

/** Any value, with more of those that some type may take. */
const value = fc.oneof(scalar, anything)

const characters = (text: string): number => Array.from(text).length
/** The language's own judgement, newer than the library that we compile against. */
const isWellFormed = (text: string): boolean => Reflect.apply(Reflect.get(String.prototype, 'isWellFormed'), text, [])
const isText = (fit: Fit, most: number): boolean =>
  typeof fit === 'string' && fit !== '' && isWellFormed(fit) && characters(fit) <= most
const isNumber = (fit: Fit): boolean => typeof fit === 'number' && Number.isFinite(fit) && !Object.is(fit, -0)

/** Whether a value is of a type, said a second time and in other words. */
const isOf: Readonly<Record<ValueType, (fit: Fit, length: number | null) => boolean>> = {
  string: (fit, most) => isText(fit, most ?? 255),
  phone: (fit, most) => isText(fit, most ?? 255),
  text: (fit, most) => isText(fit, most ?? 30_000) && Buffer.byteLength(String(fit)) <= 30_000,
  email: (fit, most) =>
    isText(fit, Math.min(255, most ?? 255)) && /^[\x21-\x7e]+@[^@]+\.[A-Za-z0-9-]{2,}$/.test(String(fit)),
  url: (fit, most) => isText(fit, most ?? 255) && /^https?:\/\/\S+$/i.test(String(fit)),
  integer: Number.isSafeInteger,
  score: Number.isSafeInteger,
  percent: Number.isSafeInteger,
  float: isNumber,
  currency: isNumber,
  boolean: (fit) => typeof fit === 'boolean',
  date: (fit) => /^\d{4}-\d\d-\d\d$/.test(String(fit)) && isValid(parseISO(String(fit), { in: utc })),
  datetime: (fit) =>
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(String(fit)) && isValid(parseISO(String(fit), { in: utc })),
  reference: () => false,
  formula: () => false
}

describe('laws of coercion', () => {
  it('M5 what comes out is of the type', () => {
    fc.assert(
      fc.property(type, length, value, (name, most, u) => {
        const result = coerce(name, most)(u)
        if (!isUnfit(result)) expect(isOf[name](result, most)).toBe(true)
      }),
      { numRuns: 5_000 }
    )
  })

  it('M5 what is of the type already comes out as it went in', () => {
    fc.assert(
      fc.property(type, length, value, (name, most, u) => {
        const once = coerce(name, most)(u)
        if (!isUnfit(once)) expect(coerce(name, most)(once)).toBe(once)
      }),
      { numRuns: 2_000 }
    )
  })

  it('M6 no list and no object becomes anything', () => {
    const things = fc.oneof(fc.array(scalar), fc.object(), fc.dictionary(fc.string(), scalar), fc.date(), anything)
    fc.assert(
      fc.property(type, length, things, (name, most, u) => {
        fc.pre(typeof u === 'object' && u !== null)
        expect(isUnfit(coerce(name, most)(u))).toBe(true)
      })
    )
  })

  it('P3 P4 any value gets a verdict; a fit value equals its JSON round trip, an unfit one is named by kind and never shown', () => {
    fc.assert(
      fc.property(type, length, value, (name, most, u) => {
        const result = coerce(name, most)(u)
        expect(JSON.parse(JSON.stringify(result))).toEqual(result)
        if (!isUnfit(result)) return
        expect(result).toEqual({ found: kindOf(u), mend: expect.stringMatching(/^\S.+\S$/) })
        if (typeof u === 'string' && u.length > 6) expect(`${result.found} ${result.mend}`).not.toContain(u)
      }),
      { numRuns: 2_000 }
    )
  })

  it('P1 the same value gets the same verdict', () => {
    fc.assert(
      fc.property(type, length, value, (name, most, u) => {
        const coercion = coerce(name, most)
        expect(coercion(u)).toEqual(coercion(u))
        expect(coerce(name, most)(u)).toEqual(coercion(u))
      })
    )
  })

  it('P3 a value whose traps throw is looked at by kind alone', () => {
    const hostile = new Proxy(
      {},
      {
        get: () => {
          throw new Error('looked inside')
        }
      }
    )
    for (const name of valueTypes) expect(coerce(name, null)(hostile)).toMatchObject({ found: 'an object' })
  })

  it('nothing at all, null and empty text are unfit for every type', () => {
    for (const name of valueTypes) {
      expect([undefined, null, ''].map((u) => isUnfit(coerce(name, null)(u)))).toEqual([true, true, true])
    }
  })

  it('a text fits by its characters, whatever their size', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('string', 'phone'),
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
        (name, text) => {
          const exact = characters(text)
          expect(coerce(name, exact)(text)).toBe(text)
          expect(isUnfit(coerce(name, exact - 1)(text))).toBe(true)
        }
      )
    )
  })

  it('a text area fits by its bytes', () => {
    fc.assert(
      fc.property(fc.constantFrom('a', 'é', '€', '😀'), fc.integer({ min: -2, max: 2 }), (character, off) => {
        const times = Math.floor(30_000 / Buffer.byteLength(character)) + off
        const text = character.repeat(times)
        expect(isUnfit(coerce('text', null)(text))).toBe(Buffer.byteLength(text) > 30_000)
      })
    )
  })

  it('numbers and their digits are one', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (n) => {
        for (const name of ['integer', 'score', 'percent', 'float', 'currency'] as const) {
          expect(coerce(name, null)(n)).toBe(n + 0)
          expect(coerce(name, null)(String(n))).toBe(n + 0)
        }
      })
    )
  })

  it('a decimal number and its digits are one', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 0, max: 6 }), (n, places) => {
        const digits = (n / 10 ** places).toFixed(places)
        expect(coerce('currency', null)(digits)).toBe(Number(digits) + 0)
        expect(coerce('float', null)(Number(digits))).toBe(Number(digits) + 0)
      })
    )
  })

  it('a day is the day as written, and date-fns agrees that there is one', () => {
    const zone = fc.constantFrom('Z', '+00:00', '-08:00', '+14:00', '+0530', '')
    fc.assert(
      fc.property(isoText, zone, (iso, z) => {
        const text = `${iso.slice(0, 19)}${z}`
        expect(isValid(parseISO(text, { in: utc }))).toBe(true)
        expect(coerce('date', null)(text)).toBe(iso.slice(0, 10))
        expect(coerce('date', null)(iso.slice(0, 10))).toBe(iso.slice(0, 10))
      })
    )
  })

  it('a day or time that date-fns does not know is unfit', () => {
    const parts = fc.tuple(
      fc.integer({ min: 1890, max: 2110 }),
      fc.integer({ min: 0, max: 14 }),
      fc.integer({ min: 0, max: 33 }),
      fc.integer({ min: 0, max: 23 }),
      fc.integer({ min: 0, max: 62 })
    )
    fc.assert(
      fc.property(parts, ([y, m, d, h, s]) => {
        const two = (n: number): string => String(n).padStart(2, '0')
        const text = `${y}-${two(m)}-${two(d)}T${two(h)}:00:${two(s)}Z`
        const known = isValid(parseISO(text, { in: utc }))
        expect(isUnfit(coerce('date', null)(text))).toBe(!known)
        expect(isUnfit(coerce('datetime', null)(text))).toBe(!known)
      })
    )
  })

  it('an epoch number is its UTC day and its UTC second, as date-fns prints them', () => {
    fc.assert(
      fc.property(instant, (millis) => {
        fc.pre(Math.abs(millis) >= 31_557_600_000)
        expect(coerce('date', null)(millis)).toBe(formatISO(new UTCDate(millis), { representation: 'date' }))
        expect(coerce('datetime', null)(millis)).toBe(formatISO(new UTCDate(millis)))
      })
    )
  })

  it('a time with a zone is the same time in UTC, as date-fns reads it', () => {
    const zone = fc.constantFrom('Z', '+02:00', '-11:30', '+0545')
    fc.assert(
      fc.property(fc.integer({ min: -2_000_000_000_000, max: 4_000_000_000_000 }), zone, (millis, z) => {
        const text = `${new Date(millis).toISOString().slice(0, 19)}${z}`
        expect(coerce('datetime', null)(text)).toBe(formatISO(parseISO(text, { in: utc }), { in: utc }))
      })
    )
  })
})

describe('documented values', () => {
  it.each(valueCases)('$name', ({ input, expected }) => {
    const result = coerce(input.type, input.length)(input.value)
    expect(isUnfit(result) ? null : result).toBe(expected)
  })

  it.each([
    ['string', [], 'a list', 'send one text, number or boolean; a list or an object never becomes text'],
    ['string', '\udc00!', 'text', 'the text holds half a character (a lone surrogate): cut it between characters'],
    ['string', 'x'.repeat(256), 'text', 'shorten it to 255 characters'],
    ['phone', 'x'.repeat(256), 'text', 'shorten it to 255 characters'],
    ['text', 'x'.repeat(30_001), 'text', 'shorten it to 30000 characters'],
    ['text', 'é'.repeat(15_001), 'text', 'shorten it to 30000 bytes of UTF-8'],
    ['email', 'ana', 'text', 'send one address in plain ASCII, such as ana@example.com'],
    ['email', 'ana@example.com ', 'text', 'take away the blanks around the address'],
    ['email', `${'a'.repeat(244)}@example.com`, 'text', 'send one address in plain ASCII, such as ana@example.com'],
    ['email', 7, 'a number', 'send one address in plain ASCII, such as ana@example.com'],
    ['url', 'example.com', 'text', 'send a whole web address that begins with http:// or https://, without blanks'],
    ['url', [], 'a list', 'send a whole web address that begins with http:// or https://, without blanks'],
    ['url', `https://${'x'.repeat(300)}`, 'text', 'shorten it to 255 characters'],
    ['integer', 1.5, 'a number', 'send a whole number, as a number or in plain digits'],
    [
      'float',
      '$5',
      'text',
      'send a number, or its plain digits with a decimal point; no currency sign, no thousands separator'
    ],
    ['boolean', 'maybe', 'text', 'send true or false'],
    ['date', {}, 'an object', 'send a day of the calendar as YYYY-MM-DD, or an ISO 8601 time'],
    ['datetime', true, 'a boolean', 'send an ISO 8601 time such as 2024-05-01T10:00:00Z, or an epoch number'],
    ['reference', 1, 'a number', 'Marketo fills fields of this type by itself: map another field'],
    ['formula', null, 'null', 'Marketo fills fields of this type by itself: map another field']
  ] as const)('%s: the mending of case %#', (name, u, found, mend) => {
    expect(coerce(name, null)(u)).toEqual({ found, mend })
  })
})

describe('names of types', () => {
  it('every type is known by its own name, in any case, with blanks, dashes and underscores', () => {
    const spread = fc.tuple(
      type,
      fc.array(fc.constantFrom('', ' ', '_', '-', '\t'), { minLength: 10, maxLength: 10 }),
      fc.boolean()
    )
    fc.assert(
      fc.property(spread, ([name, gaps, upper]) => {
        const spelled = Array.from(name, (letter, i) => (gaps[i] ?? '') + letter).join('')
        expect(valueTypeOf(upper ? spelled.toUpperCase() : spelled)).toBe(name)
      })
    )
  })

  it.each([
    ['textarea', 'text'],
    ['Text Area', 'text'],
    ['link', 'url'],
    ['URL', 'url'],
    ['lead_function', 'formula'],
    ['Date Time', 'datetime'],
    ['Email Address', 'email'],
    ['Phone Number', 'phone'],
    ['int', 'integer'],
    ['bool', 'boolean']
  ])('%s means %s', (name, meant) => {
    expect(valueTypeOf(name)).toBe(meant)
  })

  it.each(['number', 'Number', '', ' ', 'object', 'array', 'constructor', '__proto__', 'strings', 'date/time'])(
    '%j means none',
    (name) => {
      expect(valueTypeOf(name)).toBeUndefined()
    }
  )
})
