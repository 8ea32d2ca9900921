import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { collections } from '../../src/source/collections.js'
import { readFileRows, readRows } from '../../src/source/read-rows.js'
import type { CustomLeadField } from '../../src/source/settings.js'
import { compileSource } from '../../src/source/tables.js'
import { fragile, restless } from '../arbitraries/hostile.js'
import { rowsCases } from '../cases/source-rows.js'
import { frozen } from '../endpoints/reading.js'
import { readBy, settingsWith, tables } from './given.js'

const readers = [...collections.map(({ name }) => name), 'deletions'] as const

/** Every member that a column reads, and what readers of activities and types read besides. */
const memberNames = [
  ...new Set(collections.flatMap(({ columns }) => columns.flatMap(({ from }) => from.flat()))),
  'attributes',
  'constructor',
  '__proto__'
]

const value = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown>(
    '',
    ' ',
    '37',
    32,
    37,
    11,
    '2025-11-19T17:40:00Z',
    '2025-11-19T17:40:00',
    -0,
    2 ** 60,
    Number.NaN
  ),
  fc.constantFrom<unknown>('[1, 2]', '{"a":1}', '[{"name":"Merge IDs","value":[7,8]}]', { type: 'Text', value: 'x' }),
  fc.array(fc.record({ name: fc.constantFrom('a', 'Merge IDs', ':', '%'), value: fc.jsonValue({ maxDepth: 1 }) })),
  fc.anything()
)

const record = fc.oneof(
  { weight: 4, arbitrary: fc.dictionary(fc.constantFrom(...memberNames), value, { maxKeys: 12 }) },
  fc.anything({ withNullPrototype: true, withBigInt: true, withSparseArray: true, withDate: true })
)

const fields: ReadonlyArray<CustomLeadField> = [
  { field: 'leadScore', type: 'integer' },
  { field: 'Email', type: 'text' },
  { field: 'constructor', type: 'any' },
  { field: '42', type: 'any' }
]
const withFields = compileSource(settingsWith(fields))

const columnsOf = (collection: string, by = withFields): ReadonlyArray<string> =>
  by.collections.find(({ name }) => name === collection)?.columns.map(({ name }) => name) ?? []

describe('rows: laws', () => {
  it('W5 full rows have the documented and configured columns in order, partial ones some of them and the id', () => {
    fc.assert(
      fc.property(fc.constantFrom(...readers), record, (reads, told) => {
        for (const { collection, partial, row } of readBy(reads, told, '1', withFields).rows) {
          const columns = columnsOf(collection)
          const own = Object.keys(row)
          expect(partial).toBe(reads === 'deletions')
          expect(own).toEqual(partial ? columns.filter((name) => own.includes(name)) : columns)
          expect(own.length > 0 && (!partial || own.length < columns.length)).toBe(true)
          expect(typeof row.id === 'string' && row.id !== '').toBe(true)
        }
      })
    )
  })

  it('W5 the cells of a column are of its kind', () => {
    const kinds = { id: 'string', text: 'string', time: 'string', date: 'string', boolean: 'boolean' } as const
    fc.assert(
      fc.property(fc.constantFrom(...readers), record, (reads, told) => {
        for (const { collection, row } of readBy(reads, told).rows)
          for (const { name, type } of collections.find((known) => known.name === collection)?.columns ?? []) {
            const cell = row[name]
            if (cell === null || cell === undefined) continue
            expect(typeof cell).toBe(
              type === 'integer' || type === 'number' ? 'number' : kinds[type === 'any' ? 'text' : type]
            )
            if (type === 'time') expect(cell).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
          }
      })
    )
  })

  it('P1 P2 P4 read the same each time, leave the record as it was, and give JSON', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...readers),
        fc.dictionary(fc.constantFrom(...memberNames), fc.jsonValue()),
        (reads, told) => {
          const read = readBy(reads, frozen(told), '1', withFields)
          expect(readBy(reads, told, '1', withFields)).toEqual(read)
          expect(JSON.parse(JSON.stringify(read))).toStrictEqual(JSON.parse(JSON.stringify(structuredClone(read))))
        }
      )
    )
    fc.assert(
      fc.property(fc.constantFrom(...readers), record, (reads, told) => {
        const read = readBy(reads, told, '1', withFields)
        const again: unknown = JSON.parse(JSON.stringify(read))
        expect(again).toStrictEqual(read)
      })
    )
  })

  it('P3 answer whatever a record does while it is read', () => {
    const whims = fc.infiniteStream(value)
    fc.assert(
      fc.property(fc.constantFrom(...readers), record, fc.nat({ max: 30 }), whims, (reads, told, patience, stream) => {
        for (const hostile of [fragile(told, patience), restless(told, stream)]) {
          const { rows } = readBy(reads, hostile)
          expect(JSON.parse(JSON.stringify(rows))).toStrictEqual(rows)
        }
      })
    )
  })

  it('P3 take lists without an end for what they are', () => {
    const endless: Array<unknown> = []
    endless.length = 2 ** 32 - 1
    for (const reads of readers)
      expect(
        readBy(reads, { id: 1, activityTypeId: 32, leadId: 2, attributes: endless, name: endless }).rows.length
      ).toBeLessThan(2)
  })

  it('P3 write no list without an end, and keep the rest of the record', () => {
    const endless: Array<unknown> = []
    endless.length = 2 ** 32 - 1
    for (const name of [endless, { deep: endless }])
      expect(readBy('email', { id: 1, name, description: 'x' }).rows[0]?.row).toMatchObject({
        id: '1',
        description: 'x'
      })
  })

  it('what every object has from birth is no value of a record', () => {
    expect(readBy('leads', { id: 1 }, null, withFields).problems).toEqual([])
    expect(readBy('leads', { id: 1, constructor: 'x' }, null, withFields).rows[0]?.row).toMatchObject({
      constructor: 'x'
    })
  })

  it('S3 say nothing of what a value was', () => {
    const secret = 'Okafor-4711'
    const told = fc.dictionary(
      fc.constantFrom(...memberNames.filter((name) => name !== 'attributes')),
      fc.constantFrom<unknown>(secret, [secret], { type: secret, value: secret }, { [secret]: true })
    )
    fc.assert(
      fc.property(fc.constantFrom(...readers), told, (reads, one) => {
        expect(JSON.stringify(readBy(reads, { ...one, activityTypeId: 11 }).problems)).not.toContain(secret)
      })
    )
  })

  it('one bad record leaves its neighbours alone', () => {
    const good = { id: 1, activityTypeId: 2 }
    const body = { success: true, result: [good, null, 'x', { id: [] }, { ...good, id: 2 }] }
    const read = readRows(settingsWith())
    for (const { name } of collections) {
      const { rows, problems } = read(name, { status: 200, headers: {}, body })
      expect(rows.map(({ row }) => row.id)).toEqual(['1', '2'])
      expect(problems.map(({ at }) => at[1])).toEqual(expect.arrayContaining([1, 2, 3]))
    }
  })
})

describe('rows: REST and files', () => {
  const typed: ReadonlyArray<CustomLeadField> = [
    { field: 'leadScore', type: 'integer' },
    { field: 'unsubscribed', type: 'boolean' },
    { field: 'ratio', type: 'number' },
    { field: 'dateOfBirth', type: 'date' },
    { field: 'Company_Size__c', type: 'text' }
  ]
  const words = fc
    .string({ minLength: 1, unit: fc.constantFrom('a', '"', ',', '\n', ' ', 'é', '\u2028') })
    .filter((text) => text !== 'null')
  const orNothing = <A>(one: fc.Arbitrary<A>) => fc.option(one, { nil: null })
  const lead = fc.record({
    id: fc.nat(),
    email: orNothing(words),
    firstName: orNothing(words),
    lastName: fc.constantFrom('Null', 'NULL', null),
    createdAt: fc.constantFrom('2025-03-02T08:15:00Z', '2025-03-02T08:15:00-0800', null),
    leadScore: orNothing(fc.integer()),
    unsubscribed: orNothing(fc.boolean()),
    ratio: orNothing(fc.double({ noDefaultInfinity: true, noNaN: true })),
    dateOfBirth: fc.constantFrom('1990-03-04', null),
    Company_Size__c: orNothing(words)
  })
  const quoted = (u: unknown): string =>
    `"${(typeof u === 'object' ? JSON.stringify(u) : String(u)).replace(/"/g, '""')}"`
  const fileOf = (records: ReadonlyArray<object>): string =>
    [Object.keys(records[0] ?? {}), ...records.map((one) => Object.values(one))]
      .map((cells: ReadonlyArray<unknown>) => cells.map(quoted).join(','))
      .join('\r\n')

  it('W5 tell one lead in one row, where custom fields have types', () => {
    fc.assert(
      fc.property(fc.array(lead, { minLength: 1 }), (leads) => {
        const body = { success: true, result: leads }
        const told = readRows(settingsWith(typed))('leads', { status: 200, headers: {}, body })
        expect(readFileRows(settingsWith(typed))('leads', fileOf(leads))).toEqual(told)
        expect(told.problems).toEqual([])
      })
    )
  })

  it('W5 tell one activity in the same rows, with attributes as a list, an object or text', () => {
    const attributes = fc.uniqueArray(
      fc.tuple(
        words.filter((name) => !/^\d/.test(name)),
        fc.jsonValue({ maxDepth: 1 })
      ),
      {
        selector: ([name]) => name
      }
    )
    const activity = fc.record({
      marketoGUID: fc.option(fc.nat().map(String), { nil: null }),
      leadId: fc.nat(),
      activityDate: fc.constant('2025-11-19T17:40:00Z'),
      activityTypeId: fc.integer({ min: 1, max: 200 }),
      primaryAttributeValue: orNothing(words)
    })
    fc.assert(
      fc.property(activity, attributes, (own, pairs) => {
        const list = pairs.map(([name, of]) => ({ name, value: of }))
        const object = Object.fromEntries(pairs)
        const rest = readBy('lead_activities', { ...own, attributes: list })
        expect(readBy('lead_activities', { ...own, attributes: object })).toEqual(rest)
        for (const told of [list, object])
          expect(readFileRows(settingsWith())('lead_activities', fileOf([{ ...own, attributes: told }]))).toEqual(rest)
      })
    )
  })
})

describe('rows: documented cases', () => {
  it.each(rowsCases)('$name', ({ reads, customLeadFields = [], input, expected }) => {
    const settings = settingsWith(customLeadFields.map((field) => ({ field, type: 'any' })))
    const body = 'records' in input ? { success: true, result: input.records } : {}
    const read =
      'file' in input
        ? readFileRows(settings)(reads, input.file)
        : reads === 'deletions'
          ? tables.deletions(input.records[0], 0, null)
          : readRows(settings)(reads, { status: 200, headers: {}, body })
    expect(read.problems).toEqual([])
    const names = new Set(read.rows.map(({ collection }) => collection))
    const told = [...names].map((name) => [
      name,
      read.rows.filter(({ collection }) => collection === name).map(({ row }) => row)
    ])
    // As text: the order of columns counts.
    expect(JSON.stringify(Object.fromEntries(told))).toBe(JSON.stringify(expected.rows))
    expect(read.rows.every(({ partial }) => partial === expected.partial)).toBe(true)
  })

  it('every collection of the page is there, in its order, id first, nothing twice', () => {
    const names = [
      'leads',
      'campaigns',
      'email',
      'landing_pages',
      'lists',
      'lead_activities',
      'lead_activity_attributes'
    ]
    const more = ['lead_activity_types', 'lead_activity_type_attributes', 'programs', 'segmentation', 'segments']
    expect(collections.map(({ name }) => name)).toEqual([...names, ...more])
    for (const { says, columns } of collections) {
      expect(says).not.toBe('')
      expect(columns[0]).toMatchObject({ name: 'id', type: 'id' })
      expect(new Set(columns.map(({ name }) => name)).size).toBe(columns.length)
      expect(columns.every(({ says }) => says !== '')).toBe(true)
    }
  })
})
