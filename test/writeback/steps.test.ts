import { describe, expect, it } from 'vitest'
import { describeProblem, malformed } from '../../src/ground/problem.js'
import { untried } from '../../src/pace/held.js'
import { isIdle, nextCalls, wakeWritebackAt } from '../../src/writeback/next.js'
import { defaultWritebackOptions, type WritebackOptions } from '../../src/writeback/options.js'
import { receiveAnswer, resumedWriteback } from '../../src/writeback/receive.js'
import { startWriteback, tellTrouble, type Writeback, withSharedBudget } from '../../src/writeback/state.js'
import { hasRoom } from '../../src/writeback/tasks.js'
import { start } from './drive.js'
import { settingsOf } from './given.js'

/** Bodies of answers by endpoint. */
type Bodies = Readonly<Record<string, object>>

const granted = { access_token: 't', expires_in: 3_600 }
const place = { success: true, nextPageToken: 'place' }
const pageOf = (result: ReadonlyArray<object>, more: object = {}) => ({
  success: true,
  moreResult: false,
  nextPageToken: 'next',
  result,
  ...more
})
const refusal = (code: string) => ({ success: false, errors: [{ code, message: 'no' }] })

const activity = (marketoGUID: string, more: object = {}) => ({
  marketoGUID,
  leadId: 1,
  activityTypeId: 24,
  activityDate: '2024-05-03T09:00:00Z',
  ...more
})
const email = (marketoGUID: string, more: object = {}) =>
  activity(marketoGUID, { activityTypeId: 10, primaryAttributeValueId: 2290, campaignId: 3101, ...more })

const lead = { success: true, result: [{ id: 1, email: 'ana@example.com', userId: 'u1' }] }
const subject = { success: true, result: [{ id: 2290, name: 'Welcome', subject: 'Glad' }] }
const campaign = { success: true, result: [{ id: 3101, name: 'Onboarding' }] }
const all: Bodies = { getLeadsByFilter: lead, getEmail: subject, getCampaigns: campaign }

const polling = (settings: object = {}, options: Partial<WritebackOptions> = {}): Writeback =>
  startWriteback(settingsOf({ activityTypeIds: [10, 24], ...settings }), start, options)

const endpointsIn = (requests: ReturnType<typeof nextCalls>[1]): ReadonlyArray<string> =>
  requests.map(({ call }) => call.descriptor.endpoint)

/** What would be asked now. */
const asked = (state: Writeback, now = start): ReadonlyArray<string> => endpointsIn(nextCalls(state, now)[1])

/** Asks once; what has a body is answered, and the rest stays under way. */
const round = (state: Writeback, bodies: Bodies, now = start, grant?: number): Writeback => {
  const [after, requests] = nextCalls(state, now, grant)
  return requests.reduce((so, { id, call: { descriptor } }) => {
    const body = bodies[descriptor.endpoint]
    return body === undefined ? so : receiveAnswer(so, id, { status: 200, headers: {}, body }, now)
  }, after)
}

/** Asks again and again, each time a call may be made, until none may but after a rest. */
const rounds = (state: Writeback, bodies: Bodies, most = 40): Writeback => {
  let so = state
  let now = start
  for (let i = 0; i < most; i += 1) {
    so = round(so, bodies, now)
    const wake = wakeWritebackAt(so, now)
    if (wake === null || wake >= start + defaultWritebackOptions.pollMillis) break
    now = Math.max(now, wake)
  }
  return so
}

/** With a token and a place, about to ask for pages. */
const placed = (settings: object = {}, options: Partial<WritebackOptions> = {}): Writeback =>
  round(round(polling(settings, options), { identityToken: granted }), { activityPagingToken: place })

/** With these activities read. */
const read = (activities: ReadonlyArray<object>, settings: object = {}, options: Partial<WritebackOptions> = {}) =>
  round(placed(settings, options), { getActivities: pageOf(activities) })

const troublesIn = ({ remarks }: Writeback): ReadonlyArray<string> =>
  remarks.filter(({ activityId }) => activityId === null).map(({ problem }) => describeProblem(problem))

describe('what is looked up', () => {
  it('is nothing for an activity that needs no names', () => {
    const state = read([email('1', { activityTypeId: 24 })])
    expect(asked(state)).toEqual(['getLeadsByFilter'])
    expect(round(state, all).events).toHaveLength(1)
  })

  it('is each name that is needed, and an event waits for either', () => {
    const state = read([email('1')])
    expect(asked(state)).toEqual(['getLeadsByFilter', 'getEmail', 'getCampaigns'])
    expect(asked(read([email('1', { campaignId: null })]))).toEqual(['getLeadsByFilter', 'getEmail'])
    for (const late of ['getLeadsByFilter', 'getEmail', 'getCampaigns']) {
      const rest = round(state, Object.fromEntries(Object.entries(all).filter(([name]) => name !== late)))
      expect([rest.events.length, rest.waiting.length]).toEqual([0, 1])
    }
    const alone = round(read([email('1', { campaignId: null })]), { getLeadsByFilter: lead })
    expect([alone.events.length, alone.waiting.length]).toEqual([0, 1])
    expect(round(state, all).events).toMatchObject([
      { userId: 'u1', properties: { email_subject: 'Glad', campaign_name: 'Onboarding' } }
    ])
  })

  it('is no name where settings say so', () => {
    expect(asked(read([email('1')], {}, { names: false }))).toEqual(['getLeadsByFilter'])
  })

  it('is not asked for again while it is under way, or once it is known', () => {
    const state = read([email('1'), email('2', { leadId: 2, primaryAttributeValueId: 2291, campaignId: 3102 })])
    const [under, requests] = nextCalls(state, start)
    expect(endpointsIn(requests)).toEqual(['getLeadsByFilter', 'getEmail', 'getEmail', 'getCampaigns'])
    expect(asked(under)).toEqual([])
    const more = round(round(read([email('1')]), all), {}, start + defaultWritebackOptions.pollMillis)
    const [id] = Object.keys(more.inFlight)
    const body = pageOf([email('3')])
    const told = receiveAnswer(more, id ?? '', { status: 200, headers: {}, body }, start)
    expect(told.events).toHaveLength(2)
  })

  it('is nothing for an activity without an event', () => {
    const state = read([email('1', { activityTypeId: 13 }), email('2', { activityDate: 'soon' })])
    expect(state.waiting).toEqual([])
    expect(state.remarks.map(({ activityId }) => activityId)).toEqual(['1', '2'])
    expect(asked(state)).toEqual([])
  })

  it.each(['abc', '012', '12e3', '0x12', '0', '9'.repeat(17)])('is no lead under %s, which is no number', (leadId) => {
    const state = read([activity('1', { leadId })])
    expect(asked(state)).toEqual([])
    expect(state.events).toMatchObject([{ anonymousId: `marketo-123-ABC-456-${leadId}` }])
  })

  it('is no lead where the instance has none of its fields', () => {
    const leadFields = { email: 'e__c', userId: 'u__c', anonymousId: 'a__c' }
    const body = { success: false, errors: [{ code: '1006', message: "Field 'e__c' not found" }] }
    let state = read([activity('1')], { leadFields })
    for (const name of Object.values(leadFields)) {
      const wrong = { ...body, errors: [{ code: '1006', message: `Field '${name}' not found` }] }
      state = round(state, { getLeadsByFilter: wrong })
    }
    expect(state.refusedFields).toEqual(['e__c', 'u__c', 'a__c'])
    expect(asked(state)).toEqual([])
    const next = round(state, { getActivities: pageOf([email('2')]) }, start + defaultWritebackOptions.pollMillis)
    expect(asked(next, start + defaultWritebackOptions.pollMillis)).toEqual(['getEmail', 'getCampaigns'])
    const names = round(next, all, start + defaultWritebackOptions.pollMillis)
    expect(names.events.map(({ anonymousId }) => anonymousId)).toEqual(Array(2).fill('marketo-123-ABC-456-1'))
  })

  it.each([
    ['leads', 'getLeadsByFilter', 0],
    ['emails', 'getEmail', 1],
    ['campaigns', 'getCampaigns', 1]
  ])('of %s is given up for a while after a few tries', (_, endpoint, events) => {
    const state = rounds(read([email('1')]), { ...all, [endpoint]: refusal('713') })
    expect(state.events).toHaveLength(events)
    expect(troublesIn(state)).toHaveLength(1)
    expect(troublesIn(state)[0]).toContain('found a refusal (713)')
  })
})

describe('what may be asked', () => {
  it('is the same as long as nothing was answered: ids go on', () => {
    const state = polling({ activityTypeIds: [2, 6, 7, 8, 9, 10, 11, 22, 24, 25, 27] })
    const [asks, [token]] = nextCalls(state, start)
    expect(asked(asks)).toEqual([])
    const told = receiveAnswer(asks, token?.id ?? '', { status: 200, headers: {}, body: granted }, start)
    const [under, requests] = nextCalls(told, start)
    expect(endpointsIn(requests)).toEqual(['activityPagingToken', 'activityPagingToken'])
    expect(asked(under)).toEqual([])
    expect(new Set([token?.id, ...requests.map(({ id }) => id)]).size).toBe(3)
  })

  it('is a number of each kind, though one of another kind is under way', () => {
    const state = read([email('1', { leadId: 5, primaryAttributeValueId: 5, campaignId: 5 })])
    expect(asked(nextCalls(state, start, 1)[0])).toEqual(['getEmail', 'getCampaigns'])
  })

  it('is nothing once credentials are refused, and that is said', () => {
    const [asks, [token]] = nextCalls(polling(), start)
    const denied = { status: 401, headers: {}, body: { error: 'invalid_client' } }
    const [told, requests] = nextCalls(receiveAnswer(asks, token?.id ?? '', denied, start), start)
    expect([requests, told.remarks.map(({ problem }) => problem.weight)]).toEqual([[], ['invalid']])
  })

  it('is nothing, not even a token, before it is time for something', () => {
    const state = read([], {}, { pollMillis: 7_200_000 })
    const [same, requests] = nextCalls(state, start + 3_599_000)
    expect([same, requests]).toEqual([state, []])
  })

  it('is a walk’s page, whatever else is under way', () => {
    const types = [2, 6, 7, 8, 9, 10, 11, 22, 24, 25, 27]
    const ready = round(round(polling({ activityTypeIds: types }), { identityToken: granted }), {
      activityPagingToken: place
    })
    const [first, [page]] = nextCalls(ready, start, 1)
    const body = pageOf([activity('1')])
    const told = receiveAnswer(first, page?.id ?? '', { status: 200, headers: {}, body }, start)
    expect(asked(told)).toEqual(['getLeadsByFilter', 'getActivities'])
    const looking = nextCalls(told, start, 1)[0]
    expect(asked(looking)).toEqual(['getActivities'])
    const late = start + 3_550_000
    const [renewing, requests] = nextCalls(ready, late, 0)
    expect(endpointsIn(requests)).toEqual(['identityToken'])
    expect(asked(renewing, late)).toEqual(['getActivities', 'getActivities'])
  })

  it('is no page while there is no room for what it brings', () => {
    const state = placed({}, { window: 3 })
    const [one] = read([activity('1')]).waiting
    const [made] = round(read([activity('1')]), all).events
    const remark = { activityId: '1', problem: malformed('warning', [], 'x', 'y') }
    if (one === undefined || made === undefined) throw new Error('no activity waits')
    expect(hasRoom({ ...state, waiting: [one], events: [made] })).toBe(true)
    expect(hasRoom({ ...state, waiting: [one], remarks: [remark] })).toBe(true)
    expect(hasRoom({ ...state, waiting: [one], events: [made], remarks: [remark] })).toBe(false)
    expect(hasRoom({ ...state, events: [made, made, made] })).toBe(false)
    expect(asked({ ...state, events: [made, made, made] })).toEqual([])
    expect(wakeWritebackAt({ ...state, events: [made, made, made] }, start)).toBeNull()
  })
})

describe('when to ask again', () => {
  const rest = start + defaultWritebackOptions.pollMillis

  it('is the first of all waits, and then it is time', () => {
    const state = read([activity('1')])
    const held = { ...state.held, leads: { ...untried, notBefore: start + 500 } }
    expect(wakeWritebackAt({ ...state, held }, start)).toBe(start + 500)
    expect(asked({ ...state, held }, start + 499)).toEqual([])
    expect(asked({ ...state, held }, start + 500)).toEqual(['getLeadsByFilter'])
    expect(wakeWritebackAt(state, start)).toBe(start)
    expect(wakeWritebackAt(read([]), start)).toBe(rest)
    expect(asked(read([]), rest - 1)).toEqual([])
    expect(asked(read([]), rest)).toEqual(['getActivities'])
  })

  it('is known to be no time soon when all was read', () => {
    const done = read([])
    expect(isIdle(done, start)).toBe(true)
    expect(isIdle(done, rest - 1)).toBe(true)
    expect(isIdle(done, rest)).toBe(false)
    expect(isIdle(placed(), start)).toBe(false)
    expect(isIdle(read([activity('1')]), start)).toBe(false)
    expect(isIdle({ ...done, inFlight: nextCalls(placed(), start)[0].inFlight }, start)).toBe(false)
    const [walk] = done.walks
    if (walk === undefined) throw new Error('no walk')
    expect(isIdle({ ...done, walks: [walk, { ...walk, rests: false }] }, start)).toBe(false)
    expect(isIdle({ ...done, walks: [walk, { ...walk, notBefore: 0 }] }, start)).toBe(false)
  })
})

describe('a lookup', () => {
  const weightsIn = ({ remarks }: Writeback): ReadonlyArray<string> => remarks.map(({ problem }) => problem.weight)
  const found = (...ids: ReadonlyArray<number>) => ({
    success: true,
    result: ids.map((id) => ({ id, email: `p${id}@example.com`, userId: `u${id}` }))
  })

  it('that tells nothing of a lead is made again later', () => {
    const state = read([activity('1')])
    for (const body of [{ success: true }, { success: true, moreResult: true, result: [] }]) {
      const open = round(state, { getLeadsByFilter: body })
      expect([open.events.length, open.waiting.length]).toEqual([0, 1])
      expect(open.held.leads.tried).toEqual({ lost: 1 })
      expect(open.held.leads.notBefore).toBeGreaterThan(start)
      expect(round(open, all, open.held.leads.notBefore).events).toHaveLength(1)
    }
  })

  it('that was lost is made again later, and nothing is said', () => {
    const [asks, requests] = nextCalls(read([email('1')]), start)
    const lost = requests.reduce((so, { id }) => receiveAnswer(so, id, { kind: 'lost' }, start), asks)
    expect(lost.remarks).toEqual([])
    expect(lost.refusedFields).toEqual([])
    const { leads, emails, campaigns } = lost.held
    expect([leads, emails, campaigns].map(({ tried }) => tried)).toEqual(Array(3).fill({ lost: 1 }))
    expect(asked(lost)).toEqual([])
  })

  it('that is told of in part is made again for an email, later', () => {
    const state = round(read([email('1', { campaignId: null })]), {
      getLeadsByFilter: lead,
      getEmail: { success: true, moreResult: true, result: [] }
    })
    expect([state.events.length, state.held.emails.tried]).toEqual([0, { lost: 1 }])
    expect(asked(state)).toEqual([])
    expect(round(state, all, state.held.emails.notBefore).events).toHaveLength(1)
  })

  it('that went well leaves nothing to wait for', () => {
    const { held, remarks, events } = round(read([email('1')]), all)
    expect(held).toEqual({ leads: untried, emails: untried, campaigns: untried })
    expect([remarks, events.length]).toEqual([[], 1])
  })

  it('finds nothing where Marketo says so: nobody, and no name', () => {
    const none = refusal('702')
    const { events, remarks } = round(read([email('1')]), {
      getLeadsByFilter: none,
      getEmail: none,
      getCampaigns: none
    })
    expect(events).toMatchObject([{ anonymousId: 'marketo-123-ABC-456-1' }])
    expect(events[0]?.properties).not.toHaveProperty('email_subject')
    expect(remarks).toEqual([])
    const gone = { getLeadsByFilter: found(), getEmail: found(), getCampaigns: found() }
    const empty = round(read([email('1')]), gone)
    expect([empty.events.length, empty.remarks]).toEqual([1, []])
  })

  it.each(['1003', '1004'])('of one lead that is refused with %s is told of by the fallback', (code) => {
    const state = read([activity('1')])
    const held = { ...state.held, leads: { tried: { lost: 2 }, notBefore: 0, size: 7 } }
    const after = round({ ...state, held }, { getLeadsByFilter: refusal(code) })
    expect(after.events).toMatchObject([{ anonymousId: 'marketo-123-ABC-456-1' }])
    expect(after.held).toEqual({ ...state.held, leads: { ...untried, size: 7 } })
    expect(troublesIn(after)).toEqual([`leads: found a refusal (${code}); one of them is told of by the fallback`])
    expect(weightsIn(after)).toEqual(['warning'])
  })

  it('of several that is refused, whoever they are, is made again after a rest', () => {
    const after = round(read([activity('1'), activity('2', { leadId: 2 })]), { getLeadsByFilter: refusal('610') })
    expect([after.events.length, after.waiting.length]).toEqual([0, 2])
    expect(after.held.leads.notBefore).toBe(start + defaultWritebackOptions.pollMillis)
    expect(troublesIn(after)).toEqual([
      'leads: found a refusal (610); they are asked for again later, and their activities wait'
    ])
  })

  it('that goes well lets twice as many be asked for at once, up to the limit', () => {
    const sizeAfter = (size: number): number => {
      const state = read([activity('1')])
      const held = { ...state.held, leads: { ...untried, size } }
      return round({ ...state, held }, { getLeadsByFilter: lead }).held.leads.size
    }
    expect([1, 149, 150, 151, 300].map(sizeAfter)).toEqual([2, 298, 300, 300, 300])
  })

  it('that goes well does not hurry another that waits for its next try', () => {
    const [asks, requests] = nextCalls(read([activity('1')]), start)
    const id = requests[0]?.id ?? ''
    const heldAfter = (notBefore: number): unknown => {
      const waiting = { tried: { lost: 1 }, notBefore, size: 10 }
      const held = { ...asks.held, leads: waiting }
      const told = receiveAnswer({ ...asks, held }, id, { status: 200, headers: {}, body: lead }, start).held.leads
      return told.tried.lost === 1 ? 'waits' : told
    }
    expect(heldAfter(start + 1)).toBe('waits')
    expect(heldAfter(start)).toEqual({ ...untried, size: 20 })
  })

  it('says once that a field is not there, whichever call finds out first', () => {
    const state = read([activity('1'), activity('2', { leadId: 2 })])
    const held = { ...state.held, leads: { ...untried, size: 1 } }
    const body = { success: false, errors: [{ code: '1006', message: "Field 'userId' not found" }] }
    const after = round({ ...state, held }, { getLeadsByFilter: body })
    expect(after.refusedFields).toEqual(['userId'])
    expect(weightsIn(after)).toEqual(['warning', 'warning'])
    expect(troublesIn(after)[0]).toContain('leadFields.userId: found a field that the instance has not')
  })
})

describe('a walk', () => {
  const rest = start + defaultWritebackOptions.pollMillis
  const begun = round(polling(), { identityToken: granted })
  const walkOf = ({ walks }: Writeback) => walks[0]

  // biome-ignore format: table
  it.each<[string, object, ReadonlyArray<string>]>([
    ['that is refused',    refusal('603'),    ['activities: found a refusal (603); it is asked for again later']],
    ['of which nobody knows', refusal('702'), []]
  ])('whose beginning is a place %s rests', (_, body, troubles) => {
    const after = round(begun, { activityPagingToken: body })
    expect(troublesIn(after)).toEqual(troubles)
    expect(walkOf(after)).toMatchObject({ token: null, notBefore: rest, rests: true, typeIds: [10, 24], since: start })
    expect(asked(after, rest)).toEqual(['activityPagingToken'])
    expect(isIdle(after, start)).toBe(true)
  })

  it.each([{ success: true }, { success: true, nextPageToken: '' }, refusal('713')])(
    'whose place was not told (case %#) asks for it again soon',
    (body) => {
      const after = round(begun, { activityPagingToken: body })
      const { notBefore = 0, rests } = walkOf(after) ?? {}
      expect([troublesIn(after), rests]).toEqual([[], false])
      expect(notBefore).toBeGreaterThan(start)
      expect(notBefore).toBeLessThan(rest)
      expect(asked(after, notBefore)).toEqual(['activityPagingToken'])
    }
  )

  it('goes on with a place, anew', () => {
    const tried = begun.walks.map((walk) => ({ ...walk, tried: { lost: 3 }, rests: true }))
    const after = round({ ...begun, walks: tried }, { activityPagingToken: place })
    expect(walkOf(after)).toMatchObject({ ...untried, token: 'place', rests: false })
  })

  const stalled = 'activities: found a place that leads to itself; it is asked again later'
  const placeless = 'activities: found more to read and no place to go on; it is asked again later'
  const strayed = 'activities: found something that is no activity; it was passed over'

  // biome-ignore format: table
  it.each<[string, object, string, 'at once' | 'later', ReadonlyArray<string>]>([
    ['more',                       { moreResult: true, result: [activity('1')] },                          'next',  'at once', []],
    ['more, and nothing so far',   { moreResult: true },                                                   'next',  'at once', []],
    ['no more',                    { result: [activity('1')] },                                            'next',  'later',   []],
    ['nothing',                    {},                                                                     'next',  'later',   []],
    ['nothing, at the same place', { nextPageToken: 'place' },                                             'place', 'later',   []],
    ['more, at the same place',    { moreResult: true, nextPageToken: 'place' },                           'place', 'later',   [stalled]],
    ['something, at the same place', { moreResult: true, nextPageToken: 'place', result: [activity('1')] }, 'place', 'later',  []],
    ['more, and no place',         { moreResult: true, nextPageToken: undefined },                         'place', 'later',   [placeless]],
    ['no more, and no place',      { nextPageToken: undefined },                                           'place', 'later',   []],
    ['something else',             { result: [7, activity('1')] },                                         'next',  'later',   [strayed]]
  ])('told of %s goes on from there', (_, more, token, when, troubles) => {
    const after = round(placed(), { getActivities: pageOf([], more) })
    expect(troublesIn(after)).toEqual(troubles)
    expect(after.remarks.map(({ problem }) => problem.weight)).toEqual(troubles.map(() => 'warning'))
    const atOnce = when === 'at once'
    expect(walkOf(after)).toMatchObject({ token, notBefore: atOnce ? 0 : rest, rests: !atOnce, begunAnew: false })
  })

  // biome-ignore format: table
  it.each<[string, ReadonlyArray<string | null>, number | null]>([
    ['the latest, in whatever order',   ['2024-05-03T09:00:00Z', '2024-05-03T09:00:02Z', '2024-05-03T09:00:01Z'], start - 3_598_000],
    ['none of what has no time',        [null, 'soon'],                                                          null],
    ['one among those without',         ['soon', '2024-05-03T09:00:00Z', null],                                  start - 3_600_000],
    ['now, of what is dated ahead',     ['2024-05-04T09:00:00Z'],                                                start]
  ])('knows how far it has come: %s', (_, dates, latest) => {
    const told = dates.map((activityDate, i) => activity(String(i), { activityDate }))
    expect(walkOf(read(told))?.latest).toBe(latest)
  })

  it('never falls back behind what it has read', () => {
    const page = pageOf([activity('1', { activityDate: '2024-05-03T08:00:00Z' })])
    const after = round(read([activity('0')]), { getActivities: page }, rest)
    expect(walkOf(after)?.latest).toBe(start - 3_600_000)
  })

  it.each(['1003', '1004'])(
    'whose page is refused with %s begins anew once, then rests, and then once more',
    (code) => {
      const bodies = { getActivities: refusal(code), activityPagingToken: place }
      const anew = round(placed(), bodies)
      expect(walkOf(anew)).toMatchObject({ ...untried, token: null, begunAnew: true, since: start })
      expect(asked(anew)).toEqual(['activityPagingToken'])
      const rested = round(round(anew, bodies), bodies)
      expect(troublesIn(rested)).toEqual([
        'activities: found a place that Marketo no longer takes; it began anew by date',
        `activities: found a refusal (${code}); it is asked for again later`
      ])
      expect(rested.remarks.map(({ problem }) => problem.weight)).toEqual(['warning', 'warning'])
      expect(walkOf(rested)).toMatchObject({ begunAnew: false, rests: true, notBefore: rest })
      expect(isIdle(rested, start)).toBe(true)
      expect(walkOf(round(rested, bodies, rest))).toMatchObject({ begunAnew: true, token: null })
    }
  )

  it('keeps its place where its page is refused for another reason, or there is nothing', () => {
    const denied = round(placed(), { getActivities: refusal('603') })
    expect(walkOf(denied)).toMatchObject({ token: 'place', begunAnew: false, rests: true, notBefore: rest })
    const tried = placed()
    const walks = tried.walks.map((walk) => ({ ...walk, tried: { lost: 2 } }))
    const nothing = round({ ...tried, walks }, { getActivities: refusal('702') })
    expect(walkOf(nothing)).toEqual({ ...tried.walks[0], ...untried, notBefore: rest, rests: true })
    expect(nothing.remarks).toEqual([])
  })

  it('that waits for the quota says so', () => {
    const after = round(placed(), { getActivities: refusal('607') })
    expect(after.remarks.map(({ problem }) => problem.weight)).toEqual(['warning'])
    expect(walkOf(after)).toMatchObject({ token: 'place', rests: false })
    expect(round(placed(), { getActivities: refusal('713') }).remarks).toEqual([])
  })

  it('keeps longer what it meets again, and looks up anew what is old', () => {
    const rememberMillis = 600_000
    const known = round(read([email('1')], {}, { rememberMillis }), all)
    const ends = ({ leads, emails, campaigns }: Writeback) => [leads.next, emails.next, campaigns.next]
    const later = (state: Writeback, now: number, more: object = {}) =>
      round(state, { getActivities: pageOf([email('2', more)]) }, now)
    expect(ends(later(known, start + rememberMillis))).toEqual(ends(known).map((n) => n + 1))
    expect(
      ends(later(known, start + rememberMillis, { leadId: 2, primaryAttributeValueId: 5, campaignId: 6 }))
    ).toEqual(ends(known))
    expect(
      ends(later(known, start + rememberMillis, { leadId: null, primaryAttributeValueId: null, campaignId: null }))
    ).toEqual(ends(known))
    expect(later(known, start + rememberMillis).events).toHaveLength(2)
    const old = later(known, start + rememberMillis + 1)
    expect([old.events.length, old.leads.size]).toEqual([1, 0])
    expect(asked(old, start + rememberMillis + 1)).toContain('getLeadsByFilter')
    // It was looked up when it was, however often it was met since.
    const met = later(known, start + rememberMillis)
    expect(later(met, start + 2 * rememberMillis, { marketoGUID: '3' }).leads.size).toBe(0)
  })
})

describe('options', () => {
  // biome-ignore format: table
  it.each<[Partial<WritebackOptions>, Partial<WritebackOptions>]>([
    [{},                          defaultWritebackOptions],
    [{},                          { user: 'writeback' }],
    [{ window: Number.NaN },      { window: 1 }],
    [{ window: -1 },              { window: 1 }],
    [{ window: 7.9 },             { window: 7 }],
    [{ pollMillis: 0 },           { pollMillis: 1_000 }],
    [{ overlapMillis: -5 },       { overlapMillis: 0 }],
    [{ rememberMillis: Number.POSITIVE_INFINITY }, { rememberMillis: Number.MAX_SAFE_INTEGER }],
    [{ remember: 1, window: 10 }, { remember: 6_020 }],
    [{ remember: 7_000.5, window: 10 }, { remember: 7_000 }]
  ])('%j are settled as %j', (given, settled) => {
    expect(polling({}, given).options).toMatchObject(settled)
  })
})

describe('the state', () => {
  it('begins within the years that Marketo knows, ten types a walk', () => {
    const types = Array.from({ length: 20 }, (_, i) => ({ activityTypeId: 200 + i, event: `E${i}` }))
    const settings = settingsOf({ events: types, activityTypeIds: types.map(({ activityTypeId }) => activityTypeId) })
    const { walks, inFlight, refusedFields } = startWriteback(settings, start + 0.5)
    expect(walks).toHaveLength(2)
    expect(walks).toMatchObject([
      { since: start, token: null, latest: null, begunAnew: false, rests: false },
      { since: start, typeIds: types.slice(10).map(({ activityTypeId }) => activityTypeId) }
    ])
    expect([inFlight, refusedFields]).toEqual([{}, []])
    const sinceOf = (since: number) => startWriteback(settings, since).walks[0]?.since
    expect([Number.NaN, -1, 1e300].map(sinceOf)).toEqual([0, 0, 253_402_300_799_999])
  })

  it('says a trouble once, and a hundred at most, whatever is said of activities', () => {
    const told = (state: Writeback, ...names: ReadonlyArray<string>): Writeback => {
      const draft = { ...state }
      for (const name of names) tellTrouble(draft, malformed('warning', [name], 'x', 'y'))
      return draft
    }
    const named = { activityId: '7', problem: malformed('warning', ['a'], 'x', 'y') }
    expect(told(polling(), 'a', 'b', 'a').remarks.map(({ problem }) => problem.at)).toEqual([['a'], ['b']])
    expect(told({ ...polling(), remarks: [named] }, 'a').remarks).toHaveLength(2)
    const many = Array.from({ length: 101 }, (_, i) => `n${i}`)
    expect(told(polling(), ...many).remarks).toHaveLength(100)
    expect(told({ ...polling(), remarks: many.map(() => named) }, 'a').remarks).toHaveLength(102)
  })

  it('may have the budget of others', () => {
    const { budget } = placed()
    const shared = withSharedBudget(polling(), budget)
    expect(shared.budget).toBe(budget)
    expect(shared).toEqual({ ...polling(), budget })
  })

  it('that is taken up again asks anew for what was under way', () => {
    const [under] = nextCalls(read([email('1')]), start)
    const taken = resumedWriteback(under, start)
    expect(taken.inFlight).toEqual({})
    expect(asked(taken, start + 60_000)).toEqual(['getLeadsByFilter', 'getEmail', 'getCampaigns'])
  })
})
