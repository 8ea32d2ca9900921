/**
 * Rows as they came, laid into one row for each id.
 *
 *     leads.rows.ndjson ──lines──▶ rows by id ──▶ leads.ndjson or leads.csv
 *
 * The rows of one collection are held at a time.
 *
 * @module
 */
import { StringDecoder } from 'node:string_decoder'
import { isRecord } from '../../../ground/json.js'
import type { Collection, Row, SourceRow } from '../../../source/collection.js'
import { mergeRow } from '../../../source/upsert.js'
import { fileError } from '../stream-sink.js'
import type { Input } from '../world.js'

/** A row as it came, as a line. */
export const journalLine = ({ partial, row }: Pick<SourceRow, 'partial' | 'row'>): string =>
  `${JSON.stringify(partial ? { partial, row } : { row })}\n`

const isRow = (u: unknown): u is Row =>
  isRecord(u) && Object.values(u).every((cell) => cell === null || typeof cell !== 'object')

/** A line read back; undefined for one that was cut off when a command was killed: its rows come again. */
const rowIn = (line: string): Pick<SourceRow, 'partial' | 'row'> | undefined => {
  try {
    const told: unknown = JSON.parse(line)
    return isRecord(told) && isRow(told.row) ? { partial: told.partial === true, row: told.row } : undefined
  } catch {
    return undefined
  }
}

async function* linesOf({ chunks }: Input): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  for await (const chunk of chunks) {
    if (chunk._tag === 'Left') throw fileError(chunk.left)
    const lines = (rest + decoder.write(chunk.right)).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  yield rest
}

/** Rows laid into each other, by id as text, and how many there were before. */
export interface Compacted {
  readonly rows: ReadonlyArray<Row>
  readonly told: number
}

const byText = (a: string, b: string): number => (a < b ? -1 : 1)

/** Reads what came of a collection. */
export const compacted = async (collection: Collection, input: Input): Promise<Compacted> => {
  const columns = collection.columns.map(({ name }) => name)
  const byId = new Map<string, Row>()
  let told = 0
  for await (const line of linesOf(input)) {
    const read = rowIn(line)
    const id = read?.row.id
    if (read === undefined || typeof id !== 'string') continue
    told += 1
    byId.set(id, mergeRow(byId.get(id), { collection: collection.name, ...read }, columns))
  }
  const ids = [...byId.keys()].sort(byText)
  const rows = ids.flatMap((id) => {
    const row = byId.get(id)
    return row === undefined ? [] : [row]
  })
  return { rows, told }
}
