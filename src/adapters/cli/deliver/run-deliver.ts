/**
 * `deliver`: every event of an input, mapped and sent in few calls; what became of each, and what to deliver again.
 *
 * @module
 */

import * as E from 'fp-ts/Either'
import { decodeDeliveryOptions } from '../../../delivery/decode-options.js'
import type { DeliveryOptions } from '../../../delivery/options.js'
import type { ItemOutcome } from '../../../delivery/outcome.js'
import { foldMunchkinId, type MunchkinId } from '../../../marketo/munchkin-id.js'
import { deliver } from '../../fetch/deliver.js'
import type { Delivered, DeliverProgress } from '../../fetch/deliver-config.js'
import { type Contract, type Serving, v1Replaced, v2 } from '../contract.js'
import { newTally } from '../map/tally.js'
import { mappersFor, remarksOf, remarksOn } from '../map/targets.js'
import { fileFlag, fileWord, sayNext } from '../next.js'
import { rules } from '../recipes/contract.js'
import type { DeliverRequest } from '../request.js'
import { say } from '../said.js'
import { readSettingsFile, type SettingsFile } from '../settings-file.js'
import { printable } from '../text/printable.js'
import { type ExitCode, type Input, type Progress, refuse, type Sink, type World } from '../world.js'
import { type Goal, marketoGoal, simulatedGoal } from './goal.js'
import { itemsIn, type Reader } from './items-in.js'
import { type Failure, newLedger } from './ledger.js'
import { printDeliveryProblem, printFailure, printFailureAsJson } from './said-failure.js'
import { drawSummary, summaryJson } from './summary.js'

/** Where a run writes, beside the summary. */
interface Files {
  readonly deadLetter: Sink | null
  readonly outcomes: Sink | null
}

/** A run under way. `buried` counts the lines of the dead letter. */
interface Run {
  readonly request: DeliverRequest
  readonly options: Partial<DeliveryOptions>
  readonly world: World
  readonly files: Files
  readonly reader: Reader
  readonly progress: Progress
  buried: number
  read: number
  shown: number
}

/** Intents that are held at once: the more, the fuller the calls. */
const window = 10_000

const line = (value: unknown): string => `${JSON.stringify(value)}\n`

const flush = async ({ world, files }: Pick<Run, 'world' | 'files'>): Promise<void> => {
  await files.deadLetter?.flush()
  await files.outcomes?.flush()
  await world.err.flush()
}

const buryFailure = ({ reader, request, world }: Run, failure: Failure): void => {
  const { number, item, outcome } = failure
  reader.bury({ line: number, messageId: item.messageId, intent: item.intent, outcome })
  const said = printFailure(failure, reader.counted, world.errPaint)
  if (said !== undefined && !request.quiet) world.err.write(world.json ? printFailureAsJson(failure, said) : said)
}

const takeOutcome = (run: Run, outcome: ItemOutcome): void => {
  const { number, failures } = run.reader.ledger.end(outcome)
  run.files.outcomes?.write(line({ line: number, ...outcome }))
  for (const failure of failures) buryFailure(run, failure)
}

/** The part of the input whose intents have ended, in bytes. */
const showProgress = (run: Run, { pending, ended }: DeliverProgress): void => {
  const done = Object.values(ended).reduce((sum, n) => sum + n, 0)
  const bytes = Math.floor(run.read * (done / Math.max(1, done + pending)))
  run.progress.advance(Math.max(0, bytes - run.shown))
  run.shown = Math.max(run.shown, bytes)
}

const send = (run: Run, goal: Goal, munchkinId: MunchkinId, input: Input): Promise<Delivered> => {
  const { network, onInterrupt } = run.world
  const stop = new AbortController()
  onInterrupt(() => stop.abort())
  const patience = run.request.patience ?? Number.POSITIVE_INFINITY
  return deliver(itemsIn(run.reader, input), {
    credentials: { [munchkinId]: goal.credentials },
    options: run.options,
    fetch: goal.fetch,
    now: network.now,
    sleep: network.sleep,
    origin: goal.origin,
    signal: stop.signal,
    patience: patience * 1_000,
    window,
    onProgress: (progress) => showProgress(run, progress),
    onOutcomes: async (outcomes) => {
      for (const outcome of outcomes) takeOutcome(run, outcome)
      await flush(run)
    }
  })
}

const newRun = (
  request: DeliverRequest,
  options: Partial<DeliveryOptions>,
  world: World,
  files: Files,
  input: Input,
  of: Pick<Reader, 'munchkinId' | 'targets'>
): Run => {
  const reader: Reader = {
    ...of,
    ledger: newLedger(),
    tally: newTally(),
    naive: new Map([['identityToken', 1]]),
    say: (said) => {
      if (!request.quiet) say(world, said)
    },
    bury: (value) => {
      run.buried += 1
      files.deadLetter?.write(line(value))
    },
    rest: (bytes) => {
      run.read += bytes
      return flush(run)
    },
    counted: 'line',
    given: 0,
    held: 0,
    failure: undefined,
    last: 0
  }
  const progress = world.startProgress(input.size, 'alone')
  const run: Run = { request, options, world, files, reader, progress, buried: 0, read: 0, shown: 0 }
  return run
}

const wasLost = ({ reader }: Run): boolean => {
  const { count } = reader.ledger.fates
  const lost = (['failed', 'unknown', 'deferred'] as const).some((fate) => (count.get(fate) ?? 0) > 0)
  return lost || reader.tally.faults > 0 || reader.held > 0
}

/** What is left to do with what was not delivered. */
const againLine = ({ request, buried }: Run): string => {
  if (buried === 0) return ''
  const lines = `${buried} ${buried === 1 ? 'line' : 'lines'}`
  return request.deadLetter === null
    ? `${lines} would stand in a dead letter: --dead-letter FILE keeps what can be delivered again\n`
    : `${printable(request.deadLetter)}: ${lines} that can be delivered again\n`
}

/** What can be delivered again; and after a simulated delivery without loss, the Marketo that the settings name. */
const sayNextAfterDelivery = (run: Run): void => {
  const { input, settings, options, byRules, contract, deadLetter, to, quiet } = run.request
  const own = [
    ...fileFlag(byRules ? '--recipes' : '--settings', settings),
    ...fileFlag('--options', options),
    ...(contract === 'v1' ? ['--contract', 'v1'] : [])
  ]
  if (quiet) return
  if (deadLetter !== null && run.buried > 0)
    sayNext(run.world, ['deliver', fileWord(deadLetter), ...own, '--to', to], 'mend what is told above, then ')
  else if (to === 'simulator' && input !== '-' && !wasLost(run))
    sayNext(run.world, ['deliver', fileWord(input), ...own, '--to', run.reader.munchkinId])
}

const finish = async (run: Run, goal: Goal, ran: Delivered, seconds: number): Promise<ExitCode> => {
  const { reader, world } = run
  for (const failure of reader.ledger.close()) buryFailure(run, failure)
  for (const problem of ran.problems) world.err.write(printDeliveryProblem(problem))
  const { tally, counted, given, held, naive, ledger } = reader
  const told = { tally, counted, given, held, fates: ledger.fates, calls: ran.calls, naive, seconds, to: goal.name }
  world.out.write(world.json ? summaryJson(told, run.buried) : drawSummary(told, world.paint) + goal.foot())
  world.err.write(againLine(run))
  await flush(run)
  if (reader.failure !== undefined) return refuse(world, reader.failure)
  if (!ran.isComplete) {
    world.err.write(`stopped: nothing behind ${counted} ${reader.last} was read\n`)
    return ran.problems.length > 0 ? 1 : 130
  }
  sayNextAfterDelivery(run)
  return wasLost(run) && !run.request.exitZero ? 1 : 0
}

const openFiles = async ({ deadLetter, outcomes }: DeliverRequest, world: World): Promise<E.Either<string, Files>> => {
  const dead = deadLetter === null ? null : await world.openOutput(deadLetter)
  if (dead?._tag === 'Left') return dead
  const ends = outcomes === null ? null : await world.openOutput(outcomes)
  if (ends?._tag === 'Left') return ends
  return E.right({ deadLetter: dead?.right ?? null, outcomes: ends?.right ?? null })
}

/** What is written anew cannot be read at the same time. */
const clash = ({ input, settings, options, deadLetter, outcomes }: DeliverRequest): string | undefined => {
  const read = [input, settings, options]
  const written = [deadLetter, outcomes].filter((path) => path !== null)
  const twice = written.find((path, i) => read.includes(path) || written.indexOf(path) !== i)
  return twice === undefined ? undefined : `${printable(twice)}: would be written over; name another file`
}

const goalFor = async <S extends Serving>(
  contract: Contract<S>,
  request: DeliverRequest,
  { name, settings }: SettingsFile<S>,
  world: World
): Promise<E.Either<string, Goal>> => {
  const { munchkinId } = settings
  if (request.to === 'simulator')
    return E.right(await simulatedGoal(request, munchkinId, contract.furniture(settings), world))
  return foldMunchkinId(request.to) === munchkinId
    ? marketoGoal(request, munchkinId, world)
    : E.left(`${printable(name)}: these settings are not for the Marketo that --to names`)
}

/** How to deliver: as a file says, or as usual. */
const optionsFor = async (
  { options }: DeliverRequest,
  world: World
): Promise<E.Either<string, SettingsFile<Partial<DeliveryOptions>>>> =>
  options === null
    ? E.right({ name: '', settings: {}, remarks: [] })
    : readSettingsFile(decodeDeliveryOptions, world, options)

const deliverBy = async <S extends Serving>(
  contract: Contract<S>,
  request: DeliverRequest,
  world: World
): Promise<ExitCode> => {
  const twice = clash(request)
  if (twice !== undefined) return refuse(world, twice)
  const file = await readSettingsFile(contract.decode, world, request.settings)
  if (file._tag === 'Left') return refuse(world, file.left)
  const options = await optionsFor(request, world)
  if (options._tag === 'Left') return refuse(world, options.left)
  const mappers = mappersFor(contract, [file.right], 'server')
  if (mappers._tag === 'Left') return refuse(world, mappers.left)
  const input = await world.openInput(request.input)
  if (input._tag === 'Left') return refuse(world, input.left)
  const goal = await goalFor(contract, request, file.right, world)
  if (goal._tag === 'Left') return refuse(world, goal.left)
  try {
    const files = await openFiles(request, world)
    if (files._tag === 'Left') return refuse(world, files.left)
    const remarks = [...remarksOn(contract.name, [file.right]), ...remarksOf([options.right])]
    for (const remark of remarks) world.err.write(`${remark}\n`)
    const { munchkinId } = file.right.settings
    const run = newRun(request, options.right.settings, world, files.right, input.right, {
      munchkinId,
      targets: mappers.right.targets
    })
    const begun = world.network.now()
    const ran = await send(run, goal.right, munchkinId, input.right)
    run.progress.stop()
    return await finish(run, goal.right, ran, (world.network.now() - begun) / 1_000)
  } finally {
    await goal.right.close()
  }
}

/** Carries out `deliver`. Routes of v1 that are switched off are replaced: nobody answers there. */
export const runDeliver = (request: DeliverRequest, world: World): Promise<ExitCode> =>
  request.byRules ? deliverBy(rules, request, world) : byContract(request, world)

const byContract = (request: DeliverRequest, world: World): Promise<ExitCode> =>
  request.contract === 'v2' ? deliverBy(v2, request, world) : deliverBy(v1Replaced, request, world)
