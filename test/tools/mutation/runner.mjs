// @ts-check
/**
 * Runs the tests of one script inside Stryker's process, as often as there are mutants. First come those that have caught many of a source's
 * mutants for the time they take: neighbours mostly fall to the same few.
 *
 * A mutant that is hit while the script loads, be it once, is switched on before the script is evaluated anew, and meets every test.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import vm from 'node:vm'
import { commonTokens, declareClassPlugin, declareValuePlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin'
import { determineHitLimitReached, toMutantRunResult } from '@stryker-mutator/api/test-runner'
import { bundled } from './bundle.mjs'
import { harness, lawsIn } from './harness.mjs'

/** @typedef {import('@stryker-mutator/api/test-runner').DryRunResult} DryRunResult */
/** @typedef {import('@stryker-mutator/api/test-runner').TestResult} TestResult */

/** Names of Stryker's own; its instrumented code reads and writes them. */
const stryker = () => {
  const space = Reflect.get(globalThis, '__stryker__') ?? {}
  Reflect.set(globalThis, '__stryker__', space)
  return space
}

/**
 * @param {string} failureMessage
 * @returns {DryRunResult}
 */
const failed = (failureMessage) => ({
  status: /** @type {any} */ ('complete'),
  tests: [{ id: 'loading', name: 'loading', timeSpentMs: 0, status: 1, failureMessage }]
})

class RoomTestRunner {
  static inject = tokens(commonTokens.options)

  /** @type {vm.Script | undefined} */
  #script
  /** @type {ReadonlyArray<import('./harness.mjs').Told>} */
  #tests = []
  /** @type {Record<string, number>} how long each test took, so that the quick ones come first */
  #took = {}
  /** @type {Map<string, number>} how many mutants each test has caught */
  #caught = new Map()
  /** @type {string | undefined} */
  #loadedWith
  #times = join(process.cwd(), '.mutation-times.json')
  #require = createRequire(import.meta.url)
  /** What the script's own `require` gives. */
  #given = (/** @type {string} */ name) => this.#require(name)
  /** @type {unknown} */
  #expect

  /** @param {import('@stryker-mutator/api/core').StrykerOptions} options */
  constructor(options) {
    this.settings = /** @type {{ tests: ReadonlyArray<string>, runs: number, seed: number, laws: boolean }} */ (
      /** @type {any} */ (options).room
    )
  }

  capabilities() {
    return { reloadEnvironment: true }
  }

  async init() {
    const folder = process.cwd()
    this.#require = createRequire(join(folder, 'package.json'))
    this.#expect = (await import('vitest')).expect
    const path = await bundled(folder, this.settings.tests)
    this.#script = new vm.Script(`(function (require, __harness) {${readFileSync(path, 'utf8')}\n})`, {
      filename: path
    })
    const require = this.#require
    const fc = require('fast-check')
    const { runs: numRuns, seed } = this.settings
    // The first failure is as good as the smallest: nobody reads it.
    fc.configureGlobal({ numRuns, seed, endOnFailure: true })
    // A law that asks for many runs of its own gets its examples, which come first, and no more than a few times the others' runs.
    const assert = (/** @type {any} */ law, /** @type {any} */ own = {}) => {
      const most = 3 * numRuns + (own.examples?.length ?? 0)
      return fc.assert(law, { ...own, numRuns: Math.min(own.numRuns ?? numRuns, most) })
    }
    this.#given = (/** @type {string} */ name) => (name === 'fast-check' ? { ...fc, assert } : require(name))
    if (existsSync(this.#times)) this.#took = JSON.parse(readFileSync(this.#times, 'utf8'))
  }

  /**
   * Evaluates the script, with a mutant switched on or with none, unless it stands loaded so.
   *
   * @param {string | undefined} mutant
   */
  #load(mutant) {
    if (this.#tests.length > 0 && mutant === undefined && this.#loadedWith === undefined) return
    const space = stryker()
    space.activeMutant = mutant
    space.hitLimit = undefined
    space.currentTestId = undefined
    const { given, tests } = harness(this.#expect)
    this.#script?.runInThisContext()(this.#given, given)
    this.#tests = this.settings.laws ? tests.filter(({ id }) => lawsIn(id).length > 0) : tests
    this.#loadedWith = mutant
  }

  /** What a catch by this test would take; one that has caught none yet is thought to catch little. @param {{ id: string }} test */
  #priceOf({ id }) {
    return (this.#took[id] ?? 0) / (0.02 + (this.#caught.get(id) ?? 0))
  }

  /**
   * @param {ReadonlyArray<import('./harness.mjs').Told>} tests
   * @param {boolean} bail
   * @returns {Promise<DryRunResult>}
   */
  async #run(tests, bail) {
    const space = stryker()
    /** @type {Array<TestResult>} */
    const results = []
    /** @type {Set<string>} laws that have failed: what else tries them would add nothing */
    const broken = new Set()
    for (const test of tests) {
      const laws = this.settings.laws ? lawsIn(test.id) : []
      if (laws.length > 0 && laws.every((law) => broken.has(law))) continue
      space.currentTestId = test.id
      const began = performance.now()
      /** @type {string | undefined} */
      let failure
      try {
        await test.run()
      } catch (error) {
        failure = error instanceof Error ? error.message.slice(0, 500) : String(error)
      }
      const timeSpentMs = performance.now() - began
      const told = { id: test.id, name: test.name, fileName: join(process.cwd(), test.file), timeSpentMs }
      results.push(failure === undefined ? { ...told, status: 0 } : { ...told, status: 1, failureMessage: failure })
      const hit = determineHitLimitReached(space.hitCount, space.hitLimit)
      if (hit !== undefined) return hit
      if (failure === undefined) continue
      for (const law of laws) broken.add(law)
      this.#caught.set(test.id, (this.#caught.get(test.id) ?? 0) + 1)
      if (bail) break
    }
    space.currentTestId = undefined
    return { status: /** @type {any} */ ('complete'), tests: results }
  }

  async dryRun() {
    this.#load(undefined)
    const result = await this.#run(this.#tests, false)
    if (result.status !== 'complete') return result
    this.#took = Object.fromEntries(result.tests.map(({ id, timeSpentMs }) => [id, timeSpentMs]))
    writeFileSync(this.#times, JSON.stringify(this.#took))
    return { ...result, mutantCoverage: stryker().mutantCoverage }
  }

  /** @param {import('@stryker-mutator/api/test-runner').MutantRunOptions} options */
  async mutantRun(options) {
    const { activeMutant, disableBail, hitLimit, mutantActivation, testFilter } = options
    const wanted = testFilter === undefined ? undefined : new Set(testFilter)
    const run = async (/** @type {string | undefined} */ whileLoading) => {
      this.#load(whileLoading)
      const space = stryker()
      space.hitLimit = hitLimit
      space.hitCount = hitLimit === undefined ? undefined : 0
      space.activeMutant = activeMutant.id
      const tests = this.#tests.filter((test) => wanted === undefined || wanted.has(test.id))
      tests.sort((a, b) => this.#priceOf(a) - this.#priceOf(b))
      const result = toMutantRunResult(await this.#run(tests, !disableBail))
      space.activeMutant = undefined
      return result
    }
    try {
      return await run(mutantActivation === 'static' ? activeMutant.id : undefined)
    } catch (error) {
      return toMutantRunResult(failed(`the tests did not load: ${error}`))
    }
  }
}

/**
 * Tables stand apart: a mutant of one says that a fact was copied wrong, which is what the documented cases are for. They carry the
 * formatter's own mark.
 */
const tables = {
  /** @param {any} path */
  shouldIgnore: (path) => {
    const { node } = path
    const marked = (/** @type {any} */ one) =>
      one.leadingComments?.some((/** @type {any} */ comment) => /biome-ignore format: table/.test(comment.value))
    return marked(node) ? 'A table' : undefined
  }
}

export const strykerPlugins = [
  declareClassPlugin(PluginKind.TestRunner, 'room', /** @type {any} */ (RoomTestRunner)),
  declareValuePlugin(PluginKind.Ignore, 'tables', tables)
]

export const strykerValidationSchema = {
  properties: { room: { type: 'object' } }
}
