import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ConflictAction, FieldDecision } from '../../../src/writeback/conflict/decide.js'
import { type Braked, brake } from '../../../src/writeback/loop/brake.js'
import {
  emptyLedger,
  fieldsOf,
  type LoopLedger,
  mergeInLedger,
  pruneLedger
} from '../../../src/writeback/loop/ledger.js'
import { rememberWrites } from '../../../src/writeback/loop/remember.js'
import { hyg } from '../../endpoints/reading.js'
import { day, guardOf, noon } from './given.js'

const lead = { munchkinId: hyg, leadId: 1 }
const hour = 3_600_000

const decision = (action: ConflictAction, field = 'city'): FieldDecision => ({
  field,
  winner: action === 'write-to-segment' ? 'marketo' : 'segment',
  value: 'x',
  reason: 'newer',
  sentence: '',
  action,
  at: noon
})

const guard = guardOf({ mostTurns: 3 })

/** One decision after the other, so many milliseconds apart. */
const run = (actions: ReadonlyArray<ConflictAction>, apart: number, from = emptyLedger, field = 'city') => {
  let ledger: LoopLedger = from
  const steps: Array<Braked> = []
  actions.forEach((action, i) => {
    const braked = brake(guard)(ledger, lead, [decision(action, field)], noon + i * apart)
    ledger = braked.ledger
    steps.push(braked)
  })
  return { steps, ledger, passed: steps.map(({ decisions }) => decisions.length) }
}

const toAndFro = (n: number): ReadonlyArray<ConflictAction> =>
  Array.from({ length: n }, (_, i) => (i % 2 === 0 ? 'write-to-marketo' : 'write-to-segment'))

const entryOf = (ledger: LoopLedger, leadId = 1) => fieldsOf(ledger, { ...lead, leadId }).get('city')

describe('the brake', () => {
  it('stops a field at the turn that is one too many, and says so', () => {
    const { steps, passed } = run(toAndFro(6), 1_000)
    expect(passed).toEqual([1, 1, 1, 1, 0, 0])
    const until = noon + 4_000 + day
    expect(entryOf(run(toAndFro(3), 1_000).ledger)).toEqual({
      writes: [],
      last: 'to-marketo',
      turns: [noon + 1_000, noon + 2_000],
      frozenUntil: null
    })
    expect(entryOf(run(toAndFro(5), 1_000).ledger)).toEqual({ writes: [], last: null, turns: [], frozenUntil: until })
    expect(steps.map(({ frozen }) => frozen)).toEqual([
      [],
      [],
      [],
      [],
      [{ field: 'city', until, isNew: true }],
      [{ field: 'city', until, isNew: false }]
    ])
  })

  it('never stops a field that goes one way, or turns seldom', () => {
    fc.assert(
      fc.property(fc.constantFrom<ConflictAction>('write-to-marketo', 'write-to-segment'), (action) => {
        expect(
          run(
            Array.from({ length: 30 }, () => action),
            1
          ).passed
        ).not.toContain(0)
        expect(run(toAndFro(30), hour).passed).not.toContain(0)
      })
    )
  })

  it('counts what is within the time, to the millisecond', () => {
    expect(run(toAndFro(5), hour / 3).passed).toEqual([1, 1, 1, 1, 0])
    expect(run(toAndFro(5), hour / 3 + 1).passed).toEqual([1, 1, 1, 1, 1])
  })

  it('lets go after a while, with a clean slate', () => {
    const { ledger } = run(toAndFro(5), 1_000)
    const later = (now: number) => brake(guard)(ledger, lead, [decision('write-to-segment')], now).decisions.length
    expect(later(noon + 4_000 + day - 1)).toBe(0)
    expect(later(noon + 4_000 + day)).toBe(1)
  })

  it('knows no turn where nothing is written', () => {
    const { passed, ledger } = run(
      Array.from({ length: 20 }, () => 'none'),
      1
    )
    expect(passed).not.toContain(0)
    expect(ledger).toBe(emptyLedger)
  })

  it('knows none of a field that is not written, whatever else is', () => {
    let ledger: LoopLedger = emptyLedger
    for (let i = 0; i < 10; i += 1) {
      const city = decision(i % 2 === 0 ? 'write-to-segment' : 'none')
      const braked = brake(guard)(ledger, lead, [city, decision('write-to-segment', 'title')], noon + i)
      expect(braked.decisions).toHaveLength(2)
      ledger = braked.ledger
    }
    expect(ledger.size).toBe(2)
    expect(entryOf(ledger)).toMatchObject({ last: 'to-segment', turns: [] })
    const one = brake(guard)(emptyLedger, lead, [decision('none'), decision('write-to-segment', 'title')], noon)
    expect(one.ledger.size).toBe(1)
  })

  it('holds one field, not its neighbours', () => {
    const { ledger } = run(toAndFro(5), 1_000)
    const both = [decision('write-to-marketo'), decision('write-to-marketo', 'title'), decision('none', 'country')]
    expect(brake(guard)(ledger, lead, both, noon + 5_000).decisions.map(({ field }) => field)).toEqual([
      'title',
      'country'
    ])
  })

  it('is off where the settings say so', () => {
    const off = guardOf({ mostTurns: 0 })
    let ledger: LoopLedger = emptyLedger
    for (const action of toAndFro(50)) {
      const braked = brake(off)(ledger, lead, [decision(action)], noon)
      expect(braked.decisions).toHaveLength(1)
      ledger = braked.ledger
    }
  })

  it('stays on a lead that is merged into another', () => {
    const { ledger } = run(toAndFro(5), 1_000)
    const merged = mergeInLedger(ledger, { munchkinId: hyg, leadId: 9 }, 1, noon)
    const both = mergeInLedger(run(toAndFro(2), 1).ledger, lead, 9, noon)
    expect(
      brake(guard)(merged, { ...lead, leadId: 9 }, [decision('write-to-segment')], noon + 9_000).decisions
    ).toEqual([])
    expect(brake(guard)(both, lead, [decision('write-to-segment')], noon).decisions).toHaveLength(1)
  })

  it('has the later end, and the later turns, of two leads that are merged', () => {
    const other = { ...lead, leadId: 9 }
    const turn = (from: LoopLedger, leadId: number, times: ReadonlyArray<number>): LoopLedger =>
      times.reduce(
        (so, at, i) => brake(guard)(so, { ...lead, leadId }, [decision(toAndFro(i + 1)[i] ?? 'none')], at).ledger,
        from
      )
    const early = turn(emptyLedger, 1, [noon, noon + 1])
    const both = turn(early, 9, [noon, noon + 5, noon + 6])
    const later = { writes: [], last: 'to-marketo', turns: [noon + 5, noon + 6], frozenUntil: null }
    expect(entryOf(mergeInLedger(both, lead, 9, noon + 9))).toEqual(later)
    expect(entryOf(mergeInLedger(both, other, 1, noon + 9), 9)).toEqual(later)
    const once = brake(guard)(turn(emptyLedger, 1, [noon]), other, [decision('write-to-segment')], noon).ledger
    expect(entryOf(mergeInLedger(once, lead, 9, noon))).toMatchObject({ last: 'to-marketo', turns: [] })
    const frozen = [0, 1, 2, 3, 4].map((i) => noon + i)
    const twice = turn(
      turn(emptyLedger, 1, frozen),
      9,
      frozen.map((at) => at + 100)
    )
    for (const [winner, loser] of [
      [1, 9],
      [9, 1]
    ] as const)
      expect(entryOf(mergeInLedger(twice, { ...lead, leadId: winner }, loser, noon), winner)?.frozenUntil).toBe(
        noon + 104 + day
      )
  })

  it('forgets turns that are too old, and with the last of them the direction', () => {
    const { ledger } = run(toAndFro(3), 1_000)
    expect(entryOf(pruneLedger(guard)(ledger, noon + hour + 1_000))).toMatchObject({
      last: 'to-marketo',
      turns: [noon + 1_000, noon + 2_000]
    })
    expect(entryOf(pruneLedger(guard)(ledger, noon + hour + 2_000))?.turns).toEqual([noon + 2_000])
    expect(pruneLedger(guard)(ledger, noon + hour + 2_001)).toEqual(emptyLedger)
    const write = { ...lead, fields: { city: 'x' }, requestId: null }
    const written = rememberWrites(guard)(run(toAndFro(1), 1).ledger, [write], noon)
    expect(entryOf(written)?.last).toBe('to-marketo')
    expect(entryOf(pruneLedger(guard)(written, noon))).toMatchObject({ last: null, turns: [] })
  })

  it('is still there after pruning, as long as it lasts', () => {
    const { ledger } = run(toAndFro(5), 1_000)
    expect(pruneLedger(guard)(ledger, noon + day).size).toBe(1)
    expect(pruneLedger(guard)(ledger, noon + 4_000 + day)).toEqual(emptyLedger)
  })
})
