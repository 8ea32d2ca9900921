/**
 * What comes and goes in Marketo while somebody reads it: for tests of walks that take several calls.
 *
 *     first page ─▶ assetAdded(state, 'emails', { … }) ─▶ second page      what follows was shifted by one
 *
 * @module
 */
import { type Instant, parseInstant, printInstant } from '../ground/calendar.js'
import { withoutKey } from '../ground/tree.js'
import { logActivity } from './activity-log.js'
import type { AssetKinds } from './asset-options.js'
import { dropAsset, putAssets } from './asset-shelf.js'
import { instanceFields } from './fields.js'
import { deleteLead, mergeLosers } from './lead-actions.js'
import { createLead, leadNumbered } from './leads.js'
import { settleList } from './lists.js'
import type { FirstActivity, FirstLead } from './options.js'
import type { Draft, SimulatorState } from './state.js'
import type { Desk } from './told.js'

const adders: { readonly [K in keyof AssetKinds]: (draft: Draft, asset: AssetKinds[K]) => void } = {
  emails: (draft, email) => putAssets(draft, 'emails', [email]),
  landingPages: (draft, page) => putAssets(draft, 'landingPages', [page]),
  programs: (draft, program) => putAssets(draft, 'programs', [program]),
  campaigns: (draft, campaign) => putAssets(draft, 'campaigns', [campaign]),
  lists: settleList,
  segmentations: (draft, segmentation) => putAssets(draft, 'segmentations', [segmentation])
}

/**
 * The instance with one more asset; it takes the place of the one of its kind that has its number.
 *
 * @example
 * const state = startSimulator({ munchkinId: '561-HYG-937', clientId: 'id', clientSecret: 'secret' })
 * listsIn(assetAdded(state, 'lists', { id: 7, name: 'Trial users' })).map(({ name }) => name) // => ['Trial users']
 * @category simulator
 * @since 0.1.0
 */
export const assetAdded = <K extends keyof AssetKinds>(
  state: SimulatorState,
  kind: K,
  asset: AssetKinds[K]
): SimulatorState => {
  const draft: Draft = { ...state }
  adders[kind](draft, asset)
  return draft
}

/**
 * The instance without an asset.
 *
 * @category simulator
 * @since 0.1.0
 */
export const assetDeleted = (state: SimulatorState, kind: keyof AssetKinds, id: number): SimulatorState => {
  const draft: Draft = { ...state }
  if (kind === 'lists') draft.lists = withoutKey(draft.lists, String(id))
  else dropAsset(draft, kind, id)
  return draft
}

const deskOf = (state: SimulatorState, now: Instant): Desk => ({
  draft: { ...state },
  time: printInstant(now) ?? '1970-01-01T00:00:00Z',
  fieldNamed: instanceFields(state.options),
  struck: null,
  by: '',
  author: { source: 'Marketo UI', modifyingUser: 'marketer@example.com', requestId: null }
})

/**
 * The instance with one more lead, which has the next number. Its log tells of it.
 *
 * @category simulator
 * @since 0.1.0
 */
export const leadAdded = (state: SimulatorState, lead: Omit<FirstLead, 'cookies'>, now: Instant): SimulatorState => {
  const desk = deskOf(state, now)
  createLead(desk, lead.fields, lead.partitionName ?? state.options.partitions[0] ?? 'Default')
  return desk.draft
}

/**
 * The instance without a lead. Get Deleted Leads tells of it; the same instance where there is no such lead.
 *
 * @example
 * const state = startSimulator({
 *   munchkinId: '561-HYG-937',
 *   clientId: 'id',
 *   clientSecret: 'secret',
 *   leads: [{ fields: { email: 'ana@example.com' } }]
 * })
 * const after = leadDeleted(state, 1, 1714730400000)
 * leadsIn(after) // => []
 * logIn(after).map(({ leadId, activityTypeId }) => [leadId, activityTypeId]) // => [[1, 37]]
 * @category simulator
 * @since 0.1.0
 */
export const leadDeleted = (state: SimulatorState, leadId: number, now: Instant): SimulatorState => {
  const desk = deskOf(state, now)
  const lead = leadNumbered(desk.draft, leadId)
  if (lead === undefined) return state
  deleteLead(desk, lead)
  return desk.draft
}

/**
 * The instance after leads were merged into one; the same instance where one of them is not there, or is named twice.
 *
 * @category simulator
 * @since 0.1.0
 */
export const leadsMerged = (
  state: SimulatorState,
  winnerId: number,
  loserIds: ReadonlyArray<number>,
  now: Instant
): SimulatorState => {
  const desk = deskOf(state, now)
  const winner = leadNumbered(desk.draft, winnerId)
  const losers = loserIds.flatMap((id) => leadNumbered(desk.draft, id) ?? [])
  const isSound = losers.length === loserIds.length && new Set([winnerId, ...loserIds]).size === loserIds.length + 1
  if (winner === undefined || !isSound) return state
  mergeLosers(desk, winner, losers)
  return desk.draft
}

/**
 * The instance with one more activity in its log, logged now, whatever its own date.
 *
 * @category simulator
 * @since 0.1.0
 */
export const activityLogged = (state: SimulatorState, activity: FirstActivity, now: Instant): SimulatorState => {
  const desk = deskOf(state, now)
  if (parseInstant(activity.activityDate) === undefined) return state
  logActivity(desk, activity)
  return desk.draft
}
