/**
 * track in cloud mode: a custom activity on the lead, when a row maps the event.
 *
 *     { type: 'track', event: 'Trial Started', userId: 'u1', properties: { plan } }
 *       → UpsertLead { lead: userId, fields: { userId } }        only when unknown keys make leads
 *       → AddCustomActivity { activityTypeId, primaryAttributeValue, attributes, activityDate }
 *
 * Source: Segment "Marketo v2 Destination", Track; Adobe "Custom Activities".
 *
 * @module
 */
import { readInstant } from '../contract/visit.js'
import { plainSeconds, printInstant } from '../ground/calendar.js'
import type { Path } from '../ground/path.js'
import { malformed, missing, type Problem, unmapped } from '../ground/problem.js'
import type { LeadKey } from '../intent/lead-key.js'
import type { Findings } from '../intent/mapped.js'
import type { Trace } from '../intent/trace.js'
import { readEmail } from '../segment/email.js'
import type { SegmentEvent, TrackEvent } from '../segment/event.js'
import type { Found } from '../segment/found.js'
import { recordOf } from '../segment/record.js'
import { readAttributes, readPrimary, readSent, traceAttribute } from './attributes.js'
import type { Compiled } from './compile.js'
import { newDraft, upsertOf } from './identify.js'
import { readIds } from './identity.js'

/** The key of the lead that a call without traits is about, with the upsert that makes or marks it. */
export const leadOf = (
  compiled: Compiled,
  event: SegmentEvent,
  findings: Findings,
  trace: Trace | null
): LeadKey | undefined => {
  const { createLead, emailPlaces } = compiled.settings
  const draft = newDraft(compiled, 'UpsertLead', findings.problems, trace)
  const lead = readIds(compiled, event, readEmail(event, emailPlaces), compiled.email, draft)
  if (lead !== undefined && createLead) findings.intents.push(upsertOf(compiled, lead, draft))
  return lead
}

const timestampAt: Path = ['timestamp']

const mendPrimary = 'a custom activity needs its primary attribute: send the property, or give the row a default'

/** The zone of a time may carry it over the edge of the calendar that Marketo reads. */
const mendTime = 'send the time of the call in UTC, such as 2024-05-01T10:00:00Z'

/** The time of a call as Marketo's activities have it; undefined after saying why there is none. */
const readActivityDate = (event: TrackEvent, problems: Array<Problem>): Found<string> | undefined => {
  const plain = typeof event.timestamp === 'string' ? plainSeconds(event.timestamp) : undefined
  if (plain !== undefined) return { value: plain, at: timestampAt }
  const time = readInstant(event, problems)
  if (time === undefined) return undefined
  const value = printInstant(time.value)
  if (value !== undefined) return { value, at: time.at }
  problems.push(malformed('invalid', time.at, 'a time outside the years 0000 to 9999', mendTime))
  return undefined
}

/** Maps a track call for the server. */
export const mapTrack = (compiled: Compiled, event: TrackEvent, findings: Findings, trace: Trace | null): void => {
  const { problems } = findings
  const sent: unknown = event.event
  const name = typeof sent === 'string' ? sent : ''
  const row = compiled.events.get(name)
  if (row === undefined) {
    problems.push(
      unmapped('skipped', ['event'], name, 'only mapped events are sent: add a row for it to events in the settings')
    )
    return
  }
  const given = readSent(row, recordOf(event.properties))
  const primary = readPrimary(row, given, problems, trace)
  if (primary === undefined && !problems.some((problem) => problem.weight === 'invalid'))
    problems.push(missing('invalid', row.primary.at, mendPrimary))
  const time = readActivityDate(event, problems)
  if (primary === undefined || time === undefined) return
  const lead = leadOf(compiled, event, findings, trace)
  if (lead === undefined) return
  const attributes = readAttributes(compiled, row, given, problems, trace)
  findings.intents.push({
    _tag: 'AddCustomActivity',
    munchkinId: compiled.settings.munchkinId,
    lead,
    activityTypeId: row.activityTypeId,
    activityDate: time.value,
    primaryAttributeValue: String(primary),
    attributes
  })
  if (trace === null) return
  const did = ['made datetime']
  trace.moves.push({ to: ['AddCustomActivity', 'activityDate'], from: time.at, rule: 'time of the call', did })
  traceAttribute(['primaryAttributeValue'], row.primary, given, primary, trace)
}
