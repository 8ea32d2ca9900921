/** The house rules that need no types, tried on made-up snippets, so that we know they can fail. */
import { Linter } from 'eslint'
import { describe, expect, it } from 'vitest'
import { countedRule, house } from './eslint.config.mjs'

const linter = new Linter({ cwd: '/' })

/** The rules that a snippet breaks; null stands for ESLint's own remarks. */
const broken = (code: string, filename = '/src/v2/mapper.ts'): ReadonlyArray<string | null> =>
  linter.verify(code, house as Linter.Config[], { filename }).map(({ ruleId }) => ruleId)

describe('outside the adapters', () => {
  it.each([
    ['any', 'export const x = (y: any) => y', '@typescript-eslint/no-explicit-any'],
    ['@ts-ignore', '// @ts-ignore\nexport const x = 1', '@typescript-eslint/ban-ts-comment'],
    ['@ts-expect-error', '// @ts-expect-error why\nexport const x = 1', '@typescript-eslint/ban-ts-comment'],
    ['a namespace export', "export * as v2 from './v2.js'", 'no-restricted-syntax'],
    ['an assignment as a condition', 'export const x = (y: number) => { if ((y = 1)) return y }', 'no-cond-assign'],
    ['a throw', 'export const x = () => { throw new Error() }', 'no-restricted-syntax'],
    ['instanceof', 'export const x = (y: unknown) => y instanceof Date', 'no-restricted-syntax'],
    ['the clock, by constructor', 'export const x = () => new Date()', 'no-restricted-syntax'],
    ['the clock, by call', 'export const x = () => Date()', 'no-restricted-syntax'],
    ['the clock, by method', 'export const x = () => Date.now()', 'no-restricted-properties'],
    ['the clock, taken out', 'export const { now } = Date', 'no-restricted-properties'],
    ['dice', 'export const x = () => Math.random()', 'no-restricted-properties'],
    ['a date in the zone of the machine', 'export const x = () => new Date(2026, 1, 1)', 'no-restricted-syntax'],
    ['a part of it', 'export const x = (d: Date) => d.getHours()', 'no-restricted-properties'],
    ['the locale of the machine', 'export const x = (n: number) => n.toLocaleString()', 'no-restricted-properties'],
    ['process', 'export const x = () => process.env', 'no-restricted-globals'],
    ['fetch', 'export const x = () => fetch("/")', 'no-restricted-globals'],
    ['console', 'export const x = () => console.log(1)', 'no-restricted-globals'],
    ['a timer', 'export const x = () => setTimeout(() => 1)', 'no-restricted-globals'],
    ['TextEncoder', 'export const x = () => new TextEncoder()', 'no-restricted-globals'],
    ['globalThis', 'export const x = () => globalThis', 'no-restricted-globals']
  ])('%s is refused', (_, code, rule) => {
    expect(broken(code)).toEqual([rule])
  })

  it('a comment switches no rule off', () => {
    const code = '// eslint-disable-next-line no-restricted-properties\nexport const x = () => Date.now()'
    expect(broken(code)).toEqual([null, 'no-restricted-properties'])
  })

  it.each([
    ['a date from a value', 'export const x = (n: number) => new Date(n).toISOString()'],
    ['UTC parts', 'export const x = (d: Date) => d.getUTCHours()'],
    ['a name of our own', 'export const x = (fetch: string) => fetch'],
    ['as const', 'export const x = [1] as const'],
    ['names passed on', "export { a } from './a.js'\nexport * from './b.js'"]
  ])('%s is fine', (_, code) => {
    expect(broken(code)).toEqual([])
  })

  it('a cast is counted, not refused', () => {
    const [cast] = linter.verify('export const x = y as string', house as Linter.Config[], { filename: '/src/a.ts' })
    expect([cast?.ruleId, cast?.severity]).toEqual([countedRule, 1])
  })
})

describe('in the adapters', () => {
  const adapter = '/src/adapters/fetch/send.ts'

  it('a runtime may be used', () => {
    expect(
      broken('export const x = async () => { await fetch("/"); throw new Error(String(Date.now())) }', adapter)
    ).toEqual([])
  })

  it('any and namespace exports are refused all the same', () => {
    expect(broken("export const x = (y: any) => y\nexport * as a from './a.js'", adapter)).toEqual([
      '@typescript-eslint/no-explicit-any',
      'no-restricted-syntax'
    ])
  })
})

describe('in the playground', () => {
  it.each([
    ['a text as markup', 'export const x = (e: Element, t: string) => { e.innerHTML = t }', 'no-restricted-properties'],
    [
      'markup beside an element',
      "export const x = (e: Element) => e.insertAdjacentHTML('beforeend', '')",
      'no-restricted-properties'
    ],
    ['markup into a document', "export const x = (d: Document) => d.write('')", 'no-restricted-properties'],
    ['a request', "export const x = () => fetch('/')", 'no-restricted-globals'],
    ['a beacon', "export const x = (n: Navigator) => n.sendBeacon('/')", 'no-restricted-properties'],
    ['an image', 'export const x = () => new Image()', 'no-restricted-globals']
  ])('%s is refused', (_, code, rule) => {
    expect(broken(code, '/docs/playground/view/explain.ts')).toEqual([rule])
  })

  it('the model is as pure as the library, letters of base64 apart', () => {
    const inModel = (code: string) => broken(code, '/docs/playground/model/fragment.ts')
    expect(inModel('export const x = () => document.title')).toEqual(['no-restricted-globals'])
    expect(inModel('export const x = () => Date.now()')).toEqual(['no-restricted-properties'])
    expect(inModel("export const x = () => btoa('')")).toEqual([])
  })
})
