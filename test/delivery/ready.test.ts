/**
 * What is ready in one walk: which items share a record, and who waits behind whom.
 */
import { describe, expect, it } from 'vitest'
import { admitted } from '../../src/delivery/backlog.js'
import { wakeAt } from '../../src/delivery/next.js'
import { resolveFirst } from '../../src/delivery/options.js'
import type { Ready } from '../../src/delivery/ready.js'
import { readyOf } from '../../src/delivery/ready-now.js'
import { add } from '../../src/delivery/start.js'
import type { Delivery, Pending, Progress } from '../../src/delivery/state.js'
import { browserOf } from '../../src/delivery/walk.js'
import type { Intent } from '../../src/intent/intent.js'
import { byteLimits } from '../../src/marketo/limits.js'
import { campaign, company, leaveAll, order, points, putOn, quit, status, takeOff } from './belonging.js'
import { acquainted, answer, begun, endpoints, form, more, t, told, visit } from './steps.js'
import { activity, associate, cookie, email, itemsOf, munchkinId, upsert } from './world.js'

const known = acquainted(
  [1, 2, 3].map((n) => upsert({ email: email(n) })),
  { linger: 0 }
)

/** What is ready of these, once something was said of each. */
const readyFor = (intents: ReadonlyArray<Intent>, say: (i: number) => Partial<Pending> = () => ({})): Ready => {
  const instance = known.instances[munchkinId]
  if (instance === undefined) throw new Error('no instance')
  const named: Delivery = {
    ...known,
    instances: { [munchkinId]: { ...instance, lists: { one: 40, two: 50, none: null } } }
  }
  const state = admitted(add(named, itemsOf(...intents)))
  const ready = readyOf({ ...state, pending: state.pending.map((item, i) => ({ ...item, ...say(i) })) }, t)
  const own = ready.get(munchkinId)
  if (own === undefined) throw new Error('nothing is ready')
  return own
}

/** How many items each record carries. */
const shares = ({ ordered }: Ready): ReadonlyArray<number> => {
  const { lists: _, ...rows } = ordered
  const all = Object.values(rows).flat()
  // What there is to say of them comes with the answer.
  expect(all.flatMap(({ remarks }) => remarks)).toEqual([])
  return all.map(({ items }) => items.length)
}

const one = { listId: 1 }
const two = { listId: 2 }
const [nameOne, nameTwo, nameNone] = [
  { name: 'one', createIn: null },
  { name: 'two', createIn: null },
  { name: 'none', createIn: null }
]

describe('items of one lead, side by side', () => {
  // biome-ignore format: table
  it.each<[string, ReadonlyArray<Intent>, ReadonlyArray<number>]>([
    ['equal lists',                   [putOn(1, one), putOn(1, one)],                             [2]],
    ['other lists',                   [putOn(1, one), putOn(1, two)],                             [1]],
    ['on and off one',                [putOn(1, one), takeOff(1, one)],                           [1]],
    ['equal lists by name',           [putOn(1, nameOne), putOn(1, nameOne)],                     [2]],
    ['other lists by name',           [putOn(1, nameOne), putOn(1, nameTwo)],                     [1]],
    ['a name and a number',           [putOn(1, nameOne), putOn(1, { listId: 40 })],              [1]],
    ['a number and a name',           [putOn(1, { listId: 40 }), putOn(1, nameOne)],              [1]],
    ['equal statuses',                [status(1, 'In'), status(1, 'In')],                         [2]],
    ['other statuses',                [status(1, 'In'), status(1, 'Out')],                        [1]],
    ['statuses of other programs',    [status(1, 'In', 1), status(1, 'In', 2)],                   [1]],
    ['a status and its end',          [status(1, 'In'), quit(1)],                                 [1]],
    ['out of one program twice',      [quit(1), quit(1)],                                         [2]],
    ['out of two programs',           [quit(1, 1), quit(1, 2)],                                   [1]],
    ['out of it and in again',        [quit(1), status(1, 'In')],                                 [1]],
    ['a campaign twice',              [campaign(1), campaign(1)],                                 [1]],
    ['points of one field',           [points(1, 1), points(1, 2)],                               [2]],
    ['points of two',                 [points(1, 1), points(1, 2, { field: 'other' })],           [1]],
    ['points that are none',          [points(1, 1), points(1, Number.NaN)],                      [1]],
    ['points and a list',             [points(1, 1), putOn(1, one)],                              [1]]
  ])('%s', (_, intents, expected) => {
    expect(shares(readyFor(intents))).toEqual(expected)
    // Pieces of a spoilt call are not put together again.
    expect(shares(readyFor(intents, (i) => ({ piece: i })))).toEqual([1])
  })

  const score = (group: number): Progress => ({ _tag: 'Score', group, value: 9 })
  const lists: Progress = { _tag: 'Lists', listIds: [], nextPageToken: null, pages: 1, failed: [] }
  // biome-ignore format: table
  it.each<[string, ReadonlyArray<Progress | null>, ReadonlyArray<number>, ReadonlyArray<number>]>([
    ['what was read together is written together',   [score(1), score(1)],   [0, 0], [2]],
    ['what was read apart is not',                   [score(1), score(2)],   [0, 0], [1]],
    ['nor what was not read yet',                    [score(1), null],       [0, 0], [1]],
    ['nor what a spoilt call set apart',             [score(1), score(1)],   [0, 1], [1]]
  ])('%s', (_, progress, pieces, expected) => {
    const ready = readyFor([points(1, 1), points(1, 2)], (i) => ({ progress: progress[i] ?? null, piece: pieces[i] ?? 0 }))
    expect(shares(ready)).toEqual(expected)
    expect(ready.ordered.scores).toMatchObject([
      { what: { _tag: 'UpsertLead', fields: { id: 1, score: 9 }, action: 'updateOnly' } }
    ])
  })

  it('end where nothing is to be done', () => {
    expect(readyFor([leaveAll(1)], () => ({ progress: lists })).ended.map(([, end]) => end)).toEqual([
      { _tag: 'Applied', leadId: 1, status: 'unchanged', remarks: [] }
    ])
    const said = expect.stringMatching(/./)
    const reasons = [{ code: '', message: said }]
    expect(readyFor([putOn(1, nameNone)]).ended).toMatchObject([
      [{}, { _tag: 'Skipped', reasons, remedy: 'mend-record' }]
    ])
    const problem = { weight: 'invalid', found: said, mend: said }
    expect(readyFor([points(1, Number.NaN)]).ended).toMatchObject([
      [{}, { _tag: 'Unsent', problem: { ...problem, at: ['points'] } }]
    ])
    expect(readyFor([points(1, 1, { field: 'id' })]).ended).toMatchObject([
      [{}, { _tag: 'Unsent', problem: { ...problem, at: ['field'] } }]
    ])
  })
})

describe('who waits', () => {
  const said = (ready: Ready) =>
    [ready.upserts, ready.activities, ready.cookies].map((rows) => rows.map(({ items }) => items.length))
  // biome-ignore format: table
  it.each<[string, ReadonlyArray<Intent>, ReadonlyArray<ReadonlyArray<number>>]>([
    ['a write behind one that cannot share its record', [upsert({ email: email(1) }), upsert({ email: email(1) }, 'email', { action: 'updateOnly' }), upsert({ email: email(1), plan: 'x' })], [[1], [], []]],
    ['an activity behind a write',                      [upsert({ email: email(1), plan: 'x' }), activity(email(1))],            [[1], [], []]],
    ['no activity before one',                          [activity(email(1)), upsert({ email: email(1), plan: 'x' })],            [[1], [1], []]],
    ['a cookie behind a write',                         [upsert({ email: email(1), plan: 'x' }), associate(email(1), 1)],        [[1], [], []]],
    ['no cookie that is said once more',                [associate(email(1), 1), associate(email(1), 1)],                        [[], [], [2]]],
    ['who takes a browser over',                        [associate(email(1), 1), associate(email(2), 1)],                        [[], [], [1]]],
    ['and who takes it back',                           [associate(email(1), 1), associate(email(2), 1), associate(email(1), 1)], [[], [], [1]]],
    ['who says what somebody waits to say',             [upsert({ email: email(1), plan: 'x' }), associate(email(1), 1), associate(email(2), 2), associate(email(3), 3), associate(email(3), 1)], [[1], [], [1, 1]]],
    ['no second browser that is said once more',        [associate(email(1), 1), associate(email(2), 2), associate(email(2), 2)], [[], [], [1, 2]]],
    ['no other browser',                                [associate(email(1), 1), associate(email(2), 2)],                        [[], [], [1, 1]]]
  ])('D4 %s', (_, intents, expected) => {
    expect(said(readyFor(intents))).toEqual(expected)
  })

  it('D4 an activity of another piece of its person', () => {
    const both = [activity(email(1), 1), activity(email(1), 2)]
    expect(said(readyFor(both, (i) => ({ piece: i })))).toEqual([[], [1], []])
    expect(said(readyFor(both, () => ({ piece: 3 })))).toEqual([[], [1, 1], []])
  })

  it('no custom object for what names nobody', () => {
    const ready = readyFor([
      upsert({ email: email(9) }),
      order('o1', 1, { email: null }),
      order('o2', 1, { email: email(9) })
    ])
    expect(ready.objects.map(({ what }) => what.fields.orderId)).toEqual(['o1'])
  })

  it('no page view, whatever comes before it', () => {
    expect(readyFor([putOn(1, one), visit(1)]).visits).toHaveLength(1)
    expect(shares(readyFor([visit(1), putOn(1, one)]))).toEqual([1])
  })

  // biome-ignore format: table
  it.each([
    ['fit into one request',         byteLimits.body - 2_200, [2]],
    ['are too large for one',        byteLimits.body - 1_500, [1]]
  ])('D2 a write that shares its record with another where both %s', (_, bytes, expected) => {
    const half = 'x'.repeat(bytes / 2 - 40)
    const both = [upsert({ email: email(1), plan: half }), upsert({ email: email(1), title: half })]
    expect(said(readyFor(both))[0]).toEqual(expected)
  })
})

describe('forms and records', () => {
  it('D4 a form waits behind a write of its person', () => {
    expect(readyFor([form(1)]).forms).toHaveLength(1)
    expect(readyFor([upsert({ email: email(1), plan: 'x' }), form(1)]).forms).toHaveLength(0)
  })

  it('equal records are one, but for pieces of a spoilt call', () => {
    const both = [company('a', 'A'), company('a', 'B')]
    const said = (ready: Ready) => ready.companies.map(({ what, items }) => [what.fields.company, items.length])
    expect(said(readyFor(both))).toEqual([['B', 2]])
    const once = readyFor([...both, order('o1', 1)])
    expect([...once.companies, ...once.objects].map(({ remarks }) => remarks)).toEqual([[], []])
    expect(said(readyFor(both, (i) => ({ piece: i })))).toEqual([['A', 1]])
    expect(said(readyFor([company('a', 'A'), company('b', 'B')]))).toEqual([
      ['A', 1],
      ['B', 1]
    ])
  })

  it('D4 a custom object waits for a lead that it names by number, and for no truth', () => {
    const writes = [upsert({ id: 7, plan: 'x' }, 'id', { action: 'updateOnly' }), upsert({ email: 'true' })]
    const ready = readyFor([...writes, order('o1', 1, { price: 7 }), order('o2', 1, { email: true })])
    expect(ready.objects.map(({ what }) => what.fields.orderId)).toEqual(['o2'])
  })
})

describe('questions', () => {
  it('are asked for who waits for a number, unless a write in front will tell it', () => {
    const said = (intents: ReadonlyArray<Intent>) =>
      [...readyFor(intents).questions.values()].map(({ items, isUrgent }) => [items.length, isUrgent])
    expect(said([activity(email(9))])).toEqual([[1, false]])
    // The second is held behind the first.
    expect(said([activity(email(9)), activity(email(9))])).toEqual([[1, false]])
    expect(said([putOn(9, one)])).toEqual([[1, false]])
    expect(said([upsert({ email: email(9) }), activity(email(9))])).toEqual([])
    expect(said([activity(email(9)), upsert({ email: email(9) })])).toEqual([])
    expect(said([putOn(2, one), upsert({ email: email(9) }), activity(email(9))])).toEqual([])
    // Things of other lanes ask along.
    expect(said([activity(email(9)), associate(email(9), 1)])).toEqual([[2, false]])
  })

  it('are urgent where somebody is to be left alone', () => {
    const urgent = (intents: ReadonlyArray<Intent>) => readyFor(intents).urgent.size
    expect(urgent([putOn(1, one), activity(email(2))])).toBe(0)
    expect(urgent([takeOff(1, one)])).toBe(1)
    expect(urgent([putOn(1, one), upsert({ email: email(1), plan: 'x' })])).toBe(0)
    expect(urgent([putOn(1, one), upsert({ email: email(1), unsubscribed: true })])).toBe(1)
  })
})

describe('what is asked', () => {
  it('D3 a key only once, and a list by its name', () => {
    const [looking] = begun(itemsOf(activity(email(1)), putOn(2, one)), { linger: 0 })
    expect(more(looking, [activity(email(1))])[1]).toEqual([])
    const [finding] = more(known, [putOn(1, nameOne)])
    const [waiting, none] = more(finding, [putOn(2, nameOne)])
    expect([none, waiting.outcomes]).toEqual([[], finding.outcomes])
    expect(Object.values(finding.inFlight).map(({ remarks }) => remarks)).toEqual([[[]]])
  })

  it('nothing of a lead that is named by its number, also by who looks before writing', () => {
    const one = upsert({ id: 7, plan: 'x' }, 'id', { action: 'updateOnly' })
    const [state, [write]] = begun(itemsOf(one), { identity: resolveFirst() })
    expect(endpoints(write === undefined ? [] : [write])).toEqual(['syncLeads 1'])
    expect(answer(state, write, told({ id: 7, status: 'updated' })).outcomes).toMatchObject([
      { _tag: 'Applied', leadId: 7, remarks: [] }
    ])
  })

  it('no time to wake at where nothing is left', () => {
    const [state, [write]] = begun(itemsOf(upsert({ email: email(1) })), { budget: { callsPerWindow: 1 }, linger: 0 })
    expect(wakeAt(answer(state, write, told({ id: 1, status: 'created' })), t)).toBe(null)
  })
})

describe('a browser that was said to be somebody’s', () => {
  it('is not said again', () => {
    const [state, [call]] = more(known, [associate(email(1), 1)])
    const after = answer(state, call, told({ id: 1, status: 'associated' }))
    expect(more(after, [associate(email(1), 1)])[0].outcomes.slice(4)).toMatchObject([
      { _tag: 'Applied', leadId: 1, status: 'unchanged', remarks: [] }
    ])
  })
})

describe('the browser of a visitor', () => {
  it('is its cookie, or the lead that it is derived from', () => {
    const derived = (n: number) => browserOf({ ...associate(email(n), 1), visitor: { _tag: 'Derived' } })
    expect(browserOf(associate(email(1), 1))).toBe(`${munchkinId} ${cookie(1)}`)
    expect(derived(1)).toBe(`${munchkinId} derived email=${email(1)}`)
    expect(derived(1)).not.toBe(derived(2))
  })
})
