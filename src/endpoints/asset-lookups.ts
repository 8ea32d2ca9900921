/**
 * The names behind the numbers that activities hold: an email's subject, a campaign's name, a program's.
 *
 *     GET /rest/asset/v1/email/2290.json          { id, name, subject: { type: "Text", value: "Glad you are here" } }
 *     GET /rest/asset/v1/program/1188.json        { id, name }
 *     GET /rest/v1/campaigns.json?id=3101&id=3102 { id, name }       300 in a call; the older call, and the only one for many
 *
 * A number that nobody has is no failure: the email or program is gone, or of a kind that this API does not show.
 *
 * Sources: Adobe "Emails", "Programs", "Smart Campaigns"; "Error Codes" (702); public traffic (a subject as bare text, or null).
 *
 * @module
 */
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { isRecord, ownMember } from '../ground/json.js'
import type { Call, Described, EndpointName, HttpRequest, Lifecycle } from '../intent/descriptor.js'
import type { Answer, Unanswered, Verdict } from '../intent/outcome.js'
import { batchLimits } from '../marketo/limits.js'
import type { MunchkinId } from '../marketo/munchkin-id.js'
import { describeEach } from './batch.js'
import { describeDistinct } from './distinct.js'
import { openAnswer } from './envelope.js'
import { isMarketoId } from './lead-ref.js'
import { inUrl, unfitNumber } from './rest-request.js'

/**
 * An email, a program or a campaign, by its number.
 *
 * @category assets
 * @since 0.1.0
 */
export interface AssetNumber {
  readonly munchkinId: MunchkinId
  readonly id: number
}

/**
 * What is told of an asset; `subject` is an email's, and null for others.
 *
 * @category assets
 * @since 0.1.0
 */
export interface Asset {
  readonly id: number
  readonly name: string | null
  readonly subject: string | null
}

/**
 * An asset that was asked for, null where there is none with its number.
 *
 * @category assets
 * @since 0.1.0
 */
export interface AssetFound {
  readonly _tag: 'AssetFound'
  readonly intent: number
  readonly asset: Asset | null
}

/**
 * What became of one question for an asset, by its position in the batch.
 *
 * @category assets
 * @since 0.1.0
 */
export type AssetOutcome = AssetFound | Unanswered

const byNumber =
  (endpoint: EndpointName, kind: 'email' | 'program', thing: string) =>
  (assets: ReadonlyNonEmptyArray<AssetNumber>): Described<HttpRequest> =>
    describeEach(assets, ({ munchkinId, id }) => {
      const problem = unfitNumber(['id'], id, thing)
      if (problem !== undefined) return { problem }
      const path = ['rest', 'asset', 'v1', kind, `${id}.json`]
      return { descriptor: inUrl(endpoint, munchkinId, 'GET', path, []), slots: [] }
    })

/**
 * Calls for emails, one for each.
 *
 * @category assets
 * @since 0.1.0
 */
export const describeGetEmail = byNumber('getEmail', 'email', 'an email')

/**
 * Calls for programs, one for each.
 *
 * @category assets
 * @since 0.1.0
 */
export const describeGetProgram = byNumber('getProgram', 'program', 'a program')

const older: Lifecycle = { status: 'superseded', insteadUse: 'smartCampaigns' }

/**
 * Calls for campaigns, of any instances: 300 in a call.
 *
 * @category assets
 * @since 0.1.0
 */
export const describeGetCampaigns = (campaigns: ReadonlyNonEmptyArray<AssetNumber>): Described<HttpRequest> =>
  describeDistinct(campaigns, ({ munchkinId, id }) => {
    const problem = unfitNumber(['id'], id, 'a campaign')
    if (problem !== undefined) return problem
    return {
      about: [munchkinId, id],
      shared: [munchkinId],
      record: { id },
      request: (input) => {
        const ids = input.flatMap((record) =>
          typeof record.id === 'number' ? [['id', String(record.id)] as const] : []
        )
        const query = [...ids, ['batchSize', String(batchLimits.leadDatabase)] as const]
        const path = ['rest', 'v1', 'campaigns.json']
        return { ...inUrl('getCampaigns', munchkinId, 'GET', path, query), lifecycle: older }
      }
    }
  })

/** Text as it is, or wrapped as `{ type, value }`. */
const textOf = (u: unknown): string | null => {
  const text = isRecord(u) ? ownMember(u, 'value') : u
  return typeof text === 'string' && text !== '' ? text : null
}

const assetOf = (u: unknown): Asset | null => {
  const id = isRecord(u) ? ownMember(u, 'id') : undefined
  if (!isRecord(u) || !isMarketoId(id)) return null
  return { id, name: textOf(ownMember(u, 'name')), subject: textOf(ownMember(u, 'subject')) }
}

/** The numbers that a call asks for, in the order of its intents. */
const asked = ({ descriptor: { path, query } }: Call<HttpRequest>): ReadonlyArray<number> => {
  const ids = query.flatMap(([name, value]) => (name === 'id' ? [Number(value)] : []))
  return ids.length > 0 ? ids : [Number.parseInt(path[path.length - 1] ?? '', 10)]
}

const interpretAssets = (call: Call<HttpRequest>, answer: Answer): Verdict<AssetOutcome> => {
  const envelope = openAnswer(answer, assetOf, 'read')
  if (envelope._tag === 'Refused') return envelope
  const { requestId, warnings, result, more } = envelope
  const found = new Map((result ?? []).flatMap((asset) => (asset === null ? [] : [[asset.id, asset] as const])))
  const isOpen = more || (result ?? []).includes(null)
  const ids = asked(call)
  const outcomes = call.intents.map((intent, k): AssetOutcome => {
    const asset = found.get(ids[k] ?? 0) ?? null
    return asset === null && isOpen ? { _tag: 'Unanswered', intent } : { _tag: 'AssetFound', intent, asset }
  })
  return { _tag: 'Accepted', requestId, warnings, outcomes }
}

/**
 * The email that a call asks for, with its subject. A refusal with the remedy `accept` (702) says that there is none.
 *
 * @category assets
 * @since 0.1.0
 */
export const interpretGetEmail = interpretAssets

/**
 * The program that a call asks for. A refusal with the remedy `accept` (702) says that there is none.
 *
 * @category assets
 * @since 0.1.0
 */
export const interpretGetProgram = interpretAssets

/**
 * The campaigns that a call asks for.
 *
 * @category assets
 * @since 0.1.0
 */
export const interpretGetCampaigns = interpretAssets
