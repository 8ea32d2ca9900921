/**
 * What the tests of the loop guard are given.
 *
 * @module
 */
import * as fc from 'fast-check'
import type { LeadChange } from '../../../src/endpoints/lead-changes.js'
import { type LoopGuard, loopGuard } from '../../../src/writeback/loop/ledger.js'
import { decodeLoopSettings, type LoopSettings } from '../../../src/writeback/loop/settings.js'
import { settingsOf } from '../conflict/given.js'

/** Settings for a test; a test that spells wrong ones fails. */
export const loopSettingsOf = (given: object): LoopSettings => {
  const read = decodeLoopSettings(given)
  if (read._tag === 'Left') throw new Error(JSON.stringify(read.left))
  return read.right
}

export const ourUser = 'api@example.com'

export const guardOf = (given: object = {}): LoopGuard =>
  loopGuard(loopSettingsOf({ apiUsers: [ourUser], ...given }), settingsOf({ fields: { vip__c: { type: 'boolean' } } }))

export const day = 86_400_000

export const noon = 1_714_730_400_000

/** A change of one field by a person, from something that it never is. */
export const changeOf = (
  field: string,
  newValue: string | null,
  more: Partial<LeadChange> = {},
  oldValue: string | null = 'before'
): LeadChange => ({
  activityId: null,
  leadId: 1,
  activityTypeId: 13,
  at: noon,
  fields: [{ name: field, oldValue, newValue }],
  source: 'Marketo UI',
  reason: null,
  modifyingUser: 'marketer@example.com',
  requestId: null,
  apiMethodName: null,
  ...more
})

export const texts = fc.constantFrom('Berlin', 'Bonn', 'Bern')

export const fields = fc.constantFrom('city', 'country', 'title')
