/**
 * Rows as calls: how many they fill, how many of them are described, and which calls are worth waiting for.
 */
import { describe, expect, it } from 'vitest'
import { batchOf, type Kind, late } from '../../src/delivery/batch.js'
import type { Row } from '../../src/delivery/row.js'
import { isNonEmpty } from '../../src/ground/these.js'
import type { HttpRequest } from '../../src/intent/descriptor.js'
import { begun } from './steps.js'
import { email, itemsOf, pendingOf, upsert } from './world.js'

const [, [request]] = begun(itemsOf(upsert({ email: email(1) })))
if (request === undefined) throw new Error('no call')
const descriptor: HttpRequest = request.call.descriptor

/** A row of a group (a letter), in a piece. */
const row = (what: string, n: number, piece = 0, person = 0): Row<string> => ({
  what,
  items: [pendingOf(n, { piece, person })],
  remarks: []
})

/** Calls of two records, or of fewer where they are said to be that large; what was described is noted. */
const kindOf = (perDescribed = 2) => {
  const described: Array<ReadonlyArray<string>> = []
  const kind: Kind<string> = {
    rank: 3,
    perCall: 2,
    errand: 'write',
    groupOf: (what) => what,
    describe: (batch) => {
      described.push(batch)
      const groups = [...new Set(batch)].map((group) => batch.flatMap((what, i) => (what === group ? [i] : [])))
      const cut = (all: ReadonlyArray<number>): ReadonlyArray<ReadonlyArray<number>> =>
        all.length === 0 ? [] : [all.slice(0, perDescribed), ...cut(all.slice(perDescribed))]
      const calls = groups.flatMap(cut).map((intents) => ({ descriptor, intents, slots: [] }))
      if (!isNonEmpty(calls)) throw new Error('no call')
      return { _tag: 'Right', right: calls }
    }
  }
  return { kind, described }
}

const unsent = (): void => undefined

describe('a batch', () => {
  // biome-ignore format: table
  it.each<[string, ReadonlyArray<Row<string>>, number, ReadonlyArray<ReadonlyArray<string>>]>([
    ['nothing',                [],                                                                      0, []],
    ['a call that is full',    [row('a', 1), row('a', 2)],                                              1, [['a', 'a']]],
    ['one more',               [row('a', 1), row('a', 2), row('a', 3)],                                 2, [['a', 'a', 'a']]],
    ['two groups',             [row('a', 1), row('b', 2)],                                              2, [['a', 'b']]],
    ['two pieces',             [row('a', 1, 1), row('a', 2, 2)],                                        2, [['a'], ['a']]],
    ['three of each group',    ['a', 'b', 'a', 'b', 'a', 'b'].map((what, n) => row(what, n)),           4, [['a', 'b', 'a', 'b', 'a', 'b']]],
    ['three of each piece',    [1, 2, 1, 2, 1, 2].map((piece, n) => row('a', n, piece)),                4, [['a', 'a', 'a'], ['a', 'a', 'a']]]
  ])('of %s', (_, rows, size, all) => {
    const { kind, described } = kindOf()
    const batch = batchOf(kind, rows)
    batch.prepare(9, unsent)
    expect([batch.size, described]).toEqual([size, all])
  })

  it('describes no more of each group and piece than there is room for', () => {
    const rows = Array.from({ length: 10 }, (_, n) => [row('a', n), row('b', n), row('a', n, 1)]).flat()
    const { kind, described } = kindOf()
    batchOf(kind, rows).prepare(2, unsent)
    expect(described.map((all) => all.join(''))).toEqual(['abababab', 'aaaa'])
  })

  it('asks for keys where its kind has some, and for none else', () => {
    const keysOf = (kind: Kind<string>) =>
      batchOf(kind, [row('a', 1), row('b', 2)])
        .prepare(9, unsent)
        .map(({ keys }) => keys)
    expect(keysOf(kindOf().kind)).toEqual([[], []])
    expect(keysOf({ ...kindOf().kind, keyFor: (what) => `key ${what}` })).toEqual([['key a'], ['key b']])
  })

  it('is full where it can hold no more, where its like is behind it, and where it was cut in pieces', () => {
    const isFull = (rows: ReadonlyArray<Row<string>>, perDescribed = 2): ReadonlyArray<boolean> =>
      batchOf(kindOf(perDescribed).kind, rows)
        .prepare(9, unsent)
        .map((call) => call.isFull)
    expect(isFull([row('a', 1), row('a', 2), row('a', 3)])).toEqual([true, false])
    expect(isFull([row('a', 1), row('a', 2), row('b', 3)], 1)).toEqual([true, false, false])
    expect(isFull([row('a', 1, 7)])).toEqual([true])
  })
})

describe('what can wait', () => {
  const rows = [row('a', 1, 0, 5), row('b', 2, 0, 6)]
  // biome-ignore format: table
  it.each<[string, ReadonlyArray<number>, boolean, number, number]>([
    ['on another day',                                      [5], false, 3, 2],
    ['when calls run out and somebody is to be left alone', [5], true,  2, 1],
    ['when they run out',                                   [],  true,  3, 2]
  ])('%s', (_, urgent, isShort, rank, size) => {
    const batch = late(new Map(urgent.map((person) => [person, 0])), isShort)(kindOf().kind, rows)
    expect([batch.rank, batch.size]).toEqual([rank, size])
  })
})
