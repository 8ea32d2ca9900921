/**
 * Intents: what we want done, in domain words, before any HTTP.
 *
 * One JSON value per thing to do, on one Marketo instance, to one lead addressed by key. The `…InBrowser` intents run in the lead's own
 * browser, where Munchkin and the form know who that is, so they carry no key; nor do those that write a company or a custom object.
 *
 * Events come late and in any order, so intents of which the last one counts say when they were meant: `at` is the event's time.
 *
 *     UpsertLead          write lead fields; make the lead if the key is new
 *     AssociateCookie     say that a browser is this lead's
 *     AddCustomActivity   a fact about the lead, write-once
 *     VisitPage           a page view on the lead, sent by a server
 *     SubmitForm          a form filled in for the lead, sent by a server
 *     AddToList           put the lead on a static list
 *     RemoveFromList      take it off
 *     LeaveLists          take it off every static list that it is on
 *     SetProgramStatus    make it a member of a program, or move it on there
 *     LeaveProgram        take it out of a program
 *     RequestCampaign     send it through a trigger campaign
 *     AddToScore          read a number of the lead's, add points, write it
 *     DeleteLead          the record is to be gone
 *     SyncCompany         write a company, by Marketo's external id for it      ┐ about no lead
 *     SyncCustomObject    write a record of a custom object                     ┘
 *     StartInBrowser      load Munchkin and the hidden form
 *     VisitPageInBrowser  a page view, sent by Munchkin
 *     SubmitFormInBrowser a hidden form filled in, sent by Forms 2.0
 *
 *   Of routes that are switched off; `replaceRetired` in v1/ turns each into those above:
 *
 *     AssociateLeadInBrowser  Munchkin's associateLead: this browser is that lead's, and these are its fields
 *     SyncLeadOverSoap        SOAP's syncLead: the same as UpsertLead and AssociateCookie, by SOAP names
 *
 * @module
 */
import type { Instant } from '../ground/calendar.js'
import type { JsonObject } from '../ground/json.js'
import type { MunchkinId } from '../marketo/munchkin-id.js'
import type { LeadKey } from './lead-key.js'

/** A value that a lead field or an activity attribute can take. */
export type FieldValue = string | number | boolean | null

/** Lead fields by name, and what they shall hold; null clears. Names are REST names unless the intent says otherwise. */
export type Fields = Readonly<Record<string, FieldValue>>

/** Whose browser a visit comes from: the one that holds this Munchkin cookie, or one that we derive from the lead key. */
export type Visitor = { readonly _tag: 'Cookie'; readonly cookie: string } | { readonly _tag: 'Derived' }

/** Whether a write says that the person does not want to be written to any more, or wants to again. */
export type Consent = 'opt-out' | 'opt-in'

/**
 * Write lead fields. `fields` holds the key's own field as well, under `lead.lookupField`. `at` and `consent` are there where a rule says
 * so; what is sent does not hang on them.
 */
export interface UpsertLead {
  readonly _tag: 'UpsertLead'
  readonly munchkinId: MunchkinId
  readonly lead: LeadKey
  readonly fields: Fields
  readonly action: 'createOrUpdate' | 'updateOnly'
  readonly partitionName: string | null
  readonly at?: Instant | null
  readonly consent?: Consent
}

/** Say that the browser with this cookie is this lead's: its earlier visits become the lead's. */
export interface AssociateCookie {
  readonly _tag: 'AssociateCookie'
  readonly munchkinId: MunchkinId
  readonly lead: LeadKey
  readonly visitor: Visitor
}

/** An attribute of a custom activity, by API name or by display name. */
export type ActivityAttribute =
  | { readonly apiName: string; readonly value: string | number | boolean }
  | { readonly name: string; readonly value: string | number | boolean }

/** Add a custom activity to the lead. `activityDate` is `YYYY-MM-DDThh:mm:ssZ`. */
export interface AddCustomActivity {
  readonly _tag: 'AddCustomActivity'
  readonly munchkinId: MunchkinId
  readonly lead: LeadKey
  readonly activityTypeId: number
  readonly activityDate: string
  readonly primaryAttributeValue: string
  readonly attributes: ReadonlyArray<ActivityAttribute>
}

/** A page's address, taken apart; every part as a URL writes it (percent-encoded already). `origin` is null where nobody knows the host. */
export interface PageAddress {
  readonly origin: string | null
  readonly path: string
  readonly params: string
  readonly fragment: string
}

/** A page view by the lead, to be reported by a server as Munchkin would have. */
export interface VisitPage {
  readonly _tag: 'VisitPage'
  readonly munchkinId: MunchkinId
  readonly lead: LeadKey
  readonly visitor: Visitor
  readonly page: PageAddress
  readonly referrer: string
  readonly userAgent: string
  readonly ip: string | null
  readonly at: Instant
}

/** A form of Marketo's filled in for the lead. Field names are REST names; `fields.email` is required by Marketo. */
export interface SubmitForm {
  readonly _tag: 'SubmitForm'
  readonly munchkinId: MunchkinId
  readonly lead: LeadKey
  readonly formId: number
  readonly fields: Fields
  readonly cookie: string | null
  readonly page: { readonly url: string; readonly params: string } | null
  readonly userAgent: string | null
  readonly ip: string | null
}

/**
 * A static list: by its number, or by its exact name. One that no list bears is made in `createIn`, where that says where.
 */
export type ListRef =
  | { readonly listId: number }
  | { readonly name: string; readonly createIn: { readonly id: number; readonly type: 'Folder' | 'Program' } | null }

/**
 * Why a lead is put somewhere: to engage it, because it does not want to be engaged (a list of people to leave alone, a last status), or
 * only to count what it did.
 */
export type Purpose = 'engage' | 'suppress' | 'measure'

/** Put the lead on a static list. */
export interface AddToList {
  readonly _tag: 'AddToList'
  readonly munchkinId: MunchkinId
  readonly lead: LeadKey
  readonly list: ListRef
  readonly purpose: Purpose
  readonly at: Instant | null
}

/** Take the lead off a static list. */
export interface RemoveFromList {
  readonly _tag: 'RemoveFromList'
  readonly munchkinId: MunchkinId
  readonly lead: LeadKey
  readonly list: ListRef
  readonly at: Instant | null
}

/** Take the lead off every static list that it is on, but for those in `except`. */
export interface LeaveLists {
  readonly _tag: 'LeaveLists'
  readonly munchkinId: MunchkinId
  readonly lead: LeadKey
  readonly except: ReadonlyArray<number>
  readonly at: Instant | null
}

/** Give the lead a status in a program, by its name; who is no member becomes one. A status cannot be stepped back. */
export interface SetProgramStatus {
  readonly _tag: 'SetProgramStatus'
  readonly munchkinId: MunchkinId
  readonly lead: LeadKey
  readonly programId: number
  readonly statusName: string
  readonly purpose: Purpose
  readonly at: Instant | null
}

/** Take the lead out of a program. */
export interface LeaveProgram {
  readonly _tag: 'LeaveProgram'
  readonly munchkinId: MunchkinId
  readonly lead: LeadKey
  readonly programId: number
  readonly at: Instant | null
}

/** What a token of a campaign's program or folder shall say for one call; `name` as in `{{my.plan}}`. */
export interface CampaignToken {
  readonly name: string
  readonly value: string
}

/** Send the lead through a trigger campaign. Doing so twice is twice. */
export interface RequestCampaign {
  readonly _tag: 'RequestCampaign'
  readonly munchkinId: MunchkinId
  readonly lead: LeadKey
  readonly campaignId: number
  readonly tokens: ReadonlyArray<CampaignToken>
  readonly purpose: Purpose
  readonly at: Instant | null
}

/**
 * Add points to a number that Marketo keeps of the lead: it is read, added to, and written, within `least` and `most` where they are
 * numbers. What somebody else writes between reading and writing is lost, so nobody else should write that field.
 */
export interface AddToScore {
  readonly _tag: 'AddToScore'
  readonly munchkinId: MunchkinId
  readonly lead: LeadKey
  readonly field: string
  readonly points: number
  readonly least: number | null
  readonly most: number | null
}

/** Delete the lead. It does not come back. */
export interface DeleteLead {
  readonly _tag: 'DeleteLead'
  readonly munchkinId: MunchkinId
  readonly lead: LeadKey
}

/** Write a company. `fields` holds `externalCompanyId`, by which it is known; a lead that holds the same id belongs to it. */
export interface SyncCompany {
  readonly _tag: 'SyncCompany'
  readonly munchkinId: MunchkinId
  readonly externalCompanyId: string
  readonly fields: Fields
}

/** Write a record of a custom object, by its API name. `dedupeFields` are those of `fields` by which the record is known. */
export interface SyncCustomObject {
  readonly _tag: 'SyncCustomObject'
  readonly munchkinId: MunchkinId
  readonly objectName: string
  readonly dedupeFields: ReadonlyArray<string>
  readonly fields: Fields
}

/** Load Munchkin with these options, and the hidden form if there is one. */
export interface StartInBrowser {
  readonly _tag: 'StartInBrowser'
  readonly munchkinId: MunchkinId
  readonly options: Readonly<Record<string, boolean | number | string | ReadonlyArray<string>>>
  readonly form: { readonly formId: number; readonly hostUrl: string } | null
}

/** A page view, reported by Munchkin in the lead's own browser. `url` is null only where an exact profile asks for it. */
export interface VisitPageInBrowser {
  readonly _tag: 'VisitPageInBrowser'
  readonly munchkinId: MunchkinId
  readonly url: string | null
  readonly params: string
}

/** A hidden form filled in and sent by Forms 2.0 in the lead's own browser. Field names are SOAP names. */
export interface SubmitFormInBrowser {
  readonly _tag: 'SubmitFormInBrowser'
  readonly munchkinId: MunchkinId
  readonly formId: number
  readonly fields: Fields
}

/**
 * How an associateLead call is signed: here already, or by the customer's own signer, asked at `origin` with these path parts (decoded;
 * the email is one of them), so that the private key never enters a page.
 */
export type Signature =
  | { readonly _tag: 'Signed'; readonly signature: string }
  | { readonly _tag: 'AskSigner'; readonly origin: string; readonly path: ReadonlyArray<string> }

/**
 * Say to Munchkin in the lead's own browser whose it is, with these fields. Field names are SOAP names; `fields.Email` is always there.
 * Munchkin has not known this call since version 161 (2021).
 */
export interface AssociateLeadInBrowser {
  readonly _tag: 'AssociateLeadInBrowser'
  readonly munchkinId: MunchkinId
  readonly fields: JsonObject
  readonly signature: Signature
}

/**
 * Make or update a lead over SOAP. `lead` is the cookie (`cookies`, as Marketo calls that lookup) when there is one, else the email;
 * attribute names are SOAP names, and a null there leaves the field alone. The SOAP API was switched off on 2026-07-31.
 */
export interface SyncLeadOverSoap {
  readonly _tag: 'SyncLeadOverSoap'
  readonly munchkinId: MunchkinId
  readonly lead: LeadKey
  readonly email: string | null
  readonly attributes: Fields
  readonly cookie: string | null
}

/**
 * What we want done.
 *
 * @category intents
 * @since 0.1.0
 */
export type Intent =
  | UpsertLead
  | AssociateCookie
  | AddCustomActivity
  | VisitPage
  | SubmitForm
  | AddToList
  | RemoveFromList
  | LeaveLists
  | SetProgramStatus
  | LeaveProgram
  | RequestCampaign
  | AddToScore
  | DeleteLead
  | SyncCompany
  | SyncCustomObject
  | StartInBrowser
  | VisitPageInBrowser
  | SubmitFormInBrowser
  | AssociateLeadInBrowser
  | SyncLeadOverSoap

/** An intent about a lead that it names by key: all but those about other records, and those that run in the lead's own browser. */
export type KeyedIntent = Extract<Intent, { readonly lead: LeadKey }>

/** An intent about a record that is no lead. */
export type RecordIntent = SyncCompany | SyncCustomObject

/** An intent that a server sends. */
export type ServerIntent = KeyedIntent | RecordIntent

/** An intent that runs in the lead's own browser. */
export type BrowserIntent = Exclude<Intent, ServerIntent>

// biome-ignore format: table
const runsInBrowser = {
  UpsertLead:             false,
  AssociateCookie:        false,
  AddCustomActivity:      false,
  VisitPage:              false,
  SubmitForm:             false,
  AddToList:              false,
  RemoveFromList:         false,
  LeaveLists:             false,
  SetProgramStatus:       false,
  LeaveProgram:           false,
  RequestCampaign:        false,
  AddToScore:             false,
  DeleteLead:             false,
  SyncCompany:            false,
  SyncCustomObject:       false,
  StartInBrowser:         true,
  VisitPageInBrowser:     true,
  SubmitFormInBrowser:    true,
  AssociateLeadInBrowser: true,
  SyncLeadOverSoap:       false
} as const satisfies Readonly<Record<Intent['_tag'], boolean>>

/**
 * Whether the intent runs in the lead's own browser.
 *
 * @category intents
 * @since 0.1.0
 */
export const isBrowserIntent = (intent: Intent): intent is BrowserIntent => runsInBrowser[intent._tag]

/**
 * Whether the intent is about a lead that it names by key.
 *
 * @category intents
 * @since 0.1.0
 */
export const isKeyedIntent = (intent: Intent): intent is KeyedIntent => 'lead' in intent
