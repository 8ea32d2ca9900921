/**
 * Tabs, as the keyboard expects them: arrows, Home and End go from one to the next, and only the chosen one is in the tab order.
 *
 * @module
 */
import { type Tab, tabs } from '../model/state.js'
import { fill, h } from './dom.js'

/** Tabs with one panel, whose content the caller fills. */
export interface Tabs {
  readonly element: HTMLElement
  readonly panel: HTMLElement
  readonly choose: (tab: Tab) => void
}

const stepFor = (key: string, at: number, length: number): number | undefined => {
  if (key === 'ArrowRight') return (at + 1) % length
  if (key === 'ArrowLeft') return (at + length - 1) % length
  if (key === 'Home') return 0
  return key === 'End' ? length - 1 : undefined
}

const names: Readonly<Record<Tab, string>> = {
  explain: 'Explain',
  intents: 'Intents',
  requests: 'Requests',
  curl: 'curl',
  delivery: 'Delivery'
}

/** The tabs; `chosen` hears of the choice of a person. */
export const tabList = (label: string, chosen: (tab: Tab) => void): Tabs => {
  const panel = h('div', { role: 'tabpanel', id: 'panel', tabindex: 0 })
  const buttons = tabs.map((tab) =>
    h(
      'button',
      { type: 'button', role: 'tab', id: `tab-${tab}`, 'aria-controls': 'panel', onclick: () => chosen(tab) },
      names[tab]
    )
  )
  const list = h('div', { role: 'tablist', class: 'tabs', 'aria-label': label })
  list.addEventListener('keydown', (event) => {
    const at = buttons.findIndex(({ id }) => id === document.activeElement?.id)
    const to = at < 0 ? undefined : stepFor(event.key, at, buttons.length)
    const [tab, target] = to === undefined ? [] : [tabs[to], buttons[to]]
    if (tab === undefined || target === undefined) return
    event.preventDefault()
    chosen(tab)
    target.focus()
  })
  fill(list, ...buttons)
  return {
    element: list,
    panel,
    choose: (tab) => {
      for (const one of buttons) {
        const isChosen = one.id === `tab-${tab}`
        one.setAttribute('aria-selected', String(isChosen))
        one.setAttribute('tabindex', isChosen ? '0' : '-1')
      }
      panel.setAttribute('aria-labelledby', `tab-${tab}`)
    }
  }
}
