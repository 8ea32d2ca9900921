/**
 * A world that cannot hurt: each of its answers is looked at, each of its failures is a value.
 *
 * @module
 */
import type { PageRequest, PageWorld } from './world.js'

/** What a call into the page gave. @internal */
export type Called =
  | { readonly _tag: 'Called'; readonly answer: unknown }
  | { readonly _tag: 'Absent' }
  | { readonly _tag: 'Threw' }

/** A page whose every failure is a value. @internal */
export interface Page {
  readonly global: (name: string) => unknown
  readonly scriptUrls: () => ReadonlyArray<string>
  readonly addScript: (url: string, done: (loaded: boolean) => void) => void
  readonly hasElement: (id: string) => boolean
  readonly addHiddenForm: (id: string) => void
  /** The body of an answer with a status of 2xx, or undefined. */
  readonly body: (url: string, request: PageRequest) => Promise<string | undefined>
  /** Whether the promise settles within some milliseconds; a refusal counts as not. */
  readonly within: (milliseconds: number, promise: Promise<unknown>) => Promise<boolean>
  readonly wait: (milliseconds: number) => Promise<void>
}

const attempt = <A>(act: () => A, otherwise: A): A => {
  try {
    return act()
  } catch {
    return otherwise
  }
}

const isObject = (u: unknown): u is object => (typeof u === 'object' && u !== null) || typeof u === 'function'

/** Whether the value has a function of this name. @internal */
export const hasMethod = (owner: unknown, name: string): boolean =>
  attempt(() => isObject(owner) && typeof Reflect.get(owner, name) === 'function', false)

/** Calls a function of the page. @internal */
export const callFunction = (owner: unknown, called: unknown, args: ReadonlyArray<unknown>): Called => {
  if (typeof called !== 'function') return { _tag: 'Absent' }
  try {
    const answer: unknown = Reflect.apply(called, owner, args)
    return { _tag: 'Called', answer }
  } catch {
    return { _tag: 'Threw' }
  }
}

/** Calls a method of a value of the page. @internal */
export const callMethod = (owner: unknown, name: string, args: ReadonlyArray<unknown>): Called => {
  try {
    const method: unknown = isObject(owner) ? Reflect.get(owner, name) : undefined
    return callFunction(owner, method, args)
  } catch {
    return { _tag: 'Threw' }
  }
}

const isText = (u: unknown): u is string => typeof u === 'string'

/** The world, guarded. @internal */
export const guarded = (world: PageWorld): Page => {
  /** Does it later, or at once when the world has no clock: nothing may hang. What it answers undoes it. */
  const after = (milliseconds: number, act: () => void): (() => void) => {
    try {
      return world.after(milliseconds, act)
    } catch {
      act()
      return act
    }
  }
  const within: Page['within'] = (milliseconds, promise) =>
    new Promise((resolve) => {
      const cancel = after(milliseconds, () => resolve(false))
      const settle = (inTime: boolean) => {
        resolve(inTime)
        attempt(cancel, undefined)
      }
      promise.then(
        () => settle(true),
        () => settle(false)
      )
    })
  return {
    global: (name) => attempt(() => world.global(name), undefined),
    scriptUrls: () => attempt<ReadonlyArray<string>>(() => Array.from(world.scriptUrls()).filter(isText), []),
    addScript: (url, done) => {
      try {
        world.addScript(url, done)
      } catch {
        done(false)
      }
    },
    hasElement: (id) => attempt(() => world.hasElement(id) === true, false),
    addHiddenForm: (id) => attempt(() => world.addHiddenForm(id), undefined),
    body: async (url, request) => {
      try {
        const response = await world.fetch(url, request)
        const { status } = response
        const text = status >= 200 && status < 300 ? await response.text() : undefined
        return isText(text) ? text : undefined
      } catch {
        return undefined
      }
    },
    within,
    wait: async (milliseconds) => {
      await within(milliseconds, new Promise(() => undefined))
    }
  }
}
