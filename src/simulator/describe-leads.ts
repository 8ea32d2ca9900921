/**
 * Describe Lead: the fields that an instance has, by REST name, and by all their names.
 *
 *     GET /rest/v1/leads/describe2.json
 *     [ { name: 'API Lead', searchableFields: [ ['id'], ['email'], … ], fields: [ { name, displayName, dataType, length?, updateable, crmManaged } ] } ]
 *
 *     GET /rest/v1/leads/describe.json
 *     [ { id, displayName, dataType, length?, rest: { name, readOnly }, soap?: { name, readOnly } } ]
 *
 * Sources: Adobe "Leads", Describe; its OpenAPI file.
 *
 * @module
 */
import type { JsonObject } from '../ground/json.js'
import { findByRest, leadFields } from '../marketo/lead-fields.js'
import { type InstanceField, instanceFields } from './fields.js'
import type { Settled } from './options.js'
import { type Desk, done, type Told } from './told.js'

/** Fields that every lead has and that are nobody's to write. */
const system = ['id', 'createdAt', 'updatedAt']

const fieldsOf = (options: Settled): ReadonlyArray<InstanceField> => {
  const named = instanceFields(options)
  const names = [...leadFields.flatMap(({ rest }) => rest ?? []), ...options.customFields.map(({ name }) => name)]
  return [...new Set([...system, ...names])].flatMap((name) => named(name) ?? [])
}

const isUpdateable = ({ name, writable }: InstanceField): boolean => writable && !system.includes(name)

const withLength = ({ length }: InstanceField): JsonObject => (length === null ? {} : { length })

const shown = (field: InstanceField): JsonObject => ({
  name: field.name,
  displayName: field.label,
  dataType: field.type,
  ...withLength(field),
  updateable: isUpdateable(field),
  crmManaged: false
})

/** Carries out Describe Lead 2. @internal */
export const describeLeads = ({ draft: { options } }: Desk): Told => {
  const fields = fieldsOf(options)
  const searchable = fields.filter((field) => field.searchable)
  return done([{ name: 'API Lead', searchableFields: searchable.map(({ name }) => [name]), fields: fields.map(shown) }])
}

/** A field of the instance's own has one name for both APIs. */
const soapName = ({ name, isCustom }: InstanceField): string | null =>
  isCustom ? name : (findByRest(name)?.soap ?? null)

const named = (field: InstanceField, i: number): JsonObject => {
  const readOnly = !isUpdateable(field)
  const soap = soapName(field)
  return {
    id: i + 1,
    displayName: field.label,
    dataType: field.type,
    ...withLength(field),
    rest: { name: field.name, readOnly },
    ...(soap === null ? {} : { soap: { name: soap, readOnly } })
  }
}

/** Carries out Describe Lead, which tells all names of a field. @internal */
export const describeLeadNames = ({ draft: { options } }: Desk): Told => done(fieldsOf(options).map(named))
