import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { writesTo } from '../../../src/writeback/conflict/decide.js'
import { type FieldMark, mergeMarks, withoutRefused } from '../../../src/writeback/conflict/field-marks.js'
import { decide, leadClaims, marks, written } from './given.js'

const mark = (at: number | null, more: Partial<FieldMark> = {}): FieldMark => ({
  side: 'segment',
  at,
  bound: false,
  digest: 'd',
  displaced: null,
  optedIn: null,
  ...more
})

describe('what was settled of two leads that become one', () => {
  // biome-ignore format: table
  it.each<[string, FieldMark, FieldMark, FieldMark]>([
    ['is what was settled later',               mark(1),                     mark(2, { digest: 'e' }), mark(2, { digest: 'e' })],
    ['is what has a time',                      mark(null, { digest: 'e' }), mark(2),                  mark(2)],
    ['is what has an exact one',                mark(2, { bound: true }),    mark(2, { digest: 'e' }), mark(2, { digest: 'e' })],
    ['has the later opt-in, wherever it was',   mark(1, { optedIn: 9 }),     mark(2),                  mark(2, { optedIn: 9 })],
    ['has the later of two opt-ins',            mark(1, { optedIn: 9 }),     mark(2, { optedIn: 3 }),  mark(2, { optedIn: 9 })],
    ['has no opt-in of nobody',                 mark(1),                     mark(2),                  mark(2)]
  ])('%s', (_, a, b, expected) => {
    expect(mergeMarks({ city: a }, { city: b })).toEqual({ city: expected })
    expect(mergeMarks({ city: b }, { city: a })).toEqual({ city: expected })
    expect(mergeMarks({ city: a }, {})).toEqual({ city: a })
    expect(mergeMarks({}, { city: a })).toEqual({ city: a })
  })

  it('K1 does not hang on which is called the winner, and merging again changes nothing', () => {
    fc.assert(
      fc.property(marks, marks, (a, b) => {
        const strip = (all: typeof a) =>
          Object.entries(all)
            .map(([field, one]) => [field, one.at, one.digest, one.optedIn])
            .sort()
        expect(strip(mergeMarks(a, b))).toEqual(strip(mergeMarks(b, a)))
        expect(mergeMarks(mergeMarks(a, b), b)).toEqual(mergeMarks(a, b))
        expect(Object.keys(mergeMarks(a, b)).sort()).toEqual(
          [...new Set([...Object.keys(a), ...Object.keys(b)])].sort()
        )
      })
    )
  })
})

describe('a write that was refused', () => {
  it('leaves what was settled before', () => {
    const before = { city: mark(1), phone: mark(1) }
    const after = { city: mark(2), phone: mark(2), title: mark(2) }
    expect(withoutRefused(before, after, ['city', 'title', 'nobody'])).toEqual({ city: mark(1), phone: mark(2) })
  })

  it('hides nothing: the same is to be written when it is asked again', () => {
    fc.assert(
      fc.property(leadClaims, (question) => {
        const decided = decide(question)
        const refused = decided.decisions.filter((one) => writesTo(one, 'marketo')).map(({ field }) => field)
        const marks = withoutRefused(question.marks, decided.marks, refused)
        const again = decide({ ...question, marks })
        for (const field of refused)
          expect(again.decisions.find((one) => one.field === field)).toEqual(
            decided.decisions.find((one) => one.field === field)
          )
        expect(written(question, decided).marks).toEqual(decided.marks)
      })
    )
  })
})
