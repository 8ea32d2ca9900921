/**
 * Pieces: a stream of bytes, cut into the texts of single events.
 *
 *     bytes ──splitter──▶ pieces ──parsePiece──▶ values
 *
 * A splitter is fed chunk by chunk and keeps no more than one event's text, so a stream of any length passes through.
 *
 * @module
 */

/** The text of one event; `number` is its line, or its position in a list, from 1. */
export interface Text {
  readonly _tag: 'Text'
  readonly number: number
  readonly text: string
}

/** A part of the stream that is no event, and how to mend it. */
export interface Unread {
  readonly _tag: 'Unread'
  readonly number: number
  readonly why: string
}

/** What a splitter gives. */
export type Piece = Text | Unread

/** What `number` counts: lines of the file, or items of a list. */
export type Counted = 'line' | 'item'

/** A stream cut into pieces; `end` gives what is left when no more chunks come. */
export interface Splitter {
  readonly push: (chunk: Buffer) => ReadonlyArray<Piece>
  readonly end: () => ReadonlyArray<Piece>
}

/** The longest event that is read, in bytes. Segment itself takes 32 kB. */
export const longestEvent = 1_000_000

/** A {@link Text}. */
export const textPiece = (number: number, text: string): Text => ({ _tag: 'Text', number, text })

/** An {@link Unread}. */
export const unread = (number: number, why: string): Unread => ({ _tag: 'Unread', number, why })

/** Why a piece that is too long was skipped. */
export const tooLong = 'is longer than 1 MB and was skipped; Segment takes 32 kB at most, so this is hardly one event'
