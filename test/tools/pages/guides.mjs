// @ts-check
/**
 * The guides on the site: which there are, in which group and order. A guide's title is its first heading, so
 * that the Markdown needs no front matter.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { root } from '../project.mjs'

export const folder = join(root, 'docs')

const recipes = ['enrichment', 'behaviors', 'audiences', 'programs', 'scores', 'lifecycle', 'suppression'].map(
  (name) => `recipe-${name}`
)

const collections = [
  ...['leads', 'lead-activities', 'lead-activity-attributes', 'lead-activity-types', 'lead-activity-type-attributes'],
  ...['lists', 'programs', 'campaigns', 'email', 'landing-pages', 'segmentation', 'segments']
].map((name) => `source-${name}`)

/** Guides by file name, in the order in which they are read. */
// biome-ignore format: table
export const groups = [
  { title: 'Start',      names: ['getting-started', 'preventing-duplicates'] },
  { title: 'Contracts',  names: ['v2', 'v2-settings', 'v1', 'migrating-from-v1', 'examples/migration', 'facade'] },
  { title: 'Delivery',   names: ['delivering', 'delivering-with-fetch', 'pace', 'scaling', 'examples/bullmq/README', 'segment-functions', 'browser-page'] },
  { title: 'Recipes',    names: ['recipes', ...recipes] },
  { title: 'Write-back', names: ['write-back', 'conflicts'] },
  { title: 'Source',     names: ['source', ...collections, 'source-warehouse'] },
  { title: 'Tools',      names: ['playground', 'command-line', 'checking-settings', 'editor-help', 'simulator'] },
  { title: 'Facts',      names: ['decisions', 'limits-and-errors', 'laws', 'figures', 'mutation', 'SECURITY', 'releasing', 'api-report', 'CHANGELOG'] }
]

/** @param {string} file */
const titleOf = (file) => {
  const heading = /^# (.+)$/m.exec(readFileSync(join(folder, file), 'utf8'))?.[1] ?? basename(file, '.md')
  return file.startsWith('examples/') ? `Example: ${heading}` : heading
}

/** A link's words: its address is that of a repository. @param {string} text */
const withoutLinks = (text) => text.replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')

/** What each guide answers, as the README's table of guides says. */
const answers = new Map(
  [...readFileSync(join(root, 'README.md'), 'utf8').matchAll(/^\| \[[^\]]+\]\(docs\/([^)]+)\) \| (.+) \|$/gm)].map(
    ([, file, answer = '']) => [file, withoutLinks(answer)]
  )
)

/** In order. A guide whose row was written before the guide itself is left out. */
export const guides = groups.flatMap(({ title: group, names }) =>
  names
    .map((name) => `${name}.md`)
    .filter((file) => existsSync(join(folder, file)))
    .map((file) => ({ file, title: titleOf(file), group, summary: answers.get(file) ?? '' }))
)

/**
 * What is wrong with a listing: each page stands in it once.
 *
 * @param {ReadonlyArray<string>} pages the files in docs/
 * @param {ReadonlyArray<string>} names
 * @returns {ReadonlyArray<string>}
 */
export const faultsOf = (pages, names) => {
  const files = names.map((name) => `${name}.md`)
  const lost = pages.filter((page) => !files.includes(page))
  const twice = files.filter((file, i) => files.indexOf(file) !== i)
  const mend = 'test/tools/pages/guides.mjs lists the guides, each once'
  return [
    ...lost.map((page) => `docs/${page} is in no group: ${mend}`),
    ...twice.map((page) => `docs/${page} is in two places: ${mend}`)
  ]
}

/** What is wrong with ours. */
export const faultsOfGuides = () =>
  faultsOf(
    readdirSync(folder).filter((name) => name.endsWith('.md')),
    groups.flatMap(({ names }) => names)
  )
