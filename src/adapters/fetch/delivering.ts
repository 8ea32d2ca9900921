/**
 * A delivery under way: what has come in is taken, what is to be told is told, what can be sent is sent. What is sent, when, and what
 * an answer means is decided in delivery/; here calls are made.
 *
 * @module
 */
import { giveBack, resumed } from '../../delivery/give-back.js'
import { next, wakeAt } from '../../delivery/next.js'
import type { Item, ItemOutcome } from '../../delivery/outcome.js'
import { receive } from '../../delivery/receive.js'
import { add, type Delivery, isDone, start, takeOutcomes } from '../../delivery/state.js'
import type { Instant } from '../../ground/calendar.js'
import { malformed, type Problem, unreadable } from '../../ground/problem.js'
import type { MunchkinId } from '../../marketo/munchkin-id.js'
import { readAccessToken } from './access-token.js'
import { newBell, settled } from './bell.js'
import type { DeliverConfig, Delivered, EndedCounts } from './deliver-config.js'
import { type Items, newIntake } from './intake.js'
import { newLine } from './line.js'
import { runtimeNow, runtimeSleep } from './runtime.js'

type Counts = { -readonly [K in keyof EndedCounts]: EndedCounts[K] }

const none = (): Counts => ({ Applied: 0, Queued: 0, Skipped: 0, Refused: 0, Unknown: 0, Unsent: 0, Deferred: 0 })

const defaults = { grace: 10_000, concurrency: 20, window: 3_000, patience: Number.POSITIVE_INFINITY }

/** How long a source that is being read is waited for once the delivery stops, in milliseconds. */
const longestReading = 1_000

const unreadableItems: Problem = unreadable(
  'invalid',
  ['items'],
  'what gave them threw: those before were delivered, the rest was not read'
)

const unfitItem: Problem = unreadable(
  'invalid',
  ['items'],
  'an item is no item and was left out: give id, messageId and an intent as a mapping makes it'
)

/** What is said when something threw that nobody foresaw. @internal */
export const unforeseen: Problem = unreadable(
  'invalid',
  ['items'],
  'an intent among them is none, and stopped the delivery: give intents as a mapping makes them'
)

const throwing = (name: string, mend: string): Problem => malformed('invalid', [name], 'a callback that threw', mend)

const callbackProblems = {
  onState: throwing('onState', 'nothing was sent after that; the rest was deferred'),
  onOutcomes: throwing(
    'onOutcomes',
    'what it was given stands among the outcomes of the result; the rest was deferred'
  ),
  onProgress: throwing('onProgress', 'it was not called again; the delivery went on')
}

/** Items that have not ended, by asking what would be given back. */
const countPending = (state: Delivery): number =>
  takeOutcomes(giveBack(state))[1].length - takeOutcomes(state)[1].length

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
  const { now = runtimeNow, sleep = runtimeSleep, signal, origin } = config
  const { grace, concurrency, window, patience } = { ...defaults, ...config }
  const tokens = new Map<MunchkinId, string>()
  const calls = new Map<string, number>()
  const ended = none()
  const problems: Array<Problem> = []
  const kept: Array<ItemOutcome> = []
  const failed = new Set<keyof typeof callbackProblems>()
  let state = resumed(config.state ?? start([], config.options), now())
  let pending = countPending(state)
  let counted = 0
  let hasNews = false
  let isStopping = false
  let isDoneReading = false

  const bell = newBell(sleep)
  const intake = newIntake(items, sleep, bell.ring)
  const line = newLine(
    {
      fetch: config.fetch ?? fetch,
      sleep,
      credentials: config.credentials,
      tokens,
      origin: ({ host, munchkinId }) => origin?.(host, munchkinId)
    },
    Math.max(1, concurrency),
    bell.ring,
    ({ call: { descriptor } }) => calls.set(descriptor.endpoint, (calls.get(descriptor.endpoint) ?? 0) + 1)
  )
  signal?.addEventListener('abort', bell.ring)

  const countCalls = (): number => [...calls.values()].reduce((sum, n) => sum + n, 0)

  const graceOver = async (): Promise<void> => {
    await settled(sleep(grace, stopped.signal))
    line.giveUp()
    bell.ring()
  }
  /** A source may have an item in its hand, or wait for one that never comes. */
  const readingOver = async (): Promise<void> => {
    await settled(sleep(Math.min(grace, longestReading), stopped.signal))
    isDoneReading = true
    bell.ring()
  }
  const stopped = new AbortController()
  const stop = (problem?: Problem): void => {
    if (problem !== undefined) problems.push(problem)
    if (isStopping) return
    isStopping = true
    line.close()
    intake.close()
    void graceOver()
    void readingOver()
  }

  /** Calls back; whether all went well. A callback that threw is not called again. */
  const callBack = async (name: keyof typeof callbackProblems, call: () => void | Promise<void>): Promise<boolean> => {
    if (failed.has(name)) return false
    try {
      await call()
      return true
    } catch {
      failed.add(name)
      if (name === 'onProgress') problems.push(callbackProblems.onProgress)
      else stop(callbackProblems[name])
      return false
    }
  }

  const takeItem = (item: Item): void => {
    try {
      state = add(state, [item])
      pending += 1
    } catch {
      problems.push(unfitItem)
    }
  }

  const takeItems = (list: ReadonlyArray<Item>): void => {
    if (list.length === 0) return
    hasNews = true
    try {
      state = add(state, list)
      pending += list.length
    } catch {
      // One of them is no item, whatever its type says; the others are not to blame.
      for (const item of list) takeItem(item)
    }
  }

  const takeAnswers = (): void => {
    for (const { request, answer } of line.taken()) {
      const { endpoint, munchkinId } = request.call.descriptor
      const token = endpoint === 'identityToken' && !('kind' in answer) ? readAccessToken(answer) : undefined
      if (token !== undefined) tokens.set(munchkinId, token)
      state = receive(state, request.id, answer, now())
      hasNews = true
    }
  }

  const countOutcomes = (): void => {
    const [, outcomes] = takeOutcomes(state)
    for (const { _tag } of outcomes.slice(counted)) {
      ended[_tag] += 1
      pending -= 1
    }
    counted = outcomes.length
  }

  const handOver = async (): Promise<void> => {
    countOutcomes()
    const { onOutcomes, onState } = config
    const [rest, outcomes] = takeOutcomes(state)
    if (outcomes.length === 0) return
    if (onOutcomes === undefined) {
      // Who stores the state finds them there; else they would only burden every step.
      if (onState !== undefined) return
      for (const outcome of outcomes) kept.push(outcome)
    } else if (!(await callBack('onOutcomes', () => onOutcomes(outcomes)))) return
    state = rest
    counted = 0
  }

  const store = async (after: Delivery): Promise<boolean> => {
    const { onState } = config
    if (onState === undefined || !hasNews) return true
    hasNews = false
    return callBack('onState', () => onState(after))
  }

  return {
    takeIn: () => {
      if (signal?.aborted === true) stop()
      takeAnswers()
      takeItems(intake.taken())
    },
    tell: async () => {
      await handOver()
      const { onProgress } = config
      const inFlight = line.count()
      if (onProgress !== undefined && !failed.has('onProgress'))
        await callBack('onProgress', () => onProgress({ pending, inFlight, ended: { ...ended }, calls: countCalls() }))
    },
    sendOut: async () => {
      if (isStopping) return
      const [after, requests] = next(state, now(), line.room())
      if (requests.length > 0) hasNews = true
      // What is on its way stands in the state that is stored before it goes.
      if (!(await store(after)) || signal?.aborted === true) return
      state = after
      for (const request of requests) line.send(request)
    },
    readMore: () => {
      // By halves, so that what comes fills whole calls.
      if (!isStopping && pending <= window / 2) intake.fill(Math.max(1, window - pending))
    },
    giveUpWaiting: () => {
      if (isStopping || line.count() > 0 || isDone(state)) return false
      const at = wakeAt(state, now())
      if (at !== null && at - now() <= patience) return false
      state = giveBack(state, at)
      hasNews = true
      return true
    },
    isOver: () => {
      if (line.count() > 0) return false
      if (isStopping) return isDoneReading || !intake.isReading()
      return isDone(state) && intake.state() !== 'open' && intake.isIdle()
    },
    wait: () => {
      const at: Instant | null = isStopping ? null : wakeAt(state, now())
      return bell.wait(at === null ? null : Math.max(1, at - now()))
    },
    stop,
    end: async () => {
      signal?.removeEventListener('abort', bell.ring)
      if (intake.state() === 'failed') problems.push(unreadableItems)
      const isComplete = intake.state() === 'ended' && !isStopping
      stop()
      stopped.abort()
      line.giveUp()
      takeItems(intake.rest())
      state = giveBack(resumed(state, now()), wakeAt(state, now()))
      await handOver()
      await store(state)
      const [rest, outcomes] = takeOutcomes(state)
      const byEndpoint = Object.fromEntries(calls)
      return {
        state: rest,
        outcomes: [...kept, ...outcomes],
        calls: { all: countCalls(), byEndpoint },
        isComplete,
        problems
      }
    }
  }
}
