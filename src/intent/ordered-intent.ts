/**
 * Intents by what they may overtake, and by whether somebody is to be left alone by them.
 *
 *     UpsertLead, SubmitForm                    may move ahead of the lead's dated activities
 *     lists, programs, campaigns, scores,       move across nothing of their lead's: what an event before them did is there,
 *       deletion                                what comes after them waits
 *
 * @module
 */
import { saysNo } from '../marketo/consent-fields.js'
import type {
  AddToList,
  AddToScore,
  DeleteLead,
  Intent,
  LeaveLists,
  LeaveProgram,
  RemoveFromList,
  RequestCampaign,
  SetProgramStatus
} from './intent.js'

/** An intent that moves across nothing of its lead's. @internal */
export type OrderedIntent =
  | AddToList
  | RemoveFromList
  | LeaveLists
  | SetProgramStatus
  | LeaveProgram
  | RequestCampaign
  | AddToScore
  | DeleteLead

// biome-ignore format: table
const ordered = {
  UpsertLead:             false,
  AssociateCookie:        false,
  AddCustomActivity:      false,
  VisitPage:              false,
  SubmitForm:             false,
  AddToList:              true,
  RemoveFromList:         true,
  LeaveLists:             true,
  SetProgramStatus:       true,
  LeaveProgram:           true,
  RequestCampaign:        true,
  AddToScore:             true,
  DeleteLead:             true,
  SyncCompany:            false,
  SyncCustomObject:       false,
  StartInBrowser:         false,
  VisitPageInBrowser:     false,
  SubmitFormInBrowser:    false,
  AssociateLeadInBrowser: false,
  SyncLeadOverSoap:       false
} as const satisfies Readonly<Record<Intent['_tag'], boolean>>

/** Whether an intent moves across nothing of its lead's. @internal */
export const isOrderedIntent = (intent: Intent): intent is OrderedIntent => ordered[intent._tag]

/** Whether an intent takes something away: where there is no such lead, what it wants is so already. @internal */
export const isRemoval = ({ _tag }: Intent): boolean =>
  _tag === 'RemoveFromList' || _tag === 'LeaveLists' || _tag === 'LeaveProgram' || _tag === 'DeleteLead'

/** Whether somebody is to be left alone by this: the most urgent there is to deliver. @internal */
export const isSuppression = (intent: Intent): boolean => {
  switch (intent._tag) {
    case 'UpsertLead':
      return intent.consent === 'opt-out' || saysNo(intent.fields)
    case 'RemoveFromList':
    case 'LeaveLists':
    case 'LeaveProgram':
      return true
    case 'AddToList':
    case 'SetProgramStatus':
    case 'RequestCampaign':
      return intent.purpose === 'suppress'
    default:
      return false
  }
}
