import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { kindOf } from '../../src/ground/json.js'
import { printPath } from '../../src/ground/path.js'
import {
  conflict,
  describeProblem,
  excluded,
  malformed,
  missing,
  type Problem,
  risky,
  unknownName,
  unmapped,
  unreadable,
  type Weight
} from '../../src/ground/problem.js'

const weight = fc.constantFrom<Weight>('skipped', 'invalid', 'dropped', 'warning')
const path = fc.array(fc.oneof(fc.string(), fc.nat()), { maxLength: 4 })
const text = fc.string()

const problem: fc.Arbitrary<Problem> = fc.oneof(
  fc.tuple(weight, path, text).map((a) => missing(...a)),
  fc.tuple(weight, path, text, text).map((a) => malformed(...a)),
  fc.tuple(weight, path, text, text).map((a) => unmapped(...a)),
  fc.tuple(weight, path, fc.constantFrom('integrations', 'settings'), text).map((a) => excluded(...a)),
  fc.tuple(weight, path, path, text).map((a) => conflict(...a)),
  fc.tuple(weight, path, fc.option(text), text).map((a) => unknownName(...a)),
  fc.tuple(weight, path, text).map((a) => unreadable(...a)),
  fc.tuple(path, fc.constantFrom('unusual', 'retired-route'), text).map((a) => risky(...a))
)

describe('laws', () => {
  it('P4 a problem equals its JSON round trip', () => {
    fc.assert(
      fc.property(problem, (p) => {
        expect(JSON.parse(JSON.stringify(p))).toEqual(p)
      })
    )
  })

  it('a line is place, finding, mending', () => {
    fc.assert(
      fc.property(problem, (p) => {
        const line = describeProblem(p)
        expect(line.startsWith(`${printPath(p.at)}: `)).toBe(true)
        expect(line.endsWith(`; ${p.mend}`)).toBe(true)
        expect(line.length).toBeGreaterThan(`${printPath(p.at)}: ; ${p.mend}`.length)
      })
    )
  })

  it('S3 a malformed value is named by its kind and never shown', () => {
    const secret = fc.oneof(
      fc.stringMatching(/^[a-z0-9]{20}$/),
      fc.stringMatching(/^[a-z0-9]{20}$/).map((s) => ({ [s]: s })),
      fc.stringMatching(/^[a-z0-9]{20}$/).map((s) => [s]),
      fc.integer({ min: 1_000_000_000 })
    )
    fc.assert(
      fc.property(weight, secret, (w, value) => {
        const line = describeProblem(malformed(w, ['traits', 'email'], kindOf(value), 'send it as text'))
        const shown = typeof value === 'object' ? Object.values(value)[0] : String(value)
        expect(line).not.toContain(shown)
      })
    )
  })

  it('an event name is cut at 255 characters', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 200, maxLength: 400 }), (name) => {
        const { event } = unmapped('skipped', ['event'], name, 'map it')
        expect(event).toBe(name.length > 255 ? `${name.slice(0, 255)}…` : name)
      })
    )
  })
})

describe('lines', () => {
  const at = ['traits', 'email']
  it.each<readonly [Problem, string]>([
    [missing('invalid', at, 'send one'), 'traits.email: is missing; send one'],
    [malformed('dropped', at, 'a number', 'send it as text'), 'traits.email: found a number; send it as text'],
    [unmapped('skipped', ['event'], 'A "b"', 'map it'), 'event: no row maps the event "A \\"b\\""; map it'],
    [
      excluded('skipped', [], 'integrations', 'switch it on'),
      '(whole value): kept back by rule (integrations); switch it on'
    ],
    [conflict('invalid', at, ['traits', 0], 'drop one'), 'traits.email: claims the same place as traits[0]; drop one'],
    [unknownName('warning', at, null, 'correct it'), 'traits.email: is not a known name; correct it'],
    [
      unknownName('warning', at, 'phone', 'correct it'),
      'traits.email: is not a known name (nearest: phone); correct it'
    ],
    [unreadable('invalid', at, 'send JSON'), 'traits.email: could not be read; send JSON'],
    [risky(at, 'unusual', 'look again'), 'traits.email: works, with a risk (unusual); look again']
  ])('%j', (p, line) => {
    expect(describeProblem(p)).toBe(line)
  })

  it.each([255, 256])('an event name of %i characters is kept to 255', (length) => {
    const { event } = unmapped('skipped', [], 'x'.repeat(length), '')
    expect(event).toBe(length > 255 ? `${'x'.repeat(255)}…` : 'x'.repeat(255))
  })

  it('a risk is a warning', () => {
    expect(risky(at, 'unusual', '').weight).toBe('warning')
  })
})
