import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { interpret } from '../../src/endpoints/index.js'
import { describeMergeLeads, interpretMergeLeads, type LeadMerge } from '../../src/endpoints/merge-leads.js'
import { uriBytes } from '../../src/endpoints/request-uri.js'
import { leadMerge } from '../arbitraries/intents.js'
import { batchOf, callsOf, frozen, hyg, ok, onlyCall, positionsOf, problemsOf } from './reading.js'

const ana: LeadMerge = { munchkinId: hyg, winnerId: 1042, loserIds: [1043, 1051] }

const losersOf = (query: ReadonlyArray<readonly [string, string]>): ReadonlyArray<number> =>
  (query[0]?.[1] ?? '').split(',').map(Number)

describe('D2 Merge Leads', () => {
  it('D2 P2 names each loser once, in order, at most 25 a call, within 8,000 bytes of URL', () => {
    fc.assert(
      fc.property(batchOf(leadMerge, 4), (merges) => {
        const calls = callsOf(describeMergeLeads(frozen(merges)))
        expect(calls.flatMap(({ intents }) => intents)).toEqual(
          merges.flatMap(({ loserIds }, i) => Array(Math.ceil(new Set(loserIds).size / 25)).fill(i))
        )
        merges.forEach(({ winnerId, loserIds, munchkinId }, i) => {
          const own = calls.filter(({ intents }) => intents[0] === i).map(({ descriptor }) => descriptor)
          expect(own.flatMap(({ query }) => losersOf(query))).toEqual([...new Set(loserIds)])
          for (const descriptor of own) {
            expect(losersOf(descriptor.query).length).toBeLessThanOrEqual(25)
            expect(descriptor.path[3]).toBe(String(winnerId))
            expect(descriptor.munchkinId).toBe(munchkinId)
            expect(uriBytes(descriptor)).toBeLessThanOrEqual(8_000)
          }
        })
      })
    )
  })

  it.each([
    [1, [1]],
    [25, [25]],
    [26, [25, 1]],
    [51, [25, 25, 1]]
  ])('D2 merges %i losers in calls of %j', (count, sizes) => {
    const loserIds = Array.from({ length: count }, (_, i) => i + 1)
    const calls = callsOf(describeMergeLeads([{ ...ana, loserIds }]))
    expect(calls.map(({ descriptor }) => losersOf(descriptor.query).length)).toEqual(sizes)
  })
})

describe('Merge Leads, the documented call', () => {
  it('is a POST with the losers in the query and an explicit empty body', () => {
    expect(onlyCall(describeMergeLeads([ana]))).toEqual({
      descriptor: {
        _tag: 'HttpRequest',
        endpoint: 'mergeLeads',
        munchkinId: '561-HYG-937',
        host: 'rest',
        method: 'POST',
        path: ['rest', 'v1', 'leads', '1042', 'merge.json'],
        query: [['leadIds', '1043,1051']],
        headers: {},
        body: { text: '', type: 'application/json' },
        auth: 'bearer',
        lifecycle: { status: 'live' }
      },
      intents: [0],
      slots: []
    })
  })
})

describe('Merge Leads, a loser named twice', () => {
  it('counts once', () => {
    const { descriptor } = onlyCall(describeMergeLeads([{ ...ana, loserIds: [1043, 1051, 1043] }]))
    expect(descriptor.query).toEqual([['leadIds', '1043,1051']])
  })
})

describe('Merge Leads leaves unsent', () => {
  // biome-ignore format: table
  it.each<[string, Partial<LeadMerge>, object]>([
    ['a winner numbered zero',  { winnerId: 0 },                { _tag: 'Malformed', at: ['winnerId'], found: 'a number' }],
    ['a loser that is half',    { loserIds: [1043, 1.5] },      { _tag: 'Malformed', at: ['loserIds', 1] }],
    ['nobody to merge',         { loserIds: [] },               { _tag: 'Missing', at: ['loserIds', 0] }],
    ['the winner among losers', { loserIds: [1043, 1042] },     { _tag: 'Conflict', at: ['loserIds', 1], with: ['winnerId'] }]
  ])('%s', (_, wrong, problem) => {
    const described = describeMergeLeads([ana, { ...ana, ...wrong }, ana])
    expect(problemsOf(described)).toMatchObject([{ weight: 'invalid', ...problem }])
    expect(positionsOf(described)).toEqual([0, 1, 2])
  })
})

describe('Merge Leads names the first loser too', () => {
  it.each([
    [[0], ['loserIds', 0]],
    [[1042], ['loserIds', 0]]
  ])('of %j', (loserIds, at) => {
    expect(problemsOf(describeMergeLeads([{ ...ana, loserIds }]))).toMatchObject([{ at }])
  })
})

describe('Merge Leads, the answer', () => {
  const call = onlyCall(describeMergeLeads([ana]))

  it('is success without a result (the documented sample)', () => {
    const answer = ok({ requestId: 'e42b#14272d07d78', success: true })
    const applied = { _tag: 'Applied', intent: 0, status: '', leadId: null, marketoGUID: null }
    expect(interpretMergeLeads(call, answer)).toEqual({
      _tag: 'Accepted',
      requestId: 'e42b#14272d07d78',
      warnings: [],
      outcomes: [applied]
    })
    expect(interpret(call, answer)).toEqual(interpretMergeLeads(call, answer))
  })

  it.each([
    ['1080', 'split-request'],
    ['1079', 'mend-request'],
    ['714', 'ask-administrator'],
    ['713', 'back-off']
  ])('%s refuses it, with the remedy %s', (code, remedy) => {
    const errors = [{ code, message: 'no' }]
    expect(interpretMergeLeads(call, ok({ success: false, errors }))).toMatchObject({ _tag: 'Refused', remedy })
  })

  it('tells the lead, should it have a result', () => {
    expect(interpretMergeLeads(call, ok({ success: true, result: [{ id: 1042, status: 'updated' }] }))).toMatchObject({
      outcomes: [{ _tag: 'Applied', leadId: 1042 }]
    })
  })

  it('P3 is a verdict, whatever it is', () => {
    fc.assert(
      fc.property(fc.anything(), fc.integer(), (body, status) => {
        expect(['Accepted', 'Refused']).toContain(interpretMergeLeads(call, { status, headers: {}, body })._tag)
      })
    )
  })
})
