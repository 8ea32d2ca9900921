import { describe, expect, it } from 'vitest'
import { migrate } from '../../src/settings/migration.js'
import { printMigration } from '../../src/settings/print-migration.js'
import { v1From } from './v1-given.js'

const identify = (traits: object) => ({ type: 'identify', userId: 'u1', traits })
const track = (event: string, properties: object = {}) => ({ type: 'track', userId: 'u1', event, properties })
const page = (...events: ReadonlyArray<unknown>): string => printMigration(migrate(v1From(), events))
const lineWith = (text: string, part: string): string | undefined =>
  text.split('\n').find((line) => line.includes(part))

describe('the page of a migration', () => {
  it.each([
    [
      'an illegal name',
      { 'plan-name': 'a' },
      '| `plan-name` | `Plan-name` | `Plan_name` | string | make it | 1 | v1’s name is none that Marketo takes: make this new field |'
    ],
    [
      'values that do not fit',
      { leadScore: 'many' },
      '| `leadScore` | `LeadScore` | `leadScore` | integer | Marketo’s own | 1 | some values do not fit and would be dropped |'
    ],
    [
      'a field of the company’s',
      { industry: 'Tech' },
      '| `industry` | `Industry` | `industry` | string | Marketo’s own | 1 | it belongs to the company, and Marketo may refuse it on a lead (error 1021) |'
    ],
    [
      'a field that Marketo moves',
      { personType: 'a' },
      '| `personType` | `PersonType` | `personType` | string | Marketo’s own | 1 | Marketo moves this field itself: be sparing with it |'
    ],
    ['an ordinary one', { plan: 'a' }, '| `plan` | `Plan` | `Plan` | string | keep v1’s, or make it | 1 |  |'],
    [
      'a field that Marketo keeps',
      { inferredCompany: 'a' },
      '| `inferredCompany` | 1 | goes to a field that Marketo keeps itself: map it to a custom field of your own by hand |'
    ],
    ['a blank name', { ' ': 'a' }, '| (blank) | 1 | has a blank name |'],
    ['a silent trait', { plan: null }, '| `plan` | 1 | held nothing but null and empty text |'],
    [
      'a name that is too long',
      { ['x'.repeat(256)]: 1 },
      '| (names beyond the first thousand, or longer than 255 characters) | 1 | there was no room for more |'
    ]
  ])('has a row for %s', (_, traits, row) => {
    expect(page(identify(traits)).split('\n')).toContain(row)
  })

  it('tells several remarks apart, and lists beside values', () => {
    const row = lineWith(page(identify({ leadScore: 'a' }), identify({ leadScore: [] })), '| `leadScore` |')
    expect(row).toContain(
      'some values do not fit and would be dropped; 1 more held a list or an object: flatten those first'
    )
  })

  it('says when there are more events than an instance has room for', () => {
    const events = Array.from({ length: 11 }, (_, i) => track(`Event ${i}`))
    expect(page(...events.slice(1))).not.toContain('several events may also share one type')
    expect(page(...events)).toContain(
      'and there are 11 events: keep those that campaigns use; several events may also share one type'
    )
  })

  it('says what was not seen', () => {
    const text = page()
    for (const sentence of [
      'No track event was seen.',
      'No custom trait was seen.',
      'Nothing of that kind was seen.',
      'Nothing to change: no track event was seen.'
    ])
      expect(text).toContain(sentence)
    expect(text).not.toContain('To do:')
    expect(text).not.toContain('Carried over')
    expect(text).toContain('out of 0 events')
  })

  it('counts one event, and one thing to do', () => {
    const text = page(track('A', { name: 'x' }))
    expect(text).toContain(
      'out of 1 event: 0 identify, 1 track, 0 page, 0 others; 0 keep v2 away by their integrations, 0 could not be read.'
    )
    expect(text).toContain('To do: make 1 custom activity, put their ids into a file')
    expect(text.endsWith('```json\n{\n  "A": 0\n}\n```\n')).toBe(true)
  })

  it('tells how a primary attribute was found', () => {
    expect(page(track('A', { name: 'x' }), track('A', { name: 'y' }))).toContain(
      '- Primary attribute `name`: it is in every call and varies.'
    )
    expect(page(track('A', { name: 'x' }))).toContain(
      '- Primary attribute `name`: it is in every call, though it never varied.'
    )
    expect(page(track('A'))).toContain('- Primary attribute `eventName`: no property is text or a number in every call')
  })

  it.each([
    ['a bar', 'a|b', '`a\\|b`'],
    ['a bar behind a backslash', 'a\\|b', '`a\\\\u007cb`'],
    ['backticks', 'a`b``c', '``` a`b``c ```'],
    ['a line break', 'a\nb', '`a\\u000ab`'],
    ['a mark that turns the line', 'a\u202eb', '`a\\u202eb`'],
    ['half a character', 'a\ud800', '`a\\ud800`'],
    ['120 characters', 'x'.repeat(120), `\`${'x'.repeat(120)}\``],
    ['121 characters', '😀'.repeat(121), `\`${'😀'.repeat(120)}…\``]
  ])('shows a name with %s as what it is', (_, name, shown) => {
    expect(page(identify({ [name]: [] }))).toContain(
      `| ${shown} | 1 | held only lists or objects: flatten them first |`
    )
  })

  it('holds settings whose JSON reads back, whatever names hold', () => {
    const migration = migrate(v1From(), [identify({ 'a\u202e\u009b"b': 'x' })])
    const [, json = ''] = /```json\n([\s\S]*?)\n```/.exec(printMigration(migration)) ?? []
    expect(JSON.parse(json)).toStrictEqual(migration.settings)
  })
})
