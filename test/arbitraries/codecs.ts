/**
 * Values that a codec reads, drawn from the codec itself, so that no member of it is forgotten; and the same with one thing wrong.
 */
import * as fc from 'fast-check'
import type * as t from 'io-ts'
import { isKnownCodec } from '../../src/ground/codec-schema.js'

/** What brands hold, by their names. */
export type Brands = Readonly<Record<string, fc.Arbitrary<unknown>>>

const recordOf = (entries: ReadonlyArray<readonly [string, fc.Arbitrary<unknown>]>, required: boolean) =>
  fc.record(Object.fromEntries(entries), required ? {} : { requiredKeys: [] })

const merged = (parts: ReadonlyArray<fc.Arbitrary<unknown>>): fc.Arbitrary<unknown> =>
  fc.tuple(...parts).map((all) => Object.assign({}, ...all.map((one) => (typeof one === 'object' ? one : {}))))

/** Values that a codec reads. */
export const valueFrom =
  (brands: Brands, text: fc.Arbitrary<string>) =>
  (codec: t.Mixed): fc.Arbitrary<unknown> => {
    const own = valueFrom(brands, text)
    const branded = brands[codec.name]
    if (branded !== undefined) return branded
    if (!isKnownCodec(codec)) return fc.constant(null)
    const props = (all: t.Props) => Object.entries(all).map(([name, member]) => [name, own(member)] as const)
    switch (codec._tag) {
      case 'StringType':
        return text
      case 'NumberType':
        return fc.integer({ min: -50, max: 50 })
      case 'BooleanType':
        return fc.boolean()
      case 'NullType':
        return fc.constant(null)
      case 'LiteralType':
        return fc.constant(codec.value)
      case 'KeyofType':
        return fc.constantFrom(...Object.keys(codec.keys))
      case 'InterfaceType':
        return recordOf(props(codec.props), true)
      case 'PartialType':
        return recordOf(props(codec.props), false)
      case 'ReadonlyArrayType':
        return fc.array(own(codec.type), { maxLength: 3 })
      case 'DictionaryType':
        return fc.dictionary(own(codec.domain).map(String), own(codec.codomain), { maxKeys: 3 })
      case 'UnionType':
        return fc.oneof(...codec.types.map(own))
      case 'IntersectionType':
        return merged(codec.types.map(own))
      case 'ExactType':
      case 'RefinementType':
        return own(codec.type)
    }
  }

/** One step down or sideways in a JSON value, and what to put there. */
type Change = readonly [steps: ReadonlyArray<number>, what: unknown, how: 'put' | 'rename' | 'part' | 'drop']

const changed = (u: unknown, [[step = 0, ...steps], what, how]: Change): unknown => {
  if (typeof u !== 'object' || u === null) return what
  const entries = Object.entries(u)
  const i = entries.length === 0 ? -1 : step % entries.length
  const entry = entries[i]
  if (entry === undefined) return what
  const [name, value] = entry
  const goesOn = steps.length > 0 && typeof value === 'object' && value !== null
  const after = goesOn
    ? [[name, changed(value, [steps, what, how])] as const]
    : how === 'drop'
      ? []
      : [[how === 'rename' ? `${name}x` : how === 'part' ? `${name} x` : name, how === 'put' ? what : value] as const]
  const all = [...entries.slice(0, i), ...after, ...entries.slice(i + 1)]
  return Array.isArray(u) ? all.map(([, one]) => one) : Object.fromEntries(all)
}

/** A value with one thing in it changed, anywhere: another value, another name, also one in two parts, or gone. */
export const withOneChange = (value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc
    .tuple(
      value,
      fc.array(fc.nat({ max: 20 }), { minLength: 1, maxLength: 7 }),
      fc.oneof(fc.constantFrom(null, true, -1, 0, 1.5, '', ' ', 'x', [], {}), fc.jsonValue({ maxDepth: 2 })),
      fc.constantFrom<Change[2]>('put', 'put', 'rename', 'part', 'drop')
    )
    .map(([u, steps, what, how]) => changed(u, [steps, what, how]))
