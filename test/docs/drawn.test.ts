/**
 * What the guides draw from the sources is what the sources say.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { errorCodes } from '../../src/marketo/error-codes.js'
import { settingRows } from '../../src/v2/setting-names.js'
import { constantsOf, root } from './declared.js'
import { drawings, settingGroups } from './drawings.js'
import { allTrials, chapters, trialsIn } from './laws.js'
import { cell, marksIn, prose, redrawn, table } from './markdown.js'

const command = 'DRAW=1 npm run test:unit -- test/docs'

const textOf = (name: string): string => readFileSync(`${root}${name}`, 'utf8')

const pages = ['README.md', ...readdirSync(`${root}docs`).map((name) => `docs/${name}`)].filter(
  (name) => name.endsWith('.md') && marksIn(textOf(name)).length > 0
)

const allMarks = (): ReadonlyArray<string> => pages.flatMap((name) => marksIn(textOf(name)))

describe('a page', () => {
  const page = 'a\n<!-- drawn: one x -->\nold\n<!-- /drawn -->\nb'

  it('is drawn anew between its marks and nowhere else', () => {
    expect(redrawn(page, new Map([['one', ([word = '']: ReadonlyArray<string>) => `new ${word}`]]))).toBe(
      'a\n<!-- drawn: one x -->\n\nnew x\n\n<!-- /drawn -->\nb'
    )
  })

  it('drawn twice is as drawn once', () => {
    const drawn = new Map([['one', () => 'new']])
    expect(redrawn(redrawn(page, drawn), drawn)).toBe(redrawn(page, drawn))
  })

  it('with a mark that nobody draws is refused', () => {
    expect(() => redrawn(page, new Map())).toThrow('no drawing is called one')
  })

  it('has tables whose cells may hold bars, and running text whose stars are stars', () => {
    expect(table(['A'], [[cell('x | y')]])).toBe('| A |\n| --- |\n| x \\| y |')
    expect(prose('a_b `c_d` <e>')).toBe('a\\_b `c_d` &lt;e>')
  })
})

describe('trials', () => {
  const trialsOf = (text: string) => trialsIn(ts.createSourceFile('test/a.test.ts', text, ts.ScriptTarget.Latest, true))

  it.each([
    ['one id', "it('P1 holds', f)", ['P1: holds']],
    ['two ids', "it('P1 M5 holds', f)", ['P1: holds', 'M5: holds']],
    ['a list of cases', "it.each([1])('P1 holds for %s', f)", ['P1: holds for …']],
    ['an id of the group', "describe('P1 cookies', () => { it('hold', f) })", ['P1: cookies: hold']],
    ['an id of its own in a group', "describe('P1 cookies', () => { it('M5 hold', f) })", ['M5: cookies: hold']],
    ['a group called laws', "describe('laws of cookies', () => { it('P1 holds', f) })", ['P1: holds']],
    ['a group called by its case', "describe.each([1])('%s', () => { it('P1 holds', f) })", ['P1: holds']],
    ['no id', "it('holds', f)", []],
    ['an id inside the title', "it('holds P1 too', f)", []]
  ])('are read off %s', (_, text, expected) => {
    expect(trialsOf(text).map(({ id, title }) => `${id}: ${title}`)).toEqual(expected)
  })

  it('try only laws that the page states', () => {
    const stated = new Set(chapters.flatMap(({ laws }) => laws.map(({ id }) => id)))
    expect(allTrials().filter(({ id }) => !stated.has(id))).toEqual([])
  })
})

describe('the guides', () => {
  it.each(pages)(`%s shows what the sources say (${command} draws it anew)`, (name) => {
    const before = textOf(name)
    const after = redrawn(before, drawings)
    if (process.env.DRAW === '1' && after !== before) writeFileSync(`${root}${name}`, after)
    else expect(after, `${name} is out of date: ${command}`).toBe(before)
  })

  it('show every setting once', () => {
    expect(Object.values(settingGroups).flat().sort()).toEqual(Object.keys(settingRows).sort())
    for (const group of Object.keys(settingGroups)) expect(allMarks()).toContain(`settings ${group}`)
  })

  it('show every limit and every error code', () => {
    for (const { name } of constantsOf('src/marketo/limits.ts')) expect(allMarks()).toContain(`limits ${name}`)
    for (const { listed } of Object.values(errorCodes)) expect(allMarks()).toContain(`error-codes ${listed}`)
  })
})
