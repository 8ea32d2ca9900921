/**
 * Rows of a whole answer, and of a whole file.
 *
 *     GET …/leads.json    { success: true, result: [ … ] }    ┐
 *     …/file.json         id,email,… 204417,mira@…            ┴▶ rows, and what could not be read
 *
 * One bad record leaves its neighbours alone. An answer that does not say success gives no rows at all; one without a result gives none
 * either, and nothing is wrong with it: that is how a walk ends.
 *
 * Sources: Segment "Marketo Source"; Adobe "Error Codes", "Bulk Extract".
 *
 * @module
 */
import { readTable } from '../endpoints/csv-table.js'
import { openAnswer } from '../endpoints/envelope.js'
import { nearest } from '../ground/nearest.js'
import { malformed, type Problem, unknownName } from '../ground/problem.js'
import type { Answer } from '../intent/outcome.js'
import type { Collection, SourceRow } from './collection.js'
import { noRows } from './record-rows.js'
import type { RowReader, RowsRead } from './rows-read.js'
import type { SourceSettings } from './settings.js'
import { compileSource, type SourceTables } from './tables.js'

interface Gathered {
  readonly rows: Array<SourceRow>
  readonly problems: Array<Problem>
}

const add = (gathered: Gathered, { rows, problems }: RowsRead): void => {
  for (const row of rows) gathered.rows.push(row)
  for (const problem of problems) gathered.problems.push(problem)
}

const nameless = ({ collections }: SourceTables, collection: string): RowsRead => {
  const names = collections.map(({ name }) => name)
  const mend = 'name one of the collections, or define it in the settings'
  return noRows(unknownName('invalid', [collection], nearest(names, collection), mend))
}

const refused = (collection: string): RowsRead =>
  noRows(
    malformed(
      'invalid',
      [collection],
      'an answer that does not say success',
      'settle what Marketo says, then ask again'
    )
  )

const answerRows = (read: RowReader, collection: string, answer: Answer, parentId: string | null): RowsRead => {
  const gathered: Gathered = { rows: [], problems: [] }
  let index = 0
  const envelope = openAnswer(answer, (record) => {
    add(gathered, read(record, index, parentId))
    index += 1
  })
  return envelope._tag === 'Refused' ? refused(collection) : gathered
}

/**
 * The rows of one REST answer. `parentId` is the id in the path that was asked for, as the segmentation's of `segments`.
 *
 * @example
 * import { isMunchkinId } from 'segment-marketo/marketo'
 * import { readRows } from 'segment-marketo/source'
 *
 * const settings = { schemaName: 'marketo', activityTypeIds: [], customLeadFields: [], customActivityAttributes: [], dailyCallLimit: null, collections: [], defined: [] }
 * const answer = { status: 200, headers: {}, body: { success: true, result: [{ id: 3101, name: 'Welcome', isActive: true }] } }
 * const munchkinId = '561-HYG-937'
 * const read = isMunchkinId(munchkinId) ? readRows({ ...settings, munchkinId })('campaigns', answer) : undefined
 * read?.rows[0]?.row
 * // => { id: '3101', name: 'Welcome', active: true, type: null, workspace_name: null, created_at: null, updated_at: null }
 * @category rows
 * @since 0.1.0
 */
export const readRows = (
  settings: SourceSettings
): ((collection: string, answer: Answer, parentId?: string | null) => RowsRead) => {
  const tables = compileSource(settings)
  return (collection, answer, parentId = null) => {
    const read = tables.reader(collection)
    return read === undefined ? nameless(tables, collection) : answerRows(read, collection, answer, parentId)
  }
}

/** The columns that a file must have one of, so that its records have rows. */
const keyMembers = ({ columns, reads }: Collection): ReadonlyArray<string> => {
  const key = reads.by === 'activities' ? 'activity_type_id' : 'id'
  return columns.flatMap(({ name, from }) => (name === key ? from.flatMap(([member]) => member ?? []) : []))
}

const strange = (collection: string): RowsRead =>
  noRows(
    malformed(
      'invalid',
      [collection],
      'a file without a column of ids',
      'it may be an error in place of the file: look'
    )
  )

const brokenRow = (collection: string, index: number): Problem =>
  malformed('invalid', [collection, index], 'too few cells or too many', 'ask for the file again, by its checksum')

const fileRows = (read: RowReader, { name }: Collection, rows: ReadonlyArray<unknown>, broken: ReadonlySet<number>) => {
  const gathered: Gathered = { rows: [], problems: [] }
  let index = 0
  const passBroken = (): void => {
    for (; broken.has(index); index += 1) gathered.problems.push(brokenRow(name, index))
  }
  for (const row of rows) {
    passBroken()
    add(gathered, read(row, index, null))
    index += 1
  }
  passBroken()
  return gathered
}

/**
 * The rows of a file of the bulk extract. Its columns are found by their names in REST, so do not rename them; without a type a custom
 * field is text here, whatever REST would tell.
 *
 * @category rows
 * @since 0.1.0
 */
export const readFileRows = (settings: SourceSettings): ((collection: string, text: string) => RowsRead) => {
  const tables = compileSource(settings)
  return (name, text) => {
    const read = tables.reader(name)
    const collection = tables.collections.find((known) => known.name === name)
    if (read === undefined || collection === undefined) return nameless(tables, name)
    const { columns, rows, broken } = readTable(text)
    if (columns.length === 0) return { rows: [], problems: [] }
    if (!keyMembers(collection).some((member) => columns.includes(member))) return strange(name)
    return fileRows(read, collection, rows, new Set(broken))
  }
}
