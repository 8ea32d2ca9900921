import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseInstant } from '../../src/ground/calendar.js'
import type { Reason } from '../../src/intent/outcome.js'
import type { ErrorLevel } from '../../src/marketo/error-codes.js'
import { errorCodes, remedyFor } from '../../src/marketo/error-codes.js'
import { ask, began, ended, handBack, isBudgeted, recovered, spendingOf } from '../../src/pace/budget.js'
import { defaultBudgetSettings, type GivenBudgetSettings, partOf } from '../../src/pace/budget-settings.js'
import { type BudgetState, resettleBudget, startBudget } from '../../src/pace/budget-state.js'
import type { CallEnd } from '../../src/pace/call-end.js'
import { nextQuotaReset, quotaDayStart, quotaReopens } from '../../src/pace/quota-day.js'
import { frozen, hyg } from '../endpoints/reading.js'

const windowMillis = 20_000

/** A refusal with these codes, its remedy from the table. */
const refusedWith = (codes: readonly [string, ...Array<string>], retryAfter: number | null = null): CallEnd => {
  const [first, ...more] = codes.map((code): Reason => ({ code, message: '' }))
  const level: ErrorLevel = codes[0].length > 6 ? 'data-ingestion' : 'response'
  return {
    _tag: 'Refused',
    reasons: [first ?? { code: '', message: '' }, ...more],
    remedy: remedyFor({ code: codes[0], level, message: '', httpStatus: codes[0] === '429' ? 429 : 200 }),
    retryAfter
  }
}

const accepted: CallEnd = { _tag: 'Accepted' }
const lost: CallEnd = { _tag: 'Lost' }

const ends: fc.Arbitrary<CallEnd> = fc.oneof(
  { weight: 6, arbitrary: fc.constant(accepted) },
  fc.constant(lost),
  fc.constantFrom<CallEnd>(
    ...['601', '604', '606', '615', '611', '1003', '9999', '429', '429001', 'constructor', ''].map((code) =>
      refusedWith([code])
    ),
    refusedWith(['606'], 45),
    refusedWith(['602', '606', '615'])
  ),
  { weight: 1, arbitrary: fc.constant(refusedWith(['607'])) }
)

const users = ['delivery', 'source', 'writeback', '__proto__']
const user = fc.constantFrom(...users)

/** What happens next, some time after the last. */
type Happening =
  | { readonly does: 'ask'; readonly user: string; readonly calls: number; readonly grant: number | null }
  | { readonly does: 'begin' | 'hand back'; readonly user: string; readonly calls: number }
  | { readonly does: 'end'; readonly which: number; readonly end: CallEnd }
  | { readonly does: 'recover' }

const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constant('ask' as const),
      user,
      calls: fc.oneof(fc.integer({ min: 0, max: 120 }), fc.constantFrom(0.5, 2.5, Infinity, Number.NaN, -1)),
      grant: fc.option(fc.integer({ min: 0, max: 60 }))
    })
  },
  {
    weight: 4,
    arbitrary: fc.record({ does: fc.constantFrom('begin' as const), user, calls: fc.integer({ min: 0, max: 120 }) })
  },
  {
    weight: 1,
    arbitrary: fc.record({ does: fc.constant('hand back' as const), user, calls: fc.integer({ min: 0, max: 9 }) })
  },
  { weight: 5, arbitrary: fc.record({ does: fc.constant('end' as const), which: fc.nat(), end: ends }) },
  { weight: 0.2 * 5, arbitrary: fc.record({ does: fc.constant('recover' as const) }) }
)

const after = fc.oneof(
  fc.constantFrom(0, 0, 0, 1, 0.5, 19_999, 19_999.5, 20_000, 20_000.5, 20_001, 40_000),
  fc.integer({ min: 0, max: 30_000 }),
  fc.double({ min: 0, max: 3_000, noNaN: true })
)
const life = fc.array(fc.tuple(after, happening), { maxLength: 60 })

const shares = fc.constantFrom(0, 0.001, 0.05, 0.1, 0.29, 0.5, 0.9, 1)
const settings: fc.Arbitrary<GivenBudgetSettings> = fc.record(
  {
    callsPerDay: fc.constantFrom(0, 3, 40, 50_000),
    runningCalls: fc.constantFrom(1, 10, 100),
    shares: fc.record({ window: shares, running: shares, day: shares }),
    users: fc.dictionary(user, fc.record({ priority: fc.integer({ min: -1, max: 2 }), share: shares }), {
      noNullPrototype: true
    })
  },
  { requiredKeys: [] }
)

const start = fc.constantFrom(
  0,
  1_714_557_600_000,
  (parseInstant('2024-05-01T04:59:45Z') ?? 0) + 0.5,
  parseInstant('2024-11-03T06:59:50Z') ?? 0
)

/** What a witness saw: when calls began by the latest time so far, how many ran at most, and how each step left things. */
interface Witness {
  state: BudgetState
  now: number
  latest: number
  readonly begunAt: Array<number>
  readonly running: Array<{ readonly user: string; readonly at: number }>
  readonly granted: Map<string, number>
  mostAtOnce: number
}

const throughJson = (state: BudgetState): BudgetState => frozen<BudgetState>(JSON.parse(JSON.stringify(state)))

/** One happening, as a driver that keeps to the rules lives it: it begins and hands back no more than it was granted. */
const step = (w: Witness, what: Happening): void => {
  const { now } = w
  // The budget knows of no other time than it is told.
  const isTold = what.does !== 'hand back' && (what.does !== 'end' || w.running.length > 0)
  if (isTold) w.latest = Math.max(w.latest, now)
  if (what.does === 'ask') {
    const [state, granted] = ask(w.state, what.user, what.calls, now, ...(what.grant === null ? [] : [what.grant]))
    w.state = state
    w.granted.set(what.user, (w.granted.get(what.user) ?? 0) + granted)
  } else if (what.does === 'begin' || what.does === 'hand back') {
    const held = w.granted.get(what.user) ?? 0
    const calls = Math.min(what.calls, held)
    w.granted.set(what.user, held - calls)
    if (what.does === 'hand back') w.state = handBack(w.state, what.user, calls)
    else {
      w.state = began(w.state, what.user, calls, now)
      for (let k = 0; k < calls; k += 1) {
        w.begunAt.push(w.latest)
        w.running.push({ user: what.user, at: now })
      }
    }
  } else if (what.does === 'end') {
    const [call] = w.running.length === 0 ? [] : w.running.splice(what.which % w.running.length, 1)
    if (call !== undefined) w.state = ended(w.state, call.user, call.at, what.end, now)
  } else {
    w.state = recovered(w.state, now)
    // What was granted may have gone out just before the driver fell.
    for (const calls of w.granted.values()) for (let k = 0; k < calls; k += 1) w.begunAt.push(w.latest)
    w.granted.clear()
    w.running.length = 0
  }
  w.mostAtOnce = Math.max(w.mostAtOnce, w.running.length)
}

/** Lives through it, with the state through JSON at every step. */
const live = (
  given: GivenBudgetSettings,
  from: number,
  happenings: ReadonlyArray<readonly [number, Happening]>,
  clock: (now: number, after: number) => number = (now, after) => now + after
): Witness => {
  const w: Witness = {
    state: startBudget(hyg, given),
    now: from,
    latest: Number.NEGATIVE_INFINITY,
    begunAt: [],
    running: [],
    granted: new Map(),
    mostAtOnce: 0
  }
  for (const [after, what] of happenings) {
    w.now = clock(w.now, after)
    w.state = throughJson(w.state)
    step(w, what)
  }
  return w
}

/** The most calls in any half-open interval of 20 seconds; it is enough to look at those that a call begins. */
const mostInWindow = (begunAt: ReadonlyArray<number>): number =>
  Math.max(0, ...begunAt.map((from) => begunAt.filter((at) => at >= from && at - from < windowMillis).length))

/** A driver that sends as much as it is allowed, the moment it is allowed, each call taking so long. */
const greedy = (given: GivenBudgetSettings, from: number, millis: number, callMillis: number) => {
  let state = startBudget(hyg, given)
  const begunAt: Array<number> = []
  let running: Array<number> = []
  let now = from
  let asked = 0
  while (now < from + millis) {
    const done = running.filter((at) => at + callMillis <= now)
    running = running.filter((at) => at + callMillis > now)
    for (const at of done) state = ended(state, 'delivery', at, accepted, now)
    const [next, granted, wakeAt] = ask(state, 'delivery', 1_000, now)
    asked += 1
    state = began(next, 'delivery', granted, now)
    for (let k = 0; k < granted; k += 1) {
      begunAt.push(now)
      running.push(now)
    }
    const wakes = [wakeAt ?? Infinity, ...running.map((at) => at + callMillis)].filter((at) => at > now)
    now = Math.min(...wakes)
  }
  return { begunAt, asked, state }
}

describe('laws of the budget', () => {
  it('D6 for now that never goes back, no half-open 20 seconds hold more calls than are ours', () => {
    fc.assert(
      fc.property(settings, start, life, (given, from, happenings) => {
        const { shares } = { ...defaultBudgetSettings, ...given }
        const { begunAt } = live(given, from, happenings)
        expect(mostInWindow(begunAt)).toBeLessThanOrEqual(partOf(100, shares?.window ?? 0.5))
      }),
      { numRuns: 1_000 }
    )
  })

  it('D6 nor when now goes back at times: the budget waits until it has caught up', () => {
    const back = (now: number, after: number): number => (after % 7 < 2 ? now - after * 3 : now + after)
    fc.assert(
      fc.property(settings, start, life, (given, from, happenings) => {
        const { shares } = { ...defaultBudgetSettings, ...given }
        const { begunAt } = live(given, from, happenings, back)
        expect(mostInWindow(begunAt)).toBeLessThanOrEqual(partOf(100, shares?.window ?? 0.5))
      })
    )
  })

  it('D6 whoever sends all that is granted at once uses the share to the full, and no more', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(0.01, 0.1, 0.5, 1),
        fc.integer({ min: 1, max: 5_000 }),
        fc.constantFrom(0, 1_714_557_600_000),
        (window, callMillis, from) => {
          const given = { runningCalls: 100, shares: { window, running: 1 } }
          const { begunAt, asked } = greedy(given, from, 200_000, callMillis)
          expect(mostInWindow(begunAt)).toBe(partOf(100, window))
          expect(begunAt.length).toBe(10 * partOf(100, window))
          // It never asks in vain for long: a wake-up, or the end of a call, each time.
          expect(asked).toBeLessThanOrEqual(2 * begunAt.length + 12)
        }
      ),
      { numRuns: 40 }
    )
  })

  it('no more calls run at once, and none of the day is spent twice, than are ours', () => {
    fc.assert(
      fc.property(settings, start, life, (given, from, happenings) => {
        const all = { ...defaultBudgetSettings, ...given }
        const w = live(given, from, happenings)
        expect(w.mostAtOnce).toBeLessThanOrEqual(partOf(all.runningCalls, all.shares?.running ?? 0.5))
      })
    )
  })

  it('without refunds no quota day holds more calls than are ours', () => {
    const quiet = life.map((steps) =>
      steps.map(([after, what]): readonly [number, Happening] => [
        after * 1_000,
        what.does === 'end' ? { ...what, end: accepted } : what
      ])
    )
    fc.assert(
      fc.property(settings, start, quiet, (given, from, happenings) => {
        const all = { ...defaultBudgetSettings, ...given }
        const days = new Map<number, number>()
        for (const at of live(given, from, happenings).begunAt) {
          const day = quotaDayStart(at)
          days.set(day, (days.get(day) ?? 0) + 1)
        }
        for (const calls of days.values())
          expect(calls).toBeLessThanOrEqual(partOf(all.callsPerDay, all.shares?.day ?? 1))
      })
    )
  })

  it('D8 P4 the state equals its JSON round trip at every moment, and what is resumed goes on alike', () => {
    fc.assert(
      fc.property(settings, start, life, (given, from, happenings) => {
        const through = live(given, from, happenings)
        expect(throughJson(through.state)).toStrictEqual(through.state)
        const w: Witness = { ...live(given, from, []), now: from, state: startBudget(hyg, given) }
        for (const [after, what] of happenings) {
          w.now += after
          step(w, what)
        }
        expect(w.state).toStrictEqual(through.state)
      })
    )
  })

  it('P1 P2 states are left as they were, and the same question has the same answer', () => {
    fc.assert(
      fc.property(settings, start, life, user, fc.nat(100), (given, from, happenings, asking, calls) => {
        const { state, now } = live(given, from, happenings)
        const kept = frozen(structuredClone(state))
        const first = ask(kept, asking, calls, now)
        expect(ask(structuredClone(state), asking, calls, now)).toStrictEqual(first)
        expect(kept).toStrictEqual(state)
      })
    )
  })

  it('P3 P4 whatever numbers come in, what comes out is JSON', () => {
    const any = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(Number.NaN, Infinity, -Infinity, -0))
    fc.assert(
      fc.property(any, any, any, any, any, (share, limit, calls, now, priority) => {
        const given = {
          callsPerWindow: limit,
          callsPerDay: limit,
          shares: { window: share },
          users: { a: { priority, share } }
        }
        const [asked, granted, wakeAt] = ask(startBudget(hyg, given), 'a', calls, now, limit)
        const sent = began(asked, 'a', calls, now)
        const done = ended(handBack(sent, 'a', calls), 'a', now, refusedWith(['606'], limit), now)
        const out = [asked, granted, wakeAt, sent, done, recovered(asked, now), spendingOf(done, now)]
        expect(JSON.parse(JSON.stringify(out))).toStrictEqual(out)
      })
    )
  })

  it('memory is bounded: no more instants are kept than calls of the window, whatever happens', () => {
    fc.assert(
      fc.property(settings, start, life, (given, from, happenings) => {
        const { state } = live(given, from, happenings)
        expect(state.begun.length).toBeLessThanOrEqual(100)
        expect(state.begun.reduce((sum, { calls }) => sum + calls, 0)).toBeLessThanOrEqual(100)
        for (const record of [state.granted, state.running, state.day.used, state.waiting])
          expect(Object.keys(record).length).toBeLessThanOrEqual(users.length)
      })
    )
  })

  it('wakeAt is the first instant at which time alone makes room', () => {
    fc.assert(
      fc.property(settings, start, life, user, fc.integer({ min: 1, max: 120 }), (given, from, past, asking, calls) => {
        const w = live(given, from, past)
        const [state, granted, wakeAt] = ask(w.state, asking, calls, w.now)
        if (granted === calls) expect(wakeAt).toBeNull()
        else if (wakeAt !== null) {
          expect(wakeAt).toBeGreaterThan(state.clock)
          expect(ask(state, asking, 1, wakeAt - 1)[1]).toBe(0)
          expect(ask(state, asking, 1, wakeAt)[1]).toBe(1)
        } else {
          for (const later of [1, 20_000, 60_000, 900_000, 100_000_000])
            expect(ask(state, asking, 1, w.now + later)[1]).toBe(0)
        }
      })
    )
  })
})

/** A budget of which so many calls were begun at an instant, all of them ended. */
const spent = (calls: number, at: number, given: GivenBudgetSettings = {}): BudgetState => {
  let state = began(startBudget(hyg, given), 'delivery', calls, at)
  for (let k = 0; k < calls; k += 1) state = ended(state, 'delivery', at, accepted, at)
  return state
}

const wide: GivenBudgetSettings = { runningCalls: 1_000, shares: { window: 0.5, running: 1, day: 1 } }

describe('the budget', () => {
  it.each([
    ['fewer than are ours', 3, undefined, 3, null],
    ['as many as run at once', 5, undefined, 5, null],
    ['more than run at once: the end of a call helps, time does not', 6, undefined, 5, null],
    ['no more than another budget allows', 5, 2, 2, null],
    ['nothing', 0, undefined, 0, null],
    ['a part of a call', 0.9, undefined, 0, null]
  ])('grants %s', (_, calls, grant, granted, wakeAt) => {
    const answer = ask(startBudget(hyg), 'delivery', calls, 0, grant)
    expect(answer.slice(1)).toEqual([granted, wakeAt])
  })

  it('grants the advised half of the window, and the rest when it has passed', () => {
    const [state, granted, wakeAt] = ask(startBudget(hyg, wide), 'delivery', 80, 1_000)
    expect([granted, wakeAt]).toEqual([50, null])
    const sent = began(state, 'delivery', 50, 1_000)
    expect(ask(sent, 'delivery', 30, 1_000).slice(1)).toEqual([0, 21_000])
    expect(ask(sent, 'delivery', 30, 21_000).slice(1)).toEqual([30, null])
  })

  it('remembers what is waited for, and for how long', () => {
    const [state, granted] = ask(startBudget(hyg), 'delivery', 8, 1_000)
    expect([granted, state.waiting]).toEqual([5, { delivery: { calls: 3, until: 21_000 } }])
    expect(ask(state, 'delivery', 9_999, 1_000)[0].waiting).toEqual({ delivery: { calls: 50, until: 21_000 } })
  })

  it('forgets what was begun, and what was waited for, a window ago', () => {
    const [state] = ask(began(startBudget(hyg), 'delivery', 3, 0), 'delivery', 9, 0)
    const [before] = ask(state, 'source', 0, 19_999)
    expect([before.begun, before.waiting]).toEqual([state.begun, state.waiting])
    const [after] = ask(state, 'source', 0, 20_000)
    expect([after.begun, after.waiting]).toEqual([[], {}])
  })

  it('keeps together what one user began at one instant, and nothing else', () => {
    let state = began(startBudget(hyg), 'delivery', 2, 5)
    for (const [user, calls, at] of [
      ['delivery', 1, 5],
      ['source', 1, 5],
      ['source', 0, 6],
      ['source', 2, 6]
    ] as const)
      state = began(state, user, calls, at)
    expect(state.begun).toEqual([
      { user: 'delivery', at: 5, calls: 3 },
      { user: 'source', at: 5, calls: 1 },
      { user: 'source', at: 6, calls: 2 }
    ])
    expect(state.running).toEqual({ delivery: 3, source: 3 })
    expect(began(state, 'writeback', 0, 6)).toEqual(state)
  })

  it('is one for all: what one user spends another does not have', () => {
    const [state] = ask(startBudget(hyg), 'delivery', 3, 0)
    expect(ask(state, 'source', 5, 0)[1]).toBe(2)
  })

  it('keeps instances apart: each has a state of its own', () => {
    expect(startBudget(hyg).munchkinId).toBe(hyg)
  })

  it('gives a user no more than its own share', () => {
    const given: GivenBudgetSettings = { ...wide, users: { source: { share: 0.2 } } }
    const [state, granted, wakeAt] = ask(startBudget(hyg, given), 'source', 50, 0)
    expect([granted, wakeAt]).toEqual([10, null])
    expect(ask(state, 'delivery', 50, 0)[1]).toBe(40)
  })

  it('counts for a user’s own share what that one spent, and nobody else', () => {
    const given: GivenBudgetSettings = { ...wide, callsPerDay: 60, users: { source: { share: 0.2 } } }
    let state = spent(20, 0, given)
    for (let k = 0; k < 10; k += 1) state = ended(began(state, 'source', 1, 5), 'source', 5, accepted, 5)
    expect(ask(state, 'delivery', 50, 10)[1]).toBe(20)
    expect(ask(spent(20, 0, given), 'source', 5, 10)[1]).toBe(5)
    expect(ask(state, 'source', 5, 20_004).slice(1)).toEqual([0, 20_005])
    // Twelve of the day are its own: ten are spent.
    expect(ask(state, 'source', 5, 20_005).slice(1)).toEqual([2, nextQuotaReset(20_005)])
    const [held] = ask(state, 'source', 1, 20_005)
    expect(ask(held, 'source', 5, 20_005).slice(1)).toEqual([1, nextQuotaReset(20_005)])
  })

  it('keeps for a user of higher priority what that one waits for, and no longer than a window', () => {
    const given: GivenBudgetSettings = { ...wide, users: { delivery: { priority: 1 } } }
    const [waiting] = ask(spent(50, 0, given), 'delivery', 45, 10_000)
    expect(ask(waiting, 'source', 50, 20_000)[1]).toBe(5)
    expect(ask(waiting, 'source', 50, 29_999)[1]).toBe(5)
    expect(ask(waiting, 'source', 50, 30_000)[1]).toBe(50)
    expect(ask(waiting, 'source', 50, 21_000).slice(1)).toEqual([5, 30_000])
    const [served, granted] = ask(waiting, 'delivery', 45, 20_000)
    expect(granted).toBe(45)
    expect(ask(served, 'source', 50, 20_000)[1]).toBe(5)
  })

  it('keeps nothing for one who waits with the same priority, or for oneself', () => {
    const [waiting] = ask(spent(50, 0, wide), 'delivery', 45, 10_000)
    expect(ask(waiting, 'source', 50, 20_000)[1]).toBe(50)
    const high: GivenBudgetSettings = { ...wide, users: { delivery: { priority: 1 } } }
    const [self] = ask(spent(50, 0, high), 'delivery', 45, 10_000)
    expect(ask(self, 'delivery', 50, 20_000)[1]).toBe(50)
  })

  it('keeps no more for a user of higher priority than that one could take', () => {
    const given: GivenBudgetSettings = { ...wide, users: { delivery: { priority: 1, share: 0.1 } } }
    const [waiting, granted] = ask(startBudget(hyg, given), 'delivery', 45, 0)
    expect(granted).toBe(5)
    expect(ask(waiting, 'source', 50, 0)[1]).toBe(45)
  })

  it('holds the place of a granted call until it begins, and counts it from then on', () => {
    const [state] = ask(startBudget(hyg, wide), 'delivery', 50, 0)
    expect(ask(state, 'delivery', 1, 60_000).slice(1)).toEqual([0, null])
    const sent = began(state, 'delivery', 50, 60_000)
    expect(ask(sent, 'delivery', 1, 79_999).slice(1)).toEqual([0, 80_000])
  })

  it('has a place free again that was handed back', () => {
    const [state] = ask(startBudget(hyg), 'delivery', 5, 0)
    expect(ask(handBack(state, 'delivery', 2), 'source', 5, 0)[1]).toBe(2)
  })

  it('stops at the quota of the day and goes on at midnight US Central', () => {
    const noon = parseInstant('2024-07-15T17:00:00Z') ?? 0
    const state = spent(30, noon, { ...wide, callsPerDay: 60, shares: { window: 1, running: 1, day: 0.5 } })
    expect(ask(state, 'delivery', 1, noon + 60_000).slice(1)).toEqual([0, nextQuotaReset(noon)])
    expect(ask(state, 'delivery', 99, nextQuotaReset(noon))[1]).toBe(30)
  })

  it('tells what is spent', () => {
    const [state] = ask(spent(7, 0), 'delivery', 2, 10)
    expect(spendingOf(state, 10)).toEqual({
      spent: { window: 9, running: 2, day: 9 },
      ours: { window: 50, running: 5, day: 50_000 }
    })
    expect(spendingOf(state, 20_000).spent.window).toBe(2)
  })

  it('goes on with what is spent under other settings', () => {
    const state = resettleBudget(spent(40, 0, wide), { ...wide, shares: { ...wide.shares, window: 0.45 } })
    expect(ask(state, 'delivery', 50, 1)[1]).toBe(5)
  })

  it('counts as sent what was granted when the driver fell, and nothing as running', () => {
    const [asked] = ask(spent(10, 0, wide), 'delivery', 20, 5_000)
    const [both] = ask(asked, 'source', 5, 5_000)
    const state = recovered(began(both, 'delivery', 3, 6_000), 7_000)
    expect(spendingOf(state, 7_000).spent).toEqual({ window: 35, running: 0, day: 35 })
    expect(spendingOf(state, 26_999).spent.window).toBe(22)
    expect(spendingOf(state, 27_000).spent.window).toBe(0)
  })

  it.each([
    ['rest', true],
    ['bulk', true],
    ['soap', true],
    ['identity', false],
    ['beacon', false],
    ['ingestion', false]
  ] as const)('calls to the host %s are asked for: %s', (host, asks) => {
    expect(isBudgeted(host)).toBe(asks)
  })

  it('takes the shares that Adobe advises', () => {
    expect(spendingOf(startBudget(hyg), 0).ours).toEqual({ window: 50, running: 5, day: 50_000 })
  })

  it.each([
    [100, 0, 0],
    [100, -1, 0],
    [100, Number.NaN, 0],
    [0, 1, 0],
    [10, 0.001, 1],
    [100, 0.29, 29],
    [100, 0.57, 57],
    [10, 0.58, 5],
    [100, 7, 100]
  ])('of %i calls a share of %d is %i', (calls, share, part) => {
    expect(partOf(calls, share)).toBe(part)
  })
})

describe('what Marketo says', () => {
  const t0 = parseInstant('2024-07-15T17:00:00Z') ?? 0

  /** One call begun at t0 and ended so, a second later. */
  const answered = (end: CallEnd, given: GivenBudgetSettings = wide): BudgetState =>
    ended(began(startBudget(hyg, given), 'delivery', 1, t0), 'delivery', t0, end, t0 + 1_000)

  const asks = (state: BudgetState, now: number) => ask(state, 'delivery', 1_000, now).slice(1)

  it.each([
    ['606', refusedWith(['606']), 21_000],
    ['606 among others', refusedWith(['1003', '606']), 21_000],
    ['606 with a longer time', refusedWith(['606'], 45), 46_000],
    ['606 with a shorter time', refusedWith(['606'], 5), 21_000],
    ['606 with an endless time', refusedWith(['606'], 999_999_999), 3_601_000],
    ['HTTP 429', refusedWith(['429']), 21_000]
  ])('%s: nothing until the window has passed, then half as many', (_, end, until) => {
    const state = answered(end)
    expect(asks(state, t0 + 1_001)).toEqual([0, t0 + until])
    expect(asks(state, t0 + until - 1)).toEqual([0, t0 + until])
    expect(asks(state, t0 + until)[0]).toBe(Math.min(50, 25 + 5 * Math.floor((until - 1_000) / 20_000)))
  })

  it('after 606 a tenth more with each window that passes', () => {
    const state = answered(refusedWith(['606']))
    const limits = [1, 2, 3, 4, 5, 6, 7].map((k) => asks(state, t0 + 1_000 + k * 20_000)[0])
    expect(limits).toEqual([30, 35, 40, 45, 50, 50, 50])
  })

  it('607: nothing until the quota resets', () => {
    const state = answered(refusedWith(['607']))
    expect(asks(state, t0 + 2_000)).toEqual([0, quotaReopens(t0)])
    expect(asks(state, quotaReopens(t0))[0]).toBe(50)
  })

  it('615: half as many at once, one more with each 20 seconds', () => {
    const state = answered(refusedWith(['615']), {})
    const limits = [0, 19_999, 20_000, 40_000, 60_000, 80_000].map((later) => asks(state, t0 + 1_000 + later)[0])
    expect(limits).toEqual([2, 2, 3, 4, 5, 5])
  })

  it('615 wakes whom only a higher limit helps', () => {
    const [held, granted] = ask(answered(refusedWith(['615']), {}), 'delivery', 2, t0 + 2_000)
    expect(granted).toBe(2)
    expect(asks(began(held, 'delivery', 2, t0 + 2_000), t0 + 3_000)).toEqual([0, t0 + 21_000])
    // Four are running, and the limit rises to five with the third window.
    const four = ended(began(startBudget(hyg), 'delivery', 5, t0), 'delivery', t0, refusedWith(['615']), t0 + 1_000)
    expect(asks(four, t0 + 3_000)).toEqual([0, t0 + 61_000])
  })

  it.each([
    ['615', 'running', 2],
    ['606', 'window', 25]
  ] as const)('many %s for calls begun before the first count once', (code, which, limit) => {
    let state = began(startBudget(hyg), 'delivery', 5, t0)
    for (let k = 0; k < 5; k += 1) state = ended(state, 'delivery', t0, refusedWith([code]), t0 + k)
    expect(state.lowered[which]).toEqual({ limit, since: t0 })
    // One begun since then speaks of the lowered limit.
    state = ended(began(state, 'delivery', 1, t0 + 9), 'delivery', t0 + 9, refusedWith([code]), t0 + 10)
    expect(state.lowered[which]).toEqual({ limit: Math.floor(limit / 2), since: t0 + 10 })
  })

  it('of several codes each is heeded', () => {
    const { lowered, closedUntil, stoppedUntil } = answered(refusedWith(['606', '615', '607']))
    expect([lowered.window?.limit, lowered.running?.limit]).toEqual([25, 500])
    expect([closedUntil, stoppedUntil]).toEqual([t0 + 21_000, quotaReopens(t0)])
  })

  it('a 429 that speaks for another API among others stops no call of this one', () => {
    expect(asks(answered(refusedWith(['429', '429001'])), t0 + 1_001)[0]).toBe(49)
  })

  it('never lowers a limit below one call', () => {
    let state = startBudget(hyg)
    for (let k = 0; k < 20; k += 1)
      state = ended(began(state, 'delivery', 1, t0 + k), 'delivery', t0 + k, refusedWith(['615', '606']), t0 + k)
    expect([state.lowered.running?.limit, state.lowered.window?.limit]).toEqual([1, 1])
  })

  it.each(Object.entries(errorCodes))('%s counts for the day unless Adobe says that it does not', (code, { quota }) => {
    const state = answered(refusedWith([code]))
    expect(state.day.used).toEqual(quota === 'free' || quota === 'apart' ? {} : { delivery: 1 })
  })

  it.each([
    ['carried out', accepted, 1],
    ['lost', lost, 1],
    ['refused with a code that nobody lists', refusedWith(['9999']), 1],
    ['refused with a name of the language', refusedWith(['constructor']), 1],
    ['refused with a free code and another', refusedWith(['601', '610']), 1],
    ['refused with free codes', refusedWith(['601', '602']), 0]
  ])('a call that was %s counts as it should', (_, end, used) => {
    expect(spendingOf(answered(end), t0 + 1_000).spent.day).toBe(used)
  })

  it('a free call of yesterday gives nothing back today', () => {
    const midnight = nextQuotaReset(t0)
    let state = began(startBudget(hyg), 'delivery', 1, midnight - 5)
    state = began(state, 'delivery', 1, midnight + 5)
    state = ended(state, 'delivery', midnight - 5, refusedWith(['604']), midnight + 10)
    expect(spendingOf(state, midnight + 10).spent.day).toBe(1)
    const sharp = began(state, 'delivery', 1, midnight)
    expect(
      spendingOf(ended(sharp, 'delivery', midnight, refusedWith(['604']), midnight + 10), midnight).spent.day
    ).toBe(1)
    state = ended(state, 'delivery', midnight + 5, refusedWith(['604']), midnight + 10)
    expect(spendingOf(state, midnight + 10).spent.day).toBe(0)
  })

  it.each([
    ['1029', 'await-quota'],
    ['1020', 'await-quota'],
    ['4290801', 'await-quota'],
    ['429001', 'throttle'],
    ['611', 'back-off']
  ] as const)('%s, though its remedy be %s, stops no other call', (code, remedy) => {
    const end: CallEnd = { _tag: 'Refused', reasons: [{ code, message: '' }], remedy, retryAfter: null }
    expect(asks(answered(end), t0 + 1_001)[0]).toBe(49)
  })

  it('a code that is a name of the language is one that nobody lists', () => {
    const reasons: readonly [Reason] = [{ code: 'constructor', message: '' }]
    expect(asks(answered({ _tag: 'Refused', reasons, remedy: 'throttle', retryAfter: null }), t0 + 1_001)[0]).toBe(0)
  })
})

describe('near misses at the edges of the window', () => {
  it.each([
    ['one millisecond early', 19_999, 0],
    ['half a millisecond early', 19_999.5, 0],
    ['exactly', 20_000, 50],
    ['late', 20_001, 50]
  ])('%s', (_, now, granted) => {
    expect(ask(spent(50, 0, wide), 'delivery', 50, now)[1]).toBe(granted)
  })

  it.each([
    ['begun within a millisecond, asked for at its end', 0.5, 20_000, 0],
    ['begun within a millisecond, asked for after it', 0.5, 20_000.5, 0],
    ['begun within a millisecond, asked for a whole one later', 0.5, 20_001, 50]
  ])('%s', (_, begunAt, now, granted) => {
    expect(ask(spent(50, begunAt, wide), 'delivery', 50, now)[1]).toBe(granted)
  })

  it('calls begun at different instants leave the window one by one', () => {
    let state = startBudget(hyg, wide)
    for (let k = 0; k < 50; k += 1) {
      state = ended(began(state, 'delivery', 1, k * 100), 'delivery', k * 100, accepted, k * 100)
    }
    expect(ask(state, 'delivery', 9, 20_000).slice(1)).toEqual([1, 20_100])
    expect(ask(state, 'delivery', 9, 20_199).slice(1)).toEqual([2, 20_200])
  })

  it('a clock that went back grants nothing that it should not, and goes on when it has caught up', () => {
    const state = spent(50, 100_000, wide)
    expect(ask(state, 'delivery', 1, 0).slice(1)).toEqual([0, 120_000])
    expect(ask(state, 'delivery', 1, 119_999)[1]).toBe(0)
    expect(ask(state, 'delivery', 1, 120_000)[1]).toBe(1)
    const back = began(spent(49, 100_000, wide), 'delivery', 1, 50_000)
    expect(back.begun).toEqual([{ user: 'delivery', at: 100_000, calls: 50 }])
  })

  it.each([Number.NaN, Infinity, -Infinity])('%s is no time: the budget stays where it was', (now) => {
    const [state, granted] = ask(spent(50, 100_000, wide), 'delivery', 1, now)
    expect([state.clock, granted]).toEqual([100_000, 0])
  })

  it('a share of nothing grants nothing, ever', () => {
    expect(ask(startBudget(hyg, { shares: { window: 0 } }), 'delivery', 1, 0).slice(1)).toEqual([0, null])
  })
})
