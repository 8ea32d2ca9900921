/**
 * The parts of an instance that are read, by which calls, and what a role must be allowed for it.
 *
 *     describe2       GET /rest/v1/leads/describe2.json                  all at once
 *     activityTypes   GET /rest/v1/activities/external/types.json        and then each type by itself
 *     lists           GET /rest/v1/lists.json                            page by page, else as assets
 *
 * Where Marketo does not serve the first way, or does not serve it to us, the second one is tried.
 *
 * Sources: Adobe "Leads", "Custom Activities", "Activities", "Static Lists", "Programs", "Channels", "Smart Campaigns"; its OpenAPI file
 * (permissions).
 *
 * @module
 */
import type { EndpointName, Pairs } from '../../intent/descriptor.js'

/**
 * The parts of an instance that are read, under the names that they have in a file.
 *
 * @category errands
 * @since 0.1.0
 */
export const instanceParts = [
  'describe',
  'describe2',
  'activityTypes',
  'lists',
  'programs',
  'channels',
  'campaigns'
] as const

/**
 * A part of an instance.
 *
 * @category errands
 * @since 0.1.0
 */
export type InstancePart = (typeof instanceParts)[number]

/** A way to read a part; `by` says how pages follow, `types` that each record has more to tell. @internal */
export interface Way {
  readonly by: 'once' | 'types' | 'token' | 'offset'
  readonly endpoint: EndpointName
  readonly path: ReadonlyArray<string>
  readonly query: Pairs
  readonly permission: string
}

const way = (by: Way['by'], endpoint: EndpointName, path: string, permission: string, query: Pairs = []): Way => ({
  by,
  endpoint,
  path: ['rest', ...path.split('/')],
  query,
  permission
})

/** The ways to each part, the first to be tried first. @internal */
// biome-ignore format: table
export const partWays: Readonly<Record<InstancePart, readonly [Way, ...ReadonlyArray<Way>]>> = {
  describe:      [way('once',   'describeLeadNames',      'v1/leads/describe.json',             'Read-Only Lead')],
  describe2:     [way('once',   'describeLeads',          'v1/leads/describe2.json',            'Read-Only Lead')],
  activityTypes: [way('types',  'getCustomActivityTypes', 'v1/activities/external/types.json',  'Read-Only Activity Metadata'),
                  way('once',   'activityTypes',          'v1/activities/types.json',           'Read-Only Activity')],
  lists:         [way('token',  'getLists',               'v1/lists.json',                      'Read-Only Lead'),
                  way('offset', 'getStaticLists',         'asset/v1/staticLists.json',          'Read-Only Assets')],
  programs:      [way('offset', 'getPrograms',            'asset/v1/programs.json',             'Read-Only Assets')],
  channels:      [way('offset', 'getChannels',            'asset/v1/channels.json',             'Read-Only Assets')],
  campaigns:     [way('offset', 'getSmartCampaigns',      'asset/v1/smartCampaigns.json',       'Read-Only Assets'),
                  way('token',  'getCampaigns',           'v1/campaigns.json',                  'Read-Only Campaign')]
}

/** The part of a name, or undefined. @internal */
export const partNamed = (name: string): InstancePart | undefined => instanceParts.find((part) => part === name)
