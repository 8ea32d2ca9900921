/**
 * The sliders of a delivery, in groups.
 *
 *     606: too many calls                     20 %
 *     ━━━━━━━━━━━━●──────────
 *     others used up the 20 seconds
 *
 * @module
 */
import { type Control, type ControlValues, controls, controlValue } from '../model/controls.js'
import { fill, h } from './dom.js'

/** The sliders. `show` moves them where they do not stand where they should: those that do keep the focus. */
export interface Sliders {
  readonly element: HTMLElement
  readonly show: (values: ControlValues) => void
}

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

/** All sliders; `change` hears of each that somebody moves. */
export const slidersView = (change: (name: string, value: number) => void): Sliders => {
  const element = h('div', { class: 'sliders' })
  let shown: ControlValues | null = null
  const slid = (name: string, value: number): void => {
    shown = { ...shown, [name]: value }
    change(name, value)
  }
  return {
    element,
    show: (values) => {
      if (controls.every(({ name }) => shown?.[name] === controlValue(values, name))) return
      shown = values
      fill(
        element,
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
  }
}
