import { describe, expect, it } from 'vitest'
import { admitted } from '../../src/delivery/backlog.js'
import { next } from '../../src/delivery/next.js'
import { resolveFirst } from '../../src/delivery/options.js'
import type { Item } from '../../src/delivery/outcome.js'
import { add, start } from '../../src/delivery/start.js'
import { isDone } from '../../src/delivery/state.js'
import { isMunchkinId } from '../../src/marketo/munchkin-id.js'
import { drive } from './drive.js'
import { activity, associate, email, endsOf, itemsOf, marketo, outcomesOf, upsert } from './world.js'

const elsewhere = '123-ABC-456'
if (!isMunchkinId(elsewhere)) throw new Error('no Munchkin id')

describe('an instance that stands still', () => {
  it('D7 holds up no other, however small the window', () => {
    const stuck = Array.from(
      { length: 50 },
      (_, i): Item => ({
        id: `stuck ${i}`,
        messageId: null,
        intent: { ...upsert({ email: email(i) }), munchkinId: elsewhere }
      })
    )
    const list = itemsOf(...Array.from({ length: 5 }, (_, i) => upsert({ email: email(i) })))
    const world = drive(start([...stuck, ...list], { window: 10 }), marketo(), {
      mostRounds: 8,
      // The other instance is never answered.
      answer: ({ call }) =>
        call.descriptor.munchkinId === elsewhere ? { status: 503, headers: {}, body: 'down' } : undefined
    })
    expect(outcomesOf(world.delivery).map(({ id }) => id)).toEqual(list.map(({ id }) => id))
  })
})

describe('a window', () => {
  it('is of each instance: one that is full leaves the others theirs, also later', () => {
    const there = (count: number) =>
      Array.from(
        { length: count },
        (_, i): Item => ({
          id: `there ${i}`,
          messageId: null,
          intent: { ...upsert({ email: email(i) }), munchkinId: elsewhere }
        })
      )
    const [full] = next(start(there(50), { window: 10 }), 0)
    const [both] = next(add(full, itemsOf(...Array.from({ length: 20 }, (_, i) => upsert({ email: email(i) })))), 0)
    const counts = new Map<string, number>()
    for (const { intent } of both.pending) counts.set(intent.munchkinId, (counts.get(intent.munchkinId) ?? 0) + 1)
    expect([...counts.values()]).toEqual([10, 10])
  })
})

describe('a backlog', () => {
  it.each([
    [2, [2, 1]],
    [3, [3]],
    [4, [3]]
  ])('that a window of %i has looked at is gone', (window, expected) => {
    const list = itemsOf(...Array.from({ length: 3 }, (_, i) => upsert({ email: email(i) })))
    const state = admitted(start(list, { window }))
    const left = Object.values(state.backlog).map((chunks) => chunks.map((chunk) => chunk.length))
    expect([state.pending.length, ...left.flat()]).toEqual(expected)
    expect(Object.keys(state.backlog)).toHaveLength(left.length)
    expect(isDone({ ...state, pending: [] })).toBe(window >= 3)
  })
})

describe('chunks of a backlog', () => {
  it('are looked at one after the other, as long as there is room', () => {
    const chunks = [[1, 2], [3], [4, 5]].map((all) =>
      all.map((n) => ({ id: `${n}`, messageId: null, intent: upsert({ email: email(n) }) }))
    )
    const [first] = chunks
    const { munchkinId } = first?.[0]?.intent ?? upsert({})
    const state = admitted({ ...start([], { window: 4 }), backlog: { [munchkinId]: chunks } })
    expect(state.pending.map(({ id }) => id)).toEqual(['1', '2', '3', '4'])
    expect(state.backlog).toEqual({ [munchkinId]: [[expect.objectContaining({ id: '5' })]] })
  })
})

describe('keys that cannot be asked for', () => {
  it('cost no lead where every key is looked up first', () => {
    const world = drive(
      start(itemsOf(upsert({ email: email(1), userId: 'Cruz, Ana' }), upsert({ email: email(2), userId: ' ' })), {
        identity: resolveFirst()
      }),
      marketo()
    )
    expect(endsOf(world.delivery)).toMatchObject({ i0: { _tag: 'Applied' }, i1: { _tag: 'Applied' } })
  })

  it('are told of what waits for a number', () => {
    const world = drive(start(itemsOf(activity('Cruz, Ana', 1, 'userId'), associate(email(1), 1))), marketo())
    expect(endsOf(world.delivery)).toMatchObject({ i0: { _tag: 'Unsent' }, i1: { _tag: 'Skipped' } })
  })
})
