/**
 * Activities that wait become events once all that they need is known.
 *
 *     every activity      its lead
 *     about an email      the email's subject, the campaign's name
 *
 * @module
 */
import type { ActivityRecord } from '../endpoints/activity-record.js'
import { isMarketoId } from '../endpoints/lead-ref.js'
import { type Compiled, compiled, eventRowOf, writtenOf } from './event-of.js'
import { unknownLead } from './lead-identity.js'
import { type Memory, recalled } from './memory.js'
import { rowIdOf } from './row-id.js'
import { fieldNames } from './settings.js'
import type { Desk, Draft, Writeback, WritebackRemark } from './state.js'
import type { TrackCall } from './track-call.js'

const digits = /^[1-9]\d{0,15}$/

/** Whether Marketo could know a number; other text names nothing there. */
const isNumber = (id: string): boolean => digits.test(id) && isMarketoId(Number(id))

/** What an activity needs to be looked up, by desk. @internal */
export type Needs = Readonly<Record<Desk, string | null>>

const readsFrom = ({ events }: Compiled, { activityTypeId }: ActivityRecord, from: string): boolean =>
  events.get(activityTypeId ?? '')?.properties.some((row) => row.from === from) === true

/** What an activity needs, known or not. @internal */
export const needsOf = (ready: Compiled, { options, refusedFields }: Writeback, activity: ActivityRecord): Needs => {
  const { leadId, primaryAttributeValueId, campaignId } = activity
  const fields = fieldNames(ready.settings.leadFields).filter((name) => !refusedFields.includes(name))
  const asked = (id: string | null, isWanted: boolean): string | null =>
    isWanted && id !== null && isNumber(id) ? id : null
  return {
    leads: asked(leadId, fields.length > 0),
    emails: asked(primaryAttributeValueId, options.names && readsFrom(ready, activity, 'emailSubject')),
    campaigns: asked(campaignId, options.names && readsFrom(ready, activity, 'campaignName'))
  }
}

const isKnown = <A>(memory: Memory<A>, id: string | null): boolean => id === null || recalled(memory, id) !== undefined

/** What an activity needs and nobody knows yet. @internal */
export const missingOf = (state: Writeback, needs: Needs): Needs => ({
  leads: isKnown(state.leads, needs.leads) ? null : needs.leads,
  emails: isKnown(state.emails, needs.emails) ? null : needs.emails,
  campaigns: isKnown(state.campaigns, needs.campaigns) ? null : needs.campaigns
})

const valueIn = <A, B>(memory: Memory<A>, id: string | null, otherwise: B): A | B => {
  const known = id === null ? undefined : recalled(memory, id)
  return known === undefined ? otherwise : known.value
}

/** Makes events of all that waits and lacks nothing. @internal */
export const emit = (draft: Draft): void => {
  if (draft.waiting.length === 0) return
  const ready = compiled(draft.settings)
  const events: Array<TrackCall> = []
  const remarks: Array<WritebackRemark> = []
  draft.waiting = draft.waiting.filter((activity) => {
    const needs = needsOf(ready, draft, activity)
    const missing = missingOf(draft, needs)
    // Who has no event needs nobody.
    const isOpen = missing.leads !== null || missing.emails !== null || missing.campaigns !== null
    if (isOpen && !('_tag' in eventRowOf(ready, activity))) return true
    const written = writtenOf(ready, activity, {
      lead: valueIn(draft.leads, needs.leads, unknownLead),
      emailSubject: valueIn(draft.emails, needs.emails, null),
      campaignName: valueIn(draft.campaigns, needs.campaigns, null)
    })
    const activityId = rowIdOf(activity)
    if (written._tag !== 'Left') events.push(written.right)
    if (written._tag !== 'Right') for (const problem of written.left) remarks.push({ activityId, problem })
    return false
  })
  draft.events = events.length === 0 ? draft.events : [...draft.events, ...events]
  draft.remarks = remarks.length === 0 ? draft.remarks : [...draft.remarks, ...remarks]
}
