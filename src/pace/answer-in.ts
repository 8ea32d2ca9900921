/**
 * An answer as a driver hands it in, or its word that there is none.
 *
 * @module
 */
import { isRecord } from '../ground/json.js'
import type { Answer } from '../intent/outcome.js'

/** The answer, or null where there is none: the news that it was lost, or what is no answer at all. @internal */
export const answerIn = (answer: Answer | { readonly kind: 'lost' }): Answer | null => {
  try {
    return isRecord(answer) && !('kind' in answer) ? answer : null
  } catch {
    return null
  }
}
