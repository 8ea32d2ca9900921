/**
 * `explain`: one event, value by value.
 *
 * @module
 */
import { explainV2 } from '../../../explain/explain-v2.js'
import type { Settings } from '../../../v2/settings.js'
import { v2 } from '../contract.js'
import { findPiece } from '../input/find-piece.js'
import { parsePiece } from '../input/parse-piece.js'
import { messageIdOf, problemsOf } from '../map/result.js'
import { remarksOn, whyNotInBrowser } from '../map/targets.js'
import type { ExplainRequest } from '../request.js'
import { describeSaid, type Numbered, type SaidProblem, saidUnread, say } from '../said.js'
import { readSettingsFile, type SettingsFile } from '../settings-file.js'
import { describeEvent } from '../text/event-words.js'
import { type ExitCode, refuse, type World } from '../world.js'
import { drawExplanation } from './draw-explanation.js'

const lineOf = (said: SaidProblem): string => `${describeSaid(said)} [${said.problem.weight}]`

const tell = (
  event: unknown,
  numbered: Numbered,
  request: ExplainRequest,
  file: SettingsFile<Settings>,
  world: World
): ExitCode => {
  const explanation = explainV2(file.settings, request.side)(event)
  const said = problemsOf(explanation.verdict).map(
    (problem): SaidProblem => ({ _tag: 'Problem', ...numbered, settings: null, problem })
  )
  const { number: line, counted, messageId } = numbered
  world.out.write(
    request.json
      ? `${JSON.stringify({ line, messageId, ...explanation }, null, 2)}\n`
      : drawExplanation(
          `${counted} ${line}, ${describeEvent(event)}`,
          explanation,
          said.map(lineOf),
          world.columns,
          world.paint
        )
  )
  return said.some(({ problem }) => problem.weight === 'invalid') ? 1 : 0
}

/** Carries out `explain`. */
export const runExplain = async (request: ExplainRequest, world: World): Promise<ExitCode> => {
  const file = await readSettingsFile(v2.decode, world, request.settings)
  if (file._tag === 'Left') return refuse(world, file.left)
  const wrong = request.side === 'browser' ? whyNotInBrowser(v2, [file.right]) : undefined
  if (wrong !== undefined) return refuse(world, wrong)
  const input = await world.openInput(request.input)
  if (input._tag === 'Left') return refuse(world, input.left)
  const found = await findPiece(input.right, request.number)
  if (found._tag === 'Left') return refuse(world, found.left)
  for (const remark of remarksOn(v2.name, [file.right])) world.err.write(`${remark}\n`)
  const { piece, counted } = found.right
  const { number } = piece
  const value = parsePiece(piece)
  if (value._tag === 'Right') {
    return tell(value.right, { number, counted, messageId: messageIdOf(value.right) }, request, file.right, world)
  }
  say(world, saidUnread(number, counted, value.left))
  return 1
}
