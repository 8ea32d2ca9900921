import { isDeepStrictEqual } from 'node:util'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { printInstant } from '../../src/ground/calendar.js'
import { editedInMarketo } from '../../src/simulator/edited.js'
import { activityLogged, assetAdded, leadAdded, leadDeleted, leadsMerged } from '../../src/simulator/happened.js'
import { type FaultKind, faultKinds } from '../../src/simulator/options.js'
import { leadsIn, listsIn, logIn } from '../../src/simulator/reading.js'
import type { SimulatorState } from '../../src/simulator/state.js'
import type { Row } from '../../src/source/collection.js'
import type { SyncOptions } from '../../src/source/sync/options.js'
import { type SourceSync, startSync } from '../../src/source/sync/state.js'
import { compileSource } from '../../src/source/tables.js'
import { emptyTables, rowsIn, upsert } from '../../src/source/upsert.js'
import { frozen } from '../endpoints/reading.js'
import { day, drive, marketo, settingsOf, start, type World } from './drive.js'

const at = (instant: number): string => printInstant(instant) ?? ''

/** How much there is of each kind, before the first call. */
interface Size {
  readonly lists: number
  readonly emails: number
  readonly leads: number
  readonly activities: number
  readonly segments: number
}

const filled = ({ lists, emails, leads, activities, segments }: Size, faults: SimulatorState['options']['faults']) => {
  const empty = marketo({
    lists: Array.from({ length: lists }, (_, i) => ({ id: i + 1, name: `List ${i}` })),
    emails: Array.from({ length: emails }, (_, i) => ({ id: i + 1, name: `Mail ${i}`, subject: `S ${i}` })),
    segmentations: [
      {
        id: 1,
        name: 'Industry',
        segments: Array.from({ length: segments }, (_, i) => ({ id: i + 1, name: `S ${i}` }))
      },
      { id: 2, name: 'Region', segments: [{ id: 9_000, name: 'EMEA' }] }
    ],
    customFields: [{ name: 'leadScore', type: 'integer' as const }],
    faults
  })
  let state = empty
  for (let i = 0; i < leads; i += 1)
    state = leadAdded(state, { fields: { email: `p${i}@corp.test`, leadScore: i } }, start - ((i % 20) + 1) * day)
  for (let i = 0; i < activities; i += 1) {
    const then = start - (i % 20) * day - 60_000
    const activity = { leadId: (i % leads) + 1, activityTypeId: [1, 10, 11, 46][i % 4] ?? 1, activityDate: at(then) }
    state = activityLogged(state, { ...activity, attributes: [{ name: 'Device', value: `d${i}` }] }, then)
  }
  return state
}

type Deed = (state: SimulatorState, now: number) => SimulatorState

/** What happens in Marketo meanwhile: things come and change, and some that came go again. */
const happenings: ReadonlyArray<Deed> = [
  (state, now) => leadAdded(state, { fields: { email: `new${now}@corp.test` } }, now),
  (state) => assetAdded(state, 'lists', { id: 10_000 + listsIn(state).length, name: 'A list in front' }),
  (state, now) => assetAdded(state, 'emails', { id: 20_000 + (now % 1_000), name: 'A mail in front', subject: 'x' }),
  (state, now) => activityLogged(state, { leadId: 1, activityTypeId: 10, activityDate: at(now - 5_000) }, now),
  (state, now) => {
    const last = leadsIn(state).at(-1)
    return last === undefined || last.id < 2 ? state : leadDeleted(state, last.id, now)
  },
  (state, now) => {
    const [winner, loser] = leadsIn(state).slice(-2)
    return winner === undefined || loser === undefined ? state : leadsMerged(state, winner.id, [loser.id], now)
  },
  (state, now) => editedInMarketo(state, { leadId: 1, fields: { leadScore: now % 1_000 } }, now)
]

const settings = settingsOf({
  activityTypeIds: [1, 10, 11, 46],
  customLeadFields: [{ field: 'leadScore', type: 'integer' }]
})

const columns = Object.fromEntries(
  compileSource(settings).collections.map(({ name, columns: all }) => [name, all.map((one) => one.name)])
)

/** What a warehouse holds. */
const tablesOf = (world: Pick<World, 'rows'>) => upsert(emptyTables, world.rows, columns)

/** The same by name: the order in which rows came makes no difference. */
const contents = (world: Pick<World, 'rows'>) => {
  const tables = tablesOf(world)
  // The old id of an activity is told by pages only, and which of the two was last depends on the way.
  return settings.collections.map((name) => [
    name,
    rowsIn(tables, name).map(({ activity_id, ...row }) => (name === 'lead_activities' ? row : { ...row, activity_id }))
  ])
}

const idsIn = (world: Pick<World, 'rows'>, collection: string): ReadonlySet<string> =>
  new Set(rowsIn(tablesOf(world), collection).map(({ id }: Row) => String(id)))

/** Ids that were there at the start and still are at the end. */
const throughout = (
  before: SimulatorState,
  after: SimulatorState,
  told: (state: SimulatorState) => ReadonlyArray<number | string>
): ReadonlyArray<string> => {
  const last = new Set(told(after).map(String))
  return told(before)
    .map(String)
    .filter((id) => last.has(id))
}

const listIds = () => (state: SimulatorState) => listsIn(state).map(({ id }) => id)
const leadIds = () => (state: SimulatorState) => leadsIn(state).map(({ id }) => id)
const activityIds = () => (state: SimulatorState) =>
  logIn(state)
    .filter(({ activityTypeId }) => [1, 10, 11, 46].includes(activityTypeId))
    .map(({ marketoGUID }) => marketoGUID)
/** Nobody takes an email or a segment away. */
const counted = (count: number) => () => Array.from({ length: count }, (_, i) => i + 1)

const watched = [
  ['lists', listIds],
  ['leads', leadIds],
  ['lead_activities', activityIds],
  ['email', ({ emails }: Size) => counted(emails)],
  ['segments', ({ segments }: Size) => counted(segments)]
] as const

/** Mostly a few of each, now and then as many as pages hold. */
const size: fc.Arbitrary<Size> = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.record({
      lists: fc.nat({ max: 3 }),
      emails: fc.nat({ max: 3 }),
      leads: fc.integer({ min: 1, max: 6 }),
      activities: fc.nat({ max: 12 }),
      segments: fc.nat({ max: 2 })
    })
  },
  {
    weight: 1,
    arbitrary: fc.record({
      lists: fc.constantFrom(0, 300, 301, 610),
      emails: fc.constantFrom(0, 199, 200, 201),
      leads: fc.constantFrom(1, 301),
      activities: fc.constantFrom(0, 310),
      segments: fc.constantFrom(0, 201)
    })
  }
)

const options: fc.Arbitrary<Partial<SyncOptions>> = fc.record({
  leads: fc.constantFrom('updatedAt', 'changes'),
  activities: fc.constantFrom('pages', 'jobs'),
  jobs: fc.integer({ min: 1, max: 4 }),
  windowDays: fc.constantFrom(10, 31),
  rowsWaiting: fc.constantFrom(100, 50_000),
  seed: fc.nat()
})

/** What happens between the calls, in turn. */
const deeds = fc.array(fc.nat({ max: happenings.length - 1 }), { maxLength: 12 })

/** Faults that strike now and then, and cease at last. */
const until = { probability: fc.constantFrom(0.02, 0.1), until: fc.integer({ min: 10, max: 120 }) }

const troubles = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constantFrom<FaultKind>(...faultKinds.filter((kind) => kind !== 'skip-record' && kind !== '607')),
      at: fc.record(until)
    }),
    // A job that is queued so ends as failed.
    fc.record({
      kind: fc.constant<FaultKind>('skip-record'),
      endpoint: fc.constantFrom('exportLeadsEnqueue' as const, 'exportActivitiesEnqueue' as const),
      at: fc.record({ probability: fc.constantFrom(0.3, 0.9), until: until.until })
    })
  ),
  { maxLength: 2 }
)

interface Journey {
  readonly world: World
  readonly before: SimulatorState
}

const journey = (
  given: Size,
  faults: SimulatorState['options']['faults'],
  how: Partial<SyncOptions>,
  happens: ReadonlyArray<number>,
  more: Parameters<typeof drive>[2] = {},
  wanted: ReadonlyArray<string> = settings.collections
): Journey => {
  const before = filled(given, faults)
  let calls = 0
  const world = drive(startSync({ ...settings, collections: wanted }, start - 21 * day, how), before, {
    runs: 2,
    meanwhile: (state, _, now) => {
      calls += 1
      const deed = happenings[happens[calls % (happens.length + 1)] ?? -1]
      return deed === undefined ? state : deed(state, now)
    },
    ...more
  })
  return { world, before }
}

/**
 * The world after two more runs in which nothing happens and nothing fails, with the rows of all: the first may have to end an extract, and
 * the second then reads what changed since that began. The run that ended before counts as the first of three.
 */
const calmed = ({ state, marketo: instance, now, accessToken, rows }: World): World => {
  const calm = { ...instance, options: { ...instance.options, faults: [] } }
  const quiet = drive(state, calm, { now, accessToken, runs: 3 })
  return { ...quiet, rows: [...rows, ...quiet.rows] }
}

describe('laws', () => {
  it('W2 while things come and go, each record that is there throughout is read, and ends as one row', () => {
    fc.assert(
      fc.property(size, options, troubles, deeds, fc.nat({ max: 6 }), (given, how, faults, happens, shuffle) => {
        const { world, before } = journey(given, faults, how, happens, { draw: () => shuffle })
        const whole = calmed(world)
        for (const [collection, ids] of watched) {
          const read = idsIn(whole, collection)
          expect(throughout(before, whole.marketo, ids(given)).filter((id) => !read.has(id))).toEqual([])
        }
      })
    )
  })

  it('W2 once Marketo rests, two runs make the table of leads equal to it', () => {
    fc.assert(
      fc.property(size, options, troubles, deeds, (given, how, faults, happens) => {
        const { world } = journey({ ...given, lists: 0, emails: 0, segments: 0 }, faults, how, happens, {}, ['leads'])
        const quiet = calmed(world)
        const rows = rowsIn(tablesOf(quiet), 'leads')
        const alive = new Map(leadsIn(quiet.marketo).map((lead) => [String(lead.id), lead]))
        for (const row of rows) {
          const lead = alive.get(String(row.id))
          expect([row.id, row.email ?? null, row.lead_score ?? null, row.deleted_at === null]).toEqual([
            row.id,
            lead === undefined ? (row.email ?? null) : (lead.fields.email ?? null),
            lead === undefined ? (row.lead_score ?? null) : (lead.fields.leadScore ?? null),
            lead !== undefined
          ])
        }
        expect([...alive.keys()].filter((id) => !rows.some((row) => row.id === id))).toEqual([])
      })
    )
  })

  it('D8 the state is JSON at any moment, and goes on from there, also after a stop in the middle', () => {
    fc.assert(
      fc.property(size, options, troubles, fc.integer({ min: 5, max: 20 }), (given, how, faults, n) => {
        let steps = 0
        const again = (state: SourceSync): SourceSync => {
          steps += 1
          if (steps % n > 0) return state
          const copy: SourceSync = JSON.parse(JSON.stringify(state))
          expect(isDeepStrictEqual(copy, state)).toBe(true)
          return frozen(copy)
        }
        const small = { ...given, lists: Math.min(given.lists, 301), emails: Math.min(given.emails, 201) }
        const straight = journey(small, [], how, [])
        const stopped = journey(small, faults, how, [], { between: again, stops: (round) => round % n === 1 })
        expect(contents(calmed(stopped.world))).toEqual(contents(straight.world))
      })
    )
  })

  it('W2 a file may come in parts of any length', () => {
    fc.assert(
      fc.property(size, options, fc.integer({ min: 5, max: 4_000 }), (given, how, partLength) => {
        const small = { ...given, lists: 0, emails: 0, segments: 0 }
        const wanted = ['leads', 'lead_activities', 'lead_activity_attributes']
        const whole = journey(small, [], how, [], {}, wanted)
        const parts = journey(small, [], how, [], { partLength }, wanted)
        expect(parts.world.rows.length).toBe(whole.world.rows.length)
        expect(contents(parts.world)).toEqual(contents(whole.world))
      })
    )
  })
})
