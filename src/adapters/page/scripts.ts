/**
 * Scripts of Marketo's: there already, still on their way, loaded by us, or blocked.
 *
 * @module
 */
import type { Page } from './page.js'

/** How often a script that somebody else loads is looked for, in milliseconds. */
const step = 50

/**
 * Waits for what a script brings, and loads it when an address is given; whether it is there in the end. An address is loaded once.
 *
 * @internal
 */
export type Arrive = (url: string | undefined, isThere: () => boolean) => Promise<boolean>

/** Scripts of one page. @internal */
export const scriptsOn = (page: Page, timeOut: number): Arrive => {
  const loads = new Map<string, Promise<unknown>>()
  const load = async (url: string): Promise<void> => {
    const loading =
      loads.get(url) ?? page.within(timeOut, new Promise((resolve) => page.addScript(url, (loaded) => resolve(loaded))))
    loads.set(url, loading)
    await loading
  }
  const watch = async (isThere: () => boolean): Promise<void> => {
    for (let waited = 0; waited < timeOut && !isThere(); waited += step) await page.wait(step)
  }
  return async (url, isThere) => {
    if (isThere()) return true
    // What a loaded script did not bring with it, it will not bring later: an ad blocker may answer with an empty one.
    await (url === undefined ? watch(isThere) : load(url))
    return isThere()
  }
}
