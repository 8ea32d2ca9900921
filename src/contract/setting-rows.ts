/**
 * A contract's settings as a table: what `decodeSettings` reads by and what the settings page is drawn from; and as a codec.
 *
 * @module
 */
import * as t from 'io-ts'
import type { Json } from '../ground/json.js'
import { describeProblem, type Problem } from '../ground/problem.js'
import { warnOfUnknownKeys } from '../ground/reading.js'
import type { Remarked } from '../ground/these.js'
import { isSameJson, warnOfBoth } from './setting-readers.js'

/**
 * One line of a settings page. `segment` is Segment's own name where it stores one; `fallback` is undefined for what must be given.
 *
 * @category settings
 * @since 0.1.0
 */
export interface SettingRow {
  readonly segment: string | null
  readonly fallback: Json | undefined
  readonly takes: string
  readonly about: string
}

/** A setting's names: ours, and Segment's where it is another. */
export const namesOf = (name: string, { segment }: SettingRow): ReadonlyArray<string> =>
  segment === null || segment === name ? [name] : [name, segment]

/** Says which settings have names that nobody knows, and which stand under both of their names. */
export const checkNames = (
  record: Readonly<Record<string, unknown>>,
  rows: Readonly<Record<string, SettingRow>>,
  knownUnread: ReadonlyArray<string>,
  problems: Array<Problem>
): void => {
  const all = Object.entries(rows).map(([name, row]) => namesOf(name, row))
  warnOfUnknownKeys(record, [], [...all.flat(), ...knownUnread], problems)
  warnOfBoth(
    record,
    [],
    all.filter((pair) => pair.length === 2),
    problems
  )
}

/** A decoder as an io-ts codec. What is settings already is complete, and nothing else is in it. */
export const settingsCodec = <S>(name: string, decode: (u: unknown) => Remarked<S>): t.Type<S, S, unknown> => {
  const isSettings = (u: unknown): u is S => {
    const read = decode(u)
    try {
      return read._tag !== 'Left' && isSameJson(read.right, u)
    } catch {
      return false
    }
  }
  return new t.Type(
    name,
    isSettings,
    (u, context) => {
      const read = decode(u)
      return read._tag === 'Left'
        ? t.failures(read.left.map((problem) => ({ value: null, context, message: describeProblem(problem) })))
        : t.success(read.right)
    },
    t.identity
  )
}
