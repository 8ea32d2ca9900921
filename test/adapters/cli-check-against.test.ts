import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { toldParts } from '../settings/told.js'
import { runInMemory } from './cli-world.js'

const settings = {
  munchkinId: '561-HYG-937',
  genderField: null,
  traits: [{ trait: 'plan', field: 'planNmae' }],
  events: [
    {
      event: 'Call',
      activityTypeId: 100003,
      attributes: [{ property: 'to', attribute: 'to', primary: true }]
    }
  ]
}

const rules = {
  munchkinId: '561-HYG-937',
  rules: [{ name: 'A', when: { type: 'identify' }, actions: [{ do: 'add-to-list', list: 'Customer' }] }]
}

const files = {
  'settings.json': JSON.stringify(settings),
  'sound.json': JSON.stringify({ ...settings, traits: [], events: [] }),
  'rules.json': JSON.stringify(rules),
  'told.json': JSON.stringify(toldParts),
  'names.csv':
    '\ufeffREST API Name,SOAP API Name,Friendly Label\r\nplanName,planName,Plan Name\r\nuserId,userId,User Id\r\n',
  'leads.json': JSON.stringify({ success: true, result: [{ id: 1 }] }),
  'text.txt': 'no table',
  'page.json': '<html>busy</html>',
  'null.json': 'null'
}

const check = (words: string) => runInMemory(`check --settings ${words}`.split(' '), { files })

describe('check --against', () => {
  it('tells problems, and ends with 1', async () => {
    const { code, out } = await check('settings.json --recipes rules.json --against told.json')
    expect([code, out.split('\n').slice(2)]).toEqual([
      1,
      [
        '',
        'told.json: 3 problems, 0 hints',
        '  problem   settings.traits[0].field: is not a known name (nearest: planName); Marketo answers 1006',
        '            and skips the record: correct the name, or create the field',
        '  problem   settings.events[0].activityTypeId: found an activity type that is not approved; approve',
        '            it in Marketo Custom Activities: until then each activity of this type is refused',
        '  problem   rules.rules[0].actions[0].list: is not a known name (nearest: Customers); no list bears',
        '            this name: correct it, or say with createIn where to make the list',
        ''
      ]
    ])
  })

  it('reads a field-name sheet, and says what it does not tell', async () => {
    const { code, out } = await check('settings.json --against names.csv')
    expect(code).toBe(1)
    expect(out).toContain('(nearest: planName)')
    expect(out.replace(/\s+/g, ' ')).toContain(
      'unchecked types of lead fields, which lead fields are read-only, which lead fields are searchable, activity types: it does not tell'
    )
  })

  it('ends with 0 where all is well', async () => {
    const { code, out } = await check('sound.json --against told.json')
    expect([code, out.split('\n').slice(3)]).toEqual([0, ['told.json: 0 problems, 0 hints', '']])
  })

  it.each([
    ['a file that is not there', 'sound.json --against none.json', 'none.json: there is no such file'],
    ['an answer about leads', 'sound.json --against leads.json', 'leads.json: tells of no instance'],
    ['text', 'sound.json --against text.txt', 'text.txt: tells of no instance'],
    ['a page that is called JSON', 'sound.json --against page.json', 'page.json: is not JSON'],
    ['null', 'sound.json --against null.json', 'found null; hand over an answer of Marketo'],
    [
      'rules that are not there',
      'sound.json --recipes none.json --against told.json',
      'none.json: there is no such file'
    ],
    ['v1', 'sound.json --contract v1 --against told.json', '--against is for --contract v2'],
    ['rules alone', 'sound.json --recipes rules.json', '--recipes is for --against']
  ])('refuses %s', async (_, words, expected) => {
    const { code, err } = await check(words)
    expect([code, err]).toEqual([2, expect.stringContaining(expected)])
  })

  it('finds the two slips in the sheet of the examples', async () => {
    const read = (name: string) => readFileSync(new URL(`../../docs/examples/${name}`, import.meta.url), 'utf8')
    const { out } = await runInMemory(['check', '-s', 's.json', '--against', 's.csv'], {
      files: { 's.json': read('settings.json'), 's.csv': read('field-names.csv') }
    })
    expect(out).toContain('s.csv: 3 problems')
  })
})
