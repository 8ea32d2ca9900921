/**
 * Ways for records to go, and the reasons for and against each: what is asked and answered by the choice among them.
 *
 *     Shipment ──chooseTransport──▶ TransportChoice: a way, its calls, reasons; the other ways, and why not
 *
 * @module
 */

/**
 * A way for records to go: the REST API, the Data Ingestion API, or files of the bulk import.
 *
 * @category transports
 * @since 0.1.0
 */
export type Transport = 'rest' | 'ingestion' | 'bulk'

/**
 * What is to be sent. `bytes` is all records together, as they are written; 1,000 a record where it is absent. `latency` is how many
 * seconds may pass; `hasDataIngestion` says that the subscription has it (it comes with a Performance Tier); `needsLeadIds` that
 * something follows which is addressed by lead number, such as activities. Without `callsLeftToday` the quota is no matter.
 *
 * @category transports
 * @since 0.1.0
 */
export interface Shipment {
  readonly records: number
  readonly bytes?: number
  readonly latency: number
  readonly hasDataIngestion: boolean
  readonly needsLeadIds: boolean
  readonly callsLeftToday?: number
}

/**
 * Why a way was chosen, or was not.
 *
 * @category transports
 * @since 0.1.0
 */
export type TransportTag =
  | 'nothing-to-send'
  | 'at-once'
  | 'in-batches'
  | 'in-files'
  | 'tells-outcomes'
  | 'fewest-calls'
  | 'own-quota'
  | 'in-turns'
  | 'bytes-assumed'
  | 'nothing-else'
  | 'not-provisioned'
  | 'no-lead-ids'
  | 'too-slow'
  | 'over-quota'
  | 'over-objects'
  | 'rate'
  | 'later-outcomes'
  | 'no-fewer-calls'

/**
 * A reason: a tag for programs, words for people.
 *
 * @category transports
 * @since 0.1.0
 */
export interface TransportReason {
  readonly _tag: TransportTag
  readonly says: string
}

/**
 * The way to go, with the least number of calls that it takes, and why; and why not the others.
 *
 * @category transports
 * @since 0.1.0
 */
export interface TransportChoice {
  readonly transport: Transport
  readonly calls: number
  readonly reasons: ReadonlyArray<TransportReason>
  readonly others: ReadonlyArray<{
    readonly transport: Transport
    readonly calls: number
    readonly because: ReadonlyArray<TransportReason>
  }>
}

// biome-ignore format: table
const words: Readonly<Record<TransportTag, string>> = {
  'nothing-to-send': 'there is no record',
  'at-once':         'under 10 seconds may pass: records go out as they come',
  'in-batches':      '10 seconds to an hour may pass: records are gathered to full calls',
  'in-files':        'more than an hour may pass: even files have the time that they take',
  'tells-outcomes':  'its calls fit into one window of 20 seconds, and each answer tells what became of every record',
  'fewest-calls':    'of those that will do it takes the fewest calls',
  'own-quota':       'its calls do not count against the daily quota',
  'in-turns':        'these are more files than can be queued at once (10, of which 2 run): send some when others are done',
  'bytes-assumed':   'the size was not given: 1,000 bytes a record were taken',
  'nothing-else':    'no way will do as asked; this one works, with what is said against it',
  'not-provisioned': 'Data Ingestion comes with a Performance Tier, and this subscription has none',
  'no-lead-ids':     'it never tells the number of a lead, and what follows needs it',
  'too-slow':        'it is asynchronous: Data Ingestion needs 10 seconds, a file more than an hour',
  'over-quota':      'it takes more calls than are left for today',
  'over-objects':    'Data Ingestion takes 10,000,000 objects a day',
  'rate':            '50 calls in 20 seconds, as advised, are too few to send all in time',
  'later-outcomes':  'it would do, and tell less: what became of a record is told later, elsewhere, or by row',
  'no-fewer-calls':  'it would do, with as many calls or more'
}

/** A reason with its words. @internal */
export const reason = (_tag: TransportTag): TransportReason => ({ _tag, says: words[_tag] })
