/**
 * The command `segment-marketo`: the one file that touches the process.
 *
 * It is built into one CommonJS file, `dist/cli.cjs`, whose neighbour above is the package's own package.json.
 *
 * @module
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isRecord } from '../../ground/json.js'
import { jsonRefusal, wantsJson } from './json-lines.js'
import { nodeWorld } from './node-world.js'
import { clearLine } from './progress.js'
import { run } from './run.js'
import { writingFailed } from './stream-sink.js'

const ownVersion = (): string => {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(__dirname, '..', 'package.json'), 'utf8'))
    return isRecord(manifest) && typeof manifest.version === 'string' ? manifest.version : 'unknown'
  } catch {
    return 'unknown'
  }
}

/** Where a fault of ours happened, without the message: that may quote what it met. */
const traceOf = (error: unknown): string => {
  if (!(error instanceof Error)) return ''
  if (error.name === writingFailed) return error.message
  const places = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return `a fault of segment-marketo itself; please report it:\n${[error.name, ...places.slice(0, 8)].join('\n')}`
}

/** The code that a shell gives to what Ctrl-C ended. */
const interrupted = 130

let atInterrupt: (() => void) | undefined

// A command that sends is told of the first Ctrl-C, and ends what it began; of any other nothing is waited for.
process.on('SIGINT', () => {
  if (process.stderr.isTTY) process.stderr.write(clearLine)
  const act = atInterrupt
  atInterrupt = undefined
  if (act === undefined) process.exit(interrupted)
  act()
})

const world = nodeWorld(process, ownVersion(), (act) => {
  atInterrupt = act
})

run(process.argv.slice(2), world).then(
  (code) => {
    process.exitCode = code
    // Whoever pressed Ctrl-C waits for no more input; all that there was to say has been written.
    if (code === interrupted) process.exit()
  },
  (error: unknown) => {
    const trace = `${traceOf(error)}\n`
    process.stderr.write(wantsJson(process.argv) ? jsonRefusal(trace) : trace)
    process.exitCode = 2
  }
)
