/**
 * What is looked for in people, whatever the contract: tests and stories of a person's facts.
 *
 * @module
 */
import type { Counted } from '../input/piece.js'
import type { Finding } from './findings.js'
import { mostExamples } from './lines.js'
import { type Facts, type Kind, kinds, never, type People } from './people.js'

/** Something that people are looked at for; a story tells it in line numbers, or item numbers. */
export interface Search {
  readonly what: string
  readonly mend: string
  readonly test: (facts: Facts) => boolean
  readonly story: (facts: Facts, counted: Counted) => string
}

/** Kinds of ids in the order in which they first addressed the person's lead. */
const inOrder = (facts: Facts): ReadonlyArray<Kind> =>
  kinds
    .filter((kind) => facts(`keyed by ${kind}`) !== never)
    .sort((a, b) => facts(`keyed by ${a}`) - facts(`keyed by ${b}`))

/** Whether several kinds of ids addressed the person's lead. */
export const isRekeyed = (facts: Facts): boolean => inOrder(facts).length > 1

/** Whether nothing had written an id of that kind on the lead when it first addressed it. A sync by cookie that has an email writes both. */
const isUnwritten = (facts: Facts, kind: Kind): boolean => {
  const written = facts(`wrote ${kind}`)
  const keyed = facts(`keyed by ${kind}`)
  return kind === 'cookie' ? written > keyed : written >= keyed
}

/** Whether the lead got a second key that no earlier mapped call had written on it: Marketo cannot know that it is the same lead. */
export const isSplit = (facts: Facts): boolean => inOrder(facts).some((kind, i) => i > 0 && isUnwritten(facts, kind))

/** Whether visits came from several visitors: each kind of id but the email is one, and nothing that is written makes two of them one. */
export const hasVisitors = (facts: Facts): boolean => inOrder(facts).filter((kind) => kind !== 'email').length > 1

/** Which kinds of ids addressed the lead, and from where on. */
export const keyStory: Search['story'] = (facts, counted) =>
  inOrder(facts)
    .map((kind) => `${counted} ${facts(`keyed by ${kind}`)} by ${kind}`)
    .join(', ')

/** Whether the cookie came with identify, and not with all that the person did. */
export const losesCookie = (facts: Facts): boolean => facts('cookie') !== never && facts('bare') !== never

/** Where the cookie is, and where it is not. */
export const cookieStory: Search['story'] = (facts, counted) =>
  `${counted} ${facts('cookie')} has it, ${counted} ${facts('bare')} has not`

/** What was found so far of one search. */
interface Found {
  readonly search: Search
  count: number
  readonly examples: Array<string>
}

/** One walk over all people. */
export const findInPeople = (
  searches: ReadonlyArray<Search>,
  people: People,
  counted: Counted
): ReadonlyArray<Finding> => {
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
