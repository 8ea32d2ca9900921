// @ts-check
/**
 * The page adapter in a real browser, with stand-ins for Marketo's scripts.
 *
 *     events ──v2, v1 in the page──▶ intents ──describeInBrowser──▶ calls ──pageRunner──▶ Chromium ──▶ what the stand-ins wrote down
 *
 * Also: the real `window` has the type that `browserWorld` asks for.
 */
import { deepStrictEqual as same } from 'node:assert'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundle, text } from '../bundles.mjs'
import { complaintsAbout, consumerOptions } from '../compile.mjs'
import { cache, root } from '../project.mjs'
import { home, launch, visit } from './browser.mjs'

/** The library as a page loads it: a classic script that makes `lib`. */
const library = (
  await bundle({
    ...text(`
      export { browserWorld, pageRunner } from './src/adapters/page/index.ts'
      export { describeInBrowser } from './src/browser/index.ts'
      export * as v1 from './src/v1/index.ts'
      export * as v2 from './src/v2/index.ts'
    `),
    format: 'iife',
    globalName: 'lib',
    platform: 'browser'
  })
).code

const signerModule = (await bundle(text(`export * from './src/v1/signer.ts'`))).code
const { signerHandler } = await import(`data:text/javascript;base64,${Buffer.from(signerModule).toString('base64')}`)

/** What each page runs first: mappers, a runner, and words for results. */
const prepare = `
  window.calls = window.calls || []
  const right = (either) => { if (either._tag === 'Left') throw new Error(JSON.stringify(either.left)); return either.right }
  const all = (intents) => intents.flatMap(lib.describeInBrowser)
  const word = (result) => result._tag === 'Ran' ? 'ran' : result.reason
  const v2 = right(lib.v2.decodeSettings({ munchkinId: '561-HYG-937', mode: 'device', formId: 1001, formHost: '//app-x.marketo.test' }))
  const v1 = right(lib.v1.decodeSettings({ accountId: '561-HYG-937', projectId: 'p1', host: 'https://signer.shop.test' }))
  window.start2 = () => all(right(lib.v2.browserStart(v2)))
  window.map2 = (event) => all(right(lib.v2.browserMapper(v2)(event)))
  window.start1 = () => all(right(lib.v1.browserStart(v1)))
  window.map1 = (event) => all(right(lib.v1.browserMapper(v1)(event)))
  window.runnerWith = (options) => {
    const { run } = lib.pageRunner(lib.browserWorld(window), options)
    return (calls) => run(calls).then((results) => results.map(word))
  }
  window.page = (url) => ({ type: 'page', anonymousId: 'a1', userId: 'u1', timestamp: '2024-05-01T10:00:00.000Z', properties: { url } })
  window.identify = (email) => ({ type: 'identify', userId: 'u1', timestamp: '2024-05-01T10:00:00.000Z', traits: { email } })
`

const visited = (/** @type {string} */ url) => ['munchkinFunction', 'visitWebPage', { url, params: '' }]
const started = ['init', '561-HYG-937', { asyncOnly: true, apiOnly: true, cookieAnon: false }]
const loaded = ['loadForm', '//app-x.marketo.test', '561-HYG-937', 1001, 'hidden']
const submitted = (/** @type {string} */ Email) => ['submit', 1001, { Email, userId: 'u1' }]

/** Without Forms 2.0, whose calls come in their own time. @param {ReadonlyArray<ReadonlyArray<unknown>>} calls */
const toMunchkin = (calls) => calls.filter(([name]) => name !== 'loadForm' && name !== 'submit')

/**
 * One thing that must hold: in a page like this, this script gives that.
 *
 * @typedef {object} Scenario
 * @property {string} says
 * @property {import('./browser.mjs').Site} [site]
 * @property {string} run the body of an async function in the page
 * @property {(given: any) => void} expect
 * @property {ReadonlyArray<string>} [asks] what the signer is asked
 * @property {ReadonlyArray<string>} [faults] what must go wrong
 */

/** @type {ReadonlyArray<Scenario>} */
const scenarios = [
  {
    says: 'v2: starts Munchkin and the form, reports pages, submits the hidden form once and stays where it is',
    run: `
      const run = runnerWith()
      const words = await run([...start2(), ...map2(page('https://shop.test/a')), ...map2(identify('ana@example.com')), ...map2(page('https://shop.test/b'))])
      return { words, calls }`,
    expect: ({ words, calls }) => {
      same(words, ['ran', 'ran', 'ran', 'ran', 'ran'])
      same(toMunchkin(calls), [started, visited('/a'), visited('/b')])
      same(
        calls.filter((/** @type {unknown[]} */ [name]) => name === 'loadForm'),
        [loaded]
      )
      same(
        calls.filter((/** @type {unknown[]} */ [name]) => name === 'submit'),
        [submitted('ana@example.com')]
      )
    }
  },
  {
    says: 'calls made before init, and before the scripts are there, wait in order',
    run: `
      const run = runnerWith()
      const early = run([...map2(page('https://shop.test/a')), ...map2(identify('ana@example.com'))])
      const before = calls.length
      const words = [await run(start2()), await early, await run([...start2(), ...map2(page('https://shop.test/b'))])]
      return { before, words, calls }`,
    expect: ({ before, words, calls }) => {
      same(before, 0)
      same(words, [
        ['ran', 'ran'],
        ['ran', 'ran'],
        ['already-started', 'already-started', 'ran']
      ])
      same(toMunchkin(calls), [started, visited('/a'), visited('/b')])
      same(calls.at(-2), submitted('ana@example.com'))
    }
  },
  {
    says: 'blocked scripts are reported at once, and nothing is made',
    site: { munchkin: 'blocked', forms: 'blocked' },
    run: `
      const run = runnerWith()
      return { words: await run([...start2(), ...map2(page('https://shop.test/a')), ...map2(identify('ana@example.com'))]), calls }`,
    expect: ({ words, calls }) => {
      same(words, ['blocked', 'blocked', 'blocked', 'blocked'])
      same(calls, [])
    }
  },
  {
    says: 'an ad blocker’s empty script is not taken for Munchkin, and the form is sent all the same',
    site: { munchkin: 'empty' },
    run: `
      const run = runnerWith()
      return { words: await run([...start2(), ...map2(page('https://shop.test/a')), ...map2(identify('ana@example.com'))]), calls }`,
    expect: ({ words, calls }) => {
      same(words, ['blocked', 'ran', 'blocked', 'ran'])
      same(calls, [loaded, submitted('ana@example.com')])
    }
  },
  {
    says: 'scripts that never answer are given up after the time-out',
    site: { munchkin: 'never', forms: 'never' },
    run: `
      const run = runnerWith({ timeOut: 200 })
      return { words: await run([...start2(), ...map2(page('https://shop.test/a')), ...map2(identify('ana@example.com'))]), calls }`,
    expect: ({ words, calls }) => {
      same(words, ['blocked', 'blocked', 'blocked', 'blocked'])
      same(calls, [])
    }
  },
  {
    says: 'a snippet of the page’s own is reported, not started again, and used',
    site: {
      head: `<script src="https://munchkin.marketo.net/munchkin.js"></script><script>Munchkin.init('561-HYG-937')</script>`
    },
    run: `
      const run = runnerWith()
      return { words: await run([...start1(), ...map1(page('https://shop.test/a'))]), calls }`,
    expect: ({ words, calls }) => {
      same(words, ['already-on-page', 'ran'])
      same(calls, [['init', '561-HYG-937'], visited('/a')])
    }
  },
  {
    says: 'a snippet that is still loading is reported and waited for',
    site: { head: `<script async src="https://munchkin.marketo.net/munchkin.js"></script>` },
    run: `
      const run = runnerWith()
      return { words: await run([...start1(), ...map1(page('https://shop.test/a'))]), calls }`,
    expect: ({ words, calls }) => {
      same(words, ['already-on-page', 'ran'])
      same(calls, [visited('/a')])
    }
  },
  {
    says: 'v1: the signer signs for the page, and associateLead carries its signature',
    site: { signer: signerHandler('fortesting', { allowedOrigins: ['https://shop.test'] }) },
    run: `
      const run = runnerWith()
      return { words: await run([...start1(), ...map1(identify('name@example.com'))]), calls: calls.slice(1) }`,
    asks: ['GET /integrations/marketo/v1/p1/name%40example.com/hash'],
    expect: ({ words, calls: [[name, type, fields, signature], ...more] }) => {
      same(words, ['ran', 'ran', 'ran'])
      same([name, type, fields.Email, more], ['munchkinFunction', 'associateLead', 'name@example.com', []])
      same(signature, '6cf6ee588c0268fa802c6e32a21b902ef5ff1896')
    }
  },
  {
    says: 'v1: a signer that does not know the page’s origin gives no signature, and the visit behind it is reported',
    site: { signer: signerHandler('fortesting', { allowedOrigins: ['https://www.shop.test'] }) },
    run: `
      const run = runnerWith()
      return { words: await run([...start1(), ...map1(identify('name@example.com')), ...map1(page('https://shop.test/a'))]), calls: calls.slice(1) }`,
    asks: ['GET /integrations/marketo/v1/p1/name%40example.com/hash'],
    expect: ({ words, calls }) => {
      same(words, ['ran', 'no-signature', 'no-signature', 'ran'])
      same(calls, [visited('/a')])
    }
  },
  {
    says: 'the stand-in for Forms 2.0 would leave the page, if nobody told it to stay',
    site: { head: '<script src="https://app-x.marketo.test/js/forms2/js/forms2.min.js"></script>' },
    run: `
      document.body.append(Object.assign(document.createElement('form'), { id: 'mktoForm_1' }))
      return new Promise((resolve) => {
        MktoForms2.loadForm('//app-x.marketo.test', '561-HYG-937', 1, (form) => {
          form.onSuccess(() => undefined)
          form.submit()
          resolve(calls)
        })
      })`,
    expect: (calls) => same(calls.slice(1), [['submit', 1, {}]]),
    faults: [`nobody should ask for ${home}thanks`]
  }
]

/** @param {import('playwright-core').Browser} browser @param {Scenario} scenario */
const faultsOf = async (browser, { site = {}, run, expect, asks = [], faults: expected = [] }) => {
  const { page, faults, asked } = await visit(browser, library, site)
  try {
    await page.evaluate(prepare)
    expect(await page.evaluate(`(async () => { ${run} })()`))
    // A redirect that was not suppressed shows now.
    await page.evaluate('new Promise((resolve) => setTimeout(resolve, 30))')
    same([page.url(), asked, faults], [home, asks, expected])
    return []
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  } finally {
    await page.close()
  }
}

/** What TypeScript, with the browser's own types, has against `browserWorld(window)`. */
const windowFaults = () => {
  mkdirSync(cache, { recursive: true })
  const path = join(cache, 'real-window.ts')
  writeFileSync(
    path,
    `import { browserWorld, pageRunner } from '${join(root, 'src/adapters/page/index.js')}'
    export const runner = pageRunner(browserWorld(window))
    // @ts-expect-error: a document is no window
    export const near = browserWorld(document)
    `
  )
  try {
    return complaintsAbout([path], {
      ...consumerOptions,
      skipLibCheck: true,
      types: [],
      lib: ['lib.es2020.d.ts', 'lib.dom.d.ts'],
      module: 99,
      moduleResolution: 100
    }).map(({ message }) => message)
  } finally {
    rmSync(path)
  }
}

/** @type {Array<readonly [says: string, faults: ReadonlyArray<string>]>} */
const results = [['the real window is one that browserWorld takes', windowFaults()]]
const browser = await launch()
try {
  const tried = scenarios.map(
    async (scenario) => /** @type {const} */ ([scenario.says, await faultsOf(browser, scenario)])
  )
  results.push(...(await Promise.all(tried)))
} finally {
  await browser.close()
}

for (const [says, faults] of results) for (const fault of faults) console.log(`${says}: ${fault}`)
const failed = results.filter(([, faults]) => faults.length > 0).length
console.log(`chromium: ${results.length - failed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0
