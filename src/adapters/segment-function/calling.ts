/**
 * Calls to Marketo within the seconds that a function has.
 *
 *     0 ─────────────────── 4.5 s ── 5 s
 *     └ calls begin while   │        └ the platform ends the function, and tries all of it again
 *       there is time left  └ nobody waits for an answer any more
 *
 * A call that could end too late is not begun, so that what is reported as not done was not done. Once the instance says that its calls
 * are used up, no more are made. A token that is refused is renewed, and the call made again, once.
 *
 * Source: Segment "Destination Functions", time limit; Adobe "Marketo Integration Best Practices", Concurrency.
 *
 * @module
 */
import { bodyText } from '../../endpoints/body-text.js'
import { hostName, requestUri } from '../../endpoints/request-uri.js'
import type { Instant } from '../../ground/calendar.js'
import type { Call, HttpRequest } from '../../intent/descriptor.js'
import type { Accepted, Answer, Refused } from '../../intent/outcome.js'
import { advisedShare } from '../../marketo/limits.js'
import { added, type Credentials } from '../fetch/credentials.js'
import { type Ending, retry } from './ending.js'
import type { FunctionSettings } from './function-settings.js'
import { type Platform, within } from './platform.js'
import { newTokens, type Token } from './token.js'

/** How long a function runs at most, in milliseconds: less than the platform's five seconds. @internal */
export const budgetMillis = 4_500

/** How much time there must be left for a call to begin: more for one that must not be made twice. @internal */
export const leastMillis = { repeatable: 300, once: 1_500 } as const

/** How a call ended: answered, lost on its way, or never made. @internal */
export type CallEnded<O> =
  | Accepted<O>
  | Refused
  | { readonly _tag: 'Lost' }
  | { readonly _tag: 'NotMade'; readonly why: Ending }

/** Makes calls. @internal */
export interface Caller {
  readonly make: <O>(
    call: Call<HttpRequest>,
    interpret: (call: Call<HttpRequest>, answer: Answer) => Accepted<O> | Refused,
    repeatable: boolean
  ) => Promise<CallEnded<O>>
}

const timeIsUp = retry('the five seconds of a function are used up; it is sent again later')
const noMoreCalls = retry('Marketo takes no more calls at the moment; it is sent again later')

/** So many at once; the others wait their turn. */
const newTurns = (most: number) => {
  const waiting: Array<() => void> = []
  let free = most
  return async <A>(act: () => Promise<A>): Promise<A> => {
    if (free > 0) free -= 1
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await act()
    } finally {
      const next = waiting.shift()
      if (next === undefined) free += 1
      else next()
    }
  }
}

/** Errors of a network that say that nobody was reached. */
const unreached: ReadonlyArray<unknown> = ['ENOTFOUND', 'ECONNREFUSED', 'EAI_AGAIN']

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined

const stopping: ReadonlyArray<string> = ['throttle', 'await-quota']

/** What makes the calls of one invocation that began at `began`. @internal */
export const newCaller = (ready: FunctionSettings, runtime: Platform, began: Instant): Caller => {
  const turns = newTurns(advisedShare.runningCalls)
  const left = (): number => began + budgetMillis - runtime.now()
  let isStopped = false

  const sent = async (request: HttpRequest, credentials: Credentials): Promise<Answer> => {
    const extra = added(request.auth, credentials)
    const uri = requestUri({ path: request.path, query: [...request.query, ...extra.query] })
    const body = request.body === null ? undefined : bodyText(request.body)
    const headers = { ...request.headers, ...extra.headers }
    const received = await runtime.fetch(`https://${hostName(request.host, request.munchkinId)}${uri}`, {
      method: request.method,
      headers: body === undefined ? headers : { ...headers, 'Content-Type': body.type },
      ...(body === undefined ? {} : { body: body.text }),
      redirect: 'manual',
      timeout: Math.max(1, left())
    })
    return { status: received.status, headers: {}, body: await received.text() }
  }
  const attempt = async (request: HttpRequest, credentials: Credentials): Promise<Answer | 'lost' | 'unreached'> => {
    try {
      return await within(Math.max(1, left()), 'lost', sent(request, credentials))
    } catch (error) {
      return unreached.includes(codeOf(error)) ? 'unreached' : 'lost'
    }
  }
  const tokens = newTokens(ready, runtime, async (request) => {
    const answer = await attempt(request, ready.credentials)
    return typeof answer === 'string' ? null : answer
  })

  const made: Caller['make'] = async (call, interpret, repeatable) => {
    const { auth } = call.descriptor
    const mayBegin = (): boolean => left() >= (repeatable ? leastMillis.repeatable : leastMillis.once)
    let given: Token | Ending | undefined
    for (let renewals = 0; ; renewals += 1) {
      if (auth !== 'none') given = given === undefined ? await tokens.get() : given
      if (given !== undefined && 'kind' in given) return { _tag: 'NotMade', why: given }
      if (isStopped && auth !== 'none') return { _tag: 'NotMade', why: noMoreCalls }
      if (!mayBegin()) return { _tag: 'NotMade', why: timeIsUp }
      const answer = await attempt(call.descriptor, given === undefined ? {} : { accessToken: given.token })
      if (answer === 'unreached')
        return { _tag: 'NotMade', why: retry('Marketo cannot be reached; it is sent again later') }
      if (answer === 'lost') return { _tag: 'Lost' }
      const verdict = interpret(call, answer)
      if (verdict._tag === 'Accepted') return verdict
      if (stopping.includes(verdict.remedy)) isStopped = true
      if (verdict.remedy !== 'renew-token' || renewals > 0 || given === undefined) return verdict
      given = await tokens.renew(given.token)
    }
  }
  return { make: (call, interpret, repeatable) => turns(() => made(call, interpret, repeatable)) }
}
