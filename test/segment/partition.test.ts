import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { partitionKey, partitionOf } from '../../src/segment/partition.js'
import { isBlank } from '../../src/segment/white-space.js'
import { anyEvent, foreign, hostileEvent, jsonValue, oddEvent } from '../arbitraries/events.js'

const count = fc.integer({ min: 1, max: 1_000 })
/** A blank text is no id, here as in every mapper. */
const idText = fc.string({ minLength: 1 }).filter((text) => !isBlank(text))
const userId = fc.oneof(fc.uuid(), fc.integer(), idText, fc.emailAddress())

/** With the members that may name somebody taken away. */
const nobody = (event: Readonly<Record<string, unknown>>): Record<string, unknown> => {
  const { userId: _user, anonymousId: _anonymous, sessionId: _session, ...rest } = event
  return { ...rest, type: 'page', properties: {}, context: {} }
}

/** A number as large as this comes up by chance once in ten thousand draws: the chi-square bound, by Wilson and Hilferty. */
const chiSquareBound = (freedom: number): number => {
  const part = 2 / (9 * freedom)
  return freedom * (1 - part + 3.719 * Math.sqrt(part)) ** 3
}

const chiSquare = (keys: ReadonlyArray<string>, partitions: number): number => {
  const counts = new Array<number>(partitions).fill(0)
  for (const key of keys) {
    const at = partitionOf(key, partitions)
    counts[at] = (counts[at] ?? 0) + 1
  }
  const fair = keys.length / partitions
  return counts.reduce((sum, n) => sum + (n - fair) ** 2 / fair, 0)
}

describe('laws of partitions', () => {
  it('Q1 events of one userId share a key, whatever else they say', () => {
    fc.assert(
      fc.property(anyEvent, anyEvent, userId, (a, b, id) => {
        const key = partitionKey({ ...a, userId: id })
        expect(partitionKey({ ...b, userId: id })).toBe(key)
        expect(partitionKey({ type: 'page', userId: id })).toBe(key)
      })
    )
  })

  it('Q1 without a userId those of one anonymousId do, and without both those of one email', () => {
    fc.assert(
      fc.property(anyEvent, fc.uuid(), fc.emailAddress(), (event, anonymousId, email) => {
        const bare = nobody(event)
        const traits = { email }
        expect(partitionKey({ ...bare, anonymousId, context: { traits } })).toBe(anonymousId)
        expect(partitionKey({ ...bare, context: { traits } })).toBe(email.toLowerCase())
        expect(partitionKey(bare)).toBe(null)
      })
    )
  })

  it('Q1 a blank userId is none', () => {
    fc.assert(
      fc.property(anyEvent, fc.constantFrom(' ', '\t', '\u00a0 '), (event, userId) => {
        const { userId: _, ...without } = event
        expect(partitionKey({ ...event, userId })).toBe(partitionKey(without))
      })
    )
  })

  it('Q1 no member but type, ids and where an email stands counts', () => {
    fc.assert(
      fc.property(anyEvent, jsonValue, (event, said) => {
        const more = { ...event, integrations: {}, timestamp: said, messageId: 'm', channel: said, version: said }
        expect(partitionKey(more)).toBe(partitionKey(event))
      })
    )
  })

  it('Q1 P5 an event of another realm has the same key', () => {
    fc.assert(
      fc.property(anyEvent, (event) => {
        expect(partitionKey(foreign(event))).toBe(partitionKey(JSON.parse(JSON.stringify(event))))
      })
    )
  })

  it('Q2 P3 any value has a key or none, and any key a partition', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), oddEvent, hostileEvent), count, (u, partitions) => {
        const key = partitionKey(u)
        if (key === null) return
        expect(typeof key).toBe('string')
        expect(partitionOf(key, partitions)).toBeLessThan(partitions)
      })
    )
  })

  it.each([
    ['counted ids', (i: number) => `u${i}`],
    ['numbers', (i: number) => `${100_000 + i}`],
    ['addresses', (i: number) => `person.${i}@corp.test`],
    ['ids that differ in front', (i: number) => `${i}-8d5a-4a3f-9c1e-000000000000`]
  ])('Q4 %s spread evenly', (_, keyOf) => {
    const keys = Array.from({ length: 30_000 }, (_, i) => keyOf(i))
    for (const partitions of [2, 3, 7, 16, 64, 100, 256])
      expect(chiSquare(keys, partitions)).toBeLessThan(chiSquareBound(partitions - 1))
  })

  it('Q5 of n + 1 partitions the new one takes its share and nothing else moves', () => {
    const keys = Array.from({ length: 30_000 }, (_, i) => `u${i}`)
    for (const partitions of [1, 4, 16, 63]) {
      const moved = keys.filter((key) => partitionOf(key, partitions) !== partitionOf(key, partitions + 1))
      expect(moved.every((key) => partitionOf(key, partitions + 1) === partitions)).toBe(true)
      expect(moved.length / keys.length).toBeCloseTo(1 / (partitions + 1), 1.5)
    }
  })
})

describe('the key', () => {
  it.each<[string, unknown, string | null]>([
    ['userId before all else', { userId: 'u1', anonymousId: 'a1', context: { traits: { email: 'x@y.test' } } }, 'u1'],
    ['anonymousId next', { userId: ' ', anonymousId: 'a1', context: { traits: { email: 'x@y.test' } } }, 'a1'],
    ['its old name', { sessionId: 's1' }, 's1'],
    ['an email last', { context: { traits: { email: ' Ana@Corp.Test ' } } }, 'ana@corp.test'],
    ['an email among the properties', { properties: { email: 'ana@corp.test' } }, 'ana@corp.test'],
    ['a userId that is an address, in its comparison form', { userId: 'Ana@Corp.Test' }, 'ana@corp.test'],
    ['another userId letter by letter', { userId: 'Ana' }, 'Ana'],
    ['a number as its digits', { userId: 42 }, '42'],
    ['nobody', {}, null],
    ['blank ids', { userId: '', anonymousId: ' \t' }, null],
    ['an email that is none of a text', { context: { traits: { email: {} } } }, null]
  ])('is, for %s', (_, members, key) => {
    expect(partitionKey(Object.assign({ type: 'page' }, members))).toBe(key)
  })

  it.each<[string, unknown]>([
    ['no event', { userId: 'u1' }],
    ['a text', 'u1'],
    ['null', null],
    ['an id that is an object', { type: 'page', userId: { id: 1 } }]
  ])('is null for %s', (_, u) => {
    expect(partitionKey(u)).toBe(null)
  })

  it('is null for an event whose own getters throw', () => {
    const event = Object.defineProperty({ type: 'page' }, 'anonymousId', {
      get: () => {
        throw new Error('a trap of the event')
      }
    })
    expect(partitionKey(event)).toBe(null)
  })

  it('does not join the visitor with the user: their events may overtake each other', () => {
    const before = partitionKey({ type: 'page', anonymousId: 'a1' })
    const after = partitionKey({ type: 'identify', userId: 'u1', anonymousId: 'a1' })
    expect([before, after]).toEqual(['a1', 'u1'])
  })
})
