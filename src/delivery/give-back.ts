/**
 * A delivery that stops before its end, and one that goes on elsewhere.
 *
 *     giveBack   whatever is not in flight ends as deferred: the caller keeps it for another time. Points that may have been given
 *                end as unknown
 *     resumed    whatever was in flight when the driver died is taken as lost
 *
 * @module
 */
import type { Instant } from '../ground/calendar.js'
import { resetToken } from '../pace/token.js'
import { backlogOf } from './backlog.js'
import { honest } from './doubt.js'
import { outcomeOf } from './outcome.js'
import { underWay } from './ready-now.js'
import { receive } from './receive.js'
import type { Delivery } from './state.js'

/**
 * The delivery with everything that is not in flight ended as deferred until then: its outcomes say which. Null says that no time is known.
 *
 * @category delivery
 * @since 0.1.0
 */
export const giveBack = (state: Delivery, until: Instant | null = null): Delivery => {
  const { sent } = underWay(state)
  const given = [...state.pending.filter(({ seq }) => !sent.has(seq)), ...backlogOf(state)]
  return {
    ...state,
    backlog: {},
    pending: state.pending.filter(({ seq }) => sent.has(seq)),
    outcomes: [...state.outcomes, ...given.map((item) => outcomeOf(item, honest(item, { _tag: 'Deferred', until })))]
  }
}

/**
 * The delivery, taken up again by a driver that has none of its calls in hand, and no token: each of those in flight is taken as lost, and
 * another token is asked for.
 *
 * @category delivery
 * @since 0.1.0
 */
export const resumed = (state: Delivery, now: Instant): Delivery => {
  const so = Object.keys(state.inFlight).reduce((lost, id) => receive(lost, id, { kind: 'lost' }, now), state)
  const instances = Object.entries(so.instances).map(
    ([id, instance]) => [id, { ...instance, token: resetToken(instance.token) }] as const
  )
  return { ...so, instances: Object.fromEntries(instances) }
}
