import { describe, expect, it } from 'vitest'
import { ndjson, runInMemory } from './cli-world.js'

const settings = (field: string) => JSON.stringify({ munchkinId: '561-HYG-937', traits: [{ trait: 'plan', field }] })

const identify = (plan: string) => ({
  type: 'identify',
  userId: 'u1',
  timestamp: '2024-05-01T10:00:00Z',
  traits: { email: 'ana@example.com', plan }
})

const files = {
  'old.json': settings('plan_1'),
  'new.json': settings('plan_2'),
  'bad.json': '{}',
  'events.ndjson': ndjson([identify('pro'), identify(''), { type: 'track', event: 'Unmapped', userId: 'u1' }]),
  'torn.ndjson': `${ndjson([identify('pro')])}{"type":\n`
}

const diff = (words: string) => runInMemory(`diff ${words}`.split(' '), { files })

describe('diff', () => {
  it('tells places and counts, and no value', async () => {
    const { code, out } = await diff('old.json new.json --events events.ndjson')
    expect([code, out.replace(/[0-9a-f]{12}/g, 'version').split('\n')]).toEqual([
      0,
      [
        'old.json version → new.json version: 1 of 3 events change',
        '',
        '     1 of 2  identify',
        '          1  UpsertLead.fields.plan_1  removed',
        '          1  UpsertLead.fields.plan_2  added',
        ''
      ]
    ])
    expect(out).not.toContain('pro')
  })

  it('finds nothing between a file and itself', async () => {
    const { code, out } = await diff('old.json old.json --events events.ndjson --json')
    expect([code, JSON.parse(out)]).toMatchObject([0, { events: 3, changed: 0, kinds: [] }])
  })

  it('ends with 1 where a line cannot be read', async () => {
    const { code, out } = await diff('old.json new.json --events torn.ndjson')
    expect([code, out]).toEqual([1, expect.stringContaining('1 of 1 events change; 1 unreadable lines')])
  })

  it.each([
    [
      'settings that cannot be used',
      'old.json bad.json --events events.ndjson',
      'bad.json: these settings cannot be used'
    ],
    ['one file alone', 'old.json', "missing required argument 'after'"],
    ['events that are not there', 'old.json new.json --events none', 'none: there is no such file']
  ])('refuses %s', async (_, words, expected) => {
    const { code, err } = await diff(words)
    expect([code, err]).toEqual([2, expect.stringContaining(expected)])
  })
})
