import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseInstant, printInstant } from '../../src/ground/calendar.js'
import { nextQuotaReset, quotaDayStart, quotaReopens } from '../../src/pace/quota-day.js'

const hour = 3_600_000
const at = (text: string): number => parseInstant(text) ?? Number.NaN

/** The zone as the machine's own tables have it: the independent implementation. */
const central = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/Chicago',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit'
})

/** The Central day and time of day of an instant. */
const centralTime = (instant: number): readonly [day: string, time: string] => {
  const parts = Object.fromEntries(central.formatToParts(instant).map(({ type, value }) => [type, value]))
  return [`${parts.year}-${parts.month}-${parts.day}`, `${parts.hour}:${parts.minute}:${parts.second}`]
}

const first = at('2007-03-11T08:00:00Z')
const last = at('2037-12-31T00:00:00Z')
const anyInstant = fc.integer({ min: first, max: last })

/** Instants around a change of clocks, and around midnights. */
const edge = fc
  .tuple(
    fc.integer({ min: 2007, max: 2037 }),
    fc.constantFrom('03-08', '03-14', '11-01', '11-07', '11-08', '01-01', '12-31', '02-29', '06-15'),
    fc.integer({ min: -3 * 86_400, max: 3 * 86_400 }),
    fc.integer({ min: -1, max: 1 })
  )
  .map(
    ([year, day, seconds, millis]) => (parseInstant(`${year}-${day}`) ?? at(`${year}-03-01`)) + seconds * 1_000 + millis
  )
  .filter((instant) => instant >= first && instant <= last)

const instants = fc.oneof(anyInstant, edge)

describe('laws of the quota day', () => {
  it('P6 it begins at midnight in Chicago, as Intl has it, whatever the zone of this machine', () => {
    fc.assert(
      fc.property(instants, (instant) => {
        const start = quotaDayStart(instant)
        expect(centralTime(start)).toEqual([centralTime(instant)[0], '00:00:00'])
        expect(start % 1_000).toBe(0)
      }),
      { numRuns: 3_000 }
    )
  })

  it('P6 it ends at the next midnight in Chicago', () => {
    fc.assert(
      fc.property(instants, (instant) => {
        const reset = nextQuotaReset(instant)
        expect(centralTime(reset)[1]).toBe('00:00:00')
        expect(centralTime(reset - 1)[0]).toBe(centralTime(instant)[0])
        expect(quotaDayStart(reset)).toBe(reset)
        expect(nextQuotaReset(quotaDayStart(instant))).toBe(reset)
      }),
      { numRuns: 3_000 }
    )
  })

  it('P6 every hour of thirty years lies in the day that Intl names', () => {
    for (let instant = first; instant < last; instant += 13 * hour + 1) {
      const start = quotaDayStart(instant)
      expect(start).toBeLessThanOrEqual(instant)
      expect(instant).toBeLessThan(nextQuotaReset(instant))
      if (centralTime(start)[0] !== centralTime(instant)[0] || centralTime(start)[1] !== '00:00:00')
        expect([instant, centralTime(start)]).toEqual([instant, [centralTime(instant)[0], '00:00:00']])
    }
  })

  it('P3 P4 any number has a day, which is a whole number', () => {
    fc.assert(
      fc.property(fc.oneof(fc.double(), fc.integer()), (n) => {
        for (const instant of [quotaDayStart(n), nextQuotaReset(n), quotaReopens(n)]) {
          expect(Number.isInteger(instant)).toBe(true)
          expect(Object.is(instant, -0)).toBe(false)
        }
      })
    )
  })

  it('a refused caller tries again at the next midnight, Central or Central standard', () => {
    fc.assert(
      fc.property(instants, (instant) => {
        const again = quotaReopens(instant)
        expect(again).toBeGreaterThan(instant)
        expect(again).toBeLessThanOrEqual(nextQuotaReset(instant))
        expect([nextQuotaReset(instant), again]).toContain(again)
        if (again !== nextQuotaReset(instant)) expect(again % (24 * hour)).toBe(6 * hour)
        // No reset by either reading lies between.
        for (let t = Math.floor(instant / hour) * hour + hour; t < again; t += hour) {
          expect(t % (24 * hour)).not.toBe(6 * hour)
          expect(quotaDayStart(t)).not.toBe(t)
        }
      })
    )
  })
})

describe('the quota day', () => {
  it.each([
    ['in winter', '2024-01-15T12:00:00Z', '2024-01-15T06:00:00Z', '2024-01-16T06:00:00Z'],
    ['in summer', '2024-07-15T12:00:00Z', '2024-07-15T05:00:00Z', '2024-07-16T05:00:00Z'],
    ['of 23 hours', '2024-03-10T12:00:00Z', '2024-03-10T06:00:00Z', '2024-03-11T05:00:00Z'],
    ['of 25 hours', '2024-11-03T12:00:00Z', '2024-11-03T05:00:00Z', '2024-11-04T06:00:00Z'],
    ['one millisecond before its end', '2024-07-15T04:59:59.999Z', '2024-07-14T05:00:00Z', '2024-07-15T05:00:00Z'],
    ['at its beginning', '2024-07-15T05:00:00Z', '2024-07-15T05:00:00Z', '2024-07-16T05:00:00Z'],
    ['where March begins on a Friday', '2013-03-10T08:00:00Z', '2013-03-10T06:00:00Z', '2013-03-11T05:00:00Z'],
    ['where March begins on a Sunday', '2026-03-08T08:00:00Z', '2026-03-08T06:00:00Z', '2026-03-09T05:00:00Z'],
    ['where November begins on a Sunday', '2026-11-01T08:00:00Z', '2026-11-01T05:00:00Z', '2026-11-02T06:00:00Z'],
    ['before the epoch', '1969-12-31T23:59:59Z', '1969-12-31T06:00:00Z', '1970-01-01T06:00:00Z']
  ])('%s', (_, instant, start, end) => {
    expect([printInstant(quotaDayStart(at(instant))), printInstant(nextQuotaReset(at(instant)))]).toEqual([start, end])
  })

  it.each([
    ['in summer, by day', '2024-07-15T12:00:00Z', '2024-07-16T05:00:00Z'],
    ['in summer, refused at midnight', '2024-07-16T05:00:00Z', '2024-07-16T06:00:00Z'],
    ['in summer, refused a second before the later midnight', '2024-07-16T05:59:59Z', '2024-07-16T06:00:00Z'],
    ['in summer, refused at the later midnight', '2024-07-16T06:00:00Z', '2024-07-17T05:00:00Z'],
    ['in winter', '2024-01-15T06:00:00Z', '2024-01-16T06:00:00Z']
  ])('reopens %s', (_, instant, again) => {
    expect(printInstant(quotaReopens(at(instant)))).toBe(again)
  })
})

describe('near misses', () => {
  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0])('%s is read as 0', (n) => {
    expect([quotaDayStart(n), nextQuotaReset(n), quotaReopens(n)]).toEqual([
      quotaDayStart(0),
      nextQuotaReset(0),
      quotaReopens(0)
    ])
  })

  it('years that four digits cannot write are on standard time', () => {
    const far = 8e15
    expect((quotaDayStart(far) - 6 * hour) % (24 * hour)).toBe(0)
    expect(quotaDayStart(far)).toBeLessThanOrEqual(far)
  })
})
