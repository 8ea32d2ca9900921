/**
 * The lead fields that an instance has, and what each makes of a value.
 *
 *     instanceFields(options)('leadScore')('12')      12
 *                            ('nobody')               no such field: 1006
 *
 * Marketo takes less than our own mappings would mend: a date is text, never an epoch number.
 *
 * Sources: Adobe "Field Types", "Leads", "Error Codes" (1003, 1006, 1021).
 *
 * @module
 */
import { parseInstant } from '../ground/calendar.js'
import { kindOf } from '../ground/json.js'
import type { FieldValue } from '../intent/intent.js'
import type { Reason } from '../intent/outcome.js'
import { findByRest } from '../marketo/lead-fields.js'
import { valueLimits } from '../marketo/limits.js'
import { coerce, isUnfit, type ValueType } from '../marketo/value-types.js'
import type { Settled } from './options.js'

/** A field of the instance. `read` answers what will be stored, or undefined for a value that will not do. @internal */
export interface InstanceField {
  readonly name: string
  readonly label: string
  readonly type: ValueType
  readonly length: number | null
  readonly isCustom: boolean
  readonly ofCompany: boolean
  readonly writable: boolean
  readonly searchable: boolean
  readonly read: (value: unknown) => FieldValue | undefined
}

/** The standard fields that leads are looked up by; Adobe prints the list for filters and for bulk import. */
// biome-ignore format: table
const searched: ReadonlyArray<string> = [
  'id', 'cookies', 'email', 'facebookId', 'linkedInId', 'sfdcAccountId', 'sfdcContactId', 'sfdcLeadId', 'sfdcLeadOwnerId',
  'sfdcOpptyId', 'twitterId'
]

const searchedTypes: ReadonlyArray<ValueType> = ['string', 'email', 'integer']

const isTime = (type: ValueType): boolean => type === 'date' || type === 'datetime'

/** Null and empty text clear a field; a boolean has no nothing, and becomes false. @internal */
export const reader = (type: ValueType, length: number | null): InstanceField['read'] => {
  const coercion = coerce(type, length)
  return (value) => {
    if (value === null || value === '') return type === 'boolean' ? false : null
    if (isTime(type) && (typeof value !== 'string' || parseInstant(value) === undefined)) return undefined
    const stored = coercion(value)
    return isUnfit(stored) ? undefined : stored
  }
}

const ofText: ReadonlyArray<ValueType> = ['string', 'email', 'phone', 'url']

/** The length that is told of a field: that of its type where it has none of its own. */
const toldLength = (type: ValueType, length: number | null | undefined): number | null =>
  length ?? (ofText.includes(type) ? valueLimits.characters : null)

const standardField = (name: string): InstanceField | undefined => {
  const row = findByRest(name)
  if (row === undefined) return undefined
  const type = row.type ?? 'string'
  return {
    name,
    label: row.label,
    type,
    length: toldLength(type, row.length),
    isCustom: false,
    ofCompany: row.object === 'company',
    writable: row.readOnly !== true && row.managed !== 'wholly',
    searchable: searched.includes(name),
    read: reader(type, row.length)
  }
}

/** The instance's fields by REST name, exactly so spelled. Made once a request; it costs as much as there are custom fields. @internal */
export const instanceFields = ({
  customFields,
  absentFields
}: Settled): ((name: string) => InstanceField | undefined) => {
  const known = new Map<string, InstanceField | undefined>()
  for (const name of absentFields) known.set(name, undefined)
  for (const { name, type, length, label = name } of customFields) {
    const read = reader(type, length ?? null)
    const told = { name, label, type, length: toldLength(type, length), isCustom: true }
    known.set(name, { ...told, ofCompany: false, writable: true, searchable: searchedTypes.includes(type), read })
  }
  return (name) => {
    if (!known.has(name)) known.set(name, standardField(name))
    return known.get(name)
  }
}

const shown = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : kindOf(value)

/** That no field has this name. @internal */
export const noSuchField = (name: string): Reason => ({ code: '1006', message: `Field '${name}' not found` })

/** That a value will not do; Marketo's text names it, too. @internal */
export const badValue = (name: string, type: ValueType, value: unknown): Reason => ({
  code: '1003',
  message: `Invalid value '${shown(value)}' for field '${name}' of type ${type}`
})
