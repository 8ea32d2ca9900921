/** The parts of a multipart body. */
import { describe, expect, it } from 'vitest'
import { isMultipart, partNamed } from '../../src/simulator/multipart.js'

const part = (name: string, content: string): string =>
  `Content-Disposition: form-data; name="${name}"\r\n\r\n${content}`

const body = (boundary: string, ...parts: ReadonlyArray<string>): string =>
  [...parts.map((one) => `--${boundary}\r\n${one}\r\n`), `--${boundary}--\r\n`].join('')

const type = 'multipart/form-data; boundary=ab'

describe('the part of a name', () => {
  // biome-ignore format: table
  it.each<[string, string, string, string | undefined]>([
    ['is found',                                       type,                                   body('ab', part('x', '1'), part('file', '2')),           '2'],
    ['keeps lines that look like the end',             type,                                   body('ab', part('file', '1\r\n--ax\r\n2')),              '1\r\n--ax\r\n2'],
    ['keeps blank lines',                              type,                                   body('ab', part('file', '1\r\n\r\n2')),                  '1\r\n\r\n2'],
    ['is found by a boundary in quotes',               'multipart/form-data; boundary="a b"',  body('a b', part('file', '1')),                          '1'],
    ['is found without a blank before the boundary',   'multipart/form-data;boundary=ab',      body('ab', part('file', '1')),                           '1'],
    ['is found with blanks before the boundary',       'multipart/form-data;  boundary=ab',    body('ab', part('file', '1')),                           '1'],
    ['is found behind another parameter',              'Multipart/Form-Data; a=1; boundary=ab; b=2', body('ab', part('file', '1')),                     '1'],
    ['is none where another has the name',             type,                                   body('ab', part('x', '; name="file"')),                  undefined],
    ['is none before the first boundary',              type,                                   `${part('file', '1')}\r\n${body('ab', part('x', '2'))}`, undefined],
    ['is none without a blank line',                   type,                                   body('ab', '; name="file"; x'),                          undefined],
    ['is none without a boundary',                     'multipart/form-data',                  body('undefined', part('file', '1')),                    undefined],
    ['is none in another type',                        `x-${type}`,                            body('ab', part('file', '1')),                           undefined]
  ])('%s', (_, contentType, text, found) => {
    expect(partNamed(contentType, text, 'file')).toBe(found)
  })

  it('stands in a form with files, and in nothing else', () => {
    expect(
      [type, 'MULTIPART/form-data', `x-${type}`, 'multipart/form-datas', 'application/json'].map(isMultipart)
    ).toEqual([true, true, false, false, false])
  })
})
