/**
 * One line of JSON per intent: `{"line":12,"messageId":"m-12","intent":{…}}`.
 *
 * @module
 */
import { dataWriter } from './write.js'

/** Intents as NDJSON. */
export const intentsWriter = dataWriter(({ number: line, messageId, intents, said }) => {
  let text = ''
  for (const intent of intents) text += `${JSON.stringify({ line, messageId, intent })}\n`
  return { text, said }
})
