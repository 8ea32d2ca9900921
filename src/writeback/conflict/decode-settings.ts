/**
 * Reads conflict settings.
 *
 *     { others: { policy: 'newest', owner: 'marketo' },
 *       fields: { industry: 'segment',                                           a policy alone
 *                 stage__c: { policy: 'monotone', stages: ['lead', 'customer'] },
 *                 unsubscribed: { optIn: true } } }                              what is not said is as usual
 *
 * Every mistake is gathered with its path.
 *
 * @module
 */

import { marketoName } from '../../contract/setting-readers.js'
import { isRecord, kindOf, ownMember, type UnknownRecord } from '../../ground/json.js'
import { nearest } from '../../ground/nearest.js'
import type { Path } from '../../ground/path.js'
import { malformed, missing, type Problem, risky, unknownName } from '../../ground/problem.js'
import {
  aBoolean,
  aRecord,
  decoding,
  listOf,
  member,
  nonBlank,
  oneOf,
  orNull,
  type Reader,
  warnOfUnknownKeys,
  wholeNumber
} from '../../ground/reading.js'
import type { Remarked } from '../../ground/these.js'
import { isConsentField } from '../../marketo/consent-fields.js'
import { findByRest } from '../../marketo/lead-fields.js'
import { type ValueType, valueTypeOf, valueTypes } from '../../marketo/value-types.js'
import {
  type ConflictSettings,
  type FieldPolicy,
  policyNames,
  policyOfKind,
  type Side,
  scoreFields,
  shapeOf,
  usualOthers
} from './policy.js'
import { fieldSettingRows, otherSettingNames } from './setting-rows.js'

const side: Reader<Side> = oneOf(['segment', 'marketo'])

/** A day: nobody's clocks are further apart than that. */
const tolerance = wholeNumber(0, 86_400_000)

const type: Reader<ValueType> = (u, at, problems) => {
  const known = typeof u === 'string' ? valueTypeOf(u) : undefined
  if (known !== undefined) return known
  const mend = 'copy the type from Marketo’s Field Management, such as string, integer, boolean, date'
  problems.push(
    typeof u === 'string'
      ? unknownName('invalid', at, nearest(valueTypes, u), mend)
      : malformed('invalid', at, kindOf(u), mend)
  )
  return undefined
}

type Others = ConflictSettings['others']

/** What fields share, with what holds where a member is not there. */
const readShared = (record: UnknownRecord, at: Path, usual: Others, problems: Array<Problem>): Others => {
  const read = <A>(name: (typeof otherSettingNames)[number], reader: Reader<A>, fallback: A): A =>
    member(record, at, [name], reader, fallback, problems) ?? fallback
  return {
    policy: read('policy', oneOf(policyNames), usual.policy),
    owner: read('owner', side, usual.owner),
    toleranceMillis: read('toleranceMillis', tolerance, usual.toleranceMillis),
    clear: read('clear', aBoolean, usual.clear),
    correct: read('correct', aBoolean, usual.correct)
  }
}

const stages: Reader<ReadonlyArray<string>> = (u, at, problems) => {
  const read = listOf(nonBlank)(u, at, problems)?.map((stage) => stage.trim())
  if (read !== undefined && (read.length === 0 || new Set(read).size < read.length))
    problems.push(malformed('invalid', at, 'a list that is no order', 'name each stage once, from first to last'))
  return read
}

const ordered: ReadonlyArray<ValueType> = [
  ...(['integer', 'score', 'float', 'currency', 'percent', 'boolean', 'date', 'datetime'] as const)
]

/** Marketo tells whole seconds, cut. */
const wholeSecond = 1_000

const mendTolerance =
  'Marketo cuts its times to whole seconds: below 1000 its change may look older than it is, and be left alone'

/** What a field's settings say together. */
const checkField = (field: string, policy: FieldPolicy, at: Path, problems: Array<Problem>): void => {
  const say = (name: string, found: string, mend: string): void => {
    problems.push(malformed('invalid', [...at, name], found, mend))
  }
  const isMonotone = policy.policy === 'monotone'
  if (isMonotone && policy.stages === null && !ordered.includes(policy.type))
    problems.push(
      missing('invalid', [...at, 'stages'], 'texts have no order of their own: name the stages, or the type')
    )
  if (policy.stages !== null && policy.type === 'boolean')
    say('stages', 'stages of a flag', 'leave them out: a flag goes from false to true')
  if (policy.policy === 'custom' && policy.custom === null)
    problems.push(missing('invalid', [...at, 'custom'], 'name the function that decides'))
  if (isConsentField(field) && policy.clear)
    say('clear', 'a consent field that can be cleared', 'Marketo would store false: take it out')
  if (policy.policy === 'newest' && policy.toleranceMillis < wholeSecond)
    problems.push(risky([...at, 'toleranceMillis'], 'unusual', mendTolerance))
  if (policy.optIn && !(isMonotone && policy.type === 'boolean'))
    say('optIn', 'an opt-in of what is no monotone flag', 'take it out')
  const known = findByRest(field)
  if (policy.policy !== 'never' && known !== undefined && policyOfKind(field, policy.type) === 'never')
    problems.push(risky(at, 'unusual', 'Marketo fills this field by itself, and may refuse a write: say never'))
  if (isConsentField(field) && !isMonotone && policy.policy !== 'never')
    problems.push(
      risky(at, 'unusual', 'a consent field may now step back: say monotone, and optIn where an opt-in is to count')
    )
  if (scoreFields.includes(field) && policy.policy === 'newest')
    problems.push(
      risky(at, 'unusual', 'Marketo adds to this field: the newest write loses points, let one side own it')
    )
}

const fieldNames = Object.keys(fieldSettingRows)

const readField = (
  field: string,
  u: unknown,
  others: Others,
  at: Path,
  problems: Array<Problem>
): FieldPolicy | undefined => {
  const given = typeof u === 'string' ? { policy: u } : aRecord(u, at, problems)
  if (given === undefined) return undefined
  if (isRecord(u)) warnOfUnknownKeys(u, at, fieldNames, problems)
  const shape = shapeOf(field)
  const known = findByRest(field)?.type ?? null
  const ownType = member(given, at, ['type'], orNull(type), null, problems) ?? null
  if (known !== null && ownType !== null && ownType !== known)
    problems.push(
      risky([...at, 'type'], 'unusual', `Marketo’s own type of this field is ${known}, and that one counts`)
    )
  const valueType = known ?? ownType ?? shape.type
  const clear = others.clear && !isConsentField(field)
  const usual = { ...others, policy: policyOfKind(field, valueType) ?? others.policy, clear }
  const policy: FieldPolicy = {
    ...readShared(given, at, usual, problems),
    type: valueType,
    length: member(given, at, ['length'], orNull(wholeNumber(1, 65_536)), null, problems) ?? shape.length,
    stages: member(given, at, ['stages'], stages, null, problems) ?? null,
    optIn: member(given, at, ['optIn'], aBoolean, false, problems) ?? false,
    custom: member(given, at, ['custom'], nonBlank, null, problems) ?? null
  }
  checkField(field, policy, at, problems)
  return policy
}

const readSettings = (u: unknown, problems: Array<Problem>): ConflictSettings | undefined => {
  const record = aRecord(u, [], problems)
  if (record === undefined) return undefined
  warnOfUnknownKeys(record, [], ['others', 'fields'], problems)
  const given = member(record, [], ['others'], aRecord, {}, problems) ?? {}
  warnOfUnknownKeys(given, ['others'], otherSettingNames, problems)
  const others = readShared(given, ['others'], usualOthers, problems)
  if (others.policy === 'monotone' || others.policy === 'custom')
    problems.push(
      malformed('invalid', ['others', 'policy'], 'a policy that needs more than its name', 'name the fields it is for')
    )
  const rows = member(record, [], ['fields'], aRecord, {}, problems) ?? {}
  const fields: Array<readonly [string, FieldPolicy]> = []
  for (const field of Object.keys(rows)) {
    const at = ['fields', field]
    const name = marketoName(field, at, problems)
    const policy = readField(field, ownMember(rows, field), others, at, problems)
    if (name !== undefined && policy !== undefined) fields.push([name, policy])
  }
  return { fields: Object.fromEntries(fields), others }
}

/**
 * Reads conflict settings; every mistake is gathered, and any but a warning refuses the whole.
 *
 * @example
 * decodeConflictSettings({ fields: { stage__c: 'monotone' } })._tag // => 'Left'
 * decodeConflictSettings({ fields: { industry: 'segment' } })._tag // => 'Right'
 * @category conflicts
 * @since 0.1.0
 */
export const decodeConflictSettings: (u: unknown) => Remarked<ConflictSettings> = decoding(readSettings)
