// @ts-check
/**
 * The built site as its readers meet it, in Debian's Chromium. It reads site/, which `npm run docs` writes.
 *
 *     every page ──▶ links and their places        some pages × phone, desk × light, dark ──▶ axe, width, console
 *     search box ──▶ a name of ours, a guide, a word inside a guide
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { extname, join } from 'node:path'
import { inflateSync } from 'node:zlib'
import { launch } from '../chromium/browser.mjs'
import { root } from '../project.mjs'
import { faultsOfLinks } from './links.mjs'

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').Browser} Browser */

const site = join(root, 'site')
const home = 'https://site.test/'

if (!existsSync(join(site, 'index.html'))) {
  console.log('there is no site yet: npm run docs')
  process.exit(1)
}

const files = readdirSync(site, { recursive: true, encoding: 'utf8' }).filter((name) =>
  statSync(join(site, name)).isFile()
)
const pages = files.filter((name) => name.endsWith('.html'))
const textOf = (/** @type {string} */ name) => readFileSync(join(site, name), 'utf8')
const hasPlayground = files.includes('playground/index.html')

// biome-ignore format: table
const types = new Map([
  ['.html', 'text/html'], ['.js', 'text/javascript'], ['.mjs', 'text/javascript'],
  ['.css', 'text/css'], ['.svg', 'image/svg+xml'], ['.json', 'application/json']
])

/** A page whose errors are kept; what is not in the site is not there. @param {import('playwright-core').BrowserContext} context */
const opened = async (context) => {
  const page = await context.newPage()
  /** @type {Array<string>} */
  const faults = []
  page.on('pageerror', ({ message }) => faults.push(`an error of the page: ${message}`))
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`the console says: ${message.text()}`)
  })
  await page.route('**/*', (route) => {
    const { origin, pathname } = new URL(route.request().url())
    const path = join(site, decodeURIComponent(pathname))
    if (`${origin}/` !== home || !existsSync(path)) {
      faults.push(`nobody should ask for ${route.request().url()}`)
      return route.fulfill({ status: 404 })
    }
    return route.fulfill({ contentType: types.get(extname(path)) ?? 'text/plain', body: readFileSync(path) })
  })
  return { page, faults }
}

/** typedoc hides a page until its scripts have run. @param {Page} page @param {string} name */
const visit = async (page, name) => {
  await page.goto(home + name, { waitUntil: 'load' })
  await page.waitForFunction(`document.body.style.display !== 'none'`)
}

/** How much wider than the window the page is. @param {Page} page @returns {Promise<ReadonlyArray<string>>} */
const tooWide = async (page) => {
  const excess = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
  return excess > 0 ? [`is ${excess} pixels too wide`] : []
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** @param {Page} page @returns {Promise<ReadonlyArray<string>>} */
const axeFaults = async (page) => {
  await page.evaluate(axe)
  const { violations } = await page.evaluate(`axe.run({ resultTypes: ['violations'], preload: false })`)
  return violations.flatMap((/** @type {any} */ { id, nodes }) =>
    nodes.slice(0, 3).map((/** @type {any} */ { html }) => `breaks ${id} at ${html.slice(0, 160)}`)
  )
}

const phone = { width: 390, height: 844 }
const desk = { width: 1280, height: 900 }
const views = [
  { says: 'on a phone', viewport: phone, colorScheme: /** @type {const} */ ('light') },
  { says: 'on a phone in the dark', viewport: phone, colorScheme: /** @type {const} */ ('dark') },
  { says: 'at a desk', viewport: desk, colorScheme: /** @type {const} */ ('light') },
  { says: 'at a desk in the dark', viewport: desk, colorScheme: /** @type {const} */ ('dark') }
]

/** One of each kind. */
const samples = [
  'index.html',
  'guides/checking-settings.html',
  'guides/source-leads.html',
  'modules/v2.html',
  'functions/index.interpret.html'
]

/** @param {Browser} browser @param {(typeof views)[number]} view @returns {Promise<ReadonlyArray<string>>} */
const faultsInView = async (browser, { viewport, colorScheme }) => {
  const context = await browser.newContext({ viewport, colorScheme })
  const { page, faults } = await opened(context)
  const found = []
  for (const name of samples) {
    await visit(page, name)
    found.push(...[...(await tooWide(page)), ...(await axeFaults(page))].map((fault) => `${name} ${fault}`))
  }
  await context.close()
  return [...found, ...faults]
}

/** Guides hold the wide tables, entry points the long lists; of the rest some are tried. */
const tried = pages.filter((name, i) => /^(guides|modules)\//.test(name) || i % 20 === 0)

/** Also where no script runs, pages can be read. @param {Browser} browser */
const faultsWithoutScripts = async (browser) => {
  const context = await browser.newContext({ viewport: phone, javaScriptEnabled: false })
  const { page, faults } = await opened(context)
  const found = []
  for (const name of tried) {
    await page.goto(home + name)
    found.push(...(await tooWide(page)).map((fault) => `${name} ${fault}`))
  }
  await context.close()
  return [...found, ...faults]
}

/** What is typed, and the page that the first find leads to. */
const searches = /** @type {const} */ ([
  ['a name of ours', 'describeSteps', /^functions\/index\.describeSteps\.html$/],
  ['the title of a guide', 'Preventing duplicates', /^guides\/preventing-duplicates\.html$/],
  ['a word inside a guide', 'webhook', /^guides\//]
])

/** @param {Browser} browser @param {string} word @param {RegExp} expected */
const faultsOfSearch = async (browser, word, expected) => {
  const context = await browser.newContext({ viewport: desk })
  const { page, faults } = await opened(context)
  await visit(page, 'guides/decisions.html')
  await page.click('#tsd-search-trigger')
  await page.fill('#tsd-search-input', word)
  await page.click('#tsd-search-results a >> nth=0')
  await page.waitForURL((url) => !url.href.startsWith(`${home}guides/decisions.html`))
  const reached = page
    .url()
    .slice(home.length)
    .replace(/[?#].*/, '')
  await context.close()
  return expected.test(reached) ? faults : [`typing ${word} leads to ${reached}`, ...faults]
}

/** Runs in the browser: ids and links of each page. */
const reader = `(pages) => pages.map(([name, text]) => {
  const page = new DOMParser().parseFromString(text, 'text/html')
  const all = (attribute) => [...page.querySelectorAll('[' + attribute + ']')].map((one) => one.getAttribute(attribute))
  return [name, { ids: all('id'), links: [...all('href'), ...all('src')] }]
})`

/** Ids and links of pages, as a browser reads them. @param {Browser} browser */
const parsedBy = async (browser) => {
  const page = await browser.newPage()
  const texts = [...pages, ...files.filter((name) => name.endsWith('.svg'))].map((name) => [name, textOf(name)])
  /** @type {Array<[string, import('./links.mjs').Page]>} */
  const parsed = await page.evaluate(`(${reader})(${JSON.stringify(texts)})`)
  await page.close()
  return new Map(parsed)
}

/** What typedoc keeps packed for its scripts. @param {string} name */
const unpacked = (name) =>
  JSON.parse(inflateSync(Buffer.from(/"(.*)"/s.exec(textOf(`assets/${name}.js`))?.[1] ?? '', 'base64')).toString())

/** @param {any} items @returns {ReadonlyArray<string>} */
const pathsIn = (items) =>
  items.flatMap((/** @type {any} */ { path, children }) => [path ?? [], pathsIn(children ?? [])].flat())

/** @param {Browser} browser */
const faultsOfAllLinks = async (browser) => {
  const parsed = await parsedBy(browser)
  // The sidebar and the finds of the search are made by scripts: they count as links of the front page.
  const made = [...pathsIn(unpacked('navigation')), ...unpacked('search').rows.map((/** @type {any} */ { url }) => url)]
  return faultsOfLinks(new Map([...parsed, ['index.html#made', { ids: [], links: made }]]), new Set(files))
}

/** @param {string} name */
const leadsToPlayground = (name) =>
  textOf(name).includes(`href="${'../'.repeat(name.split('/').length - 1)}playground/index.html"`)

const faultsOfPlayground = () =>
  pages
    .filter((name) => !name.startsWith('playground/') && leadsToPlayground(name) !== hasPlayground)
    .map((name) => `${name} ${hasPlayground ? 'has no link' : 'has a link'} to it`)

const browser = await launch()
/** @type {ReadonlyArray<readonly [says: string, faults: ReadonlyArray<string>]>} */
let results = []
try {
  const trials = [
    ...views.map(async (view) => /** @type {const} */ ([`pages ${view.says}`, await faultsInView(browser, view)])),
    ...searches.map(
      async ([says, word, expected]) =>
        /** @type {const} */ ([`search for ${says}`, await faultsOfSearch(browser, word, expected)])
    ),
    faultsWithoutScripts(browser).then(
      (faults) => /** @type {const} */ (['pages on a phone, without scripts', faults])
    ),
    faultsOfAllLinks(browser).then((faults) => /** @type {const} */ (['links', faults]))
  ]
  results = [
    ...(await Promise.all(trials)),
    ['the playground is linked from every page, if there is one', faultsOfPlayground()]
  ]
} finally {
  await browser.close()
}

const megabytes = files.reduce((sum, name) => sum + statSync(join(site, name)).size, 0) / 1e6
console.log(`note: ${pages.length} pages, ${megabytes.toFixed(1)} MB`)
for (const [says, faults] of results) for (const fault of faults.slice(0, 20)) console.log(`${says}: ${fault}`)
const failed = results.filter(([, faults]) => faults.length > 0).length
console.log(`site: ${results.length - failed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0
