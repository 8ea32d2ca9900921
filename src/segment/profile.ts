/**
 * Further traits of a person: gender, job title, website, industry.
 *
 *     title      title, else position, else jobTitle
 *     website    website, else the first of websites
 *
 * Segment's spec calls the job title `title`, its facade reads the other two: all three are read.
 *
 * Sources: Segment "Identify", reserved traits; Segment facade, position and website.
 *
 * @module
 */
import type { Option } from 'fp-ts/Option'
import type { UnknownRecord } from '../ground/json.js'
import type { Path } from '../ground/path.js'
import type { SegmentEvent } from './event.js'
import { type Found, isSaid, optionalText } from './found.js'
import { looseMember } from './key.js'
import { personTraits, personTraitsPath, readPersonTraits } from './person.js'
import { foundAt } from './pick.js'
import { position, type StandardTraits } from './standard-traits.js'

/**
 * The gender as sent, null and empty text included.
 *
 * @example
 * readGender(readStandardTraits({ gender: 'f' })) // => { value: 'f', at: ['traits', 'gender'] }
 * @category reading
 * @since 0.1.0
 */
export const readGender = (traits: StandardTraits): Found<unknown> | undefined => foundAt(traits, position.gender)

/**
 * Any trait as sent, by its loose name; null and empty text count as absent.
 *
 * @example
 * readTrait({ job_title: 'CTO' }, ['traits'], 'jobTitle') // => { value: 'CTO', at: ['traits', 'job_title'] }
 * @category reading
 * @since 0.1.0
 */
export const readTrait = (traits: UnknownRecord, place: Path, name: string): Found<unknown> | undefined => {
  const member = looseMember(traits, name)
  return member === undefined || !isSaid(member.value) ? undefined : { value: member.value, at: [...place, member.key] }
}

/**
 * The job title as sent; null and empty text count as absent.
 *
 * @example
 * readTitle({ position: 'CTO' }, ['traits']) // => { value: 'CTO', at: ['traits', 'position'] }
 * @category reading
 * @since 0.1.0
 */
export const readTitle = (traits: UnknownRecord, place: Path): Found<unknown> | undefined =>
  readTrait(traits, place, 'title') ?? readTrait(traits, place, 'position') ?? readTrait(traits, place, 'jobTitle')

/**
 * The website as sent; null and empty text count as absent.
 *
 * @example
 * readWebsite({ websites: ['https://a.test'] }, ['traits']) // => { value: 'https://a.test', at: ['traits', 'websites', 0] }
 * @category reading
 * @since 0.1.0
 */
export const readWebsite = (traits: UnknownRecord, place: Path): Found<unknown> | undefined => {
  const website = readTrait(traits, place, 'website')
  if (website !== undefined) return website
  const websites = readTrait(traits, place, 'websites')
  if (websites === undefined || !Array.isArray(websites.value)) return undefined
  const value: unknown = websites.value[0]
  return isSaid(value) ? { value, at: [...websites.at, 0] } : undefined
}

/**
 * The industry as sent; null and empty text count as absent.
 *
 * @example
 * readIndustry({ industry: 'Tech' }, ['traits']) // => { value: 'Tech', at: ['traits', 'industry'] }
 * @category reading
 * @since 0.1.0
 */
export const readIndustry = (traits: UnknownRecord, place: Path): Found<unknown> | undefined =>
  readTrait(traits, place, 'industry')

/**
 * The gender of the person an event is about, as written.
 *
 * @example
 * gender({ type: 'identify', traits: { Gender: 'f' } }) // => some('f')
 * @category readers
 * @since 0.1.0
 */
export const gender = (event: SegmentEvent): Option<string> =>
  optionalText((from: SegmentEvent) => readGender(readPersonTraits(from)), event)

/**
 * The job title of the person an event is about.
 *
 * @example
 * title({ type: 'identify', traits: { jobTitle: 'CTO' } }) // => some('CTO')
 * @category readers
 * @since 0.1.0
 */
export const title = (event: SegmentEvent): Option<string> =>
  optionalText((from: SegmentEvent) => readTitle(personTraits(from), personTraitsPath(from)), event)

/**
 * The website of the person an event is about.
 *
 * @example
 * website({ type: 'identify', traits: { websites: ['https://a.test', 'https://b.test'] } }) // => some('https://a.test')
 * @category readers
 * @since 0.1.0
 */
export const website = (event: SegmentEvent): Option<string> =>
  optionalText((from: SegmentEvent) => readWebsite(personTraits(from), personTraitsPath(from)), event)

/**
 * The industry of the person an event is about.
 *
 * @example
 * industry({ type: 'identify', traits: { Industry: 'Tech' } }) // => some('Tech')
 * @category readers
 * @since 0.1.0
 */
export const industry = (event: SegmentEvent): Option<string> =>
  optionalText((from: SegmentEvent) => readIndustry(personTraits(from), personTraitsPath(from)), event)
