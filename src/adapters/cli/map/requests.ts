/**
 * The calls that one event comes to, with what cannot be sent: requests for the server's intents, Munchkin and form calls for the browser's.
 *
 * @module
 */

import { describeInBrowser } from '../../../browser/describe.js'
import { describeSteps } from '../../../endpoints/steps.js'
import type { Problem } from '../../../ground/problem.js'
import { isNonEmpty } from '../../../ground/these.js'
import type { Call, HttpRequest, Unsent } from '../../../intent/descriptor.js'
import { type BrowserIntent, type Intent, isBrowserIntent, type ServerIntent } from '../../../intent/intent.js'
import type { SaidProblem } from '../said.js'
import type { Result } from './result.js'

/** Calls in order; `intents` are positions among the event's own intents, `said` speaks of those that no call carries. */
export interface Calls<C> {
  readonly calls: ReadonlyArray<C>
  readonly said: ReadonlyArray<SaidProblem>
}

/** An unsent intent's problem, its path begun with the intent's kind: the path is the intent's, not the event's. */
const placed = (intents: ReadonlyArray<Intent>, { intent, problem }: Unsent): Problem => ({
  ...problem,
  at: [intents[intent]?._tag ?? 'intent', ...problem.at]
})

/** The requests of the intents that name their lead. An event has either those or a browser's, so positions are its own. */
export const requestsOf = ({ number, counted, messageId, intents }: Result): Calls<Call<HttpRequest>> => {
  const keyed = intents.filter((intent): intent is ServerIntent => !isBrowserIntent(intent))
  if (!isNonEmpty(keyed)) return { calls: [], said: [] }
  const described = describeSteps(keyed)
  const unsent = described._tag === 'Right' ? [] : described.left
  return {
    calls: described._tag === 'Left' ? [] : described.right,
    said: unsent.map((one) => ({
      _tag: 'Problem',
      number,
      counted,
      messageId,
      settings: null,
      problem: placed(keyed, one)
    }))
  }
}

/** All calls of an event: the browser's, then the server's. */
export const callsOf = (result: Result): Calls<Call> => {
  const inBrowser = result.intents.flatMap((intent, i) => (isBrowserIntent(intent) ? browserCalls(intent, i) : []))
  const onServer = requestsOf(result)
  return { calls: [...inBrowser, ...onServer.calls], said: onServer.said }
}

const browserCalls = (intent: BrowserIntent, position: number): ReadonlyArray<Call> =>
  describeInBrowser(intent).map((call) => ({ ...call, intents: [position] }))
