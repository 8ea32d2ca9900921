import { describe, expect, it } from 'vitest'
import { toldParts } from '../settings/told.js'
import { runInMemory } from './cli-world.js'

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
    ['a file that is not there', '--settings sound.json --against none.json', 'none.json: there is no such file']
  ])('refuses %s', async (_, words, expected) => {
    const { code, err } = await provision(words)
    expect([code, err]).toEqual([2, expect.stringContaining(expected)])
  })
})
