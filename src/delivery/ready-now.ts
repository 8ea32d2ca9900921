/**
 * What can be sent now: the pending items, walked once in order; and what is under way.
 *
 * @module
 */
import type { Instant } from '../ground/calendar.js'
import { isSuppression } from '../intent/ordered-intent.js'
import { laneNames } from './lanes.js'
import type { KnownLists } from './ordered.js'
import { nothingReady, type Ready } from './ready.js'
import type { Delivery } from './state.js'
import { type Walk, walkItem } from './walk.js'

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
    const ready = all.get(munchkinId) ?? nothingReady(ordered.size > 0, urgent)
    all.set(munchkinId, ready)
    walkItem(walk, ready, item)
  }
  return all
}
