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
import type { UnknownRecord } from '../ground/json.js'
import type { Path } from '../ground/path.js'
import { malformed, type Problem, unknownName } from '../ground/problem.js'
import type { ActivityAttribute, FieldValue } from '../intent/intent.js'
import type { Trace } from '../intent/trace.js'
import { isSaid } from '../segment/found.js'
import { isSameKey } from '../segment/key.js'
import type { Compiled, CompiledAttribute, CompiledEvent } from './compile.js'
import { atParts } from './custom-traits.js'
import { deeds, through } from './draft.js'

/** What the properties of an event hold for its row. */
export interface Sent {
  readonly properties: UnknownRecord
  /** By the position of the property's name; undefined for those that are absent. */
  readonly values: ReadonlyArray<unknown>
  /** Properties that spell a row's property in another way than the row does: candidates for a hint. */
  readonly misses: ReadonlyArray<string>
}

const none: ReadonlyArray<string> = []

/** One walk over the properties. */
export const readSent = ({ matchName, names, blankValues }: CompiledEvent, properties: UnknownRecord): Sent => {
  const values: Array<unknown> = blankValues.slice()
  let misses: Array<string> | undefined
  for (const key of Object.keys(properties)) {
    const position = matchName(key)
    if (position < 0) continue
    if (key === names[position]) values[position] = properties[key]
    else (misses ??= []).push(key)
  }
  return { properties, values, misses: misses ?? none }
}

/** What the event says for an attribute: the property by its exact name, else by path when settings allow. */
const sentValue = (row: CompiledAttribute, { properties, values }: Sent): unknown => {
  const literal = values[row.name]
  return row.parts === null || isSaid(literal) ? literal : atParts(properties, row.parts)
}

/** Where that stands, or null when the event says nothing and the row's default counts. */
const placeOfSent = (row: CompiledAttribute, sent: Sent): Path | null => {
  if (isSaid(sent.values[row.name])) return row.at
  return isSaid(sentValue(row, sent)) ? row.nested : null
}

const mendName = 'mapped names are exact: spell the property as the mapping does'
const mendPath = 'flatten the event first, or turn pathLookup on'

/** Says which properties are nearly the one that a row asks for; one that another row of the event asks for is itself. */
const hint = (row: CompiledAttribute, sent: Sent, problems: Array<Problem>): void => {
  const { property } = row
  let near: Array<string> | undefined
  for (const key of sent.misses) if (key.length === property.length && isSameKey(key, property)) (near ??= []).push(key)
  for (const key of near?.sort() ?? []) problems.push(unknownName('warning', ['properties', key], property, mendName))
  if (row.pathless !== null && atParts(sent.properties, row.pathless) !== undefined)
    problems.push(unknownName('warning', row.nested, null, mendPath))
}

/** The value of one attribute, or undefined when there is none or it cannot be the attribute's type, which is said. */
const readAttribute = (
  row: CompiledAttribute,
  sent: Sent,
  weight: 'dropped' | 'invalid',
  problems: Array<Problem>,
  trace: Trace | null
): string | number | boolean | undefined => {
  const found = sentValue(row, sent)
  const isSent = isSaid(found)
  if (!isSent && row.isFirst) hint(row, sent, problems)
  const value = isSent ? found : row.fallback
  const out = value === null ? '' : through(row, value)
  if (typeof out !== 'object' && out !== '') return out
  const at = placeOfSent(row, sent) ?? row.at
  if (typeof out === 'object') problems.push(malformed(weight, at, out.found, out.mend))
  trace?.stays.push({ at, why: typeof out === 'object' ? `dropped: found ${out.found}` : whyEmpty })
  return undefined
}

const whyEmpty = 'null and empty text are left out'

/** The value of an event's primary attribute, without which there is no activity. */
export const readPrimary = (
  event: CompiledEvent,
  sent: Sent,
  problems: Array<Problem>,
  trace: Trace | null
): string | number | boolean | undefined => readAttribute(event.primary, sent, 'invalid', problems, trace)

/** The values of an event's further attributes. */
export const readAttributes = (
  compiled: Compiled,
  event: CompiledEvent,
  sent: Sent,
  problems: Array<Problem>,
  trace: Trace | null
): ReadonlyArray<ActivityAttribute> => {
  const attributes: Array<ActivityAttribute> = []
  for (const row of event.attributes) {
    const value = readAttribute(row, sent, 'dropped', problems, trace)
    if (value === undefined) continue
    if (trace !== null) traceAttribute(['attributes', attributes.length, 'value'], row, sent, value, trace)
    attributes.push(
      compiled.settings.attributeKey === 'apiName' ? { apiName: row.field, value } : { name: row.field, value }
    )
  }
  return attributes
}

/** Says for a trace where an attribute's value came from. */
export const traceAttribute = (to: Path, row: CompiledAttribute, sent: Sent, value: FieldValue, trace: Trace): void => {
  const from = placeOfSent(row, sent)
  const did = from === null ? ['default'] : deeds(row, sentValue(row, sent), value, undefined)
  trace.moves.push({ to: ['AddCustomActivity', ...to], from, rule: row.rule, did })
}
