/** A persistent map, against one that changes in place. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyTree, entriesOf, type Tree, valueAt, valuesOf, withoutKey, withValue } from '../../src/ground/tree.js'
import { frozen } from '../endpoints/reading.js'

const key = fc.oneof(
  fc.nat({ max: 40 }).map(String),
  fc.string({ maxLength: 3 }),
  fc.constantFrom('__proto__', 'constructor', '')
)
const step = fc.record({ key, value: fc.option(fc.nat()) })
const steps = fc.array(step, { maxLength: 120 })

const grow = (all: ReadonlyArray<{ readonly key: string; readonly value: number | null }>) => {
  let tree: Tree<number> = emptyTree
  const model = new Map<string, number>()
  for (const { key, value } of all) {
    tree = frozen(value === null ? withoutKey(tree, key) : withValue(tree, key, value))
    if (value === null) model.delete(key)
    else model.set(key, value)
  }
  return { tree, model }
}

const sorted = (numbers: Iterable<number>) => [...numbers].sort((a, b) => a - b)

describe('laws', () => {
  it('holds what a map would hold, and survives JSON', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const { tree, model } = grow(all)
        const again: Tree<number> = JSON.parse(JSON.stringify(tree))
        for (const { key } of all) {
          expect(valueAt(tree, key)).toBe(model.get(key))
          expect(valueAt(again, key)).toBe(model.get(key))
        }
        expect(sorted(valuesOf(tree))).toEqual(sorted(model.values()))
      })
    )
  })

  it('leaves the older tree as it was', () => {
    fc.assert(
      fc.property(steps, key, fc.nat(), (all, key, value) => {
        const { tree, model } = grow(all)
        withValue(tree, key, value)
        withoutKey(tree, key)
        expect(sorted(valuesOf(tree))).toEqual(sorted(model.values()))
      })
    )
  })

  it('is itself again where nothing was to be taken away', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const { tree } = grow(all)
        expect(withoutKey(tree, 'nobody has this key')).toBe(tree)
      })
    )
  })
})

describe('many', () => {
  it('are found, each, and a write copies little', () => {
    let tree: Tree<number> = emptyTree
    for (let i = 0; i < 20_000; i += 1) tree = withValue(tree, `k${i}`, i)
    for (let i = 0; i < 20_000; i += 97) expect(valueAt(tree, `k${i}`)).toBe(i)
    expect(valuesOf(tree, 5)).toHaveLength(5)
    expect(new Set(valuesOf(tree)).size).toBe(20_000)
    expect(withoutKey(tree, 'nobody has this key')).toBe(tree)
    const next = withValue(tree, 'k7', -1)
    const branches = (node: Tree<number>) => ('branch' in node ? node.branch : [])
    const longest = (node: Tree<number>): number =>
      'leaf' in node ? node.leaf.length : Math.max(...node.branch.map(longest))
    expect(longest(tree)).toBeLessThanOrEqual(16)
    expect(branches(next).filter((node, i) => node === branches(tree)[i])).toHaveLength(15)
  })
})

describe('few', () => {
  const tree = withValue(withValue(withValue(emptyTree, 'a', 1), 'b', 2), 'c', 3)

  it('are written in their places, and taken away one by one', () => {
    expect(entriesOf(withValue(tree, 'a', 4))).toEqual([
      ['a', 4],
      ['b', 2],
      ['c', 3]
    ])
    expect(entriesOf(withoutKey(tree, 'b'))).toEqual([
      ['a', 1],
      ['c', 3]
    ])
    expect(valuesOf(tree, 2)).toEqual([1, 2])
  })
})

describe('keys', () => {
  /** FNV-1a over the text's units, with the upper half folded into the lower one, in whole numbers of any length. */
  const hash = (key: string): bigint => {
    const fnv = Array.from({ length: key.length }, (_, i) => BigInt(key.charCodeAt(i))).reduce(
      (so, unit) => BigInt.asUintN(32, (so ^ unit) * 0x01000193n),
      0x811c9dc5n
    )
    return fnv ^ (fnv >> 15n)
  }

  it('stand where their hash says, so that a tree that was kept is read by later releases', () => {
    const names = Array.from({ length: 300 }, (_, i) => `k${i}`)
    const tree = names.reduce((so: Tree<number>, name, i) => withValue(so, name, i), emptyTree)
    const first = 'branch' in tree ? tree.branch : []
    expect(first).toHaveLength(16)
    for (const [slot, node] of first.entries()) {
      for (const [name] of entriesOf(node)) expect(Number(hash(name) & 15n)).toBe(slot)
      const second = 'branch' in node ? node.branch : []
      for (const [below, leaf] of second.entries())
        for (const [name] of entriesOf(leaf)) expect(Number((hash(name) >> 4n) & 15n)).toBe(below)
    }
    expect(first.some((node) => 'branch' in node)).toBe(true)
  })

  it('of one hash are told apart, however many', () => {
    // Three units: the third makes up for what the first two differ in, where their upper halves agree.
    const found: Array<string> = []
    for (let a = 0x4e00; found.length < 20; a += 1) {
      const one = Math.imul(0x811c9dc5 ^ a, 0x01000193)
      for (let b = 0; b < 0x10000 && found.length < 20; b += 1) {
        const two = Math.imul(one ^ b, 0x01000193)
        if (two >>> 16 === 0x1234) found.push(String.fromCharCode(a, b, two & 0xffff))
      }
    }
    expect(new Set(found.map(hash)).size).toBe(1)
    const tree = found.reduce((so: Tree<number>, key, i) => withValue(so, key, i), emptyTree)
    expect(found.map((key) => valueAt(tree, key))).toEqual(found.map((_, i) => i))
    const [first = ''] = found
    expect(valuesOf(withoutKey(tree, first))).toHaveLength(19)
  })
})
