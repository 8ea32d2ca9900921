/**
 * Whom an intent is about: the key, the ids beside it, and what never leaves.
 */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Intent } from '../../src/intent/intent.js'
import { isEmail } from '../../src/marketo/email.js'
import { browserMapper, browserStart, mapper } from '../../src/v2/mapper.js'
import { browserSettings, cloudSettings, encounter } from '../arbitraries/settings.js'
import { intentsOf, problemsOf, serverMapper, settingsFrom } from './given.js'

const kinds = ['email', 'userId', 'anonymousId'] as const

/** Ids as an event may hold them; absent, null and blank are all absent. */
const id = fc.oneof(
  { weight: 3, arbitrary: fc.stringMatching(/^[a-z0-9-]{1,12}$/) },
  { weight: 1, arbitrary: fc.nat() },
  { weight: 1, arbitrary: fc.constantFrom('', ' ', null, undefined) }
)
const email = fc.oneof(
  { weight: 3, arbitrary: fc.emailAddress().filter(isEmail) },
  { weight: 1, arbitrary: fc.constantFrom('', null, undefined) }
)

const said = (value: unknown): string | undefined =>
  value === undefined || value === null || String(value).trim() === '' ? undefined : String(value)

const primary = { property: 'plan', attribute: 'plan', primary: true }
const events = [{ event: 'Trial Started', activityTypeId: 100_001, attributes: [primary] }]

/** Calls that hold these ids, each of which the server maps. */
const callsWith = (address: unknown, userId: unknown, anonymousId: unknown): ReadonlyArray<Record<string, unknown>> => {
  const ids = { userId, anonymousId, timestamp: '2024-05-01T10:00:00Z' }
  return [
    { type: 'identify', ...ids, traits: { email: address } },
    { type: 'track', ...ids, event: 'Trial Started', properties: { plan: 'pro', email: address } },
    {
      type: 'track',
      ...ids,
      event: 'Trial Started',
      properties: { plan: 'pro' },
      context: { traits: { email: address } }
    },
    { type: 'page', ...ids, properties: { url: 'https://a.test/', email: address }, context: { userAgent: 'UA/1' } },
    { type: 'group', ...ids, groupId: 'g1', traits: { name: 'Acme' }, context: { traits: { email: address } } }
  ]
}

const keysOf = (intents: ReadonlyArray<Intent>) => intents.map((intent) => ('lead' in intent ? intent.lead : undefined))

describe('the key of a lead', () => {
  it('C3 is the first present of email, userId, anonymousId', () => {
    const map = serverMapper({ anonymousActivity: true, events })
    fc.assert(
      fc.property(email, id, id, (address, userId, anonymousId) => {
        const ids = [said(address), said(userId), said(anonymousId)]
        const first = ids.findIndex((value) => value !== undefined)
        for (const event of callsWith(address, userId, anonymousId)) {
          const intents = intentsOf(map(event))
          if (first < 0) expect(intents).toEqual([])
          else {
            expect(intents.length).toBeGreaterThan(0)
            for (const key of keysOf(intents)) expect(key).toEqual({ lookupField: kinds[first], value: ids[first] })
          }
        }
      })
    )
  })

  it('C3 is the first present in the order of the settings, under the fields of the settings', () => {
    const order = fc.shuffledSubarray([...kinds], { minLength: 1 })
    fc.assert(
      fc.property(order, email, id, id, (identity, address, userId, anonymousId) => {
        const map = serverMapper({
          anonymousActivity: true,
          events,
          identity,
          userIdField: 'externalId__c',
          anonymousIdField: 'visitor__c'
        })
        const ids = { email: said(address), userId: said(userId), anonymousId: said(anonymousId) }
        const fields = { email: 'email', userId: 'externalId__c', anonymousId: 'visitor__c' }
        const first = identity.find((kind) => ids[kind] !== undefined)
        for (const event of callsWith(address, userId, anonymousId)) {
          const intents = intentsOf(map(event))
          if (first === undefined) expect(intents).toEqual([])
          else for (const key of keysOf(intents)) expect(key).toEqual({ lookupField: fields[first], value: ids[first] })
        }
      })
    )
  })

  it('C3 every id that the call holds is written on the lead, whichever is the key', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...kinds], { minLength: 1 }),
        email,
        id,
        id,
        (identity, address, userId, anonymousId) => {
          const map = serverMapper({ anonymousActivity: true, events, identity })
          const present = Object.entries({
            email: said(address),
            userId: said(userId),
            anonymousId: said(anonymousId)
          }).filter(([, value]) => value !== undefined)
          for (const event of callsWith(address, userId, anonymousId)) {
            for (const intent of intentsOf(map(event))) {
              if (intent._tag !== 'UpsertLead') continue
              const ids = Object.entries(intent.fields).filter(([field]) => kinds.some((kind) => kind === field))
              expect(Object.fromEntries(ids)).toEqual(Object.fromEntries(present))
              expect(intent.fields[intent.lead.lookupField]).toBe(intent.lead.value)
            }
          }
        }
      )
    )
  })

  it('an email that cannot be one stops the event: no intent falls through to another key', () => {
    const map = serverMapper({ anonymousActivity: true, events })
    const broken = fc.oneof(
      fc.constantFrom('not-an-email', 'a@b', ' ana@corp.test', 'ana@corp.test ', 0, false, 42),
      fc.constant({ a: 1 }),
      fc.constant(['ana@corp.test'])
    )
    fc.assert(
      fc.property(broken, (address) => {
        for (const event of callsWith(address, 'u1', 'a1')) {
          const verdict = map(event)
          expect(intentsOf(verdict)).toEqual([])
          expect(problemsOf(verdict)).toMatchObject([{ _tag: 'Malformed', weight: 'invalid' }])
        }
      })
    )
  })

  it('with next-key the same event goes on with the next id, and the email is said to be dropped', () => {
    const map = serverMapper({ anonymousActivity: true, events, invalidEmail: 'next-key' })
    for (const event of callsWith('not-an-email', 'u1', 'a1')) {
      const verdict = map(event)
      expect(verdict._tag).toBe('Both')
      expect(problemsOf(verdict)[0]).toMatchObject({ _tag: 'Malformed', weight: 'dropped' })
      for (const key of keysOf(intentsOf(verdict))) expect(key).toEqual({ lookupField: 'userId', value: 'u1' })
      expect(JSON.stringify(verdict)).not.toContain('not-an-email')
    }
  })
})

describe('anonymous activity', () => {
  const mark = 'mark-0f3a9c'
  const off = cloudSettings.map((of) => ({ ...of, anonymousActivity: false }))

  it('C4 off: nobody without a userId is sent', () => {
    fc.assert(
      fc.property(encounter(off), fc.constantFrom(undefined, null, '', '  '), ([of, event], userId) => {
        expect(intentsOf(mapper(of)({ ...event, userId }))).toEqual([])
      })
    )
  })

  it('C4 off: no anonymousId leaves, under either of its names', () => {
    fc.assert(
      fc.property(encounter(off), fc.constantFrom('anonymousId', 'sessionId'), ([of, event], name) => {
        const verdict = mapper(of)({ ...event, [name]: mark })
        expect(JSON.stringify(verdict)).not.toContain(mark)
      })
    )
  })

  it('C4 off, the browser’s side in the default profile: no anonymousId leaves either, and Munchkin sets no cookie', () => {
    const device = browserSettings.map((of) => ({
      ...of,
      anonymousActivity: false,
      browserProfile: 'default' as const,
      munchkinOptions: {}
    }))
    fc.assert(
      fc.property(encounter(device), fc.constantFrom('anonymousId', 'sessionId'), ([of, event], name) => {
        expect(JSON.stringify(browserMapper(of)({ ...event, [name]: mark }))).not.toContain(mark)
        expect(intentsOf(browserStart(of))).toMatchObject([{ options: { cookieAnon: false } }])
      })
    )
  })

  it('on: the anonymousId is written on the lead, and Munchkin’s own default stands', () => {
    const of = settingsFrom({ anonymousActivity: true, mode: 'device', formId: 1, formHost: '//a.test' })
    expect(intentsOf(serverMapper({ anonymousActivity: true })({ type: 'identify', anonymousId: mark }))).toMatchObject(
      [{ fields: { anonymousId: mark } }]
    )
    expect(JSON.stringify(browserStart(of))).not.toContain('cookieAnon')
  })
})

describe('addressing', () => {
  it('C5 no intent is without the key of its lead, save those that run in the lead’s own browser', () => {
    fc.assert(
      fc.property(fc.oneof(encounter(cloudSettings), encounter(browserSettings)), ([of, event]) => {
        for (const verdict of [mapper(of)(event), browserMapper(of)(event), browserStart(of)]) {
          for (const intent of intentsOf(verdict)) {
            if (intent._tag.endsWith('InBrowser')) expect(intent).not.toHaveProperty('lead')
            else
              expect(intent).toMatchObject({
                lead: { lookupField: expect.stringMatching(/./), value: expect.stringMatching(/\S/) }
              })
          }
        }
      })
    )
  })

  it('every intent is on the instance of the settings', () => {
    fc.assert(
      fc.property(fc.oneof(encounter(cloudSettings), encounter(browserSettings)), ([of, event]) => {
        for (const verdict of [mapper(of)(event), browserMapper(of)(event), browserStart(of)]) {
          for (const intent of intentsOf(verdict)) expect(intent.munchkinId).toBe(of.munchkinId)
        }
      })
    )
  })

  it('the lead’s own number is no field that an event writes', () => {
    fc.assert(
      fc.property(encounter(cloudSettings), ([of, event]) => {
        for (const intent of intentsOf(mapper(of)(event))) {
          expect('lead' in intent ? intent.lead.lookupField : '').not.toBe('id')
          if (intent._tag === 'UpsertLead') expect(intent.fields).not.toHaveProperty('id')
        }
      })
    )
  })

  it('unknown leads are made only when settings say so', () => {
    fc.assert(
      fc.property(encounter(cloudSettings.map((of) => ({ ...of, createLead: false }))), ([of, event]) => {
        for (const intent of intentsOf(mapper(of)(event))) {
          if (intent._tag === 'UpsertLead') expect(intent).toMatchObject({ action: 'updateOnly', partitionName: null })
        }
      })
    )
  })
})
