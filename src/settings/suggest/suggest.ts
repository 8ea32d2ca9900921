/**
 * Settings of v2 out of what an instance has and what events hold.
 *
 *     fields, types ┐
 *     events        ┴─▶ settings   only what is sure, so that they have no problem on this instance
 *                   └─▶ rows       each trait, event and property: where it goes, or why it stays
 *
 * Names decide, and whether every value of a trait fits the field. What is near but not sure is left out and said. The order of events changes
 * nothing.
 *
 * Source: Segment "Marketo v2 Destination", Getting started, Traits, Track.
 *
 * @module
 */
import type { JsonObject } from '../../ground/json.js'
import { missing, type Problem } from '../../ground/problem.js'
import type { MunchkinId } from '../../marketo/munchkin-id.js'
import { decodeSettings as decodeV1Settings } from '../../v1/decode-settings.js'
import { addBlock, type Block, type Facts, joinBlocks } from '../facts.js'
import { typeFits } from '../fits.js'
import type { Instance } from '../instance.js'
import { factsOf } from '../watch.js'
import { plainName } from './match-names.js'
import { type SuggestedEvent, suggestEvents } from './suggest-events.js'
import { namedFields, suggestTraits } from './suggest-traits.js'
import type { SuggestedRow, Suggestion } from './suggestion.js'

/** The fields that text can be written to. */
const textFields = ({ fields }: Instance) =>
  namedFields(fields ?? []).filter(
    ({ readOnly, type }) => readOnly !== true && (type === null || typeFits('string', type) === 'yes')
  )

/** The field for an id: by name, else by another spelling; null where there is none that takes text. */
const idField = (name: string, instance: Instance): string | null => {
  const found = textFields(instance).filter(({ rest }) => plainName(rest) === plainName(name))
  return found.find(({ rest }) => rest === name)?.rest ?? found[0]?.rest ?? null
}

const ids = ['userId', 'anonymousId'] as const

const mendId = (name: string): string =>
  `the instance has no field for it: create ${name} (string); segment-marketo provision says how`

/** The keys by which leads can be looked up, or undefined for the settings' own. */
const identityOf = (
  { searchable }: Instance,
  fields: ReadonlyMap<string, string>
): ReadonlyArray<string> | undefined => {
  if (searchable === null) return undefined
  const keys = ['email', ...ids].filter((key) => searchable.includes(fields.get(key) ?? key))
  return keys.length === 3 || keys.length === 0 ? undefined : keys
}

const traitOf = ({ name, to, type }: SuggestedRow): ReadonlyArray<JsonObject> =>
  to === null ? [] : [{ trait: name, field: to, type }]

const eventOf = (
  { row, activityTypeId, properties }: SuggestedEvent,
  primaries: ReadonlyMap<number, string>
): ReadonlyArray<JsonObject> => {
  if (activityTypeId === null) return []
  const primary = primaries.get(activityTypeId)
  const attributes = properties.flatMap(({ name, to, type }) =>
    to === null ? [] : [{ property: name, attribute: to, type, primary: to === primary }]
  )
  return [{ event: row.name, activityTypeId, attributes }]
}

const mendFields = 'nobody told which lead fields there are, so none is suggested'
const mendTypes = 'nobody told which custom activity types there are, so none is suggested'

const suggestFrom = (munchkinId: MunchkinId, instance: Instance, { traits, events }: Facts): Suggestion => {
  const hints: Array<Problem> = []
  const found = new Map<string, string>()
  for (const name of instance.fields === null ? [] : ids) {
    const field = idField(name, instance)
    if (field === null) hints.push(missing('warning', [`${name}Field`], mendId(name)))
    else found.set(name, field)
  }
  if (instance.fields === null) hints.push(missing('skipped', ['traits'], mendFields))
  if (instance.activityTypes === null) hints.push(missing('skipped', ['events'], mendTypes))
  const reserved = new Set([...ids, ...found.values()])
  const rows = instance.fields === null ? [] : suggestTraits(traits, instance.fields, reserved)
  const made = instance.activityTypes === null ? [] : suggestEvents(events, instance.activityTypes)
  const primaries = new Map(
    (instance.activityTypes ?? []).flatMap(({ id, primary }) =>
      primary === null ? [] : [[id, primary.apiName ?? primary.name] as const]
    )
  )
  const identity = identityOf(instance, found)
  const lacksGender = instance.fields !== null && !textFields(instance).some(({ rest }) => rest === 'gender')
  return {
    settings: {
      munchkinId,
      ...Object.fromEntries([...found].flatMap(([name, field]) => (name === field ? [] : [[`${name}Field`, field]]))),
      ...(lacksGender ? { genderField: null } : {}),
      ...(identity === undefined ? {} : { identity }),
      traits: rows.flatMap(traitOf),
      events: made.flatMap((event) => eventOf(event, primaries))
    },
    rows: [...rows, ...made.flatMap(({ row, properties }) => [row, ...properties])],
    hints
  }
}

/** A suggestion in the making. Kept inside: it changes as events are taken. */
export interface Suggesting {
  readonly take: (event: unknown) => void
  readonly told: () => Suggestion
}

/** A suggestion that has seen no event yet. @internal */
export const newSuggesting = (munchkinId: MunchkinId, instance: Instance): Suggesting => {
  const gate = decodeV1Settings({ munchkinId })
  let blocks: ReadonlyArray<Block> = []
  return {
    take: (event) => {
      if (gate._tag !== 'Left') blocks = addBlock(blocks, factsOf(gate.right, event))
    },
    told: () => suggestFrom(munchkinId, instance, joinBlocks(blocks))
  }
}

/**
 * Settings that an instance takes as they are, for what these events hold. The more events, the surer the types.
 *
 * @example
 * import { readInstance, suggest } from 'segment-marketo/settings'
 * import { isMunchkinId } from 'segment-marketo/marketo'
 *
 * const munchkinId = '561-HYG-937'
 * const told = readInstance([{ name: 'userId', displayName: 'User Id', dataType: 'string' }, { name: 'planName', displayName: 'Plan', dataType: 'string' }])
 * const event = { type: 'identify', userId: 'u1', traits: { email: 'ana@example.com', plan_name: 'pro', size: 3 } }
 * const made = isMunchkinId(munchkinId) && told._tag !== 'Left' ? suggest(munchkinId, told.right, [event]) : undefined
 * made?.settings.traits // => [{ trait: 'plan_name', field: 'planName', type: 'string' }]
 * made?.rows.map(({ name, to, why }) => [name, to, why])
 * // => [['plan_name', 'planName', 'spelling'], ['size', null, 'nothing is called so']]
 * @category suggesting
 * @since 0.1.0
 */
export const suggest = (munchkinId: MunchkinId, instance: Instance, events: Iterable<unknown>): Suggestion => {
  const suggesting = newSuggesting(munchkinId, instance)
  for (const event of events) suggesting.take(event)
  return suggesting.told()
}
