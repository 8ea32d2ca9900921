/**
 * What a suggestion is: settings, and why each name has its row or has none.
 *
 * @module
 */
import type { JsonObject } from '../../ground/json.js'
import type { Problem } from '../../ground/problem.js'
import type { ValueType } from '../../marketo/value-types.js'
import type { MatchWay } from './match-names.js'

/**
 * A trait, an event, or a property of the event `of`; how often it came; what it goes to, and as which type. Null: it has no row, and `why`
 * says so in words. Else `why` says how sure it is: `same` name, same but for `spelling`, an `other-name` of the field's, `one-letter` apart.
 *
 * @category suggesting
 * @since 0.1.0
 */
export interface SuggestedRow {
  readonly what: 'trait' | 'event' | 'property'
  readonly of: string | null
  readonly name: string
  readonly times: number
  readonly to: string | null
  readonly type: ValueType | null
  readonly why: MatchWay | string
}

/**
 * Settings of v2 in our own shape, which `decodeSettings` takes, and why they are so. It holds names and counts, and no value of an event.
 *
 * @category suggesting
 * @since 0.1.0
 */
export interface Suggestion {
  readonly settings: JsonObject
  readonly rows: ReadonlyArray<SuggestedRow>
  readonly hints: ReadonlyArray<Problem>
}
