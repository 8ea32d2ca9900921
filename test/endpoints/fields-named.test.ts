import { describe, expect, it } from 'vitest'
import { fieldsNamed } from '../../src/endpoints/fields-named.js'

describe('the fields that a refusal names', () => {
  const ours = ['email', 'leadScore', 'my.field', 'a-b', 'Score']
  // biome-ignore format: table
  it.each<[string, string, ReadonlyArray<string>]>([
    ['1006', "Field 'leadScore' not found",          ['leadScore']],
    ['1006', 'leadScore',                            ['leadScore']],
    ['1006', 'Fields (leadScore, email) not found',  ['email', 'leadScore']],
    ['1006', 'Field my.field, or "a-b"',             ['my.field', 'a-b']],
    ['1006', 'leadScore2 not found, nor email_2',    []],
    ['1006', 'EMAIL',                                []],
    ['1006', '',                                     []],
    ['1003', 'email',                                []]
  ])('%s %s', (code, message, names) => {
    expect(fieldsNamed([{ code, message }], ['1006', '1077'], ours)).toEqual(names)
  })

  it('stand in any of several reasons, and in our order', () => {
    const reasons = [
      { code: '1077', message: 'Score' },
      { code: '1006', message: 'email' },
      { code: '1003', message: 'leadScore' }
    ]
    expect(fieldsNamed(reasons, ['1006', '1077'], ours)).toEqual(['email', 'Score'])
    expect(fieldsNamed(reasons, [], ours)).toEqual([])
    expect(fieldsNamed([], ['1006'], ours)).toEqual([])
  })
})
