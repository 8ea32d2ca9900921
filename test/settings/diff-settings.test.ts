import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diffSettings } from '../../src/settings/diff-settings.js'
import { decodeSettings } from '../../src/v2/decode-settings.js'
import { mapper } from '../../src/v2/mapper.js'
import type { Settings } from '../../src/v2/settings.js'
import { settingsVersion } from '../../src/v2/settings-version.js'
import { anyEvent, deepFrozen, hostileValue } from '../arbitraries/events.js'
import { decoded, givenSettings } from '../arbitraries/settings.js'

const intentsOf = (settings: Settings, event: unknown) => {
  const mapped = mapper(settings)(event)
  return mapped._tag === 'Left' ? [] : mapped.right
}

const swapped = { added: 'removed', removed: 'added', changed: 'changed' } as const

describe('laws', () => {
  it('G4 P2 an event counts as changed exactly when its intents differ', () => {
    fc.assert(
      fc.property(givenSettings, givenSettings, fc.array(anyEvent, { maxLength: 4 }), (a, b, events) => {
        const [before, after] = [
          deepFrozen(decoded(a)),
          deepFrozen({ ...decoded(b), munchkinId: decoded(a).munchkinId })
        ]
        const diff = diffSettings(before, after, deepFrozen(events))
        const differ = events.filter((event) => {
          const [one, other] = [intentsOf(before, event), intentsOf(after, event)]
          // Intents are told apart by their kind alone.
          for (const intents of [one, other]) expect(new Set(intents.map(({ _tag }) => _tag)).size).toBe(intents.length)
          return JSON.stringify(inOrder(one)) !== JSON.stringify(inOrder(other))
        })
        expect([diff.events, diff.changed]).toEqual([events.length, differ.length])
        expect(diffSettings(before, before, events)).toMatchObject({ changed: 0, kinds: [] })
      })
    )
  })

  it('G4 P1 exchanging the two exchanges what is added and what is removed', () => {
    fc.assert(
      fc.property(givenSettings, givenSettings, fc.array(anyEvent, { maxLength: 4 }), (a, b, events) => {
        const [before, after] = [decoded(a), decoded(b)]
        const [one, other] = [diffSettings(before, after, events), diffSettings(after, before, events)]
        expect([one.before, one.after]).toEqual([other.after, other.before])
        const told = (diff: typeof one, turn: boolean) =>
          diff.kinds.map(({ places, ...kind }) => ({
            ...kind,
            places: places
              .map(({ place, change, events: n }) => `${turn ? swapped[change] : change} ${place} ${n}`)
              .sort()
          }))
        expect(told(one, false)).toEqual(told(other, true))
      })
    )
  })

  it('G4 P3 equal settings have one version, others have another, and any value at all can be a sample', () => {
    fc.assert(
      fc.property(givenSettings, givenSettings, fc.oneof(hostileValue, fc.anything()), (a, b, u) => {
        const [before, after] = [decoded(a), decoded(b)]
        const turned = JSON.parse(JSON.stringify(Object.fromEntries(Object.entries(before).reverse())))
        expect(settingsVersion(turned)).toBe(settingsVersion(before))
        expect(settingsVersion(before) === settingsVersion(after)).toBe(
          JSON.stringify(inOrder(before)) === JSON.stringify(inOrder(after))
        )
        expect(diffSettings(before, after, [u]).events).toBe(1)
      })
    )
  })

  it('S3 no value of an event is told', () => {
    const event = { type: 'identify', userId: 'SECRET', traits: { email: 'secret@example.com', plan: 'SECRET' } }
    const read = (field: string) => decodeSettings({ munchkinId: '561-HYG-937', traits: [{ trait: 'plan', field }] })
    const [before, after] = [read('one'), read('other')]
    if (before._tag === 'Left' || after._tag === 'Left') throw new Error('cannot be read')
    const diff = diffSettings(before.right, after.right, [event])
    expect(diff.kinds[0]?.places).toEqual([
      { place: 'UpsertLead.fields.one', change: 'removed', events: 1 },
      { place: 'UpsertLead.fields.other', change: 'added', events: 1 }
    ])
    expect(JSON.stringify(diff).toLowerCase()).not.toContain('secret')
  })
})

/** JSON with its members in order; attributes by their names. */
function inOrder(u: unknown): unknown {
  if (Array.isArray(u)) return u.map(inOrder)
  if (typeof u !== 'object' || u === null) return u
  return Object.entries(u)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => [key, inOrder(value)])
}

describe('documented cases', () => {
  it('tells the attribute of an activity by its name, and an event that is no longer mapped', () => {
    const row = (attribute: string) => ({
      event: 'Order Completed',
      activityTypeId: 100001,
      attributes: [
        { property: 'id', attribute: 'orderId', primary: true },
        { property: 'coupon', attribute }
      ]
    })
    const read = (given: object) => {
      const settings = decodeSettings({ munchkinId: '561-HYG-937', ...given })
      if (settings._tag === 'Left') throw new Error('cannot be read')
      return settings.right
    }
    const event = {
      type: 'track',
      event: 'Order Completed',
      userId: 'u1',
      timestamp: '2024-05-01T10:00:00Z',
      properties: { id: 'o1', coupon: 'c' }
    }
    const other = { ...event, event: 'Other' }
    const renamed = diffSettings(read({ events: [row('coupon')] }), read({ events: [row('voucher')] }), [event, other])
    expect(renamed).toMatchObject({
      events: 2,
      changed: 1,
      kinds: [
        {
          type: 'track',
          event: 'Order Completed',
          events: 1,
          changed: 1,
          places: [
            { place: 'AddCustomActivity.attributes.coupon', change: 'removed', events: 1 },
            { place: 'AddCustomActivity.attributes.voucher', change: 'added', events: 1 }
          ]
        }
      ]
    })
    const gone = diffSettings(read({ events: [row('coupon')] }), read({}), [event])
    expect(gone.kinds[0]?.places).toContainEqual({ place: 'AddCustomActivity', change: 'removed', events: 1 })
  })

  const read = (given: object): Settings => {
    const settings = decodeSettings({ munchkinId: '561-HYG-937', ...given })
    if (settings._tag === 'Left') throw new Error('cannot be read')
    return settings.right
  }
  const planRow = (more: object = {}) => ({ traits: [{ trait: 'plan', field: 'plan__c', ...more }] })
  const identify = (plan: string) => ({ type: 'identify', userId: 'u1', traits: { email: 'ana@example.com', plan } })

  it('tells attributes by the name that they go by, and parts of a list by their number', () => {
    const events = (attribute: string) => [
      {
        event: 'A',
        activityTypeId: 100_001,
        attributes: [
          { property: 'id', attribute: 'id', primary: true },
          { property: 'coupon', attribute }
        ]
      }
    ]
    const track = { type: 'track', event: 'A', userId: 'u1', timestamp: '2024-05-01T10:00:00Z' }
    const page = { type: 'page', userId: 'u1', timestamp: '2024-05-01T10:00:00Z', context: { userAgent: 'UA' } }
    const samples = [
      { ...track, properties: { id: 'o1', coupon: 'c' } },
      { ...page, event: 'B', properties: { url: '/a?b=c' } }
    ]
    const before = read({ attributeKey: 'name', events: events('Coupon'), pageOrigin: 'https://www.example.com' })
    const after = read({ attributeKey: 'name', events: events('Voucher'), pageOrigin: 'https://example.com' })
    const { kinds } = diffSettings(before, after, samples)
    expect(kinds.map(({ type, event }) => [type, event])).toEqual([
      ['track', 'A'],
      ['page', null]
    ])
    expect(kinds.map(({ places }) => places.map(({ place, change }) => `${change} ${place}`))).toEqual([
      ['removed AddCustomActivity.attributes.Coupon', 'added AddCustomActivity.attributes.Voucher'],
      ['changed VisitPage.page.origin']
    ])
    const gone = diffSettings(before, read({ mode: 'hybrid', formId: 1, formHost: '//example.com' }), samples)
    expect(gone.kinds[1]?.places.map(({ place }) => place)).toContain('VisitPage')
  })

  it('takes an event that breaks while it is read, and tells of none', () => {
    const breaking = Object.defineProperty({ userId: 'u1' }, 'type', {
      enumerable: true,
      get: () => {
        throw new Error('no')
      }
    })
    expect(diffSettings(read({}), read(planRow()), [breaking, identify('pro')])).toMatchObject({
      events: 2,
      changed: 1
    })
  })

  it('counts events by kind and by place, and kinds come in the order of their first event', () => {
    const event = (name: string) => ({
      type: 'track',
      event: name,
      userId: 'u1',
      timestamp: '2024-05-01T10:00:00Z',
      properties: { id: 'o1' }
    })
    const attributes = [{ property: 'id', attribute: 'id', primary: true }]
    const [long, other] = ['x'.repeat(300), 'A']
    const events = [long, other].map((name) => ({ event: name, activityTypeId: 100_001, attributes }))
    const samples = [identify('pro'), event(long), identify('no'), event(other), 7, event(long), null]
    const diff = diffSettings(read(planRow()), read({ ...planRow({ transforms: [{ cut: 2 }] }), events }), samples)
    expect(diff).toMatchObject({ events: 7, changed: 4 })
    expect(diff.kinds).toEqual([
      {
        type: 'identify',
        event: null,
        events: 2,
        changed: 1,
        places: [{ place: 'UpsertLead.fields.plan__c', change: 'changed', events: 1 }]
      },
      {
        type: 'track',
        event: 'x'.repeat(255),
        events: 2,
        changed: 2,
        places: expect.arrayContaining([{ place: 'AddCustomActivity', change: 'added', events: 2 }])
      },
      {
        type: 'track',
        event: 'A',
        events: 1,
        changed: 1,
        places: expect.arrayContaining([{ place: 'AddCustomActivity', change: 'added', events: 1 }])
      }
    ])
  })
})
