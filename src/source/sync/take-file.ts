/**
 * A job's file, whole or in parts.
 *
 *     all its bytes             its window is done
 *     fewer                     the rest is asked for by `Range`, from behind the last whole row
 *     more, or another sum      it is fetched afresh, then the job is made anew
 *     no file any more          the job is made anew
 *
 * What was read twice ends as one row.
 *
 * @module
 */
import { readPart, startTable, type TableReading, type TableRow } from '../../endpoints/csv-table.js'
import type { ExportFile } from '../../endpoints/export-file.js'
import type { Instant } from '../../ground/calendar.js'
import { sha256Hex } from '../../ground/digest.js'
import { malformed, type Problem } from '../../ground/problem.js'
import { utf8Length } from '../../ground/utf8.js'
import type { Refused } from '../../intent/outcome.js'
import type { Lost } from '../../pace/call-end.js'
import type { RowReader } from '../tables.js'
import { leadFields } from './describe.js'
import { type Draft, type InFlight, spend, takeIn, tell } from './state.js'
import { failedJob, isGone, jobDone, makeAgain, type Open, openAt, putJob, tableOf } from './take-job.js'

const noRow = (table: string, row: number): Problem =>
  malformed('invalid', [table, row], 'a row with too few cells, or too many', 'it is left out: look at the file')

const lackingColumn = (table: string, column: string): Problem =>
  malformed('warning', [table, column], 'a file without the column', 'its cells stay empty')

const activityColumns = ['marketoGUID', 'leadId', 'activityDate', 'activityTypeId', 'attributes']

const checkColumns = (draft: Draft, { walk }: Open, { columns }: TableReading): void => {
  const asked = walk.of === 'leads' ? leadFields(draft) : activityColumns
  for (const name of asked) if (columns?.includes(name) === false) tell(draft, lackingColumn(tableOf(walk), name))
}

const takeRows = (draft: Draft, { walk }: Open, from: number, rows: ReadonlyArray<TableRow>, reader: RowReader) => {
  const read = rows.map((row, i) => reader(row, from + i, null))
  takeIn(
    draft,
    read.flatMap((one) => one.rows),
    read.flatMap(({ problems }) => problems)
  )
  return walk
}

/** Reads on in a file. */
const readOn = (draft: Draft, open: Open, text: string, last: boolean, reader: RowReader): Open => {
  const { name, walk, job } = open
  const before = job.reading ?? startTable
  const [reading, rows, broken] = readPart(before, text, last)
  if (before.columns === null && reading.columns !== null) checkColumns(draft, open, reading)
  takeRows(draft, open, before.row, rows, reader)
  takeIn(
    draft,
    [],
    broken.map((row) => noRow(tableOf(walk), row))
  )
  const bytes = utf8Length(text)
  spend(draft, tableOf(walk), { bytes })
  const after = { ...job, reading, got: job.got + bytes }
  putJob(draft, open, after)
  const walked = draft.walks[name]
  return walked?.kind === 'export' ? { name, walk: walked, job: after } : open
}

/** An answer that holds the whole, to a call for the rest, is read from the start. */
const restarted = (draft: Draft, open: Open): Open => {
  const job = { ...open.job, reading: null, got: 0 }
  putJob(draft, open, job)
  const walk = draft.walks[open.name]
  return walk?.kind === 'export' ? { name: open.name, walk, job } : open
}

/** Where a first part comes in, the file begins where the call asked it to, or anew. */
const positioned = (draft: Draft, flight: InFlight, open: Open, partial: boolean): Open =>
  flight.parts > 0 || partial || open.job.reading === null ? open : restarted(draft, open)

/** A byte order mark is dropped by those who decode. */
const mark = 3

const shortened = malformed('warning', ['files'], 'a file that ended early', 'its rest is asked for')
const altered = malformed('warning', ['files'], 'a file that is not what Marketo says', 'it is fetched afresh')

/** Reading goes on behind the last whole row. @internal */
export const cutOff = ({ job }: Open): Open['job'] =>
  job.reading === null ? job : { ...job, reading: { ...job.reading, rest: '' }, got: job.reading.bytes }

const afresh = (draft: Draft, open: Open, now: Instant): void => {
  tell(draft, altered)
  if (open.job.again > 0) return makeAgain(draft, open, now)
  putJob(draft, open, { ...open.job, reading: null, got: 0, again: open.job.again + 1 })
}

const sound = ({ bytes }: Open['job'], got: number): boolean => bytes === null || got === bytes || got + mark === bytes

const end = (draft: Draft, flight: InFlight, open: Open, sum: string | null, now: Instant): void => {
  const { job } = open
  if (sound(job, job.got))
    return sum === null || job.checksum === null || sum === job.checksum
      ? jobDone(draft, open)
      : afresh(draft, open, now)
  if (job.got > (job.bytes ?? 0)) return afresh(draft, open, now)
  tell(draft, shortened)
  const cut = { ...open, job: cutOff(open) }
  putJob(draft, open, cut.job)
  const walk = draft.walks[open.name]
  if (walk?.kind === 'export') failedJob(draft, flight, { ...cut, walk }, { _tag: 'Unanswered' }, now)
}

/** Takes a part of a file, before its end. @internal */
export const takePart = (draft: Draft, flight: InFlight, text: string, partial: boolean, reader: RowReader): void => {
  const open = openAt(draft, flight)
  if (open !== undefined) readOn(draft, positioned(draft, flight, open, partial), text, false, reader)
}

/** The sum of a file that came whole, in one answer; null of others, and where a decoder dropped its mark. */
const sumOf = (flight: InFlight, { text, partial }: ExportFile, { bytes, checksum }: Open['job']): string | null =>
  flight.parts > 0 || partial || checksum === null || utf8Length(text) !== bytes ? null : sha256Hex(text)

/** Takes a file, or what follows its parts. @internal */
export const takeFile = (
  draft: Draft,
  flight: InFlight,
  told: ExportFile | Refused | Lost,
  reader: RowReader,
  now: Instant
): void => {
  const open = openAt(draft, flight)
  if (open === undefined) return
  if (told._tag !== 'ExportFile') {
    const cut = { ...open, job: cutOff(open) }
    putJob(draft, open, cut.job)
    const walk = draft.walks[open.name]
    if (walk?.kind !== 'export') return
    if (isGone(told)) makeAgain(draft, { ...cut, walk }, now)
    else failedJob(draft, flight, { ...cut, walk }, told, now)
    return
  }
  const sum = sumOf(flight, told, open.job)
  const read = readOn(draft, positioned(draft, flight, open, told.partial), told.text, false, reader)
  // Only a file that is all there ends with a row: of one that was cut off, the last is half of one.
  end(draft, flight, sound(read.job, read.job.got) ? readOn(draft, read, '', true, reader) : read, sum, now)
}
