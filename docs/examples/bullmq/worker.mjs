// @ts-check
/**
 * A worker. Run as many as you like, on as many machines: `node worker.mjs`.
 *
 * Each partition has a queue of its own, of which one job runs at a time, whoever runs it (BullMQ's global concurrency). A job that was
 * interrupted goes back to the front. So the events of a partition are taken in the order in which they came.
 *
 * @module
 */
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Queue, WaitingError, Worker } from 'bullmq'
import { config, connect, queueName } from './config.mjs'
import { Lost, workOff } from './partition.mjs'
import { newSend } from './send.mjs'
import { openStore } from './store.mjs'

const name = process.env.WORKER ?? randomUUID()
const connection = connect()
const store = openStore(connection, config.munchkinId)
const send = newSend(store, name)
let stopping = false

/** Broken connections and locks that ran out: both mend themselves. @param {Error} error */
const remark = ({ message }) => console.error(`${name}: ${message}`)

/** @type {Set<Promise<void>>} */
const underWay = new Set()

/** @param {number} partition @param {import('bullmq').Job} job @param {string} token */
const carryOut = async (partition, job, token) => {
  // Fails where the job is no longer ours.
  await job.extendLock(token, config.lockMillis)
  const work = {
    partition,
    events: job.data.events,
    owner: `${name} ${token}`,
    store,
    send,
    isStopping: () => stopping
  }
  const isDone = await workOff(work).catch((error) => {
    if (error instanceof Lost) return false
    throw error
  })
  if (isDone) return
  // Back to the front of the queue, for whoever comes next.
  await job.moveToWait(token).catch(() => {})
  throw new WaitingError()
}

/** @param {number} partition */
const startWorker = async (partition) => {
  const queue = new Queue(queueName(partition), { connection })
  queue.on('error', remark)
  await queue.setGlobalConcurrency(1)
  const worker = new Worker(
    queueName(partition),
    (job, token = '') => {
      const work = carryOut(partition, job, token)
      underWay.add(work)
      work.catch(() => {}).finally(() => underWay.delete(work))
      return work
    },
    {
      connection,
      lockDuration: config.lockMillis,
      stalledInterval: config.lockMillis,
      // A job is not to blame for the workers that died under it.
      maxStalledCount: Number.MAX_SAFE_INTEGER,
      removeOnComplete: { count: 100 },
      removeOnFail: { count: 10_000 },
      // A fetch that failed with its connection is tried again soon, and not after 15 seconds.
      runRetryDelay: 500,
      drainDelay: 1
    }
  )
  worker.on('failed', (job, error) =>
    remark(new Error(`job ${job?.id} of partition ${partition} failed: ${error.message}`))
  )
  worker.on('error', remark)
  return worker
}

const workers = await Promise.all(Array.from({ length: config.partitions }, (_, partition) => startWorker(partition)))
console.log(`worker ${name}: ${config.partitions} partitions`)

const stop = async () => {
  if (stopping) return
  stopping = true
  const closed = Promise.all(workers.map((worker) => worker.close()))
  // Calls on their way are answered, and that is stored. What else there is stands in Redis: another worker goes on with it.
  await Promise.allSettled(underWay)
  await Promise.race([closed, sleep(1_000)])
  process.exit(0)
}
process.on('SIGTERM', stop)
process.on('SIGINT', stop)
