/**
 * The state of a sync in a file.
 *
 * @module
 */
import * as E from 'fp-ts/Either'
import { isRecord } from '../../../ground/json.js'
import type { Problem } from '../../../ground/problem.js'
import type { SourceSettings } from '../../../source/settings.js'
import { resettled } from '../../../source/sync/resettle.js'
import type { SourceSync } from '../../../source/sync/state.js'
import { parseText } from '../input/parse-piece.js'
import { printable } from '../text/printable.js'
import { noSuchFile, type World } from '../world.js'

/** A state to go on with, under these settings, and what is to be said of that. */
export interface Stored {
  readonly state: SourceSync
  readonly problems: ReadonlyArray<Problem>
}

const members = ['settings', 'options', 'token', 'budget', 'run', 'walks', 'costs', 'inFlight']

const isState = (u: unknown): u is SourceSync =>
  isRecord(u) && u.version === 1 && members.every((name) => isRecord(u[name])) && Array.isArray(u.rows)

const unfit = 'is no state that source sync stored; name another file, or remove it to begin anew'

const under = (state: SourceSync, settings: SourceSettings, path: string): E.Either<string, Stored> => {
  if (state.settings.munchkinId !== settings.munchkinId)
    return E.left(`${printable(path)}: this state is of another Marketo; name another file`)
  try {
    const [after, problems] = resettled(state, settings)
    return E.right({ state: after, problems })
  } catch {
    return E.left(`${printable(path)}: ${unfit}`)
  }
}

/** The state that a file holds; null where there is no such file yet. */
export const storedState = async (
  world: World,
  path: string | null,
  settings: SourceSettings
): Promise<E.Either<string, Stored | null>> => {
  if (path === null) return E.right(null)
  const text = await world.readText(path)
  if (text._tag === 'Left') return text.left === noSuchFile ? E.right(null) : E.left(`${printable(path)}: ${text.left}`)
  const value = parseText(text.right)
  return value._tag === 'Right' && isState(value.right)
    ? under(value.right, settings, path)
    : E.left(`${printable(path)}: ${unfit}`)
}
