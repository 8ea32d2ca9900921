/** What comes and goes in Marketo by itself, and how the log and its readers tell of it. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeGetDeletedLeads } from '../../src/endpoints/deleted-leads.js'
import { type ActivityPage, describeGetActivities, interpretGetActivities } from '../../src/endpoints/get-activities.js'
import { describePagingToken, interpretPagingToken } from '../../src/endpoints/paging-token.js'
import type { Call, HttpRequest } from '../../src/intent/descriptor.js'
import type { Fields } from '../../src/intent/intent.js'
import { editedInMarketo } from '../../src/simulator/edited.js'
import {
  activityLogged,
  assetAdded,
  assetDeleted,
  leadAdded,
  leadDeleted,
  leadsMerged
} from '../../src/simulator/happened.js'
import { leadIn, leadsIn, listsIn, logIn, programMembersIn } from '../../src/simulator/reading.js'
import { startSimulator } from '../../src/simulator/start.js'
import type { SimulatorState } from '../../src/simulator/state.js'
import { frozen, hyg, onlyCall } from '../endpoints/reading.js'
import { Client, noon, options } from './world.js'

const nothing = { status: 0, headers: {}, body: '' }

const tokenFrom = (client: Client, since: number): string => {
  const call = onlyCall(describePagingToken([{ munchkinId: hyg, since }]))
  const told = interpretPagingToken(call, client.call(call) ?? nothing)
  return told._tag === 'PagingToken' ? (told.nextPageToken ?? '') : ''
}

const page = (client: Client, call: Call<HttpRequest>): ActivityPage => {
  const told = interpretGetActivities(call, client.call(call) ?? nothing)
  if (told._tag === 'Refused') throw new Error(JSON.stringify(told.reasons))
  return told
}

const deletions = (client: Client, nextPageToken: string): ActivityPage =>
  page(client, onlyCall(describeGetDeletedLeads([{ munchkinId: hyg, nextPageToken }])))

const activities = (client: Client, nextPageToken: string, activityTypeIds: ReadonlyArray<number>): ActivityPage =>
  page(client, onlyCall(describeGetActivities([{ munchkinId: hyg, nextPageToken, activityTypeIds }])))

const people = ['Ana', 'Bo', 'Cy'].map((firstName) => ({
  fields: { email: `${firstName.toLowerCase()}@example.com`, firstName, lastName: 'Ruiz' }
}))

describe('Get Deleted Leads', () => {
  it('tells of leads that were deleted, whoever did it, and of nothing else; no other read does', () => {
    const client = new Client({
      leads: people,
      deletedLeads: [
        { leadId: 204_301, deletedAt: '2024-05-01T10:00:00Z', name: 'Old One', primaryAttributeValueId: 9 },
        { leadId: 2, deletedAt: '2024-05-02T10:00:00Z' }
      ]
    }).signIn()
    client.rest('POST', 'leads/delete.json', { json: { input: [{ id: 1 }] } })
    client.state = leadDeleted(client.state, 3, noon)
    const told = deletions(client, tokenFrom(client, 0))
    expect(told.activities.map((one) => [one.leadId, one.activityDate, one.primaryAttributeValue])).toEqual(
      [
        ['204301', '2024-05-01T10:00:00Z', 'Old One'],
        ['2', '2024-05-02T10:00:00Z', ''],
        ['1', '2024-05-03T10:00:00Z', 'Ana Ruiz'],
        ['3', '2024-05-03T10:00:00Z', 'Cy Ruiz']
      ].map((row) => row.map((cell) => (cell === '' ? null : cell)))
    )
    expect(told.activities.map(({ activityTypeId }) => activityTypeId)).toEqual(['37', '37', '37', '37'])
    expect(told.activities[0]?.primaryAttributeValueId).toBe('9')
    expect(activities(client, tokenFrom(client, 0), [12, 13, 32, 37]).activities).toEqual([])
    expect(leadsIn(client.state)).toEqual([])
    client.sync([{ email: 'new@example.com' }])
    expect(leadsIn(client.state).map(({ id }) => id)).toEqual([204_302])
  })

  it('begins at a date, and goes on from the token of its last page', () => {
    const client = new Client({
      deletedLeads: [1, 2, 3].map((leadId) => ({ leadId, deletedAt: `2024-05-0${leadId}T10:00:00Z` }))
    }).signIn()
    const told = deletions(client, tokenFrom(client, Date.UTC(2024, 4, 2, 10)))
    expect(told.activities.map(({ leadId }) => leadId)).toEqual(['2', '3'])
    expect(told.more).toBe(false)
    client.state = leadDeleted(leadAdded(client.state, { fields: { email: 'x@example.com' } }, noon), 4, noon)
    expect(deletions(client, told.nextPageToken ?? '').activities.map(({ leadId }) => leadId)).toEqual(['4'])
  })

  it('has empty pages with more behind them, where much else happened', () => {
    const client = new Client({
      activities: Array.from({ length: 650 }, () => ({
        leadId: 1,
        activityTypeId: 6,
        activityDate: '2024-05-01T10:00:00Z'
      })),
      deletedLeads: [{ leadId: 9, deletedAt: '2024-05-02T10:00:00Z' }]
    }).signIn()
    const first = deletions(client, 'from-1')
    const second = deletions(client, first.nextPageToken ?? '')
    const third = deletions(client, second.nextPageToken ?? '')
    expect([first, second, third].map((one) => [one.activities.length, one.more])).toEqual([
      [0, true],
      [0, true],
      [1, false]
    ])
  })

  // biome-ignore format: table
  it.each<[string, ReadonlyArray<readonly [string, string]>, string]>([
    ['a token of nobody',   [['nextPageToken', 'x']],                             '1003'],
    ['no token',            [],                                                   '1003'],
    ['a token from beyond', [['nextPageToken', 'from-99']],                       '1003'],
    ['a page of no size',   [['nextPageToken', 'from-1'], ['batchSize', '0']],    '1001']
  ])('%s is refused', (_, query, code) => {
    const told = new Client().signIn().rest('GET', 'activities/deletedleads.json', { query })
    expect(told).toMatchObject({ success: false, errors: [{ code }] })
  })

  it('meets faults as other calls do', () => {
    const faults = [{ at: { call: 1 }, kind: '615', endpoint: 'getDeletedLeads' }] as const
    const query = [['nextPageToken', 'from-1']] as const
    const client = new Client({ faults }).signIn()
    expect(client.rest('GET', 'activities/deletedleads.json', { query })).toMatchObject({ errors: [{ code: '615' }] })
    expect(client.rest('GET', 'activities/deletedleads.json', { query })).toMatchObject({ success: true })
  })
})

describe('a lead that a person edits', () => {
  const started = (): SimulatorState => startSimulator({ ...options, leads: people })

  // biome-ignore format: table
  it.each<[string, number, Fields]>([
    ['of nobody',                      9, { city: 'Berlin' }],
    ['with a field of nobody',         1, { city: 'Berlin', nobody: 'x' }],
    ['with a value that will not do',  1, { city: 'Berlin', born__c: 'soon' }]
  ])('%s stays as it is', (_, leadId, fields) => {
    const instance = started()
    expect(editedInMarketo(instance, { leadId, fields }, noon)).toBe(instance)
  })

  it('keeps what was typed as an address, and fields of the company', () => {
    const fields = { mail__c: 'no address', company: 'Acme' }
    expect(leadIn(editedInMarketo(started(), { leadId: 1, fields }, noon), 1)).toMatchObject({ fields })
  })

  it('at a moment that no calendar has, is of 1970', () => {
    const edited = editedInMarketo(started(), { leadId: 1, fields: { city: 'Berlin' } }, Number.NaN)
    expect(leadIn(edited, 1)?.updatedAt).toBe('1970-01-01T00:00:00Z')
    expect(logIn(edited).map(({ activityDate }) => activityDate)).toEqual(['1970-01-01T00:00:00Z'])
  })
})

describe('what happens in Marketo', () => {
  const started = (): SimulatorState =>
    startSimulator({
      ...options,
      leads: people,
      lists: [{ id: 1, name: 'Trial users', leadIds: [1, 2] }],
      programs: [
        {
          id: 5,
          name: 'Onboarding',
          statuses: [{ name: 'Invited', step: 1 }],
          members: [{ leadId: 2, statusName: 'Invited' }]
        }
      ]
    })

  it('merges are logged with the losers, and what they had is the winner’s', () => {
    const after = leadsMerged(started(), 1, [2, 3], noon)
    expect(leadsIn(after).map(({ id }) => id)).toEqual([1])
    expect(listsIn(after)[0]?.leadIds).toEqual([1])
    expect(programMembersIn(after, 5)).toEqual([{ leadId: 1, statusName: 'Invited' }])
    const merge = logIn(after).find(({ activityTypeId }) => activityTypeId === 32)
    expect(merge).toMatchObject({ leadId: 1, activityDate: '2024-05-03T10:00:00Z' })
    expect(merge?.attributes).toContainEqual({ name: 'Merge IDs', value: '[2,3]' })
  })

  // biome-ignore format: table
  it.each<[string, (state: SimulatorState) => SimulatorState]>([
    ['a merge with nobody',         (state) => leadsMerged(state, 1, [2, 9], noon)],
    ['a merge into nobody',         (state) => leadsMerged(state, 9, [1], noon)],
    ['a merge with itself',         (state) => leadsMerged(state, 1, [1], noon)],
    ['a lead merged twice',         (state) => leadsMerged(state, 1, [2, 2], noon)],
    ['the deletion of nobody',      (state) => leadDeleted(state, 9, noon)],
    ['an activity of no date',      (state) => activityLogged(state, { leadId: 1, activityTypeId: 6, activityDate: '' }, noon)]
  ])('%s changes nothing', (_, act) => {
    const instance = started()
    expect(act(instance)).toBe(instance)
  })

  it('a lead gets the next number and an entry, a deleted one loses its lists', () => {
    const added = leadAdded(started(), { fields: { email: 'dee@example.com' } }, noon)
    expect(leadIn(added, 4)).toMatchObject({ createdAt: '2024-05-03T10:00:00Z', fields: { email: 'dee@example.com' } })
    expect(logIn(added).map(({ leadId, activityTypeId }) => [leadId, activityTypeId])).toEqual([[4, 12]])
    expect(listsIn(leadDeleted(added, 1, noon))[0]?.leadIds).toEqual([2])
  })

  it('an activity is logged now, whatever its own date: who reads from a date on meets it late', () => {
    const client = new Client({ leads: people }).signIn()
    const token = tokenFrom(client, noon)
    const late = { leadId: 1, activityTypeId: 6, activityDate: '2024-01-01T00:00:00Z' }
    client.state = activityLogged(client.state, late, noon)
    expect(activities(client, token, [6]).activities).toMatchObject([{ activityDate: '2024-01-01T00:00:00Z' }])
  })

  it('an asset that is added is found by number, too, and one that is gone is not', () => {
    const client = new Client().signIn()
    const asset = (path: string): unknown =>
      JSON.parse(
        String(
          client.send({
            host: 'rest',
            method: 'GET',
            path: ['rest', 'asset', 'v1', ...path.split('/')],
            query: [],
            headers: { authorization: `Bearer ${client.token}` },
            body: null
          })?.body
        )
      )
    client.state = assetAdded(client.state, 'programs', { id: 7, name: 'New', statuses: [{ name: 'In', step: 1 }] })
    client.sync([{ email: 'a@example.com' }])
    const join = { statusName: 'In', input: [{ leadId: 1 }] }
    expect(client.rest('POST', 'programs/7/members/status.json', { json: join })).toMatchObject({
      result: [{ status: 'created' }]
    })
    expect(asset('program/7.json')).toMatchObject({ result: [{ id: 7, name: 'New' }] })
    client.state = assetDeleted(client.state, 'programs', 7)
    expect(asset('program/7.json')).toMatchObject({ errors: [{ code: '702' }] })
    client.state = assetDeleted(assetAdded(client.state, 'lists', { id: 3, name: 'x' }), 'lists', 3)
    expect(listsIn(client.state)).toEqual([])
  })

  const deed: fc.Arbitrary<(state: SimulatorState) => SimulatorState> = fc.oneof(
    fc.integer({ min: 1, max: 6 }).map((id) => (state: SimulatorState) => leadDeleted(state, id, noon)),
    fc.integer({ min: 1, max: 6 }).map((id) => (state: SimulatorState) => leadsMerged(state, id, [id + 1], noon)),
    fc.constant((state: SimulatorState) => leadAdded(state, { fields: { email: 'x@example.com' } }, noon)),
    fc.integer({ min: 1, max: 6 }).map((leadId) => (state: SimulatorState) => {
      return editedInMarketo(state, { leadId, fields: { city: 'Berlin' } }, noon)
    }),
    fc
      .integer({ min: 1, max: 3 })
      .map((id) => (state: SimulatorState) => assetAdded(state, 'lists', { id, name: 'x' })),
    fc.integer({ min: 1, max: 3 }).map((id) => (state: SimulatorState) => assetDeleted(state, 'lists', id)),
    fc.integer({ min: 1, max: 3 }).map((id) => (state: SimulatorState) => {
      return assetAdded(state, 'segmentations', { id, name: 'x', segments: [{ id, name: 'y' }] })
    })
  )

  it('P2 P4 leaves the state before as it was, and survives JSON', () => {
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 8 }), (deeds) => {
        let state = started()
        for (const act of deeds) {
          const before = JSON.stringify(state)
          const next = act(frozen(state))
          expect(JSON.stringify(state)).toBe(before)
          expect(JSON.parse(JSON.stringify(next))).toStrictEqual(next)
          state = next
        }
      })
    )
  })
})
