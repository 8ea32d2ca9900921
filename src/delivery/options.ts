/**
 * How to deliver: every choice that a caller has, with what happens when none is made.
 *
 *     who            user, idFields, identity          whose lead an intent is about
 *     how many       window, remember, freeCalls       what is looked at, kept in mind, and sent at once
 *     which way      transport                         one by one, in bulk, or for later
 *     how fast       budget, linger, token, retry, seed        pace/
 *     what first     shortage                          what is sent when the day's calls run out
 *     what at all    events, skipUnchanged             what is not sent
 *     how sure       checkCampaignLeads                whether leads are there, where Marketo does not say
 *
 * @module
 */

import type { GivenBudgetSettings } from '../pace/budget-settings.js'
import { defaultRetryPolicy, type RetryPolicy } from '../pace/remedies.js'
import type { TokenSettings } from '../pace/token.js'

/**
 * What becomes of a field of a lead that is there already.
 *
 *     always      it is written (so are fields without a policy)
 *     if-empty    it is written where Marketo holds nothing
 *     on-create   it is never written on a lead that is there
 *
 * @category identity
 * @since 0.1.0
 */
export type FieldPolicy = 'always' | 'if-empty' | 'on-create'

/**
 * Which of several leads is the person's.
 *
 *     first-key      one that the strongest key finds (the order of `idFields`); of several, the one changed last
 *     last-updated   the one changed last
 *     first-created  the one that is there longest
 *
 * What is still a tie goes to the lead with the lowest number.
 *
 * @category identity
 * @since 0.1.0
 */
export type TieRule = 'first-key' | 'last-updated' | 'first-created'

/**
 * How leads are found.
 *
 *     upsert    Marketo finds or makes the lead, by the one key that the intent names
 *     resolve   every key of the person is looked up first; the lead so found is written by its number, and one is made only where no
 *               key finds any. `weakFields` are keys that several people may share (a browser's id): a lead that only such a key
 *               finds counts only if it has no stronger key but the record's own. Duplicates are told, or merged into the chosen lead.
 *
 * @category identity
 * @since 0.1.0
 */
export type Identity =
  | { readonly _tag: 'upsert' }
  | {
      readonly _tag: 'resolve'
      readonly prefer: TieRule
      readonly duplicates: 'report' | 'merge'
      readonly weakFields: ReadonlyArray<string>
      readonly policies: Readonly<Record<string, FieldPolicy>>
    }

/**
 * The strategy that looks leads up first, with its defaults: the strongest key decides, duplicates are told, an anonymous id is weak.
 *
 * @example
 * resolveFirst({ duplicates: 'merge' }).duplicates // => 'merge'
 * resolveFirst().prefer // => 'first-key'
 * @category identity
 * @since 0.1.0
 */
export const resolveFirst = (
  given: Partial<Omit<Extract<Identity, { readonly _tag: 'resolve' }>, '_tag'>> = {}
): Extract<Identity, { readonly _tag: 'resolve' }> => ({
  _tag: 'resolve',
  prefer: 'first-key',
  duplicates: 'report',
  weakFields: ['anonymousId'],
  policies: {},
  ...given
})

/**
 * The way that lead writes go.
 *
 *     rest        Sync Leads: 300 a call, each answered at once, with the lead's number
 *     ingestion   Data Ingestion: 1,000 a call, outside the quota, queued under a correlation id and never answered here. `prefix` begins
 *                 those ids: give each delivery its own
 *     bulk        files of up to 10 MB, each a job that is asked for every `pollMillis` until it is done; its failures are matched to items
 *
 * What a way cannot carry goes by REST. The number of a lead written by the last two is looked up where something needs it, again and
 * again for some minutes if need be. `chooseTransport` weighs them.
 *
 * @category options
 * @since 0.1.0
 */
export type TransportOption =
  | { readonly _tag: 'rest' }
  | { readonly _tag: 'ingestion'; readonly prefix: string; readonly priority: 'normal' | 'high' }
  | { readonly _tag: 'bulk'; readonly pollMillis: number }

/**
 * What is done when the calls of the day run out: from `reserve` on (a share of our calls of the day) only leads are written, those first
 * that say not to be written to. The rest waits for the next day, or is given back as deferred.
 *
 * @category options
 * @since 0.1.0
 */
export interface Shortage {
  readonly reserve: number
  readonly rest: 'wait' | 'give-back'
}

/**
 * Events by name: with `allow` only those, and never those of `deny`. Null allows all.
 *
 * @category options
 * @since 0.1.0
 */
export interface EventLists {
  readonly allow: ReadonlyArray<string> | null
  readonly deny: ReadonlyArray<string>
}

/**
 * How to deliver.
 *
 * - `user`: our name in the budget that we share with others.
 * - `idFields`: the lead fields that identify people, the strongest first.
 * - `window`: how many items of an instance are looked at together; the rest waits its turn.
 * - `remember`: how many people and browsers are kept in mind beyond those.
 * - `freeCalls`: how many calls that no budget counts (page views, Data Ingestion) may be in flight.
 * - `linger`: how many milliseconds a call that is not full waits for those under way, whose answers may bring more for it.
 * - `skipUnchanged`: a record equal to the last one that was written for the person is not sent again.
 * - `checkCampaignLeads`: a campaign’s lead is looked up before it is requested, once, because Marketo does not say that it is gone.
 * - `seed`: where the waits that are drawn begin: give each process its own.
 *
 * @category options
 * @since 0.1.0
 */
export interface DeliveryOptions {
  readonly user: string
  readonly idFields: ReadonlyArray<string>
  readonly identity: Identity
  readonly window: number
  readonly remember: number
  readonly freeCalls: number
  readonly linger: number
  readonly transport: TransportOption
  readonly retry: RetryPolicy
  readonly token: Partial<TokenSettings>
  readonly budget: GivenBudgetSettings
  readonly shortage: Shortage
  readonly events: EventLists
  readonly skipUnchanged: boolean
  readonly checkCampaignLeads: boolean
  readonly forwardIp: boolean
  readonly seed: number
}

/**
 * What deliveries do unless told otherwise.
 *
 * @category options
 * @since 0.1.0
 */
export const defaultDeliveryOptions: DeliveryOptions = {
  user: 'delivery',
  idFields: ['email', 'userId', 'anonymousId'],
  identity: { _tag: 'upsert' },
  window: 5_000,
  remember: 20_000,
  freeCalls: 10,
  linger: 2_000,
  transport: { _tag: 'rest' },
  retry: defaultRetryPolicy,
  token: {},
  budget: {},
  shortage: { reserve: 0.05, rest: 'wait' },
  events: { allow: null, deny: [] },
  skipUnchanged: false,
  checkCampaignLeads: false,
  forwardIp: false,
  seed: 0
}
