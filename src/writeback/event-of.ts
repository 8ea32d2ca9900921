/**
 * One activity as one event.
 *
 *     { activityTypeId: 11, leadId: 204417, … }        { type: 'track', event: 'Email Link Clicked', userId: 'u_9137',
 *     leads 204417: { userId: 'u_9137' }          ▶      messageId: 'mkto:561-HYG-937:880011', timestamp: …,
 *     emails 2290: { subject: 'Glad …' }                 properties, context, integrations }
 *
 * The same activity makes the same event, whether it was told by REST or by a file. `timestamp` alone is sent: `originalTimestamp` would
 * have Segment correct it by a clock.
 *
 * Sources: Segment "Spec: Email", "Spec: Common Fields", "Filtering data"; Adobe "Activities".
 *
 * @module
 */
import { type ActivityRecord, readActivity } from '../endpoints/activity-record.js'
import { isRecord, type Json, type JsonObject, kindOf, ownMember } from '../ground/json.js'
import { excluded, malformed, missing, type Problem, unmapped } from '../ground/problem.js'
import { remarked } from '../ground/these.js'
import { builtInActivityName } from '../marketo/activity-types.js'
import { momentOf, printMoment } from '../marketo/moments.js'
import { eventsByType, type KnownEvent } from './event-table.js'
import { fitted } from './fit.js'
import { formFieldsIn } from './form-fields.js'
import { identityOf, type LeadFacts, leadFactsIn } from './lead-identity.js'
import { firstOf, type Names, propertiesOf } from './properties.js'
import { messageIdOf, rowIdOf } from './row-id.js'
import type { WritebackSettings } from './settings.js'
import type { TrackCall, Written } from './track-call.js'

/**
 * What was looked up: leads by number, with their fields by REST name; emails and campaigns by number. What is not here is not known, and
 * left out.
 *
 * @category events
 * @since 0.1.0
 */
export interface WritebackContext {
  readonly leads?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly emails?: Readonly<Record<string, { readonly subject?: string | null }>>
  readonly campaigns?: Readonly<Record<string, { readonly name?: string | null }>>
}

/** All that is known of an activity beside itself. @internal */
export interface Facts extends Names {
  readonly lead: LeadFacts
}

const sendEmail = '6'
const undone: ReadonlyArray<string | null> = ['skipped', 'failed']
/** The types that tell an address of the network, and a filled-in form. */
const visiting: ReadonlyArray<string | null> = ['2', '9']
/** The types that tell the address that bounced. */
const bouncing: ReadonlyArray<string | null> = ['8', '27']

const noLead = missing('invalid', ['leadId'], 'an activity is of a lead: leave none of the columns out')
const noDate = (text: string | null): Problem =>
  text === null
    ? missing('invalid', ['activityDate'], 'leave none of the columns out')
    : malformed('invalid', ['activityDate'], 'no moment with a zone', 'pass the time on as Marketo writes it')
const tooOld = excluded('skipped', ['activityDate'], 'settings', 'it is older than `notBefore`')
const notDone = excluded('skipped', ['actionResult'], 'not-done', 'the email was not sent')
const aBot = excluded('skipped', ['attributes', 'Is Bot Activity'], 'settings', 'a robot did it: see `dropBots`')
const nobody = missing('skipped', ['leadId'], 'the lead holds no id that `identityFallback` allows')
const unread = malformed('dropped', ['attributes'], 'text that is no JSON', 'pass the cell on as the file has it')
const tooLarge = malformed('invalid', [], 'an event that is too large', 'name fewer properties')

/** What is no number of a type may be anything, and is not repeated. */
const typeNumber = /^\d{1,10}$/

const eventless = ({ activityTypeId }: ActivityRecord): Problem => {
  if (activityTypeId === null) return missing('invalid', ['activityTypeId'], 'leave none of the columns out')
  const number = typeNumber.test(activityTypeId) ? ` ${activityTypeId}` : ''
  const name = builtInActivityName(Number(activityTypeId)) ?? `activity type${number}`
  return unmapped('skipped', ['activityTypeId'], name, 'give the type a row in `events`')
}

const formFields = (
  { formFields: names }: WritebackSettings,
  { activityTypeId }: ActivityRecord,
  text: unknown,
  problems: Array<Problem>
): ReadonlyArray<readonly [string, JsonObject]> => {
  if (names.length === 0 || !visiting.includes(activityTypeId) || typeof text !== 'string') return []
  const found = formFieldsIn(text, names)
  if (found === undefined)
    problems.push(malformed('dropped', ['attributes', 'Form Fields'], 'text of another kind', 'nothing of it was sent'))
  return found === undefined || Object.keys(found).length === 0 ? [] : [['form_fields', found]]
}

const textUnder = (attributes: ReturnType<typeof firstOf>, name: string): string | null => {
  const value = attributes.get(name)
  return typeof value === 'string' ? value : null
}

const contextOf = (activity: ActivityRecord, leadId: string, { email }: LeadFacts): JsonObject => {
  const { activityTypeId } = activity
  const attributes = firstOf(activity)
  const address = (bouncing.includes(activityTypeId) ? textUnder(attributes, 'Email') : null) ?? email
  const ip = visiting.includes(activityTypeId) ? textUnder(attributes, 'Client IP Address') : null
  const userAgent = textUnder(attributes, 'User Agent')
  return {
    ...(address === null ? {} : { traits: { email: address } }),
    ...(ip === null ? {} : { ip }),
    ...(userAgent === null ? {} : { userAgent }),
    externalIds: [{ id: leadId, type: 'marketo_lead_id', collection: 'users', encoding: 'none' }]
  }
}

/** Settings, made ready. @internal */
export interface Compiled {
  readonly settings: WritebackSettings
  readonly events: ReadonlyMap<string, KnownEvent>
  readonly integrations: Readonly<Record<string, boolean>>
}

/** Settings made ready, once for many activities. @internal */
export const compiled = (settings: WritebackSettings): Compiled => ({
  settings,
  events: eventsByType(settings.events),
  integrations: Object.fromEntries(settings.switchOff.map((name) => [name, false]))
})

/** Why an activity has no event, whoever it is of; or its event's row, number and time. @internal */
export const eventRowOf = (
  { settings, events }: Compiled,
  activity: ActivityRecord
): Problem | { readonly row: KnownEvent; readonly leadId: string; readonly moment: number } => {
  const row = events.get(activity.activityTypeId ?? '')
  if (row === undefined) return eventless(activity)
  if (activity.leadId === null) return noLead
  const moment = momentOf(activity.activityDate ?? '')
  if (moment === undefined) return noDate(activity.activityDate)
  if (settings.notBefore !== null && moment < settings.notBefore) return tooOld
  if (activity.activityTypeId === sendEmail && undone.includes(activity.actionResult)) return notDone
  const isBot = String(firstOf(activity).get('Is Bot Activity')).toLowerCase() === 'true'
  return isBot && settings.dropBots ? aBot : { row, leadId: activity.leadId, moment }
}

const left = (problem: Problem, problems: ReadonlyArray<Problem> = []): Written => ({
  _tag: 'Left',
  left: [problem, ...problems]
})

/** The event of an activity that was read. @internal */
export const writtenOf = (ready: Compiled, activity: ActivityRecord, facts: Facts): Written => {
  const found = eventRowOf(ready, activity)
  if ('_tag' in found) return left(found)
  const { settings, integrations } = ready
  const { row, leadId, moment } = found
  const identity = identityOf(settings, leadId, facts.lead)
  if (identity === undefined) return left(nobody)
  const problems: Array<Problem> = activity.unreadable ? [unread] : []
  const rowId = rowIdOf(activity)
  const read = propertiesOf(row, activity, facts, problems)
  const forms = formFields(settings, activity, firstOf(activity).get('Form Fields'), problems)
  const ids = [['lead_id', leadId] as const, ['marketo_activity_id', rowId] as const]
  const properties: ReadonlyArray<readonly [string, Json]> = [...read, ...forms, ...ids]
  const call: TrackCall = {
    type: 'track',
    event: row.event,
    messageId: messageIdOf(settings, rowId),
    timestamp: printMoment(moment) ?? '',
    ...identity,
    properties: Object.fromEntries(properties),
    context: contextOf(activity, leadId, facts.lead),
    integrations
  }
  const fitting = fitted(call, problems)
  return fitting === undefined ? left(tooLarge, problems) : remarked(fitting, problems)
}

const own = (table: unknown, id: string | null): unknown =>
  isRecord(table) && id !== null ? ownMember(table, id) : undefined

const nameUnder = (u: unknown, name: string): string | null => {
  const text = isRecord(u) ? ownMember(u, name) : undefined
  return typeof text === 'string' ? text : null
}

const factsIn = ({ leadFields }: WritebackSettings, activity: ActivityRecord, context: WritebackContext): Facts => ({
  lead: leadFactsIn(own(context.leads, activity.leadId), leadFields),
  emailSubject: nameUnder(own(context.emails, activity.primaryAttributeValueId), 'subject'),
  campaignName: nameUnder(own(context.campaigns, activity.campaignId), 'name')
})

const noActivity = (u: unknown): Problem =>
  malformed('invalid', [], kindOf(u), 'pass an activity on as Marketo tells it')

/**
 * Activities to events: an activity as REST tells it, or a row of an extract's file, and what was looked up for it; the event, with what
 * was lost on the way, or why there is none.
 *
 * @example
 * import { decodeWritebackSettings, eventOf } from 'segment-marketo/writeback'
 *
 * const read = decodeWritebackSettings({ munchkinId: '561-HYG-937' })
 * if (read._tag === 'Left') throw new Error('the settings are wrong')
 * const activity = { marketoGUID: '7', leadId: 42, activityTypeId: 24, activityDate: '2024-05-01T10:00:00Z' }
 * const written = eventOf(read.right)({ ...activity, primaryAttributeValueId: 1001 }, { leads: { 42: { userId: 'u1' } } })
 * written._tag === 'Right' && [written.right.event, written.right.userId, written.right.properties.list_id]
 * // => ['Lead Added to List', 'u1', '1001']
 * @category events
 * @since 0.1.0
 */
export const eventOf = (settings: WritebackSettings): ((activity: unknown, context?: WritebackContext) => Written) => {
  const ready = compiled(settings)
  return (activity, context = {}) => {
    try {
      const read = readActivity(activity)
      return read === null ? left(noActivity(activity)) : writtenOf(ready, read, factsIn(settings, read, context))
    } catch {
      return left(malformed('invalid', [], 'something that could not be read', 'send plain JSON'))
    }
  }
}
