/**
 * The playground: a page around the library.
 *
 *     fragment ─▶ state ─▶ events, settings ─▶ results ─▶ notes beside the texts, and one tab
 *                   ▲                                       │
 *                   └────────────── choices, edits ─────────┘
 *
 * Nothing is loaded and nothing is sent: the page's own policy forbids both.
 *
 * @module
 */
import { asksForSide, type Prepared, prepare } from './model/contracts.js'
import { drawingOf } from './model/drawing.js'
import { exampleNamed, examples, presets } from './model/examples.js'
import { fragmentOf, stateIn } from './model/fragment.js'
import { noteOfFault } from './model/notes.js'
import { eventAt, readEvents, type TextEvents } from './model/read-events.js'
import { curlOf, type EventResult, notesOn, resultsOf, tallyOf } from './model/results.js'
import { contractOf, firstState, type State, type Tab, withExample, withPreset } from './model/state.js'
import { deliveryView } from './view/delivery.js'
import { button, type Child, code, fill, h, select } from './view/dom.js'
import { editor } from './view/editor.js'
import { explainView } from './view/explain.js'
import { intentsView } from './view/intents.js'
import { requestsView } from './view/requests.js'
import { tabList } from './view/tabs.js'

interface Shown {
  readonly prepared: Prepared
  readonly read: TextEvents
  readonly results: ReadonlyArray<EventResult>
}

const patience = 180

const plural = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`

const shownOf = (state: State): Shown => {
  const prepared = prepare(contractOf(state), state.settings, state.side)
  const read = readEvents(state.events)
  return { prepared, read, results: prepared._tag === 'Ready' ? resultsOf(prepared, read.events) : [] }
}

let state: State = stateIn(window.location.hash) ?? firstState
let shown: Shown = shownOf(state)
let ownFragment = window.location.hash
let waiting: number | undefined

const endings: Readonly<Record<EventResult['result']['ending'], string>> = {
  mapped: 'mapped',
  remarks: 'mapped, with remarks',
  skipped: 'skipped',
  invalid: 'invalid'
}

const summary = h('p', { class: 'summary', role: 'status' })
const chooser = h('div', { class: 'chooser' })
const about = h('p', { class: 'about' })
const sideChoice = h('div', { class: 'choice' })
const shared = h('div', { class: 'shared', role: 'status' })
const exampleChoice = h('div', { class: 'choice' })
const presetChoice = h('div', { class: 'choice' })

const delivery = deliveryView((name, value) => {
  state = { ...state, controls: { ...state.controls, [name]: value } }
  later(showDelivery)
})

const tabs = tabList<Tab>(
  'What the events come to',
  [
    { id: 'explain', label: 'Explain' },
    { id: 'intents', label: 'Intents' },
    { id: 'requests', label: 'Requests' },
    { id: 'curl', label: 'curl' },
    { id: 'delivery', label: 'Delivery' }
  ],
  (tab) => {
    state = { ...state, tab }
    drawChooser()
    drawPanel()
  }
)

/** Typing is waited for. */
const later = (what: () => void): void => {
  window.clearTimeout(waiting)
  waiting = window.setTimeout(what, patience)
}

const eventEditor = editor(
  'events',
  'Events',
  'one, a list, or one a line',
  (text) => {
    state = { ...state, events: text }
    later(redraw)
  },
  (offset) => {
    const { events } = shown.read
    const node = events[eventAt(events, offset)]?.node
    const position = shown.results.findIndex((one) => one.node !== null && one.node === node)
    if (position >= 0 && position !== state.chosen) choose(position)
  }
)

const settingsEditor = editor(
  'settings',
  'Settings',
  'JSON; no credentials are needed',
  (text) => {
    state = { ...state, settings: text }
    later(redraw)
  },
  () => undefined
)

const choose = (position: number): void => {
  state = { ...state, chosen: position }
  drawChooser()
  if (state.tab !== 'delivery') drawPanel()
}

const current = (): EventResult | undefined => shown.results[Math.min(state.chosen, shown.results.length - 1)]

const nothingText = (): string => {
  if (shown.prepared._tag === 'Unready') return 'These settings cannot be used yet: the notes beside them say why.'
  return shown.read.faults.length > 0
    ? 'No event could be read: the notes beside the text say why.'
    : 'Paste an event, or choose an example.'
}

const problemList = ({ result, problems, node }: EventResult): Child =>
  result.intents.length > 0 || problems.length === 0 || node === null
    ? null
    : h('p', { class: 'nothing' }, `Nothing to send: ${endings[result.ending]}. The note beside the event says why.`)

const explained = (one: EventResult): Child => {
  const { prepared } = shown
  if (prepared._tag === 'Unready') return null
  if (one.node === null)
    return h('p', { class: 'nothing' }, 'What a page starts comes from the settings alone. See Intents.')
  if (prepared.explain !== null) return explainView(drawingOf(one.result.event, prepared.explain(one.result.event)))
  const why =
    prepared.contract === 'v1'
      ? 'Explanations are made for Marketo v2. For v1, the intents are all there is to see:'
      : 'Explanations are made for Marketo v2. Of rules, the intents are all there is to see:'
  return h('div', {}, h('p', { class: 'nothing' }, why), intentsView(one))
}

const curlText = (one: EventResult): Child => {
  const text = curlOf(one)
  return text === ''
    ? h('p', { class: 'nothing' }, 'There is no request for a shell here: these calls run in the page.')
    : code(text)
}

const contentOf = (tab: Exclude<Tab, 'delivery'>, one: EventResult): Child => {
  switch (tab) {
    case 'explain':
      return explained(one)
    case 'intents':
      return intentsView(one)
    case 'requests':
      return requestsView(one)
    case 'curl':
      return one.calls.length === 0 ? null : curlText(one)
  }
}

const showDelivery = (): void => {
  const { prepared, read } = shown
  delivery.show(
    prepared._tag === 'Ready' ? prepared : null,
    read.events.map(({ value }) => value),
    state.controls
  )
}

const drawPanel = (): void => {
  tabs.choose(state.tab)
  if (state.tab === 'delivery') {
    fill(tabs.panel, h('h2', { class: 'unseen' }, 'Delivery'), delivery.element)
    return showDelivery()
  }
  delivery.pause()
  const one = current()
  const heading = h('h2', { class: 'unseen' }, `${state.tab} of ${one?.label ?? 'nothing'}`)
  if (one === undefined) fill(tabs.panel, heading, h('p', { class: 'nothing' }, nothingText()))
  else fill(tabs.panel, heading, problemList(one), contentOf(state.tab, one))
}

const optionOf = ({ label, result }: EventResult, i: number) => ({
  value: String(i),
  label: `${result.number === null ? '' : `${result.number}. `}${label} – ${endings[result.ending]}`
})

const drawChooser = (): void => {
  const { results } = shown
  if (results.length < 2 || state.tab === 'delivery') return fill(chooser)
  const at = Math.min(state.chosen, results.length - 1)
  const list = select({ id: 'chosen' }, results.map(optionOf), String(at), (value) => choose(Number(value)))
  const move = (by: number) => () => {
    const to = Math.min(results.length - 1, Math.max(0, Math.min(state.chosen, results.length - 1) + by))
    choose(to)
    chooser.querySelector<HTMLElement>(by < 0 ? '.previous' : '.following')?.focus()
  }
  fill(
    chooser,
    h('label', { for: 'chosen' }, 'Event'),
    list,
    button('‹', move(-1), {
      class: 'previous',
      'aria-label': 'Previous event',
      'aria-disabled': at === 0 ? 'true' : 'false'
    }),
    button('›', move(1), {
      class: 'following',
      'aria-label': 'Next event',
      'aria-disabled': at === results.length - 1 ? 'true' : 'false'
    })
  )
}

const drawSummary = (): void => {
  const { endings: counts, events } = tallyOf(shown.results)
  const intents = shown.results.reduce((sum, { result }) => sum + result.intents.length, 0)
  const calls = shown.results.reduce((sum, one) => sum + one.calls.length, 0)
  const parts = [
    plural(events, 'event'),
    ...(events > 1 || counts.mapped === 0
      ? [
          ...(counts.mapped > 0 ? [`${counts.mapped} mapped`] : []),
          ...(counts.remarks > 0 ? [`${counts.remarks} mapped with remarks`] : []),
          ...(counts.skipped > 0 ? [`${counts.skipped} skipped`] : []),
          ...(counts.invalid > 0 ? [`${counts.invalid} invalid`] : [])
        ]
      : ['mapped']),
    ...(shown.read.faults.length > 0 ? [`${shown.read.faults.length} unreadable`] : []),
    plural(intents, 'intent'),
    plural(calls, 'call')
  ]
  summary.textContent = shown.prepared._tag === 'Unready' ? 'The settings cannot be used yet' : parts.join(' · ')
}

const redraw = (): void => {
  shown = shownOf(state)
  eventEditor.note([...shown.read.faults.map(noteOfFault), ...notesOn(shown.results)])
  settingsEditor.note(shown.prepared.notes)
  drawSummary()
  drawChooser()
  drawPanel()
}

const drawChoices = (): void => {
  fill(
    exampleChoice,
    h('label', { for: 'example' }, 'Example'),
    select(
      { id: 'example' },
      examples.map(({ id, label }) => ({ value: id, label })),
      state.example,
      (id) => show(withExample(state, id))
    )
  )
  fill(
    presetChoice,
    h('label', { for: 'preset' }, 'Settings for'),
    select(
      { id: 'preset' },
      presets.map(({ id, label }) => ({ value: id, label })),
      state.preset,
      (id) => show(withPreset(state, id))
    )
  )
  const sides = [
    { value: 'server', label: 'on a server' },
    { value: 'browser', label: 'in a page' }
  ]
  const chooseSide = (side: string): void =>
    show({ ...state, side: side === 'browser' ? 'browser' : 'server', chosen: 0 })
  fill(
    sideChoice,
    ...(asksForSide(contractOf(state))
      ? [h('label', { for: 'side' }, 'Runs'), select({ id: 'side' }, sides, state.side, chooseSide)]
      : [])
  )
  about.textContent = exampleNamed(state.example)?.about ?? ''
}

/** Shows another state; the element that has the focus keeps it. */
const show = (next: State): void => {
  state = next
  const focused = document.activeElement?.id ?? ''
  eventEditor.setText(state.events)
  settingsEditor.setText(state.settings)
  drawChoices()
  redraw()
  if (focused !== '') document.getElementById(focused)?.focus()
}

const share = (): void => {
  const { fragment, leftOut } = fragmentOf(state)
  if (fragment === null) {
    fill(shared, h('p', {}, 'Too long for a link: share fewer events.'))
    return
  }
  ownFragment = fragment
  window.location.hash = fragment
  const link = h('input', {
    id: 'link',
    type: 'text',
    readonly: true,
    value: window.location.href,
    onfocus: () => link.select()
  })
  const without = leftOut.length === 0 ? '' : ` Left out: ${leftOut.join(', ')}.`
  fill(
    shared,
    h('label', { for: 'link' }, 'Link'),
    link,
    h(
      'p',
      {},
      `It holds the events as you see them, the settings and the sliders, never a credential.${without} A browser sends what is behind # to nobody; whoever gets the link can read it.`
    )
  )
  link.focus()
}

window.addEventListener('hashchange', () => {
  if (window.location.hash === ownFragment) return
  ownFragment = window.location.hash
  const given = stateIn(window.location.hash)
  if (given !== undefined) show(given)
})

const header = h(
  'header',
  { class: 'top' },
  h(
    'div',
    { class: 'title' },
    h('h1', {}, 'Playground'),
    h('p', {}, 'Segment events in, Marketo requests out. The library runs in this page; nothing leaves it.'),
    h('a', { href: '../index.html' }, 'Documentation')
  ),
  h(
    'div',
    { class: 'choices' },
    exampleChoice,
    presetChoice,
    sideChoice,
    button('Make a link', share, { id: 'share' })
  ),
  shared
)

const root = document.getElementById('playground')
root?.append(
  header,
  h(
    'main',
    { class: 'columns' },
    h('div', { class: 'input' }, about, eventEditor.element, settingsEditor.element),
    h('div', { class: 'output' }, summary, tabs.element, chooser, tabs.panel)
  )
)
show(state)
