import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SegmentEvent } from '../../src/segment/event.js'
import { type GateStyle, readGate } from '../../src/segment/integrations.js'

const names = ['Marketo V2', 'Marketo']
const page = (integrations: unknown): SegmentEvent =>
  Object.assign<SegmentEvent, object>({ type: 'page' }, { integrations })

/** Where the gate closes, or undefined when it is open. */
const closedAt = (event: SegmentEvent, style: GateStyle, ours: ReadonlyArray<string> = names) => {
  const problem = readGate(event, ours, style)
  if (problem === undefined) return undefined
  expect(problem).toMatchObject({ _tag: 'Excluded', weight: 'skipped', rule: 'integrations' })
  return problem.at
}

const key = fc.constantFrom(
  'All',
  'all',
  'ALL',
  'Marketo V2',
  'marketo v2',
  'MARKETO V2',
  'Marketo',
  'marketo',
  'Salesforce'
)
const value = fc.constantFrom<unknown>(true, false, null, 0, 'false', {}, undefined)
const switches = fc.dictionary(key, value, { noNullPrototype: true })
const style = fc.constantFrom<GateStyle>('lenient', 'exact', 'explicit', 'facade', 'off')

describe('laws', () => {
  it('M3 the order of the switches decides nothing', () => {
    const two = switches.chain((record) =>
      fc.tuple(
        fc.constant(record),
        fc.shuffledSubarray(Object.entries(record), { minLength: Object.keys(record).length })
      )
    )
    fc.assert(
      fc.property(two, style, ([record, entries], how) => {
        expect(closedAt(page(Object.fromEntries(entries)), how)).toEqual(closedAt(page(record), how))
      })
    )
  })

  it('exact is the router’s own rule', () => {
    fc.assert(
      fc.property(switches, fc.constantFrom(...names), (record, name) => {
        const isOff = record[name] === false || (record.All === false && record[name] === undefined)
        expect(closedAt(page(record), 'exact', [name]) !== undefined).toBe(isOff)
      })
    )
  })

  it('lenient closes wherever exact does, but where a loose spelling is on', () => {
    fc.assert(
      fc.property(switches, (record) => {
        fc.pre(Object.keys(record).every((k) => k === 'All' || names.includes(k)))
        expect(closedAt(page(record), 'lenient')).toEqual(closedAt(page(record), 'exact'))
      })
    )
  })

  it('explicit closes for nothing but a false on our name', () => {
    fc.assert(
      fc.property(switches, (record) => {
        const at = closedAt(page(record), 'explicit')
        if (at !== undefined) expect(record[String(at[1])]).toBe(false)
        expect(closedAt(page({ All: record.All }), 'explicit')).toBeUndefined()
      })
    )
  })

  it('off never closes', () => {
    fc.assert(
      fc.property(switches, (record) => {
        expect(closedAt(page(record), 'off')).toBeUndefined()
      })
    )
  })
})

const at = (name: string) => ['integrations', name]

describe('the gate', () => {
  it.each<[string, unknown, Partial<Record<GateStyle, unknown>>]>([
    ['nothing said', undefined, {}],
    ['null', null, {}],
    ['an empty list', [], {}],
    ['All false', { All: false }, { lenient: at('All'), exact: at('All'), facade: at('All') }],
    ['all false', { all: false }, { lenient: at('all'), facade: at('all') }],
    ['All false, ours on', { All: false, 'Marketo V2': true }, { facade: at('All') }],
    ['All false, ours an object', { All: false, 'Marketo V2': {} }, { facade: at('All') }],
    ['All false, ours null', { All: false, 'Marketo V2': null }, { facade: at('All') }],
    [
      'All false, ours undefined',
      { All: false, 'Marketo V2': undefined },
      { lenient: at('All'), exact: at('All'), facade: at('All') }
    ],
    ['All null', { All: null }, {}],
    [
      'ours false',
      { 'Marketo V2': false },
      { lenient: at('Marketo V2'), exact: at('Marketo V2'), explicit: at('Marketo V2'), facade: at('Marketo V2') }
    ],
    ['ours false in another case', { 'marketo v2': false }, { lenient: at('marketo v2'), explicit: at('marketo v2') }],
    ['no name at all, false', { '': false }, {}],
    ['ours false, but the exact name on', { 'marketo v2': false, 'Marketo V2': true }, {}],
    [
      'two loose spellings, one false',
      { 'marketo v2': true, 'MARKETO V2': false },
      { lenient: at('MARKETO V2'), explicit: at('MARKETO V2') }
    ],
    [
      'two loose spellings, one false, in the other order',
      { 'MARKETO V2': false, 'marketo v2': true },
      { lenient: at('MARKETO V2'), explicit: at('MARKETO V2') }
    ],
    [
      'two loose spellings, the later of the alphabet false',
      { 'marketo v2': false, 'MARKETO V2': true },
      { lenient: at('marketo v2'), explicit: at('marketo v2') }
    ],
    [
      'two loose spellings, the later of the alphabet false and last',
      { 'MARKETO V2': true, 'marketo v2': false },
      { lenient: at('marketo v2'), explicit: at('marketo v2') }
    ],
    [
      'two loose spellings, both false',
      { 'marketo v2': false, 'MARKETO V2': false },
      { lenient: at('MARKETO V2'), explicit: at('MARKETO V2') }
    ],
    [
      'two loose spellings, both false, in the other order',
      { 'MARKETO V2': false, 'marketo v2': false },
      { lenient: at('MARKETO V2'), explicit: at('MARKETO V2') }
    ],
    [
      'the second name false',
      { Marketo: false },
      { lenient: at('Marketo'), exact: at('Marketo'), explicit: at('Marketo'), facade: at('Marketo') }
    ],
    ['the first name on, the second false', { 'Marketo V2': true, Marketo: false }, { facade: at('Marketo') }],
    [
      'the first name loose, the second exact',
      { 'marketo v2': true, Marketo: false },
      { exact: at('Marketo'), facade: at('Marketo') }
    ],
    ['a text that looks like false', { 'Marketo V2': 'false', All: 'false' }, {}],
    ['another destination false', { Salesforce: false, 'Marketo V3': false }, {}]
  ])('%s', (_, integrations, closed) => {
    for (const how of ['lenient', 'exact', 'explicit', 'facade', 'off'] as const) {
      expect([how, closedAt(page(integrations), how)]).toEqual([how, closed[how]])
    }
  })

  it('says whether our name or All closed it', () => {
    expect(readGate(page({ All: false }), names, 'lenient')?.mend).toMatch(/names its destinations/)
    expect(readGate(page({ Marketo: false }), names, 'lenient')?.mend).toMatch(/by name/)
  })
})

describe('facade’s own guard', () => {
  const event = (members: Readonly<Record<string, unknown>>): SegmentEvent => ({ ...members, type: 'page' })

  it.each<[string, Readonly<Record<string, unknown>>, unknown]>([
    ['context, where there are no integrations', { context: { Marketo: false } }, ['context', 'Marketo']],
    ['not context, where there are', { integrations: {}, context: { Marketo: false } }, undefined],
    ['not context, where there is an empty list', { integrations: [], context: { Marketo: false } }, undefined],
    [
      'context where integrations are null',
      { integrations: null, context: { Marketo: false } },
      ['context', 'Marketo']
    ],
    ['all in the context', { context: { all: false } }, ['context', 'all']],
    ['all in the context before integrations', { integrations: { all: false }, context: { All: true } }, undefined],
    ['old options', { options: { Marketo: false }, context: { Marketo: true } }, ['options', 'Marketo']],
    ['old providers', { options: { providers: { Marketo: false } } }, ['options', 'providers', 'Marketo']],
    ['all of old providers', { options: { providers: { all: false } } }, ['options', 'providers']],
    ['all of old providers before the rest', { options: { providers: { all: true }, all: false } }, undefined],
    ['all of old options before integrations', { options: { all: true }, integrations: { all: false } }, undefined],
    ['a name that is no flag is on', { integrations: { Marketo: 0, All: false } }, undefined],
    ['nothing inherited', { integrations: Object.create({ Marketo: false }) }, undefined]
  ])('heeds %s', (_, members, expected) => {
    expect(closedAt(event(members), 'facade', ['Marketo'])).toEqual(expected)
  })

  it('keeps Salesforce off until it is named', () => {
    expect(closedAt(event({}), 'facade', ['Salesforce'])).toEqual(at('Salesforce'))
    expect(closedAt(event({ context: { all: true } }), 'facade', ['Salesforce'])).toEqual(at('Salesforce'))
    expect(closedAt(event({ options: { providers: { all: true } } }), 'facade', ['Salesforce'])).toEqual(
      at('Salesforce')
    )
    expect(closedAt(event({ integrations: { Salesforce: true } }), 'facade', ['Salesforce'])).toBeUndefined()
  })
})
