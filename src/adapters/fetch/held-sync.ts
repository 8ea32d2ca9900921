/**
 * The sync that a driver has in its hand: answers and parts of files go in, rows come out.
 *
 * @module
 */
import type { Instant } from '../../ground/calendar.js'
import type { SyncRequest } from '../../source/sync/next.js'
import { type FilePart, receivePart, receiveRead, resumedSync } from '../../source/sync/receive.js'
import { type SourceSync, type Taken, takeRows } from '../../source/sync/state.js'
import type { Ended } from './line.js'

/** A sync in hand. `hasNews` says that there is something to store since it was last asked. @internal */
export interface HeldSync {
  readonly state: () => SourceSync
  readonly become: (state: SourceSync) => void
  readonly takeAnswer: (ended: Ended<SyncRequest>) => void
  readonly takePart: (requestId: string, part: FilePart) => void
  /** What was read and nobody has taken; null where there is nothing. */
  readonly taken: () => Taken | null
  readonly dropTaken: () => void
  /** Calls in flight are lost. */
  readonly giveUp: () => void
  readonly hasNews: () => boolean
  readonly noteNews: () => void
}

const isEmpty = ({ rows, problems, walked, unresolved }: Taken): boolean =>
  rows.length + problems.length + walked.length + unresolved.length === 0

/** A sync in hand, about to begin or to go on. @internal */
export const newHeldSync = (given: SourceSync, now: () => Instant): HeldSync => {
  let state = given
  let hasNews = false
  const note = (after: SourceSync): void => {
    hasNews = hasNews || after !== state
    state = after
  }
  note(resumedSync(state, now()))
  return {
    state: () => state,
    become: (after) => {
      state = after
    },
    takeAnswer: ({ request, answer }) => note(receiveRead(state, request.id, answer, now())),
    takePart: (requestId, part) => note(receivePart(state, requestId, part)),
    taken: () => {
      const [, taken] = takeRows(state)
      return isEmpty(taken) ? null : taken
    },
    dropTaken: () => note(takeRows(state)[0]),
    giveUp: () => note(resumedSync(state, now())),
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
