/**
 * What must be started before it is used: Munchkin by init, a hidden form by its load.
 *
 *     use  use  start  use  start  use
 *      └────┴──▶ 1st     ▲    in turn      uses before the first start wait for it, but not for ever; all the rest is in turn
 *
 * @module
 */
import type { Page } from './page.js'
import { type NotRun, notRunFor, type Ran } from './ran.js'

/** What a start came to: its own answer, and what uses need; undefined when nothing can be used. @internal */
export type Begun<A> = { readonly ran: Ran; readonly ready: A } | { readonly ran: NotRun; readonly ready: undefined }

/** Starts and uses, in turn. None of them fails. @internal */
export interface Startable<A> {
  readonly start: (begin: () => Promise<Begun<A>>) => Promise<Ran>
  readonly use: (act: (ready: A) => Promise<Ran>) => Promise<Ran>
  /** Settles when all that was asked for so far is done. */
  readonly idle: () => Promise<unknown>
}

/** Something that is not started yet. `tooLate` is the answer to uses that waited in vain. @internal */
export const startable = <A>(page: Page, timeOut: number, tooLate: NotRun): Startable<A> => {
  let tail: Promise<unknown> = Promise.resolve()
  let first: Promise<unknown> | undefined
  let begun: Begun<A> | undefined
  let announce = (): void => undefined
  const asked = new Promise<void>((resolve) => {
    announce = resolve
  })

  const inTurn = (act: () => Promise<Ran>): Promise<Ran> => {
    const done = tail.then(act).catch(() => notRunFor.threw)
    tail = done
    return done
  }

  const begin = async (how: () => Promise<Begun<A>>): Promise<Ran> => {
    const next = await how().catch((): Begun<A> => ({ ran: notRunFor.threw, ready: undefined }))
    // A second start that fails takes nothing away.
    if (begun?.ready === undefined) begun = next
    return next.ran
  }

  return {
    start: (how) => {
      const earlier = first
      if (earlier !== undefined) return inTurn(() => earlier.then(() => begin(how)))
      const done = begin(how)
      first = done
      announce()
      return done
    },
    use: (act) => {
      // Time runs from now, so that many that wait do not wait one after another.
      const patience = first === undefined ? page.within(timeOut, asked) : Promise.resolve(true)
      return inTurn(async () => {
        await patience
        await first
        if (begun === undefined) return tooLate
        return begun.ready === undefined ? begun.ran : act(begun.ready)
      })
    },
    idle: () => tail.then(() => first)
  }
}
