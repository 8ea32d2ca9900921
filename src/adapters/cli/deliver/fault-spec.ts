/**
 * Faults in a few characters.
 *
 *     606:0.05                    one call in twenty is answered with 606
 *     timeout-after@syncLeads#2   the second Sync Leads is carried out, and nobody hears of it
 *     502:0.1,expired-token#5     both
 *
 * @module
 */
import * as E from 'fp-ts/Either'
import { type Fault, faultKinds, type SimulatedEndpoint } from '../../../simulator/options.js'

const endpoints: ReadonlyArray<SimulatedEndpoint> = [
  'identityToken',
  'syncLeads',
  'getLeadsByFilter',
  'associateLead',
  'addCustomActivities',
  'submitForm',
  'visitWebPage',
  'addToList',
  'removeFromList',
  'listsOfLead',
  'findList',
  'createList',
  'syncProgramStatus',
  'deleteProgramMembers',
  'requestCampaign',
  'deleteLeads',
  'syncCompanies',
  'syncCustomObjects'
]

const shape = /^([\w-]+)(?:@(\w+))?(?::(0(?:\.\d+)?|1(?:\.0+)?)|#([1-9]\d{0,8}))$/

const grammar = 'Say <kind>:<chance> or <kind>#<call>, with @<endpoint> behind the kind if you like, as in 606:0.05.'

const fault = (text: string): E.Either<string, Fault> => {
  const [, name, place, chance, call] = shape.exec(text) ?? []
  const kind = faultKinds.find((known) => known === name)
  if (name === undefined) return E.left(grammar)
  if (kind === undefined) return E.left(`Kinds of faults are ${faultKinds.join(', ')}.`)
  const endpoint = endpoints.find((known) => known === place)
  if (place !== undefined && endpoint === undefined) return E.left(`Endpoints are ${endpoints.join(', ')}.`)
  const at = call === undefined ? { probability: Number(chance) } : { call: Number(call) }
  return E.right({ at, kind, ...(endpoint === undefined ? {} : { endpoint }) })
}

/** The faults that a text asks for, or how to write them. */
export const readFaults = (text: string): E.Either<string, ReadonlyArray<Fault>> => {
  const faults: Array<Fault> = []
  for (const part of text.split(',')) {
    const one = fault(part.trim())
    if (one._tag === 'Left') return one
    faults.push(one.right)
  }
  return E.right(faults)
}
