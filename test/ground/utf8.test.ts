import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isWellFormed, utf8Bytes, utf8Length } from '../../src/ground/utf8.js'

/** Any sequence of code units: pairs, halves in either order, and everything between. */
const units = fc
  .array(
    fc.oneof(
      fc.integer({ min: 0, max: 0xffff }),
      fc.constantFrom(0, 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xd800, 0xdbff, 0xdc00, 0xdfff, 0xe000, 0xfffd, 0xffff)
    ),
    { maxLength: 40 }
  )
  .map((codes) => String.fromCharCode(...codes))
const text = fc.oneof(units, fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }))

/** The language's own judgement, newer than the library that we compile against. */
const native = (s: string): boolean => Reflect.apply(Reflect.get(String.prototype, 'isWellFormed'), s, [])

describe('laws', () => {
  it('the bytes are those of TextEncoder and of Buffer, lone surrogates included', () => {
    fc.assert(
      fc.property(text, (s) => {
        const bytes = Array.from(utf8Bytes(s))
        expect(bytes).toEqual(Array.from(new TextEncoder().encode(s)))
        expect(bytes).toEqual(Array.from(Buffer.from(s, 'utf8')))
      }),
      { numRuns: 2_000 }
    )
  })

  it('the length is the number of bytes', () => {
    fc.assert(
      fc.property(text, (s) => {
        expect(utf8Length(s)).toBe(Buffer.byteLength(s, 'utf8'))
        expect(utf8Length(s)).toBe(utf8Bytes(s).length)
      }),
      { numRuns: 2_000 }
    )
  })

  it('a text is well-formed where the language says so', () => {
    fc.assert(
      fc.property(text, (s) => {
        expect(isWellFormed(s)).toBe(native(s))
      }),
      { numRuns: 5_000 }
    )
  })

  it('a well-formed text survives its bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (s) => {
        fc.pre(isWellFormed(s))
        expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(utf8Bytes(s))).toBe(s)
      })
    )
  })
})

describe('single characters', () => {
  it('every code point of one unit has the bytes that Buffer gives it', () => {
    for (let code = 0; code <= 0xffff; code += 1) {
      const s = String.fromCharCode(code)
      if (!Buffer.from(utf8Bytes(s)).equals(Buffer.from(s, 'utf8'))) expect(code).toBe(undefined)
      if (utf8Length(s) !== Buffer.byteLength(s)) expect(code).toBe(undefined)
    }
  })

  it.each([
    ['A', [0x41]],
    ['é', [0xc3, 0xa9]],
    ['€', [0xe2, 0x82, 0xac]],
    ['😀', [0xf0, 0x9f, 0x98, 0x80]],
    ['\u{10ffff}', [0xf4, 0x8f, 0xbf, 0xbf]],
    ['\ud83d', [0xef, 0xbf, 0xbd]],
    ['\ude00\ud83d', [0xef, 0xbf, 0xbd, 0xef, 0xbf, 0xbd]],
    ['\udfff\udfff', [0xef, 0xbf, 0xbd, 0xef, 0xbf, 0xbd]],
    ['\udbff\ue000', [0xef, 0xbf, 0xbd, 0xee, 0x80, 0x80]],
    ['\udbff\udfff\ud7ff\udc00', [0xf4, 0x8f, 0xbf, 0xbf, 0xed, 0x9f, 0xbf, 0xef, 0xbf, 0xbd]],
    ['', []]
  ])('%j', (s, bytes) => {
    expect(Array.from(utf8Bytes(s))).toEqual(bytes)
    expect(utf8Length(s)).toBe(bytes.length)
  })

  it.each([
    ['\ud83d\ude00', true],
    ['\ud83d', false],
    ['\ude00', false],
    ['\ude00\ud83d', false],
    ['\ude00\ude00', false],
    ['\ud83d\ue000', false],
    ['\ud83d\ud83d\ude00', false],
    ['\ud83d\ude00\ude00', false],
    ['\ue000', true]
  ])('%j is well-formed: %s', (s, expected) => {
    expect(isWellFormed(s)).toBe(expected)
  })
})
