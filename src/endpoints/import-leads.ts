/**
 * Bulk Lead Import: a file of leads, written some minutes later.
 *
 *     POST /bulk/v1/leads.json?format=csv&lookupField=email        multipart, one part: file
 *     email,firstName                                              { batchId: 1022, importId: "1022", status: "Queued" }
 *     ana@example.com,Ana
 *
 * One file has one lookup field, one partition and one set of columns. A batch is grouped by all three: a field that a record leaves
 * alone must not become an empty cell, which could clear it. Rows stand in the order of their intents; a file stays below 10,000,000
 * bytes. An import makes the lead where there is none, but for the lookup by `id`, which only updates.
 *
 * How a job goes is asked for by its number (import-status.ts), and which rows failed after it (import-rows.ts). An instance takes ten
 * jobs at once (1016).
 *
 * Sources: Adobe "Bulk Import", "Bulk Lead Import", and its OpenAPI file; "Error Codes" (413, 1016).
 *
 * @module
 */
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { ownMember } from '../ground/json.js'
import { conflict, malformed, type Problem } from '../ground/problem.js'
import { isWellFormed, utf8Length } from '../ground/utf8.js'
import { type Described, type HttpRequest, live, type Pairs } from '../intent/descriptor.js'
import type { Fields, UpsertLead } from '../intent/intent.js'
import { byteLimits } from '../marketo/limits.js'
import { type Draft, described, newDraft } from './batch.js'
import { type CsvRecord, csvLine, csvRecord } from './csv-cells.js'
import { writtenFields } from './field-values.js'
import { lacksKey, unfitId } from './upsert-key.js'

/** What all rows of one file share. */
type Shared = Pick<UpsertLead, 'munchkinId' | 'partitionName'> & { readonly lookupField: string }

/** Rows that can share a file, and its first row. */
interface Sheet extends Shared {
  readonly head: string
  readonly lines: Array<{ readonly intent: number; readonly text: string }>
}

const mendAction = 'an import makes the lead where there is none: use Sync Leads for an update only, or look up by id'
const mendIdAction = 'an import looked up by the number of a lead only updates: say updateOnly'
const mendIdKey = 'the number of a lead is given by Marketo, and can be no more than the key'

/** The partition stands in the URL, where every surrogate needs its other half. */
const unfitPartition = (partitionName: string | null): Problem | undefined =>
  partitionName === null || isWellFormed(partitionName)
    ? undefined
    : malformed('invalid', ['partitionName'], 'text with half a surrogate pair', 'send well-formed text')

const unfitUpsert = (upsert: UpsertLead, fields: Fields): Problem | undefined => {
  const { action, lead } = upsert
  const byId = lead.lookupField === 'id'
  if (action === 'updateOnly' && !byId) return malformed('invalid', ['action'], 'updateOnly', mendAction)
  const problem = lacksKey(upsert, fields)
  if (problem !== undefined || ownMember(fields, 'id') === undefined) return problem
  if (!byId) return conflict('invalid', ['fields', 'id'], ['lead', 'lookupField'], mendIdKey)
  return action === 'updateOnly' ? unfitId(fields) : conflict('invalid', ['fields', 'id'], ['action'], mendIdAction)
}

const sheetOf = (sheets: Map<string, Sheet>, upsert: UpsertLead, { columns }: CsvRecord): Sheet => {
  const { munchkinId, lead, action } = upsert
  const partitionName = action === 'updateOnly' ? null : upsert.partitionName
  const name = JSON.stringify([munchkinId, partitionName, ...columns])
  const known = sheets.get(name)
  if (known !== undefined) return known
  const made: Sheet = {
    munchkinId,
    partitionName,
    lookupField: lead.lookupField,
    head: csvLine(columns),
    lines: []
  }
  sheets.set(name, made)
  return made
}

const row = (upsert: UpsertLead, intent: number, sheets: Map<string, Sheet>): Problem | undefined => {
  const written = writtenFields(upsert.fields, true)
  if (written._tag === 'Left') return written.left
  const problem = unfitPartition(upsert.partitionName) ?? unfitUpsert(upsert, written.right.fields)
  if (problem !== undefined) return problem
  const record = csvRecord(upsert.lead.lookupField, written.right.fields)
  if (record._tag === 'Left') return record.left
  sheetOf(sheets, upsert, record.right).lines.push({ intent, text: csvLine(record.right.cells) })
  return undefined
}

const queryOf = ({ lookupField, partitionName }: Shared): Pairs => [
  ['format', 'csv'],
  ['lookupField', lookupField],
  ...(partitionName === null ? [] : [['partitionName', partitionName] as const])
]

/** The name of the one part that an import takes. @internal */
export const filePart = 'file'

const requestOf = (shared: Shared, text: string): HttpRequest => ({
  _tag: 'HttpRequest',
  endpoint: 'importLeads',
  munchkinId: shared.munchkinId,
  host: 'bulk',
  method: 'POST',
  path: ['bulk', 'v1', 'leads.json'],
  query: queryOf(shared),
  headers: {},
  body: { multipart: [{ name: filePart, text, fileName: 'leads.csv', contentType: 'text/csv' }] },
  auth: 'bearer',
  lifecycle: live
})

const tooLarge: Problem = malformed(
  'invalid',
  [],
  'a record that alone fills more than one file',
  `a file stays below ${byteLimits.importFile} bytes: shorten its values`
)

/** The rows of a sheet in files that stay below the limit, each as full as the order of the rows allows. */
const writeSheet = (draft: Draft, sheet: Sheet): void => {
  const frame = utf8Length(sheet.head)
  let file: Array<Sheet['lines'][number]> = []
  let bytes = frame
  const close = (): void => {
    if (file.length > 0) {
      const descriptor = requestOf(sheet, sheet.head + file.map(({ text }) => text).join(''))
      draft.calls.push({ descriptor, intents: file.map(({ intent }) => intent), slots: [] })
    }
    file = []
    bytes = frame
  }
  for (const line of sheet.lines) {
    const more = utf8Length(line.text)
    if (frame + more >= byteLimits.importFile) draft.unsent.push({ intent: line.intent, problem: tooLarge })
    else {
      if (bytes + more >= byteLimits.importFile) close()
      file.push(line)
      bytes += more
    }
  }
  close()
}

/**
 * Bulk import calls for a batch of upserts, of any instances, lookup fields, partitions and sets of fields. Row k of a call's file, its
 * first row apart, carries the k-th of its `intents`: keep the call, or describe the same batch again, to read the file of failures.
 *
 * @example
 * import { describeImportLeads } from 'segment-marketo/endpoints'
 * import { isMunchkinId } from 'segment-marketo/marketo'
 *
 * const munchkinId = '561-HYG-937'
 * const email = 'ana@example.com'
 * const described = isMunchkinId(munchkinId)
 *   ? describeImportLeads([
 *       {
 *         _tag: 'UpsertLead',
 *         munchkinId,
 *         lead: { lookupField: 'email', value: email },
 *         fields: { email, firstName: 'Ana "A", Cruz' },
 *         action: 'createOrUpdate',
 *         partitionName: null
 *       }
 *     ])
 *   : undefined
 * const body = described?._tag === 'Right' ? described.right[0].descriptor.body : null
 * body !== null && 'multipart' in body && body.multipart[0]?.text
 * // => 'email,firstName\r\nana@example.com,"Ana ""A"", Cruz"\r\n'
 * @category endpoints
 * @since 0.1.0
 */
export const describeImportLeads = (upserts: ReadonlyNonEmptyArray<UpsertLead>): Described<HttpRequest> => {
  const draft = newDraft()
  const sheets = new Map<string, Sheet>()
  upserts.forEach((upsert, intent) => {
    const problem = row(upsert, intent, sheets)
    if (problem !== undefined) draft.unsent.push({ intent, problem })
  })
  for (const sheet of sheets.values()) writeSheet(draft, sheet)
  return described(draft)
}
