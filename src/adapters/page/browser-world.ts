/**
 * A browser's window as the runner's world. The types are those members of the window that are used, so that no library of the browser's
 * types is needed to compile this.
 *
 * @module
 */
import type { PageRequest, PageResponse, PageWorld } from './world.js'

/**
 * An element that is made here: a script or a form.
 *
 * @category page
 * @since 0.1.0
 */
export interface PageElement {
  readonly style: { display: string }
  setAttribute(name: string, value: string): void
  addEventListener(type: string, listener: () => void): void
}

/**
 * A place in the document where elements can be put.
 *
 * @category page
 * @since 0.1.0
 */
export interface PagePlace {
  append(element: unknown): void
}

/**
 * The part of a browser's `window` that is used.
 *
 * @category page
 * @since 0.1.0
 */
export interface PageWindow {
  readonly document: {
    readonly head: PagePlace
    /** Not there while the head is still being read. */
    readonly body: PagePlace | null
    readonly documentElement: PagePlace
    createElement(name: string): PageElement
    getElementById(id: string): unknown
    querySelectorAll(selectors: string): ArrayLike<unknown>
  }
  fetch(url: string, request: PageRequest): Promise<PageResponse>
  setTimeout(act: () => void, milliseconds: number): number
  clearTimeout(timer: number): void
}

const member = (u: unknown, name: string): unknown =>
  typeof u === 'object' && u !== null ? Reflect.get(u, name) : undefined

/**
 * The world of a real page.
 *
 * @example
 * declare const window: PageWindow // no-run
 * const runner = pageRunner(browserWorld(window))
 * @category page
 * @since 0.1.0
 */
export const browserWorld = (window: PageWindow): PageWorld => {
  const { document } = window
  return {
    global: (name) => member(window, name),
    scriptUrls: () =>
      Array.from(document.querySelectorAll('script[src]'), (script) => member(script, 'src')).filter(
        (src): src is string => typeof src === 'string'
      ),
    addScript: (url, done) => {
      const script = document.createElement('script')
      script.setAttribute('src', url)
      script.setAttribute('async', '')
      script.addEventListener('load', () => done(true))
      script.addEventListener('error', () => done(false))
      document.head.append(script)
    },
    hasElement: (id) => document.getElementById(id) !== null,
    addHiddenForm: (id) => {
      const form = document.createElement('form')
      form.setAttribute('id', id)
      // By its style object: a content security policy may forbid the attribute.
      form.style.display = 'none'
      const place = document.body ?? document.documentElement
      place.append(form)
    },
    fetch: (url, request) => window.fetch(url, request),
    after: (milliseconds, act) => {
      const timer = window.setTimeout(act, milliseconds)
      return () => window.clearTimeout(timer)
    }
  }
}
