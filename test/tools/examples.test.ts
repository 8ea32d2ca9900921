/** How examples are found and turned into programs that check themselves. */
import { describe, expect, it } from 'vitest'
import { examplesInMarkdown, examplesInSource } from './examples/collect.mjs'
import { arrowsIn, namesDeclaredIn, withChecks } from './examples/rewrite.mjs'

const checked = (code: string) => withChecks({ file: 'a.md', line: 5, code, runs: true })

describe('examples are found', () => {
  it('in ts blocks of a page and no others, with the line of their first line', () => {
    const page = ['# A', '```ts', 'one', '```', '```js', 'two', '```', '```ts no-run', 'three', 'four', '```'].join(
      '\n'
    )
    expect(examplesInMarkdown('a.md', page)).toEqual([
      { file: 'a.md', line: 3, code: 'one', runs: true },
      { file: 'a.md', line: 9, code: 'three\nfour', runs: false }
    ])
  })

  it('not in a block that is shown inside another', () => {
    expect(examplesInMarkdown('a.md', ['````md', '```ts', 'one', '```', '````'].join('\n'))).toEqual([])
  })

  it('in example tags of doc comments, up to the next tag, an @ inside the code apart', () => {
    const source = [
      '/**',
      ' * A.',
      ' *',
      ' * @example',
      " * a('x@y.z')",
      ' * // => 1',
      ' * @since 0.1.0',
      ' */',
      'export const a = 1'
    ]
    expect(examplesInSource('src/a.ts', source.join('\n'))).toEqual([
      { file: 'src/a.ts', line: 5, code: "a('x@y.z')\n// => 1", runs: true }
    ])
  })

  it('in fenced example tags, and on members, and twice in one comment', () => {
    const source = [
      'export interface A {',
      '  /**',
      '   * @example',
      '   * Like so:',
      '   * ```ts',
      '   * one',
      '   * ```',
      '   * @example two',
      '   * three',
      '   */',
      '  a: 1',
      '}'
    ]
    expect(examplesInSource('src/a.ts', source.join('\n'))).toEqual([
      { file: 'src/a.ts', line: 6, code: 'one', runs: true },
      { file: 'src/a.ts', line: 9, code: 'three', runs: true }
    ])
  })

  it('in example tags marked as not to be run', () => {
    const [example] = examplesInSource('src/a.ts', '/**\n * @example\n * send(x) // no-run\n */\nexport const a = 1')
    expect(example?.runs).toBe(false)
  })

  it('not in a text that looks like a comment', () => {
    expect(examplesInSource('src/a.ts', 'export const a = `/**\n * @example\n * one\n */`')).toEqual([])
  })
})

describe('an expectation is checked', () => {
  it.each([
    ['on the same line', 'f(1) // => 2', '__same((f(1)), () => (2), "a.md:5") // => 2'],
    ['on the next line', 'f(1)\n// => 2', '__same((f(1)), () => (2), "a.md:5")\n// => 2'],
    [
      'over several lines',
      'f(1)\n// => {\n//   a: 1 }',
      '__same((f(1)), () => ({ a: 1 }), "a.md:5")\n// => {\n//   a: 1 }'
    ],
    ['of a constant', 'const x = f(1) // => 2', 'const x = f(1); __same((x), () => (2), "a.md:5") // => 2'],
    ['with its own line', 'f(0)\nf(1) // => 2', 'f(0)\n__same((f(1)), () => (2), "a.md:6") // => 2']
  ])('%s', (_, code, program) => {
    expect(checked(code)).toEqual({ code: program, checks: 1 })
  })

  it('for each of several', () => {
    expect(checked('f(1) // => 2\nf(2) // => 3').checks).toBe(2)
  })

  it.each([
    ['inside a block', 'if (a) {\n  f(1) // => 2\n}'],
    ['far below', 'f(1)\n\n// => 2'],
    ['behind another comment line', 'f(1) // one\n// two\n// => 2']
  ])('but not %s, which is seen as a difference in number', (_, code) => {
    expect([arrowsIn(code), checked(code).checks]).toEqual([1, 0])
  })
})

it('the names of an example are those it declares or imports, not those it mentions', () => {
  const code =
    "import d, { e as f } from 'x'\nimport * as g from 'y'\nconst { a, b: [c] } = { z: 1 }\ntype T = 1\nfunction h(i) {}"
  expect([...namesDeclaredIn(code)].sort()).toEqual(['T', 'a', 'c', 'd', 'f', 'g', 'h'])
})
