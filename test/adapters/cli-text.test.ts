import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawProgress, newProgress } from '../../src/adapters/cli/progress.js'
import { cell, drawRow, drawTable, fitColumns } from '../../src/adapters/cli/text/columns.js'
import { describeEvent } from '../../src/adapters/cli/text/event-words.js'
import { describeIntent } from '../../src/adapters/cli/text/intent-words.js'
import { colourPaint, plainPaint, wantsColour } from '../../src/adapters/cli/text/paint.js'
import { printable } from '../../src/adapters/cli/text/printable.js'
import { headWithin, widthOf } from '../../src/adapters/cli/text/width.js'
import { wrap } from '../../src/adapters/cli/text/wrap.js'
import { browserIntent, serverIntent } from '../arbitraries/intents.js'

const anyText = fc.string({ unit: 'binary', maxLength: 60 })
const printableText = fc.oneof(anyText, fc.lorem(), fc.constantFrom('戴 明 🚀', 'Łukasz', 'e\u0301')).map(printable)
const columns = fc.integer({ min: 1, max: 40 })

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
const control = /[\u0000-\u001f\u007f-\u009f]/

describe('printable text', () => {
  it('holds no control character and no mark that turns a line around', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const shown = printable(text)
        expect(shown).not.toMatch(control)
        expect(shown).not.toMatch(/[\u200e\u200f\u2028-\u202e\u2066-\u2069]/)
      })
    )
  })

  it('is the text itself when that is printable', () => {
    fc.assert(
      fc.property(printableText, (text) => {
        expect(printable(text)).toBe(text)
      })
    )
  })

  it.each([
    ['a\u001b[31mred', 'a\\u001b[31mred'],
    ['bell\u0007', 'bell\\u0007'],
    ['\u009b2J', '\\u009b2J'],
    ['abc\u202edef', 'abc\\u202edef'],
    ['two\nlines', 'two\\u000alines'],
    ['half \ud83d', 'half \\ud83d'],
    ['whole 🚀', 'whole 🚀']
  ])('%j becomes %j', (text, expected) => {
    expect(printable(text)).toBe(expected)
  })
})

describe('widths', () => {
  it.each([
    ['', 0],
    ['abc', 3],
    ['é', 1],
    ['e\u0301', 1],
    ['戴明', 4],
    ['🚀', 2],
    ['ﾊﾛｰ', 3]
  ])('%s takes %i columns', (text, width) => {
    expect(widthOf(text)).toBe(width)
  })

  it('the head of a text fits, unless a single character does not', () => {
    fc.assert(
      fc.property(printableText, columns, (text, most) => {
        const head = headWithin(text, most)
        expect(text.startsWith(head)).toBe(true)
        expect(widthOf(head) <= most || [...head].length === 1).toBe(true)
      })
    )
  })
})

describe('wrapping', () => {
  it('makes no line wider than asked for', () => {
    fc.assert(
      fc.property(printableText, fc.integer({ min: 2, max: 40 }), (text, most) => {
        for (const line of wrap(text, most)) expect(widthOf(line)).toBeLessThanOrEqual(most)
      })
    )
  })

  it('loses nothing but spaces', () => {
    fc.assert(
      fc.property(printableText, columns, (text, most) => {
        expect(wrap(text, most).join('').replace(/ /g, '')).toBe(text.replace(/ /g, ''))
      })
    )
  })

  it('breaks at spaces, inside a word only when it is too long, and keeps line breaks', () => {
    expect(wrap('to be or not\nto be', 6)).toEqual(['to be', 'or not', 'to be'])
    expect(wrap('a incomprehensible b', 6)).toEqual(['a', 'incomp', 'rehens', 'ible b'])
  })
})

describe('rows and tables', () => {
  it('keep within their width, heading and all', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(printableText, printableText, printableText), { maxLength: 5 }), (rows) => {
        const cells = rows.map((row) => row.map(cell))
        for (const line of drawTable(['ONE', 'TWO', 'THREE'], cells, 60, plainPaint).split('\n')) {
          expect(widthOf(line)).toBeLessThanOrEqual(60)
        }
      })
    )
  })

  it('hold every cell, whatever is wrapped', () => {
    fc.assert(
      fc.property(fc.tuple(printableText, printableText), (row) => {
        const drawn = drawRow([
          { heading: 'A', width: 7 },
          { heading: 'B', width: 9 }
        ])(row.map(cell))
        for (const text of row) for (const character of text.replace(/ /g, '')) expect(drawn).toContain(character)
      })
    )
  })

  it('make columns no wider than their cells', () => {
    const fitted = fitColumns(['A', 'NAME'], [[cell('123'), cell('x')]], 100)
    expect(fitted.map(({ width }) => width)).toEqual([3, 4])
  })

  it('let the widest column give way first', () => {
    const fitted = fitColumns(['A', 'B'], [[cell('x'.repeat(90)), cell('y'.repeat(20))]], 50)
    expect(fitted.map(({ width }) => width)).toEqual([28, 20])
  })

  it('lean numbers to the right and leave no blanks at the end of a line', () => {
    const row = drawRow([
      { heading: 'N', width: 4, isNumeric: true },
      { heading: 'WHAT', width: 6 }
    ])
    expect(row([cell(7), cell('a b c d e')])).toBe('   7  a b c\n      d e\n')
    expect(row([cell(7), cell('')])).toBe('   7\n')
  })

  it('colour the text and not the room around it', () => {
    expect(
      drawRow([
        { heading: 'A', width: 5 },
        { heading: 'B', width: 1 }
      ])([{ text: 'ok', paint: colourPaint.good }, cell('x')])
    ).toBe('\u001b[32mok\u001b[39m     x\n')
  })
})

describe('colour', () => {
  it.each([
    [true, {}, true],
    [false, {}, false],
    [true, { NO_COLOR: '1' }, false],
    [true, { NO_COLOR: '' }, true],
    [true, { NO_COLOR: '0' }, false],
    [true, { TERM: 'dumb' }, false],
    [true, { TERM: 'xterm' }, true],
    [false, { TERM: 'xterm' }, false],
    [false, { FORCE_COLOR: '1' }, true],
    [false, { FORCE_COLOR: 'true', TERM: 'dumb' }, true],
    [false, { FORCE_COLOR: '' }, false],
    [false, { FORCE_COLOR: '0' }, false],
    [true, { FORCE_COLOR: '0' }, false],
    [true, { FORCE_COLOR: 'false' }, false],
    [true, { FORCE_COLOR: '' }, true],
    [true, { FORCE_COLOR: '1', NO_COLOR: '1' }, false]
  ])('terminal %s under %o: %s', (isTerminal, env, expected) => {
    expect(wantsColour(isTerminal, env)).toBe(expected)
  })
})

describe('progress', () => {
  it.each([
    [0, 1_000_000, 1000, '[------------------------------]   0 % of 1.0 MB'],
    [500_000, 1_000_000, 3000, '[===============---------------]  50 % of 1.0 MB, 3 s left'],
    [1_000_000, 1_000_000, 3000, '[==============================] 100 % of 1.0 MB, 0 s left'],
    [2_000_000, 1_000_000, 3000, '[==============================] 100 % of 1.0 MB, 0 s left'],
    [1_000_000, 1_000_000_000, 1000, '[------------------------------]   0 % of 1000.0 MB, 17 min left'],
    [2_500_000, null, 1000, '2.5 MB read'],
    [0, 0, 1000, '0.0 MB read']
  ])('%i of %s bytes after %i ms: %s', (read, size, elapsed, expected) => {
    expect(drawProgress(read, size, elapsed)).toBe(expected)
  })

  it('shows nothing for half a second, then at most ten times a second, and wipes itself', () => {
    let time = 0
    const lines: Array<string> = []
    const progress = newProgress(
      100,
      (text) => void lines.push(text),
      () => time
    )
    for (time = 10; time < 1000; time += 10) progress.advance(1)
    progress.stop()
    expect(lines).toHaveLength(6)
    expect(lines.every((line) => line.startsWith('\r\u001b[K'))).toBe(true)
    expect(lines.at(-1)).toBe('\r\u001b[K')
  })

  it('leaves a line alone on which it drew nothing', () => {
    const lines: Array<string> = []
    const progress = newProgress(
      100,
      (text) => void lines.push(text),
      () => 0
    )
    progress.advance(100)
    progress.stop()
    expect(lines).toEqual([])
  })
})

describe('events and intents in words', () => {
  it.each([
    [{ type: 'identify', traits: {} }, 'identify'],
    [{ type: 'track', event: 'Order Completed' }, 'track Order Completed'],
    [{ type: 'page', name: 'Home' }, 'page Home'],
    [{ type: 'page' }, 'page'],
    [{ type: 'track', event: 'a\nb' }, 'track a\\u000ab'],
    [{ type: 'track', event: 'x'.repeat(100) }, `track ${'x'.repeat(53)}…`],
    [{ type: 7 }, 'no type'],
    [null, 'null'],
    [[], 'a list'],
    ['text', 'text']
  ])('%j is called %s', (event, expected) => {
    expect(describeEvent(event)).toBe(expected)
  })

  it('an intent is one printable line, which names its lead by key and its fields', () => {
    fc.assert(
      fc.property(fc.oneof(serverIntent, browserIntent), (intent) => {
        const line = describeIntent(intent)
        expect(line).not.toMatch(control)
        if ('lead' in intent) expect(line).toContain(printable(`${intent.lead.lookupField}=${intent.lead.value}`))
        if (intent._tag === 'SubmitForm')
          for (const name of Object.keys(intent.fields)) expect(line).toContain(printable(name))
        expect(describeIntent(intent, true)).toBe(`${intent.munchkinId}: ${line}`)
      })
    )
  })
})
