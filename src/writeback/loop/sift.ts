/**
 * Sifts the changes that Marketo tells: our own come to an end here, others go on.
 *
 *     changes ─▶ by our user, our request, our program? ─▶ what we wrote? ─▶ a change at all? ─▶ overtaken? ─▶ passed
 *                        └──────────────── held, each with a word why ─────────────────────────────┘
 *
 * A write of ours is known again once, by the first change that equals it; told a second time, that same change is still the echo. The
 * last state of a field counts: what a later change of the same page took back was nobody's last word.
 *
 * Sources: Adobe "Activities".
 *
 * @module
 */
import type { ChangedField, LeadChange } from '../../endpoints/lead-changes.js'
import type { Instant } from '../../ground/calendar.js'
import type { FieldValue } from '../../intent/intent.js'
import type { MunchkinId } from '../../marketo/munchkin-id.js'
import { digestOf, readTold } from '../conflict/comparable.js'
import {
  type FieldEntry,
  fieldsOf,
  isWithin,
  type LoopGuard,
  type LoopLedger,
  noEntry,
  type WriteEntry,
  withFields
} from './ledger.js'

/**
 * Why a change went no further.
 *
 *     our-user      a user of ours made it
 *     our-request   a call of ours made it
 *     our-program   it came in over the API, and all that does counts as ours
 *     our-write     it equals what we wrote, and is the first to do so
 *     no-change     the values before and after are one
 *     overtaken     a later change of the field came along with it
 *
 * @category loop guard
 * @since 0.1.0
 */
export type HeldWhy = 'our-user' | 'our-request' | 'our-program' | 'our-write' | 'no-change' | 'overtaken'

/**
 * One field of one lead that changed: what it holds now, and since when.
 *
 * @category loop guard
 * @since 0.1.0
 */
export interface FieldNews {
  readonly leadId: number
  readonly field: string
  readonly value: FieldValue
  readonly at: Instant
  readonly activityId: string | null
}

/**
 * A change that went no further. Its value is not told.
 *
 * @category loop guard
 * @since 0.1.0
 */
export type HeldNews = Omit<FieldNews, 'value'> & { readonly why: HeldWhy }

/**
 * What passed and what was held, both in the order of time, and the ledger after.
 *
 * @category loop guard
 * @since 0.1.0
 */
export interface Sifted {
  readonly passed: ReadonlyArray<FieldNews>
  readonly held: ReadonlyArray<HeldNews>
  readonly ledger: LoopLedger
}

const overApi = 'webserviceapi'

const plain = (text: string): string => text.replace(/\s+/g, '').toLowerCase()

/** Whether a change is ours by what it says of its maker. */
const originOf = (guard: LoopGuard): ((change: LeadChange) => HeldWhy | undefined) => {
  const users = new Set(guard.settings.apiUsers.map(plain))
  return ({ modifyingUser, source, reason }) => {
    if (modifyingUser !== null && users.has(plain(modifyingUser))) return 'our-user'
    const isProgram = [source, reason].some((text) => text !== null && plain(text) === overApi)
    return guard.settings.anyProgram && isProgram ? 'our-program' : undefined
  }
}

/** One field of one change, on its way. */
interface News {
  readonly change: LeadChange
  readonly field: ChangedField
  readonly name: string
}

/** An activity that has no id is known by its time. */
const nameOf = ({ activityId, at }: LeadChange): string => activityId ?? String(at)

/** The write that a change is the echo of: the one that it was taken for before, else the oldest that waits for one. */
const writeOf = (
  { writes }: FieldEntry,
  digest: string,
  echo: string,
  window: number,
  now: Instant
): WriteEntry | undefined => {
  const alike = writes.filter((write) => write.digest === digest && isWithin(write.writtenAt, window, now))
  return alike.find((write) => write.echo === echo) ?? alike.find((write) => write.echo === null)
}

/** New Lead has no value before. */
const newLead = 12

/** Whether a change is one in its field's own terms: Marketo compares letters, we what they mean. */
const isNone = ({ policyFor }: LoopGuard, { change, field, name }: News): boolean => {
  const policy = policyFor(name)
  const [before, after] = [readTold(policy, field.oldValue), readTold(policy, field.newValue)]
  return change.activityTypeId !== newLead && before.same === after.same
}

/** The last change of each field of a lead. */
const lastOf = (guard: LoopGuard, news: ReadonlyArray<News>): ReadonlyMap<string, News> =>
  new Map(news.filter((one) => !isNone(guard, one)).map((one) => [`${one.change.leadId} ${one.name}`, one]))

const inTime = (changes: ReadonlyArray<LeadChange>): ReadonlyArray<News> =>
  [...changes]
    .sort((a, b) => a.at - b.at)
    .flatMap((change) => change.fields.map((field) => ({ change, field, name: field.name })))

const echoed = (entry: FieldEntry, write: WriteEntry | undefined, echo: string): FieldEntry =>
  write === undefined
    ? entry
    : { ...entry, writes: entry.writes.map((own) => (own === write ? { ...own, echo } : own)) }

/** Whether a change is by a call of ours. */
const isByRequest = ({ requestId }: LeadChange, { writes }: FieldEntry): boolean =>
  requestId !== null && writes.some((write) => write.requestId === requestId)

/**
 * Whether a change is ours, by its maker or by what is remembered: for `marketoClaims`, so that what we wrote is as old as what it carried
 * out. Nothing is used up.
 *
 * @category loop guard
 * @since 0.1.0
 */
export const isOurChange = (
  guard: LoopGuard
): ((ledger: LoopLedger, munchkinId: MunchkinId, now: Instant) => (change: LeadChange) => boolean) => {
  const origin = originOf(guard)
  const { policyFor, settings } = guard
  return (ledger, munchkinId, now) => (change) => {
    if (origin(change) !== undefined) return true
    const entries = fieldsOf(ledger, { munchkinId, leadId: change.leadId })
    return change.fields.some(({ name, newValue }) => {
      const entry = entries.get(name) ?? noEntry
      if (isByRequest(change, entry)) return true
      const digest = digestOf(name, readTold(policyFor(name), newValue).same)
      return writeOf(entry, digest, nameOf(change), settings.windowMillis, now) !== undefined
    })
  }
}

/** What is said of one change of one field. */
interface Judged {
  readonly why: HeldWhy | undefined
  readonly value: FieldValue
  readonly entry: FieldEntry
}

const judge =
  (guard: LoopGuard, now: Instant) =>
  (news: News, entry: FieldEntry): Judged => {
    const { change, field, name } = news
    const { value, same } = readTold(guard.policyFor(name), field.newValue)
    const digest = digestOf(name, same)
    const write = writeOf(entry, digest, nameOf(change), guard.settings.windowMillis, now)
    const why =
      originOf(guard)(change) ??
      (isByRequest(change, entry) ? 'our-request' : write === undefined ? undefined : 'our-write')
    return {
      why: why ?? (isNone(guard, news) ? 'no-change' : undefined),
      value,
      entry: echoed(entry, write, nameOf(change))
    }
  }

/**
 * Sifts changes of one instance.
 *
 * @category loop guard
 * @since 0.1.0
 */
export const siftChanges =
  (guard: LoopGuard) =>
  (ledger: LoopLedger, munchkinId: MunchkinId, changes: ReadonlyArray<LeadChange>, now: Instant): Sifted => {
    const news = inTime(changes)
    const last = lastOf(guard, news)
    const judgeOne = judge(guard, now)
    const passed: Array<FieldNews> = []
    const held: Array<HeldNews> = []
    let after = ledger
    for (const one of news) {
      const { leadId, at, activityId } = one.change
      const lead = { munchkinId, leadId }
      const fields = new Map(fieldsOf(after, lead))
      const entry = fields.get(one.name) ?? noEntry
      const judged = judgeOne(one, entry)
      if (judged.entry !== entry) after = withFields(after, lead, fields.set(one.name, judged.entry), now)
      const isLast = last.get(`${leadId} ${one.name}`) === one
      const why = judged.why ?? (isLast ? undefined : 'overtaken')
      const told = { leadId, field: one.name, at, activityId }
      if (why === undefined) passed.push({ ...told, value: judged.value })
      else held.push({ ...told, why })
    }
    return { passed, held, ledger: after }
  }
