import { createHash, createHmac } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hmacSha1Hex, sha1Hex, sha256Hex } from '../../src/ground/digest.js'

const text = fc.string({ unit: 'binary', maxLength: 80 })

describe('laws', () => {
  it('S1 S2 digests are those that Node makes of the text’s UTF-8', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(sha256Hex(a)).toBe(createHash('sha256').update(a, 'utf8').digest('hex'))
        expect(sha1Hex(a, b)).toBe(createHash('sha1').update(a, 'utf8').update(b, 'utf8').digest('hex'))
        expect(hmacSha1Hex(a)(b)).toBe(createHmac('sha1', a).update(b, 'utf8').digest('hex'))
      })
    )
  })

  it('bytes are signed as they are', () => {
    fc.assert(
      fc.property(text, fc.uint8Array({ maxLength: 80 }), (key, bytes) => {
        expect(hmacSha1Hex(key)(bytes)).toBe(createHmac('sha1', key).update(bytes).digest('hex'))
      })
    )
  })
})
