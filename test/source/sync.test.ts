import { describe, expect, it } from 'vitest'
import { printInstant } from '../../src/ground/calendar.js'
import { describeProblem, malformed } from '../../src/ground/problem.js'
import type { Answer } from '../../src/intent/outcome.js'
import { nextQuotaReset, quotaDayStart } from '../../src/pace/quota-day.js'
import { editedInMarketo } from '../../src/simulator/edited.js'
import { activityLogged, leadAdded, leadDeleted, leadsMerged } from '../../src/simulator/happened.js'
import type { SimulatorOptions } from '../../src/simulator/options.js'
import type { SimulatorState } from '../../src/simulator/state.js'
import type { Collection } from '../../src/source/collection.js'
import type { SourceSettings } from '../../src/source/settings.js'
import { estimateSync } from '../../src/source/sync/estimate.js'
import { isSynced, nextReads, wakeSyncAt } from '../../src/source/sync/next.js'
import type { SyncOptions } from '../../src/source/sync/options.js'
import { receiveRead } from '../../src/source/sync/receive.js'
import { backfillLeads, resettled } from '../../src/source/sync/resettle.js'
import { feedWalk } from '../../src/source/sync/start-walks.js'
import { type SourceSync, startSync, takeRows, withNewCredentials } from '../../src/source/sync/state.js'
import type { FeedWalk } from '../../src/source/sync/walks.js'
import { windowsOf } from '../../src/source/sync/windows.js'
import { id } from '../endpoints/reading.js'
import { callsOf, type Driving, day, drive, idsOf, marketo, rowsOf, settingsOf, start, type World } from './drive.js'

const at = (instant: number): string => printInstant(instant) ?? ''

const syncOf = (
  given: Partial<SourceSettings>,
  options: Partial<SyncOptions> = {},
  since = start - 20 * day
): SourceSync => startSync(settingsOf(given), since, options)

const run = (
  given: Partial<SourceSettings>,
  instance: SimulatorState,
  driving: Driving = {},
  options: Partial<SyncOptions> = {}
): World => drive(syncOf(given, options), instance, driving)

const lists = (count: number) => Array.from({ length: count }, (_, i) => ({ id: i + 1, name: `List ${i}` }))
const emails = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ id: i + 1, name: `Mail ${i}`, subject: 'x' }))

const people = (count: number, more: Partial<SimulatorOptions> = {}): SimulatorState => {
  let state = marketo(more)
  for (let i = 0; i < count; i += 1) state = leadAdded(state, { fields: { email: `p${i}@corp.test` } }, start - 2 * day)
  return state
}

const words = ({ problems }: Pick<World, 'problems'>): ReadonlyArray<string> => problems.map(describeProblem)

const answerOf = (body: unknown, status = 200): Answer => ({ status, headers: {}, body })
const refusal = (code: string, message = 'x'): Answer =>
  answerOf({ requestId: 'r', success: false, errors: [{ code, message }] })

/** An answer in Marketo's place, to the first so many calls of an endpoint. */
const instead =
  (endpoint: string, answers: ReadonlyArray<Answer>): NonNullable<Driving['answer']> =>
  ({ call }) => {
    if (call.descriptor.endpoint !== endpoint) return undefined
    const next = left.get(endpoint) ?? 0
    left.set(endpoint, next + 1)
    return answers[next]
  }
const left = new Map<string, number>()
const fresh = (endpoint: string, answers: ReadonlyArray<Answer>): NonNullable<Driving['answer']> => {
  left.delete(endpoint)
  return instead(endpoint, answers)
}

const queries = (world: World, endpoint: string) =>
  world.sent
    .filter(({ request }) => request.endpoint === endpoint)
    .map(({ request }) => Object.fromEntries(request.query.map(([name, value]) => [name, value])))

const bodies = (world: World, endpoint: string) =>
  world.sent
    .filter(({ request }) => request.endpoint === endpoint)
    .map(({ request }) => (request.body !== null && 'json' in request.body ? request.body.json : null))

describe('pages by token', () => {
  it('go on while a page names another place', () => {
    const world = run({ collections: ['lists'] }, marketo({ lists: lists(601) }))
    expect(callsOf(world)).toEqual({ identityToken: 1, getLists: 3 })
    expect(queries(world, 'getLists')[0]).toEqual({ batchSize: '300' })
    expect(idsOf(world, 'lists')).toHaveLength(601)
    expect(world.walked).toEqual([{ collection: 'lists', full: true }])
  })

  it('end where the page says that it is the last, though it names a place', () => {
    const page = answerOf({ success: true, moreResult: false, nextPageToken: 'AAA=', result: [{ id: 1, name: 'A' }] })
    const world = run({ collections: ['lists'] }, marketo(), { answer: fresh('getLists', [page]) })
    expect(callsOf(world).getLists).toBe(1)
  })

  it('end, and say so, where a page leads to itself', () => {
    const page = answerOf({ success: true, moreResult: true, nextPageToken: 'AAA=', result: [{ id: 1, name: 'A' }] })
    const world = run({ collections: ['lists'] }, marketo(), { answer: fresh('getLists', [page, page, page]) })
    expect(callsOf(world).getLists).toBe(2)
    expect(words(world)).toEqual(['lists: found a page that leads to itself; it is read again in the next run'])
    expect(world.walked).toEqual([])
  })

  it('begin anew, once, where a place is refused', () => {
    const world = run({ collections: ['lists'] }, marketo({ lists: lists(301) }), {
      answer: ({ call }, calls) =>
        calls === 2 && call.descriptor.endpoint === 'getLists' ? refusal('1003', 'Invalid nextPageToken') : undefined
    })
    expect(callsOf(world).getLists).toBe(4)
    expect(idsOf(world, 'lists')).toHaveLength(301)
  })
})

describe('pages by offset', () => {
  it.each([
    [0, 1],
    [1, 2],
    [200, 2],
    [201, 3]
  ])('end behind an empty page only: %i emails cost %i calls', (count, calls) => {
    const world = run({ collections: ['email'] }, marketo({ emails: emails(count) }))
    expect(callsOf(world).getEmails).toBe(calls)
    expect(idsOf(world, 'email')).toHaveLength(count)
  })

  it('go on behind a short page', () => {
    const pages = [[{ id: 1 }], [{ id: 2 }], []].map((result) => answerOf({ success: true, result }))
    const world = run({ collections: ['landing_pages'] }, marketo(), { answer: fresh('getLandingPages', pages) })
    expect(idsOf(world, 'landing_pages')).toEqual(['1', '2'])
    expect(queries(world, 'getLandingPages').map(({ offset }) => offset)).toEqual(['0', '200', '400'])
  })

  it('ask for 200 at a time, since twenty is what is given otherwise', () => {
    expect(queries(run({ collections: ['programs'] }, marketo()), 'getPrograms')).toEqual([
      { offset: '0', maxReturn: '200' }
    ])
  })

  it('take a refusal that says that there is nothing for the end', () => {
    const world = run({ collections: ['programs'] }, marketo(), { answer: fresh('getPrograms', [refusal('702')]) })
    expect([callsOf(world).getPrograms, words(world), world.walked]).toEqual([
      1,
      [],
      [{ collection: 'programs', full: true }]
    ])
  })

  it('stand still where the offset is not heeded', () => {
    const page = answerOf({ success: true, result: [{ id: 1 }] })
    const still = run({ collections: ['programs'] }, marketo(), { answer: fresh('getPrograms', Array(9).fill(page)) })
    expect(callsOf(still).getPrograms).toBe(2)
    expect(words(still)).toEqual(['programs: found a page that leads to itself; it is read again in the next run'])
  })

  it('ask in later runs for what changed only, an hour back, and once a day for all', () => {
    const world = run({ collections: ['email'] }, marketo({ emails: emails(3) }), { runs: 10 })
    const asked = queries(world, 'getEmails').filter(({ offset }) => offset === '0')
    expect(asked[0]).toEqual({ offset: '0', maxReturn: '200' })
    expect(asked[1]).toMatchObject({
      earliestUpdatedAt: at(start - 3_600_000),
      latestUpdatedAt: at(start + 3 * 3_600_000)
    })
    expect(asked.filter(({ earliestUpdatedAt }) => earliestUpdatedAt === undefined)).toHaveLength(2)
    expect(world.walked.map(({ full }) => full)).toEqual([true, ...Array(7).fill(false), true, false])
  })
})

describe('collections that hang on another', () => {
  const segmentations = [
    {
      id: 1,
      name: 'Industry',
      segments: [
        { id: 10, name: 'Health' },
        { id: 11, name: 'Default' }
      ]
    },
    { id: 2, name: 'Region', segments: [{ id: 20, name: 'EMEA' }] }
  ]

  it('are read for each of its records, though its own rows are not wanted', () => {
    const world = run({ collections: ['segments'] }, marketo({ segmentations }))
    expect(callsOf(world)).toEqual({ identityToken: 1, getSegmentations: 1, getSegments: 4 })
    expect(rowsOf(world, 'segments').map(({ id, segmentation_id }) => [id, segmentation_id])).toEqual([
      ['11', '1'],
      ['10', '1'],
      ['20', '2']
    ])
    expect(rowsOf(world, 'segmentation')).toEqual([])
    expect(world.walked).toEqual([{ collection: 'segments', full: true }])
  })

  it('are done where there are none', () => {
    const world = run({ collections: ['segments'] }, marketo())
    expect([callsOf(world).getSegments, world.walked]).toEqual([undefined, [{ collection: 'segments', full: true }]])
  })

  it('rest with it where it cannot be read', () => {
    const world = run({ collections: ['segments'] }, marketo({ segmentations }), {
      answer: fresh('getSegmentations', [refusal('603', 'Access denied')])
    })
    expect([callsOf(world).getSegments, words(world)]).toEqual([
      undefined,
      ['segmentation: found a refusal (603); it is read again in the next run']
    ])
  })

  it('pass over a parent that is gone', () => {
    const world = run({ collections: ['segments'] }, marketo({ segmentations }), {
      answer: fresh('getSegments', [refusal('1003', 'no such segmentation')])
    })
    expect(idsOf(world, 'segments')).toEqual(['20'])
    expect(words(world)).toEqual(['segments: found a refusal (1003); it is read again in the next run'])
    expect(world.walked).toEqual([{ collection: 'segments', full: false }])
  })

  const own = (name: string, parent: string, updated = false): Collection => ({
    name,
    says: '',
    reads: { by: 'once', endpoint: 'getCollection', path: ['rest', parent, '{id}', name], query: [], parent, updated },
    otherwise: null,
    columns: [{ name: 'id', type: 'id', from: [['id']], says: '' }]
  })
  const paths = ({ sent }: World) =>
    sent.flatMap(({ request: { endpoint, path } }) => (endpoint === 'getCollection' ? [path.join('/')] : []))
  const told: NonNullable<Driving['answer']> = ({ call: { descriptor } }) =>
    descriptor.endpoint === 'getCollection' ? answerOf({ success: true, result: [{ id: 7 }] }) : undefined

  it('are read from the root on, whichever of them is wanted', () => {
    const defined = [own('notes', 'rules'), own('rules', 'segments')]
    const world = run({ collections: ['notes'], defined }, marketo({ segmentations }), { answer: told })
    expect(callsOf(world)).toEqual({ identityToken: 1, getSegmentations: 1, getSegments: 4, getCollection: 6 })
    expect(paths(world).slice(-1)).toEqual(['rest/rules/7/notes'])
    expect(world.walked).toEqual([{ collection: 'notes', full: true }])
    const { firstRun } = estimateSync(settingsOf({ collections: ['notes'], defined }), {
      records: { segmentation: 2, segments: 3, rules: 3, notes: 3 }
    })
    expect(firstRun.calls).toEqual({ segmentation: 1, segments: 4, rules: 3, notes: 3 })
  })

  it('are read of all its records in each run, also where only some of those changed', () => {
    const settings = { collections: ['tests'], defined: [own('tests', 'email')] }
    const world = run(settings, marketo({ emails: emails(2) }), { answer: told, runs: 2 })
    expect(paths(world)).toEqual([1, 2, 1, 2].map((id) => `rest/email/${id}/tests`))
    expect(queries(world, 'getEmails').filter(({ earliestUpdatedAt }) => earliestUpdatedAt !== undefined)).toEqual([])
    const eachDay = (more: Partial<SourceSettings>) =>
      estimateSync(settingsOf({ ...settings, ...more }), { records: { email: 200, tests: 1 } }).eachDay.calls.email
    expect([eachDay({}), eachDay({ collections: ['email'] })]).toEqual([16, 9])
  })

  it('ask from the same moment on where one was passed over', () => {
    const settings = { collections: ['tests'], defined: [own('tests', 'email', true)] }
    let calls = 0
    const world = run(settings, marketo({ emails: emails(2) }), {
      answer: (request, n) => {
        if (request.call.descriptor.endpoint !== 'getCollection') return undefined
        calls += 1
        return calls === 3 ? refusal('603') : told(request, n)
      },
      runs: 3
    })
    const asked = queries(world, 'getCollection').map(({ earliestUpdatedAt }) => earliestUpdatedAt)
    expect(asked).toEqual([undefined, undefined, asked[2], asked[2], asked[2], asked[2]])
    expect(asked[2]).toBeDefined()
    expect(world.walked.map(({ full }) => full)).toEqual([true, false, false])
  })
})

describe('a walk that is slower than the runs', () => {
  it('goes on where it is when the records that it hangs on are walked through anew', () => {
    const segmentations = [1, 2].map((id) => ({ id, name: `S${id}`, segments: [{ id: id * 10, name: 'A' }] }))
    const slow: NonNullable<Driving['answer']> = ({ call: { descriptor } }, calls) =>
      descriptor.endpoint === 'getSegments' && calls < 9 ? refusal('606', 'Max rate limit') : undefined
    const options = { intervalMillis: 30_000, rowsWaiting: 50_000 }
    const world = run({ collections: ['segments'] }, marketo({ segmentations }), { answer: slow, runs: 1 }, options)
    expect(callsOf(world).getSegmentations).toBeGreaterThan(1)
    expect(rowsOf(world, 'segments').map(({ id }) => id)).toEqual(['10', '20'])
  })
})

describe('calls that are no longer served', () => {
  it('are replaced by the other way, for good', () => {
    const campaigns = [{ id: 5, name: 'Welcome' }]
    const world = run({ collections: ['campaigns'] }, marketo({ campaigns }), {
      runs: 2,
      answer: ({ call }) => (call.descriptor.endpoint === 'getCampaigns' ? refusal('610') : undefined)
    })
    expect(callsOf(world)).toMatchObject({ getCampaigns: 1, getSmartCampaigns: 4 })
    expect(rowsOf(world, 'campaigns')[0]).toMatchObject({ id: '5', name: 'Welcome', type: 'trigger' })
    expect(words(world)).toEqual([
      'campaigns: found a call that is no longer served; it is read by another call from now on'
    ])
  })
})

describe('activities', () => {
  const logged = (state: SimulatorState, types: ReadonlyArray<number>, then: number): SimulatorState =>
    types.reduce(
      (so, activityTypeId) => activityLogged(so, { leadId: 1, activityTypeId, activityDate: at(then) }, then),
      state
    )
  const wanted = { collections: ['lead_activities', 'lead_activity_attributes'], activityTypeIds: [1, 10] }

  it('are extracted in windows first, and read page by page from a day before their end on', () => {
    let isLogged = false
    const world = run(wanted, logged(people(1), [1, 10, 11], start - 9 * day), {
      runs: 2,
      meanwhile: (state, _, now) => {
        if (now < start + day / 8 || isLogged) return state
        isLogged = true
        return logged(state, [10, 11], now)
      }
    })
    const since = world.sent.find(({ request }) => request.endpoint === 'activityPagingToken')?.request.query
    expect(since).toEqual([['sinceDatetime', at(start - day)]])
    expect(bodies(world, 'exportActivities')).toMatchObject([
      { filter: { createdAt: { startAt: at(start - 20 * day), endAt: at(start) }, activityTypeIds: [1, 10] } }
    ])
    expect(rowsOf(world, 'lead_activities').map(({ activity_type_id }) => activity_type_id)).toEqual(['1', '10', '10'])
  })

  it('need types: without any nothing is asked', () => {
    const world = run({ ...wanted, activityTypeIds: [] }, people(1))
    expect(world.sent).toEqual([])
  })

  it('of more than ten types are several walks', () => {
    const types = [1, 2, 3, 6, 7, 8, 9, 10, 11, 22, 24, 25]
    const world = run({ ...wanted, activityTypeIds: types }, people(1), {}, { backfill: 'pages' })
    expect(queries(world, 'getActivities').map(({ activityTypeIds }) => activityTypeIds)).toEqual([
      '1,2,3,6,7,8,9,10,11,22',
      '24,25'
    ])
  })

  it('page by page from the start on, where no jobs are wanted', () => {
    const world = run(wanted, logged(people(1), [1, 10, 11], start - 9 * day), {}, { backfill: 'pages' })
    expect(idsOf(world, 'lead_activities')).toHaveLength(2)
    expect(callsOf(world).exportActivities).toBeUndefined()
  })

  it('go on behind an empty page that says that there is more', () => {
    const pages = [
      answerOf({ success: true, nextPageToken: 'B=', moreResult: true }),
      answerOf({ success: true, nextPageToken: 'C=', moreResult: true, result: [] }),
      answerOf({ success: true, nextPageToken: 'D=', moreResult: false, result: [] })
    ]
    const world = run(wanted, people(1), { answer: fresh('getActivities', pages) }, { backfill: 'pages' })
    expect(
      queries(world, 'getActivities')
        .slice(1)
        .map(({ nextPageToken }) => nextPageToken)
    ).toEqual(['B=', 'C='])
    expect(world.state.walks['activities 0']).toMatchObject({ token: 'D=', rests: true })
  })

  it.each([
    [
      'the same place, and nothing read',
      { nextPageToken: 'A=', moreResult: true, result: [] },
      'a place that leads to itself'
    ],
    ['no place at all', { moreResult: true, result: [] }, 'more to read and no place to go on']
  ])('stop where more is promised at %s', (_, page, says) => {
    const answer: NonNullable<Driving['answer']> = ({ call }) => {
      if (call.descriptor.endpoint === 'activityPagingToken') return answerOf({ success: true, nextPageToken: 'A=' })
      return call.descriptor.endpoint === 'getActivities' ? answerOf({ success: true, ...page }) : undefined
    }
    const world = run(wanted, people(1), { answer }, { backfill: 'pages' })
    expect(callsOf(world).getActivities).toBe(1)
    expect(words(world)).toEqual([`lead_activities: found ${says}; it is read again in the next run`])
  })

  it('begin anew by date, less an hour, where the place of the run before is refused', () => {
    const again = run(
      wanted,
      logged(people(1), [10], start - day),
      {
        runs: 2,
        answer: ({ call }, calls) =>
          calls === 4 && call.descriptor.endpoint === 'getActivities' ? refusal('1003', 'bad token') : undefined
      },
      { backfill: 'pages' }
    )
    expect(queries(again, 'activityPagingToken').map(({ sinceDatetime }) => sinceDatetime)).toEqual([
      at(start - 20 * day),
      at(start - day - 3_600_000)
    ])
    expect(words(again)).toEqual(['lead_activities: found a place that Marketo no longer takes; it began anew by date'])
  })

  it('that are dated ahead of the clock count as of now', () => {
    const ahead = logged(people(1), [10], start - day)
    const page = { marketoGUID: 'g', activityTypeId: 10, leadId: 1, activityDate: '2030-01-01T00:00:00Z' }
    const world = run(
      wanted,
      ahead,
      {
        runs: 2,
        answer: ({ call }, calls) => {
          if (call.descriptor.endpoint !== 'getActivities') return undefined
          return calls === 2
            ? answerOf({ success: true, moreResult: false, nextPageToken: 'A=', result: [page] })
            : refusal('1003', 'bad token')
        }
      },
      { backfill: 'pages' }
    )
    const [, second] = queries(world, 'activityPagingToken').map(({ sinceDatetime }) => sinceDatetime ?? '')
    expect(second?.slice(0, 19)).toBe(at(start - 3_600_000).slice(0, 19))
  })

  it('ask again for a place that was not told', () => {
    const answer = fresh('activityPagingToken', [answerOf({ success: true })])
    const world = run(wanted, logged(people(1), [10], start - day), { answer }, { backfill: 'pages' })
    expect(callsOf(world).activityPagingToken).toBe(2)
    expect(idsOf(world, 'lead_activities')).toHaveLength(1)
  })

  it.each([
    [{ collections: ['lead_activities'], activityTypeIds: [37] }, ['lead_activities']],
    [{ collections: ['leads'] }, ['leads']],
    [{ collections: ['leads', 'lead_activities'], activityTypeIds: [1, 37] }, ['lead_activities', 'leads']],
    [{ collections: ['lead_activity_types'] }, ['lead_activity_types']]
  ])('and all else of %j cost what is counted under %j', (given, tables) => {
    const world = run(given, people(1))
    expect(Object.keys(world.state.costs).sort()).toEqual(tables)
    expect(world.walked.map(({ collection }) => collection)).toEqual(tables.filter((name) => name.endsWith('types')))
  })

  it('of deleted leads come from their own feed, as rows of leads and as activities where they are wanted', () => {
    const instance = leadDeleted(people(2), 2, start - day)
    const world = run({ collections: ['leads', 'lead_activities'], activityTypeIds: [37] }, instance)
    expect(
      rowsOf(world, 'lead_activities').map(({ lead_id, activity_type_id }) => [lead_id, activity_type_id])
    ).toEqual([['2', '37']])
    expect(rowsOf(world, 'leads')).toContainEqual({ id: '2', deleted_at: '2024-05-02T10:00:00.000Z' })
    const only = run({ collections: ['leads'], activityTypeIds: [37] }, instance)
    expect(rowsOf(only, 'lead_activities')).toEqual([])
  })

  it('are looked for among deleted leads fourteen days back at most: Marketo forgets the rest', () => {
    const world = drive(syncOf({ collections: ['leads'] }, {}, start - 100 * day), people(0))
    expect(queries(world, 'activityPagingToken').map(({ sinceDatetime }) => sinceDatetime)).toContain(
      at(start - 14 * day)
    )
  })
})

describe('leads', () => {
  const wanted = { collections: ['leads'], customLeadFields: [{ field: 'leadScore', type: 'integer' as const }] }
  const customFields = [{ name: 'leadScore', type: 'integer' as const }]

  it('are extracted by creation first, then by what changed since, an hour back', () => {
    const world = run(wanted, people(3, { customFields }), {
      runs: 2,
      meanwhile: (state, calls, now) =>
        calls === 12 ? editedInMarketo(state, { leadId: 2, fields: { leadScore: 7 } }, now) : state
    })
    expect(bodies(world, 'exportLeads')).toMatchObject([
      {
        fields: ['id', 'email', 'firstName', 'lastName', 'createdAt', 'updatedAt', 'leadScore'],
        filter: { createdAt: { startAt: at(start - 20 * day), endAt: at(start) } }
      },
      { filter: { updatedAt: { startAt: at(start - 3_600_000), endAt: at(start + 10_800_000) } } }
    ])
    expect(rowsOf(world, 'leads').map(({ id }) => id)).toEqual(['1', '2', '3'])
  })

  it('are found by the feed of changes where the instance takes no filter by change', () => {
    const world = run(wanted, people(3, { customFields, updatedAtFilter: false }), {
      runs: 3,
      meanwhile: (state, calls, now) =>
        calls === 11 ? editedInMarketo(state, { leadId: 2, fields: { leadScore: 7 } }, now) : state
    })
    expect(callsOf(world)).toMatchObject({ exportLeads: 2, getLeadsByFilter: 1 })
    expect(rowsOf(world, 'leads').slice(3)).toMatchObject([{ id: '2', lead_score: 7 }])
    expect(words(world)).toEqual([
      'leads: found an instance that takes no filter by `updatedAt`; changed leads are found by the feed of changes from now on'
    ])
    expect(world.state.leadsBy).toBe('changes')
  })

  it('that the feed names and that are not there are told as unresolved, and get no day of deletion', () => {
    const world = run(
      wanted,
      people(3, { customFields }),
      {
        runs: 2,
        meanwhile: (state, calls, now) => {
          if (calls === 8) return leadAdded(state, { fields: { email: 'short@corp.test' } }, now)
          return calls === 13 ? { ...state, leads: leadDeleted(state, 4, now).leads } : state
        }
      },
      { leads: 'changes' }
    )
    expect(world.unresolved).toEqual(['4'])
    expect(rowsOf(world, 'leads').filter(({ id }) => id === '4')).toEqual([])
  })

  it('that were merged into another get their day', () => {
    const world = run(wanted, people(3, { customFields }), {
      runs: 2,
      meanwhile: (state, calls, now) => (calls === 4 ? leadsMerged(state, 1, [2, 3], now) : state)
    })
    expect(rowsOf(world, 'leads').filter((row) => row.deleted_at !== null)).toEqual([
      { id: '2', deleted_at: '2024-05-03T10:00:00.000Z' },
      { id: '3', deleted_at: '2024-05-03T10:00:00.000Z' }
    ])
  })

  it('do without a field that the instance hides, and say so', () => {
    const secret = { collections: ['leads'], customLeadFields: [{ field: 'secretScore', type: 'any' as const }] }
    const world = run(secret, people(2))
    expect(callsOf(world).exportLeads).toBe(2)
    expect(rowsOf(world, 'leads').map(({ id, secret_score }) => [id, secret_score])).toEqual([
      ['1', null],
      ['2', null]
    ])
    expect(words(world)).toEqual([
      'customLeadFields.secretScore: found a field that the instance has not, or hides; its column stays empty: make the field visible, or leave it out'
    ])
  })

  it.each([
    ['nothing', { success: true, result: [] }],
    ['other things', { success: true, result: [{ name: 'API Lead', fields: [{ name: 'custom' }] }] }]
  ])('keep their columns where the fields of the instance are told as %s', (_, body) => {
    const answers = [refusal('1003', 'Invalid fields were passed')]
    const created = fresh('exportLeads', answers)
    const described = fresh('describeLeads', [answerOf(body)])
    const world = run({ collections: ['leads'] }, people(2), {
      answer: (request, calls) => created(request, calls) ?? described(request, calls)
    })
    expect(world.state.refusedFields).toEqual([])
    expect(rowsOf(world, 'leads').map(({ email }) => email)).toEqual(['p0@corp.test', 'p1@corp.test'])
  })

  it('keep their columns whatever words a refusal of a value has', () => {
    const answer = fresh('getLeadsByFilter', [refusal('1003', "Invalid filter value for 'email'")])
    const world = run({ collections: ['leads'] }, people(1), { answer }, { backfill: 'pages' })
    expect(world.state.refusedFields).toEqual([])
  })

  it('that are asked for by id do without a field that Marketo names, and keep their id whatever it names', () => {
    const secret = { collections: ['leads'], customLeadFields: [{ field: 'secretScore', type: 'any' as const }] }
    const answers = [refusal('1006', "Field 'secretScore' not found for id")]
    const answer = fresh('getLeadsByFilter', answers)
    const world = run(secret, people(2), { answer }, { backfill: 'pages' })
    const fields = queries(world, 'getLeadsByFilter').map((query) => query.fields)
    expect(fields).toEqual([
      'id,email,firstName,lastName,createdAt,updatedAt,secretScore',
      'id,email,firstName,lastName,createdAt,updatedAt'
    ])
    expect([...idsOf(world, 'leads')].sort()).toEqual(['1', '2'])
    expect(world.state.refusedFields).toEqual(['secretScore'])
  })

  const changes = (records: ReadonlyArray<object>): NonNullable<Driving['answer']> => {
    const page = answerOf({ success: true, moreResult: false, nextPageToken: 'N=', result: records })
    return ({ call: { descriptor } }) =>
      descriptor.endpoint === 'getActivities' && descriptor.query.some(([, value]) => value === '12,13')
        ? page
        : undefined
  }

  it('are asked for by the ids that Marketo gives, each once', () => {
    const told = ['5', 5, '05', 0, 'x5', '5x', '12345678901234567', 9_007_199_254_740_991, null]
    const records = told.map((leadId, i) => ({
      marketoGUID: `g${i}`,
      activityTypeId: 12,
      leadId,
      activityDate: at(start)
    }))
    const world = run(wanted, people(0), { answer: changes(records) }, { backfill: 'pages' })
    expect(queries(world, 'getLeadsByFilter').map(({ filterValues }) => filterValues)).toEqual(['5,9007199254740991'])
    expect(world.unresolved).toEqual(['5', '9007199254740991'])
  })

  it.each([
    ['names another page', { success: true, nextPageToken: 'B=', result: [] }],
    ['says that there is more', { success: true, moreResult: true, result: [] }],
    ['holds no result', { success: true }]
  ])('are asked for again where the answer %s', (_, page) => {
    const answer = fresh('getLeadsByFilter', [answerOf(page)])
    const world = run(wanted, people(2), { answer }, { backfill: 'pages' })
    expect([callsOf(world).getLeadsByFilter, world.unresolved]).toEqual([2, []])
    expect([...idsOf(world, 'leads')].sort()).toEqual(['1', '2'])
  })

  it('that are asked for by id are found by halves where one of them is refused', () => {
    const poisoned: NonNullable<Driving['answer']> = ({ call: { descriptor } }) => {
      if (descriptor.endpoint !== 'getLeadsByFilter') return undefined
      const values = descriptor.query.find(([name]) => name === 'filterValues')?.[1].split(',') ?? []
      return values.includes('3') ? refusal('1003', 'Invalid filter value') : undefined
    }
    const world = run(wanted, people(5, { customFields }), { answer: poisoned }, { backfill: 'pages' })
    expect([...idsOf(world, 'leads')].sort()).toEqual(['1', '2', '4', '5'])
    expect(world.unresolved).toEqual(['3'])
  })

  it('that are asked for by id come in large numbers again, after one of them was refused', () => {
    const poisoned: NonNullable<Driving['answer']> = ({ call: { descriptor } }) => {
      if (descriptor.endpoint !== 'getLeadsByFilter') return undefined
      const values = descriptor.query.find(([name]) => name === 'filterValues')?.[1].split(',') ?? []
      return values.includes('3') ? refusal('1003', 'Invalid filter value') : undefined
    }
    const oneAtATime = { backfill: 'pages', budget: { runningCalls: 2 } } as const
    const world = run(wanted, people(400, { customFields }), { answer: poisoned }, oneAtATime)
    expect(idsOf(world, 'leads')).toHaveLength(399)
    expect(callsOf(world).getLeadsByFilter).toBeLessThan(40)
  })

  it('can all be read anew, for a column that is new', () => {
    const first = run({ collections: ['leads'] }, people(3, { customFields }))
    const [state, problems] = resettled(first.state, settingsOf(wanted))
    expect(problems.map(describeProblem)).toEqual([
      'customLeadFields.leadScore: works, with a risk (unusual); its column fills as leads change: say backfillLeads to read all of them anew'
    ])
    const again = drive(backfillLeads(state), first.marketo, { now: first.now, accessToken: first.accessToken })
    expect(rowsOf(again, 'leads').map(({ id, lead_score }) => [id, lead_score])).toEqual([
      ['1', null],
      ['2', null],
      ['3', null]
    ])
    expect(bodies(again, 'exportLeads')).toMatchObject([{ filter: { createdAt: {} } }])
  })
})

describe('jobs', () => {
  const wanted = { collections: ['leads'] }
  const file = (world: World) => world.sent.filter(({ request }) => request.endpoint === 'exportLeadsFile')

  it.each([
    ['nothing', 0, 0, []],
    ['turned round', 5_000, 1_000, []],
    ['parts of a second', 1_500, 3_900, [[1_000, 3_000]]],
    [
      '70 days',
      0,
      70 * day,
      [
        [0, 31 * day],
        [31 * day, 62 * day],
        [62 * day, 70 * day]
      ]
    ]
  ])('have windows of 31 days, each where the one before ended: %s', (_, since, until, windows) => {
    expect(windowsOf(since, until, 31).map(({ startAt, endAt }) => [startAt, endAt])).toEqual(windows)
  })

  it('run two at a time, and are asked about once a minute', () => {
    const world = drive(syncOf(wanted, {}, start - 100 * day), people(1, { exportMillis: 180_000 }))
    expect(callsOf(world)).toMatchObject({ exportLeads: 4, exportLeadsEnqueue: 4 })
    const polls = world.sent.filter(({ request }) => request.endpoint === 'exportLeadsStatus')
    const times = new Map<string, Array<number>>()
    for (const { at: when, request } of polls) {
      const id = request.path[4] ?? ''
      times.set(id, [...(times.get(id) ?? []), when])
    }
    for (const own of times.values())
      own.slice(1).forEach((when, i) => {
        expect(when - (own[i] ?? 0)).toBeGreaterThanOrEqual(60_000)
      })
    expect(times.size).toBe(4)
  })

  it('are queued anew where the queueing was lost', () => {
    const world = run(wanted, people(2), {
      answer: fresh('exportLeadsEnqueue', [
        answerOf({ success: true, result: [{ exportId: 'export-1', status: 'Queued' }] })
      ])
    })
    expect(callsOf(world)).toMatchObject({ exportLeads: 1, exportLeadsEnqueue: 2, exportLeadsStatus: 2 })
    expect(idsOf(world, 'leads')).toEqual(['1', '2'])
  })

  it.each([
    ['the queue is full', refusal('1029', 'Too many jobs (10) in queue'), 60_000],
    [
      "the day's bytes are used up",
      refusal('1029', 'Export daily quota 500MB exceeded.'),
      nextQuotaReset(start) - start
    ]
  ])('wait while %s', (_, answer, least) => {
    const world = run(wanted, people(2), { answer: fresh('exportLeadsEnqueue', [answer]) })
    const [first, second] = world.sent.filter(({ request }) => request.endpoint === 'exportLeadsEnqueue')
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(least - 1_000)
    expect(idsOf(world, 'leads')).toEqual(['1', '2'])
  })

  it('that are queued already are asked about', () => {
    const world = run(wanted, people(2), {
      answer: fresh('exportLeadsEnqueue', [refusal('1029', 'Job already queued')]),
      mostRounds: 12
    })
    expect(callsOf(world).exportLeadsStatus).toBeGreaterThan(0)
  })

  it.each(['Failed', 'Cancelled', 'Canceled'])('that ended as %s are made anew', (status) => {
    const told = answerOf({ success: true, result: [{ exportId: 'export-1', status }] })
    const world = run(wanted, people(2), { answer: fresh('exportLeadsStatus', [told]) })
    expect(callsOf(world)).toMatchObject({ exportLeads: 2, exportLeadsFile: 1 })
    expect(idsOf(world, 'leads')).toEqual(['1', '2'])
  })

  it('that ended as failed are made anew after a minute', () => {
    const told = answerOf({ success: true, result: [{ exportId: 'export-1', status: 'Failed' }] })
    const world = run(wanted, people(2), { answer: fresh('exportLeadsStatus', [told]) })
    const made = world.sent.filter(({ request }) => request.endpoint === 'exportLeads').map((one) => one.at)
    const polled = world.sent.find(({ request }) => request.endpoint === 'exportLeadsStatus')?.at ?? 0
    expect((made[1] ?? 0) - polled).toBeGreaterThanOrEqual(60_000)
  })

  it('that stand long are asked about less often, every ten minutes at last', () => {
    const world = run(wanted, people(1, { exportMillis: 5 * 3_600_000 }), {}, { intervalMillis: day })
    const polls = world.sent.filter(({ request }) => request.endpoint === 'exportLeadsStatus').map((one) => one.at)
    const minutes = polls.slice(1).map((when, i) => Math.round((when - (polls[i] ?? 0)) / 60_000))
    expect(minutes.slice(0, 11)).toEqual([1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3])
    expect(Math.max(...minutes)).toBe(10)
    expect(minutes).toEqual([...minutes].sort((a, b) => a - b))
  })

  it('count the bytes of their files for the day', () => {
    const world = drive(syncOf(wanted, {}, start - 40 * day), leadAdded(people(2), { fields: {} }, start - 35 * day))
    expect(callsOf(world).exportLeadsFile).toBe(2)
    expect(world.state.exported).toEqual({ day: quotaDayStart(start), bytes: world.state.costs.leads?.bytes })
  })

  it('do without a field that Marketo names, and look none up', () => {
    const secret = { collections: ['leads'], customLeadFields: [{ field: 'secretScore', type: 'any' as const }] }
    const answer = fresh('exportLeads', [refusal('1006', "Field 'secretScore' not found")])
    const world = run(secret, people(1), { answer })
    expect(callsOf(world)).toMatchObject({ exportLeads: 2 })
    expect(callsOf(world).describeLeads).toBeUndefined()
    expect(world.state.refusedFields).toEqual(['secretScore'])
  })

  it.each([
    [
      'leads',
      'exportLeads',
      'id,email,firstName,lastName,createdAt,updatedAt\n1\n2,x,x,x,,\n3\n',
      ['leads[0]', 'leads[2]']
    ],
    [
      'lead_activities',
      'exportActivities',
      'marketoGUID,leadId,activityDate,activityTypeId,attributes\na\n',
      ['lead_activities[0]']
    ]
  ])('leave out the broken rows of a file of %s, and tell their numbers', (table, endpoint, text, places) => {
    const done = answerOf({
      success: true,
      result: [{ exportId: 'export-1', status: 'Completed', numberOfRecords: 1 }]
    })
    const answer: NonNullable<Driving['answer']> = ({ call: { descriptor } }) => {
      if (descriptor.endpoint === `${endpoint}Status`) return done
      return descriptor.endpoint === `${endpoint}File` ? answerOf(text) : undefined
    }
    for (const partLength of [1_000, 7]) {
      const world = run({ collections: [table], activityTypeIds: [1] }, people(1), { answer, partLength })
      expect(words(world)).toEqual(
        places.map((place) => `${place}: found a row with too few cells, or too many; it is left out: look at the file`)
      )
    }
  })

  it('say which columns a file of activities has not', () => {
    const done = answerOf({
      success: true,
      result: [{ exportId: 'export-1', status: 'Completed', numberOfRecords: 1 }]
    })
    const world = run({ collections: ['lead_activities'], activityTypeIds: [1] }, people(1), {
      answer: ({ call: { descriptor } }) => {
        if (descriptor.endpoint === 'exportActivitiesStatus') return done
        return descriptor.endpoint === 'exportActivitiesFile' ? answerOf('leadId,activityTypeId\n1,1\n') : undefined
      }
    })
    expect(words(world).slice(0, 3)).toEqual(
      ['marketoGUID', 'activityDate', 'attributes'].map(
        (column) => `lead_activities.${column}: found a file without the column; its cells stay empty`
      )
    )
  })

  it.each([
    ['as many as came', 0, 1, []],
    ['three more, of a mark that decoders drop', 3, 1, []],
    ['fewer', -1, 2, ['files: found a file that is not what Marketo says; it is fetched afresh']]
  ])('whose bytes are said to be %s', (_, more, files, problems) => {
    const text = 'id,email,firstName,lastName,createdAt,updatedAt\n1,a@corp.test,,,,\n'
    let told = 0
    const world = run(wanted, people(1), {
      answer: ({ call: { descriptor } }) => {
        const fileSize = text.length + (told > 1 ? 0 : more)
        const job = { exportId: 'export-1', status: 'Completed', numberOfRecords: 1, fileSize }
        if (descriptor.endpoint === 'exportLeadsStatus') return answerOf({ success: true, result: [job] })
        if (descriptor.endpoint !== 'exportLeadsFile') return undefined
        told += 1
        return answerOf(text)
      }
    })
    expect(file(world).length).toBeGreaterThanOrEqual(files)
    expect([...new Set(words(world))]).toEqual(problems)
    expect(idsOf(world, 'leads')).toEqual(['1'])
  })

  it('that fail again and again leave their window to the next run', () => {
    const failed = answerOf({ success: true, result: [{ exportId: 'export-1', status: 'Failed' }] })
    const answer: NonNullable<Driving['answer']> = ({ call }) =>
      call.descriptor.endpoint === 'exportLeadsStatus' ? failed : undefined
    const world = run(wanted, people(2), { answer })
    expect(callsOf(world).exportLeads).toBe(4)
    expect(words(world)).toEqual(['leads: found a job that fails again and again; its window is read in the next run'])
    const next = drive(world.state, world.marketo, { now: world.now, accessToken: world.accessToken, runs: 2 })
    expect(bodies(next, 'exportLeads')[0]).toMatchObject({ filter: { createdAt: { startAt: at(start - 20 * day) } } })
    expect(idsOf(next, 'leads')).toEqual(['1', '2'])
  })

  it('that took more than one run forget no change that came between the runs', () => {
    const customLeadFields = [{ field: 'leadScore', type: 'integer' as const }]
    let instance = people(1, { customFields: [{ name: 'leadScore', type: 'integer' }] })
    instance = leadAdded(instance, { fields: { email: 'old@corp.test' } }, start - 45 * day)
    const failed = answerOf({ success: true, result: [{ exportId: 'x', status: 'Failed' }] })
    const seen = new Set<string>()
    // The window of the lead that is not changed fails again and again in the first run.
    const answer: NonNullable<Driving['answer']> = ({ call: { descriptor } }) => {
      if (descriptor.endpoint !== 'exportLeadsStatus' || seen.size >= 4) return undefined
      const id = descriptor.path[4] ?? ''
      if (id === 'export-1') return undefined
      seen.add(id)
      return failed
    }
    let isChanged = false
    const sync = startSync(settingsOf({ ...wanted, customLeadFields }), start - 60 * day, { jobs: 2 })
    const world = drive(sync, instance, {
      runs: 3,
      answer,
      meanwhile: (state, _, now) => {
        if (isChanged || now < start + 3_600_000) return state
        isChanged = true
        return editedInMarketo(state, { leadId: 2, fields: { leadScore: 7 } }, start + 3_600_000)
      }
    })
    expect(words(world)).toEqual(['leads: found a job that fails again and again; its window is read in the next run'])
    expect(
      rowsOf(world, 'leads')
        .filter(({ id }) => id === '2')
        .at(-1)
    ).toMatchObject({ lead_score: 7 })
  })

  it('without a record have no file', () => {
    const world = run(wanted, people(0))
    expect(callsOf(world)).toMatchObject({ exportLeads: 1 })
    expect(file(world)).toEqual([])
  })

  it('whose file is gone are made anew', () => {
    const world = run(wanted, people(2), { answer: fresh('exportLeadsFile', [answerOf('Not Found', 404)]) })
    expect(callsOf(world)).toMatchObject({ exportLeads: 2, exportLeadsFile: 2 })
    expect(idsOf(world, 'leads')).toEqual(['1', '2'])
  })

  it('renew the token where an envelope stands in the place of the file', () => {
    const world = run(wanted, people(2), { answer: fresh('exportLeadsFile', [refusal('602', 'Access token expired')]) })
    expect(callsOf(world)).toMatchObject({ identityToken: 2, exportLeads: 1, exportLeadsFile: 2 })
    expect(idsOf(world, 'leads')).toEqual(['1', '2'])
  })

  it('ask for the rest of a file that ended early, from behind its last whole row', () => {
    const whole = run(wanted, people(9))
    const bytes = whole.state.costs.leads?.bytes ?? 0
    const text = rowsOf(whole, 'leads').length
    expect([text, bytes > 300]).toEqual([9, true])
    let cut = ''
    const world = run(wanted, people(9), {
      answer: ({ call }) => {
        if (call.descriptor.endpoint !== 'exportLeadsFile' || cut !== '') return undefined
        cut =
          'id,email,firstName,lastName,createdAt,updatedAt\n1,p0@corp.test,null,null,2024-05-01T10:00:00Z,2024-05-01T10:00:00Z\n2,p1@co'
        return answerOf(cut)
      }
    })
    expect(file(world).map(({ request }) => request.headers)).toEqual([
      {},
      { range: `bytes=${cut.lastIndexOf('\n') + 1}-` }
    ])
    expect(rowsOf(world, 'leads').map(({ id }) => id)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9'])
    expect(rowsOf(world, 'leads')).toEqual(rowsOf(whole, 'leads'))
  })

  it('say which columns a file has not', () => {
    const done = answerOf({
      success: true,
      result: [{ exportId: 'export-1', status: 'Completed', numberOfRecords: 1 }]
    })
    const world = run(wanted, people(1), {
      answer: ({ call: { descriptor } }) => {
        if (descriptor.endpoint === 'exportLeadsStatus') return done
        const text = 'id,email,lastName,createdAt,updatedAt\n1,a@corp.test,null,null,null\n'
        return descriptor.endpoint === 'exportLeadsFile' ? answerOf(text) : undefined
      }
    })
    expect(words(world)).toEqual(['leads.firstName: found a file without the column; its cells stay empty'])
    expect(rowsOf(world, 'leads')).toMatchObject([{ id: '1', email: 'a@corp.test', first_name: null }])
  })

  it('fetch a file afresh whose sum is not the one that was told', () => {
    const sum = (status: string) => ({
      exportId: 'export-1',
      status,
      numberOfRecords: 2,
      fileChecksum: `sha256:${'0'.repeat(64)}`
    })
    const world = run(wanted, people(2), {
      answer: ({ call }) =>
        call.descriptor.endpoint === 'exportLeadsStatus' && call.descriptor.path[4] === 'export-1'
          ? answerOf({ success: true, result: [{ ...sum('Completed'), fileSize: 179 }] })
          : undefined
    })
    expect(callsOf(world).exportLeads).toBe(2)
    expect([...new Set(words(world))]).toEqual([
      'files: found a file that is not what Marketo says; it is fetched afresh'
    ])
    expect(file(world)).toHaveLength(3)
    expect(idsOf(world, 'leads')).toEqual(['1', '2'])
  })

  it.each([
    ['at once', undefined],
    ['in parts', 7]
  ])('take a page of HTML in the place of a file for no file, that comes %s', (_, partLength) => {
    for (const length of [5, 60]) {
      const html = answerOf(`<html>\n${'<p>busy</p>\n'.repeat(length)}`)
      const whole = run(wanted, people(9))
      const world = run(wanted, people(9), {
        answer: fresh('exportLeadsFile', [html]),
        ...(partLength === undefined ? {} : { partLength })
      })
      expect(rowsOf(world, 'leads')).toEqual(rowsOf(whole, 'leads'))
      expect(words(world)).toEqual(['files: found no file of an extract; it is asked for again'])
      expect(file(world).map(({ request }) => request.headers)).toEqual([{}, {}])
    }
  })

  it('stop at our bytes of the day, and go on when it is over', () => {
    let instance = marketo()
    for (const days of [90, 60, 30, 2])
      instance = leadAdded(instance, { fields: { email: `d${days}@corp.test` } }, start - days * day)
    const sync = startSync(settingsOf(wanted), start - 100 * day, { bytesPerDay: 50, jobs: 1, intervalMillis: 9 * day })
    const world = drive(sync, instance)
    const made = world.sent.filter(({ request }) => request.endpoint === 'exportLeads').map((one) => one.at)
    expect(idsOf(world, 'leads')).toHaveLength(4)
    // Each of the four windows has a lead, whose file alone is more than a day may bring.
    for (const k of [1, 2, 3]) expect(made[k]).toBeGreaterThanOrEqual(nextQuotaReset(made[k - 1] ?? 0))
  })
})

describe('the whole', () => {
  const all = { activityTypeIds: [1, 10, 37] }

  it('runs again three hours after the last start', () => {
    const world = run({ collections: ['lists'] }, marketo({ lists: lists(1) }))
    expect(world.state.run).toEqual({ startedAt: start, nextAt: start + 10_800_000 })
    expect(wakeSyncAt(world.state, world.now)).toBe(start + 10_800_000)
    expect(isSynced(world.state, world.now)).toBe(true)
    expect(isSynced(world.state, start + 10_800_000)).toBe(false)
  })

  it('spends no more calls of a day than it may', () => {
    const given = { collections: ['lists', 'email', 'programs'], dailyCallLimit: 3 }
    const world = run(given, marketo({ lists: lists(900) }), { mostRounds: 200 })
    const resets = new Map<number, number>()
    for (const { at: when, request } of world.sent)
      if (request.endpoint !== 'identityToken')
        resets.set(nextQuotaReset(when), (resets.get(nextQuotaReset(when)) ?? 0) + 1)
    expect(Math.max(...resets.values())).toBeLessThanOrEqual(3)
    expect(resets.size).toBeGreaterThan(1)
    expect(idsOf(world, 'lists')).toHaveLength(900)
  })

  it('reads no further while rows wait to be taken', () => {
    let state = syncOf({ collections: ['lists'] }, { rowsWaiting: 100 })
    const pages = Array.from({ length: 3 }, (_, i) =>
      answerOf({ success: true, nextPageToken: `T${i}=`, result: lists(300) })
    )
    const token = { access_token: 'x', token_type: 'bearer', expires_in: 3_600, scope: 's' }
    const step = (answer: Answer): number => {
      const [after, requests] = nextReads(state, start)
      state = requests.reduce((so, { id }) => receiveRead(so, id, answer, start), after)
      return requests.length
    }
    expect([step(answerOf(token)), ...pages.map(step)]).toEqual([1, 1, 0, 0])
    const [emptied, { rows }] = takeRows(state)
    state = emptied
    expect([rows.length, step(answerOf({}))]).toEqual([300, 1])
  })

  it('says how many problems it had no room to tell', () => {
    const bad = answerOf({ success: true, result: Array.from({ length: 1_200 }, () => 7) })
    const world = run({ collections: ['lists'] }, marketo(), { answer: fresh('getLists', [bad]) })
    expect([world.problems.length, world.untold]).toEqual([1_000, 200])
  })

  it('wakes at once where a window waits and a job may be made', () => {
    const state = syncOf({ collections: ['leads'] }, {}, start - 100 * day)
    const [begun, [token]] = nextReads(state, start)
    const ready = receiveRead(begun, token?.id ?? '', answerOf({ access_token: 'x', expires_in: 3_600 }), start)
    const bare = Object.fromEntries(
      Object.entries(ready.walks).map(([name, walk]) => [
        name,
        walk.kind === 'export' ? { ...walk, jobs: [] } : { ...walk, rests: true }
      ])
    )
    expect(wakeSyncAt({ ...ready, walks: bare }, start)).toBe(start)
  })

  it('reads no further while problems wait to be taken', () => {
    const state = syncOf({ collections: ['lists'] }, { rowsWaiting: 2 })
    const told = { ...state, problems: [1, 2].map((n) => malformed('warning', [n], 'x', 'y')) }
    const token = { access_token: 'x', token_type: 'bearer', expires_in: 3_600, scope: 's' }
    const [asked, [first]] = nextReads(syncOf({ collections: ['lists'] }), start)
    const ready = receiveRead(asked, first?.id ?? '', answerOf(token), start)
    expect(nextReads({ ...ready, options: state.options, problems: told.problems }, start)[1]).toEqual([])
    expect(nextReads({ ...ready, options: state.options }, start)[1]).toHaveLength(1)
  })

  it('moves no place where a token expires in the middle', () => {
    const world = run({ collections: ['lists'] }, marketo({ lists: lists(601) }), {
      answer: ({ call }, calls) =>
        calls === 2 && call.descriptor.endpoint === 'getLists' ? refusal('602', 'Access token expired') : undefined
    })
    expect(callsOf(world)).toEqual({ identityToken: 2, getLists: 4 })
    expect(rowsOf(world, 'lists')).toHaveLength(601)
  })

  it('waits twenty seconds and more where it called too often, and till midnight where no calls are left', () => {
    const answers = [refusal('606', 'Max rate limit'), refusal('607', 'Daily quota reached')]
    const world = run({ collections: ['lists'] }, marketo({ lists: lists(1) }), { answer: fresh('getLists', answers) })
    const [first, second, third] = world.sent
      .filter(({ request }) => request.endpoint === 'getLists')
      .map((one) => one.at)
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(20_000)
    expect(third).toBeGreaterThanOrEqual(nextQuotaReset(start))
    expect(words(world)).toEqual(["quota: found a day's quota that is used up; the sync goes on when it resets"])
  })

  it('asks nothing more with credentials that are refused, until they are replaced', () => {
    const refused = answerOf({ error: 'unauthorized', error_description: 'x' }, 401)
    const sync = syncOf({ collections: ['lists'] })
    const world = drive(sync, marketo(), { answer: () => refused, mostRounds: 30 })
    expect(callsOf(world)).toEqual({ identityToken: 1 })
    expect(wakeSyncAt(world.state, world.now)).toBe(null)
    expect(words(world)).toEqual([
      'credentials: found credentials that the identity service refuses; mend them, then say so: withNewCredentials'
    ])
    const mended = drive(withNewCredentials(world.state), marketo({ lists: lists(2) }), { now: world.now })
    expect(idsOf(mended, 'lists')).toEqual(['1', '2'])
  })

  it('tells what each collection cost: calls, rows, and bytes of files', () => {
    const world = run(all, people(3, { lists: lists(301), emails: emails(1) }))
    expect(world.state.costs).toMatchObject({
      lists: { calls: 2, bytes: 0, rows: 301 },
      email: { calls: 2, bytes: 0, rows: 1 },
      leads: { rows: 3 }
    })
    const total = Object.values(world.state.costs).reduce((sum, { calls }) => sum + calls, 0)
    expect(total).toBe(world.sent.filter(({ request }) => request.endpoint !== 'identityToken').length)
  })

  it.each<[string, Partial<SyncOptions>]>([
    ['by jobs', {}],
    ['page by page', { backfill: 'pages' }],
    ['leads page by page, activities by jobs', { backfill: 'pages', activities: 'jobs' }],
    ['by changes', { leads: 'changes' }]
  ])('costs as many calls as the estimate said, %s', (_, options) => {
    const segments = [{ id: 7, name: 'A' }]
    const instance = people(250, {
      lists: lists(301),
      emails: emails(200),
      segmentations: [{ id: 1, name: 'Industry', segments }],
      exportMillis: 0
    })
    const logged = activityLogged(
      instance,
      { leadId: 1, activityTypeId: 10, activityDate: at(start - day) },
      start - day
    )
    const world = drive(startSync(settingsOf(all), start - 20 * day, options), logged)
    const records = { lists: 301, email: 200, segmentation: 1, segments: 1 }
    const volume = { days: 20, records, leads: 250, activities: 1, pollsPerJob: 1 }
    const { firstRun } = estimateSync(settingsOf(all), volume, options)
    const told = Object.fromEntries(
      Object.entries(world.state.costs).flatMap(([n, { calls }]) => (calls > 0 ? [[n, calls]] : []))
    )
    expect(firstRun.calls).toEqual(told)
  })
})

describe('each day after the first run', () => {
  it.each<[string, Partial<SyncOptions>]>([
    ['as it is', {}],
    ['by changes', { leads: 'changes' }],
    ['activities by jobs', { activities: 'jobs' }]
  ])('costs as many calls as the estimate said, %s', (_, options) => {
    const given = { activityTypeIds: [1, 10, 37] }
    const instance = people(9, { lists: lists(301), emails: emails(200), exportMillis: 0 })
    const first = drive(startSync(settingsOf(given), start - 20 * day, options), instance)
    const next = drive(first.state, first.marketo, { now: first.now, accessToken: first.accessToken, runs: 9 })
    const spent = Object.entries(next.state.costs).map(
      ([name, { calls }]) => [name, calls - (first.state.costs[name]?.calls ?? 0)] as const
    )
    const volume = { days: 20, records: { lists: 301, email: 200 }, pollsPerJob: 1 }
    const { eachDay } = estimateSync(settingsOf(given), volume, options)
    // An extract without a record has no file to fetch.
    const jobsPerRun = (options.leads === 'changes' ? 0 : 1) + (options.activities === 'jobs' ? 1 : 0)
    const total = spent.reduce((sum, [, calls]) => sum + calls, 0)
    // Feeds of activities begin in the second run.
    const places = options.activities === 'jobs' ? 0 : 1
    expect(eachDay.totalCalls - 8 * jobsPerRun).toBe(total - places)
    const walks = ['lists', 'email', 'programs', 'campaigns', 'segmentation', 'lead_activity_types']
    for (const name of walks) expect([name, eachDay.calls[name]]).toEqual([name, new Map(spent).get(name)])
  })
})

describe('an estimate', () => {
  it.each<[string, Partial<SourceSettings>, Parameters<typeof estimateSync>[1], number]>([
    ['a day at least', { collections: ['lists'] }, {}, 1],
    ['as many days as calls need', { collections: ['lists'], dailyCallLimit: 10 }, { records: { lists: 9_000 } }, 3],
    ['as many days as bytes need', { collections: ['leads'] }, { leads: 10_000_000, days: 31 }, 4]
  ])('tells %s', (_, given, volume, days) => {
    expect(estimateSync(settingsOf(given), volume).firstRun.days).toBe(days)
  })

  it('of nothing that is wanted is nothing', () => {
    expect(estimateSync(settingsOf({ collections: [] }), { leads: 5, activities: 5 }).firstRun).toEqual({
      calls: {},
      totalCalls: 0,
      bytes: 0,
      days: 1
    })
  })
})

describe('activities by jobs', () => {
  it('are read by no feed beside', () => {
    const instance = activityLogged(
      people(1, { exportMillis: 0 }),
      { leadId: 1, activityTypeId: 10, activityDate: at(start - day) },
      start - day
    )
    const settings = { collections: ['lead_activities'], activityTypeIds: [10] }
    const world = run(settings, instance, { runs: 3 }, { activities: 'jobs' })
    expect(callsOf(world)).toMatchObject({ exportActivities: 3, exportActivitiesFile: 2 })
    expect(callsOf(world).getActivities).toBeUndefined()
    expect(idsOf(world, 'lead_activities')).toHaveLength(1)
  })
})

describe('other settings', () => {
  it('ask anew for a field that was refused', () => {
    const given = { collections: ['leads'], customLeadFields: [{ field: 'plan', type: 'any' as const }] }
    const first = run(given, people(1))
    expect(first.state.refusedFields).toEqual(['plan'])
    const [state] = resettled(first.state, settingsOf(given))
    expect(state.refusedFields).toEqual([])
  })

  it('read a new type from the start on, and go on with the others where they are', () => {
    const before = { collections: ['lead_activities'], activityTypeIds: [1] }
    let instance = people(1)
    for (const type of [1, 10])
      instance = activityLogged(
        instance,
        { leadId: 1, activityTypeId: type, activityDate: at(start - 5 * day) },
        start - 5 * day
      )
    const first = run(before, instance, { runs: 2 })
    const [state] = resettled(first.state, settingsOf({ ...before, activityTypeIds: [10, 1] }))
    const next = drive(state, first.marketo, { now: first.now, accessToken: first.accessToken, runs: 2 })
    expect(bodies(next, 'exportActivities')).toMatchObject([{ filter: { activityTypeIds: [10] } }])
    expect(rowsOf(next, 'lead_activities').map(({ activity_type_id }) => activity_type_id)).toEqual(['10'])
    expect(queries(next, 'getActivities').map(({ activityTypeIds }) => activityTypeIds)).toEqual(['1', '1', '10'])
  })

  it('ask no more for a type, or a collection, that is left out', () => {
    const first = run({ collections: ['lead_activities', 'lists'], activityTypeIds: [1, 10] }, people(1), { runs: 2 })
    const [state] = resettled(first.state, settingsOf({ collections: ['lead_activities'], activityTypeIds: [10] }))
    const next = drive(state, first.marketo, { now: first.now, accessToken: first.accessToken })
    expect(callsOf(next)).toEqual({ activityPagingToken: 1, getActivities: 1 })
    expect(queries(next, 'getActivities').map(({ activityTypeIds }) => activityTypeIds)).toEqual(['10'])
  })

  it('that add leads follow what is merged from then on, too', () => {
    const first = run({ collections: ['lists'] }, people(3), { runs: 2 })
    const [state] = resettled(first.state, settingsOf({ collections: ['lists', 'leads'] }))
    const next = drive(state, first.marketo, {
      now: first.now,
      accessToken: first.accessToken,
      runs: 3,
      meanwhile: (so, calls, now) => (calls === 9 ? leadsMerged(so, 1, [2], now) : so)
    })
    expect(rowsOf(next, 'leads').filter((row) => row.deleted_at !== null)).toMatchObject([{ id: '2' }])
  })

  it('read new types by walks of their own, ten in each, with numbers that are free', () => {
    const given = (activityTypeIds: ReadonlyArray<number>) =>
      settingsOf({ collections: ['lead_activities'], activityTypeIds })
    const eleven = Array.from({ length: 11 }, (_, i) => i + 100)
    const [more] = resettled(startSync(given([1]), start), given([1, ...eleven]))
    expect(Object.keys(more.walks)).toEqual([
      'export activities',
      'activities 0',
      'export activities 1',
      'activities 1',
      'activities 2'
    ])
    expect(more.walks['export activities 1']).toMatchObject({ typeIds: eleven })
    expect(more.walks['activities 2']).toMatchObject({ typeIds: [110], since: null })
    const [less] = resettled(more, given([1, 110, 200, 37]))
    expect(Object.entries(less.walks).map(([name, walk]) => [name, 'typeIds' in walk ? walk.typeIds : null])).toEqual([
      ['deleted leads', []],
      ['export activities', [1]],
      ['activities 0', [1]],
      ['export activities 1', [110]],
      ['activities 2', [110]],
      ['export activities 3', [200]],
      ['activities 3', [200]]
    ])
  })

  it('tell which fields are new', () => {
    const given = (...fields: ReadonlyArray<string>) =>
      settingsOf({ collections: ['leads'], customLeadFields: fields.map((field) => ({ field, type: 'any' })) })
    const [, problems] = resettled(startSync(given('a'), start), given('a', 'b'))
    expect(problems.map((problem) => problem.at.join('.'))).toEqual(['customLeadFields.b'])
  })

  // biome-ignore format: table
  it.each<[string, Partial<FeedWalk>, ReadonlyArray<number>, Partial<FeedWalk>]>([
    ['anew by date, less an hour',    { token: 'T', since: start, latest: start + day }, [10],    { token: null, since: start + day - 3_600_000 }],
    ['not before where it began',     { token: 'T', since: start, latest: start },       [10],    { token: null, since: start }],
    ['where it began, nothing read',  { token: 'T', since: start, latest: null },        [10],    { token: null, since: start }],
    ['when its extract is done',      { token: null, since: null },                      [10],    { token: null, since: null }],
    ['where it is, of the same types', { token: 'T', since: start, latest: start + day }, [1, 10], { token: 'T', since: start, latest: start + day }]
  ])('of fewer types let a feed begin %s', (_, place, types, after) => {
    const given = (activityTypeIds: ReadonlyArray<number>) =>
      settingsOf({ collections: ['lead_activities'], activityTypeIds })
    const state = startSync(given([1, 10]), start)
    const feed = { ...feedWalk('activities', [1, 10], start), ...place }
    const [so] = resettled({ ...state, walks: { ...state.walks, 'activities 0': feed } }, given(types))
    expect(so.walks['activities 0']).toMatchObject({ typeIds: types, ...after })
  })

  it('begin a run at once, within another limit of calls', () => {
    const before = startSync(settingsOf({ collections: ['lists'] }), start)
    const [begun] = nextReads(before, start)
    const [state, problems] = resettled(begun, settingsOf({ collections: ['lists', 'email'], dailyCallLimit: 9 }))
    expect(problems).toEqual([])
    expect(state.run).toEqual({ startedAt: start, nextAt: 0 })
    expect(Object.keys(state.walks).sort()).toEqual(['email', 'lists'])
    expect(state.walks.lists).toBe(begun.walks.lists)
    expect(state.budget.settings.callsPerDay).toBe(9)
  })

  it('of another instance are refused, and the sync stays as it was', () => {
    const state = syncOf({ collections: ['lists'] })
    const [same, problems] = resettled(state, { ...settingsOf({}), munchkinId: id('561-HYG-937') })
    expect(same).toBe(state)
    expect(problems.map(({ weight }) => weight)).toEqual(['invalid'])
    expect(problems.map(describeProblem)).toEqual([
      'munchkinId: found another instance; start a sync of its own for it: its ids mean other things'
    ])
  })
})
