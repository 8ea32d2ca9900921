/**
 * What a sender adds to a descriptor, at every attempt. Nothing outside the adapters knows this type.
 *
 *     bearer               accessToken               Authorization: Bearer …
 *     user-token           accessToken               X-Mkto-User-Token: …        (Data Ingestion: the same token, bare)
 *     client-credentials   clientId, clientSecret    in the query of the identity call
 *
 * Sources: Adobe "Authentication", "Data Ingestion".
 *
 * @module
 */
import type { Auth, Pairs } from '../../intent/descriptor.js'

/**
 * Credentials by kind. Give those that the descriptors at hand ask for (their `auth`).
 *
 * @category credentials
 * @since 0.1.0
 */
export interface Credentials {
  readonly accessToken?: string
  readonly clientId?: string
  readonly clientSecret?: string
}

/** What a call's credential adds to it. @internal */
export interface Added {
  readonly headers: Readonly<Record<string, string>>
  readonly query: Pairs
}

const given = (credentials: Credentials, name: keyof Credentials, auth: Auth): string => {
  const credential = credentials[name]
  if (credential !== undefined && credential !== '') return credential
  throw new TypeError(`a call with auth '${auth}' needs the credential ${name}`)
}

/**
 * What the credential adds to a call. A `soap-signature` is part of the message itself, so nothing is added for it.
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
