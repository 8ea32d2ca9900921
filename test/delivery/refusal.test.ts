/**
 * What becomes of the records of a call that was refused or lost, step by step.
 */
import { describe, expect, it } from 'vitest'
import type { Request } from '../../src/delivery/next.js'
import { mostRefusedPieces } from '../../src/delivery/refusal.js'
import type { Delivery } from '../../src/delivery/state.js'
import type { Answer } from '../../src/intent/outcome.js'
import { quotaReopens } from '../../src/pace/quota-day.js'
import {
  acquainted,
  answer,
  begun,
  endpoints,
  ends,
  granted,
  lose,
  more,
  ok,
  refused,
  skipped,
  t,
  told
} from './steps.js'
import { activity, email, itemsOf, upsert } from './world.js'

const leads = [1, 2, 3].map((n) => upsert({ email: email(n) }))

/** What is left of a call of three leads that was answered so, and what goes out next. */
const rest = (what: Answer) => {
  const [writing, [write]] = begun(itemsOf(...leads), { linger: 0 })
  const state = answer(writing, write, what)
  return { state, next: endpoints(more(state, [])[1]) }
}

describe('a call that was refused', () => {
  it('D7 for its token goes out again with another', () => {
    const { state, next } = rest(refused('602'))
    expect([ends(state), next]).toEqual([[], ['identityToken 0']])
    expect(state.pending.map(({ tried }) => tried)).toEqual(leads.map(() => ({ 'renew-token': 1 })))
    const [asking, [token]] = more(state, [])
    expect(endpoints(more(answer(asking, token, granted), [])[1])).toEqual(['syncLeads 3'])
  })

  it('D7 for the day’s quota waits until there is another', () => {
    const { state, next } = rest(refused('607'))
    expect([ends(state), next]).toEqual([[], []])
    expect(state.pending.map(({ tried, notBefore }) => [tried, notBefore])).toEqual(
      leads.map(() => [{ 'await-quota': 1 }, quotaReopens(t)])
    )
  })

  // biome-ignore format: table
  it.each<[string, Answer]>([
    ['for its size',        ok('', 413)],
    ['for some record',     refused('1003')]
  ])('D9 %s is cut in halves, each a piece of one family', (_, what) => {
    const { state, next } = rest(what)
    expect([ends(state), next]).toEqual([[], ['syncLeads 2', 'syncLeads 1']])
    const [a, b, c] = state.pending
    expect([a?.piece === b?.piece, b?.piece === c?.piece]).toEqual([true, false])
    expect(new Set(state.pending.map(({ family }) => family)).size).toBe(1)
    expect(a?.family).not.toBe(0)
  })

  it('for what only an administrator can mend is told of all, with the reason', () => {
    const { state } = rest(refused('603', 'access denied'))
    expect(ends(state)).toEqual(['i0 Refused', 'i1 Refused', 'i2 Refused'])
    for (const outcome of state.outcomes)
      expect(outcome).toMatchObject({ reasons: [{ code: '603' }], remedy: 'ask-administrator' })
  })
})

describe('a piece that is refused for what no record is to blame for', () => {
  it('D9 is not cut further, and counts', () => {
    const [writing, [write]] = begun(itemsOf(...leads), { linger: 0 })
    const [cut, [both, one]] = more(answer(writing, write, refused('1003')), [])
    expect(endpoints([both, one].flatMap((request) => request ?? []))).toEqual(['syncLeads 2', 'syncLeads 1'])
    const state = answer(cut, both, refused('603'))
    expect([ends(state), Object.values(state.families)]).toEqual([['i0 Refused', 'i1 Refused'], [1]])
    expect(answer(state, one, told({ id: 3, status: 'created' })).families).toEqual({})
    // A record that was looked at spoils no call, and a call that is too large has no culprit.
    expect(answer(cut, one, skipped('1003')).families).toEqual({})
    expect(answer(cut, both, ok('', 413)).families).toEqual({})
  })

  it('D9 stays in its family when it is cut again', () => {
    const [writing, [write]] = begun(itemsOf(...leads), { linger: 0 })
    const [cut, [both]] = more(answer(writing, write, refused('1003')), [])
    const again = answer(cut, both, refused('1003'))
    expect(new Set(again.pending.map(({ family }) => family)).size).toBe(1)
    expect(new Set(again.pending.map(({ piece }) => piece)).size).toBe(3)
  })

  it('D9 counts for nobody who belongs to no family', () => {
    const apart = upsert({ email: email(4) }, 'email', { partitionName: 'EU' })
    const [writing, calls] = begun(itemsOf(upsert({ email: email(1) }), apart), { linger: 0 })
    expect(endpoints(calls)).toEqual(['syncLeads 1', 'syncLeads 1'])
    const after = answer(writing, calls[0], refused('1003'))
    expect([after.pending.length, after.families]).toEqual([1, {}])
  })

  it('D9 gives its family up once so many were refused in a row, and no other', () => {
    const [writing, [write]] = begun(itemsOf(...leads), { linger: 0 })
    const [cut, [both, one]] = more(answer(writing, write, refused('1003')), [upsert({ email: email(9) })])
    const counted = (count: number): Delivery => ({ ...cut, families: { [String(cut.pending[0]?.family)]: count } })
    const tell = (count: number, request: Request | undefined) => ends(answer(counted(count), request, refused('1003')))
    expect(tell(mostRefusedPieces - 2, one)).toEqual(['i2 Refused'])
    expect(tell(mostRefusedPieces - 2, both)).toEqual([])
    expect(tell(mostRefusedPieces - 1, both)).toEqual(['i0 Refused', 'i1 Refused'])
    // The other piece is under way, and may yet be taken; where it is not, it is given up as well.
    const { inFlight } = cut
    const alone = (count: number, request: Request | undefined): Delivery => ({
      ...counted(count),
      inFlight: Object.fromEntries(Object.entries(inFlight).filter(([id]) => id === request?.id))
    })
    expect(ends(answer(alone(mostRefusedPieces - 1, both), both, refused('1003')))).toEqual([
      'i0 Refused',
      'i1 Refused',
      'i2 Refused'
    ])
    expect(ends(answer(alone(1, one), one, refused('1003')))).toEqual(['i2 Refused'])
  })
})

describe('a record', () => {
  it('that is as it should be already has ended well', () => {
    const { state } = rest(
      told(...leads.map(() => ({ status: 'skipped', reasons: [{ code: '1037', message: 'so' }] })))
    )
    expect(state.outcomes).toMatchObject(
      leads.map(() => ({ _tag: 'Skipped', reasons: [{ code: '1037' }], remedy: 'accept' }))
    )
  })

  it('of which nobody knows whether it was done is told as unknown where it must not be done twice', () => {
    const [acting, [act]] = more(acquainted(leads), [activity(email(1))])
    expect(lose(acting, act).outcomes[3]).toMatchObject({ _tag: 'Unknown', reasons: [] })
    expect(
      answer(acting, act, ok({ success: false, errors: [{ code: '604', message: '' }] })).outcomes[3]
    ).toMatchObject({
      _tag: 'Unknown',
      reasons: [{ code: '604' }]
    })
    expect(answer(acting, act, skipped('1003')).outcomes[3]).toMatchObject({
      _tag: 'Skipped',
      reasons: [{ code: '1003' }],
      remedy: 'mend-record'
    })
  })
})

describe('a call that was never cut', () => {
  it('D9 says nothing of others that no call was cut for', () => {
    const [writing, [write]] = begun(itemsOf(...leads), { linger: 0 })
    const [both] = more(writing, [upsert({ email: email(9) }, 'email', { action: 'updateOnly' })])
    expect(answer(both, write, refused('1003')).families).toEqual({})
  })
})
