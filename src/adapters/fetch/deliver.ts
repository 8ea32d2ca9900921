/**
 * Delivers items over `fetch`: the loop that a service would write around `next` and `receive`.
 *
 *     items ──read in windows──▶ delivery ──next──▶ fetch ──answers──▶ delivery ──▶ outcomes
 *                                   └── stored before each round of calls
 *
 * Nothing is decided here: which calls are made, when, and what an answer means is the business of delivery/. The access token lives
 * here and nowhere else.
 *
 * @module
 */
import type { Item } from '../../delivery/outcome.js'
import type { Delivery } from '../../delivery/state.js'
import type { DeliverConfig, Delivered } from './deliver-config.js'
import { newDelivering, unforeseen } from './delivering.js'

const isDelivery = (given: Iterable<Item> | AsyncIterable<Item> | Delivery): given is Delivery => 'version' in given

/**
 * Delivers items, at once or as they arrive, or goes on with a delivery that was stored. The promise is never refused: what goes wrong
 * is told of the items that it concerns, and every item that was read has one outcome.
 *
 * @example
 * // Nobody answers, and nobody waits longer than a second.
 * const fetch = () => Promise.reject(new Error('offline'))
 * const { outcomes, calls } = await deliver([], { credentials: {}, fetch, patience: 1_000 })
 * outcomes // => []
 * calls.all // => 0
 * @category delivering
 * @since 0.1.0
 */
export const deliver = async (
  given: Iterable<Item> | AsyncIterable<Item> | Delivery,
  config: DeliverConfig
): Promise<Delivered> => {
  const run = isDelivery(given) ? newDelivering([], { ...config, state: given }) : newDelivering(given, config)
  try {
    for (;;) {
      run.takeIn()
      await run.tell()
      await run.sendOut()
      const gaveUp = run.giveUpWaiting()
      await run.tell()
      run.readMore()
      if (run.isOver()) break
      if (!gaveUp) await run.wait()
    }
  } catch {
    run.stop(unforeseen)
  }
  return run.end()
}
