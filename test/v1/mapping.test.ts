import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeSteps } from '../../src/endpoints/steps.js'
import { describeProblem } from '../../src/ground/problem.js'
import { combine } from '../../src/intent/mapped.js'
import { browserMapper, browserStart, mapper } from '../../src/v1/mapper.js'
import { fieldFor } from '../../src/v1/naming.js'
import { associateLeadSignature } from '../../src/v1/sign.js'
import { mapper as v2Mapper } from '../../src/v2/mapper.js'
import { jsonValue } from '../arbitraries/events.js'
import { cloudSettings, encounter as v2Encounter } from '../arbitraries/settings.js'
import { encounter, settings } from '../arbitraries/v1-settings.js'
import { keyInPage } from '../cases/v1-identify.js'
import { intentsOf, munchkinId, pageMapper, problemsOf, serverMapper, settingsFrom } from './given.js'

const cookie = `id:${munchkinId}&token:_mch-example.com-1374552656411-90718`
const withCookie = { context: { Marketo: { marketoCookie: cookie } } }
const timestamp = '2024-05-01T10:00:00Z'
const email = 'ana@corp.test'

const id = fc.oneof(fc.constantFrom('u1', 'ana@corp.test', 7, null), fc.string({ maxLength: 5 }))

/** An identify, page or track call with some of the ids. */
const call = fc.record({
  type: fc.constantFrom('identify', 'page', 'track'),
  event: fc.constant('Trial Started'),
  userId: id,
  anonymousId: id,
  traits: fc.constantFrom({ email }, { email, plan: 'pro' }, {}),
  properties: fc.constantFrom({ url: 'https://shop.test/a' }, { url: '/a', plan: 'pro' }),
  timestamp: fc.constant(timestamp)
})

describe('identity', () => {
  it('C2 with a valid cookie every lead is addressed by it, and the other ids ride along', () => {
    fc.assert(
      fc.property(call, (event) => {
        const intents = intentsOf(serverMapper()({ ...event, ...withCookie }))
        expect(intents).toHaveLength(1)
        for (const intent of intents) {
          if (!('lead' in intent)) throw new Error('no lead')
          expect(intent.lead).toEqual({ lookupField: 'cookies', value: cookie })
          if (intent._tag === 'SyncLeadOverSoap') {
            expect(intent.cookie).toBe(cookie)
            const said =
              typeof event.userId === 'number' || (typeof event.userId === 'string' && event.userId.trim() !== '')
            expect(Object.keys(intent.attributes).includes('UserId')).toBe(said)
          } else if (intent._tag === 'VisitPage') expect(intent.visitor).toEqual({ _tag: 'Cookie', cookie })
        }
      })
    )
  })

  it('C2 without one, a visit is the userId’s, else the anonymousId’s', () => {
    fc.assert(
      fc.property(call, (event) => {
        fc.pre(event.type !== 'identify')
        const verdict = serverMapper({ pageOrigin: 'https://a.test' })(event)
        const text = (u: unknown) => (u === null || String(u).trim() === '' ? undefined : String(u))
        const [user, anonymous] = [text(event.userId), text(event.anonymousId)]
        const lead =
          user !== undefined ? { lookupField: 'UserId', value: user } : { lookupField: 'AnonymousId', value: anonymous }
        if (user === undefined && anonymous === undefined) expect(verdict._tag).toBe('Left')
        else for (const intent of intentsOf(verdict)) expect(intent).toMatchObject({ lead })
      })
    )
  })

  it('C5 every intent of the server names its lead, and none of the browser’s does', () => {
    fc.assert(
      fc.property(encounter(settings), ([of, event]) => {
        for (const intent of intentsOf(mapper(of)(event))) {
          expect(intent).toHaveProperty('lead.lookupField')
          expect('lead' in intent && String(intent.lead.value)).toMatch(/\S/)
        }
        for (const intent of [...intentsOf(browserMapper(of)(event)), ...intentsOf(browserStart(of))])
          expect(intent).not.toHaveProperty('lead')
      })
    )
  })

  it('C5 what the server says can be carried out, once a visit has a host', () => {
    fc.assert(
      fc.property(
        encounter(settings.map((of) => ({ ...of, pageOrigin: 'https://www.example.com' }))),
        ([of, event]) => {
          const verdict = mapper(of)(event)
          if (verdict._tag === 'Left') return
          const described = describeSteps(verdict.right)
          const unsent = described._tag === 'Right' ? [] : described.left
          expect(unsent.map(({ problem }) => describeProblem(problem))).toEqual([])
        }
      )
    )
  })
})

describe('names', () => {
  const trait = fc.constantFrom('plan name', 'planName', 'PlanName', 'Plan name', 'seats', 'Seats', 'userId', 'user Id')
  const scalar = fc.constantFrom('x', 'y', 7, true)

  it('N4 of traits that meet in one field one is written, the same in any order, and each other one is said', () => {
    fc.assert(
      fc.property(
        fc.dictionary(trait, scalar, { noNullPrototype: true }),
        fc.infiniteStream(fc.nat()),
        (traits, order) => {
          const shuffled = Object.fromEntries(
            Object.entries(traits)
              .map((entry) => [order.next().value, entry] as const)
              .sort((a, b) => a[0] - b[0])
              .map(([, entry]) => entry)
          )
          const map = serverMapper()
          const verdict = map({ type: 'identify', userId: 'u1', traits: { email, ...traits } })
          expect(intentsOf(map({ type: 'identify', userId: 'u1', traits: { ...shuffled, email } }))).toEqual(
            intentsOf(verdict)
          )
          const [intent] = intentsOf(verdict)
          const attributes = intent?._tag === 'SyncLeadOverSoap' ? intent.attributes : {}
          const fields = new Set(Object.keys(traits).map(fieldFor))
          fields.add('UserId')
          expect(new Set(Object.keys(attributes))).toEqual(fields)
          expect(attributes.UserId).toBe('u1')
          const lost = Object.keys(traits).length - [...fields].filter((field) => field !== 'UserId').length
          const said = problemsOf(verdict).filter(({ _tag }) => _tag === 'Conflict')
          expect(said).toHaveLength(lost)
        }
      )
    )
  })

  it('M3 of traits that meet in one field of the browser, each is in it or told', () => {
    const names = [
      'plan',
      'Plan',
      'a plan',
      'aPlan',
      'APlan',
      'userId',
      'id',
      'Company',
      'city',
      'City',
      'Industry',
      'industry'
    ]
    fc.assert(
      fc.property(fc.constantFrom('renames', 'server', 'none'), fc.shuffledSubarray(names), (clientNaming, some) => {
        const traits = { email, ...Object.fromEntries(some.map((name) => [name, `value of ${name}`])) }
        const verdict = pageMapper({ clientNaming })({ type: 'identify', userId: 'u1', traits })
        const [intent] = intentsOf(verdict)
        const kept = intent?._tag === 'AssociateLeadInBrowser' ? Object.values(intent.fields) : []
        const told = problemsOf(verdict).map(({ at }) => at[1])
        for (const name of some) expect(kept.includes(`value of ${name}`)).toBe(!told.includes(name))
        expect(kept).toContain('u1')
      })
    )
  })

  it('M3 the order of traits changes no intent', () => {
    fc.assert(
      fc.property(encounter(settings), ([of, event]) => {
        const { traits } = event
        const turned =
          typeof traits === 'object' && traits !== null && !Array.isArray(traits)
            ? { ...event, traits: Object.fromEntries(Object.entries(traits).reverse()) }
            : event
        for (const map of [mapper(of), browserMapper({ ...of, browserProfile: 'default' })])
          expect(intentsOf(map(turned))).toEqual(intentsOf(map(event)))
      })
    )
  })
})

describe('values', () => {
  it('M6 no list and no object becomes text, in a record or in a parameter', () => {
    const nested = jsonValue.filter((value) => typeof value === 'object' && value !== null)
    fc.assert(
      fc.property(nested, (value) => {
        const identified = intentsOf(
          serverMapper()({ type: 'identify', traits: { email, custom: value, title: value } })
        )
        expect(identified).toMatchObject([{ attributes: {} }])
        expect(Object.keys(identified[0]?._tag === 'SyncLeadOverSoap' ? identified[0].attributes : { x: 1 })).toEqual(
          []
        )
        const tracked = intentsOf(pageMapper()({ type: 'track', event: 'E', properties: { custom: value } }))
        expect(tracked).toMatchObject([{ params: '' }])
      })
    )
  })

  it('U1 a track event’s name and properties survive the address that a server reports', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 8 })
    fc.assert(
      fc.property(text, fc.array(fc.tuple(text, text), { maxLength: 4 }), (name, pairs) => {
        fc.pre(name !== '')
        const properties = Object.fromEntries(pairs)
        const [intent] = intentsOf(serverMapper()({ type: 'track', event: name, properties, timestamp, ...withCookie }))
        if (intent?._tag !== 'VisitPage') throw new Error('no visit')
        const { path, params } = intent.page
        const url = new URL(`https://a.test${path}?${params}`)
        expect(url.hash).toBe('')
        const dashed = name.replace(/[ _]/g, '-')
        expect(decodeURIComponent(path)).toBe(name.startsWith('/event/') ? dashed : `/event/${dashed}`)
        expect([...new URLSearchParams(params.replace(/&$/, ''))].filter(([k, v]) => `${k}${v}` !== '')).toEqual(
          Object.entries(properties).filter(([k, v]) => `${k}${v}` !== '')
        )
      })
    )
  })
})

describe('beside the other contract', () => {
  it('M4 combined with v2, v1’s whole answer comes first, and neither moves the other', () => {
    fc.assert(
      fc.property(encounter(settings), v2Encounter(cloudSettings), ([v1, event], [v2]) => {
        const both = combine(mapper(v1), v2Mapper(v2))(event)
        const [first, second] = [mapper(v1)(event), v2Mapper(v2)(event)]
        expect(intentsOf(both)).toEqual([...intentsOf(first), ...intentsOf(second)])
        expect(problemsOf(both)).toEqual([...problemsOf(first), ...problemsOf(second)])
      })
    )
  })
})

describe('signing', () => {
  const event = { type: 'identify', userId: 'u1', traits: { email } }

  it('S1 with a key the signature is made here, of the email as it is sent', () => {
    const key = fc.string({ unit: 'binary', minLength: 1 })
    fc.assert(
      fc.property(key, (privateKey) => {
        const of = settingsFrom({ projectId: 'p1' })
        const [intent] = intentsOf(browserMapper(of, { privateKey, runsIn: 'server' })(event))
        expect(intent).toMatchObject({
          fields: { Email: email },
          signature: { _tag: 'Signed', signature: associateLeadSignature(privateKey)(email) }
        })
      })
    )
  })

  it('S3 the key is in no intent and no problem, wherever the mapper runs', () => {
    fc.assert(
      fc.property(
        encounter(settings),
        fc.stringMatching(/^[a-zA-Z0-9]{24}$/),
        fc.constantFrom('server' as const, 'browser' as const),
        ([of, met], privateKey, runsIn) => {
          const signing = { privateKey, runsIn }
          const said = JSON.stringify([
            browserMapper(of, signing)(met),
            browserMapper(of, signing)(event),
            browserStart(of, signing)
          ])
          expect(said).not.toContain(privateKey)
        }
      )
    )
  })

  it('a key in a page is said, at the start and with each identify; on a server it is not', () => {
    const of = settingsFrom({ projectId: 'p1' })
    const inPage = { privateKey: 'k', runsIn: 'browser' as const }
    expect(problemsOf(browserMapper(of, inPage)(event))).toEqual([keyInPage])
    expect(problemsOf(browserStart(of, inPage))).toEqual([{ ...keyInPage, mend: expect.stringMatching(/\S/) }])
    const onServer = { privateKey: 'k', runsIn: 'server' as const }
    expect(problemsOf(browserMapper(of, onServer)(event))).toEqual([])
    expect(browserStart(of, onServer)._tag).toBe('Right')
  })
})

describe('what starts in the browser', () => {
  it.each([
    ['page calls are mapped, so init counts none', {}, { asyncOnly: true, apiOnly: true }],
    ['init counts the first page', { firstPage: 'init' }, { asyncOnly: true }],
    [
      'further options',
      { munchkinOptions: { cookieAnon: false } },
      { asyncOnly: true, apiOnly: true, cookieAnon: false }
    ],
    ['Segment’s own code', { browserProfile: 'exact', munchkinOptions: { cookieAnon: false } }, { asyncOnly: true }]
  ])('%s', (_, given, options) => {
    expect(browserStart(settingsFrom(given))).toEqual({
      _tag: 'Right',
      right: [{ _tag: 'StartInBrowser', munchkinId, options, form: null }]
    })
  })
})

describe('a mapper that is kept', () => {
  it('P1 knows nothing of the calls before', () => {
    fc.assert(
      fc.property(encounter(settings), fc.constantFrom({}, { email }), ([of, before], traits) => {
        const event = { ...before, traits, properties: traits }
        for (const make of [mapper, (given: typeof of) => browserMapper(given)]) {
          const kept = make(of)
          kept(before)
          expect(kept(event)).toEqual(make(of)(event))
        }
      })
    )
  })

  it('reads a name that is no text any more, when it is read again, as none', () => {
    let name: unknown = 7
    const event = Object.defineProperty({ type: 'track', timestamp, ...withCookie }, 'event', {
      enumerable: true,
      get: () => {
        name = name === 7 ? 'E' : 7
        return name
      }
    })
    expect(intentsOf(serverMapper()(event))).toMatchObject([{ page: { path: '/event/' } }])
  })
})

describe('memory', () => {
  it('names without end are still named rightly', () => {
    const map = serverMapper()
    for (let i = 0; i < 5000; i += 1) map({ type: 'identify', traits: { email, [`trait ${i}`]: 1 } })
    expect(intentsOf(map({ type: 'identify', traits: { email, 'trait 4999': 1, 'trait 1': 2 } }))).toMatchObject([
      { attributes: { Trait4999: 1, Trait1: 2 } }
    ])
  })
})
