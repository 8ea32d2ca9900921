/**
 * Batches whose calls must not name one thing twice.
 *
 *     records   7→list 1   8→list 1   7→list 1   9→list 2
 *     calls     [ 7, 8 ]   [ 9 ]   then [ 7 ]             the second of a kind waits for a later call
 *
 * Marketo refuses a key that stands twice in one input (1036), and does not say what it makes of a lead that does. In calls of their
 * own both are done, in the order of the batch, and each has an outcome.
 *
 * Source: Adobe "Error Codes" (1036).
 *
 * @module
 */
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import type { JsonObject } from '../ground/json.js'
import type { Problem } from '../ground/problem.js'
import type { Described, HttpRequest } from '../intent/descriptor.js'
import { described, type Group, groupNamed, type Limits, leadDatabase, newDraft, writeGroup } from './batch.js'
import { jsonBytesAtMost } from './json-bytes.js'

/** Names and numbers that, together, tell one thing from others. */
type Parts = ReadonlyArray<string | number | null>

/** A record, what it is about, what all records of its call share, and how that call is written. @internal */
export interface Distinct {
  readonly about: Parts
  readonly shared: Parts
  readonly record: JsonObject
  readonly request: Group['request']
}

/** Puts a record into the first round of calls that is not about the same thing yet. */
const add = (rounds: Array<Map<string, Group>>, seen: Map<string, number>, one: Distinct, intent: number): void => {
  const about = JSON.stringify(one.about)
  const round = seen.get(about) ?? 0
  seen.set(about, round + 1)
  const groups = rounds[round] ?? new Map<string, Group>()
  rounds[round] = groups
  const { record } = one
  const group = groupNamed(groups, JSON.stringify(one.shared), () => one.request)
  group.rows.push({ intent, record, atMost: jsonBytesAtMost(record), spare: 0, slots: [] })
}

/** The calls of a batch, none of which is about one thing twice; what cannot be sent is told with its problem. @internal */
export const describeDistinct = <I>(
  batch: ReadonlyNonEmptyArray<I>,
  read: (item: I) => Problem | Distinct,
  limits: Limits = leadDatabase
): Described<HttpRequest> => {
  const draft = newDraft()
  const rounds: Array<Map<string, Group>> = []
  const seen = new Map<string, number>()
  batch.forEach((item, intent) => {
    const one = read(item)
    if ('_tag' in one) draft.unsent.push({ intent, problem: one })
    else add(rounds, seen, one, intent)
  })
  for (const groups of rounds) for (const group of groups.values()) writeGroup(draft, group, limits)
  return described(draft)
}
