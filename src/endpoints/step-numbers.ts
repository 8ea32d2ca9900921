/**
 * Steps in the making: what is taken so far, and where the numbers of leads come from.
 *
 *     { lookupField: 'id', value: 1042 }   the key itself
 *     a key that an upsert writes          told by the answer to that step
 *     any other                            asked for, once
 *
 * @module
 */
import type { NonEmptyArray } from 'fp-ts/NonEmptyArray'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import type { Problem } from '../ground/problem.js'
import type { Described, HttpRequest } from '../intent/descriptor.js'
import { type Intent, isKeyedIntent, type ServerIntent } from '../intent/intent.js'
import { keyText } from '../intent/lead-key.js'
import type { Draft } from './batch.js'
import { describeGetLeads, type LeadQuestion } from './get-leads.js'
import type { LeadRef } from './lead-ref.js'

/** An intent with its position in the event's own list. @internal */
export interface Placed<I> {
  readonly position: number
  readonly intent: I
}

/** Intents of one kind, one or more, and the position of each in the event's own list. @internal */
export interface Batch<I> {
  readonly positions: Array<number>
  readonly intents: NonEmptyArray<I>
}

/** The batch with one more intent: the same, or a new one where there was none. @internal */
export const withOne = <I>(batch: Batch<I> | undefined, position: number, intent: I): Batch<I> => {
  if (batch === undefined) return { positions: [position], intents: [intent] }
  batch.positions.push(position)
  batch.intents.push(intent)
  return batch
}

/** Intents of an event that may be taken in any order: those from one position on, as far as before another. @internal */
export interface Run {
  readonly intents: ReadonlyArray<Intent>
  readonly from: number
  readonly to: number
}

type OfKind<T extends ServerIntent['_tag']> = Extract<ServerIntent, { readonly _tag: T }>

const isOfKind = <T extends ServerIntent['_tag']>(intent: Intent, tag: T): intent is OfKind<T> => intent._tag === tag

/** The intents of that kind, or undefined when there is none. @internal */
export const ofKind = <T extends ServerIntent['_tag']>(
  { intents, from, to }: Run,
  tag: T
): Batch<OfKind<T>> | undefined => {
  let batch: Batch<OfKind<T>> | undefined
  for (let position = from; position < to; position += 1) {
    const intent = intents[position]
    if (intent !== undefined && isOfKind(intent, tag)) batch = withOne(batch, position, intent)
  }
  return batch
}

/** Takes the next step or steps: describes the batch, if there is one, with the event's own positions. @internal */
export const take = <I>(
  draft: Draft,
  batch: Batch<I> | undefined,
  describe: (batch: ReadonlyNonEmptyArray<I>) => Described<HttpRequest>
): void => {
  if (batch === undefined) return
  const part = describe(batch.intents)
  const own = (i: number): number => batch.positions[i] ?? i
  if (part._tag !== 'Right')
    for (const { intent, problem } of part.left) draft.unsent.push({ intent: own(intent), problem })
  if (part._tag !== 'Left') for (const call of part.right) draft.calls.push({ ...call, intents: call.intents.map(own) })
}

/** Where each key's number comes from, or why it cannot be asked for. @internal */
export type Numbers = Map<string, LeadRef | Problem>

/** A key on its instance, as text. @internal */
export const keyName = ({ munchkinId, lead }: LeadQuestion): string => `${munchkinId} ${keyText(lead)}`

/** Notes the numbers that the answers to these upserts will tell, by key; the first upsert of a key tells it. @internal */
export const noteUpserts = ({ calls }: Draft, numbers: Numbers, from: number, intents: ReadonlyArray<Intent>): void => {
  const told = new Set<string>()
  calls.slice(from).forEach((call, i) => {
    call.intents.forEach((position, k) => {
      const upsert = intents[position]
      if (upsert === undefined || !isKeyedIntent(upsert)) return
      const name = keyName(upsert)
      if (told.has(name)) return
      told.add(name)
      numbers.set(name, { step: from + i, pick: ['result', k, 'id'] })
    })
  })
}

/** Asks Marketo for the number of a key, as a step of its own: an answer to one question has that lead first. */
const ask = (draft: Draft, position: number, question: LeadQuestion): LeadRef | Problem => {
  const step = draft.calls.length
  const part = describeGetLeads([question])
  if (part._tag === 'Left') return part.left[0].problem
  take(draft, withOne(undefined, position, question), () => part)
  return { step, pick: ['result', 0, 'id'] }
}

/** The lead of an intent that wants its number: named by the key itself, told by an upsert, or asked for once. @internal */
export const numberOf = (
  draft: Draft,
  numbers: Numbers,
  position: number,
  question: LeadQuestion
): LeadRef | Problem => {
  const { lookupField, value } = question.lead
  if (lookupField === 'id') return { leadId: Number(value) }
  const name = keyName(question)
  const known = numbers.get(name)
  if (known !== undefined) return known
  const asked = ask(draft, position, question)
  numbers.set(name, asked)
  return asked
}
