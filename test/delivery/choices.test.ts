import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { giveBack, resumed } from '../../src/delivery/give-back.js'
import { next, type Request, wakeAt } from '../../src/delivery/next.js'
import type { EventLists } from '../../src/delivery/options.js'
import type { Item } from '../../src/delivery/outcome.js'
import { receive } from '../../src/delivery/receive.js'
import { mostRefusedPieces } from '../../src/delivery/refusal.js'
import { deferredItems } from '../../src/delivery/shortage.js'
import { start } from '../../src/delivery/start.js'
import { type Delivery, isDone } from '../../src/delivery/state.js'
import type { Intent } from '../../src/intent/intent.js'
import { activitiesIn, leadsIn } from '../../src/simulator/reading.js'
import { drive } from './drive.js'
import { activity, associate, email, endsOf, itemsOf, marketo, munchkinId, outcomesOf, upsert } from './world.js'

const people = (count: number, from = 0): ReadonlyArray<Intent> =>
  Array.from({ length: count }, (_, i) => upsert({ email: email(from + i), plan: 'pro' }))

const t = 1_700_000_000_000
const day = 86_400_000
const granted = { status: 200, headers: {}, body: { access_token: 'x', expires_in: 3600 } }

/** A delivery with a token, and what it would send at once. */
const ready = (delivery: Delivery) => {
  const [asked, [renewal]] = next(delivery, t)
  return next(receive(asked, renewal?.id ?? '', granted, t), t)
}

describe('credentials that are refused', () => {
  it('D7 end what needs a token, and nothing waits for ever', () => {
    const visit: Intent = {
      _tag: 'VisitPage',
      munchkinId: upsert({ email: '' }).munchkinId,
      lead: { lookupField: 'email', value: email(1) },
      visitor: { _tag: 'Derived' },
      page: { origin: 'https://corp.test', path: '/', params: '', fragment: '' },
      referrer: '',
      userAgent: 'test',
      ip: null,
      at: t
    }
    const world = drive(
      start(itemsOf(upsert({ email: email(1) }), activity(email(2)), visit)),
      marketo({ clientSecret: 'other' })
    )
    const refused = { _tag: 'Refused', remedy: 'ask-administrator', reasons: [{ code: '401' }] }
    expect(endsOf(world.delivery)).toMatchObject({ i0: refused, i1: refused, i2: { _tag: 'Applied' } })
    expect(world.sent.map(({ endpoint }) => endpoint).sort()).toEqual(['identityToken', 'visitWebPage'])
  })
})

describe('cookies', () => {
  it('D3 a pair is said once, however often events name it', () => {
    const items = itemsOf(upsert({ email: email(1) }), ...Array.from({ length: 50 }, () => associate(email(1), 1)))
    const world = drive(start(items), marketo())
    expect(world.sent.filter(({ endpoint }) => endpoint === 'associateLead')).toHaveLength(1)
    expect(outcomesOf(world.delivery).map(({ _tag }) => _tag)).toEqual(items.map(() => 'Applied'))
    const again = drive(world.delivery, world.marketo, {
      accessToken: world.accessToken,
      later: [[{ id: 'again', messageId: null, intent: associate(email(1), 1) }]]
    })
    expect(again.sent).toEqual([])
    expect(endsOf(again.delivery)).toMatchObject({ again: { _tag: 'Applied', leadId: 1, status: 'unchanged' } })
  })

  it('D4 a browser that changes hands is said each time, and ends as the last event has it', () => {
    const hands = fc.array(fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 1 })), { maxLength: 12 })
    fc.assert(
      fc.property(hands, fc.infiniteStream(fc.nat(100)), (list, draw) => {
        const items = itemsOf(...list.map(([n, browser]) => associate(email(n), browser)))
        const leads = [0, 1, 2].map((n) => ({ fields: { email: email(n) } }))
        const world = drive(start(items), marketo({ leads }), { draw: () => draw.next().value })
        const told = world.sent
          .filter(({ endpoint }) => endpoint === 'associateLead')
          .map(({ path, query }) => [query[0]?.[1].slice(-1), Number(path[3])])
        for (const browser of [0, 1]) {
          const last = list.filter(([, b]) => b === browser).pop()
          const lastTold = told.filter(([b]) => b === String(browser)).pop()
          expect(lastTold?.[1]).toBe(last === undefined ? undefined : last[0] + 1)
        }
      })
    )
  })
})

describe('unchanged leads', () => {
  const once = itemsOf(upsert({ email: email(1), plan: 'pro' }))
  const later = (...intents: ReadonlyArray<Intent>): ReadonlyArray<Item> =>
    intents.map((intent, i) => ({ id: `later${i}`, messageId: null, intent }))
  const then = (first: ReturnType<typeof drive>, ...intents: ReadonlyArray<Intent>) =>
    drive(first.delivery, first.marketo, { accessToken: first.accessToken, later: [later(...intents)] })

  it('are not written again where that is asked for', () => {
    const first = drive(start(once, { skipUnchanged: true }), marketo())
    const second = then(first, upsert({ plan: 'pro', email: email(1) }))
    expect(second.sent).toEqual([])
    expect(endsOf(second.delivery)).toMatchObject({ later0: { _tag: 'Applied', leadId: 1, status: 'unchanged' } })
  })

  it('stay so when a browser is said to be theirs', () => {
    const first = drive(start(once, { skipUnchanged: true }), marketo())
    const second = then(first, associate(email(1), 1))
    expect(second.sent.map(({ endpoint }) => endpoint)).toEqual(['associateLead'])
    expect(then(second, upsert({ plan: 'pro', email: email(1) })).sent).toEqual([])
  })

  it.each([
    ['another value', upsert({ email: email(1), plan: 'free' })],
    ['a field more', upsert({ email: email(1), plan: 'pro', seats: 1 })],
    ['a field less', upsert({ email: email(1) })],
    ['another type', upsert({ email: email(1), plan: 'pro', seats: null })]
  ])('are written again with %s', (_, intent) => {
    const first = drive(start(once, { skipUnchanged: true }), marketo())
    expect(then(first, intent).sent).toHaveLength(1)
  })

  it('are written again after another write of the person, by whichever key', () => {
    const both = itemsOf(upsert({ email: email(1), userId: 'u1', plan: 'pro' }))
    const first = drive(start(both, { skipUnchanged: true }), marketo())
    const second = then(first, upsert({ userId: 'u1', plan: 'free' }, 'userId'))
    const third = drive(second.delivery, second.marketo, {
      accessToken: second.accessToken,
      later: [[{ id: 'third', messageId: null, intent: both[0]?.intent ?? upsert({}) }]]
    })
    expect(third.sent).toHaveLength(1)
    expect(leadsIn(third.marketo).map(({ fields }) => fields.plan)).toEqual(['pro'])
  })

  it('are written every time unless it is asked for', () => {
    const first = drive(start(once), marketo())
    expect(then(first, upsert({ email: email(1), plan: 'pro' })).sent).toHaveLength(1)
  })
})

describe('events by name', () => {
  const list: ReadonlyArray<Item> = [
    { id: 'a', messageId: null, event: 'Signed Up', intent: upsert({ email: email(1) }) },
    { id: 'b', messageId: null, event: 'page', intent: upsert({ email: email(2) }) },
    { id: 'c', messageId: null, intent: upsert({ email: email(3) }) }
  ]
  // biome-ignore format: table
  const cases: ReadonlyArray<[string, EventLists, ReadonlyArray<string>]> = [
    ['all', { allow: null, deny: [] }, ['a', 'b', 'c']],
    ['but one', { allow: null, deny: ['page'] }, ['a', 'c']],
    ['only one', { allow: ['Signed Up'], deny: [] }, ['a']],
    ['none', { allow: [], deny: [] }, []],
    ['one allowed and denied', { allow: ['page'], deny: ['page'] }, []]
  ]
  it.each(cases)('%s', (_, events, delivered) => {
    const world = drive(start(list, { events }), marketo())
    const ends = outcomesOf(world.delivery)
    expect(ends.filter(({ _tag }) => _tag === 'Applied').map(({ id }) => id)).toEqual(delivered)
    expect(ends.filter(({ _tag }) => _tag === 'Unsent').map(({ id }) => id)).toEqual(
      list.map(({ id }) => id).filter((id) => !delivered.includes(id))
    )
  })
})

describe('a day that runs short', () => {
  const budget = { callsPerDay: 10, shares: { window: 1, running: 1 } }
  const short = { budget, shortage: { reserve: 0.5, rest: 'wait' } } as const
  const leads = Array.from({ length: 12 }, (_, n) => ({ fields: { email: email(n) } }))
  const cookies = Array.from({ length: 9 }, (_, n) => associate(email(n), n))

  it('D7 keeps the rest of its calls for leads, and tells who waits till when', () => {
    const first = drive(start(itemsOf(...cookies), short), marketo({ leads }), { mostRounds: 3 })
    const waiting = deferredItems(first.delivery, first.now)
    expect(waiting.length).toBeGreaterThan(0)
    expect(waiting.length + outcomesOf(first.delivery).length).toBe(cookies.length)
    expect(waiting.every(({ until }) => until > first.now && until < first.now + day)).toBe(true)
    const second = drive(first.delivery, first.marketo, {
      accessToken: first.accessToken,
      now: first.now,
      mostRounds: 1,
      later: [[{ id: 'lead', messageId: null, intent: upsert({ email: email(99) }) }]]
    })
    expect(endsOf(second.delivery)).toMatchObject({ lead: { _tag: 'Applied' } })
    expect(wakeAt(second.delivery, second.now)).toBe(waiting[0]?.until)
    const whole = drive(second.delivery, second.marketo, { accessToken: second.accessToken, now: second.now })
    expect(isDone(whole.delivery)).toBe(true)
    expect(outcomesOf(whole.delivery).every(({ _tag }) => _tag === 'Applied')).toBe(true)
  })

  it('D1 gives the rest back where that is asked for', () => {
    const world = drive(
      start(itemsOf(...cookies), { budget, shortage: { reserve: 0.5, rest: 'give-back' } }),
      marketo({ leads })
    )
    const ends = outcomesOf(world.delivery)
    expect(ends).toHaveLength(cookies.length)
    const deferred = ends.filter(({ _tag }) => _tag === 'Deferred')
    expect(deferred.length).toBeGreaterThan(0)
    expect(deferred[0]).toMatchObject({ until: expect.any(Number) })
    expect(world.now).toBeLessThan(1_700_000_000_000 + 60_000)
  })

  it('who says not to be written to goes first', () => {
    const list = itemsOf(...people(300), upsert({ email: email(500), unsubscribed: true }))
    const [, requests] = ready(start(list))
    expect(JSON.stringify(requests[0]?.call.descriptor.body)).toContain('unsubscribed')
    expect(requests[0]?.call.intents).toHaveLength(300)
  })
})

describe('a budget that lets nothing through', () => {
  it('is nothing that time alone could mend', () => {
    const [waiting, requests] = ready(start(itemsOf(...people(1)), { budget: { callsPerWindow: 0 } }))
    expect(requests).toEqual([])
    expect(wakeAt(waiting, t)).toBe(null)
  })
})

describe('a delivery that stops', () => {
  it('D1 gives back all that is in no call, and takes in the answers of what is', () => {
    const [flying, requests] = ready(start(itemsOf(...people(30)), { window: 20 }))
    expect(requests).toHaveLength(1)
    const stopped = giveBack(flying, t + day)
    expect(outcomesOf(stopped)).toHaveLength(10)
    expect(outcomesOf(stopped)[0]).toEqual({
      id: 'i20',
      messageId: 'm20',
      munchkinId,
      _tag: 'Deferred',
      until: t + day
    })
    const ended = drive(resumed(stopped, t), marketo(), { now: t })
    expect(outcomesOf(ended.delivery)).toHaveLength(30)
    expect(outcomesOf(ended.delivery).filter(({ _tag }) => _tag === 'Applied')).toHaveLength(20)
  })

  it('D7 resumed by another driver, what was in flight is taken as lost: leads again, activities as unknown', () => {
    const list = itemsOf(upsert({ email: email(1) }), activity(email(0), 1))
    const there = marketo({ leads: [{ fields: { email: email(0) } }] })
    const world = drive(start(list), there, {
      answer: (request) =>
        request.call.descriptor.endpoint === 'addCustomActivities' ? { status: 0, headers: {}, body: '' } : undefined
    })
    expect(endsOf(world.delivery)).toMatchObject({ i0: { _tag: 'Applied' }, i1: { _tag: 'Unknown' } })
    expect(activitiesIn(world.marketo)).toEqual([])
  })
})

describe('a call that is refused whatever it holds', () => {
  it('D9 is not cut for ever: after so many refusals all of it is told', () => {
    const world = drive(start(itemsOf(...people(80))), marketo(), {
      answer: (request) =>
        request.call.descriptor.endpoint === 'syncLeads'
          ? { status: 200, headers: {}, body: { success: false, errors: [{ code: '1003', message: 'no' }] } }
          : undefined
    })
    expect(outcomesOf(world.delivery)).toHaveLength(80)
    expect(outcomesOf(world.delivery).every(({ _tag }) => _tag === 'Refused')).toBe(true)
    // One call to begin with, a family; those in flight when it is given up are refused as well.
    expect(world.sent.length).toBeLessThanOrEqual(mostRefusedPieces + 12)
  })

  it('D9 two bad records, one in each half, fail nobody else', () => {
    const world = drive(start(itemsOf(...people(30))), marketo(), {
      answer: (request) => {
        const body = JSON.stringify(request.call.descriptor.body)
        return body.includes(`"${email(7)}"`) || body.includes(`"${email(29)}"`)
          ? { status: 200, headers: {}, body: { success: false, errors: [{ code: '1003', message: 'no' }] } }
          : undefined
      }
    })
    expect(
      outcomesOf(world.delivery)
        .filter(({ _tag }) => _tag !== 'Applied')
        .map(({ id }) => id)
        .sort()
    ).toEqual(['i29', 'i7'])
  })
})

describe('a call that is too large', () => {
  it.each([
    [413, ''],
    [200, { success: false, errors: [{ code: '604', message: 'Request time-out' }] }]
  ])('D9 is cut in halves until it is taken (%s)', (status, body) => {
    const world = drive(start(itemsOf(...people(60))), marketo(), {
      answer: ({ call }) =>
        call.descriptor.endpoint === 'syncLeads' && call.intents.length > 8 ? { status, headers: {}, body } : undefined
    })
    expect(outcomesOf(world.delivery)).toHaveLength(60)
    expect(outcomesOf(world.delivery).every(({ _tag }) => _tag === 'Applied')).toBe(true)
    expect(leadsIn(world.marketo)).toHaveLength(60)
  })
})

describe('a backlog', () => {
  const { numRuns = 100 } = fc.readConfigureGlobal()
  const few = { numRuns: Math.ceil(numRuns / 4) }

  it('D1 D8 beyond the window is delivered as well, in order, and costs a step nothing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 120 }), (window, count) => {
        const list = itemsOf(...people(count).map((one, i) => (i % 3 === 2 ? activity(email(i - 2), i) : one)))
        const world = drive(start(list, { window }), marketo(), {
          look: ({ pending }) => expect(pending.length).toBeLessThanOrEqual(window)
        })
        expect(outcomesOf(world.delivery).map(({ _tag }) => _tag)).toEqual(list.map(() => 'Applied'))
      }),
      few
    )
  })
})

describe('a call that is not full', () => {
  const sizes = (requests: ReadonlyArray<Request>): ReadonlyArray<readonly [string, number]> =>
    requests.map(({ call }) => [call.descriptor.endpoint, call.intents.length])

  it('goes at once when nothing is under way', () => {
    expect(sizes(ready(start(itemsOf(...people(3))))[1])).toEqual([['syncLeads', 3]])
  })

  it('D3 waits for those under way, as long as it lingers, and is told when that is over', () => {
    const [flying, requests] = ready(start(itemsOf(...people(310)), { linger: 500 }))
    expect(sizes(requests)).toEqual([['syncLeads', 300]])
    expect(next(flying, t + 499)[1]).toEqual([])
    expect(wakeAt(flying, t + 1)).toBe(t + 500)
    expect(sizes(next(flying, t + 500)[1])).toEqual([['syncLeads', 10]])
  })

  it('goes as soon as those under way have ended', () => {
    const [flying, [first]] = ready(start(itemsOf(...people(310))))
    const after = receive(flying, first?.id ?? '', { kind: 'lost' }, t + 20)
    expect(sizes(next(after, t + 20)[1])).toEqual([['syncLeads', 10]])
  })

  it('never waits where lingering is switched off', () => {
    expect(sizes(ready(start(itemsOf(...people(310)), { linger: 0 }))[1])).toEqual([
      ['syncLeads', 300],
      ['syncLeads', 10]
    ])
  })
})

describe('activities of one person', () => {
  it('D4 are never in two calls at once', () => {
    const list = itemsOf(...Array.from({ length: 400 }, (_, i) => activity(email(i % 7 === 0 ? 0 : i % 5), i)))
    const leads = [0, 1, 2, 3, 4].map((n) => ({ fields: { email: email(n) } }))
    const world = drive(start(list), marketo({ leads }), {
      draw: () => 1,
      look: ({ inFlight, pending }) => {
        const persons = Object.values(inFlight).flatMap(({ records, errand }) => [
          ...new Set(
            errand === 'write' ? records.flat().map((seq) => pending.find((one) => one.seq === seq)?.person) : []
          )
        ])
        expect(new Set(persons).size).toBe(persons.length)
      }
    })
    const values = activitiesIn(world.marketo).map(({ leadId, primaryAttributeValue }) => [
      leadId,
      primaryAttributeValue
    ])
    for (const n of [1, 2, 3, 4, 5]) {
      const own = values.filter(([leadId]) => leadId === n).map(([, value]) => Number(String(value).slice(1)))
      expect(own).toEqual([...own].sort((a, b) => a - b))
    }
    expect(values).toHaveLength(400)
  })
})
