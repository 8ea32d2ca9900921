import { describe, expect, it } from 'vitest'
import { bodyText } from '../../src/endpoints/body-text.js'

const boundaryOf = (...texts: ReadonlyArray<string>): string => {
  const multipart = texts.map((text) => ({ name: 'file', text, fileName: null, contentType: null }))
  return bodyText({ multipart }).type.replace('multipart/form-data; boundary=', '')
}
const word = 'segment-marketo-part'

describe('the boundary of a body in parts', () => {
  // biome-ignore format: table
  it.each<[string, ReadonlyArray<string>, string]>([
    ['is the word alone',                             ['a'],                      word],
    ['is numbered where a part has the word',         [`a${word}b`],              `${word}1`],
    ['is no beginning of a longer number',            [`${word}12`],              `${word}2`],
    ['counts on where a part has them all',           [Array.from({ length: 12 }, (_, n) => word + (n + 1)).join()], `${word}13`],
    ['looks at each part',                            [word, `${word}1`],         `${word}2`],
    ['passes over a number that stands further off',  [`${word} 1`],              `${word}1`]
  ])('%s', (_, texts, boundary) => {
    expect(boundaryOf(...texts)).toBe(boundary)
  })
})
