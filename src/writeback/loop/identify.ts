/**
 * What passed becomes identify calls for Segment; and the other way, an upsert for Marketo.
 *
 *     { type: 'identify', userId, traits: { city: 'Bonn' }, timestamp, messageId: 'mkto:change:…',
 *       integrations: { All: true, 'Marketo V2': false, … }, context: { integration: { name: 'segment-marketo' } } }
 *
 * Whatever writes to Marketo is switched off by name, so that nothing comes back that way; and what comes back all the same is known by
 * the mark in its context. A call has one time, so fields that changed at different times are told apart.
 *
 * Sources: Segment "Duplicate data" (message ids).
 *
 * @module
 */
import { type Instant, printInstant } from '../../ground/calendar.js'
import { sha1Hex } from '../../ground/digest.js'
import { isRecord, type JsonObject, ownMember } from '../../ground/json.js'
import { excluded } from '../../ground/problem.js'
import type { FieldValue, UpsertLead } from '../../intent/intent.js'
import type { LeadKey } from '../../intent/lead-key.js'
import type { Mapper } from '../../intent/mapped.js'
import type { MunchkinId } from '../../marketo/munchkin-id.js'
import { type FieldDecision, writesTo } from '../conflict/decide.js'

/**
 * How identify calls are made: the trait of each field (a field without one is not told), a name that tells two sources of one instance
 * apart, and the destinations to switch off.
 *
 * @category loop guard
 * @since 0.1.0
 */
export interface IdentifySettings {
  readonly traits: Readonly<Record<string, string>>
  readonly namespace: string | null
  readonly switchOff: ReadonlyArray<string>
}

/**
 * The usual settings: traits that Segment's spec names, and Segment's own Marketo destinations switched off.
 *
 * @category loop guard
 * @since 0.1.0
 */
// biome-ignore format: table
export const usualIdentifySettings: IdentifySettings = {
  traits: {
    email:              'email',
    firstName:          'firstName',
    lastName:           'lastName',
    phone:              'phone',
    title:              'title',
    website:            'website',
    dateOfBirth:        'birthday',
    unsubscribed:       'unsubscribed',
    marketingSuspended: 'marketingSuspended',
    doNotCall:          'doNotCall'
  },
  namespace: null,
  switchOff: ['Marketo V2', 'Marketo', 'Marketo Static Lists (Actions)']
}

/**
 * Who a lead is to Segment. Where it has neither id, its number makes an anonymousId.
 *
 * @category loop guard
 * @since 0.1.0
 */
export interface LeadIdentity {
  readonly munchkinId: MunchkinId
  readonly leadId: number
  readonly userId: string | null
  readonly anonymousId: string | null
}

/**
 * An identify call, as Segment's HTTP API takes it.
 *
 * @category loop guard
 * @since 0.1.0
 */
export interface IdentifyCall {
  readonly type: 'identify'
  readonly messageId: string
  readonly userId?: string
  readonly anonymousId?: string
  readonly timestamp?: string
  readonly traits: JsonObject
  readonly context: JsonObject
  readonly integrations: Readonly<Record<string, boolean>>
}

/** The mark in the context of our own calls. */
const ourName = 'segment-marketo'

const isoMillis = (at: Instant): string | undefined => {
  const seconds = printInstant(at)
  const millis = String(((at % 1000) + 1000) % 1000).padStart(3, '0')
  return seconds === undefined ? undefined : `${seconds.slice(0, -1)}.${millis}Z`
}

const idsOf = ({
  munchkinId,
  leadId,
  userId,
  anonymousId
}: LeadIdentity): Pick<IdentifyCall, 'userId' | 'anonymousId'> => {
  if (userId === null && anonymousId === null) return { anonymousId: `marketo-${munchkinId}-${leadId}` }
  return { ...(userId === null ? {} : { userId }), ...(anonymousId === null ? {} : { anonymousId }) }
}

/** The same change, the same id; always short enough, whatever the namespace. */
const messageIdOf = (
  { namespace }: IdentifySettings,
  { munchkinId, leadId }: LeadIdentity,
  at: Instant | null,
  traits: ReadonlyArray<readonly [string, FieldValue]>
): string => `mkto:change:${sha1Hex(JSON.stringify([namespace, munchkinId, leadId, at, traits]))}`

const externalId = (leadId: number): JsonObject => ({
  id: String(leadId),
  type: 'marketo_lead_id',
  collection: 'users',
  encoding: 'none'
})

const callOf = (
  settings: IdentifySettings,
  lead: LeadIdentity,
  at: Instant | null,
  traits: ReadonlyArray<readonly [string, FieldValue]>
): IdentifyCall => {
  const timestamp = at === null ? undefined : isoMillis(at)
  return {
    type: 'identify',
    messageId: messageIdOf(settings, lead, at, traits),
    ...idsOf(lead),
    ...(timestamp === undefined ? {} : { timestamp }),
    traits: Object.fromEntries(traits),
    context: { integration: { name: ourName, version: '0.1.0' }, externalIds: [externalId(lead.leadId)] },
    integrations: Object.fromEntries([['All', true], ...settings.switchOff.map((name) => [name, false] as const)])
  }
}

/**
 * Identify calls for what is to be written to Segment, in the order of time: one for all fields of one time. The same decisions make the
 * same calls, letter by letter, so sending them again is harmless.
 *
 * @example
 * import { isMunchkinId } from 'segment-marketo/marketo'
 * import { identifyOf, usualIdentifySettings } from 'segment-marketo/writeback'
 *
 * const munchkinId = '561-HYG-937'
 * const decision = { field: 'phone', winner: 'marketo', value: '030', reason: 'newer', sentence: '', action: 'write-to-segment', at: 0 } as const
 * const lead = { leadId: 1042, userId: 'u1', anonymousId: null }
 * const calls = isMunchkinId(munchkinId) ? identifyOf(usualIdentifySettings)({ ...lead, munchkinId }, [decision]) : []
 * calls.map(({ userId, traits, timestamp }) => [userId, traits, timestamp])
 * // => [['u1', { phone: '030' }, '1970-01-01T00:00:00.000Z']]
 * @category loop guard
 * @since 0.1.0
 */
export const identifyOf = (
  settings: IdentifySettings
): ((lead: LeadIdentity, decisions: ReadonlyArray<FieldDecision>) => ReadonlyArray<IdentifyCall>) => {
  const traitOf = new Map(Object.entries(settings.traits))
  return (lead, decisions) => {
    const groups = new Map<Instant | null, Array<readonly [string, FieldValue]>>()
    for (const { field, action, value, at } of [...decisions].sort((a, b) => (a.field < b.field ? -1 : 1))) {
      const trait = traitOf.get(field)
      if (!writesTo({ action }, 'segment') || trait === undefined) continue
      const group = groups.get(at) ?? []
      groups.set(at, group)
      group.push([trait, value])
    }
    const early = Number.NEGATIVE_INFINITY
    return [...groups]
      .sort(([a], [b]) => (a ?? early) - (b ?? early))
      .map(([at, traits]) => callOf(settings, lead, at, traits))
  }
}

/**
 * Whether an event is one of our own identify calls, come back. An event may be anything.
 *
 * @category loop guard
 * @since 0.1.0
 */
export const isOurCall = (event: unknown): boolean => {
  try {
    const context = isRecord(event) ? ownMember(event, 'context') : undefined
    const integration = isRecord(context) ? ownMember(context, 'integration') : undefined
    return isRecord(integration) && ownMember(integration, 'name') === ourName
  } catch {
    return false
  }
}

/**
 * A mapper that leaves our own calls alone.
 *
 * @category loop guard
 * @since 0.1.0
 */
export const withoutOurCalls =
  (mapper: Mapper): Mapper =>
  (event) =>
    isOurCall(event)
      ? { _tag: 'Left', left: [excluded('skipped', ['context', 'integration'], 'integrations', mendOurs)] }
      : mapper(event)

const mendOurs = 'nothing to mend: Marketo said this first, and it was written back'

/**
 * The upsert for what is to be written to Marketo, or undefined where nothing is. It finds the lead by the key and never makes one; the
 * key's own field stays as it is, so name the lead by its number where its email may change.
 *
 * @category loop guard
 * @since 0.1.0
 */
export const upsertOf = (
  munchkinId: MunchkinId,
  lead: LeadKey,
  decisions: ReadonlyArray<FieldDecision>
): UpsertLead | undefined => {
  const written = decisions.flatMap(({ field, action, value }) =>
    writesTo({ action }, 'marketo') ? [[field, value] as const] : []
  )
  if (written.length === 0) return undefined
  const fields = Object.fromEntries([...written, [lead.lookupField, lead.value]])
  return { _tag: 'UpsertLead', munchkinId, lead, fields, action: 'updateOnly', partitionName: null }
}
