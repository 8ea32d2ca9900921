/**
 * Track events as custom activities: a name, a primary attribute, twenty further attributes at most.
 *
 * The primary attribute is the one that Marketo shows and filters by. It is chosen among the properties that are text or a number in
 * every call:
 *
 *     1. one that varies, before one that never does
 *     2. one whose name ends in name, title or id
 *     3. text before numbers
 *     4. the one that sorts first
 *
 * Where there is none, the event's own name stands in as a default, because v2 sends no activity without a primary attribute.
 *
 * Sources: Segment "Marketo v2 Destination", Track; Adobe "Custom Activities".
 *
 * @module
 */
import { ownMember } from '../ground/json.js'
import { malformed, type Problem, risky, unmapped } from '../ground/problem.js'
import { isWellFormed } from '../ground/utf8.js'
import { type ActivityDataType, firstCustomActivityTypeId } from '../marketo/activity-types.js'
import { definitionLimits } from '../marketo/limits.js'
import { type EventFact, type Fact, varies } from './facts.js'
import { type Look, lookOf } from './looks.js'
import { apiNameFrom, displayNameFrom, untaken } from './made-names.js'
import { byFrequency, timesOf } from './migrated-fields.js'
import type { LeftOut, MigratedActivity, MigratedAttribute, PrimaryRule } from './migration-report.js'

/** The ids of custom activity types, by event. */
export type ActivityTypeIds = Readonly<Record<string, number>>

const dataTypeOf = (look: Look): ActivityDataType => (look === 'url' ? 'link' : look)

const numbers: ReadonlyArray<Look> = ['integer', 'float']
const never: ReadonlyArray<Look> = ['boolean', 'date', 'datetime', 'text']

const canBePrimary = ({ values, structures, looks }: Fact, calls: number): boolean =>
  values === calls && structures === 0 && !never.includes(lookOf(looks))

const telling = /(?:name|title|id)$/i

/** Smaller is better; see the module. */
const rankOf = (fact: Fact): number =>
  (varies(fact) ? 0 : 4) + (telling.test(fact.name) ? 0 : 2) + (numbers.includes(lookOf(fact.looks)) ? 1 : 0)

/** The property that serves as primary attribute; of equal ones the first, since facts stand in the order of the alphabet. */
const primaryOf = ({ properties, calls }: EventFact): Fact | undefined => {
  let best: Fact | undefined
  for (const fact of properties) {
    if (fact.name.trim() === '' || !canBePrimary(fact, calls)) continue
    if (best === undefined || rankOf(fact) < rankOf(best)) best = fact
  }
  return best
}

const attributeFrom = (fact: Fact, apiNames: Set<string>, names: Set<string>): MigratedAttribute => ({
  property: fact.name,
  name: untaken(displayNameFrom(fact.name, 'Attribute'), names, ' '),
  apiName: untaken(apiNameFrom(fact.name, 'attribute'), apiNames),
  dataType: dataTypeOf(lookOf(fact.looks)),
  default: null,
  values: fact.values
})

/** A property that no call has. */
const spareProperty = (properties: ReadonlyArray<Fact>): string => {
  let name = 'eventName'
  while (properties.some((fact) => fact.name === name)) name += '_'
  return name
}

/** The event's name as a primary attribute. */
const nameAttribute = (event: EventFact, apiNames: Set<string>, names: Set<string>): MigratedAttribute => ({
  property: spareProperty(event.properties),
  name: untaken('Event Name', names, ' '),
  apiName: untaken('eventName', apiNames),
  dataType: 'string',
  default: isWellFormed(event.name) ? event.name : 'event',
  values: 0
})

const most = definitionLimits.customActivityAttributes

/** Which properties become further attributes, the most frequent ones first, and which do not. */
const chooseAttributes = (
  properties: ReadonlyArray<Fact>,
  primary: Fact | undefined
): { readonly chosen: ReadonlyArray<Fact>; readonly leftOut: ReadonlyArray<LeftOut> } => {
  const chosen: Array<Fact> = []
  const leftOut: Array<LeftOut> = []
  const ranked = properties.map((fact) => ({ fact, name: fact.name, count: fact.values })).sort(byFrequency)
  for (const { fact, name } of ranked) {
    if (fact === primary) continue
    const count = timesOf(fact)
    if (name.trim() === '') leftOut.push({ name, why: 'no-name', count })
    else if (fact.values === 0) leftOut.push({ name, why: fact.structures > 0 ? 'structure' : 'silent', count })
    else if (chosen.length === most) leftOut.push({ name, why: 'too-many', count })
    else chosen.push(fact)
  }
  return { chosen, leftOut }
}

const migrateEvent = (
  event: EventFact,
  ids: ReadonlyMap<string, number>,
  apiNames: Set<string>,
  names: Set<string>
): MigratedActivity => {
  const own = { api: new Set<string>(), shown: new Set<string>() }
  const fact = primaryOf(event)
  const { chosen, leftOut } = chooseAttributes(event.properties, fact)
  const rule: PrimaryRule = fact === undefined ? 'event-name' : varies(fact) ? 'always-and-varies' : 'always'
  const primary =
    fact === undefined ? nameAttribute(event, own.api, own.shown) : attributeFrom(fact, own.api, own.shown)
  const name = untaken(displayNameFrom(event.name, 'Event'), names, ' ')
  return {
    event: event.name,
    calls: event.calls,
    name,
    apiName: untaken(apiNameFrom(event.name, 'event'), apiNames),
    triggerName: name,
    filterName: name,
    primary,
    primaryRule: rule,
    attributes: chosen.map((one) => attributeFrom(one, own.api, own.shown)),
    leftOut,
    activityTypeId: ids.get(event.name) ?? null
  }
}

const mendId = 'give the whole number that Marketo Custom Activities shows'
const mendOwn = `custom activities have ids from ${firstCustomActivityTypeId} on: copy the number from Marketo`
const mendEvent = 'compare the spelling: no such event is among these'

/** The ids that can be used; what is wrong with the others is pushed. */
export const readActivityTypeIds = (
  given: ActivityTypeIds,
  events: ReadonlyArray<EventFact>,
  problems: Array<Problem>
): ReadonlyMap<string, number> => {
  const ids = new Map<string, number>()
  for (const name of Object.keys(given).sort()) {
    const id = ownMember(given, name)
    const at = ['activityTypeIds', name]
    if (typeof id !== 'number' || !Number.isSafeInteger(id) || id < 1)
      problems.push(malformed('invalid', at, typeof id === 'number' ? 'a number that is no id' : 'no number', mendId))
    else if (events.every((event) => event.name !== name)) problems.push(unmapped('warning', at, name, mendEvent))
    else {
      if (id < firstCustomActivityTypeId) problems.push(risky(at, 'unusual', mendOwn))
      ids.set(name, id)
    }
  }
  return ids
}

/** An activity for each event that can have one, the most frequent first, and the other events. */
export const migrateActivities = (
  events: ReadonlyArray<EventFact>,
  ids: ReadonlyMap<string, number>
): { readonly activities: ReadonlyArray<MigratedActivity>; readonly leftOut: ReadonlyArray<LeftOut> } => {
  const apiNames = new Set<string>()
  const names = new Set<string>()
  const ranked = events.map((event) => ({ event, name: event.name, count: event.calls })).sort(byFrequency)
  return {
    activities: ranked.flatMap(({ event, name }) =>
      name.trim() === '' ? [] : [migrateEvent(event, ids, apiNames, names)]
    ),
    leftOut: ranked.flatMap(({ name, count }) => (name.trim() === '' ? [{ name, why: 'no-name', count }] : []))
  }
}
