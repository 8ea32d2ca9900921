/**
 * One item of those that are walked in order: put into a row of a call to be, or held, and with it what must not overtake it.
 *
 *     lane              what waits in it                                behind whom
 *     lead writes       upserts, forms                                  one of a person is in flight at most; upserts become one row
 *     activities        once the lead's number is known                 the person's lead writes that came before
 *     cookies           the same, and nobody else's for that browser    the same; a pair said once is not said again
 *     visits            one of a person at a time                       nobody
 *     records           companies, custom objects: equal ones become    the same record's; a custom object waits for the lead writes
 *                       one                                             of whom its values name
 *     lists, programs,  alone of its person, but for page views         everything of the person that came before; everything that
 *       and the like                                                    comes later is behind it
 *
 * Behind an item that has to wait, later ones of its lane wait too, so that everything of one kind keeps its order.
 *
 * @module
 */
import { jsonBytes, jsonBytesAtMost } from '../endpoints/json-bytes.js'
import type { Instant } from '../ground/calendar.js'
import type {
  AddCustomActivity,
  AssociateCookie,
  Fields,
  RecordIntent,
  SyncCustomObject,
  UpsertLead
} from '../intent/intent.js'
import { isOrderedIntent, type OrderedIntent } from '../intent/ordered-intent.js'
import { byteLimits } from '../marketo/limits.js'
import { isOneObject, isOneRecord, mergeObjects, mergeUpserts } from './coalesce.js'
import { laneNames, laneOf } from './lanes.js'
import { byNumber, deletesAnother, numberOf, wantsCheck } from './lead-check.js'
import { type Join, type KnownLists, placeOrdered } from './ordered.js'
import { keyOf, leadOfBrowser, personOf } from './people.js'
import { askFor, type Ready } from './ready.js'
import type { Row } from './row.js'
import type { Delivery, Pending } from './state.js'

/** The place of a row that takes nothing more in. */
const notOpen = -1

/** The browser of a visitor, on its instance. @internal */
export const browserOf = ({ munchkinId, visitor, lead }: AssociateCookie): string =>
  visitor._tag === 'Cookie'
    ? `${munchkinId} ${visitor.cookie}`
    : `${munchkinId} derived ${lead.lookupField}=${lead.value}`

/** The walk under way. @internal */
export interface Walk {
  readonly state: Delivery
  readonly now: Instant
  readonly sent: ReadonlySet<number>
  readonly asked: ReadonlySet<string>
  /** People with a lead write that has not ended, and waits behind nothing: it will tell the lead's number. */
  readonly written: ReadonlySet<number>
  /** People of whom something moves across nothing; of those, who has something before it, and of whom the rest has to wait. */
  readonly ordered: ReadonlySet<number>
  readonly urgent: ReadonlyMap<number, number>
  readonly before: Set<number>
  readonly closed: Set<number>
  readonly joins: Map<number, Join>
  readonly lists: ReadonlyMap<string, KnownLists>
  readonly openRecord: Map<number, number>
  readonly held: Set<number>
  readonly openUpsert: Map<number, number>
  readonly openBrowser: Map<string, number>
  readonly openActivity: Map<number, number>
}

/** Bytes kept for what stands around a record. */
const frame = 2_000

/** Whether a record can be sent at all: two that can may make one that cannot. */
const fitsOneRequest = (fields: Fields): boolean =>
  jsonBytesAtMost(fields) <= byteLimits.body - frame || jsonBytes(fields) <= byteLimits.body - frame

/** An earlier upsert with this one in it, or undefined: another record, another piece, or too much for one record. */
const together = (row: Row<UpsertLead>, item: Pending, intent: UpsertLead): Row<UpsertLead> | undefined => {
  if (row.items[0].piece !== item.piece || !isOneRecord(row.what, intent)) return undefined
  const what = mergeUpserts(row.what, intent)
  return fitsOneRequest(what.fields) ? { ...row, what, items: [...row.items, item] } : undefined
}

const walkUpsert = (walk: Walk, ready: Ready, item: Pending, intent: UpsertLead): void => {
  const { person } = item
  const at = walk.openUpsert.get(person) ?? ready.upserts.length
  const before = ready.upserts[at]
  if (before === undefined) {
    walk.openUpsert.set(person, at)
    ready.upserts.push({ what: intent, items: [item], remarks: [] })
    return
  }
  const both = together(before, item, intent)
  if (both === undefined) walk.held.add(laneOf(person, 'lead'))
  else ready.upserts[at] = both
}

const walkActivity = (walk: Walk, ready: Ready, item: Pending, intent: AddCustomActivity, leadId: number): void => {
  const piece = walk.openActivity.get(item.person) ?? item.piece
  // Calls of different pieces come in any order.
  if (walk.held.has(laneOf(item.person, 'numbered')) || piece !== item.piece) return hold(walk, item)
  walk.openActivity.set(item.person, piece)
  ready.activities.push({ what: { intent, lead: { leadId } }, items: [item], remarks: [] })
}

/** An item has to wait, and with it whatever must not overtake it: its lane, and whatever is said of the same browser. */
const hold = (walk: Walk, { person, intent }: Pending): void => {
  walk.held.add(laneOf(person, laneNames[intent._tag]))
  if (intent._tag === 'AssociateCookie') walk.openBrowser.set(browserOf(intent), notOpen)
}

/** Whether a row says the same of a browser: the same person's, and of the same lead. */
const isOneBrowser = (
  { what, items: [first] }: Ready['cookies'][number],
  { person }: Pending,
  leadId: number
): boolean => first.person === person && 'leadId' in what.lead && what.lead.leadId === leadId

const walkCookie = (walk: Walk, ready: Ready, item: Pending, intent: AssociateCookie, leadId: number): void => {
  const browser = browserOf(intent)
  const open = walk.openBrowser.get(browser)
  const at = open ?? notOpen
  const row = ready.cookies[at]
  if (walk.held.has(laneOf(item.person, 'numbered'))) hold(walk, item)
  else if (row !== undefined && isOneBrowser(row, item, leadId))
    ready.cookies[at] = { ...row, items: [...row.items, item] }
  else if (open !== undefined) hold(walk, item)
  else if (leadOfBrowser(walk.state.people, browser) === leadId)
    ready.ended.push([item, { _tag: 'Applied', leadId, status: 'unchanged', remarks: [] }])
  else {
    walk.openBrowser.set(browser, ready.cookies.length)
    ready.cookies.push({ what: { intent, lead: { leadId } }, items: [item], remarks: [] })
  }
}

const walkNumbered = (walk: Walk, ready: Ready, item: Pending, intent: AddCustomActivity | AssociateCookie): void => {
  const leadId = numberOf(walk.state.people, intent, item)
  if (leadId !== undefined)
    return intent._tag === 'AddCustomActivity'
      ? walkActivity(walk, ready, item, intent, leadId)
      : walkCookie(walk, ready, item, intent, leadId)
  hold(walk, item)
  if (!walk.written.has(item.person)) askFor(ready, walk.asked, item.key, intent, [item], false)
}

/** One of a person at a time. */
const walkAlone = (walk: Walk, ready: Ready, item: Pending): void => {
  const { intent, person } = item
  walk.held.add(laneOf(person, laneNames[intent._tag]))
  if (intent._tag === 'VisitPage') ready.visits.push({ what: intent, items: [item], remarks: [] })
  else if (intent._tag === 'SubmitForm' && !walk.openUpsert.has(person))
    ready.forms.push({ what: intent, items: [item], remarks: [] })
}

/** Puts a record that is no lead behind the one before it, or into it. */
const walkRecords = <I extends RecordIntent>(walk: Walk, rows: Array<Row<I>>, item: Pending, intent: I): void => {
  const at = walk.openRecord.get(item.person) ?? rows.length
  const row = rows[at]
  if (row === undefined) {
    walk.openRecord.set(item.person, at)
    rows.push({ what: intent, items: [item], remarks: [] })
    return
  }
  const what = isOneObject(row.what, intent) ? mergeObjects(row.what, intent) : undefined
  if (what === undefined || row.items[0].piece !== item.piece || !fitsOneRequest(what.fields)) hold(walk, item)
  else rows[at] = { what, items: [...row.items, item], remarks: [] }
}

/** Whether some value of a custom object names a lead that is still to be written. */
const waitsForLead = ({ state, held }: Walk, { munchkinId, fields }: SyncCustomObject): boolean =>
  Object.values(fields).some((value) =>
    typeof value === 'string' || typeof value === 'number'
      ? [...state.options.idFields, 'id'].some((lookupField) => {
          const person = personOf(state.people, keyOf({ munchkinId, lead: { lookupField, value } }))
          return person !== undefined && held.has(laneOf(person, 'numbered'))
        })
      : false
  )

/** What moves across nothing is the first of its person, or joins the row that the first of its person is in. */
const walkOrdered = (walk: Walk, ready: Ready, item: Pending, intent: OrderedIntent): void => {
  const { person, seq } = item
  const close = (): void => {
    walk.closed.add(person)
  }
  if (walk.sent.has(seq) || item.notBefore > walk.now) return close()
  const leadId = numberOf(walk.state.people, intent, item)
  if (leadId === undefined) {
    askFor(ready, walk.asked, item.key, intent, [item], false)
    return close()
  }
  const another = deletesAnother(intent, leadId)
  if (another !== undefined) {
    ready.ended.push([item, another])
    return close()
  }
  const join = walk.joins.get(person)
  if (join !== undefined) return join(item) ? undefined : close()
  if (wantsCheck(walk.state, item, leadId)) {
    askFor(ready, walk.asked, ...byNumber(intent, leadId), [item], false)
    return close()
  }
  const known = walk.lists.get(intent.munchkinId) ?? noLists
  const placed = placeOrdered(ready.ordered, known, walk.asked, item, intent, leadId)
  if (typeof placed === 'function') walk.joins.set(person, placed)
  else {
    if (placed !== 'waits') ready.ended.push([item, placed])
    close()
  }
}

const noLists: KnownLists = new Map()

/** Whether an item of somebody of whom something moves across nothing may be looked at now. */
const isOpen = ({ before, closed, joins }: Walk, { person, intent }: Pending): boolean => {
  if (closed.has(person)) return false
  const isFree = isOrderedIntent(intent) ? !before.has(person) : !joins.has(person)
  if (!isFree) closed.add(person)
  else if (!isOrderedIntent(intent)) before.add(person)
  return isFree
}

/** What may overtake nothing, and what is no lead. */
const walkOther = (walk: Walk, ready: Ready, item: Pending): void => {
  const { intent } = item
  if (intent._tag === 'SyncCompany') walkRecords(walk, ready.companies, item, intent)
  else if (intent._tag !== 'SyncCustomObject') walkAlone(walk, ready, item)
  else if (waitsForLead(walk, intent)) hold(walk, item)
  else walkRecords(walk, ready.objects, item, intent)
}

/** Takes the next item into what is ready, or holds it. @internal */
export const walkItem = (walk: Walk, ready: Ready, item: Pending): void => {
  const { intent, person, seq } = item
  const lane = laneNames[intent._tag]
  // Most people have nothing of the kind.
  const isBehind = walk.ordered.size > 0 && walk.ordered.has(person) && lane !== 'visit' && !isOpen(walk, item)
  if (lane === 'ordered' && isOrderedIntent(intent)) {
    if (!isBehind) walkOrdered(walk, ready, item, intent)
    return
  }
  const waits = isBehind || walk.sent.has(seq) || item.notBefore > walk.now || walk.held.has(laneOf(person, lane))
  if (waits) hold(walk, item)
  else if (intent._tag === 'UpsertLead') walkUpsert(walk, ready, item, intent)
  else if (intent._tag === 'AddCustomActivity' || intent._tag === 'AssociateCookie')
    walkNumbered(walk, ready, item, intent)
  else walkOther(walk, ready, item)
  if (lane === 'lead') walk.held.add(laneOf(person, 'numbered'))
}
