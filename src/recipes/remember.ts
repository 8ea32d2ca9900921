/**
 * The rules that remember, over one event: scores, lifecycles, behaviours, the names of all audiences.
 *
 *     message seen before   nothing is counted, no campaign is asked for again, and that is said
 *     message without id    nothing is counted: repeated, it would count twice
 *
 * @module
 */
import type { Instant } from '../ground/calendar.js'
import { excluded, malformed, missing, type Problem } from '../ground/problem.js'
import { coerce, isUnfit } from '../marketo/value-types.js'
import { textOf } from '../segment/found.js'
import { behaved } from './behavior.js'
import type { Compiled } from './compile.js'
import { type Draft, putField } from './draft.js'
import { staged } from './lifecycle.js'
import { type PersonMemory, wasSeen } from './memory.js'
import { scored } from './scores.js'

/** The longest id that Segment takes. */
const longestId = 100

const mendRepeat = 'nothing to mend: this message was counted before'
const mendId = `send a messageId of up to ${longestId} characters: without one a repeated event would count twice`

/** Whether some rule that remembers applies to an event. @internal */
export const isRemembered = ({ scores, lifecycles, behaviors }: Compiled, draft: Draft): boolean =>
  scores.some(({ rules }) => rules.some(([test]) => test(draft.view))) ||
  lifecycles.some(({ rules }) => rules.some(([test]) => test(draft.view))) ||
  behaviors.some(({ test }) => test(draft.view)) ||
  draft.membership !== undefined

/** That a rule remembers, and there is no memory. @internal */
export const forgetful: Problem = excluded(
  'skipped',
  ['type'],
  'settings',
  'a rule of this event remembers what was before: fold the events with a memory'
)

/** The id of a message, or null where it has none that Segment would have taken. @internal */
export const messageIdOf = ({ view }: Draft): string | null => {
  const id = textOf(view.event.messageId)
  return id === undefined || id.length > longestId ? null : id
}

/** What is done once only: asked for again, it would be done again. */
const isOnce = ({ _tag }: Draft['joinings'][number]): boolean => _tag === 'RequestCampaign' || _tag === 'AddToScore'

/** Takes out of a draft what a repeated message must not do again. */
const withoutRepeats = (draft: Draft): void => {
  const stays = draft.joinings.filter((one) => !isOnce(one))
  if (stays.length === draft.joinings.length) return
  draft.joinings.length = 0
  draft.joinings.push(...stays)
  draft.problems.push(excluded('skipped', ['messageId'], 'repeated', mendRepeat))
}

const added = <A>(
  record: Readonly<Record<string, A>>,
  name: string,
  value: A | undefined
): Readonly<Record<string, A>> =>
  value === undefined ? record : Object.fromEntries([...Object.entries(record), [name, value] as const])

const hasOwn = Object.prototype.hasOwnProperty

const own = <A>(record: Readonly<Record<string, A>>, name: string): A | undefined =>
  hasOwn.call(record, name) ? record[name] : undefined

/** What is counted: scores and behaviours. */
const count = (
  { scores, behaviors }: Compiled,
  draft: Draft,
  person: PersonMemory,
  now: Instant,
  since: Instant
): PersonMemory => {
  let after = person
  for (const compiled of scores) {
    const { name } = compiled.score
    const score = scored(compiled, draft, own(after.scores, name), now, since)
    after = { ...after, scores: added(after.scores, name, score) }
  }
  for (const compiled of behaviors) {
    const { name } = compiled.behavior
    const behavior = behaved(compiled, draft, own(after.behaviors, name))
    after = { ...after, behaviors: added(after.behaviors, name, behavior) }
  }
  return after
}

const counts = ({ scores, behaviors }: Compiled, { view }: Draft): boolean =>
  scores.some(({ rules }) => rules.some(([test]) => test(view))) || behaviors.some(({ test }) => test(view))

const move = ({ lifecycles }: Compiled, draft: Draft, person: PersonMemory): PersonMemory => {
  let { stages } = person
  for (const compiled of lifecycles) {
    const { name } = compiled.lifecycle
    stages = added(stages, name, staged(compiled, draft, own(stages, name)))
  }
  return { ...person, stages }
}

const asText = coerce('text', null)
const mendNames = 'the names of all audiences together are too long for a field: keep them in fields of their own'

/** The names of all audiences of a lead, in one text. */
const putNames = ({ file }: Compiled, draft: Draft, person: PersonMemory): PersonMemory => {
  const { namesField, separator = ';' } = file.audiences ?? {}
  const { membership } = draft
  if (namesField === undefined || membership === undefined) return person
  const others = person.audiences.filter((key) => key !== membership.key)
  const audiences = membership.isMember ? [...others, membership.key].sort() : others
  if (audiences.length === 0) {
    putField(draft, namesField, null)
    return { ...person, audiences }
  }
  const fit = asText(audiences.join(separator))
  if (isUnfit(fit)) {
    // What no field can hold is not remembered either, or memory would grow without end.
    draft.problems.push(malformed('dropped', ['fields', namesField], fit.found, mendNames))
    return person
  }
  putField(draft, namesField, fit)
  return { ...person, audiences }
}

/** The person after an event, whose draft has what the rules that remember make of it. @internal */
export const remembered = (
  compiled: Compiled,
  draft: Draft,
  person: PersonMemory,
  now: Instant,
  since: Instant
): PersonMemory => {
  const messageId = messageIdOf(draft)
  const isRepeat = messageId !== null && wasSeen(person.seen, messageId, since)
  if (isRepeat) withoutRepeats(draft)
  const after = putNames(compiled, draft, move(compiled, draft, person))
  if (!counts(compiled, draft)) return after
  draft.matched = true
  if (isRepeat) draft.problems.push(excluded('skipped', ['messageId'], 'repeated', mendRepeat))
  else if (messageId === null) draft.problems.push(missing('dropped', ['messageId'], mendId))
  else return count(compiled, draft, after, now, since)
  return after
}
