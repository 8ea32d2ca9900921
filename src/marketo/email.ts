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

/** The characters of an address before its `@` that need no quotes; dots may stand anywhere, as Japanese carriers let them. */
const localPart = /^[!#-'*+\--9=?A-Z^-~]+$/

const isLetter = (unit: number): boolean => (unit >= 65 && unit <= 90) || (unit >= 97 && unit <= 122)
const isAlphanumeric = (unit: number): boolean => isLetter(unit) || (unit >= 48 && unit <= 57)

/** Whether a label of a host name stands from `start` to before `end`: letters, digits, inner hyphens. Where it is empty, a dot or nothing stands at `start`. */
const isLabel = (text: string, start: number, end: number): boolean => {
  if (end - start > 63) return false
  if (!isAlphanumeric(text.charCodeAt(start)) || !isAlphanumeric(text.charCodeAt(end - 1))) return false
  for (let i = start + 1; i < end - 1; i += 1) {
    const unit = text.charCodeAt(i)
    if (unit !== 45 && !isAlphanumeric(unit)) return false
  }
  return true
}

/** Whether a domain stands from `start` to the end: two labels or more, the last of two characters or more, the first a letter. */
const isDomain = (text: string, start: number): boolean => {
  let from = start
  for (let dot = text.indexOf('.', from); dot >= 0; dot = text.indexOf('.', from)) {
    if (!isLabel(text, from, dot)) return false
    from = dot + 1
  }
  return from > start && text.length - from >= 2 && isLetter(text.charCodeAt(from)) && isLabel(text, from, text.length)
}

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
export const isEmail = (text: string): boolean => {
  if (text.length > valueLimits.characters) return false
  const at = text.indexOf('@')
  return at > 0 && localPart.test(text.slice(0, at)) && isDomain(text, at + 1)
}
