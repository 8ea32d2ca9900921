/** Rows laid into tables: what is stored does not hang on the order in which it was told. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Row, SourceRow } from '../../src/source/collection.js'
import { emptyTables, mergeRow, missingSince, rowsIn, type Tables, upsert } from '../../src/source/upsert.js'
import { upsertBatches } from '../../src/source/upsert-batches.js'
import { cellOf, full, partial, timeText } from '../arbitraries/source-rows.js'
import { upsertCases } from '../cases/source-upsert.js'
import { frozen } from '../endpoints/reading.js'

const columns = { leads: ['id', 'email', 'updated_at', 'deleted_at'] }
const leadsIn = (rows: ReadonlyArray<SourceRow>, tables: Tables = emptyTables): ReadonlyArray<Row> =>
  rowsIn(upsert(tables, frozen(rows), columns), 'leads')

const id = fc.constantFrom('1', '2', '__proto__')
const plain = { noNullPrototype: true } as const
const deletion = fc.record({ id, deleted_at: timeText }, plain).map((row) => partial('leads', row))
const fullLead = (updated: fc.Arbitrary<string | null>) =>
  fc
    .record({ id, email: cellOf('text'), updated_at: updated, deleted_at: cellOf('time') }, plain)
    .map((row) => full('leads', row))

/** Full rows of a few ids, no two with one time, and deletions. */
const told = fc
  .tuple(
    fc.uniqueArray(fullLead(timeText), { maxLength: 8, selector: ({ row }) => row.updated_at }),
    fc.array(deletion, { maxLength: 6 })
  )
  .map(([rows, deletions]) => [...rows, ...deletions])

const shuffled = told.chain((rows) =>
  fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length, maxLength: rows.length }))
)

/** Any rows at all: without times, with parts of all kinds. */
const anyRow = fc.oneof(
  deletion,
  fullLead(cellOf('time').map((cell) => (typeof cell === 'string' ? cell : null))),
  fc
    .record({ id, email: cellOf('text'), updated_at: timeText }, { requiredKeys: ['id'], noNullPrototype: true })
    .map((row) => partial('leads', row))
)

describe('laws', () => {
  it('W1 rows with times of their own, and deletions, end alike in whatever order they come', () => {
    fc.assert(
      fc.property(shuffled, ([rows, others]) => {
        expect(leadsIn(others)).toEqual(leadsIn(rows))
      })
    )
  })

  it('W1 rows that are told twice, or told again from the start, change nothing', () => {
    fc.assert(
      fc.property(told, (rows) => {
        const once = leadsIn(rows)
        expect(leadsIn(rows.flatMap((row) => [row, row]))).toEqual(once)
        expect(leadsIn(rows, upsert(emptyTables, rows, columns))).toEqual(once)
      })
    )
  })

  it('W1 any row, once laid in, changes nothing when it comes again', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 8 }), anyRow, (before, row) => {
        const once = upsert(upsert(emptyTables, before, columns), [row], columns)
        expect(leadsIn([row], once)).toEqual(rowsIn(once, 'leads'))
      })
    )
  })

  it('a date of deletion never goes away, and never moves to a later day', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 8 }), anyRow, (before, row) => {
        for (const { id: own, deleted_at } of leadsIn(before)) {
          const after = leadsIn([...before, row]).find(({ id: other }) => other === own)
          if (typeof deleted_at === 'string') expect(String(after?.deleted_at) <= deleted_at).toBe(true)
        }
      })
    )
  })

  it('P1 P2 P4 neither tables nor rows are changed, and tables survive JSON', () => {
    fc.assert(
      fc.property(fc.array(anyRow), fc.array(anyRow), (before, rows) => {
        const tables = frozen(upsert(emptyTables, before, columns))
        const copy: Tables = JSON.parse(JSON.stringify(tables))
        expect(copy).toStrictEqual(tables)
        expect(upsert(copy, rows, columns)).toStrictEqual(upsert(tables, rows, columns))
      })
    )
  })
})

describe('batches', () => {
  const many = fc.array(
    fc.oneof(
      anyRow,
      anyRow.map((row) => ({ ...row, collection: 'lists' }))
    ),
    { maxLength: 20 }
  )

  it('hold every row once, of one id in the order told, and no id twice', () => {
    fc.assert(
      fc.property(many, (rows) => {
        const batches = upsertBatches(frozen(rows))
        const flat = batches.flatMap(({ collection, columns, rows: batch }) =>
          batch.map((row) => ({ collection, partial: columns !== null, row }))
        )
        expect(flat).toHaveLength(rows.length)
        const ofId = (all: ReadonlyArray<SourceRow>, one: SourceRow) =>
          all.filter(({ collection, row }) => collection === one.collection && row.id === one.row.id)
        for (const one of rows) expect(ofId(flat, one)).toEqual(ofId(rows, one))
        for (const { rows: batch } of batches) expect(new Set(batch.map((row) => row.id)).size).toBe(batch.length)
      })
    )
  })

  it('are one where parts tell of the same cells, in whatever order', () => {
    const rows = [
      { id: '1', email: 'a', deleted_at: null },
      { deleted_at: null, email: 'b', id: '2' }
    ]
    expect(upsertBatches(rows.map((row) => partial('leads', row)))).toEqual([
      { collection: 'leads', columns: ['deleted_at', 'email'], rows }
    ])
  })

  it('are of one sort, and few', () => {
    const lead = (own: string) => full('leads', { id: own })
    const gone = (own: string, at = 'deleted_at') => partial('leads', { id: own, [at]: null })
    const rows = [
      lead('1'),
      gone('2'),
      full('leads', {}),
      lead('3'),
      full('lists', { id: '1' }),
      gone('1'),
      gone('4', 'email'),
      gone('5')
    ]
    expect(upsertBatches(rows)).toEqual([
      { collection: 'leads', columns: null, rows: [{ id: '1' }, { id: '3' }] },
      {
        collection: 'leads',
        columns: ['deleted_at'],
        rows: [
          { id: '2', deleted_at: null },
          { id: '5', deleted_at: null }
        ]
      },
      { collection: 'lists', columns: null, rows: [{ id: '1' }] },
      { collection: 'leads', columns: ['email'], rows: [{ id: '4', email: null }] },
      { collection: 'leads', columns: ['deleted_at'], rows: [{ id: '1', deleted_at: null }] }
    ])
  })
})

describe('documented upserts', () => {
  it.each(upsertCases)('$name', ({ stored, incoming, expected }) => {
    const rows = [
      ...stored.map((row) => full('leads', row)),
      ...incoming.map((one) => ({ collection: 'leads', partial: false, ...one }))
    ]
    expect(leadsIn(rows)).toStrictEqual(expected)
  })
})

describe('near misses', () => {
  it('a row without an id changes nothing', () => {
    expect(upsert(emptyTables, [full('leads', { id: null }), full('leads', {}), full('leads', { id: 7 })])).toBe(
      emptyTables
    )
  })

  it('a row that is older changes nothing', () => {
    const at = (updated_at: string | null) => full('leads', { id: '1', updated_at, deleted_at: null })
    const tables = upsert(emptyTables, [at('2025-02-01T00:00:00.000Z')])
    expect(upsert(tables, [at('2025-01-01T00:00:00.000Z')])).toBe(tables)
    expect(leadsIn([at(null)], tables)[0]?.updated_at).toBe(null)
  })

  it('collections stand apart, whatever they are called', () => {
    const tables = upsert(emptyTables, [full('__proto__', { id: '1' }), full('constructor', { id: '2' })])
    expect(rowsIn(tables, '__proto__')).toEqual([{ id: '1' }])
    expect(rowsIn(tables, 'constructor')).toEqual([{ id: '2' }])
    expect(rowsIn(tables, 'leads')).toEqual([])
  })

  it('a stub holds the columns that are told of, and the cells that are known', () => {
    const gone = partial('leads', { id: '1', deleted_at: 'x' })
    expect(mergeRow(undefined, gone)).toStrictEqual({ id: '1', deleted_at: 'x' })
    expect(mergeRow(undefined, gone, ['id', 'email', 'deleted_at'])).toStrictEqual({
      id: '1',
      email: null,
      deleted_at: 'x'
    })
    expect(Object.keys(mergeRow(undefined, gone, ['id', 'deleted_at', 'email']))).toEqual(['id', 'deleted_at', 'email'])
  })

  it('rows come by id as text', () => {
    expect(leadsIn(['9', '10', '1'].map((own) => full('leads', { id: own })))).toEqual([
      { id: '1' },
      { id: '10' },
      { id: '9' }
    ])
  })

  it('what a full walk does not tell is missing', () => {
    expect(missingSince([], ['1'])).toEqual(['1'])
    expect(missingSince(['1', '2'], ['2', '3', '1'])).toEqual(['3'])
  })
})

describe('many', () => {
  it('ten thousand rows, told twice, are laid in', () => {
    const rows = Array.from({ length: 10_000 }, (_, i) => full('leads', { id: String(i), email: null }))
    const once = upsert(emptyTables, rows)
    expect(rowsIn(once, 'leads')).toHaveLength(10_000)
    expect(rowsIn(upsert(once, rows), 'leads')).toHaveLength(10_000)
  })
})
