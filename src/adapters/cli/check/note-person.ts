/**
 * What one event says of its person: ids, lead keys, calls, cookies.
 *
 * @module
 */
import { ownMember } from '../../../ground/json.js'
import type { Intent } from '../../../intent/intent.js'
import type { Mapped } from '../../../intent/mapped.js'
import { comparableEmail } from '../../../segment/compare.js'
import { readComputation } from '../../../segment/computation.js'
import { readCookieText } from '../../../segment/cookie-text.js'
import { readEmail } from '../../../segment/email.js'
import type { SegmentEvent } from '../../../segment/event.js'
import { readAnonymousId, readPreviousId, readUserId } from '../../../segment/identity.js'
import type { Settings } from '../../../v2/settings.js'
import { idNumber, type Kind, kinds, type Person } from './people.js'
import { mostExamples, type Watch } from './watch.js'

const emailOf = (event: SegmentEvent, { emailPlaces }: Settings): string | undefined => {
  const found = event.type === 'identify' || event.type === 'group' ? readEmail(event) : readEmail(event, emailPlaces)
  return typeof found?.value === 'string' ? found.value : undefined
}

const idNumbers = (event: SegmentEvent, email: string | undefined): ReadonlyArray<number> => {
  const userId = readUserId(event)?.value
  const anonymousId = readAnonymousId(event)?.value
  const previousId = event.type === 'alias' ? readPreviousId(event)?.value : undefined
  const ids: Array<number> = []
  if (email !== undefined) ids.push(idNumber('email', comparableEmail(email)))
  if (userId !== undefined) ids.push(idNumber('userId', userId))
  if (anonymousId !== undefined) ids.push(idNumber('anonymousId', anonymousId))
  if (previousId !== undefined) ids.push(idNumber('userId', previousId), idNumber('anonymousId', previousId))
  return ids
}

const fieldOf = (kind: Kind, settings: Settings): string =>
  kind === 'email' ? 'email' : kind === 'userId' ? settings.userIdField : settings.anonymousIdField

/** By which kind of id the event's lead is addressed, and which kinds it writes. */
const noteKeys = ({ people, settings }: Watch, person: Person, intents: ReadonlyArray<Intent>, line: number): void => {
  for (const intent of intents) {
    if (!('lead' in intent)) continue
    for (const kind of kinds) {
      const field = fieldOf(kind, settings)
      if (intent.lead.lookupField === field) people.note(person, `keyed by ${kind}`, line)
      if (intent._tag === 'UpsertLead' && ownMember(intent.fields, field) !== undefined) {
        people.note(person, `wrote ${kind}`, line)
      }
    }
  }
}

const isAction = (event: SegmentEvent): boolean => event.type === 'track' || event.type === 'page'

/** Engage makes its events on a server, where no browser has a cookie. */
const isEngage = (event: SegmentEvent): boolean => readComputation(event) !== undefined

const noteCall = ({ people, settings }: Watch, person: Person, event: SegmentEvent, line: number): void => {
  const hasCookie = readCookieText(event, [], settings.cookiePath ?? undefined) !== undefined
  if (event.type === 'identify') {
    people.note(person, 'identify', line)
    if (hasCookie) people.note(person, 'cookie', line)
  } else if (isAction(event)) {
    people.note(person, 'action', line)
    if (!hasCookie && !isEngage(event)) people.note(person, 'bare', line)
  }
}

/** Notes an event on that line, of which the mapping made that, with its person. */
export const notePerson = (watch: Watch, event: SegmentEvent, verdict: Mapped, line: number): void => {
  const { settings, people, withoutEmail } = watch
  const email = emailOf(event, settings)
  if (email === undefined && (event.type === 'identify' || isAction(event))) {
    withoutEmail.count += 1
    if (withoutEmail.lines.length < mostExamples) withoutEmail.lines.push(line)
  }
  const person = people.whose(idNumbers(event, email))
  if (person === undefined) return
  noteCall(watch, person, event, line)
  if (verdict._tag !== 'Left') noteKeys(watch, person, verdict.right, line)
}
