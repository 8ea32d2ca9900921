import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { timeoutMillis } from '../../src/adapters/fetch/send-call.js'
import type { SyncProgress } from '../../src/adapters/fetch/sync-config.js'
import { syncSource } from '../../src/adapters/fetch/sync-source.js'
import { startSimulatorServer } from '../../src/adapters/simulator-server/server.js'
import { faultKinds } from '../../src/simulator/options.js'
import { leadsIn } from '../../src/simulator/reading.js'
import type { SimulatorState } from '../../src/simulator/state.js'
import type { SourceRow } from '../../src/source/collection.js'
import { type SourceSync, startSync } from '../../src/source/sync/state.js'
import { fakeTime } from './fake-marketo.js'
import {
  begin,
  client,
  idsIn,
  lists,
  loggedIn,
  marketo,
  marking,
  munchkinId,
  reading,
  settings,
  since
} from './source-marketo.js'

const expectAll = (rows: ReadonlyArray<SourceRow>, world: SimulatorState): void => {
  expect(idsIn(rows, 'leads')).toEqual(
    leadsIn(world)
      .map(({ id }) => String(id))
      .sort()
  )
  expect(idsIn(rows, 'lead_activities')).toEqual(loggedIn(world))
  expect(idsIn(rows, 'lists')).toEqual(['1', '2', '3'])
}

const small = marketo(40, { lists })
const stored = (state: SourceSync): SourceSync => JSON.parse(JSON.stringify(state))

/** Bytes of a file's first thousand or so. */
const breaks = fc.array(fc.integer({ min: 0, max: 8_000 }), { maxLength: 4 })
const chunkBytes = fc.integer({ min: 1, max: 3_000 })
/** All but the end of the day, which is waited for. */
const kind = fc.constantFrom(...faultKinds.filter((one) => one !== '607' && one !== 'skip-record'))
const faults = fc.array(fc.record({ at: fc.record({ call: fc.integer({ min: 1, max: 20 }) }), kind }), { maxLength: 4 })

describe('laws', () => {
  it('W2 over fetch, under any faults, and files that break off anywhere, every record ends as a row', async () => {
    await fc.assert(
      fc.asyncProperty(chunkBytes, breaks, faults, async (bytes, cuts, list) => {
        const world = marketo(20, { lists, faults: list })
        const ran = await reading(world, {}, { stream: { chunkBytes: bytes, breaks: cuts } })
        expect([ran.isSynced, ran.problems]).toEqual([true, []])
        expectAll(ran.rows, world)
      }),
      { numRuns: 25 }
    )
  })

  it('W2 D8 killed after any stored state, another driver reads the rest: rows were stored before the state', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 60 }), chunkBytes, async (kill, bytes) => {
        const kept: Array<SourceRow> = []
        let state: SourceSync | undefined
        let left = kill
        const onRows = (rows: ReadonlyArray<SourceRow>): void => {
          if (left > 0) kept.push(...rows)
        }
        const onState = (given: SourceSync): void => {
          left -= 1
          if (left >= 0) state = stored(given)
          if (left < 0) throw new Error('killed')
        }
        const first = await reading(small, { onRows, onState }, { stream: { chunkBytes: bytes } })
        const second = await reading(
          first.server.state(),
          {},
          {
            stream: { chunkBytes: bytes },
            time: first.time,
            ...(state === undefined ? {} : { sync: state })
          }
        )
        expect(second.isSynced).toBe(true)
        expectAll([...kept, ...second.rows], small)
      }),
      { numRuns: 25 }
    )
  })

  it('S3 neither token nor secret is in a state, a row, a progress or a problem', async () => {
    const seen: Array<unknown> = []
    const ran = await reading(small, {
      onProgress: (progress) => {
        seen.push(progress)
      }
    })
    expect(ran.server.sent.some(({ url }) => url.includes('client_secret=tiptop'))).toBe(true)
    const tokens = ran.server.sent.flatMap(({ init }) => init.headers.Authorization?.slice('Bearer '.length) ?? [])
    expect(tokens.length).toBeGreaterThan(0)
    const text = JSON.stringify([seen, ran.states, ran.state, ran.rows, ran.problems])
    for (const secret of new Set(['tiptop', ...tokens])) expect(text.includes(secret)).toBe(false)
  })
})

describe('rows and states', () => {
  it('are handed over in turn: no state holds rows, and none is stored before its rows were taken', async () => {
    const told: Array<string> = []
    const ran = await reading(small, {
      onRows: async (rows) => {
        told.push(`rows ${rows.length}`)
        await Promise.resolve()
        told.push('stored')
      },
      onState: (state) => {
        expect(state.rows).toEqual([])
        told.push('state')
      }
    })
    expect(ran.isSynced).toBe(true)
    told.forEach((one, i) => {
      if (one.startsWith('rows')) expect(told[i + 1]).toBe('stored')
    })
    expect(told.filter((one) => one === 'state').length).toBeGreaterThan(5)
    expect(told.at(-1)).toBe('state')
  })

  it('an onRows that throws stops the sync, and its rows stand in the state: going on gives them', async () => {
    let times = 0
    const rows: Array<SourceRow> = []
    const ran = await reading(small, {
      onRows: (taken) => {
        times += 1
        if (times === 3) throw new Error('the warehouse is down: secret')
        rows.push(...taken)
      }
    })
    expect([ran.isSynced, times]).toEqual([false, 3])
    expect(ran.problems).toEqual([expect.objectContaining({ at: ['onRows'], weight: 'invalid' })])
    expect(JSON.stringify(ran.problems)).not.toContain('secret')
    expect(ran.state.rows.length).toBeGreaterThan(0)
    const again = await reading(ran.server.state(), {}, { sync: stored(ran.state), time: ran.time })
    expect(again.isSynced).toBe(true)
    expectAll([...rows, ...again.rows], small)
  })

  it('an onProgress that throws costs nothing but itself', async () => {
    const ran = await reading(small, {
      onProgress: () => {
        throw new Error('no terminal')
      }
    })
    expect([ran.isSynced, ran.problems.map(({ at }) => at)]).toEqual([true, [['onProgress']]])
  })

  it('tells how far it has got', async () => {
    const told: Array<SyncProgress> = []
    const ran = await reading(small, { onProgress: (progress) => void told.push(progress) })
    const last = told.at(-1)
    expect(last?.collections).toEqual({ read: 4, all: 4 })
    expect(last?.rows).toMatchObject({ leads: 40, lists: 3 })
    expect([last?.calls, last?.inFlight, last?.jobs]).toEqual([ran.calls.all, 0, 0])
    expect(Math.max(...told.map(({ jobs }) => jobs))).toBe(4)
    expect(told.some(({ waitsUntil }) => waitsUntil !== null && waitsUntil > begin)).toBe(true)
    expect(Math.min(...told.map(({ collections }) => collections.read))).toBe(0)
  })
})

describe('files', () => {
  it('that break off are asked for by Range, from behind the last whole row', async () => {
    const ran = await reading(small, {}, { stream: { chunkBytes: 700, breaks: [1_500, 0] } })
    const ranges = ran.server.sent.flatMap(({ init }) => init.headers.range ?? [])
    expect(ranges.length).toBe(1)
    expect(Number(/^bytes=(\d+)-$/.exec(ranges[0] ?? '')?.[1])).toBeGreaterThan(1_000)
    expectAll(ran.rows, small)
    // Nothing was read twice but what the break cut.
    expect(ran.rows.filter(({ collection }) => collection === 'lead_activities')).toHaveLength(120)
  })

  it('that begin with a byte order mark are gone on with at the right byte', async () => {
    const setting = { between: marking, stream: { chunkBytes: 700, breaks: [1_500] } }
    const ran = await reading(small, {}, setting)
    expect(ran.server.sent.filter(({ init }) => init.headers.range !== undefined)).toHaveLength(1)
    expectAll(ran.rows, small)
    expect(ran.rows.filter(({ collection }) => collection === 'lead_activities')).toHaveLength(120)
    expect(ran.said.filter(({ weight }) => weight === 'invalid')).toEqual([])
    expect(ran.calls.byEndpoint.exportActivitiesEnqueue).toBe(2)
  })

  it('that take long are waited for as long as something comes, and not when nothing does', async () => {
    const time = fakeTime(begin)
    const patience = timeoutMillis({ endpoint: 'exportLeadsFile' })
    const wait = (millis: number) => () => time.sleep(millis, new AbortController().signal)
    const slow = await reading(small, {}, { time, stream: { chunkBytes: 500, between: wait(patience - 1_000) } })
    expect(slow.server.sent.some(({ init }) => init.headers.range !== undefined)).toBe(false)
    expect(slow.calls.byEndpoint.exportLeadsFile).toBe(1)
    expectAll(slow.rows, small)
    const silent = fakeTime(begin)
    let pieces = 0
    const between = (): Promise<void> => {
      pieces += 1
      return pieces === 3 ? silent.sleep(10 * patience, new AbortController().signal) : Promise.resolve()
    }
    const ran = await reading(small, {}, { time: silent, stream: { chunkBytes: 500, between } })
    const { exportLeadsFile = 0, exportActivitiesFile = 0 } = ran.calls.byEndpoint
    expect(exportLeadsFile + exportActivitiesFile).toBe(3)
    expectAll(ran.rows, small)
  })

  it('wait for a warehouse that is slow', async () => {
    const time = fakeTime(begin)
    const many = marketo(300, { lists })
    const rows: Array<SourceRow> = []
    const onRows = async (taken: ReadonlyArray<SourceRow>): Promise<void> => {
      await time.sleep(600_000, new AbortController().signal)
      rows.push(...taken)
    }
    const ran = await reading(many, { onRows }, { time, stream: { chunkBytes: 64_000 } })
    expect(ran.server.sent.some(({ init }) => init.headers.range !== undefined)).toBe(false)
    expectAll(rows, many)
  })

  it('left in the middle by a stop are gone on with', async () => {
    const stop = new AbortController()
    const time = fakeTime(begin)
    let pieces = 0
    let stoppedAt = 0
    const between = (): Promise<void> => {
      pieces += 1
      if (pieces === 4) stoppedAt = time.now()
      if (pieces === 4) stop.abort()
      return Promise.resolve()
    }
    // Large enough to be handed on in several parts.
    const many = marketo(900, { lists })
    const first = await reading(many, { signal: stop.signal }, { time, stream: { chunkBytes: 100_000, between } })
    expect([first.isSynced, first.problems]).toEqual([false, []])
    // It is left at once, and not after the patience with calls on their way.
    expect(time.now() - stoppedAt).toBeLessThan(1_000)
    const second = await reading(first.server.state(), {}, { sync: stored(first.state), time: first.time })
    expect(second.isSynced).toBe(true)
    expectAll([...first.rows, ...second.rows], many)
  })

  it('in whose place Marketo tells an error are read as an answer', async () => {
    const world = marketo(20, {
      lists,
      faults: [{ at: { call: 1 }, kind: 'expired-token', endpoint: 'exportLeadsFile' }]
    })
    const ran = await reading(world, {}, { stream: {} })
    expect(ran.isSynced).toBe(true)
    expect(ran.calls.byEndpoint.identityToken).toBe(2)
    expectAll(ran.rows, world)
  })
})

describe('an end', () => {
  it('comes with credentials that are refused, and the next beginning with others goes on', async () => {
    const ran = await reading(small, { credentials: { clientId: 'client', clientSecret: 'wrong' } })
    expect([ran.isSynced, ran.wakeAt, ran.problems.map(({ at }) => at)]).toEqual([false, null, [['credentials']]])
    expect(ran.took).toBeLessThan(600_000)
  })

  it('comes when it would wait too long, and says until when', async () => {
    const ran = await reading(small, { patience: 1_000 })
    expect([ran.isSynced, ran.problems]).toEqual([false, []])
    expect(ran.wakeAt).toBeGreaterThan(ran.time.now() + 1_000)
    const again = await reading(ran.server.state(), {}, { sync: stored(ran.state), time: ran.time })
    expectAll([...ran.rows, ...again.rows], small)
  })

  it('comes at once where the next run is not due, and not at all with once: false', async () => {
    const first = await reading(small)
    const second = await reading(first.server.state(), {}, { sync: first.state, time: first.time })
    expect([second.isSynced, second.calls.all, second.wakeAt]).toEqual([true, 0, first.state.run.nextAt])
    const stop = new AbortController()
    const third = await reading(
      second.server.state(),
      {
        once: false,
        signal: stop.signal,
        onProgress: () => {
          if (first.time.now() > begin + 30 * 3_600_000) stop.abort()
        }
      },
      { sync: second.state, time: first.time }
    )
    expect(third.calls.byEndpoint.getLists).toBe(9)
  })

  it('comes with a state that is none', async () => {
    const broken = { ...startSync(settings, since), walks: { lists: JSON.parse('null') } }
    const ran = await syncSource(broken, { credentials: client, onRows: () => undefined }).catch(() => 'refused')
    expect(ran).toMatchObject({ isSynced: false, problems: [{ at: ['state'] }] })
  })
})

it('reads over HTTP, page by page', async () => {
  const world = marketo(20, { lists })
  const server = await startSimulatorServer({ munchkinId, ...client }, { state: world, now: () => begin })
  const rows: Array<SourceRow> = []
  const ran = await syncSource(startSync(settings, since, { backfill: 'pages' }), {
    credentials: client,
    origin: () => server.origin,
    onRows: (taken) => {
      rows.push(...taken)
    }
  })
  await server.close()
  expect([ran.isSynced, ran.problems]).toEqual([true, []])
  expectAll(rows, world)
})
