/**
 * What to do instead of the two routes that are switched off.
 *
 *     SyncLeadOverSoap        → UpsertLead, AssociateCookie          Sync Leads, Associate Lead
 *     AssociateLeadInBrowser  → UpsertLead, AssociateCookie          the browser's cookie is an option: its call never held it
 *       with a form id        → SubmitForm                           every field must stand on that form
 *     any other               → itself
 *
 * SOAP names become REST names through the table of standard fields; a custom field has one name in both. Munchkin and SOAP passed over
 * what they did not know, REST refuses the whole record (1006): name your custom fields, and others are left out and said.
 *
 * Sources: Adobe "SOAP API FAQ" and its migration page; "Munchkin API Reference"; "Leads", Submit Form.
 *
 * @module
 */
import type { Json } from '../ground/json.js'
import { kindOf, ownMember } from '../ground/json.js'
import { nearest } from '../ground/nearest.js'
import type { Path } from '../ground/path.js'
import { malformed, missing, type Problem, risky, unknownName } from '../ground/problem.js'
import type { AssociateLeadInBrowser, FieldValue, Intent, SyncLeadOverSoap } from '../intent/intent.js'
import type { LeadKey } from '../intent/lead-key.js'
import { type Findings, guarded, type Mapped, type Mapper, mapped } from '../intent/mapped.js'
import { findBySoap } from '../marketo/lead-fields.js'
import { isSetBy, printMunchkinCookie, readMunchkinCookie } from '../marketo/munchkin-cookie.js'
import type { MunchkinId } from '../marketo/munchkin-id.js'
import { coerce } from '../marketo/value-types.js'

/**
 * How retired intents are replaced.
 *
 * `cookie` is the Munchkin cookie of the browser that an associateLead ran in. With `formId` an associateLead becomes a form filled in.
 * `customFields` names the custom lead fields that there are (REST names); null lets any name pass. `lookupField` names the custom field
 * that addresses a lead over REST when a SOAP record has no email.
 *
 * @category lifecycle
 * @since 0.1.0
 */
export interface ReplaceOptions {
  readonly cookie?: string | null
  readonly formId?: number | null
  readonly customFields?: ReadonlyArray<string> | null
  readonly lookupField?: string | null
}

const mendField = 'REST refuses a record with a field that it does not know: create the field, or leave the trait out'
const mendUnfit = 'give the trait a name that a lead field can have'
const mendScalar = 'send one text, number or boolean; a list or an object never becomes text'
const mendName = 'REST has no field for a full name: send firstName and lastName'
const mendId = 'over REST id is the lead’s own number: send the value under another name'
const mendCookie = 'give the page’s Munchkin cookie as an option: without it nothing says whose browser this is'
const mendBroken = 'give the value of the _mkto_trk cookie that this Marketo instance set'
const mendEmail = 'REST writes no lead by its cookie: send the email, or name a lookupField that the record has'
const mendForm = 'over REST a form takes only fields that stand on it: put each of these on the form'

/** Fields of the living route in the making. */
interface Draft {
  readonly fields: Record<string, FieldValue>
  readonly problems: Array<Problem>
}

/** A scalar as its field takes it, or undefined after saying why not. */
const fitted = (
  soap: string,
  value: Json,
  at: Path,
  problems: Array<Problem>
): string | number | boolean | undefined => {
  if (value === null || value === '') return undefined
  if (typeof value === 'object') {
    problems.push(malformed('dropped', at, kindOf(value), mendScalar))
    return undefined
  }
  const known = findBySoap(soap)
  if (known === undefined || known.type === null) return value
  const out = coerce(known.type, known.length)(value)
  if (typeof out !== 'object') return out
  problems.push(malformed('dropped', at, out.found, out.mend))
  return undefined
}

/** Why a name is no field over REST, or undefined. */
const unfitName = (soap: string, at: Path, { customFields = null }: ReplaceOptions): Problem | undefined => {
  if (soap === '__proto__') return malformed('dropped', at, 'a name that no field has', mendUnfit)
  if (soap === 'name' || soap === 'Name') return malformed('dropped', at, 'a full name', mendName)
  if (soap === 'id' || soap === 'Id') return malformed('dropped', at, 'the name id', mendId)
  if (customFields === null || findBySoap(soap) !== undefined || customFields.includes(soap)) return undefined
  return unknownName('dropped', at, nearest(customFields, soap), mendField)
}

const put = (draft: Draft, soap: string, value: Json, root: string, options: ReplaceOptions): void => {
  const at = [root, soap]
  const problem = unfitName(soap, at, options)
  if (problem !== undefined) {
    draft.problems.push(problem)
    return
  }
  const out = fitted(soap, value, at, draft.problems)
  if (out !== undefined) draft.fields[findBySoap(soap)?.rest ?? soap] = out
}

/** The cookie in its canonical form, or null after saying why it names nobody here. */
const ownCookie = (text: string, munchkinId: MunchkinId, problems: Array<Problem>): string | null => {
  const cookie = readMunchkinCookie(text)
  if (cookie !== undefined && isSetBy(munchkinId)(cookie)) return printMunchkinCookie(cookie)
  const found = cookie === undefined ? 'text that is no Munchkin cookie' : 'the cookie of another Marketo instance'
  problems.push(malformed('dropped', ['cookie'], found, mendBroken))
  return null
}

/** A lead written, and its browser when it is known. */
const upsert = (
  munchkinId: MunchkinId,
  lead: LeadKey,
  { fields, problems }: Draft,
  cookie: string | null,
  intents: Array<Intent>
): void => {
  intents.push({ _tag: 'UpsertLead', munchkinId, lead, fields, action: 'createOrUpdate', partitionName: null })
  const own = cookie === null ? null : ownCookie(cookie, munchkinId, problems)
  if (own !== null)
    intents.push({ _tag: 'AssociateCookie', munchkinId, lead, visitor: { _tag: 'Cookie', cookie: own } })
}

const replaceAssociateLead = (
  intent: AssociateLeadInBrowser,
  options: ReplaceOptions,
  { intents, problems }: Findings
): void => {
  const { munchkinId } = intent
  const { cookie = null, formId = null } = options
  const draft: Draft = { fields: {}, problems }
  const userId = ownMember(intent.fields, 'userId')
  for (const [name, value] of Object.entries(intent.fields)) {
    // Segment's library repeats the userId as `id`, which is no loss.
    if (name !== 'id' || value !== userId) put(draft, name, value, 'fields', options)
  }
  const email = draft.fields.email
  if (typeof email !== 'string') {
    problems.push(missing('invalid', ['fields', 'Email'], mendEmail))
    return
  }
  const lead: LeadKey = { lookupField: 'email', value: email }
  if (formId === null) {
    if (cookie === null) problems.push(missing('warning', ['cookie'], mendCookie))
    upsert(munchkinId, lead, draft, cookie, intents)
    return
  }
  problems.push(risky(['fields'], 'unusual', mendForm))
  const own = cookie === null ? null : ownCookie(cookie, munchkinId, problems)
  intents.push({
    _tag: 'SubmitForm',
    munchkinId,
    lead,
    formId,
    fields: draft.fields,
    cookie: own,
    page: null,
    userAgent: null,
    ip: null
  })
}

const replaceSyncLead = (
  { munchkinId, email, attributes, cookie }: SyncLeadOverSoap,
  options: ReplaceOptions,
  { intents, problems }: Findings
): void => {
  const draft: Draft = { fields: {}, problems }
  if (email !== null) draft.fields.email = email
  for (const [name, value] of Object.entries(attributes)) put(draft, name, value, 'attributes', options)
  const { lookupField = null } = options
  const field = email !== null ? 'email' : lookupField
  const value = field === null ? undefined : ownMember(draft.fields, field)
  if (field === null || (typeof value !== 'string' && typeof value !== 'number')) {
    problems.push(missing('invalid', ['email'], mendEmail))
    return
  }
  upsert(munchkinId, { lookupField: field, value }, draft, cookie, intents)
}

const replace = (intent: Intent, options: ReplaceOptions, findings: Findings): void => {
  if (intent._tag === 'AssociateLeadInBrowser') replaceAssociateLead(intent, options, findings)
  else if (intent._tag === 'SyncLeadOverSoap') replaceSyncLead(intent, options, findings)
  else findings.intents.push(intent)
}

/**
 * The living equivalent of an intent whose route is switched off; any other intent is itself. Paths of problems begin in the intent.
 *
 * @example
 * import { isMunchkinId } from 'segment-marketo/marketo'
 * import { replaceRetired } from 'segment-marketo/v1'
 *
 * const munchkinId = '561-HYG-937'
 * const lead = { lookupField: 'email', value: 'ana@example.com' }
 * isMunchkinId(munchkinId) &&
 *   replaceRetired({})({
 *     _tag: 'SyncLeadOverSoap', munchkinId, lead, email: 'ana@example.com', attributes: { PostalCode: '69001' }, cookie: null
 *   })
 * // => right([{
 * //   _tag: 'UpsertLead',
 * //   munchkinId: '561-HYG-937',
 * //   lead: { lookupField: 'email', value: 'ana@example.com' },
 * //   fields: { email: 'ana@example.com', postalCode: '69001' },
 * //   action: 'createOrUpdate',
 * //   partitionName: null
 * // }])
 * @category lifecycle
 * @since 0.1.0
 */
export const replaceRetired =
  (options: ReplaceOptions) =>
  (intent: Intent): Mapped => {
    const findings: Findings = { intents: [], problems: [] }
    replace(intent, options, findings)
    return mapped(findings)
  }

/**
 * A mapper whose retired intents are replaced: v1's rules over the routes of today.
 *
 * @category lifecycle
 * @since 0.1.0
 */
export const replacingRetired =
  (options: ReplaceOptions) =>
  (map: Mapper): Mapper =>
    guarded((event, findings) => {
      const verdict = map(event)
      if (verdict._tag !== 'Right') findings.problems.push(...verdict.left)
      if (verdict._tag !== 'Left') for (const intent of verdict.right) replace(intent, options, findings)
    })
