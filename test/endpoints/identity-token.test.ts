import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeIdentityToken, interpretIdentityToken } from '../../src/endpoints/identity-token.js'
import type { Answer } from '../../src/intent/outcome.js'
import { hyg, ok } from './reading.js'

const secret = 'cdf01657-110d-4155-99a7-f986b2ff13a0:int'

describe('the identity call', () => {
  it('is a GET that names the credentials it needs and holds none', () => {
    expect(describeIdentityToken(hyg)).toEqual({
      descriptor: {
        _tag: 'HttpRequest',
        endpoint: 'identityToken',
        munchkinId: '561-HYG-937',
        host: 'identity',
        method: 'GET',
        path: ['identity', 'oauth', 'token'],
        query: [['grant_type', 'client_credentials']],
        headers: {},
        body: null,
        auth: 'client-credentials',
        lifecycle: { status: 'live' }
      },
      intents: [],
      slots: []
    })
  })
})

describe('S3 the identity answer', () => {
  it('S3 tells how long a token lives, and never the token (the documented sample)', () => {
    const body = { access_token: secret, token_type: 'bearer', expires_in: 3599, scope: 'apis@example.com' }
    expect(interpretIdentityToken(ok(body))).toEqual({ _tag: 'TokenGranted', expiresIn: 3599 })
    expect(interpretIdentityToken({ status: 200, headers: {}, body })).toEqual({
      _tag: 'TokenGranted',
      expiresIn: 3599
    })
  })

  it('S3 holds nothing of a secret, wherever an answer repeats it', () => {
    const place = fc.constantFrom(
      'access_token',
      'error',
      'error_description',
      'message',
      'requestId',
      'expires_in',
      'scope'
    )
    const answer = fc.record({
      status: fc.constantFrom(200, 400, 401, 500),
      headers: fc.constant({ 'retry-after': secret }),
      body: fc.oneof(
        fc.constant(`<html>${secret}`),
        place.map((name) => ({ [name]: secret })),
        place.map((name) => JSON.stringify({ [name]: secret, success: false })),
        place.map((name) => ({
          errors: [
            { code: secret, [name]: secret },
            { code: '601', message: secret }
          ]
        }))
      )
    })
    fc.assert(
      fc.property(answer, (one) => {
        expect(JSON.stringify(interpretIdentityToken(one))).not.toContain(secret.slice(0, 8))
      })
    )
  })

  it.each([
    [3599, 3599],
    [0, 0],
    [1.9, 1],
    [-5, 0],
    ['60', 60],
    ['x60', 0],
    ['60x', 0],
    ['1.9', 0],
    [[60], 0],
    [true, 0],
    ['soon', 0],
    [null, 0],
    [undefined, 0]
  ])('reads %j seconds as %i', (told, expiresIn) => {
    expect(interpretIdentityToken(ok({ access_token: secret, expires_in: told }))).toEqual({
      _tag: 'TokenGranted',
      expiresIn
    })
  })

  it('takes no endless life for one', () => {
    const body = `{"access_token":"${secret}","expires_in":1e999}`
    expect(interpretIdentityToken({ status: 200, headers: {}, body })).toMatchObject({ expiresIn: 0 })
  })

  it('S3 repeats no error but one of OAuth’s own names, and no code but a number', () => {
    const body = { error: 'unauthorized 7f', errors: [{ code: 'x601' }, { code: '601x' }] }
    for (const error of ['7f unauthorized', 'unauthorized 7f'])
      expect(interpretIdentityToken({ status: 401, headers: {}, body: { ...body, error } })).toMatchObject({
        reasons: [{ code: '401', message: 'HTTP status 401' }]
      })
  })

  it('refuses an answer that throws when it is read', () => {
    const answer: Answer = Object.defineProperty({ status: 200, headers: {}, body: '' }, 'body', {
      get: () => {
        throw new Error('trap')
      }
    })
    expect(interpretIdentityToken(answer)).toEqual({
      _tag: 'Refused',
      requestId: null,
      reasons: [{ code: '', message: 'the answer holds no access token' }],
      remedy: 'mend-request',
      retryAfter: null
    })
  })

  it.each<[string, number, unknown, object]>([
    [
      'an unknown client',
      401,
      { error: 'unauthorized', error_description: 'No client with requested id: abc' },
      { reasons: [{ code: '401', message: 'unauthorized' }], remedy: 'ask-administrator' }
    ],
    ['a bare 401', 401, '', { reasons: [{ code: '401', message: 'HTTP status 401' }], remedy: 'ask-administrator' }],
    ['a gateway', 503, '<html>', { reasons: [{ code: '503', message: 'HTTP status 503' }], remedy: 'back-off' }],
    [
      'a token with an error status',
      500,
      { access_token: secret },
      { reasons: [{ code: '500', message: 'HTTP status 500' }], remedy: 'back-off' }
    ],
    ['a status below 200', 199, { access_token: secret }, { reasons: [{ code: '199' }] }],
    ['a status of 300', 300, { access_token: secret }, { reasons: [{ code: '300' }] }],
    [
      'no token',
      200,
      {},
      { reasons: [{ code: '', message: 'the answer holds no access token' }], remedy: 'mend-request' }
    ],
    ['an empty token', 200, { access_token: '' }, { reasons: [{ code: '' }] }],
    ['a token that is no text', 200, { access_token: 7 }, { reasons: [{ code: '' }] }],
    ['a cut-off answer', 200, '{"access_token":"ab', { reasons: [{ code: '' }] }],
    ['a list', 200, [], { reasons: [{ code: '' }] }],
    [
      'an envelope',
      200,
      { success: false, errors: [{ code: '614', message: 'Invalid Subscription' }] },
      { reasons: [{ code: '614', message: '' }], remedy: 'back-off' }
    ]
  ])('refuses %s', (_, status, body, expected) => {
    const verdict = interpretIdentityToken({ status, headers: { 'retry-after': '3' }, body })
    expect(verdict).toMatchObject({ _tag: 'Refused', requestId: null, retryAfter: 3, ...expected })
  })
})
