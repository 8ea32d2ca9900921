import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type EmailPlace, email, emailPlaces, isEmailLike, readEmail } from '../../src/segment/email.js'
import { type EventType, eventTypes, readEvent, type SegmentEvent } from '../../src/segment/event.js'
import { readStandardTraits } from '../../src/segment/standard-traits.js'
import { anyEvent, jsonValue } from '../arbitraries/events.js'

const place = fc.constantFrom<EmailPlace>('event', 'traits', 'context.traits', 'properties', 'userId')

/** An event with a value at each place; places that are left out hold nothing. */
const eventWith = (values: Readonly<Partial<Record<EmailPlace, unknown>>>): SegmentEvent => ({
  type: 'page',
  email: values.event,
  traits: { email: values.traits },
  properties: { email: values.properties },
  context: { traits: { email: values['context.traits'] } },
  userId: typeof values.userId === 'string' ? values.userId : null
})

const says = (value: unknown): boolean => value !== undefined && value !== null && value !== ''

describe('laws', () => {
  it('C3 the address is what the first place says that says anything', () => {
    const value = fc.oneof(jsonValue, fc.constantFrom('ana@corp.test', '', null))
    fc.assert(
      fc.property(fc.dictionary(place, value, { noNullPrototype: true }), fc.uniqueArray(place), (values, order) => {
        const told = order.filter((one) =>
          one === 'userId' ? typeof values.userId === 'string' && isEmailLike(values.userId) : says(values[one])
        )
        const [first] = told
        expect(readEmail(eventWith(values), order)?.value).toEqual(first === undefined ? undefined : values[first])
      })
    )
  })

  it('an id looks like an address when it has something, @, something, a dot and something', () => {
    const pieces = fc.array(fc.constantFrom('@', '.', 'a', ' ', '\n'), { maxLength: 8 }).map((list) => list.join(''))
    fc.assert(
      fc.property(fc.oneof(pieces, fc.string(), fc.emailAddress()), (id) => {
        expect(isEmailLike(id)).toBe(/.+@.+\..+/s.test(id))
      }),
      { examples: [['a@.b'], ['@a.b'], ['a@b.'], ['a@b@c.d'], ['@@a.b'], ['a@..'], ['a@...'], ['ana@corp']] }
    )
  })

  it('a walk over the traits made before is read in their stead', () => {
    const walked = readStandardTraits({ email: 'ana@corp.test' })
    expect(readEmail({ type: 'identify' }, ['traits'], walked)).toEqual({
      value: 'ana@corp.test',
      at: ['traits', 'email']
    })
  })

  it('a walk over the traits made before is as good as the traits', () => {
    fc.assert(
      fc.property(anyEvent, (event) => {
        const decoded = readEvent(event, [])
        if (decoded === undefined) return expect.fail('does not decode')
        const walked = typeof event.traits === 'object' && event.traits !== null ? { ...event.traits } : {}
        expect(readEmail(decoded, ['traits'], readStandardTraits(walked))).toEqual(readEmail(decoded, ['traits']))
      })
    )
  })
})

const address = 'ana@corp.test'
const other = 'other@corp.test'

describe('the places, by type of call', () => {
  it('are listed for every type', () => {
    expect(Object.keys(emailPlaces).sort()).toEqual([...eventTypes].sort())
  })

  const full = (type: EventType): SegmentEvent =>
    Object.assign(
      {
        traits: { email: address },
        context: { traits: { email: 'c@x.test' } },
        properties: { email: 'p@x.test' },
        email: 'e@x.test',
        groupId: 'group@x.test',
        anonymousId: 'anonymous@x.test',
        userId: other
      },
      type === 'track'
        ? { type, event: 'E' }
        : type === 'group'
          ? { type, groupId: 'group@x.test' }
          : { type: asOther(type) }
    )

  it.each<[EventType, string]>([
    ['identify', address],
    ['track', 'c@x.test'],
    ['page', 'c@x.test'],
    ['screen', 'c@x.test'],
    ['group', 'c@x.test'],
    ['alias', 'c@x.test'],
    ['delete', 'e@x.test']
  ])('%s', (type, expected) => {
    expect(readEmail(full(type))?.value).toBe(expected)
  })

  it.each<[EventType, Record<string, unknown>, unknown]>([
    ['identify', { context: { traits: { email: address } }, properties: { email: address } }, undefined],
    ['identify', { userId: other }, { value: other, at: ['userId'] }],
    ['track', { traits: { email: address } }, undefined],
    ['track', { context: { traits: { email: address } } }, { value: address, at: ['context', 'traits', 'email'] }],
    ['track', { properties: { email: address } }, { value: address, at: ['properties', 'email'] }],
    ['identify', { traits: { email: address } }, { value: address, at: ['traits', 'email'] }],
    ['track', { properties: { Email: address } }, { value: address, at: ['properties', 'Email'] }],
    ['page', { context: { traits: { 'E-mail': address } } }, { value: address, at: ['context', 'traits', 'E-mail'] }],
    ['screen', { userId: other }, { value: other, at: ['userId'] }],
    ['group', { traits: { email: address } }, undefined],
    ['group', { properties: { email: address } }, undefined],
    ['group', { userId: other }, { value: other, at: ['userId'] }],
    ['alias', { previousId: other }, undefined],
    ['delete', { email: address }, { value: address, at: ['email'] }],
    ['delete', { userId: other }, { value: other, at: ['userId'] }],
    ['alias', { userId: other }, { value: other, at: ['userId'] }],
    ['page', { anonymousId: address }, undefined],
    ['page', { email: address }, undefined]
  ])('%s %j', (type, members, expected) => {
    const event: SegmentEvent = type === 'track' ? { ...members, type, event: 'E' } : { ...needs(type), ...members }
    expect(readEmail(event)).toEqual(expected)
  })
})

describe('the path of an address', () => {
  it.each<[EmailPlace, SegmentEvent]>([
    ['traits', { type: 'identify', traits: { email: address } }],
    ['context.traits', { type: 'page', context: { traits: { email: address } } }],
    ['properties', { type: 'page', properties: { email: address } }],
    ['event', { type: 'delete', userId: 'u', email: address }]
  ])('is made once where the key has its plain name: %s', (place, event) => {
    expect(readEmail(event, [place])?.at).toBe(readEmail(event, [place])?.at)
  })
})

describe('a present address', () => {
  it.each<[string, unknown]>([
    ['is not trimmed', ' Ana@Corp.Test '],
    ['is not checked', 'not-an-email'],
    ['may be blank text', ' '],
    ['may be a number', 42],
    ['may be zero', 0],
    ['may be a flag', false],
    ['may be a list', ['a@b.test']]
  ])('%s, and hides the next place', (_, value) => {
    expect(readEmail({ type: 'identify', traits: { email: value }, userId: other })?.value).toEqual(value)
  })

  it.each<[string, unknown]>([
    ['null', null],
    ['empty text', ''],
    ['undefined', undefined]
  ])('is not %s', (_, value) => {
    expect(readEmail({ type: 'identify', traits: { email: value }, userId: other })?.value).toBe(other)
  })

  it('is answered as an Option only when it is text', () => {
    expect(email({ type: 'identify', traits: { email: 42 } })).toEqual({ _tag: 'None' })
    expect(email({ type: 'identify', traits: { email: address } })).toEqual({ _tag: 'Some', value: address })
    expect(email({ type: 'identify', traits: { email: address }, userId: other }, ['userId'])).toEqual({
      _tag: 'Some',
      value: other
    })
  })
})

function asOther(type: EventType): 'identify' | 'page' | 'screen' | 'alias' | 'delete' {
  return type === 'track' || type === 'group' ? 'page' : type
}

function needs(type: EventType): SegmentEvent {
  switch (type) {
    case 'group':
      return { type, groupId: 'g' }
    case 'alias':
    case 'delete':
      return { type, userId: 'u' }
    default:
      return { type: type === 'identify' || type === 'screen' ? type : 'page' }
  }
}
