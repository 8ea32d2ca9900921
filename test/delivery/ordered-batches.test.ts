/**
 * Lists, programs, campaigns and records in one round: what goes side by side, and what goes first.
 */
import { describe, expect, it } from 'vitest'
import type { Intent } from '../../src/intent/intent.js'
import { campaign, company, order, points, putOn, quit, status, takeOff } from './belonging.js'
import { acquainted, endpoints, more } from './steps.js'
import { email, upsert } from './world.js'

const people = [1, 2, 3].map((n) => upsert({ email: email(n) }))
const [one, two] = [{ listId: 1 }, { listId: 2 }]
const [nameOne, nameTwo] = [
  { name: 'one', createIn: null },
  { name: 'two', createIn: null }
]
const made = { name: 'made', createIn: { id: 9, type: 'Folder' as const } }
const told = (intents: ReadonlyArray<Intent>) => more(acquainted(people, { linger: 0 }), intents)[1]

/** What a call is about, in its path, its query or its body. */
const about = (all: ReturnType<typeof told>): ReadonlyArray<string> =>
  all.map(({ call: { descriptor } }) => {
    const name = descriptor.query.find(([key]) => key === 'name')?.[1]
    return `${descriptor.endpoint} ${name ?? descriptor.path[3] ?? ''}`.trim()
  })

const tokens = [
  { name: '{{my.a}}', value: 'x' },
  { name: '{{my.b}}', value: 'y' }
]

describe('what cannot share a call', () => {
  // biome-ignore format: table
  it.each<[string, ReadonlyArray<Intent>, ReadonlyArray<string>]>([
    ['off two lists',             [takeOff(1, one), takeOff(2, two)],                         ['removeFromList 1', 'removeFromList 1']],
    ['off one',                   [takeOff(1, one), takeOff(2, one)],                         ['removeFromList 2']],
    ['out of two programs',       [quit(1, 1), quit(2, 2)],                                   ['deleteProgramMembers 1', 'deleteProgramMembers 1']],
    ['onto two lists',            [putOn(1, one), putOn(2, two)],                             ['addToList 1', 'addToList 1']],
    ['two statuses',              [status(1, 'In'), status(2, 'Out')],                        ['syncProgramStatus 1', 'syncProgramStatus 1']],
    ['of two programs',           [status(1, 'In', 1), status(2, 'In', 2)],                   ['syncProgramStatus 1', 'syncProgramStatus 1']],
    ['two campaigns',             [campaign(1, [], 1), campaign(2, [], 2)],                   ['requestCampaign 1', 'requestCampaign 1']],
    ['other tokens',              [campaign(1, [{ name: '{{my.a}}', value: 'x' }]), campaign(2, [{ name: '{{my.a}}', value: 'y' }])], ['requestCampaign 1', 'requestCampaign 1']],
    ['tokens of other names',     [campaign(1, [{ name: '{{my.a}}', value: 'x' }]), campaign(2, [{ name: '{{my.b}}', value: 'x' }])], ['requestCampaign 1', 'requestCampaign 1']],
    ['equal tokens in any order', [campaign(1, tokens), campaign(2, [...tokens].reverse())],    ['requestCampaign 2']],
    ['points of one field',       [points(1, 1), points(2, 1)],                               ['getLeadsByFilter 2']],
    ['points of two',             [points(1, 1), points(2, 1, { field: 'other' })],           ['getLeadsByFilter 1', 'getLeadsByFilter 1']],
    ['two objects',               [order('a', 1), { ...order('b', 1), objectName: 'car_c' }], ['syncCustomObjects 1', 'syncCustomObjects 1']],
    ['objects of one name',       [order('a', 1), order('b', 1)],                             ['syncCustomObjects 2']],
    ['companies',                 [company('a', 'A'), company('b', 'B')],                     ['syncCompanies 2']]
  ])('D3 goes side by side: %s', (_, intents, expected) => {
    expect(endpoints(told(intents))).toEqual(expected)
  })
})

describe('what leaves somebody alone', () => {
  const alone = { purpose: 'suppress' } as const
  // biome-ignore format: table
  it.each<[string, ReadonlyArray<Intent>, ReadonlyArray<string>]>([
    ['on a list',                                       [putOn(1, one), putOn(2, two, alone)],                                ['addToList 2', 'addToList 1']],
    ['by a status',                                     [status(1, 'In', 1), { ...status(2, 'Out', 2), ...alone }],           ['syncProgramStatus 2', 'syncProgramStatus 1']],
    ['by a campaign',                                   [campaign(1, [], 1), { ...campaign(2, [], 2), ...alone }],            ['requestCampaign 2', 'requestCampaign 1']],
    ['off a list by its name',                          [putOn(1, nameOne), takeOff(2, nameTwo)],                             ['findList two', 'findList one']],
    ['once another list is known',                      [putOn(1, nameOne), putOn(2, nameTwo), takeOff(2, one)],              ['findList two', 'findList one']],
    ['and somebody else whom the same name concerns',   [putOn(1, nameOne), putOn(3, nameTwo), takeOff(2, nameTwo)],          ['findList two', 'findList one']],
    ['alone',                                           [takeOff(2, nameTwo)],                                                ['findList two']]
  ])('goes first: %s', (_, intents, expected) => {
    expect(about(told(intents))).toEqual(expected)
  })

  it('is asked for by name, and made only when it is not there', () => {
    expect(about(told([putOn(1, made)]))).toEqual(['findList made'])
  })
})
