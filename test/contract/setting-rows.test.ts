/**
 * A contract's settings as a table, as a decoder and as a codec.
 */
import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'
import { checkNames, namesOf, type SettingRow, settingsCodec } from '../../src/contract/setting-rows.js'
import { isRecord } from '../../src/ground/json.js'
import { describeProblem, missing, type Problem, type Weight } from '../../src/ground/problem.js'
import { decoding } from '../../src/ground/reading.js'

const row = (segment: string | null): SettingRow => ({ segment, fallback: null, takes: 'text', about: 'A setting.' })

describe('the names of a setting', () => {
  it.each([
    ['mode', null, ['mode']],
    ['mode', 'mode', ['mode']],
    ['munchkinId', 'accountId', ['munchkinId', 'accountId']]
  ])('%s, which Segment calls %s', (name, segment, names) => {
    expect(namesOf(name, row(segment))).toEqual(names)
  })

  it('are checked: what nobody reads, and what stands under both', () => {
    const problems: Array<Problem> = []
    const given = { munchkinId: 'a', accountId: 'b', mode: 'cloud', clientId: 'c', mod: 1, $schema: 's', '': 'x' }
    checkNames(
      given,
      { munchkinId: row('accountId'), mode: row(null), gateNames: row('gateNames') },
      ['clientId'],
      problems
    )
    expect(problems.map(describeProblem)).toEqual([
      'mod: is not a known name (nearest: mode); nothing reads it: correct the name or take it out',
      '[""]: is not a known name; nothing reads it: correct the name or take it out',
      'accountId: claims the same place as munchkinId; two names of one setting: the first counts, take the other one out'
    ])
  })
})

const problem = (weight: Weight): Problem => missing(weight, ['a'], 'send a')

describe('settings as a codec', () => {
  interface Size {
    readonly size: number
  }
  /** An object with a size, which is 1 where it says none. */
  const SizeFromJson = settingsCodec<Size>(
    'SizeFromJson',
    decoding((u, problems) => {
      if (!isRecord(u)) return undefined
      const { size = 1 } = u
      if (typeof size === 'number') return { size }
      problems.push(problem('invalid'), problem('dropped'))
      return undefined
    })
  )

  it('reads what its decoder reads', () => {
    expect(SizeFromJson.decode({})).toEqual(E.right({ size: 1 }))
    expect(SizeFromJson.encode({ size: 2 })).toEqual({ size: 2 })
    expect(SizeFromJson.name).toBe('SizeFromJson')
  })

  it('says each problem, and shows no value', () => {
    const read = SizeFromJson.decode({ size: 'secret' })
    expect(E.isLeft(read) && read.left.map(({ value, message }) => [value, message])).toEqual([
      [null, 'a: is missing; send a'],
      [null, 'a: is missing; send a']
    ])
  })

  it.each<readonly [string, unknown, boolean]>([
    ['complete settings', { size: 3 }, true],
    ['settings that leave something out', {}, false],
    ['settings with more in them', { size: 3, other: 1 }, false],
    ['settings that are refused', { size: 'x' }, false],
    ['no object', 3, false],
    [
      'what throws',
      Object.defineProperty({ size: 3 }, 'other', {
        enumerable: true,
        get: () => {
          throw new Error('no')
        }
      }),
      false
    ],
    [
      'what throws the second time',
      new Proxy(
        { size: 3 },
        {
          ownKeys: () => {
            throw new Error('no')
          }
        }
      ),
      false
    ]
  ])('%s: are settings already', (_, u, expected) => {
    expect(SizeFromJson.is(u)).toBe(expected)
  })
})
