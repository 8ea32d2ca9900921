/**
 * The settings of the v1 contract, decoded: complete, checked, without credentials.
 *
 * `decodeSettings` makes them from Segment's names (`accountId`, `projectId`, `host`) or from these. All of it is plain JSON.
 *
 * Sources: Segment "Marketo Destination" (both editions); Segment's marketo for analytics.js 2.0.2.
 *
 * @module
 */
import type { MunchkinOptions } from '../contract/setting-readers.js'
import type { MunchkinId } from '../marketo/munchkin-id.js'
import type { GateStyle } from '../segment/integrations.js'

/**
 * How an identify in the browser names its fields: seven renames and the rest as it is; the server's rule on the rest; no rename.
 *
 * @category settings
 * @since 0.1.0
 */
export type ClientNaming = 'renames' | 'server' | 'none'

/**
 * Where an identify in the browser finds the email: the trait, else a userId that is one; or the trait alone.
 *
 * @category settings
 * @since 0.1.0
 */
export type ClientEmail = 'trait-or-userId' | 'trait'

/**
 * What Munchkin is told of a page: path and parameters, or the url as it came.
 *
 * @category settings
 * @since 0.1.0
 */
export type PageUrl = 'path' | 'verbatim'

/**
 * How a track event's name becomes an address: spaces and underscores as dashes, or as they are.
 *
 * @category settings
 * @since 0.1.0
 */
export type TrackUrl = 'dashed' | 'undashed'

/**
 * How a track event's properties become parameters: encoded, with a `&` after each; the same without the last `&` and what is empty.
 *
 * @category settings
 * @since 0.1.0
 */
export type TrackParams = 'encoded' | 'clean'

/**
 * Whose a visit without a cookie is: a visitor derived from the lead key; or nobody's, and the visit is not sent.
 *
 * @category settings
 * @since 0.1.0
 */
export type WithoutCookie = 'derive' | 'cookie-only'

/**
 * Everything that the v1 mapping can be told.
 *
 * @category settings
 * @since 0.1.0
 */
export interface Settings {
  readonly munchkinId: MunchkinId
  readonly projectId: string | null
  readonly signerOrigin: string
  readonly browserProfile: 'default' | 'exact'
  readonly clientNaming: ClientNaming
  readonly clientEmail: ClientEmail
  readonly browserPageUrl: PageUrl
  readonly trackUrl: TrackUrl
  readonly trackParams: TrackParams
  readonly withoutCookie: WithoutCookie
  readonly secondVisitors: 'warn' | 'accept'
  readonly associateVisitors: boolean
  readonly userIdField: string
  readonly anonymousIdField: string
  readonly userAgent: string | null
  readonly pageOrigin: string | null
  readonly cookiePath: ReadonlyArray<string> | null
  readonly postalCode: ReadonlyArray<'postalCode' | 'zip'>
  readonly nameSplit: 'words' | 'facade'
  readonly gateNames: ReadonlyArray<string>
  readonly gateStyle: GateStyle
  readonly firstPage: 'mapped' | 'init'
  readonly munchkinOptions: MunchkinOptions
  readonly browserIsoDates: boolean
  readonly browserZone: number
}
