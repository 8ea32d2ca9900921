/**
 * `source sync`: the collections of an instance as files, one row for each id.
 *
 * @module
 */
import * as E from 'fp-ts/Either'
import { printInstant } from '../../../ground/calendar.js'
import { foldMunchkinId } from '../../../marketo/munchkin-id.js'
import type { SourceSettings } from '../../../source/settings.js'
import { type SourceSync, startSync, type Taken } from '../../../source/sync/state.js'
import { compileSource } from '../../../source/tables.js'
import type { Synced, SyncProgress } from '../../fetch/sync-config.js'
import { syncSource } from '../../fetch/sync-source.js'
import { fileWord, sayNext } from '../next.js'
import type { SourceSyncRequest } from '../request.js'
import { listProblems } from '../settings-file.js'
import { printable } from '../text/printable.js'
import { type ExitCode, refuse, type World } from '../world.js'
import { costSince, drawFiles, drawStatus, drawWhile, syncJson } from './draw-sync.js'
import { madeUpTimes } from './made-up-instance.js'
import { marketoOrigin, type Origin, simulatedOrigin } from './origin.js'
import { openRowFiles, type RowFiles } from './row-files.js'
import { newSaidProblems, type SaidProblems } from './said-problems.js'
import { madeUpSettings, sourceSettings } from './source-settings.js'
import { storedState } from './stored-state.js'

/** A sync under way: where it reads and where it writes. */
interface Run {
  readonly request: SourceSyncRequest
  readonly world: World
  readonly origin: Origin
  readonly files: RowFiles
  readonly said: SaidProblems
  readonly begun: SourceSync
  readonly startedAt: number
  unresolved: number
  storedAt: number
  /** What stopped it, if a file could not be written. */
  failure: unknown
}

/** How long a state waits for the next one to be stored, in milliseconds: what is read again ends as one row. */
const storePause = 1_000

/** What a callback throws is kept, for the sync only tells that one threw. */
const keeping = async (run: Run, act: () => Promise<void>): Promise<void> => {
  try {
    await act()
  } catch (error) {
    run.failure = error
    throw error
  }
}

const takeRows = (run: Run, { rows, problems, unresolved, untold }: Taken): Promise<void> =>
  keeping(run, async () => {
    run.unresolved += unresolved.length
    run.said.say(problems, untold)
    await run.files.take(rows)
    await run.world.err.flush()
  })

const store = (run: Run, state: SourceSync, isLast: boolean): Promise<void> =>
  keeping(run, async () => {
    const path = run.request.state
    const now = run.origin.how.now()
    if (path === null || (!isLast && now - run.storedAt < storePause)) return
    run.storedAt = now
    await run.world.storage.replaceText(path, JSON.stringify(state))
  })

const read = async (run: Run): Promise<Synced> => {
  const { world, origin, request } = run
  const stop = new AbortController()
  world.onInterrupt(() => stop.abort())
  const status = world.startStatus()
  const onProgress = (progress: SyncProgress): void => status.show(drawStatus(progress))
  const ran = await syncSource(run.begun, {
    ...origin.how,
    signal: stop.signal,
    ...(request.patience === null ? {} : { patience: request.patience * 1_000 }),
    onRows: (_, taken) => takeRows(run, taken),
    onState: (state) => store(run, state, false),
    onProgress
  })
  status.stop()
  if (run.failure !== undefined) throw run.failure
  await store(run, ran.state, true)
  return ran
}

const timeOf = (at: number | null): string => (at === null ? '' : (printInstant(at) ?? ''))

/** What there is to know beside the table. */
const remarks = (run: Run, { unread, wakeAt, isSynced }: Synced): ReadonlyArray<string> => {
  const { request, said, unresolved } = run
  const path = request.state === null ? '' : printable(request.state)
  const again = isSynced ? `the next run is due ${timeOf(wakeAt)}` : 'the same command goes on from there'
  return [
    ...(said.count() === 0 ? [] : [`${said.count()} remarks on what was read\n`]),
    ...(unresolved === 0
      ? []
      : [`${unresolved} leads that activities name are gone: deleted, or merged into others\n`]),
    ...(unread.length === 0 ? [] : [`not read to the end: ${unread.join(', ')}\n`]),
    ...(path === '' ? [] : [`${path}: ${again}\n`])
  ]
}

const codeOf = (run: Run, ran: Synced, wasStopped: boolean): ExitCode => {
  if (wasStopped) return 130
  const isWhole = ran.isSynced && ran.unread.length === 0 && ran.problems.length === 0 && !run.said.hasInvalid()
  return isWhole || run.request.exitZero ? 0 : 1
}

/** After the made-up instance, the tables that its rows go into. */
const sayNextAfterSync = ({ request, world }: Run): void =>
  sayNext(world, ['source', 'schema', ...(request.settings === null ? [] : [fileWord(request.settings)])])

const finish = async (run: Run, ran: Synced): Promise<ExitCode> => {
  const { world, origin, request, said } = run
  const millis = origin.how.now() - run.startedAt
  const files = await run.files.finish(request.state !== null)
  const drawn = files.map((file) => ({
    ...file,
    cost: costSince(run.begun.costs, ran.state.costs, file.collection)
  }))
  const simulated = request.to === 'simulator' ? ' of simulated time' : ''
  said.say(ran.problems)
  const title = world.paint.strong(`Read ${origin.name} in ${drawWhile(millis)}${simulated}`)
  world.out.write(
    world.json ? syncJson(origin.name, millis, drawn, ran.unread) : `${title}\n\n${drawFiles(drawn, world.paint)}`
  )
  for (const remark of remarks(run, ran)) world.err.write(remark)
  const wasStopped = !ran.isSynced && ran.problems.length === 0 && request.patience === null
  if (!ran.isSynced) world.err.write(`stopped: the files hold what was read so far\n`)
  if (!request.quiet && ran.isSynced) sayNextAfterSync(run)
  return codeOf(run, ran, wasStopped)
}

const idTold = ({ to }: SourceSyncRequest): string =>
  to === 'simulator' ? madeUpSettings.munchkinId : (foldMunchkinId(to) ?? to)

/** Settings without a file: what the made-up instance has, or the id alone. */
const withoutFile = (request: SourceSyncRequest): object =>
  request.to === 'simulator' ? madeUpSettings : { munchkinId: idTold(request) }

const laidOver = ({ collections }: SourceSyncRequest): object => (collections === null ? {} : { collections })

const beginning = (
  request: SourceSyncRequest,
  settings: SourceSettings,
  stored: SourceSync | null
): E.Either<string, SourceSync> => {
  if (stored !== null) return E.right(stored)
  const since = request.since ?? (request.to === 'simulator' ? madeUpTimes.begins : null)
  return since === null
    ? E.left("say with '--since 2024-01-01' from when on leads and activities are read")
    : E.right(startSync(settings, since))
}

const originOf = async (
  request: SourceSyncRequest,
  settings: SourceSettings,
  stored: SourceSync | null,
  world: World
): Promise<E.Either<string, Origin>> => {
  if (request.to === 'simulator') return E.right(simulatedOrigin(settings.munchkinId, stored))
  return foldMunchkinId(request.to) === settings.munchkinId
    ? marketoOrigin(request, settings.munchkinId, world)
    : E.left('these settings are not for the Marketo that --to names')
}

/** Carries out `source sync`. */
export const runSourceSync = async (request: SourceSyncRequest, world: World): Promise<ExitCode> => {
  const file = await sourceSettings(world, request.settings, withoutFile(request), laidOver(request))
  if (file._tag === 'Left') return refuse(world, file.left)
  const { name, settings, remarks: notes } = file.right
  const stored = await storedState(world, request.state, settings)
  if (stored._tag === 'Left') return refuse(world, stored.left)
  const before = stored.right?.state ?? null
  const begun = beginning(request, settings, before)
  if (begun._tag === 'Left') return refuse(world, begun.left)
  const origin = await originOf(request, settings, before, world)
  if (origin._tag === 'Left') return refuse(world, origin.left)
  const tables = compileSource(settings).collections.filter((one) => settings.collections.includes(one.name))
  const files = await openRowFiles(world, request.out, request.form, tables, before !== null)
  if (files._tag === 'Left') return refuse(world, files.left)
  const said = [...notes, ...(stored.right?.problems ?? [])]
  if (said.length > 0) world.err.write(`${listProblems(`${printable(name)}: remarks`, said)}\n`)
  const run: Run = {
    request,
    world,
    origin: origin.right,
    files: files.right,
    said: newSaidProblems(world.err, request.quiet, world.errPaint),
    begun: begun.right,
    startedAt: origin.right.how.now(),
    unresolved: 0,
    storedAt: 0,
    failure: undefined
  }
  // A state that cannot be stored is told before anything is read.
  await store(run, run.begun, true)
  return finish(run, await read(run))
}
