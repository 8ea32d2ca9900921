/**
 * One side owns the field: what the other wrote is dropped and, where the settings say so, written over.
 *
 * @module
 */
import { type Contest, opposite, type Policy, type Ruling, rests, wins } from './contest.js'
import { isStale } from './newest.js'
import type { Side } from './policy.js'

/** The owner's value stands. @internal */
export const ownedBy =
  (owner: Side): Policy =>
  ({ policy, mark, ...sides }: Contest): Ruling => {
    const own = sides[owner]
    if (own === undefined) return rests('owner', owner)
    if (mark?.side === owner && isStale(policy, mark, own)) return rests('older', owner)
    if (mark?.digest !== own.digest) return wins(owner, 'owner')
    const hasDrifted = sides[opposite(owner)] !== undefined
    if (!hasDrifted) return rests('known', owner)
    return policy.correct ? wins(owner, 'owner') : rests('owner', owner)
  }
