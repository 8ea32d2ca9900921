/**
 * A Marketo that a source reads in fake time: leads, activities and lists, and files that come in pieces and may break off.
 */
import type { ByteStream, FetchLike, Received } from '../../src/adapters/fetch/runtime.js'
import type { SyncConfig } from '../../src/adapters/fetch/sync-config.js'
import { syncSource } from '../../src/adapters/fetch/sync-source.js'
import type { Problem } from '../../src/ground/problem.js'
import { activityLogged, leadAdded } from '../../src/simulator/happened.js'
import type { SimulatorOptions } from '../../src/simulator/options.js'
import { logIn } from '../../src/simulator/reading.js'
import { startSimulator } from '../../src/simulator/start.js'
import type { SimulatorState } from '../../src/simulator/state.js'
import type { SourceRow } from '../../src/source/collection.js'
import { decodeSourceSettings } from '../../src/source/decode-settings.js'
import type { SourceSettings } from '../../src/source/settings.js'
import type { SyncOptions } from '../../src/source/sync/options.js'
import { type SourceSync, startSync } from '../../src/source/sync/state.js'
import { fakeMarketo, fakeTime } from './fake-marketo.js'

export const munchkinId = '561-HYG-937'

export const client = { clientId: 'client', clientSecret: 'tiptop' }

/** 2024-04-01, and 2024-05-03T10:00:00Z. */
export const since = 1_711_929_600_000
export const begin = 1_714_730_400_000

export const settings: SourceSettings = (() => {
  const read = decodeSourceSettings({
    munchkinId,
    activityTypeIds: '6, 11',
    collections: 'leads, lead_activities, lead_activity_attributes, lists'
  })
  if (read._tag === 'Left') throw new Error('no settings')
  return read.right
})()

/** So many leads with names of every script, three activities each, and lists. */
export const marketo = (leads: number, options: Partial<SimulatorOptions> = {}): SimulatorState => {
  let state = startSimulator({ munchkinId, ...client, ...options })
  for (let n = 0; n < leads; n += 1) {
    const at = since + 1_800_000 * n
    state = leadAdded(
      state,
      { fields: { email: `p${n}@corp.test`, firstName: ['Ana', '"J, ö"', '日本\n𠮷'][n % 3] ?? '' } },
      at
    )
    for (const i of [0, 1, 2]) {
      const activity = {
        leadId: n + 1,
        activityTypeId: i === 0 ? 11 : 6,
        activityDate: new Date(at + 60_000 * i).toISOString().replace('.000', ''),
        marketoGUID: `g${n}.${i}`,
        primaryAttributeValue: `„Brief“ ${i}`,
        attributes: [{ name: 'Link', value: `https://www.example.com/${n}` }]
      }
      state = activityLogged(state, activity, at + 60_000 * i)
    }
  }
  return state
}

export const lists = [1, 2, 3].map((id) => ({ id, name: `List ${id}` }))

/** How files come: so many bytes at a time, and broken off behind so many (once for each of these numbers). */
export interface Streaming {
  readonly chunkBytes?: number
  readonly breaks?: ReadonlyArray<number>
  /** Called before each piece. */
  readonly between?: () => Promise<void>
}

/** A `fetch` whose files are streams. */
export const streaming = (fetch: FetchLike, { chunkBytes = 1_000, breaks = [], between }: Streaming): FetchLike => {
  const left = [...breaks]
  return async (url, init) => {
    const received = await fetch(url, init)
    if (!url.includes('/file.json') || received.status >= 300) return received
    const whole = await received.text()
    const bytes = Buffer.from(whole)
    const isFile = received.status < 300 && !whole.startsWith('{')
    const end = left.shift() ?? Number.POSITIVE_INFINITY
    let at = 0
    const body: ByteStream = {
      getReader: () => ({
        read: async () => {
          await between?.()
          if (init.signal.aborted || (at >= end && at < bytes.length)) throw new Error('cut off')
          if (at >= bytes.length) return { done: true }
          const value = bytes.subarray(at, Math.min(at + chunkBytes, end))
          at += value.length
          return { done: false, value }
        }
      })
    }
    const text = (): Promise<string> => (isFile ? Promise.reject(new Error('not a stream')) : Promise.resolve(whole))
    const streamed: Received = { ...received, body, text }
    return streamed
  }
}

const mark = '\ufeff'

/** A `fetch` whose files begin with a byte order mark, which counts among their bytes. */
export const marking =
  (fetch: FetchLike): FetchLike =>
  async (url, init) => {
    const { range } = init.headers
    const from = Number(/\d+/.exec(range ?? '')?.[0] ?? 0)
    const headers = range === undefined ? init.headers : { ...init.headers, range: `bytes=${from - 3}-` }
    const received = await fetch(url, { ...init, headers })
    const text = await received.text()
    const larger = text.replace(/"fileSize":(\d+)/, (_, bytes: string) => `"fileSize":${Number(bytes) + 3}`)
    const isWhole = url.includes('/file.json') && range === undefined && received.status === 200
    return { ...received, text: () => Promise.resolve(isWhole ? mark + text : larger) }
  }

/** What a service would keep: the rows that it stored, and the last state. */
export interface Kept {
  readonly rows: Array<SourceRow>
  readonly states: Array<SourceSync>
  /** What was said of records and files. */
  readonly said: Array<Problem>
}

export interface Setting {
  readonly sync?: SourceSync
  readonly options?: Partial<SyncOptions>
  readonly settings?: SourceSettings
  readonly stream?: Streaming
  readonly time?: ReturnType<typeof fakeTime>
  readonly latency?: () => number
  /** What stands between a driver and the simulator. */
  readonly between?: (fetch: FetchLike) => FetchLike
}

/** Reads a simulated Marketo in fake time. */
export const reading = async (world: SimulatorState, config: Partial<SyncConfig> = {}, setting: Setting = {}) => {
  const time = setting.time ?? fakeTime(begin)
  const server = fakeMarketo(world, time, setting.latency)
  const asked = setting.between?.(server.fetch) ?? server.fetch
  const kept: Kept = { rows: [], states: [], said: [] }
  const sync = setting.sync ?? startSync(setting.settings ?? settings, since, setting.options)
  const begun = time.now()
  const ended = await time.passing(
    syncSource(sync, {
      credentials: client,
      fetch: setting.stream === undefined ? asked : streaming(asked, setting.stream),
      now: time.now,
      sleep: time.sleep,
      onRows: (rows, { problems }) => {
        for (const row of rows) kept.rows.push(row)
        kept.said.push(...problems)
      },
      onState: (state) => {
        kept.states.push(state)
      },
      ...config
    })
  )
  return { ...ended, ...kept, server, time, took: time.now() - begun }
}

/** The ids of a collection's rows, each once. */
export const idsIn = (rows: ReadonlyArray<SourceRow>, collection: string): ReadonlyArray<string> =>
  [...new Set(rows.flatMap((one) => (one.collection === collection ? [String(one.row.id)] : [])))].sort()

/** The activities that a source of these settings should know, by GUID. */
export const loggedIn = (world: SimulatorState): ReadonlyArray<string> =>
  logIn(world)
    .filter(({ activityTypeId }) => settings.activityTypeIds.includes(activityTypeId))
    .map(({ marketoGUID }) => marketoGUID)
    .sort()
