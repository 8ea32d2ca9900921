/**
 * An explanation as a drawing: event fields on the left, Marketo fields on the right, a line for each value that moved.
 *
 *     traits.name ────┬── full name · first word ──▶ fields.firstName   ┐ write lead …
 *                     └── full name · the rest ────▶ fields.lastName    ┘
 *     traits.plan         (no row maps this trait)
 *                         settings and contract ───▶ munchkinId
 *
 * Every row on the right has its label beside it, so labels never lie on one another; lines run from the left to the label.
 *
 * @module
 */
import { describeIntent } from '../../../src/adapters/cli/text/intent-words.js'
import { printable } from '../../../src/adapters/cli/text/printable.js'
import type { ExplainedMove, Explanation } from '../../../src/explain/explanation.js'
import { isRecord, ownMember } from '../../../src/ground/json.js'
import { type Path, printPath } from '../../../src/ground/path.js'
import type { Intent } from '../../../src/intent/intent.js'

/** A field of the event; `why` is null where its value left. */
export interface Source {
  readonly at: string
  readonly value: string
  readonly why: string | null
}

/** A field of an intent; `from` is the position of its source, null where settings and contract alone decide. */
export interface Target {
  readonly to: string
  readonly value: string
  readonly from: number | null
  readonly rule: string
}

/** An intent with its fields. */
export interface TargetGroup {
  readonly title: string
  readonly tag: string
  readonly targets: ReadonlyArray<Target>
}

/** The drawing. */
export interface Drawing {
  readonly sources: ReadonlyArray<Source>
  readonly groups: ReadonlyArray<TargetGroup>
}

const longest = 160

/** A value as JSON on one line, cut where it is long. */
export const shortJson = (value: unknown): string => {
  const text = printable(JSON.stringify(value) ?? 'nothing')
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text
}

/** What stands at a path. */
export const valueAtPath = (root: unknown, path: Path): unknown => {
  let here = root
  for (const part of path) {
    if (Array.isArray(here) && typeof part === 'number') here = here[part]
    else here = isRecord(here) ? ownMember(here, String(part)) : undefined
  }
  return here
}

const keyOf = (path: Path): string => JSON.stringify(path)

/** The order of the event itself: the place of each path among its members, level by level. */
const orderIn = (event: unknown, path: Path): ReadonlyArray<number> => {
  let here = event
  return path.map((part) => {
    const place = Array.isArray(here) ? Number(part) : isRecord(here) ? Object.keys(here).indexOf(String(part)) : 0
    here = valueAtPath(here, [part])
    return place
  })
}

const compared = (a: ReadonlyArray<number>, b: ReadonlyArray<number>): number => {
  const i = a.findIndex((place, level) => place !== b[level])
  return i < 0 ? a.length - b.length : (a[i] ?? 0) - (b[i] ?? -1)
}

/** The paths that left and those that stayed, each once, in the event's order. */
const sourcePaths = (event: unknown, { moves, stays }: Explanation): ReadonlyArray<readonly [Path, string | null]> => {
  const paths = new Map<string, readonly [Path, string | null]>()
  for (const { from } of moves) if (from !== null) paths.set(keyOf(from), [from, null])
  for (const { at, why } of stays) if (!paths.has(keyOf(at))) paths.set(keyOf(at), [at, why])
  return [...paths.values()]
    .map((entry) => ({ entry, order: orderIn(event, entry[0]) }))
    .sort((a, b) => compared(a.order, b.order))
    .map(({ entry }) => entry)
}

const targetOf = (intent: Intent, move: ExplainedMove, positions: ReadonlyMap<string, number>): Target => ({
  to: printable(printPath(move.to)),
  value: shortJson(valueAtPath(intent, move.to)),
  from: move.from === null ? null : (positions.get(keyOf(move.from)) ?? null),
  rule: printable([move.rule, ...move.did].join(' · '))
})

/** The tag stands in the title; the rest is shown, what came from the event first. */
const targetsOf = (
  intent: Intent,
  moves: ReadonlyArray<ExplainedMove>,
  positions: ReadonlyMap<string, number>
): ReadonlyArray<Target> => {
  const shown = moves.filter(({ to }) => to[0] !== '_tag').map((move) => targetOf(intent, move, positions))
  return [...shown.filter(({ from }) => from !== null), ...shown.filter(({ from }) => from === null)]
}

/** The drawing of one event's explanation. */
export const drawingOf = (event: unknown, explanation: Explanation): Drawing => {
  const { verdict, moves } = explanation
  const paths = sourcePaths(event, explanation)
  const positions = new Map(paths.map(([path], i) => [keyOf(path), i] as const))
  const intents = verdict._tag === 'Left' ? [] : verdict.right
  return {
    sources: paths.map(([path, why]) => ({
      at: printable(printPath(path)),
      value: shortJson(valueAtPath(event, path)),
      why: why === null ? null : printable(why)
    })),
    groups: intents.map((intent, i) => ({
      title: describeIntent(intent),
      tag: intent._tag,
      targets: targetsOf(
        intent,
        moves.filter((move) => move.intent === i),
        positions
      )
    }))
  }
}

/** The line from a point at the left, height `from`, to one at the right, height `to`, across so many pixels. */
export const curve = (from: number, to: number, width: number): string => {
  const middle = Math.round(width / 2)
  return `M 0 ${from} C ${middle} ${from}, ${middle} ${to}, ${width} ${to}`
}
