/**
 * So many inputs for each target, by chance from a seed: the driver that runs anywhere.
 *
 *     npm run fuzz                              20,000 inputs for each target
 *     npm run fuzz -- --inputs 10000000         ten million, shared out among the targets
 *     npm run fuzz -- --target cookie --seed 7
 *
 * @module
 */
import { parseArgs } from 'node:util'
import * as fc from 'fast-check'
import { corpusOf } from './corpus.js'
import { type Fault, faultOf } from './held.js'
import { inputsFor } from './mutate.js'
import type { Target } from './target.js'
import { targets } from './targets/index.js'

const { values: asked } = parseArgs({
  options: {
    inputs: { type: 'string' },
    target: { type: 'string', multiple: true },
    seed: { type: 'string' },
    corpus: { type: 'string' }
  }
})

const chosen = targets.filter(({ name }) => asked.target === undefined || asked.target.includes(name))
const each = asked.inputs === undefined ? 20_000 : Math.ceil(Number(asked.inputs) / Math.max(chosen.length, 1))
const seed = asked.seed === undefined ? Date.now() % 2 ** 31 : Number(asked.seed)

/** A fault with the smallest input that shows it. */
interface Found {
  readonly input: unknown
  readonly fault: Fault
  readonly tried: number
}

const tryTarget = (target: Target): Found | undefined => {
  const inputs = inputsFor(target, corpusOf(target, asked.corpus ?? 'test/fuzz/corpus'))
  let last: Fault | undefined
  const { failed, counterexample, numRuns } = fc.check(
    fc.property(inputs, (input) => {
      const fault = faultOf(target, input)
      if (fault !== undefined) last = fault
      return fault === undefined
    }),
    { numRuns: each, seed, interruptAfterTimeLimit: 86_400_000 }
  )
  if (!failed || counterexample === null || last === undefined) return undefined
  const [input] = counterexample
  return { input, fault: last, tried: numRuns }
}

process.stdout.write(`${each} inputs for each of ${chosen.length} targets, seed ${seed}\n`)
for (const target of chosen) {
  const begun = Date.now()
  const found = tryTarget(target)
  const took = `${((Date.now() - begun) / 1000).toFixed(1)} s`
  if (found === undefined) process.stdout.write(`${target.name.padEnd(20)} holds   ${took}\n`)
  else {
    process.exitCode = 1
    const { what, says } = found.fault
    process.stdout.write(
      `${target.name.padEnd(20)} ${what}   after ${found.tried}\n${says}\n${JSON.stringify(found.input)?.slice(0, 2_000)}\n`
    )
  }
}
if (chosen.length === 0) process.exitCode = 2
