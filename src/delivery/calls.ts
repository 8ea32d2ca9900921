/**
 * Rows that are ready, as calls: the most urgent first, and no more of them than there is room for.
 *
 *     rank   calls                                          a batch of one group and one piece fills a call
 *     0      leads that say not to be written to            ┐
 *     1      lookups that a lead write waits for, merges    │ also when the day's calls run out
 *     2      leads, forms                                   ┘
 *     3      lookups for the rest, activities
 *     4      cookies
 *
 * Describing costs time, so only as many rows are described as the calls that there is room for could carry.
 *
 * @module
 */
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { describeAddCustomActivities } from '../endpoints/add-custom-activities.js'
import { describeAssociateLead } from '../endpoints/associate-lead.js'
import { describeGetLeads } from '../endpoints/get-leads.js'
import { describeMergeLeads } from '../endpoints/merge-leads.js'
import { describeSubmitForm } from '../endpoints/submit-form.js'
import { describeSyncLeads } from '../endpoints/sync-leads.js'
import { describeVisitWebPage } from '../endpoints/visit-web-page.js'
import type { Problem } from '../ground/problem.js'
import { isNonEmpty } from '../ground/these.js'
import type { Call, Described, HttpRequest } from '../intent/descriptor.js'
import type { UpsertLead } from '../intent/intent.js'
import { batchLimits, queryLimits } from '../marketo/limits.js'
import type { DeliveryOptions, TransportOption } from './options.js'
import type { Remark } from './outcome.js'
import { keyOf } from './people.js'
import type { Question, Ready, Row } from './ready.js'
import type { RefusedFields } from './refused-fields.js'
import { askedFields } from './resolve.js'
import { isSuppression, type Settled } from './settle-upserts.js'
import type { InFlight, Pending } from './state.js'

/**
 * A call, the items and remarks of each of its records, and the keys that it asks for. One that is not full may be worth waiting for.
 *
 * @internal
 */
export interface Prepared {
  readonly isFull: boolean
  readonly call: Call<HttpRequest>
  readonly records: ReadonlyArray<ReadonlyArray<Pending>>
  readonly remarks: ReadonlyArray<ReadonlyArray<Remark>>
  readonly errand: InFlight['errand']
  readonly keys: ReadonlyArray<string>
  readonly job: string | null
}

/** Told of items that no request can carry. @internal */
export type TellUnsent = (item: Pending, problem: Problem) => void

/** Rows of one kind: how many of a group fill a call, and how they become calls. Lower ranks go first. @internal */
export interface Batch {
  readonly rank: number
  readonly size: number
  readonly prepare: (most: number, unsent: TellUnsent) => ReadonlyArray<Prepared>
}

/** Whether calls of a batch are made also when the day's calls run out. @internal */
export const isUrgent = ({ rank }: Batch): boolean => rank <= 2

/** Rows of each piece and group, no more of each than so many calls can carry. */
const piecesOf = <I>(
  rows: ReadonlyArray<Row<I>>,
  groupOf: (what: I) => string,
  most: number
): ReadonlyArray<ReadonlyArray<Row<I>>> => {
  const pieces = new Map<number, Array<Row<I>>>()
  const counts = new Map<string, number>()
  for (const row of rows) {
    const piece = row.items[0]?.piece ?? 0
    const group = `${piece} ${groupOf(row.what)}`
    const count = (counts.get(group) ?? 0) + 1
    if (count > most) continue
    counts.set(group, count)
    const list = pieces.get(piece)
    if (list === undefined) pieces.set(piece, [row])
    else list.push(row)
  }
  return [...pieces.values()]
}

/** How many calls these rows take at least. */
const callsFor = <I>(rows: ReadonlyArray<Row<I>>, groupOf: (what: I) => string, perCall: number): number => {
  const counts = new Map<string, number>()
  for (const { what, items } of rows) {
    const group = `${items[0]?.piece ?? 0} ${groupOf(what)}`
    counts.set(group, (counts.get(group) ?? 0) + 1)
  }
  let calls = 0
  for (const count of counts.values()) calls += Math.ceil(count / perCall)
  return calls
}

/** A call each. */
const alone = { perCall: 1, groupOf: (): string => '' } as const

const prepared = <I>(
  rows: ReadonlyArray<Row<I>>,
  describe: (batch: ReadonlyNonEmptyArray<I>) => Described<HttpRequest>,
  errand: Prepared['errand'],
  unsent: TellUnsent,
  { perCall, groupOf, keyFor }: Pick<Kind<I>, 'perCall' | 'groupOf' | 'keyFor'> = alone
): ReadonlyArray<Prepared> => {
  const batch = rows.map(({ what }) => what)
  if (!isNonEmpty(batch)) return []
  const described = describe(batch)
  if (described._tag !== 'Right')
    for (const { intent, problem } of described.left)
      for (const item of rows[intent]?.items ?? []) unsent(item, problem)
  if (described._tag === 'Left') return []
  const calls = described.right
  const groupAt = (i: number): string | undefined =>
    calls[i]?.intents
      .slice(0, 1)
      .flatMap((k) => rows[k]?.what ?? [])
      .map(groupOf)[0]
  // What is cut in pieces is not to be filled up again, and a call of many bytes has its like behind it.
  const isFull = (call: Call<HttpRequest>, i: number): boolean =>
    call.intents.length >= perCall || groupAt(i) === groupAt(i + 1) || rows.some(({ items }) => items[0]?.piece !== 0)
  return calls.map((call, i) => ({
    isFull: isFull(call, i),
    call,
    records: call.intents.map((i) => rows[i]?.items ?? []),
    remarks: call.intents.map((i) => rows[i]?.remarks ?? []),
    errand,
    keys: keyFor === undefined ? [] : call.intents.flatMap((i) => rows[i]?.what ?? []).map(keyFor),
    job: null
  }))
}

/** A kind of rows: how many fill a call, which can share one, and how they become calls. @internal */
export interface Kind<I> {
  readonly rank: number
  readonly perCall: number
  readonly errand: Prepared['errand']
  readonly groupOf: (what: I) => string
  readonly keyFor?: (what: I) => string
  readonly describe: (batch: ReadonlyNonEmptyArray<I>) => Described<HttpRequest>
}

/** Rows of one kind as a batch. @internal */
export const batchOf = <I>(kind: Kind<I>, rows: ReadonlyArray<Row<I>>): Batch => ({
  rank: kind.rank,
  size: callsFor(rows, kind.groupOf, kind.perCall),
  prepare: (most, unsent) =>
    piecesOf(rows, kind.groupOf, most * kind.perCall).flatMap((piece) =>
      prepared(piece, kind.describe, kind.errand, unsent, kind)
    )
})

const oneGroup = (): string => ''

const leadGroup = ({ action, lead, partitionName }: UpsertLead): string =>
  `${action} ${partitionName === null ? '' : partitionName.length} ${partitionName ?? ''} ${lead.lookupField}`

/** One person's rows side by side, in the order of the first of each, so that as few calls as can be share a person. */
const byPerson = <I>(rows: ReadonlyArray<Row<I>>): ReadonlyArray<Row<I>> => {
  const persons = new Map<number, Array<Row<I>>>()
  for (const row of rows) {
    const person = row.items[0]?.person ?? 0
    const own = persons.get(person)
    if (own === undefined) persons.set(person, [row])
    else own.push(row)
  }
  return [...persons.values()].flat()
}

/** The calls that share no person with one before them: of one person, only one call of a kind is under way. */
const apart = (calls: ReadonlyArray<Prepared>): ReadonlyArray<Prepared> => {
  const seen = new Set<number>()
  return calls.filter(({ records }) => {
    const persons = new Set(records.flatMap((items) => items.map(({ person }) => person)))
    const free = [...persons].every((person) => !seen.has(person))
    for (const person of persons) seen.add(person)
    return free
  })
}

const lookups = (
  options: DeliveryOptions,
  refused: RefusedFields,
  questions: ReadonlyArray<Question>,
  rank: number
): Batch => {
  const { identity, idFields } = options
  const fields =
    identity._tag === 'resolve' ? askedFields(identity, idFields).filter((field) => !(field in refused)) : []
  return batchOf(
    {
      rank,
      perCall: queryLimits.filterValues,
      errand: 'lookup',
      groupOf: ({ lead }) => lead.lookupField,
      keyFor: keyOf,
      describe: (asked) => describeGetLeads(asked, fields)
    },
    questions.map(({ what, items }) => ({ what, items, remarks: [] }))
  )
}

/** Whether an upsert goes by this way: both make the lead where there is none, and say nothing of updates only. @internal */
export const goesBy = ({ _tag }: TransportOption, { action, lead }: UpsertLead): boolean =>
  _tag !== 'rest' && action === 'createOrUpdate' && lead.lookupField !== 'id'

const syncLeads = {
  perCall: batchLimits.leadDatabase,
  errand: 'write',
  groupOf: leadGroup,
  describe: describeSyncLeads
} as const

/** All that an instance could send within its budget, as batches, the most urgent first. @internal */
export const batchesOf = (
  options: DeliveryOptions,
  refused: RefusedFields,
  ready: Ready,
  settled: Settled
): ReadonlyArray<Batch> => {
  const questions = [...ready.questions.values()]
  const direct = settled.upserts.filter(({ what }) => !goesBy(options.transport, what))
  const activities = batchOf(
    {
      rank: 3,
      perCall: batchLimits.leadDatabase,
      errand: 'write',
      groupOf: oneGroup,
      describe: describeAddCustomActivities
    },
    byPerson(ready.activities)
  )
  return [
    batchOf({ ...syncLeads, rank: direct.some(({ what }) => isSuppression(what)) ? 0 : 2 }, direct),
    lookups(
      options,
      refused,
      questions.filter((one) => one.isUrgent),
      1
    ),
    batchOf({ rank: 1, perCall: 1, errand: 'merge', groupOf: oneGroup, describe: describeMergeLeads }, settled.merges),
    batchOf({ rank: 2, perCall: 1, errand: 'write', groupOf: oneGroup, describe: describeSubmitForm }, ready.forms),
    lookups(
      options,
      refused,
      questions.filter((one) => !one.isUrgent),
      3
    ),
    { ...activities, prepare: (most: number, unsent: TellUnsent) => apart(activities.prepare(most, unsent)) },
    batchOf({ rank: 4, perCall: 1, errand: 'write', groupOf: oneGroup, describe: describeAssociateLead }, ready.cookies)
  ]
}

/** Page views, no more than so many. @internal */
export const visitsOf = (
  { forwardIp }: DeliveryOptions,
  ready: Ready,
  most: number,
  unsent: TellUnsent
): ReadonlyArray<Prepared> =>
  prepared(
    ready.visits.slice(0, Math.max(0, most)),
    (visits) => describeVisitWebPage(visits, { forwardIp }),
    'write',
    unsent
  )
