/**
 * What an instance must have for settings to work: their custom fields, custom activity types and lead partition.
 *
 * @module
 */
import { findByRest } from '../../../marketo/lead-fields.js'
import type { SimulatedActivityType, SimulatedField, SimulatorOptions } from '../../../simulator/options.js'
import type { Settings as V1Settings } from '../../../v1/settings.js'
import type { EventRow, Settings } from '../../../v2/settings.js'

/** The fields, activity types and partitions of an instance; lists, programs, campaigns and custom objects, where rules name them. */
export type Furniture = Required<Pick<SimulatorOptions, 'customFields' | 'activityTypes' | 'partitions'>> &
  Pick<SimulatorOptions, 'lists' | 'programs' | 'campaigns' | 'customObjects'>

/** Each custom field once; those that Marketo has anyway are left out. */
const customOnly = (fields: ReadonlyArray<SimulatedField>): ReadonlyArray<SimulatedField> => [
  ...new Map(fields.filter(({ name }) => findByRest(name) === undefined).map((field) => [field.name, field])).values()
]

const text = (name: string): SimulatedField => ({ name, type: 'string' })

/** Rows of one activity type as that type; the first primary attribute counts. */
const activityType = (id: number, rows: ReadonlyArray<EventRow>): SimulatedActivityType => {
  const all = rows.flatMap(({ attributes }) => attributes)
  const primary = all.find((row) => row.primary)
  const others = new Map(all.filter((row) => !row.primary).map((row) => [row.attribute, row.type]))
  return {
    id,
    primaryAttribute: { apiName: primary?.attribute ?? 'primary', dataType: primary?.type ?? 'string' },
    attributes: [...others].map(([apiName, dataType]) => ({ apiName, dataType }))
  }
}

/** What settings of v2 need. */
export const furnitureOfV2 = (settings: Settings): Furniture => ({
  partitions: [settings.partitionName ?? 'Default'],
  customFields: customOnly([
    text(settings.userIdField),
    text(settings.anonymousIdField),
    ...(settings.genderField === null ? [] : [text(settings.genderField)]),
    ...settings.traits.map(({ field, type, length }) => ({ name: field, type, length }))
  ]),
  activityTypes: [...new Set(settings.events.map(({ activityTypeId }) => activityTypeId))].map((id) =>
    activityType(
      id,
      settings.events.filter((row) => row.activityTypeId === id)
    )
  )
})

/** What settings of v1 tell that they need: they name no custom field but those of the ids. */
export const furnitureOfV1 = ({ userIdField, anonymousIdField }: V1Settings): Furniture => ({
  customFields: customOnly([text(userIdField), text(anonymousIdField)]),
  activityTypes: [],
  partitions: ['Default']
})
