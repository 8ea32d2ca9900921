import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeProblem } from '../../src/ground/problem.js'
import { valueTypes } from '../../src/marketo/value-types.js'
import { decodeRecipes, type Recipes } from '../../src/recipes/decode.js'
import { checkAgainst } from '../../src/settings/check-against.js'
import { lengthOf, typeFits } from '../../src/settings/fits.js'
import { type Instance, type InstanceActivityType, untold } from '../../src/settings/instance.js'
import { namedInRules } from '../../src/settings/named-in-rules.js'
import { readInstance } from '../../src/settings/read-instance.js'
import { decodeSettings } from '../../src/v2/decode-settings.js'
import { deepFrozen, foreign, hostileValue } from '../arbitraries/events.js'
import { decoded, givenSettings } from '../arbitraries/settings.js'
import { instanceOf, toldParts } from './told.js'

const munchkinId = '561-HYG-937'

const settingsOf = (given: Readonly<Record<string, unknown>>) => {
  const read = decodeSettings({ munchkinId, genderField: null, ...given })
  if (read._tag === 'Left') throw new Error(JSON.stringify(read.left))
  return read.right
}

const rulesOf = (given: Readonly<Record<string, unknown>>): Recipes => {
  const read = decodeRecipes({ munchkinId, ...given })
  if (read._tag === 'Left') throw new Error(JSON.stringify(read.left))
  return read.right
}

const told = instanceOf(toldParts)

const marks = { invalid: '!', warning: '?', dropped: 'dropped', skipped: 'skipped' } as const

const said = (given: Readonly<Record<string, unknown>>, instance: Instance = told) => {
  const { problems, hints } = checkAgainst(settingsOf(given), null, instance)
  return [...problems, ...hints].map((one) => `${marks[one.weight]} ${describeProblem(one)}`)
}

/** The instance that these settings dream of. */
const dreamOf = (given: Readonly<Record<string, unknown>>): Instance => {
  const settings = decoded(given)
  const names = [
    ...settings.traits.map(({ field, type, length }) => ({ name: field, type, length })),
    ...[settings.userIdField, settings.anonymousIdField].map((name) => ({
      name,
      type: 'string' as const,
      length: null
    })),
    { name: 'email', type: 'email' as const, length: null }
  ]
  return {
    ...untold,
    fields: names.map(({ name, type }) => ({
      rest: name,
      soap: name,
      label: name,
      type,
      length: null,
      readOnly: false
    })),
    searchable: ['email', settings.userIdField, settings.anonymousIdField],
    activityTypes: settings.events.map(({ activityTypeId, attributes }) => {
      const all = attributes.map(({ attribute: name, type }) => ({ apiName: name, name, type }))
      const k = attributes.findIndex(({ primary }) => primary)
      return {
        id: activityTypeId,
        apiName: 'x',
        name: 'x',
        status: 'approved',
        primary: all[k] ?? null,
        attributes: all,
        draft: null
      }
    })
  }
}

/** Settings that no instance can serve: computed fields, built-in activity types, two events of one number. */
const isServable = (given: Readonly<Record<string, unknown>>): boolean => {
  const { traits, events } = decoded(given)
  return (
    traits.every(({ type }) => type !== 'reference' && type !== 'formula') &&
    events.every(
      ({ activityTypeId, attributes }) =>
        activityTypeId >= 100_000 && attributes.every(({ type }) => type !== 'reference' && type !== 'formula')
    ) &&
    new Set(events.map(({ activityTypeId }) => activityTypeId)).size === events.length
  )
}

const dreamable = givenSettings.filter(isServable)

describe('laws', () => {
  it('G1 P2 settings have no problem on an instance that has all they name', () => {
    fc.assert(
      fc.property(dreamable, (given) => {
        const instance = deepFrozen(dreamOf(given))
        expect(checkAgainst(deepFrozen(decoded(given)), null, instance).problems).toEqual([])
      })
    )
  })

  it('G1 they have one for each field and each activity type that is taken away', () => {
    fc.assert(
      fc.property(dreamable, fc.nat(), (given, n) => {
        const settings = decoded(given)
        const full = dreamOf(given)
        const gone = settings.traits[n % Math.max(1, settings.traits.length)]?.field
        const type = settings.events[n % Math.max(1, settings.events.length)]?.activityTypeId
        const instance = {
          ...full,
          fields: full.fields?.filter(({ rest }) => rest !== gone) ?? null,
          activityTypes: full.activityTypes?.filter(({ id }) => id !== type) ?? null
        }
        const lost = (gone === undefined ? 0 : 1) + (type === undefined ? 0 : 1)
        const { problems } = checkAgainst(settings, null, instance)
        expect(problems.map(({ _tag, weight }) => `${_tag} ${weight}`)).toEqual(Array(lost).fill('Unknown invalid'))
      })
    )
  })

  it('G1 an instance that told nothing is found no fault with, and all that is unchecked is said', () => {
    fc.assert(
      fc.property(givenSettings, (given) => {
        const settings = decoded(given)
        const checked = checkAgainst(settings, null, untold)
        expect([checked.problems, checked.hints]).toEqual([[], []])
        expect(checked.unchecked).toEqual([
          'lead fields',
          'which lead fields are searchable',
          ...(settings.events.length > 0 ? ['activity types'] : [])
        ])
      })
    )
  })

  it('P1 P3 P4 P5 whatever is handed over as an instance gets the same verdict each time, and nothing throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.anything(), hostileValue, fc.dictionary(fc.constantFrom(...Object.keys(toldParts)), fc.anything())),
        (u) => {
          const read = readInstance(u)
          expect(readInstance(u)._tag).toBe(read._tag)
          if (read._tag === 'Left') return
          expect(JSON.parse(JSON.stringify(read.right))).toEqual(read.right)
          checkAgainst(settingsOf({ traits: [{ trait: 'a', field: 'b' }] }), null, read.right)
        }
      )
    )
    expect(readInstance(foreign(toldParts))).toEqual(readInstance(toldParts))
  })

  it('G1 every type goes into its own, and none into a computed field', () => {
    for (const type of valueTypes) {
      const isComputed = type === 'reference' || type === 'formula'
      expect([type, typeFits(type, type)]).toEqual([type, isComputed ? 'no' : 'yes'])
    }
  })
})

const row = (field: string, type?: string, more: object = {}) => ({ traits: [{ trait: 'x', field, type, ...more }] })
const event = (activityTypeId: number, attributes: ReadonlyArray<object>, name = 'Order Completed') => ({
  events: [{ event: name, activityTypeId, attributes }]
})
const trialType: InstanceActivityType = {
  id: 100002,
  apiName: 'trial_c',
  name: 'Trial Started',
  status: 'approved',
  primary: null,
  attributes: null,
  draft: null
}
const orderId = { property: 'order_id', attribute: 'orderId', primary: true }

/** The type of orders, in other words. */
const typeWith = (more: Partial<InstanceActivityType>): Instance => ({
  ...told,
  activityTypes: told.activityTypes?.map((type) => (type.id === 100001 ? { ...type, ...more } : type)) ?? null
})
const idAttribute = { apiName: 'orderId', name: 'Order Id', type: 'string' } as const
const without = (...names: ReadonlyArray<string>): Instance => ({
  ...told,
  fields: told.fields?.filter(({ rest }) => rest === null || !names.includes(rest)) ?? null
})

describe('types of values', () => {
  const groups = {
    text: ['string', 'text', 'phone'],
    shaped: ['email', 'url'],
    whole: ['integer', 'score', 'percent'],
    decimal: ['float', 'currency'],
    boolean: ['boolean'],
    date: ['date'],
    datetime: ['datetime'],
    never: ['reference', 'formula']
  } as const
  type Group = keyof typeof groups

  /** Into which groups values of a group go; what is not here does not fit. */
  const into: Readonly<Record<Group, Partial<Readonly<Record<Group, string>>>>> = {
    text: { text: 'yes', shaped: 'perhaps' },
    shaped: { text: 'yes' },
    whole: { text: 'yes', whole: 'yes', decimal: 'yes' },
    decimal: { text: 'yes', decimal: 'yes' },
    boolean: { text: 'yes', boolean: 'yes' },
    date: { text: 'yes', date: 'yes' },
    datetime: { text: 'yes', datetime: 'yes' },
    never: { text: 'yes' }
  }
  const all = Object.entries(groups).flatMap(([group, types]) => types.map((type) => [group, type] as const))

  it('fit as Marketo’s page of types has it', () => {
    for (const [from, mapped] of all)
      for (const [to, field] of all) {
        const expected = mapped === field && to !== 'never' ? 'yes' : (into[from as Group][to as Group] ?? 'no')
        expect([mapped, field, typeFits(mapped, field)]).toEqual([mapped, field, expected])
      }
  })

  it.each([
    ['string', null, 255],
    ['string', 50, 50],
    ['phone', null, 255],
    ['email', null, 255],
    ['url', 99, 99],
    ['text', null, 30_000],
    ['text', 1_000, 1_000],
    ['integer', null, 0],
    ['boolean', 5, 0]
  ] as const)('%s of length %s may have so many characters: %d', (type, length, expected) => {
    expect(lengthOf(type, length)).toBe(expected)
  })
})

describe('documented cases', () => {
  it('finds nothing where all is well', () => {
    const revenue = { property: 'revenue', attribute: 'revenue', type: 'float' }
    expect(said({ ...row('planName', 'string', { length: 50 }), ...event(100001, [orderId, revenue]) })).toEqual([])
  })

  it.each<[string, Readonly<Record<string, unknown>>, ReadonlyArray<string>]>([
    [
      'a misspelled field',
      row('planNmae'),
      [
        '! settings.traits[0].field: is not a known name (nearest: planName); Marketo answers 1006 and skips the record: correct the name, or create the field'
      ]
    ],
    [
      'a field that resembles none',
      row('favouriteColour'),
      [
        '! settings.traits[0].field: is not a known name; Marketo answers 1006 and skips the record: correct the name, or create the field'
      ]
    ],
    [
      'a SOAP name',
      row('Plan_Name', 'string', { length: 50 }),
      [
        '! settings.traits[0].field: is not a known name (nearest: planName); this is its SOAP name: REST wants planName'
      ]
    ],
    [
      'a label in other letters',
      row('plan name', 'string'),
      [
        '! settings.traits[0].field: is not a known name (nearest: planName); this is its label, or a name in other letters: REST wants planName'
      ]
    ],
    [
      'a field that only forms know',
      row('FormsOnly'),
      [
        '! settings.traits[0].field: found a field without a REST name; this field cannot be written over REST, which has no name for it: map to another field'
      ]
    ],
    [
      'a read-only field',
      row('inferredCity'),
      ['! settings.traits[0].field: found a read-only field; Marketo lets nobody write it: map to another field']
    ],
    [
      'a formula',
      row('scoreBand'),
      ['! settings.traits[0].field: found a read-only field; Marketo lets nobody write it: map to another field']
    ],
    [
      'text for a number',
      row('logins', 'string'),
      [
        '! settings.traits[0].field: found values of type string; Marketo’s type there is integer: map it as that, or to something of type string'
      ]
    ],
    [
      'decimals for a whole number',
      row('logins', 'float'),
      [
        '! settings.traits[0].field: found values of type float; Marketo’s type there is integer: map it as that, or to something of type float'
      ]
    ],
    [
      'a longer text',
      row('planName', 'string'),
      [
        '? settings.traits[0].field: found text of up to 255 characters; Marketo takes 50 characters there: set length to that, or cut the text'
      ]
    ],
    [
      'a missing id field',
      { userIdField: 'segmentId' },
      [
        '! settings.userIdField: is missing; create the custom lead field segmentId (string) in Marketo: segment-marketo provision says how'
      ]
    ],
    [
      'an id that leads cannot be looked up by',
      { anonymousActivity: true },
      [
        '! settings.identity[2]: found a lookup field that is not searchable; Marketo looks leads up by the fields that describe2 calls searchable: custom ones of type string, email or integer'
      ]
    ],
    [
      'gender where it is gone',
      { genderField: 'gender' },
      [
        '? settings.genderField: is not a known name; Marketo answers 1006 and skips the record: correct the name, or create the field'
      ]
    ],
    [
      'an activity type that is not there',
      event(100009, [orderId]),
      [
        '! settings.events[0].activityTypeId: is not a known name (nearest: 100001); the activity type of this event’s name is 100001'
      ]
    ],
    [
      'a built-in activity type',
      event(46, [orderId]),
      [
        '! settings.events[0].activityTypeId: found the number of a built-in activity type; events go to custom activities, whose numbers begin at 100000: create one'
      ]
    ],
    [
      'a draft',
      event(100003, [orderId], 'Call'),
      [
        '! settings.events[0].activityTypeId: found an activity type that is not approved; approve it in Marketo Custom Activities: until then each activity of this type is refused'
      ]
    ],
    [
      'the wrong primary attribute',
      event(100001, [
        { property: 'order_id', attribute: 'orderId' },
        { property: 'coupon', attribute: 'orderCoupon', primary: true }
      ]),
      [
        '! settings.events[0].attributes[0].primary: found the primary attribute; mark the row of orderId as primary',
        '! settings.events[0].attributes[1].primary: found an attribute that is not the primary one; mark the row of orderId as primary'
      ]
    ],
    [
      'no row for the primary attribute',
      event(100002, [{ property: 'days', attribute: 'days', type: 'integer', primary: true }]),
      [
        '! settings.events[0].attributes: is missing; no row fills the primary attribute plan, which Marketo requires: add one',
        '! settings.events[0].attributes[0].primary: found an attribute that is not the primary one; mark the row of plan as primary'
      ]
    ],
    [
      'an attribute by its display name',
      event(100001, [orderId, { property: 'coupon', attribute: 'Coupon' }]),
      [
        '! settings.events[0].attributes[1].attribute: is not a known name (nearest: orderCoupon); attributeKey apiName wants the API name, spelled exactly'
      ]
    ],
    [
      'an attribute that is not there',
      event(100001, [orderId, { property: 'x', attribute: 'revenu' }]),
      [
        '! settings.events[0].attributes[1].attribute: is not a known name (nearest: revenue); the type has no such attribute: correct the name or add it'
      ]
    ],
    [
      'an attribute of another type',
      event(100001, [orderId, { property: 'x', attribute: 'revenue', type: 'string' }]),
      [
        '! settings.events[0].attributes[1].attribute: found values of type string; Marketo’s type there is float: map it as that, or to something of type string'
      ]
    ]
  ])('says of %s', (_, given, expected) => {
    expect(said(given)).toEqual(expected)
  })

  it.each<[string, Readonly<Record<string, unknown>>, Instance, ReadonlyArray<string>]>([
    ['a type of unknown state', event(100001, [orderId]), typeWith({ status: null }), []],
    [
      'a type whose primary attribute is not told',
      event(100001, [orderId, { property: 'x', attribute: 'revenue', type: 'float' }]),
      typeWith({ primary: null }),
      []
    ],
    [
      'a type whose attributes are not told',
      event(100001, [{ property: 'x', attribute: 'x', primary: true }]),
      typeWith({ attributes: null }),
      []
    ],
    ['an attribute that stands in the draft as well', event(100001, [orderId]), typeWith({ draft: [idAttribute] }), []],
    [
      'an attribute of the same name as the primary one',
      event(100001, [{ property: 'x', attribute: 'other', primary: true }]),
      typeWith({ attributes: [idAttribute, { ...idAttribute, apiName: 'other' }] }),
      [
        '! settings.events[0].attributes: is missing; no row fills the primary attribute orderId, which Marketo requires: add one',
        '! settings.events[0].attributes[0].primary: found an attribute that is not the primary one; mark the row of orderId as primary'
      ]
    ],
    [
      'an attribute that has no API name, as the primary one has none',
      event(100001, [{ property: 'x', attribute: 'Other', primary: true }]),
      typeWith({
        primary: { ...idAttribute, apiName: null },
        attributes: [
          { ...idAttribute, apiName: null },
          { apiName: null, name: 'Other', type: 'string' }
        ]
      }),
      [
        '! settings.events[0].attributes: is missing; no row fills the primary attribute Order Id, which Marketo requires: add one',
        '! settings.events[0].attributes[0].primary: found an attribute that is not the primary one; mark the row of Order Id as primary'
      ]
    ],
    [
      'an API name where display names are wanted',
      { ...event(100001, [{ ...orderId, attribute: 'ORDERID' }]), attributeKey: 'name' },
      told,
      [
        '! settings.events[0].attributes: is missing; no row fills the primary attribute Order Id, which Marketo requires: add one',
        '! settings.events[0].attributes[0].attribute: is not a known name (nearest: Order Id); attributeKey name wants the display name, spelled exactly'
      ]
    ],
    [
      'the first number of a custom type',
      event(100000, [orderId], ' order completed'),
      { ...told, activityTypes: [{ ...trialType, id: 1, name: 'Order Completed' }, ...(told.activityTypes ?? [])] },
      [
        '! settings.events[0].activityTypeId: is not a known name (nearest: 100001); the activity type of this event’s name is 100001'
      ]
    ],
    [
      'a type that is there under the first number',
      event(100009, [orderId], 'Order Completed'),
      { ...told, activityTypes: [{ ...trialType, id: 100000, name: 'Order completed ' }] },
      [
        '! settings.events[0].activityTypeId: is not a known name (nearest: 100000); the activity type of this event’s name is 100000'
      ]
    ],
    [
      'a type that is nowhere',
      event(100009, [orderId], 'Nothing'),
      told,
      [
        '! settings.events[0].activityTypeId: is not a known name; copy the number from Marketo Custom Activities, or create the type'
      ]
    ],
    [
      'a missing field for anonymous ids that nothing is written to',
      {},
      without('anonymousId'),
      [
        '? settings.anonymousIdField: is missing; create the custom lead field anonymousId (string) in Marketo: segment-marketo provision says how'
      ]
    ],
    [
      'a missing field for anonymous ids',
      { anonymousActivity: true },
      without('anonymousId'),
      [
        '! settings.anonymousIdField: is missing; create the custom lead field anonymousId (string) in Marketo: segment-marketo provision says how'
      ]
    ],
    [
      'an id field in other letters',
      { userIdField: 'USERID' },
      told,
      [
        '! settings.userIdField: is not a known name (nearest: userId); this is its label, or a name in other letters: REST wants userId'
      ]
    ],
    [
      'an email that leads cannot be looked up by',
      {},
      { ...told, searchable: ['userId'] },
      [
        '! settings.identity[0]: found a lookup field that is not searchable; Marketo looks leads up by the fields that describe2 calls searchable: custom ones of type string, email or integer'
      ]
    ],
    [
      'missing fields of standard traits',
      {},
      without('company', 'phone'),
      [
        '? settings.standardTraits.phone: is not a known name; Marketo answers 1006 and skips the record: correct the name, or create the field',
        '? settings.standardTraits.company: is not a known name; Marketo answers 1006 and skips the record: correct the name, or create the field'
      ]
    ],
    [
      'a missing company that nothing is written to',
      { companyFields: 'omit' },
      without('company', 'phone'),
      [
        '? settings.standardTraits.phone: is not a known name; Marketo answers 1006 and skips the record: correct the name, or create the field'
      ]
    ],
    [
      'a missing standard field that a row maps',
      row('phone'),
      without('phone'),
      [
        '! settings.traits[0].field: is not a known name; Marketo answers 1006 and skips the record: correct the name, or create the field'
      ]
    ],
    [
      'text for a shape',
      row('site', 'string'),
      told,
      [
        '? settings.traits[0].field: found values of type string; Marketo’s type there is url: map it as that, or to something of type string'
      ]
    ],
    ['a number for a short text', row('planName', 'integer'), told, []],
    [
      'a reference',
      row('logins', 'integer'),
      {
        ...told,
        fields: told.fields?.map((one) => (one.rest === 'logins' ? { ...one, type: 'reference' } : one)) ?? null
      },
      ['! settings.traits[0].field: found a read-only field; Marketo lets nobody write it: map to another field']
    ]
  ])('on an instance of its own says of %s', (_, given, instance, expected) => {
    expect(said(given, instance)).toEqual(expected)
  })

  it.each<[string, ReadonlyArray<InstanceActivityType> | null, ReadonlyArray<string>]>([
    ['no types', null, ['activity types']],
    ['an empty list of types', [], []],
    ['types without their states', [{ ...trialType, status: null }], ['which activity types are approved']],
    [
      'a type without its state beside another',
      [
        { ...trialType, status: null },
        { ...trialType, id: 100003 }
      ],
      []
    ]
  ])('of an instance that told %s says so', (_, activityTypes, expected) => {
    const { unchecked } = checkAgainst(settingsOf(event(100002, [orderId])), null, { ...told, activityTypes })
    expect(unchecked).toEqual(expected)
  })

  it('leaves nothing unchecked where there is nothing to check', () => {
    expect(checkAgainst(null, null, untold)).toEqual({ problems: [], hints: [], unchecked: [] })
    expect(checkAgainst(settingsOf(event(100001, [orderId])), null, told).unchecked).toEqual([])
  })

  it('says of rules what they name and the instance has not', () => {
    const when = { type: 'track', event: 'Trial Started' }
    const rules = rulesOf({
      lead: { keys: ['email', 'userId', 'anonymousId'] },
      rules: [
        {
          name: 'Trial',
          when,
          actions: [
            { do: 'add-to-list', list: 'Trial user' },
            { do: 'add-to-list', list: { name: 'Made when needed', createIn: { id: 12, type: 'Folder' } } },
            { do: 'remove-from-list', list: 901 },
            { do: 'leave-lists', except: [77] },
            { do: 'set-status', program: 1001, status: 'Atended' },
            { do: 'set-status', program: 1002, status: 'Attended' },
            { do: 'request-campaign', campaign: 3002 },
            { do: 'request-campaign', campaign: 3003 },
            { do: 'write', fields: { planName: 'trial', logins: true, nowhere: 1 } }
          ]
        }
      ]
    })
    const { problems, hints, unchecked } = checkAgainst(null, rules, told)
    expect(new Set(problems.map(({ weight }) => weight))).toEqual(new Set(['invalid']))
    expect(problems.map((one) => describeProblem(one).split(';')[0])).toEqual([
      'rules.lead.keys[2]: found a lookup field that is not searchable',
      'rules.rules[0].actions[8].fields.logins: found values of type boolean',
      'rules.rules[0].actions[8].fields.nowhere: is not a known name',
      'rules.rules[0].actions[0].list: is not a known name (nearest: Trial users)',
      'rules.rules[0].actions[3].except[0]: is not a known name',
      'rules.rules[0].actions[4].status: is not a known name (nearest: Attended)',
      'rules.rules[0].actions[5].program: is not a known name',
      'rules.rules[0].actions[6].campaign: found a campaign that cannot be requested',
      'rules.rules[0].actions[7].campaign: is not a known name'
    ])
    expect([hints, unchecked]).toEqual([[], []])
    expect(checkAgainst(null, rules, untold).unchecked).toEqual([
      'lead fields',
      'which lead fields are searchable',
      'lists',
      'programs',
      'statuses of programs',
      'campaigns'
    ])
  })

  const inRules = (actions: ReadonlyArray<object>, instance: Instance = told, lead: object = {}) => {
    const rules = rulesOf({ lead, rules: [{ name: 'A', when: { type: 'identify' }, actions }] })
    return checkAgainst(null, rules, instance)
  }
  const namelessAssets = [{ id: 1, name: null, channel: null, requestable: null }]

  it.each<[string, ReadonlyArray<object>, Instance, object, ReadonlyArray<string>]>([
    [
      'a number of no list',
      [{ do: 'add-to-list', list: 7 }],
      told,
      {},
      ['actions[0].list: is not a known name; a list of this number was not found: it is gone, or of another instance']
    ],
    [
      'a name of no list',
      [
        { do: 'add-to-list', list: 'Customer' },
        { do: 'add-to-list', list: 'Customers' }
      ],
      { ...told, lists: [...namelessAssets, ...(told.lists ?? [])] },
      {},
      [
        'actions[0].list: is not a known name (nearest: Customers); no list bears this name: correct it, or say with createIn where to make the list'
      ]
    ],
    [
      'a number of no program',
      [{ do: 'leave-program', program: 7 }],
      told,
      {},
      [
        'actions[0].program: is not a known name; a program of this number was not found: it is gone, or of another instance'
      ]
    ],
    ['a program that is left', [{ do: 'leave-program', program: 1001 }], told, {}, []],
    [
      'a status of another channel',
      [
        { do: 'set-status', program: 1001, status: 'Sent' },
        { do: 'set-status', program: 1001, status: 'Invited' }
      ],
      { ...told, channels: [{ name: 'Email', statuses: ['Sent'] }, ...(told.channels ?? [])] },
      {},
      [
        'actions[0].status: is not a known name; the program’s channel has no such status, and Marketo answers 1025: copy it from the channel'
      ]
    ],
    [
      'a channel that was not told',
      [{ do: 'set-status', program: 1001, status: 'x' }],
      { ...told, channels: [] },
      {},
      []
    ],
    [
      'channels that were not told',
      [{ do: 'set-status', program: 1001, status: 'x' }],
      { ...told, channels: null },
      {},
      []
    ],
    [
      'campaigns',
      [
        { do: 'request-campaign', campaign: 3001 },
        { do: 'request-campaign', campaign: 3002 },
        { do: 'request-campaign', campaign: 7 }
      ],
      told,
      {},
      [
        'actions[1].campaign: found a campaign that cannot be requested; give its smart list the trigger Campaign is Requested (source: Web Service API), and activate it',
        'actions[2].campaign: is not a known name; a campaign of this number was not found: it is gone, or of another instance'
      ]
    ],
    [
      'a campaign of which nobody tells whether it can be requested',
      [{ do: 'request-campaign', campaign: 1 }],
      { ...told, campaigns: namelessAssets },
      {},
      []
    ],
    [
      'a missing userId field, by which leads are named unless said otherwise',
      [{ do: 'delete-lead' }],
      without('userId', 'anonymousId'),
      {},
      [
        'lead.userIdField: is missing; create the custom lead field userId (string) in Marketo: segment-marketo provision says how'
      ]
    ],
    [
      'a missing anonymousId field, where leads are named by it',
      [{ do: 'delete-lead' }],
      without('userId', 'anonymousId'),
      { keys: ['email', 'anonymousId'] },
      [
        'lead.anonymousIdField: is missing; create the custom lead field anonymousId (string) in Marketo: segment-marketo provision says how'
      ]
    ],
    ['leads that are named by email alone', [{ do: 'delete-lead' }], without('userId'), { keys: ['email'] }, []],
    ['a field of values that nobody knows', [{ do: 'write', fields: { logins: 'x' } }], told, {}, []]
  ])('says of rules with %s', (_, actions, instance, lead, expected) => {
    const { problems, hints } = inRules(actions, instance, lead)
    expect(hints).toEqual([])
    expect(problems.map(({ weight }) => weight)).toEqual(expected.map(() => 'invalid'))
    expect(problems.map((one) => describeProblem(one).replace('rules.', '').replace('rules[0].', ''))).toEqual(expected)
  })

  it('needs channels where one rule of several sets a status', () => {
    const actions = [
      { do: 'leave-program', program: 1001 },
      { do: 'set-status', program: 1001, status: 'Invited' }
    ]
    expect(inRules(actions, { ...told, channels: null }).unchecked).toEqual(['statuses of programs'])
    expect(inRules(actions.slice(0, 1), { ...told, channels: null }).unchecked).toEqual([])
    expect(inRules(actions, { ...told, programs: null, channels: null })).toMatchObject({
      problems: [],
      unchecked: ['programs', 'statuses of programs']
    })
  })

  it('finds fields in every part of a rule file', () => {
    const when = { type: 'identify' }
    const rules = rulesOf({
      audiences: { fields: { vip: 'f1' }, namesField: 'f2', traits: { ltv: 'f3' }, lists: { a: 55 } },
      suppressions: [{ name: 'Out', fields: { f4: true }, lists: [56], addTo: [57], programs: [{ program: 9 }] }],
      optIns: [{ name: 'In', when, fields: { f5: false } }],
      scores: [{ name: 'S', to: { way: 'add', field: 'f6' }, points: [{ when, points: 1 }] }],
      lifecycles: [
        {
          name: 'L',
          field: 'f7',
          stages: ['a', 'b'],
          rules: [{ when, stage: 'b', actions: [{ do: 'add-to-score', field: 'f8', points: 1 }] }]
        }
      ],
      behaviors: [{ name: 'B', when, count: 'f9', first: 'f10', last: 'f11', done: 'f12' }]
    })
    const at = checkAgainst(null, rules, told).problems.map(({ at }) => at.slice(1).join('.'))
    expect(at).toEqual([
      'audiences.fields.vip',
      'audiences.traits.ltv',
      'audiences.namesField',
      'suppressions.0.fields.f4',
      'optIns.0.fields.f5',
      'scores.0.to.field',
      'lifecycles.0.field',
      'lifecycles.0.rules.0.actions.0.field',
      'behaviors.0.count',
      'behaviors.0.first',
      'behaviors.0.last',
      'behaviors.0.done',
      'audiences.lists.a',
      'suppressions.0.lists.0',
      'suppressions.0.addTo.0',
      'suppressions.0.programs.0.program'
    ])
  })

  it('finds all that a rule file names, with its types', () => {
    const when = { type: 'identify' }
    const actions = [
      {
        do: 'write',
        fields: {
          a: true,
          b: 1,
          c: 1.5,
          d: 'x',
          e: { from: 'traits.e', type: 'date' },
          f: { from: 'traits.f' },
          z: null
        }
      },
      { do: 'add-to-list', list: 1 },
      { do: 'remove-from-list', list: 'L' },
      { do: 'leave-lists', except: [2, 3] },
      { do: 'leave-lists' },
      { do: 'set-status', program: 4, status: 'Sent' },
      { do: 'leave-program', program: 5 },
      { do: 'request-campaign', campaign: 6 },
      { do: 'add-to-score', field: 'g', points: 1 },
      { do: 'delete-lead' }
    ]
    const rules = rulesOf({
      rules: [{ name: 'R', when, actions }],
      audiences: { lists: { x: 7 }, fields: { x: 'h' }, traits: { x: 'i' }, namesField: 'j' },
      suppressions: [
        {
          name: 'S',
          fields: { k: false },
          lists: [8],
          addTo: ['M'],
          programs: [{ program: 9 }, { program: 10, status: 'Out' }]
        },
        { name: 'T', lists: 'all', except: [11] }
      ],
      optIns: [{ name: 'O', when, fields: { l: true } }],
      scores: [
        { name: 'S1', to: { way: 'add', field: 'm' }, points: [{ when, points: 1 }] },
        { name: 'S2', to: { way: 'campaign', campaign: 12, token: '{{my.points}}' }, points: [{ when, points: 1 }] }
      ],
      lifecycles: [
        {
          name: 'L',
          field: 'n',
          stages: ['a', 'b'],
          rules: [{ when, stage: 'b', actions: [{ do: 'request-campaign', campaign: 13 }] }]
        }
      ],
      behaviors: [{ name: 'B', when, count: 'o', first: 'p', last: 'q', done: 'r' }]
    })
    const named = namedInRules(rules, ['x'])
    const places = (at: ReadonlyArray<string | number>) => at.join('.')
    expect(named.fields.map(({ name, at, type }) => `${name} ${type} ${places(at)}`)).toEqual([
      ...['a boolean', 'b integer', 'c float', 'd null', 'e date', 'f null', 'z null'].map(
        (text) => `${text} x.rules.0.actions.0.fields.${text.charAt(0)}`
      ),
      'g integer x.rules.0.actions.8.field',
      'h boolean x.audiences.fields.x',
      'i null x.audiences.traits.x',
      'j string x.audiences.namesField',
      'k boolean x.suppressions.0.fields.k',
      'l boolean x.optIns.0.fields.l',
      'm integer x.scores.0.to.field',
      'n string x.lifecycles.0.field',
      'o integer x.behaviors.0.count',
      'p datetime x.behaviors.0.first',
      'q datetime x.behaviors.0.last',
      'r boolean x.behaviors.0.done'
    ])
    expect(named.lists.map(({ list, at }) => `${list} ${places(at)}`)).toEqual([
      '1 x.rules.0.actions.1.list',
      'L x.rules.0.actions.2.list',
      '2 x.rules.0.actions.3.except.0',
      '3 x.rules.0.actions.3.except.1',
      '7 x.audiences.lists.x',
      '8 x.suppressions.0.lists.0',
      'M x.suppressions.0.addTo.0',
      '11 x.suppressions.1.except.0'
    ])
    expect(named.programs.map(({ program, status, at }) => `${program} ${status} ${places(at)}`)).toEqual([
      '4 Sent x.rules.0.actions.5.program',
      '5 null x.rules.0.actions.6.program',
      '9 null x.suppressions.0.programs.0.program',
      '10 Out x.suppressions.0.programs.1.program'
    ])
    expect(named.campaigns.map(({ campaign, at }) => `${campaign} ${places(at)}`)).toEqual([
      '6 x.rules.0.actions.7.campaign',
      '12 x.scores.1.to.campaign',
      '13 x.lifecycles.0.rules.0.actions.0.campaign'
    ])
    const stages = { lifecycles: [{ name: 'L', field: 'n', stages: ['a', 'b'], rules: [{ when, stage: 'b' }] }] }
    expect(namedInRules(rulesOf(stages), []).campaigns).toEqual([])
    expect(namedInRules({ munchkinId: rules.munchkinId }, [])).toEqual({
      fields: [],
      lists: [],
      programs: [],
      campaigns: []
    })
  })
})
