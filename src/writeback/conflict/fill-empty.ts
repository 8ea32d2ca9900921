/**
 * Only a side that holds nothing is written.
 *
 * @module
 */
import { type Contest, type Policy, type Ruling, rests, wins } from './contest.js'

/** Whichever side is empty is filled; a side that nobody has asked is not empty. @internal */
export const fillEmpty: Policy = ({ segment, marketo }: Contest): Ruling => {
  if (segment === undefined || marketo === undefined) return rests('not-known')
  if (segment.empty === marketo.empty) return rests('not-empty')
  return wins(segment.empty ? 'marketo' : 'segment', 'fills')
}
