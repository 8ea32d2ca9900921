/**
 * The standard traits of the v2 contract and the lead fields they land in.
 *
 *     trait            REST field     form (SOAP) field
 *     email            email          Email
 *     firstName, name  firstName      FirstName
 *     address.zip      postalCode     PostalCode
 *     …
 *
 * Everything else leaves only through a custom row. Both targets are drawn from this one table: a REST name for Sync Leads, and the
 * SOAP name of the same field for a hidden form.
 *
 * Source: Segment "Marketo v2 Destination", Traits; SOAP names from Adobe's list of standard fields.
 *
 * @module
 */

import type { ValueType } from '../marketo/value-types.js'

/** How the value of a standard row is found; see standard-reading.ts. */
export type StandardSource =
  | 'email'
  | 'firstName'
  | 'lastName'
  | 'phone'
  | 'company'
  | 'birthday'
  | 'gender'
  | 'addressText'
  | 'city'
  | 'country'
  | 'state'
  | 'postalCode'

/**
 * A trait and the lead field that it lands in, by REST name. Type and length are Marketo's (null: the type's own length); they stand
 * here as well, so that mapping does not bring the table of all lead fields along, and a test holds both equal.
 *
 * @category mapping
 * @since 0.1.0
 */
export interface FieldRow {
  readonly trait: string
  readonly field: string
  readonly type: ValueType
  readonly length: number | null
}

/**
 * One standard trait and its lead field.
 *
 * @category mapping
 * @since 0.1.0
 */
export interface StandardRow extends FieldRow {
  readonly source: StandardSource
}

/**
 * The standard traits of an identify call, in the order in which their fields are written.
 *
 * @category mapping
 * @since 0.1.0
 */
// biome-ignore format: table
export const standardRows: ReadonlyArray<StandardRow> = [
  { trait: 'email',           source: 'email',       field: 'email',       type: 'email',  length: 255 },
  { trait: 'firstName, name', source: 'firstName',   field: 'firstName',   type: 'string', length: 255 },
  { trait: 'lastName, name',  source: 'lastName',    field: 'lastName',    type: 'string', length: 255 },
  { trait: 'phone',           source: 'phone',       field: 'phone',       type: 'phone',  length: 255 },
  { trait: 'company',         source: 'company',     field: 'company',     type: 'string', length: 255 },
  { trait: 'birthday',        source: 'birthday',    field: 'dateOfBirth', type: 'date',   length: null },
  { trait: 'gender',          source: 'gender',      field: 'gender',      type: 'string', length: null },
  { trait: 'address',         source: 'addressText', field: 'address',     type: 'text',   length: null },
  { trait: 'address.city',    source: 'city',        field: 'city',        type: 'string', length: 255 },
  { trait: 'address.country', source: 'country',     field: 'country',     type: 'string', length: 255 },
  { trait: 'address.state',   source: 'state',       field: 'state',       type: 'string', length: 255 },
  { trait: 'address.zip',     source: 'postalCode',  field: 'postalCode',  type: 'string', length: 255 }
]

/**
 * The group traits that describe a company, and the company fields of a lead that they land in.
 *
 * @category mapping
 * @since 0.1.0
 */
// biome-ignore format: table
export const groupRows: ReadonlyArray<FieldRow> = [
  { trait: 'name',      field: 'company',           type: 'string',  length: 255 },
  { trait: 'industry',  field: 'industry',          type: 'string',  length: 255 },
  { trait: 'employees', field: 'numberOfEmployees', type: 'integer', length: null },
  { trait: 'website',   field: 'website',           type: 'url',     length: 255 },
  { trait: 'phone',     field: 'mainPhone',         type: 'string',  length: 255 }
]

/**
 * The parts of a group's address, and the company fields of a lead that they land in.
 *
 * @category mapping
 * @since 0.1.0
 */
// biome-ignore format: table
export const groupAddressRows: ReadonlyArray<FieldRow> = [
  { trait: 'street',     field: 'billingStreet',     type: 'text',   length: null },
  { trait: 'city',       field: 'billingCity',       type: 'string', length: 255 },
  { trait: 'state',      field: 'billingState',      type: 'string', length: 255 },
  { trait: 'postalCode', field: 'billingPostalCode', type: 'string', length: 255 },
  { trait: 'country',    field: 'billingCountry',    type: 'string', length: 255 }
]
