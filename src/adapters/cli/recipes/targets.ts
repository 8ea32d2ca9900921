/**
 * Rule files as targets of a run: each folds the events with a memory of its own, which lasts as long as the run.
 *
 * There is no clock in a run over a file: it is as late as the latest event so far.
 *
 * @module
 */

import type { Recipes } from '../../../recipes/decode.js'
import { folder } from '../../../recipes/mapper.js'
import { noMemory } from '../../../recipes/memory.js'
import { readEvent } from '../../../segment/event.js'
import { readEventTime } from '../../../segment/event-time.js'
import type { Target } from '../map/result.js'
import type { SettingsFile } from '../settings-file.js'

/** The files as targets, in their order. */
export const recipeTargets = (files: ReadonlyArray<SettingsFile<Recipes>>, isNamed: boolean): ReadonlyArray<Target> =>
  files.map(({ name, settings }) => {
    const fold = folder(settings)
    let memory = noMemory
    let now = 0
    return {
      name: isNamed ? name : null,
      map: (u) => {
        const event = readEvent(u, [])
        const at = event === undefined ? undefined : readEventTime(event, [])?.value
        now = Math.max(now, at ?? now)
        const [after, mapped] = fold(memory, u, now)
        memory = after
        return mapped
      }
    }
  })
