/**
 * Whether an event says that somebody entered or left an audience, and which.
 *
 *     boolean under the audience's key        decides, whatever the event is called
 *     else the name of a track                Audience Entered, Audience Exited, or what they were renamed to
 *     else a step of a journey                entered: journeys never take anybody out
 *     a computed trait                        is no membership
 *
 * Sources: Segment "Using Engage data"; Segment action-destinations, audience membership.
 *
 * @module
 */
import { ownMember } from '../ground/json.js'
import type { Path } from '../ground/path.js'
import { conflict, missing, type Problem } from '../ground/problem.js'
import { readComputation } from '../segment/computation.js'
import type { SegmentEvent } from '../segment/event.js'
import { type Found, textOf } from '../segment/found.js'
import { recordOf } from '../segment/record.js'

/** Somebody is in an audience, or no longer is. @internal */
export interface Membership {
  readonly key: string
  readonly isMember: boolean
  readonly externalAudienceId: string | null
}

/** What entering and leaving are called. @internal */
export interface AudienceNames {
  readonly entered: ReadonlySet<string>
  readonly exited: ReadonlySet<string>
}

/** A key, what stands under it, and what kind of computation it names. */
interface Told {
  readonly key: string
  readonly value: unknown
  readonly valueAt: Path
  readonly isJourney: boolean
  readonly externalAudienceId: string | null
}

const properties = (event: SegmentEvent): Readonly<Record<string, unknown>> =>
  event.type === 'track' ? recordOf(event.properties) : recordOf(undefined)

const told = (event: SegmentEvent): Told | undefined => {
  const computed = readComputation(event)?.value
  const given = properties(event)
  const audienceKey = textOf(ownMember(given, 'audience_key'))
  if (computed !== undefined) {
    const isJourney = computed.computationClass === 'journey_step'
    if (!isJourney && computed.computationClass !== 'audience') return undefined
    const { externalAudienceId, key, valueAt, member } = computed
    const value =
      computed.decidedBy === 'boolean' ? member : audienceKey === undefined ? undefined : ownMember(given, audienceKey)
    return { key, value, valueAt, isJourney, externalAudienceId }
  }
  if (audienceKey === undefined) return undefined
  const value = ownMember(given, audienceKey)
  return { key: audienceKey, value, valueAt: ['properties', audienceKey], isJourney: false, externalAudienceId: null }
}

const byName = (event: SegmentEvent, { entered, exited }: AudienceNames): boolean | undefined => {
  if (event.type !== 'track') return undefined
  return entered.has(event.event) ? true : exited.has(event.event) ? false : undefined
}

const mendName = 'the name of the event says the opposite: the boolean counts'
const mendSilent = 'send the audience’s key with true or false, or name the event in entered or exited'

/** The membership that an event tells, or undefined: it is about none, or does not say, and then that is pushed. @internal */
export const readMembership = (
  names: AudienceNames,
  event: SegmentEvent,
  problems: Array<Problem>
): Membership | undefined => {
  const about = told(event)
  if (about === undefined) return undefined
  const { key, value, valueAt, isJourney, externalAudienceId } = about
  const named = byName(event, names)
  const isMember = typeof value === 'boolean' ? value : (named ?? (isJourney ? true : undefined))
  if (isMember === undefined) {
    problems.push(missing('invalid', valueAt, mendSilent))
    return undefined
  }
  if (named !== undefined && named !== isMember) problems.push(conflict('warning', ['event'], valueAt, mendName))
  return { key, isMember, externalAudienceId }
}

/** A computed trait: its key and its value. @internal */
export const readComputedTrait = (event: SegmentEvent): (Found<unknown> & { readonly key: string }) | undefined => {
  const computed = readComputation(event)?.value
  const isTrait = computed?.computationClass === 'trait' || computed?.computationClass === 'computed_trait'
  if (computed === undefined || !isTrait) return undefined
  const values = event.type === 'track' ? properties(event) : recordOf(event.traits)
  return { key: computed.key, value: ownMember(values, computed.key), at: computed.valueAt }
}
