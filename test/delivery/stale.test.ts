/**
 * Items as they are now, not as they were when their call went out: whose they are, and how often they were tried.
 */
import { describe, expect, it } from 'vitest'
import { admitted } from '../../src/delivery/backlog.js'
import { next } from '../../src/delivery/next.js'
import { resolveFirst } from '../../src/delivery/options.js'
import { readyOf } from '../../src/delivery/ready-now.js'
import { settleUpserts } from '../../src/delivery/settle-upserts.js'
import { add, start } from '../../src/delivery/start.js'
import { defaultBackOff } from '../../src/pace/back-off.js'
import { putOn } from './belonging.js'
import { acquainted, answer, begun, endpoints, ends, lose, more, t, told } from './steps.js'
import { email, itemsOf, munchkinId, upsert } from './world.js'

const because = (code: string) => ({ status: 'skipped', reasons: [{ code, message: 'no' }] })

describe('people who turn out to be one while an answer is read', () => {
  it('D7 are looked for once more under the person that they are now', () => {
    const items = itemsOf(upsert({ email: email(1) }), upsert({ userId: 'u2' }, 'userId'))
    const earlier = acquainted([upsert({ email: email(9) })], { linger: 0 })
    const resolving = { ...earlier, options: { ...earlier.options, identity: resolveFirst() } }
    const [asked, lookups] = next(add(resolving, items), t)
    const found = lookups.reduce((state, request) => {
      const { query } = request.call.descriptor
      const lead = query.some(([, value]) => value === 'userId') ? { id: 6, userId: 'u2' } : { id: 5, email: email(1) }
      return answer(state, request, told(lead))
    }, asked)
    const [writing, [write]] = more(found, [])
    expect(endpoints(write === undefined ? [] : [write])).toEqual(['syncLeads 2'])
    // Lead 5 was merged into 6 meanwhile, and 6 was deleted a moment later.
    const after = answer(writing, write, told({ id: 6, status: 'updated' }, because('1004')))
    expect(endpoints(more(after, [])[1])).toEqual(['getLeadsByFilter 1'])
  })

  it('D7 hold nobody knows what, if one of their writes failed', () => {
    const people = [9, 1, 2].map((n) => upsert({ email: email(n) }))
    const known = acquainted(people, { skipUnchanged: true })
    const one = upsert({ email: email(1), plan: 'x' })
    const [state, [write]] = more(known, [one, upsert({ email: email(2), plan: 'y' })])
    // The first record tells that both are lead 3.
    const after = answer(state, write, told({ id: 3, status: 'updated' }, because('1003')))
    expect(ends(after).slice(3)).toEqual(['more0 Applied', 'more1 Skipped'])
    expect(endpoints(more(after, [one])[1])).toEqual(['syncLeads 1'])
  })
})

describe('a call whose records were tried differently often', () => {
  it('D7 is given up by the one that was tried most', () => {
    const retry = { backOff: { ...defaultBackOff, retries: 1 }, whenInDoubt: 'report' } as const
    const known = acquainted([upsert({ email: email(1) })], { retry, linger: 0 })
    // The lead of the first has to be looked up, so the second goes alone, and is lost.
    const [state, calls] = more(known, [putOn(2, { listId: 1 }), putOn(1, { listId: 1 })])
    expect([...endpoints(calls)].sort()).toEqual(['addToList 1', 'getLeadsByFilter 1'])
    const add = calls.find(({ call }) => call.descriptor.endpoint === 'addToList')
    const lookup = calls.find(({ call }) => call.descriptor.endpoint === 'getLeadsByFilter')
    const lost = lose(state, add)
    const later = Math.max(...lost.pending.map(({ notBefore }) => notBefore))
    const [again, [both]] = next(answer(lost, lookup, told({ id: 2, email: email(2) }), later), later)
    expect(endpoints(both === undefined ? [] : [both])).toEqual(['addToList 2'])
    expect(ends(lose(again, both, later)).slice(1)).toEqual(['more0 Unknown', 'more1 Unknown'])
  })
})

describe('names that every object has', () => {
  it('are asked for as any other field', () => {
    const identity = resolveFirst({ policies: { constructor: 'if-empty' as const, toString: 'if-empty' as const } })
    const [, [lookup]] = begun(itemsOf(upsert({ email: email(1), constructor: 'x' })), { identity })
    const fields = lookup?.call.descriptor.query.find(([name]) => name === 'fields')?.[1].split(',')
    expect(fields).toEqual(expect.arrayContaining(['constructor', 'toString']))
  })
})

describe('where leads are written by their keys', () => {
  it('no call in flight is searched for numbers', () => {
    const state = admitted(start(itemsOf(upsert({ email: email(1) }))))
    const ready = readyOf(state, t).get(munchkinId)
    const inFlight = Object.defineProperty({}, 'r0', {
      enumerable: true,
      get: () => {
        throw new Error('looked at')
      }
    })
    expect(ready && settleUpserts({ ...state, inFlight }, ready, {}, new Set()).upserts).toHaveLength(1)
  })
})
