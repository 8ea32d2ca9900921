/**
 * What each fault of Marketo's SOAP API asks of the caller.
 *
 *     100xx, 200xx   the call      201xx   what it asks for, or the record in it
 *
 * A fault comes with an HTTP status of its own, mostly 500 whatever it says, so the status decides nothing where the code is known.
 * `back-off` for 20016 means the same message signed anew: a sender signs at every attempt, and no token is to be renewed.
 *
 * Sources: the SOAP API's pages, Error Codes (removed with the API in 2026); a public client's list (20018, and which codes pass);
 * Segment "Marketo Destination" (the words about lock attempts).
 *
 * @module
 */
import type { Option } from 'fp-ts/Option'
import { fromUndefined } from '../ground/option.js'
import type { Remedy } from './error-codes.js'

/**
 * What we know of one fault.
 *
 * @category errors
 * @since 0.1.0
 */
export interface SoapFaultRow {
  readonly name: string
  readonly remedy: Remedy
}

/**
 * Every fault code of the SOAP API that we know of.
 *
 * @category errors
 * @since 0.1.0
 */
// biome-ignore format: table
export const soapFaults = {
  '10001': { name: 'Internal error, severe',            remedy: 'back-off'          },
  '20011': { name: 'Internal error of the API service', remedy: 'back-off'          },
  '20012': { name: 'Request not understood',            remedy: 'mend-request'      },
  '20013': { name: 'Access denied',                     remedy: 'ask-administrator' },
  '20014': { name: 'Authentication failed',             remedy: 'ask-administrator' },
  '20015': { name: 'Daily request limit exceeded',      remedy: 'await-quota'       },
  '20016': { name: 'Request expired',                   remedy: 'back-off'          },
  '20017': { name: 'Invalid request',                   remedy: 'mend-request'      },
  '20018': { name: 'Bad encoding',                      remedy: 'mend-request'      },
  '20019': { name: 'Unsupported operation',             remedy: 'mend-request'      },
  '20022': { name: 'Time range too long',               remedy: 'mend-request'      },
  '20023': { name: 'Rate limit exceeded',               remedy: 'throttle'          },
  '20024': { name: 'Concurrency limit exceeded',        remedy: 'back-off'          },
  '20101': { name: 'Lead key required',                 remedy: 'mend-record'       },
  '20102': { name: 'Lead key bad',                      remedy: 'mend-record'       },
  '20103': { name: 'Lead not found',                    remedy: 'mend-record'       },
  '20104': { name: 'Lead detail required',              remedy: 'mend-record'       },
  '20105': { name: 'Lead attribute bad',                remedy: 'mend-record'       },
  '20106': { name: 'Lead sync failed',                  remedy: 'mend-record'       },
  '20107': { name: 'Activity key bad',                  remedy: 'mend-request'      },
  '20108': { name: 'Lead owner not found',              remedy: 'mend-record'       },
  '20109': { name: 'Parameter required',                remedy: 'mend-request'      },
  '20110': { name: 'Bad parameter',                     remedy: 'mend-request'      },
  '20111': { name: 'List not found',                    remedy: 'mend-request'      },
  '20113': { name: 'Campaign not found',                remedy: 'mend-request'      },
  '20114': { name: 'Bad parameter',                     remedy: 'mend-request'      },
  '20122': { name: 'Bad stream position',               remedy: 'mend-request'      },
  '20123': { name: 'Stream at its end',                 remedy: 'mend-request'      }
} as const satisfies Readonly<Record<string, SoapFaultRow>>

/**
 * A fault code that we know of.
 *
 * @category errors
 * @since 0.1.0
 */
export type KnownSoapFault = keyof typeof soapFaults

const own = Object.prototype.hasOwnProperty

const isKnownSoapFault = (code: string): code is KnownSoapFault => own.call(soapFaults, code)

/**
 * The row for a fault code as it came over the wire. Own keys only: `constructor` is no code.
 *
 * @example
 * soapFaultRow('constructor') // => none
 * @category errors
 * @since 0.1.0
 */
export const soapFaultRow = (code: string): Option<SoapFaultRow> =>
  fromUndefined(isKnownSoapFault(code) ? soapFaults[code] : undefined)

/**
 * A failure as SOAP told it: of the whole call, or of its lead (`syncStatus`). `faultcode` is without its prefix, '' where there is
 * none.
 *
 * @category errors
 * @since 0.1.0
 */
export interface SoapFaultSeen {
  readonly level: 'fault' | 'record'
  readonly code: string
  readonly faultcode: string
  readonly message: string
  readonly httpStatus: number
}

/** Segment's words for one lead synced twice within 30 seconds. No list of Marketo's has them. */
const lockWords = 'exceeded lock attempts'

/** A code that nobody lists: SOAP itself says whose fault it is; where it does not, a 5xx may pass. */
const remedyForUnknown = ({ level, faultcode, httpStatus }: SoapFaultSeen): Remedy => {
  if (level === 'record') return 'mend-record'
  if (faultcode === 'Server') return 'back-off'
  if (httpStatus === 429) return 'throttle'
  return faultcode === '' && httpStatus >= 500 ? 'back-off' : 'mend-request'
}

/**
 * The one thing worth doing about a failure.
 *
 * @example
 * soapFaultRemedy({ level: 'fault', code: '20016', faultcode: 'Client', message: 'Request expired', httpStatus: 500 }) // => 'back-off'
 * soapFaultRemedy({ level: 'fault', code: '99999', faultcode: 'Client', message: '', httpStatus: 500 }) // => 'mend-request'
 * @category errors
 * @since 0.1.0
 */
export const soapFaultRemedy = (seen: SoapFaultSeen): Remedy => {
  if (seen.message.toLowerCase().includes(lockWords)) return 'back-off'
  return isKnownSoapFault(seen.code) ? soapFaults[seen.code].remedy : remedyForUnknown(seen)
}
