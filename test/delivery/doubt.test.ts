/**
 * What may be told of points of which nobody knows whether they were given.
 */
import { describe, expect, it } from 'vitest'
import { honest } from '../../src/delivery/doubt.js'
import type { End } from '../../src/delivery/outcome.js'
import type { Pending, Progress } from '../../src/delivery/state.js'
import { points } from './belonging.js'
import { pendingOf } from './world.js'

const waiting = { id: 'i0', messageId: null, intent: points(1, 5) }
const pending = (progress: Progress | null, tried: Pending['tried'] = {}): Pending =>
  pendingOf(0, { ...waiting, tried, progress })
const read: Progress = { _tag: 'Score', group: 0, value: 5 }
const sent = pending(read, { lost: 1 })
const reasons = [{ code: '1003', message: 'no' }]

// biome-ignore format: table
const ends: ReadonlyArray<[string, End, End]> = [
  ['given back',      { _tag: 'Deferred', until: null },                             { _tag: 'Unknown', reasons: [] }],
  ['refused',         { _tag: 'Refused', reasons, remedy: 'mend-request' },          { _tag: 'Unknown', reasons }],
  ['skipped',         { _tag: 'Skipped', reasons, remedy: 'mend-record' },           { _tag: 'Unknown', reasons }],
  ['nothing to do',   { _tag: 'Skipped', reasons, remedy: 'accept' },                { _tag: 'Skipped', reasons, remedy: 'accept' }],
  ['applied',         { _tag: 'Applied', leadId: 1, status: 'updated', remarks: [] }, { _tag: 'Applied', leadId: 1, status: 'updated', remarks: [] }]
]

describe('D7 points that may have been given', () => {
  it.each(ends)('and are %s', (_, end, told) => {
    expect(honest(sent, end)).toEqual(told)
  })
})

describe('what was surely not done', () => {
  const lists: Progress = { _tag: 'Lists', listIds: [], nextPageToken: null, pages: 0, failed: [] }
  it.each([
    ['points that were never looked at', waiting],
    ['points of which no answer was lost', pending(read)],
    ['points that were not read yet', pending(null, { lost: 1 })],
    ['lists to leave', pending(lists, { lost: 1 })]
  ])('is told as it is: %s', (_, item) => {
    for (const [, end] of ends) expect(honest(item, end)).toEqual(end)
  })
})
