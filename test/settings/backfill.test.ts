import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeProblem } from '../../src/ground/problem.js'
import { isWellFormed } from '../../src/ground/utf8.js'
import { isEmail } from '../../src/marketo/email.js'
import { isBlank } from '../../src/segment/white-space.js'
import { backfillCsv } from '../../src/settings/backfill.js'
import { anyEvent, deepFrozen, foreign, hostileEvent, hostileValue } from '../arbitraries/events.js'
import { fragile, restless } from '../arbitraries/hostile.js'

/** RFC 4180, read character by character: every line ends in CRLF. */
const readCsv = (text: string): ReadonlyArray<ReadonlyArray<string>> => {
  const rows: Array<Array<string>> = []
  let row: Array<string> = []
  let field = ''
  let at = 0
  const is = (expected: string): boolean => text.startsWith(expected, at)
  while (at < text.length) {
    if (is('"')) {
      at += 1
      while (!is('"') || text.startsWith('""', at)) {
        if (at >= text.length) throw new Error('a quotation mark is not closed')
        field += text[at] ?? ''
        at += is('""') ? 2 : 1
      }
      at += 1
    } else {
      while (at < text.length && !is(',') && !is('\r\n')) {
        if (is('"') || is('\r') || is('\n')) throw new Error('a bare quotation mark or line break')
        field += text[at] ?? ''
        at += 1
      }
    }
    row.push(field)
    field = ''
    if (is(',')) at += 1
    else if (is('\r\n')) {
      at += 2
      rows.push(row)
      row = []
    } else throw new Error('something stands behind a field')
  }
  if (row.length > 0) throw new Error('the last line has no end')
  return rows
}

const email = fc.oneof(
  fc
    .tuple(fc.stringMatching(/^[A-Za-z=+-]{1,4}$/), fc.constantFrom('example.com', 'Example.com', 'corp.test'))
    .map(([name, host]) => `${name}@${host}`),
  fc.constantFrom(
    'ana@example.com',
    'Ana@Example.com',
    'bo@example.com',
    'not an email',
    ' ana@example.com',
    'a"b@example.com'
  )
)
const userId = fc.oneof(
  fc.constantFrom(
    'u1',
    'u2',
    'U1',
    'a,b',
    'say "hi"',
    'two\r\nlines',
    '=1+1',
    ' ',
    'é',
    '7',
    '\ud800',
    'x'.repeat(256)
  ),
  fc.integer({ min: 0, max: 9 }),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 6 })
)
const nothing = fc.constantFrom(undefined, null, '')
const pair = fc.record({
  email: fc.oneof({ weight: 9, arbitrary: email }, { weight: 1, arbitrary: nothing }),
  userId: fc.oneof({ weight: 9, arbitrary: userId }, { weight: 1, arbitrary: nothing })
})
const pairs = fc.array(pair, { maxLength: 20 })

type Given = { readonly email?: string | null | undefined; readonly userId?: string | number | null | undefined }

/** The rows by the plainest means: sound pairs, those that contradict another taken out, each person once. */
const judged = (given: ReadonlyArray<Given>): ReadonlyArray<readonly [string, string]> => {
  const sound = given.flatMap(({ email: address, userId: id }) =>
    typeof address === 'string' && isEmail(address) && id !== undefined && id !== null
      ? [[address, String(id)] as const]
      : []
  )
  const usable = sound.filter(([, id]) => !isBlank(id) && [...id].length <= 255 && isWellFormed(id))
  const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()
  const agreeing = usable.filter(
    ([address, id]) => !usable.some(([other, otherId]) => same(address, other) !== (id === otherId))
  )
  const first = agreeing.filter(
    ([address, id], i) =>
      !agreeing.some(([other, otherId], k) => id === otherId && (other < address || (other === address && k < i)))
  )
  return [...first].sort(([a], [b]) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1))
}

const rowsOf = (files: ReadonlyArray<string>): ReadonlyArray<ReadonlyArray<string>> =>
  files.flatMap((file) => {
    const [head, ...rows] = readCsv(file)
    expect(head).toEqual(['email', 'userId'])
    return rows
  })

describe('laws of the backfill', () => {
  it('read back by another reader, the files hold the kept pairs and nothing else', () => {
    fc.assert(
      fc.property(pairs, (given) => {
        const { files, people } = backfillCsv(given)
        expect(rowsOf(files)).toEqual(judged(given))
        expect(people).toBe(judged(given).length)
      })
    )
  })

  it('the order of people changes no file', () => {
    fc.assert(
      fc.property(
        pairs.chain((given) => fc.tuple(fc.constant(given), fc.shuffledSubarray(given, { minLength: given.length }))),
        ([given, shuffled]) => {
          expect(backfillCsv(shuffled).files).toEqual(backfillCsv(given).files)
        }
      )
    )
  })

  it('no file reaches the limit, and together they hold what one would', () => {
    fc.assert(
      fc.property(pairs, fc.integer({ min: 2_000, max: 2_200 }), (given, fileBytes) => {
        const long = given.flatMap((one, i) => [one, { email: `a${i}@example.com`, userId: `${i}${'y'.repeat(250)}` }])
        const { files } = backfillCsv(long, { fileBytes })
        for (const file of files) expect(Buffer.byteLength(file)).toBeLessThan(fileBytes)
        expect(rowsOf(files)).toEqual(rowsOf(backfillCsv(long).files))
      })
    )
  })

  it('P1 P2 P5 the same people give the same files, stay as they were, and may come from another realm', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 10 }), (events) => {
        const before = structuredClone(events)
        const first = backfillCsv(events)
        expect(events).toEqual(before)
        expect(backfillCsv(deepFrozen(events))).toStrictEqual(first)
        expect(backfillCsv(events.map(foreign))).toStrictEqual(first)
      })
    )
  })

  it('P3 P4 any value is read or reported, and what comes out equals its JSON round trip', () => {
    fc.assert(
      fc.property(
        fc.array(hostileEvent, { maxLength: 5 }),
        anyEvent,
        fc.nat(40),
        fc.infiniteStream(hostileValue),
        (events, event, patience, whims) => {
          const out = backfillCsv([...events, fragile(event, patience), restless(event, whims)])
          expect(JSON.parse(JSON.stringify(out))).toStrictEqual(out)
          for (const problem of out.problems) expect(describeProblem(problem)).toContain(problem.mend)
        }
      )
    )
  })

  it('S3 no problem holds an email or an id', () => {
    const mark = 'q7mark'
    const marked = pair.map((one) => ({
      email: typeof one.email === 'string' ? mark + one.email : one.email,
      userId: one.userId === undefined || one.userId === null ? one.userId : `${mark}${one.userId}`
    }))
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            marked,
            marked.map((one) => ({ type: 'identify', userId: one.userId, traits: one }))
          ),
          { maxLength: 20 }
        ),
        (given) => {
          const { problems } = backfillCsv(given)
          expect(JSON.stringify(problems) + problems.map(describeProblem).join()).not.toContain(mark)
        }
      )
    )
  })
})

const said = (given: ReadonlyArray<unknown>): ReadonlyArray<string> => backfillCsv(given).problems.map(describeProblem)

describe('people', () => {
  it.each([
    ['pairs', [{ email: 'ana@example.com', userId: 1 }]],
    ['identify calls', [{ type: 'identify', userId: '1', traits: { Email: 'ana@example.com' } }]],
    [
      'other calls with the person’s own traits',
      [{ type: 'page', userId: 1, context: { traits: { email: 'ana@example.com' } } }]
    ]
  ])('are read from %s', (_, given) => {
    expect(backfillCsv(given)).toEqual({
      files: ['email,userId\r\nana@example.com,1\r\n'],
      people: 1,
      problems: [],
      unsaid: 0
    })
  })

  it.each([
    { type: 'track', event: 'A', userId: 'ana@example.com' },
    { type: 'identify', userId: 'ana@example.com', traits: {} }
  ])('whose userId is their email have both: %j', (event) => {
    expect(backfillCsv([event]).files).toEqual(['email,userId\r\nana@example.com,ana@example.com\r\n'])
  })

  it('are not read from properties, nor from delete calls', () => {
    expect(
      backfillCsv([
        { type: 'track', event: 'Friend Invited', userId: 'u1', properties: { email: 'bo@example.com' } },
        { type: 'delete', userId: 'u1', email: 'ana@example.com', context: { traits: { email: 'ana@example.com' } } }
      ])
    ).toEqual({ files: [], people: 0, problems: [], unsaid: 0 })
  })

  it('spelled in several ways are one, in the spelling that sorts first', () => {
    expect(
      rowsOf(
        backfillCsv([
          { email: 'ana@example.com', userId: 1 },
          { email: 'Ana@example.com', userId: 1 }
        ]).files
      )
    ).toEqual([['Ana@example.com', '1']])
  })

  it('whose ids contradict each other stay out, each told by its place', () => {
    expect(
      said([
        { email: 'ana@example.com', userId: 'u1' },
        { email: 'bo@example.com', userId: 'u3' },
        { email: 'ANA@example.com', userId: 'u2' },
        { email: 'cy@example.com', userId: 'u3' }
      ])
    ).toEqual([
      '[2].userId: claims the same place as [0].userId; one email with two userIds: neither goes in; find out whose it is',
      '[3].email: claims the same place as [1].email; one userId with two emails: neither goes in; find out which is the present one'
    ])
  })

  it('of whom something is missing or unfit are told by their place', () => {
    expect(
      said([
        { userId: 'u1' },
        { email: 'ana@example.com' },
        { email: 'ana at example.com', userId: 'u1' },
        { email: 'ana@example.com', userId: true },
        { type: 'identify', userId: 'u1', traits: {} },
        { type: 'identify', traits: { email: 'ana@example.com' } },
        { type: 'identify', userId: 'an@a', traits: {} },
        { type: 'Identify' },
        7
      ]).map((text) => text.replace(/;.*/, ''))
    ).toEqual([
      '[0].email: is missing',
      '[1].userId: is missing',
      '[2].email: found text',
      '[3].userId: found a boolean',
      '[4].email: is missing',
      '[5].userId: is missing',
      '[6].email: is missing',
      '[7]: found an object that is no event',
      '[8]: found a number'
    ])
  })

  const breaking = Object.defineProperty({}, 'type', {
    enumerable: true,
    get: () => {
      throw new Error('no')
    }
  })

  it.each<[string, unknown, string, ReadonlyArray<string>]>([
    ['no email', { userId: 'u1' }, 'this pair is left out: add the email', ['email']],
    ['a blank email', { email: '', userId: 'u1' }, 'this pair is left out: add the email', ['email']],
    ['no userId', { email: 'ana@example.com' }, 'this pair is left out: add the userId', ['userId']],
    ['null', { email: 'ana@example.com', userId: null }, 'this pair is left out: add the userId', ['userId']],
    ['a flag', { email: 'ana@example.com', userId: true }, 'send the id as text or as a number', ['userId']],
    [
      'a text that is no email',
      { email: 'ana at example.com', userId: 'u1' },
      'send one address in plain ASCII, such as ana@example.com',
      ['email']
    ],
    [
      'an endless id',
      { email: 'ana@example.com', userId: 'x'.repeat(256) },
      'shorten it to 255 characters',
      ['userId']
    ],
    ['a number', 7, 'hand over an event, or an object of email and userId', []],
    ['no event', { type: 'x' }, 'hand over an event, or an object of email and userId', []],
    ['what breaks', breaking, 'send plain JSON: reading it failed', []],
    ['an event without email', { type: 'identify', userId: 'u' }, 'this pair is left out: add the email', ['email']],
    [
      'an event without userId',
      { type: 'identify', traits: { email: 'ana@example.com' } },
      'this pair is left out: add the userId',
      ['userId']
    ]
  ])('that are %s are told with what is to be done', (_, person, mend, at) => {
    const { problems, people } = backfillCsv([{ email: 'bo@example.com', userId: 'u9' }, person])
    expect(problems.map((one) => [one.weight, one.at, one.mend])).toEqual([['dropped', [1, ...at], mend]])
    expect(people).toBe(1)
  })

  it.each<[string, unknown]>([
    ['a track call without a userId', { type: 'track', event: 'A', context: { traits: { email: 'ana@example.com' } } }],
    ['a page call without an email', { type: 'page', userId: 'u1' }],
    ['traits of a track call', { type: 'track', event: 'A', userId: 'u1', traits: { email: 'ana@example.com' } }],
    ['a userId that is nearly an email', { type: 'page', userId: 'ana@' }],
    ['a userId that looks like an email', { type: 'page', userId: 'an a@b.co' }]
  ])('are passed over in silence: %s', (_, event) => {
    expect(backfillCsv([event])).toEqual({ files: [], people: 0, problems: [], unsaid: 0 })
  })

  it('that contradict each other are dropped', () => {
    const { problems } = backfillCsv([1, 2].map((userId) => ({ email: 'ana@example.com', userId })))
    expect(problems.map(({ weight }) => weight)).toEqual(['dropped'])
  })

  it('of two contradictions each is told by the one that came first', () => {
    expect(
      said([
        { email: 'ana@example.com', userId: 'u0' },
        { email: 'bo@example.com', userId: 'u1' },
        { email: 'ana@example.com', userId: 'u1' }
      ]).map((text) => text.replace(/;.*/, ''))
    ).toEqual(['[2].userId: claims the same place as [0].userId', '[2].email: claims the same place as [1].email'])
  })

  it('keep the first of their spellings in the alphabet, whichever came first', () => {
    for (const emails of [
      ['Ana@example.com', 'ana@example.com'],
      ['ana@example.com', 'Ana@example.com']
    ])
      expect(rowsOf(backfillCsv(emails.map((one) => ({ email: one, userId: 1 }))).files)).toEqual([
        ['Ana@example.com', '1']
      ])
  })

  it('beyond a thousand problems are counted, contradictions as well, and told in their order', () => {
    const [ana, other] = ['u1', 'u2'].map((one) => ({ email: 'ana@example.com', userId: one }))
    const { problems, unsaid } = backfillCsv([ana, other, ...Array.from({ length: 1_000 }, () => 7)])
    expect([problems.length, unsaid]).toEqual([1_000, 1])
    expect(problems.slice(0, 2).map(({ at }) => at)).toEqual([[1, 'userId'], [2]])
    expect(problems.at(-1)?.at).toEqual([1_000])
  })

  it('beyond a thousand problems are counted', () => {
    const { problems, unsaid } = backfillCsv(Array.from({ length: 1_200 }, () => 7))
    expect([problems.length, unsaid]).toEqual([1_000, 200])
  })
})

describe('files', () => {
  it('keep what a spreadsheet would take for a formula as it is', () => {
    expect(rowsOf(backfillCsv([{ email: '=cmd@example.com', userId: '=1+1' }]).files)).toEqual([
      ['=cmd@example.com', '=1+1']
    ])
  })

  it.each([
    [35, 1],
    [34, 2],
    [24, 2],
    [1, 2]
  ])('of two lines that make 34 bytes with their head, below %d, are %d', (fileBytes, expected) => {
    const given = [
      { email: 'b@b.co', userId: 0 },
      { email: 'a@b.co', userId: 1 }
    ]
    const { files } = backfillCsv(given, { fileBytes })
    expect(files).toHaveLength(expected)
    expect(rowsOf(files)).toEqual([
      ['a@b.co', '1'],
      ['b@b.co', '0']
    ])
  })

  it('count bytes and not characters', () => {
    const given = [
      { email: 'a@b.co', userId: 'é' },
      { email: 'b@b.co', userId: 'u' }
    ]
    expect(backfillCsv(given, { fileBytes: 35 }).files).toHaveLength(2)
    expect(backfillCsv(given, { fileBytes: 36 }).files).toHaveLength(1)
  })

  it('have the name of the field that holds the userId', () => {
    expect(backfillCsv([{ email: 'a@b.co', userId: 'u' }], { userIdField: 'crmId' }).files).toEqual([
      'email,crmId\r\na@b.co,u\r\n'
    ])
  })
})
