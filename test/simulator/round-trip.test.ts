/** Described by us, carried out by the simulator, read by us: what we say was done is what was done. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeGetLeads, describeSteps, fillSlots, interpret, interpretGetLeads } from '../../src/endpoints/index.js'
import { isRecord, ownMember } from '../../src/ground/json.js'
import type { Call, HttpRequest } from '../../src/intent/descriptor.js'
import type { Fields, FieldValue, Intent } from '../../src/intent/intent.js'
import { keyText, type LeadKey } from '../../src/intent/lead-key.js'
import type { Answer } from '../../src/intent/outcome.js'
import type { Remedy } from '../../src/marketo/error-codes.js'
import type { FaultKind } from '../../src/simulator/options.js'
import { activitiesIn, leadsIn, visitsIn } from '../../src/simulator/reading.js'
import { batchOf, callsOf, hyg, recordsOf } from '../endpoints/reading.js'
import { Client, cookie, noon, otherCookie } from './world.js'

const email = fc.constantFrom('ana@example.com', 'bo@example.com', 'ANA@example.com', 'no address')
const key: fc.Arbitrary<LeadKey> = fc.oneof(
  email.map((value) => ({ lookupField: 'email', value })),
  fc.constantFrom('u1', 'u2').map((value) => ({ lookupField: 'userId', value })),
  fc.integer({ min: 1, max: 4 }).map((value) => ({ lookupField: 'id', value }))
)

/** Values in the form that Marketo keeps, and a few that it refuses. */
const value: fc.Arbitrary<readonly [string, FieldValue]> = fc.oneof(
  fc.tuple(fc.constantFrom('firstName', 'userId', 'notes__c'), fc.constantFrom('A', 'u1', 'caf\u00e9', null)),
  fc.tuple(fc.constant('leadScore'), fc.constantFrom(1, 0, -5, 'many')),
  fc.tuple(fc.constant('vip__c'), fc.boolean()),
  fc.tuple(fc.constant('plan__c'), fc.constantFrom('free', 'a name that is too long')),
  fc.tuple(fc.constantFrom('nobody', 'company', '__proto__'), fc.constant('x'))
)
const fields = fc.array(value, { maxLength: 3 }).map((entries) => Object.fromEntries(entries))
const cookieText = fc.constantFrom(cookie, otherCookie)
const munchkinId = hyg
const page = { origin: 'https://example.com', path: '/a', params: '', fragment: '' }

const intent: fc.Arbitrary<Intent> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ lead: key, fields }).map(({ lead, fields }) => ({
      _tag: 'UpsertLead' as const,
      munchkinId,
      lead,
      fields: { ...fields, [lead.lookupField]: lead.value },
      action: lead.lookupField === 'id' ? ('updateOnly' as const) : ('createOrUpdate' as const),
      partitionName: null
    }))
  },
  fc.record({ lead: key, activityTypeId: fc.constantFrom(100_001, 100_009) }).map(({ lead, activityTypeId }) => ({
    _tag: 'AddCustomActivity' as const,
    munchkinId,
    lead,
    activityTypeId,
    activityDate: '2024-05-01T10:00:00Z',
    primaryAttributeValue: 'Pro',
    attributes: [{ apiName: 'price', value: 9 }]
  })),
  fc.record({ lead: key, cookie: cookieText }).map(({ lead, cookie }) => ({
    _tag: 'AssociateCookie' as const,
    munchkinId,
    lead,
    visitor: { _tag: 'Cookie' as const, cookie }
  })),
  fc.record({ lead: key, cookie: cookieText }).map(({ lead, cookie }) => ({
    _tag: 'VisitPage' as const,
    munchkinId,
    lead,
    visitor: { _tag: 'Cookie' as const, cookie },
    page,
    referrer: '',
    userAgent: 'M',
    ip: null,
    at: noon
  })),
  fc.record({ email, fields }).map(({ email, fields }) => ({
    _tag: 'SubmitForm' as const,
    munchkinId,
    lead: { lookupField: 'email', value: email },
    formId: 1001,
    fields: { ...fields, email },
    cookie: null,
    page: null,
    userAgent: null,
    ip: '203.0.113.7'
  }))
)

const start = {
  leads: [{ fields: { email: 'ana@example.com' } }, { fields: { userId: 'u2', email: 'cy@example.com' } }],
  callsPerWindow: 1e6
}

/** The calls of a plan, carried out in order, with their answers; a call whose slots stay empty is left out. */
const carriedOut = (client: Client, calls: ReadonlyArray<Call<HttpRequest>>) => {
  const answers: Array<Answer> = []
  return calls.flatMap((call) => {
    const filled = fillSlots(call, answers)
    const answer = filled._tag === 'Right' ? client.call(filled.right) : null
    answers.push(answer ?? { status: 0, headers: {}, body: '' })
    return filled._tag === 'Right' && answer !== null ? [{ call: filled.right, answer }] : []
  })
}

const plain = (u: unknown): Fields => {
  const entries = isRecord(u) ? Object.entries(u) : []
  return Object.fromEntries(
    entries.flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null
        ? [[name, value] as const]
        : []
    )
  )
}

/** The fields that each record of a call writes. */
const written = (call: Call<HttpRequest>): ReadonlyArray<Fields> =>
  recordsOf(call).map((record) => {
    const { id: _, ...rest } = plain(isRecord(record) ? (ownMember(record, 'leadFormFields') ?? record) : record)
    return rest
  })

const merged = (before: Fields, changes: Fields): Fields =>
  Object.fromEntries(Object.entries({ ...before, ...changes }).filter(([, value]) => value !== null))

describe('laws', () => {
  it('each applied lead holds its fields, each skipped one is as it was, and every number is right', () => {
    fc.assert(
      fc.property(fc.array(batchOf(intent, 5), { maxLength: 4 }), (batches) => {
        const client = new Client(start).signIn()
        const model = new Map(leadsIn(client.state).map(({ id, fields }) => [id, fields]))
        let activities = 0
        let visits = 0
        for (const batch of batches) {
          for (const { call, answer } of carriedOut(client, callsOf(describeSteps(batch)))) {
            const verdict = interpret(call, answer)
            if (verdict._tag !== 'Accepted') continue
            verdict.outcomes.forEach((outcome, k) => {
              expect(outcome._tag).not.toBe('Unanswered')
              if (outcome._tag !== 'Applied') return
              if (call.descriptor.endpoint === 'addCustomActivities') activities += 1
              if (call.descriptor.endpoint === 'visitWebPage') visits += 1
              if (outcome.leadId === null) return
              expect(model.has(outcome.leadId)).toBe(outcome.status === 'updated')
              model.set(outcome.leadId, merged(model.get(outcome.leadId) ?? {}, written(call)[k] ?? {}))
            })
          }
        }
        expect(new Map(leadsIn(client.state).map(({ id, fields }) => [id, fields]))).toEqual(model)
        const forms = activitiesIn(client.state).filter(({ activityTypeId }) => activityTypeId === 2).length
        expect(activitiesIn(client.state).length - forms).toBe(activities)
        expect(visitsIn(client.state)).toHaveLength(visits)
      })
    )
  })

  it('each key is told the leads that hold it, and no others', () => {
    const asked = fc.uniqueArray(key, { selector: keyText, minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(batchOf(intent, 6), asked, (batch, keys) => {
        const client = new Client(start).signIn()
        carriedOut(client, callsOf(describeSteps(batch)))
        const [first, ...rest] = keys.map((lead) => ({ munchkinId, lead }))
        if (first === undefined) return
        const asked = ['firstName', 'vip__c']
        for (const { call, answer } of carriedOut(client, callsOf(describeGetLeads([first, ...rest], asked)))) {
          const verdict = interpretGetLeads(call, answer)
          expect(verdict._tag).toBe('Accepted')
          if (verdict._tag !== 'Accepted') continue
          for (const outcome of verdict.outcomes) {
            const lead = keys[outcome.intent]
            const holders = leadsIn(client.state).filter(({ id, fields }) => {
              const held = lead?.lookupField === 'id' ? id : ownMember(fields, lead?.lookupField ?? '')
              const own = typeof held === 'string' || typeof held === 'number' ? held : undefined
              return lead !== undefined && own !== undefined && keyText({ ...lead, value: own }) === keyText(lead)
            })
            expect(outcome).toEqual({
              _tag: 'LeadsFound',
              intent: outcome.intent,
              leadIds: holders.map(({ id }) => id),
              leads: holders.map(({ id, fields }) => {
                const own = lead?.lookupField === 'id' ? asked : [lead?.lookupField ?? '', ...asked]
                return { leadId: id, fields: Object.fromEntries(own.map((name) => [name, fields[name] ?? null])) }
              }),
              complete: true
            })
          }
        }
      })
    )
  })
})

describe('what goes wrong', () => {
  const calls = callsOf(
    describeSteps([
      {
        _tag: 'UpsertLead',
        munchkinId,
        lead: { lookupField: 'email', value: 'ana@example.com' },
        fields: { email: 'ana@example.com' },
        action: 'createOrUpdate',
        partitionName: null
      }
    ])
  )
  // biome-ignore format: table
  it.each<[FaultKind, Remedy]>([
    ['html',          'back-off'],
    ['502',           'back-off'],
    ['604',           'back-off'],
    ['606',           'throttle'],
    ['607',           'await-quota'],
    ['611',           'back-off'],
    ['615',           'back-off'],
    ['713',           'back-off'],
    ['expired-token', 'renew-token']
  ])('%s is read as a refusal, with the remedy %s', (kind, remedy) => {
    const client = new Client({ ...start, faults: [{ at: { call: 1 }, kind, endpoint: 'syncLeads' }] }).signIn()
    const verdicts = carriedOut(client, calls).map(({ call, answer }) => interpret(call, answer))
    expect(verdicts).toMatchObject([{ _tag: 'Refused', remedy }])
  })

  it('a record struck down is read as skipped', () => {
    const faults = [{ at: { call: 1 }, kind: 'skip-record', endpoint: 'syncLeads' }] as const
    const client = new Client({ ...start, faults }).signIn()
    const verdicts = carriedOut(client, calls).map(({ call, answer }) => interpret(call, answer))
    expect(verdicts).toMatchObject([{ _tag: 'Accepted', outcomes: [{ _tag: 'Skipped', remedy: 'mend-record' }] }])
  })
})
