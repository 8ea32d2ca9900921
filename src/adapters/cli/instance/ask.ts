/**
 * An instance asked for what it is like: your Marketo, or a simulated one as new as can be.
 *
 * @module
 */
import * as E from 'fp-ts/Either'
import { describeProblem, type Problem } from '../../../ground/problem.js'
import { foldMunchkinId, type MunchkinId } from '../../../marketo/munchkin-id.js'
import type { InstancePart } from '../../../settings/errands/parts.js'
import { type InstanceRead, instanceIn, startReading } from '../../../settings/errands/reading.js'
import type { Errands } from '../../../settings/errands/state.js'
import type { CallsMade } from '../../fetch/deliver-config.js'
import { type ErrandsRun, runErrands } from '../../fetch/run-errands.js'
import { type Goal, marketoGoal, simulatedGoal } from '../deliver/goal.js'
import { printable } from '../text/printable.js'
import type { World } from '../world.js'

/** Which instance: a munchkin id or `simulator`, and the path of its client's credentials. */
export interface Asked {
  readonly to: string
  readonly credentials: string | null
}

/** An instance that nobody has set up: Marketo's own fields, and nothing else. */
const asNew = { customFields: [], activityTypes: [], partitions: ['Default'] } as const

/** The instance, or why it cannot be asked; `flag` is what named it, `settings` the file whose Marketo it has to be. */
export const instanceGoal = async (
  { to, credentials }: Asked,
  munchkinId: MunchkinId,
  names: { readonly flag: string; readonly settings: string },
  world: World
): Promise<E.Either<string, Goal>> => {
  if (to === 'simulator') return E.right(await simulatedGoal({ faults: [], seed: 1 }, munchkinId, asNew, world))
  return foldMunchkinId(to) === munchkinId
    ? marketoGoal({ credentials }, munchkinId, world)
    : E.left(`${printable(names.settings)}: these settings are not for the Marketo that ${names.flag} names`)
}

/** What came of errands; `wasStopped` says that somebody pressed Ctrl-C. */
export interface Sent extends ErrandsRun {
  readonly wasStopped: boolean
}

/** Carries errands out there; at Ctrl-C no more calls are made. */
export const sendErrands = async (errands: Errands, goal: Goal, world: World): Promise<Sent> => {
  const { credentials, fetch, origin } = goal
  const { now, sleep } = world.network
  const stop = new AbortController()
  world.onInterrupt(() => stop.abort())
  const ran = await runErrands(errands, { credentials, fetch, origin, now, sleep, signal: stop.signal })
  return { ...ran, wasStopped: stop.signal.aborted }
}

/** What an instance told, and the calls that it took. */
export interface AskedInstance {
  readonly read: InstanceRead
  readonly calls: CallsMade
}

/** Why parts were not read, a line each; once where it is the same for all. */
const reasons = (problems: ReadonlyArray<Problem>): ReadonlyArray<string> => {
  const said = problems.map((problem) => printable(describeProblem(problem)))
  const plain = new Set(said.map((text) => text.replace(/^[^:]*: /, '')))
  return (plain.size === 1 ? [...plain] : said).map((text) => `  ${text}`)
}

/** The instance, asked for some of its parts; or why it told nothing. */
export const askInstance = async (
  goal: Goal,
  munchkinId: MunchkinId,
  parts: ReadonlyArray<InstancePart>,
  world: World
): Promise<E.Either<string, AskedInstance>> => {
  const { errands, calls } = await sendErrands(startReading(munchkinId, parts, world.network.now()), goal, world)
  const read = instanceIn(errands, world.network.now())
  if (Object.keys(read.told).length > 0) return E.right({ read, calls })
  return E.left([`${goal.name}: could not be read`, ...reasons(read.problems)].join('\n'))
}
