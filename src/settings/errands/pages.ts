/**
 * Pages of an instance: which call asks for one, and what comes after it.
 *
 *     once     nothing
 *     types    each custom activity type: as it is, and its draft where it has one
 *     token    the page that this one names
 *     offset   so many further on, until a page is empty
 *
 * @module
 */
import { describeReadPage, type ReadPage } from '../../endpoints/read-page.js'
import { isRecord, type Json, ownMember } from '../../ground/json.js'
import type { Pairs } from '../../intent/descriptor.js'
import { firstCustomActivityTypeId } from '../../marketo/activity-types.js'
import { queryLimits } from '../../marketo/limits.js'
import type { MunchkinId } from '../../marketo/munchkin-id.js'
import { partNamed, partWays, type Way } from './parts.js'
import type { Errand, Errands, Line } from './state.js'

/** More than any instance has; a walk that never ends is ended. */
const mostPages = 1_000

const asking = (
  munchkinId: MunchkinId,
  { endpoint, path, query }: Pick<Way, 'endpoint' | 'path' | 'query'>,
  rest: Omit<Errand, 'call' | 'about'>,
  more: Pairs
): ReadonlyArray<Errand> => {
  const described = describeReadPage([{ munchkinId, endpoint, path, query: [...query, ...more] }])
  return described._tag === 'Left' ? [] : described.right.map((call) => ({ ...rest, call, about: [] }))
}

const pageSize = (by: Way['by'], offset: number): Pairs => {
  if (by === 'token') return [['batchSize', String(queryLimits.leadDatabasePage)]]
  if (by !== 'offset') return []
  return [
    ['offset', String(offset)],
    ['maxReturn', String(queryLimits.assetPage)]
  ]
}

/** The first page of a way. @internal */
export const firstPage = (munchkinId: MunchkinId, way: Way): ReadonlyArray<Errand> =>
  asking(munchkinId, way, { does: way.by === 'types' ? 'types' : 'page', at: 0 }, pageSize(way.by, 0))

/** The way that a line goes, or undefined. @internal */
export const wayOf = ({ name, way }: Pick<Line, 'name' | 'way'>): Way | undefined => {
  const part = partNamed(name)
  return part === undefined ? undefined : partWays[part][way]
}

const typePath = ['rest', 'v1', 'activities', 'external', 'type']

/** What one type, as the list of them has it, is asked: a type that was never approved is a draft and nothing else. */
const aboutType = (munchkinId: MunchkinId, u: Json): ReadonlyArray<Errand> => {
  if (!isRecord(u)) return []
  const [id, apiName, status] = [ownMember(u, 'id'), ownMember(u, 'apiName'), ownMember(u, 'status')]
  if (typeof id !== 'number' || id < firstCustomActivityTypeId || typeof apiName !== 'string') return []
  const word = typeof status === 'string' ? status.toLowerCase() : ''
  if (word === 'deleted') return []
  const way = { endpoint: 'describeActivityType', path: [...typePath, apiName, 'describe.json'], query: [] } as const
  const asIs = asking(munchkinId, way, { does: 'type', at: 0 }, word === 'draft' ? [['draft', 'true']] : [])
  const draft = asking(munchkinId, way, { does: 'draft', at: 0 }, [['draft', 'true']])
  return word === 'approved with draft' ? [...asIs, ...draft] : asIs
}

/** What is asked behind a page. @internal */
export const behindPage = (
  { munchkinId }: Errands,
  { does, at, call }: Errand,
  way: Way,
  { records, nextPageToken, more }: ReadPage<Json>
): ReadonlyArray<Errand> => {
  if (does === 'types') return records.flatMap((record) => aboutType(munchkinId, record))
  if (does !== 'page' || at >= mostPages) return []
  const next = { does, at: at + 1 } as const
  if (way.by === 'offset')
    return records.length === 0 ? [] : asking(munchkinId, way, next, pageSize(way.by, next.at * queryLimits.assetPage))
  const isLast = way.by !== 'token' || nextPageToken === null || more === false
  const isStill = call.descriptor.query.some(([name, value]) => name === 'nextPageToken' && value === nextPageToken)
  return isLast || isStill
    ? []
    : asking(munchkinId, way, next, [...pageSize(way.by, 0), ['nextPageToken', nextPageToken]])
}
