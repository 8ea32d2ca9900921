import { describe, expect, it } from 'vitest'
import { isXmlText } from '../../src/ground/xml-text.js'

describe('text of XML 1.0', () => {
  it.each([
    ['', true],
    ['a < b & c', true],
    ['\t\n\r', true],
    ['\ud7ff\ue000\ufffd', true],
    ['\u{1f600}', true],
    ['\u0000', false],
    ['\u001f', false],
    ['a\u000bb', false],
    ['\ufffe', false],
    ['\uffff', false],
    ['\ud83d', false],
    ['\ude00\ud83d', false],
    ['\u{1f600}\u0001', false]
  ])('%j: %s', (text, expected) => {
    expect(isXmlText(text)).toBe(expected)
  })
})
