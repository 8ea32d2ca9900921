/**
 * Get Leads by Filter Type: from lead keys to lead numbers.
 *
 *     GET  /rest/v1/leads.json?filterType=email&filterValues=ana%40example.com%2Cbo%40example.com&fields=id%2Cemail
 *     POST /rest/v1/leads.json?_method=GET      the same pairs as a form, where the URL would be too long
 *
 * The answer lists leads, not keys: in no order, none for an unknown key, several for one that is not unique. Each is matched with its
 * question by the value of the filter field, which is asked for. A comma separates values and cannot be escaped.
 *
 * Each question has its own value, so ask each key once. Further fields may be asked for, and come back with each lead.
 *
 * Source: Adobe "Leads", Query; "Lead Database", Filter; "Error Codes" (414, 1003).
 *
 * @module
 */
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { malformed, type Problem } from '../ground/problem.js'
import { encodePairs, encodePart } from '../ground/uri.js'
import { utf8Length } from '../ground/utf8.js'
import type { Call, Described, HttpRequest, Pairs } from '../intent/descriptor.js'
import type { KeyedIntent } from '../intent/intent.js'
import type { Answer, Unanswered, Verdict } from '../intent/outcome.js'
import { byteLimits, queryLimits } from '../marketo/limits.js'
import type { MunchkinId } from '../marketo/munchkin-id.js'
import { type Draft, described, newDraft, overflows, packed } from './batch.js'
import { openAnswer } from './envelope.js'
import { separator, unfitField, unfitQuestion } from './filter-text.js'
import { type FoundLead, type Matched, matchLeads, readLead } from './lead-matching.js'
import { inUrlOrForm } from './rest-request.js'

/**
 * A key whose leads we want to know. Every intent with a lead key is one.
 *
 * @category lookups
 * @since 0.1.0
 */
export type LeadQuestion = Pick<KeyedIntent, 'munchkinId' | 'lead'>

/**
 * The leads with one key, in the order told: none, one, or several; their numbers once more as `leadIds`. `complete` is false where
 * further pages may hold more.
 *
 * @category lookups
 * @since 0.1.0
 */
export interface LeadsFound {
  readonly _tag: 'LeadsFound'
  readonly intent: number
  readonly leadIds: ReadonlyArray<number>
  readonly leads: ReadonlyArray<FoundLead>
  readonly complete: boolean
}

/**
 * What became of one question, by its position in the batch. It is unanswered when nothing was found for it in an answer that holds
 * more than we could match: whether the key has a lead is then not known.
 *
 * @category lookups
 * @since 0.1.0
 */
export type LookupOutcome = LeadsFound | Unanswered

/** Questions that can share a call. */
interface Group {
  readonly munchkinId: MunchkinId
  readonly filterType: string
  readonly fields: ReadonlyArray<string>
  readonly values: Array<{ readonly intent: number; readonly value: string; readonly atMost: number }>
}

const pairsOf = ({ filterType, fields }: Group, filterValues: string): Pairs => [
  ['filterType', filterType],
  ['filterValues', filterValues],
  ['fields', [...new Set(['id', filterType, ...fields])].join(separator)]
]

const requestOf = (group: Group, values: ReadonlyArray<string>): HttpRequest =>
  inUrlOrForm(
    'getLeadsByFilter',
    group.munchkinId,
    ['rest', 'v1', 'leads.json'],
    pairsOf(group, values.join(separator))
  )

const tooLarge: Problem = malformed(
  'invalid',
  ['lead', 'value'],
  'a value that alone fills more than one request',
  `Marketo takes ${byteLimits.body} bytes at once`
)

const encodedSeparator = encodePart(separator).length

type Asked = Group['values'][number]

/** Counted exactly from the start: a value has no escapes to guess at. */
const valueBytes = ({ atMost }: Asked): number => atMost

/** The group's questions in pieces that a form can hold; those too large for any form are told as unsent. */
const writeGroup = (draft: Draft, group: Group): void => {
  const frame = utf8Length(encodePairs(pairsOf(group, '')))
  const room = { bytes: byteLimits.body - frame, items: queryLimits.filterValues, between: encodedSeparator }
  const fit = group.values.filter((asked) => {
    if (!overflows(asked, room, valueBytes)) return true
    draft.unsent.push({ intent: asked.intent, problem: tooLarge })
    return false
  })
  for (const piece of packed(fit, room, valueBytes)) {
    const values = piece.map(({ value }) => value)
    draft.calls.push({ descriptor: requestOf(group, values), intents: piece.map(({ intent }) => intent), slots: [] })
  }
}

const groupOf = (
  groups: Map<string, Group>,
  { munchkinId, lead: { lookupField } }: LeadQuestion,
  fields: ReadonlyArray<string>
): Group => {
  const name = `${munchkinId} ${lookupField}`
  const group = groups.get(name) ?? { munchkinId, filterType: lookupField, fields, values: [] }
  groups.set(name, group)
  return group
}

/**
 * Get Leads calls for a batch of questions, of any instances and lookup fields; as a POST where the URL would be too long. `fields` are
 * further lead fields to be told of each lead, by REST name; one that cannot be asked for keeps every question unsent.
 *
 * @category endpoints
 * @since 0.1.0
 */
export const describeGetLeads = (
  questions: ReadonlyNonEmptyArray<LeadQuestion>,
  fields: ReadonlyArray<string> = []
): Described<HttpRequest> => {
  const draft = newDraft()
  const unfit = unfitField(fields)
  const groups = new Map<string, Group>()
  questions.forEach((question, intent) => {
    const problem = unfit ?? unfitQuestion(question.lead)
    if (problem !== undefined) draft.unsent.push({ intent, problem })
    else {
      const value = String(question.lead.value)
      groupOf(groups, question, fields).values.push({ intent, value, atMost: encodePart(value).length })
    }
  })
  for (const group of groups.values()) writeGroup(draft, group)
  return described(draft)
}

/** The value of a pair of the question, wherever the pair stands. */
const asked = ({ query, body }: HttpRequest, name: string): string => {
  const pairs = body !== null && 'form' in body ? body.form : query
  return pairs.find(([key]) => key === name)?.[1] ?? ''
}

const found = (intent: number, leads: ReadonlyArray<FoundLead>, complete: boolean): LookupOutcome =>
  leads.length > 0 || complete
    ? { _tag: 'LeadsFound', intent, leadIds: leads.map(({ leadId }) => leadId), leads, complete }
    : { _tag: 'Unanswered', intent }

/** Without a result nothing is known of any question. */
const nothingTold: Matched = { leads: [], strays: true }

/**
 * The leads of each question of a call, with the fields that it asks for, the number apart. A single question has every lead of the answer; of several, each has those that hold its value.
 *
 * @category endpoints
 * @since 0.1.0
 */
export const interpretGetLeads = (call: Call<HttpRequest>, answer: Answer): Verdict<LookupOutcome> => {
  const lookupField = asked(call.descriptor, 'filterType')
  const names = asked(call.descriptor, 'fields')
    .split(separator)
    .filter((name) => name !== '' && name !== 'id')
  const envelope = openAnswer(answer, readLead(lookupField, names), 'read')
  if (envelope._tag === 'Refused') return envelope
  const { requestId, warnings, result, more } = envelope
  const values = asked(call.descriptor, 'filterValues').split(separator)
  const { leads, strays } = result === null ? nothingTold : matchLeads(result, lookupField, values)
  const outcomes = call.intents.map((intent, k) => found(intent, leads[k] ?? [], !more && !strays))
  return { _tag: 'Accepted', requestId, warnings, outcomes }
}
