/**
 * Email addresses that Marketo takes.
 *
 *     ana+news@mail.example.com
 *     └ local ┘ └ labels, dots ┘
 *
 * Marketo's email fields are ASCII and must look like an address, else the record is skipped with 1003. We ask for no more than
 * that look: what stands before the `@` is the owner's mail server's business.
 *
 * Sources: Adobe "Leads" (ASCII), "Field Types"; RFC 5322 3.2.3 (atext), RFC 1035 2.3.1 (labels).
 *
 * @module
 */
import { valueLimits } from './limits.js'

/**
 * A local part that needs no quotes (dots may stand anywhere, as Japanese carriers let them), and a domain: labels of letters, digits and
 * inner hyphens, two or more, the last of two characters or more, the first of those a letter. Each character has one way to match.
 */
const form =
  /^[!#-'*+\--9=?A-Z^-~]+@(?:[A-Za-z\d]+(?:-+[A-Za-z\d]+)*\.)+[A-Za-z](?:[A-Za-z\d]|-+[A-Za-z\d])[A-Za-z\d]*(?:-+[A-Za-z\d]+)*$/

/** The longest label that a name server takes, and one that is longer. */
const longestLabel = 63
const longLabel = /[^@.]{64}/

/**
 * Whether Marketo would take the text for an email address: ASCII, at most 255 characters, one `@`, a local part that needs no quotes,
 * a domain of two sound labels or more. Blanks around it are no part of an address.
 *
 * @example
 * isEmail('ana+news@example.com') // => true
 * isEmail('ana@localhost') // => false
 * isEmail(' ana@example.com') // => false
 * @category value types
 * @since 0.1.0
 */
export const isEmail = (text: string): boolean =>
  text.length <= valueLimits.characters &&
  form.test(text) &&
  (text.length <= longestLabel || !longLabel.test(text.slice(text.indexOf('@'))))
