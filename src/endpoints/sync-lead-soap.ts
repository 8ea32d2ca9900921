/**
 * SOAP's syncLead: make or update a lead, and say whose a browser is, in one call. Switched off on 2026-07-31; Sync Leads and Associate
 * Lead do the same over REST.
 *
 *     POST https://561-HYG-937.mktoapi.com/soap/mktows/2_1
 *     SOAPAction: "http://www.marketo.com/mktows/syncLead"
 *
 *     paramsSyncLead
 *       leadRecord
 *         Email?
 *         leadAttributeList?   attribute*   attrName  attrType?  attrValue
 *       returnLead
 *       marketoCookie?
 *
 * The order is the schema's. A null attribute is left out: the schema knows no nil there, and no page says that an empty text clears.
 * `Id` is Marketo's own number, which Segment never knows; `moveCookie` came with later versions.
 *
 * One call takes one lead. Its answer is XML, so no slot can pick from it.
 *
 * Sources: Marketo's WSDL 2.1; the SOAP API's pages, syncLead, Error Codes (removed in 2026); segmentio/marketo-python.
 *
 * @module
 */
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { kindOf } from '../ground/json.js'
import type { Path } from '../ground/path.js'
import { malformed, missing, type Problem } from '../ground/problem.js'
import { utf8Length } from '../ground/utf8.js'
import { isXmlText } from '../ground/xml-text.js'
import type { Call, Described, HttpRequest, Lifecycle } from '../intent/descriptor.js'
import type { FieldValue, SyncLeadOverSoap } from '../intent/intent.js'
import type { Answer, Verdict } from '../intent/outcome.js'
import { findBySoap } from '../marketo/lead-fields.js'
import { byteLimits } from '../marketo/limits.js'
import { describeEach, tooLarge, type Written } from './batch.js'
import { isScalar, unfitValue } from './field-values.js'
import { interpretSoap } from './soap-answer.js'
import { signatureBytes, soapMessage } from './soap-message.js'
import { element } from './soap-xml.js'

/**
 * How leads are synced. `workspace` is the one that cookies are looked for in (`Default` where an instance has no workspaces).
 * `attrTypes` adds `attrType` where Adobe's own samples have that type; Marketo knows its fields without. `returnLead` asks for the
 * lead as it is then, which nothing here reads.
 *
 * @category endpoints
 * @since 0.1.0
 */
export interface SyncLeadSoapOptions {
  readonly attrTypes?: boolean
  readonly returnLead?: boolean
  readonly workspace?: string
}

const switchedOff: Lifecycle = { status: 'retired', since: '2026-07-31', insteadUse: 'syncLeads' }

/** The types that the samples of the SOAP pages print; nobody has published the rest of the list. */
const printedTypes: ReadonlyArray<string | null> = ['string', 'integer', 'url', 'date']

/** The type of a field that is no standard one, as public clients tell it from the value. */
const inferred = (value: FieldValue): string | null =>
  typeof value === 'string' ? 'string' : Number.isInteger(value) ? 'integer' : null

/** The type of a standard field, else that of the value; undefined where no sample has such a type. */
const attrTypeOf = (name: string, value: FieldValue): string | undefined => {
  const field = findBySoap(name)
  const type = field === undefined ? inferred(value) : field.type
  return type !== null && printedTypes.includes(type) ? type : undefined
}

const attribute = (name: string, value: FieldValue, attrTypes: boolean): string => {
  const type = attrTypes ? attrTypeOf(name, value) : undefined
  const typed = type === undefined ? '' : element('attrType', type)
  return `<attribute>${element('attrName', name)}${typed}${element('attrValue', String(value))}</attribute>`
}

/** Why a text cannot stand in a message, or undefined when it can. */
const unfitText = (text: string, at: Path): Problem | undefined =>
  isXmlText(text)
    ? undefined
    : malformed('invalid', at, 'text that XML has no room for', 'send text without control characters and half pairs')

const unfitAttribute = (name: string, value: unknown): Problem | undefined => {
  const at = ['attributes', name]
  if (name.trim() === '') return malformed('invalid', at, kindOf(name), 'an attribute has the SOAP name of a field')
  if (!isScalar(value)) return unfitValue(value, at)
  return unfitText(name, at) ?? unfitText(String(value), at)
}

/** The members of an intent that hold something: an empty email or cookie names nobody. */
const present = (text: string | null): string | undefined => (text === null || text === '' ? undefined : text)

const unfitSync = (
  { email, cookie, attributes }: SyncLeadOverSoap,
  workspace: string | undefined
): Problem | undefined => {
  if (present(email) === undefined && present(cookie) === undefined) {
    return missing('invalid', ['email'], 'SOAP finds a lead by its email or by its Munchkin cookie: send one of them')
  }
  for (const [name, value] of Object.entries(attributes)) {
    const problem = value === undefined || value === null ? undefined : unfitAttribute(name, value)
    if (problem !== undefined) return problem
  }
  return (
    unfitText(email ?? '', ['email']) ??
    unfitText(cookie ?? '', ['cookie']) ??
    unfitText(workspace ?? '', ['workspace'])
  )
}

const optional = (name: string, text: string | undefined): string => (text === undefined ? '' : element(name, text))

const bodyOf = ({ email, cookie, attributes }: SyncLeadOverSoap, options: SyncLeadSoapOptions): string => {
  const list = Object.entries(attributes)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => attribute(name, value, options.attrTypes === true))
    .join('')
  const attributeList = list === '' ? '' : `<leadAttributeList>${list}</leadAttributeList>`
  const leadRecord = `<leadRecord>${optional('Email', present(email))}${attributeList}</leadRecord>`
  const returnLead = element('returnLead', String(options.returnLead === true))
  const marketoCookie = optional('marketoCookie', present(cookie))
  return `<ns1:paramsSyncLead>${leadRecord}${returnLead}${marketoCookie}</ns1:paramsSyncLead>`
}

/** Whether a message is too large to be signed and sent. A code unit takes three bytes at most, so most need no counting. */
const overflows = (text: string): boolean => {
  const room = byteLimits.body - signatureBytes
  return text.length * 3 > room && utf8Length(text) > room
}

const write =
  (options: SyncLeadSoapOptions) =>
  (sync: SyncLeadOverSoap): Written => {
    const problem = unfitSync(sync, options.workspace)
    if (problem !== undefined) return { problem }
    const text = soapMessage(bodyOf(sync, options), options.workspace)
    if (overflows(text)) return { problem: tooLarge }
    const descriptor: HttpRequest = {
      _tag: 'HttpRequest',
      endpoint: 'syncLeadOverSoap',
      munchkinId: sync.munchkinId,
      host: 'soap',
      method: 'POST',
      path: ['soap', 'mktows', '2_1'],
      query: [],
      headers: { SOAPAction: '"http://www.marketo.com/mktows/syncLead"' },
      body: { text, type: 'text/xml; charset=utf-8' },
      auth: 'soap-signature',
      lifecycle: switchedOff
    }
    return { descriptor, slots: [] }
  }

/**
 * SOAP syncLead calls, one for each lead, not yet signed: `signSoap` does that right before each attempt.
 *
 * @category endpoints
 * @since 0.1.0
 */
export const describeSyncLeadSoap = (
  syncs: ReadonlyNonEmptyArray<SyncLeadOverSoap>,
  options: SyncLeadSoapOptions = {}
): Described<HttpRequest> => describeEach(syncs, write(options))

/**
 * What became of a lead: made or updated, failed, or the whole call refused by a fault. An answer that is no SOAP is judged by its
 * status.
 *
 * @example
 * import { describeSyncLeadSoap, interpretSyncLeadSoap } from 'segment-marketo/endpoints'
 * import { isMunchkinId } from 'segment-marketo/marketo'
 *
 * const munchkinId = '561-HYG-937'
 * const email = 'ana@example.com'
 * const lead = { lookupField: 'email', value: email }
 * const sync = { _tag: 'SyncLeadOverSoap', lead, email, cookie: null, attributes: {} } as const
 * const described = isMunchkinId(munchkinId) ? describeSyncLeadSoap([{ ...sync, munchkinId }]) : undefined
 * const call = described?._tag === 'Right' ? described.right[0] : undefined
 * const body = '<e:Envelope xmlns:e="x"><e:Body><e:Fault><faultstring>20015 - Too many</faultstring></e:Fault></e:Body></e:Envelope>'
 * const verdict = call === undefined ? undefined : interpretSyncLeadSoap(call, { status: 500, headers: {}, body })
 * verdict?._tag === 'Refused' && verdict.remedy // => 'await-quota'
 * @category endpoints
 * @since 0.1.0
 */
export const interpretSyncLeadSoap = (call: Call<HttpRequest>, answer: Answer): Verdict =>
  interpretSoap('successSyncLead', call, answer)
