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
import { madeActivityId } from '../endpoints/activity-id.js'
import type { ActivityRecord } from '../endpoints/activity-record.js'
import { sha256Hex } from '../ground/digest.js'
import { timestampOf } from '../marketo/moments.js'
import type { WritebackSettings } from './settings.js'

const made = (activity: ActivityRecord): string => {
  const { activityDate, attributes } = activity
  return madeActivityId({
    ...activity,
    activityDate: activityDate === null ? null : (timestampOf(activityDate) ?? null),
    pairs: attributes.map(({ name, value }) => [name, value === null ? null : String(value)] as const)
  })
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
