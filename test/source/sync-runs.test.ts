/** How walks set out, come to rest, and go on under other settings. */
import { describe, expect, it } from 'vitest'
import type { Collection } from '../../src/source/collection.js'
import type { SourceSettings } from '../../src/source/settings.js'
import { beginRun } from '../../src/source/sync/begin.js'
import type { SyncOptions } from '../../src/source/sync/options.js'
import { resettled } from '../../src/source/sync/resettle.js'
import { exportDone, giveUp, hasChildren, walkDone } from '../../src/source/sync/rest.js'
import { exportWalk, feedWalk, pagedWalk } from '../../src/source/sync/start-walks.js'
import { type Draft, type SourceSync, startSync } from '../../src/source/sync/state.js'
import type { ExportWalk, FeedWalk, PagedWalk, Walk } from '../../src/source/sync/walks.js'
import { day, settingsOf, start } from './drive.js'
import { feed, job, jobs, lookup, pages, stateWith } from './walking.js'

const hour = 3_600_000

const draftOf = (
  walks: SourceSync['walks'],
  options: Partial<SyncOptions> = {},
  given: Partial<SourceSettings> = {}
): Draft => ({ ...stateWith(walks, options, given) })

const awake = (collection: string): PagedWalk => ({ ...pagedWalk(collection), rests: false })

describe('a walk that is done', () => {
  // biome-ignore format: table
  it.each<[string, ReadonlyArray<string>, ReadonlyArray<string>]>([
    ['lists',               ['lists'],                                                ['lists']],
    ['lists',               ['email'],                                                []],
    ['lead_activity_types', ['lead_activity_types', 'lead_activity_type_attributes'], ['lead_activity_types', 'lead_activity_type_attributes']],
    ['lead_activity_types', ['lead_activity_type_attributes'],                        ['lead_activity_type_attributes']],
    ['email',               ['lead_activity_type_attributes', 'email'],               ['email']]
  ])('of %s, where %j are wanted, was through %j', (collection, collections, told) => {
    const walk = awake(collection)
    const draft = draftOf({ w: walk }, {}, { collections })
    walkDone(draft, 'w', walk)
    expect(draft.walked).toEqual(told.map((one) => ({ collection: one, full: true })))
  })

  // biome-ignore format: table
  it.each<[string, PagedWalk | null, ReadonlyArray<string>, Partial<PagedWalk> | null]>([
    ['that waits for them',         awake('segments'),                          ['9'], { rests: false, parents: ['9'] }],
    ['that waits, and there are none', awake('segments'),                       [],    { rests: true, parents: null }],
    ['that goes through others',    { ...awake('segments'), parents: ['7'] },   ['9'], { rests: false, parents: ['7'] }],
    ['that rests',                  pagedWalk('segments'),                      ['9'], { rests: true, parents: null }],
    ['that is not there',           null,                                       ['9'], null]
  ])('hands its ids to the walk %s', (_, segments, ids, after) => {
    const walk = { ...awake('segmentation'), ids }
    const draft = draftOf({ segmentation: walk, ...(segments === null ? {} : { segments }) })
    walkDone(draft, 'segmentation', walk)
    expect(draft.walks.segmentation).toMatchObject({ rests: true, ids: [] })
    if (after === null) expect(Object.keys(draft.walks)).toEqual(['segmentation'])
    else expect(draft.walks.segments).toMatchObject(after)
    expect(hasChildren(draft, 'segmentation')).toBe(after !== null)
  })
})

describe('an extract that is done', () => {
  const feeds: Readonly<Record<string, FeedWalk>> = {
    own: feedWalk('activities', [1], null),
    both: feedWalk('activities', [1, 10], null),
    others: feedWalk('activities', [1, 99], null),
    begun: feedWalk('activities', [1], 5),
    later: feedWalk('activities', [7], null)
  }
  const done = (walk: ExportWalk, options: Partial<SyncOptions> = {}): Draft => {
    const draft = draftOf({ x: walk, ...feeds, n: lookup(1), p: pages }, options)
    exportDone(draft, 'x', walk)
    return draft
  }
  const sinceOf = ({ walks }: Draft) =>
    Object.keys(feeds).map((name) => (walks[name]?.kind === 'feed' ? walks[name].since : undefined))
  const extract = { ...jobs(), of: 'activities', typeIds: [1, 10], begunAt: start } as const

  it('tells the feeds of its types where to go on: a day before it began', () => {
    const draft = done(extract)
    expect(draft.walks.x).toEqual({ ...extract, rests: true, through: start })
    expect(sinceOf(draft)).toEqual([start - day, start - day, null, 5, null])
    expect([draft.walks.n, draft.walks.p]).toEqual([lookup(1), pages])
    expect(sinceOf(done({ ...extract, begunAt: 7 }))).toEqual([0, 0, null, 5, null])
  })

  // biome-ignore format: table
  it.each<[string, ExportWalk, Partial<SyncOptions>]>([
    ['while jobs are open',           { ...extract, jobs: [job('poll')] }, {}],
    ['while windows are open',        { ...extract, windows: [{ startAt: 0, endAt: 1 }] }, {}],
    ['where jobs go on with them',    extract,                             { activities: 'jobs' }],
    ['of leads',                      { ...jobs(), begunAt: start },       {}]
  ])('tells no feed %s', (_, walk, options) => {
    expect(sinceOf(done(walk, options))).toEqual([null, null, null, 5, null])
  })
})

describe('a walk that is given up', () => {
  it('rests, with those that wait for its ids', () => {
    const walks = {
      segmentation: awake('segmentation'),
      segments: awake('segments'),
      lists: pages,
      n: lookup(1),
      f: feed
    }
    const draft = draftOf(walks)
    giveUp(draft, 'segmentation')
    expect(Object.entries(draft.walks).map(([name, { rests }]) => [name, rests])).toEqual([
      ['segmentation', true],
      ['segments', true],
      ['lists', false],
      ['n', false],
      ['f', false]
    ])
    giveUp(draft, 'n')
    giveUp(draft, 'f')
    giveUp(draft, 'nobody')
    expect([draft.walks.n, draft.walks.f, Object.keys(draft.walks)]).toEqual([
      lookup(1),
      { ...feed, rests: true },
      Object.keys(walks)
    ])
  })
})

describe('a run that begins', () => {
  const begun = (
    walk: Walk,
    options: Partial<SyncOptions> = {},
    name = 'w',
    leadsBy: SyncOptions['leads'] = 'updatedAt'
  ) => {
    const draft: Draft = { ...draftOf({ [name]: walk }, options), leadsBy }
    beginRun(draft, start)
    expect(draft.run).toEqual({ startedAt: start, nextAt: start + 3 * hour })
    return draft.walks[name]
  }

  // biome-ignore format: table
  it.each<[string, string, Partial<PagedWalk>, number | null]>([
    ['in full at first',               'email',     {},                                              null],
    ['in full where no full walk is known', 'email', { through: start - 1 },                         null],
    ['in full where nothing is read',  'email',     { fullAt: start - 1 },                           null],
    ['in full once a day',             'email',     { through: start - 1, fullAt: start - day },     null],
    ['through what changed',           'email',     { through: start, fullAt: start - day + 1 },     start - hour],
    ['through what changed, from the first of all moments', 'email', { through: 1, fullAt: start },  0],
    ['in full where Marketo tells no change', 'lists', { through: start - 1, fullAt: start },        null]
  ])('walks %s', (_, collection, more, startAt) => {
    const walk = { ...pagedWalk(collection), ...more, token: 'T', offset: 9, heads: '1', ids: ['1'], begunAnew: true, skipped: true }
    expect(begun(walk)).toEqual({
      ...pagedWalk(collection),
      ...more,
      rests: false,
      begunAt: start,
      window: startAt === null ? null : { startAt, endAt: start }
    })
  })

  it('walks in full where no full walk is known, however seldom that is to be', () => {
    const seldom = { fullWalkMillis: Number.MAX_SAFE_INTEGER }
    expect(begun({ ...pagedWalk('email'), through: start }, seldom)).toMatchObject({ window: null })
  })

  it('leaves alone what is still under way', () => {
    for (const walk of [{ ...pages, token: 'T' }, feed, jobs(job('poll')), lookup(1)]) expect(begun(walk)).toBe(walk)
  })

  const kept = start - 14 * day
  // biome-ignore format: table
  it.each<[string, Partial<FeedWalk>, Partial<FeedWalk>]>([
    ['from where it is to begin',           { since: start - 1 },                          { rests: false, since: start - 1 }],
    ['from its place',                      { token: 'T' },                                { rests: false, since: null, token: 'T' }],
    ['when it is told where to begin',      {},                                            { rests: true }],
    ['from what Marketo still knows',       { of: 'deleted', since: 5 },                   { rests: false, since: kept }],
    ['from where it is to begin, not before', { of: 'deleted', since: start - day },       { rests: false, since: start - day }],
    ['from its place among deleted leads',  { of: 'deleted', since: 5, token: 'T' },       { rests: false, since: 5, token: 'T' }]
  ])('goes on in a feed %s', (_, more, after) => {
    const walk = { ...feedWalk('activities', [1], null), ...more }
    expect(begun(walk)).toEqual({ ...walk, ...after })
  })

  it('begins the feeds of leads an hour back, and follows changes where leads are found so', () => {
    const walk = feedWalk('activities', [12, 13], null)
    const since = start - hour
    expect(begun(walk, {}, 'feed of merges')).toEqual({ ...walk, since, rests: false })
    expect(begun(walk, {}, 'feed of changes')).toEqual({ ...walk, since })
    expect(begun(walk, {}, 'feed of changes', 'changes')).toEqual({ ...walk, since, rests: false })
    expect(begun({ ...walk, since: 5 }, {}, 'feed of merges')).toMatchObject({ since: 5 })
  })

  const window = (startAt: number, endAt = start) => ({ startAt, endAt })
  const since = start - 9 * day
  // biome-ignore format: table
  it.each<[string, ExportWalk['of'], Partial<ExportWalk>, Partial<SyncOptions>, object | null]>([
    ['leads from the start on',         'leads',      {},                    {},                       { by: 'createdAt', windows: [window(since)] }],
    ['leads that changed',              'leads',      { through: start - day }, {},                    { by: 'updatedAt', windows: [window(start - day - hour)] }],
    ['activities from the start on',    'activities', {},                    {},                       { by: 'createdAt', windows: [window(since)] }],
    ['no activities that feeds tell',   'activities', { through: start - day }, {},                    null],
    ['activities that are new',         'activities', { through: start - day }, { activities: 'jobs' }, { by: 'createdAt', windows: [window(start - 2 * day)] }],
    ['nothing of no length',            'leads',      { through: start + hour }, {},                   { by: 'updatedAt', windows: [], rests: true }],
    ['what is left, and what came since', 'leads',    { windows: [window(1, 2)], until: start - day, begunAt: 7 }, {}, { by: 'createdAt', windows: [window(1, 2), window(start - day)], begunAt: 7 }],
    ['no leads where pages tell all',   'leads',      {},                    { backfill: 'pages' },    null]
  ])('extracts %s', (_, of, more, options, after) => {
    const walk = { ...exportWalk(of, of === 'leads' ? [] : [1]), ...more }
    const draft: Draft = { ...draftOf({ w: walk }, options), since }
    beginRun(draft, start)
    const told = { ...walk, begunAt: start, until: start, rests: false }
    expect(draft.walks.w).toEqual(after === null ? walk : { ...told, ...after })
  })
})

describe('other settings', () => {
  const given = (activityTypeIds: ReadonlyArray<number>, more: Partial<SourceSettings> = {}) =>
    settingsOf({ collections: ['leads', 'lead_activities'], activityTypeIds, ...more })

  it('leave the feeds of leads as they are, whichever types are wanted', () => {
    const before = startSync(given([1, 12, 37]), start)
    const [after] = resettled(before, given([12, 32, 37]))
    expect(after.walks).toMatchObject({
      'feed of changes': { typeIds: [12, 13] },
      'feed of merges': { typeIds: [32] },
      'deleted leads': { of: 'deleted', typeIds: [] },
      'export activities': { of: 'activities', typeIds: [12] },
      'activities 0': { of: 'activities', typeIds: [12] },
      'export activities 1': { of: 'activities', typeIds: [32] },
      'activities 1': { of: 'activities', typeIds: [32] }
    })
  })

  it('without types have no walks through activities', () => {
    const [after] = resettled(startSync(given([1, 10]), start), given([]))
    expect(Object.keys(after.walks)).toEqual(Object.keys(startSync(given([]), start).walks))
  })

  it('count the walks of new types on from the last', () => {
    const before = startSync(given([1]), start)
    const walks = { ...before.walks, 'activities 12': feedWalk('activities', [1], start) }
    const [after] = resettled({ ...before, walks }, given([1, 10]))
    expect(after.walks['activities 13']).toMatchObject({ typeIds: [10] })
  })

  it('leave a walk in its place whose name begins as another’s', () => {
    const assets: Collection = {
      name: 'activities_of_mine',
      says: '',
      reads: { by: 'once', endpoint: 'getCollection', path: ['rest', 'x'], query: [], parent: null, updated: false },
      otherwise: null,
      columns: [{ name: 'id', type: 'id', from: [['id']], says: '' }]
    }
    const own = given([], { collections: [assets.name], defined: [assets] })
    const before = startSync(own, start)
    expect(resettled(before, own)[0].walks).toEqual(before.walks)
  })
})
