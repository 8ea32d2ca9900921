/**
 * The log of changes, and Get Lead Changes.
 *
 *     ?nextPageToken=since-1714730400000&fields=plan&leadIds=7&batchSize=300
 *     { result: [ { id, leadId, activityDate, activityTypeId, fields, attributes } ], moreResult: false, nextPageToken: 'change-18' }
 *
 * A token says where in the log to begin: at a time, or after a change. Every page has one to go on from; one page looks at so many
 * changes as it may hold, so it can be empty with more behind it.
 *
 * Sources: Adobe "Activities", "Paging Tokens".
 *
 * @module
 */
import { type Instant, parseInstant } from '../ground/calendar.js'
import type { JsonObject } from '../ground/json.js'
import { valueAt, withValue } from '../ground/tree.js'
import type { Pairs } from '../intent/descriptor.js'
import { queryLimits } from '../marketo/limits.js'
import { fieldChanges } from './field-changes.js'
import type { Draft, SimulatedChange, SimulatedLead } from './state.js'
import { type Author, type Desk, type Failed, failed, type Told } from './told.js'
import { survivor } from './visitors.js'

const aProgram: Author = { source: 'Web service API', modifyingUser: null, requestId: null }

/** Writes down what a write changed; a lead from before the first request has no log. @internal */
export const logChange = (desk: Desk, before: SimulatedLead | undefined, after: SimulatedLead): void => {
  const { draft, time, author = aProgram } = desk
  const fields = fieldChanges(before?.fields ?? {}, after.fields)
  if (draft.total === 0 && desk.author === undefined) return
  if (before !== undefined && fields.length === 0) return
  const id = draft.nextChange
  draft.nextChange += 1
  const change: SimulatedChange = {
    id,
    leadId: after.id,
    activityTypeId: before === undefined ? 12 : 13,
    at: time,
    fields,
    ...author
  }
  draft.changes = withValue(draft.changes, String(id), change)
}

const textUnder = (pairs: Pairs, name: string): string => pairs.find(([own]) => own === name)?.[1] ?? ''

const listUnder = (pairs: Pairs, name: string): ReadonlyArray<string> =>
  pairs.flatMap(([own, value]) => (own === name ? value.split(',').filter((part) => part !== '') : []))

const changeNumbered = (draft: Draft, id: number): SimulatedChange | undefined => valueAt(draft.changes, String(id))

/** The first change that is not before a moment; the log is in the order of time. */
const firstSince = (draft: Draft, since: Instant): number => {
  let [low, high] = [1, draft.nextChange]
  while (low < high) {
    const middle = (low + high) >>> 1
    const at = parseInstant(changeNumbered(draft, middle)?.at ?? '')
    if (at === undefined || at < since) low = middle + 1
    else high = middle
  }
  return low
}

const token = /^(since|change)-(\d{1,15})$/

/** Where a token says to begin, or undefined for what is none. */
const beginning = (draft: Draft, text: string): number | undefined => {
  const [, kind, digits = ''] = token.exec(text) ?? []
  if (kind === undefined) return undefined
  return kind === 'since' ? firstSince(draft, Number(digits)) : Number(digits) + 1
}

interface Question {
  readonly from: number
  readonly fields: ReadonlySet<string>
  readonly leadIds: ReadonlySet<number>
  readonly size: number
}

const readQuestion = (desk: Desk, pairs: Pairs): Question | Failed => {
  const text = textUnder(pairs, 'nextPageToken')
  if (text === '') return failed('1002', "Missing value for required parameter 'nextPageToken'")
  const from = beginning(desk.draft, text)
  if (from === undefined) return failed('1003', "Invalid value for 'nextPageToken'")
  const fields = listUnder(pairs, 'fields')
  if (fields.length === 0) return failed('1002', "Missing value for required parameter 'fields'")
  const unknown = fields.find((name) => desk.fieldNamed(name) === undefined)
  if (unknown !== undefined) return failed('1006', `Field '${unknown}' not found`)
  const leadIds = listUnder(pairs, 'leadIds').map(Number)
  if (leadIds.length > queryLimits.activityLeadIds) return failed('1003', 'Too many leads to filter by')
  const size = Number(textUnder(pairs, 'batchSize'))
  const most = queryLimits.leadDatabasePage
  return { from, fields: new Set(fields), leadIds: new Set(leadIds), size: size > 0 ? Math.min(size, most) : most }
}

const shownAttributes = ({ source, modifyingUser, requestId }: SimulatedChange): ReadonlyArray<JsonObject> =>
  [
    { name: 'Source', value: source },
    { name: 'Modifying User', value: modifyingUser },
    { name: 'Request Id', value: requestId }
  ].filter(({ value }) => value !== null)

/** A change as the answer tells it, with the fields that were asked for; nothing where none of them changed. */
const shown = (draft: Draft, change: SimulatedChange, { fields, leadIds }: Question): ReadonlyArray<JsonObject> => {
  const own = change.fields.filter(({ name }) => fields.has(name))
  const leadId = survivor(draft, change.leadId)
  if (own.length === 0 || (leadIds.size > 0 && !leadIds.has(leadId))) return []
  const { id, at, activityTypeId } = change
  return [
    {
      id,
      marketoGUID: String(id),
      leadId,
      activityDate: at,
      activityTypeId,
      fields: own.map(({ name, oldValue, newValue }, i) => ({
        id: i + 1,
        name,
        ...(oldValue === null ? {} : { oldValue }),
        newValue: newValue ?? ''
      })),
      attributes: shownAttributes(change)
    }
  ]
}

/** Carries out Get Lead Changes; `pairs` are those of the URL, and of the form where there is one. @internal */
export const getLeadChanges = (desk: Desk, pairs: Pairs): Told => {
  const { draft } = desk
  const question = readQuestion(desk, pairs)
  if ('_tag' in question) return question
  const { from, size } = question
  const end = Math.min(from + size, draft.nextChange)
  const result: Array<JsonObject> = []
  for (let id = from; id < end; id += 1) {
    const change = changeNumbered(draft, id)
    if (change !== undefined) result.push(...shown(draft, change, question))
  }
  return { _tag: 'Done', result, page: { next: `change-${Math.max(from, end) - 1}`, more: end < draft.nextChange } }
}
