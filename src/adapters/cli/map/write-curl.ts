/**
 * Each request as a curl command, below a comment that says whose it is.
 *
 *     # line 12, step 0: syncLeads
 *     curl --request POST --header 'Authorization: Bearer '"$MARKETO_TOKEN" …
 *
 * @module
 */
import { toCurl } from '../../fetch/to-curl.js'
import { requestsOf } from './requests.js'
import { dataWriter } from './write.js'

/** Requests as lines for a shell. */
export const curlWriter = dataWriter((result) => {
  const { calls, said } = requestsOf(result)
  const commands = calls.map(
    ({ descriptor, slots }, step) =>
      `# ${result.counted} ${result.number}, step ${step}: ${descriptor.endpoint}\n${toCurl(descriptor, slots)}\n`
  )
  return { text: commands.join(''), said: [...result.said, ...said] }
})
