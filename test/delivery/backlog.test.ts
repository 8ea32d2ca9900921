/**
 * What waits to be looked at: in chunks, in order, and each item with its person once it is.
 */
import { describe, expect, it } from 'vitest'
import { admitted, backlogOf, regrouped, withWaiting } from '../../src/delivery/backlog.js'
import { start } from '../../src/delivery/start.js'
import type { Backlog, Waiting } from '../../src/delivery/state.js'
import type { MunchkinId } from '../../src/marketo/munchkin-id.js'
import { company } from './belonging.js'
import { elsewhere } from './steps.js'
import { email, itemsOf, munchkinId, pendingOf, upsert } from './world.js'

const one = upsert({ email: email(1) })
const waiting = (from: number, to: number, id: MunchkinId = munchkinId): ReadonlyArray<Waiting> =>
  Array.from({ length: to - from }, (_, i) => ({
    id: `${from + i}`,
    messageId: null,
    intent: { ...one, munchkinId: id }
  }))

const idsIn = (backlog: Backlog, id: string): ReadonlyArray<ReadonlyArray<string>> =>
  (backlog[id] ?? []).map((chunk) => chunk.map((item) => item.id))

describe('chunks', () => {
  const numbers = (from: number, to: number): ReadonlyArray<string> => waiting(from, to).map(({ id }) => id)

  it('are of a thousand, in order, and the last is filled up first', () => {
    const first = withWaiting({}, waiting(0, 2_500))
    expect(idsIn(first, munchkinId)).toEqual([numbers(0, 1_000), numbers(1_000, 2_000), numbers(2_000, 2_500)])
    expect(idsIn(withWaiting(first, waiting(2_500, 3_001)), munchkinId)).toEqual([
      numbers(0, 1_000),
      numbers(1_000, 2_000),
      numbers(2_000, 3_000),
      numbers(3_000, 3_001)
    ])
  })

  it('are of each instance', () => {
    const both = withWaiting({}, [...waiting(0, 1), ...waiting(1, 2, elsewhere), ...waiting(2, 3)])
    expect([idsIn(both, munchkinId), idsIn(both, elsewhere)]).toEqual([[['0', '2']], [['1']]])
    const more = withWaiting(both, waiting(3, 4, elsewhere))
    expect([idsIn(more, munchkinId), idsIn(more, elsewhere)]).toEqual([[['0', '2']], [['1', '3']]])
  })

  it('stay as they are where nothing comes', () => {
    const backlog = withWaiting({}, waiting(0, 1))
    expect(withWaiting(backlog, [])).toBe(backlog)
    const state = start([])
    expect(admitted(state)).toBe(state)
  })
})

describe('what is looked at', () => {
  it('has a number, a person and the key of what it is about', () => {
    const state = admitted({ ...start(itemsOf(one, company('c1', 'x'), { ...one, fields: {} })), nextSeq: 7 })
    const fresh = { tried: {}, notBefore: 0, piece: 0, family: 0, progress: null }
    expect(state.pending).toMatchObject([
      { id: 'i0', seq: 7, person: 0, key: `${munchkinId} email=${email(1)}`, ...fresh },
      { id: 'i1', seq: 8, person: 1, key: `${munchkinId} company c1`, ...fresh },
      { id: 'i2', seq: 9, person: 0, key: `${munchkinId} email=${email(1)}`, ...fresh }
    ])
    expect([state.nextSeq, state.people.next, state.backlog]).toEqual([10, 2, {}])
  })

  it('comes behind what is there, as far as the window has room', () => {
    const first = admitted(start(itemsOf(one, one, one, one), { window: 2 }))
    expect([first.pending.map(({ id }) => id), backlogOf(first).map(({ id }) => id)]).toEqual([
      ['i0', 'i1'],
      ['i2', 'i3']
    ])
    expect(admitted(first).pending).toEqual(first.pending)
    const later = admitted({ ...first, pending: first.pending.slice(1) })
    expect(later.pending.map(({ id }) => id)).toEqual(['i1', 'i2'])
  })

  it('tells that two were one person all along', () => {
    const both = upsert({ email: email(1), userId: 'u1' })
    const state = admitted(start(itemsOf(one, upsert({ userId: 'u1' }, 'userId'), both)))
    expect(state.pending.map(({ person }) => person)).toEqual([0, 0, 0])
  })
})

describe('people who turned out to be others', () => {
  it('are found through each other, however far', () => {
    const all = [0, 1, 2, 3].map((person) => pendingOf(person, { person }))
    const now = regrouped(
      all,
      new Map([
        [3, 2],
        [2, 0]
      ])
    )
    expect(now.map(({ person }) => person)).toEqual([0, 1, 0, 0])
    expect(regrouped(all, new Map())).toBe(all)
  })
})
