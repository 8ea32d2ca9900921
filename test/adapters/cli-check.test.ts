import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { byFrequency, countName, newNames } from '../../src/adapters/cli/check/names.js'
import { type Fact, idNumber, kinds, never, newPeople } from '../../src/adapters/cli/check/people.js'
import { ndjson, runInMemory } from './cli-world.js'

/** People by the plainest means: groups of ids, joined as long as two share one. */
const judged = (events: ReadonlyArray<ReadonlyArray<number>>): ReadonlyArray<ReadonlySet<number>> => {
  let groups: ReadonlyArray<ReadonlySet<number>> = []
  for (const ids of events.filter((one) => one.length > 0)) {
    const shared = groups.filter((group) => ids.some((id) => group.has(id)))
    const joined = new Set([...ids, ...shared.flatMap((group) => [...group])])
    groups = [...groups.filter((group) => !shared.includes(group)), joined]
  }
  return groups
}

const idLists = fc.array(fc.array(fc.nat({ max: 30 }), { maxLength: 3 }), { maxLength: 40 })

const facts: ReadonlyArray<Fact> = [
  ...kinds.flatMap((kind) => [`keyed by ${kind}`, `wrote ${kind}`] as const),
  ...(['identify', 'action', 'cookie', 'bare'] as const)
]

const inOrder = (lists: ReadonlyArray<ReadonlyArray<number>>): ReadonlyArray<string> => lists.map(String).sort()

describe('people', () => {
  it('are told apart as groups of ids are that share none, and keep the earliest line of each fact', () => {
    fc.assert(
      fc.property(idLists, fc.infiniteStream(fc.constantFrom(...facts)), (events, stream) => {
        const people = newPeople()
        const said = events.map((ids, line) => ({ ids, line, fact: stream.next().value ?? 'bare' }))
        for (const { ids, line, fact } of said) {
          const person = people.whose(ids)
          if (person !== undefined) people.note(person, fact, line)
        }
        const groups = judged(events)
        const expected = groups.map((group) => {
          const own = said.filter(({ ids }) => ids.some((id) => group.has(id)))
          return facts.map((fact) => own.find((one) => one.fact === fact)?.line ?? never)
        })
        expect(inOrder([...people.all()].map((of) => facts.map(of)))).toEqual(inOrder(expected))
        expect(people.count()).toBe(groups.length)
      })
    )
  })

  it('are followed within a bound, and those known by then beyond it', () => {
    const people = newPeople(4)
    const known = people.whose([1, 2])
    people.whose([3, 4])
    expect([people.isFull(), people.count()]).toEqual([false, 2])
    expect(people.whose([5])).toBeUndefined()
    expect(people.whose([2, 6])).toBe(known)
    expect([people.isFull(), people.count()]).toEqual([true, 2])
  })

  it('are nobody without an id', () => {
    expect(newPeople().whose([])).toBeUndefined()
  })

  it('half a million of them, with one id each, fit into 100 MB', () => {
    const people = newPeople()
    const memory = (): number => process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers
    const before = memory()
    for (let i = 0; i < 600_000; i += 1) people.whose([i * 1_000_003])
    expect(people.isFull()).toBe(true)
    expect(people.count()).toBe(500_000)
    expect(memory() - before).toBeLessThan(100_000_000)
  })

  it('the same text is another id under another kind', () => {
    expect(idNumber('userId', 'a')).not.toBe(idNumber('anonymousId', 'a'))
    expect(idNumber('userId', 'a')).toBe(idNumber('userId', 'a'))
  })
})

describe('names', () => {
  it('are counted, the most frequent first', () => {
    const names = newNames()
    for (const name of ['b', 'a', 'c', 'c', 'a']) countName(names, name)
    expect(byFrequency(names)).toEqual([
      ['a', 2],
      ['c', 2],
      ['b', 1]
    ])
  })

  it('beyond a thousand are counted together, and long ones cut', () => {
    const names = newNames()
    for (let i = 0; i < 1500; i += 1) countName(names, `name ${i}`)
    countName(names, 'name 7')
    expect([names.counts.size, names.others, names.counts.get('name 7')]).toEqual([1000, 500, 2])
    const long = newNames()
    countName(long, 'x'.repeat(5000))
    expect([...long.counts.keys()]).toEqual([`${'x'.repeat(100)}…`])
  })
})

const settings = {
  munchkinId: '561-HYG-937',
  anonymousActivity: true,
  traits: [
    { trait: 'plan', field: 'planName' },
    { trait: 'unused', field: 'unused' },
    { trait: 'source', field: 'source', default: 'segment' }
  ],
  events: [
    {
      event: 'Trial Started',
      activityTypeId: 7,
      attributes: [
        { property: 'plan', attribute: 'plan', primary: true },
        { property: 'days', attribute: 'days' }
      ]
    },
    { event: 'Never Sent', activityTypeId: 8, attributes: [{ property: 'plan', attribute: 'plan', primary: true }] }
  ]
}

const at = '2024-05-01T10:00:00Z'
const cookie = { Marketo: { marketoCookie: 'id:561-HYG-937&token:_mch-example.com-1374552656411-90718' } }
const identify = (more: object) => ({ type: 'identify', timestamp: at, ...more })
const track = (more: object) => ({
  type: 'track',
  event: 'Trial Started',
  properties: { plan: 'pro' },
  timestamp: at,
  ...more
})
const byEmail = { traits: { email: 'ana@example.com' } }

const check = async (events: ReadonlyArray<unknown>, given: object = settings) => {
  const files = { 's.json': JSON.stringify(given), in: ndjson(events) }
  const ran = await runInMemory(['check', '-s', 's.json', '--events', 'in'], { files, columns: 200 })
  return { ...ran, finding: (what: string) => findingIn(ran.out, what) }
}

/** Count and examples of the finding whose text begins so. */
const findingIn = (out: string, what: string): readonly [number, string] => {
  const lines = out.split('\n')
  const line = lines.findIndex((one) => one.slice(9).startsWith(what))
  const count = Number(lines[line]?.slice(0, 7))
  return [count, count === 0 ? '' : (lines[line + 1] ?? '').trim()]
}

describe('check --events', () => {
  it.each([
    [
      'userId, then email',
      [track({ userId: 'u1' }), identify({ userId: 'u1', ...byEmail })],
      [1, 'line 1 by userId, line 2 by email'],
      0
    ],
    ['email with userId, then userId', [identify({ userId: 'u1', ...byEmail }), track({ userId: 'u1' })], [0, ''], 1],
    ['email alone, then userId with email', [identify(byEmail), track({ userId: 'u1', context: byEmail })], [0, ''], 0],
    [
      'anonymousId, then userId',
      [track({ anonymousId: 'a1' }), track({ anonymousId: 'a1', userId: 'u1' })],
      [1, 'line 1 by anonymousId, line 2 by userId'],
      0
    ],
    ['the same key every time', [track({ userId: 'u1' }), track({ userId: 'u1' })], [0, ''], 0],
    [
      'an email in another case, with and without a userId',
      [
        identify({ ...byEmail }),
        track({ anonymousId: 'a1' }),
        identify({ anonymousId: 'a1', traits: { email: 'ANA@example.com' } })
      ],
      [1, 'line 1 by email, line 2 by anonymousId'],
      0
    ],
    ['two people', [track({ userId: 'u1' }), identify({ userId: 'u2', ...byEmail })], [0, ''], 0]
  ])('sees second leads: %s', async (_, events, split, rekeyed) => {
    const { finding } = await check(events)
    expect(finding('people with a second lead')).toEqual(split)
    expect(finding('people addressed by several kinds of ids')[0]).toBe(rekeyed)
  })

  it.each([
    [
      'a track call without it',
      [identify({ userId: 'u1', context: cookie }), track({ userId: 'u1' })],
      [1, 'line 1 has it, line 2 has not']
    ],
    [
      'every call with it',
      [identify({ userId: 'u1', context: cookie }), track({ userId: 'u1', context: cookie })],
      [0, '']
    ],
    ['no call with it', [identify({ userId: 'u1' }), track({ userId: 'u1' })], [0, '']],
    [
      'an event that Engage made',
      [
        identify({ userId: 'u1', context: cookie }),
        track({ userId: 'u1', context: { personas: { computation_class: 'audience', computation_key: 'k' } } })
      ],
      [0, '']
    ]
  ])('sees cookies on identify only: %s', async (_, events, expected) => {
    expect((await check(events)).finding('people with a Munchkin cookie')).toEqual(expected)
  })

  it.each([
    ['never identified', [track({ userId: 'u1' })], [1, 'line 1, never identified']],
    ['identified too late', [track({ userId: 'u1' }), identify({ userId: 'u1' })], [1, 'line 1, identified on line 2']],
    ['identified first', [identify({ userId: 'u1' }), track({ userId: 'u1' })], [0, '']],
    [
      'told to be the same by an alias',
      [track({ anonymousId: 'a1' }), { type: 'alias', previousId: 'a1', userId: 'u1' }, identify({ userId: 'u1' })],
      [1, 'line 1, identified on line 3']
    ]
  ])('sees who acts before any identify: %s', async (_, events, expected) => {
    expect((await check(events)).finding('people who act before any identify')).toEqual(expected)
  })

  it('counts calls without an email and tells the first five', async () => {
    const { finding } = await check([identify({ userId: 'u1', ...byEmail }), ...Array(7).fill(track({ userId: 'u1' }))])
    expect(finding('identify, track and page calls without an email')).toEqual([
      7,
      'line 2; line 3; line 4; line 5; line 6'
    ])
  })

  it('counts events and traits that no row maps, and rows that nothing fed', async () => {
    const { finding } = await check([
      identify({
        userId: 'u1',
        traits: { plan: 'pro', Phone: '1', first_name: 'Ana', colour: 'red', address: { city: 'Oslo', street: 'x' } }
      }),
      identify({ userId: 'u1', traits: { colour: 'red', Plan: 'pro' } }),
      track({ userId: 'u1' }),
      track({ userId: 'u1', event: 'trial started' })
    ])
    expect(finding('track events that no row maps')).toEqual([1, '"trial started" 1×'])
    expect(finding('traits that no row maps')).toEqual([3, '"colour" 2×; "Plan" 1×; "address.street" 1×'])
    expect(finding('event rows that no event matched')).toEqual([1, '"Never Sent"'])
    expect(finding('trait rows that no identify call fed')).toEqual([1, '"unused"'])
    expect(finding('attribute rows that no event fed')).toEqual([1, '"Trial Started": "days"'])
  })

  it('reads paths where settings let a dot be one', async () => {
    const dotted = {
      ...settings,
      pathLookup: true,
      traits: [
        { trait: 'company.plan', field: 'plan' },
        { trait: 'deal.size', field: 'size' }
      ]
    }
    const { finding } = await check(
      [identify({ userId: 'u1', traits: { company: { plan: 'pro' }, deal: { size: 1 } } })],
      dotted
    )
    expect(finding('trait rows that no identify call fed')).toEqual([0, ''])
    expect(finding('traits that no row maps')).toEqual([0, ''])
  })

  it('counts events, people and lines that cannot be read, and ends with 1 for those', async () => {
    const files = {
      's.json': JSON.stringify(settings),
      in: `${ndjson([track({ userId: 'u1' }), track({ userId: 'u2' })])}{`
    }
    const { out, code } = await runInMemory(['check', '-s', 's.json', '--events', 'in'], { files, columns: 200 })
    expect(out).toContain(
      'in: 2 people in 2 events: 2 mapped, 0 mapped with remarks, 0 skipped, 0 invalid; 1 unreadable line'
    )
    expect(code).toBe(1)
  })

  it('tells the items of a list as items', async () => {
    const files = { 's.json': JSON.stringify(settings), in: JSON.stringify([track({ userId: 'u1' })]) }
    const { out } = await runInMemory(['check', '-s', 's.json', '--events', 'in'], { files })
    expect(out).toContain('item 1, never identified')
  })
})

describe('check', () => {
  const run = (words: string, files: Readonly<Record<string, string>>) =>
    runInMemory(['check', ...words.split(' ')], { files: { 's.json': JSON.stringify(settings), ...files } })

  it('says what settings come to', async () => {
    const { out, code } = await run('-s s.json', {})
    expect(out).toBe(
      's.json: can be used\n  Marketo 561-HYG-937, cloud mode, anonymous activity on; 3 trait rows, 2 event rows\n'
    )
    expect(code).toBe(0)
  })

  it('tells remarks, and ends with 0 all the same', async () => {
    const { out, code } = await run('-s r.json', { 'r.json': JSON.stringify({ ...settings, evnts: [] }) })
    expect(out).toMatch(/^r\.json: can be used, with remarks\n {2}evnts: is not a known name \(nearest: events\)/)
    expect(code).toBe(0)
  })

  it('tells every mistake, and ends with 2', async () => {
    const { err, code } = await run('-s w.json', {
      'w.json': JSON.stringify({ munchkinId: 7, traits: [{ field: 'x' }] })
    })
    expect(err.split('\n')).toEqual([
      'w.json: these settings cannot be used',
      expect.any(String),
      expect.any(String),
      ''
    ])
    expect(code).toBe(2)
  })

  it.each([
    ['{"accountId":"561-hyg-937"}', /v1\.json: serves the same Marketo as s\.json/],
    ['{"munchkinId":"100-AAA-200"}', /v1\.json: serves another Marketo, 100-AAA-200/],
    [
      '{"accountId":"561-hyg-937","host":"https://sign.example.com","projectId":"p1"}',
      /\nv1\.json: can be used\n {2}Marketo 561-HYG-937; .*signed by\s+https:\/\/sign\.example\.com/
    ],
    [
      '{"accountId":"561-hyg-937","nameSplits":"words"}',
      /\nv1\.json: can be used, with remarks\n {2}nameSplits: is not a known name \(nearest: nameSplit\)/
    ]
  ])('holds v1 settings %s beside them', async (text, says) => {
    const { out, code } = await run('-s s.json --v1 v1.json', { 'v1.json': text })
    expect(out).toMatch(says)
    expect(code).toBe(0)
  })

  it.each([
    ['{}', /^v1\.json: these settings cannot be used\n {2}munchkinId: is missing/],
    ['[]', /^v1\.json: these settings cannot be used/],
    ['{"accountId":"561-HYG-937","nameSplit":"no"}', /^v1\.json: these settings cannot be used\n {2}nameSplit: /]
  ])('v1 settings %s cannot be used beside them, which ends with 2', async (text, says) => {
    const { err, out, code } = await run('-s s.json --v1 v1.json', { 'v1.json': text })
    expect(err).toMatch(says)
    expect([out, code]).toEqual(['', 2])
  })

  it.each(['--v1 nope.json', '--events nope.ndjson'])('%s: a file that is not there ends with 2', async (words) => {
    const ran = await run(`-s s.json ${words}`, {})
    expect(ran.err).toMatch(/there is no such file/)
    expect([ran.out, ran.code]).toEqual(['', 2])
  })
})
