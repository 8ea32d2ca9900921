/**
 * Munchkin in the page: our own, or one that stands there already.
 *
 *     Munchkin.init(…)   Munchkin.munchkinFunction(…)   Munchkin.createTrackingCookie(…)
 *     mktoMunchkin(…)    mktoMunchkinFunction(…)                                          as old pages know them
 *
 * A page with a snippet of its own has counted this visit. A second init would count it twice, so ours is not run, and the calls that
 * follow go through the page's own Munchkin.
 *
 * Munchkin's loader fetches the version that the account is given, from an address with that version in it. This is the only sign of
 * the version that a page has; where it is missing, associateLead is tried.
 *
 * Sources: Adobe "Lead Tracking", "Munchkin API Reference"; Munchkin 159 and its loader.
 *
 * @module
 */
import type { Json } from '../../ground/json.js'
import type { MunchkinCall } from '../../intent/descriptor.js'
import { callFunction, callMethod, hasMethod, type Page } from './page.js'
import { notRunFor, type Ran, ran } from './ran.js'
import type { Arrive } from './scripts.js'
import { type Begun, startable } from './startable.js'

/** Munchkin's calls, in turn. @internal */
export interface Munchkin {
  readonly init: (args: ReadonlyArray<Json>) => Promise<Ran>
  /** Does something when Munchkin has started, or says why it has not. */
  readonly use: (act: () => Promise<Ran>) => Promise<Ran>
  readonly call: (name: MunchkinCall['function'], args: ReadonlyArray<Json>) => Ran
  /** Whether the page's Munchkin is known to have no associateLead. */
  readonly isTooNew: () => boolean
  readonly idle: () => Promise<unknown>
}

const oldNames: Readonly<Record<MunchkinCall['function'], string>> = {
  init: 'mktoMunchkin',
  munchkinFunction: 'mktoMunchkinFunction',
  // It came after the old names had gone.
  createTrackingCookie: ''
}

const scriptName = /(?:^|\/)munchkin(?:-beta)?\.js(?:[?#]|$)/
const versionedScript = /\/\/munchkin\.marketo\.net\/(\d+)\/munchkin(?:-beta)?\.js/

/** The first version without associateLead. */
const withoutAssociateLead = 161

/** The page may change what it is given; a descriptor stays as it is. */
const copyOf = (args: ReadonlyArray<Json>): ReadonlyArray<unknown> => {
  const copy: unknown = JSON.parse(JSON.stringify(args))
  return Array.isArray(copy) ? copy : []
}

/** Munchkin on this page; `url` is its script's address, undefined when the page loads it. @internal */
export const munchkinOn = (page: Page, arrive: Arrive, url: string | undefined, timeOut: number): Munchkin => {
  const started = new Set<string>()
  const { start, use, idle } = startable<true>(page, timeOut, notRunFor.munchkinNotStarted)
  let isForeign: boolean | undefined

  const isThere = (): boolean =>
    hasMethod(page.global('Munchkin'), 'init') || typeof page.global(oldNames.init) === 'function'

  const call: Munchkin['call'] = (name, args) => {
    const munchkin = page.global('Munchkin')
    const called = hasMethod(munchkin, name)
      ? callMethod(munchkin, name, copyOf(args))
      : callFunction(undefined, page.global(oldNames[name]), copyOf(args))
    if (called._tag === 'Called') return ran
    return called._tag === 'Absent' ? notRunFor.unknownCall : notRunFor.threw
  }

  const begin = async (args: ReadonlyArray<Json>): Promise<Begun<true>> => {
    const [id] = args
    const munchkinId = typeof id === 'string' ? id.toUpperCase() : ''
    if (started.has(munchkinId)) return { ran: notRunFor.initTwice, ready: true }
    isForeign ??= url !== undefined && (isThere() || page.scriptUrls().some((src) => scriptName.test(src)))
    if (!(await arrive(isForeign ? undefined : url, isThere))) {
      return { ran: notRunFor.munchkinBlocked, ready: undefined }
    }
    if (isForeign) return { ran: notRunFor.snippet, ready: true }
    const outcome = call('init', args)
    if (outcome._tag !== 'Ran') return { ran: outcome, ready: undefined }
    started.add(munchkinId)
    return { ran, ready: true }
  }

  return {
    init: (args) => start(() => begin(args)),
    use,
    call,
    isTooNew: () =>
      page.scriptUrls().some((src) => Number(versionedScript.exec(src)?.[1] ?? 0) >= withoutAssociateLead),
    idle
  }
}
