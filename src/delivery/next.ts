/**
 * The next calls of a delivery: what may be sent now, in as few calls as there can be.
 *
 *     per instance   token due?                        the identity call, which no budget counts
 *                    upserts, one record a person      Sync Leads, up to 300 a call; several of one lead made one
 *                    numbers that nobody told yet      Get Leads
 *                    activities of known leads         Add Custom Activities
 *                    cookies, forms, visits            a call each
 *
 * Of one person at most one lead write is in flight, and what needs a lead's number waits for the person's lead writes. Everything of one
 * kind keeps its order: behind an item that has to wait, later ones of that person and kind wait too.
 *
 * @module
 */
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { describeAddCustomActivities } from '../endpoints/add-custom-activities.js'
import { describeAssociateLead } from '../endpoints/associate-lead.js'
import { describeGetLeads } from '../endpoints/get-leads.js'
import { describeIdentityToken } from '../endpoints/identity-token.js'
import type { WithLead } from '../endpoints/lead-ref.js'
import { describeSubmitForm } from '../endpoints/submit-form.js'
import { describeSyncLeads } from '../endpoints/sync-leads.js'
import { describeVisitWebPage } from '../endpoints/visit-web-page.js'
import type { Instant } from '../ground/calendar.js'
import type { Problem } from '../ground/problem.js'
import { isNonEmpty } from '../ground/these.js'
import type { Call, Described, HttpRequest } from '../intent/descriptor.js'
import type { AddCustomActivity, AssociateCookie, KeyedIntent, UpsertLead } from '../intent/intent.js'
import { keyText } from '../intent/lead-key.js'
import { isMunchkinId, type MunchkinId } from '../marketo/munchkin-id.js'
import { ask, began, isBudgeted } from '../pace/budget.js'
import { hasToken, renewing, tokenNeed, tokenWakeAt } from '../pace/token.js'
import { isOneRecord, mergeUpserts } from './coalesce.js'
import { type Delivery, type InFlight, type Instance, type ItemOutcome, outcomeOf, type Pending } from './state.js'

/**
 * A call to make now. Answer it with `receive`, by its id.
 *
 * @category delivery
 * @since 0.1.0
 */
export interface Request {
  readonly id: string
  readonly call: Call<HttpRequest>
}

/** A call and the items that each of its records carries. */
interface Prepared {
  readonly call: Call<HttpRequest>
  readonly records: ReadonlyArray<ReadonlyArray<Pending>>
  readonly errand: InFlight['errand']
  readonly keys: ReadonlyArray<string>
}

/** One record to be: what is described, and whom it carries. */
interface Row<I> {
  readonly what: I
  readonly items: ReadonlyArray<Pending>
}

/** What is ready in one instance, by kind; each list keeps the order of items. */
interface Ready {
  readonly upserts: Array<Row<UpsertLead>>
  readonly lookups: Map<string, Row<Pick<KeyedIntent, 'munchkinId' | 'lead'>>>
  readonly activities: Array<Row<WithLead<AddCustomActivity>>>
  readonly cookies: Array<Row<WithLead<AssociateCookie>>>
  readonly others: Array<Pending>
}

/** The key of an intent's lead, on its instance. @internal */
export const keyOf = ({ munchkinId, lead }: Pick<KeyedIntent, 'munchkinId' | 'lead'>): string =>
  `${munchkinId} ${keyText(lead)}`

const isLeadWrite = ({ _tag }: KeyedIntent): boolean => _tag === 'UpsertLead' || _tag === 'SubmitForm'

/** The number of an intent's lead, if somebody told it. */
const numberOf = (leadIds: ReadonlyMap<string, number>, intent: KeyedIntent): number | undefined =>
  intent.lead.lookupField === 'id' ? Number(intent.lead.value) : leadIds.get(keyOf(intent))

/** Whether an earlier upsert of the list takes this one in: the same record, and of the same piece. */
const takesIn = (record: Row<UpsertLead> | undefined, item: Pending, intent: UpsertLead): boolean =>
  record !== undefined && record.items[0]?.piece === item.piece && isOneRecord(record.what, intent)

/** What can be sent now of one instance's pending items. */
const readyOf = (state: Delivery, munchkinId: MunchkinId, now: Instant): Ready => {
  const ready: Ready = { upserts: [], lookups: new Map(), activities: [], cookies: [], others: [] }
  const leadIds = new Map(Object.entries(state.leadIds))
  const sent = new Set<number>()
  const asked = new Set<string>()
  for (const { records, keys } of Object.values(state.inFlight)) {
    for (const record of records) for (const seq of record) sent.add(seq)
    for (const key of keys) asked.add(key)
  }
  /** Persons by what of theirs must not be overtaken: a kind of intent, or any lead write. */
  const held = new Set<string>()
  const open = new Map<number, number>()
  for (const item of state.pending) {
    const { intent, person, seq } = item
    if (intent.munchkinId !== munchkinId) continue
    const lane = `${person} ${isLeadWrite(intent) ? 'lead' : intent._tag}`
    const waits = sent.has(seq) || item.notBefore > now || held.has(lane)
    if (intent._tag === 'UpsertLead') {
      const at = open.get(person)
      const before = at === undefined ? undefined : ready.upserts[at]
      if (waits) held.add(lane)
      else if (at !== undefined && before !== undefined && takesIn(before, item, intent))
        ready.upserts[at] = { what: mergeUpserts(before.what, intent), items: [...before.items, item] }
      else if (at !== undefined) held.add(lane)
      else {
        open.set(person, ready.upserts.length)
        ready.upserts.push({ what: intent, items: [item] })
      }
      held.add(`${person} numbered`)
      continue
    }
    if (waits) {
      held.add(lane)
      if (isLeadWrite(intent)) held.add(`${person} numbered`)
      continue
    }
    if (intent._tag === 'AddCustomActivity' || intent._tag === 'AssociateCookie') {
      const leadId = numberOf(leadIds, intent)
      if (leadId === undefined) {
        held.add(lane)
        const key = keyOf(intent)
        if (held.has(`${person} numbered`) || asked.has(key)) continue
        const question = ready.lookups.get(key) ?? { what: { munchkinId, lead: intent.lead }, items: [] }
        ready.lookups.set(key, { ...question, items: [...question.items, item] })
      } else if (held.has(`${person} numbered`)) held.add(lane)
      else if (intent._tag === 'AddCustomActivity')
        ready.activities.push({ what: { intent, lead: { leadId } }, items: [item] })
      else {
        held.add(lane)
        ready.cookies.push({ what: { intent, lead: { leadId } }, items: [item] })
      }
      continue
    }
    // A call each: of one person and kind only one at a time, so that they arrive in order.
    held.add(lane)
    if (intent._tag === 'SubmitForm') {
      if (open.has(person)) continue
      held.add(`${person} numbered`)
    }
    ready.others.push(item)
  }
  return ready
}

/** Calls for records of one kind, piece by piece; what no request can carry is told. */
const prepare = <I>(
  records: ReadonlyArray<Row<I>>,
  describe: (batch: ReadonlyNonEmptyArray<I>) => Described<HttpRequest>,
  errand: InFlight['errand'],
  unsent: (item: Pending, problem: Problem) => void
): ReadonlyArray<Prepared> => {
  const pieces = new Map<number, Array<Row<I>>>()
  for (const record of records) {
    const piece = record.items[0]?.piece ?? 0
    const list = pieces.get(piece)
    if (list === undefined) pieces.set(piece, [record])
    else list.push(record)
  }
  const prepared: Array<Prepared> = []
  for (const piece of pieces.values()) {
    const batch = piece.map(({ what }) => what)
    if (!isNonEmpty(batch)) continue
    const described = describe(batch)
    if (described._tag !== 'Right')
      for (const { intent, problem } of described.left)
        for (const item of piece[intent]?.items ?? []) unsent(item, problem)
    if (described._tag === 'Left') continue
    for (const call of described.right) {
      const carried = call.intents.map((i) => piece[i]?.items ?? [])
      prepared.push({ call, records: carried, errand, keys: [] })
    }
  }
  return prepared
}

/** All calls that an instance could make now, the most urgent first. */
const callsOf = (
  state: Delivery,
  munchkinId: MunchkinId,
  now: Instant,
  unsent: (item: Pending, problem: Problem) => void
): ReadonlyArray<Prepared> => {
  const { upserts, lookups, activities, cookies, others } = readyOf(state, munchkinId, now)
  const asked = [...lookups.values()]
  const questions = prepare(asked, describeGetLeads, 'lookup', unsent).map((one) => ({
    ...one,
    keys: one.records.flatMap(([item]) => (item === undefined ? [] : [keyOf(item.intent)]))
  }))
  const { forwardIp } = state.options
  const alone = others.flatMap((item): ReadonlyArray<Prepared> => {
    const { intent } = item
    if (intent._tag === 'SubmitForm')
      return prepare([{ what: intent, items: [item] }], describeSubmitForm, 'write', unsent)
    if (intent._tag !== 'VisitPage') return []
    return prepare(
      [{ what: intent, items: [item] }],
      (visits) => describeVisitWebPage(visits, { forwardIp }),
      'write',
      unsent
    )
  })
  return [
    ...prepare(upserts, describeSyncLeads, 'write', unsent),
    ...questions,
    ...prepare(activities, describeAddCustomActivities, 'write', unsent),
    ...prepare(cookies, describeAssociateLead, 'write', unsent),
    ...alone
  ]
}

/**
 * The calls to make now, and the delivery after: they are in flight, and each wants its answer by `receive`. `grant` is how many calls some
 * other budget allows. Calls may be made side by side.
 *
 * @category delivery
 * @since 0.1.0
 */
export const next = (
  state: Delivery,
  now: Instant,
  grant: number = Number.POSITIVE_INFINITY
): readonly [state: Delivery, requests: ReadonlyArray<Request>] => {
  const requests: Array<Request> = []
  const inFlight = new Map(Object.entries(state.inFlight))
  const instances = new Map<string, Instance>(Object.entries(state.instances))
  const outcomes: Array<ItemOutcome> = [...state.outcomes]
  const ended = new Set<number>()
  let { nextRequest } = state
  let left = grant
  const hand = (munchkinId: MunchkinId, prepared: Prepared, generation: number): void => {
    const id = `r${nextRequest}`
    nextRequest += 1
    requests.push({ id, call: prepared.call })
    inFlight.set(id, {
      errand: prepared.errand,
      munchkinId,
      call: prepared.call,
      records: prepared.errand === 'write' ? prepared.records.map((items) => items.map(({ seq }) => seq)) : [],
      keys: prepared.keys,
      begunAt: now,
      generation,
      isBudgeted: isBudgeted(prepared.call.descriptor.host)
    })
  }
  for (const [name, instance] of Object.entries(state.instances)) {
    if (!isMunchkinId(name)) continue
    let { token, budget } = instance
    const unsent = (item: Pending, problem: Problem): void => {
      ended.add(item.seq)
      outcomes.push({ ...outcomeOf(item, name), _tag: 'Unsent', problem })
    }
    const calls = callsOf(state, name, now, unsent)
    const needsToken = calls.some(({ call }) => call.descriptor.auth === 'bearer')
    if (needsToken && tokenNeed(token, now) === 'renew') {
      token = renewing(token, now)
      hand(name, { call: describeIdentityToken(name), records: [], errand: 'token', keys: [] }, token.generation)
    }
    const sendable = calls.filter(({ call }) => call.descriptor.auth !== 'bearer' || hasToken(token, now))
    const counted = sendable.filter(({ call }) => isBudgeted(call.descriptor.host))
    const [asked, granted] = ask(budget, state.options.user, counted.length, now, left)
    budget = began(asked, state.options.user, granted, now)
    left -= granted
    const chosen = new Set(counted.slice(0, granted))
    for (const prepared of sendable)
      if (!isBudgeted(prepared.call.descriptor.host) || chosen.has(prepared)) hand(name, prepared, token.generation)
    instances.set(name, { token, budget })
  }
  return [
    {
      ...state,
      nextRequest,
      instances: Object.fromEntries(instances),
      inFlight: Object.fromEntries(inFlight),
      outcomes,
      pending: ended.size === 0 ? state.pending : state.pending.filter(({ seq }) => !ended.has(seq))
    },
    requests
  ]
}

/**
 * When to ask for calls again if nothing is received before: the first instant at which time alone changes what can be sent; null when only
 * an answer can, or nothing is left.
 *
 * @category delivery
 * @since 0.1.0
 */
export const wakeAt = (state: Delivery, now: Instant): Instant | null => {
  const times: Array<Instant> = []
  for (const { notBefore } of state.pending) if (notBefore > now) times.push(notBefore)
  if (state.pending.length > 0) {
    for (const { token, budget } of Object.values(state.instances)) {
      const at = tokenWakeAt(token, now)
      if (at !== null) times.push(at)
      const [, , free] = ask(budget, state.options.user, 1, now)
      if (free !== null) times.push(free)
    }
  }
  return times.length === 0 ? null : Math.min(...times)
}
