import { describe, expect, it } from 'vitest'
import { findByRest, leadFields } from '../../src/marketo/lead-fields.js'
import { soapNames } from '../../src/v2/browser.js'
import { exactNames } from '../../src/v2/browser-exact.js'
import { groupAddressRows, groupRows, standardRows } from '../../src/v2/lead-rows.js'

const tables = [
  ['standardRows', standardRows],
  ['groupRows', groupRows],
  ['groupAddressRows', groupAddressRows]
] as const

describe.each(tables)('%s', (_, rows) => {
  it('lists nothing twice', () => {
    for (const name of ['trait', 'field'] as const) expect(new Set(rows.map((row) => row[name])).size).toBe(rows.length)
  })

  it.each(rows.map((row) => [row.trait, row] as const))(
    '%s goes to a field of Marketo’s, of Marketo’s own type and length',
    (__, { field, type, length }) => {
      const known = findByRest(field)
      expect(known).toBeDefined()
      expect(type).toBe(known?.type ?? 'string')
      expect(length).toBe(known?.length ?? null)
      expect(known?.write).not.toBe(field === 'gender' ? 'yes' : 'no')
      expect(soapNames(field)).toBe(known?.soap)
    }
  )
})

/** The page's table, whose labels are those of Marketo's screens, and the names behind them (segment.md 3.5). */
const page = [
  ['address.city', 'city', 'City'],
  ['address.country', 'country', 'Country'],
  ['address.zip', 'postalCode', 'PostalCode'],
  ['address.state', 'state', 'State'],
  ['birthday', 'dateOfBirth', 'DateofBirth'],
  ['company', 'company', 'Company'],
  ['email', 'email', 'Email'],
  ['firstName, name', 'firstName', 'FirstName'],
  ['gender', 'gender', 'MarketoSocialGender'],
  ['lastName, name', 'lastName', 'LastName'],
  ['phone', 'phone', 'Phone']
] as const

describe('the page’s table', () => {
  it.each(page)('%s goes to %s, in a form to %s', (trait, field, soap) => {
    expect(standardRows.find((row) => row.trait === trait)?.field).toBe(field)
    expect(soapNames(field)).toBe(soap)
  })

  it('is all of ours, but for an address that is text, as Segment’s device code has it', () => {
    const names = page.map(([trait]) => trait)
    expect(standardRows.flatMap(({ trait }) => (names.some((name) => name === trait) ? [] : [trait]))).toEqual([
      'address'
    ])
  })
})

describe('names in a form', () => {
  it('are a field’s SOAP name, its own when it is the customer’s, and none when it has none', () => {
    for (const { rest, soap } of leadFields) expect(soapNames(rest)).toBe(soap ?? undefined)
    expect(soapNames('planName__c')).toBe('planName__c')
    expect(soapNames('constructor')).toBe('constructor')
  })

  /** segment.md 3.4: REST to SOAP names known to V2, in the order printed there. */
  const sixty =
    'annualRevenue anonymousIP billingCity billingCountry billingPostalCode billingState billingStreet department doNotCall doNotCallReason emailInvalid emailInvalidCause fax industry inferredCompany inferredCountry leadRole leadScore leadSource leadStatus mainPhone middleName mktoCompanyNotes mktoPersonNotes mobilePhone numberOfEmployees rating salutation site title unsubscribed unsubscribedReason website sicCode facebookDisplayName facebookId facebookPhotoURL facebookProfileURL facebookReach facebookReferredEnrollments facebookReferredVisits lastReferredEnrollment lastReferredVisit linkedInDisplayName linkedInId linkedInPhotoURL linkedInProfileURL linkedInReach linkedInReferredEnrollments linkedInReferredVisits syndicationId totalReferredEnrollments totalReferredVisits twitterDisplayName twitterId twitterPhotoURL twitterProfileURL twitterReach twitterReferredEnrollments twitterReferredVisits'.split(
      ' '
    )

  it('under the exact profile are translated for Segment’s sixty names', () => {
    expect(sixty).toHaveLength(60)
    for (const rest of sixty) {
      // Adobe prints no SOAP name for this one; Segment's code makes one up by its rule.
      expect(exactNames(rest)).toBe(rest === 'syndicationId' ? 'MarketoSocialSyndicationId' : findByRest(rest)?.soap)
    }
  })

  it('and for no other', () => {
    for (const { rest } of leadFields) if (!sixty.includes(rest)) expect(exactNames(rest)).toBe(rest)
    for (const rest of ['planName__c', 'City', 'facebook', 'twitterIdea', 'my_facebookId', 'constructor'])
      expect(exactNames(rest)).toBe(rest)
  })
})
