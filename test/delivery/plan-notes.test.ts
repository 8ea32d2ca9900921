/**
 * Warnings of a plan, as they come together: one for each risk and instance, the gravest first.
 */
import { describe, expect, it } from 'vitest'
import { type Notes, note, warningsOf } from '../../src/delivery/plan-notes.js'
import { noteQuota } from '../../src/delivery/plan-warnings.js'
import { elsewhere } from './steps.js'
import { munchkinId } from './world.js'

describe('a warning', () => {
  it('adds up what is said of one risk on one instance, its names and events in order and each once', () => {
    const notes: Notes = new Map()
    note(notes, 'company-fields', munchkinId, { items: 1, name: 'website', event: 'B' })
    note(notes, 'company-fields', munchkinId, { items: 2, calls: 0.5, name: 'company', event: 'A' })
    note(notes, 'company-fields', munchkinId, { name: 'website', event: 'B' })
    expect(warningsOf(notes)).toEqual([
      {
        _tag: 'company-fields',
        munchkinId,
        items: 3,
        calls: 0.5,
        names: ['company', 'website'],
        events: ['A', 'B'],
        mend: expect.stringContaining('1021')
      }
    ])
  })

  it('comes before those that matter less, and beside its like by instance', () => {
    const notes: Notes = new Map()
    for (const risk of ['held-back', 'over-quota', 'same-id'] as const)
      for (const id of risk === 'same-id' ? [elsewhere, munchkinId] : [munchkinId, elsewhere]) note(notes, risk, id, {})
    expect(warningsOf(notes).map((one) => [one._tag, one.munchkinId])).toEqual([
      ['over-quota', elsewhere],
      ['over-quota', munchkinId],
      ['same-id', elsewhere],
      ['same-id', munchkinId],
      ['held-back', elsewhere],
      ['held-back', munchkinId]
    ])
    expect(warningsOf(notes)[0]).toMatchObject({ items: 0, calls: 0, names: [], events: [] })
  })
})

describe('a quota', () => {
  // biome-ignore format: table
  it.each<[string, number, number, number | null, ReadonlyArray<unknown>]>([
    ['that is exceeded',               11, 10, 1.1,  [['over-quota', 11]]],
    ['that is met',                    10, 10, 1,    [['much-of-quota', 10]]],
    ['of which much is used',          6,  10, 0.6,  [['much-of-quota', 6]]],
    ['of which as much as may be is',  5,  10, 0.5,  []],
    ['that there is none of',          0,  0,  null, []],
    ['that there is none of for some', 1,  0,  null, [['over-quota', 1]]]
  ])('%s', (_, countedCalls, callsPerDay, share, expected) => {
    const notes: Notes = new Map()
    noteQuota(notes, { munchkinId, calls: 20, countedCalls, callsPerDay, share, leastSeconds: 0 }, 0.5)
    expect(warningsOf(notes).map(({ _tag, calls }) => [_tag, calls])).toEqual(expected)
  })
})
