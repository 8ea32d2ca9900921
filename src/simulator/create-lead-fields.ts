/**
 * Create Lead Fields.
 *
 *     { input: [ { displayName: 'Plan Name', name: 'planName', dataType: 'string' } ] }   →   [ { name: 'planName', status: 'created' } ]
 *
 * Names and labels are unique, whatever their case. All fields of a call are made or none: Adobe's file knows no status for one that is not.
 * An instance takes a hundred fields that were made so.
 *
 * Sources: Adobe "Lead Fields", Create; its OpenAPI file; "Error Codes" (1002, 1003, 1017). Which code a taken name has is not documented.
 *
 * @module
 */
import { leadFieldDataTypes } from '../endpoints/create-lead-fields.js'
import { ownMember, type UnknownRecord } from '../ground/json.js'
import type { Reason } from '../intent/outcome.js'
import { leadFields } from '../marketo/lead-fields.js'
import { definitionLimits } from '../marketo/limits.js'
import { type ValueType, valueTypeOf } from '../marketo/value-types.js'
import type { SimulatedField } from './options.js'
import {
  type Desk,
  done,
  type Failed,
  failed,
  invalidParameter,
  missingParameter,
  recordsOf,
  type Told
} from './told.js'

const fieldName = /^[A-Za-z][A-Za-z0-9_]{0,254}$/
const label = /^[A-Za-z0-9_ ]{1,255}$/

const taken = (name: string): Reason => ({ code: '1017', message: `Field '${name}' already exists` })

/** Names that are taken, in lower case. */
interface Taken {
  readonly names: Set<string>
  readonly labels: Set<string>
}

const takenIn = ({ draft: { options }, fieldNamed }: Desk): Taken => {
  const own = options.customFields
  const standard = leadFields.filter(({ rest }) => fieldNamed(rest) !== undefined)
  return {
    names: new Set([...standard.map(({ rest }) => rest), ...own.map(({ name }) => name)].map((s) => s.toLowerCase())),
    labels: new Set(
      [...standard.map((field) => field.label), ...own.map((field) => field.label ?? field.name)].map((s) =>
        s.toLowerCase()
      )
    )
  }
}

const textUnder = (record: UnknownRecord, name: string): string | undefined => {
  const u = ownMember(record, name)
  return typeof u === 'string' && u !== '' ? u : undefined
}

const isFree = (names: Set<string>, name: string): boolean => {
  const isTaken = names.has(name.toLowerCase())
  names.add(name.toLowerCase())
  return !isTaken
}

const typeOf = (dataType: string): ValueType | undefined =>
  leadFieldDataTypes.some((known) => known === dataType) ? valueTypeOf(dataType) : undefined

/** A field that is to be, or what speaks against it. */
const fieldOf = (record: UnknownRecord, { names, labels }: Taken): SimulatedField | Reason => {
  const [name, shown, dataType] = ['name', 'displayName', 'dataType'].map((member) => textUnder(record, member))
  if (name === undefined) return missingParameter('name')
  if (shown === undefined) return missingParameter('displayName')
  if (dataType === undefined) return missingParameter('dataType')
  const type = typeOf(dataType)
  if (!fieldName.test(name)) return invalidParameter('name')
  if (!label.test(shown) || shown.trim() === '') return invalidParameter('displayName')
  if (type === undefined) return invalidParameter('dataType')
  return isFree(names, name) && isFree(labels, shown)
    ? { name, type, length: null, label: shown, apiCreated: true }
    : taken(name)
}

const isReason = (made: SimulatedField | Reason): made is Reason => 'code' in made

const tooMany = (desk: Desk, more: number): Failed | undefined => {
  const before = desk.draft.options.customFields.filter(({ apiCreated }) => apiCreated === true).length
  return before + more > definitionLimits.leadFields
    ? failed('1003', `Too many fields: ${definitionLimits.leadFields} can be created through the API`)
    : undefined
}

/** Carries out Create Lead Fields. @internal */
export const createLeadFields = (desk: Desk, body: UnknownRecord): Told => {
  const records = recordsOf(body, definitionLimits.leadFields)
  if ('_tag' in records) return records
  const names = takenIn(desk)
  const fields: Array<SimulatedField> = []
  const errors: Array<Reason> = []
  for (const record of records) {
    const made = fieldOf(record, names)
    if (isReason(made)) errors.push(made)
    else fields.push(made)
  }
  if (errors.length > 0) return { _tag: 'Failed', errors }
  const refused = tooMany(desk, fields.length)
  if (refused !== undefined) return refused
  const { options } = desk.draft
  desk.draft.options = { ...options, customFields: [...options.customFields, ...fields] }
  return done(fields.map(({ name }) => ({ name, status: 'created' })))
}
