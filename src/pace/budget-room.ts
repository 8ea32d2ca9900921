/**
 * How many calls there is room for, now or at some later instant if nothing else happens.
 *
 *     room = the least of   window    our calls, less those begun in the 20 seconds before and those granted
 *                           running   our calls at once, less those running and those granted
 *                           day       our calls of the day, less those sent since midnight and those granted
 *
 * of all users together, less what those of higher priority wait for, and of the user alone. A call begun at t holds its place while less
 * than 20,000 ms have passed, so that no half-open interval of that length holds one more.
 *
 * @module
 */
import type { Instant } from '../ground/calendar.js'
import { callLimits } from '../marketo/limits.js'
import { type Caps, capsOf, capsOfUser, userNamed } from './budget-settings.js'
import { type BudgetState, countOf, type LoweredLimit, totalOf } from './budget-state.js'

const { windowMillis } = callLimits

/** How a lowered limit rises: by so many calls with each window that passes. */
const stepOf = (cap: number): number => Math.max(1, Math.floor(cap / 10))

/** A limit that may have been lowered, as it is at an instant. @internal */
export const limitAt = (cap: number, lowered: LoweredLimit | null, at: Instant): number =>
  lowered === null
    ? cap
    : Math.min(cap, lowered.limit + stepOf(cap) * Math.max(0, Math.floor((at - lowered.since) / windowMillis)))

/** Our caps at an instant. @internal */
export const capsAt = ({ settings, lowered }: BudgetState, at: Instant): Caps => {
  const caps = capsOf(settings)
  return {
    window: limitAt(caps.window, lowered.window, at),
    running: limitAt(caps.running, lowered.running, at),
    day: caps.day
  }
}

/** Whether calls begun at one instant are still in the window at another. @internal */
export const isInWindow = (begunAt: Instant, at: Instant): boolean => at - begunAt < windowMillis

const leastOf = (caps: Caps, used: Caps): number =>
  Math.max(0, Math.min(caps.window - used.window, caps.running - used.running, caps.day - used.day))

/** What all users together spend at an instant. @internal */
export const spentByAll = ({ begun, granted, running, day }: BudgetState, at: Instant): Caps => {
  const held = totalOf(granted)
  let window = held
  for (const { at: begunAt, calls } of begun) if (isInWindow(begunAt, at)) window += calls
  return { window, running: totalOf(running) + held, day: (at < day.end ? totalOf(day.used) : 0) + held }
}

const spentBy = ({ begun, granted, running, day }: BudgetState, user: string, at: Instant): Caps => {
  const held = countOf(granted, user)
  let window = held
  for (const { user: other, at: begunAt, calls } of begun)
    if (other === user && isInWindow(begunAt, at)) window += calls
  return { window, running: countOf(running, user) + held, day: (at < day.end ? countOf(day.used, user) : 0) + held }
}

/** Room for one user, as far as its own share goes. */
const ownRoom = (state: BudgetState, user: string, at: Instant): number =>
  leastOf(capsOfUser(capsAt(state, at), userNamed(state.settings, user)), spentBy(state, user, at))

/** What those of higher priority wait for and could take. */
const spokenFor = (state: BudgetState, user: string, at: Instant): number => {
  const { priority } = userNamed(state.settings, user)
  let calls = 0
  for (const [other, waited] of Object.entries(state.waiting))
    if (at < waited.until && userNamed(state.settings, other).priority > priority)
      calls += Math.min(waited.calls, ownRoom(state, other, at))
  return calls
}

/** Room for one user at an instant, if nothing else happens till then. @internal */
export const roomAt = (state: BudgetState, user: string, at: Instant): number => {
  if (at < state.closedUntil || at < state.stoppedUntil) return 0
  const shared = leastOf(capsAt(state, at), spentByAll(state, at)) - spokenFor(state, user, at)
  return Math.max(0, Math.min(shared, ownRoom(state, user, at)))
}

/** When a lowered limit rises, until it is whole again. */
const rises = (cap: number, lowered: LoweredLimit | null): ReadonlyArray<Instant> => {
  if (lowered === null) return []
  const count = Math.max(0, Math.ceil((cap - lowered.limit) / stepOf(cap)))
  return Array.from({ length: count }, (_, k) => lowered.since + (k + 1) * windowMillis)
}

/** The first instant after `now` at which there is room for one call by time alone, or null when time does not help. @internal */
export const roomFrom = (state: BudgetState, user: string, now: Instant): Instant | null => {
  const caps = capsOf(state.settings)
  const changes = [
    state.closedUntil,
    state.stoppedUntil,
    state.day.end,
    ...state.begun.map(({ at }) => at + windowMillis),
    ...Object.values(state.waiting).map(({ until }) => until),
    ...rises(caps.window, state.lowered.window),
    ...rises(caps.running, state.lowered.running)
  ]
  const later = changes.filter((at) => at > now).sort((a, b) => a - b)
  return later.find((at) => roomAt(state, user, at) > 0) ?? null
}
