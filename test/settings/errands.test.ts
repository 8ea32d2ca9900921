/** Errands one answer at a time. */
import { describe, expect, it } from 'vitest'
import { describeProblem } from '../../src/ground/problem.js'
import type { Answer } from '../../src/intent/outcome.js'
import { nextQuotaReset } from '../../src/pace/quota-day.js'
import { renewed, renewing } from '../../src/pace/token.js'
import { areErrandsDone, nextErrands, wakeErrandsAt } from '../../src/settings/errands/next.js'
import { firstPage, wayOf } from '../../src/settings/errands/pages.js'
import { instanceParts, partNamed, partWays } from '../../src/settings/errands/parts.js'
import { instanceIn, startReading } from '../../src/settings/errands/reading.js'
import { type LostErrand, receiveErrand } from '../../src/settings/errands/receive.js'
import { type Errand, type Errands, type Line, newLine, startErrands } from '../../src/settings/errands/state.js'
import { hyg } from '../endpoints/reading.js'
import { refusedWith } from './errands-world.js'

const begin = 1_714_730_400_000
const lost = { kind: 'lost' } as const

/** With a token of use. */
const ready = (state: Errands): Errands => ({
  ...state,
  token: renewed(renewing(state.token, begin), { _tag: 'TokenGranted', expiresIn: 3_600 }, begin)
})

const [page] = startReading(hyg, ['lists']).lines[0]?.todo ?? []
const errand = (does: Errand['does'], about: ReadonlyArray<string> = [], at = 0): Errand => {
  if (page === undefined) throw new Error('nothing is asked')
  return { ...page, does, about, at }
}

const lineOf = (name: string, first: Errand, more: Partial<Line> = {}): Line => ({ ...newLine(name, [first]), ...more })

const stateOf = (...lines: ReadonlyArray<Line>): Errands => ready(startErrands(hyg, lines, 7))

/** The line, and the state, after its one call was answered so. */
const answered = (line: Line, answer: Answer | LostErrand): readonly [Line, Errands] => {
  const [state, [request, ...more]] = nextErrands(stateOf(line), begin)
  if (request === undefined || more.length > 0) throw new Error('not one call')
  const after = receiveErrand(state, request.id, answer, begin)
  const [told] = after.lines
  if (told === undefined) throw new Error('no line')
  expect(after.inFlight).toEqual({})
  return [told, after]
}

const says = ({ problems }: Pick<Line, 'problems'>): ReadonlyArray<string> =>
  problems.map((problem) => `${problem.weight} ${describeProblem(problem)}`)

const success = (body: object): Answer => ({ status: 200, headers: {}, body: { success: true, ...body } })

describe('a call that failed', () => {
  const later = { ended: null, problems: [] }
  const doubt = 'it may have been done all the same: look in Marketo, then begin again'
  const never = 'no answer came, again and again: try later'
  const kept = { told: ['x'], drafts: ['y'] }

  // biome-ignore format: table
  it.each<[string, Line, Answer | LostErrand, object, ReadonlyArray<string>]>([
    ['and is lost is made again',                 lineOf('lists', errand('page')),             lost,               { ...later, tried: { lost: 1 }, last: 'no answer' }, []],
    ['and met too many others is made again',     lineOf('lists', errand('page')),             refusedWith('606'), { ...later, tried: { throttle: 1 }, last: '606' }, []],
    ['for its token is made again at once',       lineOf('lists', errand('page')),             refusedWith('602'), { ...later, tried: { 'renew-token': 1 }, last: '602', notBefore: 0 }, []],
    ['for want of calls waits for the next day',  lineOf('lists', errand('page')),             refusedWith('607'), { ...later, tried: { 'await-quota': 1 }, last: '607' }, []],
    ['because there is nothing is done',          lineOf('lists', errand('page')),             refusedWith('702'), { ended: 'done', todo: [] }, []],
    ['for a reason of ours ends its line',        lineOf('lists', errand('page'), kept),       refusedWith('1003'), { ...kept, ended: 'failed', todo: [errand('page')] }, ['lists: found a refusal (1003); Marketo does not take this call']],
    ['of one type leaves the others to be',       lineOf('activityTypes', errand('type', ['a']), kept), refusedWith('1003'), { ...kept, ended: 'done', todo: [] }, ['activityTypes.a: found a refusal (1003); Marketo does not take this call']],
    ['of one draft leaves the others to be',      lineOf('activityTypes', errand('draft', ['a', 'b'])), refusedWith('603'), { ended: 'done', todo: [] }, ['activityTypes.a: found a refusal (603); the role of the API user needs Read-Only Activity Metadata']],
    ['for another reason goes no other way',      lineOf('lists', errand('page')),             refusedWith('1003'), { way: 0, ended: 'failed' }, ['lists: found a refusal (1003); Marketo does not take this call']],
    ['the last way ends its line',                lineOf('lists', errand('page'), { way: 1 }), refusedWith('603'), { way: 1, ended: 'failed' }, ['lists: found a refusal (603); the role of the API user needs Read-Only Assets']],
    ['of a part with one way ends its line',      lineOf('channels', errand('page')),          refusedWith('610'), { way: 0, ended: 'failed' }, ['channels: found a refusal (610); Marketo does not take this call']],
    ['of a line that is no part says what it may not', lineOf('provision', errand('make', ['a'])), refusedWith('603'), { ended: 'failed' }, ['provision.a: found a refusal (603); the role of the API user must be allowed to']],
    ['and was read in vain is given up',          lineOf('lists', errand('page'), { tried: { lost: 99 } }), lost,  { ended: 'failed' }, [`lists: found a call without an answer; ${never}`]],
    ['and may have made a thing is not made again', lineOf('provision', errand('make', ['a'])), lost,              { ended: 'failed' }, [`provision.a: found a call without an answer; ${doubt}`]],
    ['and may have made fields is not made again', lineOf('provision', errand('fields', ['a'])), lost,             { ended: 'failed' }, [`provision.a: found a call without an answer; ${doubt}`]],
    ['and may have made a thing, by 611',         lineOf('provision', errand('make', ['a'])),  refusedWith('611'), { ended: 'failed' }, [`provision.a: found a refusal (611); ${doubt}`]]
  ])('%s', (_, line, answer, after, problems) => {
    const [so, state] = answered(line, answer)
    expect(so).toMatchObject(after)
    expect(says(so)).toEqual(problems.map((text) => `invalid ${text}`))
    expect(state.seed).not.toBe(7)
  })

  it('of a line that has nothing to do any more changes nothing of it', () => {
    const [state, [request]] = nextErrands(stateOf(lineOf('lists', errand('page'))), begin)
    const [line] = state.lines
    if (line === undefined || request === undefined) throw new Error('no call')
    const idle = { ...line, todo: [] }
    const after = receiveErrand({ ...state, lines: [idle] }, request.id, success({ result: [] }), begin)
    expect([after.lines, after.inFlight]).toEqual([[idle], {}])
  })

  it('waits for as long as it should', () => {
    const at = (code: string) => answered(lineOf('lists', errand('page')), refusedWith(code))[0].notBefore
    expect([at('607') >= nextQuotaReset(begin), at('606') >= begin + 20_000, at('606') < begin + 120_000]).toEqual([
      true,
      true,
      true
    ])
    const [line, state] = answered(lineOf('lists', errand('page')), refusedWith('606'))
    expect(wakeErrandsAt(state, begin)).toBe(line.notBefore)
    expect(nextErrands(state, begin)[1]).toEqual([])
    expect(nextErrands(state, line.notBefore)[1]).toHaveLength(1)
    expect(nextErrands(state, line.notBefore - 1)[1]).toHaveLength(0)
  })

  it.each(['403', '404', '603', '605', '610', '703'])(
    'because it is not served goes another way, from its first page: %s',
    (code) => {
      const [line] = answered(lineOf('lists', errand('page'), { ...kept, tried: { lost: 1 } }), refusedWith(code))
      const [, other] = partWays.lists
      expect(line).toMatchObject({ way: 1, told: [], drafts: [], tried: {}, ended: null, problems: [] })
      expect(other === undefined ? [] : line.todo).toEqual(other === undefined ? undefined : firstPage(hyg, other))
    }
  )
})

describe('an answer', () => {
  it('adds what it tells to what is told, without what nobody reads', () => {
    const result = [{ id: 7, name: 'a', description: 'x' }]
    const [line] = answered(
      lineOf('describe', errand('page'), { told: ['x'], tried: { lost: 1 }, last: 'no answer' }),
      success({ result })
    )
    expect(line).toMatchObject({
      told: ['x', { id: 7, name: 'a' }],
      drafts: [],
      ended: 'done',
      todo: [],
      tried: {},
      last: null
    })
    const [draft] = answered(lineOf('activityTypes', errand('draft'), { drafts: ['y'] }), success({ result }))
    expect([draft.told, draft.drafts]).toEqual([[], ['y', { id: 7, name: 'a' }]])
    const [nameless] = answered(lineOf('nobody', errand('page')), success({ result }))
    expect([nameless.told.length, nameless.ended]).toEqual([1, 'done'])
  })

  const queries = ({ todo }: Line) => todo.map(({ does, at, about, call }) => [does, at, about, call.descriptor.query])
  const offset = (n: number) => [
    ['offset', String(n)],
    ['maxReturn', '200']
  ]
  // biome-ignore format: table
  it.each<[string, string, object, number, ReadonlyArray<unknown>]>([
    ['by token, on',              'lists',    { result: [1], nextPageToken: 'N' },                    0, [['page', 1, [], [['batchSize', '300'], ['nextPageToken', 'N']]]]],
    ['by token, at the end',      'lists',    { result: [1] },                                        0, []],
    ['by token, said to be last', 'lists',    { result: [1], nextPageToken: 'N', moreResult: false }, 0, []],
    ['by token, too far',         'lists',    { result: [1], nextPageToken: 'N' },                    1_000, []],
    ['by token, nearly too far',  'lists',    { result: [1], nextPageToken: 'N' },                    999, [['page', 1_000, [], [['batchSize', '300'], ['nextPageToken', 'N']]]]],
    ['by token, whose place reads as its size', 'lists', { result: [1], nextPageToken: '300' },           0, [['page', 1, [], [['batchSize', '300'], ['nextPageToken', '300']]]]],
    ['by offset, on',             'programs', { result: [1] },                                        0, [['page', 1, [], offset(200)]]],
    ['by offset, further on',     'programs', { result: [1] },                                        1, [['page', 2, [], offset(400)]]],
    ['by offset, at the end',     'programs', { result: [] },                                         0, []],
    ['all at once',               'describe', { result: [1], nextPageToken: 'N' },                    0, []]
  ])('leads to the next page: %s', (_, name, body, at, todo) => {
    const [line] = answered(lineOf(name, errand('page', [], at)), success(body))
    expect(queries(line)).toEqual(todo)
    expect(line.ended).toBe(todo.length === 0 ? 'done' : null)
  })

  it('that leads to its own page is the last', () => {
    const [first] = answered(lineOf('lists', errand('page')), success({ result: [1], nextPageToken: 'N' }))
    const [second] = answered({ ...first, todo: first.todo }, success({ result: [2], nextPageToken: 'N' }))
    expect([second.told, second.ended]).toEqual([[1, 2], 'done'])
    const [other] = answered(first, success({ result: [2], nextPageToken: 'M' }))
    expect(other.todo).toHaveLength(1)
  })

  const path = (name: string, query: ReadonlyArray<unknown> = []) => [
    `rest/v1/activities/external/type/${name}/describe.json`,
    query
  ]
  const draft = [['draft', 'true']]
  // biome-ignore format: table
  it.each<[string, unknown, ReadonlyArray<unknown>]>([
    ['an approved one',            { id: 100_001, apiName: 'a', status: 'approved' },             [['type', ...path('a')]]],
    ['one of no status',           { id: 100_000, apiName: 'a' },                                 [['type', ...path('a')]]],
    ['a draft',                    { id: 100_001, apiName: 'a', status: 'Draft' },                [['type', ...path('a', draft)]]],
    ['an approved one with a draft', { id: 100_001, apiName: 'a', status: 'Approved With Draft' }, [['type', ...path('a')], ['draft', ...path('a', draft)]]],
    ['a deleted one',              { id: 100_001, apiName: 'a', status: 'deleted' },              []],
    ['one of Marketo’s own',       { id: 99_999, apiName: 'a' },                                  []],
    ['one without a number',       { id: '100001', apiName: 'a' },                                []],
    ['one without a name',         { id: 100_001 },                                               []],
    ['one whose name has no place in a path', { id: 100_001, apiName: '..' },                     []],
    ['none at all',                7,                                                             []]
  ])('of types asks about each: %s', (_, type, todo) => {
    const [line] = answered(lineOf('activityTypes', errand('types')), success({ result: [type] }))
    expect(line.todo.map(({ does, call: { descriptor } }) => [does, descriptor.path.join('/'), descriptor.query])).toEqual(todo)
    expect(line.told).toHaveLength(1)
  })

  it('of one type asks no more, and leaves what is asked behind it', () => {
    const line = { ...lineOf('activityTypes', errand('type')), todo: [errand('type'), errand('draft')] }
    const [after] = answered(line, success({ result: [{ id: 100_001, apiName: 'a' }] }))
    expect([after.todo, after.ended]).toEqual([[errand('draft')], null])
  })

  it('for a line that is not there changes nothing', () => {
    const [state, [request]] = nextErrands(stateOf(lineOf('lists', errand('page'))), begin)
    const bare = { ...state, lines: [] }
    expect(receiveErrand(bare, request?.id ?? '', success({ result: [] }), begin)).toEqual({ ...bare, inFlight: {} })
  })

  it('of a token that is lost is asked for again, four times at most', () => {
    let state: Errands = startReading(hyg, ['lists'])
    let now = begin
    for (let n = 0; n < 4; n += 1) {
      const [asked, [request, ...more]] = nextErrands(state, now)
      expect([request?.call.descriptor.endpoint, more, areErrandsDone(state, now)]).toEqual([
        'identityToken',
        [],
        false
      ])
      state = receiveErrand(asked, request?.id ?? '', lost, now)
      now = Math.max(now, wakeErrandsAt(state, now) ?? 0)
    }
    expect([areErrandsDone(state, now), wakeErrandsAt(state, now), nextErrands(state, now)[1]]).toEqual([
      true,
      null,
      []
    ])
    expect(nextErrands(state, now)[0]).toBe(state)
  })
})

describe('what is asked, and when', () => {
  const two = [lineOf('lists', errand('page')), lineOf('programs', errand('page'), { notBefore: begin + 7 })]

  it('is all that is due, beside what is on its way', () => {
    const [state, [first]] = nextErrands(stateOf(...two), begin)
    const [after, [second]] = nextErrands(state, begin + 7)
    expect(Object.keys(after.inFlight)).toEqual([first?.id, second?.id])
  })

  it('is asked with a token that lives, though another was asked for in vain', () => {
    const state = stateOf(...two)
    const tired = { ...state, token: { ...state.token, troubles: 9 } }
    expect([nextErrands(tired, begin)[1].length, areErrandsDone(tired, begin)]).toEqual([1, false])
  })

  it('is looked for again when the first of it is due', () => {
    const state = stateOf(...two)
    expect(wakeErrandsAt(state, begin)).toBe(begin)
    const later = two.map((line, i) => ({ ...line, notBefore: begin + 9 - i }))
    expect(wakeErrandsAt(stateOf(...later), begin)).toBe(begin + 8)
    expect(wakeErrandsAt(stateOf(lineOf('lists', errand('page'), { notBefore: begin })), begin)).toBe(begin)
    // While a token is on its way, what is due waits for it.
    const [waiting] = nextErrands(startErrands(hyg, [lineOf('lists', errand('page'), { notBefore: begin })], 7), begin)
    expect(wakeErrandsAt(waiting, begin)).not.toBe(begin)
    const refused = { ...state, token: { ...startErrands(hyg, [], 7).token, credentials: 'refused' as const } }
    expect([wakeErrandsAt(refused, begin), areErrandsDone(refused, begin)]).toEqual([null, true])
  })

  it('goes another way for any of the reasons that say so', () => {
    const errors = ['1003', '610'].map((code) => ({ code, message: 'x' }))
    const answer = { status: 200, headers: {}, body: { success: false, errors } }
    expect(answered(lineOf('lists', errand('page')), answer)[0].way).toBe(1)
  })
})

describe('parts', () => {
  it('have their ways by name, and nothing else has one', () => {
    for (const name of instanceParts)
      expect([partNamed(name), wayOf({ name, way: 0 })]).toEqual([name, partWays[name][0]])
    expect([partNamed('nobody'), wayOf({ name: 'nobody', way: 0 }), wayOf({ name: 'lists', way: 9 })]).toEqual([
      undefined,
      undefined,
      undefined
    ])
  })

  it('are read in one order, each once, whichever is named first', () => {
    const names = ({ lines }: Errands) => lines.map(({ name }) => name)
    expect(names(startReading(hyg, ['lists', 'describe', 'lists']))).toEqual(['describe', 'lists'])
    expect(names(startReading(hyg))).toEqual(instanceParts)
  })

  it('wait for their token as long as their seed says', () => {
    expect(startReading(hyg, [], 7).token).toEqual(startReading(hyg, ['lists'], 7).token)
    expect(startReading(hyg, [], 7).token).not.toEqual(startReading(hyg, [], 8).token)
  })

  it('that are done are told, with the drafts of types beside them', () => {
    const done = { ended: 'done', todo: [] } as const
    const lines = [
      { ...newLine('lists', []), told: [{ id: 1, name: 'a' }] },
      { ...newLine('activityTypes', []), ...done, told: ['t'], drafts: ['d'] },
      lineOf('programs', errand('page')),
      { ...lineOf('campaigns', errand('page')), ended: 'failed' as const },
      lineOf('provision', errand('make'))
    ]
    const read = instanceIn(stateOf(...lines), begin)
    expect([read.told, read.unread]).toEqual([
      { lists: [{ id: 1, name: 'a' }], activityTypes: ['t'], activityTypeDrafts: ['d'] },
      ['programs', 'campaigns']
    ])
    expect(says(read)).toEqual(
      ['programs', 'provision'].map(
        (name) => `invalid ${name}: found nothing yet; it was not asked to its end: try later`
      )
    )
  })
})
