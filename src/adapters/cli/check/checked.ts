/**
 * The two contracts as `check` uses them: what settings come to, and what a stream is watched for.
 *
 * @module
 */
import type { Settings as V1Settings } from '../../../v1/settings.js'
import type { Settings } from '../../../v2/settings.js'
import { type Contract, type Serving, v1, v2 } from '../contract.js'
import { describeSettings, describeV1Settings } from './describe-settings.js'
import { watchV1 } from './watch-v1.js'
import { watchV2 } from './watch-v2.js'
import type { Watcher } from './watcher.js'

/** A contract that can be checked. */
export interface Checked<S extends Serving> extends Contract<S> {
  readonly describe: (settings: S) => string
  readonly watch: (settings: S) => Watcher
}

/** Marketo v2. */
export const checkedV2: Checked<Settings> = { ...v2, describe: describeSettings, watch: watchV2 }

/** Marketo v1. */
export const checkedV1: Checked<V1Settings> = { ...v1, describe: describeV1Settings, watch: watchV1 }
