/**
 * Text that XML 1.0 can hold.
 *
 * @module
 */
import { isWellFormed } from './utf8.js'

/** All that XML 1.0 has no room for, even as a reference, and every half of a surrogate pair, which is looked at again. */
const suspect = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd]/
const forbidden = /[^\t\n\r\u0020-\ufffd]/

/**
 * Whether a text can stand in an XML 1.0 document.
 *
 * @example
 * isXmlText('a < b') // => true
 * isXmlText('a\u0000b') // => false
 * @category text
 * @since 0.1.0
 */
export const isXmlText = (text: string): boolean => !suspect.test(text) || (!forbidden.test(text) && isWellFormed(text))
