/**
 * Get Leads by Filter Type.
 *
 *     ?filterType=email&filterValues=a@example.com,b@example.com&fields=id,email&batchSize=300
 *     { result: [ { id, email } ], moreResult: true, nextPageToken: 'after-17' }
 *
 * Leads come by number, each once. A field that holds nothing is left out of the answer, as Adobe says that a missing one means null.
 *
 * Sources: Adobe "Leads", Query; "Lead Database".
 *
 * @module
 */
import type { JsonObject } from '../ground/json.js'
import type { Pairs } from '../intent/descriptor.js'
import type { FieldValue } from '../intent/intent.js'
import { queryLimits } from '../marketo/limits.js'
import type { InstanceField } from './fields.js'
import { leadsWith } from './leads.js'
import type { SimulatedLead } from './state.js'
import { type Desk, type Failed, failed, type Told } from './told.js'
import { tokenIn } from './visitors.js'

/** Beside the lead's number, which every answer tells. */
const usualFields = ['email', 'updatedAt', 'createdAt', 'firstName', 'lastName']

/** The parts of a list parameter, wherever it was cut: by commas, or into several pairs. */
const listUnder = (pairs: Pairs, name: string): ReadonlyArray<string> =>
  pairs.flatMap(([own, value]) => (own === name ? value.split(',').filter((part) => part !== '') : []))

const textUnder = (pairs: Pairs, name: string): string | undefined => pairs.find(([own]) => own === name)?.[1]

interface Question {
  readonly field: InstanceField
  readonly values: ReadonlyArray<string>
  readonly fields: ReadonlyArray<string>
  readonly size: number
  readonly after: number
}

const digits = /^\d{1,15}$/
const pageToken = /^after-(\d{1,16})$/

const readSize = (text: string | undefined): number | undefined => {
  if (text === undefined || text === '') return queryLimits.leadDatabasePage
  const size = Number(text)
  return digits.test(text) && size > 0 ? Math.min(size, queryLimits.leadDatabasePage) : undefined
}

const readAfter = (text: string | undefined): number | undefined => {
  if (text === undefined || text === '') return 0
  const token = pageToken.exec(text)?.[1]
  return token === undefined ? undefined : Number(token)
}

/** Why a value cannot be looked for, or undefined. */
const unfitValue = ({ draft }: Desk, { name, type }: InstanceField, value: string): Failed | undefined => {
  if (name === 'cookies')
    return tokenIn(draft, value) === undefined ? failed('1012', 'Invalid cookie value') : undefined
  return type === 'integer' && !/^-?\d{1,16}$/.test(value)
    ? failed('1001', `Invalid value for '${name}': not a whole number`)
    : undefined
}

const readFilter = (desk: Desk, pairs: Pairs): Pick<Question, 'field' | 'values'> | Failed => {
  const filterType = textUnder(pairs, 'filterType') ?? ''
  if (filterType === '') return failed('1002', "Missing value for required parameter 'filterType'")
  const field = desk.fieldNamed(filterType)
  if (field === undefined) return failed('1006', `Filter type '${filterType}' not found`)
  if (!field.searchable) return failed('1011', `Filter type '${filterType}' is not supported`)
  const values = listUnder(pairs, 'filterValues')
  if (values.length === 0) return failed('1002', "Missing value for required parameter 'filterValues'")
  if (values.length > queryLimits.filterValues) return failed('1003', 'Too many values to filter by')
  return values.map((value) => unfitValue(desk, field, value)).find((unfit) => unfit !== undefined) ?? { field, values }
}

const readQuestion = (desk: Desk, pairs: Pairs): Question | Failed => {
  const filter = readFilter(desk, pairs)
  if ('_tag' in filter) return filter
  const asked = listUnder(pairs, 'fields')
  const unknown = asked.find((name) => desk.fieldNamed(name) === undefined)
  if (unknown !== undefined) return failed('1006', `Field '${unknown}' not found`)
  const size = readSize(textUnder(pairs, 'batchSize'))
  if (size === undefined) return failed('1001', "Invalid value for 'batchSize'")
  const after = readAfter(textUnder(pairs, 'nextPageToken'))
  if (after === undefined) return failed('1003', "Invalid value for 'nextPageToken'")
  return { ...filter, fields: asked.length === 0 ? usualFields : asked, size, after }
}

/** The leads by number, each with the value that found it; undefined when they are too many. */
const found = (
  desk: Desk,
  { field, values }: Question
): ReadonlyArray<readonly [SimulatedLead, string]> | undefined => {
  const leads = new Map<number, readonly [SimulatedLead, string]>()
  for (const value of values) {
    const key = field.type === 'integer' ? Number(value) : value
    const some = leadsWith(desk, field.name, key, queryLimits.leadsFound + 1)
    for (const lead of some) if (!leads.has(lead.id)) leads.set(lead.id, [lead, value])
    if (leads.size > queryLimits.leadsFound) return undefined
  }
  return [...leads.values()].sort(([a], [b]) => a.id - b.id)
}

/** What a lead shows under a name, null for nothing; of its cookies, the one that was asked for. @internal */
export const fieldShown = (lead: SimulatedLead, name: string, cookie?: string): FieldValue => {
  switch (name) {
    case 'id':
      return lead.id
    case 'createdAt':
      return lead.createdAt
    case 'updatedAt':
      return lead.updatedAt
    case 'cookies':
      return cookie ?? lead.cookies[lead.cookies.length - 1] ?? null
    default:
      return Object.entries(lead.fields).find(([own]) => own === name)?.[1] ?? null
  }
}

const shown = (lead: SimulatedLead, fields: ReadonlyArray<string>, cookie: string | undefined): JsonObject =>
  Object.fromEntries(
    ['id', ...fields]
      .map((name) => [name, fieldShown(lead, name, cookie)] as const)
      .filter(([, value]) => value !== null)
  )

/** Carries out Get Leads by Filter Type; `pairs` are those of the URL, and of the form where there is one. @internal */
export const getLeads = (desk: Desk, pairs: Pairs): Told => {
  const question = readQuestion(desk, pairs)
  if ('_tag' in question) return question
  const leads = found(desk, question)
  if (leads === undefined) return failed('1003', 'Too many results match the filter')
  const { field, fields, size, after } = question
  const rest = leads.filter(([{ id }]) => id > after)
  const page = rest.slice(0, size)
  const last = page[page.length - 1]?.[0].id
  return {
    _tag: 'Done',
    result: page.map(([lead, value]) => shown(lead, fields, field.name === 'cookies' ? value : undefined)),
    page: { next: rest.length > size && last !== undefined ? `after-${last}` : null }
  }
}
