/**
 * Reads the settings of write-back, and says each mistake with its place.
 *
 *     { munchkinId }                  is enough: every type that has an event by itself is polled
 *     activityTypeIds                 each needs an event: one that we know, or a row of `events`
 *
 * @module
 */
import { munchkinId } from '../contract/setting-readers.js'
import type { UnknownRecord } from '../ground/json.js'
import { malformed, type Problem } from '../ground/problem.js'
import {
  aBoolean,
  aRecord,
  decoding,
  listOf,
  member,
  nonBlank,
  oneOf,
  orNull,
  requiredMember,
  warnOfUnknownKeys
} from '../ground/reading.js'
import type { Remarked } from '../ground/these.js'
import { pushTwins } from '../ground/twins.js'
import { knownEvents } from './event-table.js'
import { activityType, eventRow, leadFields, moment } from './setting-readers.js'
import {
  defaultLeadFields,
  type EventRow,
  type IdentityFallback,
  marketoDestinations,
  type WritebackSettings
} from './settings.js'

const names = [
  'munchkinId',
  'namespace',
  'activityTypeIds',
  'events',
  'leadFields',
  'identityFallback',
  'dropBots',
  'formFields',
  'switchOff',
  'notBefore'
] as const

/** All types that have an event, where nothing is said. */
const everyType = (events: ReadonlyArray<EventRow>): ReadonlyArray<number> => [
  ...new Set([...knownEvents, ...events].map(({ activityTypeId }) => activityTypeId))
]

/** Types that would be polled in vain. */
const refuseEventless = (settings: WritebackSettings, problems: Array<Problem>): void => {
  const known = everyType(settings.events)
  settings.activityTypeIds.forEach((id, i) => {
    if (!known.includes(id))
      problems.push(
        malformed('invalid', ['activityTypeIds', i], 'a type without an event', 'give it a row in `events`')
      )
  })
}

const readMembers = (record: UnknownRecord, problems: Array<Problem>): WritebackSettings | undefined => {
  const none: ReadonlyArray<never> = []
  const own = requiredMember(record, [], ['munchkinId'], munchkinId, 'name the instance, such as 561-HYG-937', problems)
  const events = member(record, [], ['events'], listOf(eventRow), none, problems) ?? none
  const types = member(record, [], ['activityTypeIds'], listOf(activityType), everyType(events), problems)
  const fallbacks = oneOf<IdentityFallback>(['leadId', 'email', 'skip'])
  const settings = {
    namespace: member(record, [], ['namespace'], orNull(nonBlank), null, problems) ?? null,
    activityTypeIds: [...new Set(types ?? none)],
    events,
    leadFields: member(record, [], ['leadFields'], leadFields, defaultLeadFields, problems) ?? defaultLeadFields,
    identityFallback: member(record, [], ['identityFallback'], fallbacks, 'leadId' as const, problems) ?? 'leadId',
    dropBots: member(record, [], ['dropBots'], aBoolean, false, problems) ?? false,
    formFields: member(record, [], ['formFields'], listOf(nonBlank), none, problems) ?? none,
    switchOff: member(record, [], ['switchOff'], listOf(nonBlank), marketoDestinations, problems) ?? none,
    notBefore: member(record, [], ['notBefore'], orNull(moment), null, problems) ?? null
  }
  return own === undefined ? undefined : { munchkinId: own, ...settings }
}

const readSettings = (u: unknown, problems: Array<Problem>): WritebackSettings | undefined => {
  const record = aRecord(u, [], problems)
  if (record === undefined) return undefined
  warnOfUnknownKeys(record, [], names, problems)
  const settings = readMembers(record, problems)
  if (settings === undefined) return undefined
  const { events, activityTypeIds } = settings
  const mend = 'keep one of them'
  const typeIds = events.map(({ activityTypeId }) => activityTypeId)
  pushTwins('invalid', typeIds, (i) => ['events', i, 'activityTypeId'], mend, problems)
  events.forEach(({ properties }, i) => {
    const own = properties.map(({ property: name }) => name)
    pushTwins('invalid', own, (k) => ['events', i, 'properties', k, 'property'], mend, problems)
  })
  refuseEventless(settings, problems)
  if (activityTypeIds.length === 0)
    problems.push(malformed('invalid', ['activityTypeIds'], 'no type', 'name one or more'))
  return settings
}

/**
 * Reads the settings of write-back. Any mistake but a warning refuses the whole; all of them are told.
 *
 * @example
 * import { decodeWritebackSettings } from 'segment-marketo/writeback'
 *
 * const read = decodeWritebackSettings({ munchkinId: '561-HYG-937', dropBots: true })
 * read._tag === 'Right' && read.right.identityFallback // => 'leadId'
 * @category settings
 * @since 0.1.0
 */
export const decodeWritebackSettings: (u: unknown) => Remarked<WritebackSettings> = decoding(readSettings)
