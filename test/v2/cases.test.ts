/**
 * The data tables of test/cases, each case whole.
 */
import { describe, expect, it } from 'vitest'
import { browserMapper, mapper } from '../../src/v2/mapper.js'
import type { MappingCase } from '../cases/mapping-case.js'
import { callCases } from '../cases/v2-calls.js'
import { identifyCases } from '../cases/v2-identify.js'
import { pageCases } from '../cases/v2-page.js'
import { sampleCases } from '../cases/v2-samples.js'
import { trackCases } from '../cases/v2-track.js'
import { settingsFrom } from './given.js'

const tables: ReadonlyArray<readonly [string, ReadonlyArray<MappingCase>]> = [
  ['the page’s own samples', sampleCases],
  ['identify', identifyCases],
  ['track', trackCases],
  ['page', pageCases],
  ['calls, modes and the gate', callCases]
]

describe.each(tables)('%s', (_, cases) => {
  it.each(cases)('$name', ({ side, input, expected }) => {
    const map = (side === 'browser' ? browserMapper : mapper)(settingsFrom(input.settings))
    expect(map(input.event)).toEqual(expected)
  })
})

describe('the tables', () => {
  it('say where each case comes from, and name none twice', () => {
    const cases = tables.flatMap(([, table]) => table)
    for (const { source } of cases) expect(source).toMatch(/\S/)
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length)
  })
})
