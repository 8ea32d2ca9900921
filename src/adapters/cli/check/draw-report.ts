/**
 * The report of `check`: what the settings are, then what the stream shows.
 *
 *     events.ndjson: 48 events of 19 people; 31 mapped, …
 *
 *       2  people get a second lead: …
 *          line 3 by anonymousId, line 17 by email
 *          → call identify first, …
 *
 * @module
 */
import type { Counted } from '../input/piece.js'
import { type Tally, tallyLines } from '../map/tally.js'
import type { Paint } from '../text/paint.js'
import { printable } from '../text/printable.js'
import { wrap } from '../text/wrap.js'
import type { Finding } from './findings.js'
import { mostIds } from './people.js'

const margin = ' '.repeat(9)

const plural = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`

/** What settings come to, indented. */
export const drawSettings = (text: string, columns: number): string =>
  wrap(text, columns - 2)
    .map((line) => `  ${line}\n`)
    .join('')

const hanging = (text: string, columns: number): string =>
  wrap(text, columns - margin.length)
    .map((line, i) => (i === 0 ? line : margin + line))
    .join('\n')

const drawFinding = (finding: Finding, columns: number, paint: Paint): string => {
  const { count, what, examples, mend } = finding
  const brush = finding.isAccepted === true ? paint.faint : paint.odd
  const lines = [
    `${brush(String(count).padStart(7))}  ${paint.strong(hanging(what, columns))}`,
    `${margin}${hanging(examples.join('; '), columns)}`,
    `${margin}${paint.faint(hanging(`→ ${mend}`, columns))}`
  ]
  return `${lines.join('\n')}\n`
}

const drawNothing = (findings: ReadonlyArray<Finding>, columns: number): string => {
  if (findings.length === 0) return ''
  const lines = findings.map(({ what }) => `      0  ${hanging(what, columns)}\n`)
  return `\n${lines.join('')}`
}

/** What a stream shows: counts, findings, and what was looked for in vain. */
export const drawStream = (
  name: string,
  tally: Tally,
  counted: Counted,
  people: number,
  findings: ReadonlyArray<Finding>,
  columns: number,
  paint: Paint
): string => {
  const found = findings.filter(({ count }) => count > 0)
  const [first = '', second = ''] = tallyLines(tally, counted).split('\n')
  return [
    `\n${paint.strong(printable(name))}: ${plural(people, 'person').replace('persons', 'people')} in ${first}\n${second}\n`,
    ...found.map((finding) => `\n${drawFinding(finding, columns, paint)}`),
    drawNothing(
      findings.filter(({ count }) => count === 0),
      columns
    )
  ].join('')
}

/** What to say when the table of people was full. */
export const fullRemark = `\nMore than ${mostIds} ids: people whose ids are all beyond that are not followed, so the counts of people are least counts.\n`
