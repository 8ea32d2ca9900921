/**
 * One call sent, and its answer, or that there is none.
 *
 *     answered            { status, headers, body }
 *     rejected, too late, body cut off, given up        { kind: 'lost' }
 *     no credential at hand                             the refusal that Marketo would give, and nothing is sent
 *
 * @module
 */
import type { LostCall } from '../../delivery/receive.js'
import type { HttpRequest } from '../../intent/descriptor.js'
import type { Answer } from '../../intent/outcome.js'
import { timeoutSeconds } from '../../marketo/limits.js'
import type { MunchkinId } from '../../marketo/munchkin-id.js'
import type { Credentials } from './credentials.js'
import { newPatience } from './patience.js'
import { type ReadAnswer, wholeAnswer } from './read-answer.js'
import type { FetchLike, Received, Signal, Sleep } from './runtime.js'
import { toFetch } from './to-fetch.js'

/**
 * The client of one instance, as Marketo's administrator shows it.
 *
 * @category delivering
 * @since 0.1.0
 */
export type ClientCredentials = Required<Pick<Credentials, 'clientId' | 'clientSecret'>>

/** What sending takes beside the call. @internal */
export interface Sender {
  readonly fetch: FetchLike
  readonly sleep: Sleep
  readonly credentials: Readonly<Record<string, ClientCredentials>>
  readonly tokens: ReadonlyMap<MunchkinId, string>
  readonly origin: (request: HttpRequest) => string | undefined
}

/** That a call has no answer. @internal */
export const lost: LostCall = { kind: 'lost' }

/** The answer to a call that was never made for want of room: nothing happened, and it may be made later. @internal */
export const notMade: Answer = { status: 429, headers: {}, body: '' }

const unauthorized: Answer = { status: 401, headers: {}, body: '' }

/** A token that is not in our hand is as good as a wrong one: another is asked for. */
const noToken: Answer = {
  status: 200,
  headers: {},
  body: { success: false, errors: [{ code: '601', message: 'no access token at hand' }] }
}

const seconds: ReadonlyMap<string, number> = new Map(Object.entries(timeoutSeconds))

/** Whoever hangs up before Marketo does never learns what became of the call. */
const graceMillis = 10_000

/** How long an answer is waited for: a little longer than Marketo itself takes. @internal */
export const timeoutMillis = ({ endpoint }: Pick<HttpRequest, 'endpoint'>): number =>
  (seconds.get(endpoint) ?? timeoutSeconds.otherLeads) * 1_000 + graceMillis

/** The refusal of a call for which we hold no credential, or undefined. */
const refusal = ({ auth }: HttpRequest, { accessToken, clientId }: Credentials): Answer | undefined => {
  if (auth === 'client-credentials') return clientId === undefined ? unauthorized : undefined
  return (auth === 'bearer' || auth === 'user-token') && accessToken === undefined ? noToken : undefined
}

const sent = async (sender: Sender, request: HttpRequest, signal: Signal): Promise<Received | Answer> => {
  const { munchkinId } = request
  // By itself: a browser's fetch refuses to be called as a member of something else.
  const { fetch } = sender
  const accessToken = sender.tokens.get(munchkinId)
  const held: Credentials = {
    ...(accessToken === undefined ? {} : { accessToken }),
    ...new Map(Object.entries(sender.credentials)).get(munchkinId)
  }
  const refused = refusal(request, held)
  if (refused !== undefined) return refused
  const baseUrl = sender.origin(request)
  const [url, init] = toFetch(held, baseUrl === undefined ? {} : { baseUrl })(request)
  return fetch(url, { ...init, redirect: 'manual', signal })
}

/** Sends a call, and reads its answer. The promise is never refused; `givenUp` says that nobody waits any more. @internal */
export const sendCall = async (
  sender: Sender,
  request: HttpRequest,
  givenUp: Promise<void>,
  read: ReadAnswer = wholeAnswer
): Promise<Answer | LostCall> => {
  const over = new AbortController()
  const patience = newPatience(sender.sleep, timeoutMillis(request))
  const carried = async (): Promise<Answer> => {
    const received = await sent(sender, request, over.signal)
    return 'text' in received ? read(received, patience) : received
  }
  const answer = await Promise.race([
    carried().catch(() => lost),
    patience.over.then(() => lost),
    givenUp.then(() => lost)
  ])
  over.abort()
  patience.end()
  return answer
}
