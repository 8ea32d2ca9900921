/**
 * Lists against what should be on them: audiences send changes only, and a person or an audience that is deleted sends none.
 *
 * @module
 */
import type { AddToList, ListRef, RemoveFromList } from '../intent/intent.js'
import type { MunchkinId } from '../marketo/munchkin-id.js'

/**
 * What makes a static list hold just these leads: who is missing is added, who is too much is taken off. Leads by their numbers.
 *
 * @example
 * import { listDiff } from 'segment-marketo/recipes'
 * import { isMunchkinId } from 'segment-marketo/marketo'
 *
 * const munchkinId = '561-HYG-937'
 * const changes = isMunchkinId(munchkinId) ? listDiff(munchkinId, { listId: 1001 }, [1, 2], [2, 3]) : []
 * changes.map(({ _tag, lead }) => [_tag, lead.value])
 * // => [['RemoveFromList', 3], ['AddToList', 1]]
 * @category batches
 * @since 0.1.0
 */
export const listDiff = (
  munchkinId: MunchkinId,
  list: ListRef,
  expected: Iterable<number>,
  actual: Iterable<number>
): ReadonlyArray<AddToList | RemoveFromList> => {
  const [wanted, there] = [new Set(expected), new Set(actual)]
  const about = (value: number) => ({ munchkinId, lead: { lookupField: 'id', value }, list, at: null }) as const
  const tooMuch = [...there].filter((leadId) => !wanted.has(leadId))
  const missing = [...wanted].filter((leadId) => !there.has(leadId))
  return [
    ...tooMuch.map((leadId): RemoveFromList => ({ _tag: 'RemoveFromList', ...about(leadId) })),
    ...missing.map((leadId): AddToList => ({ _tag: 'AddToList', ...about(leadId), purpose: 'engage' }))
  ]
}
