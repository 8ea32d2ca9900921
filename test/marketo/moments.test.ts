import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lacksZone, momentOf, printMoment, timestampOf } from '../../src/marketo/moments.js'

/** The first and the last millisecond that a four-digit year can write. */
const [first, last] = [-62_167_219_200_000, 253_402_300_799_999]
const moment = fc.integer({ min: first, max: last })
const iso = (millis: number): string => new Date(millis).toISOString()

/** The ways in which Marketo writes a moment of whole seconds. */
const ways: ReadonlyArray<(text: string) => string> = [
  (text) => text,
  (text) => text.replace('.000Z', 'Z'),
  (text) => text.replace('.000Z', '+0000'),
  (text) => text.replace('.000Z', '+00:00'),
  (text) => text.replace('.000Z', '-00'),
  (text) => text.replace('.000Z', 'Z+0000'),
  (text) => text.replace('.000Z', 'z'),
  (text) => text.replace('T', ' '),
  (text) => text.replace('T', ' ').replace('.000Z', 'Z'),
  (text) => text.replace('-', '').replace('-', '').replace('.000Z', '.0t+0000'),
  (text) => text.replace('-', '').replace('-', '').replace('.000Z', 'Z')
]

describe('laws', () => {
  it('a moment is printed with its milliseconds, as the language prints it', () => {
    fc.assert(
      fc.property(moment, (millis) => {
        expect(printMoment(millis)).toBe(iso(millis))
        expect(timestampOf(iso(millis))).toBe(iso(millis))
        expect(momentOf(iso(millis))).toBe(millis)
      }),
      { examples: [[first], [last], [-1], [0], [7], [70]] }
    )
    expect([printMoment(first - 1), printMoment(last + 1)]).toEqual([undefined, undefined])
  })

  it('however Marketo writes a moment, it is the same one', () => {
    fc.assert(
      fc.property(moment, fc.constantFrom(...ways), (millis, write) => {
        const whole = iso(Math.floor(millis / 1_000) * 1_000)
        expect([write(whole), timestampOf(write(whole))]).toEqual([write(whole), whole])
      })
    )
  })

  it('a time in our form is that of the moment, or of none', () => {
    const part = fc.constantFrom(
      '2025',
      '-11',
      '-19',
      'T17',
      ' 17',
      ':40',
      ':00',
      '.5',
      'Z',
      '+00',
      '00',
      ':',
      '02',
      't'
    )
    const text = fc.array(part, { maxLength: 9 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(
        fc.oneof(
          text,
          text.map((behind) => `2025-11-19T17:40${behind}`)
        ),
        (written) => {
          const instant = momentOf(written)
          expect(timestampOf(written)).toBe(instant === undefined ? undefined : printMoment(instant))
        }
      ),
      { examples: [['2025-11-19T17:40+02Z'], ['2025-11-19T17:40+02+0000'], ['2025-11-19T17:40+02Z+0000']] }
    )
  })
})

describe('a time of Marketo’s', () => {
  it.each<[string, string | undefined]>([
    ['2025-11-19T17:40:00Z', '2025-11-19T17:40:00.000Z'],
    ['2025-11-19T17:40:00+0000', '2025-11-19T17:40:00.000Z'],
    ['2025-11-19T17:40:00Z+0000', '2025-11-19T17:40:00.000Z'],
    ['20251119T17:40:00.0t+0000', '2025-11-19T17:40:00.000Z'],
    ['20251119T17:40:00.25t-0800', '2025-11-20T01:40:00.250Z'],
    ['2025-11-19T17:40:00Z-0800', undefined],
    ['2025-11-19T17:40:00.5Z+0000', '2025-11-19T17:40:00.500Z'],
    ['2025-11-19T17:40:00Z+0200', '2025-11-19T15:40:00.000Z'],
    ['2025-11-19T17:40:00-0800', '2025-11-20T01:40:00.000Z'],
    ['2025-11-19T17:40:00-08:00', '2025-11-20T01:40:00.000Z'],
    ['2025-11-19T17:40:00-08', '2025-11-20T01:40:00.000Z'],
    ['2025-11-19T17:40:00.9Z', '2025-11-19T17:40:00.900Z'],
    ['2025-11-19T17:40Z', '2025-11-19T17:40:00.000Z'],
    ['2025-11-19', '2025-11-19T00:00:00.000Z'],
    ['2025-11-19T17:40:00.123456789012345678Z', '2025-11-19T17:40:00.123Z'],
    ['2025-11-19T17:40:00.1234567890123456789Z', '2025-11-19T17:40:00.123Z'],
    ['2025-11-19T17:40:00.12345678901234567890Z', undefined],
    ['2025-02-31T17:40:00Z', undefined],
    ['2025-11-19T24:40:00Z', undefined],
    ['x20251119T17:40:00Z', undefined],
    ['20251119T17:40:00Zx', undefined],
    ['20251119T17:40:00tt+0000', undefined],
    ['20251119X17:40:00Z', undefined],
    ['2025-11-19T17:40:00Zx', undefined],
    ['', undefined]
  ])('%j is %j', (text, expected) => {
    expect(timestampOf(text)).toBe(expected)
    expect(lacksZone(text)).toBe(false)
  })

  it.each(['2025-11-19T17:40:00', '2025-11-19 17:40', '2025-11-19T17:40:00.5', '20251119T17:40:00'])(
    '%j would be one if it told its zone',
    (text) => {
      expect(timestampOf(text)).toBeUndefined()
      expect(lacksZone(text)).toBe(true)
    }
  )
})
