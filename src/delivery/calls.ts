/**
 * Rows that are ready, as calls: the most urgent first, and no more of them than there is room for.
 *
 *     rank   calls                                          a batch of one group and one piece fills a call
 *     0      what says to leave somebody alone              ┐
 *     1      lookups that such or a lead write waits for,   │
 *            merges                                         │ also when the day's calls run out
 *     2      leads, forms, scores that were read            ┘
 *     3      lookups for the rest, activities, lists, programs, campaigns, companies …
 *     4      cookies
 *
 * Describing costs time, so only as many rows are described as the calls that there is room for could carry.
 *
 * @module
 */
import { describeAddCustomActivities } from '../endpoints/add-custom-activities.js'
import { describeAssociateLead } from '../endpoints/associate-lead.js'
import { describeGetLeads } from '../endpoints/get-leads.js'
import { describeMergeLeads } from '../endpoints/merge-leads.js'
import { describeSubmitForm } from '../endpoints/submit-form.js'
import { describeSyncLeads } from '../endpoints/sync-leads.js'
import { describeVisitWebPage } from '../endpoints/visit-web-page.js'
import { ownMember } from '../ground/json.js'
import type { UpsertLead } from '../intent/intent.js'
import { isSuppression } from '../intent/ordered-intent.js'
import { batchLimits, queryLimits } from '../marketo/limits.js'
import { type Batch, batchOf, type Late, late, type Prepared, prepared, type TellUnsent } from './batch.js'
import type { DeliveryOptions, TransportOption } from './options.js'
import { orderedBatches } from './ordered-batches.js'
import { keyOf } from './people.js'
import type { Question, Ready } from './ready.js'
import type { RefusedFields } from './refused-fields.js'
import { askedFields } from './resolve.js'
import type { Row } from './row.js'
import type { Settled } from './settle-upserts.js'

const oneGroup = (): string => ''

const leadGroup = ({ action, lead, partitionName }: UpsertLead): string =>
  `${action} ${partitionName === null ? '' : partitionName.length} ${partitionName ?? ''} ${lead.lookupField}`

/** One person's rows side by side, in the order of the first of each, so that as few calls as can be share a person. */
const byPerson = <I>(rows: ReadonlyArray<Row<I>>): ReadonlyArray<Row<I>> => {
  const persons = new Map<number, Array<Row<I>>>()
  for (const row of rows) {
    const { person } = row.items[0]
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
  rank: number,
  make: Late
): Batch => {
  const { identity, idFields } = options
  const fields =
    identity._tag === 'resolve'
      ? askedFields(identity, idFields).filter((field) => ownMember(refused, field) === undefined)
      : []
  return make(
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
  settled: Settled,
  isShort: boolean
): ReadonlyArray<Batch> => {
  const questions = [...ready.questions.values()]
  const direct = settled.upserts.filter(({ what }) => !goesBy(options.transport, what))
  const after = late(ready.urgent, isShort)
  const activities = after(
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
      1,
      batchOf
    ),
    batchOf({ rank: 1, perCall: 1, errand: 'merge', groupOf: oneGroup, describe: describeMergeLeads }, settled.merges),
    batchOf({ rank: 2, perCall: 1, errand: 'write', groupOf: oneGroup, describe: describeSubmitForm }, ready.forms),
    lookups(
      options,
      refused,
      questions.filter((one) => !one.isUrgent),
      3,
      after
    ),
    { ...activities, prepare: (most: number, unsent: TellUnsent) => apart(activities.prepare(most, unsent)) },
    after({ rank: 4, perCall: 1, errand: 'write', groupOf: oneGroup, describe: describeAssociateLead }, ready.cookies),
    ...orderedBatches(ready, after)
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
