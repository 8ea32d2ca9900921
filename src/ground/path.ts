/**
 * Paths: where in an event, a settings object or an answer something stands.
 *
 *     ['traits', 'address', 'zip']  ⇄  traits.address.zip
 *     ['events', 0, 'first name']   ⇄  events[0]["first name"]
 *
 * @module
 */

/** Keys and indexes from the outside in. Keys may come from an event, so printing cuts long ones. */
export type Path = ReadonlyArray<string | number>

const plain = /^[A-Za-z_$][\w$]*$/
const longest = 120

const printKey = (key: string): string => {
  const cut = key.length > longest ? `${key.slice(0, longest)}…` : key
  return plain.test(cut) ? `.${cut}` : `[${JSON.stringify(cut)}]`
}

/**
 * A path as people write it. The whole value itself is `(whole value)`.
 *
 * @example
 * printPath(['events', 0, 'first name']) // => 'events[0]["first name"]'
 * printPath(['traits', 'email']) // => 'traits.email'
 * @category paths
 * @since 0.1.0
 */
export const printPath = (path: Path): string => {
  if (path.length === 0) return '(whole value)'
  let text = ''
  for (const part of path) text += typeof part === 'number' ? `[${part}]` : printKey(part)
  return text.startsWith('.') ? text.slice(1) : text
}
