/**
 * What never comes out: credentials anywhere, and values of an event in what is said about it.
 */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeProblem } from '../../src/ground/problem.js'
import type { Mapper } from '../../src/intent/mapped.js'
import { browserMapper as v1BrowserMapper, mapper as v1Mapper } from '../../src/v1/mapper.js'
import { replacingRetired } from '../../src/v1/replace-retired.js'
import { decodeSettings } from '../../src/v2/decode-settings.js'
import { browserMapper, browserStart, mapper } from '../../src/v2/mapper.js'
import type { JsonValue } from '../arbitraries/events.js'
import { browserSettings, cloudSettings, decoded, encounter, givenSettings } from '../arbitraries/settings.js'
import { encounter as v1Encounter, settings as v1Settings } from '../arbitraries/v1-settings.js'
import { problemsOf } from '../v2/given.js'

const mark = 'q7mark'

/** The value with the mark in every text and in place of every other scalar; keys stay, for they may be named. */
const marked = (value: JsonValue, asText: boolean): JsonValue => {
  if (Array.isArray(value)) return value.map((item: JsonValue) => marked(item, asText))
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, marked(member, asText)]))
  }
  if (typeof value === 'string') return value === '' ? '' : `${mark}${value}`
  if (typeof value === 'number') return asText ? `${mark}${value}` : 987_654_321_012
  return value
}

/** What names the call and what its rules read: not personal, and needed to get anywhere. */
const kept = ['type', 'event', 'integrations']

const recordIn = (call: Record<string, unknown>, name: string): Record<string, unknown> => {
  const member = call[name]
  const record = typeof member === 'object' && !Array.isArray(member) ? { ...member } : {}
  call[name] = record
  return record
}

/** One part of a call made unfit, with the mark in it. */
const spoil: Readonly<Record<string, (call: Record<string, unknown>) => void>> = {
  url: (call) => Object.assign(recordIn(call, 'properties'), { url: `ftp://${mark}`, referrer: [mark] }),
  agent: (call) => Object.assign(recordIn(call, 'context'), { userAgent: `${mark}\n` }),
  ip: (call) => Object.assign(recordIn(call, 'context'), { ip: mark }),
  cookie: (call) => Object.assign(recordIn(call, 'context'), { Marketo: { marketoCookie: mark } }),
  email: (call) => Object.assign(recordIn(call, 'traits'), { email: mark })
}

describe('values', () => {
  /** Events as they meet settings, with the mapper that those make. */
  const met = <S>(
    encounters: fc.Arbitrary<readonly [S, Readonly<Record<string, unknown>>]>,
    mapperOf: (of: S) => Mapper
  ) => encounters.map(([of, event]) => [mapperOf(of), event] as const)

  const sides = [
    ['v2’s server', met(encounter(cloudSettings), mapper)],
    ['v2’s browser', met(encounter(browserSettings), browserMapper)],
    ['v1’s server', met(v1Encounter(v1Settings), v1Mapper)],
    ['v1’s browser', met(v1Encounter(v1Settings), (of) => v1BrowserMapper(of))],
    ['v1’s server over living routes', met(v1Encounter(v1Settings), (of) => replacingRetired({})(v1Mapper(of)))]
  ] as const

  it.each(sides)('S3 no trait, property, id, email or cookie is in a problem of %s', (_, encounters) => {
    fc.assert(
      fc.property(
        encounters,
        fc.boolean(),
        fc.subarray(['userId', 'timestamp', 'context', 'traits', 'properties']),
        fc.subarray(['url', 'agent', 'ip', 'cookie', 'email']),
        ([map, event], asText, sound, spoilt) => {
          const entries = Object.entries(event).map(([name, value]) => [
            name,
            kept.includes(name) || sound.includes(name)
              ? value
              : marked(JSON.parse(JSON.stringify(value ?? null)), asText)
          ])
          const call: Record<string, unknown> = Object.fromEntries(entries)
          for (const part of spoilt) spoil[part]?.(call)
          const problems = problemsOf(map(call))
          const text = JSON.stringify(problems) + problems.map(describeProblem).join('\n')
          expect(text).not.toContain(mark)
          expect(text).not.toContain('987654321012')
        }
      )
    )
  })
})

describe('credentials', () => {
  const secret = fc.stringMatching(/^[a-zA-Z0-9]{24}$/)

  it('S3 neither settings nor intents nor problems hold the client’s id or secret', () => {
    fc.assert(
      fc.property(givenSettings, secret, secret, (given, clientId, clientSecret) => {
        const withSecrets = { ...given, clientId, clientSecret }
        const event = { type: 'identify', userId: 'u1', traits: { email: 'ana@corp.test' } }
        const of = decoded(withSecrets)
        const text = JSON.stringify([
          decodeSettings(withSecrets),
          mapper(of)(event),
          browserMapper(of)(event),
          browserStart(of)
        ])
        expect(text).not.toContain(clientId)
        expect(text).not.toContain(clientSecret)
      })
    )
  })

  it('S3 settings that are refused do not show what was in them', () => {
    const name = fc.constantFrom(
      'munchkinId',
      'accountId',
      'mode',
      'traits',
      'events',
      'formId',
      'formHost',
      'pageOrigin',
      'identity',
      'clientId',
      'clientSecret',
      'beta',
      'genderField',
      'userIdField'
    )
    const wrong = fc.oneof(
      secret,
      secret.map((text) => [text]),
      secret.map((text) => ({ trait: text, field: `${text}!`, type: text })),
      secret.map((text) => [{ trait: text, field: `${text}!`, type: text, transforms: [text, { date: text }] }]),
      secret.map((text) => [
        {
          event: text,
          activityTypeId: text,
          attributes: [{ property: text, attribute: text, type: text, primary: text }]
        }
      ])
    )
    fc.assert(
      fc.property(givenSettings, fc.dictionary(name, wrong, { minKeys: 1 }), secret, (given, odd, clientSecret) => {
        const texts = JSON.stringify(odd).match(/[a-zA-Z0-9]{24}/g) ?? []
        const read = decodeSettings({ ...given, ...odd, clientSecret })
        if (read._tag === 'Right') return
        const said = JSON.stringify(read.left) + read.left.map(describeProblem).join('\n')
        for (const text of [...texts, clientSecret]) expect(said).not.toContain(text)
      })
    )
  })
})
