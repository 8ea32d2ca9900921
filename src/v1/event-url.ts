/**
 * A track event's name as the address of a page that was never there.
 *
 *     'Trial Started'          → /event/Trial-Started
 *     '/event/already there'   → /event/already-there     a prefix is never doubled
 *
 * Spaces and underscores become dashes, one for one. `url` is for Munchkin, which encodes it once itself; `path` is the same, encoded.
 *
 * Sources: Segment "Marketo v2 Destination", migrating; Segment's marketo for analytics.js 2.0.2.
 *
 * @module
 */
import { isWellFormed } from '../ground/utf8.js'
import type { TrackUrl } from './settings.js'

const prefix = '/event/'

const prefixed = (event: string, name: string): string => (event.startsWith(prefix) ? name : prefix + name)

/**
 * The address that v1 gives a track event of this name.
 *
 * @example
 * eventUrl('Trial Started') // => '/event/Trial-Started'
 * eventUrl('/event/already there') // => '/event/already-there'
 * @category naming
 * @since 0.1.0
 */
export const eventUrl = (event: string): string => prefixed(event, event.replace(/[ _]/g, '-'))

/**
 * The same with the name as it is: how triggers look that were made for undashed names.
 *
 * @example
 * rawEventUrl('Trial Started') // => '/event/Trial Started'
 * @category naming
 * @since 0.1.0
 */
export const rawEventUrl = (event: string): string => prefixed(event, event)

/** An event's address, as it is and encoded; the latter is undefined for half a surrogate pair, which has no encoding. */
export interface EventPage {
  readonly url: string
  readonly path: string | undefined
}

/** The address of an event of this name. */
export const eventPage = (style: TrackUrl, event: string): EventPage => {
  const url = style === 'dashed' ? eventUrl(event) : rawEventUrl(event)
  return { url, path: isWellFormed(url) ? encodeURIComponent(url).replace(/%2F/g, '/') : undefined }
}
