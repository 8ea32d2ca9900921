/** Programs, campaigns, and leads that go. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  describeChangeProgramStatus,
  describeDeleteLeads,
  describeDeleteProgramMembers,
  describeRequestCampaign,
  describeSyncProgramStatus,
  interpretChangeProgramStatus,
  interpretDeleteLeads,
  interpretDeleteProgramMembers,
  interpretRequestCampaign,
  interpretSyncProgramStatus,
  type ProgramStatus
} from '../../src/endpoints/index.js'
import type { Call, Described, HttpRequest } from '../../src/intent/descriptor.js'
import type { Answer, RecordOutcome, Verdict } from '../../src/intent/outcome.js'
import {
  campaignRequestsIn,
  changesIn,
  leadsIn,
  listsIn,
  logIn,
  programMembersIn
} from '../../src/simulator/reading.js'
import { batchOf, callsOf, hyg } from '../endpoints/reading.js'
import { Client, cookie, resultOf, short } from './world.js'

const statuses = [
  { name: 'Invited', step: 10 },
  { name: 'Registered', step: 20 },
  { name: 'Waitlisted', step: 20 },
  { name: 'Attended', step: 30 }
]

const three = {
  leads: [
    { fields: { email: 'a@example.com' }, cookies: [cookie] },
    { fields: { email: 'b@example.com' } },
    { fields: { email: 'c@example.com' } }
  ],
  lists: [{ id: 5, name: 'Trial users', leadIds: [1, 2] }],
  programs: [
    { id: 7, statuses, members: [{ leadId: 2, statusName: 'Registered' }] },
    { id: 8, statuses }
  ],
  campaigns: [{ id: 3 }, { id: 4, requestable: false }]
}

const start = (more: object = {}): Client => new Client({ ...three, ...more }).signIn()

const nothing: Answer = { status: 0, headers: {}, body: '' }

type Read = (call: Call<HttpRequest>, answer: Answer) => Verdict

const outcomes = (client: Client, described: Described<HttpRequest>, read: Read): ReadonlyArray<RecordOutcome> =>
  callsOf(described)
    .flatMap((call) => {
      const verdict = read(call, client.call(call) ?? nothing)
      return verdict._tag === 'Accepted' ? verdict.outcomes : []
    })
    .sort((a, b) => a.intent - b.intent)

/** What became of a record, in a word: its status, or the code that it was skipped with. */
const words = (all: ReadonlyArray<RecordOutcome>): ReadonlyArray<string> =>
  all.map((one) => (one._tag === 'Applied' ? one.status : one._tag === 'Skipped' ? one.reasons[0].code : one._tag))

const status = (programId: number, leadId: number, statusName: string): ProgramStatus => ({
  munchkinId: hyg,
  programId,
  leadId,
  statusName
})

const anyStatus = fc
  .tuple(fc.constantFrom(7, 8), fc.integer({ min: 1, max: 4 }), fc.constantFrom(...statuses.map(({ name }) => name)))
  .map(([program, lead, name]) => status(program, lead, name))

describe('members of programs', () => {
  it('come, move on and leave as a plain model says', () => {
    fc.assert(
      fc.property(batchOf(anyStatus), batchOf(anyStatus), batchOf(anyStatus), (synced, changed, deleted) => {
        const client = start()
        const model = new Map([['7 2', 'Registered']])
        const key = ({ programId, leadId }: ProgramStatus) => `${programId} ${leadId}`
        const stepOf = (name: string | undefined) => statuses.find((one) => one.name === name)?.step ?? 0
        const expected = (one: ProgramStatus, stranger: string): string => {
          const before = model.get(key(one))
          if (one.leadId > 3) return '1004'
          if (before === undefined && stranger !== 'created') return stranger
          if (stepOf(before) >= stepOf(one.statusName)) return '1037'
          model.set(key(one), one.statusName)
          return before === undefined ? stranger : 'updated'
        }
        const leaves = (one: ProgramStatus): string =>
          one.leadId > 3 ? '1004' : model.delete(key(one)) ? 'deleted' : '1037'

        const syncs = outcomes(client, describeSyncProgramStatus(synced), interpretSyncProgramStatus)
        expect(words(syncs)).toEqual(synced.map((one) => expected(one, 'created')))
        for (const one of syncs) if (one._tag === 'Applied') expect(one.leadId).toBe(synced[one.intent]?.leadId)

        const changes = outcomes(client, describeChangeProgramStatus(changed), interpretChangeProgramStatus)
        expect(words(changes)).toEqual(changed.map((one) => expected(one, '1013')))

        const deletions = outcomes(client, describeDeleteProgramMembers(deleted), interpretDeleteProgramMembers)
        expect(words(deletions)).toEqual(deleted.map(leaves))

        for (const programId of [7, 8]) {
          expect(programMembersIn(client.state, programId)).toEqual(
            [1, 2, 3].flatMap((leadId) => {
              const statusName = model.get(`${programId} ${leadId}`)
              return statusName === undefined ? [] : [{ leadId, statusName }]
            })
          )
        }
        expect(JSON.parse(JSON.stringify(client.state))).toStrictEqual(client.state)
      })
    )
  })

  // biome-ignore format: table
  it.each<[string, string, object, string]>([
    ['a program of nobody',   'programs/9/members/status.json', { statusName: 'Invited', input: [{ leadId: 1 }] }, '1013'],
    ['a status of nobody',    'programs/7/members/status.json', { statusName: 'invited', input: [{ leadId: 1 }] }, '1025'],
    ['no status',             'programs/7/members/status.json', { input: [{ leadId: 1 }] },                        '1002'],
    ["the older call's word", 'programs/7/members/status.json', { status: 'Invited', input: [{ leadId: 1 }] },     '1002'],
    ['nobody',                'programs/7/members/delete.json', { input: [] },                                     '1002'],
    ['301 leads',             'programs/7/members/delete.json', { input: Array(301).fill({ leadId: 1 }) },         '1003'],
    ['a program of nobody',   'leads/programs/9/status.json',   { status: 'Invited', input: [{ id: 1 }] },         '1013']
  ])('%s is refused: %s', (_, path, json, code) => {
    const client = start()
    expect(resultOf(client.rest('POST', path, { json }))).toEqual({ errors: [code] })
    expect(programMembersIn(client.state, 7)).toEqual([{ leadId: 2, statusName: 'Registered' }])
  })

  it("named by the other call's word are skipped, and skipped ones told without their number", () => {
    const json = { statusName: 'Invited', input: [{ id: 1 }, { leadId: 9 }, { leadId: 1 }] }
    expect(short(resultOf(start().rest('POST', 'programs/7/members/status.json', { json })))).toEqual([
      { seq: 0, status: 'skipped', reasons: ['1001'] },
      { seq: 1, status: 'skipped', reasons: ['1004'] },
      { seq: 2, leadId: 1, status: 'created' }
    ])
  })
})

describe('the log of a program', () => {
  const moved = (client: Client): unknown =>
    logIn(client.state).map((entry) => [
      entry.activityTypeId,
      entry.leadId,
      entry.primaryAttributeValueId,
      entry.primaryAttributeValue,
      ...entry.attributes.map(({ value }) => value)
    ])

  it('tells what a status was and is, each with its number in the channel', () => {
    const client = start({
      programs: [{ id: 7, name: 'Webinar', statuses, members: [{ leadId: 2, statusName: 'Registered' }] }]
    })
    const put = (statusName: string) => ({ statusName, input: [{ leadId: 1 }, { leadId: 2 }] })
    client.rest('POST', 'programs/7/members/status.json', { json: put('Invited') })
    client.rest('POST', 'programs/7/members/status.json', { json: put('Attended') })
    client.rest('POST', 'programs/7/members/delete.json', { json: { input: [{ leadId: 2 }] } })
    const by = [false, 'Web service API']
    expect(moved(client)).toEqual([
      [104, 1, 7, 'Webinar', 'Not in Program', 0, 'Invited', 1, ...by],
      [104, 1, 7, 'Webinar', 'Invited', 1, 'Attended', 4, ...by],
      [104, 2, 7, 'Webinar', 'Registered', 2, 'Attended', 4, ...by],
      [104, 2, 7, 'Webinar', 'Attended', 4, 'Not in Program', 0, ...by]
    ])
  })

  it('has no name where the program has none', () => {
    const client = start()
    client.rest('POST', 'programs/8/members/status.json', { json: { statusName: 'Invited', input: [{ leadId: 1 }] } })
    expect(logIn(client.state).map((entry) => entry.primaryAttributeValue)).toEqual([''])
  })

  it('is in the order in which things happened, however many they are', () => {
    const leads = Array.from({ length: 60 }, (_, i) => ({ fields: { email: `p${i}@example.com` } }))
    const client = start({ leads, lists: [] })
    const input = leads.map((_, i) => ({ leadId: 60 - i }))
    client.rest('POST', 'programs/8/members/status.json', { json: { statusName: 'Invited', input } })
    expect(logIn(client.state).map(({ leadId }) => leadId)).toEqual(input.map(({ leadId }) => leadId))
  })
})

describe('a call about members', () => {
  const paths = ['programs/7/members/status.json', 'programs/7/members/delete.json', 'leads/programs/7/status.json']

  it.each(paths)('to %s that is no JSON is refused', (path) => {
    const headers = { 'content-type': 'text/plain' }
    expect(resultOf(start().rest('POST', path, { json: {}, headers }))).toEqual({ errors: ['612'] })
    expect(resultOf(start().rest('POST', path))).toEqual({ errors: ['609'] })
  })

  it('tells no number where it was given none', () => {
    const client = start()
    const sent = { statusName: 'Attended', input: [{ leadId: 'x' }] }
    expect(short(resultOf(client.rest('POST', 'programs/7/members/status.json', { json: sent })))).toStrictEqual([
      { seq: 0, status: 'skipped', reasons: ['1001'] }
    ])
    const json = { status: 'Attended', input: [{ leadId: 2 }, { id: 2 }] }
    expect(short(resultOf(client.rest('POST', 'leads/programs/7/status.json', { json })))).toStrictEqual([
      { status: 'skipped', reasons: ['1001'] },
      { id: 2, status: 'updated' }
    ])
  })
})

const request = (leadId: number, tokens: ReadonlyArray<{ name: string; value: string }> = [], campaignId = 3) => ({
  munchkinId: hyg,
  campaignId,
  leadId,
  tokens
})

describe('a campaign', () => {
  const plan = [{ name: '{{my.plan}}', value: 'Pro' }]

  it('is logged with where it came from, takes a hundred tokens, and wants JSON', () => {
    const client = new Client({ campaigns: [{ id: 7 }], leads: [{ fields: { email: 'a@example.com' } }] }).signIn()
    const tokens = Array.from({ length: 100 }, (_, i) => ({ name: `{{my.t${i}}}`, value: 'x' }))
    const ask = (input: unknown, headers: Readonly<Record<string, string>> = {}) =>
      resultOf(client.rest('POST', 'campaigns/7/trigger.json', { json: { input }, headers }))
    expect(ask({ leads: [{ id: 1 }, { id: '1' }], tokens })).toEqual([{ id: 7 }])
    expect(campaignRequestsIn(client.state).map(({ leadId, tokens }) => [leadId, tokens.length])).toEqual([[1, 100]])
    expect(logIn(client.state).map(({ attributes }) => attributes)).toEqual([
      [{ name: 'Source', value: 'Web service API' }]
    ])
    expect(ask({ leads: [{ id: 1 }], tokens: [{ name: 7, value: 'x' }] })).toEqual({ errors: ['1003'] })
    expect(ask(7)).toEqual({ errors: ['1002'] })
    expect(ask({ leads: [{ id: 1 }] }, { 'content-type': 'text/plain' })).toEqual({ errors: ['612'] })
  })

  it('is requested for leads with their tokens, and passes over those of nobody', () => {
    const client = start()
    const described = describeRequestCampaign([request(1, plan), request(2), request(9, plan), request(1, plan)])
    expect(words(outcomes(client, described, interpretRequestCampaign))).toEqual(['', '', '', ''])
    expect(campaignRequestsIn(client.state)).toEqual([
      { id: 1, campaignId: 3, leadId: 1, tokens: plan, at: '2024-05-03T10:00:00Z' },
      { id: 2, campaignId: 3, leadId: 2, tokens: [], at: '2024-05-03T10:00:00Z' },
      { id: 3, campaignId: 3, leadId: 1, tokens: plan, at: '2024-05-03T10:00:00Z' }
    ])
  })

  const leads = [{ id: 1 }]
  // biome-ignore format: table
  it.each<[string, string, object, string]>([
    ['of nobody',                   '9', { input: { leads } },                                                 '1013'],
    ['that cannot be requested',    '4', { input: { leads } },                                                 '1003'],
    ['for a list of leads',         '3', { input: leads },                                                     '1002'],
    ['for what is not said',        '3', {},                                                                   '1002'],
    ['with nothing for a token',    '3', { input: { leads, tokens: [null] } },                                 '1003'],
    ['for nobody',                  '3', { input: { leads: [] } },                                             '1002'],
    ['for 101 leads',               '3', { input: { leads: Array(101).fill({ id: 1 }) } },                     '1003'],
    ['with 101 tokens',             '3', { input: { leads, tokens: Array(101).fill(plan[0]) } },               '1003'],
    ['with a token without braces', '3', { input: { leads, tokens: [{ name: 'my.plan', value: 'Pro' }] } },    '1003'],
    ['with a number in a token',    '3', { input: { leads, tokens: [{ name: '{{my.plan}}', value: 1 }] } },    '1003']
  ])('%s is refused', (_, id, json, code) => {
    const client = start()
    expect(resultOf(client.rest('POST', `campaigns/${id}/trigger.json`, { json }))).toEqual({ errors: [code] })
    expect(campaignRequestsIn(client.state)).toEqual([])
  })
})

describe('a lead that is deleted', () => {
  it('is gone from the leads, the lists and the programs, and is not found again', () => {
    const client = start()
    const deletions = [2, 9, 2].map((leadId) => ({ munchkinId: hyg, leadId }))
    const described = describeDeleteLeads([{ munchkinId: hyg, leadId: 1 }, ...deletions])
    expect(words(outcomes(client, described, interpretDeleteLeads))).toEqual(['deleted', 'deleted', '1004', '1004'])
    expect(leadsIn(client.state).map(({ id }) => id)).toEqual([3])
    expect(listsIn(client.state).map(({ leadIds }) => leadIds)).toEqual([[]])
    expect(programMembersIn(client.state, 7)).toEqual([])
    const query = [
      ['filterType', 'cookies'],
      ['filterValues', cookie]
    ] as const
    expect(resultOf(client.rest('GET', 'leads.json', { query }))).toEqual([])
    expect(client.sync([{ email: 'a@example.com' }])).toEqual([{ id: 4, status: 'created' }])
  })

  it('does not stand in the way of a later one with its email', () => {
    const fields = { email: 'a@example.com' }
    const client = start({ leads: [{ fields }, { fields }, { fields }] })
    outcomes(client, describeDeleteLeads([request(1), request(2), request(3)]), interpretDeleteLeads)
    expect(client.sync([fields])).toEqual([{ id: 4, status: 'created' }])
    expect(client.sync([fields])).toEqual([{ id: 4, status: 'updated' }])
  })

  it.each([
    [{ input: [] }, '1002'],
    [{ input: Array(301).fill({ id: 1 }) }, '1003'],
    [7, '609']
  ])('is none for what is no call (%#)', (json, code) => {
    const client = start()
    expect(resultOf(client.rest('POST', 'leads/delete.json', { json }))).toEqual({ errors: [code] })
    expect(leadsIn(client.state)).toHaveLength(3)
  })
})

describe('a lead that is merged', () => {
  it('leaves its place in programs to the winner, whose own stands, and its campaigns', () => {
    const both = [1, 2].map((leadId) => ({ leadId, statusName: leadId === 1 ? 'Invited' : 'Attended' }))
    const client = start({
      programs: [
        { id: 7, statuses, members: both },
        { id: 8, statuses, members: both.slice(1) }
      ]
    })
    outcomes(client, describeRequestCampaign([request(2)]), interpretRequestCampaign)
    client.rest('POST', 'leads/1/merge.json', { query: [['leadIds', '2']] })
    expect(programMembersIn(client.state, 7)).toEqual([{ leadId: 1, statusName: 'Invited' }])
    expect(programMembersIn(client.state, 8)).toEqual([{ leadId: 1, statusName: 'Attended' }])
    expect(campaignRequestsIn(client.state).map(({ leadId }) => leadId)).toEqual([1])
  })

  it('brings the winner into no program that it was not in', () => {
    const client = start()
    client.rest('POST', 'leads/1/merge.json', { query: [['leadIds', '2']] })
    expect(programMembersIn(client.state, 7)).toStrictEqual([{ leadId: 1, statusName: 'Registered' }])
    expect(programMembersIn(client.state, 8)).toStrictEqual([])
  })

  it('leaves its changes to the winner, whole but for the number', () => {
    const client = start()
    client.sync([{ id: 2, firstName: 'Bo' }], { action: 'updateOnly', lookupField: 'id' })
    const before = changesIn(client.state)
    client.rest('POST', 'leads/1/merge.json', { query: [['leadIds', '2']] })
    expect(before.map(({ leadId }) => leadId)).toEqual([2])
    expect(changesIn(client.state).slice(0, 1)).toEqual(before.map((change) => ({ ...change, leadId: 1 })))
  })
})

describe('faults', () => {
  const faults = (endpoint: string) => [{ at: { call: 1 }, kind: 'skip-record', endpoint }]

  it('strike one member of a program', () => {
    const client = start({ faults: faults('syncProgramStatus') })
    const described = describeSyncProgramStatus([status(8, 1, 'Invited'), status(8, 2, 'Invited')])
    expect([...words(outcomes(client, described, interpretSyncProgramStatus))].sort()).toEqual(['1003', 'created'])
    expect(programMembersIn(client.state, 8)).toHaveLength(1)
  })

  it('strike one lead of a campaign, and nobody hears of it', () => {
    const client = start({ faults: faults('requestCampaign') })
    const described = describeRequestCampaign([request(1), request(2)])
    expect(words(outcomes(client, described, interpretRequestCampaign))).toEqual(['', ''])
    expect(campaignRequestsIn(client.state)).toHaveLength(1)
  })

  it('strike one lead that shall go', () => {
    const client = start({ faults: faults('deleteLeads') })
    const described = describeDeleteLeads([request(1), request(2)])
    expect([...words(outcomes(client, described, interpretDeleteLeads))].sort()).toEqual(['1003', 'deleted'])
    expect(leadsIn(client.state)).toHaveLength(2)
  })
})
