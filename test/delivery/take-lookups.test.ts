/**
 * What a lookup tells those that wait for a lead's number.
 */
import { describe, expect, it } from 'vitest'
import { resolveFirst } from '../../src/delivery/options.js'
import { unlearned } from '../../src/delivery/people.js'
import { start } from '../../src/delivery/start.js'
import type { Delivery } from '../../src/delivery/state.js'
import type { Answer } from '../../src/intent/outcome.js'
import { putOn } from './belonging.js'
import { drive } from './drive.js'
import { acquainted, answer, begun, endpoints, ends, form, lose, more, ok, refused, t, told, visit } from './steps.js'
import { activity, email, endsOf, itemsOf, marketo, munchkinId, outcomesOf, upsert } from './world.js'

const reasonsOf = (what: Answer): ReadonlyArray<unknown> => {
  const [state, [lookup]] = begun(itemsOf(activity(email(1))))
  expect(lookup?.call.descriptor.endpoint).toBe('getLeadsByFilter')
  const { outcomes } = answer(state, lookup, what)
  for (const one of outcomes)
    if ('reasons' in one && one._tag === 'Skipped') expect(one.reasons[0]?.message).not.toBe('')
  return outcomes.map((one) => [one._tag, 'reasons' in one && one.reasons[0]?.code])
}

describe('who needs a number', () => {
  const lead = (id: number) => ({ id, email: email(1) })
  const lacks = refused('1006', "Field 'email' not found")
  // biome-ignore format: table
  const cases: ReadonlyArray<[string, Answer, ReadonlyArray<unknown>]> = [
    ['waits no more for one lead',          told(lead(1)),            []],
    ['is skipped where nobody is found',    told(),                   [['Skipped', '1004']]],
    ['is skipped where several are',        told(lead(1), lead(2)),   [['Skipped', '1007']]],
    ['is skipped so where there are more',  ok({ success: true, result: [lead(1), lead(2)], moreResult: true, nextPageToken: 'x' }), [['Skipped', '1007']]],
    ['and where more are to come',          ok({ success: true, result: [], moreResult: true, nextPageToken: 'x' }), []],
    ['is refused for a key that is none',   refused('1011'),          [['Refused', '1011']]],
    ['also among other reasons',            ok({ success: false, errors: ['1011', '1003'].map((code) => ({ code, message: '' })) }), [['Refused', '1011']]],
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
      i0: { _tag: 'Applied', remarks: [] }
    })
  })
})

describe('an answer that says nothing of a key', () => {
  const stray = told({ id: 1, email: email(9) })
  it.each([
    ['who needs a number', {}, [1, 2].map((n) => activity(email(n)))],
    ['who looks before writing', { identity: resolveFirst() }, [1, 2].map((n) => upsert({ email: email(n) }))]
  ])('D7 is no answer to %s: the key is asked again, later', (_, options, intents) => {
    const [state, [lookup]] = begun(itemsOf(...intents), options)
    const after = answer(state, lookup, stray)
    expect([ends(after), after.pending[0]?.tried, after.found]).toEqual([[], { lost: 1 }, {}])
    for (const { notBefore } of after.pending) expect(notBefore).toBeGreaterThan(t)
    expect(more(after, [])[1]).toEqual([])
  })
})

describe('keys that are too long for an address', () => {
  it('are asked for in a body, and a field that is missing there is missing as well', () => {
    const many = Array.from({ length: 150 }, (_, n) => activity(`${'x'.repeat(60)}${email(n)}`))
    const [state, [lookup]] = begun(itemsOf(...many))
    expect(lookup?.call.descriptor.method).toBe('POST')
    const after = answer(state, lookup, refused('1006', "Field 'email' not found"))
    expect(new Set(after.outcomes.map(({ _tag }) => _tag))).toEqual(new Set(['Refused']))
    expect(after.outcomes).toHaveLength(150)
    expect(after.instances[munchkinId]?.refusedFields).toEqual({ email: '1006' })
  })
})

describe('a key that is none', () => {
  it('ends all who ask by that field at once, whatever else is said', () => {
    const [state, [lookup]] = begun(itemsOf(activity(email(1)), activity(email(2))))
    const what = ok({ success: false, errors: ['1011', '1003'].map((code) => ({ code, message: '' })) })
    expect(ends(answer(state, lookup, what))).toEqual(['i0 Refused', 'i1 Refused'])
  })
})

describe('who does not wait for an answer', () => {
  it('D7 is a write by a key, whatever becomes of a lookup', () => {
    const [looking, [lookup]] = begun(itemsOf(activity(email(1))))
    const [both] = more(looking, [upsert({ email: email(1) })])
    expect(ends(answer(both, lookup, refused('603')))).toEqual(['i0 Refused'])
    expect(answer(both, lookup, told({ id: 5, email: email(1) })).found).toEqual({})
  })

  it('D7 is a page view', () => {
    const items = itemsOf(activity(email(1)), visit(2), visit(3), visit(1))
    const [looking, requests] = begun(items, { identity: resolveFirst(), freeCalls: 1 })
    const lookup = requests.find(({ call }) => call.descriptor.endpoint === 'getLeadsByFilter')
    expect(ends(answer(looking, lookup, refused('603')))).toEqual(['i1 Applied', 'i0 Refused'])
  })

  it('D4 is a write behind what moves across nothing: it looks for itself when its turn comes', () => {
    const items = itemsOf(putOn(1, { listId: 1 }), upsert({ email: email(1) }))
    const [looking, [lookup]] = begun(items, { identity: resolveFirst() })
    expect(answer(looking, lookup, told({ id: 5, email: email(1) })).found).toEqual({})
    expect(answer(looking, lookup, refused('1011')).found).toEqual({})
  })

  it('D7 is who was told the number meanwhile', () => {
    const [looking, [lookup]] = begun(itemsOf(activity(email(1)), activity(email(2))), { linger: 0 })
    const [writing, [write]] = more(looking, [upsert({ email: email(1) })])
    const known = answer(writing, write, told({ id: 5, status: 'created' }))
    expect(ends(answer(known, lookup, told()))).toEqual(['more0 Applied', 'i1 Skipped'])
    // Of the two keys one has nobody left who waits, so the other is to blame.
    expect(ends(answer(known, lookup, refused('1003')))).toEqual(['more0 Applied', 'i1 Refused'])
  })

  it('D7 is who is in flight, also where the number was forgotten since', () => {
    const [looking, [lookup]] = begun(itemsOf(activity(email(1))), { linger: 0 })
    const [writing, [write]] = more(looking, [upsert({ email: email(1) })])
    const [acting, [act]] = more(answer(writing, write, told({ id: 5, status: 'created' })), [])
    expect(endpoints(act === undefined ? [] : [act])).toEqual(['addCustomActivities 1'])
    const forgot: Delivery = { ...acting, people: unlearned(acting.people, acting.pending[0]?.person ?? -1) }
    expect(ends(answer(forgot, lookup, told()))).toEqual(['more0 Applied'])
  })

  it('D4 is who comes behind a form that will tell the number', () => {
    const [looking, [lookup]] = begun(itemsOf(activity(email(1))), { linger: 0 })
    const [filling] = more(looking, [form(1), activity(email(1), 2)])
    expect(ends(answer(filling, lookup, told()))).toEqual(['i0 Skipped'])
  })
})

describe('leads that come late', () => {
  const transport = { _tag: 'ingestion', prefix: 'x', priority: 'normal' } as const
  const tried = (lost: number): ReturnType<typeof begun> => {
    const [state, requests] = begun(itemsOf(activity(email(1)), activity(email(2))), { transport })
    return [{ ...state, pending: state.pending.map((item) => ({ ...item, tried: { lost } })) }, requests]
  }

  it('are looked for ten times, half a minute apart', () => {
    const [ninth, [lookup]] = tried(9)
    const again = answer(ninth, lookup, told({ id: 2, email: email(2) }))
    expect(ends(again)).toEqual([])
    expect(again.pending.map((item) => [item.tried, item.notBefore])).toEqual([
      [{ lost: 10 }, t + 30_000],
      [{ lost: 9 }, 0]
    ])
    const [tenth, [last]] = tried(10)
    expect(ends(answer(tenth, last, told()))).toEqual(['i0 Skipped', 'i1 Skipped'])
  })

  it('are told at once where several are there', () => {
    const [state, [lookup]] = tried(0)
    const two = [1, 2].map((id) => ({ id, email: email(1) }))
    expect(ends(answer(state, lookup, told(...two, { id: 3, email: email(2) })))).toEqual(['i0 Skipped'])
  })

  it('keep nobody waiting who looks before writing', () => {
    const [state, [lookup]] = begun(itemsOf(upsert({ email: email(1) })), { transport, identity: resolveFirst() })
    expect(endpoints(more(answer(state, lookup, told()), [])[1])).toEqual(['ingestPersons 1'])
  })
})

describe('a lookup that was cut in pieces', () => {
  const three = itemsOf(...[1, 2, 3].map((n) => activity(email(n))))
  it('D9 makes up for the refusals of its family with a piece that is answered', () => {
    const [looking, [lookup]] = begun(three)
    const [cut, [two, one]] = more(answer(looking, lookup, refused('1003')), [])
    expect(endpoints([two, one].flatMap((call) => call ?? []))).toEqual(['getLeadsByFilter 2', 'getLeadsByFilter 1'])
    const spoilt = answer(cut, two, refused('1003'))
    expect(Object.values(spoilt.families)).toEqual([1])
    expect(answer(spoilt, one, told({ id: 3, email: email(3) })).families).toEqual({})
  })

  it('D9 also for who looks before writing', () => {
    const items = itemsOf(...[1, 2].map((n) => upsert({ email: email(n) })))
    const [looking, [lookup]] = begun(items, { identity: resolveFirst() })
    expect(endpoints(more(answer(looking, lookup, refused('1003')), [])[1])).toEqual([
      'getLeadsByFilter 1',
      'getLeadsByFilter 1'
    ])
    expect(ends(lose(looking, lookup))).toEqual([])
  })
})

describe('who is known already', () => {
  it('is asked for no more', () => {
    expect(endpoints(more(acquainted([upsert({ email: email(1) })]), [activity(email(1))])[1])).toEqual([
      'addCustomActivities 1'
    ])
  })
})
