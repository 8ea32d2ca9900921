/**
 * `deliver` as it is typed: what is sent, what is told, and what can be delivered again.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as fc from 'fast-check'
import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'
import { readFaults } from '../../src/adapters/cli/deliver/fault-spec.js'
import { onlyTo } from '../../src/adapters/cli/deliver/goal.js'
import { newLedger } from '../../src/adapters/cli/deliver/ledger.js'
import { readIntent } from '../../src/adapters/cli/deliver/read-intent.js'
import { furnitureOfV2 } from '../../src/adapters/cli/deliver/simulated-instance.js'
import type { AddCustomActivity, Intent } from '../../src/intent/intent.js'
import { findByRest } from '../../src/marketo/lead-fields.js'
import { isMunchkinId } from '../../src/marketo/munchkin-id.js'
import { activitiesIn, callsIn, leadsIn } from '../../src/simulator/reading.js'
import { startSimulator } from '../../src/simulator/start.js'
import { mapper } from '../../src/v2/mapper.js'
import { serverIntent } from '../arbitraries/intents.js'
import { cloudSettings, encounter } from '../arbitraries/settings.js'
import { ndjson, parsed, runInMemory, type Setting } from './cli-world.js'

const examples = fileURLToPath(new URL('../../docs/examples/', import.meta.url))
const file = (name: string): string => readFileSync(`${examples}${name}`, 'utf8')

const settings = {
  munchkinId: '561-HYG-937',
  events: [
    {
      event: 'Trial Started',
      activityTypeId: 100001,
      attributes: [{ property: 'plan', attribute: 'plan', type: 'string', primary: true }]
    }
  ]
}
const identify = (n: number, traits: object = {}) => ({
  type: 'identify',
  messageId: `m-${n}`,
  userId: `u${n}`,
  traits: { email: `p${n}@example.com`, ...traits }
})
const trial = (n: number, plan = `plan ${n}`) => ({
  type: 'track',
  messageId: `t-${n}`,
  userId: `u${n}`,
  event: 'Trial Started',
  properties: { plan },
  timestamp: '2024-05-01T10:00:00Z'
})

const ours = '561-HYG-937'
if (!isMunchkinId(ours)) throw new Error('no Munchkin id')
const mark = 'zqxj7'

const base = { 's.json': JSON.stringify(settings) }
const toSimulator = ['deliver', 'in', '-s', 's.json', '--to', 'simulator']
const run = (events: ReadonlyArray<unknown>, words: ReadonlyArray<string> = [], setting: Partial<Setting> = {}) =>
  runInMemory([...toSimulator, ...words], { files: { ...base, in: ndjson(events) }, ...setting })

/** A number of the summary, by its row. */
const told = (out: string, name: string): number => {
  const [, n = 'none'] = new RegExp(`^ *${name} +(\\d+)`, 'm').exec(out) ?? []
  return Number(n)
}

const people = (n: number): ReadonlyArray<unknown> =>
  Array.from({ length: n }, (_, i) => [identify(i), trial(i)]).flat()

describe('deliver', () => {
  it('delivers events in few calls, and counts those that one by one would take', async () => {
    const { out, code, marketo } = await run(people(300))
    expect(code).toBe(0)
    expect([told(out, 'events'), told(out, 'intents'), told(out, 'delivered')]).toEqual([600, 900, 900])
    expect(out).toMatch(/^ {2}syncLeads +\d +600$/m)
    expect(out).toMatch(/^ {2}addCustomActivities +[1-3] +300$/m)
    expect(out).toMatch(/^ {2}in all +\d+ +901$/m)
    expect(out).toContain('The simulated Marketo holds 300 leads, 300 activities and 0 page views.')
    expect(marketo === undefined ? 0 : callsIn(marketo).all).toBe(Number(/in all +(\d+)/.exec(out)?.[1]))
  })

  it('ends with 1 when something was lost, unless told otherwise', async () => {
    const lost = [identify(1, { email: 'no email' })]
    expect((await run(lost)).code).toBe(1)
    expect((await run(lost, ['--exit-zero'])).code).toBe(0)
  })

  it('says of each failed intent where it came from, what Marketo said, and what helps', async () => {
    const { err, out, code } = await run(
      [identify(1), { ...trial(1), properties: { plan: 'x' } }],
      ['--faults', 'skip-record@addCustomActivities#1']
    )
    expect(err).toContain(
      'line 2: AddCustomActivity: 1003 Invalid data; the record is wrong: mend it, and deliver it again [failed]\n'
    )
    expect(out).toMatch(/^ {4}1003 Invalid data +1$/m)
    expect(code).toBe(1)
  })

  it('is quiet when told so', async () => {
    const { err } = await run([identify(1, { email: 'no email' }), trial(2)], ['-q', '--dead-letter', 'd'])
    expect(err).toBe('d: 1 line that can be delivered again\n')
  })

  it('writes what became of every intent', async () => {
    const { written } = await run([identify(1), trial(1)], ['--outcomes', 'o'])
    expect(parsed(written.o ?? '')).toMatchObject([
      { line: 1, id: '1.0', messageId: 'm-1', _tag: 'Applied', leadId: 1 },
      { line: 2, id: '2.0', messageId: 't-1', _tag: 'Applied' },
      { line: 2, id: '2.1', messageId: 't-1', _tag: 'Applied' }
    ])
  })

  it('delivers what map has mapped', async () => {
    const files = { ...base, in: ndjson([identify(1), trial(1)]) }
    const mapped = await runInMemory(['map', 'in', '-s', 's.json'], { files })
    const { out, marketo, code } = await runInMemory(toSimulator, { files: { ...base, in: mapped.out } })
    expect([code, told(out, 'delivered'), told(out, 'of them out of the input itself')]).toEqual([0, 3, 3])
    expect(marketo === undefined ? [] : leadsIn(marketo)).toHaveLength(1)
  })

  it('v1 goes over the routes of today', async () => {
    const words = ['deliver', 'events-v1.ndjson', '-s', 'settings-v1.json', '--contract', 'v1', '--to', 'simulator']
    const names = ['events-v1.ndjson', 'settings-v1.json']
    const files = Object.fromEntries(names.map((name) => [name, file(name)]))
    const { out, marketo } = await runInMemory(words, { files })
    expect(told(out, 'visitWebPage')).toBeGreaterThan(0)
    expect(marketo === undefined ? 0 : leadsIn(marketo).length).toBeGreaterThan(0)
  })

  it('reads a stream of any length in bounded windows', async () => {
    const { out, code } = await run(people(4000), [], { chunkBytes: 4096 })
    expect([code, told(out, 'delivered')]).toEqual([0, 12_000])
    expect(told(out, 'in all')).toBeLessThan(90)
  })
})

describe('a dead letter', () => {
  it('holds what was not delivered, and is delivered again without anything done twice', async () => {
    const events = [...people(20), identify(99, { email: 'no email' }), 'no event']
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: 1000 }),
        fc.constantFrom('skip-record:0.5', 'timeout-after:0.3', '611:0.6,skip-record:0.3'),
        async (seed, faults) => {
          const first = await run(events, ['--dead-letter', 'd', '--faults', faults, '--seed', String(seed)])
          const { d = '' } = first.written
          const lines = parsed(d)
          const unknown = lines.filter((line) => JSON.stringify(line).includes('"_tag":"Unknown"')).length
          const failed = told(first.out, 'failed') + told(first.out, 'unknown') + told(first.out, 'deferred')
          expect(lines).toHaveLength(failed + 2)
          // The same Marketo, on a better day.
          const again = ['deliver', 'd', '-s', 's.json', '--to', '561-HYG-937', '--dead-letter', 'e']
          const client = { clientId: 'simulated', clientSecret: 'simulated' }
          const well =
            first.marketo === undefined
              ? undefined
              : { ...first.marketo, options: { ...first.marketo.options, faults: [] } }
          if (well === undefined) throw new Error('no Marketo')
          const second = await runInMemory(again, {
            files: { ...base, d },
            marketo: well,
            env: { MARKETO_CLIENT_ID: client.clientId, MARKETO_CLIENT_SECRET: client.clientSecret }
          })
          expect(told(second.out, 'delivered')).toBe(failed - unknown)
          expect(parsed(second.written.e ?? '')).toHaveLength(unknown + 2)
          const there =
            second.marketo === undefined ? [] : activitiesIn(second.marketo).map((one) => one.primaryAttributeValue)
          expect(new Set(there).size).toBe(there.length)
        }
      ),
      { numRuns: 40 }
    )
  })

  it('keeps the original event where it could not be mapped, and the intent with its outcome where it was', async () => {
    const bad = identify(1, { email: 'no email' })
    const { written } = await run([bad, identify(2)], ['--dead-letter', 'd', '--faults', 'skip-record@syncLeads#1'])
    expect(parsed(written.d ?? '')).toMatchObject([
      { line: 1, messageId: 'm-1', event: bad, problems: [{ weight: 'invalid' }] },
      { line: 2, messageId: 'm-2', intent: { _tag: 'UpsertLead' }, outcome: { _tag: 'Skipped' } }
    ])
  })

  it('holds what may have been done, until its outcome is taken out', async () => {
    const first = await run(
      [identify(1), trial(1)],
      ['--dead-letter', 'd', '--faults', 'timeout-after@addCustomActivities#1']
    )
    const { d = '' } = first.written
    const files = { ...base, in: d }
    const held = await runInMemory([...toSimulator, '--dead-letter', 'e'], { files })
    expect(held.err).toContain('line 1: may have been done already')
    expect([held.code, held.written.e]).toEqual([1, d])
    const freed = d.replace(/,"outcome":.*\}/, '}')
    const { out } = await runInMemory(toSimulator, { files: { ...base, in: freed } })
    expect(told(out, 'held')).toBeNaN()
    expect(told(out, 'intents')).toBe(1)
  })

  it('is neither read nor the settings', async () => {
    for (const name of ['in', 's.json']) {
      const { code, err, written } = await run([], ['--dead-letter', name])
      expect([code, err, written]).toEqual([2, `${name}: would be written over; name another file\n`, {}])
    }
  })
})

describe('--options', () => {
  const by = (options: unknown, words: ReadonlyArray<string> = [], events: ReadonlyArray<unknown> = people(2)) =>
    runInMemory([...toSimulator, '--options', 'o.json', ...words], {
      files: { ...base, in: ndjson(events), 'o.json': JSON.stringify(options) }
    })

  it('says whose lead it is', async () => {
    const { out, code, marketo } = await by({ identity: { _tag: 'resolve' } })
    expect(code).toBe(0)
    expect(out).toMatch(/^ {2}getLeadsByFilter +\d/m)
    expect((await run(people(2))).out).not.toMatch(/^ {2}getLeadsByFilter/m)
    expect(marketo === undefined ? [] : leadsIn(marketo)).toHaveLength(2)
  })

  it('says what is delivered at all', async () => {
    const { marketo } = await by({ $schema: './delivery.schema.json', events: { deny: ['Trial Started'] } })
    expect(marketo === undefined ? undefined : [leadsIn(marketo).length, activitiesIn(marketo).length]).toEqual([2, 0])
    const { marketo: whole } = await run(people(2))
    expect(whole === undefined ? undefined : activitiesIn(whole)).toHaveLength(2)
  })

  it('is named again in what to do next', async () => {
    const { err } = await by({ skipUnchanged: true })
    expect(err).toBe('next: segment-marketo deliver in --settings s.json --options o.json --to 561-HYG-937\n')
  })

  it('is told with every mistake, and then nothing is sent', async () => {
    const { code, err, out, marketo } = await by({ window: 0, identity: { _tag: 'reslove' } })
    expect([code, out, marketo === undefined ? 0 : callsIn(marketo).all]).toEqual([2, '', 0])
    expect(err).toBe(
      [
        'o.json: these settings cannot be used',
        '  identity._tag: is not a known name (nearest: resolve); expected one of upsert, resolve',
        '  window: found a number; expected a whole number from 1 to 1000000',
        ''
      ].join('\n')
    )
  })

  it('is used with remarks', async () => {
    const { code, err } = await by({ skipUnchnged: true }, ['-q'])
    expect(code).toBe(0)
    expect(err).toContain(
      'o.json: can be used, with remarks\n  skipUnchnged: is not a known name (nearest: skipUnchanged)'
    )
  })

  it('that is not there is told', async () => {
    const { code, err } = await run(people(1), ['--options', 'none.json'])
    expect([code, err.startsWith('none.json: ')]).toEqual([2, true])
  })

  it('is not written over', async () => {
    const { code, err, written } = await by({}, ['--dead-letter', 'o.json'])
    expect([code, err, written]).toEqual([2, 'o.json: would be written over; name another file\n', {}])
  })
})

describe('a Marketo outside', () => {
  const client = { clientId: 'client', clientSecret: 'tiptop' }
  const marketo = startSimulator({
    munchkinId: '561-HYG-937',
    ...client,
    customFields: [{ name: 'userId', type: 'string' }]
  })
  const words = ['deliver', 'in', '-s', 's.json', '--to', '561-hyg-937']
  const files = { ...base, in: ndjson([identify(1)]), 'c.json': JSON.stringify(client) }
  const env = { MARKETO_CLIENT_ID: 'client', MARKETO_CLIENT_SECRET: 'tiptop' }

  it.each([
    ['the environment', [], env],
    ['a file', ['--credentials', 'c.json'], {}]
  ])('is delivered to with the credentials of %s, over https alone', async (_, more, given) => {
    const ran = await runInMemory([...words, ...more], { files, env: given, marketo })
    expect([ran.code, told(ran.out, 'delivered')]).toEqual([0, 1])
    for (const url of ran.called) expect(url).toMatch(/^https:\/\/561-HYG-937\.mktorest\.com\//)
    for (const secret of Object.values(client)) expect(ran.out + ran.err).not.toContain(secret)
  })

  it.each([
    ['no credentials', words, {}, 'no credentials for Marketo: set MARKETO_CLIENT_ID and MARKETO_CLIENT_SECRET'],
    ['half of them', words, { MARKETO_CLIENT_ID: 'client' }, 'no credentials for Marketo'],
    ['a file without them', [...words, '--credentials', 's.json'], env, 's.json: no credentials for Marketo'],
    [
      'another Marketo',
      ['deliver', 'in', '-s', 's.json', '--to', '100-AAA-200'],
      env,
      's.json: these settings are not for'
    ],
    ['no goal', ['deliver', 'in', '-s', 's.json'], env, "error: say with '--to simulator'"],
    [
      'a goal that is none',
      ['deliver', 'in', '-s', 's.json', '--to', 'example.com'],
      env,
      'Say simulator, or a munchkin id'
    ],
    ['faults for it', [...words, '--faults', '606:0.1'], env, '--faults and --seed are for --to simulator']
  ])('is not called with %s', async (_, line, given, why) => {
    const ran = await runInMemory(line, { files, env: given, marketo })
    expect([ran.code, ran.called, ran.out]).toEqual([2, [], ''])
    expect(ran.err).toContain(why)
  })

  it('that does not know the client refuses everything, and the dead letter keeps it', async () => {
    const ran = await runInMemory([...words, '--dead-letter', 'd'], {
      files,
      env: { ...env, MARKETO_CLIENT_SECRET: 'wrong' },
      marketo
    })
    expect([ran.code, told(ran.out, 'failed'), parsed(ran.written.d ?? '').length]).toEqual([1, 1, 1])
  })

  it('is sent nothing for another instance', async () => {
    const mapped = await runInMemory(['map', 'in', '-s', 's.json'], { files })
    const foreign = mapped.out.replace(/561-HYG-937/g, '100-AAA-200')
    const ran = await runInMemory(words, { files: { ...files, in: foreign }, env, marketo })
    expect([ran.code, ran.called.length]).toEqual([1, 0])
    expect(ran.err).toContain('line 1: is for another Marketo than the settings are')
  })
})

describe('a simulated Marketo', () => {
  it('has every field, activity type and partition that its settings can ask for', () => {
    const attributesOf = (intent: AddCustomActivity): ReadonlyArray<string> =>
      intent.attributes.map((one) => ('apiName' in one ? one.apiName : one.name))
    fc.assert(
      fc.property(encounter(cloudSettings), ([given, event]) => {
        const { customFields, activityTypes, partitions } = furnitureOfV2(given)
        const mapped = mapper(given)(event)
        for (const intent of mapped._tag === 'Left' ? [] : mapped.right) {
          if (intent._tag === 'UpsertLead') {
            const unknown = Object.keys(intent.fields).filter(
              (name) => findByRest(name) === undefined && !customFields.some((field) => field.name === name)
            )
            expect(unknown).toEqual([])
            if (intent.partitionName !== null) expect(partitions).toContain(intent.partitionName)
          }
          if (intent._tag !== 'AddCustomActivity') continue
          const type = activityTypes.find(({ id }) => id === intent.activityTypeId)
          expect(type?.attributes.map(({ apiName }) => apiName)).toEqual(
            expect.arrayContaining([...attributesOf(intent)])
          )
        }
      })
    )
  })
})

describe('the door to Marketo', () => {
  const fetch = () => Promise.resolve({ status: 200, headers: new Headers(), text: () => Promise.resolve('') })
  const init = { method: 'GET', headers: {}, redirect: 'manual', signal: AbortSignal.abort() } as const
  const id = '561-HYG-937'
  const door = isMunchkinId(id) ? onlyTo(id, fetch) : fetch

  it.each(['https://561-HYG-937.mktorest.com/rest', 'https://561-HYG-937.mktoresp.com/webevents'])(
    'opens for %s',
    async (url) => {
      expect((await door(url, init)).status).toBe(200)
    }
  )

  it.each([
    'http://561-HYG-937.mktorest.com/rest',
    'https://100-AAA-200.mktorest.com/rest',
    'https://561-HYG-937.mktorest.com.example.com/rest',
    'https://561-HYG-937.mktorest.com@example.com/rest',
    'http://127.0.0.1/rest'
  ])('is shut for %s', async (url) => {
    await expect(door(url, init)).rejects.toThrow('not a host')
  })
})

describe('Ctrl-C', () => {
  it('ends what was begun, keeps the rest, and says where reading stopped', async () => {
    // More than is held at once.
    const events = people(6000)
    const ran = await run(events, ['--dead-letter', 'd'], { interruptAt: 3, chunkBytes: 50_000 })
    expect(ran.code).toBe(130)
    const last = Number(/nothing behind line (\d+) was read/.exec(ran.err)?.[1])
    expect(last).toBeLessThan(12_000)
    const mapped = await runInMemory(['map', 'in', '-s', 's.json'], {
      files: { ...base, in: ndjson(events.slice(0, last)) }
    })
    // Whatever was read has ended: delivered, or in the dead letter.
    expect(told(ran.out, 'delivered') + parsed(ran.written.d ?? '').length).toBe(parsed(mapped.out).length)
    expect(told(ran.out, 'intents')).toBe(parsed(mapped.out).length)
  })
})

describe('the ledger', () => {
  const item = (id: string) => ({ id, messageId: null, intent: upsertOf(id) })
  const upsertOf = (id: string): Intent => ({
    _tag: 'AssociateCookie',
    munchkinId: ours,
    lead: { lookupField: 'email', value: id },
    visitor: { _tag: 'Derived' }
  })
  const end = { messageId: null, munchkinId: ours }

  it('tells an event’s failures in their order, once all of it has ended', () => {
    const ledger = newLedger()
    ledger.open(7, [item('7.0'), item('7.1'), item('7.2')])
    const refused = { reasons: [{ code: '1012', message: mark }], remedy: 'mend-record' } as const
    expect(ledger.end({ ...end, id: '7.2', _tag: 'Unknown', reasons: [] }).failures).toEqual([])
    expect(ledger.end({ ...end, id: '7.1', _tag: 'Applied', leadId: 1, status: '', remarks: [] }).failures).toEqual([])
    const { failures, number } = ledger.end({ ...end, id: '7.0', _tag: 'Skipped', ...refused })
    expect([number, ...failures.map((one) => one.item.id)]).toEqual([7, '7.0', '7.2'])
    expect([...ledger.fates.reasons]).toEqual([['1012 Invalid cookie value', 1]])
  })

  it('counts remarks once for each intent, and tells no value of them', () => {
    const { end: ended, fates, open } = newLedger()
    open(1, [item('1.0')])
    const remarks = [
      { _tag: 'LeftOut', field: 'company', code: '1021' },
      { _tag: 'Warned', message: mark },
      { _tag: 'Warned', message: `${mark} again` }
    ] as const
    ended({ ...end, id: '1.0', _tag: 'Applied', leadId: 1, status: 'updated', remarks })
    expect([...fates.remarks]).toEqual([
      ['without company (1021)', 1],
      ['with a warning of Marketo’s', 1]
    ])
  })
})

describe('faults in words', () => {
  it.each([
    ['606:0.05', [{ at: { probability: 0.05 }, kind: '606' }]],
    ['timeout-after@syncLeads#2', [{ at: { call: 2 }, kind: 'timeout-after', endpoint: 'syncLeads' }]],
    [
      'html:1, 502#3',
      [
        { at: { probability: 1 }, kind: 'html' },
        { at: { call: 3 }, kind: '502' }
      ]
    ]
  ])('%s', (text, faults) => {
    expect(readFaults(text)).toEqual(E.right(faults))
  })

  it.each(['', '606', '606:2', '606:.5', '606#0', '607 #1', 'fire:0.1', '606@moon:0.1', '606:0.1,', 'constructor:1'])(
    'no fault: %s',
    (text) => {
      expect(readFaults(text)._tag).toBe('Left')
    }
  )
})

describe('an intent out of a file', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(serverIntent, (intent) => {
        fc.pre(intent._tag !== 'SyncLeadOverSoap')
        expect(readIntent(JSON.parse(JSON.stringify(intent)))).toEqual(JSON.parse(JSON.stringify(intent)))
      })
    )
  })

  it.each([
    ['nothing', null],
    ['another kind', { _tag: 'StartInBrowser', munchkinId: '561-HYG-937', options: {}, form: null }],
    [
      'no munchkin id',
      {
        _tag: 'AssociateCookie',
        munchkinId: 'x',
        lead: { lookupField: 'email', value: 'a' },
        visitor: { _tag: 'Derived' }
      }
    ],
    ['half a lead', { _tag: 'AssociateCookie', munchkinId: '561-HYG-937', lead: {}, visitor: { _tag: 'Derived' } }]
  ])('is none: %s', (_, value) => {
    expect(readIntent(value)).toBeUndefined()
  })
})
