import { createHmac } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Credentials } from '../../src/adapters/fetch/credentials.js'
import { readAccessToken, toFetch } from '../../src/adapters/fetch/index.js'
import { bodyText } from '../../src/endpoints/body-text.js'
import { describeIdentityToken, describeSteps, describeSyncLeadSoap, signSoap } from '../../src/endpoints/index.js'
import type { Auth, Body, HttpRequest, Part } from '../../src/intent/descriptor.js'
import { anyText, headerText, serverIntent, wellFormedText } from '../arbitraries/intents.js'
import { batchOf, callsOf, frozen, hyg, ok, onlyCall } from '../endpoints/reading.js'

const soap: Credentials = { soapUserId: 'soap&user', soapEncryptionKey: 'hush', soapInstant: 1_714_557_600_000 }
const credentials: Credentials = { accessToken: 'TOKEN', clientId: 'the id', clientSecret: 's&cret', ...soap }

const request = (changes: Partial<HttpRequest> = {}): HttpRequest => ({
  _tag: 'HttpRequest',
  endpoint: 'syncLeads',
  munchkinId: hyg,
  host: 'rest',
  method: 'POST',
  path: ['rest', 'v1', 'leads.json'],
  query: [],
  headers: {},
  body: { json: { input: [] } },
  auth: 'bearer',
  lifecycle: { status: 'live' },
  ...changes
})

const soapCall = onlyCall(
  describeSyncLeadSoap([
    {
      _tag: 'SyncLeadOverSoap',
      munchkinId: hyg,
      lead: { lookupField: 'email', value: 'ana@example.com' },
      email: 'ana@example.com',
      attributes: {},
      cookie: null
    }
  ])
)

const part = wellFormedText.filter((text) => text !== '' && text !== '.' && text !== '..')
const pairs = fc.array(fc.tuple(wellFormedText, wellFormedText), { maxLength: 4 })
const body: fc.Arbitrary<Body | null> = fc.oneof(
  fc.constant(null),
  fc.jsonValue().map((json) => ({ json: JSON.parse(JSON.stringify(json)) })),
  pairs.map((form) => ({ form })),
  anyText.map((text) => ({ text, type: 'text/xml; charset=utf-8' })),
  fc
    .array(
      fc.record({
        name: anyText,
        text: anyText,
        fileName: fc.option(anyText),
        contentType: fc.option(fc.constant('text/csv'))
      })
    )
    .map((multipart) => ({ multipart }))
)
const anyRequest: fc.Arbitrary<HttpRequest> = fc
  .record({
    method: fc.constantFrom('GET' as const, 'POST' as const, 'DELETE' as const),
    path: fc.array(part, { minLength: 1, maxLength: 4 }),
    query: pairs,
    headers: fc.dictionary(fc.constantFrom('User-Agent', 'X-Forwarded-For'), headerText),
    body,
    auth: fc.constantFrom<Auth>('none', 'bearer', 'user-token', 'client-credentials', 'soap-signature')
  })
  .map((changes) => request(changes.method === 'GET' ? { ...changes, body: null } : changes))

describe('U1 toFetch', () => {
  it('U1 makes a URL that parses back to the same decoded parts and pairs', () => {
    fc.assert(
      fc.property(anyRequest, (one) => {
        const [text] = toFetch(credentials)(frozen(one))
        const url = new URL(text)
        expect(url.pathname.slice(1).split('/').map(decodeURIComponent)).toEqual(one.path)
        expect([...url.searchParams].slice(0, one.query.length)).toEqual(one.query)
        // Nothing is left for a URL parser to mend, the case of the host aside.
        expect(url.href).toBe(text.replace('561-HYG-937', '561-hyg-937'))
      })
    )
  })

  it('U1 makes a request that fetch accepts, with the method, the headers and the body of the descriptor', async () => {
    await fc.assert(
      fc.asyncProperty(anyRequest, async (one) => {
        const [url, init] = toFetch(credentials)(one)
        const made = new Request(url, init)
        expect(made.method).toBe(one.method)
        for (const [name, value] of Object.entries(one.headers))
          expect(made.headers.get(name)).toBe(value.replace(/^ +| +$/g, ''))
        const sent = one.body === null ? '' : bodyText(one.body).text
        // Half a surrogate pair has no bytes: a runtime sends U+FFFD.
        expect(await made.text()).toBe(sent.replace(/[\ud800-\udfff]/gu, '\ufffd').replace(/^\ufeff/, ''))
        expect(made.headers.get('content-type')).toBe(one.body === null ? null : bodyText(one.body).type)
      })
    )
  })

  it('U1 every request that intents make is accepted', () => {
    fc.assert(
      fc.property(batchOf(serverIntent, 4), (batch) => {
        for (const { descriptor } of callsOf(describeSteps(batch))) {
          const path = descriptor.path.map((one) => (one === '' ? '7' : one))
          expect(() => new Request(...toFetch(credentials)({ ...descriptor, path }))).not.toThrow()
        }
      })
    )
  })

  it.each([[''], ['.'], ['..'], ['a\ud83d']])(
    'U1 refuses the path part %j instead of sending to another address',
    (odd) => {
      expect(() => toFetch(credentials)(request({ path: ['rest', odd, 'x.json'] }))).toThrow(TypeError)
      expect(() => toFetch(credentials)(request({ path: ['rest', odd, 'x.json'] }))).toThrow(/slots/)
    }
  )
})

describe('toFetch', () => {
  it('adds the token, and the content type of JSON', () => {
    expect(toFetch(credentials)(request())).toEqual([
      'https://561-HYG-937.mktorest.com/rest/v1/leads.json',
      {
        method: 'POST',
        headers: { Authorization: 'Bearer TOKEN', 'Content-Type': 'application/json' },
        body: '{"input":[]}'
      }
    ])
  })

  it('adds the bare token where Data Ingestion wants it', () => {
    const [url, { headers }] = toFetch(credentials)(
      request({ host: 'ingestion', auth: 'user-token', path: ['subscriptions', '561-HYG-937', 'persons'] })
    )
    expect(url).toBe('https://mkto-ingestion-api.adobe.io/subscriptions/561-HYG-937/persons')
    expect(headers).toEqual({ 'X-Mkto-User-Token': 'TOKEN', 'Content-Type': 'application/json' })
  })

  it('adds client credentials to the query of the identity call, encoded', () => {
    expect(toFetch(credentials)(describeIdentityToken(hyg).descriptor)).toEqual([
      'https://561-HYG-937.mktorest.com/identity/oauth/token?grant_type=client_credentials&client_id=the%20id&client_secret=s%26cret',
      { method: 'GET', headers: {} }
    ])
  })

  it.each<[Auth]>([['none'], ['soap-signature']])('adds nothing where auth is %s, and asks for nothing', (auth) => {
    expect(toFetch({})(request({ auth }))[1].headers).toEqual({ 'Content-Type': 'application/json' })
  })

  it.each<[Auth, Credentials, string]>([
    ['bearer', {}, 'accessToken'],
    ['bearer', { accessToken: '' }, 'accessToken'],
    ['user-token', { clientId: 'a', clientSecret: 'b' }, 'accessToken'],
    ['client-credentials', { accessToken: 'a', clientSecret: 'hush' }, 'clientId'],
    ['client-credentials', { accessToken: 'a', clientId: 'hush' }, 'clientSecret']
  ])('S3 says which credential a call with auth %s lacks, and no value', (auth, given, name) => {
    const send = () => toFetch(given)(request({ auth }))
    expect(send).toThrow(TypeError)
    expect(send).toThrow(`a call with auth '${auth}' needs the credential ${name}`)
    expect(send).not.toThrow('hush')
  })

  it('signs a SOAP message for the instant given', () => {
    const { descriptor } = soapCall
    const [url, { method, headers, body }] = toFetch(soap)(frozen(descriptor))
    expect(url).toBe('https://561-HYG-937.mktoapi.com/soap/mktows/2_1')
    expect(method).toBe('POST')
    expect(headers).toEqual({
      SOAPAction: '"http://www.marketo.com/mktows/syncLead"',
      'Content-Type': 'text/xml; charset=utf-8'
    })
    const signature = createHmac('sha1', 'hush').update('2024-05-01T10:00:00+00:00soap&user').digest('hex')
    expect(body).toContain(
      `<SOAP-ENV:Header><ns1:AuthenticationHeader><mktowsUserId>soap&amp;user</mktowsUserId>` +
        `<requestSignature>${signature}</requestSignature>` +
        `<requestTimestamp>2024-05-01T10:00:00+00:00</requestTimestamp></ns1:AuthenticationHeader></SOAP-ENV:Header>`
    )
    const signedBefore = signSoap({ userId: 'other', encryptionKey: 'other' }, 0)(descriptor)
    expect(toFetch(soap)(signedBefore)).toEqual(toFetch(soap)(descriptor))
  })

  it.each<[string, Credentials, string]>([
    ['a user id', { ...soap, soapUserId: '' }, 'needs the credential soapUserId'],
    ['a key', { soapUserId: 'u', soapInstant: 0 }, 'needs the credential soapEncryptionKey'],
    ['an instant', { soapUserId: 'u', soapEncryptionKey: 'hush' }, 'needs the credential soapInstant'],
    ['an instant that can be printed', { ...soap, soapInstant: Number.NaN }, 'cannot be signed'],
    ['a user id that XML has room for', { ...soap, soapUserId: 'a\u0000' }, 'cannot be signed']
  ])('S3 says that a SOAP call lacks %s, and no value', (_, given, message) => {
    const send = () => toFetch(given)(soapCall.descriptor)
    expect(send).toThrow(TypeError)
    expect(send).toThrow(`a call with auth 'soap-signature' ${message}`)
    expect(send).not.toThrow('hush')
  })

  it('signs for the first instant of all', () => {
    const [, { body }] = toFetch({ ...soap, soapInstant: 0 })(soapCall.descriptor)
    expect(body).toContain('<requestTimestamp>1970-01-01T00:00:00+00:00</requestTimestamp>')
  })

  it('leaves a SOAP message of another maker as it is', () => {
    const body = { text: '<Envelope/>', type: 'text/xml' }
    expect(toFetch({})(request({ auth: 'soap-signature', body }))[1].body).toBe('<Envelope/>')
  })

  it('sends to another base when told to, path and query unchanged', () => {
    const [url] = toFetch(credentials, { baseUrl: 'http://127.0.0.1:8080/base' })(request({ query: [['a', 'b c']] }))
    expect(url).toBe('http://127.0.0.1:8080/base/rest/v1/leads.json?a=b%20c')
  })

  it('sends a form and an empty text with their content types', () => {
    expect(
      toFetch(credentials)(
        request({
          body: {
            form: [
              ['a', 'b c'],
              ['d', '&=']
            ]
          }
        })
      )[1]
    ).toMatchObject({
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: 'a=b%20c&d=%26%3D'
    })
    expect(toFetch(credentials)(request({ body: { text: '', type: 'application/json' } }))[1]).toMatchObject({
      headers: { 'Content-Type': 'application/json' },
      body: ''
    })
  })

  it('keeps the headers of the descriptor', () => {
    expect(toFetch(credentials)(request({ headers: { 'User-Agent': 'UA' } }))[1].headers).toEqual({
      'User-Agent': 'UA',
      Authorization: 'Bearer TOKEN',
      'Content-Type': 'application/json'
    })
  })
})

describe('multipart bodies', () => {
  const file: Part = { name: 'file', text: 'email\nana@example.com\n', fileName: 'leads.csv', contentType: 'text/csv' }
  const field: Part = { name: 'format', text: 'csv', fileName: null, contentType: null }

  it('are written by hand (RFC 7578)', () => {
    expect(bodyText({ multipart: [field, file] })).toEqual({
      type: 'multipart/form-data; boundary=segment-marketo-part',
      text: [
        '--segment-marketo-part',
        'Content-Disposition: form-data; name="format"',
        '',
        'csv',
        '--segment-marketo-part',
        'Content-Disposition: form-data; name="file"; filename="leads.csv"',
        'Content-Type: text/csv',
        '',
        'email\nana@example.com\n',
        '--segment-marketo-part--',
        ''
      ].join('\r\n')
    })
  })

  it('take a boundary that occurs in no part, whatever the parts hold', () => {
    const word = fc.constantFrom(
      'segment-marketo-part',
      'segment-marketo-part1',
      'segment-marketo-part23',
      '4',
      '\r\n--',
      'x'
    )
    fc.assert(
      fc.property(fc.array(fc.array(word, { maxLength: 8 }), { minLength: 1, maxLength: 3 }), (texts) => {
        const parts = texts.map((words) => ({ name: 'f', text: words.join(''), fileName: null, contentType: null }))
        const { type, text } = bodyText({ multipart: parts })
        const boundary = type.replace('multipart/form-data; boundary=', '')
        expect(text.split(boundary)).toHaveLength(parts.length + 2)
      })
    )
    const part = { name: 'f', text: 'segment-marketo-part12', fileName: null, contentType: null }
    expect(bodyText({ multipart: [part] }).type).toBe('multipart/form-data; boundary=segment-marketo-part2')
  })

  it('take a boundary that occurs in no part', () => {
    const texts = ['segment-marketo-part', 'segment-marketo-part1', 'x segment-marketo-part2 y']
    const { type } = bodyText({ multipart: texts.map((text) => ({ ...field, text })) })
    expect(type).toBe('multipart/form-data; boundary=segment-marketo-part3')
  })

  it('let no name, file name or content type begin another header', () => {
    const { text } = bodyText({
      multipart: [{ name: 'a"\r\nX: y', text: 't', fileName: 'f"\r\n', contentType: 'text/csv\r\nX: y' }]
    })
    expect(text.split('\r\n').filter((line) => line.startsWith('X:'))).toEqual([])
    expect(text).toContain('name="a%22%0D%0AX: y"; filename="f%22%0D%0A"')
    expect(text).toContain('Content-Type: text/csv X: y\r\n')
  })

  it('are read back by a runtime as they were given', async () => {
    // A runtime reads line breaks and quotes of names back encoded; texts come back as they were.
    const safe = fc.stringMatching(/^[a-z0-9 .]{1,10}$/)
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ name: safe, text: wellFormedText }), { minLength: 1, maxLength: 4 }),
        async (parts) => {
          const { type, text } = bodyText({
            multipart: parts.map((one) => ({ ...one, fileName: null, contentType: null }))
          })
          const form = await new Response(text, { headers: { 'Content-Type': type } }).formData()
          expect([...form]).toEqual(parts.map(({ name, text }) => [name, text.replace(/^\ufeff/, '')]))
        }
      )
    )
  })
})

describe('readAccessToken', () => {
  it.each([
    ['text', ok({ access_token: 'abc:ab', expires_in: 3599 }), 'abc:ab'],
    ['a parsed body', { status: 200, headers: {}, body: { access_token: 'abc:ab' } }, 'abc:ab'],
    ['a refusal', { status: 401, headers: {}, body: { access_token: 'abc:ab' } }, undefined],
    ['a status below 200', { status: 199, headers: {}, body: { access_token: 'abc:ab' } }, undefined],
    ['a status of 300', { status: 300, headers: {}, body: { access_token: 'abc:ab' } }, undefined],
    ['an empty token', ok({ access_token: '' }), undefined],
    ['no token', ok({}), undefined],
    ['HTML', { status: 200, headers: {}, body: '<html>' }, undefined],
    ['nothing', { status: 200, headers: {}, body: undefined }, undefined]
  ])('of %s', (_, answer, token) => {
    expect(readAccessToken(answer)).toBe(token)
  })

  it('P3 never throws', () => {
    const throwing = Object.defineProperty({ status: 200, headers: {}, body: '' }, 'body', {
      get: () => {
        throw new Error('trap')
      }
    })
    expect(readAccessToken(throwing)).toBeUndefined()
    fc.assert(
      fc.property(fc.anything(), (u) => {
        expect(['string', 'undefined']).toContain(typeof readAccessToken({ status: 200, headers: {}, body: u }))
      })
    )
  })
})
