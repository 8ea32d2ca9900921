/**
 * Create Lead Fields: custom fields that an instance is to have.
 *
 *     POST /rest/v1/leads/schema/fields.json     { "input": [ { "displayName": "Plan", "name": "plan", "dataType": "string" } ] }
 *
 * An instance takes a hundred fields that were created so.
 *
 * Sources: Adobe "Lead Fields", Create; its OpenAPI file (data types, what names may hold).
 *
 * @module
 */
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { malformed, type Problem } from '../ground/problem.js'
import type { Described, HttpRequest } from '../intent/descriptor.js'
import type { MunchkinId } from '../marketo/munchkin-id.js'
import { describeDistinct } from './distinct.js'
import { interpretRecords } from './record-outcomes.js'
import { jsonPost } from './rest-request.js'

/**
 * The data types that a new lead field can have.
 *
 * @category schema
 * @since 0.1.0
 */
export const leadFieldDataTypes = [
  'boolean',
  'currency',
  'date',
  'datetime',
  'email',
  'float',
  'integer',
  'percent',
  'phone',
  'score',
  'string',
  'url'
] as const

/**
 * A data type that a new lead field can have.
 *
 * @category schema
 * @since 0.1.0
 */
export type LeadFieldDataType = (typeof leadFieldDataTypes)[number]

/**
 * A lead field that is to be: its REST name, the label that Marketo's screens show, and its type.
 *
 * @category schema
 * @since 0.1.0
 */
export interface NewLeadField {
  readonly munchkinId: MunchkinId
  readonly name: string
  readonly displayName: string
  readonly dataType: LeadFieldDataType
}

const fieldName = /^[A-Za-z][A-Za-z0-9_]{0,254}$/
const label = /^[A-Za-z0-9_ ]{1,255}$/

const unfit = ({ name, displayName }: NewLeadField): Problem | undefined => {
  if (!fieldName.test(name))
    return malformed('invalid', ['name'], 'no name for a field', 'begin with a letter, then letters, digits and _')
  if (!label.test(displayName) || displayName.trim() === '')
    return malformed('invalid', ['displayName'], 'no label for a field', 'use letters, digits, spaces and _')
  return undefined
}

/**
 * Create Lead Fields calls, of any instances. A field that is there already is refused, so a repeated call does no harm.
 *
 * @example
 * import { describeCreateLeadFields } from 'segment-marketo/endpoints'
 * import { isMunchkinId } from 'segment-marketo/marketo'
 *
 * const munchkinId = '561-HYG-937'
 * const described = isMunchkinId(munchkinId)
 *   ? describeCreateLeadFields([{ munchkinId, name: 'plan', displayName: 'Plan', dataType: 'string' }])
 *   : undefined
 * described?._tag === 'Right' && described.right[0].descriptor.body
 * // => { json: { input: [{ displayName: 'Plan', name: 'plan', dataType: 'string' }] } }
 * @category schema
 * @since 0.1.0
 */
export const describeCreateLeadFields = (fields: ReadonlyNonEmptyArray<NewLeadField>): Described<HttpRequest> =>
  describeDistinct(
    fields,
    (field) =>
      unfit(field) ?? {
        about: [field.munchkinId, field.name],
        shared: [field.munchkinId],
        record: { displayName: field.displayName, name: field.name, dataType: field.dataType },
        request: (input) =>
          jsonPost('createLeadFields', field.munchkinId, ['leads', 'schema', 'fields.json'], { input })
      }
  )

/**
 * What became of each field of a call: `Applied` with the status `created`, or why not.
 *
 * @category schema
 * @since 0.1.0
 */
export const interpretCreateLeadFields = interpretRecords({ idIsLead: false })
