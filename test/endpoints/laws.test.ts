/**
 * The laws that every endpoint keeps, tried on sound intents and on intents whose every text is hostile.
 *
 * @module
 */
import * as fc from 'fast-check'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { describe, expect, it } from 'vitest'
import { toCurl } from '../../src/adapters/fetch/to-curl.js'
import { toFetch } from '../../src/adapters/fetch/to-fetch.js'
import {
  describeActivityTypes,
  describeAddToList,
  describeChangeProgramStatus,
  describeCreateList,
  describeDeleteLeads,
  describeDeleteProgramMembers,
  describeEnqueueExport,
  describeExportActivities,
  describeExportFile,
  describeExportStatus,
  describeFindList,
  describeGetActivities,
  describeGetCampaigns,
  describeGetEmail,
  describeGetLeads,
  describeGetProgram,
  describeIdentityToken,
  describeImportFailures,
  describeImportLeads,
  describeImportStatus,
  describeImportWarnings,
  describeIngestPersons,
  describeListMembership,
  describeMergeLeads,
  describePagingToken,
  describeRemoveFromList,
  describeRequestCampaign,
  describeSteps,
  describeSyncLeadSoap,
  describeSyncProgramStatus,
  describeVisitWebPage,
  interpretActivitiesFile,
  interpretActivityTypes,
  interpretAddCustomActivities,
  interpretAssociateLead,
  interpretExportJob,
  interpretGetActivities,
  interpretGetCampaigns,
  interpretGetEmail,
  interpretGetLeads,
  interpretIdentityToken,
  interpretImportLeads,
  interpretImportRows,
  interpretImportStatus,
  interpretIngestPersons,
  interpretPagingToken,
  interpretSubmitForm,
  interpretSyncLeadSoap,
  interpretSyncLeads,
  interpretVisitWebPage
} from '../../src/endpoints/index.js'
import { isNonEmpty } from '../../src/ground/these.js'
import type { Call, HttpRequest } from '../../src/intent/descriptor.js'
import type { KeyedIntent } from '../../src/intent/intent.js'
import type { LeadKey } from '../../src/intent/lead-key.js'
import type { MunchkinId } from '../../src/marketo/munchkin-id.js'
import { anyText, fieldName, finite, keyedIntent, leadKey, munchkinId } from '../arbitraries/intents.js'
import { batchOf, callsOf, frozen, hyg } from './reading.js'

const hostileKey: fc.Arbitrary<LeadKey> = fc.record({ lookupField: anyText, value: fc.oneof(anyText, finite) })
const hostileFields = fc
  .array(fc.tuple(fieldName, fc.oneof(anyText, finite, fc.constant(Number.NaN))), { maxLength: 3 })
  .map((entries) => Object.fromEntries(entries))
const hostileVisitor = fc.oneof(
  fc.constant({ _tag: 'Derived' as const }),
  fc.record({ _tag: fc.constant('Cookie' as const), cookie: anyText }),
  anyText.map((token) => ({
    _tag: 'Cookie' as const,
    cookie: `id:561-HYG-937&token:_mch-${token}-1374552656411-90718`
  }))
)
const scalar = fc.oneof(anyText, finite, fc.boolean())

/** Intents as no mapping of ours makes them: any text wherever the type allows text, any number wherever it allows one. */
const hostileIntent: fc.Arbitrary<KeyedIntent> = fc.oneof(
  fc
    .record({
      _tag: fc.constant('UpsertLead' as const),
      munchkinId,
      lead: hostileKey,
      fields: hostileFields,
      action: fc.constantFrom('createOrUpdate' as const, 'updateOnly' as const),
      partitionName: fc.option(anyText)
    })
    .map((upsert) => ({ ...upsert, fields: { ...upsert.fields, [upsert.lead.lookupField]: upsert.lead.value } })),
  fc.record({
    _tag: fc.constant('AssociateCookie' as const),
    munchkinId: fc.constant(hyg),
    lead: hostileKey,
    visitor: hostileVisitor
  }),
  fc.record({
    _tag: fc.constant('AddCustomActivity' as const),
    munchkinId,
    lead: hostileKey,
    activityTypeId: fc.oneof(fc.integer(), finite),
    activityDate: anyText,
    primaryAttributeValue: anyText,
    attributes: fc.array(fc.record({ apiName: anyText, value: scalar }), { maxLength: 3 })
  }),
  fc.record({
    _tag: fc.constant('VisitPage' as const),
    munchkinId: fc.constant(hyg),
    lead: hostileKey,
    visitor: hostileVisitor,
    page: fc.record({
      origin: fc.option(
        fc.oneof(
          fc.constant('https://x.test'),
          anyText,
          anyText.map((text) => `https://${text}`)
        )
      ),
      path: anyText,
      params: anyText,
      fragment: anyText
    }),
    referrer: anyText,
    userAgent: fc.oneof(fc.constant('Mozilla/5.0'), anyText),
    ip: fc.option(anyText),
    at: fc.oneof(fc.nat(), finite)
  }),
  fc.record({
    _tag: fc.constant('SubmitForm' as const),
    munchkinId,
    lead: hostileKey,
    formId: fc.oneof(fc.nat(), finite),
    fields: hostileFields.map((fields) => ({ ...fields, email: 'a@x' })),
    cookie: fc.option(anyText),
    page: fc.option(fc.record({ url: anyText, params: anyText })),
    userAgent: fc.option(anyText),
    ip: fc.option(anyText)
  }),
  fc.record({
    _tag: fc.constant('SyncLeadOverSoap' as const),
    munchkinId,
    lead: hostileKey,
    email: fc.option(anyText),
    attributes: hostileFields,
    cookie: fc.option(anyText)
  })
)

const correlationId = (call: number): string => `test-${call}`

const anyBatch = batchOf(fc.oneof(keyedIntent, hostileIntent), 5)

/** What is said to programs and campaigns, and of leads that are to go, some of it in hostile words. */
const memberCalls = (munchkinId: MunchkinId): ReadonlyArray<Call<HttpRequest>> => {
  const text = '../../leads.json?x=1&y#z\r\n'
  const status = { munchkinId, programId: 7, leadId: 8, statusName: text }
  const request = { munchkinId, campaignId: 7, leadId: 8, tokens: [{ name: `{{my.${text}}}`, value: text }] }
  return [
    ...callsOf(describeSyncProgramStatus([status])),
    ...callsOf(describeChangeProgramStatus([status])),
    ...callsOf(describeDeleteProgramMembers([status])),
    ...callsOf(describeRequestCampaign([request])),
    ...callsOf(describeDeleteLeads([status]))
  ]
}

/** What is said to static lists, some of it by a hostile name. */
const listCalls = (munchkinId: MunchkinId): ReadonlyArray<Call<HttpRequest>> => {
  const members = [{ munchkinId, listId: 7, leadId: 8 }] as const
  const name = "../../leads.json?x=1&'y'#z"
  return [
    ...[describeAddToList, describeRemoveFromList, describeListMembership].flatMap((ask) => callsOf(ask(members))),
    ...callsOf(describeFindList([{ munchkinId, name }])),
    ...callsOf(describeCreateList([{ munchkinId, name, folder: { id: 12, type: 'Folder' } }]))
  ]
}

/** A name that would lead elsewhere. */
const jobText = "../../leads.json?x=1&'y'#z"

/** What is asked about what happened, some of it with hostile tokens and names of jobs. */
const readCalls = (munchkinId: MunchkinId): ReadonlyArray<Call<HttpRequest>> => {
  const text = jobText
  const assets = [
    { munchkinId, id: 7 },
    { munchkinId, id: 8 }
  ] as const
  return [
    ...callsOf(describePagingToken([{ munchkinId, since: 0 }])),
    ...callsOf(describeGetActivities([{ munchkinId, nextPageToken: text, activityTypeIds: [6, 7] }])),
    describeActivityTypes(munchkinId),
    ...callsOf(describeExportActivities([{ munchkinId, startAt: 0, endAt: 1_000, activityTypeIds: [6] }])),
    ...[describeEnqueueExport, describeExportStatus, describeExportFile].map((ask) => ask(munchkinId, text)),
    ...[describeGetEmail, describeGetProgram, describeGetCampaigns].flatMap((ask) => callsOf(ask(assets)))
  ]
}

/** Everything that a batch can be described as: its steps, its questions, its visits with addresses. */
const everyCall = (batch: ReadonlyNonEmptyArray<KeyedIntent>): ReadonlyArray<Call<HttpRequest>> => {
  const [visit, ...visits] = batch.flatMap((intent) => (intent._tag === 'VisitPage' ? [intent] : []))
  const [sync, ...syncs] = batch.flatMap((intent) => (intent._tag === 'SyncLeadOverSoap' ? [intent] : []))
  const upserts = batch.flatMap((intent) => (intent._tag === 'UpsertLead' ? [intent] : []))
  const soapOptions = { attrTypes: true, returnLead: true, workspace: 'EU & <more>' }
  return [
    ...callsOf(describeSteps(batch)),
    ...callsOf(describeGetLeads(batch)),
    ...(visit === undefined ? [] : callsOf(describeVisitWebPage([visit, ...visits], { forwardIp: true }))),
    ...(sync === undefined ? [] : callsOf(describeSyncLeadSoap([sync, ...syncs], soapOptions))),
    ...(isNonEmpty(upserts) ? callsOf(describeIngestPersons(upserts, { correlationId })) : []),
    ...(isNonEmpty(upserts) ? callsOf(describeImportLeads(upserts)) : []),
    ...[describeImportStatus, describeImportFailures, describeImportWarnings].map((ask) =>
      ask(batch[0].munchkinId, 1022)
    ),
    ...callsOf(describeMergeLeads([{ munchkinId: batch[0].munchkinId, winnerId: 7, loserIds: [8, 9] }])),
    ...listCalls(batch[0].munchkinId),
    ...memberCalls(batch[0].munchkinId),
    ...readCalls(batch[0].munchkinId),
    describeIdentityToken(batch[0].munchkinId)
  ]
}

/** What an endpoint's requests look like, whatever the event holds; `#` is a lead's number or an empty place for one. */
const shapes: Readonly<
  Record<
    string,
    { readonly host: string; readonly forms: ReadonlyArray<string>; readonly headers: ReadonlyArray<string> }
  >
> = {
  identityToken: { host: 'identity', forms: ['GET /identity/oauth/token ? grant_type'], headers: [] },
  syncLeads: { host: 'rest', forms: ['POST /rest/v1/leads.json ? '], headers: [] },
  getLeadsByFilter: {
    host: 'rest',
    forms: ['GET /rest/v1/leads.json ? filterType filterValues fields', 'POST /rest/v1/leads.json ? _method'],
    headers: []
  },
  addCustomActivities: { host: 'rest', forms: ['POST /rest/v1/activities/external.json ? '], headers: [] },
  associateLead: { host: 'rest', forms: ['POST /rest/v1/leads/#/associate.json ? cookie'], headers: [] },
  submitForm: { host: 'rest', forms: ['POST /rest/v1/leads/submitForm.json ? '], headers: [] },
  visitWebPage: {
    host: 'beacon',
    forms: [
      'GET /webevents/visitWebPage ? _mchNc _mchCn _mchId _mchTk _mchHo _mchPo _mchRu _mchPc _mchVr _mchHa _mchRe _mchQp'
    ],
    headers: ['User-Agent', 'X-Forwarded-For']
  },
  syncLeadOverSoap: { host: 'soap', forms: ['POST /soap/mktows/2_1 ? '], headers: ['SOAPAction'] },
  mergeLeads: { host: 'rest', forms: ['POST /rest/v1/leads/#/merge.json ? leadIds'], headers: [] },
  addToList: { host: 'rest', forms: ['POST /rest/v1/lists/#/leads.json ? '], headers: [] },
  removeFromList: { host: 'rest', forms: ['DELETE /rest/v1/lists/#/leads.json ? id'], headers: [] },
  listMembership: { host: 'rest', forms: ['GET /rest/v1/lists/#/leads/ismember.json ? id'], headers: [] },
  syncProgramStatus: { host: 'rest', forms: ['POST /rest/v1/programs/#/members/status.json ? '], headers: [] },
  changeProgramStatus: { host: 'rest', forms: ['POST /rest/v1/leads/programs/#/status.json ? '], headers: [] },
  deleteProgramMembers: { host: 'rest', forms: ['POST /rest/v1/programs/#/members/delete.json ? '], headers: [] },
  requestCampaign: { host: 'rest', forms: ['POST /rest/v1/campaigns/#/trigger.json ? '], headers: [] },
  deleteLeads: { host: 'rest', forms: ['POST /rest/v1/leads/delete.json ? '], headers: [] },
  findList: { host: 'rest', forms: ['GET /rest/asset/v1/staticList/byName.json ? name'], headers: [] },
  createList: { host: 'rest', forms: ['POST /rest/asset/v1/staticLists.json ? '], headers: [] },
  importLeads: {
    host: 'bulk',
    forms: [
      'POST /bulk/v1/leads.json ? format lookupField',
      'POST /bulk/v1/leads.json ? format lookupField partitionName'
    ],
    headers: []
  },
  importLeadsStatus: { host: 'bulk', forms: ['GET /bulk/v1/leads/batch/1022.json ? '], headers: [] },
  importLeadsFailures: { host: 'bulk', forms: ['GET /bulk/v1/leads/batch/#/failures.json ? '], headers: [] },
  importLeadsWarnings: { host: 'bulk', forms: ['GET /bulk/v1/leads/batch/#/warnings.json ? '], headers: [] },
  activityPagingToken: {
    host: 'rest',
    forms: ['GET /rest/v1/activities/pagingtoken.json ? sinceDatetime'],
    headers: []
  },
  getActivities: {
    host: 'rest',
    forms: ['GET /rest/v1/activities.json ? nextPageToken activityTypeIds batchSize'],
    headers: []
  },
  activityTypes: { host: 'rest', forms: ['GET /rest/v1/activities/types.json ? '], headers: [] },
  exportActivities: { host: 'bulk', forms: ['POST /bulk/v1/activities/export/create.json ? '], headers: [] },
  exportActivitiesEnqueue: {
    host: 'bulk',
    forms: [`POST /bulk/v1/activities/export/${jobText}/enqueue.json ? `],
    headers: []
  },
  exportActivitiesStatus: {
    host: 'bulk',
    forms: [`GET /bulk/v1/activities/export/${jobText}/status.json ? `],
    headers: []
  },
  exportActivitiesFile: {
    host: 'bulk',
    forms: [`GET /bulk/v1/activities/export/${jobText}/file.json ? `],
    headers: []
  },
  getEmail: {
    host: 'rest',
    forms: ['GET /rest/asset/v1/email/7.json ? ', 'GET /rest/asset/v1/email/8.json ? '],
    headers: []
  },
  getProgram: {
    host: 'rest',
    forms: ['GET /rest/asset/v1/program/7.json ? ', 'GET /rest/asset/v1/program/8.json ? '],
    headers: []
  },
  getCampaigns: { host: 'rest', forms: ['GET /rest/v1/campaigns.json ? id id batchSize'], headers: [] },
  ingestPersons: { host: 'ingestion', forms: ['POST /subscriptions/@/persons ? '], headers: ['X-Correlation-Id'] }
}

const formOf = ({ method, path, query, munchkinId }: HttpRequest): string => {
  const parts = path
    .map((part) => (/^([1-9]\d*)?$/.test(part) ? '/#' : `/${part === munchkinId ? '@' : part}`))
    .join('')
  return `${method} ${parts} ? ${query.map(([name]) => name).join(' ')}`
}

const credentials = {
  accessToken: 'TOKEN',
  clientId: 'ID',
  clientSecret: 'SECRET',
  soapUserId: 'USER',
  soapEncryptionKey: 'KEY',
  soapInstant: 1_714_557_600_000
}

/** Where each host lies, the others being REST. */
const domains: Readonly<Record<string, string>> = { beacon: 'mktoresp.com', soap: 'mktoapi.com' }

/** A call that can be sent: its empty places hold some number. */
const completed = ({ descriptor }: Call<HttpRequest>): HttpRequest => ({
  ...descriptor,
  path: descriptor.path.map((part) => (part === '' ? '7' : part))
})

describe('U3 nothing in an event', () => {
  it('U3 changes method, host, path, query names or header names', () => {
    fc.assert(
      fc.property(anyBatch, (batch) => {
        for (const { descriptor } of everyCall(batch)) {
          const shape = shapes[descriptor.endpoint]
          expect(shape?.forms).toContain(formOf(descriptor))
          expect(descriptor.host).toBe(shape?.host)
          for (const name of Object.keys(descriptor.headers)) expect(shape?.headers).toContain(name)
          expect(batch.map(({ munchkinId }) => munchkinId)).toContain(descriptor.munchkinId)
        }
      })
    )
  })

  it('U3 survives being sent: the URL parsed back has the described host, path and pairs', () => {
    fc.assert(
      fc.property(anyBatch, (batch) => {
        for (const call of everyCall(batch)) {
          const request = completed(call)
          const [text] = toFetch(credentials)(request)
          const url = new URL(text)
          const domain = domains[request.host] ?? 'mktorest.com'
          const host = `${request.munchkinId.toLowerCase()}.${domain}`
          expect(url.host).toBe(request.host === 'ingestion' ? 'mkto-ingestion-api.adobe.io' : host)
          expect(url.pathname.slice(1).split('/').map(decodeURIComponent)).toEqual(request.path)
          const own = [...url.searchParams].filter(([name]) => !name.startsWith('client_'))
          expect(own).toEqual(request.query)
          expect(url.hash + url.username + url.password + url.port).toBe('')
        }
      })
    )
  })

  it('U3 puts a line break into a header', () => {
    fc.assert(
      fc.property(anyBatch, (batch) => {
        for (const { descriptor } of everyCall(batch)) {
          for (const value of Object.values(descriptor.headers)) expect(value).toMatch(/^[\x20-\x7e\xa0-\xff]+$/)
        }
      })
    )
  })
})

describe('the purity laws', () => {
  it('P1 the same intents make the same calls', () => {
    fc.assert(
      fc.property(anyBatch, (batch) => {
        expect(everyCall(batch)).toEqual(everyCall(batch))
        expect(describeSteps(batch)).toEqual(describeSteps(structuredClone(batch)))
      })
    )
  })

  it('P2 intents, calls and answers stay as they were', () => {
    fc.assert(
      fc.property(anyBatch, (batch) => {
        const before = structuredClone(batch)
        const calls = everyCall(frozen(batch))
        for (const call of calls) toCurl(frozen(call).descriptor, call.slots)
        expect(batch).toEqual(before)
      })
    )
  })

  it('P3 any intents that the types allow are described, and nothing throws', () => {
    fc.assert(
      fc.property(anyBatch, (batch) => {
        expect(['Left', 'Right', 'Both']).toContain(describeSteps(batch)._tag)
        for (const call of everyCall(batch)) expect(toCurl(call.descriptor, call.slots)).toMatch(/^curl /)
      })
    )
  })

  it('P4 descriptions equal their JSON round trip', () => {
    fc.assert(
      fc.property(anyBatch, (batch) => {
        for (const whole of [describeSteps(batch), describeGetLeads(batch), everyCall(batch)]) {
          expect(JSON.parse(JSON.stringify(whole))).toStrictEqual(whole)
        }
      })
    )
  })

  it('P4 verdicts equal their JSON round trip, P1 and are the same each time, P2 and leave the answer as it was', () => {
    const member = fc.record(
      {
        id: fc.anything(),
        status: fc.anything(),
        reasons: fc.anything(),
        errors: fc.anything(),
        marketoGUID: fc.anything(),
        email: fc.anything()
      },
      { requiredKeys: [] }
    )
    const body = fc.oneof(
      fc.record({
        success: fc.constant(true),
        requestId: fc.anything(),
        warnings: fc.anything(),
        result: fc.array(fc.oneof(member, fc.anything()))
      }),
      fc.record({
        success: fc.boolean(),
        errors: fc.anything(),
        access_token: fc.anything(),
        expires_in: fc.anything()
      }),
      fc.anything()
    )
    const answer = fc.record({
      status: fc.oneof(fc.constant(200), fc.integer(), fc.double()),
      headers: fc.dictionary(fc.constantFrom('retry-after', 'x'), anyText),
      body: fc.oneof(
        body,
        body.map((u) => JSON.stringify(u)),
        anyText
      )
    })
    fc.assert(
      fc.property(batchOf(fc.record({ munchkinId, lead: leadKey }), 3), answer, (questions, one) => {
        const call = callsOf(describeGetLeads(questions))[0] ?? describeIdentityToken(hyg)
        const verdicts = () => [
          interpretSyncLeads(call, one),
          interpretAddCustomActivities(call, one),
          interpretSubmitForm(call, one),
          interpretAssociateLead(call, one),
          interpretVisitWebPage(call, one),
          interpretSyncLeadSoap(call, one),
          interpretGetLeads(call, one),
          interpretIngestPersons(call, one),
          interpretImportLeads(call, one),
          interpretImportRows(call, one),
          interpretImportStatus(call, one),
          interpretPagingToken(call, one),
          interpretGetActivities(call, one),
          interpretActivityTypes(call, one),
          interpretExportJob(call, one),
          interpretActivitiesFile(call, one),
          interpretGetEmail(call, one),
          interpretGetCampaigns(call, one),
          interpretIdentityToken(one)
        ]
        frozen(one)
        const first = verdicts()
        expect(JSON.parse(JSON.stringify(first))).toStrictEqual(first)
        expect(verdicts()).toEqual(first)
      })
    )
  })

  it('S3 no problem holds a value of an intent', () => {
    const secret = 'Zy9-private-value'
    const marked = hostileIntent.map(
      (intent): KeyedIntent =>
        JSON.parse(JSON.stringify(intent), (key, value: unknown) =>
          typeof value === 'string' && !['_tag', 'munchkinId', 'action', 'lookupField', 'cookie'].includes(key)
            ? `${value}${secret}`
            : value
        )
    )
    fc.assert(
      fc.property(batchOf(marked, 10), (batch) => {
        const described = describeSteps(batch)
        const problems = described._tag === 'Right' ? [] : described.left
        expect(JSON.stringify(problems)).not.toContain(secret)
      })
    )
  })
})
