/**
 * An end as each item is told it: what is said of fields goes to those who write them.
 */
import { describe, expect, it } from 'vitest'
import { type End, endFor, outcomeOf, type Remark } from '../../src/delivery/outcome.js'
import type { Intent } from '../../src/intent/intent.js'
import { form } from './steps.js'
import { activity, email, munchkinId, upsert } from './world.js'

const applied = (remarks: ReadonlyArray<Remark>): End => ({ _tag: 'Applied', leadId: 1, status: 'updated', remarks })

const left: Remark = { _tag: 'LeftOut', field: 'gender', code: '1006' }
const kept: Remark = { _tag: 'Kept', field: 'plan' }
const proto: Remark = { _tag: 'Kept', field: 'constructor' }
const merged: Remark = { _tag: 'Merged', leadIds: [2] }
const warned: Remark = { _tag: 'Warned', message: 'take care' }
const all = [left, kept, proto, merged, warned]

describe('of the remarks', () => {
  // biome-ignore format: table
  it.each<[string, Intent, ReadonlyArray<Remark>]>([
    ['an upsert is told of its own fields',  upsert({ email: email(1), plan: 'x' }),   [kept, merged, warned]],
    ['of those that are null as well',       upsert({ email: email(1), gender: null }), [left, merged, warned]],
    ['of none that it does not write',       upsert({ email: email(1) }),               [merged, warned]],
    ['a form of no field',                   form(1),                                   [merged, warned]],
    ['an activity of no field',              activity(email(1)),                        [merged, warned]]
  ])('%s', (_, intent, remarks) => {
    expect(endFor(intent, applied(all))).toEqual(applied(remarks))
    const queued: End = { _tag: 'Queued', correlationId: 'c', remarks: all }
    expect(endFor(intent, queued)).toEqual({ ...queued, remarks })
  })

  it('an end that has none is told as it is', () => {
    const skipped: End = { _tag: 'Skipped', reasons: [{ code: '1003', message: 'no' }], remedy: 'mend-record' }
    for (const end of [applied([]), skipped]) expect(endFor(upsert({ email: email(1) }), end)).toBe(end)
  })
})

describe('an outcome', () => {
  it('bears the ids of its item, and its instance', () => {
    const item = { id: 'a', messageId: 'm', event: 'identify', intent: upsert({ email: email(1) }) }
    expect(outcomeOf(item, applied([]))).toEqual({ id: 'a', messageId: 'm', munchkinId, ...applied([]) })
  })
})
