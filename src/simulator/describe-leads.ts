/**
 * Describe Lead: the fields that an instance has.
 *
 *     GET /rest/v1/leads/describe2.json
 *     [ { name: 'API Lead', searchableFields: [ ['id'], ['email'], … ], fields: [ { name, displayName, dataType, updateable, crmManaged } ] } ]
 *
 * Sources: Adobe "Leads", Describe; its OpenAPI file.
 *
 * @module
 */
import { leadFields } from '../marketo/lead-fields.js'
import { type InstanceField, instanceFields } from './fields.js'
import { type Desk, done, type Told } from './told.js'

/** Fields that every lead has and that are nobody's to write. */
const system = ['id', 'createdAt', 'updatedAt']

const shown = ({ name, type, writable }: InstanceField) => ({
  name,
  displayName: name,
  dataType: type,
  updateable: writable && !system.includes(name),
  crmManaged: false
})

/** Carries out Describe Lead. @internal */
export const describeLeads = ({ draft: { options } }: Desk): Told => {
  const named = instanceFields(options)
  const names = [...leadFields.flatMap(({ rest }) => rest ?? []), ...options.customFields.map(({ name }) => name)]
  const fields = [...new Set([...system, ...names])].flatMap((name) => named(name) ?? [])
  const searchable = fields.filter((field) => field.searchable)
  return done([{ name: 'API Lead', searchableFields: searchable.map(({ name }) => [name]), fields: fields.map(shown) }])
}
