/**
 * What the tests of conflicts are given: settings with a field for each policy, and claims about them.
 *
 * @module
 */
import * as fc from 'fast-check'
import type { FieldValue } from '../../../src/intent/intent.js'
import type { Claim, Claims } from '../../../src/writeback/conflict/claims.js'
import type { CustomPolicies } from '../../../src/writeback/conflict/custom.js'
import { type Decided, decideFields, type LeadClaims, writesTo } from '../../../src/writeback/conflict/decide.js'
import { decodeConflictSettings } from '../../../src/writeback/conflict/decode-settings.js'
import type { FieldMarks } from '../../../src/writeback/conflict/field-marks.js'
import type { ConflictSettings } from '../../../src/writeback/conflict/policy.js'

/** Settings for a test; a test that spells wrong ones fails. */
export const settingsOf = (given: object): ConflictSettings => {
  const read = decodeConflictSettings(given)
  if (read._tag === 'Left') throw new Error(JSON.stringify(read.left))
  return read.right
}

export const stages = ['lead', 'mql', 'customer']

export const fieldSettings = {
  industry: 'segment',
  leadStatus: 'marketo',
  city: { policy: 'newest', clear: true, toleranceMillis: 0 },
  country: { policy: 'newest', owner: 'segment' },
  department: 'fill-empty',
  stage__c: { policy: 'monotone', stages },
  logins__c: { policy: 'monotone', type: 'integer' },
  seen__c: { policy: 'monotone', type: 'date' },
  vip__c: { policy: 'newest', type: 'boolean' },
  unsubscribed: { optIn: true },
  createdAt: 'never',
  title: { policy: 'custom', custom: 'longer' }
}

export const settings = settingsOf({ fields: fieldSettings })

export const customPolicies: CustomPolicies = {
  longer: ({ segment, marketo }) =>
    String(segment?.value ?? '').length > String(marketo?.value ?? '').length
      ? 'segment'
      : marketo === null
        ? null
        : 'marketo'
}

export const decide = decideFields(settings, customPolicies)

const texts = fc.constantFrom<FieldValue>('a', 'b', 'A', ' a ', '', null)

/** Values of each field, those that do not fit among them. */
const values: Readonly<Record<string, fc.Arbitrary<FieldValue>>> = {
  industry: texts,
  leadStatus: texts,
  city: texts,
  country: texts,
  department: texts,
  stage__c: fc.constantFrom<FieldValue>(...stages, 'nobody', null),
  logins__c: fc.constantFrom<FieldValue>(0, 7, '7', '1,200', 'x', null),
  seen__c: fc.constantFrom<FieldValue>('2024-05-03', '2024-05-03T23:00:00Z', '2023-01-01', 'x', null),
  vip__c: fc.constantFrom<FieldValue>(true, 'True', 1, false, 'x', null),
  unsubscribed: fc.constantFrom<FieldValue>(true, 'True', false, 'x', null),
  createdAt: fc.constantFrom<FieldValue>('2024-05-03T10:00:00Z', '2024-05-03T10:00:00.999Z'),
  title: texts,
  unnamed__c: texts,
  email: fc.constantFrom<FieldValue>('Ana@Example.com', 'ana@example.com', 'bo@example.com', null)
}

export const fieldNames = Object.keys(values)

const base = 1_714_730_400_000

/** Moments some of which are within the usual tolerance of others. */
export const moment = fc.nat({ max: 12 }).map((n) => base + n * 900)

const claim = (value: fc.Arbitrary<FieldValue>): fc.Arbitrary<Claim> =>
  fc.record(
    {
      value,
      at: fc.option(moment),
      receivedAt: fc.option(moment),
      bound: fc.boolean(),
      ours: fc.boolean(),
      optIn: fc.boolean()
    },
    { requiredKeys: ['value'] }
  )

export const claims: fc.Arbitrary<Claims> = fc
  .tuple(
    ...Object.entries(values).map(([field, value]) => fc.option(claim(value).map((made) => [field, made] as const)))
  )
  .map((entries) => Object.fromEntries(entries.filter((entry) => entry !== null)))

/** What was settled before, as deciding leaves it. */
export const marks: fc.Arbitrary<FieldMarks> = fc
  .array(fc.tuple(claims, claims), { maxLength: 3 })
  .map((earlier) =>
    earlier.reduce<FieldMarks>((known, [segment, marketo]) => decide({ segment, marketo, marks: known }).marks, {})
  )

const exact = (claims: Claims): Claims =>
  Object.fromEntries(
    Object.entries(claims).map(([field, claim]) => [field, { ...claim, bound: false, at: claim.at ?? base }])
  )

/** With times that are known, and are no bounds. */
export const exactClaims: fc.Arbitrary<LeadClaims> = fc
  .tuple(claims, claims, fc.array(fc.tuple(claims, claims), { maxLength: 3 }))
  .map(([segment, marketo, earlier]) => ({
    segment: exact(segment),
    marketo: exact(marketo),
    marks: earlier.reduce<FieldMarks>(
      (known, [a, b]) => decide({ segment: exact(a), marketo: exact(b), marks: known }).marks,
      {}
    )
  }))

/**
 * Every round of a quarrel about one field: each side is silent, or says one of a few things as of one of a few moments, which are partly
 * within the tolerance.
 */
export const roundsAbout = (
  field: string,
  things: ReadonlyArray<Omit<Claim, 'at'>>
): ReadonlyArray<Omit<LeadClaims, 'marks'>> => {
  const moments = [0, 900, 1800, 2700].map((after) => base + after)
  const said = moments.flatMap((at) => things.map((thing): Claims => ({ [field]: { ...thing, at } })))
  const words: ReadonlyArray<Claims> = [{}, ...said]
  return words.flatMap((segment) => words.map((marketo) => ({ segment, marketo })))
}

export const leadClaims: fc.Arbitrary<LeadClaims> = fc.record({ segment: claims, marketo: claims, marks })

/** Both sides after what was decided was written; a write bears the time that the decision says, or now. */
export const written = (question: LeadClaims, { decisions, marks }: Decided): LeadClaims => {
  const [segment, marketo] = [new Map(Object.entries(question.segment)), new Map(Object.entries(question.marketo))]
  for (const { field, action, value, at } of decisions) {
    if (writesTo({ action }, 'segment')) segment.set(field, { value, at })
    if (writesTo({ action }, 'marketo')) marketo.set(field, { value, at: base + 1_000_000, ours: true })
  }
  return { segment: Object.fromEntries(segment), marketo: Object.fromEntries(marketo), marks }
}
