/**
 * A codec's answer as a value or as problems: one for each place, with what is expected there.
 *
 *     { rules: [{ when: { type: 'trck' } }] }   →   rules[0].when.type: is not a known name (nearest: track); expected one of …
 *
 * A member that nobody knows is a problem as well: in a file of rules, a word that is misspelled is a rule that does something else.
 *
 * @module
 */
import type * as t from 'io-ts'
import { isKnownCodec, isNamedUnion, type KnownCodec, type NamedSchemas } from './codec-schema.js'
import { isRecord, kindOf, ownMember } from './json.js'
import { nearest } from './nearest.js'
import { type Path, printPath } from './path.js'
import { malformed, missing, type Problem, unknownName } from './problem.js'

/** The members that a codec's objects have, and the codec of each; none where it is no object. No brand is one. */
const propsOf = (codec: t.Mixed): t.Props | undefined => {
  if (!isKnownCodec(codec)) return undefined
  if (codec._tag === 'InterfaceType' || codec._tag === 'PartialType') return codec.props
  if (codec._tag === 'ExactType') return propsOf(codec.type)
  if (codec._tag !== 'IntersectionType') return undefined
  const all: t.Props = {}
  for (const part of codec.types) Object.assign(all, propsOf(part) ?? {})
  return all
}

/**
 * The member of a union that a value was meant to be: the one whose literals it holds, or a union of which it was meant to be a member; else
 * the only one that is an object.
 */
const meantIn = (types: ReadonlyArray<t.Mixed>, u: unknown): t.Mixed | undefined => {
  if (!isRecord(u)) return undefined
  const objects = types.filter((type) => propsOf(type) !== undefined)
  const isMeant = (type: t.Mixed): boolean =>
    isKnownCodec(type) && type._tag === 'UnionType'
      ? meantIn(type.types, u) !== undefined
      : Object.entries(propsOf(type) ?? {}).some(
          ([name, codec]) => isKnownCodec(codec) && codec._tag === 'LiteralType' && ownMember(u, name) === codec.value
        )
  return types.find(isMeant) ?? (objects.length === 1 ? objects[0] : undefined)
}

const mendUnknown = 'nothing reads it: correct the name or take it out'

const inMembers = (
  props: t.Props,
  named: NamedSchemas,
  u: Readonly<Record<string, unknown>>,
  at: Path,
  problems: Array<Problem>
): void => {
  const names = Object.keys(props)
  for (const key of Object.keys(u)) {
    const codec = names.includes(key) ? props[key] : undefined
    if (codec === undefined) problems.push(unknownName('invalid', [...at, key], nearest(names, key), mendUnknown))
    else pushUnknown(codec, named, u[key], [...at, key], problems)
  }
}

/** io-ts reads a dictionary without the members whose names are none: they are mistakes as well. */
const inDictionary = (
  { domain, codomain }: t.DictionaryType<t.Mixed, t.Mixed>,
  named: NamedSchemas,
  u: Readonly<Record<string, unknown>>,
  at: Path,
  problems: Array<Problem>
): void => {
  for (const key of Object.keys(u)) {
    if (domain.is(key)) pushUnknown(codomain, named, u[key], [...at, key], problems)
    else problems.push(malformed('invalid', [...at, key], 'a name of another kind', expectedOf(domain, named)))
  }
}

/** Pushes a problem for each member of a value that no codec reads. */
const pushUnknown = (codec: t.Mixed, named: NamedSchemas, u: unknown, at: Path, problems: Array<Problem>): void => {
  if (!isKnownCodec(codec)) return
  if (codec._tag === 'UnionType') {
    const meant = meantIn(codec.types, u)
    if (meant !== undefined) pushUnknown(meant, named, u, at, problems)
    else if (Array.isArray(u)) for (const type of codec.types) pushUnknown(type, named, u, at, problems)
  } else if (codec._tag === 'ReadonlyArrayType') {
    if (Array.isArray(u)) for (const [i, one] of u.entries()) pushUnknown(codec.type, named, one, [...at, i], problems)
  } else if (codec._tag === 'DictionaryType') {
    if (isRecord(u)) inDictionary(codec, named, u, at, problems)
  } else {
    const props = propsOf(codec)
    if (props !== undefined && isRecord(u)) inMembers(props, named, u, at, problems)
  }
}

const isMixed = (type: t.Decoder<unknown, unknown>): type is t.Mixed => 'is' in type

/** A codec without what only says that there is nothing more: it leaves no step on the way to an error. */
const unwrapped = (type: t.Decoder<unknown, unknown> | undefined): (t.Mixed & KnownCodec) | undefined => {
  if (type === undefined || !isMixed(type) || !isKnownCodec(type)) return undefined
  return type._tag === 'ExactType' ? unwrapped(type.type) : type
}

/** A place, what is there, and what reads it. */
interface Found {
  readonly at: Path
  readonly actual: unknown
  readonly type: t.Decoder<unknown, unknown>
}

/**
 * Where an error is to be told: where it is, or at the first union with a name on the way, where the value was meant to be none of its
 * members. Undefined where it comes from a member that was not meant.
 */
const placeOf = ({ context }: t.ValidationError): Found | undefined => {
  const at: Array<string | number> = []
  let found: Found | undefined
  let meant: t.Mixed | undefined
  for (const [i, entry] of context.entries()) {
    const before = context[i - 1]
    const parent = unwrapped(before?.type)
    // A step into a union or an intersection names a member of it, and no member of the value.
    if (parent?._tag === 'UnionType') {
      if (meant !== undefined && parent.types[Number(entry.key)] !== meant) return undefined
    } else if (i > 0 && parent?._tag !== 'IntersectionType') {
      at.push(Array.isArray(before?.actual) ? Number(entry.key) : entry.key)
    }
    found = { at: [...at], actual: entry.actual, type: entry.type }
    const own = unwrapped(entry.type)
    meant = own?._tag === 'UnionType' ? meantIn(own.types, entry.actual) : undefined
    if (own?._tag === 'UnionType' && isNamedUnion(own) && meant === undefined) return found
  }
  return found
}

const wordsOf = (type: t.Decoder<unknown, unknown>): ReadonlyArray<string> =>
  isMixed(type) && isKnownCodec(type) && type._tag === 'KeyofType' ? Object.keys(type.keys) : []

const plainNames: ReadonlyMap<string, string> = new Map([
  ['string', 'text'],
  ['number', 'a number'],
  ['boolean', 'true or false']
])

const expectedOf = (type: t.Decoder<unknown, unknown>, named: NamedSchemas): string => {
  const words = wordsOf(type)
  if (words.length > 0) return `expected one of ${words.join(', ')}`
  if (isMixed(type) && isKnownCodec(type)) {
    if (type._tag === 'ReadonlyArrayType') return 'expected a list'
    if (type._tag === 'DictionaryType' || propsOf(type) !== undefined) return 'expected an object'
    if (type._tag === 'UnionType' && !isNamedUnion(type)) return literalsOf(type.types)
  }
  const said = named[type.name]?.description
  return `expected ${typeof said === 'string' ? said : (plainNames.get(type.name) ?? type.name)}`
}

/** The words that tell the members of a union apart: one without them has a name. */
const literalsOf = (types: ReadonlyArray<t.Mixed>): string => {
  const words = types.flatMap((type) =>
    Object.entries(propsOf(type) ?? {}).flatMap(([name, codec]) =>
      isKnownCodec(codec) && codec._tag === 'LiteralType' ? [`${name}: ${String(codec.value)}`] : []
    )
  )
  return `expected one of ${words.join(', ')}`
}

const problemAt = ({ at, actual, type }: Found, named: NamedSchemas): Problem => {
  const mend = expectedOf(type, named)
  if (actual === undefined) return missing('invalid', at, mend)
  const words = wordsOf(type)
  return words.length > 0 && typeof actual === 'string'
    ? unknownName('invalid', at, nearest(words, actual), mend)
    : malformed('invalid', at, kindOf(actual), mend)
}

/**
 * The value that a codec reads, or every problem with it, one for each place.
 *
 * @internal
 */
export const decoded = <A>(
  codec: t.Type<A, unknown, unknown>,
  named: NamedSchemas,
  u: unknown,
  problems: Array<Problem>
): A | undefined => {
  const read = codec.decode(u)
  if (read._tag === 'Left') {
    const seen = new Set<string>()
    for (const error of read.left) {
      const found = placeOf(error)
      if (found === undefined || seen.has(printPath(found.at))) continue
      seen.add(printPath(found.at))
      problems.push(problemAt(found, named))
    }
  }
  pushUnknown(codec, named, u, [], problems)
  return read._tag === 'Right' ? read.right : undefined
}
