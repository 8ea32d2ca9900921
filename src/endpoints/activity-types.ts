/**
 * Get Activity Types: which types an instance has, its own among them, and what each tells.
 *
 *     GET /rest/v1/activities/types.json      { id, name, apiName?, primaryAttribute?: { name, dataType }, attributes: [ … ] }
 *
 * All in one answer. Which of Marketo's own types are there differs from instance to instance; ids from 100000 on are custom types.
 *
 * Source: Adobe "Activities".
 *
 * @module
 */
import { isRecord, ownMember, type UnknownRecord } from '../ground/json.js'
import type { Call, HttpRequest } from '../intent/descriptor.js'
import type { Answer, Reason, Refused } from '../intent/outcome.js'
import type { MunchkinId } from '../marketo/munchkin-id.js'
import { openAnswer } from './envelope.js'
import { isMarketoId } from './lead-ref.js'
import { inUrl } from './rest-request.js'

/**
 * An attribute of a type; `dataType` is Marketo's word, `apiName` is null where there is none.
 *
 * @category activities
 * @since 0.1.0
 */
export interface ToldTypeAttribute {
  readonly name: string
  readonly dataType: string
  readonly apiName: string | null
}

/**
 * An activity type; the primary attribute is not among the others, and some types have none.
 *
 * @category activities
 * @since 0.1.0
 */
export interface ToldActivityType {
  readonly id: number
  readonly name: string
  readonly description: string
  readonly apiName: string | null
  readonly primaryAttribute: ToldTypeAttribute | null
  readonly attributes: ReadonlyArray<ToldTypeAttribute>
}

/**
 * The activity types of an instance, in the order told.
 *
 * @category activities
 * @since 0.1.0
 */
export interface ActivityTypes {
  readonly _tag: 'ActivityTypes'
  readonly requestId: string | null
  readonly warnings: ReadonlyArray<Reason>
  readonly types: ReadonlyArray<ToldActivityType>
}

/**
 * The call for the activity types of an instance.
 *
 * @category activities
 * @since 0.1.0
 */
export const describeActivityTypes = (munchkinId: MunchkinId): Call<HttpRequest> => ({
  descriptor: inUrl('activityTypes', munchkinId, 'GET', ['rest', 'v1', 'activities', 'types.json'], []),
  intents: [],
  slots: []
})

const textUnder = (record: UnknownRecord, name: string): string | null => {
  const u = ownMember(record, name)
  return typeof u === 'string' && u !== '' ? u : null
}

const attributeOf = (u: unknown): ToldTypeAttribute | null => {
  if (!isRecord(u)) return null
  const apiName = textUnder(u, 'apiName')
  const name = textUnder(u, 'name') ?? apiName
  return name === null ? null : { name, dataType: (textUnder(u, 'dataType') ?? '').trim().toLowerCase(), apiName }
}

/** Marketo's own types have a dozen attributes at most, custom ones twenty. */
const mostAttributes = 1_000

const isThere = <A>(value: A | null): value is A => value !== null

const attributesOf = (u: unknown): ReadonlyArray<ToldTypeAttribute> =>
  Array.isArray(u)
    ? Array.from({ length: Math.min(u.length, mostAttributes) }, (_, i) => attributeOf(u[i])).filter(isThere)
    : []

const typeOf = (u: unknown): ToldActivityType | null => {
  const id = isRecord(u) ? ownMember(u, 'id') : undefined
  if (!isRecord(u) || !isMarketoId(id)) return null
  return {
    id,
    name: textUnder(u, 'name') ?? '',
    description: textUnder(u, 'description') ?? '',
    apiName: textUnder(u, 'apiName'),
    primaryAttribute: attributeOf(ownMember(u, 'primaryAttribute')),
    attributes: attributesOf(ownMember(u, 'attributes'))
  }
}

/**
 * The activity types that an answer tells. Names of data types are in lower case, as Marketo does not keep to one.
 *
 * @category activities
 * @since 0.1.0
 */
export const interpretActivityTypes = (_call: Call<HttpRequest>, answer: Answer): ActivityTypes | Refused => {
  const envelope = openAnswer(answer, typeOf, 'read')
  if (envelope._tag === 'Refused') return envelope
  const { requestId, warnings, result } = envelope
  return { _tag: 'ActivityTypes', requestId, warnings, types: (result ?? []).filter(isThere) }
}
