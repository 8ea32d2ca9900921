import { UTCDate, utc } from '@date-fns/utc'
import { formatISO, isValid, parseISO } from 'date-fns'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instantOf, parseInstant, plainSeconds, printDay, printInstant, writtenDay } from '../../src/ground/calendar.js'

const earliest = -62_167_219_200_000
const latest = 253_402_300_799_999
const instant = fc.oneof(
  fc.integer({ min: earliest, max: latest }),
  fc.constantFrom(earliest, latest, -1, 0, 1, -86_400_000, 951_782_400_000, -2_203_891_200_000)
)
const wholeSecond = instant.map((millis) => Math.floor(millis / 1000) * 1000)

/** What date-fns makes of a text in UTC, or undefined. */
const oracle = (text: string): number | undefined => {
  const date = parseISO(text, { in: utc })
  return isValid(date) ? date.getTime() : undefined
}

const two = (n: number): string => String(n).padStart(2, '0')
const zone = fc.oneof(
  fc.constantFrom('', 'Z'),
  fc
    .tuple(
      fc.constantFrom('+', '-'),
      fc.integer({ min: 0, max: 23 }),
      fc.integer({ min: 0, max: 61 }),
      fc.constantFrom(':', '', undefined)
    )
    .map(([sign, h, m, between]) =>
      between === undefined ? `${sign}${two(h)}` : `${sign}${two(h)}${between}${two(m)}`
    )
)

/** Day and time whose parts may each be a little out of bounds. */
const nearly = fc
  .record({
    year: fc.oneof(
      fc.constantFrom(0, 4, 100, 400, 1900, 1999, 2000, 2023, 2024, 9999),
      fc.integer({ min: 0, max: 9999 })
    ),
    month: fc.integer({ min: 0, max: 13 }),
    day: fc.oneof(fc.integer({ min: 0, max: 32 }), fc.integer({ min: 27, max: 32 })),
    // At 24:00 date-fns and we part: see the table below.
    hour: fc.oneof(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 25, max: 31 })),
    minute: fc.integer({ min: 0, max: 61 }),
    second: fc.option(fc.integer({ min: 0, max: 61 }), { nil: undefined }),
    between: fc.constantFrom('T', ' '),
    zone
  })
  .map((p) => {
    const day = `${String(p.year).padStart(4, '0')}-${two(p.month)}-${two(p.day)}`
    const time = `${two(p.hour)}:${two(p.minute)}${p.second === undefined ? '' : `:${two(p.second)}`}`
    return { day, text: `${day}${p.between}${time}${p.zone}` }
  })

describe('reading', () => {
  it('a day is its midnight in UTC, where date-fns knows the day, and nothing where it does not', () => {
    fc.assert(
      fc.property(nearly, ({ day }) => {
        expect(parseInstant(day)).toBe(oracle(day))
      }),
      { numRuns: 5_000 }
    )
  })

  it('a day and time is the instant that date-fns reads, and nothing where it reads nothing', () => {
    fc.assert(
      fc.property(nearly, ({ text }) => {
        expect(parseInstant(text)).toBe(oracle(text))
      }),
      { numRuns: 10_000 }
    )
  })

  it('what a Date prints is read back to the millisecond', () => {
    fc.assert(
      fc.property(instant, (millis) => {
        const text = new Date(millis).toISOString()
        expect(parseInstant(text)).toBe(millis)
        expect(parseInstant(text.toLowerCase())).toBe(millis)
        expect(parseInstant(text.replace('T', ' '))).toBe(millis)
      })
    )
  })

  it('three digits of a fraction count and the rest is cut', () => {
    fc.assert(
      fc.property(wholeSecond, fc.stringMatching(/^\d{1,12}$/), (millis, fraction) => {
        const text = `${new Date(millis).toISOString().slice(0, 19)}.${fraction}Z`
        expect(parseInstant(text)).toBe(millis + Number(fraction.slice(0, 3).padEnd(3, '0')))
      })
    )
  })

  it('P3 any text gets a verdict: a whole number of milliseconds, or nothing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'0123456789-:T.Z+ ') })), (text) => {
        const read = parseInstant(text)
        expect(read === undefined || Number.isSafeInteger(read)).toBe(true)
        if (read !== undefined) expect(oracle(text.replace(/[.]\d+/, ''))).toBe(Math.floor(read / 1000) * 1000)
      }),
      { numRuns: 5_000 }
    )
  })

  it('a text with one character taken away or put in is no longer the same instant by accident', () => {
    fc.assert(
      fc.property(wholeSecond, fc.nat({ max: 19 }), fc.constantFrom(...'09-:T.Z+ x'), (millis, at, extra) => {
        const text = `${new Date(millis).toISOString().slice(0, 19)}Z`
        for (const changed of [text.slice(0, at) + text.slice(at + 1), text.slice(0, at) + extra + text.slice(at)]) {
          const read = parseInstant(changed)
          if (read !== undefined) expect(oracle(changed)).toBe(read)
        }
      }),
      { numRuns: 2_000 }
    )
  })

  it.each([
    ['1990-03-04', 636_508_800_000],
    ['2024-05-01T10:00:00+02:00', 1_714_550_400_000],
    ['2024-05-01T10:00Z', 1_714_557_600_000],
    ['2024-05-01t10:00:00z', 1_714_557_600_000],
    ['2024-05-01T10:00:00.9Z', 1_714_557_600_900],
    ['2024-05-01T10:00:00.9+12:00', 1_714_514_400_900],
    ['2024-05-01T10:00:00.98-11:00', 1_714_597_200_980],
    ['0000-01-01', earliest],
    ['0000-01-01T00:00:00+23:59', earliest - 86_340_000],
    ['9999-12-31T23:59:59.999Z', latest],
    ['2000-02-29', 951_782_400_000],
    ['2024-02-29', 1_709_164_800_000],
    ['2024-05-01T10:00:00+00:30', 1_714_555_800_000],
    ['2024-05-01T10:00:00.1Z', 1_714_557_600_100],
    ['2024-05-01T10:00:00.01Z', 1_714_557_600_010],
    ['2024-05-01T10:00:00.12Z', 1_714_557_600_120],
    ['2024-05-01T10:00:00.1239Z', 1_714_557_600_123]
  ])('%s is %i', (text, millis) => {
    expect(parseInstant(text)).toBe(millis)
  })

  it.each([
    ['1900-02-29', 'no leap year'],
    ['2023-02-29', 'no leap year either'],
    ['2024-00-01', 'no month'],
    ['2024-13-01', 'a month too many'],
    ['2024-05-01x10:00:00Z', 'a letter between day and time'],
    ['2024-05-01T10:00:00x02:00', 'a letter for a sign'],
    ['2024-05-01T10:00:00+020', 'half the minutes of a zone'],
    ['2024-05-01T10:00:00+02:000', 'a digit behind the zone'],
    ['2024-05-01T10:00:00+02:x0', 'a letter in the minutes of a zone'],
    ['2024-05-01T24:00:00Z', 'midnight of the day after, which date-fns reads'],
    ['2024-05-01T10:00:60Z', 'a leap second'],
    ['2024-05-01T10:00:00.Z', 'a point without digits'],
    ['2024-05-01T10:00:00,5Z', 'a decimal comma'],
    ['2024-05-01T10Z', 'an hour without minutes'],
    ['2024-05-01T', 'a time left out'],
    ['2024-05-01Z', 'a day with a zone'],
    ['2024-05-01 ', 'a blank behind'],
    [' 2024-05-01', 'a blank in front'],
    ['2024-05-01T10:00:00 Z', 'a blank before the zone'],
    ['2024-05-01  10:00:00', 'two blanks between'],
    ['20240501', 'no hyphens'],
    ['x024-05-01', 'a letter in the century'],
    ['20x4-05-01', 'a letter in the year'],
    ['2024-x5-01', 'a letter in the month'],
    ['2024-05-x1', 'a letter in the day'],
    ['2024-05-01T1x:00:00Z', 'a letter in the hour'],
    ['2024-05-01T10x00:00Z', 'a letter after the hour'],
    ['2024-05-01T10:0x:00Z', 'a letter in the minute'],
    ['2024-05-01T10:00x00Z', 'a letter after the minute'],
    ['2024-05-01T10:00:0xZ', 'a letter in the second'],
    ['2024/05-01', 'a slash first'],
    ['2024-05/01', 'a slash last'],
    ['2024-5-1', 'single digits'],
    ['2024-W18-3', 'a week'],
    ['2024-122', 'a day of the year'],
    ['+002024-05-01', 'a signed year'],
    ['2024-05', 'a month'],
    ['2024', 'a year'],
    ['2024-05-01T10:00:00+2:00', 'one digit of a zone'],
    ['2024-05-01T10:00:00+02:', 'half a zone'],
    ['2024-05-01T10:00:00+02:60', 'sixty minutes in a zone'],
    ['2024-05-01T10:00:00+24:00', 'a zone of a whole day'],
    ['2024-05-01T10:00:00UTC', 'a zone by name'],
    ['2024-05-01T10:00:00x', 'a letter for a zone'],
    ['2024-05-01T10:00:00Zx', 'a letter behind the zone'],
    ['2024-05-01T10:00:00+', 'a sign for a zone'],
    ['２０２４-05-01', 'digits of another width'],
    ['', 'empty text']
  ])('%j is no instant: %s', (text) => {
    expect(parseInstant(text)).toBeUndefined()
  })
})

describe('the day as written', () => {
  it('is the first ten characters of what is an instant, whatever the zone, and nothing else', () => {
    fc.assert(
      fc.property(nearly, ({ text }) => {
        expect(writtenDay(text)).toBe(oracle(text) === undefined ? undefined : text.slice(0, 10))
      }),
      { numRuns: 2_000 }
    )
  })

  it.each([
    ['1988-02-20T00:00:00.000-08:00', '1988-02-20'],
    ['1988-02-20T23:00:00-08:00', '1988-02-20'],
    ['1988-02-31', undefined],
    ['1988-02-20T25:00:00Z', undefined]
  ])('of %s is %s', (text, day) => {
    expect(writtenDay(text)).toBe(day)
  })
})

describe('printing', () => {
  it('a day is the one that date-fns prints in UTC', () => {
    fc.assert(
      fc.property(instant, (millis) => {
        expect(printDay(millis)).toBe(formatISO(new UTCDate(millis), { representation: 'date' }))
      }),
      { numRuns: 5_000 }
    )
  })

  it('an instant is the one that date-fns prints in UTC', () => {
    fc.assert(
      fc.property(instant, (millis) => {
        expect(printInstant(millis)).toBe(formatISO(new UTCDate(millis)))
      }),
      { numRuns: 5_000 }
    )
  })

  it('reading undoes printing, to the second and to the day', () => {
    fc.assert(
      fc.property(instant, (millis) => {
        expect(parseInstant(printInstant(millis) ?? '')).toBe(Math.floor(millis / 1000) * 1000)
        expect(parseInstant(printDay(millis) ?? '')).toBe(Math.floor(millis / 86_400_000) * 86_400_000)
      })
    )
  })

  it('every day of four hundred years has its own text, in order', () => {
    const days = Array.from({ length: 146_097 }, (_, day) => printDay(day * 86_400_000) ?? '')
    expect(new Set(days).size).toBe(146_097)
    expect(days).toEqual([...days].sort())
    expect([days[0], days.at(-1)]).toEqual(['1970-01-01', '2369-12-31'])
  })

  it.each([earliest - 1, latest + 1, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 8.64e15])(
    '%d has no four-digit year',
    (millis) => {
      expect([printDay(millis), printInstant(millis)]).toEqual([undefined, undefined])
    }
  )

  it.each(['0009', '0010', '0099', '0100', '0999', '1000', '9999'])('the year %s has four digits', (year) => {
    expect(printDay(parseInstant(`${year}-03-04`) ?? Number.NaN)).toBe(`${year}-03-04`)
  })

  it('the edges of what can be written', () => {
    expect([printInstant(earliest), printInstant(latest)]).toEqual(['0000-01-01T00:00:00Z', '9999-12-31T23:59:59Z'])
  })

  it('a fraction of a millisecond falls to the past', () => {
    expect([printInstant(-0.5), printDay(-0.5), printInstant(0.5)]).toEqual([
      '1969-12-31T23:59:59Z',
      '1969-12-31',
      '1970-01-01T00:00:00Z'
    ])
  })
})

describe('the instant of an event time', () => {
  it('a text is read like any other, and its epoch digits like the number', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          nearly.map(({ text }) => text),
          fc.string()
        ),
        (text) => {
          fc.pre(!/^\d{9,14}$/.test(text))
          expect(instantOf(text)).toBe(parseInstant(text))
        }
      )
    )
    fc.assert(
      fc.property(fc.stringMatching(/^\d{9,14}$/), (digits) => {
        expect(instantOf(digits)).toBe(instantOf(Number(digits)))
      })
    )
  })

  it('a number within a year of milliseconds is seconds, any other is milliseconds', () => {
    const year = 31_557_600_000
    fc.assert(
      fc.property(fc.integer({ min: -2 * year, max: 2 * year }), (n) => {
        const millis = Math.abs(n) < year ? n * 1000 : n
        expect(instantOf(n)).toBe(millis >= earliest && millis <= latest ? millis : undefined)
      })
    )
    expect([instantOf(year), instantOf(year - 1), instantOf(-year)]).toEqual([year, (year - 1) * 1000, -year])
  })

  it('P3 P4 any value gets a verdict, and an instant is whole, printable and equal to its JSON round trip', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.double(), fc.integer(), fc.constant(-0)), (u) => {
        const read = instantOf(u)
        if (read === undefined) return
        expect(Number.isSafeInteger(read)).toBe(true)
        expect(JSON.parse(JSON.stringify(read))).toBe(read)
      })
    )
  })

  it.each([
    [1_714_557_600, 1_714_557_600_000],
    [1_714_557_600.5, 1_714_557_600_500],
    ['2024-05-01', 1_714_521_600_000],
    ['1714557600', 1_714_557_600_000],
    [0, 0],
    [-0, 0],
    [-0.0001, 0],
    [earliest, earliest],
    [latest, latest]
  ])('%j is %i', (u, millis) => {
    expect(instantOf(u)).toBe(millis)
  })

  it.each([
    null,
    undefined,
    true,
    [],
    {},
    new Date(0),
    Number.NaN,
    Number.POSITIVE_INFINITY,
    latest + 1,
    earliest - 1,
    '12345678',
    '123456789012345'
  ])('%j is none', (u) => {
    expect(instantOf(u)).toBeUndefined()
  })
})

describe('times that need no calendar', () => {
  it('are every time that Date prints, but those of leap days', () => {
    fc.assert(
      fc.property(instant, (at) => {
        const text = new Date(at).toISOString()
        const expected = text.startsWith('-02-29', 4) ? undefined : printInstant(at)
        expect([plainSeconds(text), plainSeconds(`${text.slice(0, 19)}Z`)]).toEqual([expected, expected])
      })
    )
  })

  it('are printed as their instants are', () => {
    fc.assert(
      fc.property(nearly, fc.constantFrom('', '.5', '.250', '.123456789'), ({ text }, fraction) => {
        const sent = text.endsWith('Z') ? `${text.slice(0, -1)}${fraction}Z` : text
        const instant = parseInstant(sent)
        const printed = instant === undefined ? undefined : printInstant(instant)
        expect([printed, undefined]).toContain(plainSeconds(sent))
      })
    )
  })

  it.each(['01-31', '02-28', '03-31', '04-30', '05-31', '06-30', '07-31', '08-31', '09-30', '10-31', '11-30', '12-31'])(
    'the last days of a month are some: %s',
    (day) => {
      const month = day.slice(0, 3)
      const days = month === '02-' ? [day] : [day, `${month}30`, `${month}29`]
      expect(days.map((one) => plainSeconds(`2023-${one}T23:59:59.9Z`))).toEqual(
        days.map((one) => `2023-${one}T23:59:59Z`)
      )
    }
  )

  it.each([
    '2024-02-29T10:00:00Z',
    '2023-02-29T10:00:00Z',
    '2024-02-30T10:00:00Z',
    '2024-04-31T10:00:00Z',
    '2024-00-10T10:00:00Z',
    '2024-13-10T10:00:00Z',
    '2024-05-00T10:00:00Z',
    '2024-05-32T10:00:00Z',
    '2024-05-01T24:00:00Z',
    '2024-05-01T10:60:00Z',
    '2024-05-01T10:00:60Z',
    '2024-05-01T10:00:00.Z',
    '2024-05-01T10:00Z',
    '2024-05-01T10:00:00',
    '2024-05-01T10:00:00z',
    '2024-05-01t10:00:00Z',
    '2024-05-01 10:00:00Z',
    '2024-05-01T10:00:00+00:00',
    '2024-05-01',
    ' 2024-05-01T10:00:00Z',
    '2024-05-01T10:00:00Z\n',
    '+002024-05-01T10:00:00Z'
  ])('%j is none of them', (text) => {
    expect(plainSeconds(text)).toBeUndefined()
  })
})
