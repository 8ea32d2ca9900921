/**
 * A command line carried out in a world; the answer is the exit code.
 *
 * @module
 */
import { readCommandLine } from './arguments.js'
import { runCheck } from './check/run-check.js'
import { runCompletion } from './completion/run-completion.js'
import { runDeliver } from './deliver/run-deliver.js'
import { runDiff } from './diff/run-diff.js'
import { runExplain } from './explain/run-explain.js'
import { jsonLines } from './json-lines.js'
import { runMap } from './map/run-map.js'
import { runMigrate } from './migrate/run-migrate.js'
import { noProgress, noStatus } from './progress.js'
import { runProvision } from './provision/run-provision.js'
import { runRecipes } from './recipes/run-recipes.js'
import type { Request } from './request.js'
import { runSourceEstimate } from './source/run-estimate.js'
import { runSourceSchema } from './source/run-schema.js'
import { runSourceSync } from './source/run-sync.js'
import { runSuggest } from './suggest/run-suggest.js'
import { plainPaint } from './text/paint.js'
import { type ExitCode, refuse, type World } from './world.js'
import { runWriteback } from './writeback/run-writeback.js'

const carryOut = async (request: Request, world: World): Promise<ExitCode> => {
  switch (request._tag) {
    case 'Map':
      return runMap(request, world)
    case 'Deliver':
      return runDeliver(request, world)
    case 'Explain':
      return runExplain(request, world)
    case 'Check':
      return runCheck(request, world)
    case 'Provision':
      return runProvision(request, world)
    case 'Suggest':
      return runSuggest(request, world)
    case 'Diff':
      return runDiff(request, world)
    case 'Migrate':
      return runMigrate(request, world)
    case 'Recipes':
      return runRecipes(request, world)
    case 'Writeback':
      return runWriteback(request, world)
    case 'SourceSync':
      return runSourceSync(request, world)
    case 'SourceSchema':
      return runSourceSchema(request, world)
    case 'SourceEstimate':
      return runSourceEstimate(request, world)
    case 'Completion':
      return runCompletion(request, world)
    case 'Told':
      world.out.write(request.text)
      return 0
    case 'Misused':
      return refuse(world, world.json ? request.text.replace(/^next: .*$/gm, '') : request.text)
  }
}

/** The world of `--json`: no colours, nothing drawn, every line of standard error a JSON object. */
const forPrograms = (world: World): World => ({
  ...world,
  err: jsonLines(world.err),
  paint: plainPaint,
  errPaint: plainPaint,
  json: true,
  startProgress: () => noProgress,
  startStatus: () => noStatus
})

/** Carries out the words behind the program's name. */
export const run = async (words: ReadonlyArray<string>, world: World): Promise<ExitCode> => {
  const { request, json } = readCommandLine(words, world.version, world.columns)
  const code = await carryOut(request, json ? forPrograms(world) : world)
  await world.out.flush()
  await world.err.flush()
  return code
}
