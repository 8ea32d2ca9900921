/**
 * The exact profile: what Segment's own device code sends, field by field, quirks included.
 *
 * Its library turns every ISO-looking text into a date first; here a date is its ISO text, a missing member is absent instead of
 * undefined, and the zone for times without one is a setting instead of the machine's. Values that a form cannot carry (objects,
 * lists) are dropped and said; Segment's code would send them as they are.
 *
 * Source: Segment's marketo-v2 device integration 4.0.2 and facade 3.4.10, as recorded in their vectors.
 *
 * @module
 */
import { isRecord, kindOf, ownMember, type UnknownRecord } from '../ground/json.js'
import type { Path } from '../ground/path.js'
import { malformed, missing } from '../ground/problem.js'
import type { FieldValue } from '../intent/intent.js'
import type { Findings } from '../intent/mapped.js'
import type { Trace } from '../intent/trace.js'
import { readEmail } from '../segment/email.js'
import type { IdentifyEvent, PageEvent } from '../segment/event.js'
import { dateText } from '../segment/iso-text.js'
import { readNames } from '../segment/names.js'
import { readPageAddress } from '../segment/page-url.js'
import { readPhone } from '../segment/phone.js'
import { pathAt } from '../segment/pick.js'
import { recordOf } from '../segment/record.js'
import { position, readStandardTraits } from '../segment/standard-traits.js'
import type { Compiled, CompiledCustomRow, Naming } from './compile.js'

/** The names that Segment's code translates by a capital in front. */
// biome-ignore format: read by line
const capitalised: ReadonlyArray<string> = [
  'annualRevenue', 'anonymousIP', 'billingCity', 'billingCountry', 'billingPostalCode', 'billingState', 'billingStreet',
  'department', 'doNotCall', 'doNotCallReason', 'emailInvalid', 'emailInvalidCause', 'fax', 'industry', 'inferredCompany',
  'inferredCountry', 'leadRole', 'leadScore', 'leadSource', 'leadStatus', 'mainPhone', 'middleName', 'mktoCompanyNotes',
  'mktoPersonNotes', 'mobilePhone', 'numberOfEmployees', 'rating', 'salutation', 'site', 'title', 'unsubscribed',
  'unsubscribedReason', 'website'
]

/** Those that it translates by `MarketoSocial` in front. */
const social =
  /^(?:(?:facebook|linkedIn|twitter)(?:DisplayName|Id|PhotoURL|ProfileURL|Reach|ReferredEnrollments|ReferredVisits)|lastReferred(?:Enrollment|Visit)|totalReferred(?:Enrollments|Visits)|syndicationId)$/

const capital = (name: string): string => name.slice(0, 1).toUpperCase() + name.slice(1)

/** Fields as Segment's code names them for its form: sixty names are translated, any other is sent as it stands, `city` too. */
export const exactNames: Naming = (rest) => {
  if (rest === 'sicCode') return 'SICCode'
  if (social.test(rest)) return `MarketoSocial${capital(rest)}`
  return capitalised.includes(rest) ? capital(rest) : rest
}

/** A form in the making: fields in Segment's order, and what could not go in. */
interface Form {
  readonly fields: Record<string, FieldValue>
  readonly findings: Findings
  readonly trace: Trace | null
  readonly zone: number
}

/** A value as a form carries it, or undefined. */
const carried = (value: unknown, zone: number): FieldValue | undefined => {
  if (typeof value === 'string') return dateText(value, zone)
  if (typeof value === 'boolean' || value === null) return value
  return typeof value === 'number' && Number.isFinite(value) ? value + 0 : undefined
}

const putExactly = (form: Form, field: string, value: unknown, at: Path, note?: string): void => {
  if (value === undefined) return
  const out = carried(value, form.zone)
  if (out === undefined) {
    form.findings.problems.push(malformed('dropped', at, kindOf(value), 'a form carries texts, numbers and booleans'))
    form.trace?.stays.push({ at, why: `dropped: found ${kindOf(value)}` })
    return
  }
  form.fields[field] = out
  form.trace?.moves.push({
    to: ['SubmitFormInBrowser', 'fields', field],
    from: at,
    rule: 'exact profile',
    did: [...(note === undefined ? [] : [note]), ...(out === value ? [] : ['made a date'])]
  })
}

/** The place of what is absent, which nobody asks for. */
const nowhere: Path = []

const putIfTruthy = (form: Form, field: string, value: unknown, at: Path, note?: string): void => {
  if (value) putExactly(form, field, value, at, note)
}

/** Parts of an address by their exact names. */
const putAddress = (form: Form, address: unknown, at: Path): void => {
  if (typeof address === 'string') return putIfTruthy(form, 'Address', address, at)
  if (!isRecord(address)) return
  const zip = ownMember(address, 'zip')
  putExactly(form, 'City', ownMember(address, 'city'), [...at, 'city'])
  putExactly(form, 'Country', ownMember(address, 'country'), [...at, 'country'])
  putExactly(form, 'PostalCode', zip ? zip : ownMember(address, 'postalCode'), [...at, zip ? 'zip' : 'postalCode'])
  putExactly(form, 'State', ownMember(address, 'state'), [...at, 'state'])
}

const putCompany = (form: Form, company: unknown, at: Path): void => {
  if (typeof company === 'string') putIfTruthy(form, 'Company', company, at)
  else if (isRecord(company)) putExactly(form, 'Company', ownMember(company, 'name'), [...at, 'name'])
}

/** A mapped trait by its exact name; `id` is the userId, as Segment's library has it. */
const mappedTrait = (event: IdentifyEvent, traits: UnknownRecord, trait: string): unknown =>
  trait === 'id' && event.userId ? event.userId : ownMember(traits, trait)

const pathOf = (event: IdentifyEvent, row: CompiledCustomRow): Path =>
  row.trait === 'id' && event.userId ? ['userId'] : row.at

const mendEmail = 'send the email trait, or an email as userId'

/** Maps an identify call for the browser exactly as Segment's own device code does. */
export const mapIdentifyExactly = (
  compiled: Compiled,
  event: IdentifyEvent,
  findings: Findings,
  trace: Trace | null
): void => {
  const { formId, munchkinId, browserZone } = compiled.settings
  const traits = recordOf(event.traits)
  const standard = readStandardTraits(traits)
  // A falsy trait counts as none there; ours counts only null and empty text so.
  const sent = readEmail(event, undefined, standard)
  const email = sent?.value ? sent : readEmail(event, ['userId'])
  if (formId === null) return
  if (email === undefined) {
    findings.problems.push(missing('invalid', ['traits', 'email'], mendEmail))
    return
  }
  if (carried(email.value, browserZone) === undefined) {
    findings.problems.push(malformed('invalid', email.at, kindOf(email.value), mendEmail))
    return
  }
  const { first, last } = readNames(standard, 'facade')
  const form: Form = { fields: {}, findings, trace, zone: browserZone }
  putIfTruthy(form, 'Email', email.value, email.at)
  putIfTruthy(form, 'DateofBirth', standard.values[position.birthday], pathAt(standard, position.birthday))
  putIfTruthy(form, 'FirstName', first?.value, first?.at ?? nowhere, 'taken from the names')
  putIfTruthy(form, 'MarketoSocialGender', standard.values[position.gender], pathAt(standard, position.gender))
  putIfTruthy(form, 'LastName', last?.value, last?.at ?? nowhere, 'taken from the names')
  const phone = readPhone(standard)
  putIfTruthy(form, 'Phone', phone?.value, phone?.at ?? nowhere)
  putIfTruthy(form, 'userId', event.userId, ['userId'])
  const anonymousId = event.anonymousId
  putIfTruthy(form, 'anonymousId', anonymousId || event.sessionId, [anonymousId ? 'anonymousId' : 'sessionId'])
  putAddress(form, standard.values[position.address], pathAt(standard, position.address))
  putCompany(form, standard.values[position.company], pathAt(standard, position.company))
  for (const row of compiled.custom)
    putExactly(form, row.field, mappedTrait(event, traits, row.trait), pathOf(event, row))
  findings.intents.push({ _tag: 'SubmitFormInBrowser', munchkinId, formId, fields: form.fields })
}

/** Maps a page call for the browser exactly as Segment's own device code does: the url as it came, its query beside it. */
export const mapPageExactly = (compiled: Compiled, event: PageEvent, findings: Findings, trace: Trace | null): void => {
  const url = recordOf(event.properties).url
  const { munchkinId } = compiled.settings
  if (typeof url !== 'string' || url === '') {
    findings.problems.push(
      missing(
        'invalid',
        ['properties', 'url'],
        'send the page’s url: Segment’s own code would report a page of another name'
      )
    )
    return
  }
  const address = readPageAddress(url, ['properties', 'url'], findings.problems)
  if (address === undefined) return
  findings.intents.push({ _tag: 'VisitPageInBrowser', munchkinId, url, params: address.params })
  for (const part of ['url', 'params']) {
    trace?.moves.push({
      to: ['VisitPageInBrowser', part],
      from: ['properties', 'url'],
      rule: 'exact profile',
      did: part === 'url' ? [] : ['taken apart']
    })
  }
}
