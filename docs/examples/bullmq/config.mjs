// @ts-check
/**
 * What the example is told, by environment variables. Each has a default that runs on one machine against the simulator.
 *
 * @module
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Redis } from 'ioredis'
import { isMunchkinId } from 'segment-marketo/marketo'
import { decodeSettings } from 'segment-marketo/v2'

/** @param {string} name @param {number} fallback */
const numberIn = (name, fallback) => Number(process.env[name] ?? fallback)

const settingsFile = process.env.SETTINGS ?? fileURLToPath(new URL('../settings.json', import.meta.url))
const decoded = decodeSettings(JSON.parse(readFileSync(settingsFile, 'utf8')))
if (decoded._tag === 'Left') throw new Error(`${settingsFile}: ${JSON.stringify(decoded.left)}`)

/** How events are mapped. */
export const settings = decoded.right

const munchkinId = settings.munchkinId
if (!isMunchkinId(munchkinId)) throw new Error('no munchkin id')

export const config = {
  munchkinId,
  clientId: process.env.MARKETO_CLIENT_ID ?? 'id',
  clientSecret: process.env.MARKETO_CLIENT_SECRET ?? 'secret',
  /** Where Marketo is; empty for the real one. */
  origin: process.env.MARKETO_ORIGIN ?? 'http://127.0.0.1:8321',
  /** A whole number that producers and workers agree on. */
  partitions: numberIn('PARTITIONS', 4),
  /** Events in a job at most, and how long a job waits for more of them. */
  batch: numberIn('BATCH', 200),
  batchMillis: numberIn('BATCH_MILLIS', 1_000),
  /** A worker that is not heard of for so long is taken for dead. */
  lockMillis: numberIn('LOCK_MILLIS', 30_000),
  /** A call is made within so long of having been stored, or not at all. */
  sendMillis: numberIn('SEND_MILLIS', 2_000),
  /** A call that has no answer after so long is lost. Marketo itself gives up after 90 seconds at the latest. */
  callMillis: numberIn('CALL_MILLIS', 100_000),
  /** All workers of all machines together: Adobe's advice for one integration. See docs/pace.md. */
  budget: {
    callsPerWindow: numberIn('CALLS_PER_WINDOW', 50),
    runningCalls: numberIn('RUNNING_CALLS', 5),
    callsPerDay: numberIn('CALLS_PER_DAY', 50_000),
    shares: { window: 1, running: 1, day: 1 }
  }
}

/** BullMQ's queue of a partition. @param {number} partition */
export const queueName = (partition) => `marketo-${munchkinId}-${partition}`

/** A connection that never gives a command up: it is sent again once Redis is back. */
export const connect = () => {
  const redis = new Redis(process.env.REDIS ?? 'redis://127.0.0.1:6379', {
    maxRetriesPerRequest: null,
    retryStrategy: (n) => Math.min(50 * n, 2_000)
  })
  redis.on('error', ({ message }) => console.error(`Redis: ${message}`))
  return redis
}
