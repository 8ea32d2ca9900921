/**
 * `suggest`: settings of v2 out of events and what an instance has. The settings go to standard output; why they are so, to standard error.
 *
 *     events, an instance ─▶ suggest ─▶ settings.json
 *                               └─────▶ where each name goes, and why
 *
 * It tells names and counts, and no value.
 *
 * @module
 */
import * as E from 'fp-ts/Either'
import type { Problem } from '../../../ground/problem.js'
import { foldMunchkinId, type MunchkinId } from '../../../marketo/munchkin-id.js'
import type { Instance } from '../../../settings/instance.js'
import { newSuggesting } from '../../../settings/suggest/suggest.js'
import { readInstanceFile } from '../check/run-against.js'
import { parsePiece } from '../input/parse-piece.js'
import { readPieces } from '../input/read-pieces.js'
import { askInstance, instanceGoal } from '../instance/ask.js'
import { fileFlag, instanceFlags, sayNext } from '../next.js'
import type { SuggestRequest } from '../request.js'
import { printable } from '../text/printable.js'
import { type ExitCode, refuse, type World } from '../world.js'
import { sayReasons } from './reasons.js'

/** An instance, and what is to be said of it. */
interface Told {
  readonly instance: Instance
  readonly remarks: ReadonlyArray<Problem>
}

const parts = ['describe', 'describe2', 'activityTypes'] as const

const asked = async (
  request: SuggestRequest,
  to: string,
  munchkinId: MunchkinId,
  world: World
): Promise<E.Either<string, Told>> => {
  const names = { flag: '--instance', settings: '--munchkin-id' }
  const goal = await instanceGoal({ to, credentials: request.credentials }, munchkinId, names, world)
  if (goal._tag === 'Left') return goal
  try {
    const told = await askInstance(goal.right, munchkinId, parts, world)
    if (told._tag === 'Left') return told
    return E.right({ instance: told.right.read.instance, remarks: told.right.read.problems })
  } finally {
    await goal.right.close()
  }
}

/** What is suggested can be tried on the same events, against the same instance. */
const sayNextAfterSuggestion = ({ input, against, instance, credentials }: SuggestRequest, world: World): void => {
  const asked = [...fileFlag('--against', against), ...instanceFlags('--instance', instance, credentials)]
  const events = input === '-' ? [] : fileFlag('--events', input)
  const words = ['check', '--settings', 'settings.json', ...asked, ...events]
  sayNext(world, words, 'put the settings above into settings.json, then ')
}

/** Carries out `suggest`. */
export const runSuggest = async (request: SuggestRequest, world: World): Promise<ExitCode> => {
  const munchkinId = foldMunchkinId(request.munchkinId)
  if (munchkinId === undefined) return refuse(world, `${printable(request.munchkinId)} is no munchkin id`)
  const told =
    request.instance === null
      ? await readInstanceFile(world, request.against ?? '')
      : await asked(request, request.instance, munchkinId, world)
  if (told._tag === 'Left') return refuse(world, told.left)
  const input = await world.openInput(request.input)
  if (input._tag === 'Left') return refuse(world, input.left)
  const suggesting = newSuggesting(munchkinId, told.right.instance)
  let unread = 0
  const failure = await readPieces(input.right.chunks, {
    take: (piece) => {
      const value = parsePiece(piece)
      if (value._tag === 'Left') unread += 1
      else suggesting.take(value.right)
    },
    rest: () => Promise.resolve(true)
  })
  if (failure !== undefined) return refuse(world, failure)
  const suggestion = suggesting.told()
  world.out.write(`${JSON.stringify(suggestion.settings, null, 2)}\n`)
  sayReasons(suggestion, told.right.remarks, unread, world)
  sayNextAfterSuggestion(request, world)
  return unread > 0 ? 1 : 0
}
