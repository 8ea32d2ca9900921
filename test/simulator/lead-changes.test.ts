import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeGetLeadChanges, interpretGetLeadChanges, type LeadChange } from '../../src/endpoints/lead-changes.js'
import type { Fields } from '../../src/intent/intent.js'
import { editedInMarketo } from '../../src/simulator/edited.js'
import { fieldChanges } from '../../src/simulator/field-changes.js'
import { changesIn, leadIn } from '../../src/simulator/reading.js'
import { hyg, onlyCall } from '../endpoints/reading.js'
import { Client, noon, resultOf } from './world.js'

const watched = ['email', 'firstName', 'plan__c', 'vip__c', 'customerNumber__c']

/** Every page from a token on. */
const pagesFrom = (client: Client, token: string, leadIds: ReadonlyArray<number> | null = null) => {
  const pages: Array<ReadonlyArray<LeadChange>> = []
  for (let nextPageToken = token; pages.length < 50; ) {
    const call = onlyCall(describeGetLeadChanges([{ munchkinId: hyg, nextPageToken, fields: watched, leadIds }]))
    const answer = client.call(call)
    const verdict = answer === null ? undefined : interpretGetLeadChanges(call, answer)
    const outcome = verdict?._tag === 'Accepted' ? verdict.outcomes[0] : undefined
    if (outcome?._tag !== 'LeadChangesRead') throw new Error(JSON.stringify(verdict))
    pages.push(outcome.changes)
    if (!outcome.more) return { pages, changes: pages.flat(), token: outcome.nextPageToken ?? '' }
    nextPageToken = outcome.nextPageToken ?? ''
  }
  throw new Error('no end')
}

const ana = { email: 'ana@example.com', plan__c: 'free' }

const values = fc.record(
  {
    firstName: fc.constantFrom('Ana', 'Bo', null),
    plan__c: fc.constantFrom('free', 'pro', null),
    vip__c: fc.constantFrom(true, false, null),
    customerNumber__c: fc.constantFrom(0, 7, null)
  },
  { requiredKeys: [] }
)

const text = (value: unknown): string | null =>
  value === undefined || value === null ? null : value === true ? 'True' : value === false ? 'False' : String(value)

describe('the log of changes', () => {
  it('replayed from the beginning, is the lead', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), values), { maxLength: 12 }), (writes) => {
        const client = new Client({ callsPerWindow: 1000 }).signIn()
        client.sync([ana])
        for (const [byApi, fields] of writes) {
          client.now += 1_000
          if (byApi) client.sync([{ ...fields, email: ana.email }])
          else client.state = editedInMarketo(client.state, { leadId: 1, fields }, client.now)
        }
        const replayed: Record<string, string | null> = {}
        for (const { fields } of pagesFrom(client, 'since-0').changes)
          for (const { name, oldValue, newValue } of fields) {
            expect(replayed[name] ?? null).toBe(oldValue)
            replayed[name] = newValue
          }
        const held = leadIn(client.state, 1)?.fields ?? {}
        for (const name of watched) expect(replayed[name] ?? null).toBe(text(held[name]))
      })
    )
  })

  it('tells who wrote: our own call, by user and request, or a person', () => {
    const client = new Client().signIn()
    const made = client.rest('POST', 'leads.json', { json: { input: [ana] } })
    client.state = editedInMarketo(client.state, { leadId: 1, fields: { plan__c: 'pro' } }, noon + 5_000)
    const { changes } = pagesFrom(client, 'since-0')
    expect(
      changes.map(({ activityTypeId, at, modifyingUser, source }) => [activityTypeId, at, modifyingUser, source])
    ).toEqual([
      [12, noon, 'api.user@example.com', 'Web service API'],
      [13, noon + 5_000, 'marketer@example.com', 'Marketo UI']
    ])
    expect(changes[0]?.requestId).toBe(Object(made).requestId)
  })

  it('has nothing of a write that changed nothing, and of a person’s that would not do', () => {
    const client = new Client().signIn()
    client.sync([ana])
    client.sync([ana])
    client.state = editedInMarketo(client.state, { leadId: 1, fields: { vip__c: 'maybe' } }, noon)
    client.state = editedInMarketo(client.state, { leadId: 9, fields: { vip__c: true } }, noon)
    expect(changesIn(client.state)).toHaveLength(1)
  })

  it('is told from a time on, from where one left off, and of the leads asked for', () => {
    const client = new Client().signIn()
    client.sync([ana, { email: 'bo@example.com' }])
    client.now += 60_000
    client.sync([{ email: 'bo@example.com', plan__c: 'pro' }])
    expect(pagesFrom(client, `since-${noon + 1}`).changes.map(({ leadId }) => leadId)).toEqual([2])
    expect(pagesFrom(client, 'since-0', [1]).changes.map(({ leadId }) => leadId)).toEqual([1])
    const { token } = pagesFrom(client, 'since-0')
    expect(pagesFrom(client, token).changes).toEqual([])
    client.sync([{ email: 'ana@example.com', plan__c: 'pro' }])
    expect(pagesFrom(client, token).changes.map(({ leadId }) => leadId)).toEqual([1])
  })

  it('has pages, some of them empty with more behind', () => {
    const client = new Client({ callsPerWindow: 1000 }).signIn()
    client.sync([ana])
    const edit = (fields: Fields): void => {
      client.state = editedInMarketo(client.state, { leadId: 1, fields }, noon)
    }
    for (let i = 0; i < 700; i += 1) edit({ notes__c: `note ${i}` })
    edit({ plan__c: 'pro' })
    expect(pagesFrom(client, 'since-0').pages.map((page) => page.length)).toEqual([1, 0, 1])
  })

  it('follows a lead that was merged', () => {
    const client = new Client().signIn()
    client.sync([ana, { email: 'bo@example.com' }])
    client.rest('POST', 'leads/1/merge.json', { query: [['leadId', '2']] })
    expect(pagesFrom(client, 'since-0').changes.map(({ leadId }) => leadId)).toEqual([1, 1])
  })

  // biome-ignore format: table
  it.each<[string, ReadonlyArray<readonly [string, string]>, string]>([
    ['no token',          [['fields', 'email']],                                    '1002'],
    ['a token of nobody', [['nextPageToken', 'x'], ['fields', 'email']],            '1003'],
    ['no fields',         [['nextPageToken', 'since-0']],                           '1002'],
    ['a field of nobody', [['nextPageToken', 'since-0'], ['fields', 'nobody']],     '1006'],
    ['too many leads',    [['nextPageToken', 'since-0'], ['fields', 'email'], ['leadIds', Array.from({ length: 31 }, (_, i) => i + 1).join()]], '1003']
  ])('is not told for %s', (_, query, code) => {
    const client = new Client().signIn()
    expect(resultOf(client.rest('GET', 'activities/leadchanges.json', { query }))).toEqual({ errors: [code] })
  })
})

describe('field changes', () => {
  // biome-ignore format: table
  it.each<[string, Fields, Fields, ReadonlyArray<readonly [string, string | null, string | null]>]>([
    ['a new value',        { a: 'x' },   { a: 'y' },    [['a', 'x', 'y']]],
    ['a value gone',       { a: 'x' },   {},            [['a', 'x', null]]],
    ['a value come',       {},           { a: 0 },      [['a', null, '0']]],
    ['a flag',             { a: false }, { a: true },   [['a', 'False', 'True']]],
    ['the same text',      { a: 7 },     { a: '7' },    []],
    ['nothing for nothing', { a: null }, { a: '' },     []],
    ['a field of an odd name', {},       JSON.parse('{"__proto__":"x"}'), [['__proto__', null, 'x']]]
  ])('%s', (_, before, after, expected) => {
    expect(fieldChanges(before, after).map(({ name, oldValue, newValue }) => [name, oldValue, newValue])).toEqual(expected)
  })
})
