/**
 * Who belongs to what, when leads become one.
 *
 *     list 1: 7, 8      8 is merged into 7      list 1: 7
 *     list 2: 8                                 list 2: 7
 *
 * @module
 */
import { valueAt, valuesOf, withoutKey, withValue } from '../ground/tree.js'
import type { Draft } from './state.js'

/** What one lead belongs to is another's from now on. @internal */
export const moveMembers = (draft: Draft, from: number, to: number): void => {
  for (const list of valuesOf(draft.lists)) {
    if (valueAt(list.leadIds, String(from)) === undefined) continue
    const leadIds = withValue(withoutKey(list.leadIds, String(from)), String(to), to)
    draft.lists = withValue(draft.lists, String(list.id), { ...list, leadIds })
  }
}
