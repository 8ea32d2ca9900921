/**
 * What a watched stream shows: each finding with its count, its first examples, and what to do.
 *
 * @module
 */
import type { Counted } from '../input/piece.js'
import { printable } from '../text/printable.js'
import { byFrequency, type Names } from './names.js'
import { type Facts, type Kind, kinds, never, type People } from './people.js'
import { mostExamples, type Watch } from './watch.js'

/** One finding; `count` 0 means that it was looked for in vain. */
export interface Finding {
  readonly count: number
  readonly what: string
  readonly examples: ReadonlyArray<string>
  readonly mend: string
}

const mostListed = 10

/** Kinds of ids in the order in which they first addressed the person's lead. */
const inOrder = (facts: Facts): ReadonlyArray<Kind> =>
  kinds
    .filter((kind) => facts(`keyed by ${kind}`) !== never)
    .sort((a, b) => facts(`keyed by ${a}`) - facts(`keyed by ${b}`))

/** Whether the lead got a second key that no earlier mapped call had written on it: Marketo cannot know that it is the same lead. */
const isSplit = (facts: Facts): boolean =>
  inOrder(facts).some((kind, i) => i > 0 && facts(`wrote ${kind}`) >= facts(`keyed by ${kind}`))

/** What is looked for in people; a story tells it in line numbers, or item numbers. */
interface Search {
  readonly what: string
  readonly mend: string
  readonly test: (facts: Facts) => boolean
  readonly story: (facts: Facts, counted: Counted) => string
}

const keyStory: Search['story'] = (facts, counted) =>
  inOrder(facts)
    .map((kind) => `${counted} ${facts(`keyed by ${kind}`)} by ${kind}`)
    .join(', ')

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
    test: (facts) => inOrder(facts).length > 1 && !isSplit(facts),
    story: keyStory
  },
  {
    what: 'people with a Munchkin cookie on identify, but not on every track and page call',
    mend: 'send context.Marketo.marketoCookie with every call: a visit without it makes a second visitor',
    test: (facts) => facts('cookie') !== never && facts('bare') !== never,
    story: (facts, counted) => `${counted} ${facts('cookie')} has it, ${counted} ${facts('bare')} has not`
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

/** What was found so far of one search. */
interface Found {
  readonly search: Search
  count: number
  readonly examples: Array<string>
}

/** One walk over all people. */
const peopleFindings = (people: People, counted: Counted): ReadonlyArray<Finding> => {
  const found = searches.map((search): Found => ({ search, count: 0, examples: [] }))
  for (const facts of people.all()) {
    for (const one of found) {
      if (!one.search.test(facts)) continue
      one.count += 1
      if (one.examples.length < mostExamples) one.examples.push(one.search.story(facts, counted))
    }
  }
  return found.map(({ search: { what, mend }, count, examples }) => ({ count, what, examples, mend }))
}

const quoted = (name: string): string => printable(JSON.stringify(name))

const ofNames = (names: Names, what: string, mend: string): Finding => {
  const rows = byFrequency(names)
  const listed = rows.slice(0, mostListed).map(([name, n]) => `${quoted(name)} ${n}×`)
  const more = rows.length - listed.length
  const rest = names.others > 0 ? [`${names.others} calls with names beyond the first ${rows.length}`] : []
  const examples = [...listed, ...(more > 0 ? [`${more} more names`] : []), ...rest]
  return { count: rows.length, what, examples, mend }
}

const ofRows = (rows: ReadonlyArray<string>, what: string, mend: string): Finding => ({
  count: rows.length,
  what,
  examples: rows.slice(0, mostListed),
  mend
})

const propertyRows = ({ idleEvents, idleProperties }: Watch): ReadonlyArray<string> =>
  [...idleProperties].flatMap(([event, names]) =>
    idleEvents.has(event) ? [] : [...names].map((name) => `${quoted(event)}: ${quoted(name)}`)
  )

const nameFindings = (watch: Watch): ReadonlyArray<Finding> => [
  ofNames(
    watch.unmappedEvents,
    'track events that no row maps',
    'add rows to events in the settings for those that Marketo needs'
  ),
  ofNames(
    watch.unmappedTraits,
    'traits that no row maps',
    'add rows to traits in the settings for those that Marketo needs'
  ),
  ofRows(
    [...watch.idleEvents].map(quoted),
    'event rows that no event matched',
    'compare the spelling: names match exactly'
  ),
  ofRows(
    [...watch.idleTraits].map(quoted),
    'trait rows that no identify call fed',
    'compare the spelling: names match exactly'
  ),
  ofRows(propertyRows(watch), 'attribute rows that no event fed', 'compare the spelling, and flatten nested properties')
]

/** All that was looked for. */
export const findingsOf = (watch: Watch, counted: Counted): ReadonlyArray<Finding> => [
  ...peopleFindings(watch.people, counted),
  {
    count: watch.withoutEmail.count,
    what: 'identify, track and page calls without an email',
    examples: watch.withoutEmail.lines.map((line) => `${counted} ${line}`),
    mend: 'send it in traits of an identify call, in context.traits or properties of any other'
  },
  ...nameFindings(watch)
]
