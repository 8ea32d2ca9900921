import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addBlock,
  type Block,
  blankFact,
  type Facts,
  joinBlocks,
  joinFacts,
  mostNames,
  noFacts,
  varies
} from '../../src/settings/facts.js'
import { factsOf } from '../../src/settings/watch.js'
import { anyEvent } from '../arbitraries/events.js'
import { v1From } from './v1-given.js'

const v1 = v1From()
const facts = anyEvent.map((event) => factsOf(v1, event))
const joinAll = (list: ReadonlyArray<Facts>): Facts => list.reduce(joinFacts, noFacts)
const some = fc.array(facts, { maxLength: 6 }).map(joinAll)

describe('laws of joining', () => {
  it('it is associative, and which comes first is nothing to it', () => {
    fc.assert(
      fc.property(some, some, some, (a, b, c) => {
        expect(joinFacts(joinFacts(a, b), c)).toStrictEqual(joinFacts(a, joinFacts(b, c)))
        expect(joinFacts(a, b)).toStrictEqual(joinFacts(b, a))
      })
    )
  })

  it('what is known of nothing adds nothing', () => {
    fc.assert(
      fc.property(some, (a) => {
        expect(joinFacts(a, noFacts)).toStrictEqual(a)
        expect(joinFacts(noFacts, a)).toStrictEqual(a)
      })
    )
  })

  it('names stand once, in the order of the alphabet, within their bounds', () => {
    fc.assert(
      fc.property(some, ({ traits, addressParts, events }) => {
        for (const list of [traits, addressParts, events, ...events.map(({ properties }) => properties)]) {
          const names = list.map(({ name }) => name)
          expect(names).toEqual([...new Set(names)].sort())
        }
        expect(traits.length).toBeLessThanOrEqual(mostNames.traits)
      })
    )
  })

  it('blocks hold every event once, and are few', () => {
    fc.assert(
      fc.property(fc.array(facts, { maxLength: 70 }), (list) => {
        const blocks = list.reduce<ReadonlyArray<Block>>((before, one) => addBlock(before, one), [])
        expect(blocks.reduce((sum, { events }) => sum + events, 0)).toBe(list.length)
        expect(blocks.length).toBe([...list.length.toString(2)].filter((bit) => bit === '1').length)
        expect(joinBlocks(blocks)).toStrictEqual(joinAll(list))
      })
    )
  })
})

describe('one event', () => {
  it('tells of a value its types and its length, and nothing that would tell it', () => {
    const [fact] = factsOf(v1, { type: 'identify', userId: 'u', traits: { plan: 'pro' } }).traits
    expect(fact).toMatchObject({ name: 'plan', values: 1, structures: 0, silent: 0, longest: 3 })
    expect(fact?.low).toBe(fact?.high)
    expect(fact?.high).toBeLessThan(65_536)
  })

  it('tells values apart by a number of 16 bits: nearly all, and none of them from itself', () => {
    const check = (plan: string) => factsOf(v1, { type: 'identify', traits: { plan } }).traits[0]?.low
    const texts = Array.from({ length: 1_000 }, (_, i) => `value ${i}`)
    expect(texts.map(check)).toEqual(texts.map(check))
    expect(new Set(texts.map(check)).size).toBeGreaterThan(980)
  })

  it.each([
    ['null', null, 'silent'],
    ['empty text', '', 'silent'],
    ['a list', [], 'structures'],
    ['an object', {}, 'structures'],
    ['a number that is not finite', Number.NaN, 'structures'],
    ['a function', () => 1, 'structures'],
    ['zero', 0, 'values'],
    ['false', false, 'values'],
    ['blank text', ' ', 'values']
  ] as const)('%s is counted among the %#', (_, plan, kind) => {
    expect(factsOf(v1, { type: 'identify', traits: { plan } }).traits[0]?.[kind]).toBe(1)
  })

  it('passes over a member that is undefined', () => {
    expect(factsOf(v1, { type: 'identify', traits: { plan: undefined } }).traits).toEqual([])
  })
})

describe('what is counted', () => {
  const identify = (traits: object) => ({ type: 'identify', userId: 'u', traits: { email: 'a@b.co', ...traits } })
  const track = (properties: object, event: unknown = 'A') => ({ type: 'track', userId: 'u', event, properties })
  const long = 'x'.repeat(256)

  it.each<[string, unknown, object]>([
    ['an identify call', identify({ plan: 'a' }), { identify: 1, traitsSeen: 1 }],
    ['one without email and userId', { type: 'identify' }, { identify: 1, withoutUserId: 1, withoutEmail: 1 }],
    ['one that names ids', identify({ id: 1, user_id: 2, AnonymousId: 3 }), { identify: 1, withIdTrait: 3 }],
    ['one with a trait that is undefined', identify({ plan: undefined, id: undefined }), { identify: 1 }],
    ['one with too long a name', identify({ [long]: 1 }), { identify: 1, traitsSeen: 1 }],
    ['one with a name', identify({ name: 'Ana' }), { identify: 1, withName: 1 }],
    ['one with an address', identify({ address: { city: 'Lyon', zip: '1', floor: 3 } }), { identify: 1 }],
    [
      'one with a street and two postal codes',
      identify({ address: { street: '', zip: null, postal_code: '1' } }),
      { identify: 1, withStreet: 1, withTwoPostalCodes: 1 }
    ],
    ['one without', identify({ address: { street: undefined, zip: undefined, postalCode: '1' } }), { identify: 1 }],
    ['a track call', track({}), { track: 1, eventsSeen: 1 }],
    ['one with properties', track({ a: null, b: 1 }), { track: 1, eventsSeen: 1, withProperties: 1 }],
    ['one with none that counts', track({ a: undefined, [long]: 1 }), { track: 1, eventsSeen: 1 }],
    ['one with too long a name', track({}, long), { track: 1, eventsSeen: 1 }],
    ['one without userId', { type: 'track', event: 'A' }, { track: 1, eventsSeen: 1, withoutUserId: 1 }],
    ['one without a name', track({}, 5), { unreadable: 1 }],
    ['a page call', { type: 'page', userId: 'u', context: { userAgent: 'UA/1' } }, { page: 1 }],
    ['one without agent and userId', { type: 'page' }, { page: 1, pagesWithoutAgent: 1, withoutUserId: 1 }],
    ['a screen call', { type: 'screen' }, { screen: 1 }],
    ['a group call', { type: 'group', groupId: 'g' }, { group: 1 }],
    ['a call that keeps v2 away', { ...track({}), integrations: { 'Marketo V2': false } }, { ignored: 1 }],
    [
      'a call that keeps v1 away',
      { ...track({}), integrations: { Marketo: false } },
      { track: 1, eventsSeen: 1, switchedOffForV1: 1 }
    ],
    [
      'a call with a cookie',
      { ...track({}), context: { Marketo: { marketoCookie: 'x' } } },
      { track: 1, eventsSeen: 1, withCookie: 1 }
    ],
    ['what is no event', { type: 'Track' }, { unreadable: 1 }],
    ['nothing', undefined, { unreadable: 1 }]
  ])('of %s', (_, event, expected) => {
    const counts = Object.entries(factsOf(v1, event).tallies).filter(([, n]) => n > 0)
    expect(Object.fromEntries(counts)).toEqual({ seen: 1, ...expected })
  })

  it('looks for the cookie where the settings say', () => {
    const event = { ...track({}), context: { cookie: 'x' } }
    expect(factsOf(v1, event).tallies.withCookie).toBe(0)
    expect(factsOf(v1From({ cookiePath: ['context', 'cookie'] }), event).tallies.withCookie).toBe(1)
  })

  const many = (n: number, step = 1, from = 0) =>
    Object.fromEntries(
      Array.from({ length: n }, (_, i) => [`t${String(9_999 - (from + i * step)).padStart(5, '0')}`, 1])
    )
  const firstOf = (names: ReadonlyArray<object>, most: number) =>
    names
      .flatMap((one) => Object.keys(one))
      .sort()
      .slice(0, most)
  const namesOf = (list: ReadonlyArray<{ readonly name: string }> | undefined) => list?.map(({ name }) => name)

  it('has room for so many names of each kind, the first in the alphabet', () => {
    const [traits, parts, properties] = [many(1_100), many(120), many(250)]
    const told = factsOf(v1, identify({ ...traits, address: parts }))
    expect(namesOf(told.traits)).toEqual(firstOf([traits], 1_000))
    expect(namesOf(told.addressParts)).toEqual(firstOf([parts], 100))
    expect(namesOf(factsOf(v1, track(properties)).events[0]?.properties)).toEqual(firstOf([properties], 200))
  })

  it('keeps to them when it is joined', () => {
    const [even, odd] = [many(150, 2), many(150, 2, 1)]
    const both = joinFacts(factsOf(v1, track(even)), factsOf(v1, track(odd)))
    expect(both.events).toHaveLength(1)
    expect(both.events[0]?.calls).toBe(2)
    expect(namesOf(both.events[0]?.properties)).toEqual(firstOf([even, odd], 200))
    const address = (parts: object) => factsOf(v1, identify({ address: parts }))
    expect(namesOf(joinFacts(address(even), address(odd)).addressParts)).toEqual(firstOf([even, odd], 100))
    const all = Object.keys(many(1_001)).reduce((sum, name) => joinFacts(sum, factsOf(v1, track({}, name))), noFacts)
    expect(namesOf(all.events)).toEqual(firstOf([many(1_001)], 1_000))
  })

  it('keeps names of 255 characters, and no longer ones', () => {
    const [kept, not] = ['x'.repeat(255), 'x'.repeat(256)]
    const told = factsOf(v1, identify({ [kept]: 1, [not]: 1, address: { [kept]: 1, [not]: 1 } }))
    expect([namesOf(told.traits), namesOf(told.addressParts)]).toEqual([[kept], [kept]])
    expect(namesOf(factsOf(v1, track({ [kept]: 1, [not]: 1 })).events[0]?.properties)).toEqual([kept])
    expect(namesOf(factsOf(v1, track({}, kept)).events)).toEqual([kept])
    expect(factsOf(v1, track({}, not)).events).toEqual([])
  })

  it('adds up what two events tell of a name', () => {
    const of = (plan: unknown) => factsOf(v1, identify({ plan }))
    const [fact] = [of('a'), of('long'), of(null), of([])].reduce(joinFacts).traits
    expect(fact).toMatchObject({ name: 'plan', values: 2, structures: 1, silent: 1, longest: 4 })
    expect(fact && varies(fact)).toBe(true)
    const [same] = joinFacts(of('a'), of('a')).traits
    expect(same && varies(same)).toBe(false)
    expect(varies(blankFact('plan'))).toBe(false)
    const of0 = { ...blankFact('plan'), values: 1, low: 0, high: 0 }
    const [lowest] = joinFacts({ ...noFacts, traits: [blankFact('plan')] }, { ...noFacts, traits: [of0] }).traits
    expect(lowest && varies(lowest)).toBe(false)
  })

  it('takes what another call than track has in the place of an event for none', () => {
    const told = factsOf(v1, { type: 'page', userId: 'u1', event: 'A', properties: { plan: 'pro' } })
    expect([told.events, told.tallies.page, told.tallies.eventsSeen]).toEqual([[], 1, 0])
  })

  /** The member, told so many times as it is, and then as something else. */
  const changing = (event: object, name: string, times: number, then: unknown): object => {
    let reads = 0
    return Object.defineProperty({ ...event }, name, {
      enumerable: true,
      get: () => {
        reads += 1
        return reads > times ? then : Reflect.get(event, name)
      }
    })
  }

  it.each([
    ['type', 'other'],
    ['type', undefined],
    ['event', 7]
  ])('an event whose %s changes while it is read is read as one thing, or is unreadable', (name, then) => {
    for (let times = 0; times < 12; times += 1) {
      const { tallies, events } = factsOf(v1, changing(track({ plan: 'pro' }), name, times, then))
      expect(Object.keys(tallies)).toEqual(Object.keys(noFacts.tallies))
      expect([tallies.seen, tallies.unreadable + tallies.eventsSeen]).toEqual([1, 1])
      expect(events.map((one) => one.name)).toEqual(tallies.unreadable === 1 ? [] : ['A'])
    }
  })
})
