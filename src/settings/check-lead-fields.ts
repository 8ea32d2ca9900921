/**
 * The lead fields of v2 settings, held against those of an instance.
 *
 *     traits[0].field       is it there, under that name, writable, of a type and length that take the values
 *     userIdField, …        is it there
 *     identity[1]           can leads be looked up by it
 *     standardTraits.phone  is the field of a standard trait there
 *
 * Sources: Segment "Marketo v2 Destination", Getting started, Traits; Adobe "Leads" (lookup fields, Describe2).
 *
 * @module
 */
import type { Path } from '../ground/path.js'
import { malformed, type Problem } from '../ground/problem.js'
import { standardRows } from '../v2/lead-rows.js'
import type { IdentityKind, Settings } from '../v2/settings.js'
import type { Instance } from './instance.js'
import { checkField, checkIdField, type FieldNames, fieldNames } from './remark.js'

/** Where a check says what it found; every place begins with `root`. */
export interface Bench {
  readonly root: Path
  readonly problems: Array<Problem>
}

const checkRows = ({ traits }: Settings, names: FieldNames, { root, problems }: Bench): void => {
  traits.forEach(({ field: name, type, length }, i) => {
    checkField(names, { name, at: [...root, 'traits', i, 'field'], type, length, weight: 'invalid' }, problems)
  })
}

const checkIds = (settings: Settings, names: FieldNames, { root, problems }: Bench): void => {
  const { userIdField, anonymousIdField, anonymousActivity } = settings
  const text = { type: 'string', length: null } as const
  checkIdField(names, { name: userIdField, at: [...root, 'userIdField'], ...text, weight: 'invalid' }, problems)
  // Nothing is written there while anonymous activity is off, but Segment's page asks for it.
  const found: Array<Problem> = []
  const at = [...root, 'anonymousIdField']
  checkIdField(names, { name: anonymousIdField, at, ...text, weight: 'invalid' }, found)
  for (const problem of found) problems.push(anonymousActivity ? problem : { ...problem, weight: 'warning' })
}

/** Standard traits go to their fields by themselves, so a field that is not there is only said. */
const checkStandard = (settings: Settings, names: FieldNames, { root, problems }: Bench): void => {
  const mapped = new Set(settings.traits.map(({ field }) => field))
  for (const { source, trait, field, type, length } of standardRows) {
    const name = source === 'gender' ? settings.genderField : field
    if (name === null || mapped.has(name) || (source === 'company' && settings.companyFields === 'omit')) continue
    const at = source === 'gender' ? [...root, 'genderField'] : [...root, 'standardTraits', trait]
    checkField(names, { name, at, type, length, weight: 'warning' }, problems)
  }
}

/** The lead field in which leads are looked up by an id of some kind. @internal */
export const lookupField = (
  kind: IdentityKind,
  { userIdField, anonymousIdField }: Pick<Settings, 'userIdField' | 'anonymousIdField'>
): string => (kind === 'email' ? 'email' : kind === 'userId' ? userIdField : anonymousIdField)

const mendLookup =
  'Marketo looks leads up by the fields that describe2 calls searchable: custom ones of type string, email or integer'

/** Says which keys address leads by a field that leads cannot be looked up by. */
export const checkLookups = (
  keys: ReadonlyArray<readonly [field: string, at: Path]>,
  { fields, searchable }: Instance,
  problems: Array<Problem>
): void => {
  if (searchable === null) return
  for (const [field, at] of keys) {
    // What is not there at all is told once, where it is named.
    const isThere = fields === null || fields.some(({ rest }) => rest === field)
    if (isThere && !searchable.includes(field))
      problems.push(malformed('invalid', at, 'a lookup field that is not searchable', mendLookup))
  }
}

/** Says what is wrong with the lead fields of settings. */
export const checkLeadFields = (settings: Settings, instance: Instance, bench: Bench): void => {
  if (instance.fields !== null) {
    const names = fieldNames(instance.fields)
    checkRows(settings, names, bench)
    checkIds(settings, names, bench)
    checkStandard(settings, names, bench)
  }
  const keys = settings.identity.flatMap((kind, i) =>
    kind === 'anonymousId' && !settings.anonymousActivity
      ? []
      : [[lookupField(kind, settings), [...bench.root, 'identity', i]] as const]
  )
  checkLookups(keys, instance, bench.problems)
}
