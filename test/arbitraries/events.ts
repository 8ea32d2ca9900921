/**
 * Events to try the laws on: realistic ones as libraries send them, and hostile ones as JavaScript allows them.
 *
 * Realistic events are plain JSON. Traits come in all spellings and sometimes hold the wrong kind of value. `oddValue` is any value
 * that lies still; `hostileValue` adds those whose own getters and traps throw or change their answer.
 */
import { createContext, runInContext } from 'node:vm'
import * as fc from 'fast-check'

/** Any JSON value, a few levels deep; objects may have keys such as `__proto__`. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | ReadonlyArray<JsonValue>
  | { readonly [key: string]: JsonValue }

/** A JSON object. */
export type JsonRecord = { readonly [key: string]: JsonValue }

const finite = fc.oneof(
  fc.integer(),
  fc.double({ noDefaultInfinity: true, noNaN: true }).map((n) => (n === 0 ? 0 : n))
)

const prototypeKeys = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf'] as const

/** Keys that are also names of every object's inherited members. */
export const prototypeKey = fc.constantFrom(...prototypeKeys)

const key = fc.oneof({ weight: 8, arbitrary: fc.string({ maxLength: 12 }) }, { weight: 1, arbitrary: prototypeKey })

/** An object whose keys are all its own, `__proto__` too, as JSON.parse makes it. */
const recordFrom = <A>(entries: ReadonlyArray<readonly [string, A]>): Record<string, A> => Object.fromEntries(entries)

/** The members of several objects as one object's own, `__proto__` too, which assigning would lose; later ones count. */
export const merged = (...records: ReadonlyArray<unknown>): Record<string, unknown> =>
  Object.fromEntries(
    records.flatMap((record) => (typeof record === 'object' && record !== null ? Object.entries(record) : []))
  )

/** Any JSON value. */
export const jsonValue: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue; list: JsonValue; object: JsonValue }>(
  (tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constant(null),
      fc.boolean(),
      finite,
      fc.string({ unit: 'binary' }),
      tie('list'),
      tie('object')
    ),
    list: fc.array(tie('value'), { maxLength: 4 }),
    object: fc.array(fc.tuple(key, tie('value')), { maxLength: 5 }).map(recordFrom)
  })
).value

/** Any JSON object. */
export const jsonObject: fc.Arbitrary<JsonRecord> = fc.array(fc.tuple(key, jsonValue), { maxLength: 6 }).map(recordFrom)

const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`)

/** One of the ways in which people spell a trait. */
export const spellingOf = (name: string): fc.Arbitrary<string> => {
  const snake = snakeCase(name)
  return fc.oneof(
    { weight: 6, arbitrary: fc.constant(name) },
    {
      weight: 4,
      arbitrary: fc.constantFrom(
        snake,
        snake.toUpperCase(),
        snake.split('_').join('-'),
        snake.split('_').join(' '),
        `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`
      )
    }
  )
}

const word = fc.constantFrom(
  'Ana',
  'Zoë',
  'de',
  'la',
  'Cruz',
  'O’Brien',
  'van',
  'Дарья',
  '美咲',
  'Ngũgĩ',
  'Jean-Luc',
  '😀'
)
const gap = fc.constantFrom(' ', ' ', ' ', '  ', '\t', '\u00a0', '\u3000', '\u0085', '\u2009 ', '\r\n')
const edge = fc.constantFrom('', '', '', ' ', '  ', '\u00a0', '\n')

/** A name as somebody typed it: words and the white space between them. */
export const nameText: fc.Arbitrary<string> = fc
  .tuple(edge, fc.array(fc.tuple(word, gap), { maxLength: 4 }), word, edge)
  .map(([before, words, last, after]) => `${before}${words.map(([w, g]) => w + g).join('')}${last}${after}`)

/** White space only. */
export const blankText: fc.Arbitrary<string> = fc.array(gap, { maxLength: 3 }).map((gaps) => gaps.join(''))

const emailText = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('ana@corp.test', 'Zoe+news@Example.test', 'u@corp.test') },
  { weight: 1, arbitrary: fc.constantFrom(' Ana@Corp.Test ', 'not-an-email', 'a@b') }
)

const digits = { minLength: 4, maxLength: 10 } as const
const id = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'abcdef0123456789-'), ...digits }),
  fc.uuid(),
  fc.nat(),
  emailText
)

const dayText = fc
  .tuple(fc.integer({ min: 1940, max: 2030 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 31 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join('-'))

const timeText = fc
  .tuple(dayText, fc.constantFrom('T10:00:00Z', 'T05:06:07.123+02:00', ' 03:04:05', 'T23:59', ''))
  .map(([day, time]) => day + time)

const time = fc.oneof(
  { weight: 6, arbitrary: timeText },
  { weight: 1, arbitrary: fc.constantFrom<JsonValue>(1714557600, 1714557600000, '1714557600', 'soon', '', null) }
)

const parts = (names: ReadonlyArray<readonly [string, fc.Arbitrary<JsonValue>]>): fc.Arbitrary<JsonRecord> =>
  fc
    .tuple(
      ...names.map(([name, value]) =>
        fc.option(
          fc.tuple(spellingOf(name), fc.oneof({ weight: 9, arbitrary: value }, { weight: 1, arbitrary: jsonValue }))
        )
      )
    )
    .map((entries) => recordFrom(entries.flatMap((entry) => (entry === null ? [] : [entry]))))

const city: fc.Arbitrary<JsonValue> = fc.constantFrom('Lyon', 'Eugene', 'Ōsaka', '')
const postalCode: fc.Arbitrary<JsonValue> = fc.constantFrom<JsonValue>('69001', '97405', 97405, '')

const address: fc.Arbitrary<JsonValue> = fc.oneof(
  { weight: 1, arbitrary: fc.constant('1 Main, Lyon') },
  {
    weight: 4,
    arbitrary: parts([
      ['street', fc.constant('1 Main')],
      ['city', city],
      ['state', fc.constantFrom('OR', 'ARA')],
      ['country', fc.constantFrom('FR', 'US')],
      ['postalCode', postalCode],
      ['zip', postalCode]
    ])
  }
)

const company: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.constant('Acme'),
  parts([
    ['name', fc.constant('Acme')],
    ['id', fc.nat()]
  ])
)

const custom = fc.array(fc.tuple(fc.constantFrom('plan', 'seats', 'favoriteColor', 'a.b', 'id'), jsonValue), {
  maxLength: 3
})

/** Traits as identify calls have them: standard ones in some spelling, a few of one's own, now and then a wrong kind of value. */
export const traits: fc.Arbitrary<JsonRecord> = fc
  .tuple(
    parts([
      ['email', emailText],
      ['firstName', nameText],
      ['lastName', nameText],
      ['name', nameText],
      ['gender', fc.constantFrom('f', 'Male', '')],
      ['phone', fc.constantFrom<JsonValue>('+1 555 0100', 5550100, '', null)],
      ['phones', fc.array(fc.constantFrom<JsonValue>('+1 555 0101', '', null), { maxLength: 2 })],
      ['birthday', fc.oneof(timeText, fc.constantFrom<JsonValue>(636508800, '03/04/1990', '1990-02-31'))],
      ['company', company],
      ['address', address],
      ['title', fc.constant('CTO')],
      ['website', fc.constant('https://a.test')],
      ['industry', fc.constant('Tech')]
    ]),
    custom
  )
  .map(([standard, own]) => ({ ...standard, ...recordFrom(own) }))

/** URLs of pages as analytics.js sends them. */
export const pageUrlText: fc.Arbitrary<string> = fc.oneof(
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  fc.constantFrom('/pricing?plan=pro', 'https://shop.test/a b?q=c d#top', '//cdn.test/x', '')
)

const page = parts([
  ['url', pageUrlText],
  ['path', fc.constantFrom('/', '/a')],
  ['search', fc.constantFrom('', '?a=1')],
  ['title', fc.constant('Pricing')],
  ['referrer', fc.constantFrom('', 'https://r.test/')]
])

const marketo = fc.oneof(
  fc.constant({ marketoCookie: 'id:561-HYG-937&token:_mch-example.com-1374552656411-90718' }),
  fc.constant({ cookieId: 'c-1' }),
  fc.constantFrom<JsonValue>(true, false, null)
)

const subscription = parts([
  ['key', emailText],
  ['type', fc.constantFrom('EMAIL', 'sms', 'WhatsApp', 'post')],
  ['status', fc.constantFrom('SUBSCRIBED', 'unsubscribed', 'DID_NOT_SUBSCRIBE', 'did-not-subscribe', 'maybe')]
])

const personas = fc.record(
  {
    computation_class: fc.constantFrom('audience', 'journey_step', 'trait', 'Default'),
    computation_key: fc.constantFrom('vip', 'plan'),
    external_audience_id: fc.constantFrom<JsonValue>('1042', 1042)
  },
  { requiredKeys: [], noNullPrototype: true }
)

/** The object, or what libraries send instead of an empty one. */
const orEmpty = (record: fc.Arbitrary<JsonRecord>): fc.Arbitrary<JsonValue> =>
  fc.oneof({ weight: 9, arbitrary: record }, { weight: 1, arbitrary: fc.constantFrom<JsonValue>([], null, {}) })

const context: fc.Arbitrary<JsonRecord> = fc.record<JsonRecord>(
  {
    traits: orEmpty(traits),
    page: orEmpty(page),
    userAgent: fc.constant('Mozilla/5.0 (X11; Linux x86_64)'),
    user_agent: fc.constant('curl/8'),
    ip: fc.constantFrom('192.0.2.1', '2001:db8::1'),
    locale: fc.constant('en-US'),
    campaign: fc.constant({ name: 'spring', source: 'news', medium: 'email' }),
    groupId: id,
    Marketo: marketo,
    personas,
    messaging_subscriptions: fc.array(subscription, { maxLength: 2 }),
    externalIds: fc.array(
      fc.record(
        { id, type: fc.constant('crm'), collection: fc.constant('users'), encoding: fc.constant('none') },
        { noNullPrototype: true }
      ),
      { maxLength: 2 }
    )
  },
  { requiredKeys: [], noNullPrototype: true }
)

const integrations: fc.Arbitrary<JsonRecord> = fc.record<JsonRecord>(
  {
    All: fc.boolean(),
    Marketo: marketo,
    'Marketo V2': fc.boolean(),
    'marketo v2': fc.boolean(),
    Salesforce: fc.boolean()
  },
  { requiredKeys: [], noNullPrototype: true }
)

const common = {
  userId: fc.oneof({ weight: 8, arbitrary: id }, { weight: 1, arbitrary: fc.constantFrom<JsonValue>(null, '', ' ') }),
  anonymousId: id,
  sessionId: id,
  messageId: fc.uuid(),
  timestamp: time,
  originalTimestamp: time,
  receivedAt: time,
  sentAt: time,
  context: orEmpty(context),
  integrations: orEmpty(integrations),
  channel: fc.constant('server')
}

/** A call of one type: `needed` is always there, `own` and the common fields now and then. */
const call = <T extends string>(
  type: T,
  needed: Readonly<Record<string, fc.Arbitrary<JsonValue>>>,
  own: Readonly<Record<string, fc.Arbitrary<JsonValue>>>
): fc.Arbitrary<JsonRecord & { readonly type: T }> =>
  fc
    .tuple(
      fc.record<JsonRecord>(needed, { noNullPrototype: true }),
      fc.record<JsonRecord>({ ...common, ...own }, { requiredKeys: [], noNullPrototype: true }),
      fc.constantFrom('first', 'last')
    )
    .map(([must, may, place]) => (place === 'first' ? { type, ...may, ...must } : { ...may, ...must, type }))

const eventName = fc.oneof(
  fc.constantFrom('Order Completed', 'Audience Entered', 'trial_started'),
  fc.string({ minLength: 1 })
)

const properties = fc
  .tuple(parts([['email', emailText]]), jsonObject, fc.constantFrom<JsonRecord>({}, { vip: true }, { vip: 'false' }))
  .map(([standard, own, flag]) => ({ ...own, ...standard, ...flag }))

/** An identify call that decodes. */
export const identifyEvent = call('identify', {}, { traits: orEmpty(traits) })

/** A track call that decodes. */
export const trackEvent = call('track', { event: eventName }, { properties: orEmpty(properties) })

const view = { properties: orEmpty(page), name: fc.constant('Pricing'), category: fc.constant('Docs') }

/** A page call that decodes. */
export const pageEvent = call('page', {}, view)

/** A screen call that decodes. */
export const screenEvent = call('screen', {}, view)

const neededId = fc.oneof(fc.uuid(), fc.nat())

/** A group call that decodes. */
export const groupEvent = call('group', { groupId: neededId }, { traits: orEmpty(traits) })

/** An alias call that decodes. */
export const aliasEvent = call('alias', { userId: neededId }, { previousId: id })

/** A delete call that decodes. */
export const deleteEvent = call('delete', { userId: neededId }, { email: emailText })

/** Any call that decodes. */
export const anyEvent = fc.oneof(
  { weight: 4, arbitrary: identifyEvent },
  { weight: 3, arbitrary: trackEvent },
  { weight: 2, arbitrary: pageEvent },
  { weight: 1, arbitrary: screenEvent },
  { weight: 1, arbitrary: groupEvent },
  { weight: 1, arbitrary: aliasEvent },
  { weight: 1, arbitrary: deleteEvent }
)

/** The same JSON value made in another realm, where `Object` and `Array` are not ours. */
export const foreign: (value: unknown) => unknown = (() => {
  const parse: (text: string) => unknown = runInContext('(text) => JSON.parse(text)', createContext({}))
  return (value: unknown) => parse(JSON.stringify(value))
})()

/** A value and all that it holds, frozen. */
export const deepFrozen = <A>(value: A): A => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    Object.values(value).forEach(deepFrozen)
  }
  return value
}

const nested = (depth: number, wrap: (inner: unknown) => unknown): unknown => {
  let value: unknown = 1
  for (let i = 0; i < depth; i += 1) value = wrap(value)
  return value
}

const cyclic = (): unknown => {
  const ring: Record<string, unknown> = { email: 'ana@corp.test' }
  ring.self = ring
  ring.list = [ring]
  return ring
}

const changing = (): unknown => {
  let reads = 0
  const answers = ['ana@corp.test', 7, null, { email: 'x@y.test' }, []]
  const next = (): unknown => answers[(reads += 1) % answers.length]
  return {
    get email() {
      return next()
    },
    get firstName() {
      return next()
    },
    get address() {
      return next()
    },
    get type() {
      return reads % 2 === 0 ? 'track' : 'identify'
    }
  }
}

class Account {
  email = 'ana@corp.test'
  get firstName(): string {
    return 'Ana'
  }
}

/** Values that lie still but that JSON does not know, or that are too big, too deep or too strange. */
export const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: jsonValue },
  {
    weight: 2,
    arbitrary: fc.constantFrom<unknown>(undefined, Number.NaN, Number.POSITIVE_INFINITY, -0, Symbol('s'), 10n, () => 1)
  },
  { weight: 1, arbitrary: fc.constantFrom('\ud800', 'a\udc00b', '\u0000', 'a\u0000b', '\u202eabc', '%', 'a@b.c\r\nd') },
  { weight: 1, arbitrary: fc.array(fc.tuple(prototypeKey, jsonValue), { maxLength: 4 }).map(recordFrom) },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom<() => unknown>(
        () => 'x'.repeat(100_000),
        () => nested(3_000, (inner) => ({ a: inner })),
        () => nested(3_000, (inner) => [inner]),
        cyclic,
        () => new Date(Number.NaN),
        () => new Map([['email', 'a']]),
        () => Object('boxed'),
        () => Object.assign(Object.create(null), { email: 'ana@corp.test' }),
        () => Object.create({ email: 'inherited@corp.test', type: 'identify' }),
        () => new Account(),
        () => new Array(3),
        () => new Proxy({ email: 'ana@corp.test' }, {}),
        () => foreign({ email: 'ana@corp.test', list: [{}] })
      )
      .map((make) => make())
  }
)

const thrower = (): never => {
  throw new Error('a trap of the event')
}

/** Throws for every key of an event; symbols pass, because fast-check asks each value for one of its own. */
const throwingTraps: ReadonlyArray<ProxyHandler<object>> = [
  { get: (_, name) => (typeof name === 'symbol' ? undefined : thrower()) },
  { has: (_, name) => typeof name !== 'symbol' && thrower() },
  { ownKeys: thrower },
  { getOwnPropertyDescriptor: thrower },
  { getPrototypeOf: thrower },
  { get: (_, name) => (typeof name === 'symbol' ? undefined : thrower()), ownKeys: thrower }
]

const throwingGetter = (name: string): unknown =>
  Object.defineProperty({ type: 'identify' }, name, { enumerable: true, get: thrower })

/** A proxy that throws whatever is asked of it, even whether it is a list. */
export const revoked = (): unknown => {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}

const restless: fc.Arbitrary<() => unknown> = fc.oneof(
  fc.constantFrom(...throwingTraps).map((traps) => () => new Proxy({ email: 'ana@corp.test' }, traps)),
  fc.constantFrom(...throwingTraps).map((traps) => () => new Proxy([1], traps)),
  fc.constantFrom('type', 'email', 'traits', 'name', 'toJSON').map((name) => () => throwingGetter(name)),
  fc.constant(changing)
)

/** Any value at all: also those whose getters and traps throw or change their answer. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: oddValue },
  { weight: 4, arbitrary: restless.map((make) => make()) }
)

const memberName = fc.constantFrom(
  ...Object.keys(common),
  ...['traits', 'properties', 'event', 'groupId', 'previousId', 'type', 'name', 'email']
)

const innerName = fc.constantFrom(
  ...['traits', 'page', 'Marketo', 'personas', 'messaging_subscriptions', 'externalIds', 'email', 'phones', 'address']
)

const built = (makers: Readonly<Record<string, () => unknown>>): Readonly<Record<string, unknown>> =>
  recordFrom(Object.entries(makers).map(([name, make]) => [name, make()]))

/** An event with some members put in the place of its own, at the top or one level down. */
const withMembers = (maker: fc.Arbitrary<() => unknown>): fc.Arbitrary<unknown> =>
  fc
    .tuple(
      anyEvent,
      fc.dictionary(memberName, maker, { maxKeys: 3 }),
      fc.dictionary(innerName, maker, { maxKeys: 2 }),
      fc.constantFrom('context', 'traits', 'properties', 'integrations', undefined)
    )
    .map(([event, members, inner, where]) => ({
      ...event,
      ...(where === undefined ? {} : { [where]: built(inner) }),
      ...built(members)
    }))

const still = oddValue.map((value) => () => value)

/** Events that lie still and hold odd values. */
export const oddEvent: fc.Arbitrary<unknown> = withMembers(still)

/** Events that hold anything at all, and values that are no events. */
export const hostileEvent: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: withMembers(fc.oneof(still, restless, fc.constant(revoked))) },
  { weight: 1, arbitrary: hostileValue }
)
