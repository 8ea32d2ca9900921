/**
 * Lanes: what must not overtake what. Everything of one kind and one person keeps its order.
 *
 * @module
 */
import type { ServerIntent } from '../intent/intent.js'

/** Lanes of a person, as the lowest digit of a number whose rest is the person. */
const lanes = { lead: 0, numbered: 1, activity: 2, cookie: 3, visit: 4, record: 5, ordered: 6 } as const

/** The lane of each kind of intent. @internal */
export const laneNames = {
  UpsertLead: 'lead',
  SubmitForm: 'lead',
  AddCustomActivity: 'activity',
  AssociateCookie: 'cookie',
  VisitPage: 'visit',
  AddToList: 'ordered',
  RemoveFromList: 'ordered',
  LeaveLists: 'ordered',
  SetProgramStatus: 'ordered',
  LeaveProgram: 'ordered',
  RequestCampaign: 'ordered',
  AddToScore: 'ordered',
  DeleteLead: 'ordered',
  SyncCompany: 'record',
  SyncCustomObject: 'record',
  SyncLeadOverSoap: 'lead'
} as const satisfies Readonly<Record<ServerIntent['_tag'], keyof typeof lanes>>

/** A person's lane, as a number. @internal */
export const laneOf = (person: number, lane: keyof typeof lanes): number => person * 8 + lanes[lane]
