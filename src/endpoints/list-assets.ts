/**
 * Static lists as assets: found by name, made in a folder.
 *
 *     GET  /rest/asset/v1/staticList/byName.json?name=Trial%20users
 *     POST /rest/asset/v1/staticLists.json          name=Trial+users&folder={"id":12,"type":"Folder"}, as a form
 *
 * Only lists can be made and filled from outside; smart lists are Marketo's own. A name finds what bears it exactly.
 *
 * Sources: Adobe "Static Lists", "Assets".
 *
 * @module
 */
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { isRecord, kindOf, ownMember } from '../ground/json.js'
import { malformed, type Problem } from '../ground/problem.js'
import { isWellFormed } from '../ground/utf8.js'
import { type Call, type Described, type HttpRequest, live } from '../intent/descriptor.js'
import type { Answer, Unanswered, Verdict } from '../intent/outcome.js'
import { byteLimits } from '../marketo/limits.js'
import type { MunchkinId } from '../marketo/munchkin-id.js'
import { describeEach, type Written } from './batch.js'
import { openAnswer } from './envelope.js'
import { isMarketoId } from './lead-ref.js'
import { isUriTooLong } from './request-uri.js'
import { inUrl, unfitNumber } from './rest-request.js'

/**
 * A static list, by its name.
 *
 * @category lists
 * @since 0.1.0
 */
export interface ListName {
  readonly munchkinId: MunchkinId
  readonly name: string
}

/**
 * A static list that is to be: its name, and the folder or program it belongs to.
 *
 * @category lists
 * @since 0.1.0
 */
export interface NewList extends ListName {
  readonly folder: { readonly id: number; readonly type: 'Folder' | 'Program' }
}

/**
 * The lists that an answer tells, by number: those with the name, none or some, or the one that was made.
 *
 * @category lists
 * @since 0.1.0
 */
export interface ListsFound {
  readonly _tag: 'ListsFound'
  readonly intent: number
  readonly listIds: ReadonlyArray<number>
}

/**
 * What became of one question for a list, or of one list that was to be made, by its position in the batch.
 *
 * @category lists
 * @since 0.1.0
 */
export type ListOutcome = ListsFound | Unanswered

const bad = (found: string, mend: string): Problem => malformed('invalid', ['name'], found, mend)

const unfitName = (name: string): Problem | undefined => {
  if (name.trim() === '') return bad(kindOf(name), 'a static list has a name')
  if (name.includes(',')) return bad('text with a comma', 'Marketo takes no comma in the name of a static list')
  return isWellFormed(name) ? undefined : bad('text with half a surrogate pair', 'send well-formed text')
}

const tooLong = bad('text of too many bytes', `Marketo takes ${byteLimits.uri} bytes of URL: shorten the name`)

const finding = ({ munchkinId, name }: ListName): Written => {
  const problem = unfitName(name)
  if (problem !== undefined) return { problem }
  const path = ['rest', 'asset', 'v1', 'staticList', 'byName.json']
  const descriptor = inUrl('findList', munchkinId, 'GET', path, [['name', name]])
  return isUriTooLong(descriptor) ? { problem: tooLong } : { descriptor, slots: [] }
}

const making = ({ munchkinId, name, folder: { id, type } }: NewList): Written => {
  const problem = finding({ munchkinId, name })
  if ('problem' in problem) return problem
  const unfit = unfitNumber(['folder', 'id'], id, 'a folder')
  if (unfit !== undefined) return { problem: unfit }
  const form = [
    ['name', name],
    ['folder', JSON.stringify({ id, type })]
  ] as const
  const descriptor: HttpRequest = {
    _tag: 'HttpRequest',
    endpoint: 'createList',
    munchkinId,
    host: 'rest',
    method: 'POST',
    path: ['rest', 'asset', 'v1', 'staticLists.json'],
    query: [],
    headers: {},
    body: { form },
    auth: 'bearer',
    lifecycle: live
  }
  return { descriptor, slots: [] }
}

/**
 * Calls that look for static lists by name, one for each.
 *
 * @example
 * import { describeFindList } from 'segment-marketo/endpoints'
 * import { isMunchkinId } from 'segment-marketo/marketo'
 *
 * const munchkinId = '561-HYG-937'
 * const described = isMunchkinId(munchkinId) ? describeFindList([{ munchkinId, name: 'Trial users' }]) : undefined
 * described?._tag === 'Right' && described.right[0].descriptor.query
 * // => [['name', 'Trial users']]
 * @category lists
 * @since 0.1.0
 */
export const describeFindList = (names: ReadonlyNonEmptyArray<ListName>): Described<HttpRequest> =>
  describeEach(names, finding)

/**
 * Calls that make static lists, one for each. A repeated call may make a second list of the name, or be refused: look for it first.
 *
 * @category lists
 * @since 0.1.0
 */
export const describeCreateList = (lists: ReadonlyNonEmptyArray<NewList>): Described<HttpRequest> =>
  describeEach(lists, making)

const numberOf = (u: unknown): number | null => {
  const id = isRecord(u) ? ownMember(u, 'id') : undefined
  return isMarketoId(id) ? id : null
}

const isNumber = (id: number | null): id is number => id !== null

const told = (call: Call<HttpRequest>, answer: Answer, operation?: 'read'): Verdict<ListOutcome> => {
  const envelope = openAnswer(answer, numberOf, operation)
  if (envelope._tag === 'Refused') return envelope
  const { requestId, warnings } = envelope
  const result = envelope.result ?? []
  const listIds = result.filter(isNumber)
  const isOpen = listIds.length < result.length || (listIds.length === 0 && operation !== 'read')
  const outcomes = call.intents.map(
    (intent): ListOutcome => (isOpen ? { _tag: 'Unanswered', intent } : { _tag: 'ListsFound', intent, listIds })
  )
  return { _tag: 'Accepted', requestId, warnings, outcomes }
}

/**
 * The lists with the name that a call asks for. None is an answer; a refusal with the remedy `accept` (702) says the same.
 *
 * @category lists
 * @since 0.1.0
 */
export const interpretFindList = (call: Call<HttpRequest>, answer: Answer): Verdict<ListOutcome> =>
  told(call, answer, 'read')

/**
 * The list that a call made.
 *
 * @category lists
 * @since 0.1.0
 */
export const interpretCreateList = (call: Call<HttpRequest>, answer: Answer): Verdict<ListOutcome> => told(call, answer)
