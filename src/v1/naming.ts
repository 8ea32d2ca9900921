/**
 * How v1 names a lead field after a trait, on the server; and the way back.
 *
 *     a field                 → AField
 *     secondFavoriteColor     → SecondFavoriteColor
 *     second_favorite_color   → Second_favorite_color      underscores and casing stay
 *
 * Split at white space, upper-case the first letter of each word, join. A field whose API name begins with a small letter, or holds
 * white space, cannot be reached by any trait.
 *
 * Source: Segment "Marketo Destination", Identify (server side), Custom Fields; its older edition, Trait Naming.
 *
 * @module
 */
import type * as E from 'fp-ts/Either'
import { kindOf } from '../ground/json.js'
import type { Path } from '../ground/path.js'
import { conflict, malformed, type Problem, unknownName } from '../ground/problem.js'
import { isWellFormed } from '../ground/utf8.js'
import { leadFields } from '../marketo/lead-fields.js'
import { isBlank, isWhite } from '../segment/white-space.js'

/** A word with its first letter upper-cased; a letter may take two code units. */
const capital = (word: string): string => {
  const first = String.fromCodePoint(word.codePointAt(0) ?? 0)
  return first.toUpperCase() + word.slice(first.length)
}

/**
 * The field that a trait of this name goes to: SOAP API names, as v1's server writes them. White space alone gives empty text. A text
 * with half a surrogate pair is no name; it comes out as it is.
 *
 * @example
 * fieldFor('second_favorite_color') // => 'Second_favorite_color'
 * fieldFor('a field') // => 'AField'
 * @category naming
 * @since 0.1.0
 */
export const fieldFor = (trait: string): string => {
  if (!isWellFormed(trait)) return trait
  let field = ''
  let from = 0
  for (let i = 0; i <= trait.length; i += 1) {
    if (i < trait.length && !isWhite(trait.charCodeAt(i))) continue
    if (i > from) field += capital(trait.slice(from, i))
    from = i + 1
  }
  return field
}

const mendApiName = 'copy the field’s SOAP API name from Marketo (Admin, Field Management, Export Field Names)'
const mendSmall =
  'no trait reaches it over v1: make a field whose API name begins with a capital and holds no white space'

/** A first letter made small, where that is undone by naming. */
const camel = (field: string): string => {
  const first = String.fromCodePoint(field.codePointAt(0) ?? 0)
  const small = first.toLowerCase() + field.slice(first.length)
  return fieldFor(small) === field ? small : field
}

/**
 * The trait to send so that v1's server writes the field of this API name; `Left` when no trait can. Any trait that is named like it
 * will do: the answer is the one in Segment's own spelling.
 *
 * @example
 * traitFor('CompanyDunsNumber') // => right('companyDunsNumber')
 * traitFor('someTrait')._tag // => 'Left'
 * @category naming
 * @since 0.1.0
 */
export const traitFor = (apiName: string, at: Path = []): E.Either<Problem, string> => {
  if (isBlank(apiName) || !isWellFormed(apiName)) {
    const found = isBlank(apiName) ? kindOf(apiName) : 'text with half a surrogate pair'
    return { _tag: 'Left', left: malformed('invalid', at, found, mendApiName) }
  }
  return fieldFor(apiName) === apiName
    ? { _tag: 'Right', right: camel(apiName) }
    : { _tag: 'Left', left: malformed('invalid', at, 'a name that no trait is given', mendSmall) }
}

/**
 * The fields of a list that no trait can reach, each as a problem at its place in the list.
 *
 * @example
 * unreachableFields(['SomeTrait', 'someTrait']).map(({ at }) => at) // => [[1]]
 * @category naming
 * @since 0.1.0
 */
export const unreachableFields = (apiNames: ReadonlyArray<string>): ReadonlyArray<Problem> =>
  apiNames.flatMap((apiName, i) => {
    const trait = traitFor(apiName, [i])
    return trait._tag === 'Left' ? [trait.left] : []
  })

const soapByFold: ReadonlyMap<string, string> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ leadFields.flatMap(({ soap }) => (soap === null ? [] : [[soap.toLowerCase(), soap] as const]))
)

/**
 * The SOAP name of the standard field that a name means but for its casing (`DateOfBirth` is not Marketo's `DateofBirth`); undefined
 * when the name is right, or is no standard field's.
 *
 * @example
 * rightCasing('DateOfBirth') // => 'DateofBirth'
 * rightCasing('SICCode') // => undefined
 * @category naming
 * @since 0.1.0
 */
export const rightCasing = (field: string): string | undefined => {
  const soap = soapByFold.get(field.toLowerCase())
  return soap === field ? undefined : soap
}

/** Of two traits with one name, the one that counts, whatever their order: spelled as the field, else first by alphabet. */
export const isBetterTrait = (field: string, trait: string, before: string): boolean =>
  trait === field || (before !== field && trait < before)

const mendTwins = 'both are given one name on the way: send one of them, or rename one'

/** What to say of a trait that lost its field to another one. */
export const collision = (at: Path, winner: Path): Problem => conflict('dropped', at, winner, mendTwins)

/** What to say of a trait whose field differs from Marketo's own only in casing. */
export const casingProblem = (at: Path, right: string): Problem =>
  unknownName('warning', at, camel(right), `Marketo spells the field ${right}: send the trait so that it is named so`)

/**
 * The traits of a list that would lose their field to another one of the list, each as a problem at its place.
 *
 * @example
 * collisionsOf(['plan name', 'planName', 'PlanName']).map(({ at }) => at) // => [[0], [1]]
 * @category naming
 * @since 0.1.0
 */
export const collisionsOf = (traits: ReadonlyArray<string>): ReadonlyArray<Problem> => {
  const winners = new Map<string, number>()
  traits.forEach((trait, i) => {
    const before = winners.get(fieldFor(trait))
    if (before === undefined || isBetterTrait(fieldFor(trait), trait, traits[before] ?? ''))
      winners.set(fieldFor(trait), i)
  })
  return traits.flatMap((trait, i) => {
    const winner = winners.get(fieldFor(trait)) ?? i
    return traits[winner] === trait ? [] : [collision([i], [winner])]
  })
}
