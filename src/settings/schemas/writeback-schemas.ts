/**
 * The schemas of what write-back is told: its settings, the loop guard's, those about conflicts, and what is known of leads and emails.
 *
 * @module
 */
import type { SettingRow } from '../../contract/setting-rows.js'
import type { JsonObject } from '../../ground/json.js'
import { policyNames } from '../../writeback/conflict/policy.js'
import { fieldSettingRows, otherSettingNames } from '../../writeback/conflict/setting-rows.js'
import { loopSettingRows } from '../../writeback/loop/settings.js'
import {
  defaultLeadFields,
  type EventRow,
  type LeadFields,
  marketoDestinations,
  type PropertyRow,
  type WritebackSettings
} from '../../writeback/settings.js'
import { munchkinId, valueTypeOrNull } from './contract-parts.js'
import { type Besides, membersOf } from './from-rows.js'
import {
  closed,
  flag,
  headed,
  listOf,
  mapOf,
  marketoName,
  nonBlank,
  oneOf,
  orNull,
  schemaMember,
  shaped,
  told,
  whole
} from './parts.js'

type Members<T> = Readonly<Record<keyof T, JsonObject>>

const typeNumber = whole(1, 2_147_483_647)

const fromSays =
  'The display name of an attribute, or primaryAttributeValueId, primaryAttributeValue, campaignId, emailSubject, campaignName'

const propertyMembers: Members<PropertyRow> = {
  property: told('The property of the Segment event', nonBlank, ['plan']),
  from: told(fromSays, nonBlank, ['primaryAttributeValue']),
  type: { ...told('How the value becomes a property', oneOf(['id', 'text', 'number', 'boolean'])), default: 'text' }
}

const eventMembers: Members<EventRow> = {
  activityTypeId: told('The number of the activity type', typeNumber, [100001]),
  event: told('The name of the Segment event', nonBlank, ['Demo Booked']),
  properties: {
    ...told('Its properties', listOf(closed({ ...propertyMembers }, ['property', 'from']))),
    default: []
  }
}

const restName = shaped('^[^,\\s]+$', 'The REST name of a lead field')

const leadFieldMembers: Members<LeadFields> = {
  email: { ...told('The lead field of the email', restName), default: defaultLeadFields.email },
  userId: { ...told('The lead field of the userId', restName), default: defaultLeadFields.userId },
  anonymousId: { ...told('The lead field of the anonymousId', restName), default: defaultLeadFields.anonymousId }
}

const fallbackSays =
  'Who an event is of when its lead holds no userId and no anonymousId: an anonymousId made of the lead’s number, the email, or nobody'

const settingMembers: Members<WritebackSettings> = {
  munchkinId: told('The Munchkin account id of the Marketo instance', munchkinId, ['561-HYG-937']),
  namespace: { ...told('Sets message ids of two sources of one instance apart', orNull(nonBlank)), default: null },
  activityTypeIds: told('The activity types that are polled; all that have an event unless given', {
    ...listOf(typeNumber),
    minItems: 1
  }),
  events: {
    ...told(
      'Events of types that have none by themselves, or under another name',
      listOf(closed({ ...eventMembers }, ['activityTypeId', 'event']))
    ),
    default: []
  },
  leadFields: told('The lead fields that hold who a lead is to Segment', closed({ ...leadFieldMembers })),
  identityFallback: { ...told(fallbackSays, oneOf(['leadId', 'email', 'skip'])), default: 'leadId' },
  dropBots: { ...told('Whether what robots did is left out', flag), default: false },
  formFields: { ...told('The fields of filled-in forms that may leave, by name', listOf(nonBlank)), default: [] },
  switchOff: {
    ...told('The destinations that the events must not reach, by display name', listOf(nonBlank)),
    default: marketoDestinations
  },
  notBefore: {
    ...told('Older activities are left out: ISO 8601, or milliseconds', { type: ['string', 'number', 'null'] }, [
      '2024-01-01T00:00:00Z'
    ]),
    default: null
  }
}

/** Settings of write-back. @internal */
export const writebackSchema = (): JsonObject =>
  headed('Settings of write-back', 'How activities of Marketo become Segment events.', {
    ...closed({ ...schemaMember, ...settingMembers }, ['munchkinId'])
  })

const millis: Besides = { schema: whole(1, 90 * 86_400_000) }

const loopMembers = membersOf(loopSettingRows, {
  windowMillis: millis,
  turnsMillis: millis,
  freezeMillis: millis,
  mostEntries: { schema: whole(1, 10_000_000) },
  mostTurns: { schema: whole(0, 1_000) },
  apiUsers: { examples: [['api@example.com']] }
})

/** Settings of the loop guard. @internal */
export const loopSchema = (): JsonObject =>
  headed(
    'Settings of the loop guard',
    'How write-back tells our own writes, and when it stops.',
    closed({ ...schemaMember, ...loopMembers })
  )

/** What is not said of a field is as `others` or its kind say, so that no default can be told. */
const withoutDefaults: Readonly<Record<string, SettingRow>> = Object.fromEntries(
  Object.entries(fieldSettingRows).map(([name, row]) => [name, { ...row, fallback: undefined }])
)

const fieldMembers = membersOf(withoutDefaults, {
  toleranceMillis: { schema: whole(0, 86_400_000) },
  type: { schema: valueTypeOrNull },
  length: { schema: orNull(whole(1, 65_536)) },
  stages: { examples: [['lead', 'customer']] }
})

const otherRows: Readonly<Record<string, SettingRow>> = Object.fromEntries(
  otherSettingNames.map((name) => [name, fieldSettingRows[name]])
)

const otherMembers = membersOf(otherRows, {
  policy: { schema: oneOf(policyNames.filter((name) => name !== 'monotone' && name !== 'custom')) },
  toleranceMillis: { schema: whole(0, 86_400_000) }
})

const fieldPolicy: JsonObject = { anyOf: [oneOf(policyNames), closed(fieldMembers)] }

/** Settings about conflicts. @internal */
export const conflictSchema = (): JsonObject =>
  headed(
    'Settings about conflicts',
    'Who is right about a field that Segment and Marketo both write.',
    closed({
      ...schemaMember,
      others: told('What holds for fields that are not named', closed(otherMembers)),
      fields: told('Policies by field (REST name): a policy’s name alone, or with its settings', {
        ...mapOf(fieldPolicy),
        propertyNames: marketoName
      })
    })
  )

const nameMembers = (name: string, says: string): JsonObject => ({
  type: 'object',
  properties: { [name]: told(says, { type: ['string', 'null'] }) }
})

/** What is known of leads, emails and campaigns. @internal */
export const contextSchema = (): JsonObject =>
  headed(
    'What is known of leads, emails and campaigns',
    'Names that are not in an activity, for segment-marketo writeback --context: each under its number.',
    closed({
      ...schemaMember,
      leads: told('Lead fields by the lead’s number', mapOf({ type: 'object' }), [{ '42': { userId: 'u1' } }]),
      emails: told('Subjects by the email’s number', mapOf(nameMembers('subject', 'The subject of the email'))),
      campaigns: told('Names by the campaign’s number', mapOf(nameMembers('name', 'The name of the campaign')))
    })
  )
