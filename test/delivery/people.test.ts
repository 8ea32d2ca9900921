import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  aged,
  keysOfIntent,
  knownOf,
  leadIdIn,
  leadIdOf,
  leadKeysOf,
  leadOfBrowser,
  meet,
  nobody,
  type People,
  personOf,
  unlearned,
  withBrowser,
  withLeadId,
  wrote
} from '../../src/delivery/people.js'

import { emptyTree, entriesOf } from '../../src/ground/tree.js'
import type { KeyedIntent } from '../../src/intent/intent.js'
import { isMunchkinId } from '../../src/marketo/munchkin-id.js'
import { deepFrozen } from '../arbitraries/events.js'
import { keyedIntent } from '../arbitraries/intents.js'

const key = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', '__proto__', 'constructor')
const sets = fc.array(fc.uniqueArray(key, { minLength: 1, maxLength: 3 }), { maxLength: 12 })

/** An independent answer: groups by walking from key to key until nothing more is reached. */
const groupOf = (start: string, all: ReadonlyArray<ReadonlyArray<string>>): ReadonlySet<string> => {
  const reached = new Set([start])
  for (let before = 0; before !== reached.size; ) {
    before = reached.size
    for (const set of all) if (set.some((one) => reached.has(one))) for (const one of set) reached.add(one)
  }
  return reached
}

/** Sets of keys met one after the other. */
const metAll = (people: People, all: ReadonlyArray<ReadonlyArray<string>>): People =>
  all.reduce((so, keys) => meet(so, keys).people, people)

const keysIn = (all: ReadonlyArray<ReadonlyArray<string>>): ReadonlyArray<string> => [...new Set(all.flat())]

describe('laws', () => {
  it('D5 two keys are one person exactly when sets of keys lead from one to the other', () => {
    fc.assert(
      fc.property(sets, (all) => {
        const people = metAll(nobody, all)
        for (const a of keysIn(all)) {
          const group = groupOf(a, all)
          for (const b of keysIn(all)) expect(personOf(people, a) === personOf(people, b)).toBe(group.has(b))
        }
      })
    )
  })

  it('D8 with a rest as JSON between two goes, it is the same', () => {
    fc.assert(
      fc.property(sets, sets, (first, second) => {
        const rest: People = JSON.parse(JSON.stringify(metAll(nobody, first)))
        expect(metAll(rest, second)).toEqual(metAll(nobody, [...first, ...second]))
      })
    )
  })

  it('D4 of people that turn out to be one the smaller number stays, and each that is gone is told', () => {
    fc.assert(
      fc.property(sets, fc.uniqueArray(key, { minLength: 1 }), (first, keys) => {
        const before = metAll(nobody, first)
        const { people, person, gone } = meet(before, keys)
        for (const other of gone) expect(other).toBeGreaterThan(person)
        for (const one of keysIn([...first, keys])) {
          const was = personOf(before, one)
          const expected = was === undefined || gone.includes(was) ? person : was
          expect(personOf(people, one)).toBe(expected)
        }
      })
    )
  })

  it('each person has just the keys that lead to it', () => {
    fc.assert(
      fc.property(sets, (all) => {
        const people = metAll(nobody, all)
        for (const one of keysIn(all)) {
          const person = personOf(people, one) ?? -1
          const own = keysIn(all).filter((other) => personOf(people, other) === person)
          expect([...knownOf(people, person).keys].sort()).toEqual([...own].sort())
        }
      })
    )
  })

  it('P2 what is known stays as it was', () => {
    fc.assert(
      fc.property(sets, sets, (first, second) => {
        const known = deepFrozen(metAll(nobody, first))
        const before = structuredClone(known)
        aged(metAll(known, deepFrozen(second)), new Set([0]), 0)
        expect(known).toEqual(before)
      })
    )
  })

  it('D5 who is busy is never forgotten, nor what is known of them', () => {
    fc.assert(
      fc.property(fc.array(sets, { maxLength: 6 }), fc.nat(3), (rounds, remember) => {
        let people = nobody
        const busyKeys = keysIn(rounds[0] ?? [])
        for (const round of rounds) {
          people = metAll(people, round)
          const groups = new Map(busyKeys.map((one) => [one, personOf(people, one)]))
          for (const person of groups.values())
            if (person !== undefined)
              people = meet(people, knownOf(people, person).keys, withLeadId([`k${person}`], person + 1)).people
          people = aged(people, new Set([...groups.values()].flatMap((one) => one ?? [])), remember)
          for (const [one, person] of groups) {
            expect(personOf(people, one)).toBe(person)
            if (person !== undefined) expect(leadIdOf(people, person, `k${person}`)).toBe(person + 1)
          }
        }
      })
    )
  })

  it('of one person the latest thousand keys are kept, and what they find', () => {
    const first = Array.from({ length: 999 }, (_, i) => `k${i}`)
    const { people: full, person } = meet(nobody, ['hub', ...first], withLeadId(first, 7))
    expect(knownOf(full, person).keys).toEqual(['hub', ...first])
    let people = full
    for (const key of ['k999', 'k1000']) people = meet(people, ['hub', key], withLeadId([key], 7)).people
    expect(knownOf(people, person).keys).toEqual([...first.slice(1), 'k999', 'hub', 'k1000'].slice(-1_000))
    expect(leadIdOf(people, person, 'k1000')).toBe(7)
    expect(leadIdOf(people, person, 'k0')).toBe(undefined)
    expect(personOf(people, 'k0')).toBe(person)
  })

  it('browsers are counted with people, and forgotten like them', () => {
    let people = nobody
    for (let i = 0; i < 1_000; i += 1) people = aged(withBrowser(people, `b${i}`, i), new Set(), 20)
    expect(people.young.size + people.old.size).toBeLessThanOrEqual(22)
    expect(leadOfBrowser(people, 'b999')).toBe(999)
    expect(leadOfBrowser(people, 'b1')).toBe(undefined)
  })

  it('D5 where all are busy, nobody is copied and nobody forgotten, however few are to be kept in mind', () => {
    const people = metAll(nobody, [['a'], ['b'], ['c']])
    expect(aged(people, new Set([0, 1, 2]), 1)).toBe(people)
    expect(aged(people, new Set([0, 1]), 1)).toBe(people)
    expect(aged(people, new Set([0]), 1)).not.toBe(people)
  })

  it('who a browser was last said to be outlives a generation', () => {
    const people = withBrowser(metAll(nobody, [['a'], ['b']]), 'browser', 7)
    const later = aged(people, new Set(), 1)
    expect(later.young.size).toBe(0)
    expect(leadOfBrowser(later, 'browser')).toBe(7)
    expect(leadOfBrowser(withBrowser(later, 'browser', 8), 'browser')).toBe(8)
  })

  it('however many are met, no more are kept in mind than are told to, and those who are busy', () => {
    const { numRuns = 100 } = fc.readConfigureGlobal()
    const strangers = fc.array(fc.uniqueArray(fc.nat(10_000).map(String), { minLength: 1, maxLength: 2 }), {
      minLength: 50,
      maxLength: 200
    })
    fc.assert(
      fc.property(strangers, fc.integer({ min: 2, max: 20 }), (all, remember) => {
        let people = nobody
        for (const keys of all) {
          people = aged(meet(people, keys).people, new Set(), remember)
          expect(people.young.size + people.old.size).toBeLessThanOrEqual(remember + 2)
        }
      }),
      { numRuns: Math.ceil(numRuns / 4) }
    )
  })
})

describe('what changes nothing', () => {
  const people = meet(nobody, ['a', 'b'], withLeadId(['a'], 7)).people

  it('leaves the very people', () => {
    expect(meet(people, ['a']).people).toBe(people)
    expect(meet(people, ['b', 'a']).people).toBe(people)
    expect(meet(people, ['a'], withLeadId(['a'], 7)).people).toBe(people)
    expect(wrote(people, 0, '')).toBe(people)
    expect(aged(people, new Set(), 2)).toBe(people)
    expect(aged(people, new Set(), 1)).not.toBe(people)
  })

  it('is not counted twice', () => {
    expect(people.young.size).toBe(1)
    expect(meet(people, ['a', 'c']).people.young.size).toBe(1)
    expect(withBrowser(withBrowser(people, 'x', 1), 'x', 2).young.size).toBe(2)
    expect(withBrowser(withBrowser(people, 'x', 1), 'y', 2).young.size).toBe(3)
  })
})

describe('who is met again', () => {
  it('is among the young by every key, once old', () => {
    const old = aged(meet(nobody, ['a', 'b'], withLeadId(['a', 'b'], 7)).people, new Set(), 1)
    expect(old.young.size).toBe(0)
    const { people, person } = meet(old, ['a'])
    const alone = { ...people, old: nobody.old }
    expect([people.young.size, person]).toEqual([1, 0])
    expect([personOf(alone, 'a'), personOf(alone, 'b'), leadIdOf(alone, 0, 'b')]).toEqual([0, 0, 7])
  })

  it('is known by keys in the order in which they were met', () => {
    const people = metAll(nobody, [
      ['a', 'b'],
      ['a', 'c'],
      ['c', 'a', 'd']
    ])
    expect(knownOf(people, 0).keys).toEqual(['a', 'b', 'c', 'd'])
  })

  it('loses the keys that were met first where they are more than a thousand, and what those found', () => {
    const keys = Array.from({ length: 999 }, (_, i) => `k${i}`)
    const full = meet(meet(nobody, keys, withLeadId(keys, 7)).people, ['k0', 'new'])
    expect(knownOf(full.people, 0).keys).toEqual([...keys, 'new'])
    const known = knownOf(meet(full.people, ['k0', 'newer']).people, 0)
    expect(known.keys).toEqual([...keys.slice(2), 'new', 'k0', 'newer'])
    expect([entriesOf(known.leadIds).length, leadIdIn(known, 'k0'), leadIdIn(known, 'k1')]).toEqual([998, 7, undefined])
  })
})

describe('what is known of somebody', () => {
  const two = metAll(nobody, [['a'], ['b']])

  it('is nothing at first', () => {
    expect(knownOf(nobody, 0)).toEqual({ keys: [], leadIds: emptyTree, written: '' })
    expect(knownOf(two, 1)).toEqual({ keys: ['b'], leadIds: emptyTree, written: '' })
  })

  it('is what was written last, but of two who turn out to be one', () => {
    const both = wrote(wrote(two, 0, 'x'), 1, 'y')
    expect([knownOf(both, 0).written, knownOf(both, 1).written]).toEqual(['x', 'y'])
    expect(both.young.personOf).toBe(two.young.personOf)
    const { people, person, gone } = meet(both, ['b', 'a'])
    expect([person, gone, knownOf(people, 0).written]).toEqual([0, [1], ''])
  })

  it('is one number for each key: the one that was told last', () => {
    const once = meet(two, ['a', 'c'], withLeadId(['a', 'c'], 7)).people
    const more = meet(once, ['a', 'e'], withLeadId(['a', 'e'], 7)).people
    expect(entriesOf(knownOf(more, 0).leadIds).map(([key]) => key)).toEqual(['a', 'c', 'e'])
    const again = meet(once, ['a', 'd'], withLeadId(['a', 'd'], 8)).people
    expect(entriesOf(knownOf(once, 0).leadIds)).toEqual([
      ['a', 7],
      ['c', 7]
    ])
    expect(entriesOf(knownOf(again, 0).leadIds)).toEqual([
      ['a', 8],
      ['c', 7],
      ['d', 8]
    ])
    expect(meet(again, ['d', 'a'], withLeadId(['a', 'd'], 8)).people).toBe(again)
  })

  it('is no number any more once it turned out wrong', () => {
    const known = wrote(meet(two, ['a', 'c'], withLeadId(['a', 'c'], 7)).people, 0, 'x')
    const after = unlearned(known, 0)
    expect(knownOf(after, 0)).toEqual({ keys: ['a', 'c'], leadIds: emptyTree, written: '' })
    expect(after.young.personOf).toBe(known.young.personOf)
  })

  // biome-ignore format: table
  it.each<[string, string, boolean]>([
    ['the number of a lead',                   '561-HYG-937 id=20',         true],
    ['an email',                               '561-HYG-937 email=id=20',   false],
    ['a value that reads like a number’s key', '561-HYG-937 userId=u id=2', false],
    ['a field whose name begins like it',      '561-HYG-937 idea=20',       false],
    ['a field whose name ends like it',        '561-HYG-937 userid=20',     false]
  ])('keeps what was merged into what, and nothing else: %s', (_, key, stays) => {
    const known = meet(two, ['a', key], withLeadId(['a', key], 7)).people
    const { leadIds } = knownOf(unlearned(known, 0), 0)
    expect(entriesOf(leadIds)).toEqual(stays ? [[key, 7]] : [])
  })
})

const munchkinId = '561-HYG-937'
if (!isMunchkinId(munchkinId)) throw new Error('no Munchkin id')

const upsert = (fields: Readonly<Record<string, string | number | null>>): KeyedIntent => ({
  _tag: 'UpsertLead',
  munchkinId,
  lead: { lookupField: 'email', value: 'Ana@Corp.test' },
  fields,
  action: 'createOrUpdate',
  partitionName: null
})

describe('the keys of an intent', () => {
  const idFields = ['email', 'userId', 'anonymousId']

  it.each([
    ['its own', upsert({ email: 'Ana@Corp.test', firstName: 'Ana' }), ['email=ana@corp.test']],
    [
      'and the ids that it writes',
      upsert({ email: 'Ana@Corp.test', userId: 'u1', anonymousId: 7 }),
      ['email=ana@corp.test', 'userId=u1', 'anonymousId=7']
    ],
    ['null and empty text name nobody', upsert({ userId: null, anonymousId: '' }), ['email=ana@corp.test']],
    ['another email joins the two', upsert({ email: 'b@corp.test' }), ['email=ana@corp.test', 'email=b@corp.test']]
  ])('%s', (_, intent, keys) => {
    expect(keysOfIntent(intent, idFields)).toEqual(keys.map((one) => `${munchkinId} ${one}`))
  })

  it('are each told once', () => {
    const intent = upsert({ email: 'ana@corp.test', userId: 'u1' })
    expect(leadKeysOf(intent, idFields)).toEqual([intent.lead, { lookupField: 'userId', value: 'u1' }])
  })

  it('are of its instance alone', () => {
    fc.assert(
      fc.property(keyedIntent, (intent) => {
        const keys = keysOfIntent(intent, idFields)
        expect(keys.length).toBeGreaterThan(0)
        for (const one of keys) expect(one.startsWith(`${intent.munchkinId} `)).toBe(true)
      })
    )
  })
})
