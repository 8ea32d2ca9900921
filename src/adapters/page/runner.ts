/**
 * Makes the calls that `describeInBrowser` describes, in the page, and says of each what became of it.
 *
 *     describeInBrowser(intent)  ──▶  run(calls)  ──▶  [{ _tag: 'Ran' }, { _tag: 'NotRun', reason: 'blocked', mend: '…' }]
 *
 *     Munchkin     init ─ visit ─ visit ─ signer ─ associateLead         in turn; what comes before init waits for it
 *     each form    load ─────────────────────────── submit               in turn; a submit also waits for Munchkin's calls before it
 *
 * Munchkin and the forms wait for each other no further: a form that is blocked keeps back no visit. Nothing throws and nothing waits
 * for ever.
 *
 * @module
 */
import type { BrowserCall } from '../../browser/describe.js'
import type { HiddenForm, MunchkinCall, SignerRequest, Slot } from '../../intent/descriptor.js'
import { formsOn } from './forms.js'
import { munchkinOn } from './munchkin.js'
import { guarded } from './page.js'
import { notRunFor, type Ran, ran } from './ran.js'
import { scriptsOn } from './scripts.js'
import { type Asked, askSigner, filledArgs } from './signer.js'
import type { PageRequest, PageWorld } from './world.js'

/**
 * How calls are made.
 *
 * - `scripts`: `load` (unless given) loads Marketo's scripts when they are first needed; `page` waits for those that the page loads.
 * - `munchkinScript`: where Munchkin is loaded from; Marketo's own address unless given.
 * - `timeOut`: how long anything is waited for, in milliseconds; 10,000 unless given.
 * - `queueLimit`: how many calls may wait; 1,000 unless given.
 * - `signer`: how the signer is asked; with neither headers nor cookies for another origin unless given.
 *
 * @category page
 * @since 0.1.0
 */
export interface PageRunnerOptions {
  readonly scripts?: 'load' | 'page'
  readonly munchkinScript?: string
  readonly timeOut?: number
  readonly queueLimit?: number
  readonly signer?: Partial<PageRequest>
}

/**
 * Makes calls in a page. The answer holds one result for each call, in order; the promise is never refused.
 *
 * @category page
 * @since 0.1.0
 */
export interface PageRunner {
  readonly run: (calls: ReadonlyArray<BrowserCall>) => Promise<ReadonlyArray<Ran>>
}

const defaults = { munchkinScript: '//munchkin.marketo.net/munchkin.js', timeOut: 10_000, queueLimit: 1_000 }

/**
 * A runner for this page. One is enough: two know nothing of each other, and the second takes the first one's Munchkin for the page's.
 *
 * @example
 * import { describeInBrowser } from 'segment-marketo/browser'
 * import { isMunchkinId } from 'segment-marketo/marketo'
 * import { pageRunner, type PageWorld } from 'segment-marketo/page'
 *
 * // A page whose visitor blocks every script.
 * const world: PageWorld = {
 *   global: () => undefined,
 *   scriptUrls: () => [],
 *   addScript: (_, done) => done(false),
 *   hasElement: () => false,
 *   addHiddenForm: () => undefined,
 *   fetch: () => Promise.reject(new Error('offline')),
 *   after: (_, act) => (act(), () => undefined)
 * }
 * const munchkinId = '561-HYG-937'
 * const calls = isMunchkinId(munchkinId)
 *   ? describeInBrowser({ _tag: 'StartInBrowser', munchkinId, options: {}, form: null })
 *   : []
 * const [result] = await pageRunner(world).run(calls)
 * result?._tag === 'NotRun' && result.reason // => 'blocked'
 * @category page
 * @since 0.1.0
 */
export const pageRunner = (world: PageWorld, options: PageRunnerOptions = {}): PageRunner => {
  const { scripts = 'load', munchkinScript, timeOut, queueLimit } = { ...defaults, ...options }
  const request: PageRequest = { credentials: 'same-origin', headers: {}, ...options.signer }
  const page = guarded(world)
  const arrive = scriptsOn(page, timeOut)
  const munchkin = munchkinOn(page, arrive, scripts === 'load' ? munchkinScript : undefined, timeOut)
  const forms = formsOn(page, arrive, scripts === 'load', timeOut)
  let waiting = 0

  const ask = (signer: SignerRequest, asked: Asked): Promise<Ran> =>
    munchkin.use(async () => {
      // Nobody is asked for what nobody could use.
      if (munchkin.isTooNew()) return notRunFor.retired
      asked.hash = await askSigner(page, signer, request, timeOut)
      return asked.hash === undefined ? notRunFor.signature : ran
    })

  const callMunchkin = (call: MunchkinCall, slots: ReadonlyArray<Slot>, asked: Asked | undefined): Promise<Ran> => {
    if (call.function === 'init') return munchkin.init(call.args)
    return munchkin.use(async () => {
      if (call.args[0] === 'associateLead' && munchkin.isTooNew()) return notRunFor.retired
      const args = filledArgs(call.args, slots, asked)
      return args === undefined ? notRunFor.signature : munchkin.call(call.function, args)
    })
  }

  const useForm = (form: HiddenForm): Promise<Ran> =>
    'load' in form.does ? forms.load(form, form.does.load) : forms.submit(form, form.does.submit, munchkin.idle())

  const make = ({ descriptor, slots }: BrowserCall, before: Asked | undefined, asked: Asked): Promise<Ran> => {
    switch (descriptor._tag) {
      case 'MunchkinCall':
        return callMunchkin(descriptor, slots, before)
      case 'SignerRequest':
        return ask(descriptor, asked)
      case 'HiddenForm':
        return useForm(descriptor)
    }
  }

  const accept = async (call: BrowserCall, before: Asked | undefined, asked: Asked): Promise<Ran> => {
    if (waiting >= queueLimit) return notRunFor.queueFull
    waiting += 1
    try {
      return await make(call, before, asked)
    } catch {
      return notRunFor.threw
    } finally {
      waiting -= 1
    }
  }

  return {
    run: (calls) => {
      // A signature belongs to the call right behind its question, and to no other.
      let before: Asked | undefined
      return Promise.all(
        calls.map((call) => {
          const asked: Asked = { hash: undefined }
          const result = accept(call, before, asked)
          before = call.descriptor._tag === 'SignerRequest' ? asked : undefined
          return result
        })
      )
    }
  }
}
