/**
 * What goes wrong, and when: from a schedule, and from a seed that the state carries on.
 *
 *     { at: { call: 3 }, kind: 'timeout-after', endpoint: 'syncLeads' }      the third Sync Leads, and no other
 *     { at: { probability: 0.1, until: 500 }, kind: '606' }                  one call in ten, up to the 500th
 *
 * Of several that strike one call the first in the schedule does. Each with a probability draws at every call that it could strike, so
 * one schedule and one seed make one story.
 *
 * @module
 */
import type { Fault, FaultKind, SimulatedEndpoint } from './options.js'
import type { Draft } from './state.js'

/** Mulberry32, by Tommy Ettinger (public domain): the next number from 0 to 1, and the state that follows. */
const drawn = (random: number): readonly [number, number] => {
  const next = (random + 0x6d2b79f5) | 0
  let t = Math.imul(next ^ (next >>> 15), next | 1)
  t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t
  return [((t ^ (t >>> 14)) >>> 0) / 4_294_967_296, next]
}

/** The next number from 0 to 1. @internal */
export const draw = (draft: Draft): number => {
  const [number, next] = drawn(draft.random)
  draft.random = next
  return number
}

/** The kinds that only speak in Marketo's own envelope, or of a token: the identity endpoint and the beacons have neither. */
const restOnly: ReadonlyArray<FaultKind> = [
  '604',
  '606',
  '607',
  '611',
  '615',
  '713',
  'expired-token',
  'skip-record',
  'cut-off'
]

const couldStrike = ({ endpoint, kind }: Fault, called: SimulatedEndpoint): boolean =>
  (endpoint === undefined || endpoint === called) &&
  !(restOnly.includes(kind) && (called === 'identityToken' || called === 'visitWebPage'))

const strikes = (draft: Draft, fault: Fault, called: SimulatedEndpoint): boolean => {
  if (!couldStrike(fault, called)) return false
  const n = fault.endpoint === undefined ? draft.total : draft.calls[called]
  const { at } = fault
  if ('call' in at) return at.call === n
  return draw(draft) < at.probability && n <= (at.until ?? Number.POSITIVE_INFINITY)
}

/** The fault that strikes this call, which has been counted already, or undefined. @internal */
export const faultFor = (draft: Draft, called: SimulatedEndpoint): FaultKind | undefined => {
  let struck: FaultKind | undefined
  for (const fault of draft.options.faults) {
    const hit = strikes(draft, fault, called)
    if (hit && struck === undefined) struck = fault.kind
  }
  return struck
}
