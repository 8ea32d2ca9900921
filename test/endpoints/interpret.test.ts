import { describe, expect, it } from 'vitest'
import {
  describeIdentityToken,
  interpret,
  interpretAddCustomActivities,
  interpretAddToList,
  interpretAssociateLead,
  interpretChangeProgramStatus,
  interpretCreateLeadFields,
  interpretDeleteLeads,
  interpretDeleteProgramMembers,
  interpretGetLeads,
  interpretIdentityToken,
  interpretIngestPersons,
  interpretMergeLeads,
  interpretRemoveFromList,
  interpretRequestCampaign,
  interpretSubmitForm,
  interpretSyncCompanies,
  interpretSyncCustomObjects,
  interpretSyncLeadSoap,
  interpretSyncLeads,
  interpretSyncProgramStatus,
  interpretVisitWebPage
} from '../../src/endpoints/index.js'
import type { Call, EndpointName, HttpRequest } from '../../src/intent/descriptor.js'
import type { Answer } from '../../src/intent/outcome.js'
import { hyg, ok } from './reading.js'

const callTo = (endpoint: EndpointName): Call<HttpRequest> => {
  const call = describeIdentityToken(hyg)
  const query = [
    ['filterType', 'email'],
    ['filterValues', 'a@x']
  ] as const
  return { ...call, descriptor: { ...call.descriptor, endpoint, query }, intents: [4] }
}

const skipped = (code: string) =>
  ok({ success: true, result: [{ status: 'skipped', reasons: [{ code, message: '' }] }] })

/** Answers that the endpoints read differently: an activity's number, a form's own validation, a lookup's leads, a token. */
const answers: ReadonlyArray<Answer> = [
  ok({ success: true, result: [{ id: 7, status: 'added', marketoGUID: 'g' }] }),
  ok({ success: true }),
  ok({ success: false, errors: [{ code: '1003', message: 'Form validation failed' }] }),
  ok({ success: false, errors: [{ code: '702', message: 'No data found' }] }),
  ok({ success: true, result: [{ seq: 0, leadId: 7, status: 'created' }] }),
  skipped('1004'),
  skipped('1013'),
  ok({ access_token: 'abc:ab', expires_in: 3599 }),
  { status: 503, headers: {}, body: '<html>' }
]

describe('interpret', () => {
  it.each<[EndpointName, (call: Call<HttpRequest>, answer: Answer) => unknown]>([
    ['syncLeads', interpretSyncLeads],
    ['getLeadsByFilter', interpretGetLeads],
    ['addCustomActivities', interpretAddCustomActivities],
    ['associateLead', interpretAssociateLead],
    ['submitForm', interpretSubmitForm],
    ['visitWebPage', interpretVisitWebPage],
    ['syncLeadOverSoap', interpretSyncLeadSoap],
    ['mergeLeads', interpretMergeLeads],
    ['addToList', interpretAddToList],
    ['removeFromList', interpretRemoveFromList],
    ['syncProgramStatus', interpretSyncProgramStatus],
    ['changeProgramStatus', interpretChangeProgramStatus],
    ['deleteProgramMembers', interpretDeleteProgramMembers],
    ['requestCampaign', interpretRequestCampaign],
    ['deleteLeads', interpretDeleteLeads],
    ['syncCompanies', interpretSyncCompanies],
    ['syncCustomObjects', interpretSyncCustomObjects],
    ['createLeadFields', interpretCreateLeadFields],
    ['identityToken', (_, answer) => interpretIdentityToken(answer)]
  ])('reads an answer to %s as that endpoint does', (endpoint, own) => {
    for (const answer of answers) expect(interpret(callTo(endpoint), answer)).toEqual(own(callTo(endpoint), answer))
  })

  it('leaves open what will be done later, and tells a refusal as it is', () => {
    const call = callTo('ingestPersons')
    expect(interpret(call, { status: 202, headers: { 'x-request-id': 'r' }, body: '' })).toEqual({
      _tag: 'Accepted',
      requestId: 'r',
      warnings: [],
      outcomes: [{ _tag: 'Unanswered', intent: 4 }]
    })
    const job = ok({ success: true, result: [{ batchId: 1 }] })
    const none = { status: 404, headers: {}, body: '' }
    const file = { status: 206, headers: {}, body: 'leadId\n1\n' }
    // biome-ignore format: table
    const later = [
      ['importLeads',              job],
      ['importLeadsStatus',        job],
      ['importLeadsFailures',      none],
      ['importLeadsWarnings',      none],
      ['listMembership',           job],
      ['listsOfLead',              job],
      ['findList',                 job],
      ['createList',               job],
      ['createActivityType',       job],
      ['createActivityAttributes', job],
      ['approveActivityType',      job],
      ['getLeadChanges',           job],
      ['activityPagingToken',      job],
      ['getActivities',            job],
      ['activityTypes',            job],
      ['getEmail',                 job],
      ['getProgram',               job],
      ['getCampaigns',             job],
      ['getLists',                 job],
      ['getStaticLists',           job],
      ['getSmartCampaigns',        job],
      ['getEmails',                job],
      ['getLandingPages',          job],
      ['getPrograms',              job],
      ['getSegmentations',         job],
      ['getSegments',              job],
      ['getCollection',            job],
      ['getDeletedLeads',          job],
      ['describeLeads',            job],
      ['describeLeadNames',        job],
      ['getCustomActivityTypes',   job],
      ['describeActivityType',     job],
      ['getChannels',              job],
      ['exportActivities',         job],
      ['exportActivitiesEnqueue',  job],
      ['exportActivitiesStatus',   job],
      ['exportActivitiesFile',     file],
      ['exportLeads',              job],
      ['exportLeadsEnqueue',       job],
      ['exportLeadsStatus',        job],
      ['exportLeadsFile',          file]
    ] as const
    for (const [endpoint, answer] of later) {
      const open = { _tag: 'Accepted', requestId: null, warnings: [], outcomes: [{ _tag: 'Unanswered', intent: 4 }] }
      expect(interpret(callTo(endpoint), answer)).toEqual(open)
      const like = ok({ success: true, result: [{ id: 1, status: 'created', marketoGUID: 'g' }] })
      expect(interpret(callTo(endpoint), answer === job ? like : answer)).toEqual(open)
      const full = ok({ success: false, errors: [{ code: '1016', message: '' }] })
      expect(interpret(callTo(endpoint), full)).toMatchObject({ _tag: 'Refused', remedy: 'back-off' })
      const told = ok({ requestId: 'r', success: true, warnings: ['w'] })
      if (answer === job) {
        const warnings = [{ code: '', message: 'w' }]
        expect(interpret(callTo(endpoint), told)).toMatchObject({ _tag: 'Accepted', requestId: 'r', warnings })
      }
    }
    // A file of leads is no file of activities, and what is not there was not approved.
    const leads = { ...file, body: 'id\n1\n' }
    expect(interpret(callTo('exportActivitiesFile'), leads)).toMatchObject({ _tag: 'Refused' })
    expect(interpret(callTo('exportLeadsFile'), leads)).toMatchObject({ _tag: 'Accepted' })
    const nothing = ok({ success: false, errors: [{ code: '702', message: '' }] })
    expect(interpret(callTo('approveActivityType'), nothing)).not.toMatchObject({ remedy: 'accept' })
    expect(interpret(callTo('getLists'), nothing)).toMatchObject({ remedy: 'accept' })
    // A list of more leads than were asked about can be matched with none of them.
    const two = ok({ success: true, result: [{ id: 1 }, { id: 2 }] })
    expect(interpret(callTo('listMembership'), two)).toMatchObject({
      warnings: [{ message: expect.stringContaining('2 results') }]
    })
    const refused = { status: 429, headers: {}, body: { error_code: '4290801', message: 'Daily quota reached' } }
    expect(interpret(call, refused)).toEqual(interpretIngestPersons(call, refused))
  })

  it('so tells eight endpoints apart, but for those that answer alike', () => {
    const all: ReadonlyArray<EndpointName> = [
      'syncLeads',
      'getLeadsByFilter',
      'addCustomActivities',
      'associateLead',
      'submitForm',
      'visitWebPage',
      'syncLeadOverSoap',
      'identityToken'
    ]
    const readings = all.map((endpoint) => JSON.stringify(answers.map((answer) => interpret(callTo(endpoint), answer))))
    expect(new Set(readings).size).toBe(8)
  })
})
