/**
 * The signature of Munchkin's associateLead: proof that the email comes from somebody who holds the API private key.
 *
 *     lower-case hex SHA-1 of the key's bytes, then the email's        no separator, the email exactly as it is sent
 *
 * It knows no time, so it can be made while mapping. The key itself belongs to a server: see signer.ts.
 *
 * Sources: Adobe blog "Make a Marketo Form Submission in the Background"; Segment "Marketo Destination", Identify (client side).
 *
 * @module
 */
import { sha1Hex } from '../ground/digest.js'

/**
 * The signature for an email under a private key.
 *
 * @example
 * associateLeadSignature('fortesting')('name@example.com') // => '6cf6ee588c0268fa802c6e32a21b902ef5ff1896'
 * @category signing
 * @since 0.1.0
 */
export const associateLeadSignature =
  (privateKey: string) =>
  (email: string): string =>
    sha1Hex(privateKey, email)
