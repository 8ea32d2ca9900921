import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeProblem } from '../../src/ground/problem.js'
import type { Remarked } from '../../src/ground/these.js'
import { findByRest } from '../../src/marketo/lead-fields.js'
import { valueTypeOf } from '../../src/marketo/value-types.js'
import { checkAgainst } from '../../src/settings/check-against.js'
import { type Instance, type InstanceActivityType, type InstanceField, untold } from '../../src/settings/instance.js'
import { matchNames, plainName } from '../../src/settings/suggest/match-names.js'
import { suggest } from '../../src/settings/suggest/suggest.js'
import type { Suggestion } from '../../src/settings/suggest/suggestion.js'
import { decodeSettings } from '../../src/v2/decode-settings.js'
import type { Settings } from '../../src/v2/settings.js'
import { anyEvent, deepFrozen, jsonValue } from '../arbitraries/events.js'
import { hyg } from '../endpoints/reading.js'
import { atMost } from './errands-world.js'

const nameParts = [
  'plan',
  'Plan',
  'name',
  'Name',
  'tier',
  'login',
  'logins',
  '1',
  '2',
  '_',
  ' ',
  '-',
  '__c',
  'leadScore',
  'industry',
  'city'
]
const name = fc.oneof(
  fc.array(fc.constantFrom(...nameParts), { minLength: 1, maxLength: 4 }).map((parts) => parts.join('')),
  fc.constantFrom(
    'planName',
    'plan_name',
    'customerTier',
    'customerTeir',
    'größe',
    'Order Completed',
    'order_completed',
    '__proto__'
  )
)
const types = [
  'string',
  'text',
  'integer',
  'float',
  'boolean',
  'date',
  'datetime',
  'email',
  'url',
  'phone',
  'currency',
  'score',
  'reference',
  'formula'
] as const
const typeOrNone = fc.option(
  fc.constantFrom(...types).map((word) => valueTypeOf(word) ?? null),
  { nil: null }
)

const field: fc.Arbitrary<InstanceField> = fc
  .record({
    rest: fc.option(
      fc.oneof(
        name,
        fc.constantFrom('userId', 'user_id', 'anonymousId', 'email', 'id', 'gender', 'firstName', 'company')
      ),
      { freq: 9, nil: null }
    ),
    soap: fc.option(name, { nil: null }),
    label: fc.option(name, { nil: null }),
    type: typeOrNone,
    length: fc.option(fc.constantFrom(3, 255), { nil: null }),
    readOnly: fc.option(fc.boolean(), { nil: null })
  })
  // Marketo's own fields have their own types, in every instance.
  .map((one) => {
    const own = findByRest(one.rest ?? '')
    return own === undefined || one.rest === 'gender' || one.type === null ? one : { ...one, type: own.type }
  })

const attribute = fc.record({ apiName: fc.option(name, { nil: null }), name, type: typeOrNone })
const activityType: fc.Arbitrary<InstanceActivityType> = fc
  .tuple(
    fc.constantFrom(2, 100_001, 100_002, 100_003, 100_004),
    fc.option(name, { nil: null }),
    name,
    fc.constantFrom('approved', 'approved with draft', 'draft', null),
    fc.option(fc.uniqueArray(attribute, { maxLength: 5, selector: (one) => one.apiName ?? one.name }), {
      freq: 9,
      nil: null
    })
  )
  .map(([id, apiName, shown, status, attributes]) => ({
    id,
    apiName,
    name: shown,
    status,
    primary: attributes?.[0] ?? null,
    attributes,
    draft: null
  }))

const instance: fc.Arbitrary<Instance> = fc.record({
  ...Object.fromEntries(Object.keys(untold).map((key) => [key, fc.constant(null)])),
  fields: fc.option(fc.uniqueArray(field, { maxLength: 12, selector: ({ rest, soap }) => rest ?? soap }), {
    freq: 9,
    nil: null
  }),
  searchable: fc.option(
    fc.subarray(['userId', 'user_id', 'anonymousId']).map((names) => ['email', ...names]),
    { nil: null }
  ),
  activityTypes: fc.option(fc.uniqueArray(activityType, { maxLength: 4, selector: ({ id }) => id }), {
    freq: 9,
    nil: null
  })
}) as fc.Arbitrary<Instance>

const scalar = fc.oneof(
  fc.constantFrom('pro', '17', 'true', '2024-05-01', 'ana@example.com', 'https://example.com', '', null),
  fc.integer(),
  fc.double({ noNaN: true }),
  fc.boolean(),
  jsonValue
)
const members = fc.dictionary(name, scalar, { maxKeys: 6 })
const event = fc.oneof(
  members.map((traits) => ({ type: 'identify', userId: 'u1', traits })),
  fc.tuple(name, members).map(([track, properties]) => ({ type: 'track', userId: 'u1', event: track, properties })),
  anyEvent
)
const events = fc.array(event, { maxLength: 12 })

const decoded = ({ settings }: Suggestion): Settings => {
  const read: Remarked<Settings> = decodeSettings(settings)
  if (read._tag === 'Left') throw new Error(read.left.map(describeProblem).join())
  return read.right
}

const mark = 'q7mark'

/** Every text inside with the mark in it. */
const marked = (u: unknown): unknown => {
  if (typeof u === 'string') return `${mark}${u}`
  if (Array.isArray(u)) return u.map(marked)
  return typeof u === 'object' && u !== null
    ? Object.fromEntries(Object.entries(u).map(([key, value]) => [key, marked(value)]))
    : u
}

describe('laws', () => {
  it('G7 P2 P4 what is suggested decodes, and has no problem on its instance but a field that it lacks for the userId', () => {
    fc.assert(
      fc.property(instance, events, (told, sample) => {
        const made = suggest(hyg, deepFrozen(told), deepFrozen(sample))
        expect(JSON.parse(JSON.stringify(made))).toEqual(made)
        const { problems } = checkAgainst(decoded(made), null, told)
        expect(problems.map(({ at }) => at.join('.')).filter((at) => at !== 'settings.userIdField')).toEqual([])
        const lacks = made.hints.some(({ at }) => at[0] === 'userIdField')
        expect(problems.length === 0 || lacks).toBe(true)
      }),
      atMost(400)
    )
  })

  it('G7 no field and no attribute is claimed twice, nor one that is read-only', () => {
    fc.assert(
      fc.property(instance, events, (told, sample) => {
        const { traits, events: rows, userIdField } = decoded(suggest(hyg, told, sample))
        const fields = [...traits.map((row) => row.field), userIdField]
        expect(new Set(fields).size).toBe(fields.length)
        for (const { attributes } of rows) {
          expect(new Set(attributes.map((row) => row.attribute)).size).toBe(attributes.length)
          expect(attributes.filter(({ primary }) => primary).length).toBe(1)
        }
        const closed = (told.fields ?? []).flatMap(({ rest, readOnly }) => (readOnly === true ? (rest ?? []) : []))
        expect(closed.filter((rest) => fields.includes(rest) && rest !== userIdField)).toEqual([])
      }),
      atMost(400)
    )
  })

  it('G7 P1 neither the order of events nor that of what the instance tells changes anything', () => {
    fc.assert(
      fc.property(instance, events, fc.func(fc.double()), (told, sample, at) => {
        const shuffled = <A>(list: ReadonlyArray<A>): ReadonlyArray<A> =>
          list
            .map((one, i) => [at(i), one] as const)
            .sort(([a], [b]) => a - b)
            .map(([, one]) => one)
        const other = {
          ...told,
          fields: told.fields === null ? null : shuffled(told.fields),
          activityTypes: told.activityTypes === null ? null : shuffled(told.activityTypes)
        }
        expect(suggest(hyg, other, shuffled(sample))).toEqual(suggest(hyg, told, sample))
      }),
      atMost(400)
    )
  })

  it('G7 S3 no value of any event is said or written', () => {
    fc.assert(
      fc.property(instance, events, (told, sample) => {
        const hidden = sample.map((one) => ({
          ...one,
          ...('traits' in one ? { traits: marked(one.traits) } : {}),
          ...('properties' in one ? { properties: marked(one.properties) } : {}),
          userId: mark,
          context: marked('context' in one ? one.context : {})
        }))
        expect(JSON.stringify(suggest(hyg, told, hidden))).not.toContain(mark)
      }),
      atMost(400)
    )
  })

  it('G7 P3 any events at all are taken', () => {
    fc.assert(
      fc.property(instance, fc.array(fc.anything()), (told, sample) => {
        expect(decodeSettings(suggest(hyg, told, sample).settings)._tag).not.toBe('Left')
      }),
      atMost(400)
    )
  })
})

const of = (rest: string, more: Partial<InstanceField> = {}): InstanceField => ({
  rest,
  soap: null,
  label: null,
  type: 'string',
  length: null,
  readOnly: false,
  ...more
})

const identify = (traits: object) => ({ type: 'identify', userId: 'u1', traits })
const track = (named: string, properties: object) => ({ type: 'track', userId: 'u1', event: named, properties })

const traitRows = (fields: ReadonlyArray<InstanceField>, ...traits: ReadonlyArray<object>) =>
  suggest(hyg, { ...untold, fields: [of('userId'), ...fields] }, traits.map(identify)).rows.map(
    ({ name: trait, to, why }) => [trait, to, why]
  )

describe('traits', () => {
  it.each<[string, ReadonlyArray<InstanceField>, object, string | null, string]>([
    ['the same name', [of('planName')], { planName: 'pro' }, 'planName', 'same'],
    [
      'a field of which nobody has said whether it is written',
      [of('jigsawContactId')],
      { jigsawContactId: 'x' },
      'jigsawContactId',
      'same'
    ],
    ['another spelling', [of('planName')], { plan_name: 'pro' }, 'planName', 'spelling'],
    ['the ending of custom fields', [of('planName__c')], { planName: 'pro' }, 'planName__c', 'spelling'],
    ['the label', [of('mktoPlan', { label: 'Plan Name' })], { planName: 'pro' }, 'mktoPlan', 'other-name'],
    ['an ending of one mark', [of('plan_c')], { PLAN: 'pro' }, 'plan_c', 'spelling'],
    ['two marks side by side', [of('plan__name')], { 'plan name': 'pro' }, 'plan__name', 'spelling'],
    ['one letter', [of('customerTiers')], { customerTier: 'a' }, 'customerTiers', 'one-letter'],
    [
      'one digit',
      [of('address12')],
      { address11: 'a' },
      null,
      'nothing is called so; address12 is near, which is not sure enough'
    ],
    [
      'a near name',
      [of('planNames1')],
      { planLabel1: 'pro' },
      null,
      'nothing is called so; planNames1 is near, which is not sure enough'
    ],
    [
      'a short name',
      [of('plan')],
      { plans: 'pro' },
      null,
      'nothing is called so; plan is near, which is not sure enough'
    ],
    [
      'two of a name',
      [of('planName'), of('plan_name')],
      { 'plan name': 'pro' },
      null,
      'several are called so: planName, plan_name'
    ],
    [
      'a field that is read-only',
      [of('planName', { readOnly: true })],
      { planName: 'pro' },
      null,
      'planName: it is read-only'
    ],
    [
      'values of another type',
      [of('seats', { type: 'integer' })],
      { seats: 'many' },
      null,
      'seats: its values do not fit type integer'
    ],
    ['a list', [of('seats')], { seats: [1] }, null, 'it is a list or an object: flatten it first'],
    ['nothing in it', [of('seats')], { seats: null }, null, 'it says nothing'],
    [
      'the field of a standard trait',
      [of('postalCode')],
      { PostalCode_c: 'x' },
      null,
      'postalCode: a standard trait goes there'
    ],
    [
      'a company’s field',
      [of('numberOfEmployees', { type: 'integer' })],
      { numberOfEmployees: 3 },
      null,
      'numberOfEmployees: it belongs to the company’s record'
    ],
    ['no field', [], { seats: 3 }, null, 'nothing is called so'],
    ['an id of the call', [], { userId_c: 'x' }, null, 'userId: an id of the call goes there'],
    [
      'the number of the lead',
      [of('id', { label: 'Number' })],
      { number: 'x' },
      null,
      'id: a standard trait goes there'
    ],
    ['a formula', [of('seats', { type: 'formula' })], { seats: 'x' }, null, 'seats: it is read-only'],
    ['a reference', [of('seats', { type: 'reference' })], { seats: 'x' }, null, 'seats: it is read-only'],
    [
      'a field that Marketo keeps',
      [of('inferredCompany')],
      { inferredCompany: 'x' },
      null,
      'inferredCompany: Marketo keeps it: map it yourself if you mean it'
    ],
    [
      'a field that Marketo moves',
      [of('personType')],
      { personType: 'x' },
      null,
      'personType: Marketo keeps it: map it yourself if you mean it'
    ],
    ['a standard field', [of('title')], { Title: 'CTO' }, 'title', 'spelling'],
    [
      'a standard field of another type there',
      [of('title', { type: 'integer' })],
      { title: 'CTO' },
      null,
      'title: its values do not fit type integer'
    ],
    ['a field without a usable name', [of('pla-n')], { plan: 'x' }, null, 'nothing is called so'],
    ['a field that begins with a digit', [of('9lives')], { '9lives': 'x' }, null, 'nothing is called so'],
    ['half a character', [], { 'a\ud800': 'x' }, null, 'it has no name that settings take'],
    ['a blank name', [], { ' ': 'x' }, null, 'it has no name that settings take'],
    ['the SOAP name', [of('mktoPlan', { soap: 'Plan_Name' })], { planName: 'pro' }, 'mktoPlan', 'other-name']
  ])('%s', (_, fields, traits, to, why) => {
    const [trait] = Object.keys(traits)
    expect(traitRows(fields, traits)).toEqual([[trait, to, why]])
  })

  it('without a row are not in the settings', () => {
    const fields = [of('userId'), of('seats')]
    const { settings } = suggest(hyg, { ...untold, fields }, [identify({ seats: 'x', other: 'y' })])
    expect(settings.traits).toEqual([{ trait: 'seats', field: 'seats', type: 'string' }])
  })

  it('say what, how often, and as which type', () => {
    const fields = [of('userId'), of('seats', { type: 'integer' })]
    const { rows } = suggest(hyg, { ...untold, fields }, [{ seats: 3 }, { seats: null }, { tags: [] }].map(identify))
    expect(rows).toEqual([
      { what: 'trait', of: null, name: 'seats', times: 2, to: 'seats', type: 'integer', why: 'same' },
      {
        what: 'trait',
        of: null,
        name: 'tags',
        times: 1,
        to: null,
        type: null,
        why: 'it is a list or an object: flatten it first'
      }
    ])
  })

  it('the surer match wins over the more frequent one', () => {
    const rows = traitRows([of('planName')], { planName: 'a', plan_name: 'b' }, { plan_name: 'c' })
    expect(rows).toEqual([
      ['planName', 'planName', 'same'],
      ['plan_name', null, 'planName is taken by planName']
    ])
  })

  it('of two that are as sure the more frequent one has the field, of two as frequent the one that sorts first', () => {
    const often = traitRows([of('planName')], { 'plan name': 'a', plan_name: 'b' }, { plan_name: 'c' })
    expect(often.map(([trait, to]) => [trait, to])).toEqual([
      ['plan name', null],
      ['plan_name', 'planName']
    ])
    expect(traitRows([of('planName')], { plan_name: 'b', 'plan name': 'a' })[0]).toEqual([
      'plan name',
      'planName',
      'spelling'
    ])
  })

  it('of a field whose type is told, that type is taken; of Marketo’s own, the one that Marketo gives them', () => {
    const fields = [of('userId'), of('seats'), of('website', { type: null })]
    const traits = { seats: 3, website: 'https://example.com' }
    expect(suggest(hyg, { ...untold, fields }, [identify(traits)]).settings.traits).toContainEqual({
      trait: 'seats',
      field: 'seats',
      type: 'string'
    })
  })

  it('of the sheet, which tells no types, the type of their values is taken', () => {
    const fields = [of('userId'), of('seats', { type: null, readOnly: null })]
    expect(suggest(hyg, { ...untold, fields }, [identify({ seats: 3 })]).settings.traits).toEqual([
      { trait: 'seats', field: 'seats', type: 'integer' }
    ])
  })
})

const plan = { apiName: 'plan', name: 'Plan', type: 'string' } as const
const days = { apiName: 'days', name: 'Days', type: 'integer' } as const
const trial: InstanceActivityType = {
  id: 100_001,
  apiName: 'trialStarted',
  name: 'Trial Started',
  status: 'approved',
  primary: plan,
  attributes: [plan, days],
  draft: null
}

const made = (types: ReadonlyArray<InstanceActivityType>, ...sample: ReadonlyArray<object>) =>
  suggest(hyg, { ...untold, fields: [of('userId')], activityTypes: types }, sample)

describe('events', () => {
  it('go to the type of their name, with the attributes of their properties', () => {
    const { settings } = made([trial], track('trial_started', { Plan: 'pro', days: '14', other: 1 }))
    expect(settings.events).toEqual([
      {
        event: 'trial_started',
        activityTypeId: 100_001,
        attributes: [
          { property: 'Plan', attribute: 'plan', type: 'string', primary: true },
          { property: 'days', attribute: 'days', type: 'integer', primary: false }
        ]
      }
    ])
  })

  it.each<[string, Partial<InstanceActivityType>, object, string]>([
    ['a type that is not approved', { status: 'draft' }, { plan: 'pro' }, 'Trial Started: it is not approved'],
    [
      'attributes that nobody told',
      { attributes: null, primary: null },
      { plan: 'pro' },
      'Trial Started: its attributes were not told'
    ],
    [
      'nothing for the primary attribute',
      {},
      { days: 3 },
      'Trial Started: no property of Trial Started is sure to be its primary attribute plan'
    ],
    ['another name', { name: 'Call', apiName: 'call' }, { plan: 'pro' }, 'nothing is called so']
  ])('stay where there is %s', (_, more, properties, why) => {
    const { settings, rows } = made([{ ...trial, ...more }], track('Trial Started', properties))
    expect([settings.events, rows[0]?.why]).toEqual([[], why])
  })
})

describe('rows of events', () => {
  const rowsOf = (types: ReadonlyArray<InstanceActivityType>, ...sample: ReadonlyArray<object>) =>
    made(types, ...sample).rows.map(({ what, of: event, name: one, times, to, type, why }) => [
      what,
      event,
      one,
      times,
      to,
      type,
      why
    ])

  it('tell where each property goes', () => {
    const sample = [
      track('trialStarted', { Plan: 'pro', days: 'many', note: 'x', tags: [1], none: null }),
      track('trialStarted', { plan: 'pro' })
    ]
    expect(rowsOf([trial], ...sample)).toEqual([
      ['event', null, 'trialStarted', 2, 'Trial Started', null, 'spelling'],
      ['property', 'trialStarted', 'Plan', 1, null, null, 'plan is taken by plan'],
      ['property', 'trialStarted', 'days', 1, null, null, 'days: its values do not fit type integer'],
      ['property', 'trialStarted', 'none', 1, null, null, 'it says nothing'],
      ['property', 'trialStarted', 'note', 1, null, null, 'nothing is called so'],
      ['property', 'trialStarted', 'plan', 1, 'plan', 'string', 'same'],
      ['property', 'trialStarted', 'tags', 1, null, null, 'it is a list or an object: flatten it first']
    ])
  })

  it('stay behind where their event has no row', () => {
    expect(rowsOf([trial], track('Trial Started', { days: 3 }))).toEqual([
      [
        'event',
        null,
        'Trial Started',
        1,
        null,
        null,
        'Trial Started: no property of Trial Started is sure to be its primary attribute plan'
      ],
      ['property', 'Trial Started', 'days', 1, null, null, 'its event has no row']
    ])
    expect(rowsOf([trial], track('Other', { days: 3 }))).toEqual([
      ['event', null, 'Other', 1, null, null, 'nothing is called so']
    ])
  })

  it('have no event whose name settings do not take', () => {
    expect(rowsOf([trial], track(' ', {}), track('a\ud800', {}))).toEqual([
      ['event', null, ' ', 1, null, null, 'it has no name that settings take'],
      ['event', null, 'a\ud800', 1, null, null, 'it has no name that settings take']
    ])
  })

  it('know types by their API names, and attributes by both names', () => {
    const [, ...rows] = rowsOf([{ ...trial, name: 'Began' }], track('Trial Started', { Plan: 'pro', DAYS: 3 }))
    expect(rows.map(([, , one, , to]) => [one, to])).toEqual([
      ['DAYS', 'days'],
      ['Plan', 'plan']
    ])
    const labelled = { ...trial, attributes: [plan, { ...days, apiName: 'd1', name: 'Length' }] }
    expect(rowsOf([labelled], track('Trial Started', { plan: 'pro', length: 3 }))[1]?.slice(4)).toEqual([
      'd1',
      'integer',
      'other-name'
    ])
  })

  it('go to no type of Marketo’s own', () => {
    expect(rowsOf([{ ...trial, id: 99_999 }], track('Trial Started', { plan: 'pro' }))[0]?.[6]).toBe(
      'nothing is called so'
    )
    expect(rowsOf([{ ...trial, id: 100_000 }], track('Trial Started', { plan: 'pro' }))[0]?.[4]).toBe('Trial Started')
    expect(rowsOf([{ ...trial, status: null }], track('Trial Started', { plan: 'pro' }))[0]?.[4]).toBe('Trial Started')
  })

  it('take the type of their values where an attribute tells none, and display names where there is no other', () => {
    const nameless = { apiName: null, name: 'plan', type: null }
    const { settings } = made(
      [{ ...trial, primary: nameless, attributes: [nameless] }],
      track('Trial Started', { plan: 3 })
    )
    expect(settings.events).toEqual([
      {
        event: 'Trial Started',
        activityTypeId: 100_001,
        attributes: [{ property: 'plan', attribute: 'plan', type: 'integer', primary: true }]
      }
    ])
  })
})

describe('types of events', () => {
  it.each<[string, Partial<InstanceActivityType>]>([
    ['whose attributes were not told', { attributes: null }],
    ['whose primary attribute was not told', { primary: null }]
  ])('%s get no event', (_, more) => {
    expect(made([{ ...trial, ...more }], track('Trial Started', { plan: 'pro' })).rows[0]?.why).toBe(
      'Trial Started: its attributes were not told'
    )
  })

  it('are told in the order of their numbers, and attributes in that of their names', () => {
    const types = [100_003, 100_001, 100_002].map((id) => ({
      ...trial,
      id,
      name: `trial_${'___'.slice(100_003 - id)}started`
    }))
    for (const list of [types, [...types].reverse()])
      expect(made(list, track('Trial Started', { plan: 'pro' })).rows[0]?.why).toBe(
        'several are called so: trial__started, trial___started, trial____started'.replace(/trial.*/, () =>
          [100_001, 100_002, 100_003].map((id) => types.find((one) => one.id === id)?.name).join(', ')
        )
      )
    const [a, b, c] = ['day_s', 'd_ays', 'da_ys'].map((name) => ({ ...days, apiName: name }))
    for (const list of [
      [plan, a, b, c],
      [c, plan, b, a],
      [b, c, a, plan]
    ])
      expect(
        made(
          [{ ...trial, attributes: list.filter((one) => one !== undefined) }],
          track('Trial Started', { plan: 'pro', Days: 3 })
        ).rows[1]?.why
      ).toBe('several are called so: d_ays, da_ys, day_s')
  })

  it('have an attribute once, as it is told first', () => {
    const attributes = [plan, days, { ...days, type: 'string' as const }]
    expect(made([{ ...trial, attributes }], track('Trial Started', { plan: 'pro', days: 'x' })).rows[1]?.why).toBe(
      'days: its values do not fit type integer'
    )
  })
})

describe('names', () => {
  it.each([
    ['planName', 'planname'],
    ['plan_name__c', 'planname'],
    ['Plan Name_C', 'planname'],
    ['plan-name.one', 'plannameone'],
    ['a__cb', 'acb'],
    ['__c', ''],
    ['abc', 'abc']
  ])('%j is the same as %j', (name, plain) => {
    expect(plainName(name)).toBe(plain)
  })

  const targets = (...names: ReadonlyArray<string>) => names.map((one) => ({ name: one, others: [] }))
  const told = (matches: ReturnType<typeof matchNames>) =>
    [...matches.values()].map((match) => ('to' in match ? `${match.way}: ${match.to.name}` : match.why))
  const matched = (wanted: ReadonlyArray<string>, ...names: ReadonlyArray<string>) =>
    told(
      matchNames(
        wanted.map((one) => ({ name: one, times: 1 })),
        targets(...names),
        () => null
      )
    )

  it.each<[string, string, string]>([
    ['abcdef', 'abcdeg', 'one-letter: *'],
    ['abcdef', 'abcdefg', 'one-letter: *'],
    ['abcdefg', 'abcdef', 'one-letter: *'],
    ['abcde', 'abcdf', 'nothing is called so; abcdf is near, which is not sure enough'],
    ['abcde', 'abcdef', 'nothing is called so; abcdef is near, which is not sure enough'],
    ['abcdef', 'abcdgh', 'nothing is called so; abcdgh is near, which is not sure enough'],
    ['abcdef1', 'abcdef2', 'nothing is called so; abcdef2 is near, which is not sure enough'],
    ['abc1def', 'abc1deg', 'one-letter: *'],
    ['x'.repeat(101), 'x'.repeat(100), 'one-letter: *'],
    ['x'.repeat(102), 'x'.repeat(101), 'nothing is called so'],
    ['abcdef', 'uvwxyz', 'nothing is called so']
  ])('%s and %s: %s', (wanted, target, expected) => {
    expect(matched([wanted], target)).toEqual([expected.replace('*', target)])
  })

  it('that are blank but for separators are called like nothing', () => {
    expect(told(matchNames([{ name: '_', times: 1 }], [{ name: '-', others: ['_', ' '] }], () => null))).toEqual([
      'nothing is called so'
    ])
  })

  it('of several that are called so three are told', () => {
    expect(matched(['plan'], 'Plan', 'PLAN', 'pl_an', 'p-lan')).toEqual(['several are called so: Plan, PLAN, pl_an'])
  })

  it('of one target are one, however often it is called so', () => {
    expect(told(matchNames([{ name: 'a', times: 1 }], [{ name: 'x', others: ['A', 'a'] }], () => null))).toEqual([
      'other-name: x'
    ])
  })

  it('go to the more frequent one, then to the one that sorts first, whatever their order', () => {
    const of3 = (...times: ReadonlyArray<number>) => {
      const wanted = ['pl_an', 'P_lan', 'pla_n'].map((one, i) => ({ name: one, times: times[i] ?? 0 }))
      const winner = [...matchNames(wanted, targets('plan'), () => null)].filter(([, match]) => 'to' in match)
      return winner.map(([name]) => name)
    }
    expect(of3(1, 1, 1)).toEqual(['P_lan'])
    expect(of3(2, 1, 1)).toEqual(['pl_an'])
    expect(of3(1, 1, 3)).toEqual(['pla_n'])
    expect(matched(['b_', 'a_', '_b', '_a'], 'a', 'b').sort()).toEqual([
      'a is taken by _a',
      'b is taken by _b',
      'spelling: a',
      'spelling: b'
    ])
  })

  it('that may not go there leave the place to the next', () => {
    const matches = matchNames(
      ['plan', 'Plan'].map((one) => ({ name: one, times: 1 })),
      targets('plan'),
      ({ name: one }) => (one === 'plan' ? 'it is closed' : null)
    )
    expect(matches.get('plan')).toEqual({ why: 'plan: it is closed' })
    expect(matches.get('Plan')).toMatchObject({ way: 'spelling' })
  })
})

describe('ids', () => {
  it('go to the fields that are called so, and are left to people where there are none', () => {
    const told = { ...untold, fields: [of('user_id'), of('AnonymousId')], searchable: ['email', 'user_id'] }
    const { settings, hints } = suggest(hyg, told, [])
    expect(settings).toEqual({
      munchkinId: hyg,
      userIdField: 'user_id',
      anonymousIdField: 'AnonymousId',
      genderField: null,
      identity: ['email', 'userId'],
      traits: [],
      events: []
    })
    expect(hints.map(({ at }) => at)).toEqual([['activityTypes'].map(() => 'events')])
    expect(suggest(hyg, { ...untold, fields: [] }, []).hints.map(describeProblem)).toEqual([
      'userIdField: is missing; the instance has no field for it: create userId (string); segment-marketo provision says how',
      'anonymousIdField: is missing; the instance has no field for it: create anonymousId (string); segment-marketo provision says how',
      'events: is missing; nobody told which custom activity types there are, so none is suggested'
    ])
    const none = suggest(hyg, untold, []).hints
    expect(none.map(describeProblem)).toEqual([
      'traits: is missing; nobody told which lead fields there are, so none is suggested',
      'events: is missing; nobody told which custom activity types there are, so none is suggested'
    ])
    expect(none.map(({ weight }) => weight)).toEqual(['skipped', 'skipped'])
    const lacking = suggest(hyg, { ...untold, fields: [], activityTypes: [] }, []).hints
    expect(lacking.map(({ weight }) => weight)).toEqual(['warning', 'warning'])
  })

  it.each<[string, ReadonlyArray<InstanceField>, string | undefined]>([
    ['the name itself before another spelling', [of('user_id'), of('userId')], undefined],
    ['another spelling', [of('user_id')], 'user_id'],
    ['the name itself behind one that sorts first', [of('UserId'), of('userId')], undefined],
    ['the first of several spellings', [of('user_id'), of('UserId')], 'UserId'],
    ['no field that is read-only', [of('user_id', { readOnly: true }), of('userid')], 'userid'],
    ['no field of numbers', [of('UserId', { type: 'integer' }), of('user_id', { type: null })], 'user_id']
  ])('take %s', (_, fields, expected) => {
    expect(suggest(hyg, { ...untold, fields }, []).settings.userIdField).toBe(expected)
  })

  it.each<[ReadonlyArray<string> | null, ReadonlyArray<string> | undefined]>([
    [null, undefined],
    [[], undefined],
    [['email', 'userId', 'anonymousId'], undefined],
    [['email'], ['email']],
    [
      ['anonymousId', 'email'],
      ['email', 'anonymousId']
    ],
    [['user_id'], ['userId']]
  ])('of which leads are looked up by %j are named %j', (searchable, expected) => {
    const fields = searchable?.includes('user_id') ? [of('user_id')] : [of('userId')]
    const { settings } = suggest(hyg, { ...untold, fields, searchable }, [])
    expect([settings.identity, 'identity' in settings]).toEqual([expected, expected !== undefined])
  })

  it.each<[ReadonlyArray<InstanceField> | null, null | undefined]>([
    [null, undefined],
    [[], null],
    [[of('gender')], undefined],
    [[of('gender', { readOnly: true })], null]
  ])('of fields %j gender goes to %j', (fields, expected) => {
    expect(suggest(hyg, { ...untold, fields }, []).settings.genderField).toBe(expected)
  })
})
