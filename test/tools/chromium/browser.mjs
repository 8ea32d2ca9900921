// @ts-check
/**
 * Pages in Debian's Chromium that reach no network: every address is answered here, and an address that nobody answers is a fault.
 */
import { chromium as playwright } from 'playwright-core'
import { chromium } from '../gates.mjs'
import { forms2, munchkin } from './stand-ins.mjs'

/**
 * How a page is.
 *
 * @typedef {object} Site
 * @property {string} [head] what stands in its head
 * @property {'comes' | 'blocked' | 'empty' | 'never'} [munchkin]
 * @property {'comes' | 'blocked' | 'never'} [forms]
 * @property {(request: import('../../../src/v1/signer.js').SignerQuestion) => import('../../../src/v1/signer.js').SignerAnswer} [signer]
 */

/** @typedef {{ readonly page: import('playwright-core').Page, readonly faults: Array<string>, readonly asked: Array<string> }} Visited */

export const home = 'https://shop.test/'

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync'
]

export const launch = () => playwright.launch({ executablePath: chromium, args: flags })

/** @param {import('playwright-core').Route} route @param {string} fate @param {string} script */
const serve = (route, fate, script) => {
  if (fate === 'blocked') return route.abort('blockedbyclient')
  // A request that is never answered: what a firewall makes of it.
  if (fate === 'never') return undefined
  return route.fulfill({ contentType: 'text/javascript', body: fate === 'empty' ? '' : script })
}

/**
 * A page with the library in it, as `lib`.
 *
 * @param {import('playwright-core').Browser} browser
 * @param {string} library
 * @param {Site} site
 * @returns {Promise<Visited>}
 */
export const visit = async (browser, library, { head = '', munchkin: tracker = 'comes', forms = 'comes', signer }) => {
  const page = await browser.newPage()
  /** @type {Array<string>} */
  const faults = []
  /** @type {Array<string>} */
  const asked = []
  page.on('pageerror', (error) => faults.push(`an error of the page: ${error.message}`))
  await page.route('**/*', async (route) => {
    const request = route.request()
    const url = request.url()
    if (url === home) {
      const body = `<!doctype html><html><head>${head}<script src="/lib.js"></script></head><body>shop</body></html>`
      return route.fulfill({ contentType: 'text/html', body })
    }
    if (url === `${home}lib.js`) return route.fulfill({ contentType: 'text/javascript', body: library })
    if (url === 'https://munchkin.marketo.net/munchkin.js') return serve(route, tracker, munchkin)
    if (url === 'https://app-x.marketo.test/js/forms2/js/forms2.min.js') return serve(route, forms, forms2)
    if (url.startsWith('https://signer.shop.test/') && signer !== undefined) {
      asked.push(`${request.method()} ${new URL(url).pathname}`)
      return route.fulfill(signer({ method: request.method(), url, headers: await request.allHeaders() }))
    }
    faults.push(`nobody should ask for ${url}`)
    // No content: also no other page, when it was to be one.
    return route.fulfill({ status: 204 })
  })
  await page.goto(home)
  return { page, faults, asked }
}
