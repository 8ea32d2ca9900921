/**
 * group in cloud mode: the company's traits on the lead of whoever joined it.
 *
 *     { type: 'group', userId: 'u1', groupId: 'g1', traits: { name: 'Acme', industry } }
 *       → UpsertLead { lead: userId, fields: { userId, company: 'Acme', industry } }
 *
 * Segment's own v2 destination takes no group calls; the fields are those in which Marketo keeps a lead's company. The groupId
 * itself goes nowhere: a company of its own is Sync Companies' business.
 *
 * Source: Segment "Group", traits; Adobe's list of standard fields (company).
 *
 * @module
 */
import type { UnknownRecord } from '../ground/json.js'
import { excluded, missing } from '../ground/problem.js'
import type { Findings } from '../intent/mapped.js'
import type { Trace } from '../intent/trace.js'
import { readEmail } from '../segment/email.js'
import type { GroupEvent } from '../segment/event.js'
import { looseMember } from '../segment/key.js'
import { recordOf } from '../segment/record.js'
import type { Compiled } from './compile.js'
import { type CompiledRow, type Draft, put } from './draft.js'
import { newDraft, upsertOf } from './identify.js'
import { readIds } from './identity.js'

const putMembers = (
  rows: ReadonlyArray<CompiledRow & { readonly trait: string }>,
  record: UnknownRecord,
  at: ReadonlyArray<string>,
  draft: Draft
): void => {
  for (const row of rows) {
    const member = looseMember(record, row.trait)
    if (member !== undefined) put(draft, row, member.value, [...at, member.key])
  }
}

const mendEmpty = 'send the company’s name, industry, employees, website, phone or address as traits of the group'
const mendOmit = 'companyFields is omit: set it to send if the company shall be written on the lead'

/** Maps a group call for the server. */
export const mapGroup = (compiled: Compiled, event: GroupEvent, findings: Findings, trace: Trace | null): void => {
  if (compiled.settings.companyFields === 'omit') {
    findings.problems.push(excluded('skipped', ['type'], 'settings', mendOmit))
    return
  }
  const draft = newDraft(compiled, 'UpsertLead', findings.problems, trace)
  const lead = readIds(compiled, event, readEmail(event), compiled.email, draft)
  if (lead === undefined) return
  const ids = Object.keys(draft.fields).length
  const traits = recordOf(event.traits)
  putMembers(compiled.group, traits, ['traits'], draft)
  const address = looseMember(traits, 'address')
  if (address !== undefined) putMembers(compiled.groupAddress, recordOf(address.value), ['traits', address.key], draft)
  if (Object.keys(draft.fields).length === ids) {
    findings.problems.push(missing('invalid', ['traits'], mendEmpty))
    return
  }
  findings.intents.push(upsertOf(compiled, lead, draft))
}
