/**
 * Races that the model found, each in as few steps as show it.
 */
import { describe, expect, it } from 'vitest'
import { next, type Request } from '../../src/delivery/next.js'
import { type DeliveryOptions, resolveFirst } from '../../src/delivery/options.js'
import type { Item } from '../../src/delivery/outcome.js'
import { receive } from '../../src/delivery/receive.js'
import { add, start } from '../../src/delivery/start.js'
import type { Delivery } from '../../src/delivery/state.js'
import type { Fields } from '../../src/intent/intent.js'
import type { Answer } from '../../src/intent/outcome.js'
import { isMunchkinId } from '../../src/marketo/munchkin-id.js'

const munchkinId = '561-HYG-937'
if (!isMunchkinId(munchkinId)) throw new Error('no Munchkin id')

const t = 1_700_000_000_000
const email = (n: number): string => `p${n}@corp.test`

const upsert = (id: string, n: number, fields: Fields = {}, by: 'email' | 'userId' = 'email'): Item => ({
  id,
  messageId: null,
  intent: {
    _tag: 'UpsertLead',
    munchkinId,
    lead: { lookupField: by, value: by === 'email' ? email(n) : `u${n}` },
    fields: { [by]: by === 'email' ? email(n) : `u${n}`, plan: id, ...fields },
    action: 'createOrUpdate',
    partitionName: null
  }
})

const activity = (id: string, n: number): Item => ({
  id,
  messageId: null,
  intent: {
    _tag: 'AddCustomActivity',
    munchkinId,
    lead: { lookupField: 'email', value: email(n) },
    activityTypeId: 100_001,
    activityDate: '2024-05-01T10:00:00Z',
    primaryAttributeValue: id,
    attributes: []
  }
})

const ok = (body: unknown): Answer => ({ status: 200, headers: {}, body })
const found = (...result: ReadonlyArray<unknown>): Answer => ok({ success: true, result })
const refused = (code: string): Answer => ok({ success: false, errors: [{ code, message: 'no' }] })

/** A delivery that has its token, and the calls that it makes then. */
const begun = (
  items: ReadonlyArray<Item>,
  options: Partial<DeliveryOptions> = {}
): readonly [Delivery, ReadonlyArray<Request>] => {
  // Nothing waits to be filled: what is tried here happens side by side.
  const [asked, [token]] = next(start(items, { linger: 0, ...options }), t)
  return next(receive(asked, token?.id ?? '', ok({ access_token: 'x', expires_in: 3_600 }), t), t)
}

const endpoints = (requests: ReadonlyArray<Request>): ReadonlyArray<string> =>
  requests.map(({ call }) => call.descriptor.endpoint)

const ends = ({ outcomes }: Delivery): ReadonlyArray<readonly [string, string]> =>
  outcomes.map(({ id, _tag }) => [id, _tag])

const answer = (state: Delivery, request: Request | undefined, told: Answer): Delivery =>
  receive(state, request?.id ?? '', told, t)

describe('late lookups', () => {
  /** An activity's lookup is under way while a later upsert makes the lead and tells its number, and the activity is sent. */
  const late = (): readonly [Delivery, Request | undefined, Request | undefined] => {
    const [looking, [lookup]] = begun([activity('a', 1)])
    const [writing, [write]] = next(add(looking, [upsert('u', 1)]), t)
    expect(endpoints([...(lookup ? [lookup] : []), ...(write ? [write] : [])])).toEqual([
      'getLeadsByFilter',
      'syncLeads'
    ])
    const [acting, [act]] = next(answer(writing, write, found({ id: 5, status: 'created' })), t)
    expect(act?.call.descriptor.endpoint).toBe('addCustomActivities')
    return [acting, lookup, act]
  }

  it('D7 an activity in flight is not told as skipped for a lookup that was asked before its lead was made', () => {
    const [acting, lookup, act] = late()
    const after = answer(answer(acting, lookup, found()), act, found({ id: 1, marketoGUID: 'g', status: 'added' }))
    expect(ends(after)).toEqual([
      ['u', 'Applied'],
      ['a', 'Applied']
    ])
  })

  it('D7 nor as refused for a lookup that was refused', () => {
    const [acting, lookup, act] = late()
    const after = answer(
      answer(acting, lookup, refused('603')),
      act,
      found({ id: 1, marketoGUID: 'g', status: 'added' })
    )
    expect(ends(after)).toEqual([
      ['u', 'Applied'],
      ['a', 'Applied']
    ])
  })

  it('D4 an activity behind a write in flight is not told as skipped for a lookup asked before that write', () => {
    const [looking, [lookup]] = begun([activity('a', 1)])
    const [writing, [write]] = next(add(looking, [upsert('u', 1), activity('b', 1)]), t)
    const [acting, [act]] = next(
      answer(answer(writing, lookup, found()), write, found({ id: 5, status: 'created' })),
      t
    )
    expect(act?.call.descriptor.endpoint).toBe('addCustomActivities')
    expect(ends(acting).filter(([id]) => id === 'b')).toEqual([])
  })
})

describe('size', () => {
  it('D2 writes of one lead that are too large together and not alone are sent one after the other', () => {
    const half = 'x'.repeat(600_000)
    const [, requests] = begun([upsert('a', 1, { one: half }), upsert('b', 1, { two: half })])
    const [state] = begun([upsert('a', 1, { one: half }), upsert('b', 1, { two: half })])
    expect(ends(state)).toEqual([])
    expect(endpoints(requests)).toEqual(['syncLeads'])
  })
})

describe('unchanged', () => {
  it('D7 a record that is not sent again tells what was left out of it', () => {
    const [writing, [write]] = begun([upsert('a', 1, { nope: 'x', plan: 'p' })], { skipUnchanged: true })
    const lacking = { status: 'skipped', reasons: [{ code: '1006', message: "Field 'nope' not found" }] }
    const [again, [second]] = next(answer(writing, write, found(lacking)), t)
    const written = answer(again, second, found({ id: 5, status: 'created' }))
    const [after] = next(add(written, [upsert('b', 1, { nope: 'x', plan: 'p' })]), t)
    const leftOut = [{ _tag: 'LeftOut', field: 'nope', code: '1006' }]
    expect(after.outcomes.map((one) => ('remarks' in one ? one.remarks : one))).toEqual([leftOut, leftOut])
  })
})

describe('answers that are none', () => {
  it.each([[null], [undefined], ['text'], [7], [{ status: Symbol('s'), headers: {}, body: '' }]])(
    'P3 %s is an answer that says nothing',
    (told: unknown) => {
      const [writing, [write]] = begun([upsert('a', 1)])
      expect(Reflect.apply(receive, undefined, [writing, write?.id, told, t])).toHaveProperty('pending.length', 1)
    }
  )
})

describe('pieces', () => {
  it('D4 activities of one person keep their order, though a call that was cut carried the first', () => {
    const [learning, [write]] = begun([upsert('u1', 1), upsert('u2', 2), upsert('u3', 3)])
    const known = answer(
      learning,
      write,
      found({ id: 1, status: 'created' }, { id: 2, status: 'created' }, { id: 3, status: 'created' })
    )
    // Person 3 has a write that is lost, and so an activity that waits while those of 1 and 2 are sent.
    const [busy, requests] = next(
      add(known, [upsert('w3', 3), activity('a3', 3), activity('a1', 1), activity('a2', 2)]),
      t
    )
    expect(endpoints(requests)).toEqual(['syncLeads', 'addCustomActivities'])
    const cut = answer(busy, requests[1], refused('1003'))
    const free = answer(cut, requests[0], found({ id: 3, status: 'updated' }))
    const [, calls] = next(add(free, [activity('b1', 1)]), t)
    const marks = calls.map(({ call: { descriptor } }) =>
      JSON.stringify(descriptor.body).match(/"primaryAttributeValue":"\w+"/g)
    )
    const flat = marks.flat().map((one) => String(one).slice(25, -1))
    expect(flat.indexOf('b1') >= 0 && flat.indexOf('a1') < 0).toBe(false)
    if (flat.includes('b1')) expect(flat.indexOf('a1')).toBeLessThan(flat.indexOf('b1'))
  })
})

describe('looking first', () => {
  it('D5 two people who turn out to be one lead are not written at once', () => {
    const [looking, lookups] = begun([upsert('a', 1), upsert('b', 1, {}, 'userId')], { identity: resolveFirst() })
    let state = looking
    for (const lookup of lookups) {
      const field = lookup.call.descriptor.query.find(([name]) => name === 'filterType')?.[1]
      const lead = (id: number, userId: string | null): unknown => ({
        id,
        email: email(1),
        userId,
        updatedAt: `2024-01-0${id}`
      })
      state = answer(state, lookup, field === 'email' ? found(lead(1, null), lead(2, 'u1')) : found(lead(2, 'u1')))
    }
    const [, writes] = next(state, t)
    const ids = writes.flatMap(({ call: { descriptor } }) => JSON.stringify(descriptor.body).match(/"id":\d+/g))
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('D5 what lookups told is not kept for those whose write failed', () => {
    // Who needs no more than a number asks for it when the time comes.
    const [looking, [lookup]] = begun([upsert('a', 1), activity('b', 1)], { identity: resolveFirst() })
    const [writing, [write]] = next(answer(looking, lookup, found()), t)
    const bad = { status: 'skipped', reasons: [{ code: '1003', message: 'bad value' }] }
    const after = answer(writing, write, found(bad))
    expect([after.found, after.pending.length]).toEqual([{}, 1])
  })
})
