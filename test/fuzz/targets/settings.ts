/**
 * Settings and rules, decoded; what decodes maps whatever comes.
 *
 * @module
 */
import { decodeDeliveryOptions } from '../../../src/delivery/decode-options.js'
import { next, wakeAt } from '../../../src/delivery/next.js'
import type { DeliveryOptions } from '../../../src/delivery/options.js'
import { receive } from '../../../src/delivery/receive.js'
import { start } from '../../../src/delivery/start.js'
import { isMunchkinId } from '../../../src/marketo/munchkin-id.js'
import { decodeRecipes } from '../../../src/recipes/decode.js'
import { folder } from '../../../src/recipes/mapper.js'
import { noMemory } from '../../../src/recipes/memory.js'
import { readFieldSheet } from '../../../src/settings/field-sheet.js'
import { readInstance } from '../../../src/settings/read-instance.js'
import { decodeSourceSettings } from '../../../src/source/decode-settings.js'
import { compileSource } from '../../../src/source/tables.js'
import { decodeCredentials } from '../../../src/v1/credentials.js'
import { decodeSettings as decodeV1Settings } from '../../../src/v1/decode-settings.js'
import { browserMapper as v1BrowserMapper, mapper as v1Mapper } from '../../../src/v1/mapper.js'
import { decodeSettings } from '../../../src/v2/decode-settings.js'
import { browserMapper, mapper } from '../../../src/v2/mapper.js'
import { decodeConflictSettings } from '../../../src/writeback/conflict/decode-settings.js'
import { decodeWritebackSettings } from '../../../src/writeback/decode-settings.js'
import { eventOf } from '../../../src/writeback/event-of.js'
import { decodeLoopSettings } from '../../../src/writeback/loop/settings.js'
import { saidIn, type Target } from '../target.js'

const at = '2024-05-01T10:00:00Z'
const events: ReadonlyArray<unknown> = [
  {
    type: 'identify',
    userId: 'u1',
    timestamp: at,
    traits: { email: 'ana@example.com', name: 'Ana Cruz', plan: 'pro', address: { city: 'Lyon' } },
    context: { page: { url: 'https://www.example.com/a?b=c' } }
  },
  { type: 'track', userId: 'u1', event: 'Trial Started', timestamp: at, properties: { plan: 'pro', seats: 3 } },
  { type: 'page', userId: 'u1', timestamp: at, properties: { url: 'https://www.example.com/a?b=c' } }
]

const activity = { id: 1, marketoGUID: '1', leadId: 42, activityDate: at, activityTypeId: 11, attributes: [] }

const munchkinId = '561-HYG-937'
const lead = { lookupField: 'email', value: 'ana@example.com' }

/** Two items of one person, delivered by these options for a few rounds in which no answer comes. */
const deliverBy = (options: DeliveryOptions): void => {
  if (!isMunchkinId(munchkinId)) return
  const fields = { email: lead.value }
  const upsert = {
    _tag: 'UpsertLead',
    munchkinId,
    lead,
    fields,
    action: 'createOrUpdate',
    partitionName: null
  } as const
  const campaign = {
    _tag: 'RequestCampaign',
    munchkinId,
    lead,
    campaignId: 1,
    tokens: [],
    purpose: 'engage',
    at: null
  } as const
  let state = start(
    [upsert, campaign].map((intent, i) => ({ id: `i${i}`, messageId: null, event: null, intent })),
    options
  )
  let now = 1_714_557_600_000
  for (let round = 0; round < 5; round += 1) {
    const [after, requests] = next(state, now)
    state = requests.reduce((one, { id }) => receive(one, id, { kind: 'lost' }, now), after)
    now = wakeAt(state, now) ?? now
  }
}

/** Each decoder of settings, the rules, and what tells of an instance. */
export const settingsTargets: ReadonlyArray<Target> = [
  {
    name: 'v2-settings',
    corpus: 'settings',
    reads: 'value',
    feed: (u) => {
      const read = decodeSettings(u)
      if (read._tag !== 'Left')
        for (const map of [mapper(read.right), browserMapper(read.right)]) for (const event of events) map(event)
      return saidIn(read)
    }
  },
  {
    name: 'v1-settings',
    corpus: 'settings',
    reads: 'value',
    feed: (u) => {
      const read = decodeV1Settings(u)
      if (read._tag !== 'Left')
        for (const map of [v1Mapper(read.right), v1BrowserMapper(read.right)]) for (const event of events) map(event)
      return [saidIn(read), saidIn(decodeCredentials(u))]
    }
  },
  {
    name: 'writeback-settings',
    corpus: 'settings',
    reads: 'value',
    feed: (u) => {
      const read = decodeWritebackSettings(u)
      if (read._tag !== 'Left') eventOf(read.right)(activity)
      return [read, decodeConflictSettings(u), decodeLoopSettings(u)].map(saidIn)
    }
  },
  {
    name: 'source-settings',
    corpus: 'settings',
    reads: 'value',
    feed: (u) => {
      const read = decodeSourceSettings(u)
      if (read._tag !== 'Left') compileSource(read.right).reader('leads')?.({ id: 1 }, 0, null)
      return saidIn(read)
    }
  },
  {
    name: 'delivery-options',
    corpus: 'delivery',
    reads: 'value',
    feed: (u) => {
      const read = decodeDeliveryOptions(u)
      if (read._tag !== 'Left') deliverBy(read.right)
      return saidIn(read)
    }
  },
  {
    name: 'rules',
    corpus: 'rules',
    reads: 'value',
    feed: (u) => {
      const read = decodeRecipes(u)
      if (read._tag !== 'Left') for (const event of events) folder(read.right)(noMemory, event, 1_714_557_600_000)
      return saidIn(read)
    }
  },
  { name: 'instance', corpus: 'instances', reads: 'value', feed: (u) => saidIn(readInstance(u)) },
  { name: 'field-sheet', corpus: 'csv', reads: 'text', feed: (text) => saidIn(readFieldSheet(String(text))) }
]
