// @ts-check
/**
 * THIRD-PARTY-NOTICES.md: the licence of every package of which code is compiled into dist, as esbuild tells it.
 *
 *     node test/tools/notices.mjs           fails when the file is out of date
 *     node test/tools/notices.mjs --write   writes it anew
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundle, packageOf, text } from './bundles.mjs'
import { cli, entries, root } from './project.mjs'

const place = join(root, 'THIRD-PARTY-NOTICES.md')

/** The folder, relative to the root, of the package a bundled file belongs to: two versions of one package are two. @param {string} input */
const folderOf = (input) => {
  const name = packageOf(input)
  if (name === undefined) return []
  return [`${input.slice(0, input.lastIndexOf('node_modules/'))}node_modules/${name}`]
}

/** Nothing minified, so that nothing hides. @param {import('esbuild').BuildOptions} what */
const packagesIn = async (what) =>
  (await bundle({ ...what, minify: false })).inputs.flatMap(({ path }) => folderOf(path))

const every = entries.map(({ source }, index) => `export * as e${index} from './${source}'`)
const library = await packagesIn(text(every.join('\n')))
const command = await packagesIn({ entryPoints: [cli.source], platform: 'node', format: 'cjs' })

/** @param {string} folder */
const licenceOf = (folder) => {
  const file = readdirSync(join(root, folder)).find((name) => /^licen[cs]e/i.test(name))
  if (file === undefined) throw new Error(`${folder} has no licence file`)
  return readFileSync(join(root, folder, file), 'utf8')
    .replace(/\r/g, '')
    .trim()
}

/** @param {string} folder */
const section = (folder) => {
  const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
  const places = [
    ...(library.includes(folder) ? ['the library'] : []),
    ...(command.includes(folder) ? ['the command'] : [])
  ]
  return `## ${name} ${version} (${license})\n\nCompiled into ${places.join(' and ')}.\n\n\`\`\`text\n${licenceOf(folder)}\n\`\`\`\n`
}

const folders = [...new Set([...library, ...command])].sort()
const head = `# Third-party notices

segment-marketo depends on no package at run time: what it uses of the following is compiled in. Written by
\`npm run notices\`; a test compares it with what the bundler finds.
`
const after = [head, ...folders.map(section)].join('\n')

if (process.argv.includes('--write')) {
  writeFileSync(place, after)
  console.log(`THIRD-PARTY-NOTICES.md written: ${folders.length} packages`)
} else {
  const before = existsSync(place) ? readFileSync(place, 'utf8') : ''
  const headings = (/** @type {string} */ page) => page.split('\n').filter((line) => line.startsWith('## '))
  if (before !== after) {
    console.log('THIRD-PARTY-NOTICES.md is out of date; `npm run notices` rewrites it')
    for (const line of headings(after)) if (!headings(before).includes(line)) console.log(`missing: ${line}`)
    for (const line of headings(before)) if (!headings(after).includes(line)) console.log(`not compiled in: ${line}`)
    process.exitCode = 1
  }
}
