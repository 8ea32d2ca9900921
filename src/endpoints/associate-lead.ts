/**
 * Associate Lead: this browser is that lead's.
 *
 *     POST /rest/v1/leads/1042/associate.json?cookie=id%3A561-HYG-937%26token%3A_mch-example.com-1374552656411-90718
 *                         └ '' where a slot says that an earlier answer tells it
 *
 * One call takes one cookie, which never is long enough to fill a URL. A cookie that is another lead's already moves its later visits
 * only. The body is empty and there: some HTTP clients send a POST without one in a form that Marketo's gateway refuses.
 *
 * Source: Adobe "Leads", Associate Lead; "Error Codes" (1012: the cookie's `&` must be sent as `%26`); Marketo/REST-Sample-Code #5.
 *
 * @module
 */
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { type Described, type HttpRequest, live } from '../intent/descriptor.js'
import type { AssociateCookie } from '../intent/intent.js'
import { describeEach, type Written } from './batch.js'
import { derivedToken, type TokenOf, visitorCookie } from './derived-token.js'
import { slotsOf, unfitLead, type WithLead } from './lead-ref.js'
import { interpretWithoutResult } from './record-outcomes.js'

const requestOf = ({ munchkinId }: AssociateCookie, leadId: string, cookie: string): HttpRequest => ({
  _tag: 'HttpRequest',
  endpoint: 'associateLead',
  munchkinId,
  host: 'rest',
  method: 'POST',
  path: ['rest', 'v1', 'leads', leadId, 'associate.json'],
  query: [['cookie', cookie]],
  headers: {},
  body: { text: '', type: 'application/json' },
  auth: 'bearer',
  lifecycle: live
})

const leadPlace = ['path', 3] as const

const write =
  (tokenOf: TokenOf) =>
  ({ intent, lead }: WithLead<AssociateCookie>): Written => {
    const problem = unfitLead(lead)
    if (problem !== undefined) return { problem }
    const cookie = visitorCookie(intent, tokenOf)
    if (cookie._tag === 'Left') return { problem: cookie.left }
    const leadId = 'step' in lead ? '' : String(lead.leadId)
    return { descriptor: requestOf(intent, leadId, cookie.right), slots: slotsOf(lead, leadPlace) }
  }

/** The same calls as {@link describeAssociateLead}, their tokens derived in this way. @internal */
export const associateLeads = (
  cookies: ReadonlyNonEmptyArray<WithLead<AssociateCookie>>,
  tokenOf: TokenOf
): Described<HttpRequest> => describeEach(cookies, write(tokenOf))

/**
 * Associate Lead calls, one for each cookie, each with its lead. A cookie that another instance set is refused: it names none of this
 * one's visitors.
 *
 * @category endpoints
 * @since 0.1.0
 */
export const describeAssociateLead = (
  cookies: ReadonlyNonEmptyArray<WithLead<AssociateCookie>>
): Described<HttpRequest> => associateLeads(cookies, derivedToken)

/**
 * What became of a cookie. Marketo answers without a result; should it send one, its reasons count.
 *
 * @category endpoints
 * @since 0.1.0
 */
export const interpretAssociateLead = interpretWithoutResult({ idIsLead: true })
