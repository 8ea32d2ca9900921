/**
 * What each Marketo error code asks of the caller.
 *
 * `listed` is the part of Adobe's pages that lists the code, and no more; `elsewhere` says that a code listed for records is also met
 * in `errors[]` of a whole answer. Some codes mean different things in different places: {@link errorCodeOverrides} has those, and
 * {@link remedyFor} looks there first.
 *
 *     6xx   the request was not carried out      7xx   nothing found, or a bad parameter      1xxx   one record
 *
 * Sources: Adobe "Error Codes", "Leads" (1080), "Paging Tokens" (414), "Bulk Extract" (404), "Data Ingestion"; public traffic (1003,
 * 1006). A code absent there is absent here.
 *
 * @module
 */
import type { Option } from 'fp-ts/Option'
import { fromUndefined } from '../ground/option.js'

/**
 * The one thing worth doing next. Each word is a branch that a caller can act on: two are told apart only where the caller would
 * do something else (`back-off` holds one request, `throttle` all of them; `mend-request` loses the request, `mend-record` one record
 * of it).
 *
 * @category errors
 * @since 0.1.0
 */
export type Remedy =
  | 'renew-token' // ask the identity endpoint for a new token, then send again, once
  | 'back-off' // send the same request again, some seconds later, a few times at most
  | 'throttle' // everything to this instance waits for the 20-second window, then goes on more slowly
  | 'await-quota' // stop for today: the quota resets at midnight US Central
  | 'split-request' // too large: the same records in smaller requests
  | 'mend-request' // our request is wrong: report it, never send it again as it is
  | 'mend-record' // this record is wrong: drop it, keep its neighbours
  | 'accept' // nothing to mend: what we wanted is already so
  | 'ask-administrator' // permissions or provisioning inside Marketo; no request of ours can mend it

/**
 * Where an error stands: an HTTP status without Marketo's envelope, the identity endpoint, `errors[]` of a whole answer, one record of
 * it, the Data Ingestion API.
 *
 * @category errors
 * @since 0.1.0
 */
export type ErrorLevel = 'http' | 'identity' | 'response' | 'record' | 'data-ingestion'

/**
 * Whether a call answered so counts against the daily quota: `free` where Adobe says not, `unclear` where its footnote can be read
 * both ways (count it), `apart` where the API has a quota of its own.
 *
 * @category errors
 * @since 0.1.0
 */
export type QuotaUse = 'free' | 'counted' | 'unclear' | 'apart'

/**
 * What we know of one error code.
 *
 * @category errors
 * @since 0.1.0
 */
export interface ErrorCodeRow {
  readonly listed: ErrorLevel
  readonly elsewhere: boolean
  readonly name: string
  readonly remedy: Remedy
  readonly quota: QuotaUse
}

/**
 * Every code that Adobe lists. `5xx` stands for any HTTP status from 500 up.
 *
 * @category errors
 * @since 0.1.0
 */
// biome-ignore format: table
export const errorCodes = {
  '404':     { listed: 'http',           elsewhere: false, name: 'Not Found (bulk file endpoints)',                                            remedy: 'mend-request',      quota: 'unclear' },
  '413':     { listed: 'http',           elsewhere: false, name: 'Request Entity Too Large',                                                   remedy: 'split-request',     quota: 'unclear' },
  '414':     { listed: 'http',           elsewhere: false, name: 'Request-URI Too Long',                                                       remedy: 'split-request',     quota: 'unclear' },
  '5xx':     { listed: 'http',           elsewhere: false, name: 'Any HTTP 5xx',                                                               remedy: 'back-off',          quota: 'unclear' },
  '401':     { listed: 'identity',       elsewhere: false, name: 'Unauthorized',                                                               remedy: 'ask-administrator', quota: 'free'    },
  '500':     { listed: 'response',       elsewhere: false, name: 'Internal Server error',                                                      remedy: 'back-off',          quota: 'unclear' },
  '502':     { listed: 'response',       elsewhere: false, name: 'Bad Gateway',                                                                remedy: 'back-off',          quota: 'unclear' },
  '600':     { listed: 'response',       elsewhere: false, name: 'Empty access token (legacy)',                                                remedy: 'mend-request',      quota: 'unclear' },
  '601':     { listed: 'response',       elsewhere: false, name: 'Access token invalid',                                                       remedy: 'renew-token',       quota: 'free'    },
  '602':     { listed: 'response',       elsewhere: false, name: 'Access token expired',                                                       remedy: 'renew-token',       quota: 'free'    },
  '603':     { listed: 'response',       elsewhere: false, name: 'Access denied',                                                              remedy: 'ask-administrator', quota: 'unclear' },
  '604':     { listed: 'response',       elsewhere: false, name: 'Request time-out',                                                           remedy: 'back-off',          quota: 'free'    },
  '605':     { listed: 'response',       elsewhere: false, name: 'HTTP Method not supported',                                                  remedy: 'mend-request',      quota: 'free'    },
  '606':     { listed: 'response',       elsewhere: false, name: 'Max rate limit exceeded',                                                    remedy: 'throttle',          quota: 'unclear' },
  '607':     { listed: 'response',       elsewhere: false, name: 'Daily quota reached',                                                        remedy: 'await-quota',       quota: 'unclear' },
  '608':     { listed: 'response',       elsewhere: false, name: 'API Temporarily Unavailable',                                                remedy: 'back-off',          quota: 'free'    },
  '609':     { listed: 'response',       elsewhere: false, name: 'Invalid JSON',                                                               remedy: 'mend-request',      quota: 'unclear' },
  '610':     { listed: 'response',       elsewhere: false, name: 'Requested resource not found',                                               remedy: 'mend-request',      quota: 'unclear' },
  '611':     { listed: 'response',       elsewhere: false, name: 'System error',                                                               remedy: 'back-off',          quota: 'free'    },
  '612':     { listed: 'response',       elsewhere: false, name: 'Invalid Content Type',                                                       remedy: 'mend-request',      quota: 'unclear' },
  '613':     { listed: 'response',       elsewhere: false, name: 'Invalid Multipart Request',                                                  remedy: 'mend-request',      quota: 'unclear' },
  '614':     { listed: 'response',       elsewhere: false, name: 'Invalid Subscription',                                                       remedy: 'back-off',          quota: 'unclear' },
  '615':     { listed: 'response',       elsewhere: false, name: 'Concurrent access limit reached',                                            remedy: 'back-off',          quota: 'unclear' },
  '616':     { listed: 'response',       elsewhere: false, name: 'Invalid subscription type',                                                  remedy: 'ask-administrator', quota: 'unclear' },
  '701':     { listed: 'response',       elsewhere: false, name: '%s cannot be blank',                                                         remedy: 'mend-request',      quota: 'unclear' },
  '702':     { listed: 'response',       elsewhere: false, name: 'No data found',                                                              remedy: 'mend-request',      quota: 'unclear' },
  '703':     { listed: 'response',       elsewhere: false, name: 'Feature not enabled',                                                        remedy: 'ask-administrator', quota: 'unclear' },
  '704':     { listed: 'response',       elsewhere: false, name: 'Invalid date format',                                                        remedy: 'mend-request',      quota: 'unclear' },
  '709':     { listed: 'response',       elsewhere: false, name: 'Business Rule Violation',                                                    remedy: 'mend-request',      quota: 'unclear' },
  '710':     { listed: 'response',       elsewhere: false, name: 'Parent Folder Not Found',                                                    remedy: 'mend-request',      quota: 'unclear' },
  '711':     { listed: 'response',       elsewhere: false, name: 'Incompatible Folder Type',                                                   remedy: 'mend-request',      quota: 'unclear' },
  '712':     { listed: 'response',       elsewhere: false, name: 'Merge to person Account operation is invalid',                               remedy: 'mend-request',      quota: 'unclear' },
  '713':     { listed: 'response',       elsewhere: false, name: 'Transient Error',                                                            remedy: 'back-off',          quota: 'unclear' },
  '714':     { listed: 'response',       elsewhere: false, name: 'Unable to find the default record type',                                     remedy: 'ask-administrator', quota: 'unclear' },
  '718':     { listed: 'response',       elsewhere: false, name: 'ExternalSalesPersonID not found',                                            remedy: 'mend-request',      quota: 'unclear' },
  '719':     { listed: 'response',       elsewhere: false, name: 'Lock wait timeout exception',                                                remedy: 'back-off',          quota: 'unclear' },
  '1001':    { listed: 'record',         elsewhere: true,  name: 'Invalid value, required type mismatch',                                      remedy: 'mend-record',       quota: 'counted' },
  '1002':    { listed: 'record',         elsewhere: true,  name: 'Missing value for required parameter',                                       remedy: 'mend-record',       quota: 'counted' },
  '1003':    { listed: 'record',         elsewhere: true,  name: 'Invalid data',                                                               remedy: 'mend-record',       quota: 'counted' },
  '1004':    { listed: 'record',         elsewhere: false, name: 'Lead not found',                                                             remedy: 'mend-record',       quota: 'counted' },
  '1005':    { listed: 'record',         elsewhere: false, name: 'Lead already exists',                                                        remedy: 'mend-record',       quota: 'counted' },
  '1006':    { listed: 'record',         elsewhere: true,  name: 'Field not found',                                                            remedy: 'mend-record',       quota: 'counted' },
  '1007':    { listed: 'record',         elsewhere: false, name: 'Multiple leads match the lookup criteria',                                   remedy: 'mend-record',       quota: 'counted' },
  '1008':    { listed: 'record',         elsewhere: false, name: 'Access denied to partition',                                                 remedy: 'ask-administrator', quota: 'counted' },
  '1009':    { listed: 'record',         elsewhere: false, name: 'Partition name must be specified',                                           remedy: 'mend-record',       quota: 'counted' },
  '1010':    { listed: 'record',         elsewhere: false, name: 'Partition update not allowed',                                               remedy: 'mend-record',       quota: 'counted' },
  '1011':    { listed: 'record',         elsewhere: true,  name: 'Field not supported',                                                        remedy: 'mend-request',      quota: 'counted' },
  '1012':    { listed: 'record',         elsewhere: true,  name: 'Invalid cookie value',                                                       remedy: 'mend-record',       quota: 'counted' },
  '1013':    { listed: 'record',         elsewhere: true,  name: 'Object not found',                                                           remedy: 'mend-record',       quota: 'counted' },
  '1014':    { listed: 'record',         elsewhere: false, name: 'Failed to create Object',                                                    remedy: 'mend-record',       quota: 'counted' },
  '1015':    { listed: 'record',         elsewhere: false, name: 'Lead not in list',                                                           remedy: 'accept',            quota: 'counted' },
  '1016':    { listed: 'record',         elsewhere: true,  name: 'Too many imports',                                                           remedy: 'back-off',          quota: 'counted' },
  '1017':    { listed: 'record',         elsewhere: false, name: 'Object already exists',                                                      remedy: 'mend-record',       quota: 'counted' },
  '1018':    { listed: 'record',         elsewhere: true,  name: 'CRM Enabled',                                                                remedy: 'ask-administrator', quota: 'counted' },
  '1019':    { listed: 'record',         elsewhere: true,  name: 'Import in progress',                                                         remedy: 'back-off',          quota: 'counted' },
  '1020':    { listed: 'record',         elsewhere: true,  name: 'Too many clones to program',                                                 remedy: 'await-quota',       quota: 'counted' },
  '1021':    { listed: 'record',         elsewhere: false, name: 'Company update not allowed',                                                 remedy: 'mend-record',       quota: 'counted' },
  '1022':    { listed: 'record',         elsewhere: false, name: 'Object in use',                                                              remedy: 'mend-record',       quota: 'counted' },
  '1025':    { listed: 'record',         elsewhere: true,  name: 'Program status not found',                                                   remedy: 'mend-request',      quota: 'counted' },
  '1026':    { listed: 'record',         elsewhere: true,  name: 'Custom object not enabled',                                                  remedy: 'ask-administrator', quota: 'counted' },
  '1027':    { listed: 'record',         elsewhere: true,  name: 'Max Activity Type Limit Reached',                                            remedy: 'ask-administrator', quota: 'counted' },
  '1028':    { listed: 'record',         elsewhere: true,  name: 'Max field limit reached',                                                    remedy: 'mend-request',      quota: 'counted' },
  '1029':    { listed: 'record',         elsewhere: true,  name: 'Bulk extract limits',                                                        remedy: 'back-off',          quota: 'counted' },
  '1035':    { listed: 'record',         elsewhere: true,  name: 'Unsupported filter type',                                                    remedy: 'mend-request',      quota: 'counted' },
  '1036':    { listed: 'record',         elsewhere: false, name: 'Duplicate object found in input',                                            remedy: 'mend-record',       quota: 'counted' },
  '1037':    { listed: 'record',         elsewhere: false, name: 'Lead was skipped',                                                           remedy: 'accept',            quota: 'counted' },
  '1042':    { listed: 'record',         elsewhere: true,  name: 'Invalid runAt date',                                                         remedy: 'mend-request',      quota: 'counted' },
  '1048':    { listed: 'record',         elsewhere: true,  name: 'Custom Object Discard Draft Failed',                                         remedy: 'mend-request',      quota: 'counted' },
  '1049':    { listed: 'record',         elsewhere: false, name: 'Failed to Create Activity',                                                  remedy: 'mend-record',       quota: 'counted' },
  '1076':    { listed: 'record',         elsewhere: true,  name: 'Merge Leads with mergeInCRM failed in Salesforce',                           remedy: 'mend-request',      quota: 'counted' },
  '1077':    { listed: 'record',         elsewhere: true,  name: 'Merge Leads failed: Salesforce field too long',                              remedy: 'mend-request',      quota: 'counted' },
  '1078':    { listed: 'record',         elsewhere: true,  name: 'Merge Leads failed: deleted entity, not a lead/contact, or filter mismatch', remedy: 'mend-request',      quota: 'counted' },
  '1079':    { listed: 'record',         elsewhere: true,  name: 'Merge Leads failed: personalized URL conflict',                              remedy: 'mend-request',      quota: 'counted' },
  '1080':    { listed: 'record',         elsewhere: true,  name: 'Merge Leads: too many losing ids',                                           remedy: 'split-request',     quota: 'counted' },
  '401013':  { listed: 'data-ingestion', elsewhere: false, name: 'HTTP 401 Oauth token is invalid',                                            remedy: 'renew-token',       quota: 'apart'   },
  '403010':  { listed: 'data-ingestion', elsewhere: false, name: 'HTTP 403 Oauth token is missing',                                            remedy: 'mend-request',      quota: 'apart'   },
  '404040':  { listed: 'data-ingestion', elsewhere: false, name: 'HTTP 404 Resource not found',                                                remedy: 'mend-request',      quota: 'apart'   },
  '429001':  { listed: 'data-ingestion', elsewhere: false, name: 'HTTP 429 Service usage limit reached',                                       remedy: 'throttle',          quota: 'apart'   },
  '4000801': { listed: 'data-ingestion', elsewhere: false, name: 'HTTP 400 Bad request',                                                       remedy: 'mend-request',      quota: 'apart'   },
  '4000802': { listed: 'data-ingestion', elsewhere: false, name: 'HTTP 400 Invalid data',                                                      remedy: 'mend-request',      quota: 'apart'   },
  '4030801': { listed: 'data-ingestion', elsewhere: false, name: 'HTTP 403 Unauthorized',                                                      remedy: 'ask-administrator', quota: 'apart'   },
  '4290801': { listed: 'data-ingestion', elsewhere: false, name: 'HTTP 429 Daily quota reached',                                               remedy: 'await-quota',       quota: 'apart'   },
  '5000801': { listed: 'data-ingestion', elsewhere: false, name: 'HTTP 500 Internal Server Error',                                             remedy: 'back-off',          quota: 'apart'   }
} as const satisfies Readonly<Record<string, ErrorCodeRow>>

/**
 * A code that Adobe lists.
 *
 * @category errors
 * @since 0.1.0
 */
export type KnownErrorCode = keyof typeof errorCodes

const own = Object.prototype.hasOwnProperty

/** Whether Adobe lists the code. Own keys only: `constructor` is no code. @internal */
export const isKnownErrorCode = (code: string): code is KnownErrorCode => own.call(errorCodes, code)

/**
 * The row for a code as it came over the wire.
 *
 * @example
 * errorCodeRow('constructor') // => none
 * @category errors
 * @since 0.1.0
 */
export const errorCodeRow = (code: string): Option<ErrorCodeRow> =>
  fromUndefined(isKnownErrorCode(code) ? errorCodes[code] : undefined)

/**
 * What a call was for, where that changes what its errors ask.
 *
 * @category errors
 * @since 0.1.0
 */
export type Operation =
  | 'read' // looks for something; finding nothing is an answer
  | 'ensure' // makes something that may be there already
  | 'remove' // takes something away that may be gone already
  | 'need-member' // works on members of a list and on nobody else
  | 'submit-form' // fills in a form: one record a request
  | 'import-report' // the file of failures or warnings of a finished import
  | 'export-file' // the file of an export that may still be running

/**
 * One code, some circumstances, and the remedy there. A null means in any; all `words` must stand in the message, which is compared in
 * lower case.
 *
 * @category errors
 * @since 0.1.0
 */
export interface ErrorCodeOverride {
  readonly code: KnownErrorCode
  readonly level: ErrorLevel | null
  readonly operation: Operation | null
  readonly words: ReadonlyArray<string>
  readonly remedy: Remedy
}

/**
 * Where a code asks for something else than its row says. The first that fits wins.
 *
 * @category errors
 * @since 0.1.0
 */
// biome-ignore format: table
export const errorCodeOverrides: ReadonlyArray<ErrorCodeOverride> = [
  { code: '404',  level: null,       operation: 'import-report', words: [],                      remedy: 'accept'        }, // no row failed
  { code: '404',  level: null,       operation: 'export-file',   words: [],                      remedy: 'back-off'      }, // not finished yet
  { code: '702',  level: null,       operation: 'read',          words: [],                      remedy: 'accept'        }, // an empty answer
  { code: '1001', level: 'response', operation: null,            words: [],                      remedy: 'mend-request'  },
  { code: '1002', level: 'response', operation: null,            words: [],                      remedy: 'mend-request'  },
  { code: '1003', level: null,       operation: null,            words: ['too many', 'results'], remedy: 'split-request' }, // over 1,000 leads match
  { code: '1003', level: null,       operation: 'submit-form',   words: [],                      remedy: 'mend-record'   }, // the form's own validation
  { code: '1003', level: 'response', operation: null,            words: [],                      remedy: 'mend-request'  },
  { code: '1004', level: null,       operation: 'remove',        words: [],                      remedy: 'accept'        },
  { code: '1005', level: null,       operation: 'ensure',        words: [],                      remedy: 'accept'        },
  { code: '1006', level: 'response', operation: null,            words: [],                      remedy: 'mend-request'  }, // the lookup or filter field
  { code: '1013', level: 'response', operation: null,            words: [],                      remedy: 'mend-request'  }, // the id in the path
  { code: '1013', level: null,       operation: 'remove',        words: [],                      remedy: 'accept'        },
  { code: '1015', level: null,       operation: 'need-member',   words: [],                      remedy: 'mend-record'   },
  { code: '1017', level: null,       operation: 'ensure',        words: [],                      remedy: 'accept'        },
  { code: '1029', level: null,       operation: null,            words: ['quota'],               remedy: 'await-quota'   }, // the day's export volume
  { code: '1029', level: null,       operation: null,            words: ['already', 'queued'],   remedy: 'accept'        },
  { code: '1077', level: 'record',   operation: null,            words: [],                      remedy: 'mend-record'   } // no merge: a value too long
]

/**
 * An error as it came. `code` is text, also where Marketo sent a number; the HTTP status as text where the answer has no envelope.
 *
 * @category errors
 * @since 0.1.0
 */
export interface ErrorSeen {
  readonly code: string
  readonly level: ErrorLevel
  readonly message: string
  readonly httpStatus: number
  readonly operation?: Operation | undefined
}

const fits = (row: ErrorCodeOverride, seen: ErrorSeen): boolean => {
  if (row.code !== seen.code) return false
  if (row.level !== null && row.level !== seen.level) return false
  if (row.operation !== null && row.operation !== seen.operation) return false
  if (row.words.length === 0) return true
  const message = seen.message.toLowerCase()
  return row.words.every((word) => message.includes(word))
}

/** What to do about a code that nobody lists: at an HTTP 5xx it may pass, else it will not. */
const remedyForUnknown = (seen: ErrorSeen): Remedy => {
  if (seen.httpStatus >= 500) return errorCodes['5xx'].remedy
  if (seen.httpStatus === 429) return 'throttle'
  return seen.level === 'record' ? 'mend-record' : 'mend-request'
}

/**
 * The one thing worth doing about an error.
 *
 * @example
 * remedyFor({ code: '1006', level: 'record', message: '', httpStatus: 200 }) // => 'mend-record'
 * remedyFor({ code: '1006', level: 'response', message: '', httpStatus: 200 }) // => 'mend-request'
 * remedyFor({ code: '9999', level: 'response', message: '', httpStatus: 503 }) // => 'back-off'
 * @category errors
 * @since 0.1.0
 */
export const remedyFor = (seen: ErrorSeen): Remedy => {
  if (!isKnownErrorCode(seen.code)) return remedyForUnknown(seen)
  for (const row of errorCodeOverrides) if (fits(row, seen)) return row.remedy
  return errorCodes[seen.code].remedy
}
