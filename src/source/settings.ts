/**
 * What a source reads, and what its tables are called.
 *
 *     { munchkinId: '561-HYG-937', schemaName: 'marketo',
 *       activityTypeIds: [1, 2, 10, 11],                             rows of lead_activities, and of their attributes
 *       customLeadFields: [{ field: 'leadScore', type: 'integer' }], columns of leads beside the usual ones
 *       customActivityAttributes: [{ attribute: 'Plan', type: 'text' }],   columns of lead_activities, out of its attributes
 *       dailyCallLimit: 10000, collections: ['leads', 'lead_activities', …] }
 *
 * @module
 */
import type { MunchkinId } from '../marketo/munchkin-id.js'
import type { Collection, ColumnType } from './collection.js'

/**
 * A lead field with a column of its own, by REST name. `type` makes one kind of value out of what REST and files tell in two ways.
 *
 * @category settings
 * @since 0.1.0
 */
export interface CustomLeadField {
  readonly field: string
  readonly type: ColumnType
}

/**
 * An attribute of activities with a column of its own in `lead_activities`, by display name, of whatever types tell it; the first of a name
 * counts. It keeps its row in `lead_activity_attributes`.
 *
 * @category settings
 * @since 0.1.0
 */
export interface CustomActivityAttribute {
  readonly attribute: string
  readonly type: ColumnType
}

/**
 * What a source reads.
 *
 * - `activityTypeIds` are those of `lead_activities` and `lead_activity_attributes`: none, no rows. Types 12, 13, 32 and 37 (new lead, changed
 *   value, merged, deleted) are read in any case, as the feed that tells what leads changed, were merged or deleted; they give no rows of
 *   activities unless they are named here.
 * - `dailyCallLimit` is null where there is none but Marketo's.
 * - `defined` are collections of the caller's own.
 *
 * @category settings
 * @since 0.1.0
 */
export interface SourceSettings {
  readonly munchkinId: MunchkinId
  readonly schemaName: string
  readonly activityTypeIds: ReadonlyArray<number>
  readonly customLeadFields: ReadonlyArray<CustomLeadField>
  readonly customActivityAttributes: ReadonlyArray<CustomActivityAttribute>
  readonly dailyCallLimit: number | null
  readonly collections: ReadonlyArray<string>
  readonly defined: ReadonlyArray<Collection>
}
