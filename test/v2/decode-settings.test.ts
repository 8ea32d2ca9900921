import * as fc from 'fast-check'
import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'
import { describeProblem } from '../../src/ground/problem.js'
import { decodeSettings, SettingsFromJson, settingPath } from '../../src/v2/decode-settings.js'
import { knownUnread, settingRows } from '../../src/v2/setting-names.js'
import type { AttributeRow, EventRow, Settings, TraitRow } from '../../src/v2/settings.js'
import type { Transform } from '../../src/v2/transforms.js'
import { jsonValue } from '../arbitraries/events.js'
import { decoded, settings } from '../arbitraries/settings.js'
import { munchkinId } from '../cases/mapping-case.js'
import { settingsCases } from '../cases/v2-settings.js'

const problemsIn = (given: unknown) => {
  const read = decodeSettings(given)
  return read._tag === 'Right' ? [] : read.left
}

/** What settings are when they say nothing but the instance. */
const plain: Settings = {
  munchkinId: decoded({ munchkinId }).munchkinId,
  mode: 'cloud',
  anonymousActivity: false,
  createLead: true,
  clearOnNull: false,
  partitionName: null,
  pageOrigin: null,
  pathLookup: false,
  attributeKey: 'apiName',
  companyFields: 'send',
  genderField: 'gender',
  birthday: 'day',
  postalCode: ['zip', 'postalCode'],
  nameSplit: 'words',
  identity: ['email', 'userId', 'anonymousId'],
  invalidEmail: 'invalid',
  emailPlaces: ['context.traits', 'properties', 'userId'],
  userIdField: 'userId',
  anonymousIdField: 'anonymousId',
  gateNames: ['Marketo V2'],
  gateStyle: 'lenient',
  cookiePath: null,
  browserPageUrl: 'path',
  browserProfile: 'default',
  browserZone: 0,
  munchkinOptions: {},
  formId: null,
  formHost: null,
  traits: [],
  events: []
}

describe('cases', () => {
  it.each(settingsCases)('$name', ({ input, expected }) => {
    expect(problemsIn(input)).toEqual(expected)
    const isUsable = expected.every((problem) => Object(problem).weight === 'warning')
    expect(decodeSettings(input)._tag).toBe(!isUsable ? 'Left' : expected.length === 0 ? 'Right' : 'Both')
  })
})

describe('the shape that Segment stores', () => {
  const row = ({ trait, field, type, ...rest }: TraitRow, i: number) => {
    const stored = { segmentTrait: trait, marketoFieldName: field, marketoFieldType: type, ...rest }
    return i % 2 === 0 ? stored : { key: trait, value: stored }
  }

  const attribute = ({ property, attribute: name, type, primary, ...rest }: AttributeRow, i: number) => {
    const stored = {
      segmentProperty: property,
      marketoAttributeName: name,
      marketoAttributeType: type,
      primaryKey: primary,
      ...rest
    }
    return i % 2 === 0 ? { key: property, value: stored } : stored
  }

  const eventRow = ({ event, activityTypeId, attributes }: EventRow, i: number) => {
    const stored = { event, marketoActivityId: String(activityTypeId), segmentProperty: attributes.map(attribute) }
    return i % 2 === 0 ? { key: event, value: stored } : stored
  }

  /** Our settings as Segment would store them, with what it stores besides. */
  const asStored = ({ munchkinId: accountId, formId, formHost, traits, events, ...rest }: Settings) => ({
    ...rest,
    accountId,
    clientId: 'id',
    clientSecret: 'secret',
    projectId: 'P',
    beta: rest.mode === 'hybrid',
    marketoFormId: String(formId),
    marketoHostUrl: formHost,
    traits: traits.map(row),
    events: events.map(eventRow)
  })

  it('reads as the same settings', () => {
    fc.assert(
      fc.property(settings, (of) => {
        const read = decodeSettings(asStored(of))
        expect(read._tag === 'Left' ? read.left : read.right).toEqual(of)
      })
    )
  })

  it('is all that Segment’s own screen fills in', () => {
    const given = {
      accountId: '561-hyg-937',
      clientId: 'id',
      clientSecret: 'secret',
      anonymousActivity: true,
      beta: true,
      marketoFormId: '1001',
      marketoHostUrl: '//app-ab00.marketo.com',
      events: [
        {
          event: 'Trial Started',
          marketoActivityId: '100001',
          segmentProperty: [
            {
              segmentProperty: 'plan',
              marketoAttributeName: 'planName',
              marketoAttributeType: 'string',
              primaryKey: true
            }
          ]
        }
      ],
      traits: [
        { key: 'plan', value: { segmentTrait: 'plan', marketoFieldName: 'planName__c', marketoFieldType: 'string' } }
      ]
    }
    expect(decodeSettings(given)).toEqual({
      _tag: 'Right',
      right: {
        ...plain,
        mode: 'hybrid',
        anonymousActivity: true,
        formId: 1001,
        formHost: '//app-ab00.marketo.com',
        traits: [{ trait: 'plan', field: 'planName__c', type: 'string', length: null, default: null, transforms: [] }],
        events: [
          {
            event: 'Trial Started',
            activityTypeId: 100001,
            attributes: [
              { property: 'plan', attribute: 'planName', type: 'string', primary: true, default: null, transforms: [] }
            ]
          }
        ]
      }
    })
  })
})

describe('what is decoded', () => {
  it('is complete: every setting has its default', () => {
    expect(decodeSettings({ munchkinId })).toEqual({ _tag: 'Right', right: plain })
  })

  it('has the defaults that the table of names prints', () => {
    const { munchkinId: _, ...rest } = plain
    expect(Object.fromEntries(Object.entries(settingRows).map(([name, { fallback }]) => [name, fallback]))).toEqual({
      munchkinId: undefined,
      ...rest
    })
  })

  it('gives itself when it is decoded again, without a remark that it made itself', () => {
    fc.assert(
      fc.property(settings, (of) => {
        const again = decodeSettings(of)
        expect(again._tag === 'Left' ? again.left : again.right).toEqual(of)
      })
    )
  })

  it('is a codec as well, whose errors say place and mending', () => {
    expect(SettingsFromJson.decode({ accountId: munchkinId })).toEqual(E.right(plain))
    expect(SettingsFromJson.encode(plain)).toBe(plain)
    expect(SettingsFromJson.name).toBe('SettingsFromJson')
    const refused = SettingsFromJson.decode({ munchkinId, mode: 'x', traits: [{}] })
    expect(E.isLeft(refused) && refused.left.map(({ message }) => message)).toEqual([
      'traits[0].trait: is missing; name the trait of the identify call',
      'traits[0].field: is missing; name the lead field by its REST API name',
      'mode: is not a known name; expected one of cloud, device, hybrid'
    ])
  })

  it('is what the codec takes for settings, and nothing else', () => {
    fc.assert(
      fc.property(settings, fc.constantFrom(...Object.keys(settingRows)), jsonValue, (of, name, value) => {
        expect(SettingsFromJson.is(of)).toBe(true)
        const { [name]: _, ...less } = of as unknown as Record<string, unknown>
        expect(SettingsFromJson.is(less)).toBe(false)
        expect(SettingsFromJson.is({ ...of, [`${name}2`]: value })).toBe(false)
      })
    )
    expect(SettingsFromJson.is({ ...plain, munchkinId: '561-hyg-937' })).toBe(false)
    expect(SettingsFromJson.is({ ...plain, traits: [{ trait: 'a', field: 'a__c' }] })).toBe(false)
    expect(SettingsFromJson.is({ ...plain, postalCode: ['zip'] })).toBe(true)
    expect(SettingsFromJson.is({ ...plain, formId: '5' })).toBe(false)
  })

  it('knows the length and the type of Marketo’s own fields', () => {
    const [size, role, custom] = decoded({
      munchkinId,
      traits: [
        { trait: 'size', field: 'numberOfEmployees' },
        { trait: 'role', field: 'leadRole' },
        { trait: 'x', field: 'x__c', length: '40' }
      ]
    }).traits
    expect(size).toMatchObject({ type: 'integer', length: null })
    expect(role).toMatchObject({ type: 'string', length: 50 })
    expect(custom).toMatchObject({ type: 'string', length: 40 })
  })

  it.each([
    ['https://www.example.com', 'https://www.example.com'],
    [' HTTPS://Shop.Example.COM:443/ ', 'https://shop.example.com'],
    ['http://localhost:8080', 'http://localhost:8080'],
    ['https://bücher.example', 'https://xn--bcher-kva.example']
  ])('an origin is written as the URL standard does: %s', (pageOrigin, expected) => {
    expect(decoded({ munchkinId, pageOrigin }).pageOrigin).toBe(expected)
  })

  it.each([
    ['1001', 1001],
    [' 7 ', 7],
    ['1001abc', 1001],
    [' 7x', 7],
    [1001, 1001]
  ])('a form id is a number: %j', (formId, expected) => {
    expect(decoded({ munchkinId, formId }).formId).toBe(expected)
  })

  it.each(['form 7', 'x7'])('what begins with no number is no form id: %j', (formId) => {
    expect(problemsIn({ munchkinId, formId })).toMatchObject([{ _tag: 'Malformed', at: ['formId'], found: 'text' }])
  })

  it.each<Transform>([
    'trim',
    'lower',
    'upper',
    { table: { gold: 'A', silver: 2, none: false } },
    { table: { gold: 'A' }, otherwise: 'B' },
    { join: '; ' },
    { cut: 5 },
    { date: 'DD.MM.YYYY' }
  ])('a transform is itself: %j', (one) => {
    expect(decoded({ munchkinId, traits: [{ trait: 'a', field: 'a__c', transforms: [one] }] }).traits).toMatchObject([
      { transforms: [one] }
    ])
  })

  it('our own word for the mode comes before Segment’s switch', () => {
    expect(decoded({ munchkinId, beta: true }).mode).toBe('hybrid')
    expect(decoded({ munchkinId, beta: true, mode: 'cloud' }).mode).toBe('cloud')
  })

  it('gender may go nowhere, which is not the same as not being said', () => {
    expect(decoded({ munchkinId }).genderField).toBe('gender')
    expect(decoded({ munchkinId, genderField: null }).genderField).toBe(null)
  })

  it('a zone is a number of minutes, also as digits', () => {
    expect(decoded({ munchkinId, browserZone: '-480' }).browserZone).toBe(-480)
    expect(decoded({ munchkinId, browserZone: 345 }).browserZone).toBe(345)
  })

  it('is refused when it cannot be read', () => {
    const given = Object.defineProperty({ munchkinId }, 'mode', {
      enumerable: true,
      get: () => {
        throw new Error('no')
      }
    })
    expect(decodeSettings(given)).toEqual({
      _tag: 'Left',
      left: [
        {
          _tag: 'Malformed',
          weight: 'invalid',
          at: [],
          found: 'something that could not be read',
          mend: 'send plain JSON'
        }
      ]
    })
  })

  it('has one zero', () => {
    const given = {
      munchkinId,
      browserZone: -0,
      munchkinOptions: { domainLevel: -0 },
      traits: [{ trait: 'a', field: 'a__c', default: -0, transforms: [{ table: { a: -0 }, otherwise: -0 }] }]
    }
    expect(JSON.parse(JSON.stringify(decodeSettings(given)))).toStrictEqual(decodeSettings(given))
    expect(decoded({ munchkinId, browserZone: '-0' }).browserZone).toBe(0)
  })
})

describe('the table of names', () => {
  it('has no two settings under one name', () => {
    const all = [
      ...Object.entries(settingRows).flatMap(([name, { segment }]) =>
        segment === null || segment === name ? [name] : [name, segment]
      ),
      ...knownUnread
    ]
    expect(new Set(all).size).toBe(all.length)
  })

  it.each(Object.entries(settingRows))('%s is explained', (_, { takes, about }) => {
    expect(takes).toMatch(/\S/)
    expect(about).toMatch(/\S/)
  })

  it('a problem’s place is printed as people write it', () => {
    const [problem] = problemsIn({ munchkinId, traits: [{ trait: 'a' }] })
    expect(problem === undefined ? '' : settingPath(problem)).toBe('traits[0].field')
    expect(problem === undefined ? '' : describeProblem(problem)).toBe(
      'traits[0].field: is missing; name the lead field by its REST API name'
    )
  })
})
