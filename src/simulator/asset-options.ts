/**
 * The assets of a simulated instance: what a test says of each, and no more than it cares for.
 *
 *     emails: [{ id: 2290, name: 'Welcome', subject: 'Glad you are here',
 *                updatedAt: '2024-12-01T09:30:00Z',               a member that every asset has
 *                record: { fromName: null, headStart: true } }]   anything else, as Marketo tells it
 *
 * What is not said has a default. `record` is laid over the record last, so that a test can build any.
 *
 * Sources: Adobe "Emails", "Landing Pages", "Programs", "Static Lists", "Smart Campaigns", "Dynamic Content".
 *
 * @module
 */
import type { JsonObject } from '../ground/json.js'

/**
 * What every asset has. Times are `YYYY-MM-DDThh:mm:ssZ`, from the start of 1970 where nobody says; `folder` is as listings tell it, `value`
 * being its number.
 *
 * @category simulator
 * @since 0.1.0
 */
export interface AssetMembers {
  readonly description?: string | null
  readonly createdAt?: string
  readonly updatedAt?: string
  readonly workspace?: string
  readonly record?: JsonObject
}

/**
 * An asset in a folder or program, with the status of its kind.
 *
 * @category simulator
 * @since 0.1.0
 */
export interface FiledAsset extends AssetMembers {
  readonly status?: string
  readonly folder?: AssetFolder | null
}

/**
 * Where an asset is kept, as listings of assets tell it.
 *
 * @category simulator
 * @since 0.1.0
 */
export interface AssetFolder {
  readonly type: 'Folder' | 'Program'
  readonly value: number
  readonly folderName?: string | null
}

/**
 * A static list, and the numbers of the leads on it. `folder` is null where nobody says which; lists that are made later are numbered
 * from 1, or from the highest number here on.
 *
 * @category simulator
 * @since 0.1.0
 */
export interface SimulatedList extends AssetMembers {
  readonly id: number
  readonly name: string
  readonly folder?: { readonly id: number; readonly type: 'Folder' | 'Program' } | null
  readonly leadIds?: ReadonlyArray<number>
  readonly programName?: string
}

/**
 * A program: the statuses of its channel, each with its step, and the leads that are members from the start.
 *
 * @category simulator
 * @since 0.1.0
 */
export interface SimulatedProgram extends FiledAsset {
  readonly id: number
  readonly name?: string
  readonly statuses: ReadonlyArray<{ readonly name: string; readonly step: number }>
  readonly members?: ReadonlyArray<{ readonly leadId: number; readonly statusName: string }>
  readonly type?: string
  readonly channel?: string
}

/**
 * A campaign; with `requestable` false it is a batch campaign, or has no trigger that the API pulls. `record` is laid over both what Get
 * Campaigns and what Get Smart Campaigns tell.
 *
 * @category simulator
 * @since 0.1.0
 */
export interface SimulatedCampaign extends FiledAsset {
  readonly id: number
  readonly name?: string
  readonly requestable?: boolean
  readonly active?: boolean
  readonly programId?: number
  readonly programName?: string
}

/**
 * An email asset.
 *
 * @category simulator
 * @since 0.1.0
 */
export interface SimulatedEmail extends FiledAsset {
  readonly id: number
  readonly name: string
  readonly subject: string
}

/**
 * A landing page.
 *
 * @category simulator
 * @since 0.1.0
 */
export interface SimulatedLandingPage extends FiledAsset {
  readonly id: number
  readonly name: string
}

/**
 * A segment of a segmentation.
 *
 * @category simulator
 * @since 0.1.0
 */
export interface SimulatedSegment extends AssetMembers {
  readonly id: number
  readonly name: string
  readonly status?: string
}

/**
 * A segmentation, and its segments.
 *
 * @category simulator
 * @since 0.1.0
 */
export interface SimulatedSegmentation extends FiledAsset {
  readonly id: number
  readonly name: string
  readonly segments?: ReadonlyArray<SimulatedSegment>
}

/**
 * The kinds of assets, each with what is said of one.
 *
 * @category simulator
 * @since 0.1.0
 */
export interface AssetKinds {
  readonly emails: SimulatedEmail
  readonly landingPages: SimulatedLandingPage
  readonly programs: SimulatedProgram
  readonly campaigns: SimulatedCampaign
  readonly lists: SimulatedList
  readonly segmentations: SimulatedSegmentation
}
