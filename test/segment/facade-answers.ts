/**
 * Our reader for each of facade's getters that we have one for: a recorded case → our answer, undefined when it is absent.
 */
import { type Instant, instantOf, parseInstant } from '../../src/ground/calendar.js'
import { isRecord } from '../../src/ground/json.js'
import { readAddressPart, readAddressParts, readPostalCode } from '../../src/segment/address.js'
import { readBirthday } from '../../src/segment/birthday.js'
import { readCompany } from '../../src/segment/company.js'
import { readIp, readUserAgent } from '../../src/segment/context.js'
import { readCookieText } from '../../src/segment/cookie-text.js'
import { readEmail } from '../../src/segment/email.js'
import { readEvent, type SegmentEvent } from '../../src/segment/event.js'
import { readEventTime } from '../../src/segment/event-time.js'
import { readAnonymousId, readGroupId, readPreviousId, readUserId } from '../../src/segment/identity.js'
import { readGate } from '../../src/segment/integrations.js'
import { looseMember } from '../../src/segment/key.js'
import { readFullName, readNames } from '../../src/segment/names.js'
import { readPage, readPageLabel } from '../../src/segment/page.js'
import { personTraits, personTraitsPath, readPersonTraits } from '../../src/segment/person.js'
import { readPhone } from '../../src/segment/phone.js'
import { foundAt } from '../../src/segment/pick.js'
import { readGender, readTitle, readTrait, readWebsite } from '../../src/segment/profile.js'
import { recordOf } from '../../src/segment/record.js'
import { position, readStandardTraits } from '../../src/segment/standard-traits.js'

/** One recorded answer of facade's; an absent `expected` is undefined. */
export interface FacadeCase {
  readonly id: string
  readonly getter: string
  readonly event?: Readonly<Record<string, unknown>>
  readonly arguments?: ReadonlyArray<unknown>
  readonly expected?: unknown
}

type Answer = (event: SegmentEvent, argument: unknown) => unknown

const isoText = (instant: Instant | undefined): string | undefined =>
  instant === undefined ? undefined : new Date(instant).toISOString()

const partsOf = (event: SegmentEvent) =>
  readAddressParts(event.type === 'group' ? readStandardTraits(recordOf(event.traits)) : readPersonTraits(event))

const groupTrait =
  (name: string): Answer =>
  (event) =>
    readTrait(recordOf(event.traits), ['traits'], name)?.value

const email: Answer = (event) => readEmail(event)?.value
const city: Answer = (event) => readAddressPart(partsOf(event), 'city')?.value
const properties: Answer = (event) => recordOf(event.properties)

const proxied: Answer = (event, path) => {
  switch (path) {
    case 'traits.company':
      return looseMember(personTraits(event), 'company')?.value
    case 'address.city':
      return readAddressPart(partsOf(event), 'city')?.value
    case 'address.postalCode':
      return readAddressPart(partsOf(event), 'postalCode')?.value
    default:
      return undefined
  }
}

const ofEvents: Readonly<Record<string, Answer>> = {
  'Identify.email': email,
  'Track.email': email,
  'Page.email': email,
  'Group.email': email,
  'Identify.firstName': (event) => readNames(readPersonTraits(event)).first?.value,
  'Identify.lastName': (event) => readNames(readPersonTraits(event)).last?.value,
  'Identify.name': (event) => readFullName(readPersonTraits(event))?.value,
  'Identify.birthday': (event) => readBirthday(readPersonTraits(event))?.value,
  'Identify.gender': (event) => readGender(readPersonTraits(event))?.value,
  'Identify.phone': (event) => readPhone(readPersonTraits(event))?.value,
  'Identify.companyName': (event) => readCompany(readPersonTraits(event))?.value,
  'Identify.proxy': proxied,
  'Identify.address': (event) => foundAt(readPersonTraits(event), position.address)?.value,
  'Identify.city': city,
  'Track.city': city,
  'Group.city': city,
  'Identify.country': (event) => readAddressPart(partsOf(event), 'country')?.value,
  'Identify.state': (event) => readAddressPart(partsOf(event), 'state')?.value,
  'Identify.street': (event) => readAddressPart(partsOf(event), 'street')?.value,
  'Identify.zip': (event) => readPostalCode(partsOf(event))?.value,
  'Identify.traits': personTraits,
  'Track.traits': personTraits,
  'Group.traits': (event) => recordOf(event.traits),
  'Identify.userId': (event) => readUserId(event)?.value,
  'Alias.userId': (event) => readUserId(event)?.value,
  'Alias.previousId': (event) => readPreviousId(event)?.value,
  'Identify.anonymousId': (event) => readAnonymousId(event)?.value,
  'Identify.groupId': (event) => readGroupId(event)?.value,
  'Group.groupId': (event) => readGroupId(event)?.value,
  'Identify.username': (event) => readTrait(personTraits(event), personTraitsPath(event), 'username')?.value,
  'Identify.website': (event) => readWebsite(personTraits(event), personTraitsPath(event))?.value,
  'Identify.position': (event) => readTitle(personTraits(event), personTraitsPath(event))?.value,
  'Group.name': groupTrait('name'),
  'Group.industry': groupTrait('industry'),
  'Group.employees': groupTrait('employees'),
  'Identify.userAgent': (event) => readUserAgent(event)?.value,
  'Identify.ip': (event) => readIp(event)?.value,
  'Facade.timestamp': (event) => isoText(readEventTime(event, [])?.value),
  'Facade.enabled': (event, name) => readGate(event, [String(name)], 'facade') === undefined,
  'Facade.options': (event) => {
    const cookie = readCookieText(event, [])
    return cookie === undefined ? {} : { marketoCookie: cookie.value }
  },
  'Track.event': (event) => event.event,
  'Track.properties': properties,
  'Page.properties': properties,
  'Screen.properties': properties,
  'Track.referrer': (event) => readPage(event, 'referrer')?.value,
  'Page.referrer': (event) => readPage(event, 'referrer')?.value,
  'Page.url': (event) => readPage(event, 'url')?.value,
  'Page.title': (event) => readPage(event, 'title')?.value,
  'Page.path': (event) => readPage(event, 'path')?.value,
  'Page.name': (event) => readPageLabel(event, 'name')?.value
}

const ofValues: Readonly<Record<string, (value: unknown, argument: unknown) => unknown>> = {
  'objCase.find': (record, key) => (isRecord(record) ? looseMember(record, String(key))?.value : undefined),
  isodateTraverse: (text) => isoText(parseInstant(String(text))) ?? text,
  newDate: (value) => isoText(instantOf(value))
}

/** Whether there is a reader of ours for this getter. */
export const isRead = (getter: string): boolean => getter in ofEvents || getter in ofValues

/** Our answer to a recorded case; an event that is none of ours is answered by its problems. */
export const answerTo = ({ getter, event, arguments: given = [] }: FacadeCase): unknown => {
  const [first, second] = given
  const ofValue = ofValues[getter]
  if (ofValue !== undefined) return ofValue(first, second)
  const problems: Array<Parameters<typeof readEventTime>[1][number]> = []
  const decoded = readEvent({ type: 'page', ...event }, problems)
  return decoded === undefined ? problems : ofEvents[getter]?.(decoded, first)
}
