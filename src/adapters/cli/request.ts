/**
 * What a command line can ask for.
 *
 * @module
 */
import type { Fault } from '../../simulator/options.js'
import type { ExpectedVolume } from '../../source/sync/estimate.js'

/** What `map` writes. */
export const forms = ['intents', 'requests', 'curl', 'table'] as const

/** What `map` writes. */
export type Form = (typeof forms)[number]

/** Whose side of the contract maps. */
export const sides = ['server', 'browser'] as const

/** Whose side of the contract maps. */
export type Side = (typeof sides)[number]

/** Segment's contracts with Marketo. */
export const contracts = ['v1', 'v2'] as const

/** One of Segment's contracts with Marketo. */
export type ContractName = (typeof contracts)[number]

/** What `migrate` writes. */
export const reports = ['markdown', 'json'] as const

/** What `migrate` writes. */
export type ReportForm = (typeof reports)[number]

/** What `writeback` writes. */
export const eventForms = ['events', 'batches'] as const

/** What `writeback` writes. */
export type EventForm = (typeof eventForms)[number]

/** What `source sync` writes. */
export const rowForms = ['ndjson', 'csv'] as const

/** What `source sync` writes. */
export type RowForm = (typeof rowForms)[number]

/** What `source schema` prints. */
export const schemaForms = ['sql', 'json-schema'] as const

/** What `source schema` prints. */
export type SchemaForm = (typeof schemaForms)[number]

/** `map`: every event of an input. `recipes` are rule files; `problems` is a file's path; `replaceRetired` is for v1 only. */
export interface MapRequest {
  readonly _tag: 'Map'
  readonly contract: ContractName
  readonly input: string
  readonly settings: ReadonlyArray<string>
  readonly recipes: ReadonlyArray<string>
  readonly form: Form
  readonly side: Side
  readonly problems: string | null
  readonly exitZero: boolean
  readonly replaceRetired: boolean
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

/**
 * `check`: settings, against v1 settings (for v2 only) and events where they are given; and, for v2, with `recipes` against what an instance told
 * of itself in the file `against`, or tells when it is asked: `instance` is a munchkin id or `simulator`, `credentials` a path, and what
 * was read goes to the file `save`.
 */
export interface CheckRequest {
  readonly _tag: 'Check'
  readonly contract: ContractName
  readonly settings: string
  readonly v1: string | null
  readonly events: string | null
  readonly against: string | null
  readonly instance: string | null
  readonly credentials: string | null
  readonly save: string | null
  readonly recipes: string | null
}

/**
 * `provision`: what an instance lacks for settings of v2. It told of itself in the file `against`, or is asked: then `to` is a munchkin id or
 * `simulator`, and with `apply` what it lacks is made. `save` is where settings with the numbers of new types go.
 */
export interface ProvisionRequest {
  readonly _tag: 'Provision'
  readonly settings: string
  readonly against: string | null
  readonly to: string | null
  readonly apply: boolean
  readonly credentials: string | null
  readonly save: string | null
}

/**
 * `suggest`: settings of v2 for the events of an input, out of what an instance has: told in the file `against`, or asked (`instance` is a
 * munchkin id or `simulator`).
 */
export interface SuggestRequest {
  readonly _tag: 'Suggest'
  readonly input: string
  readonly munchkinId: string
  readonly against: string | null
  readonly instance: string | null
  readonly credentials: string | null
}

/** `diff`: what changes for the events of an input when the settings `after` take the place of `before`; both are paths. */
export interface DiffRequest {
  readonly _tag: 'Diff'
  readonly before: string
  readonly after: string
  readonly events: string
  readonly json: boolean
}

/** `migrate`: settings of v1 and events as settings of v2 and what is to be done. `csv` is the path of the file to import. */
export interface MigrateRequest {
  readonly _tag: 'Migrate'
  readonly input: string
  readonly settings: string
  readonly ids: string | null
  readonly form: ReportForm
  readonly csv: string | null
}

/**
 * `deliver`: every event of an input, sent. `to` is a munchkin id or `simulator`, for which `faults` and `seed` are; `credentials`,
 * `deadLetter` and `outcomes` are paths; `patience` is in seconds, null for no end. With `byRules` the settings are a rule file.
 */
export interface DeliverRequest {
  readonly _tag: 'Deliver'
  readonly contract: ContractName
  readonly byRules: boolean
  readonly input: string
  readonly settings: string
  readonly to: string
  readonly options: string | null
  readonly credentials: string | null
  readonly deadLetter: string | null
  readonly outcomes: string | null
  readonly patience: number | null
  readonly faults: ReadonlyArray<Fault>
  readonly seed: number
  readonly quiet: boolean
  readonly exitZero: boolean
}

/** `recipes`: a rule file, checked, against events where they are given; or the schema of all of them. */
export interface RecipesRequest {
  readonly _tag: 'Recipes'
  readonly does: 'check' | 'schema'
  readonly file: string
  readonly events: string | null
}

/** `writeback`: every activity of an input as an event. `context` is the path of what was looked up, `csv` says what the input is. */
export interface WritebackRequest {
  readonly _tag: 'Writeback'
  readonly input: string
  readonly settings: string
  readonly context: string | null
  readonly csv: boolean
  readonly form: EventForm
  readonly region: 'us' | 'eu'
  readonly exitZero: boolean
}

/**
 * `source sync`: the collections of an instance as files. `settings` and `state` are paths, null where there are none; `to` is a munchkin id or
 * `simulator`; `collections` and `since` (an instant) are null where nobody says; `patience` is in seconds, null for no end.
 */
export interface SourceSyncRequest {
  readonly _tag: 'SourceSync'
  readonly settings: string | null
  readonly to: string
  readonly collections: string | null
  readonly out: string
  readonly form: RowForm
  readonly since: number | null
  readonly state: string | null
  readonly credentials: string | null
  readonly patience: number | null
  readonly quiet: boolean
  readonly exitZero: boolean
}

/** `source schema`: the tables that settings make, or those of none. `collection` is null for all of them. */
export interface SourceSchemaRequest {
  readonly _tag: 'SourceSchema'
  readonly settings: string | null
  readonly collection: string | null
  readonly form: SchemaForm
  readonly dialect: string
}

/** `source estimate`: what a sync of so much will cost. */
export interface SourceEstimateRequest {
  readonly _tag: 'SourceEstimate'
  readonly settings: string
  readonly volume: Partial<ExpectedVolume>
}

/** Shells that can be taught the program's commands. */
export const shells = ['bash', 'zsh', 'fish'] as const

/** A shell that can be taught the program's commands. */
export type Shell = (typeof shells)[number]

/** `completion`: the script that teaches a shell. */
export interface CompletionRequest {
  readonly _tag: 'Completion'
  readonly shell: Shell
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
export type Request =
  | MapRequest
  | DeliverRequest
  | ExplainRequest
  | CheckRequest
  | ProvisionRequest
  | SuggestRequest
  | DiffRequest
  | MigrateRequest
  | RecipesRequest
  | WritebackRequest
  | SourceSyncRequest
  | SourceSchemaRequest
  | SourceEstimateRequest
  | CompletionRequest
  | Told
  | Misused
