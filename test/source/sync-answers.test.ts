/** What a sync makes of one answer, or of the lack of one. */
import { describe, expect, it } from 'vitest'
import { describeProblem } from '../../src/ground/problem.js'
import { spendingOf } from '../../src/pace/budget.js'
import { untried } from '../../src/pace/held.js'
import { nextReads, type SyncRequest, wakeSyncAt } from '../../src/source/sync/next.js'
import { receivePart, receiveRead, resumedSync } from '../../src/source/sync/receive.js'
import { pagedWalk } from '../../src/source/sync/start-walks.js'
import type { SourceSync } from '../../src/source/sync/state.js'
import { unitsIn } from '../../src/source/sync/tasks.js'
import { type FeedWalk, type Walk, walkNames } from '../../src/source/sync/walks.js'
import { day, start } from './drive.js'
import { answerOf, feed, job, jobs, lookup, pages, ready, refusal, stateWith } from './walking.js'

type Told = Parameters<typeof receiveRead>[2]

const lost = { kind: 'lost' } as const

/** What is asked now, and the state then. */
const ask = (state: SourceSync, now = start): readonly [SourceSync, SyncRequest] => {
  const [asked, [first, ...more]] = nextReads(ready(state), now)
  if (first === undefined || more.length > 0) throw new Error('not one call')
  return [asked, first]
}

/** The state after the one call that is due was answered so. */
const answered = (state: SourceSync, answer: Told): SourceSync => {
  const [asked, { id }] = ask(state)
  return receiveRead(asked, id, answer, start)
}

const places = ({ problems }: Pick<SourceSync, 'problems'>): ReadonlyArray<string> =>
  problems.map(({ weight, at }) => `${weight} ${at.join('.')}`)

const placed = { ...feed, token: 'T' }

// biome-ignore format: table
const walks: ReadonlyArray<readonly [string, Walk, string]> = [
  ['a page',               pages, 'w'],
  ['a place',              feed, 'w'],
  ['a page of a feed',     placed, 'w'],
  ['fields',               jobs(job('describe')), 'w'],
  ['the making of a job',  jobs(job('create')), 'w'],
  ['its queueing',         jobs(job('enqueue')), 'w'],
  ['its status',           jobs(job('poll')), 'w'],
  ['its file',             jobs(job('file')), 'w'],
  ['leads',                lookup(1), walkNames.lookup]
]

describe('a call that is lost', () => {
  it.each(walks)('is made again: %s', (_, walk, name) => {
    const [asked, { id }] = ask(stateWith({ [name]: walk }))
    expect(spendingOf(asked.budget, start).spent.running).toBe(1)
    const after = receiveRead(asked, id, lost, start)
    expect([after.inFlight, after.problems, spendingOf(after.budget, start).spent]).toEqual([
      {},
      [],
      { window: 1, running: 0, day: 1 }
    ])
    const [unit] = unitsIn(after, start)
    expect(unit).toMatchObject({ errand: asked.inFlight[id]?.errand, walk: name, tried: { lost: 1 } })
    expect(unit?.at).toBeGreaterThan(start)
    expect(resumedSync(asked, start)).toEqual(after)
  })

  it('is made again, be it for a token', () => {
    const [asked, [token]] = nextReads(stateWith({ w: pages }), start)
    const after = receiveRead(asked, token?.id ?? '', lost, start)
    expect(after.inFlight).toEqual({})
    const at = wakeSyncAt(after, start) ?? 0
    expect(at).toBeGreaterThan(start)
    expect(nextReads(after, at)[1].map(({ call }) => call.descriptor.endpoint)).toEqual(['identityToken'])
  })

  it('is one of those in flight when a driver is started anew', () => {
    const state = stateWith({ a: pages, b: { ...pages, collection: 'segmentation' } })
    const [asked, requests] = nextReads(ready(state), start)
    expect(requests).toHaveLength(2)
    const resumed = resumedSync(asked, start)
    expect([resumed.inFlight, unitsIn(resumed, start).map(({ tried }) => tried)]).toEqual([
      {},
      [{ lost: 1 }, { lost: 1 }]
    ])
    const idle = stateWith({})
    expect(resumedSync(idle, start)).toBe(idle)
  })
})

describe('a walk that is given up while its call is under way', () => {
  it.each(walks)('takes nothing in, but its call did happen: %s', (_, walk, name) => {
    const [asked, { id }] = ask(stateWith({ [name]: walk }))
    for (const answer of [
      lost,
      answerOf({ success: true, result: [] }),
      refusal('1003'),
      answerOf('id,email\n1,x\n')
    ]) {
      const after = receiveRead(
        receivePart({ ...asked, walks: {} }, id, { status: 200, text: 'id\n1\n' }),
        id,
        answer,
        start
      )
      expect([after.walks, after.rows, after.problems, after.inFlight]).toEqual([{}, [], [], {}])
      expect(spendingOf(after.budget, start).spent).toEqual({ window: 1, running: 0, day: 1 })
    }
  })
})

describe('what a call costs', () => {
  // biome-ignore format: table
  it.each<[string, Walk, ReadonlyArray<string>, string]>([
    ['lists',              pages,                                ['lists'],           'lists'],
    ['export leads',       jobs(job('poll')),                    ['leads'],           'leads'],
    ['leads by id',        lookup(1),                            ['leads'],           'leads'],
    ['feed of merges',     feed,                                 ['leads'],           'leads'],
    ['feed of changes',    feed,                                 ['leads'],           'leads'],
    ['deleted leads',      { ...feed, of: 'deleted' },           ['leads', 'lead_activities'], 'leads'],
    ['deleted leads',      { ...feed, of: 'deleted' },           ['lead_activities'], 'lead_activities'],
    ['activities 0',       feed,                                 ['lead_activities'], 'lead_activities'],
    ['export activities',  { ...jobs(job('poll')), of: 'activities' }, ['lead_activities'], 'lead_activities']
  ])('in the walk %s counts for its table, also where it was given up since', (name, walk, collections, table) => {
    const state = stateWith({ [name]: walk }, {}, { collections, activityTypeIds: [1] })
    expect(answered(state, lost).costs).toEqual({ [table]: { calls: 1, bytes: 0, rows: 0 } })
    const [asked, { id }] = ask(state)
    expect(receiveRead({ ...asked, walks: {} }, id, lost, start).costs).toEqual({ [table]: { calls: 1, bytes: 0, rows: 0 } })
  })
})

describe('a page of a feed', () => {
  const activity = (activityTypeId: number, leadId: number, more: object = {}) => ({
    marketoGUID: `g${leadId}`,
    activityTypeId,
    leadId,
    activityDate: '2024-05-01T10:00:00Z',
    ...more
  })
  const merged = { attributes: [{ name: 'Merge IDs', value: '[7]' }] }
  const page = answerOf({
    success: true,
    result: [
      activity(1, 1),
      7,
      activity(12, 2),
      activity(32, 3, merged),
      activity(37, 4),
      activity(10, 5, { attributes: true }),
      activity(1, 6, { attributes: true }),
      activity(32, 7),
      { leadId: 8 }
    ]
  })
  const given = { activityTypeIds: [1, 12, 32, 37] }

  // biome-ignore format: table
  it.each<[string, Partial<typeof feed>, ReadonlyArray<string>, ReadonlyArray<string>]>([
    ['activities 0',    {},                ['1', '2', '3', '4', '6', '7'],
      ['invalid lead_activities.1', 'dropped lead_activity_attributes.6.name', 'invalid lead_activities.8.activity_type_id']],
    ['feed of merges',  {},                ['gone 7', 'gone 4'],
      ['invalid leads.1', 'invalid leads.7.id', 'invalid lead_activities.8.activity_type_id']],
    ['feed of changes', {},                ['gone 7', 'gone 4'],
      ['invalid leads.1', 'invalid leads.7.id', 'invalid lead_activities.8.activity_type_id']],
    ['deleted leads',   { of: 'deleted' }, ['1', '2', '3', 'gone 7', '4', 'gone 4', '6', '7'],
      ['invalid leads.1', 'dropped lead_activity_attributes.6.name', 'invalid leads.7.id', 'invalid lead_activities.8.activity_type_id']]
  ])('of the walk %s brings its own rows, and tells of records by their number', (name, more, rows, problems) => {
    const after = answered(stateWith({ [name]: { ...placed, ...more } }, {}, given), page)
    const told = after.rows.flatMap(({ collection, row }) => {
      if (collection === 'lead_activity_attributes') return []
      return collection === 'leads' ? `gone ${row.id}` : String(row.lead_id)
    })
    expect(told).toEqual(rows)
    expect(places(after)).toEqual(problems)
  })
})

/** What is said of it, with its weight. */
const says = ({ problems }: Pick<SourceSync, 'problems'>): ReadonlyArray<string> =>
  problems.map((problem) => `${problem.weight} ${describeProblem(problem)}`)

const again = 'it is read again in the next run'

describe('a feed', () => {
  // biome-ignore format: table
  it.each([
    ['deleted leads',   'leads'],
    ['feed of merges',  'leads'],
    ['feed of changes', 'leads'],
    ['activities 0',    'lead_activities']
  ])('in the walk %s tells under its table what becomes of it', (name, table) => {
    const refused = [`warning ${table}: found a refusal (603); ${again}`]
    const after = answered(stateWith({ [name]: feed }), refusal('603'))
    expect([after.walks[name], says(after)]).toEqual([{ ...feed, rests: true }, refused])
    const page = answered(stateWith({ [name]: placed }), refusal('603'))
    expect([page.walks[name], says(page)]).toEqual([{ ...placed, rests: true }, refused])
    const anew = answered(stateWith({ [name]: placed }), refusal('1003'))
    expect(says(anew)).toEqual([`warning ${table}: found a place that Marketo no longer takes; it began anew by date`])
  })

  it('whose place was not told asks for it again, later', () => {
    const after = answered(stateWith({ w: feed }), answerOf({ success: true }))
    expect(after.walks.w).toMatchObject({ token: null, tried: { lost: 1 }, rests: false })
    expect(answered(stateWith({ w: feed }), answerOf({ success: true, nextPageToken: 'N' })).walks.w).toEqual({
      ...feed,
      token: 'N'
    })
  })

  it('rests where there is nothing to read', () => {
    const after = answered(stateWith({ w: placed }), refusal('702'))
    expect([after.walks.w, says(after)]).toEqual([{ ...placed, rests: true }, []])
  })

  const hour = 3_600_000
  // biome-ignore format: table
  it.each<[string, Partial<FeedWalk>, number]>([
    ['where it began',                  { since: start, latest: null },            start],
    ['at the latest moment less an hour', { since: start, latest: start + day },   start + day - hour],
    ['not before where it began',       { since: start, latest: start + 1 },       start],
    ['at the latest moment alone',      { since: null, latest: start },            start - hour],
    ['at the first of all moments',     { since: null, latest: null },             0]
  ])('begins anew, once, %s', (_, moments, since) => {
    const after = answered(stateWith({ w: { ...placed, ...moments } }), refusal('1003'))
    expect(after.walks.w).toEqual({ ...placed, ...moments, token: null, since, begunAnew: true })
    const over = answered(stateWith({ w: { ...placed, ...moments, begunAnew: true } }), refusal('1003'))
    expect(over.walks.w).toEqual({ ...placed, ...moments, begunAnew: false, rests: true })
    expect(says(over)).toEqual([`warning lead_activities: found a refusal (1003); ${again}`])
  })

  const activity = (activityDate: string | null, leadId = 1) => ({
    marketoGUID: 'g',
    activityTypeId: 12,
    leadId,
    activityDate
  })

  // biome-ignore format: table
  it.each<[string, number | null, ReadonlyArray<string | null>, number | null]>([
    ['none',                       null,      [],                                                 null],
    ['none, of none dated',        null,      [null],                                             null],
    ['the one before',             start,     [null, '2024-05-01T10:00:00Z'],                     start],
    ['the latest of them',         null,      ['2024-05-01T10:00:00Z', '2024-05-02T10:00:00Z', null, '2024-04-01T10:00:00Z'], start - day],
    ['later than the one before',  start - 2 * day, ['2024-05-02T10:00:00Z'],                     start - day],
    ['long ago',                   null,      ['1969-12-31T00:00:00Z'],                           -day],
    ['now, of those to come',      null,      ['2030-01-01T00:00:00Z', '2024-05-02T10:00:00Z'],   start]
  ])('keeps the latest moment read: %s', (_, latest, dates, after) => {
    const page = answerOf({ success: true, nextPageToken: 'N', moreResult: true, result: dates.map((date) => activity(date)) })
    expect(answered(stateWith({ w: { ...placed, latest } }), page).walks.w).toMatchObject({ latest: after, token: 'N' })
  })

  const stands = `found a place that leads to itself; ${again}`
  // biome-ignore format: table
  it.each<[string, object, Partial<FeedWalk>, ReadonlyArray<string>]>([
    ['more, elsewhere',                { nextPageToken: 'N', moreResult: true },                                   { token: 'N', rests: false }, []],
    ['more, at the same place',        { nextPageToken: 'T', moreResult: true },                                   { token: 'T', rests: true },  [stands]],
    ['records, more at the same place', { nextPageToken: 'T', moreResult: true, result: [activity(null)] },        { token: 'T', rests: true },  []],
    ['more, nowhere',                  { moreResult: true },                                                       { token: 'T', rests: true },  [`found more to read and no place to go on; ${again}`]],
    ['no more, elsewhere',             { nextPageToken: 'N', moreResult: false },                                  { token: 'N', rests: true },  []],
    ['no more, nowhere',               { moreResult: false },                                                      { token: 'T', rests: true },  []],
    ['nothing of more',                { nextPageToken: 'N' },                                                     { token: 'N', rests: true },  []]
  ])('goes on as its page tells: %s', (_, page, place, problems) => {
    const after = answered(stateWith({ w: { ...placed, begunAnew: true, tried: { lost: 1 } } }), answerOf({ success: true, ...page }))
    expect(after.walks.w).toEqual({ ...placed, ...place })
    expect(says(after)).toEqual(problems.map((text) => `warning lead_activities: ${text}`))
  })

  // biome-ignore format: table
  it.each<[string, 'changes' | 'updatedAt', ReadonlyArray<string>]>([
    ['feed of merges',  'changes',   ['1', '2', '3']],
    ['feed of changes', 'changes',   ['1', '2', '3']],
    ['activities 0',    'changes',   ['1']],
    ['deleted leads',   'changes',   ['1']],
    ['feed of merges',  'updatedAt', ['1']],
    ['feed of changes', 'updatedAt', ['1']]
  ])('in the walk %s names leads to be asked for, where leads are found by %s', (name, leadsBy, ids) => {
    const page = answerOf({ success: true, result: [activity(null, 2), activity(null, 3), activity(null, 2), { activityTypeId: 12 }] })
    const there = { ...lookup(1), notBefore: start + 1 }
    const after = answered({ ...stateWith({ [name]: placed, [walkNames.lookup]: there }), leadsBy }, page)
    expect(after.walks[walkNames.lookup]).toMatchObject({ count: ids.length })
    expect(unitsIn(after, start).flatMap((unit) => unit.ids)).toEqual(ids)
    expect(answered({ ...stateWith({ [name]: placed }), leadsBy }, page).inFlight).toEqual({})
  })
})

describe('leads that are asked for by id', () => {
  const name = walkNames.lookup
  const found = (...ids: ReadonlyArray<number>) => ({ success: true, result: ids.map((id) => ({ id })) })
  const waits = expect.objectContaining({ tried: { lost: 1 } })

  // biome-ignore format: table
  it.each<[string, number, Told, object, ReadonlyArray<string>, ReadonlyArray<string>]>([
    ['all found',                  2, answerOf(found(1, 2)),                        { count: 0, ...untried },           [],         []],
    ['all found, more behind',     2, answerOf({ ...found(1, 2), moreResult: true }), { count: 0, ...untried },         [],         []],
    ['one found',                  2, answerOf(found(1)),                           { count: 0, ...untried },           ['2'],      []],
    ['one found, more behind',     2, answerOf({ ...found(1), moreResult: true }),  waits,                              [],         []],
    ['nothing to be told',         2, refusal('702'),                               { count: 0 },                       ['1', '2'], []],
    ['one refused by itself',      1, refusal('1003'),                              { count: 0, ...untried },           ['1'],      ['warning leads: found a refusal (1003); a lead is named among the unresolved']],
    ['some refused, for one',      4, refusal('1003'),                              { count: 4, size: 2, notBefore: 0 }, [],        []],
    ['some refused, for all',      2, refusal('612'),                               { count: 2, notBefore: start + 10_800_000 }, [], ['warning leads: found a refusal (612); its leads are asked for in the next run']],
    ['one refused, for all',       1, refusal('603'),                               { count: 1, notBefore: start + 10_800_000 }, [], ['warning leads: found a refusal (603); its leads are asked for in the next run']]
  ])('%s', (_, count, answer, walk, unresolved, problems) => {
    const after = answered(stateWith({ [name]: lookup(count) }), answer)
    expect(after.walks[name]).toMatchObject(walk)
    expect([after.unresolved, says(after)]).toEqual([unresolved, problems])
  })

  it('are asked for in parts as small as before where one was refused by itself', () => {
    const walk = { ...lookup(1, 7), tried: { lost: 1 }, notBefore: start }
    const after = answered(stateWith({ [name]: walk }), refusal('1003'))
    expect(after.walks[name]).toMatchObject({ size: 7, tried: {}, notBefore: 0 })
  })

  it('do without a field that nobody has, which is told', () => {
    const given = { customLeadFields: [{ field: 'plan', type: 'any' as const }] }
    const after = answered(stateWith({ [name]: lookup(2) }, {}, given), refusal('1006', "Field 'plan' not found"))
    expect([after.refusedFields, after.walks[name]]).toMatchObject([['plan'], { count: 2 }])
    expect(says(after)).toEqual([
      'warning customLeadFields.plan: found a field that the instance has not, or hides; its column stays empty: make the field visible, or leave it out'
    ])
  })

  // biome-ignore format: table
  it.each([
    ['5',   5, start - 1, { size: 10, tried: {} }],
    ['200', 200, start,   { size: 300, tried: {} }],
    ['5 while another waits for its next try', 5, start + 1, { size: 5, tried: { lost: 1 }, notBefore: start + 1 }]
  ])('after a success are asked for in larger parts again, from %s', (_, size, notBefore, held) => {
    const walk = lookup(1, size)
    const [asked, { id }] = ask(stateWith({ [name]: walk }))
    const so = { ...asked, walks: { [name]: { ...walk, tried: { lost: 1 }, notBefore } } }
    expect(receiveRead(so, id, answerOf(found(1)), start).walks[name]).toMatchObject(held)
  })
})

describe('a page of a collection', () => {
  const own = (name: string, parent: string) => ({
    name,
    says: '',
    reads: {
      by: 'once',
      endpoint: 'getCollection',
      path: ['rest', '{id}'],
      query: [],
      parent,
      updated: false
    } as const,
    otherwise: null,
    columns: [{ name: 'id', type: 'id', from: [['id']], says: '' }] as const
  })
  const of = (collection: string) => ({ ...pagedWalk(collection), rests: false })

  it('hands the ids of its own rows to those that hang on them', () => {
    const state = stateWith(
      { w: of('lead_activity_types'), notes: of('notes') },
      {},
      { defined: [own('notes', 'lead_activity_types')] }
    )
    const after = answered(
      state,
      answerOf({ success: true, result: [{ id: 9, attributes: [{ name: 'a' }] }, { name: 'x' }] })
    )
    expect(after.rows.map(({ collection }) => collection)).toEqual([
      'lead_activity_types',
      'lead_activity_type_attributes'
    ])
    expect(after.walks).toMatchObject({ w: { rests: true }, notes: { rests: false, parents: ['9'] } })
  })

  it('holds the id of its parent in its rows', () => {
    const after = answered(
      stateWith({ w: { ...of('segments'), parents: ['7', '8'] } }),
      answerOf({ success: true, result: [{ id: 1 }] })
    )
    expect(after.rows.map(({ row }) => row.segmentation_id)).toEqual(['7'])
  })

  const still = (table: string) => `warning ${table}: found a page that leads to itself; ${again}`
  const result = [{ id: 1 }, { id: 2 }]
  // biome-ignore format: table
  it.each<[string, string, object, object, object, ReadonlyArray<string>]>([
    ['by token, on',              'lists', { token: 'T', heads: '1' }, { nextPageToken: 'N', result }, { token: 'N', offset: 0, heads: '1', rests: false }, []],
    ['by token, to itself',       'lists', { token: 'T', heads: '9' }, { nextPageToken: 'T', result }, { token: 'T', heads: '9', rests: true }, [still('lists')]],
    ['by offset, on',             'email', { heads: '9', offset: 200 }, { result },                    { offset: 400, heads: '1', rests: false }, []],
    ['by offset, to itself',      'email', { heads: '1' },             { result },                    { offset: 0, heads: '1', rests: true }, [still('email')]],
    ['by offset, none that reads', 'email', {},                        { result: [{ id: true }] },    { offset: 200, heads: null, rests: false }, ['dropped email[0].id', 'invalid email[0].id']],
    ['all at once',               'segmentation', {},                  { result },                    { offset: 0, rests: true }, []]
  ])('leads on: %s', (_, collection, place, page, after, problems) => {
    const so = answered(stateWith({ w: { ...of(collection), ...place, tried: { lost: 1 } } }), answerOf({ success: true, ...page }))
    expect(so.walks.w).toMatchObject(after)
    expect(says(so).map((text, i) => text.slice(0, problems[i]?.length))).toEqual(problems)
  })

  const moved = 'warning lists: found a call that is no longer served; it is read by another call from now on'
  const refusedAs = (codes: string) => `warning lists: found a refusal (${codes}); ${again}`
  const errors = (...codes: ReadonlyArray<string>) =>
    answerOf({ success: false, errors: codes.map((code) => ({ code, message: 'x' })) })
  // biome-ignore format: table
  it.each<[string, object, Told, object, ReadonlyArray<string>]>([
    ['605',                      {},                  refusal('605'),       { otherwise: true, rests: false }, [moved]],
    ['610',                      { window: { startAt: 0, endAt: 1 } }, refusal('610'), { otherwise: true, window: null, rests: false }, [moved]],
    ['603',                      { token: 'T', heads: '1', ids: ['1'] }, refusal('603'), { otherwise: true, token: null, heads: null, ids: [], rests: false }, [moved]],
    ['404',                      {},                  answerOf('', 404),    { otherwise: true, rests: false }, [moved]],
    ['610 behind another',       {},                  errors('1011', '610'), { otherwise: true, rests: false }, [moved]],
    ['610, the other way',       { otherwise: true }, refusal('610'),       { otherwise: true, rests: true }, [refusedAs('610')]],
    ['1011',                     {},                  refusal('1011'),      { otherwise: false, rests: true }, [refusedAs('1011')]],
    ['1011 at a place',          { token: 'T', heads: '1', offset: 9, ids: ['1'] }, refusal('1011'), { token: null, heads: null, offset: 0, ids: [], begunAnew: true, rests: false },
      ['warning lists: found a place that Marketo no longer takes; it began anew']],
    ['1011 at a place, once more', { token: 'T', begunAnew: true }, refusal('1011'), { token: 'T', rests: true }, [refusedAs('1011')]],
    ['616 at a place',           { token: 'T' },      refusal('616'),       { token: 'T', begunAnew: false, rests: true }, [refusedAs('616')]],
    ['no answer at last',        { tried: { lost: 99 } }, lost,             { otherwise: false, rests: true }, [refusedAs('no answer')]],
    ['702',                      { token: 'T' },      refusal('702'),       { token: null, rests: true, fullAt: 0 }, []]
  ])('that is refused: %s', (_, place, answer, after, problems) => {
    const so = answered(stateWith({ w: { ...of('lists'), ...place } }), answer)
    expect(so.walks.w).toMatchObject(after)
    expect(says(so)).toEqual(problems)
    expect(so.walked).toEqual('fullAt' in after ? [{ collection: 'lists', full: true }] : [])
  })

  it('of a parent that is refused is passed over', () => {
    const walk = { ...of('segments'), parents: ['7', '8'], token: null, offset: 200, heads: '1' }
    const so = answered(stateWith({ w: walk }), refusal('1011'))
    expect(so.walks.w).toEqual({ ...walk, parents: ['8'], offset: 0, heads: null, skipped: true })
  })
})
