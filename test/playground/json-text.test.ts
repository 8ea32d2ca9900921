/** JSON as it was typed: its values at their places, its faults where they are. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type JsonNode, nodeAt, readJsonText, valueIn } from '../../docs/playground/model/json-text.js'
import { lineStarts, placeOf } from '../../docs/playground/model/lines.js'
import { jsonValue } from '../arbitraries/events.js'

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** A JSON text with one character taken out, put in or exchanged. */
const nearlyJson = fc
  .tuple(jsonValue, fc.nat(), fc.constantFrom(...'{}[],:"\\0-.et\n \'u/'), fc.constantFrom(0, 1), fc.constantFrom(0, 2))
  .map(([value, at, sign, taken, indent]) => {
    const text = JSON.stringify(value, null, indent)
    const place = at % (text.length + 1)
    return text.slice(0, place) + sign + text.slice(place + taken)
  })

/** Every path of a value, with what stands there. */
const pathsOf = (
  value: unknown,
  path: ReadonlyArray<string | number> = []
): ReadonlyArray<readonly [typeof path, unknown]> => {
  if (typeof value !== 'object' || value === null) return [[path, value]]
  const members: ReadonlyArray<readonly [string | number, unknown]> = Array.isArray(value)
    ? value.map((item: unknown, i) => [i, item] as const)
    : Object.entries(value)
  return [[path, value], ...members.flatMap(([key, member]) => pathsOf(member, [...path, key]))]
}

const only = (text: string): JsonNode => {
  const [node] = readJsonText(text).nodes
  if (node === undefined) throw new Error('no node')
  return node
}

describe('laws', () => {
  it('L4 a text of one value has a fault exactly when JSON.parse refuses it', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          nearlyJson,
          fc.string(),
          jsonValue.map((value) => JSON.stringify(value))
        ),
        (text) => {
          const { nodes, faults } = readJsonText(text)
          expect(faults.length === 0 && nodes.length === 1).toBe(isJson(text))
        }
      )
    )
  })

  it('L4 each value is found at its path, and reads there as it is', () => {
    fc.assert(
      fc.property(jsonValue, fc.constantFrom(0, 1, 4), (value, indent) => {
        const text = JSON.stringify(value, null, indent)
        for (const [path, there] of pathsOf(JSON.parse(text))) {
          const { node, isExact } = nodeAt(only(text), path)
          expect([isExact, valueIn(text, node)]).toEqual([true, there])
        }
      })
    )
  })

  it('values one behind another are read as each by itself', () => {
    fc.assert(
      fc.property(fc.array(jsonValue), fc.constantFrom('\n', '\r\n', '  \n\t'), (values, gap) => {
        const text = values.map((value) => JSON.stringify(value)).join(gap)
        const { nodes, faults } = readJsonText(text)
        expect(faults).toEqual([])
        expect(nodes.map((node) => JSON.stringify(valueIn(text, node)))).toEqual(
          values.map((value) => JSON.stringify(value))
        )
      })
    )
  })

  it('a bad line spoils no other', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 12 }), (lines) => {
        const text = lines.map((isGood, i) => (isGood ? `{"n":${i}}` : `{"n":${i},}`)).join('\n')
        const { nodes, faults } = readJsonText(text)
        const good = lines.flatMap((isGood, i) => (isGood ? [{ n: i }] : []))
        expect(nodes.map((node) => valueIn(text, node))).toEqual(good)
        expect(faults.length).toBe(lines.length - good.length)
      })
    )
  })

  it('the place of an offset is that of counting', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', '\n'), { maxLength: 30 }), fc.nat({ max: 29 }), (signs, at) => {
        const text = signs.join('')
        fc.pre(at <= text.length)
        const before = text.slice(0, at).split('\n')
        const last = before[before.length - 1] ?? ''
        expect(placeOf(lineStarts(text), at)).toEqual({ line: before.length, column: last.length + 1 })
      })
    )
  })
})

describe('faults', () => {
  it.each([
    ['{"a": 1,}', 8, 'the comma before is one too many'],
    ['[1,]', 3, 'a value is missing, or the comma before is one too many'],
    ['{"a" 1}', 5, 'a colon is missing behind the key'],
    ["{'a': 1}", 1, 'a key stands between double quotes: "…"'],
    ['{"a": \'x\'}', 6, 'text stands between double quotes: "…"'],
    ['{"a": 1 "b": 2}', 8, 'a comma is missing before this, or } is'],
    ['{"a": {"b": 1}', 14, 'the text ends too early: close it with }'],
    ['{"a": "x', 6, 'this text has no end: close it with "'],
    ['{"a": "x\n"}', 8, 'text ends on its own line: close it with ", or write a line break as \\n'],
    ['{"a": "C:\\x"}', 9, 'no such escape: write a backslash as \\\\'],
    ['{"a": 1 // one\n}', 8, 'a comma is missing before this, or } is'],
    ['// one', 0, 'JSON has no comments: take this out'],
    [
      '{"a": undefined}',
      6,
      'this is no JSON value: text stands between double quotes; else a number, true, false, null, {…} or […]'
    ],
    ['{"a":', 5, 'the text ends where a value should stand'],
    [
      '{"a": 01}',
      6,
      'this is no JSON value: text stands between double quotes; else a number, true, false, null, {…} or […]'
    ]
  ])('%j: at %i, %s', (text, at, why) => {
    expect(readJsonText(text).faults).toEqual([{ at, why }])
  })

  it('a text without end in nesting ends in a fault, and no sooner than after 200 levels', () => {
    expect(readJsonText('['.repeat(100_000)).faults[0]).toEqual({ at: 200, why: 'nested more than 200 levels deep' })
    expect(readJsonText('['.repeat(200) + ']'.repeat(200)).faults).toEqual([])
  })

  it('a byte order mark is passed over before the text, and nowhere else', () => {
    expect(valueIn('\ufeff[1]', only('\ufeff[1]'))).toEqual([1])
    expect(readJsonText('[\ufeff1]').faults.length).toBe(1)
  })

  it('of members with one key the last counts, as for whoever parses it', () => {
    const text = '{"a": 1, "a": {"b": 2}}'
    expect(valueIn(text, nodeAt(only(text), ['a', 'b']).node)).toBe(2)
  })

  it('a member that is not there is sought as far as there is something', () => {
    const text = '{"traits": {"name": "Ana"}}'
    const { node, isExact } = nodeAt(only(text), ['traits', 'email'])
    expect([isExact, node.key]).toEqual([false, 'traits'])
  })
})
