/**
 * What stands in the first line of an HTTP request, as the simulator wants it.
 *
 *     /rest/v1/leads.json?batchSize=1                rest
 *     /561-HYG-937/identity/oauth/token              identity, of that instance
 *     /webevents/visitWebPage?_mchTk=…               beacon
 *
 * Marketo's hosts share one port here: the first part of the path tells them apart, for no two hosts share one. A munchkin id may stand
 * in front of it; else it is read off the host name, where that is one of Marketo's.
 *
 * @module
 */
import type { Host, Pairs } from '../../intent/descriptor.js'
import { foldMunchkinId } from '../../marketo/munchkin-id.js'
import { formPairs, type SimulatorRequest } from '../../simulator/request.js'

/** Where a request goes. @internal */
export type Target = Pick<SimulatorRequest, 'munchkinId' | 'host' | 'path' | 'query'>

const hosts: ReadonlyMap<string | undefined, Host> = new Map([
  ['rest', 'rest'],
  ['identity', 'identity'],
  ['bulk', 'bulk'],
  ['webevents', 'beacon'],
  ['subscriptions', 'ingestion'],
  ['soap', 'soap']
])

const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part)
  } catch {
    // Half an escape stays as it is: nobody serves such a path.
    return part
  }
}

const origin = /^https?:\/\/([^/?#]*)/i
const marketos = /^([^.]+)\.mkto(?:rest|resp|api)\.com(?::\d+)?$/i

const idOfHost = (name: string): string | undefined => foldMunchkinId(marketos.exec(name)?.[1] ?? '')

/** Where a request goes, by the target of its first line and its `Host` header. @internal */
export const readTarget = (target: string, hostHeader = ''): Target => {
  const [, named = hostHeader] = origin.exec(target) ?? []
  const [address = '', ...queries] = target.replace(origin, '').replace(/#.*$/s, '').split('?')
  const parts = address.split('/').slice(1).map(decoded)
  const ownId = foldMunchkinId(parts[0] ?? '')
  const path = ownId === undefined ? parts : parts.slice(1)
  const munchkinId = ownId ?? idOfHost(named)
  const query: Pairs = formPairs(queries.join('?'))
  const host = hosts.get(path[0]) ?? 'rest'
  return { host, path, query, ...(munchkinId === undefined ? {} : { munchkinId }) }
}
