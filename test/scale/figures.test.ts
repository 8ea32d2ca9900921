import { describe, expect, it } from 'vitest'
import { advisedShare } from '../../src/marketo/limits.js'
import { callsEach, drained, driven, fullest } from './figures.js'

describe('the figures of scaling', () => {
  it('D3 calls grow in proportion to events: twice and four times as many take twice and four times as many', () => {
    const [one, two, four] = [300, 600, 1_200].map((events) => driven(events, 300).counted)
    expect([two, four]).toEqual([2 * (one ?? 0), 4 * (one ?? 0)])
  })

  it('D3 the more events come together, the fewer calls each takes', () => {
    const each = [...callsEach().values()]
    expect(each).toEqual([...each].sort((a, b) => b - a))
  })

  it('D1 every item of the stream is applied', () => {
    const { applied, queued, others } = driven(600, 300)
    expect([queued, others]).toEqual([0, 0])
    expect(applied).toBeGreaterThan(600)
  })

  it('D6 a backlog drains as fast as the rate and the calls at once allow, and no faster', () => {
    for (const [millis, rate] of drained()) {
      const bound = Math.min(advisedShare.callsPerWindow / 20, (advisedShare.runningCalls * 1_000) / millis)
      expect(rate).toBeLessThanOrEqual(bound)
      expect(rate).toBeGreaterThan(bound * 0.9)
    }
  })

  it('Q4 the fullest partition is little fuller than the others', () => {
    expect(fullest(16, 100_000)).toBeLessThan(1.1)
    expect(fullest(1, 1_000)).toBe(1)
  })
})
