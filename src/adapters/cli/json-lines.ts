/**
 * What `--json` makes of standard error: every line a JSON object of one shape, whoever writes it.
 *
 *     line 12: traits.email: found a number; send it as text [invalid]
 *       → {"line":12,"messageId":null,"settings":null,"weight":"invalid","at":null,"text":"traits.email: …","problem":null}
 *
 * A line that is such an object already goes through as it is: those who know more say more. `weight` is what was lost, `refused` where the
 * command could not be carried out, and `note` for anything else.
 *
 * @module
 */
import { parseText } from './input/parse-piece.js'

const isObjectLine = (line: string): boolean => {
  if (!line.startsWith('{')) return false
  const value = parseText(line)
  return value._tag === 'Right' && typeof value.right === 'object'
}

const shape =
  /^(?:(?:line|item|row) (?<line>\d+): )?(?<text>.*?)(?: \[(?<weight>skipped|invalid|dropped|warning|unreadable|failed|unknown)\])?$/

/** The place that a listed problem of a file begins with. */
const listed = /^ {2}(?<at>[^\s:]+): /

/** A line for people as one for programs, without its line feed. */
export const jsonLine = (line: string, usual: 'note' | 'refused' = 'note'): string => {
  const { line: number, text = line, weight = usual } = shape.exec(line)?.groups ?? {}
  const at = listed.exec(line)?.groups?.at ?? null
  const row = { line: number === undefined ? null : Number(number), messageId: null, settings: null, weight, at }
  return JSON.stringify({ ...row, text: text.trim(), problem: null })
}

/** Whether words ask for JSON, also where they cannot be read as a whole. */
export const wantsJson = (words: ReadonlyArray<string>): boolean => words.includes('--json')

/** Why a command could not be carried out, a line of JSON for each line of the text. */
export const jsonRefusal = (text: string): string =>
  text
    .split('\n')
    .flatMap((line) => (line.trim() === '' ? [] : `${jsonLine(line, 'refused')}\n`))
    .join('')

/** Something to write to. */
interface Writable {
  readonly write: (text: string) => void
}

/** A sink whose lines are all JSON; texts that come in are whole lines. */
export const jsonLines = <S extends Writable>(sink: S): S => ({
  ...sink,
  write: (text: string) => {
    for (const line of text.split('\n'))
      if (line.trim() !== '') sink.write(`${isObjectLine(line) ? line : jsonLine(line)}\n`)
  }
})
