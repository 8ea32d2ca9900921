/**
 * White space as people type it: Unicode's, and the U+FEFF that JavaScript trims as well.
 *
 * Looked at unit by unit, because the road of every event passes through: a text without odd spaces comes back as it is, uncopied.
 *
 * Source: Unicode, PropList, White_Space.
 *
 * @module
 */

const isWideWhite = (unit: number): boolean =>
  unit === 0x85 ||
  unit === 0xa0 ||
  unit === 0x1680 ||
  (unit >= 0x2000 && unit <= 0x200a) ||
  unit === 0x2028 ||
  unit === 0x2029 ||
  unit === 0x202f ||
  unit === 0x205f ||
  unit === 0x3000 ||
  unit === 0xfeff

/**
 * Whether a UTF-16 code unit is white space.
 *
 * @example
 * isWhite(0xa0) // => true
 * isWhite(0x5f) // => false
 * @category text
 * @since 0.1.0
 */
export const isWhite = (unit: number): boolean =>
  unit <= 32 ? unit === 32 || (unit >= 9 && unit <= 13) : unit >= 0x85 && isWideWhite(unit)

/**
 * Whether a text holds nothing but white space, or nothing at all.
 *
 * @example
 * isBlank('\u00a0\t') // => true
 * isBlank(' a ') // => false
 * @category text
 * @since 0.1.0
 */
export const isBlank = (text: string): boolean => {
  for (let i = 0; i < text.length; i += 1) if (!isWhite(text.charCodeAt(i))) return false
  return true
}

/**
 * A text without the white space at its ends.
 *
 * @example
 * trimmed('\u3000 Ana  Cruz\n') // => 'Ana  Cruz'
 * @category text
 * @since 0.1.0
 */
export const trimmed = (text: string): string => {
  let start = 0
  let end = text.length
  // Beyond its ends a text has no white space.
  while (isWhite(text.charCodeAt(start))) start += 1
  while (isWhite(text.charCodeAt(end - 1))) end -= 1
  return start === 0 && end === text.length ? text : text.slice(start, end)
}

/** Where the first white space stands that is no single U+0020 between two words, or -1. */
const firstOddSpace = (text: string): number => {
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i)
    if (isWhite(unit) && (unit !== 32 || isWhite(text.charCodeAt(i + 1)))) return i
  }
  return -1
}

/**
 * A text trimmed, and each run of white space inside made one U+0020.
 *
 * @example
 * collapsed(' Ana \t de\u00a0la   Cruz ') // => 'Ana de la Cruz'
 * @category text
 * @since 0.1.0
 */
export const collapsed = (text: string): string => {
  const inner = trimmed(text)
  let from = firstOddSpace(inner)
  if (from < 0) return inner
  let whole = inner.slice(0, from)
  while (from < inner.length) {
    while (isWhite(inner.charCodeAt(from))) from += 1
    let to = from
    while (to < inner.length && !isWhite(inner.charCodeAt(to))) to += 1
    whole += ` ${inner.slice(from, to)}`
    from = to
  }
  return whole
}
