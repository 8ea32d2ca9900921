/**
 * Lead fields that settings name and an instance has not, as they can be created.
 *
 *     trait row, no such field              → the field, of the row's type
 *     … there by SOAP name or label         ✗ a misspelling
 *     … one of Marketo's own                ✗ cannot be created
 *     … of type text, reference, formula    text becomes string, with a warning; ✗ the others
 *
 * Source: Adobe "Lead Fields", Create.
 *
 * @module
 */
import { type LeadFieldDataType, leadFieldDataTypes, type NewLeadField } from '../endpoints/create-lead-fields.js'
import { nearest } from '../ground/nearest.js'
import type { Path } from '../ground/path.js'
import { malformed, type Problem, risky, unknownName } from '../ground/problem.js'
import { findByRest } from '../marketo/lead-fields.js'
import { definitionLimits } from '../marketo/limits.js'
import type { ValueType } from '../marketo/value-types.js'
import type { Settings } from '../v2/settings.js'
import type { InstanceField } from './instance.js'
import { displayNameFrom, isNewFieldName, untaken } from './made-names.js'
import { type FieldNames, fieldNames } from './remark.js'

interface Wish {
  readonly name: string
  readonly type: ValueType
  readonly at: Path
}

const wishesOf = ({ traits, userIdField, anonymousIdField, anonymousActivity }: Settings): ReadonlyArray<Wish> => [
  { name: userIdField, type: 'string', at: ['settings', 'userIdField'] },
  ...(anonymousActivity
    ? [{ name: anonymousIdField, type: 'string', at: ['settings', 'anonymousIdField'] } as const]
    : []),
  ...traits.map(({ field: name, type }, i) => ({ name, type, at: ['settings', 'traits', i, 'field'] }))
]

const mendStandard =
  'Marketo has this field of its own, and hides it here: ask your administrator, or map to another one'
const mendName = 'Marketo takes names that begin with a letter and go on with letters, digits and _'
const mendType = 'Marketo fills fields of this type by itself: give the row the type of its values'
const mendText = 'fields made over the API have no type text: it is created as string, of 255 characters'
const mendNear = 'is it a misspelling? It is created all the same: correct the row if so'

/** Why a field cannot be created, or undefined. */
const refusal = ({ name, type, at }: Wish, { byOther }: FieldNames): Problem | undefined => {
  const other = byOther.get(name.toLowerCase())
  if (other !== undefined)
    return unknownName('invalid', at, other.rest, 'it is there under another name: correct the row')
  if (findByRest(name) !== undefined) return malformed('invalid', at, 'a field of Marketo’s own', mendStandard)
  if (!isNewFieldName(name)) return malformed('invalid', at, 'no name for a new field', mendName)
  return type === 'reference' || type === 'formula' ? malformed('invalid', at, `type ${type}`, mendType) : undefined
}

const isShort = (name: string): boolean => name.length < 4

const warn = ({ name, type, at }: Wish, { byRest }: FieldNames, problems: Array<Problem>): void => {
  if (type === 'text') problems.push(risky(at, 'unusual', mendText))
  const near = isShort(name) ? null : nearest(byRest.keys(), name)
  if (near !== null) problems.push(unknownName('warning', at, near, mendNear))
}

const dataTypeOf = (type: ValueType): LeadFieldDataType => leadFieldDataTypes.find((one) => one === type) ?? 'string'

/** `planName` as people would write it. */
const spaced = (name: string): string =>
  name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/^[a-z]/, (letter) => letter.toUpperCase())

const most = definitionLimits.leadFields
const mendMost = `Marketo takes ${most} fields that were made over the API: make the others in Field Management`

/** The fields to create; what speaks against it is pushed. */
export const neededFields = (
  settings: Settings,
  fields: ReadonlyArray<InstanceField>,
  problems: Array<Problem>
): ReadonlyArray<NewLeadField> => {
  const names = fieldNames(fields)
  const labels = new Set(fields.flatMap(({ label }) => label?.toLowerCase() ?? []))
  const made: Array<NewLeadField> = []
  for (const wish of wishesOf(settings)) {
    if (names.byRest.has(wish.name)) continue
    const refused =
      refusal(wish, names) ?? (made.length < most ? undefined : malformed('invalid', wish.at, 'one too many', mendMost))
    if (refused !== undefined) problems.push(refused)
    else {
      warn(wish, names, problems)
      const displayName = untaken(displayNameFrom(spaced(wish.name), 'Field'), labels, ' ')
      made.push({ munchkinId: settings.munchkinId, name: wish.name, displayName, dataType: dataTypeOf(wish.type) })
    }
  }
  return made
}
