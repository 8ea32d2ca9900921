/**
 * Warnings while they are gathered: one for each risk of each instance, with how many items it concerns.
 *
 * @module
 */
import type { MunchkinId } from '../marketo/munchkin-id.js'
import type { PlanRisk, PlanWarning } from './plan-types.js'

interface Note {
  readonly _tag: PlanRisk
  readonly munchkinId: MunchkinId
  items: number
  calls: number
  readonly names: Set<string>
  readonly events: Set<string>
}

/** Warnings so far, by risk and instance. @internal */
export type Notes = Map<string, Note>

/** What to add to a warning. @internal */
export interface Remarked {
  readonly items?: number
  readonly calls?: number
  readonly name?: string
  readonly event?: string
}

/** Adds to the warning of this risk. @internal */
export const note = (notes: Notes, _tag: PlanRisk, munchkinId: MunchkinId, remarked: Remarked): void => {
  const key = `${_tag} ${munchkinId}`
  const kept = notes.get(key) ?? { _tag, munchkinId, items: 0, calls: 0, names: new Set(), events: new Set() }
  kept.items += remarked.items ?? 0
  kept.calls += remarked.calls ?? 0
  if (remarked.name !== undefined) kept.names.add(remarked.name)
  if (remarked.event !== undefined) kept.events.add(remarked.event)
  notes.set(key, kept)
}

// biome-ignore format: table
const mending: Readonly<Record<PlanRisk, string>> = {
  'over-quota':           'it takes more calls than our part of the day: send less, spread it over days, or use another way (chooseTransport)',
  'much-of-quota':        'other integrations share this quota: leave them their part',
  'lookup-before-upsert': 'put the upsert of a lead before what needs its number, and the answer tells the number without a lookup',
  'lead-not-upserted':    'nothing here writes these leads: those that Marketo does not have are skipped, so identify them first',
  'call-each':            'page views, cookies and forms cannot share a call: device mode sends page views and cookies from the browser',
  'derived-visitor':      'send the Munchkin cookie with the event, or Marketo counts a visitor beside the lead’s own browser',
  'no-message-id':        'give each item the messageId of its event, or doubles cannot be told apart',
  'same-id':              'give each item an id of its own, or its outcome cannot be told from the other’s',
  'deletes-leads':        'a lead that is deleted does not come back: be sure that these events mean it',
  'in-browser':           'these run in the lead’s own browser: describeInBrowser says how',
  'retired-route':        'the SOAP API is switched off: replaceRetired gives what to deliver instead',
  'company-fields':       'Sync Leads no longer takes fields of the company’s record (1021): leave them out, or sync companies',
  'removed-fields':       'these fields left Adobe’s list in 2026, and an instance without them refuses them (1006): use custom fields',
  'held-back':            'the options let no call through for these: look at the budget and its shares'
}

const risks = Object.keys(mending)

/** The warnings, the gravest first, then by instance. @internal */
export const warningsOf = (notes: Notes): ReadonlyArray<PlanWarning> =>
  [...notes.values()]
    .sort((a, b) => risks.indexOf(a._tag) - risks.indexOf(b._tag) || (a.munchkinId < b.munchkinId ? -1 : 1))
    .map(({ _tag, munchkinId, items, calls, names, events }) => ({
      _tag,
      munchkinId,
      items,
      calls,
      names: [...names].sort(),
      events: [...events].sort(),
      mend: mending[_tag]
    }))
