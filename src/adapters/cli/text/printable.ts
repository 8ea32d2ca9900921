/**
 * Text for a screen: whatever an event holds, it moves no cursor, rings no bell and turns no line around.
 *
 * @module
 */

/** Control characters, line and paragraph separators, marks that change the direction of writing, halves of surrogate pairs. */
const unprintable =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`

/**
 * A text with everything unprintable written as `\u001b`.
 *
 * @example
 * printable('a\u001b[31mb') // => 'a\\u001b[31mb'
 * @internal
 */
export const printable = (text: string): string => text.replace(unprintable, escaped)
