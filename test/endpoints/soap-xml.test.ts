import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { element, readTexts } from '../../src/endpoints/soap-xml.js'
import { isXmlText } from '../../src/ground/xml-text.js'
import { anyText, xmlText, xmlTrap } from '../arbitraries/intents.js'
import { soapAnswers, soapRequests } from '../cases/soap/samples.js'

const read = (xml: string) => {
  const texts = readTexts(xml)
  return texts === undefined ? undefined : Object.fromEntries(texts)
}

describe('XML', () => {
  it('reading undoes writing, for any text that XML has room for', () => {
    fc.assert(
      fc.property(xmlText, (text) => {
        expect(read(element('a', text))).toEqual({ a: text })
        expect(isXmlText(text)).toBe(true)
      }),
      { numRuns: 1000 }
    )
  })

  it('knows a character that XML forbids from any other', () => {
    const allowed = (point: number) =>
      [9, 10, 13].includes(point) ||
      (point >= 0x20 && point <= 0xd7ff) ||
      (point >= 0xe000 && point <= 0xfffd) ||
      point >= 0x10000
    for (let point = 0; point <= 0x10ffff; point += point < 0x300 || point > 0xd700 ? 1 : 97) {
      if (point > 0x10010 && point < 0x10ff00) continue
      const text = `a${String.fromCodePoint(point)}b`
      if (isXmlText(text) !== allowed(point)) expect([point, isXmlText(text)]).toEqual([point, allowed(point)])
    }
  })

  it('P3 reads any text or says that it is none, and never throws', () => {
    const markup = fc.constantFrom(
      '<',
      '>',
      '</',
      '/>',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '<?',
      '?>',
      '<!',
      'a',
      'a:b',
      '"',
      "'",
      ' ',
      '=',
      '&',
      '&#',
      ';'
    )
    const soup = fc.array(fc.oneof(markup, xmlTrap, anyText), { maxLength: 30 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(soup, (text) => {
        const texts = readTexts(text)
        expect(texts === undefined || texts.size > 0).toBe(true)
        readTexts(`<a>${text}</a>`)
      }),
      { numRuns: 2000 }
    )
  })

  it.each([...soapRequests, ...soapAnswers])('reads the sample: $name', ({ xml }) => {
    expect([...(readTexts(xml)?.keys() ?? [])].at(-1)).toBe('Envelope')
  })

  it.each<[string, string, Record<string, string>]>([
    ['paths, prefixes apart', '<x:a><y:b>1</y:b><c>2</c></x:a>', { a: '', 'a/b': '1', 'a/c': '2' }],
    ['the first of two', '<a><b>1</b><b>2</b></a>', { a: '', 'a/b': '1' }],
    ['empty elements', '<a><b/><c /><d></d></a>', { a: '', 'a/b': '', 'a/c': '', 'a/d': '' }],
    ['an empty root', '<a/>', { a: '' }],
    ['attributes with angles and slashes', `<a b="1>2" c='/>"'><d e="/"/></a>`, { a: '', 'a/d': '' }],
    ['a tag on several lines', '<a\n b="1"\n>x</a\n>', { a: 'x' }],
    [
      'a declaration, comments, instructions',
      '<?xml version="1.0"?><!-- <b> --><a>x<!-- <b> -->y<?p <b> ?>z</a><!-- -->',
      { a: 'xyz' }
    ],
    ['CDATA as text', '<a>1<![CDATA[<b>&amp;]]>2</a>', { a: '1<b>&amp;2' }],
    ['text around elements', '<a> 1 <b/> 2 </a>', { a: ' 1  2 ', 'a/b': '' }],
    [
      'named and numeric references',
      '<a>&lt;&gt;&amp;&quot;&apos;&#65;&#x42;&#x1F600;&#13;</a>',
      { a: '<>&"\'AB\u{1f600}\r' }
    ],
    ['references once only', '<a>&amp;lt;&#38;amp;</a>', { a: '&lt;&amp;' }],
    [
      'what is no reference as it stands',
      '<a>&nbsp;&;&#;&#xd800;&#1114112;&LT;&a</a>',
      { a: '&nbsp;&;&#;&#xd800;&#1114112;&LT;&a' }
    ],
    [
      'the last characters on either side of the halves of pairs, and no half',
      '<a>&#x10FFFF;&#x110000;&#xd7ff;&#xd800;&#xdfff;&#xe000;</a>',
      { a: '\u{10ffff}&#x110000;\ud7ff&#xd800;&#xdfff;\ue000' }
    ],
    ['line ends as one kind', '<a>1\r\n2\r3\n</a>', { a: '1\n2\n3\n' }],
    ['a byte order mark in front, white space behind', '\ufeff<a/>\n ', { a: '' }],
    [
      'names of objects',
      '<__proto__><constructor>1</constructor></__proto__>',
      JSON.parse('{"__proto__":"","__proto__/constructor":"1"}')
    ]
  ])('has %s', (_, xml, texts) => {
    expect(read(xml)).toEqual(texts)
  })

  it.each<[string, string]>([
    ['nothing', ''],
    ['text', 'x'],
    ['text in front', 'x<a/>'],
    ['text behind', '<a/>x'],
    ['a second root', '<a/><b/>'],
    ['a second root that is open', '<a></a><b></b>'],
    ['no root', '<!-- x -->'],
    ['an open element', '<a>'],
    ['an element left open around another', '<a><b>1</b>'],
    ['a stray end', '</a>'],
    ['a stray end behind', '<a/></a>'],
    ['ends in the wrong order', '<a><b></a></b>'],
    ['another end', '<a></b>'],
    ['a tag that does not end', '<a><b'],
    ['a quote that does not end', '<a b=">'],
    ['a comment that does not end', '<a><!-- </a>'],
    ['a comment that ends as it begins', '<a><!--></a>'],
    ['CDATA that does not end', '<a><![CDATA[</a>'],
    ['an instruction that does not end', '<?xml <a/>'],
    ['a tag without a name', '<a><></></a>'],
    ['a tag whose name is its prefix', '<a><b:></b:></a>'],
    ['a DTD', '<!DOCTYPE a><a/>'],
    ['a DTD with an entity', '<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>'],
    ['a declaration of a DTD that ends like an element', '<!x/>'],
    ['a declaration of a DTD inside', '<a><!x/></a>'],
    ['an open element behind', '<a/><b>'],
    ['a page of HTML', '<html><body>Bad Gateway<br></body></html>']
  ])('finds no document in %s', (_, xml) => {
    expect(readTexts(xml)).toBeUndefined()
  })

  it('goes 64 levels deep and not one more', () => {
    const deep = (levels: number) => '<a>'.repeat(levels) + '</a>'.repeat(levels)
    expect(readTexts(deep(64))?.size).toBe(64)
    expect(readTexts(deep(65))).toBeUndefined()
  })
})
