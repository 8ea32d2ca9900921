/**
 * Every target under inputs made from its corpus: few here, as many as asked for by `npm run fuzz`.
 */
import { fileURLToPath } from 'node:url'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { corpusOf } from './corpus.js'
import { faultOf, inputFrom } from './held.js'
import { inputsFor } from './mutate.js'
import { mark, type Target } from './target.js'
import { targets } from './targets/index.js'

const folder = fileURLToPath(new URL('corpus', import.meta.url))
const numRuns = 150

const named = targets.map((target): readonly [string, Target] => [target.name, target])

describe('hostile input', () => {
  it.each(named)('%s takes its corpus as it is', (_, target) => {
    const corpus = corpusOf(target, folder)
    expect(corpus.length).toBeGreaterThan(1)
    for (const input of corpus) expect(faultOf(target, input)).toBeUndefined()
  })

  it.each(named)('%s takes what is made from it', (_, target) => {
    fc.assert(
      fc.property(inputsFor(target, corpusOf(target, folder)), (input) => {
        expect(faultOf(target, input)).toBeUndefined()
      }),
      { numRuns }
    )
  })
})

/** A value that counts how often it is looked into. */
const watched = (value: unknown): { readonly value: unknown; readonly reads: () => number } => {
  let reads = 0
  const count = <A>(answer: A): A => {
    reads += 1
    return answer
  }
  const proxy = new Proxy(Object(value), {
    get: (target, name) => count(Reflect.get(target, name)),
    has: (target, name) => count(Reflect.has(target, name)),
    ownKeys: (target) => count(Reflect.ownKeys(target))
  })
  return { value: proxy, reads: () => reads }
}

describe('what holds is really looked at', () => {
  it.each(named.filter(([, { reads }]) => reads === 'value'))('%s reads its input', (_, { feed, ...target }) => {
    const { value, reads } = watched(corpusOf({ feed, ...target }, folder)[0])
    feed(value)
    expect(reads()).toBeGreaterThan(0)
  })

  const target = (feed: Target['feed']): Target => ({ name: 'bad', corpus: 'events', reads: 'value', feed })
  const bad: ReadonlyArray<readonly [string, Target['feed'], unknown]> = [
    [
      'throws',
      () => {
        throw new Error('no')
      },
      1
    ],
    ['tells a value', (input) => [`found ${String(input)}`], `${mark}-value`],
    [
      'is slow',
      () => {
        const end = performance.now() + 60
        const before = process.cpuUsage()
        const spent = (): number => Object.values(process.cpuUsage(before)).reduce((sum, micros) => sum + micros)
        while (performance.now() < end || spent() < 60_000);
      },
      1
    ],
    ['touches a prototype', () => Reflect.set(Object.prototype, 'polluted', 1), 1]
  ]

  it.each(bad)('%s', (what, feed, input) => {
    try {
      expect(faultOf(target(feed), input)?.what).toBe(what)
    } finally {
      Reflect.deleteProperty(Object.prototype, 'polluted')
    }
  })

  it('names may be told, wherever a mutation has carried a value', () => {
    const tells = target((input) => [JSON.stringify(input)])
    expect(faultOf(tells, { [mark]: 1 })).toBeUndefined()
    expect(faultOf(tells, { event: mark })).toBeUndefined()
    expect(faultOf(tells, { traits: { plan: mark } })?.what).toBe('tells a value')
  })

  it('what is no JSON is a value too', () => {
    const reads = target(() => null)
    expect(inputFrom(reads, '{"a":1}')).toEqual({ a: 1 })
    expect(inputFrom(reads, '{"a":')).toBe('{"a":')
    expect(inputFrom({ ...reads, reads: 'text' }, '{"a":1}')).toBe('{"a":1}')
  })
})
