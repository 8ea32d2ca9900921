/**
 * Segment's Marketo v1 contract: settings, naming, mapping, signing, and the way out of its retired routes.
 *
 * @module
 */
export type { SettingRow } from '../contract/setting-rows.js'
export { type Credentials, decodeCredentials } from './credentials.js'
export { decodeSettings, SettingsFromJson } from './decode-settings.js'
export { eventUrl, rawEventUrl } from './event-url.js'
export type { Signing } from './identify.js'
export { browserMapper, browserStart, mapper } from './mapper.js'
export { collisionsOf, fieldFor, rightCasing, traitFor, unreachableFields } from './naming.js'
export { type ReplaceOptions, replaceRetired, replacingRetired } from './replace-retired.js'
export { settingRows } from './setting-names.js'
export type {
  ClientEmail,
  ClientNaming,
  PageUrl,
  Settings,
  TrackParams,
  TrackUrl,
  WithoutCookie
} from './settings.js'
export { associateLeadSignature } from './sign.js'
export { type SignerAnswer, type SignerOptions, type SignerQuestion, signerHandler } from './signer.js'
export {
  coalesceSyncs,
  type DueSyncs,
  dueSyncs,
  noSpacing,
  type SpacedSync,
  type Spacing,
  spaceSync,
  syncSpacingMillis,
  type WaitingSync
} from './spacing.js'
