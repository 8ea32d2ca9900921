/**
 * Which endpoint a request is for.
 *
 *     POST /rest/v1/leads.json                  syncLeads
 *     POST /rest/v1/leads.json?_method=GET      getLeadsByFilter, its pairs in a form
 *     POST /rest/v1/leads/7/merge.json          mergeLeads
 *     GET  /bulk/v1/leads/batch/7.json          importLeadsStatus
 *     POST /subscriptions/561-HYG-937/persons   ingestPersons, on a host of its own
 *
 * A path that nobody serves is `other` (610), and so is a verb that an endpoint does not take (605).
 *
 * Sources: Adobe "Leads", "Activities", "Authentication", "Lead Database".
 *
 * @module
 */
import type { SimulatedEndpoint } from './options.js'
import type { Wire } from './request.js'

interface Row {
  readonly endpoint: SimulatedEndpoint
  readonly methods: ReadonlyArray<string>
  /** Null stands for a number or a name of the caller's. */
  readonly path: ReadonlyArray<string | null>
}

// biome-ignore format: table
const rows: ReadonlyArray<Row> = [
  { endpoint: 'identityToken',       methods: ['GET', 'POST'], path: ['identity', 'oauth', 'token'] },
  { endpoint: 'getLeadsByFilter',    methods: ['GET'],         path: ['rest', 'v1', 'leads.json'] },
  { endpoint: 'syncLeads',           methods: ['POST'],        path: ['rest', 'v1', 'leads.json'] },
  { endpoint: 'associateLead',       methods: ['POST'],        path: ['rest', 'v1', 'leads', null, 'associate.json'] },
  { endpoint: 'mergeLeads',          methods: ['POST'],        path: ['rest', 'v1', 'leads', null, 'merge.json'] },
  { endpoint: 'submitForm',          methods: ['POST'],        path: ['rest', 'v1', 'leads', 'submitForm.json'] },
  { endpoint: 'addCustomActivities', methods: ['POST'],        path: ['rest', 'v1', 'activities', 'external.json'] },
  { endpoint: 'importLeads',         methods: ['POST'],        path: ['bulk', 'v1', 'leads.json'] },
  { endpoint: 'importLeadsStatus',   methods: ['GET'],         path: ['bulk', 'v1', 'leads', 'batch', null] },
  { endpoint: 'importLeadsFailures', methods: ['GET'],         path: ['bulk', 'v1', 'leads', 'batch', null, 'failures.json'] },
  { endpoint: 'importLeadsWarnings', methods: ['GET'],         path: ['bulk', 'v1', 'leads', 'batch', null, 'warnings.json'] },
  { endpoint: 'addToList',           methods: ['POST'],        path: ['rest', 'v1', 'lists', null, 'leads.json'] },
  { endpoint: 'removeFromList',      methods: ['DELETE'],      path: ['rest', 'v1', 'lists', null, 'leads.json'] },
  { endpoint: 'listMembership',      methods: ['GET'],         path: ['rest', 'v1', 'lists', null, 'leads', 'ismember.json'] },
  { endpoint: 'findList',            methods: ['GET'],         path: ['rest', 'asset', 'v1', 'staticList', 'byName.json'] },
  { endpoint: 'createList',          methods: ['POST'],        path: ['rest', 'asset', 'v1', 'staticLists.json'] },
  { endpoint: 'syncProgramStatus',   methods: ['POST'],        path: ['rest', 'v1', 'programs', null, 'members', 'status.json'] },
  { endpoint: 'changeProgramStatus', methods: ['POST'],        path: ['rest', 'v1', 'leads', 'programs', null, 'status.json'] },
  { endpoint: 'deleteProgramMembers', methods: ['POST'],       path: ['rest', 'v1', 'programs', null, 'members', 'delete.json'] },
  { endpoint: 'requestCampaign',     methods: ['POST'],        path: ['rest', 'v1', 'campaigns', null, 'trigger.json'] },
  { endpoint: 'deleteLeads',         methods: ['POST'],        path: ['rest', 'v1', 'leads', 'delete.json'] },
  { endpoint: 'listsOfLead',         methods: ['GET'],         path: ['rest', 'v1', 'leads', null, 'listMembership.json'] },
  { endpoint: 'syncCompanies',       methods: ['POST'],        path: ['rest', 'v1', 'companies.json'] },
  { endpoint: 'syncCustomObjects',   methods: ['POST'],        path: ['rest', 'v1', 'customobjects', null] },
  { endpoint: 'getLeadChanges',      methods: ['GET'],         path: ['rest', 'v1', 'activities', 'leadchanges.json'] },
  { endpoint: 'activityPagingToken', methods: ['GET'],         path: ['rest', 'v1', 'activities', 'pagingtoken.json'] },
  { endpoint: 'getActivities',       methods: ['GET'],         path: ['rest', 'v1', 'activities.json'] },
  { endpoint: 'activityTypes',       methods: ['GET'],         path: ['rest', 'v1', 'activities', 'types.json'] },
  { endpoint: 'exportActivities',    methods: ['POST'],        path: ['bulk', 'v1', 'activities', 'export', 'create.json'] },
  { endpoint: 'exportActivitiesEnqueue', methods: ['POST'],    path: ['bulk', 'v1', 'activities', 'export', null, 'enqueue.json'] },
  { endpoint: 'exportActivitiesStatus', methods: ['GET'],      path: ['bulk', 'v1', 'activities', 'export', null, 'status.json'] },
  { endpoint: 'exportActivitiesFile', methods: ['GET'],        path: ['bulk', 'v1', 'activities', 'export', null, 'file.json'] },
  { endpoint: 'getEmail',            methods: ['GET'],         path: ['rest', 'asset', 'v1', 'email', null] },
  { endpoint: 'getProgram',          methods: ['GET'],         path: ['rest', 'asset', 'v1', 'program', null] },
  { endpoint: 'getCampaigns',        methods: ['GET'],         path: ['rest', 'v1', 'campaigns.json'] },
  { endpoint: 'getLists',            methods: ['GET'],         path: ['rest', 'v1', 'lists.json'] },
  { endpoint: 'getCollection',       methods: ['GET'],         path: ['rest', 'v1', 'companies.json'] },
  { endpoint: 'getStaticLists',      methods: ['GET'],         path: ['rest', 'asset', 'v1', 'staticLists.json'] },
  { endpoint: 'getSmartCampaigns',   methods: ['GET'],         path: ['rest', 'asset', 'v1', 'smartCampaigns.json'] },
  { endpoint: 'getEmails',           methods: ['GET'],         path: ['rest', 'asset', 'v1', 'emails.json'] },
  { endpoint: 'getLandingPages',     methods: ['GET'],         path: ['rest', 'asset', 'v1', 'landingPages.json'] },
  { endpoint: 'getPrograms',         methods: ['GET'],         path: ['rest', 'asset', 'v1', 'programs.json'] },
  { endpoint: 'getSegmentations',    methods: ['GET'],         path: ['rest', 'asset', 'v1', 'segmentation.json'] },
  { endpoint: 'getSegments',         methods: ['GET'],         path: ['rest', 'asset', 'v1', 'segmentation', null, 'segments.json'] },
  { endpoint: 'describeLeads',       methods: ['GET'],         path: ['rest', 'v1', 'leads', 'describe2.json'] },
  { endpoint: 'describeLeadNames',   methods: ['GET'],         path: ['rest', 'v1', 'leads', 'describe.json'] },
  { endpoint: 'createLeadFields',    methods: ['POST'],        path: ['rest', 'v1', 'leads', 'schema', 'fields.json'] },
  { endpoint: 'getCustomActivityTypes', methods: ['GET'],      path: ['rest', 'v1', 'activities', 'external', 'types.json'] },
  { endpoint: 'describeActivityType', methods: ['GET'],        path: ['rest', 'v1', 'activities', 'external', 'type', null, 'describe.json'] },
  { endpoint: 'createActivityType',  methods: ['POST'],        path: ['rest', 'v1', 'activities', 'external', 'type.json'] },
  { endpoint: 'createActivityAttributes', methods: ['POST'],   path: ['rest', 'v1', 'activities', 'external', 'type', null, 'attributes', 'create.json'] },
  { endpoint: 'approveActivityType', methods: ['POST'],        path: ['rest', 'v1', 'activities', 'external', 'type', null, 'approve.json'] },
  { endpoint: 'getChannels',         methods: ['GET'],         path: ['rest', 'asset', 'v1', 'channels.json'] },
  { endpoint: 'getDeletedLeads',     methods: ['GET'],         path: ['rest', 'v1', 'activities', 'deletedleads.json'] },
  { endpoint: 'exportLeads',         methods: ['POST'],        path: ['bulk', 'v1', 'leads', 'export', 'create.json'] },
  { endpoint: 'exportLeadsEnqueue',  methods: ['POST'],        path: ['bulk', 'v1', 'leads', 'export', null, 'enqueue.json'] },
  { endpoint: 'exportLeadsStatus',   methods: ['GET'],         path: ['bulk', 'v1', 'leads', 'export', null, 'status.json'] },
  { endpoint: 'exportLeadsFile',     methods: ['GET'],         path: ['bulk', 'v1', 'leads', 'export', null, 'file.json'] }
]

// biome-ignore format: table
const ingestion: ReadonlyArray<Row> = [
  { endpoint: 'ingestPersons',       methods: ['POST'],        path: ['subscriptions', null, 'persons'] }
]

/** Where a request goes: an endpoint, or the code that says why it goes nowhere. @internal */
export interface Route {
  readonly endpoint: SimulatedEndpoint
  readonly refusal: '605' | '610' | null
}

const isAt = (row: Row, path: ReadonlyArray<string>): boolean =>
  row.path.length === path.length && row.path.every((part, i) => part === null || part === path[i])

/** `_method` in the URL stands for the verb of a read that was too long for a GET. */
const verbOf = ({ method, query }: Wire): string =>
  method === 'POST' && query.some(([name, value]) => name === '_method' && value === 'GET') ? 'GET' : method

/** The endpoint that a request is for. @internal */
export const routeOf = (wire: Wire): Route => {
  if (wire.host === 'beacon') return { endpoint: 'visitWebPage', refusal: null }
  const here = (wire.host === 'ingestion' ? ingestion : rows).filter((row) => isAt(row, wire.path))
  if (here.length === 0) return { endpoint: 'other', refusal: '610' }
  const row = here.find(({ methods }) => methods.includes(verbOf(wire)))
  return row === undefined ? { endpoint: 'other', refusal: '605' } : { endpoint: row.endpoint, refusal: null }
}
