/**
 * An instance, read by asking it: nothing is sent but reads.
 *
 *     startReading ─▶ nextErrands ─▶ your client ─▶ receiveErrand ─▶ … ─▶ instanceIn
 *                                                                    └──▶ told   what a file for `readInstance` holds
 *
 * @module
 */
import type { Instant } from '../../ground/calendar.js'
import type { Json } from '../../ground/json.js'
import { malformed, type Problem } from '../../ground/problem.js'
import type { MunchkinId } from '../../marketo/munchkin-id.js'
import { tokenNeed } from '../../pace/token.js'
import type { Recipes } from '../../recipes/decode.js'
import type { Settings } from '../../v2/settings.js'
import { type Instance, untold } from '../instance.js'
import { namedInRules } from '../named-in-rules.js'
import { readInstance } from '../read-instance.js'
import { firstPage } from './pages.js'
import { type InstancePart, instanceParts, partWays } from './parts.js'
import { type Errands, type Line, newLine, startErrands } from './state.js'

/**
 * The parts of an instance that matter to settings and rules; null stands for none of them.
 *
 * @category errands
 * @since 0.1.0
 */
export const partsFor = (settings: Settings | null, rules: Recipes | null): ReadonlyArray<InstancePart> => {
  const named = rules === null ? null : namedInRules(rules, [])
  const wanted: Readonly<Record<InstancePart, boolean>> = {
    describe: true,
    describe2: true,
    activityTypes: (settings?.events.length ?? 0) > 0,
    lists: (named?.lists.length ?? 0) > 0,
    programs: (named?.programs.length ?? 0) > 0,
    channels: named?.programs.some(({ status }) => status !== null) ?? false,
    campaigns: (named?.campaigns.length ?? 0) > 0
  }
  return instanceParts.filter((part) => wanted[part])
}

/**
 * Errands that read parts of an instance. `seed` is where the waits that are drawn begin.
 *
 * @example
 * import { nextErrands, startReading } from 'segment-marketo/settings'
 * import { isMunchkinId } from 'segment-marketo/marketo'
 *
 * const munchkinId = '561-HYG-937'
 * if (!isMunchkinId(munchkinId)) throw new Error('no munchkin id')
 * const [, requests] = nextErrands(startReading(munchkinId, ['describe2', 'lists']), 1_714_557_600_000)
 * requests.map(({ call }) => call.descriptor.endpoint) // => ['identityToken']
 * @category errands
 * @since 0.1.0
 */
export const startReading = (
  munchkinId: MunchkinId,
  parts: ReadonlyArray<InstancePart> = instanceParts,
  seed = 0
): Errands =>
  startErrands(
    munchkinId,
    instanceParts
      .filter((part) => parts.includes(part))
      .map((part) => newLine(part, firstPage(munchkinId, partWays[part][0]))),
    seed
  )

/**
 * What reading came to: the instance, the same as a file for `readInstance` holds it, the parts that were not read, and why. A part that was
 * read but for some of its types is not among them, but said all the same.
 *
 * @category errands
 * @since 0.1.0
 */
export interface InstanceRead {
  readonly instance: Instance
  readonly told: Readonly<Record<string, ReadonlyArray<Json>>>
  readonly unread: ReadonlyArray<InstancePart>
  readonly problems: ReadonlyArray<Problem>
}

const mendClient = 'the identity service refuses these credentials: mend them'
const mendNobody = 'no answer came from the identity service: see whether the munchkin id is right, and try later'
const mendLater = 'it was not asked to its end: try later'

/** Why a line has not ended. @internal */
export const whyOpen = ({ token }: Errands, { name, last }: Line, now: Instant): Problem => {
  if (tokenNeed(token, now) === 'refused') return malformed('invalid', [name], 'refused credentials', mendClient)
  if (token.generation === 0) return malformed('invalid', [name], 'no access token', mendNobody)
  return malformed('invalid', [name], last === null ? 'nothing yet' : `a refusal (${last})`, mendLater)
}

const isPart = (name: string): name is InstancePart => instanceParts.some((part) => part === name)

/**
 * What was read.
 *
 * @category errands
 * @since 0.1.0
 */
export const instanceIn = (state: Errands, now: Instant): InstanceRead => {
  const read = state.lines.filter(({ ended }) => ended === 'done')
  const told: Record<string, ReadonlyArray<Json>> = {}
  for (const { name, told: records, drafts } of read) {
    told[name] = records
    if (drafts.length > 0) told.activityTypeDrafts = drafts
  }
  const decoded = readInstance(told)
  return {
    instance: decoded._tag === 'Left' ? untold : decoded.right,
    told,
    unread: state.lines.flatMap(({ name, ended }) => (ended === 'done' || !isPart(name) ? [] : name)),
    problems: state.lines.flatMap((line) => [
      ...line.problems,
      ...(line.ended === null ? [whyOpen(state, line, now)] : [])
    ])
  }
}
