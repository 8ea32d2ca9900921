/**
 * The figures of docs/scaling.md: measured with the real delivery against the simulator, in simulated time, from fixed seeds; days are
 * those figures in proportion.
 */
import type { Item } from '../../src/delivery/outcome.js'
import { keyText } from '../../src/intent/lead-key.js'
import { advisedShare, bulkLimits, byteLimits, callLimits, dataIngestionLimits } from '../../src/marketo/limits.js'
import { partitionOf } from '../../src/segment/partition.js'
import { corpusSettings } from '../bench/corpus.js'
import { table } from '../docs/markdown.js'
import { type Driven, drive, type How, inBatches } from './drive.js'
import { itemsOf } from './stream.js'

/** A figure that is made once, however often it is asked for. */
const once = <A>(make: () => A): (() => A) => {
  let made: { readonly value: A } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

/** A number with its thousands apart, and no more places than it takes to tell it from its neighbours. */
const amount = (n: number, places = 0): string => n.toFixed(places).replace(/\B(?=(\d{3})+(?!\d))/g, ',')

const percent = (share: number): string =>
  share < 1 ? `${amount(100 * share, share < 0.1 ? 1 : 0)} %` : `${amount(share, share < 10 ? 1 : 0)} times`

const span = (seconds: number): string => {
  if (seconds < 0.1) return 'less than 0.1 s'
  if (seconds < 120) return `${amount(seconds, seconds < 10 ? 1 : 0)} s`
  if (seconds < 7_200) return `${amount(seconds / 60)} min`
  return seconds < 172_800 ? `${amount(seconds / 3_600, 1)} h` : `${amount(seconds / 86_400)} days`
}

/** How many events a delivery is given together, and how many of them are measured. */
const sizes: ReadonlyArray<readonly [together: number, measured: number]> = [
  [1, 100],
  [10, 300],
  [100, 600],
  [300, 900],
  [1_000, 2_000],
  [3_000, 3_000]
]

/** What so many events take when they come so many together. */
export const driven = (events: number, together: number, how: How = {}): Driven =>
  drive(inBatches(itemsOf(events), together), how)

/** Calls for each event that gets through, by how many come together. */
export const callsEach = once(
  (): ReadonlyMap<number, number> =>
    new Map(sizes.map(([together, measured]) => [together, driven(measured, together).counted / measured]))
)

const eachOf = (together: number): number => callsEach().get(together) ?? Number.NaN

const batches = (): string =>
  table(
    ['Events together', 'Calls for 1,000 events', 'Events that 50,000 calls carry'],
    sizes.map(([together]) => [
      amount(together),
      amount(1_000 * eachOf(together), together > 100 ? 1 : 0),
      amount(callLimits.callsPerDay / eachOf(together))
    ])
  )

/** Calls a second at the advised rate, whatever they carry. */
const callsPerSecond = (advisedShare.callsPerWindow * 1_000) / callLimits.windowMillis

const days: ReadonlyArray<readonly [events: number, shares: ReadonlyArray<number>]> = [
  [1e6, [1, 0.1, 0.01]],
  [1e8, [1, 0.1, 0.01]],
  [1e10, [1, 0.01, 0.001, 0.0001]]
]

const full = 1_000

const wayOf = (through: number, calls: number): string => {
  if (calls <= callLimits.callsPerDay / 2) return 'REST'
  if (calls <= callLimits.callsPerDay) return 'REST, and nothing else may call'
  // Half of the events are activities, and what was ingested has to be looked up before.
  if (through / 300 <= callLimits.callsPerDay && through <= dataIngestionLimits.objectsPerDay)
    return 'Data Ingestion for leads, REST for activities'
  return 'none: let less through'
}

const dayTable = (): string =>
  table(
    [
      'Events a day',
      'Let through',
      'That is',
      '1,000 come in',
      'REST calls',
      "Of a day's 50,000",
      'At 50 in 20 s',
      'Way'
    ],
    days.flatMap(([events, shares]) =>
      shares.map((share) => {
        const through = events * share
        const calls = through * eachOf(full)
        return [
          amount(events),
          `${amount(100 * share, share < 0.01 ? (share < 0.001 ? 2 : 1) : 0)} %`,
          amount(through),
          span((full * 86_400) / through),
          amount(calls),
          percent(calls / callLimits.callsPerDay),
          span(calls / callsPerSecond),
          wayOf(through, calls)
        ]
      })
    )
  )

const settings = corpusSettings()

/** Forms, which share no call: a call an item. */
const forms = (count: number): ReadonlyArray<Item> =>
  Array.from({ length: count }, (_, n) => ({
    id: `f${n}`,
    messageId: null,
    intent: {
      _tag: 'SubmitForm',
      munchkinId: settings.munchkinId,
      lead: { lookupField: 'email', value: `p${n}@example.com` },
      formId: 1001,
      fields: { email: `p${n}@example.com` },
      page: null,
      ip: null,
      userAgent: null,
      cookie: null
    }
  }))

const drainMillis = (count: number, callMillis: number): number => {
  const simulator = { forms: [{ id: 1001, fields: ['email'] }] }
  const { millis, applied } = drive([forms(count)], { callMillis, simulator })
  if (applied !== count) throw new Error('not every form was applied')
  return millis
}

/** Calls a second of a long backlog, by the time that a call takes: what a hundred more of them take, the first window being free at once. */
export const drained = once(
  (): ReadonlyMap<number, number> =>
    new Map(
      [500, 2_000, 5_000, 20_000].map((callMillis) => [
        callMillis,
        100_000 / (drainMillis(200, callMillis) - drainMillis(100, callMillis))
      ])
    )
)

const drains = (): string =>
  table(
    ['A call takes', 'Calls a second', 'Records a second, 300 a call', 'Held back by'],
    [...drained()].map(([millis, rate]) => [
      `${amount(millis / 1_000, millis < 1_000 ? 1 : 0)} s`,
      amount(rate, 2),
      amount(300 * rate),
      (advisedShare.runningCalls * 1_000) / millis > callsPerSecond ? '50 calls in 20 s' : '5 calls at once'
    ])
  )

/** Writes that say all there is to say of a lead: one set of fields, so one file. */
const leadWrites = once(
  (): ReadonlyArray<Item> =>
    itemsOf(3_000)
      .flat()
      .filter(({ intent }) => intent._tag === 'UpsertLead' && 'title' in intent.fields)
)

/** How many people these items are about: several writes of one person become one record. */
const peopleIn = (items: ReadonlyArray<Item>): number =>
  new Set(items.map(({ intent }) => ('lead' in intent ? keyText(intent.lead) : ''))).size

const byWay = once(() => {
  const go = (options: How['options']): Driven => drive([leadWrites()], { options: { window: 5_000, ...options } })
  return {
    rest: go({}),
    ingestion: go({ transport: { _tag: 'ingestion', prefix: 'scale', priority: 'normal' } }),
    bulk: go({ transport: { _tag: 'bulk', pollMillis: 30_000 } })
  }
})

const ways = (): string => {
  const { rest, ingestion, bulk } = byWay()
  const people = peopleIn(leadWrites())
  const rowBytes = bulk.bytes / people
  const rows = Math.floor(byteLimits.importFile / rowBytes)
  const calls = (records: number, most: number): string => amount(Math.ceil(1e6 / Math.min(most, records)))
  return table(
    ['Way', `Calls for ${amount(people)} leads`, 'Records a call', 'Calls for 1,000,000 leads', 'Counted by the quota'],
    [
      ['REST', amount(rest.calls - 1), amount(Math.ceil(people / (rest.calls - 1))), calls(300, 300), 'yes'],
      [
        'Data Ingestion',
        amount(ingestion.calls - 1),
        amount(Math.ceil(people / (ingestion.calls - 1))),
        calls(1_000, 1_000),
        'no'
      ],
      [
        'Bulk import',
        amount(bulk.calls - 1),
        `${amount(rows)} of these, ${amount(rowBytes)} bytes each, in a file of 10 MB`,
        `${amount(Math.ceil(1e6 / rows))} files, ${amount(bulk.calls - 1)} calls each where no row fails, 4 and more else`,
        'yes'
      ]
    ]
  )
}

const states = once(() => {
  const of = (events: number, remember: number): number =>
    driven(events, events, { weighs: true, options: { remember } }).state
  const [small, large] = [of(100, 1), of(400, 1)]
  const many = driven(1_500, 300, { weighs: true, options: { remember: 1_500 } }).state
  return { small, large, many }
})

const memory = (): string => {
  const { small, large, many } = states()
  return table(
    ['Events under way', 'People in mind', 'State as JSON'],
    [
      ['100', '1', `${amount(small / 1_000)} kB`],
      ['400', '1', `${amount(large / 1_000)} kB`],
      ['300', amount(peopleIn(itemsOf(1_500).flat())), `${amount(many / 1_000)} kB`]
    ]
  )
}

/** How full the fullest partition is, the mean being 1. */
export const fullest = (partitions: number, people: number): number => {
  const counts = new Array<number>(partitions).fill(0)
  for (let n = 0; n < people; n += 1) {
    const at = partitionOf(`u_${10_000_000 + n}`, partitions)
    counts[at] = (counts[at] ?? 0) + 1
  }
  return (Math.max(...counts) * partitions) / people
}

const partitions = (): string =>
  table(
    [
      'Partitions',
      'Fullest, of 100,000 people',
      'Calls a day, if each sends leads and activities every 10 s',
      'Every minute',
      'Every 10 minutes'
    ],
    [1, 4, 16, 64, 256].map((count) => [
      amount(count),
      `${amount(fullest(count, 100_000), 2)} times the mean`,
      ...[10, 60, 600].map((seconds) => amount((count * 2 * 86_400) / seconds))
    ])
  )

const limits = (): string =>
  table(
    ['Of one instance', 'Calls a day', 'Records a day'],
    [
      [
        '100 calls in 20 s, all day',
        amount(callLimits.callsPerWindow * 4_320),
        amount(300 * callLimits.callsPerWindow * 4_320)
      ],
      [
        '50 calls in 20 s, as advised',
        amount(advisedShare.callsPerWindow * 4_320),
        amount(300 * advisedShare.callsPerWindow * 4_320)
      ],
      ['the quota that most have', amount(callLimits.callsPerDay), amount(300 * callLimits.callsPerDay)],
      ['the least quota that is sold', amount(callLimits.leastCallsPerDay), amount(300 * callLimits.leastCallsPerDay)],
      ['Data Ingestion', 'no quota of calls', amount(dataIngestionLimits.objectsPerDay)],
      [
        'bulk import',
        `${bulkLimits.queuedJobs} jobs in the queue, ${bulkLimits.runningJobs} of them running`,
        'as fast as Marketo works them off'
      ]
    ]
  )

const all: ReadonlyMap<string, () => string> = new Map([
  ['limits', limits],
  ['batches', batches],
  ['days', dayTable],
  ['drains', drains],
  ['ways', ways],
  ['memory', memory],
  ['partitions', partitions]
])

/** One of the tables, by name. */
export const drawScaling = ([name = '']: ReadonlyArray<string>): string => all.get(name)?.() ?? ''
