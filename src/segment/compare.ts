/**
 * Comparison forms: whether two identity values mean one person. For comparing only; what is sent stays as it was read.
 *
 *     ' Ana@Corp.Test '    'ana@corp.test'      an address: trimmed, case does not count
 *     'U-1 '               'U-1 '               an id: letter by letter
 *     '+1 (555) 010-0'     '+15550100'          a phone number: its digits, and a plus in front
 *
 * @module
 */
import { trimmed } from './white-space.js'

/**
 * An email address in comparison form.
 *
 * @example
 * comparableEmail(' Ana@Corp.Test ') // => 'ana@corp.test'
 * @category comparing
 * @since 0.1.0
 */
export const comparableEmail = (address: string): string => trimmed(address).toLowerCase()

/**
 * An id in comparison form: a number and its digits are one id, everything else counts letter by letter.
 *
 * @example
 * comparableId(42) === comparableId('42') // => true
 * comparableId('a1') === comparableId('A1') // => false
 * @category comparing
 * @since 0.1.0
 */
export const comparableId = (id: string | number): string => String(id)

/**
 * A phone number in comparison form; empty for a text without digits.
 *
 * @example
 * comparablePhone('+1 (555) 010-0') // => '+15550100'
 * @category comparing
 * @since 0.1.0
 */
export const comparablePhone = (phone: string): string => {
  const digits = phone.replace(/\D/g, '')
  return digits !== '' && trimmed(phone).startsWith('+') ? `+${digits}` : digits
}
