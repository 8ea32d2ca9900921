/**
 * Audiences: who enters one is put on a static list, or marked in a field; who leaves is taken off.
 *
 *     lists        { "trial_power_users": 1001, "vip": "VIP customers" }        the list of each audience
 *     others       null · external-audience-id · audience-key                  the lists of all other audiences
 *     fields       { "vip": "isVip" }                                           true and false, for a smart list to filter on
 *     namesField   "segmentAudiences"                                           every audience of the lead's, in one text
 *     traits       { "ltv": "lifetimeValue" }                                   computed traits
 *
 * Who enters is made a lead first, where the file lets rules make leads; nobody is made one to be taken off a list.
 *
 * @module
 */
import type { Path } from '../ground/path.js'
import { excluded, malformed, missing, type Problem } from '../ground/problem.js'
import type { ListRef } from '../intent/intent.js'
import { isUnfit } from '../marketo/value-types.js'
import { isSaid } from '../segment/found.js'
import { type Act, listOf } from './actions.js'
import type { ListSource } from './actions-file.js'
import { about, type Draft, putField } from './draft.js'
import type { Audiences } from './file.js'
import { type AudienceNames, type Membership, readComputedTrait, readMembership } from './membership.js'
import { coercionFor } from './values.js'

const defaultEntered = ['Audience Entered']
const defaultExited = ['Audience Exited']

const entriesOf = <A>(record: Readonly<Record<string, A>> | undefined): ReadonlyMap<string, A> =>
  new Map(Object.entries(record ?? {}))

const externalAt: Path = ['context', 'personas', 'external_audience_id']
const mendExternal = 'give the audience the number of a static list as its external id'
const mendUnlisted = 'no list is named for this audience: add it to lists, or say what others shall do'

const wholeNumber = /^[1-9]\d{0,14}$/

/** The list of an audience, null where it has none, undefined after saying what is wrong. */
const listFor = (
  { others }: Audiences,
  lists: ReadonlyMap<string, ListSource>,
  { key, externalAudienceId }: Membership,
  problems: Array<Problem>
): ListRef | null | undefined => {
  const list = lists.get(key)
  if (list !== undefined) return listOf(list)
  if (others === undefined || others === null) return null
  if (others.use === 'audience-key') {
    const { prefix = '', createIn = null } = others
    return { name: `${prefix}${key}`, createIn }
  }
  if (externalAudienceId !== null && wholeNumber.test(externalAudienceId)) return { listId: Number(externalAudienceId) }
  problems.push(
    externalAudienceId === null
      ? missing('dropped', externalAt, mendExternal)
      : malformed('dropped', externalAt, 'text that is no number', mendExternal)
  )
  return undefined
}

const join = (draft: Draft, list: ListRef, creates: boolean): void => {
  if (creates) draft.creates = true
  draft.joinings.push({ _tag: 'AddToList', ...about(draft), list, purpose: 'engage', at: draft.view.at })
}

const leave = (draft: Draft, list: ListRef): void => {
  draft.leavings.push({ _tag: 'RemoveFromList', ...about(draft), list, at: draft.view.at })
}

/** The audiences of a file, made ready. @internal */
export const compileAudiences = (audiences: Audiences): Act => {
  const { entered = defaultEntered, exited = defaultExited, create = true, namesField } = audiences
  const names: AudienceNames = { entered: new Set<string>(entered), exited: new Set<string>(exited) }
  const lists = entriesOf(audiences.lists)
  const fields = entriesOf<string>(audiences.fields)
  const traits = entriesOf<string>(audiences.traits)

  const takeMembership = (draft: Draft, membership: Membership): void => {
    const { key, isMember } = membership
    const list = listFor(audiences, lists, membership, draft.problems)
    const field = fields.get(key)
    if (list != null && isMember) join(draft, list, create)
    else if (list != null) leave(draft, list)
    if (field !== undefined) {
      if (isMember && create) draft.creates = true
      putField(draft, field, isMember)
    }
    if (namesField !== undefined) {
      if (isMember && create) draft.creates = true
      draft.membership = membership
    } else if (list === null && field === undefined)
      draft.problems.push(excluded('skipped', ['context', 'personas', 'computation_key'], 'settings', mendUnlisted))
  }

  const takeTrait = (draft: Draft, field: string, value: unknown, at: Path): void => {
    if (!isSaid(value)) return
    const fit = coercionFor(field)(value)
    if (isUnfit(fit)) draft.problems.push(malformed('dropped', at, fit.found, fit.mend))
    else {
      if (create) draft.creates = true
      putField(draft, field, fit)
    }
  }

  return (draft) => {
    const { event } = draft.view
    const membership = readMembership(names, event, draft.problems)
    if (membership !== undefined) {
      draft.matched = true
      takeMembership(draft, membership)
    }
    const trait = readComputedTrait(event)
    if (trait === undefined) return
    const field = traits.get(trait.key)
    if (field === undefined) return
    draft.matched = true
    takeTrait(draft, field, trait.value, trait.at)
  }
}
