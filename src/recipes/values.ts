/**
 * Values of a rule as values of lead fields: what the file says, or what the event holds at a place, made to fit the field's type.
 *
 *     "Trial"                                    always that
 *     null                                       clears the field
 *     { "from": "properties.plan" }              that value; absent, null and empty text leave the field alone
 *     { "from": …, "default": "none" }           that value, else the default
 *
 * Without a type, a standard field's own counts; in any other field text, numbers and booleans are written as they are. A list or an
 * object never becomes text.
 *
 * @module
 */
import { kindOf } from '../ground/json.js'
import type { Path } from '../ground/path.js'
import { malformed, type Problem } from '../ground/problem.js'
import type { FieldValue } from '../intent/intent.js'
import { findByRest } from '../marketo/lead-fields.js'
import { type Coercion, coerce, isUnfit } from '../marketo/value-types.js'
import { isSaid } from '../segment/found.js'
import type { Source } from './rule-parts.js'
import { placeOf, type View } from './view.js'

/** What a rule's value is for an event; undefined where it has none. @internal */
export type Value = (view: View, problems: Array<Problem>) => FieldValue | undefined

const line = coerce('string', null)
const number = coerce('float', null)

/** A field of which nobody knows the type takes each kind as it is. */
const asItIs: Coercion = (u) => (typeof u === 'boolean' ? u : typeof u === 'number' ? number(u) : line(u))

/** What fits a field: by the type of a standard field, or anything. @internal */
export const coercionFor = (field: string): Coercion => {
  const standard = findByRest(field)
  return standard?.type == null ? asItIs : coerce(standard.type, standard.length)
}

const fixed = (coercion: Coercion, given: string | number | boolean, at: Path, problems: Array<Problem>): Value => {
  const fit = coercion(given)
  if (!isUnfit(fit)) return () => fit
  problems.push(malformed('invalid', at, fit.found, fit.mend))
  return () => undefined
}

/** A source made ready; a constant that does not fit is a problem of the file. @internal */
export const compileSource = (coercion: Coercion, source: Source, at: Path, problems: Array<Problem>): Value => {
  if (source === null) return () => null
  if (typeof source !== 'object') return fixed(coercion, source, at, problems)
  const { read, at: place } = placeOf(source.from)
  const typed = source.type === undefined ? coercion : coerce(source.type, null)
  const otherwise =
    source.default === undefined ? () => undefined : fixed(typed, source.default, [...at, 'default'], problems)
  return (view, found) => {
    const u = read(view)
    if (!isSaid(u)) return otherwise(view, found)
    const fit = typed(u)
    if (!isUnfit(fit)) return fit
    found.push(malformed('dropped', place, fit.found, fit.mend))
    return undefined
  }
}

/** Fields, each with its value, made ready. @internal */
export const compileFields = (
  sources: Readonly<Record<string, Source>>,
  at: Path,
  problems: Array<Problem>
): ReadonlyArray<readonly [field: string, value: Value]> =>
  Object.entries(sources).map(([field, source]) => [
    field,
    compileSource(coercionFor(field), source, [...at, field], problems)
  ])

const area = coerce('text', null)

/** A value as text, for a token or a key. @internal */
export const compileText = (source: Source, at: Path, problems: Array<Problem>, coercion: Coercion = area): Value => {
  if (source === null) {
    problems.push(malformed('invalid', at, kindOf(source), 'say what it shall be'))
    return () => undefined
  }
  return compileSource(coercion, source, at, problems)
}
