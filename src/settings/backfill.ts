/**
 * The file that lets v2 meet the leads that are there: everybody's email beside their userId, to be imported before v2 is switched on.
 *
 *     email,userId
 *     ana@example.com,u1
 *     bo@example.com,"u,2"
 *
 * Columns have REST API names, as Marketo's bulk import wants them; in the import screen they are Email Address and the userId field. Lines end
 * in CRLF (RFC 4180). A file stays below the 10 MB that an import takes; what is more goes into further files.
 *
 * An email counts without regard to case and is written as it was spelled; of several spellings the first in the order of the alphabet. Where one
 * email has two userIds, or one userId two emails, none of these pairs goes in: a lead with a wrong userId is worse than one with none,
 * which v2 still meets by its email.
 *
 * Values are exact: nothing is put in front of what a spreadsheet would take for a formula, so open the file with care.
 *
 * Sources: Segment "Marketo v2 Destination", Preventing Duplicate Leads; Adobe "Bulk Lead Import"; RFC 4180.
 *
 * @module
 */
import { csvFormatRow } from 'd3-dsv'
import { isRecord, kindOf, ownMember, type UnknownRecord } from '../ground/json.js'
import { conflict, malformed, missing, type Problem, unreadable } from '../ground/problem.js'
import { utf8Length } from '../ground/utf8.js'
import { byteLimits } from '../marketo/limits.js'
import { coerce } from '../marketo/value-types.js'
import { comparableEmail, comparableId } from '../segment/compare.js'
import { type EmailPlace, readEmail } from '../segment/email.js'
import { readEvent, type SegmentEvent } from '../segment/event.js'
import { textOf } from '../segment/found.js'
import { readUserId } from '../segment/identity.js'

/**
 * The files to import, how many people are in them, and what is not. Problems name positions and never an email or an id; of more than
 * a thousand the rest is counted in `unsaid`.
 *
 * @category migration
 * @since 0.1.0
 */
export interface Backfill {
  readonly files: ReadonlyArray<string>
  readonly people: number
  readonly problems: ReadonlyArray<Problem>
  readonly unsaid: number
}

/**
 * How the files are made.
 *
 * @category migration
 * @since 0.1.0
 */
export interface BackfillOptions {
  /** The REST API name of the field for the userId; `userId` when not given. */
  readonly userIdField?: string
  /** How many bytes a file stays below; Marketo's own limit when not given. */
  readonly fileBytes?: number
}

interface Pair {
  readonly email: string
  readonly userId: string
  readonly position: number
}

const mostProblems = 1_000

const asEmail = coerce('email', null)
const asId = coerce('string', null)

const mendEmail = 'this pair is left out: add the email'
const mendUserId = 'this pair is left out: add the userId'
const mendTwoIds = 'one email with two userIds: neither goes in; find out whose it is'
const mendTwoEmails = 'one userId with two emails: neither goes in; find out which is the present one'
const mendId = 'send the id as text or as a number'
const mendThrow = 'send plain JSON: reading it failed'
const mendPerson = 'hand over an event, or an object of email and userId'

/** A bag into which people are put one after another. Kept inside: it changes as it is filled. */
export interface BackfillBag {
  /** Reads an event or a pair; `position` says where it stands. */
  readonly add: (person: unknown, position: number) => void
  readonly finish: (options?: BackfillOptions) => Backfill
}

/** Properties of a track call may name somebody else, an invited friend for one: they are not looked at. */
const placesOf = (event: SegmentEvent): ReadonlyArray<EmailPlace> =>
  event.type === 'identify' ? ['traits', 'userId'] : ['context.traits', 'userId']

/** An empty bag. @internal */
export const newBackfillBag = (): BackfillBag => {
  const pairs = new Map<string, Map<string, Pair>>()
  const problems: Array<Problem> = []
  let unsaid = 0

  const say = (problem: Problem): void => {
    if (problems.length < mostProblems) problems.push(problem)
    else unsaid += 1
  }

  const keep = (email: unknown, userId: unknown, position: number): void => {
    const address = asEmail(email)
    const id = asId(userId)
    if (typeof address === 'object') say(malformed('dropped', [position, 'email'], address.found, address.mend))
    else if (typeof id === 'object') say(malformed('dropped', [position, 'userId'], id.found, id.mend))
    else {
      const pair = { email: String(address), userId: comparableId(String(id)), position }
      const ids = pairs.get(comparableEmail(pair.email)) ?? new Map<string, Pair>()
      pairs.set(comparableEmail(pair.email), ids)
      const before = ids.get(pair.userId)
      if (before === undefined) ids.set(pair.userId, pair)
      else if (pair.email < before.email) ids.set(pair.userId, { ...before, email: pair.email })
    }
  }

  const isNothing = (value: unknown): boolean => value === undefined || value === null || value === ''

  const addPair = (person: UnknownRecord, position: number): void => {
    const email = ownMember(person, 'email')
    const userId = ownMember(person, 'userId')
    if (isNothing(email)) say(missing('dropped', [position, 'email'], mendEmail))
    else if (isNothing(userId)) say(missing('dropped', [position, 'userId'], mendUserId))
    else {
      const id = textOf(userId)
      if (id === undefined) say(malformed('dropped', [position, 'userId'], kindOf(userId), mendId))
      else keep(email, id, position)
    }
  }

  const addEvent = (event: SegmentEvent, position: number): void => {
    if (event.type === 'delete') return
    const found = readEmail(event, placesOf(event))
    // A userId with an @ in it that is no email is a userId.
    const email = found?.at.length === 1 && typeof asEmail(found.value) === 'object' ? undefined : found
    const userId = readUserId(event)
    if (email !== undefined && userId !== undefined) keep(email.value, userId.value, position)
    else if (event.type !== 'identify') return
    else if (email === undefined) say(missing('dropped', [position, 'email'], mendEmail))
    else say(missing('dropped', [position, 'userId'], mendUserId))
  }

  const read = (person: unknown, position: number): void => {
    if (!isRecord(person)) return say(malformed('dropped', [position], kindOf(person), mendPerson))
    if (ownMember(person, 'type') === undefined) return addPair(person, position)
    const event = readEvent(person, [])
    if (event === undefined) return say(malformed('dropped', [position], 'an object that is no event', mendPerson))
    return addEvent(event, position)
  }

  return {
    add: (person, position) => {
      try {
        read(person, position)
      } catch {
        say(unreadable('dropped', [position], mendThrow))
      }
    },
    finish: (options = {}) => {
      const { kept, conflicts } = withoutConflicts([...pairs.values()].map((ids) => [...ids.values()]))
      const all = [...problems, ...conflicts].sort((a, b) => positionOf(a) - positionOf(b))
      return {
        files: filesOf(kept, options),
        people: kept.length,
        problems: all.slice(0, mostProblems),
        unsaid: unsaid + Math.max(0, all.length - mostProblems)
      }
    }
  }
}

const positionOf = ({ at }: Problem): number => Number(at[0])

/** A problem for each pair but the one that came first, when there are two or more. */
const conflictsAmong = (
  pairs: ReadonlyArray<Pair>,
  member: 'email' | 'userId',
  mend: string
): ReadonlyArray<Problem> => {
  const first = pairs.reduce((least, { position }) => Math.min(least, position), Number.POSITIVE_INFINITY)
  return pairs
    .filter(({ position }) => position !== first)
    .map(({ position }) => conflict('dropped', [position, member], [first, member], mend))
}

/** The pairs that contradict no other, in the order of their emails. */
const withoutConflicts = (
  byEmail: ReadonlyArray<ReadonlyArray<Pair>>
): { readonly kept: ReadonlyArray<Pair>; readonly conflicts: ReadonlyArray<Problem> } => {
  const byId = new Map<string, Array<Pair>>()
  for (const pairs of byEmail) {
    for (const pair of pairs) {
      const others = byId.get(pair.userId)
      if (others === undefined) byId.set(pair.userId, [pair])
      else others.push(pair)
    }
  }
  const shared = new Set([...byId].flatMap(([id, { length }]) => (length > 1 ? [id] : [])))
  const kept = byEmail
    .filter(({ length }) => length === 1)
    .flatMap((pairs) => pairs.filter(({ userId }) => !shared.has(userId)))
  return {
    kept: kept.sort((a, b) => (comparableEmail(a.email) < comparableEmail(b.email) ? -1 : 1)),
    conflicts: [
      ...byEmail.flatMap((pairs) => conflictsAmong(pairs, 'userId', mendTwoIds)),
      ...[...byId.values()].flatMap((pairs) => conflictsAmong(pairs, 'email', mendTwoEmails))
    ]
  }
}

const lineEnd = '\r\n'

/** Rows as the texts of files, each with its head, none of them as long as the limit. */
const filesOf = (
  pairs: ReadonlyArray<Pair>,
  { userIdField = 'userId', fileBytes = byteLimits.importFile }: BackfillOptions
): ReadonlyArray<string> => {
  const head = csvFormatRow(['email', userIdField]) + lineEnd
  const files: Array<string> = []
  let lines: Array<string> = []
  let bytes = 0
  const close = (): void => {
    if (lines.length > 0) files.push(head + lines.join(''))
    lines = []
    bytes = utf8Length(head)
  }
  close()
  for (const { email, userId } of pairs) {
    const line = csvFormatRow([email, userId]) + lineEnd
    const more = utf8Length(line)
    if (bytes + more >= fileBytes) close()
    lines.push(line)
    bytes += more
  }
  close()
  return files
}

/**
 * The files to import, out of events or pairs of email and userId; there is none when nobody has both. Identify calls give their email trait,
 * other calls `context.traits.email`, and either a userId that is an email; properties may name somebody else and are not looked at.
 *
 * @example
 * backfillCsv([{ email: 'bo@example.com', userId: 'u2' }, { email: 'ana@example.com', userId: 1 }]).files
 * // => ['email,userId\r\nana@example.com,1\r\nbo@example.com,u2\r\n']
 * backfillCsv([{ email: 'ana@example.com', userId: 'u1' }, { email: 'Ana@example.com', userId: 'u2' }]).people // => 0
 * @category migration
 * @since 0.1.0
 */
export const backfillCsv = (people: Iterable<unknown>, options: BackfillOptions = {}): Backfill => {
  const bag = newBackfillBag()
  let position = 0
  for (const person of people) {
    bag.add(person, position)
    position += 1
  }
  return bag.finish(options)
}
