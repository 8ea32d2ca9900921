/**
 * The data tables of test/cases, each case whole.
 */
import { browserMapper, mapper } from '../../src/v1/mapper.js'
import { runCases } from '../cases/run-cases.js'
import { identifyCases } from '../cases/v1-identify.js'
import { visitCases } from '../cases/v1-visits.js'
import { settingsFrom } from './given.js'

runCases(
  [
    ['identify', identifyCases],
    ['page and track', visitCases]
  ],
  (side, settings) => (side === 'browser' ? browserMapper(settingsFrom(settings)) : mapper(settingsFrom(settings)))
)
