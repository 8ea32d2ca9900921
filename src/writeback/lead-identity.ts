/**
 * Who an event is of.
 *
 *     the lead's userId and anonymousId, those that it holds           both may be sent
 *     neither, or the lead is gone    leadId   anonymousId: marketo-561-HYG-937-204999
 *                                     email    userId: ana@example.com
 *                                     skip     no event
 *
 * An email as userId stands beside the ids of other sources as another person; an anonymousId made of a lead counts as a visitor.
 *
 * @module
 */
import { isRecord, ownMember } from '../ground/json.js'
import type { WritebackSettings } from './settings.js'

/**
 * What is known of a lead: what its fields hold, as text; null where they hold nothing.
 *
 * @category events
 * @since 0.1.0
 */
export interface LeadFacts {
  readonly email: string | null
  readonly userId: string | null
  readonly anonymousId: string | null
}

/** What is known of a lead that is gone. @internal */
export const unknownLead: LeadFacts = { email: null, userId: null, anonymousId: null }

const textOf = (u: unknown): string | null => {
  const text = typeof u === 'number' && Number.isFinite(u) ? String(u) : typeof u === 'string' ? u.trim() : ''
  return text === '' ? null : text
}

/** What a record of a lead tells, by the names that its fields have. @internal */
export const leadFactsIn = (u: unknown, fields: WritebackSettings['leadFields']): LeadFacts =>
  isRecord(u)
    ? {
        email: textOf(ownMember(u, fields.email)),
        userId: textOf(ownMember(u, fields.userId)),
        anonymousId: textOf(ownMember(u, fields.anonymousId))
      }
    : unknownLead

/** The ids of an event; undefined where the lead has none and nothing may stand for them. @internal */
export const identityOf = (
  { munchkinId, identityFallback }: WritebackSettings,
  leadId: string,
  { email, userId, anonymousId }: LeadFacts
): { readonly userId?: string; readonly anonymousId?: string } | undefined => {
  if (userId !== null || anonymousId !== null)
    return { ...(userId === null ? {} : { userId }), ...(anonymousId === null ? {} : { anonymousId }) }
  if (identityFallback === 'leadId') return { anonymousId: `marketo-${munchkinId}-${leadId}` }
  return identityFallback === 'email' && email !== null ? { userId: email.toLowerCase() } : undefined
}
