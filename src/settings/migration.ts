/**
 * From v1 to v2: settings to begin with, and a report of all that is to be done in Marketo and at the source.
 *
 *     v1 settings ┐
 *     events ─────┴─ migrate ─▶ { settings: as Segment stores those of v2, report: the six steps }
 *
 * As a fold for long streams: `startMigration`, `watchForMigration` for each event, `finishMigration`. The state is plain JSON that holds
 * names and numbers, and is bounded: a thousand traits, a thousand events with two hundred properties each. The order of events
 * changes nothing.
 *
 * Source: Segment "Marketo v2 Destination", Migrating from Marketo to Marketo v2.
 *
 * @module
 */
import { isSameJson } from '../contract/setting-readers.js'
import type { Json, JsonObject } from '../ground/json.js'
import type { Problem } from '../ground/problem.js'
import { definitionLimits } from '../marketo/limits.js'
import { eventUrl, rawEventUrl } from '../v1/event-url.js'
import { settingRows as v1Rows } from '../v1/setting-names.js'
import type { Settings } from '../v1/settings.js'
import { settingRows as v2Rows } from '../v2/setting-names.js'
import { addBlock, type Block, type Facts, joinBlocks } from './facts.js'
import { type ActivityTypeIds, migrateActivities, readActivityTypeIds } from './migrated-activities.js'
import { byFrequency, migrateFields, timesOf } from './migrated-fields.js'
import type {
  EventCounts,
  LeftOut,
  MigratedActivity,
  MigratedAttribute,
  MigratedField,
  MigratedTrigger,
  MigrationReport
} from './migration-report.js'
import { factsOf } from './watch.js'
import { withoutEquivalent } from './without-equivalent.js'

/**
 * What the caller knows beside settings and events.
 *
 * @category migration
 * @since 0.1.0
 */
export interface MigrationOptions {
  /** The ids of custom activity types that are made already, by event. Only events with an id are in the proposed settings. */
  readonly activityTypeIds?: ActivityTypeIds
  /** Whether v2 takes calls without a userId, as v1 did; false, Segment's own default, when not given. */
  readonly anonymousActivity?: boolean
}

/**
 * Settings of v2 in the shape that Segment stores, without credentials, and the report. `decodeSettings` of v2 takes them without a
 * remark.
 *
 * @category migration
 * @since 0.1.0
 */
export interface Migration {
  readonly settings: JsonObject
  readonly report: MigrationReport
}

/**
 * A migration on its way: what was seen so far. Plain JSON, to be handed on and not to be looked into.
 *
 * @category migration
 * @since 0.1.0
 */
export interface MigrationState {
  readonly settings: Settings
  readonly options: MigrationOptions
  readonly blocks: ReadonlyArray<Block>
}

/**
 * A migration of which no event was seen yet.
 *
 * @example
 * const v1 = decodeV1Settings({ accountId: '561-HYG-937' })
 * const state = startMigration(v1._tag === 'Left' ? assert.fail() : v1.right)
 * finishMigration(state).settings // => { accountId: '561-HYG-937', anonymousActivity: false, traits: [], events: [] }
 * @category migration
 * @since 0.1.0
 */
export const startMigration = (settings: Settings, options: MigrationOptions = {}): MigrationState => ({
  settings,
  options,
  blocks: []
})

/**
 * The migration after one more event. What is no event is counted as unreadable.
 *
 * @example
 * const v1 = decodeV1Settings({ accountId: '561-HYG-937' })
 * const state = startMigration(v1._tag === 'Left' ? assert.fail() : v1.right)
 * const next = watchForMigration(state, { type: 'identify', userId: 'u1', traits: { plan: 'pro' } })
 * finishMigration(next).report.fields.map(({ trait, field, type }) => [trait, field, type]) // => [['plan', 'Plan', 'string']]
 * @category migration
 * @since 0.1.0
 */
export const watchForMigration = (state: MigrationState, event: unknown): MigrationState => ({
  ...state,
  blocks: addBlock(state.blocks, factsOf(state.settings, event))
})

const carriable = [
  'pageOrigin',
  'cookiePath',
  'postalCode',
  'nameSplit',
  'gateStyle',
  'munchkinOptions',
  'browserPageUrl',
  'browserProfile',
  'browserZone'
] as const

/** Settings of one name and meaning in both contracts that say something else than either contract says by itself. */
const carryOver = (settings: Settings): ReadonlyArray<readonly [string, Json]> => {
  const carried: Array<readonly [string, Json]> = []
  for (const name of carriable) {
    const value = settings[name]
    if (!isSameJson(value, v1Rows[name].fallback) && !isSameJson(value, v2Rows[name].fallback))
      carried.push([name, value])
  }
  return carried
}

const traitRow = ({ trait, field, type }: MigratedField): JsonObject => ({
  segmentTrait: trait,
  marketoFieldName: field,
  marketoFieldType: type
})

const attributeRow = (attribute: MigratedAttribute, isPrimary: boolean): JsonObject => ({
  segmentProperty: attribute.property,
  marketoAttributeName: attribute.apiName,
  marketoAttributeType: attribute.dataType,
  primaryKey: isPrimary,
  ...(attribute.default === null ? {} : { default: attribute.default })
})

const eventRow = ({ event, activityTypeId, primary, attributes }: MigratedActivity): ReadonlyArray<JsonObject> =>
  activityTypeId === null
    ? []
    : [
        {
          event,
          marketoActivityId: String(activityTypeId),
          segmentProperty: [
            attributeRow(primary, true),
            ...attributes.map((attribute) => attributeRow(attribute, false))
          ]
        }
      ]

const triggerOf = (settings: Settings, { event, triggerName }: MigratedActivity): MigratedTrigger => {
  const both = [eventUrl(event), rawEventUrl(event)]
  const pages = settings.trackUrl === 'dashed' ? both : both.reverse()
  return { event, pages: [...new Set(pages)], trigger: triggerName }
}

const countsOf = ({ tallies }: Facts): EventCounts => ({
  seen: tallies.seen,
  ignored: tallies.ignored,
  unreadable: tallies.unreadable,
  identify: tallies.identify,
  track: tallies.track,
  page: tallies.page,
  screen: tallies.screen,
  group: tallies.group,
  alias: tallies.alias,
  delete: tallies.delete
})

/** Names that there was no room for, as one line without a name. */
const crowdedOut = (seen: number, kept: number): ReadonlyArray<LeftOut> =>
  seen > kept ? [{ name: '', why: 'too-many', count: seen - kept }] : []

/**
 * Settings and report out of all that was seen.
 *
 * @example
 * const v1 = decodeV1Settings({ accountId: '561-HYG-937' })
 * const state = startMigration(v1._tag === 'Left' ? assert.fail() : v1.right)
 * const seen = watchForMigration(state, { type: 'track', userId: 'u1', event: 'Trial Started' })
 * finishMigration(seen).report.triggers
 * // => [{ event: 'Trial Started', pages: ['/event/Trial-Started', '/event/Trial Started'], trigger: 'Trial Started' }]
 * @category migration
 * @since 0.1.0
 */
export const finishMigration = ({ settings, options, blocks }: MigrationState): Migration => {
  const facts = joinBlocks(blocks)
  const { anonymousActivity = false } = options
  const problems: Array<Problem> = []
  const ids = readActivityTypeIds(options.activityTypeIds ?? {}, facts.events, problems)
  const { fields, leftOut } = migrateFields(facts.traits)
  const { activities, leftOut: eventsLeftOut } = migrateActivities(facts.events, ids)
  const carried = carryOver(settings)
  const keptTraits = facts.traits.reduce((sum, fact) => sum + timesOf(fact), 0)
  const keptEvents = facts.events.reduce((sum, { calls }) => sum + calls, 0)
  return {
    settings: {
      accountId: settings.munchkinId,
      anonymousActivity,
      ...Object.fromEntries(carried),
      traits: fields.map(traitRow),
      events: activities.flatMap(eventRow)
    },
    report: {
      munchkinId: settings.munchkinId,
      events: countsOf(facts),
      credentials: { cloud: ['accountId', 'clientId', 'clientSecret'], device: ['marketoFormId', 'marketoHostUrl'] },
      idFields: [
        { field: 'userId', type: 'string' },
        { field: 'anonymousId', type: 'string' }
      ],
      activities,
      eventsLeftOut: [...eventsLeftOut, ...crowdedOut(facts.tallies.eventsSeen, keptEvents)],
      mostActivityTypes: definitionLimits.customActivityTypes,
      fields,
      traitsLeftOut: [...[...leftOut].sort(byFrequency), ...crowdedOut(facts.tallies.traitsSeen, keptTraits)],
      triggers: activities.map((activity) => triggerOf(settings, activity)),
      duplicates: {
        identifiesWithoutEmail: facts.tallies.withoutEmail,
        callsWithoutUserId: facts.tallies.withoutUserId
      },
      noEquivalent: withoutEquivalent(settings, facts, anonymousActivity),
      carriedOver: carried.map(([name]) => name),
      toDo: activities.filter(({ activityTypeId }) => activityTypeId === null).map(({ event }) => event),
      problems
    }
  }
}

/**
 * Settings of v2 and the report, out of settings of v1 and sample events. The more events, the better the types: one that every
 * sample fits is proposed.
 *
 * @example
 * const v1 = decodeV1Settings({ accountId: '561-HYG-937' })
 * const events = [{ type: 'identify', userId: 'u1', traits: { email: 'ana@example.com', secondFavoriteColor: 'blue' } }]
 * migrate(v1._tag === 'Left' ? assert.fail() : v1.right, events).settings.traits
 * // => [{ segmentTrait: 'secondFavoriteColor', marketoFieldName: 'SecondFavoriteColor', marketoFieldType: 'string' }]
 * @category migration
 * @since 0.1.0
 */
export const migrate = (settings: Settings, events: Iterable<unknown>, options: MigrationOptions = {}): Migration => {
  let state = startMigration(settings, options)
  for (const event of events) state = watchForMigration(state, event)
  return finishMigration(state)
}
