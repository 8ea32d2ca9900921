/**
 * UTF-8 without `TextEncoder`, which pasted Segment Functions may lack.
 *
 * A lone surrogate has no UTF-8 form; like every encoder of the web we write U+FFFD for it. Where a text becomes a name or a
 * part of a URL, `isWellFormed` refuses it beforehand.
 *
 * @module
 */

const surrogate = /[\ud800-\udfff]/

/** Whether the code unit at `i` opens a pair that the next one closes. */
const isPair = (text: string, i: number): boolean => {
  const next = text.charCodeAt(i + 1)
  return text.charCodeAt(i) <= 0xdbff && next >= 0xdc00 && next <= 0xdfff
}

/**
 * Whether every surrogate in the text has its other half.
 *
 * @example
 * isWellFormed('caf\u00e9 \ud83d\ude00') // => true
 * isWellFormed('\ud83d') // => false
 * @category text
 * @since 0.1.0
 */
export const isWellFormed = (text: string): boolean => {
  if (!surrogate.test(text)) return true
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i)
    if (unit < 0xd800 || unit > 0xdfff) continue
    if (!isPair(text, i)) return false
    i += 1
  }
  return true
}

/**
 * How many bytes the text takes in UTF-8; a lone surrogate counts as the three of U+FFFD.
 *
 * @example
 * utf8Length('é') // => 2
 * @category text
 * @since 0.1.0
 */
export const utf8Length = (text: string): number => {
  let bytes = text.length
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) continue
    if (unit < 0x800) bytes += 1
    // The first half of a pair adds nothing, the second does: two units, four bytes.
    else if (unit < 0xd800 || !isPair(text, i)) bytes += 2
  }
  return bytes
}

/**
 * The UTF-8 bytes of a text; a lone surrogate becomes U+FFFD.
 *
 * @example
 * Array.from(utf8Bytes('é')) // => [0xc3, 0xa9]
 * @category text
 * @since 0.1.0
 */
export const utf8Bytes = (text: string): Uint8Array => {
  const bytes = new Uint8Array(utf8Length(text))
  let at = 0
  for (let i = 0; i < text.length; i += 1) {
    let point = text.charCodeAt(i)
    if (point >= 0xd800 && point <= 0xdfff) {
      if (isPair(text, i)) {
        i += 1
        point = 0x10000 + ((point & 0x3ff) << 10) + (text.charCodeAt(i) & 0x3ff)
      } else point = 0xfffd
    }
    if (point < 0x80) {
      bytes[at] = point
      at += 1
      continue
    }
    const more = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3
    bytes[at] = (point >> (6 * more)) | ((0xff00 >> (more + 1)) & 0xff)
    for (let k = more - 1; k >= 0; k -= 1) bytes[at + more - k] = 0x80 | ((point >> (6 * k)) & 0x3f)
    at += more + 1
  }
  return bytes
}
