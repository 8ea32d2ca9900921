import { createHmac } from 'node:crypto'
import { runInNewContext } from 'node:vm'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { verifySegmentSignature } from '../../src/segment/webhook-signature.js'

const secret = fc.string({ minLength: 1, unit: 'grapheme' })
const bytes = fc.uint8Array({ maxLength: 300 })
const signed = (key: string, body: string | Uint8Array): string => createHmac('sha1', key).update(body).digest('hex')

describe('signatures of webhooks', () => {
  it('S2 are those that Node makes, of bytes', () => {
    fc.assert(
      fc.property(secret, bytes, (key, body) => {
        const verify = verifySegmentSignature(key)
        expect(verify(body, signed(key, body))).toBe(true)
        expect(verify(Buffer.from(body), ` ${signed(key, body).toUpperCase()} `)).toBe(true)
      })
    )
  })

  it('S2 are those that Node makes, of text', () => {
    fc.assert(
      fc.property(secret, fc.string({ unit: 'grapheme' }), (key, body) => {
        expect(verifySegmentSignature(key)(body, signed(key, body))).toBe(true)
      })
    )
  })

  it('are refused for another body, another secret, and with any one character changed', () => {
    fc.assert(
      fc.property(secret, secret, bytes, bytes, fc.nat({ max: 39 }), (key, other, body, another, i) => {
        const signature = signed(key, body)
        const verify = verifySegmentSignature(key)
        expect(verify(another, signature)).toBe(Buffer.compare(body, another) === 0)
        expect(verifySegmentSignature(other)(body, signature)).toBe(key === other)
        const changed = `${signature.slice(0, i)}${signature[i] === '0' ? '1' : '0'}${signature.slice(i + 1)}`
        expect(verify(body, changed)).toBe(false)
        expect(verify(body, signature.slice(0, i))).toBe(false)
      })
    )
  })

  it('P3 anything that is no body and no signature is refused, and nothing throws', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (body, header) => {
        expect(verifySegmentSignature('key')(body, header)).toBe(false)
        expect(typeof verifySegmentSignature('key')(body, '0'.repeat(40))).toBe('boolean')
      })
    )
  })

  it('P5 bytes of another realm are bytes', () => {
    const body: unknown = runInNewContext('new Uint8Array([1, 2, 3])')
    expect(verifySegmentSignature('key')(body, signed('key', new Uint8Array([1, 2, 3])))).toBe(true)
  })

  it('are of the bytes that a view shows, whatever view it is', () => {
    const { buffer } = new Uint8Array([1, 2, 3, 4, 5, 6])
    for (const view of [new DataView(buffer, 2, 3), new Uint16Array(buffer, 2, 2), new Int8Array(buffer)]) {
      const shown = new Uint8Array(buffer, view.byteOffset, view.byteLength)
      expect(verifySegmentSignature('key')(view, signed('key', shown))).toBe(true)
    }
  })

  it('are refused for what is no body, and for bytes that are gone', () => {
    const gone = new Uint8Array([1, 2, 3])
    structuredClone(gone, { transfer: [gone.buffer] })
    for (const body of [gone, undefined, null, 7, {}, [], { length: 0 }, new ArrayBuffer(0)])
      expect(verifySegmentSignature('key')(body, signed('key', ''))).toBe(false)
  })

  it('are the whole of the header, but for blanks around it', () => {
    const signature = signed('key', 'body')
    for (const header of [`x${signature}`, `${signature}0`, `${signature} ${signature}`, `sha1=${signature}`, ''])
      expect(verifySegmentSignature('key')('body', header)).toBe(false)
  })

  it('an empty secret proves nothing', () => {
    expect(verifySegmentSignature('')('x', signed('', 'x'))).toBe(false)
  })

  it('a part of a buffer is that part', () => {
    const whole = Buffer.from('head body tail')
    expect(verifySegmentSignature('key')(whole.subarray(5, 9), signed('key', 'body'))).toBe(true)
  })
})
