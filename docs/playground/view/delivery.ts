/**
 * A delivery, played: sliders, the budget, round after round, and what became of each item.
 *
 *     [ Step ] [ Play ] [ To the end ] [ Start over ]      +41.8 s
 *     in 20 s  ▮▮▮▮▯▯▯▯▯▯  4 of 50       items  ▮▮▮▮▮▮▮▮▯▯
 *     Round 3  +20.4 s   POST /rest/v1/leads.json  80 records  ▶  80 created
 *
 * @module
 */
import type { Ready } from '../model/contracts.js'
import type { ControlValues } from '../model/controls.js'
import { spanOf } from '../model/delivery-words.js'
import { nextRound } from '../model/rounds.js'
import { type Run, startRun } from '../model/run.js'
import { statusOf } from '../model/run-status.js'
import { button, fill, folded, h, narrow } from './dom.js'
import { roundView } from './rounds.js'
import { slidersView } from './sliders.js'
import { metersOf, outcomeBar, outcomeTable } from './standing.js'

/** The view. `show` is told of settings and events that changed, and begins anew. */
export interface DeliveryView {
  readonly element: HTMLElement
  readonly show: (ready: Ready | null, events: ReadonlyArray<unknown>, values: ControlValues) => void
  /** Playing ends when somebody looks elsewhere. */
  readonly pause: () => void
}

const mostShown = 150
const millisBetween = 450
const sliceMillis = 60

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
  const sliders = slidersView(change)
  const remark = h('p', { class: 'hint' })
  let begin: (() => Run) | null = null
  let run: Run | null = null
  let timer: number | null = null

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
      folded('Batch, budget and faults', () => sliders.element, !window.matchMedia(narrow).matches),
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
      sliders.show(values)
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
