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

/** A value that was read, and where the next one begins; null for what is no scalar. */
type Read = readonly [value: string | number | boolean | null, next: number]

/** The place behind so many bytes of UTF-8, from `at` on. */
const behind = (text: string, at: number, bytes: number): number => {
  let left = bytes
  let i = at
  while (left > 0 && i < text.length) {
    const point = text.codePointAt(i) ?? 0
    left -= point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4
    i += point < 0x10000 ? 1 : 2
  }
  return left === 0 ? i : -1
}

const count = /(\d{1,7}):/y
const scalar = /([idb]):(-?[\d.]{1,24});|N;/y

const at = (pattern: RegExp, text: string, i: number): RegExpExecArray | null => {
  pattern.lastIndex = i
  return pattern.exec(text)
}

const readText = (text: string, i: number): Read | undefined => {
  const length = at(count, text, i + 2)
  if (length === null || text[count.lastIndex] !== '"') return undefined
  const from = count.lastIndex + 1
  const end = behind(text, from, Number(length[1]))
  return end >= 0 && text.startsWith('";', end) ? [text.slice(from, end), end + 2] : undefined
}

const readScalar = (text: string, i: number): Read | undefined => {
  if (text.startsWith('s:', i)) return readText(text, i)
  const [all, kind, digits] = at(scalar, text, i) ?? []
  if (all === undefined) return undefined
  const next = scalar.lastIndex
  if (kind === undefined) return [null, next]
  return [kind === 'b' ? digits === '1' : Number(digits), next]
}

/** The fields of these names that a text holds; undefined for a text of another kind. @internal */
export const formFieldsIn = (
  text: string,
  names: ReadonlyArray<string>
): Readonly<Record<string, string | number | boolean>> | undefined => {
  const size = text.startsWith('a:') ? at(count, text, 2) : null
  if (size === null || text[count.lastIndex] !== '{') return undefined
  const found: Array<readonly [string, string | number | boolean]> = []
  let i = count.lastIndex + 1
  for (let n = Number(size[1]); n > 0; n -= 1) {
    const key = readScalar(text, i)
    const value = key === undefined ? undefined : readScalar(text, key[1])
    if (key === undefined || value === undefined) break
    const name = String(key[0])
    const [held] = value
    if (held !== null && held !== '' && names.includes(name) && (typeof held !== 'number' || Number.isFinite(held)))
      found.push([name, held === 0 ? 0 : held])
    i = value[1]
  }
  return Object.fromEntries(found)
}
