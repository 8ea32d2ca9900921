/**
 * Settings as a whole: what a move from v1 to v2 needs, and how they fit an instance.
 *
 * @module
 */
export { decodeSettings as decodeV1Settings } from '../v1/decode-settings.js'
export type { Settings as V1Settings } from '../v1/settings.js'
export { settingsVersion } from '../v2/settings-version.js'
export { type Backfill, type BackfillOptions, backfillCsv } from './backfill.js'
export { type CheckedAgainst, checkAgainst } from './check-against.js'
export {
  type Change,
  type ChangedKind,
  type ChangedPlace,
  diffSettings,
  type SettingsDiff
} from './diff-settings.js'
export { areErrandsDone, type ErrandRequest, nextErrands, wakeErrandsAt } from './errands/next.js'
export { type InstancePart, instanceParts } from './errands/parts.js'
export {
  type GivenNumber,
  type Provisioned,
  provisionedIn,
  startProvisioning,
  withNumbers
} from './errands/provisioning.js'
export { type InstanceRead, instanceIn, partsFor, startReading } from './errands/reading.js'
export { type LostErrand, receiveErrand } from './errands/receive.js'
export type { Errands, Made } from './errands/state.js'
export { readFieldSheet } from './field-sheet.js'
export {
  type Instance,
  type InstanceActivityType,
  type InstanceAsset,
  type InstanceAttribute,
  type InstanceChannel,
  type InstanceField,
  untold
} from './instance.js'
export type { ActivityTypeIds } from './migrated-activities.js'
export {
  finishMigration,
  type Migration,
  type MigrationOptions,
  type MigrationState,
  migrate,
  startMigration,
  watchForMigration
} from './migration.js'
export type {
  EventCounts,
  FieldOrigin,
  LeftOut,
  LeftOutReason,
  MigratedActivity,
  MigratedAttribute,
  MigratedField,
  MigratedTrigger,
  MigrationReport,
  PrimaryRule,
  WithoutEquivalent
} from './migration-report.js'
export { printMigration } from './print-migration.js'
export { type Provision, provision } from './provision.js'
export { readInstance } from './read-instance.js'
export { suggest } from './suggest/suggest.js'
export type { SuggestedRow, Suggestion } from './suggest/suggestion.js'
