/**
 * Carries errands out over `fetch`: reads of an instance, or changes that provisioning makes.
 *
 *     errands ──nextErrands──▶ fetch ──answers──▶ errands ┄┄▶ until all have ended
 *
 * Which calls are made, when, and what an answer means is the business of settings/. The access token lives here and nowhere else.
 *
 * @module
 */
import type { Instant } from '../../ground/calendar.js'
import type { Host } from '../../intent/descriptor.js'
import type { MunchkinId } from '../../marketo/munchkin-id.js'
import { areErrandsDone, type ErrandRequest, nextErrands, wakeErrandsAt } from '../../settings/errands/next.js'
import { receiveErrand } from '../../settings/errands/receive.js'
import type { Errands } from '../../settings/errands/state.js'
import { readAccessToken } from './access-token.js'
import { newBell } from './bell.js'
import { newCallCounts } from './call-counts.js'
import type { CallsMade } from './deliver-config.js'
import { type Ended, newLine } from './line.js'
import { type FetchLike, runtimeNow, runtimeSleep, type Signal, type Sleep } from './runtime.js'
import { type ClientCredentials, type Sender, sendCall } from './send-call.js'

/**
 * How to carry errands out.
 *
 * - `credentials`: the client of the instance.
 * - `patience`: the longest wait in milliseconds, such as for the quota of another day; what would wait longer ends all. A minute unless given.
 * - `signal`: makes no more calls; those on their way are waited for.
 * - `fetch`, `now`, `sleep`: the runtime's own unless given.
 * - `origin`: where the calls of a host go instead (`http://127.0.0.1:8080`), for a test server or a proxy; undefined says to Marketo.
 *
 * @category errands
 * @since 0.1.0
 */
export interface ErrandsConfig {
  readonly credentials: ClientCredentials
  readonly patience?: number
  readonly signal?: Signal
  readonly fetch?: FetchLike
  readonly now?: () => Instant
  readonly sleep?: Sleep
  readonly origin?: (host: Host, munchkinId: MunchkinId) => string | undefined
}

/**
 * Errands after all has ended or was given up, and the calls that were made.
 *
 * @category errands
 * @since 0.1.0
 */
export interface ErrandsRun {
  readonly errands: Errands
  readonly calls: CallsMade
}

const minute = 60_000
const concurrency = 5

/**
 * Carries errands out. The promise is never refused by what Marketo answers, nor by a network that does not.
 *
 * @example
 * import { runErrands } from 'segment-marketo/fetch'
 * import { instanceIn, startReading } from 'segment-marketo/settings'
 * import { isMunchkinId } from 'segment-marketo/marketo'
 *
 * const munchkinId = '561-HYG-937'
 * if (!isMunchkinId(munchkinId)) throw new Error('no munchkin id')
 * // Nobody answers, and nobody waits.
 * const fetch = () => Promise.reject(new Error('offline'))
 * const credentials = { clientId: 'id', clientSecret: 'secret' }
 * const { errands } = await runErrands(startReading(munchkinId, ['lists']), { credentials, fetch, patience: 0 })
 * instanceIn(errands, Date.now()).unread // => ['lists']
 * @category errands
 * @since 0.1.0
 */
export const runErrands = async (errands: Errands, config: ErrandsConfig): Promise<ErrandsRun> => {
  const { now = runtimeNow, sleep = runtimeSleep, patience = minute, signal, origin } = config
  const { munchkinId } = errands
  const tokens = new Map<MunchkinId, string>()
  const calls = newCallCounts()
  const bell = newBell(sleep)
  const sender: Sender = {
    fetch: config.fetch ?? fetch,
    sleep,
    credentials: { [munchkinId]: config.credentials },
    tokens,
    origin: ({ host }) => origin?.(host, munchkinId)
  }
  const line = newLine<ErrandRequest>(
    ({ call }, givenUp) => sendCall(sender, call.descriptor, givenUp),
    concurrency,
    bell.ring,
    ({ call }) => calls.note(call.descriptor.endpoint)
  )
  let state = errands

  const take = ({ request, answer }: Ended<ErrandRequest>): void => {
    const isIdentity = request.call.descriptor.endpoint === 'identityToken'
    const token = isIdentity && !('kind' in answer) ? readAccessToken(answer) : undefined
    if (token !== undefined) tokens.set(munchkinId, token)
    state = receiveErrand(state, request.id, answer, now())
  }

  const isStopped = (): boolean => signal?.aborted === true

  const sendOut = (): void => {
    if (isStopped()) return
    const [after, requests] = nextErrands(state, now(), line.room())
    state = after
    for (const request of requests) line.send(request)
  }

  /** How long to wait, null for an answer; undefined where it is not worth it. */
  const wait = (): number | null | undefined => {
    if (line.count() > 0) return null
    const at = wakeErrandsAt(state, now())
    return at === null || isStopped() || at - now() > patience ? undefined : Math.max(1, at - now())
  }

  for (;;) {
    for (const ended of line.taken()) take(ended)
    sendOut()
    if (line.count() === 0 && areErrandsDone(state, now())) break
    const millis = wait()
    if (millis === undefined) break
    await bell.wait(millis)
  }
  return { errands: state, calls: calls.made() }
}
