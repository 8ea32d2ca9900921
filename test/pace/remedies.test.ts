import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeSyncLeads, interpretSyncLeads } from '../../src/endpoints/sync-leads.js'
import type { Reason, RecordOutcome, Verdict } from '../../src/intent/outcome.js'
import { errorCodes, type Remedy } from '../../src/marketo/error-codes.js'
import { defaultBackOff } from '../../src/pace/back-off.js'
import { quotaReopens } from '../../src/pace/quota-day.js'
import {
  type Carried,
  defaultRetryPolicy,
  type Ended,
  type NextStep,
  nextStep,
  remedySteps,
  repeatableKinds,
  type Tried
} from '../../src/pace/remedies.js'
import { frozen, hyg, onlyCall } from '../endpoints/reading.js'

const remedies = [
  ...(['renew-token', 'back-off', 'throttle', 'await-quota', 'split-request', 'mend-request'] as const),
  ...(['mend-record', 'accept', 'ask-administrator'] as const)
] satisfies ReadonlyArray<Remedy>

const refused = (code: string, remedy: Remedy, retryAfter: number | null = null): Ended => ({
  _tag: 'Refused',
  reasons: [{ code, message: '' }],
  remedy,
  retryAfter
})
const skipped = (code: string, remedy: Remedy): Ended => ({
  _tag: 'Skipped',
  reasons: [{ code, message: '' }],
  remedy
})
const lost: Ended = { _tag: 'Lost' }

const codes = fc.oneof(
  fc.constantFrom(...Object.keys(errorCodes), '', '0', '503', '504', '9999', '1081', 'constructor', '__proto__'),
  fc.string({ maxLength: 4 })
)
const reasons = fc
  .tuple(codes, fc.array(codes, { maxLength: 2 }))
  .map(([first, more]): readonly [Reason, ...Array<Reason>] => [
    { code: first, message: '' },
    ...more.map((code) => ({ code, message: '' }))
  ])
const ends: fc.Arbitrary<Ended> = fc.oneof(
  fc.record({
    _tag: fc.constant('Refused' as const),
    reasons,
    remedy: fc.constantFrom(...remedies),
    retryAfter: fc.option(fc.integer({ min: 0, max: 999_999_999 }))
  }),
  fc.record({ _tag: fc.constant('Skipped' as const), reasons, remedy: fc.constantFrom(...remedies) }),
  fc.constantFrom<Ended>(lost, { _tag: 'Accepted' }, { _tag: 'Applied' }, { _tag: 'Unanswered' })
)
const policies = fc.record({
  backOff: fc.record({
    firstMillis: fc.nat(10_000),
    capMillis: fc.nat(100_000),
    longestMillis: fc.nat(100_000),
    retries: fc.nat(8)
  }),
  whenInDoubt: fc.constantFrom('report' as const, 'resend' as const)
})
const records = fc.integer({ min: 1, max: 300 })
const now = 1_714_557_600_000

const mayHaveHappened = (end: Ended): boolean =>
  end._tag === 'Lost' ||
  end._tag === 'Unanswered' ||
  (end._tag === 'Refused' &&
    (end.reasons.every(({ code }) => code === '' || code === '0') ||
      end.reasons.some(({ code }) => /^(604|611|5\d\d|5000801)$/.test(code))))

const sends = ({ todo }: NextStep): boolean =>
  ['resend-after', 'renew-and-resend', 'split', 'isolate', 'await-quota-until'].includes(todo)

describe('laws of remedies', () => {
  it('D7 whatever keeps going wrong, a call ends after a bounded number of tries', () => {
    fc.assert(
      fc.property(
        policies,
        fc.array(ends, { minLength: 1, maxLength: 5 }),
        fc.boolean(),
        (policy, faults, repeatable) => {
          let tried: Tried = {}
          let k = 0
          for (; k < 1_000; k += 1) {
            const end = faults[k % faults.length] ?? lost
            const [next, step] = nextStep(policy)({ records: 1, repeatable, tried }, end, now, k)
            tried = next
            if (!sends(step)) break
          }
          // Two renewals, thirty turns, four days, and the policy's own retries, twice: after faults and after silence.
          expect(k).toBeLessThanOrEqual(2 + 30 + 4 + 2 * policy.backOff.retries)
        }
      )
    )
  })

  it('D7 halving ends as well: each split or isolation leaves fewer records, and one alone is never divided', () => {
    fc.assert(
      fc.property(policies, ends, fc.boolean(), (policy, end, repeatable) => {
        const [, step] = nextStep(policy)({ records: 1, repeatable, tried: { 'back-off': 4 } }, end, now, 1)
        expect(['split', 'isolate']).not.toContain(step.todo)
      })
    )
  })

  it('D7 what may have been done and must not be done twice is sent again only when asked for', () => {
    fc.assert(
      fc.property(ends, records, (end, count) => {
        const carried: Carried = { records: count, repeatable: false, tried: {} }
        const [, step] = nextStep()(carried, end, now, 1)
        expect(step.todo === 'unknown').toBe(mayHaveHappened(end))
        const [, twice] = nextStep({ ...defaultRetryPolicy, whenInDoubt: 'resend' })(carried, end, now, 1)
        expect(twice.todo).not.toBe('unknown')
      })
    )
  })

  it('D7 nothing is dropped: only what succeeded, or wants nothing more, is done', () => {
    fc.assert(
      fc.property(policies, ends, records, fc.boolean(), (policy, end, count, repeatable) => {
        const [, { todo }] = nextStep(policy)({ records: count, repeatable, tried: {} }, end, now, 1)
        const succeeded = end._tag === 'Accepted' || end._tag === 'Applied'
        const wantsNoMore = (end._tag === 'Refused' || end._tag === 'Skipped') && end.remedy === 'accept'
        if (succeeded) expect(todo).toBe('done')
        if (todo === 'done') expect(succeeded || wantsNoMore).toBe(true)
      })
    )
  })

  it('P1 P2 P4 D8 steps and counts are JSON, and what went in stays as it was', () => {
    const triedBefore: fc.Arbitrary<Tried> = fc.record(
      { 'back-off': fc.nat(9), throttle: fc.nat(40), lost: fc.nat(9), 'renew-token': fc.nat(3) },
      { requiredKeys: [], noNullPrototype: true }
    )
    fc.assert(
      fc.property(policies, triedBefore, ends, records, fc.nat(), (policy, tried, end, count, seed) => {
        const carried = frozen<Carried>({ records: count, repeatable: true, tried })
        const before = structuredClone([policy, carried, end])
        const said = nextStep(frozen(policy))(carried, frozen(end), now, seed)
        expect(JSON.parse(JSON.stringify(said))).toStrictEqual(said)
        expect([policy, carried, end]).toEqual(before)
        expect(nextStep(structuredClone(policy))(structuredClone(carried), structuredClone(end), now, seed)).toEqual(
          said
        )
      })
    )
  })

  it('a call is never sent again before what its answer asked for, within the policy', () => {
    fc.assert(
      fc.property(
        policies,
        fc.integer({ min: 0, max: 100_000 }),
        fc.constantFrom('back-off', 'throttle'),
        (policy, s, remedy) => {
          const [, step] = nextStep(policy)(
            { records: 1, repeatable: true, tried: {} },
            refused(remedy === 'throttle' ? '606' : '713', remedy, s),
            now,
            1
          )
          if (step.todo === 'resend-after')
            expect(step.at).toBeGreaterThanOrEqual(now + Math.min(s * 1_000, policy.backOff.longestMillis))
        }
      )
    )
  })

  it('the table has each remedy once, and a step for it', () => {
    expect(Object.keys(remedySteps).sort()).toEqual([...remedies, 'lost'].sort())
  })
})

const call: Carried = { records: 300, repeatable: true, tried: {} }
const alone: Carried = { records: 1, repeatable: true, tried: {} }
const activities: Carried = { records: 300, repeatable: false, tried: {} }

describe('the next step', () => {
  it.each<readonly [string, Carried, Ended, NextStep['todo'], Tried]>([
    ['a call carried out', call, { _tag: 'Accepted' }, 'done', {}],
    ['a record written', alone, { _tag: 'Applied' }, 'done', {}],
    ['a record there already', alone, skipped('1005', 'accept'), 'done', {}],
    ['nothing found', call, refused('702', 'accept'), 'done', {}],
    ['a dead token', call, refused('602', 'renew-token'), 'renew-and-resend', { 'renew-token': 1 }],
    [
      'a dead token, for what must not be done twice',
      activities,
      refused('601', 'renew-token'),
      'renew-and-resend',
      { 'renew-token': 1 }
    ],
    ['too many calls', activities, refused('606', 'throttle'), 'resend-after', { throttle: 1 }],
    ['too many at once', activities, refused('615', 'back-off'), 'resend-after', { 'back-off': 1 }],
    ['the quota used up', activities, refused('607', 'await-quota'), 'await-quota-until', { 'await-quota': 1 }],
    [
      'the day’s clones used up, for one record',
      alone,
      skipped('1020', 'await-quota'),
      'await-quota-until',
      { 'await-quota': 1 }
    ],
    ['a body too large', activities, refused('413', 'split-request'), 'split', {}],
    ['one record too large', alone, refused('413', 'split-request'), 'give-up', {}],
    ['a field that is not there', call, refused('1006', 'mend-request'), 'isolate', {}],
    ['a field that is not there, in one record', alone, refused('1006', 'mend-request'), 'give-up', {}],
    ['a code of the records’ kind that nobody lists', call, refused('1081', 'mend-request'), 'isolate', {}],
    ['another code that nobody lists', call, refused('9999', 'mend-request'), 'give-up', {}],
    ['a wrong address', call, refused('610', 'mend-request'), 'give-up', {}],
    ['a lookup field that is none', call, refused('1011', 'mend-request'), 'give-up', {}],
    ['a status that a gateway gave', call, refused('403', 'mend-request'), 'give-up', {}],
    ['a whole call refused for what concerns a record', call, refused('1007', 'mend-record'), 'isolate', {}],
    ['a record refused', call, skipped('1007', 'mend-record'), 'give-up', {}],
    ['no permission', call, refused('603', 'ask-administrator'), 'give-up', {}],
    ['a timeout', call, lost, 'resend-after', { lost: 1 }],
    ['a timeout, for what must not be done twice', activities, lost, 'unknown', {}],
    ['a record that the answer does not speak of', call, { _tag: 'Unanswered' }, 'resend-after', { lost: 1 }],
    ['such a record that must not be done twice', activities, { _tag: 'Unanswered' }, 'unknown', {}],
    ['Marketo’s own timeout', call, refused('604', 'back-off'), 'resend-after', { 'back-off': 1 }],
    ['Marketo’s own timeout, for what must not be done twice', activities, refused('604', 'back-off'), 'unknown', {}],
    [
      'Marketo’s own timeout again',
      { ...call, tried: { 'back-off': 1 } },
      refused('604', 'back-off'),
      'split',
      { 'back-off': 1 }
    ],
    [
      'its timeout again, for one record',
      { ...alone, tried: { 'back-off': 1 } },
      refused('604', 'back-off'),
      'resend-after',
      { 'back-off': 2 }
    ],
    [
      'a system error',
      { ...call, tried: { 'back-off': 2 } },
      refused('611', 'back-off'),
      'resend-after',
      { 'back-off': 3 }
    ],
    [
      'a system error that does not pass',
      { ...call, tried: { 'back-off': 3 } },
      refused('611', 'back-off'),
      'isolate',
      { 'back-off': 3 }
    ],
    ['a bad gateway', activities, refused('502', 'back-off'), 'unknown', {}],
    ['HTTP 503', activities, refused('503', 'back-off'), 'unknown', {}],
    [
      'a service not available, which did nothing',
      activities,
      refused('608', 'back-off'),
      'resend-after',
      { 'back-off': 1 }
    ],
    ['a system error, for what must not be done twice', activities, refused('611', 'back-off'), 'unknown', {}],
    ['a fault of ingestion', activities, refused('5000801', 'back-off'), 'unknown', {}],
    ['a code that ends as a status does', activities, refused('1502', 'back-off'), 'resend-after', { 'back-off': 1 }],
    ['a code that begins as one', activities, refused('5020', 'back-off'), 'resend-after', { 'back-off': 1 }],
    ['a code that ends as the records’ do', call, refused('11081', 'mend-request'), 'give-up', {}],
    ['a code that begins as they do', call, refused('10810', 'mend-request'), 'give-up', {}],
    ['an answer without a status', call, refused('0', 'mend-request'), 'resend-after', { lost: 1 }],
    ['half an answer', call, refused('', 'mend-request'), 'resend-after', { lost: 1 }],
    ['half an answer, for what must not be done twice', activities, refused('', 'mend-request'), 'unknown', {}]
  ])('after %s', (_, carried, end, todo, tried) => {
    const [counts, step] = nextStep()(carried, end, now, 1)
    expect([step.todo, counts]).toEqual([todo, tried])
    if (step.todo === 'give-up') expect(step.because).toBe('refused')
  })

  it.each<readonly [string, Tried, Ended, NextStep]>([
    ['two renewals', { 'renew-token': 2 }, refused('602', 'renew-token'), { todo: 'give-up', because: 'tried' }],
    ['five retries', { 'back-off': 5 }, refused('713', 'back-off'), { todo: 'give-up', because: 'tried' }],
    ['thirty turns', { throttle: 30 }, refused('606', 'throttle'), { todo: 'give-up', because: 'tried' }],
    ['four resets', { 'await-quota': 4 }, refused('607', 'await-quota'), { todo: 'give-up', because: 'tried' }],
    ['five times no answer', { lost: 5 }, lost, { todo: 'unknown' }],
    ['five bad gateways', { 'back-off': 5 }, refused('502', 'back-off'), { todo: 'unknown' }]
  ])('%s are enough', (_, tried, end, step) => {
    expect(nextStep()({ ...alone, tried }, end, now, 1)).toEqual([tried, step])
  })

  it.each<readonly [string, Tried, Ended, NextStep['todo']]>([
    ['other counts', { throttle: 29, 'back-off': 5, lost: 5 }, refused('606', 'throttle'), 'resend-after'],
    ['a first renewal', { 'renew-token': 1, lost: 5 }, refused('602', 'renew-token'), 'renew-and-resend']
  ])('%s do not end it', (_, tried, end, todo) => {
    expect(nextStep()({ ...alone, tried }, end, now, 1)[1].todo).toBe(todo)
  })

  const bounds = (end: Ended, tried: Tried = {}): readonly [least: number, most: number] => {
    const waits = Array.from({ length: 1_000 }, (_, seed) => {
      const [, step] = nextStep()({ ...alone, tried }, end, now, seed)
      return step.todo === 'resend-after' ? step.at - now : Number.NaN
    })
    return [Math.floor(Math.min(...waits) / 100), Math.ceil(Math.max(...waits) / 100)]
  }

  it.each<readonly [string, Ended, Tried, number, number]>([
    ['a fault: up to a second', refused('713', 'back-off'), {}, 0, 10],
    ['a third fault: up to four', refused('713', 'back-off'), { 'back-off': 2 }, 0, 40],
    ['606: the window, and up to a second', refused('606', 'throttle'), {}, 200, 210],
    ['606 with a longer time', refused('606', 'throttle', 30), {}, 300, 310],
    ['606 with a shorter time', refused('606', 'throttle', 3), {}, 200, 210],
    ['a queue of imports: a minute', refused('1016', 'back-off'), {}, 600, 610],
    ['a list being imported to: a minute', skipped('1019', 'back-off'), {}, 600, 610],
    ['a gateway’s page with a time', refused('', 'mend-request', 30), {}, 300, 310],
    ['silence: up to a second', lost, {}, 0, 10]
  ])('waits after %s', (_, end, tried, least, most) => {
    expect(bounds(end, tried)).toEqual([least, most])
  })

  it('awaits the reset of the quota', () => {
    expect(nextStep()(call, refused('607', 'await-quota'), now, 1)[1]).toEqual({
      todo: 'await-quota-until',
      until: quotaReopens(now)
    })
  })

  it('may send what is in doubt again, a few times', () => {
    const stubborn = nextStep({ backOff: { ...defaultBackOff, retries: 1 }, whenInDoubt: 'resend' })
    const [tried, step] = stubborn(activities, lost, now, 1)
    expect(step.todo).toBe('resend-after')
    expect(stubborn({ ...activities, tried }, lost, now, 1)[1]).toEqual({ todo: 'unknown' })
  })

  it('takes verdicts and outcomes as endpoints/ gives them', () => {
    const upsert = {
      _tag: 'UpsertLead' as const,
      munchkinId: hyg,
      lead: { lookupField: 'email', value: 'ana@example.com' },
      fields: { email: 'ana@example.com' },
      action: 'createOrUpdate' as const,
      partitionName: null
    }
    const sync = onlyCall(describeSyncLeads([upsert]))
    const answer = (body: string): Verdict<RecordOutcome> =>
      interpretSyncLeads(sync, { status: 200, headers: {}, body })
    const carried = { records: 1, repeatable: repeatableKinds[upsert._tag], tried: {} }
    const stepAfter = (end: Ended): NextStep['todo'] => nextStep()(carried, end, now, 1)[1].todo
    expect(stepAfter(answer('{"success":false,"errors":[{"code":"606","message":""}]}'))).toBe('resend-after')
    expect(stepAfter(answer('<html>'))).toBe('resend-after')
    const done = answer('{"success":true,"result":[{"id":1,"status":"created"}]}')
    expect(stepAfter(done)).toBe('done')
    expect(done._tag === 'Accepted' ? done.outcomes.map((outcome) => stepAfter(outcome)) : []).toEqual(['done'])
    const silent = answer('{"success":true,"result":[]}')
    expect(silent._tag === 'Accepted' ? silent.outcomes.map((outcome) => stepAfter(outcome)) : []).toEqual([
      'resend-after'
    ])
  })
})

describe('near misses', () => {
  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])(
    'a code called %s waits like any other',
    (code) => {
      const [, step] = nextStep()(alone, refused(code, 'back-off'), now, 1)
      expect(step.todo === 'resend-after' && step.at - now).toBeLessThanOrEqual(1_000)
    }
  )

  it('a record that was skipped was not done, whatever its code', () => {
    expect(nextStep()(activities, skipped('611', 'back-off'), now, 1)[1].todo).toBe('resend-after')
  })

  const refusedFor = (remedy: Remedy, first: string, second: string): Ended => ({
    _tag: 'Refused',
    reasons: [
      { code: first, message: '' },
      { code: second, message: '' }
    ],
    remedy,
    retryAfter: null
  })

  it('one reason that leaves doubt leaves doubt', () => {
    expect(nextStep()(activities, refusedFor('renew-token', '601', '604'), now, 1)[1]).toEqual({ todo: 'unknown' })
  })

  it('one reason that speaks of a record lets one be looked for', () => {
    expect(nextStep()(call, refusedFor('mend-request', '610', '1006'), now, 1)[1]).toEqual({ todo: 'isolate' })
  })

  it('one reason that can be read is enough to believe the answer', () => {
    const reasons: readonly [Reason, Reason] = [
      { code: '', message: 'so' },
      { code: '610', message: '' }
    ]
    expect(
      nextStep()(activities, { _tag: 'Refused', reasons, remedy: 'mend-request', retryAfter: null }, now, 1)[1]
    ).toEqual({ todo: 'give-up', because: 'refused' })
  })

  it.each([Number.NaN, Infinity, -0])('%s is no time and counts as 0', (time) => {
    const [, step] = nextStep()(alone, refused('713', 'back-off'), time, 1)
    expect(step.todo === 'resend-after' && step.at).toBeLessThanOrEqual(1_000)
  })

  it('what adds an entry to the history of a lead, or runs it through a campaign, is not to be done twice', () => {
    const once = Object.entries(repeatableKinds).flatMap(([kind, repeatable]) => (repeatable ? [] : [kind]))
    expect(once).toEqual([
      'AddCustomActivity',
      'VisitPage',
      'SubmitForm',
      'RequestCampaign',
      'VisitPageInBrowser',
      'SubmitFormInBrowser'
    ])
  })
})
