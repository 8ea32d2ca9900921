/**
 * What can be sent now: the pending items, walked once in order, as rows of calls to be.
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
import type { WithLead } from '../endpoints/lead-ref.js'
import type { Instant } from '../ground/calendar.js'
import type {
  AddCustomActivity,
  AssociateCookie,
  Fields,
  KeyedIntent,
  RecordIntent,
  ServerIntent,
  SubmitForm,
  SyncCompany,
  SyncCustomObject,
  UpsertLead,
  VisitPage
} from '../intent/intent.js'
import { isOrderedIntent, isSuppression, type OrderedIntent } from '../intent/ordered-intent.js'
import { byteLimits } from '../marketo/limits.js'
import { isOneObject, isOneRecord, mergeObjects, mergeUpserts } from './coalesce.js'
import { byNumber, numberOf, wantsCheck } from './lead-check.js'
import { type Join, type KnownLists, nothingOrdered, type Ordered, placeOrdered } from './ordered.js'
import type { End } from './outcome.js'
import { keyOf, leadOfBrowser, personOf } from './people.js'
import type { Row, SomeItems } from './row.js'
import type { Delivery, Pending } from './state.js'

/** A key that somebody waits for. `isUrgent` where a lead write does. @internal */
export interface Question {
  readonly what: Pick<KeyedIntent, 'munchkinId' | 'lead'>
  readonly items: SomeItems
  readonly isUrgent: boolean
}

/**
 * What is ready in one instance, by kind; each list keeps the order of items. `ended` needs no call, and `urgent` are people of whom
 * something waits that leaves them alone, with the number of the last such item.
 *
 * @internal
 */
export interface Ready {
  readonly upserts: Array<Row<UpsertLead>>
  readonly questions: Map<string, Question>
  readonly activities: Array<Row<WithLead<AddCustomActivity>>>
  readonly cookies: Array<Row<WithLead<AssociateCookie>>>
  readonly forms: Array<Row<SubmitForm>>
  readonly visits: Array<Row<VisitPage>>
  readonly companies: Array<Row<SyncCompany>>
  readonly objects: Array<Row<SyncCustomObject>>
  readonly ordered: Ordered
  readonly hasOrdered: boolean
  readonly urgent: ReadonlyMap<number, number>
  readonly ended: Array<readonly [item: Pending, end: End]>
}

/** Lanes of a person, as the lowest digit of a number whose rest is the person. */
const lanes = { lead: 0, numbered: 1, activity: 2, cookie: 3, visit: 4, record: 5, ordered: 6 } as const

const laneNames = {
  UpsertLead: 'lead',
  SubmitForm: 'lead',
  AddCustomActivity: 'activity',
  AssociateCookie: 'cookie',
  VisitPage: 'visit',
  AddToList: 'ordered',
  RemoveFromList: 'ordered',
  LeaveLists: 'ordered',
  SetProgramStatus: 'ordered',
  LeaveProgram: 'ordered',
  RequestCampaign: 'ordered',
  AddToScore: 'ordered',
  DeleteLead: 'ordered',
  SyncCompany: 'record',
  SyncCustomObject: 'record',
  SyncLeadOverSoap: 'lead'
} as const satisfies Readonly<Record<ServerIntent['_tag'], keyof typeof lanes>>

const laneOf = (person: number, lane: keyof typeof lanes): number => person * 8 + lanes[lane]

/** The place of a row that takes nothing more in. */
const notOpen = -1

/** The browser of a visitor, on its instance. @internal */
export const browserOf = ({ munchkinId, visitor, lead }: AssociateCookie): string =>
  visitor._tag === 'Cookie'
    ? `${munchkinId} ${visitor.cookie}`
    : `${munchkinId} derived ${lead.lookupField}=${lead.value}`

/** The walk under way. */
interface Walk {
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

/** Somebody asks for a key, once a call and once a round. @internal */
export const askFor = (
  { questions }: Ready,
  asked: ReadonlySet<string>,
  key: string,
  what: Question['what'],
  items: SomeItems,
  isUrgent: boolean
): void => {
  if (asked.has(key)) return
  const before = questions.get(key)
  questions.set(key, {
    what,
    items: before === undefined ? items : [...before.items, ...items],
    isUrgent: isUrgent || before?.isUrgent === true
  })
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

const walkItem = (walk: Walk, ready: Ready, item: Pending): void => {
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

const nothing = ({ ordered, urgent }: Walk): Ready => ({
  upserts: [],
  questions: new Map(),
  activities: [],
  cookies: [],
  forms: [],
  visits: [],
  companies: [],
  objects: [],
  ordered: nothingOrdered(),
  hasOrdered: ordered.size > 0,
  urgent,
  ended: []
})

/** Numbers of items in calls that have not been answered or jobs that are not done, and the keys that are asked for. @internal */
export const underWay = ({
  inFlight,
  jobs
}: Delivery): { readonly sent: ReadonlySet<number>; readonly asked: ReadonlySet<string> } => {
  const sent = new Set<number>()
  const asked = new Set<string>()
  for (const { records, keys } of Object.values(inFlight)) {
    for (const record of records) for (const seq of record) sent.add(seq)
    for (const key of keys) asked.add(key)
  }
  for (const { records } of Object.values(jobs)) for (const record of records) for (const seq of record) sent.add(seq)
  return { sent, asked }
}

/** The lists that are known by name, by instance. */
const listsOf = ({ instances }: Delivery): ReadonlyMap<string, KnownLists> =>
  new Map(Object.entries(instances).map(([munchkinId, { lists }]) => [munchkinId, new Map(Object.entries(lists))]))

/**
 * People by what waits of them: `written` have a lead write that waits behind nothing, `ordered` something that moves across nothing, and
 * `urgent` something that leaves them alone and waits behind something: the number of the last such item.
 *
 * @internal
 */
export const peopleOf = ({ pending }: Delivery): Pick<Walk, 'written' | 'ordered' | 'urgent'> => {
  const [written, ordered, urgent] = [new Set<number>(), new Set<number>(), new Map<number, number>()]
  for (const { intent, person, seq } of pending) {
    const lane = laneNames[intent._tag]
    if (lane === 'lead') {
      if (ordered.size === 0 || !ordered.has(person)) written.add(person)
      else if (isSuppression(intent)) urgent.set(person, seq)
    } else if (lane === 'ordered') {
      ordered.add(person)
      if (isSuppression(intent)) urgent.set(person, seq)
    }
  }
  return { written, ordered, urgent }
}

/** What can be sent now, by instance. @internal */
export const readyOf = (state: Delivery, now: Instant): ReadonlyMap<string, Ready> => {
  const all = new Map<string, Ready>()
  const { written, ordered, urgent } = peopleOf(state)
  const walk: Walk = {
    state,
    now,
    ...underWay(state),
    written,
    held: new Set(),
    openUpsert: new Map(),
    openBrowser: new Map(),
    openActivity: new Map(),
    ordered,
    urgent,
    before: new Set(),
    closed: new Set(),
    joins: new Map(),
    lists: ordered.size > 0 ? listsOf(state) : new Map(),
    openRecord: new Map()
  }
  for (const item of state.pending) {
    const { munchkinId } = item.intent
    const ready = all.get(munchkinId) ?? nothing(walk)
    all.set(munchkinId, ready)
    walkItem(walk, ready, item)
  }
  return all
}
