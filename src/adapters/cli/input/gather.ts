/**
 * Gathers the bytes of one piece across chunks, up to a limit: what is longer is counted and not kept.
 *
 * @module
 */

/** Bytes of one piece. `take` answers their text, or null when there were more than the limit, and starts anew. */
export interface Gathered {
  readonly add: (chunk: Buffer, from: number, to: number) => void
  readonly isEmpty: () => boolean
  readonly take: () => string | null
}

/** An empty gathering that keeps `limit` bytes at most. */
export const gather = (limit: number): Gathered => {
  let parts: Array<Buffer> = []
  let length = 0
  const text = (): string | null => {
    if (length > limit) return null
    const only = parts.length === 1 ? parts[0] : undefined
    return (only ?? Buffer.concat(parts, length)).toString('utf8')
  }
  return {
    add: (chunk, from, to) => {
      if (to <= from) return
      length += to - from
      if (length <= limit) parts.push(chunk.subarray(from, to))
      else parts = []
    },
    isEmpty: () => length === 0,
    take: () => {
      const taken = text()
      parts = []
      length = 0
      return taken
    }
  }
}
