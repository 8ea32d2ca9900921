/**
 * JSON as it was typed: where each value stands, and where the text stops being JSON.
 *
 *     {"a": [1, true]}  {"b": 2,}
 *     └── node ──────┘  └──────^ fault: a comma too many
 *          └ node, key a
 *
 * A text may hold several values, one behind another: lines of NDJSON, or objects as a printer wrote them. Behind a fault the reading
 * goes on at the next line that begins a value, so one bad line spoils no other.
 *
 * @module
 */

/** A value in a text: its bounds, its key in its parent, the bounds of that key, and its members. */
export interface JsonNode {
  readonly start: number
  readonly end: number
  readonly key: string | number | null
  readonly keyAt: readonly [start: number, end: number] | null
  readonly children: ReadonlyArray<JsonNode>
}

/** Where a text stops being JSON, and how to mend it. */
export interface JsonFault {
  readonly at: number
  readonly why: string
}

/** The values of a text and its faults, both in order. */
export interface JsonText {
  readonly nodes: ReadonlyArray<JsonNode>
  readonly faults: ReadonlyArray<JsonFault>
}

interface Scan {
  readonly text: string
  at: number
  fault: JsonFault | undefined
}

const deepest = 200
const mostFaults = 20

const fail = (scan: Scan, why: string, at = scan.at): undefined => {
  scan.fault ??= { at, why }
  return undefined
}

const refuse = (scan: Scan, why: string, at = scan.at): false => {
  fail(scan, why, at)
  return false
}

const skipBlanks = (scan: Scan): void => {
  while (scan.at < scan.text.length && ' \t\r\n'.includes(scan.text.charAt(scan.at))) scan.at += 1
}

const next = (scan: Scan): string => {
  skipBlanks(scan)
  return scan.text.charAt(scan.at)
}

const took = (scan: Scan, sign: string): boolean => {
  if (next(scan) !== sign) return false
  scan.at += 1
  return true
}

const escaped = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y

/** Passes over a text in double quotes. */
const passText = (scan: Scan): boolean => {
  const { text } = scan
  const start = scan.at
  scan.at += 1
  while (scan.at < text.length) {
    const sign = text.charAt(scan.at)
    if (sign === '"') {
      scan.at += 1
      return true
    }
    if (sign < ' ') return refuse(scan, 'text ends on its own line: close it with ", or write a line break as \\n')
    escaped.lastIndex = scan.at
    if (sign === '\\' && !escaped.test(text)) return refuse(scan, 'no such escape: write a backslash as \\\\')
    scan.at = sign === '\\' ? escaped.lastIndex : scan.at + 1
  }
  return refuse(scan, 'this text has no end: close it with "', start)
}

const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)(?!\w)/y

const whyNoValue = (scan: Scan): string => {
  const sign = scan.text.charAt(scan.at)
  if (sign === '') return 'the text ends where a value should stand'
  if (sign === '}' || sign === ']') return 'a value is missing, or the comma before is one too many'
  if (sign === "'" || sign === '“' || sign === '”') return 'text stands between double quotes: "…"'
  if (sign === '/' || sign === '#') return 'JSON has no comments: take this out'
  return 'this is no JSON value: text stands between double quotes; else a number, true, false, null, {…} or […]'
}

type Place = Pick<JsonNode, 'key' | 'keyAt'>

const nowhere: Place = { key: null, keyAt: null }

const readScalar = (scan: Scan, place: Place): JsonNode | undefined => {
  const start = scan.at
  scalar.lastIndex = start
  if (!scalar.test(scan.text)) return fail(scan, whyNoValue(scan))
  scan.at = scalar.lastIndex
  return { ...place, start, end: scan.at, children: [] }
}

const keyText = (quoted: string): string => {
  const read: unknown = JSON.parse(quoted)
  return typeof read === 'string' ? read : ''
}

/** The key of a member with its colon. */
const readKey = (scan: Scan): Place | undefined => {
  const sign = next(scan)
  const start = scan.at
  if (sign === '') return fail(scan, 'this object has no end: close it with }')
  if (sign === '}') return fail(scan, 'the comma before is one too many')
  if (sign !== '"') return fail(scan, 'a key stands between double quotes: "…"')
  if (!passText(scan)) return undefined
  const keyAt = [start, scan.at] as const
  const key = keyText(scan.text.slice(...keyAt))
  return took(scan, ':') ? { key, keyAt } : fail(scan, 'a colon is missing behind the key')
}

const whyNoComma = (scan: Scan, close: string): string =>
  scan.at >= scan.text.length
    ? `the text ends too early: close it with ${close}`
    : `a comma is missing before this, or ${close} is`

/** Members up to the closing sign; `member` reads one. */
const readMembers = (
  scan: Scan,
  close: string,
  member: (position: number) => JsonNode | undefined
): ReadonlyArray<JsonNode> | undefined => {
  const children: Array<JsonNode> = []
  scan.at += 1
  if (took(scan, close)) return children
  for (;;) {
    const child = member(children.length)
    if (child === undefined) return undefined
    children.push(child)
    if (took(scan, close)) return children
    if (!took(scan, ',')) return fail(scan, whyNoComma(scan, close))
  }
}

const readContainer = (scan: Scan, place: Place, depth: number): JsonNode | undefined => {
  const start = scan.at
  const isObject = scan.text.charAt(start) === '{'
  if (depth >= deepest) return fail(scan, `nested more than ${deepest} levels deep`)
  const children = readMembers(scan, isObject ? '}' : ']', (position) => {
    const at = isObject ? readKey(scan) : { key: position, keyAt: null }
    return at === undefined ? undefined : readValue(scan, at, depth + 1)
  })
  return children === undefined ? undefined : { ...place, start, end: scan.at, children }
}

const readValue = (scan: Scan, place: Place, depth: number): JsonNode | undefined => {
  const sign = next(scan)
  if (sign === '{' || sign === '[') return readContainer(scan, place, depth)
  if (sign !== '"') return readScalar(scan, place)
  const start = scan.at
  return passText(scan) ? { ...place, start, end: scan.at, children: [] } : undefined
}

/** Where reading goes on behind a fault. */
const resume = ({ text }: Scan, from: number): number => {
  const lines = /\n(?=[{[])/g
  lines.lastIndex = from
  const found = lines.exec(text)
  return found === null ? text.length : found.index + 1
}

/** All values of a text, with their places. */
export const readJsonText = (text: string): JsonText => {
  // Some editors put a mark before the first sign of a file.
  const scan: Scan = { text, at: text.startsWith('\ufeff') ? 1 : 0, fault: undefined }
  const nodes: Array<JsonNode> = []
  const faults: Array<JsonFault> = []
  while (next(scan) !== '' && faults.length < mostFaults) {
    const start = scan.at
    const node = readValue(scan, nowhere, 0)
    if (node !== undefined) nodes.push(node)
    else {
      if (scan.fault !== undefined) faults.push(scan.fault)
      scan.at = resume(scan, Math.max(start + 1, Math.min(scan.fault?.at ?? start, text.length) - 1))
      scan.fault = undefined
    }
  }
  return { nodes, faults }
}

/** The value of a node of this text. */
export const valueIn = (text: string, { start, end }: JsonNode): unknown => JSON.parse(text.slice(start, end))

/** The node at a path below a node, or the last one above it that is there; of members with one key the last counts. */
export const nodeAt = (
  root: JsonNode,
  path: ReadonlyArray<string | number>
): { readonly node: JsonNode; readonly isExact: boolean } => {
  let node = root
  for (const part of path) {
    const inside = node.children.filter(({ key }) => key === part)
    const child = inside[inside.length - 1]
    if (child === undefined) return { node, isExact: false }
    node = child
  }
  return { node, isExact: true }
}
