/**
 * Get Lead Changes: which fields of which leads changed, when, from what to what, and by whom.
 *
 *     GET /rest/v1/activities/leadchanges.json?nextPageToken=…&fields=firstName%2Cphone&leadIds=7%2C8&batchSize=300
 *
 *     { leadId: 7, activityDate: '2024-05-03T10:00:00Z', activityTypeId: 13,
 *       fields: [ { name: 'phone', oldValue: '1', newValue: '2' } ],
 *       attributes: [ { name: 'Source', value: 'Web service API' }, { name: 'Modifying User', value: … } ] }
 *
 * Only New Lead (12) and Change Data Value (13) are told. The token is a place in time: the answer always holds one to go on from, and
 * `moreResult` alone says whether to go on now. A page may be short, or empty, with more behind it.
 *
 * Sources: Adobe "Activities", "Paging Tokens"; its OpenAPI file (leads are at most 30).
 *
 * @module
 */
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { type Instant, parseInstant } from '../ground/calendar.js'
import { isRecord, ownMember, type UnknownRecord } from '../ground/json.js'
import { malformed, missing, type Problem } from '../ground/problem.js'
import { isWellFormed } from '../ground/utf8.js'
import type { Call, Described, HttpRequest, Pairs } from '../intent/descriptor.js'
import type { Answer, Unanswered, Verdict } from '../intent/outcome.js'
import { queryLimits } from '../marketo/limits.js'
import type { MunchkinId } from '../marketo/munchkin-id.js'
import { describeEach, type Written } from './batch.js'
import { eachOf, openAnswer } from './envelope.js'
import { isScalar } from './field-values.js'
import { separator, unfitField } from './filter-text.js'
import { isMarketoId } from './lead-ref.js'
import { inUrlOrForm, unfitNumber } from './rest-request.js'

/**
 * What to ask for: changes of these fields (REST names) after the place in time that the token stands for; of these leads, 30 at most,
 * or of all where `leadIds` is null.
 *
 * @category activities
 * @since 0.1.0
 */
export interface LeadChangesQuestion {
  readonly munchkinId: MunchkinId
  readonly nextPageToken: string
  readonly fields: ReadonlyArray<string>
  readonly leadIds: ReadonlyArray<number> | null
}

/**
 * A field that changed. Values are text, as Marketo writes them in its log; null where there was or is nothing.
 *
 * @category activities
 * @since 0.1.0
 */
export interface ChangedField {
  readonly name: string
  readonly oldValue: string | null
  readonly newValue: string | null
}

/**
 * Fields of one lead that changed at one time. `activityId` is Marketo's unique id, else its old number as text; null where it tells
 * neither. The last five say who did it, where Marketo tells.
 *
 * @category activities
 * @since 0.1.0
 */
export interface LeadChange {
  readonly activityId: string | null
  readonly leadId: number
  readonly activityTypeId: number
  readonly at: Instant
  readonly fields: ReadonlyArray<ChangedField>
  readonly source: string | null
  readonly reason: string | null
  readonly modifyingUser: string | null
  readonly requestId: string | null
  readonly apiMethodName: string | null
}

/**
 * A page of changes, in the order told. `nextPageToken` is where to go on, `more` whether there is something to go on to now; `unread`
 * counts members of the page that were no changes of a lead.
 *
 * @category activities
 * @since 0.1.0
 */
export interface LeadChangesRead {
  readonly _tag: 'LeadChangesRead'
  readonly intent: number
  readonly changes: ReadonlyArray<LeadChange>
  readonly nextPageToken: string | null
  readonly more: boolean
  readonly unread: number
}

/**
 * What became of one question, by its position in the batch.
 *
 * @category activities
 * @since 0.1.0
 */
export type LeadChangesOutcome = LeadChangesRead | Unanswered

const unfitToken = (token: string): Problem | undefined => {
  const at = ['nextPageToken']
  if (token.trim() === '') return missing('invalid', at, 'ask Get Paging Token for one first')
  return isWellFormed(token)
    ? undefined
    : malformed('invalid', at, 'text with half a surrogate pair', 'send the token as Marketo gave it')
}

const unfitLeads = (leadIds: ReadonlyArray<number> | null): Problem | undefined => {
  if (leadIds === null) return undefined
  const most = queryLimits.activityLeadIds
  if (leadIds.length === 0 || leadIds.length > most)
    return malformed('invalid', ['leadIds'], `${leadIds.length} leads`, `name 1 to ${most} leads, or null for all`)
  for (const [i, leadId] of leadIds.entries()) {
    const problem = unfitNumber(['leadIds', i], leadId, 'a lead')
    if (problem !== undefined) return problem
  }
  return undefined
}

const unfitFields = (fields: ReadonlyArray<string>): Problem | undefined =>
  fields.length === 0 ? missing('invalid', ['fields'], 'name the lead fields to watch') : unfitField(fields)

const pairsOf = ({ nextPageToken, fields, leadIds }: LeadChangesQuestion): Pairs => [
  ['nextPageToken', nextPageToken],
  ['fields', [...new Set(fields)].join(separator)],
  ...(leadIds === null ? [] : [['leadIds', leadIds.join(separator)] as const]),
  ['batchSize', String(queryLimits.leadDatabasePage)]
]

/** Tokens are long, and so are lists of fields: what a URL cannot hold goes as a form. */
const asking = (question: LeadChangesQuestion): Written => {
  const problem =
    unfitToken(question.nextPageToken) ?? unfitFields(question.fields) ?? unfitLeads(question.leadIds ?? null)
  if (problem !== undefined) return { problem }
  const path = ['rest', 'v1', 'activities', 'leadchanges.json']
  return { descriptor: inUrlOrForm('getLeadChanges', question.munchkinId, path, pairsOf(question)), slots: [] }
}

/**
 * Calls that ask for changes of leads, one for each question, 300 changes in an answer.
 *
 * @example
 * import { describeGetLeadChanges } from 'segment-marketo/endpoints'
 * import { isMunchkinId } from 'segment-marketo/marketo'
 *
 * const munchkinId = '561-HYG-937'
 * const question = { nextPageToken: 'GIYDAOBN', fields: ['phone'], leadIds: null }
 * const described = isMunchkinId(munchkinId) ? describeGetLeadChanges([{ munchkinId, ...question }]) : undefined
 * described?._tag === 'Right' && described.right[0].descriptor.query
 * // => [['nextPageToken', 'GIYDAOBN'], ['fields', 'phone'], ['batchSize', '300']]
 * @category activities
 * @since 0.1.0
 */
export const describeGetLeadChanges = (questions: ReadonlyNonEmptyArray<LeadChangesQuestion>): Described<HttpRequest> =>
  describeEach(questions, asking)

/** A value of the log as text; empty text is nothing. */
const textIn = (record: UnknownRecord, name: string): string | null => {
  const value = ownMember(record, name)
  return isScalar(value) && value !== null && value !== '' ? String(value) : null
}

const changedField = (u: unknown): ChangedField | null => {
  const name = isRecord(u) ? textIn(u, 'name') : null
  return name === null || !isRecord(u)
    ? null
    : { name, oldValue: textIn(u, 'oldValue'), newValue: textIn(u, 'newValue') }
}

const listIn = (record: UnknownRecord, name: string): ReadonlyArray<unknown> => {
  const list = ownMember(record, name)
  return Array.isArray(list) ? list : []
}

const between = /[\s_-]+/g

/** Instances write `Modifying User`, and `modifyingUser`. The first of a name counts. */
const attributesOf = (record: UnknownRecord): ReadonlyMap<string, string | null> => {
  const found = new Map<string, string | null>()
  for (const pair of eachOf(listIn(record, 'attributes'), (u) =>
    isRecord(u) ? ([textIn(u, 'name') ?? textIn(u, 'apiName'), textIn(u, 'value')] as const) : undefined
  )) {
    const name = pair?.[0]?.replace(between, '').toLowerCase()
    if (name !== undefined && !found.has(name)) found.set(name, pair?.[1] ?? null)
  }
  return found
}

/** A member of the page; null is no change of a lead, or tells no time. */
const readChange = (u: unknown): LeadChange | null => {
  if (!isRecord(u)) return null
  const leadId = ownMember(u, 'leadId')
  const activityTypeId = ownMember(u, 'activityTypeId')
  const at = parseInstant(textIn(u, 'activityDate') ?? '')
  if (!isMarketoId(leadId) || !isMarketoId(activityTypeId) || at === undefined) return null
  const attributes = attributesOf(u)
  const told = (name: string): string | null => attributes.get(name) ?? null
  return {
    activityId: textIn(u, 'marketoGUID') ?? textIn(u, 'id'),
    leadId,
    activityTypeId,
    at,
    fields: eachOf(listIn(u, 'fields'), changedField).filter((field) => field !== null),
    source: told('source'),
    reason: told('reason'),
    modifyingUser: told('modifyinguser'),
    requestId: told('requestid'),
    apiMethodName: told('apimethodname')
  }
}

/**
 * The changes that an answer tells, and where to go on.
 *
 * @category activities
 * @since 0.1.0
 */
export const interpretGetLeadChanges = (call: Call<HttpRequest>, answer: Answer): Verdict<LeadChangesOutcome> => {
  const envelope = openAnswer(answer, readChange, 'read')
  if (envelope._tag === 'Refused') return envelope
  const { requestId, warnings, result, nextPageToken, moreResult } = envelope
  const told = result ?? []
  const changes = told.filter((change) => change !== null)
  const outcomes = call.intents.map(
    (intent): LeadChangesOutcome => ({
      _tag: 'LeadChangesRead',
      intent,
      changes,
      nextPageToken,
      more: moreResult === true,
      unread: told.length - changes.length
    })
  )
  return { _tag: 'Accepted', requestId, warnings, outcomes }
}
