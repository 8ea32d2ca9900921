/**
 * The endpoints about what an instance is made of: its fields, its activity types, its channels.
 *
 * @module
 */
import type { UnknownRecord } from '../ground/json.js'
import {
  approveActivityType,
  createActivityAttributes,
  createActivityType,
  describeActivityType,
  getCustomActivityTypes
} from './activity-type-calls.js'
import { getChannels } from './channels.js'
import { createLeadFields } from './create-lead-fields.js'
import { describeLeadNames, describeLeads } from './describe-leads.js'
import { jsonBody } from './json-body.js'
import type { SimulatedEndpoint } from './options.js'
import type { Wire } from './request.js'
import type { Desk, Told } from './told.js'

type SchemaEndpoint = Extract<
  SimulatedEndpoint,
  | 'describeLeads'
  | 'describeLeadNames'
  | 'createLeadFields'
  | 'getCustomActivityTypes'
  | 'describeActivityType'
  | 'createActivityType'
  | 'createActivityAttributes'
  | 'approveActivityType'
  | 'getChannels'
>

const withBody =
  (carryOut: (desk: Desk, wire: Wire, body: UnknownRecord) => Told) =>
  (desk: Desk, wire: Wire): Told => {
    const read = jsonBody(wire)
    return read._tag === 'Failed' ? read : carryOut(desk, wire, read.body)
  }

/** What carries out each of them. @internal */
export const schemaCalls: Readonly<Record<SchemaEndpoint, (desk: Desk, wire: Wire) => Told>> = {
  describeLeads,
  describeLeadNames,
  createLeadFields: withBody((desk, _, body) => createLeadFields(desk, body)),
  getCustomActivityTypes,
  describeActivityType,
  createActivityType: withBody((desk, _, body) => createActivityType(desk, body)),
  createActivityAttributes: withBody(createActivityAttributes),
  approveActivityType,
  getChannels
}
