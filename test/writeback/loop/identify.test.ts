import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeProblem } from '../../../src/ground/problem.js'
import { mapper } from '../../../src/v2/mapper.js'
import type { FieldDecision } from '../../../src/writeback/conflict/decide.js'
import {
  identifyOf,
  isOurCall,
  type LeadIdentity,
  upsertOf,
  usualIdentifySettings,
  withoutOurCalls
} from '../../../src/writeback/loop/identify.js'
import { deepFrozen, hostileEvent } from '../../arbitraries/events.js'
import { fragile } from '../../arbitraries/hostile.js'
import { decoded } from '../../arbitraries/settings.js'
import { hyg } from '../../endpoints/reading.js'
import { noon } from './given.js'

const ana: LeadIdentity = { munchkinId: hyg, leadId: 1042, userId: 'u1', anonymousId: null }

const toSegment = (field: string, value: FieldDecision['value'], at: number | null = noon): FieldDecision => ({
  field,
  winner: 'marketo',
  value,
  reason: 'newer',
  sentence: '',
  action: 'write-to-segment',
  at
})

const identify = identifyOf(usualIdentifySettings)

const decisions = fc.array(
  fc
    .tuple(
      fc.constantFrom('email', 'firstName', 'phone', 'city'),
      fc.constantFrom<FieldDecision['value']>('x', 'y', 7, true, null),
      fc.constantFrom(noon, noon + 1, null),
      fc.constantFrom<FieldDecision['action']>('write-to-segment', 'write-to-marketo', 'none')
    )
    .map(([field, value, at, action]) => ({ ...toSegment(field, value, at), action })),
  { maxLength: 6 }
)

const oneOfEach = decisions.map((list) => [...new Map(list.map((one) => [one.field, one])).values()])

describe('identify calls', () => {
  it('say who, what, when, and who is not to hear of it', () => {
    expect(identify(ana, [toSegment('phone', '030'), toSegment('firstName', 'Ana')])).toEqual([
      {
        type: 'identify',
        messageId: expect.stringMatching(/^mkto:change:[0-9a-f]{40}$/),
        userId: 'u1',
        timestamp: '2024-05-03T10:00:00.000Z',
        traits: { firstName: 'Ana', phone: '030' },
        context: {
          integration: { name: 'segment-marketo', version: '0.1.0' },
          externalIds: [{ id: '1042', type: 'marketo_lead_id', collection: 'users', encoding: 'none' }]
        },
        integrations: { All: true, 'Marketo V2': false, Marketo: false, 'Marketo Static Lists (Actions)': false }
      }
    ])
    const [call] = identify(ana, [toSegment('phone', '030'), toSegment('firstName', 'Ana')])
    expect(Object.keys(call?.traits ?? {})).toEqual(['firstName', 'phone'])
  })

  // biome-ignore format: table
  it.each<[string, Partial<LeadIdentity>, object]>([
    ['by userId',                { userId: 'u1', anonymousId: null },  { userId: 'u1' }],
    ['by both ids',              { userId: 'u1', anonymousId: 'a1' },  { userId: 'u1', anonymousId: 'a1' }],
    ['by anonymousId',           { userId: null, anonymousId: 'a1' },  { anonymousId: 'a1' }],
    ['by the lead’s number',     { userId: null, anonymousId: null },  { anonymousId: 'marketo-561-HYG-937-1042' }]
  ])('know a lead %s', (_, ids, expected) => {
    const [call] = identify({ ...ana, ...ids }, [toSegment('phone', '030')])
    const { userId, anonymousId } = { userId: undefined, anonymousId: undefined, ...call }
    expect(JSON.parse(JSON.stringify({ userId, anonymousId }))).toEqual(expected)
  })

  it('P1 P2 P4 hold each trait once, at its time, in the order of times; fields without a trait stay', () => {
    fc.assert(
      fc.property(oneOfEach, (list) => {
        const calls = identify(ana, deepFrozen(list))
        expect(identify(ana, [...list].reverse())).toEqual(calls)
        expect(JSON.parse(JSON.stringify(calls))).toEqual(calls)
        const told = calls.flatMap(({ traits, timestamp }) =>
          Object.entries(traits).map(([trait, value]) => [trait, value, timestamp ?? null])
        )
        const due = list
          .filter(({ action, field }) => action === 'write-to-segment' && field !== 'city')
          .map(({ field, value, at }) => [field, value, at === null ? null : new Date(at).toISOString()])
        expect(told.sort()).toEqual(due.sort())
        expect(calls.map(({ timestamp = '' }) => timestamp)).toEqual(
          calls.map(({ timestamp = '' }) => timestamp).sort()
        )
        expect(new Set(calls.map(({ messageId }) => messageId)).size).toBe(calls.length)
        for (const { messageId } of calls) expect(messageId.length).toBeLessThanOrEqual(100)
      })
    )
  })

  it('come in the order of times, one for each, and those without a time first', () => {
    const fields = ['email', 'firstName', 'phone']
    for (const times of [
      [noon, noon + 1, null],
      [null, noon + 1, noon],
      [noon + 1, null, noon],
      [noon + 1, noon, null]
    ]) {
      const calls = identify(
        ana,
        fields.map((field, i) => toSegment(field, 'x', times[i] ?? null))
      )
      expect(calls.map((call) => call.timestamp)).toEqual([
        undefined,
        '2024-05-03T10:00:00.000Z',
        '2024-05-03T10:00:00.001Z'
      ])
      expect(calls.map((call) => 'timestamp' in call)).toEqual([false, true, true])
    }
    expect(identify(ana, [toSegment('phone', 'x', 1e300)])[0]).not.toHaveProperty('timestamp')
  })

  it('W3 have ids that tell apart namespaces, instances, leads, times and values, and stay short', () => {
    const base = { lead: ana, namespace: 'a', at: noon, value: '030' }
    const idOf = ({ lead, namespace, at, value }: typeof base): string =>
      identifyOf({ ...usualIdentifySettings, namespace })(lead, [toSegment('phone', value, at)])[0]?.messageId ?? ''
    const others = [
      base,
      { ...base, namespace: 'b'.repeat(500) },
      { ...base, lead: { ...ana, leadId: 1 } },
      { ...base, at: noon + 1 },
      { ...base, value: '031' }
    ]
    expect(new Set(others.map(idOf)).size).toBe(others.length)
    expect(idOf({ ...base, lead: { ...ana, userId: 'u2' } })).toBe(idOf(base))
    for (const one of others) expect(idOf(one).length).toBeLessThanOrEqual(100)
  })

  it('write times to the millisecond, also before 1970', () => {
    const [early, late] = identify(ana, [toSegment('phone', 1, -1), toSegment('title', 1, noon + 7)])
    expect([early?.timestamp, late?.timestamp]).toEqual(['1969-12-31T23:59:59.999Z', '2024-05-03T10:00:00.007Z'])
  })
})

describe('our own calls', () => {
  const map = mapper(decoded({ munchkinId: hyg }))
  const traits = { email: 'ana@corp.test', firstName: 'Ana' }
  const [call] = identify(ana, [toSegment('email', 'ana@corp.test')])

  it('go nowhere when they come back: the gate and the mark each see to that', () => {
    const bare = { ...call, integrations: {} }
    expect(map(call)).toMatchObject({ _tag: 'Left', left: [{ _tag: 'Excluded', weight: 'skipped' }] })
    expect(map(bare)._tag).not.toBe('Left')
    const skipped = withoutOurCalls(map)(bare)
    expect(skipped).toMatchObject({ _tag: 'Left', left: [{ weight: 'skipped', at: ['context', 'integration'] }] })
    if (skipped._tag === 'Left')
      expect(describeProblem(skipped.left[0])).toMatch(/\(integrations\).*Marketo said this first/)
  })

  it('are told from all others', () => {
    const event = { type: 'identify', userId: 'u1', traits }
    expect(isOurCall(call)).toBe(true)
    expect(withoutOurCalls(map)(event)).toEqual(map(event))
    for (const context of [null, {}, { integration: null }, { integration: { name: 'other' } }, []])
      expect(isOurCall({ ...event, context })).toBe(false)
  })

  it('P3 are told from events of any kind', () => {
    expect(isOurCall(fragile({ ...call }, 0))).toBe(false)
    fc.assert(
      fc.property(hostileEvent, (event) => {
        expect([true, false]).toContain(isOurCall(event))
      })
    )
  })
})

describe('the upsert', () => {
  const toMarketo = (field: string, value: FieldDecision['value']): FieldDecision => ({
    ...toSegment(field, value),
    action: 'write-to-marketo'
  })

  it('writes what is to be written to Marketo, to a lead that is there', () => {
    const lead = { lookupField: 'id', value: 1042 }
    const list = [toMarketo('city', 'Bonn'), toSegment('phone', '030'), toMarketo('title', null)]
    expect(upsertOf(hyg, lead, list)).toEqual({
      _tag: 'UpsertLead',
      munchkinId: hyg,
      lead,
      fields: { city: 'Bonn', title: null, id: 1042 },
      action: 'updateOnly',
      partitionName: null
    })
  })

  it('is none where there is nothing to write', () => {
    expect(upsertOf(hyg, { lookupField: 'id', value: 1 }, [toSegment('phone', '030')])).toBeUndefined()
  })

  it('never changes the key that finds the lead', () => {
    const lead = { lookupField: 'email', value: 'ana@example.com' }
    expect(upsertOf(hyg, lead, [toMarketo('email', 'bo@example.com')])?.fields).toEqual({ email: 'ana@example.com' })
  })
})
