/**
 * Suppression: who does not want to be written to is flagged, with the reason, and taken out of what would write to them.
 *
 *     because opt-out   unsubscribed: true           the default: events named Unsubscribed, Opted Out, …
 *     because churn     marketingSuspended: true     reversible: events named Subscription Cancelled, Account Deleted, …
 *     lists             "all" but those in except, or these
 *     programs          left, or moved to a last status (a status cannot be stepped back)
 *     addTo             lists of people to leave alone
 *
 * Nobody is opted back in but by a rule of optIns, and then only by the fields that it names.
 *
 * Sources: Segment "Email spec" (Unsubscribed); Adobe "Person Fields" (Marketing Suspended).
 *
 * @module
 */
import type { Path } from '../ground/path.js'
import { excluded, type Problem } from '../ground/problem.js'
import { normalKey } from '../segment/key.js'
import { type Act, compileAction, listOf, writing } from './actions.js'
import { compileWhen, type Test } from './conditions.js'
import { about, type Draft, putField } from './draft.js'
import type { OptIn, Suppression } from './file.js'
import type { Source } from './rule-parts.js'
import { compileFields } from './values.js'

/**
 * Names of events by which somebody opts out, compared by their letters and digits alone.
 *
 * @example
 * optOutEvents.includes('Unsubscribed') // => true
 * @category recipes
 * @since 0.1.0
 */
export const optOutEvents = [
  'Unsubscribed',
  'Email Unsubscribed',
  'User Unsubscribed',
  'Email Group Unsubscribed',
  'Opted Out',
  'Opt Out',
  'Opt-Out',
  'User Opted Out',
  'Email Opted Out',
  'Marketing Opt Out',
  'Email Marked as Spam'
] as const

/**
 * Names of events by which a customer leaves, compared by their letters and digits alone.
 *
 * @example
 * churnEvents.includes('Account Deleted') // => true
 * @category recipes
 * @since 0.1.0
 */
export const churnEvents = [
  'Churned',
  'Customer Churned',
  'User Churned',
  'Subscription Cancelled',
  'Subscription Canceled',
  'Subscription Ended',
  'Account Deleted',
  'Account Closed',
  'Account Cancelled',
  'Account Canceled'
] as const

const named = (names: ReadonlyArray<string>): Test => {
  const keys = new Set(names.map(normalKey))
  return ({ event }) => event.type === 'track' && event.event.length < 100 && keys.has(normalKey(event.event))
}

// biome-ignore format: table
const reasons = {
  'opt-out': { events: optOutEvents, fields: { unsubscribed: true },       reasonField: 'unsubscribedReason' },
  churn:     { events: churnEvents,  fields: { marketingSuspended: true }, reasonField: 'marketingSuspendedCause' }
} as const

/** Leaves what would write to the person. */
const compileLeavings = ({ lists = [], except = [], programs = [] }: Suppression): Act => {
  const ends = programs.flatMap(({ program, status }) => (status === undefined ? [program] : []))
  return (draft) => {
    const base = about(draft)
    const { at } = draft.view
    if (lists === 'all') draft.leavings.push({ _tag: 'LeaveLists', ...base, except, at })
    else
      for (const list of lists)
        draft.leavings.push({
          _tag: 'RemoveFromList',
          ...base,
          list: listOf(list),
          at
        })
    for (const programId of ends) draft.leavings.push({ _tag: 'LeaveProgram', ...base, programId, at })
  }
}

/** Goes where people are left alone: lists of them, last statuses. */
const compileEnds = (
  { addTo = [], programs = [] }: Suppression,
  at: Path,
  problems: Array<Problem>
): ReadonlyArray<Act> => [
  ...programs.flatMap(({ program, status }) =>
    status === undefined ? [] : [compileAction({ do: 'set-status', program, status }, at, problems, 'suppress')]
  ),
  ...addTo.map((list) => compileAction({ do: 'add-to-list', list }, at, problems, 'suppress'))
]

/** A suppression, made ready: when, and what. @internal */
export const compileSuppression = (
  suppression: Suppression,
  at: Path,
  problems: Array<Problem>
): readonly [test: Test, act: Act] => {
  const { because = 'opt-out', when, reason } = suppression
  const { events, fields: flags, reasonField } = reasons[because]
  const given: Readonly<Record<string, Source>> = suppression.fields ?? flags
  const said: Readonly<Record<string, Source>> = reason === undefined ? {} : { [reasonField]: reason }
  const write = writing(compileFields({ ...given, ...said }, [...at, 'fields'], problems))
  const leaveAll = compileLeavings(suppression)
  const ends = compileEnds(suppression, at, problems)
  const act = (draft: Draft): void => {
    draft.consent = 'opt-out'
    draft.creates = true
    write(draft)
    leaveAll(draft)
    for (const end of ends) end(draft)
  }
  return [when === undefined ? named(events) : compileWhen(when), act]
}

const mendBoth = 'a rule of suppressions applies to the same event, and wins'

/** An opt-in, made ready. Who opts out by the same event stays out. @internal */
export const compileOptIn = (
  { when, fields }: OptIn,
  at: Path,
  problems: Array<Problem>
): readonly [test: Test, act: Act] => {
  const given: Readonly<Record<string, Source>> = fields ?? { unsubscribed: false }
  const written = compileFields(given, [...at, 'fields'], problems)
  const act = (draft: Draft): void => {
    if (draft.consent === 'opt-out') {
      draft.problems.push(excluded('dropped', ['type'], 'suppression', mendBoth))
      return
    }
    draft.consent = 'opt-in'
    draft.creates = true
    for (const [field, value] of written) {
      const read = value(draft.view, draft.problems)
      if (read !== undefined) putField(draft, field, read)
    }
  }
  return [compileWhen(when), act]
}
