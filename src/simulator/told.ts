/**
 * What an endpoint tells, before it becomes an answer; and what it is told.
 *
 *     Failed   { requestId, success: false, errors: [ { code, message } ] }
 *     Done     { requestId, success: true, result?, moreResult?, nextPageToken? }
 *
 * Sources: Adobe "Error Codes".
 *
 * @module
 */
import { isRecord, type JsonObject, ownMember, type UnknownRecord } from '../ground/json.js'
import type { Answer, Reason } from '../intent/outcome.js'
import type { InstanceField } from './fields.js'
import { mostRecords } from './options.js'
import type { Draft } from './state.js'

/** The request as a whole was not carried out. @internal */
export interface Failed {
  readonly _tag: 'Failed'
  readonly errors: ReadonlyArray<Reason>
}

/**
 * The request was carried out; `page` is there for reads that have pages, its token null on the last. Reads of the log tell a token always,
 * and apart from it whether there is more. Assets tell warnings, if only that there are none.
 *
 * @internal
 */
export interface Done {
  readonly _tag: 'Done'
  readonly result: ReadonlyArray<JsonObject> | null
  readonly page: { readonly next: string | null; readonly more?: boolean } | null
  readonly pageToken?: string
  readonly moreResult?: boolean
  readonly warnings?: ReadonlyArray<string>
}

/** An answer that has no envelope around it: a file, or a gateway's page. @internal */
export interface Bare {
  readonly _tag: 'Bare'
  readonly answer: Answer
}

/** What an endpoint tells. @internal */
export type Told = Failed | Done | Bare

/** Whom the log of changes names as the author of a write. @internal */
export interface Author {
  readonly source: string
  readonly modifyingUser: string | null
  readonly requestId: string | null
}

/**
 * The desk that a request is carried out at: the state in the making, the time as Marketo writes it, and the fields of the instance.
 * `struck` is between 0 and 1 when a fault refuses one record of the batch; `by` is the method that the log names, null where nothing is
 * logged; `cut` says that a fault breaks off the file; `author` is absent where the log says no more than that it was a program.
 *
 * @internal
 */
export interface Desk {
  readonly draft: Draft
  readonly time: string
  readonly fieldNamed: (name: string) => InstanceField | undefined
  readonly struck: number | null
  readonly cut?: boolean
  readonly author?: Author
  readonly by: string | null
}

/** A request that fails as a whole, with one reason. @internal */
export const failed = (code: string, message: string): Failed => ({ _tag: 'Failed', errors: [{ code, message }] })

/** A parameter is not there. @internal */
export const missingParameter = (name: string): Reason => ({
  code: '1002',
  message: `Missing value for required parameter '${name}'`
})

/** A parameter has a value that cannot be. @internal */
export const invalidParameter = (name: string): Reason => ({ code: '1003', message: `Invalid value for '${name}'` })

/** A request that was carried out; null where the endpoint answers without a result. @internal */
export const done = (result: ReadonlyArray<JsonObject> | null): Done => ({ _tag: 'Done', result, page: null })

/** A record that was left out, in the words that leads have for it. @internal */
export const skipped = (reasons: ReadonlyArray<Reason>): JsonObject => ({
  status: 'skipped',
  reasons: reasons.map(({ code, message }) => ({ code, message }))
})

/** Why a record is left out for no reason of its own. @internal */
export const struckDown: Reason = { code: '1003', message: 'Simulated fault: this record was refused' }

/** The position of the record that a fault refuses, or -1. @internal */
export const struckAt = (struck: number | null, records: number): number =>
  struck === null ? -1 : Math.floor(struck * records)

/** The records of a body, at most so many, or why the whole request fails. @internal */
export const recordsOf = (body: UnknownRecord, most: number = mostRecords): ReadonlyArray<UnknownRecord> | Failed => {
  const input = ownMember(body, 'input')
  if (!Array.isArray(input) || input.length === 0) return failed('1002', "Missing value for required parameter 'input'")
  if (input.length > most) return failed('1003', `Too many records: ${input.length}, at most ${most} are taken`)
  const records = input.filter(isRecord)
  return records.length === input.length ? records : failed('1001', "Invalid value for 'input': not an object")
}

const jsonHeaders = { 'content-type': 'application/json;charset=UTF-8' }

/** An answer whose body is JSON. @internal */
export const jsonAnswer = (status: number, body: JsonObject): Answer => ({
  status,
  headers: jsonHeaders,
  body: JSON.stringify(body)
})

/** A page as a gateway in front of Marketo sends it. @internal */
export const htmlAnswer = (status: number, title: string): Answer => ({
  status,
  headers: { 'content-type': 'text/html' },
  body: `<html><head><title>${status} ${title}</title></head><body><h1>${status} ${title}</h1></body></html>`
})

/** The id of request number `n`. @internal */
export const requestIdOf = (n: number): string => `${n.toString(16)}#simulated`

/** What is told, in Marketo's envelope; `n` numbers the request. @internal */
export const enveloped = (told: Told, n: number): Answer => {
  if (told._tag === 'Bare') return told.answer
  const requestId = requestIdOf(n)
  if (told._tag === 'Failed') {
    const errors = told.errors.map(({ code, message }) => ({ code, message }))
    return jsonAnswer(200, { requestId, success: false, errors })
  }
  const { result, page, pageToken, moreResult, warnings } = told
  return jsonAnswer(200, {
    requestId,
    ...(result === null ? {} : { result }),
    success: true,
    ...(page === null ? {} : { moreResult: page.more ?? page.next !== null }),
    ...(page === null || page.next === null ? {} : { nextPageToken: page.next }),
    ...(pageToken === undefined ? {} : { nextPageToken: pageToken }),
    ...(moreResult === undefined ? {} : { moreResult }),
    ...(warnings === undefined ? {} : { errors: [], warnings })
  })
}
