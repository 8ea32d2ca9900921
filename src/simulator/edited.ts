/**
 * What people do in Marketo itself, while an integration looks the other way.
 *
 * @module
 */
import { type Instant, printInstant } from '../ground/calendar.js'
import type { Fields } from '../intent/intent.js'
import { instanceFields } from './fields.js'
import { readLeadRecord } from './lead-record.js'
import { leadNumbered, updateLead } from './leads.js'
import type { Draft, SimulatorState } from './state.js'
import type { Desk } from './told.js'

/**
 * Fields of a lead, written by a person. `user` is whom the log of changes names.
 *
 * @category simulator
 * @since 0.1.0
 */
export interface Edit {
  readonly leadId: number
  readonly fields: Fields
  readonly user?: string
}

/**
 * The instance after a person has changed a lead on Marketo's screens; the same instance where there is no such lead, or where one of
 * the values would not do.
 *
 * @example
 * const state = startSimulator({
 *   munchkinId: '561-HYG-937',
 *   clientId: 'id',
 *   clientSecret: 'secret',
 *   leads: [{ fields: { email: 'ana@example.com' } }]
 * })
 * const edited = editedInMarketo(state, { leadId: 1, fields: { city: 'Berlin' } }, 1714730400000)
 * changesIn(edited).map(({ at, fields }) => [at, fields])
 * // => [['2024-05-03T10:00:00Z', [{ name: 'city', oldValue: null, newValue: 'Berlin' }]]]
 * @category simulator
 * @since 0.1.0
 */
export const editedInMarketo = (
  state: SimulatorState,
  { leadId, fields, user = 'marketer@example.com' }: Edit,
  now: Instant
): SimulatorState => {
  const draft: Draft = { ...state }
  const time = printInstant(now) ?? '1970-01-01T00:00:00Z'
  const author = { source: 'Marketo UI', modifyingUser: user, requestId: null }
  const desk: Desk = { draft, time, fieldNamed: instanceFields(draft.options), struck: null, by: '', author }
  const lead = leadNumbered(draft, leadId)
  const read = readLeadRecord(desk, fields, 'import')
  if (lead === undefined || read.reasons.length > 0) return state
  updateLead(desk, lead, read.fields)
  return draft
}
