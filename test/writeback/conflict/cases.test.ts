import { describe, expect, it } from 'vitest'
import type { Claims } from '../../../src/writeback/conflict/claims.js'
import { decideFields } from '../../../src/writeback/conflict/decide.js'
import type { FieldMarks } from '../../../src/writeback/conflict/field-marks.js'
import { reasons } from '../../../src/writeback/conflict/reasons.js'
import { type ConflictStep, conflictCases } from '../../cases/conflicts.js'
import { customPolicies, settingsOf } from './given.js'

const claimsOf = (field: string, word: ConflictStep['segment']): Claims =>
  word === null ? {} : { [field]: { value: word[0], ...(word[1] === undefined ? {} : { at: word[1] }), ...word[2] } }

describe('conflicts', () => {
  it.each(conflictCases.map((one) => [one.name, one] as const))('%s', (_, { field, policy, steps }) => {
    const decide = decideFields(settingsOf(policy === null ? {} : { fields: { [field]: policy } }), customPolicies)
    let marks: FieldMarks = {}
    for (const { segment, marketo, ...expected } of steps) {
      const question = { segment: claimsOf(field, segment), marketo: claimsOf(field, marketo), marks }
      const decided = decide(question)
      expect(decided.decisions).toMatchObject([{ field, ...expected }])
      marks = decided.marks
    }
  })

  it('have every reason there is', () => {
    const met = new Set(conflictCases.flatMap(({ steps }) => steps.map(({ reason }) => reason)))
    expect(Object.keys(reasons).filter((reason) => ![...met].some((one) => one === reason))).toEqual([])
  })
})
