// @ts-check
/**
 * From events to items, and from the outcomes of items to one verdict for each event.
 *
 *     event ──map──▶ items ──delivery──▶ outcomes ──▶ delivered · skipped · refused · unknown · invalid
 *
 * @module
 */
import { describeProblem, v2Mapper } from 'segment-marketo'
import { settings } from './config.mjs'

/** @typedef {import('segment-marketo/delivery').Item} Item */
/** @typedef {import('segment-marketo/delivery').ItemOutcome} ItemOutcome */
/** @typedef {import('./store.mjs').Verdict} Verdict */

/** An event that waits for the outcomes of so many items; `ends` are those that are not as one would like them. */
/** @typedef {{ readonly event: unknown, readonly left: number, readonly ends: ReadonlyArray<object> }} Open */

const map = v2Mapper(settings)

/** @param {string} id @param {unknown} event @param {string} end @param {ReadonlyArray<unknown>} why @returns {Verdict} */
const verdict = (id, event, end, why) => ({
  id,
  end,
  isDead: end !== 'delivered' && end !== 'skipped',
  letter: { id, end, event, why }
})

/** What to deliver for an event, or its verdict at once. @param {string} id @param {unknown} event @returns {ReadonlyArray<Item> | Verdict} */
export const itemsOf = (id, event) => {
  const mapped = map(event)
  if (mapped._tag === 'Left') {
    const isInvalid = mapped.left.some(({ weight }) => weight === 'invalid')
    return verdict(id, event, isInvalid ? 'invalid' : 'skipped', mapped.left.map(describeProblem))
  }
  return mapped.right.map((intent, i) => ({ id: `${id}/${i}`, messageId: id, intent }))
}

/** @param {ItemOutcome} outcome */
const isFine = (outcome) =>
  outcome._tag === 'Applied' || outcome._tag === 'Queued' || (outcome._tag === 'Skipped' && outcome.remedy === 'accept')

/** @param {string} id @param {Open} open @returns {Verdict} */
const verdictOn = (id, { event, ends }) => {
  if (ends.length === 0) return verdict(id, event, 'delivered', [])
  const isUnknown = ends.some((end) => '_tag' in end && end._tag === 'Unknown')
  return verdict(id, event, isUnknown ? 'unknown' : 'refused', ends)
}

/**
 * The open events after these outcomes, and the verdicts on those that are open no more.
 *
 * @param {Readonly<Record<string, Open>>} open @param {ReadonlyArray<ItemOutcome>} outcomes
 * @returns {readonly [Record<string, Open>, ReadonlyArray<Verdict>]}
 */
export const settled = (open, outcomes) => {
  const after = new Map(Object.entries(open))
  /** @type {Array<Verdict>} */
  const verdicts = []
  for (const outcome of outcomes) {
    const id = outcome.messageId ?? ''
    const was = after.get(id)
    if (was === undefined) continue
    const now = { ...was, left: was.left - 1, ends: isFine(outcome) ? was.ends : [...was.ends, outcome] }
    if (now.left > 0) after.set(id, now)
    else {
      after.delete(id)
      verdicts.push(verdictOn(id, now))
    }
  }
  return [Object.fromEntries(after), verdicts]
}
