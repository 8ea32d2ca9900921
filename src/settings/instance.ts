/**
 * What an instance tells of itself, as settings are held against it; null is what it did not tell.
 *
 *     describe, describe2, schema fields, field-name sheet   → fields, searchable
 *     custom activity types                                  → activityTypes
 *     lists, programs, channels, campaigns                   → what rules name
 *
 * Sources: Adobe "Leads" (Describe, Describe2), "Lead Fields", "Custom Activities", "Static Lists", "Programs", "Channels", "Smart Campaigns".
 *
 * @module
 */
import type { ValueType } from '../marketo/value-types.js'

/**
 * A lead field under its three names; null where it has no such name, or where nobody told.
 *
 * @category checking
 * @since 0.1.0
 */
export interface InstanceField {
  readonly rest: string | null
  readonly soap: string | null
  readonly label: string | null
  readonly type: ValueType | null
  readonly length: number | null
  readonly readOnly: boolean | null
}

/**
 * An attribute of an activity type.
 *
 * @category checking
 * @since 0.1.0
 */
export interface InstanceAttribute {
  readonly apiName: string | null
  readonly name: string
  readonly type: ValueType | null
}

/**
 * An activity type. `status` is null where the answer has none (that for all types); `attributes` is null where only names were told, and holds
 * the primary one as well. `draft` are the attributes of a newer draft, null where none was told.
 *
 * @category checking
 * @since 0.1.0
 */
export interface InstanceActivityType {
  readonly id: number
  readonly apiName: string | null
  readonly name: string
  readonly status: string | null
  readonly primary: InstanceAttribute | null
  readonly attributes: ReadonlyArray<InstanceAttribute> | null
  readonly draft: ReadonlyArray<InstanceAttribute> | null
}

/**
 * A list, a program or a campaign, by number and name. A program has a channel, a campaign says whether it can be requested.
 *
 * @category checking
 * @since 0.1.0
 */
export interface InstanceAsset {
  readonly id: number
  readonly name: string | null
  readonly channel: string | null
  readonly requestable: boolean | null
}

/**
 * A channel, and the statuses that members of its programs can have.
 *
 * @category checking
 * @since 0.1.0
 */
export interface InstanceChannel {
  readonly name: string
  readonly statuses: ReadonlyArray<string>
}

/**
 * An instance, as far as it told of itself.
 *
 * @category checking
 * @since 0.1.0
 */
export interface Instance {
  readonly fields: ReadonlyArray<InstanceField> | null
  /** REST names of the fields by which leads can be looked up. */
  readonly searchable: ReadonlyArray<string> | null
  readonly activityTypes: ReadonlyArray<InstanceActivityType> | null
  readonly lists: ReadonlyArray<InstanceAsset> | null
  readonly programs: ReadonlyArray<InstanceAsset> | null
  readonly channels: ReadonlyArray<InstanceChannel> | null
  readonly campaigns: ReadonlyArray<InstanceAsset> | null
}

/**
 * An instance that told nothing.
 *
 * @category checking
 * @since 0.1.0
 */
export const untold: Instance = {
  fields: null,
  searchable: null,
  activityTypes: null,
  lists: null,
  programs: null,
  channels: null,
  campaigns: null
}

/** One field, of one REST name or none, out of what two answers tell of it; the first counts where both say something. */
const joined = (a: InstanceField, b: InstanceField): InstanceField => ({
  rest: a.rest,
  soap: a.soap ?? b.soap,
  label: a.label ?? b.label,
  type: a.type ?? b.type,
  length: a.length ?? b.length,
  readOnly: a.readOnly ?? b.readOnly
})

/** Every field once, in the order in which it is first told. @internal */
export const joinFields = (fields: ReadonlyArray<InstanceField>): ReadonlyArray<InstanceField> => {
  const found = new Map<string, InstanceField>()
  for (const field of fields) {
    const key = field.rest === null ? `soap ${field.soap ?? field.label}` : `rest ${field.rest}`
    const before = found.get(key)
    found.set(key, before === undefined ? field : joined(before, field))
  }
  return [...found.values()]
}

/** One activity type out of what two answers tell of it; the first counts where both say something. */
const joinedType = (a: InstanceActivityType, b: InstanceActivityType): InstanceActivityType => ({
  id: a.id,
  apiName: a.apiName ?? b.apiName,
  name: a.name === '' ? b.name : a.name,
  status: a.status ?? b.status,
  primary: a.primary ?? b.primary,
  attributes: a.attributes ?? b.attributes,
  draft: a.draft ?? b.draft
})

/** Every activity type once, in the order in which it is first told. @internal */
export const joinTypes = (types: ReadonlyArray<InstanceActivityType>): ReadonlyArray<InstanceActivityType> => {
  const found = new Map<number, InstanceActivityType>()
  for (const type of types) {
    const before = found.get(type.id)
    found.set(type.id, before === undefined ? type : joinedType(before, type))
  }
  return [...found.values()]
}
