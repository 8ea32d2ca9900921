/**
 * Traits of identify calls, matched to lead fields that take their values.
 *
 * No row goes to a field that a standard trait or an id fills, that belongs to the company's record, or that nobody may write.
 *
 * Source: Segment "Marketo v2 Destination", Traits; Adobe "List of Standard Fields".
 *
 * @module
 */
import { isWellFormed } from '../../ground/utf8.js'
import { findByRest } from '../../marketo/lead-fields.js'
import { standardRows } from '../../v2/lead-rows.js'
import type { Fact } from '../facts.js'
import { typeFits } from '../fits.js'
import type { InstanceField } from '../instance.js'
import { fitsType, lookOf } from '../looks.js'
import { timesOf } from '../migrated-fields.js'
import { matchNames, type Target } from './match-names.js'
import type { SuggestedRow } from './suggestion.js'

/** A lead field that has a REST name. */
interface Named extends InstanceField {
  readonly rest: string
}

/** Names that settings take for a field. */
const nameable = /^[A-Za-z][A-Za-z0-9_ ]{0,254}$/

/** The fields by REST name, each once, in the order of their names: the order in which an instance tells them changes nothing. */
export const namedFields = (fields: ReadonlyArray<InstanceField>): ReadonlyArray<Named> => {
  const found = new Map<string, Named>()
  for (const field of fields) {
    const { rest } = field
    if (rest !== null && nameable.test(rest) && !found.has(rest)) found.set(rest, { ...field, rest })
  }
  return [...found.values()].sort((a, b) => (a.rest < b.rest ? -1 : 1))
}

/** Why nobody writes to a field by a row, or null. */
const closed = ({ rest, readOnly, type }: Named, reserved: ReadonlySet<string>): string | null => {
  if (reserved.has(rest)) return 'an id of the call goes there'
  if (rest === 'id' || standardRows.some(({ field }) => field === rest)) return 'a standard trait goes there'
  if (readOnly === true || type === 'reference' || type === 'formula') return 'it is read-only'
  const write = findByRest(rest)?.write ?? 'yes'
  if (write === 'company') return 'it belongs to the company’s record'
  return write === 'yes' || write === 'unknown' ? null : 'Marketo keeps it: map it yourself if you mean it'
}

/** The type that a row has: Marketo's own fields have theirs, whatever the settings say. */
const typeOf = ({ rest, type }: Named, { looks }: Fact) => findByRest(rest)?.type ?? type ?? lookOf(looks)

const unfitValues = (field: Named, fact: Fact): string | null => {
  const type = typeOf(field, fact)
  const isAtOdds = field.type !== null && typeFits(type, field.type) !== 'yes'
  return isAtOdds || !fitsType(fact.looks, type) ? `its values do not fit type ${field.type ?? type}` : null
}

/** Why a trait or a property can have no row, or null. */
export const unmappable = ({ name, values, structures }: Fact): string | null => {
  if (name.trim() === '' || !isWellFormed(name)) return 'it has no name that settings take'
  if (values > 0) return null
  return structures > 0 ? 'it is a list or an object: flatten it first' : 'it says nothing'
}

const targetOf = (field: Named): Target & { readonly field: Named } => ({
  name: field.rest,
  others: [field.label, field.soap].filter((name) => name !== null),
  field
})

/** A row for each trait: where it goes, or why it stays. */
export const suggestTraits = (
  facts: ReadonlyArray<Fact>,
  fields: ReadonlyArray<InstanceField>,
  reserved: ReadonlySet<string>
): ReadonlyArray<SuggestedRow> => {
  const named = namedFields(fields)
  const open = facts.filter((fact) => unmappable(fact) === null)
  const matches = matchNames(
    open.map((fact) => ({ name: fact.name, times: fact.values, fact })),
    named.map(targetOf),
    ({ fact }, { field }) => closed(field, reserved) ?? unfitValues(field, fact)
  )
  const rowOf = (fact: Fact): SuggestedRow => {
    const row = { what: 'trait', of: null, name: fact.name, times: timesOf(fact), to: null, type: null } as const
    const match = matches.get(fact.name) ?? { why: unmappable(fact) ?? '' }
    if ('why' in match) return { ...row, why: match.why }
    const { field } = match.to
    return { ...row, to: field.rest, type: typeOf(field, fact), why: match.way }
  }
  return facts.map(rowOf)
}
