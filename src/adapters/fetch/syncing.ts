/**
 * A sync under way: what has come in is taken, rows are handed over, what can be asked is asked. What is asked, when, and what an answer
 * means is decided in source/; here calls are made.
 *
 * @module
 */
import type { Instant } from '../../ground/calendar.js'
import { malformed, type Problem, unreadable } from '../../ground/problem.js'
import type { MunchkinId } from '../../marketo/munchkin-id.js'
import { tokenNeed } from '../../pace/token.js'
import { isSynced, nextReads, type SyncRequest, wakeSyncAt } from '../../source/sync/next.js'
import type { SourceSync } from '../../source/sync/state.js'
import { readAccessToken } from './access-token.js'
import { newBell } from './bell.js'
import { newCallCounts } from './call-counts.js'
import { newCallbacks, throwing } from './callbacks.js'
import { newHeldSync } from './held-sync.js'
import { type Ended, newLine } from './line.js'
import { newParts } from './parts.js'
import { answerInParts } from './read-answer.js'
import { runtimeNow, runtimeSleep } from './runtime.js'
import { type Sender, sendCall } from './send-call.js'
import { newStopping } from './stopping.js'
import type { SyncConfig, Synced } from './sync-config.js'
import { progressIn, unreadIn } from './sync-progress.js'

const defaults = { grace: 10_000, concurrency: 20, patience: Number.POSITIVE_INFINITY, once: true }

const callbackProblems = {
  onRows: throwing('onRows', 'what it was given stands in the state of the result; nothing more was read'),
  onState: throwing('onState', 'nothing was asked after that: begin again with the state that is stored'),
  onProgress: throwing('onProgress', 'it was not called again; the sync went on')
}

const refused = malformed(
  'invalid',
  ['credentials'],
  'credentials that the identity service refuses',
  'mend them, then go on with withNewCredentials(state)'
)

/** What is said when something threw that nobody foresaw. @internal */
export const unforeseen: Problem = unreadable('invalid', ['state'], 'give one that startSync made, or that was stored')

/** Steps of one sync, each told by its name. @internal */
export interface Syncing {
  readonly takeIn: () => void
  /** Hands rows over, and tells how far the sync has got. */
  readonly tell: () => Promise<void>
  readonly sendOut: () => Promise<void>
  /** Stops where nothing can go on by itself, or only after too long a wait. */
  readonly giveUpWaiting: () => void
  readonly isOver: () => boolean
  readonly wait: () => Promise<void>
  readonly stop: (problem?: Problem) => void
  readonly end: () => Promise<Synced>
}

/** A sync about to begin. @internal */
export const newSyncing = (given: SourceSync, config: SyncConfig): Syncing => {
  const { now = runtimeNow, sleep = runtimeSleep, signal, origin, onRows, onState, onProgress } = config
  const { grace, concurrency, patience, once } = { ...defaults, ...config }
  const { munchkinId } = given.settings
  const tokens = new Map<MunchkinId, string>()
  const calls = newCallCounts()
  const problems: Array<Problem> = []
  const held = newHeldSync(given, now)
  const bell = newBell(sleep)
  const parts = newParts(bell.ring)
  const sender: Sender = {
    fetch: config.fetch ?? fetch,
    sleep,
    credentials: { [munchkinId]: config.credentials },
    tokens,
    origin: ({ host }) => origin?.(host, munchkinId)
  }
  const line = newLine(
    ({ id, call }: SyncRequest, givenUp) =>
      sendCall(
        sender,
        call.descriptor,
        givenUp,
        answerInParts((part) => parts.add(id, part))
      ),
    Math.max(1, concurrency),
    bell.ring,
    ({ call: { descriptor } }) => calls.note(descriptor.endpoint)
  )
  const stopping = newStopping(line, parts, sleep, grace, bell.ring)
  const stop = (problem?: Problem): void => {
    if (problem !== undefined) problems.push(problem)
    stopping.stop()
  }
  const callbacks = newCallbacks(callbackProblems, (name, problem) => {
    if (name === 'onProgress') problems.push(problem)
    else stop(problem)
  })
  signal?.addEventListener('abort', bell.ring)

  const takeAnswer = (ended: Ended<SyncRequest>): void => {
    const { endpoint } = ended.request.call.descriptor
    const { answer } = ended
    const token = endpoint === 'identityToken' && !('kind' in answer) ? readAccessToken(answer) : undefined
    if (token !== undefined) tokens.set(munchkinId, token)
    held.takeAnswer(ended)
  }

  const handOver = async (): Promise<void> => {
    const taken = held.taken()
    if (taken !== null && (await callbacks.call('onRows', () => onRows(taken.rows, taken)))) held.dropTaken()
  }

  const store = async (after: SourceSync): Promise<boolean> =>
    onState === undefined || !held.hasNews() || callbacks.call('onState', () => onState(after))

  const isDone = (): boolean => isSynced(held.state(), now())

  /** Where calls are open, their answers are waited for. */
  const wakeAt = (): Instant | null => (stopping.isStopping() ? null : wakeSyncAt(held.state(), now()))

  return {
    takeIn: () => {
      if (signal?.aborted === true) stop()
      for (const { requestId, part } of parts.taken()) held.takePart(requestId, part)
      for (const ended of line.taken()) takeAnswer(ended)
    },
    tell: async () => {
      await handOver()
      if (onProgress === undefined || !callbacks.mayCall('onProgress')) return
      const inFlight = line.count()
      const waitsUntil = inFlight > 0 ? null : wakeAt()
      const progress = { ...progressIn(held.state()), calls: calls.all(), inFlight, waitsUntil }
      await callbacks.call('onProgress', () => onProgress(progress))
    },
    sendOut: async () => {
      if (stopping.isStopping() || (once && isDone())) return
      const [after, requests] = nextReads(held.state(), now(), line.room())
      if (requests.length > 0) held.noteNews()
      // Rows were handed over; the state without them is stored before anything more is asked.
      if (!(await store(after)) || signal?.aborted === true) return
      held.become(after)
      parts.release()
      for (const request of requests) line.send(request)
    },
    giveUpWaiting: () => {
      if (stopping.isStopping() || line.count() > 0) return
      if (tokenNeed(held.state().token, now()) === 'refused') return stop(refused)
      const at = wakeAt()
      if (!isDone() && (at === null || at - now() > patience)) stop()
    },
    isOver: () => line.count() === 0 && (stopping.isStopping() || (once && isDone())),
    wait: () => {
      const at = wakeAt()
      return bell.wait(at === null ? null : Math.max(1, at - now()))
    },
    stop,
    end: async () => {
      signal?.removeEventListener('abort', bell.ring)
      stop()
      stopping.end()
      held.giveUp()
      await handOver()
      await store(held.state())
      const state = held.state()
      return {
        state,
        isSynced: isDone(),
        unread: unreadIn(state),
        wakeAt: tokenNeed(state.token, now()) === 'refused' ? null : wakeSyncAt(state, now()),
        calls: calls.made(),
        problems
      }
    }
  }
}
