/**
 * What can be chosen on top: an example, the settings, and where v1 runs.
 *
 * @module
 */
import { asksForSide } from '../model/contracts.js'
import { examples, presetNamed, presets } from '../model/examples.js'
import { contractOf, editsOf, type State, withExample, withPreset } from '../model/state.js'
import { type Child, h, select } from './dom.js'

const sides = [
  { value: 'server', label: 'on a server' },
  { value: 'browser', label: 'in a page' }
]

const choice = (id: string, label: string, list: HTMLElement): HTMLElement =>
  h('div', { class: 'choice' }, h('label', { for: id }, label), list)

/** What stands for texts that somebody changed; choosing it changes nothing. */
const own = ''

/** A list of choices, with one more in front where the text is nobody's but the person's. */
const listOf = (
  id: string,
  all: ReadonlyArray<{ readonly id: string; readonly label: string }>,
  chosen: string,
  edited: string | null,
  choose: (id: string) => void
): HTMLElement =>
  select(
    { id },
    [...(edited === null ? [] : [{ value: own, label: edited }]), ...all.map(optionOf)],
    edited === null ? chosen : own,
    (value) => {
      if (value !== own) choose(value)
    }
  )

const optionOf = ({ id, label }: { readonly id: string; readonly label: string }) => ({ value: id, label })

/** The choices; `now` is the state at the time of choosing, and `show` hears of the one that comes of it. */
export const choicesView = (now: () => State, show: (state: State) => void): ReadonlyArray<Child> => {
  const { example, preset } = now()
  const edits = editsOf(now())
  const label = presetNamed(preset)?.label ?? ''
  return [
    choice(
      'example',
      'Example',
      listOf('example', examples, example, edits.events ? 'your own events' : null, (id) =>
        show(withExample(now(), id))
      )
    ),
    choice(
      'preset',
      'Settings for',
      listOf('preset', presets, preset, edits.settings ? `${label}, edited` : null, (id) => show(withPreset(now(), id)))
    ),
    sideChoice(now, show)
  ]
}

const sideChoice = (now: () => State, show: (state: State) => void): Child =>
  asksForSide(contractOf(now()))
    ? choice(
        'side',
        'Runs',
        select({ id: 'side' }, sides, now().side, (side) =>
          show({ ...now(), side: side === 'browser' ? 'browser' : 'server', chosen: 0 })
        )
      )
    : null
