/**
 * `provision --apply`: a plan carried out, and what came of it.
 *
 *     Made in 561-HYG-937
 *       done      createLeadFields          planName, tier
 *       done      createActivityType        trialStarted: it is number 100004
 *       failed    createActivityAttributes  trialStarted: found a refusal (1028); …
 *       not done  approveActivityType       trialStarted
 *
 * What was made is looked at again: the settings are held against the instance as it is then.
 *
 * @module
 */
import { describeProblem } from '../../../ground/problem.js'
import { checkAgainst } from '../../../settings/check-against.js'
import {
  type Provisioned,
  provisionedIn,
  startProvisioning,
  withNumbers
} from '../../../settings/errands/provisioning.js'
import { partsFor } from '../../../settings/errands/reading.js'
import type { Provision } from '../../../settings/provision.js'
import type { Settings } from '../../../v2/settings.js'
import { drawAgainst } from '../check/run-against.js'
import type { Goal } from '../deliver/goal.js'
import { askInstance, sendErrands } from '../instance/ask.js'
import type { SettingsFile } from '../settings-file.js'
import { printable } from '../text/printable.js'
import { wrap } from '../text/wrap.js'
import { type ExitCode, refuse, type World } from '../world.js'
import { saveNumbers } from './save-numbers.js'

/** What is to be carried out: a plan for the settings of a file, there; `save` is where settings with new numbers go. */
export interface Applying {
  readonly plan: Provision
  readonly file: SettingsFile<Settings>
  readonly goal: Goal
  readonly save: string | null
  readonly path: string
}

const wordWidth = 10
const endpointWidth = 26
const margin = ' '.repeat(2 + wordWidth + endpointWidth)

const row = (word: string, endpoint: string, text: string, columns: number): string =>
  wrap(printable(text), columns - margin.length)
    .map((line, i) => `${i === 0 ? `  ${word.padEnd(wordWidth)}${endpoint.padEnd(endpointWidth)}` : margin}${line}\n`)
    .join('')

const drawn = ({ made, problems, undone, numbers }: Provisioned, columns: number): string => {
  const given = new Map(numbers.map(({ apiName, activityTypeId }) => [apiName, activityTypeId]))
  const done = made.map(({ endpoint, about }) => {
    const number = endpoint === 'createActivityType' ? given.get(about[0] ?? '') : undefined
    const text = `${about.join(', ')}${number === undefined ? '' : `: it is number ${number}`}`
    return row('done', endpoint, text, columns)
  })
  const failed = problems.length === 0 ? undefined : undone[0]
  const rest = problems.length === 0 ? undone : undone.slice(1)
  const why = problems.map((problem) => describeProblem({ ...problem, at: problem.at.slice(1) }))
  return [
    ...done,
    ...why.map((text) => row('failed', failed?.endpoint ?? '', text, columns)),
    ...rest.map(({ endpoint, about }) => row('not done', endpoint, about.join(', '), columns))
  ].join('')
}

/** Where the settings name numbers that are others now. */
const drawNumbers = ({ events }: Settings, { numbers }: Provisioned, save: string | null): string => {
  const given = new Map(numbers.map(({ before, activityTypeId }) => [before, activityTypeId]))
  const lines = events.flatMap(({ activityTypeId }, i) => {
    const number = given.get(activityTypeId)
    return number === undefined || number === activityTypeId ? [] : [`  events[${i}].activityTypeId: ${number}\n`]
  })
  if (lines.length === 0 || save !== null) return ''
  return `\nPut these numbers into the settings, or give --save <file> the next time:\n${lines.join('')}`
}

/** Holds the settings, with the numbers of new types, against the instance as it is now. */
const lookAgain = async ({ goal }: Applying, settings: Settings, world: World): Promise<ExitCode> => {
  const again = await askInstance(goal, settings.munchkinId, partsFor(settings, null), world)
  if (again._tag === 'Left') return refuse(world, again.left)
  const { instance, problems: unread } = again.right.read
  const checked = checkAgainst(settings, null, instance)
  world.out.write(
    drawAgainst({ name: `${goal.name}, as it is now`, instance, remarks: [], unread }, checked, world.columns)
  )
  return checked.problems.length > 0 ? 1 : 0
}

/** Carries a plan out. */
export const apply = async (applying: Applying, world: World): Promise<ExitCode> => {
  const { plan, file, goal, save, path } = applying
  const isRefused = plan.problems.some(({ weight }) => weight !== 'warning')
  if (plan.calls.length === 0) {
    world.out.write('Nothing to create\n')
    const unsaved = save === null ? undefined : await saveNumbers(path, save, [], world)
    return unsaved !== undefined ? refuse(world, unsaved) : isRefused ? 1 : 0
  }
  const { now } = world.network
  const { errands, wasStopped } = await sendErrands(startProvisioning(file.settings, plan, now()), goal, world)
  const done = provisionedIn(errands, plan, now())
  world.out.write(`${world.paint.strong(`Made in ${goal.name}`)}\n`)
  world.out.write(drawn(done, world.columns))
  world.out.write(drawNumbers(file.settings, done, save))
  if (save !== null) {
    const unsaved = await saveNumbers(path, save, done.numbers, world)
    if (unsaved !== undefined) return refuse(world, unsaved)
  }
  if (wasStopped) return 130
  const looked = await lookAgain(applying, withNumbers(file.settings, done.numbers), world)
  return isRefused || done.problems.length > 0 ? 1 : looked
}
