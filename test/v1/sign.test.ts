import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { associateLeadSignature } from '../../src/v1/sign.js'
import { signatureCases } from '../cases/v1-signatures.js'

/** Node's own: a Buffer writes U+FFFD for a lone surrogate, and each text is encoded by itself. */
const independently = (privateKey: string, email: string): string =>
  createHash('sha1').update(Buffer.from(privateKey, 'utf8')).update(Buffer.from(email, 'utf8')).digest('hex')

const text = fc.string({ unit: 'binary' })
const halves = fc.string({ unit: fc.constantFrom('a', '\ud83d', '\ude00', '\u00e9') })

describe('associateLeadSignature', () => {
  it.each(signatureCases.map((row) => [row.name, row] as const))('%s', (_, { input, expected }) => {
    expect(associateLeadSignature(input.privateKey)(input.email)).toBe(expected)
  })

  it('S1 is the SHA-1 of key then email that another implementation computes', () => {
    fc.assert(
      fc.property(fc.oneof(text, halves), fc.oneof(text, halves), (privateKey, email) => {
        expect(associateLeadSignature(privateKey)(email)).toBe(independently(privateKey, email))
      }),
      { examples: [['\ud83d', '\ude00@example.com']] }
    )
  })

  it('S1 never joins half a pair at the end of the key with one at the beginning of the email', () => {
    const signature = associateLeadSignature('\ud83d')('\ude00')
    expect(signature).toBe(associateLeadSignature('\ufffd')('\ufffd'))
    expect(signature).not.toBe(associateLeadSignature('')('\ud83d\ude00'))
    expect(associateLeadSignature('\ud83d\ude00')('')).toBe(associateLeadSignature('')('\ud83d\ude00'))
  })
})
