/**
 * Request Campaign: leads are sent through a trigger campaign, with what its tokens shall say.
 *
 *     POST /rest/v1/campaigns/1003/trigger.json
 *     { "input": { "leads": [ { "id": 1042 } ], "tokens": [ { "name": "{{my.plan}}", "value": "Pro" } ] } }
 *                                                 └ one set for all leads of the call
 *
 * `input` is an object here, and a hundred leads fill a call. The campaign must be active, with the trigger "Campaign is Requested" by
 * Web Service API. There is no key that would keep a repeated call from sending everybody twice.
 *
 * Source: Adobe "Smart Campaigns", Request; "Error Codes" (1003, 1013).
 *
 * @module
 */
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { isRecord } from '../ground/json.js'
import { conflict, malformed, type Problem } from '../ground/problem.js'
import { isNonEmpty } from '../ground/these.js'
import type { Call, Described, HttpRequest } from '../intent/descriptor.js'
import type { CampaignToken } from '../intent/intent.js'
import type { Answer, Reason, Verdict } from '../intent/outcome.js'
import { batchLimits, byteLimits } from '../marketo/limits.js'
import type { MunchkinId } from '../marketo/munchkin-id.js'
import type { Limits } from './batch.js'
import { describeDistinct } from './distinct.js'
import { openAnswer, recordReasons, remedyOf } from './envelope.js'
import { allApplied } from './record-outcomes.js'
import { jsonPost, unfitNumber } from './rest-request.js'

/**
 * A lead, by its number, that shall go through a trigger campaign.
 *
 * @category campaigns
 * @since 0.1.0
 */
export interface CampaignRequest {
  readonly munchkinId: MunchkinId
  readonly campaignId: number
  readonly leadId: number
  readonly tokens: ReadonlyArray<CampaignToken>
}

const tokenName = /^\{\{my\.[^{}]+\}\}$/

const mostTokens = batchLimits.requestCampaignTokens

const tooManyTokens: Problem = malformed(
  'invalid',
  ['tokens'],
  'too many tokens',
  `Marketo takes ${mostTokens} in one call: leave some out`
)

const unfitTokens = (tokens: ReadonlyArray<CampaignToken>): Problem | undefined => {
  if (tokens.length > mostTokens) return tooManyTokens
  const seen = new Map<string, number>()
  for (const [i, { name }] of tokens.entries()) {
    const at = ['tokens', i, 'name']
    const first = seen.get(name)
    if (first !== undefined) return conflict('invalid', at, ['tokens', first, 'name'], 'give each token one value')
    if (!tokenName.test(name)) return malformed('invalid', at, 'another text', 'name it as in {{my.plan}}')
    seen.set(name, i)
  }
  return undefined
}

const unfit = ({ campaignId, leadId, tokens }: CampaignRequest): Problem | undefined =>
  unfitNumber(['campaignId'], campaignId, 'a campaign') ??
  unfitNumber(['leadId'], leadId, 'a lead') ??
  unfitTokens(tokens)

/** The order of tokens says nothing. */
const byName = (a: CampaignToken, b: CampaignToken): number => (a.name < b.name ? -1 : 1)

const limits: Limits = { bytes: byteLimits.body, items: batchLimits.requestCampaignLeads }

/**
 * Request Campaign calls, of any instances and campaigns: 100 leads with equal tokens in a call. A lead named twice for one campaign
 * stands in two calls, and goes through it twice.
 *
 * @example
 * import { describeRequestCampaign } from 'segment-marketo/endpoints'
 * import { isMunchkinId } from 'segment-marketo/marketo'
 *
 * const munchkinId = '561-HYG-937'
 * const tokens = [{ name: '{{my.plan}}', value: 'Pro' }]
 * const described = isMunchkinId(munchkinId)
 *   ? describeRequestCampaign([{ munchkinId, campaignId: 1003, leadId: 1042, tokens }])
 *   : undefined
 * described?._tag === 'Right' && described.right[0].descriptor.body
 * // => { json: { input: { leads: [{ id: 1042 }], tokens: [{ name: '{{my.plan}}', value: 'Pro' }] } } }
 * @category campaigns
 * @since 0.1.0
 */
export const describeRequestCampaign = (requests: ReadonlyNonEmptyArray<CampaignRequest>): Described<HttpRequest> =>
  describeDistinct(
    requests,
    (request) => {
      const problem = unfit(request)
      if (problem !== undefined) return problem
      const { munchkinId, campaignId, leadId } = request
      const tokens = [...request.tokens].sort(byName).map(({ name, value }) => ({ name, value }))
      const path = ['campaigns', String(campaignId), 'trigger.json']
      const rest = tokens.length === 0 ? {} : { tokens }
      return {
        about: [munchkinId, campaignId, leadId],
        shared: [munchkinId, campaignId, ...tokens.flatMap(({ name, value }) => [name, value])],
        record: { id: leadId },
        request: (leads) => jsonPost('requestCampaign', munchkinId, path, { input: { leads, ...rest } })
      }
    },
    limits
  )

const reasonsOf = (u: unknown): ReadonlyArray<Reason> => (isRecord(u) ? recordReasons(u) : [])

/**
 * What became of the leads of a call. Marketo answers for the campaign and for no single lead: all of them were sent to it, or none.
 * Whether the campaign let a lead in is its own affair, and told nowhere; a lead that is no more is not told either.
 *
 * @category campaigns
 * @since 0.1.0
 */
export const interpretRequestCampaign = (call: Call<HttpRequest>, answer: Answer): Verdict => {
  const envelope = openAnswer(answer, reasonsOf)
  if (envelope._tag === 'Refused') return envelope
  const { httpStatus, requestId, warnings } = envelope
  const reasons = (envelope.result ?? []).flat()
  if (!isNonEmpty(reasons)) return allApplied(call, requestId, warnings)
  const remedy = remedyOf(reasons, { level: 'record', httpStatus, operation: undefined })
  const outcomes = call.intents.map((intent) => ({ _tag: 'Skipped', intent, reasons, remedy }) as const)
  return { _tag: 'Accepted', requestId, warnings, outcomes }
}
