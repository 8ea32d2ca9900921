import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Seen } from '../../../src/writeback/conflict/claims.js'
import { writesTo } from '../../../src/writeback/conflict/decide.js'
import {
  agedBy,
  type FieldMark,
  markOf,
  mergeMarks,
  withoutRefused
} from '../../../src/writeback/conflict/field-marks.js'
import { decide, leadClaims, marks, written } from './given.js'

const silent = { segment: null, marketo: null }

const mark = (at: number | null, more: Partial<FieldMark> = {}): FieldMark => ({
  side: 'segment',
  at,
  bound: false,
  digest: 'd',
  displaced: null,
  optedIn: null,
  said: silent,
  ...more
})

const claim = (at: number | null, more: Partial<Seen> = {}): Seen => ({
  value: 'x',
  same: 'x',
  empty: false,
  side: 'marketo',
  digest: 'd',
  at,
  own: at,
  bound: false,
  ours: false,
  optIn: false,
  ...more
})

describe('a claim by what was settled', () => {
  const bound = { bound: true } as const

  // biome-ignore format: table
  it.each<[string, FieldMark | undefined, Seen, Partial<Seen>]>([
    ['is as it is where nothing was',           undefined,              claim(5),                    claim(5)],
    ['is as it is where something else was',    mark(9),                claim(5, { digest: 'e' }),   claim(5, { digest: 'e' })],
    ['has no time from what had none',          mark(null),             claim(5, bound),             claim(5, bound)],
    ['without a time has that of before',       mark(9),                claim(null),                 claim(9)],
    ['without a time has the bound of before',  mark(9, bound),         claim(null),                 claim(9, bound)],
    ['with a bound has the time of before',     mark(9),                claim(12, bound),            claim(9)],
    ['of our own has the time of before',       mark(9),                claim(12, { ours: true }),   claim(9, { ours: true })],
    ['that is earlier has the time of before',  mark(9),                claim(5),                    claim(9)],
    ['that is later has its own',               mark(9),                claim(12),                   claim(12)],
    ['that is exact has its own against a bound', mark(9, bound),       claim(5),                    claim(5)]
  ])('%s', (_, before, given, expected) => {
    // What a claim bears itself stays, whatever is known besides.
    expect(agedBy(before, given)).toEqual({ ...expected, own: given.own })
  })
})

describe('what is settled by a claim that stands', () => {
  const bound = { bound: true } as const
  const other = { digest: 'e' } as const
  const ofMarketo = { side: 'marketo' } as const
  const spoke = (segment: number | null, marketo: number | null) => mark(5, { said: { segment, marketo } })
  const instead = { ...ofMarketo, ...other, displaced: 'd' } as const

  // biome-ignore format: table
  it.each<[string, FieldMark | undefined, Seen, FieldMark]>([
    ['is the claim where nothing was',           undefined,        claim(5),                       mark(5, ofMarketo)],
    ['is as it was where the same has no time',  mark(5),          claim(null),                    mark(5)],
    ['is as it was, bound, where the same has no time', mark(5, bound), claim(null),              mark(5, bound)],
    ['is as it was where the same is earlier',   mark(5),          claim(4),                       mark(5)],
    ['is as it was where the same is as old',    mark(5),          claim(5),                       mark(5)],
    ['is later where the same is said later',    mark(5),          claim(6),                       mark(6, ofMarketo)],
    ['is exact where the same has a time',       mark(5, bound),   claim(4),                       mark(4, ofMarketo)],
    ['has a time where the same has one first',  mark(null),       claim(-4),                      mark(-4, ofMarketo)],
    ['is something else, no earlier',            mark(5),          claim(null, other),             mark(5, instead)],
    ['is something else at its time',            mark(5),          claim(4, other),                mark(4, instead)],
    ['is something else, bound before',          mark(5),          claim(4, { ...other, ...bound }), mark(5, instead)],
    ['is something else, bound at once',         mark(5),          claim(5, { ...other, ...bound }), mark(5, instead)],
    ['is something else, bound after',           mark(5),          claim(6, { ...other, ...bound }), mark(6, { ...instead, ...bound })],
    ['is something else, bound alone',           mark(null),       claim(-4, { ...other, ...bound }), mark(-4, { ...instead, ...bound })]
  ])('%s', (_, before, given, expected) => {
    expect({ ...markOf(before, given), said: silent }).toEqual(expected)
  })

  // biome-ignore format: table
  it.each<[string, FieldMark | undefined, Seen, Seen | undefined, FieldMark['said']]>([
    ['nobody spoke with a time of their own',   undefined,  claim(5, { own: null }), undefined,                          { segment: null, marketo: null }],
    ['the one that stands spoke',               undefined,  claim(5, { own: 4 }),    undefined,                          { segment: null, marketo: 4 }],
    ['the other spoke as well',                 undefined,  claim(5),                claim(3, { side: 'segment' }),      { segment: 3, marketo: 5 }],
    ['the other said something else',           undefined,  claim(5),                claim(3, { side: 'segment', ...other }), { segment: 3, marketo: 5 }],
    ['nobody spoke since',                      spoke(7, 8), claim(5),               claim(3, { side: 'segment' }),      { segment: 7, marketo: 8 }],
    ['the side of Segment spoke since',         spoke(7, 8), claim(5),               claim(9, { side: 'segment' }),      { segment: 9, marketo: 8 }],
    ['Marketo spoke since, of something else',  spoke(7, 8), claim(9, other),        undefined,                          { segment: 7, marketo: 9 }],
    ['one spoke at the beginning of time',      spoke(null, -3), claim(-9),          claim(0, { side: 'segment' }),      { segment: 0, marketo: -3 }]
  ])('knows when each side spoke last: %s', (_, before, one, rival, expected) => {
    expect(markOf(before, one, rival).said).toEqual(expected)
  })

  it('knows what it took the place of', () => {
    const before = mark(5, { displaced: 'c' })
    expect(markOf(before, claim(6)).displaced).toBe('c')
    expect(markOf(before, claim(6), claim(6)).displaced).toBe('c')
    expect(markOf(before, claim(6, other)).displaced).toBe('d')
    expect(markOf(before, claim(6, other), claim(4, { digest: 'f' })).displaced).toBe('f')
    expect(markOf(undefined, claim(6)).displaced).toBeNull()
  })
})

describe('what was settled of two leads that become one', () => {
  // biome-ignore format: table
  it.each<[string, FieldMark, FieldMark, FieldMark]>([
    ['is what was settled later',               mark(1),                     mark(2, { digest: 'e' }), mark(2, { digest: 'e' })],
    ['is what has a time',                      mark(null, { digest: 'e' }), mark(2),                  mark(2)],
    ['is what has an exact one',                mark(2, { bound: true }),    mark(2, { digest: 'e' }), mark(2, { digest: 'e' })],
    ['is what has an exact one, whatever it is', mark(2, { bound: true }),   mark(2, { digest: 'a' }), mark(2, { digest: 'a' })],
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
    expect(withoutRefused(before, after, ['city', 'title', 'nobody'])).toStrictEqual({
      city: mark(1),
      phone: mark(2)
    })
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
