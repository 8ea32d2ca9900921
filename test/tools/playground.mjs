// @ts-check
/**
 * The playground: one page that holds its script and its style, and loads nothing.
 *
 *     node test/tools/playground.mjs     writes site/playground/index.html
 *
 *     main.ts ──esbuild──▶ script ─┐
 *     style.css ───────────────────┼──▶ index.html, whose policy names the hashes of both and allows nothing else
 *     index.html ──────────────────┘
 *
 * Hashes hold for `file:` addresses, too, where `'self'` stands for nothing.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { transform } from 'esbuild'
import { bundle, packageOf } from './bundles.mjs'
import { root } from './project.mjs'

const folder = join(root, 'docs', 'playground')

/** What the whole page may weigh, gzip -9: the library with both contracts, recipes, delivery and the simulator is most of it. */
export const playgroundBytes = 170_000

/** A source of the policy: exactly this text and no other. @param {string} text */
const hashOf = (text) => `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`

/** A script as it can stand in a page: nothing in it ends it or opens a comment. @param {string} code */
const inlined = (code) =>
  code
    .trim()
    .replace(/<\/(script)/gi, '<\\/$1')
    .replace(/<!--/g, '<\\!--')

const script = async () => {
  const { code, inputs } = await bundle({
    entryPoints: ['docs/playground/main.ts'],
    format: 'iife',
    platform: 'browser',
    charset: 'utf8',
    legalComments: 'none'
  })
  return { code: inlined(code), inputs }
}

/** The notices of the packages that are bundled, as a comment of the page. @param {ReadonlyArray<{ path: string }>} inputs */
const noticesFor = (inputs) => {
  const notices = readFileSync(join(root, 'THIRD-PARTY-NOTICES.md'), 'utf8').split(/^(?=## )/m)
  const packages = new Set(inputs.map(({ path }) => packageOf(path)).filter((name) => name !== undefined))
  const texts = [...packages].sort().map((name) => {
    const notice = notices.find((text) => text.startsWith(`## ${name} `))
    if (notice === undefined) throw new Error(`THIRD-PARTY-NOTICES.md does not name ${name}: npm run notices`)
    return notice.replace(/^(?:Compiled into .*|```.*)\n/gm, '')
  })
  return `<!--\n${texts.join('').replace(/-->/g, '- ->').trim()}\n-->`
}

/** The page as text, what it weighs, and what it is made of. */
export const playgroundPage = async () => {
  const { code, inputs } = await script()
  const style = await transform(readFileSync(join(folder, 'style.css'), 'utf8'), { loader: 'css', minify: true })
  const css = style.code.trim()
  const frame = readFileSync(join(folder, 'index.html'), 'utf8')
  /** @type {ReadonlyArray<readonly [string, string]>} */
  const holes = [
    ['%SCRIPT%', hashOf(code)],
    ['%STYLE%', hashOf(css)],
    ['%CSS%', css],
    ['%JS%', code],
    ['%NOTICES%', noticesFor(inputs)]
  ]
  const page = holes.reduce((text, [hole, content]) => text.replace(hole, () => content), frame)
  return { page, bytes: gzipSync(page, { level: 9 }).length, inputs }
}

/** Writes the page below a folder. @param {string} outDir */
export const buildPlayground = async (outDir) => {
  const { page, bytes } = await playgroundPage()
  const to = join(outDir, 'playground')
  mkdirSync(to, { recursive: true })
  writeFileSync(join(to, 'index.html'), page)
  return { path: join(to, 'index.html'), bytes }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { path, bytes } = await buildPlayground(join(root, 'site'))
  console.log(`${path}: ${(bytes / 1000).toFixed(1)} kB, gzip`)
}
