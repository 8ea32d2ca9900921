import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeProblem } from '../../src/ground/problem.js'
import type { Collection } from '../../src/source/collection.js'
import { defineCollection } from '../../src/source/define-collection.js'
import { readFileRows, readRows } from '../../src/source/read-rows.js'
import type { RowsRead } from '../../src/source/rows-read.js'
import { compileSource } from '../../src/source/tables.js'
import { fragile } from '../arbitraries/hostile.js'
import { readBy, rowBy, settingsWith } from './given.js'

/** Where something is said, and how much was lost; there are words for all of it. */
const said = ({ problems }: RowsRead): ReadonlyArray<string> =>
  problems.map((problem) => {
    expect(Object.values(problem)).not.toContain('')
    return `${problem.weight} ${problem.at.join('.')}`
  })

const answer = (body: unknown, status = 200) => ({ status, headers: {}, body })

describe('records', () => {
  // biome-ignore format: table
  it.each<[string, string, object, object]>([
    ['a folder that is text',            'email', { id: 1, folder: 'x' },                       { folder_type: null, folder_value: null, folder_name: null }],
    ['a folder by id',                   'email', { id: 1, folder: { id: 7, type: 'folder' } }, { folder_type: 'folder', folder_value: '7', folder_name: null }],
    ['a header that is bare text',       'email', { id: 1, subject: 'x', fromName: null },      { subject: 'x', from_name: null }],
    ['a URL in capitals first',          'landing_pages', { id: 1, URL: 'a', url: 'b' },        { url: 'a' }],
    ['a URL in capitals of null',        'landing_pages', { id: 1, URL: null, url: 'b' },       { url: 'b' }],
    ['a URL in capitals that is empty',  'landing_pages', { id: 1, URL: '', url: 'b' },         { url: 'b' }],
    ['a URL that is empty',              'landing_pages', { id: 1, URL: '' },                   { url: '' }],
    ['the other campaign endpoint',      'campaigns', { id: 1, isActive: false, workspace: 'W' }, { active: false, workspace_name: 'W' }],
    ['no is a value',                    'campaigns', { id: 1, active: false, isActive: true }, { active: false }],
    ['a list in a program',              'lists', { id: 1, folder: { type: 'program', folderName: 'P' } }, { program_name: 'P' }],
    ['a list in a folder',               'lists', { id: 1, folder: { type: 'Folder', folderName: 'F' } },  { program_name: null }],
    ['a list that names its program',    'lists', { id: 1, programName: 'N', folder: { type: 'Program', folderName: 'P' } }, { program_name: 'N' }],
    ['a segment with its own parent',    'segments', { id: 1, segmentationId: 5 },              { segmentation_id: '5' }],
    ['a segment without',                'segments', { id: 1 },                                 { segmentation_id: '1004' }],
    ['what a lead does not tell',        'leads', { id: 1, deletedAt: 'x', deleted_at: 'x' },   { deleted_at: null }],
    ['an id as text',                    'leads', { id: '0012' },                               { id: '0012' }],
    ['a surname',                        'leads', { id: 1, lastName: 'Null' },                  { last_name: 'Null' }]
  ])('%s', (_, collection, record, cells) => {
    expect(rowBy(collection, record, '1004')).toMatchObject(cells)
  })

  // biome-ignore format: table
  it.each<[string, string, unknown, ReadonlyArray<string>]>([
    ['no record',               'leads', null,                                   ['invalid leads.0']],
    ['a list for a record',     'lead_activities', [],                           ['invalid lead_activities.0']],
    ['no id',                   'leads', { email: 'x' },                         ['invalid leads.0.id']],
    ['an id that is none',      'email', { id: 1.5 },                            ['dropped email.0.id', 'invalid email.0.id']],
    ['text that is true',       'email', { id: 1, name: true },                  ['dropped email.0.name']],
    ['a time without a zone',   'email', { id: 1, createdAt: '2025-01-01T00:00:00' }, ['dropped email.0.created_at']],
    ['an id of many digits',    'leads', { id: 2 ** 60 },                        ['warning leads.0.id']],
    ['an activity of no type',  'lead_activities', { id: 1 },                    ['invalid lead_activities.0.activity_type_id']],
    ['an activity without id',  'lead_activities', { activityTypeId: 1 },        ['warning lead_activities.0.id']],
    ['a type without id',       'lead_activity_types', { name: 'x' },            ['invalid lead_activity_types.0.id']],
    ['attributes of no name',   'lead_activities', { id: 1, activityTypeId: 1, attributes: [1, {}, { name: '' }, { name: 'x' }] }, ['dropped lead_activity_attributes.0.name']],
    ['attributes that are text', 'lead_activities', { id: 1, activityTypeId: 1, attributes: 'x' }, ['dropped lead_activity_attributes.0.name']],
    ['attributes that are true', 'lead_activities', { id: 1, activityTypeId: 1, attributes: true }, ['dropped lead_activity_attributes.0.name']],
    ['a type with text for them', 'lead_activity_types', { id: 1, attributes: 'x' }, ['dropped lead_activity_type_attributes.0.name']],
    ['a type with none of a name', 'lead_activity_types', { id: 1, attributes: [{ dataType: 'x' }] }, ['dropped lead_activity_type_attributes.0.name']]
  ])('%s is told', (_, collection, record, problems) => {
    expect(said(readBy(collection, record))).toEqual(problems)
  })
})

describe('a record that breaks while it is read', () => {
  it('is told with its place', () => {
    const broken = Object.defineProperty({ id: 1 }, 'email', {
      get: () => {
        throw new Error('x')
      }
    })
    expect(said(readBy('leads', broken))).toEqual(['invalid leads.0'])
  })
})

describe('attributes that are too many', () => {
  const of = (length: number) => Array.from({ length }, (_, i) => ({ name: `n${i}`, value: i }))

  it.each([
    ['lead_activities', 'an object, or either as JSON: the activity stays without them'],
    ['lead_activity_types', 'the type stays without them']
  ])('are left out of %s from the thousandth on, and told', (collection, rest) => {
    const read = (count: number) => readBy(collection, { id: 1, activityTypeId: 1, attributes: of(count) })
    expect([read(1_000).rows.length, read(1_000).problems]).toEqual([1_001, []])
    expect([read(1_001).rows.length, said(read(1_001)).length]).toEqual([1_001, 1])
    expect(read(1_001).problems[0]?.mend).toContain('attributes are a list of 1000 at most')
    expect(read(1_001).problems[0]?.mend).toContain(rest)
  })
})

describe('activities', () => {
  const bare = { leadId: 1, activityTypeId: 12, activityDate: '2025-11-19T17:40:00Z' }

  it.each([
    ['the GUID', { marketoGUID: 'g', id: 7 }, 'g', '7'],
    ['the old id where the GUID is empty', { marketoGUID: '', id: 7 }, '7', '7'],
    ['the old id where the GUID is blank', { marketoGUID: ' ', id: 7 }, '7', '7'],
    ['the old id where the GUID is none', { marketoGUID: true, id: 0 }, '0', '0']
  ])('are known by %s', (_, ids, id, activityId) => {
    expect(rowBy('lead_activities', { ...bare, ...ids })).toMatchObject({ id, activity_id: activityId })
  })

  it('are known by all that they say where they have no id, in whatever order and form', () => {
    const one = rowBy('lead_activities', { ...bare, attributes: { a: 1, b: '2' } })
    const list = [
      { name: 'b', value: 2 },
      { apiName: 'a', value: '1' }
    ]
    const again = { ...bare, leadId: '1', activityDate: '2025-11-19T17:40:00Z+0000', attributes: list }
    expect(rowBy('lead_activities', again)).toEqual(one)
    expect(one).toMatchObject({ id: expect.stringMatching(/^gen-[0-9a-f]{40}$/), activity_id: null })
    expect(rowBy('lead_activities', { ...bare, leadId: 2, attributes: list })).not.toMatchObject({
      id: Reflect.get(one, 'id')
    })
  })

  it('made ids are these, for good', () => {
    expect(rowBy('lead_activities', { ...bare, attributes: { a: 1 } })).toMatchObject({
      id: 'gen-83a0df8e6c0d68c99f4f9f0162ed2f887e9047e0'
    })
  })

  it('keep every attribute, with its value as text', () => {
    const attributes = [{ name: 'x', value: '' }, { name: 'x', value: null }, { name: 'x' }, { name: 7, value: [1] }]
    const { rows } = readBy('lead_activities', { ...bare, id: 1, attributes })
    expect(rows.slice(1).map(({ row }) => [row.name, row.value])).toEqual([
      ['x', ''],
      ['x', null],
      ['x', null],
      ['7', '[1]']
    ])
  })
})

describe('attributes', () => {
  // biome-ignore format: table
  it.each<[string, unknown, ReadonlyArray<string>, number]>([
    ['nothing',                   undefined,                          [],         0],
    ['null',                      null,                               [],         0],
    ['empty text',                '',                                 [],         0],
    ['null as text',              'null',                             [],         0],
    ['text that is no JSON',      '{',                                [],         1],
    ['true',                      true,                               [],         1],
    ['a number as text',          '7',                                [],         1],
    ['an empty name in an object', { '': 1, a: 2 },                   ['a'],      1],
    ['an empty name, and another', [{ name: '', apiName: 'a' }],      ['a'],      0],
    ['a name that is true',       [{ name: true, apiName: 'a' }, { name: true }], ['a'], 1],
    ['a name without an end',     [{ name: Number.NaN }],             [],         1]
  ])('that are %s make these rows', (_, attributes, names, problems) => {
    const read = readBy('lead_activities', { id: 1, activityTypeId: 1, attributes })
    expect(read.rows.slice(1).map(({ row }) => row.name)).toEqual(names)
    expect(said(read)).toEqual(Array(problems).fill('dropped lead_activity_attributes.0.name'))
  })

  it('that cannot be told hold nothing', () => {
    const attributes = { a: { toJSON: () => undefined } }
    expect(readBy('lead_activities', { id: 1, activityTypeId: 1, attributes }).rows[1]?.row).toMatchObject({
      value: null
    })
  })

  it('are none of a type where it tells none', () => {
    for (const more of [{}, { attributes: null }, { attributes: [] }]) {
      const read = readBy('lead_activity_types', { id: 1, ...more })
      expect([read.rows.length, said(read)]).toEqual([1, []])
    }
  })
})

describe('types', () => {
  it('tell data types in lower case, and names by their API names where there is no other', () => {
    const type = {
      id: 9,
      primaryAttribute: { apiName: 'mailingId', dataType: ' Integer ' },
      attributes: [{ apiName: 'a', dataType: 'Date' }, { name: 'a' }]
    }
    expect(readBy('lead_activity_type_attributes', type).rows.map(({ row }) => row)).toEqual([
      {
        id: '9',
        name: null,
        description: null,
        primary_attribute_name: 'mailingId',
        primary_attribute_data_type: 'integer'
      },
      { id: '9:a', activity_type_id: '9', name: 'a', data_type: 'date' },
      { id: '9:a:#2', activity_type_id: '9', name: 'a', data_type: null }
    ])
  })
})

describe('deletions', () => {
  const activityDate = '2025-11-19T17:40:00Z'
  const merge = (value: unknown, name = 'Merge IDs') => ({
    activityTypeId: 32,
    leadId: 1,
    activityDate,
    attributes: [{ name, value }]
  })

  // biome-ignore format: table
  it.each<[string, unknown, ReadonlyArray<string>]>([
    ['a lead that was deleted',       { activityTypeId: '37', leadId: 9, activityDate, primaryAttributeValueId: 4 }, ['9']],
    ['one in Salesforce only',        { activityTypeId: 29, leadId: 9, activityDate },        []],
    ['any other activity',            { activityTypeId: 13, leadId: 9 },                      []],
    ['one whose id has many digits',  { activityTypeId: '37', leadId: 2 ** 60, activityDate }, ['1152921504606847000']],
    ['a list of leads',               merge([2, '3']),                                        ['2', '3']],
    ['a list as text',                merge('[2, 3]'),                                        ['2', '3']],
    ['a list of texts as text',       merge('["2","3"]'),                                     ['2', '3']],
    ['one lead',                      merge(2),                                               ['2']],
    ['one told twice, and who stays', merge('2, 2,1'),                                        ['2']],
    ['in a cell of a file',           { ...merge(null), attributes: '{"Merge IDs":"[2, 3]"}' }, ['2', '3']]
  ])('%s', (_, activity, ids) => {
    const { rows, problems } = readBy('deletions', activity)
    expect(problems).toEqual([])
    const rest = { deleted_at: '2025-11-19T17:40:00.000Z' }
    expect(rows).toEqual(ids.map((id) => ({ collection: 'leads', partial: true, row: { id, ...rest } })))
  })

  it.each([
    ['no lead', { activityTypeId: 37, activityDate }, 'invalid leads.0.id'],
    ['nobody who goes', merge([]), 'invalid leads.0.id'],
    ['nobody at all', merge(null), 'invalid leads.0.id'],
    ['another attribute', merge([2], 'Master Updated'), 'invalid leads.0.id'],
    ['no time', { activityTypeId: 37, leadId: 9 }, 'invalid leads.0.deleted_at'],
    ['no record', 7, 'invalid leads.0']
  ])('%s is told', (_, activity, problem) => {
    expect(said(readBy('deletions', activity))).toEqual([problem])
  })
})

describe('answers and files', () => {
  const read = readRows(settingsWith())
  const readFile = readFileRows(settingsWith())

  // biome-ignore format: table
  it.each<[string, unknown, ReadonlyArray<string>]>([
    ['no success',           { success: false, result: [{ id: 1 }] }, ['invalid leads']],
    ['no envelope',          [{ id: 1 }],                             ['invalid leads']],
    ['HTML',                 '<html>',                                ['invalid leads']],
    ['success and no result', { success: true },                      []],
    ['a result of null',     { success: true, result: null },         []],
    ['an empty result',      { success: true, result: [] },           []]
  ])('%s gives no rows', (_, body, problems) => {
    expect(read('leads', answer(body)).rows).toEqual([])
    expect(said(read('leads', answer(body)))).toEqual(problems)
  })

  it('read a body that is still text, but not under a status that denies it', () => {
    const body = JSON.stringify({ success: true, result: [{ id: 1 }] })
    expect(read('leads', answer(body)).rows).toHaveLength(1)
    expect(read('leads', answer(body, 500)).rows).toHaveLength(0)
  })

  it('know no other collection, and say which is like it', () => {
    for (const none of [read('emails', answer({ success: true })), readFile('emails', 'id\n1')]) {
      expect(said(none)).toEqual(['invalid emails'])
      expect(none.problems.map(describeProblem)).toEqual([
        'emails: is not a known name (nearest: email); name one of the collections, or define it in the settings'
      ])
    }
  })

  it('tell rows of a file by their number, the broken ones among them', () => {
    const told = readFile('leads', 'id,email\n1\n2,x\n,y\n4,5,6\n7,\n8\n')
    expect(told.rows.map(({ row }) => row.id)).toEqual(['2', '7'])
    expect(said(told)).toEqual(['invalid leads.0', 'invalid leads.2.id', 'invalid leads.3', 'invalid leads.5'])
  })

  it.each([
    ['leads', ''],
    ['leads', 'id,email\n'],
    ['lead_activities', 'leadId,activityTypeId\n']
  ])('a file of %s may be empty', (collection, text) => {
    expect(readFile(collection, text)).toEqual({ rows: [], problems: [] })
  })

  it.each([
    ['leads', '{"success":false,"errors":[{"code":"602","message":"Access token expired"}]}'],
    ['leads', 'leadId\n1\n2\n'],
    ['lead_activities', 'id,leadId\n1,2\n']
  ])('a file of %s that is none is told once', (collection, text) => {
    expect(said(readFile(collection, text))).toEqual([`invalid ${collection}`])
  })
})

describe('collections of one’s own', () => {
  const companies = {
    name: 'companies',
    says: 'companies of leads',
    path: '/rest/v1/companies.json',
    paging: 'token',
    query: { filterType: 'company', filterValues: 'Acme', fields: 'id,company,numberOfEmployees,updatedAt' },
    columns: [
      'id',
      { name: 'company', type: 'text' },
      { name: 'employees', type: 'integer', from: ['numberOfEmployees', ['size', 'employees']] },
      { name: 'updated_at', type: 'time', from: 'updatedAt', says: 'when it last changed' }
    ]
  }
  const made = (u: unknown): Collection => {
    const defined = defineCollection(u)
    if (defined._tag !== 'Right') throw new Error(JSON.stringify(defined.left))
    return defined.right
  }

  it('are completed', () => {
    expect(made(companies)).toEqual({
      name: 'companies',
      says: 'companies of leads',
      reads: {
        by: 'token',
        endpoint: 'getCollection',
        path: ['rest', 'v1', 'companies.json'],
        query: [
          ['filterType', 'company'],
          ['filterValues', 'Acme'],
          ['fields', 'id,company,numberOfEmployees,updatedAt']
        ],
        parent: null,
        updated: false
      },
      otherwise: null,
      columns: [
        { name: 'id', type: 'id', from: [['id']], says: '' },
        { name: 'company', type: 'text', from: [['company']], says: '' },
        { name: 'employees', type: 'integer', from: [['numberOfEmployees'], ['size', 'employees']], says: '' },
        { name: 'updated_at', type: 'time', from: [['updatedAt']], says: 'when it last changed' }
      ]
    })
  })

  it('are read like the twelve, and stand behind them', () => {
    const settings = settingsWith([], [made(companies)])
    const result = [{ seq: 0, id: 1029, company: 'Acme', size: { employees: '12' } }]
    expect(readRows(settings)('companies', answer({ success: true, result })).rows).toEqual([
      { collection: 'companies', partial: false, row: { id: '1029', company: 'Acme', employees: 12, updated_at: null } }
    ])
    expect(
      compileSource(settings)
        .collections.map(({ name }) => name)
        .slice(-2)
    ).toEqual(['segments', 'companies'])
  })

  it('are read from a file that has one of the places of their ids', () => {
    const tags = made({
      name: 'tags',
      path: '/rest/tags',
      paging: 'once',
      columns: [{ name: 'id', from: ['key', 'tagId'], type: 'id' }]
    })
    const read = readFileRows(settingsWith([], [tags]))
    expect(read('tags', 'tagId\n7\n').rows.map(({ row }) => row)).toEqual([{ id: '7' }])
    expect(said(read('tags', 'id\n7\n'))).toEqual(['invalid tags'])
  })

  it('hold the id of no parent where they have none, whatever their columns are called', () => {
    const columns = ['id', 'null', 'null_id', 'undefined_id']
    const tags = made({ name: 'tags', path: '/rest/tags', paging: 'once', columns })
    const all = compileSource(settingsWith([{ field: 'undefined_id', type: 'id' }], [tags]))
    expect(rowBy('tags', { id: 1 }, '7', all)).toEqual({ id: '1', null: null, null_id: null, undefined_id: null })
    expect(rowBy('leads', { id: 1 }, '7', all)).toMatchObject({ id: '1', undefined_id: null })
  })

  it('have one reader each, and what is no collection has none', () => {
    const { collections, reader } = compileSource(settingsWith())
    for (const { name } of collections) expect(reader(name)).toBe(reader(name))
    for (const name of ['nobody', 'constructor', '']) expect(reader(name)).toBeUndefined()
  })

  it('hold the id of a parent', () => {
    const path = ['rest', 'asset', 'v1', 'program', '{id}', 'tags.json']
    const tags = made({ name: 'tags', path, paging: 'once', parent: 'programs', columns: ['id', 'programs_id'] })
    const read = readRows(settingsWith([], [tags]))
    expect(read('tags', answer({ success: true, result: [{ id: 1 }] }), '7').rows[0]?.row).toEqual({
      id: '1',
      programs_id: '7'
    })
  })

  // biome-ignore format: table
  it.each<[string, object, string]>([
    ['a name of the twelve',    { name: 'leads' },                                     'name'],
    ['a name with a capital',   { name: 'Companies' },                                 'name'],
    ['no name',                 { name: undefined },                                   'name'],
    ['no path',                 { path: undefined },                                   'path'],
    ['a path of another API',   { path: '/bulk/v1/leads/export.json' },                'path'],
    ['a path that climbs',      { path: '/rest/../identity' },                         'path.1'],
    ['a path with a query',     { path: '/rest/v1/companies.json?x=1' },               'path.2'],
    ['a parent without a place', { parent: 'programs' },                               'path'],
    ['a place without a parent', { path: '/rest/v1/x/{id}/y.json' },                   'parent'],
    ['unknown paging',          { paging: 'pages' },                                   'paging'],
    ['paging in the query',     { query: { nextPageToken: 'x' } },                     'query.0'],
    ['a token in the query',    { query: [['access_token', 'x']] },                    'query.0'],
    ['a query that is text',    { query: 'a=b' },                                      'query'],
    ['no columns',              { columns: [] },                                       'columns.0'],
    ['another column first',    { columns: ['company', 'id'] },                        'columns.0'],
    ['an id that is text',      { columns: [{ name: 'id', type: 'text' }] },           'columns.0'],
    ['a column twice',          { columns: ['id', 'a', 'a'] },                         'columns.2'],
    ['a column of no kind',     { columns: ['id', { name: 'a', type: 'money' }] },     'columns.1.type'],
    ['a column from nowhere',   { columns: ['id', { name: 'a', from: '' }] },          'columns.1.from'],
    ['a column of a wild name', { columns: ['id', '__proto__'] },                      'columns.1.name'],
    ['columns without end',     { columns: new Array(2 ** 32 - 1) },                   'columns']
  ])('%s is refused', (_, change, place) => {
    const defined = defineCollection({ ...companies, ...change })
    expect(defined._tag === 'Left' && defined.left.map(({ at }) => at.join('.'))).toContain(place)
  })

  it('have a path of twenty parts at most', () => {
    const pathOf = (parts: number) => `/${['rest', ...Array(parts - 1).fill('x')].join('/')}`
    const tags = (parts: number) => defineCollection({ ...companies, path: pathOf(parts) })._tag
    expect([tags(1), tags(2), tags(20), tags(21)]).toEqual(['Left', 'Right', 'Right', 'Left'])
  })

  it('say what nobody reads', () => {
    const defined = defineCollection({ ...companies, colums: [] })
    expect(defined._tag === 'Both' && defined.left.map(describeProblem)).toEqual([
      'colums: is not a known name (nearest: columns); nothing reads it: correct the name or take it out'
    ])
  })

  it('P3 get a verdict, whatever is given', () => {
    const keys = fc.constantFrom('name', 'path', 'paging', 'columns', 'query', 'parent', 'says')
    fc.assert(
      fc.property(fc.dictionary(keys, fc.anything()), fc.nat({ max: 40 }), (given, patience) => {
        const whole = { ...companies, ...given }
        for (const u of [given, whole, fragile(whole, patience)])
          expect(['Left', 'Right', 'Both']).toContain(defineCollection(u)._tag)
      })
    )
  })
})
