/**
 * What an activity is known by, and the message id that Segment tells repeats by.
 *
 *     marketoGUID, else the old id, else gen-<40 hex digits of SHA-256 over all that it says>
 *     mkto:staging:561-HYG-937:880011          longer than 99 characters: mkto:<SHA-256 of that>
 *          └ namespace, where there is one
 *
 * Segment takes 100 characters, and tells repeats across all sources and workspaces: Marketo's numbers are small and begin anew in each
 * instance. A colon or percent sign inside a part is encoded, so that different parts never make one text.
 *
 * Sources: Segment "Duplicate Data", "HTTP API"; Adobe "Activities".
 *
 * @module
 */
import type { ActivityRecord } from '../endpoints/activity-record.js'
import { sha256Hex } from '../ground/digest.js'
import type { WritebackSettings } from './settings.js'
import { timestampOf } from './timestamp.js'

const made = (activity: ActivityRecord): string => {
  const { leadId, activityTypeId, activityDate, campaignId, primaryAttributeValueId, primaryAttributeValue } = activity
  const pairs = activity.attributes.map(({ name, value }): readonly [string, string] => [name, String(value)])
  pairs.sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : x > y ? 1 : 0))
  const date = activityDate === null ? null : (timestampOf(activityDate) ?? null)
  const all = [leadId, activityTypeId, date, campaignId, primaryAttributeValueId, primaryAttributeValue, pairs]
  return `gen-${sha256Hex(JSON.stringify(all)).slice(0, 40)}`
}

/** What an activity is known by; the same each time it is told. @internal */
export const rowIdOf = (activity: ActivityRecord): string => activity.marketoGUID ?? activity.id ?? made(activity)

const percent = /%/g
const colon = /:/g

const part = (text: string): string => text.replace(percent, '%25').replace(colon, '%3A')

const longest = 99

/** The message id of an activity. @internal */
export const messageIdOf = ({ namespace, munchkinId }: WritebackSettings, rowId: string): string => {
  const parts = namespace === null ? [munchkinId, rowId] : [namespace, munchkinId, rowId]
  const text = `mkto:${parts.map(part).join(':')}`
  return text.length > longest ? `mkto:${sha256Hex(text)}` : text
}
