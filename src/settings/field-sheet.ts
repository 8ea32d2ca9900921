/**
 * The fields of an instance out of the sheet that Marketo exports: Admin, Field Management, Export Field Names; saved as CSV.
 *
 *     REST API Name,SOAP API Name,Friendly Label
 *     postalCode,PostalCode,Postal Code
 *
 * No API access is needed for it. It tells names and nothing of types, unless somebody added columns for them (Data Type, Length). Which
 * column is which shows in its head, whatever the order and whatever else stands in it.
 *
 * Sources: Adobe "Export a List of All Marketo API Field Names"; Adobe "List of Standard Fields" (the three names).
 *
 * @module
 */
import { readTable, type Table, type TableRow } from '../endpoints/csv-table.js'
import { malformed, missing, type Problem } from '../ground/problem.js'
import { isNonEmpty, type Remarked, remarked } from '../ground/these.js'
import { valueTypeOf } from '../marketo/value-types.js'
import { type Instance, type InstanceField, joinFields, untold } from './instance.js'

/** What a column's head has in it, letters only. */
// biome-ignore format: table
const heads = {
  rest:   /rest/,
  soap:   /soap/,
  label:  /label|friendly|displayname|^fieldname$/,
  type:   /type/,
  length: /length/
} as const

type Head = keyof typeof heads

/** The name of the first column whose head is such a one. */
const columnIn = ({ columns }: Table, head: Head): string | undefined =>
  columns.find((name) => heads[head].test(name.toLowerCase().replace(/[^a-z]/g, '')))

const cellOf = (row: TableRow, column: string | undefined): string | null => {
  const cell = column === undefined ? null : (row[column]?.trim() ?? null)
  return cell === '' ? null : cell
}

const lengthOf = (cell: string | null): number | null =>
  cell !== null && /^[1-9]\d{0,8}$/.test(cell) ? Number(cell) : null

const readSheet = (table: Table): ReadonlyArray<InstanceField> => {
  const column = (head: Head) => columnIn(table, head)
  const columns = { rest: column('rest'), soap: column('soap'), label: column('label') }
  const facts = { type: column('type'), length: column('length') }
  return table.rows.flatMap((row) => {
    const rest = cellOf(row, columns.rest)
    const soap = cellOf(row, columns.soap)
    const type = cellOf(row, facts.type)
    if (rest === null && soap === null) return []
    return {
      rest,
      soap,
      label: cellOf(row, columns.label),
      type: type === null ? null : (valueTypeOf(type) ?? null),
      length: lengthOf(cellOf(row, facts.length)),
      readOnly: null
    }
  })
}

const mendHead = 'save the sheet that Field Management exports as CSV, with commas and with its first row'
const mendRow = 'this row is passed over: it has more cells than the first row, or fewer'

/**
 * An instance out of the text of a field-name sheet.
 *
 * @example
 * const read = readFieldSheet('Friendly Label,REST API Name\nPlan Name,planName\n')
 * read._tag === 'Right' && read.right.fields?.map(({ label, rest }) => `${label}: ${rest}`) // => ['Plan Name: planName']
 * @category checking
 * @since 0.1.0
 */
export const readFieldSheet = (text: string): Remarked<Instance> => {
  const table = readTable(text)
  if (columnIn(table, 'rest') === undefined)
    return { _tag: 'Left', left: [missing('invalid', ['REST API Name'], mendHead)] }
  const problems = table.broken.map(
    (row): Problem => malformed('warning', ['rows', row], 'another number of cells', mendRow)
  )
  const fields = joinFields(readSheet(table))
  if (!isNonEmpty(fields)) return { _tag: 'Left', left: [missing('invalid', ['rows'], mendHead)] }
  return remarked({ ...untold, fields }, problems)
}
