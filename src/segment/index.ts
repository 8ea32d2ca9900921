/**
 * The left bank: Segment events as they arrive, and what can be read from them.
 *
 *     codecs     IdentifyEvent … DeleteEvent, SegmentEvent
 *     readers    email, firstName, phone, city, pageUrl, cookieText …   event → Option
 *     reading    readEmail, readNames, readGate …                      the same with places and problems, for mappings
 *     also       flatten, readPageUrl, comparison forms, partitions
 *
 * Readers take a decoded event. Those that answer `Option` never throw; the plain ones leave what an event's own getters throw to
 * the mapping around them.
 *
 * @module
 */
export {
  type AddressPart,
  type AddressParts,
  addressPartNames,
  addressPosition,
  city,
  country,
  type PostalCodeOrder,
  postalCode,
  readAddressPart,
  readAddressParts,
  readAddressText,
  readPostalCode,
  state,
  street
} from './address.js'
export { birthday, dayOf, readBirthday } from './birthday.js'
export { company, readCompany } from './company.js'
export { comparableEmail, comparableId, comparablePhone } from './compare.js'
export { type Computation, computation, readComputation } from './computation.js'
export {
  type Channel,
  channels,
  type GroupSubscription,
  readSubscriptions,
  type Subscription,
  type SubscriptionState,
  subscriptionStates,
  subscriptions
} from './consent.js'
export { campaign, ip, locale, readCampaign, readIp, readLocale, readUserAgent, userAgent } from './context.js'
export { cookieText, readCookieText } from './cookie-text.js'
export { type EmailPlace, email, emailPlaces, isEmailLike, readEmail } from './email.js'
export { type CommonFields, type EventId, type EventMembers, type EventType, eventTypes, readEvent } from './event.js'
export {
  AliasEvent,
  DeleteEvent,
  GroupEvent,
  IdentifyEvent,
  PageEvent,
  ScreenEvent,
  SegmentEvent,
  TrackEvent
} from './event-codecs.js'
export { eventTime, readEventTime } from './event-time.js'
export { type ExternalId, externalIds, readExternalIds } from './external-ids.js'
export { type FlattenOptions, flatten } from './flatten.js'
export { type Found, textOf } from './found.js'
export {
  anonymousId,
  groupId,
  previousId,
  readAnonymousId,
  readGroupId,
  readPreviousId,
  readUserId,
  userId
} from './identity.js'
export { type GateStyle, readGate } from './integrations.js'
export { isSameKey, looseKey, looseMember, type Member, normalKey } from './key.js'
export {
  firstName,
  fullName,
  lastName,
  type NameProfile,
  type Names,
  readFullName,
  readNames
} from './names.js'
export {
  type PageMember,
  pageCategory,
  pageName,
  pagePath,
  pageReferrer,
  pageSearch,
  pageTitle,
  pageUrl,
  readContextPage,
  readPage,
  readPageLabel
} from './page.js'
export { type PageUrl, printUrl, readPageAddress, readPageUrl, type UrlFinding, type UrlParts } from './page-url.js'
export { partitionKey, partitionOf } from './partition.js'
export { personTraits, personTraitsPath, readPersonTraits } from './person.js'
export { phone, readPhone } from './phone.js'
export { foundAt, type Picked, type Place, pathAt } from './pick.js'
export {
  gender,
  industry,
  readGender,
  readIndustry,
  readTitle,
  readTrait,
  readWebsite,
  title,
  website
} from './profile.js'
export { recordOf } from './record.js'
export {
  inContextTraits,
  inTraits,
  position,
  readStandardTraits,
  type StandardTrait,
  type StandardTraits,
  standardTraitNames
} from './standard-traits.js'
export { verifySegmentSignature } from './webhook-signature.js'
export { collapsed, isBlank, isWhite, trimmed } from './white-space.js'
