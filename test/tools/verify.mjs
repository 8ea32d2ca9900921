// @ts-check
/**
 * Runs the gates one after another and closes with one line, `N passed, N failed`: the tests that vitest counted, and
 * one for each other gate. A failing gate does not stop the next: one run tells everything that is wrong.
 *
 *     node test/tools/verify.mjs            every gate
 *     node test/tools/verify.mjs types api  these gates only
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { basename, delimiter, isAbsolute, join } from 'node:path'
import { gates } from './gates.mjs'
import { root } from './project.mjs'

/** @typedef {import('./gates.mjs').Gate} Gate */
/** @typedef {{ readonly passed: number, readonly failed: number, readonly says: string, readonly output: string }} Verdict */

const inCi = Boolean(process.env.CI)

/** @param {string} says @param {string} [output] @returns {Verdict} */
const failure = (says, output = '') => ({ passed: 0, failed: 1, says, output })

/** The command, its exit code and all it printed. @param {Gate} gate @returns {Promise<{ code: number, output: string }>} */
const execute = ({ run: [command = '', ...args] }) =>
  new Promise((resolve) => {
    const PATH = [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter)
    // No colours: the output is read, by us and by a log.
    const env = { ...process.env, PATH, NO_COLOR: '1', FORCE_COLOR: '0' }
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
    /** @type {Array<Buffer>} */
    const chunks = []
    child.stdout.on('data', (chunk) => chunks.push(chunk))
    child.stderr.on('data', (chunk) => chunks.push(chunk))
    const end = (/** @type {number} */ code) => resolve({ code, output: Buffer.concat(chunks).toString('utf8') })
    child.on('error', (error) => {
      chunks.push(Buffer.from(error.message))
      end(127)
    })
    child.on('close', (code) => end(code ?? 1))
  })

/** The counts of the last labelled closing line, such as `unit: 10 passed, 0 failed`. @param {string} output */
const countsIn = (output) => {
  const last = [...output.matchAll(/^\w+: (\d+) passed, (\d+) failed/gm)].at(-1)
  return last === undefined ? undefined : { passed: Number(last[1]), failed: Number(last[2]) }
}

/** @param {Gate} gate @param {{ code: number, output: string }} result @returns {Verdict} */
const judge = (gate, { code, output }) => {
  const own = { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 }
  if (gate.counts !== true) return { ...own, says: code === 0 ? 'passed' : 'FAILED', output }
  const counts = countsIn(output)
  if (counts === undefined) return failure('FAILED without a count', output)
  // A runner may fail without a failing test: a threshold missed, or no test at all.
  const failed = Math.max(counts.failed, own.failed, counts.passed === 0 ? 1 : 0)
  return { passed: counts.passed, failed, says: `${counts.passed} passed, ${failed} failed`, output }
}

/** What is missing, and how to get it: a program is a Debian package of the same name. @param {string} name */
const howToInstall = (name) =>
  isAbsolute(name)
    ? `${name} is not installed (apt-get install ${basename(name)})`
    : `${name} is not installed (npm ci)`

/** @param {Gate} gate @param {ReadonlySet<string>} broken names of gates that failed @returns {Promise<Verdict>} */
const verdictOn = async (gate, broken) => {
  const missing = gate.needs.filter((name) => !existsSync(isAbsolute(name) ? name : join(root, 'node_modules', name)))
  if (missing.length > 0) {
    const says = `not run: ${missing.map(howToInstall).join(', ')}`
    return inCi ? failure(`FAILED, ${says}`) : { passed: 0, failed: 0, says, output: '' }
  }
  if (gate.after !== undefined && broken.has(gate.after)) return failure(`FAILED, not run: ${gate.after} failed`)
  return judge(gate, await execute(gate))
}

/** @param {Gate} gate @param {Verdict} verdict @param {number} seconds */
const report = (gate, verdict, seconds) => {
  console.log(`${gate.name.padEnd(12)} ${verdict.says.padEnd(24)} ${seconds.toFixed(1).padStart(6)} s   ${gate.says}`)
  const lines = verdict.output.split('\n')
  const shown = verdict.failed > 0 ? lines : lines.filter((line) => line.startsWith('note: '))
  for (const line of shown) if (line.trim() !== '') console.log(`  | ${line}`)
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !gates.some((gate) => gate.name === name))
const chosen = gates.filter((gate) => (wanted.length === 0 ? gate.onDemand !== true : wanted.includes(gate.name)))

const total = { passed: 0, failed: unknown.length }
for (const name of unknown) console.log(`${name}: there is no such gate`)

/** @type {Set<string>} */
const broken = new Set()
for (const gate of chosen) {
  const start = performance.now()
  const verdict = await verdictOn(gate, broken)
  report(gate, verdict, (performance.now() - start) / 1000)
  total.passed += verdict.passed
  total.failed += verdict.failed
  if (verdict.failed > 0) broken.add(gate.name)
}

console.log(`${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0
