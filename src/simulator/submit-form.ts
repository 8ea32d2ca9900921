/**
 * Submit Form.
 *
 *     { formId: 1001, input: [ { leadFormFields: { email }, visitorData?, cookie? } ] }      one submission a call
 *
 * The lead is found by its email; of several, the one updated last is changed. What the form's own validation refuses is told of the
 * record, an unknown form of the request. The submission is kept as activity type 2.
 *
 * Sources: Adobe "Leads", Submit Form; release notes of August 2021 and May 2022.
 *
 * @module
 */
import { isRecord, ownMember, type UnknownRecord } from '../ground/json.js'
import type { Reason } from '../intent/outcome.js'
import { addActivity } from './add-custom-activities.js'
import { noSuchField } from './fields.js'
import { type LeadRecord, readLeadRecord } from './lead-record.js'
import { createLead, leadsWith, updateLead } from './leads.js'
import type { SimulatedForm } from './options.js'
import type { SimulatedLead } from './state.js'
import { type Desk, done, failed, recordsOf, skipped, struckDown, type Told } from './told.js'
import { associate, tokenIn } from './visitors.js'

const fillOutForm = 2

const invalid = (what: string): Reason => ({ code: '1003', message: `Form validation failed: ${what}` })

const ipv4 = /^(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}$/
const wholeUrl = /^https?:\/\/[^/]/i

/** What each member of the visitor's data must look like; there are no others. */
const visitorMembers: Readonly<Record<string, (text: string) => boolean>> = {
  pageURL: (text) => wholeUrl.test(text),
  queryString: () => true,
  leadClientIpAddress: (text) => ipv4.test(text),
  userAgentString: () => true
}

const aboutVisitor = (u: unknown): ReadonlyArray<Reason> => {
  if (u === undefined) return []
  if (!isRecord(u)) return [invalid('visitorData')]
  return Object.entries(u).flatMap(([name, value]) => {
    const fits = Object.entries(visitorMembers).find(([own]) => own === name)?.[1]
    return typeof value === 'string' && fits?.(value) === true ? [] : [invalid(`visitorData.${name}`)]
  })
}

const aboutFields = (form: SimulatedForm, fields: UnknownRecord): ReadonlyArray<Reason> => [
  ...Object.keys(fields)
    .filter((name) => !form.fields.includes(name))
    .map(noSuchField),
  ...Object.entries(fields).flatMap(([name, value]) => (value === null ? [invalid(`${name} is null`)] : [])),
  ...(typeof ownMember(fields, 'email') === 'string' && ownMember(fields, 'email') !== '' ? [] : [invalid('email')])
]

/** The fields that stand on the form; the others are told apart, and once. */
const onForm = (form: SimulatedForm, fields: UnknownRecord): UnknownRecord =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => form.fields.includes(name)))

const aboutCookie = ({ draft }: Desk, cookie: unknown): ReadonlyArray<Reason> =>
  cookie === undefined || tokenIn(draft, cookie) !== undefined
    ? []
    : [{ code: '1012', message: 'Invalid cookie value' }]

const lastUpdated = (leads: ReadonlyArray<SimulatedLead>): SimulatedLead | undefined =>
  leads.reduce<SimulatedLead | undefined>(
    (last, lead) => (last === undefined || lead.updatedAt >= last.updatedAt ? lead : last),
    undefined
  )

const write = (desk: Desk, form: SimulatedForm, { fields }: LeadRecord, cookie: unknown): Told => {
  const { draft, time } = desk
  const email = ownMember(fields, 'email')
  const known = lastUpdated(typeof email === 'string' ? leadsWith(desk, 'email', email) : [])
  const lead =
    known === undefined
      ? createLead(desk, fields, draft.options.partitions[0] ?? 'Default')
      : updateLead(desk, known, fields)
  if (typeof cookie === 'string') associate(draft, lead, cookie)
  addActivity(desk, {
    leadId: lead.id,
    activityTypeId: fillOutForm,
    activityDate: time,
    primaryAttributeValue: String(form.id),
    attributes: []
  })
  return done([{ id: lead.id, status: known === undefined ? 'created' : 'updated' }])
}

/** Carries out Submit Form. @internal */
export const submitForm = (desk: Desk, body: UnknownRecord): Told => {
  const formId = ownMember(body, 'formId')
  if (formId === undefined) return failed('1002', "Missing value for required parameter 'formId'")
  const form = desk.draft.options.forms.find(({ id }) => id === formId)
  if (form === undefined) return failed('1013', 'Form not found')
  const records = recordsOf(body, 1)
  if ('_tag' in records) return records
  const [record = {}] = records
  const fields = ownMember(record, 'leadFormFields')
  if (!isRecord(fields)) return failed('1002', "Missing value for required parameter 'leadFormFields'")
  if (desk.struck !== null) return done([skipped([struckDown])])
  const cookie = ownMember(record, 'cookie')
  const read = readLeadRecord(desk, onForm(form, fields), 'form')
  const reasons = [
    ...aboutFields(form, fields),
    ...read.reasons,
    ...aboutVisitor(ownMember(record, 'visitorData')),
    ...aboutCookie(desk, cookie)
  ]
  return reasons.length > 0 ? done([skipped(reasons)]) : write(desk, form, read, cookie)
}
