/**
 * The delivery that a driver has in its hand, and how many of its items are where.
 *
 * @module
 */
import { giveBack, resumed } from '../../delivery/give-back.js'
import type { Item, ItemOutcome } from '../../delivery/outcome.js'
import { receive } from '../../delivery/receive.js'
import { add, start } from '../../delivery/start.js'
import { type Delivery, takeOutcomes } from '../../delivery/state.js'
import type { Instant } from '../../ground/calendar.js'
import { type Problem, unreadable } from '../../ground/problem.js'
import type { DeliverConfig, EndedCounts } from './deliver-config.js'
import type { Ended } from './line.js'

type Counts = { -readonly [K in keyof EndedCounts]: EndedCounts[K] }

const unfitItem: Problem = unreadable(
  'invalid',
  ['items'],
  'an item is no item and was left out: give id, messageId and an intent as a mapping makes it'
)

/** Items that have not ended, by asking what would be given back. */
const countPending = (state: Delivery): number =>
  takeOutcomes(giveBack(state))[1].length - takeOutcomes(state)[1].length

/** A delivery in hand. `hasNews` says that there is something to store since it was last asked. @internal */
export interface HeldDelivery {
  readonly state: () => Delivery
  readonly become: (state: Delivery) => void
  readonly pending: () => number
  readonly ended: () => EndedCounts
  /** Takes items in; answers those that are none. */
  readonly addItems: (list: ReadonlyArray<Item>) => ReadonlyArray<Problem>
  readonly takeAnswer: (ended: Ended) => void
  /** The outcomes that nobody has taken, counted. */
  readonly outcomes: () => ReadonlyArray<ItemOutcome>
  readonly dropOutcomes: () => void
  readonly hasNews: () => boolean
  readonly noteNews: () => void
}

/** A delivery in hand, about to begin or to go on. @internal */
export const newHeldDelivery = ({ state: given, options }: DeliverConfig, now: () => Instant): HeldDelivery => {
  const ended: Counts = { Applied: 0, Queued: 0, Skipped: 0, Refused: 0, Unknown: 0, Unsent: 0, Deferred: 0 }
  let state = resumed(given ?? start([], options), now())
  let pending = countPending(state)
  let counted = 0
  let hasNews = false
  const addAll = (list: ReadonlyArray<Item>): boolean => {
    try {
      state = add(state, list)
      pending += list.length
      return true
    } catch {
      return false
    }
  }
  return {
    state: () => state,
    become: (after) => {
      state = after
    },
    pending: () => pending,
    ended: () => ({ ...ended }),
    addItems: (list) => {
      if (list.length === 0) return []
      hasNews = true
      // Where one of them is no item, whatever its type says, the others are not to blame.
      return addAll(list) ? [] : list.flatMap((item) => (addAll([item]) ? [] : [unfitItem]))
    },
    takeAnswer: ({ request, answer }) => {
      state = receive(state, request.id, answer, now())
      hasNews = true
    },
    outcomes: () => {
      const [, outcomes] = takeOutcomes(state)
      for (const { _tag } of outcomes.slice(counted)) {
        ended[_tag] += 1
        pending -= 1
      }
      counted = outcomes.length
      return outcomes
    },
    dropOutcomes: () => {
      const [rest] = takeOutcomes(state)
      state = rest
      counted = 0
    },
    hasNews: () => {
      const had = hasNews
      hasNews = false
      return had
    },
    noteNews: () => {
      hasNews = true
    }
  }
}
