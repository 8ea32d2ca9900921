import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeProblem, malformed } from '../../src/ground/problem.js'
import { collections } from '../../src/source/collections.js'
import { decodeSourceSettings } from '../../src/source/decode-settings.js'
import { defineCollection } from '../../src/source/define-collection.js'
import type { SourceSettings } from '../../src/source/settings.js'
import { fragile } from '../arbitraries/hostile.js'
import { frozen } from '../endpoints/reading.js'

const munchkinId = '561-HYG-937'
const activityTypeIds = '1, 2'

const said = (u: unknown): ReadonlyArray<string> => {
  const read = decodeSourceSettings(u)
  return read._tag === 'Right' ? [] : read.left.map(describeProblem)
}

const settingsOf = (more: object): SourceSettings => {
  const read = decodeSourceSettings({ munchkinId, activityTypeIds, ...more })
  if (read._tag === 'Left') throw new Error(read.left.map(describeProblem).join('\n'))
  return read.right
}

const companies = {
  name: 'companies',
  says: 'companies',
  reads: {
    by: 'token',
    endpoint: 'getCollection',
    path: ['rest', 'v1', 'companies.json'],
    query: [['filterType', 'id']],
    parent: null,
    updated: false
  },
  otherwise: null,
  columns: [
    { name: 'id', type: 'id', from: [['id']], says: 'it' },
    {
      name: 'name',
      type: 'text',
      from: [['company'], ['name']],
      says: '',
      lastly: { from: ['folder'], when: ['type'], is: 'x' }
    }
  ]
}
const withReads = (reads: object) => ({ defined: [{ ...companies, reads: { ...companies.reads, ...reads } }] })
const hangs = (parent: string) => withReads({ parent, path: ['rest', '{id}'] })
const given = { name: 'things', path: '/rest/v1/things.json', paging: 'once', columns: ['id'] }
const endless = new Array(2 ** 32 - 1)
const withColumns = (...columns: ReadonlyArray<object | string>) => ({
  defined: [{ ...companies, columns: [{ name: 'id', type: 'id', from: [['id']] }, ...columns] }]
})

describe('settings of a source', () => {
  it('are complete from the instance alone, with a warning of the tables that stay empty', () => {
    expect(decodeSourceSettings({ munchkinId: '561-hyg-937' })).toMatchObject({
      _tag: 'Both',
      right: {
        munchkinId,
        schemaName: 'marketo',
        activityTypeIds: [],
        customLeadFields: [],
        dailyCallLimit: null,
        collections: collections.map(({ name }) => name),
        defined: []
      }
    })
    expect(said({ munchkinId })).toEqual([
      'activityTypeIds: is missing; lead_activities and lead_activity_attributes will stay empty: name types of activities, such as 1, 2, 6, 10, 11'
    ])
  })

  // biome-ignore format: table
  it.each<[string, object, Partial<SourceSettings>]>([
    ['types as text',             { activityTypeIds: ' 1,2 , 100001,' },         { activityTypeIds: [1, 2, 100_001] }],
    ['types as a list',           { activityTypeIds: [1, '2'] },                 { activityTypeIds: [1, 2] }],
    ['the types of changes',      { activityTypeIds: '12,13,32' },               { activityTypeIds: [12, 13, 32] }],
    ['fields as text',            { customLeadFields: 'leadScore, Plan__c' },    { customLeadFields: [{ field: 'leadScore', type: 'any' }, { field: 'Plan__c', type: 'any' }] }],
    ['fields as a list',          { customLeadFields: ['a', { field: 'b', type: 'integer' }, { field: 'c' }] },
                                                                                 { customLeadFields: [{ field: 'a', type: 'any' }, { field: 'b', type: 'integer' }, { field: 'c', type: 'any' }] }],
    ['no fields',                 { customLeadFields: ' ' },                     { customLeadFields: [] }],
    ['a schema',                  { schemaName: 'marketo_prod' },                { schemaName: 'marketo_prod' }],
    ['a limit as digits',         { dailyCallLimit: '10000' },                   { dailyCallLimit: 10_000 }],
    ['no limit',                  { dailyCallLimit: '' },                        { dailyCallLimit: null }],
    ['collections as text',       { collections: 'leads, email' },               { collections: ['leads', 'email'] }],
    ['an attribute of 255 characters', { customActivityAttributes: ['a'.repeat(255)] }, { customActivityAttributes: [{ attribute: 'a'.repeat(255), type: 'any' }] }],
    ['63 characters',             { defined: [{ ...given, name: 'a'.repeat(63) }] }, {}],
    ['a parent’s parent',         { defined: [{ ...given, path: '/rest/{id}', parent: 'others' }, { ...given, name: 'others', path: '/rest/{id}', parent: 'segments' }] }, {}],
    ['segments alone',            { collections: ['segments'] },                 { collections: ['segments'] }]
  ])('%s', (_, more, expected) => {
    expect(settingsOf(more)).toMatchObject(expected)
    expect(said({ munchkinId, activityTypeIds, ...more })).toEqual([])
  })

  it('take collections of the caller’s own, which are read as well unless others are named', () => {
    const settings = settingsOf({ defined: [companies] })
    expect(settings.defined).toEqual([companies])
    expect(settings.collections).toEqual([...collections.map(({ name }) => name), 'companies'])
    expect(settingsOf({ defined: [companies], collections: ['companies'] }).collections).toEqual(['companies'])
    const { says, otherwise, ...least } = companies
    const { query, parent, updated, endpoint, ...reads } = companies.reads
    expect(settingsOf({ defined: [{ ...least, reads }] }).defined).toEqual([
      { ...companies, says: '', reads: { ...companies.reads, query: [] } }
    ])
  })

  it('that were read are read again as they are', () => {
    const settings = settingsOf({
      customLeadFields: 'leadScore, email',
      activityTypeIds: '1,1',
      collections: 'leads,leads,companies,segments',
      defined: [companies]
    })
    expect(decodeSourceSettings(settings)).toEqual({ _tag: 'Right', right: settings })
  })

  // biome-ignore format: table
  it.each<[string, object, ReadonlyArray<string>]>([
    ['no instance',                 { munchkinId: undefined },                     ['munchkinId: is missing; name the instance, such as 561-HYG-937']],
    ['a name of the page’s prose',  { collections: ['leads_activity_attributes'] },['collections[0]: is not a known name (nearest: lead_activity_attributes); expected one of leads, campaigns, email, landing_pages, lists, lead_activities, lead_activity_attributes, lead_activity_types, lead_activity_type_attributes, programs, segmentation, segments']],
    ['a name that REST knows not',  { customLeadFields: ['lead score'] },          ['customLeadFields[0]: found text; expected the REST name of a lead field']],
    ['a kind of column',            { customLeadFields: [{ field: 'a', type: 'int' }] }, ['customLeadFields[0].type: is not a known name; expected one of id, text, time, date, boolean, integer, number, any']],
    ['a field twice',               { customLeadFields: 'a, b, a' },               ['customLeadFields[2]: claims the same place as customLeadFields[0]; keep one of them']],
    ['a schema with a dot',         { schemaName: 'a.b' },                         ['schemaName: found text; expected a name of letters, digits and _, no digit first, of at most 63 characters']],
    ['a limit of nothing',          { dailyCallLimit: 0 },                         ['dailyCallLimit: found a number; expected a whole number from 1 to 9007199254740991']],
    ['types that are words',        { activityTypeIds: 'open, click' },            ['activityTypeIds[0]: found text; expected a whole number from 1 to 2147483647', 'activityTypeIds[1]: found text; expected a whole number from 1 to 2147483647']],
    ['several at once',             { schemaName: 7, collections: 7, defined: 7 }, ['schemaName: found a number; expected a name of letters, digits and _, no digit first, of at most 63 characters', 'defined: found a number; expected a list of collections, of 100 at most', 'collections: found a number; expected a list, of 2000 at most']],
    ['a collection that is there',  { defined: [{ ...companies, name: 'leads' }] },['defined[0].name: found the name of a collection that is there; choose another']],
    ['a collection with a capital', { defined: [{ ...companies, name: 'Leads' }] },['defined[0].name: found text; expected lower-case letters, digits and _, a letter first, 63 at most']],
    ['a collection twice',          { defined: [companies, companies] },           ['defined[1].name: claims the same place as defined[0].name; give it another name']],
    ['one twice behind a broken one', { defined: [companies, 7, companies] },      ['defined[1]: found a number; expected an object', 'defined[2].name: claims the same place as defined[0].name; give it another name']],
    ['a parent that nobody knows',  hangs('segmentations'),                        ['defined[0].reads.parent: is not a known name (nearest: segmentation); expected one of campaigns, email, landing_pages, lists, programs, segmentation, segments, companies']],
    ['a parent without ids to ask with', hangs('lead_activities'),                 ['defined[0].reads.parent: is not a known name; expected one of campaigns, email, landing_pages, lists, programs, segmentation, segments, companies']],
    ['a parent as people write it', { defined: [{ ...given, path: '/rest/{id}', parent: 'emails' }] }, ['defined[0].parent: is not a known name (nearest: email); expected one of campaigns, email, landing_pages, lists, programs, segmentation, segments, things']],
    ['a collection of itself',      hangs('companies'),                            ['defined[0].reads.parent: found a collection that hangs on itself; name one that is read without it']],
    ['two that wait for each other', { defined: [{ ...given, path: '/rest/{id}', parent: 'others' }, { ...given, name: 'others', path: '/rest/{id}', parent: 'things' }] }, ['defined[0].parent: found a collection that hangs on itself; name one that is read without it', 'defined[1].parent: found a collection that hangs on itself; name one that is read without it']],
    ['a parent without a place',    withReads({ parent: 'lists' }),                ['defined[0].reads.path: found no one place for the id of the parent; say {id} once where it goes']],
    ['a place without a parent',    withReads({ path: ['rest', '{id}'] }),         ['defined[0].reads.parent: is missing; the path says {id}: name the collection whose ids go there']],
    ['a place twice',               withReads({ parent: 'lists', path: ['rest', '{id}', '{id}'] }), ['defined[0].reads.path: found no one place for the id of the parent; say {id} once where it goes']],
    ['another way of other parents', { defined: [{ ...companies, otherwise: { by: 'once', path: ['rest', '{id}'], parent: 'lists' } }] }, ['defined[0].otherwise.parent: found another parent; name that of `reads`']],
    ['a path that climbs',          withReads({ path: ['rest', '..', 'a/b', 'c?d'] }), ['a dot segment', 'text with a slash or a ?', 'text with a slash or a ?'].map((found, i) => `defined[0].reads.path[${i + 1}]: found ${found}; a part of a path is decoded text between two slashes; a query stands in \`query\``)],
    ['a path of another kind',      withReads({ path: ['identity', 'oauth'] }),    ['defined[0].reads.path: found another path; what is read here begins with /rest']],
    ['a way to walk',               withReads({ by: 'tokens' }),                   ['defined[0].reads.by: is not a known name (nearest: token); expected one of token, offset, once']],
    ['half a pair',                 withReads({ query: [['a']] }),                 ['defined[0].reads.query[0]: found nothing; expected a name, and text']],
    ['a token in the query',        withReads({ query: [['access_token', 'x']] }), ['defined[0].reads.query[0]: found what is added by itself; take it out: pages and tokens are not yours to name']],
    ['columns of one name',         withColumns({ name: 'a', type: 'text' }, 'a'), ['defined[0].columns[2]: claims the same place as defined[0].columns[1]; keep one of them']],
    ['columns but for the case',    withColumns('a', 'A'),                         ['defined[0].columns[2].name: found text; expected lower-case letters, digits and _, a letter first, 63 at most']],
    ['a name that tables cut off',  withColumns('a'.repeat(64)),                   ['defined[0].columns[1].name: found text; expected lower-case letters, digits and _, a letter first, 63 at most']],
    ['half a last place',           withColumns({ name: 'a', type: 'text', from: [], lastly: { from: ['b'], when: [1] } }), ['defined[0].columns[1].lastly.when[0]: found a number; expected the name of a member, as Marketo spells it', 'defined[0].columns[1].lastly.is: is missing; name the text that is to stand there']],
    ['no id in front',              { defined: [{ ...companies, columns: [{ name: 'a', type: 'id', from: [] }] }] }, ['defined[0].columns[0]: found another column; the first column is `id`, of type `id`']],
    ['an id that is a number',      { defined: [{ ...companies, columns: [{ name: 'id', type: 'integer', from: [] }] }] }, ['defined[0].columns[0]: found another column; the first column is `id`, of type `id`']],
    ['an instance of another form', { munchkinId: '561' },                         ['munchkinId: found text; put the munchkin id here, as in 561-HYG-937; Marketo shows it under Admin > Integration > Munchkin']],
    ['a schema in a list',          { schemaName: ['marketo'] },                   ['schemaName: found a list; expected a name of letters, digits and _, no digit first, of at most 63 characters']],
    ['a field that is a number',    { customLeadFields: [7] },                     ['customLeadFields[0]: found a number; expected an object']],
    ['a field named by a list',     { customLeadFields: [{ field: ['a'] }] },      ['customLeadFields[0].field: found a list; expected the REST name of a lead field']],
    ['an attribute named by a number', { customActivityAttributes: [{ attribute: 7 }] }, ['customActivityAttributes[0].attribute: found a number; expected the display name of an attribute']],
    ['an attribute of a long name', { customActivityAttributes: ['a'.repeat(256)] }, ['customActivityAttributes[0]: found text; expected the display name of an attribute']],
    ['an attribute twice',          { customActivityAttributes: ['Plan', 'Seats', 'Plan'] }, ['customActivityAttributes[2]: claims the same place as customActivityAttributes[0]; keep one of them']],
    ['attributes that are no list', { customActivityAttributes: 7 },               ['customActivityAttributes: found a number; expected a list, of 2000 at most']],
    ['a field without a name',      { customLeadFields: [{ type: 'any' }] },       ['customLeadFields[0].field: is missing; name the lead field as REST does']],
    ['an attribute without a name', { customActivityAttributes: [{}] },            ["customActivityAttributes[0].attribute: is missing; name the attribute as the activity's type does"]],
    ['an attribute of blanks',      { customActivityAttributes: [' '] },           ['customActivityAttributes[0]: found blank text; expected the display name of an attribute']],
    ['a table without a name',      { defined: [{ ...given, name: undefined }] },  ['defined[0].name: is missing; name the table']],
    ['a table named by a list',     { defined: [{ ...given, name: ['things'] }] }, ['defined[0].name: found a list; expected lower-case letters, digits and _, a letter first, 63 at most']],
    ['a table without a path',      { defined: [{ ...given, path: undefined }] },  ['defined[0].path: is missing; name the path, such as /rest/v1/companies.json']],
    ['a table without paging',      { defined: [{ ...given, paging: undefined }] },['defined[0].paging: is missing; say how it is paged: token, offset or once']],
    ['a table without columns',     { defined: [{ ...given, columns: undefined }] }, ['defined[0].columns: is missing; name the columns, `id` first']],
    ['a table that says a number',  { defined: [{ ...given, says: 7 }] },          ['defined[0].says: found a number; expected text']],
    ['a table read in no way',      { defined: [{ ...companies, reads: null }] },  ['defined[0].reads: found null; expected an object']],
    ['another way that is none',    { defined: [{ ...companies, otherwise: 7 }] }, ['defined[0].otherwise: found a number; expected an object']],
    ['a change that is a word',     { defined: [{ ...given, updated: 'yes' }] },   ['defined[0].updated: found text; expected true or false']],
    ['columns that are no list',    { defined: [{ ...given, columns: 7 }] },       ['defined[0].columns: found a number; expected a list of columns, of 1000 at most']],
    ['columns without end',         { defined: [{ ...given, columns: endless }] }, ['defined[0].columns: found a list; expected a list of columns, of 1000 at most']],
    ['a column that is a number',   { defined: [{ ...given, columns: ['id', 'a', 7, 'a'] }] }, ['defined[0].columns[2]: found a number; expected an object']],
    ['a column without a name',     withColumns({}),                               ['defined[0].columns[1].name: is missing; name the column']],
    ['a column that says a number', withColumns({ name: 'a', says: 7 }),           ['defined[0].columns[1].says: found a number; expected text']],
    ['a column from no place',      withColumns({ name: 'a', from: 7 }),           ['defined[0].columns[1].from: found a number; expected the name of a member, as Marketo spells it']],
    ['a column from many places',   withColumns({ name: 'a', from: Array(21).fill('b') }), ['defined[0].columns[1].from: found a list; expected places, of 20 at most']],
    ['a place that lies deep',      withColumns({ name: 'a', from: [Array(21).fill('b')] }), ['defined[0].columns[1].from[0]: found a list; expected the names of members, from the outside in, of 20 at most']],
    ['a last place of nothing',     withColumns({ name: 'a', lastly: { is: 'x' } }), ['defined[0].columns[1].lastly.from: is missing; name the place of the value', 'defined[0].columns[1].lastly.when: is missing; name the place that decides']],
    ['a last place that is a word', withColumns({ name: 'a', lastly: 'b' }),       ['defined[0].columns[1].lastly: found text; expected an object']],
    ['a path that is a number',     withReads({ path: 7 }),                        ['defined[0].reads.path: found a number; expected a path such as /rest/v1/companies.json, of 20 at most']],
    ['a path of many parts',        withReads({ path: Array(21).fill('rest') }),   ['defined[0].reads.path: found a list; expected a path such as /rest/v1/companies.json, of 20 at most']],
    ['a path of one part',          withReads({ path: '/rest' }),                  ['defined[0].reads.path: found another path; what is read here begins with /rest']],
    ['a part that is a number',     withReads({ path: ['rest', 7] }),              ['defined[0].reads.path[1]: found a number; a part of a path is decoded text between two slashes; a query stands in `query`']],
    ['a query that is a number',    withReads({ query: 7 }),                       ['defined[0].reads.query: found a number; expected an object of text, or a list of pairs, of 100 at most']],
    ['three for a pair',            withReads({ query: [['a', 'b', 'c']] }),       ['defined[0].reads.query[0]: found nothing; expected a name, and text']],
    ['two letters for a pair',      withReads({ query: ['ab'] }),                  ['defined[0].reads.query[0]: found nothing; expected a name, and text']],
    ['a pair whose name is a number', withReads({ query: [[7, 'b']] }),            ['defined[0].reads.query[0]: found text; expected a name, and text']],
    ['a pair without a name',       withReads({ query: { '': 'b' } }),             ['defined[0].reads.query[0]: found text; expected a name, and text']],
    ['a pair of truth',             withReads({ query: { a: true } }),             ['defined[0].reads.query[0]: found a boolean; expected a name, and text']],
    ['a pair of no number',         withReads({ query: { a: Number.NaN } }),       ['defined[0].reads.query[0]: found a number that is not finite; expected a name, and text']],
    ...['nextPageToken', 'batchSize', 'offset', 'maxReturn'].map((name): [string, object, ReadonlyArray<string>] => [`${name} in the query`, withReads({ query: { a: 'b', [name]: '1' } }), ['defined[0].reads.query[1]: found what is added by itself; take it out: pages and tokens are not yours to name']]),
    ['one that hangs on a circle',  { defined: ['ab', 'bc', 'cb'].map(([name, parent]) => ({ ...given, name, path: '/rest/{id}', parent })) }, [1, 2].map((n) => `defined[${n}].parent: found a collection that hangs on itself; name one that is read without it`)],
    ['one that hangs on a broken one', { defined: [{ ...given, paging: 7 }, { ...given, name: 'others', path: '/rest/{id}', parent: 'things' }] }, ['defined[0].paging: found a number; expected one of token, offset, once']],
    ['types without end',           { activityTypeIds: endless },                  ['activityTypeIds: found a list; expected a list, of 2000 at most']],
    ['fields without end',          { customLeadFields: endless },                 ['customLeadFields: found a list; expected a list, of 2000 at most']],
    ['collections without end',     { collections: endless },                      ['collections: found a list; expected a list, of 2000 at most']],
    ['tables without end',          { defined: endless },                          ['defined: found a list; expected a list of collections, of 100 at most']]
  ])('%s is refused', (_, more, problems) => {
    const read = decodeSourceSettings({ munchkinId, activityTypeIds, ...more })
    expect(said({ munchkinId, activityTypeIds, ...more })).toEqual(problems)
    expect(read._tag === 'Left' && read.left.map(({ weight }) => weight)).toEqual(problems.map(() => 'invalid'))
  })

  it.each([
    [7, 'a number'],
    [[], 'a list']
  ])('that are %j are refused', (u, found) => {
    expect(decodeSourceSettings(u)).toEqual({
      _tag: 'Left',
      left: [malformed('invalid', [], found, 'expected an object')]
    })
  })

  it('and collections that break off while they are read say so, behind what was said before', () => {
    const fails = {
      get: () => {
        throw new Error('x')
      },
      enumerable: true
    }
    const broken = malformed('invalid', [], 'something that could not be read', 'send plain JSON')
    const settings = Object.defineProperty({ munchkins: 1 }, 'munchkinId', fails)
    const collection = Object.defineProperty({ ...given, colums: 1 }, 'columns', fails)
    for (const read of [decodeSourceSettings(settings), defineCollection(collection)])
      expect(read).toMatchObject({ _tag: 'Left', left: [{ _tag: 'Unknown', weight: 'warning' }, broken] })
  })

  // biome-ignore format: table
  it.each<[string, object, Partial<SourceSettings>, ReadonlyArray<string>]>([
    ['deleted leads',            { activityTypeIds: '37' },                { activityTypeIds: [37] },    ['activityTypeIds[0]: works, with a risk (unusual); deleted leads come from a feed of their own, which gives the rows of this type as well']],
    ['a field that is a column', { customLeadFields: 'firstName, plan' },  { customLeadFields: [{ field: 'plan', type: 'any' }] }, ['customLeadFields[0]: claims the same place as leads.first_name; the column is there already: take it out here']],
    ['a type twice',             { activityTypeIds: [1, 2, 1] },           { activityTypeIds: [1, 2] },  ['activityTypeIds[2]: claims the same place as activityTypeIds[0]; it counts once: take one of them out']],
    ['a collection twice',       { collections: 'leads,leads' },           { collections: ['leads'] },   ['collections[1]: claims the same place as collections[0]; it counts once: take one of them out']],
    ['an unknown name',          { dailyCallLimits: 1 },                   {},                           ['dailyCallLimits: is not a known name (nearest: dailyCallLimit); nothing reads it: correct the name or take it out']],
    ['one table that is empty',  { activityTypeIds: '', collections: 'leads,lead_activities' }, { activityTypeIds: [] }, ['activityTypeIds: is missing; lead_activities will stay empty: name types of activities, such as 1, 2, 6, 10, 11']],
    ['no table that is empty',   { activityTypeIds: '', collections: 'leads' }, { activityTypeIds: [] },  []]
  ])('%s is a warning', (_, more, expected, problems) => {
    expect(said({ munchkinId, activityTypeIds, ...more })).toEqual(problems)
    expect(settingsOf(more)).toMatchObject(expected)
  })

  it.each([
    ['leads_activity_attributes', 'lead_activity_attributes'],
    ['segmentations', 'segmentation'],
    ['emails', 'email'],
    ['landingpages', 'landing_pages']
  ])('%s is likely meant to be %s', (name, meant) => {
    expect(said({ munchkinId, activityTypeIds, collections: [name] })[0]).toContain(`(nearest: ${meant})`)
  })
})

describe('laws', () => {
  const part = fc.record(
    {
      munchkinId: fc.constantFrom(munchkinId, 7),
      activityTypeIds: fc.oneof(fc.anything(), fc.string(), fc.array(fc.integer())),
      customLeadFields: fc.oneof(fc.anything(), fc.array(fc.record({ field: fc.string(), type: fc.anything() }))),
      collections: fc.oneof(fc.anything(), fc.array(fc.constantFrom('leads', 'companies', ''))),
      defined: fc.oneof(fc.anything(), fc.array(fc.constantFrom(companies, { ...companies, columns: 7 })))
    },
    { requiredKeys: [] }
  )

  it('P1 P2 P3 P4 any value gets a verdict, equal to its JSON round trip, and is not changed', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), part), (u) => {
        const read = decodeSourceSettings(frozen(u))
        expect(JSON.parse(JSON.stringify(read))).toStrictEqual(read)
        expect(decodeSourceSettings(u)).toEqual(read)
      })
    )
  })

  it('P3 settings that break while they are read get a verdict', () => {
    fc.assert(
      fc.property(fc.nat({ max: 120 }), (patience) => {
        const read = decodeSourceSettings(fragile({ munchkinId, activityTypeIds: [1], defined: [companies] }, patience))
        expect(['Left', 'Right']).toContain(read._tag)
      })
    )
  })
})
