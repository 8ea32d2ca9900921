import { describe, expect, it } from 'vitest'
import { browserWorld, type PageElement, type PageWindow } from '../../src/adapters/page/browser-world.js'

interface Made {
  readonly name: string
  readonly attributes: Record<string, string>
  readonly style: { display: string }
  readonly listeners: Record<string, () => void>
}

/** A window that writes down what it is asked. */
const fakeWindow = (hasBody = true) => {
  const places: Record<'head' | 'body' | 'root', Array<unknown>> = { head: [], body: [], root: [] }
  const made: Array<Made> = []
  const timers: Array<readonly [unknown, ...ReadonlyArray<unknown>]> = []
  const place = (list: Array<unknown>) => ({ append: (element: unknown) => void list.push(element) })
  const window = {
    document: {
      head: place(places.head),
      body: hasBody ? place(places.body) : null,
      documentElement: place(places.root),
      createElement: (name: string): PageElement => {
        const element = { name, attributes: {}, style: { display: '' }, listeners: {} } satisfies Made
        made.push(element)
        return {
          style: element.style,
          setAttribute: (attribute, value) => void Reflect.set(element.attributes, attribute, value),
          addEventListener: (type, listener) => void Reflect.set(element.listeners, type, listener)
        }
      },
      getElementById: (id: string) => (id === 'there' ? {} : null),
      querySelectorAll: (selectors: string) =>
        selectors === 'script[src]' ? [{ src: 'https://a.test/a.js' }, {}, null, { src: 1 }] : []
    },
    fetch: async (url: string, request: unknown) => ({
      status: 200,
      text: async () => JSON.stringify([url, request])
    }),
    setTimeout: (act: () => void, milliseconds: number) => timers.push([act, milliseconds]),
    clearTimeout: (timer: number) => void timers.push(['cleared', timer]),
    Munchkin: { init: 1 }
  }
  return { window: window satisfies PageWindow, places, made, timers }
}

describe('browserWorld', () => {
  it('reads the globals of its window, and no others', () => {
    const { global } = browserWorld(fakeWindow().window)
    expect(global('Munchkin')).toEqual({ init: 1 })
    expect(global('process')).toBeUndefined()
  })

  it('names the scripts that have an address', () => {
    expect(browserWorld(fakeWindow().window).scriptUrls()).toEqual(['https://a.test/a.js'])
  })

  it.each([
    ['load', true],
    ['error', false]
  ])('adds a script to the head, and passes on its %s', (event, expected) => {
    const { window, places, made } = fakeWindow()
    const said: Array<boolean> = []
    browserWorld(window).addScript('//x.test/x.js', (loaded) => said.push(loaded))
    expect(made).toMatchObject([{ name: 'script', attributes: { src: '//x.test/x.js', async: '' } }])
    expect([places.head.length, said]).toEqual([1, []])
    made[0]?.listeners[event]?.()
    expect(said).toEqual([expected])
  })

  it.each([
    [true, 'body'],
    [false, 'root']
  ] as const)('adds a form that nobody sees; with a body: %s', (hasBody, where) => {
    const { window, places, made } = fakeWindow(hasBody)
    browserWorld(window).addHiddenForm('mktoForm_1001')
    expect(made).toMatchObject([{ name: 'form', attributes: { id: 'mktoForm_1001' }, style: { display: 'none' } }])
    expect(places[where]).toHaveLength(1)
  })

  it('knows which elements are there', () => {
    const { hasElement } = browserWorld(fakeWindow().window)
    expect(['there', 'elsewhere'].map(hasElement)).toEqual([true, false])
  })

  it('asks with the window’s own fetch', async () => {
    const request = { credentials: 'include', headers: { a: 'b' } } as const
    const response = await browserWorld(fakeWindow().window).fetch('https://x.test/', request)
    expect([response.status, JSON.parse(await response.text())]).toEqual([200, ['https://x.test/', request]])
  })

  it('sets a timer, and clears that very one', () => {
    const { window, timers } = fakeWindow()
    const act = () => undefined
    const world = browserWorld(window)
    world.after(1, act)
    world.after(250, act)()
    expect(timers).toEqual([
      [act, 1],
      [act, 250],
      ['cleared', 2]
    ])
  })
})
