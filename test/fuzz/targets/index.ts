/**
 * Every target, by name.
 *
 * @module
 */
import type { Target } from '../target.js'
import { eventTargets } from './events.js'
import { idTargets } from './ids.js'
import { settingsTargets } from './settings.js'
import { toldTargets } from './told.js'
import { walkTargets } from './walks.js'

/** What hostile input is thrown at. */
export const targets: ReadonlyArray<Target> = [
  ...eventTargets,
  ...idTargets,
  ...settingsTargets,
  ...toldTargets,
  ...walkTargets
]
