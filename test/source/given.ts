/**
 * What the tests of this room read with.
 *
 * @module
 */
import type { RowsRead } from '../../src/source/rows-read.js'
import type { CustomLeadField, SourceSettings } from '../../src/source/settings.js'
import { compileSource, type SourceTables } from '../../src/source/tables.js'
import { id } from '../endpoints/reading.js'

export const settingsWith = (
  customLeadFields: ReadonlyArray<CustomLeadField> = [],
  defined: SourceSettings['defined'] = [],
  customActivityAttributes: SourceSettings['customActivityAttributes'] = []
): SourceSettings => ({
  munchkinId: id('561-HYG-937'),
  schemaName: 'marketo',
  activityTypeIds: [],
  customLeadFields,
  customActivityAttributes,
  dailyCallLimit: null,
  collections: [],
  defined
})

export const tables: SourceTables = compileSource(settingsWith())

/** Reads a record by the reader of a collection, or by that of deletions. */
export const readBy = (reads: string, record: unknown, parentId: string | null = null, by = tables): RowsRead => {
  const reader = reads === 'deletions' ? by.deletions : by.reader(reads)
  if (reader === undefined) throw new Error(`no reader of ${reads}`)
  return reader(record, 0, parentId)
}

/** The one row of a record. */
export const rowBy = (reads: string, record: unknown, parentId: string | null = null, by = tables): object => {
  const [first] = readBy(reads, record, parentId, by).rows
  if (first === undefined) throw new Error('no row')
  return first.row
}
