/**
 * What was looked up for those that wait.
 *
 *     a lead that is told        its ids, kept in mind for a while
 *     one that is not            it is gone: its activities are told of by the fallback
 *     a field that nobody has    asked for no more, and said
 *     a number that is refused   found by halves, and told of by the fallback, too
 *     a failure                  asked again: without its lead an event would be somebody else's; without its names it can do
 *
 * @module
 */
import type { AssetOutcome } from '../endpoints/asset-lookups.js'
import { fieldsNamed } from '../endpoints/fields-named.js'
import type { LookupOutcome } from '../endpoints/get-leads.js'
import type { Instant } from '../ground/calendar.js'
import { malformed } from '../ground/problem.js'
import type { Refused, Verdict } from '../intent/outcome.js'
import type { Remedy } from '../marketo/error-codes.js'
import type { Lost } from '../pace/call-end.js'
import { untried } from '../pace/held.js'
import type { Ended } from '../pace/remedies.js'
import { afterFailure, troubleWith } from './after-failure.js'
import { leadFactsIn, unknownLead } from './lead-identity.js'
import { remembered } from './memory.js'
import { fieldNames } from './settings.js'
import { type Desk, type Draft, type InFlight, tellTrouble } from './state.js'

const hold = (draft: Draft, desk: Desk, held: Draft['held'][Desk]): void => {
  draft.held = { ...draft.held, [desk]: held }
}

/** A lookup went well, so more may be asked at once; where another one waits for its next try, that one's count goes on. */
const went = (draft: Draft, desk: Desk, now: Instant): void => {
  const { notBefore, size } = draft.held[desk]
  if (notBefore <= now) hold(draft, desk, { ...untried, size: Math.min(untried.size, 2 * size) })
}

/** Keeps what was told of a lead, if it was: where none is found, none is there. */
const keepLead = (draft: Draft, id: string, outcome: LookupOutcome | undefined, now: Instant): boolean => {
  if (outcome?._tag !== 'LeadsFound') return false
  const [lead] = outcome.leads
  const facts = lead === undefined ? unknownLead : leadFactsIn(lead.fields, draft.settings.leadFields)
  draft.leads = remembered(draft.leads, id, facts, now, draft.options.remember)
  return true
}

const noSuchField = '1006'

/** The fields of ours that a refusal names. */
const namedIn = (draft: Draft, told: Refused): ReadonlyArray<string> =>
  fieldsNamed(
    told.reasons,
    [noSuchField],
    fieldNames(draft.settings.leadFields).filter((name) => !draft.refusedFields.includes(name))
  )

const refuseFields = (draft: Draft, names: ReadonlyArray<string>): void => {
  draft.refusedFields = [...draft.refusedFields, ...names]
  for (const name of names)
    tellTrouble(
      draft,
      malformed(
        'warning',
        ['leadFields', name],
        'a field that the instance has not',
        'events do without it: make it, or name another'
      )
    )
}

const unfit: ReadonlyArray<Remedy> = ['mend-request', 'mend-record']

/** Whether a call was refused for what it asks, which asking again will not mend. */
const isUnfit = (end: Ended): boolean => end._tag === 'Refused' && unfit.includes(end.remedy)

const failedLeads = (draft: Draft, flight: InFlight, ids: ReadonlyArray<string>, end: Ended, now: Instant): void => {
  const after = afterFailure(draft, draft.held.leads, flight, end, ids.length, now)
  if (after.todo === 'accept') {
    for (const id of ids) draft.leads = remembered(draft.leads, id, unknownLead, now, draft.options.remember)
    return
  }
  const [only, other] = ids
  if (isUnfit(end) && only !== undefined && other === undefined) {
    tellTrouble(draft, troubleWith('leads', end, 'one of them is told of by the fallback'))
    draft.leads = remembered(draft.leads, only, unknownLead, now, draft.options.remember)
    hold(draft, 'leads', { ...untried, size: draft.held.leads.size })
    return
  }
  if (after.todo === 'give-up')
    tellTrouble(draft, troubleWith('leads', end, 'they are asked for again later, and their activities wait'))
  hold(draft, 'leads', after.held)
}

/** Takes leads. @internal */
export const takeLeads = (draft: Draft, flight: InFlight, told: Verdict<LookupOutcome> | Lost, now: Instant): void => {
  const { ids } = flight
  if (told._tag === 'Accepted') {
    const open = ids.filter((id, k) => !keepLead(draft, id, told.outcomes[k], now))
    if (open.length === 0) went(draft, 'leads', now)
    else failedLeads(draft, flight, open, { _tag: 'Unanswered' }, now)
    return
  }
  const names = told._tag === 'Refused' ? namedIn(draft, told) : []
  if (names.length > 0) refuseFields(draft, names)
  else failedLeads(draft, flight, ids, told, now)
}

const deskOf = ({ errand }: InFlight): 'emails' | 'campaigns' => (errand === 'emails' ? 'emails' : 'campaigns')

const keepName = (draft: Draft, flight: InFlight, id: string, name: string | null, now: Instant): void => {
  const desk = deskOf(flight)
  draft[desk] = remembered(draft[desk], id, name, now, draft.options.remember)
}

const failedAssets = (draft: Draft, flight: InFlight, ids: ReadonlyArray<string>, end: Ended, now: Instant): void => {
  const desk = deskOf(flight)
  const after = afterFailure(draft, draft.held[desk], flight, end, ids.length, now)
  if (after.todo === 'wait') {
    hold(draft, desk, after.held)
    return
  }
  if (after.todo === 'give-up') tellTrouble(draft, troubleWith(desk, end, 'events do without their names'))
  for (const id of ids) keepName(draft, flight, id, null, now)
  hold(draft, desk, { ...untried, size: draft.held[desk].size })
}

/** Takes emails or campaigns. @internal */
export const takeAssets = (draft: Draft, flight: InFlight, told: Verdict<AssetOutcome> | Lost, now: Instant): void => {
  const { ids } = flight
  if (told._tag !== 'Accepted') return failedAssets(draft, flight, ids, told, now)
  const open: Array<string> = []
  ids.forEach((id, k) => {
    const outcome = told.outcomes[k]
    if (outcome?._tag === 'AssetFound') {
      const { asset } = outcome
      keepName(draft, flight, id, asset === null ? null : flight.errand === 'emails' ? asset.subject : asset.name, now)
    } else open.push(id)
  })
  if (open.length > 0) failedAssets(draft, flight, open, { _tag: 'Unanswered' }, now)
  else went(draft, deskOf(flight), now)
}
