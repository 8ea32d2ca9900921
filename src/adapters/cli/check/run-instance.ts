/**
 * `check --instance`: settings and rules, held against an instance that is asked for what it is like. Nothing is sent but reads.
 *
 *     561-HYG-937: 1 problem, 1 hint
 *       problem   settings.traits[0].field: is not a known name (nearest: planName); …
 *       not read  channels: found a refusal (603); the role of the API user needs Read-Only Assets
 *       unchecked statuses of programs: it does not tell
 *
 * @module
 */
import { checkAgainst } from '../../../settings/check-against.js'
import { instanceParts } from '../../../settings/errands/parts.js'
import { type InstanceRead, partsFor } from '../../../settings/errands/reading.js'
import { v2 } from '../contract.js'
import { askInstance, instanceGoal } from '../instance/ask.js'
import type { CheckRequest } from '../request.js'
import { readSettingsFile } from '../settings-file.js'
import { printable } from '../text/printable.js'
import { type ExitCode, refuse, type World } from '../world.js'
import type { Report } from './report.js'
import { againstValue, drawAgainst, readRules } from './run-against.js'

/** Writes what was read as a file for `--against`; answers why not, where it cannot be. */
const save = async ({ told }: InstanceRead, path: string, world: World): Promise<string | undefined> => {
  const file = await world.openOutput(path)
  if (file._tag === 'Left') return file.left
  file.right.write(`${JSON.stringify(told, null, 2)}\n`)
  await file.right.flush()
  world.err.write(`${printable(path)}: what was read; check, provision and suggest take it with --against\n`)
  return undefined
}

/** Carries out what `check` does besides with `--instance`. */
export const runInstance = async (
  request: CheckRequest,
  to: string,
  world: World,
  report: Report
): Promise<ExitCode> => {
  const file = await readSettingsFile(v2.decode, world, request.settings)
  if (file._tag === 'Left') return refuse(world, file.left)
  const { name, settings } = file.right
  const rules = await readRules(world, request.recipes)
  if (rules._tag === 'Left') return refuse(world, rules.left)
  const names = { flag: '--instance', settings: name }
  const goal = await instanceGoal({ to, credentials: request.credentials }, settings.munchkinId, names, world)
  if (goal._tag === 'Left') return refuse(world, goal.left)
  try {
    const needed = partsFor(settings, rules.right)
    const parts = request.save === null ? needed : instanceParts
    const asked = await askInstance(goal.right, settings.munchkinId, parts, world)
    if (asked._tag === 'Left') return refuse(world, asked.left)
    const { read } = asked.right
    const checked = checkAgainst(settings, rules.right, read.instance)
    const told = { name: goal.right.name, instance: read.instance, remarks: [], unread: read.problems }
    const value = { file: null, instance: told.name, ...againstValue(told, checked) }
    report.tell('against', value, drawAgainst(told, checked, world.columns))
    const unsaved = request.save === null ? undefined : await save(read, request.save, world)
    if (unsaved !== undefined) return refuse(world, unsaved)
    return checked.problems.length > 0 || read.unread.some((part) => needed.includes(part)) ? 1 : 0
  } finally {
    await goal.right.close()
  }
}
