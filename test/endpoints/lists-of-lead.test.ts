import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeListsOfLead, interpretListsOfLead } from '../../src/endpoints/lists-of-lead.js'
import { hyg, ok, onlyCall, problemsOf } from './reading.js'

const question = { munchkinId: hyg, leadId: 1042, nextPageToken: null }
const call = onlyCall(describeListsOfLead([question]))

const told = (body: object): unknown => {
  const verdict = interpretListsOfLead(call, ok(body))
  return verdict._tag === 'Accepted' ? verdict.outcomes : verdict.reasons.map(({ code }) => code)
}

describe('the lists of a lead', () => {
  it('are asked for a page at a time', () => {
    expect(call.descriptor).toMatchObject({
      endpoint: 'listsOfLead',
      method: 'GET',
      path: ['rest', 'v1', 'leads', '1042', 'listMembership.json'],
      query: [['batchSize', '300']],
      body: null
    })
    const next = onlyCall(describeListsOfLead([{ ...question, nextPageToken: 'a=&b' }]))
    expect(next.descriptor.query).toEqual([
      ['batchSize', '300'],
      ['nextPageToken', 'a=&b']
    ])
    expect(problemsOf(describeListsOfLead([{ ...question, leadId: 0 }]))).toMatchObject([{ at: ['leadId'] }])
  })

  // biome-ignore format: table
  it.each<[string, object, unknown]>([
    ['none',               { success: true, result: [] },                                             { listIds: [], nextPageToken: null }],
    ['no result at all',   { success: true },                                                         { listIds: [], nextPageToken: null }],
    ['one, the last page', { success: true, result: [{ listId: 7 }], moreResult: false },             { listIds: [7], nextPageToken: null }],
    ['by their other name', { success: true, result: [{ id: 7, name: 'Trial' }] },                    { listIds: [7], nextPageToken: null }],
    ['a page with more',   { success: true, result: [{ listId: 7 }], moreResult: true, nextPageToken: 't' }, { listIds: [7], nextPageToken: 't' }],
    ['a token alone',      { success: true, result: [{ listId: 7 }], nextPageToken: 't' },            { listIds: [7], nextPageToken: 't' }],
    ['a token at the end', { success: true, result: [], moreResult: false, nextPageToken: 't' },      { listIds: [], nextPageToken: null }]
  ])('tell %s', (_, body, expected) => {
    expect(told(body)).toEqual([{ _tag: 'ListsOfLead', intent: 0, ...Object(expected) }])
  })

  // biome-ignore format: table
  it.each<[string, object, unknown]>([
    ['more, and not where', { success: true, result: [{ listId: 7 }], moreResult: true },             [{ _tag: 'Unanswered', intent: 0 }]],
    ['a list of no number', { success: true, result: [{ listId: 7 }, { name: 'x' }] },                [{ _tag: 'Unanswered', intent: 0 }]],
    ['nobody',              { success: false, errors: [{ code: '1004', message: 'Lead not found' }] }, ['1004']]
  ])('leave open %s', (_, body, expected) => {
    expect(told(body)).toEqual(expected)
  })

  it('P3 any value at all gets a verdict', () => {
    fc.assert(
      fc.property(fc.anything(), (body) => {
        expect(['Accepted', 'Refused']).toContain(interpretListsOfLead(call, ok(Object(body)))._tag)
      })
    )
  })
})
