/**
 * Whether a lead is still there, for those of whom Marketo does not say it.
 *
 *     campaign, first of its person ──▶ its lead's number looked up ──▶ there: requested
 *                                          └ gone: looked for once more by its key
 *
 * Once for each campaign: asked anew after a while, a day of few calls would go by with asking alone.
 *
 * To every other call about a lead Marketo says 1004 where the lead is gone; a campaign it takes, and reaches nobody.
 *
 * Source: Adobe "Smart Campaigns", Trigger.
 *
 * @module
 */
import { isMarketoId } from '../endpoints/lead-ref.js'
import { isKeyedIntent, type KeyedIntent, type ServerIntent } from '../intent/intent.js'
import { change, type Draft } from './draft.js'
import type { End } from './outcome.js'
import { keyOf, leadIdOf, type People } from './people.js'
import type { Delivery, Pending } from './state.js'

/** The number of an item's lead, if it is known; of a lead that is named by its number the one that it was merged into. @internal */
export const numberOf = (
  people: People,
  { lead }: KeyedIntent,
  { person, key }: Pick<Pending, 'person' | 'key'>
): number | undefined => leadIdOf(people, person, key) ?? (lead.lookupField === 'id' ? Number(lead.value) : undefined)

/** Whether an item names its lead by its number: there is nothing else to look for it by. @internal */
export const isByNumber = (intent: ServerIntent): boolean => isKeyedIntent(intent) && intent.lead.lookupField === 'id'

/**
 * Why a lead is not deleted that was named by its number and has been merged into another: the other is more than was named, and what is
 * deleted does not come back.
 *
 * @internal
 */
export const deletesAnother = (intent: KeyedIntent, leadId: number): End | undefined => {
  if (intent._tag !== 'DeleteLead' || !isByNumber(intent) || Object.is(Number(intent.lead.value), leadId))
    return undefined
  const message = `this lead was merged into lead ${leadId}: name that one if it is meant`
  return { _tag: 'Skipped', reasons: [{ code: '1004', message }], remedy: 'mend-record' }
}

/** The question whether a lead is there, and its key. @internal */
export const byNumber = (
  { munchkinId }: KeyedIntent,
  leadId: number
): readonly [key: string, what: Pick<KeyedIntent, 'munchkinId' | 'lead'>] => {
  const what = { munchkinId, lead: { lookupField: 'id', value: leadId } }
  return [keyOf(what), what]
}

/** Whether an item's lead is to be looked up, though its number is known; what is no lead's number is found out when it is sent. @internal */
export const wantsCheck = (
  { options }: Pick<Delivery, 'options'>,
  { intent, progress }: Pending,
  leadId: number
): boolean =>
  options.checkCampaignLeads && intent._tag === 'RequestCampaign' && isMarketoId(leadId) && progress?._tag !== 'IsThere'

/** That this lead of these is there. @internal */
export const isThere = (draft: Draft, items: ReadonlyArray<Pending>, leadId: number): void => {
  const checked = items.filter((item) => wantsCheck(draft.state, item, leadId))
  change(draft, checked, { progress: { _tag: 'IsThere' } })
}
