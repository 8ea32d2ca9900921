/**
 * The v2 settings by name: our name, Segment's own where it stores one, the default, and what the setting does.
 *
 * `decodeSettings` reads by these names, and the settings page of the documentation is drawn from them.
 *
 * Source: Segment "Marketo v2 Destination".
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
  munchkinId:        { segment: 'accountId',         fallback: undefined,  takes: 'text',                         about: 'The Munchkin account id of the Marketo instance, or the endpoint address that holds it' },
  mode:              { segment: null,                fallback: 'cloud',    takes: 'cloud, device, hybrid',        about: 'Who sends: the server everything; the browser identify and page; or the browser those and the server track. Segment’s `beta: true` means hybrid' },
  anonymousActivity: { segment: 'anonymousActivity', fallback: false,      takes: 'boolean',                      about: 'Whether calls without a userId are mapped and anonymousId leaves' },
  createLead:        { segment: null,                fallback: true,       takes: 'boolean',                      about: 'Whether an unknown key makes a lead; when off, leads are only updated and looked up' },
  clearOnNull:       { segment: null,                fallback: false,      takes: 'boolean',                      about: 'Whether a null trait clears its field; when off, null leaves the field alone' },
  partitionName:     { segment: null,                fallback: null,       takes: 'text or null',                 about: 'The lead partition that new leads go to' },
  pageOrigin:        { segment: null,                fallback: null,       takes: 'text or null',                 about: 'Scheme and host for page calls whose url is relative, such as `https://www.example.com`' },
  pathLookup:        { segment: null,                fallback: false,      takes: 'boolean',                      about: 'Whether a dot in a mapped name may also be a path into nested objects; a literal key with that dot always comes first' },
  attributeKey:      { segment: null,                fallback: 'apiName',  takes: 'apiName, name',                about: 'Whether activity attributes are named by API name or by display name' },
  companyFields:     { segment: null,                fallback: 'send',     takes: 'send, omit',                   about: 'Whether the company is written on the lead; Marketo instances may refuse it with error 1021' },
  genderField:       { segment: null,                fallback: 'gender',   takes: 'text or null',                 about: 'The lead field (REST name) that gender goes to, null for none; Marketo left `gender` out of its list in 2026' },
  birthday:          { segment: null,                fallback: 'day',      takes: 'day, verbatim',                about: 'Whether a birthday becomes the calendar day as written, or passes through as text' },
  postalCode:        { segment: null,                fallback: ['zip', 'postalCode'], takes: 'list of names',     about: 'Where in `address` the postal code is looked for, in order' },
  nameSplit:         { segment: null,                fallback: 'words',    takes: 'words, facade',                about: 'How a full name is split: at white space, or exactly as Segment’s own library does' },
  identity:          { segment: null,                fallback: ['email', 'userId', 'anonymousId'], takes: 'list of email, userId, anonymousId', about: 'Which id addresses the lead, in order; anonymousId only counts when anonymous activity is on' },
  invalidEmail:      { segment: null,                fallback: 'invalid',  takes: 'invalid, next-key',            about: 'Whether an email that cannot be one stops the event, or is dropped so that the next id counts' },
  emailPlaces:       { segment: null,                fallback: ['context.traits', 'properties', 'userId'], takes: 'list of traits, context.traits, properties, userId', about: 'Where a track or page call holds the email, in order' },
  userIdField:       { segment: null,                fallback: 'userId',   takes: 'text',                         about: 'The custom lead field (REST name) that holds the userId' },
  anonymousIdField:  { segment: null,                fallback: 'anonymousId', takes: 'text',                      about: 'The custom lead field (REST name) that holds the anonymousId' },
  gateNames:         { segment: null,                fallback: ['Marketo V2'], takes: 'list of names',            about: 'The names under which an event’s `integrations` can switch this mapping off' },
  gateStyle:         { segment: null,                fallback: 'lenient',  takes: 'lenient, exact, explicit, facade, off', about: 'How those names are read: without regard to case, exactly, only an explicit false, as Segment’s own library does, or not at all' },
  cookiePath:        { segment: null,                fallback: null,       takes: 'list of keys or null',         about: 'Where the Munchkin cookie stands, when it is not under `integrations.Marketo` or `context.Marketo`' },
  browserPageUrl:    { segment: null,                fallback: 'path',     takes: 'path, verbatim',               about: 'Whether Munchkin gets a page’s path and parameters, or its url as it came' },
  browserProfile:    { segment: null,                fallback: 'default',  takes: 'default, exact',               about: 'Whether the browser side maps as this library does, or exactly as Segment’s own device code does' },
  browserZone:       { segment: null,                fallback: 0,          takes: 'whole number',                 about: 'Minutes east of UTC for times that a space parts from their day; only the exact profile reads them so' },
  munchkinOptions:   { segment: null,                fallback: {},         takes: 'object',                       about: 'Further options for `Munchkin.init`' },
  formId:            { segment: 'marketoFormId',     fallback: null,       takes: 'whole number or null',         about: 'The id of the empty form that browser identifies fill in' },
  formHost:          { segment: 'marketoHostUrl',    fallback: null,       takes: 'text or null',                 about: 'Where that form is loaded from, such as `//app-ab00.marketo.com`' },
  traits:            { segment: 'traits',            fallback: [],         takes: 'list of rows',                 about: 'Custom lead fields: trait, field, type, default, transforms' },
  events:            { segment: 'events',            fallback: [],         takes: 'list of rows',                 about: 'Track events and the custom activities that they become' }
}

/** Keys of Segment's stored settings that this mapping knows and does not need. */
export const knownUnread: ReadonlyArray<string> = ['beta', 'clientId', 'clientSecret', 'host', 'projectId']
