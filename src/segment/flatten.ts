/**
 * Nested objects as one flat object: Marketo's fields are flat.
 *
 *     { plan: { name: 'pro', seats: { paid: 3 } }, tags: ['a'] }
 *     { plan_name: 'pro', plan_seats_paid: 3, tags: ['a'] }
 *
 * What cannot be laid flat is left out and reported: a value that contains itself, one nested too deep, one whose getter throws, and
 * the worse of two values that claim one key. The value nearer to the top is the better one, and of two equally near the one whose
 * path sorts first: never the order of the keys.
 *
 * @module
 */
import { isRecord, kindOf, type UnknownRecord } from '../ground/json.js'
import { type Path, printPath } from '../ground/path.js'
import { conflict, malformed, type Problem, unreadable } from '../ground/problem.js'
import { type Remarked, remarked } from '../ground/these.js'

/**
 * How objects are laid flat.
 *
 * @category flattening
 * @since 0.1.0
 */
export interface FlattenOptions {
  /** What stands between the keys; `_` when not given. */
  readonly separator?: string
  /** How many levels of objects are opened below the first; 8 when not given. */
  readonly depth?: number
  /** Whether a list stays a value (`keep`, when not given) or is opened like an object whose keys are its indexes. */
  readonly lists?: 'keep' | 'index'
  /** The path of the value, for the problems; empty when not given. */
  readonly at?: Path
}

interface Entry {
  readonly value: unknown
  readonly path: Path
}

interface Walk {
  readonly separator: string
  readonly depth: number
  readonly opensLists: boolean
  readonly entries: Map<string, Entry>
  readonly problems: Array<Problem>
}

const mendDepth = 'send it less deeply nested'
const mendCycle = 'send plain JSON: this value contains itself'
const mendThrow = 'send plain JSON: reading this value failed'
const mendConflict = 'rename one of the two'

const isBetterPath = (a: Path, b: Path): boolean =>
  a.length < b.length || (a.length === b.length && printPath(a) < printPath(b))

const put = (walk: Walk, key: string, value: unknown, path: Path): void => {
  const before = walk.entries.get(key)
  if (before === undefined) {
    walk.entries.set(key, { value, path })
    return
  }
  const isBetter = isBetterPath(path, before.path)
  const [kept, lost] = isBetter ? [path, before.path] : [before.path, path]
  if (isBetter) walk.entries.set(key, { value, path })
  walk.problems.push(conflict('dropped', lost, kept, mendConflict))
}

const opens = (walk: Walk, value: unknown): value is UnknownRecord =>
  isRecord(value) || (walk.opensLists && Array.isArray(value))

/** Lays what `read` answers under `key`, or opens it; `above` holds the objects it lies in. */
const lay = (walk: Walk, read: () => unknown, key: string, path: Path, above: ReadonlyArray<unknown>): void => {
  try {
    const value = read()
    if (!opens(walk, value)) put(walk, key, value, path)
    else if (above.includes(value)) walk.problems.push(malformed('dropped', path, kindOf(value), mendCycle))
    else if (above.length > walk.depth) walk.problems.push(malformed('dropped', path, kindOf(value), mendDepth))
    else open(walk, value, key, path, [...above, value])
  } catch {
    walk.problems.push(unreadable('dropped', path, mendThrow))
  }
}

const open = (
  walk: Walk,
  record: UnknownRecord,
  prefix: string | undefined,
  path: Path,
  above: ReadonlyArray<unknown>
): void => {
  const isList = Array.isArray(record)
  for (const key of Object.keys(record)) {
    const name = prefix === undefined ? key : `${prefix}${walk.separator}${key}`
    lay(walk, () => record[key], name, [...path, isList ? Number(key) : key], above)
  }
}

/**
 * An object laid flat, with what was left out of it. Anything but an object is an empty one with a problem. The input is not changed,
 * and values that are kept are the input's own.
 *
 * @example
 * flatten({ plan: { name: 'pro' } }) // => right({ plan_name: 'pro' })
 * flatten({ plan: { seats: [3, 4] } }, { separator: '.', lists: 'index' }) // => right({ 'plan.seats.0': 3, 'plan.seats.1': 4 })
 * @category flattening
 * @since 0.1.0
 */
export const flatten = (value: unknown, options: FlattenOptions = {}): Remarked<UnknownRecord> => {
  const { separator = '_', depth = 8, lists, at = [] } = options
  const problems: Array<Problem> = []
  const walk: Walk = { separator, depth, opensLists: lists === 'index', entries: new Map(), problems }
  try {
    if (isRecord(value)) open(walk, value, undefined, at, [value])
    else problems.push(malformed('dropped', at, kindOf(value), 'send an object'))
  } catch {
    problems.push(unreadable('dropped', at, mendThrow))
  }
  const fields: Array<readonly [string, unknown]> = []
  walk.entries.forEach((entry, key) => {
    fields.push([key, entry.value])
  })
  return remarked(Object.fromEntries(fields), problems)
}
