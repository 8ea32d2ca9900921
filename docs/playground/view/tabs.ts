/**
 * Tabs, as the keyboard expects them: arrows, Home and End go from one to the next, and only the chosen one is in the tab order.
 *
 * @module
 */
import { fill, h } from './dom.js'

/** Tabs with one panel, whose content the caller fills. */
export interface Tabs<T extends string> {
  readonly element: HTMLElement
  readonly panel: HTMLElement
  readonly choose: (tab: T) => void
}

const stepFor = (key: string, at: number, length: number): number | undefined => {
  if (key === 'ArrowRight') return (at + 1) % length
  if (key === 'ArrowLeft') return (at + length - 1) % length
  if (key === 'Home') return 0
  return key === 'End' ? length - 1 : undefined
}

/** Tabs; `chosen` hears of the choice of a person. */
export const tabList = <T extends string>(
  label: string,
  all: ReadonlyArray<{ readonly id: T; readonly label: string }>,
  chosen: (tab: T) => void
): Tabs<T> => {
  const panel = h('div', { role: 'tabpanel', id: 'panel', tabindex: 0 })
  const buttons = all.map(({ id, label: name }) =>
    h(
      'button',
      { type: 'button', role: 'tab', id: `tab-${id}`, 'aria-controls': 'panel', onclick: () => chosen(id) },
      name
    )
  )
  const list = h('div', { role: 'tablist', class: 'tabs', 'aria-label': label })
  list.addEventListener('keydown', (event) => {
    const at = buttons.findIndex(({ id }) => id === document.activeElement?.id)
    const to = at < 0 ? undefined : stepFor(event.key, at, buttons.length)
    const [tab, target] = to === undefined ? [] : [all[to], buttons[to]]
    if (tab === undefined || target === undefined) return
    event.preventDefault()
    chosen(tab.id)
    target.focus()
  })
  fill(list, ...buttons)
  return {
    element: list,
    panel,
    choose: (tab) => {
      all.forEach(({ id }, i) => {
        buttons[i]?.setAttribute('aria-selected', String(id === tab))
        buttons[i]?.setAttribute('tabindex', id === tab ? '0' : '-1')
      })
      panel.setAttribute('aria-labelledby', `tab-${tab}`)
    }
  }
}
