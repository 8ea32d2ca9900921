/**
 * Parts of files on their way to the sync: a stream waits until its last one was taken.
 *
 * @module
 */
import type { FilePart } from '../../source/sync/receive.js'

/** A part, and the call that it answers. @internal */
export interface PartOf {
  readonly requestId: string
  readonly part: FilePart
}

/** Parts that wait. @internal */
export interface Parts {
  /** Settles when the part was taken; refused once nobody takes any more. */
  readonly add: (requestId: string, part: FilePart) => Promise<void>
  /** What came since it was last asked. */
  readonly taken: () => ReadonlyArray<PartOf>
  /** Those that were taken are done with: their streams may go on. */
  readonly release: () => void
  /** Nobody takes parts any more. */
  readonly close: () => void
}

interface Waiting {
  readonly resolve: () => void
  readonly reject: (error: Error) => void
}

/** No parts yet; `ring` tells that one came. @internal */
export const newParts = (ring: () => void): Parts => {
  const arrived: Array<PartOf> = []
  const waiting: Array<Waiting> = []
  let held: ReadonlyArray<Waiting> = []
  let isClosed = false
  const closed = (): Error => new Error('nobody takes parts any more')
  return {
    add: (requestId, part) =>
      new Promise((resolve, reject) => {
        if (isClosed) return reject(closed())
        arrived.push({ requestId, part })
        waiting.push({ resolve, reject })
        ring()
      }),
    taken: () => {
      held = [...held, ...waiting.splice(0)]
      return arrived.splice(0)
    },
    release: () => {
      for (const { resolve } of held) resolve()
      held = []
    },
    close: () => {
      isClosed = true
      for (const { reject } of [...held, ...waiting.splice(0)]) reject(closed())
      held = []
      arrived.splice(0)
    }
  }
}
