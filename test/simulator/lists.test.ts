/** Static lists. */
import * as fc from 'fast-check'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { describe, expect, it } from 'vitest'
import {
  describeAddToList,
  describeCreateList,
  describeFindList,
  describeListMembership,
  describeRemoveFromList,
  interpretAddToList,
  interpretCreateList,
  interpretFindList,
  interpretListMembership,
  interpretRemoveFromList,
  type ListMember
} from '../../src/endpoints/index.js'
import type { Call, Described, HttpRequest } from '../../src/intent/descriptor.js'
import type { Answer, Verdict } from '../../src/intent/outcome.js'
import { callsIn, listsIn } from '../../src/simulator/reading.js'
import { batchOf, callsOf, hyg } from '../endpoints/reading.js'
import { Client, resultOf, short } from './world.js'

const three = {
  leads: [{ fields: { email: 'a@x' } }, { fields: { email: 'b@x' } }, { fields: { email: 'c@x' } }],
  lists: [
    { id: 5, name: 'Trial users', folder: { id: 12, type: 'Folder' as const }, leadIds: [3, 2] },
    { id: 2, name: 'Churned' }
  ]
}

const start = (more: object = {}): Client => new Client({ ...three, ...more }).signIn()

const nothing: Answer = { status: 0, headers: {}, body: '' }

/** Carries out all calls; what became of each record, by its position. */
const outcomes = <A extends { readonly intent: number }>(
  client: Client,
  described: Described<HttpRequest>,
  read: (call: Call<HttpRequest>, answer: Answer) => Verdict<A>
): ReadonlyArray<A> =>
  callsOf(described)
    .flatMap((call) => {
      const verdict = read(call, client.call(call) ?? nothing)
      return verdict._tag === 'Accepted' ? verdict.outcomes : []
    })
    .sort((a, b) => a.intent - b.intent)

const leadsOn = (client: Client, listId: number): ReadonlyArray<number> =>
  listsIn(client.state).find(({ id }) => id === listId)?.leadIds ?? []

const codes = (one: { readonly _tag: string; readonly reasons?: ReadonlyArray<{ readonly code: string }> }) =>
  one._tag === 'Skipped' ? one.reasons?.map(({ code }) => code).join() : one._tag

const member: fc.Arbitrary<ListMember> = fc.record({
  munchkinId: fc.constant(hyg),
  listId: fc.constantFrom(5, 2),
  leadId: fc.integer({ min: 1, max: 4 })
})

describe('our own calls', () => {
  it('put on, ask and take off as a plain model says', () => {
    fc.assert(
      fc.property(batchOf(member), batchOf(member), batchOf(member), (added, asked, removed) => {
        const client = start()
        const model = new Set(['5 2', '5 3'])
        const key = ({ listId, leadId }: ListMember) => `${listId} ${leadId}`
        const isThere = ({ leadId }: ListMember) => leadId <= 3

        const puts = outcomes(client, describeAddToList(added), interpretAddToList)
        expect(puts.map(codes)).toEqual(added.map((one) => (isThere(one) ? 'Applied' : '1004')))
        for (const one of added.filter(isThere)) model.add(key(one))

        const asks = outcomes(client, describeListMembership(asked), interpretListMembership)
        expect(asks.map((one) => (one._tag === 'MembershipFound' ? one.isMember : codes(one)))).toEqual(
          asked.map((one) => (isThere(one) ? model.has(key(one)) : '1004'))
        )

        const takes = outcomes(client, describeRemoveFromList(removed), interpretRemoveFromList)
        expect(takes.map(codes)).toEqual(
          removed.map((one) => (!isThere(one) ? '1004' : model.delete(key(one)) ? 'Applied' : '1015'))
        )
        for (const id of [2, 5]) {
          const own = [1, 2, 3].filter((lead) => model.has(`${id} ${lead}`))
          expect(leadsOn(client, id)).toEqual(own)
        }
      })
    )
  })

  it('find lists by their exact name, and make them in a folder', () => {
    const client = start()
    const list = (name: string, id = 12) => ({ munchkinId: hyg, name, folder: { id, type: 'Folder' as const } })
    const ids = (names: ReadonlyNonEmptyArray<string>): unknown =>
      outcomes(
        client,
        describeFindList([list(names[0]), ...names.slice(1).map((name) => list(name))]),
        interpretFindList
      ).map((one) => (one._tag === 'ListsFound' ? one.listIds : one._tag))
    expect(ids(['Trial users', 'trial users', 'New & shiny'])).toEqual([[5], [], []])
    const made = outcomes(client, describeCreateList([list('New & shiny')]), interpretCreateList)
    expect(made).toEqual([{ _tag: 'ListsFound', intent: 0, listIds: [6] }])
    expect(ids(['New & shiny'])).toEqual([[6]])
    expect(outcomes(client, describeCreateList([list('Trial users')]), interpretCreateList)).toEqual([])
    outcomes(client, describeCreateList([list('Trial users', 13)]), interpretCreateList)
    expect(ids(['Trial users'])).toEqual([expect.arrayContaining([5, 7])])
    expect(listsIn(client.state).map(({ id, name }) => [id, name])).toEqual([
      [2, 'Churned'],
      [5, 'Trial users'],
      [6, 'New & shiny'],
      [7, 'Trial users']
    ])
  })

  it('leave the lists of an earlier state as they were', () => {
    const client = start()
    const before = client.state
    outcomes(client, describeAddToList([{ munchkinId: hyg, listId: 2, leadId: 1 }]), interpretAddToList)
    expect(listsIn(before).find(({ id }) => id === 2)?.leadIds).toEqual([])
    expect(leadsOn(client, 2)).toEqual([1])
    expect(JSON.parse(JSON.stringify(client.state))).toStrictEqual(client.state)
  })
})

describe('calls by hand', () => {
  it('name leads in the query, repeated or with commas, or in a body', () => {
    const client = start()
    const query = [
      ['id', '2,3'],
      ['id', '1']
    ] as const
    expect(resultOf(client.rest('GET', 'lists/5/leads/ismember.json', { query }))).toEqual([
      { id: 2, status: 'memberof' },
      { id: 3, status: 'memberof' },
      { id: 1, status: 'notmemberof' }
    ])
    const json = { input: [{ id: 2 }] }
    expect(resultOf(client.rest('DELETE', 'lists/5/leads.json', { json, query }))).toEqual([
      { id: 2, status: 'removed' }
    ])
    expect(short(resultOf(client.rest('DELETE', 'lists/5/leads.json', { query })))).toEqual([
      { id: 2, status: 'skipped', reasons: ['1015'] },
      { id: 3, status: 'removed' },
      { id: 1, status: 'skipped', reasons: ['1015'] }
    ])
  })

  const ids = (count: number) => Array.from({ length: count }, () => ({ id: 1 }))
  // biome-ignore format: table
  it.each<[string, string, string, object, string]>([
    ['a list of nobody',       'POST',   '9', { json: { input: [{ id: 1 }] } },      '1013'],
    ['a list without number',  'POST',   'x', { json: { input: [{ id: 1 }] } },      '1013'],
    ['nobody',                 'POST',   '5', { json: { input: [] } },               '1002'],
    ['nobody, by URL',         'DELETE', '5', {},                                    '1002'],
    ['301 leads',              'POST',   '5', { json: { input: ids(301) } },         '1003'],
    ['301 leads, by URL',      'DELETE', '5', { query: [['id', '1,'.repeat(301)]] }, '1003'],
    ['a number as text',       'POST',   '5', { json: { input: '1' } },              '1002'],
    ['a body that is no JSON', 'POST',   '5', { json: 7 },                           '609'],
    ['a verb of nobody',       'PUT',    '5', {},                                    '605']
  ])('%s is refused', (_, method, id, given, code) => {
    const client = start()
    expect(resultOf(client.rest(method, `lists/${id}/leads.json`, given))).toEqual({ errors: [code] })
    expect(leadsOn(client, 5)).toEqual([2, 3])
  })

  it('with something that is no number skip that one', () => {
    const json = { input: [{ id: '1' }, {}, { id: 1 }] }
    expect(short(resultOf(start().rest('POST', 'lists/5/leads.json', { json })))).toEqual([
      { status: 'skipped', reasons: ['1001'] },
      { status: 'skipped', reasons: ['1001'] },
      { id: 1, status: 'added' }
    ])
  })

  // biome-ignore format: table
  it.each([
    ['without a name',       'folder=%7B%22id%22%3A1%2C%22type%22%3A%22Folder%22%7D', '1002'],
    ['without a folder',     'name=x',                                               '1003'],
    ['in a folder by name',  'name=x&folder=Audiences',                              '1003'],
    ['in a list',            'name=x&folder=%5B1%5D',                                '1003'],
    ['in a workspace',       'name=x&folder=%7B%22id%22%3A1%2C%22type%22%3A%22Zone%22%7D', '1003']
  ])('a list %s is not made', (_, body, code) => {
    const client = start()
    const answer = client.send({
      host: 'rest',
      method: 'POST',
      path: ['rest', 'asset', 'v1', 'staticLists.json'],
      query: [],
      headers: { authorization: `Bearer ${client.token}`, 'content-type': 'application/x-www-form-urlencoded' },
      body
    })
    expect(resultOf(JSON.parse(String(answer?.body)))).toEqual({ errors: [code] })
    expect(listsIn(client.state)).toHaveLength(2)
  })

  it('a list is made of a form and of nothing else, and found by a name', () => {
    const client = start()
    const post = { host: 'rest', method: 'POST', path: ['rest', 'asset', 'v1', 'staticLists.json'], query: [] } as const
    const headers = { authorization: `Bearer ${client.token}`, 'content-type': 'application/json' }
    const made = client.send({ ...post, headers, body: '{"name":"x"}' })
    expect(resultOf(JSON.parse(String(made?.body)))).toEqual({ errors: ['612'] })
    const path = ['rest', 'asset', 'v1', 'staticList', 'byName.json']
    const found = client.send({ ...post, method: 'GET', path, headers, body: null })
    expect(resultOf(JSON.parse(String(found?.body)))).toEqual({ errors: ['1002'] })
  })
})

describe('merging', () => {
  it("makes the winner a member of the losers' lists, once", () => {
    const client = start({ lists: [...three.lists, { id: 8, name: 'All', leadIds: [1, 2] }] })
    client.rest('POST', 'leads/1/merge.json', { query: [['leadIds', '2,3']] })
    expect(listsIn(client.state).map(({ id, leadIds }) => [id, leadIds])).toEqual([
      [2, []],
      [5, [1]],
      [8, [1]]
    ])
  })
})

describe('faults', () => {
  it('strike one lead of a call, or the call', () => {
    const client = start({
      faults: [
        { at: { call: 1 }, kind: 'skip-record', endpoint: 'addToList' },
        { at: { call: 1 }, kind: 'timeout-after', endpoint: 'removeFromList' },
        { at: { call: 1 }, kind: '606', endpoint: 'findList' }
      ]
    })
    const one = { munchkinId: hyg, listId: 2, leadId: 1 }
    const two = { ...one, leadId: 2 }
    const put = outcomes(client, describeAddToList([one, two]), interpretAddToList)
    expect(put.map(codes).sort()).toEqual(['1003', 'Applied'])
    expect(leadsOn(client, 2)).toHaveLength(1)
    const [removal] = callsOf(describeRemoveFromList([one, two]))
    expect(removal && client.call(removal)).toBe(null)
    expect(leadsOn(client, 2)).toEqual([])
    expect(outcomes(client, describeFindList([{ munchkinId: hyg, name: 'Churned' }]), interpretFindList)).toEqual([])
    expect(callsIn(client.state).byEndpoint).toMatchObject({ addToList: 1, removeFromList: 1, findList: 1 })
  })
})
