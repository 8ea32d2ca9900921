/**
 * The data tables of test/cases, each case whole.
 */
import { describe, expect, it } from 'vitest'
import { browserMapper, mapper } from '../../src/v1/mapper.js'
import type { MappingCase } from '../cases/mapping-case.js'
import { identifyCases } from '../cases/v1-identify.js'
import { visitCases } from '../cases/v1-visits.js'
import { settingsFrom } from './given.js'

const tables: ReadonlyArray<readonly [string, ReadonlyArray<MappingCase>]> = [
  ['identify', identifyCases],
  ['page and track', visitCases]
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
