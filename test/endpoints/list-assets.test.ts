import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  describeCreateList,
  describeFindList,
  interpretCreateList,
  interpretFindList,
  type NewList
} from '../../src/endpoints/list-assets.js'
import { uriBytes } from '../../src/endpoints/request-uri.js'
import { anyText } from '../arbitraries/intents.js'
import { batchOf, callsOf, frozen, hyg, ok, onlyCall, positionsOf, problemsOf } from './reading.js'

const trial: NewList = { munchkinId: hyg, name: 'Trial users', folder: { id: 12, type: 'Folder' } }

const shared = { _tag: 'HttpRequest', munchkinId: '561-HYG-937', host: 'rest', headers: {}, auth: 'bearer' }

describe('static lists by name, the documented calls', () => {
  it('looks for a name in a URL of 8,000 bytes, and in none of one more', () => {
    const spare = 8_000 - uriBytes(onlyCall(describeFindList([{ ...trial, name: 'a' }])).descriptor)
    expect(callsOf(describeFindList([{ ...trial, name: 'a'.repeat(1 + spare) }]))).toHaveLength(1)
    expect(callsOf(describeFindList([{ ...trial, name: 'a'.repeat(2 + spare) }]))).toEqual([])
  })

  it('looks for a name', () => {
    expect(onlyCall(describeFindList([trial]))).toEqual({
      descriptor: {
        ...shared,
        endpoint: 'findList',
        method: 'GET',
        path: ['rest', 'asset', 'v1', 'staticList', 'byName.json'],
        query: [['name', 'Trial users']],
        body: null,
        lifecycle: { status: 'live' }
      },
      intents: [0],
      slots: []
    })
  })

  it('makes a list, as a form with the folder as JSON', () => {
    expect(onlyCall(describeCreateList([trial]))).toEqual({
      descriptor: {
        ...shared,
        endpoint: 'createList',
        method: 'POST',
        path: ['rest', 'asset', 'v1', 'staticLists.json'],
        query: [],
        body: {
          form: [
            ['name', 'Trial users'],
            ['folder', '{"id":12,"type":"Folder"}']
          ]
        },
        lifecycle: { status: 'live' }
      },
      intents: [0],
      slots: []
    })
  })
})

describe('D2 static lists by name', () => {
  it('D2 P2 P3 each name has a call of its own that a URL can hold, or a problem', () => {
    const name = fc.oneof(anyText, fc.string({ minLength: 2_000, maxLength: 12_000, unit: 'grapheme' }))
    const list = name.map((text) => ({ ...trial, name: text }))
    fc.assert(
      fc.property(batchOf(list, 4), (lists) => {
        for (const described of [describeFindList(frozen(lists)), describeCreateList(frozen(lists))]) {
          expect(positionsOf(described)).toEqual(lists.map((_, i) => i))
          for (const { descriptor, intents } of callsOf(described)) {
            expect(intents).toHaveLength(1)
            expect(uriBytes(descriptor)).toBeLessThanOrEqual(8_000)
          }
        }
      })
    )
  })
})

describe('static lists left unsent', () => {
  // biome-ignore format: table
  it.each<[string, string, string]>([
    ['no name',                   '',                'empty text'],
    ['a blank name',              ' ',               'blank text'],
    ['a name with a comma',       'a,b',             'text with a comma'],
    ['half a surrogate pair',     'a\ud83d',         'text with half a surrogate pair'],
    ['a name of 8,000 bytes',     'a'.repeat(8_000), 'text of too many bytes']
  ])('%s', (_, name, found) => {
    for (const described of [describeFindList([{ ...trial, name }]), describeCreateList([{ ...trial, name }])]) {
      expect(problemsOf(described)).toMatchObject([{ _tag: 'Malformed', at: ['name'], found }])
    }
  })

  it('a folder numbered zero', () => {
    const described = describeCreateList([{ ...trial, folder: { id: 0, type: 'Program' } }])
    expect(problemsOf(described)).toMatchObject([{ _tag: 'Malformed', at: ['folder', 'id'], found: 'a number' }])
  })
})

describe('static lists by name, the answers', () => {
  const found = onlyCall(describeFindList([trial]))
  const made = onlyCall(describeCreateList([trial]))
  const lists = (...listIds: ReadonlyArray<number>) => ({ _tag: 'ListsFound', intent: 0, listIds })
  const open = { _tag: 'Unanswered', intent: 0 }

  // biome-ignore format: table
  it.each<[string, object, object, object]>([
    ['a list',             { result: [{ id: 1001, name: 'Trial users' }] }, lists(1001),     lists(1001)],
    ['two of that name',   { result: [{ id: 1001 }, { id: 7 }] },           lists(1001, 7),  lists(1001, 7)],
    ['no result',          { warnings: ['No assets found'] },               lists(),         open],
    ['an empty result',    { result: [] },                                  lists(),         open],
    ['one without number', { result: [{ id: 1001 }, { name: 'x' }] },       open,            open],
    ['one that is text',   { result: ['1001'] },                            open,            open]
  ])('%s', (_, body, whenFound, whenMade) => {
    const answer = ok({ success: true, ...body })
    expect(interpretFindList(found, answer)).toMatchObject({ _tag: 'Accepted', outcomes: [whenFound] })
    expect(interpretCreateList(made, answer)).toMatchObject({ _tag: 'Accepted', outcomes: [whenMade] })
  })

  // biome-ignore format: table
  it.each([
    ['702', 'accept',       'mend-request'],
    ['709', 'mend-request', 'mend-request'],
    ['606', 'throttle',     'throttle']
  ])('%s: a lookup %s, a list that is to be %s', (code, whenFound, whenMade) => {
    const answer = ok({ success: false, errors: [{ code, message: '' }] })
    expect(interpretFindList(found, answer)).toMatchObject({ _tag: 'Refused', remedy: whenFound })
    expect(interpretCreateList(made, answer)).toMatchObject({ _tag: 'Refused', remedy: whenMade })
  })

  it('P3 P4 are a verdict, whatever they are', () => {
    const result = fc.array(fc.oneof(fc.anything(), fc.record({ id: fc.anything() })))
    const body = fc.oneof(fc.anything(), fc.record({ success: fc.constant(true), result }))
    fc.assert(
      fc.property(body, fc.constantFrom(200, 404), (body, status) => {
        for (const read of [interpretFindList, interpretCreateList]) {
          const verdict = read(found, { status, headers: {}, body })
          expect(['Accepted', 'Refused']).toContain(verdict._tag)
          expect(JSON.parse(JSON.stringify(verdict))).toStrictEqual(verdict)
        }
      })
    )
  })
})
