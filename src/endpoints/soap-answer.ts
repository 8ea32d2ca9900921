/**
 * Answers of the SOAP API: one lead's verdict, or a fault.
 *
 *     Envelope/Body/successSyncLead/result   leadId   syncStatus/leadId   /status   /error     CREATED, UPDATED or FAILED
 *     Envelope/Body/Fault                    faultcode   faultstring   detail/serviceException/code   /message
 *
 * A fault is told by its message, whatever the status; a success by a 2xx and its message. What is neither was written by something
 * on the way, and its status is all there is.
 *
 * Sources: Marketo's WSDL 2.1 (result, status words); the SOAP API's pages, Error Codes (`<code> - <text>`); W3C "SOAP 1.1", 4.4, 6.2.
 *
 * @module
 */
import type { Call, HttpRequest } from '../intent/descriptor.js'
import type { Answer, Reason, RecordOutcome, Refused, Verdict } from '../intent/outcome.js'
import { type SoapFaultSeen, soapFaultRemedy } from '../marketo/soap-faults.js'
import { refusedByStatus, retryAfterOf } from './envelope.js'
import { isMarketoId } from './lead-ref.js'
import { readTexts } from './soap-xml.js'

/** The texts of an answer by the path to each. */
type Texts = ReadonlyMap<string, string>

const bodyPath = 'Envelope/Body'

const textAt = (texts: Texts, path: string): string => (texts.get(path) ?? '').trim()

const codeInFront = /^(\d{1,9}) - /

/** A failure in Marketo's words; where it names no code, its text may begin with one. */
const reasonOf = (code: string, message: string): Reason => ({
  code: code === '' ? (codeInFront.exec(message)?.[1] ?? '') : code,
  message
})

const refused = (seen: SoapFaultSeen, reason: Reason, headers: unknown): Refused => ({
  _tag: 'Refused',
  requestId: null,
  reasons: [reason],
  remedy: soapFaultRemedy(seen),
  retryAfter: retryAfterOf(headers)
})

/** The refusal that a fault is, or undefined where there is none. It says the same twice; the remedy looks at both. */
const refusedByFault = (texts: Texts, httpStatus: number, headers: unknown): Refused | undefined => {
  const path = `${bodyPath}/Fault`
  if (!texts.has(path)) return undefined
  const faultstring = textAt(texts, `${path}/faultstring`)
  const message = textAt(texts, `${path}/detail/serviceException/message`)
  const reason = reasonOf(
    textAt(texts, `${path}/detail/serviceException/code`),
    faultstring === '' ? message : faultstring
  )
  const prefixed = textAt(texts, `${path}/faultcode`)
  const faultcode = prefixed.slice(prefixed.indexOf(':') + 1)
  const { code } = reason
  return refused({ level: 'fault', code, faultcode, message: `${faultstring} ${message}`, httpStatus }, reason, headers)
}

/** What a 2xx without a result, or an answer that cannot be read, comes to. */
const nothingTold = (headers: unknown): Refused => {
  const reason: Reason = { code: '', message: 'the answer is no SOAP message about a lead' }
  return refused({ level: 'fault', faultcode: '', httpStatus: 0, ...reason }, reason, headers)
}

const digits = /^\d{1,16}$/

const leadIdOf = (texts: Texts, path: string): number | null =>
  [`${path}/syncStatus/leadId`, `${path}/leadId`]
    .map((place) => textAt(texts, place))
    .filter((text) => digits.test(text))
    .map(Number)
    .find(isMarketoId) ?? null

const noReason = 'failed, and no reason given'

const outcomeOf = (texts: Texts, path: string, intent: number, httpStatus: number): RecordOutcome => {
  const status = textAt(texts, `${path}/syncStatus/status`)
  if (status === 'CREATED' || status === 'UPDATED') {
    return { _tag: 'Applied', intent, status, leadId: leadIdOf(texts, path), marketoGUID: null }
  }
  if (status !== 'FAILED') return { _tag: 'Unanswered', intent }
  const error = textAt(texts, `${path}/syncStatus/error`)
  const reason = reasonOf('', error === '' ? noReason : error)
  const remedy = soapFaultRemedy({ level: 'record', faultcode: '', httpStatus, ...reason })
  return { _tag: 'Skipped', intent, reasons: [reason], remedy }
}

/** An error beside a success undoes nothing; it is told, because nothing may be lost. */
const warningsOf = (texts: Texts, path: string): ReadonlyArray<Reason> => {
  const error = textAt(texts, `${path}/syncStatus/error`)
  return error === '' || textAt(texts, `${path}/syncStatus/status`) === 'FAILED' ? [] : [reasonOf('', error)]
}

const verdictOn = (success: string, intents: ReadonlyArray<number>, { status, headers, body }: Answer): Verdict => {
  const texts: Texts = (typeof body === 'string' ? readTexts(body) : undefined) ?? new Map<string, string>()
  const refusal = refusedByFault(texts, status, headers) ?? refusedByStatus({ status, headers, body: undefined })
  if (refusal !== undefined) return refusal
  const path = `${bodyPath}/${success}/result`
  if (!texts.has(path)) return nothingTold(headers)
  const outcomes = intents.map(
    (intent, k): RecordOutcome => (k === 0 ? outcomeOf(texts, path, intent, status) : { _tag: 'Unanswered', intent })
  )
  return { _tag: 'Accepted', requestId: null, warnings: warningsOf(texts, path), outcomes }
}

/** The verdict on a call for one lead, whose answer has this element on success. Never throws. @internal */
export const interpretSoap = (success: string, call: Call<HttpRequest>, answer: Answer): Verdict => {
  try {
    return verdictOn(success, call.intents, answer)
  } catch {
    return nothingTold({})
  }
}
