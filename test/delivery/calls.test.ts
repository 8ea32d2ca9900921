/**
 * How many calls a delivery takes: large batches, small and large records, many groups, and no faults.
 */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { next, type Request, wakeAt } from '../../src/delivery/next.js'
import { type DeliveryOptions, resolveFirst } from '../../src/delivery/options.js'
import type { Item } from '../../src/delivery/outcome.js'
import { receive } from '../../src/delivery/receive.js'
import { start } from '../../src/delivery/start.js'
import { type Delivery, isDone } from '../../src/delivery/state.js'
import type { HttpRequest } from '../../src/intent/descriptor.js'
import type { Answer } from '../../src/intent/outcome.js'
import { batchLimits, byteLimits } from '../../src/marketo/limits.js'
import { isMunchkinId } from '../../src/marketo/munchkin-id.js'
import { withinLimits } from './ledger.js'
import { folded } from './model.js'

const munchkinId = '561-HYG-937'
if (!isMunchkinId(munchkinId)) throw new Error('no Munchkin id')

type Bag = Readonly<Record<string, unknown>>

const isBag = (u: unknown): u is Bag => typeof u === 'object' && u !== null && !Array.isArray(u)
const bag = (u: unknown): Bag => (isBag(u) ? u : {})
const jsonOf = ({ body }: HttpRequest): Bag => bag(body !== null && 'json' in body ? body.json : null)
const inputOf = (call: HttpRequest): ReadonlyArray<Bag> => {
  const { input } = jsonOf(call)
  return Array.isArray(input) ? input.map(bag) : []
}
const pairOf = ({ query, body }: HttpRequest, name: string): string =>
  (body !== null && 'form' in body ? body.form : query).find(([key]) => key === name)?.[1] ?? ''

/** A Marketo that takes everything: who has which number is all that it knows. */
const obliging = (): ((call: HttpRequest) => Answer) => {
  const numbers = new Map<string, number>()
  const numberOf = (key: string): number => {
    const known = numbers.get(key) ?? numbers.size + 1
    numbers.set(key, known)
    return known
  }
  const resultOf = (call: HttpRequest): ReadonlyArray<Bag> => {
    if (call.endpoint === 'getLeadsByFilter') {
      const field = pairOf(call, 'filterType')
      return pairOf(call, 'filterValues')
        .split(',')
        .map((value) => ({ id: numberOf(folded(field, value)), [field]: value }))
    }
    const field = String(jsonOf(call).lookupField)
    return inputOf(call).map((record) =>
      call.endpoint === 'syncLeads'
        ? { id: field === 'id' ? record.id : numberOf(folded(field, record[field])), status: 'updated' }
        : { id: 1, marketoGUID: 'g', status: 'added' }
    )
  }
  return (call) => ({
    status: 200,
    headers: {},
    body:
      call.endpoint === 'identityToken'
        ? { access_token: 'x', expires_in: 3_600 }
        : { success: true, result: resultOf(call) }
  })
}

/** Delivers everything; the calls of each round. `atOnce` calls are answered before more are asked for. */
const rounds = (
  items: ReadonlyArray<Item>,
  options: Partial<DeliveryOptions>,
  atOnce: number
): readonly [Delivery, ReadonlyArray<ReadonlyArray<Request>>] => {
  const answer = obliging()
  const all: Array<ReadonlyArray<Request>> = []
  let now = 1_700_000_000_000
  let state = start(items, options)
  let open: ReadonlyArray<Request> = []
  for (let round = 0; round < 5_000 && !isDone(state); round += 1) {
    const [after, requests] = next(state, now)
    state = after
    if (requests.length > 0) all.push(requests)
    open = [...open, ...requests]
    if (open.length === 0) now = wakeAt(state, now) ?? now + 1
    for (const { id, call } of open.slice(0, atOnce)) {
      now += 1
      state = receive(state, id, answer(call.descriptor), now)
    }
    open = open.slice(atOnce)
  }
  return [state, all]
}

/** All that one call must share, beside its endpoint. */
const groupOf = (call: HttpRequest): string => {
  const { action, lookupField, partitionName } = jsonOf(call)
  return JSON.stringify([call.endpoint, action, lookupField, partitionName, pairOf(call, 'filterType')])
}

const recordsOf = ({ call: { intents } }: Request): number => intents.length

const bytesOf = ({ call: { descriptor } }: Request): number => {
  const { body } = descriptor
  if (body !== null && 'json' in body) return Buffer.byteLength(JSON.stringify(inputOf(descriptor)))
  return Buffer.byteLength(encodeURIComponent(pairOf(descriptor, 'filterValues')))
}

const grouped = (requests: ReadonlyArray<Request>): ReadonlyMap<string, ReadonlyArray<Request>> => {
  const groups = new Map<string, ReadonlyArray<Request>>()
  for (const request of requests) {
    const name = groupOf(request.call.descriptor)
    groups.set(name, [...(groups.get(name) ?? []), request])
  }
  return groups
}

const sum = (numbers: ReadonlyArray<number>): number => numbers.reduce((a, b) => a + b, 0)

const isToken = ({ call }: Request): boolean => call.descriptor.endpoint === 'identityToken'

/** What law D3 allows a round without its token calls. */
const allowed = (requests: ReadonlyArray<Request>): number =>
  sum(
    [...grouped(requests).values()].map(
      (group) =>
        Math.ceil(sum(group.map(recordsOf)) / batchLimits.leadDatabase) +
        Math.ceil((2 * sum(group.map(bytesOf))) / byteLimits.body)
    )
  )

/** Small numbers that look drawn: a batch of thousands is too much for an arbitrary to shrink. */
const drawnFrom = (seed: number): ((below: number) => number) => {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

interface Batch {
  readonly seed: number
  readonly count: number
  readonly people: number
  readonly share: number
  readonly groups: boolean
  readonly size: number
  readonly letter: string
}

const keyOf = (n: number, by: 'email' | 'userId') => ({
  lookupField: by,
  value: by === 'email' ? `p${n}@corp.test` : `u${n}`
})

const upsert = (n: number, i: number, by: 'email' | 'userId', partitionName: string | null, text: string): Item => {
  const lead = keyOf(n, by)
  return {
    id: `i${i}`,
    messageId: null,
    intent: {
      _tag: 'UpsertLead',
      munchkinId,
      lead,
      fields: { [by]: lead.value, [`f${i % 3}`]: text, plan: `i${i}` },
      action: i % 7 === 0 && partitionName !== null ? 'updateOnly' : 'createOrUpdate',
      partitionName
    }
  }
}

const activity = (n: number, i: number, by: 'email' | 'userId', text: string): Item => ({
  id: `i${i}`,
  messageId: null,
  intent: {
    _tag: 'AddCustomActivity',
    munchkinId,
    lead: keyOf(n, by),
    activityTypeId: 100_001,
    activityDate: '2024-05-01T10:00:00Z',
    primaryAttributeValue: `i${i}`,
    attributes: [{ apiName: 'a', value: text }]
  }
})

const partitions = [null, 'EU', 'Default']

/** A batch: so many items about so many people, of which a share are activities. */
const itemsOf = ({ seed, count, people, share, groups, size, letter }: Batch): ReadonlyArray<Item> => {
  const draw = drawnFrom(seed)
  return Array.from({ length: count }, (_, i) => {
    const n = draw(people)
    const by = groups && n % 3 === 0 ? 'userId' : 'email'
    const text = letter.repeat(draw(size + 1))
    return draw(100) < share
      ? activity(n, i, by, text.slice(0, 8_000))
      : upsert(n, i, by, groups ? (partitions[n % 3] ?? null) : null, text)
  })
}

const batch: fc.Arbitrary<Batch> = fc.record({
  seed: fc.nat(),
  count: fc.integer({ min: 1, max: 3_000 }),
  people: fc.constantFrom(5, 100, 2_000, 5_000),
  share: fc.constantFrom(0, 30, 100),
  groups: fc.boolean(),
  size: fc.constantFrom(0, 20, 300, 9_000),
  letter: fc.constantFrom('a', '\u00e9', '\u{1f600}', '"', '\u0000')
})

const identity = fc.constantFrom<Partial<DeliveryOptions>>({}, {}, { identity: resolveFirst() })

const { numRuns = 100 } = fc.readConfigureGlobal()
// A batch holds thousands of records, so a few runs try as many.
const few = { numRuns: Math.ceil(numRuns / 80) }

describe('laws', () => {
  it('D3 D2 no round takes more calls than its records and bytes need, none is too large, no record is sent twice', () => {
    fc.assert(
      fc.property(batch, identity, fc.integer({ min: 1, max: 8 }), (given, options, atOnce) => {
        const items = itemsOf(given)
        const [state, all] = rounds(items, options, atOnce)
        expect(isDone(state)).toBe(true)
        expect(new Set(state.outcomes.map(({ id }) => id)).size).toBe(items.length)
        expect(state.outcomes).toHaveLength(items.length)
        expect(state.outcomes.every(({ _tag }) => _tag === 'Applied')).toBe(true)
        for (const requests of all) {
          const calls = requests.filter((request) => !isToken(request))
          for (const { call } of calls) withinLimits(call.descriptor)
          expect(calls.length).toBeLessThanOrEqual(allowed(calls))
        }
        expect(all.flat().filter(isToken)).toHaveLength(1)
        // Σ over rounds is as good as its records: none is sent twice.
        const sent = all
          .flat()
          .flatMap(({ call: { descriptor } }) => inputOf(descriptor))
          .map(({ plan, primaryAttributeValue }) => String(plan ?? primaryAttributeValue))
        expect(new Set(sent).size).toBe(sent.length)
      }),
      few
    )
  })
})

/** Σ over groups of ceil(distinct records / limit): small records, so bytes do not count. */
const leastFor = (items: ReadonlyArray<Item>): number => {
  const groups = new Map<string, Set<string>>()
  for (const { id, intent } of items) {
    if (!('lead' in intent)) continue
    const { lookupField, value } = intent.lead
    const isUpsert = intent._tag === 'UpsertLead'
    const name = isUpsert ? `${lookupField} ${intent.action} ${intent.partitionName ?? ''}` : intent._tag
    const group = groups.get(name) ?? new Set()
    groups.set(name, group.add(isUpsert ? folded(lookupField, value) : id))
  }
  return sum([...groups.values()].map(({ size }) => Math.ceil(size / batchLimits.leadDatabase)))
}

/** Everybody of an activity is upserted as well, so that no lookup is needed. */
const mixOf = (count: number, people: number, seed: number, order: 'leads first' | 'mixed'): ReadonlyArray<Item> => {
  const draw = drawnFrom(seed)
  const upserts = Array.from({ length: people }, (_, n) => upsert(n, n, 'email', null, 'x'))
  const activities = Array.from({ length: count - people }, (_, k) => activity(draw(people), people + k, 'email', 'x'))
  if (order === 'leads first') return [...upserts, ...activities]
  return [...upserts, ...activities]
    .map((item) => [draw(1_000_000), item] as const)
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item)
}

describe('figures', () => {
  it.each([
    ['leads first', 1_000, 500, 100],
    ['leads first', 4_000, 2_000, 100],
    ['leads first', 8_000, 3_000, 1],
    ['mixed', 3_000, 1_500, 100],
    ['mixed', 5_000, 1_000, 100]
  ] as const)('D3 %s: %i items about %i people, %i answers at a time, take 1.1 times the least', (...given) => {
    const [order, count, people, atOnce] = given
    const items = mixOf(count, people, 1, order)
    const [state, all] = rounds(items, {}, atOnce)
    expect(state.outcomes).toHaveLength(count)
    const calls = all.flat().filter((request) => !isToken(request))
    expect(calls.length).toBeLessThanOrEqual(1.1 * leastFor(items))
    expect(all.flat().length - calls.length).toBe(1)
  })

  it('D3 many events of few people take as many calls as there are people to fill', () => {
    const items = Array.from({ length: 4_000 }, (_, i) => upsert(i % 500, i, 'email', null, 'x'))
    expect(
      rounds(items, {}, 100)[1]
        .flat()
        .filter((request) => !isToken(request))
    ).toHaveLength(2)
  })

  it('D3 lookups share calls, and each key is asked once', () => {
    const items = Array.from({ length: 1_200 }, (_, i) => activity(i % 600, i, 'email', 'x'))
    const calls = rounds(items, {}, 100)[1]
      .flat()
      .map(({ call }) => call.descriptor.endpoint)
    expect(calls.filter((one) => one === 'getLeadsByFilter')).toHaveLength(2)
    expect(calls.filter((one) => one === 'addCustomActivities')).toHaveLength(4)
  })
})
