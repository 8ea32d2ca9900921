/**
 * Segment's Marketo v2 contract: settings and mapping, for a server (cloud), a browser (device), or both (hybrid).
 *
 * @module
 */
export type { SettingRow } from '../contract/setting-rows.js'
export { decodeSettings, SettingsFromJson } from './decode-settings.js'
export {
  type FieldRow,
  groupAddressRows,
  groupRows,
  type StandardRow,
  type StandardSource,
  standardRows
} from './lead-rows.js'
export { browserMapper, browserStart, mapper } from './mapper.js'
export { type Served, servedTwice } from './served-twice.js'
export { settingRows } from './setting-names.js'
export type {
  AttributeRow,
  DefaultValue,
  EmailPlace,
  EventRow,
  GateStyle,
  IdentityKind,
  Mode,
  Settings,
  TraitRow
} from './settings.js'
export type { Transform } from './transforms.js'
