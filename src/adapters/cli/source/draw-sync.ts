/**
 * What a sync came to, as a table to read; and how far one has got, in a line.
 *
 *     [==========--------------------]  4 of 12 collections, 12345 rows, 61 calls, 2 jobs waiting
 *
 * @module
 */
import type { CollectionCost } from '../../../source/sync/state.js'
import type { SyncProgress } from '../../fetch/sync-config.js'
import { drawBar } from '../progress.js'
import type { Paint } from '../text/paint.js'
import { printable } from '../text/printable.js'
import type { FileWritten } from './row-files.js'

const plural = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`

const sum = (numbers: ReadonlyArray<number>): number => numbers.reduce((all, n) => all + n, 0)

/** How far a sync has got. */
export const drawStatus = ({ collections: { read, all }, rows, calls, jobs }: SyncProgress): string => {
  const told = `${read} of ${plural(all, 'collection')}, ${plural(sum(Object.values(rows)), 'row')}, ${plural(calls, 'call')}`
  return `${drawBar(read / Math.max(1, all))}  ${told}${jobs === 0 ? '' : `, ${plural(jobs, 'job')} waiting`}`
}

/** A while in words. */
export const drawWhile = (millis: number): string => {
  const minutes = millis / 60_000
  if (minutes < 2) return `${(millis / 1_000).toFixed(1)} s`
  return minutes < 120 ? `${Math.round(minutes)} min` : `${(minutes / 60).toFixed(1)} h`
}

/** What a collection cost in this command: what it cost by now without what it had cost before. */
export const costSince = (
  before: Readonly<Record<string, CollectionCost>>,
  after: Readonly<Record<string, CollectionCost>>,
  collection: string
): CollectionCost => {
  const nothing: CollectionCost = { calls: 0, bytes: 0, rows: 0 }
  const [was, is] = [new Map(Object.entries(before)), new Map(Object.entries(after))]
  const [a, b] = [was.get(collection) ?? nothing, is.get(collection) ?? nothing]
  return { calls: b.calls - a.calls, bytes: b.bytes - a.bytes, rows: b.rows - a.rows }
}

/** A row of the table: a file, and what its collection cost. */
export interface Drawn extends FileWritten {
  readonly cost: CollectionCost
}

const widths = [9, 9, 9, 13] as const

const line = (name: string, nameWidth: number, cells: ReadonlyArray<string | number>, file: string): string => {
  const numbers = cells.map((cell, i) => String(cell).padStart(widths[i] ?? 9)).join('')
  return `${`${name.padEnd(nameWidth)}${numbers}  ${file}`.trimEnd()}\n`
}

/** The same as one JSON document; `unread` are collections that were not read to their end. */
export const syncJson = (
  from: string,
  millis: number,
  files: ReadonlyArray<Drawn>,
  unread: ReadonlyArray<string>
): string => {
  const all = files.map(({ collection, path, rows, cost }) => ({ collection, path, rows, cost }))
  return `${JSON.stringify({ from, millis, files: all, unread }, null, 2)}\n`
}

/** The table: a row for each file. */
export const drawFiles = (files: ReadonlyArray<Drawn>, paint: Paint): string => {
  const width = Math.max('collection'.length, ...files.map(({ collection }) => collection.length))
  const cells = ({ rows, cost }: Pick<Drawn, 'rows' | 'cost'>) => [rows, cost.rows, cost.calls, cost.bytes]
  const all = {
    rows: sum(files.map(({ rows }) => rows)),
    cost: {
      rows: sum(files.map(({ cost }) => cost.rows)),
      calls: sum(files.map(({ cost }) => cost.calls)),
      bytes: sum(files.map(({ cost }) => cost.bytes))
    }
  }
  return [
    paint.strong(line('COLLECTION', width, ['ROWS', 'AS READ', 'CALLS', 'JOB BYTES'], 'FILE')),
    ...files.map((file) => line(file.collection, width, cells(file), printable(file.path))),
    line('in all', width, cells(all), '')
  ].join('')
}
