/**
 * The attributes of a custom activity: properties, exactly so named, each made its attribute's type.
 *
 * Null and empty text say nothing, and then the row's default counts. Near misses (another case, a dotted name that would be a path)
 * are said as warnings, as custom-traits.ts does.
 *
 * Source: Segment "Marketo v2 Destination", Track: property names are case-sensitive, nested objects cannot be mapped.
 *
 * @module
 */
import { ownMember, type UnknownRecord } from '../ground/json.js'
import type { Path } from '../ground/path.js'
import { malformed, type Problem, unknownName } from '../ground/problem.js'
import type { ActivityAttribute, FieldValue } from '../intent/intent.js'
import type { Trace } from '../intent/trace.js'
import { isSaid } from '../segment/found.js'
import { isSameKey } from '../segment/key.js'
import type { Compiled, CompiledAttribute, CompiledEvent } from './compile.js'
import { atParts } from './custom-traits.js'
import { deeds, through } from './draft.js'

/** What the event says for an attribute: the property by its exact name, else by path when settings allow. */
const sentValue = (row: CompiledAttribute, properties: UnknownRecord): unknown => {
  const literal = ownMember(properties, row.property)
  return row.parts === null || isSaid(literal) ? literal : atParts(properties, row.parts)
}

/** Where that stands, or null when the event says nothing and the row's default counts. */
const placeOfSent = (row: CompiledAttribute, properties: UnknownRecord): Path | null => {
  if (isSaid(ownMember(properties, row.property))) return row.at
  return isSaid(sentValue(row, properties)) ? row.nested : null
}

const none: ReadonlyArray<string> = []

/** The properties that spell a row's property in another way than the row does: candidates for a hint. */
export const nearMisses = ({ matchName, names }: CompiledEvent, properties: UnknownRecord): ReadonlyArray<string> => {
  let misses: Array<string> | undefined
  for (const key of Object.keys(properties)) {
    const position = matchName(key)
    if (position >= 0 && key !== names[position]) (misses ??= []).push(key)
  }
  return misses ?? none
}

const mendName = 'mapped names are exact: spell the property as the mapping does'
const mendPath = 'flatten the event first, or turn pathLookup on'

/** Says which properties are nearly the one that a row asks for; one that another row of the event asks for is itself. */
const hint = (
  row: CompiledAttribute,
  misses: ReadonlyArray<string>,
  properties: UnknownRecord,
  problems: Array<Problem>
): void => {
  const { property } = row
  let near: Array<string> | undefined
  for (const key of misses) if (key.length === property.length && isSameKey(key, property)) (near ??= []).push(key)
  for (const key of near?.sort() ?? []) problems.push(unknownName('warning', ['properties', key], property, mendName))
  if (row.pathless !== null && atParts(properties, row.pathless) !== undefined)
    problems.push(unknownName('warning', row.nested, null, mendPath))
}

/** The value of one attribute, or undefined when there is none or it cannot be the attribute's type, which is said. */
const readAttribute = (
  row: CompiledAttribute,
  misses: ReadonlyArray<string>,
  properties: UnknownRecord,
  weight: 'dropped' | 'invalid',
  problems: Array<Problem>,
  trace: Trace | null
): string | number | boolean | undefined => {
  const sent = sentValue(row, properties)
  const isSent = isSaid(sent)
  if (!isSent && row.isFirst) hint(row, misses, properties, problems)
  const value = isSent ? sent : row.fallback
  const out = value === null ? '' : through(row, value)
  if (typeof out !== 'object' && out !== '') return out
  const at = placeOfSent(row, properties) ?? row.at
  if (typeof out === 'object') problems.push(malformed(weight, at, out.found, out.mend))
  trace?.stays.push({ at, why: typeof out === 'object' ? `dropped: found ${out.found}` : whyEmpty })
  return undefined
}

const whyEmpty = 'null and empty text are left out'

/** The value of an event's primary attribute, without which there is no activity. */
export const readPrimary = (
  event: CompiledEvent,
  misses: ReadonlyArray<string>,
  properties: UnknownRecord,
  problems: Array<Problem>,
  trace: Trace | null
): string | number | boolean | undefined => readAttribute(event.primary, misses, properties, 'invalid', problems, trace)

/** The values of an event's further attributes. */
export const readAttributes = (
  compiled: Compiled,
  event: CompiledEvent,
  misses: ReadonlyArray<string>,
  properties: UnknownRecord,
  problems: Array<Problem>,
  trace: Trace | null
): ReadonlyArray<ActivityAttribute> => {
  const attributes: Array<ActivityAttribute> = []
  for (const row of event.attributes) {
    const value = readAttribute(row, misses, properties, 'dropped', problems, trace)
    if (value === undefined) continue
    if (trace !== null) traceAttribute(['attributes', attributes.length, 'value'], row, properties, value, trace)
    attributes.push(
      compiled.settings.attributeKey === 'apiName' ? { apiName: row.field, value } : { name: row.field, value }
    )
  }
  return attributes
}

/** Says for a trace where an attribute's value came from. */
export const traceAttribute = (
  to: Path,
  row: CompiledAttribute,
  properties: UnknownRecord,
  value: FieldValue,
  trace: Trace
): void => {
  const from = placeOfSent(row, properties)
  const did = from === null ? ['default'] : deeds(row, sentValue(row, properties), value, undefined)
  trace.moves.push({ to: ['AddCustomActivity', ...to], from, rule: row.rule, did })
}
