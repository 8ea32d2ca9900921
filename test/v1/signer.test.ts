import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { associateLeadSignature } from '../../src/v1/sign.js'
import { type SignerOptions, type SignerQuestion, signerHandler } from '../../src/v1/signer.js'
import { fragile } from '../arbitraries/hostile.js'

const privateKey = 'munchkin-api-private-key'
const email = 'name@example.com'
const origin = 'https://www.example.com'
const path = '/integrations/marketo/v1/p1/name%40example.com/hash'
const hash = associateLeadSignature(privateKey)(email)

const ask = (question: Partial<SignerQuestion> = {}, options: Partial<SignerOptions> = {}) =>
  signerHandler(privateKey, { allowedOrigins: [origin], ...options })({ method: 'GET', path, headers: {}, ...question })

const plain = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store', Vary: 'Origin' }

describe('signerHandler', () => {
  it('answers with the signature of the email in the path', () => {
    expect(ask()).toStrictEqual({ status: 200, headers: plain, body: `{"hash":"${hash}"}` })
  })

  it.each<[string, Partial<SignerQuestion>, Partial<SignerOptions>]>([
    ['a whole url', { path: '', url: `https://signer.example.com${path}` }, {}],
    ['a whole url with a port', { path: '', url: `http://localhost:8080${path}?x=1#y` }, {}],
    ['a path with a query behind it', { path: `${path}?callback=x` }, {}],
    ['an email that is not encoded', { path: '/integrations/marketo/v1/p1/name@example.com/hash' }, {}],
    ['a method in small letters', { method: 'get' }, {}],
    ['the project that is served', {}, { projectId: 'p1' }],
    ['a project that is encoded', { path: path.replace('p1', 'p%31') }, { projectId: 'p1' }],
    ['a path below another', { path: `/api/x${path}` }, { basePath: '/api/x' }],
    ['a caller who may', { headers: { Cookie: 'me' } }, { maySign: (e, { cookie }) => e === email && cookie === 'me' }]
  ])('signs for %s', (_, question, options) => {
    expect(ask(question, options)).toEqual({ status: 200, headers: plain, body: `{"hash":"${hash}"}` })
  })

  it('signs the email as it stands in the path, decoded once', () => {
    const signed = (part: string) => ask({ path: `/integrations/marketo/v1/p1/${part}/hash` }).body
    const expected = (text: string) => `{"hash":"${associateLeadSignature(privateKey)(text)}"}`
    expect(signed('Tom+News@Example.com')).toBe(expected('Tom+News@Example.com'))
    expect(signed('tom%2Bnews%40example.com')).toBe(expected('tom+news@example.com'))
    expect(signed('a%2540@example.com')).toBe(expected('a%40@example.com'))
  })

  it('lets a page of a listed origin read the answer, and also a refusal', () => {
    const headers = { ...plain, 'Access-Control-Allow-Origin': origin }
    expect(ask({ headers: { Origin: origin } })).toEqual({ status: 200, headers, body: `{"hash":"${hash}"}` })
    expect(ask({ headers: { origin }, path: '/' })).toMatchObject({ status: 404, headers })
    expect(ask({ headers: { origin } }, { allowCredentials: true }).headers).toEqual({
      ...headers,
      'Access-Control-Allow-Credentials': 'true'
    })
  })

  it('reads a request of Node’s own, whose members are inherited', () => {
    const inherited = Object.create({ method: 'GET', url: path, headers: { origin, cookie: ['a'], accept: 'x' } })
    const seen: Array<unknown> = []
    const maySign = (_: string, headers: unknown) => seen.push(headers) > 0
    expect(signerHandler(privateKey, { allowedOrigins: [origin], maySign })(inherited)).toMatchObject({
      status: 200,
      headers: { 'Access-Control-Allow-Origin': origin }
    })
    expect(seen).toEqual([{ origin, accept: 'x' }])
  })

  it('answers a preflight without signing', () => {
    const maySign = () => {
      throw new Error('not asked')
    }
    const headers = { Vary: 'Origin', Allow: 'GET, OPTIONS', 'Cache-Control': 'no-store' }
    expect(ask({ method: 'OPTIONS', headers: { origin } }, { maySign })).toEqual({
      status: 204,
      headers: { ...headers, 'Access-Control-Allow-Origin': origin, 'Access-Control-Allow-Methods': 'GET' },
      body: ''
    })
    expect(
      ask({ method: 'OPTIONS', headers: { origin } }, { allowedHeaders: ['authorization', 'x-csrf'] }).headers
    ).toMatchObject({ 'Access-Control-Allow-Headers': 'authorization, x-csrf' })
  })

  it.each(['https://www.example.com.evil.test', 'https://www.example.com/', 'http://www.example.com', 'null', '*', ''])(
    'refuses a page of the origin %j, and lets it read nothing',
    (stranger) => {
      for (const method of ['GET', 'OPTIONS']) {
        const { status, headers, body } = ask({ method, headers: { origin: stranger } })
        expect(status).toBe(403)
        expect(Object.keys(headers).filter((name) => name.startsWith('Access-Control'))).toEqual([])
        expect(JSON.parse(body)).toEqual({ problem: expect.stringMatching(/\S/) })
      }
    }
  )

  it.each<[string, number, Partial<SignerQuestion>, Partial<SignerOptions>]>([
    ['POST', 405, { method: 'POST' }, {}],
    ['HEAD', 405, { method: 'HEAD' }, {}],
    ['no method', 405, { method: '' }, {}],
    ['the root', 404, { path: '/' }, {}],
    ['no path', 404, { path: '', url: '' }, {}],
    ['a path with more behind it', 404, { path: `${path}/more` }, {}],
    ['a path with a slash behind it', 404, { path: `${path}/` }, {}],
    ['a path that does not end in hash', 404, { path: path.replace(/hash$/, 'hashes') }, {}],
    ['a path of v2', 404, { path: path.replace('v1', 'v2') }, {}],
    ['another integration', 404, { path: path.replace('marketo', 'other') }, {}],
    ['another room', 404, { path: path.replace('integrations', 'other') }, {}],
    ['a path that begins otherwise', 404, { path: `x${path.slice(1)}` }, {}],
    ['a path without a project', 404, { path: path.replace('p1', '') }, {}],
    ['another project', 404, {}, { projectId: 'p2' }],
    ['a path that is not below the base', 404, {}, { basePath: '/api' }],
    ['a path beside the base', 404, { path: `/apis${path}` }, { basePath: '/api' }],
    ['a slash too many', 404, { path: `/${path}` }, {}],
    ['a text that is no email', 400, { path: path.replace('%40', '') }, {}],
    ['an empty email', 400, { path: path.replace('name%40example.com', '') }, {}],
    ['an email encoded twice', 400, { path: path.replace('%40', '%2540') }, {}],
    ['a broken escape', 400, { path: path.replace('%40', '%4') }, {}],
    ['a blank before the email', 400, { path: path.replace('name', '%20name') }, {}],
    ['a caller who may not', 403, {}, { maySign: () => false }]
  ])('refuses %s with %i', (_, status, question, options) => {
    const answered = ask(question, options)
    expect(answered).toMatchObject({ status, headers: plain })
    expect(JSON.parse(answered.body)).toEqual({ problem: expect.stringMatching(/\S/) })
    expect(answered.body).not.toContain('example.com')
    if (status === 405) expect(answered.headers.Allow).toBe('GET, OPTIONS')
  })

  it('takes only true for a permission, and a predicate that throws for none', () => {
    const promised: unknown = Promise.resolve(true)
    for (const given of [promised, 'yes', 1, {}, undefined]) {
      const handler: unknown = Reflect.apply(signerHandler, undefined, [
        privateKey,
        { allowedOrigins: [], maySign: () => given }
      ])
      expect(
        typeof handler === 'function' && Reflect.apply(handler, undefined, [{ method: 'GET', path }])
      ).toMatchObject({ status: 403 })
    }
    const thrown = ask(
      {},
      {
        maySign: () => {
          throw new Error(privateKey)
        }
      }
    )
    expect(thrown.status).toBe(403)
    expect(JSON.parse(thrown.body)).toEqual({ problem: expect.stringMatching(/\S/) })
    expect(JSON.stringify(thrown)).not.toContain(privateKey)
  })

  it('signs for a request without headers', () => {
    expect(signerHandler(privateKey, { allowedOrigins: [] })({ method: 'GET', path })).toMatchObject({ status: 200 })
  })

  it.each([
    [405, { method: 7, path }],
    [404, { method: 'GET', path: 7 }]
  ])('answers %i to a request whose member is no text', (status, request) => {
    const handler: unknown = signerHandler(privateKey, { allowedOrigins: [] })
    expect(typeof handler === 'function' && Reflect.apply(handler, undefined, [request])).toMatchObject({ status })
  })

  it('without a private key signs nothing', () => {
    expect(signerHandler('', { allowedOrigins: [] })({ method: 'GET', path })).toEqual({
      status: 500,
      headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' },
      body: '{"problem":"the signer has no private key"}'
    })
  })
})

describe('signerHandler, whatever it is asked', () => {
  const handlers = [
    signerHandler(privateKey, { allowedOrigins: [] }),
    signerHandler(privateKey, { allowedOrigins: [origin], maySign: (_, headers) => headers.cookie === 'me' })
  ]

  const header = fc.constantFrom('origin', 'Origin', 'cookie', 'x')
  const question = fc.record(
    {
      method: fc.constantFrom('GET', 'OPTIONS', 'POST', ''),
      path: fc.oneof(
        fc.string(),
        fc.constant(path),
        fc.emailAddress().map((e) => path.replace(email, encodeURIComponent(e)))
      ),
      url: fc.webUrl(),
      headers: fc.dictionary(header, fc.oneof(fc.string(), fc.constant(origin)))
    },
    { requiredKeys: [] }
  )
  const patience = fc.option(fc.nat(12))

  it('P3 S3 answers, and tells neither the key nor what it did not sign', () => {
    fc.assert(
      fc.property(fc.oneof(question, fc.anything()), fc.constantFrom(...handlers), patience, (asked, handler, n) => {
        const answered: unknown = Reflect.apply(handler, undefined, [n === null ? asked : fragile(asked, n)])
        const told = JSON.stringify(answered)
        expect(told).not.toContain(privateKey)
        expect(answered).toEqual({
          status: expect.any(Number),
          headers: expect.any(Object),
          body: expect.stringMatching(/^(?:|\{"hash":"[0-9a-f]{40}"\}|\{"problem":"[^"]+"\})$/)
        })
        expect(JSON.parse(told)).toEqual(answered)
      })
    )
  })

  it('P1 P2 answers alike each time and leaves the request as it was', () => {
    fc.assert(
      fc.property(question, fc.constantFrom(...handlers), (asked, handler) => {
        const before = JSON.stringify(asked)
        const first: unknown = Reflect.apply(handler, undefined, [asked])
        expect(Reflect.apply(handler, undefined, [Object.freeze(asked)])).toEqual(first)
        expect(JSON.stringify(asked)).toBe(before)
      })
    )
  })
})
