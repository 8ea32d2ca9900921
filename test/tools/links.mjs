// @ts-check
/** Fails on any relative link of README.md or docs/ whose file, or heading in it, is not there. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { anchorsIn, linksIn } from './markdown-links.mjs'
import { root } from './project.mjs'

/** @param {string} folder */
const pagesIn = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.md'))
        .map((name) => join(folder, name))
    : []

const papers = ['README.md', 'THIRD-PARTY-NOTICES.md']
  .map((name) => join(root, name))
  .filter((path) => existsSync(path))
const pages = [...papers, ...pagesIn(join(root, 'docs'))]

/** @param {string} page @param {string} target @returns {string | undefined} what is wrong with it */
const faultOf = (page, target) => {
  // A scheme or a host: not ours to check, and no network to check it with.
  if (/^([a-z][a-z\d+.-]*:|\/\/)/i.test(target)) return undefined
  const [path = '', anchor] = target.split('#')
  const file = path === '' ? page : resolve(dirname(page), decodeURIComponent(path))
  if (!existsSync(file)) return 'no such file'
  if (anchor === undefined || anchor === '' || !file.endsWith('.md') || !statSync(file).isFile()) return undefined
  return anchorsIn(readFileSync(file, 'utf8')).has(anchor) ? undefined : 'no such heading'
}

const links = pages.flatMap((page) => linksIn(readFileSync(page, 'utf8')).map((link) => ({ page, ...link })))
const faults = links.flatMap(({ page, target, line }) => {
  const fault = faultOf(page, target)
  return fault === undefined ? [] : [`${relative(root, page)}:${line} ${target}: ${fault}`]
})

for (const fault of faults) console.log(fault)
process.exitCode = faults.length > 0 ? 1 : 0
