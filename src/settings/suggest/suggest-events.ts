/**
 * Track events, matched to custom activity types, and their properties to attributes. Without the primary attribute there is no activity, so
 * an event without a property for it has no row.
 *
 * Source: Segment "Marketo v2 Destination", Track; Adobe "Custom Activities".
 *
 * @module
 */
import { isWellFormed } from '../../ground/utf8.js'
import { firstCustomActivityTypeId, isApproved } from '../../marketo/activity-types.js'
import type { EventFact, Fact } from '../facts.js'
import type { InstanceActivityType, InstanceAttribute } from '../instance.js'
import { fitsType, lookOf } from '../looks.js'
import { timesOf } from '../migrated-fields.js'
import { matchNames, type Target } from './match-names.js'
import { unmappable } from './suggest-traits.js'
import type { SuggestedRow } from './suggestion.js'

/** An event's row, and what became of each of its properties. */
export interface SuggestedEvent {
  readonly row: SuggestedRow
  readonly activityTypeId: number | null
  readonly properties: ReadonlyArray<SuggestedRow>
}

const custom = (types: ReadonlyArray<InstanceActivityType>): ReadonlyArray<InstanceActivityType> =>
  types.filter(({ id }) => id >= firstCustomActivityTypeId).sort((a, b) => a.id - b.id)

const targetOf = (type: InstanceActivityType): Target & { readonly type: InstanceActivityType } => ({
  name: type.name,
  others: [type.apiName].filter((name) => name !== null),
  type
})

const closed = ({ status, attributes, primary }: InstanceActivityType): string | null => {
  if (status !== null && !isApproved(status)) return 'it is not approved'
  return attributes === null || primary === null ? 'its attributes were not told' : null
}

/** What rows call an attribute. */
const calledIn = ({ apiName, name }: InstanceAttribute): string => apiName ?? name

const attributesOf = ({ attributes }: InstanceActivityType): ReadonlyArray<InstanceAttribute> => {
  const found = new Map<string, InstanceAttribute>()
  for (const one of attributes ?? []) if (!found.has(calledIn(one))) found.set(calledIn(one), one)
  return [...found.values()].sort((a, b) => (calledIn(a) < calledIn(b) ? -1 : 1))
}

const typeOf = ({ type }: InstanceAttribute, { looks }: Fact) => type ?? lookOf(looks)

const suggestProperties = (event: EventFact, type: InstanceActivityType): ReadonlyArray<SuggestedRow> => {
  const attributes = attributesOf(type)
  const open = event.properties.filter((fact) => unmappable(fact) === null)
  const matches = matchNames(
    open.map((fact) => ({ name: fact.name, times: fact.values, fact })),
    attributes.map((attribute) => ({ name: calledIn(attribute), others: [attribute.name], attribute })),
    ({ fact }, { attribute }) => {
      const wanted = typeOf(attribute, fact)
      return fitsType(fact.looks, wanted) ? null : `its values do not fit type ${wanted}`
    }
  )
  return event.properties.map((fact) => {
    const row = {
      what: 'property',
      of: event.name,
      name: fact.name,
      times: timesOf(fact),
      to: null,
      type: null
    } as const
    const match = matches.get(fact.name) ?? { why: unmappable(fact) ?? '' }
    if ('why' in match) return { ...row, why: match.why }
    const { attribute } = match.to
    return { ...row, to: calledIn(attribute), type: typeOf(attribute, fact), why: match.way }
  })
}

const withoutPrimary = (event: EventFact, type: InstanceActivityType, rows: ReadonlyArray<SuggestedRow>) => {
  const name = type.primary === null ? '' : calledIn(type.primary)
  const row = rows.find(({ to }) => to === name)
  return row === undefined
    ? `${type.name}: no property of ${event.name} is sure to be its primary attribute ${name}`
    : null
}

/** An event with the type that it was matched to. */
const suggestEvent = (event: EventFact, type: InstanceActivityType, way: string): SuggestedEvent => {
  const row = { what: 'event', of: null, name: event.name, times: event.calls, to: null, type: null } as const
  const properties = suggestProperties(event, type)
  const why = withoutPrimary(event, type, properties)
  if (why === null) return { row: { ...row, to: type.name, why: way }, activityTypeId: type.id, properties }
  const stay = properties.map((one) => ({ ...one, to: null, type: null, why: 'its event has no row' }))
  return { row: { ...row, why }, activityTypeId: null, properties: stay }
}

/** What became of each event. */
export const suggestEvents = (
  events: ReadonlyArray<EventFact>,
  types: ReadonlyArray<InstanceActivityType>
): ReadonlyArray<SuggestedEvent> => {
  const open = events.filter(({ name }) => name.trim() !== '' && isWellFormed(name))
  const matches = matchNames(
    open.map(({ name, calls }) => ({ name, times: calls })),
    custom(types).map(targetOf),
    (_, { type }) => closed(type)
  )
  return events.map((event) => {
    const match = matches.get(event.name) ?? { why: 'it has no name that settings take' }
    if ('to' in match) return suggestEvent(event, match.to.type, match.way)
    const row = { what: 'event', of: null, name: event.name, times: event.calls, to: null, type: null } as const
    return { row: { ...row, why: match.why }, activityTypeId: null, properties: [] }
  })
}
