/**
 * A delivery to a simulated Marketo, before its first round: the events for so many people, as items; a Marketo with all that the settings
 * need, and with the faults that the sliders ask for.
 *
 *     events, sliders ──▶ items, simulated Marketo ──▶ Run ──(rounds)──▶ Run
 *
 * @module
 */
import { messageIdOf } from '../../../src/adapters/cli/map/result.js'
import type { Request } from '../../../src/delivery/next.js'
import type { Item, ItemOutcome } from '../../../src/delivery/outcome.js'
import { start } from '../../../src/delivery/start.js'
import { type Delivery, isDone } from '../../../src/delivery/state.js'
import type { Answer } from '../../../src/intent/outcome.js'
import type { MunchkinId } from '../../../src/marketo/munchkin-id.js'
import type { Caps } from '../../../src/pace/budget-settings.js'
import type { Fault } from '../../../src/simulator/options.js'
import { startSimulator } from '../../../src/simulator/start.js'
import type { SimulatorState } from '../../../src/simulator/state.js'
import type { Ready } from './contracts.js'
import { type ControlValues, controls, controlValue } from './controls.js'
import { copiesOf, peopleFor } from './copies.js'

/** A call of a round with its answer, null where none came; `millis` is how long the sender waited. */
export interface Told {
  readonly request: Request
  readonly answer: Answer | null
  readonly millis: number
}

/** What is spent of a budget, what of it is ours, and until when Marketo grants nothing (0 where it does). */
export interface BudgetSeen {
  readonly spent: Caps
  readonly caps: Caps
  readonly closedUntil: number
}

/** One round: its number and instant, how long nothing was done before it, its calls, the budget as they left, and who ended. */
export interface Round {
  readonly number: number
  readonly at: number
  readonly idle: number
  readonly told: ReadonlyArray<Told>
  readonly budget: BudgetSeen
  readonly ended: ReadonlyArray<ItemOutcome>
}

/** A delivery under way. `dropped` counts events that gave nothing to deliver; `isStuck` says that the story was cut. */
export interface Run {
  readonly munchkinId: MunchkinId
  readonly items: ReadonlyArray<Item>
  readonly people: number
  readonly dropped: number
  readonly begunAt: number
  readonly now: number
  readonly delivery: Delivery
  readonly marketo: SimulatorState
  readonly accessToken: string
  readonly seed: number
  /** Calls whose answer was lost, and when the sender gives up on each. */
  readonly lost: ReadonlyArray<{ readonly id: string; readonly at: number }>
  readonly rounds: ReadonlyArray<Round>
  readonly outcomes: ReadonlyArray<ItemOutcome>
  readonly isDone: boolean
  readonly isStuck: boolean
}

/** Who asks the simulated Marketo. */
export const client = { clientId: 'simulated', clientSecret: 'simulated' }

/** Nine in the morning in Chicago, where Marketo's day begins: a quota that runs out waits for fifteen hours. */
const morning = Date.UTC(2026, 0, 15, 15)

/** The faults that the sliders ask for. */
export const faultsOf = (values: ControlValues): ReadonlyArray<Fault> =>
  controls.flatMap(({ name, fault }) => {
    const share = controlValue(values, name) / 100
    return fault === null || share === 0 ? [] : [{ at: { probability: share }, kind: fault }]
  })

const itemsOf = (ready: Ready, events: ReadonlyArray<unknown>): readonly [ReadonlyArray<Item>, dropped: number] => {
  const map = ready.startDelivering()
  let dropped = 0
  const items = events.flatMap((event, i): ReadonlyArray<Item> => {
    const mapped = map(event)
    if (mapped._tag === 'Left') dropped += 1
    const messageId = messageIdOf(event)
    return mapped._tag === 'Left'
      ? []
      : mapped.right.map((intent, n) => ({
          id: `${i + 1}.${n}`,
          messageId: messageId === null ? null : String(messageId),
          intent
        }))
  })
  return [items, dropped]
}

/** A delivery of these events that has not begun. */
export const startRun = (ready: Ready, events: ReadonlyArray<unknown>, values: ControlValues): Run => {
  const value = (name: string): number => controlValue(values, name)
  const { munchkinId, furniture } = ready
  const people = peopleFor(events.length, value('copies'))
  const [items, dropped] = itemsOf(ready, copiesOf(events, people))
  const limits = { callsPerWindow: value('window'), runningCalls: value('running'), callsPerDay: value('day') }
  const share = value('share') / 100
  const seed = value('seed')
  const delivery = start(items, { budget: { ...limits, shares: { window: share, running: share } }, seed })
  return {
    munchkinId,
    items,
    people,
    dropped,
    begunAt: morning,
    now: morning,
    delivery,
    marketo: startSimulator({ munchkinId, ...client, ...furniture, ...limits, faults: faultsOf(values), seed }),
    accessToken: '',
    seed,
    lost: [],
    rounds: [],
    outcomes: [],
    isDone: isDone(delivery),
    isStuck: false
  }
}
