/**
 * Reads delivery options out of plain JSON: a file, a configuration service.
 *
 *     { "identity": { "_tag": "resolve", "duplicates": "merge" }, "budget": { "callsPerDay": 20000 } }
 *
 * The shape is that of {@link DeliveryOptions}, and what is not said is as {@link defaultDeliveryOptions} has it. Every mistake is gathered
 * with its place.
 *
 * @module
 */
import type { UnknownRecord } from '../ground/json.js'
import type { Path } from '../ground/path.js'
import { malformed, type Problem, risky } from '../ground/problem.js'
import {
  aBoolean,
  aRecord,
  decoding,
  listOf,
  member,
  nonBlank,
  oneOf,
  orNull,
  type Reader,
  reading,
  requiredMember,
  warnOfUnknownKeys,
  wholeNumber
} from '../ground/reading.js'
import type { Remarked } from '../ground/these.js'
import { pushTwins } from '../ground/twins.js'
import { isWellFormed } from '../ground/utf8.js'
import { type BackOffPolicy, defaultBackOff } from '../pace/back-off.js'
import { type BudgetShares, type BudgetUser, defaultBudgetSettings } from '../pace/budget-settings.js'
import { defaultRetryPolicy, type RetryPolicy } from '../pace/remedies.js'
import { defaultTokenSettings, type TokenSettings } from '../pace/token.js'
import {
  type DeliveryOptions,
  defaultDeliveryOptions,
  type EventLists,
  type FieldPolicy,
  type Identity,
  resolveFirst,
  type Shortage,
  type TransportOption
} from './options.js'

/** Reads the members of an object by name: what is not there is as `usual` has it. */
type ReadMember<T> = <K extends keyof T & string>(name: K, reader: Reader<T[K]>) => T[K]

/** A reader of an object whose members each have a usual value. */
const objectOf =
  <T extends object>(usual: T, read: (member: ReadMember<T>) => T): Reader<T> =>
  (u, at, problems) => {
    const record = aRecord(u, at, problems)
    if (record === undefined) return undefined
    warnOfUnknownKeys(record, at, Object.keys(usual), problems)
    return read((name, reader) => member(record, at, [name], reader, usual[name], problems) ?? usual[name])
  }

/** What is read stands in a delivery's state, which JSON has to hold: it does not know negative zero. */
const plain =
  (reader: Reader<number>): Reader<number> =>
  (u, at, problems) => {
    const n = reader(u, at, problems)
    return n === undefined ? undefined : n + 0
  }

const share = plain(reading((u): u is number => typeof u === 'number' && u >= 0 && u <= 1, 'a number from 0 to 1'))
const rank = plain(reading((u): u is number => Number.isFinite(u), 'a number'))
const whole = (least: number, most: number): Reader<number> => plain(wholeNumber(least, most))

const restName: Reader<string> = reading(
  (u): u is string => typeof u === 'string' && /^[^,\s]+$/.test(u) && isWellFormed(u),
  'the REST name of a lead field'
)

/** Ninety days: a wait beyond that is a mistake. */
const millis = whole(0, 90 * 86_400_000)
const seed = whole(0, 4_294_967_295)

/** The items of a list, at their places. */
const listed = (u: unknown): ReadonlyArray<unknown> => (Array.isArray(u) ? u : [])

/** Each name once, so that the order says one thing. */
const distinctNames: Reader<ReadonlyArray<string>> = (u, at, problems) => {
  pushTwins('invalid', listed(u), (i) => [...at, i], 'keep one of them', problems)
  return listOf(restName)(u, at, problems)
}

const idFields: Reader<ReadonlyArray<string>> = (u, at, problems) => {
  if (Array.isArray(u) && u.length === 0) problems.push(malformed('invalid', at, 'no field', 'name one or more'))
  const id = listed(u).indexOf('id')
  if (id >= 0)
    problems.push(malformed('invalid', [...at, id], 'the number of the lead', 'Marketo gives it: take it out'))
  return distinctNames(u, at, problems)
}

const fieldPolicy = oneOf<FieldPolicy>(['always', 'if-empty', 'on-create'])

/** Members of an object that are named by whoever wrote it. From entries: assigning to `__proto__` would lose the member. */
const mapOf =
  <A>(name: Reader<string>, reader: Reader<A>): Reader<Readonly<Record<string, A>>> =>
  (u, at, problems) => {
    const entries = Object.entries(aRecord(u, at, problems) ?? {}).flatMap(([key, value]) => {
      const read = reader(value, [...at, key], problems)
      return name(key, [...at, key], problems) === undefined || read === undefined ? [] : [[key, read] as const]
    })
    return Object.fromEntries(entries)
  }

/** Reads one of several kinds of object, each by the name that it bears. */
const tagged =
  <T extends { readonly _tag: string }>(
    kinds: Readonly<Record<T['_tag'], (record: UnknownRecord, at: Path, problems: Array<Problem>) => T | undefined>>,
    tags: ReadonlyArray<T['_tag']>
  ): Reader<T> =>
  (u, at, problems) => {
    const record = aRecord(u, at, problems)
    if (record === undefined) return undefined
    const mend = `say which: ${tags.join(', ')}`
    const tag = requiredMember(record, at, ['_tag'], oneOf(tags), mend, problems)
    return tag === undefined ? undefined : kinds[tag](record, at, problems)
  }

const usualIdentity = resolveFirst()

const resolving = objectOf<ReturnType<typeof resolveFirst>>(usualIdentity, (read) => ({
  _tag: 'resolve',
  prefer: read('prefer', oneOf(['first-key', 'last-updated', 'first-created'])),
  duplicates: read('duplicates', oneOf(['report', 'merge'])),
  weakFields: read('weakFields', distinctNames),
  policies: read('policies', mapOf(restName, fieldPolicy))
}))

const nothingElse =
  <T>(value: T) =>
  (record: UnknownRecord, at: Path, problems: Array<Problem>): T => {
    warnOfUnknownKeys(record, at, ['_tag'], problems)
    return value
  }

const identity = tagged<Identity>({ upsert: nothingElse({ _tag: 'upsert' }), resolve: resolving }, [
  'upsert',
  'resolve'
])

const priority = oneOf<'normal' | 'high'>(['normal', 'high'])

const transport = tagged<TransportOption>(
  {
    rest: nothingElse({ _tag: 'rest' }),
    ingestion: (record, at, problems) => {
      warnOfUnknownKeys(record, at, ['_tag', 'prefix', 'priority'], problems)
      const mend = 'begin the correlation ids with a text of your own'
      const prefix = requiredMember(record, at, ['prefix'], nonBlank, mend, problems)
      const own = member(record, at, ['priority'], priority, 'normal' as const, problems)
      return prefix === undefined || own === undefined ? undefined : { _tag: 'ingestion', prefix, priority: own }
    },
    bulk: (record, at, problems) => {
      warnOfUnknownKeys(record, at, ['_tag', 'pollMillis'], problems)
      const mend = 'say how often a job is asked for, in milliseconds, such as 60000'
      const pollMillis = requiredMember(record, at, ['pollMillis'], whole(1_000, 86_400_000), mend, problems)
      return pollMillis === undefined ? undefined : { _tag: 'bulk', pollMillis }
    }
  },
  ['rest', 'ingestion', 'bulk']
)

const backOff = (usual: BackOffPolicy): Reader<BackOffPolicy> =>
  objectOf(usual, (read) => ({
    firstMillis: read('firstMillis', millis),
    capMillis: read('capMillis', millis),
    longestMillis: read('longestMillis', millis),
    retries: read('retries', whole(0, 1_000))
  }))

const retry = objectOf<RetryPolicy>(defaultRetryPolicy, (read) => ({
  backOff: read('backOff', backOff(defaultBackOff)),
  whenInDoubt: read('whenInDoubt', oneOf(['report', 'resend']))
}))

const token = objectOf<TokenSettings>(defaultTokenSettings, (read) => ({
  marginMillis: read('marginMillis', millis),
  renewalMillis: read('renewalMillis', millis),
  steadyMillis: read('steadyMillis', millis),
  backOff: read('backOff', backOff(defaultTokenSettings.backOff)),
  seed: read('seed', seed)
}))

const shares = objectOf<BudgetShares>(defaultBudgetSettings.shares, (read) => ({
  window: read('window', share),
  running: read('running', share),
  day: read('day', share)
}))

const budgetUser = objectOf<BudgetUser>({ priority: 0, share: 1 }, (read) => ({
  priority: read('priority', rank),
  share: read('share', share)
}))

const budget = objectOf(defaultBudgetSettings, (read) => ({
  callsPerWindow: read('callsPerWindow', whole(0, 1_000_000)),
  runningCalls: read('runningCalls', whole(0, 1_000_000)),
  callsPerDay: read('callsPerDay', whole(0, 1_000_000_000)),
  shares: read('shares', shares),
  users: read('users', mapOf(nonBlank, budgetUser))
}))

const shortage = objectOf<Shortage>(defaultDeliveryOptions.shortage, (read) => ({
  reserve: read('reserve', share),
  rest: read('rest', oneOf(['wait', 'give-back']))
}))

const events = objectOf<EventLists>(defaultDeliveryOptions.events, (read) => ({
  allow: read('allow', orNull(listOf(nonBlank))),
  deny: read('deny', listOf(nonBlank))
}))

/** What is read is complete: so it can be read again, and shows what holds. */
const usual: DeliveryOptions = { ...defaultDeliveryOptions, token: defaultTokenSettings, budget: defaultBudgetSettings }

const options = objectOf<DeliveryOptions>(usual, (read) => ({
  user: read('user', nonBlank),
  idFields: read('idFields', idFields),
  identity: read('identity', identity),
  window: read('window', whole(1, 1_000_000)),
  remember: read('remember', whole(1, 10_000_000)),
  freeCalls: read('freeCalls', whole(1, 10_000)),
  linger: read('linger', whole(0, 3_600_000)),
  transport: read('transport', transport),
  retry: read('retry', retry),
  token: read<'token'>('token', token),
  budget: read<'budget'>('budget', budget),
  shortage: read('shortage', shortage),
  events: read('events', events),
  skipUnchanged: read('skipUnchanged', aBoolean),
  checkCampaignLeads: read('checkCampaignLeads', aBoolean),
  forwardIp: read('forwardIp', aBoolean),
  seed: read('seed', seed)
}))

/** Says what can be read and is hardly meant. */
const remark = (read: DeliveryOptions, problems: Array<Problem>): void => {
  const {
    user,
    budget: { users = {} },
    identity: how
  } = read
  if (Object.keys(users).length > 0 && !Object.keys(users).includes(user))
    problems.push(risky(['budget', 'users'], 'unusual', 'none of them is `user`, who has priority 0 and a share of 1'))
  if (how._tag !== 'resolve' || how.weakFields === usualIdentity.weakFields) return
  const keys = new Set(read.idFields)
  how.weakFields.forEach((field, i) => {
    if (!keys.has(field))
      problems.push(
        risky(['identity', 'weakFields', i], 'unusual', 'it is none of `idFields`: correct the name there or here')
      )
  })
}

const readOptions = (u: unknown, problems: Array<Problem>): DeliveryOptions | undefined => {
  const read = options(u, [], problems)
  // Of what is refused there is nothing to remark upon: what was left out has moved the rest.
  if (read !== undefined && problems.every(({ weight }) => weight === 'warning')) remark(read, problems)
  return read
}

/**
 * Reads delivery options. Any mistake but a warning refuses the whole; all of them are told.
 *
 * @example
 * import { decodeDeliveryOptions } from 'segment-marketo/delivery'
 *
 * const read = decodeDeliveryOptions({ identity: { _tag: 'resolve', duplicates: 'merge' }, skipUnchanged: true })
 * read._tag === 'Right' && read.right.skipUnchanged // => true
 * read._tag === 'Right' && read.right.window // => 5000
 * @category options
 * @since 0.1.0
 */
export const decodeDeliveryOptions: (u: unknown) => Remarked<DeliveryOptions> = decoding(readOptions)
