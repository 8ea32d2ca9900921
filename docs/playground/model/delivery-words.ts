/**
 * A delivery in words: times, calls, answers, outcomes.
 *
 *     +20.4 s   POST /rest/v1/leads.json   20 records   ▶   20 created
 *
 * @module
 */

import { type Fate, fateOf, reasonOf } from '../../../src/adapters/cli/deliver/ledger.js'
import { printable } from '../../../src/adapters/cli/text/printable.js'
import type { ItemOutcome } from '../../../src/delivery/outcome.js'
import { isRecord, ownMember } from '../../../src/ground/json.js'
import type { HttpRequest } from '../../../src/intent/descriptor.js'
import { errorCodeRow } from '../../../src/marketo/error-codes.js'
import type { Told } from './run.js'

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** A length of time: `0.4 s`, `1 min 30 s`, `15 h 0 min`, `1 d 3 h`. */
export const spanOf = (millis: number): string => {
  if (millis < minute) return `${(Math.floor(millis / 100) / 10).toFixed(1)} s`
  if (millis < hour) return `${Math.floor(millis / minute)} min ${Math.floor((millis % minute) / second)} s`
  if (millis < day) return `${Math.floor(millis / hour)} h ${Math.floor((millis % hour) / minute)} min`
  return `${Math.floor(millis / day)} d ${Math.floor((millis % day) / hour)} h`
}

/** Method and path of a request, for people. */
export const routeOf = ({ method, path }: Pick<HttpRequest, 'method' | 'path'>): string =>
  `${method} /${path.map(printable).join('/')}`

/** The same, with numbers of leads and the like left open: calls that differ in no more are of one kind. */
export const kindOfRoute = ({ method, path }: Pick<HttpRequest, 'method' | 'path'>): string =>
  routeOf({ method, path: path.map((part) => (/^\d+$/.test(part) ? '…' : part)) })

const parsed = (body: unknown): unknown => {
  if (typeof body !== 'string') return body
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

const listOf = (u: unknown): ReadonlyArray<unknown> => (Array.isArray(u) ? u : [])

const codeOf = (u: unknown): string => {
  const code = isRecord(u) ? ownMember(u, 'code') : undefined
  return typeof code === 'string' || typeof code === 'number' ? String(code) : ''
}

/** A code with Adobe's name for it. */
const named = (code: string): string => {
  const row = errorCodeRow(code)
  return row._tag === 'Some' ? `${code} ${row.value.name}` : code
}

/** What Marketo says of one record. */
const recordWord = (u: unknown): string => {
  if (!isRecord(u)) return 'answered'
  const reasons = [...listOf(ownMember(u, 'reasons')), ...listOf(ownMember(u, 'errors'))].map(codeOf)
  const status = ownMember(u, 'status')
  const word = typeof status === 'string' ? status : 'answered'
  return reasons.length === 0 ? word : `${word} (${reasons.map(named).join(', ')})`
}

const counted = (words: ReadonlyArray<string>): string => {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return [...counts].map(([word, n]) => `${n} ${word}`).join(', ')
}

const inItsEnvelope = (envelope: Readonly<Record<string, unknown>>): string => {
  const errors = listOf(ownMember(envelope, 'errors')).map(codeOf)
  if (errors.length > 0) return errors.map(named).join(', ')
  if (typeof ownMember(envelope, 'access_token') === 'string') return 'a token'
  const records = listOf(ownMember(envelope, 'result'))
  return records.length === 0 ? 'done' : counted(records.map(recordWord))
}

/** An answer in a few words. */
export const answerWords = ({ answer }: Told): string => {
  if (answer === null) return 'no answer'
  const envelope = parsed(answer.body)
  if (isRecord(envelope)) return inItsEnvelope(envelope)
  return answer.status < 300 ? 'done' : `HTTP ${answer.status}, no answer of Marketo’s`
}

/** Whether an answer is one that nobody wants: none, or one with an error of the whole call. */
export const isTrouble = ({ answer }: Told): boolean => {
  if (answer === null || answer.status >= 300) return true
  const envelope = parsed(answer.body)
  return isRecord(envelope) && listOf(ownMember(envelope, 'errors')).length > 0
}

/** Every fate, in the order in which they are told. */
export const fates: ReadonlyArray<Fate> = ['delivered', 'queued', 'not needed', 'failed', 'unknown', 'deferred']

/** How many outcomes are of each fate. */
export const fateCounts = (outcomes: ReadonlyArray<ItemOutcome>): ReadonlyMap<Fate, number> => {
  const counts = new Map<Fate, number>()
  for (const outcome of outcomes) counts.set(fateOf(outcome), (counts.get(fateOf(outcome)) ?? 0) + 1)
  return counts
}

/** An outcome in a few words: its fate, and why where it is no good one. */
export const outcomeWords = (outcome: ItemOutcome): string => {
  const fate = fateOf(outcome)
  if (fate === 'unknown') return 'unknown: it may have been done, and doing it again might do it twice'
  if (outcome._tag === 'Applied')
    return outcome.leadId === null ? outcome.status : `${outcome.status}, lead ${outcome.leadId}`
  return outcome._tag === 'Deferred' ? 'deferred' : `${fate}: ${reasonOf(outcome)}`
}
