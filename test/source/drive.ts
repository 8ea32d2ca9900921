/**
 * A driver over the simulator: what a service would be around `nextReads` and `receiveRead`, with a clock of its own.
 */
import { readAccessToken } from '../../src/adapters/fetch/access-token.js'
import type { Problem } from '../../src/ground/problem.js'
import type { HttpRequest } from '../../src/intent/descriptor.js'
import type { Answer } from '../../src/intent/outcome.js'
import { isMunchkinId } from '../../src/marketo/munchkin-id.js'
import type { SimulatorOptions } from '../../src/simulator/options.js'
import { requestOf } from '../../src/simulator/request.js'
import { simulate } from '../../src/simulator/simulate.js'
import { startSimulator } from '../../src/simulator/start.js'
import type { SimulatorState } from '../../src/simulator/state.js'
import type { Row, SourceRow } from '../../src/source/collection.js'
import { collections } from '../../src/source/collections.js'
import type { SourceSettings } from '../../src/source/settings.js'
import { isSynced, nextReads, type SyncRequest, wakeSyncAt } from '../../src/source/sync/next.js'
import { receivePart, receiveRead, resumedSync } from '../../src/source/sync/receive.js'
import { type SourceSync, takeRows, type Walked } from '../../src/source/sync/state.js'

export const credentials = { clientId: 'client', clientSecret: 'secret' }

/** 2024-05-03T10:00:00Z. */
export const start = 1_714_730_400_000

export const day = 86_400_000

const munchkinId = '123-ABC-456'

export const marketo = (options: Partial<SimulatorOptions> = {}): SimulatorState =>
  startSimulator({ munchkinId, ...credentials, ...options })

/** Settings as they are decoded, without the decoding. */
export const settingsOf = (given: Partial<SourceSettings>): SourceSettings => {
  const id = startSimulator({ munchkinId, ...credentials }).options.munchkinId
  return {
    munchkinId: isId(id),
    schemaName: 'marketo',
    activityTypeIds: [],
    customLeadFields: [],
    customActivityAttributes: [],
    dailyCallLimit: null,
    collections: collections.map(({ name }) => name),
    defined: [],
    ...given
  }
}

const isId = (id: string): SourceSettings['munchkinId'] => {
  if (isMunchkinId(id)) return id
  throw new Error('no munchkin id')
}

export interface World {
  readonly state: SourceSync
  readonly marketo: SimulatorState
  readonly now: number
  readonly rows: ReadonlyArray<SourceRow>
  readonly problems: ReadonlyArray<Problem>
  readonly walked: ReadonlyArray<Walked>
  readonly unresolved: ReadonlyArray<string>
  readonly untold: number
  readonly sent: ReadonlyArray<{ readonly at: number; readonly request: HttpRequest }>
  readonly accessToken: string | undefined
}

export interface Driving {
  readonly now?: number
  /** Runs to be driven: the sync is over when the last of them is. */
  readonly runs?: number
  /** The token that an earlier driver held. */
  readonly accessToken?: string | undefined
  readonly draw?: () => number
  readonly mostRounds?: number
  /** What becomes of the state between two steps. */
  readonly between?: (state: SourceSync) => SourceSync
  /** What happens in Marketo meanwhile; called before every call. */
  readonly meanwhile?: (marketo: SimulatorState, calls: number, now: number) => SimulatorState
  /** An answer in Marketo's place. */
  readonly answer?: (request: SyncRequest, calls: number) => Answer | undefined
  /** Whether the driver is stopped in the middle of a round, and started again. */
  readonly stops?: (round: number) => boolean
  /** How many characters of a file come at a time; files come whole where it is absent. */
  readonly partLength?: number
}

const inParts = (state: SourceSync, id: string, answer: Answer, length: number): SourceSync => {
  const text = typeof answer.body === 'string' ? answer.body : ''
  let so = state
  for (let i = 0; i < text.length; i += length)
    so = receivePart(so, id, { status: answer.status, text: text.slice(i, i + length) })
  return so
}

const isFile = ({ call }: SyncRequest, answer: Answer): boolean =>
  call.descriptor.endpoint.endsWith('File') && (answer.status === 200 || answer.status === 206)

/** Rounds until so many runs have read all there was. */
export const drive = (sync: SourceSync, instance: SimulatorState, driving: Driving = {}): World => {
  const { draw = () => 0, mostRounds = 20_000, between = (same) => same, meanwhile = (same) => same } = driving
  const { stops = () => false, answer: instead, runs = 1, partLength } = driving
  let { now = start } = driving
  let state = sync
  let world = instance
  let { accessToken } = driving
  const rows: Array<SourceRow> = []
  const problems: Array<Problem> = []
  const walked: Array<Walked> = []
  const unresolved: Array<string> = []
  let untold = 0
  const sent: Array<{ readonly at: number; readonly request: HttpRequest }> = []
  const collect = (): void => {
    const [after, taken] = takeRows(state)
    state = between(after)
    rows.push(...taken.rows)
    problems.push(...taken.problems)
    walked.push(...taken.walked)
    unresolved.push(...taken.unresolved)
    untold += taken.untold
  }
  let done = 0
  for (let round = 0; round < mostRounds; round += 1) {
    const [after, requests] = nextReads(state, now)
    state = between(after)
    collect()
    if (requests.length === 0) {
      if (isSynced(state, now)) {
        done += 1
        if (done >= runs) break
      }
      const at = wakeSyncAt(state, now)
      if (at === null) break
      now = Math.max(at, now + 1)
      continue
    }
    const open = [...requests]
    while (open.length > 0) {
      if (stops(round) && open.length < requests.length) {
        state = between(resumedSync(state, now))
        break
      }
      const [request] = open.splice(draw() % open.length, 1)
      if (request === undefined) break
      const { descriptor } = request.call
      world = meanwhile(world, sent.length, now)
      const made = instead?.(request, sent.length)
      sent.push({ at: now, request: descriptor })
      now += 5
      const [told, answer] =
        made === undefined
          ? simulate(
              world,
              requestOf(descriptor, { ...credentials, ...(accessToken === undefined ? {} : { accessToken }) }),
              now
            )
          : [world, made]
      world = told
      if (answer !== null && descriptor.endpoint === 'identityToken')
        accessToken = readAccessToken(answer) ?? accessToken
      if (answer !== null && partLength !== undefined && isFile(request, answer)) {
        state = between(inParts(state, request.id, answer, partLength))
        state = between(receiveRead(state, request.id, { ...answer, body: '' }, now))
      } else state = between(receiveRead(state, request.id, answer ?? { kind: 'lost' }, now))
    }
  }
  collect()
  return { state, marketo: world, now, rows, problems, walked, unresolved, untold, sent, accessToken }
}

/** The rows of a collection, in the order they came. */
export const rowsOf = ({ rows }: Pick<World, 'rows'>, collection: string): ReadonlyArray<Row> =>
  rows.filter((one) => one.collection === collection).map(({ row }) => row)

/** What a warehouse holds after all rows were laid into it, by id. */
export const idsOf = (world: Pick<World, 'rows'>, collection: string): ReadonlyArray<string> => [
  ...new Set(rowsOf(world, collection).map(({ id }) => String(id)))
]

/** The endpoints called, with how often. */
export const callsOf = ({ sent }: Pick<World, 'sent'>): Readonly<Record<string, number>> => {
  const calls: Record<string, number> = {}
  for (const { request } of sent) calls[request.endpoint] = (calls[request.endpoint] ?? 0) + 1
  return calls
}
