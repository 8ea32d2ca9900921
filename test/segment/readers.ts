/**
 * Every reader of the room by name, for the laws that all of them keep.
 */
import type { Problem } from '../../src/ground/problem.js'
import { readAddressPart, readAddressParts, readAddressText, readPostalCode } from '../../src/segment/address.js'
import { readBirthday } from '../../src/segment/birthday.js'
import { readCompany } from '../../src/segment/company.js'
import { readComputation } from '../../src/segment/computation.js'
import { readSubscriptions } from '../../src/segment/consent.js'
import { readCampaign, readIp, readLocale, readUserAgent } from '../../src/segment/context.js'
import { readCookieText } from '../../src/segment/cookie-text.js'
import { readEmail } from '../../src/segment/email.js'
import type { SegmentEvent } from '../../src/segment/event.js'
import { readEventTime } from '../../src/segment/event-time.js'
import { readExternalIds } from '../../src/segment/external-ids.js'
import { flatten } from '../../src/segment/flatten.js'
import { readAnonymousId, readGroupId, readPreviousId, readUserId } from '../../src/segment/identity.js'
import * as segment from '../../src/segment/index.js'
import { type GateStyle, readGate } from '../../src/segment/integrations.js'
import { readFullName, readNames } from '../../src/segment/names.js'
import { type PageMember, readPage, readPageLabel } from '../../src/segment/page.js'
import { readPageAddress } from '../../src/segment/page-url.js'
import { personTraits, personTraitsPath, readPersonTraits } from '../../src/segment/person.js'
import { readPhone } from '../../src/segment/phone.js'
import { readGender, readIndustry, readTitle, readWebsite } from '../../src/segment/profile.js'

/** A reader's answer and the problems that it pushed. */
export interface Reading {
  readonly answer: unknown
  readonly problems: ReadonlyArray<Problem>
}

type Plain = (event: SegmentEvent, problems: Array<Problem>) => unknown

const pageMembers: ReadonlyArray<PageMember> = ['url', 'path', 'search', 'title', 'referrer']
const gateStyles: ReadonlyArray<GateStyle> = ['lenient', 'exact', 'explicit', 'facade', 'off']

/** The readers that mappings use; what an event's own traps throw passes through. */
export const plainReaders: Readonly<Record<string, Plain>> = {
  readUserId,
  readAnonymousId,
  readGroupId,
  readPreviousId,
  readEmail: (event) => readEmail(event),
  readEmailEverywhere: (event) => readEmail(event, ['event', 'traits', 'properties', 'context.traits', 'userId']),
  readNames: (event) => readNames(readPersonTraits(event)),
  readNamesLikeFacade: (event) => readNames(readPersonTraits(event), 'facade'),
  readFullName: (event) => readFullName(readPersonTraits(event)),
  readGender: (event) => readGender(readPersonTraits(event)),
  readBirthday: (event) => readBirthday(readPersonTraits(event)),
  readPhone: (event) => readPhone(readPersonTraits(event)),
  readCompany: (event) => readCompany(readPersonTraits(event)),
  readAddressText: (event) => readAddressText(readPersonTraits(event)),
  readCity: (event) => readAddressPart(readAddressParts(readPersonTraits(event)), 'city'),
  readPostalCode: (event) => readPostalCode(readAddressParts(readPersonTraits(event))),
  readTitle: (event) => readTitle(personTraits(event), personTraitsPath(event)),
  readWebsite: (event) => readWebsite(personTraits(event), personTraitsPath(event)),
  readIndustry: (event) => readIndustry(personTraits(event), personTraitsPath(event)),
  readUserAgent,
  readIp,
  readLocale,
  readCampaign,
  readPage: (event) => pageMembers.map((member) => readPage(event, member) ?? null),
  readPageName: (event) => readPageLabel(event, 'name'),
  readPageAddress: (event, problems) => {
    const url = readPage(event, 'url')
    return url === undefined ? undefined : readPageAddress(url.value, url.at, problems)
  },
  readEventTime,
  readCookieText: (event, problems) => readCookieText(event, problems),
  readCookieTextAt: (event, problems) => readCookieText(event, problems, ['context', 'Marketo', 'marketoCookie']),
  readSubscriptions,
  readExternalIds,
  readComputation,
  readGate: (event) => gateStyles.map((style) => readGate(event, ['Marketo V2', 'Marketo'], style) ?? null)
}

/** The readers that answer `Option`; none of them throws. */
export const optionReaders: Readonly<Record<string, (event: SegmentEvent) => unknown>> = {
  userId: segment.userId,
  anonymousId: segment.anonymousId,
  groupId: segment.groupId,
  previousId: segment.previousId,
  email: (event) => segment.email(event),
  firstName: (event) => segment.firstName(event),
  lastName: (event) => segment.lastName(event),
  fullName: (event) => segment.fullName(event),
  gender: segment.gender,
  birthday: segment.birthday,
  phone: segment.phone,
  company: segment.company,
  street: segment.street,
  city: segment.city,
  state: segment.state,
  country: segment.country,
  postalCode: (event) => segment.postalCode(event),
  title: segment.title,
  website: segment.website,
  industry: segment.industry,
  userAgent: segment.userAgent,
  ip: segment.ip,
  locale: segment.locale,
  campaign: segment.campaign,
  pageUrl: segment.pageUrl,
  pagePath: segment.pagePath,
  pageSearch: segment.pageSearch,
  pageTitle: segment.pageTitle,
  pageReferrer: segment.pageReferrer,
  pageName: segment.pageName,
  pageCategory: segment.pageCategory,
  eventTime: segment.eventTime,
  cookieText: (event) => segment.cookieText(event),
  subscriptions: segment.subscriptions,
  externalIds: segment.externalIds,
  computation: segment.computation,
  flatten: (event) => flatten(event),
  flattenLists: (event) => flatten(event, { lists: 'index', separator: '.', depth: 3 })
}

/** What every reader makes of an event. */
export const readAll = (event: SegmentEvent): Readonly<Record<string, Reading>> => {
  const readings: Record<string, Reading> = {}
  for (const [name, read] of Object.entries({ ...plainReaders, ...optionReaders })) {
    const problems: Array<Problem> = []
    readings[name] = { answer: read(event, problems), problems }
  }
  return readings
}
