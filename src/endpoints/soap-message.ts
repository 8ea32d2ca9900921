/**
 * A SOAP message as we write it: one frame for every call, so that a signer finds its place without a search.
 *
 *     <?xml …?><SOAP-ENV:Envelope …><SOAP-ENV:Header>   always the same characters: `opening`
 *       <ns1:AuthenticationHeader>…                     put here by the signer, and taken away by the next one
 *       <ns1:MktowsContextHeader>…                      where a workspace is given
 *     </SOAP-ENV:Header><SOAP-ENV:Body>…                everything of the event, escaped
 *
 * Header entries and the body's one element have Marketo's namespace, all below them has none.
 *
 * Source: Marketo's WSDL 2.1 (no elementFormDefault); the SOAP API's pages, Authentication.
 *
 * @module
 */
import { type Instant, printInstant } from '../ground/calendar.js'
import { hmacSha1Hex } from '../ground/digest.js'
import { isXmlText } from '../ground/xml-text.js'
import type { HttpRequest } from '../intent/descriptor.js'
import { element } from './soap-xml.js'

const opening =
  '<?xml version="1.0" encoding="UTF-8"?>' +
  '<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" ' +
  'xmlns:ns1="http://www.marketo.com/mktows/"><SOAP-ENV:Header>'

const context = 'ns1:MktowsContextHeader'

/** A message with this body, not yet signed; a workspace is for leads that are matched by cookie. @internal */
export const soapMessage = (body: string, workspace: string | undefined): string => {
  const header = workspace === undefined ? '' : `<${context}>${element('targetWorkspace', workspace)}</${context}>`
  return `${opening}${header}</SOAP-ENV:Header><SOAP-ENV:Body>${body}</SOAP-ENV:Body></SOAP-ENV:Envelope>`
}

/** What a signature may add to a message, in bytes; the longest user ids known leave half of it free. @internal */
export const signatureBytes = 512

/**
 * Who signs: the user id and the encryption key that Marketo's administration shows.
 *
 * @category signing
 * @since 0.1.0
 */
export interface SoapCredentials {
  readonly userId: string
  readonly encryptionKey: string
}

/**
 * The signature of a request: lower-case hex HMAC-SHA-1, under the encryption key, of the timestamp exactly as it is sent and the user
 * id right behind it.
 *
 * @example
 * soapSignature({ userId: 'demo17_1_809934544BFABAE58E5D27', encryptionKey: '27272727aa' })('2013-08-01T18:22:30-07:00')
 * // => 'b5e21953ae9f1b263e644da5eccce9ff33802513'
 * @category signing
 * @since 0.1.0
 */
export const soapSignature =
  ({ userId, encryptionKey }: SoapCredentials) =>
  (requestTimestamp: string): string =>
    hmacSha1Hex(encryptionKey)(`${requestTimestamp}${userId}`)

/** An instant as every public client writes it: whole seconds and a numeric offset. `Z` was never tried on Marketo. */
const timestamp = (instant: Instant): string | undefined => printInstant(instant)?.replace('Z', '+00:00')

const authentication = 'ns1:AuthenticationHeader'

/** The signed header, or nothing where no header can hold that instant or that user. */
const authenticationHeader = (credentials: SoapCredentials, instant: Instant): string => {
  const requestTimestamp = timestamp(instant)
  if (requestTimestamp === undefined || !isXmlText(credentials.userId)) return ''
  const members = [
    element('mktowsUserId', credentials.userId),
    element('requestSignature', soapSignature(credentials)(requestTimestamp)),
    element('requestTimestamp', requestTimestamp)
  ]
  return `<${authentication}>${members.join('')}</${authentication}>`
}

/** What stands behind `opening` without the header of an earlier signer, in whose texts no tag can stand. */
const unsigned = (rest: string): string => {
  const closing = `</${authentication}>`
  return rest.startsWith(`<${authentication}>`) ? rest.slice(rest.indexOf(closing) + closing.length) : rest
}

/**
 * Whether a message of ours is signed; undefined for what is no message of ours.
 *
 * @internal
 */
export const isSigned = ({ auth, body }: HttpRequest): boolean | undefined =>
  auth === 'soap-signature' && body !== null && 'text' in body && body.text.startsWith(opening)
    ? body.text.startsWith(`<${authentication}>`, opening.length)
    : undefined

/**
 * A SOAP call signed for an instant (milliseconds, now). Marketo refuses a signature that is some minutes old (fault 20016), so sign
 * right before each attempt: a new signature takes the place of the old one. Where no signature can be written (an instant outside the
 * years 0000 to 9999, a user id that XML has no room for) the call comes back without any, and Marketo will refuse it. What is no SOAP
 * call of ours comes back as it is.
 *
 * @example
 * import { describeSyncLeadSoap, signSoap } from 'segment-marketo/endpoints'
 * import { isMunchkinId } from 'segment-marketo/marketo'
 *
 * const munchkinId = '561-HYG-937'
 * const email = 'ana@example.com'
 * const lead = { lookupField: 'email', value: email }
 * const sync = { _tag: 'SyncLeadOverSoap', lead, email, cookie: null, attributes: { FirstName: 'Ana' } } as const
 * const described = isMunchkinId(munchkinId) ? describeSyncLeadSoap([{ ...sync, munchkinId }]) : undefined
 * const call = described?._tag === 'Right' ? described.right[0] : undefined
 * const sign = signSoap({ userId: 'user', encryptionKey: 'key' }, 1714557600000)
 * const body = call === undefined ? null : sign(call.descriptor).body
 * body !== null && 'text' in body && body.text.includes('<requestTimestamp>2024-05-01T10:00:00+00:00</requestTimestamp>') // => true
 * @category signing
 * @since 0.1.0
 */
export const signSoap =
  (credentials: SoapCredentials, instant: Instant) =>
  (request: HttpRequest): HttpRequest => {
    const { body } = request
    if (isSigned(request) === undefined || body === null || !('text' in body)) return request
    const rest = unsigned(body.text.slice(opening.length))
    return { ...request, body: { ...body, text: `${opening}${authenticationHeader(credentials, instant)}${rest}` } }
  }
