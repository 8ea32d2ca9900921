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
import { exampleNamed } from './model/examples.js'
import { fragmentOf, stateIn } from './model/fragment.js'
import { noteOfFault } from './model/notes.js'
import { eventAt } from './model/read-events.js'
import { notesOn } from './model/results.js'
import { editsOf, firstState, type State } from './model/state.js'
import { type Shown, shownOf, summaryOf } from './model/summary.js'
import { choicesView } from './view/choices.js'
import { chooserView } from './view/chooser.js'
import { deliveryView } from './view/delivery.js'
import { button, fill, h, keepingFocus } from './view/dom.js'
import { editor } from './view/editor.js'
import { panelView } from './view/panel.js'
import { linkView, tooLongView } from './view/share.js'
import { tabList } from './view/tabs.js'

/** How long somebody who types is waited for. */
const patience = 180

let state: State = stateIn(window.location.hash) ?? firstState
let shown: Shown = shownOf(state)
let ownFragment = window.location.hash
let waiting: number | undefined

/** Another state. A link that was made shows the one before, so it goes. */
const become = (next: State): void => {
  state = next
  fill(shared)
}

/** Another state by typing or sliding: shown once that pauses. */
const edit = (next: State): void => {
  become(next)
  output.setAttribute('aria-busy', 'true')
  window.clearTimeout(waiting)
  waiting = window.setTimeout(() => redraw(), patience)
}

const summary = h('p', { class: 'summary', role: 'status' })
const chooser = h('div', { class: 'chooser' })
const choices = h('div', { class: 'choices' })
const about = h('p', { class: 'about' })
const shared = h('div', { class: 'shared', role: 'status' })
const output = h('div', { class: 'output' }, summary)

const delivery = deliveryView((name, value) => {
  edit({ ...state, controls: { ...state.controls, [name]: value } })
})

const tabs = tabList('What the events come to', (tab) => {
  become({ ...state, tab })
  drawChooser()
  drawPanel()
})

const eventEditor = editor(
  'events',
  'Events',
  'one, a list, or one a line',
  (text) => {
    edit({ ...state, events: text })
  },
  (offset) => {
    const { events } = shown.read
    const node = events[eventAt(events, offset)]?.node
    const position = shown.results.findIndex((one) => one.node !== null && one.node === node)
    if (position >= 0 && position !== state.chosen) choose(position)
  }
)

const settingsEditor = editor('settings', 'Settings', 'JSON; no credentials are needed', (text) => {
  edit({ ...state, settings: text })
})

const chosenAt = (): number => Math.min(state.chosen, shown.results.length - 1)

const choose = (position: number): void => {
  become({ ...state, chosen: position })
  drawChooser()
  if (state.tab !== 'delivery') drawPanel()
}

const drawChooser = (): void =>
  keepingFocus(() => {
    const isNeeded = shown.results.length > 1 && state.tab !== 'delivery'
    fill(chooser, ...(isNeeded ? chooserView(shown.results, chosenAt(), choose) : []))
  })

const drawDelivery = (): void => {
  // Taken out and put back, a slider would lose the focus.
  if (delivery.element.parentNode !== tabs.panel)
    fill(tabs.panel, h('h2', { class: 'unseen' }, 'Delivery'), delivery.element)
  const { prepared, read } = shown
  delivery.show(
    prepared._tag === 'Ready' ? prepared : null,
    read.events.map(({ value }) => value),
    state.controls
  )
}

const drawPanel = (): void => {
  tabs.choose(state.tab)
  if (state.tab === 'delivery') return drawDelivery()
  delivery.pause()
  fill(tabs.panel, ...panelView(state.tab, shown, shown.results[chosenAt()]))
}

const redraw = (): void => {
  shown = shownOf(state)
  eventEditor.note([...shown.read.faults.map(noteOfFault), ...notesOn(shown.results)])
  settingsEditor.note(shown.prepared.notes)
  summary.textContent = summaryOf(shown)
  about.textContent = editsOf(state).events ? '' : (exampleNamed(state.example)?.about ?? '')
  drawChoices()
  drawChooser()
  drawPanel()
  output.setAttribute('aria-busy', 'false')
}

const show = (next: State): void => {
  become(next)
  eventEditor.setText(state.events)
  settingsEditor.setText(state.settings)
  redraw()
}

const share = (): void => {
  const { fragment, leftOut } = fragmentOf(state)
  if (fragment === null) return fill(shared, tooLongView())
  ownFragment = fragment
  window.location.hash = fragment
  fill(shared, ...linkView(window.location.href, leftOut))
  document.getElementById('link')?.focus()
}

const drawChoices = (): void =>
  keepingFocus(() =>
    fill(
      choices,
      // What is chosen next goes from the state as it is then, with all that was typed since.
      ...choicesView(() => state, show),
      button('Make a link', share, { id: 'share' })
    )
  )

window.addEventListener('hashchange', () => {
  if (window.location.hash === ownFragment) return
  ownFragment = window.location.hash
  const given = stateIn(window.location.hash)
  if (given !== undefined) show(given)
})

output.append(tabs.element, chooser, tabs.panel)
document
  .getElementById('playground')
  ?.append(
    h(
      'header',
      { class: 'top' },
      h(
        'div',
        { class: 'title' },
        h('h1', {}, 'Playground'),
        h('p', {}, 'Segment events in, Marketo requests out. The library runs in this page; nothing leaves it.'),
        h('a', { href: '../index.html' }, 'Documentation')
      ),
      choices,
      shared
    ),
    h(
      'main',
      { class: 'columns' },
      h('div', { class: 'input' }, about, eventEditor.element, settingsEditor.element),
      output
    )
  )
show(state)
