/**
 * Get Paging Token: a moment as a place to begin reading activities at.
 *
 *     GET /rest/v1/activities/pagingtoken.json?sinceDatetime=2024-05-01T10%3A00%3A00Z
 *     { "success": true, "nextPageToken": "GIYDAOBNGEYS2MBWKQYDAORQGA5DAMBOGAYDAKZQGAYDALBQ" }
 *
 * Every answer of Get Lead Activities holds the next such token, on the last page too: that is where to go on later.
 *
 * Sources: Adobe "Paging Tokens", "Activities".
 *
 * @module
 */
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { type Instant, printInstant } from '../ground/calendar.js'
import { malformed } from '../ground/problem.js'
import type { Call, Described, HttpRequest } from '../intent/descriptor.js'
import type { Answer, Reason, Refused } from '../intent/outcome.js'
import type { MunchkinId } from '../marketo/munchkin-id.js'
import { describeEach, type Written } from './batch.js'
import { openAnswer } from './envelope.js'
import { inUrl } from './rest-request.js'

/**
 * A moment to read an instance's activities from.
 *
 * @category activities
 * @since 0.1.0
 */
export interface ActivitiesSince {
  readonly munchkinId: MunchkinId
  readonly since: Instant
}

/**
 * A place to begin at; null where Marketo says that all is well and tells none.
 *
 * @category activities
 * @since 0.1.0
 */
export interface PagingToken {
  readonly _tag: 'PagingToken'
  readonly requestId: string | null
  readonly warnings: ReadonlyArray<Reason>
  readonly nextPageToken: string | null
}

const noInstant = malformed(
  'invalid',
  ['since'],
  'no instant',
  'give milliseconds since 1970, in the years 0000 to 9999'
)

const write = ({ munchkinId, since }: ActivitiesSince): Written => {
  const sinceDatetime = printInstant(since)
  if (sinceDatetime === undefined) return { problem: noInstant }
  const path = ['rest', 'v1', 'activities', 'pagingtoken.json']
  return {
    descriptor: inUrl('activityPagingToken', munchkinId, 'GET', path, [['sinceDatetime', sinceDatetime]]),
    slots: []
  }
}

/**
 * Calls that turn moments into places to begin at, one for each; parts of a second are cut.
 *
 * @category activities
 * @since 0.1.0
 */
export const describePagingToken = (moments: ReadonlyNonEmptyArray<ActivitiesSince>): Described<HttpRequest> =>
  describeEach(moments, write)

/**
 * The place to begin at.
 *
 * @category activities
 * @since 0.1.0
 */
export const interpretPagingToken = (_call: Call<HttpRequest>, answer: Answer): PagingToken | Refused => {
  const envelope = openAnswer(answer, () => null, 'read')
  if (envelope._tag === 'Refused') return envelope
  const { requestId, warnings, nextPageToken } = envelope
  return { _tag: 'PagingToken', requestId, warnings, nextPageToken }
}
