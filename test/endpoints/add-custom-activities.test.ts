import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeAddCustomActivities, interpretAddCustomActivities } from '../../src/endpoints/add-custom-activities.js'
import type { LeadRef, WithLead } from '../../src/endpoints/lead-ref.js'
import { fillSlots } from '../../src/endpoints/slots.js'
import type { AddCustomActivity } from '../../src/intent/intent.js'
import { addCustomActivity, leadId } from '../arbitraries/intents.js'
import {
  batchOf,
  bytes,
  callsOf,
  hyg,
  id,
  jsonOf,
  ok,
  onlyCall,
  positionsOf,
  problemsOf,
  recordsOf,
  unsentOf
} from './reading.js'

const activity = (
  changes: Partial<AddCustomActivity> = {},
  lead: LeadRef = { leadId: 1042 }
): WithLead<AddCustomActivity> => ({
  intent: {
    _tag: 'AddCustomActivity',
    munchkinId: hyg,
    lead: { lookupField: 'email', value: 'ana@example.com' },
    activityTypeId: 100001,
    activityDate: '2024-05-01T10:00:00Z',
    primaryAttributeValue: 'Pro',
    attributes: [
      { apiName: 'price', value: 9.5 },
      { name: 'Plan Name', value: 'pro' }
    ],
    ...changes
  },
  lead
})

const leadRef: fc.Arbitrary<LeadRef> = fc.oneof(
  leadId.map((number) => ({ leadId: number })),
  fc.nat({ max: 400 }).map((k) => ({ step: 0, pick: ['result', k, 'id'] }))
)
const withLead = fc.record({ intent: addCustomActivity, lead: leadRef })

describe('D2 Add Custom Activities', () => {
  it('D2 keeps every call within 300 records, loses nothing, sends nothing twice, keeps the order', () => {
    fc.assert(
      fc.property(batchOf(withLead, 40), (batch) => {
        const described = describeAddCustomActivities(batch)
        expect(positionsOf(described)).toEqual(batch.map((_, i) => i))
        const instances = callsOf(described).map(({ descriptor }) => descriptor.munchkinId)
        expect(new Set(instances).size).toBe(instances.length)
        for (const call of callsOf(described)) {
          expect([...call.intents].sort((a, b) => a - b)).toEqual(call.intents)
          expect(call.intents.map((i) => batch[i]?.intent.munchkinId)).toEqual(
            call.intents.map(() => call.descriptor.munchkinId)
          )
        }
      })
    )
  })

  it('D2 leaves an empty place and a slot where an answer tells the lead, and its number where it is known', () => {
    fc.assert(
      fc.property(batchOf(withLead), (batch) => {
        for (const call of callsOf(describeAddCustomActivities(batch))) {
          const expected = call.intents.map((i) => batch[i]?.lead ?? { leadId: 0 })
          expect(recordsOf(call)).toMatchObject(
            expected.map((lead) => ({ leadId: 'step' in lead ? null : lead.leadId }))
          )
          expect(call.slots).toEqual(
            expected.flatMap((lead, k) =>
              'step' in lead ? [{ at: ['body', 'json', 'input', k, 'leadId'], step: 0, pick: lead.pick }] : []
            )
          )
        }
      })
    )
  })

  it.each([
    [300, [300]],
    [301, [300, 1]]
  ])('D2 splits %i records into calls of %j', (count, sizes) => {
    const [first, ...rest] = Array.from({ length: count }, () => activity())
    expect(
      callsOf(describeAddCustomActivities([first ?? activity(), ...rest])).map(({ intents }) => intents.length)
    ).toEqual(sizes)
  })

  it('D2 weighs an empty place as the longest number that may come to stand there', () => {
    const lead: LeadRef = { step: 0, pick: ['result', 0, 'id'] }
    const empty = { input: [] }
    const weighed = (size: number, by: LeadRef = lead) => {
      const { primaryAttributeValue, ...rest } = activity().intent
      const record = {
        leadId: Number.MAX_SAFE_INTEGER,
        activityDate: rest.activityDate,
        activityTypeId: 100001,
        primaryAttributeValue: '',
        attributes: []
      }
      const left = size - JSON.stringify(record).length
      return activity({ primaryAttributeValue: 'p'.repeat(left), attributes: [] }, by)
    }
    const room = 1_000_000 - JSON.stringify(empty).length
    expect(unsentOf(describeAddCustomActivities([weighed(room + 1)]))).toHaveLength(1)
    expect(callsOf(describeAddCustomActivities([weighed(room, { leadId: Number.MAX_SAFE_INTEGER })]))).toHaveLength(1)
    const call = onlyCall(describeAddCustomActivities([weighed(room)]))
    const filled = fillSlots(call, [ok({ success: true, result: [{ id: Number.MAX_SAFE_INTEGER }] })])
    expect(filled._tag === 'Right' && bytes(JSON.stringify(jsonOf(filled.right)))).toBe(1_000_000)
  })

  it('D2 takes attributes of 65,536 bytes and not one more', () => {
    const frame = JSON.stringify([{ apiName: 'a', value: '' }]).length
    const sized = (size: number) => activity({ attributes: [{ apiName: 'a', value: 'v'.repeat(size - frame) }] })
    expect(unsentOf(describeAddCustomActivities([sized(65_536)]))).toEqual([])
    const described = describeAddCustomActivities([activity(), sized(65_537), activity()])
    expect(problemsOf(described)).toMatchObject([{ _tag: 'Malformed', weight: 'invalid', at: ['attributes'] }])
    expect(callsOf(described).map(({ intents }) => intents)).toEqual([[0, 2]])
  })
})

describe('Add Custom Activities, the documented call', () => {
  it('is a POST of records with a lead, a type, a date and a primary attribute', () => {
    expect(onlyCall(describeAddCustomActivities([activity()]))).toEqual({
      descriptor: {
        _tag: 'HttpRequest',
        endpoint: 'addCustomActivities',
        munchkinId: '561-HYG-937',
        host: 'rest',
        method: 'POST',
        path: ['rest', 'v1', 'activities', 'external.json'],
        query: [],
        headers: {},
        body: {
          json: {
            input: [
              {
                leadId: 1042,
                activityDate: '2024-05-01T10:00:00Z',
                activityTypeId: 100001,
                primaryAttributeValue: 'Pro',
                attributes: [
                  { apiName: 'price', value: 9.5 },
                  { name: 'Plan Name', value: 'pro' }
                ]
              }
            ]
          }
        },
        auth: 'bearer',
        lifecycle: { status: 'live' }
      },
      intents: [0],
      slots: []
    })
  })

  it('sends an empty list where there are no attributes', () => {
    expect(recordsOf(onlyCall(describeAddCustomActivities([activity({ attributes: [] })])))).toMatchObject([
      { attributes: [] }
    ])
  })

  it('speaks to each instance apart', () => {
    const described = describeAddCustomActivities([activity(), activity({ munchkinId: id('123-ABC-456') }), activity()])
    expect(callsOf(described).map(({ intents }) => intents)).toEqual([[0, 2], [1]])
  })
})

describe('Add Custom Activities leaves unsent', () => {
  it.each<[string, WithLead<AddCustomActivity>, object]>([
    ['a lead numbered zero', activity({}, { leadId: 0 }), { at: ['leadId'], found: 'a number' }],
    ['a lead numbered by a fraction', activity({}, { leadId: 1.5 }), { at: ['leadId'] }],
    [
      'a lead whose number is none',
      activity({}, { leadId: Number.NaN }),
      { at: ['leadId'], found: 'a number that is not finite' }
    ],
    ['a lead with a number past 2^53', activity({}, { leadId: 2 ** 53 }), { at: ['leadId'] }],
    [
      'a type that is no whole number',
      activity({ activityTypeId: 1.5 }),
      { at: ['activityTypeId'], found: 'a number' }
    ],
    [
      'an attribute that JSON has no word for',
      activity({
        attributes: [
          { apiName: 'a', value: 1 },
          { apiName: 'b', value: Number.POSITIVE_INFINITY }
        ]
      }),
      { at: ['attributes', 1, 'value'], found: 'a number that is not finite' }
    ]
  ])('%s', (_, wrong, problem) => {
    const described = describeAddCustomActivities([activity(), wrong])
    expect(problemsOf(described)).toMatchObject([{ _tag: 'Malformed', weight: 'invalid', ...problem }])
    expect(callsOf(described).map(({ intents }) => intents)).toEqual([[0]])
  })
})

describe('Add Custom Activities, the answer', () => {
  const call = onlyCall(describeAddCustomActivities([activity(), activity()]))

  it('says `errors` where leads say `reasons`, and numbers activities, not leads (the documented sample)', () => {
    const answer = ok({
      requestId: 'e42b#14272d07d78',
      success: true,
      result: [
        { id: 50, marketoGUID: '50', status: 'added' },
        { status: 'skipped', errors: [{ code: '1004', message: 'Lead not found' }] }
      ]
    })
    expect(interpretAddCustomActivities(call, answer)).toEqual({
      _tag: 'Accepted',
      requestId: 'e42b#14272d07d78',
      warnings: [],
      outcomes: [
        { _tag: 'Applied', intent: 0, status: 'added', leadId: null, marketoGUID: '50' },
        { _tag: 'Skipped', intent: 1, reasons: [{ code: '1004', message: 'Lead not found' }], remedy: 'mend-record' }
      ]
    })
  })
})
