import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { code, plain, table, visible } from '../../src/ground/markdown.js'

/** Characters that end cells, open code, move a cursor or turn a line around, among others. */
const name = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ unit: fc.constantFrom(...'|\\`*_ ab\n\u001b\u202e\u{1f600}\ud83d'), maxLength: 12 })
)

/** Controls, separators of lines, marks of direction and halves of pairs, as Unicode names them. */
const unseen = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\u200b-\u200d\ufeff]/u

describe('laws', () => {
  it('what is made visible holds nothing unseen, and reads back as JSON does', () => {
    fc.assert(
      fc.property(name, (text) => {
        fc.pre(!text.includes('\\'))
        expect(visible(text)).not.toMatch(unseen)
        expect(visible(text).replace(/\\u([0-9a-f]{4})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)))).toBe(
          text
        )
      })
    )
  })

  it('a name in a cell ends neither the cell nor the code that it is', () => {
    fc.assert(
      fc.property(name, (text) => {
        const cell = code(text)
        // Each bar has one backslash before it, and no more: two would be a backslash, and the end of the cell.
        expect(cell.replace(/(?<!\\)\\\|/g, '')).not.toContain('|')
        if (cell === '(blank)') return
        const [fence = ''] = /^`+/.exec(cell) ?? []
        const inner = cell.slice(fence.length, -fence.length)
        expect(cell.endsWith(fence)).toBe(true)
        expect(inner.match(/`+/g) ?? []).not.toContain(fence)
        expect(/^`|`$/.test(inner)).toBe(false)
      })
    )
  })

  it('words in a cell hold no mark that is not taken back', () => {
    fc.assert(
      fc.property(name, (text) => {
        expect(plain(text).replace(/\\[\\|`*_~<>[\]]/g, '')).not.toMatch(/[\\|`*_~<>[\]]/)
      })
    )
  })
})

describe('what cannot be seen', () => {
  it.each([
    ['the first and last controls', '\u0000\u001f', '\\u0000\\u001f'],
    ['delete and the controls after it', '\u007f\u0080\u009f', '\\u007f\\u0080\\u009f'],
    ['marks of direction', '\u061c\u200e\u200f\u202a\u202e\u2066\u2069', null],
    ['spaces of no width', '\u200b\u200c\u200d\ufeff', null],
    ['separators of lines', '\u2028\u2029', '\\u2028\\u2029'],
    ['halves of pairs', '\ud800\udbff a \udc00\udfff ', '\\ud800\\udbff a \\udc00\\udfff '],
    [
      'none of these',
      ' ~\u00a0\u00e9\u061b\u061d\u200a\u2010\u2027\u202f\u2065\u206a\ud7ff\ue000\ufefe\uff00',
      undefined
    ],
    ['pairs', '\u{10000}\u{1f600}\u{10ffff}', undefined]
  ])('%s', (_, text, written) => {
    const all = [...text].map((one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')
    expect(visible(text)).toBe(written === undefined ? text : (written ?? all))
  })
})

describe('a name', () => {
  it.each([
    ['plan', '`plan`'],
    ['a|b', '`a\\|b`'],
    ['a||b', '`a\\|\\|b`'],
    ['a\\b', '`a\\b`'],
    ['a\\|b', '`a\\\\u007cb`'],
    ['a\\\\|b', '`a\\\\\\u007cb`'],
    ['a`b', '`` a`b ``'],
    ['a``b`', '``` a``b` ```'],
    ['`', '`` ` ``'],
    ['', '(blank)'],
    [' \u00a0', '(blank)'],
    ['\n', '`\\u000a`']
  ])('%j is %s', (text, cell) => {
    expect(code(text)).toBe(cell)
  })

  it.each([
    [120, ''],
    [121, '…']
  ])('of %i characters is cut at 120, between characters', (length, end) => {
    expect(code('\u{1f600}'.repeat(length))).toBe(`\`${'\u{1f600}'.repeat(120)}${end}\``)
  })
})

describe('words and tables', () => {
  it('every mark of Markdown is taken back', () => {
    expect(plain('a\\|`*_~<>[]b (c) #d\n')).toBe('a\\\\\\|\\`\\*\\_\\~\\<\\>\\[\\]b (c) #d\\\\u000a')
  })

  it('a table has its heads, a line, and its rows', () => {
    expect(
      table(
        ['Event', 'Calls'],
        [
          ['`a`', 2],
          ['`b`', 0]
        ]
      )
    ).toBe('| Event | Calls |\n| --- | --- |\n| `a` | 2 |\n| `b` | 0 |')
    expect(table(['Event'], [])).toBe('| Event |\n| --- |')
  })
})
