/**
 * Readers of the settings that both contracts have: names, origins, Munchkin's options, zones, and the two names of one setting.
 *
 * @module
 */
import { isRecord, ownMember } from '../ground/json.js'
import type { Path } from '../ground/path.js'
import { conflict, malformed, type Problem } from '../ground/problem.js'
import { anyText, aRecord, aScalar, listOf, nonBlank, type Reader, wholeNumber } from '../ground/reading.js'
import { type MunchkinId, readMunchkinId } from '../marketo/munchkin-id.js'
import { readPageUrl } from '../segment/page-url.js'

/** Which of a member's names is given; the first when none is. */
export const givenName = (u: unknown, names: ReadonlyArray<string>): string =>
  names.find((name) => isRecord(u) && ownMember(u, name) !== undefined) ?? names[0] ?? ''

const mendTwice = 'two names of one setting: the first counts, take the other one out'

/** Says where a member is given under both of its names, ours and Segment's, with two values. */
export const warnOfBoth = (
  record: Readonly<Record<string, unknown>>,
  at: Path,
  pairs: ReadonlyArray<ReadonlyArray<string>>,
  problems: Array<Problem>
): void => {
  for (const [ours = '', theirs = ''] of pairs) {
    const [a, b] = [ownMember(record, ours), ownMember(record, theirs)]
    if (a !== undefined && b !== undefined && a !== b)
      problems.push(conflict('warning', [...at, theirs], [...at, ours], mendTwice))
  }
}

/** A scalar; numbers have one zero, as JSON does. */
export const scalar: Reader<string | number | boolean> = (u, at, problems) => {
  const value = aScalar(u, at, problems)
  return typeof value === 'number' ? value + 0 : value
}

/** A Marketo name: letters, digits, `_` and (in SOAP names) spaces, a letter first. It becomes a key of what we send. */
export const marketoName: Reader<string> = (u, at, problems) => {
  const name = nonBlank(u, at, problems)
  if (name === undefined || /^[A-Za-z][A-Za-z0-9_ ]{0,254}$/.test(name)) return name
  problems.push(
    malformed(
      'invalid',
      at,
      'text that is no field name',
      'copy the API name from Marketo: a letter, then letters, digits and _'
    )
  )
  return undefined
}

/** Scheme and host of a web site, and nothing else. */
export const origin: Reader<string> = (u, at, problems) => {
  const text = nonBlank(u, at, problems)
  if (text === undefined) return undefined
  const url = readPageUrl(text)
  if (typeof url !== 'string' && !url.hadUserInfo && /^\s*https?:/i.test(text)) {
    const { origin, path, params, fragment } = url.parts
    if (origin !== null && path === '/' && params === '' && fragment === '') return origin
  }
  problems.push(
    malformed('invalid', at, 'text that is no origin', 'expected scheme and host only, such as https://www.example.com')
  )
  return undefined
}

/** Options of `Munchkin.init`. */
export type MunchkinOptions = Readonly<Record<string, boolean | number | string | ReadonlyArray<string>>>

/** Options of Munchkin's, in the order of the alphabet. */
export const munchkinOptions: Reader<MunchkinOptions> = (u, at, problems) => {
  const record = aRecord(u, at, problems)
  if (record === undefined) return undefined
  const options: Array<readonly [string, boolean | number | string | ReadonlyArray<string>]> = []
  for (const key of Object.keys(record).sort()) {
    const value = record[key]
    const read = Array.isArray(value)
      ? listOf(anyText)(value, [...at, key], problems)
      : scalar(value, [...at, key], problems)
    if (read !== undefined) options.push([key, read])
  }
  return Object.fromEntries(options)
}

/** The instance's Munchkin id, however it is spelled. */
export const munchkinId: Reader<MunchkinId> = (u, at, problems) => {
  const read = readMunchkinId(u, at)
  if (read._tag === 'Right') return read.right
  problems.push(read.left)
  return undefined
}

/** Minutes east of UTC. Digits may spell the negative zero, which JSON does not know. */
export const minutes: Reader<number> = (u, at, problems) => {
  const n = wholeNumber(-1080, 1080)(u, at, problems)
  return n === undefined ? undefined : n + 0
}

/** A list of keys, or null for none. */
export const orNullList: Reader<ReadonlyArray<string> | null> = (u, at, problems) =>
  u === null ? null : listOf(nonBlank)(u, at, problems)

const own = Object.prototype.hasOwnProperty

/** Whether two JSON values are equal, whatever the order of their keys. */
export const isSameJson = (a: unknown, b: unknown): boolean => {
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, i) => isSameJson(item, b[i]))
  if (!isRecord(a)) return a === b
  const keys = Object.keys(a)
  if (!isRecord(b) || keys.length !== Object.keys(b).length) return false
  return keys.every((key) => own.call(b, key) && isSameJson(a[key], b[key]))
}
