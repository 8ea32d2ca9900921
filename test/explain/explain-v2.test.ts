import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { explainV2 } from '../../src/explain/explain-v2.js'
import type { Explanation } from '../../src/explain/explanation.js'
import type { Path } from '../../src/ground/path.js'
import { describeProblem } from '../../src/ground/problem.js'
import { diffSettings } from '../../src/settings/diff-settings.js'
import { browserMapper, mapper } from '../../src/v2/mapper.js'
import type { Settings } from '../../src/v2/settings.js'
import type { JsonRecord, JsonValue } from '../arbitraries/events.js'
import { browserSettings, cloudSettings, encounter } from '../arbitraries/settings.js'
import { explanationCases } from '../cases/v2-explanations.js'
import { intentsOf, settingsFrom } from '../v2/given.js'

const sides = [
  ['server', cloudSettings, mapper],
  ['browser', browserSettings, browserMapper]
] as const

/** Every leaf of a JSON value with its path; an empty list or object is a leaf. */
const leavesOf = (value: unknown, at: Path = []): ReadonlyArray<readonly [Path, unknown]> => {
  const members = Array.isArray(value)
    ? value.map((item: unknown, i) => [i, item] as const)
    : typeof value === 'object' && value !== null
      ? Object.entries(value)
      : []
  return members.length === 0 ? [[at, value]] : members.flatMap(([key, member]) => leavesOf(member, [...at, key]))
}

const text = (path: Path | null): string => JSON.stringify(path)

const isWithin = (path: Path, start: Path): boolean => start.every((part, i) => part === path[i])

const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (now, part) =>
      typeof now === 'object' && now !== null && Object.keys(now).includes(String(part))
        ? (now as Record<string, unknown>)[String(part)]
        : undefined,
    value
  )

const mark = 'q7mark'

/** The event with the mark in front of every text that may bear it without becoming unfit for its place. */
const marked = (event: JsonRecord): JsonRecord => {
  const within = (value: JsonValue): JsonValue => {
    if (Array.isArray(value)) return value.map((item: JsonValue) => within(item))
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, within(member)]))
    return typeof value === 'string' && value !== '' && !/^[\d/]|:/.test(value) ? `${mark}${value}` : value
  }
  return Object.fromEntries(
    Object.entries(event).map(([key, value]) => [
      key,
      ['type', 'event', 'integrations'].includes(key) ? value : within(value)
    ])
  )
}

describe.each(sides)('on the %s’s side', (side, settingsOfSide, mapperOf) => {
  const explained = (of: Settings, event: unknown): Explanation => explainV2(of, side)(event)

  it('M7 the verdict is the mapping’s own', () => {
    fc.assert(
      fc.property(encounter(settingsOfSide), ([of, event]) => {
        expect(explained(of, event).verdict).toEqual(mapperOf(of)(event))
      })
    )
  })

  it('M7 names the version of the settings, as comparing settings does', () => {
    fc.assert(
      fc.property(encounter(settingsOfSide), ([of, event]) => {
        expect(explained(of, event).settings).toBe(diffSettings(of, of, []).before)
      })
    )
  })

  it('M7 every value of every intent is a move with that value, in order', () => {
    fc.assert(
      fc.property(encounter(settingsOfSide), ([of, event]) => {
        const { verdict, moves } = explained(of, event)
        const leaves = intentsOf(verdict).flatMap((intent, i) =>
          leavesOf(intent).map(([to, value]) => ({ intent: i, to, value }))
        )
        expect(moves.map(({ intent, to, value }) => ({ intent, to, value }))).toEqual(leaves)
      })
    )
  })

  it('M7 every leaf of the event is moved or stays with a reason, and none does both', () => {
    fc.assert(
      fc.property(encounter(settingsOfSide), ([of, event]) => {
        const { moves, stays } = explained(of, event)
        const stayed = new Map(stays.map(({ at, why }) => [text(at), why]))
        expect(stayed.size).toBe(stays.length)
        for (const [at] of leavesOf(event)) {
          const isMoved = moves.some(({ from }) => from !== null && isWithin(at, from))
          expect({ at, isMoved, why: stayed.get(text(at)) }).toEqual({
            at,
            isMoved,
            why: isMoved ? undefined : expect.stringMatching(/\S/)
          })
          stayed.delete(text(at))
        }
        expect([...stayed.keys()]).toEqual([])
      })
    )
  })

  it('M7 a move comes from where the event has something, or from the settings', () => {
    fc.assert(
      fc.property(encounter(settingsOfSide), ([of, event]) => {
        for (const { from, value, did, rule } of explained(of, event).moves) {
          expect(rule).toMatch(/\S/)
          if (from === null) continue
          const source = valueAt(event, from)
          expect({ from, source }).not.toEqual({ from, source: undefined })
          if (did.length === 0 && typeof source === 'string')
            expect(String(value)).toBe(source.trim() === value ? value : source)
        }
      })
    )
  })

  it('M7 no value of the event is said to be the settings’', () => {
    fc.assert(
      fc.property(encounter(settingsOfSide), ([of, event]) => {
        for (const { from, to, value } of explained(of, marked(event)).moves) {
          if (typeof value === 'string' && value.toLowerCase().includes(mark))
            expect({ to, value, isFromEvent: from !== null }).toEqual({ to, value, isFromEvent: true })
        }
      })
    )
  })

  it('M7 a trait or property that a row maps is never said to be unmapped', () => {
    const unmapped = ['no row maps this trait', 'no row maps this property']
    fc.assert(
      fc.property(encounter(settingsOfSide), ([of, event]) => {
        const { stays } = explained(of, event)
        const names =
          event.type === 'track'
            ? of.events
                .filter((row) => row.event === event.event)
                .flatMap((row) => row.attributes.map((attribute) => attribute.property))
            : of.traits.flatMap((row) => (of.browserProfile === 'exact' && row.trait === 'id' ? [] : [row.trait]))
        for (const { at, why } of stays) {
          const [root, name] = at
          if (!unmapped.includes(why)) continue
          if (event.type === 'identify' && root === 'traits')
            expect([
              ...names,
              ...(of.browserProfile === 'exact' ? [] : ['email', 'firstName', 'lastName', 'name', 'phone', 'birthday'])
            ]).not.toContain(name)
          if (event.type === 'track' && root === 'properties') expect(names).not.toContain(name)
        }
      })
    )
  })

  it('when nothing is sent, every leaf says what kept the call back', () => {
    fc.assert(
      fc.property(encounter(settingsOfSide), ([of, event]) => {
        const { verdict, moves, stays } = explained(of, event)
        if (verdict._tag !== 'Left') return
        const fatal = verdict.left
          .filter(({ weight }) => weight === 'invalid' || weight === 'skipped')
          .map(describeProblem)
        expect(moves).toEqual([])
        for (const { why } of stays) expect(fatal.map((line) => `the call was not mapped: ${line}`)).toContain(why)
      })
    )
  })
})

describe('cases', () => {
  it.each(explanationCases)('$name', ({ input, expected, side }) => {
    const { moves, stays } = explainV2(settingsFrom(input.settings), side ?? 'server')(input.event)
    expect({ moves, stays }).toEqual(expected)
  })
})

describe('near misses', () => {
  it('the key of the lead says what its row did on the way', () => {
    const row = { trait: 'plan', field: 'email', type: 'email', transforms: ['upper'] }
    const explain = explainV2(settingsFrom({ munchkinId: '000-AAA-000', traits: [row] }))
    const { moves } = explain({ type: 'identify', userId: 'u1', traits: { plan: 'ana@corp.test' } })
    expect(moves.filter(({ rule }) => rule === 'key of the lead').map(({ value, did }) => [value, did])).toEqual([
      ['ANA@CORP.TEST', ['transformed', 'made email']]
    ])
  })

  it('P3 an event that throws has the verdict of its mapping, and one reason for all of it', () => {
    const of = settingsFrom({ munchkinId: '000-AAA-000' })
    const event = Object.defineProperty({ type: 'identify' }, 'userId', {
      enumerable: true,
      get: () => {
        throw new Error('no')
      }
    })
    expect(explainV2(of)(event)).toEqual({
      settings: diffSettings(of, of, []).before,
      verdict: mapper(of)(event),
      moves: [],
      stays: [{ at: [], why: 'the event could not be read' }]
    })
  })

  it('an id of a visitor stays for one of two reasons', () => {
    const event = { type: 'identify', userId: 'u1', anonymousId: 'a1', sessionId: 's1' }
    const stays = (anonymousActivity: boolean) => explainV2(settingsFrom({ anonymousActivity }))(event).stays.slice(-1)
    const inBrowser = settingsFrom({ mode: 'device', formId: 1001, formHost: '//app-ab00.marketo.com' })
    const asForm = { ...event, traits: { email: 'ana@example.com' } }
    expect(explainV2(inBrowser, 'browser')(asForm).stays.find(({ at }) => at[0] === 'sessionId')?.why).toBe(
      'anonymous activity is off, so no anonymousId leaves'
    )
    expect(stays(false)).toEqual([{ at: ['sessionId'], why: 'anonymous activity is off, so no anonymousId leaves' }])
    expect(stays(true)).toEqual([{ at: ['sessionId'], why: 'not needed: the key of the lead is another id' }])
  })

  it('a full name that is no text stays for the names beside it', () => {
    const event = { type: 'identify', userId: 'u1', traits: { firstName: 'Ana', lastName: 'Cruz', name: {} } }
    expect(explainV2(settingsFrom())(event).stays.slice(1)).toEqual([
      { at: ['traits', 'name'], why: 'firstName and lastName come first' }
    ])
  })

  it.each(['timestamp', 'originalTimestamp', 'receivedAt', 'sentAt'])(
    'the time of an activity comes from %s, where that is the first',
    (member) => {
      const attributes = [{ property: 'plan', attribute: 'plan', primary: true }]
      const events = [{ event: 'Trial Started', activityTypeId: 7, attributes }]
      const event = { type: 'track', userId: 'u1', event: 'Trial Started', properties: { plan: 'pro' } }
      const { moves } = explainV2(settingsFrom({ events }))({ ...event, [member]: '2024-05-01T10:00:00.000Z' })
      expect(moves.filter(({ to }) => to[0] === 'activityDate').map(({ from, value }) => [from, value])).toEqual([
        [[member], '2024-05-01T10:00:00Z']
      ])
    }
  )

  it('is of the server’s side unless the browser’s is asked for', () => {
    const of = settingsFrom({ mode: 'device', formId: 1001, formHost: '//app-ab00.marketo.com' })
    const event = { type: 'page', userId: 'u1', properties: { url: 'https://www.example.com/a' } }
    expect(explainV2(of)(event)).toEqual(explainV2(of, 'server')(event))
    expect(explainV2(of)(event)).not.toEqual(explainV2(of, 'browser')(event))
  })
})
