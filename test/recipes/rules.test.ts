/**
 * Rules one by one: when they apply, and what comes of them.
 */
import { describe, expect, it } from 'vitest'
import { describeProblem } from '../../src/ground/problem.js'
import type { AddToList, Fields, Intent, LeaveProgram, RemoveFromList, UpsertLead } from '../../src/intent/intent.js'
import type { Mapped } from '../../src/intent/mapped.js'
import { ruleNames, rulesFor } from '../../src/recipes/applying.js'
import { decodeRecipes, type Recipes } from '../../src/recipes/decode.js'
import { folder, mapper } from '../../src/recipes/mapper.js'
import { noMemory } from '../../src/recipes/memory.js'
import { listDiff } from '../../src/recipes/reconcile.js'
import { refreshScores } from '../../src/recipes/refresh.js'
import { settle } from '../../src/recipes/settle.js'
import { fragile } from '../arbitraries/hostile.js'

const at = 1_714_557_600_000
const munchkinId = '561-HYG-937'

const read = (file: object): Recipes => {
  const decoded = decodeRecipes({ munchkinId, ...file })
  return decoded._tag === 'Left' ? expect.fail(decoded.left.map(describeProblem).join('\n')) : decoded.right
}

const track = (event: string, more: object = {}) => ({
  type: 'track',
  event,
  messageId: 'm1',
  timestamp: '2024-05-01T10:00:00.000Z',
  context: { traits: { email: 'ana@example.com' } },
  ...more
})

/** An intent without what all of them have: the instance and the lead. */
const brief = (intent: Intent): unknown => {
  const { munchkinId: _, ...rest } = intent
  if (!('lead' in rest)) return rest
  const { lead: __, ...others } = rest
  return others
}

const briefs = (mapped: Mapped): ReadonlyArray<unknown> => (mapped._tag === 'Left' ? [] : mapped.right.map(brief))

const said = (mapped: Mapped): ReadonlyArray<string> =>
  mapped._tag === 'Right' ? [] : mapped.left.map(describeProblem)

const weights = (mapped: Mapped): ReadonlyArray<string> =>
  mapped._tag === 'Right' ? [] : mapped.left.map(({ weight }) => weight)

const write = (fields: object, more: object = {}) => ({
  _tag: 'UpsertLead',
  fields: { ...fields, email: 'ana@example.com' },
  action: 'createOrUpdate',
  partitionName: null,
  ...more
})

const applies = (when: object, event: unknown): boolean => {
  const file = read({ rules: [{ name: 'a', when, actions: [{ do: 'write', fields: { city: 'Lyon' } }] }] })
  const mapped = mapper(file)(event)
  if (mapped._tag === 'Left') expect(mapped.left).toMatchObject([{ _tag: 'Unmapped' }])
  return mapped._tag !== 'Left'
}

describe('when a rule applies', () => {
  const event = track('Plan Changed', {
    userId: 'u1',
    properties: {
      plan: 'pro',
      seats: 12,
      digits: '12',
      tags: ['a', 'b'],
      empty: '',
      none: null,
      'a.b': 1,
      c: { 'd.e': 2 }
    },
    context: {
      groupId: 'g1',
      traits: { email: 'ana@example.com', industry: 'Toys' },
      campaign: { source: 'ads' },
      page: { path: '/pricing', url: 'https://www.example.com/pricing?x=1' }
    }
  })
  it.each<[boolean, string, object]>([
    [true, 'is', { path: 'properties.plan', is: 'pro' }],
    [false, 'is, in another case', { path: 'properties.plan', is: 'Pro' }],
    [false, 'is, of another kind', { path: 'properties.digits', is: 12 }],
    [true, 'isNot', { path: 'properties.plan', isNot: 'free' }],
    [true, 'isNot, of what is not there', { path: 'properties.absent', isNot: 'free' }],
    [false, 'isNot', { path: 'properties.plan', isNot: 'pro' }],
    [true, 'oneOf', { path: 'properties.plan', oneOf: ['free', 'pro'] }],
    [false, 'oneOf none', { path: 'properties.plan', oneOf: [] }],
    [false, 'noneOf', { path: 'properties.plan', noneOf: ['free', 'pro'] }],
    [true, 'exists', { path: 'properties.seats', exists: true }],
    [false, 'exists, of empty text', { path: 'properties.empty', exists: true }],
    [true, 'exists not, of null', { path: 'properties.none', exists: false }],
    [true, 'no operator', { path: 'properties.seats' }],
    [false, 'no operator, of nothing', { path: 'properties.absent' }],
    [true, 'contains a part', { path: 'properties.plan', contains: 'ro' }],
    [true, 'contains a member', { path: 'properties.tags', contains: 'b' }],
    [false, 'contains a part of a member', { path: 'properties.tags', contains: 'ab' }],
    [true, 'startsWith', { path: 'page.path', startsWith: '/pri' }],
    [false, 'startsWith', { path: 'page.path', startsWith: 'pri' }],
    [true, 'endsWith', { path: 'page.path', endsWith: 'cing' }],
    [true, 'like', { path: 'page.url', like: 'https://*.EXAMPLE.com/pri*' }],
    [true, 'like without a star', { path: 'page.path', like: '/PRICING' }],
    [false, 'like, whole', { path: 'page.path', like: '/pric' }],
    [false, 'like, whose ends overlap', { path: 'properties.plan', like: 'pro*ro' }],
    [true, 'like, with nothing between', { path: 'properties.plan', like: 'p*ro*' }],
    [true, 'above', { path: 'properties.seats', above: 11 }],
    [false, 'above', { path: 'properties.seats', above: 12 }],
    [true, 'above, of digits', { path: 'properties.digits', above: 11 }],
    [false, 'above, of text', { path: 'properties.plan', above: 0 }],
    [true, 'below', { path: 'properties.seats', below: 13 }],
    [true, 'atLeast and atMost', { path: 'properties.seats', atLeast: 12, atMost: 12 }],
    [false, 'two, of which one holds', { path: 'properties.seats', atLeast: 12, atMost: 11 }],
    [true, 'a key with a dot', { path: 'properties.a.b', is: 1 }],
    [true, 'a key with a dot, further down', { path: 'properties.c.d.e', is: 2 }],
    [true, 'a group', { path: 'groupId', is: 'g1' }],
    [true, 'a campaign', { path: 'campaign.source', is: 'ads' }],
    [true, 'a host', { path: 'page.host', is: 'www.example.com' }],
    [true, 'traits of the context', { path: 'traits.industry', is: 'Toys' }],
    [true, 'the time', { path: 'time', startsWith: '2024-05-01' }],
    [false, 'an inherited name', { path: 'properties.constructor' }]
  ])('%s: %s', (expected, _, condition) => {
    expect(applies({ where: [condition] }, event)).toBe(expected)
  })

  it.each<[boolean, string, object, object]>([
    [true, 'type', { type: 'track' }, event],
    [false, 'type', { type: ['page', 'identify'] }, event],
    [true, 'event', { event: ['Other', 'Plan Changed'] }, event],
    [false, 'event, in another case', { event: 'plan changed' }, event],
    [true, 'name of a page', { type: 'page', name: 'Pricing' }, { type: 'page', name: 'Pricing', userId: 'u1' }],
    [false, 'event of a page that has one', { event: 'x' }, { type: 'page', event: 'x', userId: 'u1' }],
    [false, 'name of another page', { name: 'Pricing' }, { type: 'page', name: 'Home', userId: 'u1' }],
    [false, 'event of a page', { event: 'Pricing' }, { type: 'page', name: 'Pricing', userId: 'u1' }],
    [true, 'all of where', { where: [{ path: 'event' }, { path: 'properties.plan', is: 'pro' }] }, event],
    [false, 'all of where', { where: [{ path: 'event' }, { path: 'properties.plan', is: 'free' }] }, event],
    [
      true,
      'any',
      {
        any: [
          { path: 'properties.plan', is: 'free' },
          { path: 'properties.seats', above: 1 }
        ]
      },
      event
    ],
    [false, 'any of none', { any: [] }, event],
    [
      true,
      'group traits of a group call',
      { type: 'group', where: [{ path: 'traits.industry', is: 'Toys' }] },
      { type: 'group', groupId: 'g1', userId: 'u1', traits: { industry: 'Toys' } }
    ]
  ])('%s: %s', (expected, _, when, given) => {
    expect(applies(when, given)).toBe(expected)
  })

  const members = Array.from({ length: 10_001 }, (_, i) => i)
  // biome-ignore format: table
  it.each<[boolean, string, unknown, object]>([
    [true,  'numbers, equal',                 12,             { is: 12 }],
    [false, 'a boolean and its text',         true,           { is: 'true' }],
    [false, 'one of another kind',            '12',           { oneOf: [12] }],
    [true,  'none of another kind',           '12',           { noneOf: [12] }],
    [false, 'isNot, of what it is',           12,             { isNot: 12 }],
    [true,  'false is there',                 false,          { exists: true }],
    [false, 'false is not absent',            false,          { exists: false }],
    [true,  'empty text is absent',           '',             { exists: false }],
    [false, 'null, without an operator',      null,           {}],
    [true,  'zero, without an operator',      0,              {}],
    [false, 'a number in a text',             'a1',           { contains: 1 }],
    [false, 'a text in a number',             12,             { contains: '1' }],
    [true,  'a number in a list',             [2, 1],         { contains: 1 }],
    [false, 'digits in a list',               ['1'],          { contains: 1 }],
    [false, 'a text in nothing',              null,           { contains: 'a' }],
    [true,  'like, one piece behind the other', 'ab',         { like: '*a*b' }],
    [false, 'above, of a list',               [12],           { above: 0 }],
    [false, 'a name in an object',            { a: 1 },       { contains: 'a' }],
    [true,  'the last member looked at',      members,        { contains: 9_999 }],
    [false, 'a member further on',            members,        { contains: 10_000 }],
    [false, 'startsWith, of a number',        12,             { startsWith: '1' }],
    [false, 'endsWith, of the beginning',     'pro',          { endsWith: 'pr' }],
    [false, 'endsWith, of a number',          12,             { endsWith: '2' }],
    [false, 'like, of a number',              12,             { like: '*' }],
    [true,  'like, of anything',              '',             { like: '*' }],
    [false, 'like, at the beginning',         'xpro',         { like: 'p*' }],
    [false, 'like, at the end',               'prox',         { like: 'p*o' }],
    [true,  'like, in the middle',            'a-b-c',        { like: 'a*b*c' }],
    [false, 'like, in another order',         'a-c-b-c',      { like: 'a*b*c*b*c' }],
    [false, 'like, one letter twice',         'abc',          { like: 'a*b*b*c' }],
    [true,  'like, one letter twice',         'abbc',         { like: 'a*b*b*c' }],
    [false, 'like, a piece within the first', 'pro',          { like: 'pro*r*' }],
    [false, 'like, a piece that is not there', 'abc',         { like: 'a*x*c' }],
    [true,  'like, ends that touch',          'pro',          { like: 'p*ro' }],
    [false, 'like, a middle under the end',   'abb',          { like: 'a*bb*b' }],
    [true,  'above, a fraction in digits',    '12.50',        { above: 12 }],
    [true,  'above, less than nothing',       '-3',           { above: -4 }],
    [false, 'digits, not of every kind',      '1e3',          { above: 0 }],
    [false, 'digits with a blank',            ' 12',          { above: 0 }],
    [false, 'digits with a unit',             '12 %',         { above: 0 }],
    [false, 'digits that end in a point',     '12.',          { above: 0 }],
    [true,  'digits, as many as are exact',   '9'.repeat(15), { above: 0 }],
    [false, 'digits, more than are exact',    '9'.repeat(16), { above: 0 }],
    [false, 'above, of a boolean',            true,           { above: 0 }],
    [false, 'above, of infinity',             Infinity,       { above: 0 }],
    [false, 'below, of the bound',            12,             { below: 12 }],
    [true,  'atLeast, of the bound',          '12',           { atLeast: 12 }],
    [false, 'atLeast, of less',               11,             { atLeast: 12 }],
    [true,  'atMost, of the bound',           12,             { atMost: 12 }],
    [false, 'atMost, of more',                13,             { atMost: 12 }],
    [false, 'two operators, one of which holds', 'pro',       { startsWith: 'p', endsWith: 'x' }]
  ])('%s: %s', (expected, _, value, operators) => {
    const condition = { path: 'properties.value', ...operators }
    expect(applies({ where: [condition] }, track('x', { properties: { value } }))).toBe(expected)
  })

  const page = {
    type: 'page',
    name: 'Pricing',
    category: 'Shop',
    userId: 'u1',
    anonymousId: 'a1',
    messageId: 'm1',
    channel: 'browser',
    properties: { url: 'https://shop.example.com:8080/pricing?x=1', title: 'Prices' },
    traits: { plan: 'own' },
    context: {
      library: { name: 'a.js' },
      traits: { plan: 'pro' },
      page: { referrer: 'https://example.com/', search: '?x=1', title: 'Other', tab: 7 },
      campaign: { name: 'spring', source: 'ads' }
    }
  }
  const group = {
    type: 'group',
    groupId: 'g1',
    userId: 'u1',
    traits: { plan: 'team' },
    context: { traits: { plan: 'p' } }
  }
  const identify = { ...group, type: 'identify', traits: { plan: 'own' } }
  // biome-ignore format: table
  it.each<[string, unknown, object]>([
    ['page.url',               'https://shop.example.com:8080/pricing?x=1', page],
    ['page.host',              'shop.example.com:8080',                     page],
    ['page.path',              '/pricing',                                  page],
    ['page.search',            '?x=1',                                      page],
    ['page.title',             'Prices',                                    page],
    ['page.referrer',          'https://example.com/',                      page],
    ['page.search',            '?y',                                        { ...page, properties: { search: '?y' } }],
    ['page.referrer',          '/y',                                        { ...page, properties: { referrer: '/y' } }],
    ['properties..a',          1,                                           { ...page, properties: { '': { a: 1 } } }],
    ['page.tab',               7,                                           page],
    ['page.host',              'example.com',                               track('x', { context: { ...track('x').context, page: { url: 'http://example.com' } } })],
    ['page.title',             'T',                                         track('x', { properties: { title: 'Mine' }, context: { ...track('x').context, page: { title: 'T' } } })],
    ['context.library.name',   'a.js',                                      page],
    ['campaign.name',          'spring',                                    page],
    ['traits.plan',            'pro',                                       page],
    ['traits.plan',            'team',                                      group],
    ['traits.plan',            'own',                                       identify],
    ['properties.title',       'Prices',                                    page],
    ['type',                   'page',                                      page],
    ['name',                   'Pricing',                                   page],
    ['category',               'Shop',                                      page],
    ['channel',                'browser',                                   page],
    ['userId',                 'u1',                                        page],
    ['anonymousId',            'a1',                                        page],
    ['groupId',                'g1',                                        group],
    ['messageId',              'm1',                                        page],
    ['event',                  'x',                                         track('x')],
    ['time',                   '2024-05-01T10:00:00Z',                      track('x')]
  ])('reads %s as %j', (path, is, given) => {
    expect(applies({ where: [{ path, is }] }, given)).toBe(true)
  })

  // biome-ignore format: table
  it.each<[string, object]>([
    ['page.host',         { ...page, properties: { url: '/pricing' } }],
    ['page.host',         { ...page, properties: { url: 7 } }],
    ['page.host',         { ...page, properties: {}, context: {} }],
    ['properties.ab',     { ...page, properties: { a: { ab: 1 } } }],
    ['page.path',         { ...page, properties: { url: 'mailto:ana@example.com' } }],
    ['page.search',       { ...page, context: {} }],
    ['page.x',            { ...page, context: {} }],
    ['time',              page],
    ['event',             page],
    ['name',              track('x', { name: 'Pricing' })],
    ['properties.a.b',    { ...page, properties: { a: 'b' } }],
    ['properties.a.b',    { ...page, properties: { a: { c: 1 } } }],
    ['properties.a.b.c',  { ...page, properties: { 'a.b': { c: 1 } } }]
  ])('finds no %s', (path, given) => {
    expect(applies({ where: [{ path, exists: false }] }, given)).toBe(true)
  })

  const subscription = (key: string, status: string) => ({
    type: 'identify',
    userId: 'u1',
    traits: { email: 'Ana@example.com' },
    context: { messaging_subscriptions: [{ key, type: 'EMAIL', status }] }
  })
  it.each<[boolean, string, unknown]>([
    [true, "the person's own address", subscription('ana@example.com', 'UNSUBSCRIBED')],
    [true, "the person's own address, in another spelling", subscription(' ANA@example.com ', 'UNSUBSCRIBED')],
    [false, "somebody else's address", subscription('bo@example.com', 'UNSUBSCRIBED')],
    [false, 'no subscription', subscription('ana@example.com', 'DID_NOT_SUBSCRIBE')],
    [
      false,
      'another channel',
      {
        ...subscription('', ''),
        context: { messaging_subscriptions: [{ key: 'ana@example.com', type: 'SMS', status: 'UNSUBSCRIBED' }] }
      }
    ],
    [
      true,
      'one of several addresses',
      {
        ...subscription('', ''),
        context: {
          messaging_subscriptions: ['bo@example.com', 'ana@example.com'].map((key) => ({
            key,
            type: 'EMAIL',
            status: 'UNSUBSCRIBED'
          }))
        }
      }
    ],
    [false, 'nobody', { ...subscription('ana@example.com', 'UNSUBSCRIBED'), traits: {} }]
  ])('%s: a state of %s', (expected, _, given) => {
    expect(applies({ subscription: 'unsubscribed' }, given)).toBe(expected)
  })
})

describe('whose lead it is', () => {
  const file = (lead?: object) =>
    read({
      ...(lead === undefined ? {} : { lead }),
      rules: [{ name: 'a', when: { type: 'track' }, actions: [{ do: 'add-to-list', list: 1001 }] }]
    })
  const leadOf = (mapped: Mapped): unknown => {
    const [first] = mapped._tag === 'Left' ? [] : mapped.right
    return first?._tag === 'UpsertLead' ? [first.lead, first.fields] : undefined
  }
  it.each<[string, object | undefined, object, unknown]>([
    [
      'email first',
      undefined,
      track('x', { userId: 'u1' }),
      [
        { lookupField: 'email', value: 'ana@example.com' },
        { email: 'ana@example.com', userId: 'u1' }
      ]
    ],
    [
      'a userId',
      undefined,
      { type: 'track', event: 'x', userId: 7 },
      [{ lookupField: 'userId', value: '7' }, { userId: '7' }]
    ],
    [
      'a userId in another field',
      { keys: ['userId'], userIdField: 'segmentId' },
      track('x', { userId: 'u1' }),
      [{ lookupField: 'segmentId', value: 'u1' }, { segmentId: 'u1' }]
    ],
    [
      'a userId that only looks like an address',
      undefined,
      { type: 'track', event: 'x', userId: 'ana@example .com' },
      [{ lookupField: 'userId', value: 'ana@example .com' }, { userId: 'ana@example .com' }]
    ],
    [
      'an email, where the userId is too long for its field',
      undefined,
      track('x', { userId: 'u'.repeat(256) }),
      [{ lookupField: 'email', value: 'ana@example.com' }, { email: 'ana@example.com' }]
    ],
    [
      'a browser, where it is named',
      { keys: ['email', 'anonymousId'] },
      { type: 'track', event: 'x', anonymousId: 'a1' },
      [{ lookupField: 'anonymousId', value: 'a1' }, { anonymousId: 'a1' }]
    ]
  ])('%s', (_, lead, event, expected) => {
    expect(leadOf(mapper(file(lead))(event))).toEqual(expected)
  })

  it('a userId that is too long is left out, and that is said', () => {
    const mapped = mapper(file())(track('x', { userId: 'u'.repeat(256) }))
    expect(said(mapped)).toEqual(['userId: found text; shorten it to 255 characters'])
    expect(weights(mapped)).toEqual(['dropped'])
  })

  it('who is to be deleted is deleted by any id, and not where the address is none', () => {
    const deleting = read({ rules: [{ name: 'a', when: { type: 'delete' }, actions: [{ do: 'delete-lead' }] }] })
    const [byId] = [mapper(deleting)({ type: 'delete', userId: 'ana@example .com' })]
    expect(byId).toMatchObject({ right: [{ lead: { lookupField: 'userId', value: 'ana@example .com' } }] })
    const broken = mapper(deleting)({ type: 'delete', userId: 'u1', email: 'ana at example' })
    expect(said(broken)).toEqual(['email: found text; send one address in plain ASCII, such as ana@example.com'])
  })

  it.each<[string, object, ReadonlyArray<string>, string?]>([
    [
      'a browser',
      { type: 'track', event: 'x', anonymousId: 'a1' },
      [
        'userId: kept back by rule (anonymous); a browser is no lead here: send an email or a userId, or name anonymousId among the keys of the file'
      ],
      'skipped'
    ],
    ['nobody', { type: 'track', event: 'x' }, ['userId: is missing; send an email or a userId']],
    [
      'an address that is none',
      track('x', { userId: 'u1', context: { traits: { email: 'ana at example' } } }),
      ['context.traits.email: found text; send one address in plain ASCII, such as ana@example.com']
    ],
    [
      'an event that is switched off',
      track('x', { integrations: { 'marketo v2': false } }),
      [
        'integrations["marketo v2"]: kept back by rule (integrations); nothing to mend: the event switches this destination off by name'
      ],
      'skipped'
    ],
    [
      'an event that is switched off under the older name',
      track('x', { integrations: { Marketo: false } }),
      [
        'integrations.Marketo: kept back by rule (integrations); nothing to mend: the event switches this destination off by name'
      ],
      'skipped'
    ],
    ['what is no event', { type: 'track', userId: 'u1' }, ['event: is missing; send the name of what happened as text']]
  ])('none of %s', (_, event, expected, weight = 'invalid') => {
    const mapped = mapper(file())(event)
    expect(mapped._tag).toBe('Left')
    expect(said(mapped)).toEqual(expected)
    expect(weights(mapped)).toEqual([weight])
    expect(folder(file())(noMemory, event, at)).toEqual([noMemory, mapped])
  })

  it('All: false keeps nothing back here', () => {
    expect(mapper(file())(track('x', { integrations: { All: false } }))._tag).toBe('Right')
  })
})

describe('what a rule does', () => {
  const one = (...actions: ReadonlyArray<object>) => read({ rules: [{ name: 'a', when: { event: 'x' }, actions }] })
  it.each<[string, object, object, ReadonlyArray<unknown>]>([
    [
      'writes constants and values',
      {
        do: 'write',
        fields: {
          leadStatus: 'Trial',
          numberOfEmployees: { from: 'properties.seats' },
          plan: { from: 'properties.plan' }
        }
      },
      { seats: '12', plan: 'pro' },
      [write({ leadStatus: 'Trial', numberOfEmployees: 12, plan: 'pro' })]
    ],
    [
      'leaves alone what is absent, null or empty',
      {
        do: 'write',
        fields: {
          a1: { from: 'properties.a' },
          a2: { from: 'properties.b' },
          a3: { from: 'properties.c' },
          city: 'Lyon'
        }
      },
      { b: null, c: '' },
      [write({ city: 'Lyon' })]
    ],
    [
      'takes a default',
      { do: 'write', fields: { plan: { from: 'properties.plan', default: 'free' } } },
      {},
      [write({ plan: 'free' })]
    ],
    [
      'writes each kind as it is, where the field has no type',
      { do: 'write', fields: { a__c: { from: 'properties.a' }, b__c: { from: 'properties.b' }, c__c: 'x' } },
      { a: true, b: 1.5 },
      [write({ a__c: true, b__c: 1.5, c__c: 'x' })]
    ],
    ['clears', { do: 'write', fields: { city: null } }, {}, [write({ city: null })]],
    [
      'gives a type',
      { do: 'write', fields: { since: { from: 'properties.day', type: 'date' } } },
      { day: '2024-05-01T10:00:00Z' },
      [write({ since: '2024-05-01' })]
    ],
    [
      'updates only',
      { do: 'write', create: false, fields: { city: 'Lyon' } },
      {},
      [write({ city: 'Lyon' }, { action: 'updateOnly' })]
    ],
    [
      'adds to a list',
      { do: 'add-to-list', list: 1001 },
      {},
      [write({}), { _tag: 'AddToList', list: { listId: 1001 }, purpose: 'engage', at }]
    ],
    [
      'adds to a list that may be made',
      { do: 'add-to-list', create: false, list: { name: 'VIP', createIn: { id: 12, type: 'Folder' } } },
      {},
      [{ _tag: 'AddToList', list: { name: 'VIP', createIn: { id: 12, type: 'Folder' } }, purpose: 'engage', at }]
    ],
    [
      'takes off a list',
      { do: 'remove-from-list', list: 'VIP' },
      {},
      [{ _tag: 'RemoveFromList', list: { name: 'VIP', createIn: null }, at }]
    ],
    ['takes off all lists', { do: 'leave-lists', except: [1009] }, {}, [{ _tag: 'LeaveLists', except: [1009], at }]],
    ['takes off lists without exception', { do: 'leave-lists' }, {}, [{ _tag: 'LeaveLists', except: [], at }]],
    [
      'sets a status',
      { do: 'set-status', program: 1002, status: 'Registered' },
      {},
      [write({}), { _tag: 'SetProgramStatus', programId: 1002, statusName: 'Registered', purpose: 'engage', at }]
    ],
    ['leaves a program', { do: 'leave-program', program: 1002 }, {}, [{ _tag: 'LeaveProgram', programId: 1002, at }]],
    [
      'asks for a campaign',
      {
        do: 'request-campaign',
        campaign: 1003,
        tokens: {
          plan: { from: 'properties.plan' },
          'my.none': { from: 'properties.none' },
          'my.seats': { from: 'properties.seats' },
          '{{my.fix}}': 1
        }
      },
      { plan: 'pro', seats: 12 },
      [
        write({}),
        {
          _tag: 'RequestCampaign',
          campaignId: 1003,
          tokens: [
            { name: '{{my.plan}}', value: 'pro' },
            { name: '{{my.seats}}', value: '12' },
            { name: '{{my.fix}}', value: '1' }
          ],
          purpose: 'engage',
          at
        }
      ]
    ],
    [
      'adds to a score',
      { do: 'add-to-score', field: 'leadScore', points: 5, most: 100 },
      {},
      [write({}), { _tag: 'AddToScore', field: 'leadScore', points: 5, least: null, most: 100 }]
    ],
    ['deletes, and does nothing else', { do: 'delete-lead' }, {}, [{ _tag: 'DeleteLead' }]],
    [
      'writes a company, and joins the lead to it',
      { do: 'sync-company', id: { from: 'properties.account' }, fields: { industry: 'Toys' } },
      { account: 'acc-1' },
      [
        { _tag: 'SyncCompany', externalCompanyId: 'acc-1', fields: { industry: 'Toys', externalCompanyId: 'acc-1' } },
        write({ externalCompanyId: 'acc-1' })
      ]
    ],
    [
      'writes a record of a custom object',
      {
        do: 'sync-object',
        object: 'car_c',
        dedupeFields: ['vin'],
        fields: { vin: { from: 'properties.vin' }, color: { from: 'properties.color' } }
      },
      { vin: 'v1' },
      [write({}), { _tag: 'SyncCustomObject', objectName: 'car_c', dedupeFields: ['vin'], fields: { vin: 'v1' } }]
    ]
  ])('%s', (_, action, properties, expected) => {
    expect(briefs(mapper(one(action))(track('x', { properties })))).toEqual(expected)
  })

  it.each<[string, object, object, ReadonlyArray<string>]>([
    [
      'a value that the field cannot hold',
      { do: 'write', fields: { numberOfEmployees: { from: 'properties.seats' }, city: 'Lyon' } },
      { seats: 'many' },
      ['properties.seats: found text; send a whole number, as a number or in plain digits']
    ],
    [
      'a place without a way',
      { do: 'write', fields: { numberOfEmployees: { from: 'event' }, city: 'Lyon' } },
      {},
      ['event: found text; send a whole number, as a number or in plain digits']
    ],
    [
      'a list as text',
      { do: 'write', fields: { plan: { from: 'properties.plan' }, city: 'Lyon' } },
      { plan: ['pro'] },
      ['properties.plan: found a list; send one text, number or boolean; a list or an object never becomes text']
    ],
    [
      'a company without an id',
      { do: 'sync-company', id: { from: 'properties.account' } },
      {},
      ['externalCompanyId: is missing; without an id of its own no company can be written']
    ],
    [
      'a company whose id is too long',
      { do: 'sync-company', id: { from: 'properties.account' } },
      { account: 'a'.repeat(300) },
      [
        'properties.account: found text; shorten it to 255 characters',
        'externalCompanyId: is missing; without an id of its own no company can be written'
      ]
    ],
    [
      'a record without its key',
      { do: 'sync-object', object: 'car_c', dedupeFields: ['vin'], fields: { vin: { from: 'properties.vin' } } },
      {},
      ['fields.vin: is missing; a record is known by these fields: each must be among fields']
    ],
    [
      'a record with other values, and without its key',
      {
        do: 'sync-object',
        object: 'car_c',
        dedupeFields: ['vin'],
        fields: { vin: { from: 'properties.vin' }, color: 'red' }
      },
      {},
      ['fields.vin: is missing; a record is known by these fields: each must be among fields']
    ],
    [
      'a record whose key is cleared',
      { do: 'sync-object', object: 'car_c', dedupeFields: ['vin'], fields: { vin: null, color: 'red' } },
      {},
      ['fields.vin: is missing; a record is known by these fields: each must be among fields']
    ],
    [
      'consent that an event opens',
      { do: 'write', fields: { unsubscribed: { from: 'properties.out', type: 'boolean' }, city: 'Lyon' } },
      { out: false },
      [
        'fields.unsubscribed: kept back by rule (settings); a field of consent goes back to false only by a rule of optIns'
      ]
    ]
  ])('says %s', (_, action, properties, expected) => {
    const mapped = mapper(one(action))(track('x', { properties }))
    expect(said(mapped)).toEqual(expected)
    expect(weights(mapped)).toEqual(expected.map(() => 'dropped'))
  })

  it('of two rules the first has a field, and that is said', () => {
    const mapped = mapper(
      one({ do: 'write', fields: { city: 'Lyon' } }, { do: 'write', fields: { city: 'Paris', country: 'France' } })
    )(track('x'))
    expect(briefs(mapped)).toEqual([write({ city: 'Lyon', country: 'France' })])
    expect(said(mapped)).toEqual([
      'fields.city: claims the same place as fields.city; two rules write one field, and the first in the file has it: let them write the same, or take one out'
    ])
    expect(weights(mapped)).toEqual(['dropped'])
  })

  it('two rules that write the same say nothing', () => {
    const city = { do: 'write', fields: { city: 'Lyon' } }
    expect(mapper(one(city, city))(track('x'))._tag).toBe('Right')
  })

  it('a file that makes no leads makes none', () => {
    const file = read({
      lead: { create: false },
      rules: [
        {
          name: 'a',
          when: { event: 'x' },
          actions: [
            { do: 'add-to-list', list: 1001 },
            { do: 'write', fields: { city: 'Lyon' } }
          ]
        }
      ]
    })
    expect(briefs(mapper(file)(track('x')))[0]).toEqual(write({ city: 'Lyon' }, { action: 'updateOnly' }))
  })

  it('an event that no rule names says so, and one whose rules write nothing says that', () => {
    const file = read({
      rules: [
        {
          name: 'a',
          when: { event: 'x' },
          actions: [{ do: 'write', create: false, fields: { plan: { from: 'properties.plan' } } }]
        }
      ]
    })
    expect(said(mapper(file)(track('y')))).toEqual([
      'event: no row maps the event "y"; no rule applies to it: add one, or leave it'
    ])
    expect(said(mapper(file)({ type: 'page', userId: 'u1' }))).toEqual([
      'event: no row maps the event "page"; no rule applies to it: add one, or leave it'
    ])
    expect(said(mapper(file)(track('y', { timestamp: 'soon' })))).toEqual([
      'timestamp: found text; send an ISO 8601 time with its zone, such as 2024-05-01T10:00:00Z',
      'event: no row maps the event "y"; no rule applies to it: add one, or leave it'
    ])
    expect(said(mapper(file)(track('Unsubscribed')))).toEqual([
      'event: no row maps the event "Unsubscribed"; no rule applies to it: add one, or leave it'
    ])
    expect(said(mapper(file)(track('x')))).toEqual([
      'fields: is missing; rules apply to it, and the values that they write are not there: send them, or give them defaults'
    ])
  })
})

const personas = (computation_class: string, computation_key: string, more: object = {}) => ({
  context: { traits: { email: 'ana@example.com' }, personas: { computation_class, computation_key, ...more } }
})

describe('audiences', () => {
  const file = (audiences: object) => read({ audiences })
  const lists = { lists: { vip: 1001 } }
  const on = [write({}), { _tag: 'AddToList', list: { listId: 1001 }, purpose: 'engage', at }]
  const off = [{ _tag: 'RemoveFromList', list: { listId: 1001 }, at }]
  it.each<[string, object, object, ReadonlyArray<unknown>]>([
    [
      'entered, by track',
      lists,
      track('Audience Entered', { ...personas('audience', 'vip'), properties: { audience_key: 'vip', vip: true } }),
      on
    ],
    [
      'left, by track',
      lists,
      track('Audience Exited', { ...personas('audience', 'vip'), properties: { audience_key: 'vip', vip: false } }),
      off
    ],
    [
      'entered, under a name of one’s own',
      lists,
      track('Joined VIPs', { ...personas('audience', 'vip'), properties: { vip: true } }),
      on
    ],
    ['left, by name alone', lists, track('Audience Exited', personas('audience', 'vip')), off],
    [
      'left, by a name of one’s own alone',
      { ...lists, exited: ['Left'] },
      track('Left', personas('audience', 'vip')),
      off
    ],
    [
      'entered, without personas',
      lists,
      track('Audience Entered', { properties: { audience_key: 'vip', vip: true } }),
      on
    ],
    [
      'entered, by identify',
      lists,
      {
        type: 'identify',
        timestamp: '2024-05-01T10:00:00Z',
        traits: { email: 'ana@example.com', vip: true },
        context: { personas: { computation_class: 'audience', computation_key: 'vip' } }
      },
      on
    ],
    [
      'left, by identify',
      lists,
      {
        type: 'identify',
        timestamp: '2024-05-01T10:00:00Z',
        traits: { email: 'ana@example.com', vip: false },
        context: { personas: { computation_class: 'audience', computation_key: 'vip' } }
      },
      off
    ],
    ['a step of a journey', { lists: { j_o_1: 1001 } }, track('Trial Nudge', personas('journey_step', 'j_o_1')), on],
    [
      'a step of a journey, under the audience’s own key',
      { lists: { j_o_1: 1001 } },
      track('x', { ...personas('journey_step', 'j_o_1'), properties: { audience_key: 'trial', trial: false } }),
      off
    ],
    [
      'a list by name',
      { lists: { vip: 'VIP customers' } },
      track('Audience Exited', personas('audience', 'vip')),
      [{ _tag: 'RemoveFromList', list: { name: 'VIP customers', createIn: null }, at }]
    ],
    [
      'the list of the external id',
      { others: { use: 'external-audience-id' } },
      track('Audience Exited', personas('audience', 'vip', { external_audience_id: '1001' })),
      off
    ],
    [
      'a list of the audience’s name',
      { others: { use: 'audience-key', prefix: 'Segment: ', createIn: { id: 12, type: 'Folder' } } },
      track('Audience Exited', personas('audience', 'vip')),
      [{ _tag: 'RemoveFromList', list: { name: 'Segment: vip', createIn: { id: 12, type: 'Folder' } }, at }]
    ],
    [
      'a list of the audience’s name alone',
      { others: { use: 'audience-key' } },
      track('Audience Exited', personas('audience', 'vip')),
      [{ _tag: 'RemoveFromList', list: { name: 'vip', createIn: null }, at }]
    ],
    [
      'nobody is made a lead',
      { ...lists, create: false },
      track('Audience Entered', personas('audience', 'vip')),
      on.slice(1)
    ],
    [
      'a field, on, and nobody is made a lead',
      { fields: { vip: 'isVip' }, create: false },
      track('Audience Entered', personas('audience', 'vip')),
      [write({ isVip: true }, { action: 'updateOnly' })]
    ],
    [
      'a computed trait, and nobody is made a lead',
      { traits: { ltv: 'lifetimeValue' }, create: false },
      track('Trait Computed', { ...personas('trait', 'ltv'), properties: { ltv: 12.5 } }),
      [write({ lifetimeValue: 12.5 }, { action: 'updateOnly' })]
    ],
    [
      'a field, on',
      { fields: { vip: 'isVip' } },
      track('Audience Entered', personas('audience', 'vip')),
      [write({ isVip: true })]
    ],
    [
      'a field, off: nobody is made a lead for that',
      { fields: { vip: 'isVip' } },
      track('Audience Exited', personas('audience', 'vip')),
      [write({ isVip: false }, { action: 'updateOnly' })]
    ],
    [
      'a computed trait',
      { traits: { ltv: 'lifetimeValue' } },
      {
        type: 'identify',
        traits: { email: 'ana@example.com', ltv: 12.5 },
        context: { personas: { computation_class: 'computed_trait', computation_key: 'ltv' } }
      },
      [write({ lifetimeValue: 12.5 })]
    ],
    [
      'a computation of another class is no membership',
      lists,
      track('Audience Entered', { ...personas('Default', 'vip'), properties: { audience_key: 'vip', vip: true } }),
      []
    ],
    [
      'an audience is no computed trait',
      { ...lists, traits: { vip: 'isVip' } },
      track('Audience Exited', { ...personas('audience', 'vip'), properties: { vip: false } }),
      off
    ],
    [
      'a computed trait is no membership',
      { lists: { ltv: 1001 } },
      track('Trait Computed', { ...personas('trait', 'ltv'), properties: { trait_key: 'ltv', ltv: true } }),
      []
    ]
  ])('%s', (_, audiences, event, expected) => {
    expect(briefs(mapper(file(audiences))(event))).toEqual(expected)
  })

  it.each<[string, object, object, ReadonlyArray<string>, string?]>([
    [
      'a boolean against the name',
      lists,
      track('Audience Entered', { ...personas('audience', 'vip'), properties: { vip: false } }),
      ['event: claims the same place as properties.vip; the name of the event says the opposite: the boolean counts'],
      'warning'
    ],
    [
      'silence',
      lists,
      track('Something', personas('audience', 'vip')),
      [
        'properties.vip: is missing; send the audience’s key with true or false, or name the event in entered or exited'
      ],
      'invalid'
    ],
    [
      'an audience without a list',
      lists,
      track('Audience Entered', personas('audience', 'beta')),
      [
        'context.personas.computation_key: kept back by rule (settings); no list is named for this audience: add it to lists, or say what others shall do'
      ],
      'skipped'
    ],
    [
      'an audience that others are not to have',
      { others: null },
      track('Audience Entered', personas('audience', 'beta')),
      [
        'context.personas.computation_key: kept back by rule (settings); no list is named for this audience: add it to lists, or say what others shall do'
      ],
      'skipped'
    ],
    [
      'nothing of one with a field',
      { fields: { vip: 'isVip' } },
      track('Audience Entered', personas('audience', 'vip')),
      []
    ],
    [
      'a computed trait that is gone',
      { traits: { ltv: 'lifetimeValue' } },
      track('Trait Computed', { ...personas('trait', 'ltv'), properties: { ltv: null } }),
      [
        'fields: is missing; rules apply to it, and the values that they write are not there: send them, or give them defaults'
      ],
      'skipped'
    ],
    [
      'a computed trait that no field can hold',
      { traits: { ltv: 'lifetimeValue' } },
      track('Trait Computed', { ...personas('trait', 'ltv'), properties: { ltv: [1] } }),
      ['properties.ltv: found a list; send one text, number or boolean; a list or an object never becomes text']
    ],
    [
      'a computed trait that no field is named for',
      { traits: { ltv: 'lifetimeValue' } },
      track('Trait Computed', { ...personas('trait', 'rfm'), properties: { rfm: 1 } }),
      ['event: no row maps the event "Trait Computed"; no rule applies to it: add one, or leave it'],
      'skipped'
    ],
    [
      'no external id',
      { others: { use: 'external-audience-id' } },
      track('Audience Entered', personas('audience', 'beta')),
      [
        'context.personas.external_audience_id: is missing; give the audience the number of a static list as its external id'
      ]
    ],
    [
      'an external id that is no number',
      { others: { use: 'external-audience-id' } },
      track('Audience Entered', personas('audience', 'beta', { external_audience_id: 'x1' })),
      [
        'context.personas.external_audience_id: found text that is no number; give the audience the number of a static list as its external id'
      ]
    ],
    [
      'silence, without personas',
      lists,
      track('Something', { properties: { audience_key: 'vip' } }),
      [
        'properties.vip: is missing; send the audience’s key with true or false, or name the event in entered or exited'
      ],
      'invalid'
    ],
    [
      'silence of what is no track, whatever it is called',
      lists,
      {
        ...track('Audience Entered', personas('audience', 'vip')),
        type: 'identify',
        traits: { email: 'ana@example.com' }
      },
      ['traits.vip: is missing; send the audience’s key with true or false, or name the event in entered or exited'],
      'invalid'
    ],
    [
      'that the name alone names no audience',
      lists,
      track('Audience Entered'),
      ['event: no row maps the event "Audience Entered"; no rule applies to it: add one, or leave it'],
      'skipped'
    ],
    [
      'that only a track has properties',
      lists,
      { type: 'identify', userId: 'u1', properties: { audience_key: 'vip', vip: true } },
      ['event: no row maps the event "identify"; no rule applies to it: add one, or leave it'],
      'skipped'
    ],
    ...['1001x', '0', `1${'0'.repeat(15)}`].map((id): [string, object, object, ReadonlyArray<string>] => [
      `an external id of ${id}`,
      { others: { use: 'external-audience-id' } },
      track('Audience Entered', personas('audience', 'beta', { external_audience_id: id })),
      [
        'context.personas.external_audience_id: found text that is no number; give the audience the number of a static list as its external id'
      ]
    ]),
    [
      'names without a memory',
      { namesField: 'audiences' },
      track('Audience Entered', personas('audience', 'beta')),
      [
        'type: kept back by rule (settings); a rule of this event remembers what was before: fold the events with a memory'
      ],
      'skipped'
    ]
  ])('says %s', (_, audiences, event, expected, weight = 'dropped') => {
    const mapped = mapper(file(audiences))(event)
    expect(said(mapped)).toEqual(expected)
    expect(weights(mapped)).toEqual(expected.map(() => weight))
  })

  it('keeps the names of all audiences in one text, and clears it with the last', () => {
    const fold = folder(file({ namesField: 'audiences', separator: ', ' }))
    const steps: ReadonlyArray<readonly [string, boolean, unknown]> = [
      ['vip', true, 'vip'],
      ['beta', true, 'beta, vip'],
      ['vip', false, 'beta'],
      ['beta', false, null]
    ]
    let memory = noMemory
    for (const [key, isIn, expected] of steps) {
      const [after, mapped] = fold(
        memory,
        track('x', { ...personas('audience', key), properties: { [key]: isIn } }),
        at
      )
      memory = after
      expect(briefs(mapped)).toEqual([write({ audiences: expected }, isIn ? {} : { action: 'updateOnly' })])
    }
  })
})

describe('suppression', () => {
  const out = write({ unsubscribed: true }, { at, consent: 'opt-out' })
  it.each<[string, object, object, ReadonlyArray<unknown>]>([
    ['an opt-out by its usual name', { name: 'Out' }, track('Unsubscribed'), [out]],
    ['in another spelling', { name: 'Out' }, track('opt_out'), [out]],
    [
      'with its reason',
      { name: 'Out', reason: { from: 'properties.why', default: 'asked' } },
      track('Unsubscribed'),
      [write({ unsubscribed: true, unsubscribedReason: 'asked' }, { at, consent: 'opt-out' })]
    ],
    [
      'churn',
      { name: 'Churn', because: 'churn' },
      track('Subscription Cancelled'),
      [write({ marketingSuspended: true }, { at, consent: 'opt-out' })]
    ],
    [
      'fields of one’s own',
      { name: 'Out', when: { event: 'Bye' }, fields: { doNotCall: true, status__c: 'gone' } },
      track('Bye'),
      [write({ doNotCall: true, status__c: 'gone' }, { at, consent: 'opt-out' })]
    ],
    [
      'off lists',
      { name: 'Out', lists: [1001, 'VIP'] },
      track('Unsubscribed'),
      [
        out,
        { _tag: 'RemoveFromList', list: { listId: 1001 }, at },
        { _tag: 'RemoveFromList', list: { name: 'VIP', createIn: null }, at }
      ]
    ],
    ['by a long name', { name: 'Out' }, track(`Unsubscribed${'!'.repeat(87)}`), [out]],
    ['by a name that is too long', { name: 'Out' }, track(`Unsubscribed${'!'.repeat(88)}`), []],
    ['by the name of a page', { name: 'Out' }, { ...track('Unsubscribed'), type: 'page', name: 'Unsubscribed' }, []],
    [
      'off every list',
      { name: 'Out', lists: 'all' },
      track('Unsubscribed'),
      [out, { _tag: 'LeaveLists', except: [], at }]
    ],
    [
      'off all lists',
      { name: 'Out', lists: 'all', except: [1009] },
      track('Unsubscribed'),
      [out, { _tag: 'LeaveLists', except: [1009], at }]
    ],
    [
      'out of programs, to a last status, onto a list of those to leave alone',
      { name: 'Out', programs: [{ program: 1002 }, { program: 1004, status: 'Left' }], addTo: [1009] },
      track('Unsubscribed'),
      [
        out,
        { _tag: 'LeaveProgram', programId: 1002, at },
        { _tag: 'SetProgramStatus', programId: 1004, statusName: 'Left', purpose: 'suppress', at },
        { _tag: 'AddToList', list: { listId: 1009 }, purpose: 'suppress', at }
      ]
    ]
  ])('%s', (_, suppression, event, expected) => {
    expect(briefs(mapper(read({ suppressions: [suppression] }))(event))).toEqual(expected)
  })

  it('what would engage by the same event is left out, and that is said', () => {
    const file = read({
      suppressions: [{ name: 'Out' }],
      rules: [
        {
          name: 'a',
          when: { event: 'Unsubscribed' },
          actions: [
            { do: 'add-to-list', list: 1001 },
            { do: 'write', fields: { city: 'Lyon' } }
          ]
        }
      ]
    })
    const mapped = mapper(file)(track('Unsubscribed'))
    expect(briefs(mapped)).toEqual([write({ unsubscribed: true, city: 'Lyon' }, { at, consent: 'opt-out' })])
    expect(said(mapped)).toEqual([
      'type: kept back by rule (suppression); the event says not to write to this person: what would engage it is left out'
    ])
    expect(weights(mapped)).toEqual(['dropped'])
  })

  it('an opt-in gives consent back, unless the same event takes it', () => {
    const file = read({
      suppressions: [{ name: 'Out' }],
      optIns: [
        {
          name: 'In',
          when: { event: ['Subscribed', 'Unsubscribed'] },
          fields: { unsubscribed: false, unsubscribedReason: null, city: { from: 'properties.city' } }
        }
      ]
    })
    const subscribed = mapper(file)(track('Subscribed'))
    expect(briefs(subscribed)).toEqual([
      write({ unsubscribed: false, unsubscribedReason: null }, { at, consent: 'opt-in' })
    ])
    // What the event does not say is no member, not even an undefined one.
    expect(JSON.parse(JSON.stringify(subscribed))).toStrictEqual(subscribed)
    const both = mapper(file)(track('Unsubscribed'))
    expect(briefs(both)).toEqual([write({ unsubscribed: true }, { at, consent: 'opt-out' })])
    expect(said(both)).toEqual([
      'type: kept back by rule (suppression); a rule of suppressions applies to the same event, and wins'
    ])
    expect(weights(both)).toEqual(['dropped'])
  })
})

describe('what is remembered', () => {
  it('a repeated message asks for no campaign and adds no points again, and that is said', () => {
    const fold = folder(
      read({
        rules: [
          {
            name: 'a',
            when: { event: 'x' },
            actions: [
              { do: 'request-campaign', campaign: 1003 },
              { do: 'add-to-score', field: 'leadScore', points: 5 },
              { do: 'add-to-list', list: 1001 }
            ]
          }
        ]
      })
    )
    const [memory, first] = fold(noMemory, track('x'), at)
    const [, second] = fold(memory, track('x'), at + 1000)
    const tags = (mapped: Mapped) => (mapped._tag === 'Left' ? [] : mapped.right.map(({ _tag }) => _tag))
    expect(tags(first)).toEqual(['UpsertLead', 'RequestCampaign', 'AddToScore', 'AddToList'])
    expect(tags(second)).toEqual(['UpsertLead', 'AddToList'])
    expect(said(second)).toEqual([
      'messageId: kept back by rule (repeated); nothing to mend: this message was counted before'
    ])
    expect(weights(second)).toEqual(['skipped'])
  })

  it.each([
    ['a campaign', { do: 'request-campaign', campaign: 1003 }, 1],
    ['points', { do: 'add-to-score', field: 'leadScore', points: 5 }, 1],
    ['a list', { do: 'add-to-list', list: 1001 }, 2]
  ])('a repeated message: %s', (_, action, expected) => {
    const fold = folder(read({ rules: [{ name: 'a', when: { event: 'x' }, actions: [action] }] }))
    const [memory, first] = fold(noMemory, track('x'), at)
    const [, second] = fold(memory, track('x'), at)
    expect(briefs(first)).toHaveLength(2)
    expect(briefs(second)).toHaveLength(expected)
    // Who is met for nothing that is remembered has no place in the memory.
    expect(memory === noMemory).toBe(expected === 2)
  })

  it('a repeated message is not counted, also beside what is done again, and that is said once', () => {
    const fold = folder(
      read({
        rules: [{ name: 'a', when: { event: 'x' }, actions: [{ do: 'add-to-list', list: 1001 }] }],
        behaviors: [{ name: 'b', when: { event: 'x' }, count: 'logins' }]
      })
    )
    const [memory] = fold(noMemory, track('x'), at)
    const [, second] = fold(memory, track('x'), at)
    expect(briefs(second)).toHaveLength(2)
    expect(said(second)).toEqual([
      'messageId: kept back by rule (repeated); nothing to mend: this message was counted before'
    ])
    expect(weights(second)).toEqual(['skipped'])
  })

  it('a messageId of a hundred characters is one', () => {
    const fold = folder(read({ behaviors: [{ name: 'b', when: { event: 'x' }, count: 'logins' }] }))
    const [memory, mapped] = fold(noMemory, track('x', { messageId: 'm'.repeat(100) }), at)
    expect(briefs(mapped)).toEqual([write({ logins: 1 })])
    const [, none] = fold(memory, track('x', { messageId: 'm'.repeat(101) }), at)
    expect(briefs(none)).toEqual([])
    expect(weights(none)).toEqual(['dropped'])
  })

  describe('a device whose clock runs ahead', () => {
    const late = track('x', { timestamp: '2099-01-01T00:00:00Z' })

    it('takes no points from those who come after it', () => {
      const file = read({
        scores: [
          {
            name: 's',
            to: { way: 'total', field: 'score' },
            halfLifeDays: 1,
            points: [{ when: { event: 'x' }, points: 8 }]
          }
        ]
      })
      const fold = folder(file)
      const [memory, first] = fold(noMemory, late, at)
      const [, second] = fold(memory, track('x', { messageId: 'm2' }), at)
      expect([first, second].map(briefs)).toEqual([[write({ score: 8 })], [write({ score: 16 })]])
    })

    it('has no last time of its own', () => {
      const file = read({ behaviors: [{ name: 'b', when: { event: 'x' }, last: 'lastLogin' }] })
      const [, mapped] = folder(file)(noMemory, late, at)
      expect(briefs(mapped)).toEqual([write({ lastLogin: '2024-05-01T10:00:00Z' })])
    })

    it('has no last word in a batch: an event is no later than it was received', () => {
      const file = read({ audiences: { lists: { vip: 1001 } } })
      const entered = track('Audience Entered', {
        ...personas('audience', 'vip'),
        timestamp: '2099-01-01T00:00:00Z',
        receivedAt: '2024-05-01T09:00:00Z'
      })
      const left = track('Audience Exited', personas('audience', 'vip'))
      const batch = [entered, left].map(mapper(file)).flatMap((mapped) => (mapped._tag === 'Left' ? [] : mapped.right))
      const tags = settle(batch.map((intent) => ({ intent }))).kept.map(({ intent }) => intent._tag)
      expect(tags).toEqual(['RemoveFromList', 'UpsertLead'])
    })
  })

  it('a messageId that Segment would not take is none: nothing is counted, and nothing of it kept', () => {
    const file = read({ behaviors: [{ name: 'b', when: { event: 'x' }, count: 'logins' }] })
    const [memory, mapped] = folder(file)(noMemory, track('x', { messageId: 'm'.repeat(5_000_000) }), at)
    expect(briefs(mapped)).toEqual([])
    expect(said(mapped)).toHaveLength(1)
    expect(JSON.stringify(memory).length).toBeLessThan(1_000)
  })

  it('names of audiences that no field can hold are told, and not remembered', () => {
    const fold = folder(read({ audiences: { namesField: 'audiences' } }))
    const key = 'k'.repeat(40_000)
    const [memory, mapped] = fold(
      noMemory,
      track('x', { ...personas('audience', key), properties: { [key]: true } }),
      at
    )
    expect(said(mapped)).toEqual([
      'fields.audiences: found text; the names of all audiences together are too long for a field: keep them in fields of their own'
    ])
    expect(weights(mapped)).toEqual(['dropped'])
    expect(JSON.stringify(memory).length).toBeLessThan(1_000)
  })

  it('a verdict that could not be given leaves the memory as it was', () => {
    const fold = folder(read({ behaviors: [{ name: 'b', when: { event: 'x' }, count: 'logins' }] }))
    for (let patience = 0; patience < 60; patience += 1) {
      const [memory, mapped] = fold(noMemory, fragile(track('x'), patience), at)
      expect(memory === noMemory).toBe(mapped._tag === 'Left')
    }
  })

  it('nothing is kept of somebody who is deleted', () => {
    const file = read({
      rules: [{ name: 'gone', when: { type: 'delete' }, actions: [{ do: 'delete-lead' }] }],
      scores: [{ name: 's', to: { way: 'total', field: 'score' }, points: [{ when: { event: 'x' }, points: 5 }] }]
    })
    const fold = folder(file)
    const [known] = fold(noMemory, track('x', { userId: 'u1' }), at)
    const [others] = fold(known, track('x', { messageId: 'm2', context: {}, userId: 'u2' }), at)
    const [after, mapped] = fold(others, { type: 'delete', userId: 'u1' }, at)
    expect(briefs(mapped)).toEqual([{ _tag: 'DeleteLead' }])
    expect(JSON.stringify(after)).not.toMatch(/u1|ana/)
    expect(JSON.stringify(after)).toContain('u2')
  })

  it('who is deleted and was never met leaves the memory as it was', () => {
    const file = read({ rules: [{ name: 'gone', when: { type: 'delete' }, actions: [{ do: 'delete-lead' }] }] })
    const [memory, mapped] = folder(file)(noMemory, { type: 'delete', userId: 'u9' }, at)
    expect([memory, briefs(mapped)]).toEqual([noMemory, [{ _tag: 'DeleteLead' }]])
  })

  it('names of audiences have a semicolon between them, and other events leave them alone', () => {
    const fold = folder(
      read({
        audiences: { namesField: 'audiences' },
        behaviors: [{ name: 'b', when: { event: 'y' }, count: 'logins' }]
      })
    )
    const entered = (key: string) => track('x', { ...personas('audience', key), properties: { [key]: true } })
    const [one] = fold(noMemory, entered('vip'), at)
    const [two, mapped] = fold(one, entered('beta'), at)
    expect(briefs(mapped)).toEqual([write({ audiences: 'beta;vip' })])
    expect(briefs(fold(two, track('y', { messageId: 'm2' }), at)[1])).toEqual([write({ logins: 1 })])
  })

  it('after the horizon a message is no longer known', () => {
    const fold = folder(
      read({
        rememberDays: 7,
        scores: [{ name: 's', to: { way: 'total', field: 'score' }, points: [{ when: { event: 'x' }, points: 5 }] }]
      })
    )
    const [memory] = fold(noMemory, track('x'), at)
    const again = (days: number) => briefs(fold(memory, track('x'), at + days * 86_400_000)[1])
    for (const days of [6, 7, 7.25]) expect(again(days)).toEqual([])
    for (const days of [8, 9]) expect(again(days)).toEqual([write({ score: 10 })])
  })

  it('messages of each day within the horizon are known, and none of a day before', () => {
    const fold = folder(read({ rememberDays: 7, behaviors: [{ name: 'b', when: { event: 'x' }, count: 'logins' }] }))
    const came: ReadonlyArray<readonly [day: number, id: string, count: number | undefined]> = [
      [0, 'm1', 1],
      [0, 'm2', 2],
      [7, 'm3', 3],
      [7, 'm1', undefined],
      [8, 'm3', undefined],
      [8, 'm4', 4],
      [8, 'm2', 5]
    ]
    let memory = noMemory
    const counts = came.map(([day, messageId]) => {
      const [after, mapped] = fold(memory, track('x', { messageId }), at + day * 86_400_000)
      memory = after
      const [upsert] = mapped._tag === 'Left' ? [] : mapped.right
      return upsert?._tag === 'UpsertLead' ? upsert.fields.logins : undefined
    })
    expect(counts).toEqual(came.map(([, , count]) => count))
    const ids = ['m1', 'm2', 'm3', 'm4']
    expect(ids.map((id) => JSON.stringify(memory).split(`"${id}"`).length - 1)).toEqual([1, 1, 2, 1])
  })

  it('without a messageId nothing is counted, and that is said', () => {
    const file = read({ behaviors: [{ name: 'b', when: { event: 'x' }, count: 'logins' }] })
    const { messageId: _, ...event } = track('x')
    const [, mapped] = folder(file)(noMemory, event, at)
    expect(briefs(mapped)).toEqual([])
    expect(said(mapped)).toEqual([
      'messageId: is missing; send a messageId of up to 100 characters: without one a repeated event would count twice'
    ])
    const [known] = folder(file)(noMemory, track('x'), at)
    expect(said(folder(file)(known, event, at)[1])).toEqual(said(mapped))
  })

  it('counts behaviours, with the first and the last time, whatever comes late', () => {
    const fold = folder(
      read({
        behaviors: [
          {
            name: 'b',
            when: { event: 'x' },
            count: 'logins',
            first: 'firstLogin',
            last: 'lastLogin',
            done: 'hasLoggedIn'
          }
        ]
      })
    )
    const times = ['2024-05-02T10:00:00Z', '2024-05-03T10:00:00Z', '2024-05-01T10:00:00Z']
    let memory = noMemory
    const all = times.map((timestamp, i) => {
      const [after, mapped] = fold(memory, track('x', { messageId: `m${i}`, timestamp }), at + 4 * 86_400_000)
      memory = after
      return briefs(mapped)[0]
    })
    expect(all.at(-1)).toEqual(
      write({ logins: 3, hasLoggedIn: true, firstLogin: '2024-05-01T10:00:00Z', lastLogin: '2024-05-03T10:00:00Z' })
    )
  })

  it('two people who turn out to be one have one count, one first and one last time', () => {
    const fold = folder(
      read({
        behaviors: [{ name: 'b', when: { event: 'x' }, count: 'logins', first: 'firstLogin', last: 'lastLogin' }]
      })
    )
    const email = { context: { traits: { email: 'ana@example.com' } } }
    const id = { context: {}, userId: 'u1' }
    const days: ReadonlyArray<readonly [object, string | null]> = [
      [email, '2024-05-02'],
      [id, '2024-05-01'],
      [id, '2024-05-04'],
      [{ ...email, userId: 'u1' }, null]
    ]
    let memory = noMemory
    const all = days.map(([who, day], i) => {
      const timestamp = day === null ? undefined : `${day}T10:00:00Z`
      const [after, mapped] = fold(memory, track('x', { ...who, messageId: `m${i}`, timestamp }), at + 4 * 86_400_000)
      memory = after
      const [first] = mapped._tag === 'Left' ? [] : mapped.right
      return first?._tag === 'UpsertLead' ? first.fields : undefined
    })
    expect(all.at(-1)).toEqual({
      logins: 4,
      firstLogin: '2024-05-01T10:00:00Z',
      lastLogin: '2024-05-04T10:00:00Z',
      email: 'ana@example.com',
      userId: 'u1'
    })
  })

  it('a score that halved is told again once, to whoever it is', () => {
    const file = read({
      scores: [
        {
          name: 's',
          to: { way: 'total', field: 'score' },
          halfLifeDays: 1,
          points: [{ when: { event: 'x' }, points: 8 }]
        }
      ]
    })
    const [memory] = folder(file)(noMemory, track('x'), at)
    const refresh = refreshScores(file)
    expect(refresh(memory, at)[1]).toEqual([])
    expect(refresh(memory, at - 86_400_000)[1]).toEqual([])
    const [told, upserts] = refresh(memory, at + 86_400_000)
    expect(upserts.map(brief)).toEqual([write({ score: 4 }, { action: 'updateOnly' })])
    expect(refresh(told, at + 86_400_000)[1]).toEqual([])
    expect(refresh(told, at + 2 * 86_400_000)[1].map(brief)).toEqual([write({ score: 2 }, { action: 'updateOnly' })])
  })

  it('says where the first time alone cannot be told', () => {
    const file = read({ behaviors: [{ name: 'b', when: { event: 'x' }, first: 'firstLogin', done: 'has' }] })
    const [, mapped] = folder(file)(noMemory, track('x', { timestamp: undefined }), at)
    expect(briefs(mapped)).toEqual([write({ has: true })])
    expect(said(mapped).length).toBe(1)
  })

  it('a behaviour without times needs none, and one that the event is not about is not counted', () => {
    const behaviors = [
      { name: 'b', when: { event: 'x' }, count: 'logins', done: 'has' },
      { name: 'c', when: { event: 'y' }, count: 'visits', first: 'firstVisit' }
    ]
    const fold = folder(read({ behaviors }))
    expect(fold(noMemory, track('x', { timestamp: undefined }), at)[1]).toMatchObject({
      _tag: 'Right',
      right: [{ fields: { logins: 1, has: true, email: 'ana@example.com' } }]
    })
    const [, timed] = fold(noMemory, track('y'), at)
    expect(timed._tag).toBe('Right')
    expect(briefs(timed)).toStrictEqual([write({ visits: 1, firstVisit: '2024-05-01T10:00:00Z' })])
  })

  it('says where first and last cannot be told', () => {
    const file = read({ behaviors: [{ name: 'b', when: { event: 'x' }, count: 'logins', last: 'lastLogin' }] })
    const { timestamp: _, ...event } = track('x')
    const [, mapped] = folder(file)(noMemory, event, at)
    expect(briefs(mapped)).toStrictEqual([write({ logins: 1 })])
    expect(weights(mapped)).toEqual(['dropped'])
    expect(said(mapped)).toEqual([
      'timestamp: is missing; send a timestamp: without one nobody knows when this was first and last done'
    ])
  })

  it('two people who turn out to be one stay one, under every key', () => {
    const fold = folder(
      read({
        scores: [{ name: 's', to: { way: 'total', field: 'score' }, points: [{ when: { event: 'x' }, points: 5 }] }]
      })
    )
    const [email, id] = [{ context: { traits: { email: 'ana@example.com' } } }, { context: {}, userId: 'u1' }]
    const other = { context: {}, userId: 'u2' }
    const both = { ...email, userId: 'u1' }
    const scores = [email, id, other, both, { ...email, userId: 'u2' }, id, other, email].map((who, i) =>
      track('x', { ...who, messageId: `m${i}` })
    )
    let memory = noMemory
    const told = scores.map((event) => {
      const [after, mapped] = fold(memory, event, at)
      memory = after
      const [first] = mapped._tag === 'Left' ? [] : mapped.right
      return first?._tag === 'UpsertLead' ? first.fields.score : undefined
    })
    expect(told).toEqual([5, 5, 5, 15, 25, 30, 35, 40])
  })
})

describe('scores', () => {
  const day = 86_400_000
  const x = { event: 'x' }
  const total = { way: 'total', field: 'score' }
  const scored = (points: ReadonlyArray<object>, more: object = {}) => ({
    scores: [{ name: 's', to: total, points, ...more }]
  })

  /** What each event makes of the score, and the memory after: each with a file, a name, its time and when it came. */
  type Step = readonly [file: Recipes, event: string, timestamp: number, now?: number]
  const folded = (steps: ReadonlyArray<Step>) => {
    let memory = noMemory
    const scores = steps.map(([file, event, time, now = time], i) => {
      const [after, mapped] = folder(file)(
        memory,
        track(event, { messageId: `m${i}`, timestamp: new Date(time).toISOString() }),
        now
      )
      memory = after
      const [first] = mapped._tag === 'Left' ? [] : mapped.right
      return first?._tag === 'UpsertLead' ? first.fields.score : said(mapped)
    })
    return { memory, scores }
  }

  // biome-ignore format: table
  it.each<[string, ReadonlyArray<object>, ReadonlyArray<number>]>([
    ['points that are taken, to their cap', [{ when: x, points: -5, cap: { points: -12 } }],                        [-5, -10, -12, -12]],
    ['points that are given, to their cap', [{ when: x, points: 5, cap: { points: 12 } }],                          [5, 10, 12, 12]],
    ['a cap of nothing',                    [{ when: x, points: 5, cap: { points: 0 } }],                           [0, 0]],
    ['two rules, one with a cap',           [{ when: x, points: 5 }, { when: x, points: 7, cap: { points: 10 } }],  [12, 20, 25]],
    ['fractions, told as whole numbers',    [{ when: x, points: 0.4 }],                                             [0, 1, 1, 2]]
  ])('sum up %s', (_, points, expected) => {
    const file = read(scored(points))
    expect(folded(expected.map((): Step => [file, 'x', at])).scores).toEqual(expected)
  })

  it('a cap holds in each span of its days', () => {
    const file = read(scored([{ when: x, points: 5, cap: { points: 5, days: 2 } }]))
    const span = 9_923 * 2 * day
    const times = [span - 1, span, span + 2 * day - 1, span + 2 * day, span - 2 * day]
    expect(folded(times.map((time): Step => [file, 'x', time, span + 9 * day])).scores).toEqual([5, 10, 10, 15, 15])
  })

  it('a cap without days holds for ever', () => {
    const file = read(scored([{ when: x, points: 5, cap: { points: 5 } }], {}))
    expect(folded([0, 60, 120].map((days): Step => [file, 'x', at + days * day])).scores).toEqual([5, 5, 5])
  })

  it('what a span has used up is kept as long as messages are', () => {
    const file = read({ ...scored([{ when: x, points: 5, cap: { points: 5, days: 2 } }]), rememberDays: 1 })
    const span = 9_923 * 2 * day
    const end = span + 2 * day
    const late = (now: number) =>
      folded([
        [file, 'x', span],
        [file, 'x', end, now],
        [file, 'x', span, now],
        [file, 'x', end, now]
      ]).scores
    expect(late(end + day)).toEqual([5, 10, 10, 10])
    expect(late(end + day + 1)).toEqual([5, 10, 15, 15])
  })

  it('what a cap that is gone has used up is forgotten, and what no cap bounds uses none', () => {
    const y = { event: 'y' }
    const before = read(
      scored([
        { when: x, points: 5 },
        { when: y, points: 5, cap: { points: 5, days: 1 } }
      ])
    )
    const others = [
      [{ when: x, points: 5 }],
      [
        { when: x, points: 5 },
        { when: y, points: 5 }
      ],
      [
        { when: x, points: 5 },
        { when: y, points: 5, cap: { points: 5 } }
      ]
    ]
    for (const points of others) {
      const { memory, scores } = folded([
        [before, 'y', at],
        [read(scored(points)), 'x', at]
      ])
      expect(scores).toEqual([5, 10])
      expect(JSON.stringify(memory)).toContain('"used":{}')
    }
    expect(
      JSON.stringify(
        folded([
          [before, 'y', at],
          [before, 'x', at]
        ]).memory
      )
    ).toContain('"used":{"1 19844":5}')
  })

  it('a bound is the least or the most that is told', () => {
    const file = read(
      scored(
        [
          { when: x, points: 5 },
          { when: { event: 'y' }, points: -20 }
        ],
        { least: -3, most: 7 }
      )
    )
    expect(folded(['x', 'x', 'y', 'y', 'x'].map((event): Step => [file, event, at])).scores).toEqual([5, 7, -3, -3, -3])
  })

  it('a score that no rule of the event is about is left alone', () => {
    const other = { name: 'o', to: { way: 'total', field: 'other' }, points: [{ when: { event: 'y' }, points: 1 }] }
    const [memory, mapped] = folder(read({ scores: [...scored([{ when: x, points: 5 }]).scores, other] }))(
      noMemory,
      track('x'),
      at
    )
    expect(briefs(mapped)).toEqual([write({ score: 5 })])
    expect(JSON.parse(JSON.stringify(memory))).toStrictEqual(memory)
    expect(JSON.stringify(memory)).not.toContain('"o"')
  })

  it('what fades to nothing is zero, from either side', () => {
    for (const points of [1, -1]) {
      const file = read(scored([{ when: x, points }], { halfLifeDays: 1 }))
      const [, upserts] = refreshScores(file)(folded([[file, 'x', at]]).memory, at + 9 * day)
      expect(upserts.map(brief)).toEqual([write({ score: 0 }, { action: 'updateOnly' })])
    }
  })

  it('an event without a time counts from when it came', () => {
    const file = read(scored([{ when: x, points: 8 }], { halfLifeDays: 1 }))
    const [memory] = folder(file)(noMemory, track('x', { timestamp: undefined }), at)
    expect(refreshScores(file)(memory, at + day)[1].map(brief)).toEqual([write({ score: 4 }, { action: 'updateOnly' })])
  })

  const asked = (name: string, value: string) => ({
    _tag: 'RequestCampaign',
    campaignId: 1003,
    tokens: [{ name, value }],
    purpose: 'measure',
    at
  })
  const campaign = (token: string) => ({ way: 'campaign', campaign: 1003, token })
  const add = { way: 'add', field: 'leadScore' }
  // biome-ignore format: table
  it.each<[string, object, number, ReadonlyArray<unknown>]>([
    ['a token',                        campaign('points'),        10,   [write({}), asked('{{my.points}}', '+10')]],
    ['a token with its folder',        campaign('my.points'),     1,    [write({}), asked('{{my.points}}', '+1')]],
    ['a token as Marketo writes it',   campaign('{{my.points}}'), -3,   [write({}), asked('{{my.points}}', '-3')]],
    ['a token with dots',              campaign('a.my.b'),        1.5,  [write({}), asked('{{my.a.my.b}}', '+2')]],
    ['no token of no points',          campaign('points'),        0.4,  []],
    ['points to add',                  add,                       -3,   [write({}), { _tag: 'AddToScore', field: 'leadScore', points: -3, least: null, most: null }]],
    ['nothing to add',                 add,                       -0.4, []]
  ])('tell %s', (_, to, points, expected) => {
    const [, mapped] = folder(read(scored([{ when: x, points }], { to })))(noMemory, track('x'), at)
    expect(briefs(mapped)).toEqual(expected)
    if (expected.length === 0) expect(mapped).toMatchObject({ left: [{ _tag: 'Missing', at: ['fields'] }] })
  })
})

describe('a lifecycle', () => {
  const enters = (program: number) => [{ do: 'set-status', program, status: 'Member', create: false }]
  const fold = folder(
    read({
      lifecycles: [
        {
          name: 'l',
          field: 'stage',
          stages: ['Visitor', 'Trial', 'Customer'],
          rules: [
            { when: { event: ['x', 'y'] }, stage: 'Trial', actions: enters(1002) },
            { when: { event: 'x' }, stage: 'Customer', actions: enters(1003) }
          ]
        }
      ],
      behaviors: [{ name: 'b', when: { event: 'z' }, count: 'visits' }]
    })
  )
  const status = { _tag: 'SetProgramStatus', programId: 1003, statusName: 'Member', purpose: 'engage', at }

  it('goes to the furthest stage of an event, and begins what that one begins', () => {
    const [memory, mapped] = fold(noMemory, track('x'), at)
    expect(briefs(mapped)).toEqual([write({ stage: 'Customer' }), status])
    const [, back] = fold(memory, track('y', { messageId: 'm2' }), at)
    expect(briefs(back)).toEqual([])
    expect(said(back)).toEqual([
      'type: kept back by rule (settings); nothing to mend: the person is at this stage of the lifecycle already, or further'
    ])
    expect(weights(back)).toEqual(['skipped'])
  })

  it('is left alone by an event of no stage', () => {
    expect(briefs(fold(noMemory, track('z'), at)[1])).toEqual([write({ visits: 1 })])
  })
})

describe('which rules apply', () => {
  const x = { event: 'x' }
  const file = read({
    suppressions: [{ name: 'out' }, { name: 'bye', when: { event: 'y' } }],
    optIns: [{ name: 'in', when: x }],
    rules: [
      { name: 'r', when: { where: [{ path: 'time', is: '2024-05-01T10:00:00Z' }] }, actions: [{ do: 'delete-lead' }] }
    ],
    scores: [
      {
        name: 's',
        to: { way: 'total', field: 'score' },
        points: [
          { when: x, points: 1 },
          { when: { event: 'y' }, points: 1 }
        ]
      }
    ],
    lifecycles: [{ name: 'l', field: 'stage', stages: ['a'], rules: [{ when: x, stage: 'a' }] }],
    behaviors: [{ name: 'b', when: { event: 'y' }, count: 'n' }]
  })
  const of = (section: string, name: string) => ({ section, name })
  const all = [
    of('suppressions', 'out'),
    of('suppressions', 'bye'),
    of('optIns', 'in'),
    of('rules', 'r'),
    of('scores', 's'),
    of('lifecycles', 'l'),
    of('behaviors', 'b')
  ]

  it('are named in the order in which they are asked', () => {
    expect(ruleNames(file)).toEqual(all)
    expect(ruleNames(read({}))).toEqual([])
    expect(ruleNames(read({ rules: file.rules ?? [] }))).toEqual([of('rules', 'r')])
    expect(ruleNames(read({ optIns: file.optIns ?? [] }))).toEqual([of('optIns', 'in')])
  })

  it.each<[string, unknown, ReadonlyArray<object>]>([
    ['x', track('x'), [of('optIns', 'in'), of('rules', 'r'), of('scores', 's'), of('lifecycles', 'l')]],
    [
      'y, without a time',
      track('y', { timestamp: undefined }),
      [all[1] ?? {}, of('scores', 's'), of('behaviors', 'b')]
    ],
    ['an opt-out', track('Unsubscribed', { timestamp: 0 }), [of('suppressions', 'out')]],
    ['what is no event', { type: 'track' }, []],
    ['what cannot be read', fragile(track('x'), 0), []]
  ])('are told for %s', (_, event, expected) => {
    expect(rulesFor(file)(event)).toEqual(expected)
  })
})

describe('a list against what should be on it', () => {
  it('takes off who is too much, and then adds who is missing', () => {
    const id = read({}).munchkinId
    const list = { name: 'VIP', createIn: null }
    const about = (value: number) => ({ munchkinId: id, lead: { lookupField: 'id', value }, list, at: null })
    const changes = listDiff(id, list, [1, 2, 2, 3], new Set([2, 4, 5]))
    expect(changes).toEqual([
      { _tag: 'RemoveFromList', ...about(4) },
      { _tag: 'RemoveFromList', ...about(5) },
      { _tag: 'AddToList', ...about(1), purpose: 'engage' },
      { _tag: 'AddToList', ...about(3), purpose: 'engage' }
    ])
    const batch = changes.map((intent) => ({ intent }))
    expect(settle(batch)).toEqual({ kept: batch, left: [] })
  })
})

describe('scores that are told again', () => {
  const x = { event: 'x' }
  const score = (name: string, more: object = {}) => ({
    name,
    to: { way: 'total', field: name },
    points: [{ when: { event: name }, points: 8 }],
    ...more
  })

  it('are those that fade, of whoever has one, and are kept by Marketo as a number', () => {
    const add = { to: { way: 'add', field: 'leadScore' }, halfLifeDays: 1 }
    const scores = [score('fading', { halfLifeDays: 1 }), score('added', add), score('steady')]
    const file = read({ scores, behaviors: [{ name: 'b', when: x, count: 'n' }] })
    const steps = ['added', 'steady', 'x'].map((event, i) => track(event, { userId: `u${i}`, context: {} }))
    const memory = [...steps, track('fading')].reduce((so, event) => folder(file)(so, event, at)[0], noMemory)
    const lower = read({ scores: [scores[0], scores[1], score('steady', { most: 5 })] })
    const upserts = refreshScores(lower)(memory, at + 86_400_000)[1]
    expect(upserts.map(brief)).toEqual([write({ fading: 4 }, { action: 'updateOnly' })])
  })
})

describe('two people who turn out to be one', () => {
  const day = 86_400_000
  const x = { event: 'x' }
  const email = { context: { traits: { email: 'ana@example.com' } } }
  const id = { context: {}, userId: 'u1' }
  const both = { ...email, userId: 'u1' }
  const total = { way: 'total', field: 'score' }
  const score = (more: object = {}, points: object = {}) => ({
    scores: [{ name: 's', to: total, points: [{ when: x, points: 5, ...points }], ...more }]
  })
  const login = { behaviors: [{ name: 'b', when: { event: 'login' }, first: 'first', last: 'last', count: 'logins' }] }
  const stages = {
    lifecycles: [
      {
        name: 'l',
        field: 'stage',
        stages: ['Trial', 'Customer'],
        rules: ['Trial', 'Customer'].map((stage) => ({ when: { event: stage }, stage }))
      }
    ]
  }
  const names = { audiences: { namesField: 'audiences' } }
  const told = (key: string, isIn: boolean, who: object) => ({
    ...track('y', { ...who, properties: { [key]: isIn } }),
    context: { ...personas('audience', key).context, ...('userId' in who && who !== both ? { traits: {} } : {}) }
  })
  const first = '2024-05-01T10:00:00Z'
  const second = '2024-05-02T10:00:00Z'
  const never = { timestamp: undefined }

  it.each<[string, object, ReadonlyArray<object>, object | undefined]>([
    [
      'a stage of the second',
      { ...stages, ...login },
      [track('login', email), track('Customer', id), track('Trial', both)],
      undefined
    ],
    [
      'a stage of the first',
      { ...stages, ...login },
      [track('Customer', email), track('login', id), track('Trial', both)],
      undefined
    ],
    [
      'a score of the second',
      { ...score(), ...login },
      [track('login', email), track('x', id), track('x', both)],
      { score: 10 }
    ],
    [
      'caps of both',
      score({}, { cap: { points: 12 } }),
      [track('x', email), track('x', id), track('x', both)],
      { score: 12 }
    ],
    [
      'a cap of the second',
      { ...score({}, { cap: { points: 8 } }), ...login },
      [track('login', email), track('x', id), track('x', both)],
      { score: 8 }
    ],
    [
      'scores that fade',
      score({ halfLifeDays: 1 }),
      [track('x', email), track('x', { ...id, timestamp: second }), track('x', { ...both, timestamp: second })],
      { score: 13 }
    ],
    [
      'a time of the first alone',
      login,
      [
        track('login', { ...email, timestamp: first }),
        track('login', { ...id, ...never }),
        track('login', { ...both, ...never })
      ],
      { logins: 3, first, last: first }
    ],
    [
      'a time of the second alone',
      login,
      [
        track('login', { ...email, ...never }),
        track('login', { ...id, timestamp: first }),
        track('login', { ...both, ...never })
      ],
      { logins: 3, first, last: first }
    ],
    [
      'audiences, by the alphabet, each once',
      names,
      [
        told('vip', true, email),
        told('zeta', true, email),
        told('beta', true, id),
        told('zeta', true, id),
        told('vip', false, both)
      ],
      { audiences: 'beta;zeta' }
    ]
  ])('have %s', (_, file, events, expected) => {
    const fold = folder(read(file))
    let memory = noMemory
    const all = events.map((event, i) => {
      const [after, mapped] = fold(memory, { ...event, messageId: `m${i}` }, at + 2 * day)
      memory = after
      const [upsert] = mapped._tag === 'Left' ? [] : mapped.right
      return upsert?._tag === 'UpsertLead' ? upsert.fields : undefined
    })
    const ids = { email: 'ana@example.com', userId: 'u1' }
    expect(all.at(-1)).toEqual(expected === undefined ? undefined : { ...expected, ...ids })
  })

  it('have seen what either saw, on any day', () => {
    const fold = folder(read(score()))
    const came: ReadonlyArray<readonly [who: object, messageId: string, day: number, score: number | undefined]> = [
      [email, 'a', 0, 5],
      [id, 'b', 0, 5],
      [id, 'c', 1, 10],
      [both, 'd', 2, 20],
      [both, 'a', 2, undefined],
      [email, 'b', 2, undefined],
      [id, 'c', 2, undefined],
      [email, 'e', 2, 25]
    ]
    let memory = noMemory
    const scores = came.map(([who, messageId, days]) => {
      const [after, mapped] = fold(memory, track('x', { ...who, messageId }), at + days * day)
      memory = after
      const [upsert] = mapped._tag === 'Left' ? [] : mapped.right
      return upsert?._tag === 'UpsertLead' ? upsert.fields.score : undefined
    })
    expect(scores).toEqual(came.map(([, , , expected]) => expected))
  })
})

it('the keys of whoever is joined to another lead there, also those that the event does not name', () => {
  const file = read({
    scores: [{ name: 's', to: { way: 'total', field: 'score' }, points: [{ when: { event: 'x' }, points: 5 }] }]
  })
  const fold = folder(file)
  const who = (email: string, userId: string) => ({ userId, context: { traits: { email } } })
  const all = [
    who('ana@example.com', 'u1'),
    who('bo@example.com', 'u2'),
    who('ana@example.com', 'u2'),
    { context: { traits: { email: 'bo@example.com' } } }
  ]
  let memory = noMemory
  const told = all.map((one, i) => {
    const [after, mapped] = fold(memory, track('x', { ...one, messageId: `m${i}` }), at)
    memory = after
    const [first] = mapped._tag === 'Left' ? [] : mapped.right
    return first?._tag === 'UpsertLead' ? first.fields.score : undefined
  })
  expect(told).toEqual([5, 5, 15, 20])
})

describe('a batch', () => {
  const lead = { lookupField: 'email', value: 'ana@example.com' }
  const idOf = { lookupField: 'userId', value: 'u1' }
  const id = read({}).munchkinId
  const both: Intent = {
    _tag: 'UpsertLead',
    munchkinId: id,
    lead,
    fields: { email: 'ana@example.com', userId: 'u1' },
    action: 'createOrUpdate',
    partitionName: null
  }
  const add = (time: number | null, who = lead): AddToList => ({
    _tag: 'AddToList',
    munchkinId: id,
    lead: who,
    list: { listId: 1001 },
    purpose: 'engage',
    at: time
  })
  const drop = (time: number | null, who = lead): RemoveFromList => ({
    _tag: 'RemoveFromList',
    munchkinId: id,
    lead: who,
    list: { listId: 1001 },
    at: time
  })
  const leave = (time: number | null): Intent => ({ _tag: 'LeaveLists', munchkinId: id, lead, except: [], at: time })
  const status = (time: number | null): Intent => ({
    _tag: 'SetProgramStatus',
    munchkinId: id,
    lead,
    programId: 1002,
    statusName: 'Member',
    purpose: 'engage',
    at: time
  })
  const quit = (time: number): LeaveProgram => ({
    _tag: 'LeaveProgram',
    munchkinId: id,
    lead,
    programId: 1002,
    at: time
  })
  const onNamed = (name: string): Intent => ({ ...add(1), list: { name, createIn: null } })
  const offNamed = (name: string): Intent => ({ ...drop(2), list: { name, createIn: null } })
  const upsert = (fields: Fields, more: Partial<UpsertLead> = {}): Intent => ({ ...both, fields, ...more })
  const optOut = (time: number | null): Intent => upsert({ unsubscribed: true }, { consent: 'opt-out', at: time })
  const optIn = (time: number | null): Intent => upsert({ unsubscribed: false }, { consent: 'opt-in', at: time })
  const suppress: Intent = { ...add(1), purpose: 'suppress' }
  const score: Intent = {
    _tag: 'AddToScore',
    munchkinId: id,
    lead,
    field: 'leadScore',
    points: 1,
    least: null,
    most: null
  }
  const gone: Intent = { _tag: 'DeleteLead', munchkinId: id, lead }
  const company: Intent = { _tag: 'SyncCompany', munchkinId: id, externalCompanyId: 'c', fields: {} }
  it.each<[string, ReadonlyArray<Intent>, ReadonlyArray<Intent>]>([
    ['off twice: the later one', [drop(2), drop(1)], [drop(2)]],
    ['off twice, the other way round: the later one', [drop(1), drop(2)], [drop(2)]],
    ['off twice at one time: the last', [both, drop(1), drop(1, idOf)], [drop(1, idOf), both]],
    ['on twice at one time: the last', [both, add(1), add(1, idOf)], [both, add(1, idOf)]],
    ['lists of two names', [onNamed('a'), offNamed('b')], [offNamed('b'), onNamed('a')]],
    ['lists of one name', [onNamed('a'), offNamed('a')], [offNamed('a')]],
    ['two programs', [status(1), { ...quit(2), programId: 1003 }], [{ ...quit(2), programId: 1003 }, status(1)]],
    ['two statuses: both', [status(1), status(2)], [status(1), status(2)]],
    ['a status, and off everything: both', [status(1), leave(2)], [leave(2), status(1)]],
    ['a status without a time', [status(null)], [status(null)]],
    ['a status, and out at one time: out', [status(1), quit(1)], [quit(1)]],
    ['on, and off everything at one time: off', [add(1), leave(1)], [leave(1)]],
    ['on, then off everything twice: off', [leave(3), leave(1), add(2)], [leave(3), leave(1)]],
    ['off everything without a time', [leave(null), add(2)], [leave(null)]],
    ['off everything comes first', [add(2), leave(1)], [leave(1), add(2)]],
    ['an opt-out, and on', [add(2), optOut(1)], [optOut(1)]],
    ['an opt-out without a time, and an opt-in', [optOut(null), optIn(1), add(2)], [optOut(null), upsert({})]],
    ['an opt-in without a time, and on', [optIn(null), add(1)], [optIn(null), add(1)]],
    ['an opt-in without a time, and an opt-out', [optOut(1), optIn(null), add(2)], [optOut(1), upsert({})]],
    ['an opt-out and an opt-in at one time: out', [optOut(1), optIn(1), add(2)], [optOut(1), upsert({})]],
    ['an opt-out, and what does not engage', [optOut(1), suppress, score, gone], [optOut(1), suppress, score, gone]],
    ['an opt-out, and a later write', [optOut(1), upsert({}, { at: 2 }), add(3)], [optOut(1), upsert({}, { at: 2 })]],
    [
      'an opt-out, and what says so besides',
      [optOut(1), upsert({ doNotCall: true })],
      [optOut(1), upsert({ doNotCall: true })]
    ],
    ['what is about nobody', [company, optOut(1)], [company, optOut(1)]],
    [
      'an opt-out that was taken back, and what came with it',
      [upsert({ unsubscribed: true, city: 'Lyon' }, { consent: 'opt-out', at: 1 }), optIn(2), add(3)],
      [upsert({ city: 'Lyon' }), optIn(2), add(3)]
    ],
    [
      'under two keys of one browser',
      [
        upsert({ anonymousId: 'a1', email: 'ana@example.com' }, { lead: idOf }),
        add(1),
        drop(2, { lookupField: 'anonymousId', value: 'a1' })
      ],
      [
        drop(2, { lookupField: 'anonymousId', value: 'a1' }),
        upsert({ anonymousId: 'a1', email: 'ana@example.com' }, { lead: idOf })
      ]
    ],
    ...['Lyon', '', null].map((city): [string, ReadonlyArray<Intent>, ReadonlyArray<Intent>] => [
      `under keys of two people of one city, ${city}`,
      [upsert({ city, email: '' }), upsert({ city, email: '' }, { lead: idOf }), add(1), drop(2, idOf)],
      [drop(2, idOf), upsert({ city, email: '' }), upsert({ city, email: '' }, { lead: idOf }), add(1)]
    ]),
    [
      'under keys of two people without an address',
      [upsert({ email: null }), upsert({ email: null }, { lead: idOf }), add(1), drop(2, idOf)],
      [drop(2, idOf), upsert({ email: null }), upsert({ email: null }, { lead: idOf }), add(1)]
    ],
    [
      'under keys of two people who are both true',
      [upsert({ userId: true }), upsert({ userId: true }, { lead: idOf }), add(1), drop(2, idOf)],
      [drop(2, idOf), upsert({ userId: true }), upsert({ userId: true }, { lead: idOf }), add(1)]
    ],
    [
      'under a number of one person',
      [upsert({ userId: 7 }), add(1), drop(2, { lookupField: 'userId', value: '7' })],
      [drop(2, { lookupField: 'userId', value: '7' }), upsert({ userId: 7 })]
    ],
    ['on and then off: off', [add(1), drop(2)], [drop(2)]],
    ['off and then on: on', [drop(1), add(2)], [add(2)]],
    ['at one time: off', [add(1), drop(1)], [drop(1)]],
    ['arrived in the other order', [drop(2), add(1)], [drop(2)]],
    ['without a time, off wins', [drop(null), add(2)], [drop(null)]],
    ['without a time, on loses', [add(null), drop(1)], [drop(1)]],
    ['on, without a time, and nothing else', [add(null)], [add(null)]],
    ['on, without a time, and off everything', [add(null), leave(1)], [leave(1)]],
    ['the same twice', [add(1), add(2)], [add(2)]],
    ['under two keys of one person', [both, add(1), drop(2, idOf)], [drop(2, idOf), both]],
    ['under keys of two people', [add(1), drop(2, idOf)], [drop(2, idOf), add(1)]],
    ['on, then off everything', [add(1), leave(2)], [leave(2)]],
    ['off everything, then on', [leave(1), add(2)], [leave(1), add(2)]],
    ['into a program, then out', [status(1), quit(2)], [quit(2)]],
    ['out of a program, then in', [quit(1), status(2)], [quit(1), status(2)]],
    [
      'of another instance',
      [{ ...add(1), munchkinId: read({ munchkinId: '123-ABC-456' }).munchkinId }, drop(2)],
      [drop(2), { ...add(1), munchkinId: read({ munchkinId: '123-ABC-456' }).munchkinId }]
    ]
  ])('%s', (_, batch, expected) => {
    const { kept, left } = settle(batch.map((intent) => ({ intent })))
    expect(kept.map(({ intent }) => intent)).toEqual(expected)
    expect(left.length).toBe(batch.length - expected.length)
  })

  it.each<[string, ReadonlyArray<Intent>, number]>([
    ['(suppression); the person asks not to be written to in the same batch', [add(2), optOut(1)], 0],
    ['(batch); the same batch takes the person off again', [add(1), drop(2)], 0],
    ['(batch); the same batch takes the person off again', [status(1), quit(2)], 0],
    ['(batch); the same batch puts the person back on later', [drop(1), add(2)], 0],
    ['(batch); the same batch takes the person off every list later', [add(1), leave(2)], 0],
    ['(batch); the same batch asks for the same once more', [add(1), add(2)], 0],
    ['(batch); the same batch asks for the same once more', [drop(2), drop(1)], 1]
  ])('says what is left out and why: %s', (why, batch, position) => {
    const items = batch.map((intent, n) => ({ n, intent }))
    const { left } = settle(items)
    expect(left.map(({ item }) => item)).toEqual([items[position]])
    expect(left.map(({ problem }) => describeProblem(problem))).toEqual([`_tag: kept back by rule ${why}`])
    expect(left.map(({ problem }) => problem.weight)).toEqual(['skipped'])
  })
})
