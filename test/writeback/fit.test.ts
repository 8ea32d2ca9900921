import { describe, expect, it } from 'vitest'
import type { Problem } from '../../src/ground/problem.js'
import { isWellFormed } from '../../src/ground/utf8.js'
import { eventBytes, fitted } from '../../src/writeback/fit.js'
import type { TrackCall } from '../../src/writeback/track-call.js'

const call: TrackCall = {
  type: 'track',
  event: 'e',
  messageId: 'm',
  timestamp: '2024-05-01T10:00:00.000Z',
  properties: {},
  context: {},
  integrations: {}
}
const bytes = (u: unknown): number => Buffer.byteLength(JSON.stringify(u))
const withText = (text: string, name = 'long'): TrackCall => ({
  ...call,
  properties: { ...call.properties, [name]: text }
})

describe('an event within what Segment takes', () => {
  it('is the event itself, up to the last byte', () => {
    const full = withText('a'.repeat(eventBytes - bytes(withText(''))))
    const problems: Array<Problem> = []
    expect(bytes(full)).toBe(eventBytes)
    expect(fitted(full, problems)).toBe(full)
    expect(problems).toEqual([])
  })

  it.each([
    ['a', 0],
    ['\u00e9', 1],
    ['\uffff', 2],
    ['\u{10000}', 3],
    ['\u{1f600}', 3]
  ])('is cut no more than it must be: %j', (letter, spare) => {
    const text = letter.repeat(20_000) + letter.repeat(20_000)
    const problems: Array<Problem> = []
    const fit = fitted(withText(text), problems)
    const said = String(fit?.properties.long)
    expect(said.endsWith('…') && text.startsWith(said.slice(0, -1))).toBe(true)
    expect(isWellFormed(said)).toBe(true)
    expect(bytes(fit)).toBeLessThanOrEqual(eventBytes)
    expect(bytes(fit)).toBeGreaterThanOrEqual(eventBytes - spare)
    expect(problems.map(({ weight, at }) => [weight, at])).toEqual([['warning', ['properties', 'long']]])
  })

  it('of several texts the longest is cut first, and a short one never', () => {
    const both = { ...call, properties: { b: 'b'.repeat(300), a: 'a'.repeat(40_000), c: 'c'.repeat(200), d: 7 } }
    const problems: Array<Problem> = []
    expect(fitted(both, problems)?.properties).toMatchObject({ b: both.properties.b, c: both.properties.c, d: 7 })
    expect(problems).toHaveLength(1)
    const crowd = Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`p${i}`, 'x'.repeat(200)]))
    expect(fitted({ ...call, properties: crowd }, [])).toBeUndefined()
  })

  it.each(['event', 'messageId', 'userId', 'anonymousId'])('is none where its %s is too long', (name) => {
    expect(fitted({ ...call, [name]: 'a'.repeat(eventBytes) }, [])).toBeUndefined()
  })

  it('is none where the names of destinations are too long', () => {
    expect(fitted({ ...call, integrations: { ['a'.repeat(eventBytes)]: false } }, [])).toBeUndefined()
  })
})
