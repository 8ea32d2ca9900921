/**
 * The next calls of errands: what may be asked now, within the budget.
 *
 * @module
 */
import { describeIdentityToken } from '../../endpoints/identity-token.js'
import type { Instant } from '../../ground/calendar.js'
import type { Call, HttpRequest } from '../../intent/descriptor.js'
import { tokenNeed } from '../../pace/token.js'
import { takeTurn, turnsFrom } from '../../pace/turns.js'
import { type Errands, type InFlight, type Line, mostTroubles, user } from './state.js'

/**
 * A call to make now. Answer it with `receiveErrand`, by its id.
 *
 * @category errands
 * @since 0.1.0
 */
export interface ErrandRequest {
  readonly id: string
  readonly call: Call<HttpRequest>
}

type Waiting = readonly [line: Line, position: number]

/** The lines that have something to ask, and nobody on it. */
const waitingLines = ({ lines, inFlight }: Errands): ReadonlyArray<Waiting> => {
  const busy = new Set(Object.values(inFlight).map(({ line }) => line))
  return lines.flatMap((line, i) => (line.ended === null && !busy.has(i) ? [[line, i] as const] : []))
}

/** Whether no token is to be had. @internal */
export const isShutOut = ({ token }: Errands, now: Instant): boolean =>
  tokenNeed(token, now) === 'refused' || (token.expiresAt === null && token.troubles >= mostTroubles)

/**
 * The calls to make now, and the state after: they are in flight, and each wants its answer by `receiveErrand`. `grant` is how many calls
 * some other budget allows. Calls may be made side by side.
 *
 * @category errands
 * @since 0.1.0
 */
export const nextErrands = (
  state: Errands,
  now: Instant,
  grant: number = Number.POSITIVE_INFINITY
): readonly [state: Errands, requests: ReadonlyArray<ErrandRequest>] => {
  const due = waitingLines(state).filter(([{ notBefore }]) => notBefore <= now)
  if (due.length === 0 || isShutOut(state, now)) return [state, []]
  const { renew, granted, token, budget } = takeTurn(state, user, due.length, now, grant)
  const inFlight: Record<string, InFlight> = { ...state.inFlight }
  const requests: Array<ErrandRequest> = []
  const hand = (line: number | null, call: Call<HttpRequest>): void => {
    const id = `e${state.nextRequest + requests.length}`
    inFlight[id] = { line, begunAt: now, generation: token.generation }
    requests.push({ id, call })
  }
  if (renew) hand(null, describeIdentityToken(state.munchkinId))
  for (const [{ todo }, i] of due.slice(0, granted)) if (todo[0] !== undefined) hand(i, todo[0].call)
  return [{ ...state, token, budget, inFlight, nextRequest: state.nextRequest + requests.length }, requests]
}

/**
 * Whether nothing is left to be asked, or nothing can be: every line has ended, or nobody gives us a token; and no call is in flight.
 *
 * @category errands
 * @since 0.1.0
 */
export const areErrandsDone = (state: Errands, now: Instant): boolean =>
  Object.keys(state.inFlight).length === 0 && (isShutOut(state, now) || waitingLines(state).length === 0)

/**
 * When to ask for calls again if nothing is received before; null when only an answer can help, or nothing is left.
 *
 * @category errands
 * @since 0.1.0
 */
export const wakeErrandsAt = (state: Errands, now: Instant): Instant | null => {
  if (isShutOut(state, now)) return null
  const waits = waitingLines(state).map(([{ notBefore }]) => notBefore)
  const times = waits.filter((at) => at > now)
  if (waits.some((at) => at <= now)) times.push(...turnsFrom(state, user, now))
  return times.length === 0 ? null : Math.min(...times)
}
