/**
 * Submit Form: a form of Marketo's filled in by a server.
 *
 *     POST /rest/v1/leads/submitForm.json
 *     { "formId": 1001, "input": [ { "leadFormFields": { "email": … }, "visitorData"?: { "pageURL"?, "queryString"?,
 *                                    "leadClientIpAddress"?, "userAgentString"? }, "cookie"? } ] }
 *
 * One submission a call. Field names are REST names and must stand on the form; a null fails the form's own validation, so nulls are
 * left out. The cookie is JSON here, and raw. Only an IPv4 address has a place; another is left out.
 *
 * Source: Adobe "Leads", Submit Form; release notes of May 2022 (nulls).
 *
 * @module
 */
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { type JsonObject, kindOf, ownMember } from '../ground/json.js'
import { malformed, missing, type Problem } from '../ground/problem.js'
import { type Described, type HttpRequest, live } from '../intent/descriptor.js'
import type { Fields, SubmitForm } from '../intent/intent.js'
import { byteLimits } from '../marketo/limits.js'
import { describeEach, tooLarge, type Written } from './batch.js'
import { writtenFields } from './field-values.js'
import { jsonBytes, jsonBytesAtMost } from './json-bytes.js'
import { isMarketoId } from './lead-ref.js'
import { interpretRecords } from './record-outcomes.js'

const ipv4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/

/** The members whose value is text. */
const present = (members: Readonly<Record<string, string | null>>): JsonObject =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null))

const visitorData = ({ page, ip, userAgent }: SubmitForm): JsonObject =>
  present({
    pageURL: page === null ? null : page.url,
    queryString: page === null ? null : page.params,
    leadClientIpAddress: ip !== null && ipv4.test(ip) ? ip : null,
    userAgentString: userAgent
  })

const inputOf = (form: SubmitForm, leadFormFields: Fields): JsonObject => {
  const visitor = visitorData(form)
  return {
    leadFormFields,
    ...(Object.keys(visitor).length === 0 ? {} : { visitorData: visitor }),
    ...(form.cookie === null ? {} : { cookie: form.cookie })
  }
}

const unfitForm = ({ formId }: SubmitForm, fields: Fields): Problem | undefined => {
  if (!isMarketoId(formId)) {
    return malformed('invalid', ['formId'], kindOf(formId), 'a form has a whole number above zero')
  }
  const email = ownMember(fields, 'email')
  if (email === undefined || email === '')
    return missing('invalid', ['fields', 'email'], 'Marketo finds the lead of a form by its email')
  return typeof email === 'string'
    ? undefined
    : malformed('invalid', ['fields', 'email'], kindOf(email), 'send the email as text')
}

const write = (form: SubmitForm): Written => {
  const fields = writtenFields(form.fields, false)
  if (fields._tag === 'Left') return { problem: fields.left }
  const problem = unfitForm(form, fields.right.fields)
  if (problem !== undefined) return { problem }
  const json = { formId: form.formId, input: [inputOf(form, fields.right.fields)] }
  if (jsonBytesAtMost(json) > byteLimits.body && jsonBytes(json) > byteLimits.body) return { problem: tooLarge }
  const descriptor: HttpRequest = {
    _tag: 'HttpRequest',
    endpoint: 'submitForm',
    munchkinId: form.munchkinId,
    host: 'rest',
    method: 'POST',
    path: ['rest', 'v1', 'leads', 'submitForm.json'],
    query: [],
    headers: {},
    body: { json },
    auth: 'bearer',
    lifecycle: live
  }
  return { descriptor, slots: [] }
}

/**
 * Submit Form calls, one for each form filled in.
 *
 * @category endpoints
 * @since 0.1.0
 */
export const describeSubmitForm = (forms: ReadonlyNonEmptyArray<SubmitForm>): Described<HttpRequest> =>
  describeEach(forms, write)

/**
 * What became of a form; an applied one tells the lead's number.
 *
 * @category endpoints
 * @since 0.1.0
 */
export const interpretSubmitForm = interpretRecords({ idIsLead: true, operation: 'submit-form' })
