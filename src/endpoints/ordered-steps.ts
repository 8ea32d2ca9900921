/**
 * What leads belong to, go through, and are gone by, as steps of one event.
 *
 *     AddToList 'Trial users'    Get Leads ─┐ the lead's number
 *                                Find List ─┴ the list's number ─▶ Add to List
 *
 * Some of it is no fixed row of steps. Which lists a lead leaves, and what its score comes to, is known only once Marketo has answered;
 * and nobody is deleted by a key without a look at how many leads have it. Delivery does all that.
 *
 * @module
 */

import type { Path } from '../ground/path.js'
import { excluded, type Problem } from '../ground/problem.js'
import type { Call, Described, HttpRequest, Slot } from '../intent/descriptor.js'
import type { AddToScore, LeaveLists, ListRef } from '../intent/intent.js'
import type { OrderedIntent } from '../intent/ordered-intent.js'
import type { Draft } from './batch.js'
import { describeDeleteLeads } from './delete-leads.js'
import { type LeadRef, slotsOf } from './lead-ref.js'
import { describeFindList } from './list-assets.js'
import { describeAddToList, describeRemoveFromList } from './list-members.js'
import { describeDeleteProgramMembers, describeSyncProgramStatus } from './program-members.js'
import { describeRequestCampaign } from './request-campaign.js'
import { withEmpty } from './slots.js'
import { keyName, type Numbers, numberOf, type Placed } from './step-numbers.js'

/** Those of which fixed steps can be made. */
type Stepped = Exclude<OrderedIntent, LeaveLists | AddToScore>

const inDelivery = (why: string): Problem => excluded('skipped', ['_tag'], 'mode', `${why}: delivery does this`)

// biome-ignore format: table
const unfixed = {
  lists:    inDelivery('only an answer of Marketo’s tells which lists the lead is on'),
  score:    inDelivery('only an answer of Marketo’s tells what the points are added to'),
  deletion: inDelivery('only an answer of Marketo’s tells whether one lead alone has this key')
} as const

/** Stands where a number will, until the place is emptied: as long as any. */
const standIn = Number.MAX_SAFE_INTEGER

const listNumber = (list: ListRef): number => ('listId' in list ? list.listId : standIn)

/** The call of an intent on a numbered lead, and where that number stands in it. */
const writing = (intent: Stepped, leadId: number): readonly [described: Described<HttpRequest>, at: Path] => {
  const { munchkinId } = intent
  switch (intent._tag) {
    case 'AddToList':
      return [
        describeAddToList([{ munchkinId, listId: listNumber(intent.list), leadId }]),
        ['body', 'json', 'input', 0, 'id']
      ]
    case 'RemoveFromList':
      return [describeRemoveFromList([{ munchkinId, listId: listNumber(intent.list), leadId }]), ['query', 0, 1]]
    case 'SetProgramStatus': {
      const { programId, statusName } = intent
      return [
        describeSyncProgramStatus([{ munchkinId, programId, leadId, statusName }]),
        ['body', 'json', 'input', 0, 'leadId']
      ]
    }
    case 'LeaveProgram':
      return [
        describeDeleteProgramMembers([{ munchkinId, programId: intent.programId, leadId }]),
        ['body', 'json', 'input', 0, 'leadId']
      ]
    case 'RequestCampaign': {
      const { campaignId, tokens } = intent
      return [
        describeRequestCampaign([{ munchkinId, campaignId, leadId, tokens }]),
        ['body', 'json', 'input', 'leads', 0, 'id']
      ]
    }
    case 'DeleteLead':
      // By number alone: no place stands empty.
      return [describeDeleteLeads([{ munchkinId, leadId }]), []]
  }
}

const listAt: Path = ['path', 3]

/** Where the number of a named list comes from: asked for once. */
const listOf = (
  draft: Draft,
  lists: Map<string, number>,
  { position, intent: { munchkinId } }: Placed<OrderedIntent>,
  name: string
): ReadonlyArray<Slot> | Problem => {
  const key = `${munchkinId} ${name}`
  const known = lists.get(key)
  const step = known ?? draft.calls.length
  if (known === undefined) {
    const described = describeFindList([{ munchkinId, name }])
    if (described._tag === 'Left') return described.left[0].problem
    for (const call of described.right) draft.calls.push({ ...call, intents: [position] })
    lists.set(key, step)
  }
  return [{ at: listAt, step, pick: ['result', 0, 'id'] }]
}

/** The slots of a call: those of its lead, and of a list that is known by name. */
const slotsFor = (
  draft: Draft,
  lists: Map<string, number>,
  placed: Placed<Stepped>,
  lead: LeadRef,
  at: Path
): ReadonlyArray<Slot> | Problem => {
  const { intent } = placed
  const own = slotsOf(lead, at)
  if (!('list' in intent) || 'listId' in intent.list) return own
  const list = listOf(draft, lists, placed, intent.list.name)
  return '_tag' in list ? list : [...list, ...own]
}

const takeStep = (draft: Draft, numbers: Numbers, lists: Map<string, number>, placed: Placed<Stepped>): void => {
  const { position, intent } = placed
  const unsent = (problem: Problem): void => {
    draft.unsent.push({ intent: position, problem })
  }
  const { lookupField, value } = intent.lead
  const [described, at] = writing(intent, lookupField === 'id' ? Number(value) : standIn)
  // What cannot be sent at all is not asked for first.
  if (described._tag === 'Left') return unsent(described.left[0].problem)
  const lead = numberOf(draft, numbers, position, intent)
  if ('_tag' in lead) return unsent(lead)
  const slots = slotsFor(draft, lists, placed, lead, at)
  if ('_tag' in slots) return unsent(slots)
  for (const call of described.right) draft.calls.push(withSlots({ ...call, intents: [position] }, slots))
}

const withSlots = (call: Call<HttpRequest>, slots: ReadonlyArray<Slot>): Call<HttpRequest> => ({
  ...call,
  descriptor: slots.reduce((request, { at }) => withEmpty(request, at), call.descriptor),
  slots
})

/** Takes the steps of one such intent, or tells why there are none. @internal */
export const takeOrdered = (
  draft: Draft,
  numbers: Numbers,
  lists: Map<string, number>,
  { position, intent }: Placed<OrderedIntent>
): void => {
  if (intent._tag === 'LeaveLists') draft.unsent.push({ intent: position, problem: unfixed.lists })
  else if (intent._tag === 'AddToScore') draft.unsent.push({ intent: position, problem: unfixed.score })
  else if (intent._tag === 'DeleteLead' && intent.lead.lookupField !== 'id')
    draft.unsent.push({ intent: position, problem: unfixed.deletion })
  else takeStep(draft, numbers, lists, { position, intent })
  // Who comes after a deletion is another lead.
  if (intent._tag === 'DeleteLead') numbers.delete(keyName(intent))
}
