import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeProblem, type Problem } from '../../src/ground/problem.js'
import { computation, readComputation } from '../../src/segment/computation.js'
import { channels, readSubscriptions, subscriptionStates, subscriptions } from '../../src/segment/consent.js'
import { cookieText, readCookieText } from '../../src/segment/cookie-text.js'
import type { SegmentEvent } from '../../src/segment/event.js'
import { eventTime, readEventTime } from '../../src/segment/event-time.js'
import { externalIds, readExternalIds } from '../../src/segment/external-ids.js'
import { jsonValue } from '../arbitraries/events.js'

type Members = Readonly<Record<string, unknown>>

const some = (value: unknown) => ({ _tag: 'Some', value })
const none = { _tag: 'None' }
const page = (members: Members): SegmentEvent => ({ ...members, type: 'page' })
const inContext = (context: Members): SegmentEvent => ({ type: 'page', context })

/** An answer and the problems said on the way, in words. */
const withProblems = <A>(
  read: (problems: Array<Problem>) => A
): { readonly answer: A; readonly said: ReadonlyArray<string> } => {
  const problems: Array<Problem> = []
  const answer = read(problems)
  return { answer, said: problems.map((problem) => `${problem.weight} ${describeProblem(problem)}`) }
}

describe('the time of an event', () => {
  const time = (event: SegmentEvent) => withProblems((problems) => readEventTime(event, problems))
  const mend = 'send an ISO 8601 time with its zone, such as 2024-05-01T10:00:00Z'
  const names = ['timestamp', 'originalTimestamp', 'receivedAt', 'sentAt'] as const

  it('is the first of the four that says an instant', () => {
    const values = fc.oneof(fc.constantFrom('2024-05-01T10:00:00Z', 1714557600, '1714557600000', '', null), jsonValue)
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), values, { noNullPrototype: true }), (times) => {
        const { answer } = time(page(times))
        const first = names.find((name) => readEventTime(page({ timestamp: times[name] }), []) !== undefined)
        expect(answer?.at).toEqual(first === undefined ? undefined : [first])
        expect(answer?.value).toBe(readEventTime(page({ timestamp: times[first ?? ''] }), [])?.value)
      })
    )
  })

  it.each<[string, Members, unknown, ReadonlyArray<string>]>([
    ['text', { timestamp: '2024-05-01T10:00:00Z' }, { value: 1714557600000, at: ['timestamp'] }, []],
    ['seconds', { timestamp: 1714557600 }, { value: 1714557600000, at: ['timestamp'] }, []],
    ['digits', { originalTimestamp: '1714557600000' }, { value: 1714557600000, at: ['originalTimestamp'] }, []],
    ['the epoch itself', { timestamp: 0, sentAt: 1 }, { value: 0, at: ['timestamp'] }, []],
    ['nothing said', { timestamp: null, receivedAt: '' }, undefined, []],
    [
      'an unreadable one passed over',
      { timestamp: 'soon', receivedAt: {}, sentAt: '2024-05-01' },
      { value: 1714521600000, at: ['sentAt'] },
      [`warning timestamp: found text; ${mend}`, `warning receivedAt: found an object; ${mend}`]
    ],
    ['an impossible day', { timestamp: '2024-02-31T00:00:00Z' }, undefined, [`warning timestamp: found text; ${mend}`]]
  ])('%s', (_, members, answer, said) => {
    expect(time(page(members))).toEqual({ answer, said })
    expect(eventTime(page(members))).toEqual(
      answer === undefined ? none : some(readEventTime(page(members), [])?.value)
    )
  })
})

describe('the text of the cookie', () => {
  const cookie = (event: SegmentEvent, path?: ReadonlyArray<string | number>) =>
    withProblems((problems) => readCookieText(event, problems, path))
  const hint = 'is not a known name (nearest: marketoCookie); send it as marketoCookie: cookieId is not read'
  const mend = 'send the cookie as text, just as the browser keeps it'

  it.each<[string, Members, unknown, ReadonlyArray<string>]>([
    [
      'integrations before context',
      { integrations: { Marketo: { marketoCookie: 'i' } }, context: { Marketo: { marketoCookie: 'c' } } },
      { value: 'i', at: ['integrations', 'Marketo', 'marketoCookie'] },
      []
    ],
    [
      'context where integrations only switch',
      { integrations: { Marketo: true }, context: { Marketo: { marketoCookie: 'c' } } },
      { value: 'c', at: ['context', 'Marketo', 'marketoCookie'] },
      []
    ],
    [
      'loose keys',
      { context: { marketo: { marketo_cookie: 'c' } } },
      { value: 'c', at: ['context', 'marketo', 'marketo_cookie'] },
      []
    ],
    [
      'the text as it is',
      { context: { Marketo: { marketoCookie: ' _mkto_trk=id%3A1 ' } } },
      { value: ' _mkto_trk=id%3A1 ', at: ['context', 'Marketo', 'marketoCookie'] },
      []
    ],
    ['not another destination’s', { integrations: { 'Marketo V2': { marketoCookie: 'i' } } }, undefined, []],
    ['not without its object', { context: { marketoCookie: 'c' } }, undefined, []],
    ['not an empty one', { context: { Marketo: { marketoCookie: '' } } }, undefined, []],
    ['not null', { context: { Marketo: { marketoCookie: null } } }, undefined, []],
    ['nothing in empty lists', { context: [], integrations: [] }, undefined, []],
    [
      'a hint for a cookieId',
      { context: { Marketo: { cookieId: 'c' } } },
      undefined,
      [`warning context.Marketo.cookieId: ${hint}`]
    ],
    [
      'a hint for each cookieId',
      { integrations: { Marketo: { cookie_id: 'c' } }, context: { Marketo: { cookieId: 'c' } } },
      undefined,
      [`warning integrations.Marketo.cookie_id: ${hint}`, `warning context.Marketo.cookieId: ${hint}`]
    ],
    [
      'no hint beside a cookie',
      { integrations: { Marketo: { cookieId: 'c' } }, context: { Marketo: { marketoCookie: 'c' } } },
      { value: 'c', at: ['context', 'Marketo', 'marketoCookie'] },
      []
    ],
    [
      'a cookie that is no text is passed over',
      { integrations: { Marketo: { marketoCookie: 7 } }, context: { Marketo: { marketoCookie: 'c' } } },
      { value: 'c', at: ['context', 'Marketo', 'marketoCookie'] },
      [`warning integrations.Marketo.marketoCookie: found a number; ${mend}`]
    ],
    [
      'a cookie in a list',
      { context: { Marketo: { marketoCookie: ['c'] } } },
      undefined,
      [`warning context.Marketo.marketoCookie: found a list; ${mend}`]
    ],
    [
      'a blank cookie',
      { context: { Marketo: { marketoCookie: ' ' } } },
      undefined,
      [`warning context.Marketo.marketoCookie: found blank text; ${mend}`]
    ]
  ])('%s', (_, members, answer, said) => {
    expect(cookie(page(members))).toEqual({ answer, said })
  })

  it.each<[string, Members, ReadonlyArray<string | number>, unknown]>([
    ['a member', { properties: { cookie: 'c' } }, ['properties', 'cookie'], 'c'],
    ['a member of a list', { properties: { cookies: ['a', 'c'] } }, ['properties', 'cookies', 1], 'c'],
    ['exactly that key', { properties: { Cookie: 'c' } }, ['properties', 'cookie'], undefined],
    ['nothing inherited', { properties: {} }, ['properties', 'constructor', 'name'], undefined],
    ['no key of a list', { properties: ['c'] }, ['properties', '0'], undefined],
    ['no index of an object', { properties: { 0: 'c' } }, ['properties', 0], undefined],
    ['no letter of a text', { properties: 'c' }, ['properties', 0], undefined],
    ['no other place', { context: { Marketo: { marketoCookie: 'c' } } }, ['properties', 'cookie'], undefined]
  ])('at a path of one’s own: %s', (_, members, path, value) => {
    const event: SegmentEvent = Object.assign(page({}), members)
    expect(cookie(event, path)).toEqual({ answer: value === undefined ? undefined : { value, at: path }, said: [] })
    expect(cookieText(event, path)).toEqual(value === undefined ? none : some(value))
  })

  it('is answered as an Option', () => {
    expect(cookieText(inContext({ Marketo: { marketoCookie: 'c' } }))).toEqual(some('c'))
  })
})

describe('consent', () => {
  const read = (list: unknown) =>
    withProblems((problems) => readSubscriptions(inContext({ messaging_subscriptions: list }), problems))
  const at = (i: number) => ['context', 'messaging_subscriptions', i]

  it('is read in every spelling of channel and state', () => {
    const casing = fc.constantFrom(
      (s: string) => s,
      (s: string) => s.toUpperCase(),
      (s: string) => s.split('-').join('_'),
      (s: string) => s.split('-').join(' ')
    )
    fc.assert(
      fc.property(
        fc.constantFrom(...channels),
        fc.constantFrom(...subscriptionStates),
        casing,
        (channel, state, spell) => {
          expect(read([{ key: 'k', type: spell(channel), status: spell(state) }])).toEqual({
            answer: [{ address: 'k', channel, state, groups: [], at: at(0) }],
            said: []
          })
        }
      )
    )
  })

  it('keeps the order, and the groups of each', () => {
    const groups = [
      { name: 'News', status: 'subscribed' },
      { name: 'Offers', status: 'UNSUBSCRIBED' }
    ]
    const list = [
      { key: 'a@x.test', type: 'EMAIL', status: 'UNSUBSCRIBED', groups },
      { key: '+1', type: 'WhatsApp', status: 'did-not-subscribe', groups: null }
    ]
    const answer = [
      {
        address: 'a@x.test',
        channel: 'email',
        state: 'unsubscribed',
        groups: [
          { name: 'News', state: 'subscribed' },
          { name: 'Offers', state: 'unsubscribed' }
        ],
        at: at(0)
      },
      { address: '+1', channel: 'whatsapp', state: 'did-not-subscribe', groups: [], at: at(1) }
    ]
    expect(read(list)).toEqual({ answer, said: [] })
    expect(subscriptions(inContext({ messaging_subscriptions: list }))).toEqual(some(answer))
  })

  const place = 'context.messaging_subscriptions'
  const states = 'send one of subscribed, unsubscribed, did-not-subscribe'

  it.each<[string, unknown, ReadonlyArray<string>]>([
    ['nothing', undefined, []],
    ['null', null, []],
    ['an empty list', [], []],
    ['an object', {}, [`dropped ${place}: found an object; send a list of { key, type, status }`]],
    ['a list of text', ['EMAIL'], [`dropped ${place}[0]: found text; send { key, type, status }`]],
    [
      'an empty subscription',
      [{}],
      [
        `dropped ${place}[0].key: is missing; send the address that the state belongs to as text`,
        `dropped ${place}[0].type: is missing; send one of email, sms, whatsapp`,
        `dropped ${place}[0].status: is missing; ${states}`
      ]
    ],
    [
      'a state nobody knows',
      [{ key: 'k', type: 'sms', status: 'maybe' }],
      [`dropped ${place}[0].status: is not a known name; ${states}`]
    ],
    [
      'a misspelled state',
      [{ key: 'k', type: 'sms', status: 'unsubscribd' }],
      [`dropped ${place}[0].status: is not a known name (nearest: unsubscribed); ${states}`]
    ],
    [
      'a state that is a flag',
      [{ key: 'k', type: 'sms', status: true }],
      [`dropped ${place}[0].status: found a boolean; ${states}`]
    ],
    [
      'an address that is blank',
      [{ key: ' ', type: 'sms', status: 'subscribed' }],
      [`dropped ${place}[0].key: found blank text; send the address that the state belongs to as text`]
    ],
    [
      'an address that is a number',
      [{ key: 1, type: 'sms', status: 'subscribed' }],
      [`dropped ${place}[0].key: found a number; send the address that the state belongs to as text`]
    ]
  ])('says nothing in %s', (_, list, said) => {
    expect(read(list)).toEqual({ answer: [], said })
    expect(subscriptions(inContext({ messaging_subscriptions: list }))).toEqual(none)
  })

  it('P3 of a list without an end reads the first thousand, and says so', () => {
    const one = { key: 'k', type: 'sms', status: 'subscribed' }
    const endless: Array<unknown> = [one]
    endless.length = 2 ** 32 - 1
    const long = read(endless)
    expect(long.answer).toHaveLength(1)
    expect(long.said).toHaveLength(1000)
    expect(long.said[0]).toBe(`dropped ${place}: found a very long list; the first 1000 are read: send fewer`)
    const groups: Array<unknown> = []
    groups.length = 2 ** 32 - 1
    expect(read([{ ...one, groups }]).said).toHaveLength(2001)
    const most = Array<unknown>(1000).fill(one)
    expect(read(most).said).toEqual([])
    expect(read([...most, one]).said).toEqual([long.said[0]])
    expect(read([...most, one]).answer).toHaveLength(1000)
  })

  it.each<[string, unknown, ReadonlyArray<string>]>([
    ['an object', {}, [`dropped ${place}[0].groups: found an object; send a list of { name, status }`]],
    [
      'text in the list',
      ['News'],
      [
        `dropped ${place}[0].groups[0].name: is missing; send the name of the group as text`,
        `dropped ${place}[0].groups[0].status: is missing; ${states}`
      ]
    ],
    [
      'without a name',
      [{ status: 'subscribed' }],
      [`dropped ${place}[0].groups[0].name: is missing; send the name of the group as text`]
    ],
    ['without a state', [{ name: 'News' }], [`dropped ${place}[0].groups[0].status: is missing; ${states}`]]
  ])('keeps the subscription when its groups are %s', (_, groups, said) => {
    const { answer, said: told } = read([{ key: 'k', type: 'sms', status: 'subscribed', groups }])
    expect(answer).toEqual([{ address: 'k', channel: 'sms', state: 'subscribed', groups: [], at: at(0) }])
    expect(told).toEqual(said)
  })

  it('keeps its neighbours when one is broken', () => {
    const { answer } = read([{ key: 'k' }, { key: 'k', type: 'sms', status: 'subscribed' }])
    expect(answer.map(({ at: where }) => where)).toEqual([at(1)])
  })
})

describe('external ids', () => {
  const read = (list: unknown) =>
    withProblems((problems) => readExternalIds(inContext({ externalIds: list }), problems))
  const whole = { id: 'x', type: 'crm', collection: 'users', encoding: 'none' }
  const place = 'context.externalIds'
  const list = 'send a list of { id, type, collection, encoding }'

  it('are read in order', () => {
    const answer = [
      { ...whole, id: '7', at: ['context', 'externalIds', 0] },
      { ...whole, at: ['context', 'externalIds', 1] }
    ]
    expect(read([{ ...whole, id: 7 }, whole])).toEqual({ answer, said: [] })
    expect(externalIds(inContext({ externalIds: [{ ...whole, id: 7 }, whole] }))).toEqual(some(answer))
  })

  it.each<[string, unknown, ReadonlyArray<string>]>([
    ['nothing', undefined, []],
    ['an empty list', [], []],
    ['text', 'x', [`dropped ${place}: found text; ${list}`]],
    ['a list of text', ['x'], [`dropped ${place}[0]: found text; ${list}`]],
    ['one without an id', [{ ...whole, id: null }], [`dropped ${place}[0].id: is missing; send id as text`]],
    ['one without a type', [{ ...whole, type: '' }], [`dropped ${place}[0].type: is missing; send type as text`]],
    [
      'one without a collection',
      [{ ...whole, collection: undefined }],
      [`dropped ${place}[0].collection: is missing; send collection as text`]
    ],
    [
      'one with a strange encoding',
      [{ ...whole, encoding: [] }],
      [`dropped ${place}[0].encoding: found a list; send encoding as text`]
    ]
  ])('are none in %s', (_, value, said) => {
    expect(read(value)).toEqual({ answer: [], said })
    expect(externalIds(inContext({ externalIds: value }))).toEqual(none)
  })
})

describe('a computed fact', () => {
  const event = (
    computation_class: unknown,
    vip: unknown,
    type: 'identify' | 'track' | 'group' | 'page' = 'identify'
  ): SegmentEvent => {
    const context = { personas: { computation_class, computation_key: 'vip' } }
    const values = { vip }
    switch (type) {
      case 'track':
        return { type, event: 'Audience Exited', context, properties: values, traits: { vip: 'other' } }
      case 'group':
        return { type, groupId: 'g', context, traits: values, properties: { vip: 'other' } }
      default:
        return { type, context, traits: values, properties: { vip: 'other' } }
    }
  }

  it.each<[string, unknown, unknown, boolean | null, string]>([
    ['an audience entered', 'audience', true, true, 'boolean'],
    ['an audience left', 'audience', false, false, 'boolean'],
    ['an audience that says text', 'audience', 'true', null, 'nothing'],
    ['an audience that says nothing', 'audience', undefined, null, 'nothing'],
    ['a step of a journey', 'journey_step', true, true, 'boolean'],
    ['a step of a journey left', 'journey_step', false, false, 'boolean'],
    ['a step of a journey in text', 'journey_step', 'true', true, 'boolean'],
    ['a step of a journey left, in text', 'journey_step', 'false', false, 'boolean'],
    ['a step of an old journey', 'journey_step', undefined, true, 'journey'],
    ['a step of a journey with something else', 'journey_step', 'no', true, 'journey'],
    ['a trait that is a flag', 'trait', true, null, 'nothing'],
    ['another class', 'Default', true, null, 'nothing']
  ])('%s', (_, computationClass, value, member, decidedBy) => {
    for (const type of ['identify', 'track', 'group'] as const) {
      expect(readComputation(event(computationClass, value, type))).toEqual({
        value: {
          computationClass,
          key: 'vip',
          member,
          decidedBy,
          externalAudienceId: null,
          valueAt: [type === 'track' ? 'properties' : 'traits', 'vip']
        },
        at: ['context', 'personas']
      })
    }
  })

  it('is not told by other calls', () => {
    expect(readComputation(event('audience', true, 'page'))?.value.member).toBeNull()
  })

  it('takes its key letter by letter, and nothing inherited', () => {
    const personas = { computation_class: 'audience', computation_key: 'constructor' }
    expect(
      readComputation({ type: 'identify', context: { personas }, traits: { Constructor: true } })?.value.member
    ).toBeNull()
  })

  it.each([
    ['1042', '1042'],
    [1042, '1042'],
    ['', null],
    [{}, null]
  ])('names the audience elsewhere: %j', (id, expected) => {
    const personas = { computation_class: 'audience', computation_key: 'vip', external_audience_id: id }
    expect(readComputation(inContext({ personas }))?.value.externalAudienceId).toBe(expected)
  })

  it.each<[string, unknown]>([
    ['no class', { computation_key: 'vip' }],
    ['no key', { computation_class: 'audience' }],
    ['a blank key', { computation_class: 'audience', computation_key: ' ' }],
    ['no object', 'audience'],
    ['nothing', undefined]
  ])('is none where there is %s', (_, personas) => {
    expect(readComputation(inContext({ personas }))).toBeUndefined()
    expect(computation(inContext({ personas }))).toEqual(none)
  })

  it('is answered as an Option', () => {
    const found = readComputation(event('audience', true))
    expect(computation(event('audience', true))).toEqual(some(found?.value))
  })
})
