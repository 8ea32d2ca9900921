/**
 * The choice of an event, where there are several.
 *
 *     Event [ 2. track Order Completed – mapped  v ] [ ‹ ] [ › ]
 *
 * @module
 */
import type { EventResult } from '../model/results.js'
import { endings } from '../model/summary.js'
import { button, type Child, h, select } from './dom.js'

const optionOf = ({ label, result }: EventResult, i: number) => ({
  value: String(i),
  label: `${result.number === null ? '' : `${result.number}. `}${label} – ${endings[result.ending]}`
})

/** The choice; `at` is the position that is chosen. */
export const chooserView = (
  results: ReadonlyArray<EventResult>,
  at: number,
  choose: (position: number) => void
): ReadonlyArray<Child> => {
  const last = results.length - 1
  const move = (id: string, sign: string, label: string, to: number): HTMLElement =>
    button(sign, () => choose(Math.min(last, Math.max(0, to))), {
      id,
      'aria-label': label,
      'aria-disabled': String(to < 0 || to > last)
    })
  return [
    h('label', { for: 'chosen' }, 'Event'),
    select({ id: 'chosen' }, results.map(optionOf), String(at), (value) => choose(Number(value))),
    move('previous', '‹', 'Previous event', at - 1),
    move('following', '›', 'Next event', at + 1)
  ]
}
