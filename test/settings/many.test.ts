/**
 * Many people and many events. They take a second, and try nothing that fewer do not.
 */
import { describe, expect, it } from 'vitest'
import { backfillCsv } from '../../src/settings/backfill.js'
import { finishMigration, startMigration, watchForMigration } from '../../src/settings/migration.js'
import { v1From } from './v1-given.js'

describe('files of a backfill', () => {
  it('stay below the 10 MB of an import', () => {
    const many = Array.from({ length: 45_000 }, (_, i) => ({
      email: `person${i}@example.com`,
      userId: `${i}-${'z'.repeat(240)}`
    }))
    const { files, people } = backfillCsv(many)
    expect(people).toBe(45_000)
    expect(files.map((file) => Buffer.byteLength(file) < 10_000_000)).toEqual([true, true])
  })
})

describe('a migration', () => {
  it('of half a million events take seconds', () => {
    const traits = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`trait${i}`, i]))
    const event = { type: 'identify', userId: 'u1', traits }
    let state = startMigration(v1From())
    const begun = performance.now()
    for (let i = 0; i < 20_000; i += 1) state = watchForMigration(state, event)
    expect(finishMigration(state).report.fields[0]?.values).toBe(20_000)
    expect((performance.now() - begun) / 20_000).toBeLessThan(1)
  })
})
