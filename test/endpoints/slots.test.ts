import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeAddCustomActivities } from '../../src/endpoints/add-custom-activities.js'
import { describeAssociateLead } from '../../src/endpoints/associate-lead.js'
import type { LeadRef } from '../../src/endpoints/lead-ref.js'
import { fillSlots, withEmpty, withLead } from '../../src/endpoints/slots.js'
import type { JsonObject } from '../../src/ground/json.js'
import type { Call, HttpRequest, Slot } from '../../src/intent/descriptor.js'
import type { AddCustomActivity, AssociateCookie } from '../../src/intent/intent.js'
import type { Answer } from '../../src/intent/outcome.js'
import { addCustomActivity, associateCookie, leadId } from '../arbitraries/intents.js'
import { callsOf, frozen, hyg, ok, onlyCall } from './reading.js'

const activity: AddCustomActivity = {
  _tag: 'AddCustomActivity',
  munchkinId: hyg,
  lead: { lookupField: 'email', value: 'a@x' },
  activityTypeId: 100001,
  activityDate: '2024-05-01T10:00:00Z',
  primaryAttributeValue: 'p',
  attributes: []
}
const cookie: AssociateCookie = {
  _tag: 'AssociateCookie',
  munchkinId: hyg,
  lead: { lookupField: 'email', value: 'a@x' },
  visitor: { _tag: 'Derived' }
}
const told = (step: number, k: number): LeadRef => ({ step, pick: ['result', k, 'id'] })

const inBody = onlyCall(describeAddCustomActivities([{ intent: activity, lead: told(0, 0) }]))
const inPath = onlyCall(describeAssociateLead([{ intent: cookie, lead: told(0, 0) }]))
const inQuery: Call<HttpRequest> = { ...inPath, descriptor: withEmpty(inPath.descriptor, ['query', 0, 1]) }
const withJson = (json: JsonObject): Call<HttpRequest> => ({
  ...inBody,
  descriptor: { ...inBody.descriptor, body: { json } }
})
const answer = (...ids: ReadonlyArray<unknown>): Answer => ok({ success: true, result: ids.map((id) => ({ id })) })

describe('filling slots', () => {
  it('makes the very call that was described with the numbers known', () => {
    const withNumbers = fc.array(fc.record({ intent: addCustomActivity, number: leadId }), {
      minLength: 1,
      maxLength: 20
    })
    fc.assert(
      fc.property(withNumbers, ([first, ...rest]) => {
        if (first === undefined) return
        const all = [first, ...rest] as const
        const numbers = all.map(({ number }) => number)
        const known = describeAddCustomActivities([
          { intent: first.intent, lead: { leadId: first.number } },
          ...rest.map(({ intent, number }) => ({ intent, lead: { leadId: number } }))
        ])
        const later = describeAddCustomActivities([
          { intent: first.intent, lead: told(1, 0) },
          ...rest.map(({ intent }, i) => ({ intent, lead: told(1, i + 1) }))
        ])
        const filled = callsOf(later).map((call) => fillSlots(frozen(call), [answer(), answer(...numbers)]))
        expect(filled).toEqual(callsOf(known).map((right) => ({ _tag: 'Right', right })))
      })
    )
  })

  it('fills a path likewise', () => {
    fc.assert(
      fc.property(associateCookie, leadId, (intent, number) => {
        const later = onlyCall(describeAssociateLead([{ intent, lead: told(0, 2) }]))
        const known = onlyCall(describeAssociateLead([{ intent, lead: { leadId: number } }]))
        expect(fillSlots(frozen(later), [answer(1, 2, number)])).toEqual({ _tag: 'Right', right: known })
      })
    )
  })

  it('leaves a call without slots as it is', () => {
    const known = onlyCall(describeAssociateLead([{ intent: cookie, lead: { leadId: 7 } }]))
    expect(fillSlots(known, [])).toEqual({ _tag: 'Right', right: known })
  })

  it('takes a parsed answer as it takes text', () => {
    const parsed: Answer = { status: 200, headers: {}, body: { result: [{ id: 7 }] } }
    expect(fillSlots(inPath, [parsed])).toMatchObject({
      right: { descriptor: { path: ['rest', 'v1', 'leads', '7', 'associate.json'] } }
    })
  })

  it('fills only what stands empty: other places and other records stay', () => {
    const two = onlyCall(
      describeAddCustomActivities([
        { intent: { ...activity, attributes: [{ apiName: 'leadId', value: 'null' }] }, lead: { leadId: 5 } },
        { intent: activity, lead: told(0, 0) }
      ])
    )
    expect(fillSlots(two, [answer(9)])).toMatchObject({
      right: {
        descriptor: { body: { json: { input: [{ leadId: 5, attributes: [{ value: 'null' }] }, { leadId: 9 }] } } }
      }
    })
  })
})

describe('filling slots says which lead is not known', () => {
  it.each<[string, ReadonlyArray<Answer>, object]>([
    ['when the answer is not there', [], { _tag: 'Missing' }],
    ['when the answer has no such record', [answer()], { _tag: 'Missing' }],
    ['when the record was skipped', [ok({ success: true, result: [{ status: 'skipped' }] })], { _tag: 'Missing' }],
    ['when the answer is HTML', [{ status: 502, headers: {}, body: '<html>' }], { _tag: 'Missing' }],
    ['when the result is no list', [ok({ result: { 0: { id: 5 } } })], { _tag: 'Missing' }],
    ['when the record is no object', [ok({ result: ['x'] })], { _tag: 'Missing' }],
    ['when the number is text', [answer('1042')], { _tag: 'Malformed', found: 'text' }],
    ['when the number is null', [answer(null)], { _tag: 'Malformed', found: 'null' }],
    ['when the number is zero', [answer(0)], { _tag: 'Malformed', found: 'a number' }],
    ['when the number is negative', [answer(-1)], { _tag: 'Malformed' }],
    ['when the number is a fraction', [answer(1.5)], { _tag: 'Malformed' }],
    ['when the number is beyond 2^53', [answer(2 ** 53)], { _tag: 'Malformed' }],
    ['when the number is a list', [answer([1])], { _tag: 'Malformed', found: 'a list' }],
    ['when the number is a path', [answer('../../x')], { _tag: 'Malformed', found: 'text' }]
  ])('%s', (_, answers, problem) => {
    const left = { weight: 'invalid', ...problem }
    expect(fillSlots(inBody, answers)).toMatchObject({
      _tag: 'Left',
      left: { ...left, at: ['body', 'json', 'input', 0, 'leadId'] }
    })
    expect(fillSlots(inPath, answers)).toMatchObject({ _tag: 'Left', left: { ...left, at: ['path', 3] } })
  })

  it('when a list is asked for its length, which is no lead', () => {
    const call = { ...inPath, slots: [{ at: ['path', 3], step: 0, pick: ['result', 'length'] }] }
    expect(fillSlots(call, [answer(5, 6)])).toMatchObject({ _tag: 'Left', left: { _tag: 'Missing' } })
  })

  it('and names the step and the place of the answer', () => {
    expect(fillSlots(inPath, [])).toMatchObject({ left: { mend: expect.stringContaining('the answer to call 0') } })
    expect(fillSlots(inPath, [])).toMatchObject({ left: { mend: expect.stringContaining('result[0].id') } })
  })

  it('also where reading the answer throws', () => {
    const throwing: Answer = Object.defineProperty({ status: 200, headers: {}, body: '' }, 'body', {
      get: () => {
        throw new Error('trap')
      }
    })
    const inside = {
      status: 200,
      headers: {},
      body: new Proxy(
        {},
        {
          getOwnPropertyDescriptor: () => {
            throw new Error('trap')
          }
        }
      )
    }
    expect(fillSlots(inPath, [throwing])).toMatchObject({ _tag: 'Left', left: { _tag: 'Missing' } })
    expect(fillSlots(inPath, [inside])).toMatchObject({ _tag: 'Left', left: { _tag: 'Missing' } })
  })

  it('stops at the first', () => {
    const two = onlyCall(
      describeAddCustomActivities([
        { intent: activity, lead: told(0, 0) },
        { intent: activity, lead: told(0, 1) }
      ])
    )
    expect(fillSlots(two, [answer('x', 'y')])).toMatchObject({ left: { at: ['body', 'json', 'input', 0, 'leadId'] } })
    expect(fillSlots(two, [answer(1, 'y')])).toMatchObject({ left: { at: ['body', 'json', 'input', 1, 'leadId'] } })
  })
})

describe('an empty place', () => {
  const json = { input: [{ id: 5, k: 1 }, { id: 6 }], o: { l: 7 } }
  const query = [
    ['x', '1'],
    ['y', '2']
  ] as const
  const request: HttpRequest = { ...inPath.descriptor, path: ['a', 'b'], query, body: { json } }

  // biome-ignore format: table
  it.each<[Slot['at'], Partial<HttpRequest>, Partial<HttpRequest>]>([
    [['path', 1],                      { path: ['a', ''] },                { path: ['a', '9'] }],
    [['query', 1, 1],                  { query: [['x', '1'], ['y', '']] }, { query: [['x', '1'], ['y', '9']] }],
    [['body', 'json', 'input', 1, 'id'], { body: { json: { ...json, input: [{ id: 5, k: 1 }, { id: null }] } } }, { body: { json: { ...json, input: [{ id: 5, k: 1 }, { id: 9 }] } } }],
    [['body', 'json', 'o', 'l'],       { body: { json: { ...json, o: { l: null } } } }, { body: { json: { ...json, o: { l: 9 } } } }],
    [['body', 'json', 'o'],            { body: { json: { ...json, o: null } } }, { body: { json: { ...json, o: 9 } } }]
  ])('%j is made and filled, and nothing else is touched', (at, empty, full) => {
    expect(withEmpty(frozen(request), at)).toEqual({ ...request, ...empty })
    expect(withLead(frozen({ ...request, ...empty }), at, 9)).toEqual({ ...request, ...full })
    expect(withLead(request, at, 9)).toBeUndefined()
  })

  // biome-ignore format: table
  it.each<[Slot['at']]>([
    [['path', 2]], [['query', 2, 1]], [['body', 'json', 'input', 2, 'id']], [['body', 'json', 'input', 'id']], [['body', 'json', 'o', 0]]
  ])('%j is made nowhere else', (at) => {
    expect(withEmpty(request, at)).toEqual(request)
  })

  it('is made in no body but JSON', () => {
    const at = ['body', 'json', 'input', 0, 'id']
    expect(withEmpty(inPath.descriptor, at)).toBe(inPath.descriptor)
    const bare = { ...request, body: null }
    expect(withEmpty(bare, at)).toBe(bare)
  })

  it('of a list is a list’s, of its lead a lead’s', () => {
    const said = (call: Call<HttpRequest>, endpoint: 'addToList' | 'removeFromList') => {
      const filled = fillSlots({ ...call, descriptor: { ...call.descriptor, endpoint } }, [])
      return filled._tag === 'Left' ? filled.left.mend : ''
    }
    const ofList = "the answer to call 0 should tell the list's number at result[0].id: no list has that name"
    expect(said(inPath, 'addToList')).toBe(ofList)
    expect(said(inPath, 'removeFromList')).toBe(ofList)
    expect(said(inBody, 'addToList')).toBe(
      "the answer to call 0 should tell the lead's number at result[0].id: that lead was not found or not written"
    )
  })
})

describe('U3 filling slots refuses a place that does not stand empty', () => {
  const slot = (at: Slot['at']): Slot => ({ at, step: 0, pick: ['result', 0, 'id'] })
  const withSlot = (call: Call<HttpRequest>, at: Slot['at']): Call<HttpRequest> => ({ ...call, slots: [slot(at)] })

  it.each<[string, Call<HttpRequest>, Slot['at']]>([
    ['a part of the path that is there', inPath, ['path', 2]],
    ['a part that the path has not', inPath, ['path', 9]],
    ['the path by name', inPath, ['path', 'length']],
    ['the method', inPath, ['method']],
    ['the host', inPath, ['host']],
    ['a pair of the query', inPath, ['query', 0, 1]],
    ['a header', inPath, ['headers', 'Host']],
    ['a text body', inPath, ['body', 'json', 'input', 0, 'leadId']],
    ['a value of the body that is there', inBody, ['body', 'json', 'input', 0, 'activityTypeId']],
    ['a member that the record has not', inBody, ['body', 'json', 'input', 0, 'nothing']],
    ['a member that only a prototype has', inBody, ['body', 'json', 'input', 0, 'constructor']],
    ['a record that is not there', inBody, ['body', 'json', 'input', 1, 'leadId']],
    ['a list by name', inBody, ['body', 'json', 'input', '0', 'leadId']],
    ['an object by number', inBody, ['body', 'json', 0]],
    ['the whole list', inBody, ['body', 'json', 'input']],
    ['another kind of body', inBody, ['body', 'form', 'input', 0, 'leadId']],
    ['the path by text', inPath, ['path', '3']],
    ['the name of a pair', inQuery, ['query', 0, 0]],
    ['a whole pair', inQuery, ['query', 0]],
    ['a pair by text', inQuery, ['query', '0', 1]],
    ['a pair that is not there', inQuery, ['query', 3, 1]],
    ['a header like a pair', inQuery, ['headers', 0, 1]],
    ['a header like a body', inBody, ['headers', 'json', 'input', 0, 'leadId']],
    ['a member of what stands empty', inBody, ['body', 'json', 'input', 0, 'leadId', 'x']],
    ['a member of what is not there', inBody, ['body', 'json', 'input', 3, 'leadId', 'x']],
    ['an object by number, which has such a name', withJson({ 0: null }), ['body', 'json', 0]],
    ['nothing', inBody, []]
  ])('%s', (_, call, at) => {
    expect(fillSlots(withSlot(call, at), [answer(7)])).toMatchObject({
      _tag: 'Left',
      left: { _tag: 'Malformed', weight: 'invalid', at, found: 'no empty place' }
    })
  })

  it('and a body that is not there', () => {
    const bare: Call<HttpRequest> = {
      ...inPath,
      descriptor: { ...inPath.descriptor, body: null },
      slots: [slot(['body', 'json', 'x'])]
    }
    expect(fillSlots(bare, [answer(7)])._tag).toBe('Left')
  })
})
