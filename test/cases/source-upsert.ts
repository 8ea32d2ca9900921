/**
 * Rows that come in one after another, and what stands in the table then.
 */
import type { Row } from '../../src/source/collection.js'

export interface UpsertCase {
  readonly name: string
  readonly source: string
  readonly stored: ReadonlyArray<Row>
  readonly incoming: ReadonlyArray<{ readonly row: Row; readonly partial?: boolean }>
  readonly expected: ReadonlyArray<Row>
}

const source = 'Segment "Marketo Source", Sync; what partial rows and deletions do is a rule of ours'
const time = (day: string) => `2025-${day}T00:00:00.000Z`
const lead = (email: string | null, updated: string | null, deleted: string | null = null): Row => ({
  id: '1',
  email,
  updated_at: updated === null ? null : time(updated),
  deleted_at: deleted === null ? null : time(deleted)
})
const gone = (deleted: string) => ({ row: { id: '1', deleted_at: time(deleted) }, partial: true })

export const upsertCases: ReadonlyArray<UpsertCase> = [
  {
    name: 'a newer row replaces, an older one changes nothing, a deletion stays',
    source,
    stored: [lead('a@x.example', '01-02')],
    incoming: [{ row: lead('old@x.example', '01-01') }, gone('02-01'), { row: lead('b@x.example', '03-01') }],
    expected: [lead('b@x.example', '03-01', '02-01')]
  },
  {
    name: 'of one time, the later row to come wins',
    source: 'Adobe "Bulk Lead Extract": the filter moves with any field, the column with standard fields only',
    stored: [lead('a@x.example', '01-02')],
    incoming: [{ row: lead('b@x.example', '01-02') }],
    expected: [lead('b@x.example', '01-02')]
  },
  {
    name: 'a row without a time wins, and is replaced by any',
    source,
    stored: [lead('a@x.example', '01-02')],
    incoming: [{ row: lead('b@x.example', null) }, { row: lead('c@x.example', '01-01') }],
    expected: [lead('c@x.example', '01-01')]
  },
  {
    name: 'a deletion of an unknown lead waits for its row',
    source,
    stored: [],
    incoming: [gone('02-01')],
    expected: [{ id: '1', email: null, updated_at: null, deleted_at: time('02-01') }]
  },
  {
    name: 'the row that a deletion waited for keeps it',
    source,
    stored: [],
    incoming: [gone('02-01'), { row: lead('a@x.example', '01-02') }],
    expected: [lead('a@x.example', '01-02', '02-01')]
  },
  {
    name: 'an older row brings its deletion all the same',
    source,
    stored: [lead('a@x.example', '01-02')],
    incoming: [{ row: lead('old@x.example', '01-01', '02-01') }],
    expected: [lead('a@x.example', '01-02', '02-01')]
  },
  {
    name: 'of two deletions the earlier stands',
    source,
    stored: [lead('a@x.example', '01-02', '02-02')],
    incoming: [gone('02-03'), gone('02-01')],
    expected: [lead('a@x.example', '01-02', '02-01')]
  },
  {
    name: 'a partial row leaves other columns alone',
    source,
    stored: [lead('a@x.example', '01-02')],
    incoming: [{ row: { id: '1', email: null }, partial: true }],
    expected: [lead(null, '01-02')]
  },
  {
    name: 'a partial row without a date of deletion takes none back',
    source,
    stored: [lead('a@x.example', '01-02', '02-01')],
    incoming: [{ row: { id: '1', deleted_at: null }, partial: true }],
    expected: [lead('a@x.example', '01-02', '02-01')]
  },
  {
    name: 'a row that says nothing of deletion keeps it, and none is made up',
    source,
    stored: [{ id: '1', deleted_at: time('02-01') }, { id: '2' }],
    incoming: [{ row: { id: '1' } }, { row: { id: '2' } }],
    expected: [{ id: '1', deleted_at: time('02-01') }, { id: '2' }]
  }
]
