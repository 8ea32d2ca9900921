/**
 * Single items of Marketo's answers about itself: a field in each of its three shapes, an activity type, a list, a channel.
 *
 *     describe    { displayName, dataType, length?, rest?: { name, readOnly }, soap?: { name } }
 *     describe2   { name, displayName, dataType, length?, updateable }
 *     schema      { name, displayName, dataType, length?, isCustom, isApiCreated }
 *
 * Sources: Adobe "Leads", "Lead Fields", "Custom Activities", "Channels".
 *
 * @module
 */
import { isRecord, ownMember, type UnknownRecord } from '../ground/json.js'
import { type ValueType, valueTypeOf } from '../marketo/value-types.js'
import type {
  InstanceActivityType,
  InstanceAsset,
  InstanceAttribute,
  InstanceChannel,
  InstanceField
} from './instance.js'

/** No instance has as many of anything; a list that says so is not gone through. */
const most = 100_000

/** The members that could be read: a list's own `map` may be anything. */
export const readEach = <A>(u: unknown, read: (u: unknown) => A | null): ReadonlyArray<A> => {
  const found: Array<A> = []
  if (!Array.isArray(u)) return found
  const end = Math.min(u.length, most)
  for (let i = 0; i < end; i += 1) {
    const item = read(u[i])
    if (item !== null) found.push(item)
  }
  return found
}

/** Text under a name; null for none and for blank text. */
export const textUnder = (record: UnknownRecord, name: string): string | null => {
  const u = ownMember(record, name)
  return typeof u === 'string' && u.trim() !== '' ? u : null
}

const flagUnder = (record: UnknownRecord, name: string): boolean | null => {
  const u = ownMember(record, name)
  return typeof u === 'boolean' ? u : null
}

const idUnder = (record: UnknownRecord): number | null => {
  const u = ownMember(record, 'id')
  const id = typeof u === 'string' && /^\d{1,15}$/.test(u) ? Number(u) : u
  return typeof id === 'number' && Number.isSafeInteger(id) && id > 0 ? id : null
}

const typeUnder = (record: UnknownRecord): ValueType | null => {
  const word = textUnder(record, 'dataType')
  return word === null ? null : (valueTypeOf(word) ?? null)
}

const lengthUnder = (record: UnknownRecord): number | null => {
  const u = ownMember(record, 'length')
  return typeof u === 'number' && Number.isSafeInteger(u) && u > 0 ? u : null
}

const nameIn = (u: unknown): string | null => (isRecord(u) ? textUnder(u, 'name') : null)

const updateable = (record: UnknownRecord): boolean | null => {
  const may = flagUnder(record, 'updateable')
  return may === null ? null : !may
}

/** A lead field in any of its shapes, or null. */
export const fieldOf = (u: unknown): InstanceField | null => {
  if (!isRecord(u)) return null
  const rest = ownMember(u, 'rest')
  const soap = nameIn(ownMember(u, 'soap'))
  const name = nameIn(rest) ?? (soap === null ? textUnder(u, 'name') : null)
  if (name === null && soap === null) return null
  const readOnly = isRecord(rest) ? flagUnder(rest, 'readOnly') : updateable(u)
  const label = textUnder(u, 'displayName')
  return { rest: name, soap, label, type: typeUnder(u), length: lengthUnder(u), readOnly }
}

const attributeOf = (u: unknown): InstanceAttribute | null => {
  if (!isRecord(u)) return null
  const apiName = textUnder(u, 'apiName')
  const name = textUnder(u, 'name') ?? apiName
  return name === null ? null : { apiName, name, type: typeUnder(u) }
}

const isPrimary = (u: unknown): boolean => isRecord(u) && ownMember(u, 'isPrimary') === true

const isSame = (a: InstanceAttribute, b: InstanceAttribute): boolean => a.apiName === b.apiName && a.name === b.name

/** An activity type, or null. */
export const activityTypeOf = (u: unknown): InstanceActivityType | null => {
  const id = isRecord(u) ? idUnder(u) : null
  if (!isRecord(u) || id === null) return null
  const sent = ownMember(u, 'attributes')
  const marked = readEach(sent, (one) => (isPrimary(one) ? attributeOf(one) : null))
  const primary = attributeOf(ownMember(u, 'primaryAttribute')) ?? marked[0] ?? null
  const others = readEach(sent, attributeOf).filter((one) => primary === null || !isSame(one, primary))
  return {
    id,
    apiName: textUnder(u, 'apiName'),
    name: textUnder(u, 'name') ?? '',
    status: textUnder(u, 'status'),
    primary,
    attributes: primary === null ? (Array.isArray(sent) ? others : null) : [primary, ...others],
    draft: null
  }
}

/** The draft of an activity type, or null: of what an answer about it tells, its attributes alone are the draft's. */
export const draftOf = (u: unknown): InstanceActivityType | null => {
  const type = activityTypeOf(u)
  return type === null ? null : { ...type, status: null, primary: null, attributes: null, draft: type.attributes }
}

/** A list, a program or a campaign, or null. */
export const assetOf = (u: unknown): InstanceAsset | null => {
  const id = isRecord(u) ? idUnder(u) : null
  if (!isRecord(u) || id === null) return null
  const requestable = flagUnder(u, 'isRequestable')
  return { id, name: textUnder(u, 'name'), channel: textUnder(u, 'channel'), requestable }
}

/** A channel with its statuses, or null. */
export const channelOf = (u: unknown): InstanceChannel | null => {
  const name = nameIn(u)
  if (!isRecord(u) || name === null) return null
  return { name, statuses: readEach(ownMember(u, 'progressionStatuses'), nameIn) }
}
