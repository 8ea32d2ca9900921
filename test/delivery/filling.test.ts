/**
 * Which calls go out: as many as there is room for, full ones at once, the others when nothing can fill them any more.
 */
import { describe, expect, it } from 'vitest'
import type { Batch, Prepared } from '../../src/delivery/batch.js'
import { chosen, fedUntil } from '../../src/delivery/filling.js'
import { defaultDeliveryOptions } from '../../src/delivery/options.js'
import type { EndpointName } from '../../src/intent/descriptor.js'
import { begun, elsewhere, t } from './steps.js'
import { email, itemsOf, munchkinId, upsert } from './world.js'

const [flying, [request]] = begun(itemsOf(upsert({ email: email(1) })))
if (request === undefined) throw new Error('no call')
const { call } = request

type Of = Partial<Pick<Prepared, 'isFull' | 'errand'>> & { readonly endpoint?: EndpointName }

const prepared = (name: string, { isFull = true, errand = 'write', endpoint = 'syncLeads' }: Of = {}): Prepared => ({
  isFull,
  errand,
  call: { ...call, descriptor: { ...call.descriptor, endpoint } },
  records: [],
  remarks: [],
  keys: [name],
  job: null
})

/** A batch of these calls, and the rooms that it was asked to fill. */
const batch = (rank: number, calls: ReadonlyArray<Prepared>) => {
  const rooms: Array<number> = []
  const made: Batch = {
    rank,
    size: calls.length,
    prepare: (most) => {
      rooms.push(most)
      return calls
    }
  }
  return { made, rooms }
}

const names = (calls: ReadonlyArray<Prepared>): ReadonlyArray<string> => calls.flatMap(({ keys }) => keys)
const unsent = (): void => undefined
const partly = { isFull: false }

describe('room', () => {
  const three = ['a', 'b', 'c'].map((name) => prepared(name))
  const two = ['x', 'y'].map((name) => prepared(name))
  // biome-ignore format: table
  it.each<[string, number, number, number, number, ReadonlyArray<string>, ReadonlyArray<number>]>([
    ['is for what is granted',                     2, 3, 4, 9, ['a', 'b', 'c', 'x'], [4, 1]],
    ['is all that is granted to what is urgent',   2, 2, 5, 0, ['a', 'b', 'c', 'x', 'y'], [5, 2]],
    ['is what is free to what can wait',           3, 3, 9, 2, ['a', 'b'], [2]],
    ['is no more than what is granted of that',    3, 3, 2, 9, ['a', 'b'], [2]],
    ['is none where nothing is granted',           2, 2, 0, 9, [], []],
    ['is what others have left of what is free',   2, 3, 9, 4, ['a', 'b', 'c', 'x'], [9, 1]],
    ['is none where nothing is free',              3, 3, 9, 0, [], []]
  ])('%s', (_, first, second, most, free, expected, rooms) => {
    const [one, other] = [batch(first, three), batch(second, two)]
    const calls = chosen([one.made, other.made], most, free, { isFed: false, lingers: false }, unsent)
    expect(names(calls)).toEqual(expected)
    expect([...one.rooms, ...other.rooms]).toEqual(rooms)
  })

  it('is asked of nobody who has nothing', () => {
    const empty = batch(2, [])
    expect(chosen([empty.made], 9, 9, { isFed: false, lingers: false }, unsent)).toEqual([])
    expect(empty.rooms).toEqual([])
  })
})

describe('a call that is not full', () => {
  const cookie = { isFull: false, endpoint: 'associateLead' } as const
  // biome-ignore format: table
  it.each<[string, boolean, boolean, ReadonlyArray<ReadonlyArray<Prepared>>, ReadonlyArray<string>]>([
    ['goes where nothing can fill it',                    false, true,  [[prepared('a', partly)]],                                     ['a']],
    ['waits for what is under way',                       true,  true,  [[prepared('a', partly), prepared('b')]],                      ['b']],
    ['waits for a full one beside it',                    false, true,  [[prepared('a'), prepared('b', partly)]],                      ['a']],
    ['waits for one before it',                           false, true,  [[prepared('a', partly)], [prepared('b', partly)]],            ['a']],
    ['waits for none whose answer tells nothing',         false, true,  [[prepared('a', cookie)], [prepared('b', partly)]],            ['a', 'b']],
    ['goes with a full one where nobody lingers',         false, false, [[prepared('a'), prepared('b', partly)], [prepared('c', partly)]], ['a', 'b', 'c']],
    ['is no file',                                        true,  true,  [[prepared('a', { isFull: false, errand: 'import' })]],        ['a']]
  ])('%s', (_, isFed, lingers, all, expected) => {
    const batches = all.map((calls) => batch(2, calls).made)
    expect(names(chosen(batches, 9, 9, { isFed, lingers }, unsent))).toEqual(expected)
  })
})

describe('calls under way', () => {
  it('bring more until the last of them has been so for as long as is lingered, in their own instance', () => {
    const flights = Object.values(flying.inFlight)
    const twice = [...flights, ...flights.map((flight) => ({ ...flight, begunAt: t - 300 }))]
    const options = { ...defaultDeliveryOptions, linger: 500 }
    expect(fedUntil(twice, munchkinId, options)).toBe(t + 500)
    expect(fedUntil([...twice].reverse(), munchkinId, options)).toBe(t + 500)
    expect(fedUntil(twice, elsewhere, options)).toBe(Number.NEGATIVE_INFINITY)
  })
})
