/**
 * How a delivery begins: its options as they hold, and which items are not delivered at all.
 */
import { describe, expect, it } from 'vitest'
import { goesBy } from '../../src/delivery/calls.js'
import { type DeliveryOptions, defaultDeliveryOptions, resolveFirst } from '../../src/delivery/options.js'
import type { Item } from '../../src/delivery/outcome.js'
import { isKeptFor } from '../../src/delivery/shortage.js'
import { add, start } from '../../src/delivery/start.js'
import { activity as activityOf, inBrowser, one, overSoap } from './plan-items.js'
import { form, visit } from './steps.js'
import { activity, email, itemsOf, upsert } from './world.js'

const item = (event: string | null | undefined, intent: Item['intent'] = upsert({ email: email(1) })): Item => ({
  id: 'i',
  messageId: null,
  ...(event === undefined ? {} : { event }),
  intent
})

describe('options', () => {
  const most = Number.MAX_SAFE_INTEGER
  // biome-ignore format: table
  it.each<[number, number, number, number]>([
    [Number.NaN,               1,    0,    0],
    [-1,                       1,    0,    0],
    [0,                        1,    0,    0],
    [0.25,                     1,    1,    0.25],
    [1,                        1,    1,    1],
    [2.5,                      2,    2,    1],
    [Number.POSITIVE_INFINITY, most, most, 1]
  ])('that are no counts are the nearest that is: of %s', (n, counted, linger, reserve) => {
    const given: Partial<DeliveryOptions> = {
      window: n,
      remember: n,
      freeCalls: n,
      linger: n,
      shortage: { reserve: n, rest: 'give-back' },
      transport: { _tag: 'bulk', pollMillis: n }
    }
    expect(start([], given).options).toEqual({
      ...defaultDeliveryOptions,
      window: counted,
      remember: counted,
      freeCalls: counted,
      linger,
      shortage: { reserve, rest: 'give-back' },
      transport: { _tag: 'bulk', pollMillis: counted }
    })
  })

  it('that are not given are the documented ones', () => {
    expect(start([]).options).toEqual(defaultDeliveryOptions)
    expect(defaultDeliveryOptions).toMatchObject({
      user: 'delivery',
      idFields: ['email', 'userId', 'anonymousId'],
      identity: { _tag: 'upsert' },
      transport: { _tag: 'rest' },
      shortage: { reserve: 0.05, rest: 'wait' },
      events: { allow: null, deny: [] },
      skipUnchanged: false,
      forwardIp: false
    })
    expect(resolveFirst()).toEqual({
      _tag: 'resolve',
      prefer: 'first-key',
      duplicates: 'report',
      weakFields: ['anonymousId'],
      policies: {}
    })
  })
})

describe('an item', () => {
  // biome-ignore format: table
  it.each<[string, Item, Partial<DeliveryOptions>, unknown]>([
    ['of a browser',         item('a', inBrowser),  {},                                            { at: ['_tag'],  rule: 'mode' }],
    ['of a retired route',   item('a', overSoap),   {},                                            { at: ['_tag'],  rule: 'mode' }],
    ['that is denied',       item('a'),             { events: { allow: null, deny: ['b', 'a'] } }, { at: ['event'], rule: 'settings' }]
  ])('%s is not sent, and told why', (_, one_, options, problem) => {
    const state = start([one_], options)
    expect([state.backlog, state.instances]).toEqual([{}, {}])
    expect(state.outcomes).toMatchObject([
      { id: 'i', _tag: 'Unsent', problem: { _tag: 'Excluded', weight: 'skipped', mend: expect.stringMatching(/./), ...Object(problem) } }
    ])
  })

  // biome-ignore format: table
  it.each<[string | null | undefined, ReadonlyArray<string> | null, ReadonlyArray<string>, boolean]>([
    ['a',        null,       [],         true],
    ['a',        null,       ['b'],      true],
    ['a',        null,       ['a'],      false],
    ['a',        ['a', 'b'], [],         true],
    ['a',        ['b'],      [],         false],
    ['a',        [],         [],         false],
    ['a',        ['a'],      ['a'],      false],
    [null,       null,       ['a'],      true],
    [undefined,  null,       ['a'],      true],
    [null,       ['a'],      [],         false],
    [undefined,  ['a'],      [],         false],
    [undefined,  null,       ['unknown'], true]
  ])('of event %s is delivered where %j are allowed and %j denied: %s', (event, allow, deny, isSent) => {
    const { outcomes } = start([item(event)], { events: { allow, deny } })
    expect(outcomes.length === 0).toBe(isSent)
  })

  it('that comes later changes nothing else', () => {
    const state = start(itemsOf(upsert({ email: email(1) }), inBrowser))
    const more = add(state, [item('a', upsert({ email: email(2) }))])
    expect([more.instances === state.instances, more.outcomes === state.outcomes]).toEqual([true, true])
    expect(add(state, [item('a', activityOf(one, 1, 'email'))]).instances).toBe(state.instances)
  })
})

describe('by another way than REST', () => {
  // biome-ignore format: table
  it.each<[string, ReturnType<typeof upsert>, boolean]>([
    ['goes what makes or updates a lead',  upsert({ email: email(1) }),                                     true],
    ['goes nothing that only updates',     upsert({ email: email(1) }, 'email', { action: 'updateOnly' }),  false],
    ['goes no lead by its number',         upsert({ id: 7 }, 'id'),                                         false]
  ])('%s', (_, what, expected) => {
    expect(goesBy({ _tag: 'bulk', pollMillis: 1 }, what)).toBe(expected)
    expect(goesBy({ _tag: 'ingestion', prefix: 'x', priority: 'normal' }, what)).toBe(expected)
    expect(goesBy({ _tag: 'rest' }, what)).toBe(false)
  })
})

describe('calls are kept', () => {
  it('for leads, page views and what leaves somebody alone', () => {
    const all = [upsert({ email: email(1) }), form(1), visit(1), activity(email(1))]
    expect(all.map(isKeptFor)).toEqual([true, true, true, false])
  })
})
