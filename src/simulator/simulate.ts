/**
 * A Marketo in memory: a request and a moment in, an answer and the next state out.
 *
 *     what is due ─▶ count the call ─▶ fault? ─▶ host ─▶ size ─▶ token ─▶ verb ─▶ limits ─▶ path ─▶ endpoint ─▶ answer
 *                                                                              └ what stops here or before counts
 *                                                                                against nothing
 *
 * Nothing is stored here and nothing is changed: the state that came in is still what it was. A request costs what its records cost,
 * each some few small nodes of the trees, not what the database holds; on top come the custom fields of the instance, once.
 *
 * Source: Adobe "Authentication", "REST API", "Leads", "Error Codes".
 *
 * @module
 */

import { requestUri } from '../endpoints/request-uri.js'
import { type Instant, printInstant } from '../ground/calendar.js'
import { utf8Length } from '../ground/utf8.js'
import type { Answer } from '../intent/outcome.js'
import { byteLimits } from '../marketo/limits.js'
import { addCustomActivities } from './add-custom-activities.js'
import { refusedCall } from './allowance.js'
import { beacon } from './beacon.js'
import { doWhatIsDue } from './due.js'
import { faulty } from './fault-answers.js'
import { draw, faultFor } from './faults.js'
import { instanceFields } from './fields.js'
import { getLeads } from './get-leads.js'
import { identityToken, unfitToken } from './identity.js'
import { importFile, importLeads, importStatus } from './import-leads.js'
import { ingestPersons, nothingThere } from './ingest-persons.js'
import { jsonBody } from './json-body.js'
import { associateLead, mergeLeads } from './lead-actions.js'
import { getLeadChanges } from './lead-changes.js'
import { memberCalls } from './member-calls.js'
import type { FaultKind, SimulatedEndpoint } from './options.js'
import { readCalls } from './read-calls.js'
import { readPairs, readWire, type SimulatorRequest, type Wire } from './request.js'
import { type Route, routeOf } from './routes.js'
import { schemaCalls } from './schema-calls.js'
import type { Draft, SimulatorState } from './state.js'
import { submitForm } from './submit-form.js'
import { syncLeads } from './sync-leads.js'
import { type Desk, enveloped, type Failed, failed, htmlAnswer, jsonAnswer, requestIdOf, type Told } from './told.js'

/** The kind of endpoint whose body is JSON. */
type JsonEndpoint = 'syncLeads' | 'addCustomActivities' | 'submitForm'

const jsonEndpoints: Readonly<Record<JsonEndpoint, (desk: Desk, body: Readonly<Record<string, unknown>>) => Told>> = {
  syncLeads,
  addCustomActivities,
  submitForm
}

const withBody = (desk: Desk, endpoint: JsonEndpoint, wire: Wire): Told => {
  const read = jsonBody(wire)
  return read._tag === 'Failed' ? read : jsonEndpoints[endpoint](desk, read.body)
}

const carryOut = (desk: Desk, endpoint: SimulatedEndpoint, wire: Wire, at: Instant): Told => {
  switch (endpoint) {
    case 'syncLeads':
    case 'addCustomActivities':
    case 'submitForm':
      return withBody(desk, endpoint, wire)
    case 'getLeadsByFilter':
      return getLeads(desk, readPairs(wire))
    case 'getLeadChanges':
      return getLeadChanges(desk, readPairs(wire))
    case 'associateLead':
      return associateLead(desk, wire.path[3] ?? '', wire.query)
    case 'mergeLeads':
      return mergeLeads(desk, wire.path[3] ?? '', wire.query)
    case 'importLeads':
      return importLeads(desk, wire, at)
    case 'importLeadsStatus':
      return importStatus(desk, wire.path[4] ?? '', at)
    case 'importLeadsFailures':
      return importFile(desk, wire.path[4] ?? '', 'failures', at)
    case 'importLeadsWarnings':
      return importFile(desk, wire.path[4] ?? '', 'warnings', at)
    case 'addToList':
    case 'removeFromList':
    case 'listMembership':
    case 'findList':
    case 'createList':
    case 'syncProgramStatus':
    case 'changeProgramStatus':
    case 'deleteProgramMembers':
    case 'requestCampaign':
    case 'deleteLeads':
    case 'listsOfLead':
    case 'syncCompanies':
    case 'syncCustomObjects':
      return memberCalls[endpoint](desk, wire)
    case 'activityPagingToken':
    case 'getActivities':
    case 'activityTypes':
    case 'exportActivities':
    case 'exportActivitiesEnqueue':
    case 'exportActivitiesStatus':
    case 'exportActivitiesFile':
    case 'getEmail':
    case 'getProgram':
    case 'getCampaigns':
    case 'getLists':
    case 'getStaticLists':
    case 'getSmartCampaigns':
    case 'getEmails':
    case 'getLandingPages':
    case 'getPrograms':
    case 'getSegmentations':
    case 'getSegments':
    case 'getCollection':
    case 'getDeletedLeads':
    case 'exportLeads':
    case 'exportLeadsEnqueue':
    case 'exportLeadsStatus':
    case 'exportLeadsFile':
      return readCalls[endpoint](desk, wire, at)
    case 'describeLeads':
    case 'describeLeadNames':
    case 'createLeadFields':
    case 'getCustomActivityTypes':
    case 'describeActivityType':
    case 'createActivityType':
    case 'createActivityAttributes':
    case 'approveActivityType':
    case 'getChannels':
      return schemaCalls[endpoint](desk, wire)
    case 'identityToken':
    case 'ingestPersons':
    case 'visitWebPage':
    case 'other':
      return failed('610', 'Requested resource not found')
  }
}

const refusedRoute = ({ refusal }: Route): Failed | undefined => {
  if (refusal === null) return undefined
  return refusal === '605' ? failed('605', 'HTTP Method not supported') : failed('610', 'Requested resource not found')
}

/** Adobe counts neither what has no good token nor a wrong verb. */
const admitted = (draft: Draft, route: Route, wire: Wire, at: Instant): Failed | undefined =>
  unfitToken(draft, wire.authorization, at) ??
  (route.refusal === '605' ? refusedRoute(route) : undefined) ??
  refusedCall(draft, at, wire.inFlight) ??
  refusedRoute(route)

const uriBytes = ({ path, query, munchkinId }: Wire): number =>
  utf8Length(`https://${munchkinId ?? ''}.mktorest.com${requestUri({ path, query })}`)

const rest = (draft: Draft, route: Route, wire: Wire, at: Instant, time: string, fault?: FaultKind): Answer => {
  if (uriBytes(wire) > byteLimits.uri) return htmlAnswer(414, 'Request-URI Too Long')
  // The file of an import has a limit of its own.
  if (route.endpoint !== 'importLeads' && utf8Length(wire.body) > byteLimits.body)
    return htmlAnswer(413, 'Request Entity Too Large')
  const struck = fault === 'skip-record' ? draw(draft) : null
  const refusal = admitted(draft, route, wire, at)
  if (refusal !== undefined) return enveloped(refusal, draft.total)
  const author = {
    source: 'Web service API',
    modifyingUser: draft.options.apiUser,
    requestId: requestIdOf(draft.total)
  }
  const by = methodOf(route.endpoint)
  const cut = fault === 'cut-off'
  const desk: Desk = { draft, time, fieldNamed: instanceFields(draft.options), struck, cut, by, author }
  return enveloped(carryOut(desk, route.endpoint, wire, at), draft.total)
}

const isElsewhere = ({ options }: Draft, { munchkinId }: Wire): boolean =>
  munchkinId !== null && munchkinId.toUpperCase() !== options.munchkinId

const ingestion = (
  draft: Draft,
  { endpoint }: Route,
  wire: Wire,
  at: Instant,
  time: string,
  fault?: FaultKind
): Answer => {
  if (endpoint !== 'ingestPersons') return nothingThere(draft)
  const struck = fault === 'skip-record' ? draw(draft) : null
  return ingestPersons({ draft, time, fieldNamed: instanceFields(draft.options), struck, by: null }, wire, at)
}

/** The methods as the log names them; what is no endpoint of leads logs nothing that names one. */
const methods: Partial<Readonly<Record<SimulatedEndpoint, string>>> = {
  syncLeads: 'Sync Leads',
  submitForm: 'Submit Form',
  mergeLeads: 'Merge Leads'
}

const methodOf = (endpoint: SimulatedEndpoint): string => methods[endpoint] ?? endpoint

const restHosts: ReadonlyArray<string> = ['rest', 'identity', 'bulk']

const answered = (draft: Draft, route: Route, wire: Wire, at: Instant, fault?: FaultKind): Answer => {
  const time = printInstant(at) ?? '1970-01-01T00:00:00Z'
  if (wire.host === 'beacon') return beacon(draft, wire.path[0] === 'webevents' ? wire.path[1] : '', wire.query, time)
  if (wire.host === 'ingestion') return ingestion(draft, route, wire, at, time, fault)
  if (!restHosts.includes(wire.host)) return htmlAnswer(404, 'Not Found')
  if (isElsewhere(draft, wire)) return enveloped(failed('614', 'Invalid Subscription'), draft.total)
  if (route.endpoint === 'identityToken') return identityToken(draft, wire.query, at)
  if (wire.path[0] === 'identity') return jsonAnswer(404, { error: 'not_found', error_description: 'Not found' })
  return rest(draft, route, wire, at, time, fault)
}

/**
 * Carries out a request at a moment (milliseconds since 1970): the next state, and the answer, null where a fault leaves the caller
 * without one. Any value gets an answer; what Marketo would not understand gets Marketo's refusal.
 *
 * @example
 * const state = startSimulator({ munchkinId: '561-HYG-937', clientId: 'id', clientSecret: 'secret' })
 * const query = [['grant_type', 'client_credentials'], ['client_id', 'id'], ['client_secret', 'wrong']] as const
 * const path = ['identity', 'oauth', 'token']
 * const [next, answer] = simulate(state, { host: 'identity', method: 'GET', path, query, headers: {}, body: null }, 0)
 * answer?.status // => 401
 * answer?.body // => '{"error":"invalid_client","error_description":"Bad client credentials"}'
 * next === state // => false
 * @category simulator
 * @since 0.1.0
 */
export const simulate = (
  state: SimulatorState,
  request: SimulatorRequest,
  now: Instant
): readonly [state: SimulatorState, answer: Answer | null] => {
  const draft: Draft = { ...state }
  const at = Number.isFinite(now) ? Math.trunc(now) + 0 : 0
  doWhatIsDue(draft, at)
  const wire = readWire(request)
  const route = routeOf(wire)
  const { endpoint } = route
  draft.total = state.total + 1
  draft.calls = { ...state.calls, [endpoint]: state.calls[endpoint] + 1 }
  const fault = faultFor(draft, endpoint)
  if (fault === 'timeout-before') return [draft, null]
  const early = fault === undefined ? undefined : faulty(draft, endpoint, fault, at)
  if (early !== undefined) return [draft, early]
  const answer = answered(draft, route, wire, at, fault)
  // Without a delay what was taken is there at once.
  doWhatIsDue(draft, at)
  return [draft, fault === 'timeout-after' ? null : answer]
}
