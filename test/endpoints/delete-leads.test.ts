import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeDeleteLeads, interpretDeleteLeads, type LeadDeletion } from '../../src/endpoints/delete-leads.js'
import { leadId, munchkinId } from '../arbitraries/intents.js'
import { batchOf, callsOf, frozen, hyg, ok, onlyCall, positionsOf, problemsOf, recordsOf } from './reading.js'

const ana: LeadDeletion = { munchkinId: hyg, leadId: 1042 }
const bo: LeadDeletion = { munchkinId: hyg, leadId: 1043 }

const deletion = fc.record({ munchkinId, leadId: fc.oneof(fc.integer({ min: 1, max: 4 }), leadId) })

const many = (count: number): readonly [LeadDeletion, ...Array<LeadDeletion>] => [
  ana,
  ...Array.from({ length: count - 1 }, (_, i) => ({ ...ana, leadId: 2000 + i }))
]

describe('D2 Delete Leads', () => {
  it('D2 P2 each lead stands in a call of its instance, once in a call', () => {
    fc.assert(
      fc.property(batchOf(deletion), (deletions) => {
        const described = describeDeleteLeads(frozen(deletions))
        expect(positionsOf(described)).toEqual(deletions.map((_, i) => i))
        for (const call of callsOf(described)) {
          const own = call.intents.flatMap((i) => deletions[i] ?? [])
          expect(recordsOf(call)).toEqual(own.map(({ leadId }) => ({ id: leadId })))
          expect(new Set(own.map(({ leadId }) => leadId)).size).toBe(own.length)
          for (const { munchkinId } of own) expect(call.descriptor.munchkinId).toBe(munchkinId)
        }
      })
    )
  })

  it('D2 300 at once', () => {
    expect(callsOf(describeDeleteLeads(many(300))).map((call) => recordsOf(call).length)).toEqual([300])
    expect(callsOf(describeDeleteLeads(many(301))).map((call) => recordsOf(call).length)).toEqual([300, 1])
  })
})

describe('Delete Leads', () => {
  it('is the documented call', () => {
    expect(onlyCall(describeDeleteLeads([ana, bo])).descriptor).toEqual({
      _tag: 'HttpRequest',
      endpoint: 'deleteLeads',
      munchkinId: '561-HYG-937',
      host: 'rest',
      method: 'POST',
      path: ['rest', 'v1', 'leads', 'delete.json'],
      query: [],
      headers: {},
      body: { json: { input: [{ id: 1042 }, { id: 1043 }] } },
      auth: 'bearer',
      lifecycle: { status: 'live' }
    })
  })

  it.each([0, -1, 1.5, 2 ** 53, Number.NaN])('leaves %d unsent', (wrong) => {
    const described = describeDeleteLeads([ana, { ...ana, leadId: wrong }])
    expect(problemsOf(described)).toMatchObject([{ _tag: 'Malformed', weight: 'invalid', at: ['leadId'] }])
    expect(callsOf(described).map(({ intents }) => intents)).toEqual([[0]])
  })

  it.each([
    ['1004', 'accept'],
    ['1003', 'mend-record']
  ])('tells what became of each lead; %s asks for %s', (code, remedy) => {
    const skipped = { id: 1043, status: 'skipped', reasons: [{ code, message: 'no' }] }
    const answer = ok({ success: true, result: [{ id: 1042, status: 'deleted' }, skipped] })
    expect(interpretDeleteLeads(onlyCall(describeDeleteLeads([ana, bo])), answer)).toMatchObject({
      outcomes: [
        { _tag: 'Applied', intent: 0, status: 'deleted', leadId: 1042 },
        { _tag: 'Skipped', intent: 1, remedy }
      ]
    })
  })

  it('P3 makes a verdict of any answer', () => {
    const call = onlyCall(describeDeleteLeads([ana]))
    fc.assert(
      fc.property(fc.anything(), (body) => {
        expect(['Accepted', 'Refused']).toContain(interpretDeleteLeads(call, { status: 200, headers: {}, body })._tag)
      })
    )
  })
})
