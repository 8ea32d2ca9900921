/**
 * The data tables of test/cases, each case whole.
 */
import { browserMapper, mapper } from '../../src/v2/mapper.js'
import { runCases } from '../cases/run-cases.js'
import { callCases } from '../cases/v2-calls.js'
import { identifyCases } from '../cases/v2-identify.js'
import { pageCases } from '../cases/v2-page.js'
import { sampleCases } from '../cases/v2-samples.js'
import { trackCases } from '../cases/v2-track.js'
import { settingsFrom } from './given.js'

runCases(
  [
    ['the page’s own samples', sampleCases],
    ['identify', identifyCases],
    ['track', trackCases],
    ['page', pageCases],
    ['calls, modes and the gate', callCases]
  ],
  (side, settings) => (side === 'browser' ? browserMapper : mapper)(settingsFrom(settings))
)
