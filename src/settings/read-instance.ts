/**
 * An instance out of Marketo's own answers, one of them or many in one file.
 *
 *     { "requestId": …, "success": true, "result": [ … ] }        one answer: describe, describe2, schema fields or activity types
 *     { "describe2": …, "activityTypes": …, "lists": … }          several by name; each an answer, its result, or a list of answers (pages)
 *
 * What an answer is shows in its items. Lists, programs, channels and campaigns look alike, so those are told apart by name.
 *
 * @module
 */
import { isRecord, kindOf, ownMember, type UnknownRecord } from '../ground/json.js'
import { nearest } from '../ground/nearest.js'
import type { Path } from '../ground/path.js'
import { malformed, type Problem, unknownName, unreadable } from '../ground/problem.js'
import { isNonEmpty, type Remarked, remarked } from '../ground/these.js'
import { type Instance, type InstanceField, joinFields, joinTypes, untold } from './instance.js'
import { activityTypeOf, assetOf, channelOf, draftOf, fieldOf, readEach } from './instance-items.js'

/** The parts of an instance by the names they have in a file. */
const partNames = [
  'describe',
  'describe2',
  'schema',
  'activityTypes',
  'activityTypeDrafts',
  'lists',
  'programs',
  'channels',
  'campaigns'
] as const

type PartName = (typeof partNames)[number]

const isRefusal = (u: unknown): boolean => isRecord(u) && ownMember(u, 'success') === false

/** The items of an answer, of its result, or of several answers one after another. */
const itemsOf = (u: unknown, at: Path, problems: Array<Problem>): ReadonlyArray<unknown> => {
  if (isRefusal(u)) problems.push(malformed('invalid', at, 'an answer that Marketo refused', 'ask once more'))
  const list = isRecord(u) ? ownMember(u, 'result') : u
  if (Array.isArray(list))
    return readEach(list, (item) => [item]).flatMap(([item]) =>
      isRecord(item) && (Array.isArray(ownMember(item, 'result')) || isRefusal(item))
        ? itemsOf(item, at, problems)
        : [item]
    )
  // An asset's answer has no result where there is nothing.
  if (isRecord(u) && ownMember(u, 'success') === true) return []
  if (!isRefusal(u)) problems.push(malformed('invalid', at, kindOf(u), 'hand over an answer of Marketo, or its result'))
  return []
}

/** The fields of describe2 stand one step deeper than others. */
const fieldsIn = (items: ReadonlyArray<unknown>): ReadonlyArray<InstanceField> =>
  items.flatMap((item) => {
    const inner = isRecord(item) ? ownMember(item, 'fields') : undefined
    return Array.isArray(inner) ? readEach(inner, fieldOf) : readEach([item], fieldOf)
  })

const oneName = (u: unknown): string | null =>
  Array.isArray(u) && u.length === 1 && typeof u[0] === 'string' ? u[0] : null

/** Fields by which alone leads can be looked up; null where no answer says so. */
const searchableIn = (items: ReadonlyArray<unknown>): ReadonlyArray<string> | null => {
  const told = items.flatMap((item) => {
    const list = isRecord(item) ? ownMember(item, 'searchableFields') : undefined
    return Array.isArray(list) ? [readEach(list, oneName)] : []
  })
  return told.length === 0 ? null : told.flat()
}

/** What an instance tells, with the items of one more part. */
const withPart = (instance: Instance, name: PartName, items: ReadonlyArray<unknown>): Instance => {
  switch (name) {
    case 'describe':
    case 'describe2':
    case 'schema':
      return {
        ...instance,
        fields: joinFields([...(instance.fields ?? []), ...fieldsIn(items)]),
        searchable: searchableIn(items) ?? instance.searchable
      }
    case 'activityTypes':
      return {
        ...instance,
        activityTypes: joinTypes([...readEach(items, activityTypeOf), ...(instance.activityTypes ?? [])])
      }
    case 'activityTypeDrafts':
      return { ...instance, activityTypes: joinTypes([...(instance.activityTypes ?? []), ...readEach(items, draftOf)]) }
    case 'channels':
      return { ...instance, channels: readEach(items, channelOf) }
    case 'lists':
    case 'programs':
    case 'campaigns':
      return { ...instance, [name]: readEach(items, assetOf) }
  }
}

const has = (u: unknown, names: ReadonlyArray<string>): u is UnknownRecord =>
  isRecord(u) && names.some((name) => ownMember(u, name) !== undefined)

/** What the items of an answer without a name are, or undefined. */
const partOf = (items: ReadonlyArray<unknown>): PartName | undefined => {
  const first = items.find(isRecord)
  if (has(first, ['rest', 'soap'])) return 'describe'
  if (has(first, ['searchableFields', 'fields'])) return 'describe2'
  if (has(first, ['attributes', 'primaryAttribute', 'triggerName'])) return 'activityTypes'
  return has(first, ['dataType']) ? 'schema' : undefined
}

const mendKind =
  'hand over the answer of describe, describe2, schema fields or activity types, or several as { describe2, activityTypes, lists, … }'

const readOne = (u: unknown, problems: Array<Problem>): Instance => {
  const items = isRecord(u) && Array.isArray(ownMember(u, 'fields')) ? [u] : itemsOf(u, [], problems)
  const name = partOf(items)
  if (name !== undefined) return withPart(untold, name, items)
  if (problems.length === 0) problems.push(malformed('invalid', [], 'an answer of another kind', mendKind))
  return untold
}

const mendPart = `nothing reads it: the parts are ${partNames.join(', ')}`

const readParts = (record: UnknownRecord, problems: Array<Problem>): Instance => {
  let instance = untold
  for (const key of Object.keys(record)) {
    const name = partNames.find((part) => part === key)
    if (name === undefined) problems.push(unknownName('warning', [key], nearest(partNames, key), mendPart))
    else instance = withPart(instance, name, itemsOf(record[key], [key], problems))
  }
  return instance
}

const isParts = (u: unknown): u is UnknownRecord => has(u, partNames) && !has(u, ['result', 'success'])

const threw: Problem = unreadable('invalid', [], 'reading a member threw; hand over plain JSON')

/**
 * An instance out of what Marketo answered: one answer, or several by name.
 *
 * @example
 * const read = readInstance({ success: true, result: [{ name: 'plan', displayName: 'Plan', dataType: 'string', length: 255, isCustom: true }] })
 * read._tag === 'Right' && read.right.fields?.map(({ rest }) => rest) // => ['plan']
 * @category checking
 * @since 0.1.0
 */
export const readInstance = (u: unknown): Remarked<Instance> => {
  const problems: Array<Problem> = []
  try {
    const instance = isParts(u) ? readParts(u, problems) : readOne(u, problems)
    const bad = problems.filter(({ weight }) => weight === 'invalid')
    return isNonEmpty(bad) ? { _tag: 'Left', left: bad } : remarked(instance, problems)
  } catch {
    return { _tag: 'Left', left: [threw] }
  }
}
