/**
 * Rules over events: as a mapper, and as a folder with a memory.
 *
 *     event ──gate──▶ person ──▶ rules, in the order of the file ──▶ one write of the lead, and what goes with it
 *
 * Only an explicit false under our name in `integrations` keeps an event from rules. An email suffices; anonymous visitors are no leads
 * unless the file names their ids among its keys.
 *
 * @module
 */
import { type Instant, instantOf } from '../ground/calendar.js'
import { missing, type Problem, unmapped } from '../ground/problem.js'
import { type Findings, type Folder, guarded, type Mapper } from '../intent/mapped.js'
import { readEvent, type SegmentEvent } from '../segment/event.js'
import { readEventTime } from '../segment/event-time.js'
import { readGate } from '../segment/integrations.js'
import { type Compiled, compile } from './compile.js'
import type { Recipes } from './decode.js'
import { type Draft, intentsOf, newDraft } from './draft.js'
import { forgetPeople, kept, type Memory, meet } from './memory.js'
import { forgetful, isRemembered, messageIdOf, remembered } from './remember.js'
import { readWho } from './who.js'

/**
 * When an event happened: no later than Segment received it; where it does not say when, no later than now. A device whose clock runs ahead
 * would otherwise have the last word on everything for years.
 */
const timeOf = (event: SegmentEvent, now: Instant, problems: Array<Problem>): Instant | null => {
  const at = readEventTime(event, problems)?.value
  return at === undefined ? null : Math.min(at, instantOf(event.receivedAt) ?? now)
}

/** An event with everything that rules without a memory make of it; undefined after saying why there is none. */
const drafted = (compiled: Compiled, u: unknown, { problems }: Findings, now: Instant): Draft | undefined => {
  const event = readEvent(u, problems)
  if (event === undefined) return undefined
  const gate = readGate(event, compiled.gateNames, 'explicit')
  if (gate !== undefined) {
    problems.push(gate)
    return undefined
  }
  const view = { event, at: timeOf(event, now, problems) }
  const who = readWho(compiled.naming, event, problems)
  if (who === undefined) return undefined
  const draft = newDraft(compiled.file.munchkinId, compiled.file.lead?.partition ?? null, view, who, problems)
  for (const [test, act] of compiled.rules) {
    if (!test(view)) continue
    draft.matched = true
    act(draft)
  }
  compiled.audiences?.(draft)
  return draft
}

const mendUnmapped = 'no rule applies to it: add one, or leave it'
const nothingToWrite = missing(
  'skipped',
  ['fields'],
  'rules apply to it, and the values that they write are not there: send them, or give them defaults'
)

const nameOf = (event: SegmentEvent): string => (event.type === 'track' ? event.event : event.type)

/** What a draft has become. */
const finish = (compiled: Compiled, draft: Draft, findings: Findings): void => {
  if (!compiled.creates) draft.creates = false
  const intents = intentsOf(draft)
  for (const intent of intents) findings.intents.push(intent)
  if (intents.length === 0 && findings.problems.every(({ weight }) => weight === 'warning'))
    findings.problems.push(
      draft.matched ? nothingToWrite : unmapped('skipped', ['event'], nameOf(draft.view.event), mendUnmapped)
    )
}

/**
 * The rules of a file that need no memory, as a mapper. Where a rule that remembers applies, the event's problems say so: fold such
 * files with {@link folder}.
 *
 * @example
 * const recipes = decodeRecipes({
 *   munchkinId: '561-HYG-937',
 *   rules: [{
 *     name: 'Trial',
 *     when: { type: 'track', event: 'Trial Started' },
 *     actions: [{ do: 'write', fields: { leadStatus: 'Trial' } }, { do: 'add-to-list', list: 1001 }]
 *   }]
 * })
 * const map = mapper(recipes._tag === 'Left' ? assert.fail() : recipes.right)
 * const result = map({ type: 'track', event: 'Trial Started', userId: 'u1', timestamp: '2024-05-01T10:00:00Z' })
 * result._tag === 'Right' && result.right.map(({ _tag }) => _tag) // => ['UpsertLead', 'AddToList']
 * @category recipes
 * @since 0.1.0
 */
export const mapper = (recipes: Recipes): Mapper => {
  const compiled = compile(recipes, [])
  return guarded((u, findings) => {
    const draft = drafted(compiled, u, findings, Number.POSITIVE_INFINITY)
    if (draft === undefined) return
    if (isRemembered(compiled, draft)) findings.problems.push(forgetful)
    finish(compiled, draft, findings)
  })
}

/**
 * All rules of a file, as a folder: what was remembered, an event and the time; what is remembered from then on, and the intents. Keep
 * the memory with the intents: whoever stores the one and loses the other counts wrong.
 *
 * @example
 * const recipes = decodeRecipes({
 *   munchkinId: '561-HYG-937',
 *   scores: [{
 *     name: 'Product',
 *     to: { way: 'total', field: 'productScore' },
 *     points: [{ when: { event: 'Report Shared' }, points: 10 }]
 *   }]
 * })
 * const fold = folder(recipes._tag === 'Left' ? assert.fail() : recipes.right)
 * const event = { type: 'track', event: 'Report Shared', messageId: 'm1', userId: 'u1', timestamp: '2024-05-01T10:00:00Z' }
 * const [memory] = fold(noMemory, event, 1714557600000)
 * const [, again] = fold(memory, { ...event, messageId: 'm2' }, 1714557600000)
 * again._tag === 'Right' && again.right[0] // => { _tag: 'UpsertLead', munchkinId: '561-HYG-937', lead: { lookupField: 'userId', value: 'u1' }, fields: { productScore: 20, userId: 'u1' }, action: 'createOrUpdate', partitionName: null }
 * @category recipes
 * @since 0.1.0
 */
export const folder = (recipes: Recipes): Folder<Memory> => {
  const compiled = compile(recipes, [])
  const halfLives = new Map<string, number | null>(compiled.scores.map(({ score, halfLife }) => [score.name, halfLife]))
  const halfLifeOf = (score: string): number | null => halfLives.get(score) ?? null
  return (memory, u, now) => {
    let after = memory
    const verdict = guarded((event, findings) => {
      const draft = drafted(compiled, event, findings, now)
      if (draft === undefined) return
      const known = folded(compiled, memory, draft, now, halfLifeOf)
      finish(compiled, draft, findings)
      // Only once nothing can fail any more: what is remembered was sent.
      after = known
    })(u)
    return [after, verdict]
  }
}

const folded = (
  compiled: Compiled,
  memory: Memory,
  draft: Draft,
  now: Instant,
  halfLifeOf: (score: string) => number | null
): Memory => {
  if (draft.deletes) return forgetPeople(memory, draft.who.keys)
  const since = now - compiled.horizon
  const isOnce = draft.joinings.some(({ _tag }) => _tag === 'RequestCampaign' || _tag === 'AddToScore')
  // Who is met for nothing that is remembered needs no place in the memory.
  if (!isOnce && !isRemembered(compiled, draft)) return memory
  const met = meet(memory, draft.who, now, halfLifeOf)
  const person = remembered(compiled, draft, met.person, now, since)
  return kept(met, person, messageIdOf(draft), now, since)
}
