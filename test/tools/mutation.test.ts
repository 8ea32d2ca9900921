/**
 * Mutation testing tells the truth: which tests it runs, which laws they try, and what it says of a mutant that lives.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { harness, lawsIn } from './mutation/harness.mjs'
import { fileReport, isExplained, scoreOf } from './mutation/report.mjs'
import { rooms, sourcesOf, testsFor } from './mutation/rooms.mjs'
import { root } from './project.mjs'

const source = 'src/ground/option.ts'
const lines = readFileSync(`${root}${source}`, 'utf8').split('\n')
const at = lines.findIndex((line) => line.startsWith('export const')) + 1
const line = lines[at - 1] ?? ''

/** A mutant of the first exported line, in place of its first six characters. */
const mutant = (status: 'Killed' | 'Survived' | 'Timeout' | 'NoCoverage' | 'Ignored', replacement = 'import') => ({
  ...{ id: '1', fileName: source, mutatorName: 'Any', replacement, status },
  location: { start: { line: at, column: 1 }, end: { line: at, column: 7 } }
})

describe('tests in a script', () => {
  const told = () => {
    const { given, tests } = harness(expect)
    const ran: Array<unknown> = []
    given.file('test/a.test.ts', () => {
      given.it('alone', () => ran.push('alone'))
      given.describe('P1 group', () => {
        given.it.each([
          [1, 2],
          [3, 4]
        ])('sums %s', (a, b) => ran.push([a, b]))
        given.it('M5 S3 own', () => Promise.reject(new Error('no')))
      })
      given.describe.each(['x'])('of %s', (name) => given.it('twice', () => ran.push(name)))
    })
    return { ran, tests }
  }

  it('are collected in order, each under a name of its own, and run when asked', async () => {
    const { ran, tests } = told()
    expect(ran).toEqual([])
    expect(tests.map(({ id }) => id)).toEqual([
      'test/a.test.ts > alone',
      'test/a.test.ts > P1 group > sums %s #1',
      'test/a.test.ts > P1 group > sums %s #2',
      'test/a.test.ts > P1 group > M5 S3 own',
      'test/a.test.ts > of %s #1 > twice'
    ])
    for (const test of tests.filter(({ name }) => !name.endsWith('own'))) await test.run()
    expect(ran).toEqual(['alone', [1, 2], [3, 4], 'x'])
  })

  it('fail as they fail', async () => {
    const failing = told().tests.find(({ name }) => name.endsWith('own'))
    await expect(Promise.resolve(failing?.run())).rejects.toThrow('no')
  })

  it('tell two of one name apart', () => {
    const { given, tests } = harness(expect)
    given.it('same', () => undefined)
    given.it('same', () => undefined)
    expect(new Set(tests.map(({ id }) => id)).size).toBe(2)
  })

  it.each([
    ['test/a.test.ts > P1 M5 holds', ['P1', 'M5']],
    ['test/a.test.ts > P1 group > holds', ['P1']],
    ['test/a.test.ts > P1 group > M5 holds', ['M5']],
    ['test/a.test.ts > holds P1 too', []],
    ['test/a.test.ts > holds', []]
  ])('try the laws that their titles begin with: %s', (id, laws) => {
    expect(lawsIn(id)).toEqual(laws)
  })
})

describe('the report of a source', () => {
  it('counts what was killed or never came to an end, and tells the rest', () => {
    const mutants = (['Killed', 'Timeout', 'Survived', 'NoCoverage', 'Ignored'] as const).map((status) =>
      mutant(status)
    )
    const { mutants: all, killed, survivors } = fileReport(source, mutants, undefined)
    expect([all, killed]).toEqual([4, 2])
    expect(survivors).toEqual([1, 2].map(() => ({ at, line, was: 'export', is: 'import', because: '' })))
  })

  it('keeps a reason where the line moves, gives it to one mutant each, and drops it with its mutant', () => {
    const once = { at: 1, line, was: 'export', is: 'import', because: 'nobody can tell' }
    const before = { of: '', mutants: 2, killed: 0, survivors: [once, { ...once, line: 'gone' }] }
    const { survivors } = fileReport(source, [mutant('Survived'), mutant('Survived')], before)
    expect(survivors.map(({ because }) => because)).toEqual(['nobody can tell', ''])
    expect(fileReport(source, [mutant('Survived', 'other')], before).survivors[0]?.because).toBe('')
  })

  it('tells two mutants of one long text apart, shortly before they part', () => {
    const path = 'src/segment/page-url.ts'
    const long = readFileSync(`${root}${path}`, 'utf8').split('\n')
    const row = long.findIndex((text) => text.length > 150) + 1
    const text = long[row - 1] ?? ''
    const changed = (from: number) => ({
      ...mutant('Survived', `${text.slice(0, from)}!${text.slice(from + 1)}`),
      location: { start: { line: row, column: 1 }, end: { line: row, column: text.length + 1 } }
    })
    const [one, other] = fileReport(path, [changed(130), changed(140)], undefined).survivors
    expect(one?.is).not.toBe(other?.is)
    expect([one?.was[0], one?.was[31], one?.is[31]]).toEqual(['…', text.trim()[130 - text.search(/\S/)], '!'])
  })

  it.each([
    ['nobody can tell', true],
    ['', false],
    [' ', false],
    ['Not tried: no time', false],
    ['Not tried again: a test was written', false]
  ])('takes for a reason only what is one: %j', (because, is) => {
    expect(isExplained({ because })).toBe(is)
  })

  it('has a score in percent, all sources by their weight', () => {
    expect(scoreOf([])).toBe(100)
    expect(scoreOf([{ mutants: 0, killed: 0 }])).toBe(100)
    expect(
      scoreOf([
        { mutants: 1, killed: 1 },
        { mutants: 3, killed: 2 }
      ])
    ).toBe(75)
  })
})

it('every room has sources to mutate, and tests that meet them', () => {
  for (const room of rooms) {
    expect(sourcesOf(room), room).not.toEqual([])
    expect(testsFor(room, false), room).not.toEqual([])
    expect(testsFor(room, true), room).toEqual(expect.arrayContaining([...testsFor(room, false)]))
  }
})
