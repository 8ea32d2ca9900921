import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { NewActivityAttribute } from '../../src/endpoints/create-activity-type.js'
import { describeProblem } from '../../src/ground/problem.js'
import { isNewActivityApiName, isNewActivityName } from '../../src/marketo/activity-types.js'
import { findByRest } from '../../src/marketo/lead-fields.js'
import { valueTypeOf } from '../../src/marketo/value-types.js'
import { checkAgainst } from '../../src/settings/check-against.js'
import { type Instance, type InstanceAttribute, untold } from '../../src/settings/instance.js'
import { isNewFieldName } from '../../src/settings/made-names.js'
import { type Provision, provision } from '../../src/settings/provision.js'
import { decodeSettings } from '../../src/v2/decode-settings.js'
import type { Settings } from '../../src/v2/settings.js'
import { deepFrozen } from '../arbitraries/events.js'
import { decoded, givenSettings } from '../arbitraries/settings.js'
import { instanceOf, toldParts } from './told.js'

const empty: Instance = { ...untold, fields: [], activityTypes: [] }

const attributeOf = ({ apiName, name, dataType }: NewActivityAttribute): InstanceAttribute => ({
  apiName,
  name,
  type: valueTypeOf(dataType) ?? null
})

/** The instance once all is done; a new type has the number that the settings hope for. */
const onceMade = (instance: Instance, made: Provision, settings: Settings): Instance => ({
  ...instance,
  fields: [
    ...(instance.fields ?? []),
    ...made.leadFields.map(({ name, displayName, dataType }) => ({
      rest: name,
      soap: name,
      label: displayName,
      type: dataType,
      length: null,
      readOnly: false
    }))
  ],
  activityTypes: [
    ...(instance.activityTypes ?? []),
    ...made.activityTypes.map(({ apiName, name, primaryAttribute }) => {
      const primary = attributeOf(primaryAttribute)
      const further = made.attributes.find((one) => one.apiName === apiName)?.attributes ?? []
      const k = made.problems.findIndex(({ mend }) => mend.startsWith('Marketo gives a new type its number'))
      const rows = made.problems.slice(k).filter(({ mend }) => mend.startsWith('Marketo gives a new type its number'))
      const index = Number(rows[made.activityTypes.findIndex((one) => one.apiName === apiName)]?.at[2])
      const id = settings.events[index]?.activityTypeId ?? 0
      const attributes = [primary, ...further.map(attributeOf)]
      return { id, apiName, name, status: 'approved', primary, attributes, draft: null }
    })
  ]
})

describe('laws', () => {
  it('G3 P1 P2 after what was made is there, nothing more is made but what was refused', () => {
    fc.assert(
      fc.property(givenSettings, (given) => {
        const settings = deepFrozen(decoded(given))
        const first = provision(settings, deepFrozen(empty))
        expect(provision(settings, empty)).toEqual(first)
        const second = provision(settings, onceMade(empty, first, settings))
        const refused = first.problems.filter(({ weight }) => weight === 'invalid').map(describeProblem)
        expect([second.leadFields, second.activityTypes, second.attributes, second.calls]).toEqual([[], [], [], []])
        // A label of what was made may be the name of another row: then that is said instead.
        expect(second.problems.filter(({ weight }) => weight === 'invalid').length).toBeLessThanOrEqual(refused.length)
      })
    )
  })

  it('G3 no name of the settings is unknown then, but those that were refused', () => {
    fc.assert(
      fc.property(givenSettings, (given) => {
        const settings = decoded(given)
        const made = provision(settings, empty)
        const refused = new Set(
          made.problems.filter(({ weight }) => weight === 'invalid').map(({ at }) => at.slice(0, 3).join())
        )
        const { problems } = checkAgainst(settings, null, onceMade(empty, made, settings))
        const unknown = problems.filter(
          ({ _tag, at }) => (_tag === 'Unknown' || _tag === 'Missing') && !refused.has(at.slice(0, 3).join())
        )
        expect(unknown).toEqual([])
      })
    )
  })

  it('G3 only names are made that Marketo takes, none of its own, and each once', () => {
    fc.assert(
      fc.property(givenSettings, (given) => {
        const { leadFields, activityTypes, attributes, calls } = provision(decoded(given), empty)
        for (const { name } of leadFields) expect([isNewFieldName(name), findByRest(name)]).toEqual([true, undefined])
        const all = attributes.flatMap((one) => [...one.attributes])
        for (const { apiName, name } of [...activityTypes, ...all])
          expect([apiName, isNewActivityApiName(apiName), isNewActivityName(name)]).toEqual([apiName, true, true])
        for (const names of [
          leadFields.map((one) => one.name),
          leadFields.map((one) => one.displayName.toLowerCase()),
          activityTypes.map((one) => one.apiName.toLowerCase())
        ])
          expect(new Set(names).size).toBe(names.length)
        expect(calls.length).toBe(Math.min(1, leadFields.length) + activityTypes.length * 2 + attributes.length)
      })
    )
  })
})

const settingsOf = (given: Readonly<Record<string, unknown>>): Settings => {
  const read = decodeSettings({ munchkinId: '561-HYG-937', ...given })
  if (read._tag === 'Left') throw new Error(JSON.stringify(read.left))
  return read.right
}

const told = instanceOf(toldParts)
const primary = { property: 'id', attribute: 'id', primary: true }

describe('documented cases', () => {
  it('creates fields in one call, then each type as draft, with attributes, and approves it', () => {
    const { calls, problems } = provision(
      settingsOf({
        traits: [
          { trait: 'ltv', field: 'lifetimeValue', type: 'float' },
          { trait: 'bio', field: 'biography', type: 'text' }
        ],
        events: [
          {
            event: 'Invoice: paid',
            activityTypeId: 100011,
            attributes: [primary, { property: 'page', attribute: 'page', type: 'url' }]
          }
        ]
      }),
      told
    )
    expect(calls.map(({ descriptor: { path, body } }) => [path.slice(2).join('/'), body])).toEqual([
      [
        'leads/schema/fields.json',
        {
          json: {
            input: [
              { displayName: 'Lifetime Value', name: 'lifetimeValue', dataType: 'float' },
              { displayName: 'Biography', name: 'biography', dataType: 'string' }
            ]
          }
        }
      ],
      [
        'activities/external/type.json',
        {
          json: {
            apiName: 'invoicePaid',
            name: 'Invoice paid',
            triggerName: 'Invoice paid',
            filterName: 'Invoice paid',
            primaryAttribute: { apiName: 'id', name: 'id', dataType: 'string' }
          }
        }
      ],
      [
        'activities/external/type/invoicePaid/attributes/create.json',
        { json: { attributes: [{ apiName: 'page', name: 'page', dataType: 'link' }] } }
      ],
      ['activities/external/type/invoicePaid/approve.json', null]
    ])
    expect(problems.map(describeProblem)).toEqual([
      'settings.traits[1].field: works, with a risk (unusual); fields made over the API have no type text: it is created as string, of 255 characters',
      'settings.events[0].activityTypeId: works, with a risk (unusual); Marketo gives a new type its number: take it into the settings once the type is there'
    ])
  })

  it('adds attributes that a type lacks, once for two events', () => {
    const orderId = { property: 'id', attribute: 'orderId', primary: true }
    const attributes = [orderId, { property: 'store', attribute: 'store' }]
    const { attributes: made, calls } = provision(
      settingsOf({
        events: [
          { event: 'A', activityTypeId: 100001, attributes },
          { event: 'B', activityTypeId: 100001, attributes }
        ]
      }),
      told
    )
    const store = { apiName: 'store', name: 'store', dataType: 'string' }
    expect(made).toEqual([{ munchkinId: '561-HYG-937', apiName: 'orderCompleted_c', attributes: [store] }])
    expect(calls.map(({ descriptor }) => descriptor.path.slice(-2).join('/'))).toEqual([
      'attributes/create.json',
      'orderCompleted_c/approve.json'
    ])
  })

  it.each<[string, Readonly<Record<string, unknown>>, string]>([
    ['a SOAP name', { traits: [{ trait: 'p', field: 'Plan_Name' }] }, 'it is there under another name'],
    ['a label', { traits: [{ trait: 'p', field: 'Logins' }] }, 'it is there under another name'],
    ['a field of Marketo’s own', { traits: [{ trait: 'p', field: 'leadScore' }] }, 'Marketo has this field of its own'],
    ['a formula', { traits: [{ trait: 'p', field: 'abcdef', type: 'formula' }] }, 'Marketo fills fields of this type'],
    [
      'another number',
      { events: [{ event: 'Order Completed', activityTypeId: 100077, attributes: [primary] }] },
      'the type of this event’s name is there'
    ],
    [
      'an attribute with _',
      {
        events: [
          { event: 'X', activityTypeId: 100077, attributes: [{ property: 'a', attribute: 'a_b', primary: true }] }
        ]
      },
      'Marketo takes API names'
    ]
  ])('refuses to make %s', (_, given, expected) => {
    const { calls, problems } = provision(settingsOf(given), told)
    expect([calls, problems.map(({ weight }) => weight)]).toEqual([[], ['invalid']])
    expect(problems[0]?.mend).toContain(expected)
  })

  it('makes nothing unseen', () => {
    const { calls, problems } = provision(
      settingsOf({ events: [{ event: 'X', activityTypeId: 100077, attributes: [primary] }] }),
      untold
    )
    expect([calls, problems.map(({ at }) => at.join('.'))]).toEqual([[], ['instance.fields', 'instance.activityTypes']])
  })

  it('stops at ten types and at a hundred fields', () => {
    const events = Array.from({ length: 9 }, (_, i) => ({
      event: `E${i}`,
      activityTypeId: 100100 + i,
      attributes: [primary]
    }))
    const traits = Array.from({ length: 101 }, (_, i) => ({ trait: `t${i}`, field: `custom${i}` }))
    const { activityTypes, leadFields, problems } = provision(settingsOf({ events, traits }), told)
    expect([activityTypes.length, leadFields.length]).toEqual([7, 100])
    expect(problems.filter(({ weight }) => weight === 'invalid').map(({ at }) => at.slice(1, 3).join(' '))).toEqual([
      'traits 100',
      'events 7',
      'events 8'
    ])
  })
})
