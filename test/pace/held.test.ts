import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Reason } from '../../src/intent/outcome.js'
import type { Remedy } from '../../src/marketo/error-codes.js'
import { defaultBackOff } from '../../src/pace/back-off.js'
import { type AfterFailure, afterFailed, codesOf, type Held, type Patience, untried } from '../../src/pace/held.js'
import { quotaReopens } from '../../src/pace/quota-day.js'
import type { Ended, Tried } from '../../src/pace/remedies.js'

const now = 1_714_557_600_000
/** Each wait is as long as its answer asks for, and no longer. */
const prompt: Patience = {
  retry: { backOff: { ...defaultBackOff, firstMillis: 0 }, whenInDoubt: 'report' },
  restMillis: 900_000,
  seed: 1
}

const refused = (code: string, remedy: Remedy, retryAfter: number | null = null): Ended => ({
  _tag: 'Refused',
  reasons: [{ code, message: 'Words of Marketo’s.' }],
  remedy,
  retryAfter
})
const lost: Ended = { _tag: 'Lost' }

const held: Held = { tried: { throttle: 2 }, notBefore: now + 40_000, size: 120 }
const whatAfter = (end: Ended, tried: Tried = {}, records = 300): AfterFailure =>
  afterFailed(prompt, held, { tried, end, records }, now)

describe('a read that failed', () => {
  it.each<readonly [string, Ended, number]>([
    ['a fault, its own wait being over sooner', refused('713', 'back-off', 30), now + 40_000],
    ['a fault that asks for longer', refused('713', 'back-off', 50), now + 50_000],
    ['no answer: what is read may be read twice', lost, now + 40_000]
  ])('is asked again in the same size, not before either wait is over, after %s', (_, end, notBefore) => {
    expect(whatAfter(end, { throttle: 1 })).toEqual({
      todo: 'wait',
      held: { tried: { throttle: 1, [end._tag === 'Lost' ? 'lost' : 'back-off']: 1 }, notBefore, size: 120 },
      quota: false
    })
  })

  it('is asked again with another token at once', () => {
    expect(whatAfter(refused('602', 'renew-token'))).toEqual({
      todo: 'wait',
      held: { tried: { 'renew-token': 1 }, notBefore: 0, size: 120 },
      quota: false
    })
  })

  it.each([
    ['at the reset', now + 40_000, quotaReopens(now)],
    ['later where it waits for more', quotaReopens(now) + 1, quotaReopens(now) + 1]
  ])('waits for a quota, and says so: %s', (_, notBefore, until) => {
    const end = refused('607', 'await-quota')
    expect(afterFailed(prompt, { ...held, notBefore }, { tried: {}, end, records: 1 }, now)).toEqual({
      todo: 'wait',
      held: { tried: { 'await-quota': 1 }, notBefore: until, size: 120 },
      quota: true
    })
  })

  it.each<readonly [string, Ended, Tried, number, number]>([
    ['too much at once', refused('413', 'split-request'), {}, 300, 150],
    ['too much at once, of three', refused('413', 'split-request'), {}, 3, 1],
    ['something that spoils it', refused('1006', 'mend-request'), {}, 40, 20],
    ['a second timeout of Marketo’s', refused('604', 'back-off'), { 'back-off': 1 }, 9, 4]
  ])('is asked in halves at once after %s', (_, end, tried, records, size) => {
    expect(whatAfter(end, tried, records)).toEqual({ todo: 'wait', held: { tried, notBefore: 0, size }, quota: false })
  })

  it('is taken for an empty answer where there is nothing to be had', () => {
    expect(whatAfter(refused('702', 'accept'))).toEqual({ todo: 'accept' })
  })

  it.each<readonly [string, Ended, Tried, 'refused' | 'tried', number]>([
    ['a refusal for good', refused('603', 'ask-administrator'), { lost: 1 }, 'refused', 120],
    ['a fault once too often', refused('713', 'back-off'), { 'back-off': 5 }, 'tried', 120],
    ['silence once too often', lost, { lost: 5 }, 'tried', 300]
  ])('is given up for a while after %s, and then begins anew', (_, end, tried, because, size) => {
    expect(whatAfter(end, tried)).toEqual({
      todo: 'give-up',
      held: { tried: {}, notBefore: now + 900_000, size },
      because
    })
  })

  it('P2 P4 leaves what it was given, and holds nothing but counts, an instant and a size', () => {
    const ends = fc.constantFrom(
      lost,
      refused('713', 'back-off', 9),
      refused('607', 'await-quota'),
      refused('602', 'renew-token'),
      refused('413', 'split-request'),
      refused('603', 'ask-administrator')
    )
    fc.assert(
      fc.property(ends, fc.nat(7), fc.integer({ min: 1, max: 300 }), (end, tries, records) => {
        const given = Object.freeze({ ...held, walk: 'the caller’s own' })
        const call = { tried: Object.freeze({ lost: tries, 'back-off': tries }), end, records }
        const said = afterFailed(prompt, given, call, now)
        expect(JSON.parse(JSON.stringify(said))).toStrictEqual(said)
        if (said.todo === 'accept') return
        expect(Object.keys(said.held).sort()).toEqual(['notBefore', 'size', 'tried'])
        expect(said.held.size).toBeGreaterThanOrEqual(1)
      })
    )
  })

  it('at first asks for as many values as one filter takes', () => {
    expect(untried).toEqual({ tried: {}, notBefore: 0, size: 300 })
  })
})

describe('the codes of a failure', () => {
  const reasons: readonly [Reason, Reason] = [
    { code: '610', message: 'Words of Marketo’s.' },
    { code: '', message: 'Words of a gateway’s.' }
  ]
  it.each<readonly [string, Ended, string]>([
    ['one', refused('606', 'throttle'), '606'],
    [
      'several, one of them none',
      { _tag: 'Refused', reasons, remedy: 'mend-request', retryAfter: null },
      '610, no code'
    ],
    ['no answer', lost, 'no answer']
  ])('%s', (_, end, text) => {
    expect(codesOf(end)).toBe(text)
  })
})
