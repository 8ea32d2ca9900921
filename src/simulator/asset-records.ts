/**
 * An asset as Marketo tells it, made of what a test says of it.
 *
 *     { id: 2290, name: 'Welcome', subject: 'Hi' }
 *     { id: 2290, name: 'Welcome', subject: { type: 'Text', value: 'Hi' }, createdAt: '1970-01-01T00:00:00Z+0000', … }
 *
 * Assets have `+0000` behind the Z of their times; the lead database has not, and tells lists and campaigns under other names.
 *
 * Sources: Adobe "Emails", "Landing Pages", "Programs", "Static Lists", "Smart Campaigns", "Dynamic Content"; "Leads" (static lists);
 * public traffic (members that the pages do not name).
 *
 * @module
 */
import type { JsonObject } from '../ground/json.js'
import type {
  AssetFolder,
  AssetKinds,
  AssetMembers,
  FiledAsset,
  SimulatedCampaign,
  SimulatedEmail,
  SimulatedLandingPage,
  SimulatedList,
  SimulatedProgram,
  SimulatedSegment,
  SimulatedSegmentation
} from './asset-options.js'

/** An asset as it is kept: its number, its name, its record. @internal */
export interface AssetKept {
  readonly id: number
  readonly name: string
  readonly record: JsonObject
}

/** A program as it is kept. @internal */
export interface ProgramKept extends AssetKept {
  readonly statuses: SimulatedProgram['statuses']
}

/** A campaign as it is kept; `told` is its record in the lead database. @internal */
export interface CampaignKept extends AssetKept {
  readonly requestable: boolean
  readonly told: JsonObject
}

/** A segmentation as it is kept, its segments by name. @internal */
export interface SegmentationKept extends AssetKept {
  readonly segments: ReadonlyArray<AssetKept>
}

/** What is said of an asset of each kind; lists are kept apart, for leads are on them. @internal */
export type ShelfAssets = Omit<AssetKinds, 'lists'>

/** A kind of asset. @internal */
export type ShelfKind = keyof ShelfAssets

/** What is kept of an asset of each kind. @internal */
export interface KeptKinds {
  readonly emails: AssetKept
  readonly landingPages: AssetKept
  readonly programs: ProgramKept
  readonly campaigns: CampaignKept
  readonly segmentations: SegmentationKept
}

/** The assets of each kind, by name. @internal */
export type Shelf = { readonly [K in ShelfKind]: ReadonlyArray<KeptKinds[K]> }

const long = '1970-01-01T00:00:00Z'

/** A time as assets have it. */
const assetTime = (time: string): string => (time.endsWith('Z') ? `${time}+0000` : time)

interface Named {
  readonly id: number
  readonly name: string
}

const asset = (named: Named, members: AssetMembers, own: JsonObject): AssetKept => {
  const { description, createdAt = long, updatedAt = createdAt, workspace = 'Default' } = members
  const told = { ...named, description: description === undefined ? '' : description }
  const times = { createdAt: assetTime(createdAt), updatedAt: assetTime(updatedAt) }
  return { ...named, record: { ...told, ...times, workspace, ...own, ...members.record } }
}

const withText = (name: string, value: string | null | undefined): JsonObject =>
  value === undefined || value === null || value === '' ? {} : { [name]: value }

/** The same in the lead database, where what is empty is left out. */
const inDatabase = (named: Named, members: AssetMembers, own: JsonObject): JsonObject => {
  const { description, createdAt = long, updatedAt = createdAt, workspace = 'Default' } = members
  const told = { ...named, ...withText('description', description), createdAt, updatedAt, workspaceName: workspace }
  return { ...told, ...own, ...members.record }
}

const folderOf = ({ folder }: FiledAsset): JsonObject | null => {
  if (folder === null) return null
  const { type, value, folderName }: AssetFolder = folder ?? { type: 'Folder', value: 1 }
  return { type, value, folderName: folderName ?? null }
}

const urlOf = (kind: string, id: number): string => `https://app.example.com/#${kind}${id}A1`

const text = (value: string): JsonObject => ({ type: 'Text', value })

/** An email. @internal */
export const emailKept = (email: SimulatedEmail): AssetKept =>
  asset({ id: email.id, name: email.name }, email, {
    url: urlOf('EM', email.id),
    subject: text(email.subject),
    fromName: text('Sender'),
    fromEmail: text('sender@example.com'),
    replyEmail: text('sender@example.com'),
    folder: folderOf(email),
    operational: false,
    textOnly: false,
    publishToMSI: false,
    webView: false,
    status: email.status ?? 'approved',
    template: 1,
    isOpenTrackingDisabled: false,
    version: 2,
    autoCopyToText: true,
    ccFields: null,
    preHeader: null
  })

/** A landing page. @internal */
export const landingPageKept = (page: SimulatedLandingPage): AssetKept =>
  asset({ id: page.id, name: page.name }, page, {
    folder: folderOf(page),
    status: page.status ?? 'approved',
    template: 1,
    title: page.name,
    keywords: '',
    robots: 'index, nofollow',
    formPrefill: false,
    mobileEnabled: false,
    URL: `https://go.example.com/${page.id}.html`,
    computedUrl: urlOf('LP', page.id)
  })

/** A program. @internal */
export const programKept = (program: SimulatedProgram): ProgramKept => {
  const { id, name = '', statuses } = program
  const kept = asset({ id, name }, program, {
    url: urlOf('PG', id),
    type: program.type ?? 'Default',
    channel: program.channel ?? 'Operational',
    folder: folderOf(program),
    status: program.status ?? '',
    headStart: false
  })
  return { ...kept, statuses: statuses.map(({ name, step }) => ({ name, step })) }
}

const segmentKept =
  (segmentationId: number) =>
  (segment: SimulatedSegment): AssetKept => {
    const own = { url: urlOf('SL', segment.id), status: segment.status ?? 'approved', segmentationId }
    return asset({ id: segment.id, name: segment.name }, segment, own)
  }

/** A segmentation with its segments. @internal */
export const segmentationKept = (segmentation: SimulatedSegmentation): SegmentationKept => {
  const { id, name, segments = [] } = segmentation
  const own = { url: urlOf('SG', id), folder: folderOf(segmentation), status: segmentation.status ?? 'approved' }
  return { ...asset({ id, name }, segmentation, own), segments: inOrder(segments.map(segmentKept(id))) }
}

/** A campaign. @internal */
export const campaignKept = (campaign: SimulatedCampaign): CampaignKept => {
  const { id, name = '', requestable = true, active = requestable, programId, programName } = campaign
  const named = { id, name }
  const type = requestable ? 'trigger' : 'batch'
  const told = inDatabase(named, campaign, {
    type,
    active,
    ...withText('programName', programName),
    ...(programId === undefined ? {} : { programId })
  })
  const kept = asset(named, campaign, {
    type,
    isSystem: false,
    isActive: active,
    isRequestable: requestable,
    isCommunicationLimitEnabled: false,
    folder: folderOf(campaign),
    status: campaign.status ?? (active ? 'Active' : 'Inactive'),
    computedUrl: urlOf('SC', id),
    ...(programId === undefined ? {} : { parentProgramId: programId })
  })
  return { ...kept, requestable, told }
}

/** A static list: what the lead database tells of it, and its record as an asset. @internal */
export const listRecords = (list: SimulatedList): { readonly told: JsonObject; readonly record: JsonObject } => {
  const { id, name, folder, programName } = list
  const filed = folder === undefined || folder === null ? {} : { folder: { id: folder.id, type: folder.type } }
  return {
    told: inDatabase({ id, name }, list, withText('programName', programName)),
    record: asset({ id, name }, list, { ...filed, computedUrl: urlOf('ST', id) }).record
  }
}

/** Assets by name, those of one name by number. @internal */
export const inOrder = <A extends Named>(assets: ReadonlyArray<A>): ReadonlyArray<A> =>
  [...assets].sort((a, b) => (a.name === b.name ? a.id - b.id : a.name < b.name ? -1 : 1))
