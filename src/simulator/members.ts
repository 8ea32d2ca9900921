/**
 * Who belongs to what, and what becomes of it when leads become one or go.
 *
 *     list 1: 7, 8      8 is merged into 7      list 1: 7
 *     list 2: 8                                 list 2: 7
 *
 * In a program the winner's own status stays; where it was no member, it gets the loser's.
 *
 * @module
 */
import { emptyTree, type Tree, valueAt, valuesOf, withoutKey, withValue } from '../ground/tree.js'
import type { Draft, SimulatedMember } from './state.js'

/** A program that nobody is in. @internal */
export const noMembers: Tree<SimulatedMember> = emptyTree

/** Makes a lead a member of a program, or gives it another status there. @internal */
export const putMember = (draft: Draft, programId: number, { leadId, statusName }: SimulatedMember): void => {
  const members = valueAt(draft.members, String(programId)) ?? noMembers
  const after = withValue(members, String(leadId), { leadId, statusName })
  draft.members = withValue(draft.members, String(programId), after)
}

/** Takes a lead out of a program. @internal */
export const dropMember = (draft: Draft, programId: number, leadId: number): void => {
  const members = withoutKey(valueAt(draft.members, String(programId)) ?? noMembers, String(leadId))
  draft.members = withValue(draft.members, String(programId), members)
}

/** A lead's place in a program, or undefined. @internal */
export const memberOf = (draft: Draft, programId: number, leadId: number): SimulatedMember | undefined =>
  valueAt(valueAt(draft.members, String(programId)) ?? noMembers, String(leadId))

const moveInLists = (draft: Draft, from: number, to: number | null): void => {
  for (const list of valuesOf(draft.lists)) {
    if (valueAt(list.leadIds, String(from)) === undefined) continue
    const without = withoutKey(list.leadIds, String(from))
    const leadIds = to === null ? without : withValue(without, String(to), to)
    draft.lists = withValue(draft.lists, String(list.id), { ...list, leadIds })
  }
}

/** What one lead belongs to is another's from now on, or nobody's. @internal */
export const moveMembers = (draft: Draft, from: number, to: number | null): void => {
  moveInLists(draft, from, to)
  for (const { id } of draft.assets.programs) {
    const member = memberOf(draft, id, from)
    if (member === undefined) continue
    dropMember(draft, id, from)
    if (to !== null && memberOf(draft, id, to) === undefined) putMember(draft, id, { ...member, leadId: to })
  }
}
