import { describe, expect, it } from 'vitest'
import { soak } from './soak.js'

const short = {
  seconds: 20,
  seed: 7,
  window: 120,
  windowsPerEpoch: 8,
  remember: 60,
  clock: () => 0,
  heap: () => null,
  print: () => undefined
}

describe('the soak', () => {
  it('D1 D7 nothing is lost and nothing doubled in some hundred events through faults', () => {
    const report = soak({ ...short, events: 1_920, faults: 0.02, bytesPerEvent: 40 })
    expect(report.breaches).toEqual([])
    expect(report.events).toBe(1_920)
    expect(Object.values(report.ends).reduce((so, n) => so + n, 0)).toBe(report.items)
    expect(report.ends.Applied).toBeGreaterThan(report.items / 2)
  })

  it('tells a breach: a state that may not grow at all', () => {
    const { breaches } = soak({ ...short, events: 960, faults: 0, bytesPerEvent: -1e6 })
    expect(breaches).toHaveLength(1)
    expect(breaches[0]).toMatch(/^the state grows by -?\d+ bytes an event, and may by -1000000$/)
  })

  it('tells a breach: a memory for everybody grows with the stream', () => {
    const { growth } = soak({ ...short, remember: 1e6, events: 960, faults: 0, bytesPerEvent: null })
    expect(growth).toBeGreaterThan(40)
  })

  it('tells a breach: a heap that grows', () => {
    let used = 0
    const heap = (): number => (used += 100e6)
    expect(soak({ ...short, heap, events: 3_840, faults: 0, bytesPerEvent: null }).breaches).toEqual([
      'the heap grows: 100, 200, 300, 400 MB'
    ])
  })
})
