/**
 * First and last name: explicit traits, else the full name taken apart.
 *
 *     name         '  Ana  Maria de la\u00a0Cruz '
 *     first        'Ana'
 *     last         'Maria de la Cruz'
 *
 * An explicit text wins even when it is blank (then it is empty here, and a mapping leaves it out); null and whatever is no text
 * fall back to `name`. One word is a first name only.
 *
 * Sources: Segment facade, Identify; Segment "Identify", reserved traits.
 *
 * @module
 */
import type { Option } from 'fp-ts/Option'
import type { SegmentEvent } from './event.js'
import { type Found, optionalText } from './found.js'
import { readPersonTraits } from './person.js'
import { pathAt } from './pick.js'
import { position, type StandardTraits } from './standard-traits.js'
import { collapsed, trimmed } from './white-space.js'

/**
 * How names are trimmed and taken apart: by words, or as Segment's facade does, its slip included.
 *
 * @category reading
 * @since 0.1.0
 */
export type NameProfile = 'words' | 'facade'

/**
 * The two halves of a name, trimmed, each with the trait it was read from. Empty text: somebody sent a blank name.
 *
 * @category reading
 * @since 0.1.0
 */
export interface Names {
  readonly first: Found<string> | undefined
  readonly last: Found<string> | undefined
}

const textAt = (traits: StandardTraits, at: number): string | undefined => {
  const value = traits.values[at]
  return typeof value === 'string' ? value : undefined
}

const textFrom = (traits: StandardTraits, at: number, value: string): Found<string> => ({
  value,
  at: pathAt(traits, at)
})

const explicit = (traits: StandardTraits, at: number, profile: NameProfile): Found<string> | undefined => {
  const text = textAt(traits, at)
  return text === undefined ? undefined : textFrom(traits, at, profile === 'words' ? trimmed(text) : text.trim())
}

/** What follows the first word of `name`, whose tidy form has its first space at `space`. */
const otherWords = (name: string, tidy: string, space: number, profile: NameProfile): string =>
  // Facade finds the space in the trimmed name and cuts the untrimmed one: two leading blanks move the cut.
  profile === 'words' ? tidy.slice(space + 1) : name.slice(space + 1).trim()

/**
 * The names in a person's traits; a half that nothing tells is undefined.
 *
 * @example
 * readNames(readStandardTraits({ name: ' Ana  de la Cruz' }))
 * // => { first: { value: 'Ana', at: ['traits', 'name'] }, last: { value: 'de la Cruz', at: ['traits', 'name'] } }
 * readNames(readStandardTraits({ lastName: 'Cruz', name: 'Ana' })).last // => { value: 'Cruz', at: ['traits', 'lastName'] }
 * @category reading
 * @since 0.1.0
 */
export const readNames = (traits: StandardTraits, profile: NameProfile = 'words'): Names => {
  const first = explicit(traits, position.firstName, profile)
  const last = explicit(traits, position.lastName, profile)
  const name = first !== undefined && last !== undefined ? undefined : textAt(traits, position.name)
  if (name === undefined) return { first, last }
  const tidy = profile === 'words' ? collapsed(name) : name.trim()
  const space = tidy.indexOf(' ')
  return {
    first: first ?? textFrom(traits, position.name, space < 0 ? tidy : tidy.slice(0, space)),
    last: last ?? (space < 0 ? undefined : textFrom(traits, position.name, otherWords(name, tidy, space, profile)))
  }
}

/**
 * The full name: the trait `name` tidied up, else first and last name joined by a space when both say something.
 *
 * @example
 * readFullName(readStandardTraits({ firstName: 'Ana', lastName: 'Cruz' }))?.value // => 'Ana Cruz'
 * @category reading
 * @since 0.1.0
 */
export const readFullName = (traits: StandardTraits, profile: NameProfile = 'words'): Found<string> | undefined => {
  const name = textAt(traits, position.name)
  if (name !== undefined) {
    return textFrom(traits, position.name, profile === 'words' ? collapsed(name) : name.trim())
  }
  const { first, last } = readNames(traits, profile)
  if (first === undefined || last === undefined || first.value === '' || last.value === '') return undefined
  return { value: `${first.value} ${last.value}`, at: first.at }
}

/**
 * The first name of the person an event is about.
 *
 * @example
 * firstName({ type: 'identify', traits: { name: 'Ana Cruz' } }) // => some('Ana')
 * @category readers
 * @since 0.1.0
 */
export const firstName = (event: SegmentEvent, profile: NameProfile = 'words'): Option<string> =>
  optionalText((from: SegmentEvent) => readNames(readPersonTraits(from), profile).first, event)

/**
 * The last name of the person an event is about; a name of one word has none.
 *
 * @example
 * lastName({ type: 'identify', traits: { name: 'Ana Cruz' } }) // => some('Cruz')
 * @category readers
 * @since 0.1.0
 */
export const lastName = (event: SegmentEvent, profile: NameProfile = 'words'): Option<string> =>
  optionalText((from: SegmentEvent) => readNames(readPersonTraits(from), profile).last, event)

/**
 * The full name of the person an event is about.
 *
 * @example
 * fullName({ type: 'identify', traits: { first_name: 'Ana', last_name: 'Cruz' } }) // => some('Ana Cruz')
 * @category readers
 * @since 0.1.0
 */
export const fullName = (event: SegmentEvent, profile: NameProfile = 'words'): Option<string> =>
  optionalText((from: SegmentEvent) => readFullName(readPersonTraits(from), profile), event)
