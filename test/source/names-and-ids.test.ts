import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SourceRow } from '../../src/source/collection.js'
import { columnName, customColumns } from '../../src/source/column-name.js'
import { compositeId, objectId } from '../../src/source/composite-id.js'
import { leads } from '../../src/source/lead-collections.js'
import { readBy } from './given.js'

const awkward = fc.string({ unit: fc.constantFrom('a', ':', '%', '#', '2', '3', 'A', '5'), maxLength: 6 })

describe('composite ids', () => {
  it('different parts never make one id', () => {
    fc.assert(
      fc.property(fc.tuple(awkward, awkward, awkward), fc.tuple(awkward, awkward, awkward), (a, b) => {
        expect(compositeId(a) === compositeId(b)).toBe(JSON.stringify(a) === JSON.stringify(b))
      })
    )
  })

  it('attributes of one page never share an id, however they are called', () => {
    const name = awkward.filter((text) => text !== '')
    const activity = fc.record({
      marketoGUID: awkward.filter((text) => text.trim() !== ''),
      activityTypeId: fc.integer({ min: 1, max: 3 }),
      names: fc.array(name, { maxLength: 5 })
    })
    const activities = fc.uniqueArray(activity, { selector: ({ marketoGUID }) => marketoGUID.trim(), maxLength: 5 })
    fc.assert(
      fc.property(activities, (told) => {
        const rows = told.flatMap(
          ({ names, ...one }) =>
            readBy('lead_activities', { ...one, attributes: names.map((text) => ({ name: text, value: 1 })) }).rows
        )
        const keys = rows.map(({ collection, row }) => JSON.stringify([collection, row.id]))
        expect(new Set(keys).size).toBe(keys.length)
        expect(rows.length).toBe(told.length + told.reduce((n, { names }) => n + names.length, 0))
      })
    )
  })

  it('escape in ids alone, and number what is told again', () => {
    const attributes = ['Ratio: 50%', 'x', 'x', '#2', 'x'].map((name) => ({ name, value: 'v' }))
    const { rows } = readBy('lead_activities', { marketoGUID: 'a:b', activityTypeId: 11, attributes })
    const own = (row: SourceRow) => [row.row.id, row.row.activity_id, row.row.activity_type_attribute_id, row.row.name]
    expect(rows.slice(1).map(own)).toEqual([
      ['a%3Ab:11:Ratio%3A 50%25', 'a:b', '11:Ratio%3A 50%25', 'Ratio: 50%'],
      ['a%3Ab:11:x', 'a:b', '11:x', 'x'],
      ['a%3Ab:11:x:#2', 'a:b', '11:x', 'x'],
      ['a%3Ab:11:#2', 'a:b', '11:#2', '#2'],
      ['a%3Ab:11:x:#3', 'a:b', '11:x', 'x']
    ])
  })

  it('the attribute of an activity names that of its type', () => {
    fc.assert(
      fc.property(
        awkward.filter((text) => text !== ''),
        (name) => {
          const type = readBy('lead_activity_types', { id: 11, attributes: [{ name, dataType: 'string' }] })
          const activity = readBy('lead_activities', { id: 1, activityTypeId: '11', attributes: [{ name, value: 1 }] })
          expect(activity.rows[1]?.row.activity_type_attribute_id).toBe(type.rows[1]?.row.id)
        }
      )
    )
  })

  it('fit the Objects API, apart as they were', () => {
    const long = fc.string({ unit: fc.constantFrom('a', '😀', ':'), minLength: 20, maxLength: 130 })
    fc.assert(
      fc.property(long, long, (a, b) => {
        expect(objectId(a).length).toBeLessThanOrEqual(100)
        expect(objectId(a) === objectId(b)).toBe(a === b)
        expect(encodeURIComponent(objectId(a))).not.toBe('')
      })
    )
    expect(objectId('x'.repeat(100))).toBe('x'.repeat(100))
    expect(objectId('x'.repeat(101))).toMatch(/^x{35}~[0-9a-f]{64}$/)
  })
})

describe('an id that is cut for the Objects API', () => {
  const rest = 'y'.repeat(100)

  // biome-ignore format: table
  it.each([
    ['between two letters',         'x'.repeat(36) + rest,                   'x'.repeat(35)],
    ['in front of a pair',          `${'x'.repeat(34)}\u{1f600}${rest}`,     'x'.repeat(34)],
    ['in front of the first pair',  `${'x'.repeat(34)}\u{10000}${rest}`,     'x'.repeat(34)],
    ['in front of the last pair',   `${'x'.repeat(34)}\u{10ffff}${rest}`,    'x'.repeat(34)],
    ['behind a pair',               `${'x'.repeat(33)}\u{1f600}${rest}`,     `${'x'.repeat(33)}\u{1f600}`],
    ['behind a letter of its own',  `${'x'.repeat(34)}\u{fb01}${rest}`,      `${'x'.repeat(34)}\u{fb01}`]
  ])('is cut %s', (_, id, kept) => {
    expect(objectId(id).split('~')).toEqual([kept, expect.stringMatching(/^[0-9a-f]{64}$/)])
  })
})

describe('names of columns', () => {
  // biome-ignore format: table
  it.each([
    ['leadScore',          'lead_score'],
    ['Company_Size__c',    'company_size_c'],
    ['SICCode',            'sic_code'],
    ['mktoIsCustomer2Old', 'mkto_is_customer2_old'],
    ['ABC',                'abc'],
    ['a-b.c d',            'a_b_c_d'],
    ['__proto__',          'proto'],
    ['42',                 '_42'],
    ['42nd',               '42nd'],
    ['***',                'field']
  ])('%s is %s', (field, name) => {
    expect(columnName(field)).toBe(name)
  })

  it('never are two of one table, whatever the fields', () => {
    const field = fc.oneof(fc.constantFrom('Email', 'email', 'e_mail', 'id', 'ID', 'email_2', 'deletedAt'), fc.string())
    fc.assert(
      fc.property(fc.array(field), (fields) => {
        const custom = customColumns(
          leads.columns,
          fields.map((one) => ({ field: one, type: 'any' }))
        )
        const names = [...leads.columns, ...custom].map(({ name }) => name)
        expect(new Set(names).size).toBe(names.length)
        expect(custom.map(({ from }) => from)).toEqual([...new Set(fields)].map((one) => [[one]]))
      })
    )
  })

  it('count on where one is taken', () => {
    const fields = ['email', 'Email', 'email_2', 'E mail'].map((field) => ({ field, type: 'any' }) as const)
    expect(customColumns(leads.columns, fields).map(({ name }) => name)).toEqual([
      'email_2',
      'email_3',
      'email_2_2',
      'e_mail'
    ])
  })

  it('count past a name that a field has', () => {
    const fields = ['email_2', 'Email'].map((field) => ({ field, type: 'any' }) as const)
    expect(customColumns(leads.columns, fields)).toEqual([
      { name: 'email_2', type: 'any', from: [['email_2']], says: 'the lead field `email_2`' },
      { name: 'email_3', type: 'any', from: [['Email']], says: 'the lead field `Email`' }
    ])
  })

  it('take time that grows with the names and no faster', () => {
    expect(columnName('A'.repeat(200_000)).length).toBe(200_000)
    const many = Array.from(
      { length: 20_000 },
      (_, i) => ({ field: `email${'_'.repeat(i % 200)}${' '.repeat(i / 200)}`, type: 'any' }) as const
    )
    expect(customColumns(leads.columns, many).length).toBe(20_000)
  })
})
