/**
 * How a defined collection is read.
 *
 *     { path: '/rest/asset/v1/program/{id}/tags.json', paging: 'once', parent: 'programs' }
 *
 * @module
 */
import type { UnknownRecord } from '../ground/json.js'
import type { Path } from '../ground/path.js'
import { malformed, missing, type Problem } from '../ground/problem.js'
import {
  aBoolean,
  aRecord,
  member,
  oneOf,
  orNull,
  type Reader,
  requiredMember,
  warnOfUnknownKeys
} from '../ground/reading.js'
import type { PagedReads } from './collection.js'
import { identifier, ifWhole, restPath, restQuery } from './define-readers.js'

/** A path names its parent's id exactly where there is a parent. */
const checkParent = (reads: PagedReads, at: Path, problems: Array<Problem>): void => {
  const holes = reads.path.filter((part) => part === '{id}').length
  if (reads.parent === null && holes > 0)
    problems.push(missing('invalid', [...at, 'parent'], 'the path says {id}: name the collection whose ids go there'))
  if (reads.parent !== null && holes !== 1)
    problems.push(
      malformed('invalid', [...at, 'path'], 'no one place for the id of the parent', 'say {id} once where it goes')
    )
}

const paging = oneOf<PagedReads['by']>(['token', 'offset', 'once'])
const mendPaging = 'say how it is paged: token, offset or once'
const mendPath = 'name the path, such as /rest/v1/companies.json'

/** A walk, told by the members of a record; which of them says how pages follow is told apart. @internal */
export const readsIn = (
  record: UnknownRecord,
  at: Path,
  by: 'paging' | 'by',
  problems: Array<Problem>
): PagedReads | undefined => {
  const reads = ifWhole({
    by: requiredMember(record, at, [by], paging, mendPaging, problems),
    endpoint: 'getCollection' as const,
    path: requiredMember(record, at, ['path'], restPath, mendPath, problems),
    query: member(record, at, ['query'], restQuery, [], problems),
    parent: member(record, at, ['parent'], orNull(identifier), null, problems),
    updated: member(record, at, ['updated'], aBoolean, false, problems)
  })
  if (reads !== undefined) checkParent(reads, at, problems)
  return reads
}

/** A walk as it stands in a finished collection. Whichever it is, the call is named as one of a collection. @internal */
export const pagedReads: Reader<PagedReads> = (u, at, problems) => {
  const record = aRecord(u, at, problems)
  if (record === undefined) return undefined
  warnOfUnknownKeys(record, at, ['by', 'endpoint', 'path', 'query', 'parent', 'updated'], problems)
  return readsIn(record, at, 'by', problems)
}
