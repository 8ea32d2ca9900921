/**
 * Delivery options out of plain JSON: what is read, what is refused, and what is remarked upon.
 */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeDeliveryOptions } from '../../src/delivery/decode-options.js'
import { type DeliveryOptions, defaultDeliveryOptions, resolveFirst } from '../../src/delivery/options.js'
import { start } from '../../src/delivery/start.js'
import { describeProblem, type Problem } from '../../src/ground/problem.js'
import { defaultBackOff } from '../../src/pace/back-off.js'
import { defaultBudgetSettings, settledBudget } from '../../src/pace/budget-settings.js'
import { defaultRetryPolicy } from '../../src/pace/remedies.js'
import { defaultTokenSettings, startToken } from '../../src/pace/token.js'
import { hostileValue, jsonValue } from '../arbitraries/events.js'
import { fullOptions as full } from './full-options.js'
import { munchkinId } from './world.js'

const optionsOf = (given: unknown): DeliveryOptions => {
  const read = decodeDeliveryOptions(given)
  if (read._tag === 'Left') throw new Error(read.left.map(describeProblem).join('\n'))
  return read.right
}

const problemsOf = (given: unknown): ReadonlyArray<Problem> => {
  const read = decodeDeliveryOptions(given)
  return read._tag === 'Right' ? [] : read.left
}

const placesOf = (given: unknown): ReadonlyArray<readonly [string, string]> =>
  problemsOf(given).map(({ weight, at }) => [weight, at.join('.')])

/** The usual options, with what they leave to others. */
const usual: DeliveryOptions = { ...defaultDeliveryOptions, token: defaultTokenSettings, budget: defaultBudgetSettings }

describe('delivery options', () => {
  it('that say nothing are the usual ones, in full', () => {
    expect(decodeDeliveryOptions({})).toEqual({ _tag: 'Right', right: usual })
  })

  it('in full come to the same as where they are left out', () => {
    expect(startToken(munchkinId, usual.token)).toEqual(startToken(munchkinId, defaultDeliveryOptions.token))
    expect(settledBudget(usual.budget)).toEqual(settledBudget(defaultDeliveryOptions.budget))
  })

  it('are read as they are given', () => {
    expect(decodeDeliveryOptions(JSON.parse(JSON.stringify(full)))).toEqual({ _tag: 'Right', right: full })
  })

  it('are each other than usual in that test', () => {
    for (const [name, usual] of Object.entries(defaultDeliveryOptions))
      expect([name, full[name as keyof DeliveryOptions]]).not.toEqual([name, usual])
  })

  it('are those that a delivery keeps: it mends none of them', () => {
    expect(start([], optionsOf(full)).options).toEqual(full)
    expect(
      start([], optionsOf({ ...full, transport: { _tag: 'bulk', pollMillis: '60000' } })).options.transport
    ).toEqual({ _tag: 'bulk', pollMillis: 60_000 })
  })

  // biome-ignore format: table
  const parts: ReadonlyArray<[string, object, object]> = [
    ['an identity',         { identity: { _tag: 'resolve', duplicates: 'merge' } },  { identity: resolveFirst({ duplicates: 'merge' }) }],
    ['plain upserts',       { identity: { _tag: 'upsert' } },                        { identity: { _tag: 'upsert' } }],
    ['a budget',            { budget: { callsPerDay: '9' } },                        { budget: { ...defaultBudgetSettings, callsPerDay: 9 } }],
    ['a share of it',       { budget: { shares: { day: 0 } } },                      { budget: { ...defaultBudgetSettings, shares: { ...defaultBudgetSettings.shares, day: 0 } } }],
    ['users of it',         { user: 'a', budget: { users: { a: { share: 1 }, b: {} } } }, { user: 'a', budget: { ...defaultBudgetSettings, users: { a: { priority: 0, share: 1 }, b: { priority: 0, share: 1 } } } }],
    ['a shortage',          { shortage: { rest: 'give-back' } },                     { shortage: { reserve: 0.05, rest: 'give-back' } }],
    ['some retries',        { retry: { backOff: { retries: 0 } } },                  { retry: { ...defaultRetryPolicy, backOff: { ...defaultBackOff, retries: 0 } } }],
    ['a token’s life',      { token: { marginMillis: 5 } },                          { token: { ...defaultTokenSettings, marginMillis: 5 } }],
    ['a token’s waits',     { token: { backOff: { firstMillis: 5 } } },              { token: { ...defaultTokenSettings, backOff: { ...defaultTokenSettings.backOff, firstMillis: 5 } } }],
    ['events left out',     { events: { deny: ['x'] } },                             { events: { allow: null, deny: ['x'] } }],
    ['no events at all',    { events: { allow: [] } },                               { events: { allow: [], deny: [] } }],
    ['Data Ingestion',      { transport: { _tag: 'ingestion', prefix: 'a' } },       { transport: { _tag: 'ingestion', prefix: 'a', priority: 'normal' } }],
    ['a schema',            { $schema: 'delivery.schema.json' },                     {}]
  ]
  it.each(parts)('that say a part are as usual for the rest: %s', (_, given, expected) => {
    expect(decodeDeliveryOptions(given)).toEqual({ _tag: 'Right', right: { ...usual, ...expected } })
  })

  it('keep a field by any name', () => {
    const policies = JSON.parse('{ "__proto__": "on-create", "constructor": "always" }')
    const { identity } = optionsOf({ identity: { _tag: 'resolve', policies } })
    expect(identity._tag === 'resolve' && Object.entries(identity.policies)).toEqual([
      ['__proto__', 'on-create'],
      ['constructor', 'always']
    ])
  })

  // biome-ignore format: table
  const refused: ReadonlyArray<[string, unknown, string]> = [
    ['nothing',                         null,                                                       ''],
    ['a list',                          [],                                                         ''],
    ['no name of ours',                 { user: ' ' },                                              'user'],
    ['no key',                          { idFields: [] },                                           'idFields'],
    ['keys that are no list',           { idFields: 'email' },                                      'idFields'],
    ['a key twice',                     { idFields: ['email', 'userId', 'email'] },                 'idFields.2'],
    ['the lead’s number as key',        { idFields: ['email', 'id'] },                              'idFields.1'],
    ['a key that is no name',           { idFields: ['e,mail'] },                                   'idFields.0'],
    ['a key with a space',              { idFields: ['email address'] },                            'idFields.0'],
    ['a key that is half a pair',       { idFields: ['a\ud800'] },                                  'idFields.0'],
    ['a key that is no text',           { idFields: [7] },                                          'idFields.0'],
    ['an identity by name alone',       { identity: 'resolve' },                                    'identity'],
    ['an identity without a name',      { identity: { duplicates: 'merge' } },                      'identity._tag'],
    ['an identity that is none',        { identity: { _tag: 'Resolve' } },                          'identity._tag'],
    ['another rule for ties',           { identity: { _tag: 'resolve', prefer: 'first' } },         'identity.prefer'],
    ['another word for duplicates',     { identity: { _tag: 'resolve', duplicates: true } },        'identity.duplicates'],
    ['another policy',                  { identity: { _tag: 'resolve', policies: { a: 'never' } } }, 'identity.policies.a'],
    ['a policy of no field',            { identity: { _tag: 'resolve', policies: { 'a b': 'always' } } }, 'identity.policies.a b'],
    ['policies that are no object',     { identity: { _tag: 'resolve', policies: [] } },            'identity.policies'],
    ['no window',                       { window: 0 },                                              'window'],
    ['half a window',                   { window: 0.5 },                                            'window'],
    ['too much of a window',            { window: 1_000_001 },                                      'window'],
    ['nobody in mind',                  { remember: 0 },                                            'remember'],
    ['too many in mind',                { remember: 10_000_001 },                                   'remember'],
    ['no call that is free',            { freeCalls: 0 },                                           'freeCalls'],
    ['too many that are free',          { freeCalls: 10_001 },                                      'freeCalls'],
    ['a wait below nothing',            { linger: -1 },                                             'linger'],
    ['too long a wait',                 { linger: 3_600_001 },                                      'linger'],
    ['another way',                     { transport: { _tag: 'soap' } },                            'transport._tag'],
    ['Data Ingestion without a prefix', { transport: { _tag: 'ingestion', priority: 'high' } },     'transport.prefix'],
    ['an unknown priority',             { transport: { _tag: 'ingestion', prefix: 'a', priority: 'low' } }, 'transport.priority'],
    ['bulk without a pace',             { transport: { _tag: 'bulk' } },                            'transport.pollMillis'],
    ['bulk in too much of a hurry',     { transport: { _tag: 'bulk', pollMillis: 999 } },           'transport.pollMillis'],
    ['bulk that is hardly asked for',   { transport: { _tag: 'bulk', pollMillis: 86_400_001 } },    'transport.pollMillis'],
    ['another word in doubt',           { retry: { whenInDoubt: 'ask' } },                          'retry.whenInDoubt'],
    ['too many retries',                { retry: { backOff: { retries: 1_001 } } },                 'retry.backOff.retries'],
    ['a first wait below nothing',      { retry: { backOff: { firstMillis: -1 } } },                'retry.backOff.firstMillis'],
    ['a cap beyond ninety days',        { retry: { backOff: { capMillis: 7_776_000_001 } } },       'retry.backOff.capMillis'],
    ['a longest wait in words',         { retry: { backOff: { longestMillis: 'an hour' } } },       'retry.backOff.longestMillis'],
    ['a margin below nothing',          { token: { marginMillis: -1 } },                            'token.marginMillis'],
    ['a renewal of half a millisecond', { token: { renewalMillis: 0.5 } },                          'token.renewalMillis'],
    ['a steady time that is null',      { token: { steadyMillis: null } },                          'token.steadyMillis'],
    ['a seed below nothing',            { token: { seed: -1 } },                                    'token.seed'],
    ['a seed of 33 bits',               { seed: 4_294_967_296 },                                    'seed'],
    ['calls below nothing',             { budget: { callsPerWindow: -1 } },                         'budget.callsPerWindow'],
    ['too many calls of a window',      { budget: { callsPerWindow: 1_000_001 } },                  'budget.callsPerWindow'],
    ['too many at once',                { budget: { runningCalls: 1_000_001 } },                    'budget.runningCalls'],
    ['too many of a day',               { budget: { callsPerDay: 1_000_000_001 } },                 'budget.callsPerDay'],
    ['more than all of the day',        { budget: { shares: { day: 1.1 } } },                       'budget.shares.day'],
    ['less than none of the window',    { budget: { shares: { window: -0.1 } } },                   'budget.shares.window'],
    ['a share as text',                 { budget: { shares: { running: '0.5' } } },                 'budget.shares.running'],
    ['a user without a name',           { budget: { users: { ' ': {} } } },                         'budget.users. '],
    ['a user’s priority in words',      { budget: { users: { delivery: { priority: 'high' } } } },  'budget.users.delivery.priority'],
    ['a user’s share above all',        { budget: { users: { delivery: { share: 2 } } } },          'budget.users.delivery.share'],
    ['a reserve above all',             { shortage: { reserve: 2 } },                               'shortage.reserve'],
    ['another rest',                    { shortage: { rest: 'drop' } },                             'shortage.rest'],
    ['events by one name',              { events: { allow: 'Signed Up' } },                         'events.allow'],
    ['an event without a name',         { events: { deny: [''] } },                                 'events.deny.0'],
    ['no list of events to deny',       { events: { deny: null } },                                 'events.deny'],
    ['a flag in words',                 { skipUnchanged: 'yes' },                                   'skipUnchanged'],
    ['another flag in words',           { checkCampaignLeads: 'yes' },                              'checkCampaignLeads'],
    ['a third flag in words',           { forwardIp: 1 },                                           'forwardIp']
  ]
  it.each(refused)('with %s are refused', (_, given, at) => {
    expect(placesOf(given)).toEqual([['invalid', at]])
    expect(decodeDeliveryOptions(given)._tag).toBe('Left')
  })

  // biome-ignore format: table
  const remarked: ReadonlyArray<[string, object, ReadonlyArray<string>]> = [
    ['a name that nobody reads',           { windw: 5 },                                                     ['windw']],
    ['several of them',                    { identity: { _tag: 'upsert', prefer: 'first-key' }, a: 1 },      ['a', 'identity.prefer']],
    ['one in another way',                 { transport: { _tag: 'rest', prefix: 'a' } },                     ['transport.prefix']],
    ['one in Data Ingestion',              { transport: { _tag: 'ingestion', prefix: 'a', pollMillis: 1 } },  ['transport.pollMillis']],
    ['one in bulk',                        { transport: { _tag: 'bulk', pollMillis: 1000, prefix: 'a' } },   ['transport.prefix']],
    ['one among retries',                  { retry: { backoff: {} } },                                       ['retry.backoff']],
    ['that and more to remark upon',       { windw: 5, budget: { users: { webhooks: {} } } },                ['windw', 'budget.users']],
    ['a budget in which we are nobody',    { budget: { users: { webhooks: {} } } },                          ['budget.users']],
    ['a weak field that is no key',        { identity: { _tag: 'resolve', weakFields: ['userId', 'anonymousID'] } }, ['identity.weakFields.1']]
  ]
  it.each(remarked)('with %s are read, and that is said', (_, given, places) => {
    expect(placesOf(given)).toEqual(places.map((at) => ['warning', at]))
    expect(decodeDeliveryOptions(given)._tag).toBe('Both')
  })

  // biome-ignore format: table
  it.each<[string, object]>([
    ['the usual weak field, where it is no key', { idFields: ['email'], identity: { _tag: 'resolve' } }],
    ['a budget in which we are named',           { budget: { users: { delivery: {}, webhooks: {} } } }],
    ['no weak field',                            { identity: { _tag: 'resolve', weakFields: [] } }]
  ])('with %s are read without a word', (_, given) => {
    expect(decodeDeliveryOptions(given)._tag).toBe('Right')
  })

  it('say all that is wrong at once, how to mend it, and the name that was meant', () => {
    const said = problemsOf({ window: 0, identity: { _tag: 'resolve', duplicates: 'merg' }, transport: {} })
    expect(said.map(describeProblem)).toEqual([
      'identity.duplicates: is not a known name (nearest: merge); expected one of report, merge',
      'window: found a number; expected a whole number from 1 to 1000000',
      'transport._tag: is missing; say which: rest, ingestion, bulk'
    ])
  })

  const resolve = (more: object): object => ({ identity: { _tag: 'resolve', ...more } })

  // biome-ignore format: table
  it.each<[object, string]>([
    [{ idFields: ['a', 'a'] },               'idFields[1]: claims the same place as idFields[0]; keep one of them'],
    [{ idFields: [] },                       'idFields: found no field; name one or more'],
    [{ idFields: ['id'] },                   'idFields[0]: found the number of the lead; Marketo gives it: take it out'],
    [{ idFields: ['a b'] },                  'idFields[0]: found text; expected the REST name of a lead field'],
    [{ shortage: { reserve: 2 } },           'shortage.reserve: found a number; expected a number from 0 to 1'],
    [{ budget: { users: { a: { priority: 'x' } } } }, 'budget.users.a.priority: found text; expected a number'],
    [{ transport: { _tag: 'ingestion' } },   'transport.prefix: is missing; begin the correlation ids with a text of your own'],
    [{ transport: { _tag: 'bulk' } },        'transport.pollMillis: is missing; say how often a job is asked for, in milliseconds, such as 60000'],
    [{ budget: { users: { a: {} } } },       'budget.users: works, with a risk (unusual); none of them is `user`, who has priority 0 and a share of 1'],
    [resolve({ weakFields: ['x'] }),         'identity.weakFields[0]: works, with a risk (unusual); it is none of `idFields`: correct the name there or here']
  ])('%j: it is said how to mend that', (given, said) => {
    expect(problemsOf(given).map(describeProblem)).toContain(said)
  })

  it.each([
    ...['first-key', 'last-updated', 'first-created'].map((prefer) => resolve({ prefer })),
    ...['report', 'merge'].map((duplicates) => resolve({ duplicates })),
    ...['always', 'if-empty', 'on-create'].map((policy) => resolve({ policies: { a: policy } })),
    ...['report', 'resend'].map((whenInDoubt) => ({ retry: { whenInDoubt } })),
    ...['wait', 'give-back'].map((rest) => ({ shortage: { rest } })),
    ...['normal', 'high'].map((priority) => ({ transport: { _tag: 'ingestion', prefix: 'a', priority } }))
  ])('%j is read as it stands', (given) => {
    const read = decodeDeliveryOptions(given)
    expect(read._tag).toBe('Right')
    expect(read._tag === 'Right' && read.right).toMatchObject(given)
  })

  it('name the place of what JSON could not hold', () => {
    expect(placesOf({ idFields: [Number.NaN] })).toEqual([['invalid', 'idFields.0']])
    expect(placesOf({ idFields: ['a', Number.NaN, Number.NaN] })).toEqual([
      ['invalid', 'idFields.2'],
      ['invalid', 'idFields.1'],
      ['invalid', 'idFields.2']
    ])
  })

  it('name the places of the file, whatever was wrong before them', () => {
    const weakFields = ['a b', 'x', 'x']
    expect(placesOf({ idFields: ['e mail', 'id', 'id', 'email'], identity: { _tag: 'resolve', weakFields } })).toEqual([
      ['invalid', 'idFields.1'],
      ['invalid', 'idFields.2'],
      ['invalid', 'idFields.0'],
      ['invalid', 'identity.weakFields.2'],
      ['invalid', 'identity.weakFields.0']
    ])
  })

  it('P4 hold no negative zero: the state of a delivery is JSON', () => {
    const json =
      '{"seed":-0,"linger":-0,"budget":{"callsPerDay":-0,"shares":{"day":-0},"users":{"delivery":{"priority":-0,"share":-0}}}}'
    const state = start([], optionsOf(JSON.parse(json)))
    const { seed, linger, budget } = state.options
    const { priority, share } = budget.users?.delivery ?? {}
    const read = [seed, linger, budget.callsPerDay, budget.shares?.day, priority, share]
    expect(read).toStrictEqual([0, 0, 0, 0, 0, 0])
    expect(Object.is(state.seed, 0)).toBe(true)
  })

  it('P3 S3 are read from values of any kind, and no message holds a value', () => {
    const mark = 'q7mark'
    const names = Object.keys(defaultDeliveryOptions)
    fc.assert(
      fc.property(hostileValue, jsonValue, fc.constantFrom(...names), (odd, json, name) => {
        for (const given of [odd, { [name]: odd }, { [name]: { _tag: odd, users: odd, policies: odd } }])
          expect(['Left', 'Right', 'Both']).toContain(decodeDeliveryOptions(given)._tag)
        const told = problemsOf({ [name]: [mark, json], identity: { _tag: mark }, events: { allow: mark } })
        expect(told.map(describeProblem).join()).not.toContain(mark)
      })
    )
  })

  it('that are read can be read again', () => {
    fc.assert(
      fc.property(fc.subarray(Object.entries(full)), (some) => {
        const options = optionsOf(Object.fromEntries(some))
        expect(optionsOf(JSON.parse(JSON.stringify(options)))).toEqual(options)
      })
    )
  })
})
