import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openAnswer, refusedByStatus, remedyOf } from '../../src/endpoints/envelope.js'
import { interpretRecords } from '../../src/endpoints/record-outcomes.js'
import type { Call, HttpRequest } from '../../src/intent/descriptor.js'
import type { Answer, Reason } from '../../src/intent/outcome.js'
import type { Remedy } from '../../src/marketo/error-codes.js'
import { hyg, ok } from './reading.js'

const same = (u: unknown): unknown => u

/** A call of so many records, intents 10, 11, 12, … */
const callOf = (count: number): Call<HttpRequest> => ({
  descriptor: {
    _tag: 'HttpRequest',
    endpoint: 'syncLeads',
    munchkinId: hyg,
    host: 'rest',
    method: 'POST',
    path: [],
    query: [],
    headers: {},
    body: null,
    auth: 'bearer',
    lifecycle: { status: 'live' }
  },
  intents: Array.from({ length: count }, (_, i) => i + 10),
  slots: []
})

const interpret = interpretRecords({ idIsLead: true })

/** An object whose members throw when they are read. */
const hostile = new Proxy(
  {},
  {
    get: () => {
      throw new Error('trap')
    },
    has: () => {
      throw new Error('trap')
    },
    getOwnPropertyDescriptor: () => {
      throw new Error('trap')
    }
  }
)

describe('the envelope', () => {
  it('opens with its request id, its result and no warnings (the documented sample)', () => {
    expect(openAnswer(ok({ requestId: 'e42b#14272d07d78', success: true, result: [{ id: 50 }] }), same)).toEqual({
      _tag: 'Opened',
      httpStatus: 200,
      requestId: 'e42b#14272d07d78',
      warnings: [],
      result: [{ id: 50 }],
      more: false,
      moreResult: null,
      nextPageToken: null
    })
  })

  it('reads a parsed body as it reads text', () => {
    const body = { requestId: 'r', success: true, result: [1, null, 'x'] }
    expect(openAnswer({ status: 200, headers: {}, body }, same)).toEqual(openAnswer(ok(body), same))
  })

  it.each([200, 202, 299])('opens at HTTP %i', (status) => {
    expect(openAnswer({ status, headers: {}, body: { success: true } }, same)).toMatchObject({
      _tag: 'Opened',
      httpStatus: status
    })
  })

  it.each([
    ['a null request id', { requestId: null }, { requestId: null }],
    ['no request id', {}, { requestId: null }],
    ['no result', {}, { result: null }],
    ['a result that is no list', { result: { id: 1 } }, { result: null }],
    [
      'warnings as objects with numbers',
      { warnings: [{ code: 1003, message: 'm' }] },
      { warnings: [{ code: '1003', message: 'm' }] }
    ],
    ['warnings as text', { warnings: ['No assets found'] }, { warnings: [{ code: '', message: 'No assets found' }] }],
    [
      'a warning that is not in a list',
      { warnings: { code: '1', message: 'm' } },
      { warnings: [{ code: '1', message: 'm' }] }
    ],
    ['one text for all warnings', { warnings: 'late' }, { warnings: [{ code: '', message: 'late' }] }],
    ['warnings that are none', { warnings: '', errors: false }, { warnings: [] }],
    ['a warning without words', { warnings: [{}, true, null] }, { warnings: Array(3).fill({ code: '', message: '' }) }],
    ['empty lists, as asset replies have them', { warnings: [], errors: [] }, { warnings: [] }],
    [
      'errors beside success',
      { errors: [{ code: '1', message: 'e' }], warnings: ['w'] },
      { warnings: [{ message: 'w' }, { message: 'e' }] }
    ],
    ['more results', { moreResult: true }, { more: true, moreResult: true }],
    ['no more results', { moreResult: false }, { more: false, moreResult: false }],
    ['a word about more results', { moreResult: 'true' }, { more: false, moreResult: null }],
    ['a page token', { nextPageToken: 'ABC=' }, { more: true }],
    ['an empty page token', { nextPageToken: '' }, { more: false }]
  ])('reads %s', (_, members, expected) => {
    expect(openAnswer(ok({ success: true, ...members }), same)).toMatchObject({ _tag: 'Opened', ...expected })
  })
})

describe('a refusal of the whole request', () => {
  const errors = [{ code: '1003', message: 'm' }]

  it('carries every reason, numbers as text, and the request id', () => {
    const body = {
      requestId: 'r',
      success: false,
      errors: [
        { code: 606, message: 'Max rate limit' },
        { code: '607', message: 'Quota' }
      ]
    }
    expect(openAnswer(ok(body), same)).toEqual({
      _tag: 'Refused',
      requestId: 'r',
      reasons: [
        { code: '606', message: 'Max rate limit' },
        { code: '607', message: 'Quota' }
      ],
      remedy: 'await-quota',
      retryAfter: null
    })
  })

  it.each<[string, number, unknown, ReadonlyArray<Reason>, Remedy]>([
    ['success that is text', 200, { success: 'true', errors }, errors, 'mend-request'],
    [
      'no success',
      200,
      { result: [{ id: 1 }] },
      [{ code: '', message: 'the answer neither says success nor gives a reason' }],
      'mend-request'
    ],
    [
      'a failure without a reason',
      200,
      { success: false, errors: [] },
      [{ code: '', message: 'the answer neither says success nor gives a reason' }],
      'mend-request'
    ],
    [
      'a body that is HTML',
      200,
      '<html><body>Oops</body></html>',
      [{ code: '', message: 'the answer is no JSON object' }],
      'mend-request'
    ],
    [
      'a body that is cut off',
      200,
      '{"success":true,"result":[{"id":1',
      [{ code: '', message: 'the answer is no JSON object' }],
      'mend-request'
    ],
    ['an empty body', 200, '', [{ code: '', message: 'the answer is no JSON object' }], 'mend-request'],
    ['no body', 200, undefined, [{ code: '', message: 'the answer is no JSON object' }], 'mend-request'],
    ['a body that is a list', 200, [], [{ code: '', message: 'the answer is no JSON object' }], 'mend-request'],
    ['a body that is null', 200, 'null', [{ code: '', message: 'the answer is no JSON object' }], 'mend-request'],
    ['HTTP 413', 413, '<html>', [{ code: '413', message: 'HTTP status 413' }], 'split-request'],
    ['HTTP 414', 414, '', [{ code: '414', message: 'HTTP status 414' }], 'split-request'],
    ['HTTP 404', 404, 'Not found', [{ code: '404', message: 'HTTP status 404' }], 'mend-request'],
    ['HTTP 401', 401, '', [{ code: '401', message: 'HTTP status 401' }], 'ask-administrator'],
    ['HTTP 429', 429, '', [{ code: '429', message: 'HTTP status 429' }], 'throttle'],
    ['HTTP 502', 502, '<html>', [{ code: '502', message: 'HTTP status 502' }], 'back-off'],
    ['HTTP 503', 503, '<html>', [{ code: '503', message: 'HTTP status 503' }], 'back-off'],
    [
      'a success with an error status',
      500,
      { success: true },
      [{ code: '500', message: 'HTTP status 500' }],
      'back-off'
    ],
    [
      'an unknown code',
      200,
      { success: false, errors: [{ code: '9999', message: 'new' }] },
      [{ code: '9999', message: 'new' }],
      'mend-request'
    ],
    [
      'an unknown code at HTTP 503',
      503,
      { success: false, errors: [{ code: '9999', message: 'new' }] },
      [{ code: '9999', message: 'new' }],
      'back-off'
    ],
    [
      'a code that only a prototype has',
      200,
      { success: false, errors: [{ code: 'constructor' }] },
      [{ code: 'constructor', message: '' }],
      'mend-request'
    ],
    [
      'an expired token',
      200,
      { success: false, errors: [{ code: '602', message: 'Access token expired' }] },
      [{ code: '602', message: 'Access token expired' }],
      'renew-token'
    ]
  ])('is what %s comes to', (_, status, body, reasons, remedy) => {
    const whole = { _tag: 'Refused', requestId: null, reasons, remedy, retryAfter: null }
    expect(openAnswer({ status, headers: {}, body }, same)).toEqual(whole)
    expect(interpret(callOf(2), { status, headers: {}, body })).toEqual(whole)
    if (typeof body === 'object') {
      expect(openAnswer({ status, headers: {}, body: JSON.stringify(body) }, same)).toEqual(whole)
    }
  })

  it.each([199, 300, 0, -200, Number.NaN])('is what HTTP %d comes to, whatever the envelope says', (status) => {
    expect(openAnswer({ status, headers: {}, body: { success: true } }, same)._tag).toBe('Refused')
    expect(refusedByStatus({ status, headers: {}, body: '' })?._tag).toBe('Refused')
    expect(refusedByStatus(ok({ success: false }))).toBeUndefined()
  })

  it('is what a status that is no number comes to', () => {
    const answer: Answer = JSON.parse('{"status":"200","headers":{},"body":{"success":true}}')
    expect(openAnswer(answer, same)).toMatchObject({ _tag: 'Refused' })
  })

  it('says when to come again, also where a success has no JSON', () => {
    expect(openAnswer({ status: 200, headers: { 'retry-after': '7' }, body: '<html>' }, same)).toMatchObject({
      _tag: 'Refused',
      retryAfter: 7
    })
  })

  it('keeps its reasons where a client gives no headers', () => {
    const bare: Answer = JSON.parse('{"status":200,"body":{"success":false,"errors":[{"code":"606","message":"m"}]}}')
    expect(openAnswer(bare, same)).toMatchObject({ reasons: [{ code: '606' }], remedy: 'throttle', retryAfter: null })
  })

  it('reads errors of the whole as such: 1006 there is our request, not a record', () => {
    expect(
      openAnswer(ok({ success: false, errors: [{ code: '1006', message: 'Field not found' }] }), same)
    ).toMatchObject({
      remedy: 'mend-request'
    })
  })

  it.each([
    ['7', 7],
    [' 120 ', 120],
    ['0', 0],
    ['1.5', null],
    ['-1', null],
    ['Fri, 01 Jan 2027 00:00:00 GMT', null],
    ['999999999', 999_999_999],
    ['1234567890', null],
    ['', null]
  ])('Retry-After %j is %j seconds', (text, retryAfter) => {
    const answer = { status: 503, headers: { 'retry-after': text }, body: '' }
    expect(openAnswer(answer, same)).toMatchObject({ retryAfter })
    expect(refusedByStatus(answer)).toMatchObject({ retryAfter })
  })
})

describe('the remedy of several reasons', () => {
  const remedies: ReadonlyArray<readonly [string, Remedy]> = [
    ['603', 'ask-administrator'],
    ['609', 'mend-request'],
    ['1004', 'mend-record'],
    ['1080', 'split-request'],
    ['601', 'renew-token'],
    ['607', 'await-quota'],
    ['606', 'throttle'],
    ['608', 'back-off'],
    ['1037', 'accept']
  ]
  const circumstances = { level: 'record', httpStatus: 200, operation: undefined } as const
  const reason = ([code]: readonly [string, Remedy]): Reason => ({ code, message: '' })

  it('is the gravest of theirs, in whatever order they come', () => {
    remedies.forEach((graver, i) => {
      for (const lighter of remedies.slice(i)) {
        expect(remedyOf([reason(graver), reason(lighter)], circumstances)).toBe(graver[1])
        expect(remedyOf([reason(lighter), reason(graver)], circumstances)).toBe(graver[1])
      }
    })
  })
})

describe('the outcome of each record', () => {
  const outcomes = (count: number, result: unknown): unknown => {
    const verdict = interpret(callOf(count), ok({ success: true, ...(result === undefined ? {} : { result }) }))
    return verdict._tag === 'Accepted' ? verdict.outcomes : verdict
  }
  const applied = (intent: number, status: string, leadId: number | null = null) => ({
    _tag: 'Applied',
    intent,
    status,
    leadId,
    marketoGUID: null
  })
  const unanswered = (intent: number) => ({ _tag: 'Unanswered', intent })

  it.each<[string, unknown, unknown]>([
    ['written, with its lead', { id: 50, status: 'created' }, applied(10, 'created', 50)],
    ['written, with a number that is no lead’s', { id: -1, status: 'updated' }, applied(10, 'updated')],
    ['written, with text for a number', { id: '50', status: 'updated' }, applied(10, 'updated')],
    ['written, with its GUID', { marketoGUID: 'g', status: 'added' }, { ...applied(10, 'added'), marketoGUID: 'g' }],
    ['written, with a GUID that is no text', { marketoGUID: 5, status: 'added' }, applied(10, 'added')],
    ['written, in no word', { id: 50 }, applied(10, '', 50)],
    [
      'skipped',
      { status: 'skipped', reasons: [{ code: 1004, message: 'm' }] },
      { _tag: 'Skipped', intent: 10, reasons: [{ code: '1004', message: 'm' }], remedy: 'mend-record' }
    ],
    [
      'skipped without reasons',
      { status: 'skipped' },
      {
        _tag: 'Skipped',
        intent: 10,
        reasons: [{ code: '', message: 'skipped, and no reason given' }],
        remedy: 'mend-record'
      }
    ],
    [
      'skipped with no reason in the list',
      { status: 'skipped', reasons: [] },
      {
        _tag: 'Skipped',
        intent: 10,
        reasons: [{ code: '', message: 'skipped, and no reason given' }],
        remedy: 'mend-record'
      }
    ],
    [
      'given reasons and no status, though a lead is named',
      { id: 50, reasons: [{ code: '1007', message: 'm' }] },
      { _tag: 'Skipped', intent: 10, reasons: [{ code: '1007', message: 'm' }], remedy: 'mend-record' }
    ],
    [
      'given reasons and errors both',
      { status: 'updated', reasons: [{ code: '1', message: 'a' }], errors: [{ code: '2', message: 'b' }] },
      {
        _tag: 'Skipped',
        intent: 10,
        reasons: [
          { code: '1', message: 'a' },
          { code: '2', message: 'b' }
        ],
        remedy: 'mend-record'
      }
    ],
    [
      'given one reason without a list',
      { reasons: { code: '1037', message: 'm' } },
      { _tag: 'Skipped', intent: 10, reasons: [{ code: '1037', message: 'm' }], remedy: 'accept' }
    ],
    ['given an empty object', {}, unanswered(10)],
    ['given null', null, unanswered(10)],
    ['given text', 'created', unanswered(10)],
    ['given a list', [], unanswered(10)]
  ])('%s', (_, told, expected) => {
    expect(outcomes(1, [told])).toEqual([expected])
  })

  it('tells its lead where the endpoint does, in the member that the endpoint has for it', () => {
    const answer = ok({ success: true, result: [{ id: 7, leadId: 8, status: 'updated' }] })
    const leadIn = (reading: Parameters<typeof interpretRecords>[0]) => {
      const verdict = interpretRecords(reading)(callOf(1), answer)
      return verdict._tag === 'Accepted' && verdict.outcomes.map((one) => ('leadId' in one ? one.leadId : undefined))
    }
    expect(leadIn({ idIsLead: true })).toEqual([7])
    expect(leadIn({ idIsLead: false, tellsLeadId: true })).toEqual([8])
    expect(leadIn({ idIsLead: false, tellsLeadId: false })).toEqual([null])
    expect(leadIn({ idIsLead: false })).toEqual([null])
  })

  it('stays open where the result is short or missing', () => {
    expect(outcomes(3, [{ id: 1, status: 'created' }])).toEqual([
      applied(10, 'created', 1),
      unanswered(11),
      unanswered(12)
    ])
    expect(outcomes(2, [])).toEqual([unanswered(10), unanswered(11)])
    expect(outcomes(2, undefined)).toEqual([unanswered(10), unanswered(11)])
  })

  it('stays open for all where there are too many results: none can be matched', () => {
    const result = [
      { id: 1, status: 'created' },
      { id: 2, status: 'created' }
    ]
    expect(interpret(callOf(1), ok({ requestId: 'r', success: true, warnings: ['w'], result }))).toEqual({
      _tag: 'Accepted',
      requestId: 'r',
      warnings: [
        { code: '', message: 'w' },
        { code: '', message: '2 results for 1 records: none can be matched' }
      ],
      outcomes: [unanswered(10)]
    })
  })

  it('there is exactly one for each record, in order', () => {
    const member = fc.oneof(
      fc.record({ id: fc.nat(), status: fc.constantFrom('created', 'skipped') }),
      fc.record({ reasons: fc.array(fc.record({ code: fc.string(), message: fc.string() })) }),
      fc.anything()
    )
    fc.assert(
      fc.property(fc.nat({ max: 6 }), fc.array(member, { maxLength: 8 }), (count, result) => {
        const call = callOf(count)
        const verdict = interpret(call, { status: 200, headers: {}, body: { success: true, result } })
        expect(verdict._tag === 'Accepted' && verdict.outcomes.map(({ intent }) => intent)).toEqual(call.intents)
      })
    )
  })
})

describe('P3 any answer', () => {
  const throwing = {
    get: () => {
      throw new Error('trap')
    }
  }
  const traps: ReadonlyArray<readonly [string, unknown]> = [
    ['the body', hostile],
    ['a list', [hostile]],
    ['a list as a body', new Proxy([], throwing)],
    ['a record', { success: true, result: [hostile] }],
    ['a reason', { success: true, result: [{ reasons: [hostile] }] }],
    ['an error', { success: false, errors: hostile }],
    ['the errors', { success: false, errors: [hostile] }],
    ['the result', { success: true, result: new Proxy([1], throwing) }]
  ]

  it.each(traps)('P3 gets a verdict where %s throws when it is read', (_, u) => {
    const answer: Answer = { status: 200, headers: {}, body: u }
    expect(interpret(callOf(2), answer)).toMatchObject({
      _tag: 'Refused',
      reasons: [{ code: '' }],
      remedy: 'mend-request'
    })
  })

  it('P3 reads a list member by member, whatever its own methods do', () => {
    const result: Array<unknown> = [{ id: 7, status: 'created' }, { status: 'skipped' }]
    Object.defineProperty(result, 'map', { value: () => 'nothing' })
    const answer: Answer = { status: 200, headers: {}, body: { success: true, result } }
    expect(interpret(callOf(2), answer)).toMatchObject({
      _tag: 'Accepted',
      outcomes: [{ _tag: 'Applied', leadId: 7 }, { _tag: 'Skipped' }]
    })
  })

  it.each(['result', 'warnings', 'errors'])('P3 does not go through %s that say they are endless', (name) => {
    const endless: Array<unknown> = []
    endless.length = 4_294_967_295
    const answer: Answer = { status: 200, headers: {}, body: { success: name !== 'errors', [name]: endless } }
    expect(['Accepted', 'Refused']).toContain(interpret(callOf(2), answer)._tag)
  })

  const body = fc.oneof(
    fc.anything({ withBigInt: true, withDate: true, withMap: true, withSparseArray: true, withNullPrototype: true }),
    fc.json(),
    fc.string(),
    fc.record({
      success: fc.constantFrom(true, false, 'true'),
      result: fc.anything(),
      errors: fc.anything(),
      warnings: fc.anything(),
      requestId: fc.anything()
    })
  )

  it('P3 gets a verdict, and nothing throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.constant(200), fc.integer(), fc.double()), body, (status, u) => {
        const answer: Answer = { status, headers: {}, body: u }
        expect(['Accepted', 'Refused']).toContain(interpret(callOf(2), answer)._tag)
        expect([undefined, 'Refused']).toContain(refusedByStatus(answer)?._tag)
      })
    )
  })

  it('P3 gets a verdict where the answer itself throws when it is read', () => {
    const answers: ReadonlyArray<Answer> = [
      Object.defineProperty({ status: 200, headers: {}, body: '' }, 'body', {
        get: () => {
          throw new Error('trap')
        }
      }),
      Object.defineProperty({ status: 200, headers: {}, body: '' }, 'status', {
        get: () => {
          throw new Error('trap')
        }
      }),
      Object.defineProperty({ status: 500, headers: {}, body: '' }, 'headers', {
        get: () => {
          throw new Error('trap')
        }
      })
    ]
    const [bodyThrows, statusThrows, headersThrow] = answers.map((answer) => interpret(callOf(1), answer))
    expect(bodyThrows).toMatchObject({ _tag: 'Refused', reasons: [{ code: '' }], remedy: 'mend-request' })
    expect(statusThrows).toMatchObject({ _tag: 'Refused', reasons: [{ code: '0' }] })
    expect(headersThrow).toMatchObject({ _tag: 'Refused', reasons: [{ code: '500' }], remedy: 'back-off' })
    expect(answers.map((answer) => refusedByStatus(answer)?.reasons[0].code)).toEqual([undefined, '0', '0'])
  })
})
