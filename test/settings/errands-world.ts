/**
 * Errands carried out in a simulated instance, step by step: what was sent is kept.
 */
import * as fc from 'fast-check'
import { readAccessToken } from '../../src/adapters/fetch/access-token.js'
import type { HttpRequest } from '../../src/intent/descriptor.js'
import type { Answer } from '../../src/intent/outcome.js'
import { areErrandsDone, nextErrands, wakeErrandsAt } from '../../src/settings/errands/next.js'
import { receiveErrand } from '../../src/settings/errands/receive.js'
import type { Errands } from '../../src/settings/errands/state.js'
import type { SimulatorOptions } from '../../src/simulator/options.js'
import { requestOf } from '../../src/simulator/request.js'
import { simulate } from '../../src/simulator/simulate.js'
import { startSimulator } from '../../src/simulator/start.js'
import type { SimulatorState } from '../../src/simulator/state.js'

export const munchkinId = '561-HYG-937'
const client = { clientId: 'id', clientSecret: 'secret' }

/** So many runs at most, of a law that asks a whole instance each time. */
export const atMost = (runs: number): { readonly numRuns: number } => ({
  numRuns: Math.min(runs, fc.readConfigureGlobal()?.numRuns ?? runs)
})

/** A simulated instance of that name. */
export const simulated = (options: Partial<SimulatorOptions> = {}): SimulatorState =>
  startSimulator({ munchkinId, ...client, ...options })

/** What came of errands. */
export interface Driven {
  readonly errands: Errands
  readonly marketo: SimulatorState
  readonly sent: ReadonlyArray<HttpRequest>
  readonly now: number
}

/** Another answer in the place of the simulator's; undefined leaves it as it is. */
export type Tamper = (request: HttpRequest, n: number) => Answer | null | undefined

/** Carries errands out until they have ended; the state goes through JSON at each step. */
export const driven = (
  first: Errands,
  instance: SimulatorState,
  { tamper, begin = 1_714_730_400_000 }: { readonly tamper?: Tamper; readonly begin?: number } = {}
): Driven => {
  let [errands, marketo, now, token] = [first, instance, begin, '']
  const sent: Array<HttpRequest> = []
  for (let step = 0; !areErrandsDone(errands, now); step += 1) {
    if (step > 2_000) throw new Error('errands that never end')
    const [after, requests] = nextErrands(JSON.parse(JSON.stringify(errands)) as Errands, now)
    errands = after
    const wake = wakeErrandsAt(errands, now)
    if (requests.length === 0 && wake === null) throw new Error('nothing to wait for')
    if (requests.length === 0) now = Math.max(now + 1, wake ?? 0)
    for (const { id, call } of requests) {
      sent.push(call.descriptor)
      const instead = tamper?.(call.descriptor, sent.length)
      const wire = requestOf(call.descriptor, { ...client, accessToken: token })
      const [state, answer] = instead === undefined ? simulate(marketo, wire, now) : [marketo, instead]
      marketo = state
      now += 10
      if (answer !== null && call.descriptor.endpoint === 'identityToken') token = readAccessToken(answer) ?? ''
      errands = receiveErrand(errands, id, answer ?? { kind: 'lost' }, now)
    }
  }
  return { errands, marketo, sent, now }
}

/** A refusal with a code, as Marketo has it. */
export const refusedWith = (code: string): Answer => ({
  status: 200,
  headers: {},
  body: { requestId: 'x', success: false, errors: [{ code, message: 'secret words' }] }
})
