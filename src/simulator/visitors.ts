/**
 * Visitors: browsers by their Munchkin token, and whose they are.
 *
 *     visit, visit          anonymous: nobody's
 *     associate with 7      both become lead 7's, and so do later ones
 *     associate with 9      what was stays 7's; what comes is 9's
 *
 * Source: Adobe "Leads", Associate Lead.
 *
 * @module
 */

import { valueAt, withValue } from '../ground/tree.js'
import { MunchkinCookieFromString } from '../marketo/munchkin-cookie.js'
import type { Draft, SimulatedLead, SimulatorState } from './state.js'

/** The token of a cookie of this instance, or undefined: its `&` sent bare cuts it in two, and that is no cookie. @internal */
export const tokenIn = (draft: Draft, cookie: unknown): string | undefined => {
  const read = MunchkinCookieFromString.decode(cookie)
  return read._tag === 'Right' && read.right.munchkinId === draft.options.munchkinId ? read.right.token : undefined
}

/** The lead that a number stands for today: a merged one's is its winner's. @internal */
export const survivor = (state: SimulatorState, id: number): number => {
  let now = id
  for (;;) {
    const winner = valueAt(state.merged, String(now))
    if (winner === undefined) return now
    now = winner
  }
}

/** The lead whose browser has this cookie. @internal */
export const leadOfCookie = (draft: Draft, cookie: string): number | undefined => {
  const token = tokenIn(draft, cookie)
  const visitor = token === undefined ? undefined : valueAt(draft.visitors, token)
  return visitor === undefined ? undefined : survivor(draft, visitor.leadId)
}

/** Says that a browser is this lead's. The lead's own list of cookies is all that changes about it. @internal */
export const associate = (draft: Draft, lead: SimulatedLead, cookie: string): void => {
  const token = tokenIn(draft, cookie)
  if (token === undefined) return
  const known = valueAt(draft.visitors, token)
  draft.visitors = withValue(draft.visitors, token, { first: known?.first ?? lead.id, leadId: lead.id })
  if (lead.cookies.includes(cookie)) return
  draft.leads = withValue(draft.leads, String(lead.id), { ...lead, cookies: [...lead.cookies, cookie] })
}
