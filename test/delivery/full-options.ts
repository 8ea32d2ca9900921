/**
 * Delivery options of which each is another than the usual one.
 *
 * @module
 */
import type { DeliveryOptions } from '../../src/delivery/options.js'

const backOff = { firstMillis: 1, capMillis: 2, longestMillis: 3, retries: 4 }

/** Every option, none of them as usual. */
export const fullOptions: DeliveryOptions = {
  user: 'webhooks',
  idFields: ['email', 'userId'],
  identity: {
    _tag: 'resolve',
    prefer: 'last-updated',
    duplicates: 'merge',
    weakFields: ['userId'],
    policies: { city: 'if-empty', company: 'on-create', plan__c: 'always' }
  },
  window: 10,
  remember: 20,
  freeCalls: 3,
  linger: 0,
  transport: { _tag: 'ingestion', prefix: 'a', priority: 'high' },
  retry: { backOff, whenInDoubt: 'resend' },
  token: { marginMillis: 1, renewalMillis: 2, steadyMillis: 3, backOff, seed: 4 },
  budget: {
    callsPerWindow: 80,
    runningCalls: 8,
    callsPerDay: 20_000,
    shares: { window: 0.1, running: 0.2, day: 0.3 },
    users: { webhooks: { priority: -1.5, share: 0.5 } }
  },
  shortage: { reserve: 0.5, rest: 'give-back' },
  events: { allow: ['Signed Up'], deny: ['Debugged'] },
  skipUnchanged: true,
  checkCampaignLeads: true,
  forwardIp: true,
  seed: 4_294_967_295
}
