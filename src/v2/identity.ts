/**
 * Who an event is about: the ids that it holds, and the one that addresses the lead.
 *
 *     email       then  userId       then  anonymousId (only when anonymous activity is on)
 *
 * Every id that the call holds is written on the lead, so that the next call finds it by any of them. A present email that cannot be
 * one stops the event: falling through to the userId would make a second lead for the same person.
 *
 * Source: Segment "Marketo v2 Destination", Preventing Duplicate Leads, Tracking anonymous activity.
 *
 * @module
 */
import type { Path } from '../ground/path.js'
import { excluded, malformed, missing } from '../ground/problem.js'
import type { LeadKey } from '../intent/lead-key.js'
import type { Trace } from '../intent/trace.js'
import { isEmail } from '../marketo/email.js'
import type { SegmentEvent } from '../segment/event.js'
import type { Found } from '../segment/found.js'
import { readAnonymousId, readUserId } from '../segment/identity.js'
import type { Compiled } from './compile.js'
import { type CompiledRow, type Draft, deeds, move, stay, through } from './draft.js'
import type { IdentityKind } from './settings.js'

const userIdPath: Path = ['userId']
const mendAnonymous = 'anonymous activity is off: send a userId, or set anonymousActivity to true'
const mendNobody = 'send an email or a userId'

/** Whether the call may be mapped although it may be anonymous; says so when not. */
const isAllowed = (compiled: Compiled, userId: Found<string> | undefined, draft: Draft): boolean => {
  if (userId !== undefined || compiled.settings.anonymousActivity) return true
  draft.problems.push(excluded('skipped', userIdPath, 'anonymous', mendAnonymous))
  return false
}

/** An id as the text of its field, or undefined when it cannot be; the event can only go on when another id is there. */
const putId = (draft: Draft, row: CompiledRow, found: Found<unknown>): string | undefined => {
  const out = through(row, found.value)
  if (typeof out === 'object') {
    draft.problems.push(malformed('dropped', found.at, out.found, out.mend))
    stay(draft, found.at, `dropped: found ${out.found}`)
    return undefined
  }
  if (out === '') {
    stay(draft, found.at, 'empty text is left out')
    return undefined
  }
  const text = String(out)
  draft.fields[row.field] = text
  move(draft, row, found.value, text, found.at, undefined)
  return text
}

/** A userId counts as an email only when it is one: no problem when it is not. */
const isEmailLike = (found: Found<unknown>): boolean =>
  found.at.length > 1 || (typeof found.value === 'string' && isEmail(found.value))

/**
 * Writes the ids of a call into the draft and answers the key of its lead, or undefined after saying why there is none. `email` is
 * where this type of call has it, and `row` the row that it goes through.
 */
export const readIds = (
  compiled: Compiled,
  event: SegmentEvent,
  email: Found<unknown> | undefined,
  row: CompiledRow,
  draft: Draft
): LeadKey | undefined => {
  const { settings } = compiled
  const userId = readUserId(event)
  if (!isAllowed(compiled, userId, draft)) return undefined
  const before = draft.problems.length
  const address = email !== undefined && isEmailLike(email) ? putId(draft, row, email) : undefined
  if (draft.problems.length > before && settings.invalidEmail === 'invalid') {
    const last = draft.problems.pop()
    if (last !== undefined) draft.problems.push({ ...last, weight: 'invalid' })
    return undefined
  }
  const user = userId === undefined ? undefined : putId(draft, compiled.userId, userId)
  const anonymousId = settings.anonymousActivity ? readAnonymousId(event) : undefined
  const anonymous = anonymousId === undefined ? undefined : putId(draft, compiled.anonymousId, anonymousId)
  const key = firstKey(compiled, row, address, user, anonymous)
  if (key === undefined) draft.problems.push(missing('invalid', userIdPath, mendNobody))
  else if (draft.trace !== null) traceKey(draft.trace, key, row, email, anonymousId, compiled)
  return key
}

/** Every intent of the call carries the key. */
const traceKey = (
  trace: Trace,
  key: LeadKey,
  row: CompiledRow,
  email: Found<unknown> | undefined,
  anonymousId: Found<string> | undefined,
  compiled: Compiled
): void => {
  const isOfEmail = key.lookupField === row.field && email !== undefined
  const from = isOfEmail
    ? email.at
    : key.lookupField === compiled.anonymousId.field
      ? (anonymousId?.at ?? userIdPath)
      : userIdPath
  const did = isOfEmail ? deeds(row, email.value, key.value, undefined) : []
  trace.moves.push({ to: ['*', 'lead', 'value'], from, rule: 'key of the lead', did })
}

const firstKey = (
  compiled: Compiled,
  row: CompiledRow,
  email: string | undefined,
  userId: string | undefined,
  anonymousId: string | undefined
): LeadKey | undefined => {
  for (const kind of compiled.settings.identity) {
    const value = idOf(kind, email, userId, anonymousId)
    if (value !== undefined) return { lookupField: fieldOf(compiled, row, kind), value }
  }
  return undefined
}

const idOf = (
  kind: IdentityKind,
  email: string | undefined,
  userId: string | undefined,
  anonymousId: string | undefined
): string | undefined => (kind === 'email' ? email : kind === 'userId' ? userId : anonymousId)

const fieldOf = (compiled: Compiled, row: CompiledRow, kind: IdentityKind): string =>
  kind === 'email' ? row.field : kind === 'userId' ? compiled.userId.field : compiled.anonymousId.field
