/**
 * Custom activity types: made, given attributes, approved, told.
 *
 *     create       a draft, which takes no activities
 *     attributes   into the draft; a type that is approved gets one: 'approved with draft'
 *     approve      the draft takes the place of what was there; without a draft 709
 *
 * Sources: Adobe "Custom Activities"; its OpenAPI file; "Error Codes" (709, 1002, 1003, 1013, 1017, 1027, 1028). Which code a taken name has
 * is not documented.
 *
 * @module
 */
import { isRecord, type JsonObject, ownMember, type UnknownRecord } from '../ground/json.js'
import type { Reason } from '../intent/outcome.js'
import {
  activityDataTypes,
  firstCustomActivityTypeId,
  isNewActivityApiName,
  isNewActivityName
} from '../marketo/activity-types.js'
import { definitionLimits } from '../marketo/limits.js'
import type { KeptActivityType, KeptAttribute } from './options.js'
import { valueUnder } from './query.js'
import type { Wire } from './request.js'
import { type Desk, done, type Failed, failed, invalidParameter, missingParameter, type Told } from './told.js'

const typesOf = ({ draft }: Desk): ReadonlyArray<KeptActivityType> => draft.options.activityTypes

const put = ({ draft }: Desk, type: KeptActivityType): void => {
  const { options } = draft
  const isThere = options.activityTypes.some(({ id }) => id === type.id)
  const activityTypes = isThere
    ? options.activityTypes.map((one) => (one.id === type.id ? type : one))
    : [...options.activityTypes, type]
  draft.options = { ...options, activityTypes }
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

const statusOf = ({ status }: KeptActivityType): string => status.toLowerCase()

/** The type that a path names. */
const typeIn = (desk: Desk, { path }: Wire): KeptActivityType | Failed => {
  const name = path[5] ?? ''
  return typesOf(desk).find(({ apiName }) => same(apiName, name)) ?? failed('1013', `Activity type '${name}' not found`)
}

const taken = (name: string): Reason => ({ code: '1017', message: `'${name}' already exists` })

const textUnder = (record: UnknownRecord, name: string): string => {
  const u = ownMember(record, name)
  return typeof u === 'string' ? u : ''
}

const isReason = (u: KeptAttribute | Reason): u is Reason => 'code' in u

/** An attribute that is to be, or what speaks against it; a type is a string where none is said. */
const attributeOf = (u: unknown): KeptAttribute | Reason => {
  if (!isRecord(u)) return missingParameter('apiName')
  const [apiName, name] = [textUnder(u, 'apiName'), textUnder(u, 'name')]
  const dataType = ownMember(u, 'dataType') ?? 'string'
  if (apiName === '') return missingParameter('apiName')
  if (name === '') return missingParameter('name')
  if (!isNewActivityApiName(apiName)) return invalidParameter('apiName')
  if (!isNewActivityName(name)) return invalidParameter('name')
  const known = activityDataTypes.find((one) => one === dataType)
  return known === undefined ? invalidParameter('dataType') : { apiName, name, dataType: known, required: false }
}

const shownAttribute = ({ apiName, name, dataType }: KeptAttribute, isPrimary: boolean): JsonObject => ({
  apiName,
  name,
  dataType,
  isPrimary
})

const shown = (type: KeptActivityType): JsonObject => ({
  id: type.id,
  apiName: type.apiName,
  name: type.name,
  description: type.description,
  triggerName: type.triggerName,
  filterName: type.filterName,
  status: statusOf(type)
})

const described = (type: KeptActivityType, attributes: ReadonlyArray<KeptAttribute>): JsonObject => ({
  ...shown(type),
  primaryAttribute: shownAttribute(type.primaryAttribute, true),
  attributes: attributes.map((one) => shownAttribute(one, false))
})

const draftOf = ({ draft, attributes }: KeptActivityType): ReadonlyArray<KeptAttribute> => draft ?? attributes

const toldDraft = (type: KeptActivityType): Told => done([described(type, draftOf(type))])

const shownNames = ['name', 'triggerName', 'filterName'] as const

/** What speaks against the names of a type that is to be. */
const unfitNames = (desk: Desk, body: UnknownRecord): Reason | undefined => {
  const apiName = textUnder(body, 'apiName')
  if (apiName === '') return missingParameter('apiName')
  if (!isNewActivityApiName(apiName)) return invalidParameter('apiName')
  for (const member of shownNames) {
    if (textUnder(body, member) === '') return missingParameter(member)
    if (!isNewActivityName(textUnder(body, member))) return invalidParameter(member)
  }
  const others = typesOf(desk)
  if (others.some((other) => same(other.apiName, apiName))) return taken(apiName)
  return others.some((other) => same(other.name, textUnder(body, 'name'))) ? taken(textUnder(body, 'name')) : undefined
}

const nextId = (desk: Desk): number => Math.max(firstCustomActivityTypeId, ...typesOf(desk).map(({ id }) => id)) + 1

/** Carries out Create Custom Activity Type. @internal */
export const createActivityType = (desk: Desk, body: UnknownRecord): Told => {
  const sent = ownMember(body, 'primaryAttribute')
  const primary = sent === undefined ? missingParameter('primaryAttribute') : attributeOf(sent)
  const unfit = unfitNames(desk, body)
  if (unfit !== undefined) return { _tag: 'Failed', errors: [unfit] }
  if (isReason(primary)) return { _tag: 'Failed', errors: [primary] }
  if (typesOf(desk).length >= definitionLimits.customActivityTypes)
    return failed('1027', 'Max Activity Type Limit Reached')
  const [apiName, description] = [textUnder(body, 'apiName'), textUnder(body, 'description')]
  const [name, triggerName, filterName] = shownNames.map((member) => textUnder(body, member))
  const id = nextId(desk)
  const type: KeptActivityType = {
    id,
    apiName,
    name: name ?? apiName,
    triggerName: triggerName ?? apiName,
    filterName: filterName ?? apiName,
    description,
    status: 'draft',
    primaryAttribute: primary,
    attributes: [],
    draft: null
  }
  put(desk, type)
  return toldDraft(type)
}

/** Carries out Create Custom Activity Type Attributes. @internal */
export const createActivityAttributes = (desk: Desk, wire: Wire, body: UnknownRecord): Told => {
  const type = typeIn(desk, wire)
  if ('_tag' in type) return type
  const sent = ownMember(body, 'attributes')
  if (!Array.isArray(sent) || sent.length === 0) return { _tag: 'Failed', errors: [missingParameter('attributes')] }
  const before = draftOf(type)
  const names = new Set([type.primaryAttribute, ...before].map(({ apiName }) => apiName.toLowerCase()))
  const all = [...before]
  const errors: Array<Reason> = []
  for (const one of sent.slice(0, 1_000).map(attributeOf)) {
    if (isReason(one)) errors.push(one)
    else if (names.has(one.apiName.toLowerCase())) errors.push(taken(one.apiName))
    else {
      names.add(one.apiName.toLowerCase())
      all.push(one)
    }
  }
  if (errors.length > 0) return { _tag: 'Failed', errors }
  if (all.length > definitionLimits.customActivityAttributes) return failed('1028', 'Max field limit reached')
  const isNew = statusOf(type) === 'draft'
  const after: KeptActivityType = isNew
    ? { ...type, attributes: all }
    : { ...type, draft: all, status: 'approved with draft' }
  put(desk, after)
  return toldDraft(after)
}

/** Carries out Approve Custom Activity Type. @internal */
export const approveActivityType = (desk: Desk, wire: Wire): Told => {
  const type = typeIn(desk, wire)
  if ('_tag' in type) return type
  if (statusOf(type) === 'approved') return failed('709', 'The activity type has no draft to approve')
  const after: KeptActivityType = { ...type, attributes: draftOf(type), draft: null, status: 'approved' }
  put(desk, after)
  return toldDraft(after)
}

/** Carries out Get Custom Activity Types: names and states, no attributes. @internal */
export const getCustomActivityTypes = (desk: Desk): Told => done(typesOf(desk).map(shown))

/** Carries out Describe Custom Activity Type: what is approved, or the draft where it is asked for, or where there is nothing else. @internal */
export const describeActivityType = (desk: Desk, wire: Wire): Told => {
  const type = typeIn(desk, wire)
  if ('_tag' in type) return type
  return done([described(type, valueUnder(wire.query, 'draft') === 'true' ? draftOf(type) : type.attributes)])
}
