import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { collapsed, isBlank, isWhite, trimmed } from '../../src/segment/white-space.js'
import { blankText, nameText } from '../arbitraries/events.js'

const white = /[\p{White_Space}\ufeff]/u
const text = fc.oneof(
  nameText,
  blankText,
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(' ', 'a', '\u0085') })
)

describe('laws', () => {
  it('white space is Unicode’s, and U+FEFF', () => {
    const wrong = Array.from({ length: 0x10000 }, (_, unit) => unit).filter(
      (unit) => isWhite(unit) !== white.test(String.fromCharCode(unit))
    )
    expect(wrong).toEqual([])
  })

  it('a text is blank when nothing else is in it', () => {
    fc.assert(
      fc.property(text, (s) => {
        expect(isBlank(s)).toBe(/^[\p{White_Space}\ufeff]*$/u.test(s))
        expect(trimmed(s) === '').toBe(isBlank(s))
      })
    )
  })

  it('trimming takes white space from the ends and nothing else', () => {
    fc.assert(
      fc.property(text, blankText, (s, blank) => {
        expect(trimmed(s)).toBe(s.replace(/^[\p{White_Space}\ufeff]+|[\p{White_Space}\ufeff]+$/gu, ''))
        expect(trimmed(blank + s + blank)).toBe(trimmed(s))
      })
    )
  })

  it('collapsing makes each run inside one space', () => {
    fc.assert(
      fc.property(text, (s) => {
        expect(collapsed(s)).toBe(trimmed(s).replace(/[\p{White_Space}\ufeff]+/gu, ' '))
        expect(collapsed(collapsed(s))).toBe(collapsed(s))
      })
    )
  })
})
