/** What an instance is like before its first request. */
import { describe, expect, it } from 'vitest'
import { callsIn, leadsIn, programMembersIn } from '../../src/simulator/reading.js'
import { startSimulator } from '../../src/simulator/start.js'
import { hyg } from '../endpoints/reading.js'
import { Client, client, cookie, options, resultOf, short } from './world.js'

const bare = { munchkinId: hyg, ...client }
const ana = { email: 'ana@example.com' }

describe('an instance of which little is said', () => {
  it('is an empty one, and holds no fault', () => {
    const state = startSimulator(bare)
    expect(state.options).toStrictEqual({
      ...bare,
      customFields: [],
      activityTypes: [],
      forms: [],
      companiesReadOnly: false,
      customObjects: [],
      absentFields: [],
      companyFields: 'refused',
      unknownField: 'record',
      partitions: ['Default'],
      callsPerDay: 50_000,
      callsPerWindow: 100,
      runningCalls: 10,
      tokenSeconds: 3600,
      apiUser: 'api.user@example.com',
      ingestionDelayMillis: 0,
      importMillis: 10_000,
      exportMillis: 10_000,
      exportBytesPerDay: 500_000_000,
      updatedAtFilter: true,
      updatedAtMoves: 'with any field',
      faults: []
    })
    expect(callsIn(state).quota).toEqual({ day: '', used: 0 })
    expect([state.window, state.exported]).toEqual([[], { day: '', bytes: 0 }])
  })

  it('has the seed 1', () => {
    expect(startSimulator(bare)).toEqual(startSimulator({ ...bare, seed: 1 }))
    expect(startSimulator({ ...bare, seed: 5 })).not.toEqual(startSimulator(bare))
    expect([startSimulator(bare).random, startSimulator({ ...bare, seed: 5.5 }).random]).toEqual([1, 5])
  })

  it('has nobody in a program that names no members', () => {
    const state = startSimulator({ ...bare, programs: [{ id: 7, statuses: [] }] })
    expect(programMembersIn(state, 7)).toStrictEqual([])
  })
})

describe('a lead that is there from the start', () => {
  // biome-ignore format: table
  it.each<[string, ReadonlyArray<string> | undefined, string | undefined, string]>([
    ['its own partition',          ['EU', 'US'], 'US',      'US'],
    ['the first one',              ['EU', 'US'], undefined, 'EU'],
    ['the usual one',              undefined,    undefined, 'Default'],
    ['the usual one, of none',     [],           undefined, 'Default']
  ])('is in %s', (_, partitions, partitionName, told) => {
    const lead = { fields: ana, ...(partitionName === undefined ? {} : { partitionName }) }
    const state = startSimulator({ ...bare, ...(partitions === undefined ? {} : { partitions }), leads: [lead] })
    expect(leadsIn(state).map((one) => one.partitionName)).toEqual([told])
  })

  it('has the cookies that are some', () => {
    const cookies = ['x', cookie, cookie.replace('561', '562')]
    const state = startSimulator({ ...bare, leads: [{ fields: ana, cookies }] })
    expect(leadsIn(state).map((one) => one.cookies)).toEqual([[cookie]])
  })
})

describe('an activity type of which little is said', () => {
  const told = (more: object): unknown => {
    const type = { id: 100_009, primaryAttribute: { apiName: 'x', dataType: 'string' }, attributes: [], ...more }
    const [one] = startSimulator({ ...bare, activityTypes: [type] }).options.activityTypes
    return [one?.apiName, one?.name, one?.triggerName, one?.filterName]
  }
  // biome-ignore format: table
  it.each<[object, ReadonlyArray<string>]>([
    [{},                                              ['custom100009', 'Custom 100009', 'Custom 100009', 'Custom 100009']],
    [{ name: 'Plan' },                                ['custom100009', 'Plan', 'Plan', 'Plan']],
    [{ triggerName: 'Buys' },                         ['custom100009', 'Custom 100009', 'Buys', 'Custom 100009']],
    [{ filterName: 'Bought' },                        ['custom100009', 'Custom 100009', 'Custom 100009', 'Bought']],
    [{ name: 'P', triggerName: 'B', filterName: 'T' }, ['custom100009', 'P', 'B', 'T']]
  ])('with %j has the names %j', (more, names) => {
    expect(told(more)).toEqual(names)
  })
})

describe('a cookie', () => {
  it('finds whose browser it is, nobody where it is of nobody, and is refused where it is none', () => {
    const asked = new Client({ ...options, leads: [{ fields: ana, cookies: [cookie] }] }).signIn()
    const found = (value: string): unknown =>
      asked.rest('GET', 'leads.json', {
        query: [
          ['filterType', 'cookies'],
          ['filterValues', value],
          ['fields', 'email']
        ]
      })
    expect(found(cookie)).toMatchObject({ success: true, result: [ana] })
    expect(found('x')).toMatchObject({ success: false })
    expect(found(`${cookie}0`)).toMatchObject({ success: true, result: [] })
  })

  it('that is none links no record of a custom object to anybody', () => {
    const link = { field: 'cookie', leadField: 'cookies' }
    const customObjects = [{ name: 'visit_c', fields: ['id', 'cookie'], dedupeFields: ['id'], link }]
    const linked = new Client({ customObjects, leads: [{ fields: ana, cookies: [cookie] }] }).signIn()
    const input = [
      { id: 1, cookie },
      { id: 2, cookie: 'x' },
      { id: 3, cookie: `${cookie}0` }
    ]
    expect(short(resultOf(linked.rest('POST', 'customobjects/visit_c.json', { json: { input } })))).toMatchObject([
      { status: 'created' },
      { status: 'skipped', reasons: ['1004'] },
      { status: 'skipped', reasons: ['1004'] }
    ])
  })
})
