/**
 * A job's file, whole or in parts.
 *
 *     all its bytes             its window is done
 *     fewer                     the rest is asked for by `Range`, from behind the last whole row
 *     more, or another sum      it is fetched afresh, then the job is made anew
 *     no file any more          the job is made anew
 *     no file at all            asked for again: a gateway's page may stand in its place
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
import { failedJob, isGone, jobDone, makeAgain, type Open, openAt, placed, putJob, tableOf } from './take-job.js'

const noRow = (table: string, row: number): Problem =>
  malformed('invalid', [table, row], 'a row with too few cells, or too many', 'it is left out: look at the file')

const lackingColumn = (table: string, column: string): Problem =>
  malformed('warning', [table, column], 'a file without the column', 'its cells stay empty')

const activityColumns = ['marketoGUID', 'leadId', 'activityDate', 'activityTypeId', 'attributes']

const checkColumns = (draft: Draft, { walk }: Open, { columns }: TableReading): void => {
  const asked = walk.of === 'leads' ? leadFields(draft) : activityColumns
  for (const name of asked) if (columns?.includes(name) === false) tell(draft, lackingColumn(tableOf(walk), name))
}

/** A gateway's page may stand in the place of a file: its first line is no line of our columns. */
const isStrange = ({ walk }: Open, { columns }: TableReading): boolean =>
  columns !== null && !columns.includes(walk.of === 'leads' ? 'id' : 'leadId')

const takeRows = (draft: Draft, from: number, rows: ReadonlyArray<TableRow>, reader: RowReader): void => {
  const read = rows.map((row, i) => reader(row, from + i, null))
  takeIn(
    draft,
    read.flatMap((one) => one.rows),
    read.flatMap(({ problems }) => problems)
  )
}

/** Reads on in a file; nothing is taken from what is none. */
const readOn = (draft: Draft, open: Open, text: string, last: boolean, reader: RowReader): Open => {
  const { walk, job } = open
  const bytes = utf8Length(text)
  spend(draft, tableOf(walk), { bytes })
  const before = job.reading ?? startTable
  if (isStrange(open, before)) return open
  const [reading, rows, broken] = readPart(before, text, last)
  const after = { ...job, reading, got: job.got + bytes }
  if (isStrange(open, reading)) return placed(draft, open, after)
  if (before.columns === null && reading.columns !== null) checkColumns(draft, open, reading)
  takeRows(draft, before.row, rows, reader)
  takeIn(
    draft,
    [],
    broken.map((row) => noRow(tableOf(walk), row))
  )
  return placed(draft, open, after)
}

/** Nothing of a file was read. */
const unread = { reading: null, got: 0 } as const

/** Where a first part comes in, the file begins where the call asked it to; an answer that holds the whole is read from the start. */
const positioned = (draft: Draft, flight: InFlight, open: Open, partial: boolean): Open =>
  flight.parts > 0 || partial || open.job.reading === null ? open : placed(draft, open, { ...open.job, ...unread })

/** A byte order mark is dropped by those who decode. */
const mark = 3

const shortened = malformed('warning', ['files'], 'a file that ended early', 'its rest is asked for')
const altered = malformed('warning', ['files'], 'a file that is not what Marketo says', 'it is fetched afresh')
const noFile = malformed('warning', ['files'], 'no file of an extract', 'it is asked for again')

/** Reading goes on behind the last whole row, or from the start where there was none. */
const cutOff = (draft: Draft, open: Open): Open => {
  const { job } = open
  const { reading } = job
  if (reading === null) return open
  const place = isStrange(open, reading) ? unread : { reading: { ...reading, rest: '' }, got: reading.bytes }
  return placed(draft, open, { ...job, ...place })
}

const afresh = (draft: Draft, open: Open, now: Instant): void => {
  tell(draft, altered)
  if (open.job.again > 0) return makeAgain(draft, open, now)
  putJob(draft, open, { ...open.job, ...unread, again: open.job.again + 1 })
}

/** Whether a file is all there; what lacks just a mark's bytes lacks others where its sum tells so. */
const sound = ({ bytes, got, checksum }: Open['job'], sum: string | null): boolean =>
  bytes === null || got === bytes || (got + mark === bytes && (sum === null || sum === checksum))

/** What is lacking is asked for, as after an answer that was lost. */
const askOn = (draft: Draft, flight: InFlight, open: Open, why: Problem, now: Instant): void => {
  tell(draft, why)
  failedJob(draft, flight, cutOff(draft, open), { _tag: 'Unanswered' }, now)
}

const end = (draft: Draft, flight: InFlight, open: Open, sum: string | null, now: Instant): void => {
  const { job } = open
  if (job.reading !== null && isStrange(open, job.reading)) return askOn(draft, flight, open, noFile, now)
  if (sound(job, sum)) return sum === null || sum === job.checksum ? jobDone(draft, open) : afresh(draft, open, now)
  return job.got > (job.bytes ?? 0) ? afresh(draft, open, now) : askOn(draft, flight, open, shortened, now)
}

/** Takes a part of a file, before its end. @internal */
export const takePart = (draft: Draft, flight: InFlight, text: string, partial: boolean, reader: RowReader): void => {
  const open = openAt(draft, flight)
  if (open !== undefined) readOn(draft, positioned(draft, flight, open, partial), text, false, reader)
}

/** The sum of a file that came whole, in one answer, as its length tells, also where a decoder dropped its mark; null of others. */
const sumOf = ({ text }: ExportFile, { bytes, checksum }: Open['job']): string | null => {
  if (checksum === null) return null
  const length = utf8Length(text)
  if (length === bytes) return sha256Hex(text)
  return length + mark === bytes ? sha256Hex(`\ufeff${text}`) : null
}

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
    const cut = cutOff(draft, open)
    if (isGone(told)) makeAgain(draft, cut, now)
    else failedJob(draft, flight, cut, told, now)
    return
  }
  const sum = sumOf(told, open.job)
  const read = readOn(draft, positioned(draft, flight, open, told.partial), told.text, false, reader)
  // Only a file that is all there ends with a row: of one that was cut off, the last is half of one.
  end(draft, flight, sound(read.job, sum) ? readOn(draft, read, '', true, reader) : read, sum, now)
}
