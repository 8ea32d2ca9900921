import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { derivedToken } from '../../src/endpoints/derived-token.js'
import { fillSlots } from '../../src/endpoints/slots.js'
import { describeSteps } from '../../src/endpoints/steps.js'
import type { Call, HttpRequest, Slot } from '../../src/intent/descriptor.js'
import type {
  AddCustomActivity,
  AddToList,
  AddToScore,
  AssociateCookie,
  DeleteLead,
  Intent,
  LeaveLists,
  RemoveFromList,
  SubmitForm,
  SyncLeadOverSoap,
  UpsertLead,
  VisitPage
} from '../../src/intent/intent.js'
import { isKeyedIntent } from '../../src/intent/intent.js'
import type { LeadKey } from '../../src/intent/lead-key.js'
import { keyText } from '../../src/intent/lead-key.js'
import type { OrderedIntent } from '../../src/intent/ordered-intent.js'
import type { Answer } from '../../src/intent/outcome.js'
import { serverIntent } from '../arbitraries/intents.js'
import { batchOf, callsOf, hyg, id, jsonOf, ok, onlyCall, problemsOf, recordsOf, unsentOf } from './reading.js'

const byEmail: LeadKey = { lookupField: 'email', value: 'ana@example.com' }
const byUser: LeadKey = { lookupField: 'userId', value: 'u1' }

const upsert = (lead: LeadKey = byEmail, changes: Partial<UpsertLead> = {}): UpsertLead => ({
  _tag: 'UpsertLead',
  munchkinId: hyg,
  lead,
  fields: { [lead.lookupField]: lead.value },
  action: 'createOrUpdate',
  partitionName: null,
  ...changes
})
const activity = (lead: LeadKey = byEmail, changes: Partial<AddCustomActivity> = {}): AddCustomActivity => ({
  _tag: 'AddCustomActivity',
  munchkinId: hyg,
  lead,
  activityTypeId: 100001,
  activityDate: '2024-05-01T10:00:00Z',
  primaryAttributeValue: 'p',
  attributes: [],
  ...changes
})
const cookie = (lead: LeadKey = byEmail): AssociateCookie => ({
  _tag: 'AssociateCookie',
  munchkinId: hyg,
  lead,
  visitor: { _tag: 'Derived' }
})
const visit = (lead: LeadKey = byEmail): VisitPage => ({
  _tag: 'VisitPage',
  munchkinId: hyg,
  lead,
  visitor: { _tag: 'Derived' },
  page: { origin: 'https://x.test', path: '/', params: '', fragment: '' },
  referrer: '',
  userAgent: 'Mozilla/5.0',
  ip: '192.0.2.7',
  at: 0
})
const form: SubmitForm = {
  _tag: 'SubmitForm',
  munchkinId: hyg,
  lead: byEmail,
  formId: 1,
  fields: { email: 'ana@example.com' },
  cookie: null,
  page: null,
  userAgent: null,
  ip: null
}

const munchkinCookie = 'id:561-HYG-937&token:_mch-example.com-1374552656411-90718'
const byCookie: LeadKey = { lookupField: 'cookies', value: munchkinCookie }
const sync = (changes: Partial<SyncLeadOverSoap> = {}): SyncLeadOverSoap => ({
  _tag: 'SyncLeadOverSoap',
  munchkinId: hyg,
  lead: byCookie,
  email: byEmail.value.toString(),
  attributes: { FirstName: 'Ana' },
  cookie: munchkinCookie,
  ...changes
})

const endpoints = (intents: Parameters<typeof describeSteps>[0]) =>
  callsOf(describeSteps(intents)).map(({ descriptor, intents }) => [descriptor.endpoint, intents])

describe('the steps of one event', () => {
  it('go from upserts to lookups to what needs their answers, then visits and forms', () => {
    expect(endpoints([form, visit(), cookie(), activity(byUser), activity(), upsert()])).toEqual([
      ['syncLeads', [5]],
      ['getLeadsByFilter', [3]],
      ['addCustomActivities', [3, 4]],
      ['associateLead', [2]],
      ['visitWebPage', [1]],
      ['submitForm', [0]]
    ])
  })

  it('sync over SOAP after the upserts, and before anybody asks for a lead that it may make', () => {
    expect(endpoints([activity(byEmail), sync(), upsert(byUser), sync()])).toEqual([
      ['syncLeads', [2]],
      ['syncLeadOverSoap', [1]],
      ['syncLeadOverSoap', [3]],
      ['getLeadsByFilter', [0]],
      ['addCustomActivities', [0]]
    ])
  })

  it('neither look up nor associate a lead that is named by the visitor’s own cookie', () => {
    const own = { ...cookie(byCookie), visitor: { _tag: 'Cookie', cookie: munchkinCookie } } as const
    const visited = { ...visit(byCookie), visitor: own.visitor }
    const described = describeSteps([sync(), own, visited])
    expect(callsOf(described).map(({ descriptor, intents }) => [descriptor.endpoint, intents])).toEqual([
      ['syncLeadOverSoap', [0]],
      ['visitWebPage', [2]]
    ])
    expect(unsentOf(described)).toMatchObject([
      { intent: 1, problem: { _tag: 'Conflict', weight: 'skipped', at: ['visitor'], with: ['lead'] } }
    ])
    expect(problemsOf(described).map(({ mend }) => mend)).toEqual([
      'nothing to do: the lead is the one whose cookie this is'
    ])
  })

  it.each<[string, AssociateCookie]>([
    [
      'another cookie',
      { ...cookie(byCookie), visitor: { _tag: 'Cookie', cookie: munchkinCookie.replace('90718', '90719') } }
    ],
    ['a derived cookie', cookie(byCookie)],
    [
      'a lead named by another field that holds the cookie',
      {
        ...cookie({ lookupField: 'browser__c', value: munchkinCookie }),
        visitor: { _tag: 'Cookie', cookie: munchkinCookie }
      }
    ],
    ['a lead named by email', { ...cookie(), visitor: { _tag: 'Cookie', cookie: munchkinCookie } }]
  ])('look up the lead of %s', (_, one) => {
    expect(endpoints([one])).toEqual([
      ['getLeadsByFilter', [0]],
      ['associateLead', [0]]
    ])
  })

  it('take a lead’s number from the record of its upsert', () => {
    const calls = callsOf(
      describeSteps([upsert(byUser), upsert(byEmail), upsert({ ...byEmail, value: 'bo@x' }), activity(), cookie()])
    )
    expect(calls.map(({ descriptor, slots }) => [descriptor.endpoint, slots])).toEqual([
      ['syncLeads', []],
      ['syncLeads', []],
      ['addCustomActivities', [{ at: ['body', 'json', 'input', 0, 'leadId'], step: 1, pick: ['result', 0, 'id'] }]],
      ['associateLead', [{ at: ['path', 3], step: 1, pick: ['result', 0, 'id'] }]]
    ])
  })

  it('count records, not upserts: the second of a call tells its number second', () => {
    const calls = callsOf(describeSteps([upsert({ ...byEmail, value: 'bo@x' }), upsert(), activity()]))
    expect(calls[1]?.slots).toMatchObject([{ step: 0, pick: ['result', 1, 'id'] }])
  })

  it('take the first upsert of a key, in any spelling', () => {
    const calls = callsOf(
      describeSteps([
        upsert(),
        upsert({ ...byEmail, value: 'ANA@example.com' }),
        activity({ ...byEmail, value: ' Ana@Example.com' })
      ])
    )
    expect(calls.map(({ descriptor }) => descriptor.endpoint)).toEqual(['syncLeads', 'addCustomActivities'])
    expect(calls[1]?.slots).toMatchObject([{ step: 0, pick: ['result', 0, 'id'] }])
  })

  it('ask for each other key once, each in a step of its own', () => {
    const calls = callsOf(describeSteps([activity(byUser), cookie(), cookie(byUser), activity()]))
    expect(calls.map(({ descriptor, intents }) => [descriptor.endpoint, intents])).toEqual([
      ['getLeadsByFilter', [0]],
      ['getLeadsByFilter', [3]],
      ['addCustomActivities', [0, 3]],
      ['associateLead', [1]],
      ['associateLead', [2]]
    ])
    expect(calls.flatMap(({ slots }) => slots)).toMatchObject([
      { step: 0, pick: ['result', 0, 'id'] },
      { step: 1, pick: ['result', 0, 'id'] },
      { step: 1, pick: ['result', 0, 'id'] },
      { step: 0, pick: ['result', 0, 'id'] }
    ])
  })

  it('ask each instance for its own lead', () => {
    expect(endpoints([upsert(byEmail, { munchkinId: id('123-ABC-456') }), activity()])).toEqual([
      ['syncLeads', [0]],
      ['getLeadsByFilter', [1]],
      ['addCustomActivities', [1]]
    ])
  })

  it('need no lookup for a lead that is addressed by its number', () => {
    const call = onlyCall(describeSteps([activity({ lookupField: 'id', value: 1042 })]))
    expect(recordsOf(call)).toMatchObject([{ leadId: 1042 }])
    const text = onlyCall(describeSteps([cookie({ lookupField: 'id', value: '1042' })]))
    expect(text.descriptor.path[3]).toBe('1042')
    expect(problemsOf(describeSteps([activity({ lookupField: 'id', value: 'x' })]))).toMatchObject([{ at: ['leadId'] }])
  })

  it('leave unsent what needs a lookup that cannot be asked, and go on', () => {
    const odd: LeadKey = { lookupField: 'userId', value: 'a,b' }
    const described = describeSteps([activity(odd), activity(), cookie(odd), form])
    expect(unsentOf(described)).toMatchObject([
      { intent: 0, problem: { at: ['lead', 'value'] } },
      { intent: 2, problem: { at: ['lead', 'value'] } }
    ])
    expect(callsOf(described).map(({ intents }) => intents)).toEqual([[1], [1], [3]])
  })

  it('look up the lead of an upsert that cannot be sent', () => {
    const described = describeSteps([upsert(byEmail, { fields: {} }), activity()])
    expect(unsentOf(described).map(({ intent }) => intent)).toEqual([0])
    expect(callsOf(described).map(({ descriptor }) => descriptor.endpoint)).toEqual([
      'getLeadsByFilter',
      'addCustomActivities'
    ])
  })

  it('leave out what runs in a browser, and say so', () => {
    const start: Intent = { _tag: 'StartInBrowser', munchkinId: hyg, options: {}, form: null }
    const described = describeSteps([start, activity(), start, upsert()])
    expect(unsentOf(described)).toMatchObject(
      [0, 2].map((intent) => ({ intent, problem: { _tag: 'Excluded', weight: 'skipped', rule: 'mode', at: ['_tag'] } }))
    )
    expect(callsOf(described).map(({ intents }) => intents)).toEqual([[3], [1]])
    expect(describeSteps([start])._tag).toBe('Left')
  })

  const list = { name: 'Trial users', createIn: null }
  const put: AddToList = { _tag: 'AddToList', munchkinId: hyg, lead: byEmail, list, purpose: 'engage', at: null }
  const off: RemoveFromList = { _tag: 'RemoveFromList', munchkinId: hyg, lead: byEmail, list: { listId: 7 }, at: null }

  it('find a list by its name once, and a lead by its key once', () => {
    const described = describeSteps([put, off, { ...put, lead: byUser }])
    expect(callsOf(described).map(({ descriptor, slots }) => [descriptor.endpoint, descriptor.path[3], slots])).toEqual(
      [
        ['getLeadsByFilter', undefined, []],
        ['findList', 'staticList', []],
        [
          'addToList',
          '',
          [
            { at: ['path', 3], step: 1, pick: ['result', 0, 'id'] },
            { at: ['body', 'json', 'input', 0, 'id'], step: 0, pick: ['result', 0, 'id'] }
          ]
        ],
        ['removeFromList', '7', [{ at: ['query', 0, 1], step: 0, pick: ['result', 0, 'id'] }]],
        ['getLeadsByFilter', undefined, []],
        ['addToList', '', expect.anything()]
      ]
    )
  })

  it('find each list of each instance', () => {
    const other: AddToList = { ...put, list: { name: 'Customers', createIn: null } }
    const elsewhere: AddToList = { ...put, munchkinId: id('123-ABC-456') }
    const finds = callsOf(describeSteps([put, other, elsewhere, put])).filter(
      ({ descriptor }) => descriptor.endpoint === 'findList'
    )
    expect(finds.map(({ descriptor, intents }) => [descriptor.munchkinId, descriptor.query, intents])).toEqual([
      ['561-HYG-937', [['name', 'Trial users']], [0]],
      ['561-HYG-937', [['name', 'Customers']], [1]],
      ['123-ABC-456', [['name', 'Trial users']], [2]]
    ])
  })

  const tokens = [{ name: '{{my.plan}}', value: 'pro' }]
  // biome-ignore format: table
  const onLead: ReadonlyArray<[OrderedIntent, ReadonlyArray<string>, (leadId: number | null) => unknown, Slot['at']]> = [
    [{ ...put, list: { listId: 7 } }, ['lists', '7', 'leads.json'], (leadId) => ({ input: [{ id: leadId }] }), ['body', 'json', 'input', 0, 'id']],
    [
      { _tag: 'SetProgramStatus', munchkinId: hyg, lead: byEmail, programId: 7, statusName: 'Attended', purpose: 'engage', at: null },
      ['programs', '7', 'members', 'status.json'], (leadId) => ({ statusName: 'Attended', input: [{ leadId }] }), ['body', 'json', 'input', 0, 'leadId']
    ],
    [
      { _tag: 'LeaveProgram', munchkinId: hyg, lead: byEmail, programId: 7, at: null },
      ['programs', '7', 'members', 'delete.json'], (leadId) => ({ input: [{ leadId }] }), ['body', 'json', 'input', 0, 'leadId']
    ],
    [
      { _tag: 'RequestCampaign', munchkinId: hyg, lead: byEmail, campaignId: 7, tokens, purpose: 'engage', at: null },
      ['campaigns', '7', 'trigger.json'], (leadId) => ({ input: { leads: [{ id: leadId }], tokens } }), ['body', 'json', 'input', 'leads', 0, 'id']
    ]
  ]

  it.each(onLead)(
    'leave the lead’s place empty in the body, or put its number there: number %#',
    (intent, path, json, at) => {
      const [, later] = callsOf(describeSteps([intent]))
      expect(later).toMatchObject({
        descriptor: { method: 'POST', path: ['rest', 'v1', ...path] },
        intents: [0],
        slots: [{ at, step: 0, pick: ['result', 0, 'id'] }]
      })
      expect(later && jsonOf(later)).toEqual(json(null))
      const known = onlyCall(describeSteps([{ ...intent, lead: { lookupField: 'id', value: '1042' } }]))
      expect(known).toMatchObject({ descriptor: { path: ['rest', 'v1', ...path] }, intents: [0], slots: [] })
      expect(jsonOf(known)).toEqual(json(1042))
      const wrong = describeSteps([{ ...intent, lead: { lookupField: 'id', value: 'x' } }])
      expect([callsOf(wrong), problemsOf(wrong)]).toMatchObject([[], [{ at: ['leadId'] }]])
      const odd = describeSteps([{ ...intent, lead: { lookupField: 'email', value: 'a,b' } }])
      expect([callsOf(odd), problemsOf(odd)]).toMatchObject([[], [{ at: ['lead', 'value'] }]])
    }
  )

  it('say which list is not there', () => {
    const [, , add] = callsOf(describeSteps([put]))
    const answers = [ok({ success: true, result: [{ id: 1 }] }), ok({ success: true })]
    expect(add && fillSlots(add, answers)).toMatchObject({
      left: { _tag: 'Missing', mend: expect.stringContaining('no list has that name') }
    })
  })

  it('leave what moves across nothing in its own place', () => {
    expect(endpoints([upsert(), put, upsert(byUser), activity()])).toEqual([
      ['syncLeads', [0]],
      ['findList', [1]],
      ['addToList', [1]],
      ['syncLeads', [2]],
      ['addCustomActivities', [3]]
    ])
  })

  it('delete by number alone, and tell no number of who is gone', () => {
    const gone: DeleteLead = { _tag: 'DeleteLead', munchkinId: hyg, lead: { lookupField: 'id', value: 7 } }
    expect(endpoints([gone])).toEqual([['deleteLeads', [0]]])
    expect(problemsOf(describeSteps([{ ...gone, lead: byEmail }]))).toMatchObject([{ _tag: 'Excluded', rule: 'mode' }])
    const after = describeSteps([activity(), { ...gone, lead: byEmail }, activity()])
    expect(callsOf(after).map(({ descriptor }) => descriptor.endpoint)).toEqual([
      'getLeadsByFilter',
      'addCustomActivities',
      'getLeadsByFilter',
      'addCustomActivities'
    ])
  })

  it('leave to delivery what hangs on an answer', () => {
    const lists: LeaveLists = { _tag: 'LeaveLists', munchkinId: hyg, lead: byEmail, except: [], at: null }
    const score: AddToScore = {
      _tag: 'AddToScore',
      munchkinId: hyg,
      lead: byEmail,
      field: 'leadScore',
      points: 1,
      least: null,
      most: null
    }
    const described = describeSteps([lists, score])
    expect(callsOf(described)).toEqual([])
    const kept = { _tag: 'Excluded', weight: 'skipped', at: ['_tag'], rule: 'mode' }
    expect(problemsOf(described)).toEqual([
      { ...kept, mend: 'only an answer of Marketo’s tells which lists the lead is on: delivery does this' },
      { ...kept, mend: 'only an answer of Marketo’s tells what the points are added to: delivery does this' }
    ])
  })

  it('ask for nobody on account of what cannot be sent', () => {
    expect(callsOf(describeSteps([{ ...off, list: { listId: 0 } }]))).toEqual([])
    expect(problemsOf(describeSteps([{ ...put, list: { name: 'a,b', createIn: null } }]))).toMatchObject([
      { at: ['name'] }
    ])
  })

  it('tell no address that nobody asked to forward', () => {
    const { descriptor } = onlyCall(describeSteps([visit()]))
    expect(descriptor.headers).toEqual({ 'User-Agent': 'Mozilla/5.0' })
    expect(descriptor.query).toContainEqual(['_mchTk', derivedToken(hyg, byEmail)])
  })
})

/** What Marketo would answer to a call of a plan: each key has a number of its own. */
const answerTo = ({ descriptor }: Call<HttpRequest>, numberOf: (key: LeadKey) => number): Answer => {
  const { body, query } = descriptor
  const pairs = new Map(body !== null && 'form' in body ? body.form : query)
  if (descriptor.endpoint === 'findList') return ok({ success: true, result: [{ id: 88 }] })
  if (descriptor.endpoint === 'getLeadsByFilter') {
    const key = { lookupField: pairs.get('filterType') ?? '', value: pairs.get('filterValues') ?? '' }
    return ok({ success: true, result: [{ id: numberOf(key) }] })
  }
  const json = body !== null && 'json' in body ? JSON.parse(JSON.stringify(body.json)) : {}
  const input: ReadonlyArray<Record<string, string | number>> = Array.isArray(json.input) ? json.input : []
  const key = (record: Record<string, string | number>) => ({
    lookupField: json.lookupField,
    value: record[json.lookupField] ?? ''
  })
  return ok({
    success: true,
    result: input.map((record) => ({ id: json.lookupField === undefined ? 1 : numberOf(key(record)) }))
  })
}

const listWrites: ReadonlyArray<string> = ['addToList', 'removeFromList']
const ofLead: ReadonlyArray<string> = [...listWrites, 'syncProgramStatus', 'deleteProgramMembers', 'requestCampaign']

/** The lead that a call about one names, wherever it stands. */
const leadIn = ({ descriptor: { body, query } }: Call<HttpRequest>): unknown => {
  if (body === null || !('json' in body)) return Number(query[0]?.[1])
  const { input } = JSON.parse(JSON.stringify(body.json))
  const [record] = Array.isArray(input) ? input : input.leads
  return record.leadId ?? record.id
}

describe('D2 the steps of any event', () => {
  it('D2 carry out each intent once, or leave it unsent, beside the lookups', () => {
    fc.assert(
      fc.property(batchOf(serverIntent, 10), (intents) => {
        const described = describeSteps(intents)
        const done = callsOf(described).filter(
          ({ descriptor: { endpoint } }) => endpoint !== 'getLeadsByFilter' && endpoint !== 'findList'
        )
        const positions = [...done.flatMap((call) => call.intents), ...unsentOf(described).map(({ intent }) => intent)]
        expect(positions.sort((a, b) => a - b)).toEqual(intents.map((_, i) => i))
        const names: Readonly<Partial<Record<Intent['_tag'], string>>> = {
          UpsertLead: 'syncLeads',
          AddCustomActivity: 'addCustomActivities',
          AssociateCookie: 'associateLead',
          VisitPage: 'visitWebPage',
          SubmitForm: 'submitForm',
          SyncLeadOverSoap: 'syncLeadOverSoap',
          AddToList: 'addToList',
          RemoveFromList: 'removeFromList',
          SetProgramStatus: 'syncProgramStatus',
          LeaveProgram: 'deleteProgramMembers',
          RequestCampaign: 'requestCampaign',
          DeleteLead: 'deleteLeads',
          SyncCompany: 'syncCompanies',
          SyncCustomObject: 'syncCustomObjects'
        }
        for (const call of done)
          for (const i of call.intents) expect(names[intents[i]?._tag ?? 'VisitPage']).toBe(call.descriptor.endpoint)
      })
    )
  })

  it('wait only for steps before them, and put each thing on the lead of its own key', () => {
    const numbers = new Map<string, number>()
    const numberOf =
      (munchkin: string) =>
      (key: LeadKey): number => {
        const name = `${munchkin} ${key.lookupField === 'id' ? `id=${key.value}` : keyText(key)}`
        numbers.set(name, numbers.get(name) ?? numbers.size + 1)
        return key.lookupField === 'id' ? Number(key.value) : (numbers.get(name) ?? 0)
      }
    fc.assert(
      fc.property(batchOf(serverIntent, 10), (intents) => {
        const calls = callsOf(describeSteps(intents))
        const answers: Array<Answer> = []
        calls.forEach((call, step) => {
          for (const slot of call.slots) expect(slot.step).toBeLessThan(step)
          const filled = fillSlots(call, answers)
          expect(filled._tag).toBe('Right')
          if (filled._tag === 'Left') return
          const { descriptor } = filled.right
          const expected = call.intents.map((i) => {
            const intent = intents[i]
            return intent === undefined || !isKeyedIntent(intent) ? 0 : numberOf(intent.munchkinId)(intent.lead)
          })
          if (descriptor.endpoint === 'addCustomActivities') {
            expect(recordsOf(filled.right)).toMatchObject(expected.map((leadId) => ({ leadId })))
          }
          if (descriptor.endpoint === 'associateLead') expect([descriptor.path[3]]).toEqual(expected.map(String))
          if (ofLead.includes(descriptor.endpoint)) expect(leadIn(filled.right)).toEqual(expected[0])
          const [intent] = call.intents.flatMap((i) => intents[i] ?? [])
          if (intent !== undefined && 'list' in intent && listWrites.includes(descriptor.endpoint))
            expect(descriptor.path[3]).toBe('listId' in intent.list ? String(intent.list.listId) : '88')
          answers.push(answerTo(filled.right, numberOf(descriptor.munchkinId)))
        })
      })
    )
  })
})
