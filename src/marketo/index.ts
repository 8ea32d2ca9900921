/**
 * The right bank: Marketo's facts. The munchkin id and cookie, lead fields and their types, error codes, activity types, limits.
 *
 * Codecs and tables only; nothing here knows an event or makes a request.
 *
 * @module
 */

export {
  type ActivityDataType,
  activityDataTypes,
  activityTypeStatuses,
  type BuiltInActivityType,
  builtInActivityName,
  builtInActivityTypes,
  CustomActivityType,
  DescribedAttribute,
  firstCustomActivityTypeId,
  isNewActivityApiName,
  isNewActivityName,
  takesActivities,
  takesAnotherAttribute
} from './activity-types.js'
export { consentFields, isConsentField, saysNo } from './consent-fields.js'
export { type CookieDomainOptions, cookieDomain } from './cookie-domain.js'
export { isEmail } from './email.js'
export {
  type ErrorCodeOverride,
  type ErrorCodeRow,
  type ErrorLevel,
  type ErrorSeen,
  errorCodeOverrides,
  errorCodeRow,
  errorCodes,
  type KnownErrorCode,
  type Operation,
  type QuotaUse,
  type Remedy,
  remedyFor
} from './error-codes.js'
export {
  type LeadField,
  leadFieldByRest,
  leadFieldBySoap,
  leadFields,
  restNameOf,
  type Standing,
  soapNameOf,
  type WriteAdvice
} from './lead-fields.js'
export {
  advisedShare,
  batchLimits,
  bulkLimits,
  byteLimits,
  callLimits,
  dataIngestionLimits,
  definitionLimits,
  leastTls,
  queryLimits,
  scheduleLimits,
  timeoutSeconds,
  valueLimits
} from './limits.js'
export {
  isSetBy,
  MunchkinCookie,
  MunchkinCookieFromString,
  MunchkinToken,
  type MunchkinTokenBrand,
  printMunchkinCookie,
  readMunchkinCookie,
  tokenDomain
} from './munchkin-cookie.js'
export { isMunchkinId, MunchkinId, type MunchkinIdBrand, MunchkinIdFromText, readMunchkinId } from './munchkin-id.js'
export {
  type KnownSoapFault,
  type SoapFaultRow,
  type SoapFaultSeen,
  soapFaultRemedy,
  soapFaultRow,
  soapFaults
} from './soap-faults.js'
export {
  type Coercion,
  coerce,
  type Fit,
  isUnfit,
  type Unfit,
  type ValueType,
  valueTypeOf,
  valueTypes
} from './value-types.js'
