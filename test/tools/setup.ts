/**
 * How hard the laws are tried: LAW_RUNS when given, else more in CI than at the desk.
 *
 * The seed is left to chance, so that each run looks somewhere new; a failure prints its seed, and LAW_SEED brings
 * the same values back.
 */
import * as fc from 'fast-check'

const { LAW_RUNS, LAW_SEED, CI } = process.env

fc.configureGlobal({
  numRuns: Number(LAW_RUNS ?? (CI ? 1000 : 200)),
  ...(LAW_SEED === undefined ? {} : { seed: Number(LAW_SEED) })
})
