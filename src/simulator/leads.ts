/**
 * The lead database: who is there, found by which value, and what is written.
 *
 *     index: 'email=ana@example.com' → 1, 7      two leads with one email: looking it up is ambiguous (1007)
 *
 * Emails compare without regard to case and blanks around; all else compares exactly.
 *
 * Source: Adobe "Leads", Create and Update; "Lead Database" (null clears).
 *
 * @module
 */

import { emptyTree, type Tree, valueAt, valuesOf, withoutKey, withValue } from '../ground/tree.js'
import type { Fields, FieldValue } from '../intent/intent.js'
import { keyText } from '../intent/lead-key.js'
import { findByRest } from '../marketo/lead-fields.js'
import { logChanges, logNewLead } from './activity-log.js'
import { logChange } from './lead-changes.js'
import { moveMembers } from './members.js'
import type { Draft, SimulatedLead } from './state.js'
import type { Desk } from './told.js'
import { leadOfCookie } from './visitors.js'

/** The lead with this number. @internal */
export const leadNumbered = (draft: Draft, id: number): SimulatedLead | undefined => valueAt(draft.leads, String(id))

const isKey = (value: FieldValue | undefined): value is string | number =>
  typeof value === 'number' || (typeof value === 'string' && value !== '')

const noNumbers: Tree<number> = emptyTree

const indexed = (draft: Draft, key: string, id: number): void => {
  const holders = valueAt(draft.index, key) ?? noNumbers
  draft.index = withValue(draft.index, key, withValue(holders, String(id), id))
}

const unindexed = (draft: Draft, key: string, id: number): void => {
  const holders = withoutKey(valueAt(draft.index, key) ?? noNumbers, String(id))
  draft.index = valuesOf(holders, 1).length === 0 ? withoutKey(draft.index, key) : withValue(draft.index, key, holders)
}

/** The keys that a lead is found by. */
const keysOf = (desk: Desk, { fields }: SimulatedLead): ReadonlySet<string> => {
  const keys = new Set<string>()
  for (const [name, value] of Object.entries(fields)) {
    if (isKey(value) && desk.fieldNamed(name)?.searchable === true) keys.add(keyText({ lookupField: name, value }))
  }
  return keys
}

const noKeys: ReadonlySet<string> = new Set()

/** Puts a lead in the place of what it was. @internal */
export const putLead = (desk: Desk, before: SimulatedLead | undefined, after: SimulatedLead): void => {
  const { draft } = desk
  const old = before === undefined ? noKeys : keysOf(desk, before)
  const now = keysOf(desk, after)
  for (const key of old) if (!now.has(key)) unindexed(draft, key, after.id)
  for (const key of now) if (!old.has(key)) indexed(draft, key, after.id)
  draft.leads = withValue(draft.leads, String(after.id), after)
}

/** Takes a lead away; its activities, visits and memberships are the winner's from now on. @internal */
export const mergeInto = (desk: Desk, loser: SimulatedLead, winner: number): void => {
  const { draft } = desk
  for (const key of keysOf(desk, loser)) unindexed(draft, key, loser.id)
  draft.leads = withoutKey(draft.leads, String(loser.id))
  draft.merged = withValue(draft.merged, String(loser.id), winner)
  moveMembers(draft, loser.id, winner)
}

/** Deletes a lead, and what it belonged to; its activities stay. @internal */
export const removeLead = (desk: Desk, lead: SimulatedLead): void => {
  const { draft } = desk
  for (const key of keysOf(desk, lead)) unindexed(draft, key, lead.id)
  draft.leads = withoutKey(draft.leads, String(lead.id))
  moveMembers(draft, lead.id, null)
}

/** Fields written over others; null takes one away. Own members all, whatever their names. */
const written = (before: Fields, changes: Fields): Fields =>
  Object.fromEntries(Object.entries({ ...before, ...changes }).filter(([, value]) => value !== null))

/** Makes a lead. @internal */
export const createLead = (desk: Desk, changes: Fields, partitionName: string): SimulatedLead => {
  const { draft, time } = desk
  const id = draft.nextLead
  draft.nextLead += 1
  const lead = { id, createdAt: time, updatedAt: time, partitionName, cookies: [], fields: written({}, changes) }
  putLead(desk, undefined, lead)
  logChange(desk, undefined, lead)
  logNewLead(desk, lead)
  return lead
}

/** Whether a write moves the `updatedAt` that a lead shows. */
const showsWrite = ({ draft }: Desk, changes: Fields): boolean =>
  draft.options.updatedAtMoves === 'with any field' ||
  Object.keys(changes).some((name) => findByRest(name) !== undefined)

/** When a lead was written to, whether it shows that or not. @internal */
export const writtenAt = ({ unshown }: Draft, { id, updatedAt }: SimulatedLead): string => {
  const other = valueAt(unshown, String(id)) ?? updatedAt
  return other > updatedAt ? other : updatedAt
}

/** Writes fields of a lead. @internal */
export const updateLead = (desk: Desk, lead: SimulatedLead, changes: Fields): SimulatedLead => {
  const isShown = showsWrite(desk, changes)
  const { draft, time } = desk
  const after = { ...lead, updatedAt: isShown ? time : lead.updatedAt, fields: written(lead.fields, changes) }
  if (!isShown) draft.unshown = withValue(draft.unshown, String(lead.id), time)
  putLead(desk, lead, after)
  logChange(desk, lead, after)
  logChanges(desk, lead, after)
  return after
}

const present = (lead: SimulatedLead | undefined): ReadonlyArray<SimulatedLead> => (lead === undefined ? [] : [lead])

/** The leads that hold a value in a field, at most so many, by number. @internal */
export const leadsWith = (
  { draft }: Desk,
  field: string,
  value: string | number,
  most: number = Number.POSITIVE_INFINITY
): ReadonlyArray<SimulatedLead> => {
  if (field === 'id') return present(leadNumbered(draft, Number(value)))
  if (field === 'cookies') {
    const id = leadOfCookie(draft, String(value))
    return id === undefined ? [] : present(leadNumbered(draft, id))
  }
  const holders = valueAt(draft.index, keyText({ lookupField: field, value })) ?? noNumbers
  const found = valuesOf(holders, most).flatMap((id) => present(leadNumbered(draft, id)))
  return [...found].sort((a, b) => a.id - b.id)
}
