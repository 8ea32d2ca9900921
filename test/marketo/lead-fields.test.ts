import * as fc from 'fast-check'
import * as O from 'fp-ts/Option'
import { describe, expect, it } from 'vitest'
import {
  findByRest,
  findBySoap,
  leadFieldByRest,
  leadFieldBySoap,
  leadFields,
  restNameOf,
  soapNameOf
} from '../../src/marketo/lead-fields.js'
import { valueTypes } from '../../src/marketo/value-types.js'

const restNames = leadFields.map(({ rest }) => rest)
const soapNames = leadFields.flatMap(({ soap }) => (soap === null ? [] : [soap]))
const count = (test: (field: (typeof leadFields)[number]) => boolean): number => leadFields.filter(test).length

const inherited = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'size', 'get', '']

describe('laws', () => {
  it('every field is found under its names, and the names lead to each other', () => {
    fc.assert(
      fc.property(fc.constantFrom(...leadFields), (field) => {
        expect(leadFieldByRest(field.rest)).toEqual(O.some(field))
        expect(findByRest(field.rest)).toBe(field)
        expect(soapNameOf(field.rest)).toBe(field.soap ?? undefined)
        if (field.soap === null) return
        expect(leadFieldBySoap(field.soap)).toEqual(O.some(field))
        expect(findBySoap(field.soap)).toBe(field)
        expect(restNameOf(field.soap)).toBe(field.rest)
      })
    )
  })

  it('no other name finds a field', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constantFrom(...inherited)), (name) => {
        fc.pre(!restNames.includes(name) && !soapNames.includes(name))
        expect([leadFieldByRest(name), leadFieldBySoap(name)]).toEqual([O.none, O.none])
        expect([findByRest(name), findBySoap(name), soapNameOf(name), restNameOf(name)]).toEqual([
          undefined,
          undefined,
          undefined,
          undefined
        ])
      })
    )
  })

  it('names are exact: another case is another name', () => {
    expect([soapNameOf('Email'), soapNameOf('dateofbirth'), restNameOf('email'), restNameOf('DateOfBirth')]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined
    ])
  })

  it('P4 the table equals its JSON round trip', () => {
    expect(JSON.parse(JSON.stringify(leadFields))).toEqual(leadFields)
  })
})

describe('the table', () => {
  it('has the 126 fields of the reference: 56 listed, 43 seen, 27 removed', () => {
    expect(leadFields).toHaveLength(126)
    expect([
      count((f) => f.standing === 'listed'),
      count((f) => f.standing === 'seen'),
      count((f) => f.standing === 'removed')
    ]).toEqual([56, 43, 27])
  })

  it('has 90 SOAP names, 97 types, 25 fields that are read-only over REST, 14 of the company, 10 that Marketo fills in', () => {
    expect(soapNames).toHaveLength(90)
    expect(count((f) => f.type !== null)).toBe(97)
    expect(count((f) => f.readOnly === true)).toBe(25)
    expect(count((f) => f.object === 'company')).toBe(14)
    expect(count((f) => f.managed !== 'no')).toBe(10)
  })

  it('advises as the reference does', () => {
    const advice = ['yes', 'no', 'caution', 'company', 'unknown'] as const
    expect(advice.map((write) => count((f) => f.write === write))).toEqual([26, 57, 27, 14, 2])
  })

  it.each([
    ['REST name', restNames],
    ['SOAP name', soapNames],
    ['label', leadFields.map(({ label }) => label)]
  ])('lists no %s twice', (_, names) => {
    expect(new Set(names).size).toBe(names.length)
  })

  it.each(leadFields.map((field) => [field.rest, field] as const))('row %s is sound', (rest, field) => {
    expect(rest).toMatch(/^[a-z][A-Za-z]*$/)
    expect(field.soap ?? 'None').toMatch(/^[A-Z][A-Za-z]*( [A-Za-z]+)*$/)
    expect(field.label.trim()).toBe(field.label)
    expect(field.label).not.toBe('')
    if (field.type !== null) expect(valueTypes).toContain(field.type)
    if (field.length !== null) expect(field.length).toBeGreaterThan(0)
    // What nobody has published, nobody has published in part.
    expect(field.readOnly === null).toBe(field.type === null)
    // A field that REST will not write is not to be written.
    if (field.readOnly === true) expect(field.write).toBe('no')
    // Text areas and what is no text have no length of their own.
    if (field.type !== null) {
      const bounded = ['string', 'email', 'phone', 'url', 'formula'].includes(field.type)
      expect(field.length !== null).toBe(bounded)
    }
  })

  it.each([
    ['email', 'Email', 'Email Address', 'email', 255],
    ['dateOfBirth', 'DateofBirth', 'Date of Birth', 'date', null],
    ['sicCode', 'SICCode', 'SIC Code', 'string', 40],
    ['leadRole', 'LeadRole', 'Role', 'string', 50],
    ['unsubscribedReason', 'UnsubscribedReason', 'Unsubscribed Reason', 'string', 2000],
    ['billingStreet', 'BillingStreet', 'Billing Address', 'text', null],
    ['gender', 'MarketoSocialGender', 'Marketo Social Gender', null, null],
    ['sfdcId', null, 'SFDC Id', 'formula', 255],
    ['leadPartitionId', 'Lead Partition ID', 'Lead Partition Id', 'reference', null]
  ])('%s is also known as %s and shown as %s', (rest, soap, label, type, length) => {
    expect(findByRest(rest)).toMatchObject({ rest, soap, label, type, length })
  })

  it.each([
    ['company', 'company', 'company'],
    ['externalCompanyId', 'person', 'yes'],
    ['id', 'person', 'caution'],
    ['createdAt', 'person', 'no'],
    ['jigsawContactId', 'person', 'unknown']
  ])('%s is stored on the %s; writing it: %s', (rest, object, write) => {
    expect(findByRest(rest)).toMatchObject({ object, write })
  })
})
