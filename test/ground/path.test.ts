import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Path, printPath } from '../../src/ground/path.js'

const part = fc.oneof(
  fc.nat(),
  fc.string(),
  fc.stringMatching(/^[A-Za-z_$][\w$]*$/),
  fc.constantFrom('', '.', '[0]', '"', '__proto__')
)
const path: fc.Arbitrary<Path> = fc.array(part, { minLength: 1, maxLength: 5 })

/** Reads a printed path again: what stands in brackets is JSON. */
const reread = (text: string): Path => {
  const parts: Array<string | number> = []
  let rest = /^[[.]/.test(text) ? text : `.${text}`
  while (rest !== '') {
    const found = /^\.([A-Za-z_$][\w$]*)|^\[(\d+)\]|^\[("(?:[^"\\]|\\.)*")\]/.exec(rest)
    if (found === null) return [`unreadable: ${rest}`]
    const [whole, key, index, quoted] = found
    parts.push(key ?? (index === undefined ? JSON.parse(quoted ?? '""') : Number(index)))
    rest = rest.slice(whole.length)
  }
  return parts
}

describe('laws', () => {
  it('a printed path of short keys says which path it was', () => {
    fc.assert(
      fc.property(path, (parts) => {
        fc.pre(parts.every((key) => typeof key === 'number' || key.length <= 120))
        expect(reread(printPath(parts))).toEqual(parts)
      })
    )
  })

  it('it is one line without control characters', () => {
    fc.assert(
      fc.property(path, (parts) => {
        expect(Array.from(printPath(parts)).every((character) => character >= ' ')).toBe(true)
      })
    )
  })

  it('a long key is cut at 120 characters', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{121,300}$/), (key) => {
        expect(printPath(['traits', key])).toBe(`traits["${key.slice(0, 120)}…"]`)
      })
    )
  })
})

describe('examples', () => {
  it.each([
    [['traits', 'email'], 'traits.email'],
    [['events', 0, 'first name'], 'events[0]["first name"]'],
    [[0, 'a'], '[0].a'],
    [['a.b'], '["a.b"]'],
    [['1st'], '["1st"]'],
    [['$a_1'], '$a_1'],
    [[''], '[""]'],
    [['x'.repeat(120)], 'x'.repeat(120)],
    [[], '(whole value)']
  ])('%j is %s', (parts, text) => {
    expect(printPath(parts)).toBe(text)
  })
})
