/**
 * Whose lead an event is about, as rules name it: by email, then userId; by the id of a browser only where the file says so.
 *
 *     { type: 'track', userId: 'u1', context: { traits: { email: 'ana@example.com' } } }
 *       → lead email=ana@example.com, and the upsert marks it with userId u1
 *
 * An address that is there and is none stops the event: it must not be written to another person.
 *
 * @module
 */
import type { Path } from '../ground/path.js'
import { excluded, malformed, missing, type Problem } from '../ground/problem.js'
import type { Fields } from '../intent/intent.js'
import { keyText, type LeadKey } from '../intent/lead-key.js'
import { coerce, isUnfit } from '../marketo/value-types.js'
import { readEmail } from '../segment/email.js'
import type { SegmentEvent } from '../segment/event.js'
import { readAnonymousId, readUserId } from '../segment/identity.js'

/** A person: the key of the lead, the fields that the ids are kept in, and every key as text, the lead's own first. @internal */
export interface Who {
  readonly lead: LeadKey
  readonly ids: Fields
  readonly keys: ReadonlyArray<string>
}

/** How leads are named. @internal */
export interface Naming {
  readonly keys: ReadonlyArray<'email' | 'userId' | 'anonymousId'>
  readonly userIdField: string
  readonly anonymousIdField: string
}

const asEmail = coerce('email', null)
const asId = coerce('string', null)

const userIdAt: Path = ['userId']
const mendNobody = 'send an email or a userId'
const mendAnonymous =
  'a browser is no lead here: send an email or a userId, or name anonymousId among the keys of the file'

/** The address, null where there is none, undefined after saying that it is none. */
const emailOf = (event: SegmentEvent, problems: Array<Problem>): string | null | undefined => {
  const found = readEmail(event)
  if (found === undefined) return null
  const fit = asEmail(found.value)
  if (!isUnfit(fit)) return String(fit)
  // A userId that only looks like an address is an id.
  if (found.at[0] === 'userId') return null
  problems.push(malformed('invalid', found.at, fit.found, fit.mend))
  return undefined
}

const idOf = (
  found: { readonly value: string; readonly at: Path } | undefined,
  problems: Array<Problem>
): string | undefined => {
  if (found === undefined) return undefined
  const fit = asId(found.value)
  if (!isUnfit(fit)) return String(fit)
  problems.push(malformed('dropped', found.at, fit.found, fit.mend))
  return undefined
}

const nobody = (event: SegmentEvent): Problem =>
  readAnonymousId(event) === undefined
    ? missing('invalid', userIdAt, mendNobody)
    : excluded('skipped', userIdAt, 'anonymous', mendAnonymous)

/** The person of an event, or undefined after saying why there is none. @internal */
export const readWho = (
  { keys, userIdField, anonymousIdField }: Naming,
  event: SegmentEvent,
  problems: Array<Problem>
): Who | undefined => {
  const email = emailOf(event, problems)
  if (email === undefined) return undefined
  const found: Array<LeadKey> = []
  for (const key of keys) {
    const value =
      key === 'email'
        ? (email ?? undefined)
        : idOf(key === 'userId' ? readUserId(event) : readAnonymousId(event), problems)
    const lookupField = key === 'email' ? 'email' : key === 'userId' ? userIdField : anonymousIdField
    if (value !== undefined) found.push({ lookupField, value })
  }
  const [lead] = found
  if (lead === undefined) {
    problems.push(nobody(event))
    return undefined
  }
  return {
    lead,
    ids: Object.fromEntries(found.map(({ lookupField, value }) => [lookupField, value])),
    keys: found.map(keyText)
  }
}
