/**
 * Whether a rule applies to an event.
 *
 * Nothing is coerced but digits where a number is compared: `"3"` is at least 2, and is not 3.
 *
 * @module
 */
import { readSubscriptions, type Subscription } from '../segment/consent.js'
import { readEmail } from '../segment/email.js'
import { isSaid } from '../segment/found.js'
import type { Condition, When } from './rule-parts.js'
import { placeOf, type View } from './view.js'

/** Whether something holds of an event. @internal */
export type Test = (view: View) => boolean

type ValueTest = (u: unknown) => boolean

type Scalar = string | number | boolean

const textTest =
  (holds: (text: string) => boolean): ValueTest =>
  (u) =>
    typeof u === 'string' && holds(u)

const digits = /^-?\d{1,15}(?:\.\d{1,15})?$/

const numberTest =
  (holds: (n: number) => boolean): ValueTest =>
  (u) => {
    const n = typeof u === 'string' && digits.test(u) ? Number(u) : u
    return typeof n === 'number' && Number.isFinite(n) && holds(n)
  }

/** How many members of a list are looked at. */
const mostMembers = 10_000

const contains =
  (wanted: Scalar): ValueTest =>
  (u) => {
    if (typeof u === 'string') return typeof wanted === 'string' && u.includes(wanted)
    if (!Array.isArray(u)) return false
    for (let i = 0; i < Math.min(u.length, mostMembers); i += 1) if (u[i] === wanted) return true
    return false
  }

/** A pattern with `*` for anything: its pieces one behind the other, each as early as it can be. */
const like = (pattern: string): ValueTest => {
  const [first = '', ...rest] = pattern.toLowerCase().split('*')
  const last = rest.pop()
  return textTest((given) => {
    const text = given.toLowerCase()
    if (last === undefined) return text === first
    if (!text.startsWith(first)) return false
    let from = first.length
    for (const piece of rest) {
      const at = text.indexOf(piece, from)
      if (at < 0) return false
      from = at + piece.length
    }
    return text.length - from >= last.length && text.endsWith(last)
  })
}

/** One of a few: text, numbers and booleans are each their own kind. */
const among = (wanted: ReadonlyArray<Scalar>): ValueTest => {
  const all = new Set<unknown>(wanted)
  return (u) => all.has(u)
}

const not =
  (test: ValueTest): ValueTest =>
  (u) =>
    !test(u)

/** The operators of a condition as tests, all of which have to hold. */
const testsOf = (condition: Condition): ReadonlyArray<ValueTest> => {
  const { is, isNot, oneOf, noneOf, exists, startsWith, endsWith, above, below, atLeast, atMost } = condition
  const tests: Array<ValueTest> = []
  if (is !== undefined) tests.push(among([is]))
  if (isNot !== undefined) tests.push(not(among([isNot])))
  if (oneOf !== undefined) tests.push(among(oneOf))
  if (noneOf !== undefined) tests.push(not(among(noneOf)))
  if (exists !== undefined) tests.push((u) => isSaid(u) === exists)
  if (condition.contains !== undefined) tests.push(contains(condition.contains))
  if (startsWith !== undefined) tests.push(textTest((text) => text.startsWith(startsWith)))
  if (endsWith !== undefined) tests.push(textTest((text) => text.endsWith(endsWith)))
  if (condition.like !== undefined) tests.push(like(condition.like))
  if (above !== undefined) tests.push(numberTest((n) => n > above))
  if (below !== undefined) tests.push(numberTest((n) => n < below))
  if (atLeast !== undefined) tests.push(numberTest((n) => n >= atLeast))
  if (atMost !== undefined) tests.push(numberTest((n) => n <= atMost))
  return tests.length === 0 ? [isSaid] : tests
}

/** A condition made ready. One without an operator asks whether there is something. @internal */
export const compileCondition = (condition: Condition): Test => {
  const { read } = placeOf(condition.path)
  const tests = testsOf(condition)
  return (view) => {
    const u = read(view)
    return tests.every((test) => test(u))
  }
}

const setOf = <W>(given: W | ReadonlyArray<W> | undefined): ReadonlySet<unknown> | undefined =>
  given === undefined ? undefined : new Set<unknown>(Array.isArray(given) ? given : [given])

const isSameAddress = (a: unknown, b: unknown): boolean =>
  typeof a === 'string' && typeof b === 'string' && a.trim().toLowerCase() === b.trim().toLowerCase()

/** Whether the event says that the person's own address has this state. States belong to addresses, not to people. */
const hasState =
  (state: Subscription['state']): Test =>
  ({ event }) => {
    const email = readEmail(event)?.value
    return readSubscriptions(event, []).some(
      (one) => one.channel === 'email' && one.state === state && isSameAddress(one.address, email)
    )
  }

/** When a rule applies, made ready: what is cheap to ask comes first. @internal */
export const compileWhen = ({ type, event, name, where = [], any, subscription }: When): Test => {
  const tests: Array<Test> = []
  const types = setOf(type)
  if (types !== undefined) tests.push((view) => types.has(view.event.type))
  const events = setOf(event)
  if (events !== undefined) tests.push((view) => view.event.type === 'track' && events.has(view.event.event))
  const labels = setOf(name)
  if (labels !== undefined) {
    const { read } = placeOf('name')
    tests.push((view) => labels.has(read(view)))
  }
  tests.push(...where.map(compileCondition))
  if (any !== undefined) {
    const some = any.map(compileCondition)
    tests.push((view) => some.some((test) => test(view)))
  }
  if (subscription !== undefined) tests.push(hasState(subscription))
  return (view) => tests.every((test) => test(view))
}
