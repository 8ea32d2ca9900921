/**
 * One line of JSON per event: `{"line":12,"messageId":"m-12","calls":[{"descriptor":{…},"intents":[0],"slots":[]}]}`. An event without
 * calls has no line.
 *
 * @module
 */
import { callsOf } from './requests.js'
import { dataWriter } from './write.js'

/** Calls as NDJSON. */
export const requestsWriter = dataWriter((result) => {
  const { calls, said } = callsOf(result)
  const { number: line, messageId } = result
  return {
    text: calls.length === 0 ? '' : `${JSON.stringify({ line, messageId, calls })}\n`,
    said: [...result.said, ...said]
  }
})
