/**
 * Tables that people wrote, since they say more than the sources do, still name what the sources name: all of it, and nothing else.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { defaultDeliveryOptions } from '../../src/delivery/options.js'
import * as front from '../../src/index.js'
import { defaultBudgetSettings } from '../../src/pace/budget-settings.js'
import { Condition, roots } from '../../src/recipes/rule-parts.js'
import { faultKinds } from '../../src/simulator/options.js'
import { defaultSyncOptions } from '../../src/source/sync/options.js'
import { defaultWritebackOptions } from '../../src/writeback/options.js'
import { entries } from '../tools/project.mjs'
import { interfacesOf, membersOf, root, textsOf } from './declared.js'

const textOf = (name: string): string => readFileSync(`${root}${name}`, 'utf8')

/** The rows of the first table with this head, as cells. */
const rowsOf = (page: string, head: string): ReadonlyArray<ReadonlyArray<string>> => {
  const [, found] = textOf(page).split(`\n${head}\n`)
  if (found === undefined) throw new Error(`${page} has no table headed ${head}`)
  const [body = ''] = found.split('\n\n')
  const rows = body.split('\n').slice(1)
  return rows.map((row) => row.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')))
}

/** What stands as code in a cell. */
const codeIn = (cell = ''): ReadonlyArray<string> => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name)

/** What stands as code in the first column. */
const namesIn = (page: string, head: string): ReadonlyArray<string> =>
  rowsOf(page, head).flatMap(([cell]) => codeIn(cell))

const actions = [...textOf('src/recipes/actions-file.ts').matchAll(/^ {2}action\('([a-z-]+)'/gm)].map(
  ([, name = '']) => name
)

const serverIntents = interfacesOf('src/intent/intent.ts', 'Intent')
  .map(({ name }) => name)
  .filter((name) => !name.endsWith('InBrowser'))

const { shares, ...budget } = defaultBudgetSettings
const budgetNames = [...Object.keys(budget), ...Object.keys(shares).map((name) => `shares.${name}`)]

// biome-ignore format: table
const tables: ReadonlyArray<readonly [page: string, head: string, names: ReadonlyArray<string>]> = [
  ['README.md',               '| Import | Holds |',                        entries.map(({ specifier }) => specifier)],
  ['docs/delivering.md',      '| Intent | Call | Records a call |',        serverIntents],
  ['docs/delivering.md',      '| Option | Default | Chooses |',            Object.keys(defaultDeliveryOptions)],
  ['docs/delivering.md',      '| Outcome | Means | Do |',                  textsOf('src/delivery/outcome.ts', 'ItemOutcome')],
  ['docs/delivering.md',      '| Remark | Says |',                         textsOf('src/delivery/outcome.ts', 'Remark')],
  ['docs/pace.md',            '| Setting | Default | Decides |',           budgetNames],
  ['docs/recipes.md',         '| Operator | Holds of |',                   Object.keys(Condition.type.types[1].props)],
  ['docs/recipes.md',         '| Root | Is |',                             roots],
  ['docs/recipes.md',         '| `do` | Besides | Becomes |',              actions],
  ['docs/simulator.md',       '| Option | Says | Default |',               membersOf('src/simulator/options.ts', 'SimulatorOptions')],
  ['docs/simulator.md',       '| Kind | What happens |',                   faultKinds],
  ['docs/source.md',          '| Setting | Takes | Default | What it decides |', membersOf('src/source/settings.ts', 'SourceSettings')],
  ['docs/source.md',          '| Option | Says | Default |',               Object.keys(defaultSyncOptions)],
  ['docs/v2.md',              '| Weight | What was lost |',                textsOf('src/ground/problem.ts', 'Weight')],
  ['docs/write-back.md',      '| Setting | Takes | Default | What it decides |', membersOf('src/writeback/settings.ts', 'WritebackSettings')],
  ['docs/write-back.md',      '| Option | Says | Default |',               Object.keys(defaultWritebackOptions)]
]

/** A number as guides write it, its thousands apart; other values as code, or as they are. */
const written = (value: unknown): ReadonlyArray<string> =>
  typeof value === 'number' ? [String(value).replace(/\B(?=(\d{3})+$)/g, ',')] : [String(value), `\`${value}\``]

const isPlain = (value: unknown): boolean => typeof value !== 'object'

/** Rows about one option with a plain default, which is not as the row says. */
const wrongDefaults = (page: string, head: string, options: object): ReadonlyArray<string> => {
  const values = new Map<string, unknown>(Object.entries(options))
  return rowsOf(page, head).flatMap((cells) => {
    const [name = '', ...more] = codeIn(cells[0])
    const value = values.get(name)
    const told = (cells.at(-1) ?? '').split(/, | ms$/)[0] ?? ''
    return more.length > 0 || !isPlain(value) || written(value).includes(told) ? [] : [`${name}: ${told}`]
  })
}

describe('a table that people wrote', () => {
  it.each(tables)('%s, %s, names what the sources name', (page, head, names) => {
    const told = new Set(namesIn(page, head))
    expect([...told].sort()).toEqual([...new Set(names)].sort())
  })

  it.each([
    ['docs/source.md', defaultSyncOptions],
    ['docs/write-back.md', defaultWritebackOptions]
  ])('%s tells each default', (page, options) => {
    expect(wrongDefaults(page, '| Option | Says | Default |', options)).toEqual([])
  })

  it('that told another default would be found out', () => {
    const [head, options] = ['| Option | Says | Default |', { ...defaultWritebackOptions, overlapMillis: 1 }]
    expect(wrongDefaults('docs/write-back.md', head, options)).toEqual(['overlapMillis: 3,600,000'])
  })

  it('of the everyday names has only names of the front door', () => {
    const names = namesIn('README.md', '| Name | Does |').map((call) => call.replace(/\(.*/, ''))
    expect(names.filter((name) => !(name in front))).toEqual([])
    expect(names.length).toBeGreaterThan(15)
  })
})
