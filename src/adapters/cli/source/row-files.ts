/**
 * The files of a sync: rows are put down as they come, and laid into one row for each id at the end.
 *
 *     out/leads.rows.ndjson   as they came, those that tell only of some columns marked: {"partial":true,"row":{…}}
 *     out/leads.ndjson        one row for each id, written anew at the end
 *
 * @module
 */
import * as E from 'fp-ts/Either'
import type { Collection, Row, SourceRow } from '../../../source/collection.js'
import type { RowForm } from '../request.js'
import { fileError } from '../stream-sink.js'
import type { Sink, World } from '../world.js'
import { compacted, journalLine } from './compact.js'
import { rowTexts } from './row-text.js'

/** A file that was written: its collection, its path, how many rows it has, and how many came. */
export interface FileWritten {
  readonly collection: string
  readonly path: string
  readonly rows: number
  readonly told: number
}

/** Where rows go. */
export interface RowFiles {
  /** Settles when the rows are on the disk. */
  readonly take: (rows: ReadonlyArray<SourceRow>) => Promise<void>
  /** Writes the files anew; with `keeps` what came stays for a sync that goes on. */
  readonly finish: (keeps: boolean) => Promise<ReadonlyArray<FileWritten>>
}

/** Rows written at once. */
const batch = 1_000

const writeAll = async (
  world: World,
  path: string,
  head: string,
  rows: ReadonlyArray<Row>,
  line: (row: Row) => string
): Promise<void> => {
  const sink = await world.openOutput(`${path}.part`)
  if (sink._tag === 'Left') throw fileError(sink.left)
  sink.right.write(head)
  for (let i = 0; i < rows.length; i += batch) {
    sink.right.write(
      rows
        .slice(i, i + batch)
        .map(line)
        .join('')
    )
    await sink.right.flush()
  }
  await sink.right.flush()
  await world.storage.rename(`${path}.part`, path)
}

const journalOf = (out: string, name: string): string => `${out}/${name}.rows.ndjson`

const finished = async (
  world: World,
  out: string,
  form: RowForm,
  keeps: boolean,
  collection: Collection
): Promise<FileWritten> => {
  const { name } = collection
  const journal = journalOf(out, name)
  const path = `${out}/${name}.${form}`
  const input = await world.openInput(journal)
  if (input._tag === 'Left') throw fileError(input.left)
  const { rows, told } = await compacted(collection, input.right)
  const { head, line } = rowTexts[form]
  await writeAll(world, path, head(collection), rows, (row) => line(collection, row))
  if (keeps) await writeAll(world, journal, '', rows, (row) => journalLine({ partial: false, row }))
  else await world.storage.remove(journal)
  return { collection: name, path, rows: rows.length, told }
}

/** Files for the rows of these collections in a folder; `goesOn` says that an earlier sync's rows stay. */
export const openRowFiles = async (
  world: World,
  out: string,
  form: RowForm,
  collections: ReadonlyArray<Collection>,
  goesOn: boolean
): Promise<E.Either<string, RowFiles>> => {
  const folder = await world.storage.makeFolder(out)
  if (folder._tag === 'Left') return folder
  const sinks = new Map<string, Sink>()
  for (const { name } of collections) {
    const path = journalOf(out, name)
    if (!goesOn) await world.storage.remove(path)
    const sink = await world.storage.openAppend(path)
    if (sink._tag === 'Left') return sink
    // A command that was killed may have left half a line.
    if (goesOn) sink.right.write('\n')
    sinks.set(name, sink.right)
  }
  return E.right({
    take: async (rows) => {
      for (const row of rows) sinks.get(row.collection)?.write(journalLine(row))
      for (const sink of sinks.values()) await sink.flush()
    },
    finish: async (keeps) => {
      const files: Array<FileWritten> = []
      for (const collection of collections) files.push(await finished(world, out, form, keeps, collection))
      return files
    }
  })
}
