/**
 * What a lookup tells those that wait for a lead's number.
 */
import { describe, expect, it } from 'vitest'
import { resolveFirst } from '../../src/delivery/options.js'
import { start } from '../../src/delivery/start.js'
import type { Answer } from '../../src/intent/outcome.js'
import { drive } from './drive.js'
import { answer, begun, endpoints, more, refused, told } from './steps.js'
import { activity, email, endsOf, itemsOf, marketo, outcomesOf, upsert } from './world.js'

const reasonsOf = (what: Answer): ReadonlyArray<unknown> => {
  const [state, [lookup]] = begun(itemsOf(activity(email(1))))
  expect(lookup?.call.descriptor.endpoint).toBe('getLeadsByFilter')
  return answer(state, lookup, what).outcomes.map((one) => [one._tag, 'reasons' in one && one.reasons[0]?.code])
}

describe('who needs a number', () => {
  const lead = (id: number) => ({ id, email: email(1) })
  const lacks = refused('1006', "Field 'email' not found")
  // biome-ignore format: table
  const cases: ReadonlyArray<[string, Answer, ReadonlyArray<unknown>]> = [
    ['waits no more for one lead',          told(lead(1)),            []],
    ['is skipped where nobody is found',    told(),                   [['Skipped', '1004']]],
    ['is skipped where several are',        told(lead(1), lead(2)),   [['Skipped', '1007']]],
    ['is refused for a key that is none',   refused('1011'),          [['Refused', '1011']]],
    ['or that this Marketo does not have',  lacks,                    [['Refused', '1006']]]
  ]
  it.each(cases)('D7 %s', (_, what, expected) => {
    expect(reasonsOf(what)).toEqual(expected)
  })

  it('D7 is looked for ten times more where leads come late, and no oftener', () => {
    const transport = { _tag: 'ingestion', prefix: 'x', priority: 'normal' } as const
    const world = drive(start(itemsOf(activity(email(1))), { transport }), marketo())
    expect(outcomesOf(world.delivery)).toMatchObject([{ _tag: 'Skipped' }])
    expect(world.sent.filter(({ endpoint }) => endpoint === 'getLeadsByFilter')).toHaveLength(11)
    const plain = drive(start(itemsOf(activity(email(1)))), marketo())
    expect(plain.sent.filter(({ endpoint }) => endpoint === 'getLeadsByFilter')).toHaveLength(1)
  })

  it('D4 waits for the write where several leads are found', () => {
    const [state, lookups] = begun(itemsOf(activity(email(1))), { identity: resolveFirst() })
    const [writing] = more(state, [upsert({ email: email(1) })])
    const after = answer(writing, lookups[0], told({ id: 1, email: email(1) }, { id: 2, email: email(1) }))
    expect(after.outcomes).toEqual([])
  })
})

describe('a lookup that is cut in pieces', () => {
  it('D3 leaves nobody apart: who was asked for in pieces shares calls again', () => {
    const [state, [whole]] = begun(itemsOf(activity(email(1)), activity(email(2))), { linger: 0 })
    const [halved, halves] = more(answer(state, whole, refused('1003')), [])
    expect(endpoints(halves)).toEqual(['getLeadsByFilter 1', 'getLeadsByFilter 1'])
    const found = halves.reduce((so, half, n) => answer(so, half, told({ id: n + 1, email: email(n + 1) })), halved)
    expect(endpoints(more(found, [])[1])).toEqual(['addCustomActivities 2'])
  })
})

describe('who looks before writing', () => {
  it('writes by another key where one cannot be asked for', () => {
    const [state, lookups] = begun(itemsOf(upsert({ email: email(1), userId: 'u1' })), { identity: resolveFirst() })
    expect(endpoints(lookups)).toEqual(['getLeadsByFilter 1', 'getLeadsByFilter 1'])
    const asked = lookups.reduce(
      (so, lookup) =>
        answer(
          so,
          lookup,
          JSON.stringify(lookup.call.descriptor).includes('"userId"]')
            ? refused('1011')
            : told({ id: 5, email: email(1) })
        ),
      state
    )
    const [written, [write]] = more(asked, [])
    expect(JSON.stringify(write?.call.descriptor.body)).toContain('"id":5')
    expect(endsOf(answer(written, write, told({ id: 5, status: 'updated' })))).toMatchObject({
      i0: { _tag: 'Applied' }
    })
  })
})
