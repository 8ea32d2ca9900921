import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { next } from '../../src/delivery/next.js'
import type { Item } from '../../src/delivery/outcome.js'
import { keyOf } from '../../src/delivery/people.js'
import { receive } from '../../src/delivery/receive.js'
import { add, start } from '../../src/delivery/start.js'
import { type Delivery, isDone, takeOutcomes } from '../../src/delivery/state.js'
import type { Intent } from '../../src/intent/intent.js'
import { type Fault, faultKinds } from '../../src/simulator/options.js'
import { activitiesIn, leadsIn } from '../../src/simulator/reading.js'
import { deepFrozen } from '../arbitraries/events.js'
import { drive } from './drive.js'
import { email, munchkinId, marketo as simulated } from './world.js'

const marketo = (faults: ReadonlyArray<Fault> = [], seed = 1) => simulated({ faults, seed })

const upsert = (
  n: number,
  fields: Readonly<Record<string, string | number | null>>,
  by: 'email' | 'userId' = 'email'
): Intent => ({
  _tag: 'UpsertLead',
  munchkinId,
  lead: { lookupField: by, value: by === 'email' ? email(n) : `u${n}` },
  fields: by === 'email' ? { email: email(n), ...fields } : { userId: `u${n}`, ...fields },
  action: 'createOrUpdate',
  partitionName: null
})

const activity = (n: number, i: number, by: 'email' | 'userId' = 'email'): Intent => ({
  _tag: 'AddCustomActivity',
  munchkinId,
  lead: { lookupField: by, value: by === 'email' ? email(n) : `u${n}` },
  activityTypeId: 100001,
  activityDate: '2024-05-01T10:00:00Z',
  primaryAttributeValue: `a${i}`,
  attributes: [{ apiName: 'n', value: i }]
})

const person = fc.integer({ min: 0, max: 5 })
const intent = fc.oneof(
  fc.tuple(person, fc.constantFrom('free', 'pro', 'x'.repeat(300))).map(
    ([n, plan]) =>
      (_: number) =>
        upsert(n, { plan, userId: `u${n}` })
  ),
  fc.tuple(person, fc.integer({ min: 0, max: 9 })).map(
    ([n, seats]) =>
      (_: number) =>
        upsert(n, { seats }, 'userId')
  ),
  person.map((n) => (i: number) => activity(n, i)),
  person.map((n) => (i: number) => activity(n, i, 'userId'))
)

const items: fc.Arbitrary<ReadonlyArray<Item>> = fc
  .array(intent, { maxLength: 25 })
  .map((makers) => makers.map((make, i) => ({ id: `i${i}`, messageId: `m${i}`, intent: make(i) })))

/** All but the end of the day, which is waited for. */
const kind = fc.constantFrom(...faultKinds.filter((one) => one !== '607'))
/** A schedule that ends: each fault at one call. */
const faults: fc.Arbitrary<ReadonlyArray<Fault>> = fc.array(
  fc.record({ at: fc.record({ call: fc.integer({ min: 1, max: 12 }) }), kind }),
  { maxLength: 5 }
)

const draws = fc.infiniteStream(fc.nat(100))

const outcomesOf = (delivery: Delivery) => takeOutcomes(delivery)[1]

describe('laws', () => {
  it('D1 without faults every item is delivered or told why not, once', () => {
    fc.assert(
      fc.property(items, draws, (list, draw) => {
        const { delivery } = drive(start(list), marketo(), { draw: () => draw.next().value })
        expect(isDone(delivery)).toBe(true)
        expect(
          outcomesOf(delivery)
            .map(({ id }) => id)
            .sort()
        ).toEqual(list.map(({ id }) => id).sort())
      })
    )
  })

  it('D7 under any faults that end, everything ends with one outcome, and nothing hangs', () => {
    fc.assert(
      fc.property(items, faults, fc.nat(), draws, (list, schedule, seed, draw) => {
        const { delivery } = drive(start(list), marketo(schedule, seed), { draw: () => draw.next().value })
        expect(isDone(delivery)).toBe(true)
        expect(
          outcomesOf(delivery)
            .map(({ id }) => id)
            .sort()
        ).toEqual(list.map(({ id }) => id).sort())
      })
    )
  })

  it('D7 an activity that is told as applied is there once; one that is told as skipped or refused is not there', () => {
    fc.assert(
      fc.property(items, faults, fc.nat(), draws, (list, schedule, seed, draw) => {
        const world = drive(start(list), marketo(schedule, seed), { draw: () => draw.next().value })
        const there = activitiesIn(world.marketo).map(({ primaryAttributeValue }) => primaryAttributeValue)
        for (const { id, _tag } of outcomesOf(world.delivery)) {
          const item = list.find((one) => one.id === id)
          if (item?.intent._tag !== 'AddCustomActivity') continue
          const value = item.intent.primaryAttributeValue
          const times = there.filter((one) => one === value).length
          if (_tag === 'Applied') expect(times).toBe(1)
          else if (_tag === 'Unknown') expect(times).toBeLessThanOrEqual(1)
          else expect(times).toBe(0)
        }
      })
    )
  })

  it('D5 no key ever has two leads, whatever fails', () => {
    fc.assert(
      fc.property(items, faults, fc.nat(), draws, (list, schedule, seed, draw) => {
        const { marketo: told } = drive(start(list), marketo(schedule, seed), { draw: () => draw.next().value })
        const emails = leadsIn(told).flatMap(({ fields }) => (typeof fields.email === 'string' ? [fields.email] : []))
        expect(new Set(emails).size).toBe(emails.length)
      })
    )
  })

  it('D5 of one person at most one lead write is in flight', () => {
    fc.assert(
      fc.property(items, faults, draws, (list, schedule, draw) => {
        const look = ({ inFlight, pending }: Delivery): void => {
          const persons = Object.values(inFlight).flatMap(({ call, records }) =>
            call.descriptor.endpoint !== 'syncLeads'
              ? []
              : records.map(([seq]) => pending.find((one) => one.seq === seq)?.person)
          )
          expect(new Set(persons).size).toBe(persons.length)
        }
        drive(start(list), marketo(schedule), { draw: () => draw.next().value, look })
      })
    )
  })

  it('D4 a person’s fields end as the last event has them', () => {
    const writes = fc.array(fc.tuple(person, fc.constantFrom('a', 'b', 'c')), { maxLength: 20 })
    fc.assert(
      fc.property(writes, faults, draws, (list, schedule, draw) => {
        const some = schedule.filter((one) => one.kind !== 'skip-record')
        const given = list.map(([n, plan], i) => ({ id: `i${i}`, messageId: null, intent: upsert(n, { plan }) }))
        const world = drive(start(given), marketo(some), { draw: () => draw.next().value })
        if (outcomesOf(world.delivery).some(({ _tag }) => _tag !== 'Applied')) return
        const last = new Map(list.map(([n, plan]) => [email(n), plan]))
        for (const { fields } of leadsIn(world.marketo)) expect(fields.plan).toBe(last.get(String(fields.email)))
      })
    )
  })

  it('D4 also when events come while earlier ones wait for another try', () => {
    const writes = fc.array(fc.tuple(fc.integer({ min: 0, max: 1 }), fc.constantFrom('a', 'b', 'c', 'd')), {
      minLength: 2,
      maxLength: 8
    })
    fc.assert(
      fc.property(writes, faults, draws, (list, schedule, draw) => {
        const given = list.map(([n, plan], i): Item => ({ id: `i${i}`, messageId: null, intent: upsert(n, { plan }) }))
        // A write that took effect without an answer, and is skipped when it is sent again, is told as skipped: nobody can know better.
        const some = schedule.filter((one) => one.kind !== 'skip-record')
        const world = drive(start([]), marketo(some), {
          draw: () => draw.next().value,
          later: given.map((item) => [item])
        })
        const ends = new Map(outcomesOf(world.delivery).map(({ id, _tag }) => [id, _tag]))
        expect(ends.size).toBe(given.length)
        // The last write of a person that was applied is what the lead holds.
        const last = new Map(
          list.flatMap(([n, plan], i) => (ends.get(`i${i}`) === 'Applied' ? [[email(n), plan] as const] : []))
        )
        for (const { fields } of leadsIn(world.marketo)) {
          if (last.has(String(fields.email))) expect(fields.plan).toBe(last.get(String(fields.email)))
        }
      })
    )
  })

  it('D8 stopped and resumed as JSON after every step, it ends the same', () => {
    fc.assert(
      fc.property(items, faults, (list, schedule) => {
        const plain = drive(start(list), marketo(schedule))
        const resumed = drive(start(list), marketo(schedule), {
          between: (state): Delivery => JSON.parse(JSON.stringify(state))
        })
        expect(resumed.delivery).toEqual(plain.delivery)
        expect(resumed.marketo).toEqual(plain.marketo)
      })
    )
  })

  it('P2 no state is ever changed', () => {
    fc.assert(
      fc.property(items, faults, (list, schedule) => {
        expect(drive(start(list), marketo(schedule), { between: deepFrozen }).delivery).toEqual(
          drive(start(list), marketo(schedule)).delivery
        )
      })
    )
  })

  it('D1 items that come later are delivered as well', () => {
    fc.assert(
      fc.property(items, items, (first, second) => {
        const later = second.map((item) => ({ ...item, id: `later ${item.id}` }))
        const half = drive(start(first), marketo())
        const whole = drive(add(half.delivery, later), half.marketo)
        expect(outcomesOf(whole.delivery)).toHaveLength(first.length + later.length)
      })
    )
  })
})

describe('figures', () => {
  const many = Array.from(
    { length: 7 },
    (_, i): Item => ({ id: `i${i}`, messageId: null, intent: upsert(i, { plan: 'pro', userId: `u${i}` }) })
  )

  it('D9 one bad record fails nobody else', () => {
    const bad: Item = { id: 'bad', messageId: null, intent: upsert(7, { seats: 'many' }) }
    const others = many
    const { delivery } = drive(start([...others.slice(0, 3), bad, ...others.slice(3)]), marketo())
    const ends = outcomesOf(delivery).map(({ id, _tag }) => [id, _tag])
    expect(ends.filter(([, tag]) => tag !== 'Applied')).toEqual([['bad', 'Skipped']])
  })

  it('D9 a lookup that one key spoils is cut in two, and nobody is given up for it', () => {
    const list = [1, 2, 3, 4].map((n): Item => ({ id: `i${n}`, messageId: null, intent: activity(n, n) }))
    const body = { success: true, result: [{ id: 1, email: email(1) }] }
    const token = { access_token: 'x', expires_in: 3600 }
    const t = 1_700_000_000_000
    const [asked, [renewal]] = next(start(list), t)
    const ready = receive(asked, renewal?.id ?? '', { status: 200, headers: {}, body: token }, t)
    const [looking, [lookup]] = next(ready, t)
    expect(lookup?.call.intents).toHaveLength(4)
    const spoilt = { success: false, errors: [{ code: '1003', message: 'Invalid value' }] }
    const cut = receive(looking, lookup?.id ?? '', { status: 200, headers: {}, body: spoilt }, t)
    expect(outcomesOf(cut)).toEqual([])
    const [, halves] = next(cut, t)
    expect(halves.map(({ call }) => [call.descriptor.endpoint, call.intents.length])).toEqual([
      ['getLeadsByFilter', 2],
      ['getLeadsByFilter', 2]
    ])
    const lostToo = receive(looking, lookup?.id ?? '', { kind: 'lost' }, t)
    expect([outcomesOf(lostToo), lostToo.pending.length]).toEqual([[], 4])
    const html = receive(looking, lookup?.id ?? '', { status: 502, headers: {}, body: '<html></html>' }, t)
    expect([outcomesOf(html), html.pending.length]).toEqual([[], 4])
    expect(outcomesOf(receive(looking, lookup?.id ?? '', { status: 200, headers: {}, body }, t)).length).toBe(3)
  })

  it('keyOf keeps instances apart', () => {
    expect(keyOf({ munchkinId, lead: { lookupField: 'email', value: 'A@b.test' } })).toBe('561-HYG-937 email=a@b.test')
  })
})
