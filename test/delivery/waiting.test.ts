/**
 * Who waits, for what and how long; and who does not, because a call has it already.
 */
import { describe, expect, it } from 'vitest'
import { next, type Request, wakeAt } from '../../src/delivery/next.js'
import type { DeliveryOptions } from '../../src/delivery/options.js'
import type { Item } from '../../src/delivery/outcome.js'
import { receive } from '../../src/delivery/receive.js'
import { add, start } from '../../src/delivery/start.js'
import type { Delivery } from '../../src/delivery/state.js'
import type { Answer } from '../../src/intent/outcome.js'
import { isMunchkinId } from '../../src/marketo/munchkin-id.js'
import { defaultBackOff } from '../../src/pace/back-off.js'

const munchkinId = '561-HYG-937'
if (!isMunchkinId(munchkinId)) throw new Error('no Munchkin id')

const t = 1_700_000_000_000
const email = (n: number): string => `p${n}@corp.test`

const upsert = (id: string, n: number, plan = id): Item => ({
  id,
  messageId: null,
  intent: {
    _tag: 'UpsertLead',
    munchkinId,
    lead: { lookupField: 'email', value: email(n) },
    fields: { email: email(n), plan },
    action: 'createOrUpdate',
    partitionName: null
  }
})

const activity = (id: string, n: number): Item => ({
  id,
  messageId: null,
  intent: {
    _tag: 'AddCustomActivity',
    munchkinId,
    lead: { lookupField: 'email', value: email(n) },
    activityTypeId: 100_001,
    activityDate: '2024-05-01T10:00:00Z',
    primaryAttributeValue: id,
    attributes: []
  }
})

const ok = (body: unknown): Answer => ({ status: 200, headers: {}, body })
const created = (...ids: ReadonlyArray<number>): Answer =>
  ok({ success: true, result: ids.map((id) => ({ id, status: 'created' })) })
const added = (count: number): Answer =>
  ok({ success: true, result: Array.from({ length: count }, () => ({ id: 1, marketoGUID: 'g', status: 'added' })) })

const answer = (state: Delivery, request: Request | undefined, told: Answer, now = t): Delivery =>
  receive(state, request?.id ?? '', told, now)

/** A delivery that has its token, and the calls that it makes then. */
const begun = (
  items: ReadonlyArray<Item>,
  options: Partial<DeliveryOptions> = {}
): readonly [Delivery, ReadonlyArray<Request>] => {
  const [asked, [token]] = next(start(items, options), t)
  return next(answer(asked, token, ok({ access_token: 'x', expires_in: 3_600 })), t)
}

/** A delivery that knows the numbers of people 1 and 2. */
const acquainted = (options: Partial<DeliveryOptions> = {}): Delivery => {
  const [writing, [write]] = begun([upsert('u1', 1), upsert('u2', 2)], options)
  return answer(writing, write, created(1, 2))
}

const ends = ({ outcomes }: Delivery): ReadonlyArray<string> => outcomes.map(({ id, _tag }) => `${id} ${_tag}`)
const endpoints = (requests: ReadonlyArray<Request>): ReadonlyArray<string> =>
  requests.map(({ call }) => `${call.descriptor.endpoint} ${call.intents.length}`)

describe('waiting', () => {
  it('D6 what was lost is not sent again before its time, and then it is', () => {
    const [writing, [write]] = begun([upsert('a', 1)], { seed: 3 })
    const lost = receive(writing, write?.id ?? '', { kind: 'lost' }, t)
    const at = wakeAt(lost, t)
    if (at === null) throw new Error('no time to wait for')
    expect(at).toBeGreaterThan(t)
    expect(endpoints(next(lost, at - 1)[1])).toEqual([])
    const [again, calls] = next(lost, at)
    expect(endpoints(calls)).toEqual(['syncLeads 1'])
    expect(wakeAt({ ...again, options: { ...again.options, linger: 0 } }, at)).toBe(null)
  })

  it('D7 two calls that are lost together do not come back together', () => {
    const items = [upsert('a', 1), { ...upsert('b', 2), intent: { ...upsert('b', 2).intent, partitionName: 'EU' } }]
    const [writing, writes] = begun(items, { seed: 3 })
    expect(endpoints(writes)).toEqual(['syncLeads 1', 'syncLeads 1'])
    const lost = writes.reduce((so, { id }) => receive(so, id, { kind: 'lost' }, t), writing)
    const times = lost.pending.map(({ notBefore }) => notBefore)
    expect(new Set(times).size).toBe(2)
    expect(wakeAt(lost, t)).toBe(Math.min(...times))
  })

  it('D4 of one person only one call of activities is under way, however many calls they fill', () => {
    const many = Array.from({ length: 301 }, (_, i) => activity(`a${i}`, 1))
    const [state, first] = next(add(acquainted(), many), t)
    expect(endpoints(first)).toEqual(['addCustomActivities 300'])
    expect(endpoints(next(state, t)[1])).toEqual([])
    expect(endpoints(next(answer(state, first[0], added(300)), t)[1])).toEqual(['addCustomActivities 1'])
  })

  it('D7 when the day runs short, what is in flight is not given back', () => {
    const known = acquainted({ budget: { callsPerDay: 3 }, shortage: { reserve: 0.6, rest: 'give-back' } })
    const [acting, [act]] = next(add(known, [activity('a1', 1)]), t)
    const [short] = next(add(acting, [activity('a2', 2)]), t)
    expect(ends(short).slice(2)).toEqual(['a2 Deferred'])
    expect(ends(answer(short, act, added(1))).slice(2)).toEqual(['a2 Deferred', 'a1 Applied'])
  })

  it('D7 when the credentials are refused, what is in flight is not told as refused', () => {
    const [acting, [act]] = next(add(acquainted(), [activity('a1', 1)]), t)
    const late = t + 3_600_000
    const [asking, [token]] = next(add(acting, [upsert('w2', 2)]), late)
    expect(token?.call.descriptor.endpoint).toBe('identityToken')
    const refused = answer(asking, token, { status: 401, headers: {}, body: { error: 'invalid_client' } }, late)
    const [ended] = next(refused, late)
    expect(ends(ended).slice(2)).toEqual(['w2 Refused'])
    expect(ends(answer(ended, act, added(1), late)).slice(2)).toEqual(['w2 Refused', 'a1 Applied'])
  })
})

describe('what is known', () => {
  const noRetry = { backOff: { ...defaultBackOff, retries: 0 }, whenInDoubt: 'report' } as const

  it('D7 after a write in doubt nobody is taken for unchanged', () => {
    const [first, [write]] = begun([upsert('a', 1, 'p')], { skipUnchanged: true, retry: noRetry })
    const [second, [other]] = next(add(answer(first, write, created(1)), [upsert('b', 1, 'q')]), t)
    const inDoubt = receive(second, other?.id ?? '', { kind: 'lost' }, t)
    expect(ends(inDoubt)).toEqual(['a Applied', 'b Unknown'])
    expect(endpoints(next(add(inDoubt, [upsert('c', 1, 'p')]), t)[1])).toEqual(['syncLeads 1'])
    expect(endpoints(next(add(answer(first, write, created(1)), [upsert('c', 1, 'p')]), t)[1])).toEqual([])
  })

  it('D7 a lead that is gone is looked for once more, and only once', () => {
    const gone = ok({
      success: true,
      result: [{ status: 'skipped', errors: [{ code: '1004', message: 'Lead not found' }] }]
    })
    const [acting, [act]] = next(add(acquainted(), [activity('a1', 1)]), t)
    const [looking, [lookup]] = next(answer(acting, act, gone), t)
    expect(lookup?.call.descriptor.endpoint).toBe('getLeadsByFilter')
    const there = ok({ success: true, result: [{ id: 9, email: email(1) }] })
    const [again, [retry]] = next(answer(looking, lookup, there), t)
    expect(JSON.stringify(retry?.call.descriptor.body)).toContain('"leadId":9')
    expect(ends(answer(again, retry, added(1))).slice(2)).toEqual(['a1 Applied'])
    expect(ends(answer(again, retry, gone)).slice(2)).toEqual(['a1 Skipped'])
  })
})
