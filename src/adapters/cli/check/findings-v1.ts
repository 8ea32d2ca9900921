/**
 * What a stream shows of v1: what Segment's page warns of.
 *
 * Source: Segment "Marketo Destination", Identify (server side, cookie), Custom Fields.
 *
 * @module
 */

import { fieldFor, rightCasing } from '../../../v1/naming.js'
import type { Settings } from '../../../v1/settings.js'
import type { Counted } from '../input/piece.js'
import { type Counts, countRetired, describeRetired, mendRetired } from '../map/retired.js'
import { printable } from '../text/printable.js'
import type { CloseSyncs } from './close-syncs.js'
import { type Finding, ofLines, ofNames, quoted } from './findings.js'
import type { NamingWatch } from './note-naming.js'
import type { PeopleWatch } from './note-person.js'
import {
  cookieStory,
  findInPeople,
  hasVisitors,
  isRekeyed,
  isSplit,
  keyStory,
  losesCookie,
  type Search
} from './searches.js'

/** All that is kept of a stream. */
export interface WatchedV1 {
  readonly people: PeopleWatch
  readonly syncs: CloseSyncs
  readonly naming: NamingWatch
}

const searches: ReadonlyArray<Search> = [
  {
    what: 'people with additional visitors: the cookie in one call, a userId or an anonymousId in another',
    mend: 'send context.Marketo.marketoCookie with every call, or else the same kind of id; or set secondVisitors to accept',
    test: hasVisitors,
    story: keyStory
  },
  {
    what: 'people with a second lead: addressed by a kind of id that no earlier identify had written on the first',
    mend: 'call identify first, and send with it the id that later calls have',
    test: (facts) => !hasVisitors(facts) && isSplit(facts),
    story: keyStory
  },
  {
    what: 'people addressed by their email and by another kind of id, each written on their lead in time',
    mend: 'this works as long as calls arrive in this order',
    test: (facts) => !hasVisitors(facts) && isRekeyed(facts) && !isSplit(facts),
    story: keyStory
  },
  {
    what: 'people with a Munchkin cookie on identify, but not on every track and page call',
    mend: 'send context.Marketo.marketoCookie with every call: a visit without it is a second visitor’s, or is not sent',
    test: losesCookie,
    story: cookieStory
  }
]

const accepted = (finding: Finding): Finding => ({
  ...finding,
  isAccepted: true,
  mend: 'accepted: the settings have secondVisitors at accept'
})

const closeSyncs = ({ count, pairs }: CloseSyncs, counted: Counted): Finding => ({
  count,
  what: 'identify calls of one lead that come sooner than 30 seconds after another',
  examples: pairs.map(([before, line]) => `${counted} ${line} after ${counted} ${before}`),
  mend: 'SOAP answers "Exceeded lock attempts": make them one, as spaceSync of segment-marketo/v1 does'
})

const withField = (trait: string): string => `${quoted(trait)} → ${printable(fieldFor(trait))}`

const withCasing = (trait: string): string => {
  const right = rightCasing(fieldFor(trait))
  return right === undefined ? withField(trait) : `${withField(trait)}, not ${right}`
}

const nameFindings = ({ collisions, casings, customs }: NamingWatch): ReadonlyArray<Finding> => [
  ofNames(
    collisions,
    'traits that lose their field to another trait of the same call',
    'send one of them, or rename one: both are given one name on the way',
    withField
  ),
  ofNames(
    casings,
    'traits whose field differs from a standard one only in casing',
    'send the trait so that it is named as Marketo spells the field',
    withCasing
  ),
  ofNames(
    customs,
    'traits whose field is no standard one',
    'make a custom field of exactly this SOAP API name for each that Marketo needs: the value is lost without it',
    withField
  )
]

const retired = (intents: Counts): Finding => ({
  count: countRetired(intents),
  what: 'intents that go over routes that are switched off',
  examples: describeRetired(intents),
  mend: mendRetired
})

/** All that was looked for. Where additional visitors are accepted, they are counted all the same. */
export const findingsOfV1 = (
  { secondVisitors }: Settings,
  { people: { people, withoutEmail }, syncs, naming }: WatchedV1,
  intents: Counts,
  counted: Counted
): ReadonlyArray<Finding> => {
  const ofPeople = findInPeople(searches, people, counted)
  return [
    ...(secondVisitors === 'accept' ? ofPeople.map(accepted) : ofPeople),
    closeSyncs(syncs, counted),
    ofLines(
      withoutEmail,
      counted,
      'identify calls without an email',
      'send it as the email trait, or as userId: without it only the cookie says who this is'
    ),
    ...nameFindings(naming),
    retired(intents)
  ]
}
