/**
 * Texts without end, made of what patterns stumble over. Apart from the other tests, because each of these takes long.
 */
import { describe, expect, it } from 'vitest'
import { readMunchkinCookie } from '../../src/marketo/munchkin-cookie.js'
import { MunchkinIdFromText } from '../../src/marketo/munchkin-id.js'
import { coerce, valueTypes } from '../../src/marketo/value-types.js'

describe('a hostile text of a million characters gets its verdict in linear time', () => {
  it('as a cookie', () => {
    const began = performance.now()
    for (const piece of [
      '&',
      '%',
      '%26',
      'id:',
      'token:',
      '&id',
      '-',
      ' ',
      '_mch-',
      '0',
      'a',
      '-0000000000',
      '-0000000000-00000',
      '-0123456789abcdef'
    ]) {
      const text = piece.repeat(Math.floor(1_000_000 / piece.length))
      for (const around of [text, `id:561-HYG-937&token:_mch-${text}!`, `id:561-HYG-937&token:_mch-a-${text}`]) {
        // Compared as a flag, so that a failure does not print a million characters.
        expect(readMunchkinCookie(around) === undefined).toBe(true)
      }
    }
    expect(performance.now() - began).toBeLessThan(30_000)
  })

  it('as a munchkin id', () => {
    const began = performance.now()
    for (const piece of ['1', '561-HYG-937', '561-HYG-937.mktorest.com/', ' ', '/', '.']) {
      expect(MunchkinIdFromText.decode(`${piece.repeat(1_000_000 / piece.length)} !`)._tag).toBe('Left')
    }
    expect(performance.now() - began).toBeLessThan(30_000)
  })

  it('as a value of each type', () => {
    const texts = ['1', '-', '1.', '@', 'a.', 'a@a.', ' ', 'https://', 'https://@', '2024-05-01', '\ud800', '😀'].map(
      (piece) => piece.repeat(Math.floor(1_000_000 / piece.length))
    )
    const began = performance.now()
    for (const name of valueTypes) for (const text of texts) coerce(name, 1_000_000)(`${text}!`)
    expect(performance.now() - began).toBeLessThan(30_000)
  })
})
