/**
 * Assets, page by page: so many on from an offset.
 *
 *     emails.json?offset=200&maxReturn=200      { result: [ … ], errors: [], warnings: [] }
 *     emails.json?offset=400&maxReturn=200      { errors: [], warnings: [ 'No assets found …' ] }      behind the last: no result
 *     segmentation.json                         all at once
 *
 * They come by name, and no two pages are of one moment: what comes or goes between them shifts the rest.
 *
 * Sources: Adobe "Assets", "Emails", "Landing Pages", "Programs", "Static Lists", "Smart Campaigns", "Dynamic Content"; public traffic
 * (an empty page).
 *
 * @module
 */
import { parseInstant } from '../ground/calendar.js'
import { type JsonObject, ownMember } from '../ground/json.js'
import { valuesOf } from '../ground/tree.js'
import type { Pairs } from '../intent/descriptor.js'
import { queryLimits } from '../marketo/limits.js'
import { type AssetKept, inOrder } from './asset-records.js'
import { invalid, valueUnder, wholeUnder } from './query.js'
import type { Wire } from './request.js'
import { type Desk, done, type Failed, failed, type Told } from './told.js'

type Filter = (record: JsonObject) => boolean

const everything: Filter = () => true

const nothingFound = 'No assets found for the given search criteria.'

const told = (assets: ReadonlyArray<AssetKept>): Told =>
  assets.length === 0
    ? { ...done(null), warnings: [nothingFound] }
    : { ...done(assets.map(({ record }) => record)), warnings: [] }

const wholeSeconds = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:?\d\d)$/

/** A bound of a window, as milliseconds; a time with parts of a second is none. */
const bound = (query: Pairs, name: string, open: number): number | undefined => {
  const text = valueUnder(query, name)
  if (text === '') return open
  return wholeSeconds.test(text) ? parseInstant(text) : undefined
}

/** The moment of an asset's last change; its time has `+0000` behind the Z. */
const changedAt = (record: JsonObject): number => {
  const time = ownMember(record, 'updatedAt')
  return (typeof time === 'string' ? parseInstant(time.replace('+0000', '')) : undefined) ?? Number.NaN
}

const updated = (query: Pairs): Filter | Failed => {
  const from = bound(query, 'earliestUpdatedAt', Number.NEGATIVE_INFINITY)
  if (from === undefined) return invalid('earliestUpdatedAt')
  const to = bound(query, 'latestUpdatedAt', Number.POSITIVE_INFINITY)
  if (to === undefined) return invalid('latestUpdatedAt')
  if (!Number.isFinite(from) && !Number.isFinite(to)) return everything
  return (record) => changedAt(record) >= from && changedAt(record) <= to
}

const named =
  (member: string, parameter: string) =>
  (query: Pairs): Filter => {
    const wanted = valueUnder(query, parameter)
    return wanted === '' ? everything : (record) => String(ownMember(record, member)) === wanted
  }

const byStatus = named('status', 'status')

type Shelf = (desk: Desk, wire: Wire) => ReadonlyArray<AssetKept> | Failed
type ReadFilter = (query: Pairs) => Filter | Failed

const kept = (assets: ReadonlyArray<AssetKept>, filter: Filter): ReadonlyArray<AssetKept> =>
  assets.filter(({ record }) => filter(record))

const paged =
  (shelf: Shelf, ...filters: ReadonlyArray<ReadFilter>) =>
  (desk: Desk, wire: Wire): Told => {
    const all = shelf(desk, wire)
    if ('_tag' in all) return all
    const size = wholeUnder(wire.query, 'maxReturn', queryLimits.assetPageDefault, 1)
    if (size === undefined || size > queryLimits.assetPage) return invalid('maxReturn')
    const offset = wholeUnder(wire.query, 'offset', 0, 0)
    if (offset === undefined) return invalid('offset')
    let assets = all
    for (const read of filters) {
      const filter = read(wire.query)
      if (typeof filter !== 'function') return filter
      assets = kept(assets, filter)
    }
    return told(assets.slice(offset, offset + size))
  }

/** Carries out Get Emails. @internal */
export const getEmails = paged(({ draft }) => draft.assets.emails, byStatus, updated)

/** Carries out Get Landing Pages, which know no window of time. @internal */
export const getLandingPages = paged(({ draft }) => draft.assets.landingPages, byStatus)

/** Carries out Get Programs. @internal */
export const getPrograms = paged(({ draft }) => draft.assets.programs, updated)

/** Carries out Get Smart Campaigns. @internal */
export const getSmartCampaigns = paged(({ draft }) => draft.assets.campaigns, named('isActive', 'isActive'), updated)

/** Carries out Get Static Lists. @internal */
export const getStaticLists = paged(({ draft }) => inOrder(valuesOf(draft.lists)), updated)

/** Carries out Get Segmentations, all at once. @internal */
export const getSegmentations = ({ draft }: Desk, { query }: Wire): Told =>
  told(kept(draft.assets.segmentations, byStatus(query)))

/** Carries out Get Segments for Segmentation. @internal */
export const getSegments = paged(
  ({ draft }, { path }) =>
    draft.assets.segmentations.find(({ id }) => String(id) === path[4])?.segments ??
    failed('702', 'No data found for the given search criteria'),
  byStatus
)
