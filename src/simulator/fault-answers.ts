/**
 * What a call that a fault strikes is told, in the words of the host that it went to.
 *
 *     REST            { requestId, success: false, errors: [ { code: '606', … } ] }
 *     ingestion       429 { error_code: '429001', … }
 *     others          a page with HTTP 502
 *
 * @module
 */
import type { Instant } from '../ground/calendar.js'
import type { Answer } from '../intent/outcome.js'
import { ingestionFault } from './ingest-persons.js'
import type { FaultKind, SimulatedEndpoint } from './options.js'
import type { Draft } from './state.js'
import { enveloped, failed, htmlAnswer } from './told.js'

const faultMessages = {
  '502': 'Bad Gateway',
  '604': 'Request time-out',
  '606': "Max rate limit '100' exceeded with in '20' secs",
  '607': 'Daily quota reached',
  '611': 'System error',
  '615': 'Concurrent access limit reached',
  '713': 'Transient Error'
} as const

const isCode = (kind: FaultKind): kind is keyof typeof faultMessages => kind in faultMessages

/** The answer of a fault that has a code, in the words of the host that it comes from. */
const inItsWords = (draft: Draft, endpoint: SimulatedEndpoint, code: keyof typeof faultMessages): Answer => {
  if (endpoint === 'identityToken' || endpoint === 'visitWebPage') return htmlAnswer(502, faultMessages[code])
  return endpoint === 'ingestPersons'
    ? ingestionFault(draft, code)
    : enveloped(failed(code, faultMessages[code]), draft.total)
}

/** The answer of a fault that is all there is to the call, or undefined. @internal */
export const faulty = (draft: Draft, endpoint: SimulatedEndpoint, kind: FaultKind, at: Instant): Answer | undefined => {
  if (kind === 'html') return htmlAnswer(502, 'Bad Gateway')
  if (isCode(kind)) return inItsWords(draft, endpoint, kind)
  if (kind !== 'expired-token') return undefined
  draft.token = { ...draft.token, until: Math.min(draft.token.until, at) }
  return endpoint === 'ingestPersons'
    ? ingestionFault(draft, kind)
    : enveloped(failed('602', 'Access token expired'), draft.total)
}
