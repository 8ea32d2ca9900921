// @ts-check
/** What axe has against the playground, tab by tab, in light and dark. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../project.mjs'
import { openTab, settled, tabs, toTheEnd, type, unfold } from './visit.mjs'

const axe = readFileSync(join(root, 'node_modules', 'axe-core', 'axe.min.js'), 'utf8')

/** Notes of every weight, so that each colour is looked at. */
const noted = [
  '{"type": "identify", "userId": "u1", "traits": {"email": 4711}}',
  '{"type": "identify", "userId": "u2", "traits": {"email": "bo@example.com", "logins": "many"}}',
  '{"type": "track", "userId": "u3", "event": "Nobody maps this"}',
  '{"type": "page", "userId": "u4", "properties": {"url": "https://www.example.com/a"}, "context": {"userAgent": "x"}, "timestamp": "2026-01-15T10:00:00Z"}',
  '{"type": "identify",}'
].join('\n')

/** @param {import('playwright-core').Page} page @returns {Promise<ReadonlyArray<string>>} */
const complaints = (page) =>
  page.evaluate(`(async () => {
    const { violations } = await axe.run(document, { resultTypes: ['violations'] })
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => id + ' ' + target.join(' ') + ' ' + failureSummary))
  })()`)

/** Every tab of a page, with what axe says of it. @param {import('playwright-core').Page} page @param {string} scheme */
export const accessibilityFaults = async (page, scheme) => {
  await page.evaluate(axe)
  await type(page, 'events', noted)
  await page.selectOption('#chosen', '1')
  await page.click('#share')
  /** @type {Array<string>} */
  const faults = []
  for (const tab of tabs) {
    await openTab(page, tab)
    if (tab === 'delivery') {
      await page.fill('#control-skipped', '9')
      await settled(page)
      await toTheEnd(page)
    }
    await unfold(page)
    faults.push(...(await complaints(page)).map((said) => `${scheme}, ${tab}: ${said}`))
  }
  return faults
}
