import { describe, expect, it } from 'vitest'
import { next, type Request } from '../../src/delivery/next.js'
import type { DeliveryOptions } from '../../src/delivery/options.js'
import { aged, meet, nobody, withBrowser } from '../../src/delivery/people.js'
import { add, start } from '../../src/delivery/start.js'
import { type Delivery, isDone } from '../../src/delivery/state.js'
import type { Intent } from '../../src/intent/intent.js'
import type { Answer } from '../../src/intent/outcome.js'
import { defaultBackOff } from '../../src/pace/back-off.js'
import { drive } from './drive.js'
import {
  acquainted,
  answer,
  begun,
  endpoints,
  form,
  granted,
  lose,
  more,
  ok,
  refused,
  skipped,
  t,
  told
} from './steps.js'
import { activity, associate, cookie, email, itemsOf, marketo, upsert } from './world.js'

const budget = { callsPerWindow: 10_000, runningCalls: 10_000, callsPerDay: 50_000 }
/** So many of 64 that more pieces are refused than may be in a row. */
const isBad = (n: number): boolean => n % 8 < 6
const countOf = ({ outcomes }: Delivery): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {}
  for (const { _tag } of outcomes) counts[_tag] = (counts[_tag] ?? 0) + 1
  return counts
}
const numbersIn = ({ call: { descriptor } }: Request): ReadonlyArray<number> => [
  ...new Set([...JSON.stringify(descriptor).matchAll(/p(\d+)@corp/g)].map(([, n]) => Number(n)))
]

/** Rounds until nothing goes out. */
const rounds = (
  items: ReturnType<typeof itemsOf>,
  options: Partial<DeliveryOptions>,
  say: (request: Request) => Answer
): Delivery => {
  let [state, open] = begun(items, { linger: 0, budget, freeCalls: 1_000, ...options })
  for (let round = 1; open.length > 0 && round < 300; round += 1) {
    const now = t + round * 20_000
    for (const request of open)
      state = answer(state, request, request.call.descriptor.endpoint === 'identityToken' ? granted : say(request), now)
    ;[state, open] = next(state, now)
  }
  return state
}

describe('a piece that is taken keeps the search for the culprits going', () => {
  const upserts = itemsOf(...Array.from({ length: 64 }, (_, n) => upsert({ email: email(n) })))
  it('D9 by Sync Leads', () => {
    const state = rounds(upserts, {}, (request) => {
      const all = numbersIn(request)
      return all.some(isBad) ? refused('1003') : told(...all.map((n) => ({ id: n + 1, status: 'created' })))
    })
    expect(countOf(state)).toEqual({ Applied: 16, Refused: 48 })
  })
  it('D9 by Data Ingestion', () => {
    const transport = { _tag: 'ingestion', prefix: 'x', priority: 'normal' } as const
    const state = rounds(upserts, { transport }, (request) =>
      numbersIn(request).some(isBad) ? ok({ error_code: '4000802', message: 'bad' }, 400) : ok('', 202)
    )
    expect(countOf(state)).toEqual({ Queued: 16, Refused: 48 })
  })
  it('D9 by lookups', () => {
    const items = itemsOf(...Array.from({ length: 64 }, (_, n) => activity(email(n))))
    const state = rounds(items, {}, (request) => {
      const all = numbersIn(request)
      if (request.call.descriptor.endpoint !== 'getLeadsByFilter')
        return told(...request.call.intents.map(() => ({ id: 1, marketoGUID: 'g', status: 'added' })))
      return all.some(isBad) ? refused('1003') : told(...all.map((n) => ({ id: n + 1, email: email(n) })))
    })
    expect(countOf(state)).toEqual({ Applied: 16, Refused: 48 })
  })
})

describe('rows of a job that runs', () => {
  it('D7 are not told as refused because other pieces of their file were', () => {
    const items = itemsOf(...Array.from({ length: 64 }, (_, n) => upsert({ email: email(n) })))
    let inJob: ReadonlyArray<number> = []
    const state = rounds(items, { transport: { _tag: 'bulk', pollMillis: 1e9 } }, (request) => {
      const rows = request.call.intents.length
      if (rows > 4 || inJob.length > 0) return refused('1003')
      const body = request.call.descriptor.body
      inJob = [...JSON.stringify(body).matchAll(/p(\d+)@corp/g)].map(([, n]) => Number(n))
      return told({ batchId: 7, status: 'Queued' })
    })
    expect(inJob).toHaveLength(4)
    expect(Object.keys(state.jobs)).toHaveLength(1)
    expect(state.outcomes.filter(({ id }) => inJob.includes(Number(id.slice(1))))).toEqual([])
  })
})

describe('browsers', () => {
  it('are forgotten as well: memory does not grow with the stream', () => {
    let people = meet(nobody, ['a']).people
    for (let n = 0; n < 2_000; n += 1) people = aged(withBrowser(people, `browser ${n}`, 7), new Set([0]), 10)
    expect(JSON.stringify(people).length).toBeLessThan(10_000)
  })
})

describe('a form with a cookie', () => {
  it('D4 takes the browser over, so that the pair before is said again', () => {
    const known = acquainted([upsert({ email: email(1) })])
    const filled: Intent = { ...form(2), cookie: cookie(1) } as Intent
    const done = (state: Delivery, [request]: ReadonlyArray<Request>, what: Answer): Delivery =>
      answer(state, request, what)
    const first = done(...more(known, [associate(email(1), 1)]), told())
    const second = done(...more(first, [filled]), told({ id: 2, status: 'updated' }))
    expect(endpoints(more(second, [associate(email(1), 1)])[1])).toEqual(['associateLead 1'])
  })
})

describe('a browser of which nobody knows whose it is', () => {
  const noRetry = { backOff: { ...defaultBackOff, retries: 0 }, whenInDoubt: 'report' } as const
  const filled: Intent = { ...form(2), cookie: cookie(1) } as Intent
  const told200 = (state: Delivery, request: Request | undefined): Delivery => answer(state, request, told())

  // biome-ignore format: table
  it.each<[string, Intent, (state: Delivery, request: Request | undefined) => Delivery]>([
    ['a form without a number',     filled,                 (state, request) => answer(state, request, told({ status: 'updated' }))],
    ['a form in doubt',             filled,                 lose],
    ['an association in doubt',     associate(email(2), 1), lose],
    ['a form that was not applied', filled,                 (state, request) => answer(state, request, skipped('1077'))]
  ])('D4 D7 has its pair said again after %s', (_, second, say) => {
    const known = acquainted([upsert({ email: email(1) }), upsert({ email: email(2) })], { retry: noRetry })
    const [saying, [first]] = more(known, [associate(email(1), 1)])
    const [taking, [other]] = more(told200(saying, first), [second])
    expect(other?.call.descriptor.endpoint).toMatch(/associateLead|submitForm/)
    expect(endpoints(more(say(taking, other), [associate(email(1), 1)])[1])).toEqual(['associateLead 1'])
  })

  it('D4 is nobody’s news where it was never said: nothing is kept of it', () => {
    const known = acquainted([upsert({ email: email(2) })], { retry: noRetry })
    const [taking, [other]] = more(known, [filled])
    expect(lose(taking, other).people.young.browsers).toEqual(known.people.young.browsers)
  })
})

describe('options that are no numbers', () => {
  it('D1 pollMillis: the job is asked for all the same', () => {
    const options = { transport: { _tag: 'bulk', pollMillis: Number.NaN } } as const
    const world = drive(start(itemsOf(upsert({ email: email(1) })), options), marketo())
    expect(isDone(world.delivery)).toBe(true)
  })
  it('D1 shortage.reserve: calls are made all the same', () => {
    const options = { shortage: { reserve: Number.NaN, rest: 'wait' } } as const
    const leads = [{ fields: { email: email(1) } }]
    const world = drive(start(itemsOf(activity(email(1))), options), marketo({ leads }), { mostRounds: 50 })
    expect(isDone(world.delivery)).toBe(true)
  })
})

describe('two leads of one person', () => {
  it('D4 are not said of a browser in one breath', () => {
    const leads = [{ fields: { email: email(1) } }, { fields: { userId: 'u1' } }]
    const first = drive(start(itemsOf(activity(email(1)), activity('u1', 1, 'userId'))), marketo({ leads }))
    const items = itemsOf(
      associate(email(1), 1),
      associate('u1', 1, 'userId'),
      upsert({ email: email(1), userId: 'u1' })
    )
    const [flying, requests] = next(add(first.delivery, items), first.now)
    const said = requests.filter(({ call }) => call.descriptor.endpoint === 'associateLead')
    expect(said.map(({ id }) => flying.inFlight[id]?.records.flat().length)).toEqual([1])
  })
})

describe('items that come one by one', () => {
  it('share the chunks of the backlog', () => {
    const all = itemsOf(...Array.from({ length: 2_003 }, (_, n) => upsert({ email: email(n) })))
    const cuts = [0, 999, 1_000, 1_001, 1_002, 2_003]
    const state = cuts.reduce((so, from, i) => add(so, all.slice(from, cuts[i + 1])), start([]))
    const [chunks = []] = Object.values(state.backlog)
    expect(chunks.map((chunk) => chunk.length)).toEqual([1_000, 1_000, 3])
    expect(chunks.flat().map(({ id }) => id)).toEqual(all.map(({ id }) => id))
  })
})
