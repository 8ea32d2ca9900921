import * as fc from 'fast-check'
import * as t from 'io-ts'
import { describe, expect, it } from 'vitest'
import { isRecord } from '../../src/ground/json.js'
import { describeProblem, type Problem } from '../../src/ground/problem.js'
import { checkEvent, type EventType, eventTypes, readEvent } from '../../src/segment/event.js'
import * as codecs from '../../src/segment/event-codecs.js'
import { anyEvent, oddEvent, oddValue, revoked } from '../arbitraries/events.js'

/** The schema once more, as io-ts would have it spelled. */
const spelled = (() => {
  const RecordOnly = new t.Type(
    'RecordOnly',
    isRecord,
    (u, c) => (isRecord(u) ? t.success(u) : t.failure(u, c)),
    t.identity
  )
  const EmptyList = t.refinement(t.UnknownArray, (list) => list.length === 0)
  const Members = t.union([RecordOnly, EmptyList, t.null, t.undefined])
  const Finite = t.refinement(t.number, Number.isFinite)
  const Id = t.union([t.string, Finite, t.null, t.undefined])
  const NeededId = t.union([t.refinement(t.string, (s) => !/^[\s\u0085]*$/.test(s)), Finite])
  const Name = t.refinement(t.string, (s) => s !== '')
  const common = { userId: Id, anonymousId: Id, messageId: Id, context: Members, integrations: Members }
  const call = (type: EventType, needed: t.Props, may: t.Props) =>
    t.intersection([t.type({ type: t.literal(type), ...needed }), t.partial({ ...common, ...may })])
  return {
    identify: call('identify', {}, { traits: Members }),
    track: call('track', { event: Name }, { properties: Members }),
    page: call('page', {}, { properties: Members }),
    screen: call('screen', {}, { properties: Members }),
    group: call('group', { groupId: NeededId }, { traits: Members }),
    alias: call('alias', { userId: NeededId }, { previousId: Id }),
    delete: call('delete', { userId: NeededId }, {})
  } satisfies Record<EventType, t.Mixed>
})()

const ours = {
  identify: codecs.IdentifyEvent,
  track: codecs.TrackEvent,
  page: codecs.PageEvent,
  screen: codecs.ScreenEvent,
  group: codecs.GroupEvent,
  alias: codecs.AliasEvent,
  delete: codecs.DeleteEvent
} satisfies Record<EventType, t.Mixed>

/** The members that a verdict complains about; an intersection puts its own index before them. */
const membersIn = (verdict: t.Validation<unknown>, position: number): ReadonlyArray<string> =>
  verdict._tag === 'Right' ? [] : [...new Set(verdict.left.map(({ context }) => context[position]?.key ?? ''))].sort()

const event = fc.oneof(
  { weight: 3, arbitrary: anyEvent },
  { weight: 6, arbitrary: oddEvent },
  { weight: 1, arbitrary: fc.oneof(oddValue, fc.anything()) }
)

describe('laws', () => {
  it('M8 a codec accepts what its schema spelled with combinators accepts, and names the same members', () => {
    fc.assert(
      fc.property(event, fc.constantFrom(...eventTypes), (u, type) => {
        const [mine, plain] = [ours[type].decode(u), spelled[type].decode(u)]
        expect(mine._tag).toBe(plain._tag)
        expect(membersIn(mine, 1)).toEqual(membersIn(plain, 2))
        expect(ours[type].is(u)).toBe(spelled[type].is(u))
      }),
      { numRuns: 1000 }
    )
  })

  it('M8 the codec of any event accepts what one of the seven accepts', () => {
    const { identify, track, page, screen, group, alias, delete: deletion } = spelled
    const any = t.union([identify, track, page, screen, group, alias, deletion])
    fc.assert(
      fc.property(event, (u) => {
        expect(codecs.SegmentEvent.decode(u)._tag).toBe(any.decode(u)._tag)
        expect(codecs.SegmentEvent.is(u)).toBe(any.is(u))
        expect(readEvent(u, []) === u && u !== undefined).toBe(any.is(u))
      }),
      { numRuns: 1000 }
    )
  })

  it('accepts every realistic event, and answers with that very event', () => {
    fc.assert(
      fc.property(anyEvent, (u) => {
        expect(readEvent(u, [])).toBe(u)
        for (const type of eventTypes) expect(ours[type].is(u)).toBe(type === u.type)
      })
    )
  })

  it('encodes to the very value it decoded', () => {
    const u = { type: 'page', extra: [1] } as const
    expect(codecs.PageEvent.encode(u)).toBe(u)
  })
})

const problemsOf = (u: unknown): ReadonlyArray<string> => {
  const problems: Array<Problem> = []
  expect(readEvent(u, problems)).toBe(problems.length === 0 ? u : undefined)
  expect(problems.every(({ weight }) => weight === 'invalid')).toBe(true)
  return problems.map(describeProblem)
}

const types = 'send one of identify, track, page, screen, group, alias, delete'
const ids = 'send the id as text or as a number'
const members = 'send an object, or leave it out'
const names = 'send the name of what happened as text'
const whole = 'hand over one Segment event, parsed from its JSON'

describe('near misses', () => {
  it.each<[string, unknown, ReadonlyArray<string>]>([
    ['text', 'track', [`(whole value): found text; ${whole}`]],
    ['a list of events', [{ type: 'page' }], [`(whole value): found a list; ${whole}`]],
    ['nothing', undefined, [`(whole value): found nothing; ${whole}`]],
    ['no type', {}, [`type: is missing; ${types}`]],
    ['a type of null', { type: null }, [`type: is missing; ${types}`]],
    ['a type in another case', { type: 'Track' }, [`type: is not a known name (nearest: track); ${types}`]],
    ['a misspelled type', { type: 'idenfity' }, [`type: is not a known name; ${types}`]],
    ['a type among blanks', { type: ' Page\n' }, [`type: is not a known name (nearest: page); ${types}`]],
    ['a type of something else', { type: 'heartbeat' }, [`type: is not a known name; ${types}`]],
    ['a type that is a number', { type: 7 }, [`type: found a number; ${types}`]],
    ['a prototype key as type', { type: 'constructor' }, [`type: is not a known name; ${types}`]],
    ['a userId that is an object', { type: 'page', userId: { id: 1 } }, [`userId: found an object; ${ids}`]],
    ['a userId that is a flag', { type: 'page', userId: true }, [`userId: found a boolean; ${ids}`]],
    [
      'a userId that is no number',
      { type: 'page', userId: Number.NaN },
      [`userId: found a number that is not finite; ${ids}`]
    ],
    ['an anonymousId that is a list', { type: 'page', anonymousId: [] }, [`anonymousId: found a list; ${ids}`]],
    ['a messageId that is an object', { type: 'page', messageId: {} }, [`messageId: found an object; ${ids}`]],
    ['traits that are text', { type: 'identify', traits: 'x' }, [`traits: found text; ${members}`]],
    ['traits that are a full list', { type: 'identify', traits: [1] }, [`traits: found a list; ${members}`]],
    [
      'properties that are a number',
      { type: 'track', event: 'E', properties: 0 },
      [`properties: found a number; ${members}`]
    ],
    [
      'properties of a screen that are text',
      { type: 'screen', properties: 'x' },
      [`properties: found text; ${members}`]
    ],
    [
      'properties of a page that are a flag',
      { type: 'page', properties: false },
      [`properties: found a boolean; ${members}`]
    ],
    ['a context that is text', { type: 'page', context: '' }, [`context: found empty text; ${members}`]],
    [
      'integrations that are a flag',
      { type: 'page', integrations: false },
      [`integrations: found a boolean; ${members}`]
    ],
    ['a track call without its event', { type: 'track' }, [`event: is missing; ${names}`]],
    ['a track call whose event is null', { type: 'track', event: null }, [`event: is missing; ${names}`]],
    ['a track call whose event is empty', { type: 'track', event: '' }, [`event: found empty text; ${names}`]],
    ['a track call whose event is a number', { type: 'track', event: 1 }, [`event: found a number; ${names}`]],
    ['a group call without its group', { type: 'group', userId: 'u' }, [`groupId: is missing; ${ids}`]],
    ['a group call whose group is blank', { type: 'group', groupId: ' ' }, [`groupId: found blank text; ${ids}`]],
    ['a group call whose group is an object', { type: 'group', groupId: {} }, [`groupId: found an object; ${ids}`]],
    ['traits of a group that are text', { type: 'group', groupId: 1, traits: 'x' }, [`traits: found text; ${members}`]],
    ['an alias call without a user', { type: 'alias', previousId: 'a' }, [`userId: is missing; ${ids}`]],
    [
      'an alias call whose previousId is a flag',
      { type: 'alias', userId: 1, previousId: true },
      [`previousId: found a boolean; ${ids}`]
    ],
    ['a delete call whose user is null', { type: 'delete', userId: null }, [`userId: is missing; ${ids}`]],
    ['a delete call whose user is empty', { type: 'delete', userId: '' }, [`userId: found empty text; ${ids}`]],
    [
      'everything at once',
      { type: 'TRACK', userId: [], anonymousId: {}, messageId: true, context: 1, integrations: 'x' },
      [
        `type: is not a known name (nearest: track); ${types}`,
        `userId: found a list; ${ids}`,
        `anonymousId: found an object; ${ids}`,
        `messageId: found a boolean; ${ids}`,
        `context: found a number; ${members}`,
        `integrations: found text; ${members}`
      ]
    ]
  ])('refuses %s and says how to mend it', (_, u, expected) => {
    expect(problemsOf(u)).toEqual(expected)
  })

  it.each<[string, unknown]>([
    ['an identify call with nothing else', { type: 'identify' }],
    ['a userId of 0', { type: 'page', userId: 0 }],
    ['an empty userId, which readers pass over', { type: 'page', userId: '' }],
    [
      'null where a member is absent',
      { type: 'identify', traits: null, context: null, integrations: null, userId: null }
    ],
    ['the empty lists of a delete call', { type: 'delete', userId: 'u', context: [], integrations: [] }],
    ['the empty lists of PHP', { type: 'track', event: 'E', properties: [] }],
    ['an event named by a space', { type: 'track', event: ' ' }],
    ['timestamps of any kind', { type: 'page', timestamp: {}, sentAt: true }],
    ['traits of any kind where they mean nothing', { type: 'page', traits: 'x' }],
    ['members that nobody knows', { type: 'page', writeKey: 1, nested: { a: [] } }],
    ['an object without a prototype', Object.assign(Object.create(null), { type: 'page' })]
  ])('accepts %s', (_, u) => {
    expect(problemsOf(u)).toEqual([])
  })
})

const errorsOf = (verdict: t.Validation<unknown>): ReadonlyArray<unknown> =>
  verdict._tag === 'Right'
    ? []
    : verdict.left.map(({ value, context, message }) => ({
        value,
        message,
        path: context.map(({ key }) => key),
        actual: context.flatMap((entry) => ('actual' in entry ? [entry.actual] : []))
      }))

describe('the codecs', () => {
  it('say place and mending, and hold no value', () => {
    expect(errorsOf(codecs.TrackEvent.decode({ type: 'track', userId: { secret: 1 } }))).toEqual([
      { value: undefined, message: `event: is missing; ${names}`, path: ['', 'event'], actual: [] },
      { value: undefined, message: `userId: found an object; ${ids}`, path: ['', 'userId'], actual: [] }
    ])
  })

  it('hold no value when they are part of a greater codec', () => {
    const verdict = t
      .type({ events: t.array(codecs.PageEvent) })
      .decode({ events: [{ type: 'page', userId: ['secret'] }] })
    expect(errorsOf(verdict)).toEqual([
      { value: undefined, message: `userId: found a list; ${ids}`, path: ['', 'events', '0', 'userId'], actual: [] }
    ])
  })

  it('name the call that another codec would take', () => {
    expect(errorsOf(codecs.PageEvent.decode({ type: 'screen' }))).toEqual([
      {
        value: undefined,
        message: `type: found the type of another call (screen); ${types}`,
        path: ['', 'type'],
        actual: []
      }
    ])
  })

  it('lose nothing less than the event to a call of another type', () => {
    const problems: Array<Problem> = []
    expect(checkEvent({ type: 'screen' }, 'page', problems)).toBe(false)
    expect(problems.map(({ weight }) => weight)).toEqual(['invalid'])
  })

  it('refuse a value that throws at every touch', () => {
    const message = '(whole value): could not be read; hand over plain values, parsed from JSON'
    expect(errorsOf(codecs.PageEvent.decode(revoked()))).toEqual([
      { value: undefined, message, path: [''], actual: [] }
    ])
    expect(codecs.PageEvent.is(revoked())).toBe(false)
  })

  it.each([...Object.values(ours), codecs.SegmentEvent].map((codec): [string] => [codec.name]))(
    '%s carries its own name',
    (name) => {
      expect(name).toMatch(/^[A-Z][a-z]+Event$/)
      expect(Object.keys(codecs)).toContain(name)
    }
  )
})

describe('reading', () => {
  it('reads each member once', () => {
    for (const type of eventTypes) {
      const reads: Array<string> = []
      const u = new Proxy(
        { type, event: 'E', userId: 'u', groupId: 'g' },
        {
          get: (target, key) => {
            reads.push(String(key))
            return Reflect.get(target, key)
          }
        }
      )
      expect(readEvent(u, [])).toBe(u)
      expect(new Set(reads).size).toBe(reads.length)
    }
  })
})
