import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { browserMapper } from '../../src/v1/mapper.js'
import { malformed } from '../cases/mapping-case.js'
import { deviceCases } from '../cases/v1-device.js'
import { intentsOf, pageMapper, problemsOf, settingsFrom } from './given.js'

describe('Segment’s own device code', () => {
  it('gave us 45 vectors', () => {
    expect(deviceCases).toHaveLength(45)
  })

  it.each(deviceCases.map((one) => [`${one.source.slice(-15)} ${one.name}`, one] as const))(
    '%s',
    (_, { input, expected }) => {
      expect(browserMapper(settingsFrom(input.settings))(input.event)).toEqual(expected)
    }
  )
})

const exact = pageMapper({ browserProfile: 'exact' })

describe('where Munchkin cannot be handed what Segment’s code would', () => {
  it('a value that is no JSON is dropped and said', () => {
    const verdict = exact({ type: 'identify', traits: { email: 'a@b.test', when: new Map(), n: Number.NaN, f: exact } })
    expect(problemsOf(verdict)).toEqual([
      malformed('dropped', ['traits', 'n'], 'a number that is not finite', 'send plain JSON'),
      malformed('dropped', ['traits', 'f'], 'a function', 'send plain JSON')
    ])
    expect(intentsOf(verdict)).toMatchObject([{ fields: { Email: 'a@b.test', when: {} } }])
  })

  it('a value that goes by two names is said once, and a part of an address where it stands', () => {
    const verdict = exact({ type: 'identify', traits: { email: 'a@b.test', company: exact, address: { city: exact } } })
    expect(problemsOf(verdict)).toEqual([
      malformed('dropped', ['traits', 'company'], 'a function', 'send plain JSON'),
      malformed('dropped', ['traits', 'address', 'city'], 'a function', 'send plain JSON')
    ])
  })

  it('booleans and null are values; what gives nothing for its new name keeps its own', () => {
    const traits = { on: true, off: false, gone: null, zero: -0, company: null, industry: undefined, firstName: 7 }
    const verdict = exact({ type: 'identify', traits: { email: 'a@b.test', ...traits } })
    expect(
      intentsOf(verdict).map((intent) => (intent._tag === 'AssociateLeadInBrowser' ? intent.fields : null))
    ).toEqual([{ on: true, off: false, gone: null, zero: 0, company: null, firstName: 7, Email: 'a@b.test' }])
  })

  it('names are split with Segment’s slip', () => {
    expect(exact({ type: 'identify', traits: { email: 'a@b.test', name: '  Ana Cruz' } })).toMatchObject({
      right: [{ fields: { FirstName: 'Ana', LastName: 'a Cruz' } }]
    })
  })

  it('no object is asked for a text of its own, and undefined prints as a browser prints it', () => {
    const properties = { o: { toString: () => 'x' }, m: new Map(), u: undefined }
    expect(exact({ type: 'track', event: 'E', properties })).toMatchObject({
      right: [{ params: 'o=%5Bobject%20Object%5D&m=%5Bobject%20Object%5D&u=undefined&' }]
    })
  })

  it('lists within lists are joined as a browser joins them', () => {
    expect(
      exact({ type: 'track', event: 'E', properties: { list: [[1, [null, 2]], 'x', [undefined]] } })
    ).toMatchObject({
      right: [{ params: 'list=1%2C%2C2%2Cx%2C&' }]
    })
    const list = [null, [undefined, '2024-01-02'], { a: undefined, b: -0 }]
    const [intent] = intentsOf(exact({ type: 'identify', traits: { email: 'a@b.test', list } }))
    expect(intent?._tag === 'AssociateLeadInBrowser' && intent.fields).toStrictEqual({
      list: [null, [null, '2024-01-02T00:00:00.000Z'], { b: 0 }],
      Email: 'a@b.test'
    })
  })

  it('what is deeper than any event goes is said', () => {
    const nest = (levels: number): unknown => (levels === 0 ? 'x' : [nest(levels - 1)])
    const nestObjects = (levels: number): unknown => (levels === 0 ? 'x' : { a: nestObjects(levels - 1) })
    const tracked = (list: unknown) => exact({ type: 'track', event: 'E', properties: { list } })
    const identified = (list: unknown) => exact({ type: 'identify', traits: { email: 'a@b.test', list } })
    const endless = (root: string, found: string) => [malformed('dropped', [root, 'list'], found, 'send plain JSON')]
    expect(tracked(nest(64))).toMatchObject({ _tag: 'Right', right: [{ params: 'list=x&' }] })
    expect(problemsOf(tracked(nest(65)))).toEqual(endless('properties', 'a list without end'))
    expect(identified(nest(64))._tag).toBe('Right')
    expect(problemsOf(identified(nest(65)))).toEqual(endless('traits', 'a list without end'))
    expect(identified(nestObjects(64))._tag).toBe('Right')
    expect(problemsOf(identified(nestObjects(65)))).toEqual(endless('traits', 'an object without end'))
  })

  it('what has more than 20,000 parts is said', () => {
    const parts = (many: number) => [...Array.from({ length: many - 2 }, () => 1), []]
    const tracked = (list: unknown) => exact({ type: 'track', event: 'E', properties: { list } })
    const identified = (list: unknown) => exact({ type: 'identify', traits: { email: 'a@b.test', list } })
    expect(tracked(parts(20_000))._tag).toBe('Right')
    expect(problemsOf(tracked(parts(20_001)))).toMatchObject([{ found: 'a list without end' }])
    expect(identified(parts(20_000))).toMatchObject({ _tag: 'Right', right: [{ fields: { list: parts(20_000) } }] })
    expect(problemsOf(identified(parts(20_001)))).toMatchObject([{ found: 'a list without end' }])
  })

  it('a list that holds itself more than once has no end, and is said at once', () => {
    const list: Array<unknown> = []
    list.push(list, list, list)
    const at = [{ at: ['traits', 'list'], found: 'a list without end' }]
    expect(exact({ type: 'identify', traits: { email: 'a@b.test', list } })).toMatchObject({ left: at })
    expect(exact({ type: 'track', event: 'E', properties: { list, a: 1 } })).toMatchObject({
      left: [{ at: ['properties', 'list'], found: 'a list without end' }],
      right: [{ params: 'a=1&' }]
    })
    let deep: unknown = {}
    for (let i = 0; i < 30; i += 1) deep = { a: deep, b: deep }
    expect(exact({ type: 'identify', traits: { email: 'a@b.test', deep } })).toMatchObject({
      left: [{ at: ['traits', 'deep'], found: 'an object without end' }]
    })
  })

  it('halves of surrogate pairs are said, not thrown', () => {
    const half = (weight: string, ...at: ReadonlyArray<string>) =>
      malformed(weight, at, 'text with half a surrogate pair', 'take out the halves of surrogate pairs')
    expect(exact({ type: 'track', event: 'E\ud83d', properties: {} })).toMatchObject({
      left: [half('invalid', 'event')]
    })
    expect(exact({ type: 'track', event: 'E', properties: { a: '\ud83d', '\ud83d': 1, b: 2 } })).toMatchObject({
      left: [half('dropped', 'properties', 'a'), half('dropped', 'properties', '\ud83d')],
      right: [{ params: 'b=2&' }]
    })
    expect(exact({ type: 'identify', traits: { email: '\ud83d@b.test' } })._tag).toBe('Left')
  })

  it('a url that is no text is said', () => {
    const at = ['properties', 'url']
    const mend = expect.stringMatching(/^leave the url out/)
    expect(exact({ type: 'page', properties: { url: 7 } })).toMatchObject({ left: [{ at, found: 'a number', mend }] })
    expect(exact({ type: 'page', properties: { url: 'ftp://a.test/' } })).toMatchObject({
      left: [{ at, found: 'a URL that is not http or https' }]
    })
    expect(exact({ type: 'page', properties: { url: null } })).toMatchObject({ right: [{ url: null, params: '' }] })
  })

  it('an email that is falsy is none, and one that is no text is said', () => {
    expect(exact({ type: 'identify', userId: 'ana@b.test', traits: { email: 0 } })).toMatchObject({
      right: [{ fields: { Email: 'ana@b.test' } }]
    })
    expect(exact({ type: 'identify', traits: { email: 7 } })).toMatchObject({
      left: [{ weight: 'invalid', at: ['traits', 'email'], found: 'a number' }]
    })
  })

  it('a call without a userId leaves the traits of that name alone', () => {
    for (const userId of [undefined, null, '', 0]) {
      expect(exact({ type: 'identify', userId, traits: { email: 'a@b.test', userId: 'own', id: 'x' } })).toMatchObject({
        right: [{ fields: { Email: 'a@b.test', userId: 'own', id: 'x' } }]
      })
    }
  })

  it('a gate is left to whoever routes', () => {
    expect(exact({ type: 'track', event: 'E', integrations: { All: false } })._tag).toBe('Right')
  })

  it.each([
    [null, 'null'],
    [7, 'a number']
  ])('what is no event is said to be none: %j', (u, found) => {
    expect(exact(u)).toMatchObject({ left: [{ at: [], found }] })
  })

  it('other calls have no handler', () => {
    expect(exact({ type: 'group', groupId: 'g', userId: 'u' })).toMatchObject({
      left: [{ _tag: 'Excluded', rule: 'call-type' }]
    })
  })

  it('a time without a zone is read in the zone of the settings', () => {
    const east = pageMapper({ browserProfile: 'exact', browserZone: 120 })
    expect(east({ type: 'track', event: 'E', properties: { at: '2024-01-02 10:00' } })).toMatchObject({
      right: [{ params: 'at=2024-01-02T08%3A00%3A00.000Z&' }]
    })
  })

  it('U1 every value of a text survives parsing the parameters, whatever it holds', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 5 }), (values) => {
        fc.pre(values.every((value) => !/^\d{4}-\d\d-\d\d/.test(value)))
        const properties = Object.fromEntries(values.map((value, i) => [`k${i}`, value]))
        const [intent] = intentsOf(exact({ type: 'track', event: 'E', properties }))
        const params = intent?._tag === 'VisitPageInBrowser' ? intent.params : ''
        expect(Object.fromEntries(new URLSearchParams(params))).toEqual(properties)
      })
    )
  })
})
