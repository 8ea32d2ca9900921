/**
 * Activities out of an input: JSON, one a line or as a list, or a file of Marketo's bulk extract.
 *
 *     activities.ndjson   read as it comes, told by line or item
 *     activities.csv      read whole, for a cell may hold lines; told by row, from 1, the names apart
 *
 * @module
 */
import { readActivitiesFile } from '../../../endpoints/export-file.js'
import { parsePiece } from '../input/parse-piece.js'
import { readPieces } from '../input/read-pieces.js'
import type { Input } from '../world.js'

/** An activity of an input, or why there is none; `place` names it. */
export type Taken =
  | { readonly _tag: 'Activity'; readonly place: string; readonly activity: unknown }
  | { readonly _tag: 'Unread'; readonly place: string; readonly why: string }

/** What is done with an input; `rest` is called with the bytes that were read, and false ends the reading. */
export interface ActivityTaker {
  readonly take: (taken: Taken) => void
  readonly rest: (bytes: number) => Promise<boolean>
}

const readJson = (input: Input, { take, rest }: ActivityTaker): Promise<string | undefined> =>
  readPieces(input.chunks, {
    take: (piece, counted) => {
      const value = parsePiece(piece)
      const place = `${counted} ${piece.number}`
      take(
        value._tag === 'Left'
          ? { _tag: 'Unread', place, why: value.left }
          : { _tag: 'Activity', place, activity: value.right }
      )
    },
    rest
  })

const unfit = 'has more cells than there are columns, or fewer, and was skipped'

const takeRows = (text: string, { take }: ActivityTaker): string | undefined => {
  const { columns, activities, broken } = readActivitiesFile(text)
  if (columns.length > 0 && !columns.includes('leadId')) return 'this is no file of activities: it has no column leadId'
  const missing = new Set(broken)
  let row = 0
  for (const activity of activities) {
    for (; missing.has(row); row += 1) take({ _tag: 'Unread', place: `row ${row + 1}`, why: unfit })
    take({ _tag: 'Activity', place: `row ${row + 1}`, activity })
    row += 1
  }
  for (; missing.has(row); row += 1) take({ _tag: 'Unread', place: `row ${row + 1}`, why: unfit })
  return undefined
}

const readCsv = async (input: Input, taker: ActivityTaker): Promise<string | undefined> => {
  const chunks: Array<Buffer> = []
  for await (const chunk of input.chunks) {
    if (chunk._tag === 'Left') return chunk.left
    chunks.push(chunk.right)
  }
  const bytes = Buffer.concat(chunks)
  const refusal = takeRows(bytes.toString('utf8'), taker)
  await taker.rest(bytes.length)
  return refusal
}

/** Feeds every activity to the taker. Answers why the input could not be read to its end, if so. */
export const readActivities = (input: Input, isCsv: boolean, taker: ActivityTaker): Promise<string | undefined> =>
  isCsv ? readCsv(input, taker) : readJson(input, taker)
