import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeProblem } from '../../src/ground/problem.js'
import { checkAgainst } from '../../src/settings/check-against.js'
import { readFieldSheet } from '../../src/settings/field-sheet.js'
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
