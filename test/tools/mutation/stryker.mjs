// @ts-check
/**
 * One run of Stryker over one room.
 */

import { fileURLToPath } from 'node:url'
import { Stryker } from '@stryker-mutator/core'
import { testsFor } from './rooms.mjs'

/** Every machine meets the same values. */
const seed = 20260731

/**
 * @typedef {object} Trying
 * @property {string} room
 * @property {ReadonlyArray<string>} mutate paths of sources, each with the range of its lines where not all are meant
 * @property {number} runs how often a law is tried
 * @property {number} concurrency how many processes try
 * @property {boolean} [laws] whether only laws are tried, and all of them, also after the first that fails
 */

/** @param {Trying} trying */
export const mutated = ({ room, mutate, runs, concurrency, laws = false }) =>
  new Stryker({
    mutate: [...mutate],
    testRunner: 'room',
    plugins: [fileURLToPath(new URL('./runner.mjs', import.meta.url))],
    ignorers: ['tables'],
    // The runner's own settings; Stryker hands them on.
    ...{ room: { tests: testsFor(room, laws), runs, seed, laws } },
    disableBail: laws,
    reporters: [],
    coverageAnalysis: 'perTest',
    concurrency,
    tempDirName: 'node_modules/.cache/segment-marketo/mutation',
    ignorePatterns: ['dist', 'site'],
    disableTypeChecks: false,
    timeoutMS: 10_000,
    timeoutFactor: 4,
    allowEmpty: true,
    allowConsoleColors: false,
    logLevel: /** @type {any} */ ('error'),
    warnings: false
  }).runMutationTest()
