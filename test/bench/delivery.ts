/**
 * The figures of delivery: time of the step function per event, and calls against the least possible.
 *
 * @module
 */
import { next, wakeAt } from '../../src/delivery/next.js'
import type { Item } from '../../src/delivery/outcome.js'
import { plan } from '../../src/delivery/plan.js'
import { type MadeUpLeads, sayYes } from '../../src/delivery/plan-answers.js'
import type { Plan } from '../../src/delivery/plan-types.js'
import { receive } from '../../src/delivery/receive.js'
import { add, start } from '../../src/delivery/start.js'
import { isDone, takeOutcomes } from '../../src/delivery/state.js'
import { isBrowserIntent } from '../../src/intent/intent.js'
import { keyText } from '../../src/intent/lead-key.js'
import type { Mapper } from '../../src/intent/mapped.js'
import { batchLimits } from '../../src/marketo/limits.js'

/** The items of events. */
export const itemsOf = (events: ReadonlyArray<object>, map: Mapper): ReadonlyArray<Item> =>
  events.flatMap((event, i) => {
    const mapped = map(event)
    const name = 'event' in event ? String(event.event) : 'type' in event ? String(event.type) : null
    const messageId = 'messageId' in event ? String(event.messageId) : null
    return mapped._tag === 'Left'
      ? []
      : mapped.right.map((intent, k) => ({ id: `${i}.${k}`, messageId, event: name, intent }))
  })

/** Upserts and activities only: what shares calls. */
export const isBatched = ({ intent }: Item): boolean =>
  intent._tag === 'UpsertLead' || intent._tag === 'AddCustomActivity'

const window = 3_000

/** Seconds to deliver the items in windows to a Marketo that says yes, and the outcomes told. */
export const stepSeconds = (items: ReadonlyArray<Item>): readonly [seconds: number, outcomes: number] => {
  const leads: MadeUpLeads = new Map()
  const begun = process.hrtime.bigint()
  let [now, told, state] = [0, 0, start([])]
  for (let from = 0; from < items.length; from += window) {
    state = add(state, items.slice(from, from + window))
    while (!isDone(state)) {
      const [asking, requests] = next(state, now)
      state = asking
      for (const { id, call } of requests) state = receive(state, id, sayYes(leads, call), now)
      const [rest, outcomes] = takeOutcomes(state)
      state = rest
      told += outcomes.length
      if (requests.length === 0) now = Math.max(wakeAt(state, now) ?? 0, now + 1)
    }
  }
  return [Number(process.hrtime.bigint() - begun) / 1e9, told]
}

/** Calls that share nothing, whoever makes them. */
const aloneCalls = ({ endpoints }: Plan): number =>
  endpoints
    .filter(({ endpoint }) => endpoint === 'associateLead' || endpoint === 'visitWebPage' || endpoint === 'submitForm')
    .reduce((so, { calls }) => so + calls, 0)

/** Calls that the records need if each were full, and a token: one record for each lead written, one for each activity. */
const leastCalls = (items: ReadonlyArray<Item>, made: Plan): number => {
  const leads = new Set<string>()
  let activities = 0
  for (const { intent } of items) {
    if (isBrowserIntent(intent)) continue
    if (intent._tag === 'UpsertLead') leads.add(`${intent.munchkinId} ${keyText(intent.lead)}`)
    else if (intent._tag === 'AddCustomActivity') activities += 1
  }
  const full = (records: number): number => Math.ceil(records / batchLimits.leadDatabase)
  return 1 + full(leads.size) + full(activities) + aloneCalls(made)
}

/** The calls of a corpus, and the least that it needs. */
export const callFigures = (items: ReadonlyArray<Item>): { readonly made: Plan; readonly least: number } => {
  const made = plan(items, { window })
  return { made, least: leastCalls(items, made) }
}
