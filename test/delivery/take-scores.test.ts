/**
 * Points, answer by answer: what is read, what is written for it, and what a refusal means.
 */
import { describe, expect, it } from 'vitest'
import type { DeliveryOptions } from '../../src/delivery/options.js'
import type { Delivery, Pending } from '../../src/delivery/state.js'
import type { AddToScore, Intent } from '../../src/intent/intent.js'
import { points } from './belonging.js'
import { acquainted, answer, endpoints, ends, lose, more, ok, refused, skipped, t, told } from './steps.js'
import { email, upsert } from './world.js'

const people = [1, 2, 3].map((n) => upsert({ email: email(n) }))

/** A delivery that reads the field of these, and the calls that do so. */
const reading = (intents: ReadonlyArray<Intent>, options: Partial<DeliveryOptions> = {}) =>
  more(acquainted(people, { linger: 0, ...options }), intents)

/** What is to be written once the field of lead 1 was read as this. */
const sumOf = (held: Readonly<Record<string, unknown>>, all: ReadonlyArray<AddToScore>) => {
  const [state, [read]] = reading(all)
  const after = answer(state, read, told({ id: 1, ...held }))
  const sums = after.pending.map(({ progress }) => (progress?._tag === 'Score' ? progress.value : progress))
  return after.pending.length === 0 ? after.outcomes.slice(3) : sums
}

/** A delivery that writes sums, and the calls that do so. */
const writing = (intents: ReadonlyArray<Intent>, options: Partial<DeliveryOptions> = {}) => {
  const [state, reads] = reading(intents, options)
  const read = reads.reduce(
    (so: Delivery, call) => answer(so, call, told(...[1, 2, 3].map((id) => ({ id, score: 4, other: 4 })))),
    state
  )
  return more(read, [])
}

const withTried = (state: Delivery, tried: Pending['tried']): Delivery => ({
  ...state,
  pending: state.pending.map((item) => ({ ...item, tried }))
})

describe('a number with points', () => {
  // biome-ignore format: table
  it.each<[string, Readonly<Record<string, unknown>>, ReadonlyArray<AddToScore>, ReadonlyArray<number>]>([
    ['that is there',              { score: 7 },      [points(1, 5)],                                     [12]],
    ['that is none yet',           { score: null },   [points(1, 5)],                                     [5]],
    ['that is not told',           {},                [points(1, 5)],                                     [5]],
    ['as a text',                  { score: '7' },    [points(1, 5)],                                     [12]],
    ['as an empty text',           { score: '' },     [points(1, 5)],                                     [5]],
    ['of several items in turn',   { score: 1 },      [points(1, 5), points(1, -9, { least: 0 })],        [0, 0]],
    ['not below its least',        { score: 1 },      [points(1, 1, { least: 10 })],                      [10]],
    ['above its least',            { score: 1 },      [points(1, 1, { least: -10 })],                     [2]],
    ['not above its most',         { score: 1 },      [points(1, 20, { most: 10 })],                      [10]],
    ['in whole numbers',           { score: 2.4 },    [points(1, 0.2)],                                   [3]],
    ['never less than nothing',    { score: -0.4 },   [points(1, 0)],                                     [0]],
    ['no more than can be counted', { score: 2 ** 60 }, [points(1, 5)],                                   [Number.MAX_SAFE_INTEGER]],
    ['no less than that',          { score: -(2 ** 60) }, [points(1, 5)],                                 [Number.MIN_SAFE_INTEGER]]
  ])('%s', (_, held, all, sums) => {
    expect(sumOf(held, all)).toEqual(sums)
  })

  it.each([['x'], [true]])('is none where the field holds %j', (score) => {
    expect(sumOf({ score }, [points(1, 5)])).toMatchObject([
      { _tag: 'Skipped', reasons: [{ code: '', message: expect.stringContaining('no number') }], remedy: 'mend-record' }
    ])
  })
})

describe('a reading', () => {
  it('D7 that says nothing is asked for again, later', () => {
    const [state, [read]] = reading([points(1, 5), points(2, 5)])
    const after = answer(state, read, told({ id: 99, score: 1 }))
    expect([ends(after).slice(3), after.pending.map(({ tried }) => tried)]).toEqual([[], [{ lost: 1 }, { lost: 1 }]])
    for (const { notBefore } of after.pending) expect(notBefore).toBeGreaterThan(t)
  })

  it('of a lead that is gone is looked for once more, unless the intent gave its number', () => {
    const [state, [read]] = reading([points(1, 5)])
    const gone = answer(state, read, told())
    expect([ends(gone).slice(3), endpoints(more(gone, [])[1])]).toEqual([[], ['getLeadsByFilter 1']])
    const [other, [byNumber]] = reading([{ ...points(1, 5), lead: { lookupField: 'id', value: 77 } }])
    expect(answer(other, byNumber, told()).outcomes.slice(3)).toMatchObject([
      { _tag: 'Skipped', reasons: [{ code: '1004', message: expect.stringMatching(/./) }], remedy: 'mend-record' }
    ])
  })

  // biome-ignore format: table
  it.each<[string, ReadonlyArray<string>, ReadonlyArray<string>]>([
    ['for its field is told of all',          ['1006'],         ['more0 Refused', 'more1 Refused']],
    ['for its field among other reasons too', ['1003', '1006'], ['more0 Refused', 'more1 Refused']],
    ['for some record is cut in pieces',      ['1003'],         []]
  ])('that is refused %s', (_, codes, expected) => {
    const [state, [read]] = reading([points(1, 5), points(2, 5)])
    const what = ok({ success: false, errors: codes.map((code) => ({ code, message: '' })) })
    const after = answer(state, read, what)
    expect(ends(after).slice(3)).toEqual(expected)
    expect(endpoints(more(after, [])[1])).toEqual(
      expected.length === 0 ? ['getLeadsByFilter 1', 'getLeadsByFilter 1'] : []
    )
  })
})

describe('a sum', () => {
  it('D9 that is refused for one of two fields is cut in pieces', () => {
    const [state, [write]] = writing([points(1, 5), points(2, 5, { field: 'other' })])
    expect(endpoints(write === undefined ? [] : [write])).toEqual(['syncLeads 2'])
    const after = answer(state, write, refused('1006', "Field 'other' not found"))
    expect([ends(after).slice(3), endpoints(more(after, [])[1])]).toEqual([[], ['syncLeads 1', 'syncLeads 1']])
  })

  it('that is refused for its one field is told of all', () => {
    const [state, [write]] = writing([points(1, 5), points(2, 5)])
    const after = answer(state, write, refused('1006', "Field 'score' not found"))
    expect(ends(after).slice(3)).toEqual(['more0 Refused', 'more1 Refused'])
  })

  it('of a lead that is gone is read anew under its new number', () => {
    const [state, [write]] = writing([points(1, 5)])
    const after = answer(state, write, skipped('1004'))
    expect(after.pending.map(({ progress }) => progress)).toEqual([null])
    expect(endpoints(more(after, [])[1])).toEqual(['getLeadsByFilter 1'])
  })

  it('D7 that waits for another day too often is given up', () => {
    const [state, [write]] = writing([points(1, 5)])
    expect(answer(state, write, refused('607')).pending.map(({ progress }) => progress)).toEqual([null])
    const last = answer(withTried(state, { 'await-quota': 4 }), write, refused('607'))
    expect(ends(last).slice(3)).toEqual(['more0 Refused'])
  })

  it('D7 that may have been written is kept as it was', () => {
    const [state, [write]] = writing([points(1, 5)])
    expect(lose(state, write).pending).toMatchObject([{ progress: { _tag: 'Score', value: 9 }, tried: { lost: 1 } }])
  })

  it('D7 leaves nobody knowing what the lead holds', () => {
    const [state, [write]] = writing([points(2, 5)], { skipUnchanged: true })
    const after = answer(state, write, told({ id: 2, status: 'updated' }))
    expect(endpoints(more(after, [upsert({ email: email(2) })])[1])).toEqual(['syncLeads 1'])
    expect(endpoints(more(after, [upsert({ email: email(1) })])[1])).toEqual([])
  })
})
