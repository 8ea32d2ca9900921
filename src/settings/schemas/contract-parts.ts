/**
 * What the settings of both contracts have in common, as schemas.
 *
 * @module
 */
import type { JsonObject } from '../../ground/json.js'
import { otherTypeNames, valueTypes } from '../../marketo/value-types.js'
import { listOf, oneOf, orNull, shaped, whole } from './parts.js'

/** A munchkin id, however it is spelled, or an address that holds one. @internal */
export const munchkinId: JsonObject = shaped('\\d{3}-[A-Za-z]{3}-\\d{3}', 'A munchkin id, as in 561-HYG-937')

/** Scheme and host of a web site. @internal */
export const origin: JsonObject = shaped(
  '^\\s*[Hh][Tt][Tt][Pp][Ss]?:',
  'Scheme and host only, such as https://www.example.com'
)

/** Minutes east of UTC. @internal */
export const minutes: JsonObject = whole(-1080, 1080)

/** Options of Munchkin's. @internal */
export const munchkinOptions: JsonObject = {
  type: 'object',
  additionalProperties: { type: ['string', 'number', 'boolean', 'array'], items: { type: 'string' } }
}

/** Where a postal code may stand. @internal */
export const postalCode: JsonObject = listOf(oneOf(['zip', 'postalCode']))

const between = '[\\s_-]*'

/** A name in any case, with white space, `_` and `-` anywhere in it. */
const loosely = (name: string): string => [...name].map((letter) => `[${letter}${letter.toUpperCase()}]`).join(between)

const anySpelling = [...valueTypes, ...otherTypeNames.map(([other]) => other)].map(loosely).join('|')

const unwritten: ReadonlyArray<string> = ['reference', 'formula']

/** A type of Marketo's: those that can be written are offered, and every spelling that is read is allowed. @internal */
export const valueType: JsonObject = {
  anyOf: [
    oneOf(valueTypes.filter((type) => !unwritten.includes(type))),
    shaped(
      `^${between}(?:${anySpelling})${between}$`,
      'A type of Marketo, as its Field Management shows it: string, integer, boolean, date, …'
    )
  ]
}

/** The same, or none. @internal */
export const valueTypeOrNull: JsonObject = orNull(valueType)
