/**
 * What a command line can ask for.
 *
 * @module
 */

/** What `map` writes. */
export const forms = ['intents', 'requests', 'curl', 'table'] as const

/** What `map` writes. */
export type Form = (typeof forms)[number]

/** Whose side of the contract maps. */
export const sides = ['server', 'browser'] as const

/** Whose side of the contract maps. */
export type Side = (typeof sides)[number]

/** `map`: every event of an input. `problems` is a file's path. */
export interface MapRequest {
  readonly _tag: 'Map'
  readonly input: string
  readonly settings: ReadonlyArray<string>
  readonly form: Form
  readonly side: Side
  readonly problems: string | null
  readonly exitZero: boolean
}

/** `explain`: one event; `number` is its line or its position in a list, null for the first. */
export interface ExplainRequest {
  readonly _tag: 'Explain'
  readonly input: string
  readonly settings: string
  readonly number: number | null
  readonly side: Side
  readonly json: boolean
}

/** `check`: settings, against v1 settings and events where they are given. */
export interface CheckRequest {
  readonly _tag: 'Check'
  readonly settings: string
  readonly v1: string | null
  readonly events: string | null
}

/** Help or the version, which was asked for. */
export interface Told {
  readonly _tag: 'Told'
  readonly text: string
}

/** What is wrong with the words. */
export interface Misused {
  readonly _tag: 'Misused'
  readonly text: string
}

/** What a command line asks for. */
export type Request = MapRequest | ExplainRequest | CheckRequest | Told | Misused
