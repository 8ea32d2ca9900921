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

  it('has no remark on a field of which nobody has said whether it is written', () => {
    expect(lineWith(page(identify({ jigsawContactId: 'a' })), '| `jigsawContactId` |')).toMatch(/\| 1 \| {2}\|$/)
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

  it('has the six steps, what has no equivalent, and the settings, in this order', () => {
    expect(page().match(/^#+ .*$/gm)).toEqual([
      '# From Marketo v1 to Marketo v2',
      '## 1. Get REST credentials',
      '## 2. Make two id fields',
      '## 3. Make a custom activity for each track event that Marketo needs',
      '## 4. Make custom fields, and map them',
      '## 5. Change what listens in Marketo',
      '## 6. Prevent duplicate leads',
      '## What has no equivalent',
      '## Settings of v2'
    ])
  })

  const full = page(
    track('A', { name: 'x', days: 1, ' ': 'blank' }),
    track('A', { name: 'y' }),
    track(' '),
    identify({ name: 'Ana', plan: 'pro', Plan: 'pro' }),
    { type: 'page' },
    { type: 'screen' },
    { type: 'group', userId: 'u1', groupId: 'g' },
    { type: 'alias', userId: 'u1', previousId: 'a' },
    { type: 'delete', userId: 'u1' }
  )

  it.each([
    ['For the Marketo instance 561-HYG-937, out of 9 events: 1 identify, 3 track, 1 page, 4 others;'],
    ['Never leave v1 and v2 switched on together.** Both write the same people'],
    ['Switch v1 off in the moment in which you switch v2 on.'],
    ['v1 signed with keys of SOAP and of Munchkin; v2 needs others.'],
    ['make a role with API access, a user for the API alone with that role, and under LaunchPoint a custom service'],
    ['- The server needs `accountId`, `clientId`, `clientSecret`.'],
    ['- Device mode needs `marketoFormId` and `marketoHostUrl` as well: make an empty form (step 4).'],
    ['In Field Management make these custom fields. The API names must be exactly these'],
    ['| API name | Type |\n| --- | --- |\n| `userId` | string |\n| `anonymousId` | string |'],
    ['v1 reported a track call as the visit of a page. v2 sends only those that a custom activity is made for.'],
    ['An instance has room for 10 custom activity types. Approve each one, then note its id.'],
    ['### `A`'],
    ['- Name `A`, API name `a`, trigger name `A`, filter name `A`'],
    ['- Its id is not known yet: note it once the activity is approved.'],
    ['| Property | Attribute | API name | Type | Primary | Calls that have it |'],
    ['| `name` | `name` | `name` | string | yes | 2 of 2 |\n| `days` | `days` | `days` | integer |  | 1 of 2 |'],
    ['| Property without an attribute | Times | Why |\n| --- | --- | --- |\n| (blank) | 1 | has a blank name |'],
    ['| Event without an activity | Times | Why |\n| --- | --- | --- |\n| (blank) | 1 | has a blank name |'],
    ['Of all others v2 writes only those that are mapped. v1 put a capital in front of each name (PascalCase)'],
    ['Standard traits (email, names, phone, company, gender, birthday, address) need nothing.'],
    ['so a custom field that v1 filled has such an API name, and keeps it. If v1 ran in browsers alone'],
    ['its fields have the traits’ own names: change the rows then.'],
    ['Compare the types with those in Field Management: theirs count.'],
    ['| Trait | v1 wrote | REST API name | Type | Field | Values | Remarks |'],
    ['| Trait without a row | Times | Why |'],
    ['| `plan` | 1 | goes to a field that another trait has: send one of them under another name |'],
    ['For device mode make an empty form. Its id and host stand under Form Actions, Embed Code.'],
    ['put the trigger of the custom activity (folder Custom) in the place of Visits Web Page and Visited Web Page'],
    ['What listens to visits of real pages stays as it is.'],
    ['| Web page is, or contains | Trigger to put there |\n| --- | --- |\n| `/event/A` | `A` |'],
    ['v2 finds a lead by email, then by userId. The leads that are there have no userId yet'],
    ['import a CSV of email and userId before you switch on (`segment-marketo migrate --csv` writes one).'],
    ['| Calls that may make a second lead | Seen |'],
    ['| identify calls without an email | 1 |'],
    ['| identify, track and page calls without a userId | 1 |'],
    ['| Calls | v1 | Instead | Names |'],
    ['| 1 | had nothing to do with screen calls | send a mapped track call'],
    ['They hold no credentials, and only events whose id is known.']
  ])('says in its steps: %s', (sentence) => {
    expect(full).toContain(sentence)
  })

  it('says what came of ids that were given, what was carried over, and which settings v2 has not', () => {
    const v1 = v1From({ pageOrigin: 'https://www.example.com', nameSplit: 'facade', trackParams: 'clean' })
    const given = { activityTypeIds: { A: 100_001, 'B\u202e': 1.5 } }
    const text = printMigration(migrate(v1, [track('A'), track('B\u202e'), track('C')], given))
    expect(text).toContain('- Its id is 100001, and it is in the settings below.')
    expect(text).toContain('Carried over from v1: `pageOrigin`, `nameSplit`.')
    expect(text).toContain('|  | wrote parameters of track calls without the last & | nothing to do')
    expect(text).toContain('To do: make 2 custom activities, put their ids into a file like this one')
    expect(text).toContain('```json\n{\n  "B\\u202e": 0,\n  "C": 0\n}\n```')
    expect(text).toContain('\n\nWrong with the ids:\n- activityTypeIds["B\\u202e"]: found a number that is no id')
    expect(text).toContain('| `eventName` | `Event Name` | `eventName` | string | yes | by default |')
    expect(page()).not.toContain('Wrong with the ids')
  })

  it('names what has no equivalent', () => {
    expect(page(identify({ email: 'a@b.co', tags: [1], more: {} }))).toMatch(/\| `more`, `tags` \|$/m)
  })

  it('has exactly the parts that there is something to say in', () => {
    const parts = (text: string) => text.split('\n\n').map((part) => part.split('\n').map((line) => line.slice(0, 12)))
    expect(parts(page())).toEqual([
      ['# From Marke'],
      ['For the Mark'],
      ['**Never leav'],
      ['## 1. Get RE'],
      ['v1 signed wi'],
      ['- The server', '- Device mod'],
      ['## 2. Make t'],
      ['In Field Man'],
      ['| API name |', '| --- | --- ', '| `userId` |', '| `anonymous'],
      ['## 3. Make a'],
      ['No track eve'],
      ['## 4. Make c'],
      ['Standard tra'],
      ['No custom tr'],
      ['For device m'],
      ['## 5. Change'],
      ['Nothing to c'],
      ['## 6. Preven'],
      ['v2 finds a l'],
      ['| Calls that', '| --- | --- ', '| identify c', '| identify, '],
      ['## What has '],
      ['Nothing of t'],
      ['## Settings '],
      ['They hold no'],
      ['```json', '{', '  "accountId', '  "anonymous', '  "traits": ', '  "events": ', '}', '```', '']
    ])
    const [, activity = []] = parts(page(track('A', { name: 'x' }))).slice(10)
    expect(activity).toEqual(['### `A`'])
    expect(page(track('A', { name: 'x' }))).toContain('\n\n- Name `A`')
    expect(page(track('A b'))).toContain('| `/event/A-b` or `/event/A b` | `A b` |')
    expect(parts(page(track('A'))).at(12)).toEqual(['- Name `A`, ', '- Primary at', '- Its id is '])
    expect(page(identify({ leadRole: 'x' }))).toMatch(/Marketo’s own \| 1 \| {2}\|$/m)
    expect(page(identify({ '': 1, 'a-b': 1 }))).toContain('| (blank) | 1 | has a blank name |')
    expect(page(track('A', Object.fromEntries(Array.from({ length: 22 }, (_, i) => [`p${i}`, 'x']))))).toMatch(
      /^\| `p9` \| 1 \| there was no room for more \|$/m
    )
  })

  it('tells each wrong id in a line of its own', () => {
    const text = printMigration(migrate(v1From(), [], { activityTypeIds: { A: 1.5, B: 1.5 } }))
    expect(text).toMatch(/\n- activityTypeIds.A: .*\n- activityTypeIds.B: .*\n$/)
    expect(text).toContain('They hold no credentials, and only events whose id is known.\n')
  })
})
