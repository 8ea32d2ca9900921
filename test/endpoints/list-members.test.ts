import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  describeAddToList,
  describeListMembership,
  describeRemoveFromList,
  interpretAddToList,
  interpretListMembership,
  interpretRemoveFromList,
  type ListMember
} from '../../src/endpoints/list-members.js'
import { uriBytes } from '../../src/endpoints/request-uri.js'
import type { Call, HttpRequest } from '../../src/intent/descriptor.js'
import { leadId, listMember } from '../arbitraries/intents.js'
import { batchOf, callsOf, frozen, hyg, jsonOf, ok, onlyCall, positionsOf, problemsOf, recordsOf } from './reading.js'

const ana: ListMember = { munchkinId: hyg, listId: 1001, leadId: 1042 }
const bo: ListMember = { ...ana, leadId: 1043 }

const describes = [
  ['added', describeAddToList],
  ['removed', describeRemoveFromList],
  ['asked about', describeListMembership]
] as const

/** The leads that a call names, wherever they stand. */
const leadsOf = (call: Call<HttpRequest>): ReadonlyArray<number> =>
  call.descriptor.method === 'POST'
    ? recordsOf(call).map((record) => Number(Object(record).id))
    : call.descriptor.query.map(([, value]) => Number(value))

const many = (count: number): readonly [ListMember, ...Array<ListMember>] => [
  { ...ana, leadId: Number.MAX_SAFE_INTEGER },
  ...Array.from({ length: count - 1 }, (_, i) => ({ ...ana, leadId: Number.MAX_SAFE_INTEGER - 1 - i }))
]

describe('D2 list members', () => {
  it.each(describes)('D2 P2 every lead is %s once for each time it is named, beside nobody twice', (_, ask) => {
    fc.assert(
      fc.property(batchOf(listMember), (members) => {
        const described = ask(frozen(members))
        expect(positionsOf(described)).toEqual(members.map((_, i) => i))
        for (const call of callsOf(described)) {
          const own = call.intents.map((i) => members[i])
          expect(leadsOf(call)).toEqual(own.map((member) => member?.leadId))
          expect(new Set(leadsOf(call)).size).toBe(leadsOf(call).length)
          expect(own.map((member) => `${member?.munchkinId} ${member?.listId}`)).toEqual(
            own.map(() => `${call.descriptor.munchkinId} ${call.descriptor.path[3]}`)
          )
        }
      })
    )
  })

  it.each(describes)('D2 300 leads %s at once, the longest numbers too, within 8,000 bytes of URL', (_, ask) => {
    for (const [count, sizes] of [
      [1, [1]],
      [300, [300]],
      [301, [300, 1]]
    ] as const) {
      const calls = callsOf(ask(many(count)))
      expect(calls.map((call) => leadsOf(call).length)).toEqual(sizes)
      for (const { descriptor } of calls) expect(uriBytes(descriptor)).toBeLessThanOrEqual(8_000)
    }
  })

  it('a lead named twice waits for a later call, whatever stands between', () => {
    const calls = callsOf(describeAddToList([ana, bo, ana, { ...ana, listId: 2 }, ana]))
    expect(calls.map(({ intents }) => intents)).toEqual([[0, 1], [3], [2], [4]])
  })
})

describe('list members, the documented calls', () => {
  const shared = { _tag: 'HttpRequest', munchkinId: '561-HYG-937', host: 'rest', headers: {}, auth: 'bearer' }
  // biome-ignore format: table
  it.each([
    ['adding',   describeAddToList,      { endpoint: 'addToList',      method: 'POST',   path: ['rest', 'v1', 'lists', '1001', 'leads.json'],             query: [] }],
    ['removing', describeRemoveFromList, { endpoint: 'removeFromList', method: 'DELETE', path: ['rest', 'v1', 'lists', '1001', 'leads.json'],             query: [['id', '1042'], ['id', '1043']] }],
    ['asking',   describeListMembership, { endpoint: 'listMembership', method: 'GET',    path: ['rest', 'v1', 'lists', '1001', 'leads', 'ismember.json'], query: [['id', '1042'], ['id', '1043']] }]
  ] as const)('%s', (_, ask, own) => {
    const body = own.method === 'POST' ? { json: { input: [{ id: 1042 }, { id: 1043 }] } } : null
    const descriptor = { ...shared, ...own, body, lifecycle: { status: 'live' } }
    expect(onlyCall(ask([ana, bo]))).toEqual({ descriptor, intents: [0, 1], slots: [] })
  })
})

describe('list members left unsent', () => {
  // biome-ignore format: table
  it.each<[string, Partial<ListMember>, object]>([
    ['a list numbered zero',  { listId: 0 },          { at: ['listId'], found: 'a number' }],
    ['a lead that is half',   { leadId: 1.5 },        { at: ['leadId'], found: 'a number' }],
    ['a lead beyond numbers', { leadId: 2 ** 53 },    { at: ['leadId'] }],
    ['a lead that is NaN',    { leadId: Number.NaN }, { at: ['leadId'], found: 'a number that is not finite' }]
  ])('%s', (_, wrong, problem) => {
    for (const [, ask] of describes) {
      const described = ask([ana, { ...ana, ...wrong }, bo])
      expect(problemsOf(described)).toMatchObject([{ _tag: 'Malformed', weight: 'invalid', ...problem }])
      expect(callsOf(described).map(({ intents }) => intents)).toEqual([[0, 2]])
    }
  })
})

const skipped = (id: number, code: string) => ({ id, status: 'skipped', reasons: [{ code, message: 'no' }] })

describe('list members, the answers', () => {
  const both = [ana, bo] as const

  // biome-ignore format: table
  it.each([
    ['added',   describeAddToList,      interpretAddToList,      '1004', 'mend-record'],
    ['removed', describeRemoveFromList, interpretRemoveFromList, '1004', 'accept'],
    ['removed', describeRemoveFromList, interpretRemoveFromList, '1015', 'accept'],
    ['removed', describeRemoveFromList, interpretRemoveFromList, '1003', 'mend-record']
  ] as const)('%s, and one skipped with %4$s, whose remedy is %5$s', (status, ask, read, code, remedy) => {
    const answer = ok({ requestId: 'r', success: true, result: [{ id: 1042, status }, skipped(1043, code)] })
    expect(read(onlyCall(ask(both)), answer)).toEqual({
      _tag: 'Accepted',
      requestId: 'r',
      warnings: [],
      outcomes: [
        { _tag: 'Applied', intent: 0, status, leadId: 1042, marketoGUID: null },
        { _tag: 'Skipped', intent: 1, reasons: [{ code, message: 'no' }], remedy }
      ]
    })
  })

  it('tell who is on the list, who is not, who cannot be asked about, and what is no word of theirs', () => {
    const call = onlyCall(describeListMembership([ana, bo, { ...ana, leadId: 3 }, { ...ana, leadId: 4 }]))
    const result = [
      { id: 1042, status: 'memberof' },
      { id: 1043, status: 'notmemberof' },
      skipped(3, '1004'),
      { id: 4, status: 'added' }
    ]
    expect(interpretListMembership(call, ok({ success: true, result }))).toMatchObject({
      outcomes: [
        { _tag: 'MembershipFound', intent: 0, leadId: 1042, isMember: true },
        { _tag: 'MembershipFound', intent: 1, leadId: 1043, isMember: false },
        { _tag: 'Skipped', intent: 2, remedy: 'mend-record' },
        { _tag: 'Unanswered', intent: 3 }
      ]
    })
  })

  it('refuse an unknown list as a whole', () => {
    const answer = ok({ success: false, errors: [{ code: '1013', message: 'List not found' }] })
    for (const [, ask] of describes) {
      const call = onlyCall(ask(both))
      for (const read of [interpretAddToList, interpretRemoveFromList, interpretListMembership]) {
        expect(read(call, answer)).toMatchObject({ _tag: 'Refused', remedy: 'mend-request' })
      }
    }
  })

  it('P3 P4 are a verdict, whatever they are', () => {
    const call = onlyCall(describeListMembership(both))
    const member = fc.record({ id: fc.anything(), status: fc.anything(), reasons: fc.anything() }, { requiredKeys: [] })
    const body = fc.oneof(fc.anything(), fc.record({ success: fc.constant(true), result: fc.array(member) }))
    fc.assert(
      fc.property(body, fc.constantFrom(200, 500), (body, status) => {
        for (const read of [interpretAddToList, interpretRemoveFromList, interpretListMembership]) {
          const verdict = read(call, { status, headers: {}, body })
          expect(['Accepted', 'Refused']).toContain(verdict._tag)
          expect(JSON.parse(JSON.stringify(verdict))).toStrictEqual(verdict)
          if (verdict._tag === 'Accepted') expect(verdict.outcomes.map(({ intent }) => intent)).toEqual([0, 1])
        }
      })
    )
  })

  it('P1 the same members make the same calls', () => {
    fc.assert(
      fc.property(fc.array(leadId, { minLength: 1, maxLength: 5 }), (ids) => {
        const members = ids.map((leadId) => ({ ...ana, leadId }))
        for (const [, ask] of describes) {
          const once = ask([ana, ...members])
          expect(ask(structuredClone([ana, ...members]))).toEqual(once)
        }
      })
    )
    expect(jsonOf(onlyCall(describeAddToList([ana])))).toEqual({ input: [{ id: 1042 }] })
  })
})
