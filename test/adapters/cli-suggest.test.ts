import { describe, expect, it } from 'vitest'
import { startSimulator } from '../../src/simulator/start.js'
import { toldParts } from '../settings/told.js'
import { ndjson, parsed, runInMemory } from './cli-world.js'

const client = { clientId: 'client', clientSecret: 'very-secret' }
const events = [
  { type: 'identify', userId: 'u1', traits: { email: 'ana@example.com', plan_name: 'secret plan', colour: 3 } },
  {
    type: 'track',
    timestamp: '2024-05-01T10:00:00Z',
    userId: 'u1',
    event: 'Order Completed',
    properties: { order_id: 'secret order', revenue: 3.5 }
  }
]
const files = {
  'events.ndjson': ndjson(events),
  'broken.ndjson': `${ndjson(events)}{\n`,
  'told.json': JSON.stringify(toldParts),
  'client.json': JSON.stringify(client)
}
const id = '--munchkin-id 561-HYG-937'

const suggest = (words: string, more: object = {}) => runInMemory(`suggest ${words}`.split(' '), { files, ...more })

describe('suggest', () => {
  it('writes settings, and says why; no value is in either', async () => {
    const { code, out, err, called } = await suggest(`events.ndjson --against told.json ${id}`)
    expect([code, called]).toEqual([0, []])
    expect(JSON.parse(out)).toEqual({
      munchkinId: '561-HYG-937',
      genderField: null,
      identity: ['email', 'userId'],
      traits: [{ trait: 'plan_name', field: 'planName', type: 'string' }],
      events: [
        {
          event: 'Order Completed',
          activityTypeId: 100001,
          attributes: [
            { property: 'order_id', attribute: 'orderId', type: 'string', primary: true },
            { property: 'revenue', attribute: 'revenue', type: 'float', primary: false }
          ]
        }
      ]
    })
    expect(err.split('\n')).toEqual([
      'WHAT      NAME                       TIMES  GOES TO            WHY',
      'trait     colour                     1      –                  nothing is called so',
      'trait     plan_name                  1      planName (string)  the same but for case, separators or',
      '                                                               its ending',
      'event     Order Completed            1      Order Completed    the same name',
      'property  Order Completed: order_id  1      orderId (string)   the same but for case, separators or',
      '                                                               its ending',
      'property  Order Completed: revenue   1      revenue (float)    the same name',
      '1 of 2 traits has a row',
      '1 of 1 event has a row',
      'next: put the settings above into settings.json, then segment-marketo check --settings settings.json --against told.json --events events.ndjson',
      ''
    ])
    expect(`${out}${err}`).not.toContain('secret')
  })

  it('--json has the reasons as lines of JSON, in words and as data', async () => {
    const plain = await suggest(`broken.ndjson --against told.json ${id}`)
    const { code, out, err } = await suggest(`broken.ndjson --against told.json ${id} --json`)
    expect([code, out]).toEqual([1, plain.out])
    const lines = parsed(err)
    expect(lines[1]).toEqual({
      line: null,
      messageId: null,
      settings: null,
      weight: 'note',
      at: null,
      text: 'trait plan_name goes to planName (string): the same but for case, separators or its ending',
      problem: null,
      row: { what: 'trait', of: null, name: 'plan_name', times: 1, to: 'planName', type: 'string', why: 'spelling' }
    })
    expect(lines[0]).toMatchObject({ text: 'trait colour has no row: nothing is called so', row: { to: null } })
    expect([lines.length, lines.at(-1)]).toEqual([
      6,
      { totals: { traits: { seen: 2, mapped: 1 }, events: { seen: 1, mapped: 1 }, unreadable: 1 } }
    ])
    expect(err).not.toContain('secret')
  })

  it('what it writes is found no fault with', async () => {
    const { out } = await suggest(`events.ndjson --against told.json ${id}`)
    const again = await runInMemory('check --settings s.json --against told.json --events events.ndjson'.split(' '), {
      files: { ...files, 's.json': out }
    })
    expect([again.code, again.out]).toEqual([0, expect.stringContaining('told.json: 0 problems')])
  })

  it('asks the instance for what it has', async () => {
    const customFields = [
      { name: 'plan__c', type: 'string' as const, label: 'Plan Name' },
      { name: 'userId', type: 'string' as const }
    ]
    const marketo = startSimulator({ munchkinId: '561-HYG-937', ...client, customFields })
    const { code, out } = await suggest('events.ndjson --instance 561-HYG-937 --credentials client.json', { marketo })
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      munchkinId: '561-HYG-937',
      traits: [{ trait: 'plan_name', field: 'plan__c', type: 'string' }],
      events: []
    })
  })

  it('ends with 1 where a line cannot be read, and suggests all the same', async () => {
    const { code, out, err } = await suggest(`broken.ndjson --against told.json ${id}`)
    expect([code, JSON.parse(out).traits.length, err]).toEqual([1, 1, expect.stringContaining('1 unreadable line\n')])
  })

  it.each([
    ['no instance', `events.ndjson ${id}`, "say with '--against <file>'"],
    ['two of them', `events.ndjson --against told.json --instance simulator ${id}`, 'give --against or --instance'],
    ['no munchkin id', 'events.ndjson --against told.json', "say with '--munchkin-id <id>'"],
    [
      'a simulator as an id',
      'events.ndjson --against told.json --munchkin-id simulator',
      'simulator is no munchkin id'
    ],
    [
      'another id than the instance’s',
      `events.ndjson --instance 123-ABC-456 ${id}`,
      'the Marketo that --instance names'
    ],
    [
      'credentials for a file',
      `events.ndjson --against told.json ${id} --credentials client.json`,
      '--credentials is for'
    ],
    ['a file that is not there', `none.ndjson --against told.json ${id}`, 'there is no such file']
  ])('refuses %s', async (_, words, expected) => {
    const { code, err } = await suggest(words)
    expect([code, err]).toEqual([2, expect.stringContaining(expected)])
  })
})
