import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeGetDeletedLeads } from '../../src/endpoints/deleted-leads.js'
import { interpretGetActivities } from '../../src/endpoints/get-activities.js'
import { describeProblem } from '../../src/ground/problem.js'
import { anyText } from '../arbitraries/intents.js'
import { batchOf, callsOf, hyg, ok, onlyCall, positionsOf, problemsOf } from './reading.js'

const nextPageToken = 'GIYDAOBNGEYS2MBX===='
const call = onlyCall(describeGetDeletedLeads([{ munchkinId: hyg, nextPageToken }]))
const read = (body: object) => interpretGetActivities(call, ok({ success: true, ...body }))

describe('Get Deleted Leads', () => {
  it('is asked for from a place in time, 300 at once', () => {
    expect(call.descriptor).toEqual({
      _tag: 'HttpRequest',
      endpoint: 'getDeletedLeads',
      munchkinId: hyg,
      host: 'rest',
      method: 'GET',
      path: ['rest', 'v1', 'activities', 'deletedleads.json'],
      query: [
        ['nextPageToken', nextPageToken],
        ['batchSize', '300']
      ],
      headers: {},
      body: null,
      auth: 'bearer',
      lifecycle: { status: 'live' }
    })
  })

  it('each question is a call of its own, or unsent where it has no token', () => {
    fc.assert(
      fc.property(batchOf(fc.oneof(anyText, fc.constant('')), 5), ([first, ...rest]) => {
        const tokens = [first, ...rest]
        const described = describeGetDeletedLeads([
          { munchkinId: hyg, nextPageToken: first },
          ...rest.map((token) => ({ munchkinId: hyg, nextPageToken: token }))
        ])
        expect(positionsOf(described)).toEqual(tokens.map((_, i) => i))
        expect(callsOf(described).map(({ descriptor }) => descriptor.query[0])).toEqual(
          tokens.filter((token) => token !== '').map((token) => ['nextPageToken', token])
        )
      })
    )
  })

  it('needs a token, and says so', () => {
    expect(problemsOf(describeGetDeletedLeads([{ munchkinId: hyg, nextPageToken: '' }])).map(describeProblem)).toEqual([
      'nextPageToken: found empty text; ask for a paging token first'
    ])
  })

  it('tells the leads that are gone: `leadId` is the lead, whatever the other numbers say', () => {
    const deleted = {
      id: 2,
      marketoGUID: '2',
      leadId: 9,
      activityDate: '2013-09-26T06:56:35+0000',
      activityTypeId: 37,
      primaryAttributeValueId: 4,
      primaryAttributeValue: 'Owyliphys Iledil',
      attributes: []
    }
    expect(read({ requestId: 'r', nextPageToken: 'X', moreResult: true, result: [deleted, 'stray'] })).toEqual({
      _tag: 'ActivityPage',
      requestId: 'r',
      warnings: [],
      activities: [
        {
          marketoGUID: '2',
          id: '2',
          leadId: '9',
          activityDate: '2013-09-26T06:56:35+0000',
          activityTypeId: '37',
          campaignId: null,
          primaryAttributeValueId: '4',
          primaryAttributeValue: 'Owyliphys Iledil',
          actionResult: null,
          attributes: [],
          unreadable: false
        }
      ],
      strays: 1,
      nextPageToken: 'X',
      more: true
    })
  })

  it('may have an empty page with more behind it', () => {
    expect(read({ moreResult: true, nextPageToken: 'Y' })).toMatchObject({
      activities: [],
      more: true,
      nextPageToken: 'Y'
    })
  })

  it('S3 no problem repeats a paging token', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const described = describeGetDeletedLeads([
          { munchkinId: hyg, nextPageToken: `t0ken${text}` },
          { munchkinId: hyg, nextPageToken: '' }
        ])
        expect(JSON.stringify(problemsOf(described))).not.toContain('t0ken')
      })
    )
  })
})
