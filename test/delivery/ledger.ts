/**
 * What a delivery was told, what it did, and what the laws say of that: looked at after every step.
 *
 *     given ──▶ delivery ──▶ calls ──▶ model of Marketo ──▶ effects
 *       └────────── laws ──────┴──────────────┴──────────────┘
 *
 * It reads nothing of a delivery but its calls and outcomes; of the state only that it is JSON, that nobody changes it, and that it holds
 * no token.
 *
 * @module
 */
import { expect } from 'vitest'
import { next, type Request, wakeAt } from '../../src/delivery/next.js'
import type { DeliveryOptions } from '../../src/delivery/options.js'
import type { Item, ItemOutcome } from '../../src/delivery/outcome.js'
import { receive } from '../../src/delivery/receive.js'
import { add } from '../../src/delivery/start.js'
import { type Delivery, isDone, takeOutcomes } from '../../src/delivery/state.js'
import { requestUri } from '../../src/endpoints/request-uri.js'
import { encodePairs } from '../../src/ground/uri.js'
import type { HttpRequest } from '../../src/intent/descriptor.js'
import type { Answer } from '../../src/intent/outcome.js'
import { batchLimits, byteLimits, callLimits, queryLimits } from '../../src/marketo/limits.js'
import {
  answered,
  carriedOut,
  type Effect,
  fitting,
  folded,
  idFields,
  keysIn,
  leadsBy,
  liveId,
  type PlainMarketo,
  type Trouble,
  tokenMark
} from './model.js'

/** An item as it was given: its place, its own key and all keys that it names, in the form in which Marketo compares. */
export interface Given {
  readonly n: number
  readonly item: Item
  readonly munchkinId: string
  readonly own: string
  readonly keys: ReadonlyArray<string>
  readonly isBad: boolean
}

interface Begun {
  readonly at: number
  isFree: boolean
}

/** A call without an answer; `done` is what Marketo will say once it has carried it out. */
interface Open {
  readonly request: Request
  readonly begun: Begun
  readonly done: Answer | null
}

/** What is true of one delivery and the instances that it writes to. */
export interface World {
  readonly options: DeliveryOptions
  readonly marketos: ReadonlyMap<string, PlainMarketo>
  readonly given: Map<string, Given>
  readonly ended: Map<string, ItemOutcome>
  readonly begun: Map<string, Array<Begun>>
  readonly groups: Map<string, string>
  readonly checkedEffects: Map<string, number>
  /** Records of lead writes whose answer told nothing of them. */
  readonly doubted: Set<string>
  open: ReadonlyArray<Open>
  told: number
  now: number
  /** Some field was said to be no filter: who cannot be looked up can be made twice. */
  isBlind: boolean
}

/** The state that a driver holds. */
export interface Held {
  delivery: Delivery
}

const groupOf = ({ groups }: World, key: string): string => {
  let at = key
  for (let to = groups.get(at); to !== undefined; to = groups.get(at)) at = to
  return at
}

const join = (world: World, keys: ReadonlyArray<string>): void => {
  const [first, ...rest] = keys.map((key) => groupOf(world, key))
  for (const one of rest) if (first !== undefined && groupOf(world, one) !== first) world.groups.set(one, first)
}

const isRecord = (u: unknown): u is Readonly<Record<string, unknown>> =>
  typeof u === 'object' && u !== null && !Array.isArray(u)

const bag = (u: unknown): Readonly<Record<string, unknown>> => (isRecord(u) ? u : {})
const list = (u: unknown): ReadonlyArray<unknown> => (Array.isArray(u) ? u : [])

/** P2, P4, S3: freezes a value on the way; what is frozen was looked at before. */
const sealed = (u: unknown): void => {
  if (typeof u === 'string') {
    if (u.includes(tokenMark)) throw new Error('S3 a token in the state')
    return
  }
  if (u === null || typeof u === 'boolean') return
  if (typeof u === 'number') {
    if (!Number.isFinite(u) || Object.is(u, -0)) throw new Error(`P4 ${u} in the state`)
    return
  }
  if (typeof u !== 'object') throw new Error(`P4 ${typeof u} in the state`)
  if (Object.isFrozen(u)) return
  Object.freeze(u)
  const parent: unknown = Object.getPrototypeOf(u)
  if (parent !== Object.prototype && parent !== null && !Array.isArray(u)) throw new Error('P4 an object of a class')
  for (const [name, member] of Object.entries(u)) {
    if (name.includes(tokenMark)) throw new Error('S3 a token in the state')
    sealed(member)
  }
}

const bodyJson = ({ body }: HttpRequest): unknown => (body !== null && 'json' in body ? body.json : null)

/** The records of a lead write. */
const leadRecords = (call: HttpRequest): ReadonlyArray<Readonly<Record<string, unknown>>> => {
  const input = list(bag(bodyJson(call)).input).map(bag)
  if (call.endpoint === 'syncLeads') return input
  return call.endpoint === 'submitForm' ? input.map((one) => bag(one.leadFormFields)) : []
}

/** D2: no call exceeds what Marketo takes. */
export const withinLimits = (call: HttpRequest): void => {
  const { body } = call
  if (body !== null && 'json' in body)
    expect(Buffer.byteLength(JSON.stringify(body.json))).toBeLessThanOrEqual(byteLimits.body)
  if (body !== null && 'form' in body)
    expect(Buffer.byteLength(encodePairs(body.form))).toBeLessThanOrEqual(byteLimits.body)
  expect(`https://561-HYG-937.mktorest.com${requestUri(call)}`.length).toBeLessThanOrEqual(byteLimits.uri)
  expect(list(bag(bodyJson(call)).input).length).toBeLessThanOrEqual(batchLimits.leadDatabase)
  expect(list(bag(bag(bodyJson(call)).input).leads).length).toBeLessThanOrEqual(batchLimits.requestCampaignLeads)
  const pairs = new Map(body !== null && 'form' in body ? body.form : call.query)
  expect(pairs.get('filterValues')?.split(',').length ?? 0).toBeLessThanOrEqual(queryLimits.filterValues)
  expect(pairs.get('leadIds')?.split(',').length ?? 0).toBeLessThanOrEqual(batchLimits.mergeLosers)
}

/** D5: of all lead writes in flight no two share a key. */
const keepsWritesApart = ({ open }: World): void => {
  const seen = new Set<string>()
  for (const { request } of open) {
    const call = request.call.descriptor
    for (const record of leadRecords(call)) {
      const id = record.id === undefined ? [] : [`id=${String(record.id)}`]
      for (const key of [...keysIn(record), ...id].map((one) => `${call.munchkinId} ${one}`)) {
        if (seen.has(key)) throw new Error(`D5 two lead writes in flight share a key: ${key}`)
        seen.add(key)
      }
    }
  }
}

const share = (calls: number, part: number): number =>
  calls < 1 || part <= 0 ? 0 : Math.max(1, Math.floor(Math.floor(calls) * part + 1e-9))

/** The quota day: the model's world lies in winter, six hours behind UTC. */
const dayOf = (at: number): number => Math.floor((at - 6 * 3_600_000) / 86_400_000)

/** D6 */
const withinBudget = (world: World): void => {
  const { callsPerWindow = 100, runningCalls = 10, callsPerDay = 50_000 } = world.options.budget
  for (const [munchkinId, begun] of world.begun) {
    const inWindow = begun.filter(({ at }) => world.now - at < callLimits.windowMillis)
    expect(inWindow.length, 'D6 calls of a window').toBeLessThanOrEqual(share(callsPerWindow, 0.5))
    const running = world.open.filter(
      ({ request: { call } }) => call.descriptor.munchkinId === munchkinId && call.descriptor.host === 'rest'
    )
    expect(running.length, 'D6 running calls').toBeLessThanOrEqual(share(runningCalls, 0.5))
    const today = begun.filter(({ at, isFree }) => !isFree && dayOf(at) === dayOf(world.now))
    expect(today.length, 'D6 calls of the day').toBeLessThanOrEqual(callsPerDay)
  }
}

const textOf = (u: unknown): string => (typeof u === 'string' ? u : '')

/** The texts by which an effect names its items. */
const marksOf = ({ kind, record }: Effect): ReadonlyArray<string> =>
  kind === 'belonging'
    ? [textOf(record.mark)]
    : kind === 'lead'
      ? [
          textOf(record.plan),
          ...Object.keys(record).flatMap((name) => (name.startsWith('score_') ? [name.slice(6)] : []))
        ]
      : kind === 'activity'
        ? [textOf(record.primaryAttributeValue)]
        : kind === 'visit'
          ? [textOf(record._mchRu).slice(1)]
          : []

const lanes: Readonly<Record<string, string>> = {
  UpsertLead: 'lead',
  SubmitForm: 'lead',
  AddCustomActivity: 'activity',
  VisitPage: 'visit',
  AssociateCookie: 'cookie',
  AddToList: 'ordered',
  RemoveFromList: 'ordered',
  SetProgramStatus: 'ordered',
  LeaveProgram: 'ordered',
  RequestCampaign: 'ordered',
  AddToScore: 'ordered',
  DeleteLead: 'ordered'
}

const laneOf = ({ item }: Given): string => lanes[item.intent._tag] ?? ''

const shareKey = (a: Given, b: Given): boolean =>
  a.munchkinId === b.munchkinId && a.keys.some((key) => b.keys.includes(key))

const isApplied = (world: World, { item }: Given): boolean => world.ended.get(item.id)?._tag === 'Applied'

/** D4: nothing of the same kind and person that came later has taken effect before. */
const inOrder = (world: World, own: Given, before: ReadonlyArray<Effect>): void => {
  // What is sent once more in doubt may be done once more, behind all that was sent beside it.
  if (isOnce(own) && before.some((effect) => marksOf(effect).includes(own.item.id))) return
  for (const effect of before) {
    const isDoubted = world.doubted.size > 0 && world.doubted.has(JSON.stringify(effect.record))
    for (const mark of marksOf(effect)) {
      // What is in doubt is written once more, behind all that turned out meanwhile to come before it.
      if (isDoubted && !world.ended.has(mark)) continue
      const other = world.given.get(mark)
      if (other !== undefined && other.n > own.n && laneOf(other) === laneOf(own) && shareKey(own, other))
        throw new Error(`D4 ${own.item.id} took effect after ${mark}`)
    }
  }
}

/** D4: what needs a lead's number waits for that person's lead writes that came before. */
const afterWrites = (world: World, own: Given): void => {
  for (const other of world.given.values())
    if (other.n < own.n && laneOf(other) === 'lead' && shareKey(own, other) && !world.ended.has(other.item.id))
      throw new Error(`D4 ${own.item.id} took effect before the lead write ${other.item.id} had ended`)
}

/** D4: what moves across nothing comes after all that was before it, and before all that comes behind it, but for page views. */
const acrossNothing = (world: World, own: Given): void => {
  if (laneOf(own) === 'visit') return
  for (const other of world.given.values()) {
    if (other.n >= own.n || laneOf(other) === 'visit' || world.ended.has(other.item.id)) continue
    if ((laneOf(own) === 'ordered' || laneOf(other) === 'ordered') && shareKey(own, other))
      throw new Error(`D4 ${own.item.id} took effect before ${other.item.id} had ended`)
  }
}

/** D5: where every key is looked up first, nobody is made whose strong key is some lead's. */
const isNobodyElse = (world: World, marketo: PlainMarketo, { leadId, isNew, record }: Effect): void => {
  if (world.options.identity._tag === 'upsert' || !isNew || world.isBlind) return
  for (const field of ['email', 'userId']) {
    if (record[field] === undefined || record[field] === null) continue
    const others = leadsBy(marketo, field, record[field]).filter(({ id }) => id !== leadId)
    if (others.length > 0) throw new Error(`D5 a second lead was made for ${folded(field, record[field])}`)
  }
}

/** Whatever is done to a lead is done for the people whose keys it has. */
const ofItsPerson = (world: World, marketo: PlainMarketo, own: Given, leadId: number): void => {
  const lead = marketo.leads.get(liveId(marketo, leadId))
  if (lead === undefined) return
  const group = groupOf(world, own.own)
  const theirs = [...lead.keys].map((key) => groupOf(world, `${marketo.munchkinId} ${key}`))
  if (!theirs.includes(group)) throw new Error(`${own.item.id} was done to somebody else's lead`)
}

const checkEffects = (world: World): void => {
  for (const [munchkinId, marketo] of world.marketos) {
    const from = world.checkedEffects.get(munchkinId) ?? 0
    marketo.effects.slice(from).forEach((effect, k) => {
      isNobodyElse(world, marketo, effect)
      for (const mark of marksOf(effect)) {
        const own = world.given.get(mark)
        if (own === undefined) continue
        expect(own.munchkinId, 'nothing crosses instances').toBe(munchkinId)
        inOrder(world, own, marketo.effects.slice(0, from + k))
        if (laneOf(own) === 'activity') afterWrites(world, own)
        acrossNothing(world, own)
        if (effect.kind !== 'visit') ofItsPerson(world, marketo, own, effect.leadId)
      }
    })
    world.checkedEffects.set(munchkinId, marketo.effects.length)
  }
}

/** How often an entry was made. */
const timesOf = (world: World, { item, munchkinId }: Given): number =>
  world.marketos.get(munchkinId)?.effects.filter((effect) => marksOf(effect).includes(item.id)).length ?? 0

const isOnce = ({ item }: Given): boolean =>
  item.intent._tag === 'AddCustomActivity' || item.intent._tag === 'VisitPage' || item.intent._tag === 'RequestCampaign'

/** D7, for what Marketo cannot do twice with the effect of once. */
const saysHowOften = (world: World, own: Given, { _tag }: ItemOutcome): void => {
  if (!isOnce(own)) return
  const times = timesOf(world, own)
  const resends = world.options.retry.whenInDoubt === 'resend'
  const why = `D7 ${own.item.id}, told as ${_tag}, was done ${times} times`
  if (_tag === 'Applied' || _tag === 'Queued') expect(resends ? times >= 1 : times === 1, why).toBe(true)
  else if (_tag === 'Unknown') expect(resends || times <= 1, why).toBe(true)
  else expect(resends || times === 0, why).toBe(true)
}

/** Whether some item wants the lead of the same person gone. */
const mayBeDeleted = (world: World, own: Given): boolean =>
  [...world.given.values()].some(
    (one) => one.item.intent._tag === 'DeleteLead' && groupOf(world, one.own) === groupOf(world, own.own)
  )

/** D7: what a lead write said is there, unless it was left out, kept or overwritten. */
const isThere = (world: World, own: Given, outcome: ItemOutcome): void => {
  const { intent } = own.item
  if (outcome._tag !== 'Applied' || (intent._tag !== 'UpsertLead' && intent._tag !== 'SubmitForm')) return
  const marketo = world.marketos.get(own.munchkinId)
  if (marketo === undefined || outcome.leadId === null) return
  const lead = marketo.leads.get(liveId(marketo, outcome.leadId))
  if (lead === undefined && mayBeDeleted(world, own)) return
  expect(lead, `D7 ${own.item.id} was done to a lead that is not there`).toBeDefined()
  const spared = outcome.remarks.flatMap((remark) => ('field' in remark ? [remark.field] : []))
  for (const [name, value] of Object.entries(intent.fields)) {
    if (spared.includes(name) || name === 'id') continue
    const there = lead?.fields.get(name) ?? null
    const isLater = [...world.given.values()].some(
      ({ n, item: { intent: other } }) => n > own.n && 'fields' in other && (bag(other.fields)[name] ?? null) === there
    )
    if (there !== value && !isLater)
      throw new Error(`D7 ${own.item.id}: ${name} is ${String(there)} instead of ${String(value)}`)
  }
}

/** D9: whom Marketo blames for a bad value has one, or is the same person and shared the record. */
const isNotBlamed = (world: World, own: Given, outcome: ItemOutcome): void => {
  if (outcome._tag !== 'Skipped' && outcome._tag !== 'Refused') return
  if (!outcome.reasons.some(({ message }) => message === 'bad value') || own.isBad) return
  const group = groupOf(world, own.own)
  const bad = [...world.given.values()].some((one) => one.isBad && groupOf(world, one.own) === group && !isOnce(own))
  if (!bad) throw new Error(`D9 ${own.item.id} fails for somebody else's value`)
}

/** D7: a field that Marketo does not take costs the lead nothing but that field. */
const isHealed = (outcome: ItemOutcome): void => {
  if (outcome._tag !== 'Skipped' && outcome._tag !== 'Refused') return
  for (const { message } of outcome.reasons)
    if (
      message === "Field 'nope' not found" ||
      (message === 'Company update not allowed' && outcome._tag === 'Skipped')
    )
      throw new Error(`D7 ${outcome.id} fails for a field that could be left out`)
}

/** Who has a lead by an earlier write is not told that there is none. */
const isFound = (world: World, own: Given, outcome: ItemOutcome): void => {
  if (outcome._tag !== 'Skipped' || !outcome.reasons.some(({ message }) => message === 'no lead has this key')) return
  const { lookupField, value } = 'lead' in own.item.intent ? own.item.intent.lead : { lookupField: '', value: '' }
  const marketo = world.marketos.get(own.munchkinId)
  if (marketo === undefined || leadsBy(marketo, lookupField, value).length === 0) return
  for (const other of world.given.values()) {
    if (other.n >= own.n || laneOf(other) !== 'lead' || other.own !== own.own) continue
    if (!world.ended.has(other.item.id))
      throw new Error(`D4 ${own.item.id} ended before the lead write ${other.item.id}`)
    if (isApplied(world, other) && !mayBeDeleted(world, own))
      throw new Error(`D7 ${own.item.id} has no lead, although ${other.item.id} was applied`)
  }
}

const isExcluded = ({ options: { events } }: World, { item: { event } }: Given): boolean =>
  event === null || event === undefined
    ? events.allow !== null
    : (events.allow !== null && !events.allow.includes(event)) || events.deny.includes(event)

const checkOutcomes = (world: World, { delivery: { outcomes } }: Held): void => {
  const fresh = outcomes.slice(world.told)
  world.told = outcomes.length
  for (const outcome of fresh) {
    const own = world.given.get(outcome.id)
    if (own === undefined) throw new Error(`D1 ${outcome.id} was never given`)
    if (world.ended.has(outcome.id)) throw new Error(`D1 a second outcome of ${outcome.id}`)
    expect([outcome.messageId, outcome.munchkinId]).toEqual([own.item.messageId, own.munchkinId])
    world.ended.set(outcome.id, outcome)
  }
  for (const outcome of fresh) {
    const own = world.given.get(outcome.id)
    if (own === undefined) continue
    if (isExcluded(world, own)) expect(outcome._tag).toBe('Unsent')
    saysHowOften(world, own, outcome)
    isThere(world, own, outcome)
    isNotBlamed(world, own, outcome)
    isHealed(outcome)
    isFound(world, own, outcome)
  }
}

const check = (world: World, held: Held): void => {
  sealed(held.delivery)
  checkEffects(world)
  checkOutcomes(world, held)
}

/** Gives items to the delivery. */
export const give = (world: World, held: Held, given: ReadonlyArray<Given>): void => {
  for (const one of given) {
    world.given.set(one.item.id, one)
    join(world, one.keys)
  }
  held.delivery = add(
    held.delivery,
    given.map(({ item }) => item)
  )
  check(world, held)
}

/** Says that these keys are one lead's from the start. */
export const knownTogether = (world: World, keys: ReadonlyArray<string>): void => join(world, keys)

/** Asks for the next calls; how many there were. */
export const ask = (world: World, held: Held, grant?: number): number => {
  const [after, requests] = next(held.delivery, world.now, grant)
  held.delivery = after
  const budgeted = requests.filter(({ call }) => call.descriptor.host === 'rest')
  if (grant !== undefined) expect(budgeted.length, 'D6 beyond what was granted').toBeLessThanOrEqual(grant)
  for (const request of requests) {
    const { munchkinId, host } = request.call.descriptor
    withinLimits(request.call.descriptor)
    sealed(request)
    const begun = { at: world.now, isFree: false }
    if (host === 'rest') world.begun.set(munchkinId, [...(world.begun.get(munchkinId) ?? []), begun])
    expect(world.open.every(({ request: { id } }) => id !== request.id)).toBe(true)
    world.open = [...world.open, { request, begun, done: null }]
  }
  keepsWritesApart(world)
  withinBudget(world)
  check(world, held)
  return requests.length
}

const truth: Trouble = { _tag: 'Truth', asText: false }

const free = ['601', '602', '604', '605', '608', '611']

const marketoOf = (world: World, { request }: Open): PlainMarketo => {
  const marketo = world.marketos.get(request.call.descriptor.munchkinId)
  if (marketo === undefined) throw new Error('no such instance')
  return marketo
}

/** Marketo carries one of the open calls out, and is slow to say so. */
export const carryOut = (world: World, held: Held, pick: number): void => {
  world.open = world.open.map((one, k) =>
    k === pick % world.open.length && one.done === null
      ? { ...one, done: carriedOut(marketoOf(world, one), one.request.call.descriptor) }
      : one
  )
  check(world, held)
}

/** Answers one of the open calls. */
export const answerOne = (world: World, held: Held, pick: number, given: Trouble): void => {
  const one = world.open[world.open.length === 0 ? 0 : pick % world.open.length]
  if (one === undefined) return
  world.open = world.open.filter((other) => other !== one)
  const { descriptor } = one.request.call
  const trouble = fitting(descriptor, given, one.done !== null)
  const code = trouble._tag === 'Code' ? trouble.code : ''
  if (code === '1011' && descriptor.endpoint === 'getLeadsByFilter') world.isBlind = true
  const answer = answered(marketoOf(world, one), descriptor, trouble, one.done)
  one.begun.isFree = free.includes(code)
  if (trouble._tag !== 'Truth') for (const record of leadRecords(descriptor)) world.doubted.add(JSON.stringify(record))
  held.delivery = receive(held.delivery, one.request.id, answer, world.now)
  check(world, held)
}

/** Every open call is lost; of those that `effect` names the effect came about. */
export const loseAll = (world: World, held: Held, resume: (state: Delivery) => Delivery, effect: number): void => {
  world.open.forEach((one, k) => {
    if (one.done === null && (effect >> k) % 2 === 1) carriedOut(marketoOf(world, one), one.request.call.descriptor)
  })
  world.open = []
  held.delivery = resume(held.delivery)
  check(world, held)
}

/** The state after a change that calls nobody. */
export const replace = (world: World, held: Held, delivery: Delivery): void => {
  held.delivery = delivery
  check(world, held)
}

/** Takes the outcomes out. */
export const take = (world: World, held: Held): void => {
  const all = held.delivery.outcomes
  const [after, outcomes] = takeOutcomes(held.delivery)
  expect(outcomes).toEqual(all)
  expect(after.outcomes).toEqual([])
  world.told = 0
  held.delivery = after
  check(world, held)
}

/** Answers truly until everything has ended. */
export const drain = (world: World, held: Held): void => {
  for (let round = 0; round < 3_000; round += 1) {
    while (world.open.length > 0) answerOne(world, held, round, truth)
    if (isDone(held.delivery)) return
    if (ask(world, held) > 0) continue
    if (isDone(held.delivery)) return
    const at = wakeAt(held.delivery, world.now)
    if (at === null || at <= world.now) throw new Error('D7 it hangs: nothing to send, and no time to wait for')
    world.now = at
  }
  throw new Error('D7 it never ends')
}

/** D1, D7: at the end everything has its outcome, and nothing that was told has changed since. */
export const settled = (world: World, held: Held): void => {
  check(world, held)
  for (const own of world.given.values()) {
    const outcome = world.ended.get(own.item.id)
    if (outcome === undefined) throw new Error(`D1 ${own.item.id} has no outcome`)
    saysHowOften(world, own, outcome)
  }
  expect(world.ended.size).toBe(world.given.size)
  cookiesAreTheirs(world)
}

/** D4 for browsers: each is, in the end, the lead's that was named last. */
const cookiesAreTheirs = (world: World): void => {
  for (const [munchkinId, marketo] of world.marketos) {
    for (const [cookie, leadId] of marketo.cookies) {
      const said = [...world.given.values()].filter(
        ({ munchkinId: id, item: { intent } }) =>
          id === munchkinId &&
          intent._tag === 'AssociateCookie' &&
          intent.visitor._tag === 'Cookie' &&
          intent.visitor.cookie === cookie
      )
      const last = said[said.length - 1]
      if (last === undefined || !said.every((one) => isApplied(world, one))) continue
      ofItsPerson(world, marketo, last, leadId)
    }
  }
}

export { idFields }
