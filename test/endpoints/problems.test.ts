/**
 * Every sentence that an endpoint can say of an intent which it cannot send: place, finding, mending.
 *
 * @module
 */
import { describe, expect, it } from 'vitest'
import { described, newDraft } from '../../src/endpoints/batch.js'
import {
  describeAddCustomActivities,
  describeAddToList,
  describeAssociateLead,
  describeChangeProgramStatus,
  describeCreateList,
  describeDeleteLeads,
  describeDeleteProgramMembers,
  describeExportActivities,
  describeExportLeads,
  describeFindList,
  describeGetActivities,
  describeGetCampaigns,
  describeGetDeletedLeads,
  describeGetEmail,
  describeGetLeadChanges,
  describeGetLeads,
  describeGetProgram,
  describeImportLeads,
  describeIngestPersons,
  describeListsOfLead,
  describeMergeLeads,
  describePagingToken,
  describeReadPage,
  describeRequestCampaign,
  describeSteps,
  describeSubmitForm,
  describeSyncCompanies,
  describeSyncCustomObjects,
  describeSyncLeadSoap,
  describeSyncLeads,
  describeVisitWebPage,
  fillSlots,
  type LeadChangesQuestion
} from '../../src/endpoints/index.js'
import { describeProblem } from '../../src/ground/problem.js'
import type { Described, HttpRequest } from '../../src/intent/descriptor.js'
import type {
  AddCustomActivity,
  AssociateCookie,
  Fields,
  SubmitForm,
  SyncCustomObject,
  SyncLeadOverSoap,
  UpsertLead,
  VisitPage
} from '../../src/intent/intent.js'
import { hyg, ok, onlyCall, problemsOf } from './reading.js'

const lead = { lookupField: 'email', value: 'a@x' }

const anUpsert: UpsertLead = {
  _tag: 'UpsertLead',
  munchkinId: hyg,
  lead,
  fields: { email: 'a@x' },
  action: 'updateOnly',
  partitionName: null
}
const upsert = (changes: Partial<UpsertLead>): Described<HttpRequest> =>
  describeSyncLeads([{ ...anUpsert, ...changes }])

const anActivity: AddCustomActivity = {
  _tag: 'AddCustomActivity',
  munchkinId: hyg,
  lead,
  activityTypeId: 100001,
  activityDate: '2024-05-01T10:00:00Z',
  primaryAttributeValue: 'p',
  attributes: []
}
const activity = (changes: Partial<AddCustomActivity>, leadId = 7): Described<HttpRequest> =>
  describeAddCustomActivities([{ intent: { ...anActivity, ...changes }, lead: { leadId } }])

const aCookie: AssociateCookie = { _tag: 'AssociateCookie', munchkinId: hyg, lead, visitor: { _tag: 'Derived' } }
const associate = (cookie: string): Described<HttpRequest> =>
  describeAssociateLead([{ intent: { ...aCookie, visitor: { _tag: 'Cookie', cookie } }, lead: { leadId: 7 } }])

const form = (changes: Partial<SubmitForm>): Described<HttpRequest> =>
  describeSubmitForm([
    {
      _tag: 'SubmitForm',
      munchkinId: hyg,
      lead,
      formId: 1,
      fields: { email: 'a@x' },
      cookie: null,
      page: null,
      userAgent: null,
      ip: null,
      ...changes
    }
  ])

const page = { origin: 'https://x.test', path: '/', params: '', fragment: '' }
const visit = (changes: Partial<VisitPage>): Described<HttpRequest> =>
  describeVisitWebPage(
    [
      {
        _tag: 'VisitPage',
        munchkinId: hyg,
        lead,
        visitor: { _tag: 'Derived' },
        page,
        referrer: '',
        userAgent: 'Mozilla/5.0',
        ip: null,
        at: 0,
        ...changes
      }
    ],
    { forwardIp: true }
  )

const ask = (value: string | number, lookupField = 'email'): Described<HttpRequest> =>
  describeGetLeads([{ munchkinId: hyg, lead: { lookupField, value } }])

const made = { ...anUpsert, action: 'createOrUpdate' } as const
const imported = (changes: Partial<UpsertLead>): Described<HttpRequest> =>
  describeImportLeads([{ ...made, ...changes }])
const ingested = (changes: Partial<UpsertLead>, correlationId = 'c'): Described<HttpRequest> =>
  describeIngestPersons([{ ...made, ...changes }], { correlationId: () => correlationId })

const soap = (changes: Partial<SyncLeadOverSoap>, workspace?: string): Described<HttpRequest> =>
  describeSyncLeadSoap(
    [{ _tag: 'SyncLeadOverSoap', munchkinId: hyg, lead, email: 'a@x', attributes: {}, cookie: null, ...changes }],
    workspace === undefined ? {} : { workspace }
  )

const changed = (changes: Partial<LeadChangesQuestion>): Described<HttpRequest> =>
  describeGetLeadChanges([{ munchkinId: hyg, nextPageToken: 't', fields: ['f'], leadIds: null, ...changes }])

const days = (count: number): Described<HttpRequest> =>
  describeExportActivities([{ munchkinId: hyg, startAt: 0, endAt: count * 86_400_000, activityTypeIds: [0] }])

const company = (fields: Fields, externalCompanyId = 'c'): Described<HttpRequest> =>
  describeSyncCompanies([{ _tag: 'SyncCompany', munchkinId: hyg, externalCompanyId, fields }])
const object = (changes: Partial<SyncCustomObject>): Described<HttpRequest> =>
  describeSyncCustomObjects([
    { _tag: 'SyncCustomObject', munchkinId: hyg, objectName: 'o', dedupeFields: ['k'], fields: { k: 1 }, ...changes }
  ])

const member = { munchkinId: hyg, programId: 7, listId: 7, campaignId: 7, leadId: 7, statusName: 's', tokens: [] }
const folder = { id: 0, type: 'Folder' } as const
const token = { name: '{{my.a}}', value: 'v' }

const huge = 'v'.repeat(1_000_001)
const foreign = 'id:123-ABC-456&token:_mch-example.com-1374552656411-90718'

describe('what an endpoint says of an intent that it cannot send', () => {
  it.each<[Described<HttpRequest>, string]>([
    [upsert({ fields: {} }), 'fields.email: is missing; every record carries the field that it is looked up by'],
    [
      upsert({ fields: { email: 'a@x', id: 7 } }),
      'fields.id: claims the same place as lead.lookupField; Marketo takes the number of a lead only as lookup field, and only with updateOnly'
    ],
    [
      upsert({ lead: { lookupField: 'id', value: 7 }, fields: { id: 7 }, action: 'createOrUpdate' }),
      'fields.id: claims the same place as action; Marketo takes the number of a lead only as lookup field, and only with updateOnly'
    ],
    [
      upsert({ lead: { lookupField: 'id', value: 0 }, fields: { id: 0 } }),
      'fields.id: found a number; a lead has a whole number above zero'
    ],
    [
      upsert({ fields: { email: 'a@x', title: Number.NaN } }),
      'fields.title: found a number that is not finite; send text, a finite number, a boolean or null'
    ],
    [
      upsert({ fields: { email: 'a@x', title: huge } }),
      '(whole value): found a record that alone fills more than one request; Marketo takes 1000000 bytes at once: shorten its values'
    ],
    [activity({}, 0), 'leadId: found a number; a lead has a whole number above zero'],
    [
      activity({ activityTypeId: 0.5 }),
      'activityTypeId: found a number; an activity type has a whole number above zero'
    ],
    [
      activity({ attributes: [{ apiName: 'a', value: Number.NaN }] }),
      'attributes[0].value: found a number that is not finite; send text, a finite number, a boolean or null'
    ],
    [
      activity({ attributes: [{ apiName: 'a', value: huge }] }),
      'attributes: found attributes of too many bytes; Marketo takes 65536 bytes of attributes: shorten or leave out some'
    ],
    [
      associate('x'),
      'visitor.cookie: found text; send the value of _mkto_trk as the browser has it, or leave it out to have one made from the lead key'
    ],
    [
      associate(foreign),
      'visitor.cookie: claims the same place as munchkinId; another Marketo instance set this cookie'
    ],
    [form({ fields: {} }), 'fields.email: is missing; Marketo finds the lead of a form by its email'],
    [form({ fields: { email: 7 } }), 'fields.email: found a number; send the email as text'],
    [form({ formId: 0 }), 'formId: found a number; a form has a whole number above zero'],
    [visit({ userAgent: '' }), "userAgent: is missing; send the visitor's user agent as context.userAgent"],
    [
      visit({ userAgent: '\n.' }),
      'userAgent: found text that no header can hold; send printable Latin-1 text on one line'
    ],
    [visit({ ip: 'x' }), 'ip: found text; send an IPv4 or IPv6 address'],
    [visit({ at: 0.5 }), 'at: found a number; send whole milliseconds'],
    [
      visit({ page: { ...page, origin: null } }),
      'page.origin: is missing; a beacon names the host of the page: send an absolute URL, or set an origin for pages'
    ],
    [
      visit({ page: { ...page, origin: 'file://' } }),
      'page.origin: found text; only pages of http and https can be visited'
    ],
    [visit({ referrer: '\ud83d' }), 'page: found text with half a surrogate pair; send well-formed text'],
    [
      visit({ referrer: huge }),
      "page: found an address too long for a URL; Marketo takes URLs of 8000 bytes: shorten the page's address or its referrer"
    ],
    [ask(''), 'lead.value: found empty text; a filter needs a value to look for'],
    [
      ask('a,b'),
      'lead.value: found text with a comma; Marketo separates filter values by commas: use a key without one'
    ],
    [ask('\ud83d'), 'lead.value: found text with half a surrogate pair; send well-formed text'],
    [ask(Number.NaN), 'lead.value: found a number that is not finite; send text or a finite number'],
    [
      ask(huge),
      'lead.value: found a value that alone fills more than one request; Marketo takes 1000000 bytes at once'
    ],
    [ask('a', ' '), 'lead.lookupField: found blank text; a filter needs a value to look for'],
    [
      describeSteps([{ _tag: 'StartInBrowser', munchkinId: hyg, options: {}, form: null }]),
      '_tag: kept back by rule (mode); this intent runs in a browser: describeInBrowser says how'
    ],
    [described(newDraft()), '(whole value): found an empty batch; describe one intent or more']
  ])('number %#', (made, line) => {
    expect(problemsOf(made).map(describeProblem)).toEqual([line])
  })

  const noNumber = 'has a whole number above zero'
  // biome-ignore format: table
  it.each<[Described<HttpRequest>, string]>([
    [imported({ action: 'updateOnly' }),                            'action: found updateOnly; an import makes the lead where there is none: use Sync Leads for an update only, or look up by id'],
    [imported({ lead: { lookupField: 'id', value: 7 }, fields: { id: 7 } }), 'fields.id: claims the same place as action; an import looked up by the number of a lead only updates: say updateOnly'],
    [imported({ fields: { email: 'a@x', id: 7 } }),                 'fields.id: claims the same place as lead.lookupField; the number of a lead is given by Marketo, and can be no more than the key'],
    [imported({ partitionName: '\ud83d' }),                         'partitionName: found text with half a surrogate pair; send well-formed text'],
    [imported({ fields: { email: 'a@x', 'a,b': 1 } }),              'fields["a,b"]: found a name that no column can have; name the field by its REST name: no blanks around, no comma, no quote, no line break'],
    [imported({ fields: { email: 'a@x', a: '\0' } }),               'fields.a: found text with the character number 0; send well-formed text: a file has no letters for the rest'],
    [ingested({ action: 'updateOnly' }),                            'action: found updateOnly; Data Ingestion makes the lead where there is none: use Sync Leads for an update only'],
    [ingested({ lead: { lookupField: 'phone', value: '1' } }),      'lead.lookupField: found a standard field; Data Ingestion looks up by email, id, some Salesforce ids and custom fields: use Sync Leads for others'],
    [ingested({ fields: { email: 'a@x', id: 7 } }),                 'fields.id: claims the same place as lead.lookupField; the number of a lead is given by Marketo, and can be no more than the key'],
    [ingested({}, ' '),                                             'correlationId: found text that no correlation id can be; give 1 to 255 characters of ASCII, without blanks around'],
    [soap({ email: null }),                                         'email: is missing; SOAP finds a lead by its email or by its Munchkin cookie: send one of them'],
    [soap({ attributes: { ' ': 'x' } }),                            'attributes[" "]: found blank text; an attribute has the SOAP name of a field'],
    [soap({ cookie: '\u0001' }),                                    'cookie: found text that XML has no room for; send text without control characters and half pairs'],
    [soap({}, '\u0001'),                                            'workspace: found text that XML has no room for; send text without control characters and half pairs'],
    [describeReadPage([{ munchkinId: hyg, endpoint: 'getLists', path: ['rest', '..'], query: [] }]), 'path[1]: found no part of a path; give decoded, well-formed text'],
    [describeReadPage([{ munchkinId: hyg, endpoint: 'getLists', path: ['rest'], query: [['a', huge]] }]), 'query: found a URL of too many bytes; Marketo takes 8000: ask for less'],
    [describePagingToken([{ munchkinId: hyg, since: Number.NaN }]), 'since: found no instant; give milliseconds since 1970, in the years 0000 to 9999'],
    [describeGetDeletedLeads([{ munchkinId: hyg, nextPageToken: '' }]), 'nextPageToken: found empty text; ask for a paging token first'],
    [describeGetActivities([{ munchkinId: hyg, nextPageToken: '', activityTypeIds: [1] }]), 'nextPageToken: found empty text; ask for a paging token first'],
    [describeGetActivities([{ munchkinId: hyg, nextPageToken: 't', activityTypeIds: [] }]), 'activityTypeIds: found an empty list; name the activity types that are wanted'],
    [describeGetActivities([{ munchkinId: hyg, nextPageToken: 't', activityTypeIds: Array(11).fill(1) }]), 'activityTypeIds: found a list of 11; Marketo takes 10 types at once: ask several times'],
    [describeGetActivities([{ munchkinId: hyg, nextPageToken: 't', activityTypeIds: [1, 0] }]), `activityTypeIds[1]: found a number; an activity type ${noNumber}`],
    [changed({ nextPageToken: ' ' }),                               'nextPageToken: is missing; ask Get Paging Token for one first'],
    [changed({ nextPageToken: '\ud83d' }),                          'nextPageToken: found text with half a surrogate pair; send the token as Marketo gave it'],
    [changed({ fields: [] }),                                       'fields: is missing; name the lead fields to watch'],
    [changed({ fields: ['f', 'a,b'] }),                             'fields[1]: found text with a comma; name one lead field at a time, by its REST name'],
    [changed({ leadIds: [] }),                                      'leadIds: found 0 leads; name 1 to 30 leads, or null for all'],
    [changed({ leadIds: Array(31).fill(7) }),                       'leadIds: found 31 leads; name 1 to 30 leads, or null for all'],
    [changed({ leadIds: [7, 0] }),                                  `leadIds[1]: found a number; a lead ${noNumber}`],
    [days(0),                                                       'endAt: found a window without length; end it behind its start'],
    [days(32),                                                      'endAt: found a window that is too long; Marketo takes 31 days at once: make several jobs'],
    [days(1e9),                                                     'endAt: found no instant; give milliseconds since 1970, in the years 0000 to 9999'],
    [days(1),                                                       `activityTypeIds[0]: found a number; an activity type ${noNumber}`],
    [describeExportLeads([{ munchkinId: hyg, startAt: 0, endAt: 1000, by: 'createdAt', fields: [] }]), 'fields: is missing; name the lead fields that the file shall hold'],
    [describeMergeLeads([{ munchkinId: hyg, winnerId: 0, loserIds: [7] }]), `winnerId: found a number; a lead ${noNumber}`],
    [describeMergeLeads([{ munchkinId: hyg, winnerId: 7, loserIds: [8, 0] }]), `loserIds[1]: found a number; a lead ${noNumber}`],
    [describeMergeLeads([{ munchkinId: hyg, winnerId: 7, loserIds: [] }]), 'loserIds[0]: is missing; name one lead or more to merge into the winner'],
    [describeMergeLeads([{ munchkinId: hyg, winnerId: 7, loserIds: [8, 7] }]), 'loserIds[1]: claims the same place as winnerId; no lead is merged with itself'],
    [describeDeleteLeads([{ ...member, leadId: 0 }]),               `leadId: found a number; a lead ${noNumber}`],
    [describeFindList([{ munchkinId: hyg, name: '' }]),             'name: found empty text; a static list has a name'],
    [describeFindList([{ munchkinId: hyg, name: 'a,b' }]),          'name: found text with a comma; Marketo takes no comma in the name of a static list'],
    [describeFindList([{ munchkinId: hyg, name: '\ud83d' }]),       'name: found text with half a surrogate pair; send well-formed text'],
    [describeFindList([{ munchkinId: hyg, name: huge }]),           'name: found text of too many bytes; Marketo takes 8000 bytes of URL: shorten the name'],
    [describeCreateList([{ munchkinId: hyg, name: 'n', folder }]),  `folder.id: found a number; a folder ${noNumber}`],
    [describeListsOfLead([{ munchkinId: hyg, leadId: 0, nextPageToken: null }]), `leadId: found a number; a lead ${noNumber}`],
    [describeAddToList([{ ...member, listId: 0 }]),                 `listId: found a number; a static list ${noNumber}`],
    [describeAddToList([{ ...member, leadId: 0 }]),                 `leadId: found a number; a lead ${noNumber}`],
    [describeChangeProgramStatus([{ ...member, programId: 0 }]),    `programId: found a number; a program ${noNumber}`],
    [describeChangeProgramStatus([{ ...member, statusName: ' ' }]), 'statusName: found blank text; name a status of the channel that the program has'],
    [describeDeleteProgramMembers([{ ...member, leadId: 0 }]),      `leadId: found a number; a lead ${noNumber}`],
    [describeRequestCampaign([{ ...member, campaignId: 0 }]),       `campaignId: found a number; a campaign ${noNumber}`],
    [describeRequestCampaign([{ ...member, leadId: 0 }]),           `leadId: found a number; a lead ${noNumber}`],
    [describeRequestCampaign([{ ...member, tokens: Array(101).fill(token) }]), 'tokens: found too many tokens; Marketo takes 100 in one call: leave some out'],
    [describeRequestCampaign([{ ...member, tokens: [token, token] }]), 'tokens[1].name: claims the same place as tokens[0].name; give each token one value'],
    [describeRequestCampaign([{ ...member, tokens: [{ name: 'a', value: '' }] }]), 'tokens[0].name: found another text; name it as in {{my.plan}}'],
    [describeGetEmail([{ munchkinId: hyg, id: 0 }]),                `id: found a number; an email ${noNumber}`],
    [describeGetProgram([{ munchkinId: hyg, id: 0 }]),              `id: found a number; a program ${noNumber}`],
    [describeGetCampaigns([{ munchkinId: hyg, id: 0 }]),            `id: found a number; a campaign ${noNumber}`],
    [company({}, ' '),                                              'externalCompanyId: found blank text; a company is known by a text'],
    [company({}),                                                   'fields.externalCompanyId: is missing; the record names its company'],
    [company({ externalCompanyId: 'd' }),                           'fields.externalCompanyId: claims the same place as externalCompanyId; name one company'],
    [company({ externalCompanyId: 'c', id: 7 }),                    'fields.id: found a number; Marketo numbers companies by itself'],
    [object({ objectName: '../o' }),                                'objectName: found another text; give the API name: letters, digits and _'],
    [object({ dedupeFields: [] }),                                  'dedupeFields: is missing; name the fields that tell records apart'],
    [object({ fields: { k: 1, marketoGUID: 'g' } }),                'fields.marketoGUID: found text; Marketo makes this id, and takes it in no record that may be new'],
    [object({ fields: {} }),                                        'fields.k: is missing; every record holds all fields that tell records apart']
  ])('of what leads are part of, and of reading: number %#', (described, line) => {
    expect(problemsOf(described).map(describeProblem)).toEqual([line])
    expect(problemsOf(described).map(({ weight }) => weight)).toEqual(['invalid'])
  })

  const call = onlyCall(describeAssociateLead([{ intent: aCookie, lead: { step: 0, pick: ['result', 0, 'id'] } }]))

  it('and of a slot that cannot be filled', () => {
    const untold =
      "the answer to call 0 should tell the lead's number at result[0].id: that lead was not found or not written"
    const said = (answers: Parameters<typeof fillSlots>[1], slots = call.slots) => {
      const filled = fillSlots({ ...call, slots }, answers)
      return filled._tag === 'Left' ? describeProblem(filled.left) : 'filled'
    }
    expect(said([])).toBe(`path[3]: is missing; ${untold}`)
    expect(said([ok({ result: [{ id: 'x' }] })])).toBe(`path[3]: found text; ${untold}`)
    expect(said([ok({ result: [{ id: 7 }] })])).toBe('filled')
    expect(said([ok({ result: [{ id: 7 }] })], [{ at: ['path', 0], step: 0, pick: ['result', 0, 'id'] }])).toBe(
      'path[0]: found no empty place; slots belong to the descriptor that they were described with'
    )
  })

  it('weighs each as the loss of the intent', () => {
    const weights = [
      upsert({ fields: {} }),
      activity({}, 0),
      associate('x'),
      form({ formId: 0 }),
      visit({ at: 0.5 }),
      ask('')
    ]
    expect(weights.flatMap(problemsOf).map(({ weight }) => weight)).toEqual(weights.map(() => 'invalid'))
  })
})
