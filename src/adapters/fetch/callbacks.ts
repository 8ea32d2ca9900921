/**
 * What a caller asked to be called back with: calls that may throw, and cost a delivery nothing but that call.
 *
 * @module
 */
import { malformed, type Problem } from '../../ground/problem.js'

const throwing = (name: string, mend: string): Problem => malformed('invalid', [name], 'a callback that threw', mend)

const callbackProblems = {
  onState: throwing('onState', 'nothing was sent after that; the rest was deferred'),
  onOutcomes: throwing(
    'onOutcomes',
    'what it was given stands among the outcomes of the result; the rest was deferred'
  ),
  onProgress: throwing('onProgress', 'it was not called again; the delivery went on')
}

/** Callbacks by name: `call` tells whether all went well, and `mayCall` whether it did so far. @internal */
export interface Callbacks {
  readonly mayCall: (name: keyof typeof callbackProblems) => boolean
  readonly call: (name: keyof typeof callbackProblems, call: () => void | Promise<void>) => Promise<boolean>
}

/** Callbacks; one that threw is told with its problem, and not called again. @internal */
export const newCallbacks = (threw: (name: keyof typeof callbackProblems, problem: Problem) => void): Callbacks => {
  const failed = new Set<keyof typeof callbackProblems>()
  return {
    mayCall: (name) => !failed.has(name),
    call: async (name, call) => {
      if (failed.has(name)) return false
      try {
        await call()
        return true
      } catch {
        failed.add(name)
        threw(name, callbackProblems[name])
        return false
      }
    }
  }
}
