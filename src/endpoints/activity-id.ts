/**
 * What an activity is known by where Marketo gives it no id of its own.
 *
 *     gen-<40 hex digits of SHA-256 over all that it says>
 *
 * Nothing of the page that told it goes in, so that it is the same each time it is told; two that say the same in every way are one.
 *
 * @module
 */
import { sha256Hex } from '../ground/digest.js'

/** All that an activity says: ids as text, its time in our one form, its attributes as name and text. @internal */
export interface ActivityParts {
  readonly leadId: string | null
  readonly activityTypeId: string | null
  readonly activityDate: string | null
  readonly campaignId: string | null
  readonly primaryAttributeValueId: string | null
  readonly primaryAttributeValue: string | null
  readonly pairs: ReadonlyArray<readonly [name: string, value: string | null]>
}

type Pair = ActivityParts['pairs'][number]

const order = (x: string, y: string): number => (x < y ? -1 : x > y ? 1 : 0)

/** Nothing goes before empty text, so that no order of the page is left in the id. */
const byName = ([a, x]: Pair, [b, y]: Pair): number =>
  order(a, b) || order(x ?? '', y ?? '') || Number(y === null) - Number(x === null)

/** The id that an activity's own words make. @internal */
export const madeActivityId = (parts: ActivityParts): string => {
  const { leadId, activityTypeId, activityDate, campaignId, primaryAttributeValueId, primaryAttributeValue } = parts
  const pairs = [...parts.pairs].sort(byName)
  const all = [leadId, activityTypeId, activityDate, campaignId, primaryAttributeValueId, primaryAttributeValue, pairs]
  return `gen-${sha256Hex(JSON.stringify(all)).slice(0, 40)}`
}
