/**
 * Long texts of XML, most of them none: they stand apart because they take long where code is watched.
 */
import { describe, expect, it } from 'vitest'
import { readTexts } from '../../src/endpoints/soap-xml.js'

describe('long XML', () => {
  it.each<[string, (n: number) => string]>([
    ['open tags', (n) => '<a>'.repeat(n)],
    ['empty elements', (n) => `<a>${'<b/>'.repeat(n)}</a>`],
    ['angles', (n) => '<'.repeat(n)],
    ['ends', (n) => '>'.repeat(n)],
    ['comments that do not end', (n) => `<a>${'<!--'.repeat(n)}`],
    ['CDATA that does not end', (n) => `<a>${'<![CDATA['.repeat(n)}`],
    ['CDATA', (n) => `<a>${'<![CDATA[x]]>'.repeat(n)}</a>`],
    ['quotes', (n) => `<a ${'"'.repeat(n)}`],
    ['ampersands', (n) => `<a>${'&'.repeat(n)}</a>`],
    ['half references', (n) => `<a>${'&#1'.repeat(n)}</a>`],
    ['digits', (n) => `<a>&#${'1'.repeat(n)};</a>`],
    ['white space', (n) => `${' '.repeat(n)}<a/>${' '.repeat(n)}`],
    ['a long name', (n) => `<${'a'.repeat(n)}/>`],
    ['a long name, deep', (n) => `<${'a'.repeat(n)}>`.repeat(10)],
    ['spaces in a tag', (n) => `<a${' '.repeat(n)}>`]
  ])('takes time in step with the length: %s', (_, text) => {
    const time = (n: number): number => {
      const xml = text(n)
      const from = performance.now()
      readTexts(xml)
      return performance.now() - from
    }
    // A walk that is not linear takes minutes for this; a linear one some milliseconds, also on a busy machine.
    time(1_000)
    expect(time(300_000)).toBeLessThan(3_000)
  })
})
