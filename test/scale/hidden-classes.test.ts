/**
 * What a hot loop reads is of one hidden class. V8 of Node 20 makes a class for each object of `{ ...old, more }`; every later read of such
 * objects misses its cache, and a delivery takes half as long again.
 */
import { setFlagsFromString } from 'node:v8'
import { describe, expect, it } from 'vitest'
import { next } from '../../src/delivery/next.js'
import { sayYes } from '../../src/delivery/plan-answers.js'
import { receive } from '../../src/delivery/receive.js'
import { start } from '../../src/delivery/start.js'
import { compileForServer, mapper } from '../../src/v2/mapper.js'
import { corpusSettings, makeCorpus } from '../bench/corpus.js'
import { itemsOf } from '../bench/delivery.js'

setFlagsFromString('--allow-natives-syntax')
const haveSameMap = new Function('a', 'b', 'return %HaveSameMap(a, b)')

/** How many hidden classes some objects are of. */
const classesOf = (objects: ReadonlyArray<object>): number => {
  const seen: Array<object> = []
  for (const one of objects) if (!seen.some((other) => haveSameMap(one, other) === true)) seen.push(one)
  return seen.length
}

describe('hidden classes', () => {
  it('are counted: a spread with more behind it makes many', () => {
    const spread = (n: number): object => ({ ...{ a: n, b: n }, [`c${n}`]: n })
    expect(classesOf(Array.from({ length: 20 }, (_, n) => spread(n)))).toBe(20)
    expect(classesOf(Array.from({ length: 20 }, (_, n) => ({ a: n, b: n })))).toBe(1)
  })

  it('of the items of a delivery are one, before an answer and after', () => {
    const items = itemsOf(makeCorpus(600), mapper(corpusSettings()))
    const [asking, requests] = next(start(items), 0)
    expect(asking.pending.length).toBeGreaterThan(500)
    expect(classesOf(asking.pending)).toBe(1)
    const leads = new Map()
    const after = requests.reduce((state, { id, call }) => receive(state, id, sayYes(leads, call), 0), asking)
    expect(classesOf(next(after, 0)[0].pending)).toBeLessThanOrEqual(2)
  })

  it('of the rows that settings are made into are one for each kind', () => {
    const { standard, custom, events } = compileForServer(corpusSettings())
    const rows = [...events.values()].flatMap(({ primary, attributes }) => [primary, ...attributes])
    expect(rows.length).toBeGreaterThan(10)
    expect([classesOf(Object.values(standard)), classesOf(custom), classesOf(rows)]).toEqual([1, 1, 1])
  })
})
