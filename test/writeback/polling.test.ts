import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { printInstant } from '../../src/ground/calendar.js'
import { describeProblem } from '../../src/ground/problem.js'
import { logActivity } from '../../src/simulator/activity-log.js'
import { type FaultKind, faultKinds } from '../../src/simulator/options.js'
import { callsIn, logIn } from '../../src/simulator/reading.js'
import type { SimulatorState } from '../../src/simulator/state.js'
import { knownEvents } from '../../src/writeback/event-table.js'
import { nextCalls, wakeWritebackAt } from '../../src/writeback/next.js'
import { defaultWritebackOptions, type WritebackOptions } from '../../src/writeback/options.js'
import { receiveAnswer } from '../../src/writeback/receive.js'
import { startWriteback, takeEvents, type Writeback, withNewCredentials } from '../../src/writeback/state.js'
import { frozen } from '../endpoints/reading.js'
import { drive, marketo, start, type World } from './drive.js'
import { settingsOf } from './given.js'

const people = Array.from({ length: 6 }, (_, i) => ({
  fields: i === 0 ? { email: 'p0@corp.test' } : { email: `p${i}@corp.test`, userId: `u${i}` }
}))
const assets = {
  emails: [{ id: 2290, name: 'Welcome', subject: 'Glad you are here' }],
  campaigns: [{ id: 3101, name: 'Send Welcome' }]
}

const ago = (minutes: number): string => printInstant(start - minutes * 60_000) ?? ''

/** An activity, by its type, the number of its lead (9 is nobody's) and its age in minutes. */
const past = (activityTypeId: number, leadId: number, minutes: number) => ({
  activityTypeId,
  leadId,
  activityDate: ago(minutes),
  campaignId: 3101,
  primaryAttributeValueId: 2290,
  primaryAttributeValue: 'Onboarding.Welcome'
})

const polling = (more: object = {}, options: Partial<WritebackOptions> = {}): Writeback =>
  startWriteback(settingsOf(more), start - 10 * 86_400_000, options)

/** Marketo with some more activities, logged at a moment. */
const withLogged = (state: SimulatorState, now: number, types: ReadonlyArray<number>): SimulatorState => {
  const draft = { ...state }
  for (const [i, activityTypeId] of types.entries())
    logActivity(
      { draft, time: printInstant(now) ?? '' },
      { activityTypeId, leadId: (i % 6) + 1, campaignId: 3101, primaryAttributeValueId: 2290 }
    )
  return draft
}

const idsIn = ({ events }: Pick<World, 'events'>): ReadonlyArray<string> => events.map(({ messageId }) => messageId)

/** The message ids that a log asks for. */
const wanted = (state: SimulatorState): ReadonlyArray<string> =>
  logIn(state)
    .filter(({ activityTypeId }) => knownEvents.some((known) => known.activityTypeId === activityTypeId))
    .map(({ marketoGUID }) => `mkto:123-ABC-456:${marketoGUID}`)

const sorted = (texts: ReadonlyArray<string>): ReadonlyArray<string> => [...texts].sort()

const troublesIn = ({ remarks }: Pick<World, 'remarks'>): ReadonlyArray<string> =>
  remarks.filter(({ activityId }) => activityId === null).map(({ problem }) => describeProblem(problem))

const types = fc.constantFrom(6, 7, 10, 11, 24, 25, 104, 13, 46)

describe('the laws of polling', () => {
  it('W2 D7 D8 every activity is told once, whatever goes wrong, wherever it is stopped, while more are added', () => {
    const fault = fc.record({
      at: fc.record({ probability: fc.constantFrom(0.1, 0.4), until: fc.integer({ min: 1, max: 40 }) }),
      kind: fc.constantFrom<FaultKind>(...faultKinds.filter((kind) => kind !== '607' && kind !== 'skip-record'))
    })
    fc.assert(
      fc.property(
        fc.array(types, { maxLength: 40 }),
        fc.array(fc.array(types, { maxLength: 8 }), { maxLength: 6 }),
        fc.array(fault, { maxLength: 3 }),
        fc.integer(),
        fc.func(fc.nat()),
        fc.func(fc.boolean()),
        fc.constantFrom(1, 5, 3_000),
        (first, later, faults, seed, draw, stops, window) => {
          const instance = marketo({
            leads: people,
            ...assets,
            faults,
            seed,
            activities: first.map((type, i) => past(type, (i % 7) + 1, 60))
          })
          let n = 0
          const between = (state: Writeback): Writeback => JSON.parse(JSON.stringify(state))
          const during = drive(polling({}, { window, pollMillis: 10_000 }), instance, {
            draw: () => draw((n += 1)),
            stops: (round) => round < 20 && stops(round),
            leastRounds: later.length * 4,
            meanwhile: (state, round, now) =>
              withLogged(state, now, round % 4 === 3 ? (later[Math.floor(round / 4)] ?? []) : []),
            between
          })
          // What was added last may have come behind a walk's last look, or while it was given up for a while.
          let world: World = during
          for (let poll = 0; poll < 4; poll += 1) {
            const { events, accessToken } = world
            const later = drive(world.state, world.marketo, { now: world.now + 10_001, accessToken, between })
            world = { ...later, events: [...events, ...later.events] }
          }
          expect(sorted(idsIn(world))).toEqual(sorted(wanted(world.marketo)))
          for (const { userId, anonymousId, properties } of world.events) {
            const i = Number(properties.lead_id) - 1
            const person = people[i]?.fields
            const own = person !== undefined && 'userId' in person ? person.userId : undefined
            expect([userId, anonymousId]).toEqual(
              own === undefined ? [undefined, `marketo-123-ABC-456-${i + 1}`] : [own, undefined]
            )
          }
        }
      ),
      { endOnFailure: true }
    )
  })

  it('D6 no half-open 20 seconds hold more calls than are ours, and no more than five run at once', () => {
    const instance = marketo({
      leads: people,
      activities: Array.from({ length: 900 }, (_, i) => ({
        ...past(i % 2 === 0 ? 10 : 24, (i % 6) + 1, 30),
        primaryAttributeValueId: 1 + (i % 80)
      }))
    })
    const world = drive(polling({}), instance)
    expect(world.events).toHaveLength(900)
    const times = world.sent.filter(({ request }) => request.host === 'rest').map(({ at }) => at)
    for (const [i, at] of times.entries())
      expect(times.slice(i).filter((other) => other - at < 20_000).length).toBeLessThanOrEqual(50)
    const [, requests] = nextCalls(
      polling({ activityTypeIds: knownEvents.map(({ activityTypeId }) => activityTypeId) }),
      start
    )
    expect(requests).toHaveLength(1)
  })

  it('P1 P2 P4 a step is a function of its arguments, changes none, and its state is JSON', () => {
    const instance = marketo({ leads: people, ...assets, activities: [past(10, 1, 5), past(24, 9, 5)] })
    const check = (state: Writeback): Writeback => {
      expect(JSON.parse(JSON.stringify(state))).toStrictEqual(state)
      frozen(state)
      expect(nextCalls(state, start)).toEqual(nextCalls(structuredClone(state), start))
      return state
    }
    expect(drive(polling(), instance, { between: check }).events).toHaveLength(2)
  })

  it('P3 any answer to any call is taken, and an id of nobody changes nothing', () => {
    const instance = marketo({ leads: people, ...assets, activities: [past(10, 1, 5)] })
    fc.assert(
      fc.property(fc.nat({ max: 6 }), fc.anything(), fc.oneof(fc.integer(), fc.double()), (which, body, status) => {
        let n = -1
        const world = drive(polling(), instance, {
          mostRounds: 60,
          answer: () => {
            n += 1
            return n === which ? { status, headers: Object(body), body } : undefined
          }
        })
        expect(idsIn(world).length).toBeLessThanOrEqual(1)
      }),
      { endOnFailure: true }
    )
    const state = polling()
    expect(receiveAnswer(state, 'nobody', { kind: 'lost' }, start)).toBe(state)
  })

  it('S3 no token, no key and no value of an answer stands in a remark', () => {
    const faults = faultKinds.map((kind, i) => ({ at: { call: 3 + i }, kind }))
    const instance = marketo({ leads: people, ...assets, faults, activities: [past(10, 1, 5)] })
    const { remarks, state } = drive(polling(), instance)
    const said = JSON.stringify([remarks, state])
    expect(said).not.toContain('secret')
    expect(said).not.toContain('Bearer')
    expect(said).not.toMatch(/simulated-token|access_token/)
  })
})

describe('polling', () => {
  it('makes few calls: a token, a place for each ten types, pages, and what is lacking once', () => {
    const instance = marketo({
      leads: people,
      ...assets,
      activities: Array.from({ length: 50 }, (_, i) => past(i % 2 === 0 ? 10 : 24, (i % 6) + 1, 30))
    })
    const world = drive(polling(), instance)
    expect(callsIn(world.marketo).byEndpoint).toMatchObject({
      identityToken: 1,
      activityPagingToken: 2,
      getActivities: 2,
      getLeadsByFilter: 1,
      getEmail: 1,
      getCampaigns: 1
    })
    expect(world.events).toHaveLength(50)
    expect(world.events.find(({ event }) => event === 'Email Opened')).toMatchObject({
      properties: { email_subject: 'Glad you are here', campaign_name: 'Send Welcome' }
    })
  })

  it('asks again where it was after a while, and for nothing that it knows', () => {
    const instance = marketo({ leads: people, ...assets, activities: [past(10, 2, 30)] })
    const first = drive(polling(), instance)
    expect(wakeWritebackAt(first.state, first.now)).toBeGreaterThan(
      first.now + defaultWritebackOptions.pollMillis - 100
    )
    const later = first.now + defaultWritebackOptions.pollMillis
    const second = drive(first.state, withLogged(first.marketo, later, [10, 10]), {
      now: later,
      accessToken: first.accessToken
    })
    expect([
      second.events.length,
      second.sent.filter(({ request }) => request.endpoint === 'getActivities').length
    ]).toEqual([2, 2])
    expect(second.sent.some(({ request }) => ['activityPagingToken', 'getEmail'].includes(request.endpoint))).toBe(
      false
    )
  })

  it('begins anew by date where its place is refused, and tells nothing twice', () => {
    const instance = marketo({
      leads: people,
      ...assets,
      activities: [past(24, 1, 90), past(24, 2, 30), past(24, 3, 5)]
    })
    const first = drive(polling({ activityTypeIds: [24] }), instance)
    const later = first.now + defaultWritebackOptions.pollMillis
    const stale = { ...first.state, walks: first.state.walks.map((walk) => ({ ...walk, token: 'stale' })) }
    const second = drive(stale, withLogged(first.marketo, later, [24]), { now: later, accessToken: first.accessToken })
    expect(first.events).toHaveLength(3)
    expect(second.events).toHaveLength(1)
    expect(troublesIn(second)).toEqual([
      'activities: found a place that Marketo no longer takes; it began anew by date'
    ])
    expect(second.sent.find(({ request }) => request.endpoint === 'activityPagingToken')?.request.query).toEqual([
      ['sinceDatetime', ago(65)]
    ])
  })

  it('a place that is refused again is asked for later, and said', () => {
    const refused = { status: 200, headers: {}, body: { success: false, errors: [{ code: '1003', message: 'no' }] } }
    const world = drive(polling({ activityTypeIds: [24] }), marketo(), {
      leastRounds: 20,
      mostRounds: 40,
      answer: ({ call }) => (call.descriptor.endpoint === 'getActivities' ? refused : undefined)
    })
    expect(troublesIn(world)).toContain('activities: found a refusal (1003); it is asked for again later')
    expect(world.now - start).toBeGreaterThan(defaultWritebackOptions.pollMillis)
  })

  it('stands still where a page leads to itself, and says so', () => {
    const page = { success: true, moreResult: true, nextPageToken: 'from-1', result: [] }
    const world = drive(polling({ activityTypeIds: [24] }), marketo(), {
      mostRounds: 6,
      answer: ({ call }) =>
        call.descriptor.endpoint === 'getActivities' ? { status: 200, headers: {}, body: page } : undefined
    })
    expect(troublesIn(world)).toEqual(['activities: found a place that leads to itself; it is asked again later'])
    expect(world.sent.filter(({ request }) => request.endpoint === 'getActivities')).toHaveLength(1)
  })

  it('a lead that is gone is told of by the fallback, and one without the field by what it has', () => {
    const instance = marketo({ leads: people, ...assets, activities: [past(24, 77, 5)] })
    expect(drive(polling(), instance).events).toMatchObject([{ anonymousId: 'marketo-123-ABC-456-77' }])
    const bare = marketo({
      customFields: [],
      leads: [{ fields: { email: 'a@corp.test' } }],
      activities: [past(24, 1, 5)]
    })
    const world = drive(polling({ identityFallback: 'email' }), bare)
    expect(world.events).toMatchObject([{ userId: 'a@corp.test' }])
    expect(troublesIn(world)).toEqual([
      'leadFields.userId: found a field that the instance has not; events do without it: make it, or name another',
      'leadFields.anonymousId: found a field that the instance has not; events do without it: make it, or name another'
    ])
  })

  it('a lead is looked up anew when what is known of it is old', () => {
    const instance = marketo({ leads: people, activities: [past(24, 2, 30)] })
    const first = drive(polling(), instance)
    const later = first.now + defaultWritebackOptions.rememberMillis + 1
    const [lead] = drive(first.state, withLogged(first.marketo, later, [24, 24]), {
      now: later,
      accessToken: first.accessToken
    }).sent.filter(({ request }) => request.endpoint === 'getLeadsByFilter')
    expect(lead?.request.query[1]).toEqual(['filterValues', '1,2'])
  })

  it('events do without names where emails cannot be read, and without asking where settings say so', () => {
    const denied = {
      status: 200,
      headers: {},
      body: { success: false, errors: [{ code: '603', message: 'Access denied' }] }
    }
    const instance = marketo({ leads: people, ...assets, activities: [past(10, 2, 30)] })
    const world = drive(polling(), instance, {
      answer: ({ call }) => (['getEmail', 'getCampaigns'].includes(call.descriptor.endpoint) ? denied : undefined)
    })
    expect(world.events).toHaveLength(1)
    expect(world.events[0]?.properties).not.toHaveProperty('email_subject')
    expect(troublesIn(world)).toEqual([
      'emails: found a refusal (603); events do without their names',
      'campaigns: found a refusal (603); events do without their names'
    ])
    const silent = drive(polling({}, { names: false }), instance)
    expect(silent.sent.some(({ request }) => request.endpoint === 'getEmail')).toBe(false)
    expect(silent.events).toHaveLength(1)
  })

  it('activities wait for their leads as long as those cannot be read', () => {
    const denied = {
      status: 200,
      headers: {},
      body: { success: false, errors: [{ code: '603', message: 'Access denied' }] }
    }
    const instance = marketo({ leads: people, activities: [past(24, 2, 30)] })
    const world = drive(polling(), instance, {
      mostRounds: 40,
      answer: ({ call }) => (call.descriptor.endpoint === 'getLeadsByFilter' ? denied : undefined)
    })
    expect([world.events, world.state.waiting.length]).toEqual([[], 1])
    expect(troublesIn(world)).toContain(
      'leads: found a refusal (603); they are asked for again later, and their activities wait'
    )
    expect(
      drive(world.state, world.marketo, { now: world.now + 600_000, accessToken: world.accessToken }).events
    ).toMatchObject([{ userId: 'u1' }])
  })

  it('D9 a lead whose number is refused holds up nobody else, and is told of by the fallback', () => {
    const refused = { status: 200, headers: {}, body: { success: false, errors: [{ code: '1003', message: 'no' }] } }
    const leads = Array.from({ length: 200 }, (_, i) => ({ fields: { email: `p${i}@corp.test`, userId: `u${i}` } }))
    const instance = marketo({ leads, activities: leads.map((_, i) => past(24, i + 1, 30)) })
    const world = drive(polling({ activityTypeIds: [24] }), instance, {
      answer: ({ call: { descriptor } }) =>
        descriptor.query.some(([name, value]) => name === 'filterValues' && value.split(',').includes('77'))
          ? refused
          : undefined
    })
    expect(world.events).toHaveLength(200)
    expect(world.events.filter(({ userId }) => userId === undefined)).toMatchObject([
      { anonymousId: 'marketo-123-ABC-456-77' }
    ])
    expect(troublesIn(world)).toEqual(['leads: found a refusal (1003); one of them is told of by the fallback'])
    expect(world.state.held.leads.size).toBeGreaterThan(1)
    expect(world.sent.filter(({ request }) => request.endpoint === 'getLeadsByFilter').length).toBeLessThan(40)
  })

  it('calls side by side that meet one dead token count it once', () => {
    const dead = { status: 200, headers: {}, body: { success: false, errors: [{ code: '601', message: 'expired' }] } }
    const emails = Array.from({ length: 4 }, (_, i) => ({ id: i + 1, name: `E${i}`, subject: `Subject ${i}` }))
    const activities = emails.map(({ id }) => ({ ...past(10, 1, 30), primaryAttributeValueId: id }))
    const failed = new Set<string>()
    const world = drive(polling({ activityTypeIds: [10] }), marketo({ leads: people, emails, activities }), {
      answer: ({ call: { descriptor } }) => {
        const path = descriptor.path.join('/')
        if (descriptor.endpoint !== 'getEmail' || failed.has(path)) return undefined
        failed.add(path)
        return dead
      }
    })
    expect(world.events.map(({ properties }) => properties.email_subject).sort()).toEqual(
      emails.map(({ subject }) => subject)
    )
    expect(callsIn(world.marketo).byEndpoint.identityToken).toBe(2)
  })

  it('a lookup that is to wait waits', () => {
    const faults = [{ at: { call: 1 }, kind: '606' as const, endpoint: 'getLeadsByFilter' as const }]
    const world = drive(polling({}), marketo({ leads: people, faults, activities: [past(24, 2, 30)] }))
    const times = world.sent.filter(({ request }) => request.endpoint === 'getLeadsByFilter').map(({ at }) => at)
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(20_000)
    const faulty = { at: { call: 1 }, kind: '713' as const, endpoint: 'getLeadsByFilter' as const }
    const retry = {
      ...defaultWritebackOptions.retry,
      backOff: { ...defaultWritebackOptions.retry.backOff, firstMillis: 9_000 }
    }
    const other = drive(
      polling({}, { retry, seed: 3 }),
      marketo({ leads: people, faults: [faulty], activities: [past(24, 2, 30)] })
    )
    const [one = 0, two = 0] = other.sent
      .filter(({ request }) => request.endpoint === 'getLeadsByFilter')
      .map(({ at }) => at)
    expect(two - one).toBeGreaterThan(1_000)
  })

  it('a token that was lost on its way is asked for again, at a time that is told', () => {
    const [asked] = nextCalls(polling(), start)
    const lost = receiveAnswer(asked, 'w0', { kind: 'lost' }, start + 5)
    const at = wakeWritebackAt(lost, start + 5) ?? 0
    expect(at).toBeGreaterThanOrEqual(start + 5)
    expect(nextCalls(lost, at)[1].map(({ call }) => call.descriptor.endpoint)).toEqual(['identityToken'])
  })

  it('an activity that is dated ahead of the clock does not move the place to begin anew at', () => {
    const ahead = { ...past(24, 1, -100_000), marketoGUID: 'ahead' }
    const first = drive(polling({ activityTypeIds: [24] }), marketo({ leads: people, activities: [ahead] }))
    const later = first.now + defaultWritebackOptions.pollMillis
    const stale = { ...first.state, walks: first.state.walks.map((walk) => ({ ...walk, token: 'stale' })) }
    const second = drive(stale, withLogged(first.marketo, later - 1_000, [24]), {
      now: later,
      accessToken: first.accessToken
    })
    expect([first.events.length, second.events.length]).toEqual([1, 1])
  })

  it('says that credentials are refused, and goes on with others', () => {
    const refusal = { status: 401, headers: {}, body: { error: 'invalid_client' } }
    const instance = marketo({ leads: people, activities: [past(24, 2, 30)] })
    const world = drive(polling(), instance, { answer: () => refusal })
    expect(troublesIn(world)).toEqual([
      'credentials: found credentials that the identity service refuses; mend them, then say so: withNewCredentials'
    ])
    expect(world.sent).toHaveLength(1)
    expect(
      drive(withNewCredentials(world.state), world.marketo, { now: world.now, accessToken: world.accessToken }).events
    ).toHaveLength(1)
  })

  it('waits for the quota, and says so', () => {
    const faults = [{ at: { call: 1 }, kind: '607' as const, endpoint: 'getActivities' as const }]
    const instance = marketo({ leads: people, faults, activities: [past(24, 2, 30)] })
    const world = drive(polling({ activityTypeIds: [24] }), instance)
    expect(troublesIn(world)).toEqual(['calls: found no calls left today; polling goes on when the quota resets'])
    expect(world.now).toBeGreaterThan(Date.UTC(2024, 4, 4, 5))
    expect(world.events).toHaveLength(1)
  })

  it('reads no further than there is room for, until events are taken', () => {
    const activities = Array.from({ length: 700 }, () => past(24, 2, 30))
    const instance = marketo({ leads: people, activities })
    let state = polling({ activityTypeIds: [24] }, { window: 10 })
    const world = drive(state, instance, { mostRounds: 3 })
    state = world.state
    expect(world.events.length + state.waiting.length).toBe(300)
    expect(drive(polling({ activityTypeIds: [24] }, { window: 10 }), instance).events).toHaveLength(700)
  })

  it('tells what has no event, and why', () => {
    const instance = marketo({ activities: [{ ...past(6, 1, 5), actionResult: 'skipped' }, past(10, 1, 5)] })
    const { remarks, events } = drive(polling({ notBefore: ago(3) }), instance)
    expect(events).toEqual([])
    expect(remarks.map(({ activityId, problem }) => [activityId, problem.weight])).toEqual([
      ['1000000001', 'skipped'],
      ['1000000002', 'skipped']
    ])
  })

  it('a budget that others spend from is kept', () => {
    const [after, requests] = nextCalls(polling(), start, 0)
    expect(requests.map(({ call }) => call.descriptor.endpoint)).toEqual(['identityToken'])
    const granted = receiveAnswer(
      after,
      'w0',
      { status: 200, headers: {}, body: { access_token: 't', expires_in: 3599 } },
      start
    )
    expect(nextCalls(granted, start, 1)[1]).toHaveLength(1)
    expect(nextCalls(granted, start, 0)[1]).toHaveLength(0)
    expect(takeEvents(granted)[1]).toEqual([])
  })
})
