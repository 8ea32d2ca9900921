/**
 * The schema of delivery options, as `segment-marketo deliver --options` and `decodeDeliveryOptions` read them.
 *
 * @module
 */

import {
  type DeliveryOptions,
  defaultDeliveryOptions,
  type EventLists,
  type resolveFirst,
  type Shortage
} from '../../delivery/options.js'
import type { JsonObject } from '../../ground/json.js'
import type { BackOffPolicy } from '../../pace/back-off.js'
import type { BudgetSettings, BudgetShares, BudgetUser } from '../../pace/budget-settings.js'
import type { RetryPolicy } from '../../pace/remedies.js'
import type { TokenSettings } from '../../pace/token.js'
import {
  closed,
  flag,
  headed,
  listOf,
  mapOf,
  nonBlank,
  oneOf,
  orNull,
  schemaMember,
  shaped,
  told,
  whole
} from './parts.js'

type Members<T> = Readonly<Record<keyof T, JsonObject>>

const share: JsonObject = { type: 'number', minimum: 0, maximum: 1 }
const millis = whole(0, 90 * 86_400_000)
const seed = whole(0, 4_294_967_295)
const restName = shaped('^[^,\\s]+$', 'The REST name of a lead field')
const distinct = (items: JsonObject): JsonObject => ({ ...listOf(items), uniqueItems: true })

const backOffMembers: Members<BackOffPolicy> = {
  firstMillis: told('The longest that the first wait may be', millis),
  capMillis: told('What waits grow to, each twice the one before', millis),
  longestMillis: told('The longest wait that an answer may ask for', millis),
  retries: told('How often a call is sent again', whole(0, 1_000))
}

const backOff = told('How long to wait before the next try', closed({ ...backOffMembers }))

const retryMembers: Members<RetryPolicy> = {
  backOff,
  whenInDoubt: told(
    'What becomes of a call that may have been carried out and must not be twice',
    oneOf(['report', 'resend'])
  )
}

const tokenMembers: Members<TokenSettings> = {
  marginMillis: told('How long before its end a token is renewed', millis),
  renewalMillis: told('When a renewal without an answer counts as lost', millis),
  steadyMillis: told('How long a token must have lived for its end to be no trouble', millis),
  backOff,
  seed: told('Where the waits of failing renewals begin', seed)
}

const shareMembers: Members<BudgetShares> = {
  window: told('Our part of the calls of 20 seconds', share),
  running: told('Our part of the calls at one moment', share),
  day: told('Our part of the calls of a day', share)
}

const userMembers: Members<BudgetUser> = {
  priority: told('Of two who wait, the one with the higher priority goes first', { type: 'number' }),
  share: told('The most that this one may have of our part', share)
}

const budgetMembers: Members<BudgetSettings> = {
  callsPerWindow: told('Calls that Marketo takes in any 20 seconds', whole(0, 1_000_000)),
  runningCalls: told('Calls that Marketo takes at one moment', whole(0, 1_000_000)),
  callsPerDay: told('Calls that Marketo takes a day', whole(0, 1_000_000_000)),
  shares: told('Our part of them', closed({ ...shareMembers })),
  users: told('Who spends our part, by name', { ...mapOf(closed({ ...userMembers })), propertyNames: nonBlank })
}

type Resolving = ReturnType<typeof resolveFirst>

const identityMembers: Members<Resolving> = {
  _tag: told('Whether Marketo finds the lead, or every key is looked up first', oneOf(['resolve'])),
  prefer: told('Which of several leads is the person’s', oneOf(['first-key', 'last-updated', 'first-created'])),
  duplicates: told('What becomes of the others', oneOf(['report', 'merge'])),
  weakFields: told('Keys that several people may share', distinct(restName)),
  policies: told('What becomes of a field of a lead that is there, by REST name', {
    ...mapOf(oneOf(['always', 'if-empty', 'on-create'])),
    propertyNames: restName
  })
}

const wayTag = 'The way that lead writes go'

const transport: JsonObject = {
  anyOf: [
    closed({ _tag: told(wayTag, oneOf(['rest'])) }, ['_tag']),
    closed(
      {
        _tag: told(wayTag, oneOf(['ingestion'])),
        prefix: told('What the correlation ids begin with: give each delivery its own', nonBlank),
        priority: told('How soon Marketo is to take them', oneOf(['normal', 'high']))
      },
      ['_tag', 'prefix']
    ),
    closed(
      {
        _tag: told(wayTag, oneOf(['bulk'])),
        pollMillis: told('How often a job is asked for', whole(1_000, 86_400_000), [60_000])
      },
      ['_tag', 'pollMillis']
    )
  ]
}

const shortageMembers: Members<Shortage> = {
  reserve: told('The part of our calls of the day from which on only leads are written', share),
  rest: told('What becomes of the rest', oneOf(['wait', 'give-back']))
}

const eventMembers: Members<EventLists> = {
  allow: told('The events that are delivered, by name; null for all', orNull(listOf(nonBlank))),
  deny: told('The events that never are', listOf(nonBlank))
}

const usual = defaultDeliveryOptions

const members: Members<DeliveryOptions> = {
  user: { ...told('Our name in the budget that we share with others', nonBlank), default: usual.user },
  idFields: {
    ...told('The lead fields that identify people, the strongest first', {
      ...distinct({ allOf: [restName, { not: oneOf(['id']) }] }),
      minItems: 1
    }),
    default: usual.idFields
  },
  identity: {
    ...told('How leads are found', {
      anyOf: [
        closed({ _tag: told('Marketo finds or makes the lead', oneOf(['upsert'])) }, ['_tag']),
        closed({ ...identityMembers }, ['_tag'])
      ]
    }),
    default: { _tag: 'upsert' }
  },
  window: {
    ...told('How many items of an instance are looked at together', whole(1, 1_000_000)),
    default: usual.window
  },
  remember: { ...told('How many people and browsers are kept in mind', whole(1, 10_000_000)), default: usual.remember },
  freeCalls: {
    ...told('How many calls that no budget counts may be in flight', whole(1, 10_000)),
    default: usual.freeCalls
  },
  linger: {
    ...told('How many milliseconds a call that is not full waits for more', whole(0, 3_600_000)),
    default: usual.linger
  },
  transport: { ...told(wayTag, transport), default: { _tag: 'rest' } },
  retry: told('How stubborn to be', closed({ ...retryMembers })),
  token: told('How tokens are renewed', closed({ ...tokenMembers })),
  budget: told('How many calls Marketo takes, and our part of them', closed({ ...budgetMembers })),
  shortage: told('What is done when the calls of the day run out', closed({ ...shortageMembers })),
  events: told('What is delivered at all', closed({ ...eventMembers }), [{ deny: ['Heartbeat'] }]),
  skipUnchanged: {
    ...told('Whether a record equal to the last one of the person is left out', flag),
    default: usual.skipUnchanged
  },
  checkCampaignLeads: {
    ...told('Whether a campaign’s lead is looked up before', flag),
    default: usual.checkCampaignLeads
  },
  forwardIp: { ...told('Whether page views tell the visitor’s address', flag), default: usual.forwardIp },
  seed: { ...told('Where the waits that are drawn begin: give each process its own', seed), default: usual.seed }
}

/** Delivery options. @internal */
export const deliverySchema = (): JsonObject =>
  headed('Delivery options', 'How intents are delivered to Marketo.', closed({ ...schemaMember, ...members }))
