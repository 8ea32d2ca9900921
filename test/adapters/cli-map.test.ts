import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Result } from '../../src/adapters/cli/map/result.js'
import { retiredRoutes } from '../../src/adapters/cli/map/retired.js'
import { countEnding, countUnread, newTally } from '../../src/adapters/cli/map/tally.js'
import { tableWriter } from '../../src/adapters/cli/map/write-table.js'
import { saidUnread } from '../../src/adapters/cli/said.js'
import { plainPaint } from '../../src/adapters/cli/text/paint.js'
import { describeInBrowser } from '../../src/browser/describe.js'
import { describeSteps } from '../../src/endpoints/steps.js'
import { malformed } from '../../src/ground/problem.js'
import { isBrowserIntent } from '../../src/intent/intent.js'
import { combine, type Mapper } from '../../src/intent/mapped.js'
import { browserMapper as v1BrowserMapper, mapper as v1Mapper } from '../../src/v1/mapper.js'
import { replacingRetired } from '../../src/v1/replace-retired.js'
import { browserMapper, mapper } from '../../src/v2/mapper.js'
import { anyEvent } from '../arbitraries/events.js'
import { decoded } from '../arbitraries/settings.js'
import { encounter } from '../arbitraries/v1-settings.js'
import { v1From } from '../settings/v1-given.js'
import { ndjson, parsed, type Ran, runInMemory } from './cli-world.js'

const example = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../../docs/examples/${name}`, import.meta.url)), 'utf8')

const settings = {
  munchkinId: '561-HYG-937',
  anonymousActivity: true,
  traits: [{ trait: 'plan', field: 'planName' }],
  events: [
    { event: 'Trial Started', activityTypeId: 7, attributes: [{ property: 'plan', attribute: 'plan', primary: true }] }
  ]
}
const other = { munchkinId: '100-AAA-200' }
const device = { ...settings, mode: 'hybrid', formId: 1, formHost: '//app.example.com' }

const files = { 's.json': JSON.stringify(settings), 'o.json': JSON.stringify(other), 'd.json': JSON.stringify(device) }

const at = '2024-05-01T10:00:00Z'
const good = { type: 'identify', messageId: 'm-1', userId: 'u1', traits: { email: 'ana@example.com' }, timestamp: at }
const partly = {
  type: 'identify',
  messageId: 'm-2',
  userId: 'u1',
  traits: { email: 'ana@example.com', birthday: 'soon' },
  timestamp: at
}
const kept = { type: 'track', messageId: 'm-3', userId: 'u1', event: 'Unheard Of', timestamp: at }
const bad = { type: 'identify', messageId: 'm-4', userId: 'u1', traits: { email: 4711 }, timestamp: at }

const map = (input: string, words = 's.json', more: object = {}): Promise<Ran> =>
  runInMemory(['map', 'in', ...words.split(' ').flatMap((word) => (word.endsWith('.json') ? ['-s', word] : [word]))], {
    files: { ...files, in: input },
    ...more
  })

describe('map', () => {
  it('writes what the mapper gives, an intent a line, in order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyEvent, { maxLength: 6 }),
        fc.integer({ min: 1, max: 300 }),
        async (events, chunkBytes) => {
          const { out, code } = await map(ndjson(events), 's.json', { chunkBytes })
          const verdicts = events.map(mapper(decoded(settings)))
          const intents = verdicts.flatMap((verdict, i) =>
            verdict._tag === 'Left' ? [] : verdict.right.map((intent) => ({ line: i + 1, intent }))
          )
          expect(parsed(out)).toMatchObject(intents)
          const invalid = verdicts.some(
            (verdict) => verdict._tag !== 'Right' && verdict.left.some(({ weight }) => weight === 'invalid')
          )
          expect(code).toBe(invalid ? 1 : 0)
        }
      )
    )
  })

  it('to several instances is what their mappers combined give', async () => {
    await fc.assert(
      fc.asyncProperty(anyEvent, async (event) => {
        const { out } = await map(ndjson([event]), 's.json o.json')
        const verdict = combine(mapper(decoded(settings)), mapper(decoded(other)))(event)
        expect(parsed(out)).toMatchObject(verdict._tag === 'Left' ? [] : verdict.right.map((intent) => ({ intent })))
      })
    )
  })

  it('for a browser writes what a page starts, then what the browser mapper gives', async () => {
    const { out } = await map(ndjson([good]), 'd.json --side browser')
    const verdict = browserMapper(decoded(device))(good)
    const [start, ...rest] = parsed(out)
    expect(start).toMatchObject({ line: null, messageId: null, intent: { _tag: 'StartInBrowser' } })
    expect(rest).toMatchObject(verdict._tag === 'Left' ? [] : verdict.right.map((intent) => ({ line: 1, intent })))
  })

  it('of the same events as lines, as a list or as objects over many lines is the same', async () => {
    const events = parsed(example('events.ndjson'))
    const lines = await map(ndjson(events))
    const list = await map(JSON.stringify(events, null, 2))
    const objects = await map(events.map((event) => JSON.stringify(event, null, 2)).join('\n'))
    expect(list.out).toBe(lines.out)
    expect(objects.out).toBe(lines.out)
    expect(list.err).toBe(lines.err.replace(/^line /gm, 'item ').replace('unreadable lines', 'unreadable items'))
  })

  it('says a problem a line, with what was lost, and the totals', async () => {
    const { out, err, code } = await map(`${ndjson([good, partly])}\n{"type":\n${ndjson([kept, bad])}`)
    expect(parsed(out)).toMatchObject([
      { line: 1, messageId: 'm-1' },
      { line: 2, messageId: 'm-2' }
    ])
    expect(err.split('\n')).toEqual([
      expect.stringMatching(/^line 2: traits\.birthday: found text; .* \[dropped\]$/),
      'line 4: is not JSON: it stops before the value is complete [unreadable]',
      expect.stringMatching(/^line 5: event: no row maps the event "Unheard Of"; .* \[skipped\]$/),
      expect.stringMatching(/^line 6: traits\.email: found a number; .* \[invalid\]$/),
      '4 events: 1 mapped, 1 mapped with remarks, 1 skipped, 1 invalid; 1 unreadable line',
      '2 intents: 2 UpsertLead',
      'next: segment-marketo explain in --settings s.json --line 6',
      ''
    ])
    expect(code).toBe(1)
  })

  it.each([
    ['all is well', ndjson([good, partly, kept]), '', 0],
    ['an event is invalid', ndjson([good, bad]), '', 1],
    ['a line cannot be read', `${ndjson([good])}{`, '', 1],
    ['an event is invalid, and that is all the same', ndjson([bad]), ' --exit-zero', 0],
    ['there is nothing', '', '', 0]
  ])('when %s it ends with the code for that', async (_, input, words, code) => {
    expect((await map(input, `s.json${words}`)).code).toBe(code)
    expect((await map(input, `s.json --as table${words}`)).code).toBe(code)
  })

  it('writes problems to a file as NDJSON instead', async () => {
    const { err, written } = await map(`${ndjson([partly, bad])}{`, 's.json o.json --problems p')
    expect(err.split('\n')[0]).toMatch(/^2 events: /)
    expect(parsed(written.p ?? '')).toMatchObject([
      {
        line: 1,
        messageId: 'm-2',
        settings: 's.json',
        weight: 'dropped',
        at: 'traits.birthday',
        problem: { _tag: 'Malformed' }
      },
      {
        line: 1,
        messageId: 'm-2',
        settings: 'o.json',
        weight: 'dropped',
        at: 'traits.birthday',
        problem: { _tag: 'Malformed' }
      },
      { line: 2, messageId: 'm-4', settings: 's.json', weight: 'invalid', at: 'traits.email' },
      { line: 2, messageId: 'm-4', settings: 'o.json', weight: 'invalid', at: 'traits.email' },
      {
        line: 3,
        messageId: null,
        settings: null,
        weight: 'unreadable',
        at: null,
        text: expect.stringContaining('is not JSON')
      }
    ])
  })

  it('names the settings that found a problem where there are several', async () => {
    const { err } = await map(ndjson([bad]), 's.json o.json')
    expect(err).toMatch(/^line 1: s\.json: traits\.email: found a number/m)
    expect(err).toMatch(/^line 1: o\.json: traits\.email: found a number/m)
  })

  it('warns of two settings for one Marketo', async () => {
    const { err, code } = await map(ndjson([good]), 's.json d.json')
    expect(err).toContain('d.json: serves the same Marketo as s.json')
    expect(code).toBe(0)
  })

  it('stops reading once nobody reads the answer, and says nothing', async () => {
    const { out, err, code } = await map(ndjson(Array(1000).fill(bad)), 's.json', { chunkBytes: 1000, flushes: 3 })
    expect(err.split('\n').length).toBeLessThan(40)
    expect(err).not.toContain('events:')
    expect([out, code]).toEqual(['', 0])
  })
})

describe('requests', () => {
  it('stand one line an event, each with its calls, and slots that name an earlier step', async () => {
    const { out } = await map(
      ndjson([good, { ...kept, event: 'Trial Started', properties: { plan: 'pro' } }]),
      's.json --as requests'
    )
    expect(parsed(out)).toMatchObject([
      { line: 1, messageId: 'm-1', calls: [{ descriptor: { endpoint: 'syncLeads' }, intents: [0], slots: [] }] },
      {
        line: 2,
        messageId: 'm-3',
        calls: [
          { descriptor: { endpoint: 'syncLeads' }, intents: [0] },
          {
            descriptor: { endpoint: 'addCustomActivities' },
            intents: [1],
            slots: [{ step: 0, pick: ['result', 0, 'id'] }]
          }
        ]
      }
    ])
  })

  it('for a browser are calls of Munchkin and the form', async () => {
    const { out } = await map(ndjson([good]), 'd.json --side browser --as requests')
    expect(parsed(out)).toMatchObject([
      { line: null, calls: [{ descriptor: { function: 'init' } }, { descriptor: { _tag: 'HiddenForm' } }] },
      { line: 1, calls: [{ descriptor: { _tag: 'HiddenForm' }, intents: [0] }] }
    ])
  })

  it('say what no request can carry, and the run ends with 1', async () => {
    const page = {
      type: 'page',
      userId: 'u1',
      properties: { url: '/a' },
      context: { userAgent: 'UA/1' },
      timestamp: at
    }
    const { err, code } = await map(ndjson([page]), 's.json --as requests')
    expect(err).toMatch(/^line 1: VisitPage\.page\.origin: is missing; .* \[invalid\]$/m)
    expect(code).toBe(1)
  })

  it('as curl name their line and step, and hold a variable for the secret', async () => {
    const { out } = await map(ndjson([good]), 's.json --as curl')
    expect(out.split('\n')).toEqual([
      '# line 1, step 0: syncLeads',
      expect.stringMatching(/^curl .*"\$MARKETO_TOKEN".*https:\/\/561-HYG-937/),
      ''
    ])
  })
})

const v1 = { accountId: '561-HYG-937', projectId: 'p1', pageOrigin: 'https://www.example.com' }
const cookie = { Marketo: { marketoCookie: 'id:561-HYG-937&token:_mch-example.com-1374552656411-90718' } }
const visited = {
  type: 'track',
  messageId: 'm-5',
  userId: 'u1',
  event: 'Trial Started',
  context: cookie,
  timestamp: at
}
const v1Files = { 'v1.json': JSON.stringify(v1), 'us.json': JSON.stringify({ accountId: '100-AAA-200' }) }

const mapV1 = (words: string, events: ReadonlyArray<unknown>): Promise<Ran> =>
  map(ndjson(events), `${words} --contract v1`, { files: { ...files, ...v1Files, in: ndjson(events) } })

describe('v1', () => {
  it('a browser’s side over living routes needs no signer: the signature falls away with its route', async () => {
    const identify = { type: 'identify', userId: 'u1', traits: { email: 'ana@corp.test' } }
    const asked = await mapV1('us.json --side browser', [identify])
    expect([asked.out.trim().split('\n').length, asked.code]).toEqual([1, 1])
    const { out, code } = await mapV1('us.json --side browser --replace-retired', [identify])
    const [, lead = ''] = out.trim().split('\n')
    expect(JSON.parse(lead)).toMatchObject({ intent: { _tag: 'UpsertLead', fields: { email: 'ana@corp.test' } } })
    expect(code).toBe(0)
  })

  it('writes what its mapper gives, over the routes of then or of today, on either side', async () => {
    const ways: ReadonlyArray<readonly [string, Mapper]> = [
      ['v1.json', v1Mapper(v1From(v1))],
      ['v1.json --replace-retired', replacingRetired({})(v1Mapper(v1From(v1)))],
      ['v1.json --side browser', v1BrowserMapper(v1From(v1))],
      ['v1.json --side browser --replace-retired', replacingRetired({})(v1BrowserMapper(v1From(v1)))]
    ]
    await fc.assert(
      fc.asyncProperty(
        encounter(fc.constant(v1From(v1))),
        fc.constantFrom(...ways),
        async ([, event], [words, mapOne]) => {
          const { out } = await mapV1(words, [event])
          const verdict = mapOne(event)
          const made = verdict._tag === 'Left' ? [] : verdict.right.map((intent) => ({ line: 1, intent }))
          const start = { line: null, intent: { _tag: 'StartInBrowser' } }
          expect(parsed(out)).toMatchObject(words.includes('browser') ? [start, ...made] : made)
        }
      )
    )
  })

  const remark = (n: string, what: string): string =>
    `${n} switched off: ${what}; map with --replace-retired, or leave v1 with segment-marketo migrate`

  it.each([
    [
      '',
      [good, partly, visited],
      remark('2 intents go over routes that are', '2 SyncLeadOverSoap (SOAP, since 2026-07-31)')
    ],
    ['', [good], remark('1 intent goes over a route that is', '1 SyncLeadOverSoap (SOAP, since 2026-07-31)')],
    [
      ' --side browser',
      [good, visited],
      remark('1 intent goes over a route that is', '1 AssociateLeadInBrowser (Munchkin’s associateLead, since 2021-10)')
    ],
    [' us.json', [good], remark('2 intents go over routes that are', '2 SyncLeadOverSoap (SOAP, since 2026-07-31)')]
  ])('v1.json%s says once, at the end, what goes over routes that are switched off', async (words, events, says) => {
    const data = await mapV1(`v1.json${words}`, events)
    expect(data.err.trimEnd().split('\n').slice(-1)).toEqual([says])
    expect(data.err.split('switched off')).toHaveLength(2)
    const table = await mapV1(`v1.json${words} --as table`, events)
    expect(table.out.replace(/\n/g, ' ').trimEnd().endsWith(says)).toBe(true)
    expect(table.err).toBe('')
    expect([data.code, table.code]).toEqual([0, 0])
  })

  it.each([
    ['v1.json', [visited]],
    ['v1.json --replace-retired', [good, visited]],
    ['v1.json --side browser', [visited]],
    ['v1.json', [bad]],
    ['v1.json', []]
  ])('%s says nothing of them where no intent does', async (words, events) => {
    for (const form of ['', ' --as table']) {
      const { err, out } = await mapV1(`${words}${form}`, events)
      expect(err + out).not.toContain('switched off')
    }
  })

  it('tells of routes and days what their descriptors tell', () => {
    const intents = [v1Mapper(v1From(v1))(good), v1BrowserMapper(v1From(v1))(good)].flatMap((verdict) =>
      verdict._tag === 'Left' ? [] : verdict.right
    )
    const told = intents.map((intent) => {
      const call = isBrowserIntent(intent) ? describeInBrowser(intent)[0] : describeSteps([intent])
      const first = 'descriptor' in call ? call : call._tag === 'Left' ? undefined : call.right[0]
      const lifecycle = first?.descriptor.lifecycle
      return { tag: intent._tag, since: lifecycle?.status === 'retired' ? lifecycle.since : undefined }
    })
    expect(retiredRoutes.map(({ tag, since }) => ({ tag, since }))).toEqual(told)
  })

  it('as requests are SOAP messages, unsigned, and visits', async () => {
    const { out } = await mapV1('v1.json --as requests', [good, visited])
    expect(parsed(out)).toMatchObject([
      { line: 1, calls: [{ descriptor: { endpoint: 'syncLeadOverSoap', auth: 'soap-signature' }, slots: [] }] },
      { line: 2, calls: [{ descriptor: { endpoint: 'visitWebPage' } }] }
    ])
    expect(out).not.toContain('Signature')
  })

  it('as curl are SOAP messages without a secret', async () => {
    const { out } = await mapV1('v1.json --as curl', [good])
    const [head, command = ''] = out.split('\n')
    expect(head).toBe('# line 1, step 0: syncLeadOverSoap')
    expect(command).toMatch(
      /^curl --request POST --header 'SOAPAction: .*https:\/\/561-HYG-937\.mktoapi\.com\/soap\/mktows\/2_1'$/
    )
    expect(command).toContain('<SOAP-ENV:Header></SOAP-ENV:Header>')
    expect(command).not.toContain('$')
  })

  it('in a browser asks the signer, and leaves a slot for the answer', async () => {
    const { out } = await mapV1('v1.json --side browser --as requests', [good])
    expect(parsed(out)).toMatchObject([
      { line: null, calls: [{ descriptor: { function: 'init' } }] },
      {
        line: 1,
        calls: [
          { descriptor: { _tag: 'SignerRequest' }, intents: [0] },
          { descriptor: { _tag: 'MunchkinCall' }, intents: [0], slots: [{ step: 0, pick: ['hash'] }] }
        ]
      }
    ])
  })

  it('warns of two settings for one Marketo, and of each remark', async () => {
    const more = { 'twin.json': JSON.stringify({ munchkinId: '561-hyg-937', trackUrls: 'x' }) }
    const { err } = await runInMemory(['map', 'in', '-s', 'v1.json', '-s', 'twin.json', '--contract', 'v1'], {
      files: { ...v1Files, ...more, in: '' }
    })
    expect(err).toMatch(/^twin\.json: can be used, with remarks\n {2}trackUrls: is not a known name/)
    expect(err).toContain('twin.json: serves the same Marketo as v1.json')
  })

  it.each(['nope.json', 'd.json o.json broken.json'])('with %s ends with 2', async (words) => {
    const ran = await runInMemory(
      ['map', 'in', '--contract', 'v1', ...words.split(' ').flatMap((word) => ['-s', word])],
      { files: { ...files, 'broken.json': '{"accountId":7}', in: ndjson([good]) } }
    )
    expect([ran.code, ran.out]).toEqual([2, ''])
    expect(ran.err).toMatch(
      /^(nope\.json: there is no such file|broken\.json: these settings cannot be used\n {2}accountId: .*)\n$/
    )
  })
})

describe('the table', () => {
  it('has a row an event, with its problems, and the totals below', () => {
    const writer = tableWriter(80, plainPaint, false)
    const tally = newTally()
    const id = { counted: 'line', messageId: null } as const
    const problem = malformed('dropped', ['traits', 'birthday'], 'text', 'send a day of the calendar')
    const said = { _tag: 'Problem', ...id, number: 2, settings: null, problem } as const
    const intents = mapper(decoded(settings))(good)
    const results: ReadonlyArray<Result> = [
      {
        ...id,
        number: 1,
        event: good,
        intents: intents._tag === 'Left' ? [] : intents.right,
        said: [],
        ending: 'mapped'
      },
      {
        ...id,
        number: 2,
        event: partly,
        intents: intents._tag === 'Left' ? [] : intents.right,
        said: [said],
        ending: 'remarks'
      },
      { ...id, number: 3, event: kept, intents: [], said: [{ ...said, number: 3 }], ending: 'skipped' }
    ]
    for (const { ending, intents: all, said: about } of results)
      countEnding(
        tally,
        ending,
        all,
        about.map((one) => one.problem)
      )
    countUnread(tally)
    const rows = results.map((result) => writer.event(result).text)
    const last = writer.unread(saidUnread(5, 'line', 'is not JSON'))
    expect([writer.head('line'), ...rows, last, writer.foot(tally, 'line')].join('')).toMatchInlineSnapshot(`
      "  LINE  EVENT                 RESULT      WHAT BECOMES OF IT
           1  identify              mapped      write lead email=ana@example.com:
                                                userId
           2  identify              remarks     write lead email=ana@example.com:
                                                userId
                                                ! traits.birthday: found text; send a
                                                day of the calendar
           3  track Unheard Of      skipped     traits.birthday: found text; send a
                                                day of the calendar
           5                        unreadable  is not JSON

      events                          3
        mapped                        1
        mapped, with remarks          1
        skipped                       1
        invalid                       0
      unreadable lines                1
      intents                         2
        UpsertLead                    2
      "
    `)
  })

  it('fits its width, whatever the events hold', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyEvent, { maxLength: 4 }), async (events) => {
        const { out } = await map(ndjson(events), 's.json --as table', { columns: 90 })
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not be there
        expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/)
        for (const line of out.split('\n')) expect([...line].length).toBeLessThanOrEqual(90)
      })
    )
  })

  it('calls the items of a list items', async () => {
    const { out } = await map(JSON.stringify([good]), 's.json --as table')
    expect(out).toMatch(/^ {2}ITEM {2}EVENT/)
    expect(out).toMatch(/^unreadable items +0$/m)
  })

  it('names the Marketo of each intent where there are several', async () => {
    const { out } = await map(ndjson([good]), 's.json o.json --as table')
    expect(out).toContain('561-HYG-937: write lead email=ana@example.com')
    expect(out).toContain('100-AAA-200: write lead email=ana@example.com')
  })

  it('leaves problems to the file when there is one, and keeps its rows', async () => {
    const { out, err, written } = await map(ndjson([bad]), 's.json --as table --problems p')
    expect(parsed(written.p ?? '')).toMatchObject([{ line: 1, weight: 'invalid' }])
    expect(out).toContain('traits.email: found a number')
    expect(err).toBe('next: segment-marketo explain in --settings s.json --line 1\n')
  })
})

describe('what cannot be carried out', () => {
  it.each([
    ['a settings file that is not there', 'nope.json', /^nope\.json: there is no such file\n$/],
    ['settings that are no JSON', 'broken.json', /^broken\.json: is not JSON: it breaks at line 2, column 3\n$/],
    [
      'settings with mistakes, each of them',
      'wrong.json',
      /^wrong\.json: these settings cannot be used\n {2}.*\n {2}.*\n$/
    ],
    ['every settings file that is wrong', 'nope.json broken.json', /^nope\.json: .*\nbroken\.json: .*\n$/],
    [
      'a browser in cloud mode',
      's.json --side browser',
      /^s\.json: these settings cannot be used in a browser\n {2}mode: found cloud;.*\n$/
    ],
    [
      'a browser without a form',
      'formless.json --side browser',
      /cannot be used in a browser\n {2}settings\.formId: is missing;/
    ]
  ])('%s ends with 2', async (_, words, says) => {
    const more = {
      'broken.json': '{\n  x',
      'wrong.json': JSON.stringify({ munchkinId: 'x', traits: [{ trait: 'a' }] }),
      'formless.json': JSON.stringify({ ...settings, mode: 'device' })
    }
    const ran = await runInMemory(
      ['map', 'in', ...words.split(' ').flatMap((w) => (w.endsWith('.json') ? ['-s', w] : [w]))],
      {
        files: { ...files, ...more, in: ndjson([good]) }
      }
    )
    expect(ran.err).toMatch(says)
    expect([ran.code, ran.out]).toEqual([2, ''])
  })

  it('an input that is not there ends with 2', async () => {
    const ran = await runInMemory(['map', 'nope', '-s', 's.json'], { files })
    expect(ran).toMatchObject({ code: 2, out: '', err: 'nope: there is no such file\n' })
  })

  it('settings with remarks are used, and the remarks said', async () => {
    const remarked = JSON.stringify({ ...settings, evnts: [] })
    const ran = await runInMemory(['map', 'in', '-s', 'r.json'], {
      files: { 'r.json': `\ufeff${remarked}`, in: ndjson([good]) }
    })
    expect(ran.err).toMatch(/^r\.json: can be used, with remarks\n {2}evnts: is not a known name \(nearest: events\)/)
    expect(ran.code).toBe(0)
  })
})
