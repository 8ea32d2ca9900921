// @ts-check
/**
 * The producer: events, one a line, into jobs by partition: `node produce.mjs events.ndjson`, or from standard input.
 *
 *     line ──▶ event ──partitionKey, partitionOf──▶ its partition's batch ──full, or waited long enough──▶ a job
 *
 * A line that was read twice does no harm: an event that has its verdict, or is on its way, is not delivered again.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { Queue } from 'bullmq'
import { partitionKey, partitionOf } from 'segment-marketo/segment'
import { config, connect, queueName } from './config.mjs'

const connection = connect()
const queues = Array.from({ length: config.partitions }, (_, n) => new Queue(queueName(n), { connection }))
for (const queue of queues) {
  queue.on('error', ({ message }) => console.error(message))
  await queue.setGlobalConcurrency(1)
}

/** @type {ReadonlyArray<Array<{ id: string, event: unknown }>>} */
const batches = queues.map(() => [])
let [since, count, jobs] = [Date.now(), 0, 0]

/** @param {number} partition */
const flush = async (partition) => {
  const events = batches[partition]?.splice(0) ?? []
  if (events.length === 0) return
  await queues[partition]?.add('events', { events })
  jobs += 1
}

const flushAll = async () => {
  for (const partition of batches.keys()) await flush(partition)
  since = Date.now()
}

/** @param {string} line @returns {unknown} */
const parsed = (line) => {
  try {
    return JSON.parse(line)
  } catch {
    // The mapping refuses a text, and the line ends as a dead letter.
    return line
  }
}

/** An id that the same line has every time. @param {unknown} event @param {string} line */
const idOf = (event, line) =>
  typeof event === 'object' && event !== null && 'messageId' in event && typeof event.messageId === 'string'
    ? event.messageId
    : createHash('sha256').update(line).digest('hex')

const [file] = process.argv.slice(2)
const lines = createInterface({
  input: file === undefined ? process.stdin : createReadStream(file),
  crlfDelay: Infinity
})
for await (const line of lines) {
  if (line.trim() === '') continue
  const event = parsed(line)
  const id = idOf(event, line)
  // Who is nobody has no order to keep and goes anywhere.
  const partition = partitionOf(partitionKey(event) ?? id, config.partitions)
  batches[partition]?.push({ id, event })
  count += 1
  if ((batches[partition]?.length ?? 0) >= config.batch) await flush(partition)
  if (Date.now() - since >= config.batchMillis) await flushAll()
}
await flushAll()
console.log(`${count} events in ${jobs} jobs`)
await Promise.all(queues.map((queue) => queue.close()))
connection.disconnect()
