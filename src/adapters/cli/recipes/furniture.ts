/**
 * What a simulated Marketo must have for rules to work: the fields that they write, and the lists, programs and campaigns that they name.
 *
 * @module
 */
import { isRecord } from '../../../ground/json.js'
import { findByRest } from '../../../marketo/lead-fields.js'
import { type ValueType, valueTypeOf } from '../../../marketo/value-types.js'
import type { Recipes } from '../../../recipes/decode.js'
import type { SimulatedField } from '../../../simulator/options.js'
import type { Furniture } from '../deliver/simulated-instance.js'

type Rules = NonNullable<Recipes['rules']>[number]
type Action = Rules['actions'][number]
type Lists = Extract<Action, { readonly do: 'add-to-list' }>['list']

/** The type that a rule's value needs. */
const typeOf = (source: unknown): ValueType => {
  if (typeof source === 'boolean') return 'boolean'
  if (typeof source === 'number') return Number.isInteger(source) ? 'integer' : 'float'
  const given = isRecord(source) ? source.type : undefined
  return typeof given === 'string' ? (valueTypeOf(given) ?? 'string') : 'string'
}

const fieldsOf = (fields: Readonly<Record<string, unknown>> = {}): ReadonlyArray<SimulatedField> =>
  Object.entries(fields).map(([name, source]) => ({ name, type: typeOf(source) }))

const named = (names: ReadonlyArray<string | undefined>, type: ValueType): ReadonlyArray<SimulatedField> =>
  names.flatMap((name) => (name === undefined ? [] : [{ name, type }]))

const actionsOf = ({ rules = [], lifecycles = [] }: Recipes): ReadonlyArray<Action> => [
  ...rules.flatMap(({ actions }) => actions),
  ...lifecycles.flatMap((one) => one.rules.flatMap(({ actions = [] }) => actions))
]

const allFields = (recipes: Recipes): ReadonlyArray<SimulatedField> => {
  const {
    lead = {},
    audiences = {},
    suppressions = [],
    optIns = [],
    scores = [],
    lifecycles = [],
    behaviors = []
  } = recipes
  const { userIdField = 'userId', anonymousIdField = 'anonymousId' } = lead
  return [
    ...named([userIdField, anonymousIdField, 'externalCompanyId', audiences.namesField], 'string'),
    ...actionsOf(recipes).flatMap((action) => {
      if (action.do === 'write') return fieldsOf(action.fields)
      return action.do === 'add-to-score' ? named([action.field], 'integer') : []
    }),
    ...[...suppressions, ...optIns].flatMap(({ fields }) => fieldsOf(fields)),
    ...named(Object.values(audiences.fields ?? {}), 'boolean'),
    ...named(Object.values(audiences.traits ?? {}), 'string'),
    ...named(
      scores.flatMap(({ to }) => (to.way === 'campaign' ? [] : [to.field])),
      'integer'
    ),
    ...named(
      lifecycles.map(({ field }) => field),
      'string'
    ),
    ...behaviors.flatMap(({ count, first, last, done }) => [
      ...named([count], 'integer'),
      ...named([first, last], 'datetime'),
      ...named([done], 'boolean')
    ])
  ]
}

const allLists = (recipes: Recipes): ReadonlyArray<Lists> => [
  ...actionsOf(recipes).flatMap((action) => ('list' in action ? [action.list] : [])),
  ...Object.values(recipes.audiences?.lists ?? {}),
  ...(recipes.suppressions ?? []).flatMap(({ lists = [], addTo = [] }) => [...(lists === 'all' ? [] : lists), ...addTo])
]

/** Lists by number bear a name of their own; lists by name a number that no rule uses. */
const listsOf = (recipes: Recipes): NonNullable<Furniture['lists']> => {
  const all = allLists(recipes)
  const numbers = [...new Set(all.flatMap((list) => (typeof list === 'number' ? [list] : [])))]
  const names = [...new Set(all.flatMap((list) => (typeof list === 'string' ? [list] : [])))]
  const free = Math.max(0, ...numbers) + 1
  return [...numbers.map((id) => ({ id, name: `List ${id}` })), ...names.map((name, i) => ({ id: free + i, name }))]
}

const programsOf = (recipes: Recipes): NonNullable<Furniture['programs']> => {
  const statuses = new Map<number, Set<string>>()
  const ends = (recipes.suppressions ?? []).flatMap(({ programs = [] }) => programs)
  const all = [...actionsOf(recipes).flatMap((action) => ('program' in action ? [action] : [])), ...ends]
  for (const one of all) {
    const own = statuses.get(one.program) ?? new Set()
    statuses.set(one.program, own)
    if ('status' in one && one.status !== undefined) own.add(one.status)
  }
  return [...statuses].map(([id, names]) => ({ id, statuses: [...names].map((name, i) => ({ name, step: i + 1 })) }))
}

const campaignsOf = (recipes: Recipes): NonNullable<Furniture['campaigns']> => {
  const asked = actionsOf(recipes).flatMap((action) => (action.do === 'request-campaign' ? [action.campaign] : []))
  const scored = (recipes.scores ?? []).flatMap(({ to }) => (to.way === 'campaign' ? [to.campaign] : []))
  return [...new Set([...asked, ...scored])].map((id) => ({ id }))
}

const objectsOf = (recipes: Recipes): NonNullable<Furniture['customObjects']> => {
  const all = actionsOf(recipes).flatMap((action) => (action.do === 'sync-object' ? [action] : []))
  const byName = new Map(
    all.map(({ object: name, fields, dedupeFields }) => [name, { name, fields: Object.keys(fields), dedupeFields }])
  )
  return [...byName.values()]
}

/** What rules need. */
export const furnitureOfRecipes = (recipes: Recipes): Furniture => ({
  partitions: [recipes.lead?.partition ?? 'Default'],
  customFields: [
    ...new Map(
      allFields(recipes)
        .filter(({ name }) => findByRest(name) === undefined)
        .map((field) => [field.name, field])
    ).values()
  ],
  activityTypes: [],
  lists: listsOf(recipes),
  programs: programsOf(recipes),
  campaigns: campaignsOf(recipes),
  customObjects: objectsOf(recipes)
})
