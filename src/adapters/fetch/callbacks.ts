/**
 * What a caller asked to be called back with: calls that may throw, and cost those who make them nothing but that call.
 *
 * @module
 */
import { malformed, type Problem } from '../../ground/problem.js'

/** What is said of a callback that threw. @internal */
export const throwing = (name: string, mend: string): Problem =>
  malformed('invalid', [name], 'a callback that threw', mend)

/** Callbacks by name: `call` tells whether all went well, and `mayCall` whether it did so far. @internal */
export interface Callbacks<N extends string> {
  readonly mayCall: (name: N) => boolean
  readonly call: (name: N, call: () => void | Promise<void>) => Promise<boolean>
}

/** Callbacks; one that threw is told with its problem, and not called again. @internal */
export const newCallbacks = <N extends string>(
  problems: Readonly<Record<N, Problem>>,
  threw: (name: N, problem: Problem) => void
): Callbacks<N> => {
  const failed = new Set<N>()
  return {
    mayCall: (name) => !failed.has(name),
    call: async (name, call) => {
      if (failed.has(name)) return false
      try {
        await call()
        return true
      } catch {
        failed.add(name)
        threw(name, problems[name])
        return false
      }
    }
  }
}
