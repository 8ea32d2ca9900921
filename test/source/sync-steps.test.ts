/** The parts of a sync one by one: its options, the walks that it begins with, and what it costs. */
import { describe, expect, it } from 'vitest'
import { startBudget } from '../../src/pace/budget-state.js'
import type { Collection } from '../../src/source/collection.js'
import type { SourceSettings } from '../../src/source/settings.js'
import { type ExpectedVolume, estimateSync } from '../../src/source/sync/estimate.js'
import { isSynced, nextReads } from '../../src/source/sync/next.js'
import { budgetOf, defaultSyncOptions, type SyncOptions, settledOptions } from '../../src/source/sync/options.js'
import { receivePart, receiveRead } from '../../src/source/sync/receive.js'
import { backfillLeads } from '../../src/source/sync/resettle.js'
import { groupsOf } from '../../src/source/sync/start-walks.js'
import { startSync, takeRows, withSharedBudget } from '../../src/source/sync/state.js'
import { childrenOf, waysOf } from '../../src/source/sync/ways.js'
import { day, settingsOf, start } from './drive.js'

const hour = 3_600_000
const most = Number.MAX_SAFE_INTEGER

const own = (name: string, parent: string | null): Collection => ({
  name,
  says: '',
  reads: { by: 'once', endpoint: 'getCollection', path: ['rest', name], query: [], parent, updated: false },
  otherwise: null,
  columns: [{ name: 'id', type: 'id', from: [['id']], says: '' }]
})

/** The same, and Marketo tells what changed of it. */
const changed = (one: Collection): Collection =>
  'parent' in one.reads ? { ...one, reads: { ...one.reads, updated: true } } : one

describe('options', () => {
  it('are these unless others are given: a run every three hours, jobs for what lies before the first', () => {
    expect(settledOptions({})).toEqual(defaultSyncOptions)
    expect(defaultSyncOptions).toMatchObject({
      user: 'source',
      intervalMillis: 3 * hour,
      leads: 'updatedAt',
      activities: 'pages',
      backfill: 'jobs',
      windowDays: 31,
      jobs: 2,
      pollMillis: 60_000,
      overlapMillis: hour,
      jobOverlapMillis: day,
      fullWalkMillis: day,
      rowsWaiting: 50_000,
      token: {},
      budget: {},
      seed: 0
    })
  })

  // biome-ignore format: table
  it.each<[keyof SyncOptions, number, number]>([
    ['intervalMillis',   1_000,  most],
    ['windowDays',       1,      31],
    ['jobs',             1,      10],
    ['pollMillis',       60_000, most],
    ['bytesPerDay',      0,      most],
    ['overlapMillis',    0,      most],
    ['jobOverlapMillis', 0,      most],
    ['fullWalkMillis',   0,      most],
    ['rowsWaiting',      1,      most]
  ])('%s is a whole number from %i to %i', (name, least, greatest) => {
    const told = [least - 1, Number.NaN, least, least + 0.5, greatest, Number.POSITIVE_INFINITY]
    expect(told.map((n) => settledOptions({ [name]: n })[name])).toEqual([least, least, least, least, greatest, greatest])
    expect(settledOptions({ [name]: least + 1.5 })[name]).toBe(least + 1)
  })

  it('a limit of calls for the day is all of it that may be spent, and the rest of the budget stays', () => {
    const budget = { runningCalls: 3, shares: { window: 0.5, day: 0.5 } }
    expect(budgetOf(settledOptions({ budget }), null)).toEqual(budget)
    expect(budgetOf(settledOptions({ budget }), 700)).toEqual({
      runningCalls: 3,
      callsPerDay: 700,
      shares: { window: 0.5, day: 1 }
    })
  })
})

describe('a sync that begins', () => {
  it.each([
    [-1, 0],
    [1.9, 1],
    [Number.NaN, 0],
    [Number.POSITIVE_INFINITY, 0],
    [1e15, 253_402_300_799_999]
  ])('from %d reads from %d on', (since, from) => {
    expect(startSync(settingsOf({}), since).since).toBe(from)
  })

  it('holds nothing, and nothing is under way', () => {
    const state = startSync(settingsOf({ collections: ['lists'] }), start)
    expect(state).toMatchObject({
      version: 1,
      since: start,
      nextRequest: 0,
      seed: 0,
      run: { startedAt: null, nextAt: 0 },
      leadsBy: 'updatedAt',
      refusedFields: [],
      exported: { day: 0, bytes: 0 },
      costs: {},
      inFlight: {}
    })
    const nothing = { rows: [], problems: [], walked: [], unresolved: [], untold: 0 }
    expect(takeRows(state)).toEqual([state, nothing])
    expect(isSynced(state, start)).toBe(false)
    expect(startSync(settingsOf({}), start, { seed: 7 }).seed).toBe(7)
  })

  it('finds leads by the feed of changes where no jobs are to read what lies before', () => {
    const by = (options: Partial<SyncOptions>) => startSync(settingsOf({}), start, options).leadsBy
    expect([by({}), by({ leads: 'changes' }), by({ backfill: 'pages' })]).toEqual(['updatedAt', 'changes', 'changes'])
  })

  // biome-ignore format: table
  it.each<[string, Partial<SourceSettings>, ReadonlyArray<string>]>([
    ['nothing',               { collections: [] },                                    []],
    ['lists',                 { collections: ['lists'] },                             ['lists']],
    ['a child',               { collections: ['segments'] },                          ['segmentation', 'segments']],
    ['types',                 { collections: ['lead_activity_types'] },               ['lead_activity_types']],
    ['attributes of types',   { collections: ['lead_activity_type_attributes'] },     ['lead_activity_types']],
    ['activities of no type', { collections: ['lead_activities'] },                   []],
    ['types and no activities', { collections: ['lists'], activityTypeIds: [1, 37] }, ['lists']],
    ['attributes of activities', { collections: ['lead_activity_attributes'], activityTypeIds: [1] }, ['export activities', 'activities 0']],
    ['deleted leads as activities', { collections: ['lead_activities'], activityTypeIds: [37] }, ['deleted leads']],
    ['eleven types',          { collections: ['lead_activities'], activityTypeIds: [1, 2, 3, 6, 7, 8, 9, 10, 11, 12, 13] }, ['export activities', 'activities 0', 'activities 1']],
    ['leads',                 { collections: ['leads'] },                             ['export leads', 'feed of merges', 'feed of changes', 'leads by id', 'deleted leads']],
    ['a grandchild',          { collections: ['notes'], defined: [own('notes', 'rules'), own('rules', 'segments')] }, ['segmentation', 'segments', 'notes', 'rules']]
  ])('walks for %s', (_, given, names) => {
    expect(Object.keys(startSync(settingsOf(given), start).walks)).toEqual(names)
  })

  it('asks for types in tens, each once, and never for deleted leads among them', () => {
    expect(groupsOf([1, 37, 2, 1])).toEqual([[1, 2]])
    expect(groupsOf(Array.from({ length: 21 }, (_, i) => i + 1)).map((group) => group.length)).toEqual([10, 10, 1])
    expect(groupsOf([37])).toEqual([])
  })

  // biome-ignore format: table
  it.each<[Partial<SyncOptions>, number | null, number | null]>([
    [{},                                       null,  null],
    [{ backfill: 'pages' },                    start, start],
    [{ backfill: 'pages', activities: 'jobs' }, null, start],
    [{ activities: 'jobs' },                   null,  null]
  ])('has feeds that wait for their extract, or begin at once: %j', (options, activities, changes) => {
    const given = { collections: ['leads', 'lead_activities'], activityTypeIds: [1] }
    const { walks } = startSync(settingsOf(given), start, options)
    expect(walks).toMatchObject({
      'export activities': { of: 'activities', typeIds: [1], by: 'createdAt', rests: true, through: null },
      'activities 0': { of: 'activities', typeIds: [1], since: activities, token: null, rests: true },
      'export leads': { of: 'leads', typeIds: [], rests: true },
      'feed of merges': { of: 'activities', typeIds: [32], since: changes },
      'feed of changes': { of: 'activities', typeIds: [12, 13], since: changes },
      'deleted leads': { of: 'deleted', typeIds: [], since: start },
      'leads by id': { count: 0, rests: true }
    })
  })

  it('spends from a budget that it shares', () => {
    const state = startSync(settingsOf({ collections: ['lists'] }), start)
    const shared = startBudget(state.settings.munchkinId, { runningCalls: 1 })
    expect(withSharedBudget(state, shared)).toEqual({ ...state, budget: shared })
  })

  it('asks nothing that some other budget does not allow', () => {
    const state = startSync(settingsOf({ collections: ['lists'] }), start)
    const [begun, [token]] = nextReads(state, start)
    expect(token).toMatchObject({ id: 's0', bytes: null, checksum: null })
    const body = { access_token: 'x', expires_in: 3_600 }
    const ready = receiveRead(begun, 's0', { status: 200, headers: {}, body }, start)
    expect(nextReads(ready, start, 0)[1]).toEqual([])
    const [asked, requests] = nextReads(ready, start, 1)
    expect(requests.map(({ id }) => id)).toEqual(['s1'])
    // Nobody else asks for the same meanwhile.
    expect(nextReads(asked, start)[1]).toEqual([])
    expect(isSynced(asked, start)).toBe(false)
    expect(receiveRead(asked, 's9', { kind: 'lost' }, start)).toBe(asked)
    expect(receivePart(asked, 's9', { status: 200, text: 'id\n' })).toBe(asked)
    expect(receivePart(asked, 's1', { status: 200, text: 'id\n' })).toBe(asked)
  })

  it('has no leads to read anew where none are wanted', () => {
    const state = startSync(settingsOf({ collections: ['lists'] }), start)
    expect(backfillLeads(state)).toBe(state)
  })
})

describe('the way to a collection', () => {
  const settings = settingsOf({ defined: [own('rules', 'segments')] })

  // biome-ignore format: table
  it.each([
    ['campaigns',                     false, 'getCampaigns'],
    ['campaigns',                     true,  'getSmartCampaigns'],
    ['lists',                         false, 'getLists'],
    ['lists',                         true,  'getStaticLists'],
    ['email',                         true,  'getEmails'],
    ['programs',                      false, 'getPrograms'],
    ['landing_pages',                 false, 'getLandingPages'],
    ['segmentation',                  false, 'getSegmentations'],
    ['segments',                      false, 'getSegments'],
    ['lead_activity_types',           false, 'activityTypes'],
    ['lead_activity_type_attributes', true,  'activityTypes'],
    ['rules',                         false, 'getCollection'],
    ['leads',                         false, undefined],
    ['nobody',                        true,  undefined]
  ])('%s, other than usual: %s', (name, otherwise, endpoint) => {
    expect(waysOf(settings, name, otherwise)?.endpoint).toBe(endpoint)
  })

  // biome-ignore format: table
  it.each([
    ['campaigns',    false, 'token',  '/rest/v1/campaigns.json',                          null,           false],
    ['campaigns',    true,  'offset', '/rest/asset/v1/smartCampaigns.json',               null,           false],
    ['email',        false, 'offset', '/rest/asset/v1/emails.json',                       null,           true],
    ['landing_pages', false, 'offset', '/rest/asset/v1/landingPages.json',                null,           false],
    ['lists',        false, 'token',  '/rest/v1/lists.json',                              null,           false],
    ['lists',        true,  'offset', '/rest/asset/v1/staticLists.json',                  null,           false],
    ['programs',     false, 'offset', '/rest/asset/v1/programs.json',                     null,           true],
    ['segmentation', false, 'once',   '/rest/asset/v1/segmentation.json',                 null,           false],
    ['segments',     false, 'offset', '/rest/asset/v1/segmentation/{id}/segments.json',   'segmentation', false],
    ['lead_activity_types', false, 'once', '/rest/v1/activities/types.json',              null,           false]
  ])('%s, other than usual: %s, goes by %s', (name, otherwise, by, path, parent, updated) => {
    const way = waysOf(settings, name, otherwise)
    expect({ ...way, path: `/${way?.path.join('/')}` }).toMatchObject({ by, path, query: [], parent, updated })
  })

  it('leads on to those that hang on it', () => {
    expect([
      childrenOf(settings, 'segmentation'),
      childrenOf(settings, 'segments'),
      childrenOf(settings, 'rules')
    ]).toEqual([['segments'], ['rules'], []])
  })
})

describe('what a sync will cost', () => {
  const all = ['lead_activities', 'leads']
  const activityTypeIds = [1, 2, 3, 6, 7, 8, 9, 10, 11, 12, 13]
  // A job is made, queued, asked about three times, and its file is fetched: six calls for each window.
  // biome-ignore format: table
  it.each<[string, Partial<SourceSettings>, Partial<ExpectedVolume>, Partial<SyncOptions>, readonly [Record<string, number>, number], readonly [Record<string, number>, number]]>([
    ['lists by token',         { collections: ['lists'] },    { records: { lists: 601 } },    {}, [{ lists: 3 }, 0], [{ lists: 24 }, 0]],
    ['no lists',               { collections: ['lists'] },    {},                             {}, [{ lists: 1 }, 0], [{ lists: 8 }, 0]],
    ['pages by offset',        { collections: ['landing_pages'] }, { records: { landing_pages: 400 } }, {}, [{ landing_pages: 3 }, 0], [{ landing_pages: 24 }, 0]],
    ['all in one answer',      { collections: ['segmentation'] }, { records: { segmentation: 900 } }, {}, [{ segmentation: 1 }, 0], [{ segmentation: 8 }, 0]],
    ['what changed, and once a day all', { collections: ['email'] }, { records: { email: 400 } }, {}, [{ email: 3 }, 0], [{ email: 3 + 7 }, 0]],
    ['twice a day all',        { collections: ['email'] },    { records: { email: 400 } },    { fullWalkMillis: day / 2 }, [{ email: 3 }, 0], [{ email: 2 * 3 + 6 }, 0]],
    ['always all',             { collections: ['email'] },    { records: { email: 400 } },    { fullWalkMillis: 0 }, [{ email: 3 }, 0], [{ email: 8 * 3 }, 0]],
    ['a run a day',            { collections: ['lists'] },    {},                             { intervalMillis: 5 * day }, [{ lists: 1 }, 0], [{ lists: 1 }, 0]],
    ['each parent’s children', { collections: ['segments'] }, { records: { segmentation: 3, segments: 601 } }, {}, [{ segmentation: 1, segments: 9 }, 0], [{ segmentation: 8, segments: 72 }, 0]],
    ['children of what changed', { collections: ['notes'], defined: [changed(own('notes', 'email'))] }, { records: { email: 3, notes: 9 } }, {}, [{ email: 2, notes: 3 }, 0], [{ email: 16, notes: 24 }, 0]],
    ['activities that nobody wants', { collections: ['lists'] }, { activities: 9, activitiesPerDay: 9 }, { activities: 'jobs' }, [{ lists: 1 }, 0], [{ lists: 8 }, 0]],
    ['no parents',             { collections: ['segments'] }, {},                             {}, [{ segmentation: 1 }, 0], [{ segmentation: 8 }, 0]],
    ['types',                  { collections: ['lead_activity_types'] }, {},                  {}, [{ lead_activity_types: 1 }, 0], [{ lead_activity_types: 8 }, 0]],
    ['types for their attributes', { collections: ['lead_activity_type_attributes'] }, {},    {}, [{ lead_activity_types: 1 }, 0], [{ lead_activity_types: 8 }, 0]],
    ['activities by jobs, then by two feeds', { collections: ['lead_activities'], activityTypeIds }, { days: 32, activities: 1_000, activitiesPerDay: 4_808 }, {}, [{ lead_activities: 12 }, 400_000], [{ lead_activities: 8 * 2 * 2 }, 0]],
    ['activities by pages',    { collections: ['lead_activities'], activityTypeIds }, { days: 32, activities: 601, activitiesPerDay: 0 }, { backfill: 'pages' }, [{ lead_activities: 2 * (2 + 1) }, 0], [{ lead_activities: 16 }, 0]],
    ['activities by jobs for good', { collections: ['lead_activities'], activityTypeIds }, { days: 31, activities: 10, activitiesPerDay: 5 }, { backfill: 'pages', activities: 'jobs' }, [{ lead_activities: 6 }, 4_000], [{ lead_activities: 48 }, 2_000]],
    ['deleted leads as activities', { collections: ['lead_activities'], activityTypeIds: [37] }, { days: 31, activities: 10 }, {}, [{ lead_activities: 2 }, 0], [{ lead_activities: 8 }, 0]],
    ['leads by jobs',          { collections: ['leads'] },    { days: 62, leads: 10, leadsPerDay: 8 }, {}, [{ leads: 2 + 2 + 12 }, 2_000], [{ leads: 8 * (1 + 1 + 6) }, 1_600]],
    ['leads by jobs, then by changes', { collections: ['leads'] }, { days: 31, leads: 601, leadsPerDay: 2_408 }, { leads: 'changes' }, [{ leads: 2 + 2 + 4 + 6 }, 120_200], [{ leads: 8 * (1 + 1 + 2 + 2) }, 0]],
    ['leads by changes alone', { collections: ['leads'] },    { days: 31, leads: 601 },       { backfill: 'pages' }, [{ leads: 2 + 2 + 4 + 3 }, 0], [{ leads: 8 * (1 + 1 + 1) }, 0]],
    ['leads, other sizes',     { collections: ['leads'] },    { days: 1, leads: 3, leadBytes: 7, pollsPerJob: 1 }, { windowDays: 1 }, [{ leads: 8 }, 21], [{ leads: 48 }, 0]],
    ['both, and deleted leads with leads', { collections: all, activityTypeIds: [37] }, {},   {}, [{ leads: 4 }, 0], [{ leads: 64 }, 0]]
  ])('%s', (_, given, volume, options, [first, firstBytes], [daily, dailyBytes]) => {
    const { firstRun, eachDay } = estimateSync(settingsOf(given), volume, options)
    expect([firstRun.calls, firstRun.bytes]).toEqual([first, firstBytes])
    expect([eachDay.calls, eachDay.bytes]).toEqual([daily, dailyBytes])
    const sum = (calls: Readonly<Record<string, number>>) => Object.values(calls).reduce((a, b) => a + b, 0)
    expect([firstRun.totalCalls, eachDay.totalCalls]).toEqual([sum(first), sum(daily)])
  })

  // biome-ignore format: table
  it.each<[string, Partial<SourceSettings>, Partial<ExpectedVolume>, Partial<SyncOptions>, number]>([
    ['an instance’s own quota', {},                      { records: { lists: 50_001 * 300 } }, {}, 2],
    ['a budget of their own',   {},                      { records: { lists: 900 } }, { budget: { callsPerDay: 2 } }, 2],
    ['a limit of none',         { dailyCallLimit: 0 },   { records: { lists: 900 } }, {}, 3],
    ['bytes of none',           { collections: ['leads'] }, { days: 1, leads: 1, leadBytes: 3 }, { bytesPerDay: 0 }, 3],
    ['bytes that fit',          { collections: ['leads'] }, { days: 1, leads: 2, leadBytes: 3 }, { bytesPerDay: 6 }, 1]
  ])('takes as many days as %s need', (_, given, volume, options, days) => {
    expect(estimateSync(settingsOf({ collections: ['lists'], ...given }), volume, options).firstRun.days).toBe(days)
  })
})
