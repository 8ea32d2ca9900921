import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Fields, SyncLeadOverSoap } from '../../src/intent/intent.js'
import { keyText } from '../../src/intent/lead-key.js'
import { coalesceSyncs, dueSyncs, noSpacing, type Spacing, spaceSync } from '../../src/v1/spacing.js'
import { fieldValue } from '../arbitraries/intents.js'
import { frozen, hyg, id } from '../endpoints/reading.js'

const leadOf = (email: string | null, cookie: string | null) =>
  cookie === null ? { lookupField: 'email', value: email ?? '' } : { lookupField: 'cookies', value: cookie }

const sync = (
  email: string | null,
  cookie: string | null,
  attributes: Fields = {},
  munchkinId = hyg
): SyncLeadOverSoap => ({
  _tag: 'SyncLeadOverSoap',
  munchkinId,
  lead: leadOf(email, cookie),
  email,
  attributes,
  cookie
})

/** Few leads, so that they meet; few names, so that they collide. */
const attributes: fc.Arbitrary<Fields> = fc.dictionary(
  fc.constantFrom('A', 'B', 'C', '__proto__', 'constructor'),
  fc.oneof(fc.integer({ min: 0, max: 5 }), fieldValue).map((value) => (Object.is(value, -0) ? 0 : value)),
  { maxKeys: 3, noNullPrototype: true }
)
const syncs = fc
  .record({
    email: fc.option(fc.constantFrom('a@x', 'b@x', 'A@X')),
    cookie: fc.option(fc.constantFrom('c1', 'c2')),
    attributes,
    munchkinId: fc.constantFrom(hyg, hyg, hyg, id('123-ABC-456'))
  })
  .filter(({ email, cookie }) => email !== null || cookie !== null)
  .map((one) => sync(one.email, one.cookie, one.attributes, one.munchkinId))

/** A stretch of life: something comes in, or a timer rings, some time after the last. */
interface Happening {
  readonly after: number
  readonly sync: SyncLeadOverSoap | null
}
const after = fc.oneof(fc.constantFrom(0, 1, 29_999, 30_000), fc.integer({ min: 0, max: 40_000 }))
const life = fc.array(fc.record({ after, sync: fc.option(syncs) }), { maxLength: 25 })

interface Sent {
  readonly at: number
  readonly sync: SyncLeadOverSoap
}
interface Lived {
  readonly state: Spacing
  readonly sent: ReadonlyArray<Sent>
  readonly now: number
}

/** Lives through it, with the state through JSON at every step. */
const live = (happenings: ReadonlyArray<Happening>, start = 0): Lived => {
  let state: Spacing = noSpacing
  let now = start
  const sent: Array<Sent> = []
  for (const { after, sync } of happenings) {
    now += after
    state = frozen<Spacing>(JSON.parse(JSON.stringify(state)))
    if (sync === null) {
      const due = dueSyncs(state, now)
      for (const one of due.send) sent.push({ at: now, sync: one })
      state = due.state
    } else {
      const spaced = spaceSync(state, frozen(sync), now)
      if (spaced.send !== null) sent.push({ at: now, sync: spaced.send })
      expect(spaced.send === null ? spaced.sendAt > now : spaced.sendAt === now).toBe(true)
      state = spaced.state
    }
  }
  return { state, sent, now }
}

/** Asks when told to until nothing waits. */
const drained = ({ state, sent, now }: Lived): Lived => {
  const all = [...sent]
  let current = state
  let at = now
  for (let asked = 0; asked < 200; asked += 1) {
    const due = dueSyncs(current, at)
    for (const one of due.send) all.push({ at, sync: one })
    current = due.state
    if (due.nextAt === null) return { state: current, sent: all, now: at }
    expect(due.nextAt).toBeGreaterThan(at)
    at = due.nextAt
  }
  throw new Error('it never ends')
}

const keysOf = ({ munchkinId, lead, email, cookie }: SyncLeadOverSoap): ReadonlyArray<string> => [
  `${munchkinId} ${keyText(lead)}`,
  ...(email === null ? [] : [`${munchkinId} ${keyText({ lookupField: 'email', value: email })}`]),
  ...(cookie === null ? [] : [`${munchkinId} ${keyText({ lookupField: 'cookies', value: cookie })}`])
]

const shareKey = (a: SyncLeadOverSoap, b: SyncLeadOverSoap): boolean => keysOf(a).some((key) => keysOf(b).includes(key))

/** Groups of syncs that are of one lead, directly or through others. */
const leadsOf = (all: ReadonlyArray<SyncLeadOverSoap>): ReadonlyArray<ReadonlyArray<SyncLeadOverSoap>> => {
  const groups: Array<Array<SyncLeadOverSoap>> = []
  for (const one of all) {
    const own = groups.filter((group) => group.some((other) => shareKey(one, other)))
    const rest = groups.filter((group) => !own.includes(group))
    groups.splice(0, groups.length, ...rest, [...own.flat(), one])
  }
  return groups.map((group) => [...group].sort((a, b) => all.indexOf(a) - all.indexOf(b)))
}

const added = (happenings: ReadonlyArray<Happening>): ReadonlyArray<SyncLeadOverSoap> =>
  happenings.flatMap(({ sync }) => (sync === null ? [] : [sync]))

describe('spacing', () => {
  it('no lead is synced twice within 30 seconds, by any of its keys', () => {
    fc.assert(
      fc.property(life, (happenings) => {
        const { sent } = drained(live(happenings))
        sent.forEach(({ at, sync: one }, i) => {
          for (const earlier of sent.slice(0, i))
            if (shareKey(one, earlier.sync)) expect(at - earlier.at).toBeGreaterThanOrEqual(30_000)
        })
      }),
      { numRuns: 500 }
    )
  })

  it('treats a lead as one under email and cookie: its syncs keep their distance, and the last values added are the last sent', () => {
    const names = fc.constantFrom<[string | null, string | null]>(['a@x', null], ['a@x', 'c1'], [null, 'c1'])
    const oneLead = fc.array(
      fc.record({
        after: fc.integer({ min: 0, max: 20_000 }),
        sync: fc.tuple(names, attributes).map(([[email, cookie], fields]) => sync(email, cookie, fields))
      }),
      { maxLength: 20 }
    )
    const final = (list: ReadonlyArray<SyncLeadOverSoap>) =>
      new Map(list.flatMap(({ attributes: own }) => Object.entries(own)))
    fc.assert(
      fc.property(oneLead, (happenings) => {
        // From the first, email and cookie are known to be one lead's.
        const all = [{ after: 0, sync: sync('a@x', 'c1') }, ...happenings]
        const { sent } = drained(live(all))
        expect(final(sent.map((one) => one.sync))).toEqual(final(added(all)))
        sent.forEach(({ at }, i) => {
          if (i > 0) expect(at - (sent[i - 1]?.at ?? 0)).toBeGreaterThanOrEqual(30_000)
        })
      }),
      { numRuns: 500 }
    )
  })

  it('loses nothing of any lead: the last value sent is the last value added, in each group of syncs that share keys', () => {
    fc.assert(
      fc.property(fc.array(syncs, { maxLength: 12 }), (all) => {
        // All within one rest, so that what is known of a lead is not forgotten in between.
        const { sent } = drained(live([{ after: 0, sync: null }, ...all.map((one) => ({ after: 1, sync: one }))]))
        for (const group of leadsOf(all)) {
          const names = new Set(group.flatMap(({ attributes: own }) => Object.keys(own)))
          const own = sent.filter((one) => group.some((other) => shareKey(one.sync, other))).map((one) => one.sync)
          const emails = group.flatMap(({ email }) => (email === null ? [] : [email]))
          expect(new Set(own.flatMap(({ cookie }) => cookie ?? []))).toEqual(
            new Set(group.flatMap(({ cookie }) => cookie ?? []))
          )
          if (emails.length > 0) expect(own.flatMap(({ email }) => email ?? [])).toContain(emails.at(-1))
          for (const name of names) {
            const values = (list: ReadonlyArray<SyncLeadOverSoap>) =>
              list.flatMap((one) =>
                Object.entries(one.attributes).flatMap(([key, value]) => (key === name ? [value] : []))
              )
            expect(values(own)).toContainEqual(values(group).at(-1))
            for (const value of values(own)) expect(values(group)).toContainEqual(value)
          }
        }
      }),
      { numRuns: 500 }
    )
  })

  it('sends each attribute once where it waits', () => {
    let { state } = spaceSync(noSpacing, sync('a@x', null, { A: 1 }), 0)
    for (const [value, now] of [
      [2, 1_000],
      [3, 2_000],
      [null, 29_999]
    ] as const) {
      const spaced = spaceSync(state, sync('a@x', null, { A: value, [`at${now}`]: true }), now)
      expect([spaced.send, spaced.sendAt]).toEqual([null, 30_000])
      state = spaced.state
    }
    expect(dueSyncs(state, 29_999)).toMatchObject({ send: [], nextAt: 30_000 })
    const due = dueSyncs(state, 30_000)
    expect(due.send).toEqual([sync('a@x', null, { A: null, at1000: true, at2000: true, at29999: true })])
    expect(due.nextAt).toBeNull()
    expect(dueSyncs(due.state, 30_000)).toEqual({ state: due.state, send: [], nextAt: null })
  })

  it('sends at once, 30 seconds after the last, what came for a lead that rested; with what waited too long', () => {
    const first = spaceSync(noSpacing, sync('a@x', null, { A: 1 }), 0)
    expect(first.send).toEqual(sync('a@x', null, { A: 1 }))
    expect(spaceSync(first.state, sync('a@x', null, { A: 2 }), 29_999).send).toBeNull()
    expect(spaceSync(first.state, sync('a@x', null, { A: 2 }), 30_000).send).toEqual(sync('a@x', null, { A: 2 }))
    const waiting = spaceSync(first.state, sync('a@x', null, { A: 2 }), 5_000)
    const late = spaceSync(waiting.state, sync('A@X', null, { B: 3 }), 31_000)
    expect(late.send).toEqual({ ...sync('A@X', null, { A: 2, B: 3 }) })
    expect(late.sendAt).toBe(31_000)
    expect(spaceSync(late.state, sync('a@x', null), 60_999)).toMatchObject({ send: null, sendAt: 61_000 })
  })

  it('lets leads of other keys and of other instances go', () => {
    const { state } = spaceSync(noSpacing, sync('a@x', 'c1'), 0)
    expect(spaceSync(state, sync('b@x', 'c2'), 1).send).not.toBeNull()
    expect(spaceSync(state, sync('a@x', 'c1', {}, id('123-ABC-456')), 1).send).not.toBeNull()
    expect(spaceSync(state, sync('a@x', null), 1).send).toBeNull()
    expect(spaceSync(state, sync(null, 'c1'), 1).send).toBeNull()
    expect(spaceSync(state, sync('b@x', 'c1'), 1).send).toBeNull()
    expect(spaceSync(state, sync('a@x', 'c2'), 1).send).toBeNull()
  })

  it('makes two that wait one, when a third says that they are one lead’s', () => {
    const sends = [sync('a@x', null), sync(null, 'c1')]
    const waits = [
      sync('a@x', null, { A: 1, B: 1 }),
      sync(null, 'c1', { A: 2, C: 2 }),
      sync('a@x', null, { B: 3 }),
      sync('a@x', 'c1', { D: 4 })
    ]
    const { state } = live([...sends, ...waits].map((one, i) => ({ after: i === 0 ? 0 : 1_000, sync: one })))
    // The cookie was synced at 1 s, the email at 0 s: the later decides.
    expect(dueSyncs(state, 30_999)).toMatchObject({ send: [], nextAt: 31_000 })
    expect(dueSyncs(state, 31_000).send).toEqual([sync('a@x', 'c1', { A: 2, B: 3, C: 2, D: 4 })])
  })

  it('keeps the email and the cookie unless a later one has its own, and names the lead by the cookie', () => {
    const { state } = live([
      { after: 0, sync: sync('a@x', 'c1') },
      { after: 1, sync: sync('b@x', 'c1', { A: 1 }) },
      { after: 1, sync: sync(null, 'c1', { B: 1 }) },
      { after: 1, sync: sync('b@x', null, { C: 1 }) }
    ])
    expect(dueSyncs(state, 30_000).send).toEqual([sync('b@x', 'c1', { A: 1, B: 1, C: 1 })])
  })

  it('an empty email or cookie is none', () => {
    const { state } = live([
      { after: 0, sync: sync('a@x', 'c1') },
      { after: 1, sync: sync('a@x', 'c1', { A: 1 }) },
      { after: 1, sync: { ...sync('', 'c1', { B: 1 }) } },
      { after: 1, sync: { ...sync('a@x', null, { C: 1 }), cookie: '' } }
    ])
    expect(dueSyncs(state, 30_000).send).toEqual([sync('a@x', 'c1', { A: 1, B: 1, C: 1 })])
    const [one, other] = [sync('', 'c8'), sync('', 'c9')]
    expect(spaceSync(spaceSync(noSpacing, one, 0).state, other, 0).send).not.toBeNull()
  })

  it('a cookie is one key of a lead, whether it names the lead or rides along', () => {
    const named = { ...sync('a@x', null), lead: { lookupField: 'cookies', value: 'c1' } }
    const along = { ...sync('b@x', 'c1'), lead: { lookupField: 'email', value: 'b@x' } }
    const { state } = spaceSync(noSpacing, named, 0)
    expect(spaceSync(state, along, 1).sendAt).toBe(30_000)
  })

  it('two cookies of one lead wait for each other, and nothing overtakes', () => {
    const { state } = live([
      { after: 0, sync: sync('a@x', null) },
      { after: 1, sync: sync('a@x', 'c1', { A: 1 }) },
      { after: 1, sync: sync('a@x', 'c2', { A: 2 }) },
      { after: 1, sync: sync(null, 'c1', { A: 3 }) }
    ])
    const spaced = spaceSync(state, sync('a@x', 'c2', { B: 1 }), 4)
    expect([spaced.send, spaced.sendAt]).toEqual([null, 120_000])
    const { sent } = drained({ state: spaced.state, sent: [], now: 4 })
    expect(sent).toEqual([
      { at: 30_000, sync: sync('a@x', 'c1', { A: 1 }) },
      { at: 60_000, sync: sync('a@x', 'c2', { A: 2 }) },
      { at: 90_000, sync: sync(null, 'c1', { A: 3 }) },
      { at: 120_000, sync: sync('a@x', 'c2', { B: 1 }) }
    ])
  })

  it('forgets what was synced 30 seconds ago', () => {
    fc.assert(
      fc.property(life, (happenings) => {
        const { state, now } = drained(live(happenings))
        expect(state.waiting).toEqual([])
        expect(dueSyncs(state, now + 29_999).state.synced.length).toBeLessThanOrEqual(state.synced.length)
        expect(dueSyncs(state, now + 30_000).state).toEqual({ ...noSpacing, turn: state.turn })
      })
    )
    let state: Spacing = noSpacing
    for (let i = 0; i < 1_000; i += 1) state = spaceSync(state, sync(`${i}@x`, null), i * 1_000).state
    expect(state.synced).toHaveLength(30)
  })

  it('remembers the 64 latest keys of a lead that never rests, and goes on spacing it', () => {
    let state: Spacing = noSpacing
    for (let i = 0; i < 500; i += 1) {
      state = spaceSync(state, sync(`${i}@x`, 'kiosk'), i * 10_000).state
      state = dueSyncs(state, i * 10_000).state
    }
    const keys = state.synced.flatMap(([own]) => own)
    expect(keys).toHaveLength(64)
    expect(keys).toContain(`${hyg} cookies=kiosk`)
    expect(state.synced).toHaveLength(1)
    expect(spaceSync(state, sync('490@x', null), 4_990_001).send).toBeNull()
  })

  it('a clock that goes back makes a lead wait 30 seconds from there, and never sooner', () => {
    const { state } = spaceSync(noSpacing, sync('a@x', null), 1_000_000)
    const back = spaceSync(state, sync('a@x', null, { A: 1 }), 400_000)
    expect([back.send, back.sendAt]).toEqual([null, 430_000])
    expect(dueSyncs(back.state, 429_999).send).toEqual([])
    expect(dueSyncs(back.state, 430_000).send).toEqual([sync('a@x', null, { A: 1 })])
    expect(dueSyncs(state, 400_000).state.synced.map(([, at]) => at)).toEqual([400_000])
  })

  it('P1 P2 P3 P4 is pure, and its states and answers are JSON', () => {
    fc.assert(
      fc.property(life, syncs, after, (happenings, one, wait) => {
        const { state, now } = live(happenings)
        const before = structuredClone(state)
        for (const ask of [
          () => spaceSync(frozen(state), frozen(one), now + wait),
          () => dueSyncs(state, now + wait)
        ]) {
          const answer = ask()
          expect(ask()).toEqual(answer)
          expect(JSON.parse(JSON.stringify(answer))).toStrictEqual(answer)
        }
        expect(state).toEqual(before)
      })
    )
  })
})

describe('coalescing a batch', () => {
  it('leaves one sync for each lead, more only where it has several cookies', () => {
    fc.assert(
      fc.property(fc.array(syncs, { maxLength: 15 }), (batch) => {
        const whole = coalesceSyncs(frozen(batch))
        expect(JSON.parse(JSON.stringify(whole))).toStrictEqual(whole)
        const groups = leadsOf(batch)
        for (const group of groups) {
          const own = whole.filter((one) => group.some((other) => shareKey(one, other)))
          if (new Set(group.flatMap(({ cookie }) => cookie ?? [])).size < 2) expect(own).toHaveLength(1)
        }
        expect(whole.length).toBeLessThanOrEqual(batch.length)
        expect(whole.length).toBeGreaterThanOrEqual(groups.length)
        const severalCookies = groups.some((group) => new Set(group.flatMap(({ cookie }) => cookie ?? [])).size > 1)
        if (!severalCookies) expect(coalesceSyncs(whole)).toEqual(whole)
      }),
      { numRuns: 500 }
    )
  })

  it('leaves the latest value of each attribute of each lead', () => {
    fc.assert(
      fc.property(fc.array(syncs, { maxLength: 15 }), (batch) => {
        const whole = coalesceSyncs(batch)
        for (const group of leadsOf(batch)) {
          if (new Set(group.flatMap(({ cookie }) => cookie ?? [])).size > 1) continue
          const [own] = whole.filter((one) => group.some((other) => shareKey(one, other)))
          expect(new Map(Object.entries(own?.attributes ?? {}))).toEqual(
            new Map(group.flatMap(({ attributes: fields }) => Object.entries(fields)))
          )
          expect(own?.email ?? null).toBe(group.flatMap(({ email }) => email ?? []).at(-1) ?? null)
          expect(own?.cookie ?? null).toBe(group.flatMap(({ cookie }) => cookie ?? []).at(-1) ?? null)
        }
      }),
      { numRuns: 500 }
    )
  })

  it('keeps the order of each lead’s first, and a lone sync as it is', () => {
    const batch = [
      sync('b@x', null, { A: 1 }),
      sync('a@x', 'c1', { A: 1 }),
      sync('b@x', null, { A: 2 }),
      sync('d@x', null)
    ]
    expect(coalesceSyncs(batch)).toEqual([sync('b@x', null, { A: 2 }), sync('a@x', 'c1', { A: 1 }), sync('d@x', null)])
    expect(coalesceSyncs([])).toEqual([])
    const odd = { ...sync('a@x', null), lead: { lookupField: 'userId', value: 'u1' } }
    expect(coalesceSyncs([odd])).toEqual([odd])
  })

  it('knows a lead by whatever key the sync names it, and by a cookie that rides along', () => {
    const lead = { lookupField: 'userId', value: 'u1' }
    const keyed = (attributes: Fields) => ({ ...sync(null, null, attributes), lead })
    expect(coalesceSyncs([keyed({ A: 1 }), keyed({ A: 2, B: 1 })])).toEqual([keyed({ A: 2, B: 1 })])
    const riding = { ...sync('a@x', null, { A: 1 }), cookie: 'c1' }
    expect(coalesceSyncs([riding, sync(null, 'c1', { B: 1 })])).toEqual([sync('a@x', 'c1', { A: 1, B: 1 })])
  })

  it('takes time in step with the batch', () => {
    const batch = Array.from({ length: 50_000 }, (_, i) => sync(`${i % 40_000}@x`, `c${i % 40_000}`, { A: i }))
    const from = performance.now()
    expect(coalesceSyncs(batch)).toHaveLength(40_000)
    expect(performance.now() - from).toBeLessThan(5_000)
  })
})
