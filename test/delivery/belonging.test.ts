/**
 * Lists, programs, campaigns, scores, deletion, companies and custom objects, delivered to the simulator: with faults, in any order.
 */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { giveBack, resumed } from '../../src/delivery/give-back.js'
import type { ItemOutcome } from '../../src/delivery/outcome.js'
import { start } from '../../src/delivery/start.js'
import type { Delivery } from '../../src/delivery/state.js'
import type { Intent } from '../../src/intent/intent.js'
import { type Fault, faultKinds } from '../../src/simulator/options.js'
import {
  callsIn,
  campaignRequestsIn,
  companiesIn,
  customObjectsIn,
  leadsIn,
  listsIn,
  programMembersIn
} from '../../src/simulator/reading.js'
import type { SimulatorState } from '../../src/simulator/state.js'
import {
  belonging,
  campaign,
  company,
  leaveAll,
  ledgerOf,
  order,
  points,
  putOn,
  quit,
  remove,
  status,
  takeOff
} from './belonging.js'
import { drive } from './drive.js'
import { withinLimits } from './ledger.js'
import { activity, email, itemsOf, marketo, outcomesOf, upsert } from './world.js'

const person = fc.nat(2)
const list = fc.constantFrom(
  { listId: 1 },
  { listId: 2 },
  { name: 'one', createIn: null },
  { name: 'made', createIn: { id: 9, type: 'Folder' as const } }
)

/** Each request for a campaign says by a token which item it is. */
const mark = (i: number) => [{ name: '{{my.item}}', value: `i${i}` }]

const intent: fc.Arbitrary<(i: number) => Intent> = fc.oneof(
  fc.tuple(person, list).map(
    ([n, one]) =>
      () =>
        putOn(n, one)
  ),
  fc.tuple(person, list).map(
    ([n, one]) =>
      () =>
        takeOff(n, one)
  ),
  fc.tuple(person, fc.constantFrom([], [1])).map(
    ([n, except]) =>
      () =>
        leaveAll(n, except)
  ),
  fc.tuple(person, fc.constantFrom('Invited', 'Attended')).map(
    ([n, name]) =>
      () =>
        status(n, name)
  ),
  person.map((n) => () => quit(n)),
  person.map((n) => () => remove(n)),
  person.map((n) => (i: number) => campaign(n, mark(i))),
  fc.tuple(person, fc.integer({ min: -5, max: 9 }), fc.constantFrom({}, { least: 0, most: 10 })).map(
    ([n, more, bounds]) =>
      () =>
        points(n, more, bounds)
  ),
  fc.tuple(person, fc.nat(9)).map(
    ([n, plan]) =>
      () =>
        upsert({ email: email(n), plan: `p${plan}` })
  ),
  person.map((n) => (i: number) => activity(email(n), i)),
  fc.tuple(fc.constantFrom('a', 'b'), fc.nat(9)).map(
    ([id, n]) =>
      () =>
        company(id, `name ${n}`)
  ),
  fc.tuple(fc.nat(1), fc.nat(9)).map(
    ([line, price]) =>
      () =>
        order('o1', line, { price })
  )
)

const intents = fc.array(intent, { minLength: 1, maxLength: 25 }).map((all) => all.map((make, i) => make(i)))

const told = ['syncLeads', 'addToList', 'removeFromList', 'syncProgramStatus', 'deleteLeads', 'syncCompanies'] as const

const fault: fc.Arbitrary<Fault> = fc
  .tuple(fc.integer({ min: 1, max: 25 }), fc.constantFrom(...faultKinds))
  // Of one lead that a campaign leaves out nobody is told.
  .map(([call, kind]) =>
    kind === 'skip-record'
      ? { at: { call: 1 + (call % 3) }, kind, endpoint: told[call % told.length] ?? 'syncLeads' }
      : { at: { call }, kind }
  )

const there = fc.uniqueArray(person, { maxLength: 3 })

const world = (people: ReadonlyArray<number>, faults: ReadonlyArray<Fault>): SimulatorState =>
  marketo({ ...belonging, leads: people.map((n) => ({ fields: { email: email(n) } })), faults, seed: 3 })

const outcomesIn = (delivery: Delivery): ReadonlyMap<string, ItemOutcome> =>
  new Map(outcomesOf(delivery).map((outcome) => [outcome.id, outcome]))

const namesOf = (state: SimulatorState, leadId: number): ReadonlyArray<string> =>
  listsIn(state)
    .filter(({ leadIds }) => leadIds.includes(leadId))
    .map(({ name }) => name)
    .sort()

const checkPeople = (
  state: SimulatorState,
  all: ReadonlyArray<Intent>,
  told: ReadonlyMap<string, ItemOutcome>
): void => {
  for (const [key, kept] of ledgerOf(all, told)) {
    const lead = leadsIn(state).find(({ fields }) => fields.email === key)
    if (lead === undefined) continue
    if (!kept.isOpen.has('lists')) expect(namesOf(state, lead.id), `D7 lists of ${key}`).toEqual([...kept.lists].sort())
    const own = programMembersIn(state, 1).find(({ leadId }) => leadId === lead.id)
    if (!kept.isOpen.has('status')) expect(own?.statusName ?? null, `D7 status of ${key}`).toBe(kept.status)
    if (!kept.isOpen.has('score')) expect(lead.fields.score ?? 0, `D7 score of ${key}`).toBe(kept.score)
  }
}

const checkCampaigns = (
  state: SimulatorState,
  all: ReadonlyArray<Intent>,
  told: ReadonlyMap<string, ItemOutcome>
): void => {
  const times = new Map<string, number>()
  for (const { tokens } of campaignRequestsIn(state))
    for (const { value } of tokens) times.set(value, (times.get(value) ?? 0) + 1)
  all.forEach((one, i) => {
    if (one._tag !== 'RequestCampaign') return
    const outcome = told.get(`i${i}`)
    expect(times.get(`i${i}`) ?? 0, `D7 i${i} went through twice`).toBeLessThanOrEqual(1)
    if (outcome?._tag === 'Applied') expect(times.get(`i${i}`)).toBe(1)
    else if (outcome?._tag !== 'Unknown') expect(times.get(`i${i}`)).toBeUndefined()
  })
}

const checkRecords = (
  state: SimulatorState,
  all: ReadonlyArray<Intent>,
  told: ReadonlyMap<string, ItemOutcome>
): void => {
  const records = new Map<string, unknown>()
  all.forEach((one, i) => {
    const isOpen = told.get(`i${i}`)?._tag !== 'Applied'
    if (one._tag === 'SyncCompany') records.set(one.externalCompanyId, isOpen ? undefined : one.fields)
    if (one._tag === 'SyncCustomObject') records.set(`o1 ${one.fields.line}`, isOpen ? undefined : one.fields)
  })
  const seen = new Map<string, unknown>([
    ...companiesIn(state).map(({ externalCompanyId, fields }) => [externalCompanyId, fields] as const),
    ...customObjectsIn(state, 'order_c').map(({ fields }) => [`o1 ${fields.line}`, fields] as const)
  ])
  for (const [key, fields] of records) if (fields !== undefined) expect(seen.get(key), `D7 ${key}`).toEqual(fields)
}

describe('laws', () => {
  const run = (
    all: ReadonlyArray<Intent>,
    people: ReadonlyArray<number>,
    faults: ReadonlyArray<Fault>,
    draws: ReadonlyArray<number>,
    window: number
  ): void => {
    let drawn = 0
    const draw = (): number => {
      drawn += 1
      return draws[drawn % draws.length] ?? 0
    }
    const {
      delivery,
      marketo: after,
      sent
    } = drive(start(itemsOf(...all), { window }), world(people, faults), { draw })
    for (const call of sent) withinLimits(call)
    const told = outcomesIn(delivery)
    expect(
      outcomesOf(delivery)
        .map(({ id }) => id)
        .sort()
    ).toEqual(all.map((_, i) => `i${i}`).sort())
    checkPeople(after, all, told)
    checkCampaigns(after, all, told)
    checkRecords(after, all, told)
  }

  it('D1 D2 D4 D7 what each person belongs to at the end is what the events say, in their order', () => {
    const draws = fc.array(fc.nat(7), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(intents, there, draws, fc.constantFrom(5_000, 4), (all, people, drawn, window) =>
        run(all, people, [], drawn, window)
      )
    )
  })

  it('D1 D2 D4 D7 the same with faults: nothing is lost, and no points and no campaign count twice', () => {
    const draws = fc.array(fc.nat(7), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(intents, there, fc.array(fault, { maxLength: 6 }), draws, (all, people, faults, drawn) =>
        run(all, people, faults, drawn, 5_000)
      )
    )
  })

  it('D8 the state survives JSON at any moment, and a driver that dies', () => {
    fc.assert(
      fc.property(intents, there, fc.integer({ min: 1, max: 30 }), (all, people, dies) => {
        let left = dies
        let isDead = false
        const between = (state: Delivery): Delivery => {
          left -= 1
          const copy: Delivery = JSON.parse(JSON.stringify(state))
          expect(copy).toEqual(state)
          return copy
        }
        const first = drive(start(itemsOf(...all)), world(people, []), { between, mostRounds: dies })
        isDead = left < 0
        const second = drive(resumed(first.delivery, first.now), first.marketo, { now: first.now, between })
        expect(isDead || left >= 0).toBe(true)
        const told = outcomesIn(second.delivery)
        expect(told.size).toBe(all.length)
        checkPeople(second.marketo, all, told)
        checkCampaigns(second.marketo, all, told)
      })
    )
  })
})

const ended = (all: ReadonlyArray<Intent>, options: Parameters<typeof start>[1] = {}, people = [0, 1, 2]) => {
  const { delivery, marketo: after, sent } = drive(start(itemsOf(...all), options), world(people, []))
  const told = outcomesIn(delivery)
  return {
    after,
    calls: callsIn(after).byEndpoint,
    sent: sent.map(({ endpoint }) => endpoint).filter((name) => name !== 'identityToken'),
    ends: all.map((_, i) => {
      const outcome = told.get(`i${i}`)
      return outcome === undefined
        ? 'none'
        : 'reasons' in outcome
          ? `${outcome._tag} ${outcome.reasons.map(({ code }) => code).join()} ${'remedy' in outcome ? outcome.remedy : ''}`.trim()
          : outcome._tag === 'Applied'
            ? `Applied ${outcome.status}`
            : outcome._tag
    })
  }
}

describe('calls are shared', () => {
  it('equal things of one lead side by side are one, and points are read and written once', () => {
    const { ends, calls, after } = ended([
      putOn(0, { listId: 1 }),
      putOn(0, { listId: 1 }),
      points(0, 3),
      points(0, 4, { most: 5 }),
      points(0, 0.4)
    ])
    expect(ends).toEqual(['Applied added', 'Applied added', 'Applied updated', 'Applied updated', 'Applied updated'])
    expect(calls).toMatchObject({ addToList: 1, getLeadsByFilter: 2, syncLeads: 1 })
    expect(leadsIn(after)[0]?.fields.score).toBe(5)
  })

  it('a campaign that is requested twice is run through twice', () => {
    expect(campaignRequestsIn(ended([campaign(0), campaign(0)]).after).length).toBe(2)
  })

  it('records of one company are one, and so are those of one key', () => {
    const { calls, after } = ended([company('a', 'x'), company('a', 'y'), order('o1', 1, { price: 1 }), order('o1', 1)])
    expect(calls).toMatchObject({ syncCompanies: 1, syncCustomObjects: 1 })
    expect(companiesIn(after).map(({ fields }) => fields.company)).toEqual(['y'])
    expect(customObjectsIn(after, 'order_c').map(({ fields }) => fields.price)).toEqual([1])
  })
})

describe('points', () => {
  const scored = (faults: ReadonlyArray<Fault>, all: ReadonlyArray<Intent> = [points(0, 3)]) => {
    const seeded = marketo({ ...belonging, leads: [{ fields: { email: email(0), score: 4 } }], faults })
    const { delivery, marketo: after } = drive(start(itemsOf(...all)), seeded)
    const { getLeadsByFilter, syncLeads } = callsIn(after).byEndpoint
    return [
      outcomesOf(delivery)
        .map(({ _tag }) => _tag)
        .join(),
      leadsIn(after)[0]?.fields.score,
      getLeadsByFilter,
      syncLeads
    ]
  }
  const at = (kind: Fault['kind'], endpoint: 'syncLeads' | 'getLeadsByFilter', call = 1): Fault => ({
    at: { call },
    kind,
    endpoint
  })

  // The first lookup is for the lead's number, the second for what the field holds.
  // biome-ignore format: table
  it.each<[string, ReadonlyArray<Fault>, ReadonlyArray<unknown>]>([
    ['are read, then written',                          [],                                                             ['Applied', 7, 2, 1]],
    ['are written again as they were, once in doubt',   [at('timeout-after', 'syncLeads')],                             ['Applied', 7, 2, 2]],
    ['are so too where the write did not happen',       [at('timeout-before', 'syncLeads')],                            ['Applied', 7, 2, 2]],
    ['are so too where a gateway answers',              [at('html', 'syncLeads')],                                      ['Applied', 7, 2, 2]],
    ['are read again as often as need be',              [at('timeout-after', 'getLeadsByFilter', 2)],                   ['Applied', 7, 3, 1]],
    ['are read anew where the write waited for a day',  [at('607', 'syncLeads')],                                       ['Applied', 7, 3, 2]],
    ['are read anew so too where a reading was lost before', [at('timeout-after', 'getLeadsByFilter', 2), at('607', 'syncLeads')], ['Applied', 7, 4, 2]],
    ['are not read anew if an earlier write may have been', [at('timeout-after', 'syncLeads'), at('607', 'syncLeads', 2)], ['Applied', 7, 2, 3]]
  ])('%s', (_, faults, expected) => {
    expect(scored(faults)).toEqual(expected)
  })

  it('D7 that may have been given are not told as given back', () => {
    const seeded = marketo({
      ...belonging,
      leads: [{ fields: { email: email(0) } }],
      faults: [at('timeout-after', 'syncLeads')]
    })
    const all = itemsOf(points(0, 3), points(0, 4), points(1, 1))
    // As many rounds as it takes for the sum to be sent, and lost.
    const { delivery } = drive(start(all), seeded, { mostRounds: 4 })
    expect(
      outcomesOf(giveBack(delivery))
        .map(({ id, _tag }) => `${id} ${_tag}`)
        .sort()
    ).toEqual(['i0 Unknown', 'i1 Unknown', 'i2 Skipped'])
  })

  it('D7 that may have been given, and are refused later, are told as unknown', () => {
    const lost = at('timeout-after', 'syncLeads')
    const bad: Fault = { at: { call: 2 }, kind: 'skip-record', endpoint: 'syncLeads' }
    expect(scored([lost, bad])).toEqual(['Unknown', 7, 2, 2])
    expect(scored([{ ...bad, at: { call: 1 } }])).toEqual(['Skipped', 4, 2, 1])
  })

  it('that somebody else gave between two of ours count', () => {
    const all = [points(0, 3), upsert({ email: email(0), score: 100 }), points(0, 3)]
    expect(scored([], all)).toEqual(['Applied,Applied,Applied', 103, 3, 3])
  })

  it('of a field that is not there, or holds no number, end with the reason', () => {
    const seeded = marketo({ ...belonging, leads: [{ fields: { email: email(0), plan: 'pro' } }] })
    const bad = [
      points(0, 1, { field: 'nobody' }),
      points(0, 1, { field: 'plan' }),
      points(0, Number.NaN),
      points(0, 1, { field: 'id' })
    ]
    const { delivery } = drive(start(itemsOf(...bad)), seeded)
    expect(outcomesOf(delivery)).toMatchObject([
      { _tag: 'Refused', reasons: [{ code: '1006' }] },
      { _tag: 'Skipped', reasons: [{ message: 'the field holds no number: nothing can be added to it' }] },
      { _tag: 'Unsent' },
      { _tag: 'Unsent', problem: { at: ['field'] } }
    ])
  })
})

describe('lists by name', () => {
  it('are looked for once, and made once where they are not there', () => {
    const made = { name: 'new', createIn: { id: 9, type: 'Folder' as const } }
    const all = [putOn(0, made), putOn(1, made), takeOff(0, made), putOn(2, { name: 'one', createIn: null })]
    const { ends, calls, after } = ended(all)
    expect(ends).toEqual(['Applied added', 'Applied added', 'Applied removed', 'Applied added'])
    expect(calls).toMatchObject({ findList: 2, createList: 1 })
    expect(listsIn(after).filter(({ name }) => name === 'new').length).toBe(1)
  })

  it('that are not there, or are there twice, end with the reason', () => {
    const { delivery } = drive(
      start(itemsOf(putOn(0, { name: 'nowhere', createIn: null }), putOn(1, { name: 'twin', createIn: null }))),
      world([0, 1], [])
    )
    expect(outcomesOf(delivery)).toMatchObject([
      { _tag: 'Skipped', reasons: [{ message: expect.stringContaining('no static list has this name') }] },
      { _tag: 'Skipped', reasons: [{ code: '', message: expect.stringContaining('several static lists') }] }
    ])
  })

  it('that may have been made are looked for before they are made again', () => {
    const made = { name: 'new', createIn: { id: 9, type: 'Folder' as const } }
    const lost: Fault = { at: { call: 1 }, kind: 'timeout-after', endpoint: 'createList' }
    const { delivery, marketo: after } = drive(start(itemsOf(putOn(0, made))), world([0], [lost]))
    expect(outcomesOf(delivery)).toMatchObject([{ _tag: 'Applied' }])
    expect(listsIn(after).filter(({ name }) => name === 'new').length).toBe(1)
    expect(callsIn(after).byEndpoint).toMatchObject({ createList: 1, findList: 2 })
  })
})

describe('who is not there', () => {
  it('is skipped, and what takes something away has nothing to do', () => {
    const all = [
      putOn(0, { listId: 1 }),
      takeOff(1, { listId: 1 }),
      leaveAll(2),
      quit(3),
      remove(4),
      points(5, 1),
      campaign(6),
      status(7, 'Invited')
    ]
    const { ends, sent } = ended(all, {}, [])
    const nobody = 'Skipped 1004 mend-record'
    const nothing = 'Skipped 1004 accept'
    expect(ends).toEqual([nobody, nothing, nothing, nothing, nothing, nobody, nobody, nobody])
    expect(sent).toEqual(['getLeadsByFilter'])
  })

  it('is never deleted where several are there', () => {
    const twice = marketo({ ...belonging, leads: [{ fields: { email: email(0) } }, { fields: { email: email(0) } }] })
    const { delivery, marketo: after } = drive(start(itemsOf(remove(0), takeOff(0, { listId: 1 }))), twice)
    expect(outcomesOf(delivery)).toMatchObject([
      { _tag: 'Skipped', reasons: [{ code: '1007' }], remedy: 'mend-record' },
      { _tag: 'Skipped', reasons: [{ code: '1007' }], remedy: 'mend-record' }
    ])
    expect(leadsIn(after).length).toBe(2)
  })

  it('is somebody new after a deletion', () => {
    const { ends, after } = ended([remove(0), upsert({ email: email(0) }), putOn(0, { listId: 1 })], {}, [0])
    expect(ends).toEqual(['Applied deleted', 'Applied created', 'Applied added'])
    expect(leadsIn(after).map(({ id }) => id)).toEqual([2])
    expect(listsIn(after)[0]?.leadIds).toEqual([2])
  })
})

describe('what moves across nothing', () => {
  it('D4 comes after what was before it, and before what comes behind it, whatever else could share a call', () => {
    const { sent } = ended([
      activity(email(0), 1),
      putOn(0, { listId: 1 }),
      upsert({ email: email(0), plan: 'x' }),
      activity(email(0), 2)
    ])
    expect(sent).toEqual(['getLeadsByFilter', 'addCustomActivities', 'addToList', 'syncLeads', 'addCustomActivities'])
  })

  it('leaves the lists but for those that stay', () => {
    const all = [putOn(0, { listId: 1 }), putOn(0, { listId: 2 }), putOn(0, { listId: 3 }), leaveAll(0, [2])]
    const { ends, after, calls } = ended(all)
    expect(ends[3]).toBe('Applied removed')
    expect(namesOf(after, 1)).toEqual(['two'])
    expect(calls).toMatchObject({ listsOfLead: 1, removeFromList: 2 })
    expect(ended([leaveAll(0)]).ends).toEqual(['Applied unchanged'])
  })

  it('custom objects wait for the lead that they name', () => {
    const items = itemsOf(upsert({ email: email(9) }), order('o1', 1, { email: email(9) }))
    // Of two calls side by side the second would be answered first.
    const { delivery, sent } = drive(start(items, { linger: 0 }), world([], []), { draw: () => 1 })
    expect(outcomesOf(delivery).map(({ _tag }) => _tag)).toEqual(['Applied', 'Applied'])
    expect(sent.map(({ endpoint }) => endpoint)).toEqual(['identityToken', 'syncLeads', 'syncCustomObjects'])
  })
})
