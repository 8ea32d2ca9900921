import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DeliveryOptions } from '../../src/delivery/options.js'
import {
  leftOut,
  refusedBy,
  sentFields,
  sentLookupField,
  sentNumbers,
  withoutRefused
} from '../../src/delivery/refused-fields.js'
import { start } from '../../src/delivery/start.js'
import type { HttpRequest } from '../../src/intent/descriptor.js'
import { leadsIn } from '../../src/simulator/reading.js'
import { drive } from './drive.js'
import { begun } from './steps.js'
import { activity, email, endsOf, itemsOf, marketo, outcomesOf, upsert } from './world.js'

const company = { company: 'Corp', billingCity: 'Lyon' }

const leftOutOf = (field: string, code: string) => ({ _tag: 'LeftOut', field, code })

describe.each(['record', 'request'] as const)('a field that the instance lacks, told of the %s', (unknownField) => {
  it('is left out, the lead is written all the same, and the outcome says so', () => {
    const items = itemsOf(
      upsert({ email: email(1), gender: 'w', plan: 'pro' }),
      upsert({ email: email(2), plan: 'free' }),
      upsert({ email: email(3), gender: 'm' })
    )
    const world = drive(start(items), marketo({ unknownField, absentFields: ['gender', 'facebookId'] }))
    expect(endsOf(world.delivery)).toEqual({
      i0: { _tag: 'Applied', leadId: expect.any(Number), status: 'created', remarks: [leftOutOf('gender', '1006')] },
      i1: { _tag: 'Applied', leadId: expect.any(Number), status: 'created', remarks: [] },
      i2: { _tag: 'Applied', leadId: expect.any(Number), status: 'created', remarks: [leftOutOf('gender', '1006')] }
    })
    expect(
      leadsIn(world.marketo)
        .map(({ fields }) => fields.plan ?? null)
        .sort()
    ).toEqual(['free', 'pro', null].sort())
  })

  it('is not sent again in the rest of the delivery', () => {
    const first = drive(
      start(itemsOf(upsert({ email: email(1), gender: 'w' }))),
      marketo({ unknownField, absentFields: ['gender', 'facebookId'] })
    )
    const rest = drive(first.delivery, first.marketo, {
      accessToken: first.accessToken,
      later: [itemsOf(upsert({ email: email(2), gender: 'w' }))]
    })
    const bodies = rest.sent.map(({ body }) => JSON.stringify(body))
    expect(bodies).toHaveLength(1)
    expect(bodies.join()).not.toContain('gender')
    expect(outcomesOf(rest.delivery).map((one) => 'remarks' in one && one.remarks)).toEqual([
      [leftOutOf('gender', '1006')],
      [leftOutOf('gender', '1006')]
    ])
  })

  it('D9 several of them cost a call each at most, and nobody a lead', () => {
    const names = ['gender', 'nobody1', 'nobody2', 'facebookId']
    const items = itemsOf(
      ...Array.from({ length: 200 }, (_, n) =>
        upsert({ email: email(n), ...(n % 50 === 0 ? { [names[n / 50] ?? 'gender']: 'x' } : {}) })
      )
    )
    const world = drive(start(items), marketo({ unknownField, absentFields: ['gender', 'facebookId'] }))
    expect(outcomesOf(world.delivery).every(({ _tag }) => _tag === 'Applied')).toBe(true)
    expect(leadsIn(world.marketo)).toHaveLength(200)
    expect(world.sent.filter(({ endpoint }) => endpoint === 'syncLeads').length).toBeLessThanOrEqual(1 + names.length)
  })
})

describe('company fields', () => {
  it('are left out once Marketo refuses them, all of them at once', () => {
    const world = drive(
      start(
        itemsOf(
          upsert({ email: email(1), ...company, plan: 'pro' }),
          upsert({ email: email(2), website: 'https://x.test' })
        )
      ),
      marketo()
    )
    expect(endsOf(world.delivery)).toMatchObject({
      i0: { _tag: 'Applied', remarks: [leftOutOf('billingCity', '1021'), leftOutOf('company', '1021')] },
      i1: { _tag: 'Applied', remarks: [leftOutOf('website', '1021')] }
    })
    expect(world.sent.map(({ endpoint }) => endpoint)).toEqual(['identityToken', 'syncLeads', 'syncLeads'])
  })

  it('are written where Marketo takes them', () => {
    const world = drive(start(itemsOf(upsert({ email: email(1), ...company }))), marketo({ companyFields: 'accepted' }))
    expect(leadsIn(world.marketo).map(({ fields }) => fields)).toEqual([{ email: email(1), ...company }])
    expect(endsOf(world.delivery)).toMatchObject({ i0: { remarks: [] } })
  })
})

describe('the field that leads are looked up by', () => {
  const options: Partial<DeliveryOptions> = {}
  it.each(['record', 'request'] as const)(
    'is missing: who needs it is told, after one call, others go on (%s)',
    (unknownField) => {
      const world = drive(
        start(
          itemsOf(
            upsert({ crmId: 'c1' }, 'crmId'),
            upsert({ crmId: 'c2' }, 'crmId'),
            upsert({ email: email(1), crmId: 'c3' }),
            activity('c4', 1, 'crmId'),
            activity('c5', 1, 'crmId')
          ),
          options
        ),
        marketo({ unknownField, absentFields: ['gender', 'facebookId'] })
      )
      const reason = { code: '1006', message: expect.stringContaining('crmId') }
      const refused = { _tag: 'Refused', remedy: 'mend-request', reasons: [reason] }
      expect(endsOf(world.delivery)).toMatchObject({
        i0: refused,
        i1: refused,
        i2: { _tag: 'Applied', remarks: [leftOutOf('crmId', '1006')] },
        i3: refused,
        i4: refused
      })
      expect(world.sent.filter(({ endpoint }) => endpoint === 'getLeadsByFilter').length).toBeLessThanOrEqual(1)
      expect(world.sent.length).toBeLessThanOrEqual(6)
    }
  )
})

describe('what a call sends', () => {
  const [, [write]] = begun(itemsOf(upsert({ id: 7, plan: 'x' }, 'id', { action: 'updateOnly' })))
  if (write === undefined) throw new Error('no call')
  const callWith = (body: HttpRequest['body']) => ({
    ...write.call,
    descriptor: { ...write.call.descriptor, body }
  })
  // biome-ignore format: table
  it.each<[string, HttpRequest['body'], ReadonlyArray<ReadonlyArray<string>>, ReadonlyArray<unknown>, unknown]>([
    ['the fields and the number of each record',  { json: { lookupField: 'id', input: [{ id: 7, plan: 'x' }, { email: 'a' }, {}, 'x'] } }, [['id', 'plan'], ['email'], []], [7], 'id'],
    ['no record',                                 { json: { input: [] } },   [], [], undefined],
    ['no list',                                   { json: { input: 'x' } },  [], [], undefined],
    ['no object',                                 { json: ['input'] },       [], [], undefined],
    ['no JSON',                                   { form: [['input', 'x']] }, [], [], undefined],
    ['nothing',                                   null,                      [], [], undefined]
  ])('is %s', (_, body, fields, numbers, lookupField) => {
    const call = callWith(body)
    expect([sentFields(call), sentNumbers(call), sentLookupField(call)]).toEqual([fields, numbers, lookupField])
  })

  it('is all of a record but what is refused, and only that is told', () => {
    const one = upsert({ email: email(1), plan: 'x', title: null })
    const refused = { plan: '1006', title: '1006', gender: '1006', constructor: '1006' }
    expect(withoutRefused(one.fields, refused)).toEqual({ email: email(1) })
    expect(withoutRefused(one.fields, { gender: '1006' })).toBe(one.fields)
    expect(leftOut(one, refused)).toEqual([leftOutOf('plan', '1006'), leftOutOf('title', '1006')])
  })
})

describe('who a message names', () => {
  const fields = ['plan', 'planName', 'company', 'userId', 'id']
  // biome-ignore format: table
  const cases: ReadonlyArray<[string, string, string, ReadonlyArray<string>]> = [
    ['a quoted name',              '1006', "Field 'plan' not found",                  ['plan']],
    ['double quotes',              '1006', 'Field "planName" not found',              ['planName']],
    ['no quotes',                  '1006', 'Unknown field planName.',                 ['planName']],
    ['a name inside a longer one', '1006', 'Unknown field planNameOld',               []],
    ['a name that was not sent',   '1006', "Field 'title' not found",                 []],
    ['two names',                  '1006', "Fields 'plan', 'userId' not found",       ['plan', 'userId']],
    ['a name that comes first',    '1006', 'planName is unknown',                     ['planName']],
    ['a name that comes last',     '1006', 'there is no planName',                    ['planName']],
    ['another code',               '1003', "Invalid value for field 'plan'",          []],
    ['a quoted one beside words',  '1006', "Field 'userId' of company plan is gone",  ['userId']]
  ]
  it.each(cases)('%s', (_, code, message, expected) => {
    expect(Object.keys(refusedBy([{ code, message }], fields))).toEqual(expected)
  })

  it('1021 names every company field, but only to a record that has one', () => {
    expect(Object.keys(refusedBy([{ code: '1021', message: '' }], fields))).toContain('billingCity')
    expect(refusedBy([{ code: '1021', message: '' }], ['plan'])).toEqual({})
  })

  it('P3 whatever the message, only fields that were sent are named', () => {
    fc.assert(
      fc.property(fc.string(), fc.uniqueArray(fc.string({ minLength: 1 })), (message, sent) => {
        for (const field of Object.keys(refusedBy([{ code: '1006', message }], sent))) expect(sent).toContain(field)
      })
    )
  })
})
