/**
 * The simulated instance at one moment: plain JSON, with a version, to be stored and taken up again anywhere.
 *
 *     leads       number → lead             index      field=value → the leads that hold it
 *     activities  number → activity         visitors   Munchkin token → whose browser it is
 *     visits      number → page view        merged     loser's number → winner's
 *     jobs        number → import job       ingested   number → persons that were taken and are not there yet
 *     lists       number → static list      members    program's number → lead's number → its status there
 *     requested   number → lead that a campaign was requested for
 *     companies   external id → company         objects    custom object's name → record's key → record
 *     changes     number → fields of a lead that a write changed
 *     log         number → whatever happened to a lead     exports   id → extract job
 *     assets      emails, landing pages, programs, campaigns, segmentations, by name
 *
 * Each of these but the last is a tree, so the states before and after a request share all that the request left alone.
 *
 * @module
 */
import type { JsonObject } from '../ground/json.js'
import type { Tree } from '../ground/tree.js'
import type { Fields, FieldValue } from '../intent/intent.js'
import type { Shelf } from './asset-records.js'
import type { Settled, SimulatedEndpoint } from './options.js'

/**
 * A lead. Fields that hold nothing are absent; times are `YYYY-MM-DDThh:mm:ssZ`.
 *
 * @category simulator
 * @since 0.1.0
 */
export interface SimulatedLead {
  readonly id: number
  readonly createdAt: string
  readonly updatedAt: string
  readonly partitionName: string
  readonly cookies: ReadonlyArray<string>
  readonly fields: Fields
}

/**
 * A custom activity, or a form filled in (activity type 2, with the form's number as primary value).
 *
 * @category simulator
 * @since 0.1.0
 */
export interface SimulatedActivity {
  readonly id: number
  readonly marketoGUID: string
  readonly leadId: number
  readonly activityTypeId: number
  readonly activityDate: string
  readonly primaryAttributeValue: string
  readonly attributes: ReadonlyArray<{ readonly apiName: string; readonly value: FieldValue }>
}

/**
 * A page view. `leadId` is null as long as nobody has said whose browser it was.
 *
 * @category simulator
 * @since 0.1.0
 */
export interface SimulatedVisit {
  readonly id: number
  readonly leadId: number | null
  readonly token: string
  readonly url: string
  readonly referrer: string
  readonly at: string
}

/** Whose browser it is: `first` has its history from before it was known, `leadId` what comes. @internal */
export interface Visitor {
  readonly first: number
  readonly leadId: number
}

/** What all records of a batch share. @internal */
export interface SharedWrite {
  readonly lookupField: string
  readonly partitionName: string | null
}

/** Persons that Data Ingestion has taken, until they are there; `struck` is the position that a fault refuses, or -1. @internal */
export interface Ingested extends SharedWrite {
  readonly dueAt: number
  readonly secondField: string | null
  readonly persons: ReadonlyArray<JsonObject>
  readonly struck: number
}

/** What an import job made of its rows: the files of those that failed or were warned of, null where there is none. @internal */
export interface ImportDone {
  readonly processed: number
  readonly failed: number
  readonly warned: number
  readonly failures: string | null
  readonly warnings: string | null
}

/** An import job: its rows until it ends, then what became of them. @internal */
export interface SimulatedImport extends SharedWrite {
  readonly batchId: number
  readonly startsAt: number
  readonly endsAt: number
  readonly columns: ReadonlyArray<string>
  readonly rows: ReadonlyArray<ReadonlyArray<string>>
  readonly struck: number
  readonly done: ImportDone | null
}

/** A static list, who is on it, and what is told of it by the lead database and as an asset. @internal */
export interface ListKept {
  readonly id: number
  readonly name: string
  readonly folder: { readonly id: number; readonly type: 'Folder' | 'Program' } | null
  readonly leadIds: Tree<number>
  readonly told: JsonObject
  readonly record: JsonObject
}

/**
 * A lead in a program, by the name of its status.
 *
 * @category simulator
 * @since 0.1.0
 */
export interface SimulatedMember {
  readonly leadId: number
  readonly statusName: string
}

/**
 * A lead that a campaign was requested for, with the tokens of the call.
 *
 * @category simulator
 * @since 0.1.0
 */
export interface SimulatedCampaignRequest {
  readonly id: number
  readonly campaignId: number
  readonly leadId: number
  readonly tokens: ReadonlyArray<{ readonly name: string; readonly value: string }>
  readonly at: string
}

/**
 * A company, by the id that the customer's own system has for it. Fields that hold nothing are absent.
 *
 * @category simulator
 * @since 0.1.0
 */
export interface SimulatedCompany {
  readonly id: number
  readonly externalCompanyId: string
  readonly fields: Fields
}

/**
 * A record of a custom object. Fields that hold nothing are absent.
 *
 * @category simulator
 * @since 0.1.0
 */
export interface SimulatedObject {
  readonly id: number
  readonly marketoGUID: string
  readonly fields: Fields
}

/**
 * Fields of a lead that one write changed, in words of the log: values are text, null where there was or is nothing. Types are 12 for a
 * lead that was made, 13 for one that was changed.
 *
 * @category simulator
 * @since 0.1.0
 */
export interface SimulatedChange {
  readonly id: number
  readonly leadId: number
  readonly activityTypeId: 12 | 13
  readonly at: string
  readonly fields: ReadonlyArray<{
    readonly name: string
    readonly oldValue: string | null
    readonly newValue: string | null
  }>
  readonly source: string
  readonly modifyingUser: string | null
  readonly requestId: string | null
}

/**
 * An entry of the log of activities: `n` is its place there, `at` the moment when it was logged, which may be later than `activityDate`.
 *
 * @category simulator
 * @since 0.1.0
 */
export interface LoggedActivity {
  readonly n: number
  readonly at: number
  readonly marketoGUID: string
  readonly leadId: number
  readonly activityDate: string
  readonly activityTypeId: number
  readonly campaignId: number | null
  readonly primaryAttributeValueId: number | null
  readonly primaryAttributeValue: string | null
  readonly attributes: ReadonlyArray<{ readonly name: string; readonly value: FieldValue }>
  readonly actionResult: string | null
}

/** The file of an extract, and what is told of it; without a file where the job failed. @internal */
export interface ExportDone {
  readonly file: string
  readonly records: number
  readonly bytes: number
  readonly checksum: string
}

/**
 * An extract job: what it shall hold (`by` is the time that its window is of), and when it waits, runs and ends; the moments are null
 * before it is queued, and `done` before it ends. `fails` says how it will.
 *
 * @internal
 */
export interface SimulatedExport {
  readonly exportId: string
  readonly kind: 'activities' | 'leads'
  readonly fields: ReadonlyArray<string>
  readonly types: ReadonlyArray<number>
  readonly by: 'createdAt' | 'updatedAt'
  readonly startAt: number
  readonly endAt: number
  readonly createdAt: number
  readonly queued: { readonly queuedAt: number; readonly startsAt: number; readonly endsAt: number } | null
  readonly fails: boolean
  readonly done: ExportDone | 'failed' | null
}

/**
 * The whole instance. Its members are the simulator's own business: read it with `leadsIn`, `activitiesIn`, `visitsIn` and `callsIn`.
 *
 * @category simulator
 * @since 0.1.0
 */
export interface SimulatorState {
  readonly version: 1
  readonly options: Settled
  readonly random: number
  readonly total: number
  readonly calls: Readonly<Record<SimulatedEndpoint, number>>
  /** The token's number, 0 before the first, and when its life ends. */
  readonly token: { readonly generation: number; readonly until: number }
  /** The calls of the last 20 seconds: when, and how many. */
  readonly window: ReadonlyArray<readonly [at: number, calls: number]>
  readonly quota: { readonly day: string; readonly used: number }
  readonly nextLead: number
  readonly nextActivity: number
  readonly nextVisit: number
  readonly leads: Tree<SimulatedLead>
  /** The times of writes that a lead's own `updatedAt` does not show, by the lead's number. */
  readonly unshown: Tree<string>
  readonly index: Tree<Tree<number>>
  readonly merged: Tree<number>
  readonly activities: Tree<SimulatedActivity>
  readonly visitors: Tree<Visitor>
  readonly visits: Tree<SimulatedVisit>
  /** Import jobs that have not ended, in the order in which they came, and all of them by number. */
  readonly waitingJobs: ReadonlyArray<number>
  readonly nextJob: number
  readonly jobs: Tree<SimulatedImport>
  /** A queue: from the first number that waits to the next that is free. */
  readonly ingestion: { readonly first: number; readonly next: number; readonly lastDue: number }
  readonly ingested: Tree<Ingested>
  readonly nextList: number
  readonly lists: Tree<ListKept>
  readonly members: Tree<Tree<SimulatedMember>>
  readonly nextRequested: number
  readonly requested: Tree<SimulatedCampaignRequest>
  readonly nextCompany: number
  readonly companies: Tree<SimulatedCompany>
  readonly nextObject: number
  readonly objects: Tree<Tree<SimulatedObject>>
  readonly nextChange: number
  readonly changes: Tree<SimulatedChange>
  readonly nextLogged: number
  readonly log: Tree<LoggedActivity>
  readonly assets: Shelf
  readonly nextExport: number
  readonly exports: Tree<SimulatedExport>
  /** Extract jobs that have not ended, in the order in which they were queued; and the bytes of files that ended on a day. */
  readonly waitingExports: ReadonlyArray<string>
  readonly exported: { readonly day: string; readonly bytes: number }
}

/** A state in the making: members are replaced, never changed inside. @internal */
export type Draft = { -readonly [K in keyof SimulatorState]: SimulatorState[K] }
