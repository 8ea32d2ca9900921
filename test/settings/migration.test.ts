import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ownMember } from '../../src/ground/json.js'
import { describeProblem } from '../../src/ground/problem.js'
import { coerce, isUnfit } from '../../src/marketo/value-types.js'
import { looksOf } from '../../src/settings/looks.js'
import { migrateActivities } from '../../src/settings/migrated-activities.js'
import {
  finishMigration,
  type Migration,
  migrate,
  startMigration,
  watchForMigration
} from '../../src/settings/migration.js'
import { printMigration } from '../../src/settings/print-migration.js'
import { eventUrl } from '../../src/v1/event-url.js'
import type { Settings } from '../../src/v1/settings.js'
import { decodeSettings } from '../../src/v2/decode-settings.js'
import { mapper } from '../../src/v2/mapper.js'
import {
  anyEvent,
  deepFrozen,
  foreign,
  hostileEvent,
  hostileValue,
  identifyEvent,
  type JsonValue,
  trackEvent
} from '../arbitraries/events.js'
import { fragile, restless } from '../arbitraries/hostile.js'
import { v1From } from './v1-given.js'

const v1 = v1From()

/** Settings of v1, some of them other than usual. */
const v1Settings: fc.Arbitrary<Settings> = fc
  .record(
    {
      pageOrigin: fc.constantFrom(null, 'https://www.example.com'),
      cookiePath: fc.constantFrom(null, ['context', 'cookie']),
      postalCode: fc.constantFrom(['zip', 'postalCode'], ['zip'], ['postalCode', 'zip'], ['postalCode']),
      nameSplit: fc.constantFrom('words', 'facade'),
      gateStyle: fc.constantFrom('lenient', 'exact', 'explicit', 'facade', 'off'),
      trackUrl: fc.constantFrom('dashed', 'undashed'),
      munchkinOptions: fc.constantFrom({}, { cookieLifeDays: 365 }),
      browserPageUrl: fc.constantFrom('path', 'verbatim'),
      browserProfile: fc.constantFrom('default', 'exact'),
      browserZone: fc.constantFrom(0, 60),
      userAgent: fc.constantFrom(null, 'segment-marketo')
    },
    { requiredKeys: [] }
  )
  .map(v1From)

/** Names that are hard to map: standard ones of Marketo's in both APIs, spellings that collide, illegal and odd ones. */
const hardName = fc.oneof(
  fc.constantFrom(
    ...['sICCode', 'SICCode', 'sicCode', 'dateofBirth', 'dateOfBirth', 'industry', 'title', 'createdAt', 'updatedAt'],
    ...['plan', 'Plan', 'pl an', 'second_favorite_color', 'secondFavoriteColor', 'a.b', 'plan-name', 'plan.name'],
    ...['id', 'Id', 'userId', 'user_id', 'UserId', 'anonymousId', '', ' ', '名前', '住所', '9lives', 'gender', 'city'],
    ...[
      'inferredCompany',
      'marketoSocialGender',
      'leadScore',
      'numberOfEmployees',
      '__proto__',
      'constructor',
      '\ud800'
    ],
    ...[
      'personType',
      'externalCompanyId',
      'originalReferrer',
      'jigsawContactId',
      'marketo Jigsaw Contact Id',
      'x'.repeat(300)
    ]
  ),
  fc.string({ unit: 'binary', maxLength: 8 })
)

const hardValue: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.constantFrom<JsonValue>(null, '', ' ', true, 'true', 17, '17', 1.5, '1.5', 'blue', '2024-05-01', 'x'.repeat(300)),
  fc.constantFrom<JsonValue>(
    '2024-05-01T10:00:00Z',
    'a@b.co',
    'https://a.co',
    '555-555-5555',
    [],
    ['a'],
    { a: 1 },
    '\ud800'
  )
)

const hardRecord = fc
  .array(fc.tuple(hardName, hardValue), { maxLength: 8 })
  .map((entries): Record<string, JsonValue> => Object.fromEntries(entries))

const hardIdentify = hardRecord.map((traits) => ({
  type: 'identify' as const,
  userId: 'u1',
  traits: { ...traits, email: 'ana@example.com' }
}))

const hardEvent = fc.oneof(
  fc.constantFrom(
    'Order Completed',
    'order completed',
    'order_completed',
    '/event/a b',
    ' ',
    '2024',
    '名前',
    '\ud800',
    'x'.repeat(300)
  ),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 8 })
)

const hardTrack = fc
  .tuple(hardEvent, hardRecord)
  .map(([event, properties]) => ({ type: 'track' as const, userId: 'u1', event, properties }))

const samples = fc.array(fc.oneof(hardIdentify, hardTrack, anyEvent, identifyEvent, trackEvent), { maxLength: 12 })

/** Ids for every event that a report says is to be done. */
const idsFor = (events: ReadonlyArray<unknown>): Record<string, number> =>
  Object.fromEntries(migrate(v1, events).report.toDo.map((event, i) => [event, 100_001 + i]))

describe('laws of migration', () => {
  it('P1 P2 P4 the proposal is the same each time, changes nothing that went in, and equals its JSON round trip', () => {
    fc.assert(
      fc.property(v1Settings, samples, (settings, events) => {
        const before = structuredClone([settings, events])
        const ids = idsFor(events)
        const first = migrate(settings, events, { activityTypeIds: ids })
        expect([settings, events]).toEqual(before)
        const again = migrate(deepFrozen(settings), deepFrozen(events), deepFrozen({ activityTypeIds: ids }))
        expect(again).toStrictEqual(first)
        expect(JSON.parse(JSON.stringify(first))).toStrictEqual(first)
        expect(printMigration(first)).toBe(printMigration(again))
      })
    )
  })

  it('P3 P4 any value is counted, and the state equals its JSON round trip and may be frozen', () => {
    fc.assert(
      fc.property(fc.array(hostileEvent, { maxLength: 4 }), (events) => {
        let state = startMigration(v1)
        for (const event of events) {
          state = deepFrozen(watchForMigration(state, event))
          expect(JSON.parse(JSON.stringify(state))).toStrictEqual(state)
        }
        const { report } = finishMigration(state)
        expect(report.events.seen).toBe(events.length)
        expect(JSON.parse(JSON.stringify(report))).toStrictEqual(report)
      })
    )
  })

  it('P3 events that break while they are read, or answer each time with something else, are counted', () => {
    fc.assert(
      fc.property(anyEvent, fc.nat(60), fc.infiniteStream(hostileValue), (event, patience, whims) => {
        const { report } = migrate(v1, [fragile(event, patience), restless(event, whims)])
        expect(report.events.seen).toBe(2)
      })
    )
  })

  it('P5 events that were made in another realm are read like our own', () => {
    fc.assert(
      fc.property(samples, (events) => {
        expect(migrate(v1, events.map(foreign))).toStrictEqual(migrate(v1, events))
      })
    )
  })

  it('the order of events changes nothing', () => {
    fc.assert(
      fc.property(
        samples.chain((events) =>
          fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length }))
        ),
        ([events, shuffled]) => {
          expect(migrate(v1, shuffled)).toStrictEqual(migrate(v1, events))
        }
      )
    )
  })

  it('the settings decode without a remark, with and without ids', () => {
    fc.assert(
      fc.property(v1Settings, samples, fc.boolean(), (settings, events, anonymousActivity) => {
        for (const activityTypeIds of [{}, idsFor(events)]) {
          const { settings: proposed } = migrate(settings, events, { activityTypeIds, anonymousActivity })
          const read = decodeSettings(proposed)
          expect(read._tag === 'Right' ? [] : read.left.map(describeProblem)).toEqual([])
        }
      })
    )
  })

  it('every event has an activity or a reason, and every activity is in the settings or to do', () => {
    fc.assert(
      fc.property(samples, (events) => {
        const ids = idsFor(events)
        const [some = ''] = Object.keys(ids)
        const { settings, report } = migrate(v1, events, {
          activityTypeIds: some in ids ? { [some]: ids[some] ?? 1 } : {}
        })
        const mapped = Array.isArray(settings.events) ? settings.events.length : -1
        expect(mapped + report.toDo.length).toBe(report.activities.length)
        const sum = (counts: ReadonlyArray<number>): number => counts.reduce((a, b) => a + b, 0)
        expect(
          sum(report.activities.map(({ calls }) => calls)) + sum(report.eventsLeftOut.map(({ count }) => count))
        ).toBe(report.events.track)
        for (const { attributes } of report.activities) expect(attributes.length).toBeLessThanOrEqual(20)
      })
    )
  })

  it('M5 every custom trait that has a row and a value that fits lands in its field, and every other has a reason', () => {
    fc.assert(
      fc.property(fc.array(hardIdentify, { minLength: 1, maxLength: 6 }), (events) => {
        const { settings, report } = migrate(v1, events)
        const read = decodeSettings(settings)
        if (read._tag !== 'Right') throw new Error('the settings decode')
        const map = mapper(read.right)
        for (const event of events) {
          const verdict = map(event)
          const [intent] = verdict._tag === 'Left' ? [] : verdict.right
          const fields = intent?._tag === 'UpsertLead' ? intent.fields : {}
          for (const row of read.right.traits) {
            const value = ownMember(event.traits, row.trait)
            if (value === undefined || value === null || value === '') continue
            const made = coerce(row.type, row.length)(value)
            if (!isUnfit(made)) expect(fields[row.field]).toBe(made)
          }
          const told = new Set([
            ...report.fields.map(({ trait }) => trait),
            ...report.traitsLeftOut.map(({ name }) => name)
          ])
          const known =
            /^(email|firstname|lastname|name|gender|phones?|birthday|company|address|id|userid|anonymousid)$/
          for (const key of Object.keys(event.traits)) {
            const normal = key.replace(/[^A-Za-z0-9]/g, '').toLowerCase()
            if (!known.test(normal) && key.length <= 255) expect(told).toContain(key)
          }
        }
      })
    )
  })

  it('all values fit a type that no remark is made about', () => {
    fc.assert(
      fc.property(fc.array(hardIdentify, { minLength: 1, maxLength: 6 }), (events) => {
        for (const { trait, type, allFit } of migrate(v1, events).report.fields) {
          if (!allFit) continue
          for (const { traits } of events) {
            const value = ownMember(traits, trait)
            const isScalar = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
            if (isScalar && value !== '') expect(isUnfit(coerce(type, null)(value))).toBe(false)
          }
        }
      })
    )
  })

  it('every mapped event is sent, if it holds its primary attribute', () => {
    fc.assert(
      fc.property(fc.array(hardTrack, { minLength: 1, maxLength: 6 }), (events) => {
        const sent = events.map((event) => ({ ...event, timestamp: '2024-05-01T10:00:00Z' }))
        const { settings, report } = migrate(v1, sent, { activityTypeIds: idsFor(sent) })
        const read = decodeSettings(settings)
        const map = read._tag === 'Right' ? mapper(read.right) : undefined
        for (const event of sent) {
          const activity = report.activities.find((one) => one.event === event.event)
          if (activity === undefined) continue
          expect(map?.(event)._tag).not.toBe('Left')
        }
      })
    )
  })

  it('S3 no value of an event is in the settings, the report or its page', () => {
    const mark = 'q7mark'
    const number = 987_654_321_012
    const marked = (value: JsonValue, isTop: boolean): JsonValue => {
      if (Array.isArray(value)) return value.map((item: JsonValue) => marked(item, false))
      if (typeof value === 'string') return `${mark}${value}`
      if (typeof value === 'number') return number
      if (typeof value !== 'object' || value === null) return value
      const named = (key: string): boolean => isTop && ['type', 'event', 'integrations'].includes(key)
      return Object.fromEntries(
        Object.entries(value).map(([key, member]) => [key, named(key) ? member : marked(member, false)])
      )
    }
    fc.assert(
      fc.property(samples, (events) => {
        const made = events.map((event) => marked(event, true))
        const migration = migrate(v1, made, { activityTypeIds: idsFor(made) })
        for (const text of [JSON.stringify(migration), printMigration(migration)]) {
          expect(text).not.toContain(mark)
          expect(text).not.toContain(String(number))
        }
      })
    )
  })
})

const identify = (traits: object) => ({ type: 'identify', userId: 'u1', traits })
const track = (event: string, properties: object = {}) => ({ type: 'track', userId: 'u1', event, properties })

describe('fields', () => {
  const fieldsOf = (...traits: ReadonlyArray<object>) =>
    migrate(v1, traits.map(identify)).report.fields.map(({ trait, field, type, origin }) => [
      trait,
      field,
      type,
      origin
    ])

  it.each([
    [
      'a custom field keeps the name that v1 gave it',
      { secondFavoriteColor: 'blue' },
      ['secondFavoriteColor', 'SecondFavoriteColor', 'string', 'v1']
    ],
    [
      'underscores stay',
      { second_favorite_color: 'blue' },
      ['second_favorite_color', 'Second_favorite_color', 'string', 'v1']
    ],
    ['white space goes', { 'a field': 'blue' }, ['a field', 'AField', 'string', 'v1']],
    ['a standard field gets its REST name', { sICCode: 7372 }, ['sICCode', 'sicCode', 'string', 'standard']],
    ['a standard field by its REST name alone', { sicCode: 7372 }, ['sicCode', 'sicCode', 'string', 'standard']],
    ['DateofBirth is dateOfBirth', { dateofBirth: '1990-03-04' }, ['dateofBirth', 'dateOfBirth', 'date', 'standard']],
    [
      'a trait that has the REST name itself goes there',
      { numberOfEmployees: 5 },
      ['numberOfEmployees', 'numberOfEmployees', 'integer', 'standard']
    ],
    ['the industry is the company’s', { industry: 'Tech' }, ['industry', 'industry', 'string', 'standard']],
    [
      'what Marketo keeps itself is a custom field',
      { createdAt: '2007-05-31T00:00:00Z' },
      ['createdAt', 'CreatedAt', 'datetime', 'v1']
    ],
    ['an illegal name is mended', { 'plan-name': 'pro' }, ['plan-name', 'Plan_name', 'string', 'new']],
    ['a name without a letter gets one', { '9lives': true }, ['9lives', 'Field_9lives', 'boolean', 'new']]
  ])('%s', (_, traits, row) => {
    expect(fieldsOf(traits)).toEqual([row])
  })

  it('of standard traits there is none, in any spelling, nor of the parts of an address', () => {
    expect(
      fieldsOf({
        email: 'a@b.co',
        First_Name: 'Ana',
        PHONE: '1',
        name: 'Ana',
        address: { city: 'Lyon', zip: '1' },
        company: { name: 'A' }
      })
    ).toEqual([])
  })

  it('mended names give way to names that are there', () => {
    expect(fieldsOf({ 'plan-name': 'a', plan_name: 'b', 'plan.name': 'c' })).toEqual([
      ['plan_name', 'Plan_name', 'string', 'v1'],
      ['plan-name', 'Plan_name_2', 'string', 'new'],
      ['plan.name', 'Plan_name_3', 'string', 'new']
    ])
  })

  it('of two traits that v1 wrote into one field the more frequent has it', () => {
    const { report } = migrate(v1, [{ plan: 'a', Plan: 'b' }, { plan: 'a' }].map(identify))
    expect(report.fields.map(({ trait }) => trait)).toEqual(['plan'])
    expect(report.traitsLeftOut).toEqual([{ name: 'Plan', why: 'same-field', count: 1 }])
  })

  it('those without a row have a reason', () => {
    const { report } = migrate(v1, [
      identify({ tags: ['a'], nothing: null, inferredCompany: 'a', ' ': 'a', id: 'x', ['x'.repeat(256)]: 1 })
    ])
    expect(report.fields).toEqual([])
    expect(report.traitsLeftOut).toEqual([
      { name: ' ', why: 'no-name', count: 1 },
      { name: 'inferredCompany', why: 'kept-by-marketo', count: 1 },
      { name: 'nothing', why: 'silent', count: 1 },
      { name: 'tags', why: 'structure', count: 1 },
      { name: '', why: 'too-many', count: 1 }
    ])
  })

  it('without a row stand by their count, whatever the reason', () => {
    const { report } = migrate(v1, [{ b: [], ' ': 1 }, { b: [] }, { a: null, inferredCompany: 'x' }].map(identify))
    expect(report.traitsLeftOut.map(({ name, count }) => [name, count])).toEqual([
      ['b', 2],
      [' ', 1],
      ['a', 1],
      ['inferredCompany', 1]
    ])
  })

  it('that are numbers fit without a length', () => {
    expect(migrate(v1, [identify({ numberOfEmployees: 5 })]).report.fields[0]?.allFit).toBe(true)
  })

  it('stand by their values, then by their names', () => {
    const { report } = migrate(
      v1,
      [
        { b: 1, a: 1, c: 1 },
        { c: 1, a: null }
      ].map(identify)
    )
    expect(report.fields.map(({ trait, values }) => [trait, values])).toEqual([
      ['c', 2],
      ['a', 1],
      ['b', 1]
    ])
  })

  it('fit to their last character', () => {
    const fits = (length: number) => migrate(v1, [identify({ leadRole: 'x'.repeat(length) })]).report.fields[0]?.allFit
    expect([fits(50), fits(51)]).toEqual([true, false])
    expect(migrate(v1, [identify({ plan: 'x'.repeat(300) })]).report.fields).toEqual([
      {
        trait: 'plan',
        v1Field: 'Plan',
        field: 'Plan',
        type: 'text',
        origin: 'v1',
        values: 1,
        allFit: true,
        structures: 0,
        write: 'yes'
      }
    ])
  })

  it('are not claimed where v2 or Marketo fills them', () => {
    const { report } = migrate(v1, [identify({ 'i.d': 1, inferredCompany: 'x', plan: ['x'] })])
    expect(report.fields).toEqual([])
    expect(report.traitsLeftOut.map(({ name, why }) => [name, why])).toEqual([
      ['inferredCompany', 'kept-by-marketo'],
      ['plan', 'structure']
    ])
  })

  it('say when a value does not fit', () => {
    const { report } = migrate(v1, [identify({ leadScore: 'many', leadRole: 'x'.repeat(60), title: 'CTO' })])
    expect(report.fields.map(({ field, allFit }) => [field, allFit])).toEqual([
      ['leadRole', false],
      ['leadScore', false],
      ['title', true]
    ])
  })
})

describe('activities', () => {
  const activityOf = (...calls: ReadonlyArray<object>) =>
    migrate(
      v1,
      calls.map((properties) => track('Order Completed', properties))
    ).report.activities[0]

  it.each([
    [
      'one that varies',
      [
        { a: 'x', b: 'y' },
        { a: 'x', b: 'z' }
      ],
      'b',
      'always-and-varies'
    ],
    [
      'one named like an id',
      [
        { a: 'x', order_id: 1 },
        { a: 'y', order_id: 2 }
      ],
      'order_id',
      'always-and-varies'
    ],
    [
      'text before numbers',
      [
        { a: 1, b: 'y' },
        { a: 2, b: 'z' }
      ],
      'b',
      'always-and-varies'
    ],
    ['the first in the alphabet', [{ b: 'x', a: 'y' }], 'a', 'always'],
    ['none that is missing once', [{ a: 'x', b: 'y' }, { b: 'y' }], 'b', 'always'],
    [
      'none that is a list once',
      [
        { a: 'x', b: 'y' },
        { a: ['x'], b: 'y' }
      ],
      'b',
      'always'
    ],
    [
      'the event’s name when there is nothing else',
      [{ flag: true, day: '2024-05-01', tags: [] }],
      'eventName',
      'event-name'
    ],
    ['the event’s name beside a property so called', [{ eventName: null }], 'eventName_', 'event-name'],
    ['the event’s name beside two', [{ eventName: null, eventName_: null }], 'eventName__', 'event-name'],
    ['one named like a title', [{ a: 'x', bookTitle: 'y' }], 'bookTitle', 'always'],
    ['one named like a name', [{ a: 'x', 'Plan Name': 'y' }], 'Plan Name', 'always'],
    ['none that only begins like an id', [{ a: 'x', idle: 'y' }], 'a', 'always'],
    [
      'one that varies, before one named like an id',
      [
        { a: 'x', id: 'y' },
        { a: 'z', id: 'y' }
      ],
      'a',
      'always-and-varies'
    ],
    ['one named like an id, before text', [{ a: 'x', id: 1 }], 'id', 'always'],
    ['text before decimals', [{ a: 1.5, b: 'y' }], 'b', 'always'],
    ['a number where there is no text', [{ a: 1.5, b: true }], 'a', 'always'],
    ['no flag', [{ a: true }], 'eventName', 'event-name'],
    ['no day', [{ a: '2024-05-01' }], 'eventName', 'event-name'],
    ['no time', [{ a: '2024-05-01T10:00:00Z' }], 'eventName', 'event-name'],
    ['no long text', [{ a: 'x'.repeat(300) }], 'eventName', 'event-name'],
    ['none with a blank name', [{ ' ': 'x', b: 'y' }], 'b', 'always']
  ])('have as primary attribute %s', (_, calls, property, rule) => {
    const activity = activityOf(...calls)
    expect([activity?.primary.property, activity?.primaryRule]).toEqual([property, rule])
  })

  it('have attributes whose names are told apart', () => {
    const [all] = migrate(v1, [track('A', { id: 'x', 'a b': 1, 'a-b': 1, 名: 1, '9': 1 })]).report.activities
    expect(all?.attributes.map(({ property, name, apiName }) => [property, name, apiName])).toEqual([
      ['9', 'Attribute 9', 'attribute9'],
      ['a b', 'a b', 'aB'],
      ['a-b', 'a b 2', 'aB2'],
      ['名', 'Attribute', 'attribute']
    ])
    expect(activityOf({ eventName: [], event_Name: [] })?.primary.name).toBe('Event Name')
    const { settings } = migrate(v1, [track('A', { id: 'x', b: 1 })], { activityTypeIds: { A: 100_001 } })
    expect(settings.events).toMatchObject([
      {
        segmentProperty: [
          { segmentProperty: 'id', primaryKey: true },
          { segmentProperty: 'b', primaryKey: false }
        ]
      }
    ])
  })

  it('have no primary attribute that is a list once and text as often as there are calls', () => {
    const broken = { name: 'b', values: 1, structures: 1, silent: 0, looks: looksOf('x'), longest: 1, low: 1, high: 1 }
    const { activities } = migrateActivities([{ name: 'A', calls: 1, properties: [broken] }], new Map())
    expect(activities[0]?.primaryRule).toBe('event-name')
  })

  it('take the event’s name for a default, where it can be one', () => {
    const [sound, half] = ['Order', 'Order\ud800'].map(
      (event) => migrate(v1, [track(event)]).report.activities[0]?.primary
    )
    expect(sound).toEqual({
      property: 'eventName',
      name: 'Event Name',
      apiName: 'eventName',
      dataType: 'string',
      default: 'Order',
      values: 0
    })
    expect(half?.default).toBe('event')
    expect(activityOf({ 'Event Name': [], eventname: 1 })?.primary.property).toBe('eventname')
  })

  it('leave out properties that nothing can be said with, each with its reason', () => {
    const activity = activityOf({ a: 'x', ' ': 'y', list: [], none: null }, { a: 'x', list: null, none: '' })
    expect(activity?.leftOut).toEqual([
      { name: ' ', why: 'no-name', count: 1 },
      { name: 'list', why: 'structure', count: 2 },
      { name: 'none', why: 'silent', count: 2 }
    ])
    expect(activity?.attributes).toEqual([])
  })

  it('stand by their calls, then by their names, and so do attributes', () => {
    const calls = ['B', 'C', 'A', 'C'].map((event) => track(event, { p: 'x' }))
    expect(migrate(v1, calls).report.activities.map(({ event }) => event)).toEqual(['C', 'A', 'B'])
    const activity = activityOf({ id: 1, b: 'x', a: 'x', c: 'x' }, { id: 2, c: 'x' })
    expect(activity?.attributes.map(({ property, values }) => [property, values])).toEqual([
      ['c', 2],
      ['a', 1],
      ['b', 1]
    ])
  })

  it.each<[unknown, ReadonlyArray<string>]>([
    [1, ['Risky']],
    [99_999, ['Risky']],
    [100_000, []],
    [Number.MAX_SAFE_INTEGER, []],
    [0, ['found a number that is no id']],
    [-1, ['found a number that is no id']],
    [1.5, ['found a number that is no id']],
    [Number.MAX_SAFE_INTEGER + 1, ['found a number that is no id']],
    ['100001', ['found no number']],
    [{}, ['found no number']]
  ])('with the id %j', (id, expected) => {
    const { report } = migrate(v1, [track('A')], { activityTypeIds: { A: id } as never })
    const said = report.problems.map((one) => (one._tag === 'Risky' ? one._tag : describeProblem(one)))
    expect(said).toEqual(expected.map((text) => expect.stringContaining(text)))
    const isTaken = report.activities[0]?.activityTypeId === id
    expect([isTaken, report.problems.map(({ weight }) => weight)]).toEqual(
      expected[0]?.startsWith('found') ? [false, ['invalid']] : [true, expected.map(() => 'warning')]
    )
  })

  it('with ids of others are remarked on, in the order of their names', () => {
    const { problems } = migrate(v1, [], { activityTypeIds: { B: 100_001, A: 100_001 } }).report
    expect(problems.map(({ at, weight }) => [at, weight])).toEqual([
      [['activityTypeIds', 'A'], 'warning'],
      [['activityTypeIds', 'B'], 'warning']
    ])
    const [own] = migrate(v1, [track('A')], { activityTypeIds: { A: 13 } }).report.problems
    expect(own && describeProblem(own)).toContain('custom activities have ids from 100000 on')
  })

  it('have names that Marketo takes, each its own', () => {
    const { report } = migrate(
      v1,
      ['Order Completed', 'order completed', 'order: completed', '2024', '名前'].map((e) => track(e))
    )
    expect(report.activities.map(({ event, name, apiName }) => [event, name, apiName])).toEqual([
      ['2024', 'Event 2024', 'event2024'],
      ['Order Completed', 'Order Completed', 'orderCompleted'],
      ['order completed', 'order completed 2', 'orderCompleted2'],
      ['order: completed', 'order completed 3', 'orderCompleted3'],
      ['名前', 'Event', 'event']
    ])
  })

  it('have the twenty most frequent further attributes; the rest is told', () => {
    const names = Array.from({ length: 25 }, (_, i) => `p${String(i).padStart(2, '0')}`)
    const all = Object.fromEntries(names.map((name) => [name, 'x']))
    const activity = activityOf(all, { p00: 'y', p24: 'x' })
    expect(activity?.primary.property).toBe('p00')
    expect(activity?.attributes).toHaveLength(20)
    expect(activity?.attributes[0]?.property).toBe('p24')
    expect(activity?.leftOut).toEqual(['p20', 'p21', 'p22', 'p23'].map((name) => ({ name, why: 'too-many', count: 1 })))
  })

  it('spell a web address as Marketo does', () => {
    expect(activityOf({ name: 'a', link: 'https://a.co' })?.attributes[0]?.dataType).toBe('link')
  })

  it('are in the settings when their id is known', () => {
    const { settings, report } = migrate(v1, [track('A', { name: 'x' }), track('B')], {
      activityTypeIds: { A: 100_001, C: 100_002, B: 1.5 }
    })
    expect(settings.events).toEqual([
      {
        event: 'A',
        marketoActivityId: '100001',
        segmentProperty: [
          { segmentProperty: 'name', marketoAttributeName: 'name', marketoAttributeType: 'string', primaryKey: true }
        ]
      }
    ])
    expect(report.toDo).toEqual(['B'])
    expect(report.problems.map(describeProblem)).toEqual([
      'activityTypeIds.B: found a number that is no id; give the whole number that Marketo Custom Activities shows',
      'activityTypeIds.C: no row maps the event "C"; compare the spelling: no such event is among these'
    ])
  })

  it('with an id of Marketo’s own are remarked on', () => {
    const { report } = migrate(v1, [track('A')], { activityTypeIds: { A: 13 } })
    expect(report.problems.map(describeProblem)).toEqual([
      'activityTypeIds.A: works, with a risk (unusual); custom activities have ids from 100000 on: copy the number from Marketo'
    ])
  })
})

describe('triggers', () => {
  it('name v1’s page first as these settings made it', () => {
    const events = ['Trial Started', 'trial_started', '/event/a b', 'plain'].map((event) => track(event))
    expect(migrate(v1, events).report.triggers.map(({ pages }) => pages)).toEqual([
      ['/event/a-b', '/event/a b'],
      ['/event/Trial-Started', '/event/Trial Started'],
      ['/event/plain'],
      ['/event/trial-started', '/event/trial_started']
    ])
    expect(migrate(v1From({ trackUrl: 'undashed' }), [track('a b')]).report.triggers[0]?.pages).toEqual([
      '/event/a b',
      '/event/a-b'
    ])
  })

  it('hold for every event the address that v1 gives it', () => {
    fc.assert(
      fc.property(samples, (events) => {
        for (const { event, pages } of migrate(v1, events).report.triggers) expect(pages[0]).toBe(eventUrl(event))
      })
    )
  })
})

describe('what has no equivalent', () => {
  const whatOf = (settings: Settings, ...events: ReadonlyArray<unknown>) =>
    migrate(settings, events).report.noEquivalent.map(({ what, calls, names }) => [what, calls, names])

  const isExplained = (all: Migration['report']['noEquivalent']) => {
    for (const { v1, instead } of all)
      expect([v1, instead]).toEqual([expect.stringMatching(/../), expect.stringMatching(/../)])
  }

  it.each([
    ['screen', { type: 'screen', userId: 'u' }],
    ['alias', { type: 'alias', userId: 'u', previousId: 'a' }],
    ['group', { type: 'group', userId: 'u', groupId: 'g' }],
    ['delete', { type: 'delete', userId: 'u' }],
    ['track-parameters', track('A', { a: 1 })],
    ['bare-name', identify({ email: 'a@b.co', name: 'Ana' })],
    ['street', identify({ email: 'a@b.co', address: { street: '1 Main' } })],
    ['two-postal-codes', identify({ email: 'a@b.co', address: { zip: '1', postal_code: '2' } })],
    ['id-trait', identify({ email: 'a@b.co', id: 1 })],
    ['without-email', identify({ plan: 'a' })],
    ['without-user-id', { type: 'identify', anonymousId: 'a', traits: { email: 'a@b.co' } }],
    ['switched-off', { ...identify({ email: 'a@b.co' }), integrations: { Marketo: false } }],
    ['cookie-first', { ...identify({ email: 'a@b.co' }), context: { Marketo: { marketoCookie: 'x' } } }],
    ['user-agent', { type: 'page', userId: 'u', properties: { url: 'https://a.co' } }]
  ])('%s', (what, event) => {
    expect(whatOf(v1, event)).toEqual([[what, 1, []]])
    isExplained(migrate(v1, [event]).report.noEquivalent)
  })

  it.each([
    ['projectId', 'p1'],
    ['clientNaming', 'server'],
    ['clientEmail', 'trait'],
    ['trackParams', 'clean'],
    ['withoutCookie', 'cookie-only'],
    ['associateVisitors', false],
    ['firstPage', 'init'],
    ['gateNames', ['Mine']],
    ['userIdField', 'Mine'],
    ['anonymousIdField', 'Mine']
  ])('setting %s', (name, value) => {
    expect(whatOf(v1From({ [name]: value }))).toEqual([['setting', 0, [name]]])
    isExplained(migrate(v1From({ [name]: value }), []).report.noEquivalent)
  })

  it('of what v2 does after all there is none', () => {
    const anonymous = { type: 'identify', anonymousId: 'a', traits: { email: 'a@b.co' } }
    expect(migrate(v1, [anonymous], { anonymousActivity: true }).report.noEquivalent).toEqual([])
    const address = identify({ email: 'a@b.co', address: { zip: '1', postalCode: '2' } })
    expect(migrate(v1, [track('A', { a: 1 })], { anonymousActivity: true }).report.noEquivalent).toHaveLength(1)
    expect(whatOf(v1From({ postalCode: ['zip'] }), track('A', { a: 1 }))).toEqual([['track-parameters', 1, []]])
    for (const postalCode of [['postalCode'], ['zip', 'postalCode']])
      expect(whatOf(v1From({ postalCode }), address)).toEqual([])
  })

  it('lists, objects and parts of addresses are named', () => {
    expect(whatOf(v1, identify({ email: 'a@b.co', tags: [1], address: { floor: 3 } }))).toEqual([
      ['structures', 1, ['tags']],
      ['address-parts', 1, ['floor']]
    ])
    const address = { floor: null, 9: 'a', z: [] }
    const often = [
      identify({ email: 'a@b.co', tags: [1], a: {}, b: 1, address }),
      identify({ email: 'a@b.co', tags: 'x', a: {} })
    ]
    expect(whatOf(v1, ...often)).toEqual([
      ['structures', 3, ['a', 'tags']],
      ['address-parts', 3, ['9', 'floor', 'z']]
    ])
    isExplained(migrate(v1, often).report.noEquivalent)
  })

  it('a call without a user agent has an equivalent where v1 sent none either', () => {
    const page = { type: 'page', userId: 'u', properties: { url: 'https://a.co' } }
    expect(whatOf(v1From({ userAgent: null }), page)).toEqual([])
    expect(whatOf(v1, { ...page, context: { userAgent: 'UA/1' } })).toEqual([])
  })

  it('settings of v1 that v2 has not are named', () => {
    expect(whatOf(v1From({ trackParams: 'clean', withoutCookie: 'cookie-only', userAgent: null }))).toEqual([
      ['setting', 0, ['trackParams']],
      ['setting', 0, ['withoutCookie']]
    ])
  })
})

describe('settings', () => {
  it('carry over what v1 says other than usual, unless v2 says so anyway', () => {
    const { settings, report } = migrate(
      v1From({
        pageOrigin: 'https://www.example.com',
        cookiePath: ['context', 'cookie'],
        postalCode: ['zip', 'postalCode'],
        nameSplit: 'facade',
        browserProfile: 'exact'
      }),
      []
    )
    expect(report.carriedOver).toEqual(['pageOrigin', 'cookiePath', 'nameSplit', 'browserProfile'])
    expect(settings).toEqual({
      accountId: '561-HYG-937',
      anonymousActivity: false,
      pageOrigin: 'https://www.example.com',
      cookiePath: ['context', 'cookie'],
      nameSplit: 'facade',
      browserProfile: 'exact',
      traits: [],
      events: []
    })
  })
})

describe('the report', () => {
  it('has the steps that need no event', () => {
    const { report } = migrate(v1, [])
    expect(report).toMatchObject({
      munchkinId: '561-HYG-937',
      credentials: { cloud: ['accountId', 'clientId', 'clientSecret'], device: ['marketoFormId', 'marketoHostUrl'] },
      idFields: [
        { field: 'userId', type: 'string' },
        { field: 'anonymousId', type: 'string' }
      ],
      mostActivityTypes: 10,
      eventsLeftOut: [],
      traitsLeftOut: [],
      duplicates: { identifiesWithoutEmail: 0, callsWithoutUserId: 0 }
    })
  })

  it('counts calls that may make a second lead', () => {
    const calls = [
      identify({ plan: 'a' }),
      { type: 'identify', traits: { email: 'a@b.co' } },
      { type: 'track', event: 'A' },
      { type: 'page' },
      { type: 'screen' },
      { type: 'group' }
    ]
    expect(migrate(v1, calls).report.duplicates).toEqual({ identifiesWithoutEmail: 1, callsWithoutUserId: 3 })
  })

  it('has each type of call by its count', () => {
    const types = ['identify', 'track', 'page', 'screen', 'group', 'alias', 'delete']
    const calls = types.flatMap((type, i) =>
      Array.from({ length: i + 1 }, () => ({ type, event: 'A', userId: 'u', groupId: 'g' }))
    )
    expect(migrate(v1, calls).report.events).toEqual({
      ...Object.fromEntries(types.map((type, i) => [type, i + 1])),
      seen: 28,
      ignored: 0,
      unreadable: 0
    })
  })

  it('leaves out events with a blank name, and those with too long a one', () => {
    const { report } = migrate(v1, [track(' '), track(' '), track('x'.repeat(256)), track('x'.repeat(255))])
    expect(report.eventsLeftOut).toEqual([
      { name: ' ', why: 'no-name', count: 2 },
      { name: '', why: 'too-many', count: 1 }
    ])
    expect(report.toDo).toEqual(['x'.repeat(255)])
  })
})

describe('counts', () => {
  it('tell events apart from what keeps v2 away and from what is none', () => {
    const { events } = migrate(v1, [
      identify({}),
      { ...identify({ plan: 'a' }), integrations: { 'Marketo V2': false } },
      { type: 'Track' },
      null
    ]).report
    expect(events).toMatchObject({ seen: 4, ignored: 1, unreadable: 2, identify: 1 })
  })

  it('are exact beyond the room for names, and the names that stay are the same in any order', () => {
    const traits = Array.from({ length: 1_500 }, (_, i) => identify({ [`t${String(i).padStart(4, '0')}`]: 1 }))
    const forth = migrate(v1, traits)
    expect(migrate(v1, [...traits].reverse())).toStrictEqual(forth)
    expect(forth.report.fields).toHaveLength(1_000)
    expect(forth.report.traitsLeftOut).toEqual([{ name: '', why: 'too-many', count: 500 }])
  })
})
