/**
 * What can be chosen on top: an example, the settings, and where v1 runs.
 *
 * @module
 */
import { asksForSide } from '../model/contracts.js'
import { examples, presets } from '../model/examples.js'
import { contractOf, type State, withExample, withPreset } from '../model/state.js'
import { type Child, h, select } from './dom.js'

const sides = [
  { value: 'server', label: 'on a server' },
  { value: 'browser', label: 'in a page' }
]

const choice = (id: string, label: string, list: HTMLElement): HTMLElement =>
  h('div', { class: 'choice' }, h('label', { for: id }, label), list)

const optionOf = ({ id, label }: { readonly id: string; readonly label: string }) => ({ value: id, label })

/** The choices; `now` is the state at the time of choosing, and `show` hears of the one that comes of it. */
export const choicesView = (now: () => State, show: (state: State) => void): ReadonlyArray<Child> => [
  choice(
    'example',
    'Example',
    select({ id: 'example' }, examples.map(optionOf), now().example, (id) => show(withExample(now(), id)))
  ),
  choice(
    'preset',
    'Settings for',
    select({ id: 'preset' }, presets.map(optionOf), now().preset, (id) => show(withPreset(now(), id)))
  ),
  asksForSide(contractOf(now()))
    ? choice(
        'side',
        'Runs',
        select({ id: 'side' }, sides, now().side, (side) =>
          show({ ...now(), side: side === 'browser' ? 'browser' : 'server', chosen: 0 })
        )
      )
    : null
]
