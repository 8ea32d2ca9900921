/**
 * Runs data tables of mapping cases: each case whole, each name once, each with its source.
 */
import { describe, expect, it } from 'vitest'
import type { Mapper } from '../../src/intent/mapped.js'
import type { MappingCase } from './mapping-case.js'

/** A group of cases under a title. */
export type CaseTable = readonly [title: string, cases: ReadonlyArray<MappingCase>]

/** Declares a test for each case; `mapperOf` makes the mapper of a side from settings as a customer stores them. */
export const runCases = (
  tables: ReadonlyArray<CaseTable>,
  mapperOf: (side: 'server' | 'browser', settings: Readonly<Record<string, unknown>>) => Mapper
): void => {
  describe.each(tables)('%s', (_, cases) => {
    it.each(cases)('$name', ({ side = 'server', input, expected }) => {
      expect(mapperOf(side, input.settings)(input.event)).toStrictEqual(expected)
    })
  })

  describe('the tables', () => {
    it('say where each case comes from, and name none twice', () => {
      const cases = tables.flatMap(([, table]) => table)
      for (const { source } of cases) expect(source).toMatch(/\S/)
      expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length)
    })
  })
}
