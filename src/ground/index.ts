/**
 * What knows no vendor: JSON values, paths, problems, days and instants, UTF-8, percent-encoding.
 *
 * @module
 */
export { type Instant, instantOf, parseInstant, printDay, printInstant, writtenDay } from './calendar.js'
export { hmacSha1Hex, sha1Hex } from './digest.js'
export { isRecord, type Json, type JsonObject, kindOf, ownMember, type UnknownRecord } from './json.js'
export { nearest } from './nearest.js'
export { type Path, printPath } from './path.js'
export {
  type Conflict,
  conflict,
  describeProblem,
  type Excluded,
  excluded,
  type Malformed,
  type Missing,
  malformed,
  missing,
  type Problem,
  type Risk,
  type Risky,
  type Rule,
  risky,
  type Unknown,
  type Unmapped,
  type Unreadable,
  unknownName,
  unmapped,
  unreadable,
  type Weight
} from './problem.js'
export { isNonEmpty, type Problems, type Remarked, remarked } from './these.js'
export { encodePairs, encodePart, unfitPart } from './uri.js'
export { isWellFormed, utf8Bytes, utf8Length } from './utf8.js'
export { isXmlText } from './xml-text.js'
