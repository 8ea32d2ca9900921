/**
 * The explanation as a drawing: the event on the left, Marketo on the right, a line for each value that moved; and the same as tables.
 *
 * The boxes are HTML, the lines an SVG between them, drawn after the boxes have their places and again when those change. Where a pointer
 * or the focus is on a box, its lines and the boxes at their other ends stand out.
 *
 * @module
 */
import { curve, type Drawing, type Source, type Target, type TargetGroup } from '../model/drawing.js'
import { type Child, fill, folded, h, narrow, svg, table, unseen } from './dom.js'

/** Where a source goes, for those who do not see lines. */
const goals = ({ groups }: Drawing, position: number): string =>
  groups
    .flatMap(({ tag, targets }) => targets.filter(({ from }) => from === position).map(({ to }) => `${to} of ${tag}`))
    .join(', ')

const sourceView = (drawing: Drawing, { at, value, why }: Source, i: number): HTMLElement =>
  why === null
    ? h(
        'li',
        {},
        h(
          'button',
          { type: 'button', class: 'source', 'data-source': i },
          h('span', { class: 'field' }, at),
          h('span', { class: 'value' }, value),
          unseen(` goes to ${goals(drawing, i)}`)
        )
      )
    : h(
        'li',
        { class: 'source stays' },
        h('span', { class: 'field' }, at),
        h('span', { class: 'value' }, value),
        h('span', { class: 'why' }, unseen('stays: '), why)
      )

const targetView = (drawing: Drawing, { to, value, from, rule }: Target): HTMLElement => {
  const content: ReadonlyArray<Child> = [
    h('span', { class: 'rule' }, rule),
    h('span', { class: 'landing' }, h('span', { class: 'field' }, to), h('span', { class: 'value' }, value))
  ]
  if (from === null) return h('li', { class: 'target settled' }, ...content)
  const source = drawing.sources[from]?.at ?? ''
  return h(
    'li',
    {},
    h('button', { type: 'button', class: 'target', 'data-source': from }, ...content, unseen(` comes from ${source}`))
  )
}

const groupView = (drawing: Drawing, { title, targets }: TargetGroup): HTMLElement =>
  h(
    'section',
    { class: 'group' },
    h('h3', {}, title),
    h('ul', {}, ...targets.map((target) => targetView(drawing, target)))
  )

const middleOf = (element: Element, top: number): number => {
  const { top: own, height } = element.getBoundingClientRect()
  return Math.round(own - top + height / 2)
}

/** Lines from the boxes on the left to those on the right. */
const drawLines = (lines: SVGSVGElement, left: Element, right: Element): void => {
  const { top, width, height } = lines.getBoundingClientRect()
  const sources = new Map([...left.querySelectorAll('button')].map((box) => [box.dataset.source, box] as const))
  const paths = [...right.querySelectorAll('button')].flatMap((box) => {
    const from = sources.get(box.dataset.source)
    if (from === undefined) return []
    const d = curve(middleOf(from, top), middleOf(box, top), Math.round(width))
    const stand = from.classList.contains('lit') ? 'lit' : ''
    return [svg('path', { d, 'data-source': box.dataset.source ?? '', class: stand })]
  })
  lines.setAttribute('viewBox', `0 0 ${Math.round(width)} ${Math.round(height)}`)
  fill(lines, ...paths)
}

const sourceOf = (target: EventTarget | null): string | undefined =>
  target instanceof Element ? target.closest<HTMLElement>('[data-source]')?.dataset.source : undefined

/** Lets the lines of one source stand out; all of them again, where there is none. */
const light = (box: Element, source: string | undefined): void => {
  box.classList.toggle('has-lit', source !== undefined)
  for (const one of box.querySelectorAll('[data-source]'))
    one.classList.toggle('lit', source !== undefined && one.getAttribute('data-source') === source)
}

const drawingView = (drawing: Drawing): HTMLElement => {
  const boxes = drawing.sources.map((one, i) => ({ stays: one.why !== null, box: sourceView(drawing, one, i) }))
  const list = (label: string, stays: boolean): Child => {
    const some = boxes.filter((one) => one.stays === stays).map(({ box }) => box)
    return some.length === 0 ? null : h('section', {}, h('h3', {}, label), h('ul', {}, ...some))
  }
  const left = h('div', { class: 'sources' }, list('Of the event', false), list('Stays', true))
  const right = h('div', { class: 'targets' }, ...drawing.groups.map((group) => groupView(drawing, group)))
  const lines = svg('svg', { class: 'lines', 'aria-hidden': 'true', focusable: 'false' })
  const box = h('div', { class: 'drawing' }, left, lines, right)
  box.addEventListener('mouseover', ({ target }) => light(box, sourceOf(target)))
  box.addEventListener('mouseleave', () => light(box, sourceOf(document.activeElement)))
  box.addEventListener('focusin', ({ target }) => light(box, sourceOf(target)))
  box.addEventListener('focusout', () => light(box, undefined))
  new ResizeObserver(() => drawLines(lines, left, right)).observe(box)
  return box
}

const mono = (text: string): HTMLElement => h('code', {}, text)

const bySettings = 'settings and contract'

/** What settings and contract decide, in one paragraph. */
const settledText = ({ targets }: TargetGroup): HTMLElement | null => {
  const settled = targets.filter(({ rule }) => rule === bySettings)
  const texts = settled.flatMap(({ to, value }, i) => [i === 0 ? '' : ', ', mono(`${to} = ${value}`)])
  return settled.length === 0 ? null : h('p', { class: 'hint' }, 'By settings and contract: ', ...texts, '.')
}

const movesTable = ({ sources, groups }: Drawing): ReadonlyArray<Child> =>
  groups.flatMap((group) => [
    table(
      group.title,
      ['From the event', 'Marketo field', 'Value', 'Rule'],
      group.targets
        .filter(({ rule }) => rule !== bySettings)
        .map(({ to, value, from, rule }) => [
          from === null ? h('span', { class: 'hint' }, 'nothing') : mono(sources[from]?.at ?? ''),
          mono(to),
          mono(value),
          rule
        ])
    ),
    settledText(group)
  ])

const staysTable = ({ sources }: Drawing): ReadonlyArray<HTMLElement> => {
  const stays = sources.flatMap(({ at, value, why }) => (why === null ? [] : [[mono(at), mono(value), why] as const]))
  return stays.length === 0 ? [] : [table('What stayed', ['From the event', 'Value', 'Why it stayed'], stays)]
}

/** An explanation. */
export const explainView = (drawing: Drawing): HTMLElement => {
  const isNarrow = window.matchMedia(narrow).matches
  return h(
    'div',
    { class: 'explain' },
    drawingView(drawing),
    folded(
      'The same as a table',
      () => h('div', { class: 'tables' }, ...movesTable(drawing), ...staysTable(drawing)),
      isNarrow
    )
  )
}
