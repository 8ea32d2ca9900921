/** What an instance is to have: lead fields, custom activity types and their attributes. */
import { describe, expect, it } from 'vitest'
import {
  type ActivityTypeName,
  describeApproveActivityType,
  describeCreateActivityAttributes,
  describeCreateActivityType,
  interpretActivityType,
  type NewActivityAttributes,
  type NewActivityType
} from '../../src/endpoints/create-activity-type.js'
import {
  describeCreateLeadFields,
  interpretCreateLeadFields,
  leadFieldDataTypes,
  type NewLeadField
} from '../../src/endpoints/create-lead-fields.js'
import { describeProblem } from '../../src/ground/problem.js'
import { callsOf, hyg, id, jsonOf, ok, onlyCall, problemsOf } from './reading.js'

const shared = {
  _tag: 'HttpRequest',
  munchkinId: '561-HYG-937',
  host: 'rest',
  method: 'POST',
  query: [],
  headers: {},
  auth: 'bearer',
  lifecycle: { status: 'live' }
}

describe('lead fields that are to be', () => {
  const plan: NewLeadField = { munchkinId: hyg, name: 'plan', displayName: 'Plan', dataType: 'string' }

  it('go into one call of their instance, but for a name that is given twice', () => {
    const elsewhere = { ...plan, munchkinId: id('123-ABC-456') }
    const described = describeCreateLeadFields([plan, { ...plan, name: 'seats' }, elsewhere, plan])
    expect(callsOf(described).map(({ descriptor, intents }) => [descriptor.munchkinId, intents])).toEqual([
      ['561-HYG-937', [0, 1]],
      ['123-ABC-456', [2]],
      ['561-HYG-937', [3]]
    ])
    expect(onlyCall(describeCreateLeadFields([plan]))).toEqual({
      descriptor: {
        ...shared,
        endpoint: 'createLeadFields',
        path: ['rest', 'v1', 'leads', 'schema', 'fields.json'],
        body: { json: { input: [{ displayName: 'Plan', name: 'plan', dataType: 'string' }] } }
      },
      intents: [0],
      slots: []
    })
  })

  it('have one of the twelve types that Marketo makes', () => {
    expect(leadFieldDataTypes.join(' ')).toBe(
      'boolean currency date datetime email float integer percent phone score string url'
    )
  })

  const badName = 'name: found no name for a field; begin with a letter, then letters, digits and _'
  const badLabel = 'displayName: found no label for a field; use letters, digits, spaces and _'
  // biome-ignore format: table
  it.each<[Partial<NewLeadField>, string]>([
    [{ name: '' },                       badName],
    [{ name: '1a' },                     badName],
    [{ name: '_a' },                     badName],
    [{ name: 'a b' },                    badName],
    [{ name: 'a-b' },                    badName],
    [{ name: 'a'.repeat(256) },          badName],
    [{ displayName: '' },                badLabel],
    [{ displayName: '  ' },              badLabel],
    [{ displayName: '-Plan' },           badLabel],
    [{ displayName: 'Plan!' },           badLabel],
    [{ displayName: 'a'.repeat(256) },   badLabel]
  ])('are left unsent where Marketo has no room for name or label: number %#', (changes, line) => {
    const described = describeCreateLeadFields([plan, { ...plan, ...changes }])
    expect(problemsOf(described).map(describeProblem)).toEqual([line])
    expect(problemsOf(described)).toMatchObject([{ weight: 'invalid' }])
    expect(callsOf(described).map(({ intents }) => intents)).toEqual([[0]])
  })

  // biome-ignore format: table
  it.each<[Partial<NewLeadField>]>([
    [{ name: 'A' }],
    [{ name: 'a_9Z' }],
    [{ name: 'a'.repeat(255) }],
    [{ displayName: '1 _a' }],
    [{ displayName: 'a'.repeat(255) }]
  ])('are taken with names and labels of up to 255 letters: number %#', (changes) => {
    expect(problemsOf(describeCreateLeadFields([{ ...plan, ...changes }]))).toEqual([])
  })

  it('are created, or there already; a field’s number is no lead’s', () => {
    const call = onlyCall(describeCreateLeadFields([plan, { ...plan, name: 'seats' }]))
    const result = [
      { id: 7, status: 'created' },
      { status: 'skipped', reasons: [{ code: '1009', message: 'm' }] }
    ]
    expect(interpretCreateLeadFields(call, ok({ success: true, result }))).toMatchObject({
      outcomes: [{ _tag: 'Applied', status: 'created', leadId: null }, { _tag: 'Skipped' }]
    })
  })
})

describe('activity types that are to be', () => {
  const attribute = { apiName: 'orderId', name: 'Order Id', dataType: 'string' } as const
  const named: ActivityTypeName = { munchkinId: hyg, apiName: 'orderCompleted' }
  const type: NewActivityType = {
    ...named,
    name: 'Order Completed',
    triggerName: 'Completes Order',
    filterName: 'Completed Order',
    primaryAttribute: attribute
  }
  const more: NewActivityAttributes = { ...named, attributes: [attribute, { ...attribute, apiName: 'total' }] }
  const external = ['rest', 'v1', 'activities', 'external']

  it('are created, given attributes and approved, in a call each', () => {
    expect(onlyCall(describeCreateActivityType([type])).descriptor).toEqual({
      ...shared,
      endpoint: 'createActivityType',
      path: [...external, 'type.json'],
      body: {
        json: {
          apiName: 'orderCompleted',
          name: 'Order Completed',
          triggerName: 'Completes Order',
          filterName: 'Completed Order',
          primaryAttribute: attribute
        }
      }
    })
    expect(onlyCall(describeCreateActivityType([type]))).toMatchObject({ intents: [0], slots: [] })
    expect(onlyCall(describeCreateActivityAttributes([more]))).toEqual({
      descriptor: {
        ...shared,
        endpoint: 'createActivityAttributes',
        path: [...external, 'type', 'orderCompleted', 'attributes', 'create.json'],
        body: { json: { attributes: [attribute, { ...attribute, apiName: 'total' }] } }
      },
      intents: [0],
      slots: []
    })
    expect(onlyCall(describeApproveActivityType([named]))).toEqual({
      descriptor: {
        ...shared,
        endpoint: 'approveActivityType',
        path: [...external, 'type', 'orderCompleted', 'approve.json'],
        body: null
      },
      intents: [0],
      slots: []
    })
  })

  it('carry nothing that Marketo did not ask for', () => {
    const wordy = { ...attribute, isPrimary: true }
    const created = onlyCall(describeCreateActivityType([{ ...type, primaryAttribute: wordy }]))
    expect(jsonOf(created)).toMatchObject({ primaryAttribute: attribute })
    expect(
      JSON.stringify([created, describeCreateActivityAttributes([{ ...named, attributes: [wordy] }])])
    ).not.toContain('isPrimary')
  })

  const badApiName = 'found no API name for something new; use letters and digits, a letter among them'
  const badName = 'found no name to show; use letters, digits, spaces and _, a letter among them'
  // biome-ignore format: table
  it.each<[Partial<NewActivityType>, string]>([
    [{ apiName: 'order_c' },                               `apiName: ${badApiName}`],
    [{ name: 'Order: completed' },                         `name: ${badName}`],
    [{ triggerName: '' },                                  `triggerName: ${badName}`],
    [{ filterName: '2024' },                               `filterName: ${badName}`],
    [{ primaryAttribute: { ...attribute, apiName: '' } },  `primaryAttribute.apiName: ${badApiName}`],
    [{ primaryAttribute: { ...attribute, name: '!' } },    `primaryAttribute.name: ${badName}`]
  ])('are left unsent with %j', (changes, line) => {
    const described = describeCreateActivityType([type, { ...type, ...changes }])
    expect(problemsOf(described).map(describeProblem)).toEqual([line])
    expect(problemsOf(described)).toMatchObject([{ weight: 'invalid' }])
    expect(callsOf(described).map(({ intents }) => intents)).toEqual([[0]])
  })

  it('are given no attribute without a name, and no path but their own', () => {
    const attributes = [attribute, { ...attribute, name: '!' }] as const
    expect(problemsOf(describeCreateActivityAttributes([{ ...named, attributes }])).map(describeProblem)).toEqual([
      `attributes[1].name: ${badName}`
    ])
    expect(problemsOf(describeCreateActivityAttributes([{ ...more, apiName: '..' }])).map(describeProblem)).toEqual([
      `apiName: ${badApiName}`
    ])
    expect(problemsOf(describeApproveActivityType([{ ...named, apiName: '' }]))).toMatchObject([{ at: ['apiName'] }])
  })

  it('are spoken of by the API name that Marketo gave them', () => {
    const { descriptor } = onlyCall(describeApproveActivityType([{ ...named, apiName: 'orderCompleted_c' }]))
    expect(descriptor.path[5]).toBe('orderCompleted_c')
  })
})

describe('an activity type that was created', () => {
  const call = onlyCall(describeApproveActivityType([{ munchkinId: hyg, apiName: 'orderCompleted' }]))
  const open = [{ _tag: 'Unanswered', intent: 0 }]

  // biome-ignore format: table
  it.each<[string, unknown, ReadonlyArray<object>]>([
    ['a number and a status',  [{ id: 100001, status: 'draft' }],    [{ _tag: 'ActivityTypeTold', intent: 0, activityTypeId: 100001, status: 'draft' }]],
    ['a number alone',         [{ id: 100001 }],                     [{ _tag: 'ActivityTypeTold', intent: 0, activityTypeId: 100001, status: '' }]],
    ['a number that is none',  [{ id: 0, status: 'draft' }],         open],
    ['a number as text',       [{ id: '100001', status: 'draft' }],  open],
    ['no object',              ['draft'],                            open],
    ['two types',              [{ id: 1 }, { id: 2 }],               open],
    ['no type',                [],                                   open],
    ['no result',              undefined,                            open]
  ])('is told with %s', (_, result, outcomes) => {
    expect(interpretActivityType(call, ok({ requestId: 'r', success: true, warnings: ['w'], result }))).toEqual({
      _tag: 'Accepted',
      requestId: 'r',
      warnings: [{ code: '', message: 'w' }],
      outcomes
    })
  })

  it('is refused as a whole', () => {
    const errors = [{ code: '601', message: 'Access token invalid' }]
    expect(interpretActivityType(call, ok({ success: false, errors }))).toMatchObject({ remedy: 'renew-token' })
  })
})
