/**
 * Programs: leads become members, move on, and leave.
 *
 *     POST /rest/v1/programs/1002/members/status.json   { "statusName": "Registered", "input": [ { "leadId": 1042 } ] }
 *     POST /rest/v1/programs/1002/members/delete.json   { "input": [ { "leadId": 1042 } ] }
 *     POST /rest/v1/leads/programs/1002/status.json     { "status": "Registered", "input": [ { "id": 1042 } ] }
 *                                                          └ the older call: other names, members only
 *
 * A status is one of the program's channel, by name. A lead that has come as far already, or further, is skipped with 1037, and so is
 * one that is to leave and is no member.
 *
 * Sources: Adobe "Program Members", "Channels"; "Error Codes" (1025, 1037).
 *
 * @module
 */
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { kindOf } from '../ground/json.js'
import { malformed, type Problem } from '../ground/problem.js'
import type { Described, HttpRequest, Lifecycle } from '../intent/descriptor.js'
import type { MunchkinId } from '../marketo/munchkin-id.js'
import { type Distinct, describeDistinct } from './distinct.js'
import { interpretRecords } from './record-outcomes.js'
import { jsonPost, unfitNumber } from './rest-request.js'

/**
 * A lead, by its number, and a program.
 *
 * @category programs
 * @since 0.1.0
 */
export interface ProgramMember {
  readonly munchkinId: MunchkinId
  readonly programId: number
  readonly leadId: number
}

/**
 * A lead, and the status it shall have in a program: the name of one that the program's channel has.
 *
 * @category programs
 * @since 0.1.0
 */
export interface ProgramStatus extends ProgramMember {
  readonly statusName: string
}

const unfitMember = ({ programId, leadId }: ProgramMember): Problem | undefined =>
  unfitNumber(['programId'], programId, 'a program') ?? unfitNumber(['leadId'], leadId, 'a lead')

const unfitStatus = (member: ProgramStatus): Problem | undefined => {
  const { statusName } = member
  const mend = 'name a status of the channel that the program has'
  return (
    unfitMember(member) ??
    (statusName.trim() === '' ? malformed('invalid', ['statusName'], kindOf(statusName), mend) : undefined)
  )
}

const aboutMember = ({ munchkinId, programId, leadId }: ProgramMember): Distinct['about'] => [
  munchkinId,
  programId,
  leadId
]

/**
 * Calls that give leads a status in programs, of any instances: 300 leads with one status in one program in a call. Who is no member
 * becomes one. A lead named twice for one program stands in two calls, in the order given.
 *
 * @example
 * import { describeSyncProgramStatus } from 'segment-marketo/endpoints'
 * import { isMunchkinId } from 'segment-marketo/marketo'
 *
 * const munchkinId = '561-HYG-937'
 * const described = isMunchkinId(munchkinId)
 *   ? describeSyncProgramStatus([{ munchkinId, programId: 1002, leadId: 1042, statusName: 'Registered' }])
 *   : undefined
 * described?._tag === 'Right' && described.right[0].descriptor.body
 * // => { json: { statusName: 'Registered', input: [{ leadId: 1042 }] } }
 * @category programs
 * @since 0.1.0
 */
export const describeSyncProgramStatus = (members: ReadonlyNonEmptyArray<ProgramStatus>): Described<HttpRequest> =>
  describeDistinct(members, (member) => {
    const problem = unfitStatus(member)
    if (problem !== undefined) return problem
    const { munchkinId, programId, leadId, statusName } = member
    const path = ['programs', String(programId), 'members', 'status.json']
    return {
      about: aboutMember(member),
      shared: [munchkinId, programId, statusName],
      record: { leadId },
      request: (input) => jsonPost('syncProgramStatus', munchkinId, path, { statusName, input })
    }
  })

const older: Lifecycle = { status: 'superseded', insteadUse: 'syncProgramStatus' }

/**
 * Calls of the older kind, that change the status of leads in programs: who is no member stays none. Use
 * {@link describeSyncProgramStatus}.
 *
 * @category programs
 * @since 0.1.0
 */
export const describeChangeProgramStatus = (members: ReadonlyNonEmptyArray<ProgramStatus>): Described<HttpRequest> =>
  describeDistinct(members, (member) => {
    const problem = unfitStatus(member)
    if (problem !== undefined) return problem
    const { munchkinId, programId, leadId, statusName } = member
    const path = ['leads', 'programs', String(programId), 'status.json']
    return {
      about: aboutMember(member),
      shared: [munchkinId, programId, statusName],
      record: { id: leadId },
      request: (input) => jsonPost('changeProgramStatus', munchkinId, path, { status: statusName, input }, older)
    }
  })

/**
 * Calls that take leads out of programs, of any instances: 300 members of one program in a call.
 *
 * @category programs
 * @since 0.1.0
 */
export const describeDeleteProgramMembers = (members: ReadonlyNonEmptyArray<ProgramMember>): Described<HttpRequest> =>
  describeDistinct(members, (member) => {
    const problem = unfitMember(member)
    if (problem !== undefined) return problem
    const { munchkinId, programId, leadId } = member
    const path = ['programs', String(programId), 'members', 'delete.json']
    return {
      about: aboutMember(member),
      shared: [munchkinId, programId],
      record: { leadId },
      request: (input) => jsonPost('deleteProgramMembers', munchkinId, path, { input })
    }
  })

/**
 * What became of each lead that was given a status. One that has come as far already (1037) is skipped with the remedy `accept`. A
 * skipped lead is told without its number.
 *
 * @category programs
 * @since 0.1.0
 */
export const interpretSyncProgramStatus = interpretRecords({ idIsLead: false, tellsLeadId: true })

/**
 * What became of each lead whose status was changed by the older call.
 *
 * @category programs
 * @since 0.1.0
 */
export const interpretChangeProgramStatus = interpretRecords({ idIsLead: true })

/**
 * What became of each lead that was taken out of a program. One that was no member (1037), or that is no more (1004), is skipped with
 * the remedy `accept`: what was wanted is so already.
 *
 * @category programs
 * @since 0.1.0
 */
export const interpretDeleteProgramMembers = interpretRecords({
  idIsLead: false,
  tellsLeadId: true,
  operation: 'remove'
})
