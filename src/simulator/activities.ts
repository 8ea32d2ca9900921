/**
 * Reading the log of activities: a place to begin at, pages, and the types that there are.
 *
 *     pagingtoken?sinceDatetime=…   ▶  'from-17'        the first entry that was logged then or later
 *     activities?nextPageToken=…    ▶  entries 17 to 316, those of the types asked for; 'from-317'; moreResult
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
import type { SimulatedAttribute } from './options.js'
import type { Wire } from './request.js'
import type { Draft, LoggedActivity } from './state.js'
import { type Desk, done, type Failed, failed, type Told } from './told.js'
import { survivor } from './visitors.js'

const valueUnder = (pairs: Pairs, name: string): string => pairs.find(([own]) => own === name)?.[1] ?? ''

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

interface Question {
  readonly from: number
  readonly types: ReadonlySet<number>
  readonly size: number
}

const readQuestion = (draft: Draft, query: Pairs): Question | Failed => {
  const from = place.exec(valueUnder(query, 'nextPageToken'))?.[1]
  if (from === undefined || Number(from) > draft.nextLogged) return failed('1003', "Invalid value for 'nextPageToken'")
  const types = query.flatMap(([name, value]) => (name === 'activityTypeIds' ? value.split(',') : []))
  if (types.length === 0) return failed('1002', "Missing value for required parameter 'activityTypeIds'")
  if (types.length > queryLimits.activityTypeIds || !types.every((id) => digits.test(id)))
    return failed('1003', "Invalid value for 'activityTypeIds'")
  const size = valueUnder(query, 'batchSize')
  if (size !== '' && !(digits.test(size) && Number(size) > 0)) return failed('1001', "Invalid value for 'batchSize'")
  const most = queryLimits.leadDatabasePage
  return {
    from: Number(from),
    types: new Set(types.map(Number)),
    size: size === '' ? most : Math.min(Number(size), most)
  }
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

/** Carries out Get Lead Activities. @internal */
export const getActivities = ({ draft }: Desk, { query }: Wire): Told => {
  const question = readQuestion(draft, query)
  if ('_tag' in question) return question
  const { from, types, size } = question
  const end = Math.min(from + size, draft.nextLogged)
  const result: Array<JsonObject> = []
  for (let n = from; n < end; n += 1) {
    const entry = entryNumbered(draft, n)
    if (entry !== undefined && types.has(entry.activityTypeId)) result.push(shown(draft, entry))
  }
  return { ...done(result), pageToken: token(end), moreResult: end < draft.nextLogged }
}

const attribute = ({ apiName, name, dataType }: SimulatedAttribute): JsonObject => ({
  name: name ?? apiName,
  dataType,
  apiName
})

/** Carries out Get Activity Types: Marketo's own without their attributes, and those of the instance. @internal */
export const activityTypes = ({ draft }: Desk): Told =>
  done([
    ...builtInActivityTypes.map(({ id, name }) => ({ id, name, description: name, attributes: [] })),
    ...draft.options.activityTypes.map(({ id, primaryAttribute, attributes }) => ({
      id,
      name: `Custom ${id}`,
      apiName: `custom${id}`,
      primaryAttribute: attribute(primaryAttribute),
      attributes: attributes.map(attribute)
    }))
  ])
