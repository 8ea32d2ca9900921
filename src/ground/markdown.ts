/**
 * Names and tables in Markdown that somebody else may have chosen the names of.
 *
 *     a|b      → `a\|b`          a bar ends no cell
 *     ESC, ⏎   → `\u001b`, …     nothing moves a cursor, breaks a line or turns it around
 *
 * Names are cut at 120 characters.
 *
 * @module
 */

const longest = 120

/** Whether a UTF-16 unit would be seen as something else than itself: controls, separators of lines, marks of direction, halves of pairs. */
const isOdd = (unit: number): boolean =>
  unit < 32 ||
  (unit >= 127 && unit < 160) ||
  unit === 0x61c ||
  (unit >= 0x200b && unit <= 0x200f) ||
  (unit >= 0x2028 && unit <= 0x202e) ||
  (unit >= 0x2066 && unit <= 0x2069) ||
  unit === 0xfeff

/** A text with what cannot be seen written as `\u001b`, as JSON does. @internal */
export const visible = (text: string): string => {
  let shown = ''
  for (const character of text) {
    const unit = character.charCodeAt(0)
    const isHalf = character.length === 1 && unit >= 0xd800 && unit <= 0xdfff
    shown += isOdd(unit) || isHalf ? `\\u${unit.toString(16).padStart(4, '0')}` : character
  }
  return shown
}

/** A name as code inside a cell. @internal */
export const code = (name: string): string => {
  const characters = [...name]
  const cut = visible(characters.slice(0, longest).join('')) + (characters.length > longest ? '…' : '')
  // A bar behind a backslash would end the cell all the same.
  const inner = cut.replace(/\\?\|/g, (bar) => (bar === '|' ? '\\|' : '\\\\u007c'))
  if (inner.trim() === '') return '(blank)'
  const runs = inner.match(/`+/g)
  if (runs === null) return `\`${inner}\``
  const fence = '`'.repeat(Math.max(...runs.map((run) => run.length)) + 1)
  return `${fence} ${inner} ${fence}`
}

/** A text as plain words inside a cell: nothing in it is markup. @internal */
export const plain = (text: string): string => visible(text).replace(/[\\|`*_~<>[\]]/g, '\\$&')

/** A table of Markdown; what a cell holds is escaped already. @internal */
export const table = (heads: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string | number>>): string =>
  [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
