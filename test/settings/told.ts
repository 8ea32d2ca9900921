/**
 * An instance as Marketo tells of it, for settings to be held against.
 */
import type { Json } from '../../src/ground/json.js'
import type { Instance } from '../../src/settings/instance.js'
import { readInstance } from '../../src/settings/read-instance.js'

/** An answer that says success. */
export const success = (result: Json): Json => ({ requestId: 'a#1', success: true, result })

const described = (id: number, rest: string, soap: string, label: string, dataType: string, length?: number): Json => ({
  id,
  displayName: label,
  dataType,
  ...(length === undefined ? {} : { length }),
  rest: { name: rest, readOnly: false },
  soap: { name: soap, readOnly: false }
})

/** Describe: a few standard fields, two ids, custom fields of some types. */
export const describeAnswer = success([
  described(1, 'email', 'Email', 'Email Address', 'email', 255),
  described(2, 'firstName', 'FirstName', 'First Name', 'string', 255),
  described(3, 'lastName', 'LastName', 'Last Name', 'string', 255),
  described(4, 'phone', 'Phone', 'Phone Number', 'phone', 255),
  described(5, 'company', 'Company', 'Company Name', 'string', 255),
  described(6, 'dateOfBirth', 'DateofBirth', 'Date of Birth', 'date'),
  described(7, 'address', 'Address', 'Address', 'text'),
  described(8, 'city', 'City', 'City', 'string', 255),
  described(9, 'country', 'Country', 'Country', 'string', 255),
  described(10, 'state', 'State', 'State', 'string', 255),
  described(11, 'postalCode', 'PostalCode', 'Postal Code', 'string', 255),
  described(12, 'userId', 'userId', 'User Id', 'string', 255),
  described(13, 'anonymousId', 'anonymousId', 'Anonymous Id', 'string', 255),
  described(14, 'planName', 'Plan_Name', 'Plan Name', 'string', 50),
  described(15, 'logins', 'logins', 'Logins', 'integer'),
  described(16, 'site', 'Site', 'Home Page', 'url', 255),
  { id: 17, displayName: 'Score Band', dataType: 'lead_function', rest: { name: 'scoreBand', readOnly: false } },
  {
    id: 18,
    displayName: 'Inferred City',
    dataType: 'string',
    length: 255,
    rest: { name: 'inferredCity', readOnly: true }
  },
  { id: 19, displayName: 'Forms Only', dataType: 'string', soap: { name: 'FormsOnly', readOnly: false } }
])

/** Describe2, of which only the searchable fields matter here. */
export const describe2Answer = success([
  {
    name: 'API Lead',
    searchableFields: [['id'], ['email'], ['userId'], ['email', 'city']],
    fields: [{ name: 'planName', displayName: 'Plan Name', dataType: 'string', length: 50, updateable: true }]
  }
])

/** Custom activity types: one approved, one with a newer draft, one that is a draft. */
export const typesAnswer = success([
  {
    id: 100001,
    apiName: 'orderCompleted_c',
    name: 'Order Completed',
    status: 'approved',
    triggerName: 'Completes Order',
    filterName: 'Completed Order',
    primaryAttribute: { apiName: 'orderId', name: 'Order Id', dataType: 'string' },
    attributes: [
      { apiName: 'revenue', name: 'Revenue', dataType: 'float' },
      { apiName: 'orderCoupon', name: 'Coupon', dataType: 'string' }
    ]
  },
  {
    id: 100002,
    apiName: 'trial_c',
    name: 'Trial Started',
    status: 'approved with draft',
    attributes: [
      { apiName: 'plan', name: 'Plan', dataType: 'string', isPrimary: true },
      { apiName: 'days', name: 'Days', dataType: 'integer', isPrimary: false }
    ]
  },
  { id: 100003, apiName: 'call_c', name: 'Call', status: 'draft' }
])

/** Everything, by name. */
export const toldParts: Readonly<Record<string, Json>> = {
  describe: describeAnswer,
  describe2: describe2Answer,
  activityTypes: typesAnswer,
  lists: [success([{ id: 901, name: 'Trial users' }]), success([{ id: 902, name: 'Customers' }])],
  programs: success([{ id: 1001, name: 'Webinar', channel: 'Webinar' }]),
  channels: success([
    {
      id: 1,
      name: 'Webinar',
      progressionStatuses: [
        { name: 'Invited', step: 10 },
        { name: 'Attended', step: 20, success: true }
      ]
    }
  ]),
  campaigns: success([
    { id: 3001, name: 'Welcome', isRequestable: true },
    { id: 3002, name: 'Nightly', isRequestable: false }
  ])
}

/** What was read, or nothing told. */
export const instanceOf = (told: unknown): Instance => {
  const read = readInstance(told)
  if (read._tag === 'Left') throw new Error(JSON.stringify(read.left))
  return read.right
}
