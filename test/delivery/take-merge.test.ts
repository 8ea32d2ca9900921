/**
 * A merge that does not succeed at once: tried again where that may help, at the right time.
 */
import { describe, expect, it } from 'vitest'
import { resolveFirst } from '../../src/delivery/options.js'
import { knownOf, nobody } from '../../src/delivery/people.js'
import { resolution } from '../../src/delivery/resolve.js'
import { start } from '../../src/delivery/start.js'
import type { Delivery } from '../../src/delivery/state.js'
import { nextQuotaReset } from '../../src/pace/quota-day.js'
import { drive } from './drive.js'
import { answer, begun, lose, more, refused, skipped, t, told } from './steps.js'
import { activity, email, endsOf, itemsOf, marketo, upsert } from './world.js'

const leads = [{ fields: { userId: 'u1' } }, { fields: { email: email(1) } }]
const items = itemsOf(upsert({ email: email(1), userId: 'u1', plan: 'pro' }), activity(email(1)))
const identity = resolveFirst({ duplicates: 'merge' })

/** A delivery whose first so many merges are refused with a code, and the states that it went through. */
const refusing = (code: string, times: number) => {
  let merges = 0
  const states: Array<Delivery> = []
  const world = drive(start(items, { identity }), marketo({ leads }), {
    look: (state) => states.push(state),
    answer: ({ call }) => {
      if (call.descriptor.endpoint !== 'mergeLeads') return undefined
      merges += 1
      return merges > times ? undefined : refused(code)
    }
  })
  return { world, states, merges }
}

describe('a merge that is refused', () => {
  // biome-ignore format: table
  const cases: ReadonlyArray<[string, string, number]> = [
    ['for too many calls',        '606',  20_000],
    ['for a fault of Marketo’s',  '713',  1],
    ['for the day’s quota',       '607',  nextQuotaReset(t) - t],
    ['for its token',             '602',  0]
  ]
  it.each(cases)('D7 %s is tried again, and not too soon', (_, code, wait) => {
    const { world, merges } = refusing(code, 1)
    expect(merges).toBe(2)
    expect(world.now).toBeGreaterThanOrEqual(t + wait)
    expect(endsOf(world.delivery)).toMatchObject({
      i0: { _tag: 'Applied', remarks: [{ _tag: 'Merged', leadIds: [1] }] },
      i1: { _tag: 'Applied' }
    })
  })

  it('D7 again and again costs the write nothing', () => {
    const { world, merges } = refusing('713', 1_000)
    expect(merges).toBe(6)
    expect(endsOf(world.delivery)).toMatchObject({
      i0: { _tag: 'Applied', remarks: [{ _tag: 'Duplicates', leadIds: [1] }] }
    })
  })
})

describe('many leads of one person', () => {
  it('D2 are merged 25 at a time', () => {
    const found = Array.from({ length: 40 }, (_, n) => ({ leadId: n + 1, fields: {}, merged: [], stays: n === 3 }))
    const told = resolution(identity, ['email'], upsert({ email: email(1) }), knownOf(nobody, 0), {
      [`561-HYG-937 email=${email(1)}`]: found
    })
    const ids = Array.from({ length: 26 }, (_, n) => n + 2).filter((id) => id !== 4)
    expect(told).toEqual({ _tag: 'Merge', winnerId: 1, loserIds: ids })
  })

  it('are written by number, whatever partition the intent names: it belongs to who is made', () => {
    const found = [{ leadId: 1, fields: {}, merged: [], stays: false }]
    const told = resolution(
      identity,
      ['email'],
      upsert({ email: email(1) }, 'email', { partitionName: 'EU' }),
      knownOf(nobody, 0),
      {
        [`561-HYG-937 email=${email(1)}`]: found
      }
    )
    expect(told).toMatchObject({ _tag: 'Write', upsert: { partitionName: null } })
  })
})

describe('what lookups told, once leads were merged', () => {
  const lead = (leadId: number, stays = false) => ({ leadId, fields: {}, merged: [], stays })
  const [byEmail, byUser] = [`561-HYG-937 email=${email(1)}`, '561-HYG-937 userId=u1']
  /** Two leads to merge, and a third that stays as it is. */
  const merging = () => {
    const [looking] = begun(itemsOf(upsert({ email: email(1), userId: 'u1' })), { identity })
    const found = { [byEmail]: [lead(30, true), lead(20), lead(10)], [byUser]: [lead(30, true)] }
    const [state, [merge]] = more({ ...looking, inFlight: {}, found }, [])
    expect(merge?.call.descriptor.endpoint).toBe('mergeLeads')
    return { state, merge }
  }

  it('names the loser as merged into the winner, and leaves the others', () => {
    const { state, merge } = merging()
    expect(answer(state, merge, told()).found).toEqual({
      [byEmail]: [{ ...lead(10), merged: [20] }, lead(30, true)],
      [byUser]: [lead(30, true)]
    })
    expect(answer({ ...state, found: {} }, merge, told()).found).toEqual({})
  })

  // biome-ignore format: table
  it.each<[string, string, object]>([
    ['for too many calls',        '606',  { tried: { throttle: 1 }, notBefore: expect.any(Number) }],
    ['for the day’s quota',       '607',  { tried: { 'await-quota': 1 }, notBefore: nextQuotaReset(t) }],
    ['for its token',             '602',  { tried: { 'renew-token': 1 }, notBefore: 0 }]
  ])('D7 stays as it was where the merge is refused %s', (_, code, expected) => {
    const { state, merge } = merging()
    const after = answer(state, merge, refused(code))
    expect([after.found, after.pending]).toMatchObject([state.found, [expected]])
    if (code !== '602') expect(after.pending[0]?.notBefore).toBeGreaterThan(t)
    expect(after.seed).not.toBe(state.seed)
  })

  it('says so too where the one merge was not done', () => {
    const { state, merge } = merging()
    const left = answer(state, merge, skipped('1079')).found
    expect(left).toEqual(answer(state, merge, refused('1079')).found)
  })

  it('says which could not be merged', () => {
    const { state, merge } = merging()
    expect(answer(state, merge, refused('1079')).found).toEqual({
      [byEmail]: [lead(30, true), lead(20, true), lead(10)],
      [byUser]: [lead(30, true)]
    })
  })

  it('D7 stays as it was where no answer came: the merge is asked for again', () => {
    const { state, merge } = merging()
    const after = lose(state, merge)
    expect([after.found, after.pending.map(({ tried }) => tried)]).toEqual([state.found, [{ lost: 1 }]])
  })
})
