/**
 * Who is to be left alone is served also when the day's calls run out, and with it what such a thing waits behind.
 */
import { describe, expect, it } from 'vitest'
import type { DeliveryOptions } from '../../src/delivery/options.js'
import { deferredItems } from '../../src/delivery/shortage.js'
import type { Intent } from '../../src/intent/intent.js'
import { isSuppression } from '../../src/intent/ordered-intent.js'
import { consentFields, saysNo } from '../../src/marketo/consent-fields.js'
import { findByRest } from '../../src/marketo/lead-fields.js'
import { campaign, leaveAll, points, putOn, quit, remove, status, takeOff } from './belonging.js'
import { acquainted, answer, endpoints, ends, lose, more, t, told } from './steps.js'
import { activity, email, upsert } from './world.js'

const people = [1, 2, 3].map((n) => upsert({ email: email(n) }))
const list = { listId: 1 }

/** One of twenty calls is spent, and the other nineteen are kept. */
const short = (rest: 'wait' | 'give-back' = 'wait'): Partial<DeliveryOptions> => ({
  budget: { callsPerDay: 20 },
  shortage: { reserve: 0.95, rest }
})

const sent = (intents: ReadonlyArray<Intent>, options = short()): ReadonlyArray<string> =>
  endpoints(more(acquainted(people, options), intents)[1])

describe('when the day’s calls run out', () => {
  // biome-ignore format: table
  it.each<[string, Intent, ReadonlyArray<string>]>([
    ['off a list',                  takeOff(1, list),                             ['removeFromList 1']],
    ['off all lists',               leaveAll(1),                                  ['listsOfLead 1']],
    ['out of a program',            quit(1),                                      ['deleteProgramMembers 1']],
    ['on a list of the left-alone', putOn(1, list, { purpose: 'suppress' }),      ['addToList 1']],
    ['a last status',               { ...status(1, 'Out'), purpose: 'suppress' }, ['syncProgramStatus 1']],
    ['a campaign that says so',     { ...campaign(1), purpose: 'suppress' },      ['requestCampaign 1']],
    ['off a list by its name',      takeOff(1, { name: 'one', createIn: null }),  ['findList 1']],
    ['on a list',                   putOn(1, list),                               []],
    ['a status',                    status(1, 'In'),                              []],
    ['a campaign',                  campaign(1),                                  []],
    ['points',                      points(1, 1),                                 []],
    ['a deletion',                  remove(1),                                    []]
  ])('D7 %s', (_, intent, expected) => {
    expect(sent([intent])).toEqual(expected)
    expect(sent([activity(email(2)), intent])).toEqual(expected)
  })

  it('D4 what it waits behind goes with it, and nobody else’s', () => {
    const intents = [activity(email(1), 1), activity(email(2), 2), putOn(3, list), takeOff(1, list)]
    const [state, [first, ...others]] = more(acquainted(people, short()), intents)
    expect(endpoints([...(first === undefined ? [] : [first]), ...others])).toEqual(['addCustomActivities 1'])
    expect(endpoints(more(answer(state, first, told({ id: 1, status: 'added' })), [])[1])).toEqual(['removeFromList 1'])
  })

  it('D1 the rest is given back where the options say so', () => {
    const intents = [putOn(1, list), takeOff(2, list), putOn(3, list, { purpose: 'suppress' })]
    const [state, requests] = more(acquainted(people, { ...short('give-back'), linger: 0 }), intents)
    expect(ends(state).slice(3)).toEqual(['more0 Deferred'])
    expect(endpoints(requests)).toEqual(['removeFromList 1', 'addToList 1'])
  })

  it('D7 what it waits behind is sent, and not given back as well', () => {
    const intents = [activity(email(1), 1), activity(email(2), 2), takeOff(1, list), activity(email(1), 3)]
    const [state, [first]] = more(acquainted(people, { ...short('give-back'), linger: 0 }), intents)
    expect(endpoints(first === undefined ? [] : [first])).toEqual(['addCustomActivities 1'])
    expect(ends(state).slice(3)).toEqual(['more1 Deferred'])
    const [after, [second]] = more(answer(state, first, told({ id: 1, status: 'added' })), [])
    expect(endpoints(second === undefined ? [] : [second])).toEqual(['removeFromList 1'])
    const [done] = more(answer(after, second, told({ id: 1, status: 'removed' })), [])
    expect(ends(done).slice(3)).toEqual(['more1 Deferred', 'more0 Applied', 'more2 Applied', 'more3 Deferred'])
  })

  it('D7 who waits for tomorrow is told, and not what goes before somebody is left alone', () => {
    const intents = [putOn(1, list), putOn(1, { listId: 2 }), activity(email(2)), takeOff(1, list), activity(email(1))]
    const waitingWith = (
      some: ReadonlyArray<Intent>,
      options: Partial<DeliveryOptions> = {}
    ): ReadonlyArray<string> => {
      const [state] = more(acquainted(people, { ...short(), linger: 60_000, ...options }), some)
      return deferredItems(state, t).map(({ id }) => id)
    }
    expect(waitingWith(intents)).toEqual(['more2', 'more4'])
    // Of what is not looked at yet nobody knows what it waits behind.
    expect(waitingWith([activity(email(2)), ...intents], { window: 1 })).toContain('more1')
    const none = { budget: { callsPerDay: 1 }, shortage: { reserve: 0, rest: 'wait' } } as const
    expect(waitingWith(intents, none)).toEqual(['more0', 'more1', 'more2', 'more3', 'more4'])
  })

  it('somebody’s own engagement in front of it goes first, alone', () => {
    const [state, [add]] = more(acquainted(people, short()), [putOn(1, list), takeOff(1, list), putOn(2, list)])
    expect(endpoints(add === undefined ? [] : [add])).toEqual(['addToList 1'])
    const after = answer(state, add, told({ id: 1, status: 'added' }))
    expect(endpoints(more(after, [])[1])).toEqual(['removeFromList 1'])
    expect(endpoints(more(lose(state, add), [])[1])).toEqual([])
  })
})

describe('what leaves somebody alone', () => {
  it.each([
    [{ email: 'x', unsubscribed: true }, true],
    [{ email: 'x', unsubscribed: false }, false],
    [{ email: 'x', unsubscribed: 'true' }, false],
    [{ email: 'x', doNotCall: true }, true],
    [{ email: 'x' }, false]
  ])('by fields: %j', (fields, expected) => {
    expect(saysNo(fields)).toBe(expected)
    expect(isSuppression(upsert(fields))).toBe(expected)
  })

  it('by what a rule says of a write', () => {
    expect(isSuppression(upsert({ email: 'x' }, 'email', { consent: 'opt-out' }))).toBe(true)
    expect(isSuppression(upsert({ email: 'x' }, 'email', { consent: 'opt-in' }))).toBe(false)
  })

  it('is sent before all other writes', () => {
    const [, requests] = more(acquainted(people), [
      upsert({ email: email(4), plan: 'x' }),
      upsert({ email: email(5) }, 'email', { consent: 'opt-out' })
    ])
    const [call] = requests
    expect(JSON.stringify(call?.call.descriptor.body)).toMatch(/p5@corp\.test.*p4@corp\.test/)
  })

  it('is said by a write whose earlier half says it', () => {
    const [, requests] = more(acquainted(people), [
      upsert({ email: email(4) }),
      upsert({ email: email(5) }, 'email', { consent: 'opt-out' }),
      upsert({ email: email(5), plan: 'x' })
    ])
    expect(JSON.stringify(requests[0]?.call.descriptor.body)).toMatch(/p5@corp\.test.*p4@corp\.test/)
  })

  it.each(consentFields)('%s is a boolean that can be written', (field) => {
    expect(findByRest(field)).toMatchObject({ type: 'boolean' })
    expect(consentFields.filter((one) => one === field).length).toBe(1)
  })
})
