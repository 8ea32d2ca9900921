// @ts-check
/**
 * Whether the links of a built site lead somewhere.
 *
 *     href="../guides/v2.html#page" ──▶ is there such a file, and does it hold such an id?
 *
 * Links to other sites are not followed: there is no network here. They must be https.
 */
import { posix } from 'node:path'

/** What a page offers and asks for. @typedef {{ readonly ids: ReadonlyArray<string>, readonly links: ReadonlyArray<string> }} Page */

const scheme = /^([a-z][a-z\d+.-]*):/i

/** The place in the site that a link of a page means. @param {string} from @param {string} link */
const resolved = (from, link) => {
  const [path = '', anchor = ''] = link.split('#')
  const target = path === '' ? from : posix.join(posix.dirname(from), decodeURIComponent(path.split('?')[0] ?? ''))
  return { file: target.endsWith('/') || target === '.' ? posix.join(target, 'index.html') : target, anchor }
}

/** @param {ReadonlyMap<string, ReadonlySet<string>>} ids @param {ReadonlySet<string>} files @param {string} from @param {string} link */
const faultOf = (ids, files, from, link) => {
  const [, name] = scheme.exec(link) ?? []
  if (name !== undefined) return name === 'https' || name === 'data' ? undefined : `is no https address`
  const { file, anchor } = resolved(from, link)
  if (!files.has(file)) return 'no such file'
  const there = ids.get(file)
  return anchor === '' || there === undefined || there.has(decodeURIComponent(anchor)) ? undefined : 'no such place'
}

/**
 * What is wrong, a line for each link, and the pages it is on.
 *
 * @param {ReadonlyMap<string, Page>} pages
 * @param {ReadonlySet<string>} files every file of the site, by its path in it
 * @returns {ReadonlyArray<string>}
 */
export const faultsOfLinks = (pages, files) => {
  const ids = new Map([...pages].map(([name, page]) => [name, new Set(page.ids)]))
  return [...pages].flatMap(([from, { links }]) =>
    [...new Set(links)].flatMap((link) => {
      const fault = faultOf(ids, files, from, link)
      return fault === undefined ? [] : [`${from} links to ${link}: ${fault}`]
    })
  )
}
