/**
 * One row per event, to read: what it was, what became of it, and every problem.
 *
 *     LINE  EVENT             RESULT   WHAT BECOMES OF IT
 *        1  identify          mapped   write lead email=ana@example.com: firstName
 *        2  track Unheard Of  skipped  event: no row maps the event "Unheard Of"; …
 *
 * @module
 */
import type { Counted } from '../input/piece.js'
import { describeSaid, type Said } from '../said.js'
import { type Column, cell, drawHead, drawRow } from '../text/columns.js'
import { describeEvent } from '../text/event-words.js'
import { describeIntent } from '../text/intent-words.js'
import type { Paint } from '../text/paint.js'
import { wrap } from '../text/wrap.js'
import type { Ending, Result } from './result.js'
import { retiredRemark } from './retired.js'
import { type Tally, tallyRows } from './tally.js'
import type { Writer } from './write.js'

const endingWidth = 'unreadable'.length

const columnsFor = (total: number, counted: Counted): ReadonlyArray<Column> => {
  const line = 6
  const event = Math.max(12, Math.min(28, Math.floor(total / 4)))
  return [
    { heading: counted.toUpperCase(), width: line, isNumeric: true },
    { heading: 'EVENT', width: event },
    { heading: 'RESULT', width: endingWidth },
    { heading: 'WHAT BECOMES OF IT', width: Math.max(30, total - line - event - endingWidth - 6) }
  ]
}

const brushFor = (paint: Paint, ending: Ending | 'unreadable'): ((text: string) => string) => {
  if (ending === 'mapped') return paint.good
  if (ending === 'remarks') return paint.odd
  return ending === 'skipped' ? paint.faint : paint.bad
}

/** A problem's own line; beside intents it is marked. */
const problemLine = (said: Said, isBeside: boolean): string =>
  isBeside ? `! ${describeSaid(said)}` : describeSaid(said)

const becomes = ({ intents, said }: Result, isSeveral: boolean): string =>
  [
    ...intents.map((intent) => describeIntent(intent, isSeveral)),
    ...said.map((one) => problemLine(one, intents.length > 0))
  ].join('\n')

const tallyLine = ([name, n]: readonly [string, number]): string => `${name.padEnd(24)}${String(n).padStart(9)}\n`

/** What is to be said of all intents together. */
const remark = ({ intents }: Tally, total: number, paint: Paint): string => {
  const text = retiredRemark(intents)
  return text === '' ? '' : `\n${paint.odd(wrap(text, total).join('\n'))}\n`
}

/** A table of that width; `isSeveral` says that events go to several Marketo instances. */
export const tableWriter = (total: number, paint: Paint, isSeveral: boolean): Writer => {
  const row = drawRow(columnsFor(total, 'line'))
  return {
    tells: true,
    head: (counted) => drawHead(columnsFor(total, counted), paint),
    event: (result) => ({
      text: row([
        cell(result.number ?? ''),
        cell(result.number === null ? 'page load' : describeEvent(result.event)),
        { text: result.ending, paint: brushFor(paint, result.ending) },
        cell(becomes(result, isSeveral))
      ]),
      said: result.said
    }),
    unread: ({ number, why }) =>
      row([cell(number ?? ''), cell(''), { text: 'unreadable', paint: brushFor(paint, 'unreadable') }, cell(why)]),
    foot: (tally, counted) => `\n${tallyRows(tally, counted).map(tallyLine).join('')}${remark(tally, total, paint)}`
  }
}
