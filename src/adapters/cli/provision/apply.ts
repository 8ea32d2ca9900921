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
import { newReport, problemValue, type Report } from '../check/report.js'
import { againstValue, drawAgainst } from '../check/run-against.js'
import type { Goal } from '../deliver/goal.js'
import { askInstance, sendErrands } from '../instance/ask.js'
import type { ProvisionRequest } from '../request.js'
import type { SettingsFile } from '../settings-file.js'
import { printable } from '../text/printable.js'
import { wrap } from '../text/wrap.js'
import { type ExitCode, refuse, type World } from '../world.js'
import { saveNumbers } from './save-numbers.js'
import { sayNextAfterApply } from './say-next.js'

/** What is to be carried out: a plan for the settings of a file, there, as the request says. */
export interface Applying {
  readonly request: ProvisionRequest
  readonly plan: Provision
  readonly file: SettingsFile<Settings>
  readonly goal: Goal
}

const wordWidth = 10
const endpointWidth = 26
const margin = ' '.repeat(2 + wordWidth + endpointWidth)

const row = (word: string, endpoint: string, text: string, columns: number): string =>
  wrap(printable(text), columns - margin.length)
    .map((line, i) => `${i === 0 ? `  ${word.padEnd(wordWidth)}${endpoint.padEnd(endpointWidth)}` : margin}${line}\n`)
    .join('')

/** What of a plan failed and why, and what was not begun: the first that is undone is the one that failed, where any did. */
const outcomeOf = ({ problems, undone }: Provisioned) => {
  const isFailed = problems.length > 0
  return {
    failed: isFailed ? undone[0] : undefined,
    why: problems.map((problem) => ({ ...problem, at: problem.at.slice(1) })),
    rest: isFailed ? undone.slice(1) : undone
  }
}

const drawn = (done: Provisioned, columns: number): string => {
  const { made, numbers } = done
  const { failed, why, rest } = outcomeOf(done)
  const given = new Map(numbers.map(({ apiName, activityTypeId }) => [apiName, activityTypeId]))
  const rows = made.map(({ endpoint, about }) => {
    const number = endpoint === 'createActivityType' ? given.get(about[0] ?? '') : undefined
    const text = `${about.join(', ')}${number === undefined ? '' : `: it is number ${number}`}`
    return row('done', endpoint, text, columns)
  })
  return [
    ...rows,
    ...why.map((problem) => row('failed', failed?.endpoint ?? '', describeProblem(problem), columns)),
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

/** Tells what came of the calls. */
const tellDone = ({ request, file, goal }: Applying, done: Provisioned, report: Report, world: World): void => {
  const { failed, why, rest } = outcomeOf(done)
  const heading = `${world.paint.strong(`Made in ${goal.name}`)}\n`
  report.tell('instance', goal.name, heading)
  report.tell('made', done.made, drawn(done, world.columns))
  const about = { endpoint: failed?.endpoint ?? null, about: failed?.about ?? [] }
  report.tell('failed', why.length === 0 ? null : { ...about, problems: why.map(problemValue) }, '')
  report.tell('notDone', rest, '')
  report.tell('numbers', done.numbers, drawNumbers(file.settings, done, request.save))
  report.tell('now', null, '')
}

/** Holds the settings, with the numbers of new types, against the instance as it is now. */
const lookAgain = async ({ goal }: Applying, settings: Settings, report: Report, world: World): Promise<ExitCode> => {
  const again = await askInstance(goal, settings.munchkinId, partsFor(settings, null), world)
  if (again._tag === 'Left') return refuse(world, again.left)
  const { instance, problems: unread } = again.right.read
  const checked = checkAgainst(settings, null, instance)
  const told = { name: `${goal.name}, as it is now`, instance, remarks: [], unread }
  report.tell('now', againstValue(told, checked), drawAgainst(told, checked, world.columns))
  return checked.problems.length > 0 ? 1 : 0
}

const isRefused = ({ problems }: Provision): boolean => problems.some(({ weight }) => weight !== 'warning')

const carryOut = async (
  applying: Applying,
  report: Report,
  world: World
): Promise<readonly [ExitCode, Provisioned]> => {
  const { request, plan, file, goal } = applying
  const { now } = world.network
  const { errands, wasStopped } = await sendErrands(startProvisioning(file.settings, plan, now()), goal, world)
  const done = provisionedIn(errands, plan, now())
  tellDone(applying, done, report, world)
  if (request.save !== null) {
    const unsaved = await saveNumbers(request.settings, request.save, done.numbers, world)
    if (unsaved !== undefined) return [refuse(world, unsaved), done]
  }
  if (wasStopped) return [130, done]
  const looked = await lookAgain(applying, withNumbers(file.settings, done.numbers), report, world)
  return [isRefused(plan) || done.problems.length > 0 ? 1 : looked, done]
}

const nothingDone: Provisioned = { made: [], problems: [], undone: [], numbers: [] }

/** Carries a plan out. What was made is told whatever comes after it. */
export const apply = async (applying: Applying, world: World): Promise<ExitCode> => {
  const { request, plan, file } = applying
  const report = newReport(world)
  if (plan.calls.length === 0) {
    if (world.json) tellDone(applying, nothingDone, report, world)
    else world.out.write('Nothing to create\n')
    report.end()
    const unsaved = request.save === null ? undefined : await saveNumbers(request.settings, request.save, [], world)
    return unsaved !== undefined ? refuse(world, unsaved) : isRefused(plan) ? 1 : 0
  }
  try {
    const [code, done] = await carryOut(applying, report, world)
    report.end()
    sayNextAfterApply(request, done, { code, munchkinId: file.settings.munchkinId }, world)
    return code
  } catch (error) {
    // A disk that is full ends the program: what Marketo was made to do must be told before.
    report.end()
    await world.out.flush()
    throw error
  }
}
