/**
 * Every request that the arbitraries can make, held against Marketo's own OpenAPI files (trimmed to names, types and enums in
 * test/cases/openapi), plain, and once more with every closed object refusing members that it does not name.
 *
 * The files have defects. Each one that our requests meet is a row below: what it is, and how it is mended before judging. A row that
 * nothing needs any more fails.
 *
 * @module
 */
import { readFileSync } from 'node:fs'
import Ajv, { type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import * as fc from 'fast-check'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { describe, expect, it } from 'vitest'
import {
  describeActivityTypes,
  describeAddCustomActivities,
  describeAddToList,
  describeApproveActivityType,
  describeChangeProgramStatus,
  describeCreateActivityAttributes,
  describeCreateActivityType,
  describeCreateLeadFields,
  describeDeleteLeads,
  describeDeleteProgramMembers,
  describeEnqueueExport,
  describeExportActivities,
  describeExportFile,
  describeExportLeads,
  describeExportStatus,
  describeGetActivities,
  describeGetCampaigns,
  describeGetDeletedLeads,
  describeGetLeadChanges,
  describeGetLeads,
  describeIdentityToken,
  describeImportFailures,
  describeImportLeads,
  describeImportStatus,
  describeImportWarnings,
  describeListMembership,
  describeListsOfLead,
  describeMergeLeads,
  describePagingToken,
  describeReadPage,
  describeRemoveFromList,
  describeRequestCampaign,
  describeSteps,
  describeSyncCompanies,
  describeSyncCustomObjects,
  describeSyncProgramStatus,
  type ListMember,
  type ListsQuestion,
  leadFieldDataTypes
} from '../../src/endpoints/index.js'
import { requestUri } from '../../src/endpoints/request-uri.js'
import { isNonEmpty } from '../../src/ground/these.js'
import type { Call, HttpRequest } from '../../src/intent/descriptor.js'
import type { KeyedIntent } from '../../src/intent/intent.js'
import { activityDataTypes } from '../../src/marketo/activity-types.js'
import {
  addCustomActivity,
  campaignRequest,
  keyedIntent,
  leadId,
  leadMerge,
  listMember,
  programStatus,
  syncCompany,
  syncCustomObject,
  upsertLead
} from '../arbitraries/intents.js'
import { batchOf, callsOf, hyg, id } from './reading.js'

interface Schema {
  readonly type?: string
  readonly format?: string
  readonly $ref?: string
  readonly enum?: ReadonlyArray<string>
  readonly required?: ReadonlyArray<string>
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly additionalProperties?: boolean
}
interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'body' | 'formData'
  readonly required: boolean
  readonly schema?: Schema
}
interface Operation {
  readonly consumes: ReadonlyArray<string>
  readonly parameters: ReadonlyArray<Parameter>
}
interface Spec {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly definitions: Readonly<Record<string, Schema>>
}

const read = (name: string): Spec =>
  JSON.parse(readFileSync(new URL(`../cases/openapi/${name}.json`, import.meta.url), 'utf8'))
const mapi = read('mapi')
const identity = read('identity')
const paths = { ...mapi.paths, ...identity.paths }

const without = (names: ReadonlyArray<string>, drop: ReadonlyArray<string>) =>
  names.filter((name) => !drop.includes(name))

interface Exception {
  readonly name: string
  readonly why: string
  readonly mend: (definitions: Readonly<Record<string, Schema>>) => Readonly<Record<string, Schema>>
}

const edit =
  (name: string, change: (schema: Schema) => Schema): Exception['mend'] =>
  (definitions) => ({ ...definitions, [name]: change(definitions[name] ?? {}) })

const exceptions: ReadonlyArray<Exception> = [
  {
    name: 'CustomObject requires marketoGUID and seq, and types reasons',
    why: 'one schema serves requests and replies; all three are told by replies only (Adobe "Custom Objects")',
    mend: edit('CustomObject', (schema) => ({ ...schema, required: [], properties: {} }))
  },
  {
    name: 'Company types id and company',
    why: 'an id is of replies, and a field may be cleared with null (Adobe "Companies")',
    mend: edit('Company', (schema) => ({ ...schema, properties: {} }))
  },
  {
    name: 'CustomActivity requires id and errors',
    why: 'one schema serves requests and replies; both are told by replies only (Adobe "Activities")',
    mend: edit('CustomActivity', (schema) => ({
      ...schema,
      required: without(schema.required ?? [], ['id', 'errors'])
    }))
  },
  {
    name: 'Attribute requires name',
    why: 'the page takes apiName alone',
    mend: edit('Attribute', (schema) => ({ ...schema, required: without(schema.required ?? [], ['name']) }))
  },
  {
    name: 'Attribute.value is an object',
    why: 'the page and all traffic have text, numbers and booleans',
    mend: edit('Attribute', (schema) => ({ ...schema, properties: { ...schema.properties, value: {} } }))
  },
  {
    name: 'Lead types reason, membership and status',
    why: 'replies have them; in a request a custom field may bear such a name',
    mend: edit('Lead', (schema) => ({ ...schema, properties: { id: schema.properties?.id ?? {} } }))
  },
  {
    name: 'Lead.id is an int32',
    why: 'the same number is an int64 elsewhere in the file',
    mend: edit('Lead', (schema) => ({
      ...schema,
      properties: {
        ...schema.properties,
        ...(schema.properties?.id === undefined ? {} : { id: { type: 'integer' } })
      }
    }))
  }
]

/** Lead fields are the instance's own: these records take any further member. */
const open = ['Lead', 'LeadFormFields', 'Company', 'CustomObject']

const closed = (definitions: Readonly<Record<string, Schema>>): Readonly<Record<string, Schema>> =>
  Object.fromEntries(
    Object.entries(definitions).map(([name, schema]) => [
      name,
      open.includes(name) ? schema : { ...schema, additionalProperties: false }
    ])
  )

const mended = (without?: Exception): Readonly<Record<string, Schema>> =>
  exceptions
    .filter((exception) => exception !== without)
    .reduce((definitions, { mend }) => mend(definitions), mapi.definitions)

const judge = (definitions: Readonly<Record<string, Schema>>): ((ref: string) => ValidateFunction) => {
  const ajv = new Ajv({ strict: false, allErrors: true, logger: false })
  addFormats(ajv)
  ajv.addSchema({ $id: 'spec', definitions })
  const compiled = new Map<string, ValidateFunction>()
  return (ref) => {
    const known = compiled.get(ref)
    if (known !== undefined) return known
    const check = ajv.compile({ $ref: `spec${ref}` })
    compiled.set(ref, check)
    return check
  }
}

/** `{leadId}` stands for any part, `{batchId}.json` for one that ends so. */
const fits = (template: string, part: string): boolean =>
  template.startsWith('{') ? part.endsWith(template.split('}')[1] ?? '') : template === part

/** The path of the file that a request goes to, and the names and values of its parameters. */
const operationOf = (
  request: HttpRequest
): { readonly operation: Operation | undefined; readonly parts: ReadonlyArray<string> } => {
  const own = request.path
  const template = Object.keys(paths).find((path) => {
    const parts = path.slice(1).split('/')
    return parts.length === own.length && parts.every((part, i) => fits(part, own[i] ?? ''))
  })
  const parts = (template ?? '')
    .slice(1)
    .split('/')
    .flatMap((part, i) => {
      const [place, ending = ''] = part.split('}')
      const value = own[i] ?? ''
      return place?.startsWith('{') === true ? [value.slice(0, value.length - ending.length)] : []
    })
  // Get Leads may go as a POST with `_method=GET` (Adobe "Lead Database"); the file knows neither.
  const method = asGet(request) ? 'get' : request.method.toLowerCase()
  return { operation: template === undefined ? undefined : paths[template]?.[method], parts }
}

const asGet = ({ method, query }: HttpRequest): boolean =>
  method === 'POST' && query.some(([name, value]) => name === '_method' && value === 'GET')

/** All pairs of a request but those that the sender adds. */
const pairsOf = (request: HttpRequest): ReadonlyArray<readonly [string, string]> =>
  asGet(request) && request.body !== null && 'form' in request.body ? request.body.form : request.query

/** Endpoints whose path holds an API name. */
const byApiName: ReadonlyArray<string> = ['syncCustomObjects', 'createActivityAttributes', 'approveActivityType']

const bodilessDelete = 'DELETE of list members requires a body'

/** What is wrong with a request, by the files; `without` takes away an exception that no schema can tell. */
const faults = (
  request: HttpRequest,
  check: (ref: string) => ValidateFunction,
  without?: typeof bodilessDelete
): ReadonlyArray<string> => {
  const { operation, parts } = operationOf(request)
  if (operation === undefined) return [`no operation for ${request.method} ${requestUri({ ...request, query: [] })}`]
  const queries = operation.parameters.filter(({ in: place }) => place === 'query')
  const names = pairsOf(request).map(([name]) => name)
  const known = queries.map(({ name }) => name)
  const unknown = names.filter((name) => !known.includes(name)).map((name) => `unknown query name ${name}`)
  const credential = request.auth === 'client-credentials' ? ['client_id', 'client_secret'] : []
  const missing = queries
    .filter(({ name, required }) => required && ![...names, ...credential].includes(name))
    .map(({ name }) => `missing query ${name}`)
  const named = byApiName.includes(request.endpoint) ? /^\w+$/ : /^(|export-\d+|[1-9]\d*)$/
  const places = parts.filter((part) => !named.test(part)).map((part) => `odd path part ${part}`)
  const asked = operation.parameters.find(({ in: place }) => place === 'body')
  const mayLack = asked?.required === false || (without !== bodilessDelete && request.method === 'DELETE')
  const schema = request.body === null && mayLack ? undefined : asked?.schema
  const json = request.body !== null && 'json' in request.body ? request.body.json : undefined
  const wanted = operation.parameters.filter(({ in: place }) => place === 'formData').map(({ name }) => name)
  const sent = request.body !== null && 'multipart' in request.body ? request.body.multipart : []
  if (sent.map(({ name }) => name).join() !== wanted.join()) return ['other parts than the file names']
  if (schema?.$ref === undefined)
    return [...unknown, ...missing, ...places, ...(json === undefined ? [] : ['a body where none belongs'])]
  const validate = check(schema.$ref)
  const fine = validate(json)
  return [
    ...unknown,
    ...missing,
    ...places,
    ...(fine ? [] : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`))
  ]
}

/** An empty place is judged as the number that will stand there. */
const completed = (request: HttpRequest): HttpRequest => {
  const { body } = request
  if (body === null || !('json' in body)) return request
  const json = JSON.parse(JSON.stringify(body.json), (key, value: unknown) =>
    (key === 'leadId' || key === 'id') && value === null ? 7 : value
  )
  return { ...request, body: { json } }
}

/** An import of the upserts among some intents, and the questions about its job. */
const imports = (batch: ReadonlyArray<KeyedIntent>): ReadonlyArray<Call<HttpRequest>> => {
  const upserts = batch.flatMap((intent) => (intent._tag === 'UpsertLead' ? [intent] : []))
  const asked = [describeImportStatus, describeImportFailures, describeImportWarnings].map((ask) => ask(hyg, 1022))
  return [...(isNonEmpty(upserts) ? callsOf(describeImportLeads(upserts)) : []), ...asked]
}

const asked = (
  [first, ...rest]: ReadonlyNonEmptyArray<ListMember>,
  tokens: ReadonlyArray<string | null>
): ReadonlyNonEmptyArray<ListsQuestion> => [
  { ...first, nextPageToken: null },
  ...rest.map((member, i) => ({ ...member, nextPageToken: tokens[i % tokens.length] ?? null }))
]

const firstPage = [['batchSize', '300']] as const
const laterPage = [...firstPage, ['nextPageToken', 'AAA=']] as const

/** What is asked about what happened; extracts are named, not numbered. */
const reads: ReadonlyArray<Call<HttpRequest>> = [
  ...callsOf(describePagingToken([{ munchkinId: hyg, since: 1_714_557_600_000 }])),
  ...callsOf(describeGetActivities([{ munchkinId: hyg, nextPageToken: 'AAA=', activityTypeIds: [6, 100_001] }])),
  describeActivityTypes(hyg),
  ...[[], [6, 7]].flatMap((activityTypeIds) =>
    callsOf(describeExportActivities([{ munchkinId: hyg, startAt: 0, endAt: 86_400_000, activityTypeIds }]))
  ),
  ...(['activities', 'leads'] as const).flatMap((kind) =>
    [describeEnqueueExport, describeExportStatus, describeExportFile].map((ask) => ask(hyg, 'export-7', kind))
  ),
  describeExportFile(hyg, 'export-7', 'leads', 1000),
  ...(['createdAt', 'updatedAt'] as const).flatMap((by) =>
    callsOf(describeExportLeads([{ munchkinId: hyg, startAt: 0, endAt: 1000, by, fields: ['id', 'email'] }]))
  ),
  ...callsOf(describeGetDeletedLeads([{ munchkinId: hyg, nextPageToken: 'AAA=' }])),
  ...callsOf(
    describeReadPage([
      { munchkinId: hyg, endpoint: 'getLists', path: ['rest', 'v1', 'lists.json'], query: firstPage },
      { munchkinId: hyg, endpoint: 'getCampaigns', path: ['rest', 'v1', 'campaigns.json'], query: laterPage },
      {
        munchkinId: hyg,
        endpoint: 'getCollection',
        path: ['rest', 'v1', 'companies.json'],
        query: [['filterType', 'id'], ['filterValues', '1'], ...laterPage]
      }
    ])
  ),
  ...callsOf(
    describeGetCampaigns([
      { munchkinId: hyg, id: 7 },
      { munchkinId: hyg, id: 8 }
    ])
  )
]

const attribute = { apiName: 'orderId', name: 'Order Id', dataType: 'string' } as const
const activityType = { munchkinId: hyg, apiName: 'orderCompleted' } as const

/** What makes an instance fit settings. */
const schema: ReadonlyArray<Call<HttpRequest>> = [
  ...leadFieldDataTypes.flatMap((dataType) =>
    callsOf(describeCreateLeadFields([{ munchkinId: hyg, name: 'plan', displayName: 'Plan', dataType }]))
  ),
  ...callsOf(
    describeCreateActivityType([
      { ...activityType, name: 'Order', triggerName: 'Order', filterName: 'Order', primaryAttribute: attribute }
    ])
  ),
  ...activityDataTypes.flatMap((dataType) =>
    callsOf(describeCreateActivityAttributes([{ ...activityType, attributes: [{ ...attribute, dataType }] }]))
  ),
  ...callsOf(describeApproveActivityType([activityType]))
]

const requests = fc
  .tuple(
    batchOf(keyedIntent, 6),
    batchOf(leadMerge, 2),
    batchOf(listMember, 4),
    batchOf(programStatus, 4),
    batchOf(campaignRequest, 4),
    batchOf(syncCompany, 3),
    batchOf(syncCustomObject, 3)
  )
  .map(([batch, merges, members, statuses, campaigns, companies, objects]) =>
    [
      ...callsOf(describeSteps(batch)),
      ...callsOf(describeGetLeads(batch)),
      ...callsOf(describeMergeLeads(merges)),
      ...[describeAddToList, describeRemoveFromList, describeListMembership].flatMap((ask) => callsOf(ask(members))),
      ...[describeSyncProgramStatus, describeChangeProgramStatus].flatMap((ask) => callsOf(ask(statuses))),
      ...callsOf(describeDeleteProgramMembers(statuses)),
      ...callsOf(describeRequestCampaign(campaigns)),
      ...callsOf(describeDeleteLeads(members)),
      ...callsOf(describeListsOfLead(asked(members, [null, 'x']))),
      ...callsOf(describeSyncCompanies(companies)),
      ...callsOf(describeSyncCustomObjects(objects)),
      ...callsOf(
        describeGetLeadChanges([
          { munchkinId: hyg, nextPageToken: 'A=', fields: ['email'], leadIds: [members[0].leadId] }
        ])
      ),
      ...imports(batch),
      ...reads,
      ...schema,
      describeIdentityToken(hyg)
    ]
      .map(({ descriptor }) => completed(descriptor))
      // Assets have a file of their own, which is not here.
      .filter(({ host, endpoint }) => ['rest', 'identity', 'bulk'].includes(host) && endpoint !== 'findList')
  )
const upserts = upsertLead.map((upsert) => callsOf(describeSteps([upsert])).map(({ descriptor }) => descriptor))
const activities = fc
  .record({ intent: addCustomActivity, leadId })
  .map(({ intent, leadId }) =>
    callsOf(describeAddCustomActivities([{ intent, lead: { leadId } }])).map(({ descriptor }) => descriptor)
  )

const companies = syncCompany.map((one) =>
  callsOf(describeSyncCompanies([{ ...one, fields: { ...one.fields, company: null } }])).map(
    ({ descriptor }) => descriptor
  )
)
const objects = syncCustomObject.map((one) =>
  callsOf(describeSyncCustomObjects([one])).map(({ descriptor }) => descriptor)
)

describe('requests and the OpenAPI files', () => {
  const plain = judge(mended())
  const strict = judge(closed(mended()))

  it('agree on path, method, query names and body', () => {
    fc.assert(
      fc.property(requests, (all) => {
        for (const request of all) expect(faults(request, plain)).toEqual([])
      })
    )
  })

  it('agree, too, when no member may be there that the files do not name', () => {
    fc.assert(
      fc.property(requests, (all) => {
        for (const request of all) expect(faults(request, strict)).toEqual([])
      })
    )
  })

  it('agree on the content type: JSON, a file, or a form where a GET goes as a POST', () => {
    fc.assert(
      fc.property(requests, (all) => {
        for (const request of all) {
          const { body } = request
          if (body === null) continue
          const files = 'multipart' in body
          expect(operationOf(request).operation?.consumes).toEqual([files ? 'multipart/form-data' : 'application/json'])
          if (files) continue
          if ('text' in body) expect(body).toEqual({ text: '', type: 'application/json' })
          else expect('form' in body).toBe(asGet(request))
        }
      })
    )
  })

  it.each(exceptions.map((exception) => [exception.name, exception] as const))(
    'the exception "%s" is still needed',
    (_, exception) => {
      const check = judge(mended(exception))
      const samples = [upserts, activities, companies, objects]
        .flatMap((made) => fc.sample(made, { numRuns: 400, seed: 7 }))
        .flat()
      expect(samples.some((request) => faults(request, check).length > 0)).toBe(true)
    }
  )

  it.each(exceptions)('the exception "$name" says why', ({ why }) => {
    expect(why).not.toBe('')
  })

  it(`the exception "${bodilessDelete}", where its query does, is still needed`, () => {
    const [removal] = callsOf(describeRemoveFromList([{ munchkinId: hyg, listId: 1, leadId: 2 }]))
    const check = judge(mended())
    expect(removal && faults(removal.descriptor, check)).toEqual([])
    expect(removal && faults(removal.descriptor, check, bodilessDelete)).not.toEqual([])
  })

  it('the exception that `_method` is a query name unknown to the files is still needed', () => {
    for (const operation of Object.values(paths['/rest/v1/leads.json'] ?? {})) {
      expect(operation.parameters.map(({ name }) => name)).not.toContain('_method')
    }
  })
})

describe('the judge can refuse', () => {
  const strict = judge(closed(mended()))
  const [call] = callsOf(
    describeSteps([
      {
        _tag: 'UpsertLead',
        munchkinId: id('561-HYG-937'),
        lead: { lookupField: 'email', value: 'a@x' },
        fields: { email: 'a@x' },
        action: 'createOrUpdate',
        partitionName: null
      }
    ])
  )
  const request = call?.descriptor
  const changed = (changes: Partial<HttpRequest>): HttpRequest => ({
    ...describeIdentityToken(hyg).descriptor,
    ...request,
    ...changes
  })
  const body = (json: Record<string, string | ReadonlyArray<string>>): Partial<HttpRequest> => ({ body: { json } })

  it.each<[string, Partial<HttpRequest>]>([
    ['a wrong action', body({ action: 'upsert', lookupField: 'email', input: [] })],
    ['a misspelt member', body({ actoin: 'createOrUpdate', input: [] })],
    ['no input', body({ action: 'createOrUpdate' })],
    ['text for a lead', body({ input: ['x'] })],
    ['no body', { body: null }],
    ['a path of nobody', { path: ['rest', 'v1', 'lead.json'] }],
    ['a wrong method', { method: 'DELETE' }],
    ['a query name of nobody', { query: [['x', 'y']] }],
    ['a GET without its filter', { method: 'GET', body: null }],
    ['an import without its file', { path: ['bulk', 'v1', 'leads.json'], query: [['format', 'csv']], body: null }],
    [
      'a page of an unknown name',
      { method: 'GET', path: ['rest', 'v1', 'lists.json'], query: [['page', '1']], body: null }
    ],
    [
      'an extract without a filter',
      { ...body({ fields: ['id'] }), path: ['bulk', 'v1', 'leads', 'export', 'create.json'] }
    ],
    ['a job of no number', { path: ['bulk', 'v1', 'leads', 'batch', 'x.json'], method: 'GET', body: null }]
  ])('%s', (_, changes) => {
    expect(faults(changed({}), strict)).toEqual([])
    expect(faults(changed(changes), strict)).not.toEqual([])
  })
})
