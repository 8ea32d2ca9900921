// @ts-check
/**
 * The built playground in Chromium, from a `file:` address or another: every request but the page's own is a fault, and so is every error.
 */
import { pathToFileURL } from 'node:url'

/**
 * How a page is visited.
 *
 * @typedef {object} Visit
 * @property {string} [fragment]
 * @property {'light' | 'dark'} [scheme]
 * @property {number} [width]
 * @property {string} [address] another address that answers with the page, in the place of its file
 */

/** @typedef {{ readonly page: import('playwright-core').Page, readonly faults: Array<string> }} Visited */

/**
 * @param {import('playwright-core').Browser} browser
 * @param {{ path: string, text: string }} built
 * @param {Visit} visit
 * @returns {Promise<Visited>}
 */
export const visitPlayground = async (
  browser,
  { path, text },
  { fragment = '', scheme = 'light', width = 1280, address }
) => {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: scheme, reducedMotion: 'reduce' })
  /** @type {Array<string>} */
  const faults = []
  page.on('pageerror', (error) => faults.push(`an error of the page: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') faults.push(`said: ${message.text()}`)
  })
  const home = address ?? pathToFileURL(path).href
  page.on('request', (request) => {
    const url = request.url()
    if (url.split('#')[0] !== home && !url.startsWith('data:')) faults.push(`nobody should ask for ${url}`)
  })
  if (address !== undefined)
    await page.route('**/*', (route) =>
      route.request().url().split('#')[0] === home
        ? route.fulfill({ contentType: 'text/html; charset=utf-8', body: text })
        : route.abort('blockedbyclient')
    )
  await page.goto(home + fragment)
  return { page, faults }
}

/** Chooses a tab. @param {import('playwright-core').Page} page @param {string} tab */
export const openTab = async (page, tab) => {
  await page.click(`#tab-${tab}`)
  await page.waitForSelector(`#tab-${tab}[aria-selected="true"]`)
}

/** Waits until the page shows all that was typed and slid. @param {import('playwright-core').Page} page */
export const settled = (page) => page.waitForSelector('.output[aria-busy="false"]')

/** Types a text in the place of what stands in an editor, and waits until it was read. @param {import('playwright-core').Page} page @param {string} editor @param {string} text */
export const type = async (page, editor, text) => {
  await page.fill(`#${editor}`, text)
  await settled(page)
}

/** The texts of all elements. @param {import('playwright-core').Page} page @param {string} selector */
export const textsOf = (page, selector) => page.locator(selector).allTextContents()

/** Unfolds all that is folded in the panel; what is in there is made a moment later. @param {import('playwright-core').Page} page */
export const unfold = (page) =>
  page.evaluate(`(async () => {
    const all = [...document.querySelectorAll('#panel details')]
    for (const details of all) details.open = true
    while (all.some((details) => details.childElementCount < 2)) await new Promise((resolve) => setTimeout(resolve, 10))
  })()`)

/** Plays a delivery to its end, which takes as long as it takes. @param {import('playwright-core').Page} page */
export const toTheEnd = async (page) => {
  await page.click('text=To the end')
  await page.waitForSelector('.actions button.primary[aria-disabled="true"]')
}

export const tabs = ['explain', 'intents', 'requests', 'curl', 'delivery']
