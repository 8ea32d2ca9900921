import * as O from 'fp-ts/Option'
import { describe, expect, it } from 'vitest'
import { fromUndefined } from '../../src/ground/option.js'

describe('an option', () => {
  it.each([undefined, null, 0, '', false, 'a'])('of %j is what fp-ts makes of it', (value) => {
    expect(fromUndefined(value)).toEqual(value === undefined ? O.none : O.some(value))
  })
})
