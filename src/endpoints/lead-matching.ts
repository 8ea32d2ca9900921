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
import { isRecord, ownMember } from '../ground/json.js'
import { keyText } from '../intent/lead-key.js'
import { isMarketoId } from './lead-ref.js'

/** A lead of the answer: its number, and what its filter field holds, as text. @internal */
export interface FoundLead {
  readonly id: number
  readonly value: string | null
}

/** The leads' numbers for each value, in the order told, and whether a lead fits none. @internal */
export interface Matched {
  readonly leadIds: ReadonlyArray<ReadonlyArray<number>>
  readonly strays: boolean
}

/** Reads a member of the answer; null is no lead. @internal */
export const readLead =
  (lookupField: string) =>
  (u: unknown): FoundLead | null => {
    if (!isRecord(u)) return null
    const id = ownMember(u, 'id')
    const value = ownMember(u, lookupField)
    if (!isMarketoId(id)) return null
    return { id, value: typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null }
  }

const fold = (text: string): string => text.trim().toLowerCase()

const push = (lists: Map<string, Array<number>>, name: string, id: number): void => {
  const list = lists.get(name)
  if (list === undefined) lists.set(name, [id])
  else list.push(id)
}

const matchSeveral = (
  leads: ReadonlyArray<FoundLead | null>,
  lookupField: string,
  values: ReadonlyArray<string>
): Matched => {
  const comparable = (value: string): string => keyText({ lookupField, value })
  const forms = values.map(comparable)
  const [alike, nearly] = [new Set(forms), new Set(forms.map(fold))]
  const [exact, folded] = [new Map<string, Array<number>>(), new Map<string, Array<number>>()]
  let strays = false
  for (const lead of leads) {
    const form = lead === null || lead.value === null ? undefined : comparable(lead.value)
    if (lead === null || form === undefined) strays = true
    else if (alike.has(form)) push(exact, form, lead.id)
    else if (nearly.has(fold(form))) push(folded, fold(form), lead.id)
    else strays = true
  }
  return { leadIds: forms.map((form) => [...(exact.get(form) ?? []), ...(folded.get(fold(form)) ?? [])]), strays }
}

/** The answer's leads by the values asked for. A single value has them all: Marketo found them for nothing else. @internal */
export const matchLeads = (
  leads: ReadonlyArray<FoundLead | null>,
  lookupField: string,
  values: ReadonlyArray<string>
): Matched => {
  if (values.length > 1) return matchSeveral(leads, lookupField, values)
  const ids = leads.flatMap((lead) => (lead === null ? [] : [lead.id]))
  return { leadIds: [ids], strays: ids.length < leads.length }
}
