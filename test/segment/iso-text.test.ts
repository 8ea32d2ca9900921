import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dateText } from '../../src/segment/iso-text.js'
import { isoDateCases } from '../cases/iso-dates.js'

describe('dates', () => {
  it.each(isoDateCases)('$name', ({ input, expected }) => {
    expect(dateText(input.text, input.zone)).toBe(expected)
  })

  it('an ISO text of an instant is itself', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date(Date.UTC(100, 0, 1)), max: new Date(Date.UTC(9999, 11, 31)), noInvalidDate: true }),
        (date) => {
          expect(dateText(date.toISOString(), 0)).toBe(date.toISOString())
        }
      )
    )
  })

  it('a text that is no date is itself', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: -1080, max: 1080 }), (text, zone) => {
        fc.pre(!/^\d{4}-\d{2}-\d{2}/.test(text))
        expect(dateText(text, zone)).toBe(text)
      })
    )
  })
})
