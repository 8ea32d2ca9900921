/**
 * What becomes of records that were refused, lost or left unanswered.
 *
 *     nextStep says     done, give-up, unknown        they end, with every reason
 *                       resend, renew, await-quota    they wait, and are sent again
 *                       split, isolate                each half goes into a call of its own
 *
 * One bad record costs its neighbours nothing: a call that it spoilt is cut in two until it stands by itself. Where piece after piece is
 * refused and none is taken, no single record is to blame, and cutting on would burn the day's calls: then all of them are told.
 *
 * @module
 */
import type { Reason } from '../intent/outcome.js'
import type { Remedy } from '../marketo/error-codes.js'
import { nextSeed } from '../pace/back-off.js'
import { type Ended, type NextStep, nextStep, repeatableKinds } from '../pace/remedies.js'
import { change, type Draft, finish } from './draft.js'
import type { Pending } from './state.js'

/** Pieces of one family that may be refused in a row before it is given up. @internal */
export const mostRefusedPieces = 100

const reasonsOf = (end: Ended): ReadonlyArray<Reason> =>
  end._tag === 'Refused' || end._tag === 'Skipped' ? end.reasons : []

const remedyOf = (end: Ended): Remedy => (end._tag === 'Refused' || end._tag === 'Skipped' ? end.remedy : 'back-off')

const giveUp = (draft: Draft, items: ReadonlyArray<Pending>, end: Ended): void =>
  finish(draft, items, {
    _tag: end._tag === 'Skipped' ? 'Skipped' : 'Refused',
    reasons: reasonsOf(end),
    remedy: remedyOf(end)
  })

/** Half of the records each to a piece of its own. */
const cut = (draft: Draft, records: ReadonlyArray<ReadonlyArray<Pending>>): void => {
  const half = Math.ceil(records.length / 2)
  const fresh = draft.nextPiece
  for (const part of [records.slice(0, half), records.slice(half)]) {
    for (const item of part.flat()) {
      const family = item.family === 0 ? fresh : item.family
      change(draft, [item], { piece: draft.nextPiece, family })
    }
    draft.nextPiece += 1
  }
}

/** Counts a refused piece of a family; whether that was one too many. */
const isHopeless = (draft: Draft, family: number): boolean => {
  if (family === 0) return false
  const refused = (draft.families.get(String(family)) ?? 0) + 1
  draft.families.set(String(family), refused)
  return refused >= mostRefusedPieces
}

/** Gives up a whole family, but for those in another call that is under way: they may yet be taken. */
const giveUpFamily = (draft: Draft, family: number, end: Ended): void => {
  const elsewhere = new Set<number>()
  for (const flight of Object.values(draft.state.inFlight))
    if (flight !== draft.flight) for (const seq of flight.records.flat()) elsewhere.add(seq)
  for (const { records } of draft.jobs.values()) for (const seq of records.flat()) elsewhere.add(seq)
  const all = draft.pending.values()
  giveUp(
    draft,
    all.filter((item) => item.family === family && !elsewhere.has(item.seq)),
    end
  )
}

const familyOf = (records: ReadonlyArray<ReadonlyArray<Pending>>): number => records[0]?.[0]?.family ?? 0

/** Cuts records apart, or ends the only one that is left; unless none of their family is ever taken. */
const isolate = (draft: Draft, records: ReadonlyArray<ReadonlyArray<Pending>>, end: Ended): void => {
  const family = familyOf(records)
  const hopeless = isHopeless(draft, family)
  if (records.length > 1 && !hopeless) return cut(draft, records)
  giveUp(draft, records.flat(), end)
  if (hopeless) giveUpFamily(draft, family, end)
}

/** Some piece of a family was taken: its other records are worth looking for. @internal */
export const taken = ({ families }: Draft, items: ReadonlyArray<Pending>): void => {
  const family = familyOf([items])
  if (family !== 0) families.delete(String(family))
}

/** Does what the next step says with the records that it is about. */
const follow = (
  draft: Draft,
  records: ReadonlyArray<ReadonlyArray<Pending>>,
  tried: Pending['tried'],
  step: NextStep,
  end: Ended
): void => {
  const items = records.flat()
  switch (step.todo) {
    case 'done':
      return finish(draft, items, { _tag: 'Skipped', reasons: reasonsOf(end), remedy: 'accept' })
    case 'resend-after':
      return change(draft, items, { tried, notBefore: step.at })
    case 'await-quota-until':
      return change(draft, items, { tried, notBefore: step.until })
    case 'renew-and-resend':
      return change(draft, items, { tried })
    case 'split':
      return cut(draft, records)
    case 'isolate':
      return isolate(draft, records, end)
    case 'unknown':
      return finish(draft, items, { _tag: 'Unknown', reasons: reasonsOf(end) })
    case 'give-up':
      return end._tag === 'Refused' && familyOf(records) !== 0
        ? isolate(draft, [items], end)
        : giveUp(draft, items, end)
  }
}

/** How often the items were tried at most, by remedy: one that came to them late has no more tries than they. */
const mostTried = (items: ReadonlyArray<Pending>): Pending['tried'] => {
  const most = new Map<string, number>()
  for (const { tried } of items)
    for (const [word, times] of Object.entries(tried)) most.set(word, Math.max(most.get(word) ?? 0, times))
  return Object.fromEntries(most)
}

/** What comes next for records that ended in this way. What only asked may always be done again. @internal */
export const decide = (
  draft: Draft,
  records: ReadonlyArray<ReadonlyArray<Pending>>,
  end: Ended,
  asks: boolean
): void => {
  const [first] = records.flat()
  if (first === undefined) return
  const { retry } = draft.state.options
  const repeatable = asks || repeatableKinds[first.intent._tag]
  const carried = { records: records.length, repeatable, tried: mostTried(records.flat()) }
  const [tried, step] = nextStep(retry)(carried, end, draft.now, draft.seed)
  draft.seed = nextSeed(draft.seed)
  follow(draft, records, tried, step, end)
}
