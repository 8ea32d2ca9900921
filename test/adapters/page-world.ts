/**
 * A page made of nothing: its clock stands until it is told to go on, its scripts come, fail or stay away as a test has it, and
 * everything that is called in it is written down.
 */
import type { PageRequest, PageResponse, PageWorld } from '../../src/adapters/page/world.js'

/** What becomes of a script: it comes, comes without what it should bring, fails, comes at some time, or never says anything. */
export type Fate = 'comes' | 'empty' | 'fails' | 'never' | { readonly after: number }

export interface FakePage {
  readonly world: PageWorld
  /** Every call into the page's scripts, and every script and form that was added, in order. */
  readonly log: Array<ReadonlyArray<unknown>>
  /** Members of the window. */
  readonly globals: Record<string, unknown>
  readonly scriptUrls: Array<string>
  readonly elements: Set<string>
  readonly requests: Array<readonly [url: string, request: PageRequest]>
  /** Lets so many milliseconds pass. */
  readonly pass: (milliseconds: number) => Promise<void>
  /** Timers that are still set. */
  readonly timers: () => number
}

export interface FakePageOptions {
  readonly munchkin?: Fate
  readonly forms?: Fate
  /** Whether a form comes once it is loaded. */
  readonly form?: 'comes' | 'another' | 'never' | { readonly after: number }
  readonly signer?: () => Promise<PageResponse>
  /** Munchkin's functions throw. */
  readonly munchkinThrows?: boolean
}

/** Everything that is ready to go on does so. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

export const answering =
  (status: number, body: string): (() => Promise<PageResponse>) =>
  () =>
    Promise.resolve({ status, text: () => Promise.resolve(body) })

export const signature = '6cf6ee588c0268fa802c6e32a21b902ef5ff1896'

export const fakePage = ({
  munchkin = 'comes',
  forms = 'comes',
  form = 'comes',
  signer = answering(200, `{"hash":"${signature}"}`),
  munchkinThrows = false
}: FakePageOptions = {}): FakePage => {
  const log: FakePage['log'] = []
  const globals: Record<string, unknown> = {}
  const scriptUrls: Array<string> = []
  const elements = new Set<string>()
  const requests: Array<readonly [string, PageRequest]> = []
  let now = 0
  let timers: Array<{ readonly at: number; readonly act: () => void }> = []

  const after = (milliseconds: number, act: () => void): (() => void) => {
    const timer = { at: now + milliseconds, act }
    timers.push(timer)
    return () => {
      timers = timers.filter((other) => other !== timer)
    }
  }

  const written =
    (name: string) =>
    (...args: ReadonlyArray<unknown>) => {
      log.push([name, ...args])
      if (munchkinThrows) throw new Error(name)
    }

  const bringMunchkin = () => {
    globals.Munchkin = {
      init: written('init'),
      munchkinFunction: written('munchkinFunction'),
      createTrackingCookie: written('createTrackingCookie')
    }
  }

  const formFor = (id: unknown) => ({
    getId: () => id,
    addHiddenFields: (fields: unknown) => log.push(['addHiddenFields', fields]),
    onSuccess: (callback: () => unknown) => log.push(['onSuccess', callback()]),
    submit: () => log.push(['submit', id])
  })

  const bringForms = () => {
    globals.MktoForms2 = {
      loadForm: (host: unknown, munchkinId: unknown, formId: unknown, callback: (form: unknown) => void) => {
        log.push(['loadForm', host, munchkinId, formId])
        if (form === 'never') return
        if (form === 'another') callback(formFor(`${formId}0`))
        else if (form === 'comes') callback(formFor(formId))
        else after(form.after, () => callback(formFor(formId)))
      }
    }
  }

  const addScript: PageWorld['addScript'] = (url, done) => {
    log.push(['script', url])
    scriptUrls.push(url)
    const isMunchkin = url.includes('munchkin')
    const fate = isMunchkin ? munchkin : forms
    const bring = () => {
      if (fate !== 'empty') (isMunchkin ? bringMunchkin : bringForms)()
      done(true)
    }
    if (fate === 'fails') done(false)
    else if (typeof fate === 'object') after(fate.after, bring)
    else if (fate !== 'never') bring()
  }

  const pass = async (milliseconds: number): Promise<void> => {
    const until = now + milliseconds
    await settle()
    for (;;) {
      const [next] = timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)
      if (next === undefined) break
      now = next.at
      timers = timers.filter((timer) => timer !== next)
      next.act()
      await settle()
    }
    now = until
  }

  const world: PageWorld = {
    global: (name) => globals[name],
    scriptUrls: () => scriptUrls,
    addScript,
    hasElement: (id) => elements.has(id),
    addHiddenForm: (id) => {
      log.push(['form', id])
      elements.add(id)
    },
    fetch: (url, request) => {
      requests.push([url, request])
      return signer()
    },
    after
  }
  return { world, log, globals, scriptUrls, elements, requests, pass, timers: () => timers.length }
}
