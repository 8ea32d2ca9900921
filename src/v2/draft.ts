/**
 * A draft: the fields of one intent while an event is read into it.
 *
 * Every value that leaves goes through {@link put}: transforms, then the rules of absence (absent leaves the field alone, null clears
 * only when settings allow, empty text is omitted), then Marketo's type. What cannot be the type is dropped and said.
 *
 * @module
 */
import type { Path } from '../ground/path.js'
import { malformed, type Problem } from '../ground/problem.js'
import type { FieldValue } from '../intent/intent.js'
import type { Trace } from '../intent/trace.js'
import { coerce, type Unfit, type ValueType } from '../marketo/value-types.js'
import type { DefaultValue } from './settings.js'
import { compileTransforms, isUnfit, type Steps, type Transform } from './transforms.js'

/** A row made ready: where a value goes, what is done to it, and what its type takes. */
export interface CompiledRow {
  readonly field: string
  readonly rule: string
  readonly type: ValueType
  readonly steps: Steps | undefined
  readonly coerce: (value: unknown) => string | number | boolean | Unfit
  readonly fallback: DefaultValue | null
}

/** A row from a field's name and type; `rule` names the row for whoever asks why. */
export const compileRow = (
  field: string,
  rule: string,
  type: ValueType,
  length: number | null,
  transforms: ReadonlyArray<Transform> = [],
  fallback: DefaultValue | null = null
): CompiledRow => ({ field, rule, type, steps: compileTransforms(transforms), coerce: coerce(type, length), fallback })

/** The fields of one intent in the making. */
export interface Draft {
  /** The intent's tag, for traces. */
  readonly tag: string
  readonly fields: Record<string, FieldValue>
  readonly problems: Array<Problem>
  readonly trace: Trace | null
  readonly clearOnNull: boolean
}

/** What was done to a value on its way, in words. */
export const deeds = (
  row: CompiledRow,
  before: unknown,
  after: FieldValue,
  note: string | undefined
): ReadonlyArray<string> => {
  const did: Array<string> = note === undefined ? [] : [note]
  if (row.steps !== undefined) did.push('transformed')
  if (before !== after) did.push(`made ${row.type}`)
  return did
}

/** A value through a row: transforms, then the type. Empty text, sent or made, comes out as it is, for the caller to leave out. */
export const through = (row: CompiledRow, value: unknown): string | number | boolean | Unfit => {
  if (value === '') return ''
  if (row.steps === undefined) return row.coerce(value)
  const now = row.steps(value)
  return now === '' || isUnfit(now) ? now : row.coerce(now)
}

/** Writes one value, found at `at`, into the row's field; `note` says in a word how it was read (`split`, `default`). */
export const put = (draft: Draft, row: CompiledRow, value: unknown, at: Path, note?: string): void => {
  if (value === null) {
    if (!draft.clearOnNull) return stay(draft, at, 'null leaves the field alone; clearOnNull would clear it')
    draft.fields[row.field] = null
    return move(draft, row, value, null, at, 'clears')
  }
  const out = through(row, value)
  if (out === '') return stay(draft, at, 'empty text is left out')
  if (typeof out === 'object') {
    draft.problems.push(malformed('dropped', at, out.found, out.mend))
    return stay(draft, at, `dropped: found ${out.found}`)
  }
  draft.fields[row.field] = out
  return move(draft, row, value, out, at, note)
}

/** Says for a trace that the value at `at` stays, and why. */
export const stay = (draft: Draft, at: Path, why: string): void => {
  if (draft.trace !== null) draft.trace.stays.push({ at, why })
}

/** Says for a trace that a value became the value of a field. */
export const move = (
  draft: Draft,
  row: CompiledRow,
  before: unknown,
  after: FieldValue,
  at: Path,
  note: string | undefined
): void => {
  if (draft.trace === null) return
  draft.trace.moves.push({
    to: [draft.tag, 'fields', row.field],
    from: note === 'default' ? null : at,
    rule: row.rule,
    did: deeds(row, before, after, note)
  })
}
