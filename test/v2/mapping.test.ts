/**
 * The laws of the mapping: where each value lands, what never leaves, and that nothing is lost unsaid.
 */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { explainV2 } from '../../src/explain/explain-v2.js'
import type { Path } from '../../src/ground/path.js'
import type { Intent } from '../../src/intent/intent.js'
import type { Mapped } from '../../src/intent/mapped.js'
import { isUnfit } from '../../src/marketo/value-types.js'
import { decodeSettings } from '../../src/v2/decode-settings.js'
import { compileRow, through } from '../../src/v2/draft.js'
import { browserMapper, mapper } from '../../src/v2/mapper.js'
import type { Settings } from '../../src/v2/settings.js'
import { identifyEvent, type JsonRecord, type JsonValue, jsonValue, spellingOf } from '../arbitraries/events.js'
import {
  browserSettings,
  cloudSettings,
  decoded,
  encounter,
  givenSettings,
  mappedField,
  mappedName,
  transform
} from '../arbitraries/settings.js'
import { deviceMapper, intentsOf, problemsOf, serverMapper, settingsFrom } from './given.js'

/** The page's table with the names behind its labels, and what an event holds there. */
const contract: ReadonlyArray<{ at: Path; rest: string; form: string; value: string }> = [
  { at: ['address', 'city'], rest: 'city', form: 'City', value: 'Eugene' },
  { at: ['address', 'country'], rest: 'country', form: 'Country', value: 'USA' },
  { at: ['address', 'zip'], rest: 'postalCode', form: 'PostalCode', value: '97405' },
  { at: ['address', 'state'], rest: 'state', form: 'State', value: 'Oregon' },
  { at: ['birthday'], rest: 'dateOfBirth', form: 'DateofBirth', value: '1988-02-20' },
  { at: ['company'], rest: 'company', form: 'Company', value: 'Segment.com' },
  { at: ['firstName'], rest: 'firstName', form: 'FirstName', value: 'Robyn Rihanna' },
  { at: ['gender'], rest: 'gender', form: 'MarketoSocialGender', value: 'woman' },
  { at: ['lastName'], rest: 'lastName', form: 'LastName', value: 'Fenty' },
  { at: ['phone'], rest: 'phone', form: 'Phone', value: '555-555-5555' }
]

const address = 'rihanna@example.com'

const spelled = fc.tuple(...contract.map(({ at }) => fc.tuple(...at.map((part) => spellingOf(String(part))))))

/** Traits that hold these rows' values, each under some spelling of its name; the parts of an address share one. */
const traitsOf = (
  chosen: ReadonlyArray<number>,
  spellings: ReadonlyArray<ReadonlyArray<string>>
): Record<string, unknown> => {
  const traits: Record<string, unknown> = { email: address }
  const parts: Record<string, unknown> = {}
  for (const i of chosen) {
    const row = contract[i]
    const [outer = '', inner] = spellings[i] ?? []
    if (inner === undefined) traits[outer] = row?.value
    else parts[inner] = row?.value
  }
  return Object.keys(parts).length === 0 ? traits : { ...traits, [spellings[0]?.[0] ?? '']: parts }
}

const chosenRows = fc.subarray(contract.map((_, i) => i))

/** Traits that no standard row reads, top-level parts of an address among them. */
const strangers = {
  city: 'Nice',
  zip: '06000',
  street: '1 Main',
  createdAt: '2007-05-31T00:00:00.000Z',
  favoriteColor: 'Blue',
  title: 'CTO',
  industry: 'Tech',
  website: 'https://a.test',
  id: 'own',
  age: 30
}

describe('standard rows', () => {
  it('M1 on the server every standard trait lands in the field that its row names, and in no other', () => {
    const map = serverMapper()
    fc.assert(
      fc.property(chosenRows, spelled, fc.boolean(), (chosen, spellings, withStrangers) => {
        const traits = { ...(withStrangers ? strangers : {}), ...traitsOf(chosen, spellings) }
        const fields = Object.fromEntries(chosen.map((i) => [contract[i]?.rest ?? '', contract[i]?.value]))
        expect(map({ type: 'identify', userId: '1234', traits })).toEqual({
          _tag: 'Right',
          right: [
            {
              _tag: 'UpsertLead',
              munchkinId: '561-HYG-937',
              lead: { lookupField: 'email', value: address },
              fields: { email: address, userId: '1234', ...fields },
              action: 'createOrUpdate',
              partitionName: null
            }
          ]
        })
      })
    )
  })

  it('M1 in a hidden form the same, under the names that forms want', () => {
    const map = deviceMapper()
    fc.assert(
      fc.property(chosenRows, spelled, fc.boolean(), (chosen, spellings, withStrangers) => {
        const traits = { ...(withStrangers ? strangers : {}), ...traitsOf(chosen, spellings) }
        const fields = Object.fromEntries(chosen.map((i) => [contract[i]?.form ?? '', contract[i]?.value]))
        expect(map({ type: 'identify', userId: '1234', traits })).toEqual({
          _tag: 'Right',
          right: [
            {
              _tag: 'SubmitFormInBrowser',
              munchkinId: '561-HYG-937',
              formId: 1001,
              fields: { Email: address, userId: '1234', ...fields }
            }
          ]
        })
      })
    )
  })
})

describe('custom rows', () => {
  it('M1 a trait lands in the fields of its rows, in any script, and however many there are', () => {
    const name = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 8 }),
      fc.constantFrom(
        '名前',
        '名 前',
        'имя',
        '😀',
        '-',
        '_',
        'a-b',
        'A_B',
        'ab',
        'aB',
        'plan',
        'Plan',
        'planName',
        'plan_name'
      )
    )
    const some = fc.uniqueArray(
      name.filter((text) => text.trim() !== ''),
      { minLength: 1, maxLength: 12 }
    )
    const many = fc.integer({ min: 60, max: 70 }).map((n) => Array.from({ length: n }, (_, i) => `trait ${i}`))
    fc.assert(
      fc.property(
        fc.oneof({ weight: 9, arbitrary: some }, { weight: 1, arbitrary: many }),
        fc.infiniteStream(fc.boolean()),
        (names, picks) => {
          const traits = names.map((trait, i) => ({ trait, field: `field${i}__c` }))
          const sent = names.flatMap((trait, i) =>
            picks.next().value ? [[trait, `value ${i}`, `field${i}__c`] as const] : []
          )
          const [intent] = intentsOf(
            serverMapper({ traits })({ type: 'identify', userId: 'u1', traits: Object.fromEntries(sent) })
          )
          const fields = intent?._tag === 'UpsertLead' ? intent.fields : {}
          const custom = Object.entries(fields).filter(([field]) => field.endsWith('__c'))
          expect(Object.fromEntries(custom)).toEqual(Object.fromEntries(sent.map(([, value, field]) => [field, value])))
        }
      )
    )
  })
})

const mark = 'q7mark'

/** Any JSON value with marks all over it. */
const markedValue: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.constantFrom<JsonValue>(
    mark,
    `${mark}@corp.test`,
    `https://${mark}.test/`,
    [mark],
    { name: mark },
    { email: mark, city: mark, [mark]: mark }
  ),
  jsonValue.map((value) => ({ [mark]: value, value: mark }))
)

/** Members that nothing maps. */
const strange = fc.dictionary(
  fc.constantFrom('plan2', 'x', 'street2', 'Email2', 'constructor2', 'nickname'),
  markedValue,
  { maxKeys: 3 }
)

describe('what is not mapped', () => {
  it('M2 never leaves, wherever it stands', () => {
    const added = fc.record({ traits: strange, properties: strange, context: strange, top: strange, address: strange })
    fc.assert(
      fc.property(
        encounter(fc.oneof(cloudSettings, browserSettings)),
        added,
        ([of, event], { traits, properties, context, top, address: parts }) => {
          const before = event.traits as JsonRecord | undefined
          const outer = before?.address ?? {}
          const more = {
            ...top,
            ...event,
            traits: {
              ...traits,
              ...(before ?? {}),
              address:
                typeof outer === 'object' && outer !== null && !Array.isArray(outer) ? { ...parts, ...outer } : outer
            },
            properties: { ...properties, ...((event.properties as JsonRecord | undefined) ?? {}) },
            context: { ...context, ...((event.context as JsonRecord | undefined) ?? {}) }
          }
          for (const map of [mapper(of), browserMapper(of)])
            expect(JSON.stringify(intentsOf(map(more)))).not.toContain(mark)
        }
      )
    )
  })

  it('M2 an event without a row makes no intent', () => {
    fc.assert(
      fc.property(encounter(cloudSettings), fc.string({ minLength: 1 }), ([of, event], name) => {
        fc.pre(of.events.every((row) => row.event !== name))
        expect(intentsOf(mapper(of)({ ...event, type: 'track', event: name }))).toEqual([])
      })
    )
  })

  it.each(['trial started', 'Trial Started ', 'TrialStarted', '__proto__', 'constructor', 'toString'])(
    'M2 %j is not the event Trial Started',
    (event) => {
      const map = serverMapper({
        events: [
          { event: 'Trial Started', activityTypeId: 1, attributes: [{ property: 'a', attribute: 'a', primary: true }] }
        ]
      })
      expect(map({ type: 'track', userId: 'u1', event, properties: { a: 1 }, timestamp: '2024-05-01' })).toEqual({
        _tag: 'Left',
        left: [
          {
            _tag: 'Unmapped',
            weight: 'skipped',
            at: ['event'],
            event,
            mend: 'only mapped events are sent: add a row for it to events in the settings'
          }
        ]
      })
    }
  )

  it('M2 a name that is no text any more when it is read again is none', () => {
    let name: unknown = 7
    const event = Object.defineProperty({ type: 'track', userId: 'u1' }, 'event', {
      enumerable: true,
      get: () => {
        const now = name === 7 ? 'Trial Started' : 7
        name = now
        return now
      }
    })
    expect(problemsOf(serverMapper()(event))).toMatchObject([{ _tag: 'Unmapped', event: '' }])
  })
})

/** The value with the keys of all its objects in another order. */
const reordered = (value: unknown, seed: number): unknown => {
  if (Array.isArray(value)) return value.map((item) => reordered(item, seed + 1))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, member], i) => [key, reordered(member, seed + i)] as const)
  const turned = [...entries.slice(seed % entries.length || 0), ...entries.slice(0, seed % entries.length || 0)]
  return Object.fromEntries(seed % 2 === 0 ? turned.reverse() : turned)
}

const turnedRows = (rows: unknown, seed: number): ReadonlyArray<unknown> => {
  const list: ReadonlyArray<unknown> = Array.isArray(rows) ? rows : []
  const cut = list.length === 0 ? 0 : seed % list.length
  return seed % 2 === 0
    ? [...list.slice(cut), ...list.slice(0, cut)].reverse()
    : [...list.slice(cut), ...list.slice(0, cut)]
}

/** Twins: a second spelling of some traits, the same for all orders of the keys. */
const twins = fc.dictionary(
  fc.constantFrom('Company', 'COMPANY', 'first_name', 'FirstName', 'PHONE', 'Phone', 'E-mail', 'Town', 'PLAN', 'plan '),
  fc.constantFrom<JsonValue>('Acme', 'ana@corp.test', null, '', 7),
  { maxKeys: 4 }
)

describe('order', () => {
  it('M3 of rows and of keys changes nothing, to the byte', () => {
    fc.assert(
      fc.property(encounter(givenSettings.map(decoded)), twins, fc.nat(40), ([of, event], more, seed) => {
        const both =
          event.type === 'identify' ? { ...event, traits: { ...(event.traits as JsonRecord), ...more } } : event
        const turned = decoded({
          ...(reordered(of, seed) as Settings),
          traits: turnedRows(of.traits, seed),
          events: turnedRows(of.events, seed)
        })
        for (const make of [mapper, browserMapper]) {
          expect(JSON.stringify(make(turned)(reordered(both, seed)))).toBe(JSON.stringify(make(of)(both)))
        }
      })
    )
  })

  it('M3 fields of custom rows are written in the order of their names', () => {
    const fields = ['a__c', 'b__c', 'c__c', 'd__c']
    fc.assert(
      fc.property(fc.shuffledSubarray(fields, { minLength: 4 }), (order) => {
        const map = serverMapper({ traits: order.map((field) => ({ trait: `trait ${field}`, field })) })
        const traits = Object.fromEntries(order.map((field) => [`trait ${field}`, 'x']))
        expect(Object.keys(fieldsOf(map({ type: 'identify', userId: 'u1', traits })))).toEqual(['userId', ...fields])
      })
    )
  })

  it('M3 a custom row beats the standard one of its field when its trait says something', () => {
    fc.assert(
      fc.property(
        chosenRows.filter((chosen) => chosen.length > 0),
        spelled,
        (chosen, spellings) => {
          const field = contract[chosen[0] ?? 0]?.rest ?? ''
          const rows = [{ trait: 'mine', field }]
          const traits = traitsOf(chosen, spellings)
          const fieldsWith = (mine: unknown) => {
            const [intent] = intentsOf(
              serverMapper({ traits: rows })({ type: 'identify', userId: 'u1', traits: { ...traits, mine } })
            )
            return intent?._tag === 'UpsertLead' ? intent.fields[field] : undefined
          }
          expect(fieldsWith('2001-02-03')).toBe('2001-02-03')
          for (const silent of [undefined, null, '']) expect(fieldsWith(silent)).toBe(contract[chosen[0] ?? 0]?.value)
        }
      )
    )
  })

  it('M3 two custom rows that claim one field are a problem', () => {
    fc.assert(
      fc.property(mappedName, mappedName, mappedField, (a, b, field) => {
        const read = decodeSettings({
          munchkinId: '561-HYG-937',
          traits: [
            { trait: a, field },
            { trait: b, field }
          ]
        })
        expect(read).toMatchObject({ _tag: 'Left' })
        expect(read._tag === 'Right' ? [] : read.left).toContainEqual({
          _tag: 'Conflict',
          weight: 'invalid',
          at: ['traits', 1, 'field'],
          with: ['traits', 0, 'field'],
          mend: 'two rows claim one lead field: keep one of them'
        })
      })
    )
  })
})

const fieldsOf = (verdict: Mapped): Readonly<Record<string, unknown>> =>
  intentsOf(verdict).flatMap((intent: Intent) =>
    intent._tag === 'UpsertLead' || intent._tag === 'SubmitFormInBrowser' ? [intent.fields] : []
  )[0] ?? {}

const isSaid = (value: unknown): boolean => value !== undefined && value !== null && value !== ''

const normal = (key: string): string => key.replace(/[^A-Za-z0-9]/g, '').toLowerCase()

const isPlainRecord = (value: unknown): value is JsonRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Where the standard traits of an identify stand that say something, twins and all. */
const standardPlaces = (traits: JsonRecord): ReadonlyArray<readonly [Path, JsonValue]> =>
  Object.entries(traits).flatMap(([key, value]): ReadonlyArray<readonly [Path, JsonValue]> => {
    const at: Path = ['traits', key]
    const within = (names: ReadonlyArray<string>) =>
      Object.entries(isPlainRecord(value) ? value : {}).flatMap(([inner, part]) =>
        names.includes(normal(inner)) ? [[[...at, inner], part] as const] : []
      )
    switch (normal(key)) {
      case 'company':
        return isPlainRecord(value) ? within(['name']) : [[at, value]]
      case 'address':
        return isPlainRecord(value) ? within(['city', 'country', 'state', 'zip', 'postalcode']) : [[at, value]]
      case 'email':
      case 'firstname':
      case 'lastname':
      case 'name':
      case 'phone':
      case 'birthday':
      case 'gender':
        return [[at, value]]
      default:
        return []
    }
  })

describe('a mapper that is kept', () => {
  it('P1 writes no value of one person on another', () => {
    const map = serverMapper({ traits: [{ trait: 'plan', field: 'plan__c' }] })
    const fieldsFor = (userId: string, traits: JsonRecord) => fieldsOf(map({ type: 'identify', userId, traits }))
    expect(fieldsFor('u1', { plan: 'pro' })).toEqual({ userId: 'u1', plan__c: 'pro' })
    expect(fieldsFor('u2', {})).toEqual({ userId: 'u2' })
  })

  it('P1 knows nothing of the calls before', () => {
    fc.assert(
      fc.property(
        encounter(fc.oneof(cloudSettings, browserSettings)),
        fc.oneof(fc.constant({}), identifyEvent),
        ([of, before], { traits = {} }: JsonRecord) => {
          const event = { ...before, traits, properties: traits }
          for (const make of [mapper, browserMapper]) {
            const kept = make(of)
            kept(before)
            expect(kept(event)).toEqual(make(of)(event))
          }
        }
      )
    )
  })
})

describe('nothing is lost unsaid', () => {
  it('M5 a mapped trait becomes its field’s type, or is dropped and reported', () => {
    fc.assert(
      fc.property(
        encounter(
          fc
            .oneof(cloudSettings, browserSettings)
            .map((of) => ({ ...of, browserProfile: 'default' as const, pathLookup: false }))
        ),
        ([of, event]) => {
          fc.pre(event.type === 'identify')
          const traits = (event.traits ?? {}) as JsonRecord
          for (const map of [mapper(of), browserMapper(of)]) {
            const verdict = map(event)
            if (verdict._tag === 'Left') continue
            const fields = fieldsOf(verdict)
            for (const row of of.traits) {
              const value = Object.keys(traits).includes(row.trait) ? traits[row.trait] : undefined
              if (!isSaid(value)) continue
              const out = through(compileRow(row.field, '', row.type, row.length, row.transforms), value)
              if (out === '') continue
              const reported = problemsOf(verdict).some(
                ({ at, weight }) => weight === 'dropped' && JSON.stringify(at) === JSON.stringify(['traits', row.trait])
              )
              if (isUnfit(out)) expect(reported).toBe(true)
              else expect(reported || Object.values(fields).includes(out)).toBe(true)
            }
          }
        }
      )
    )
  })

  it('M5 a standard trait leaves, or is reported, or gives way to another one by a rule of the contract', () => {
    const plain = settingsFrom({ anonymousActivity: true })
    fc.assert(
      fc.property(
        identifyEvent.map(({ integrations, ...event }) => event),
        twins,
        fc.dictionary(fc.constantFrom('firstName', 'lastName', 'name', 'phone', 'birthday'), jsonValue, { maxKeys: 2 }),
        fc.subarray(['firstname', 'lastname', 'name', 'email']),
        (event, more, odd, without) => {
          const all = Object.entries({ ...((event.traits ?? {}) as JsonRecord), ...more })
          const kept = Object.fromEntries(all.filter(([key]) => !without.includes(normal(key))))
          const traits: JsonRecord = { ...kept, ...odd }
          const { verdict, moves } = explainV2(plain)({ ...event, traits })
          if (verdict._tag === 'Left') return
          const moved = new Set(moves.map(({ from }) => JSON.stringify(from)))
          const said = new Set(problemsOf(verdict).map(({ at }) => JSON.stringify(at)))
          const names = Object.entries(traits).filter(
            ([key, value]) => ['firstname', 'lastname'].includes(normal(key)) && typeof value === 'string'
          )
          const hasZip = standardPlaces(traits).some(([at, value]) => normal(String(at[2])) === 'zip' && isSaid(value))
          for (const [at, value] of standardPlaces(traits)) {
            const isEmpty =
              !isSaid(value) ||
              (Array.isArray(value) && value.length === 0) ||
              (typeof value === 'string' && value.trim() === '')
            const givesWay =
              (normal(String(at[1])) === 'name' && names.length > 0) ||
              (normal(String(at[2])) === 'postalcode' && hasZip)
            const isSpokenOf = at.some((_, i) => said.has(JSON.stringify(at.slice(0, i + 1))))
            if (!isEmpty && !givesWay)
              expect({ at, known: moved.has(JSON.stringify(at)) || isSpokenOf }).toEqual({ at, known: true })
          }
        }
      )
    )
  })

  it('M5 an attribute becomes its type, or is dropped and reported', () => {
    fc.assert(
      fc.property(
        encounter(cloudSettings.map((of) => ({ ...of, pathLookup: false, attributeKey: 'apiName' as const }))),
        ([of, event]) => {
          fc.pre(event.type === 'track')
          const verdict = mapper(of)(event)
          const activity = intentsOf(verdict).find((intent) => intent._tag === 'AddCustomActivity')
          const row = of.events.find(({ event: name }) => name === event.event)
          if (activity?._tag !== 'AddCustomActivity' || row === undefined) return
          const properties = (event.properties ?? {}) as JsonRecord
          for (const attribute of row.attributes) {
            const value = Object.keys(properties).includes(attribute.property)
              ? properties[attribute.property]
              : undefined
            if (!isSaid(value)) continue
            const out = through(compileRow('', '', attribute.type, null, attribute.transforms), value)
            if (out === '') continue
            if (isUnfit(out))
              expect(problemsOf(verdict)).toContainEqual({
                _tag: 'Malformed',
                weight: 'dropped',
                at: ['properties', attribute.property],
                found: out.found,
                mend: out.mend
              })
            else if (attribute.primary) expect(activity.primaryAttributeValue).toBe(String(out))
            else expect(activity.attributes).toContainEqual({ apiName: attribute.attribute, value: out })
          }
        }
      )
    )
  })

  it('no hint is given twice', () => {
    const name = fc.constantFrom('plan', 'Plan', 'a.b')
    const fields = fc.uniqueArray(fc.tuple(name, fc.constantFrom('a__c', 'b__c', 'c__c', 'd__c', 'e__c')), {
      minLength: 1,
      maxLength: 5,
      selector: ([, field]) => field
    })
    const near = fc.dictionary(fc.constantFrom('PLAN', 'Plan', 'plan', 'pLAN', 'a.b'), fc.constant('x'), { maxKeys: 3 })
    fc.assert(
      fc.property(fields, near, near, (named, inAddress, atTop) => {
        const map = serverMapper({
          traits: named.map(([trait, field]) => ({ trait, field })),
          events: [
            {
              event: 'E',
              activityTypeId: 1,
              attributes: named.map(([property, attribute], i) => ({
                property,
                attribute,
                primary: i === 0,
                default: 'x'
              }))
            }
          ]
        })
        const members = { ...atTop, address: inAddress, a: { b: 'x' } }
        for (const call of [
          { type: 'identify', traits: members },
          { type: 'track', event: 'E', properties: members }
        ]) {
          const hints = problemsOf(map({ ...call, userId: 'u1', timestamp: '2024-05-01' })).filter(
            ({ _tag }) => _tag === 'Unknown'
          )
          expect(new Set(hints.map((hint) => JSON.stringify(hint))).size).toBe(hints.length)
        }
      })
    )
  })
})

describe('objects and lists', () => {
  const holder = fc.oneof(
    fc.constantFrom<JsonValue>([mark], [[mark]], [mark, mark], { a: mark }, { toString: mark }, [{ a: mark }], {
      0: mark,
      length: 1
    }),
    fc.array(fc.constant(mark), { minLength: 1, maxLength: 3 })
  )

  it('M6 never become text', () => {
    fc.assert(
      fc.property(encounter(fc.oneof(cloudSettings, browserSettings)), holder, ([of, event], held) => {
        const unjoined = {
          ...of,
          traits: of.traits.map((row) => ({ ...row, transforms: [] })),
          events: of.events.map((row) => ({
            ...row,
            attributes: row.attributes.map((attribute) => ({ ...attribute, transforms: [] }))
          }))
        }
        const held_ = (record: unknown) =>
          Object.fromEntries(
            Object.keys(isPlainRecord(record) ? record : {}).flatMap((key) =>
              ['phones', 'url', 'path'].includes(normal(key)) ? [] : [[key, held]]
            )
          )
        const all = {
          ...event,
          traits: held_(event.traits),
          properties: { ...held_(event.properties), ...(event.type === 'page' ? { url: 'https://a.test/' } : {}) }
        }
        for (const map of [mapper(unjoined), browserMapper(unjoined)]) {
          const text = JSON.stringify(intentsOf(map(all)))
          expect(text).not.toContain(mark)
          expect(text).not.toContain('[object')
        }
      })
    )
  })

  it('M6 a list of scalars may be joined, and nothing else', () => {
    const map = serverMapper({ traits: [{ trait: 'tags', field: 'tags__c', transforms: [{ join: '; ' }] }] })
    const fieldOf = (tags: unknown) => fieldsOf(map({ type: 'identify', userId: 'u1', traits: { tags } })).tags__c
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.stringMatching(/^[a-z]{1,5}$/), fc.integer(), fc.boolean()), {
          minLength: 1,
          maxLength: 5
        }),
        jsonValue,
        (list, other) => {
          expect(fieldOf(list)).toBe(list.join('; '))
          const isJoined = typeof other !== 'object' || other === null
          fc.pre(!isJoined)
          expect(fieldOf([...list, other])).toBe(undefined)
        }
      )
    )
  })
})

describe('generators', () => {
  it('make transforms that settings take', () => {
    fc.assert(
      fc.property(transform, (step) => {
        expect(
          decodeSettings({ munchkinId: '561-HYG-937', traits: [{ trait: 'a', field: 'a__c', transforms: [step] }] })
            ._tag
        ).toBe('Right')
      })
    )
  })
})
