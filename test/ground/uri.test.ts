import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodePairs, encodePart, unfitPart } from '../../src/ground/uri.js'
import { isWellFormed } from '../../src/ground/utf8.js'

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('/', '?', '#', '&', '=', '%', '+', ' ', '.', '\n', '😀', '\ud83d', 'a') })
)
const wellFormed = text.filter(isWellFormed)

describe('laws', () => {
  it('U1 a well-formed part survives encoding and decoding', () => {
    fc.assert(
      fc.property(wellFormed, (s) => {
        expect(decodeURIComponent(encodePart(s))).toBe(s)
      })
    )
  })

  it('U1 a part that is not refused survives a URL, in its path and in its query', () => {
    fc.assert(
      fc.property(text, (s) => {
        fc.pre(unfitPart(s) === undefined)
        const url = new URL(`https://example.com/a/${encodePart(s)}/b?x=1&y=${encodePart(s)}&z=2`)
        expect(url.pathname.split('/').map(decodeURIComponent)).toEqual(['', 'a', s, 'b'])
        expect([...url.searchParams]).toEqual([
          ['x', '1'],
          ['y', s],
          ['z', '2']
        ])
      })
    )
  })

  it('U1 pairs survive encoding and parsing, in order', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(wellFormed, wellFormed)), (pairs) => {
        // A pair without a name and without a value is "=", which is kept; the empty list is the empty text.
        expect([...new URLSearchParams(encodePairs(pairs))]).toEqual(pairs)
      })
    )
  })

  it('U1 U3 encoded text holds nothing that ends a part, and encoding never throws', () => {
    fc.assert(
      fc.property(text, (s) => {
        expect(encodePart(s)).toMatch(/^[A-Za-z0-9\-_.!~*'()%]*$/)
      })
    )
  })

  it('U1 a well-formed part is written as encodeURIComponent writes it', () => {
    fc.assert(
      fc.property(fc.oneof(wellFormed, fc.stringMatching(/^[\w.!~*'()-]*$/)), (s) => {
        expect(encodePart(s)).toBe(encodeURIComponent(s))
      })
    )
  })

  it('half a surrogate pair becomes U+FFFD, as URLs of the web have it', () => {
    fc.assert(
      fc.property(text, (s) => {
        expect(decodeURIComponent(encodePart(s))).toBe(
          new TextDecoder('utf-8', { ignoreBOM: true }).decode(new TextEncoder().encode(s))
        )
      })
    )
  })

  it('P3 every part gets a verdict: what is refused would not survive, or would change its path', () => {
    fc.assert(
      fc.property(text, (s) => {
        expect(unfitPart(s) === undefined).toBe(!['', '.', '..'].includes(s) && isWellFormed(s))
      })
    )
  })
})

describe('parts', () => {
  it.each([
    ['', 'empty text'],
    ['.', 'a dot segment'],
    ['..', 'a dot segment'],
    ['\ud83d', 'text with half a surrogate pair'],
    ['a\udc00b', 'text with half a surrogate pair'],
    ['...', undefined],
    ['%2e', undefined],
    ['a/b', undefined],
    [' ', undefined]
  ])('%j: %s', (part, verdict) => {
    expect(unfitPart(part)).toBe(verdict)
  })

  it('a space is %20 and a plus sign stays one', () => {
    expect(
      encodePairs([
        ['a b', '1+2'],
        ['c', 'd&e=f']
      ])
    ).toBe('a%20b=1%2B2&c=d%26e%3Df')
    expect(encodePairs([])).toBe('')
  })
})
