/**
 * The known name that an unknown one resembles: what a hint offers.
 *
 * @module
 */
import { distance } from 'fastest-levenshtein'

/**
 * The known name with the fewest edits, without regard to case, or null when none is near enough to be meant (more than a third
 * of the letters differ). Names over 100 characters resemble nothing.
 *
 * @example
 * nearest(['postalCode', 'city'], 'PostalCod') // => 'postalCode'
 * nearest(['city'], 'favoriteColor') // => null
 * @category text
 * @since 0.1.0
 */
export const nearest = (known: Iterable<string>, name: string): string | null => {
  if (name.length === 0 || name.length > 100) return null
  const wanted = name.toLowerCase()
  let best: string | null = null
  let fewest = Math.floor(name.length / 3) + 1
  for (const candidate of known) {
    const edits = distance(wanted, candidate.toLowerCase())
    if (edits < fewest) {
      fewest = edits
      best = candidate
    }
  }
  return best
}
