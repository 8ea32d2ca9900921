/**
 * An intent in one line for people: what is done, to which lead, with which fields.
 *
 * @module
 */
import type { Intent, ListRef, PageAddress, Visitor } from '../../../intent/intent.js'
import type { LeadKey } from '../../../intent/lead-key.js'
import { printable } from './printable.js'

const lead = ({ lookupField, value }: LeadKey): string => `lead ${lookupField}=${value}`

const names = (fields: Readonly<Record<string, unknown>>, besides?: string): string => {
  const list = Object.keys(fields).filter((name) => name !== besides)
  return list.length === 0 ? '' : `: ${list.join(', ')}`
}

const visitor = (who: Visitor): string => (who._tag === 'Cookie' ? 'its cookie' : 'a derived visitor')

const address = ({ origin, path, params }: PageAddress): string =>
  `${origin ?? ''}${path}${params === '' ? '' : `?${params}`}`

const list = (ref: ListRef): string => ('listId' in ref ? `list ${ref.listId}` : `list "${ref.name}"`)

const signed = (points: number): string => (points < 0 ? String(points) : `+${points}`)

const words = (intent: Intent): string => {
  switch (intent._tag) {
    case 'UpsertLead':
      return `${intent.action === 'updateOnly' ? 'update' : 'write'} ${lead(intent.lead)}${names(intent.fields, intent.lead.lookupField)}`
    case 'AssociateCookie':
      return `join ${visitor(intent.visitor)} to ${lead(intent.lead)}`
    case 'AddCustomActivity':
      return `add activity ${intent.activityTypeId} "${intent.primaryAttributeValue}" to ${lead(intent.lead)}`
    case 'VisitPage':
      return `visit ${address(intent.page)} by ${visitor(intent.visitor)} of ${lead(intent.lead)}`
    case 'SubmitForm':
      return `submit form ${intent.formId} for ${lead(intent.lead)}${names(intent.fields)}`
    case 'AddToList':
      return `put ${lead(intent.lead)} on ${list(intent.list)}`
    case 'RemoveFromList':
      return `take ${lead(intent.lead)} off ${list(intent.list)}`
    case 'LeaveLists':
      return `take ${lead(intent.lead)} off all lists${intent.except.length === 0 ? '' : ` but ${intent.except.join(', ')}`}`
    case 'SetProgramStatus':
      return `set status "${intent.statusName}" in program ${intent.programId} for ${lead(intent.lead)}`
    case 'LeaveProgram':
      return `take ${lead(intent.lead)} out of program ${intent.programId}`
    case 'RequestCampaign':
      return `send ${lead(intent.lead)} through campaign ${intent.campaignId}`
    case 'AddToScore':
      return `add ${signed(intent.points)} to ${intent.field} of ${lead(intent.lead)}`
    case 'DeleteLead':
      return `delete ${lead(intent.lead)}`
    case 'SyncCompany':
      return `write company ${intent.externalCompanyId}${names(intent.fields, 'externalCompanyId')}`
    case 'SyncCustomObject':
      return `write ${intent.objectName}${names(intent.fields)}`
    case 'StartInBrowser':
      return `load Munchkin${intent.form === null ? '' : ` and form ${intent.form.formId}`}`
    case 'VisitPageInBrowser':
      return `visit ${intent.url ?? 'a page without url'}${intent.params === '' ? '' : `?${intent.params}`} by Munchkin`
    case 'SubmitFormInBrowser':
      return `submit form ${intent.formId}${names(intent.fields)}`
    case 'AssociateLeadInBrowser':
      return `associateLead by Munchkin (switched off in 2021)${names(intent.fields)}`
    case 'SyncLeadOverSoap':
      return `syncLead over SOAP (switched off on 2026-07-31) of ${lead(intent.lead)}${names(intent.attributes)}`
  }
}

/** The intent in a line, with its Marketo in front where there are several. It holds values of the event, made printable. */
export const describeIntent = (intent: Intent, isOneOfSeveral = false): string =>
  printable(isOneOfSeveral ? `${intent.munchkinId}: ${words(intent)}` : words(intent))
