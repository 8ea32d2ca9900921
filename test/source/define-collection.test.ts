/** Collections of the caller's own are read by one reader, as people write them and as it tells them. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Problem } from '../../src/ground/problem.js'
import type { Collection } from '../../src/source/collection.js'
import { collections } from '../../src/source/collections.js'
import { decodeSourceSettings } from '../../src/source/decode-settings.js'
import { defineCollection } from '../../src/source/define-collection.js'

const identifier = fc.stringMatching(/^[a-z][a-z0-9_]{0,62}$/).filter((name) => name !== 'id')
const newName = identifier.filter((name) => collections.every((collection) => collection.name !== name))
const says = fc.constantFrom('', 'what it is')
const place = fc.array(fc.constantFrom('folder', 'value', '__proto__'), { minLength: 1, maxLength: 3 })
const type = fc.constantFrom('id', 'text', 'time', 'date', 'boolean', 'integer', 'number', 'any')
const from = fc.oneof(fc.constant('updatedAt'), fc.array(fc.oneof(fc.constant('url'), place), { maxLength: 3 }))
const lastly = fc.record({ from: place, when: fc.oneof(fc.constant('type'), place), is: fc.constant('Program') })
const column = fc.oneof(
  identifier,
  fc.record({ name: identifier, type, from, says, lastly }, { requiredKeys: ['name'] })
)
const columns = fc
  .uniqueArray(column, { maxLength: 4, selector: (one) => (typeof one === 'string' ? one : one.name) })
  .map((others) => ['id', ...others])

const query = fc.constantFrom(undefined, { fields: 'id', n: 7 }, [['fields', 'id']] as const)
const way = fc.record({ query, updated: fc.constantFrom(undefined, true, false) })
const hole = fc.constantFrom(null, 'programs', 'segments')
const by = fc.constantFrom('token', 'offset', 'once')

/** As people write them. */
const given = fc
  .record({ name: newName, says, way, parent: hole, paging: by, columns })
  .map(({ way, parent, ...rest }) => ({
    ...rest,
    ...way,
    path: parent === null ? '/rest/v1/things.json' : '/rest/v1/{id}/things.json',
    ...(parent === null ? {} : { parent })
  }))

/** As the reader tells them, less what it adds. */
const finished = fc
  .record({ name: newName, says, way, parent: hole, by, other: fc.option(fc.record({ by, way })), columns })
  .map(({ name, says, way, parent, by, other, columns }) => {
    const path = ['rest', ...(parent === null ? [] : ['{id}']), 'things.json']
    const otherwise = other === null ? null : { ...other.way, by: other.by, path, parent }
    return { name, says, reads: { ...way, by, path, parent }, otherwise, columns }
  })

/** Some of whose members are something else. */
const spoilt = fc
  .tuple(fc.oneof(given, finished), fc.dictionary(fc.constantFrom('name', 'columns', 'reads', 'parent'), fc.anything()))
  .map(([whole, other]) => ({ ...whole, ...other }))

/** Whose parent nobody knows, and has no place in the path. */
const orphan = given.map((whole) => ({ ...whole, path: '/rest/v1/things.json', parent: 'nobody' }))

const definition = fc.oneof(given, finished, spoilt)

const settingsOf = (defined: unknown) =>
  decodeSourceSettings({ munchkinId: '561-HYG-937', activityTypeIds: '1', defined: [defined] })

const made = (u: unknown): Collection => {
  const defined = defineCollection(u)
  if (defined._tag !== 'Right') throw new Error(JSON.stringify(defined.left))
  return defined.right
}

const under = (problems: ReadonlyArray<Problem>): ReadonlyArray<Problem> =>
  problems.map((problem) => ({ ...problem, at: ['defined', 0, ...problem.at] }))

describe('laws', () => {
  it('whatever is well written reads, in both ways', () => {
    fc.assert(
      fc.property(fc.oneof(given, finished), (u) => {
        expect(defineCollection(u)).toMatchObject({ _tag: 'Right', right: { name: u.name } })
      })
    )
  })

  it('what was read is read again as it is', () => {
    fc.assert(
      fc.property(definition, (u) => {
        const read = defineCollection(u)
        if (read._tag !== 'Left')
          expect(defineCollection(read.right)).toStrictEqual({ _tag: 'Right', right: read.right })
      })
    )
  })

  it('a definition and what was read of it make the same settings, which are read again as they are', () => {
    fc.assert(
      fc.property(fc.oneof(given, finished), (u) => {
        const settings = settingsOf(u)
        expect(settings._tag).toBe('Right')
        expect(settingsOf(made(u))).toStrictEqual(settings)
        if (settings._tag === 'Right') expect(decodeSourceSettings(settings.right)).toStrictEqual(settings)
      })
    )
  })

  it('settings refuse what is refused by itself, for the same reasons and others of their own', () => {
    fc.assert(
      fc.property(fc.oneof(spoilt, orphan), (u) => {
        const read = defineCollection(u)
        const settings = settingsOf(u)
        if (read._tag !== 'Left') return
        // Only the settings know whether there is such a parent.
        expect(settings._tag === 'Left' && settings.left.slice(0, read.left.length)).toEqual(under(read.left))
      })
    )
  })
})

describe('a collection as people write it', () => {
  const least = { name: 'things', path: '/rest/v1/things.json', paging: 'once', columns: ['id'] }

  it('has a column of any kind where only its name is given', () => {
    expect(made({ ...least, columns: ['id', 'a', { name: 'b' }] }).columns.map(({ type }) => type)).toEqual([
      'id',
      'any',
      'any'
    ])
  })

  it('has a path with a slash in front, or none', () => {
    expect(made({ ...least, path: 'rest/v1/things.json' })).toEqual(made(least))
  })
})

describe('a finished collection', () => {
  it('of the twelve is read as it is, under another name, but for the name of its call', () => {
    for (const collection of collections) {
      if (!('path' in collection.reads)) continue
      const own = { ...collection, name: `own_${collection.name}` }
      const call = { endpoint: 'getCollection' }
      const otherwise = own.otherwise === null ? null : { ...own.otherwise, ...call }
      expect(made(own)).toStrictEqual({ ...own, reads: { ...own.reads, ...call }, otherwise })
    }
  })

  it('that is read in no way for all is refused', () => {
    const leads = defineCollection({ ...collections[0], name: 'people' })
    expect(leads._tag === 'Left' && leads.left.map(({ at }) => at.join('.'))).toEqual(['reads.by', 'reads.path'])
  })
})
