/**
 * Rounds of a delivery, in a time of their own.
 *
 *     next ──▶ calls ──▶ simulated Marketo ──▶ answers ──▶ receive ──▶ next …
 *       └──────────────── one round ──────────────┘
 *
 * There is no clock: each call takes a while that is drawn from the seed, a lost answer takes until the sender gives up, and where there
 * is nothing to do, time passes until there is. So one batch under one seed is one story.
 *
 * @module
 */
import { readAccessToken } from '../../../src/adapters/fetch/access-token.js'
import { budgetOf } from '../../../src/delivery/instances.js'
import { next, type Request, wakeAt } from '../../../src/delivery/next.js'
import type { ItemOutcome } from '../../../src/delivery/outcome.js'
import { receive } from '../../../src/delivery/receive.js'
import { isDone, takeOutcomes } from '../../../src/delivery/state.js'
import { timeoutSeconds } from '../../../src/marketo/limits.js'
import { mixed, nextSeed } from '../../../src/pace/back-off.js'
import { isBudgeted } from '../../../src/pace/budget.js'
import { capsAt, spentByAll } from '../../../src/pace/budget-room.js'
import { requestOf } from '../../../src/simulator/request.js'
import { simulate } from '../../../src/simulator/simulate.js'
import { type BudgetSeen, client, type Run, type Told } from './run.js'

const mostRounds = 3_000
const giveUpMillis = timeoutSeconds.syncLeads * 1_000
const longestStory = 365 * 24 * 3_600_000

/** The run with the answers that have been lost by now; a sender gives up on a call long after others were answered. */
const withLost = (run: Run): Run => {
  const due = run.lost.filter(({ at }) => at <= run.now)
  if (due.length === 0) return run
  const delivery = due.reduce((state, { id, at }) => receive(state, id, { kind: 'lost' }, at), run.delivery)
  return { ...run, delivery, lost: run.lost.filter(({ at }) => at > run.now) }
}

/** When something happens next, if nothing is sent. */
const laterThan = ({ delivery, lost }: Run, now: number): number | null => {
  const instants = lost.map(({ at }) => at)
  const wake = wakeAt(delivery, now)
  const all = wake === null ? instants : [...instants, wake]
  return all.length === 0 ? null : Math.max(now + 1, Math.min(...all))
}

/** The run when time has passed until there is something to send, and what that is. */
const awaited = (begun: Run): readonly [Run, ReadonlyArray<Request>] => {
  let run = withLost(begun)
  for (let i = 0; i < mostRounds; i += 1) {
    const [delivery, requests] = next(run.delivery, run.now)
    run = { ...run, delivery }
    const later = requests.length > 0 || isDone(delivery) ? null : laterThan(run, run.now)
    if (later === null) return [run, requests]
    run = withLost({ ...run, now: later })
  }
  return [run, []]
}

/** Between 0.2 and 1 second. */
const latency = (seed: number): number => 200 + (mixed(seed) % 800)

/** All calls of a round carried out, each while the others run. */
const sentAll = (run: Run, requests: ReadonlyArray<Request>): readonly [Run, ReadonlyArray<Told>] => {
  let { marketo, seed } = run
  const told: Array<Told> = []
  const { length } = requests.filter(({ call }) => isBudgeted(call.descriptor.host))
  for (const request of requests) {
    const wire = requestOf(request.call.descriptor, { ...client, accessToken: run.accessToken })
    const [after, answer] = simulate(marketo, { ...wire, inFlight: Math.max(0, length - 1) }, run.now)
    marketo = after
    seed = nextSeed(seed)
    told.push({ request, answer, millis: answer === null ? giveUpMillis : latency(seed) })
  }
  return [{ ...run, marketo, seed }, told]
}

/** The budget as a round leaves it. */
const budgetSeen = ({ delivery, munchkinId, now }: Run): BudgetSeen => {
  const budget = budgetOf(delivery, munchkinId)
  const closed = Math.max(budget.closedUntil, budget.stoppedUntil)
  return { spent: spentByAll(budget, now), caps: capsAt(budget, now), closedUntil: closed > now ? closed : 0 }
}

const tokenIn = (told: ReadonlyArray<Told>, before: string): string => {
  const grant = told.find(({ request }) => request.call.descriptor.endpoint === 'identityToken')
  return grant === undefined || grant.answer === null ? before : (readAccessToken(grant.answer) ?? before)
}

/** The run with the answers of a round, in the order in which they come; those that never come are waited for beside the next rounds. */
const answered = (run: Run, told: ReadonlyArray<Told>): Run => {
  const came = told.filter(({ answer }) => answer !== null).sort((a, b) => a.millis - b.millis)
  const lost = told.filter(({ answer }) => answer === null)
  const delivery = came.reduce(
    (state, { request, answer, millis }) => receive(state, request.id, answer ?? { kind: 'lost' }, run.now + millis),
    run.delivery
  )
  return {
    ...run,
    delivery,
    accessToken: tokenIn(told, run.accessToken),
    now: run.now + Math.max(0, ...came.map(({ millis }) => millis)),
    lost: [...run.lost, ...lost.map(({ request, millis }) => ({ id: request.id, at: run.now + millis }))]
  }
}

/** The run with its outcomes taken out, and those. */
const collected = (run: Run): readonly [Run, ReadonlyArray<ItemOutcome>] => {
  const [delivery, outcomes] = takeOutcomes(run.delivery)
  return [{ ...run, delivery, outcomes: [...run.outcomes, ...outcomes] }, outcomes]
}

/** The run after one more round. A run that is done stays as it is. */
export const nextRound = (run: Run): Run => {
  if (run.isDone || run.isStuck) return run
  const [waited, requests] = awaited(run)
  const budget = budgetSeen(waited)
  const [sent, told] = sentAll(waited, requests)
  const [after, ended] = collected(answered(sent, told))
  const idle = waited.now - run.now
  const round = { number: run.rounds.length + 1, at: waited.now, idle, told, budget, ended }
  const isOver = isDone(after.delivery)
  const isCut = requests.length === 0 || round.number >= mostRounds || after.now - run.begunAt > longestStory
  const isEmpty = requests.length === 0 && ended.length === 0
  return {
    ...after,
    rounds: isEmpty ? run.rounds : [...run.rounds, round],
    isDone: isOver,
    isStuck: isCut && !isOver
  }
}

/** The run to its end. */
export const lastRound = (run: Run): Run => {
  let last = run
  while (!last.isDone && !last.isStuck) last = nextRound(last)
  return last
}
