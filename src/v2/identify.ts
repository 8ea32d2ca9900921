/**
 * identify in cloud mode: the lead with its fields, and its browser when a cookie says which.
 *
 *     { type: 'identify', userId: 'u1', traits: { email, name, … } }
 *       → UpsertLead { lead: email, fields: { email, userId, firstName, lastName, … } }
 *       → AssociateCookie { lead: email, visitor: cookie }
 *
 * Source: Segment "Marketo v2 Destination", Identify.
 *
 * @module
 */

import { readOwnCookie } from '../contract/own-cookie.js'
import type { Problem } from '../ground/problem.js'
import type { Intent, UpsertLead } from '../intent/intent.js'
import type { LeadKey } from '../intent/lead-key.js'
import type { Findings } from '../intent/mapped.js'
import type { Trace } from '../intent/trace.js'
import { readEmail } from '../segment/email.js'
import type { IdentifyEvent, SegmentEvent } from '../segment/event.js'
import { type Found, isSaid } from '../segment/found.js'
import { pathAt } from '../segment/pick.js'
import { recordOf } from '../segment/record.js'
import { position, type StandardTraits } from '../segment/standard-traits.js'
import type { Compiled, CompiledCustomRow } from './compile.js'
import { type CustomValues, placeOfTrait, putCustomTraits, readTraits } from './custom-traits.js'
import { type Draft, stay } from './draft.js'
import { readIds } from './identity.js'
import { putStandardTraits } from './standard-reading.js'

/** A draft of an intent's fields. */
export const newDraft = (compiled: Compiled, tag: string, problems: Array<Problem>, trace: Trace | null): Draft => ({
  tag,
  fields: {},
  problems,
  trace,
  clearOnNull: compiled.settings.clearOnNull
})

/** A draft as an upsert of the lead with this key. */
export const upsertOf = (compiled: Compiled, lead: LeadKey, draft: Draft): UpsertLead => {
  const { munchkinId, createLead, partitionName } = compiled.settings
  return {
    _tag: 'UpsertLead',
    munchkinId,
    lead,
    fields: draft.fields,
    action: createLead ? 'createOrUpdate' : 'updateOnly',
    partitionName: createLead ? partitionName : null
  }
}

/** The association that a call's own cookie asks for. */
export const associate = (
  compiled: Compiled,
  event: SegmentEvent,
  lead: LeadKey,
  findings: Findings,
  trace: Trace | null
): Found<string> | undefined => {
  const own = readOwnCookie(compiled.settings, event, findings.problems)
  if (own === undefined) return undefined
  const intent: Intent = {
    _tag: 'AssociateCookie',
    munchkinId: compiled.settings.munchkinId,
    lead,
    visitor: { _tag: 'Cookie', cookie: own.value }
  }
  findings.intents.push(intent)
  if (trace !== null) {
    const did = ['made canonical']
    trace.moves.push({ to: ['AssociateCookie', 'visitor', 'cookie'], from: own.at, rule: 'Munchkin cookie', did })
    trace.moves.push({ to: ['VisitPage', 'visitor', 'cookie'], from: own.at, rule: 'Munchkin cookie', did })
  }
  return own
}

/** The custom row that claims the email, when its trait says anything. */
const emailRow = (compiled: Compiled, custom: CustomValues): CompiledCustomRow | undefined => {
  const row = compiled.customEmail
  return row !== undefined && isSaid(custom[row.name]) ? row : undefined
}

/** Says for a trace why traits that may hold the email are passed over, which counts unless more is said of them. */
const explainEmails = ({ customEmail }: Compiled, standard: StandardTraits, draft: Draft): void => {
  const silent = 'null and empty text name no lead'
  if (customEmail !== undefined) stay(draft, customEmail.at, silent)
  const isOutdone = isSaid(standard.values[position.email])
  stay(draft, pathAt(standard, position.email), isOutdone ? 'a custom row claims the field' : silent)
}

/** Reads the ids, the standard and the custom traits of an identify into a draft; the key of the lead, or undefined after saying why. */
export const draftLead = (compiled: Compiled, event: IdentifyEvent, draft: Draft): LeadKey | undefined => {
  const traits = recordOf(event.traits)
  const { standard, custom } = readTraits(compiled, traits, draft.problems)
  const row = emailRow(compiled, custom)
  const email =
    row === undefined
      ? readEmail(event, undefined, standard)
      : { value: custom[row.name], at: placeOfTrait(row, traits) }
  if (draft.trace !== null) explainEmails(compiled, standard, draft)
  const lead = readIds(compiled, event, email, row ?? compiled.email, draft)
  if (lead === undefined) return undefined
  putStandardTraits(compiled, standard, custom, draft)
  putCustomTraits(compiled, custom, traits, draft)
  return lead
}

/** Maps an identify call for the server. */
export const mapIdentify = (
  compiled: Compiled,
  event: IdentifyEvent,
  findings: Findings,
  trace: Trace | null
): void => {
  const draft = newDraft(compiled, 'UpsertLead', findings.problems, trace)
  const lead = draftLead(compiled, event, draft)
  if (lead === undefined) return
  findings.intents.push(upsertOf(compiled, lead, draft))
  associate(compiled, event, lead, findings, trace)
}
