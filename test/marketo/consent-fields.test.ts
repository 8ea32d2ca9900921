import { describe, expect, it } from 'vitest'
import { consentFields, isConsentField, saysNo } from '../../src/marketo/consent-fields.js'
import { leadFields } from '../../src/marketo/lead-fields.js'

/** Every boolean among the standard fields that says something else. */
const otherFlags = ['isAnonymous', 'isLead', 'mktoIsCustomer', 'mktoIsPartner']

describe('the fields that say whether somebody may be written to', () => {
  it('are the booleans of the standard fields, but for those that say what somebody is', () => {
    const flags = leadFields.flatMap(({ rest, type }) => (type === 'boolean' ? [rest] : []))
    expect([...consentFields, ...otherFlags].sort()).toEqual(flags.sort())
  })

  it.each(consentFields)('%s says no when it is true, and only then', (field) => {
    expect(isConsentField(field)).toBe(true)
    expect(saysNo({ email: 'ana@example.com', [field]: true })).toBe(true)
    for (const value of [false, null, undefined, 'true', 1]) expect(saysNo({ [field]: value })).toBe(false)
  })

  it.each([...otherFlags, 'unsubscribedReason', 'Unsubscribed', ''])('%j says nothing of that', (field) => {
    expect(isConsentField(field)).toBe(false)
    expect(saysNo({ [field]: true })).toBe(false)
  })
})
