/**
 * What to do next with a call that ended, or with one record of it: remedies turned into steps.
 *
 *     a verdict's remedy ┐
 *     what the call holds├── nextStep ──▶ done · resend-after · renew-and-resend · split · isolate
 *     how often before   ┘                await-quota-until · give-up · unknown
 *
 * Every remedy has its own count of tries, so that a call that waited for its turn ten times may still back off from a fault, and every
 * count has an end: after it the call is given up and reported, never dropped in silence.
 *
 * After a timeout a write may have happened. What can be done twice with the effect of once is sent again; what cannot (a custom activity
 * is written once and never deleted) is reported as unknown, unless the caller prefers twice to never.
 *
 * Sources: Adobe "Error Codes", "Authentication", "Activities"; marketo/error-codes.
 *
 * @module
 */
import type { Instant } from '../ground/calendar.js'
import type { Intent } from '../intent/intent.js'
import type { Skipped } from '../intent/outcome.js'
import { isKnownErrorCode, type Remedy } from '../marketo/error-codes.js'
import { callLimits } from '../marketo/limits.js'
import { type BackOffPolicy, defaultBackOff, nextTry } from './back-off.js'
import type { CallEnd } from './call-end.js'
import { quotaReopens } from './quota-day.js'

/**
 * What to do next. `at` and `until` are instants.
 *
 * @category steps
 * @since 0.1.0
 */
export type NextStep =
  | { readonly todo: 'done' } // nothing more: what we wanted is so
  | { readonly todo: 'resend-after'; readonly at: Instant } // the same call again, not before that instant
  | { readonly todo: 'renew-and-resend' } // the same call again, with a token of a later generation
  | { readonly todo: 'split' } // too much at once: the same records in smaller calls
  | { readonly todo: 'isolate' } // some record spoils the call: find it, by the field that the message names or by halves
  | { readonly todo: 'await-quota-until'; readonly until: Instant } // the same call again when the quota resets
  | { readonly todo: 'give-up'; readonly because: 'refused' | 'tried' } // report it, with its reasons
  | { readonly todo: 'unknown' } // report that nobody knows whether it was done

/**
 * How often a call was tried again so far, by remedy; a call that is split hands its counts on. Keep it beside the call.
 *
 * @category steps
 * @since 0.1.0
 */
export type Tried = Readonly<Partial<Record<Remedy | 'lost', number>>>

/**
 * What a call carries, as far as its retries go: how many records, whether it may be done twice, and how often it was tried again.
 *
 * @category steps
 * @since 0.1.0
 */
export interface Carried {
  readonly records: number
  readonly repeatable: boolean
  readonly tried: Tried
}

/**
 * How stubborn to be: `whenInDoubt` says what becomes of a call that may have been carried out and must not be twice.
 *
 * @category steps
 * @since 0.1.0
 */
export interface RetryPolicy {
  readonly backOff: BackOffPolicy
  readonly whenInDoubt: 'report' | 'resend'
}

/**
 * The waits of {@link defaultBackOff}; what is in doubt is reported.
 *
 * @category steps
 * @since 0.1.0
 */
export const defaultRetryPolicy: RetryPolicy = { backOff: defaultBackOff, whenInDoubt: 'report' }

/** How often a step is taken for one call: so many times, as often as the policy retries, or as often as there is cause. */
type Most = number | 'policy' | 'any'

/** A remedy as a step. */
interface RemedyRow {
  readonly todo: NextStep['todo']
  readonly most: Most
}

/**
 * Each remedy as a step. A call that waits for its turn did no wrong and waits more often than one that met a fault. A token may be
 * handed out in its last second, so a second renewal is worth the try. In summer the quota may reset at either of two midnights, so
 * four tries are two days.
 *
 * @category steps
 * @since 0.1.0
 */
// biome-ignore format: read by column
export const remedySteps = {
  'renew-token':       { todo: 'renew-and-resend',  most: 2        },
  'back-off':          { todo: 'resend-after',      most: 'policy' },
  'throttle':          { todo: 'resend-after',      most: 30       },
  'await-quota':       { todo: 'await-quota-until', most: 4        },
  'split-request':     { todo: 'split',             most: 'any'    },
  'mend-request':      { todo: 'isolate',           most: 'any'    },
  'mend-record':       { todo: 'isolate',           most: 'any'    },
  'accept':            { todo: 'done',              most: 'any'    },
  'ask-administrator': { todo: 'give-up',           most: 'any'    },
  'lost':              { todo: 'resend-after',      most: 'policy' }
} as const satisfies Readonly<Record<Remedy | 'lost', RemedyRow>>

/** Codes that, met again after so many tries, ask for something else where a call holds several records. */
// biome-ignore format: read by column
const repeated: ReadonlyArray<{ readonly code: string; readonly after: number; readonly todo: 'split' | 'isolate' }> = [
  { code: '604', after: 1, todo: 'split'   }, // it took too long: half of it takes less
  { code: '611', after: 3, todo: 'isolate' }  // any unhandled exception, a bad value among them
]

/** Seconds to wait at least, by code: a queue of jobs empties in minutes. */
const leastSeconds: Readonly<Record<string, number>> = { '1016': 60, '1019': 60, '1029': 60 }

/** Codes of a whole call that one record of it may have brought about. */
const spoiling = ['609', '701', '704', '1001', '1002', '1003', '1006', '1077', '4000801', '4000802']

/**
 * Whether a thing done twice is as if done once, by kind of intent. Custom activities, page views and filled-in forms add an entry to the
 * lead's history each time, and a campaign is run through each time. Points are added by writing the sum, and the same sum may be written
 * twice: it is the reading that must not come again in between.
 *
 * @category steps
 * @since 0.1.0
 */
// biome-ignore format: read by column
export const repeatableKinds = {
  UpsertLead:             true,
  AssociateCookie:        true,
  AddCustomActivity:      false,
  VisitPage:              false,
  SubmitForm:             false,
  AddToList:              true,
  RemoveFromList:         true,
  LeaveLists:             true,
  SetProgramStatus:       true,
  LeaveProgram:           true,
  RequestCampaign:        false,
  AddToScore:             true,
  DeleteLead:             true,
  SyncCompany:            true,
  SyncCustomObject:       true,
  StartInBrowser:         true,
  VisitPageInBrowser:     false,
  SubmitFormInBrowser:    false,
  AssociateLeadInBrowser: true,
  SyncLeadOverSoap:       true
} as const satisfies Readonly<Record<Intent['_tag'], boolean>>

/**
 * What {@link nextStep} is asked about: how a call ended, or what became of one record. Every verdict and every outcome is one.
 *
 * @category steps
 * @since 0.1.0
 */
export type Ended =
  | CallEnd
  | Pick<Skipped, '_tag' | 'reasons' | 'remedy'>
  | { readonly _tag: 'Applied' }
  | { readonly _tag: 'Unanswered' }

/** What an end says, in the words of the table. @internal */
export interface Seen {
  readonly word: Remedy | 'lost'
  readonly codes: ReadonlyArray<string>
  readonly retryAfter: number
  readonly inDoubt: boolean
}

const lost: Seen = { word: 'lost', codes: [], retryAfter: 0, inDoubt: true }

/** An answer without a code, or without a status, says nothing at all: a page of a gateway's, or half an answer. */
const saysNothing = (code: string): boolean => code === '' || code === '0'

/** After these a write may have happened: the server gave up or broke somewhere on its way. */
const leavesDoubt = (code: string): boolean =>
  code === '604' || code === '611' || code === '5000801' || /^5\d\d$/.test(code)

/** What an end says: the remedy, and whether what was asked for may have been done all the same. @internal */
export const seenIn = (end: Ended): Seen => {
  if (end._tag === 'Applied' || end._tag === 'Accepted')
    return { word: 'accept', codes: [], retryAfter: 0, inDoubt: false }
  if (end._tag === 'Lost' || end._tag === 'Unanswered') return lost
  const codes = end.reasons.map(({ code }) => code)
  // A record that was skipped was not done, whatever the reason.
  if (end._tag === 'Skipped') return { word: end.remedy, codes, retryAfter: 0, inDoubt: false }
  if (codes.every(saysNothing)) return { ...lost, retryAfter: end.retryAfter ?? 0 }
  return { word: end.remedy, codes, retryAfter: end.retryAfter ?? 0, inDoubt: codes.some(leavesDoubt) }
}

/** Whether one record may be to blame for what was said of all: Adobe numbers what concerns a record from 1001 on. @internal */
export const mayBeOne = ({ word, codes }: Seen): boolean =>
  word === 'mend-record' ||
  codes.some((code) => spoiling.includes(code) || (/^1\d{3}$/.test(code) && !isKnownErrorCode(code)))

const giveUp = (because: 'refused' | 'tried'): NextStep => ({ todo: 'give-up', because })

const waitSeconds = ({ word, codes, retryAfter }: Seen): number => {
  const byCode = Object.keys(leastSeconds).map((code) => (codes.includes(code) ? (leastSeconds[code] ?? 0) : 0))
  const window = word === 'throttle' ? callLimits.windowMillis / 1_000 : 0
  return Math.max(retryAfter, window, ...byCode)
}

const boundOf = (most: Most, { backOff }: RetryPolicy): number =>
  most === 'policy' ? backOff.retries : most === 'any' ? Number.POSITIVE_INFINITY : most

/** The step that the table names, with what belongs to it. */
const stepFor = (
  policy: RetryPolicy,
  seen: Seen,
  records: number,
  tries: number,
  now: Instant,
  seed: number
): NextStep => {
  const { todo } = remedySteps[seen.word]
  switch (todo) {
    case 'resend-after':
      return { todo, at: now + nextTry(policy.backOff, tries + 1, seed, waitSeconds(seen)) }
    case 'await-quota-until':
      return { todo, until: quotaReopens(now) }
    case 'split':
      return records > 1 ? { todo } : giveUp('refused')
    case 'isolate':
      return records > 1 && mayBeOne(seen) ? { todo } : giveUp('refused')
    case 'give-up':
      return giveUp('refused')
    case 'renew-and-resend':
    case 'done':
      return { todo }
  }
}

/** What a code asks for once it came so often. */
const stepForRepeated = ({ codes }: Seen, tries: number): NextStep | undefined => {
  const row = repeated.find(({ code, after }) => codes.includes(code) && tries >= after)
  return row === undefined ? undefined : { todo: row.todo }
}

/**
 * What to do next, and the counts of tries to keep with the call. `seed` decides the wait: see `nextTry`.
 *
 * @example
 * const once = { records: 300, repeatable: true, tried: {} }
 * const [tried, step] = nextStep()(once, { _tag: 'Lost' }, 1_000_000, 1)
 * tried // => { lost: 1 }
 * step.todo // => 'resend-after'
 * nextStep()({ ...once, repeatable: false }, { _tag: 'Lost' }, 1_000_000, 1) // => [{}, { todo: 'unknown' }]
 * @category steps
 * @since 0.1.0
 */
export const nextStep =
  (policy: RetryPolicy = defaultRetryPolicy) =>
  (carried: Carried, end: Ended, now: Instant, seed: number): readonly [tried: Tried, step: NextStep] => {
    const { tried, repeatable } = carried
    const seen = seenIn(end)
    if (seen.inDoubt && !repeatable && policy.whenInDoubt === 'report') return [tried, { todo: 'unknown' }]
    const records = end._tag === 'Skipped' ? 1 : carried.records
    const tries = tried[seen.word] ?? 0
    const other = records > 1 ? stepForRepeated(seen, tries) : undefined
    if (other !== undefined) return [tried, other]
    if (tries >= boundOf(remedySteps[seen.word].most, policy)) {
      return [tried, seen.inDoubt ? { todo: 'unknown' } : giveUp('tried')]
    }
    const step = stepFor(policy, seen, records, tries, Number.isFinite(now) ? Math.floor(now) : 0, seed)
    return [sendsAgain(step) ? { ...tried, [seen.word]: tries + 1 } : tried, step]
  }

const sendsAgain = ({ todo }: NextStep): boolean =>
  todo === 'resend-after' || todo === 'renew-and-resend' || todo === 'await-quota-until'
