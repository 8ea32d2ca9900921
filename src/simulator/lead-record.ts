/**
 * A lead as a request sends it, read against the instance's fields.
 *
 *     { email: 'ana@example.com', leadScore: '12', cookies: 'id:…' }
 *         fields  { email: 'ana@example.com', leadScore: 12 }      cookie  'id:…'      reasons  []
 *
 * All that is wrong with a record is told, not only the first of it; a record with one reason is not written at all.
 *
 * Sources: Adobe "Leads", Create and Update; "Error Codes" (1003, 1006, 1012, 1021); public traffic (one bad value loses the record).
 *
 * @module
 */
import type { UnknownRecord } from '../ground/json.js'
import type { Fields, FieldValue } from '../intent/intent.js'
import type { Reason } from '../intent/outcome.js'
import { badValue, noSuchField } from './fields.js'
import type { Desk } from './told.js'
import { tokenIn } from './visitors.js'

/** A lead record, read: what is to be written, or why it is not. @internal */
export interface LeadRecord {
  readonly fields: Fields
  readonly cookie: string | null
  readonly reasons: ReadonlyArray<Reason>
  /** What an import lets pass, and says. */
  readonly warnings: ReadonlyArray<Reason>
}

/**
 * Who asks: Sync Leads minds fields of the company's record, the others do not; an import takes what is no email for one, and warns.
 *
 * @internal
 */
export type Door = 'sync' | 'form' | 'import' | 'ingestion'

const readOnly = (name: string): Reason => ({ code: '1003', message: `Field '${name}' is read-only` })

const ofCompany = (name: string): Reason => ({
  code: '1021',
  message: `Company field '${name}' cannot be updated through a lead`
})

const badCookie: Reason = { code: '1012', message: 'Invalid cookie value' }

/** Reads a record. `id` is passed over: it is no field to write, and the endpoint has its own say on it. @internal */
export const readLeadRecord = (desk: Desk, record: UnknownRecord, door: Door): LeadRecord => {
  const { companyFields } = desk.draft.options
  const entries: Array<readonly [string, FieldValue]> = []
  const reasons: Array<Reason> = []
  const warnings: Array<Reason> = []
  let cookie: string | null = null
  for (const [name, value] of Object.entries(record)) {
    if (name === 'id') continue
    const field = desk.fieldNamed(name)
    if (field === undefined) reasons.push(noSuchField(name))
    else if (name === 'cookies') {
      if (typeof value === 'string' && tokenIn(desk.draft, value) !== undefined) cookie = value
      else reasons.push(badCookie)
    } else if (!field.writable) reasons.push(readOnly(name))
    else if (field.ofCompany && door === 'sync' && companyFields === 'refused') reasons.push(ofCompany(name))
    else {
      const stored = field.read(value)
      if (stored !== undefined) entries.push([name, stored])
      else if (door === 'import' && field.type === 'email' && typeof value === 'string') {
        entries.push([name, value])
        warnings.push(badValue(name, field.type, value))
      } else reasons.push(badValue(name, field.type, value))
    }
  }
  return { fields: Object.fromEntries(entries), cookie, reasons, warnings }
}
