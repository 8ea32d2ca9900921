/**
 * The source function: what Marketo posts, as events of a Segment source.
 *
 *     { activityTypeId, leadId, …, lead: { userId, email } }         a webhook of a smart campaign
 *     { activities: [ … ], leads: { 204417: { userId } }, … }        activities that somebody pushes, with what was looked up
 *     [ … ]                                                          several of either
 *
 * Which event an activity is, whose, and under which message id is write-back's to say. All are made before the first is handed over.
 *
 * Sources: Segment "Source Functions"; Adobe "Webhooks", "Activities".
 *
 * @module
 */
import { isRecord, ownMember, type UnknownRecord } from '../../ground/json.js'
import { describeProblem } from '../../ground/problem.js'
import { isNonEmpty } from '../../ground/these.js'
import { utf8Bytes } from '../../ground/utf8.js'
import { decodeWritebackSettings } from '../../writeback/decode-settings.js'
import { eventOf, type WritebackContext } from '../../writeback/event-of.js'
import type { TrackCall, Written } from '../../writeback/track-call.js'
import type { Ending } from './ending.js'
import { jsonOf } from './json-of.js'
import { bytesToHex, sha256 } from './sha256.js'
import { thrownFor } from './thrown.js'

interface FunctionRequest {
  readonly headers?: { get(name: string): unknown }
  json(): unknown
}

declare const Segment: { track(call: Omit<TrackCall, 'type'>): unknown }

/** An activity, and what is known besides. */
interface Told {
  readonly activity: unknown
  readonly context: WritebackContext
}

/** A body holds 512 KiB at most. */
const mostActivities = 10_000

const tableUnder = (body: UnknownRecord, name: string): UnknownRecord => {
  const table = ownMember(body, name)
  return isRecord(table) ? table : {}
}

const zoneless = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d$/

/** The activity with a time in a zone: Marketo's own token for the time of a webhook names none. */
const dated = (activity: UnknownRecord, offset: string, now: string): UnknownRecord => {
  const date = ownMember(activity, 'activityDate')
  if (date === undefined || date === null || date === '') return { ...activity, activityDate: now }
  if (typeof date !== 'string' || !zoneless.test(date) || offset === '') return activity
  return { ...activity, activityDate: `${date.replace(' ', 'T')}${offset}` }
}

const oneTold = (u: unknown): ReadonlyArray<Told> => {
  if (!isRecord(u)) return [{ activity: u, context: {} }]
  const activities = ownMember(u, 'activities')
  if (Array.isArray(activities)) {
    const context = {
      leads: recordsIn(tableUnder(u, 'leads')),
      emails: recordsIn(tableUnder(u, 'emails')),
      campaigns: recordsIn(tableUnder(u, 'campaigns'))
    }
    return Array.from(activities.slice(0, mostActivities), (activity: unknown) => ({ activity, context }))
  }
  const leads = recordsIn({ [String(ownMember(u, 'leadId'))]: ownMember(u, 'lead') })
  return [{ activity: u, context: { leads } }]
}

const recordsIn = (table: UnknownRecord): Readonly<Record<string, UnknownRecord>> =>
  Object.fromEntries(
    Object.keys(table).flatMap((name) => {
      const record = ownMember(table, name)
      return isRecord(record) ? [[name, record]] : []
    })
  )

const toldIn = (body: unknown): ReadonlyArray<Told> =>
  Array.isArray(body) ? Array.from(body.slice(0, mostActivities)).flatMap(oneTold) : oneTold(body)

const ownNames: ReadonlyArray<string> = ['webhookSecret', 'utcOffset']

/** Settings of write-back; a text that holds JSON counts as what it holds, an empty one as absent. */
const settingsIn = (given: UnknownRecord): UnknownRecord =>
  Object.fromEntries(
    Object.keys(given)
      .filter((name) => !ownNames.includes(name))
      .map((name) => [name, jsonOf(ownMember(given, name))] as const)
      .filter(([, value]) => value !== '' && value !== null && value !== undefined)
  )

const fail = (kind: Ending['kind'], message: string): never => {
  throw thrownFor({ kind, message })
}

const digestOf = (text: string): string => bytesToHex(sha256(utf8Bytes(text)))

const checkSecret = (given: UnknownRecord, request: FunctionRequest): void => {
  const secret = ownMember(given, 'webhookSecret')
  if (typeof secret !== 'string' || secret === '') return
  // Digests: the time that comparing them takes tells nothing of how near a guess was.
  const sent = request.headers?.get('x-webhook-secret')
  if (typeof sent !== 'string' || digestOf(sent) !== digestOf(secret))
    fail('settings', 'X-Webhook-Secret: is not webhookSecret of the settings; set that header in Marketo’s webhook')
}

const bodyOf = async (request: FunctionRequest): Promise<unknown> => {
  try {
    return await request.json()
  } catch {
    return fail('payload', 'body: holds no JSON; check the webhook’s template and its encoding of tokens')
  }
}

/** What the activities of a request became. */
const writtenIn = (body: unknown, given: UnknownRecord): ReadonlyArray<Written> => {
  const settings = decodeWritebackSettings(settingsIn(given))
  if (settings._tag === 'Left') {
    const told = settings.left.filter(({ weight }) => weight !== 'warning').map(describeProblem)
    return fail('settings', `settings: ${told.slice(0, 5).join(' | ')}`)
  }
  const offset = ownMember(given, 'utcOffset')
  const now = new Date().toISOString()
  const write = eventOf(settings.right)
  return toldIn(body).map(({ activity, context }) =>
    write(
      isRecord(activity) ? dated(activity, typeof offset === 'string' ? offset.trim() : '', now) : activity,
      context
    )
  )
}

/** What is wrong with activities, told once each; those that a rule leaves out are no fault. */
const faultsIn = (written: ReadonlyArray<Written>): ReadonlyArray<string> => [
  ...new Set(
    written.flatMap((one) =>
      one._tag === 'Left' ? one.left.filter(({ weight }) => weight === 'invalid').map(describeProblem) : []
    )
  )
]

/** What `onRequest` does. Throws only where nothing of the request could be used. @internal */
export const onPost = async (request: FunctionRequest, settings: unknown): Promise<void> => {
  const given = isRecord(settings) ? settings : {}
  checkSecret(given, request)
  const written = writtenIn(await bodyOf(request), given)
  const calls = written.flatMap((one) => (one._tag === 'Left' ? [] : [one.right]))
  const faults = faultsIn(written).slice(0, 5)
  for (const { type: _, ...call } of calls) Segment.track(call)
  if (!isNonEmpty(faults)) return
  if (calls.length === 0) fail('payload', faults.join(' | '))
  console.log(`left out: ${faults.join(' | ')}`)
}
