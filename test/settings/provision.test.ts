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

describe('types', () => {
  const id = { apiName: 'id', name: 'Id', type: 'string' } as const
  const store = { apiName: 'store', name: 'Store Name', type: 'string' } as const
  const own = {
    id: 100_020,
    apiName: 'own',
    name: 'Own',
    status: 'approved',
    primary: id,
    attributes: [id],
    draft: null
  }
  const row = (attribute: string, more: object = {}) => ({ property: attribute, attribute, ...more })
  const eventOf = (rows: ReadonlyArray<object>, more: object = {}) => ({
    event: 'Own',
    activityTypeId: 100_020,
    attributes: [primary, ...rows],
    ...more
  })
  const planFor = (events: ReadonlyArray<object>, types: Instance['activityTypes'], given: object = {}) =>
    provision(settingsOf({ ...given, events }), { ...told, activityTypes: types })
  const many = (n: number) => Array.from({ length: n }, (_, i) => ({ apiName: `a${i}`, name: `A${i}`, type: null }))

  it.each<[string, object, ReadonlyArray<object>, ReadonlyArray<string>, ReadonlyArray<string>]>([
    ['has all', { attributes: [id, store] }, [row('store')], [], []],
    ['has an attribute in other letters', { attributes: [id, store] }, [row('STORE')], [], []],
    [
      'has no API name for an attribute',
      { attributes: [id, { ...store, apiName: null }] },
      [row('store')],
      ['store'],
      []
    ],
    ['has an attribute in its draft', { draft: [id, store] }, [row('store')], [], ['own']],
    ['has it in both', { attributes: [id, store], draft: [id, store] }, [row('store')], [], []],
    ['lacks one', {}, [row('store')], ['store'], []],
    ['lacks two', {}, [row('store'), row('plan')], ['store', 'plan'], []],
    ['lacks one beside its draft', { draft: [id, store] }, [row('store'), row('plan')], ['plan'], []],
    ['is a draft', { status: 'Draft' }, [], [], ['own']],
    ['has no state', { status: null }, [], [], []],
    ['lacks its primary attribute', { attributes: [] }, [], [], []],
    ['did not tell its attributes', { attributes: null }, [row('store')], [], []],
    ['did not tell its API name', { apiName: null }, [row('store')], [], []],
    ['has room for one more', { attributes: many(20) }, [row('store')], ['store'], []],
    ['has a draft with room for one more', { draft: many(20) }, [row('store')], ['store'], []]
  ])('one that %s gets what it lacks, and is approved', (_, more, rows, attributes, drafts) => {
    const made = planFor([eventOf(rows)], [{ ...own, ...more }])
    expect(made.attributes.flatMap((one) => one.attributes.map(({ apiName }) => `${one.apiName} ${apiName}`))).toEqual(
      attributes.map((name) => `own ${name}`)
    )
    expect(made.drafts).toEqual(drafts.map((apiName) => ({ munchkinId: '561-HYG-937', apiName })))
    expect([made.activityTypes, made.newTypes, made.problems.filter(({ at }) => at[1] === 'events')]).toEqual([
      [],
      [],
      []
    ])
    expect(made.calls.map(({ descriptor }) => descriptor.endpoint)).toEqual(
      attributes.length > 0
        ? ['createActivityAttributes', 'approveActivityType']
        : drafts.map(() => 'approveActivityType')
    )
  })

  it('a new one has the primary attribute that its row names, wherever it stands', () => {
    const rows = [row('later'), { property: 'p', attribute: 'first', primary: true }]
    const made = planFor([{ event: 'New', activityTypeId: 100_099, attributes: rows }], [])
    expect(made.activityTypes.map(({ primaryAttribute }) => primaryAttribute.apiName)).toEqual(['first'])
    expect(made.attributes.flatMap(({ attributes }) => attributes.map(({ apiName }) => apiName))).toEqual(['later'])
  })

  it('a display name is as good as an API name', () => {
    const made = planFor([eventOf([row('store name')], {})], [{ ...own, attributes: [id, store] }], {
      attributeKey: 'name'
    })
    expect(made.attributes).toEqual([])
  })

  it.each<[string, object]>([
    ['whose attributes are as many as it takes', { attributes: many(21) }],
    ['whose draft has as many', { draft: many(21) }]
  ])('one %s gets no more', (_, more) => {
    const { attributes, problems } = planFor([eventOf([row('store')])], [{ ...own, ...more }])
    expect(attributes).toEqual([])
    expect(problems.map((one) => `${one.weight} ${describeProblem(one)}`)).toEqual([
      'invalid settings.events[0].attributes: found too many attributes; a custom activity takes 20 attributes besides the primary one'
    ])
  })

  it('one of Marketo’s own gets nothing, and the first of others does', () => {
    const at = (number: number) =>
      planFor([eventOf([row('store')], { activityTypeId: number })], [{ ...own, id: number }]).attributes.length
    expect([at(99_999), at(100_000)]).toEqual([0, 1])
  })

  it('one of the event’s name under another number is told, unless it is Marketo’s own', () => {
    const said = (type: object) =>
      planFor([eventOf([], { event: ' own' })], [{ ...own, ...type }]).problems.map(describeProblem)
    expect(said({ id: 100_000, name: 'OWN ' })).toEqual([
      'settings.events[0].activityTypeId: is not a known name (nearest: 100000); the type of this event’s name is there'
    ])
    expect(said({ id: 99_999 })).toEqual([
      'settings.events[0].activityTypeId: works, with a risk (unusual); Marketo gives a new type its number: take it into the settings once the type is there'
    ])
  })

  it('new ones give way to names that are there, are made once for a number, and keep it', () => {
    const taken = [
      { ...own, id: 5, apiName: 'x', name: 'Order Completed' },
      { ...own, id: 100_001, apiName: 'ORDERCOMPLETED', name: 'Other' },
      { ...own, id: 100_002, apiName: null, name: 'Nameless' }
    ]
    const events = [
      eventOf([row('a')], { event: 'order completed', activityTypeId: 100_077 }),
      eventOf([row('a'), row('A'), row('b')], { event: 'Again', activityTypeId: 100_077 }),
      eventOf([], { event: '名', activityTypeId: 100_078 })
    ]
    const made = planFor(events, taken)
    expect(made.activityTypes.map(({ apiName, name, filterName }) => [apiName, name, filterName])).toEqual([
      ['orderCompleted2', 'order completed 2', 'order completed 2'],
      ['event', 'Event', 'Event']
    ])
    expect(made.attributes.map(({ apiName, attributes }) => [apiName, attributes.map((one) => one.apiName)])).toEqual([
      ['orderCompleted2', ['a', 'b']]
    ])
    expect(made.newTypes).toEqual([
      { apiName: 'orderCompleted2', before: 100_077 },
      { apiName: 'event', before: 100_078 }
    ])
    expect(made.problems.map(({ at }) => at.join('.'))).toEqual([
      'settings.events.0.activityTypeId',
      'settings.events.2.activityTypeId'
    ])
  })

  it.each([
    ['string', 'string'],
    ['integer', 'integer'],
    ['score', 'integer'],
    ['percent', 'integer'],
    ['url', 'link'],
    ['datetime', 'datetime'],
    ['currency', 'currency']
  ])('have attributes of type %s as %s', (type, dataType) => {
    expect(planFor([eventOf([row('a', { type })])], [own]).attributes[0]?.attributes[0]?.dataType).toBe(dataType)
  })

  it.each<[string, object, object, string]>([
    [
      'a reference',
      row('a', { type: 'reference' }),
      {},
      'type: found type reference; Marketo has no attributes of this type: give the row another one'
    ],
    [
      'a name with a mark in it',
      row('a.b'),
      {},
      'attribute: found no name for a new attribute; Marketo takes API names of letters and digits, and names of letters, digits, spaces and _'
    ],
    [
      'a display name with a mark in it',
      row('a.b'),
      { attributeKey: 'name' },
      'attribute: found no name for a new attribute; Marketo takes API names of letters and digits, and names of letters, digits, spaces and _'
    ]
  ])('get no attribute that is %s', (_, one, given, expected) => {
    const { attributes, problems } = planFor([eventOf([one])], [own], given)
    expect(attributes).toEqual([])
    expect(problems.map((problem) => `${problem.weight} ${describeProblem(problem)}`)).toEqual([
      `invalid settings.events[0].attributes[1].${expected}`
    ])
  })

  it('have attributes named by their API names or by their display names', () => {
    const madeFrom = (attribute: string, given: object = {}) =>
      planFor([eventOf([row(attribute)])], [own], given).attributes[0]?.attributes.map(({ apiName, name }) => [
        apiName,
        name
      ])
    expect(madeFrom('orderId')).toEqual([['orderId', 'orderId']])
    expect(madeFrom('2024')).toEqual(undefined)
    expect(madeFrom('Order Id', { attributeKey: 'name' })).toEqual([['orderId', 'Order Id']])
  })

  it('are not made beyond what an instance takes', () => {
    const { problems } = planFor(
      [eventOf([], { activityTypeId: 100_099, event: 'New' })],
      many(10).map((_, i) => ({ ...own, id: 100_000 + i, apiName: `t${i}`, name: `T${i}` }))
    )
    expect(problems.map(describeProblem)).toEqual([
      'settings.events[0]: found one activity type too many; an instance takes 10 custom activity types: ask Adobe for more, or map two events to one type'
    ])
  })
})

describe('fields', () => {
  const said = (given: Readonly<Record<string, unknown>>, fields: Instance['fields'] = told.fields) =>
    provision(settingsOf(given), { ...told, fields }).problems.map((one) => `${one.weight} ${describeProblem(one)}`)
  const trait = (field: string, more: object = {}) => ({ traits: [{ trait: 't', field, ...more }] })
  const madeFor = (given: Readonly<Record<string, unknown>>, fields: Instance['fields'] = told.fields) =>
    provision(settingsOf(given), { ...told, fields }).leadFields.map(({ name, displayName, dataType }) => [
      name,
      displayName,
      dataType
    ])

  it.each<[string, Readonly<Record<string, unknown>>, ReadonlyArray<string>]>([
    [
      'a near one',
      trait('planNames'),
      [
        'warning settings.traits[0].field: is not a known name (nearest: planName); is it a misspelling? It is created all the same: correct the row if so'
      ]
    ],
    ['a short near one', trait('sit'), []],
    [
      'a near one of four letters',
      trait('sitt'),
      [
        'warning settings.traits[0].field: is not a known name (nearest: site); is it a misspelling? It is created all the same: correct the row if so'
      ]
    ],
    [
      'one with a space',
      trait('plan b'),
      [
        'invalid settings.traits[0].field: found no name for a new field; Marketo takes names that begin with a letter and go on with letters, digits and _'
      ]
    ],
    [
      'one of Marketo’s own',
      trait('leadScore'),
      [
        'invalid settings.traits[0].field: found a field of Marketo’s own; Marketo has this field of its own, and hides it here: ask your administrator, or map to another one'
      ]
    ],
    [
      'a reference',
      trait('abcdefgh', { type: 'reference' }),
      [
        'invalid settings.traits[0].field: found type reference; Marketo fills fields of this type by itself: give the row the type of its values'
      ]
    ]
  ])('say of %s what is to be known', (_, given, expected) => {
    expect(said(given)).toEqual(expected)
  })

  it('are made for ids where they are missing', () => {
    expect(said({}, [])).toEqual([])
    expect(madeFor({}, [])).toEqual([['userId', 'User Id', 'string']])
    expect(madeFor({ anonymousActivity: true }, [])).toEqual([
      ['userId', 'User Id', 'string'],
      ['anonymousId', 'Anonymous Id', 'string']
    ])
    expect(said({ userIdField: 'user id' }, [])).toEqual([
      'invalid settings.userIdField: found no name for a new field; Marketo takes names that begin with a letter and go on with letters, digits and _'
    ])
  })

  it('have labels of their own', () => {
    const there = (told.fields ?? []).map((one) => (one.rest === 'site' ? { ...one, label: 'PLAN TIER' } : one))
    expect(
      madeFor(trait('planTier'), [
        ...there,
        { rest: 'n', soap: null, label: null, type: null, length: null, readOnly: null }
      ])
    ).toEqual([['planTier', 'Plan Tier 2', 'string']])
    expect(madeFor(trait('PlanTier'))).toEqual([['PlanTier', 'Plan Tier', 'string']])
    expect(madeFor(trait('plan_tierName2B'))).toEqual([['plan_tierName2B', 'Plan_tier Name2 B', 'string']])
  })

  it('beyond a hundred are said to be too many', () => {
    const traits = Array.from({ length: 101 }, (_, i) => ({ trait: `t${i}`, field: `custom${i}` }))
    expect(said({ traits }).filter((text) => text.startsWith('invalid'))).toEqual([
      'invalid settings.traits[100].field: found one too many; Marketo takes 100 fields that were made over the API: make the others in Field Management'
    ])
  })

  it('are not made unseen', () => {
    expect(provision(settingsOf({}), untold).problems.map((one) => `${one.weight} ${describeProblem(one)}`)).toEqual([
      'skipped instance.fields: is missing; hand over what describe, describe2 or schema fields answered: nothing is created unseen'
    ])
    const event = { event: 'X', activityTypeId: 100077, attributes: [primary] }
    expect(
      provision(settingsOf({ events: [event] }), { ...untold, fields: told.fields }).problems.map(
        (one) => `${one.weight} ${describeProblem(one)}`
      )
    ).toEqual([
      'skipped instance.activityTypes: is missing; hand over the custom activity types that there are: nothing is created unseen'
    ])
  })
})
