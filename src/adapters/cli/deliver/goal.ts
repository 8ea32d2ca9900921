/**
 * Where a delivery goes: a Marketo, with its client's credentials; or a simulated one, made for these settings.
 *
 * @module
 */
import * as E from 'fp-ts/Either'
import { isRecord, ownMember } from '../../../ground/json.js'
import type { MunchkinId } from '../../../marketo/munchkin-id.js'
import { activitiesIn, leadsIn, visitsIn } from '../../../simulator/reading.js'
import type { SimulatorState } from '../../../simulator/state.js'
import type { FetchLike } from '../../fetch/runtime.js'
import type { ClientCredentials } from '../../fetch/send-call.js'
import type { DeliverRequest } from '../request.js'
import { readJsonFile } from '../settings-file.js'
import { printable } from '../text/printable.js'
import type { World } from '../world.js'
import type { Furniture } from './simulated-instance.js'

/** Where to deliver. `foot` is what there is to tell when all is done. */
export interface Goal {
  readonly name: string
  readonly credentials: ClientCredentials
  readonly fetch: FetchLike
  readonly origin: () => string | undefined
  readonly foot: () => string
  readonly close: () => Promise<void>
}

const anyClient: ClientCredentials = { clientId: 'simulated', clientSecret: 'simulated' }

const plural = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`

const holdings = (state: SimulatorState): string => {
  const leads = plural(leadsIn(state).length, 'lead', 'leads')
  const activities = plural(activitiesIn(state).length, 'activity', 'activities')
  return `The simulated Marketo holds ${leads}, ${activities} and ${plural(visitsIn(state).length, 'page view', 'page views')}.\n`
}

/** A simulated Marketo with all that the settings need. */
export const simulatedGoal = async (
  { faults, seed }: Pick<DeliverRequest, 'faults' | 'seed'>,
  munchkinId: MunchkinId,
  furniture: Furniture,
  { network }: World
): Promise<Goal> => {
  const server = await network.startSimulator({ munchkinId, ...anyClient, ...furniture, faults, seed })
  return {
    name: `a simulated ${munchkinId}`,
    credentials: anyClient,
    fetch: network.fetch,
    origin: () => `${server.origin}/${munchkinId}`,
    foot: () => `\n${holdings(server.state())}`,
    close: server.close
  }
}

const text = (u: unknown): string | undefined => (typeof u === 'string' && u !== '' ? u : undefined)

const clientOf = (clientId: unknown, clientSecret: unknown): ClientCredentials | undefined => {
  const [id, secret] = [text(clientId), text(clientSecret)]
  return id === undefined || secret === undefined ? undefined : { clientId: id, clientSecret: secret }
}

const mendEnv = 'set MARKETO_CLIENT_ID and MARKETO_CLIENT_SECRET in the environment, or give a file with --credentials'
const mendFile = 'the file should hold {"clientId": "…", "clientSecret": "…"}'

/** The client's credentials, or why there are none; neither says what they are. */
const readCredentials = async (
  { credentials }: Pick<DeliverRequest, 'credentials'>,
  world: World
): Promise<E.Either<string, ClientCredentials>> => {
  if (credentials === null) {
    const client = clientOf(world.env('MARKETO_CLIENT_ID'), world.env('MARKETO_CLIENT_SECRET'))
    return client === undefined ? E.left(`no credentials for Marketo: ${mendEnv}`) : E.right(client)
  }
  const json = await readJsonFile(world, credentials)
  if (json._tag === 'Left') return json
  const held = isRecord(json.right) ? json.right : {}
  const client = clientOf(ownMember(held, 'clientId'), ownMember(held, 'clientSecret'))
  return client === undefined
    ? E.left(`${printable(credentials)}: no credentials for Marketo: ${mendFile}`)
    : E.right(client)
}

const hosts = ['mktorest.com', 'mktoresp.com']

/** Sends to the hosts of one instance over https, and nowhere else. */
export const onlyTo =
  (munchkinId: MunchkinId, fetch: FetchLike): FetchLike =>
  (url, init) =>
    hosts.some((host) => url.startsWith(`https://${munchkinId}.${host}/`))
      ? fetch(url, init)
      : Promise.reject(new TypeError('not a host of Marketo’s'))

/** A Marketo of the world outside. */
export const marketoGoal = async (
  request: Pick<DeliverRequest, 'credentials'>,
  munchkinId: MunchkinId,
  world: World
): Promise<E.Either<string, Goal>> => {
  const credentials = await readCredentials(request, world)
  if (credentials._tag === 'Left') return credentials
  return E.right({
    name: munchkinId,
    credentials: credentials.right,
    fetch: onlyTo(munchkinId, world.network.fetch),
    origin: () => undefined,
    foot: () => '',
    close: () => Promise.resolve()
  })
}
