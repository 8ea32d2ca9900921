/**
 * Lead keys: how an intent names the one lead that it is about.
 *
 * Segment never knows a lead's number, so most keys are a field and a value; Marketo finds or makes the lead.
 *
 *     { lookupField: 'email',  value: 'ana@example.com' }
 *     { lookupField: 'userId', value: 'u1' }               a custom lead field, by REST name
 *     { lookupField: 'id',     value: 1042 }               the lead's own number
 *
 * @module
 */

/** One lead, by a lead field (REST name) and its value, or by `id` and its number. */
export interface LeadKey {
  readonly lookupField: string
  readonly value: string | number
}

/** A lead's number, however it is spelled. */
const numberText = (value: string | number): string => {
  const n = Number(value)
  return Number.isSafeInteger(n) && n > 0 ? String(n) : String(value)
}

/**
 * One text for each key, the same for keys that Marketo would match with the same lead: email compares without regard to case, and a
 * lead's number however it is spelled.
 *
 * @example
 * keyText({ lookupField: 'email', value: 'Ana@Example.com' }) // => 'email=ana@example.com'
 * keyText({ lookupField: 'id', value: '01042' })              // => 'id=1042'
 * @category keys
 * @since 0.1.0
 */
export const keyText = ({ lookupField, value }: LeadKey): string => {
  if (lookupField === 'id') return `id=${numberText(value)}`
  return `${lookupField}=${lookupField === 'email' ? String(value).trim().toLowerCase() : value}`
}
