/**
 * A page of records, of whatever kind, and where the next one begins.
 *
 *     GET /rest/v1/lists.json?batchSize=300&nextPageToken=…        by token    lists, campaigns, companies, activities
 *     GET /rest/asset/v1/emails.json?offset=200&maxReturn=200      by offset   assets
 *     GET /rest/asset/v1/segmentation.json                         all at once
 *
 * Each record is read by a function of the caller's, so that nothing of the answer is kept that nobody wants. `told` says whether there
 * was a list of records at all: assets answer without one behind the last page.
 *
 * Sources: Adobe "Lead Database", "Assets", "Activities"; "Error Codes".
 *
 * @module
 */
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { malformed } from '../ground/problem.js'
import { unfitPart } from '../ground/uri.js'
import type { Call, Described, EndpointName, HttpRequest, Pairs } from '../intent/descriptor.js'
import type { Answer, Reason, Refused } from '../intent/outcome.js'
import { byteLimits } from '../marketo/limits.js'
import type { MunchkinId } from '../marketo/munchkin-id.js'
import { describeEach, type Written } from './batch.js'
import { openAnswer } from './envelope.js'
import { isUriTooLong } from './request-uri.js'
import { inUrl } from './rest-request.js'

/**
 * A page that is wanted: its path, such as `['rest', 'v1', 'lists.json']`, and its query.
 *
 * @category reading
 * @since 0.1.0
 */
export interface PageQuestion {
  readonly munchkinId: MunchkinId
  readonly endpoint: EndpointName
  readonly path: ReadonlyArray<string>
  readonly query: Pairs
}

/**
 * A page as it was read: its records in the order told, the token that it names, and what it says of more.
 *
 * @category reading
 * @since 0.1.0
 */
export interface ReadPage<A> {
  readonly _tag: 'ReadPage'
  readonly requestId: string | null
  readonly warnings: ReadonlyArray<Reason>
  readonly records: ReadonlyArray<A>
  readonly told: boolean
  readonly nextPageToken: string | null
  readonly more: boolean | null
}

const long = malformed('invalid', ['query'], 'a URL of too many bytes', `Marketo takes ${byteLimits.uri}: ask for less`)

const write = ({ munchkinId, endpoint, path, query }: PageQuestion): Written => {
  const unfit = path.findIndex((part) => unfitPart(part) !== undefined)
  if (unfit >= 0)
    return { problem: malformed('invalid', ['path', unfit], 'no part of a path', 'give decoded, well-formed text') }
  const descriptor = inUrl(endpoint, munchkinId, 'GET', path, query)
  return isUriTooLong(descriptor) ? { problem: long } : { descriptor, slots: [] }
}

/**
 * Calls for pages, one for each question.
 *
 * @example
 * import { describeReadPage } from 'segment-marketo/endpoints'
 * import { isMunchkinId } from 'segment-marketo/marketo'
 *
 * const munchkinId = '561-HYG-937'
 * const path = ['rest', 'v1', 'lists.json']
 * const described = isMunchkinId(munchkinId)
 *   ? describeReadPage([{ munchkinId, endpoint: 'getLists', path, query: [['batchSize', '300']] }])
 *   : undefined
 * described?._tag === 'Right' && described.right[0].descriptor.query // => [['batchSize', '300']]
 * @category reading
 * @since 0.1.0
 */
export const describeReadPage = (questions: ReadonlyNonEmptyArray<PageQuestion>): Described<HttpRequest> =>
  describeEach(questions, write)

/**
 * A page, each record of it read by `read`.
 *
 * @category reading
 * @since 0.1.0
 */
export const interpretReadPage =
  <A>(read: (record: unknown) => A) =>
  (_call: Call<HttpRequest>, answer: Answer): ReadPage<A> | Refused => {
    const envelope = openAnswer(answer, read, 'read')
    if (envelope._tag === 'Refused') return envelope
    const { requestId, warnings, result, nextPageToken, moreResult } = envelope
    const records = result ?? []
    return {
      _tag: 'ReadPage',
      requestId,
      warnings,
      records,
      told: result !== null,
      nextPageToken,
      more: moreResult
    }
  }
