/**
 * A company's name: the trait `company` as text, or the `name` of the object that Segment's spec makes it.
 *
 * Sources: Segment "Identify", company; Segment "Marketo v2", whose samples send text.
 *
 * @module
 */
import type { Option } from 'fp-ts/Option'
import { isRecord } from '../ground/json.js'
import type { SegmentEvent } from './event.js'
import { type Found, optionalText } from './found.js'
import { looseMember } from './key.js'
import { readPersonTraits } from './person.js'
import { foundAt, pathAt } from './pick.js'
import { position, type StandardTraits } from './standard-traits.js'

/**
 * The name as sent, null and empty text included; undefined for an object that has none. What is neither text nor an object is
 * answered as it is: only the reader's user can say what is wrong with it.
 *
 * @example
 * readCompany(readStandardTraits({ company: { Name: 'Acme' } })) // => { value: 'Acme', at: ['traits', 'company', 'Name'] }
 * @category reading
 * @since 0.1.0
 */
export const readCompany = (traits: StandardTraits): Found<unknown> | undefined => {
  const company = traits.values[position.company]
  if (!isRecord(company)) return foundAt(traits, position.company)
  const name = looseMember(company, 'name')
  return name === undefined ? undefined : { value: name.value, at: [...pathAt(traits, position.company), name.key] }
}

/**
 * The name of the company of the person an event is about.
 *
 * @example
 * company({ type: 'identify', traits: { company: 'Acme' } }) // => some('Acme')
 * @category readers
 * @since 0.1.0
 */
export const company = (event: SegmentEvent): Option<string> =>
  optionalText((from: SegmentEvent) => readCompany(readPersonTraits(from)), event)
