/**
 * A delivery, played: sliders, the budget, round after round, and what became of each item.
 *
 *     [ Step ] [ Play ] [ To the end ] [ Start over ]      +41.8 s
 *     in 20 s  ▮▮▮▮▯▯▯▯▯▯  4 of 50       items  ▮▮▮▮▮▮▮▮▯▯
 *     Round 3  +20.4 s   POST /rest/v1/leads.json  80 records  ▶  80 created
 *
 * @module
 */

import { fateOf } from '../../../src/adapters/cli/deliver/ledger.js'
import { describeIntent } from '../../../src/adapters/cli/text/intent-words.js'
import { bodyText } from '../../../src/endpoints/body-text.js'
import type { Ready } from '../model/contracts.js'
import { type Control, type ControlValues, controls, controlValue } from '../model/controls.js'
import { nextRound, type Round, type Run, startRun, type Told } from '../model/delivery-run.js'
import {
  answerWords,
  fateCounts,
  fates,
  isTrouble,
  kindOfRoute,
  outcomeWords,
  routeOf,
  spanOf
} from '../model/delivery-words.js'
import { button, type Child, fill, folded, h, longCode, narrow, table } from './dom.js'

/** The view. `show` is told of settings and events that changed, and begins anew. */
export interface DeliveryView {
  readonly element: HTMLElement
  readonly show: (ready: Ready | null, events: ReadonlyArray<unknown>, values: ControlValues) => void
  /** Playing ends when somebody looks elsewhere. */
  readonly pause: () => void
}

const mostShown = 150
const mostListed = 400
const millisBetween = 450
const sliceMillis = 60

const plural = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`

/** One slider; its scale is a list of values, so it moves over their positions. */
const slider = (
  control: Control,
  values: ControlValues,
  change: (name: string, value: number) => void
): HTMLElement => {
  const { name, label, hint, unit } = control
  const value = controlValue(values, name)
  const shown = (n: number): string => `${n.toLocaleString('en')}${unit}`
  const output = h('output', { for: `control-${name}` }, shown(value))
  const range = h('input', {
    type: 'range',
    id: `control-${name}`,
    min: 0,
    max: control.values.length - 1,
    step: 1,
    value: Math.max(0, control.values.indexOf(value)),
    'aria-describedby': `hint-${name}`,
    'aria-valuetext': shown(value)
  })
  range.addEventListener('input', () => {
    const chosen = control.values[Number(range.value)] ?? control.initial
    output.textContent = shown(chosen)
    range.setAttribute('aria-valuetext', shown(chosen))
    change(name, chosen)
  })
  return h(
    'div',
    { class: 'slider' },
    h('label', { for: `control-${name}` }, label),
    output,
    range,
    h('span', { class: 'hint', id: `hint-${name}` }, hint)
  )
}

const groups = [
  { id: 'batch', label: 'The batch' },
  { id: 'budget', label: 'What Marketo takes' },
  { id: 'faults', label: 'What goes wrong, in so many calls' }
] as const

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

const metersOf = ({ rounds, begunAt }: Run): ReadonlyArray<HTMLElement> => {
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
const outcomeBar = ({ items, outcomes }: Run): HTMLElement => {
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

/** Calls of a round that read alike stand in one line. */
const alike = (told: ReadonlyArray<Told>): ReadonlyArray<ReadonlyArray<Told>> => {
  const lines = new Map<string, Array<Told>>()
  for (const one of told) {
    const key = `${kindOfRoute(one.request.call.descriptor)} ${answerWords(one)} ${one.request.call.intents.length}`
    lines.set(key, [...(lines.get(key) ?? []), one])
  }
  return [...lines.values()]
}

const pretty = (body: unknown): string => {
  if (typeof body !== 'string') return JSON.stringify(body, null, 2) ?? ''
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}

const requestText = ({ request: { call } }: Told): string => {
  const { query, body } = call.descriptor
  const pairs = query.map(([name, value]) => `${name} = ${value}`)
  return [routeOf(call.descriptor), ...pairs, ...(body === null ? [] : [pretty(bodyText(body).text)])].join('\n')
}

const exchange = (told: Told): HTMLElement =>
  h(
    'div',
    { class: 'exchange' },
    longCode(requestText(told), 'Request'),
    longCode(told.answer === null ? 'no answer' : pretty(told.answer.body), 'Answer')
  )

const soundness = (told: Told): string => {
  if (isTrouble(told)) return 'trouble'
  return answerWords(told).includes('skipped') ? 'partly' : 'good'
}

const callLine = (some: ReadonlyArray<Told>): HTMLElement | null => {
  const [first] = some
  if (first === undefined) return null
  const { call } = first.request
  const route = some.length === 1 ? routeOf(call.descriptor) : `${some.length} × ${kindOfRoute(call.descriptor)}`
  const records = call.intents.length === 0 ? '' : plural(call.intents.length, 'intent')
  const slowest = Math.max(...some.map(({ millis }) => millis))
  const line = h(
    'span',
    { class: 'call' },
    h('span', { class: 'call-route' }, route),
    h('span', { class: 'call-records' }, records),
    h('span', { class: `call-answer ${soundness(first)}` }, answerWords(first)),
    h('span', { class: 'call-time' }, `${spanOf(slowest)}`)
  )
  return h(
    'li',
    {},
    folded(line, () => exchange(first))
  )
}

const endedText = ({ ended }: Round): string => {
  const counts = fateCounts(ended)
  return fates.flatMap((fate) => (counts.has(fate) ? [`${counts.get(fate)} ${fate}`] : [])).join(', ')
}

const roundView = (run: Run, round: Round): HTMLElement => {
  const ended = endedText(round)
  return h(
    'li',
    { class: 'round' },
    round.idle >= 1_000 ? h('p', { class: 'idle' }, `waits ${spanOf(round.idle)}`) : null,
    h(
      'h3',
      {},
      `Round ${round.number} `,
      h('span', { class: 'round-time' }, `+${spanOf(round.at - run.begunAt)} · ${plural(round.told.length, 'call')}`),
      ended === '' ? null : h('span', { class: 'round-ended' }, ended)
    ),
    h('ul', {}, ...alike(round.told).map(callLine))
  )
}

const trouble: ReadonlyArray<string> = ['failed', 'unknown', 'deferred', 'not needed', 'queued', 'delivered']

const outcomeTable = ({ items, outcomes }: Run): Child => {
  const intents = new Map(items.map(({ id, intent }) => [id, intent] as const))
  const sorted = [...outcomes].sort((a, b) => trouble.indexOf(fateOf(a)) - trouble.indexOf(fateOf(b)))
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

const nothingToDo = (run: Run): string | null => {
  if (run.items.length > 0) return null
  return run.dropped === 0
    ? 'There is no event to deliver.'
    : 'None of these events gives anything to deliver: the other tabs say why.'
}

const statusOf = (run: Run): string => {
  const nothing = nothingToDo(run)
  if (nothing !== null) return nothing
  const last = run.rounds[run.rounds.length - 1]
  const passed = spanOf(run.now - run.begunAt)
  const calls = run.rounds.reduce((sum, { told }) => sum + told.length, 0)
  if (run.isStuck) return `Cut off after ${plural(run.rounds.length, 'round')}.`
  if (run.isDone)
    return `Done: ${plural(run.items.length, 'item')} in ${plural(calls, 'call')}, ${plural(run.rounds.length, 'round')} and ${passed}.`
  if (last === undefined)
    return `${plural(run.items.length, 'item')} of ${plural(run.people, 'person', 'people')} to deliver.`
  return `Round ${last.number}: ${plural(last.told.length, 'call')}, ${plural(last.ended.length, 'item')} ended.`
}

/** The delivery tab; `change` hears of sliders. */
export const deliveryView = (change: (name: string, value: number) => void): DeliveryView => {
  const status = h('p', { class: 'status', role: 'status' })
  const clock = h('p', { class: 'clock' })
  const meters = h('div', { class: 'meters' })
  const bar = h('div', {})
  const list = h('ol', {})
  const box = h('div', { class: 'rounds', role: 'region', tabindex: 0, 'aria-label': 'Rounds' }, list)
  const earlier = h('p', { class: 'hint' })
  const end = h('div', {})
  const sliders = h('div', { class: 'sliders' })
  const remark = h('p', { class: 'hint' })
  let begin: (() => Run) | null = null
  let run: Run | null = null
  let timer: number | null = null
  let shownValues: ControlValues | null = null

  const drawRounds = (): void => {
    if (run === null) return fill(list)
    const { rounds } = run
    const drawn = list.childElementCount
    const kept = rounds.slice(-mostShown)
    const added = drawn > rounds.length || rounds.length - drawn > mostShown ? kept : rounds.slice(drawn)
    if (added === kept) fill(list)
    for (const round of added) list.append(roundView(run, round))
    box.scrollTop = box.scrollHeight
    earlier.textContent =
      rounds.length > kept.length && added === kept ? `${rounds.length - kept.length} earlier rounds are not shown` : ''
  }
  const draw = (): void => {
    drawRounds()
    if (run === null) {
      for (const part of [meters, bar, end]) fill(part)
      status.textContent = 'These settings cannot be used yet: the notes beside them say why.'
      clock.textContent = ''
    } else {
      const drawn = run
      fill(meters, ...metersOf(drawn))
      fill(bar, outcomeBar(drawn))
      fill(end, drawn.outcomes.length === 0 ? null : folded('Outcomes, item by item', () => outcomeTable(drawn)))
      status.textContent = statusOf(drawn)
      clock.textContent = `+${spanOf(drawn.now - drawn.begunAt)}`
    }
    const over = isOver()
    if (over) pause()
    // A button that is switched off would lose the focus.
    for (const one of [step, play, finish]) one.setAttribute('aria-disabled', String(over))
  }
  const begun = (): void => {
    play.textContent = 'Pause'
    play.setAttribute('aria-pressed', 'true')
  }
  const pause = (): void => {
    window.clearInterval(timer ?? undefined)
    window.clearTimeout(timer ?? undefined)
    timer = null
    play.textContent = 'Play'
    play.setAttribute('aria-pressed', 'false')
  }
  const go = (to: (run: Run) => Run): void => {
    if (run !== null) run = to(run)
    draw()
  }
  const restart = (): void => {
    pause()
    run = begin === null ? null : begin()
    fill(list)
    draw()
  }
  const isOver = (): boolean => run === null || run.isDone || run.isStuck
  const toggle = (): void => {
    if (timer !== null) return pause()
    if (isOver()) return
    begun()
    timer = window.setInterval(() => go(nextRound), millisBetween)
  }
  /** To the end, a slice at a time: a long story must not hold the page. */
  const hurry = (): void => {
    const until = performance.now() + sliceMillis
    go((first) => {
      let last = nextRound(first)
      while (!last.isDone && !last.isStuck && performance.now() < until) last = nextRound(last)
      return last
    })
    if (isOver()) return
    begun()
    timer = window.setTimeout(hurry, 0)
  }
  const slid = (name: string, value: number): void => {
    shownValues = { ...shownValues, [name]: value }
    change(name, value)
  }
  /** Sliders that stand where they should keep the focus. */
  const drawSliders = (values: ControlValues): void => {
    if (controls.every(({ name }) => shownValues?.[name] === controlValue(values, name))) return
    shownValues = values
    fill(
      sliders,
      ...groups.map(({ id, label }) =>
        h(
          'fieldset',
          {},
          h('legend', {}, label),
          ...controls.filter(({ group }) => group === id).map((one) => slider(one, values, slid))
        )
      )
    )
  }
  const step = button('Step', () => go(nextRound), { class: 'primary' })
  const play = button('Play', toggle, { 'aria-pressed': 'false' })
  const finish = button('To the end', () => {
    pause()
    hurry()
  })
  const again = button('Start over', restart)

  return {
    element: h(
      'div',
      { class: 'delivery' },
      folded('Batch, budget and faults', () => sliders, !window.matchMedia(narrow).matches),
      remark,
      h(
        'div',
        { class: 'actions', role: 'group', 'aria-label': 'Play the delivery' },
        step,
        play,
        finish,
        again,
        clock
      ),
      status,
      bar,
      meters,
      earlier,
      box,
      end
    ),
    show: (ready, events, values) => {
      drawSliders(values)
      remark.textContent =
        ready?.contract === 'v1'
          ? 'Delivered over the routes of today: Sync Leads and Associate Lead, in the place of SOAP and Munchkin’s associateLead.'
          : ''
      begin = ready === null ? null : () => startRun(ready, events, values)
      restart()
    },
    pause
  }
}
