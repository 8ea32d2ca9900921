import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { described, newDraft, overflows, packed } from '../../src/endpoints/batch.js'
import { writtenFields } from '../../src/endpoints/field-values.js'
import { jsonBytes, jsonBytesAtMost } from '../../src/endpoints/json-bytes.js'
import { describeAddToList } from '../../src/endpoints/list-members.js'
import type { Json } from '../../src/ground/json.js'
import type { Fields } from '../../src/intent/intent.js'
import { anyText, finite } from '../arbitraries/intents.js'
import { bytes, callsOf, hyg, unsentOf } from './reading.js'

/** An item that knows its weight, and a bound of it that is more or less far off. */
const item = fc
  .record({ bytes: fc.integer({ min: 1, max: 30 }), over: fc.integer({ min: 0, max: 60 }), name: fc.nat() })
  .map(({ bytes, over, name }) => ({ bytes, atMost: bytes + over, name }))
const room = fc.record({
  bytes: fc.integer({ min: 1, max: 60 }),
  items: fc.integer({ min: 1, max: 5 }),
  between: fc.integer({ min: 0, max: 3 })
})
const exactly = ({ bytes }: { readonly bytes: number }): number => bytes
const weight = (piece: ReadonlyArray<{ readonly bytes: number }>, between: number): number =>
  piece.reduce((sum, { bytes }) => sum + bytes, 0) + between * (piece.length - 1)

describe('D2 pieces', () => {
  it('D2 keep within the room, lose nothing that fits, and keep the order', () => {
    fc.assert(
      fc.property(fc.array(item), room, (items, limits) => {
        const fit = items.filter((one) => !overflows(one, limits, exactly))
        expect(fit).toEqual(items.filter(({ bytes }) => bytes <= limits.bytes))
        const pieces = packed(fit, limits, exactly)
        expect(pieces.flat()).toEqual(fit)
        for (const piece of pieces) {
          expect(piece.length).toBeGreaterThan(0)
          expect(piece.length).toBeLessThanOrEqual(limits.items)
          expect(weight(piece, limits.between)).toBeLessThanOrEqual(limits.bytes)
        }
      })
    )
  })

  it('D2 are as full as their order allows, however rough the bound: the next item would not have fitted', () => {
    fc.assert(
      fc.property(fc.array(item), room, (items, limits) => {
        const pieces = packed(
          items.filter(({ bytes }) => bytes <= limits.bytes),
          limits,
          exactly
        )
        pieces.slice(1).forEach((piece, i) => {
          const longer = [...(pieces[i] ?? []), ...piece.slice(0, 1)]
          expect(longer.length > limits.items || weight(longer, limits.between) > limits.bytes).toBe(true)
        })
      })
    )
  })

  it('D2 weigh no item exactly where the bounds say enough, and hardly one twice where they do not', () => {
    fc.assert(
      fc.property(fc.array(item), room, (items, limits) => {
        const fit = items.filter(({ bytes }) => bytes <= limits.bytes)
        let weighed = 0
        const pieces = packed(fit, limits, (one) => {
          weighed += 1
          return one.bytes
        })
        expect(weighed).toBeLessThanOrEqual(fit.length + pieces.length)
        const bounds = fit.reduce((sum, { atMost }) => sum + atMost + limits.between, 0)
        if (bounds <= limits.bytes) expect(weighed).toBe(0)
      })
    )
  })
})

describe('a piece', () => {
  /** Items of so many bytes, each bound off by so much. */
  const sized = (over: number, ...sizes: ReadonlyArray<number>) =>
    sizes.map((bytes) => ({ bytes, atMost: bytes + over, name: 0 }))
  const limits = { bytes: 10, items: 5, between: 1 }

  // biome-ignore format: table
  it.each<[string, ReadonlyArray<number>, number, ReadonlyArray<number>, number]>([
    ['is full to the last byte',                           [5, 4],    0, [2],    2],
    ['is one byte too small',                              [5, 5],    0, [1, 1], 3],
    ['is full to the last byte, behind a rough bound',     [5, 4],    9, [2],    2],
    ['is one byte too small, behind a rough bound',        [5, 5],    9, [1, 1], 3],
    ['takes no mark behind its last item, where it is sure', [4, 4],  0, [2],    0],
    ['has an item that fills it',                          [10, 10],  0, [1, 1], 3]
  ])('%s', (_, sizes, over, lengths, most) => {
    let weighed = 0
    const pieces = packed(sized(over, ...sizes), limits, ({ bytes }) => {
      weighed += 1
      return bytes
    })
    expect(pieces.map(({ length }) => length)).toEqual(lengths)
    expect(weighed).toBeLessThanOrEqual(most)
  })
})

describe('bytes of JSON', () => {
  const json = fc.oneof(
    fc.jsonValue({ stringUnit: 'binary' }),
    fc.dictionary(anyText, fc.oneof(anyText, finite, fc.boolean(), fc.constant(null))),
    fc.constantFrom('\u0000\u0001', '\ud83d', -1.2345678901234567e-308, [], {}, [[]], { a: [] })
  )

  it('are those that a runtime sends, and never more than at most', () => {
    fc.assert(
      fc.property(json, (value) => {
        const plain: Json = JSON.parse(JSON.stringify(value))
        expect(jsonBytes(plain)).toBe(bytes(JSON.stringify(plain)))
        expect(jsonBytesAtMost(plain)).toBeGreaterThanOrEqual(jsonBytes(plain))
      })
    )
  })

  it('are at most some six times as many', () => {
    fc.assert(
      fc.property(json, (value) => {
        const plain: Json = JSON.parse(JSON.stringify(value))
        expect(jsonBytesAtMost(plain)).toBeLessThanOrEqual(24 * jsonBytes(plain))
      })
    )
    expect(jsonBytesAtMost('abc')).toBe(20)
    expect(jsonBytesAtMost({ abc: 'abc' })).toBe(44)
    expect(jsonBytesAtMost(['abc', 1])).toBe(48)
  })
})

describe('the fields of a record', () => {
  /** Fields as an intent made by hand may have them. */
  const loose: fc.Arbitrary<Fields> = fc
    .dictionary(anyText, fc.oneof(anyText, finite, fc.boolean(), fc.constantFrom(null, -0, undefined)))
    .map((fields): Fields => Object.assign(JSON.parse('{}'), fields))

  it('are weighed as JSON is where they go as they came, and never as less', () => {
    fc.assert(
      fc.property(loose, fc.boolean(), (fields, keepNull) => {
        const written = writtenFields(fields, keepNull)
        if (written._tag === 'Left') return expect.unreachable()
        const { fields: own, atMost } = written.right
        expect(atMost).toBeGreaterThanOrEqual(jsonBytes(own))
        if (own === fields) expect(atMost).toBe(jsonBytesAtMost(own))
      })
    )
  })
})

describe('a draft', () => {
  it('of nothing says so instead of describing no call', () => {
    expect(described(newDraft())).toMatchObject({
      _tag: 'Left',
      left: [{ intent: 0, problem: { weight: 'invalid', found: 'an empty batch' } }]
    })
  })

  it('is left, right or both', () => {
    const [call] = callsOf(describeAddToList([{ munchkinId: hyg, listId: 1, leadId: 2 }]))
    const unsent = unsentOf(described(newDraft()))
    const made = (calls: number, problems: number) =>
      described({
        calls: call === undefined ? [] : [call].slice(0, calls),
        unsent: unsent.slice(0, problems)
      })._tag
    expect([made(1, 0), made(0, 1), made(1, 1)]).toEqual(['Right', 'Left', 'Both'])
  })
})
