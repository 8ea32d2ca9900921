/**
 * The twelve collections, in the order of Segment's page.
 *
 * Two of them are named in the singular there, `email` and `segmentation`, and so are their tables here.
 *
 * Source: Segment "Marketo Source", Collections.
 *
 * @module
 */
import { campaigns, email, landingPages, lists, programs, segmentation, segments } from './asset-collections.js'
import type { Collection } from './collection.js'
import {
  leadActivities,
  leadActivityAttributes,
  leadActivityTypeAttributes,
  leadActivityTypes,
  leads
} from './lead-collections.js'

/**
 * The collections that Segment's Marketo source has, with the columns that it documents; those of custom lead fields are not among them.
 *
 * @category collections
 * @since 0.1.0
 */
export const collections: ReadonlyArray<Collection> = [
  leads,
  campaigns,
  email,
  landingPages,
  lists,
  leadActivities,
  leadActivityAttributes,
  leadActivityTypes,
  leadActivityTypeAttributes,
  programs,
  segmentation,
  segments
]
