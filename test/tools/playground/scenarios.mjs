// @ts-check
/**
 * What must hold of the playground in a browser, one page each.
 *
 *     visit ──▶ do something as a person would ──▶ compare what the page shows with what the library says outside of it
 */
import { ok, deepStrictEqual as same } from 'node:assert'
import { curlFor, deliveryOf, examples, intentsFor } from './expected.mjs'
import { openTab, settled, tabs, textsOf, toTheEnd, type, unfold } from './visit.mjs'

/**
 * @typedef {object} Scenario
 * @property {string} says
 * @property {import('./visit.mjs').Visit} [visit]
 * @property {(page: import('playwright-core').Page, again: (visit: import('./visit.mjs').Visit) => Promise<import('playwright-core').Page>) => Promise<unknown>} run
 * `again` opens the playground once more, in a page of its own
 * @property {ReadonlyArray<RegExp>} [faults] what must go wrong, in any order
 */

/** @typedef {import('playwright-core').Page} Page */

/** What each tab shows of each event of each example, gathered in the page: by hand it would be some hundred clicks. */
const gather = `(() => {
  const choose = (id, value) => {
    const element = document.getElementById(id)
    if (element === null) return
    element.value = value
    element.dispatchEvent(new Event('change'))
  }
  const texts = (selector) => [...document.querySelectorAll(selector)].map((one) => one.textContent)
  const tabsOf = (at) => {
    choose('chosen', String(at))
    const on = (tab, look) => {
      document.getElementById('tab-' + tab).click()
      return look()
    }
    return {
      explain: on('explain', () => document.getElementById('panel').textContent.length),
      intents: on('intents', () => texts('#panel .card pre')),
      routes: on('requests', () => texts('#panel .route').length),
      curl: on('curl', () => texts('#panel pre').join('\\n'))
    }
  }
  return (id) => {
    choose('example', id)
    document.getElementById('tab-intents').click()
    const count = Math.max(1, document.querySelectorAll('#chosen option').length)
    return Array.from({ length: count }, (_, at) => tabsOf(at))
  }
})()`

/** @type {Scenario} */
const showsWhatTheLibrarySays = {
  says: 'every example shows the intents and the commands that the library gives',
  run: async (page) => {
    for (const example of examples) {
      /** @type {ReadonlyArray<{ explain: number, intents: ReadonlyArray<string>, routes: number, curl: string }>} */
      const shown = await page.evaluate(`${gather}('${example.id}')`)
      const expected = intentsFor(example)
      ok(expected.length > 0 && shown.length >= expected.length, example.id)
      for (const [at, intents] of expected.entries()) {
        const { explain = 0, intents: texts = [], routes, curl = '' } = shown[at] ?? {}
        const lines = curl.split('\n').filter((line) => line.startsWith('curl '))
        same([example.id, texts.map((text) => JSON.parse(text)), lines], [example.id, intents, curlFor(intents)])
        same(routes, lines.length)
        ok(explain > 30, example.id)
      }
    }
  }
}

const evil = '<img src=x onerror=window.hacked=1>'

/** Events whose every text is markup. */
const evilEvents = JSON.stringify([
  {
    type: 'identify',
    userId: evil,
    messageId: evil,
    [evil]: evil,
    traits: { email: 'ana@example.com', firstName: evil, plan: evil, [evil]: evil },
    integrations: { [evil]: true },
    timestamp: '2026-01-15T10:14:00.000Z'
  },
  { type: 'track', userId: 'u1', event: evil, properties: { [evil]: evil } },
  {
    type: 'track',
    userId: evil,
    event: 'Order Completed',
    properties: { order_id: evil, revenue: evil },
    timestamp: '2026-01-15T10:14:00.000Z'
  },
  {
    type: 'page',
    userId: evil,
    properties: { url: `https://www.example.com/${evil}?${evil}#${evil}` },
    context: { userAgent: evil },
    timestamp: evil
  },
  { type: evil }
])

/** Every tab with every event, and a delivery to its end. @param {Page} page */
const lookAround = async (page) => {
  await page.evaluate(`(() => {
    const choice = () => document.getElementById('chosen')
    for (const tab of document.querySelectorAll('[role=tab]')) {
      tab.click()
      for (let at = 0; at < (choice()?.options.length ?? 0); at += 1) {
        choice().value = String(at)
        choice().dispatchEvent(new Event('change'))
      }
    }
  })()`)
  await toTheEnd(page)
  await unfold(page)
}

/** @type {Scenario} */
const markupIsText = {
  says: 'markup in keys, names and values is shown as text',
  run: async (page) => {
    await type(page, 'events', evilEvents)
    await lookAround(page)
    await openTab(page, 'explain')
    ok((await page.locator('#panel').textContent())?.includes(evil))
    same(await page.locator('#playground img').count(), 0)
    same(await page.evaluate('window.hacked'), undefined)
  }
}

/** @type {Scenario} */
const policyForbids = {
  says: 'the policy of the page forbids requests, images, scripts and markup from texts',
  run: async (page) => {
    const tried = await page.evaluate(`(async () => {
      const refused = (go) => { try { go(); return 'done' } catch (error) { return error.name } }
      const asked = await fetch('https://example.com/').then(() => 'done', () => 'refused')
      const image = await new Promise((resolve) => {
        const one = document.createElement('img')
        one.onload = () => resolve('done')
        one.onerror = () => resolve('refused')
        one.src = 'https://example.com/x.png'
      })
      const script = document.createElement('script')
      const inline = refused(() => { script.textContent = 'window.ran = 1'; document.body.append(script) })
      const markup = refused(() => { document.body.innerHTML = '<b>x</b>' })
      return [asked, image, inline, window.ran === undefined, markup]
    })()`)
    same(tried, ['refused', 'refused', 'TypeError', true, 'TypeError'])
  },
  faults: [
    /connect-src/,
    /connect|Content Security Policy/,
    /img-src/,
    /^nobody should ask for https:..example.com.x.png$/,
    /TrustedScript/,
    /TrustedHTML/
  ]
}

/** @type {Scenario} */
const badEvents = {
  says: 'a bad event is noted at its line, with its weight, and mending it takes the note away',
  run: async (page) => {
    await type(page, 'events', '{\n  "type": "identify",\n  "userId": "u1",\n  "traits": {\n    "email": 4711\n  }\n}')
    same(await textsOf(page, '#events-said .to-line'), ['line 5'])
    same(await textsOf(page, '#events-said .badge'), ['invalid'])
    ok((await textsOf(page, '#events-said .said-text'))[0]?.startsWith('traits.email: found a number; '))
    same(await textsOf(page, '.editor:first-of-type mark'), ['"email": 4711'])
    ok((await textsOf(page, '.inline-note'))[0]?.startsWith('invalid · traits.email: found a number; '))
    await page.click('#events-said .to-line')
    same(await page.evaluate('[document.activeElement.id, document.activeElement.selectionStart]'), ['events', 60])
    await type(page, 'events', '{\n  "type": "identify",\n  "userId": "u1",\n}')
    same(await textsOf(page, '#events-said .badge'), ['unreadable'])
    same(await textsOf(page, '#events-said .to-line'), ['line 4'])
    ok((await page.locator('#panel').textContent())?.includes('No event could be read'))
    await type(page, 'events', '{"type": "identify", "userId": "u1", "traits": {"email": "ana@example.com"}}')
    same(await page.locator('#events-said li').count(), 0)
    same((await textsOf(page, '.summary'))[0], '1 event · 1 mapped · 1 intent · 1 call')
    // The example can be chosen again, though it was never left by choice.
    same(await page.locator('#example option:checked').textContent(), 'your own events')
    await page.selectOption('#example', 'identify')
    same(await page.inputValue('#events'), examples[0]?.events)
  }
}

/** @type {Scenario} */
const badSettings = {
  says: 'settings that cannot be used say why beside them, and every tab says so',
  run: async (page) => {
    await type(page, 'settings', '{\n  "munchkinId": "561-HYG-937",\n  "mode": "cluod"\n}')
    same(await textsOf(page, '#settings-said .to-line'), ['line 3'])
    for (const tab of tabs) {
      await openTab(page, tab)
      ok((await page.locator('#panel').textContent())?.includes('These settings cannot be used yet'))
    }
  }
}

const secrets = {
  privateKey: 'k3y-of-munchkin',
  clientSecret: 's3cret-of-api',
  encryptionKey: 'k3y-of-soap',
  unknownThing: 'wh4tever'
}

/** @type {Scenario} */
const sharing = {
  says: 'a link brings back events, settings, tab and sliders in a new page, and holds no credential',
  run: async (page, again) => {
    const events = '{"type":"identify","userId":"ü1","traits":{"email":"ana@example.com","name":"戴 明 🚀"}}'
    await type(page, 'events', events)
    const settings = JSON.parse(await page.inputValue('#settings'))
    await type(page, 'settings', JSON.stringify({ ...settings, ...secrets, anonymousActivity: true }))
    await openTab(page, 'delivery')
    await page.fill('#control-throttle', '3')
    await page.click('#share')
    const link = await page.inputValue('#link')
    const said = (await textsOf(page, '.shared p'))[0] ?? ''
    for (const name of Object.keys(secrets)) ok(said.includes(name), `does not say that ${name} was left out`)
    const fragment = new URL(link).hash
    const clear = Buffer.from(fragment.slice('#s='.length), 'base64url').toString('utf8')
    for (const secret of Object.values(secrets)) ok(!clear.includes(secret), `the link holds ${secret}`)
    await settled(page)
    ok(await page.isVisible('#link'))
    // What is typed stays as it is; only the link goes without.
    ok((await page.inputValue('#settings')).includes(secrets.privateKey))
    const other = await again({ fragment })
    same(await other.inputValue('#events'), events)
    same(JSON.parse(await other.inputValue('#settings')), { ...settings, anonymousActivity: true })
    same(await other.getAttribute('#tab-delivery', 'aria-selected'), 'true')
    same(await other.inputValue('#control-throttle'), '3')
  }
}

/** @type {Scenario} */
const forgedLinks = {
  says: 'a forged fragment opens the playground as it begins',
  visit: { fragment: '#s=AAAA' },
  run: async (page, again) => {
    const first = examples[0]
    same(await page.inputValue('#events'), first?.events)
    const forged = Buffer.from(
      JSON.stringify({ example: evil, tab: evil, chosen: 1e9, events: evil, settings: evil, controls: { copies: 1e9 } })
    )
    const other = await again({ fragment: `#s=${forged.toString('base64url')}` })
    same(await other.inputValue('#events'), evil)
    same((await textsOf(other, '.summary'))[0], 'The settings cannot be used yet')
    same(await other.evaluate('window.hacked'), undefined)
    // Another link in the same page.
    await page.evaluate(`location.hash = '#s=${Buffer.from('{"example":"page","tab":"curl"}').toString('base64url')}'`)
    await page.waitForSelector('#tab-curl[aria-selected="true"]')
    same(await page.inputValue('#example'), 'page')
  }
}

/** Positions of sliders, and what they stand for: many calls, one at a time, are refused, lost or done in part. */
const troubled = { copies: 6, running: 0, throttle: 6, after: 6, skipped: 7, expired: 4 }
const troubledValues = { copies: 50, running: 1, throttle: 20, after: 20, skipped: 30, expired: 10 }

/** @type {Scenario} */
const deliveries = {
  says: 'a delivery with faults plays by step, by itself and to its end, as it does outside the page',
  run: async (page) => {
    await page.selectOption('#example', 'page')
    await openTab(page, 'delivery')
    for (const [name, position] of Object.entries(troubled)) await page.fill(`#control-${name}`, String(position))
    await settled(page)
    const expected = deliveryOf('page', troubledValues)
    ok(
      expected.rounds > 40 && expected.rounds < 150 && expected.fates.length > 1,
      'too smooth a story to show anything'
    )
    await page.click('text=Step')
    same(await page.locator('.round').count(), 1)
    await page.click('.actions >> text=Play')
    await page.waitForSelector('.round:nth-child(3)')
    await page.click('text=Pause')
    const paused = await page.locator('.round').count()
    await page.waitForTimeout(600)
    same(await page.locator('.round').count(), paused)
    await toTheEnd(page)
    const done = (await textsOf(page, '.delivery .status'))[0] ?? ''
    ok(
      done.startsWith(`Done: ${expected.items} items in ${expected.calls} calls, ${expected.rounds} rounds and `),
      done
    )
    same((await textsOf(page, '.fates .fate')).sort(), expected.fates.map(([fate, n]) => `${n} ${fate}`).sort())
    same(await page.getAttribute('text=Step', 'aria-disabled'), 'true')
    await unfold(page)
    same(await page.locator('.tables tbody tr').count(), Math.min(400, expected.items))
    await page.click('text=Start over')
    same(await page.locator('.round').count(), 0)
  }
}

/** @type {Scenario} */
const onPhones = {
  says: 'a phone needs no scrolling sideways, and sees the explanation as a list',
  visit: { width: 390 },
  run: async (page) => {
    for (const id of ['bad-email', 'page', 'v1', 'batch']) {
      await page.selectOption('#example', id)
      for (const tab of tabs) {
        await openTab(page, tab)
        if (tab === 'delivery') await toTheEnd(page)
        same([id, tab, await page.evaluate('document.documentElement.scrollWidth')], [id, tab, 390])
      }
    }
    await page.selectOption('#example', 'identify')
    await openTab(page, 'explain')
    same([await page.isVisible('.drawing'), await page.isVisible('.tables table')], [false, true])
  }
}

/** @type {Scenario} */
const drawn = {
  says: 'the drawing has a line for each value that moved, and focus lights the line of its field',
  run: async (page) => {
    // Lines are drawn a frame after their boxes.
    await page.waitForSelector('.lines path', { state: 'attached' })
    const targets = await page.locator('.drawing button.target').count()
    same(await page.locator('.lines path').count(), targets)
    ok(targets > 8)
    const first = page.locator('button.source', { hasText: 'traits.name' })
    await first.focus()
    same(await page.locator('.lines path.lit').count(), 2)
    same(await page.locator('button.target.lit .field').allTextContents(), ['fields.firstName', 'fields.lastName'])
    const before = await page.locator('.lines path').first().getAttribute('d')
    await page.setViewportSize({ width: 1100, height: 900 })
    await page.waitForSelector(`.lines path:first-child:not([d="${before}"])`, { state: 'attached' })
    same(await page.locator('.lines path.lit').count(), 2, 'lines that are drawn again stay lit')
    ok(
      (await textsOf(page, '.source.stays')).some(
        (text) => text.includes('favorite_color') && text.includes('no row maps this trait')
      )
    )
    await page.click('text=The same as a table')
    // What is folded is made when the browser tells of its unfolding, which is after the click.
    await page.waitForSelector('.tables tbody tr')
    same((await page.locator('.tables tbody tr').count()) > targets, true)
  }
}

/** @type {Scenario} */
const byKeyboard = {
  says: 'the keyboard reaches all there is, sees where it is, and walks the tabs by arrows',
  run: async (page) => {
    /** @type {Array<string>} */
    const met = []
    for (let i = 0; i < 60; i += 1) {
      await page.keyboard.press('Tab')
      const [name, isSeen] = /** @type {[string, boolean]} */ (
        await page.evaluate(`(() => {
          const one = document.activeElement
          const box = one.closest('.editor-box') ?? one
          const seen = getComputedStyle(box)
          return [one.id || one.className || one.tagName, seen.outlineStyle !== 'none' || seen.boxShadow !== 'none']
        })()`)
      )
      if (name === 'BODY') break
      ok(isSeen, `no focus to be seen on ${name}`)
      met.push(name)
    }
    for (const id of ['example', 'preset', 'share', 'events', 'settings', 'tab-explain', 'panel', 'source', 'SUMMARY'])
      ok(
        met.some((name) => name.split(' ').includes(id)),
        `Tab does not reach ${id}: ${met.join(', ')}`
      )
    same(
      met.filter((name) => name.startsWith('tab-')),
      ['tab-explain']
    )
    await page.focus('#tab-explain')
    for (const [key, id] of [
      ['ArrowRight', 'tab-intents'],
      ['End', 'tab-delivery'],
      ['ArrowRight', 'tab-explain'],
      ['ArrowLeft', 'tab-delivery'],
      ['Home', 'tab-explain']
    ]) {
      await page.keyboard.press(key ?? '')
      same(await page.evaluate('document.activeElement.id'), id)
      same(await page.getAttribute(`#${id}`, 'aria-selected'), 'true')
    }
    // What is drawn anew under the focus keeps it.
    await page.selectOption('#example', 'hybrid')
    for (const [id, key] of [
      ['following', 'Enter'],
      ['previous', 'Enter'],
      ['chosen', 'ArrowDown'],
      ['example', 'ArrowDown']
    ]) {
      await page.focus(`#${id}`)
      await page.keyboard.press(key ?? '')
      same(await page.evaluate('document.activeElement.id'), id)
    }
    await page.focus('#tab-explain')
    await page.keyboard.press('End')
    await page.focus('.actions button')
    await page.keyboard.press('Enter')
    same(await page.locator('.round').count(), 1)
    await page.focus('#control-seed')
    await page.keyboard.press('ArrowRight')
    // The slider keeps the focus when the delivery begins anew.
    await settled(page)
    same(await page.evaluate('[document.activeElement.id, document.activeElement.value]'), ['control-seed', '1'])
  }
}

/** @type {Scenario} */
const manyEvents = {
  says: 'two hundred events are mapped while one types, and each can be looked at',
  run: async (page) => {
    const events = Array.from({ length: 200 }, (_, i) =>
      i % 10 === 9
        ? { type: 'track', userId: `u${i}`, event: 'Nobody maps this' }
        : {
            type: 'identify',
            userId: `u${i}`,
            traits: { email: `p${i}@example.com`, name: `Person ${i}`, logins: i % 7 === 0 ? 'many' : i },
            timestamp: '2026-01-15T10:14:00.000Z'
          }
    )
    const start = Date.now()
    await page.fill('#events', events.map((event) => JSON.stringify(event)).join('\n'))
    await page.waitForSelector('.summary:has-text("200 events")')
    const millis = Date.now() - start
    ok(millis < 15_000, `took ${millis} ms`)
    same(await page.locator('#chosen option').count(), 200)
    await openTab(page, 'intents')
    await page.selectOption('#chosen', '123')
    ok((await page.locator('#panel').textContent())?.includes('p123@example.com'))
    await page.click('#following')
    ok((await page.locator('#panel').textContent())?.includes('p124@example.com'))
    await openTab(page, 'delivery')
    await toTheEnd(page)
    ok((await textsOf(page, '.delivery .status'))[0]?.startsWith('Done: '))
  }
}

/** @type {Scenario} */
const elsewhere = {
  says: 'it works from an address of the web as from a file',
  visit: { address: 'https://docs.test/playground/index.html' },
  run: async (page) => {
    ok(await page.isVisible('.drawing'))
    await page.click('#share')
    ok((await page.inputValue('#link')).startsWith('https://docs.test/playground/index.html#s='))
  }
}

/** Every scenario. @type {ReadonlyArray<Scenario>} */
export const scenarios = [
  showsWhatTheLibrarySays,
  badEvents,
  badSettings,
  markupIsText,
  policyForbids,
  sharing,
  forgedLinks,
  deliveries,
  drawn,
  onPhones,
  byKeyboard,
  manyEvents,
  elsewhere
]
