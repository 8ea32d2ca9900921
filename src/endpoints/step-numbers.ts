/**
 * Steps in the making: what is taken so far, and where the numbers of leads come from.
 *
 *     { lookupField: 'id', value: 1042 }   the key itself
 *     a key that an upsert writes          told by the answer to that step
 *     any other                            asked for, once
 *
 * @module
 */
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import type { Problem } from '../ground/problem.js'
import { isNonEmpty } from '../ground/these.js'
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

type OfKind<T extends ServerIntent['_tag']> = Extract<ServerIntent, { readonly _tag: T }>

/** Whether an intent is of that kind. @internal */
export const isPlaced =
  <T extends ServerIntent['_tag']>(tag: T) =>
  (placed: Placed<Intent>): placed is Placed<OfKind<T>> =>
    placed.intent._tag === tag

/** Takes the next step or steps: describes the batch, if there is one, with the event's own positions. @internal */
export const take = <I>(
  draft: Draft,
  placed: ReadonlyArray<Placed<I>>,
  describe: (batch: ReadonlyNonEmptyArray<I>) => Described<HttpRequest>
): void => {
  const batch = placed.map(({ intent }) => intent)
  if (!isNonEmpty(batch)) return
  const part = describe(batch)
  const own = (i: number): number => placed[i]?.position ?? i
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
      if (upsert === undefined || !isKeyedIntent(upsert) || told.has(keyName(upsert))) return
      told.add(keyName(upsert))
      numbers.set(keyName(upsert), { step: from + i, pick: ['result', k, 'id'] })
    })
  })
}

/** Asks Marketo for the number of a key, as a step of its own: an answer to one question has that lead first. */
const ask = (draft: Draft, position: number, question: LeadQuestion): LeadRef | Problem => {
  const step = draft.calls.length
  const part = describeGetLeads([question])
  if (part._tag === 'Left') return part.left[0].problem
  take(draft, [{ position, intent: question }], () => part)
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
