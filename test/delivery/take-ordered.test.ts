/**
 * What is told of lists, programs, campaigns and records, answer by answer.
 */
import { describe, expect, it } from 'vitest'
import type { Request } from '../../src/delivery/next.js'
import { start } from '../../src/delivery/start.js'
import type { Delivery, Pending, Progress } from '../../src/delivery/state.js'
import { listsIn } from '../../src/simulator/reading.js'
import { belonging, campaign, company, leaveAll, order, points, putOn, quit, remove, takeOff } from './belonging.js'
import { drive } from './drive.js'
import { acquainted, answer, endpoints, ends, lose, more, ok, refused, skipped, t, told } from './steps.js'
import { activity, email, itemsOf, marketo, munchkinId, outcomesOf, upsert } from './world.js'

const known = acquainted([1, 2, 3].map((n) => upsert({ email: email(n) })))
const page = (listIds: ReadonlyArray<number>, nextPageToken?: string) =>
  ok({
    success: true,
    result: listIds.map((listId) => ({ listId })),
    ...(nextPageToken === undefined ? {} : { moreResult: true, nextPageToken })
  })
const queryOf = (request: Request | undefined) => request?.call.descriptor.query.map((pair) => pair.join('='))
const pathOf = (request: Request | undefined) => request?.call.descriptor.path[3]

describe('a lead that leaves its lists', () => {
  it('is asked for page by page, then taken off one list after the other', () => {
    const [asking, [first]] = more(known, [leaveAll(1, [5])])
    expect([pathOf(first), queryOf(first)]).toEqual(['1', ['batchSize=300']])
    const [paging, [second]] = more(answer(asking, first, page([9, 5], 't')), [])
    expect(queryOf(second)).toEqual(['batchSize=300', 'nextPageToken=t'])
    const [leaving, [off]] = more(answer(paging, second, page([2, 9])), [])
    expect([endpoints(off === undefined ? [] : [off]), pathOf(off)]).toEqual([['removeFromList 1'], '2'])
    const [last, [offLast]] = more(answer(leaving, off, told({ id: 1, status: 'removed' })), [])
    expect(pathOf(offLast)).toBe('9')
    expect(answer(last, offLast, skipped('1015')).outcomes.slice(3)).toMatchObject([
      { _tag: 'Applied', leadId: 1, status: 'removed' }
    ])
  })

  it.each([
    ['a record', skipped('1003')],
    ['the call', refused('1013')]
  ])('goes on with the others where one list keeps it, and says why (%s is refused)', (_, told1) => {
    const [asking, [first]] = more(known, [leaveAll(1)])
    const [leaving, [off]] = more(answer(asking, first, page([2, 9])), [])
    expect(pathOf(off)).toBe('2')
    const [last, [offLast]] = more(answer(leaving, off, told1), [])
    expect(pathOf(offLast)).toBe('9')
    const [end] = answer(last, offLast, told({ id: 1, status: 'removed' })).outcomes.slice(3)
    expect(end).toMatchObject({ _tag: 'Skipped', remedy: 'mend-record' })
    expect(end?._tag === 'Skipped' && end.reasons.length).toBe(1)
  })

  it('is on no list', () => {
    const [asking, [first]] = more(known, [leaveAll(1)])
    expect(answer(asking, first, page([])).outcomes.slice(3)).toMatchObject([
      { _tag: 'Applied', leadId: 1, status: 'unchanged' }
    ])
  })

  it('may have been merged into another, or be no more', () => {
    const [asking, [first]] = more(known, [leaveAll(1)])
    const [looking, [lookup]] = more(answer(asking, first, refused('1004')), [])
    expect(lookup?.call.descriptor.endpoint).toBe('getLeadsByFilter')
    const [again, [second]] = more(answer(looking, lookup, told({ id: 7, email: email(1) })), [])
    expect(pathOf(second)).toBe('7')
    expect(answer(again, second, refused('1004')).outcomes.slice(3)).toMatchObject([
      { _tag: 'Skipped', remedy: 'accept' }
    ])
  })

  it('P3 comes to an end with an instance that never does', () => {
    let [state, [call]] = more(known, [leaveAll(1)])
    let pages = 0
    while (call !== undefined && pages < 200) {
      pages += 1
      ;[state, [call]] = more(answer(state, call, page([pages], 'again')), [], t + pages * 1_000)
    }
    expect([pages, ends(state).slice(3)]).toEqual([100, ['more0 Unknown']])
  })
})

describe('what wants a lead off something', () => {
  // biome-ignore format: table
  it.each([
    ['a list',    takeOff(1, { listId: 1 })],
    ['a program', quit(1)],
    ['Marketo',   remove(1)]
  ])('D7 looks once more for one that may have been merged into another: off %s', (_, intent) => {
    const [state, [call]] = more(known, [intent])
    const [looking, [lookup]] = more(answer(state, call, skipped('1004')), [])
    expect(lookup?.call.descriptor.endpoint).toBe('getLeadsByFilter')
    expect(answer(looking, lookup, told()).outcomes.slice(3)).toMatchObject([{ _tag: 'Skipped', remedy: 'accept' }])
  })
})

describe('a list that is known by its name', () => {
  const named = { name: 'one', createIn: null }
  const found = (): ReturnType<typeof more> => {
    const [state, [find]] = more(known, [putOn(1, named)])
    return more(answer(state, find, told({ id: 40, name: 'one' })), [])
  }

  it('is looked up once more when it is gone, and no more than that', () => {
    const [state, [add]] = found()
    expect(pathOf(add)).toBe('40')
    const [again, [find]] = more(answer(state, add, refused('1013')), [])
    expect(find?.call.descriptor.endpoint).toBe('findList')
    const [last, [other]] = more(answer(again, find, told({ id: 41, name: 'one' })), [])
    expect(pathOf(other)).toBe('41')
    expect(ends(answer(last, other, refused('1013'))).slice(3)).toEqual(['more0 Refused'])
  })

  it('is kept in mind by its instance, whatever its name', () => {
    const [state, [find]] = more(known, [putOn(1, { name: '__proto__', createIn: null })])
    const after = answer(state, find, told({ id: 40, name: '__proto__' }))
    expect(Object.entries(after.instances[munchkinId]?.lists ?? {})).toEqual([['__proto__', 40]])
    expect(more(after, [])[1].map(({ call }) => call.descriptor.path[3])).toEqual(['40'])
  })

  // biome-ignore format: table
  it.each([
    ['an answer that says nothing',   ok({ success: true, result: [{ name: 'x' }] })],
    ['a fault',                       refused('713')]
  ])('is looked for again after %s', (_, what) => {
    const [state, [find]] = more(known, [putOn(1, named)])
    const after = answer(state, find, what)
    expect([ends(after).slice(3), after.pending[0]?.notBefore === 0]).toEqual([[], false])
  })

  it('is not there where Marketo says so in words', () => {
    const [state, [find]] = more(known, [putOn(1, named)])
    expect(ends(answer(state, find, refused('702'))).slice(3)).toEqual(['more0 Skipped'])
  })

  it('is made, and where somebody else made it meanwhile, looked for', () => {
    const makes = { name: 'new', createIn: { id: 9, type: 'Folder' as const } }
    const [state, [find]] = more(known, [putOn(1, makes), putOn(2, { name: 'new', createIn: null })])
    const [making, [make]] = more(answer(state, find, told()), [])
    expect(ends(making).slice(3)).toEqual(['more1 Skipped'])
    expect(make?.call.descriptor.endpoint).toBe('createList')
    const [again, [second]] = more(answer(making, make, refused('709')), [])
    expect(second?.call.descriptor.endpoint).toBe('findList')
    expect(ends(answer(again, second, lose(again, second) && told({ id: 1 }))).slice(4)).toEqual([])
    const [once, [another]] = more(answer(again, second, told()), [])
    expect(ends(answer(once, another, refused('709'))).slice(4)).toEqual(['more0 Refused'])
  })
})

describe('D9 a campaign that refuses a call', () => {
  it('for one lead’s sake takes the others', () => {
    const all = [0, 1, 2, 3, 4].map((n) => campaign(n))
    const seeded = marketo({ ...belonging, leads: all.map((_, n) => ({ fields: { email: email(n) } })) })
    const { delivery } = drive(start(itemsOf(...all)), seeded, {
      answer: ({ call: { descriptor } }) =>
        descriptor.endpoint === 'requestCampaign' && JSON.stringify(descriptor.body).includes('"id":3')
          ? told({ id: 1, reasons: [{ code: '1004', message: 'Lead not found' }] })
          : undefined
    })
    const kinds = Object.fromEntries(outcomesOf(delivery).map(({ id, _tag }) => [id, _tag]))
    expect(kinds).toEqual({ i0: 'Applied', i1: 'Applied', i2: 'Refused', i3: 'Applied', i4: 'Applied' })
  })
})

describe('records that are no leads', () => {
  it('D4 of one key go one after the other, and what they say of nobody’s lead is told', () => {
    const alone = acquainted([upsert({ email: email(1) })], { linger: 0 })
    const [state, calls] = more(alone, [company('a', 'x'), order('o1', 1)])
    expect([...endpoints(calls)].sort()).toEqual(['syncCompanies 1', 'syncCustomObjects 1'])
    const [, later] = more(state, [company('a', 'y')])
    expect(endpoints(later)).toEqual([])
    const object = calls.find(({ call }) => call.descriptor.endpoint === 'syncCustomObjects')
    expect(answer(state, object, skipped('1004')).outcomes.slice(1)).toMatchObject([
      { _tag: 'Skipped', reasons: [{ code: '1004' }] }
    ])
  })
})

describe('a list that is told of by more than one', () => {
  it('is made once for all of them', () => {
    const makes = { name: 'new', createIn: { id: 9, type: 'Folder' as const } }
    const all = [putOn(0, makes), putOn(1, makes), points(1, 1)]
    const seeded = marketo({ ...belonging, leads: [0, 1].map((n) => ({ fields: { email: email(n) } })) })
    const { marketo: after } = drive(start(itemsOf(...all), { window: 1 }), seeded)
    expect(listsIn(after).find(({ name }) => name === 'new')?.leadIds).toEqual([1, 2])
  })
})

const withPending = (state: Delivery, more: Partial<Pending>): Delivery => ({
  ...state,
  pending: state.pending.map((item) => ({ ...item, ...more }))
})
const withLists = (state: Delivery, lists: Readonly<Record<string, number | null>>): Delivery => {
  const instance = state.instances[munchkinId]
  if (instance === undefined) throw new Error('no instance')
  return { ...state, instances: { [munchkinId]: { ...instance, lists } } }
}
const listsOf = (state: Delivery) => state.instances[munchkinId]?.lists

describe('pages of lists', () => {
  const lists = (pages: number): Progress => ({
    _tag: 'Lists',
    listIds: [7],
    nextPageToken: 'a',
    pages,
    failed: []
  })
  const asked = (progress: Progress, what: ReturnType<typeof ok>): Delivery => {
    const [asking, [first]] = more(known, [leaveAll(1)])
    return answer(
      withPending({ ...asking, families: { 5: 3 } }, { progress, family: 5, tried: { lost: 2 } }),
      first,
      what
    )
  }

  it('P3 are asked for as long as there are more, and a hundred at most', () => {
    const state = asked(lists(98), page([9], 'b'))
    expect(state.pending[0]).toMatchObject({
      progress: { listIds: [7, 9], nextPageToken: 'b', pages: 99 },
      tried: {}
    })
    expect(state.families).toEqual({})
    expect(asked(lists(99), page([9], 'b')).outcomes.slice(3)).toMatchObject([
      { _tag: 'Unknown', reasons: [{ code: '', message: expect.stringContaining('no end') }] }
    ])
    expect(ends(asked(lists(99), page([9]))).slice(3)).toEqual([])
  })

  it('may begin with one of nothing but lists that stay', () => {
    const [asking, [first]] = more(known, [leaveAll(1, [5])])
    expect(answer(asking, first, page([5], 'b')).pending[0]).toMatchObject({
      progress: { listIds: [], nextPageToken: 'b' }
    })
  })

  // biome-ignore format: table
  it.each([
    ['an answer that says nothing',  ok({ success: true, result: [{ name: 'x' }] }), [],                false],
    ['an answer that is lost',       ok('', 502),                                    [],                false],
    ['a lead that nobody may see',   refused('603'),                                 ['more0 Refused'], undefined]
  ])('D7 are asked for again after %s, or told', (_, what, expected, isNow) => {
    const [asking, [first]] = more(known, [leaveAll(1)])
    const after = answer(asking, first, what)
    expect(ends(after).slice(3)).toEqual(expected)
    expect(after.pending.map(({ notBefore }) => notBefore === 0)).toEqual(isNow === undefined ? [] : [isNow])
  })

  it('D7 are asked for again where no answer came', () => {
    const [asking, [first]] = more(known, [leaveAll(1)])
    expect(lose(asking, first).pending.map(({ tried }) => tried)).toEqual([{ lost: 1 }])
  })

  it('of no lead are told, also among other reasons', () => {
    const [asking, [first]] = more(known, [leaveAll(1)])
    const both = ok({ success: false, errors: ['1004', '1003'].map((code) => ({ code, message: '' })) })
    const again = withPending(asking, { tried: { 'mend-record': 1 } })
    expect(answer(again, first, both).outcomes.slice(3)).toMatchObject([
      { _tag: 'Skipped', reasons: [{ code: '1004' }, { code: '1003' }], remedy: 'accept' }
    ])
  })

  it('of a lead by its number end with that number', () => {
    const [asking, [first]] = more(known, [{ ...leaveAll(1), lead: { lookupField: 'id', value: '77' } }])
    const [leaving, [off]] = more(answer(asking, first, page([2])), [])
    expect(answer(leaving, off, told({ id: 77, status: 'removed' })).outcomes.slice(3)).toMatchObject([
      { _tag: 'Applied', leadId: 77, status: 'removed' }
    ])
  })

  // biome-ignore format: table
  it.each<[string, ReturnType<typeof ok>, ReadonlyArray<number>]>([
    ['that is gone',                     refused('1013'),                      [9]],
    ['that we may not touch',            refused('603'),                       [9]],
    ['that is gone, among other things', ok({ success: false, errors: ['1013', '1003'].map((code) => ({ code, message: '' })) }), [9]],
    ['of which nothing is known',        refused('713'),                       [2, 9]],
    ['whose record met a fault',         skipped('713'),                       [2, 9]],
    ['that keeps the lead',              skipped('1003'),                      [9]]
  ])('leave the others to be left: after one %s', (_, what, left) => {
    const [asking, [first]] = more(known, [leaveAll(1)])
    const [leaving, [off]] = more(answer(asking, first, page([2, 9])), [])
    expect(answer(leaving, off, what).pending.map(({ progress }) => progress)).toMatchObject([{ listIds: left }])
  })
})

describe('an answer about a member', () => {
  it('D7 that says nothing is none: it is asked again, later', () => {
    const [state, [call]] = more(known, [putOn(1, { listId: 1 })])
    const after = answer(state, call, told())
    expect([ends(after).slice(3), after.pending.map(({ tried }) => tried)]).toEqual([[], [{ lost: 1 }]])
  })

  it.each([
    ['is lost', ok('', 502)],
    ['leaves doubt', refused('604')]
  ])('D7 that %s leaves a campaign in doubt: it is not requested twice', (_, what) => {
    const [state, [call]] = more(known, [campaign(1)])
    expect(ends(answer(state, call, what)).slice(3)).toEqual(['more0 Unknown'])
    expect(ends(lose(state, call)).slice(3)).toEqual(['more0 Unknown'])
  })

  it.each([
    ['in its result', told({ id: 1, reasons: [{ code: '1004', message: 'Lead not found' }] })],
    ['as a whole', refused('1004')]
  ])('D7 of a campaign of one lead that is gone, %s, has it looked for once more; then it says why', (_, what) => {
    const [state, [call]] = more(known, [campaign(1)])
    const [looking, [lookup]] = more(answer(state, call, what), [])
    expect(lookup?.call.descriptor.endpoint).toBe('getLeadsByFilter')
    const [again, [second]] = more(answer(looking, lookup, told({ id: 7, email: email(1) })), [])
    expect(answer(again, second, what).outcomes.slice(3)).toMatchObject([
      { _tag: 'Refused', reasons: [{ code: '1004' }] }
    ])
  })

  it('of a campaign is for all leads of the call: asked in parts, it tells whom it is about', () => {
    const [state, [call]] = more(known, [campaign(1), campaign(2)])
    expect(endpoints(call === undefined ? [] : [call])).toEqual(['requestCampaign 2'])
    const after = answer(state, call, told({ id: 1, reasons: [{ code: '1004', message: 'Lead not found' }] }))
    expect(endpoints(more(after, [])[1])).toEqual(['requestCampaign 1', 'requestCampaign 1'])
  })

  it('that says it is so already has nothing to mend', () => {
    const [state, [call]] = more(known, [takeOff(1, { listId: 1 })])
    expect(answer(state, call, skipped('1015')).outcomes.slice(3)).toMatchObject([
      { _tag: 'Skipped', reasons: [{ code: '1015' }], remedy: 'accept' }
    ])
  })

  it('brings its warnings along', () => {
    const [state, [call]] = more(known, [putOn(1, { listId: 1 })])
    const warned = ok({ success: true, warnings: ['take care'], result: [{ id: 1, status: 'added' }] })
    expect(answer(state, call, warned).outcomes.slice(3)).toMatchObject([
      { _tag: 'Applied', remarks: [{ _tag: 'Warned', message: expect.stringContaining('take care') }] }
    ])
  })

  it('D4 forgets the number of a lead that is deleted', () => {
    const [state, [call]] = more(known, [remove(1)])
    const after = answer(state, call, told({ id: 1, status: 'deleted' }))
    expect(endpoints(more(after, [activity(email(1))])[1])).toEqual(['getLeadsByFilter 1'])
  })
})

describe('names of lists', () => {
  const named = (name: string) => ({ name, createIn: null })
  const makes = (name: string) => ({ name, createIn: { id: 9, type: 'Folder' as const } })
  const thousand = Object.fromEntries(Array.from({ length: 1_000 }, (_, n) => [`l${n}`, n + 1]))

  it('are kept in mind, a thousand of them, those that were told last', () => {
    const [state, [find]] = more(withLists(known, thousand), [putOn(1, named('new'))])
    const names = Object.keys(listsOf(answer(state, find, told({ id: 40, name: 'new' }))) ?? {})
    expect([names.length, names[0], names.at(-1)]).toEqual([1_000, 'l1', 'new'])
    const [making, [make]] = more(withLists(known, { ...thousand, l5: null }), [putOn(1, makes('l5'))])
    const after = Object.entries(listsOf(answer(making, make, told({ id: 41 }))) ?? {})
    expect([after.length, after[0]?.[0], after.at(-1)]).toEqual([1_000, 'l0', ['l5', 41]])
  })

  it('that are not there are kept in mind only to be made', () => {
    const [state, [find]] = more(known, [putOn(1, named('one'))])
    const after = answer(state, find, told())
    const none = [{ code: '', message: expect.stringMatching(/./) }]
    expect(after.outcomes.slice(3)).toMatchObject([{ _tag: 'Skipped', reasons: none, remedy: 'mend-record' }])
    expect(listsOf(after)).toEqual({})
    expect(endpoints(more(after, [putOn(1, named('one'))])[1])).toEqual(['findList 1'])
  })

  it('that Marketo says in words are not there are made as well', () => {
    const [state, [find]] = more(known, [putOn(1, makes('one')), putOn(2, named('one'))])
    const after = answer(state, find, refused('702'))
    expect(after.outcomes.slice(3)).toMatchObject([{ _tag: 'Skipped', remedy: 'mend-record' }])
    expect(endpoints(more(after, [])[1])).toEqual(['createList 1'])
  })

  it('are forgotten with a list that is gone, and no others', () => {
    const there = withLists(known, { one: 40, two: 50 })
    const [state, [add]] = more(there, [putOn(1, named('one'))])
    expect(listsOf(answer(state, add, refused('1013')))).toEqual({ two: 50 })
    const among = ok({ success: false, errors: ['1013', '1003'].map((code) => ({ code, message: '' })) })
    expect(listsOf(answer(state, add, among))).toEqual({ two: 50 })
    expect(listsOf(answer(state, add, refused('1003')))).toEqual({ one: 40, two: 50 })
    const [both, [call]] = more(there, [putOn(1, named('one')), putOn(2, { listId: 40 })])
    expect(endpoints(call === undefined ? [] : [call])).toEqual(['addToList 2'])
    expect(listsOf(answer(both, call, refused('1013')))).toEqual({ one: 40, two: 50 })
  })

  it('let those share calls again whom a spoilt call had set apart', () => {
    const [state, [find]] = more(known, [putOn(1, named('one')), putOn(2, named('one'))])
    const apart = withPending(state, { piece: 5, family: 5 })
    const after = answer(apart, find, told({ id: 40, name: 'one' }))
    expect(after.pending.map(({ piece, family }) => [piece, family])).toEqual([
      [0, 0],
      [0, 0]
    ])
  })

  // biome-ignore format: table
  it.each<[string, ReturnType<typeof ok>, ReadonlyArray<string>, boolean]>([
    ['is lost',                     ok('', 502),     [],                false],
    ['says nothing',                told(),          [],                false],
    ['says that it is there',       refused('709'),  [],                true],
    ['says so among other things',  ok({ success: false, errors: ['701', '709'].map((code) => ({ code, message: '' })) }), [], true],
    ['refuses it',                  refused('603'),  ['more0 Refused'], false]
  ])('D7 are not made twice: an answer that %s', (_, what, expected, isNow) => {
    const [state, [make]] = more(withLists(known, { made: null, two: 50 }), [putOn(1, makes('made'))])
    expect(make?.call.descriptor.endpoint).toBe('createList')
    const after = answer(state, make, what)
    expect([ends(after).slice(3), listsOf(after)]).toEqual([expected, { two: 50 }])
    expect(after.pending.some(({ notBefore }) => notBefore === 0)).toBe(isNow)
  })
})
