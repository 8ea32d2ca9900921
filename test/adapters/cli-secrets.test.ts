/**
 * Law S3 for the command line: standard error holds places, kinds and counts, and nothing that an event or a settings file holds as a value.
 */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { startSimulator } from '../../src/simulator/start.js'
import { anyEvent } from '../arbitraries/events.js'
import { givenSettings } from '../arbitraries/settings.js'
import { givenSettings as givenV1Settings } from '../arbitraries/v1-settings.js'
import { runInMemory } from './cli-world.js'

const mark = 'zqxj7'
const number = 7_310_427_911

/** The value with every text ended by the mark and every number the number, but for what names a call and its event. */
const marked = (value: unknown, isTop = true): unknown => {
  if (typeof value === 'string') return value + mark
  if (typeof value === 'number') return number
  if (Array.isArray(value)) return value.map((item) => marked(item, false))
  if (typeof value !== 'object' || value === null) return value
  const named = (key: string): boolean => isTop && (key === 'type' || key === 'event')
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, named(key) ? member : marked(member, false)])
  )
}

/** Half of the events keep the shape of their emails, times and addresses, so that mappings get further with them. */
const markedEvent = fc.tuple(anyEvent, fc.boolean(), fc.nat({ max: 20 })).map(([event, isCut, cut]) => {
  const text = JSON.stringify(marked(event))
  return isCut ? text.slice(0, text.length - cut) : text
})

const at = '2024-05-01T10:00:00Z'
const context = { Marketo: { marketoCookie: `id:561-HYG-937&token:_mch-${mark}.example.com-1374552656411-90718` } }
const email = `ana.${mark}@example.com`

/** Calls that are sound, whose ids, emails and cookies hold the mark: reports of people are about these. */
const calls = [
  { type: 'identify', userId: `u1${mark}`, traits: { email }, context, timestamp: at },
  { type: 'identify', userId: `u1${mark}`, traits: { email, plan: mark, 'a b': mark, aB: mark }, timestamp: at },
  { type: 'identify', userId: `u1${mark}`, traits: { sicCode: mark, dateOfBirth: '1990-01-01' }, timestamp: at },
  { type: 'track', userId: `u1${mark}`, event: 'Trial Started', timestamp: at },
  { type: 'track', userId: `u2${mark}`, event: 'Trial Started', timestamp: at },
  { type: 'identify', userId: `u2${mark}`, traits: { email: `bo.${mark}@example.com` }, timestamp: at },
  { type: 'identify', userId: `u3${mark}`, traits: { email: `cy.${mark}@example.com` }, timestamp: at },
  { type: 'page', userId: `u3${mark}`, properties: { url: `https://www.example.com/${mark}` }, timestamp: at }
]
const everyFinding = calls.map((call) => JSON.stringify(call))
const markedPerson = fc.constantFrom(...everyFinding)

const forms = ['intents', 'requests', 'curl', 'table'] as const

const errOf = async (
  words: ReadonlyArray<string>,
  settings: unknown,
  lines: ReadonlyArray<string>
): Promise<string> => {
  const files = { 's.json': typeof settings === 'string' ? settings : JSON.stringify(settings), in: lines.join('\n') }
  return (await runInMemory(words, { files })).err
}

describe('S3', () => {
  it('S3 no value of an event is in what map says on standard error, in any form', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(markedEvent, { minLength: 1, maxLength: 5 }),
        givenSettings,
        fc.constantFrom(...forms),
        async (lines, given, form) => {
          const err = await errOf(['map', 'in', '-s', 's.json', '--as', form], given, lines)
          expect(err).not.toContain(mark)
          expect(err).not.toContain(String(number))
        }
      )
    )
  })

  it('S3 nor in what explain and check say', async () => {
    await fc.assert(
      fc.asyncProperty(markedEvent, givenSettings, async (line, given) => {
        for (const words of [
          ['explain', 'in', '-s', 's.json'],
          ['check', '--events', 'in', '-s', 's.json']
        ]) {
          const err = await errOf(words, given, [line])
          expect(err).not.toContain(mark)
          expect(err).not.toContain(String(number))
        }
      })
    )
  })

  it('S3 the report of check holds no id, no email and no cookie of any event, also on standard output', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(markedEvent, { minLength: 1, maxLength: 8 }), async (lines) => {
        const files = {
          's.json': JSON.stringify({ munchkinId: '561-HYG-937', anonymousActivity: true }),
          in: lines.join('\n')
        }
        const { out } = await runInMemory(['check', '--events', 'in', '-s', 's.json'], { files })
        expect(out).not.toContain(mark)
        expect(out).not.toContain(String(number))
      })
    )
  })

  it('S3 no value of an event is in what map of v1 says on standard error, on either side and over any route', async () => {
    const ways = [[], ['--replace-retired'], ['--side', 'browser'], ['--side', 'browser', '--replace-retired']]
    await fc.assert(
      fc.asyncProperty(
        fc.array(markedEvent, { minLength: 1, maxLength: 5 }),
        givenV1Settings,
        fc.constantFrom(...ways),
        fc.constantFrom('intents', 'requests', 'table'),
        async (lines, given, way, form) => {
          const words = ['map', 'in', '-s', 's.json', '--contract', 'v1', '--as', form, ...way]
          const err = await errOf(words, given, lines)
          expect(err).not.toContain(mark)
          expect(err).not.toContain(String(number))
        }
      )
    )
  })

  it('S3 the report of check on v1 holds no id, no email and no cookie of any event, on either stream', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(markedEvent, markedPerson), { minLength: 1, maxLength: 8 }),
        givenV1Settings,
        async (lines, given) => {
          const files = { 's.json': JSON.stringify(given), in: lines.join('\n') }
          const { out, err } = await runInMemory(['check', '--events', 'in', '-s', 's.json', '--contract', 'v1'], {
            files
          })
          expect(out).toContain('people')
          for (const text of [out, err]) {
            expect(text).not.toContain(mark)
            expect(text).not.toContain(String(number))
          }
        }
      )
    )
  })

  it('S3 not even where every finding of v1 is found', async () => {
    const files = { 's.json': JSON.stringify({ munchkinId: '561-HYG-937' }), in: everyFinding.join('\n') }
    const { out } = await runInMemory(['check', '--events', 'in', '-s', 's.json', '--contract', 'v1'], { files })
    expect(out).not.toMatch(/^ {6}0 /m)
    for (const secret of [mark, String(number)]) expect(out).not.toContain(secret)
  })

  it('S3 nor in what deliver says, whatever goes wrong, and no credential is on either stream', async () => {
    const client = { clientId: `client-${mark}`, clientSecret: `secret-${mark}` }
    const env = { MARKETO_CLIENT_ID: client.clientId, MARKETO_CLIENT_SECRET: client.clientSecret }
    const kinds = ['skip-record', '611', 'timeout-after', 'html', 'expired-token'] as const
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(markedEvent, markedPerson), { minLength: 1, maxLength: 6 }),
        fc.constantFrom(...kinds),
        fc.nat(),
        async (lines, kind, seed) => {
          const faults = [{ at: { probability: 0.5, until: 20 }, kind }]
          const files = { 's.json': JSON.stringify({ munchkinId: '561-HYG-937' }), in: lines.join('\n') }
          const words = ['deliver', 'in', '-s', 's.json', '--to', '561-HYG-937', '--outcomes', 'o']
          const marketo = startSimulator({ munchkinId: '561-HYG-937', ...client, faults, seed })
          const { out, err, written } = await runInMemory(words, { files, env, marketo })
          expect(out).toContain('Delivered to 561-HYG-937')
          for (const text of [out, err]) {
            expect(text).not.toContain(mark)
            expect(text).not.toContain(String(number))
          }
          expect(written.o).not.toContain('secret-')
        }
      )
    )
  })

  it('S3 nor what a file of credentials holds that cannot be used', async () => {
    for (const text of [`{"clientId":"${mark}"}`, `{"clientId":"${mark}",`, `["${mark}"]`]) {
      const files = { 's.json': '{"munchkinId":"561-HYG-937"}', in: '', c: text }
      const words = ['deliver', 'in', '-s', 's.json', '--to', '561-HYG-937', '--credentials', 'c']
      const { out, err, code } = await runInMemory(words, { files })
      expect([code, out]).toEqual([2, ''])
      expect(err).not.toContain(mark)
    }
  })

  it('S3 no value of a settings file that cannot be used is in what is said of it', async () => {
    await fc.assert(
      fc.asyncProperty(givenSettings, fc.nat({ max: 30 }), async (given, cut) => {
        const whole = JSON.stringify(Object.assign({ clientSecret: mark }, marked(given, false)))
        for (const settings of [whole, whole.slice(0, -1 - cut)]) {
          expect(await errOf(['map', 'in', '-s', 's.json'], settings, ['{}'])).not.toContain(mark)
        }
      })
    )
  })
})

describe('standard error', () => {
  it('holds no control character, whatever keys and names an event has', async () => {
    const odd = fc.string({ unit: 'binary', minLength: 1, maxLength: 6 }).map((text) => `\u009b31m${text}`)
    await fc.assert(
      fc.asyncProperty(odd, odd, async (name, key) => {
        const event = { type: 'track', userId: 'u1', event: name, integrations: { [key]: 1 } }
        const traits = { email: 'ana@example.com', address: { [key]: 1 } }
        const lines = [event, { type: 'identify', userId: 'u1', traits }].map((one) => JSON.stringify(one))
        const given = { munchkinId: '561-HYG-937', traits: [{ trait: key, field: 'x' }] }
        const err = await errOf(['map', 'in', '-s', 's.json'], given, lines)
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
        expect(err.replace(/\n/g, '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/)
        expect(err).toContain('u009b31m')
      })
    )
  })
})
