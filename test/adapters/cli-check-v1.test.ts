/**
 * `check --contract v1`: what Segment's page on v1 warns of, in a stream.
 */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newCloseSyncs, noteSync } from '../../src/adapters/cli/check/close-syncs.js'
import { drawStream } from '../../src/adapters/cli/check/draw-report.js'
import { newTally } from '../../src/adapters/cli/map/tally.js'
import { plainPaint } from '../../src/adapters/cli/text/paint.js'
import type { SyncLeadOverSoap } from '../../src/intent/intent.js'
import { v1From } from '../settings/v1-given.js'
import { ndjson, runInMemory } from './cli-world.js'

const given = { accountId: '561-HYG-937', projectId: 'p1', pageOrigin: 'https://www.example.com' }

const check = async (events: ReadonlyArray<unknown>, more: object = {}) => {
  const files = { 's.json': JSON.stringify({ ...given, ...more }), in: ndjson(events) }
  const words = ['check', '--contract', 'v1', '-s', 's.json', '--events', 'in']
  const ran = await runInMemory(words, { files, columns: 240 })
  return { ...ran, finding: (what: string) => findingIn(ran.out, what) }
}

/** Count, examples and what to do of the finding whose text begins so. */
const findingIn = (out: string, what: string): readonly [count: number, examples: string, mend: string] => {
  const lines = out.split('\n')
  const line = lines.findIndex((one) => one.slice(9).startsWith(what))
  expect(line).toBeGreaterThan(0)
  const count = Number(lines[line]?.slice(0, 7))
  return count === 0 ? [0, '', ''] : [count, (lines[line + 1] ?? '').trim(), (lines[line + 2] ?? '').trim()]
}

const at = '2024-05-01T10:00:00Z'
const withCookie = (token: string, id = '561-HYG-937') => ({
  context: { Marketo: { marketoCookie: `id:${id}&token:_mch-example.com-${token}` } }
})
const cookie = withCookie('1374552656411-90718')
const identify = (more: object) => ({ type: 'identify', timestamp: at, ...more })
const track = (more: object) => ({ type: 'track', event: 'Trial Started', timestamp: at, ...more })
const page = (more: object) => ({ type: 'page', properties: { url: '/a' }, timestamp: at, ...more })
const ana = { traits: { email: 'ana@example.com' } }

const visitors = 'people with additional visitors'
const second = 'people with a second lead'
const rekeyed = 'people addressed by their email and by another kind of id'
const losing = 'people with a Munchkin cookie'
const close = 'identify calls of one lead'
const emailless = 'identify calls without an email'
const colliding = 'traits that lose their field'
const miscased = 'traits whose field differs'
const custom = 'traits whose field is no standard one'
const retired = 'intents that go over routes'

describe('people', () => {
  it.each([
    [
      'the cookie, then the userId',
      [identify({ userId: 'u1', ...ana, ...cookie }), track({ userId: 'u1' })],
      [1, 'line 1 by cookie, line 2 by userId', 0, 0]
    ],
    [
      'the userId, then the cookie of a page',
      [track({ userId: 'u1' }), page({ userId: 'u1', ...cookie })],
      [1, 'line 1 by userId, line 2 by cookie', 0, 0]
    ],
    [
      'the anonymousId, then the userId',
      [track({ anonymousId: 'a1' }), track({ anonymousId: 'a1', userId: 'u1' })],
      [1, 'line 1 by anonymousId, line 2 by userId', 0, 0]
    ],
    [
      'all four',
      [
        identify({ userId: 'u1', ...ana }),
        track({ userId: 'u1', ...cookie }),
        page({ ...cookie }),
        page({ userId: 'u1' })
      ],
      [1, 'line 1 by email, line 2 by cookie, line 4 by userId', 0, 0]
    ],
    [
      'two people at one cookie, who count as one',
      [page({ userId: 'u1', ...cookie }), page({ userId: 'u2', ...cookie }), page({ userId: 'u2' })],
      [1, 'line 1 by cookie, line 3 by userId', 0, 0]
    ],
    ['the cookie every time', [identify({ ...ana, ...cookie }), track({ userId: 'u1', ...cookie })], [0, '', 0, 0]],
    ['the userId every time', [track({ userId: 'u1' }), page({ userId: 'u1' })], [0, '', 0, 0]],
    ['two cookies, which are two browsers', [page(cookie), page(withCookie('2-2'))], [0, '', 0, 0]],
    [
      'the cookie of another instance, which counts for none',
      [identify({ userId: 'u1', ...ana, ...withCookie('1-2', '100-AAA-200') }), track({ userId: 'u1' })],
      [0, '', 0, 1]
    ],
    [
      'the email with a userId, then the userId',
      [identify({ userId: 'u1', ...ana }), track({ userId: 'u1' })],
      [0, '', 0, 1]
    ],
    ['the userId, then the email', [track({ userId: 'u1' }), identify({ userId: 'u1', ...ana })], [0, '', 1, 0]],
    [
      'the email without a cookie, then the cookie',
      [identify({ userId: 'u1', ...ana }), track({ userId: 'u1', ...cookie })],
      [0, '', 1, 0]
    ],
    [
      'the cookie with an email, then the email',
      [identify({ userId: 'u1', ...ana, ...cookie }), identify({ userId: 'u1', ...ana })],
      [0, '', 0, 1]
    ],
    [
      'the email, then the cookie with that email',
      [identify({ userId: 'u1', ...ana }), identify({ userId: 'u1', ...ana, ...cookie })],
      [0, '', 0, 1]
    ],
    [
      'the email, then the cookie with no email',
      [identify({ userId: 'u1', ...ana }), identify({ userId: 'u1', ...cookie })],
      [0, '', 1, 0]
    ],
    [
      'the cookie with no email, then the email',
      [identify({ userId: 'u1', ...cookie }), identify({ userId: 'u1', ...ana })],
      [0, '', 1, 0]
    ],
    [
      'a call that its own integrations keep back',
      [page({ userId: 'u1', ...cookie }), track({ userId: 'u1', integrations: { Marketo: false } })],
      [0, '', 0, 0]
    ]
  ])('are seen to change: %s', async (_, events, [count, story, split, order]) => {
    const { finding } = await check(events)
    expect(finding(visitors).slice(0, 2)).toEqual([count, story])
    expect([finding(second)[0], finding(rekeyed)[0]]).toEqual([split, order])
  })

  it.each([
    [
      'not with a track call',
      [identify({ userId: 'u1', ...ana, ...cookie }), track({ userId: 'u1' })],
      [1, 'line 1 has it, line 2 has not']
    ],
    [
      'not with a page call, though with a track call',
      [identify({ userId: 'u1', ...ana, ...cookie }), track({ userId: 'u1', ...cookie }), page({ userId: 'u1' })],
      [1, 'line 1 has it, line 3 has not']
    ],
    ['with every call', [identify({ userId: 'u1', ...ana, ...cookie }), track({ userId: 'u1', ...cookie })], [0, '']],
    ['with none', [identify({ userId: 'u1', ...ana }), track({ userId: 'u1' })], [0, '']],
    [
      'with identify, and the track call is kept back',
      [identify({ userId: 'u1', ...ana, ...cookie }), track({ userId: 'u1', integrations: { All: false } })],
      [0, '']
    ],
    [
      'of another instance',
      [identify({ userId: 'u1', ...ana, ...withCookie('1-2', '100-AAA-200') }), track({ userId: 'u1' })],
      [0, '']
    ]
  ])('are seen to lose their cookie: %s', async (_, events, expected) => {
    expect((await check(events)).finding(losing).slice(0, 2)).toEqual(expected)
  })

  it('are seen to lose their cookie also where such visits are not sent', async () => {
    const events = [identify({ userId: 'u1', ...ana, ...cookie }), track({ userId: 'u1' })]
    const { finding } = await check(events, { withoutCookie: 'cookie-only' })
    expect(finding(losing)[0]).toBe(1)
    expect(finding(visitors)[0]).toBe(0)
  })

  it('are counted and marked as accepted where the settings accept additional visitors', async () => {
    const events = [identify({ userId: 'u1', ...ana, ...cookie }), track({ userId: 'u1' })]
    const { finding, out } = await check(events, { secondVisitors: 'accept' })
    const mend = '→ accepted: the settings have secondVisitors at accept'
    expect(finding(visitors)).toEqual([1, 'line 1 by cookie, line 2 by userId', mend])
    expect(finding(losing)).toEqual([1, 'line 1 has it, line 2 has not', mend])
    expect(finding(retired)[2]).not.toContain('accepted')
    expect(out).toContain('additional visitors: accepted')
    expect((await check(events)).out).not.toContain('→ accepted')
  })

  it.each([
    [true, '<faint>', '<odd>'],
    [false, '<odd>', '<faint>']
  ])('are drawn by whether that is accepted: %s', (isAccepted, there, absent) => {
    const paint = { ...plainPaint, odd: (text: string) => `<odd>${text}`, faint: (text: string) => `<faint>${text}` }
    const found = { count: 3, what: 'people', examples: [], mend: '', isAccepted }
    const lines = drawStream('in', newTally(), 'line', 3, [found], 80, paint).split('\n')
    const row = lines.find((line) => line.endsWith('people'))
    expect(row).toContain(there)
    expect(row).not.toContain(absent)
  })

  it('are found by the fields that the settings name', async () => {
    const fields = { userIdField: 'ext_id', anonymousIdField: 'visitor' }
    const { finding } = await check([track({ userId: 'u1' }), track({ userId: 'u1', ...cookie })], fields)
    expect(finding(visitors)[1]).toBe('line 1 by userId, line 2 by cookie')
  })
})

const time = (second: number): string => new Date(Date.UTC(2024, 4, 1, 10, 0, 0) + second * 1000).toISOString()
const ben = { traits: { email: 'ben@example.com' } }

describe('identify calls of one lead', () => {
  it.each([
    [
      '29.999 seconds apart',
      [identify({ ...ana, timestamp: time(0) }), identify({ ...ana, timestamp: time(29.999) })],
      [1, 'line 2 after line 1']
    ],
    [
      '30 seconds apart',
      [identify({ ...ana, timestamp: time(0) }), identify({ ...ana, timestamp: time(30) })],
      [0, '']
    ],
    ['at one time', [identify({ ...ana }), identify({ ...ana })], [1, 'line 2 after line 1']],
    [
      'out of order',
      [identify({ ...ana, timestamp: time(9) }), identify({ ...ana, timestamp: time(0) })],
      [1, 'line 2 after line 1']
    ],
    [
      'far apart out of order',
      [identify({ ...ana, timestamp: time(30) }), identify({ ...ana, timestamp: time(0) })],
      [0, '']
    ],
    ['of two leads', [identify({ ...ana }), identify({ ...ben })], [0, '']],
    [
      'by an email in another case',
      [identify({ ...ana }), identify({ traits: { email: 'ANA@example.com' } })],
      [1, 'line 2 after line 1']
    ],
    [
      'by one cookie with two emails',
      [identify({ ...ana, ...cookie }), identify({ ...ben, ...cookie })],
      [1, 'line 2 after line 1']
    ],
    [
      'by email once, by email and cookie then',
      [identify({ ...ana }), identify({ ...ana, ...cookie })],
      [1, 'line 2 after line 1']
    ],
    [
      'by one userId with two emails, which are two leads',
      [identify({ userId: 'u1', ...ana }), identify({ userId: 'u1', ...ben })],
      [0, '']
    ],
    [
      'of which one is kept back',
      [identify({ ...ana }), identify({ ...ana, integrations: { Marketo: false } })],
      [0, '']
    ],
    ['of which one says no time', [identify({ ...ana }), identify({ ...ana, timestamp: undefined })], [0, '']],
    [
      'among track calls',
      [identify({ userId: 'u1', ...ana }), track({ userId: 'u1' }), track({ userId: 'u1' })],
      [0, '']
    ]
  ])('%s', async (_, events, expected) => {
    expect((await check(events)).finding(close).slice(0, 2)).toEqual(expected)
  })

  it('are all counted, and the first five told', async () => {
    const { finding } = await check(Array.from({ length: 8 }, (_, i) => identify({ ...ana, timestamp: time(i) })))
    expect(finding(close).slice(0, 2)).toEqual([
      7,
      'line 2 after line 1; line 3 after line 2; line 4 after line 3; line 5 after line 4; line 6 after line 5'
    ])
  })
})

const sync = (email: string): SyncLeadOverSoap => ({
  _tag: 'SyncLeadOverSoap',
  munchkinId: v1From().munchkinId,
  lead: { lookupField: 'email', value: email },
  email,
  attributes: {},
  cookie: null
})

describe('the memory of syncs', () => {
  it('counts what stands too close to the call before it of the same lead', () => {
    const calls = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat({ max: 200_000 })), { maxLength: 40 })
    fc.assert(
      fc.property(calls, (all) => {
        const syncs = newCloseSyncs()
        for (const [i, [who, instant]] of all.entries())
          noteSync(syncs, sync(`${who}@example.com`), { at: instant, line: i })
        const expected = all.flatMap(([who, instant], i) => {
          const before = all.map(([other]) => other).lastIndexOf(who, i - 1)
          return i > 0 && before >= 0 && Math.abs((all[before]?.[1] ?? 0) - instant) < 30_000 ? [[before, i]] : []
        })
        expect(syncs.count).toBe(expected.length)
        expect(syncs.pairs).toEqual(expected.slice(0, 5))
      })
    )
  })

  it('is bounded: who was synced longest ago makes room', () => {
    const syncs = newCloseSyncs()
    for (const [i, who] of ['a', 'b', 'a', 'c', 'b', 'a'].entries())
      noteSync(syncs, sync(`${who}@example.com`), { at: 0, line: i }, 2)
    expect(syncs.last.size).toBe(2)
    expect(syncs.pairs).toEqual([[0, 2]])
  })
})

describe('names', () => {
  const traits = (...all: ReadonlyArray<object>) => all.map((one) => identify({ userId: 'u1', traits: one }))

  it.each([
    [
      'that meet in one call',
      traits(
        { 'plan name': 'a', planName: 'b' },
        { planName: 'a', 'plan name': 'b' },
        { PlanName: 'a', 'plan name': 'b' }
      ),
      [2, '"planName" → PlanName 2×; "plan name" → PlanName 1×']
    ],
    ['that meet in two calls, where neither loses', traits({ 'plan name': 'a' }, { planName: 'b' }), [0, '']],
    [
      'of which one says nothing',
      traits({ 'plan name': null, planName: 'b' }, { 'plan name': '', planName: 'b' }),
      [0, '']
    ],
    ['that are spelled alike, and named differently', traits({ plan_name: 'a', planName: 'b' }), [0, '']]
  ])('%s', async (_, events, expected) => {
    expect((await check(events)).finding(colliding).slice(0, 2)).toEqual(expected)
  })

  it('of standard fields in another casing are told with the right one', async () => {
    const { finding } = await check(traits({ dateOfBirth: '1990-01-01' }, { dateofBirth: '1990-01-01', title: 'CTO' }))
    expect(finding(miscased).slice(0, 2)).toEqual([1, '"dateOfBirth" → DateOfBirth, not DateofBirth 1×'])
    expect(finding(custom)[0]).toBe(0)
  })

  it('of fields that are no standard ones are told with their counts', async () => {
    const { finding } = await check(
      traits(
        { plan: 'pro', title: 'CTO', name: 'Ana', first_name: 'Ana', company: { name: 'x' }, phones: ['1'], ' ': 'x' },
        { plan: 'pro', 'a field': 1, list: ['x'], gone: null }
      )
    )
    expect(finding(custom).slice(0, 2)).toEqual([2, '"plan" → Plan 2×; "a field" → AField 1×'])
  })

  it('of calls that are kept back are passed over', async () => {
    const { finding } = await check([identify({ traits: { plan: 'pro' }, integrations: { Marketo: false } })])
    expect(finding(custom)[0]).toBe(0)
  })
})

describe('the rest', () => {
  it.each([
    ['a trait', identify(ana), 0],
    ['a userId that is one', identify({ userId: 'ana@example.com' }), 0],
    ['none', identify({ userId: 'u1' }), 1],
    ['none but a cookie', identify({ userId: 'u1', ...cookie }), 1],
    ['text that is none', identify({ traits: { email: 'ana' } }), 1],
    ['none, on a track call', track({ userId: 'u1' }), 0],
    ['none, on a call that is kept back', identify({ userId: 'u1', integrations: { Marketo: false } }), 0]
  ])('identify without an email: %s', async (_, event, count) => {
    expect((await check([event])).finding(emailless)[0]).toBe(count)
  })

  it('counts the intents of routes that are switched off', async () => {
    const { finding } = await check([identify(ana), identify({ ...ben, ...cookie }), track({ userId: 'u1' })])
    expect(finding(retired)).toEqual([
      2,
      '2 SyncLeadOverSoap (SOAP, since 2026-07-31)',
      '→ map with --replace-retired, or leave v1 with segment-marketo migrate'
    ])
  })

  it('says what settings come to', async () => {
    const files = {
      's.json': JSON.stringify({ accountId: '561-HYG-937', userAgent: null, withoutCookie: 'cookie-only' })
    }
    const { out, code } = await runInMemory(['check', '--contract', 'v1', '-s', 's.json'], { files })
    expect(out).toBe(
      [
        's.json: can be used',
        '  Marketo 561-HYG-937; ids in UserId and AnonymousId; identify in browsers: no projectId, so nobody',
        '  signs it; visits without a cookie: not sent; without a user agent: not sent; without a host: sent',
        '  to that of the call’s page or cookie; additional visitors: reported',
        ''
      ].join('\n')
    )
    expect(code).toBe(0)
  })

  it.each([
    ['{"accountId":"561-HYG-937","trackUrl":"x"}', /^s\.json: these settings cannot be used\n {2}trackUrl: /],
    ['{"munchkinId":"561-HYG-937","traits":[],"projectId":7}', /^s\.json: these settings cannot be used\n/],
    ['[', /^s\.json: is not JSON/]
  ])('refuses %s', async (text, says) => {
    const ran = await runInMemory(['check', '--contract', 'v1', '-s', 's.json'], { files: { 's.json': text } })
    expect(ran.err).toMatch(says)
    expect([ran.out, ran.code]).toEqual(['', 2])
  })

  it('tells every remark', async () => {
    const files = { 's.json': JSON.stringify({ ...given, privateKey: 'k', trackUrls: 'x' }) }
    const { out, code } = await runInMemory(['check', '--contract', 'v1', '-s', 's.json'], { files })
    expect(out).toMatch(/^s\.json: can be used, with remarks\n {2}trackUrls: is not a known name.*\n {2}privateKey: /)
    expect(code).toBe(0)
  })

  it('ends with 1 when an event is invalid', async () => {
    expect((await check([identify({})])).code).toBe(1)
    expect((await check([identify(ana)])).code).toBe(0)
  })
})
