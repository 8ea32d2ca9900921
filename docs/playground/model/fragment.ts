/**
 * A state as the fragment of an address, and back. A browser sends no fragment anywhere.
 *
 *     state ──without secrets──▶ JSON ──UTF-8, base64url──▶ #s=eyJleGFt…
 *     #s=…  ──whatever it holds─▶ a state
 *
 * Texts that are an example's own are left out, so such a link is short. Whatever is wrong with a fragment, what comes out is a state: a
 * member that cannot be read is as it is when the page opens.
 *
 * @module
 */
import { isRecord, ownMember } from '../../../src/ground/json.js'
import { knownSettings } from './contracts.js'
import { type ControlValues, controls, controlValue } from './controls.js'
import { exampleNamed, presetNamed } from './examples.js'
import { shareableEvents, shareableSettings } from './secrets.js'
import { contractOf, editsOf, firstState, type State, tabs } from './state.js'

/** The longest fragment that is made or read. */
export const longestFragment = 60_000

const start = '#s='

/** What becomes of sharing: a fragment with the names that were left out, or null where it would be too long. */
export interface Shared {
  readonly fragment: string | null
  readonly leftOut: ReadonlyArray<string>
}

/** Text as the letters of base64url over its UTF-8. Half a surrogate pair cannot come out of JSON. */
const packed = (text: string): string =>
  btoa(
    encodeURIComponent(text).replace(/%([0-9A-F]{2})/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16))
    )
  )
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '')

const unpacked = (letters: string): string => {
  const bytes = atob(letters.replace(/-/g, '+').replace(/_/g, '/'))
  return decodeURIComponent(Array.from(bytes, (c) => `%${c.charCodeAt(0).toString(16).padStart(2, '0')}`).join(''))
}

/** The sliders that do not stand where they begin. */
const movedControls = (values: ControlValues): ControlValues =>
  Object.fromEntries(
    controls.flatMap(({ name, initial }) =>
      controlValue(values, name) === initial ? [] : [[name, controlValue(values, name)] as const]
    )
  )

/** A state as a fragment, without anything that might be a credential. */
export const fragmentOf = (state: State): Shared => {
  const { example, preset, side, tab, chosen } = state
  const edits = editsOf(state)
  const events = edits.events ? shareableEvents(state.events) : null
  const settings = edits.settings ? shareableSettings(knownSettings(contractOf(state)), state.settings) : null
  const whole = {
    example,
    preset,
    side,
    tab,
    chosen,
    ...(events === null || events.text === null ? {} : { events: events.text }),
    ...(settings === null || settings.text === null ? {} : { settings: settings.text }),
    controls: movedControls(state.controls)
  }
  const fragment = start + packed(JSON.stringify(whole))
  const leftOut = [...new Set([...(events?.leftOut ?? []), ...(settings?.leftOut ?? [])])]
  return { fragment: fragment.length > longestFragment ? null : fragment, leftOut }
}

const parsed = (fragment: string): unknown => {
  if (!fragment.startsWith(start) || fragment.length > longestFragment) return undefined
  const letters = fragment.slice(start.length)
  if (!/^[\w-]+$/.test(letters)) return undefined
  try {
    return JSON.parse(unpacked(letters))
  } catch {
    return undefined
  }
}

const textOr = (u: unknown, fallback: string): string => (typeof u === 'string' ? u : fallback)

/** A slider goes to its own values only. */
const readControls = (u: unknown): ControlValues =>
  Object.fromEntries(
    controls.map(({ name, values, initial }) => {
      const given = isRecord(u) ? ownMember(u, name) : undefined
      return [name, values.find((value) => value === given) ?? initial]
    })
  )

/** A state out of a fragment; undefined where it is none of ours. */
export const stateIn = (fragment: string): State | undefined => {
  const given = parsed(fragment)
  if (!isRecord(given)) return undefined
  const member = (name: string): unknown => ownMember(given, name)
  const example = exampleNamed(textOr(member('example'), ''))
  const preset = presetNamed(textOr(member('preset'), ''))
  const chosen = member('chosen')
  return {
    example: example?.id ?? firstState.example,
    preset: preset?.id ?? firstState.preset,
    side: member('side') === 'browser' ? 'browser' : 'server',
    events: textOr(member('events'), example?.events ?? ''),
    settings: textOr(member('settings'), preset?.settings ?? ''),
    tab: tabs.find((tab) => tab === member('tab')) ?? firstState.tab,
    chosen: typeof chosen === 'number' && Number.isInteger(chosen) && chosen >= 0 ? chosen : 0,
    controls: readControls(member('controls'))
  }
}
