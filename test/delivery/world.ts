/**
 * A simulated instance, and intents about the people in it.
 */

import type { Item, ItemOutcome } from '../../src/delivery/outcome.js'
import type { Delivery, Pending } from '../../src/delivery/state.js'
import { takeOutcomes } from '../../src/delivery/state.js'
import type { AddCustomActivity, AssociateCookie, Fields, Intent, UpsertLead } from '../../src/intent/intent.js'
import { isMunchkinId } from '../../src/marketo/munchkin-id.js'
import type { SimulatorOptions } from '../../src/simulator/options.js'
import { startSimulator } from '../../src/simulator/start.js'
import type { SimulatorState } from '../../src/simulator/state.js'

const text = '561-HYG-937'
if (!isMunchkinId(text)) throw new Error('no Munchkin id')
export const munchkinId = text

/** An instance with the fields that v2 asks for and some of its own. */
export const marketo = (options: Partial<SimulatorOptions> = {}): SimulatorState =>
  startSimulator({
    munchkinId,
    clientId: 'client',
    clientSecret: 'secret',
    customFields: [
      { name: 'userId', type: 'string' },
      { name: 'anonymousId', type: 'string' },
      { name: 'plan', type: 'string' },
      { name: 'seats', type: 'integer' }
    ],
    activityTypes: [
      {
        id: 100001,
        primaryAttribute: { apiName: 'plan', dataType: 'string' },
        attributes: [{ apiName: 'n', dataType: 'integer' }]
      }
    ],
    ...options
  })

export const email = (n: number): string => `p${n}@corp.test`

/** An upsert by one field of those that it writes. */
export const upsert = (fields: Fields, by = 'email', more: Partial<UpsertLead> = {}): UpsertLead => ({
  _tag: 'UpsertLead',
  munchkinId,
  lead: { lookupField: by, value: String(fields[by]) },
  fields,
  action: 'createOrUpdate',
  partitionName: null,
  ...more
})

export const activity = (value: string, n = 0, by = 'email'): AddCustomActivity => ({
  _tag: 'AddCustomActivity',
  munchkinId,
  lead: { lookupField: by, value },
  activityTypeId: 100001,
  activityDate: '2024-05-01T10:00:00Z',
  primaryAttributeValue: `a${n}`,
  attributes: [{ apiName: 'n', value: n }]
})

export const cookie = (n: number): string => `id:${munchkinId}&token:_mch-corp.test-1374552656411-${90000 + n}`

export const associate = (value: string, browser: number, by = 'email'): AssociateCookie => ({
  _tag: 'AssociateCookie',
  munchkinId,
  lead: { lookupField: by, value },
  visitor: { _tag: 'Cookie', cookie: cookie(browser) }
})

/** Items numbered from 0. */
export const itemsOf = (...intents: ReadonlyArray<Intent>): ReadonlyArray<Item> =>
  intents.map((intent, i) => ({ id: `i${i}`, messageId: `m${i}`, intent }))

/** An item that is looked at, of which nothing has come yet. */
export const pendingOf = (seq: number, more: Partial<Pending> = {}): Pending => ({
  id: `i${seq}`,
  messageId: null,
  intent: upsert({ email: email(seq) }),
  seq,
  key: '',
  person: 0,
  tried: {},
  notBefore: 0,
  piece: 0,
  family: 0,
  progress: null,
  ...more
})

export const outcomesOf = (delivery: Delivery): ReadonlyArray<ItemOutcome> => takeOutcomes(delivery)[1]

/** Outcomes by item, without what all of them carry. */
export const endsOf = (delivery: Delivery): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    outcomesOf(delivery).map(({ id: item, messageId: _, munchkinId: __, ...end }) => [item, end] as const)
  )
