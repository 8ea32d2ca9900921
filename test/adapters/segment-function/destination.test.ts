import crypto from 'node:crypto'
import { readFileSync } from 'node:fs'
import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js'
import * as noble from '@noble/hashes/utils.js'
import * as fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { bytesToHex, sha256 } from '../../../src/adapters/segment-function/sha256.js'
import type { FaultKind } from '../../../src/simulator/options.js'
import { activitiesIn, callsIn, leadsIn, visitsIn } from '../../../src/simulator/reading.js'
import {
  clientSecret,
  codeOf,
  fromElsewhere,
  type Handler,
  loaded,
  newCache,
  type SandboxOptions,
  settings,
  withMarketo
} from './sandbox.js'

const handlerOf = async (name: string, options: SandboxOptions): Promise<Handler> => {
  const handler = (await loaded('destination', options)).get(name)
  if (handler === undefined) throw new Error(`no handler ${name}`)
  return handler
}

const timestamp = '2026-05-01T10:00:00.000Z'

const identify = (n: number, traits: object = {}) => ({
  type: 'identify',
  messageId: `i${n}`,
  userId: `u${n}`,
  timestamp,
  traits: { email: `person${n}@corp.test`, ...traits }
})

const track = (n: number, properties: object = { plan: 'Pro', seats: 3 }) => ({
  type: 'track',
  messageId: `t${n}`,
  userId: `u${n}`,
  timestamp,
  event: 'Demo Booked',
  context: { traits: { email: `person${n}@corp.test` } },
  properties
})

const page = (n: number) => ({
  type: 'page',
  messageId: `p${n}`,
  userId: `u${n}`,
  timestamp,
  properties: { url: 'https://www.example.com/pricing?a=1' },
  context: { userAgent: 'Mozilla/5.0', traits: { email: `person${n}@corp.test` } }
})

const group = (n: number) => ({
  type: 'group',
  messageId: `g${n}`,
  userId: `u${n}`,
  timestamp,
  groupId: 'corp',
  context: { traits: { email: `person${n}@corp.test` } },
  traits: { name: 'Corp' }
})

/** The error of a handler: its name and message; undefined where it returns. */
const thrownBy = async (promise: Promise<unknown>): Promise<{ name: string; message: string } | undefined> => {
  try {
    await promise
    return undefined
  } catch (error) {
    if (typeof error !== 'object' || error === null || !('name' in error) || !('message' in error)) throw error
    return { name: String(error.name), message: String(error.message) }
  }
}

const statusesIn = (answer: unknown): ReadonlyArray<unknown> =>
  Array.isArray(answer) ? Array.from(answer, (one) => one.status) : []

describe('the file', () => {
  it('is one script without imports, exports or what the platform lacks', async () => {
    const code = await codeOf('destination')
    expect(code).not.toMatch(/^\s*(?:import|export)\b/m)
    expect(code).not.toMatch(/\b(?:require|TextEncoder|TextDecoder|structuredClone|AbortController|performance)\b/)
    expect(code.match(/^async function (\w+)/gm)?.length).toBe(8)
  })

  it.each([[false], [true]])('declares every handler; strict: %s', async (strict) => {
    const handlers = await loaded('destination', { strict })
    expect([...handlers.keys()]).toEqual([
      ...['onIdentify', 'onTrack', 'onPage', 'onScreen', 'onGroup', 'onAlias', 'onDelete', 'onBatch']
    ])
  })

  it('digests as the package does, by the crypto of the platform', () => {
    vi.stubGlobal('crypto', crypto)
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(bytesToHex(sha256(bytes))).toBe(noble.bytesToHex(nobleSha256(bytes)))
      })
    )
    vi.unstubAllGlobals()
  })
})

describe('each handler', () => {
  it('writes a lead', () =>
    withMarketo({}, async ({ fetch, state }) => {
      const onIdentify = await handlerOf('onIdentify', { globals: { fetch } })
      await onIdentify(fromElsewhere(identify(1, { plan: 'Pro', seats: 3, firstName: 'Ana' })), fromElsewhere(settings))
      expect(leadsIn(state()).map(({ fields }) => fields)).toMatchObject([
        { email: 'person1@corp.test', userId: 'u1', planName: 'Pro', seats: 3, firstName: 'Ana' }
      ])
    }))

  it('adds an activity, and makes its lead', () =>
    withMarketo({}, async ({ fetch, state }) => {
      const onTrack = await handlerOf('onTrack', { globals: { fetch } })
      await onTrack(fromElsewhere(track(1)), fromElsewhere(settings))
      expect(activitiesIn(state())).toMatchObject([{ leadId: 1, activityTypeId: 100_001 }])
    }))

  it('looks a lead up where it makes none', () =>
    withMarketo({ leads: [{ fields: { email: 'person1@corp.test' } }] }, async ({ fetch, state, sent }) => {
      const onTrack = await handlerOf('onTrack', { globals: { fetch } })
      const own = { ...settings, options: {}, createLead: false }
      await onTrack(fromElsewhere(track(1)), fromElsewhere(own))
      expect(activitiesIn(state())).toMatchObject([{ leadId: 1 }])
      expect(sent.map(({ method }) => method)).toEqual(['GET', 'GET', 'POST'])
      const other = await thrownBy(onTrack(fromElsewhere(track(2)), fromElsewhere(own)))
      expect(other).toEqual({
        name: 'InvalidEventPayload',
        message: 'lead: is missing; Marketo has no lead with that key, and the settings make none'
      })
    }))

  it('reports a visit, and whose it is', () =>
    withMarketo({}, async ({ fetch, state }) => {
      const onPage = await handlerOf('onPage', { globals: { fetch } })
      await onPage(fromElsewhere(page(1)), fromElsewhere(settings))
      expect(visitsIn(state())).toMatchObject([{ leadId: 1 }])
    }))

  it('takes a group call as the contract does', () =>
    withMarketo({ companyFields: 'accepted' }, async ({ fetch, state }) => {
      const onGroup = await handlerOf('onGroup', { globals: { fetch } })
      await onGroup(fromElsewhere(group(1)), fromElsewhere(settings))
      expect(leadsIn(state()).length).toBe(1)
    }))

  it.each([
    ['onScreen', { type: 'screen', userId: 'u1', name: 'Home' }],
    ['onAlias', { type: 'alias', userId: 'u1', previousId: 'u0' }],
    ['onDelete', { type: 'delete', userId: 'u1' }]
  ])('%s says that Marketo has nothing for such a call', async (name, event) => {
    const handler = await handlerOf(name, { globals: { fetch: () => Promise.reject(new Error('not to be called')) } })
    const error = await thrownBy(handler(fromElsewhere(event), fromElsewhere(settings)))
    expect(error?.name).toBe('EventNotSupported')
  })

  it.each([
    ['an event that no row maps', { ...track(1), event: 'Page Scrolled' }],
    ['one that is switched off', { ...track(1), integrations: { All: false } }],
    ['an anonymous one', { ...identify(1), userId: undefined, anonymousId: 'a1' }]
  ])('passes over %s, and calls nobody', async (_, event) => {
    const fetch = () => Promise.reject(new Error('not to be called'))
    const handlers = await loaded('destination', { globals: { fetch } })
    await handlers.get(event.type === 'track' ? 'onTrack' : 'onIdentify')?.(
      fromElsewhere(event),
      fromElsewhere(settings)
    )
    expect(handlers.size).toBe(8)
  })
})

describe('a batch', () => {
  const everyKind = [identify(1), track(2), page(3), group(1), { ...track(4), event: 'Other' }, { type: 'alias' }, 17]

  it('P5 has one status for each event, in order, whatever realm it is of', () =>
    withMarketo({ companyFields: 'accepted' }, async ({ fetch }) => {
      const onBatch = await handlerOf('onBatch', { globals: { fetch, cache: newCache() } })
      expect(statusesIn(await onBatch(fromElsewhere(everyKind), fromElsewhere(settings)))).toEqual([
        ...[200, 200, 200, 200, 200, 400, 400]
      ])
    }))

  it('D3 of 400 events costs the calls that its records need', () =>
    withMarketo({}, async ({ fetch, state }) => {
      const onBatch = await handlerOf('onBatch', { globals: { fetch } })
      const events = Array.from({ length: 400 }, (_, n) => (n % 2 === 0 ? identify(n) : track(n)))
      const answer = await onBatch(fromElsewhere(events), fromElsewhere(settings))
      expect(statusesIn(answer)).toEqual(events.map(() => 200))
      expect([leadsIn(state()).length, activitiesIn(state()).length]).toEqual([400, 200])
      expect(callsIn(state()).byEndpoint).toMatchObject({ identityToken: 1, syncLeads: 2, addCustomActivities: 1 })
    }))

  it('D9 of which one record is refused delivers the others', () =>
    withMarketo(
      { faults: [{ at: { call: 1 }, kind: 'skip-record', endpoint: 'syncLeads' }] },
      async ({ fetch, state }) => {
        const onBatch = await handlerOf('onBatch', { globals: { fetch } })
        const events = Array.from({ length: 20 }, (_, n) => identify(n))
        const statuses = statusesIn(await onBatch(fromElsewhere(events), fromElsewhere(settings)))
        expect(statuses.filter((status) => status === 200).length).toBe(19)
        expect(leadsIn(state()).length).toBe(19)
      }
    ))

  it('D9 in which one lead has a bad value delivers its good event', () =>
    withMarketo({}, async ({ fetch, state }) => {
      const onBatch = await handlerOf('onBatch', { globals: { fetch } })
      const own = { ...settings, traits: { ...settings.traits, tier: 'noSuchField' } }
      const events = [identify(1, { plan: 'Pro' }), identify(1, { tier: 'gold' }), identify(2)]
      const answer = await onBatch(fromElsewhere(events), fromElsewhere(own))
      expect(statusesIn(answer)).toEqual([200, 400, 200])
      const plans = leadsIn(state()).map(({ fields }) => [fields.email, fields.planName])
      expect(plans).toContainEqual(['person1@corp.test', 'Pro'])
      expect(plans.length).toBe(2)
    }))

  it('D9 of which one record fails the whole call delivers the others', () =>
    withMarketo({ unknownField: 'request' }, async ({ fetch }) => {
      const onBatch = await handlerOf('onBatch', { globals: { fetch } })
      const own = { ...settings, traits: { ...settings.traits, tier: 'noSuchField' } }
      const events = Array.from({ length: 40 }, (_, n) => identify(n, n === 17 ? { tier: 'gold' } : {}))
      const statuses = statusesIn(await onBatch(fromElsewhere(events), fromElsewhere(own)))
      expect(statuses.map((status, n) => [n, status]).filter(([, status]) => status !== 200)).toEqual([[17, 400]])
    }))

  it('makes no more calls once the day’s are used up', () =>
    withMarketo({ faults: [{ at: { call: 1 }, kind: '607', endpoint: 'syncLeads' }] }, async ({ fetch, state }) => {
      const onBatch = await handlerOf('onBatch', { globals: { fetch } })
      const events = [identify(1), { type: 'identify', userId: 'u2', timestamp, traits: {} }]
      expect(statusesIn(await onBatch(fromElsewhere(events), fromElsewhere(settings)))).toEqual([500, 500])
      expect(callsIn(state()).byEndpoint).toMatchObject({ syncLeads: 1 })
    }))

  it('asks for nothing on behalf of an event that has ended', () =>
    withMarketo(
      { faults: [{ at: { call: 1 }, kind: 'skip-record', endpoint: 'syncLeads' }] },
      async ({ fetch, sent }) => {
        const onBatch = await handlerOf('onBatch', { globals: { fetch } })
        expect(statusesIn(await onBatch(fromElsewhere([track(1)]), fromElsewhere(settings)))).toEqual([400])
        expect(sent.map(({ method }) => method)).toEqual(['GET', 'POST'])
      }
    ))

  it('D4 writes the later of two values of one lead', () =>
    withMarketo({}, async ({ fetch, state }) => {
      const onBatch = await handlerOf('onBatch', { globals: { fetch } })
      await onBatch(
        fromElsewhere([identify(1, { plan: 'Free' }), identify(1, { plan: 'Pro' })]),
        fromElsewhere(settings)
      )
      expect(leadsIn(state()).map(({ fields }) => fields.planName)).toEqual(['Pro'])
      expect(callsIn(state()).byEndpoint).toMatchObject({ syncLeads: 1 })
    }))

  const kinds: ReadonlyArray<FaultKind> = [
    ...(['timeout-before', 'timeout-after', 'html', '502', '604', '606', '607', '611', '615', '713'] as const),
    ...(['expired-token', 'skip-record'] as const)
  ]

  it('D1 D7 gives each event one status, and does nothing twice over all retries', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ kind: fc.constantFrom(...kinds), call: fc.integer({ min: 1, max: 12 }) }), {
          maxLength: 4
        }),
        fc.array(fc.constantFrom(identify, track, page), { minLength: 1, maxLength: 8 }),
        (faults, makers) =>
          withMarketo(
            { faults: faults.map(({ kind, call }) => ({ kind, at: { call } })) },
            async ({ fetch, state }) => {
              const onBatch = await handlerOf('onBatch', { globals: { fetch, cache: newCache() } })
              let open = makers.map((make, n) => make(n))
              let done = 0
              for (let round = 0; round < 8 && open.length > 0; round += 1) {
                const answer = statusesIn(await onBatch(fromElsewhere(open), fromElsewhere(settings)))
                expect(answer.length).toBe(open.length)
                done += answer.filter((status) => status === 200).length
                open = open.filter((_, i) => answer[i] === 500)
              }
              expect(open).toEqual([])
              expect(activitiesIn(state()).length).toBeLessThanOrEqual(makers.filter((make) => make === track).length)
              expect(visitsIn(state()).length).toBeLessThanOrEqual(makers.filter((make) => make === page).length)
              expect(done).toBeLessThanOrEqual(makers.length)
            }
          )
      ),
      { numRuns: 40 }
    ))
})

describe('what is retried', () => {
  const run = async (
    kind: FaultKind,
    endpoint: 'syncLeads' | 'addCustomActivities' | 'visitWebPage' | 'identityToken'
  ) =>
    withMarketo({ faults: [{ at: { call: 1 }, kind, endpoint }] }, async ({ fetch }) => {
      const handlers = await loaded('destination', { globals: { fetch } })
      const [name, event] = endpoint === 'visitWebPage' ? ['onPage', page(1)] : ['onTrack', track(1)]
      const error = await thrownBy(
        handlers.get(String(name))?.(fromElsewhere(event), fromElsewhere(settings)) ?? Promise.resolve()
      )
      return error?.name
    })

  // biome-ignore format: table
  it.each([
    ['timeout-before', 'syncLeads',           'RetryError'],
    ['timeout-after',  'syncLeads',           'RetryError'],
    ['html',           'syncLeads',           'RetryError'],
    ['502',            'syncLeads',           'RetryError'],
    ['604',            'syncLeads',           'RetryError'],
    ['606',            'syncLeads',           'RetryError'],
    ['607',            'syncLeads',           'RetryError'],
    ['611',            'syncLeads',           'RetryError'],
    ['615',            'syncLeads',           'RetryError'],
    ['713',            'syncLeads',           'RetryError'],
    ['expired-token',  'syncLeads',           undefined],
    ['skip-record',    'syncLeads',           'InvalidEventPayload'],
    ['606',            'addCustomActivities', 'RetryError'],
    ['615',            'addCustomActivities', 'RetryError'],
    ['expired-token',  'addCustomActivities', undefined],
    ['timeout-after',  'addCustomActivities', 'InvalidEventPayload'],
    ['604',            'addCustomActivities', 'InvalidEventPayload'],
    ['html',           'visitWebPage',        'InvalidEventPayload'],
    ['html',           'identityToken',       'RetryError'],
    ['timeout-before', 'identityToken',       'RetryError']
  ] as const)('%s at %s: %s', async (kind, endpoint, name) => {
    expect(await run(kind, endpoint)).toBe(name)
  })

  it('a network that reaches nobody, also for what must not be done twice', () =>
    withMarketo({}, async ({ fetch: reach }) => {
      const nobody = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })
      const fetch = (url: string, init: RequestInit) =>
        url.includes('/activities/') ? Promise.reject(nobody) : reach(url, init)
      const onTrack = await handlerOf('onTrack', { globals: { fetch } })
      expect(await thrownBy(onTrack(track(1), settings))).toEqual({
        name: 'RetryError',
        message: 'Marketo cannot be reached; it is sent again later'
      })
    }))

  it('never a wrong client: that is told of the settings', () =>
    withMarketo({}, async ({ fetch }) => {
      const onTrack = await handlerOf('onTrack', { globals: { fetch } })
      const error = await thrownBy(onTrack(track(1), { ...settings, clientId: 'other', clientSecret: 'wrong' }))
      expect(error).toEqual({
        name: 'ValidationError',
        message: 'clientId, clientSecret: Marketo refuses them; copy both anew from LaunchPoint'
      })
    }))

  it('by errors of those names where the classes are not there', async () => {
    const fetch = () => Promise.reject(new Error('reset'))
    const onTrack = await handlerOf('onTrack', { globals: { fetch }, withClasses: false })
    expect((await thrownBy(onTrack(track(1), settings)))?.name).toBe('RetryError')
  })
})

describe('five seconds', () => {
  it('end before the platform ends them, with what is left told as retryable', () =>
    withMarketo(
      {},
      async ({ fetch, state }) => {
        const onBatch = await handlerOf('onBatch', { globals: { fetch, cache: newCache() } })
        const began = Date.now()
        const events = Array.from({ length: 30 }, (_, n) => page(n))
        const statuses = statusesIn(await onBatch(fromElsewhere(events), fromElsewhere(settings)))
        expect(Date.now() - began).toBeLessThan(5_000)
        expect(statuses.length).toBe(30)
        expect(new Set(statuses)).toContain(500)
        expect(new Set(statuses)).not.toContain(400)
        expect(visitsIn(state()).length).toBe(statuses.filter((status) => status === 200).length)
      },
      700
    ))

  it('are not waited out for an answer that never comes', async () => {
    const onIdentify = await handlerOf('onIdentify', { globals: { fetch: () => new Promise(() => undefined) } })
    const began = Date.now()
    expect((await thrownBy(onIdentify(identify(1), settings)))?.name).toBe('RetryError')
    expect(Date.now() - began).toBeLessThan(5_000)
  })
})

describe('the token', () => {
  const tokensAsked = (sent: ReadonlyArray<{ readonly url: string }>): number =>
    sent.filter(({ url }) => url.includes('/identity/')).length

  it('is kept by the platform’s cache, under a name without the secret', () =>
    withMarketo({}, async ({ fetch, sent }) => {
      const cache = newCache()
      const first = await handlerOf('onIdentify', { globals: { fetch, cache } })
      await first(identify(1), settings)
      const second = await handlerOf('onIdentify', { globals: { fetch, cache } })
      await second(identify(2), settings)
      expect(tokensAsked(sent)).toBe(1)
      expect(cache.asked.map(([key]) => key)).toEqual(Array(2).fill('segment-marketo 561-HYG-937 client'))
    }))

  it('is kept by the container where there is no cache', () =>
    withMarketo({}, async ({ fetch, sent }) => {
      const onIdentify = await handlerOf('onIdentify', { globals: { fetch } })
      await onIdentify(identify(1), settings)
      await onIdentify(identify(2), settings)
      expect(tokensAsked(sent)).toBe(1)
    }))

  it('is asked for anew when it is about to end, and when Marketo refuses it', () =>
    withMarketo({}, async ({ fetch, sent, state }) => {
      const cache = newCache()
      const key = 'segment-marketo 561-HYG-937 client'
      const onIdentify = await handlerOf('onIdentify', { globals: { fetch, cache } })
      await onIdentify(identify(1), settings)
      cache.held.set(key, { ...Object(cache.held.get(key)), until: Date.now() + 1_000 })
      await onIdentify(identify(1), settings)
      expect(tokensAsked(sent)).toBe(2)
      cache.held.set(key, { token: 'made-up', until: Date.now() + 3_000_000 })
      await onIdentify(identify(2), settings)
      expect([tokensAsked(sent), leadsIn(state()).length]).toEqual([3, 2])
    }))

  it('is had by a cache that fails, too', () =>
    withMarketo({}, async ({ fetch, state }) => {
      const broken = { load: () => Promise.reject(new Error('evicted')), delete: () => Promise.reject(new Error('no')) }
      const onIdentify = await handlerOf('onIdentify', { globals: { fetch, cache: broken } })
      await onIdentify(identify(1), settings)
      expect(leadsIn(state()).length).toBe(1)
    }))
})

describe('settings', () => {
  // biome-ignore format: table
  it.each([
    ['none at all',            undefined,                                         /clientId: is missing.*munchkinId/],
    ['no secret',              { ...settings, clientSecret: ' ' },                /clientSecret: is missing/],
    ['a wrong account',        { ...settings, munchkinId: 'corp' },               /munchkinId/],
    ['events without JSON',    { ...settings, events: { 'Demo Booked': 'yes' } }, /events\["?Demo Booked"?\].*holds no JSON object/],
    ['traits that are a text', { ...settings, traits: 'plan' },                   /traits: found/],
    ['recipes',                { ...settings, recipes: '[]' },                    /recipes: found recipes; this file maps by the v2/]
  ])('with %s are told as such', async (_, own, message) => {
    const onTrack = await handlerOf('onTrack', {})
    const error = await thrownBy(onTrack(track(1), own))
    expect(error?.name).toBe('ValidationError')
    expect(error?.message).toMatch(message)
  })

  it('work as the guide shows them', () =>
    withMarketo({}, async ({ fetch, state }) => {
      const guide = readFileSync('docs/segment-functions.md', 'utf8')
      const [, row = ''] = /```json\n(.+?)```/s.exec(guide) ?? []
      const onTrack = await handlerOf('onTrack', { globals: { fetch } })
      await onTrack(fromElsewhere(track(1)), fromElsewhere({ ...settings, events: { 'Demo Booked': row } }))
      expect(activitiesIn(state())).toMatchObject([{ leadId: 1, activityTypeId: 100_001 }])
    }))

  it('are read alike as maps, as JSON, as lists, and beside the options', () =>
    withMarketo({}, async ({ fetch, state }) => {
      const onTrack = await handlerOf('onTrack', { globals: { fetch } })
      const events = [{ event: 'Demo Booked', ...JSON.parse(settings.events['Demo Booked']) }]
      const lists = { ...settings, traits: '', events: JSON.stringify(events), options: '{"createLead":true}' }
      await onTrack(track(1), fromElsewhere(lists))
      await onTrack(track(2), fromElsewhere({ ...settings, events, options: undefined, createLead: true }))
      await onTrack(track(3), fromElsewhere({ ...settings, events: JSON.stringify(settings.events) }))
      expect(activitiesIn(state()).map(({ leadId }) => leadId)).toEqual([1, 2, 3])
    }))

  it('P3 whatever the event is, it has a status', async () => {
    const onBatch = await handlerOf('onBatch', { globals: { fetch: () => Promise.reject(new Error('offline')) } })
    await fc.assert(
      fc.asyncProperty(fc.anything(), async (event) => {
        expect([200, 400, 500]).toContain(statusesIn(await onBatch([event], settings))[0])
      })
    )
  })

  it('P3 of any kind end in a verdict', async () => {
    const onBatch = await handlerOf('onBatch', { globals: { fetch: () => Promise.reject(new Error('offline')) } })
    await fc.assert(
      fc.asyncProperty(fc.anything(), fc.anything(), async (event, own) => {
        expect(statusesIn(await onBatch([event], own))).toEqual([400])
      })
    )
  })
})

describe('messages', () => {
  it('S3 hold no value of the event, no token and no secret', () =>
    withMarketo({}, async ({ fetch }) => {
      const cache = newCache()
      const handlers = await loaded('destination', { globals: { fetch, cache } })
      const own = { ...settings, traits: { ...settings.traits, tier: 'noSuchField' } }
      const marked = 'm4rk3d-value'
      const events = [
        identify(1, { email: `${marked} no email` }),
        identify(2, { tier: marked, email: `${marked}@corp.test` }),
        { ...track(3, { plan: { [marked]: marked } }), userId: marked },
        { ...page(4), properties: { url: `ftp://${marked}/` } },
        { type: marked },
        marked
      ]
      const told = JSON.stringify(await handlers.get('onBatch')?.(fromElsewhere(events), fromElsewhere(own)))
      expect(told.match(/errormessage/g)?.length).toBeGreaterThan(3)
      const secrets = [marked, clientSecret, ...[...cache.held.values()].map((kept) => Object(kept).token)]
      expect(secrets.length).toBe(3)
      for (const secret of secrets) expect(told).not.toContain(secret)
    }))
})
