/**
 * The calls of a connector that sends each event by itself: as many as `map --as requests` prints, and what that leaves to delivery.
 *
 * @module
 */
import { describeSteps } from '../../../endpoints/steps.js'
import { isNonEmpty } from '../../../ground/these.js'
import type { EndpointName } from '../../../intent/descriptor.js'
import { type Intent, isBrowserIntent, type ServerIntent } from '../../../intent/intent.js'

/** Calls by endpoint. */
export type CallCounts = Map<string, number>

/** What has no fixed steps takes a question and a write at least. */
const withoutSteps: Readonly<Partial<Record<Intent['_tag'], ReadonlyArray<EndpointName>>>> = {
  AddToScore: ['getLeadsByFilter', 'syncLeads'],
  LeaveLists: ['listsOfLead', 'removeFromList'],
  DeleteLead: ['getLeadsByFilter', 'deleteLeads']
}

const count = (counts: CallCounts, endpoint: EndpointName): void => {
  counts.set(endpoint, (counts.get(endpoint) ?? 0) + 1)
}

/** Adds the calls that one event's intents take, sent by themselves. */
export const countNaive = (counts: CallCounts, intents: ReadonlyArray<Intent>): void => {
  const keyed = intents.filter((intent): intent is ServerIntent => !isBrowserIntent(intent))
  if (!isNonEmpty(keyed)) return
  const described = describeSteps(keyed)
  for (const { descriptor } of described._tag === 'Left' ? [] : described.right) count(counts, descriptor.endpoint)
  for (const { intent } of described._tag === 'Right' ? [] : described.left)
    for (const endpoint of withoutSteps[keyed[intent]?._tag ?? 'VisitPage'] ?? []) count(counts, endpoint)
}
