import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deliver } from '../../src/adapters/fetch/deliver.js'
import type { DeliverConfig, DeliverProgress } from '../../src/adapters/fetch/deliver-config.js'
import { timeoutMillis } from '../../src/adapters/fetch/send-call.js'
import type { Item, ItemOutcome } from '../../src/delivery/outcome.js'
import { add, start } from '../../src/delivery/start.js'
import type { Delivery } from '../../src/delivery/state.js'
import type { Intent } from '../../src/intent/intent.js'
import { isMunchkinId } from '../../src/marketo/munchkin-id.js'
import { type Fault, faultKinds, type SimulatorOptions } from '../../src/simulator/options.js'
import { activitiesIn, callsIn, leadsIn, visitsIn } from '../../src/simulator/reading.js'
import { startSimulator } from '../../src/simulator/start.js'
import { fakeMarketo, fakeTime } from './fake-marketo.js'

const munchkinId = '561-HYG-937'
const elsewhere = '100-AAA-200'
if (!isMunchkinId(munchkinId) || !isMunchkinId(elsewhere)) throw new Error('no Munchkin id')

const clientSecret = 'tiptop'
const client = { clientId: 'client', clientSecret }
const credentials = { [munchkinId]: client }

const marketo = (more: Partial<SimulatorOptions> = {}) =>
  startSimulator({
    munchkinId,
    ...client,
    customFields: [
      { name: 'userId', type: 'string' },
      { name: 'plan', type: 'string' }
    ],
    activityTypes: [{ id: 100001, primaryAttribute: { apiName: 'plan', dataType: 'string' }, attributes: [] }],
    ...more
  })

const upsert = (n: number, plan = 'pro'): Intent => ({
  _tag: 'UpsertLead',
  munchkinId,
  lead: { lookupField: 'email', value: `p${n}@corp.test` },
  fields: { email: `p${n}@corp.test`, plan },
  action: 'createOrUpdate',
  partitionName: null
})

const activity = (n: number, i: number): Intent => ({
  _tag: 'AddCustomActivity',
  munchkinId,
  lead: { lookupField: 'email', value: `p${n}@corp.test` },
  activityTypeId: 100001,
  activityDate: '2024-05-01T10:00:00Z',
  primaryAttributeValue: `a${i}`,
  attributes: []
})

const visit = (n: number): Intent => ({
  _tag: 'VisitPage',
  munchkinId,
  lead: { lookupField: 'email', value: `p${n}@corp.test` },
  visitor: { _tag: 'Derived' },
  page: { origin: 'https://www.example.com', path: '/', params: '', fragment: '' },
  referrer: '',
  userAgent: 'test',
  ip: null,
  at: 1_700_000_000_000
})

const item = (id: string, intent: Intent): Item => ({ id, messageId: null, intent })
const upserts = (n: number): ReadonlyArray<Item> => Array.from({ length: n }, (_, i) => item(`i${i}`, upsert(i)))

const person = fc.integer({ min: 0, max: 5 })
const anyIntent = fc.oneof(
  fc.tuple(person, fc.constantFrom('free', 'pro')).map(
    ([n, plan]) =>
      (_: number) =>
        upsert(n, plan)
  ),
  person.map((n) => (i: number) => activity(n, i)),
  person.map((n) => (_: number) => visit(n))
)
const anyItems = fc.array(anyIntent, { maxLength: 20 }).map((makers) => makers.map((make, i) => item(`i${i}`, make(i))))

/** All but the end of the day, which is waited for. */
const kind = fc.constantFrom(...faultKinds.filter((one) => one !== '607'))
const anyFaults = fc.array(fc.record({ at: fc.record({ call: fc.integer({ min: 1, max: 12 }) }), kind }), {
  maxLength: 5
})
const latencies = fc.infiniteStream(fc.integer({ min: 1, max: 200_000 }))

/** The items one by one, each some milliseconds after the one before. */
async function* trickle(
  list: ReadonlyArray<Item>,
  time: ReturnType<typeof fakeTime>,
  millis: number
): AsyncGenerator<Item> {
  for (const one of list) {
    await time.sleep(millis, new AbortController().signal)
    yield one
  }
}

/** Delivers to a simulated Marketo in fake time. */
const run = async (
  given: Parameters<typeof deliver>[0] | ((time: ReturnType<typeof fakeTime>) => AsyncIterable<Item>),
  config: Partial<DeliverConfig> = {},
  world: { readonly options?: Partial<SimulatorOptions>; readonly latency?: () => number } = {}
) => {
  const time = fakeTime()
  const server = fakeMarketo(marketo(world.options), time, world.latency)
  const { fetch } = server
  const items = typeof given === 'function' ? given(time) : given
  const begun = time.now()
  const result = await time.passing(deliver(items, { credentials, fetch, now: time.now, sleep: time.sleep, ...config }))
  return { ...result, server, took: time.now() - begun }
}

const idsOf = (outcomes: ReadonlyArray<ItemOutcome>): ReadonlyArray<string> => outcomes.map(({ id }) => id).sort()
const wanted = (list: ReadonlyArray<Item>): ReadonlyArray<string> => list.map(({ id }) => id).sort()

describe('laws', () => {
  it('D1 D7 over fetch, under any faults and delays, every item has one outcome', async () => {
    await fc.assert(
      fc.asyncProperty(anyItems, anyFaults, fc.nat(), latencies, async (list, faults, seed, draw) => {
        const ran = await run(list, {}, { options: { faults, seed }, latency: () => draw.next().value })
        expect(idsOf(ran.outcomes)).toEqual(wanted(list))
        expect(ran.isComplete).toBe(true)
        expect(ran.problems).toEqual([])
        const there = activitiesIn(ran.server.state()).map(({ primaryAttributeValue }) => primaryAttributeValue)
        for (const { id, _tag } of ran.outcomes) {
          const intent = list.find((one) => one.id === id)?.intent
          if (intent?._tag !== 'AddCustomActivity') continue
          const times = there.filter((value) => value === intent.primaryAttributeValue).length
          if (_tag === 'Applied') expect(times).toBe(1)
          else if (_tag !== 'Unknown') expect(times).toBe(0)
          else expect(times).toBeLessThanOrEqual(1)
        }
      })
    )
  })

  it('D1 also of items that arrive over time, in windows of any size, taken as they come', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyItems,
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 0, max: 300 }),
        anyFaults,
        async (list, window, millis, faults) => {
          const taken: Array<ItemOutcome> = []
          const onOutcomes = (some: ReadonlyArray<ItemOutcome>) => void taken.push(...some)
          const given = (time: ReturnType<typeof fakeTime>) => trickle(list, time, millis)
          const ran = await run(given, { window, onOutcomes }, { options: { faults } })
          expect(idsOf(taken)).toEqual(wanted(list))
          expect(ran.outcomes).toEqual([])
          expect(ran.isComplete).toBe(true)
        }
      )
    )
  })

  it('D1 stopped at any moment, what was read has one outcome, and no call is made after', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyItems,
        anyFaults,
        fc.integer({ min: 0, max: 60_000 }),
        fc.constantFrom(0, 100, 10_000),
        latencies,
        async (list, faults, after, grace, draw) => {
          const stop = new AbortController()
          const time = fakeTime()
          const server = fakeMarketo(marketo({ faults }), time, () => draw.next().value % 5_000)
          let atStop = -1
          void time.sleep(after, new AbortController().signal).then(() => {
            stop.abort()
            atStop = server.sent.length
          })
          const { fetch } = server
          const ran = await time.passing(
            deliver(list, { credentials, fetch, now: time.now, sleep: time.sleep, signal: stop.signal, grace })
          )
          expect(idsOf(ran.outcomes)).toEqual(wanted(list))
          if (atStop >= 0) expect(server.sent.length).toBe(atStop)
          const there = activitiesIn(server.state()).map(({ primaryAttributeValue }) => primaryAttributeValue)
          for (const { id, _tag } of ran.outcomes) {
            const intent = list.find((one) => one.id === id)?.intent
            if (intent?._tag === 'AddCustomActivity' && _tag === 'Deferred')
              expect(there).not.toContain(intent.primaryAttributeValue)
          }
        }
      )
    )
  })

  it('D8 killed after any stored state, another driver ends it: nothing is lost, and no activity is there twice', async () => {
    await fc.assert(
      fc.asyncProperty(anyItems, anyFaults, fc.integer({ min: 1, max: 12 }), async (list, faults, kill) => {
        const time = fakeTime()
        const server = fakeMarketo(marketo({ faults }), time)
        const config = { credentials, fetch: server.fetch, now: time.now, sleep: time.sleep }
        let stored = JSON.stringify(start(list))
        let stores = 0
        const dead = new Promise<never>(() => undefined)
        const killed = new Promise<void>((resolve) => {
          const onState = (state: Delivery) => {
            stored = JSON.stringify(state)
            stores += 1
            // A killed process makes no more calls.
            if (stores < kill) return undefined
            resolve()
            return dead
          }
          void deliver(start(list), { ...config, onState }).then(() => resolve())
        })
        await time.passing(killed)
        const state: Delivery = JSON.parse(stored)
        const ran = await time.passing(deliver(state, config))
        expect(idsOf(ran.outcomes)).toEqual(wanted(list))
        const there = activitiesIn(server.state()).map(({ primaryAttributeValue }) => primaryAttributeValue)
        expect(new Set(there).size).toBe(there.length)
      })
    )
  })

  it('S3 neither token nor secret is in a state, an outcome, a progress or a problem', async () => {
    await fc.assert(
      fc.asyncProperty(anyItems, anyFaults, async (list, faults) => {
        const told: Array<unknown> = []
        const ran = await run(
          list,
          {
            onState: (state) => void told.push(JSON.stringify(state)),
            onProgress: (progress) => void told.push(progress)
          },
          { options: { faults } }
        )
        const { state, outcomes, calls, problems } = ran
        const text = JSON.stringify([told, state, outcomes, calls, problems])
        expect(text).not.toContain(clientSecret)
        for (const { init } of ran.server.sent) {
          const token = /^Bearer (.*)$/.exec(init.headers.Authorization ?? '')?.[1]
          if (token !== undefined) expect(text).not.toContain(token)
        }
      })
    )
  })
})

describe('figures', () => {
  it('D3 a thousand leads and an activity each take eight calls and one token', async () => {
    const acts = Array.from({ length: 1000 }, (_, i) => item(`a${i}`, activity(i, i)))
    const { calls, outcomes } = await run([...upserts(1000), ...acts])
    expect(calls).toEqual({ all: 9, byEndpoint: { identityToken: 1, syncLeads: 4, addCustomActivities: 4 } })
    expect(outcomes.every(({ _tag }) => _tag === 'Applied')).toBe(true)
  })

  it('D3 so do items that a file gives one by one', async () => {
    async function* file(): AsyncGenerator<Item> {
      for (const one of upserts(1000)) yield await Promise.resolve(one)
    }
    expect((await run(file())).calls.byEndpoint).toEqual({ identityToken: 1, syncLeads: 4 })
  })

  it('in windows no more is read than is held, and calls stay full', async () => {
    let read = 0
    let held = 0
    function* all(): Generator<Item> {
      for (const one of upserts(5000)) {
        read += 1
        yield one
      }
    }
    const onProgress = ({ ended }: DeliverProgress) => {
      held = Math.max(held, read - ended.Applied)
    }
    const { calls } = await run(all(), { window: 1200, onProgress, onOutcomes: () => undefined })
    expect(held).toBeLessThanOrEqual(1200)
    expect(calls.byEndpoint.syncLeads).toBeLessThan(22)
  })
})

describe('calls', () => {
  it('go to Marketo over https, follow nobody, and can be stopped', async () => {
    const { server } = await run(upserts(1))
    expect(server.sent.map(({ url }) => url.split('?')[0])).toEqual([
      'https://561-HYG-937.mktorest.com/identity/oauth/token',
      'https://561-HYG-937.mktorest.com/rest/v1/leads.json'
    ])
    for (const { init } of server.sent) expect([init.redirect, init.signal.aborted]).toEqual(['manual', true])
  })

  it('go to another origin where one is named', async () => {
    const { server } = await run([...upserts(1), item('v', visit(1))], {
      origin: (host) => (host === 'beacon' ? undefined : 'http://127.0.0.1:9')
    })
    expect(new Set(server.sent.map(({ url }) => new URL(url).host))).toEqual(
      new Set(['127.0.0.1:9', '561-hyg-937.mktoresp.com'])
    )
  })

  it.each([
    ['syncLeads', 100_000],
    ['getLeadsByFilter', 70_000],
    ['visitWebPage', 40_000],
    ['identityToken', 40_000]
  ] as const)('%s is waited for %i ms', (endpoint, millis) => {
    expect(timeoutMillis({ endpoint })).toBe(millis)
  })

  it.each([
    ['that rejects', () => Promise.reject(new Error('offline'))],
    ['that never answers', () => new Promise<never>(() => undefined)],
    ['that throws at once', () => JSON.parse('{')],
    [
      'whose body cannot be read',
      () => Promise.resolve({ status: 200, headers: new Headers(), text: () => Promise.reject(new Error('cut')) })
    ]
  ])('a fetch %s is a lost call', async (_, fetch) => {
    const { outcomes } = await run([item('a', visit(1))], { fetch })
    expect(outcomes.map(({ _tag }) => _tag)).toEqual(['Unknown'])
  })

  it('of beacons are as many at once as there is room for', async () => {
    const visits = Array.from({ length: 100 }, (_, i) => item(`v${i}`, visit(i)))
    const { server, outcomes, took } = await run(visits, { concurrency: 7 })
    expect(server.most()).toBe(7)
    expect(visitsIn(server.state())).toHaveLength(100)
    expect(outcomes.every(({ _tag }) => _tag === 'Applied')).toBe(true)
    expect(took).toBeLessThan(200)
  })

  it('of other kinds, too', async () => {
    const { server } = await run(upserts(3000), { concurrency: 2 })
    expect(server.most()).toBe(2)
  })

  it('use a renewed token once the old one has gone', async () => {
    const faults: ReadonlyArray<Fault> = [{ at: { call: 1 }, kind: 'expired-token', endpoint: 'syncLeads' }]
    const { server, outcomes } = await run(upserts(1), {}, { options: { faults } })
    const tokens = server.sent.flatMap(({ init }) => init.headers.Authorization ?? [])
    expect(new Set(tokens).size).toBe(2)
    expect(outcomes.map(({ _tag }) => _tag)).toEqual(['Applied'])
  })
})

describe('a delivery', () => {
  it('goes on with a state that another driver stored, and asks for a token of its own', async () => {
    const first = await run(upserts(3))
    const { outcomes, calls } = await run(add(first.state, [item('later', upsert(9))]))
    expect(outcomes.map(({ id, _tag }) => [id, _tag])).toEqual([['later', 'Applied']])
    expect(calls.byEndpoint.identityToken).toBe(1)
  })

  it('takes items behind a state', async () => {
    const first = await run(upserts(3))
    const { outcomes } = await run([item('later', upsert(9))], { state: first.state })
    expect(outcomes.map(({ id, _tag }) => [id, _tag])).toEqual([['later', 'Applied']])
  })

  it('without credentials for an instance refuses what is for it, delivers the rest, and asks nobody', async () => {
    const other = { ...upsert(1), munchkinId: elsewhere }
    const { outcomes, server } = await run([item('a', other), item('b', upsert(2))])
    expect(new Map(outcomes.map(({ id, _tag }) => [id, _tag]))).toEqual(
      new Map([
        ['a', 'Refused'],
        ['b', 'Applied']
      ])
    )
    for (const { url } of server.sent) expect(url).not.toContain(elsewhere)
  })

  it('with credentials that Marketo refuses tells so of all, whatever its size, after one question', async () => {
    const { outcomes, calls } = await run(upserts(500), {
      window: 50,
      credentials: { [munchkinId]: { clientId: 'client', clientSecret: 'wrong' } }
    })
    expect(outcomes).toHaveLength(500)
    expect(outcomes.every(({ _tag }) => _tag === 'Refused')).toBe(true)
    expect(calls.all).toBe(1)
  })

  it('that would wait longer than its patience defers the rest, and says until when', async () => {
    const { outcomes, took } = await run(upserts(900), { patience: 60_000 }, { options: { callsPerDay: 2 } })
    const ends = outcomes.map(({ _tag }) => _tag)
    expect([ends.filter((tag) => tag === 'Applied').length, ends.filter((tag) => tag === 'Deferred').length]).toEqual([
      600, 300
    ])
    expect(took).toBeLessThan(60_000)
    for (const one of outcomes) if (one._tag === 'Deferred') expect(one.until).toBeGreaterThan(1_700_000_000_000)
  })

  it('tells how far it is, and ends with nothing pending', async () => {
    const told: Array<DeliverProgress> = []
    await run(upserts(600), { onProgress: (progress) => void told.push(progress) })
    expect(told[0]).toMatchObject({ pending: 0, calls: 0 })
    expect(told.some(({ pending, inFlight }) => pending === 600 && inFlight === 2)).toBe(true)
    expect(told.at(-1)).toMatchObject({ pending: 0, inFlight: 0, calls: 3, ended: { Applied: 600, Deferred: 0 } })
  })

  it('stores what is on its way before it goes', async () => {
    const order: Array<string> = []
    const time = fakeTime()
    const { fetch } = fakeMarketo(marketo(), time)
    await time.passing(
      deliver(upserts(1), {
        credentials,
        now: time.now,
        sleep: time.sleep,
        fetch: (url, init) => {
          order.push('sent')
          return fetch(url, init)
        },
        onState: async (state) => {
          await time.sleep(1, new AbortController().signal)
          order.push(`stored ${Object.keys(state.inFlight).length}`)
        }
      })
    )
    expect(order.slice(0, 5)).toEqual(['stored 1', 'sent', 'stored 1', 'sent', 'stored 0'])
  })
})

describe('what throws', () => {
  const list = upserts(700)
  const boom = (): never => {
    throw new Error('boom')
  }

  it('onOutcomes keeps what it was given, and the delivery stops', async () => {
    const { outcomes, problems, isComplete } = await run(list, { onOutcomes: boom, window: 300 })
    expect(outcomes.length).toBeGreaterThanOrEqual(300)
    expect(new Set(outcomes.map(({ id }) => id)).size).toBe(outcomes.length)
    expect(problems).toMatchObject([{ _tag: 'Malformed', at: ['onOutcomes'] }])
    expect(isComplete).toBe(false)
  })

  it('onState stops before anything is sent', async () => {
    const { outcomes, problems, calls } = await run(list, { onState: () => Promise.reject(new Error('disk full')) })
    expect(calls.all).toBe(0)
    expect(outcomes.map(({ _tag }) => _tag)).toEqual(list.map(() => 'Deferred'))
    expect(problems).toMatchObject([{ at: ['onState'] }])
  })

  it('onProgress is left alone from then on', async () => {
    const { outcomes, problems } = await run(list, { onProgress: boom })
    expect(outcomes.every(({ _tag }) => _tag === 'Applied')).toBe(true)
    expect(problems).toMatchObject([{ at: ['onProgress'] }])
  })

  it('a source ends there: what it gave is delivered', async () => {
    function* broken(): Generator<Item> {
      yield* list.slice(0, 10)
      boom()
    }
    const { outcomes, problems, isComplete } = await run(broken())
    expect(outcomes.map(({ _tag }) => _tag)).toEqual(list.slice(0, 10).map(() => 'Applied'))
    expect(problems).toMatchObject([{ _tag: 'Unreadable', at: ['items'] }])
    expect(isComplete).toBe(false)
  })

  it('a source that cannot even begin is told', async () => {
    const { problems } = await run({ [Symbol.iterator]: boom })
    expect(problems).toMatchObject([{ _tag: 'Unreadable', at: ['items'] }])
  })

  it.each([
    ['without an intent', '{"id":"x"}'],
    ['null', 'null']
  ])('what is no item is left out and told: %s', async (_, text) => {
    const wrong: Item = JSON.parse(text)
    const { outcomes, problems } = await run([...upserts(2), wrong])
    expect(outcomes.map(({ _tag }) => _tag)).toEqual(['Applied', 'Applied'])
    expect(problems).toMatchObject([{ at: ['items'] }])
  })

  it('an intent that is none stops the delivery, and the rest is deferred', async () => {
    const wrong: Item = JSON.parse(JSON.stringify({ ...item('x', visit(7)), intent: { ...visit(7), page: null } }))
    const { outcomes, problems } = await run([...upserts(2), wrong])
    expect(idsOf(outcomes)).toEqual(['i0', 'i1', 'x'])
    expect(problems).toHaveLength(1)
  })
})

describe('stopping', () => {
  it('waits for what is on its way', async () => {
    const stop = new AbortController()
    const { outcomes, server } = await run(upserts(1), {
      signal: stop.signal,
      onProgress: ({ inFlight, calls }) => inFlight === 1 && calls === 2 && stop.abort()
    })
    expect(outcomes.map(({ _tag }) => _tag)).toEqual(['Applied'])
    expect(leadsIn(server.state())).toHaveLength(1)
  })

  it('does not make the calls that wait for room', async () => {
    const stop = new AbortController()
    const visits = Array.from({ length: 50 }, (_, i) => item(`v${i}`, visit(i)))
    const { outcomes, server } = await run(visits, {
      signal: stop.signal,
      concurrency: 2,
      onProgress: ({ calls }) => calls > 0 && stop.abort()
    })
    expect(visitsIn(server.state())).toHaveLength(2)
    expect(outcomes.filter(({ _tag }) => _tag === 'Deferred')).toHaveLength(48)
  })

  it('waits for an answer no longer than its grace', async () => {
    const stop = new AbortController()
    const { outcomes, took } = await run([item('v', visit(1))], {
      signal: stop.signal,
      grace: 300,
      fetch: () => new Promise(() => undefined),
      onProgress: ({ calls }) => calls > 0 && stop.abort()
    })
    expect(outcomes.map(({ _tag }) => _tag)).toEqual(['Unknown'])
    expect(took).toBe(300)
  })

  it('does not wait for a source that gives nothing', async () => {
    const stop = new AbortController()
    const silent: AsyncIterable<Item> = {
      [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => undefined) })
    }
    const { isComplete, took } = await run(silent, {
      signal: stop.signal,
      grace: 300,
      onProgress: () => stop.abort()
    })
    expect(isComplete).toBe(false)
    expect(took).toBe(300)
  })

  it('before the beginning makes no call, and lets its source go', async () => {
    let isLeft = false
    function* all(): Generator<Item> {
      try {
        yield* upserts(10)
      } finally {
        isLeft = true
      }
    }
    const items = all()
    items.next()
    const { calls, outcomes, server } = await run(items, { signal: AbortSignal.abort() })
    expect([calls.all, outcomes.length, callsIn(server.state()).all]).toEqual([0, 0, 0])
    expect(isLeft).toBe(false)
  })

  it('leaves no timer behind', async () => {
    const time = fakeTime()
    const { fetch } = fakeMarketo(marketo(), time)
    await time.passing(deliver(upserts(1), { credentials, fetch, now: time.now, sleep: time.sleep }))
    expect(time.timers()).toBe(0)
  })
})
