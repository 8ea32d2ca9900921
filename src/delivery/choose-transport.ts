/**
 * Which way records should go, by how many they are and how long they may take.
 *
 *     seconds that may pass     under 10          10 to 3,600              above
 *                               REST, at once     REST in batches,         the fewest calls:
 *                                                 or Data Ingestion        bulk import, too
 *
 *     rest        300 records or 1 MB a call      counts against the quota     tells the number of each lead
 *     ingestion   1,000 records or 1 MB a call    has a quota of its own       tells nothing: the outcome goes to another stream
 *     bulk        10 MB a file, 4 calls a file    counts against the quota     tells rows that failed, by row
 *
 * A file costs four calls at the least: the file, its status, its failures, its warnings. Bytes only bound the number of calls from
 * below: how records share out is known once they are written.
 *
 * Source: Adobe "Marketo Integration Best Practices", Batching and Latency; "Bulk Import"; "Data Ingestion".
 *
 * @module
 */
import {
  advisedShare,
  batchLimits,
  bulkLimits,
  byteLimits,
  callLimits,
  dataIngestionLimits
} from '../marketo/limits.js'
import {
  reason,
  type Shipment,
  type Transport,
  type TransportChoice,
  type TransportReason,
  type TransportTag
} from './transport.js'

/** Seconds: below the first calls go out as they come, above the second files have the time that they take. */
const latencyTiers = { batched: 10, bulk: 3_600 } as const

const assumedRecordBytes = 1_000

/** What one request of each way takes; `atLeast` says which latencies give it the time that it needs. */
interface Way {
  readonly transport: Transport
  readonly records: number
  readonly bytes: number
  readonly callsEach: number
  readonly isCounted: boolean
  readonly tellsIds: boolean
  readonly isInTime: (latency: number) => boolean
}

// biome-ignore format: table
const [restWay, ...asyncWays]: readonly [Way, ...ReadonlyArray<Way>] = [
  { transport: 'rest',      records: batchLimits.leadDatabase,  bytes: byteLimits.body,              callsEach: 1, isCounted: true,  tellsIds: true,  isInTime: () => true },
  { transport: 'ingestion', records: batchLimits.dataIngestion, bytes: byteLimits.dataIngestionBody, callsEach: 1, isCounted: false, tellsIds: false, isInTime: (latency) => latency >= latencyTiers.batched },
  { transport: 'bulk',      records: Number.MAX_SAFE_INTEGER,   bytes: byteLimits.importFile,        callsEach: 4, isCounted: true,  tellsIds: false, isInTime: (latency) => latency > latencyTiers.bulk }
]

/** The shipment, with a number for everything. */
interface Weighed {
  readonly records: number
  readonly bytes: number
  readonly latency: number
  readonly callsLeft: number
  readonly hasDataIngestion: boolean
  readonly needsLeadIds: boolean
}

/** Not below 0, not above what can be counted; what is no number is 0. */
const counted = (n: number): number => (n > 0 ? Math.min(n, Number.MAX_SAFE_INTEGER) : 0)

const weigh = (shipment: Shipment): Weighed => {
  const records = Math.ceil(counted(shipment.records))
  const { bytes, callsLeftToday } = shipment
  return {
    records,
    bytes: records === 0 ? 0 : counted(bytes ?? records * assumedRecordBytes),
    latency: counted(shipment.latency),
    callsLeft: callsLeftToday === undefined ? Number.MAX_SAFE_INTEGER : Math.floor(counted(callsLeftToday)),
    hasDataIngestion: shipment.hasDataIngestion,
    needsLeadIds: shipment.needsLeadIds
  }
}

/** The least number of calls that a way takes. */
const callsBy = ({ records, bytes, callsEach }: Way, weighed: Weighed): number => {
  const requests = Math.max(Math.ceil(weighed.records / records), Math.ceil(weighed.bytes / bytes))
  return Math.min(requests * callsEach, Number.MAX_SAFE_INTEGER)
}

/** Seconds until the last of so many calls may begin, at the share that is advised for one integration. */
const leastSeconds = (calls: number): number =>
  (Math.max(0, Math.ceil(calls / advisedShare.callsPerWindow) - 1) * callLimits.windowMillis) / 1_000

/** What rules a way out. */
type Objection = readonly [tag: TransportTag, holds: (way: Way, weighed: Weighed, calls: number) => boolean]

// biome-ignore format: table
const objections: ReadonlyArray<Objection> = [
  ['not-provisioned', ({ transport }, { hasDataIngestion }) => transport === 'ingestion' && !hasDataIngestion],
  ['no-lead-ids',     ({ tellsIds }, { needsLeadIds }) => needsLeadIds && !tellsIds],
  ['too-slow',        ({ isInTime }, { latency }) => !isInTime(latency)],
  ['over-quota',      ({ isCounted }, { callsLeft }, calls) => isCounted && calls > callsLeft],
  ['over-objects',    ({ transport }, { records }) => transport === 'ingestion' && records > dataIngestionLimits.objectsPerDay],
  ['rate',            ({ transport }, { latency }, calls) => transport === 'rest' && leastSeconds(calls) > latency]
]

/** A way, its calls for this shipment, and what rules it out. */
interface Judged {
  readonly way: Way
  readonly calls: number
  readonly against: ReadonlyArray<TransportReason>
}

const judge =
  (weighed: Weighed) =>
  (way: Way): Judged => {
    const calls = callsBy(way, weighed)
    const against = objections.filter(([, holds]) => holds(way, weighed, calls)).map(([tag]) => reason(tag))
    return { way, calls, against }
  }

/** Calls that one window of our share takes are no price for knowing what became of each record. */
const isCheap = ({ way, calls }: Judged, { latency }: Weighed): boolean =>
  way.transport === 'rest' && latency <= latencyTiers.bulk && calls <= advisedShare.callsPerWindow

const chosen = (judged: ReadonlyArray<Judged>, weighed: Weighed): Judged | undefined => {
  const able = judged.filter(({ against }) => against.length === 0)
  const cheap = able.find((one) => isCheap(one, weighed))
  // Of equals the first: REST tells more than Data Ingestion, and that is sooner than a file.
  return (
    cheap ?? able.reduce<Judged | undefined>((best, one) => (best && best.calls <= one.calls ? best : one), undefined)
  )
}

const tierOf = (latency: number): TransportTag =>
  latency < latencyTiers.batched ? 'at-once' : latency <= latencyTiers.bulk ? 'in-batches' : 'in-files'

const reasonsFor = (
  best: Judged,
  fallsBack: boolean,
  weighed: Weighed,
  bytesAssumed: boolean
): ReadonlyArray<TransportReason> => {
  if (weighed.records === 0) return [reason('nothing-to-send')]
  const { way, calls, against } = best
  const why = fallsBack ? 'nothing-else' : isCheap(best, weighed) ? 'tells-outcomes' : 'fewest-calls'
  const files = way.transport === 'bulk' ? calls / way.callsEach : 0
  return [
    reason(tierOf(weighed.latency)),
    reason(why),
    ...against,
    ...(way.isCounted ? [] : [reason('own-quota')]),
    ...(files > bulkLimits.queuedJobs ? [reason('in-turns')] : []),
    ...(bytesAssumed ? [reason('bytes-assumed')] : [])
  ]
}

const otherOf =
  (best: Judged) =>
  ({ way: { transport }, calls, against }: Judged): TransportChoice['others'][number] => {
    const tells = reason(calls < best.calls ? 'later-outcomes' : 'no-fewer-calls')
    return { transport, calls, because: against.length > 0 ? against : [tells] }
  }

/**
 * The way for a shipment, with the reasons. Numbers that make no sense are read as 0.
 *
 * @example
 * import { chooseTransport } from 'segment-marketo/delivery'
 *
 * const nightly = { records: 200_000, bytes: 60_000_000, latency: 28_800, hasDataIngestion: false, needsLeadIds: false }
 * chooseTransport(nightly).transport // => 'bulk'
 * chooseTransport(nightly).calls // => 24
 * const choice = chooseTransport({ ...nightly, needsLeadIds: true })
 * choice.transport // => 'rest'
 * choice.others.map(({ transport, because }) => [transport, because[0]?._tag])
 * // => [['ingestion', 'not-provisioned'], ['bulk', 'no-lead-ids']]
 * @category transports
 * @since 0.1.0
 */
export const chooseTransport = (shipment: Shipment): TransportChoice => {
  const weighed = weigh(shipment)
  const rest = judge(weighed)(restWay)
  const judged = [rest, ...asyncWays.map(judge(weighed))]
  const able = chosen(judged, weighed)
  const best = able ?? rest
  return {
    transport: best.way.transport,
    calls: best.calls,
    reasons: reasonsFor(best, able === undefined, weighed, shipment.bytes === undefined),
    others: judged.filter((one) => one !== best).map(otherOf(best))
  }
}
