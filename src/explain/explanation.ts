/**
 * Explanations: where each outgoing value came from, which rule moved it, and why the rest of the event stayed.
 *
 *     moves   value at `to` of intent number n  ←  event path, rule, what was done
 *     stays   event path                        ·  why it did not leave
 *
 * Drawn from the very functions that map, run with a trace: an explanation cannot say anything else than the mapping does.
 *
 * @module
 */
import { isRecord, type Json } from '../ground/json.js'
import type { Path } from '../ground/path.js'
import { describeProblem, type Problem } from '../ground/problem.js'
import type { Problems } from '../ground/these.js'
import type { Intent } from '../intent/intent.js'
import type { Mapped } from '../intent/mapped.js'
import type { Move, Stay, Trace } from '../intent/trace.js'
import { nearestAbove, pathMapOf } from './path-map.js'

/** A value of an intent and where it came from; `from` is null for what settings and contract alone decide. */
export interface ExplainedMove {
  readonly intent: number
  readonly to: Path
  readonly value: Json
  readonly from: Path | null
  readonly rule: string
  readonly did: ReadonlyArray<string>
}

/**
 * What became of each value of one event, under which settings: `settings` is their version (`settingsVersion`).
 *
 * @category explaining
 * @since 0.1.0
 */
export interface Explanation {
  readonly settings: string
  readonly verdict: Mapped
  readonly moves: ReadonlyArray<ExplainedMove>
  readonly stays: ReadonlyArray<Stay>
}

/** Why a value that no rule touched stays: the first row whose path begins the value's own. */
export type Reasons = ReadonlyArray<{ readonly at: Path; readonly why: string }>

const mostLeaves = 20_000
const deepest = 100

/** Every leaf of a value with its path, in order; cycles and very deep values end in a leaf. */
export const leavesOf = (root: unknown): ReadonlyArray<readonly [Path, unknown]> => {
  const leaves: Array<readonly [Path, unknown]> = []
  // One path for the whole walk, copied at leaves alone: a copy at each step would take the square of the depth.
  const at: Array<string | number> = []
  const above = new Set<unknown>()
  const visit = (u: unknown): void => {
    if (leaves.length >= mostLeaves) return
    const members = at.length >= deepest || above.has(u) ? undefined : membersOf(u)
    if (members === undefined) {
      leaves.push([[...at], u])
      return
    }
    above.add(u)
    for (const [key, member] of members) {
      at.push(key)
      visit(member)
      at.pop()
    }
    above.delete(u)
  }
  visit(root)
  return leaves
}

/** The members of an object or a list that has any. */
const membersOf = (u: unknown): ReadonlyArray<readonly [string | number, unknown]> | undefined => {
  if (Array.isArray(u))
    return u.length === 0 ? undefined : Array.from(u.slice(0, mostLeaves), (item: unknown, i) => [i, item] as const)
  if (!isRecord(u)) return undefined
  const keys = Object.keys(u)
  return keys.length === 0 ? undefined : keys.map((key) => [key, u[key]] as const)
}

const startsWith = (path: Path, start: Path): boolean => start.every((part, i) => part === path[i])

const keyOf = (path: Path): string => JSON.stringify(path)

const intentsOf = (verdict: Mapped): ReadonlyArray<Intent> => (verdict._tag === 'Left' ? [] : verdict.right)

const concerns = (move: Move, intent: Intent): boolean =>
  move.to[0] === '*' ? 'lead' in intent : move.to[0] === intent._tag

/** The moves into one intent, leaf by leaf; what no trace speaks of is the settings'. */
const movesInto = (intent: Intent, position: number, trace: Trace): ReadonlyArray<ExplainedMove> => {
  const byPath = new Map<string, Move>()
  for (const move of trace.moves) if (concerns(move, intent)) byPath.set(keyOf(move.to.slice(1)), move)
  return leavesOf(intent).map(([to, leaf]) => {
    const move = byPath.get(keyOf(to))
    const value = isScalar(leaf) ? leaf : Array.isArray(leaf) ? [] : {}
    return move === undefined
      ? { intent: position, to, value, from: null, rule: 'settings and contract', did: [] }
      : { intent: position, to, value, from: move.from, rule: move.rule, did: move.did }
  })
}

const isScalar = (u: unknown): u is string | number | boolean | null =>
  u === null || typeof u === 'string' || typeof u === 'number' || typeof u === 'boolean'

/** The first problem that kept the call back; remarks may stand before it. */
const fatalOf = (problems: Problems): Problem =>
  problems.find(({ weight }) => weight === 'invalid' || weight === 'skipped') ?? problems[0]

const whyEmpty = 'null, empty text and an empty list say nothing'

const isSilent = (leaf: unknown): boolean => leaf === null || leaf === '' || (Array.isArray(leaf) && leaf.length === 0)

/** Why a leaf of the event stays, when no rule said so itself. */
const reasonFor = (at: Path, leaf: unknown, verdict: Mapped, reasons: Reasons): string => {
  if (verdict._tag === 'Left') return `the call was not mapped: ${describeProblem(fatalOf(verdict.left))}`
  if (isSilent(leaf) && (at[0] === 'traits' || at[0] === 'properties')) return whyEmpty
  return reasons.find((row) => startsWith(at, row.at))?.why ?? 'not a member that Segment documents'
}

/** An explanation from a verdict and the trace that was filled in while it was made, but for the settings' version. */
export const explanationOf = (
  event: unknown,
  verdict: Mapped,
  trace: Trace,
  reasons: Reasons
): Omit<Explanation, 'settings'> => {
  const moves = intentsOf(verdict).flatMap((intent, position) => movesInto(intent, position, trace))
  const moved = pathMapOf(moves.flatMap(({ from }) => (from === null ? [] : [[from, true] as const])))
  const said = pathMapOf(verdict._tag === 'Left' ? [] : trace.stays.map(({ at, why }) => [at, why] as const))
  const stays = leavesOf(event)
    .filter(([at]) => nearestAbove(moved, at) === undefined)
    .map(([at, leaf]) => ({ at, why: nearestAbove(said, at) ?? reasonFor(at, leaf, verdict, reasons) }))
  return { verdict, moves, stays }
}
