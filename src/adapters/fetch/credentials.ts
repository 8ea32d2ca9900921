/**
 * What a sender adds to a descriptor, at every attempt. Nothing outside the adapters knows this type.
 *
 *     bearer               accessToken               Authorization: Bearer …
 *     user-token           accessToken               X-Mkto-User-Token: …        (Data Ingestion: the same token, bare)
 *     client-credentials   clientId, clientSecret    in the query of the identity call
 *     soap-signature       soapUserId,               in the header of the message itself
 *                          soapEncryptionKey,
 *                          soapInstant
 *
 * Sources: Adobe "Authentication", "Data Ingestion"; the SOAP API's pages, Authentication.
 *
 * @module
 */
import { isSigned, signSoap } from '../../endpoints/soap-message.js'
import type { Instant } from '../../ground/calendar.js'
import type { Auth, HttpRequest, Pairs } from '../../intent/descriptor.js'

/**
 * Credentials by kind. Give those that the descriptors at hand ask for (their `auth`). `soapInstant` is the time to sign a SOAP call
 * for, in milliseconds: now, because Marketo refuses a signature that is some minutes old.
 *
 * @category credentials
 * @since 0.1.0
 */
export interface Credentials {
  readonly accessToken?: string
  readonly clientId?: string
  readonly clientSecret?: string
  readonly soapUserId?: string
  readonly soapEncryptionKey?: string
  readonly soapInstant?: Instant
}

/** What a call's credential adds to it. @internal */
export interface Added {
  readonly headers: Readonly<Record<string, string>>
  readonly query: Pairs
}

const lacks = (auth: Auth, name: keyof Credentials): TypeError =>
  new TypeError(`a call with auth '${auth}' needs the credential ${name}`)

const given = (credentials: Credentials, name: Exclude<keyof Credentials, 'soapInstant'>, auth: Auth): string => {
  const credential = credentials[name]
  if (credential !== undefined && credential !== '') return credential
  throw lacks(auth, name)
}

/**
 * What the credential adds to a call. A `soap-signature` is part of the message itself, so nothing is added for it: see `signed`.
 *
 * @internal
 */
export const added = (auth: Auth, credentials: Credentials): Added => {
  switch (auth) {
    case 'bearer':
      return { headers: { Authorization: `Bearer ${given(credentials, 'accessToken', auth)}` }, query: [] }
    case 'user-token':
      return { headers: { 'X-Mkto-User-Token': given(credentials, 'accessToken', auth) }, query: [] }
    case 'client-credentials':
      return {
        headers: {},
        query: [
          ['client_id', given(credentials, 'clientId', auth)],
          ['client_secret', given(credentials, 'clientSecret', auth)]
        ]
      }
    case 'none':
    case 'soap-signature':
      return { headers: {}, query: [] }
  }
}

/**
 * The call as it is sent: a SOAP message is signed, any other stays as it is. A SOAP message that is not of our making cannot be
 * signed here and goes out as its maker left it.
 *
 * @internal
 */
export const signed = (request: HttpRequest, credentials: Credentials): HttpRequest => {
  const { auth } = request
  if (isSigned(request) === undefined) return request
  const userId = given(credentials, 'soapUserId', auth)
  const encryptionKey = given(credentials, 'soapEncryptionKey', auth)
  const { soapInstant } = credentials
  if (soapInstant === undefined) throw lacks(auth, 'soapInstant')
  const message = signSoap({ userId, encryptionKey }, soapInstant)(request)
  if (isSigned(message) === true) return message
  throw new TypeError(`a call with auth '${auth}' cannot be signed with that soapUserId or for that soapInstant`)
}
