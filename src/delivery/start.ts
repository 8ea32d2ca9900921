/**
 * Items, started or added: those that are excluded end at once, the others wait to be looked at.
 *
 *     start(items, options) ──▶ delivery ──add(items)──▶ delivery
 *
 * @module
 */
import { excluded, type Problem } from '../ground/problem.js'
import { isBrowserIntent } from '../intent/intent.js'
import { withWaiting } from './backlog.js'
import { type DeliveryOptions, defaultDeliveryOptions, type EventLists } from './options.js'
import { type Item, type ItemOutcome, outcomeOf } from './outcome.js'
import { nobody } from './people.js'
import { type Delivery, type Instance, newInstance, type Waiting } from './state.js'

/** A whole number of one or more that JSON can hold; what is none is the least. */
const counted = (n: number): number => (n >= 1 ? Math.min(Math.floor(n), Number.MAX_SAFE_INTEGER) : 1)

const settled = (given: Partial<DeliveryOptions>): DeliveryOptions => {
  const all = { ...defaultDeliveryOptions, ...given }
  return {
    ...all,
    window: counted(all.window),
    remember: counted(all.remember),
    freeCalls: counted(all.freeCalls),
    linger: all.linger > 0 ? counted(all.linger) : 0,
    shortage: { ...all.shortage, reserve: Math.min(1, all.shortage.reserve > 0 ? all.shortage.reserve : 0) },
    transport:
      all.transport._tag === 'bulk'
        ? { ...all.transport, pollMillis: counted(all.transport.pollMillis) }
        : all.transport
  }
}

const empty = (options: Partial<DeliveryOptions>): Delivery => {
  const all = settled(options)
  return {
    version: 1,
    options: all,
    nextSeq: 0,
    nextRequest: 0,
    nextPiece: 1,
    seed: all.seed,
    instances: {},
    people: nobody,
    found: {},
    families: {},
    backlog: {},
    pending: [],
    inFlight: {},
    jobs: {},
    outcomes: []
  }
}

const inBrowser = excluded('skipped', ['_tag'], 'mode', 'this intent runs in a browser: describeInBrowser says how')
const retired = excluded(
  'skipped',
  ['_tag'],
  'mode',
  'the SOAP API is switched off: replaceRetired gives what to deliver instead'
)
const denied = excluded(
  'skipped',
  ['event'],
  'settings',
  'the options exclude this event: see events.allow and events.deny'
)

const isAllowed = ({ allow, deny }: EventLists, event: string | null | undefined): boolean => {
  const isNamed = (name: string): boolean => name === event
  return (allow === null || allow.some(isNamed)) && !deny.some(isNamed)
}

/** Why an item is not delivered at all, or undefined. */
const excludedBy = ({ events }: DeliveryOptions, { event, intent }: Item): Problem | undefined => {
  if (!isAllowed(events, event)) return denied
  if (isBrowserIntent(intent)) return inBrowser
  return intent._tag === 'SyncLeadOverSoap' ? retired : undefined
}

/** The instances, with those of these items among them. */
const withInstances = (state: Delivery, waiting: ReadonlyArray<Waiting>): Readonly<Record<string, Instance>> => {
  const { instances } = state
  const all = new Map(Object.entries(instances))
  for (const {
    intent: { munchkinId }
  } of waiting) {
    if (!all.has(munchkinId)) all.set(munchkinId, newInstance(state, munchkinId))
  }
  return all.size === Object.keys(instances).length ? instances : Object.fromEntries(all)
}

/**
 * More items for a delivery, behind those that it has.
 *
 * @category delivery
 * @since 0.1.0
 */
export const add = (state: Delivery, items: ReadonlyArray<Item>): Delivery => {
  const ended: Array<ItemOutcome> = []
  const waiting: Array<Waiting> = []
  for (const item of items) {
    const { id, messageId, intent } = item
    const problem = excludedBy(state.options, item)
    if (problem !== undefined) ended.push(outcomeOf(item, { _tag: 'Unsent', problem }))
    else if (!isBrowserIntent(intent)) waiting.push({ id, messageId, intent })
  }
  return {
    ...state,
    instances: withInstances(state, waiting),
    backlog: withWaiting(state.backlog, waiting),
    outcomes: ended.length === 0 ? state.outcomes : [...state.outcomes, ...ended]
  }
}

/**
 * A delivery of these items.
 *
 * @category delivery
 * @since 0.1.0
 */
export const start = (items: ReadonlyArray<Item>, options: Partial<DeliveryOptions> = {}): Delivery =>
  add(empty(options), items)
