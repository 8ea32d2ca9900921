/**
 * Intents, sound ones and hostile ones. Sound: each can be written into a request. Hostile: the values are whatever an event can hold.
 *
 * @module
 */
import * as fc from 'fast-check'
import type { ListMember } from '../../src/endpoints/list-members.js'
import type { LeadMerge } from '../../src/endpoints/merge-leads.js'
import type { ProgramStatus } from '../../src/endpoints/program-members.js'
import type { CampaignRequest } from '../../src/endpoints/request-campaign.js'
import type {
  AddCustomActivity,
  AddToList,
  AddToScore,
  AssociateCookie,
  AssociateLeadInBrowser,
  DeleteLead,
  Fields,
  FieldValue,
  KeyedIntent,
  LeaveLists,
  LeaveProgram,
  ListRef,
  RecordIntent,
  RemoveFromList,
  RequestCampaign,
  ServerIntent,
  SetProgramStatus,
  StartInBrowser,
  SubmitForm,
  SubmitFormInBrowser,
  SyncCompany,
  SyncCustomObject,
  SyncLeadOverSoap,
  UpsertLead,
  VisitPage,
  VisitPageInBrowser
} from '../../src/intent/intent.js'
import type { LeadKey } from '../../src/intent/lead-key.js'
import { isMunchkinId, type MunchkinId } from '../../src/marketo/munchkin-id.js'
import { knownToken, munchkinIdText } from './munchkin.js'

/** An instance; now and then one of two, so that batches meet. */
export const munchkinId: fc.Arbitrary<MunchkinId> = fc
  .oneof({ weight: 4, arbitrary: fc.constantFrom('561-HYG-937', '123-ABC-456') }, munchkinIdText)
  .filter((text): text is MunchkinId => isMunchkinId(text))

/** What a URL, a header, a body or a shell could stumble over. */
export const trap = fc.constantFrom(
  '../../identity/oauth/token',
  '..',
  '.',
  '//evil.test/x',
  'https://evil.test',
  '?a=b&c=d#e',
  '&cookie=x',
  'a,b',
  '%2e%2e%2f',
  '%00',
  '\u0000',
  '\r\nHost: evil.test',
  "'; touch /tmp/owned; echo '",
  '$(touch /tmp/owned)',
  '`touch /tmp/owned`',
  '$MARKETO_TOKEN',
  '"$HOME"',
  '\\',
  '!!',
  '@/etc/passwd',
  '{leadId}',
  '9007199254740991',
  '__proto__',
  'constructor',
  '\ud83d',
  '\udc00x',
  'caf\u00e9 \ud83d\ude00',
  '\u2028',
  '',
  ' '
)

/** Any text, long, short, ill-formed, hostile. */
export const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.string({ maxLength: 20 }), trap)

/** Text that a URL can carry. */
export const wellFormedText = fc
  .oneof(fc.string({ unit: 'grapheme', maxLength: 20 }), trap)
  .map((text) => text.replace(/[\ud800-\udfff]/gu, '\ufffd'))

/** A value of a filter: something in it, no comma, every surrogate with its half. */
export const filterText = wellFormedText.map((text) => text.replace(/,/g, '')).filter((text) => text.trim() !== '')

/** A finite number; negative zero too. */
export const finite = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.maxSafeInteger(),
  fc.constant(-0)
)

/** What a lead field can take. */
export const fieldValue: fc.Arbitrary<FieldValue> = fc.oneof(anyText, finite, fc.boolean(), fc.constant(null))

/** A lead field's name: Marketo's, a custom one, a name that is something else elsewhere, or any text at all; never `id`. */
export const fieldName = fc
  .oneof(
    fc.constantFrom('firstName', 'lastName', 'dateOfBirth', 'leadScore', 'planName__c'),
    fc.constantFrom('status', 'reason', 'membership', '__proto__', 'constructor', 'toString'),
    anyText
  )
  .filter((name) => name !== 'id')

/** Lead fields, own members all of them. */
export const fields: fc.Arbitrary<Fields> = fc
  .uniqueArray(fc.tuple(fieldName, fieldValue), { maxLength: 6, selector: ([name]) => name })
  .map((entries) => Object.fromEntries(entries))

/** An email, as plain as most are or as odd as the standard allows. */
export const email = fc.oneof(fc.emailAddress(), fc.constantFrom('ana@example.com', "o'brien+x@example.com"))

/** A lead's number; beyond 32 bits too, as Adobe's own types are. */
export const leadId = fc.oneof(
  fc.integer({ min: 1, max: 1_000_000 }),
  fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER })
)

/** Leads to be merged into another. */
export const leadMerge: fc.Arbitrary<LeadMerge> = fc
  .record({ munchkinId, winnerId: leadId, loserIds: fc.array(leadId, { minLength: 1, maxLength: 60 }) })
  .filter(({ winnerId, loserIds }) => !loserIds.includes(winnerId))

/** A lead and a static list, few enough that both meet again. */
export const listMember: fc.Arbitrary<ListMember> = fc.record({
  munchkinId,
  listId: fc.oneof(fc.integer({ min: 1, max: 3 }), leadId),
  leadId: fc.oneof(fc.integer({ min: 1, max: 5 }), leadId)
})

/** A lead and its status in a program, few enough that they meet again. */
export const programStatus: fc.Arbitrary<ProgramStatus> = fc.record({
  munchkinId,
  programId: fc.oneof(fc.integer({ min: 1, max: 2 }), leadId),
  leadId: fc.oneof(fc.integer({ min: 1, max: 3 }), leadId),
  statusName: fc.oneof(
    fc.constantFrom('Registered', 'Attended'),
    anyText.filter((text) => text.trim() !== '')
  )
})

const campaignToken = fc.record({
  name: fc.oneof(
    fc.constantFrom('{{my.plan}}', '{{my.seats}}'),
    anyText.map((text) => `{{my.x${text.replace(/[{}]/g, '')}}}`)
  ),
  value: anyText
})

const campaignTokens = fc.oneof(
  fc.constant([]),
  fc.constant([{ name: '{{my.plan}}', value: 'Pro' }]),
  fc.uniqueArray(campaignToken, { maxLength: 4, selector: ({ name }) => name })
)

/** A lead and a campaign, with tokens that are often equal. */
export const campaignRequest: fc.Arbitrary<CampaignRequest> = fc.record({
  munchkinId,
  campaignId: fc.integer({ min: 1, max: 2 }),
  leadId: fc.oneof(fc.integer({ min: 1, max: 5 }), leadId),
  tokens: campaignTokens
})

/** A lead addressed by a field. */
export const fieldKey: fc.Arbitrary<LeadKey> = fc.oneof(
  email.map((value) => ({ lookupField: 'email', value })),
  fc
    .tuple(fc.constantFrom('userId', 'anonymousId'), filterText)
    .map(([lookupField, value]) => ({ lookupField, value })),
  fc.tuple(fc.constant('customerNumber__c'), fc.integer()).map(([lookupField, value]) => ({ lookupField, value }))
)

/** A lead addressed by its number. */
export const idKey: fc.Arbitrary<LeadKey> = leadId.map((value) => ({ lookupField: 'id', value }))

/** Any lead key that Marketo can look up. */
export const leadKey: fc.Arbitrary<LeadKey> = fc.oneof({ weight: 5, arbitrary: fieldKey }, idKey)

const withKey = (lead: LeadKey, rest: Fields): Fields =>
  Object.fromEntries([
    [lead.lookupField, lead.value],
    ...Object.entries(rest).filter(([name]) => name !== lead.lookupField)
  ])

/** When something was meant, where that is known. */
const instant = fc.option(fc.integer({ min: 0, max: 4_102_444_800_000 }))

/** An upsert that Sync Leads takes. */
export const upsertLead: fc.Arbitrary<UpsertLead> = fc.oneof(
  fc
    .record({
      _tag: fc.constant('UpsertLead' as const),
      munchkinId,
      lead: fieldKey.filter(({ value }) => value !== ''),
      fields,
      action: fc.constantFrom('createOrUpdate' as const, 'updateOnly' as const),
      partitionName: fc.option(fc.constantFrom('Default', 'EU', 'a "b"')),
      rule: fc.oneof(
        { weight: 4, arbitrary: fc.constant({}) },
        fc.record({ at: instant, consent: fc.constantFrom('opt-out' as const, 'opt-in' as const) })
      )
    })
    .map(({ rule, ...upsert }) => ({ ...upsert, fields: withKey(upsert.lead, upsert.fields), ...rule })),
  fc
    .record({
      _tag: fc.constant('UpsertLead' as const),
      munchkinId,
      lead: idKey,
      fields,
      action: fc.constant('updateOnly' as const),
      partitionName: fc.option(fc.constant('Default'))
    })
    .map((upsert) => ({ ...upsert, fields: withKey(upsert.lead, upsert.fields) }))
)

/** A visitor of an instance: by its cookie, or derived. */
export const visitorOf = (id: string) =>
  fc.oneof(
    fc.constant({ _tag: 'Derived' as const }),
    knownToken
      // A token that Marketo prints has no comma; a URL has room for the rest.
      .filter(({ token }) => token.length < 500)
      .map(({ token }) => ({ _tag: 'Cookie' as const, cookie: `id:${id}&token:${token}` }))
  )

/** A cookie to associate. */
export const associateCookie: fc.Arbitrary<AssociateCookie> = munchkinId.chain((id) =>
  fc.record({
    _tag: fc.constant('AssociateCookie' as const),
    munchkinId: fc.constant(id),
    lead: leadKey,
    visitor: visitorOf(id)
  })
)

const scalar = fc.oneof(anyText, finite, fc.boolean())

/** An activity's date, as intents write it. */
export const activityDate = fc
  .date({ min: new Date(0), max: new Date('2099-12-31T23:59:59Z'), noInvalidDate: true })
  .map((date) => `${date.toISOString().slice(0, 19)}Z`)

/** A custom activity. */
export const addCustomActivity: fc.Arbitrary<AddCustomActivity> = fc.record({
  _tag: fc.constant('AddCustomActivity' as const),
  munchkinId,
  lead: leadKey,
  activityTypeId: fc.integer({ min: 100_000, max: 2_147_483_647 }),
  activityDate,
  primaryAttributeValue: anyText,
  attributes: fc.array(
    fc.oneof(fc.record({ apiName: fieldName, value: scalar }), fc.record({ name: fieldName, value: scalar })),
    { maxLength: 4 }
  )
})

/** Text that a header can carry. */
export const headerText = fc
  .oneof(
    fc.constantFrom('Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)', 'it\'s "quoted" $(x) `y` \\ \u00e9', '!'),
    fc.stringMatching(/^[\x20-\x7e\xa0-\xff]{1,30}$/)
  )
  .filter((text) => text.trim() !== '')

/** A part of a URL as a URL writes it: percent-encoded, now and then with a broken escape. */
const urlText = fc.oneof(
  wellFormedText.map(encodeURIComponent),
  fc.constantFrom('a=1&b=2', '%u2018', 'q=a+b', 'x=%26', "it's")
)

/** A page of the web. */
export const pageAddress = fc.record({
  origin: fc.oneof(
    fc.constantFrom(
      'https://www.example.com',
      'http://localhost:8080',
      'https://[::1]:8443',
      'HTTPS://Example.com:443'
    ),
    fc.domain().map((domain) => `https://${domain}`)
  ),
  path: fc.array(urlText, { maxLength: 3 }).map((parts) => `/${parts.join('/')}`),
  params: urlText,
  fragment: urlText
})

/** A page view. */
export const visitPage: fc.Arbitrary<VisitPage> = munchkinId.chain((id) =>
  fc.record({
    _tag: fc.constant('VisitPage' as const),
    munchkinId: fc.constant(id),
    lead: leadKey,
    visitor: visitorOf(id),
    page: pageAddress,
    referrer: fc.oneof(fc.constant(''), fc.webUrl(), wellFormedText),
    userAgent: headerText,
    ip: fc.option(fc.oneof(fc.ipV4(), fc.ipV6())),
    at: fc.integer({ min: 0, max: 4_102_444_800_000 })
  })
)

/** A form filled in. */
export const submitForm: fc.Arbitrary<SubmitForm> = fc
  .record({
    _tag: fc.constant('SubmitForm' as const),
    munchkinId,
    lead: email.map((value) => ({ lookupField: 'email', value })),
    formId: fc.integer({ min: 1, max: 2_147_483_647 }),
    fields,
    cookie: fc.option(fc.constant('id:561-HYG-937&token:_mch-example.com-1374552656411-90718')),
    page: fc.option(fc.record({ url: fc.webUrl(), params: anyText })),
    userAgent: fc.option(headerText),
    ip: fc.option(fc.oneof(fc.ipV4(), fc.ipV6()))
  })
  .map((form) => ({ ...form, fields: withKey(form.lead, form.fields) }))

/** What a piece of markup, a reader of it, or a signer could stumble over. */
export const xmlTrap = fc.constantFrom(
  ']]>',
  '<![CDATA[x]]>',
  '&#13;',
  '&amp;lt;',
  '</attrValue>',
  '<ns1:AuthenticationHeader>',
  '</ns1:AuthenticationHeader></SOAP-ENV:Header>',
  '<?xml version="1.0"?>',
  '<!-- x -->',
  '<!DOCTYPE a [<!ENTITY e "x">]>',
  '\r',
  '\r\n',
  ' leading and trailing \t\n',
  '"quoted" \'twice\'',
  '\u0085\u2028',
  'caf\u00e9 \ud83d\ude00',
  ' '
)

/** Text of characters that XML has room for. */
export const xmlText = fc.oneof(wellFormedText, xmlTrap, fc.string({ unit: 'binary', maxLength: 12 })).map((text) =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what XML forbids
  text.replace(/[\ud800-\udfff\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/gu, '')
)

/** A Munchkin cookie's text. */
export const cookieOf = (id: string): fc.Arbitrary<string> => knownToken.map(({ token }) => `id:${id}&token:${token}`)

/** The attributes of a lead over SOAP. */
export const soapAttributes: fc.Arbitrary<Fields> = fc
  .uniqueArray(
    fc.tuple(
      fc.oneof(
        fc.constantFrom('FirstName', 'Second_favorite_color', 'LeadScore', '__proto__', 'DateofBirth'),
        xmlText.filter((text) => text.trim() !== '')
      ),
      fc.oneof(xmlText, finite, fc.boolean(), fc.constant(null))
    ),
    { maxLength: 5, selector: ([name]) => name }
  )
  .map((entries) => Object.fromEntries(entries))

/** A sync over SOAP: by cookie, by email, by both. */
export const syncLeadOverSoap: fc.Arbitrary<SyncLeadOverSoap> = munchkinId.chain((id) =>
  fc
    .record({ email: fc.option(email), cookie: fc.option(cookieOf(id)), attributes: soapAttributes })
    .filter((sync) => sync.email !== null || sync.cookie !== null)
    .map((sync) => ({
      ...sync,
      _tag: 'SyncLeadOverSoap' as const,
      munchkinId: id,
      lead:
        sync.cookie === null
          ? { lookupField: 'email', value: sync.email ?? '' }
          : { lookupField: 'cookies', value: sync.cookie }
    }))
)

const purpose = fc.constantFrom('engage' as const, 'suppress' as const, 'measure' as const)

/** A list by its number, or by a name that Marketo takes. */
export const listRef: fc.Arbitrary<ListRef> = fc.oneof(
  fc.record({ listId: leadId }),
  fc.record({
    name: fc.oneof(fc.constantFrom('Trial users', 'Customers'), filterText),
    createIn: fc.option(fc.record({ id: leadId, type: fc.constantFrom('Folder' as const, 'Program' as const) }))
  })
)

const addToList: fc.Arbitrary<AddToList> = fc.record({
  _tag: fc.constant('AddToList'),
  munchkinId,
  lead: leadKey,
  list: listRef,
  purpose,
  at: instant
})

const removeFromList: fc.Arbitrary<RemoveFromList> = fc.record({
  _tag: fc.constant('RemoveFromList'),
  munchkinId,
  lead: leadKey,
  list: listRef,
  at: instant
})

const leaveLists: fc.Arbitrary<LeaveLists> = fc.record({
  _tag: fc.constant('LeaveLists'),
  munchkinId,
  lead: leadKey,
  except: fc.array(leadId, { maxLength: 3 }),
  at: instant
})

const setProgramStatus: fc.Arbitrary<SetProgramStatus> = fc.record({
  _tag: fc.constant('SetProgramStatus'),
  munchkinId,
  lead: leadKey,
  programId: fc.oneof(fc.integer({ min: 1, max: 2 }), leadId),
  statusName: fc.oneof(fc.constantFrom('Registered', 'Attended'), filterText),
  purpose,
  at: instant
})

const leaveProgram: fc.Arbitrary<LeaveProgram> = fc.record({
  _tag: fc.constant('LeaveProgram'),
  munchkinId,
  lead: leadKey,
  programId: fc.oneof(fc.integer({ min: 1, max: 2 }), leadId),
  at: instant
})

const requestCampaign: fc.Arbitrary<RequestCampaign> = fc.record({
  _tag: fc.constant('RequestCampaign'),
  munchkinId,
  lead: leadKey,
  campaignId: fc.integer({ min: 1, max: 2 }),
  tokens: campaignTokens,
  purpose,
  at: instant
})

const addToScore: fc.Arbitrary<AddToScore> = fc.record({
  _tag: fc.constant('AddToScore'),
  munchkinId,
  lead: leadKey,
  field: fc.constantFrom('leadScore', 'appScore__c'),
  points: fc.integer({ min: -1_000, max: 1_000 }),
  least: fc.option(fc.integer({ min: -100, max: 0 })),
  most: fc.option(fc.integer({ min: 0, max: 1_000 }))
})

const deleteLead: fc.Arbitrary<DeleteLead> = fc.record({
  _tag: fc.constant('DeleteLead'),
  munchkinId,
  lead: leadKey
})

/** An intent about a lead for which its number has to be known. */
export const numberedIntent: fc.Arbitrary<KeyedIntent> = fc.oneof(
  addToList,
  removeFromList,
  leaveLists,
  setProgramStatus,
  leaveProgram,
  requestCampaign,
  addToScore,
  deleteLead
)

const filled = fieldValue.filter((value) => value !== null && value !== '')

/** A company that Sync Companies takes. */
export const syncCompany: fc.Arbitrary<SyncCompany> = fc
  .record({
    _tag: fc.constant('SyncCompany' as const),
    munchkinId,
    externalCompanyId: filterText,
    fields
  })
  .map((sync) => ({
    ...sync,
    fields: withKey({ lookupField: 'externalCompanyId', value: sync.externalCompanyId }, sync.fields)
  }))

/** A record of a custom object, known by one field or two. */
export const syncCustomObject: fc.Arbitrary<SyncCustomObject> = fc
  .record({
    _tag: fc.constant('SyncCustomObject' as const),
    munchkinId,
    objectName: fc.constantFrom('car_c', 'order__c'),
    keys: fc.uniqueArray(fc.tuple(fc.constantFrom('vin', 'orderId', 'line'), filled), {
      minLength: 1,
      maxLength: 2,
      selector: ([name]) => name
    }),
    fields
  })
  .map(({ keys, fields: rest, ...sync }) => ({
    ...sync,
    dedupeFields: keys.map(([name]) => name),
    fields: Object.fromEntries([...Object.entries(rest), ...keys])
  }))

/** Any intent about a record that is no lead. */
export const recordIntent: fc.Arbitrary<RecordIntent> = fc.oneof(syncCompany, syncCustomObject)

/** Any intent about a lead. */
export const keyedIntent: fc.Arbitrary<KeyedIntent> = fc.oneof(
  upsertLead,
  associateCookie,
  addCustomActivity,
  visitPage,
  submitForm,
  syncLeadOverSoap,
  numberedIntent
)

/** Any intent that a server sends. */
export const serverIntent: fc.Arbitrary<ServerIntent> = fc.oneof({ weight: 6, arbitrary: keyedIntent }, recordIntent)

/** The start of Munchkin and of a form. */
export const startInBrowser: fc.Arbitrary<StartInBrowser> = fc.record({
  _tag: fc.constant('StartInBrowser' as const),
  munchkinId,
  options: fc.oneof(
    fc.constant({}),
    fc.record(
      {
        asyncOnly: fc.boolean(),
        cookieAnon: fc.boolean(),
        cookieLifeDays: fc.nat(),
        altIds: fc.array(munchkinIdText)
      },
      { noNullPrototype: true }
    )
  ),
  form: fc.option(fc.record({ formId: fc.integer({ min: 1 }), hostUrl: fc.constant('//app-ab00.marketo.com') }))
})

/** A page view in the browser. */
export const visitPageInBrowser: fc.Arbitrary<VisitPageInBrowser> = fc.record({
  _tag: fc.constant('VisitPageInBrowser' as const),
  munchkinId,
  url: fc.option(anyText),
  params: anyText
})

/** A form filled in in the browser. */
export const submitFormInBrowser: fc.Arbitrary<SubmitFormInBrowser> = fc.record({
  _tag: fc.constant('SubmitFormInBrowser' as const),
  munchkinId,
  formId: fc.integer({ min: 1 }),
  fields: fields.map((one): Fields => JSON.parse(JSON.stringify(one)))
})

/** A lead told to Munchkin in the browser. */
const associateLeadInBrowser: fc.Arbitrary<AssociateLeadInBrowser> = fc.record({
  _tag: fc.constant('AssociateLeadInBrowser'),
  munchkinId,
  fields: fc.dictionary(
    fc.string({ maxLength: 8 }),
    fc.oneof(fc.string(), fc.constantFrom(null, 7, { name: 'Acme' })),
    {
      noNullPrototype: true,
      maxKeys: 4
    }
  ),
  signature: fc.oneof(
    fc.record({ _tag: fc.constant('Signed'), signature: fc.string() }),
    fc.record({ _tag: fc.constant('AskSigner'), origin: fc.string(), path: fc.array(fc.string(), { maxLength: 3 }) })
  )
})

/** Any intent that runs in the lead's own browser. */
export const browserIntent = fc.oneof(startInBrowser, visitPageInBrowser, submitFormInBrowser, associateLeadInBrowser)
