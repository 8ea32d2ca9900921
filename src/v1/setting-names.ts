/**
 * The v1 settings by name: our name, Segment's own where it stores one, the default, and what the setting does.
 *
 * `decodeSettings` reads by these names, and the settings page of the documentation is drawn from them.
 *
 * Source: Segment's marketo device integration 2.0.2 (accountId, projectId, host); the rest is ours.
 *
 * @module
 */
import type { SettingRow } from '../contract/setting-rows.js'
import type { Settings } from './settings.js'

/**
 * Every setting, in the order of the settings page.
 *
 * @category settings
 * @since 0.1.0
 */
// biome-ignore format: table
export const settingRows: Readonly<Record<keyof Settings, SettingRow>> = {
  munchkinId:        { segment: 'accountId', fallback: undefined,                takes: 'text',                         about: 'The Munchkin account id of the Marketo instance, or the endpoint address that holds it' },
  projectId:         { segment: 'projectId', fallback: null,                     takes: 'text or null',                 about: 'Names the project to the signer; a part of its address' },
  signerOrigin:      { segment: 'host',      fallback: 'https://api.segment.io', takes: 'text',                         about: 'Scheme and host of the signer that a browser asks for signatures' },
  clientNaming:      { segment: null,        fallback: 'renames',                takes: 'renames, server, none',        about: 'How a browser names fields: seven traits renamed and the rest as it is; the server’s rule on the rest; no trait renamed, only Email added' },
  clientEmail:       { segment: null,        fallback: 'trait-or-userId',        takes: 'trait-or-userId, trait',       about: 'Whether a userId that is an email counts as one in a browser' },
  trackUrl:          { segment: null,        fallback: 'dashed',                 takes: 'dashed, undashed',             about: 'Whether spaces and underscores of an event’s name become dashes in `/event/<name>`' },
  trackParams:       { segment: null,        fallback: 'encoded',                takes: 'encoded, clean',               about: 'Whether each parameter ends in `&`, as filters were made for; clean ones end without, and leave empty text out' },
  withoutCookie:     { segment: null,        fallback: 'derive',                 takes: 'derive, cookie-only',          about: 'Whether a server’s visit without a Munchkin cookie is one of a visitor derived from the lead key, or is not sent' },
  secondVisitors:    { segment: null,        fallback: 'warn',                   takes: 'warn, accept',                 about: 'Whether each visit of a derived visitor says so, and changing kinds of ids are reported; accept is the page’s third option' },
  associateVisitors: { segment: null,        fallback: true,                     takes: 'boolean',                      about: 'Whether a derived visitor is associated with its lead, over REST' },
  userIdField:       { segment: null,        fallback: 'UserId',                 takes: 'text',                         about: 'The custom lead field that a server writes the userId to; by the naming rule it is UserId' },
  anonymousIdField:  { segment: null,        fallback: 'AnonymousId',            takes: 'text',                         about: 'The custom lead field that a server writes the anonymousId to' },
  userAgent:         { segment: null,        fallback: 'segment-marketo',        takes: 'text or null',                 about: 'The user agent of a server’s visit when the call has none; null refuses such calls' },
  pageOrigin:        { segment: null,        fallback: null,                     takes: 'text or null',                 about: 'Scheme and host of a server’s visits whose page has none, such as `https://www.example.com`: all track calls are of that kind' },
  cookiePath:        { segment: null,        fallback: null,                     takes: 'list of keys or null',         about: 'Where the Munchkin cookie stands, when it is not under `integrations.Marketo` or `context.Marketo`' },
  postalCode:        { segment: null,        fallback: ['postalCode', 'zip'],    takes: 'list of names',                about: 'Where in `address` the postal code is looked for, in order' },
  nameSplit:         { segment: null,        fallback: 'words',                  takes: 'words, facade',                about: 'How a full name is split: at white space, or exactly as Segment’s own library does' },
  gateNames:         { segment: null,        fallback: ['Marketo'],              takes: 'list of names',                about: 'The names under which an event’s `integrations` can switch this mapping off' },
  gateStyle:         { segment: null,        fallback: 'lenient',                takes: 'lenient, exact, explicit, facade, off', about: 'How those names are read: without regard to case, exactly, only an explicit false, as Segment’s own library does, or not at all' },
  firstPage:         { segment: null,        fallback: 'mapped',                 takes: 'mapped, init',                 about: 'Whether the first page call of a page is mapped like any other, or left to the visit that `Munchkin.init` counts by itself' },
  munchkinOptions:   { segment: null,        fallback: {},                       takes: 'object',                       about: 'Further options for `Munchkin.init`' },
  browserPageUrl:    { segment: null,        fallback: 'path',                   takes: 'path, verbatim',               about: 'Whether Munchkin gets a page’s path and parameters, or its url as it came' },
  browserProfile:    { segment: null,        fallback: 'default',                takes: 'default, exact',               about: 'Whether the browser side maps as this library does, or exactly as Segment’s own device code does' },
  browserIsoDates:   { segment: null,        fallback: true,                     takes: 'boolean',                      about: 'Whether the exact profile makes dates of ISO-looking texts, as Segment’s library does unless told not to' },
  browserZone:       { segment: null,        fallback: 0,                        takes: 'whole number',                 about: 'Minutes east of UTC for times that a space parts from their day; only the exact profile reads them so' }
}

/** Credentials that stored settings may hold; `decodeCredentials` reads them, and settings never keep them. */
export const credentialNames = ['privateKey', 'soapUserId', 'encryptionKey'] as const
