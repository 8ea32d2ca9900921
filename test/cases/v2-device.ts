/**
 * Segment's own device code, recorded: what its marketo-v2 integration hands to Munchkin and to the form.
 *
 * The 27 vectors of v2, with their notes as names. Where the code writes a member that is undefined, the member is absent here; a Date
 * is its ISO text. Of `v2-identify-068` the code sends nothing because the form that is ready has another id; which form is ready
 * nobody but the page knows, so the intent names form 5.
 */
import { left, type MappingCase, right } from './mapping-case.js'

const vector = (id: string): string => `Segment marketo-v2 4.0.2 on facade 3.4.10, run: ${id}`

const munchkinId = '111-AAA-222'
const timestamp = '2024-05-01T10:00:00.000Z'

/** Segment's stored settings, and the two of ours that ask for its own behaviour. */
const settings = {
  accountId: munchkinId,
  projectId: 'PROJ',
  marketoFormId: '1001',
  marketoHostUrl: '//app-x.marketo.test',
  mode: 'device',
  browserProfile: 'exact'
}

const visit = (page: { readonly url: string; readonly params: string }) => right({ _tag: 'VisitPageInBrowser', munchkinId, ...page })

const form = (fields: Readonly<Record<string, unknown>>, formId = 1001) => right({ _tag: 'SubmitFormInBrowser', munchkinId, formId, fields })

const noEmail = { _tag: 'Missing', weight: 'invalid', at: ['traits', 'email'], mend: 'send the email trait, or an email as userId' }

const switchedOff = {
  _tag: 'Excluded',
  weight: 'skipped',
  at: ['integrations', 'Marketo'],
  rule: 'integrations',
  mend: 'nothing to mend: the event switches this destination off by name'
}

const unnamed = {
  _tag: 'Excluded',
  weight: 'skipped',
  at: ['integrations', 'All'],
  rule: 'integrations',
  mend: 'nothing to mend: the event names its destinations, and this one is not among them'
}

const noHandler = {
  _tag: 'Excluded',
  weight: 'skipped',
  at: ['type'],
  rule: 'mode',
  mend: 'device mode takes identify and page only: use hybrid mode to send track calls from the server'
}

export const deviceCases: ReadonlyArray<MappingCase> = [
  {
    name: 'same as v1',
    source: vector('v2-page-046'),
    input: { settings, event: { type: 'page', timestamp, properties: { url: 'https://shop.test/a?b=1' } } },
    expected: visit({ url: 'https://shop.test/a?b=1', params: 'b=1' })
  },
  {
    name: 'guard',
    source: vector('v2-page-047'),
    input: { settings, event: { type: 'page', timestamp, properties: { url: 'https://shop.test/a?b=1' }, integrations: { Marketo: false } } },
    expected: left(switchedOff)
  },
  {
    name: 'guard asks for Marketo, so this is dropped',
    source: vector('v2-page-048'),
    input: { settings, event: { type: 'page', timestamp, properties: { url: 'https://shop.test/a?b=1' }, integrations: { All: false, 'Marketo V2': true } } },
    expected: left(unnamed)
  },
  {
    name: 'both names needed',
    source: vector('v2-page-049'),
    input: { settings, event: { type: 'page', timestamp, properties: { url: 'https://shop.test/a?b=1' }, integrations: { All: false, 'Marketo V2': true, Marketo: true } } },
    expected: visit({ url: 'https://shop.test/a?b=1', params: 'b=1' })
  },
  {
    name: 'own name is not checked here (router does it)',
    source: vector('v2-page-050'),
    input: { settings, event: { type: 'page', timestamp, properties: { url: 'https://shop.test/a?b=1' }, integrations: { 'Marketo V2': false } } },
    expected: visit({ url: 'https://shop.test/a?b=1', params: 'b=1' })
  },
  {
    name: 'unmapped custom traits dropped',
    source: vector('v2-identify-051'),
    input: { settings, event: { type: 'identify', timestamp, userId: 'u1', anonymousId: 'a1', traits: { email: 'ana@corp.test', name: 'Ana Cruz', company: 'Acme', favoriteColor: 'Blue' } } },
    expected: form({ Email: 'ana@corp.test', FirstName: 'Ana', LastName: 'Cruz', userId: 'u1', anonymousId: 'a1', Company: 'Acme' })
  },
  {
    name: 'all standard fields; street and industry dropped',
    source: vector('v2-identify-052'),
    input: { settings, event: { type: 'identify', timestamp, userId: 'u1', anonymousId: 'a1', traits: { email: 'ana@corp.test', firstName: 'Ana', lastName: 'Cruz', phone: '+1', gender: 'f', birthday: '1990-03-04', company: { name: 'Acme' }, address: { street: '1 Main', city: 'Lyon', state: 'ARA', postalCode: '69001', country: 'FR' }, industry: 'Tech' } } },
    expected: form({ Email: 'ana@corp.test', DateofBirth: '1990-03-04T00:00:00.000Z', FirstName: 'Ana', MarketoSocialGender: 'f', LastName: 'Cruz', Phone: '+1', userId: 'u1', anonymousId: 'a1', City: 'Lyon', Country: 'FR', PostalCode: '69001', State: 'ARA', Company: 'Acme' })
  },
  {
    name: 'zip wins over postalCode; missing parts undefined',
    source: vector('v2-identify-053'),
    input: { settings, event: { type: 'identify', timestamp, userId: 'u1', traits: { email: 'ana@corp.test', address: { zip: '1', postalCode: '2' } } } },
    expected: form({ Email: 'ana@corp.test', userId: 'u1', PostalCode: '1' })
  },
  {
    name: 'inner address keys are exact-case',
    source: vector('v2-identify-054'),
    input: { settings, event: { type: 'identify', timestamp, userId: 'u1', traits: { email: 'ana@corp.test', address: { postal_code: '2', City: 'Lyon' } } } },
    expected: form({ Email: 'ana@corp.test', userId: 'u1' })
  },
  {
    name: 'outer key is obj-case',
    source: vector('v2-identify-055'),
    input: { settings, event: { type: 'identify', timestamp, userId: 'u1', traits: { email: 'ana@corp.test', Address: { city: 'Lyon' } } } },
    expected: form({ Email: 'ana@corp.test', userId: 'u1', City: 'Lyon' })
  },
  {
    name: 'string address',
    source: vector('v2-identify-056'),
    input: { settings, event: { type: 'identify', timestamp, userId: 'u1', traits: { email: 'ana@corp.test', address: '1 Main' } } },
    expected: form({ Email: 'ana@corp.test', userId: 'u1', Address: '1 Main' })
  },
  {
    name: 'top-level city dropped',
    source: vector('v2-identify-057'),
    input: { settings, event: { type: 'identify', timestamp, userId: 'u1', traits: { email: 'ana@corp.test', city: 'Lyon' } } },
    expected: form({ Email: 'ana@corp.test', userId: 'u1' })
  },
  {
    name: 'company object without name',
    source: vector('v2-identify-058'),
    input: { settings, event: { type: 'identify', timestamp, userId: 'u1', traits: { email: 'ana@corp.test', company: { id: 1 } } } },
    expected: form({ Email: 'ana@corp.test', userId: 'u1' })
  },
  {
    name: 'no email',
    source: vector('v2-identify-059'),
    input: { settings, event: { type: 'identify', timestamp, userId: 'u1', traits: {} } },
    expected: left(noEmail)
  },
  {
    name: 'userId as email',
    source: vector('v2-identify-060'),
    input: { settings, event: { type: 'identify', timestamp, userId: 'ana@corp.test', traits: {} } },
    expected: form({ Email: 'ana@corp.test', userId: 'ana@corp.test' })
  },
  {
    name: 'custom mapping: REST name fax becomes SOAP Fax, other names verbatim; both setting shapes',
    source: vector('v2-identify-061'),
    input: { settings: { ...settings, traits: [{ key: 'plan', value: { segmentTrait: 'plan', marketoFieldName: 'planName__c', marketoFieldType: 'string' } }, { segmentTrait: 'fax', marketoFieldName: 'fax', marketoFieldType: 'string' }] }, event: { type: 'identify', timestamp, userId: 'u1', traits: { email: 'ana@corp.test', plan: 'pro', fax: '123' } } },
    expected: form({ Email: 'ana@corp.test', userId: 'u1', planName__c: 'pro', Fax: '123' })
  },
  {
    name: 'custom mapping is case-sensitive',
    source: vector('v2-identify-062'),
    input: { settings: { ...settings, traits: [{ key: 'plan', value: { segmentTrait: 'plan', marketoFieldName: 'planName__c', marketoFieldType: 'string' } }, { segmentTrait: 'fax', marketoFieldName: 'fax', marketoFieldType: 'string' }] }, event: { type: 'identify', timestamp, userId: 'u1', traits: { email: 'ana@corp.test', Plan: 'pro' } } },
    expected: form({ Email: 'ana@corp.test', userId: 'u1' })
  },
  {
    name: 'null and 0 pass, undefined does not',
    source: vector('v2-identify-063'),
    input: { settings: { ...settings, traits: [{ key: 'plan', value: { segmentTrait: 'plan', marketoFieldName: 'planName__c', marketoFieldType: 'string' } }, { segmentTrait: 'fax', marketoFieldName: 'fax', marketoFieldType: 'string' }] }, event: { type: 'identify', timestamp, userId: 'u1', traits: { email: 'ana@corp.test', plan: null, fax: 0 } } },
    expected: form({ Email: 'ana@corp.test', userId: 'u1', planName__c: null, Fax: 0 })
  },
  {
    name: 'nested path not supported in mapping',
    source: vector('v2-identify-064'),
    input: { settings: { ...settings, traits: [{ segmentTrait: 'org.size', marketoFieldName: 'numberOfEmployees' }] }, event: { type: 'identify', timestamp, userId: 'u1', traits: { email: 'ana@corp.test', org: { size: 5 } } } },
    expected: form({ Email: 'ana@corp.test', userId: 'u1' })
  },
  {
    name: 'custom mapping can overwrite a standard field; REST name city is not translated',
    source: vector('v2-identify-065'),
    input: { settings: { ...settings, traits: [{ segmentTrait: 'town', marketoFieldName: 'City' }, { segmentTrait: 'town', marketoFieldName: 'city' }] }, event: { type: 'identify', timestamp, userId: 'u1', traits: { email: 'ana@corp.test', address: { city: 'Lyon' }, town: 'Nice' } } },
    expected: form({ Email: 'ana@corp.test', userId: 'u1', City: 'Nice', city: 'Nice' })
  },
  {
    name: 'id trait reachable by mapping',
    source: vector('v2-identify-066'),
    input: { settings: { ...settings, traits: [{ segmentTrait: 'id', marketoFieldName: 'extId__c' }] }, event: { type: 'identify', timestamp, userId: 'u1', traits: { email: 'ana@corp.test' } } },
    expected: form({ Email: 'ana@corp.test', userId: 'u1', extId__c: 'u1' })
  },
  {
    name: 'guard',
    source: vector('v2-identify-067'),
    input: { settings, event: { type: 'identify', timestamp, userId: 'u1', traits: { email: 'ana@corp.test' }, integrations: { Marketo: false } } },
    expected: left(switchedOff)
  },
  {
    name: 'form id differs from the ready form (1001)',
    source: vector('v2-identify-068'),
    input: { settings: { ...settings, marketoFormId: '5' }, event: { type: 'identify', timestamp, userId: 'u1', traits: { email: 'ana@corp.test' } } },
    expected: form({ Email: 'ana@corp.test', userId: 'u1' }, 5)
  },
  {
    name: 'form id setting parsed as integer prefix',
    source: vector('v2-identify-069'),
    input: { settings: { ...settings, marketoFormId: '1001abc' }, event: { type: 'identify', timestamp, userId: 'u1', traits: { email: 'ana@corp.test' } } },
    expected: form({ Email: 'ana@corp.test', userId: 'u1' })
  },
  {
    name: 'empty first name: not sent',
    source: vector('v2-identify-070'),
    input: { settings, event: { type: 'identify', timestamp, userId: 'u1', traits: { email: 'ana@corp.test', firstName: '', name: 'Ana Cruz' } } },
    expected: form({ Email: 'ana@corp.test', LastName: 'Cruz', userId: 'u1' })
  },
  {
    name: 'single-word name: no LastName',
    source: vector('v2-identify-071'),
    input: { settings, event: { type: 'identify', timestamp, userId: 'u1', traits: { email: 'ana@corp.test', name: 'Ana' } } },
    expected: form({ Email: 'ana@corp.test', FirstName: 'Ana', userId: 'u1' })
  },
  {
    name: 'v2 device mode has no track handler',
    source: vector('v2-track-072'),
    input: { settings, event: { type: 'track', timestamp, event: 'Trial Started', properties: {} } },
    expected: left(noHandler)
  }
]
