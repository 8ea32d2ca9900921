/**
 * The fields that a refusal names: Marketo says which one it does not know in words only.
 *
 * @module
 */
import type { Reason } from '../intent/outcome.js'

const noWord = /[^\w.-]+/

/** Those of our names that stand as words in reasons with one of these codes. @internal */
export const fieldsNamed = (
  reasons: ReadonlyArray<Reason>,
  codes: ReadonlyArray<string>,
  names: ReadonlyArray<string>
): ReadonlyArray<string> => {
  const said = reasons.filter(({ code }) => codes.includes(code)).map(({ message }) => message.split(noWord))
  return names.filter((name) => said.some((words) => words.includes(name)))
}
