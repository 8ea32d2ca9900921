/**
 * Which lead of an answer was found for which value that was asked for.
 *
 *     asked   U1            u2           u3
 *     told    { userId: 'U1' }  { userId: 'u2 ' }        one spelled alike, one alike but for case and blanks around
 *
 * The answer names no question, so the field that was filtered on tells. A lead that fits no question is a stray: there may be a rule of
 * matching that we do not know, and then nobody can be said to have no lead.
 *
 * @module
 */
import { isRecord, ownMember, type UnknownRecord } from '../ground/json.js'
import type { Fields } from '../intent/intent.js'
import { keyText } from '../intent/lead-key.js'
import { isScalar, plain } from './field-values.js'
import { isMarketoId } from './lead-ref.js'

/**
 * A lead that was found: its number, and what it holds in the fields that were asked for, the one it was looked up by among them; null
 * where it holds nothing.
 *
 * @category lookups
 * @since 0.1.0
 */
export interface FoundLead {
  readonly leadId: number
  readonly fields: Fields
}

/** A lead of the answer, with what its filter field holds, as text. @internal */
export interface ToldLead {
  readonly lead: FoundLead
  readonly value: string | null
}

/** The leads for each value, in the order told, and whether a lead fits none. @internal */
export interface Matched {
  readonly leads: ReadonlyArray<ReadonlyArray<FoundLead>>
  readonly strays: boolean
}

/** From entries, because assigning to the name `__proto__` would lose the field. What is no value of a field counts as absent. */
const fieldsOf = (record: UnknownRecord, names: ReadonlyArray<string>): Fields =>
  Object.fromEntries(
    names.map((name) => {
      const value = ownMember(record, name)
      return [name, isScalar(value) ? plain(value) : null]
    })
  )

/** Reads a member of the answer; null is no lead. @internal */
export const readLead =
  (lookupField: string, names: ReadonlyArray<string>) =>
  (u: unknown): ToldLead | null => {
    if (!isRecord(u)) return null
    const leadId = ownMember(u, 'id')
    const value = ownMember(u, lookupField)
    if (!isMarketoId(leadId)) return null
    return {
      lead: { leadId, fields: fieldsOf(u, names) },
      value: typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null
    }
  }

const fold = (text: string): string => text.trim().toLowerCase()

type Lists = Map<string, Array<FoundLead>>

const push = (lists: Lists, name: string, lead: FoundLead): void => {
  const list = lists.get(name)
  if (list === undefined) lists.set(name, [lead])
  else list.push(lead)
}

const matchSeveral = (
  told: ReadonlyArray<ToldLead | null>,
  lookupField: string,
  values: ReadonlyArray<string>
): Matched => {
  const comparable = (value: string): string => keyText({ lookupField, value })
  const forms = values.map(comparable)
  const [alike, nearly] = [new Set(forms), new Set(forms.map(fold))]
  const [exact, folded]: readonly [Lists, Lists] = [new Map(), new Map()]
  let strays = false
  for (const one of told) {
    const form = one === null || one.value === null ? undefined : comparable(one.value)
    if (one === null || form === undefined) strays = true
    else if (alike.has(form)) push(exact, form, one.lead)
    else if (nearly.has(fold(form))) push(folded, fold(form), one.lead)
    else strays = true
  }
  return { leads: forms.map((form) => [...(exact.get(form) ?? []), ...(folded.get(fold(form)) ?? [])]), strays }
}

/** The answer's leads by the values asked for. A single value has them all: Marketo found them for nothing else. @internal */
export const matchLeads = (
  told: ReadonlyArray<ToldLead | null>,
  lookupField: string,
  values: ReadonlyArray<string>
): Matched => {
  if (values.length > 1) return matchSeveral(told, lookupField, values)
  const leads = told.flatMap((one) => (one === null ? [] : [one.lead]))
  return { leads: [leads], strays: leads.length < told.length }
}
