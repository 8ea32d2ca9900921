/**
 * The soak as a command: `npm run soak -- [seconds] [events] [--any-growth]`; it exits with 1 on a breach.
 */
import { soak } from './soak.js'

const numbers = process.argv.slice(2).filter((word) => /^\d+$/.test(word))
const [seconds = 60, events = 1_000_000] = numbers.map(Number)

const heap = (): number | null => {
  if (typeof globalThis.gc !== 'function') return null
  globalThis.gc()
  return process.memoryUsage().heapUsed
}

const report = soak({
  seconds,
  events,
  seed: 1,
  window: 500,
  windowsPerEpoch: 20,
  faults: 0.01,
  bytesPerEvent: process.argv.includes('--any-growth') ? null : 20,
  remember: 300,
  clock: () => performance.now(),
  heap,
  print: (line) => process.stdout.write(`${line}\n`)
})

const { growth, ends, breaches } = report
process.stdout.write(
  `outcomes: ${JSON.stringify(ends)}\nthe state of a delivery grows by ${Math.round(growth)} bytes an event\n`
)
for (const breach of breaches.slice(0, 20)) process.stdout.write(`BREACH: ${breach}\n`)
process.stdout.write(
  breaches.length === 0
    ? `soak: nothing lost, nothing doubled in ${report.events} events\n`
    : `soak: ${breaches.length} breaches\n`
)
process.exitCode = breaches.length === 0 ? 0 : 1
