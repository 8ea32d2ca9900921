/**
 * Custom activity types and attributes that settings name and an instance has not, as they can be created.
 *
 *     no type of the row's number, none of the event's name   → a type named after the event, with the row's attributes
 *     no type of the number, one of the name                  ✗ the number is another
 *     a type that lacks attributes                            → the attributes
 *     a type, or an attribute, that is a draft only           → the approval
 *
 * Source: Adobe "Custom Activities".
 *
 * @module
 */
import type {
  ActivityTypeName,
  NewActivityAttribute,
  NewActivityAttributes,
  NewActivityType
} from '../endpoints/create-activity-type.js'
import type { Path } from '../ground/path.js'
import { malformed, type Problem, risky, unknownName } from '../ground/problem.js'
import { isNonEmpty } from '../ground/these.js'
import {
  type ActivityDataType,
  activityDataTypes,
  firstCustomActivityTypeId,
  isNewActivityApiName,
  isNewActivityName
} from '../marketo/activity-types.js'
import { definitionLimits } from '../marketo/limits.js'
import type { ValueType } from '../marketo/value-types.js'
import type { AttributeRow, EventRow, Settings } from '../v2/settings.js'
import type { InstanceActivityType } from './instance.js'
import { apiNameFrom, displayNameFrom, untaken } from './made-names.js'

/**
 * What is to be created; attributes of new types are among `attributes`, too. `numbers` are those that the settings have for new types, and
 * `drafts` the types of which a draft has all that is needed.
 */
export interface NeededTypes {
  readonly types: ReadonlyArray<NewActivityType>
  readonly attributes: ReadonlyArray<NewActivityAttributes>
  readonly drafts: ReadonlyArray<ActivityTypeName>
  readonly numbers: ReadonlyMap<number, string>
}

/** What is there, and what was made of it so far. */
interface Draft {
  readonly settings: Settings
  readonly byId: ReadonlyMap<number, InstanceActivityType>
  readonly byName: ReadonlyMap<string, InstanceActivityType>
  readonly apiNames: Set<string>
  readonly names: Set<string>
  readonly types: Array<NewActivityType>
  readonly attributes: Map<string, Map<string, NewActivityAttribute>>
  /** API names of the types that are made for numbers of the settings: several events may share one. */
  readonly made: Map<number, string>
  readonly drafts: Set<string>
  readonly problems: Array<Problem>
}

const dataTypeOf = (type: ValueType): ActivityDataType | undefined => {
  if (type === 'url') return 'link'
  if (type === 'score' || type === 'percent') return 'integer'
  return activityDataTypes.find((one) => one === type)
}

const mendName = 'Marketo takes API names of letters and digits, and names of letters, digits, spaces and _'
const mendType = 'Marketo has no attributes of this type: give the row another one'

/** An attribute as a row asks for it; undefined, and said, where Marketo would refuse it. */
const attributeFrom = (
  row: AttributeRow,
  at: Path,
  { settings, problems }: Draft
): NewActivityAttribute | undefined => {
  const byApiName = settings.attributeKey === 'apiName'
  const apiName = byApiName ? row.attribute : apiNameFrom(row.attribute, 'attribute')
  const name = byApiName ? displayNameFrom(row.attribute, 'Attribute') : row.attribute
  const dataType = dataTypeOf(row.type)
  if (!isNewActivityApiName(apiName) || !isNewActivityName(name))
    problems.push(malformed('invalid', [...at, 'attribute'], 'no name for a new attribute', mendName))
  else if (dataType === undefined) problems.push(malformed('invalid', [...at, 'type'], `type ${row.type}`, mendType))
  else return { apiName, name, dataType }
  return undefined
}

type Indexed = readonly [row: AttributeRow, i: number]

const attributesFrom = (rows: ReadonlyArray<Indexed>, at: Path, draft: Draft): ReadonlyArray<NewActivityAttribute> =>
  rows.flatMap(([row, i]) => attributeFrom(row, [...at, 'attributes', i], draft) ?? [])

const addAttributes = (apiName: string, rows: ReadonlyArray<Indexed>, at: Path, draft: Draft): void => {
  const known = draft.attributes.get(apiName) ?? new Map<string, NewActivityAttribute>()
  draft.attributes.set(apiName, known)
  for (const attribute of attributesFrom(rows, at, draft))
    if (!known.has(attribute.apiName.toLowerCase())) known.set(attribute.apiName.toLowerCase(), attribute)
}

const indexed = ({ attributes }: EventRow): ReadonlyArray<Indexed> => attributes.map((row, i) => [row, i] as const)

const furtherRows = (row: EventRow): ReadonlyArray<Indexed> => indexed(row).filter(([{ primary }]) => !primary)

const most = definitionLimits.customActivityTypes
const mendMost = `an instance takes ${most} custom activity types: ask Adobe for more, or map two events to one type`
const mendNumber = 'Marketo gives a new type its number: take it into the settings once the type is there'

const createType = (row: EventRow, at: Path, draft: Draft): void => {
  const [primary] = attributesFrom(
    indexed(row).filter(([{ primary }]) => primary),
    at,
    draft
  )
  if (primary === undefined) return
  if (draft.apiNames.size >= most) {
    draft.problems.push(malformed('invalid', at, 'one activity type too many', mendMost))
    return
  }
  const apiName = untaken(apiNameFrom(row.event, 'event'), draft.apiNames)
  const name = untaken(displayNameFrom(row.event, 'Event'), draft.names, ' ')
  const { munchkinId } = draft.settings
  draft.types.push({ munchkinId, apiName, name, triggerName: name, filterName: name, primaryAttribute: primary })
  draft.made.set(row.activityTypeId, apiName)
  draft.problems.push(risky([...at, 'activityTypeId'], 'unusual', mendNumber))
  addAttributes(apiName, furtherRows(row), at, draft)
}

/** Attributes are the same without regard to case: an existing one in other letters is a misspelling, which `checkAgainst` tells. */
const isAmong = (attributes: InstanceActivityType['attributes'], { attribute }: AttributeRow): boolean => {
  const wanted = attribute.toLowerCase()
  return (attributes ?? []).some(
    ({ apiName, name }) => name.toLowerCase() === wanted || apiName?.toLowerCase() === wanted
  )
}

const isThere = ({ attributes, draft }: InstanceActivityType, row: AttributeRow): boolean =>
  isAmong(attributes, row) || isAmong(draft, row)

/** Whether a draft is waited for: of a type that was never approved, or with an attribute that a row fills. */
const waitsForApproval = (
  { status, attributes, draft }: InstanceActivityType,
  { attributes: rows }: EventRow
): boolean => status?.toLowerCase() === 'draft' || rows.some((row) => isAmong(draft, row) && !isAmong(attributes, row))

const mendFull = `a custom activity takes ${definitionLimits.customActivityAttributes} attributes besides the primary one`

const completeType = (type: InstanceActivityType, row: EventRow, at: Path, draft: Draft): void => {
  if (type.attributes === null || type.apiName === null) return
  const lacking = indexed(row).filter(([one]) => !one.primary && !isThere(type, one))
  const there = Math.max(type.attributes.length, type.draft?.length ?? 0)
  const room = definitionLimits.customActivityAttributes + 1 - there
  if (lacking.length > room)
    draft.problems.push(malformed('invalid', [...at, 'attributes'], 'too many attributes', mendFull))
  else {
    addAttributes(type.apiName, lacking, at, draft)
    if (waitsForApproval(type, row)) draft.drafts.add(type.apiName)
  }
}

const needs = (row: EventRow, i: number, draft: Draft): void => {
  const at: Path = ['settings', 'events', i]
  const type = draft.byId.get(row.activityTypeId)
  if (type !== undefined) {
    if (type.id >= firstCustomActivityTypeId) completeType(type, row, at, draft)
    return
  }
  const made = draft.made.get(row.activityTypeId)
  if (made !== undefined) {
    addAttributes(made, furtherRows(row), at, draft)
    return
  }
  const other = draft.byName.get(row.event.trim().toLowerCase())
  if (other === undefined) createType(row, at, draft)
  else
    draft.problems.push(
      unknownName('invalid', [...at, 'activityTypeId'], String(other.id), 'the type of this event’s name is there')
    )
}

/** What is to be created for the events of settings; what speaks against it is pushed. */
export const neededTypes = (
  settings: Settings,
  activityTypes: ReadonlyArray<InstanceActivityType>,
  problems: Array<Problem>
): NeededTypes => {
  const own = activityTypes.filter(({ id }) => id >= firstCustomActivityTypeId)
  const draft: Draft = {
    settings,
    byId: new Map(activityTypes.map((type) => [type.id, type])),
    byName: new Map(own.map((type) => [type.name.trim().toLowerCase(), type])),
    apiNames: new Set(own.map(({ apiName, id }) => (apiName ?? String(id)).toLowerCase())),
    names: new Set(activityTypes.map(({ name }) => name.toLowerCase())),
    types: [],
    attributes: new Map(),
    made: new Map(),
    drafts: new Set(),
    problems
  }
  settings.events.forEach((row, i) => {
    needs(row, i, draft)
  })
  const { munchkinId } = settings
  const attributes = [...draft.attributes].flatMap(([apiName, byName]) => {
    const all = [...byName.values()]
    return isNonEmpty(all) ? [{ munchkinId, apiName, attributes: all }] : []
  })
  // Whoever is given attributes is approved behind them.
  const changed = new Set(attributes.map(({ apiName }) => apiName))
  const drafts = [...draft.drafts].flatMap((apiName) => (changed.has(apiName) ? [] : { munchkinId, apiName }))
  return { types: draft.types, attributes, drafts, numbers: draft.made }
}
