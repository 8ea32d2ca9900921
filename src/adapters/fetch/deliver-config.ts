/**
 * What `deliver` is told, and what it tells.
 *
 * @module
 */

import type { DeliveryOptions } from '../../delivery/options.js'
import type { ItemOutcome } from '../../delivery/outcome.js'
import type { Delivery } from '../../delivery/state.js'
import type { Instant } from '../../ground/calendar.js'
import type { Problem } from '../../ground/problem.js'
import type { Host } from '../../intent/descriptor.js'
import type { MunchkinId } from '../../marketo/munchkin-id.js'
import type { FetchLike, Signal, Sleep } from './runtime.js'
import type { ClientCredentials } from './send-call.js'

/**
 * How many items ended in which way.
 *
 * @category delivering
 * @since 0.1.0
 */
export type EndedCounts = Readonly<Record<ItemOutcome['_tag'], number>>

/**
 * How many calls were made, beacons and those for tokens included.
 *
 * @category delivering
 * @since 0.1.0
 */
export interface CallsMade {
  readonly all: number
  readonly byEndpoint: Readonly<Record<string, number>>
}

/**
 * How far a delivery has got: items that have not ended, calls without an answer, items that have ended, calls made.
 *
 * @category delivering
 * @since 0.1.0
 */
export interface DeliverProgress {
  readonly pending: number
  readonly inFlight: number
  readonly ended: EndedCounts
  readonly calls: number
}

/**
 * How to deliver.
 *
 * - `credentials`: the client of each instance, by munchkin id. One that is not there is taken for one that Marketo refuses.
 * - `state`: what an earlier delivery left; its items come first. Without it `options` say how to deliver.
 * - `fetch`, `now`, `sleep`: the runtime's own unless given.
 * - `signal`: stops the delivery: no more calls; those on their way are waited for `grace` milliseconds (10,000) and taken as lost then;
 *   the rest is deferred.
 * - `concurrency`: calls at once; 20 unless given. What Marketo takes is kept to by the budget in any case.
 * - `window`: items that are held at once; 3,000 unless given.
 * - `patience`: the longest wait in milliseconds; what would wait longer is deferred. Infinite unless given.
 * - `origin`: where the calls of a host go instead (`http://127.0.0.1:8080`), for a test server or a proxy; undefined says to Marketo.
 * - `onState`: the state to store, before each round of calls; the calls are made when its promise has settled.
 * - `onOutcomes`: takes outcomes as they come; without it they are kept to the end. What it refuses is kept, too.
 * - `onProgress`: told after each step.
 *
 * @category delivering
 * @since 0.1.0
 */
export interface DeliverConfig {
  readonly credentials: Readonly<Record<string, ClientCredentials>>
  readonly options?: Partial<DeliveryOptions>
  readonly state?: Delivery
  readonly fetch?: FetchLike
  readonly now?: () => Instant
  readonly sleep?: Sleep
  readonly signal?: Signal
  readonly grace?: number
  readonly concurrency?: number
  readonly window?: number
  readonly patience?: number
  readonly origin?: (host: Host, munchkinId: MunchkinId) => string | undefined
  readonly onState?: (state: Delivery) => void | Promise<void>
  readonly onOutcomes?: (outcomes: ReadonlyArray<ItemOutcome>) => void | Promise<void>
  readonly onProgress?: (progress: DeliverProgress) => void
}

/**
 * How a delivery ended. `outcomes` are those that nobody has taken; `state` knows nothing pending any more, but people, tokens' ages and
 * budgets: give it to the next delivery. `isComplete` says that all items were read; `problems` what else went wrong around it.
 *
 * @category delivering
 * @since 0.1.0
 */
export interface Delivered {
  readonly state: Delivery
  readonly outcomes: ReadonlyArray<ItemOutcome>
  readonly calls: CallsMade
  readonly isComplete: boolean
  readonly problems: ReadonlyArray<Problem>
}
