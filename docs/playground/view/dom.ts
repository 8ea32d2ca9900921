/**
 * Elements, made of plain values. What comes from an event is text and is set as text: nothing here reads markup.
 *
 * @module
 */

/** What an element gets: attributes, and listeners under names such as `onclick`. False and null are left out, true is empty. */
export type Attributes = Readonly<Record<string, string | number | boolean | null | ((event: Event) => void)>>

/** What an element holds. */
export type Child = Node | string | null

const setAttribute = (element: Element, name: string, value: Attributes[string]): void => {
  if (typeof value === 'function') element.addEventListener(name.slice(2), value)
  else if (value !== false && value !== null) element.setAttribute(name, value === true ? '' : String(value))
}

const filled = <E extends Element>(element: E, attributes: Attributes, children: ReadonlyArray<Child>): E => {
  for (const [name, value] of Object.entries(attributes)) setAttribute(element, name, value)
  element.append(...children.filter((child) => child !== null))
  return element
}

/** Where a screen is too narrow for drawings; the style says the same. */
export const narrow = '(max-width: 700px)'

/** An HTML element. */
export const h = <K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: ReadonlyArray<Child>
): HTMLElementTagNameMap[K] => filled(document.createElement(tag), attributes, children)

/** An SVG element. */
export const svg = <K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: ReadonlyArray<Child>
): SVGElementTagNameMap[K] => filled(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children)

/** What an element holds, replaced. */
export const fill = (element: Element, ...children: ReadonlyArray<Child>): void =>
  element.replaceChildren(...children.filter((child) => child !== null))

/** Draws anew what may hold the focus, and gives it back to the element with the same id. */
export const keepingFocus = (draw: () => void): void => {
  const held = document.activeElement
  draw()
  if (held !== null && held.id !== '' && !held.isConnected) document.getElementById(held.id)?.focus()
}

/** A choice among a few, as a select; `choose` hears of the value. */
export const select = (
  attributes: Attributes,
  options: ReadonlyArray<{ readonly value: string; readonly label: string }>,
  chosen: string,
  choose: (value: string) => void
): HTMLSelectElement => {
  const element = h(
    'select',
    { ...attributes, onchange: () => choose(element.value) },
    ...options.map(({ value, label }) => h('option', { value }, label))
  )
  element.value = chosen
  return element
}

/** A button. */
export const button = (label: string, press: () => void, attributes: Attributes = {}): HTMLButtonElement =>
  h('button', { type: 'button', ...attributes, onclick: press }, label)

/** Text that only a screen reader tells. */
export const unseen = (text: string): HTMLElement => h('span', { class: 'unseen' }, text)

/** A table with a heading for each column; narrow screens show its rows as cards, so each cell knows its heading. */
export const table = (
  caption: string,
  headings: ReadonlyArray<string>,
  rows: ReadonlyArray<ReadonlyArray<Child>>
): HTMLTableElement =>
  h(
    'table',
    {},
    h('caption', {}, caption),
    h('thead', {}, h('tr', {}, ...headings.map((heading) => h('th', { scope: 'col' }, heading)))),
    h(
      'tbody',
      {},
      ...rows.map((row) => h('tr', {}, ...row.map((cell, i) => h('td', { 'data-heading': headings[i] ?? '' }, cell))))
    )
  )

/** A text in a fixed-width face, on lines as wide as there is room. */
export const code = (text: string): HTMLElement => h('pre', { class: 'block' }, text)

/** The same, one that scrolls where it is long, also by keyboard. */
export const longCode = (text: string, label: string): HTMLElement =>
  h('pre', { class: 'block long', tabindex: 0, role: 'group', 'aria-label': label }, text)

/** Content that is only made when somebody opens it. */
export const folded = (summary: Child, content: () => Child, isOpen = false): HTMLDetailsElement => {
  const element = h('details', { open: isOpen }, h('summary', {}, summary))
  let isMade = false
  const make = (): void => {
    if (!element.open || isMade) return
    isMade = true
    const made = content()
    if (made !== null) element.append(made)
  }
  element.addEventListener('toggle', make)
  make()
  return element
}
