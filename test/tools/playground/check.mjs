// @ts-check
/**
 * The built playground in a real browser: what it shows against what the library says, by mouse, keyboard and phone, in light and dark;
 * and that nothing leaves it.
 */
import { ok, deepStrictEqual as same } from 'node:assert'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launch } from '../chromium/browser.mjs'
import { buildPlayground, playgroundBytes } from '../playground.mjs'
import { accessibilityFaults } from './accessible.mjs'
import { scenarios } from './scenarios.mjs'
import { visitPlayground } from './visit.mjs'

const folder = mkdtempSync(join(tmpdir(), 'playground-'))
const { path, bytes } = await buildPlayground(folder)
const built = { path, text: readFileSync(path, 'utf8') }
const browser = await launch()

/** @param {unknown} error */
const said = (error) => (error instanceof Error ? error.message : String(error))

/** @param {import('./scenarios.mjs').Scenario} scenario */
const faultsOf = async ({ visit = {}, run, faults: expected = [] }) => {
  const first = await visitPlayground(browser, built, visit)
  const others = [first]
  try {
    await run(first.page, async (other) => {
      const visited = await visitPlayground(browser, built, other)
      others.push(visited)
      return visited.page
    })
    const faults = others.flatMap((one) => one.faults)
    const isExpected =
      faults.length === expected.length && expected.every((one) => faults.some((fault) => one.test(fault)))
    ok(isExpected, `went wrong: ${faults.join('; ') || 'nothing, though something should'}`)
    return []
  } catch (error) {
    return [said(error)]
  } finally {
    for (const { page } of others) await page.close()
  }
}

/** @param {'light' | 'dark'} scheme */
const schemeFaults = async (scheme) => {
  const { page, faults } = await visitPlayground(browser, built, { scheme })
  try {
    const [red = 0] = /** @type {Array<number>} */ (
      await page.evaluate(`getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)`)
    )
    same(red > 128, scheme === 'light')
    return [...(await accessibilityFaults(page, scheme)), ...faults]
  } catch (error) {
    return [said(error)]
  } finally {
    await page.close()
  }
}

/** @type {Array<() => Promise<readonly [string, ReadonlyArray<string>]>>} */
const work = [
  async () => [
    `the page weighs no more than ${playgroundBytes} bytes`,
    bytes > playgroundBytes ? [`${bytes} bytes, gzip`] : []
  ],
  async () => ['axe finds nothing, in light', await schemeFaults('light')],
  async () => ['axe finds nothing, in dark', await schemeFaults('dark')],
  ...scenarios.map((scenario) => async () => /** @type {const} */ ([scenario.says, await faultsOf(scenario)]))
]

/** @type {Array<readonly [string, ReadonlyArray<string>]>} */
const results = []

/** Takes one piece of work after another; two of these share the pages among them. */
const worker = async () => {
  for (let next = work.shift(); next !== undefined; next = work.shift()) {
    const start = performance.now()
    const [says, faults] = await next()
    results.push([says, faults])
    if (process.env.TIMES !== undefined) console.log(`${Math.round(performance.now() - start)} ms: ${says}`)
  }
}

try {
  await Promise.all([worker(), worker()])
} finally {
  await browser.close()
  rmSync(folder, { recursive: true, force: true })
}

for (const [says, faults] of results) for (const fault of faults) console.log(`${says}: ${fault}`)
console.log(`note: the playground weighs ${(bytes / 1000).toFixed(1)} kB of ${(playgroundBytes / 1000).toFixed(1)} kB`)
const failed = results.filter(([, faults]) => faults.length > 0).length
console.log(`playground: ${results.length - failed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0
