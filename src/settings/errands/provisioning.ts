/**
 * Provisioning carried out: the calls of a plan, one after another, until one fails.
 *
 *     startProvisioning ─▶ nextErrands ─▶ your client ─▶ receiveErrand ─▶ … ─▶ provisionedIn
 *
 * A change whose answer was lost is not made again: it may have been done. Whoever begins again reads the instance first, and finds what is
 * there.
 *
 * @module
 */
import type { Instant } from '../../ground/calendar.js'
import { isRecord, ownMember } from '../../ground/json.js'
import type { Problem } from '../../ground/problem.js'
import type { Call, HttpRequest } from '../../intent/descriptor.js'
import type { Settings } from '../../v2/settings.js'
import type { Provision } from '../provision.js'
import { whyOpen } from './reading.js'
import { type Errand, type Errands, type Made, newLine, startErrands } from './state.js'

/** What a call makes or approves, in names; of fields one for each record. @internal */
export const aboutCall = (
  { descriptor, intents }: Call<HttpRequest>,
  { leadFields }: Provision
): ReadonlyArray<string> => {
  const { endpoint, path, body } = descriptor
  if (endpoint === 'createLeadFields') return intents.flatMap((i) => leadFields[i]?.name ?? [])
  const json = body !== null && 'json' in body && isRecord(body.json) ? body.json : {}
  const apiName = endpoint === 'createActivityType' ? ownMember(json, 'apiName') : path[5]
  return typeof apiName === 'string' ? [apiName] : []
}

/**
 * Errands that carry out a plan. `seed` is where the waits that are drawn begin.
 *
 * @category provisioning
 * @since 0.1.0
 */
export const startProvisioning = (settings: Settings, plan: Provision, seed = 0): Errands => {
  const todo = plan.calls.map((call): Errand => {
    const does = call.descriptor.endpoint === 'createLeadFields' ? 'fields' : 'make'
    return { does, call, at: 0, about: aboutCall(call, plan) }
  })
  return startErrands(settings.munchkinId, [newLine('provision', todo)], seed)
}

/**
 * The number that Marketo gave to a new activity type, in the place of the one that the settings have.
 *
 * @category provisioning
 * @since 0.1.0
 */
export interface GivenNumber {
  readonly apiName: string
  readonly before: number
  readonly activityTypeId: number
}

/**
 * What provisioning came to: what was made, in order; why it stopped, if it did; what was not done; and the numbers that Marketo gave.
 *
 * @category provisioning
 * @since 0.1.0
 */
export interface Provisioned {
  readonly made: ReadonlyArray<Made>
  readonly problems: ReadonlyArray<Problem>
  readonly undone: ReadonlyArray<Pick<Made, 'endpoint' | 'about'>>
  readonly numbers: ReadonlyArray<GivenNumber>
}

const numbersOf = ({ newTypes }: Provision, made: ReadonlyArray<Made>): ReadonlyArray<GivenNumber> =>
  newTypes.flatMap(({ apiName, before }) => {
    const told = made.find(({ endpoint, about }) => endpoint === 'createActivityType' && about[0] === apiName)
    const activityTypeId = told?.activityTypeId ?? null
    return activityTypeId === null ? [] : { apiName, before, activityTypeId }
  })

/**
 * What was made of a plan.
 *
 * @category provisioning
 * @since 0.1.0
 */
export const provisionedIn = (state: Errands, plan: Provision, now: Instant): Provisioned => {
  const made = state.lines.flatMap((line) => line.made)
  const done = new Set(made.flatMap(({ about }) => about))
  return {
    made,
    problems: state.lines.flatMap((line) => [
      ...line.problems,
      ...(line.ended === null ? [whyOpen(state, line, now)] : [])
    ]),
    undone: state.lines.flatMap(({ todo }) =>
      todo.map(({ call, about, does }) => ({
        endpoint: call.descriptor.endpoint,
        about: does === 'fields' ? about.filter((name) => !done.has(name)) : about
      }))
    ),
    numbers: numbersOf(plan, made)
  }
}

/**
 * Settings with the numbers that Marketo gave.
 *
 * @category provisioning
 * @since 0.1.0
 */
export const withNumbers = (settings: Settings, numbers: ReadonlyArray<GivenNumber>): Settings => {
  const given = new Map(numbers.map(({ before, activityTypeId }) => [before, activityTypeId]))
  return {
    ...settings,
    events: settings.events.map((row) => ({
      ...row,
      activityTypeId: given.get(row.activityTypeId) ?? row.activityTypeId
    }))
  }
}
