// @ts-check
/**
 * One job of one partition: its events to their verdicts, whatever a worker before us left undone there first.
 *
 *     claim ──▶ what is under way ──▶ ┌ step: answers in, calls out, verdicts ┐ ──▶ stored at once, with the budget ──▶ calls are made
 *                                     └──────────── again until done ─────────┘
 *
 * What is on its way stands in the store before it goes. So whoever takes the partition over knows what may have been done.
 *
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises'
import {
  add,
  budgetOf,
  isDone,
  next,
  receive,
  resumed,
  start,
  takeOutcomes,
  wakeAt,
  withBudget
} from 'segment-marketo/delivery'
import { resettleBudget } from 'segment-marketo/pace'
import { config } from './config.mjs'
import { itemsOf, settled } from './events.mjs'

/** @typedef {import('segment-marketo/delivery').Delivery} Delivery */
/** @typedef {{ readonly id: string, readonly event: unknown }} JobEvent */
/** @typedef {{ readonly delivery: Delivery, readonly open: Readonly<Record<string, import('./events.mjs').Open>>, readonly quietAt: number }} Doc */

/** Another worker has taken the partition over: it does the rest. */
export class Lost extends Error {}

/** What is under way where nothing is. @returns {Doc} */
const nothing = () => ({
  // The state is stored at each step: a small memory of people keeps it small.
  delivery: start([], { user: 'workers', budget: config.budget, remember: 500 }),
  open: {},
  quietAt: 0
})

/** With the events of a job that are neither open nor ended; what the mapping keeps back has its verdict at once. */
/** @param {Doc} doc @param {ReadonlyArray<JobEvent>} events @param {ReadonlySet<string>} ended */
const withEvents = (doc, events, ended) => {
  const open = new Map(Object.entries(doc.open))
  /** @type {Map<string, import('./store.mjs').Verdict>} */
  const verdicts = new Map()
  const items = []
  for (const { id, event } of events) {
    if (ended.has(id) || open.has(id) || verdicts.has(id)) continue
    const read = itemsOf(id, event)
    if ('end' in read) verdicts.set(id, read)
    else {
      open.set(id, { event, left: read.length, ends: [] })
      items.push(...read)
    }
  }
  const after = { ...doc, delivery: add(doc.delivery, items), open: Object.fromEntries(open) }
  return { doc: after, verdicts: [...verdicts.values()] }
}

/**
 * @param {{ partition: number, events: ReadonlyArray<JobEvent>, owner: string, store: import('./store.mjs').Store,
 *   send: import('./send.mjs').Send, isStopping: () => boolean }} work
 * @returns {Promise<boolean>} whether all is done; false when it was stopped before
 */
export const workOff = async ({ partition, events, owner, store, send, isStopping }) => {
  const claimed = await store.claim(partition, owner)
  /** @type {Doc} */
  let doc = claimed.doc ?? nothing()
  // Calls that another worker made before it died may still run at Marketo. Nothing is sent before they have ended.
  for (let left = doc.quietAt - claimed.now; left > 0 && !isStopping(); left -= 250) await sleep(Math.min(left, 250))
  if (isStopping()) return false

  /**
   * A step on the partition and the budget, stored; computed again when another worker was faster.
   *
   * @template A
   * @param {(doc: Doc, now: number) => { doc: Doc, verdicts: ReadonlyArray<import('./store.mjs').Verdict>, told: A, isNews: boolean }} step
   * @returns {Promise<readonly [told: A, storedAt: number]>}
   */
  const change = async (step) => {
    for (;;) {
      const { now, version, budget, owner: present } = await store.read(partition)
      if (present !== owner) throw new Lost(`partition ${partition} has another worker`)
      const shared = budget ?? budgetOf(doc.delivery, config.munchkinId)
      const given = { ...doc, delivery: withBudget(doc.delivery, resettleBudget(shared, config.budget)) }
      const { doc: after, verdicts, told, isNews } = step(given, now)
      const storedAt = performance.now()
      if (!isNews) return [told, storedAt]
      const spent = budgetOf(after.delivery, config.munchkinId)
      const result = await store.commit({ partition, owner, seen: version, doc: after, budget: spent, verdicts })
      if (result === 'lost') throw new Lost(`partition ${partition} has another worker`)
      if (result === 'done') {
        doc = after
        return [told, storedAt]
      }
      await sleep(Math.random() * 10)
    }
  }

  const ended = await store.ended(events.map(({ id }) => id))
  await change((given, now) => {
    const { doc: after, verdicts } = withEvents(
      { ...given, delivery: resumed(given.delivery, now), quietAt: 0 },
      events,
      ended
    )
    return { doc: after, verdicts, told: null, isNews: true }
  })

  /** @type {Array<readonly [id: string, answer: import('segment-marketo').Answer | { readonly kind: 'lost' }]>} */
  let answers = []
  let running = 0
  let ring = () => {}

  for (;;) {
    const taken = answers
    answers = []
    const [{ requests, rest }, storedAt] = await change((given, now) => {
      const heard = taken.reduce((so, [id, answer]) => receive(so, id, answer, now), given.delivery)
      const [asking, requests] = isStopping() ? /** @type {const} */ ([heard, []]) : next(heard, now)
      const [delivery, outcomes] = takeOutcomes(asking)
      const [open, verdicts] = settled(given.open, outcomes)
      const isQuiet = running + requests.length - taken.length <= 0
      const last = now + config.sendMillis + config.callMillis
      const quietAt = requests.length > 0 ? last : isQuiet ? 0 : given.quietAt
      const isNews = taken.length + requests.length + outcomes.length > 0
      const wake = wakeAt(delivery, now)
      const rest = wake === null ? 100 : Math.min(wake - now, 250)
      return { doc: { delivery, open, quietAt }, verdicts, told: { requests, rest }, isNews }
    })
    running -= taken.length
    // Who was held up here has perhaps been given up already: what is not sent soon is not sent at all.
    const isLate = performance.now() - storedAt > config.sendMillis
    for (const { id, call } of requests) {
      running += 1
      const sent = isLate ? Promise.resolve(/** @type {const} */ ({ kind: 'lost' })) : send(call)
      sent.then((answer) => {
        answers.push([id, answer])
        ring()
      })
    }
    if (running === 0 && (isStopping() || isDone(doc.delivery))) return isDone(doc.delivery)
    if (answers.length > 0) continue
    // An answer wakes us; so does time, for others share the budget and do not tell.
    const waiting = new AbortController()
    ring = () => waiting.abort()
    await sleep(Math.max(5, rest), undefined, { signal: waiting.signal }).catch(() => {})
  }
}
