/**
 * Reading the log of activities: a place to begin at, pages, and the types that there are.
 *
 *     pagingtoken?sinceDatetime=…   ▶  'from-17'        the first entry that was logged then or later
 *     activities?nextPageToken=…    ▶  entries 17 to 316, those of the types asked for; 'from-317'; moreResult
 *     deletedleads?nextPageToken=…  ▶  the same, of deletions, which are told nowhere else
 *
 * A page looks at as many entries as it may hold, whatever their type: where the types asked for are rare, pages are empty and more follow.
 * A merged lead's entries are its winner's.
 *
 * Sources: Adobe "Activities", "Paging Tokens".
 *
 * @module
 */
import { parseInstant } from '../ground/calendar.js'
import type { JsonObject } from '../ground/json.js'
import { valueAt } from '../ground/tree.js'
import type { Pairs } from '../intent/descriptor.js'
import { builtInActivityTypes } from '../marketo/activity-types.js'
import { queryLimits } from '../marketo/limits.js'
import { builtInAttributes } from './activity-attributes.js'
import type { KeptAttribute } from './options.js'
import { invalid, valueUnder, wholeUnder } from './query.js'
import type { Wire } from './request.js'
import type { Draft, LoggedActivity } from './state.js'
import { type Desk, done, type Failed, failed, type Told } from './told.js'
import { survivor } from './visitors.js'

/** The type of a deletion. @internal */
export const deleteLead = 37

/** The entry with this number. @internal */
export const entryNumbered = ({ log }: Draft, n: number): LoggedActivity | undefined => valueAt(log, String(n))

/** The first entry that was logged at a moment or later. */
const firstSince = (draft: Draft, since: number): number => {
  let n = draft.nextLogged
  while (n > 1 && (entryNumbered(draft, n - 1)?.at ?? 0) >= since) n -= 1
  return n
}

const token = (n: number): string => `from-${n}`

/** Carries out Get Paging Token. @internal */
export const activityPagingToken = ({ draft }: Desk, { query }: Wire): Told => {
  const since = valueUnder(query, 'sinceDatetime')
  if (since === '') return failed('1002', "Missing value for required parameter 'sinceDatetime'")
  const instant = parseInstant(since)
  return instant === undefined
    ? failed('1003', "Invalid value for 'sinceDatetime'")
    : { ...done(null), pageToken: token(firstSince(draft, instant)) }
}

const place = /^from-(\d{1,15})$/
const digits = /^\d{1,15}$/

/** A stretch of the log: from its first entry up to, not including, `end`. */
interface Stretch {
  readonly from: number
  readonly end: number
}

const stretchOf = (draft: Draft, query: Pairs): Stretch | Failed => {
  const from = Number(place.exec(valueUnder(query, 'nextPageToken'))?.[1] ?? Number.NaN)
  if (!(from <= draft.nextLogged)) return invalid('nextPageToken', '1003')
  const most = queryLimits.leadDatabasePage
  const size = wholeUnder(query, 'batchSize', most, 1)
  if (size === undefined) return invalid('batchSize')
  return { from, end: Math.min(from + Math.min(size, most), draft.nextLogged) }
}

const typesIn = (query: Pairs): ReadonlySet<number> | Failed => {
  const types = query.flatMap(([name, value]) => (name === 'activityTypeIds' ? value.split(',') : []))
  if (types.length === 0) return failed('1002', "Missing value for required parameter 'activityTypeIds'")
  return types.length > queryLimits.activityTypeIds || !types.every((id) => digits.test(id))
    ? invalid('activityTypeIds', '1003')
    : new Set(types.map(Number))
}

/** An entry as Marketo tells it; what holds nothing is left out. */
const shown = (
  draft: Draft,
  { marketoGUID, leadId, activityDate, activityTypeId, ...rest }: LoggedActivity
): JsonObject => {
  const { campaignId, primaryAttributeValueId, primaryAttributeValue, attributes } = rest
  return {
    id: Number(marketoGUID) || 0,
    marketoGUID,
    leadId: survivor(draft, leadId),
    activityDate,
    activityTypeId,
    ...(campaignId === null ? {} : { campaignId }),
    ...(primaryAttributeValueId === null ? {} : { primaryAttributeValueId }),
    ...(primaryAttributeValue === null ? {} : { primaryAttributeValue }),
    attributes: attributes.map(({ name, value }) => ({ name, value }))
  }
}

/** A page of the log, with a place to go on from however it ends. */
const page = (draft: Draft, { from, end }: Stretch, isWanted: (entry: LoggedActivity) => boolean): Told => {
  const result: Array<JsonObject> = []
  for (let n = from; n < end; n += 1) {
    const entry = entryNumbered(draft, n)
    if (entry !== undefined && isWanted(entry)) result.push(shown(draft, entry))
  }
  return { ...done(result), pageToken: token(end), moreResult: end < draft.nextLogged }
}

/** Carries out Get Lead Activities; that a lead was deleted is told elsewhere. @internal */
export const getActivities = ({ draft }: Desk, { query }: Wire): Told => {
  const stretch = stretchOf(draft, query)
  if ('_tag' in stretch) return stretch
  const types = typesIn(query)
  if ('_tag' in types) return types
  return page(draft, stretch, ({ activityTypeId }) => activityTypeId !== deleteLead && types.has(activityTypeId))
}

/** Carries out Get Deleted Leads. @internal */
export const getDeletedLeads = ({ draft }: Desk, { query }: Wire): Told => {
  const stretch = stretchOf(draft, query)
  return '_tag' in stretch ? stretch : page(draft, stretch, ({ activityTypeId }) => activityTypeId === deleteLead)
}

const attribute = ({ apiName, name, dataType }: KeptAttribute): JsonObject => ({ name, dataType, apiName })

/** Carries out Get Activity Types: Marketo's own, and those of the instance. @internal */
export const activityTypes = ({ draft }: Desk): Told =>
  done([
    ...builtInActivityTypes.map(({ id, name }) => ({ id, name, description: name, ...builtInAttributes(id) })),
    ...draft.options.activityTypes.map(({ id, name, apiName, primaryAttribute, attributes }) => ({
      id,
      name,
      apiName,
      primaryAttribute: attribute(primaryAttribute),
      attributes: attributes.map(attribute)
    }))
  ])
