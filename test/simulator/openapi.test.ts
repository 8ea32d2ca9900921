/**
 * Every answer that the simulator gives, held against Marketo's own OpenAPI files (trimmed to names, types and enums in
 * test/cases/openapi), plain, and once more with every closed object refusing members that it does not name.
 *
 * Where Marketo's traffic and its files differ the simulator speaks like the traffic: each such place is a row below, with how the file
 * is mended before judging. A row that no answer needs fails.
 *
 * @module
 */
import { readFileSync } from 'node:fs'
import Ajv, { type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import {
  describeActivityTypes,
  describeEnqueueExport,
  describeExportActivities,
  describeExportLeads,
  describeExportStatus,
  describeIdentityToken,
  describeImportLeads,
  describeImportStatus,
  describeIngestPersons
} from '../../src/endpoints/index.js'
import type { Call, HttpRequest } from '../../src/intent/descriptor.js'
import type { UpsertLead } from '../../src/intent/intent.js'
import type { FaultKind } from '../../src/simulator/options.js'
import { callsOf, hyg } from '../endpoints/reading.js'
import { Client, cookie } from './world.js'

interface Schema {
  readonly type?: string
  readonly format?: string
  readonly $ref?: string
  readonly required?: ReadonlyArray<string>
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly additionalProperties?: boolean
}
type Definitions = Readonly<Record<string, Schema>>

const read = (name: string): { readonly definitions: Definitions } =>
  JSON.parse(readFileSync(new URL(`../cases/openapi/${name}.json`, import.meta.url), 'utf8'))
const ingestion: Definitions = JSON.parse(
  readFileSync(new URL('../cases/openapi/data-ingestion.json', import.meta.url), 'utf8').replace(
    /#\/components\/schemas\//g,
    '#/definitions/'
  )
).components.schemas
const files: Definitions = { ...ingestion, ...read('mapi').definitions, ...read('identity').definitions }

interface Exception {
  readonly name: string
  readonly why: string
  readonly mend: (definitions: Definitions) => Definitions
}

const edit =
  (name: string, change: (schema: Schema) => Schema): Exception['mend'] =>
  (definitions) => ({ ...definitions, [name]: change(definitions[name] ?? {}) })

const lacking =
  (...names: ReadonlyArray<string>) =>
  (schema: Schema): Schema => ({ ...schema, required: (schema.required ?? []).filter((name) => !names.includes(name)) })

const having =
  (properties: Definitions) =>
  (schema: Schema): Schema => ({ ...schema, properties: { ...schema.properties, ...properties } })

const envelopes = [
  'ResponseOfListOperationOutputData',
  'ResponseOfProgramMemberStatus',
  'ResponseOfProgramMemberDelete',
  'ResponseOfChangeLeadProgramStatusOutputData',
  'ResponseOfCampaign',
  'ResponseOfLeadChange',
  'ResponseOfLead',
  'ResponseOfCustomActivity',
  'ResponseOfSubmitForm',
  'ResponseOfImportLeadResponse',
  'ResponseOfCompany',
  'ResponseOfCustomObject',
  'ResponseOfLists',
  'ResponseOfActivity',
  'ResponseOfActivityType',
  'ResponseOfExportResponse',
  'ResponseOfStaticList',
  'ResponseOfVoid',
  'ResponseOfLeadAttribute',
  'ResponseOfLeadAttribute2',
  'ResponseOfCreateLeadField',
  'ResponseOfCustomActivityType'
]

const everyEnvelope =
  (change: (schema: Schema) => Schema): Exception['mend'] =>
  (definitions) =>
    envelopes.reduce((mended, name) => edit(name, change)(mended), definitions)

const exceptions: ReadonlyArray<Exception> = [
  {
    name: 'ImportLeadResponse requires numOfLeadsProcessed',
    why: 'the answer to a file that was taken has none (Adobe "Bulk Lead Import")',
    mend: edit('ImportLeadResponse', lacking('numOfLeadsProcessed'))
  },
  {
    name: 'an envelope requires errors and warnings',
    why: 'real successes of the Lead Database leave them out (public traffic)',
    mend: everyEnvelope(lacking('errors', 'warnings'))
  },
  {
    name: 'an envelope requires a result',
    why: 'real failures have none (public traffic)',
    mend: everyEnvelope(lacking('result'))
  },
  {
    name: 'Lead has reason, and no reasons',
    why: 'a skipped lead carries a list of them (Adobe "Leads")',
    mend: edit('Lead', having({ reasons: { type: 'array', items: { $ref: '#/definitions/Reason' } } }))
  },
  {
    name: 'CustomActivity requires what was sent',
    why: 'a reply tells id, marketoGUID and status alone (Adobe "Activities")',
    mend: edit(
      'CustomActivity',
      lacking('activityDate', 'activityTypeId', 'attributes', 'leadId', 'primaryAttributeValue')
    )
  },
  {
    name: 'CustomActivity requires id and errors',
    why: 'a reply has one of them (Adobe "Activities")',
    mend: edit('CustomActivity', lacking('id', 'errors'))
  },
  {
    name: 'ProgramMemberStatusResponse knows no status created',
    why: 'a lead that was no member is made one (Adobe "Program Members")',
    mend: edit('ProgramMemberStatusResponse', having({ status: { type: 'string' } }))
  },
  {
    name: 'Attribute.value is an object',
    why: 'the page and all traffic have text, numbers and booleans',
    mend: edit('Attribute', having({ value: {} }))
  },
  {
    name: 'ProgramMemberStatusResponse requires a leadId',
    why: 'a skipped lead is told without it (Adobe "Program Members")',
    mend: edit('ProgramMemberStatusResponse', lacking('leadId'))
  },
  {
    name: 'ProgramMemberDeleteResponse requires a leadId',
    why: 'a skipped lead is told without it (Adobe "Program Members")',
    mend: edit('ProgramMemberDeleteResponse', lacking('leadId'))
  },
  {
    name: 'ActivityType requires a primary attribute',
    why: 'New Lead has none (public traffic)',
    mend: edit('ActivityType', lacking('primaryAttribute'))
  },
  {
    name: 'Campaign requires more than its id',
    why: 'the answer to a request tells nothing else (Adobe "Smart Campaigns")',
    mend: edit('Campaign', lacking('createdAt', 'name', 'type', 'updatedAt'))
  },
  {
    name: 'CompanyResponse requires more than a skipped record has',
    why: 'a skipped company has no number (Adobe "Companies")',
    mend: edit('CompanyResponse', lacking('id', 'reasons'))
  },
  {
    name: 'CustomObject requires an id and knows no status',
    why: 'a skipped record has none, and each has a status (Adobe "Custom Objects")',
    mend: (definitions) =>
      edit(
        'CustomObject',
        having({ status: { type: 'string' } })
      )(edit('CustomObject', lacking('marketoGUID'))(definitions))
  },
  {
    name: 'FormResponse requires an id',
    why: 'a skipped record has none (public traffic)',
    mend: edit('FormResponse', lacking('id'))
  }
]

/** Lead fields are the instance's own: a lead that was read takes any further member. */
const readFields: Definitions = { email: {}, createdAt: {}, updatedAt: {}, firstName: {} }

/** So do companies. */
const readCompany: Definitions = { externalCompanyId: {}, company: {} }

const ownFields: Readonly<Record<string, Definitions>> = { Lead: readFields, CompanyResponse: readCompany }

const closed = (definitions: Definitions): Definitions =>
  Object.fromEntries(
    Object.entries(definitions).map(([name, schema]) => [
      name,
      { ...having(ownFields[name] ?? {})(schema), additionalProperties: false }
    ])
  )

const mended = (but?: Exception): Definitions =>
  exceptions.filter((exception) => exception !== but).reduce((definitions, { mend }) => mend(definitions), files)

const judge = (definitions: Definitions): ((schema: string, body: unknown) => ReadonlyArray<string>) => {
  const ajv = new Ajv({ strict: false, allErrors: true, logger: false })
  addFormats(ajv)
  ajv.addSchema({ $id: 'spec', definitions })
  const compiled = new Map<string, ValidateFunction>()
  return (schema, body) => {
    const check = compiled.get(schema) ?? ajv.compile({ $ref: `spec#/definitions/${schema}` })
    compiled.set(schema, check)
    return check(body) ? [] : (check.errors ?? []).map((error) => `${error.instancePath} ${error.message}`)
  }
}

const ana = { email: 'ana@example.com' }
const upsert: UpsertLead = {
  _tag: 'UpsertLead',
  munchkinId: hyg,
  lead: { lookupField: 'email', value: ana.email },
  fields: ana,
  action: 'createOrUpdate',
  partitionName: null
}
const activity = {
  leadId: 1,
  activityDate: '2024-05-01T10:00:00Z',
  activityTypeId: 100_001,
  primaryAttributeValue: 'x'
}
const form = (leadFormFields: object) => ({ formId: 1001, input: [{ leadFormFields }] })
const filter = [
  ['filterType', 'email'],
  ['filterValues', 'ana@example.com']
] as const

const belonging = {
  lists: [
    { id: 1, name: 'Trial users', description: 'all of them', programName: 'Trial' },
    { id: 2, name: 'Churned' }
  ],
  programs: [{ id: 1, statuses: [{ name: 'Invited', step: 1 }] }],
  campaigns: [
    { id: 1, programId: 1, programName: 'Trial' },
    { id: 2, requestable: false }
  ],
  companies: [{ externalCompanyId: 'a', fields: { company: 'A' } }, { externalCompanyId: 'b' }],
  customObjects: [{ name: 'car_c', fields: ['vin'], dedupeFields: ['vin'] }]
}
const newField = { displayName: 'Tier', name: 'tier', dataType: 'string' }
const newAttribute = { apiName: 'days', name: 'Days', dataType: 'integer' }
const newType = {
  apiName: 'trial',
  name: 'Trial',
  triggerName: 'Trial',
  filterName: 'Trial',
  primaryAttribute: { apiName: 'plan', name: 'Plan', dataType: 'string' }
}
const invited = { statusName: 'Invited', input: [{ leadId: 1 }, { leadId: 9 }] }

/** What is asked, by name, with the schema of its answer. */
const answers = (): ReadonlyArray<readonly [name: string, schema: string, body: unknown]> => {
  const client = new Client({ callsPerWindow: 1000, exportMillis: 0, ...belonging }).signIn()
  const post = (path: string, json: object, query: ReadonlyArray<readonly [string, string]> = []): unknown =>
    client.rest('POST', path, { json, query })
  const failing = (kind: FaultKind): unknown =>
    new Client({ faults: [{ at: { call: 2 }, kind }] }).signIn().rest('POST', 'leads.json', { json: { input: [ana] } })
  const [lead, activities, submission] = ['ResponseOfLead', 'ResponseOfCustomActivity', 'ResponseOfSubmitForm']
  const bare = 'ResponseWithoutResult'
  const members = 'ResponseOfListOperationOutputData'
  const job = 'ResponseOfImportLeadResponse'
  const type = 'ResponseOfCustomActivityType'
  const [file] = callsOf(describeImportLeads([upsert]))
  const [persons] = callsOf(describeIngestPersons([upsert], { correlationId: String }))
  const [extract] = callsOf(
    describeExportActivities([{ munchkinId: hyg, startAt: 0, endAt: 1000, activityTypeIds: [] }])
  )
  const [leadExtract] = callsOf(
    describeExportLeads([{ munchkinId: hyg, startAt: 0, endAt: 1000, by: 'updatedAt', fields: ['id', 'email'] }])
  )
  const asked = (call: Call<HttpRequest> | undefined): unknown =>
    call === undefined ? undefined : JSON.parse(String(client.call(call)?.body))
  const unsigned = new Client()
  // biome-ignore format: table
  return [
    ['a token',                  'ResponseOfIdentity', JSON.parse(String(client.call(describeIdentityToken(hyg))?.body))],
    ['a lead made',              lead,       post('leads.json', { input: [ana] })],
    ['a lead updated',           lead,       post('leads.json', { input: [ana] })],
    ['leads skipped',            lead,       post('leads.json', { input: [{ ...ana, nobody: 1 }, { email: 'x' }] })],
    ['a sync refused',           lead,       post('leads.json', {})],
    ['leads found',              lead,       client.rest('GET', 'leads.json', { query: filter })],
    ['one page of them',         lead,       client.rest('GET', 'leads.json', { query: [...filter, ['batchSize', '1']] })],
    ['nobody found',             lead,       client.rest('GET', 'leads.json', { query: [['filterType', 'email'], ['filterValues', 'x']] })],
    ['a read refused',           lead,       client.rest('GET', 'leads.json', { query: [['filterType', 'nobody']] })],
    ['an activity added',        activities, post('activities/external.json', { input: [activity] })],
    ['an activity skipped',      activities, post('activities/external.json', { input: [{ ...activity, leadId: 9 }] })],
    ['activities refused',       activities, post('activities/external.json', {})],
    ['a form filled in',         submission, post('leads/submitForm.json', form(ana))],
    ['a form refused',           submission, post('leads/submitForm.json', form({ email: 'x' }))],
    ['a form of nobody',         submission, post('leads/submitForm.json', { formId: 9 })],
    ['a cookie associated',      bare,       post('leads/1/associate.json', {}, [['cookie', cookie]])],
    ['a cookie refused',         bare,       post('leads/1/associate.json', {}, [['cookie', 'x']])],
    ['leads on a list',          members,    post('lists/1/leads.json', { input: [{ id: 1 }, { id: 9 }] })],
    ['leads of a list',          members,    client.rest('GET', 'lists/1/leads/ismember.json', { query: [['id', '1'], ['id', '2']] })],
    ['leads off a list',         members,    client.rest('DELETE', 'lists/1/leads.json', { query: [['id', '1'], ['id', '1']] })],
    ['a list of nobody',         members,    post('lists/9/leads.json', { input: [{ id: 1 }] })],
    ['leads in a program',       'ResponseOfProgramMemberStatus', post('programs/1/members/status.json', invited)],
    ['leads there already',      'ResponseOfProgramMemberStatus', post('programs/1/members/status.json', invited)],
    ['leads moved on',           'ResponseOfChangeLeadProgramStatusOutputData', post('leads/programs/1/status.json', { status: 'Invited', input: [{ id: 1 }, { id: 9 }] })],
    ['leads out of a program',   'ResponseOfProgramMemberDelete', post('programs/1/members/delete.json', invited)],
    ['a program of nobody',      'ResponseOfProgramMemberStatus', post('programs/9/members/status.json', invited)],
    ['a campaign requested',     'ResponseOfCampaign', post('campaigns/1/trigger.json', { input: { leads: [{ id: 1 }] } })],
    ['a campaign of nobody',     'ResponseOfCampaign', post('campaigns/9/trigger.json', { input: { leads: [{ id: 1 }] } })],
    ['lists of a lead',          'ResponseOfLists', client.rest('GET', 'leads/1/listMembership.json', { query: [['batchSize', '1']] })],
    ['lists of nobody',          'ResponseOfLists', client.rest('GET', 'leads/9/listMembership.json')],
    ['companies',                'ResponseOfCompany', post('companies.json', { input: [{ externalCompanyId: 'a' }, { company: 'x' }] })],
    ['no companies',             'ResponseOfCompany', post('companies.json', {})],
    ['custom objects',           'ResponseOfCustomObject', post('customobjects/car_c.json', { input: [{ vin: 'x' }, {}] })],
    ['objects of nobody',        'ResponseOfCustomObject', post('customobjects/x.json', { input: [{ vin: 'x' }] })],
    ['a paging token',           'ResponseOfVoid', client.rest('GET', 'activities/pagingtoken.json', { query: [['sinceDatetime', '2024-05-01T10:00:00Z']] })],
    ['a page of activities',     'ResponseOfActivity', client.rest('GET', 'activities.json', { query: [['nextPageToken', 'from-1'], ['activityTypeIds', '12,13,24,25,104']] })],
    ['a page from nowhere',      'ResponseOfActivity', client.rest('GET', 'activities.json', { query: [['nextPageToken', 'x']] })],
    ['activity types',           'ResponseOfActivityType', asked(describeActivityTypes(hyg))],
    ['campaigns by number',      'ResponseOfCampaign', client.rest('GET', 'campaigns.json', { query: [['id', '1']] })],
    ['campaigns page by page',   'ResponseOfCampaign', client.rest('GET', 'campaigns.json', { query: [['batchSize', '1']] })],
    ['campaigns refused',        'ResponseOfCampaign', client.rest('GET', 'campaigns.json', { query: [['nextPageToken', 'x']] })],
    ['lists',                    'ResponseOfStaticList', client.rest('GET', 'lists.json', { query: [['batchSize', '1']] })],
    ['lists refused',            'ResponseOfStaticList', client.rest('GET', 'lists.json', { query: [['batchSize', 'x']] })],
    ['companies read',           'ResponseOfCompany', client.rest('GET', 'companies.json', { query: [['filterType', 'id'], ['filterValues', '1,2'], ['batchSize', '1']] })],
    ['an extract of leads made', 'ResponseOfExportResponse', asked(leadExtract)],
    ['an extract of leads refused', 'ResponseOfExportResponse', asked(describeEnqueueExport(hyg, 'export-9', 'leads'))],
    ['an extract of leads queued', 'ResponseOfExportResponse', asked(describeEnqueueExport(hyg, 'export-1', 'leads'))],
    ['an extract of leads done', 'ResponseOfExportResponse', asked(describeExportStatus(hyg, 'export-1', 'leads'))],
    ['an extract made',          'ResponseOfExportResponse', asked(extract)],
    ['an extract queued',        'ResponseOfExportResponse', asked(describeEnqueueExport(hyg, 'export-2'))],
    ['an extract done',          'ResponseOfExportResponse', asked(describeExportStatus(hyg, 'export-2'))],
    ['leads deleted',            lead,       post('leads/delete.json', { input: [{ id: 2 }, { id: 9 }] })],
    ['leads that were deleted',  'ResponseOfActivity', client.rest('GET', 'activities/deletedleads.json', { query: [['nextPageToken', 'from-1']] })],
    ['changes of leads',         'ResponseOfLeadChange', client.rest('GET', 'activities/leadchanges.json', { query: [['nextPageToken', 'since-0'], ['fields', 'email']] })],
    ['changes refused',          'ResponseOfLeadChange', client.rest('GET', 'activities/leadchanges.json', {})],
    ['a merge refused',          bare,       post('leads/1/merge.json', {})],
    ['fields under all their names', 'ResponseOfLeadAttribute', client.rest('GET', 'leads/describe.json')],
    ['fields by REST name',      'ResponseOfLeadAttribute2', client.rest('GET', 'leads/describe2.json')],
    ['fields made',              'ResponseOfCreateLeadField', post('leads/schema/fields.json', { input: [newField] })],
    ['fields there already',     'ResponseOfCreateLeadField', post('leads/schema/fields.json', { input: [newField] })],
    ['a type made',              type, post('activities/external/type.json', newType)],
    ['a type there already',     type, post('activities/external/type.json', newType)],
    ['attributes made',          type, post('activities/external/type/trial/attributes/create.json', { attributes: [newAttribute] })],
    ['a type approved',          type, post('activities/external/type/trial/approve.json', {})],
    ['a type without a draft',   type, post('activities/external/type/trial/approve.json', {})],
    ['a type described',         type, client.rest('GET', 'activities/external/type/trial/describe.json')],
    ['a type of nobody',         type, client.rest('GET', 'activities/external/type/nobody/describe.json')],
    ['types of the instance',    type, client.rest('GET', 'activities/external/types.json')],
    ['a path of nobody',         bare,       post('nothing.json', {})],
    ['a file taken',             job,        asked(file)],
    ['a job under way',          job,        asked(describeImportStatus(hyg, 1))],
    ['a job of nobody',          job,        asked(describeImportStatus(hyg, 9))],
    ['persons refused',          'ErrorResponse', persons && JSON.parse(String(unsigned.call(persons)?.body))],
    ['a transient failure',      lead,       failing('713')],
    ['a rate limit',             lead,       failing('606')],
    ['a record struck down',     lead,       failing('skip-record')]
  ]
}

/** What the files say against the answers that were given. */
const objections = (definitions: Definitions, given = answers()): ReadonlyArray<string> => {
  const check = judge(definitions)
  return given.flatMap(([name, schema, body]) => check(schema, body).map((says) => `${name}: ${says}`))
}

// Nothing is asked before a test runs: what a test file asks while it loads would be laid to every test by mutation testing.
describe('answers and the OpenAPI files', () => {
  it('each answer agrees with the files', () => {
    expect(answers().length).toBeGreaterThan(70)
    expect(objections(mended())).toEqual([])
  })

  it('each answer agrees, too, when no member may be there that the files do not name', () => {
    expect(objections(closed(mended()))).toEqual([])
  })
})

describe('the exceptions', () => {
  it('are each still needed, and say why', () => {
    const given = answers()
    const needless = exceptions.filter(
      (exception) => exception.why === '' || objections(closed(mended(exception)), given).length === 0
    )
    expect(needless.map(({ name }) => name)).toEqual([])
  })
})

describe('the judge can refuse', () => {
  const strict = judge(closed(mended()))
  // biome-ignore format: table
  it.each<[string, string, unknown]>([
    ['a code that is a number',     'ResponseOfLead',           { requestId: 'x', success: false, errors: [{ code: 1, message: '' }] }],
    ['no success',                  'ResponseOfLead',           { requestId: 'x' }],
    ['a misspelt member',           'ResponseOfLead',           { requestId: 'x', success: true, results: [] }],
    ['reasons for activities',      'ResponseOfCustomActivity', { requestId: 'x', success: true, result: [{ status: 'skipped', reasons: [] }] }],
    ['errors for leads',            'ResponseOfLead',           { requestId: 'x', success: true, result: [{ status: 'skipped', errors: [] }] }],
    ['a job that says no number',   'ResponseOfImportLeadResponse', { requestId: 'x', success: true, result: [{ status: 'Queued' }] }],
    ['a code that is a number, of persons', 'ErrorResponse',    { error_code: 4000801, message: '' }],
    ['a token of another type',     'ResponseOfIdentity',       { access_token: 'x', token_type: 'mac', expires_in: 1, scope: '' }]
  ])('%s', (_, schema, body) => {
    expect(strict(schema, body)).not.toEqual([])
  })
})
