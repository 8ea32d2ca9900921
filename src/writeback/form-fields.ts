/**
 * The fields of a filled-in form, out of the text that PHP keeps them in.
 *
 *     a:2:{s:5:"Email";s:15:"ana@example.com";s:4:"Seat";i:12;}
 *            └ bytes      └ bytes
 *
 * Only fields that are asked for by name are read; hidden tokens and all the rest stay where they are. What is inside lists is passed over.
 *
 * Sources: PHP "serialize"; public traffic.
 *
 * @module
 */

/** A value that was read, and where the next one begins. What is nothing is read as a number that is none. */
type Read = readonly [value: string | number | boolean, next: number]

/** The place behind so many bytes of UTF-8, from `at` on; the end of all where no letter ends there. */
const behind = (text: string, at: number, bytes: number): number => {
  let left = bytes
  let i = at
  while (left > 0 && i < text.length) {
    const point = text.codePointAt(i) ?? 0
    left -= point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4
    i += point < 0x10000 ? 1 : 2
  }
  return left === 0 ? i : text.length
}

const list = /a:(\d{1,7}):\{/y
const quoted = /s:(\d{1,7}):"/y
const scalar = /([idb]):(-?[\d.]{1,24});|N;/y

const at = (pattern: RegExp, text: string, i: number): RegExpExecArray | null => {
  pattern.lastIndex = i
  return pattern.exec(text)
}

const readText = (text: string, i: number): Read | undefined => {
  const length = at(quoted, text, i)
  if (length === null) return undefined
  const from = quoted.lastIndex
  const end = behind(text, from, Number(length[1]))
  return text.startsWith('";', end) ? [text.slice(from, end), end + 2] : undefined
}

const readNumber = (text: string, i: number): Read | undefined => {
  const found = at(scalar, text, i)
  if (found === null) return undefined
  const [, kind, digits] = found
  return [kind === 'b' ? digits === '1' : Number(digits), scalar.lastIndex]
}

const readScalar = (text: string, i: number): Read | undefined => readText(text, i) ?? readNumber(text, i)

/** The fields of these names that a text holds; undefined for a text of another kind. @internal */
export const formFieldsIn = (
  text: string,
  names: ReadonlyArray<string>
): Readonly<Record<string, string | number | boolean>> | undefined => {
  const size = at(list, text, 0)
  if (size === null) return undefined
  const found: Array<readonly [string, string | number | boolean]> = []
  let i = list.lastIndex
  for (let n = Number(size[1]); n > 0; n -= 1) {
    const key = readScalar(text, i)
    if (key === undefined) break
    const value = readScalar(text, key[1])
    if (value === undefined) break
    const name = String(key[0])
    const [held, next] = value
    if (held !== '' && names.includes(name) && (typeof held !== 'number' || Number.isFinite(held)))
      found.push([name, held === 0 ? 0 : held])
    i = next
  }
  return Object.fromEntries(found)
}
