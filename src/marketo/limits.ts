/**
 * How much Marketo takes: calls, records, bytes, names, seconds.
 *
 * Adobe writes kilo and mega without saying of what; we read them as powers of ten, the smaller reading, so that a request we call
 * small enough is small enough either way. Timeouts are Adobe's own; a client should wait a little longer.
 *
 * Sources: Adobe "REST API", "Marketo Integration Best Practices", and the page of each endpoint, as named beside the group.
 *
 * @module
 */

/**
 * Calls of a whole instance, all its integrations together. The day ends at midnight US Central.
 *
 * Source: Adobe "REST API", Limits; "Marketo Integration Best Practices".
 *
 * @category limits
 * @since 0.1.0
 */
export const callLimits = {
  /** What most subscriptions have. */
  callsPerDay: 50_000,
  /** The least that is sold. */
  leastCallsPerDay: 10_000,
  /** More in any half-open window is answered with 606. */
  callsPerWindow: 100,
  windowMillis: 20_000,
  /** More at one moment is answered with 615. */
  runningCalls: 10
} as const

/**
 * What Adobe advises a single integration to take of {@link callLimits}.
 *
 * Source: Adobe "Marketo Integration Best Practices".
 *
 * @category limits
 * @since 0.1.0
 */
export const advisedShare = { callsPerWindow: 50, runningCalls: 5 } as const

/**
 * Records in one call.
 *
 * Source: Adobe "Lead Database", "Leads", "Smart Campaigns", "Data Ingestion".
 *
 * @category limits
 * @since 0.1.0
 */
export const batchLimits = {
  /** Leads, activities, list members, program members, companies, custom objects. */
  leadDatabase: 300,
  requestCampaignLeads: 100,
  requestCampaignTokens: 100,
  /** Losing ids; more is answered with 1080. */
  mergeLosers: 25,
  submitForm: 1,
  associateLead: 1,
  /** Objects; members are counted across programs. */
  dataIngestion: 1_000
} as const

/**
 * What one question may ask for, and how much comes back.
 *
 * Source: Adobe "Leads", "Activities", "Assets", "Program Members".
 *
 * @category limits
 * @since 0.1.0
 */
export const queryLimits = {
  filterValues: 300,
  /** A filter that matches more leads is answered with 1003. */
  leadsFound: 1_000,
  activityLeadIds: 30,
  activityTypeIds: 10,
  leadDatabasePage: 300,
  assetPage: 200,
  assetPageDefault: 20,
  assetV2Page: 50
} as const

/**
 * Bytes of requests and of what they carry.
 *
 * Source: Adobe "REST API", "Lead Database", "Error Codes", "Bulk Import", "Data Ingestion", "Performance".
 *
 * @category limits
 * @since 0.1.0
 */
export const byteLimits = {
  body: 1_000_000,
  dataIngestionBody: 1_000_000,
  importFile: 10_000_000,
  /** Percent-encoded, as it goes over the wire; more is answered with HTTP 414. */
  uri: 8_000,
  assetUri: 65_000,
  /** The attributes array of one custom activity; more is answered with 1049. */
  activityAttributes: 65_536,
  /** Below this an answer is not compressed. */
  compressionBegins: 1_024
} as const

/**
 * Lengths of values, where describe names no other.
 *
 * Source: Adobe "Field Types".
 *
 * @category limits
 * @since 0.1.0
 */
export const valueLimits = {
  /** Characters of a string, an email, a phone number or a URL. */
  characters: 255,
  /** Bytes in UTF-8 of a text area. */
  textBytes: 30_000
} as const

/**
 * How many things of a kind an instance can define.
 *
 * Source: Adobe "Activities", "Custom Objects", "Leads", "Program Members".
 *
 * @category limits
 * @since 0.1.0
 */
export const definitionLimits = {
  customActivityTypes: 10,
  /** Beside the primary attribute. */
  customActivityAttributes: 20,
  customObjectTypes: 10,
  customObjectFields: 50,
  /** Those that were created through the API. */
  leadFields: 100,
  programMemberFields: 20
} as const

/**
 * Bulk jobs of an instance.
 *
 * Source: Adobe "Bulk Import", "Bulk Extract".
 *
 * @category limits
 * @since 0.1.0
 */
export const bulkLimits = {
  runningJobs: 2,
  /** Running ones included; more is answered with 1016 (import) or 1029 (extract). */
  queuedJobs: 10,
  /** Shared by every kind of object; the day ends at midnight US Central. */
  extractBytesPerDay: 500_000_000,
  extractWindowDays: 31,
  /** A file is kept this long after its job. */
  fileDays: 7,
  /** The status of an extract moves at most so often. */
  extractPollMillis: 60_000
} as const

/**
 * Scheduled batch campaigns.
 *
 * Source: Adobe "Smart Campaigns".
 *
 * @category limits
 * @since 0.1.0
 */
export const scheduleLimits = { clonesPerDay: 20, leastMinutesAhead: 5, mostYearsAhead: 2 } as const

/**
 * The Data Ingestion API, by client id.
 *
 * Source: Adobe "Data Ingestion".
 *
 * @category limits
 * @since 0.1.0
 */
export const dataIngestionLimits = { requestsPerSecond: 5_000, objectsPerDay: 10_000_000 } as const

/**
 * The oldest TLS that Marketo still speaks.
 *
 * @category limits
 * @since 0.1.0
 */
export const leastTls = '1.2'

/**
 * Seconds after which Marketo itself gives up, by endpoint; `other…` is for the endpoints of a page that have no row of their own.
 *
 * Source: Adobe "Leads", "Activities", "Companies", "Custom Objects", "Assets".
 *
 * @category limits
 * @since 0.1.0
 */
export const timeoutSeconds = {
  syncLeads: 90,
  pushLeads: 90,
  getLeadsByFilter: 60,
  getLeadsByList: 60,
  associateLead: 60,
  updateLeadPartition: 60,
  mergeLeads: 180,
  otherLeads: 30,
  addCustomActivities: 90,
  getPagingToken: 300,
  otherActivities: 30,
  syncCompanies: 60,
  deleteCompanies: 60,
  otherCompanies: 30,
  syncCustomObjects: 120,
  deleteCustomObjects: 60,
  otherCustomObjects: 30,
  assets: 300
} as const
