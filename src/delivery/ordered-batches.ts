/**
 * What leads belong to, go through and are gone by, and records that are no leads, as batches.
 *
 *     rank   calls
 *     0      off lists, out of programs; what says to leave somebody alone
 *     1      lists by name that such a thing waits for
 *     2      scores that were read: they are written soon
 *     3      the rest; when the day's calls run out, only what such a thing waits behind
 *
 * @module
 */
import { describeDeleteLeads } from '../endpoints/delete-leads.js'
import { describeGetLeads } from '../endpoints/get-leads.js'
import { describeCreateList, describeFindList } from '../endpoints/list-assets.js'
import { describeAddToList, describeRemoveFromList } from '../endpoints/list-members.js'
import { describeListsOfLead } from '../endpoints/lists-of-lead.js'
import { describeDeleteProgramMembers, describeSyncProgramStatus } from '../endpoints/program-members.js'
import { describeRequestCampaign } from '../endpoints/request-campaign.js'
import { describeSyncCompanies } from '../endpoints/sync-companies.js'
import { describeSyncCustomObjects } from '../endpoints/sync-custom-objects.js'
import { describeSyncLeads } from '../endpoints/sync-leads.js'
import { isSuppression } from '../intent/ordered-intent.js'
import { batchLimits, queryLimits } from '../marketo/limits.js'
import { type Batch, batchOf, type Kind, type Late } from './batch.js'
import { type ListWanted, listKey, type ScoreQuestion } from './ordered.js'
import type { Ready } from './ready.js'
import type { Row } from './row.js'

const inOneCall = batchLimits.leadDatabase

const oneGroup = (): string => ''

/** Each of a call's records in one group, by parts that cannot be taken for one another. */
const grouped = (...parts: ReadonlyArray<string | number>): string => JSON.stringify(parts)

const isUrgentRow =
  ({ urgent }: Ready) =>
  ({ items }: Row<unknown>): boolean =>
    items.some(({ person }) => urgent.has(person))

/** Rows that say to leave somebody alone come first, and in a batch of their own. */
const bySuppression = <I>(
  after: Late,
  kind: Omit<Kind<I>, 'rank'>,
  rows: ReadonlyArray<Row<I>>
): ReadonlyArray<Batch> => {
  if (rows.length === 0) return []
  const isFirst = ({ items: [item] }: Row<I>): boolean => isSuppression(item.intent)
  const first = rows.filter(isFirst)
  return [
    batchOf({ ...kind, rank: 0 }, first),
    after({ ...kind, rank: 3 }, first.length === 0 ? rows : rows.filter((row) => !isFirst(row)))
  ]
}

const act = { errand: 'act', perCall: inOneCall } as const

const members = ({ ordered }: Ready, after: Late): ReadonlyArray<Batch> => [
  batchOf(
    { ...act, rank: 0, groupOf: ({ listId }) => grouped(listId), describe: describeRemoveFromList },
    ordered.removals
  ),
  batchOf(
    { ...act, rank: 0, groupOf: ({ programId }) => grouped(programId), describe: describeDeleteProgramMembers },
    ordered.leavings
  ),
  batchOf(
    { errand: 'ask-lists', perCall: 1, rank: 0, groupOf: oneGroup, describe: describeListsOfLead },
    ordered.pages
  ),
  ...bySuppression(
    after,
    { ...act, groupOf: ({ listId }) => grouped(listId), describe: describeAddToList },
    ordered.adds
  ),
  ...bySuppression(
    after,
    {
      ...act,
      groupOf: ({ programId, statusName }) => grouped(programId, statusName),
      describe: describeSyncProgramStatus
    },
    ordered.statuses
  ),
  ...bySuppression(
    after,
    {
      ...act,
      perCall: batchLimits.requestCampaignLeads,
      groupOf: ({ campaignId, tokens }) =>
        grouped(campaignId, ...tokens.map(({ name, value }) => `${name} ${value}`).sort()),
      describe: describeRequestCampaign
    },
    ordered.campaigns
  ),
  after({ ...act, rank: 3, groupOf: oneGroup, describe: describeDeleteLeads }, ordered.deletions)
]

const asScores = (rows: ReadonlyArray<Row<ScoreQuestion>>, after: Late): ReadonlyArray<Batch> => {
  const fields = new Map<string, Array<Row<ScoreQuestion>>>()
  for (const row of rows) {
    const own = fields.get(row.what.field)
    if (own === undefined) fields.set(row.what.field, [row])
    else own.push(row)
  }
  return [...fields].map(([field, own]) =>
    after(
      {
        rank: 3,
        errand: 'read-score',
        perCall: queryLimits.filterValues,
        groupOf: oneGroup,
        describe: (asked) => {
          const [first, ...rest] = asked
          const question = ({ munchkinId, leadId }: ScoreQuestion) => ({
            munchkinId,
            lead: { lookupField: 'id', value: leadId }
          })
          return describeGetLeads([question(first), ...rest.map(question)], [field])
        }
      },
      own
    )
  )
}

const scores = ({ ordered }: Ready, after: Late): ReadonlyArray<Batch> => [
  ...asScores(ordered.reads, after),
  batchOf(
    { rank: 2, errand: 'write-score', perCall: inOneCall, groupOf: oneGroup, describe: describeSyncLeads },
    ordered.scores
  )
]

const wantedRow = (wanted: ListWanted): Row<ListWanted> => ({ what: wanted, items: wanted.items, remarks: [] })

const keyFor = ({ munchkinId, name }: ListWanted): string => listKey(munchkinId, name)

const lists = (ready: Ready, after: Late): ReadonlyArray<Batch> => {
  const rows = [...ready.ordered.lists.values()].map(wantedRow)
  if (rows.length === 0) return []
  const isFirst = isUrgentRow(ready)
  const first = rows.filter(isFirst)
  // A call each, so that nothing is lost by telling them apart.
  return [
    ...asked({ ...byName, rank: 1 }, first, batchOf),
    ...asked({ ...byName, rank: 3 }, rows.length === first.length ? [] : rows.filter((row) => !isFirst(row)), after)
  ]
}

const byName = { perCall: 1, groupOf: oneGroup, keyFor } as const

const asked = (
  kind: typeof byName & Pick<Batch, 'rank'>,
  sorted: ReadonlyArray<Row<ListWanted>>,
  make: Late
): ReadonlyArray<Batch> => [
  make(
    { ...kind, errand: 'find-list', describe: describeFindList },
    sorted.filter(({ what }) => what.createIn === null)
  ),
  make(
    {
      ...kind,
      errand: 'make-list',
      describe: ([first, ...rest]) => describeCreateList([newList(first), ...rest.map(newList)])
    },
    sorted.filter(({ what }) => what.createIn !== null)
  )
]

const newList = ({ munchkinId, name, createIn }: ListWanted) => ({
  munchkinId,
  name,
  folder: createIn ?? { id: 0, type: 'Folder' as const }
})

const records = ({ companies, objects }: Ready, after: Late): ReadonlyArray<Batch> => [
  after({ ...act, rank: 3, groupOf: oneGroup, describe: describeSyncCompanies }, companies),
  after({ ...act, rank: 3, groupOf: ({ objectName }) => objectName, describe: describeSyncCustomObjects }, objects)
]

/** All of it that an instance could send, as batches. @internal */
export const orderedBatches = (ready: Ready, after: Late): ReadonlyArray<Batch> =>
  ready.hasOrdered || ready.companies.length > 0 || ready.objects.length > 0
    ? [...members(ready, after), ...scores(ready, after), ...lists(ready, after), ...records(ready, after)]
    : []
