import { isDeepStrictEqual } from 'node:util'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Problem } from '../../src/ground/problem.js'
import { type EventType, readEvent, type SegmentEvent } from '../../src/segment/event.js'
import * as codecs from '../../src/segment/event-codecs.js'
import { printUrl, readPageUrl } from '../../src/segment/page-url.js'
import { readStandardTraits } from '../../src/segment/standard-traits.js'
import { anyEvent, deepFrozen, foreign, hostileEvent, hostileValue, oddEvent, revoked } from '../arbitraries/events.js'
import { optionReaders, plainReaders, readAll } from './readers.js'

const decoded = (u: unknown): SegmentEvent | undefined => readEvent(u, [])

const whenDecoded = (u: unknown, then: (event: SegmentEvent) => void): void => {
  const event = decoded(u)
  expect(event).toBe(u)
  if (event !== undefined) then(event)
}

const allCodecs = [
  codecs.IdentifyEvent,
  codecs.TrackEvent,
  codecs.PageEvent,
  codecs.ScreenEvent,
  codecs.GroupEvent,
  codecs.AliasEvent,
  codecs.DeleteEvent,
  codecs.SegmentEvent
]

const json = (u: unknown): string => JSON.stringify(u)

/** The same value with its keys in another order, all the way down. */
const reordered = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reordered)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, inner]) => [key, reordered(inner)])
      .reverse()
  )
}

/** The same value with a mark in each of its texts. */
const marked = (value: unknown): unknown => {
  if (typeof value === 'string') return `${value}\u2603secret`
  if (Array.isArray(value)) return value.map(marked)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, marked(inner)]))
}

describe('laws of all readers', () => {
  it('P1 answers the same for the same event, again and for its copy', () => {
    fc.assert(
      fc.property(anyEvent, (event) => {
        whenDecoded(event, (once) => {
          const first = readAll(once)
          expect(readAll(once)).toEqual(first)
          whenDecoded(structuredClone(event), (copy) => expect(readAll(copy)).toEqual(first))
        })
      })
    )
  })

  it('P2 leaves the event as it was: a deeply frozen one is read like any other', () => {
    fc.assert(
      fc.property(anyEvent, (event) => {
        const before = json(event)
        whenDecoded(structuredClone(event), (free) => {
          const readings = readAll(free)
          whenDecoded(deepFrozen(event), (frozen) => expect(readAll(frozen)).toEqual(readings))
        })
        expect(json(event)).toBe(before)
      })
    )
  })

  it('P3 no codec throws, whatever the value does', () => {
    fc.assert(
      fc.property(fc.oneof(hostileEvent, hostileValue, fc.anything()), (u) => {
        for (const codec of allCodecs) {
          const verdict = codec.decode(u)
          expect(['Left', 'Right']).toContain(verdict._tag)
          if (verdict._tag === 'Right') expect(Object.is(verdict.right, u)).toBe(true)
          expect(typeof codec.is(u)).toBe('boolean')
        }
      })
    )
  })

  it('P3 no reader that answers Option throws, whatever the event does', () => {
    fc.assert(
      fc.property(hostileEvent, fc.constantFrom<EventType>('identify', 'track', 'page', 'group'), (u, type) => {
        // Readers take decoded events; an event that changes its answers is decoded all the same.
        const event = typeof u === 'object' && u !== null ? asEvent(u, type) : undefined
        if (event === undefined) return
        for (const read of Object.values(optionReaders)) {
          expect(read(event)).toHaveProperty('_tag')
        }
      })
    )
  })

  it('P3 a value that throws at every touch is refused, and no part of it is read', () => {
    for (const codec of allCodecs) expect(codec.decode(revoked())._tag).toBe('Left')
    const event = asEvent({ traits: revoked(), context: revoked(), properties: revoked() }, 'identify')
    for (const [name, read] of Object.entries(optionReaders)) {
      expect([name, read(event)]).toEqual([name, expect.objectContaining({ _tag: expect.anything() })])
    }
  })

  it('P3 no plain reader throws on a decoded event that lies still', () => {
    fc.assert(
      fc.property(oddEvent, (u) => {
        const event = decoded(u)
        if (event === undefined) return
        for (const read of Object.values(plainReaders)) read(event, [])
      })
    )
  })

  it('P4 answers and problems equal their JSON round trip', () => {
    fc.assert(
      fc.property(anyEvent, (event) => {
        whenDecoded(event, (safe) => {
          for (const [name, { answer, problems }] of Object.entries(readAll(safe))) {
            if (name.startsWith('readNames') || answer === undefined) continue
            expect([name, isDeepStrictEqual(JSON.parse(json(answer)), answer)]).toEqual([name, true])
            expect([name, isDeepStrictEqual(JSON.parse(json(problems)), problems)]).toEqual([name, true])
          }
        })
      })
    )
  })

  it('P4 what a text or a number is read as has no -0 and no lone surrogate in a URL', () => {
    whenDecoded({ type: 'page', userId: -0 }, (event) =>
      expect(readAll(event).readUserId?.answer).toEqual({ value: '0', at: ['userId'] })
    )
  })

  it('P5 reads an event of another realm like our own', () => {
    fc.assert(
      fc.property(anyEvent, (event) => {
        whenDecoded(event, (ours) => {
          whenDecoded(foreign(event), (theirs) => expect(json(readAll(theirs))).toBe(json(readAll(ours))))
        })
      })
    )
  })

  it('P5 refuses an event of another realm for the same reasons', () => {
    fc.assert(
      fc.property(oddEvent, (u) => {
        const text = jsonOf(u)
        if (text === undefined) return
        const ours: Array<Problem> = []
        const theirs: Array<Problem> = []
        readEvent(JSON.parse(text), ours)
        readEvent(foreign(JSON.parse(text)), theirs)
        expect(theirs).toEqual(ours)
      })
    )
  })

  it('M3 the order of keys decides nothing', () => {
    fc.assert(
      fc.property(anyEvent, (event) => {
        whenDecoded(event, (as) => {
          whenDecoded(reordered(event), (other) => {
            const expected = readAll(as)
            for (const [name, reading] of Object.entries(readAll(other))) {
              expect([name, sorted(reading.answer)]).toEqual([name, sorted(expected[name]?.answer)])
              expect(reading.problems.map(json).sort()).toEqual(expected[name]?.problems.map(json).sort())
            }
          })
        })
      })
    )
  })

  it('S3 no value of an event gets into a problem or an io-ts error', () => {
    fc.assert(
      fc.property(fc.oneof(anyEvent, oddEvent), (u) => {
        const text = jsonOf(u)
        if (text === undefined) return
        const event = marked(JSON.parse(text))
        const problems: Array<Problem> = []
        readEvent(event, problems)
        expect(json(problems)).not.toContain('secret')
        for (const codec of allCodecs) expect(json(errorsOf(codec.decode(event)))).not.toContain('secret')
      })
    )
  })

  it('S3 no value of a decoded event gets into a problem of a reader', () => {
    fc.assert(
      fc.property(anyEvent, (event) => {
        const readable = { ...(marked(event) as object), type: event.type }
        const safe = decoded(readable)
        if (safe === undefined) return
        for (const { problems } of Object.values(readAll(safe))) expect(json(problems)).not.toContain('secret')
      })
    )
  })
})

/** URLs as people write them, and a host with anything behind it. */
const webUrl = fc.oneof(
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  fc
    .tuple(fc.constantFrom('/', '?', '#', '/a?', '/a#', '/?b#'), fc.string())
    .map(([mark, s]) => `http://h.test${mark}${s}`)
)

describe('laws of the parts', () => {
  it('U2 the parts of a serialised URL without user info rebuild it', () => {
    fc.assert(
      fc.property(webUrl, (text) => {
        const serialised = new URL(text)
        const url = readPageUrl(serialised.href)
        // Written anew, an empty query or fragment loses its delimiter.
        const { search, hash } = serialised
        serialised.search = search
        serialised.hash = hash
        expect(typeof url === 'string' ? url : printUrl(url.parts)).toBe(serialised.href)
      })
    )
  })

  it('a walk over the standard traits reads each key once', () => {
    const reads = new Map<string, number>()
    const traits = new Proxy<Record<string, unknown>>(
      { email: 'a@b.test', Email: null, first_name: 'Ana', firstName: undefined, plan: 'pro', phone: 1 },
      {
        get: (target, key) => {
          reads.set(String(key), (reads.get(String(key)) ?? 0) + 1)
          return Reflect.get(target, key)
        }
      }
    )
    readStandardTraits(traits)
    expect(Object.fromEntries(reads)).toEqual({ email: 1, Email: 1, first_name: 1, firstName: 1, phone: 1 })
  })
})

/** An object as a decoded event of the given type, whatever else it is. */
function asEvent(u: object, type: EventType): SegmentEvent {
  const event: SegmentEvent =
    type === 'track' ? { type, event: 'E' } : type === 'group' ? { type, groupId: 'g' } : { type: 'identify' }
  return new Proxy(event, {
    get: (own, key) => (key === 'type' ? type : Reflect.get(Reflect.has(own, key) ? own : u, key)),
    ownKeys: () => Reflect.ownKeys(u),
    getOwnPropertyDescriptor: (_, key) => {
      const descriptor = Reflect.getOwnPropertyDescriptor(u, key)
      return descriptor === undefined ? undefined : { ...descriptor, configurable: true }
    }
  })
}

/** The value's JSON, or undefined when it has none. */
function jsonOf(u: unknown): string | undefined {
  try {
    return JSON.stringify(u)
  } catch {
    return undefined
  }
}

function errorsOf(verdict: { readonly _tag: string; readonly left?: unknown }): unknown {
  const errors = Array.isArray(verdict.left) ? verdict.left : []
  return errors.map(({ value, context, message }) => ({
    value,
    message,
    actual: context.map((entry: { readonly actual?: unknown }) => entry.actual ?? null)
  }))
}

/** An answer of flatten's, its problems in one order: they come in the order of the keys. */
function sorted(answer: unknown): unknown {
  if (typeof answer !== 'object' || answer === null || !('left' in answer) || !Array.isArray(answer.left)) return answer
  return { ...answer, left: answer.left.map((problem) => JSON.stringify(problem)).sort() }
}
