/**
 * Lists, campaigns and companies, page by page: each page names the next.
 *
 *     lists.json?batchSize=300                        { result, nextPageToken: '4F0C19D2Q300===' }
 *     lists.json?nextPageToken=4F0C19D2Q300===        { result }                                    no token: the last
 *                              └ of which question  └ after which number
 *
 * Records come by number. The token belongs to its question: sent with another one it is refused (1003). It is no snapshot: what is made
 * during the walk gets a higher number and is met, what is deleted is not.
 *
 * Sources: Adobe "Lead Database", "Paging Tokens"; Adobe's OpenAPI file (no `moreResult` here).
 *
 * @module
 */
import { sha1Hex } from '../ground/digest.js'
import { type JsonObject, ownMember } from '../ground/json.js'
import { valuesOf } from '../ground/tree.js'
import type { Pairs } from '../intent/descriptor.js'
import { queryLimits } from '../marketo/limits.js'
import { invalid, partsUnder, valueUnder, wholeUnder } from './query.js'
import { readPairs, type Wire } from './request.js'
import { type Desk, done, type Told } from './told.js'

const ofPaging: ReadonlyArray<string> = ['batchSize', 'nextPageToken', '_method']

/** What tells one question from another: where it is asked, and all that it says but for its page. */
const markOf = (path: ReadonlyArray<string>, pairs: Pairs): string =>
  sha1Hex(JSON.stringify([path, pairs.filter(([name]) => !ofPaging.includes(name))]))
    .slice(0, 8)
    .toUpperCase()

const token = /^([0-9A-F]{8})Q(\d{1,15})===$/

/** Where a page begins, by its token, or undefined for a token of another question. */
const placeOf = (text: string, mark: string): number | undefined => {
  if (text === '') return 0
  const [, own, after] = token.exec(text) ?? []
  return own === mark ? Number(after) : undefined
}

/** A page of records that are in the order of their numbers. @internal */
export const tokenPage = <A extends { readonly id: number }>(
  wire: Wire,
  records: ReadonlyArray<A>,
  shown: (record: A, seq: number) => JsonObject
): Told => {
  const pairs = readPairs(wire)
  const mark = markOf(wire.path, pairs)
  const size = wholeUnder(pairs, 'batchSize', queryLimits.leadDatabasePage, 1)
  if (size === undefined) return invalid('batchSize')
  const after = placeOf(valueUnder(pairs, 'nextPageToken'), mark)
  if (after === undefined) return invalid('nextPageToken', '1003')
  const start = records.findIndex(({ id }) => id > after)
  const end = start + Math.min(size, queryLimits.leadDatabasePage)
  const page = start < 0 ? [] : records.slice(start, end)
  const last = page[page.length - 1]
  const more = last !== undefined && end < records.length
  return { ...done(page.map(shown)), ...(more ? { pageToken: `${mark}Q${last.id}===` } : {}) }
}

const byNumber = <A extends { readonly id: number }>(records: ReadonlyArray<A>): ReadonlyArray<A> =>
  [...records].sort((a, b) => a.id - b.id)

const filters = ['id', 'name', 'programName', 'workspaceName'] as const

interface InDatabase {
  readonly id: number
  readonly told: JsonObject
}

const listed = (wire: Wire, records: ReadonlyArray<InDatabase>): Told => {
  const asked = filters
    .map((name) => [name, partsUnder(readPairs(wire), name)] as const)
    .filter(([, parts]) => parts.length > 0)
  const found = records.filter(({ told }) =>
    asked.every(([name, parts]) => parts.includes(String(ownMember(told, name))))
  )
  return tokenPage(wire, byNumber(found), ({ told }) => told)
}

/** Carries out Get Lists. @internal */
export const getLists = ({ draft }: Desk, wire: Wire): Told => listed(wire, valuesOf(draft.lists))

/** Carries out Get Campaigns. @internal */
export const getCampaigns = ({ draft }: Desk, wire: Wire): Told => {
  const triggerable = valueUnder(readPairs(wire), 'isTriggerable') === 'true'
  return listed(
    wire,
    draft.assets.campaigns.filter(({ requestable }) => requestable || !triggerable)
  )
}
