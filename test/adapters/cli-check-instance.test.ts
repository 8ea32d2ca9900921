import { describe, expect, it } from 'vitest'
import { startSimulator } from '../../src/simulator/start.js'
import { runInMemory } from './cli-world.js'

const client = { clientId: 'client', clientSecret: 'very-secret' }
const munchkinId = '561-HYG-937'

const attributes = [{ property: 'to', attribute: 'to', primary: true }]
const settings = {
  munchkinId,
  genderField: null,
  traits: [
    { trait: 'plan', field: 'planNmae' },
    { trait: 'tier', field: 'tier' }
  ],
  events: [{ event: 'Call', activityTypeId: 100003, attributes }]
}
const rules = {
  munchkinId,
  rules: [{ name: 'A', when: { type: 'identify' }, actions: [{ do: 'add-to-list', list: 'Customer' }] }]
}
const files = {
  'settings.json': JSON.stringify(settings),
  'sound.json': JSON.stringify({ munchkinId, genderField: null }),
  'rules.json': JSON.stringify(rules),
  'client.json': JSON.stringify(client)
}

const primaryAttribute = { apiName: 'to', name: 'To', dataType: 'string' }
const marketo = startSimulator({
  munchkinId,
  ...client,
  customFields: ['planName', 'tier', 'userId', 'anonymousId'].map((name) => ({ name, type: 'string' as const })),
  activityTypes: [{ id: 100_003, apiName: 'call', name: 'Call', status: 'draft', primaryAttribute, attributes: [] }],
  lists: [{ id: 1, name: 'Customers' }]
})

const check = (words: string, more: object = {}) =>
  runInMemory(`check --settings ${words}`.split(' '), { files, marketo, ...more })

describe('check --instance', () => {
  it('says once what is the same for all parts', async () => {
    const { err } = await runInMemory(
      'check --settings sound.json --instance 561-HYG-937 --credentials client.json'.split(' '),
      { files }
    )
    expect(err.split('\n')).toEqual([
      '561-HYG-937: could not be read',
      '  found no access token; no answer came from the identity service: see whether the munchkin id is right, and try later',
      ''
    ])
  })

  it('asks the instance, tells problems, and ends with 1', async () => {
    const words = 'settings.json --recipes rules.json --instance 561-hyg-937 --credentials client.json'
    const { code, out, err, called } = await check(words)
    expect([code, err, out.split('\n').slice(2)]).toEqual([
      1,
      'next: segment-marketo provision --settings settings.json --to 561-hyg-937 --credentials client.json\n',
      [
        '',
        '561-HYG-937: 3 problems, 0 hints',
        '  problem   settings.traits[0].field: is not a known name (nearest: planName); Marketo answers 1006',
        '            and skips the record: correct the name, or create the field',
        '  problem   settings.events[0].activityTypeId: found an activity type that is not approved; approve',
        '            it in Marketo Custom Activities: until then each activity of this type is refused',
        '  problem   rules.rules[0].actions[0].list: is not a known name (nearest: Customers); no list bears',
        '            this name: correct it, or say with createIn where to make the list',
        ''
      ]
    ])
    expect(called.every((url) => url.startsWith(`https://${munchkinId}.mktorest.com/`))).toBe(true)
    expect(`${out}${err}`).not.toContain(client.clientSecret)
  })

  it('finds no fault with sound settings, and takes credentials from the environment', async () => {
    const env = { MARKETO_CLIENT_ID: client.clientId, MARKETO_CLIENT_SECRET: client.clientSecret }
    const { code, out } = await check('sound.json --instance 561-HYG-937', { env })
    expect([code, out.split('\n').slice(-2)]).toEqual([0, ['561-HYG-937: 0 problems, 0 hints', '']])
  })

  it('--save keeps what was read, from which --against tells the same', async () => {
    const words = 'settings.json --recipes rules.json --instance 561-HYG-937 --credentials client.json --save told.json'
    const asked = await check(words)
    expect(asked.err.split('\n')).toEqual([
      'told.json: what was read; check, provision and suggest take it with --against',
      'next: segment-marketo provision --settings settings.json --to 561-HYG-937 --credentials client.json',
      ''
    ])
    const told = asked.written['told.json'] ?? ''
    expect(Object.keys(JSON.parse(told))).toEqual([
      'describe',
      'describe2',
      'activityTypes',
      'lists',
      'programs',
      'channels',
      'campaigns'
    ])
    const again = await runInMemory(
      'check --settings settings.json --recipes rules.json --against told.json'.split(' '),
      { files: { ...files, 'told.json': told } }
    )
    expect(again.code).toBe(asked.code)
    expect(again.out).toBe(asked.out.replace('561-HYG-937: 3', 'told.json: 3'))
  })

  it('--json writes the document that --against gives, with the instance in the place of the file', async () => {
    const words = 'settings.json --recipes rules.json --instance 561-HYG-937 --credentials client.json --json'
    const { code, out, err, written } = await check(`${words} --save told.json`)
    const { against, settings: part } = JSON.parse(out)
    expect([code, part.file, against.instance, against.file, against.unread]).toEqual([
      1,
      'settings.json',
      '561-HYG-937',
      null,
      []
    ])
    expect(against.problems.map(({ at }: { readonly at: string }) => at)).toEqual([
      'settings.traits[0].field',
      'settings.events[0].activityTypeId',
      'rules.rules[0].actions[0].list'
    ])
    expect(JSON.parse(err)).toMatchObject({ weight: 'note', text: expect.stringContaining('told.json: what was read') })
    const again = await runInMemory(
      'check --settings settings.json --recipes rules.json --against told.json --json'.split(' '),
      { files: { ...files, 'told.json': written['told.json'] ?? '' } }
    )
    expect(JSON.parse(again.out).against).toEqual({ ...against, file: 'told.json', instance: null })
  })

  it('--json says what was not read, and why', async () => {
    const faults = [{ at: { probability: 1 }, kind: '611' as const, endpoint: 'getLists' as const }]
    const struck = startSimulator({ ...marketo.options, faults })
    const words = 'sound.json --recipes rules.json --instance 561-HYG-937 --credentials client.json --json'
    const { code, out } = await check(words, { marketo: struck })
    expect([code, JSON.parse(out).against]).toMatchObject([1, { unread: [{ at: 'lists' }], unchecked: ['lists'] }])
  })

  it('--json: a refusal is nothing but lines of standard error', async () => {
    const { code, out, err } = await check('sound.json --instance 123-ABC-456 --json')
    expect([code, out, JSON.parse(err)]).toMatchObject([2, '', { weight: 'refused' }])
  })

  it('simulator is an instance as new as can be: it lacks all that is not Marketo’s own', async () => {
    const { code, out } = await check('settings.json --instance simulator')
    expect(code).toBe(1)
    expect(out).toContain('a simulated 561-HYG-937: 4 problems')
    expect(out).toContain('settings.userIdField')
  })

  it('says what was left out and why, and ends with 1', async () => {
    const faults = [{ at: { probability: 1 }, kind: '611' as const, endpoint: 'getLists' as const }]
    const struck = startSimulator({ ...marketo.options, faults })
    const words = 'sound.json --recipes rules.json --instance 561-HYG-937 --credentials client.json'
    const { code, out } = await check(words, { marketo: struck })
    expect(code).toBe(1)
    expect(out).toContain('not read  lists: found a refusal (611)')
    expect(out).toContain('unchecked lists: it does not tell')
  })

  it.each([
    [
      'wrong credentials',
      'sound.json --instance 561-HYG-937',
      { env: { MARKETO_CLIENT_ID: 'client', MARKETO_CLIENT_SECRET: 'no' } },
      'the identity service refuses these credentials'
    ],
    ['no credentials', 'sound.json --instance 561-HYG-937', {}, 'no credentials for Marketo'],
    [
      'another Marketo',
      'sound.json --instance 123-ABC-456 --credentials client.json',
      {},
      'sound.json: these settings are not for the Marketo that --instance names'
    ],
    [
      'nobody there',
      'sound.json --instance 561-HYG-937 --credentials client.json',
      { marketo: undefined },
      '561-HYG-937: could not be read'
    ],
    ['no munchkin id', 'sound.json --instance x', {}, 'Say simulator, or a munchkin id'],
    ['a file besides', 'sound.json --instance simulator --against told.json', {}, 'give --against or --instance'],
    ['settings of v1', 'sound.json --contract v1 --instance simulator', {}, '--instance is for --contract v2'],
    [
      'credentials for the simulator',
      'sound.json --instance simulator --credentials client.json',
      {},
      'the simulator asks for no credentials'
    ],
    ['credentials for nothing', 'sound.json --credentials client.json', {}, '--credentials is for --instance'],
    ['a file that is read', 'sound.json --instance simulator --save sound.json', {}, 'would write over what is read'],
    ['a file for nothing', 'sound.json --save told.json', {}, 'it is for --instance']
  ])('refuses %s', async (_, words, more, expected) => {
    const { code, err } = await check(words, more)
    expect([code, err]).toEqual([2, expect.stringContaining(expected)])
  })
})
