/**
 * What a write changed, field by field, as Marketo's log has it.
 *
 *     { plan: 'free', vip: false } ─▶ { plan: 'pro' }        plan 'free' → 'pro'    vip 'False' → nothing
 *
 * A value that reads the same as text is no change, and is not logged.
 *
 * Source: Adobe "Activities"; public traffic (booleans read `True` and `False`).
 *
 * @module
 */
import type { Fields, FieldValue } from '../intent/intent.js'

/** One field that changed; null where there was or is nothing. @internal */
export interface FieldChange {
  readonly name: string
  readonly oldValue: string | null
  readonly newValue: string | null
}

const logged = (value: FieldValue | undefined): string | null => {
  if (value === undefined || value === null || value === '') return null
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  return String(value)
}

/** The fields that differ as text, those of the record before first. @internal */
export const fieldChanges = (before: Fields, after: Fields): ReadonlyArray<FieldChange> => {
  const changes: Array<FieldChange> = []
  const [old, now] = [new Map(Object.entries(before)), new Map(Object.entries(after))]
  for (const name of new Set([...old.keys(), ...now.keys()])) {
    const oldValue = logged(old.get(name))
    const newValue = logged(now.get(name))
    if (oldValue !== newValue) changes.push({ name, oldValue, newValue })
  }
  return changes
}
