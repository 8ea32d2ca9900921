/**
 * A text to edit, with what is said of it at the place it speaks of.
 *
 *      1 │ {
 *      2 │   "email": 4711     invalid  traits.email: found a number; send it as text
 *        │  ~~~~~~~~~~~~~~~
 *     ── line 2  invalid  traits.email: …
 *
 * The marks lie below the text, which is a plain text field and stays one for keyboards and screen readers; the list below it tells the
 * same, and each of its lines goes to its place.
 *
 * @module
 */
import { lineAt, lineStarts } from '../model/lines.js'
import { heaviest, type Note } from '../model/notes.js'
import { button, fill, h, unseen } from './dom.js'

/** An editor. `caret` hears where the caret is. */
export interface Editor {
  readonly element: HTMLElement
  readonly text: () => string
  readonly setText: (text: string) => void
  readonly note: (notes: ReadonlyArray<Note>) => void
  readonly goTo: (offset: number) => void
}

const lineHeight = 20
const mostListed = 40
const longestLine = 110

interface LineNotes {
  readonly line: number
  readonly notes: ReadonlyArray<Note>
}

/** Notes by the line they begin on. */
const byLine = (starts: ReadonlyArray<number>, notes: ReadonlyArray<Note>): ReadonlyArray<LineNotes> => {
  const lines = new Map<number, Array<Note>>()
  for (const note of notes) {
    const line = lineAt(starts, note.start)
    lines.set(line, [...(lines.get(line) ?? []), note])
  }
  return [...lines].map(([line, some]) => ({ line, notes: some })).sort((a, b) => a.line - b.line)
}

const ghost = (text: string): HTMLElement => h('span', { class: 'ghost' }, text)

/** The line's own text once more, unseen, with what is marked in it underlined, and the first note behind it. */
const markedLine = (text: string, start: number, { line, notes }: LineNotes): HTMLElement => {
  const parts: Array<Node> = []
  let at = start
  for (const { start: from, end, weight } of [...notes].sort((a, b) => a.start - b.start)) {
    const [left, right] = [Math.max(at, from), Math.min(end, start + text.length)]
    if (right < left) continue
    parts.push(ghost(text.slice(at - start, left - start)))
    parts.push(h('mark', { class: `weight-${weight}` }, text.slice(left - start, right - start) || ' '))
    at = Math.max(at, right)
  }
  parts.push(ghost(text.slice(at - start)))
  const [first] = notes
  const more = notes.length > 1 ? ` (and ${notes.length - 1} more)` : ''
  if (first !== undefined && text.length <= longestLine)
    parts.push(h('span', { class: `inline-note weight-${heaviest(notes)}` }, `${first.weight} · ${first.text}${more}`))
  const element = h('div', { class: 'marked-line' }, ...parts)
  element.style.top = `${line * lineHeight}px`
  return element
}

const gutterOf = (lines: number, noted: ReadonlyArray<LineNotes>): ReadonlyArray<HTMLElement> => {
  const numbers = h('div', { class: 'numbers' }, Array.from({ length: lines }, (_, i) => i + 1).join('\n'))
  const marks = noted.map(({ line, notes }) => {
    const mark = h('div', { class: `gutter-mark weight-${heaviest(notes)}` }, String(line + 1))
    mark.style.top = `${line * lineHeight}px`
    return mark
  })
  return [numbers, ...marks]
}

/** An editor with its label; `change` hears of every edit, `caret` of the caret's offset. */
export const editor = (
  id: string,
  label: string,
  hint: string,
  change: (text: string) => void,
  caret: (offset: number) => void = () => undefined
): Editor => {
  const area = h('textarea', {
    id,
    spellcheck: 'false',
    autocomplete: 'off',
    autocapitalize: 'off',
    wrap: 'off',
    'aria-describedby': `${id}-said`
  })
  const gutter = h('div', { class: 'gutter', 'aria-hidden': 'true' })
  const marks = h('div', { class: 'marks', 'aria-hidden': 'true' })
  const said = h('div', { class: 'said', id: `${id}-said`, 'aria-live': 'polite' })
  const box = h('div', { class: 'editor-box' }, gutter, h('div', { class: 'editor-area' }, marks, area))
  const goTo = (offset: number): void => {
    area.focus()
    area.setSelectionRange(offset, offset)
    box.scrollTop = Math.max(0, lineAt(lineStarts(area.value), offset) * lineHeight - box.clientHeight / 3)
  }
  const stretch = (): void => {
    area.style.height = `${lineStarts(area.value).length * lineHeight}px`
    area.style.width = '100%'
    if (area.scrollWidth > area.clientWidth) area.style.width = `${area.scrollWidth + 2}px`
  }
  area.addEventListener('input', () => {
    stretch()
    change(area.value)
  })
  area.addEventListener('keyup', () => caret(area.selectionStart))
  area.addEventListener('click', () => caret(area.selectionStart))
  const note = (notes: ReadonlyArray<Note>): void => {
    const starts = lineStarts(area.value)
    const lines = byLine(starts, notes)
    const textOf = (line: number): string => {
      const end = starts[line + 1]
      return area.value.slice(starts[line], end === undefined ? undefined : end - 1)
    }
    stretch()
    fill(gutter, ...gutterOf(starts.length, lines))
    fill(marks, ...lines.map((some) => markedLine(textOf(some.line), starts[some.line] ?? 0, some)))
    fill(said, ...saidList(starts, notes, goTo))
  }
  return {
    element: h(
      'section',
      { class: 'editor', 'aria-label': label },
      h('div', { class: 'editor-head' }, h('label', { for: id }, label), h('span', { class: 'hint' }, hint)),
      box,
      said
    ),
    text: () => area.value,
    setText: (text) => {
      if (area.value !== text) area.value = text
    },
    note,
    goTo
  }
}

const saidItem = (
  starts: ReadonlyArray<number>,
  { start, weight, text }: Note,
  goTo: (offset: number) => void
): HTMLElement =>
  h(
    'li',
    {},
    button(`line ${lineAt(starts, start) + 1}`, () => goTo(start), { class: 'to-line' }),
    h('span', { class: `badge weight-${weight}` }, weight),
    unseen(': '),
    h('span', { class: 'said-text' }, text)
  )

const saidList = (
  starts: ReadonlyArray<number>,
  notes: ReadonlyArray<Note>,
  goTo: (offset: number) => void
): ReadonlyArray<HTMLElement> => {
  if (notes.length === 0) return []
  const items = [...notes].sort((a, b) => a.start - b.start).slice(0, mostListed)
  const rest = notes.length - items.length
  return [
    h('ul', {}, ...items.map((one) => saidItem(starts, one, goTo))),
    ...(rest > 0 ? [h('p', { class: 'hint' }, `and ${rest} more`)] : [])
  ]
}
