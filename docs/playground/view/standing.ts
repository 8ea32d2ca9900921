/**
 * How a delivery stands: what is spent of the budget, how many items ended how, and what became of each.
 *
 *     Calls in 20 s, ours   3 of 30     ● 235 delivered  ● 5 failed
 *     ▮▯▯▯▯▯▯▯▯▯                        ▮▮▮▮▮▮▮▮▮▮▮▮▮▮▮▮▮▮▮▯
 *
 * @module
 */
import { fateOf } from '../../../src/adapters/cli/deliver/ledger.js'
import { describeIntent } from '../../../src/adapters/cli/text/intent-words.js'
import { fateCounts, fates, outcomeWords, spanOf } from '../model/delivery-words.js'
import type { Run } from '../model/run.js'
import { type Child, h, table } from './dom.js'

const mostListed = 400

const meter = (label: string, spent: number, cap: number): HTMLElement => {
  const bar = h('span', { class: 'bar' }, h('span', { class: 'bar-fill' }))
  const share = cap === 0 ? 1 : Math.min(1, spent / cap)
  const inner = bar.firstElementChild
  if (inner instanceof HTMLElement) inner.style.width = `${Math.round(share * 100)}%`
  return h(
    'div',
    { class: 'meter' },
    h('span', { class: 'meter-label' }, label),
    h('span', { class: 'meter-number' }, `${spent.toLocaleString('en')} of ${cap.toLocaleString('en')}`),
    bar
  )
}

/** The budget as the last round left it. */
export const metersOf = ({ rounds, begunAt }: Run): ReadonlyArray<HTMLElement> => {
  const budget = rounds[rounds.length - 1]?.budget
  if (budget === undefined) return []
  const { spent, caps, closedUntil } = budget
  const closed =
    closedUntil === 0
      ? null
      : h('p', { class: 'closed' }, `Marketo asked us to wait until +${spanOf(closedUntil - begunAt)}.`)
  return [
    meter('Calls in 20 s, ours', spent.window, caps.window),
    meter('Calls at once, ours', spent.running, caps.running),
    meter('Calls of the day', spent.day, caps.day),
    ...(closed === null ? [] : [closed])
  ]
}

/** How many items ended how, as one bar with its numbers beside it. */
export const outcomeBar = ({ items, outcomes }: Run): HTMLElement => {
  const counts = fateCounts(outcomes)
  const some = fates.flatMap((fate) => {
    const n = counts.get(fate) ?? 0
    return n === 0 ? [] : [{ fate, n, name: fate.replace(' ', '-') }]
  })
  const parts = some.map(({ n, name }) => {
    const part = h('span', { class: `fate-${name}` })
    part.style.width = `${(100 * n) / Math.max(1, items.length)}%`
    return part
  })
  const waiting = items.length - outcomes.length
  return h(
    'div',
    { class: 'outcome-bar' },
    h('div', { class: 'stack', 'aria-hidden': 'true' }, ...parts),
    h(
      'p',
      { class: 'fates' },
      ...some.map(({ fate, n, name }) => h('span', { class: `fate fate-dot-${name}` }, `${n} ${fate}`)),
      waiting === 0 ? null : h('span', { class: 'fate fate-dot-waiting' }, `${waiting} under way`)
    )
  )
}

const troubleFirst: ReadonlyArray<string> = ['failed', 'unknown', 'deferred', 'not needed', 'queued', 'delivered']

/** Every outcome, trouble first. */
export const outcomeTable = ({ items, outcomes }: Run): Child => {
  const intents = new Map(items.map(({ id, intent }) => [id, intent] as const))
  const sorted = [...outcomes].sort((a, b) => troubleFirst.indexOf(fateOf(a)) - troubleFirst.indexOf(fateOf(b)))
  const rows = sorted.slice(0, mostListed).map((outcome): ReadonlyArray<Child> => {
    const intent = intents.get(outcome.id)
    return [h('code', {}, outcome.id), intent === undefined ? '' : describeIntent(intent), outcomeWords(outcome)]
  })
  const caption =
    sorted.length > rows.length ? `The first ${rows.length} of ${sorted.length}, trouble first` : 'Trouble first'
  return h(
    'div',
    { class: 'tables scrolled', tabindex: 0, role: 'group', 'aria-label': 'Outcomes' },
    table(caption, ['Event.intent', 'Intent', 'Outcome'], rows)
  )
}
