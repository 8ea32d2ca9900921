import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FieldValue } from '../../src/intent/intent.js'
import type { Fault } from '../../src/simulator/options.js'
import { readValue } from '../../src/writeback/conflict/comparable.js'
import { policyOf } from '../../src/writeback/conflict/policy.js'
import {
  type Conduct,
  conflicts,
  type Person,
  people,
  type Synced,
  stages,
  syncedFields,
  TwoWayWorld
} from './two-way-world.js'

const texts = ['Ana', 'Bo', 'Cy', ' Ana ', 'ana']

const values: Readonly<Record<Synced, ReadonlyArray<FieldValue>>> = {
  firstName: [...texts, null],
  phone: ['030', '040', '050'],
  lastName: texts,
  title: texts,
  unsubscribed: [true, false],
  logins__c: [0, 1, 5, 9],
  stage__c: stages,
  nick__c: texts
}

type Act =
  | { readonly kind: 'segment'; readonly late: ReadonlyArray<number>; readonly edit: Edit }
  | { readonly kind: 'marketo' | 'race'; readonly edit: Edit }
  | { readonly kind: 'wait'; readonly millis: number }
  | { readonly kind: 'poll' }

interface Edit {
  readonly person: Person
  readonly field: Synced
  readonly value: FieldValue
}

const edit: fc.Arbitrary<Edit> = fc.constantFrom(...syncedFields).chain((field) =>
  fc.record({
    person: fc.constantFrom(...people),
    field: fc.constant(field),
    value: fc.constantFrom(...values[field])
  })
)

const lateness = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 20_000 }))

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('segment'), late: fc.array(lateness, { maxLength: 4 }), edit })
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('marketo'), edit }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('race'), edit }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('wait'), millis: fc.integer({ min: 1, max: 5_000 }) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('poll') }) }
)

const kinds = ['timeout-before', 'timeout-after', 'html', '502', '604', '606', '611', '713', 'expired-token'] as const

const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc.record({
    at: fc.record({ probability: fc.constant(0.2), until: fc.integer({ min: 1, max: 40 }) }),
    kind: fc.constantFrom(...kinds),
    endpoint: fc.constantFrom('syncLeads', 'getLeadsByFilter', 'getLeadChanges')
  }),
  fc.record({
    at: fc.record({ probability: fc.constant(0.3), until: fc.integer({ min: 1, max: 20 }) }),
    kind: fc.constant('skip-record'),
    endpoint: fc.constant('syncLeads')
  })
)

const conduct: fc.Arbitrary<Conduct> = fc.record({
  knowsUser: fc.boolean(),
  readsProfile: fc.boolean(),
  races: fc.boolean(),
  faults: fc.array(fault, { maxLength: 2 })
})

const perform = (world: TwoWayWorld, acts: ReadonlyArray<Act>): void => {
  for (const act of acts) {
    if (act.kind === 'wait') world.wait(act.millis)
    else if (act.kind === 'poll') world.inbound()
    else {
      const { person, field, value } = act.edit
      if (act.kind === 'segment') world.editInSegment(person, field, value, act.late)
      else if (act.kind === 'marketo') world.editInMarketo(person, field, value)
      else world.raceWith(person, field, value)
    }
  }
}

const policyFor = policyOf(conflicts)

const comparable = (field: Synced, value: FieldValue): unknown => readValue(policyFor(field), 'marketo', value)?.same

/** Fields that end equal even where the service knows nothing of Segment’s profile but the events. */
const alwaysEqual: ReadonlyArray<Synced> = ['firstName', 'phone', 'title', 'unsubscribed']

describe('two stores, edited at the same time', () => {
  it('K5 come to rest, and hold the same, by policy', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 25 }), conduct, (acts, how) => {
        const world = new TwoWayWorld(how)
        perform(world, acts)
        expect(world.settle()).toBeDefined()
        for (const person of people) {
          for (const field of how.readsProfile ? syncedFields : alwaysEqual) {
            const [segment, marketo] = world.held(person, field).map((value) => comparable(field, value))
            const mayDiffer =
              (field === 'nick__c' && segment !== null && marketo !== null) ||
              // An owner that holds nothing has nothing to say.
              (field === 'title' && marketo === null) ||
              (field === 'lastName' && segment === null)
            if (!mayDiffer)
              expect({ field, userId: person.userId, segment }).toEqual({
                field,
                userId: person.userId,
                segment: marketo
              })
          }
        }
      })
    )
  })

  it('K5 keep consent that was told on, though by an event told twice both seem to hold another word', () => {
    const world = new TwoWayWorld({ knowsUser: false, readsProfile: false, races: true, faults: [] })
    const [ana] = people
    if (ana === undefined) throw new Error('nobody')
    world.editInSegment(ana, 'unsubscribed', false, [0, 0, 0])
    world.raceWith(ana, 'unsubscribed', false)
    world.editInMarketo(ana, 'unsubscribed', true)
    world.editInSegment(ana, 'firstName', 'Ana', [])
    expect(world.settle()).toBeDefined()
    expect(world.held(ana, 'unsubscribed')).toEqual([true, true])
  })

  it('K5 write a bounded number of times, and no more once all is quiet', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 25 }), conduct, (acts, how) => {
        const world = new TwoWayWorld(how)
        perform(world, acts)
        world.settle()
        const told = acts.reduce((sum, one) => sum + (one.kind === 'segment' ? Math.max(1, one.late.length - 1) : 1), 0)
        const { writes, identifies } = world
        expect(writes + identifies).toBeLessThanOrEqual(2 * told)
        world.settle()
        expect([world.writes, world.identifies]).toEqual([writes, identifies])
      })
    )
  })
})

describe('the newest change', () => {
  const one = fc.record({
    inSegment: fc.boolean(),
    late: fc.array(lateness, { maxLength: 4 }),
    // Further apart than what cut seconds can hide.
    waits: fc.integer({ min: 1_500, max: 5_000 }),
    polls: fc.boolean()
  })

  it('K5 is what both hold in the end, whatever came late, twice, or in another order', () => {
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 10 }), fc.boolean(), (edits, knowsUser) => {
        const world = new TwoWayWorld({ knowsUser, readsProfile: false, races: false, faults: [] })
        const [ana] = people
        if (ana === undefined) throw new Error('nobody')
        edits.forEach(({ inSegment, late, waits, polls }, i) => {
          world.wait(waits)
          const value = `v${i}`
          if (inSegment) world.editInSegment(ana, 'firstName', value, late)
          else world.editInMarketo(ana, 'firstName', value)
          if (polls) world.inbound()
        })
        expect(world.settle()).toBeDefined()
        const last = `v${edits.length - 1}`
        expect(world.held(ana, 'firstName')).toEqual([last, last])
      })
    )
  })
})

describe('a third program that does not agree', () => {
  /** After each poll somebody's workflow puts the field back; after each write to Segment somebody's function does. */
  const quarrel = (mostTurns: number): TwoWayWorld => {
    const world = new TwoWayWorld({ knowsUser: true, readsProfile: false, races: false, faults: [], mostTurns })
    const [ana] = people
    if (ana === undefined) throw new Error('nobody')
    for (let i = 0; i < 40; i += 1) {
      world.wait(5_000)
      world.editInMarketo(ana, 'firstName', 'ANA')
      world.inbound()
      world.wait(5_000)
      world.editInSegment(ana, 'firstName', 'ana', [])
      world.wait(5_000)
    }
    return world
  }

  it('is stopped by the brake, which says which field it was', () => {
    const world = quarrel(6)
    expect(world.writes + world.identifies).toBe(7)
    expect(world.frozen).toEqual(['firstName'])
  })

  it('goes on for ever without it', () => {
    const world = quarrel(0)
    expect(world.writes + world.identifies).toBe(80)
    expect(world.frozen).toEqual([])
  })
})
