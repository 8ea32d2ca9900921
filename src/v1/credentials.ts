/**
 * The two sets of credentials of v1, told apart.
 *
 *     client   privateKey                    signs associateLead; Marketo: Admin, Munchkin, API Configuration
 *     server   soapUserId, encryptionKey     sign each SOAP message; Marketo: Admin, SOAP API
 *
 * Settings never hold them. They are read here once, for the signer and for the sender.
 *
 * Source: Segment "Marketo Destination", Getting Started (client side and server side need different credentials).
 *
 * @module
 */
import { conflict, missing, type Problem } from '../ground/problem.js'
import { aRecord, decoding, member, nonBlank, orNull, warnOfUnknownKeys } from '../ground/reading.js'
import type { Remarked } from '../ground/these.js'
import { credentialNames, settingRows } from './setting-names.js'

/**
 * Who may sign what; a side without credentials is null.
 *
 * @category settings
 * @since 0.1.0
 */
export interface Credentials {
  readonly client: { readonly privateKey: string } | null
  readonly server: { readonly soapUserId: string; readonly encryptionKey: string } | null
}

const mendBoth = 'SOAP wants both: the user id and the encryption key'
const mendSame = 'Munchkin’s private key and SOAP’s encryption key are two credentials: copy each from its own screen'

const readCredentials = (u: unknown, problems: Array<Problem>): Credentials | undefined => {
  const record = aRecord(u, [], problems)
  if (record === undefined) return undefined
  const settingNames = Object.entries(settingRows).flatMap(([name, { segment }]) =>
    segment === null ? [name] : [name, segment]
  )
  warnOfUnknownKeys(record, [], [...credentialNames, ...settingNames], problems)
  const [privateKey, soapUserId, encryptionKey] = credentialNames.map(
    (name) => member(record, [], [name], orNull(nonBlank), null, problems) ?? null
  )
  if (typeof soapUserId === 'string' && encryptionKey === null)
    problems.push(missing('invalid', ['encryptionKey'], mendBoth))
  if (typeof encryptionKey === 'string' && soapUserId === null)
    problems.push(missing('invalid', ['soapUserId'], mendBoth))
  if (typeof privateKey === 'string' && privateKey === encryptionKey)
    problems.push(conflict('invalid', ['encryptionKey'], ['privateKey'], mendSame))
  return {
    client: typeof privateKey === 'string' ? { privateKey } : null,
    server: typeof soapUserId === 'string' && typeof encryptionKey === 'string' ? { soapUserId, encryptionKey } : null
  }
}

/**
 * The credentials of both sides, from the same object that holds the settings or from one of their own. No problem names a value.
 *
 * @example
 * decodeCredentials({ privateKey: 'k' }) // => right({ client: { privateKey: 'k' }, server: null })
 * decodeCredentials({ soapUserId: 'u' })._tag // => 'Left'
 * @category settings
 * @since 0.1.0
 */
export const decodeCredentials: (u: unknown) => Remarked<Credentials> = decoding(readCredentials)
