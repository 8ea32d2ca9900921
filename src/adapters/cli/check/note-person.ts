/**
 * What one event says of its person: ids, lead keys, calls, cookies.
 *
 * @module
 */
import { ownMember } from '../../../ground/json.js'
import { type Intent, isKeyedIntent, type KeyedIntent } from '../../../intent/intent.js'
import type { Mapped } from '../../../intent/mapped.js'
import { comparableEmail } from '../../../segment/compare.js'
import { readComputation } from '../../../segment/computation.js'
import type { SegmentEvent } from '../../../segment/event.js'
import { readAnonymousId, readPreviousId, readUserId } from '../../../segment/identity.js'
import { type Lines, newLines, noteLine } from './lines.js'
import { idNumber, type Kind, newPeople, type People, type Person } from './people.js'
import { isAction, type Rules } from './rules.js'

/** The people of a stream as a contract sees them. */
export interface PeopleWatch {
  readonly rules: Rules
  readonly people: People
  readonly withoutEmail: Lines
}

/** Nobody seen yet. `mostIds` bounds the table of people. */
export const newPeopleWatch = (rules: Rules, mostIds?: number): PeopleWatch => ({
  rules,
  people: newPeople(mostIds),
  withoutEmail: newLines()
})

const idNumbers = (
  event: SegmentEvent,
  email: string | undefined,
  cookie: string | undefined
): ReadonlyArray<number> => {
  const userId = readUserId(event)?.value
  const anonymousId = readAnonymousId(event)?.value
  const previousId = event.type === 'alias' ? readPreviousId(event)?.value : undefined
  const ids: Array<number> = []
  if (email !== undefined) ids.push(idNumber('email', comparableEmail(email)))
  if (cookie !== undefined) ids.push(idNumber('cookie', cookie))
  if (userId !== undefined) ids.push(idNumber('userId', userId))
  if (anonymousId !== undefined) ids.push(idNumber('anonymousId', anonymousId))
  if (previousId !== undefined) ids.push(idNumber('userId', previousId), idNumber('anonymousId', previousId))
  return ids
}

/** Whether an intent writes an id of that kind on its lead, so that a later call finds the lead by it. */
const isWritten = (intent: KeyedIntent, kind: Kind, field: string): boolean => {
  if (intent._tag === 'UpsertLead') return ownMember(intent.fields, field) !== undefined
  if (intent._tag !== 'SyncLeadOverSoap') return false
  if (kind === 'email') return intent.email !== null
  // By the cookie alone SOAP meets whatever lead has it; only a sync with both says that it is this one's.
  if (kind === 'cookie') return intent.cookie !== null && intent.email !== null
  return ownMember(intent.attributes, field) !== undefined
}

/** By which kind of id the event's lead is addressed, and which kinds it writes. */
const noteKeys = (
  { people, rules }: PeopleWatch,
  person: Person,
  intents: ReadonlyArray<Intent>,
  line: number
): void => {
  for (const intent of intents) {
    if (!isKeyedIntent(intent)) continue
    for (const [kind, field] of rules.keys) {
      if (intent.lead.lookupField === field) people.note(person, `keyed by ${kind}`, line)
      if (isWritten(intent, kind, field)) people.note(person, `wrote ${kind}`, line)
    }
  }
}

/** Engage makes its events on a server, where no browser has a cookie. */
const isEngage = (event: SegmentEvent): boolean => readComputation(event) !== undefined

const noteCall = (people: People, person: Person, event: SegmentEvent, hasCookie: boolean, line: number): void => {
  if (event.type === 'identify') {
    people.note(person, 'identify', line)
    if (hasCookie) people.note(person, 'cookie', line)
  } else if (isAction(event)) {
    people.note(person, 'action', line)
    if (!hasCookie && !isEngage(event)) people.note(person, 'bare', line)
  }
}

/** Notes an event on that line, of which the mapping made that, with its person. */
export const notePerson = (watch: PeopleWatch, event: SegmentEvent, verdict: Mapped, line: number): void => {
  const { rules, people, withoutEmail } = watch
  const isOwn = rules.isOwn(event)
  const email = rules.emailOf(event)
  const cookie = rules.cookieOf(event)
  if (isOwn && email === undefined && rules.wantsEmail(event)) noteLine(withoutEmail, line)
  const person = people.whose(idNumbers(event, email, rules.joinsCookies ? cookie : undefined))
  if (person === undefined || !isOwn) return
  noteCall(people, person, event, cookie !== undefined, line)
  if (verdict._tag !== 'Left') noteKeys(watch, person, verdict.right, line)
}
