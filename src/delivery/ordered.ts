/**
 * What leads belong to, go through and are gone by, as rows of calls to be: once the lead's number is known, and a list's.
 *
 *     by list, program, campaign    a record each; equal ones of a lead that stand side by side are one
 *     LeaveLists                    its lists, page by page; then off one list after the other
 *     AddToScore                    read, then written; those side by side of one field are one reading and one writing
 *     a list by its name            looked for once; made where there is none, if the intent says where
 *
 * @module
 */

import type { LeadDeletion } from '../endpoints/delete-leads.js'
import type { ListMember } from '../endpoints/list-members.js'
import type { ListsQuestion } from '../endpoints/lists-of-lead.js'
import type { ProgramMember, ProgramStatus } from '../endpoints/program-members.js'
import type { CampaignRequest } from '../endpoints/request-campaign.js'
import { malformed, type Problem } from '../ground/problem.js'
import type { AddToScore, ListRef, UpsertLead } from '../intent/intent.js'
import type { OrderedIntent } from '../intent/ordered-intent.js'
import type { MunchkinId } from '../marketo/munchkin-id.js'
import type { End } from './outcome.js'
import type { Row } from './row.js'
import type { Pending } from './state.js'

/** A list that somebody wants by its name; `createIn` says where to make it, null that it is to be looked for. @internal */
export interface ListWanted {
  readonly munchkinId: MunchkinId
  readonly name: string
  readonly createIn: NamedList['createIn']
  readonly items: [Pending, ...Array<Pending>]
}

/** A number of a lead's that points are to be added to. @internal */
export interface ScoreQuestion {
  readonly munchkinId: MunchkinId
  readonly leadId: number
  readonly field: string
}

/** What is ready of all this in one instance, by kind. @internal */
export interface Ordered {
  readonly adds: Array<Row<ListMember>>
  readonly removals: Array<Row<ListMember>>
  readonly pages: Array<Row<ListsQuestion>>
  readonly statuses: Array<Row<ProgramStatus>>
  readonly leavings: Array<Row<ProgramMember>>
  readonly campaigns: Array<Row<CampaignRequest>>
  readonly deletions: Array<Row<LeadDeletion>>
  readonly reads: Array<Row<ScoreQuestion>>
  readonly scores: Array<Row<UpsertLead>>
  readonly lists: Map<string, ListWanted>
}

/** Nothing ready. @internal */
export const nothingOrdered = (): Ordered => ({
  adds: [],
  removals: [],
  pages: [],
  statuses: [],
  leavings: [],
  campaigns: [],
  deletions: [],
  reads: [],
  scores: [],
  lists: new Map()
})

type NamedList = Extract<ListRef, { readonly name: string }>

/** Lists of an instance by name: a number, null for one that is to be made. @internal */
export type KnownLists = ReadonlyMap<string, number | null>

/** The key under which a list is asked for. @internal */
export const listKey = (munchkinId: MunchkinId, name: string): string => `${munchkinId} list ${name}`

/** Takes another item of the same lead into a row; whether it fits. @internal */
export type Join = (item: Pending) => boolean

/** What became of an item in the walk: a row that may take more, a wait for something, or an end. @internal */
export type Placed = Join | 'waits' | End

const full: Join = () => false

const samePiece = (a: Pending, b: Pending): boolean => a.piece === b.piece

const open = <I>(rows: Array<Row<I>>, what: I, item: Pending, isEqual: (other: OrderedIntent) => boolean): Join => {
  const items: [Pending, ...Array<Pending>] = [item]
  rows.push({ what, items, remarks: [] })
  return (other) => {
    const fits = isOrdered(other) && samePiece(item, other) && isEqual(other.intent)
    if (fits) items.push(other)
    return fits
  }
}

type OrderedItem = Pending & { readonly intent: OrderedIntent }

const isOrdered = (item: Pending): item is OrderedItem => item.intent._tag !== 'UpsertLead'

const alone = <I>(rows: Array<Row<I>>, what: I, item: Pending): Join => {
  rows.push({ what, items: [item], remarks: [] })
  return full
}

const noSuchList: End = {
  _tag: 'Skipped',
  reasons: [{ code: '', message: 'no static list has this name, and it is not said where to make one' }],
  remedy: 'mend-record'
}

const noPoints: Problem = malformed('invalid', ['points'], 'a number that is not finite', 'say how many points')

const noScore: Problem = malformed('invalid', ['field'], 'the number of the lead', 'name a field that holds points')

/** The number of a list; where it is not known, the list is asked for, or the item has nothing to wait for. */
const listOf = (
  { lists }: Ordered,
  known: KnownLists,
  asked: ReadonlySet<string>,
  item: Pending,
  list: ListRef
): number | 'waits' | End => {
  if ('listId' in list) return list.listId
  const { munchkinId } = item.intent
  const there = known.get(list.name)
  if (typeof there === 'number') return there
  if (there === null && list.createIn === null) return noSuchList
  const key = listKey(munchkinId, list.name)
  if (asked.has(key)) return 'waits'
  const wanted = lists.get(key)
  if (wanted !== undefined) wanted.items.push(item)
  else lists.set(key, { munchkinId, name: list.name, createIn: there === null ? list.createIn : null, items: [item] })
  return 'waits'
}

const isSameList = (a: ListRef, b: ListRef): boolean =>
  'listId' in a ? 'listId' in b && a.listId === b.listId : 'name' in b && a.name === b.name

const placeScore = (ordered: Ordered, item: Pending, intent: AddToScore, leadId: number): Placed => {
  const { munchkinId, field } = intent
  const { progress } = item
  if (!Number.isFinite(intent.points)) return { _tag: 'Unsent', problem: noPoints }
  if (field === 'id') return { _tag: 'Unsent', problem: noScore }
  if (progress?._tag !== 'Score')
    return open(ordered.reads, { munchkinId, leadId, field }, item, (other) => {
      return other._tag === 'AddToScore' && other.field === field && Number.isFinite(other.points)
    })
  const items: [Pending, ...Array<Pending>] = [item]
  const what: UpsertLead = {
    _tag: 'UpsertLead',
    munchkinId,
    lead: { lookupField: 'id', value: leadId },
    fields: Object.fromEntries([
      ['id', leadId],
      [field, progress.value]
    ]),
    action: 'updateOnly',
    partitionName: null
  }
  ordered.scores.push({ what, items, remarks: [] })
  // Only what was read together is written together.
  return (other) => {
    const fits = other.progress?._tag === 'Score' && other.progress.group === progress.group && samePiece(item, other)
    if (fits) items.push(other)
    return fits
  }
}

const nothingLeft = (leadId: number): End => ({ _tag: 'Applied', leadId, status: 'unchanged', remarks: [] })

const placeLeaving = (ordered: Ordered, item: Pending, leadId: number): Placed => {
  const { progress, intent } = item
  const { munchkinId } = intent
  if (progress?._tag !== 'Lists') return alone(ordered.pages, { munchkinId, leadId, nextPageToken: null }, item)
  if (progress.nextPageToken !== null)
    return alone(ordered.pages, { munchkinId, leadId, nextPageToken: progress.nextPageToken }, item)
  const [listId] = progress.listIds
  return listId === undefined ? nothingLeft(leadId) : alone(ordered.removals, { munchkinId, listId, leadId }, item)
}

/** Puts an item whose lead is known into its row. @internal */
export const placeOrdered = (
  ordered: Ordered,
  known: KnownLists,
  asked: ReadonlySet<string>,
  item: Pending,
  intent: OrderedIntent,
  leadId: number
): Placed => {
  const { munchkinId } = intent
  switch (intent._tag) {
    case 'AddToList':
    case 'RemoveFromList': {
      const listId = listOf(ordered, known, asked, item, intent.list)
      if (typeof listId !== 'number') return listId
      const rows = intent._tag === 'AddToList' ? ordered.adds : ordered.removals
      return open(rows, { munchkinId, listId, leadId }, item, (other) => {
        return other._tag === intent._tag && isSameList(other.list, intent.list)
      })
    }
    case 'SetProgramStatus': {
      const { programId, statusName } = intent
      return open(ordered.statuses, { munchkinId, programId, leadId, statusName }, item, (other) => {
        return other._tag === intent._tag && other.programId === programId && other.statusName === statusName
      })
    }
    case 'LeaveProgram': {
      const { programId } = intent
      return open(ordered.leavings, { munchkinId, programId, leadId }, item, (other) => {
        return other._tag === intent._tag && other.programId === programId
      })
    }
    case 'RequestCampaign': {
      const { campaignId, tokens } = intent
      return alone(ordered.campaigns, { munchkinId, campaignId, leadId, tokens }, item)
    }
    case 'DeleteLead':
      return alone(ordered.deletions, { munchkinId, leadId }, item)
    case 'LeaveLists':
      return placeLeaving(ordered, item, leadId)
    case 'AddToScore':
      return placeScore(ordered, item, intent, leadId)
  }
}
