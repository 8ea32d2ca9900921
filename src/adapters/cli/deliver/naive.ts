/**
 * The calls of a connector that sends each event by itself: as many as `map --as requests` prints.
 *
 * @module
 */
import { describeSteps } from '../../../endpoints/steps.js'
import { isNonEmpty } from '../../../ground/these.js'
import { type Intent, isBrowserIntent, type ServerIntent } from '../../../intent/intent.js'

/** Calls by endpoint. */
export type CallCounts = Map<string, number>

/** Adds the calls that one event's intents take, sent by themselves. */
export const countNaive = (counts: CallCounts, intents: ReadonlyArray<Intent>): void => {
  const keyed = intents.filter((intent): intent is ServerIntent => !isBrowserIntent(intent))
  if (!isNonEmpty(keyed)) return
  const described = describeSteps(keyed)
  for (const { descriptor } of described._tag === 'Left' ? [] : described.right)
    counts.set(descriptor.endpoint, (counts.get(descriptor.endpoint) ?? 0) + 1)
}
