/**
 * `recipes`: rule files checked, against a stream of events where one is given; and their schema.
 *
 *     rules.json: can be used
 *       Marketo 561-HYG-937; 3 rules, 1 suppression, 1 score
 *
 *     events.ndjson: 6 events …
 *           4  rules: Trial started
 *           0  suppressions: Opt-outs
 *
 * @module
 */

import { type RuleName, ruleNames, rulesFor } from '../../../recipes/applying.js'
import { decodeRecipes, type Recipes, recipesJsonSchema } from '../../../recipes/decode.js'
import { drawSettings } from '../check/draw-report.js'
import { newReport, problemValue, type Report } from '../check/report.js'
import { parsePiece } from '../input/parse-piece.js'
import type { Counted } from '../input/piece.js'
import { readPieces } from '../input/read-pieces.js'
import { mapEvent } from '../map/result.js'
import { countEnding, countUnread, newTally, tallyLines, tallyObject } from '../map/tally.js'
import { fileFlag, fileWord, sayNext } from '../next.js'
import type { RecipesRequest } from '../request.js'
import { listProblems, readSettingsFile, type SettingsFile } from '../settings-file.js'
import { printable } from '../text/printable.js'
import { type ExitCode, type Input, refuse, type World } from '../world.js'
import { recipeTargets } from './targets.js'

const plural = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`

// biome-ignore format: table
const sections = [
  ['rules', 'rule'], ['suppressions', 'suppression'], ['optIns', 'opt-in'], ['scores', 'score'], ['lifecycles', 'lifecycle'],
  ['behaviors', 'behavior']
] as const

/** What a rule file comes to, in one paragraph. */
const describeRecipes = (recipes: Recipes): string => {
  const counts = sections.flatMap(([section, one]) => {
    const count = recipes[section]?.length ?? 0
    return count === 0 ? [] : [plural(count, one)]
  })
  const all = recipes.audiences === undefined ? counts : [...counts, 'audiences']
  return `Marketo ${recipes.munchkinId}; ${all.length === 0 ? 'no rules' : all.join(', ')}`
}

const keyOf = ({ section, name }: RuleName): string => `${section}: ${name}`

/** Reads a stream, and tells how many of its events each rule applied to. */
const watch = async (file: SettingsFile<Recipes>, input: Input, world: World, report: Report): Promise<ExitCode> => {
  const counts = new Map(ruleNames(file.settings).map((rule) => [keyOf(rule), 0]))
  const applying = rulesFor(file.settings)
  const map = mapEvent(recipeTargets([file], false))
  const tally = newTally()
  let counted: Counted = 'line'
  const progress = world.startProgress(input.size, 'beside output')
  const failure = await readPieces(input.chunks, {
    take: (piece, what) => {
      counted = what
      const value = parsePiece(piece)
      if (value._tag === 'Left') return countUnread(tally)
      const { ending, intents, said } = map(value.right, piece.number, what)
      countEnding(
        tally,
        ending,
        intents,
        said.map(({ problem }) => problem)
      )
      for (const rule of applying(value.right)) counts.set(keyOf(rule), (counts.get(keyOf(rule)) ?? 0) + 1)
    },
    rest: (bytes) => {
      progress.advance(bytes)
      return Promise.resolve(true)
    }
  })
  progress.stop()
  if (failure !== undefined) return refuse(world, failure)
  const head = `\n${world.paint.strong(printable(input.name))}: ${tallyLines(tally, counted)}`
  const rows = [...counts].map(([rule, count]) => `${String(count).padStart(7)}  ${printable(rule)}\n`).join('')
  const drawn = counts.size > 0 ? `${head}\nEvents that each rule applied to:\n${rows}` : head
  report.tell('stream', { file: input.name, ...tallyObject(tally), applied: Object.fromEntries(counts) }, drawn)
  return tally.faults > 0 ? 1 : 0
}

const check = async (request: RecipesRequest, world: World): Promise<ExitCode> => {
  const file = await readSettingsFile(decodeRecipes, world, request.file)
  if (file._tag === 'Left') return refuse(world, file.left)
  const input = request.events === null ? null : await world.openInput(request.events)
  if (input?._tag === 'Left') return refuse(world, input.left)
  const { name, settings, remarks } = file.right
  const heading = `${printable(name)}: can be used${remarks.length === 0 ? '' : ', with remarks'}`
  const says = describeRecipes(settings)
  const report = newReport(world)
  const drawn = `${listProblems(heading, remarks)}\n${drawSettings(says, world.columns)}`
  report.tell('rules', { file: name, says, remarks: remarks.map(problemValue) }, drawn)
  const code = input === null ? 0 : await watch(file.right, input.right, world, report)
  if (code !== 2) report.end()
  const events = request.events === null || request.events === '-' ? 'events.ndjson' : fileWord(request.events)
  if (code !== 2) sayNext(world, ['map', events, ...fileFlag('--recipes', request.file), '--as', 'table'])
  return code
}

/** Carries out `recipes`. */
export const runRecipes = async (request: RecipesRequest, world: World): Promise<ExitCode> => {
  if (request.does === 'check') return check(request, world)
  world.out.write(`${JSON.stringify(recipesJsonSchema(), null, 2)}\n`)
  return 0
}
