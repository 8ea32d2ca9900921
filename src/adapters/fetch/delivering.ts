/**
 * A delivery under way: what has come in is taken, what is to be told is told, what can be sent is sent. What is sent, when, and what
 * an answer means is decided in delivery/; here calls are made.
 *
 * @module
 */
import { giveBack, resumed } from '../../delivery/give-back.js'
import { next, wakeAt } from '../../delivery/next.js'
import type { ItemOutcome } from '../../delivery/outcome.js'
import { type Delivery, isDone, takeOutcomes } from '../../delivery/state.js'
import type { Instant } from '../../ground/calendar.js'
import { type Problem, unreadable } from '../../ground/problem.js'
import type { MunchkinId } from '../../marketo/munchkin-id.js'
import { readAccessToken } from './access-token.js'
import { newBell } from './bell.js'
import { newCallCounts } from './call-counts.js'
import { newCallbacks, throwing } from './callbacks.js'
import type { DeliverConfig, Delivered } from './deliver-config.js'
import { newHeldDelivery } from './held-delivery.js'
import { type Items, newIntake } from './intake.js'
import { type Ended, newLine } from './line.js'
import { runtimeNow, runtimeSleep } from './runtime.js'
import { type Sender, sendCall } from './send-call.js'
import { newStopping } from './stopping.js'

const defaults = { grace: 10_000, concurrency: 20, window: 3_000, patience: Number.POSITIVE_INFINITY }

const unreadableItems: Problem = unreadable(
  'invalid',
  ['items'],
  'what gave them threw: those before were delivered, the rest was not read'
)

const callbackProblems = {
  onState: throwing('onState', 'nothing was sent after that; the rest was deferred'),
  onOutcomes: throwing(
    'onOutcomes',
    'what it was given stands among the outcomes of the result; the rest was deferred'
  ),
  onProgress: throwing('onProgress', 'it was not called again; the delivery went on')
}

/** What is said when something threw that nobody foresaw. @internal */
export const unforeseen: Problem = unreadable(
  'invalid',
  ['items'],
  'an intent among them is none, and stopped the delivery: give intents as a mapping makes them'
)

/** Steps of one delivery, each told by its name. @internal */
export interface Delivering {
  readonly takeIn: () => void
  readonly tell: () => Promise<void>
  readonly sendOut: () => Promise<void>
  readonly readMore: () => void
  /** Gives back what cannot go on by itself, or only after too long a wait. */
  readonly giveUpWaiting: () => boolean
  readonly isOver: () => boolean
  readonly wait: () => Promise<void>
  readonly stop: (problem?: Problem) => void
  readonly end: () => Promise<Delivered>
}

/** A delivery about to begin. @internal */
export const newDelivering = (items: Items, config: DeliverConfig): Delivering => {
  const { now = runtimeNow, sleep = runtimeSleep, signal, origin, onOutcomes, onState, onProgress } = config
  const { grace, concurrency, window, patience } = { ...defaults, ...config }
  const tokens = new Map<MunchkinId, string>()
  const calls = newCallCounts()
  const problems: Array<Problem> = []
  const kept: Array<ItemOutcome> = []
  const held = newHeldDelivery(config, now)
  const bell = newBell(sleep)
  const intake = newIntake(items, sleep, bell.ring)
  const sender: Sender = {
    fetch: config.fetch ?? fetch,
    sleep,
    credentials: config.credentials,
    tokens,
    origin: ({ host, munchkinId }) => origin?.(host, munchkinId)
  }
  const line = newLine(
    ({ call }, givenUp) => sendCall(sender, call.descriptor, givenUp),
    Math.max(1, concurrency),
    bell.ring,
    ({ call: { descriptor } }) => calls.note(descriptor.endpoint)
  )
  const stopping = newStopping(line, intake, sleep, grace, bell.ring)
  const stop = (problem?: Problem): void => {
    if (problem !== undefined) problems.push(problem)
    stopping.stop()
  }
  const callbacks = newCallbacks(callbackProblems, (name, problem) => {
    if (name === 'onProgress') problems.push(problem)
    else stop(problem)
  })
  signal?.addEventListener('abort', bell.ring)

  const takeAnswer = (ended: Ended): void => {
    const { endpoint, munchkinId } = ended.request.call.descriptor
    const { answer } = ended
    const token = endpoint === 'identityToken' && !('kind' in answer) ? readAccessToken(answer) : undefined
    if (token !== undefined) tokens.set(munchkinId, token)
    held.takeAnswer(ended)
  }

  const handOver = async (): Promise<void> => {
    const outcomes = held.outcomes()
    if (outcomes.length === 0) return
    if (onOutcomes === undefined) {
      // Who stores the state finds them there; else they would only burden every step.
      if (onState !== undefined) return
      for (const outcome of outcomes) kept.push(outcome)
    } else if (!(await callbacks.call('onOutcomes', () => onOutcomes(outcomes)))) return
    held.dropOutcomes()
  }

  const store = async (after: Delivery): Promise<boolean> =>
    onState === undefined || !held.hasNews() || callbacks.call('onState', () => onState(after))

  return {
    takeIn: () => {
      if (signal?.aborted === true) stop()
      for (const ended of line.taken()) takeAnswer(ended)
      problems.push(...held.addItems(intake.taken()))
    },
    tell: async () => {
      await handOver()
      if (onProgress === undefined || !callbacks.mayCall('onProgress')) return
      const progress = {
        pending: held.pending(),
        inFlight: line.count(),
        ended: held.ended(),
        calls: calls.all()
      }
      await callbacks.call('onProgress', () => onProgress(progress))
    },
    sendOut: async () => {
      if (stopping.isStopping()) return
      const [after, requests] = next(held.state(), now(), line.room())
      if (requests.length > 0) held.noteNews()
      // What is on its way stands in the state that is stored before it goes.
      if (!(await store(after)) || signal?.aborted === true) return
      held.become(after)
      for (const request of requests) line.send(request)
    },
    readMore: () => {
      // By halves, so that what comes fills whole calls.
      if (!stopping.isStopping() && held.pending() <= window / 2) intake.fill(Math.max(1, window - held.pending()))
    },
    giveUpWaiting: () => {
      if (stopping.isStopping() || line.count() > 0 || isDone(held.state())) return false
      const at = wakeAt(held.state(), now())
      if (at !== null && at - now() <= patience) return false
      held.become(giveBack(held.state(), at))
      held.noteNews()
      return true
    },
    isOver: () => {
      if (line.count() > 0) return false
      if (stopping.isStopping()) return stopping.isDoneReading() || !intake.isReading()
      return isDone(held.state()) && intake.state() !== 'open' && intake.isIdle()
    },
    wait: () => {
      const at: Instant | null = stopping.isStopping() ? null : wakeAt(held.state(), now())
      return bell.wait(at === null ? null : Math.max(1, at - now()))
    },
    stop,
    end: async () => {
      signal?.removeEventListener('abort', bell.ring)
      if (intake.state() === 'failed') problems.push(unreadableItems)
      const isComplete = intake.state() === 'ended' && !stopping.isStopping()
      stop()
      stopping.end()
      problems.push(...held.addItems(intake.rest()))
      held.become(giveBack(resumed(held.state(), now()), wakeAt(held.state(), now())))
      await handOver()
      await store(held.state())
      const [state, outcomes] = takeOutcomes(held.state())
      return {
        state,
        outcomes: [...kept, ...outcomes],
        calls: calls.made(),
        isComplete,
        problems
      }
    }
  }
}
