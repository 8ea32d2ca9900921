import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from '../../src/ground/json.js'
import { describeProblem } from '../../src/ground/problem.js'
import { checkAgainst } from '../../src/settings/check-against.js'
import { readFieldSheet } from '../../src/settings/field-sheet.js'
import { joinFields, joinTypes } from '../../src/settings/instance.js'
import { activityTypeOf, assetOf, channelOf, draftOf, fieldOf } from '../../src/settings/instance-items.js'
import { readInstance } from '../../src/settings/read-instance.js'
import { decodeSettings } from '../../src/v2/decode-settings.js'
import { describe2Answer, describeAnswer, instanceOf, success, toldParts, typesAnswer } from './told.js'

const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,12}$/).filter((text) => text !== 'null')
const label = fc.stringMatching(/^[A-Za-z][A-Za-z0-9 ",;\n]{0,12}[A-Za-z]$/).filter((text) => text !== 'null')
const field = fc.record({ rest: name, soap: name, label })
const cell = (text: string): string => `"${text.replace(/"/g, '""')}"`

describe('laws', () => {
  it('G2 the fields of a sheet are told with their three names, whatever the order of columns and rows', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(field, { selector: ({ rest }) => rest, minLength: 1, maxLength: 9 }),
        fc.shuffledSubarray(['rest', 'soap', 'label'] as const, { minLength: 3 }),
        fc.constantFrom('\n', '\r\n'),
        (fields, columns, end) => {
          const heads = { rest: 'REST API Name', soap: 'SOAP API Name', label: 'Friendly Label' }
          const rows = [
            columns.map((one) => heads[one]),
            ...fields.map((one) => columns.map((head) => cell(one[head])))
          ]
          const read = readFieldSheet(rows.map((row) => row.join(',') + end).join(''))
          const expected = fields.map((one) => ({ ...one, type: null, length: null, readOnly: null }))
          expect(read._tag === 'Right' && read.right.fields).toEqual(expected)
        }
      )
    )
  })

  it('P3 any text gets a verdict', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(['Left', 'Both', 'Right']).toContain(readFieldSheet(`REST API Name\n${text}`)._tag)
      })
    )
  })
})

describe('documented cases', () => {
  it('knows an answer by its items', () => {
    expect(instanceOf(describeAnswer).fields?.length).toBe(19)
    expect(instanceOf(describe2Answer).searchable).toEqual(['id', 'email', 'userId'])
    expect(instanceOf(typesAnswer).activityTypes?.map(({ id, status }) => [id, status])).toEqual([
      [100001, 'approved'],
      [100002, 'approved with draft'],
      [100003, 'draft']
    ])
    const schema = [{ name: 'a', displayName: 'A', dataType: 'textarea', length: 30_000, isCustom: true }]
    expect(instanceOf(schema).fields).toEqual([
      { rest: 'a', soap: null, label: 'A', type: 'text', length: 30_000, readOnly: null }
    ])
  })

  it('joins what several answers tell of a field', () => {
    const { fields } = instanceOf({
      schema: success([{ name: 'site', displayName: 'Home', dataType: 'url', length: 99 }]),
      describe: describeAnswer,
      describe2: success([{ name: 'API Lead', fields: [{ name: 'site', updateable: false }] }])
    })
    expect(fields?.[0]).toEqual({ rest: 'site', soap: 'Site', label: 'Home', type: 'url', length: 99, readOnly: false })
    expect(fields?.length).toBe(19)
  })

  it('takes pages one after another, and an answer without result for none', () => {
    expect(instanceOf(toldParts).lists?.map(({ name }) => name)).toEqual(['Trial users', 'Customers'])
    expect(instanceOf({ lists: { success: true, warnings: ['none'] } }).lists).toEqual([])
  })

  it('reads a sheet with columns of types', () => {
    const read = readFieldSheet(
      '\ufeffFriendly Label,SOAP API Name,REST API Name,Data Type,Length\nSite,Site,site,url,40\n'
    )
    expect(read._tag === 'Right' && read.right.fields).toEqual([
      { rest: 'site', soap: 'Site', label: 'Site', type: 'url', length: 40, readOnly: null }
    ])
  })

  it('reads rows that have one of the names', () => {
    const read = readFieldSheet('REST API Name,SOAP API Name\ncreatedAt,\n,FormsOnly\n,\n')
    expect(read._tag === 'Right' && read.right.fields?.map(({ rest, soap }) => [rest, soap])).toEqual([
      ['createdAt', null],
      [null, 'FormsOnly']
    ])
  })

  it('a sheet alone finds wrong names, and says what it cannot tell', () => {
    const sheet = readFieldSheet(
      'REST API Name,SOAP API Name,Friendly Label\nplanName,Plan_Name,Plan Name\nuserId,userId,User Id\n'
    )
    const settings = decodeSettings({ munchkinId: '561-HYG-937', traits: [{ trait: 'plan', field: 'Plan_Name' }] })
    if (sheet._tag !== 'Right' || settings._tag === 'Left') throw new Error('cannot be read')
    const { problems, unchecked } = checkAgainst(settings.right, null, sheet.right)
    expect(problems.map(describeProblem)).toEqual([
      'settings.traits[0].field: is not a known name (nearest: planName); this is its SOAP name: REST wants planName'
    ])
    expect(unchecked).toEqual([
      'types of lead fields',
      'which lead fields are read-only',
      'which lead fields are searchable'
    ])
  })
})

describe('items', () => {
  const nothing = { rest: null, soap: null, label: null, type: null, length: null, readOnly: null }

  it.each<[unknown, object | null]>([
    [null, null],
    [5, null],
    [{}, null],
    [{ name: ' ' }, null],
    [{ displayName: 'A' }, null],
    [
      { rest: { name: 'a', readOnly: true }, soap: { name: 'A' }, displayName: 'L', dataType: 'string', length: 5 },
      { rest: 'a', soap: 'A', label: 'L', type: 'string', length: 5, readOnly: true }
    ],
    [{ soap: { name: 'A' } }, { ...nothing, soap: 'A' }],
    [
      { rest: {}, soap: { name: 'A' }, name: 'n' },
      { ...nothing, soap: 'A' }
    ],
    [
      { rest: {}, name: 'n', updateable: true },
      { ...nothing, rest: 'n' }
    ],
    [
      { name: 'n', updateable: true },
      { ...nothing, rest: 'n', readOnly: false }
    ],
    [
      { name: 'n', updateable: false },
      { ...nothing, rest: 'n', readOnly: true }
    ],
    [
      { name: 'n', updateable: 'yes' },
      { ...nothing, rest: 'n' }
    ],
    [
      { name: 'n', dataType: 'lead_function' },
      { ...nothing, rest: 'n', type: 'formula' }
    ],
    [
      { name: 'n', dataType: 'unheard of', length: 0 },
      { ...nothing, rest: 'n' }
    ],
    [
      { name: 'n', dataType: 5, length: 1.5 },
      { ...nothing, rest: 'n' }
    ],
    [
      { name: 'n', length: '5' },
      { ...nothing, rest: 'n' }
    ],
    [
      { name: 'n', length: 1 },
      { ...nothing, rest: 'n', length: 1 }
    ]
  ])('%j is the field %j', (u, expected) => {
    expect(fieldOf(u)).toEqual(expected)
  })

  const untoldType = { apiName: null, name: '', status: null, primary: null, attributes: null, draft: null }
  const [one, other] = [
    { apiName: 'a', name: 'A', dataType: 'string' },
    { apiName: 'b', name: 'A', dataType: 'integer' }
  ]
  const [told1, told2] = [
    { apiName: 'a', name: 'A', type: 'string' },
    { apiName: 'b', name: 'A', type: 'integer' }
  ]

  it.each<[unknown, object | null]>([
    [null, null],
    [{ name: 'A' }, null],
    [{ id: 0 }, null],
    [{ id: -1 }, null],
    [{ id: 1.5 }, null],
    [{ id: '1x' }, null],
    [{ id: ['7'] }, null],
    [{ id: 'x1' }, null],
    [{ id: '1234567890123456' }, null],
    [{ id: '7' }, { ...untoldType, id: 7 }],
    [{ id: '123456789012345' }, { ...untoldType, id: 123_456_789_012_345 }],
    [
      { id: 1, apiName: 'x', name: 'X', status: 'draft' },
      { ...untoldType, id: 1, apiName: 'x', name: 'X', status: 'draft' }
    ],
    [
      { id: 1, attributes: [] },
      { ...untoldType, id: 1, attributes: [] }
    ],
    [
      { id: 1, attributes: [one, 5, {}] },
      { ...untoldType, id: 1, attributes: [told1] }
    ],
    [
      { id: 1, primaryAttribute: one },
      { ...untoldType, id: 1, primary: told1, attributes: [told1] }
    ],
    [
      { id: 1, primaryAttribute: one, attributes: [other, { ...other, isPrimary: true }, one] },
      { ...untoldType, id: 1, primary: told1, attributes: [told1, told2, told2] }
    ],
    [
      { id: 1, primaryAttribute: { apiName: null, name: 'A' }, attributes: [{ name: 'B' }, { name: 'A' }] },
      {
        ...untoldType,
        id: 1,
        primary: { apiName: null, name: 'A', type: null },
        attributes: [
          { apiName: null, name: 'A', type: null },
          { apiName: null, name: 'B', type: null }
        ]
      }
    ],
    [
      { id: 1, attributes: [other, { ...one, isPrimary: true }] },
      { ...untoldType, id: 1, primary: told1, attributes: [told1, told2] }
    ],
    [
      { id: 1, attributes: [{ ...one, isPrimary: 'true' }, { apiName: 'c' }, { name: 'D' }, { dataType: 'string' }] },
      {
        ...untoldType,
        id: 1,
        attributes: [told1, { apiName: 'c', name: 'c', type: null }, { apiName: null, name: 'D', type: null }]
      }
    ]
  ])('%j is the type %j', (u, expected) => {
    expect(activityTypeOf(u)).toEqual(expected)
  })

  it('a draft is the attributes of a type, and nothing else of it', () => {
    expect(draftOf({ id: 1, name: 'X', status: 'draft', primaryAttribute: one })).toEqual({
      ...untoldType,
      id: 1,
      name: 'X',
      draft: [told1]
    })
    expect(draftOf({ name: 'X' })).toBe(null)
  })

  it.each<[unknown, object | null]>([
    [null, null],
    [{ name: 'A' }, null],
    [{ id: 1 }, { id: 1, name: null, channel: null, requestable: null }],
    [
      { id: 2, name: 'B', channel: 'Webinar', isRequestable: false },
      { id: 2, name: 'B', channel: 'Webinar', requestable: false }
    ],
    [
      { id: 3, isRequestable: 'yes' },
      { id: 3, name: null, channel: null, requestable: null }
    ]
  ])('%j is the list, program or campaign %j', (u, expected) => {
    expect(assetOf(u)).toEqual(expected)
  })

  it.each<[unknown, object | null]>([
    [null, null],
    [{}, null],
    [{ name: '' }, null],
    [{ name: 'Webinar' }, { name: 'Webinar', statuses: [] }],
    [
      { name: 'Webinar', progressionStatuses: [{ name: 'Invited' }, {}, 5, { name: ' ' }] },
      { name: 'Webinar', statuses: ['Invited'] }
    ]
  ])('%j is the channel %j', (u, expected) => {
    expect(channelOf(u)).toEqual(expected)
  })
})

describe('parts', () => {
  it.each<[string, Json, string]>([
    ['rest', { rest: { name: 'a' } }, 'fields'],
    ['soap', { soap: { name: 'a' } }, 'fields'],
    ['searchableFields', { searchableFields: [['email']] }, 'searchable'],
    ['fields', { fields: [{ name: 'a' }] }, 'fields'],
    ['attributes', { id: 1, attributes: [] }, 'activityTypes'],
    ['primaryAttribute', { id: 1, primaryAttribute: {} }, 'activityTypes'],
    ['triggerName', { id: 1, triggerName: 'x' }, 'activityTypes'],
    ['dataType', { name: 'a', dataType: 'string' }, 'fields']
  ])('an answer whose items have %s is known by it', (_, item, part) => {
    for (const answer of [success([item]), [item]]) {
      const told = Object.entries(instanceOf(answer)).flatMap(([name, value]) =>
        Array.isArray(value) && value.length > 0 ? name : []
      )
      expect(told).toEqual([part])
    }
  })

  it('are told by name, what was told before stays, and the first counts', () => {
    const told = instanceOf({
      describe: [{ rest: { name: 'a' }, displayName: 'A' }],
      describe2: [{ searchableFields: [['email'], ['email', 'a'], [5], 'id', ['a']] }],
      schema: [{ name: 'a', displayName: 'B', length: 7 }, { name: 'b' }],
      activityTypes: [{ id: 1, name: 'One' }],
      activityTypeDrafts: [
        { id: 1, name: 'Other', attributes: [] },
        { id: 2, name: 'Two' }
      ],
      lists: [{ id: 3 }],
      programs: [{ id: 4 }],
      channels: [{ name: 'Webinar' }],
      campaigns: [{ id: 5 }]
    })
    expect(told.fields?.map(({ rest, label, length }) => [rest, label, length])).toEqual([
      ['a', 'A', 7],
      ['b', null, null]
    ])
    expect(told.searchable).toEqual(['email', 'a'])
    expect(told.activityTypes?.map(({ id, name: shown, draft }) => [id, shown, draft])).toEqual([
      [1, 'One', []],
      [2, 'Two', null]
    ])
    expect([told.lists, told.programs, told.campaigns].map((list) => list?.map(({ id }) => id))).toEqual([
      [3],
      [4],
      [5]
    ])
    expect(told.channels).toEqual([{ name: 'Webinar', statuses: [] }])
    const drafted = { activityTypeDrafts: [{ id: 1, attributes: [] }], activityTypes: [{ id: 1, name: 'One' }] }
    expect(instanceOf(drafted).activityTypes?.[0]).toMatchObject({ name: 'One', draft: [] })
    expect(instanceOf({ activityTypeDrafts: [{ id: 2 }] }).activityTypes?.map(({ id }) => id)).toEqual([2])
    expect(instanceOf({ describe2: [{ fields: [] }] }).searchable).toBe(null)
  })

  it('may be records of describe2 by themselves, and an asset’s answer without a result', () => {
    expect(instanceOf({ fields: [{ name: 'a' }], searchableFields: [['a']] })).toMatchObject({
      fields: [{ rest: 'a' }],
      searchable: ['a']
    })
    expect(instanceOf({ lists: { success: true }, channels: { success: true } })).toMatchObject({
      lists: [],
      channels: []
    })
    for (const answer of [{}, { success: 'yes' }, 'x']) expect(readInstance({ lists: answer })._tag).toBe('Left')
    const both = readInstance({ success: false, errors: [] })
    expect(both._tag === 'Left' && both.left.map(describeProblem)).toEqual([
      '(whole value): found an answer that Marketo refused; ask once more'
    ])
    for (const part of ['result', 'success'])
      expect(readInstance({ lists: [], [part]: [{ name: 'a', dataType: 'string' }] })._tag).toBe(
        part === 'result' ? 'Right' : 'Left'
      )
  })

  it('that nobody reads are a warning', () => {
    const read = readInstance({ describe: [{ name: 'a' }], programms: [] })
    expect(read._tag === 'Both' && read.left.map(({ weight }) => weight)).toEqual(['warning'])
    expect(read._tag === 'Both' && read.right).toMatchObject({ fields: [{ rest: 'a' }], programs: null })
  })

  it('may be pages, of which one refused is told', () => {
    const read = readInstance({ lists: [success([{ id: 1 }]), { success: false, errors: [] }, success([{ id: 2 }])] })
    expect(instanceOf({ lists: [success([{ id: 1 }]), success([{ id: 2 }])] }).lists?.length).toBe(2)
    for (const refused of [read, readInstance({ lists: { success: false, errors: [] } })])
      expect(refused._tag === 'Left' && refused.left.map(describeProblem)).toEqual([
        'lists: found an answer that Marketo refused; ask once more'
      ])
  })

  it('that break while they are read are told', () => {
    const breaking = Object.defineProperty({}, 'result', {
      enumerable: true,
      get: () => {
        throw new Error('no')
      }
    })
    const read = readInstance(breaking)
    expect(read._tag === 'Left' && read.left.map(({ mend, weight, at }) => [mend, weight, at])).toEqual([
      ['reading a member threw; hand over plain JSON', 'invalid', []]
    ])
  })

  it('of two answers about one thing each tells what the other has not', () => {
    const blank = { apiName: null, name: '', status: null, primary: null, attributes: null, draft: null }
    const full = { apiName: 'a', name: 'A', status: 'draft', primary: null, attributes: [], draft: [] }
    expect(
      joinTypes([
        { ...blank, id: 1 },
        { ...full, id: 1 },
        { ...full, id: 2 }
      ])
    ).toEqual([
      { ...full, id: 1 },
      { ...full, id: 2 }
    ])
    expect(
      joinTypes([
        { ...full, id: 1 },
        { ...full, id: 1, apiName: 'b', name: 'B', status: 'x' }
      ])
    ).toEqual([{ ...full, id: 1 }])
    const none = { rest: null, soap: null, label: null, type: null, length: null, readOnly: null }
    const all = { rest: 'a', soap: 'A', label: 'L', type: 'string', length: 5, readOnly: false } as const
    expect(joinFields([{ ...none, rest: 'a' }, all, { ...none, soap: 'A' }, { ...none, label: 'L' }])).toEqual([
      all,
      { ...none, soap: 'A' },
      { ...none, label: 'L' }
    ])
    expect(joinFields([all, { ...all, soap: 'B', label: 'M', type: 'text', length: 9, readOnly: true }])).toEqual([all])
  })
})

describe('near misses', () => {
  it.each<[string, unknown, string]>([
    ['a number', 42, '(whole value): found a number; hand over an answer of Marketo, or its result'],
    ['an empty list', [], '(whole value): found an answer of another kind; hand over the answer of describe'],
    [
      'leads',
      success([{ id: 1, email: 'ana@example.com' }]),
      '(whole value): found an answer of another kind; hand over'
    ],
    [
      'a refusal',
      { success: false, errors: [{ code: '601' }] },
      '(whole value): found an answer that Marketo refused; ask once more'
    ],
    ['a part that is none', { describe: 1, lists: [] }, 'describe: found a number; hand over an answer of Marketo']
  ])('refuses %s', (_, u, expected) => {
    const read = readInstance(u)
    expect(read._tag === 'Left' ? describeProblem(read.left[0]) : '').toContain(expected)
  })

  it('says which part nothing reads', () => {
    const read = readInstance({ describe: describeAnswer, programms: [] })
    expect(read._tag === 'Both' ? read.left.map(describeProblem) : []).toEqual([
      'programms: is not a known name (nearest: programs); nothing reads it: the parts are describe, describe2, schema, activityTypes, activityTypeDrafts, lists, programs, channels, campaigns'
    ])
  })

  it.each([
    ['another table', 'Email,Name\na@example.com,Ana\n'],
    ['a head alone', 'REST API Name,SOAP API Name\n'],
    ['semicolons', 'Name;Label\nplanName;Plan\n'],
    ['nothing', '']
  ])('refuses a sheet that is %s', (_, text) => {
    expect(readFieldSheet(text)._tag).toBe('Left')
  })

  it.each([
    ['without a column of REST names', 'SOAP API Name,Friendly Label\nA,B\n', 'REST API Name'],
    ['without a row', 'REST API Name,SOAP API Name\n', 'rows'],
    ['whose rows are blank', 'REST API Name,SOAP API Name\n , \n', 'rows']
  ])('says of a sheet %s what is missing, and how to get it', (_, text, at) => {
    expect(readFieldSheet(text)).toEqual({
      _tag: 'Left',
      left: [
        {
          _tag: 'Missing',
          weight: 'invalid',
          at: [at],
          mend: expect.stringContaining('with commas and with its first row')
        }
      ]
    })
  })

  it.each([
    ['40', 40],
    [' 255 ', 255],
    ['123456789', 123_456_789],
    ['1234567890', null],
    ['0', null],
    ['040', null],
    ['4x', null],
    ['x4', null],
    ['1.5', null],
    ['', null]
  ])('takes length %j for %j', (cell, length) => {
    const read = readFieldSheet(`REST API Name,Length\na,${cell}\nb,7\n`)
    expect(read._tag === 'Right' && read.right.fields?.map((field) => field.length)).toEqual([length, 7])
  })

  it.each(['Friendly Label', 'Label', 'Display Name', 'Field Name', ' field_name '])('takes %j for a label', (head) => {
    const read = readFieldSheet(`${head},REST API Name\n Plan name ,plan\n,seats\n`)
    expect(read._tag === 'Right' && read.right.fields?.map(({ label, rest }) => [label, rest])).toEqual([
      ['Plan name', 'plan'],
      [null, 'seats']
    ])
  })

  it('takes no type that Marketo has not', () => {
    const read = readFieldSheet('REST API Name,Data Type\na,number\nb,integer\nc,\n')
    expect(read._tag === 'Right' && read.right.fields?.map(({ type }) => type)).toEqual([null, 'integer', null])
  })

  it('passes over rows of too few cells, and says so', () => {
    const read = readFieldSheet('REST API Name,SOAP API Name\na\nb,B\n')
    expect(read._tag === 'Both' && read.left.map(({ weight }) => weight)).toEqual(['warning'])
    expect(read._tag === 'Both' && [read.left.map(describeProblem), read.right.fields?.length]).toEqual([
      [
        'rows[0]: found another number of cells; this row is passed over: it has more cells than the first row, or fewer'
      ],
      1
    ])
  })
})
