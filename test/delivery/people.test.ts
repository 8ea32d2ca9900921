import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { forget, keysOfIntent, meet, nobody, type People } from '../../src/delivery/people.js'
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

const personOf = (people: People, one: string): number | undefined => new Map(Object.entries(people.personOf)).get(one)

describe('laws', () => {
  it('D5 two keys are one person exactly when sets of keys lead from one to the other', () => {
    fc.assert(
      fc.property(sets, (all) => {
        const { people, persons } = meet(nobody, all)
        const keys = [...new Set(all.flat())]
        for (const a of keys) {
          const group = groupOf(a, all)
          for (const b of keys) expect(personOf(people, a) === personOf(people, b)).toBe(group.has(b))
        }
        all.forEach((set, i) => {
          for (const one of set) expect(persons[i]).toBe(personOf(people, one))
        })
      })
    )
  })

  it('D8 in two goes, with a rest as JSON between them, it is the same as in one', () => {
    fc.assert(
      fc.property(sets, sets, (first, second) => {
        const rest: People = JSON.parse(JSON.stringify(meet(nobody, first).people))
        expect(meet(rest, second).people).toEqual(meet(nobody, [...first, ...second]).people)
      })
    )
  })

  it('D4 of people that turn out to be one the smaller number stays, and each that is gone is told', () => {
    fc.assert(
      fc.property(sets, sets, (first, second) => {
        const before = meet(nobody, first)
        const after = meet(before.people, second)
        const gone = new Map(after.joined)
        const now = (person: number): number => {
          const to = gone.get(person)
          return to === undefined ? person : now(to)
        }
        for (const [from, to] of after.joined) expect(to).toBeLessThan(from)
        for (const set of first) {
          const [one = ''] = set
          expect(personOf(after.people, one)).toBe(now(personOf(before.people, one) ?? -1))
        }
      })
    )
  })

  it('the two tables tell the same', () => {
    fc.assert(
      fc.property(sets, (all) => {
        const { personOf: by, keysOf } = meet(nobody, all).people
        const listed = Object.entries(keysOf).flatMap(([person, keys]) =>
          keys.map((one) => [one, Number(person)] as const)
        )
        expect(Object.fromEntries(listed)).toEqual(by)
        expect(listed).toHaveLength(Object.keys(by).length)
      })
    )
  })

  it('P2 what is known stays as it was', () => {
    fc.assert(
      fc.property(sets, sets, (first, second) => {
        const known = deepFrozen(meet(nobody, first).people)
        const before = structuredClone(known)
        meet(known, deepFrozen(second))
        expect(known).toEqual(before)
      })
    )
  })

  it('what is forgotten is as if it had never been met, but for its number', () => {
    fc.assert(
      fc.property(sets, fc.nat(8), (all, person) => {
        const { people } = meet(nobody, all)
        const left = forget(people, new Set([person]))
        const gone = people.keysOf[String(person)] ?? []
        expect(Object.keys(left.personOf).sort()).toEqual(
          Object.keys(people.personOf)
            .filter((one) => !gone.includes(one))
            .sort()
        )
        expect(meet(left, [['fresh']]).persons).toEqual([people.next])
      })
    )
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
