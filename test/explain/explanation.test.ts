import { describe, expect, it } from 'vitest'
import { explanationOf, leavesOf, type Reasons } from '../../src/explain/explanation.js'
import type { Path } from '../../src/ground/path.js'
import { missing, type Weight } from '../../src/ground/problem.js'
import type { Intent } from '../../src/intent/intent.js'
import type { Mapped } from '../../src/intent/mapped.js'
import type { Trace } from '../../src/intent/trace.js'
import { hyg } from '../endpoints/reading.js'

describe('leaves', () => {
  it('are all that is no object or list with something in it, in order, with their paths', () => {
    expect(leavesOf({ b: [1, { c: null }], a: {}, d: [] })).toEqual([
      [['b', 0], 1],
      [['b', 1, 'c'], null],
      [['a'], {}],
      [['d'], []]
    ])
    expect(leavesOf(7)).toEqual([[[], 7]])
    expect(leavesOf(undefined)).toEqual([[[], undefined]])
  })

  it('end where a value holds itself', () => {
    const ring: Record<string, unknown> = { a: 1 }
    ring.self = { ring }
    expect(leavesOf(ring).map(([at]) => at)).toEqual([['a'], ['self', 'ring']])
  })

  it('are all there where one value stands in two places', () => {
    const shared = { a: 1 }
    expect(leavesOf({ x: shared, y: [shared] }).map(([at]) => at)).toEqual([
      ['x', 'a'],
      ['y', 0, 'a']
    ])
  })

  it('end a hundred levels down', () => {
    let deep: unknown = 1
    for (let i = 0; i < 150; i += 1) deep = [deep]
    expect(leavesOf(deep).map(([at]) => at.length)).toEqual([100])
  })

  it('are twenty thousand at most, however many there are', () => {
    expect(leavesOf(Array.from({ length: 20_001 }, () => 1))).toHaveLength(20_000)
    const wide = Array.from({ length: 200 }, () => Array.from({ length: 200 }, () => 1))
    expect(leavesOf(wide)).toHaveLength(20_000)
    expect(leavesOf(new Array(4_294_967_295))).toHaveLength(20_000)
  })
})

const lead = { lookupField: 'email', value: 'ana@example.com' }
const upsert: Intent = {
  _tag: 'UpsertLead',
  munchkinId: hyg,
  lead,
  fields: { city: 'Lyon', plan: null },
  action: 'updateOnly',
  partitionName: null
}
const start: Intent = { _tag: 'StartInBrowser', munchkinId: hyg, options: { altIds: [], asyncOnly: true }, form: null }
const sent: Mapped = { _tag: 'Right', right: [upsert] }
const nothing: Trace = { moves: [], stays: [] }
const moveTo = (...to: Path) => ({
  to,
  from: ['traits', to.at(-1) ?? ''],
  rule: `row ${String(to.at(-1))}`,
  did: ['cut']
})

describe('the moves', () => {
  it('are told for each value of an intent; what no trace speaks of is the settings’', () => {
    const trace: Trace = {
      moves: [
        moveTo('UpsertLead', 'fields', 'city'),
        moveTo('*', 'lead', 'value'),
        moveTo('VisitPage', 'fields', 'plan'),
        moveTo('UpsertLead', 'fields')
      ],
      stays: []
    }
    const { moves } = explanationOf({}, sent, trace, [])
    expect(
      moves.map(({ to, value, from, rule, did }) => [to.join('.'), value, from?.join('.') ?? null, rule, did])
    ).toEqual([
      ['_tag', 'UpsertLead', null, 'settings and contract', []],
      ['munchkinId', hyg, null, 'settings and contract', []],
      ['lead.lookupField', 'email', null, 'settings and contract', []],
      ['lead.value', 'ana@example.com', 'traits.value', 'row value', ['cut']],
      ['fields.city', 'Lyon', 'traits.city', 'row city', ['cut']],
      ['fields.plan', null, null, 'settings and contract', []],
      ['action', 'updateOnly', null, 'settings and contract', []],
      ['partitionName', null, null, 'settings and contract', []]
    ])
  })

  it('of every intent with a key are those of intents with a key', () => {
    const trace: Trace = { moves: [moveTo('*', 'munchkinId')], stays: [] }
    const { moves } = explanationOf(
      {},
      { _tag: 'Both', left: [missing('warning', [], '')], right: [upsert, start] },
      trace,
      []
    )
    expect(moves.filter(({ to }) => to[0] === 'munchkinId').map(({ intent, rule }) => [intent, rule])).toEqual([
      [0, 'row munchkinId'],
      [1, 'settings and contract']
    ])
    expect(moves.filter(({ intent, to }) => intent === 1 && to[0] === 'options').map(({ value }) => value)).toEqual([
      [],
      true
    ])
  })
})

describe('what stays', () => {
  const reasons: Reasons = [
    { at: ['traits', 'address'], why: 'an address' },
    { at: ['traits'], why: 'a trait' }
  ]
  const staysOf = (event: unknown, verdict: Mapped = sent, trace: Trace = nothing) =>
    explanationOf(event, verdict, trace, reasons).stays.map(({ at, why }) => [at.join('.'), why])

  it('has the first reason that is given for its place', () => {
    expect(staysOf({ traits: { address: { city: 'x' }, plan: 'y' }, other: 1, trait: 2 })).toEqual([
      ['traits.address.city', 'an address'],
      ['traits.plan', 'a trait'],
      ['other', 'not a member that Segment documents'],
      ['trait', 'not a member that Segment documents']
    ])
  })

  it('of traits and properties says nothing where it is empty', () => {
    const silent = 'null, empty text and an empty list say nothing'
    expect(
      staysOf({ traits: { a: null, b: '', c: [], d: 0, e: false, f: {} }, properties: [''], context: null })
    ).toEqual([
      ['traits.a', silent],
      ['traits.b', silent],
      ['traits.c', silent],
      ['traits.d', 'a trait'],
      ['traits.e', 'a trait'],
      ['traits.f', 'a trait'],
      ['properties.0', silent],
      ['context', 'not a member that Segment documents']
    ])
  })

  it('says nothing only where it is empty', () => {
    const ring: Array<unknown> = [undefined]
    ring.push(ring)
    expect(staysOf({ traits: { ring } })).toEqual([
      ['traits.ring.0', 'a trait'],
      ['traits.ring.1', 'a trait']
    ])
  })

  it('has what the trace says of it, and is not told where it moved', () => {
    const trace: Trace = { moves: [moveTo('UpsertLead', 'fields', 'city')], stays: [{ at: ['traits'], why: 'said' }] }
    expect(staysOf({ traits: { city: 'Lyon', plan: 'y' }, userId: 'u' }, sent, trace)).toEqual([
      ['traits.plan', 'said'],
      ['userId', 'not a member that Segment documents']
    ])
  })

  it.each<readonly [string, ReadonlyArray<Weight>, number]>([
    ['the fault', ['warning', 'dropped', 'invalid', 'skipped'], 2],
    ['the rule', ['dropped', 'skipped', 'invalid'], 1],
    ['the first remark where there is nothing else', ['dropped', 'warning'], 0]
  ])('of a call that was not mapped has %s', (_, weights, which) => {
    const [first = missing('invalid', [], ''), ...more] = weights.map((weight, i) =>
      missing(weight, ['a', i], 'send it')
    )
    const trace: Trace = { moves: [], stays: [{ at: [], why: 'said' }] }
    expect(staysOf({ traits: { plan: null } }, { _tag: 'Left', left: [first, ...more] }, trace)).toEqual([
      ['traits.plan', `the call was not mapped: a[${which}]: is missing; send it`]
    ])
  })
})
