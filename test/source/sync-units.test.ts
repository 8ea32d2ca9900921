/** What a sync may ask now, what it opens, and what it makes of a failure, step by step. */
import { describe, expect, it } from 'vitest'
import { describeIdentityToken } from '../../src/endpoints/identity-token.js'
import { describeProblem } from '../../src/ground/problem.js'
import type { Refused } from '../../src/intent/outcome.js'
import type { Remedy } from '../../src/marketo/error-codes.js'
import { untried } from '../../src/pace/held.js'
import { nextQuotaReset, quotaDayStart } from '../../src/pace/quota-day.js'
import { defaultRetryPolicy } from '../../src/pace/remedies.js'
import { afterFailure, isUnfit } from '../../src/source/sync/after-failure.js'
import { callOf } from '../../src/source/sync/describe.js'
import { isSynced, nextReads, wakeSyncAt } from '../../src/source/sync/next.js'
import type { SyncOptions } from '../../src/source/sync/options.js'
import { receiveRead } from '../../src/source/sync/receive.js'
import type { Draft, InFlight, SourceSync } from '../../src/source/sync/state.js'
import { openJobs, type Unit, unitsIn } from '../../src/source/sync/tasks.js'
import type { Walk } from '../../src/source/sync/walks.js'
import { day, settingsOf, start } from './drive.js'
import { answerOf, feed, job, jobs, lookup, pages, ready, stateWith } from './walking.js'

/** What a unit asks for, of which window, for how many ids, and from when on. */
const asked = (state: SourceSync, now = start) =>
  unitsIn(state, now).map(({ errand, walk, window, ids, at }) => [errand, walk, window, ids.length, at])

const call = describeIdentityToken(settingsOf({}).munchkinId)

const full = { rowsWaiting: 1 } as const
const row = { collection: 'lists', partial: false, row: { id: '1' } }

describe('what may be asked', () => {
  // biome-ignore format: table
  it.each<[string, Walk, ReadonlyArray<unknown>, ReadonlyArray<unknown>]>([
    ['a page',                    pages,                                        [['page', 'w', null, 0, 0]],          []],
    ['a page, later',             { ...pages, notBefore: 7 },                   [['page', 'w', null, 0, 7]],          []],
    ['no page of one that rests', { ...pages, rests: true },                    [],                                   []],
    ['no page before its parents are known', { ...pages, collection: 'segments' }, [],                               []],
    ['a page of a parent',        { ...pages, collection: 'segments', parents: ['7'] }, [['page', 'w', null, 0, 0]],  []],
    ['a page of what nobody knows', { ...pages, collection: 'nobody' },         [['page', 'w', null, 0, 0]],          []],
    ['the place of a feed',       feed,                                         [['place', 'w', null, 0, 0]],         [['place', 'w', null, 0, 0]]],
    ['the page of a feed',        { ...feed, token: 'T' },                      [['page', 'w', null, 0, 0]],          []],
    ['nothing of a feed that rests', { ...feed, token: 'T', rests: true },      [],                                   []],
    ['the steps of jobs',         jobs(job('create', 1), job('describe', 2), job('enqueue', 3), job('poll', 4, { notBefore: 9 })),
      [['create', 'w', 1, 0, 0], ['describe', 'w', 2, 0, 0], ['enqueue', 'w', 3, 0, 0], ['poll', 'w', 4, 0, 9]],
      [['create', 'w', 1, 0, 0], ['describe', 'w', 2, 0, 0], ['enqueue', 'w', 3, 0, 0], ['poll', 'w', 4, 0, 9]]],
    ['the file of a job',         jobs(job('file', 5)),                         [['file', 'w', 5, 0, 0]],             []],
    ['no leads',                  lookup(0),                                    [],                                   []],
    ['leads',                     lookup(3),                                    [['leads', 'w', null, 3, 0]],         []],
    ['leads of one call',         lookup(300),                                  [['leads', 'w', null, 300, 0]],       []],
    ['leads of two calls',        lookup(301),                                  [['leads', 'w', null, 300, 0], ['leads', 'w', null, 1, 0]], []],
    ['leads by halves',           lookup(5, 2),                                 [['leads', 'w', null, 2, 0], ['leads', 'w', null, 2, 0], ['leads', 'w', null, 1, 0]], []],
    ['ten calls for leads at most', lookup(23, 2),                              Array(10).fill(['leads', 'w', null, 2, 0]), []]
  ])('is %s, and less of it where there is no room for rows', (_, walk, units, crowded) => {
    expect(asked(stateWith({ w: walk }))).toEqual(units)
    expect(asked({ ...stateWith({ w: walk }, full), rows: [row] })).toEqual(crowded)
  })

  it('is every lead that is named, each once', () => {
    const [first, second] = unitsIn(stateWith({ w: lookup(5, 3) }), start)
    expect([...(first?.ids ?? []), ...(second?.ids ?? [])].sort()).toEqual(['1', '2', '3', '4', '5'])
    expect(unitsIn(stateWith({ w: pages }), start).map(({ ids }) => ids)).toEqual([[]])
  })

  // biome-ignore format: table
  it.each<[string, number, number, boolean]>([
    ['that are left',       99,  start,       false],
    ['that are used up',    100, start,       true],
    ['of the day before',   100, start - day, false]
  ])('waits for the bytes of a day where files are made, and nowhere else: bytes %s', (_, bytes, then, waits) => {
    const state = stateWith({ w: jobs(...(['create', 'enqueue', 'describe', 'poll', 'file'] as const).map((phase, at) => job(phase, at))) }, { bytesPerDay: 100 })
    const later = waits ? nextQuotaReset(start) : 0
    expect(
      unitsIn({ ...state, exported: { day: quotaDayStart(then), bytes } }, start).map(({ errand, at }) => [errand, at])
    ).toEqual([['create', later], ['enqueue', later], ['describe', 0], ['poll', 0], ['file', 0]])
  })

  const flight = (errand: InFlight['errand'], walk: string, window: number | null): InFlight => ({
    errand,
    call,
    walk,
    window,
    ids: [],
    tried: {},
    begunAt: start,
    generation: 0,
    parts: 0
  })

  // biome-ignore format: table
  it.each<[string, InFlight, ReadonlyArray<string>]>([
    ['a page',          flight('page', 'a', null),    ['b', 'x 1', 'x 2', 'n']],
    ['a job',           flight('poll', 'x', 2),       ['a', 'b', 'x 1', 'n']],
    ['the first job',   flight('poll', 'x', 1),       ['a', 'b', 'x 2', 'n']],
    ['leads',           flight('leads', 'n', null),   ['a', 'b', 'x 1', 'x 2', 'n']]
  ])('is nothing that is asked already: %s', (_, there, units) => {
    const walks = { a: pages, b: pages, x: jobs(job('poll', 1), job('poll', 2)), n: lookup(1) }
    const told = unitsIn({ ...stateWith(walks), inFlight: { s1: there } }, start)
    expect(told.map(({ walk, window }) => (window === null ? walk : `${walk} ${window}`))).toEqual(units)
  })

  it('is nothing of a collection that nobody knows any more: it rests, and that is said', () => {
    const state = stateWith({ gone: { ...pages, collection: 'gone' } })
    const [after, requests] = nextReads(ready(state), start)
    expect(requests).toEqual([])
    expect(after.walks.gone).toMatchObject({ rests: true })
    expect(after.problems.map((problem) => [problem.weight, describeProblem(problem)])).toEqual([
      ['warning', 'sync: found nothing that could be asked; it rests until the next run']
    ])
  })
})

const draftOf = (state: SourceSync): Draft => ({ ...state })

describe('jobs that are opened', () => {
  const windows = (count: number) =>
    Array.from({ length: count }, (_, k) => ({ startAt: k * day, endAt: (k + 1) * day }))
  const waiting = (count: number, open = 0) => ({
    ...jobs(...Array.from({ length: open }, (_, k) => job('poll', -k))),
    windows: windows(count)
  })

  // biome-ignore format: table
  it.each<[string, number, readonly [Walk, Walk], readonly [number, number]]>([
    ['of one walk, as many as may run',        2, [waiting(5), waiting(0)],                    [2, 0]],
    ['of all walks in turn',                   2, [waiting(5), waiting(5)],                    [1, 1]],
    ['first of the walk that has fewest',      3, [waiting(5, 2), waiting(5)],                 [2, 1]],
    ['evenly, while windows are left',         5, [waiting(1), waiting(5)],                    [1, 4]],
    ['of walks that have windows to be read',  2, [waiting(0), waiting(1)],                    [0, 1]],
    ['of walks that do not rest',              2, [{ ...waiting(5), rests: true }, waiting(5)], [0, 2]],
    ['not when as many run already',           2, [waiting(5, 2), waiting(5)],                 [2, 0]],
    ['of extracts alone',                      2, [pages, waiting(1)],                         [0, 1]]
  ])('are %s', (_, most, [a, b], [ofA, ofB]) => {
    const draft = draftOf(stateWith({ a, b }, { jobs: most }))
    openJobs(draft)
    const count = (walk: Walk | undefined) => (walk?.kind === 'export' ? walk.jobs.length : 0)
    expect([count(draft.walks.a), count(draft.walks.b)]).toEqual([ofA, ofB])
  })

  it('are made of the first window, and tried as their walk was', () => {
    const draft = draftOf(
      stateWith({ a: { ...waiting(2), tried: { throttle: 3 }, size: 7, notBefore: 9 } }, { jobs: 1 })
    )
    openJobs(draft)
    expect(draft.walks.a).toMatchObject({
      windows: [{ startAt: day, endAt: 2 * day }],
      jobs: [{ ...job('create'), exportId: null, tried: { throttle: 3 }, size: 7, notBefore: 0 }]
    })
  })
})

const refusedAs = (remedy: Remedy, code = '1'): Refused => ({
  _tag: 'Refused',
  requestId: null,
  reasons: [{ code, message: '' }],
  remedy,
  retryAfter: null
})

describe('a call that failed', () => {
  const failing = (options: Partial<SyncOptions>, end: Parameters<typeof afterFailure>[3], tried = {}, seed = 0) => {
    const draft = draftOf({ ...stateWith({}, options), seed })
    return [afterFailure(draft, untried, { tried }, end, 1, start), draft] as const
  }

  it('is asked again as often as the policy says, and rests for a run when it was given up', () => {
    const retry = { ...defaultRetryPolicy, backOff: { ...defaultRetryPolicy.backOff, retries: 1 } }
    const [again] = failing({ retry }, { _tag: 'Lost' })
    expect(again).toMatchObject({ todo: 'wait', quota: false, held: { tried: { lost: 1 } } })
    const [over] = failing({ retry, intervalMillis: 7_000 }, { _tag: 'Lost' }, { lost: 1 })
    expect(over).toMatchObject({ todo: 'give-up', because: 'tried', held: { notBefore: start + 7_000 } })
  })

  it('draws its wait anew each time', () => {
    const [first, after] = failing({}, { _tag: 'Lost' })
    expect(after.seed).not.toBe(0)
    expect(failing({}, { _tag: 'Lost' }, {}, after.seed)[0]).not.toEqual(first)
    expect(failing({}, { _tag: 'Lost' })[0]).toEqual(first)
  })

  it('for want of a day’s quota is told, once', () => {
    const [after, draft] = failing({}, refusedAs('await-quota', '607'))
    afterFailure(draft, untried, { tried: {} }, refusedAs('await-quota', '607'), 1, start)
    expect([after.todo, draft.problems.map(({ weight, at }) => [weight, ...at])]).toEqual([
      'wait',
      [['warning', 'quota']]
    ])
    expect(failing({}, refusedAs('throttle', '606'))[1].problems).toEqual([])
  })

  // biome-ignore format: table
  it.each<[Remedy, boolean]>([
    ['mend-request',      true],
    ['mend-record',       true],
    ['ask-administrator', false],
    ['back-off',          false],
    ['accept',            false]
  ])('was refused for what it asks, where the remedy is %s: %s', (remedy, unfit) => {
    expect(isUnfit(refusedAs(remedy))).toBe(unfit)
    expect(isUnfit({ ...refusedAs(remedy), _tag: 'Skipped' })).toBe(false)
    expect(isUnfit({ _tag: 'Lost' })).toBe(false)
  })
})

describe('the call for what is asked', () => {
  const unit: Unit = { errand: 'page', walk: 'w', window: null, ids: [], tried: {}, at: 0 }
  const onceRead = { ...pages, collection: 'segmentation' }

  // biome-ignore format: table
  it.each<[string, Walk | undefined, Partial<Unit>]>([
    ['a walk that is not there',      undefined,                              {}],
    ['a collection that nobody knows', { ...pages, collection: 'nobody' },    {}],
    ['a job of another window',       jobs(job('poll', 1)),                   { window: 0 }],
    ['the queueing of no job',        jobs(job('enqueue', 0, { exportId: null })), { window: 0 }],
    ['the status of no job',          jobs(job('poll', 0, { exportId: null })), { window: 0 }],
    ['the file of no job',            jobs(job('file', 0, { exportId: null })), { window: 0 }],
    ['no leads',                      lookup(0),                              {}]
  ])('is none for %s', (_, walk, more) => {
    const told = callOf(stateWith(walk === undefined ? {} : { w: walk }), { ...unit, ...more })
    expect('descriptor' in told ? told : [told.weight, describeProblem(told)]).toEqual([
      'warning',
      'sync: found nothing that could be asked; it rests until the next run'
    ])
  })

  it.each([[null], [[]], [['..']]])('is none for the children of what has no place in a path: %j', (parents) => {
    const told = callOf(stateWith({ w: { ...pages, collection: 'segments', parents } }), unit)
    expect('descriptor' in told).toBe(false)
  })

  // biome-ignore format: table
  it.each<[string, Walk, ReadonlyArray<readonly [string, string]>]>([
    ['all at once',        onceRead,                               []],
    ['by token',           pages,                                  [['batchSize', '300']]],
    ['by token, on',       { ...pages, token: 'T' },               [['batchSize', '300'], ['nextPageToken', 'T']]],
    ['by offset',          { ...pages, collection: 'email', offset: 200 }, [['offset', '200'], ['maxReturn', '200']]],
    ['of what changed',    { ...pages, collection: 'email', window: { startAt: 0, endAt: day } },
      [['earliestUpdatedAt', '1970-01-01T00:00:00Z'], ['latestUpdatedAt', '1970-01-02T00:00:00Z'], ['offset', '0'], ['maxReturn', '200']]]
  ])('for a page %s says this', (_, walk, query) => {
    const told = callOf(stateWith({ w: walk }), unit)
    expect('descriptor' in told && told.descriptor.query).toEqual(query)
  })
})

describe('what is handed out', () => {
  it('says of a file how long it is, and its sum; of nothing else', () => {
    const told = { bytes: 9, checksum: 'abc' }
    const state = ready(stateWith({ w: jobs(job('file', 0, told), job('poll', 1, told)), a: pages }))
    expect(nextReads(state, start)[1].map(({ bytes, checksum }) => [bytes, checksum])).toEqual([
      [9, 'abc'],
      [null, null],
      [null, null]
    ])
  })

  it('leaves walks where they are, but for leads that are asked for', () => {
    const walks = { a: pages, b: { ...feed, token: 'T' }, x: jobs(job('poll', 1)), n: lookup(2) }
    const [after] = nextReads(ready(stateWith(walks)), start)
    expect(after.walks).toEqual({ ...walks, n: { ...lookup(0), count: 0 } })
  })

  it('is first of all a token, which belongs to no walk', () => {
    const [after] = nextReads(stateWith({ w: pages }, {}), start)
    expect(after.inFlight).toMatchObject({ s0: { errand: 'token', walk: '', window: null, ids: [], parts: 0 } })
  })

  it('is nothing where the credentials are refused, and that is told', () => {
    const state = stateWith({ w: pages })
    const [after, requests] = nextReads({ ...state, token: { ...state.token, credentials: 'refused' } }, start)
    expect([requests, after.problems.map(({ weight, at }) => [weight, ...at])]).toEqual([
      [],
      [['invalid', 'credentials']]
    ])
  })

  it('begins with a run at the very moment when it is time for one', () => {
    const state = ready(stateWith({ w: { ...pages, rests: true } }))
    const at = state.run.nextAt
    expect([nextReads(state, at - 1)[0].run, nextReads(state, at)[0].run.startedAt]).toEqual([state.run, at])
  })
})

describe('a sync is asked for calls again', () => {
  const state = ready(stateWith({ w: { ...pages, notBefore: start } }))
  const soon = ready(stateWith({ w: { ...pages, notBefore: start + 7 } }))
  const idle = ready(stateWith({ w: { ...pages, rests: true } }))
  const [renewal] = nextReads({ ...state, token: stateWith({}).token }, start)

  // biome-ignore format: table
  it.each<[string, SourceSync, number]>([
    ['at once where something is due',         state,                                              start],
    ['when the first of all is due',           soon,                                               start + 7],
    ['when the next run begins',               idle,                                               start + day],
    ['at once where a run is due',             { ...renewal, run: { ...renewal.run, nextAt: start } }, start],
    ['at once where a run was due',            { ...renewal, run: { ...renewal.run, nextAt: 0 } }, start]
  ])('%s', (_, so, at) => {
    expect(wakeSyncAt(so, start)).toBe(at)
  })

  it('not before a token is there', () => {
    expect(wakeSyncAt(renewal, start)).toBeGreaterThan(start)
    expect(wakeSyncAt({ ...renewal, walks: { ...renewal.walks, v: { ...pages, notBefore: start + 7 } } }, start)).toBe(
      start + 7
    )
  })
})

it('a sync with a call on its way is not done', () => {
  const [asked, [request]] = nextReads(ready(stateWith({ w: pages })), start)
  const resting = { ...asked, walks: { w: { ...pages, rests: true } } }
  expect(isSynced(resting, start)).toBe(false)
  expect(isSynced(receiveRead(resting, request?.id ?? '', { kind: 'lost' }, start), start)).toBe(true)
})

it('problems that nobody takes are told up to a thousand, and counted from there on', () => {
  const broken = answerOf({ success: true, nextPageToken: 'N', result: Array(600).fill(7) })
  let state = ready(stateWith({ w: pages }))
  for (const told of [600, 1_000, 1_000]) {
    const [asked, [request]] = nextReads(state, start)
    state = receiveRead({ ...asked, walks: { w: pages } }, request?.id ?? '', broken, start)
    expect(state.problems).toHaveLength(told)
  }
  expect(state.untold).toBe(800)
})
