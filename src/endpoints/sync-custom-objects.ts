/**
 * Sync Custom Objects: records of a custom object, each known by the fields that the object is deduplicated by.
 *
 *     POST /rest/v1/customobjects/car_c.json
 *     { "action": "createOrUpdate", "dedupeBy": "dedupeFields", "input": [ { "vin": "19UYA31581L000000", … } ] }
 *
 * Several fields may be needed to tell records apart; every record holds all of them. A field that links to a lead or a company names
 * one that is there, or the record is skipped (1004).
 *
 * Source: Adobe "Custom Objects", Create and Update; "Error Codes" (1004, 1036).
 *
 * @module
 */
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { type JsonObject, kindOf, ownMember } from '../ground/json.js'
import { malformed, missing, type Problem } from '../ground/problem.js'
import type { Described, HttpRequest } from '../intent/descriptor.js'
import type { SyncCustomObject } from '../intent/intent.js'
import { type Distinct, describeDistinct } from './distinct.js'
import { writtenFields } from './field-values.js'
import { interpretRecords } from './record-outcomes.js'
import { jsonPost } from './rest-request.js'

const objectNames = /^[A-Za-z0-9_]+$/

const isKey = (value: unknown): boolean => value !== undefined && value !== null && value !== ''

const unfit = ({ objectName, dedupeFields, fields }: SyncCustomObject): Problem | undefined => {
  if (!objectNames.test(objectName))
    return malformed('invalid', ['objectName'], 'another text', 'give the API name: letters, digits and _')
  if (dedupeFields.length === 0) return missing('invalid', ['dedupeFields'], 'name the fields that tell records apart')
  if (ownMember(fields, 'marketoGUID') !== undefined) {
    const mend = 'Marketo makes this id, and takes it in no record that may be new'
    return malformed('invalid', ['fields', 'marketoGUID'], kindOf(fields.marketoGUID), mend)
  }
  const lacking = dedupeFields.find((field) => !isKey(ownMember(fields, field)))
  return lacking === undefined
    ? undefined
    : missing('invalid', ['fields', lacking], 'every record holds all fields that tell records apart')
}

const requestOf =
  ({ munchkinId, objectName }: SyncCustomObject) =>
  (input: ReadonlyArray<JsonObject>): HttpRequest =>
    jsonPost('syncCustomObjects', munchkinId, ['customobjects', `${objectName}.json`], {
      action: 'createOrUpdate',
      dedupeBy: 'dedupeFields',
      input
    })

/** What a record is known by: the same for records that Marketo would take for one. @internal */
export const recordKey = ({ objectName, dedupeFields, fields }: SyncCustomObject): ReadonlyArray<string> => [
  objectName,
  ...[...new Set(dedupeFields)].sort().flatMap((field) => [field, String(ownMember(fields, field))])
]

const recordOf = (sync: SyncCustomObject): Problem | Distinct => {
  const { munchkinId, objectName } = sync
  const written = writtenFields(sync.fields, true)
  if (written._tag === 'Left') return written.left
  return (
    unfit(sync) ?? {
      about: [munchkinId, ...recordKey(sync)],
      shared: [munchkinId, objectName],
      record: written.right.fields,
      request: requestOf(sync)
    }
  )
}

/**
 * Sync Custom Objects calls, of any instances and objects: 300 records of one object in a call. A record named twice stands in two
 * calls, in the order given.
 *
 * @example
 * import { describeSyncCustomObjects } from 'segment-marketo/endpoints'
 * import { isMunchkinId } from 'segment-marketo/marketo'
 *
 * const munchkinId = '561-HYG-937'
 * const car = { _tag: 'SyncCustomObject', objectName: 'car_c', dedupeFields: ['vin'], fields: { vin: 'x1' } } as const
 * const described = isMunchkinId(munchkinId) ? describeSyncCustomObjects([{ ...car, munchkinId }]) : undefined
 * described?._tag === 'Right' && described.right[0].descriptor.path
 * // => ['rest', 'v1', 'customobjects', 'car_c.json']
 * @category custom objects
 * @since 0.1.0
 */
export const describeSyncCustomObjects = (records: ReadonlyNonEmptyArray<SyncCustomObject>): Described<HttpRequest> =>
  describeDistinct(records, recordOf)

/**
 * What became of each record of a call; `marketoGUID` is Marketo's id for it.
 *
 * @category custom objects
 * @since 0.1.0
 */
export const interpretSyncCustomObjects = interpretRecords({ idIsLead: false })
