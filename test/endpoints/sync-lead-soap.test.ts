import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  describeSyncLeadSoap,
  interpretSyncLeadSoap,
  type SyncLeadSoapOptions
} from '../../src/endpoints/sync-lead-soap.js'
import type { SyncLeadOverSoap } from '../../src/intent/intent.js'
import type { Answer } from '../../src/intent/outcome.js'
import { soapFaultRow, soapFaults } from '../../src/marketo/soap-faults.js'
import { anyText, syncLeadOverSoap } from '../arbitraries/intents.js'
import { faultAnswer, soapAnswers, syncLeadAnswer } from '../cases/soap/samples.js'
import { batchOf, bytes, callsOf, frozen, hyg, onlyCall, problemsOf } from './reading.js'

const cookie = 'id:561-HYG-937&token:_mch-example.com-1374552656411-90718'

const sync = (changes: Partial<SyncLeadOverSoap> = {}): SyncLeadOverSoap => ({
  _tag: 'SyncLeadOverSoap',
  munchkinId: hyg,
  lead: { lookupField: 'cookies', value: cookie },
  email: 'ana@example.com',
  attributes: { FirstName: 'Ana', Company: 'Initech & Sons <"HQ">' },
  cookie,
  ...changes
})

const textOf = (one: SyncLeadOverSoap, options?: SyncLeadSoapOptions): string => {
  const { body } = onlyCall(describeSyncLeadSoap([one], options)).descriptor
  return body !== null && 'text' in body ? body.text : ''
}

/** What stands between two marks. */
const between = (text: string, from: string, to: string): string => text.split(from)[1]?.split(to)[0] ?? ''

const listOf = (one: SyncLeadOverSoap, options?: SyncLeadSoapOptions): string =>
  between(textOf(one, options), '<leadAttributeList>', '</leadAttributeList>')

describe('syncLead over SOAP, the call', () => {
  it('is a POST of a message in the order of the schema', () => {
    expect(onlyCall(describeSyncLeadSoap([sync()]))).toEqual({
      descriptor: {
        _tag: 'HttpRequest',
        endpoint: 'syncLeadOverSoap',
        munchkinId: '561-HYG-937',
        host: 'soap',
        method: 'POST',
        path: ['soap', 'mktows', '2_1'],
        query: [],
        headers: { SOAPAction: '"http://www.marketo.com/mktows/syncLead"' },
        body: {
          text:
            '<?xml version="1.0" encoding="UTF-8"?>' +
            '<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" xmlns:ns1="http://www.marketo.com/mktows/">' +
            '<SOAP-ENV:Header></SOAP-ENV:Header><SOAP-ENV:Body><ns1:paramsSyncLead>' +
            '<leadRecord><Email>ana@example.com</Email><leadAttributeList>' +
            '<attribute><attrName>FirstName</attrName><attrValue>Ana</attrValue></attribute>' +
            '<attribute><attrName>Company</attrName><attrValue>Initech &amp; Sons &lt;&quot;HQ&quot;&gt;</attrValue></attribute>' +
            '</leadAttributeList></leadRecord><returnLead>false</returnLead>' +
            '<marketoCookie>id:561-HYG-937&amp;token:_mch-example.com-1374552656411-90718</marketoCookie>' +
            '</ns1:paramsSyncLead></SOAP-ENV:Body></SOAP-ENV:Envelope>',
          type: 'text/xml; charset=utf-8'
        },
        auth: 'soap-signature',
        lifecycle: { status: 'retired', since: '2026-07-31', insteadUse: 'syncLeads' }
      },
      intents: [0],
      slots: []
    })
  })

  it('D2 is one for each lead, in order', () => {
    fc.assert(
      fc.property(batchOf(syncLeadOverSoap), (syncs) => {
        const calls = callsOf(describeSyncLeadSoap(syncs))
        expect(calls.map(({ intents }) => intents)).toEqual(syncs.map((_, i) => [i]))
        expect(calls.map(({ descriptor }) => descriptor.munchkinId)).toEqual(syncs.map(({ munchkinId }) => munchkinId))
      })
    )
  })

  it('leaves out what is not known: email, cookie, attributes', () => {
    expect(textOf(sync({ email: null, attributes: {} }))).toContain('<leadRecord></leadRecord><returnLead>')
    expect(textOf(sync({ email: '' }))).not.toContain('<Email>')
    expect(textOf(sync({ cookie: null }))).toContain('<returnLead>false</returnLead></ns1:paramsSyncLead>')
    expect(textOf(sync({ cookie: '' }))).not.toContain('<marketoCookie>')
  })

  it('leaves out null, which clears nothing over SOAP, and what is undefined', () => {
    const attributes = { A: null, B: '', C: 'c' }
    expect(listOf(sync({ attributes }))).toBe(
      '<attribute><attrName>B</attrName><attrValue></attrValue></attribute>' +
        '<attribute><attrName>C</attrName><attrValue>c</attrValue></attribute>'
    )
    expect(textOf(sync({ attributes: { A: null } }))).not.toContain('leadAttributeList')
    expect(textOf(sync({ attributes: JSON.parse('{}', () => ({ A: undefined })) }))).not.toContain('leadAttributeList')
    expect(textOf(sync({ attributes: { ' ': null } }))).not.toContain('leadAttributeList')
  })

  it.each<[string | number | boolean, string]>([
    [true, 'true'],
    [false, 'false'],
    [0, '0'],
    [-0, '0'],
    [-1.5, '-1.5'],
    [1e21, '1e+21'],
    ['a\tb\nc', 'a\tb\nc'],
    ['a\r\nb\r', 'a&#13;\nb&#13;'],
    ["it's ]]> &amp;", "it's ]]&gt; &amp;amp;"],
    ['  ', '  ']
  ])('writes %j as the text %j', (value, text) => {
    expect(listOf(sync({ attributes: { A: value } }))).toBe(
      `<attribute><attrName>A</attrName><attrValue>${text}</attrValue></attribute>`
    )
  })

  it('names the types that Adobe’s samples print, when asked to', () => {
    const attributes = {
      DateofBirth: '1990-03-04',
      Website: 'https://x.test',
      FirstName: 'Ana',
      Custom: 'text',
      Custom2: 7,
      Custom3: 7.5,
      Custom4: true,
      Email: 'ana@example.com'
    }
    const types = [
      ...listOf(sync({ attributes }), { attrTypes: true }).matchAll(
        /<attrName>(\w+)<\/attrName>(?:<attrType>(\w+)<\/attrType>)?<attrValue>/g
      )
    ]
    expect(types.map(([, name, type]) => [name, type])).toEqual([
      ['DateofBirth', 'date'],
      ['Website', 'url'],
      ['FirstName', 'string'],
      ['Custom', 'string'],
      ['Custom2', 'integer'],
      ['Custom3', undefined],
      ['Custom4', undefined],
      ['Email', undefined]
    ])
    expect(listOf(sync({ attributes }), { attrTypes: false })).not.toContain('attrType')
  })

  it('asks for the lead, and names the workspace, when told to', () => {
    expect(textOf(sync(), { returnLead: true })).toContain('<returnLead>true</returnLead>')
    expect(textOf(sync(), { workspace: 'EU & <US>' })).toContain(
      '<SOAP-ENV:Header><ns1:MktowsContextHeader><targetWorkspace>EU &amp; &lt;US&gt;</targetWorkspace></ns1:MktowsContextHeader></SOAP-ENV:Header>'
    )
  })
})

describe('syncLead over SOAP leaves unsent', () => {
  const noXml = 'text that XML has no room for'
  it.each<[string, Partial<SyncLeadOverSoap>, object]>([
    ['C5 a lead without email and cookie', { email: null, cookie: null }, { _tag: 'Missing', at: ['email'] }],
    ['C5 a lead whose email and cookie are empty', { email: '', cookie: '' }, { _tag: 'Missing', at: ['email'] }],
    ['an empty attribute name', { attributes: { '': 'x' } }, { at: ['attributes', ''], found: 'empty text' }],
    ['a blank attribute name', { attributes: { ' \t': 'x' } }, { at: ['attributes', ' \t'], found: 'blank text' }],
    ['NUL in a value', { attributes: { A: 'a\u0000' } }, { at: ['attributes', 'A'], found: noXml }],
    ['half a pair in a value', { attributes: { A: '\ud83d' } }, { at: ['attributes', 'A'], found: noXml }],
    ['a noncharacter in a value', { attributes: { A: '\uffff' } }, { at: ['attributes', 'A'], found: noXml }],
    ['a bell in a name', { attributes: { 'A\u0007': 'x' } }, { at: ['attributes', 'A\u0007'], found: noXml }],
    ['a control character in the email', { email: 'a\u001f@x' }, { at: ['email'], found: noXml }],
    ['half a pair in the cookie', { cookie: '\udc00' }, { at: ['cookie'], found: noXml }],
    [
      'a number that is none',
      { attributes: { A: Number.NaN } },
      { at: ['attributes', 'A'], found: 'a number that is not finite' }
    ]
  ])('%s', (_, changes, problem) => {
    const described = describeSyncLeadSoap([sync(), sync(changes)])
    expect(problemsOf(described)).toMatchObject([{ _tag: 'Malformed', weight: 'invalid', ...problem }])
    expect(callsOf(described).map(({ intents }) => intents)).toEqual([[0]])
  })

  it('everything, where the workspace cannot be written', () => {
    expect(problemsOf(describeSyncLeadSoap([sync()], { workspace: '\u0001' }))).toMatchObject([{ at: ['workspace'] }])
  })

  it('nothing that XML has room for', () => {
    const odd = '\t\n\r \u0020\u007f\u0085\ud7ff\ue000\ufffd\u{10000}\u{1ffff}\u{10ffff}'
    expect(callsOf(describeSyncLeadSoap([sync({ attributes: { [odd]: odd }, email: odd, cookie: odd })]))).toHaveLength(
      1
    )
  })

  it('D2 a message that is too large once it is signed, and not one byte less', () => {
    const sized = (length: number) => sync({ attributes: { A: `é${'a'.repeat(length)}` } })
    const room = 1_000_000 - 512 - bytes(textOf(sized(0)))
    expect(callsOf(describeSyncLeadSoap([sized(room)]))).toHaveLength(1)
    expect(problemsOf(describeSyncLeadSoap([sized(room + 1)]))).toMatchObject([{ _tag: 'Malformed', at: [] }])
  })
})

const call = onlyCall(describeSyncLeadSoap([sync()]))
const soap = (status: number, body: unknown): Answer => ({ status, headers: {}, body })

describe('syncLead over SOAP, the answer', () => {
  it.each<[string, string]>([
    ['CREATED', ''],
    ['UPDATED', '<error xsi:nil="true"/>'],
    ['UPDATED', '<error/>'],
    ['CREATED', '<error> </error>']
  ])('tells the lead that was %s (%s)', (status, error) => {
    expect(interpretSyncLeadSoap(call, soap(200, syncLeadAnswer(status, error, 1089965)))).toEqual({
      _tag: 'Accepted',
      requestId: null,
      warnings: [],
      outcomes: [{ _tag: 'Applied', intent: 0, status, leadId: 1089965, marketoGUID: null }]
    })
  })

  it('keeps an error beside a success as a warning', () => {
    expect(interpretSyncLeadSoap(call, soap(200, syncLeadAnswer('UPDATED', '<error>20105 - x</error>')))).toMatchObject(
      {
        warnings: [{ code: '20105', message: '20105 - x' }],
        outcomes: [{ _tag: 'Applied', status: 'UPDATED' }]
      }
    )
  })

  it.each<[string, object]>([
    [
      '<error>Lead sync failed</error>',
      { reasons: [{ code: '', message: 'Lead sync failed' }], remedy: 'mend-record' }
    ],
    [
      '<error>20105 - Bad &amp; unknown &lt;A&gt;</error>',
      { reasons: [{ code: '20105', message: '20105 - Bad & unknown <A>' }], remedy: 'mend-record' }
    ],
    [
      '<error>Exceeded lock attempts</error>',
      { reasons: [{ code: '', message: 'Exceeded lock attempts' }], remedy: 'back-off' }
    ],
    [
      '<error xsi:nil="true"/>',
      { reasons: [{ code: '', message: 'failed, and no reason given' }], remedy: 'mend-record' }
    ],
    ['', { remedy: 'mend-record' }]
  ])('tells why a lead FAILED: %s', (error, outcome) => {
    expect(interpretSyncLeadSoap(call, soap(200, syncLeadAnswer('FAILED', error, 0)))).toMatchObject({
      _tag: 'Accepted',
      warnings: [],
      outcomes: [{ _tag: 'Skipped', intent: 0, ...outcome }]
    })
  })

  it.each(['SKIPPED', '', 'updated'])('does not know what the status %j means', (status) => {
    expect(interpretSyncLeadSoap(call, soap(200, syncLeadAnswer(status, '')))).toMatchObject({
      outcomes: [{ _tag: 'Unanswered', intent: 0 }]
    })
  })

  it.each<[string, number | null]>([
    ['0', null],
    ['-1', null],
    ['1.5', null],
    ['', null],
    [' 12 ', 12],
    ['1e3', null],
    ['99999999999999999', null]
  ])('reads the lead number %j as %j', (text, leadId) => {
    const body = syncLeadAnswer('CREATED', '').split('<leadId>7</leadId>').join(`<leadId>${text}</leadId>`)
    expect(interpretSyncLeadSoap(call, soap(200, body))).toMatchObject({ outcomes: [{ _tag: 'Applied', leadId }] })
  })

  it('takes the lead number of the status before that of the result, and either alone', () => {
    const two = syncLeadAnswer('CREATED', '').replace('<leadId>7</leadId>', '<leadId>8</leadId>')
    expect(interpretSyncLeadSoap(call, soap(200, two))).toMatchObject({ outcomes: [{ leadId: 7 }] })
    const one = syncLeadAnswer('CREATED', '').replace('<syncStatus><leadId>7</leadId>', '<syncStatus>')
    expect(interpretSyncLeadSoap(call, soap(200, one))).toMatchObject({ outcomes: [{ leadId: 7 }] })
  })

  it('speaks of one lead only', () => {
    const several = { ...call, intents: [4, 5] }
    expect(interpretSyncLeadSoap(several, soap(200, syncLeadAnswer('CREATED', '')))).toMatchObject({
      outcomes: [
        { _tag: 'Applied', intent: 4 },
        { _tag: 'Unanswered', intent: 5 }
      ]
    })
  })
})

describe('syncLead over SOAP, the fault', () => {
  it.each(Object.keys(soapFaults))('%s is told with its remedy, whatever the status', (code) => {
    const row = soapFaultRow(code)
    for (const status of [200, 400, 500]) {
      expect(interpretSyncLeadSoap(call, soap(status, faultAnswer(code, 'Some words')))).toEqual({
        _tag: 'Refused',
        requestId: null,
        reasons: [{ code, message: `${code} - Some words` }],
        remedy: row._tag === 'Some' ? row.value.remedy : '',
        retryAfter: null
      })
    }
  })

  const fault = (members: string) => `<e:Envelope><e:Body><e:Fault>${members}</e:Fault></e:Body></e:Envelope>`
  it.each<[string, string, object]>([
    [
      'the code at the front of the text, where no detail names it',
      fault('<faultcode>e:Client</faultcode><faultstring>20015 - Limit</faultstring>'),
      { reasons: [{ code: '20015', message: '20015 - Limit' }], remedy: 'await-quota' }
    ],
    [
      'the code of the detail before that of the text',
      fault(
        '<faultstring>20015 - Limit</faultstring><detail><x:serviceException><code>20023</code></x:serviceException></detail>'
      ),
      { reasons: [{ code: '20023', message: '20015 - Limit' }], remedy: 'throttle' }
    ],
    [
      'the message of the detail, where there is no text',
      fault('<detail><serviceException><message>Locked: exceeded lock attempts</message></serviceException></detail>'),
      { reasons: [{ code: '', message: 'Locked: exceeded lock attempts' }], remedy: 'back-off' }
    ],
    [
      'lock attempts in the detail, though the text says other words',
      fault(
        '<faultstring>20106 - Failed</faultstring><detail><serviceException><message>Exceeded lock attempts</message></serviceException></detail>'
      ),
      { reasons: [{ code: '20106', message: '20106 - Failed' }], remedy: 'back-off' }
    ],
    ['a fault of the server', fault('<faultcode>Server</faultcode>'), { remedy: 'back-off' }],
    ['a fault of ours', fault('<faultcode>e:Client</faultcode>'), { remedy: 'mend-request' }],
    ['a number further on', fault('<faultstring>Lead 20015 - Limit</faultstring>'), { reasons: [{ code: '' }] }],
    ['a number that is no code', fault('<faultstring>20015: Limit</faultstring>'), { reasons: [{ code: '' }] }],
    ['an empty fault', fault(''), { reasons: [{ code: '', message: '' }], remedy: 'back-off' }]
  ])('tells %s', (_, body, refused) => {
    expect(interpretSyncLeadSoap(call, soap(500, body))).toMatchObject({ _tag: 'Refused', ...refused })
  })

  it('of the server may pass, under whatever prefix and status', () => {
    const answer = soap(200, fault('<faultcode>e:Server</faultcode>'))
    expect(interpretSyncLeadSoap(call, answer)).toMatchObject({ _tag: 'Refused', remedy: 'back-off' })
  })

  it('says how long to wait, where the answer does', () => {
    const answer: Answer = { status: 503, headers: { 'retry-after': '7' }, body: faultAnswer('20011', 'x') }
    expect(interpretSyncLeadSoap(call, answer)).toMatchObject({ retryAfter: 7 })
  })

  it('is no fault inside a text, a comment or another element', () => {
    const inert = '<!-- <Fault/> --><x><Fault/></x>&lt;Fault/>'
    const body = syncLeadAnswer('CREATED', `<error>${'<![CDATA[<Fault>]]>'}</error>`).replace(
      '<soap:Body>',
      `<soap:Body>${inert}`
    )
    expect(interpretSyncLeadSoap(call, soap(200, body))).toMatchObject({
      warnings: [{ message: '<Fault>' }],
      outcomes: [{ _tag: 'Applied' }]
    })
  })
})

describe('syncLead over SOAP, anything else', () => {
  it.each<[string, number, unknown, string, string]>([
    ['a gateway’s page', 502, '<html><body>Bad Gateway<br></body></html>', '502', 'back-off'],
    ['a gateway without a page', 502, undefined, '502', 'back-off'],
    ['a refusal without a body', 403, '', '403', 'mend-request'],
    ['too many calls', 429, '', '429', 'throttle'],
    ['an empty answer', 200, '', '', 'mend-request'],
    ['nothing', 200, undefined, '', 'mend-request'],
    ['a parsed body', 200, { Envelope: {} }, '', 'mend-request'],
    ['a message about something else', 200, '<Envelope><Body/></Envelope>', '', 'mend-request'],
    ['a success that was cut off', 200, syncLeadAnswer('CREATED', '').slice(0, -20), '', 'mend-request'],
    ['a success with a status that denies it', 500, syncLeadAnswer('CREATED', ''), '500', 'back-off']
  ])('refuses %s', (_, status, body, code, remedy) => {
    expect(interpretSyncLeadSoap(call, soap(status, body))).toMatchObject({
      _tag: 'Refused',
      reasons: [{ code }],
      remedy
    })
  })

  it('says so where a success is about no lead', () => {
    expect(interpretSyncLeadSoap(call, soap(200, ''))).toMatchObject({
      reasons: [{ code: '', message: 'the answer is no SOAP message about a lead' }]
    })
  })

  const bodies = fc.oneof(
    fc.anything(),
    anyText,
    fc
      .constantFrom(...soapAnswers.map(({ xml }) => xml))
      .chain((xml) =>
        fc
          .tuple(fc.nat({ max: xml.length }), fc.nat({ max: 30 }), anyText)
          .map(([at, cut, text]) => xml.slice(0, at) + text + xml.slice(at + cut))
      )
  )

  it('P1 P2 P3 P4 any answer gets a verdict that equals its JSON round trip, and stays as it was', () => {
    const answer = fc.record({
      status: fc.oneof(fc.constantFrom(200, 500), fc.integer(), fc.double()),
      headers: fc.dictionary(fc.constantFrom('retry-after', 'x'), anyText),
      body: bodies
    })
    fc.assert(
      fc.property(answer, (one) => {
        const verdict = interpretSyncLeadSoap(frozen(call), frozen(one))
        expect(['Accepted', 'Refused']).toContain(verdict._tag)
        expect(JSON.parse(JSON.stringify(verdict))).toStrictEqual(verdict)
        expect(interpretSyncLeadSoap(call, one)).toEqual(verdict)
      }),
      { numRuns: 1000 }
    )
  })

  it('P3 an answer whose members throw gets one too', () => {
    const trap = new Proxy(soap(200, ''), {
      get: () => {
        throw new Error('trap')
      }
    })
    expect(interpretSyncLeadSoap(call, trap)).toMatchObject({ _tag: 'Refused', remedy: 'mend-request' })
  })
})
