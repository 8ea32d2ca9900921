import { JSONParser } from '@streamparser/json'
import * as fc from 'fast-check'
import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'
import { findPiece } from '../../src/adapters/cli/input/find-piece.js'
import { parseText, whyNotJson } from '../../src/adapters/cli/input/parse-piece.js'
import type { Piece, Splitter } from '../../src/adapters/cli/input/piece.js'
import { splitInput } from '../../src/adapters/cli/input/split-input.js'
import { splitLines } from '../../src/adapters/cli/input/split-lines.js'
import { splitList } from '../../src/adapters/cli/input/split-list.js'
import { splitObjects } from '../../src/adapters/cli/input/split-objects.js'

/** Bytes in chunks that end where the cuts are, also within a character. */
const chunked = (bytes: Buffer, cuts: ReadonlyArray<number>): ReadonlyArray<Buffer> => {
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b)
  return [0, ...places].map((from, i) => bytes.subarray(from, places[i] ?? bytes.length))
}

const split = (splitter: Splitter, input: string | Buffer, cuts: ReadonlyArray<number> = []): ReadonlyArray<Piece> => {
  const pieces = chunked(Buffer.from(input), cuts).flatMap((chunk) => splitter.push(chunk))
  return [...pieces, ...splitter.end()]
}

const textsOf = (pieces: ReadonlyArray<Piece>): ReadonlyArray<string> =>
  pieces.map((piece) => (piece._tag === 'Text' ? piece.text.trim() : `unread ${piece.number}: ${piece.why}`))

const numbersOf = (pieces: ReadonlyArray<Piece>): ReadonlyArray<number> => pieces.map(({ number }) => number)

const cuts = fc.array(fc.nat(), { maxLength: 12 })
const json = fc.json({ stringUnit: 'binary', maxDepth: 3 })
const line = fc.stringMatching(/^[^\n]{0,30}$/u)

describe('lines', () => {
  it('are the same however the stream is cut, also within a character', () => {
    fc.assert(
      fc.property(fc.array(line), fc.constantFrom('\n', '\r\n'), cuts, (lines, end, at) => {
        const text = lines.join(end)
        const expected = Buffer.from(text)
          .toString('utf8')
          .split('\n')
          .flatMap((one, i) => (one.trim() === '' ? [] : [{ _tag: 'Text', number: i + 1, text: one }]))
        expect(split(splitLines(), text, at)).toEqual(expected)
      })
    )
  })

  it('that are longer than the limit are told by number and skipped, and the next is read', () => {
    const input = `${'a'.repeat(10)}\n${'b'.repeat(11)}\n${'é'.repeat(5)}\nlast`
    const pieces = split(splitLines(10), input, [3, 12, 19, 25])
    expect(pieces.map(({ _tag, number }) => [_tag, number])).toEqual([
      ['Text', 1],
      ['Unread', 2],
      ['Text', 3],
      ['Text', 4]
    ])
  })
})

/** The items of an array as a parser of somebody else's reads them from the same chunks. */
const judged = (text: string): ReadonlyArray<unknown> => {
  const items: Array<unknown> = []
  const parser = new JSONParser({ paths: ['$.*'] })
  parser.onValue = ({ value, stack }) => void (stack.length === 1 && items.push(structuredClone(value)))
  parser.write(text)
  return items
}

const parsedAll = (pieces: ReadonlyArray<Piece>): ReadonlyArray<unknown> =>
  pieces.map((piece) => (piece._tag === 'Text' ? JSON.parse(piece.text) : piece))

describe('lists', () => {
  it('give the items that a whole parser gives, however they are written and cut', () => {
    fc.assert(
      fc.property(fc.array(json), fc.constantFrom(0, 2), cuts, (texts, indent, at) => {
        const text = ` ${JSON.stringify(
          texts.map((one): unknown => JSON.parse(one)),
          null,
          indent
        )}\n`
        const items = parsedAll(split(splitList(), text, at))
        expect(items).toEqual(JSON.parse(text))
        expect(items).toEqual(judged(text))
      })
    )
  })

  it.each([
    ['no items', '[ ]', []],
    ['a broken item between good ones', '[{"a":1},{"a":},{"a":3}]', ['{"a":1}', '{"a":}', '{"a":3}']],
    ['brackets and quotes inside texts', '["]",",\\"[","\\\\"]', ['"]"', '",\\"["', '"\\\\"']],
    ['a comma too many at the end', '[1,]', ['1', expect.stringMatching(/^unread 2: is empty/)]],
    ['two commas side by side', '[1,,2]', ['1', expect.stringMatching(/^unread 2: is empty/), '2']],
    ['an end that never comes', '[1,{"a":', ['1', expect.stringMatching(/^unread 2: is where the input stops/)]],
    ['something behind the end', '[1] [2] [3]', ['1', expect.stringMatching(/^unread 2: stands behind the end/)]],
    ['white space behind the end', '[1]\n \n', ['1']]
  ])('with %s', (_, text, expected) => {
    expect(textsOf(split(splitList(), text, [2, 5, 7]))).toEqual(expected)
  })

  it('tell an item that is too long by its position, and go on', () => {
    const pieces = split(splitList(20), `[1,"${'x'.repeat(30)}",{"a":3}]`, [9, 15])
    expect(pieces.map(({ _tag, number }) => [_tag, number])).toEqual([
      ['Text', 1],
      ['Unread', 2],
      ['Text', 3]
    ])
  })
})

describe('objects over many lines', () => {
  it('are told apart by the brace that closes each', () => {
    fc.assert(
      fc.property(fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { minLength: 1 }), cuts, (objects, at) => {
        const values = objects.map((one): unknown => JSON.parse(JSON.stringify(one)))
        const text = values.map((value) => JSON.stringify(value, null, 2)).join('\n')
        expect(parsedAll(split(splitObjects(), text, at))).toEqual(values)
      })
    )
  })

  it('that are cut off are a piece all the same, for JSON to refuse', () => {
    expect(textsOf(split(splitObjects(), '{\n "a": 1\n}\n{\n "b"'))).toEqual(['{\n "a": 1\n}', '{\n "b"'])
  })
})

describe('an input', () => {
  const bom = Buffer.from([0xef, 0xbb, 0xbf])
  const withBom = (text: string): Buffer => Buffer.concat([bom, Buffer.from(text)])

  it.each([
    ['lines', '{"a":1}\n{"a":2}', 'line', ['{"a":1}', '{"a":2}'], [1, 2]],
    ['lines behind blank ones', '\n\n{"a":1}', 'line', ['{"a":1}'], [3]],
    ['a list', '\n [{"a":1},\n{"a":2}]', 'item', ['{"a":1}', '{"a":2}'], [1, 2]],
    ['objects over many lines', '{\r\n"a":1}\n{"a":2}', 'item', ['{\r\n"a":1}', '{"a":2}'], [1, 2]],
    ['no JSON at all', 'a,b\n1,2', 'line', ['a,b', '1,2'], [1, 2]],
    ['nothing', '', 'line', [], []],
    ['a single brace', '{', 'line', ['{'], [1]]
  ])(
    'of %s is read so, with a byte order mark and without, in one chunk or byte by byte',
    (_, text, counted, texts, numbers) => {
      for (const bytes of [Buffer.from(text), withBom(text)]) {
        for (const at of [[], [...bytes.keys()]]) {
          const splitter = splitInput()
          const pieces = split(splitter, bytes, at)
          expect(textsOf(pieces)).toEqual(texts)
          expect(numbersOf(pieces)).toEqual(numbers)
          expect(splitter.counted()).toBe(counted)
        }
      }
    }
  )

  it.each([
    ['UTF-16, little end first', [0xff, 0xfe, 0x7b, 0x00], 'is UTF-16'],
    ['UTF-16, big end first', [0xfe, 0xff, 0x00, 0x7b], 'is UTF-16'],
    ['gzip', [0x1f, 0x8b, 8, 0], 'is compressed'],
    ['ZIP', [0x50, 0x4b, 3, 4], 'is a ZIP archive']
  ])('in %s is refused by name, once', (_, bytes, why) => {
    const pieces = split(splitInput(), Buffer.from([...bytes, 10, 10, 10]), [5])
    expect(textsOf(pieces)).toEqual([expect.stringContaining(why)])
  })
})

describe('a broken text', () => {
  it.each([
    ['{"a": x}', 'is not JSON: it breaks at column 7'],
    ['{"é": 1,}', 'is not JSON: it breaks at column 9'],
    ['{"a": 1', 'is not JSON: it stops before the value is complete'],
    ['{"a": "b', 'is not JSON: it stops before the value is complete'],
    ['{"a": tru}', 'is not JSON: it breaks at column 10'],
    ['{"a": 1} {', 'is not JSON: it breaks at column 10'],
    ['{\n "a": ,\n}', 'is not JSON: it breaks at line 2, column 7']
  ])('%s: %s', (text, why) => {
    expect(whyNotJson(text)).toBe(why)
  })

  it('is told by a place and nothing of what stands there', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          json.map((text) => text.slice(0, -1))
        ),
        (text) => {
          const read = parseText(text)
          fc.pre(read._tag === 'Left')
          expect(read._tag === 'Left' && read.left).toMatch(
            /^is not JSON: it (stops before the value is complete|breaks at (line \d+, )?column \d+)$/
          )
        }
      )
    )
  })
})

describe('finding one event', () => {
  it('gives up once that line has gone by', async () => {
    let read = 0
    async function* chunks() {
      for (const text of ['{"a":1}\n\n', '{"a":3}\n', '{"a":4}\n']) {
        read += 1
        yield E.right(Buffer.from(text))
      }
    }
    const found = await findPiece({ name: 'in', size: null, chunks: chunks() }, 2)
    expect([found, read]).toEqual([E.left('in: no event is on line 2'), 2])
  })

  it('reads no further than that event', async () => {
    let read = 0
    async function* chunks() {
      for (const text of ['{"a":1}\n', '{"a":2}\n', '{"a":3}\n', '{"a":4}\n']) {
        read += 1
        yield E.right(Buffer.from(text))
      }
    }
    for (const [number, chunksRead] of [
      [null, 1],
      [2, 2],
      [3, 3]
    ] as const) {
      read = 0
      const found = await findPiece({ name: 'in', size: null, chunks: chunks() }, number)
      expect(found).toMatchObject({ right: { piece: { number: number ?? 1 }, counted: 'line' } })
      expect(read).toBe(chunksRead)
    }
  })
})
