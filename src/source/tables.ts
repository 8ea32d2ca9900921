/**
 * The tables of a source, made ready once: which collections there are, and what reads the records of each.
 *
 *     settings ──compileSource──▶ collections    the twelve, leads with its custom columns, and the caller's own
 *                                 reader         record → rows
 *                                 deletions      activity → partial rows of leads
 *
 * @module
 */
import { activityReader } from './activity-rows.js'
import type { Collection } from './collection.js'
import { collections } from './collections.js'
import { attributeColumns, customColumns } from './column-name.js'
import { deletionReader } from './deletions.js'
import { leadActivities, leads } from './lead-collections.js'
import { recordReader } from './record-rows.js'
import type { RowReader } from './rows-read.js'
import type { SourceSettings } from './settings.js'
import { typeReader } from './type-rows.js'

export type { RowReader } from './rows-read.js'

/**
 * The tables of a source. `lead_activities` and `lead_activity_attributes` share a reader that gives the rows of both, and so do the two
 * tables of activity types. `deletions` reads an activity of type 37 or 32 into partial rows of `leads`, and any other into nothing.
 *
 * @category rows
 * @since 0.1.0
 */
export interface SourceTables {
  readonly collections: ReadonlyArray<Collection>
  readonly reader: (collection: string) => RowReader | undefined
  readonly deletions: RowReader
}

const withCustomColumns = (collection: Collection, settings: SourceSettings): Collection => {
  const { name, columns } = collection
  if (name === leads.name)
    return { ...collection, columns: [...columns, ...customColumns(columns, settings.customLeadFields)] }
  return name === leadActivities.name
    ? { ...collection, columns: [...columns, ...attributeColumns(columns, settings.customActivityAttributes).values()] }
    : collection
}

const readerOf = (collection: Collection, activities: RowReader): RowReader => {
  switch (collection.reads.by) {
    case 'activities':
      return activities
    case 'activity-types':
      return typeReader
    default:
      return recordReader(collection)
  }
}

/**
 * The tables that settings make: all collections, whether they are to be read or not.
 *
 * @category rows
 * @since 0.1.0
 */
export const compileSource = (settings: SourceSettings): SourceTables => {
  const all = [...collections.map((collection) => withCustomColumns(collection, settings)), ...settings.defined]
  const activities = activityReader(settings.customActivityAttributes)
  // A collection is made ready when it is asked for: most answers are of one.
  const byName = new Map(all.map((collection) => [collection.name, collection]))
  const readers = new Map<string, RowReader>()
  const reader = (name: string): RowReader | undefined => {
    const collection = byName.get(name)
    if (collection === undefined) return undefined
    const made = readers.get(name) ?? readerOf(collection, activities)
    readers.set(name, made)
    return made
  }
  return { collections: all, reader, deletions: deletionReader }
}
