/**
 * How hard the laws are tried: LAW_RUNS when given, else more in CI than at the desk.
 *
 * At the desk the seed is left to chance, so that each run looks somewhere new; a failure prints its seed, and LAW_SEED brings the same
 * values back. CI keeps to one seed: the same commit must get the same answer there, whoever sends it.
 */
import * as fc from 'fast-check'

const { LAW_RUNS, LAW_SEED, CI } = process.env

const seed = LAW_SEED ?? (CI ? '20260731' : undefined)

fc.configureGlobal({
  numRuns: Number(LAW_RUNS ?? (CI ? 1000 : 200)),
  ...(seed === undefined ? {} : { seed: Number(seed) })
})
