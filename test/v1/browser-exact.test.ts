import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { browserMapper } from '../../src/v1/mapper.js'
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
    expect(problemsOf(verdict).map(({ at }) => at)).toEqual([
      ['traits', 'n'],
      ['traits', 'f']
    ])
    expect(intentsOf(verdict)).toMatchObject([{ fields: { Email: 'a@b.test', when: {} } }])
  })

  it('lists within lists are joined as a browser joins them', () => {
    expect(
      exact({ type: 'track', event: 'E', properties: { list: [[1, [null, 2]], 'x', [undefined]] } })
    ).toMatchObject({
      right: [{ params: 'list=1%2C%2C2%2Cx%2C&' }]
    })
    const list = [null, [undefined, '2024-01-02'], { a: undefined, b: -0 }]
    expect(exact({ type: 'identify', traits: { email: 'a@b.test', list } })).toMatchObject({
      right: [{ fields: { list: [null, [null, '2024-01-02T00:00:00.000Z'], { b: 0 }] } }]
    })
  })

  it('what is deeper than any event goes is said', () => {
    const nest = (levels: number): unknown => (levels === 0 ? 'x' : [nest(levels - 1)])
    expect(exact({ type: 'track', event: 'E', properties: { list: nest(60) } })).toMatchObject({
      right: [{ params: 'list=x&' }]
    })
    expect(exact({ type: 'track', event: 'E', properties: { list: nest(70) } })).toMatchObject({
      left: [{ at: ['properties', 'list'] }]
    })
    expect(exact({ type: 'identify', traits: { email: 'a@b.test', list: nest(70) } })).toMatchObject({
      left: [{ at: ['traits', 'list'] }]
    })
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
    expect(exact({ type: 'track', event: 'E\ud83d', properties: {} })).toMatchObject({ left: [{ at: ['event'] }] })
    expect(exact({ type: 'track', event: 'E', properties: { a: '\ud83d', '\ud83d': 1, b: 2 } })).toMatchObject({
      left: [{ at: ['properties', 'a'] }, { at: ['properties', '\ud83d'] }],
      right: [{ params: 'b=2&' }]
    })
    expect(exact({ type: 'identify', traits: { email: '\ud83d@b.test' } })._tag).toBe('Left')
  })

  it('a url that is no text is said', () => {
    expect(exact({ type: 'page', properties: { url: 7 } })).toMatchObject({ left: [{ at: ['properties', 'url'] }] })
    expect(exact({ type: 'page', properties: { url: 'ftp://a.test/' } })._tag).toBe('Left')
    expect(exact({ type: 'page', properties: { url: null } })).toMatchObject({ right: [{ url: null, params: '' }] })
  })

  it('an email that is falsy is none, and one that is no text is said', () => {
    expect(exact({ type: 'identify', userId: 'ana@b.test', traits: { email: 0 } })).toMatchObject({
      right: [{ fields: { Email: 'ana@b.test' } }]
    })
    expect(exact({ type: 'identify', traits: { email: 7 } })).toMatchObject({ left: [{ at: ['traits', 'email'] }] })
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
