/**
 * What is said of an event: one line for people, one line of JSON for programs. Neither ever holds a value of the event.
 *
 *     line 12: traits.email: found a number; send it as text [invalid]
 *     {"line":12,"messageId":"m-12","settings":null,"weight":"invalid","at":"traits.email","text":"…","problem":{…}}
 *
 * @module
 */
import { printPath } from '../../ground/path.js'
import { describeProblem, type Problem } from '../../ground/problem.js'
import type { Counted } from './input/piece.js'
import { type Paint, plainPaint } from './text/paint.js'
import { printable } from './text/printable.js'
import type { World } from './world.js'

/** Which event is spoken of: `number` is null for what happens before any, `messageId` is null when the event has none. */
export interface Numbered {
  readonly number: number | null
  readonly counted: Counted
  readonly messageId: string | number | null
}

/** A problem of an event; `settings` names the file whose mapping found it, where there are several. */
export interface SaidProblem extends Numbered {
  readonly _tag: 'Problem'
  readonly settings: string | null
  readonly problem: Problem
}

/** A line that is no event at all. */
export interface SaidUnread extends Numbered {
  readonly _tag: 'Unread'
  readonly why: string
}

/** What is said of an event. */
export type Said = SaidProblem | SaidUnread

/** What is said of a piece that is no event. */
export const saidUnread = (number: number, counted: Counted, why: string): SaidUnread => ({
  _tag: 'Unread',
  number,
  counted,
  messageId: null,
  why
})

const nameOf = ({ number, counted }: Numbered): string => (number === null ? 'page load' : `${counted} ${number}`)

const weightOf = (said: Said): string => (said._tag === 'Unread' ? 'unreadable' : said.problem.weight)

/** The line without its number: what stands in a row of a table. */
export const describeSaid = (said: Said): string => {
  if (said._tag === 'Unread') return said.why
  const text = printable(describeProblem(said.problem))
  return said.settings === null ? text : `${printable(said.settings)}: ${text}`
}

/** What was lost, in the colour of how much that is. */
export const paintWeight = (weight: string, paint: Paint): string => {
  const word = `[${weight}]`
  if (weight === 'skipped') return paint.faint(word)
  return weight === 'dropped' || weight === 'warning' ? paint.odd(word) : paint.bad(word)
}

/** One line for people, ended. */
export const printSaid = (said: Said, paint: Paint = plainPaint): string =>
  `${nameOf(said)}: ${describeSaid(said)} ${paintWeight(weightOf(said), paint)}\n`

/** Says it on standard error, to people or to programs. */
export const say = (world: World, said: Said): void =>
  world.err.write(world.json ? printSaidAsJson(said) : printSaid(said, world.errPaint))

/** A problem as a line of JSON, ended; `line` is where the input has what it is about, null where that is no input. */
export const problemJson = (problem: Problem, line: number | null = null): string => {
  const row = { line, messageId: null, settings: null, weight: problem.weight, at: printPath(problem.at) }
  return `${JSON.stringify({ ...row, text: describeProblem(problem), problem })}\n`
}

/** One line of JSON, ended. */
export const printSaidAsJson = (said: Said): string => {
  const { number: line, messageId } = said
  const weight = weightOf(said)
  const row =
    said._tag === 'Unread'
      ? { line, messageId, settings: null, weight, at: null, text: said.why, problem: null }
      : {
          line,
          messageId,
          settings: said.settings,
          weight,
          at: printPath(said.problem.at),
          text: describeProblem(said.problem),
          problem: said.problem
        }
  return `${JSON.stringify(row)}\n`
}
