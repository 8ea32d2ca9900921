import { describe, expect, it } from 'vitest'
import { startSimulator } from '../../src/simulator/start.js'
import { toldParts } from '../settings/told.js'
import { parsed, runInMemory } from './cli-world.js'

const row = (field: string) => ({ munchkinId: '561-HYG-937', traits: [{ trait: 'x', field }] })
const attributes = [{ property: 'plan', attribute: 'plan', primary: true }]

const files = {
  'settings.json': JSON.stringify({
    ...row('lifetimeValue'),
    events: [{ event: 'Invoice Paid', activityTypeId: 100099, attributes }]
  }),
  'sound.json': JSON.stringify(row('planName')),
  'slip.json': JSON.stringify(row('Plan_Name')),
  'told.json': JSON.stringify(toldParts)
}

const provision = (words: string) => runInMemory(`provision ${words}`.split(' '), { files })

describe('provision', () => {
  it('prints a command for each call, in order, and what to mind beside them; nothing is called', async () => {
    const { code, out, err, called } = await provision('--settings settings.json --against told.json')
    expect([code, called]).toEqual([0, []])
    expect(out.split('\n').filter((line) => line.startsWith('#'))).toEqual([
      '# 1 of 3: createLeadFields lifetimeValue',
      '# 2 of 3: createActivityType invoicePaid',
      '# 3 of 3: approveActivityType invoicePaid'
    ])
    expect(out.split('\n').filter((line) => line.startsWith('curl')).length).toBe(3)
    expect(out).toContain('$MARKETO_TOKEN')
    expect(err).toContain('hint: settings.events[0].activityTypeId')
  })

  it('has nothing to create where all is there', async () => {
    const { code, out, err } = await provision('--settings sound.json --against told.json')
    expect([code, out, err]).toEqual([0, '# nothing to create\n', ''])
  })

  it('ends with 1 where something cannot be created', async () => {
    const { code, out, err } = await provision('--settings slip.json --against told.json')
    expect([code, out]).toEqual([1, '# nothing to create\n'])
    expect(err).toContain('problem: settings.traits[0].field: is not a known name (nearest: planName)')
  })

  it.each([
    ['no settings', '--against told.json', "'--settings <file>'"],
    ['nothing to hold them against', '--settings sound.json', "'--against <file>'"],
    ['two to hold them against', '--settings sound.json --against told.json --to simulator', 'give --against or --to'],
    ['to make things in a file', '--settings sound.json --against told.json --apply', 'it is for --to'],
    ['to save what is not made', '--settings sound.json --to simulator --save new.json', 'it is for --apply'],
    [
      'credentials for a file',
      '--settings sound.json --against told.json --credentials c.json',
      'it is for --to'.slice(6)
    ],
    ['another Marketo', '--settings sound.json --to 123-ABC-456', 'the Marketo that --to names'],
    ['no credentials', '--settings sound.json --to 561-HYG-937', 'no credentials for Marketo'],
    ['a file that is not there', '--settings sound.json --against none.json', 'none.json: there is no such file']
  ])('refuses %s', async (_, words, expected) => {
    const { code, err } = await provision(words)
    expect([code, err]).toEqual([2, expect.stringContaining(expected)])
  })
})

const client = { clientId: 'client', clientSecret: 'very-secret' }
const stored = JSON.stringify({
  accountId: '561-HYG-937',
  traits: [{ segmentTrait: 'tier', marketoFieldName: 'tier', marketoFieldType: 'string' }],
  events: [
    {
      event: 'Invoice Paid',
      marketoActivityId: '100099',
      segmentProperty: [
        { segmentProperty: 'plan', marketoAttributeName: 'plan', marketoAttributeType: 'string', primaryKey: true }
      ]
    }
  ]
})
const served = { ...files, 'stored.json': stored, 'client.json': JSON.stringify(client) }

const marketo = (more: object = {}) => startSimulator({ munchkinId: '561-HYG-937', ...client, ...more })

const asked = (words: string, more: object = {}) =>
  runInMemory(`provision --settings stored.json --to ${words}`.split(' '), {
    files: served,
    marketo: marketo(),
    ...more
  })

const real = '561-HYG-937 --credentials client.json'

describe('provision --to', () => {
  it('asks what is there and prints the calls, without making any', async () => {
    const { code, out, marketo: after } = await asked(real)
    expect(code).toBe(0)
    expect(out.split('\n').filter((line) => line.startsWith('#'))).toEqual([
      '# 1 of 3: createLeadFields userId, tier',
      '# 2 of 3: createActivityType invoicePaid',
      '# 3 of 3: approveActivityType invoicePaid'
    ])
    expect([after?.options.customFields, after?.options.activityTypes]).toEqual([[], []])
    expect(out).not.toContain(client.clientSecret)
  })

  it('--apply makes them, tells what was done, and looks again', async () => {
    const { code, out, err, marketo: after } = await asked(`${real} --apply`)
    expect([code, out.split('\n')]).toEqual([
      0,
      [
        'Made in 561-HYG-937',
        '  done      createLeadFields          userId, tier',
        '  done      createActivityType        invoicePaid: it is number 100001',
        '  done      approveActivityType       invoicePaid',
        '',
        'Put these numbers into the settings, or give --save <file> the next time:',
        '  events[0].activityTypeId: 100001',
        '',
        '561-HYG-937, as it is now: 0 problems, 1 hint',
        expect.stringContaining('  hint      settings.anonymousIdField'),
        expect.any(String),
        ''
      ]
    ])
    expect(after?.options.activityTypes.map(({ status }) => status)).toEqual(['approved'])
    expect(`${out}${err}`).not.toContain(client.clientSecret)
  })

  it('--save keeps the settings with the new numbers, and a second time has nothing to do', async () => {
    const first = await asked(`${real} --apply --save new.json`)
    const saved = first.written['new.json'] ?? ''
    expect(JSON.parse(saved)).toEqual(JSON.parse(stored.replace('100099', '100001')))
    expect(first.out).not.toContain('Put these numbers')
    const again = await runInMemory(`provision --settings new.json --to ${real} --apply --save same.json`.split(' '), {
      files: { ...served, 'new.json': saved },
      ...(first.marketo === undefined ? {} : { marketo: first.marketo })
    })
    expect([again.code, again.out]).toEqual([0, 'Nothing to create\n'])
    expect(JSON.parse(again.written['same.json'] ?? '')).toEqual(JSON.parse(saved))
  })

  it('stops at what fails, says what was and was not done, and ends with 1', async () => {
    const faults = [{ at: { call: 1 }, kind: '611' as const, endpoint: 'createActivityType' as const }]
    const { code, out } = await asked(`${real} --apply`, { marketo: marketo({ faults }) })
    expect(code).toBe(1)
    expect(out.split('\n').slice(0, 5)).toEqual([
      'Made in 561-HYG-937',
      '  done      createLeadFields          userId, tier',
      '  failed    createActivityType        invoicePaid: found a refusal (611); it may have been done all',
      '                                      the same: look in Marketo, then begin again',
      '  not done  approveActivityType       invoicePaid'
    ])
  })

  it('names what comes next: the same with --apply, then the settings with events', async () => {
    const own = `${real} --apply`
    const plan = await asked(real)
    const made = await asked(own)
    const saved = await asked(`${own} --save new.json`)
    const next = [plan, made, saved].map(({ err }) => err.trimEnd().split('\n').at(-1))
    expect(next).toEqual([
      `next: read them, then segment-marketo provision --settings stored.json --to ${own} --save settings-new.json`,
      'next: put the numbers above into the settings, then segment-marketo check --settings stored.json --events events.ndjson',
      'next: segment-marketo check --settings new.json --events events.ndjson'
    ])
  })

  it('names the same command where something failed, with the settings that know the new numbers', async () => {
    const faults = [{ at: { call: 1 }, kind: '611' as const, endpoint: 'approveActivityType' as const }]
    const again = async (words: string): Promise<string | undefined> =>
      (await asked(`${real} --apply${words}`, { marketo: marketo({ faults }) })).err.trimEnd().split('\n').at(-1)
    const own = `--to ${real} --apply`
    expect([await again(' --save new.json'), await again('')]).toEqual([
      `next: mend what is told above, then segment-marketo provision --settings new.json ${own} --save new.json`,
      `next: put the numbers above into the settings, mend what is told above, then segment-marketo provision --settings stored.json ${own}`
    ])
  })

  it('--json gives the calls of a plan, as with --against', async () => {
    const { code, out, err } = await asked(`${real} --json`)
    const { calls } = JSON.parse(out)
    expect([code, calls.map(({ about }: { readonly about: unknown }) => about)]).toEqual([
      0,
      [['userId', 'tier'], ['invoicePaid'], ['invoicePaid']]
    ])
    expect(parsed(err)).toMatchObject([{ weight: 'warning', at: expect.any(String), problem: expect.any(Object) }])
  })

  it('--apply --json tells what was made, the numbers, and how the instance is now', async () => {
    const { code, out } = await asked(`${real} --apply --json`)
    const { made, now, ...rest } = JSON.parse(out)
    expect([code, rest]).toEqual([
      0,
      {
        instance: '561-HYG-937',
        failed: null,
        notDone: [],
        numbers: [{ apiName: 'invoicePaid', before: 100099, activityTypeId: 100001 }]
      }
    ])
    expect(made.map(({ endpoint, about }: Record<string, unknown>) => [endpoint, about])).toEqual([
      ['createLeadFields', ['userId', 'tier']],
      ['createActivityType', ['invoicePaid']],
      ['approveActivityType', ['invoicePaid']]
    ])
    expect(now).toMatchObject({ problems: [], hints: [{ at: 'settings.anonymousIdField' }], unread: [] })
  })

  it('--apply --json tells what failed and what was not done', async () => {
    const faults = [{ at: { call: 1 }, kind: '611' as const, endpoint: 'createActivityType' as const }]
    const { code, out } = await asked(`${real} --apply --json`, { marketo: marketo({ faults }) })
    expect([code, JSON.parse(out)]).toMatchObject([
      1,
      {
        made: [{ endpoint: 'createLeadFields' }],
        failed: { endpoint: 'createActivityType', about: ['invoicePaid'], problems: [{ at: 'invoicePaid' }] },
        notDone: [{ endpoint: 'approveActivityType', about: ['invoicePaid'] }],
        numbers: []
      }
    ])
  })

  it('--apply --json tells what was made also at Ctrl-C', async () => {
    const { code, out, err } = await asked(`${real} --apply --json`, { interruptAt: 6 })
    expect([code, JSON.parse(out), err]).toMatchObject([
      130,
      { notDone: [{ endpoint: 'approveActivityType' }], now: null },
      expect.not.stringContaining('next: ')
    ])
  })

  it('stops at Ctrl-C', async () => {
    const { code, out } = await asked(`${real} --apply`, { interruptAt: 6 })
    expect([code, out]).toEqual([130, expect.stringContaining('not done  approveActivityType')])
  })

  it('tries itself out in the simulator', async () => {
    const { code, out } = await asked('simulator --apply')
    expect([code, out]).toEqual([0, expect.stringContaining('Made in a simulated 561-HYG-937')])
  })
})
