/**
 * What a playground shows: texts, choices and sliders. It is what a link carries.
 *
 * @module
 */
import type { Side } from '../../../src/adapters/cli/request.js'
import type { ContractName } from './contracts.js'
import { type ControlValues, initialControls } from './controls.js'
import { exampleNamed, presetNamed } from './examples.js'

/** What the tabs show. */
export const tabs = ['explain', 'intents', 'requests', 'curl', 'delivery'] as const

/** One of them. */
export type Tab = (typeof tabs)[number]

/** The whole of it. `chosen` is the position of the event that is shown, among the results. */
export interface State {
  readonly example: string
  readonly preset: string
  readonly side: Side
  readonly events: string
  readonly settings: string
  readonly tab: Tab
  readonly chosen: number
  readonly controls: ControlValues
}

/** The contract that the settings of a state are for. */
export const contractOf = ({ preset }: Pick<State, 'preset'>): ContractName => presetNamed(preset)?.contract ?? 'v2'

/** Whether somebody has changed the events of the example, and the settings of the preset. */
export const editsOf = ({
  example,
  preset,
  events,
  settings
}: State): { readonly events: boolean; readonly settings: boolean } => ({
  events: events !== exampleNamed(example)?.events,
  settings: settings !== presetNamed(preset)?.settings
})

/** A state with the texts of an example and of the preset that it goes with. */
export const withExample = (state: State, id: string): State => {
  const example = exampleNamed(id)
  const preset = presetNamed(example?.preset ?? '')
  return {
    ...state,
    example: example?.id ?? '',
    preset: preset?.id ?? '',
    events: example?.events ?? '',
    settings: preset?.settings ?? '',
    chosen: 0
  }
}

/** A state with the settings of a preset. */
export const withPreset = (state: State, id: string): State => {
  const preset = presetNamed(id)
  return { ...state, preset: preset?.id ?? '', settings: preset?.settings ?? '', chosen: 0 }
}

/** How a playground begins. */
export const firstState: State = withExample(
  {
    example: '',
    preset: '',
    side: 'server',
    events: '',
    settings: '',
    tab: 'explain',
    chosen: 0,
    controls: initialControls
  },
  ''
)
