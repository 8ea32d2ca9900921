/**
 * `provision`: what an instance lacks for the settings, as curl commands to read and to run; or, with `--apply`, made.
 *
 *     # 1 of 4: createLeadFields planName, customerTier
 *     curl --request POST --header 'Authorization: Bearer '"$MARKETO_TOKEN" …
 *
 * What cannot be created, and what to mind, goes to standard error.
 *
 * @module
 */
import * as E from 'fp-ts/Either'
import { describeProblem, type Problem } from '../../../ground/problem.js'
import { aboutCall } from '../../../settings/errands/provisioning.js'
import { partsFor } from '../../../settings/errands/reading.js'
import type { Instance } from '../../../settings/instance.js'
import { type Provision, provision } from '../../../settings/provision.js'
import type { Settings } from '../../../v2/settings.js'
import { toCurl } from '../../fetch/to-curl.js'
import { readInstanceFile } from '../check/run-against.js'
import { v2 } from '../contract.js'
import type { Goal } from '../deliver/goal.js'
import { askInstance, instanceGoal } from '../instance/ask.js'
import type { ProvisionRequest } from '../request.js'
import { problemJson } from '../said.js'
import { readSettingsFile, type SettingsFile } from '../settings-file.js'
import { printable } from '../text/printable.js'
import { type ExitCode, refuse, type World } from '../world.js'
import { apply } from './apply.js'
import { sayNextAfterPlan } from './say-next.js'

const drawCalls = (made: Provision): string =>
  made.calls
    .map((call, i) => {
      const { descriptor, slots } = call
      const about = printable(aboutCall(call, made).join(', '))
      return `# ${i + 1} of ${made.calls.length}: ${descriptor.endpoint} ${about}\n${toCurl(descriptor, slots)}\n`
    })
    .join('')

const nothing = '# nothing to create\n'

const jsonOf = (made: Provision): string => {
  const calls = made.calls.map((call) => ({
    about: aboutCall(call, made),
    request: call.descriptor,
    slots: call.slots,
    curl: toCurl(call.descriptor, call.slots)
  }))
  return `${JSON.stringify({ calls }, null, 2)}\n`
}

const isBad = ({ weight }: Problem): boolean => weight !== 'warning'

/** That a new type gets another number: whoever makes it is told which. */
const isAboutNumber = ({ _tag, at }: Problem): boolean => _tag === 'Risky' && at[at.length - 1] === 'activityTypeId'

/** What an instance told, and what is to be said of that: remarks, and reads that failed. */
interface Told {
  readonly instance: Instance
  readonly remarks: ReadonlyArray<Problem>
}

const say = (problems: ReadonlyArray<Problem>, world: World): void => {
  for (const problem of problems) {
    const word = isBad(problem) ? 'problem' : 'hint'
    world.err.write(world.json ? problemJson(problem) : `${word}: ${printable(describeProblem(problem))}\n`)
  }
}

/** The plan, said and drawn; the exit code where nothing is carried out. */
const dryRun = (request: ProvisionRequest, settings: Settings, { instance, remarks }: Told, world: World): ExitCode => {
  const made = provision(settings, instance)
  say([...remarks, ...made.problems], world)
  world.out.write(world.json ? jsonOf(made) : made.calls.length === 0 ? nothing : drawCalls(made))
  if (made.calls.length > 0) sayNextAfterPlan(request, made, world)
  return made.problems.some(isBad) ? 1 : 0
}

const fromFile = async (
  request: ProvisionRequest,
  path: string,
  settings: Settings,
  world: World
): Promise<ExitCode> => {
  const told = await readInstanceFile(world, path)
  return told._tag === 'Left' ? refuse(world, told.left) : dryRun(request, settings, told.right, world)
}

const asked = async (goal: Goal, settings: Settings, world: World): Promise<E.Either<string, Told>> => {
  const told = await askInstance(goal, settings.munchkinId, partsFor(settings, null), world)
  if (told._tag === 'Left') return told
  return E.right({ instance: told.right.read.instance, remarks: told.right.read.problems })
}

const fromInstance = async (
  request: ProvisionRequest,
  to: string,
  file: SettingsFile<Settings>,
  world: World
): Promise<ExitCode> => {
  const { name, settings } = file
  const names = { flag: '--to', settings: name }
  const goal = await instanceGoal({ to, credentials: request.credentials }, settings.munchkinId, names, world)
  if (goal._tag === 'Left') return refuse(world, goal.left)
  try {
    const told = await asked(goal.right, settings, world)
    if (told._tag === 'Left') return refuse(world, told.left)
    if (!request.apply) return dryRun(request, settings, told.right, world)
    const plan = provision(settings, told.right.instance)
    say([...told.right.remarks, ...plan.problems.filter((problem) => !isAboutNumber(problem))], world)
    return await apply({ request, plan, file, goal: goal.right }, world)
  } finally {
    await goal.right.close()
  }
}

/** Carries out `provision`. */
export const runProvision = async (request: ProvisionRequest, world: World): Promise<ExitCode> => {
  const file = await readSettingsFile(v2.decode, world, request.settings)
  if (file._tag === 'Left') return refuse(world, file.left)
  return request.to === null
    ? fromFile(request, request.against ?? '', file.right.settings, world)
    : fromInstance(request, request.to, file.right, world)
}
