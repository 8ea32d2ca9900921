/**
 * How the tests of this room read descriptions.
 *
 * @module
 */

import * as fc from 'fast-check'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import type { Problem } from '../../src/ground/problem.js'
import type { Call, Described, HttpRequest, Unsent } from '../../src/intent/descriptor.js'
import type { Answer } from '../../src/intent/outcome.js'
import { isMunchkinId, type MunchkinId } from '../../src/marketo/munchkin-id.js'

export const callsOf = (described: Described<HttpRequest>): ReadonlyArray<Call<HttpRequest>> =>
  described._tag === 'Left' ? [] : described.right

export const unsentOf = (described: Described<HttpRequest>): ReadonlyArray<Unsent> =>
  described._tag === 'Right' ? [] : described.left

export const problemsOf = (described: Described<HttpRequest>): ReadonlyArray<Problem> =>
  unsentOf(described).map(({ problem }) => problem)

/** The one call of a description; a test that expects one fails without it. */
export const onlyCall = (described: Described<HttpRequest>): Call<HttpRequest> => {
  const [call, ...others] = callsOf(described)
  if (call === undefined || others.length > 0 || described._tag !== 'Right') {
    throw new Error(`expected one call and nothing unsent, found ${JSON.stringify(described)}`)
  }
  return call
}

/** The JSON body of a call. */
export const jsonOf = ({ descriptor: { body } }: Call<HttpRequest>): unknown =>
  body !== null && 'json' in body ? body.json : undefined

/** The records of a call's JSON body. */
export const recordsOf = (call: Call<HttpRequest>): ReadonlyArray<unknown> => {
  const json = jsonOf(call)
  const input = typeof json === 'object' && json !== null && 'input' in json ? json.input : undefined
  return Array.isArray(input) ? input : []
}

/** Every position of the batch, sorted, in calls and among the unsent. */
export const positionsOf = (described: Described<HttpRequest>): ReadonlyArray<number> =>
  [...callsOf(described).flatMap(({ intents }) => intents), ...unsentOf(described).map(({ intent }) => intent)].sort(
    (a, b) => a - b
  )

/** Frozen all the way down. */
export const frozen = <A>(value: A): A => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    Object.values(value).forEach(frozen)
  }
  return value
}

export const batchOf = <A>(arbitrary: fc.Arbitrary<A>, maxLength = 12): fc.Arbitrary<ReadonlyNonEmptyArray<A>> =>
  fc
    .tuple(arbitrary, fc.array(arbitrary, { maxLength: maxLength - 1 }))
    .map(([first, rest]) => [first, ...rest] as const)

/** A munchkin id for a test; a test that spells a wrong one fails. */
export const id = (text: string): MunchkinId => {
  if (!isMunchkinId(text)) throw new Error(`${text} is no munchkin id`)
  return text
}

export const hyg = id('561-HYG-937')

export const ok = (body: unknown): Answer => ({ status: 200, headers: {}, body: JSON.stringify(body) })

/** Bytes of a text as a runtime counts them. */
export const bytes = (text: string): number => new TextEncoder().encode(text).length
