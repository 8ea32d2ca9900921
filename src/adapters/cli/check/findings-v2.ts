/**
 * What a stream shows of v2.
 *
 * @module
 */
import type { Counted } from '../input/piece.js'
import { type Finding, ofLines, ofNames, ofRows, quoted } from './findings.js'
import type { NameWatch } from './note-names.js'
import type { PeopleWatch } from './note-person.js'
import { never } from './people.js'
import { cookieStory, findInPeople, isRekeyed, isSplit, keyStory, losesCookie, type Search } from './searches.js'

const searches: ReadonlyArray<Search> = [
  {
    what: 'people with a second lead: addressed by a kind of id that no earlier call had written on the first',
    mend: 'call identify first, and send the email with every call',
    test: isSplit,
    story: keyStory
  },
  {
    what: 'people addressed by several kinds of ids, each written on their lead beforehand',
    mend: 'this works as long as calls arrive in this order; an email on every call needs no order',
    test: (facts) => isRekeyed(facts) && !isSplit(facts),
    story: keyStory
  },
  {
    what: 'people with a Munchkin cookie on identify, but not on every track and page call',
    mend: 'send context.Marketo.marketoCookie with every call: a visit without it makes a second visitor',
    test: losesCookie,
    story: cookieStory
  },
  {
    what: 'people who act before any identify in this stream',
    mend: 'call identify first: an action of somebody unknown makes a lead without name or email, or is skipped',
    test: (facts) => facts('action') < facts('identify'),
    story: (facts, counted) =>
      facts('identify') === never
        ? `${counted} ${facts('action')}, never identified`
        : `${counted} ${facts('action')}, identified on ${counted} ${facts('identify')}`
  }
]

const propertyRows = ({ idleEvents, idleProperties }: NameWatch): ReadonlyArray<string> =>
  [...idleProperties].flatMap(([event, names]) =>
    idleEvents.has(event) ? [] : [...names].map((name) => `${quoted(event)}: ${quoted(name)}`)
  )

const nameFindings = (names: NameWatch): ReadonlyArray<Finding> => [
  ofNames(
    names.unmappedEvents,
    'track events that no row maps',
    'add rows to events in the settings for those that Marketo needs'
  ),
  ofNames(
    names.unmappedTraits,
    'traits that no row maps',
    'add rows to traits in the settings for those that Marketo needs'
  ),
  ofRows(
    [...names.idleEvents].map(quoted),
    'event rows that no event matched',
    'compare the spelling: names match exactly'
  ),
  ofRows(
    [...names.idleTraits].map(quoted),
    'trait rows that no identify call fed',
    'compare the spelling: names match exactly'
  ),
  ofRows(propertyRows(names), 'attribute rows that no event fed', 'compare the spelling, and flatten nested properties')
]

/** All that was looked for. */
export const findingsOfV2 = (
  { people, withoutEmail }: PeopleWatch,
  names: NameWatch,
  counted: Counted
): ReadonlyArray<Finding> => [
  ...findInPeople(searches, people, counted),
  ofLines(
    withoutEmail,
    counted,
    'identify, track and page calls without an email',
    'send it in traits of an identify call, in context.traits or properties of any other'
  ),
  ...nameFindings(names)
]
