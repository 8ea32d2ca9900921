/**
 * What is known of the intents that have not ended, event by event, and the count of those that have.
 *
 *     open(event's intents) ──▶ end(outcome) ──▶ end(outcome) ──▶ the event's failures, in order, once all its intents have ended
 *
 * An event is held no longer than its slowest intent.
 *
 * @module
 */
import type { Item, ItemOutcome, Remark } from '../../../delivery/outcome.js'
import { errorCodeRow } from '../../../marketo/error-codes.js'
import { printable } from '../text/printable.js'

/** How an intent ended, for people. */
export type Fate = 'delivered' | 'queued' | 'not needed' | 'failed' | 'unknown' | 'deferred'

/** An intent that was not delivered, and where it came from. */
export interface Failure {
  readonly number: number
  readonly item: Item
  readonly outcome: ItemOutcome
}

/** Counts of intents: by fate, of those that failed by reason, and of those that were done by what else there is to say. */
export interface Fates {
  readonly remarks: Map<string, number>
  readonly count: Map<Fate, number>
  readonly reasons: Map<string, number>
}

interface Entry {
  readonly number: number
  readonly items: ReadonlyArray<Item>
  readonly ends: Map<string, ItemOutcome>
}

/** A ledger of intents. */
export interface Ledger {
  readonly open: (number: number, items: ReadonlyArray<Item>) => void
  /** The line of the intent that ended, and what failed of its event, once all of that has ended. */
  readonly end: (outcome: ItemOutcome) => { readonly number: number | null; readonly failures: ReadonlyArray<Failure> }
  /** What failed of events that have not ended: those of their intents that nobody took are deferred. */
  readonly close: () => ReadonlyArray<Failure>
  readonly fates: Fates
}

const codeShape = /^[\w-]{1,12}$/

/** A code with Adobe's name for it; what Marketo itself wrote may quote a value. */
const nameOf = (code: string): string => {
  const row = errorCodeRow(code)
  if (row._tag === 'Some') return `${code} ${row.value.name}`
  return codeShape.test(code) ? code : 'without a code'
}

/** Why an intent was not delivered, without a value of it. */
export const reasonOf = (outcome: ItemOutcome): string => {
  switch (outcome._tag) {
    case 'Skipped':
    case 'Refused':
      return printable([...new Set(outcome.reasons.map(({ code }) => nameOf(code)))].join(', ')) || 'no answer'
    case 'Unsent':
      return 'no request can carry it'
    default:
      return outcome._tag
  }
}

/** A remark without a value: what Marketo warns of may quote one. */
const remarkOf = (remark: Remark): string => {
  switch (remark._tag) {
    case 'LeftOut':
      return `without ${remark.field} (${codeShape.test(remark.code) ? remark.code : 'no code'})`
    case 'Kept':
      return `with ${remark.field} as Marketo has it`
    case 'Duplicates':
      return 'of people with several leads'
    case 'Merged':
      return 'of people whose leads were merged'
    case 'Warned':
      return 'with a warning of Marketo’s'
  }
}

const remarksOf = (outcome: ItemOutcome): ReadonlySet<string> =>
  new Set('remarks' in outcome ? outcome.remarks.map((remark) => printable(remarkOf(remark))) : [])

/** How an outcome reads for people. */
export const fateOf = (outcome: ItemOutcome): Fate => {
  switch (outcome._tag) {
    case 'Applied':
      return 'delivered'
    case 'Queued':
      return 'queued'
    case 'Skipped':
      return outcome.remedy === 'accept' ? 'not needed' : 'failed'
    case 'Refused':
      return 'failed'
    case 'Unsent':
      return outcome.problem.weight === 'skipped' ? 'not needed' : 'failed'
    case 'Unknown':
      return 'unknown'
    case 'Deferred':
      return 'deferred'
  }
}

const isFailure = (outcome: ItemOutcome): boolean => {
  const fate = fateOf(outcome)
  return fate === 'failed' || fate === 'unknown' || fate === 'deferred'
}

const increase = <K>(counts: Map<K, number>, key: K): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

const failuresOf = ({ number, items, ends }: Entry): ReadonlyArray<Failure> =>
  items.flatMap((item) => {
    const outcome = ends.get(item.id)
    return outcome === undefined || !isFailure(outcome) ? [] : [{ number, item, outcome }]
  })

/** A ledger with nothing in it. */
export const newLedger = (): Ledger => {
  const entries = new Map<string, Entry>()
  const fates: Fates = { count: new Map(), reasons: new Map(), remarks: new Map() }
  return {
    fates,
    open: (number, items) => {
      const entry: Entry = { number, items, ends: new Map() }
      for (const { id } of items) entries.set(id, entry)
    },
    end: (outcome) => {
      const entry = entries.get(outcome.id)
      increase(fates.count, fateOf(outcome))
      for (const remark of remarksOf(outcome)) increase(fates.remarks, remark)
      if (fateOf(outcome) === 'failed') increase(fates.reasons, reasonOf(outcome))
      if (entry === undefined) return { number: null, failures: [] }
      entry.ends.set(outcome.id, outcome)
      entries.delete(outcome.id)
      const isWhole = entry.ends.size === entry.items.length
      return { number: entry.number, failures: isWhole ? failuresOf(entry) : [] }
    },
    close: () => {
      const left = [...new Set(entries.values())]
      for (const { items, ends } of left)
        for (const { id, messageId, intent } of items) {
          if (ends.has(id)) continue
          increase(fates.count, 'deferred')
          ends.set(id, { id, messageId, munchkinId: intent.munchkinId, _tag: 'Deferred', until: null })
        }
      entries.clear()
      return left.flatMap(failuresOf)
    }
  }
}
