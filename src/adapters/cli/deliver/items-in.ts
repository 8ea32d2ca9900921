/**
 * The items of an input, read as they are asked for.
 *
 *     bytes ──▶ pieces ──▶ lines ──mapped──▶ items
 *                            └──▶ problems, said at once; what cannot be delivered, to the dead letter
 *
 * @module
 */
import type { Item } from '../../../delivery/outcome.js'
import { isRecord } from '../../../ground/json.js'
import type { MunchkinId } from '../../../marketo/munchkin-id.js'
import { parsePiece } from '../input/parse-piece.js'
import type { Counted, Piece } from '../input/piece.js'
import { splitInput } from '../input/split-input.js'
import { mapEvent, type Result, type Target } from '../map/result.js'
import { countEnding, countUnread, type Tally } from '../map/tally.js'
import { type Said, saidUnread } from '../said.js'
import type { Input } from '../world.js'
import type { Ledger } from './ledger.js'
import { type CallCounts, countNaive } from './naive.js'
import { readLine } from './read-line.js'

/** Who is told of what stands in the input. */
export interface Reader {
  readonly munchkinId: MunchkinId
  readonly targets: ReadonlyArray<Target>
  readonly ledger: Ledger
  readonly tally: Tally
  readonly naive: CallCounts
  readonly say: (said: Said) => void
  /** A line for the dead letter. */
  readonly bury: (value: unknown) => void
  /** So many bytes were read. */
  readonly rest: (bytes: number) => Promise<void>
  counted: Counted
  given: number
  held: number
  failure: string | undefined
  last: number
}

const eventName = ({ event }: Result): string | null => {
  const named = isRecord(event) && event.type === 'track' ? event.event : isRecord(event) ? event.type : null
  return typeof named === 'string' ? named : null
}

const itemsOf = (reader: Reader, number: number, result: Result): ReadonlyArray<Item> => {
  const event = eventName(result)
  const messageId = result.messageId === null ? null : String(result.messageId)
  const { intents } = result
  countNaive(reader.naive, intents)
  return intents.map((intent, i) => ({ id: `${number}.${i}`, messageId, event, intent }))
}

const takeEvent = (reader: Reader, number: number, event: unknown): ReadonlyArray<Item> => {
  const result = mapEvent(reader.targets)(event, number, reader.counted)
  for (const said of result.said) reader.say(said)
  const problems = result.said.map(({ problem }) => problem)
  countEnding(reader.tally, result.ending, result.intents, problems)
  if (result.ending === 'invalid') reader.bury({ line: number, messageId: result.messageId, event, problems })
  return itemsOf(reader, number, result)
}

const takePiece = (reader: Reader, piece: Piece): ReadonlyArray<Item> => {
  const { number } = piece
  const unread = (why: string): ReadonlyArray<Item> => {
    reader.say(saidUnread(number, reader.counted, why))
    countUnread(reader.tally)
    return []
  }
  const value = parsePiece(piece)
  if (value._tag === 'Left') return unread(value.left)
  const line = readLine(value.right, reader.munchkinId)
  switch (line._tag) {
    case 'Event':
      return takeEvent(reader, number, line.event)
    case 'Unfit':
      reader.bury(value.right)
      return unread(line.why)
    case 'Held':
      reader.held += 1
      reader.bury(value.right)
      reader.say(saidUnread(number, reader.counted, line.why))
      return []
    case 'Intent':
      reader.given += 1
      countNaive(reader.naive, [line.intent])
      return [{ id: `${number}.0`, messageId: line.messageId, intent: line.intent }]
  }
}

/** The items, one after another; an input that cannot be read to its end says so in `failure`. */
export async function* itemsIn(reader: Reader, input: Input): AsyncGenerator<Item> {
  const splitter = splitInput()
  // Piece by piece: what is not asked for is not read, and whoever stops here knows where.
  function* taken(pieces: ReadonlyArray<Piece>): Generator<Item> {
    for (const piece of pieces) {
      reader.counted = splitter.counted()
      const items = takePiece(reader, piece)
      reader.ledger.open(piece.number, items)
      reader.last = piece.number
      yield* items
    }
  }
  for await (const chunk of input.chunks) {
    if (chunk._tag === 'Left') {
      reader.failure = chunk.left
      return
    }
    yield* taken(splitter.push(chunk.right))
    await reader.rest(chunk.right.length)
  }
  yield* taken(splitter.end())
  await reader.rest(0)
}
