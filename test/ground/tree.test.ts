/** A persistent map, against one that changes in place. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyTree, type Tree, valueAt, valuesOf, withoutKey, withValue } from '../../src/ground/tree.js'
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
    const next = withValue(tree, 'k7', -1)
    const branches = (node: Tree<number>) => ('branch' in node ? node.branch : [])
    const longest = (node: Tree<number>): number =>
      'leaf' in node ? node.leaf.length : Math.max(...node.branch.map(longest))
    expect(longest(tree)).toBeLessThanOrEqual(16)
    expect(branches(next).filter((node, i) => node === branches(tree)[i])).toHaveLength(15)
  })
})
