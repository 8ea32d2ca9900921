/**
 * Ids that other systems know somebody by: `context.externalIds`.
 *
 *     { id: 'ana@corp.test', type: 'email', collection: 'users', encoding: 'none' }
 *
 * Source: Segment "Unify", External IDs: all four members are needed.
 *
 * @module
 */
import type { Option } from 'fp-ts/Option'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { isRecord, kindOf } from '../ground/json.js'
import type { Path } from '../ground/path.js'
import { malformed, missing, type Problem } from '../ground/problem.js'
import { isNonEmpty } from '../ground/these.js'
import type { SegmentEvent } from './event.js'
import { isSaid, optional, textOf } from './found.js'
import { recordOf } from './record.js'

/**
 * One id of one person or account in another system.
 *
 * @category reading
 * @since 0.1.0
 */
export interface ExternalId {
  readonly id: string
  readonly type: string
  readonly collection: string
  readonly encoding: string
  readonly at: Path
}

const externalIdsAt: Path = ['context', 'externalIds']
const none: ReadonlyArray<ExternalId> = []
const mendList = 'send a list of { id, type, collection, encoding }'

const needed = (u: unknown, at: Path, name: string, problems: Array<Problem>): string | undefined => {
  const text = textOf(u)
  if (text !== undefined) return text
  const place = [...at, name]
  const mend = `send ${name} as text`
  problems.push(isSaid(u) ? malformed('dropped', place, kindOf(u), mend) : missing('dropped', place, mend))
  return undefined
}

const readExternalId = (u: unknown, at: Path, problems: Array<Problem>): ExternalId | undefined => {
  if (!isRecord(u)) {
    problems.push(malformed('dropped', at, kindOf(u), mendList))
    return undefined
  }
  const id = needed(u.id, at, 'id', problems)
  const type = needed(u.type, at, 'type', problems)
  const collection = needed(u.collection, at, 'collection', problems)
  const encoding = needed(u.encoding, at, 'encoding', problems)
  if (id === undefined || type === undefined || collection === undefined || encoding === undefined) return undefined
  return { id, type, collection, encoding, at }
}

/**
 * The external ids of an event, in order; an incomplete one is left out and pushed to `problems`.
 *
 * @example
 * readExternalIds(
 *   { type: 'page', context: { externalIds: [{ id: 7, type: 'crm', collection: 'users', encoding: 'none' }] } },
 *   []
 * ).map(({ id, type }) => [type, id]) // => [['crm', '7']]
 * @category reading
 * @since 0.1.0
 */
export const readExternalIds = (event: SegmentEvent, problems: Array<Problem>): ReadonlyArray<ExternalId> => {
  const list = recordOf(event.context).externalIds
  if (!isSaid(list)) return none
  if (!Array.isArray(list)) {
    problems.push(malformed('dropped', externalIdsAt, kindOf(list), mendList))
    return none
  }
  const ids: Array<ExternalId> = []
  for (let i = 0; i < list.length; i += 1) {
    const id = readExternalId(list[i], [...externalIdsAt, i], problems)
    if (id !== undefined) ids.push(id)
  }
  return ids
}

/**
 * The ids that other systems know the person of an event by.
 *
 * @example
 * externalIds({ type: 'page', context: { externalIds: [] } }) // => none
 * @category readers
 * @since 0.1.0
 */
export const externalIds = (event: SegmentEvent): Option<ReadonlyNonEmptyArray<ExternalId>> =>
  optional((from: SegmentEvent) => {
    const value = readExternalIds(from, [])
    return isNonEmpty(value) ? { value, at: externalIdsAt } : undefined
  }, event)
