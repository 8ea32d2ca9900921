/**
 * What writes tell: remarks, leads that are gone, and what is known of a lead afterwards.
 */
import { describe, expect, it } from 'vitest'
import { type DeliveryOptions, resolveFirst } from '../../src/delivery/options.js'
import { knownOf, leadIdOf, leadOfBrowser, nobody } from '../../src/delivery/people.js'
import type { Delivery } from '../../src/delivery/state.js'
import type { Intent, SubmitForm } from '../../src/intent/intent.js'
import { acquainted, answer, begun, endpoints, ends, form, more, ok, refused, skipped, told } from './steps.js'
import { activity, associate, cookie, email, itemsOf, munchkinId, upsert } from './world.js'

describe('warnings', () => {
  it('are told of each record, beside what else there is to say of it', () => {
    const [state, [write]] = begun(itemsOf(upsert({ email: email(1), nope: 'x' })))
    const [again, [second]] = more(answer(state, write, skipped('1006', "Field 'nope' not found")), [])
    const warned = ok({ success: true, warnings: ['take care'], result: [{ id: 1, status: 'created' }] })
    expect(answer(again, second, warned).outcomes).toMatchObject([
      {
        remarks: [
          { _tag: 'LeftOut', field: 'nope' },
          { _tag: 'Warned', message: expect.stringContaining('take care') }
        ]
      }
    ])
  })
})

describe('a lead that Marketo does not find', () => {
  const known = acquainted([upsert({ email: email(1) })])
  // biome-ignore format: table
  const cases: ReadonlyArray<[string, Intent, ReadonlyArray<string>]> = [
    ['is looked for once more where its number was found out',  activity(email(1)),                                            []],
    ['is not where the intent gave the number',                 activity('1', 0, 'id'),                                        ['more0 Skipped']],
    ['nor where no number was sent',                            upsert({ email: email(1), plan: 'x' }, 'email', { action: 'updateOnly' }), ['more0 Skipped']]
  ]
  it.each(cases)('D7 %s', (_, intent, expected) => {
    const [state, [call]] = more(known, [intent])
    const after = answer(state, call, skipped('1004'))
    expect(ends(after).slice(1)).toEqual(expected)
  })
})

describe('a call that is refused because its lead is gone', () => {
  // biome-ignore format: table
  it.each<[string, ReadonlyArray<Intent>, ReadonlyArray<string>, ReadonlyArray<string>]>([
    ['has it looked for once more: a cookie',         [associate(email(1), 1)],              ['getLeadsByFilter 1'],                             []],
    ['or an activity',                                [activity(email(1))],                  ['getLeadsByFilter 1'],                             []],
    ['is asked in parts where it is of several',      [activity(email(1)), activity(email(2))], ['addCustomActivities 1', 'addCustomActivities 1'], []],
    ['says so where the intent gave the number',      [associate('1', 1, 'id')],             [],                                                 ['more0 Refused']]
  ])('D7 %s', (_, intents, calls, expected) => {
    const people = acquainted([upsert({ email: email(1) }), upsert({ email: email(2) })], { linger: 0 })
    const [state, [call]] = more(people, intents)
    const after = answer(state, call, refused('1004'))
    expect([endpoints(more(after, [])[1]), ends(after).slice(2)]).toEqual([calls, expected])
  })
})

describe('a lead that Marketo does not find, among other reasons', () => {
  it('D7 is looked for once more all the same', () => {
    const [state, [call]] = more(acquainted([upsert({ email: email(1) })]), [activity(email(1))])
    const reasons = ['1003', '1004'].map((code) => ({ code, message: 'no' }))
    const after = answer(state, call, told({ status: 'skipped', reasons }))
    expect(endpoints(more(after, [])[1])).toEqual(['getLeadsByFilter 1'])
  })
})

describe('what is known of a lead that is gone', () => {
  it('D7 is nothing, so that an equal record is written again', () => {
    const one = upsert({ email: email(1), plan: 'x' })
    const [state, [call]] = more(acquainted([one], { skipUnchanged: true }), [activity(email(1))])
    expect(endpoints(more(answer(state, call, skipped('1004')), [one])[1])).toContain('syncLeads 1')
  })
})

describe('the number of a lead', () => {
  it.each([["Field 'id' not found"], ["Fields 'id', 'email' not found"]])(
    'is no field that could be left out, whatever Marketo says: %s',
    (message) => {
      const [looking, [lookup]] = begun(itemsOf(upsert({ email: email(1) })), { identity: resolveFirst() })
      const [state, [write]] = more(answer(looking, lookup, told({ id: 5, email: email(1) })), [])
      const after = answer(state, write, skipped('1006', message))
      expect(after.instances[munchkinId]?.refusedFields).toEqual({})
      expect(ends(after)).toEqual(['i0 Skipped'])
    }
  )
})

describe('a field of an activity that is refused', () => {
  it('D7 is no field of leads: it is told, and left out of nothing', () => {
    const [state, [call]] = more(acquainted([upsert({ email: email(1) })]), [activity(email(1))])
    const after = answer(state, call, skipped('1006', "Field 'attributes' not found"))
    expect(ends(after).slice(1)).toEqual(['more0 Skipped'])
    expect(after.instances[munchkinId]?.refusedFields).toEqual({})
  })
})

describe('Data Ingestion', () => {
  const transport = { _tag: 'ingestion', prefix: 'run', priority: 'normal' } as const
  const options: Partial<DeliveryOptions> = { transport, skipUnchanged: true }
  const one = upsert({ email: email(1), gender: 'w', plan: 'x' })

  it('D7 tells what was left out of what is queued, and is not sent the same again', () => {
    const [begin, [first]] = begun(itemsOf(upsert({ email: email(2) })), options)
    const instance = begin.instances[munchkinId]
    if (instance === undefined) throw new Error('no instance')
    const lacking = { ...begin, instances: { [munchkinId]: { ...instance, refusedFields: { gender: '1006' } } } }
    const [state, [second]] = more(answer(lacking, first, ok('', 202)), [one])
    expect(JSON.stringify(second?.call.descriptor.body)).not.toContain('gender')
    const after = answer(state, second, ok('', 202))
    expect(after.outcomes[1]).toMatchObject({ _tag: 'Queued', remarks: [{ _tag: 'LeftOut', field: 'gender' }] })
    expect(more(after, [one])[1]).toEqual([])
  })

  it('D7 tells who is refused, and sends what is in doubt once more, not at once', () => {
    const [state, [call]] = begun(itemsOf(upsert({ email: email(2) })), { transport })
    expect(ends(answer(state, call, ok({ error_code: '4000802', message: 'no' }, 400)))).toEqual(['i0 Refused'])
    const lost = answer(state, call, ok('', 502))
    expect([ends(lost), more(lost, [])[1]]).toEqual([[], []])
    expect(lost.pending[0]?.notBefore).toBeGreaterThan(0)
    // Only 202 says that it is queued.
    const unsaid = answer(state, call, ok('', 200))
    expect([ends(unsaid), unsaid.pending.map(({ tried }) => tried)]).toEqual([[], [{ lost: 1 }]])
  })

  it('gives each call a correlation id of its own, within a round and from one to the next', () => {
    const [state, first] = begun(itemsOf(one, upsert({ email: email(3) }, 'email', { partitionName: 'EU' })), options)
    const [, second] = more(state, [upsert({ email: email(4) })])
    const ids = [...first, ...second].map(({ call }) => call.descriptor.headers['X-Correlation-Id'])
    expect(endpoints([...first, ...second])).toHaveLength(3)
    expect(new Set(ids).size).toBe(3)
    for (const id of ids) expect(id).toMatch(/^run-\d+-\d+$/)
  })
})

describe('a record that was written once', () => {
  const one = upsert({ email: email(1), plan: 'x' })
  const known = acquainted([one], { skipUnchanged: true })

  it('D7 is written again where a form in between failed, and not where an activity did', () => {
    const [filling, [form1]] = more(known, [form(1)])
    expect(endpoints(more(answer(filling, form1, skipped('1003')), [one])[1])).toEqual(['syncLeads 1'])
    const [acting, [act]] = more(known, [activity(email(1))])
    expect(endpoints(more(answer(acting, act, skipped('1003')), [one])[1])).toEqual([])
  })

  it('D7 is looked at again where a policy kept some of it', () => {
    const identity = resolveFirst({ policies: { plan: 'on-create' } })
    const [looking, [lookup]] = begun(itemsOf(one), { identity, skipUnchanged: true })
    const [writing, [write]] = more(answer(looking, lookup, told({ id: 5, email: email(1) })), [])
    const after = answer(writing, write, told({ id: 5, status: 'updated' }))
    expect(after.outcomes).toMatchObject([{ remarks: [{ _tag: 'Kept', field: 'plan' }] }])
    expect(endpoints(more(after, [one])[1])).toEqual(['syncLeads 1'])
  })
})

describe('what was written', () => {
  const both = { email: email(1), plan: 'x', title: 'y' }
  const writtenIn = (state: Delivery, person = 0): string => knownOf(state.people, person).written

  it('is kept in mind only where equal records are not to be sent again', () => {
    expect(writtenIn(acquainted([upsert(both)]))).toBe('')
    expect(writtenIn(acquainted([upsert(both)], { skipUnchanged: true }))).not.toBe('')
  })

  it('is all that one record had of several items', () => {
    const items = itemsOf(upsert({ email: email(1), plan: 'x' }), upsert({ email: email(1), title: 'y' }))
    const [state, [write]] = begun(items, { skipUnchanged: true })
    const after = answer(state, write, told({ id: 1, status: 'created' }))
    expect(ends(after)).toEqual(['i0 Applied', 'i1 Applied'])
    expect(more(after, [upsert(both)])[1]).toEqual([])
    expect(more(after, [upsert({ email: email(1), title: 'y' })])[1]).toHaveLength(1)
  })

  it('is as it was after an activity, and nobody knows after a form', () => {
    const known = acquainted([upsert(both)], { skipUnchanged: true })
    const [acting, [act]] = more(known, [activity(email(1))])
    expect(writtenIn(answer(acting, act, told({ id: 9, status: 'added' })))).toBe(writtenIn(known))
    const [filling, [fill]] = more(known, [form(1)])
    expect(writtenIn(answer(filling, fill, told({ id: 1, status: 'updated' })))).toBe('')
    expect(writtenIn(answer(filling, fill, refused('1003')))).toBe('')
    expect(writtenIn(answer(acting, act, refused('1003')))).toBe(writtenIn(known))
  })

  it('is known of the one that two people turn out to be', () => {
    const two = [upsert({ email: email(1) }), upsert({ userId: 'u1' }, 'userId', { action: 'updateOnly' })]
    const [state, calls] = begun(itemsOf(...two), { skipUnchanged: true })
    const after = calls.reduce((so: Delivery, call) => answer(so, call, told({ id: 5, status: 'updated' })), state)
    expect(state.pending.map(({ person }) => person)).toEqual([0, 1])
    expect([writtenIn(after) === '', writtenIn(after, 1)]).toEqual([false, ''])
  })

  it('D7 is in doubt for the one that two people turn out to be', () => {
    const two = [upsert({ email: email(1) }), upsert({ email: email(2), userId: 'u2' })]
    const [state, [call]] = begun(itemsOf(...two), { skipUnchanged: true })
    const reasons = [{ code: '1003', message: 'no' }]
    const after = answer(state, call, told({ id: 5, status: 'created' }, { status: 'skipped', reasons }))
    expect(ends(after)).toEqual(['i0 Applied', 'i1 Skipped'])
    expect([writtenIn(after) === '', writtenIn(after, 1)]).toEqual([false, ''])
  })
})

describe('a form', () => {
  const filled = (more_: Partial<SubmitForm>, what = told({ id: 5, status: 'updated' })): Delivery => {
    const [state, [call]] = begun(itemsOf({ ...form(1), ...more_ }))
    return answer(state, call, what)
  }

  it('says whose its browser is, where it tells of one', () => {
    const { people } = filled({ cookie: cookie(1) })
    expect(leadOfBrowser(people, `${munchkinId} ${cookie(1)}`)).toBe(5)
    expect(leadIdOf(people, 0, `${munchkinId} email=${email(1)}`)).toBe(5)
    for (const { people: others } of [filled({}), acquainted([upsert({ email: email(1) })])])
      expect(others.young.browsers).toEqual(nobody.young.browsers)
  })

  it('says nothing of it where nobody knows the lead', () => {
    const [, [call]] = begun(itemsOf(form(1)))
    expect(call?.call.descriptor.endpoint).toBe('submitForm')
    const { people } = filled({ cookie: cookie(1) }, told({ status: 'updated' }))
    expect(people.young.browsers).toEqual(nobody.young.browsers)
  })
})

describe('an activity of which the answer says nothing', () => {
  it('D7 is in doubt, and not added twice', () => {
    const [state, [call]] = more(acquainted([upsert({ email: email(1) })]), [activity(email(1))])
    expect(ends(answer(state, call, told())).slice(1)).toEqual(['more0 Unknown'])
  })
})
