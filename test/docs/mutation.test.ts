/**
 * The committed report of mutation testing is whole.
 */
import { describe, expect, it } from 'vitest'
import { isExplained } from '../tools/mutation/report.mjs'
import { rooms, sourcesOf } from '../tools/mutation/rooms.mjs'
import { chapters } from './laws.js'
import { allFound, lawKills } from './mutation.js'

const found = allFound()

describe('the report of mutation testing', () => {
  it('tells of no source that is not there', () => {
    const there = new Set(rooms.flatMap(sourcesOf))
    expect(found.filter(({ path }) => !there.has(path)).map(({ path }) => path)).toEqual([])
  })

  describe.each(rooms)('in %s', (room) => {
    const files = found.filter((file) => file.room === room)

    it('tells of every source', () => {
      expect(files.map(({ path }) => path)).toEqual(sourcesOf(room))
    })

    it('counts at least 95 in 100 killed', () => {
      const mutants = files.reduce((sum, file) => sum + file.mutants, 0)
      expect(files.reduce((sum, file) => sum + file.killed, 0) / mutants).toBeGreaterThanOrEqual(0.95)
    })

    it('gives a reason for each that lives', () => {
      const bare = files.flatMap(({ path, survivors }) =>
        survivors.filter((survivor) => !isExplained(survivor)).map(({ at }) => `${path}:${at}`)
      )
      expect(bare).toEqual([])
    })
  })

  it('names a mutant that each law found', () => {
    const kills = lawKills()
    const idle = chapters.flatMap(({ laws }) => laws).filter(({ id }) => (kills.get(id)?.killed ?? 0) === 0)
    expect(idle.map(({ id }) => id)).toEqual([])
  })
})
