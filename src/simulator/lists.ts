/**
 * Static lists.
 *
 *     add          added         1004 for nobody's number
 *     remove       removed       1015 for who is not on it, 1004
 *     ismember     memberof, notmemberof, 1004
 *     of a lead    its lists by number, in pages of `batchSize`; 1004 for the request
 *
 * The numbers stand in a JSON body, or in the query under `id`, repeated or with commas; a body that is there wins. An unknown list is
 * 1013 for the request.
 *
 * Sources: Adobe "Leads", "List Membership", "Static Lists"; "Error Codes".
 *
 * @module
 */
import { isRecord, type JsonObject, ownMember } from '../ground/json.js'
import { emptyTree, type Tree, valueAt, valuesOf, withoutKey, withValue } from '../ground/tree.js'
import type { Pairs } from '../intent/descriptor.js'
import { queryLimits } from '../marketo/limits.js'
import { logListed } from './activity-log.js'
import type { SimulatedList } from './asset-options.js'
import { listRecords } from './asset-records.js'
import { jsonBody } from './json-body.js'
import { leadNumbered } from './leads.js'
import { mostRecords } from './options.js'
import { formPairs, type Wire } from './request.js'
import type { Draft, ListKept } from './state.js'
import { type Desk, done, type Failed, failed, recordsOf, skipped, struckAt, struckDown, type Told } from './told.js'

const noLeads: Tree<number> = emptyTree

/** A list that is there from the start. @internal */
export const settleList = (draft: Draft, list: SimulatedList): void => {
  const { id, name, folder, leadIds } = list
  const on = (leadIds ?? []).reduce((tree, leadId) => withValue(tree, String(leadId), leadId), noLeads)
  const kept = { id, name, folder: folder ?? null, leadIds: on, ...listRecords(list) }
  draft.lists = withValue(draft.lists, String(id), kept)
  draft.nextList = Math.max(draft.nextList, id + 1)
}

const valueUnder = (pairs: Pairs, name: string): string => pairs.find(([own]) => own === name)?.[1] ?? ''

const inQuery = (query: Pairs): ReadonlyArray<unknown> =>
  query.flatMap(([name, value]) => (name === 'id' ? value.split(',') : [])).map((id) => (id === '' ? id : Number(id)))

/** The numbers that a call names, at most so many, or why the whole request fails. */
const idsOf = (wire: Wire): ReadonlyArray<unknown> | Failed => {
  if (wire.body !== '') {
    const read = jsonBody(wire)
    if (read._tag === 'Failed') return read
    const records = recordsOf(read.body)
    return '_tag' in records ? records : records.map((record) => ownMember(record, 'id'))
  }
  const ids = inQuery(wire.query)
  if (ids.length === 0) return failed('1002', "Missing value for required parameter 'id'")
  return ids.length > mostRecords
    ? failed('1003', `Too many ids: ${ids.length}, at most ${mostRecords} are taken`)
    : ids
}

const reason = (id: number, code: string, message: string): JsonObject => ({ id, ...skipped([{ code, message }]) })

/** What is done with one lead of a list. */
type Deed = (desk: Desk, list: ListKept, id: number) => JsonObject

const write = (draft: Draft, list: ListKept, leadIds: Tree<number>): void => {
  draft.lists = withValue(draft.lists, String(list.id), { ...list, leadIds })
}

const isOn = ({ leadIds }: ListKept, id: number): boolean => valueAt(leadIds, String(id)) !== undefined

const add: Deed = (desk, list, id) => {
  // Who is on the list already is added without a word in the log.
  if (!isOn(list, id)) logListed(desk, 24, id, list)
  write(desk.draft, list, withValue(list.leadIds, String(id), id))
  return { id, status: 'added' }
}

const remove: Deed = (desk, list, id) => {
  if (!isOn(list, id)) return reason(id, '1015', `Lead '${id}' not in list`)
  logListed(desk, 25, id, list)
  write(desk.draft, list, withoutKey(list.leadIds, String(id)))
  return { id, status: 'removed' }
}

const ask: Deed = (_, list, id) => ({ id, status: isOn(list, id) ? 'memberof' : 'notmemberof' })

const listNumbered = ({ lists }: Draft, id: string): ListKept | Failed =>
  valueAt(lists, id) ?? failed('1013', `List '${id}' not found`)

const carryOut =
  (deed: Deed) =>
  (desk: Desk, wire: Wire): Told => {
    const { draft, struck } = desk
    const listId = wire.path[3] ?? ''
    const list = listNumbered(draft, listId)
    if ('_tag' in list) return list
    const ids = idsOf(wire)
    if ('_tag' in ids) return ids
    const refused = struckAt(struck, ids.length)
    return done(
      ids.map((id, i) => {
        if (typeof id !== 'number' || !Number.isSafeInteger(id)) {
          return skipped([{ code: '1001', message: "Invalid value for 'id': not a number" }])
        }
        if (i === refused) return { id, ...skipped([struckDown]) }
        if (leadNumbered(draft, id) === undefined) return reason(id, '1004', `Lead '${id}' not found`)
        return deed(desk, valueAt(draft.lists, listId) ?? list, id)
      })
    )
  }

/** Carries out Add to List. @internal */
export const addToList = carryOut(add)

/** Carries out Remove from List. @internal */
export const removeFromList = carryOut(remove)

/** Carries out Member of List. @internal */
export const listMembership = carryOut(ask)

const wholeNumber = /^\d{1,15}$/
const listToken = /^after-(\d{1,15})$/

/** Carries out Get Lists by Lead Id. @internal */
export const listsOfLead = ({ draft }: Desk, { path, query }: Wire): Told => {
  const leadId = path[3] ?? ''
  if (!wholeNumber.test(leadId) || leadNumbered(draft, Number(leadId)) === undefined)
    return failed('1004', `Lead '${leadId}' not found`)
  const size = valueUnder(query, 'batchSize')
  const most = wholeNumber.test(size) && Number(size) > 0 ? Number(size) : queryLimits.leadDatabasePage
  const token = valueUnder(query, 'nextPageToken')
  const after = token === '' ? 0 : Number(listToken.exec(token)?.[1] ?? Number.NaN)
  if (Number.isNaN(after)) return failed('1001', "Invalid value for 'nextPageToken'")
  const own = valuesOf(draft.lists).filter((list) => isOn(list, Number(leadId)) && list.id > after)
  const page = [...own].sort((a, b) => a.id - b.id).slice(0, Math.min(most, queryLimits.leadDatabasePage))
  const last = page[page.length - 1]
  const next = last === undefined || page.length === own.length ? null : `after-${last.id}`
  return { _tag: 'Done', result: page.map(({ id }) => ({ listId: id, ...undated })), page: { next } }
}

/** Nobody asks when a list was made. */
const undated = { createdAt: '1970-01-01T00:00:00Z', updatedAt: '1970-01-01T00:00:00Z' } as const

/** Carries out Get Static List by Name; where there is none the answer has no result. @internal */
export const findList = ({ draft }: Desk, { query }: Wire): Told => {
  const name = valueUnder(query, 'name')
  if (name === '') return failed('1002', "Missing value for required parameter 'name'")
  const found = valuesOf(draft.lists).filter((list) => list.name === name)
  return done(found.length === 0 ? null : found.map(({ record }) => record))
}

/** The folder that a form names, as JSON, or undefined. */
const folderIn = (text: string): NonNullable<ListKept['folder']> | undefined => {
  const read = jsonBody({ contentType: 'application/json', body: text })
  if (read._tag === 'Failed' || !isRecord(read.body)) return undefined
  const id = ownMember(read.body, 'id')
  const type = ownMember(read.body, 'type')
  return typeof id === 'number' && (type === 'Folder' || type === 'Program') ? { id, type } : undefined
}

/** Carries out Create Static List. A name that the folder has already is 709. @internal */
export const createList = ({ draft, time }: Desk, wire: Wire): Told => {
  if (!/^application\/x-www-form-urlencoded\b/i.test(wire.contentType)) return failed('612', 'Invalid Content Type')
  const form = formPairs(wire.body)
  const name = valueUnder(form, 'name')
  if (name === '') return failed('1002', "Missing value for required parameter 'name'")
  const folder = folderIn(valueUnder(form, 'folder'))
  if (folder === undefined) return failed('1003', "Invalid value for 'folder'")
  const taken = valuesOf(draft.lists).some(
    (list) => list.name === name && list.folder?.id === folder.id && list.folder.type === folder.type
  )
  if (taken) return failed('709', 'A static list of this name is in the folder already')
  const id = draft.nextList
  settleList(draft, { id, name, folder, createdAt: time })
  return done([valueAt(draft.lists, String(id))?.record ?? {}])
}
