/**
 * What is ready to be sent in one instance, as rows of calls to be, and the keys that somebody has to ask for first.
 *
 * @module
 */
import type { WithLead } from '../endpoints/lead-ref.js'
import type {
  AddCustomActivity,
  AssociateCookie,
  KeyedIntent,
  SubmitForm,
  SyncCompany,
  SyncCustomObject,
  UpsertLead,
  VisitPage
} from '../intent/intent.js'
import { nothingOrdered, type Ordered } from './ordered.js'
import type { End } from './outcome.js'
import type { Row, SomeItems } from './row.js'
import type { Pending } from './state.js'

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

/** Nothing ready yet of people of whom this waits. @internal */
export const nothingReady = (hasOrdered: boolean, urgent: Ready['urgent']): Ready => ({
  upserts: [],
  questions: new Map(),
  activities: [],
  cookies: [],
  forms: [],
  visits: [],
  companies: [],
  objects: [],
  ordered: nothingOrdered(),
  hasOrdered,
  urgent,
  ended: []
})

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
