/**
 * What the lists of a filter can say.
 *
 *     filterValues=a@example.com,bo@example.com      a comma separates, and nothing escapes it
 *
 * Source: Adobe "Leads", Query.
 *
 * @module
 */
import { kindOf } from '../ground/json.js'
import type { Path } from '../ground/path.js'
import { malformed, type Problem } from '../ground/problem.js'
import { isWellFormed } from '../ground/utf8.js'
import type { LeadKey } from '../intent/lead-key.js'

/** What separates values, and nothing escapes. @internal */
export const separator = ','

const unfitText = (text: string, at: Path): Problem | undefined => {
  const found = kindOf(text)
  if (text.trim() === '') return malformed('invalid', at, found, 'a filter needs a value to look for')
  if (text.includes(separator)) {
    return malformed(
      'invalid',
      at,
      'text with a comma',
      'Marketo separates filter values by commas: use a key without one'
    )
  }
  return isWellFormed(text)
    ? undefined
    : malformed('invalid', at, 'text with half a surrogate pair', 'send well-formed text')
}

/** Why the fields to ask for, which stand in such a list themselves, cannot be asked for, or undefined. @internal */
export const unfitField = (fields: ReadonlyArray<string>): Problem | undefined => {
  for (const [i, name] of fields.entries()) {
    const problem = name.includes(separator)
      ? malformed('invalid', ['fields', i], 'text with a comma', 'name one lead field at a time, by its REST name')
      : unfitText(name, ['fields', i])
    if (problem !== undefined) return problem
  }
  return undefined
}

/** Why a key cannot be asked for, or undefined. @internal */
export const unfitQuestion = ({ lookupField, value }: LeadKey): Problem | undefined => {
  const finite = typeof value === 'string' || Number.isFinite(value)
  return finite
    ? (unfitText(lookupField, ['lead', 'lookupField']) ?? unfitText(String(value), ['lead', 'value']))
    : malformed('invalid', ['lead', 'value'], kindOf(value), 'send text or a finite number')
}
