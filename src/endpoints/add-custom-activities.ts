/**
 * Add Custom Activities: facts about leads, write-once.
 *
 *     POST /rest/v1/activities/external.json
 *     { "input": [ { "leadId": 1042, "activityDate": "2024-05-01T10:00:00Z", "activityTypeId": 100001,
 *                    "primaryAttributeValue": "Pro", "attributes": [ { "apiName": "price", "value": 9 } ] } ] }
 *
 * Leads are numbered here and nowhere else addressed; `leadId` is null where a slot says that an earlier answer tells it. There is no
 * update, no delete and no key that would keep a repeated call from adding everything twice.
 *
 * Source: Adobe "Activities", Add Custom Activities; "Error Codes" (1049).
 *
 * @module
 */
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { type JsonObject, kindOf } from '../ground/json.js'
import { malformed, type Problem } from '../ground/problem.js'
import { type Described, type HttpRequest, live } from '../intent/descriptor.js'
import type { ActivityAttribute, AddCustomActivity } from '../intent/intent.js'
import { byteLimits } from '../marketo/limits.js'
import type { MunchkinId } from '../marketo/munchkin-id.js'
import { describeRows, type Group, groupNamed } from './batch.js'
import { isScalar, plain, unfitValue } from './field-values.js'
import { jsonBytes, jsonBytesAtMost } from './json-bytes.js'
import { isMarketoId, longestLeadId, slotsOf, unfitLead, type WithLead } from './lead-ref.js'
import { interpretRecords } from './record-outcomes.js'

const requestOf =
  (munchkinId: MunchkinId) =>
  (input: ReadonlyArray<JsonObject>): HttpRequest => ({
    _tag: 'HttpRequest',
    endpoint: 'addCustomActivities',
    munchkinId,
    host: 'rest',
    method: 'POST',
    path: ['rest', 'v1', 'activities', 'external.json'],
    query: [],
    headers: {},
    body: { json: { input } },
    auth: 'bearer',
    lifecycle: live
  })

const attributeOf = (attribute: ActivityAttribute): JsonObject =>
  'apiName' in attribute
    ? { apiName: attribute.apiName, value: plain(attribute.value) }
    : { name: attribute.name, value: plain(attribute.value) }

const unfitAttributes = (attributes: ReadonlyArray<ActivityAttribute>): Problem | undefined => {
  const i = attributes.findIndex(({ value }) => !isScalar(value))
  return i < 0 ? undefined : unfitValue(attributes[i]?.value, ['attributes', i, 'value'])
}

const tooManyBytes: Problem = malformed(
  'invalid',
  ['attributes'],
  'attributes of too many bytes',
  `Marketo takes ${byteLimits.activityAttributes} bytes of attributes: shorten or leave out some`
)

const areTooMany = (attributes: ReadonlyArray<JsonObject>): boolean =>
  jsonBytesAtMost(attributes) > byteLimits.activityAttributes && jsonBytes(attributes) > byteLimits.activityAttributes

const unfitType = (activityTypeId: number): Problem =>
  malformed('invalid', ['activityTypeId'], kindOf(activityTypeId), 'an activity type has a whole number above zero')

const leadPlace = ['leadId'] as const

const row = (
  { intent: activity, lead }: WithLead<AddCustomActivity>,
  intent: number,
  groups: Map<string, Group>
): Problem | undefined => {
  const { activityTypeId, activityDate, primaryAttributeValue } = activity
  if (!isMarketoId(activityTypeId)) return unfitType(activityTypeId)
  const problem = unfitLead(lead) ?? unfitAttributes(activity.attributes)
  if (problem !== undefined) return problem
  const attributes = activity.attributes.map(attributeOf)
  if (areTooMany(attributes)) return tooManyBytes
  const leadId = 'step' in lead ? null : lead.leadId
  const record = { leadId, activityDate, activityTypeId, primaryAttributeValue, attributes }
  // An empty place is weighed as what may come to stand there; at most, null is weighed as any number already.
  const spare = leadId === null ? longestLeadId.length - 'null'.length : 0
  const { munchkinId } = activity
  const group = groupNamed(groups, munchkinId, () => requestOf(munchkinId))
  group.rows.push({ intent, record, atMost: jsonBytesAtMost(record), spare, slots: slotsOf(lead, leadPlace) })
  return undefined
}

/**
 * Add Custom Activities calls for a batch of activities, of any instances, each with its lead.
 *
 * @category endpoints
 * @since 0.1.0
 */
export const describeAddCustomActivities = (
  activities: ReadonlyNonEmptyArray<WithLead<AddCustomActivity>>
): Described<HttpRequest> => describeRows(activities, row)

/**
 * What became of each activity of a call; an applied one tells its `marketoGUID`. The answer's `id` numbers the activity, not the lead,
 * and Adobe advises against using it, so `leadId` is null.
 *
 * @category endpoints
 * @since 0.1.0
 */
export const interpretAddCustomActivities = interpretRecords({ idIsLead: false })
