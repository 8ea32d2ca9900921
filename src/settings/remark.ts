/**
 * A name held against the names of an instance: there, there under another name, or not there.
 *
 * @module
 */
import { nearest } from '../ground/nearest.js'
import type { Path } from '../ground/path.js'
import { malformed, missing, type Problem, unknownName, type Weight } from '../ground/problem.js'
import type { ValueType } from '../marketo/value-types.js'
import { lengthOf, typeFits } from './fits.js'
import type { InstanceField } from './instance.js'

/** An instance's fields by each of their names. */
export interface FieldNames {
  readonly byRest: ReadonlyMap<string, InstanceField>
  /** By SOAP name and by label, in lower case. */
  readonly byOther: ReadonlyMap<string, InstanceField>
}

/** Fields, ready to be found. Made once. */
export const fieldNames = (fields: ReadonlyArray<InstanceField>): FieldNames => {
  const byRest = new Map<string, InstanceField>()
  const byOther = new Map<string, InstanceField>()
  for (const field of fields) {
    if (field.rest !== null) byRest.set(field.rest, field)
    for (const name of [field.label, field.soap]) if (name !== null) byOther.set(name.toLowerCase(), field)
  }
  return { byRest, byOther }
}

/** What is wanted of a field: values of this type and length are written to it; null where nobody knows. */
export interface Wanted {
  readonly name: string
  readonly at: Path
  readonly type: ValueType | null
  readonly length: number | null
  /** How much an unknown name costs. */
  readonly weight: Weight
}

const mendUnknown = 'Marketo answers 1006 and skips the record: correct the name, or create the field'
const mendSoapOnly = 'this field cannot be written over REST, which has no name for it: map to another field'

const otherName = (name: string, rest: string, soap: string | null): string =>
  `${name === soap ? 'this is its SOAP name' : 'this is its label, or a name in other letters'}: REST wants ${rest}`

const unknownField = ({ byRest, byOther }: FieldNames, { name, at, weight }: Wanted): Problem => {
  const other = byOther.get(name.toLowerCase())
  if (other === undefined) return unknownName(weight, at, nearest(byRest.keys(), name), mendUnknown)
  if (other.rest === null) return malformed(weight, at, 'a field without a REST name', mendSoapOnly)
  return unknownName(weight, at, other.rest, otherName(name, other.rest, other.soap))
}

const mendReadOnly = 'Marketo lets nobody write it: map to another field'

/** Says whether values of a type and length go into something of a type and length. */
export const checkFit = (
  { at, type, length }: Pick<Wanted, 'at' | 'type' | 'length'>,
  into: { readonly type: ValueType | null; readonly length: number | null },
  problems: Array<Problem>
): void => {
  if (type === null || into.type === null) return
  const fits = typeFits(type, into.type)
  if (fits !== 'yes') {
    const mend = `Marketo’s type there is ${into.type}: map it as that, or to something of type ${type}`
    problems.push(malformed(fits === 'no' ? 'invalid' : 'warning', at, `values of type ${type}`, mend))
    return
  }
  const longest = lengthOf(type, length)
  if (into.length === null || longest <= into.length) return
  const mend = `Marketo takes ${into.length} characters there: set length to that, or cut the text`
  problems.push(malformed('warning', at, `text of up to ${longest} characters`, mend))
}

/** Says what is wrong with writing to a field. */
export const checkField = (names: FieldNames, wanted: Wanted, problems: Array<Problem>): void => {
  const field = names.byRest.get(wanted.name)
  if (field === undefined) problems.push(unknownField(names, wanted))
  else if (field.readOnly === true || field.type === 'reference' || field.type === 'formula')
    problems.push(malformed(wanted.weight, wanted.at, 'a read-only field', mendReadOnly))
  else checkFit(wanted, field, problems)
}

const mendId = (name: string): string =>
  `create the custom lead field ${name} (string) in Marketo: segment-marketo provision says how`

/** Says what is wrong with a field that holds an id: a near name is a misspelling, else it is missing. */
export const checkIdField = (names: FieldNames, wanted: Wanted, problems: Array<Problem>): void => {
  const isThere = names.byRest.has(wanted.name) || names.byOther.has(wanted.name.toLowerCase())
  if (isThere) checkField(names, wanted, problems)
  else problems.push(missing(wanted.weight, wanted.at, mendId(wanted.name)))
}
