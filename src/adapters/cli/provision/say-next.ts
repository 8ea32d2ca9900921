/**
 * What comes next: after a plan, to carry it out; after that, to go on with settings that fit; or to begin again.
 *
 *     next: read them, then segment-marketo provision --settings settings.json --to 561-HYG-937 --apply --save settings-new.json
 *
 * @module
 */
import type { Provisioned } from '../../../settings/errands/provisioning.js'
import type { Provision } from '../../../settings/provision.js'
import { fileFlag, instanceFlags, sayNext } from '../next.js'
import type { ProvisionRequest } from '../request.js'
import type { ExitCode, World } from '../world.js'

/** A plan is carried out by whoever made it: by hand where a file told of the instance, else by this program. */
export const sayNextAfterPlan = (request: ProvisionRequest, { newTypes }: Provision, world: World): void => {
  const { settings, against, to, credentials } = request
  const own = fileFlag('--settings', settings)
  if (to === null) {
    sayNext(world, ['check', ...own, ...fileFlag('--against', against)], 'run them, ask Marketo again, then ')
    return
  }
  const save = newTypes.length === 0 ? [] : ['--save', 'settings-new.json']
  const words = ['provision', ...own, ...instanceFlags('--to', to, credentials), '--apply', ...save]
  sayNext(world, words, 'read them, then ')
}

/** Where the settings are that know the numbers of new types. */
const settingsNow = ({ settings, save }: ProvisionRequest, { numbers }: Provisioned): string =>
  save !== null && numbers.length > 0 ? save : settings

/** What was tried in the simulator is tried for the Marketo of the settings; what was made there, on events; what failed, again. */
export const sayNextAfterApply = (
  request: ProvisionRequest,
  done: Provisioned,
  ends: { readonly code: ExitCode; readonly munchkinId: string },
  world: World
): void => {
  const { settings, to, credentials, save } = request
  const isSimulated = to === 'simulator'
  const now = isSimulated ? settings : settingsNow(request, done)
  const own = fileFlag('--settings', now)
  const hasOthers = done.numbers.some(({ before, activityTypeId }) => before !== activityTypeId)
  const put = save === null && !isSimulated && hasOthers ? 'put the numbers above into the settings, ' : ''
  if (ends.code === 1) {
    const words = [
      'provision',
      ...own,
      ...instanceFlags('--to', to, credentials),
      '--apply',
      ...fileFlag('--save', save)
    ]
    sayNext(world, words, `${put}mend what is told above, then `)
  } else if (ends.code === 0 && isSimulated) sayNext(world, ['provision', ...own, '--to', ends.munchkinId])
  else if (ends.code === 0)
    sayNext(world, ['check', ...own, '--events', 'events.ndjson'], put === '' ? '' : `${put}then `)
}
