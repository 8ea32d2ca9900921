/**
 * The log of activities: whatever happens to a lead, in the order in which it came to be known.
 *
 *     a lead is made          12   one of its fields changes   13   it is put on a list, or taken off   24, 25
 *     it fills in a form       2   it is merged, or deleted    32, 37
 *     its program status moves 104  a campaign is requested    47   a custom activity is added         from 100000 on
 *
 * What was there before the first request is not logged, but for the activities that the options name. Entries of our own are numbered
 * from a billion on, so that they never meet the numbers of custom activities.
 *
 * Sources: Adobe "Activities"; public traffic (names of attributes, `Modifying User`, `Web service API`).
 *
 * @module
 */
import { parseInstant } from '../ground/calendar.js'
import { withValue } from '../ground/tree.js'
import type { FieldValue } from '../intent/intent.js'
import type { LoggedActivity, SimulatedLead } from './state.js'
import { type Desk, requestIdOf } from './told.js'

const firstOwnNumber = 1_000_000_000

/** What an entry tells; what is left out is null, or empty. @internal */
export type Logging = Pick<LoggedActivity, 'leadId' | 'activityTypeId'> & Partial<Omit<LoggedActivity, 'n' | 'at'>>

/** Keeps an entry. @internal */
export const logActivity = ({ draft, time }: Pick<Desk, 'draft' | 'time'>, entry: Logging): void => {
  const n = draft.nextLogged
  const activityDate = entry.activityDate ?? time
  draft.nextLogged += 1
  draft.log = withValue(draft.log, String(n), {
    n,
    at: parseInstant(time) ?? 0,
    marketoGUID: entry.marketoGUID ?? String(firstOwnNumber + n),
    leadId: entry.leadId,
    activityDate,
    activityTypeId: entry.activityTypeId,
    campaignId: entry.campaignId ?? null,
    primaryAttributeValueId: entry.primaryAttributeValueId ?? null,
    primaryAttributeValue: entry.primaryAttributeValue ?? null,
    attributes: (entry.attributes ?? []).map(({ name, value }) => ({ name, value })),
    actionResult: entry.actionResult ?? null
  })
}

const apiUser = 'Web service API'

/** Who did it, as Marketo tells it of new leads and changed fields: our API user, or somebody in Marketo itself. */
const byWhom = ({ draft, by, author }: Desk): LoggedActivity['attributes'] => [
  { name: 'API Method Name', value: by },
  { name: 'Modifying User', value: author?.modifyingUser ?? draft.options.apiUser },
  { name: 'Request Id', value: author === undefined ? requestIdOf(draft.total) : (author.requestId ?? '') }
]

const sourceOf = ({ author }: Desk): string => author?.source ?? apiUser

/** Logs that a lead was made. @internal */
export const logNewLead = (desk: Desk, { id }: SimulatedLead): void => {
  if (desk.by === null) return
  const attributes = [{ name: 'Source Type', value: sourceOf(desk) }, ...byWhom(desk)]
  logActivity(desk, { leadId: id, activityTypeId: 12, attributes })
}

const said = (value: FieldValue | undefined): string =>
  typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value ?? '')

/** Logs each field that holds something else than before; equal text is no change. @internal */
export const logChanges = (desk: Desk, before: SimulatedLead, after: SimulatedLead): void => {
  if (desk.by === null) return
  const [was, is] = [new Map(Object.entries(before.fields)), new Map(Object.entries(after.fields))]
  for (const name of new Set([...was.keys(), ...is.keys()])) {
    const [old, now] = [said(was.get(name)), said(is.get(name))]
    if (old === now) continue
    const attributes = [
      { name: 'New Value', value: now },
      { name: 'Old Value', value: old },
      { name: 'Reason', value: sourceOf(desk) },
      { name: 'Source', value: sourceOf(desk) },
      ...byWhom(desk)
    ].filter(({ value }) => value !== '')
    logActivity(desk, { leadId: before.id, activityTypeId: 13, primaryAttributeValue: name, attributes })
  }
}

/** Logs that a lead was put on a list, or taken off. @internal */
export const logListed = (
  desk: Desk,
  activityTypeId: 24 | 25,
  leadId: number,
  list: { id: number; name: string }
): void =>
  logActivity(desk, {
    leadId,
    activityTypeId,
    primaryAttributeValueId: list.id,
    primaryAttributeValue: list.name,
    attributes: [{ name: 'Source', value: apiUser }]
  })

/** Logs that a lead was deleted, with its name. Not every number of such an entry is the lead's. @internal */
export const logDeleted = (
  desk: Pick<Desk, 'draft' | 'time'>,
  leadId: number,
  name: string,
  primaryAttributeValueId: number = leadId
): void => logActivity(desk, { leadId, activityTypeId: 37, primaryAttributeValueId, primaryAttributeValue: name })
