/**
 * Calls on their way: those that a budget counts are sent at once, beacons as there is room.
 *
 *     send ──▶ open ──▶ answers, to be taken
 *       └─▶ waiting (beacons only: nothing counts them, and thousands may be handed out together)
 *
 * @module
 */
import type { LostCall } from '../../delivery/receive.js'
import type { Call, HttpRequest } from '../../intent/descriptor.js'
import type { Answer } from '../../intent/outcome.js'
import { lost, notMade } from './send-call.js'

/** A call that wants its answer by an id. @internal */
export interface Request {
  readonly id: string
  readonly call: Call<HttpRequest>
}

/** A call and what came of it. @internal */
export interface Ended<R extends Request = Request> {
  readonly request: R
  readonly answer: Answer | LostCall
}

/** What carries a call out; its promise may be refused. `givenUp` says that nobody waits any more. @internal */
export type Carry<R extends Request> = (request: R, givenUp: Promise<void>) => Promise<Answer | LostCall>

/** Calls on their way. @internal */
export interface Line<R extends Request = Request> {
  readonly send: (request: R) => void
  /** What came since it was last asked. */
  readonly taken: () => ReadonlyArray<Ended<R>>
  /** Calls without an answer, those that wait included. */
  readonly count: () => number
  /** How many more calls may be sent at once. */
  readonly room: () => number
  /** Those that wait are not made any more. */
  readonly close: () => void
  /** Nobody waits for any answer any more. */
  readonly giveUp: () => void
}

const isBeacon = ({ call }: Request): boolean => call.descriptor.host === 'beacon'

/** A line of so many calls at once; `ring` tells that something came, `made` that a call is made. @internal */
export const newLine = <R extends Request>(
  carry: Carry<R>,
  concurrency: number,
  ring: () => void,
  made: (request: R) => void
): Line<R> => {
  const ended: Array<Ended<R>> = []
  const waiting: Array<R> = []
  let open = 0
  let giveUp = (): void => undefined
  const givenUp = new Promise<void>((resolve) => {
    giveUp = resolve
  })
  const end = (request: R, answer: Answer | LostCall): void => {
    ended.push({ request, answer })
    ring()
  }
  const start = async (request: R): Promise<void> => {
    open += 1
    made(request)
    const answer = await carry(request, givenUp).catch(() => lost)
    open -= 1
    const next = open < concurrency ? waiting.shift() : undefined
    if (next !== undefined) void start(next)
    end(request, answer)
  }
  return {
    send: (request) => {
      if (isBeacon(request) && open >= concurrency) waiting.push(request)
      else void start(request)
    },
    taken: () => ended.splice(0),
    count: () => open + waiting.length + ended.length,
    room: () => Math.max(0, concurrency - open),
    close: () => {
      for (const request of waiting.splice(0)) end(request, notMade)
    },
    giveUp: () => giveUp()
  }
}
