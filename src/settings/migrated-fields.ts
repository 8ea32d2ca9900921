/**
 * Custom traits as rows of v2: which lead field each goes to, and of which type.
 *
 *     trait                 v1 wrote              v2 writes             because
 *     sICCode               SICCode               sicCode               it is Marketo's own field, under its REST name
 *     secondFavoriteColor   SecondFavoriteColor   SecondFavoriteColor   a custom field has one name in both APIs
 *     plan-name             Plan-name             Plan_name             Marketo takes no such name: a new field
 *
 * Of two traits that v1 wrote into one field the more frequent one has the row, of two equally frequent ones the one that sorts first.
 * A trait whose name is the REST name of one of Marketo's fields goes to that field, unless Marketo keeps it itself.
 *
 * Sources: Segment "Marketo Destination", Custom Fields; Segment "Marketo v2 Destination", Traits; Adobe "List of Standard Fields".
 *
 * @module
 */
import { findByRest, findBySoap, type LeadField } from '../marketo/lead-fields.js'
import { fieldFor } from '../v1/naming.js'
import type { Fact } from './facts.js'
import { fitsType, lookOf } from './looks.js'
import { fieldNameFrom, isNewFieldName, untaken } from './made-names.js'
import type { LeftOut, LeftOutReason, MigratedField } from './migration-report.js'

/** Fields that v2 fills itself: no row may claim them. */
const reserved: ReadonlyArray<string> = ['userId', 'anonymousId', 'id']

/** The most frequent first, then in the order of the alphabet; no two have one name. */
export const byFrequency = (
  a: { readonly name: string; readonly count: number },
  b: { readonly name: string; readonly count: number }
): number => b.count - a.count || (a.name < b.name ? -1 : 1)

/** How often a name came. */
export const timesOf = ({ values, structures, silent }: Fact): number => values + structures + silent

/** Marketo's own field that a trait goes to, or undefined. */
const standardField = (trait: string, v1Field: string): LeadField | undefined => {
  const soap = findBySoap(v1Field)
  if (soap !== undefined) return soap
  const rest = findByRest(trait)
  return rest === undefined || rest.write === 'no' ? undefined : rest
}

const whyWithout = (fact: Fact, known: LeadField | undefined): LeftOutReason | undefined => {
  if (fact.name.trim() === '') return 'no-name'
  if (fact.values === 0) return fact.structures > 0 ? 'structure' : 'silent'
  if (known === undefined) return undefined
  return known.write === 'no' || reserved.includes(known.rest) ? 'kept-by-marketo' : undefined
}

const migratedField = (
  { name: trait, values, structures, looks, longest }: Fact,
  v1Field: string,
  field: string,
  known: LeadField | undefined
): MigratedField => {
  const type = known?.type ?? lookOf(looks)
  const isShort = known === undefined || known.length === null || longest <= known.length
  return {
    trait,
    v1Field,
    field,
    type,
    origin: known !== undefined ? 'standard' : field === v1Field ? 'v1' : 'new',
    values,
    allFit: fitsType(looks, type) && isShort,
    structures,
    write: known?.write ?? 'yes'
  }
}

/** Rows for the traits that can have one, and the others with the reason. */
export const migrateFields = (
  facts: ReadonlyArray<Fact>
): { readonly fields: ReadonlyArray<MigratedField>; readonly leftOut: ReadonlyArray<LeftOut> } => {
  const fields: Array<MigratedField> = []
  const leftOut: Array<LeftOut> = []
  const mended: Array<readonly [Fact, string]> = []
  const claimed = new Set(reserved)
  const ranked = facts.map((fact) => ({ fact, name: fact.name, count: fact.values })).sort(byFrequency)
  for (const { fact } of ranked) {
    const v1Field = fieldFor(fact.name)
    const known = standardField(fact.name, v1Field)
    const field = known?.rest ?? v1Field
    const why = whyWithout(fact, known) ?? (claimed.has(field) ? 'same-field' : undefined)
    if (why !== undefined) leftOut.push({ name: fact.name, why, count: timesOf(fact) })
    else if (!isNewFieldName(field)) mended.push([fact, v1Field])
    else {
      claimed.add(field)
      fields.push(migratedField(fact, v1Field, field, known))
    }
  }
  // New names give way to those that are there.
  const taken = new Set([...claimed].map((name) => name.toLowerCase()))
  for (const [fact, v1Field] of mended)
    fields.push(migratedField(fact, v1Field, untaken(fieldNameFrom(v1Field), taken, '_'), undefined))
  return { fields, leftOut }
}
