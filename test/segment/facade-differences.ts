/**
 * Where we answer otherwise than Segment's facade, and why; what we do not answer at all, and why. Every other recorded case of
 * test/cases/facade-vectors.json is answered alike. docs/facade.md is drawn from these two tables.
 */

/** A case that we answer otherwise; `ours` left out means that we find nothing. */
export interface Difference {
  readonly id: string
  readonly ours?: unknown
  readonly why: string
}

/** A case that no reader of ours answers. */
export interface NotRead {
  readonly id: string
  readonly why: string
}

const words = 'any white space parts a name, not U+0020 alone'
const asSent = 'text stays text: the day that somebody wrote is not moved by a zone'
const addressOnly = 'parts of an address are read from the address; a trait beside it is one of the customer’s own'
const absent = 'what is not there is absent, not null'
const noId = 'traits are answered as sent; nothing is added'
const noNames = 'properties are answered as sent; name and category have readers of their own'
const noRoll = 'an impossible date is no date: it never rolls over'
const zipFirst = 'zip is read before postalCode, as Segment’s own Marketo v2 does; the order is a parameter'

/** The cases that we answer otherwise. */
export const differences: ReadonlyArray<Difference> = [
  {
    id: 'identify-lastName-025',
    ours: 'Cruz',
    why: 'leading blanks do not move the cut; the name profile `facade` keeps the slip'
  },
  { id: 'identify-firstName-028', ours: 'Ana', why: words },
  { id: 'identify-lastName-029', ours: 'Cruz', why: words },
  { id: 'identify-firstName-030', ours: 'Ana', why: words },
  {
    id: 'identify-firstName-040',
    ours: 'B',
    why: 'of two spellings the camelCase one wins, not the first in the object'
  },
  { id: 'identify-birthday-046', ours: '1990-03-04', why: asSent },
  { id: 'identify-birthday-047', ours: '1990-03-04T05:06:07Z', why: asSent },
  { id: 'identify-birthday-048', ours: '1990-03-04T05:06:07+02:00', why: asSent },
  { id: 'identify-birthday-053', ours: '1990-03-04', why: asSent },
  { id: 'identify-birthday-056', ours: '1990-02-31', why: `${asSent}; as a day it is refused, it does not roll over` },
  { id: 'identify-companyName-073', ours: 'Acme', why: 'a company sent as text is its name' },
  { id: 'identify-city-083', why: addressOnly },
  { id: 'identify-city-085', ours: '', why: `${addressOnly}; empty text is answered as sent` },
  { id: 'identify-city-087', why: addressOnly },
  { id: 'identify-city-088', why: absent },
  { id: 'identify-city-089', why: absent },
  { id: 'identify-country-091', why: addressOnly },
  { id: 'identify-state-093', why: absent },
  { id: 'identify-zip-099', ours: '97405', why: zipFirst },
  { id: 'identify-zip-100', ours: '97405', why: addressOnly },
  { id: 'identify-zip-101', why: addressOnly },
  { id: 'identify-traits-107', ours: { email: 'ana@corp.test', plan: 'pro' }, why: noId },
  { id: 'identify-traits-108', ours: { id: 'own' }, why: noId },
  { id: 'identify-traits-110', ours: {}, why: noId },
  { id: 'identify-traits-115', ours: { createdAt: '2024-01-02T03:04:05Z' }, why: 'nothing is converted in place' },
  { id: 'identify-userId-118', ours: '123', why: 'an id is text' },
  { id: 'identify-position-128', ours: 'CTO', why: 'Segment’s spec calls the job title `title`' },
  { id: 'facade-timestamp-143', why: 'there is no clock: an event without a time has none' },
  { id: 'facade-timestamp-144', why: 'a time that cannot be read is absent, and reported' },
  {
    id: 'facade-options-168',
    ours: { marketoCookie: 'c' },
    why: 'whether the destination is on is asked by the gate, apart from the cookie'
  },
  { id: 'track-properties-175', ours: { a: 1, when: '2024-01-02' }, why: 'nothing is converted in place' },
  { id: 'track-traits-179', ours: { plan: 'pro' }, why: noId },
  { id: 'track-city-180', why: 'properties tell what happened, not where somebody lives' },
  { id: 'page-properties-188', ours: { url: 'https://x.test/a?b=1' }, why: noNames },
  { id: 'page-properties-189', ours: { name: 'own', url: 'u' }, why: noNames },
  {
    id: 'page-url-191',
    ours: 'https://x.test/',
    why: 'context.page says the same of the page where properties do not'
  },
  { id: 'screen-properties-205', ours: { v: 1 }, why: noNames },
  { id: 'group-traits-206', ours: { name: 'Acme', employees: 12 }, why: noId },
  { id: 'group-email-210', why: 'the id of a group is no person’s address' },
  {
    id: 'group-email-211',
    ours: 'ana@corp.test',
    why: 'the address of the person who made the call is the key of a lead'
  },
  { id: 'isodateTraverse-240', ours: '2024-13-45', why: noRoll },
  { id: 'isodateTraverse-243', ours: '1234-56-78', why: noRoll },
  { id: 'newDate-252', why: 'only ISO 8601 and epoch numbers: other forms mean something else on every machine' },
  { id: 'newDate-253', why: 'what cannot be read is absent, not an invalid date' }
]

const rows = (why: string, ...ids: ReadonlyArray<string>): ReadonlyArray<NotRead> => ids.map((id) => ({ id, why }))

/** The cases that no reader of ours answers. */
export const notRead: ReadonlyArray<NotRead> = [
  ...rows(
    'an age needs a clock; no Marketo contract asks for one',
    'identify-age-057',
    'identify-age-058',
    'identify-age-059',
    'identify-age-060',
    'identify-age-061'
  ),
  ...rows('one phone number is read, not a list', 'identify-phones-071'),
  ...rows('no Marketo contract asks for a region beside the state', 'identify-region-094'),
  ...rows(
    'renaming traits is a mapping’s work',
    'identify-traits-111',
    'identify-traits-112',
    'identify-traits-113',
    'identify-traits-114'
  ),
  ...rows('who somebody is takes a contract’s own order of keys', 'identify-uid-121', 'identify-uid-122'),
  ...rows(
    'createdAt is not sent unless it is mapped, and then as sent',
    'identify-created-123',
    'identify-created-124',
    'identify-created-125'
  ),
  ...rows('no Marketo contract asks for a description', 'identify-description-129'),
  ...rows('times are UTC: the zone of a visitor changes nothing', 'identify-timezone-135'),
  ...rows('which library sent an event changes nothing', 'identify-library-136', 'identify-library-137'),
  ...rows('renaming properties is a mapping’s work', 'track-properties-177', 'track-properties-178'),
  ...rows(
    'amounts are properties like any other',
    'track-revenue-182',
    'track-revenue-183',
    'track-revenue-184',
    'track-currency-185'
  ),
  ...rows('an anonymous id is no user name', 'track-username-186'),
  ...rows(
    'a page view is no track call with a made-up name',
    'page-fullName-194',
    'page-fullName-195',
    'page-event-196',
    'page-event-197',
    'screen-event-203',
    'screen-event-204'
  ),
  ...rows(
    'names of a library long gone: an alias call without userId is refused',
    'alias-previousId-215',
    'alias-userId-216'
  ),
  ...rows(
    'keys are loose, paths are not: a dotted path is nothing here',
    'objCase.find-219',
    'objCase.find-221',
    'objCase.find-222',
    'objCase.find-223',
    'objCase.find-226',
    'objCase.find-228'
  ),
  ...rows('nothing is converted in place', 'isodateTraverse-244')
]
