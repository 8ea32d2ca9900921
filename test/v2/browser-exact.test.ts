import { describe, expect, it } from 'vitest'
import { browserMapper } from '../../src/v2/mapper.js'
import { both, left, malformed, missing, munchkinId, right } from '../cases/mapping-case.js'
import { deviceCases } from '../cases/v2-device.js'
import { deviceMapper, settingsFrom } from './given.js'

describe('Segment’s own device code', () => {
  it('gave us 27 vectors', () => {
    expect(deviceCases).toHaveLength(27)
  })

  it.each(deviceCases.map((one) => [`${one.source.slice(-15)} ${one.name}`, one] as const))(
    '%s',
    (_, { input, expected }) => {
      expect(browserMapper(settingsFrom(input.settings))(input.event)).toEqual(expected)
    }
  )
})

describe('where a form cannot follow Segment’s code', () => {
  const map = deviceMapper({ browserProfile: 'exact', traits: [{ trait: 'tags', field: 'tags__c' }] })
  const form = (fields: unknown) => ({ _tag: 'SubmitFormInBrowser', munchkinId, formId: 1001, fields })
  const identify = (traits: unknown, more: Readonly<Record<string, unknown>> = {}) =>
    map({ type: 'identify', userId: 'u1', traits, ...more })
  const email = 'ana@corp.test'
  const mendForm = 'a form carries texts, numbers and booleans'
  const mendEmail = 'send the email trait, or an email as userId'

  it('lists and objects are dropped and said', () => {
    expect(identify({ email, tags: Number.NaN })).toEqual(
      both(
        [malformed('dropped', ['traits', 'tags'], 'a number that is not finite', mendForm)],
        form({ Email: email, userId: 'u1' })
      )
    )
    expect(identify({ email, tags: ['a'], gender: {}, address: { zip: ['1'] } })).toEqual(
      both(
        [
          malformed('dropped', ['traits', 'gender'], 'an object', mendForm),
          malformed('dropped', ['traits', 'address', 'zip'], 'a list', mendForm),
          malformed('dropped', ['traits', 'tags'], 'a list', mendForm)
        ],
        form({ Email: email, userId: 'u1' })
      )
    )
  })

  it('an email that no form carries is no email', () => {
    expect(identify({ email: { a: 1 } })).toEqual(
      left(malformed('invalid', ['traits', 'email'], 'an object', mendEmail))
    )
  })

  it('a falsy email falls back to a userId that is one', () => {
    expect(identify({ email: 0 }, { userId: email })).toEqual(right(form({ Email: email, userId: email })))
    expect(identify({ email: false })).toEqual(left(missing('invalid', ['traits', 'email'], mendEmail)))
  })

  it('the old name of the anonymousId is read', () => {
    expect(identify({ email }, { sessionId: 's1' })).toEqual(
      right(form({ Email: email, userId: 'u1', anonymousId: 's1' }))
    )
    expect(identify({ email }, { anonymousId: '', sessionId: 's1' })).toEqual(
      right(form({ Email: email, userId: 'u1', anonymousId: 's1' }))
    )
    expect(identify({ email }, { anonymousId: 'a1', sessionId: 's1' })).toEqual(
      right(form({ Email: email, userId: 'u1', anonymousId: 'a1' }))
    )
  })

  it('names are split with Segment’s slip, and flags and zeros are values', () => {
    const flags = deviceMapper({
      browserProfile: 'exact',
      traits: [
        { trait: 'on', field: 'on__c' },
        { trait: 'n', field: 'n__c' }
      ]
    })
    expect(flags({ type: 'identify', traits: { email, name: '  Ana Cruz', on: false, n: 0, phone: 0 } })).toEqual(
      right(form({ Email: email, FirstName: 'Ana', LastName: 'a Cruz', on__c: false, n__c: 0 }))
    )
    // There is one zero in JSON.
    expect(flags({ type: 'identify', traits: { email, n: -0 } })).toStrictEqual(right(form({ Email: email, n__c: 0 })))
  })

  it('an empty url is none, and a url of no page is said', () => {
    for (const url of ['', 7])
      expect(map({ type: 'page', properties: { url } })).toMatchObject({
        left: [{ _tag: 'Missing', at: ['properties', 'url'] }]
      })
    expect(map({ type: 'page', properties: { url: 'ftp://a.test/' } })).toMatchObject({
      left: [{ at: ['properties', 'url'], found: 'a URL that is not http or https' }]
    })
  })

  it('a page without a url is said, not reported under another name', () => {
    expect(map({ type: 'page', context: { page: { url: 'https://a.test/' } } })).toEqual(
      left(
        missing(
          'invalid',
          ['properties', 'url'],
          'send the page’s url: Segment’s own code would report a page of another name'
        )
      )
    )
  })

  it('dates in any text are dates, in the zone of the settings', () => {
    const east = deviceMapper({
      browserProfile: 'exact',
      browserZone: 60,
      traits: [{ trait: 'when', field: 'when__c' }]
    })
    expect(east({ type: 'identify', userId: '2024-05-01', traits: { email, when: '2024-05-01 10:00' } })).toEqual(
      right(form({ Email: email, userId: '2024-05-01T00:00:00.000Z', when__c: '2024-05-01T09:00:00.000Z' }))
    )
  })
})
