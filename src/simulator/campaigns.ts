/**
 * Request Campaign.
 *
 *     { id: 1003 }       the campaign, and no word of any lead: those of nobody are passed over
 *
 * An unknown campaign is 1013, one that cannot be requested 1003, more than a hundred leads or tokens 1003; all for the request.
 *
 * Sources: Adobe "Smart Campaigns", Request; "Error Codes".
 *
 * @module
 */
import { isRecord, ownMember, type UnknownRecord } from '../ground/json.js'
import { withValue } from '../ground/tree.js'
import { batchLimits } from '../marketo/limits.js'
import { logActivity } from './activity-log.js'
import { jsonBody } from './json-body.js'
import { leadNumbered } from './leads.js'
import type { Wire } from './request.js'
import type { Draft, SimulatedCampaignRequest } from './state.js'
import { type Desk, done, type Failed, failed, recordsOf, struckAt, type Told } from './told.js'

type Tokens = SimulatedCampaignRequest['tokens']

const badToken = failed('1003', "Invalid value for 'tokens'")

const tokensOf = (input: UnknownRecord): Tokens | Failed => {
  const list = ownMember(input, 'tokens') ?? []
  if (!Array.isArray(list) || list.length > batchLimits.requestCampaignTokens) return badToken
  const tokens = list.filter(isRecord).flatMap((one) => {
    const [name, value] = [ownMember(one, 'name'), ownMember(one, 'value')]
    return typeof name === 'string' && typeof value === 'string' && name.startsWith('{{my.') ? [{ name, value }] : []
  })
  return tokens.length === list.length ? tokens : badToken
}

const unfitCampaign = ({ assets }: Draft, id: string): Failed | undefined => {
  const campaign = assets.campaigns.find((one) => String(one.id) === id)
  if (campaign === undefined) return failed('1013', `Campaign '${id}' not found`)
  return campaign.requestable ? undefined : failed('1003', 'The campaign is not requestable by API')
}

const keep = (desk: Desk, request: Omit<SimulatedCampaignRequest, 'id'>): void => {
  const { draft } = desk
  const { campaignId, leadId } = request
  const attributes = [{ name: 'Source', value: 'Web service API' }]
  logActivity(desk, { leadId, activityTypeId: 47, primaryAttributeValueId: campaignId, attributes })
  const id = draft.nextRequested
  draft.nextRequested += 1
  draft.requested = withValue(draft.requested, String(id), { id, ...request })
}

/** Carries out Request Campaign. @internal */
export const requestCampaign = (desk: Desk, wire: Wire): Told => {
  const { draft, struck, time } = desk
  const read = jsonBody(wire)
  if (read._tag === 'Failed') return read
  const unfit = unfitCampaign(draft, wire.path[3] ?? '')
  if (unfit !== undefined) return unfit
  const input = ownMember(read.body, 'input')
  if (!isRecord(input)) return failed('1002', "Missing value for required parameter 'input'")
  const leads = recordsOf({ input: ownMember(input, 'leads') }, batchLimits.requestCampaignLeads)
  if ('_tag' in leads) return leads
  const tokens = tokensOf(input)
  if ('_tag' in tokens) return tokens
  const campaignId = Number(wire.path[3])
  const refused = struckAt(struck, leads.length)
  leads.forEach((lead, i) => {
    const leadId = ownMember(lead, 'id')
    if (i === refused || typeof leadId !== 'number' || leadNumbered(draft, leadId) === undefined) return
    keep(desk, { campaignId, leadId, tokens, at: time })
  })
  return done([{ id: campaignId }])
}
