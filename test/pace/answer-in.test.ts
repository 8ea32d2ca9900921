import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answerIn } from '../../src/pace/answer-in.js'
import { hostileValue } from '../arbitraries/events.js'

const answer = { status: 200, headers: {}, body: '' }

/** What an untyped driver hands in. */
const given = (u: unknown): unknown => Reflect.apply(answerIn, undefined, [u])

describe('an answer that is handed in', () => {
  it('is itself', () => {
    expect(answerIn(answer)).toBe(answer)
  })

  it.each([
    ['the news that it was lost', { kind: 'lost' }],
    ['such news with an answer beside it', { ...answer, kind: 'lost' }],
    ['null', null],
    ['nothing', undefined],
    ['a list', [answer]],
    ['text', 'lost'],
    ['a number', 200]
  ])('%s is none', (_, u) => {
    expect(given(u)).toBeNull()
  })

  it('P3 whatever it throws, it is itself or none', () => {
    const locked = new Proxy(answer, {
      has: () => {
        throw new Error('no')
      }
    })
    expect(answerIn(locked)).toBeNull()
    fc.assert(
      fc.property(hostileValue, (u) => {
        const read = given(u)
        expect(read === null || read === u).toBe(true)
      })
    )
  })
})
