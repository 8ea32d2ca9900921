/**
 * Events that turn on their reader: they break after so many reads, or answer each read with something else.
 */

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

/** The value, all of whose objects share one patience: the read after the last one throws, and so does each that follows. */
export const fragile = (value: unknown, patience: number): unknown => {
  let left = patience
  const spend = (): void => {
    left -= 1
    if (left < 0) throw new Error('out of patience')
  }
  const wrap = (inner: unknown): unknown =>
    isObject(inner)
      ? new Proxy(inner, {
          get: (target, name) => {
            if (typeof name !== 'symbol') spend()
            return wrap(Reflect.get(target, name))
          },
          has: (target, name) => {
            spend()
            return Reflect.has(target, name)
          },
          ownKeys: (target) => {
            spend()
            return Reflect.ownKeys(target)
          },
          getOwnPropertyDescriptor: (target, name) => {
            spend()
            return Reflect.getOwnPropertyDescriptor(target, name)
          }
        })
      : inner
  return wrap(value)
}

/** The value, one in three of whose members answers with the next of these whims, anew at every read. */
export const restless = (value: unknown, whims: IterableIterator<unknown>): unknown => {
  let reads = 0
  const wrap = (inner: unknown): unknown =>
    isObject(inner)
      ? new Proxy(Array.isArray(inner) ? [...inner] : { ...inner }, {
          get: (target, name) => {
            const own = Reflect.get(target, name)
            if (typeof name === 'symbol') return own
            reads += 1
            return reads % 3 === 0 ? whims.next().value : wrap(own)
          }
        })
      : inner
  return wrap(value)
}
