/**
 * An answer, or the lack of one, taken into a sync.
 *
 *     token                      the next generation, or when to ask again
 *     place, page                where a walk begins, and what its pages bring
 *     create, enqueue, poll      where a job stands
 *     file                       its rows, whole or in parts
 *     leads                      those that the feeds named
 *
 * A state changes only with an answer that was read in full: an expired token in the middle moves nothing.
 *
 * @module
 */
import { eachOf } from '../../endpoints/envelope.js'
import { interpretExportFile } from '../../endpoints/export-file.js'
import { interpretExportJob } from '../../endpoints/export-job.js'
import { interpretIdentityToken } from '../../endpoints/identity-token.js'
import { interpretPagingToken } from '../../endpoints/paging-token.js'
import { interpretReadPage } from '../../endpoints/read-page.js'
import { type Instant, parseInstant } from '../../ground/calendar.js'
import { isRecord, ownMember } from '../../ground/json.js'
import type { Answer } from '../../intent/outcome.js'
import { answerIn } from '../../pace/answer-in.js'
import type { Lost, RefusedCall } from '../../pace/call-end.js'
import { renewed } from '../../pace/token.js'
import { afterCall } from '../../pace/turns.js'
import type { RowsRead } from '../rows-read.js'
import { compileSource, type RowReader, type SourceTables } from '../tables.js'
import { rowTypes } from './start-walks.js'
import { type Draft, type InFlight, isWanted, type SourceSync, spend } from './state.js'
import { type FeedRecord, takeFeed, takePlace } from './take-feed.js'
import { takeFile, takePart } from './take-file.js'
import { takeFields, takeJob } from './take-job.js'
import { takeLeads } from './take-leads.js'
import { takePaged } from './take-paged.js'
import { type Walk, walkNames } from './walks.js'

/**
 * That a call has no answer: it was lost on its way, timed out, or its driver was stopped.
 *
 * @category sync
 * @since 0.1.0
 */
export interface LostRead {
  readonly kind: 'lost'
}

/**
 * A part of a file as it comes in: the answer's status, and text that follows the part before.
 *
 * @category sync
 * @since 0.1.0
 */
export interface FilePart {
  readonly status: number
  readonly text: string
}

const lost: Lost = { _tag: 'Lost' }

const isRefused = (told: { readonly _tag: string }): told is RefusedCall => told._tag === 'Refused'

/** A call is over: it cost the same whether its answer came or was lost, and a refusal may say to slow down. */
const paced = (draft: Draft, flight: InFlight, told: { readonly _tag: string }, now: Instant): void => {
  Object.assign(draft, afterCall(draft, draft.options.user, flight, isRefused(told) ? told : lost, now))
}

const nothing: RowsRead = { rows: [], problems: [] }

const noReader: RowReader = () => nothing

/** A reader that counts the records of its page. */
const counting = <A>(read: (record: unknown, index: number) => A): ((record: unknown) => A) => {
  let index = 0
  return (record) => {
    const told = read(record, index)
    index += 1
    return told
  }
}

/** A record of a feed: which rows of it are wanted depends on its type, and on whose feed it is. */
const feedReader = (
  draft: Draft,
  name: string,
  { reader, deletions }: SourceTables
): ((record: unknown, index: number) => FeedRecord) => {
  const types = new Set(rowTypes(draft.settings).map(String))
  const isGroup = name !== walkNames.merges && name !== walkNames.changes
  const activity = reader('lead_activities') ?? noReader
  return (record, index) => {
    const { rows, problems } = activity(record, index, null)
    const head = rows[0]?.row
    const wanted = isGroup && types.has(String(head?.activity_type_id))
    const gone = isGroup && name !== walkNames.deleted ? nothing : deletions(record, index, null)
    // A record that nobody can read is told once: under leads, where it is they whom the feed is about.
    const broken = head === undefined
    const { lead_id: leadId, activity_date: date } = head ?? {}
    return {
      rows: wanted ? [...rows, ...gone.rows] : gone.rows,
      problems: wanted
        ? [...problems, ...gone.problems]
        : broken && gone.problems.length === 0
          ? problems
          : gone.problems,
      leadId: typeof leadId === 'string' ? leadId : null,
      at: typeof date === 'string' ? (parseInstant(date) ?? null) : null
    }
  }
}

const takeRead = (draft: Draft, flight: InFlight, walk: Walk | undefined, answer: Answer | null, now: Instant) => {
  const { call, walk: name } = flight
  // A walk that is no longer wanted takes nothing in, but its call did happen.
  if (walk === undefined) return paced(draft, flight, lost, now)
  const tables = compileSource(draft.settings)
  if (walk.kind === 'feed') {
    const read = counting(feedReader(draft, name, tables))
    const told = answer === null ? lost : interpretReadPage(read)(call, answer)
    paced(draft, flight, told, now)
    return takeFeed(draft, flight, told, now)
  }
  const collection = walk.kind === 'paged' ? walk.collection : 'leads'
  const parent = walk.kind === 'paged' ? (walk.parents?.[0] ?? null) : null
  const reader = tables.reader(collection) ?? noReader
  const told = answer === null ? lost : interpretReadPage(counting((u, i) => reader(u, i, parent)))(call, answer)
  paced(draft, flight, told, now)
  return walk.kind === 'paged' ? takePaged(draft, flight, told, now) : takeLeads(draft, flight, told, now)
}

const fileReader = (draft: Draft, flight: InFlight): RowReader => {
  const walk = draft.walks[flight.walk]
  const table = walk?.kind === 'export' && walk.of === 'activities' ? 'lead_activities' : 'leads'
  return compileSource(draft.settings).reader(table) ?? noReader
}

const takeFileIn = (draft: Draft, flight: InFlight, answer: Answer | null, now: Instant): void => {
  const told = answer === null ? lost : interpretExportFile(flight.call, answer)
  paced(draft, flight, told, now)
  takeFile(draft, flight, told, fileReader(draft, flight), now)
}

const nameOf = (u: unknown): string => {
  const name = isRecord(u) ? ownMember(u, 'name') : undefined
  return typeof name === 'string' ? name : ''
}

/** The REST names of the fields that a description holds. */
const namesIn = (u: unknown): ReadonlyArray<string> => {
  const fields = isRecord(u) ? ownMember(u, 'fields') : undefined
  return Array.isArray(fields) ? eachOf(fields, nameOf) : []
}

const take = (draft: Draft, flight: InFlight, answer: Answer | null, now: Instant): void => {
  const { call, errand } = flight
  switch (errand) {
    case 'token':
      draft.token = renewed(draft.token, answer === null ? lost : interpretIdentityToken(answer), now)
      return
    case 'place': {
      const told = answer === null ? lost : interpretPagingToken(call, answer)
      paced(draft, flight, told, now)
      return takePlace(draft, flight, told, now)
    }
    case 'create':
    case 'enqueue':
    case 'poll': {
      const told = answer === null ? lost : interpretExportJob(call, answer)
      paced(draft, flight, told, now)
      return takeJob(draft, flight, errand, told, now)
    }
    case 'describe': {
      const told = answer === null ? lost : interpretReadPage(namesIn)(call, answer)
      paced(draft, flight, told, now)
      return takeFields(draft, flight, told, now)
    }
    case 'file':
      return takeFileIn(draft, flight, answer, now)
    case 'page':
    case 'leads':
      return takeRead(draft, flight, draft.walks[flight.walk], answer, now)
  }
}

const leadWalks: ReadonlyArray<string> = [walkNames.leads, walkNames.merges, walkNames.changes, walkNames.lookup]

/** The table whose reading a call belongs to. The walk itself may be gone since; one of a collection has its name, which holds no space. */
const costsOf = (draft: Draft, { walk }: InFlight): string => {
  if (leadWalks.includes(walk) || (walk === walkNames.deleted && isWanted(draft, 'leads'))) return 'leads'
  return walk.includes(' ') ? 'lead_activities' : walk
}

/**
 * The state after the answer to one of its calls, or after the news that there will be none. An id that is not in flight changes nothing.
 * A file that came in parts ends with an answer whose body is empty text.
 *
 * @category sync
 * @since 0.1.0
 */
export const receiveRead = (
  state: SourceSync,
  requestId: string,
  answer: Answer | LostRead,
  now: Instant
): SourceSync => {
  const inFlight = new Map(Object.entries(state.inFlight))
  const flight = inFlight.get(requestId)
  if (flight === undefined) return state
  inFlight.delete(requestId)
  const draft: Draft = { ...state, inFlight: Object.fromEntries(inFlight) }
  if (flight.errand !== 'token') spend(draft, costsOf(draft, flight), { calls: 1 })
  take(draft, flight, answerIn(answer), now)
  return draft
}

/**
 * The state after a part of a file: so that a large one need not be held whole. Hand in the parts in order, of answers with status 200
 * or 206 whose content is CSV, then the end by `receiveRead`. Take the rows in between.
 *
 * @category sync
 * @since 0.1.0
 */
export const receivePart = (state: SourceSync, requestId: string, part: FilePart): SourceSync => {
  const flight = new Map(Object.entries(state.inFlight)).get(requestId)
  if (flight === undefined || flight.errand !== 'file') return state
  const draft: Draft = { ...state }
  takePart(draft, flight, part.text, part.status === 206, fileReader(draft, flight))
  draft.inFlight = { ...draft.inFlight, [requestId]: { ...flight, parts: flight.parts + 1 } }
  return draft
}

/**
 * The state for a driver that was restarted: its calls in flight are lost, and asked again.
 *
 * @category sync
 * @since 0.1.0
 */
export const resumedSync = (state: SourceSync, now: Instant): SourceSync =>
  Object.keys(state.inFlight).reduce((so, id) => receiveRead(so, id, { kind: 'lost' }, now), state)
