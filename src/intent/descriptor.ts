/**
 * Descriptors: one call each, as JSON.
 *
 * A descriptor names the credential that it needs and holds none. Path parts and query pairs are decoded; one adapter encodes
 * them, once. Where a call needs what an earlier one answers, the place stands empty and a slot beside the descriptor says what
 * belongs there: inside it, an event could forge it.
 *
 * @module
 */
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import type { These } from 'fp-ts/These'
import type { Json, JsonObject } from '../ground/json.js'
import type { Path } from '../ground/path.js'
import type { Problem } from '../ground/problem.js'
import type { MunchkinId } from '../marketo/munchkin-id.js'

/** The Marketo endpoints described here. */
export type EndpointName =
  | 'identityToken'
  | 'syncLeads'
  | 'getLeadsByFilter'
  | 'associateLead'
  | 'addCustomActivities'
  | 'submitForm'
  | 'visitWebPage'
  | 'syncLeadOverSoap'
  | 'mergeLeads'
  | 'ingestPersons'
  | 'importLeads'
  | 'importLeadsStatus'
  | 'importLeadsFailures'
  | 'importLeadsWarnings'
  | 'addToList'
  | 'removeFromList'
  | 'listMembership'
  | 'listsOfLead'
  | 'findList'
  | 'createList'
  | 'syncProgramStatus'
  | 'changeProgramStatus'
  | 'deleteProgramMembers'
  | 'requestCampaign'
  | 'deleteLeads'
  | 'syncCompanies'
  | 'syncCustomObjects'
  | 'getLeadChanges'
  | 'activityPagingToken'
  | 'getActivities'
  | 'activityTypes'
  | 'exportActivities'
  | 'exportActivitiesEnqueue'
  | 'exportActivitiesStatus'
  | 'exportActivitiesFile'
  | 'getEmail'
  | 'getProgram'
  | 'getCampaigns'
  | 'getLists'
  | 'getStaticLists'
  | 'getSmartCampaigns'
  | 'getEmails'
  | 'getLandingPages'
  | 'getPrograms'
  | 'getSegmentations'
  | 'getSegments'
  | 'getCollection'
  | 'getDeletedLeads'
  | 'describeLeads'
  | 'describeLeadNames'
  | 'getCustomActivityTypes'
  | 'describeActivityType'
  | 'getChannels'
  | 'createLeadFields'
  | 'createActivityType'
  | 'createActivityAttributes'
  | 'approveActivityType'
  | 'exportLeads'
  | 'exportLeadsEnqueue'
  | 'exportLeadsStatus'
  | 'exportLeadsFile'

/** Which of Marketo's hosts answers. */
export type Host = 'rest' | 'identity' | 'bulk' | 'ingestion' | 'beacon' | 'soap'

/** The credential that a call needs; whoever sends adds it. */
export type Auth = 'none' | 'bearer' | 'user-token' | 'client-credentials' | 'soap-signature'

/** Whether the vendor still serves this route; `since` is a day or, where no more is known, a month (`YYYY-MM-DD`, `YYYY-MM`). */
export type Lifecycle =
  | { readonly status: 'live' }
  | { readonly status: 'superseded'; readonly insteadUse: string }
  | { readonly status: 'retired'; readonly since: string; readonly insteadUse: string }

/** Decoded name-value pairs, in order. */
export type Pairs = ReadonlyArray<readonly [name: string, value: string]>

/** A part of a multipart body; `fileName` and `contentType` are null for a plain field. */
export interface Part {
  readonly name: string
  readonly text: string
  readonly fileName: string | null
  readonly contentType: string | null
}

/** What a request carries. */
export type Body =
  | { readonly json: Json }
  | { readonly form: Pairs }
  | { readonly multipart: ReadonlyArray<Part> }
  | { readonly text: string; readonly type: string }

/** One HTTP call. */
export interface HttpRequest {
  readonly _tag: 'HttpRequest'
  readonly endpoint: EndpointName
  readonly munchkinId: MunchkinId
  readonly host: Host
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly path: ReadonlyArray<string>
  readonly query: Pairs
  readonly headers: Readonly<Record<string, string>>
  readonly body: Body | null
  readonly auth: Auth
  readonly lifecycle: Lifecycle
}

/** One call of Munchkin's in a browser, such as `Munchkin.init(...args)` or `Munchkin.munchkinFunction(...args)`. */
export interface MunchkinCall {
  readonly _tag: 'MunchkinCall'
  readonly function: 'init' | 'munchkinFunction' | 'createTrackingCookie'
  readonly args: ReadonlyArray<Json>
  readonly lifecycle: Lifecycle
}

/** A hidden Forms 2.0 form in a browser: load it, or fill it in and submit it. */
export interface HiddenForm {
  readonly _tag: 'HiddenForm'
  readonly munchkinId: MunchkinId
  readonly formId: number
  readonly does: { readonly load: string } | { readonly submit: JsonObject }
  readonly lifecycle: Lifecycle
}

/**
 * A question to the customer's own signer, from a browser: `GET` of the path parts (decoded) below `origin`; a JSON answer
 * `{ "hash": "…" }` holds the signature.
 */
export interface SignerRequest {
  readonly _tag: 'SignerRequest'
  readonly origin: string
  readonly path: ReadonlyArray<string>
  readonly lifecycle: Lifecycle
}

/** One call, as data. */
export type Descriptor = HttpRequest | MunchkinCall | HiddenForm | SignerRequest

/** What belongs into an empty place: `pick` of the answer to call number `step` of the same plan, at `at` of this descriptor. */
export interface Slot {
  readonly at: Path
  readonly step: number
  readonly pick: Path
}

/** A descriptor, the positions of the intents it carries out (in record order), and what must be filled in before it is sent. */
export interface Call<D extends Descriptor = Descriptor> {
  readonly descriptor: D
  readonly intents: ReadonlyArray<number>
  readonly slots: ReadonlyArray<Slot>
}

/** An intent that no request can carry (too large, no host, a value that cannot be written), and why. */
export interface Unsent {
  readonly intent: number
  readonly problem: Problem
}

/** Calls in the order they are to be made, with the intents that none of them carries. */
export type Described<D extends Descriptor = Descriptor> = These<
  ReadonlyNonEmptyArray<Unsent>,
  ReadonlyNonEmptyArray<Call<D>>
>

/** A route that Marketo serves. */
export const live: Lifecycle = { status: 'live' }
