/**
 * The events of v2 settings, held against the custom activity types of an instance.
 *
 *     events[0].activityTypeId         is there such a type, and is it approved
 *     events[0].attributes             does a row fill the primary attribute, which every activity must have
 *     events[0].attributes[1]          is there such an attribute, under that name and of that type; is the right one primary
 *
 * Sources: Segment "Marketo v2 Destination", Track; Adobe "Custom Activities".
 *
 * @module
 */
import { nearest } from '../ground/nearest.js'
import type { Path } from '../ground/path.js'
import { malformed, missing, type Problem, unknownName } from '../ground/problem.js'
import { firstCustomActivityTypeId, isApproved } from '../marketo/activity-types.js'
import type { AttributeRow, EventRow, Settings } from '../v2/settings.js'
import type { Bench } from './check-lead-fields.js'
import type { Instance, InstanceActivityType, InstanceAttribute } from './instance.js'
import { checkFit } from './remark.js'

const sameWords = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase()

const unknownType = (row: EventRow, types: ReadonlyArray<InstanceActivityType>, at: Path): Problem => {
  const meant = types.find(({ id, name }) => id >= firstCustomActivityTypeId && sameWords(name, row.event))
  const mend =
    meant === undefined
      ? 'copy the number from Marketo Custom Activities, or create the type'
      : `the activity type of this event’s name is ${meant.id}`
  return unknownName('invalid', at, meant === undefined ? null : String(meant.id), mend)
}

const mendBuiltIn = `events go to custom activities, whose numbers begin at ${firstCustomActivityTypeId}: create one`
const mendAttribute = 'it stands in a draft of the type: approve that in Marketo Custom Activities'
const mendDraft = 'approve it in Marketo Custom Activities: until then each activity of this type is refused'

const checkState = (type: InstanceActivityType, at: Path, problems: Array<Problem>): void => {
  if (type.status !== null && !isApproved(type.status))
    problems.push(malformed('invalid', at, 'an activity type that is not approved', mendDraft))
}

type Key = Settings['attributeKey']

/** The name by which rows call an attribute; answers for all types need not tell API names. */
const nameBy = (key: Key, { apiName, name }: InstanceAttribute): string =>
  key === 'apiName' ? (apiName ?? name) : name

const findAttribute = (
  all: ReadonlyArray<InstanceAttribute> | null,
  key: Key,
  name: string
): InstanceAttribute | undefined => all?.find((attribute) => nameBy(key, attribute) === name)

const unknownAttribute = (all: ReadonlyArray<InstanceAttribute>, key: Key, name: string, at: Path): Problem => {
  const other = all.find((one) => sameWords(one.name, name) || sameWords(one.apiName ?? one.name, name))
  const names = all.map((attribute) => nameBy(key, attribute))
  if (other === undefined)
    return unknownName(
      'invalid',
      at,
      nearest(names, name),
      `the type has no such attribute: correct the name or add it`
    )
  const wanted = key === 'apiName' ? 'the API name' : 'the display name'
  return unknownName('invalid', at, nameBy(key, other), `attributeKey ${key} wants ${wanted}, spelled exactly`)
}

const isSame = (a: InstanceAttribute, b: InstanceAttribute): boolean => a.name === b.name && a.apiName === b.apiName

const checkAttribute = (
  row: AttributeRow,
  type: InstanceActivityType,
  key: Key,
  at: Path,
  problems: Array<Problem>
): void => {
  const all = type.attributes ?? []
  const attribute = findAttribute(all, key, row.attribute)
  const nameAt = [...at, 'attribute']
  if (attribute === undefined && findAttribute(type.draft, key, row.attribute) !== undefined) {
    problems.push(malformed('invalid', nameAt, 'an attribute that is not approved', mendAttribute))
    return
  }
  if (attribute === undefined) {
    problems.push(unknownAttribute(all, key, row.attribute, nameAt))
    return
  }
  const { primary } = type
  if (primary !== null && row.primary !== isSame(attribute, primary)) {
    const found = row.primary ? 'an attribute that is not the primary one' : 'the primary attribute'
    problems.push(malformed('invalid', [...at, 'primary'], found, `mark the row of ${nameBy(key, primary)} as primary`))
  }
  checkFit({ at: nameAt, type: row.type, length: null }, { type: attribute.type, length: null }, problems)
}

const checkPrimary = (
  row: EventRow,
  { primary }: InstanceActivityType,
  key: Key,
  at: Path,
  problems: Array<Problem>
) => {
  if (primary === null) return
  const name = nameBy(key, primary)
  if (!row.attributes.some(({ attribute }) => attribute === name))
    problems.push(missing('invalid', at, `no row fills the primary attribute ${name}, which Marketo requires: add one`))
}

const checkEvent = (
  row: EventRow,
  types: ReadonlyMap<number, InstanceActivityType>,
  key: Key,
  at: Path,
  problems: Array<Problem>
): void => {
  const numberAt = [...at, 'activityTypeId']
  if (row.activityTypeId < firstCustomActivityTypeId) {
    problems.push(malformed('invalid', numberAt, 'the number of a built-in activity type', mendBuiltIn))
    return
  }
  const type = types.get(row.activityTypeId)
  if (type === undefined) {
    problems.push(unknownType(row, [...types.values()], numberAt))
    return
  }
  checkState(type, numberAt, problems)
  if (type.attributes === null) return
  checkPrimary(row, type, key, [...at, 'attributes'], problems)
  row.attributes.forEach((attribute, i) => {
    checkAttribute(attribute, type, key, [...at, 'attributes', i], problems)
  })
}

/** Says what is wrong with the events of settings. */
export const checkActivityTypes = (
  settings: Settings,
  { activityTypes }: Instance,
  { root, problems }: Bench
): void => {
  if (activityTypes === null) return
  const types = new Map(activityTypes.map((type) => [type.id, type]))
  settings.events.forEach((row, i) => {
    checkEvent(row, types, settings.attributeKey, [...root, 'events', i], problems)
  })
}
