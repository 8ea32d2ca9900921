/**
 * Lead fields that say whether somebody may be written to. In each of them true says no.
 *
 *     true    not to be written to: wins over false wherever two sides differ
 *     false   only an explicit act of the person's makes it so
 *     null    Marketo stores it as false: never sent
 *
 * Source: Adobe "List of Standard Fields"; "Leads" (a boolean that is cleared becomes false).
 *
 * @module
 */

/**
 * The fields, by REST name.
 *
 * @example
 * consentFields.includes('unsubscribed') // => true
 * @category lead fields
 * @since 0.1.0
 */
export const consentFields = [
  'unsubscribed',
  'marketingSuspended',
  'emailInvalid',
  'emailSuspended',
  'blackListed',
  'doNotCall'
] as const

/**
 * Whether a lead field says whether somebody may be written to.
 *
 * @example
 * isConsentField('unsubscribedReason') // => false
 * @category lead fields
 * @since 0.1.0
 */
export const isConsentField = (field: string): boolean => consentFields.some((name) => name === field)

/**
 * Whether fields of a lead say not to write to it.
 *
 * @example
 * saysNo({ email: 'ana@example.com', unsubscribed: true }) // => true
 * saysNo({ email: 'ana@example.com', unsubscribed: false }) // => false
 * @category lead fields
 * @since 0.1.0
 */
export const saysNo = (fields: Readonly<Record<string, unknown>>): boolean =>
  consentFields.some((field) => fields[field] === true)
