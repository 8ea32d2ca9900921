/**
 * `provision`: what an instance lacks for the settings, as curl commands to read and to run.
 *
 *     # 1 of 4: createLeadFields planName, customerTier
 *     curl --request POST --header 'Authorization: Bearer '"$MARKETO_TOKEN" …
 *
 * Nothing is sent. What cannot be created, and what to mind, goes to standard error.
 *
 * @module
 */
import { describeProblem } from '../../../ground/problem.js'
import type { Call, HttpRequest } from '../../../intent/descriptor.js'
import { type Provision, provision } from '../../../settings/provision.js'
import { toCurl } from '../../fetch/to-curl.js'
import { readInstanceFile } from '../check/run-against.js'
import { v2 } from '../contract.js'
import type { ProvisionRequest } from '../request.js'
import { readSettingsFile } from '../settings-file.js'
import { printable } from '../text/printable.js'
import { type ExitCode, refuse, type World } from '../world.js'

/** What a call creates or approves, in names. */
const aboutOf = ({ descriptor: { endpoint, path, body } }: Call<HttpRequest>, { leadFields }: Provision): string => {
  if (endpoint === 'createLeadFields') return leadFields.map(({ name }) => name).join(', ')
  const json = body !== null && 'json' in body ? JSON.stringify(body.json) : ''
  return endpoint === 'createActivityType' ? (/"apiName":"([^"]*)"/.exec(json)?.[1] ?? '') : (path[5] ?? '')
}

const commandOf = (made: Provision) => (call: Call<HttpRequest>, i: number) => {
  const { descriptor, slots } = call
  const about = printable(aboutOf(call, made))
  return `# ${i + 1} of ${made.calls.length}: ${descriptor.endpoint} ${about}\n${toCurl(descriptor, slots)}\n`
}

const nothing = '# nothing to create\n'

/** Carries out `provision`. */
export const runProvision = async (request: ProvisionRequest, world: World): Promise<ExitCode> => {
  const file = await readSettingsFile(v2.decode, world, request.settings)
  if (file._tag === 'Left') return refuse(world, file.left)
  const told = await readInstanceFile(world, request.against)
  if (told._tag === 'Left') return refuse(world, told.left)
  const made = provision(file.right.settings, told.right.instance)
  for (const problem of [...told.right.remarks, ...made.problems]) {
    const word = problem.weight === 'warning' ? 'hint' : 'problem'
    world.err.write(`${word}: ${printable(describeProblem(problem))}\n`)
  }
  world.out.write(made.calls.length === 0 ? nothing : made.calls.map(commandOf(made)).join(''))
  return made.problems.some(({ weight }) => weight !== 'warning') ? 1 : 0
}
