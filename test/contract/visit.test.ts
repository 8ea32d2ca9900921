/**
 * What a visit is made of, and whose cookie counts.
 */
import { describe, expect, it } from 'vitest'
import { readOwnCookie } from '../../src/contract/own-cookie.js'
import {
  isAgent,
  noHost,
  originFor,
  readAddress,
  readAgent,
  readInstant,
  readSurroundings
} from '../../src/contract/visit.js'
import { describeProblem, type Problem } from '../../src/ground/problem.js'
import type { Trace } from '../../src/intent/trace.js'
import type { SegmentEvent } from '../../src/segment/event.js'
import { hyg } from '../endpoints/reading.js'

/** What a reader answers, and what it says. */
const told = <A>(read: (problems: Array<Problem>) => A): readonly [A, ReadonlyArray<string>] => {
  const problems: Array<Problem> = []
  const value = read(problems)
  return [value, problems.map((problem) => `${problem.weight} ${describeProblem(problem)}`)]
}
type Members = Readonly<Record<string, unknown>>
const page = (properties: Members, context: Members = {}): SegmentEvent => ({ type: 'page', properties, context })

describe('the address', () => {
  it.each<readonly [string, Parameters<typeof readAddress>[0], object | undefined, ReadonlyArray<string>]>([
    [
      'of the page',
      page({ url: 'https://www.example.com/a?b=1', path: '/c' }),
      {
        at: ['properties', 'url'],
        value: { origin: 'https://www.example.com', path: '/a', params: 'b=1', fragment: '' }
      },
      []
    ],
    [
      'of the page, relative',
      page({ path: '/c' }),
      { at: ['properties', 'path'], value: { origin: null, path: '/c', params: '', fragment: '' } },
      []
    ],
    [
      'of the page around the call',
      { type: 'group', groupId: 'g1', context: { page: { url: 'https://www.example.com/' } } },
      {
        at: ['context', 'page', 'url'],
        value: { origin: 'https://www.example.com', path: '/', params: '', fragment: '' }
      },
      []
    ],
    [
      'that is not there',
      page({}),
      undefined,
      [
        'invalid properties.url: is missing; send the page’s url in properties or context.page: Marketo takes no visit without one'
      ]
    ],
    [
      'that is none',
      page({ url: 7 }),
      undefined,
      [
        'invalid properties.url: found a number; send the address of the page as text, with http or https in front, or relative to its site'
      ]
    ]
  ])('%s', (_, event, found, said) => {
    expect(told((problems) => readAddress(event, problems))).toEqual([found, said])
  })
})

describe('the agent', () => {
  const absent =
    'invalid context.userAgent: is missing; set context.userAgent on the server: Marketo takes no visit without one'
  const unfit = (kind: string) =>
    `invalid context.userAgent: found ${kind}; send the user agent as printable text in one line`

  it.each<readonly [string, unknown, string | null, object | undefined, ReadonlyArray<string>]>([
    ['of the call', 'Mozilla/5.0', 'other', { value: 'Mozilla/5.0', at: ['context', 'userAgent'] }, []],
    ['of the settings', undefined, 'other', { value: 'other', at: null }, []],
    ['that nobody names', undefined, null, undefined, [absent]],
    ['with a line break, whatever the settings say', 'Mozilla\n', 'other', undefined, [unfit('text')]],
    ['that is a number', 7, null, undefined, [unfit('a number')]]
  ])('%s', (_, userAgent, fallback, found, said) => {
    const event = page({}, { userAgent })
    expect(told((problems) => readAgent(event, fallback, problems))).toEqual([found, said])
  })

  it.each([
    ['~ !', true],
    ['caf\u00e9\u00a0\u00ff', true],
    [' ', false],
    ['\u00a0', false],
    ['', false],
    ['a\tb', false],
    ['a\u007f', false],
    ['a\u009f', false],
    ['\u0100', false],
    ['\u0000a', false],
    ['a\n', false]
  ])('%j can be one: %s', (text, expected) => {
    expect(isAgent(text)).toBe(expected)
  })
})

describe('the time', () => {
  it.each<readonly [string, object, object | undefined, ReadonlyArray<string>]>([
    ['is the call’s', { timestamp: '2024-05-01T10:00:00Z' }, { value: 1_714_557_600_000, at: ['timestamp'] }, []],
    [
      'must be there',
      {},
      undefined,
      ['invalid timestamp: is missing; send a timestamp in ISO 8601, such as 2024-05-01T10:00:00Z']
    ]
  ])('%s', (_, members, found, said) => {
    expect(told((problems) => readInstant({ type: 'page', ...members }, problems))).toEqual([found, said])
  })
})

describe('what surrounds a visit', () => {
  const badReferrer = (kind: string) => `dropped properties.referrer: found ${kind}; send the referrer as text`
  const badIp = (kind: string) => `dropped context.ip: found ${kind}; send an IPv4 or IPv6 address as text`

  it.each<readonly [string, unknown, unknown, string, string | null, ReadonlyArray<string>]>([
    ['both', 'https://www.example.com/', '192.0.2.1', 'https://www.example.com/', '192.0.2.1', []],
    ['neither', undefined, undefined, '', null, []],
    ['an address of the sixth version', undefined, '2001:DB8::f', '', '2001:DB8::f', []],
    ['the shortest address', undefined, '::', '', '::', []],
    ['an address that holds another', undefined, '::ffff:192.0.2.128', '', '::ffff:192.0.2.128', []],
    ['half a surrogate pair and a name', 'x\ud83d', 'localhost', '', null, [badReferrer('text'), badIp('text')]],
    ['numbers', 7, 7, '', null, [badReferrer('a number'), badIp('a number')]],
    ['digits alone', undefined, '3232235777', '', null, [badIp('text')]],
    ['one point', undefined, '.', '', null, [badIp('text')]],
    ['an address with a line behind it', undefined, '192.0.2.1\n', '', null, [badIp('text')]],
    ['an address behind a letter', undefined, 'x::1', '', null, [badIp('text')]],
    ['an address of 46 characters', undefined, `:${'a'.repeat(45)}`, '', null, [badIp('text')]],
    ['an address of 45 characters', undefined, `:${'a'.repeat(44)}`, '', `:${'a'.repeat(44)}`, []]
  ])('%s', (_, referrer, ip, referrerText, ipText, said) => {
    const event = page({ referrer }, { ip })
    expect(told((problems) => readSurroundings(event, problems, null))).toEqual([
      { referrer: referrerText, ip: ipText },
      said
    ])
  })

  it('is traced: what moved, what stayed, and nothing of what was not there', () => {
    const trace = (event: Parameters<typeof readSurroundings>[0]): Trace => {
      const made: Trace = { moves: [], stays: [] }
      readSurroundings(event, [], made)
      return made
    }
    expect(trace(page({ referrer: '/a' }, { ip: 7 }))).toEqual({
      moves: [
        { to: ['VisitPage', 'referrer'], from: ['properties', 'referrer'], rule: 'referrer of the call', did: [] }
      ],
      stays: [{ at: ['context', 'ip'], why: 'dropped: found a number' }]
    })
    expect(trace(page({ referrer: {} }, { ip: '::1' }))).toEqual({
      moves: [{ to: ['VisitPage', 'ip'], from: ['context', 'ip'], rule: 'ip of the call', did: [] }],
      stays: [{ at: ['properties', 'referrer'], why: 'dropped: found an object' }]
    })
    expect(trace(page({}))).toEqual({ moves: [], stays: [] })
  })
})

const token = '_mch-shop.example.com-1700000000000-12345'
const cookie = { value: `id:561-HYG-937&token:${token}`, at: ['context', 'Marketo', 'marketoCookie'] }

describe('the host of a relative address', () => {
  const around = (url: unknown) => page({}, { page: { url } })

  it.each<readonly [string, unknown, string | null, typeof cookie | undefined, object]>([
    [
      'the page that the call came from',
      'https://www.example.com/a',
      'https://set.example.com',
      cookie,
      { value: 'https://www.example.com', at: ['context', 'page', 'url'] }
    ],
    [
      'the settings, where that is relative too',
      '/a',
      'https://set.example.com',
      cookie,
      { value: 'https://set.example.com', at: null }
    ],
    [
      'the settings, where that is none',
      7,
      'https://set.example.com',
      cookie,
      { value: 'https://set.example.com', at: null }
    ],
    ['the domain of the cookie', undefined, null, cookie, { value: 'https://shop.example.com', at: cookie.at }],
    [
      'none, where the cookie tells no domain',
      undefined,
      null,
      { ...cookie, value: 'id:561-HYG-937&token:x' },
      { value: null, at: null }
    ],
    ['none, where the cookie is none', undefined, null, { ...cookie, value: 'x' }, { value: null, at: null }],
    ['none, without a cookie', undefined, null, undefined, { value: null, at: null }]
  ])('%s', (_, url, pageOrigin, from, expected) => {
    expect(originFor(pageOrigin, around(url), from)).toEqual(expected)
  })

  it('is asked for where nobody knows it', () => {
    expect(describeProblem(noHost)).toBe(
      'context.page.url: is missing; a visit is sent to a host: send context.page.url, or set pageOrigin in the settings'
    )
    expect(noHost.weight).toBe('warning')
  })
})

describe('the cookie', () => {
  const settings = { munchkinId: hyg, cookiePath: null }
  const sent = (marketoCookie: unknown, properties: Members = {}) => page(properties, { Marketo: { marketoCookie } })

  it.each<readonly [string, unknown, object | undefined, ReadonlyArray<string>]>([
    ['of our instance, in its canonical form', `_mkto_trk=id%3A561-hyg-937%26token%3A${token}`, cookie, []],
    [
      'of another instance',
      `id:123-ABC-456&token:${token}`,
      undefined,
      [
        'dropped context.Marketo.marketoCookie: found the cookie of another Marketo instance; compare the Munchkin id of the site with the one of the settings'
      ]
    ],
    [
      'that is none',
      'x',
      undefined,
      [
        'dropped context.Marketo.marketoCookie: found text that is no Munchkin cookie; send the value of the _mkto_trk cookie: id:<Munchkin id>&token:<token>'
      ]
    ],
    ['that is not there', undefined, undefined, []]
  ])('%s', (_, text, found, said) => {
    expect(told((problems) => readOwnCookie(settings, sent(text), problems))).toEqual([found, said])
  })

  it('stands where the settings say', () => {
    const event = sent('x', { mkto: cookie.value })
    expect(
      told((problems) => readOwnCookie({ ...settings, cookiePath: ['properties', 'mkto'] }, event, problems))
    ).toEqual([{ value: cookie.value, at: ['properties', 'mkto'] }, []])
  })
})
